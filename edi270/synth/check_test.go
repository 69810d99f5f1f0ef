package synth

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// The checker in this file shares no code with the generator: it reads with
// x12.Reader, and it states levels and search data on its own.

// audit is what the checker found in one output.
type audit struct {
	faults []string
	stats  Stats
	seen   map[string]int // segments with their qualifier, and features
	traces map[string]int
	comp   string // delimiters
	rep    string

	bht     []string
	created string
	st      []string
	hl      struct {
		last    int64
		parents map[string]int64
		open    []string // the last HL
	}
	level *openLevel
}

// openLevel is the subscriber or dependent in hand.
type openLevel struct {
	code      string // HL03
	child     bool
	traced    bool
	parts     []string // what the search has
	questions int
	diagnoses int
	birth     string
}

func (a *audit) fault(format string, args ...any) {
	if len(a.faults) < 20 {
		a.faults = append(a.faults, fmt.Sprintf(format, args...))
	}
}

func (a *audit) want(what, got, want string) {
	if got != want {
		a.fault("%s is %s, want %s", what, got, want)
	}
}

var (
	decimalForm = regexp.MustCompile(`^(0|[1-9]\d{0,7})(\.\d?[1-9])?$`)
	dataForm    = regexp.MustCompile(`^[A-Za-z0-9 .-]*$`)
	dayForm     = regexp.MustCompile(`^202[2-6](0[1-9]|1[0-2])([0-2]\d|3[01])$`)
)

// inspect checks a whole output.
func inspect(out string) *audit {
	a := &audit{seen: map[string]int{}, traces: map[string]int{}}
	a.stats.Bytes = int64(len(out))
	sink := func(i *x12.Issue) bool {
		a.fault("%s %s", i.Rule, i.Error())
		return true
	}
	r := x12.NewReader(strings.NewReader(out), x12.WithSink(sink))
	for {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			a.fault("%v", err)
			return a
		}
		e := []string{string(s.Name())}
		for i := range s.Len() {
			e = append(e, string(s.Elem(i+1)))
		}
		a.comp, a.rep = string(s.Delims.Component), string(s.Delims.Repetition)
		a.segment(e)
	}
	if a.st != nil {
		a.fault("set left open")
	}
	if r.FillerBytes() > int64(strings.Count(out, "\n")) {
		a.fault("%d bytes between segments", r.FillerBytes())
	}
	for number, n := range a.traces {
		if n > 1 {
			a.fault("trace %s comes %d times", number, n)
		}
	}
	return a
}

const qualified = " NM1 REF DTP AMT PRV INS III "

func (a *audit) segment(e []string) {
	if e[len(e)-1] == "" {
		a.fault("%s ends with an empty element", e[0])
	}
	if e[0] != "ISA" {
		for _, v := range e[1:] {
			for _, p := range strings.FieldsFunc(v, func(c rune) bool { return string(c) == a.comp || string(c) == a.rep }) {
				if !dataForm.MatchString(p) {
					a.fault("%s holds %q", e[0], p)
				}
			}
		}
	}
	key := e[0]
	if strings.Contains(qualified, " "+key+" ") && len(e) > 1 {
		key += "*" + e[1]
	}
	a.seen[key]++
	switch e[0] {
	case "GS":
		a.want("GS", e[1]+" "+e[8], "HS 005010X279A1")
	case "ST":
		a.want("ST", e[1]+" "+e[3], "270 005010X279A1")
		a.st = e
		a.hl.last, a.hl.parents, a.hl.open = 0, map[string]int64{}, nil
	case "BHT":
		a.bht, a.created = e, e[4]
		a.seen["BHT02="+e[2]]++
	case "SE":
		a.closeLevel("")
		a.want("SE02", e[2], a.st[2])
		a.stats.Sets++
		a.st = nil
	case "HL":
		a.hierarchy(e)
	default:
		if a.st != nil && a.level != nil {
			a.inquiry(e)
		} else if e[0] == "NM1" && len(e) > 9 && e[8] == "XX" && !luhn(e[9]) {
			a.fault("NM1*%s: %s is no NPI", e[1], e[9])
		}
	}
}

func (a *audit) hierarchy(e []string) {
	h := &a.hl
	a.closeLevel(e[3])
	h.last++
	a.want("HL01", e[1], strconv.FormatInt(h.last, 10))
	if parent := map[string]string{"21": "20", "22": "21", "23": "22"}[e[3]]; parent == "" {
		a.want("HL02", e[2], "")
	} else {
		a.want("HL02", e[2], strconv.FormatInt(h.parents[parent], 10))
	}
	h.parents[e[3]], h.open = h.last, e
	switch e[3] {
	case "20":
		a.stats.Sources++
	case "21":
		a.stats.Receivers++
	case "22":
		a.stats.Subscribers++
	case "23":
		a.stats.Dependents++
	default:
		a.fault("HL03 %s", e[3])
	}
	if e[3] > "21" {
		a.level = &openLevel{code: e[3], child: e[4] == "1"}
	}
}

// closeLevel ends the level in hand, behind which one of the code stands.
func (a *audit) closeLevel(code string) {
	if e := a.hl.open; e != nil && (code > e[3]) != (e[4] == "1") {
		a.fault("HL04 %s of %s in front of %s", e[4], e[3], code)
	}
	l := a.level
	if l == nil {
		return
	}
	a.level = nil
	asked := l.questions > 0
	switch {
	case asked != l.traced:
		a.fault("trace %t with %d questions", l.traced, l.questions)
	case !asked && !l.child:
		a.fault("nobody is asked about")
	case asked && l.code == "22":
		a.searched(l)
	case asked && l.birth == "":
		a.fault("dependent without a birth date")
	}
	if !asked {
		return
	}
	a.stats.Inquiries++
	a.seen[fmt.Sprintf("%s questions=%d", l.code, min(l.questions, 3))]++
	if l.code == "22" && l.child {
		a.seen["both"]++
	}
}

// searched checks what a payer can look a subscriber up by.
func (a *audit) searched(l *openLevel) {
	key := strings.Join(l.parts, " ")
	a.seen["search="+key]++
	switch key {
	case "last first id birth", "id birth", "last id birth", "last first id", "last first ref birth", "id ref",
		"last first id ref birth", "id ref birth", "last id ref birth", "last first id ref":
	default:
		a.fault("search by %s", key)
	}
}

func (a *audit) inquiry(e []string) {
	l := a.level
	switch e[0] {
	case "TRN":
		l.traced = true
		a.traces[e[2]+" "+e[3]]++
	case "NM1":
		if e[1] != map[string]string{"22": "IL", "23": "03"}[l.code] {
			a.fault("NM1*%s below HL03 %s", e[1], l.code)
		}
		for i, part := range map[int]string{3: "last", 4: "first", 9: "id"} {
			if len(e) <= i || e[i] == "" {
				continue
			}
			l.parts = append(l.parts, part)
		}
		l.sort()
	case "REF":
		if l.questions == 0 && (len(l.parts) == 0 || l.parts[len(l.parts)-1] != "ref") {
			l.parts = append(l.parts, "ref")
		}
	case "DMG":
		l.parts, l.birth = append(l.parts, "birth"), e[2]
		if e[2] > a.created {
			a.fault("born %s, asked %s", e[2], a.created)
		}
	case "HI":
		l.diagnoses = len(e) - 1
	case "EQ":
		l.questions++
		a.stats.Questions++
		a.question(e)
	case "AMT":
		if !decimalForm.MatchString(e[2]) {
			a.fault("amount %q", e[2])
		}
		if len(a.bht) < 7 || a.bht[6] != "RT" {
			a.fault("AMT without BHT06 RT")
		}
	case "DTP":
		a.date(e)
	}
}

func (l *openLevel) sort() {
	var out []string
	for _, want := range []string{"last", "first", "id"} {
		for _, p := range l.parts {
			if p == want {
				out = append(out, p)
			}
		}
	}
	l.parts = out
}

func (a *audit) question(e []string) {
	if (e[1] == "") == (len(e) < 3 || e[2] == "") {
		a.fault("EQ with and without service type and procedure")
	}
	switch n := strings.Count(e[1], a.rep) + 1; {
	case e[1] == "":
		a.seen["EQ procedure"]++
	case n > 1:
		a.seen["EQ types"]++
	default:
		a.seen["EQ type"]++
	}
	if len(e) > 3 && e[3] != "" {
		a.seen["EQ "+e[3]]++
	}
	if len(e) > 5 {
		a.seen["EQ pointers"]++
		for p := range strings.SplitSeq(e[5], a.comp) {
			if n, err := strconv.Atoi(p); err != nil || n < 1 || n > a.level.diagnoses {
				a.fault("pointer %q of %d diagnoses", p, a.level.diagnoses)
			}
		}
	}
}

func (a *audit) date(e []string) {
	days := []string{e[3]}
	if e[2] == "RD8" {
		days = strings.Split(e[3], "-")
		if len(days) != 2 || days[0] > days[1] {
			a.fault("period %s", e[3])
		}
	}
	for _, d := range days {
		if !dayForm.MatchString(d) {
			a.fault("DTP*%s: %s", e[1], d)
		}
	}
}

// luhn checks an NPI from its definition: the card check over 80840 and it.
func luhn(v string) bool {
	if len(v) != 10 || v[0] != '1' && v[0] != '2' {
		return false
	}
	sum := 0
	for i, c := range []byte("80840" + v) {
		d := int(c - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

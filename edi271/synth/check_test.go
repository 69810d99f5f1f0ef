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
// x12.Reader, and it states levels and figures on its own.

// audit is what the checker found in one output.
type audit struct {
	faults []string
	stats  Stats
	seen   map[string]int // segments with their qualifier, and features
	traces map[string]int
	comp   string // delimiters
	rep    string

	created string
	st      []string
	hl      struct {
		last    int64
		parents map[string]int64
		open    []string // the last HL
		aaa     int      // since then
	}
	level *openLevel
}

// openLevel is the subscriber or dependent in hand.
type openLevel struct {
	code      string // HL03
	child     bool
	traced    bool
	rejected  bool // AAA in 2100
	diagnoses int
	rows      []*openRow
	entities  int // since LS, -1 outside
}

// openRow is one EB with what belongs to it.
type openRow struct {
	eb       []string
	message  string
	rejected bool
	groups   int // LS
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

const qualified = " NM1 REF DTP PRV INS III EB AAA HSD TRN MPI "

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
		a.want("GS", e[1]+" "+e[8], "HB 005010X279A1")
	case "ST":
		a.want("ST", e[1]+" "+e[3], "271 005010X279A1")
		a.st = e
		a.hl.last, a.hl.parents, a.hl.open = 0, map[string]int64{}, nil
	case "BHT":
		a.created = e[4]
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
			a.answer(e)
		} else if e[0] == "AAA" {
			a.stats.Rejections++
			a.hl.aaa++
			a.seen["AAA at "+a.hl.open[3]]++
		}
		if e[0] == "NM1" && len(e) > 9 && e[8] == "XX" && !luhn(e[9]) {
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
	h.parents[e[3]], h.open, h.aaa = h.last, e, 0
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
		a.level = &openLevel{code: e[3], child: e[4] == "1", entities: -1}
	}
}

// closeLevel ends the level in hand, behind which one of the code stands.
func (a *audit) closeLevel(code string) {
	if e := a.hl.open; e != nil {
		if (code > e[3]) != (e[4] == "1") {
			a.fault("HL04 %s of %s in front of %s", e[4], e[3], code)
		}
		if e[3] < "22" {
			if (a.hl.aaa > 0) != (e[4] == "0") {
				a.fault("HL04 %s of %s with %d AAA", e[4], e[3], a.hl.aaa)
			}
			if a.hl.aaa > 0 {
				a.stats.Answers++
			}
		}
	}
	l := a.level
	if l == nil {
		return
	}
	a.level = nil
	answered := l.rejected || len(l.rows) > 0
	switch {
	case l.entities >= 0:
		a.fault("LS without LE")
	case l.rejected && len(l.rows) > 0:
		a.fault("rejected with %d benefits", len(l.rows))
	case answered != l.traced:
		a.fault("trace %t with %d benefits", l.traced, len(l.rows))
	case !answered && !l.child:
		a.fault("no answer")
	}
	if !answered {
		return
	}
	a.stats.Answers++
	if l.code == "22" && l.child {
		a.seen["both"]++
	}
	a.rows(l)
}

// rows checks the benefits of one answer against each other.
func (a *audit) rows(l *openLevel) {
	state := ""
	whole := map[string]int64{}
	messages := map[string]map[string]bool{}
	for _, b := range l.rows {
		e := b.eb
		switch at := e[1]; {
		case at >= "1" && at <= "5" && len(at) == 1:
			state += "a"
		case at >= "6" && at <= "8":
			state += "i"
		}
		if b.rejected && e[1] != "V" && e[1] != "O" {
			a.fault("EB*%s with AAA", e[1])
		}
		a.elements(l, e)
		for len(e) < 15 {
			e = append(e, "")
		}
		value := e[7] + e[8] + e[10]
		key := strings.Join([]string{e[1], e[2], e[3], e[9], e[12], e[13]}, " ")
		switch e[6] {
		case "22", "23", "25", "32", "36":
			if value == "" {
				continue
			}
			if _, twice := whole[key]; twice {
				a.fault("%s twice", key)
			}
			whole[key] = a.number(value)
			if e[2] == "FAM" && whole[key] < whole[strings.Replace(key, " FAM ", " IND ", 1)] {
				a.fault("%s: less than for one person", key)
			}
		case "29":
			if w, ok := whole[key]; !ok || a.number(value) > w {
				a.fault("%s: %s left of %d", key, value, w)
			}
			a.seen["left "+e[1]]++
		}
		if e[1] == "B" {
			if messages[key] == nil {
				messages[key] = map[string]bool{}
			} else {
				a.seen["two co-payments"]++
			}
			if messages[key][b.message] {
				a.fault("two co-payments and nothing tells them apart")
			}
			messages[key][b.message] = true
		}
	}
	switch {
	case l.rejected:
		a.seen["rejected"]++
	case strings.Trim(state, "a") == "" && state != "":
		a.seen["active"]++
	case state == "i" && len(l.rows) == 1:
		a.seen["inactive"]++
	case state == "" && l.rows[0].eb[1] == "V" && l.rows[0].rejected:
		a.seen["unable"]++
	default:
		a.fault("rows of state %q", state)
	}
}

func (a *audit) number(s string) int64 {
	if !decimalForm.MatchString(s) {
		a.fault("number %q", s)
		return 0
	}
	whole, frac, _ := strings.Cut(s, ".")
	v, _ := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	return v
}

// elements checks one EB.
func (a *audit) elements(l *openLevel, e []string) {
	for len(e) < 15 {
		e = append(e, "")
	}
	if money := strings.Contains(" B C G J Y ", " "+e[1]+" "); money && e[7] == "" {
		a.fault("EB*%s without an amount", e[1])
	}
	if (e[1] == "A") != (e[8] != "") || e[8] != "" && a.number(e[8]) > 100 {
		a.fault("EB*%s with a share of %q", e[1], e[8])
	}
	if (e[9] == "") != (e[10] == "") {
		a.fault("EB*%s: EB09 without EB10 or EB10 without EB09", e[1])
	}
	if e[14] != "" && (e[13] == "" || l.diagnoses == 0) {
		a.fault("EB*%s points to %d diagnoses", e[1], l.diagnoses)
	}
	for i, name := range map[int]string{2: "EB02", 4: "EB04", 6: "EB06", 9: "EB09", 11: "EB11", 12: "EB12"} {
		if e[i] != "" {
			a.seen[name+"="+e[i]]++
		}
	}
	if e[13] != "" {
		a.seen["EB13"]++
	}
	if strings.Contains(e[3], a.rep) {
		a.seen["EB03 list"]++
	}
}

func (a *audit) answer(e []string) {
	l := a.level
	var row *openRow
	if len(l.rows) > 0 {
		row = l.rows[len(l.rows)-1]
	}
	switch e[0] {
	case "TRN":
		l.traced = true
		a.traces[e[1]+" "+e[2]+" "+e[3]]++
	case "NM1":
		if l.entities >= 0 {
			l.entities++
			a.stats.Entities++
		} else if row != nil || e[1] != map[string]string{"22": "IL", "23": "03"}[l.code] {
			a.fault("NM1*%s below HL03 %s", e[1], l.code)
		}
	case "AAA":
		a.stats.Rejections++
		if row != nil {
			row.rejected = true
			a.seen["AAA at EB"]++
		} else {
			l.rejected = true
			a.seen["AAA at "+l.code]++
		}
	case "DMG":
		if e[2] > a.created {
			a.fault("born %s, answered %s", e[2], a.created)
		}
	case "HI":
		l.diagnoses = len(e) - 1
	case "EB":
		if l.entities >= 0 {
			a.fault("LS without LE")
		}
		a.stats.Benefits++
		l.rows = append(l.rows, &openRow{eb: e})
	case "MSG":
		row.message += e[1]
	case "LS":
		row.groups++
		if row.groups > 1 {
			a.fault("LS twice")
		}
		l.entities = 0
	case "LE":
		if l.entities < 1 {
			a.fault("LE behind %d entities", l.entities)
		}
		l.entities = -1
	case "DTP":
		a.date(e)
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

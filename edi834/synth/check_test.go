package synth

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// The checker in this file shares no code with the generator: it reads with
// x12.Reader, and it states order, families and totals on its own.

// audit is what the checker found in one output.
type audit struct {
	faults []string
	stats  Stats
	seen   map[string]int // segments with their qualifier, and features
	numbers,
	securities map[string]int
	comp, rep string // delimiters

	action string // BGN08
	totals map[string]int64
	set    struct {
		st                   []string
		members, subscribers int64
	}
	subscriber string // number of the family in hand
	m          *openMember
}

// openMember is the running state of one INS.
type openMember struct {
	ins         []string
	number      string
	loop        string // "NM1*IL", "HD", "COB", "LS": what the segment stands under
	ended       string // DTP*357
	role        string // NM101 of the member
	prior       bool   // NM1*70
	hd          []string
	coverages   int
	begun, over string // DTP*348, DTP*349
	lx          int64
	ls          bool
	category    []string // segments since LX
	birth       string
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

// cents parses an amount in its shortest form, never below zero.
func (a *audit) cents(s string) int64 {
	if !decimalForm.MatchString(s) {
		a.fault("amount %q", s)
		return 0
	}
	whole, frac, _ := strings.Cut(s, ".")
	v, _ := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	return v
}

// inspect checks a whole output.
func inspect(out string) *audit {
	a := &audit{seen: map[string]int{}, numbers: map[string]int{}, securities: map[string]int{}}
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
	if a.set.st != nil {
		a.fault("set left open")
	}
	if r.FillerBytes() > int64(strings.Count(out, "\n")) {
		a.fault("%d bytes between segments", r.FillerBytes())
	}
	for number, n := range a.securities {
		if n > 1 {
			a.fault("security number %s comes %d times", number, n)
		}
	}
	return a
}

const qualified = " NM1 REF DTP AMT QTY N1 COB LUI PER INS HD ICM "

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
	case "ISA", "GE", "IEA":
	case "GS":
		a.want("GS", e[1]+" "+e[8], "BE 005010X220A1")
	case "ST":
		a.want("ST", e[1]+" "+e[3], "834 005010X220A1")
		a.set.st, a.set.members, a.set.subscribers = e, 0, 0
		a.totals, a.subscriber = map[string]int64{}, ""
	case "BGN":
		a.action = e[8]
		if (e[1] == "15") != (e[6] != "") {
			a.fault("BGN01 %s with BGN06 %q", e[1], e[6])
		}
	case "QTY":
		a.totals[e[1]], _ = strconv.ParseInt(e[2], 10, 64)
	case "SE":
		a.closeMember()
		a.want("SE02", e[2], a.set.st[2])
		a.stats.Sets++
		a.set.st = nil
		a.closeSet()
	case "INS":
		a.closeMember()
		a.openMember(e)
	default:
		if a.m != nil {
			a.member(e)
		}
	}
}

func (a *audit) closeSet() {
	s := &a.set
	a.seen[fmt.Sprintf("totals=%d", len(a.totals))]++
	if len(a.totals) == 0 {
		return
	}
	for q, n := range map[string]int64{"TO": s.members, "ET": s.subscribers, "DT": s.members - s.subscribers} {
		if a.totals[q] != n {
			a.fault("QTY*%s is %d, there are %d", q, a.totals[q], n)
		}
	}
}

func (a *audit) openMember(e []string) {
	a.m = &openMember{ins: e}
	a.stats.Members++
	a.set.members++
	if e[1] == "Y" {
		a.stats.Subscribers++
		a.set.subscribers++
	}
	if (e[1] == "Y") != (e[2] == "18") {
		a.fault("INS01 %s with INS02 %s", e[1], e[2])
	}
	if (a.action == "2") == (e[3] == "030") {
		a.fault("INS03 %s in a file with BGN08 %s", e[3], a.action)
	}
	a.seen["INS03="+e[3]]++
	a.seen["INS02="+e[2]]++
	if len(e) > 4 {
		a.seen["INS04="+e[4]]++
	}
	if len(e) > 7 && (e[7] != "") != (e[5] == "C") {
		a.fault("INS05 %s with INS07 %q", e[5], e[7])
	}
	if len(e) > 11 && (e[11] != "") != (e[4] == "03") {
		a.fault("INS04 %s with INS11 %q", e[4], e[11])
	}
}

// family checks the number of the member against the one who stands before.
func (a *audit) family(number string) {
	m := a.m
	m.number = number
	switch {
	case m.ins[1] == "Y":
		a.subscriber = number
		a.numbers[number]++
		if a.numbers[number] > 1 {
			a.fault("subscriber %s twice", number)
		}
	case number == a.subscriber:
		a.seen["dependent behind its subscriber"]++
	case a.action != "2":
		a.fault("dependent of %s behind %s", number, a.subscriber)
	default:
		a.numbers[number]++
		a.seen["dependent alone"]++
		if a.numbers[number] > 1 {
			a.fault("number %s comes again", number)
		}
	}
}

func (a *audit) member(e []string) {
	m := a.m
	switch e[0] {
	case "REF":
		switch {
		case e[1] == "0F":
			a.family(e[2])
		case m.loop == "LS":
			m.category = append(m.category, e[0])
		}
	case "DTP":
		a.date(e)
	case "NM1":
		a.party(e)
	case "DMG":
		if m.birth == "" {
			m.birth = e[2]
		} else if !m.prior {
			a.fault("DMG twice")
		}
	case "HD":
		a.closeCoverage()
		a.stats.Coverages++
		m.coverages++
		m.loop, m.hd, m.lx = "HD", e, 0
		a.seen["HD03="+e[3]]++
		if len(e) > 5 {
			a.seen["HD05="+e[5]]++
		}
		if a.action != "2" {
			a.want("HD01", e[1], "030")
		}
	case "AMT":
		v := a.cents(e[2])
		if m.loop == "HD" && e[1] == "P3" {
			a.stats.Premium += v
		}
	case "COB":
		m.loop = "COB"
	case "LS":
		a.closeCoverage()
		m.loop, m.ls, m.lx = "LS", true, 0
	case "LX":
		a.closeCategory()
		m.lx++
		a.want("LX01", e[1], strconv.FormatInt(m.lx, 10))
		if m.loop == "LS" {
			a.stats.Categories++
			m.category = []string{"LX"}
		}
	case "LE":
		a.closeCategory()
		if m.loop != "LS" || m.lx == 0 {
			a.fault("LE behind %s", m.loop)
		}
		m.loop, m.ls = "LE", false
	}
}

func (a *audit) party(e []string) {
	m := a.m
	switch e[1] {
	case "IL", "74":
		m.role = e[1]
	case "70":
		m.prior = true
	}
	if m.loop == "" || e[1] == "IL" {
		m.loop = "NM1"
	}
	if len(e) > 9 {
		switch {
		case e[8] == "XX" && !luhn(e[9]):
			a.fault("NM1*%s: %s is no NPI", e[1], e[9])
		case e[8] == "34" && (len(e[9]) != 9 || e[9][0] != '9'):
			a.fault("security number %s", e[9])
		case e[8] == "34" && e[1] != "70":
			a.securities[e[9]]++
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

func (a *audit) date(e []string) {
	m := a.m
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
	switch {
	case e[1] == "357":
		m.ended = e[3]
	case e[1] == "348":
		m.begun = e[3]
	case e[1] == "349":
		m.over = e[3]
	case m.loop == "LS":
		m.category = append(m.category, e[0])
	}
}

func (a *audit) closeCategory() {
	m := a.m
	if m.loop == "LS" && m.lx > 0 && len(m.category) < 2 {
		a.fault("category without a value")
	}
}

func (a *audit) closeCoverage() {
	m := a.m
	if m.hd == nil {
		return
	}
	switch {
	case m.hd[1] == "024" && m.over == "":
		a.fault("coverage ends without a day")
	case m.hd[1] != "024" && m.begun == "":
		a.fault("coverage without its first day")
	case m.over != "" && m.begun > m.over:
		a.fault("coverage from %s to %s", m.begun, m.over)
	case m.begun != "" && m.birth > m.begun:
		a.fault("born %s, covered from %s", m.birth, m.begun)
	}
	if (m.ins[1] == "N") && len(m.hd) > 5 && m.hd[5] != "" {
		a.fault("dependent with level %s", m.hd[5])
	}
	m.hd, m.begun, m.over = nil, "", ""
}

func (a *audit) closeMember() {
	m := a.m
	if m == nil {
		return
	}
	a.closeCoverage()
	a.m = nil
	switch {
	case m.number == "" || m.role == "" || m.birth == "":
		a.fault("member %d without number, name or birth", a.stats.Members)
	case m.ls:
		a.fault("LS without LE")
	case (m.role == "74") != m.prior:
		a.fault("NM1*%s, NM1*70 %t", m.role, m.prior)
	case m.ins[3] == "024" && m.ended == "":
		a.fault("member ends without a day")
	case slices.Contains([]string{"021", "025", "030"}, m.ins[3]) && m.coverages == 0:
		a.fault("member without coverage")
	}
}

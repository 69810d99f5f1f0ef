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
// x12.Reader, and it states hierarchy, sums and balance on its own.

// audit is what the checker found in one output.
type audit struct {
	faults []string
	stats  Stats
	seen   map[string]int // segments with their qualifier, and features
	clm01  map[string]int
	rep    string // component delimiter

	gs08    string
	created string
	set     *openSet
	claim   *openClaim
	loop    string // "85", "IL", ...: the NM1 above the segment
}

// openSet is the running state of one ST.
type openSet struct {
	st      []string
	last    int64 // HL01 of the last level
	parents map[string]int64
	hl      []string
	level   struct {
		children, claims int64
		sbr              []string
		birth            string
		casualty         bool
	}
	payerRank string // SBR01 of the subscriber
	self      bool   // SBR02 is 18
}

// openPayer is one 2320 loop.
type openPayer struct {
	rank, id     string
	paid         int64
	decided, non bool
	adjusted     int64
	owed         int64
	dated        bool
	byLines      int64 // sum of its SVD02
	lines        int
}

// openLine is one 2400 loop.
type openLine struct {
	charge   int64
	decision *openDecision
}

type openDecision struct {
	payer    *openPayer
	paid     int64
	adjusted int64
	owed     int64
	groups   []string
	dated    bool
}

type openClaim struct {
	clm       []string
	lines     int64
	charge    int64
	payers    []*openPayer
	payer     *openPayer
	line      *openLine
	original  bool // REF*F8 at the claim
	accident  bool
	groups    []string
	diagnoses int
	statement []string
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
	dayForm     = regexp.MustCompile(`^20(2[2-6])(0[1-9]|1[0-2])([0-2]\d|3[01])$`)
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

// inspect checks a whole output of the kind.
func inspect(out string, kind Kind) *audit {
	a := &audit{seen: map[string]int{}, clm01: map[string]int{}}
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
		a.rep = string(s.Delims.Component)
		a.segment(e, kind)
	}
	if a.set != nil {
		a.fault("set left open")
	}
	if r.FillerBytes() > int64(strings.Count(out, "\n")) {
		a.fault("%d bytes between segments", r.FillerBytes())
	}
	for id, n := range a.clm01 {
		if n > 1 {
			a.fault("CLM01 %s comes %d times", id, n)
		}
	}
	return a
}

// parts are the components of an element.
func (a *audit) parts(v string) []string { return strings.Split(v, a.rep) }

const qualified = " NM1 REF DTP AMT HI NTE CRC PRV QTY LQ PWK SBR PAT MEA "

func (a *audit) segment(e []string, kind Kind) {
	if e[len(e)-1] == "" {
		a.fault("%s ends with an empty element", e[0])
	}
	if e[0] != "ISA" {
		for _, v := range e[1:] {
			for _, p := range a.parts(v) {
				if !dataForm.MatchString(p) {
					a.fault("%s holds %q", e[0], p)
				}
			}
		}
	}
	key := e[0]
	if strings.Contains(qualified, " "+key+" ") && len(e) > 1 {
		key += "*" + a.parts(e[1])[0]
	}
	a.seen[key]++
	switch e[0] {
	case "ISA", "GE", "IEA":
	case "GS":
		a.gs08 = e[8]
		a.want("GS", e[1]+" "+e[8], "HC "+kind.Guide())
	case "ST":
		a.set = &openSet{st: e, parents: map[string]int64{}}
		a.want("ST", e[1]+" "+e[3], "837 "+a.gs08)
	case "SE":
		a.closeLevel()
		a.want("SE02", e[2], a.set.st[2])
		a.stats.Sets++
		a.set = nil
	case "BHT":
		a.created = e[4]
	case "HL":
		a.hierarchy(e)
	case "SBR":
		a.coverage(e)
	case "CLM":
		a.openClaim(e)
	case "NM1":
		a.party(e)
	case "N4":
		if a.loop == "85" && len(e[3]) != 9 {
			a.fault("billing provider with ZIP %s", e[3])
		}
	case "DMG":
		if a.loop == "IL" && a.claim == nil || a.loop == "QC" {
			a.set.level.birth = e[2]
		}
	case "REF":
		a.reference(e)
	case "DTP":
		a.date(e)
	default:
		a.money(e, kind)
	}
}

func (a *audit) hierarchy(e []string) {
	s := a.set
	a.closeLevel()
	s.last++
	a.want("HL01", e[1], strconv.FormatInt(s.last, 10))
	parent := map[string]string{"20": "", "22": "20", "23": "22"}[e[3]]
	if parent == "" {
		a.want("HL02", e[2], "")
	} else {
		a.want("HL02", e[2], strconv.FormatInt(s.parents[parent], 10))
	}
	s.parents[e[3]] = s.last
	if s.hl != nil { // what is above must say that it has children
		above := map[string]int{"20": 0, "22": 1, "23": 2}
		if above[e[3]] > above[s.hl[3]] {
			a.want("HL04 of the level above", s.hl[4], "1")
		} else if s.hl[4] != "0" {
			a.fault("HL %s says it has children and has none", s.hl[1])
		}
	}
	switch e[3] {
	case "20":
		a.stats.Billing++
		a.want("HL04 of 2000A", e[4], "1")
	case "22":
		a.stats.Subscribers++
	case "23":
		a.stats.Patients++
		a.want("HL04 of 2000C", e[4], "0")
		if s.self {
			a.fault("2000C below a subscriber who is the patient")
		}
	default:
		a.fault("HL03 %s", e[3])
	}
	s.hl = e
	s.level.claims, s.level.birth = 0, ""
	if e[3] != "23" {
		s.level.casualty = false
	}
	a.loop = ""
}

// closeLevel ends the level in hand.
func (a *audit) closeLevel() {
	a.closeClaim()
	s := a.set
	if s.hl == nil {
		return
	}
	a.seen[fmt.Sprintf("claims below HL03 %s=%d", s.hl[3], min(s.level.claims, 4))]++
	switch {
	case s.level.claims > 100:
		a.fault("%d claims below HL %s", s.level.claims, s.hl[1])
	case s.hl[4] == "0" && s.level.claims == 0:
		a.fault("HL %s has neither child nor claim", s.hl[1])
	case s.hl[4] == "1" && s.level.claims > 0:
		a.fault("HL %s has claims and says it has children", s.hl[1])
	}
}

func (a *audit) coverage(e []string) {
	s := a.set
	if a.claim == nil {
		s.payerRank, s.self = e[1], e[2] == "18"
		if s.self != (s.hl[4] == "0") {
			a.fault("SBR02 %q below HL04 %s", e[2], s.hl[4])
		}
		a.seen["SBR09="+e[9]]++
		return
	}
	c := a.claim
	c.payer = &openPayer{rank: e[1]}
	c.payers = append(c.payers, c.payer)
	c.groups = nil
	if e[1] == s.payerRank {
		a.fault("other payer of the rank of the destination in %s", c.clm[1])
	}
}

func (a *audit) openClaim(e []string) {
	a.closeClaim()
	s := a.set
	s.level.claims++
	a.claim = &openClaim{clm: e}
	a.clm01[e[1]]++
	if len(e[1]) > 20 {
		a.fault("CLM01 %s", e[1])
	}
	if s.hl[3] == "20" || s.hl[3] == "22" && !s.self {
		a.fault("claim %s below HL03 %s", e[1], s.hl[3])
	}
	p := a.parts(e[5])
	a.seen["CLM05="+p[0]]++
	a.seen["CLM05-3="+p[2]]++
	if len(e) > 11 {
		a.seen["CLM11="+a.parts(e[11])[0]]++
	}
	a.stats.Claims++
	a.stats.Charge += a.cents(e[2])
}

// party checks identifiers and notes the loop.
func (a *audit) party(e []string) {
	a.loop = e[1]
	if len(e) > 9 {
		switch {
		case e[8] == "XX" && !luhn(e[9]):
			a.fault("NM1*%s: %s is no NPI", e[1], e[9])
		case e[1] == "PR" && a.claim != nil:
			a.claim.payer.id = e[9]
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

func (a *audit) reference(e []string) {
	c := a.claim
	switch {
	case e[1] == "F8" && c.payer == nil:
		c.original = true
	case e[1] == "Y4":
		a.set.level.casualty = true
	}
	if e[1] == "EI" && len(e[2]) != 9 {
		a.fault("tax number %s", e[2])
	}
}

func (a *audit) date(e []string) {
	days := []string{e[3]}
	switch e[2] {
	case "RD8":
		days = strings.Split(e[3], "-")
		if len(days) != 2 || days[0] > days[1] {
			a.fault("period %s", e[3])
		}
	case "DT":
		days = []string{e[3][:8]}
	case "TM":
		return
	}
	for _, d := range days {
		if !dayForm.MatchString(d) {
			a.fault("DTP*%s: %s", e[1], d)
		}
	}
	c, birth := a.claim, a.set.level.birth
	switch e[1] {
	case "472", "434":
		if e[1] == "434" {
			c.statement = days
		} else if c.statement != nil && (days[0] < c.statement[0] || days[len(days)-1] > c.statement[1]) {
			a.fault("claim %s: service %s outside of %s", c.clm[1], e[3], c.statement)
		}
		if days[0] < birth || days[len(days)-1] > a.created {
			a.fault("claim %s: service %s, born %s, sent %s", c.clm[1], e[3], birth, a.created)
		}
	case "439":
		c.accident = true
	case "573":
		switch {
		case c.line != nil && c.line.decision != nil:
			c.line.decision.dated = true
		case c.payer != nil:
			c.payer.dated = true
		}
		if days[0] > a.created {
			a.fault("decided on %s, sent on %s", days[0], a.created)
		}
	}
}

// money follows charges and decisions.
func (a *audit) money(e []string, kind Kind) {
	c := a.claim
	switch e[0] {
	case "LX":
		a.closeLine()
		c.lines++
		a.stats.Lines++
		a.want("LX01", e[1], strconv.FormatInt(c.lines, 10))
		c.line, c.payer = &openLine{}, nil
	case "SV1", "SV2", "SV3":
		a.want("service segment", e[0], [...]string{"SV1", "SV2", "SV3"}[kind])
		at := 2
		if kind == Institutional {
			at = 3
		}
		c.line.charge = a.cents(e[at])
		c.charge += c.line.charge
		a.pointers(e, kind)
	case "SVD":
		a.closeDecision()
		d := &openDecision{paid: a.cents(e[2])}
		i := slices.IndexFunc(c.payers, func(p *openPayer) bool { return p.id == e[1] })
		if i < 0 {
			a.fault("claim %s: SVD01 names no other payer", c.clm[1])
			return
		}
		d.payer = c.payers[i]
		d.payer.byLines += d.paid
		d.payer.lines++
		c.line.decision = d
	case "CAS":
		a.adjustment(e)
	case "AMT":
		switch {
		case e[1] == "D":
			c.payer.paid, c.payer.decided = a.cents(e[2]), true
		case e[1] == "A8":
			c.payer.non = true
			a.want("AMT*A8", e[2], c.clm[2])
		case e[1] == "EAF" && c.line != nil:
			if c.line.decision == nil || a.cents(e[2]) != c.line.decision.owed {
				a.fault("claim %s: AMT*EAF %s of a line", c.clm[1], e[2])
			}
		case e[1] == "EAF" && a.cents(e[2]) != c.payer.owed:
			a.fault("claim %s: AMT*EAF %s, PR %d", c.clm[1], e[2], c.payer.owed)
		}
	case "HI":
		if a.seen["HI*ABK"] > 0 && slices.Contains([]string{"ABK", "ABF"}, a.parts(e[1])[0]) {
			c.diagnoses += len(e) - 1
		}
	}
}

// pointers checks that a line points to diagnoses the claim has.
func (a *audit) pointers(e []string, kind Kind) {
	at := map[Kind]int{Professional: 7, Dental: 11}[kind]
	if at == 0 {
		return
	}
	if kind == Dental && (len(e) > at) != (a.claim.diagnoses > 0) {
		a.fault("claim %s: pointers without HI or HI without pointers", a.claim.clm[1])
	}
	if len(e) <= at {
		return
	}
	for _, p := range a.parts(e[at]) {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > a.claim.diagnoses {
			a.fault("claim %s: pointer %q of %d diagnoses", a.claim.clm[1], p, a.claim.diagnoses)
		}
	}
}

func (a *audit) adjustment(e []string) {
	c := a.claim
	var sum int64
	for i := 2; i < len(e); i += 3 {
		v := a.cents(e[i+1])
		if e[i] == "" || v == 0 {
			a.fault("claim %s: adjustment without reason or amount", c.clm[1])
		}
		sum += v
	}
	if len(e) > 20 {
		a.fault("CAS of %d elements", len(e)-1)
	}
	groups, adjusted, owed := &c.groups, new(int64), new(int64)
	switch {
	case c.line != nil && c.line.decision != nil:
		d := c.line.decision
		groups, adjusted, owed = &d.groups, &d.adjusted, &d.owed
	case c.line == nil && c.payer != nil:
		adjusted, owed = &c.payer.adjusted, &c.payer.owed
	default:
		a.fault("claim %s: CAS without a payer", c.clm[1])
	}
	if slices.Contains(*groups, e[1]) {
		a.fault("claim %s: CAS*%s twice", c.clm[1], e[1])
	}
	*groups = append(*groups, e[1])
	*adjusted += sum
	if e[1] == "PR" {
		*owed += sum
	}
}

func (a *audit) closeDecision() {
	l := a.claim.line
	if l == nil || l.decision == nil {
		return
	}
	d := l.decision
	l.decision = nil
	if l.charge != d.paid+d.adjusted {
		a.fault("line %d of %s: %d is not %d and %d", a.claim.lines, a.claim.clm[1], l.charge, d.paid, d.adjusted)
	}
	if !d.dated {
		a.fault("line %d of %s: decision without DTP*573", a.claim.lines, a.claim.clm[1])
	}
}

func (a *audit) closeLine() {
	if a.claim.line != nil {
		a.closeDecision()
	}
}

func (a *audit) closeClaim() {
	c := a.claim
	if c == nil {
		return
	}
	a.closeLine()
	a.claim = nil
	id, charge := c.clm[1], a.cents(c.clm[2])
	if c.charge != charge {
		a.fault("claim %s: lines charge %d, claim %d", id, c.charge, charge)
	}
	if c.lines < 1 || c.lines > 50 {
		a.fault("claim %s has %d lines", id, c.lines)
	}
	if again := strings.ContainsAny(a.parts(c.clm[5])[2], "78"); again != c.original {
		a.fault("claim %s: CLM05 %s, REF*F8 %t", id, c.clm[5], c.original)
	}
	var causes string
	if len(c.clm) > 11 {
		causes = c.clm[11]
	}
	if a.gs08 != Institutional.Guide() {
		if causes != "" && !c.accident {
			a.fault("claim %s: accident without a date", id)
		}
		if (causes != "") != a.set.level.casualty {
			a.fault("claim %s: CLM11 %q, REF*Y4 %t", id, causes, a.set.level.casualty)
		}
	}
	decided := 0
	for _, p := range c.payers {
		a.seen["2320 SBR01="+p.rank]++
		if p.id == "" {
			a.fault("claim %s: other payer without 2330B", id)
		}
		if !p.decided {
			continue
		}
		decided++
		paid := charge - p.adjusted
		if p.lines > 0 {
			paid = p.byLines - p.adjusted
			a.seen["decided by line"]++
			if int64(p.lines) != c.lines {
				a.fault("claim %s: %d lines, %d decided", id, c.lines, p.lines)
			}
		} else {
			a.seen["decided as a whole"]++
		}
		if paid != p.paid {
			a.fault("claim %s: other payer paid %d, AMT*D %d", id, paid, p.paid)
		}
		if p.dated == (p.lines > 0) {
			a.fault("claim %s: date of the decision", id)
		}
	}
	if want := strings.Index("PST", a.set.payerRank); decided != want {
		a.fault("claim %s: destination is %s, %d have decided", id, a.set.payerRank, decided)
	}
	a.seen[fmt.Sprintf("lines=%d", c.lines)]++
	a.seen[fmt.Sprintf("diagnoses=%d", c.diagnoses)]++
}

package guide

import (
	"bytes"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
)

// Rule ids of the element checks. SNIP level 1 where the base standard says so too, else 2; situational rules 4.
const (
	RuleElementMissing    = "element/missing"    // a required element or component is empty
	RuleElementNotUsed    = "element/not-used"   // the guide does not use the element
	RuleElementMany       = "element/too-many"   // more elements than the segment has
	RuleElementShort      = "element/too-short"  // below the least length
	RuleElementLong       = "element/too-long"   // above the standard's length
	RuleElementLimit      = "element/over-limit" // above the guide's limit, within the standard's length
	RuleElementCode       = "element/code"       // not one of the guide's values
	RuleElementNumber     = "element/number"     // not a number
	RuleElementDate       = "element/date"       // not a date
	RuleElementTime       = "element/time"       // not a time of day
	RuleElementChar       = "element/character"  // a control character
	RuleElementCharset    = "element/charset"    // a byte that is not ASCII
	RuleElementRepeat     = "element/repeat"     // more repetitions than the guide allows
	RuleElementComponents = "element/components" // components in a simple element, or more than the composite has
	RuleElementRelation   = "element/relation"   // a P, R, C or L syntax note is broken by absence
	RuleElementExclusion  = "element/exclusion"  // an E syntax note is broken
)

// Check runs the element checks of a slot on a segment: usage, lengths, types, closed codes, syntax notes, situational rules
// of the segment. It allocates nothing where there is nothing to report. path gives the loops for findings.
func (t *Table) Check(id SlotID, s *x12.Segment, path func() string, report func(*x12.Issue)) {
	NewChecker(path, report).Check(t, id, s)
}

// Checker runs element checks on many segments.
type Checker struct {
	checker
	plain bool // so are all segments to come
}

// NewChecker returns a Checker. path gives the loops of the segment being checked, for findings, which go to report.
func NewChecker(path func() string, report func(*x12.Issue)) *Checker {
	return &Checker{checker: checker{path: path, report: report}}
}

// Text says that the segments to come are part of text, up to the next call. What is asked of every one of them is then asked once.
func (k *Checker) Text(text []byte, d x12.Delimiters) { k.plain = plain(text, d.Repetition) }

// Check is [Table.Check].
func (k *Checker) Check(t *Table, id SlotID, s *x12.Segment) {
	t.build()
	c := &k.checker
	c.t, c.id, c.s = t, id, s
	c.plain = k.plain || !s.High && plain(s.Bytes(), s.Delims.Repetition)
	q := &t.index.quick[id]
	ends := s.Ends()
	n := len(ends) - 1
	have, todo := q.lengths(ends)
	if s.Sub || !c.plain {
		todo = have &^ q.unused
	} else {
		todo &^= q.settled
	}
	for ; todo != 0; todo &= todo - 1 {
		i := bits.TrailingZeros64(todo)
		v := s.Elem(i + 1)
		switch b := &q.elems[i]; {
		case b.kind == Composite && c.plain:
			c.composite(i+1, 0, b, v)
		case b.kind == Composite || s.Sub && split(v, &s.Delims):
			c.element(q.first+i, i+1, b, v)
		case !c.fits(b, v):
			c.value(q.first+i, i+1, 0, 0, b, v)
		}
	}
	if q.required&^have != 0 || q.unused&have != 0 || n > len(q.elems) {
		c.usage(q, have, n)
	}
	for i := range q.syntax {
		if q.syntax[i].broken(have) {
			c.syntax(q.syntax[i].note, 0, have)
		}
	}
	if p := int(q.period); p > 0 && have&(1<<p) != 0 {
		if v := s.Elem(p + 1); !isPeriod(s.Elem(p), v) {
			c.period(p+1, 0, 0, s.Elem(p), v)
		}
	}
	if q.rules {
		slot := &t.Slots[id]
		for i := range slot.Rules {
			c.rule(&slot.Rules[i])
		}
	}
	if c.found != nil {
		c.done()
	}
}

// usage reports elements that are missing, not used, or too many.
func (c *checker) usage(q *quick, have uint64, n int) {
	for i := range q.elems {
		switch bit := uint64(1) << i; {
		case q.required&bit != 0 && have&bit == 0:
			c.find(i+1, 0, 0, RuleElementMissing, "1", 2, x12.Error, "required element is missing", nil)
		case q.unused&bit != 0 && have&bit != 0:
			c.find(i+1, 0, 0, RuleElementNotUsed, "I10", 2, x12.Error, "the guide does not use this element", c.s.Elem(i+1))
		}
	}
	if n > len(q.elems) {
		c.find(len(q.elems)+1, 0, 0, RuleElementMany, "3", 1, x12.Error, fmt.Sprintf("more elements than the %d of this segment", len(q.elems)), nil)
	}
}

// checker is the state of one Check.
type checker struct {
	t      *Table
	id     SlotID
	s      *x12.Segment
	path   func() string
	report func(*x12.Issue)
	found  []*x12.Issue
	plain  bool // the segment is ASCII without control characters and repetitions
}

// find reports a finding about an element.
func (c *checker) find(elem, comp, rep int, rule, code string, level uint8, sev x12.Severity, message string, v []byte) {
	i := &x12.Issue{
		Offset: c.s.Offset, Guide: c.t.ID, Segment: c.s.Ordinal, SegID: x12.Clip(c.s.Name()), Loop: c.path(),
		Element: elem, Component: comp, Repeat: rep, At: c.s.At(elem), Value: x12.Clip(v), Rule: rule, Level: level, Severity: sev,
	}
	if e := c.t.Elem(c.id, elem); e != nil {
		if k := c.t.Comp(e, comp); comp > 0 && k != nil {
			e = k
		}
		if e.Title != "" {
			message = e.Title + ": " + message
		}
		if e.Kind != Composite {
			i.DE = e.DE
		}
	}
	i.Message = message
	if sev == x12.Error {
		i.Codes = x12.Codes{IK3: "8", IK4: code, IK5: "5"}
		if code[0] == 'I' {
			i.Codes.IK5 = "I5"
		}
	}
	c.found = append(c.found, i)
}

// done hands the findings on in the order of the elements.
func (c *checker) done() {
	slices.SortStableFunc(c.found, func(a, b *x12.Issue) int {
		if a.Element != b.Element {
			return a.Element - b.Element
		}
		return a.Component - b.Component
	})
	for _, i := range c.found {
		c.report(i)
	}
	c.found = nil
}

// element checks one element with all its repetitions.
func (c *checker) element(index, pos int, b *brief, v []byte) {
	if !c.s.Sub {
		if b.kind == Composite {
			c.composite(pos, 0, b, v)
			return
		}
		c.value(index, pos, 0, 0, b, v)
		return
	}
	rep := 0
	if d := c.s.Delims.Repetition; d != 0 {
		for k := bytes.IndexByte(v, d); k >= 0; k = bytes.IndexByte(v, d) {
			rep++
			c.single(index, pos, rep, b, v[:k])
			v = v[k+1:]
		}
	}
	if rep > 0 {
		rep++
	}
	c.single(index, pos, rep, b, v)
	if rep > int(b.repeat) && b.repeat != 65535 {
		c.find(pos, 0, int(b.repeat)+1, RuleElementRepeat, "12", 1, x12.Error, fmt.Sprintf("more than %d repetitions", b.repeat), nil)
	}
}

// single checks one repetition.
func (c *checker) single(index, pos, rep int, b *brief, v []byte) {
	switch {
	case b.kind == Composite:
		c.composite(pos, rep, b, v)
	case bytes.IndexByte(v, c.s.Delims.Component) >= 0:
		c.find(pos, 0, rep, RuleElementComponents, "13", 1, x12.Error, "components in an element that has none", v)
	case len(v) > 0:
		c.value(index, pos, 0, rep, b, v)
	}
}

// composite checks the components of one repetition. It is one pass: composites are short, and there are many.
func (c *checker) composite(pos, rep int, b *brief, v []byte) {
	comps := c.t.index.brief[b.first : int(b.first)+int(b.count)]
	sep := c.s.Delims.Component
	var have uint64 // bit i: component i+1 is there
	var format []byte
	n := 0
	for at := 0; at <= len(v); n++ {
		from := at
		for at < len(v) && v[at] != sep {
			at++
		}
		part := v[from:at]
		at++
		if len(part) == 0 {
			continue
		}
		if n >= len(comps) {
			c.find(pos, n+1, rep, RuleElementComponents, "13", 1, x12.Error, fmt.Sprintf("more components than the %d of this composite", len(comps)), part)
			return
		}
		have |= 1 << n
		k := &comps[n]
		if !c.fits(k, part) {
			if k.usage == NotUsed {
				c.find(pos, n+1, rep, RuleElementNotUsed, "I10", 2, x12.Error, "the guide does not use this component", part)
				continue
			}
			c.value(int(b.first)+n, pos, n+1, rep, k, part)
		}
		if p := int(b.period); p > 0 {
			switch n + 1 {
			case p:
				format = part
			case p + 1:
				if !isPeriod(format, part) {
					c.period(pos, p+1, rep, format, part)
				}
			}
		}
	}
	for missing, i := uint64(b.required)&^have, 0; missing>>i != 0; i++ {
		if missing>>i&1 != 0 {
			c.find(pos, i+1, rep, RuleElementMissing, "1", 2, x12.Error, "required component is missing", nil)
		}
	}
	if b.rels == 0 {
		return
	}
	rels := c.t.index.rels[b.rels-1]
	for i := range rels {
		if rels[i].broken(have) {
			c.syntax(rels[i].note, pos, have)
		}
	}
}

// Data elements of a date in a form that another element names.
const (
	dePeriodFormat = "1250"
	dePeriod       = "1251"
)

// periodOf finds the first of count elements from Elements[first] on that names the form of the date behind it; 1 = first, 0 = none.
func (t *Table) periodOf(first, count int) uint8 {
	for i := range count - 1 {
		if t.Elements[first+i].DE == dePeriodFormat && t.Elements[first+i+1].DE == dePeriod {
			return uint8(i + 1)
		}
	}
	return 0
}

// isPeriod reports whether a date has the form that is named; a form that is not known says nothing.
func isPeriod(format, text []byte) bool {
	switch string(format) {
	case "D8":
		return isDay(text)
	case "RD8": // the guides' own examples send a range of one day as that day
		return isDay(text) || len(text) == 17 && text[8] == '-' && isDay(text[:8]) && isDay(text[9:])
	}
	_, ok := x12.ParsePeriod(string(format), string(text))
	return ok
}

func isDay(b []byte) bool {
	_, ok := x12.ParseDate(b)
	return ok && len(b) == 8
}

// period reports a date that does not have its form. Only forms that are known come here, so they are no data.
func (c *checker) period(pos, comp, rep int, format, text []byte) {
	if c.s.Delims.Component != 0 && comp == 0 && bytes.IndexByte(text, c.s.Delims.Component) >= 0 {
		return // reported as such
	}
	code := "8"
	if string(format) == "TM" {
		code = "9"
	}
	c.find(pos, comp, rep, RuleElementDate, code, 2, x12.Error, "not a date of the form "+string(format)+" that the element before it names", text)
}

// value checks a simple value that is there.
func (c *checker) value(index, pos, comp, rep int, b *brief, v []byte) {
	n := len(v)
	e := &c.t.Elements[index]
	switch e.Kind {
	case IDCode:
		if b.closed {
			if b.form == formCode {
				if c.known(b, v) {
					return
				}
			} else if slices.Contains(e.Codes, string(v)) {
				return
			}
			if slot := &c.t.Slots[c.id]; int(slot.Key) == pos && int(slot.KeyComp) == comp {
				return // the walker has said so
			}
			c.find(pos, comp, rep, RuleElementCode, c.codeCode(index, v), 2, x12.Error, "not one of the guide's values: expected "+codeText(e.Codes), v)
			return
		}
		if c.s.High || control(v) {
			c.characters(pos, comp, rep, v)
		}
	case R, N:
		num, ok := x12.ParseNumber(v)
		if !ok && digits(v) > x12.MaxDigits {
			c.find(pos, comp, rep, RuleElementLong, "5", 1, x12.Error, fmt.Sprintf("%d digits: expected at most %d", digits(v), e.Max), v)
			return
		}
		if !ok || e.Kind == N && num.Scale() > 0 {
			c.find(pos, comp, rep, RuleElementNumber, "6", 1, x12.Error, "not a number of this type", v)
			return
		}
		for _, d := range v {
			if d == '-' || d == '.' {
				n--
			}
		}
	case DT:
		if _, ok := x12.ParseDate(v); !ok || n != int(e.Min) && n != int(e.Max) {
			c.find(pos, comp, rep, RuleElementDate, "8", 1, x12.Error, "not a date: expected "+dateForm(e.Max), v)
			return
		}
	case TM:
		if _, ok := x12.ParseTime(v); !ok {
			c.find(pos, comp, rep, RuleElementTime, "9", 1, x12.Error, "not a time of day: expected HHMM, HHMMSS or with decimals", v)
			return
		}
	case AN:
		if c.s.High || control(v) {
			c.characters(pos, comp, rep, v)
			n = utf8.RuneCount(v)
		}
		if b.closed && !slices.Contains(e.Codes, string(v)) {
			c.find(pos, comp, rep, RuleElementCode, "I6", 2, x12.Error, "not one of the guide's values: expected "+codeText(e.Codes), v)
			return
		}
	}
	switch {
	case n > int(e.Max):
		c.find(pos, comp, rep, RuleElementLong, "5", 1, x12.Error, fmt.Sprintf("%d long: expected at most %d", n, e.Max), v)
	case n < int(e.Min):
		c.find(pos, comp, rep, RuleElementShort, "4", 1, x12.Error, fmt.Sprintf("%d long: expected at least %d", n, e.Min), v)
	case e.Limit > 0 && n > int(e.Limit):
		c.find(pos, comp, rep, RuleElementLimit, "I12", 2, x12.Error, fmt.Sprintf("%d long: the guide allows %d", n, e.Limit), v)
	}
}

// codeCode is IK403 for a value that the guide does not allow: whether another guide, and so the standard, knows it.
func (c *checker) codeCode(index int, v []byte) string {
	if bytes.IndexByte(v, ' ') < 0 && strings.Contains(standardCodes[c.t.Elements[index].DE], " "+string(v)+" ") {
		return "I6"
	}
	return "7"
}

// digits counts the digits of a number, 0 when v is none.
func digits(v []byte) int {
	n, points := 0, 0
	for i, c := range v {
		switch {
		case c >= '0' && c <= '9':
			n++
		case c == '.' && points == 0:
			points++
		case c == '-' && i == 0:
		default:
			return 0
		}
	}
	return n
}

// characters reports control characters and bytes that are not ASCII.
func (c *checker) characters(pos, comp, rep int, v []byte) {
	if control(v) {
		c.find(pos, comp, rep, RuleElementChar, "6", 1, x12.Error, "a control character", v)
		return
	}
	for _, b := range v {
		if b >= 0x80 {
			c.find(pos, comp, rep, RuleElementCharset, "6", 1, x12.Info, "characters outside ASCII", v)
			return
		}
	}
}

func control(v []byte) bool {
	for _, b := range v {
		if b < ' ' || b == 0x7F {
			return true
		}
	}
	return false
}

func dateForm(n uint16) string {
	if n == 6 {
		return "YYMMDD"
	}
	return "CCYYMMDD"
}

// codeText lists values for a message, not more than a line takes.
func codeText(codes []string) string {
	if len(codes) > 24 {
		return strings.Join(codes[:20], " ") + " and others"
	}
	return strings.Join(codes, " ")
}

// syntax reports a relational condition that is broken; elem is the composite it is about, 0 for the segment.
func (c *checker) syntax(n *Syntax, elem int, have uint64) {
	has := func(k int) bool { return have>>(k-1)&1 != 0 }
	first := has(int(n.Elems[0]))
	count, missing := 0, 0
	for _, k := range n.Elems {
		if has(int(k)) {
			count++
		} else if missing == 0 {
			missing = int(k)
		}
	}
	at := func(k int) (int, int) {
		if elem > 0 {
			return elem, k
		}
		return k, 0
	}
	rest := count
	if first {
		rest--
	}
	var text string
	rule, code := RuleElementRelation, "2"
	switch {
	case n.Kind == 'P' && count > 0 && missing > 0:
		text = "all of " + refs(n.Elems) + " or none"
	case n.Kind == 'R' && count == 0:
		text = "at least one of " + refs(n.Elems)
	case n.Kind == 'C' && first && missing > 0:
		text = "needed with " + refs(n.Elems[:1])
	case n.Kind == 'L' && first && rest == 0:
		text, missing = "one of "+refs(n.Elems[1:])+" needed with "+refs(n.Elems[:1]), int(n.Elems[1])
	case n.Kind == 'E' && count > 1:
		rule, code, text = RuleElementExclusion, "10", "at most one of "+refs(n.Elems)
		for _, k := range n.Elems[1:] {
			if has(int(k)) {
				missing = int(k)
			}
		}
	default:
		return
	}
	e, k := at(missing)
	c.find(e, k, 0, rule, code, 1, x12.Error, text, nil)
}

func refs(elems []uint8) string {
	var b strings.Builder
	for i, e := range elems {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%02d", e)
	}
	return b.String()
}

// rule checks a situational rule of the segment.
func (c *checker) rule(r *Rule) {
	v := c.ref(Ref{r.Element, r.Comp})
	var holds bool
	switch r.Op {
	case In:
		holds = len(v) > 0 && slices.Contains(r.Values, string(v))
	case NotIn:
		holds = len(v) > 0 && !slices.Contains(r.Values, string(v))
	case Present:
		holds = len(v) > 0
	case Absent:
		holds = len(v) == 0
	}
	if !holds {
		return
	}
	var lacks *x12.Issue // one finding names all that is missing for one reason
	for _, k := range r.Require {
		switch {
		case len(c.ref(k)) > 0:
		case lacks == nil:
			c.find(int(k.Element), int(k.Comp), 0, r.ID, "I9", 4, x12.Error, "required here because of "+c.because(r), nil)
			c.trigger(r)
			lacks = c.found[len(c.found)-1]
		default:
			lacks.Message += fmt.Sprintf(", and %02d", k.Element)
			if k.Comp > 0 {
				lacks.Message += fmt.Sprintf("-%d", k.Comp)
			}
			also := x12.Also{Element: int(k.Element), Component: int(k.Comp), Code: "I9"}
			if e := c.t.Elem(c.id, also.Element); e != nil {
				if part := c.t.Comp(e, also.Component); also.Component > 0 && part != nil {
					e = part
				}
				if e.Kind != Composite {
					also.DE = e.DE
				}
			}
			lacks.Also = append(lacks.Also, also)
		}
	}
	for _, k := range r.Forbid {
		if v := c.ref(k); len(v) > 0 {
			c.find(int(k.Element), int(k.Comp), 0, r.ID, "I13", 4, x12.Error, "must not be sent here because of "+c.because(r), v)
			c.trigger(r)
		}
	}
}

// trigger names the element of the rule in the finding made last.
func (c *checker) trigger(r *Rule) {
	i := c.found[len(c.found)-1]
	i.Trigger = &x12.Trigger{SegID: i.SegID, Segment: i.Segment, Loop: i.Loop, Element: int(r.Element), Component: int(r.Comp)}
	if e := c.t.Elem(c.id, int(r.Element)); e != nil {
		if k := c.t.Comp(e, int(r.Comp)); r.Comp > 0 && k != nil {
			e = k
		}
		if e.Kind != Composite {
			i.Trigger.DE = e.DE
		}
	}
}

func (c *checker) because(r *Rule) string {
	name := fmt.Sprintf("%s%02d", c.t.Slots[c.id].ID, r.Element)
	switch r.Op {
	case In:
		return name + " in " + strings.Join(r.Values, " ")
	case NotIn:
		return name + " not in " + strings.Join(r.Values, " ")
	case Absent:
		return name + " being absent"
	}
	return name + " being present"
}

func (c *checker) ref(k Ref) []byte {
	if k.Comp > 0 {
		return c.s.Comp(int(k.Element), int(k.Comp))
	}
	return c.s.Elem(int(k.Element))
}

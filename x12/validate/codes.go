package validate

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// Lists are external code lists by name; nil is the built-in snapshot.
type Lists = *codes.Set

// codeChecks are the external codes of a guide. It is never changed once made, so that all workers share it without locks.
type codeChecks struct {
	slots    [][]codedElem
	unknown  *Rule
	inactive *Rule
	country  *Rule // the state is of another country than the one named
}

// codedElem is an element with codes.
type codedElem struct {
	elem    uint8
	last    uint8 // the last component with a code, 0 for an element without components
	repeats bool
	parts   []codedPart
}

// codedPart is an element, or a component of it, with a code.
type codedPart struct {
	comp      uint8 // 0 for an element without components
	qualifier uint8 // the element or component that says which code it is, 0 = it is always one
	code      *code // when there is one
	kinds     []qualified
	country   uint8 // of a state or postal code: the element or component of the country
	min, max  uint16
	dates     *dating
}

// qualified is the code a qualifier stands for.
type qualified struct {
	value string
	code  *code
	dates *dating
}

// code is what is checked of one kind of code.
type code struct {
	form  func([]byte) bool // nil: any text
	rule  *Rule             // of a broken form
	say   string            // what the form is
	list  *codes.List       // nil: there is none
	other *codes.List       // a code of this list will do too
	place place
	zero  bool // senders write zeros in front that the list does not have
}

// place marks the codes that depend on the country beside them.
type place uint8

const (
	nowhere place = iota
	state
	postal
)

// codeState is what a tester keeps for codeChecks.
type codeState struct {
	parts [16][]byte
	open  []openCode // codes with dates, to be held against a date when the tape is through
	last  lookup
}

// openCode is a code with dates.
type openCode struct {
	at   spot
	span codes.Span
	list *codes.List
	date *dating
}

// spot is where a value stands.
type spot struct {
	seg             int
	elem, comp, rep int
	value           []byte
}

// segment checks the codes of a segment of the current tape.
func (c *codeChecks) segment(w *tester, i int) {
	t := w.cur.tape
	elems := c.slots[t.Segs[i].Slot]
	sub := t.Sub(i)
	for k := range elems {
		e := &elems[k]
		v := t.Elem(i, int(e.elem))
		if len(v) == 0 {
			if v == nil {
				return // the segment ends before it
			}
			continue
		}
		if !sub || !e.repeats || t.Delims.Repetition == 0 {
			c.element(w, e, spot{seg: i, elem: int(e.elem), value: v}, sub)
			continue
		}
		for rep := 1; len(v) > 0; rep++ {
			one := v
			for n, b := range v {
				if b == t.Delims.Repetition {
					one = v[:n]
					break
				}
			}
			v = v[min(len(one)+1, len(v)):]
			c.element(w, e, spot{seg: i, elem: int(e.elem), rep: rep, value: one}, sub)
		}
	}
}

// element checks one repetition of an element.
func (c *codeChecks) element(w *tester, e *codedElem, at spot, sub bool) {
	if e.last == 0 {
		if len(at.value) > 0 {
			c.part(w, &e.parts[0], at, 0)
		}
		return
	}
	n := 1
	parts := &w.codes.parts
	parts[0] = at.value
	if sub {
		n = cut(parts, at.value, w.cur.tape.Delims.Component, int(e.last))
	}
	for k := range e.parts {
		p := &e.parts[k]
		if int(p.comp) > n {
			return
		}
		if v := parts[p.comp-1]; len(v) > 0 {
			at.comp, at.value = int(p.comp), v
			c.part(w, p, at, n)
		}
	}
}

// cut splits a value into at most most parts and leaves away the rest.
func cut(parts *[16][]byte, v []byte, sep byte, most int) int {
	n, from := 0, 0
	for i, b := range v {
		if b != sep {
			continue
		}
		parts[n] = v[from:i]
		n++
		if from = i + 1; n == most {
			return n
		}
	}
	parts[n] = v[from:]
	return n + 1
}

// part checks a value; n is how many components are cut.
func (c *codeChecks) part(w *tester, p *codedPart, at spot, n int) {
	k, dates := p.code, p.dates
	if p.qualifier != 0 {
		q := beside(w, p.qualifier, at, n)
		for i := range p.kinds {
			if string(q) == p.kinds[i].value {
				k, dates = p.kinds[i].code, p.kinds[i].dates
				break
			}
		}
		if k == nil {
			return
		}
	}
	if k.place != nowhere && !c.inCountry(w, p, k, at, n) {
		return
	}
	if k.form != nil && !k.form(at.value) {
		c.broken(w, p, k, at)
		return
	}
	if k.list == nil {
		return
	}
	span, ok := k.find(at.value)
	if !ok {
		c.notFound(w, p, k, at)
		return
	}
	if dates != nil && (span.Start != 0 || span.Stop != 0) {
		w.codes.open = append(w.codes.open, openCode{at, span, k.list, dates})
	}
}

// beside returns another element of the segment, or another component where the value is one.
func beside(w *tester, which uint8, at spot, n int) []byte {
	switch {
	case at.comp == 0:
		return w.cur.tape.Elem(at.seg, int(which))
	case int(which) <= n:
		return w.codes.parts[which-1]
	}
	return nil
}

// find looks a code up.
func (k *code) find(v []byte) (codes.Span, bool) {
	span, ok := k.list.Find(v)
	if !ok && k.other != nil {
		span, ok = k.other.Find(v)
	}
	if !ok && k.zero && len(v) > 1 && v[0] == '0' {
		span, ok = k.list.Find(v[1:])
	}
	if !ok && k.place == postal && len(v) > 5 {
		span, ok = k.list.Find(v[:5])
	}
	return span, ok
}

// inCountry holds a state or postal code against the country beside it and reports whether its form and list are those of the
// United States.
func (c *codeChecks) inCountry(w *tester, p *codedPart, k *code, at spot, n int) bool {
	var country []byte
	if p.country > 0 {
		country = beside(w, p.country, at, n)
	}
	home := len(country) == 0 || string(country) == "US" || string(country) == "USA"
	canada := string(country) == "CA" || string(country) == "CAN"
	switch {
	case k.place == state && home && codes.IsProvince(at.value):
		c.report(w, p, c.country, at, "a province of Canada: expected CA as country", "7")
		return false
	case k.place == state && canada:
		if !codes.IsProvince(at.value) {
			c.report(w, p, c.country, at, "expected a province of Canada, the country beside it", "7")
		}
		return false
	case k.place == postal && (canada || len(country) == 0) && codes.IsCanadianPostal(at.value):
		return false
	case k.place == postal && canada:
		c.report(w, p, k.rule, at, "expected the form A1A1A1 of a postal code of Canada, without a blank", "I12")
		return false
	}
	return home
}

// broken reports a form that is not met.
func (c *codeChecks) broken(w *tester, p *codedPart, k *code, at spot) {
	c.report(w, p, k.rule, at, "expected "+k.say, "I12")
}

// notFound reports a code that is not in its list.
func (c *codeChecks) notFound(w *tester, p *codedPart, k *code, at spot) {
	name := k.list.Name()
	if k.other != nil {
		name += " or " + k.other.Name()
	}
	c.report(w, p, c.unknown, at, "not in the code list "+name, "7")
}

// report reports a value, unless the element checks have said that it is too long or has characters that no code has.
func (c *codeChecks) report(w *tester, p *codedPart, r *Rule, at spot, message, ik4 string) {
	t := w.cur.tape
	if r == nil || len(at.value) < int(p.min) || len(at.value) > int(p.max) {
		return
	}
	for _, b := range at.value {
		if b < ' ' || b >= 0x7F || t.Sub(at.seg) && (b == t.Delims.Component || b == t.Delims.Repetition) {
			return
		}
	}
	c.send(w, r, at, message, ik4)
}

func (c *codeChecks) send(w *tester, r *Rule, at spot, message, ik4 string) {
	i := w.issue(r, message, At{})
	if i == nil {
		return
	}
	t := w.cur.tape
	var seg x12.Segment
	t.Segment(at.seg, &seg)
	i.Offset, i.Segment, i.SegID, i.Loop = t.Offset(at.seg), t.Ordinal(at.seg), x12.Clip(seg.Name()), t.Path(at.seg)
	i.Element, i.Component, i.Repeat, i.At, i.Value = at.elem, at.comp, at.rep, seg.At(at.elem), x12.Clip(at.value)
	de, title := element(t.Table, t.Segs[at.seg].Slot, at.elem, at.comp)
	i.DE = de
	if title != "" {
		i.Message = title + ": " + i.Message
	}
	if i.Severity == x12.Error {
		i.Codes = x12.Codes{IK3: "8", IK4: ik4, IK5: "5"}
		if ik4[0] == 'I' {
			i.Codes.IK5 = "I5"
		}
	}
	w.send(i)
}

// codeChecks finds the elements of a guide that hold codes of external lists, and marks their slots.
func (v *Validator) codeChecks(t *guide.Table, slots []slotInfo) *codeChecks {
	set := v.opts.Lists
	if set == nil {
		set = codes.Default()
	}
	b := &codeBinder{v: v, table: t, set: set, made: map[string]*code{}, dates: map[dateKey]*dating{}}
	c := &codeChecks{
		slots: make([][]codedElem, len(t.Slots)), unknown: v.rules["code/unknown"], inactive: v.rules["code/inactive"], country: v.rules["code/state-country"],
	}
	for i := range t.Slots[1:] {
		id := guide.SlotID(i + 1)
		c.slots[id] = b.slot(id)
		slots[id].coded = len(c.slots[id]) > 0
	}
	return c
}

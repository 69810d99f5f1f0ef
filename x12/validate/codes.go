package validate

import (
	"bytes"

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
	list  *codes.List       // nil: there is none; then there is a form
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
	seg   int // the segment in hand
	elem  int // the element of it
	rep   int // its repetition, 0 = it has none
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

// spot returns where the value in hand stands.
func (c *codeState) spot(p *codedPart, v []byte) spot {
	return spot{c.seg, c.elem, int(p.comp), c.rep, v}
}

// segment checks the codes of a segment of the current tape.
func (c *codeChecks) segment(w *tester, i int) {
	t := w.cur.tape
	elems := c.slots[t.Segs[i].Slot]
	sub := t.Sub(i)
	row := t.Row(i)
	w.codes.seg, w.codes.rep = i, 0
	for k := range elems {
		e := &elems[k]
		v := row.Elem(int(e.elem))
		if len(v) == 0 {
			if v == nil {
				return // the segment ends before it
			}
			continue
		}
		w.codes.elem = int(e.elem)
		switch {
		case sub && e.repeats && t.Delims.Repetition != 0:
			c.repetitions(w, e, v)
		case e.last == 0:
			c.part(w, &e.parts[0], v, 0)
		default:
			c.composite(w, e, v, sub)
		}
	}
}

// repetitions checks an element that may repeat.
func (c *codeChecks) repetitions(w *tester, e *codedElem, v []byte) {
	sep := w.cur.tape.Delims.Repetition
	for len(v) > 0 {
		w.codes.rep++
		one := v
		if k := bytes.IndexByte(v, sep); k >= 0 {
			one, v = v[:k], v[k+1:]
		} else {
			v = nil
			if w.codes.rep == 1 {
				w.codes.rep = 0
			}
		}
		switch {
		case e.last > 0:
			c.composite(w, e, one, true)
		case len(one) > 0:
			c.part(w, &e.parts[0], one, 0)
		}
	}
	w.codes.rep = 0
}

// composite checks the components of one repetition of an element.
func (c *codeChecks) composite(w *tester, e *codedElem, v []byte, sub bool) {
	parts := &w.codes.parts
	n := 1
	if sub {
		n = cut(parts, v, w.cur.tape.Delims.Component, int(e.last))
	} else {
		parts[0] = v
	}
	for k := range e.parts {
		p := &e.parts[k]
		if int(p.comp) > n {
			return
		}
		if v := parts[p.comp-1]; len(v) > 0 {
			c.part(w, p, v, n)
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

// part checks a value; n is how many components are cut, 0 for an element without.
func (c *codeChecks) part(w *tester, p *codedPart, v []byte, n int) {
	k, dates := p.code, p.dates
	if p.qualifier != 0 {
		q := beside(w, p.qualifier, n)
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
	if k.place != nowhere && !c.inCountry(w, p, k, v, n) {
		return
	}
	if k.list == nil {
		if !k.form(v) {
			c.report(w, p, k.rule, v, "expected "+k.say, "I12")
		}
		return
	}
	span, ok := k.list.Find(v)
	if !ok {
		if k.form != nil && !k.form(v) {
			c.report(w, p, k.rule, v, "expected "+k.say, "I12")
			return
		}
		if span, ok = k.further(v); !ok {
			c.notFound(w, p, k, v)
			return
		}
	}
	if dates != nil && (span.Start != 0 || span.Stop != 0) {
		w.codes.open = append(w.codes.open, openCode{w.codes.spot(p, v), span, k.list, dates})
	}
}

// beside returns another element of the segment, or another component where the value is one.
func beside(w *tester, which uint8, n int) []byte {
	switch {
	case n == 0:
		return w.cur.tape.Elem(w.codes.seg, int(which))
	case int(which) <= n:
		return w.codes.parts[which-1]
	}
	return nil
}

// further looks up a code that is not in the list as it stands.
func (k *code) further(v []byte) (span codes.Span, ok bool) {
	switch {
	case k.other != nil:
		return k.other.Find(v)
	case k.zero && len(v) > 1 && v[0] == '0':
		return k.list.Find(v[1:])
	case k.place == postal && len(v) > 5:
		return k.list.Find(v[:5])
	}
	return span, false
}

// inCountry holds a state or postal code against the country beside it and reports whether its form and list are those of the
// United States.
func (c *codeChecks) inCountry(w *tester, p *codedPart, k *code, v []byte, n int) bool {
	var country []byte
	if p.country > 0 {
		country = beside(w, p.country, n)
	}
	home := len(country) == 0 || string(country) == "US" || string(country) == "USA"
	canada := string(country) == "CA" || string(country) == "CAN"
	switch {
	case k.place == state && home && codes.IsProvince(v):
		c.report(w, p, c.country, v, "a province of Canada: expected CA as country", "7")
		return false
	case k.place == state && canada:
		if !codes.IsProvince(v) {
			c.report(w, p, c.country, v, "expected a province of Canada, the country beside it", "7")
		}
		return false
	case k.place == postal && (canada || len(country) == 0) && codes.IsCanadianPostal(v):
		return false
	case k.place == postal && canada:
		c.report(w, p, k.rule, v, "expected the form A1A1A1 of a postal code of Canada, without a blank", "I12")
		return false
	}
	return home
}

// notFound reports a code that is not in its list.
func (c *codeChecks) notFound(w *tester, p *codedPart, k *code, v []byte) {
	name := k.list.Name()
	if k.other != nil {
		name += " or " + k.other.Name()
	}
	c.report(w, p, c.unknown, v, "not in the code list "+name, "7")
}

// report reports a value, unless the element checks have said that it is too long or has characters that no code has.
func (c *codeChecks) report(w *tester, p *codedPart, r *Rule, v []byte, message, ik4 string) {
	t := w.cur.tape
	if r == nil || len(v) < int(p.min) || len(v) > int(p.max) {
		return
	}
	for _, b := range v {
		if b < ' ' || b >= 0x7F || b == t.Delims.Component || t.Delims.Repetition != 0 && b == t.Delims.Repetition {
			return
		}
	}
	c.send(w, r, w.codes.spot(p, v), message, ik4)
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

package validate

import (
	"iter"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// doc is a tape to look places up in. Of the tape being tested tails and prev chain the segments of a slot, latest first;
// those of the loops around it are short and are searched from the front.
type doc struct {
	tape  *codec.Tape
	tails []int32 // per slot: 1 + the last segment so far; nil: search
	prev  []int32 // per segment: 1 + the one of its slot before it
}

func (d *doc) elem(i, n, comp int) []byte {
	v := d.tape.Elem(i, n)
	if comp > 0 {
		return x12.Part(v, d.tape.Delims.Component, comp)
	}
	return v
}

// At is a segment that was found, and the element of it that was asked for. The zero At is none.
type At struct {
	doc        *doc
	i          int
	elem, comp int
}

// OK reports whether there is a segment.
func (a At) OK() bool { return a.doc != nil }

// Bytes returns the element that was asked for as it stands, nil when it is absent or a segment was asked for. It is a view, valid during the
// check.
func (a At) Bytes() []byte {
	if a.doc == nil || a.elem == 0 {
		return nil
	}
	return a.doc.elem(a.i, a.elem, a.comp)
}

// Elem returns another element of the segment (1 = first), or a component of it when comp is not 0.
func (a At) Elem(elem, comp int) []byte {
	if a.doc == nil {
		return nil
	}
	return a.doc.elem(a.i, elem, comp)
}

// Row returns the elements of the segment, for checks that ask for several of a segment that is there.
func (a At) Row() codec.Row { return a.doc.tape.Row(a.i) }

// Len returns the number of elements of the segment, empty ones included.
func (a At) Len() int {
	if a.doc == nil {
		return 0
	}
	return a.doc.tape.Len(a.i)
}

// Number returns the element as a number; ok is false when it is absent or none.
func (a At) Number() (n x12.Number, ok bool) { return x12.ParseNumber(a.Bytes()) }

// With returns the At of another element of the segment.
func (a At) With(elem, comp int) At { a.elem, a.comp = elem, comp; return a }

// Segment makes s a view of the segment.
func (a At) Segment(s *x12.Segment) { a.doc.tape.Segment(a.i, s) }

// Slot returns the place of the segment in the guide.
func (a At) Slot() guide.SlotID { return a.doc.tape.Segs[a.i].Slot }

// Component returns the component separator of the interchange.
func (a At) Component() byte { return a.doc.tape.Delims.Component }

// Repetition returns the repetition separator of the interchange, 0 when it has none.
func (a At) Repetition() byte { return a.doc.tape.Delims.Repetition }

// Scope is one instance of the loop of a rule, as a check sees it: its segments and those of the loops below and around it.
// It is valid during the check.
type Scope struct {
	t    *tester
	rule *Rule
	loop guide.LoopID
	from int // its first segment
	to   int // the one behind its last
}

// each calls f for the segments of a place, the latest first, until it returns false.
func (s *Scope) each(p *Place, f func(At) bool) {
	w := s.t
	from := -1
	switch {
	case p.base == s.loop:
		from = s.from
	case p.base == 0:
		if w.cur.tape.Scope.Loop == 0 {
			from = 0
		}
	default:
		for k := len(w.open) - 1; k >= 0; k-- {
			if w.open[k].loop == p.base {
				from = w.open[k].from
				break
			}
		}
	}
	if from >= 0 {
		for _, slot := range p.slots {
			for i := int(w.cur.tails[slot]) - 1; i >= from; i = int(w.cur.prev[i]) - 1 {
				if (p.keyAt == 0 || p.qualified(&w.cur, i)) && !f(At{&w.cur, i, p.elem, p.comp}) {
					return
				}
			}
		}
		if p.base != 0 {
			return
		}
	}
	for c := w.up; c != nil; c = c.up {
		if c.loop != p.base {
			continue
		}
		d := &c.doc
		for i := len(d.tape.Segs) - 1; i >= 0; i-- {
			g := &d.tape.Segs[i]
			if g.Slot == 0 || g.Flag&guide.Virtual != 0 {
				continue
			}
			for _, slot := range p.slots {
				if slot == g.Slot && (p.keyAt == 0 || p.qualified(d, i)) && !f(At{d, i, p.elem, p.comp}) {
					return
				}
			}
		}
		return
	}
}

// First returns the first segment of a place, the zero At when there is none.
func (s *Scope) First(p *Place) (first At) {
	s.each(p, func(a At) bool {
		first = a
		return true
	})
	return first
}

// Value returns the element of the first segment of a place that has it, nil when there is none.
func (s *Scope) Value(p *Place) []byte { return s.Find(p).Bytes() }

// Find returns the first segment of a place that has the element of the place; for a place without an element the first segment.
func (s *Scope) Find(p *Place) (found At) {
	s.each(p, func(a At) bool {
		if p.elem == 0 || len(a.Bytes()) > 0 {
			found = a
		}
		return true
	})
	return found
}

// Has reports whether a place is there.
func (s *Scope) Has(p *Place) bool {
	has := false
	s.each(p, func(a At) bool {
		has = p.elem == 0 || len(a.Bytes()) > 0
		return !has
	})
	return has
}

// All returns the segments of a place in the order of the file.
func (s *Scope) All(p *Place) iter.Seq[At] {
	return func(yield func(At) bool) {
		n := len(s.t.found)
		s.each(p, func(a At) bool {
			s.t.found = append(s.t.found, a)
			return true
		})
		for i := len(s.t.found) - 1; i >= n; i-- {
			if !yield(s.t.found[i]) {
				break
			}
		}
		s.t.found = s.t.found[:n]
	}
}

// Range returns the numbers of the first segment of the instance and of the one behind its last, those of the loops below it
// included, in the order of the file. Slot tells what such a segment is, At takes it.
func (s *Scope) Range() (from, to int) { return s.from, s.to }

// Slot returns the place of a segment in the guide, 0 when it has none or when it did not come.
func (s *Scope) Slot(i int) guide.SlotID {
	g := &s.t.cur.tape.Segs[i]
	if g.Flag&guide.Virtual != 0 {
		return 0
	}
	return g.Slot
}

// At returns the segment of a number.
func (s *Scope) At(i int) At { return At{doc: &s.t.cur, i: i} }

// Table returns the guide.
func (s *Scope) Table() *guide.Table { return s.t.cur.tape.Table }

// Text returns the text of the segment.
func (a At) Text() []byte { return a.doc.tape.Text(a.i) }

// Report reports the rule of the check at an element or segment that was found. Message says in lower case what was expected, never
// a value that may identify a patient.
func (s *Scope) Report(a At, message string) { s.t.report(s, s.rule, a, message, At{}) }

// ReportAs is Report for another rule, one that names this one in By.
func (s *Scope) ReportAs(rule string, a At, message string) {
	if r := s.t.v.rules[rule]; r != nil {
		s.t.report(s, r, a, message, At{})
	}
}

// ReportBecause is Report with what made the rule apply.
func (s *Scope) ReportBecause(a At, message string, trigger At) {
	s.t.report(s, s.rule, a, message, trigger)
}

// ReportMissing reports that a place is not there: the element of a segment that is, or the segment. Trigger is what made it
// necessary, the zero At for nothing in particular.
func (s *Scope) ReportMissing(p *Place, message string, trigger At) {
	s.t.missing(s, s.rule, p, message, trigger)
}

// ReportMissingAs is ReportMissing for another rule, one that names this one in By.
func (s *Scope) ReportMissingAs(rule string, p *Place, message string, trigger At) {
	if r := s.t.v.rules[rule]; r != nil {
		s.t.missing(s, r, p, message, trigger)
	}
}

// Later makes a finding of the rule of the check without reporting it, for [Gatherer]s that know only at the end of the set
// whether it is one; it is nil when the rule is turned off. Send reports it.
func (s *Scope) Later(a At, message string) *x12.Issue {
	return s.t.about(s.rule, a, message, At{}, x12.Codes{})
}

// Send reports a finding made by [Scope.Later].
func (s *Scope) Send(i *x12.Issue) { s.t.sink(i) }

// Whole reports whether every segment of these ids in the instance has a place in the guide, and no loop that one of them opens
// lacks it. Where it is false, sums over the instance mean little.
func (s *Scope) Whole(ids ...x12.SegID) bool {
	t := s.t.cur.tape
	for i := s.from; i < s.to; i++ {
		g := &t.Segs[i]
		if g.Slot != 0 && g.Flag&guide.Virtual == 0 {
			continue
		}
		id := t.Table.Slots[g.Slot].ID
		if g.Slot == 0 {
			var seg x12.Segment
			t.Segment(i, &seg)
			id = seg.ID
		}
		if slices.Contains(ids, id) {
			return false
		}
	}
	return true
}

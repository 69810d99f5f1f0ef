package main

import "fmt"

// level reports whether the slot is the HL of a level, which is kept as a codec.Level.
func (s *slot) level() bool {
	return s.Segment.ID == "HL" && s.Field == "-" && s.trigger && s.loop.HL != ""
}

// skippable reports whether a segment whose elements are fields of its loop may be absent.
func (s *slot) skippable() bool { return !s.trigger && s.Usage == 'S' }

// levelRow is what encoder and decoder have to know of an HL.
func (s *slot) levelRow() string {
	depth := 0
	for l := s.loop.parent; l != nil; l = l.parent {
		if l.HL != "" {
			depth++
		}
	}
	return fmt.Sprintf("codec.LevelRow{Slot: %d, Depth: %d, Code: %q, Parent: %t, Child: %t}",
		s.n, depth, s.loop.HL, s.element(2) != nil, s.element(4) != nil)
}

// bounds lists the loops that a situational segment without a field belongs to, such as the LS in front of loops and the
// LE behind them: it is written when one of them is. nil for any other segment.
func (s *slot) bounds() []*loop {
	if s.Field != "-" || s.Usage != 'S' || s.trigger || s.Segment.ID == "SE" {
		return nil
	}
	at := 0
	for s.loop.items[at] != any(s) {
		at++
	}
	var out []*loop
	for _, it := range s.loop.items[at+1:] {
		l, ok := it.(*loop)
		if !ok {
			break
		}
		out = append(out, l)
	}
	if len(out) > 0 {
		return out
	}
	for i := at - 1; i >= 0; i-- {
		l, ok := s.loop.items[i].(*loop)
		if !ok {
			break
		}
		out = append(out, l)
	}
	return out
}

// before reports whether the slot stands in front of a loop in the same loop.
func (s *slot) before(l *loop) bool {
	for _, it := range s.loop.items {
		switch it {
		case any(s):
			return true
		case any(l):
			return false
		}
	}
	return false
}

// missing lists the fields of the type of l that l has no place for.
func (p *plan) missing(l *loop) []field {
	var out []field
	for _, f := range l.typ.fields {
		if !l.has[f.name] {
			out = append(out, f)
		}
	}
	return out
}

package cli

import (
	"bytes"
	"slices"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
)

// unitSet is a set that comes line by line, a unit each.
type unitSet struct {
	s    *shape
	dec  shapeDecoder
	seq  int
	head []byte // the header as it stands in the context, to see that the next line belongs to the same set
	open []part // the levels that are open
}

// part is a level with its JSON.
type part struct {
	level *shapeLevel
	text  []byte
}

// lineContext is what stands above the content of a line.
type lineContext struct {
	of     *shape // nil when the line has none
	head   []byte
	levels []part // in any order
}

// decodeContext keeps the context of a line for what comes behind it.
func (s *shape) decodeContext(a *assembly, sc *jsonstream.Scanner) error {
	x := &a.context
	x.of = s
	all := s.root.all(nil)
	return members(sc, func(key []byte) (err error) {
		if string(key) == s.member {
			x.head, err = sc.Raw(x.head[:0], maxObject)
			return err
		}
		i := slices.IndexFunc(all, func(l *shapeLevel) bool { return l.name == string(key) && !l.unit })
		if i < 0 {
			return sc.Skip()
		}
		if slices.ContainsFunc(x.levels, func(p part) bool { return p.level == all[i] }) {
			return a.shapef(sc, "a second member %s", key)
		}
		text, err := sc.Raw(nil, maxObject)
		x.levels = append(x.levels, part{all[i], text})
		return err
	})
}

// text returns the JSON of a level; one that the context does not have is empty.
func (x *lineContext) text(l *shapeLevel) []byte {
	for _, p := range x.levels {
		if p.level == l {
			return p.text
		}
	}
	return []byte("{}")
}

// place finds the level of the line's content: the one of that name that stands in all levels of the context. chain is
// what it stands in, outermost first.
func (x *lineContext) place(s *shape, name string) (l *shapeLevel, chain []*shapeLevel) {
	for _, l := range s.root.all(nil) {
		if l.name != name {
			continue
		}
		chain = chain[:0]
		for up := l.up; up.up != nil; up = up.up {
			chain = append(chain, up)
		}
		if !slices.ContainsFunc(x.levels, func(p part) bool { return !slices.Contains(chain, p.level) }) {
			slices.Reverse(chain)
			return l, chain
		}
	}
	return nil, nil
}

// continueSet makes the set of the line's context the open one.
func (s *shape) continueSet(a *assembly, at int64) error {
	u := &a.units
	head := a.context.head
	if len(head) == 0 {
		head = []byte("{}")
	}
	if u.s == s && u.seq == a.line.set.Seq && bytes.Equal(u.head, head) && a.line.inter == a.open.inter && a.line.group == a.open.group {
		return nil
	}
	if err := a.closeUnits(); err != nil {
		return err
	}
	dec, err := s.begin(a, head, at)
	if err != nil {
		return err
	}
	*u = unitSet{s: s, dec: dec, seq: a.line.set.Seq, head: bytes.Clone(head)}
	return dec.header(u.head)
}

// decodeLine reads a unit, or a level alone, and writes it to the set of its context.
func (s *shape) decodeLine(a *assembly, sc *jsonstream.Scanner, name string) error {
	at := sc.Offset()
	text, err := sc.Raw(nil, maxObject)
	if err != nil {
		return err
	}
	l, chain := a.context.place(s, name)
	if l == nil {
		return a.shapef(sc, "a context with levels that do not stand around %s", name)
	}
	if err := s.continueSet(a, at); err != nil {
		return jsonFault(err, at)
	}
	u := &a.units
	n := 0
	for n < len(chain) && n < len(u.open) && u.open[n].level == chain[n] && bytes.Equal(u.open[n].text, a.context.text(chain[n])) {
		n++
	}
	if n < len(u.open) {
		next := l
		if n < len(chain) {
			next = chain[n]
		}
		if last := u.open[n].level; next.up.order(next) < next.up.order(last) {
			return a.shapef(sc, "a line with %s behind one with %s: expected it before", next.name, last.name)
		}
		u.open = u.open[:n]
	}
	for ; n < len(chain); n++ {
		more := n+1 < len(chain) || !l.unit
		if err := u.enter(chain[n], bytes.Clone(a.context.text(chain[n])), more); err != nil {
			return jsonFault(err, at)
		}
	}
	if a.at = at; l.unit {
		return jsonFault(u.dec.unit(text), at)
	}
	return jsonFault(u.enter(l, text, false), at)
}

// enter writes a level, which is open then.
func (u *unitSet) enter(l *shapeLevel, text []byte, more bool) error {
	u.open = append(u.open, part{l, text})
	return u.dec.enter(l, text, more)
}

// decodeTrailer reads the trailer of a set that came unit by unit and ends the set.
func (s *shape) decodeTrailer(a *assembly, sc *jsonstream.Scanner) error {
	at := sc.Offset()
	text, err := sc.Raw(nil, maxObject)
	if err != nil {
		return err
	}
	if err := s.continueSet(a, at); err != nil {
		return jsonFault(err, at)
	}
	dec := a.units.dec
	a.units = unitSet{}
	return s.end(a, dec, text, at)
}

// closeUnits ends the set that came unit by unit, if one is open.
func (a *assembly) closeUnits() error {
	if a.units.s == nil {
		return nil
	}
	s, dec := a.units.s, a.units.dec
	a.units = unitSet{}
	return s.end(a, dec, []byte("{}"), 0)
}

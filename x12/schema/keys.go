package schema

import (
	"fmt"
	"slices"
)

// checkKeys makes sure that every segment has at most one place to go.
//
// While a loop is open, a segment may go to a place of that loop, to the first segment of a loop below it, and to
// the same in every loop around it from where the open one stands onwards. Two such places of one segment id must
// be told apart by the codes of a key, unless what lies between them keeps them apart.
func (p *parser) checkKeys() {
	k := &keyCheck{p: p, told: map[string]bool{}, made: map[*Segment][]key{}}
	k.loop(p.g.Body, nil)
}

type keyCheck struct {
	p    *parser
	told map[string]bool // pairs reported
	made map[*Segment][]key
}

// step is one open loop on the way down: the child of loop at index at is open.
type step struct {
	loop *Loop
	at   int
}

func (k *keyCheck) loop(l *Loop, way []step) {
	for i, a := range l.Children {
		if i > 0 || l == k.p.g.Body {
			for j := i + 1; j < len(l.Children); j++ {
				k.pair(a, l.Children[j], func() bool { return k.apart(l, i, j) })
			}
			k.around(a, way)
		}
		if child, ok := a.(*Loop); ok {
			k.loop(child, append(slices.Clip(way), step{l, i}))
		}
	}
}

// around holds a place against the places of the loops around it that can be reached from there.
func (k *keyCheck) around(a Node, way []step) {
	for _, s := range way {
		from := placeOf(s.loop.Children[s.at])
		bounded := false
		for j, b := range s.loop.Children {
			at := placeOf(b)
			later := j > s.at || at.position == from.position && at.table == from.table
			if !later || j == 0 && s.loop != k.p.g.Body {
				continue
			}
			if seg, ok := b.(*Segment); ok && seg.ID == "LS" {
				bounded = true
			}
			if child, ok := b.(*Loop); bounded || j == s.at && ok && child.Max == 1 {
				continue
			}
			k.pair(a, b, func() bool { return false })
		}
	}
}

// apart tells whether places i and j of a loop cannot be taken for each other because they are at different
// positions and a required place or an LS stands between them.
func (k *keyCheck) apart(l *Loop, i, j int) bool {
	a, b := placeOf(l.Children[i]), placeOf(l.Children[j])
	for m := i + 1; m < j; m++ {
		at := placeOf(l.Children[m])
		if samePosition(at, a) || samePosition(at, b) {
			continue
		}
		switch n := l.Children[m].(type) {
		case *Segment:
			if n.Usage == Required || n.ID == "LS" {
				return true
			}
		case *Loop:
			if n.Usage == Required {
				return true
			}
		}
	}
	return false
}

func samePosition(a, b nodePlace) bool { return a.table == b.table && a.position == b.position }

// pair reports two places that one segment fits, unless they are apart.
func (k *keyCheck) pair(a, b Node, apart func() bool) {
	x, y := trigger(a), trigger(b)
	if x == nil || y == nil || x == y || x.ID != y.ID || k.p.rep.full() || k.distinct(x, y) || apart() {
		return
	}
	if x.Line > y.Line {
		x, y = y, x
	}
	id := fmt.Sprint(x.Line, " ", y.Line)
	if k.told[id] {
		return
	}
	k.told[id] = true
	k.p.errAt(y.Line, y.col, "%s here and %s in line %d can be reached at one place; expected keys \"!{...}\" with different codes at both",
		y.ID, x.ID, x.Line)
}

// trigger returns the segment that leads to a place.
func trigger(n Node) *Segment {
	switch n := n.(type) {
	case *Segment:
		return n
	case *Loop:
		if len(n.Children) > 0 {
			s, _ := n.Children[0].(*Segment)
			return s
		}
	}
	return nil
}

// key is the value place that chooses a slot.
type key struct {
	element, component int
	codes              map[string]bool
	not                bool
}

// keys returns what chooses the slot, in the order of the elements.
func (k *keyCheck) keys(s *Segment) []key {
	if list, ok := k.made[s]; ok {
		return list
	}
	var list []key
	add := func(el *Element, element, component int) {
		if !el.Key {
			return
		}
		codes := make(map[string]bool, len(el.Codes))
		for _, c := range el.Codes {
			codes[c] = true
		}
		list = append(list, key{element, component, codes, el.KeyNot})
	}
	for _, el := range s.Elements {
		add(el, el.Pos, 0)
		for _, c := range el.Components {
			add(c, el.Pos, c.Pos)
		}
	}
	k.made[s] = list
	return list
}

// distinct tells whether no segment fits both slots.
func (k *keyCheck) distinct(a, b *Segment) bool {
	for _, x := range k.keys(a) {
		for _, y := range k.keys(b) {
			if x.element == y.element && x.component == y.component && disjoint(x, y) {
				return true
			}
		}
	}
	return false
}

// disjoint tells whether no value fits both keys.
func disjoint(x, y key) bool {
	if x.not && y.not {
		return false
	}
	if x.not || len(y.codes) < len(x.codes) && !y.not {
		x, y = y, x
	}
	for c := range x.codes {
		if y.codes[c] != y.not {
			return false
		}
	}
	return true
}

package codec

import (
	"slices"

	"github.com/x12-go/edi/x12/guide"
)

// Order finds out what is to be kept of a tape on which nothing is odd but the order: the same as [Diff], without making the
// segments again. The zero value is ready, and holds scratch memory.
type Order struct {
	nodes []node
	guide []int32 // segments of the tape in the order of the guide
	open  []int32 // the segments that opened the loops that are open
	at    []int32 // by arrival: place in the order of the guide
	use   []int32 // by place: which use of its slot it is
	seen  []int32 // by slot: uses so far
	text  []byte
}

// node is a segment in the tree of loops: it stands under the one that opened its loop.
type node struct {
	slot  guide.SlotID
	depth uint16
	up    int32
}

// Extras returns the extras of the scope on the tape, nil where the order is the guide's.
func (o *Order) Extras(t *Tape) *Extras {
	o.place(t)
	slices.SortStableFunc(o.guide, o.compare)
	o.at = slices.Grow(o.at[:0], len(o.nodes))[:len(o.nodes)]
	o.use = slices.Grow(o.use[:0], len(o.guide))[:len(o.guide)]
	o.seen = slices.Grow(o.seen[:0], len(t.Table.Slots))[:len(t.Table.Slots)]
	clear(o.seen)
	for i, k := range o.guide {
		slot := o.nodes[k].slot
		o.seen[slot]++
		o.at[k], o.use[i] = int32(i), o.seen[slot]
	}
	skip := len(o.nodes) - len(o.guide) // ST, which is no part of the order
	return runsOf(o.at[skip:], func(list []int32) string {
		o.text = o.text[:0]
		for _, at := range list {
			o.text = appendUse(o.text, t.Table, o.nodes[o.guide[at]].slot, o.use[at])
		}
		return string(o.text)
	})
}

// place makes the tree of the segments of a tape.
func (o *Order) place(t *Tape) {
	o.nodes, o.guide, o.open = o.nodes[:0], o.guide[:0], o.open[:0]
	for i := range t.Segs {
		slot := &t.Table.Slots[t.Segs[i].Slot]
		in := slot.Loop
		if slot.Trigger {
			in = t.Table.Loops[slot.Loop].Parent
		}
		for len(o.open) > 0 && t.Table.Slots[o.nodes[o.open[len(o.open)-1]].slot].Loop != in {
			o.open = o.open[:len(o.open)-1]
		}
		n := node{slot: t.Segs[i].Slot, depth: uint16(len(o.open)), up: -1}
		if len(o.open) > 0 {
			n.up = o.open[len(o.open)-1]
		}
		o.nodes = append(o.nodes, n)
		if slot.ID != idST {
			o.guide = append(o.guide, int32(i))
		}
		if slot.Trigger {
			o.open = append(o.open, int32(i))
		}
	}
}

// compare orders two segments as the guide does.
func (o *Order) compare(a, b int32) int {
	x, y := &o.nodes[a], &o.nodes[b]
	for x.depth > y.depth {
		if a = x.up; a == b { // y opened the loop that x stands in
			return 1
		}
		x = &o.nodes[a]
	}
	for y.depth > x.depth {
		if b = y.up; a == b {
			return -1
		}
		y = &o.nodes[b]
	}
	for x.up != y.up {
		a, b = x.up, y.up
		x, y = &o.nodes[a], &o.nodes[b]
	}
	if x.slot != y.slot {
		return int(x.slot) - int(y.slot)
	}
	return int(a) - int(b)
}

package codec

import "github.com/x12-go/edi/x12/guide"

// replay follows the loops that are open along a tape. Going forward looks at each segment once.
type replay struct {
	next  int // the first segment not looked at
	open  []guide.LoopAt
	depth int     // how many of open are those of the segment looked at last
	ids   []int32 // of the loops opened on the tape: which they are
	last  int32   // the highest of ids so far
	seen  map[child]uint32
}

// child names a loop in one instance of the loop around it; 0 is what the scope itself stands in.
type child struct {
	loop   guide.LoopID
	parent int32
}

// restart makes the replay begin at the front again.
func (r *replay) restart() {
	if r != nil {
		r.next = 0
	}
}

// path returns the path of segment i of t.
func (r *replay) path(t *Tape, i int) string {
	if i+1 < r.next {
		r.next = 0
	}
	if r.next == 0 {
		r.open, r.ids, r.last = append(r.open[:0], t.Open...), r.ids[:0], 0
		r.depth = len(r.open)
		clear(r.seen)
	}
	for ; r.next <= i; r.next++ {
		r.step(t, &t.Segs[r.next])
	}
	return t.Table.LoopPath(r.open[:r.depth])
}

func (r *replay) step(t *Tape, g *Seg) {
	base := len(t.Open)
	r.depth = len(r.open)
	if g.Slot == 0 || g.Flag&guide.Again != 0 {
		return
	}
	slot := &t.Table.Slots[g.Slot]
	if slot.Trigger && t.Table.Loops[slot.Loop].Stream {
		return
	}
	in := slot.Loop
	if slot.Trigger {
		in = t.Table.Loops[slot.Loop].Parent
	}
	depth := len(r.open)
	for depth > base && r.open[depth-1].Loop != in {
		depth--
	}
	if g.Flag&guide.Order != 0 && !slot.Trigger { // stands late in a loop around, and closes nothing
		r.depth = depth
		return
	}
	r.open, r.ids = r.open[:depth], r.ids[:depth-base]
	if slot.Trigger {
		c := child{loop: slot.Loop}
		if depth > base {
			c.parent = r.ids[depth-base-1]
		}
		if r.seen == nil {
			r.seen = map[child]uint32{}
		}
		r.seen[c]++
		r.last++
		r.open, r.ids = append(r.open, guide.LoopAt{Loop: slot.Loop, Index: r.seen[c]}), append(r.ids, r.last)
	}
	r.depth = len(r.open)
}

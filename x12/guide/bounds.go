package guide

import "github.com/x12-go/edi/x12"

// An LS and an LE stand around loops whose first segments another loop of the guide has as well. Guides call both situational,
// for they are there when such a loop is.
var (
	idLS = x12.ID("LS")
	idLE = x12.ID("LE")
)

// bounds returns the situational LS and LE of a loop that have loops between them.
func (t *Table) bounds(l LoopID) (list []item) {
	ls := SlotID(0)
	for i := range t.Slots[1:] {
		s := &t.Slots[i+1]
		if s.Loop != l || s.Trigger || s.Usage == Required {
			continue
		}
		switch id := SlotID(i + 1); {
		case s.ID == idLS:
			ls = id
		case s.ID == idLE && ls != 0:
			start := t.Slots[ls].Rank
			list = append(list, item{rank: start, slot: ls, other: id, bound: s.Rank}, item{rank: s.Rank, slot: id, other: ls, bound: start})
			ls = 0
		}
	}
	return list
}

// boundAgain finds the slot of an LS or LE that came before in its loop: some senders put each of the loops between into an LS
// and LE of its own. The walk goes back there, so that these loops stay together, and all that is wrong is one LS too many.
func (w *Walker) boundAgain(n int, s *x12.Segment) SlotID {
	x := &w.t.index
	for d := len(w.frames) - 1; d >= 0; d-- {
		f := &w.frames[d]
		list := x.cand[int(f.loop)*len(x.ids)+n]
		if len(list) == 0 {
			if w.t.Loops[f.loop].Stream {
				return 0
			}
			continue
		}
		c := list[0].slot
		count := w.count(f, c)
		if list[0].trigger || *count == 0 || !w.fits(c, s) {
			return 0
		}
		for len(w.frames) > d+1 {
			w.pop()
		}
		*count++
		f.rank = w.t.rank(c)
		w.lost = 0
		if s.ID == idLS || !w.paired(f, c) {
			w.tooOften(c)
		}
		return c
	}
	return 0
}

// paired reports whether an LE, of which there is one too many in frame f, has an LS too many to go with it.
func (w *Walker) paired(f *frame, le SlotID) bool {
	for _, it := range w.t.index.required[f.loop] {
		if it.slot == le && it.other != 0 {
			return *w.count(f, le) <= *w.count(f, it.other)
		}
	}
	return false
}

// bounded reports whether an LS or LE that did not come was due when frame f goes on to rank: the LS before the loops that stand
// between the two and before the LE, the LE when the LS or one of these loops came.
func (w *Walker) bounded(f *frame, it item, rank uint16) bool {
	if it.rank < it.bound {
		return rank <= it.bound
	}
	if *w.count(f, it.other) > 0 {
		return true
	}
	for _, c := range w.t.index.children[f.loop] {
		if l := &w.t.Loops[c]; l.Rank > it.bound && l.Rank < it.rank && *w.count(f, l.Trigger) > 0 {
			return true
		}
	}
	return false
}

// outOfBounds reports whether what opens in frame at would leave an LS without its LE: the innermost loop stands between them.
func (w *Walker) outOfBounds(at int) bool {
	for d := at + 1; d < len(w.frames)-1; d++ {
		f := &w.frames[d]
		for _, it := range w.t.index.required[f.loop] {
			if it.other != 0 && it.rank < it.bound && *w.count(f, it.slot) > *w.count(f, it.other) {
				r := w.t.Loops[w.frames[d+1].loop].Rank
				if it.rank < r && r < it.bound {
					return true
				}
			}
		}
	}
	return false
}

package guide

import (
	"slices"

	"github.com/x12-go/edi/x12"
)

// recover places a segment that has no place in order.
func (w *Walker) recover(s *x12.Segment, n int) Placement {
	x := &w.t.index
	top := len(w.frames) - 1
	if s.ID == idHL { // of a level that fits nowhere: it says itself where it belongs
		if d, c := w.ownLevel(s, n); c != 0 {
			p := w.place(d, c, 0)
			w.qualifier(c)
			return p
		}
	}
	if w.lost != 0 && w.lost != s.ID && !w.begins(n) && !x.sole[n] {
		return Placement{Flag: Unplaced}
	}
	if s.ID == idLS || s.ID == idLE {
		if c := w.boundAgain(n, s); c != 0 {
			return Placement{Slot: c, Flag: Over}
		}
	}
	// Behind its place in the innermost loop, if that has room for it.
	if c := w.room(top, n, s, true); c != 0 {
		return w.place(top, c, Order)
	}
	// Inside a loop whose first segment is missing.
	for d := top; d >= 0; d-- {
		for _, late := range []bool{false, true} {
			if path := w.virtual(&w.frames[d], n, s, late); path != nil && !(w.t.Loops[path[0]].Stream && (w.unfinished(d) || w.begunAround(d, n, s))) {
				if c := w.misnamed(d, path[len(path)-1], n, s); c != 0 {
					w.qualifier(c)
					return w.place(top, c, 0)
				}
				for i, l := range path {
					trigger := w.t.Loops[l].Trigger
					w.openLoop(d+i, trigger)
					w.frames[len(w.frames)-1].virtual = true
					w.guessLevel(trigger)
					w.missingTrigger()
					w.opened = append(w.opened, trigger)
				}
				d += len(path)
				for _, c := range x.cand[int(w.frames[d].loop)*len(x.ids)+n] {
					if c := c.slot; w.matches(c, s) {
						p := w.place(d, c, 0)
						p.Opened = uint8(len(path))
						return p
					}
				}
			}
		}
		// Behind its place in the loop around, if that is part of the same unit and has room for it: likelier than
		// that a new unit began without its first segment.
		if d > 0 && !w.t.Loops[w.frames[d].loop].Stream {
			if c := w.room(d-1, n, s, false); c != 0 && !(w.t.Slots[c].Usage != Required && w.begun(d-1, n, s)) {
				return w.place(d-1, c, Order)
			}
		}
	}
	// Behind its place, and too many: only as far as the unit reaches, since what is around it was handed out.
	for d := top; d >= 0 && (d == top || !w.t.Loops[w.frames[d+1].loop].Stream); d-- {
		if c := w.anyRank(d, n, s, false); c != 0 {
			return w.place(d, c, Order)
		}
	}
	for d := top; d >= 0; d-- { // a streamed loop may still open late
		if c := w.anyRank(d, n, s, true); c != 0 {
			return w.place(d, c, Order)
		}
	}
	// By its identifier alone, where only one slot has it.
	for d := top; d >= 0; d-- {
		list := x.cand[int(w.frames[d].loop)*len(x.ids)+n]
		if len(list) == 0 {
			continue
		}
		if c := list[0].slot; len(list) == 1 && w.t.rank(c) >= w.frames[d].rank && w.t.Slots[c].Key > 0 {
			w.qualifier(c)
			flag := Flag(0)
			if m := w.max(c); m > 0 && *w.count(&w.frames[d], c) >= m {
				flag = Over
			}
			return w.place(d, c, flag)
		}
		break
	}
	if w.begins(n) {
		w.lost = s.ID
	}
	if c := w.qualified(n); c != 0 {
		w.unplaced(RuleSegmentUnplaced, "no place for this qualifier here"+w.standIn(), int(c))
	} else {
		w.unplaced(RuleSegmentUnplaced, "no place for this segment here"+w.standIn(), 0)
	}
	return Placement{Flag: Unplaced}
}

// misnamed finds the one slot of the innermost loop for a segment that might also stand in loop l, of which the first segment
// would be missing, in frame at. A wrong qualifier is likelier than that where l does not require the segment, and has qualifiers
// in common with the slot: then they do not tell the two apart. It is likelier too where l would cut short what an LS began.
func (w *Walker) misnamed(at int, l LoopID, n int, s *x12.Segment) SlotID {
	x := &w.t.index
	f := &w.frames[len(w.frames)-1]
	list := x.cand[int(f.loop)*len(x.ids)+n]
	if len(list) != 1 {
		return 0
	}
	c := &list[0]
	if c.trigger || c.key == 0 || c.not || c.rank < f.rank || c.max > 0 && *w.count(f, c.slot) >= c.max {
		return 0
	}
	for _, k := range x.cand[int(l)*len(x.ids)+n] {
		switch {
		case !w.fits(k.slot, s):
			continue
		case k.trigger:
			return 0
		case w.outOfBounds(at):
			return c.slot
		case w.t.Slots[k.slot].Usage == Required || k.key != c.key || k.comp != c.comp || k.not:
			return 0
		}
		for _, v := range w.t.Slots[k.slot].Keys {
			if slices.Contains(w.t.Slots[c.slot].Keys, v) {
				return c.slot
			}
		}
		return 0
	}
	return 0
}

// begunAround reports whether a segment is the one that a level in a frame around d requires first, and not one that a loop in
// frame d does: then the level is likelier to have begun.
func (w *Walker) begunAround(d, n int, s *x12.Segment) bool {
	if w.begun(d, n, s) {
		return false
	}
	for d--; d > 0; d-- {
		l := w.frames[d].loop
		if w.t.Slots[w.t.Loops[l].Trigger].ID == idHL && w.begun(d, n, s) {
			return !w.unfinished(d)
		}
	}
	return false
}

// begun reports whether a segment is the one that a loop in frame d, which has not come yet, requires first.
func (w *Walker) begun(d, n int, s *x12.Segment) bool {
	path := w.virtual(&w.frames[d], n, s, false)
	if len(path) != 1 {
		return false
	}
	x := &w.t.index
	for _, k := range x.cand[int(path[0])*len(x.ids)+n] {
		if !k.trigger && w.t.Slots[k.slot].Usage == Required && w.fits(k.slot, s) && !x.needs(path[0], k.rank) {
			return true
		}
	}
	return false
}

// unfinished reports whether a streamed loop inside frame d still lacks something required: another one is then not likely to
// have begun.
func (w *Walker) unfinished(d int) bool {
	for i := d + 1; i < len(w.frames); i++ {
		f := &w.frames[i]
		if !w.t.Loops[f.loop].Stream {
			continue
		}
		for list := w.t.index.required[f.loop][f.next:]; len(list) > 0; list = list[1:] {
			if list[0].other == 0 && *w.count(f, list[0].slot) == 0 {
				return true
			}
		}
	}
	return false
}

// begins reports whether a segment of this identifier opens a loop in one of those that are open.
func (w *Walker) begins(n int) bool {
	x := &w.t.index
	for i := range w.frames {
		for _, c := range x.cand[int(w.frames[i].loop)*len(x.ids)+n] {
			if c.trigger {
				return true
			}
		}
	}
	return false
}

// standIn notes that a segment without a place stands where the innermost loop next requires one. If that does not come
// either, the two are one fault. It returns what to say about it.
func (w *Walker) standIn() string {
	f := &w.frames[len(w.frames)-1]
	list := w.t.index.required[f.loop]
	for i := int(f.next); i < len(list); i++ {
		it := list[i]
		if it.other != 0 || *w.count(f, it.slot) > 0 {
			continue
		}
		if slot := &w.t.Slots[it.slot]; it.loop == 0 && slot.ID != idSE {
			f.stand = uint16(i) + 1
			return ": next required is " + slot.ID.String() + " (" + slot.Title + ")"
		}
		break
	}
	return ""
}

// qualified returns the key element when slots of the open loops differ only by it.
func (w *Walker) qualified(n int) uint8 {
	x := &w.t.index
	for d := len(w.frames) - 1; d >= 0; d-- {
		for _, c := range x.cand[int(w.frames[d].loop)*len(x.ids)+n] {
			if k := c.key; k > 0 {
				return k
			}
		}
	}
	return 0
}

// anyRank finds a slot of frame d whose key matches, whatever the rank.
func (w *Walker) anyRank(d, n int, s *x12.Segment, streams bool) SlotID {
	x := &w.t.index
	for _, cand := range x.cand[int(w.frames[d].loop)*len(x.ids)+n] {
		c := cand.slot
		slot := &w.t.Slots[c]
		if slot.Trigger && w.t.Loops[slot.Loop].Stream != streams || !slot.Trigger && streams {
			continue
		}
		if w.fits(c, s) {
			return c
		}
	}
	return 0
}

// room finds a slot of frame d whose key matches, whatever the rank, and that has not come too often; loops also takes
// the triggers of loops that are not streamed.
func (w *Walker) room(d, n int, s *x12.Segment, loops bool) SlotID {
	f := &w.frames[d]
	for _, c := range w.t.index.cand[int(f.loop)*len(w.t.index.ids)+n] {
		if c.trigger && (!loops || w.t.Loops[w.t.Slots[c.slot].Loop].Stream) {
			continue
		}
		if (c.max == 0 || *w.count(f, c.slot) < c.max) && w.fits(c.slot, s) {
			return c.slot
		}
	}
	return 0
}

// virtual looks for a child loop of f, not at its maximum, that holds a slot for the segment; late takes the streamed
// loops the walk has passed, and no others. Two levels down only the first segment of a loop is proof enough.
func (w *Walker) virtual(f *frame, n int, s *x12.Segment, late bool) []LoopID {
	x := &w.t.index
	sure := s.ID == idHL || x.sole[n]
	holds := func(l LoopID, first bool) bool {
		for _, k := range x.cand[int(l)*len(x.ids)+n] {
			if (k.trigger || !first) && w.fits(k.slot, s) && !x.inBounds(l, k.rank) && (sure || k.trigger && w.levelBegins(l) || !x.needs(l, k.rank)) {
				return true
			}
		}
		return false
	}
	open := func(c LoopID) bool {
		l := &w.t.Loops[c]
		return (l.Rank < f.rank) == late && (!late || l.Stream) && (l.Max == 0 || *w.count(f, l.Trigger) < l.Max)
	}
	for _, c := range x.children[f.loop] {
		if open(c) && holds(c, false) {
			return []LoopID{c}
		}
	}
	for _, c := range x.children[f.loop] {
		if late || !open(c) {
			continue
		}
		for _, d := range x.children[c] {
			if holds(d, true) && (sure || !x.needs(c, w.t.Loops[d].Rank)) {
				return []LoopID{c, d}
			}
		}
	}
	return nil
}

// levelBegins reports whether a level may begin here without its HL and what else it starts with: there are senders that leave
// all HL out. Not inside a unit, where a stray segment is likelier.
func (w *Walker) levelBegins(l LoopID) bool {
	if w.t.Slots[w.t.Loops[l].Trigger].ID != idHL {
		return false
	}
	for i := range w.frames {
		if w.t.IsUnit(w.frames[i].loop) {
			return false
		}
	}
	return true
}

// inBounds reports whether a rank of a loop stands between an LS and an LE: in a loop that has not begun the LS would be missing too.
func (x *index) inBounds(l LoopID, rank uint16) bool {
	for _, it := range x.required[l] {
		if it.other != 0 && it.rank < rank && rank < it.bound {
			return true
		}
	}
	return false
}

// needs reports whether a loop requires something else before a rank, besides its first segment: then more is missing than that,
// and the loop is not likely to have begun.
func (x *index) needs(l LoopID, rank uint16) bool {
	for _, it := range x.required[l] {
		if it.other == 0 {
			return it.rank < rank
		}
	}
	return false
}

// fits is matches for guesses: where the slot has no key, a closed list of its first element must hold the value too, unless
// the element is empty and may be.
func (w *Walker) fits(id SlotID, s *x12.Segment) bool {
	if !w.matches(id, s) {
		return false
	}
	e := w.t.Elem(id, 1)
	if w.t.Slots[id].Key > 0 || e == nil || len(e.Codes) == 0 || e.Usage != Required && len(s.Elem(1)) == 0 {
		return true
	}
	return w.t.HasCode(int(w.t.Slots[id].First), s.Elem(1))
}

package guide

import (
	"slices"
	"strconv"

	"github.com/x12-go/edi/x12"
)

// Rule ids of the walker, SNIP level 2 (and 1 where the base standard says so too).
const (
	RuleSegmentMissing   = "segment/missing"      // a required segment is not there
	RuleSegmentRepeat    = "segment/repeat"       // a segment comes more often than the guide allows
	RuleSegmentOrder     = "segment/order"        // a segment stands behind its place
	RuleSegmentUnplaced  = "segment/unexpected"   // a segment has no place here
	RuleSegmentUnknown   = "segment/unknown"      // no segment of this guide has that id
	RuleSegmentQualifier = "segment/qualifier"    // placed by its id, but its qualifier is not one of the guide's
	RuleLoopMissing      = "loop/missing"         // a required loop is not there
	RuleLoopTrigger      = "loop/trigger-missing" // a segment of a loop without the one that opens it
	RuleLoopRepeat       = "loop/repeat"          // a loop comes more often than the guide allows
	RuleLoopCount        = "loop/count"           // the number in the first segment of a loop is not the next one
	RuleLevelNumber      = "level/number"         // HL01 is not the next number
	RuleLevelParent      = "level/parent"         // HL02 is not the number of the level around
	RuleLevelChild       = "level/child"          // HL04 does not say whether levels follow below
)

var idSE = x12.ID("SE")

// Flag says what is odd about a placement.
type Flag uint8

// The flags. A segment with none of them stands where the guide has it.
const (
	Order    Flag = 1 << iota // placed, but behind its place
	Over     Flag = 1 << iota // placed, but it or its loop is a second one where there is one: no field is left for it
	Virtual  Flag = 1 << iota // not a segment: its loop was opened without it
	Unplaced Flag = 1 << iota // no place found; Slot is 0
	Again    Flag = 1 << iota // with Over: the first segment of a loop that is open already; that loop goes on
)

// Placement is where a segment belongs.
type Placement struct {
	Slot   SlotID
	Flag   Flag
	Opened uint8 // loops opened virtually in front of it, see Walker.Opened
}

// frame is one open loop.
type frame struct {
	loop     LoopID
	rank     uint16
	next     uint16 // next of the required items that was not passed yet
	index    uint32 // instance number in the parent, 1 = first
	counts   uint32 // where its counts start in Walker.counts
	counted  uint32 // last number in the first segments of loops below that count
	guessed  uint32 // how many of those loops were opened without a number since
	stand    uint16 // 1 + the required item in whose place something stood that has none
	over     bool   // the loop or one around it is a second one where there is one
	virtual  bool   // opened without its first segment, which has not come yet
	miscount bool   // a number that is not the next one was reported
}

// Walker finds the place of each segment of a set in a guide. It is deterministic, never backtracks, and recovers:
// a missing, foreign or misplaced segment costs one finding, not the rest of the set.
//
// frames holds the open loops, outermost first; counts holds for each of them how often each slot of the guide that
// stands directly in it was seen (in the order of index.count), and for child loops by their trigger.
type Walker struct {
	t      *Table
	frames []frame
	counts []uint32
	opened []SlotID
	levels []level // the open HL levels, outermost first
	number numbering
	absent []absence // what was found missing in the open loops
	lost   x12.SegID // a segment without a place that is likely to have begun a loop: what follows is part of that
	quiet  bool      // the set was cut short: what did not come may have been there
	missed bool
	report func(*x12.Issue)
	seg    *x12.Segment
}

// NewWalker returns a Walker over t. Findings go to report, which fills in the names of interchange, group and set.
func NewWalker(t *Table, report func(*x12.Issue)) *Walker {
	t.build()
	w := &Walker{t: t, report: report}
	w.Reset()
	return w
}

// home is the loop in which a slot is counted: its own, or for a trigger the parent.
func (t *Table) home(id SlotID) LoopID {
	s := &t.Slots[id]
	if s.Trigger {
		return t.Loops[s.Loop].Parent
	}
	return s.Loop
}

// rank is the order of a slot in its home.
func (t *Table) rank(id SlotID) uint16 {
	s := &t.Slots[id]
	if s.Trigger {
		return t.Loops[s.Loop].Rank
	}
	return s.Rank
}

// Reset starts a new set.
func (w *Walker) Reset() {
	w.frames = w.frames[:0]
	w.counts = w.counts[:0]
	w.levels, w.number = w.levels[:0], numbering{}
	w.absent, w.lost, w.quiet = w.absent[:0], 0, false
	w.seg = nil
	w.push(0, 1, false)
}

func (w *Walker) push(l LoopID, index uint32, over bool) {
	n := len(w.counts)
	w.frames = append(w.frames, frame{loop: l, index: index, counts: uint32(n), over: over})
	need := n + int(w.t.index.counts[l])
	for cap(w.counts) < need {
		w.counts = append(w.counts[:cap(w.counts)], 0)
	}
	w.counts = w.counts[:need]
	clear(w.counts[n:])
}

// count is how often a slot (for a trigger: its loop) was seen in frame f.
func (w *Walker) count(f *frame, id SlotID) *uint32 {
	return &w.counts[f.counts+uint32(w.t.index.count[id])]
}

// Depth returns the number of open loops, the set included.
func (w *Walker) Depth() int { return len(w.frames) }

// Loop returns the innermost open loop.
func (w *Walker) Loop() LoopID { return w.frames[len(w.frames)-1].loop }

// Open appends the open loops, outermost first, without the set.
func (w *Walker) Open(dst []LoopAt) []LoopAt {
	for _, f := range w.frames[1:] {
		dst = append(dst, LoopAt{f.loop, f.index})
	}
	return dst
}

// LoopAt is one instance of a loop in its parent, 1 = first.
type LoopAt struct {
	Loop  LoopID
	Index uint32
}

// Missed reports whether required segments were found missing since the last call.
func (w *Walker) Missed() bool {
	m := w.missed
	w.missed = false
	return m
}

// Opened returns the triggers of the loops that the last Walk opened virtually, outermost first.
func (w *Walker) Opened() []SlotID { return w.opened }

// Walk places a segment of the set. ST is the first; SE too has a slot.
func (w *Walker) Walk(s *x12.Segment) Placement {
	w.opened = w.opened[:0]
	w.seg = s
	x := &w.t.index
	n := x.lookup(s.ID)
	if n < 0 {
		w.issue(RuleSegmentUnknown, "no segment of this guide has this identifier"+w.standIn(), x12.Codes{IK3: segmentCode(s)}, 0)
		return Placement{Flag: Unplaced}
	}
	// In order, from the innermost loop outwards.
	var key, comp uint8 // the key element last looked at
	var value uint32    // and what it holds
	for d := len(w.frames) - 1; d >= 0; d-- {
		f := &w.frames[d]
		at := x.lists[int(f.loop)*len(x.ids)+n]
		if at.from == at.to {
			continue
		}
		list := x.pool[at.from:at.to]
		over := SlotID(0)
		for i := range list {
			c := &list[i]
			if c.rank < f.rank {
				continue
			}
			if c.key > 0 {
				if c.key != key || c.comp != comp {
					key, comp, value = c.key, c.comp, keyOf(s, c)
				}
				if !w.hasKey(c, value) {
					continue
				}
			}
			count := &w.counts[f.counts+uint32(c.count)]
			if c.max > 0 && *count >= c.max {
				if over == 0 && c.rank == f.rank { // else the walk went back for a late one, and a new loop is likelier
					over = c.slot
				}
				continue
			}
			for len(w.frames) > d+1 {
				w.pop()
			}
			if c.rank > f.rank {
				w.passed(f, c.rank)
				f.rank = c.rank
			}
			w.lost = 0
			*count++
			p := Placement{Slot: c.slot}
			if f.over {
				p.Flag = Over
			}
			if c.trigger {
				if len(w.absent) > 0 && w.t.Loops[c.opens].Stream { // what stands in front of it is handed out now
					w.settle(d)
				}
				w.push(c.opens, *count, f.over)
				if c.numbered {
					w.checkNumber(d, c.slot)
				}
			}
			return p
		}
		if over != 0 {
			return w.place(d, over, Over)
		}
	}
	return w.recover(s, n)
}

// keyOf returns the key element of a segment as a candidate holds its keys, 0 when it cannot be one of them.
func keyOf(s *x12.Segment, c *candidate) uint32 {
	v := s.Elem(int(c.key))
	if c.comp > 0 {
		v = s.Comp(int(c.key), int(c.comp))
	}
	p, _ := pack(v)
	return p
}

// hasKey is matches for a candidate; value is that of keyOf.
func (w *Walker) hasKey(c *candidate, value uint32) bool {
	if c.first == 0 {
		return w.matches(c.slot, w.seg)
	}
	if value != 0 && (value == c.first || c.more && slices.Contains(w.t.index.keys[c.slot], value)) {
		return !c.not
	}
	return c.not
}

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
	// Behind its place in the innermost loop, if that has room for it.
	if c := w.room(top, n, s, true); c != 0 {
		return w.place(top, c, Order)
	}
	// Inside a loop whose first segment is missing.
	for d := top; d >= 0; d-- {
		for _, late := range []bool{false, true} {
			if path := w.virtual(&w.frames[d], n, s, late); path != nil && !(w.t.Loops[path[0]].Stream && (w.unfinished(d) || w.begunAround(d, n, s))) {
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
			if *w.count(f, list[0].slot) == 0 {
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
		if *w.count(f, it.slot) > 0 {
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
			if (k.trigger || !first) && w.fits(k.slot, s) && (sure || k.trigger && w.levelBegins(l) || !x.needs(l, k.rank)) {
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

// needs reports whether a loop requires something else before a rank, besides its first segment: then more is missing than that,
// and the loop is not likely to have begun.
func (x *index) needs(l LoopID, rank uint16) bool {
	list := x.required[l]
	return len(list) > 0 && list[0].rank < rank
}

// matches reports whether the key element of the slot fits.
func (w *Walker) matches(id SlotID, s *x12.Segment) bool {
	slot := &w.t.Slots[id]
	if slot.Key == 0 {
		return true
	}
	var v []byte
	if slot.KeyComp > 0 {
		v = s.Comp(int(slot.Key), int(slot.KeyComp))
	} else {
		v = s.Elem(int(slot.Key))
	}
	return w.t.isKey(id, v) != slot.KeyNot
}

// fits is matches for guesses: where the slot has no key, a closed list of its first element must hold the value too.
func (w *Walker) fits(id SlotID, s *x12.Segment) bool {
	if !w.matches(id, s) {
		return false
	}
	e := w.t.Elem(id, 1)
	if w.t.Slots[id].Key > 0 || e == nil || len(e.Codes) == 0 {
		return true
	}
	return w.t.HasCode(int(w.t.Slots[id].First), s.Elem(1))
}

// closed returns the closed values of Elements[i], nil when they are not packed.
func (x *index) closed(i int) []uint32 {
	b := &x.brief[i]
	if b.ncodes == 0 {
		return nil
	}
	return x.codes[b.codes : int(b.codes)+int(b.ncodes)]
}

// HasCode reports whether the closed list of Elements[i] holds v.
func (t *Table) HasCode(i int, v []byte) bool {
	if codes := t.index.closed(i); codes != nil {
		p, ok := pack(v)
		return ok && slices.Contains(codes, p)
	}
	return slices.Contains(t.Elements[i].Codes, string(v))
}

func (t *Table) isKey(id SlotID, v []byte) bool {
	if keys := t.index.keys[id]; keys != nil {
		p, ok := pack(v)
		if !ok {
			return false
		}
		for _, k := range keys {
			if k == p {
				return true
			}
		}
		return false
	}
	for _, k := range t.Slots[id].Keys {
		if k == string(v) {
			return true
		}
	}
	return false
}

// max is the most uses of a slot, for a trigger of its loop.
func (w *Walker) max(id SlotID) uint32 {
	s := &w.t.Slots[id]
	if s.Trigger {
		return w.t.Loops[s.Loop].Max
	}
	return s.Max
}

// place puts the segment into frame d, closing what is open inside it unless it only stands late there.
func (w *Walker) place(d int, id SlotID, flag Flag) Placement {
	slot := &w.t.Slots[id]
	if slot.Trigger && flag&Over != 0 && len(w.frames) == d+2 {
		if f := &w.frames[d+1]; f.loop == slot.Loop && w.again(f) {
			return Placement{Slot: id, Flag: Over | Again}
		}
	}
	if flag&Order == 0 || slot.Trigger || d+1 < len(w.frames) && w.frames[d+1].virtual { // a loop that was only guessed ends here
		for len(w.frames) > d+1 {
			w.pop()
		}
	}
	f := &w.frames[d]
	r := w.t.rank(id)
	w.lost = 0
	switch {
	case flag&Order != 0:
		w.issue(RuleSegmentOrder, "stands behind its place in the order of the guide", x12.Codes{IK3: "7"}, 0)
		if d == len(w.frames)-1 { // what comes next is likely to follow it: one finding is enough
			f.rank = r
		}
	case r > f.rank:
		w.passed(f, r)
		f.rank = r
	}
	if slot.Trigger {
		w.openLoop(d, id)
		flag &^= Over
		if w.frames[len(w.frames)-1].over {
			flag |= Over
		}
		if flag&Order == 0 {
			w.loopRepeat(d, id)
		}
		w.checkNumber(d, id)
		return Placement{Slot: id, Flag: flag}
	}
	n := w.count(f, id)
	*n++
	if flag&Over != 0 || slot.Max > 0 && *n > slot.Max {
		flag &^= Over
		if slot.Max == 1 { // else there is a list, which takes one more
			flag |= Over
		}
		w.issue(RuleSegmentRepeat, "more than the guide's "+strconv.Itoa(int(slot.Max))+" of this segment", x12.Codes{IK3: "5"}, 0)
	}
	if f.over {
		flag |= Over
	}
	return Placement{Slot: id, Flag: flag}
}

// checkNumber checks the number in the first segment of a loop of frame d, which has just opened it, if it has one.
func (w *Walker) checkNumber(d int, id SlotID) {
	switch slot := &w.t.Slots[id]; {
	case slot.ID == idHL:
		w.openLevel(id)
	case slot.Counts > 0:
		w.numbered(&w.frames[d], int(slot.Counts))
	}
}

// again reports whether the first segment of loop f, of which there can be one, belongs to the instance that is
// open: it came twice in a row, or it comes late, behind a segment of the loop. Opening another instance would make
// all that is required in the loop missing.
func (w *Walker) again(f *frame) bool {
	l := &w.t.Loops[f.loop]
	switch {
	case l.Max != 1 || l.Stream:
		return false
	case f.virtual:
		f.virtual = false
		w.issue(RuleSegmentOrder, "stands behind its place in the order of the guide", x12.Codes{IK3: "7"}, 0)
		return true
	case f.rank == 0:
		w.tooMany(f.loop)
		return true
	}
	return false
}

// openLoop opens the loop of a trigger inside frame d.
func (w *Walker) openLoop(d int, trigger SlotID) {
	for len(w.frames) > d+1 {
		w.pop()
	}
	f := &w.frames[d]
	l := w.t.Slots[trigger].Loop
	if r := w.t.Loops[l].Rank; r > f.rank {
		w.passed(f, r)
		f.rank = r
	}
	if w.t.Loops[l].Stream { // what stands in front of it is handed out now
		w.settle(d)
	}
	n := w.count(f, trigger)
	*n++
	m := w.t.Loops[l].Max
	over := f.over || m == 1 && *n > m
	w.push(l, *n, over)
}

// loopRepeat reports a loop over its maximum.
func (w *Walker) loopRepeat(d int, trigger SlotID) {
	id := w.t.Slots[trigger].Loop
	if l := &w.t.Loops[id]; l.Max > 0 && *w.count(&w.frames[d], trigger) > l.Max {
		w.tooMany(id)
	}
}

// tooMany reports one more instance of a loop than there may be.
func (w *Walker) tooMany(id LoopID) {
	l := &w.t.Loops[id]
	w.issue(RuleLoopRepeat, "more than the guide's "+strconv.Itoa(int(l.Max))+" of loop "+l.ID, x12.Codes{IK3: "4"}, 0)
}

// pop closes the innermost loop.
func (w *Walker) pop() {
	f := &w.frames[len(w.frames)-1]
	w.passed(f, ^uint16(0))
	w.settle(len(w.frames) - 1)
	if n := len(w.levels); n > 0 && w.levels[n-1].depth == len(w.frames)-1 {
		w.closeLevel(f.loop)
	}
	w.counts = w.counts[:f.counts]
	w.frames = w.frames[:len(w.frames)-1]
}

// passed notes what is required in the innermost loop before rank and did not come. It is reported when the loop closes:
// what comes late is out of order, not missing.
func (w *Walker) passed(f *frame, rank uint16) {
	list := w.t.index.required[f.loop]
	for ; int(f.next) < len(list) && list[f.next].rank < rank; f.next++ {
		it := list[f.next]
		if *w.count(f, it.slot) == 0 && w.t.Slots[it.slot].ID != idSE {
			w.missed = true
			if f.stand != f.next+1 && !w.quiet {
				w.absent = append(w.absent, absence{item: it, depth: len(w.frames) - 1, offset: w.seg.Offset, ordinal: w.seg.Ordinal, here: w.here()})
			}
		}
	}
}

// absence is something required that had not come when the walk passed its place.
type absence struct {
	item
	depth   int // of the frame it is missing in
	offset  int64
	ordinal int
	here    string // the segment at which that was noticed
}

// settle reports what is still missing in the innermost loop, which is frame depth.
func (w *Walker) settle(depth int) {
	n := len(w.absent)
	for n > 0 && w.absent[n-1].depth == depth {
		n--
	}
	f := &w.frames[depth]
	for i := n; i < len(w.absent); i++ {
		if a := &w.absent[i]; *w.count(f, a.slot) == 0 {
			w.missing(a)
		}
	}
	w.absent = w.absent[:n]
}

// End closes the set. The segment last walked is where a missing one was noticed. That SE itself is missing is
// a finding of the envelope.
func (w *Walker) End() { w.end(false) }

// Cut closes a set that was cut short: what is missing may have been there, and is not reported.
func (w *Walker) Cut() { w.end(true) }

func (w *Walker) end(cut bool) {
	if w.seg == nil { // nothing was walked
		return
	}
	w.quiet = cut
	for len(w.frames) > 1 {
		w.pop()
	}
	w.passed(&w.frames[0], ^uint16(0))
	w.settle(0)
}

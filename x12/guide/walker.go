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
	t          *Table
	frames     []frame
	counts     []uint32
	opened     []SlotID
	levels     []level // the open HL levels, outermost first
	number     numbering
	absent     []absence // what was found missing in the open loops
	lost       x12.SegID // a segment without a place that is likely to have begun a loop: what follows is part of that
	quiet      bool      // the set was cut short: what did not come may have been there
	id, before x12.SegID // of the segment being walked, and the one in front of it
	missed     bool
	report     func(*x12.Issue)
	seg        *x12.Segment
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
	w.seg, w.before, w.id = s, w.id, s.ID
	x := &w.t.index
	n := x.lookup(s.ID)
	if n < 0 {
		text := w.standIn()
		if isID(s.Name()) { // else the reader has said so
			w.issue(RuleSegmentUnknown, "no segment of this guide has this identifier"+text, x12.Codes{IK3: "6"}, 0)
		}
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
		w.tooOften(id)
	}
	if f.over {
		flag |= Over
	}
	return Placement{Slot: id, Flag: flag}
}

// tooOften reports one more use of a segment than there may be.
func (w *Walker) tooOften(id SlotID) {
	w.issue(RuleSegmentRepeat, "more than the guide's "+strconv.Itoa(int(w.t.Slots[id].Max))+" of this segment", x12.Codes{IK3: "5"}, 0)
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
	over := f.over || m == 1 && *n > m && !w.t.Loops[l].Stream // what is handed out one by one is a list, which takes one more
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
		if *w.count(f, it.slot) == 0 && w.t.Slots[it.slot].ID != idSE && (it.other == 0 || w.bounded(f, it, rank)) {
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
	var first *absence
	var others []*absence
	for i := n; i < len(w.absent); i++ {
		a := &w.absent[i]
		switch {
		case *w.count(f, a.slot) > 0:
		case depth == 0 || f.rank > 0 || f.virtual:
			w.missing(a, nil)
		case first == nil: // of a loop that holds nothing but its first segment one finding says it all
			first = a
		default:
			others = append(others, a)
		}
	}
	if first != nil {
		w.missing(first, others)
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

package guide

import (
	"bytes"
	"strconv"

	"github.com/x12-go/edi/x12"
)

var (
	idHL  = x12.ID("HL")
	idAAA = x12.ID("AAA")
)

// level is one open HL loop. Levels are placed by their code HL03 alone, so a wrong number or parent costs a finding and not
// the place of what follows.
type level struct {
	depth   int    // of its frame
	number  []byte // HL01
	want    int64  // the number it should have had
	child   byte   // HL04: '0', '1', or 0 where the guide has none or it is something else
	parents bool   // a level below came
	offset  int64
	at      int
	ordinal int
	path    []LoopAt
}

// openLevel notes the HL that has just opened the innermost loop, and checks its numbers.
func (w *Walker) openLevel(id SlotID) {
	s, depth := w.seg, len(w.frames)-1
	n := len(w.levels)
	if n < cap(w.levels) { // keep the buffers
		w.levels = w.levels[:n+1]
	} else {
		w.levels = append(w.levels, level{})
	}
	l := &w.levels[n]
	w.number.next++
	l.depth, l.want, l.parents, l.child = depth, w.number.next, false, 0
	l.offset, l.ordinal = s.Offset, s.Ordinal
	l.number = append(l.number[:0], s.Elem(1)...)
	if len(l.number) > 0 {
		v, ok := count(l.number)
		if !ok || !w.number.accept(v) {
			w.issue(RuleLevelNumber, "not the next number in the set: expected "+strconv.FormatInt(l.want, 10), codeOfValue, 1)
			w.number.other = v + 1
		}
	}
	if n > 0 && w.levels[n-1].depth == depth-1 {
		w.underLevel(id, &w.levels[n-1])
	}
	if e := w.t.Elem(id, 4); e != nil && e.Usage != NotUsed {
		if v := s.Elem(4); len(v) == 1 && (v[0] == '0' || v[0] == '1') {
			l.child, l.at = v[0], s.At(4)
			if v[0] == '1' {
				l.path = w.Open(l.path[:0])
			}
		}
	}
}

// underLevel checks the current HL against the level around it.
func (w *Walker) underLevel(id SlotID, parent *level) {
	s := w.seg
	if e := w.t.Elem(id, 2); e != nil && e.Usage != NotUsed && s.Len() >= 2 && len(s.Elem(2)) > 0 {
		v, ok := count(s.Elem(2))
		if !bytes.Equal(s.Elem(2), parent.number) && (!ok || v != parent.want) {
			w.issue(RuleLevelParent, "not the number of the level it stands in: expected HL01 of "+w.t.Loops[w.frames[parent.depth].loop].ID, codeOfValue, 2)
		}
	}
	if parent.child == '0' && !parent.parents {
		w.issue(RuleLevelChild, "HL04 of "+w.t.Loops[w.frames[parent.depth].loop].ID+" around it says that no level follows below", codeOfValue, 0)
	}
	parent.parents = true
}

// guessLevel notes that the innermost loop was opened without its first segment, if that has a number.
func (w *Walker) guessLevel(id SlotID) {
	if n := len(w.levels); n > 0 && w.t.Slots[id].ID == idHL && w.levels[n-1].depth == len(w.frames)-2 {
		w.levels[n-1].parents = true
	}
	if s := &w.t.Slots[id]; s.ID == idHL {
		w.number.guessed++
	} else if s.Counts > 0 {
		w.frames[len(w.frames)-2].guessed++
	}
}

// ownLevel finds the place of an HL whose level code fits nowhere: in the level that HL02 names, if only one kind of level
// can stand there.
func (w *Walker) ownLevel(s *x12.Segment, n int) (d int, c SlotID) {
	parent := s.Elem(2)
	if len(parent) > 0 {
		i := len(w.levels) - 1
		for i >= 0 && !bytes.Equal(w.levels[i].number, parent) {
			i--
		}
		if i < 0 {
			return 0, 0
		}
		d = w.levels[i].depth
	}
	x := &w.t.index
	for l := range w.t.Loops { // a code that belongs to some level says more than HL02
		for _, k := range x.cand[l*len(x.ids)+n] {
			if w.matches(k.slot, s) {
				return 0, 0
			}
		}
	}
	list := x.cand[int(w.frames[d].loop)*len(x.ids)+n]
	if len(list) != 1 || !list[0].trigger {
		return 0, 0
	}
	return d, list[0].slot
}

// numbering follows HL01 through a set. After a wrong number the count may go on as it was, or from there.
type numbering struct {
	next    int64 // the number the last HL should have had
	other   int64 // what it may be as well, if more than 0
	guessed int64 // levels opened without their HL, which may have had a number
}

// accept reports whether a number is a right one, and goes on from it.
func (c *numbering) accept(v int64) bool {
	ok := v >= c.next && v <= c.next+c.guessed || c.other > 0 && v == c.other
	if ok {
		c.next, c.other, c.guessed = v, 0, 0
	}
	return ok
}

// codeOfValue are the codes of a number that says something wrong.
var codeOfValue = x12.Codes{IK3: "8", IK4: "7"}

// closeLevel closes the innermost level, whose loop is l. Where a level below is required its absence is reported already.
func (w *Walker) closeLevel(l LoopID) {
	n := len(w.levels) - 1
	v := &w.levels[n]
	w.levels = w.levels[:n]
	if v.child != '1' || v.parents || w.before == idAAA { // a level that was refused may end there: the guide's own example does
		return
	}
	for _, c := range w.t.index.children[l] {
		if c := &w.t.Loops[c]; c.Usage == Required && w.t.Slots[c.Trigger].ID == idHL {
			return
		}
	}
	i := w.newIssue(RuleLevelChild, "says that levels follow below, but none does", codeOfValue)
	i.Offset, i.Segment, i.SegID, i.Loop = v.offset, v.ordinal, "HL", w.t.LoopPath(v.path)
	i.Element, i.At, i.Value = 4, v.at, "1"
	w.report(i)
}

// numbered checks the element that counts the instances of a loop in frame f. Loops that count badly are likely to go on so:
// one finding for all of an instance of the loop around.
func (w *Walker) numbered(f *frame, element int) {
	f.counted++
	text := w.seg.Elem(element)
	if len(text) == 0 {
		return
	}
	v, ok := count(text)
	if ok && v >= int64(f.counted) && v <= int64(f.counted+f.guessed) {
		f.counted, f.guessed = uint32(v), 0
		return
	}
	if !f.miscount {
		f.miscount = true
		w.issue(RuleLoopCount, "not the next number: expected "+strconv.Itoa(int(f.counted)), codeOfValue, element)
	}
}

// count reads a number of at most nine digits.
func count(text []byte) (int64, bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	var n int64
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

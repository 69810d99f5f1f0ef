package validate

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// program is what is run for one guide.
type program struct {
	table *guide.Table
	mask  uint64 // the overlays, bit by bit
	slots []slotInfo
	loops []loopSpan // by loop
	rules [][]*bound // by loop
	folds []foldRule
	codes *codeChecks // nil below level 5
}

// foldRule is a rule over the units of a set.
type foldRule struct {
	rule *Rule
	make func() Gatherer
}

// loopSpan numbers a loop and those below it, so that it is plain which stand in which.
type loopSpan struct{ first, last guide.LoopID }

// loopSpans numbers the loops of a guide.
func loopSpans(t *guide.Table) []loopSpan {
	out := make([]loopSpan, len(t.Loops))
	next := guide.LoopID(0)
	var number func(l guide.LoopID)
	number = func(l guide.LoopID) {
		out[l].first = next
		for k := 1; k < len(t.Loops); k++ {
			if t.Loops[k].Parent == l {
				next++
				number(guide.LoopID(k))
			}
		}
		out[l].last = next
	}
	number(0)
	return out
}

// slotInfo is what the pass over a tape asks of a slot.
type slotInfo struct {
	loop    guide.LoopID // a trigger opens it, else it stands in it
	in      guide.LoopID // where it stands
	trigger bool
	stream  bool // the trigger of a loop that is handed out
	coded   bool // it has external codes
}

// context is a loop around units, with the text of its own segments. It is never changed once made.
type context struct {
	up   *context
	loop guide.LoopID
	doc  doc
	kept codec.Tape
}

// keeper makes contexts, many of them in one piece of memory.
type keeper struct {
	text []byte
	toks []uint32
	segs []codec.Seg
	list []context

	reuse bool
	loops []*ownContext // by loop, to be used again
}

const (
	keptText = 32 << 10
	keptSegs = 1 << 10
)

// context copies a tape.
func (k *keeper) context(up *context, t *codec.Tape) *context {
	if k.reuse {
		return k.again(up, t)
	}
	if len(k.list) == cap(k.list) {
		k.list = make([]context, 0, 64)
	}
	k.list = append(k.list, context{up: up, loop: t.Scope.Loop})
	c := &k.list[len(k.list)-1]
	if n := t.Bytes(); cap(k.text)-len(k.text) < n {
		k.text = make([]byte, 0, max(n, keptText))
	}
	if n := t.Tokens(); cap(k.toks)-len(k.toks) < n {
		k.toks = make([]uint32, 0, max(n, 8*keptSegs))
	}
	if n := len(t.Segs); cap(k.segs)-len(k.segs) < n {
		k.segs = make([]codec.Seg, 0, max(n, keptSegs))
	}
	at := len(k.segs)
	c.kept.Segs = k.segs[at:at:cap(k.segs)]
	t.CopyTo(&c.kept, &k.text, &k.toks)
	k.segs = k.segs[:at+len(t.Segs)]
	c.kept.Segs = c.kept.Segs[:len(t.Segs):len(t.Segs)]
	c.doc.tape = &c.kept
	return c
}

// again is context where no step is looked at once the next of its loop has come: in the memory of that.
func (k *keeper) again(up *context, t *codec.Tape) *context {
	n := int(t.Scope.Loop)
	for len(k.loops) <= n {
		k.loops = append(k.loops, nil)
	}
	own := k.loops[n]
	if own == nil {
		own = &ownContext{}
		own.doc.tape = &own.kept
		k.loops[n] = own
	}
	own.up, own.loop = up, t.Scope.Loop
	own.text, own.toks = own.text[:0], own.toks[:0]
	t.CopyTo(&own.kept, &own.text, &own.toks)
	return &own.context
}

// ownContext is a context with memory of its own.
type ownContext struct {
	context
	text []byte
	toks []uint32
}

// frame is an open instance of a loop.
type frame struct {
	loop    guide.LoopID
	from    int
	virtual bool // opened without its first segment: what it lacks has been said
}

// tester runs the rules of a guide over tapes; each worker has one.
type tester struct {
	v    *Validator
	prog *program
	mask uint64 // the overlays of the current set
	lastSet
	check *codec.Checker
	sink  func(*x12.Issue)

	cur   doc
	up    *context // the loop around the tape
	open  []frame
	found []At // of Scope.All
	used  []guide.SlotID
	codes codeState
	scope Scope
}

// Report sets where findings go.
func (w *tester) Report(sink func(*x12.Issue)) {
	w.sink = sink
	w.check = codec.NewChecker(sink)
}

// Test checks the elements and runs the rules of one step.
func (w *tester) Test(ctx any, kind codec.Kind, t *codec.Tape) {
	w.check.Tape(t)
	up, _ := ctx.(*context)
	w.load(around(up, kind, t), t)
	w.pass(kind)
}

// around finds the context of the loop around a tape.
func around(c *context, kind codec.Kind, t *codec.Tape) *context {
	if t.Scope.Loop == 0 {
		if kind == codec.Begin {
			return nil
		}
		return c
	}
	parent := t.Table.Loops[t.Scope.Loop].Parent
	for parent > 0 && !t.Table.Loops[parent].Stream {
		parent = t.Table.Loops[parent].Parent
	}
	for c != nil && c.loop != parent {
		c = c.up
	}
	return c
}

// load makes a tape the current one.
func (w *tester) load(up *context, t *codec.Tape) {
	if len(w.v.opts.Overlays) > 0 {
		w.mask = w.v.overlays(&w.lastSet, &t.Env)
	}
	if w.prog == nil || w.prog.table != t.Table || w.prog.mask != w.mask {
		w.prog = w.v.program(t.Table, w.mask)
		w.cur.tails = make([]int32, len(t.Table.Slots))
		w.used = w.used[:0]
	}
	for _, slot := range w.used {
		w.cur.tails[slot] = 0
	}
	w.used = w.used[:0]
	w.up, w.cur.tape = up, t
	for len(w.cur.prev) < len(t.Segs) {
		w.cur.prev = append(w.cur.prev, 0)
	}
	w.open = append(w.open[:0], frame{loop: t.Scope.Loop, virtual: len(t.Segs) > 0 && t.Segs[0].Flag&guide.Virtual != 0})
}

// pass goes over the tape, keeping the open loops, and runs the rules of each that closes.
func (w *tester) pass(kind codec.Kind) {
	t := w.cur.tape
	slots := w.prog.slots
	top := t.Scope.Loop
	for i := range t.Segs {
		g := &t.Segs[i]
		if g.Slot == 0 {
			continue
		}
		info := &slots[g.Slot]
		if info.in != top && !(info.trigger && info.stream) && g.Flag&guide.Again == 0 {
			top = w.closeTo(info.in, i)
		}
		if info.trigger && !info.stream && g.Flag&guide.Again == 0 {
			w.open = append(w.open, frame{loop: info.loop, from: i, virtual: g.Flag&guide.Virtual != 0})
			top = info.loop
		}
		if g.Flag&guide.Virtual != 0 {
			continue
		}
		last := w.cur.tails[g.Slot]
		if last == 0 {
			w.used = append(w.used, g.Slot)
		}
		w.cur.prev[i] = last
		w.cur.tails[g.Slot] = int32(i + 1)
		if info.coded && w.prog.codes != nil {
			w.prog.codes.segment(w, i)
		}
	}
	w.closeTo(t.Scope.Loop, len(t.Segs))
	if len(w.codes.open) > 0 {
		w.prog.codes.finish(w)
	}
	w.found = w.found[:0]
	if t.Scope.Loop == 0 && kind != codec.End {
		return // the rules of the set run at its end
	}
	w.close(w.open[0], len(t.Segs))
}

// closeTo closes the loops inside the one a segment stands in and returns the innermost one left.
func (w *tester) closeTo(in guide.LoopID, at int) guide.LoopID {
	spans := w.prog.loops
	n := spans[in].first
	for k := len(w.open) - 1; ; k-- {
		top := w.open[k]
		if l := &spans[top.loop]; k == 0 || n >= l.first && n <= l.last {
			return top.loop
		}
		w.close(top, at)
		w.open = w.open[:k]
	}
}

// close runs the rules of an instance.
func (w *tester) close(f frame, to int) {
	rules := w.prog.rules[f.loop]
	if len(rules) == 0 || f.virtual {
		return
	}
	s := &w.scope
	s.t, s.loop, s.from, s.to = w, f.loop, f.from, to
	for _, b := range rules {
		if b.applies(w.cur.tails, f.from) {
			b.run(s)
		}
	}
}

// Unit adds a unit to what is gathered over the set. It follows Test.
func (w *tester) Unit(_ any, t *codec.Tape, total any, _ [][]byte) {
	if len(w.prog.folds) == 0 {
		return
	}
	sum := total.(*totals)
	sum.start(w.prog)
	s := &w.scope
	s.t, s.loop, s.from, s.to = w, t.Scope.Loop, 0, len(t.Segs)
	for i, f := range w.prog.folds {
		s.rule = f.rule
		sum.list[i].Unit(s)
	}
}

// totals is what is gathered over a part of a set.
type totals struct{ list []Gatherer }

func (s *totals) start(p *program) {
	if s.list == nil {
		for _, f := range p.folds {
			s.list = append(s.list, f.make())
		}
	}
}

// index chains the segments of the current tape without running anything.
func (w *tester) index() {
	t := w.cur.tape
	for i := range t.Segs {
		g := &t.Segs[i]
		if g.Slot == 0 || g.Flag&guide.Virtual != 0 {
			continue
		}
		if w.cur.tails[g.Slot] == 0 {
			w.used = append(w.used, g.Slot)
		}
		w.cur.prev[i] = w.cur.tails[g.Slot]
		w.cur.tails[g.Slot] = int32(i + 1)
	}
}

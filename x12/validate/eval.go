package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// bound is a rule with its places found in a guide.
type bound struct {
	rule       *Rule
	when       []term
	require    []*Place
	requireOne []*Place
	forbid     []*Place
	check      func(*Scope)
	// Most instances have nothing to say to most rules, which shows by the segments they have: without one of each of the gates the
	// rule says nothing, nor with one of the bars.
	gates []guide.SlotID
	bars  []guide.SlotID
}

// term is a condition with its place.
type term struct {
	place  *Place
	op     termOp
	name   string // of the op
	values []string
	like   *regexp.Regexp
	number x12.Number
	near   bool // it is looked for in the instance itself
}

// termOp is what a condition asks of a place.
type termOp uint8

const (
	opPresent termOp = iota
	opAbsent
	opIn
	opNotIn
	opLike
	opAbove
	opBelow
)

func termOpOf(name string) termOp {
	switch name {
	case "absent":
		return opAbsent
	case "in":
		return opIn
	case "not-in":
		return opNotIn
	case "like":
		return opLike
	case "above":
		return opAbove
	case "below":
		return opBelow
	}
	return opPresent
}

// bind makes the terms and places of a rule without Go function.
func (b *Binder) bind(r *Rule) *bound {
	out := &bound{rule: r}
	for _, c := range r.When {
		t := term{place: b.Place(c.Place), op: termOpOf(c.Op), name: c.Op, values: c.Values}
		if t.place.elem == 0 && c.Op != "present" && c.Op != "absent" {
			b.errs = append(b.errs, fmt.Errorf("%s %s: expected an element such as CLM.05", c.Place, c.Op))
		}
		switch c.Op {
		case "like":
			t.like = regexp.MustCompile(`^(?:` + c.Values[0] + `)$`)
		case "above", "below":
			t.number, _ = x12.ParseNumber(c.Values[0])
		}
		t.near = t.place.base == b.Loop && b.Loop != 0
		out.when = append(out.when, t)
		switch p := t.place; {
		case !t.near:
		case t.op != opAbsent && len(p.slots) == 1:
			out.gates = append(out.gates, p.slots[0])
		case t.op == opAbsent && p.elem == 0 && p.keyAt == 0:
			out.bars = append(out.bars, p.slots...)
		}
	}
	places := func(list []string) (out []*Place) {
		for _, text := range list {
			out = append(out, b.Place(text))
		}
		return out
	}
	out.require, out.requireOne, out.forbid = places(r.Require), places(r.RequireOne), places(r.Forbid)
	return out
}

// holds tests a term; trigger is the element that made it hold, when there is one.
func (t *term) holds(s *Scope) (trigger At, ok bool) {
	switch t.op {
	case opAbsent:
		if s.Has(t.place) {
			return At{}, false
		}
		return s.First(t.place), true
	case opPresent:
		a := s.Find(t.place)
		return a, a.OK() && (t.place.elem == 0 || len(a.Bytes()) > 0)
	}
	if t.near && t.place.keyAt == 0 {
		return t.holdsHere(s)
	}
	s.each(t.place, func(a At) bool {
		v := a.Bytes()
		if len(v) == 0 {
			return true
		}
		if t.test(v) {
			trigger, ok = a, true
		}
		return true
	})
	return trigger, ok
}

// holdsHere is holds for an element of the instance itself, where most terms look.
func (t *term) holdsHere(s *Scope) (trigger At, ok bool) {
	d, p := &s.t.cur, t.place
	for _, slot := range p.slots {
		for i := int(d.tails[slot]) - 1; i >= s.from; i = int(d.prev[i]) - 1 {
			if v := d.elem(i, p.elem, p.comp); len(v) > 0 && t.test(v) {
				trigger, ok = At{d, i, p.elem, p.comp}, true
			}
		}
	}
	return trigger, ok
}

func (t *term) test(v []byte) bool {
	switch t.op {
	case opIn, opNotIn:
		for _, w := range t.values {
			if string(v) == w {
				return t.op == opIn
			}
		}
		return t.op == opNotIn
	case opLike:
		return t.like.Match(v)
	}
	n, ok := x12.ParseNumber(v)
	if !ok {
		return false
	}
	if t.op == opAbove {
		return n.Cmp(t.number) > 0
	}
	return n.Cmp(t.number) < 0
}

// applies reports whether the segments of the instance that begins at from leave the rule anything to say.
func (b *bound) applies(tails []int32, from int) bool {
	for _, slot := range b.gates {
		if int(tails[slot]) <= from {
			return false
		}
	}
	for _, slot := range b.bars {
		if int(tails[slot]) > from {
			return false
		}
	}
	return true
}

// run tests the rule for one instance of its loop.
func (b *bound) run(s *Scope) {
	s.rule = b.rule
	if b.check != nil {
		b.check(s)
		return
	}
	var trigger At
	for i := range b.when {
		a, ok := b.when[i].holds(s)
		if !ok {
			return
		}
		if i == 0 {
			trigger = a
		}
	}
	b.demand(s, trigger)
}

// apply is run for a rule without conditions.
func (b *bound) apply(s *Scope) { b.demand(s, At{}) }

// demand reports what is not there and what must not be.
func (b *bound) demand(s *Scope, trigger At) {
	for _, p := range b.require {
		b.need(s, p, trigger)
	}
	if len(b.requireOne) > 0 && !slices.ContainsFunc(b.requireOne, s.Has) {
		names := make([]string, len(b.requireOne))
		for i, p := range b.requireOne {
			names[i] = p.String()
		}
		s.t.missing(s, b.rule, b.requireOne[0], b.say("one of "+strings.Join(names, ", ")+" required"), trigger)
	}
	for _, p := range b.forbid {
		s.each(p, func(a At) bool {
			if p.elem == 0 || len(a.Bytes()) > 0 {
				s.t.forbidden(s, b.rule, a, b.say("must not be sent"), trigger)
			}
			return true
		})
	}
}

// need reports a place that is not there: in each segment that lacks the element, or the segment.
func (b *bound) need(s *Scope, p *Place, trigger At) {
	if len(p.slots) == 0 {
		return
	}
	seen := false
	s.each(p, func(a At) bool {
		seen = true
		if p.elem > 0 && len(a.Bytes()) == 0 {
			s.t.lacks(s, b.rule, a, b.say("required"), trigger)
		}
		return true
	})
	if !seen {
		s.t.missing(s, b.rule, p, b.say("required"), trigger)
	}
}

// say makes a message: what is the matter and because of what.
func (b *bound) say(what string) string {
	if b.rule.Title != "" {
		return what + ": " + b.rule.Title
	}
	for i := range b.when {
		t := &b.when[i]
		if i == 0 {
			what += " when "
		} else {
			what += " and "
		}
		what += t.place.String() + " " + t.name
		if len(t.values) > 0 {
			what += " " + strings.Join(t.values, " ")
		}
	}
	return what
}

// forbidden reports something that must not be there.
func (w *tester) forbidden(s *Scope, r *Rule, a At, message string, trigger At) {
	codes := x12.Codes{IK3: "8", IK4: "I13", IK5: "I5"}
	if a.elem == 0 {
		codes = x12.Codes{IK3: "I9", IK5: "I5"}
	}
	w.find(r, a, message, trigger, codes)
}

// lacks reports an element that is not in its segment.
func (w *tester) lacks(s *Scope, r *Rule, a At, message string, trigger At) {
	w.find(r, a, message, trigger, x12.Codes{IK3: "8", IK4: "I9", IK5: "I5"})
}

// missing reports a segment that is not there, at the place where it was due, or the element of the segment that is.
func (w *tester) missing(s *Scope, r *Rule, p *Place, message string, trigger At) {
	if p.elem > 0 {
		if a := s.First(p); a.OK() {
			w.lacks(s, r, a, message, trigger)
			return
		}
	}
	if len(p.slots) == 0 {
		return
	}
	i := w.issue(r, message, trigger)
	if i == nil {
		return
	}
	t := w.cur.tape
	slot := &t.Table.Slots[p.slots[0]]
	i.SegID = slot.ID.String()
	i.Codes = x12.Codes{IK3: "I6", IK5: "I5"}
	w.due(i, s, p)
	if i.Severity != x12.Error {
		i.Codes = x12.Codes{}
	}
	w.send(i)
}

// due enters the place where a segment was expected: that of the first one behind it in the instance.
func (w *tester) due(i *x12.Issue, s *Scope, p *Place) {
	t := w.cur.tape
	from, to := s.from, s.to
	if p.base != s.loop {
		for k := len(w.open) - 1; k >= 0; k-- {
			if w.open[k].loop == p.base {
				from = w.open[k].from
			}
		}
	}
	home, rank := t.Table.Slots[p.slots[0]].Loop, t.Table.Slots[p.slots[0]].Rank
	if t.Table.Slots[p.slots[0]].Trigger {
		home, rank = t.Table.Loops[home].Parent, t.Table.Loops[home].Rank
	}
	at, base, below := from+1, from, false
	for ; at < to; at++ {
		g := &t.Segs[at]
		if g.Slot == 0 {
			continue
		}
		if slot := &t.Table.Slots[g.Slot]; slot.Trigger && slot.Loop == home && !below { // it is due in a loop below
			base, below = at, true
			continue
		}
		// The rank of the segment in the loop the missing one stands in, or of the loop around the segment that stands there.
		l, r := t.Table.Slots[g.Slot].Loop, t.Table.Slots[g.Slot].Rank
		if t.Table.Slots[g.Slot].Trigger {
			l, r = t.Table.Loops[l].Parent, t.Table.Loops[l].Rank
		}
		for l != home && l != 0 {
			l, r = t.Table.Loops[l].Parent, t.Table.Loops[l].Rank
		}
		if l == home && r > rank || below && l != home {
			break
		}
	}
	base = min(base, len(t.Segs)-1)
	if base < 0 {
		return
	}
	if at < len(t.Segs) {
		i.Offset, i.Segment = t.Offset(at), t.Ordinal(at)
	} else {
		i.Offset, i.Segment = t.End(), t.Ordinal(len(t.Segs)-1)+1
	}
	i.Loop = w.path(At{doc: &w.cur, i: base})
}

// report reports a value that is wrong.
func (w *tester) report(s *Scope, r *Rule, a At, message string, trigger At) {
	var codes x12.Codes
	if r.Level == 4 && a.elem > 0 {
		codes = x12.Codes{IK3: "8", IK4: "I12", IK5: "I5"}
	}
	w.find(r, a, message, trigger, codes)
}

// find reports something about a segment or element that is there.
func (w *tester) find(r *Rule, a At, message string, trigger At, codes x12.Codes) {
	if i := w.about(r, a, message, trigger, codes); i != nil {
		w.sink(i)
	}
}

// about makes a finding about a segment or element that is there; it is nil when the rule is turned off.
func (w *tester) about(r *Rule, a At, message string, trigger At, codes x12.Codes) *x12.Issue {
	i := w.issue(r, message, trigger)
	if i == nil {
		return nil
	}
	if !a.OK() { // about nothing that is there: about the set
		t := w.cur.tape
		if t.Set != nil {
			i.Offset, i.Segment, i.SegID = t.Set.Offset, 1, "ST"
		}
		w.cur.tape.Env.Place(i)
		return i
	}
	t := a.doc.tape
	var seg x12.Segment
	t.Segment(a.i, &seg)
	i.Offset, i.Segment, i.SegID, i.Loop = t.Offset(a.i), t.Ordinal(a.i), x12.Clip(seg.Name()), w.path(a)
	if a.elem > 0 {
		i.Element, i.Component, i.At, i.Value = a.elem, a.comp, seg.At(a.elem), x12.Clip(a.Bytes())
		i.DE, message = element(t.Table, t.Segs[a.i].Slot, a.elem, a.comp)
		if message != "" {
			i.Message = message + ": " + i.Message
		}
	}
	if i.Severity == x12.Error {
		i.Codes = codes
	}
	w.cur.tape.Env.Place(i)
	return i
}

// element returns number and name of an element of a slot.
func element(t *guide.Table, slot guide.SlotID, elem, comp int) (de, title string) {
	e := t.Elem(slot, elem)
	if e == nil {
		return "", ""
	}
	if k := t.Comp(e, comp); comp > 0 && k != nil {
		e = k
	}
	if e.Kind == guide.Composite {
		return "", e.Title
	}
	return e.DE, e.Title
}

// issue begins a finding of a rule; it is nil when the rule is turned off.
func (w *tester) issue(r *Rule, message string, trigger At) *x12.Issue {
	sev := w.v.tune(w.mask, r.ID, r.Severity)
	if sev == 0 {
		return nil
	}
	i := &x12.Issue{Guide: w.cur.tape.Table.ID, Rule: r.ID, Level: r.Level, Severity: sev, Message: message}
	if trigger.OK() {
		t := trigger.doc.tape
		slot := t.Segs[trigger.i].Slot
		i.Trigger = &x12.Trigger{
			SegID: t.Table.Slots[slot].ID.String(), Segment: t.Ordinal(trigger.i), Loop: w.path(trigger), Element: trigger.elem, Component: trigger.comp,
		}
		i.Trigger.DE, _ = element(t.Table, slot, trigger.elem, trigger.comp)
	}
	return i
}

// path returns the loops of a segment. Tapes of the loops around are shared by all workers, so that one works on a copy.
func (w *tester) path(a At) string {
	if a.doc == &w.cur {
		return a.doc.tape.Path(a.i)
	}
	own := *a.doc.tape
	return own.Path(a.i)
}

func (w *tester) send(i *x12.Issue) {
	w.cur.tape.Env.Place(i)
	w.sink(i)
}

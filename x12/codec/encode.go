package codec

import (
	"bytes"
	"fmt"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// RuleDelimiterInData is a value to be written that holds one of the delimiters of the interchange.
const RuleDelimiterInData = "writer/delimiter-in-data"

// RuleNoPlace is a value to be written that the guide has no place for.
const RuleNoPlace = "writer/no-place"

// Encoder writes the segments of one scope in guide order. Generated code calls it.
//
// buf holds the segments with their terminators; marks says where each starts and which slot it is. Separators are
// written when a value behind them comes, so trailing empty elements and components never are.
type Encoder struct {
	table *guide.Table
	d     x12.Delimiters
	buf   []byte
	marks []mark
	seps  [4]int // written on purpose: element, repetition, component separators, terminators
	elem  int    // number of element separators of the segment so far
	comp  int    // number of component separators of the repetition so far
	reps  int    // number of repetition separators of the element so far
	want  int    // number of them in front of the next value
	out   []byte // scratch for reordering
	full  bool   // more values than the segment has elements for
	lost  string // a field that has no place where it stands
	level levels // of the set
	moves moves  // scratch of Diff
}

// mark is where a segment starts, and the separators written before it.
type mark struct {
	slot  guide.SlotID
	start int
	seps  [4]int
}

// Start begins a scope.
func (e *Encoder) Start(t *guide.Table, d x12.Delimiters) {
	e.table, e.d = t, d
	e.buf, e.marks, e.seps, e.full, e.lost = e.buf[:0], e.marks[:0], [4]int{}, false, ""
	e.level.now = e.level.last
}

// Segment begins a segment.
func (e *Encoder) Segment(slot guide.SlotID, id string) {
	e.marks = append(e.marks, mark{slot, len(e.buf), e.seps})
	e.buf = append(e.buf, id...)
	e.elem, e.want = 0, 0
}

// End ends the segment.
func (e *Encoder) End() {
	e.buf = append(e.buf, e.d.Segment)
	e.seps[3]++
}

// at writes the separators in front of element i.
func (e *Encoder) at(i int) {
	e.seps[0] += i - e.elem
	for ; e.elem < i; e.elem++ {
		e.buf = append(e.buf, e.d.Element)
	}
	e.comp, e.reps = 1, 0
}

// Str writes a simple element.
func (e *Encoder) Str(i int, s string) {
	if s != "" {
		e.at(i)
		e.buf = append(e.buf, s...)
	}
}

// Num writes a number.
func (e *Encoder) Num(i int, n x12.Number) {
	if n.Set() {
		e.at(i)
		e.buf = n.AppendWire(e.buf)
	}
}

// Date writes a date.
func (e *Encoder) Date(i int, d x12.Date) {
	if !d.IsZero() {
		e.at(i)
		e.buf = d.AppendWire(e.buf)
	}
}

// Time writes a time of day.
func (e *Encoder) Time(i int, t x12.Time) {
	if !t.IsZero() {
		e.at(i)
		e.buf = t.AppendWire(e.buf)
	}
}

// part writes the separators in front of component c of element i.
func (e *Encoder) part(i, c int) {
	if e.elem < i {
		e.at(i)
	}
	if e.reps < e.want {
		e.repeat()
	}
	e.seps[2] += c - e.comp
	for ; e.comp < c; e.comp++ {
		e.buf = append(e.buf, e.d.Component)
	}
}

// Part writes component c of element i.
func (e *Encoder) Part(i, c int, s string) {
	if s != "" {
		e.part(i, c)
		e.buf = append(e.buf, s...)
	}
}

// PartNum writes a number as component c of element i.
func (e *Encoder) PartNum(i, c int, n x12.Number) {
	if n.Set() {
		e.part(i, c)
		e.buf = n.AppendWire(e.buf)
	}
}

// PartDate writes a date as component c of element i.
func (e *Encoder) PartDate(i, c int, d x12.Date) {
	if !d.IsZero() {
		e.part(i, c)
		e.buf = d.AppendWire(e.buf)
	}
}

// PartTime writes a time as component c of element i.
func (e *Encoder) PartTime(i, c int, t x12.Time) {
	if !t.IsZero() {
		e.part(i, c)
		e.buf = t.AppendWire(e.buf)
	}
}

// Repeat begins repetition k of an element, 0 = first. Its separator is written when a value behind it comes.
func (e *Encoder) Repeat(k int) { e.want = k }

// EndRepeat ends the repetitions of an element.
func (e *Encoder) EndRepeat() { e.want = 0 }

// repeat writes the repetition separators that are due.
func (e *Encoder) repeat() {
	if e.d.Repetition == 0 {
		e.full = true
		return
	}
	e.seps[1] += e.want - e.reps
	for ; e.reps < e.want; e.reps++ {
		e.buf = append(e.buf, e.d.Repetition)
	}
	e.comp = 1
}

// NoField notes a field that holds something although the loop has no place for it here: structs shared by several
// loops have the fields of all.
func (e *Encoder) NoField(holds bool, name string) {
	if holds && e.lost == "" {
		e.lost = name
	}
}

// Most notes n values where the segment has room for most.
func (e *Encoder) Most(n, most int) {
	if n > most {
		e.full = true
	}
}

// Finish applies the extras of the scope and writes it to w. A value that holds a delimiter of the interchange is an
// [*x12.Issue] with its place; nothing of the scope is written then.
func (e *Encoder) Finish(x *Extras, w *x12.Writer) error {
	if e.d.Segment == 0 {
		return fmt.Errorf("codec: no interchange is open: %w", x12.ErrOrder)
	}
	if e.full || e.lost != "" {
		message := "more values than a segment has elements for, or repetitions without a separator for them"
		if e.lost != "" {
			message = "no place for " + e.lost + " here"
		}
		return &x12.Issue{Guide: e.table.ID, Rule: RuleNoPlace, Severity: x12.Error, Level: 2, Message: message}
	}
	out, n := e.buf, len(e.marks)
	switch {
	case x != nil:
		var err error
		if n, err = x.apply(e); err != nil {
			return err
		}
		out = e.out
	case e.clash():
		return e.firstClash()
	}
	e.level.last = e.level.now
	return w.Raw(out, n)
}

// clash reports whether some value holds a delimiter, by counting them.
func (e *Encoder) clash() bool {
	if bytes.Count(e.buf, []byte{e.d.Segment}) != e.seps[3] || bytes.Count(e.buf, []byte{e.d.Element}) != e.seps[0] ||
		bytes.Count(e.buf, []byte{e.d.Component}) != e.seps[2] {
		return true
	}
	return e.d.Repetition != 0 && bytes.Count(e.buf, []byte{e.d.Repetition}) != e.seps[1]
}

// end is where segment i ends.
func (e *Encoder) end(i int) int {
	if i+1 < len(e.marks) {
		return e.marks[i+1].start
	}
	return len(e.buf)
}

// delimiters in the order of Encoder.seps.
func (e *Encoder) delimiters() [4]byte {
	return [4]byte{e.d.Element, e.d.Repetition, e.d.Component, e.d.Segment}
}

// firstClash finds the value that clash has seen.
func (e *Encoder) firstClash() error {
	for i := range e.marks {
		if e.clashes(i) {
			return e.clashIssue(i)
		}
	}
	return nil
}

// clashes reports whether a value in segment i holds a delimiter.
func (e *Encoder) clashes(i int) bool {
	text := e.buf[e.marks[i].start:e.end(i)]
	after := e.seps
	if i+1 < len(e.marks) {
		after = e.marks[i+1].seps
	}
	for k, c := range e.delimiters() {
		if c != 0 && bytes.Count(text, []byte{c}) != after[k]-e.marks[i].seps[k] {
			return true
		}
	}
	return false
}

// clashIssue is the finding for a value in segment i, -1 = in a segment without a place.
func (e *Encoder) clashIssue(i int) error {
	issue := &x12.Issue{
		Guide: e.table.ID, Rule: RuleDelimiterInData, Severity: x12.Error, Level: 1,
		Message: "a value holds a delimiter of the interchange: choose other delimiters",
	}
	if i >= 0 {
		slot := &e.table.Slots[e.marks[i].slot]
		issue.Loop, issue.SegID = e.table.Loops[slot.Loop].ID, slot.ID.String()
	}
	return issue
}

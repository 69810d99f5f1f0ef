package ack

import (
	"slices"
	"sort"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// setState is what was found in the open set.
type setState struct {
	set     *x12.Set
	table   *guide.Table // nil without a guide
	notes   []note
	dropped int64 // errors beyond the limit

	structure []string // IK502 codes of the set itself
	standard  bool     // a segment breaks the standard
	convent   bool     // a segment breaks the guide only
	rejected  bool
	found     bool // something is told

	unit unit // of the header: a payment
}

// note is a finding to be told.
type note struct {
	issue *x12.Issue
	value string // IK404
	unit  unit
}

// unit is the business unit around a finding.
type unit struct {
	name    string
	value   string
	segment int // ordinal of the segment whose element the value is
	element int
	from    int // ordinal of the first segment that belongs to it
}

// beginSet opens a set, of a tape or of a segment without a guide.
func (w *Writer) beginSet(s *codec.Step) error {
	env := s.Env
	t := &setState{}
	if s.Tape != nil {
		env, t.table = s.Tape.Env, s.Tape.Table
	}
	t.set = env.Set
	if w.set != nil {
		for _, i := range s.Issues {
			if closes(i) {
				w.issue(s, i)
			}
		}
		if err := w.endSet(nil); err != nil {
			return err
		}
	}
	w.enter(env.Interchange)
	if w.group == nil && env.Group != nil {
		w.beginGroup(env.Group)
	}
	w.set = t
	w.due(t.set.Offset)
	if t.table == nil && len(t.set.Control) < 4 {
		t.structure, t.rejected, t.found = append(t.structure, "7"), true, true
	}
	return nil
}

// endSet closes the open set; s is its last step, nil when it has none.
func (w *Writer) endSet(s *codec.Step) error {
	t := w.set
	w.set = nil
	if t == nil {
		return nil
	}
	if t.dropped > 0 {
		w.stats.NotAllErrors++
		w.stats.ErrorsNotTold += t.dropped
	}
	switch {
	case t.isAck():
		w.stats.Acks++
		if w.group != nil {
			w.group.acks++
		}
	case w.group == nil || w.group.g.Seq == 0 || w.inter.in.Seq == 0:
		w.stats.NoEnvelope++
	}
	if w.group != nil {
		w.group.sets++
	}
	rejected, err := w.functional.endSet(t)
	if err != nil {
		return err
	}
	return w.claims.endSet(t, rejected)
}

// isAck reports whether the set is one that is never answered.
func (t *setState) isAck() bool { return t.set.ID == "999" || t.set.ID == "997" }

// take enters a finding. s is the step it came with, nil when it waited for the set.
func (t *setState) take(w *Writer, s *codec.Step, i *x12.Issue) {
	if closes(i) && i.Offset == t.set.Offset {
		return // about the set before
	}
	codes := t.codesOf(w, i)
	if codes == (x12.Codes{}) {
		return
	}
	unknown := i.Rule == codec.RuleGuideNone // no fault of the set, but it is not one that could be looked at
	if unknown && (w.group == nil || w.group.kind != Kind999 || slices.Contains(t.structure, "6")) {
		return
	}
	fault := i.Severity >= x12.Error || unknown
	switch {
	case !fault && !w.o.Warnings:
		return
	case fault && (w.o.Tolerate == nil || !w.o.Tolerate(i)):
		t.rejected = true
	}
	t.found = true
	switch {
	case codes.IK3 == "":
		if codes.IK5 != "5" && codes.IK5 != "I5" {
			t.structure = appendNew(t.structure, codes.IK5)
			return
		}
		t.standard = t.standard || codes.IK5 == "5"
		t.convent = t.convent || codes.IK5 == "I5"
		return
	case codes.IK3[0] == 'I' || codes.IK3 == "8" && codes.IK4 != "" && codes.IK4[0] == 'I':
		t.convent = true
	default:
		t.standard = true
	}
	if len(t.notes) >= w.o.Errors {
		t.dropped++
		return
	}
	kept := *i
	kept.Codes = codes
	n := note{issue: &kept}
	if codes.IK4 != "" && !leavesOut[codes.IK4] {
		n.value = valueOf(s, i)
	}
	n.unit = t.unitOf(w, s, i)
	t.notes = append(t.notes, n)
}

// leavesOut are the IK403 codes for which there is no value to copy, or none that may be sent.
var leavesOut = map[string]bool{"1": true, "2": true, "6": true, "I9": true, "I11": true, "3": true, "12": true}

// codesOf returns the codes under which a 999 tells a finding; none when it does not.
func (t *setState) codesOf(w *Writer, i *x12.Issue) x12.Codes {
	c := x12.Codes{IK5: i.Codes.IK5, IK3: i.Codes.IK3, IK4: i.Codes.IK4}
	if i.Severity < x12.Warning || i.Level > w.o.Level {
		return x12.Codes{}
	}
	if i.Severity == x12.Fatal && c == (x12.Codes{}) {
		return x12.Codes{IK5: "5"}
	}
	if i.Severity == x12.Warning && c == (x12.Codes{}) {
		if code := warned[i.Rule]; code != "" && i.Element > 0 && i.Segment > 0 {
			c = x12.Codes{IK5: "5", IK3: "8", IK4: code}
		}
	}
	// What is wrong with the first and last segment is told of the set as a whole.
	if c.IK3 == "8" && i.Element > 0 {
		switch {
		case i.SegID == "ST" && i.Segment == 1 && i.Element <= 3:
			return x12.Codes{IK5: [...]string{"6", "7", "19"}[i.Element-1]}
		case i.SegID == "SE" && i.Element <= 2:
			return x12.Codes{IK5: [...]string{"4", "3"}[i.Element-1]}
		}
	}
	return c
}

// warned are the IK403 codes of warnings.
var warned = map[string]string{
	guide.RuleElementShort: "4", guide.RuleElementLong: "5", guide.RuleElementLimit: "5", guide.RuleElementCode: "I6",
	guide.RuleElementNumber: "6", guide.RuleElementDate: "8", guide.RuleElementTime: "9", guide.RuleElementChar: "6",
	guide.RuleElementCharset: "6", guide.RuleElementNotUsed: "I10", guide.RuleElementMany: "3",
}

// valueOf returns the value that is wrong, "" when it is not known.
func valueOf(s *codec.Step, i *x12.Issue) string {
	if len(i.Value) < 64 || s == nil || s.Tape == nil {
		return i.Value
	}
	// Findings hold no more than the beginning.
	t := s.Tape
	at := segmentAt(t, i.Segment)
	if at < 0 {
		return i.Value
	}
	v := t.Elem(at, i.Element)
	if d := t.Delims.Repetition; d != 0 && i.Repeat > 0 {
		v = x12.Part(v, d, i.Repeat)
	}
	if i.Component > 0 {
		v = x12.Part(v, t.Delims.Component, i.Component)
	}
	if !strings.HasPrefix(string(v), i.Value) {
		return i.Value
	}
	return string(v[:min(len(v), maxCopy)])
}

// maxCopy is the length of IK404.
const maxCopy = 99

// segmentAt returns the index of the segment with an ordinal, -1 when it is not on the tape.
func segmentAt(t *codec.Tape, ordinal int) int {
	at := sort.Search(len(t.Segs), func(i int) bool { return t.Ordinal(i) >= ordinal })
	for at < len(t.Segs) && t.Segs[at].Flag&guide.Virtual != 0 {
		at++
	}
	if at == len(t.Segs) || t.Ordinal(at) != ordinal {
		return -1
	}
	return at
}

// unitOf returns the business unit a finding lies in: behind the segment that names it, in the loop that it is, and not the name
// itself.
func (t *setState) unitOf(w *Writer, s *codec.Step, i *x12.Issue) unit {
	u := t.unit
	if s != nil && s.Kind == codec.Unit && inLoop(i.Loop, s.Tape.Table.Loops[s.Tape.Scope.Loop].ID) {
		if !w.hasUnit {
			w.unit, w.hasUnit = unitOn(s), true
		}
		u = w.unit
	}
	if i.Segment < u.from || i.Segment == u.segment && i.Element == u.element {
		return unit{}
	}
	return u
}

// unitOn returns the business unit on the tape of a unit.
func unitOn(s *codec.Step) unit {
	t := s.Tape
	home := t.Scope.Loop
	for k := range t.Segs {
		g := &t.Segs[k]
		if g.Slot == 0 || g.Flag&guide.Virtual != 0 || t.Table.Slots[g.Slot].Loop != home {
			continue
		}
		u := unit{segment: t.Ordinal(k), from: t.Ordinal(0)}
		switch id := t.Table.Slots[g.Slot].ID; {
		case t.Table.Set == "837" && id == idCLM:
			u.name, u.element, u.from = "CLM01", 1, u.segment
		case (t.Table.Set == "270" || t.Table.Set == "271") && id == idTRN:
			u.name, u.element = "TRN02", 2
		case t.Table.Set == "834" && id == idREF && string(t.Elem(k, 1)) == "0F":
			u.name, u.element = "SUBSCRIBER NUMBER REF02", 2
		default:
			continue
		}
		u.value = string(t.Elem(k, u.element))
		for _, i := range s.Issues {
			if i.Segment == u.segment && i.Element == u.element {
				return unit{}
			}
		}
		return u
	}
	return unit{}
}

// head notes the business unit of a whole set: the payment of an 835.
func (t *setState) head(s *codec.Step) {
	tape := s.Tape
	for k := range tape.Segs {
		if g := &tape.Segs[k]; tape.Table.Set == "835" && g.Slot > 0 && g.Flag&guide.Virtual == 0 && tape.Table.Slots[g.Slot].ID == idTRN {
			n := tape.Ordinal(k)
			t.unit = unit{name: "TRN02", value: string(tape.Elem(k, 2)), segment: n, element: 2, from: n}
			for _, i := range s.Issues {
				if i.Segment == n && i.Element == 2 {
					t.unit = unit{}
				}
			}
			return
		}
	}
}

var idCLM, idTRN, idREF = x12.ID("CLM"), x12.ID("TRN"), x12.ID("REF")

// inLoop reports whether a path leads through a loop.
func inLoop(path, loop string) bool {
	for path != "" {
		var id string
		id, path, _ = strings.Cut(path, "/")
		if id, _, _ = strings.Cut(id, "["); id == loop {
			return true
		}
	}
	return false
}

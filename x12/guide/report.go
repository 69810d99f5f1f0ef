package guide

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// LoopPath prints the open loops: "2000[1]/2100[17]".
func (t *Table) LoopPath(open []LoopAt) string {
	var b []byte
	for i, l := range open {
		if i > 0 {
			b = append(b, '/')
		}
		b = append(b, t.Loops[l.Loop].ID...)
		b = append(b, '[')
		b = strconv.AppendUint(b, uint64(l.Index), 10)
		b = append(b, ']')
	}
	return string(b)
}

// issue reports a finding about the current segment.
func (w *Walker) issue(rule, message string, codes x12.Codes, element int) {
	w.issueAt(rule, message, codes, element, 0)
}

func (w *Walker) issueAt(rule, message string, codes x12.Codes, element, component int) {
	s := w.seg
	i := w.newIssue(rule, message, codes)
	i.Component = component
	if element > 0 {
		i.Element, i.At, i.Value = element, s.At(element), x12.Clip(s.Elem(element))
	}
	w.report(i)
}

// newIssue is a finding at the current segment in the innermost open loop.
func (w *Walker) newIssue(rule, message string, codes x12.Codes) *x12.Issue {
	if codes.IK3 != "" {
		codes.IK5 = "5"
		if codes.IK3[0] == 'I' { // only the guide is broken, not the standard
			codes.IK5 = "I5"
		}
	}
	return &x12.Issue{
		Offset: w.seg.Offset, Guide: w.t.ID, Segment: w.seg.Ordinal, SegID: x12.Clip(w.seg.Name()),
		Loop: w.t.LoopPath(w.Open(nil)), Rule: rule, Message: message, Codes: codes, Level: 2, Severity: x12.Error,
	}
}

// unplaced reports a segment that has no place.
func (w *Walker) unplaced(rule, message string, element int) {
	w.issue(rule, message, x12.Codes{IK3: "2"}, element)
}

// isID reports whether a name is a segment identifier, known or not.
func isID(name []byte) bool {
	if len(name) < 2 || len(name) > 3 {
		return false
	}
	for i, c := range name {
		if !(c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// qualifier reports a segment placed by its identifier alone.
func (w *Walker) qualifier(c SlotID) {
	slot := &w.t.Slots[c]
	w.issueAt(RuleSegmentQualifier, "the qualifier is not one the guide allows in "+slot.Name, x12.Codes{IK3: "8", IK4: "7"}, int(slot.Key), int(slot.KeyComp))
}

// here names the current segment in a message. Only identifiers of the guide are named: anything else may be data.
func (w *Walker) here() string {
	if w.t.index.lookup(w.seg.ID) < 0 {
		return "the end of what came"
	}
	return w.seg.ID.String()
}

// missing reports a required segment or loop that did not come. The finding names the missing segment; its offset and
// ordinal are those of the segment at which that was noticed. Others are missing with it.
func (w *Walker) missing(a *absence, others []*absence) {
	slot := &w.t.Slots[a.slot]
	var i *x12.Issue
	if a.loop > 0 {
		l := &w.t.Loops[a.loop]
		i = w.newIssue(RuleLoopMissing, "required loop "+l.ID+" ("+l.Title+") is missing: expected before "+a.here, x12.Codes{IK3: "I7"})
		if i.Loop != "" {
			i.Loop += "/"
		}
		i.Loop += l.ID
	} else {
		i = w.newIssue(RuleSegmentMissing, "required segment ("+slot.Title+") is missing: expected before "+a.here, x12.Codes{IK3: "3"})
	}
	around := w.t.LoopPath(w.Open(nil))
	for k, o := range others {
		also := x12.Also{SegID: w.t.Slots[o.slot].ID.String(), Loop: around, Code: "3"}
		if o.loop > 0 {
			if also.Code = "I7"; around != "" {
				also.Loop += "/"
			}
			also.Loop += w.t.Loops[o.loop].ID
		}
		i.Also = append(i.Also, also)
		if k == 0 {
			i.Message += "; and with it "
		} else {
			i.Message += ", "
		}
		i.Message += also.SegID
	}
	i.Offset, i.Segment, i.SegID = a.offset, a.ordinal, slot.ID.String()
	w.report(i)
}

// missingTrigger reports the innermost open loop, whose first segment is missing.
func (w *Walker) missingTrigger() {
	loop := &w.t.Loops[w.Loop()]
	slot := &w.t.Slots[loop.Trigger]
	i := w.newIssue(RuleLoopTrigger, "loop "+loop.ID+" starts without its first segment ("+slot.Title+"): expected before "+w.here(), x12.Codes{IK3: "3"})
	i.SegID = slot.ID.String()
	w.report(i)
}

package ack

import (
	"math"

	"github.com/x12-go/edi/internal/mapping"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
)

// triggerName is CTX01-1 of a situational trigger.
const triggerName = "SITUATIONAL TRIGGER"

type mapper = mapping.Mapper

// FunctionalFrom999 returns an acknowledgment as far as a set 999 holds it, without its [Envelope], which the set does not
// know.
func FunctionalFrom999(set *ts999.ImplementationAcknowledgment) *FunctionalAck {
	a := &FunctionalAck{SetID: ts999.X231A1.Set}
	map999(&mapper{}, a, set)
	return a
}

// FunctionalTo999 returns an acknowledgment as a set 999. With base, the set it was read from, what the domain does not carry is
// taken from there; base is not changed. A value that X12 has no place for is an [*x12.Issue].
func FunctionalTo999(a *FunctionalAck, base *ts999.ImplementationAcknowledgment) (*ts999.ImplementationAcknowledgment, error) {
	m, w := &mapper{Guide: ts999.X231A1.ID, Out: true}, new(ts999.ImplementationAcknowledgment)
	mapping.CopyTo(w, base)
	map999(m, a, w)
	return w, m.Err
}

// SetFrom999 returns what a loop 2000 of a 999 says.
func SetFrom999(v *ts999.SetResponse) *SetAck {
	a := new(SetAck)
	mapSet999(&mapper{}, a, v)
	return a
}

// SetTo999 returns a loop 2000 of a 999; see [FunctionalTo999].
func SetTo999(a *SetAck, base *ts999.SetResponse) (*ts999.SetResponse, error) {
	m, w := &mapper{Guide: ts999.X231A1.ID, Out: true}, new(ts999.SetResponse)
	mapping.CopyTo(w, base)
	mapSet999(m, a, w)
	return w, m.Err
}

// FunctionalFrom997 returns an acknowledgment as far as a set 997 holds it, without its [Envelope], which the set does not
// know.
func FunctionalFrom997(set *ts997.FunctionalAcknowledgment) *FunctionalAck {
	a := &FunctionalAck{SetID: ts997.X230.Set}
	map997(&mapper{}, a, set)
	return a
}

// FunctionalTo997 returns an acknowledgment as a set 997; see [FunctionalTo999]. What only a 999 can say, a trigger or a
// business unit, is an error.
func FunctionalTo997(a *FunctionalAck, base *ts997.FunctionalAcknowledgment) (*ts997.FunctionalAcknowledgment, error) {
	m, w := &mapper{Guide: ts997.X230.ID, Out: true}, new(ts997.FunctionalAcknowledgment)
	mapping.CopyTo(w, base)
	map997(m, a, w)
	return w, m.Err
}

// SetFrom997 returns what a loop AK2 of a 997 says.
func SetFrom997(v *ts997.SetResponse) *SetAck {
	a := new(SetAck)
	mapSet997(&mapper{}, a, v)
	return a
}

// SetTo997 returns a loop AK2 of a 997; see [FunctionalTo997].
func SetTo997(a *SetAck, base *ts997.SetResponse) (*ts997.SetResponse, error) {
	m, w := &mapper{Guide: ts997.X230.ID, Out: true}, new(ts997.SetResponse)
	mapping.CopyTo(w, base)
	mapSet997(m, a, w)
	return w, m.Err
}

// mapCoded maps a code; its meaning is of the domain alone.
func mapCoded(m *mapper, list string, d *Coded, w *string) {
	if m.Out {
		*w = d.Code
	} else {
		*d = code(list, *w)
	}
}

// mapCodes maps codes that follow one another.
func mapCodes(m *mapper, list string, d *[]Coded, w *[]string) {
	mapping.List(m, d, w, func(m *mapper, d *Coded, w *string) { mapCoded(m, list, d, w) })
}

// whole returns a count or ordinal; what is none is 0.
func whole(n x12.Number) int {
	if n.Set() && n.Scale() == 0 && n.Coef() > 0 && n.Coef() <= math.MaxInt32 {
		return int(n.Coef())
	}
	return 0
}

// mapOrdinal maps an ordinal, of which 0 is none.
func mapOrdinal(m *mapper, d *int, w *x12.Number) {
	switch {
	case !m.Out:
		*d = whole(*w)
	case whole(*w) == *d: // as it came, even where it is 0 in another form
	case *d == 0:
		*w = x12.Number{}
	default:
		*w = x12.NewNumber(int64(*d), 0)
	}
}

// mapCount maps a count, of which 0 is one. One that is 0 since it was not sent stays so in the base.
func mapCount(m *mapper, based bool, d *int, w *x12.Number) {
	switch {
	case !m.Out:
		*d = whole(*w)
	case whole(*w) != *d || !w.Set() && !based:
		*w = x12.NewNumber(int64(*d), 0)
	}
}

// mapControl maps a group control number, which is a number in X12 and a name in the domain.
func mapControl(m *mapper, d *string, w *x12.Number) {
	text := ""
	if w.Set() {
		text = string(w.AppendPlain(nil))
	}
	switch {
	case !m.Out:
		*d = text
	case text != *d:
		n, ok := x12.ParseNumber(*d)
		m.Refuse(!ok && *d != "", "a group control number that is no number")
		*w = n
	}
}

func map999(m *mapper, d *FunctionalAck, w *ts999.ImplementationAcknowledgment) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapGuide(m, ts999.X231A1.ID, &d.Guide, &w.ImplementationReference)
	mapping.Text(m, &d.Group.FunctionalID, &w.Group.FunctionalID)
	mapControl(m, &d.Group.ControlNumber, &w.Group.ControlNumber)
	mapping.Text(m, &d.Group.Version, &w.Group.Version)
	mapping.List(m, &d.Sets, &w.Sets, mapSet999)
	r := &w.Result
	mapResult(m, &d.Result, &r.Acknowledgment, &r.IncludedSets, &r.ReceivedSets, &r.AcceptedSets, &r.Codes)
}

// mapGuide maps ST03, of which the exact structs hold only what is not the guide itself.
func mapGuide(m *mapper, id string, d, w *string) {
	switch {
	case !m.Out && *w == "":
		*d = id
	case m.Out && (*d == id || *d == ""):
		*w = ""
	default:
		mapping.Text(m, d, w)
	}
}

func mapResult(m *mapper, d *GroupResult, status *string, included, received, accepted *x12.Number, codes *[]string) {
	if m.Out && d.IsZero() { // the trailer is not known yet
		return
	}
	based := *status != "" || included.Set() || received.Set() || accepted.Set() || len(*codes) > 0
	mapCoded(m, listStatus, &d.Status, status)
	mapCount(m, based, &d.Included, included)
	mapCount(m, based, &d.Received, received)
	mapCount(m, based, &d.Accepted, accepted)
	mapCodes(m, listGroup, &d.Errors, codes)
}

func mapSet999(m *mapper, d *SetAck, w *ts999.SetResponse) {
	mapping.Text(m, &d.SetID, &w.SetID)
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapping.Text(m, &d.Guide, &w.Guide)
	mapping.List(m, &d.Segments, &w.Segments, mapSegment999)
	mapCoded(m, listStatus, &d.Status, &w.Result.Acknowledgment)
	mapCodes(m, listSet, &d.Errors, &w.Result.Codes)
}

func mapSegment999(m *mapper, d *SegmentNote, w *ts999.SegmentNote) {
	mapping.Text(m, &d.Segment, &w.SegmentID)
	mapOrdinal(m, &d.Position, &w.Position)
	mapping.Text(m, &d.Loop, &w.Loop)
	mapCoded(m, listSegment, &d.Error, &w.Code)
	mapping.List(m, &d.Triggers, &w.Triggers, mapTrigger)
	mapUnits(m, &d.Units, &w.BusinessUnit)
	mapping.List(m, &d.Elements, &w.Elements, func(m *mapper, d *ElementNote, w *ts999.ElementNote) {
		mapPlace(m, &d.Place, &w.Position.Element, &w.Position.Component, &w.Position.Repetition)
		mapOrdinal(m, &d.DataElement, &w.Reference)
		mapCoded(m, listElement, &d.Error, &w.Code)
		mapping.Text(m, &d.Value, &w.Value)
		mapping.List(m, &d.Triggers, &w.Triggers, mapTrigger)
	})
}

func mapPlace(m *mapper, d *Place, element, component, repetition *x12.Number) {
	mapOrdinal(m, &d.Element, element)
	mapOrdinal(m, &d.Component, component)
	mapOrdinal(m, &d.Repetition, repetition)
}

func mapTrigger(m *mapper, d *Trigger, w *ts999.Trigger) {
	if m.Out && len(w.Contexts) == 0 {
		w.Contexts = []ts999.TriggerContext{{Name: triggerName}}
	}
	mapping.Text(m, &d.Segment, &w.SegmentID)
	mapOrdinal(m, &d.Position, &w.SegmentPosition)
	mapping.Text(m, &d.Loop, &w.Loop)
	mapPlace(m, &d.Place, &w.Position.Element, &w.Position.Component, &w.Position.Repetition)
	mapOrdinal(m, &d.DataElement, &w.Reference.Element)
}

// mapUnits maps the one CTX that names business units.
func mapUnits(m *mapper, d *[]BusinessUnit, w **ts999.BusinessUnit) {
	each := func(m *mapper, d *BusinessUnit, w *ts999.UnitContext) {
		mapping.Text(m, &d.Name, &w.Name)
		mapping.Text(m, &d.Value, &w.Value)
	}
	switch {
	case m.Out && len(*d) == 0 && *w != nil && len((*w).Contexts) == 0: // a CTX that says nothing stays
	case m.Out && len(*d) == 0:
		*w = nil
	case m.Out:
		v := new(ts999.BusinessUnit)
		mapping.CopyTo(v, *w)
		mapping.List(m, d, &v.Contexts, each)
		*w = v
	case *w != nil:
		mapping.List(m, d, &(*w).Contexts, each)
	}
}

func map997(m *mapper, d *FunctionalAck, w *ts997.FunctionalAcknowledgment) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapping.Text(m, &d.Guide, &w.Guide)
	mapping.Text(m, &d.Group.FunctionalID, &w.Group.FunctionalID)
	mapControl(m, &d.Group.ControlNumber, &w.Group.ControlNumber)
	mapping.Text(m, &d.Group.Version, &w.Group.Version)
	mapping.List(m, &d.Sets, &w.Sets, mapSet997)
	r := &w.Result
	mapResult(m, &d.Result, &r.Acknowledgment, &r.IncludedSets, &r.ReceivedSets, &r.AcceptedSets, &r.Codes)
}

func mapSet997(m *mapper, d *SetAck, w *ts997.SetResponse) {
	mapping.Text(m, &d.SetID, &w.SetID)
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapping.Text(m, &d.Guide, &w.Guide)
	mapping.List(m, &d.Segments, &w.Segments, mapSegment997)
	mapCoded(m, listStatus, &d.Status, &w.Result.Acknowledgment)
	mapCodes(m, listSet, &d.Errors, &w.Result.Codes)
}

func mapSegment997(m *mapper, d *SegmentNote, w *ts997.SegmentNote) {
	mapping.Text(m, &d.Segment, &w.SegmentID)
	mapOrdinal(m, &d.Position, &w.Position)
	mapping.Text(m, &d.Loop, &w.Loop)
	mapCoded(m, listSegment, &d.Error, &w.Code)
	m.Refuse(len(d.Triggers) > 0, "SegmentNote.Triggers")
	m.Refuse(len(d.Units) > 0, "SegmentNote.Units")
	mapping.List(m, &d.Elements, &w.Elements, func(m *mapper, d *ElementNote, w *ts997.ElementNote) {
		mapPlace(m, &d.Place, &w.Position.Element, &w.Position.Component, &w.Position.Repetition)
		mapOrdinal(m, &d.DataElement, &w.Reference)
		mapCoded(m, listElement, &d.Error, &w.Code)
		mapping.Text(m, &d.Value, &w.Value)
		m.Refuse(len(d.Triggers) > 0, "ElementNote.Triggers")
	})
}

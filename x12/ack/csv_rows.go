package ack

import (
	"strconv"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// csvMaxText bounds texts that stand on more rows than they were sent for. None that is valid has more than 80 characters.
const csvMaxText = 80

// csvAbove writes values.
type csvAbove struct {
	csvtable.Quoter
	scratch []byte
}

// cols appends texts, each with a comma.
func (r *csvAbove) cols(b []byte, list ...string) []byte {
	for _, s := range list {
		b = r.Col(b, csvShort(s))
	}
	return b
}

// csvShort returns s, or nothing when it is longer than any valid text.
func csvShort(s string) string {
	if len(s) > csvMaxText {
		return ""
	}
	return s
}

func (r *csvAbove) party(b []byte, p *Party) []byte {
	b = r.Name(b, csvShort(p.LastOrOrganization), csvShort(p.First), csvShort(p.Middle), csvShort(p.Suffix), &r.scratch)
	return r.cols(append(b, ','), p.ID, p.IDQualifier)
}

func amountCol(b []byte, a Amount) []byte { return append(append(b, a.String()...), ',') }

var (
	csvAckKeys    = csvtable.KeyFields("ack_seq")
	csvReportKeys = csvtable.KeyFields("report_seq")
)

// csvGroup is what the columns of the group that is answered are written from.
type csvGroup struct {
	csvAbove
	v *FunctionalAck
}

var csvGroupFields = []csvtable.Field[csvGroup]{
	csvtable.Cols([]csvtable.Column{
		{Name: "answered_functional_id", Element: "AK101", Meaning: "GS01 of the group that is answered: HC claims, HP remittances, ..."},
		{Name: "answered_group_control_number", Element: "AK102", Meaning: "GS06 of that group, without zeros in front"},
		{Name: "answered_version", Element: "AK103", Meaning: "GS08 of that group"},
	}, func(b []byte, r *csvGroup) []byte {
		g := &r.v.Group
		return r.cols(b, g.FunctionalID, g.ControlNumber, g.Version)
	}),
}

// csvAck is what a row of acks is written from, beside what stands above it.
type csvAck struct {
	csvAbove
	set     *SetAck      // nil on a row of the group
	segment *SegmentNote // nil on a row of the set
	element *ElementNote // nil on a row of the segment
	group   *GroupResult // on a row of the group
	status  Coded
	error   Coded
	level   string
	setSeq  int64
	seq     int64
}

// list is the code list of the error of the row.
func (r *csvAck) list() string {
	return map[string]string{levelGroup: listGroup, levelSet: listSet, levelSegment: listSegment, levelElement: listElement}[r.level]
}

// triggers are those of the element, or of the segment.
func (r *csvAck) triggers() []Trigger {
	switch {
	case r.element != nil && len(r.element.Triggers) > 0:
		return r.element.Triggers
	case r.segment != nil:
		return r.segment.Triggers
	}
	return nil
}

var csvAckFields = []csvtable.Field[csvAck]{
	csvtable.Cols([]csvtable.Column{
		{Name: "set_seq", Element: "keys", Meaning: "Ordinal of the AK2 in the transaction set, 1 = first; empty for the group"},
		{Name: "error_seq", Element: "keys", Meaning: "Ordinal of the row among those of the set, or of the group, 1 = first"},
		{Name: "level", Element: "keys", Meaning: "What the row is about: group, set, segment or element"},
	}, func(b []byte, r *csvAck) []byte {
		return r.Col(csvtable.SeqCol(csvtable.SeqCol(b, r.setSeq), r.seq), r.level)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "set_id", Element: "AK201", Meaning: "ST01 of the set that is answered"},
		{Name: "set_control_number", Element: "AK202", Meaning: "ST02 of that set"},
		{Name: "set_guide", Element: "AK203", Meaning: "ST03 of that set"},
	}, func(b []byte, r *csvAck) []byte {
		if r.set == nil {
			return append(b, ",,,"...)
		}
		return r.cols(b, r.set.SetID, r.set.ControlNumber, r.set.Guide)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "status", Element: "IK501 AK501 AK901", Meaning: "A accepted, E accepted with errors noted, P partly accepted (of a group), R rejected"},
		{Name: "accepted", Element: "IK501 AK501 AK901", Meaning: "1 when the set, or all of the group, was accepted, with errors noted or without, else 0"},
	}, func(b []byte, r *csvAck) []byte {
		b = r.cols(b, r.status.Code)
		return append(csvtable.Flag(b, r.status.Code == "A" || r.status.Code == "E"), ',')
	}),
	csvtable.Col("error", "IK403 IK304 IK502 to IK506 AK905 to AK909", "The error, as the level says; empty when there is none", func(b []byte, r *csvAck) []byte {
		return r.Text(b, csvShort(r.error.Code))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "segment_id", Element: "IK301", Meaning: "The segment, or the one that is missing"},
		{Name: "segment_position", Element: "IK302", Meaning: "Ordinal of the segment in its set, ST is 1"},
		{Name: "loop_id", Element: "IK303", Meaning: "The loop, at most four characters"},
		{Name: "segment_error", Element: "IK304", Meaning: "The error of the segment; 8 = elements are in error"},
	}, func(b []byte, r *csvAck) []byte {
		if r.segment == nil {
			return append(b, ",,,,"...)
		}
		b = csvtable.SeqCol(r.cols(b, r.segment.Segment), int64(r.segment.Position))
		return r.cols(b, r.segment.Loop, r.segment.Error.Code)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "element_position", Element: "IK401-1", Meaning: "Position of the element in the segment"},
		{Name: "component_position", Element: "IK401-2", Meaning: "Position of the component in the element"},
		{Name: "repetition", Element: "IK401-3", Meaning: "Which repetition of the element"},
		{Name: "data_element", Element: "IK402", Meaning: "Number of the data element"},
		{Name: "bad_value", Element: "IK404", Meaning: "The value that is wrong; it may identify a patient"},
	}, func(b []byte, r *csvAck) []byte {
		e := r.element
		if e == nil {
			return append(b, ",,,,,"...)
		}
		for _, n := range [...]int{e.Place.Element, e.Place.Component, e.Place.Repetition, e.DataElement} {
			b = csvtable.SeqCol(b, int64(n))
		}
		return r.Col(b, e.Value)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "unit_name", Element: "CTX01-1", Meaning: "Which element names the business unit the error lies in: CLM01 of a claim, ..."},
		{Name: "unit_value", Element: "CTX01-2", Meaning: "Its value: the patient control number of a claim, ..."},
		{Name: "further_units", Element: "CTX01", Meaning: "Values of further business units, where the sender names several"},
	}, func(b []byte, r *csvAck) []byte {
		if r.segment == nil || len(r.segment.Units) == 0 {
			return append(b, ",,,"...)
		}
		u := r.segment.Units
		b = r.cols(b, u[0].Name, u[0].Value)
		var more []string
		for i := range u[1:min(len(u), 11)] {
			more = append(more, csvShort(u[i+1].Value))
		}
		return append(r.Words(b, more, &r.scratch), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "trigger_segment_id", Element: "CTX02", Meaning: "The segment that made it an error"},
		{Name: "trigger_position", Element: "CTX03", Meaning: "Ordinal of that segment in the set"},
		{Name: "trigger_loop_id", Element: "CTX04", Meaning: "Its loop"},
		{Name: "trigger_element", Element: "CTX05", Meaning: "The element in it, with the component behind a hyphen: 5-3"},
	}, func(b []byte, r *csvAck) []byte {
		list := r.triggers()
		if len(list) == 0 {
			return append(b, ",,,,"...)
		}
		t := &list[0]
		b = csvtable.SeqCol(r.cols(b, t.Segment), int64(t.Position))
		b = r.cols(b, t.Loop)
		if t.Place.Element > 0 {
			b = strconv.AppendInt(b, int64(t.Place.Element), 10)
		}
		if t.Place.Component > 0 {
			b = strconv.AppendInt(append(b, '-'), int64(t.Place.Component), 10)
		}
		return append(b, ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "included_sets", Element: "AK902", Meaning: "Of a group: sets it says it has"},
		{Name: "received_sets", Element: "AK903", Meaning: "Of a group: sets that were there"},
		{Name: "accepted_sets", Element: "AK904", Meaning: "Of a group: sets that were accepted"},
	}, func(b []byte, r *csvAck) []byte {
		if r.group == nil {
			return append(b, ",,,"...)
		}
		return csvtable.IntCol(csvtable.IntCol(csvtable.IntCol(b, int64(r.group.Included)), int64(r.group.Received)), int64(r.group.Accepted))
	}),
}

func csvAckDescriptions(set *codes.Set) []csvtable.Field[csvAck] {
	return []csvtable.Field[csvAck]{
		csvtable.Cols([]csvtable.Column{
			{Name: "status_description", Element: "IK501 AK501 AK901", Meaning: "Meaning of status"},
			{Name: "error_description", Element: "IK403 IK304 IK502 to IK506 AK905 to AK909", Meaning: "Meaning of error"},
		}, func(b []byte, r *csvAck) []byte {
			return r.DescribeCol(r.DescribeCol(b, set, listStatus, r.status.Code), set, r.list(), r.error.Code)
		}),
	}
}

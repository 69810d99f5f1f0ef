package ack

import (
	"github.com/x12-go/edi/x12"
)

var idTA1 = x12.ID("TA1")

// TA1 is what a receiver says of a whole interchange. It stands between ISA and the first GS, or IEA where there is no group,
// belongs to no set, and is itself never acknowledged.
type TA1 struct {
	// TA101. ISA13 of the interchange that is answered, nine digits.
	ControlNumber string `json:"controlNumber,omitempty"`
	// TA102. ISA09 of that.
	Date x12.Date `json:"date,omitzero"`
	// TA103. ISA10 of that.
	Time x12.Time `json:"time,omitzero"`
	// TA104, code list ta1_ack. A = accepted, E = accepted with errors noted, R = rejected: its groups were not looked at.
	Status Coded `json:"status,omitzero"`
	// TA105, code list ta1_note. 000 = no error.
	Note Coded `json:"note,omitzero"`
}

// Accepted reports whether the interchange was accepted, with errors noted or without.
func (a *TA1) Accepted() bool { return a.Status.Code == "A" || a.Status.Code == "E" }

// ParseTA1 reads a segment TA1. It reports false for any other segment, and for a TA1 with something that a TA1 value does not
// hold: a sixth element, or a date or time that is none. What could be read is returned all the same.
func ParseTA1(s *x12.Segment) (TA1, bool) {
	if s.ID != idTA1 {
		return TA1{}, false
	}
	date, dated := x12.ParseDate(s.Elem(2))
	clock, timed := x12.ParseTime(s.Elem(3))
	a := TA1{
		ControlNumber: string(s.Elem(1)), Date: date.Long(), Time: clock,
		Status: code(listTA1, string(s.Elem(4))), Note: code(listTA1Note, string(s.Elem(5))),
	}
	whole := (dated && len(s.Elem(2)) == 6 || len(s.Elem(2)) == 0) && (timed && len(s.Elem(3)) == 4 || len(s.Elem(3)) == 0)
	for i := 6; i <= s.Len(); i++ {
		whole = whole && len(s.Elem(i)) == 0
	}
	return a, whole
}

// Write writes the segment. The writer must stand in an interchange and in no group; else the error wraps [x12.ErrOrder].
func (a *TA1) Write(w *x12.Writer) error {
	var date, clock string
	if !a.Date.IsZero() {
		date = string(a.Date.Short().AppendWire(nil))
	}
	if !a.Time.IsZero() {
		clock = string(a.Time.Short().AppendWire(nil))
	}
	return w.Segment("TA1", a.ControlNumber, date, clock, a.Status.Code, a.Note.Code)
}

package ack

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codes"
)

// What acknowledgments share with the sets they speak of; see package care.
type (
	// Amount is one exact decimal value: money, a count.
	Amount = care.Amount
	// Envelope is what says where an acknowledgment comes from and goes to.
	Envelope = care.Envelope
)

// Coded is a code with its meaning.
type Coded struct {
	Code string `json:"code,omitempty"`
	// From package codes; empty when it is not known. Not written to X12.
	Meaning string `json:"meaning,omitempty"`
}

// code returns a code of a list with its meaning.
func code(list, value string) Coded { return Coded{value, codes.Describe(list, value)} }

// The lists of package codes that acknowledgments use.
const (
	listStatus     = "ack_status"
	listGroup      = "ak9_group"
	listSet        = "ik5_set"
	listSegment    = "ik3_segment"
	listElement    = "ik4_element"
	listTA1        = "ta1_ack"
	listTA1Note    = "ta1_note"
	listCategory   = "claim_status_cat"
	listStatusCode = "claim_status"
	listEntity     = "entity"
	listAction     = "claim_action"
)

// Place is a place in a segment: IK401, CTX05 and the like. Numbers count from 1; 0 is absent.
type Place struct {
	// -1: the element.
	Element int `json:"element,omitempty"`
	// -2: the component of it, when it is composite.
	Component int `json:"component,omitempty"`
	// -3: the repetition of it, when it repeats.
	Repetition int `json:"repetition,omitempty"`
}

// DateRange is one day, or the days from the first to the last. One day has no To.
type DateRange struct {
	From x12.Date `json:"from,omitzero"`
	To   x12.Date `json:"to,omitzero"`
}

// IsZero reports whether nothing of the range is there.
func (d DateRange) IsZero() bool { return d == DateRange{} }

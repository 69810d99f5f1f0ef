package edi837

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// What claims share with remittances; see package care.
type (
	// Amount is one exact decimal value of a claim: money, a count, a rate.
	Amount = care.Amount
	// Address is N3 and N4.
	Address = care.Address
	// Contact is a PER.
	Contact = care.Contact
	// Reference is a REF the types have no field for by its meaning.
	Reference = care.Reference
	// Envelope is what says where a submission comes from and goes to.
	Envelope = care.Envelope
	// Interchange is an ISA. A program that writes claims gives SenderID and ReceiverID.
	Interchange = care.Interchange
	// Group is a GS.
	Group = care.Group
	// AdjustmentGroup is CAS01: who bears an adjustment.
	AdjustmentGroup = care.AdjustmentGroup
	// Adjustment is one reason why another payer did not pay as billed: one triplet of a CAS.
	Adjustment = care.Adjustment
	// Place says where an adjustment stood, so that the segments are written back as they were.
	Place = care.Place
	// InpatientAdjudication is an MIA.
	InpatientAdjudication = care.InpatientAdjudication
	// OutpatientAdjudication is an MOA.
	OutpatientAdjudication = care.OutpatientAdjudication
)

// The adjustment groups.
const (
	ContractualObligation = care.ContractualObligation
	OtherAdjustment       = care.OtherAdjustment
	PayerInitiated        = care.PayerInitiated
	PatientResponsibility = care.PatientResponsibility
)

// NewAmount returns d as an Amount that is there.
func NewAmount(d decimal.Decimal) Amount { return care.NewAmount(d) }

// Cents returns an amount of money with two decimals: Cents(8050) is 80.50.
func Cents(n int64) Amount { return care.Cents(n) }

// Count returns a whole number: units, days, a line number.
func Count(n int64) Amount { return care.NewAmount(decimal.NewFromInt(n)) }

// ParseAmount reads plain decimal text of at most 18 digits, such as "80.50"; empty text is the absent Amount. It
// returns x12.ErrNumber for anything else, exponents included.
func ParseAmount(text string) (Amount, error) { return care.ParseAmount(text) }

// DateRange is one day, or the days from the first to the last. One day has no To: it is written as D8, and a range,
// even of one day, as RD8.
type DateRange struct {
	From x12.Date `json:"from,omitzero"`
	To   x12.Date `json:"to,omitzero"`
}

// Day returns d alone.
func Day(d x12.Date) DateRange { return DateRange{From: d} }

// Days returns the days from the first to the last.
func Days(first, last x12.Date) DateRange { return DateRange{From: first, To: last} }

// First returns the first day, zero when there is none.
func (r DateRange) First() x12.Date {
	if r.From.IsZero() {
		return r.To
	}
	return r.From
}

// Last returns the last day, zero when there is none.
func (r DateRange) Last() x12.Date {
	if r.To.IsZero() {
		return r.From
	}
	return r.To
}

// IsZero reports whether there is no day.
func (r DateRange) IsZero() bool { return r.From.IsZero() && r.To.IsZero() }

// ProviderID is a further number of a provider: a REF.
type ProviderID struct {
	// 0B = license, 1G = UPIN, G2 = number the payer gave, LU = location.
	Qualifier string `json:"qualifier,omitempty"`
	ID        string `json:"id,omitempty"`
	// REF04-2, the payer that gave the number, as in OtherPayer.ID. Empty: the destination payer. Lines only.
	PayerID string `json:"payerID,omitempty"`
}

// PayerNumber is a number one payer gave out: REF02, with REF04-2.
type PayerNumber struct {
	Number string `json:"number,omitempty"`
	// As in OtherPayer.ID. Empty: the destination payer.
	PayerID string `json:"payerID,omitempty"`
}

package edi834

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// What enrollments share with claims and remittances; see package care.
type (
	// Amount is one exact decimal value: money, a count, a height.
	Amount = care.Amount
	// Address is N3 and N4.
	Address = care.Address
	// Contact is a PER. The qualifiers are AP = alternate telephone, BN = beeper, CP = cellular phone, EM = e-mail, EX =
	// extension of the number in front, FX = fax, HP = home phone, TE = telephone and WP = work phone.
	Contact = care.Contact
	// Reference is a REF the types have no field for by its meaning.
	Reference = care.Reference
	// Envelope is what says where a file comes from and goes to.
	Envelope = care.Envelope
	// Interchange is an ISA. A program that writes files gives SenderID and ReceiverID.
	Interchange = care.Interchange
	// Group is a GS.
	Group = care.Group
)

// EnvelopeOf returns the interchange and group of a place in a stream; zero where there is none.
func EnvelopeOf(env codec.Env) Envelope { return care.EnvelopeOf(env) }

// NewAmount returns d as an Amount that is there.
func NewAmount(d decimal.Decimal) Amount { return care.NewAmount(d) }

// Cents returns an amount of money with two decimals: Cents(8050) is 80.50.
func Cents(n int64) Amount { return care.Cents(n) }

// Count returns a whole number: members, cards, a number in a list.
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

func (r DateRange) equal(s DateRange) bool { return r.From.Equal(s.From) && r.To.Equal(s.To) }

// wire returns the format and the text of a range.
func (r DateRange) wire() (format, value string) {
	p := x12.DayPeriod(r.First())
	if !r.To.IsZero() {
		p = x12.DaysPeriod(r.First(), r.To)
	}
	return p.Qualifier, string(p.AppendWire(nil))
}

// rangeOf returns the days of a DTP, zero for what is no day or has a time of day too.
func rangeOf(format, value string) DateRange {
	p, _ := x12.ParsePeriod(format, value)
	if !p.FromTime.IsZero() || !p.ToTime.IsZero() {
		return DateRange{}
	}
	return DateRange{From: p.From.Long(), To: p.To.Long()}
}

// OtherDate is a DTP that has no field by its meaning, as it is in the file.
type OtherDate struct {
	Qualifier string `json:"qualifier,omitempty"`
	// DTP02, D8 or RD8. Of coverages only; elsewhere it is D8.
	Format string `json:"format,omitempty"`
	Value  string `json:"value,omitempty"`
}

// QualifiedAmount is an AMT or QTY that has no field by its meaning.
type QualifiedAmount struct {
	Qualifier string `json:"qualifier,omitempty"`
	Amount    Amount `json:"amount,omitzero"`
}

// Amounts are the AMT of a member or a coverage.
type Amounts struct {
	Coinsurance         Amount `json:"coinsurance,omitzero"`         // B9
	Copay               Amount `json:"copay,omitzero"`               // C1
	Deductible          Amount `json:"deductible,omitzero"`          // D2
	ExpectedExpenditure Amount `json:"expectedExpenditure,omitzero"` // EBA
	Unlisted            Amount `json:"unlisted,omitzero"`            // FK, an amount of another kind
	Premium             Amount `json:"premium,omitzero"`             // P3
	SpendDown           Amount `json:"spendDown,omitzero"`           // R
	// What has no field above, or comes a second time.
	Other []QualifiedAmount `json:"other,omitempty"`
}

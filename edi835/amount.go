package edi835

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12/care"
)

// What remittances share with claims; see package care.
type (
	// Amount is one exact decimal value of a remittance: money, a count, a rate.
	Amount = care.Amount
	// Address is N3 and N4.
	Address = care.Address
	// Contact is a PER.
	Contact = care.Contact
	// Party is a person or an organization: an NM1.
	Party = care.Party
	// Reference is a REF the types have no field for by its meaning.
	Reference = care.Reference
	// Envelope is what says where a remittance comes from and goes to.
	Envelope = care.Envelope
	// Interchange is an ISA. A program that writes remittances gives SenderID and ReceiverID.
	Interchange = care.Interchange
	// Group is a GS.
	Group = care.Group
	// InpatientAdjudication is an MIA.
	InpatientAdjudication = care.InpatientAdjudication
	// OutpatientAdjudication is an MOA.
	OutpatientAdjudication = care.OutpatientAdjudication
)

// NewAmount returns d as an Amount that is there.
func NewAmount(d decimal.Decimal) Amount { return care.NewAmount(d) }

// Cents returns an amount of money with two decimals: Cents(8050) is 80.50.
func Cents(n int64) Amount { return care.Cents(n) }

// ParseAmount reads plain decimal text of at most 18 digits, such as "80.50"; empty text is the absent Amount. It
// returns x12.ErrNumber for anything else, exponents included.
func ParseAmount(text string) (Amount, error) { return care.ParseAmount(text) }

package edi835

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// What the adjustments of a remittance share with those of a claim; see package care.
type (
	// AdjustmentGroup is CAS01: who bears an adjustment.
	AdjustmentGroup = care.AdjustmentGroup
	// Adjustment is one reason why a claim or a service is not paid as billed: one triplet of a CAS.
	Adjustment = care.Adjustment
	// Place says where an adjustment stood, so that the segments are written back as they were.
	Place = care.Place
)

// The adjustment groups.
const (
	ContractualObligation = care.ContractualObligation
	OtherAdjustment       = care.OtherAdjustment
	PayerInitiated        = care.PayerInitiated
	PatientResponsibility = care.PatientResponsibility
)

// AdjustmentTotal returns the sum of the amounts of one group, "" = of all.
func AdjustmentTotal(list []Adjustment, group AdjustmentGroup) decimal.Decimal {
	return care.AdjustmentTotal(list, group)
}

// ProviderAdjustment is money paid or kept back that belongs to no claim of the remittance: one pair of a PLB. A positive
// amount lowers the payment.
type ProviderAdjustment struct {
	// PLB01.
	ProviderID string `json:"providerID,omitempty"`
	// PLB02. End of the provider's fiscal year.
	FiscalPeriodDate x12.Date `json:"fiscalPeriodDate,omitzero"`
	// First component of PLB03: WO = overpayment recovery, FB = forwarding balance, L6 = interest, ...
	Reason string `json:"reason,omitempty"`
	// Second component of PLB03.
	Reference string `json:"reference,omitempty"`
	Amount    Amount `json:"amount,omitzero"`
	Place
}

// Description returns the meaning of the reason, "" when it is not known.
func (a *ProviderAdjustment) Description() string { return codes.Describe("plb_reason", a.Reason) }

// AppendJSON appends a as JSON.
func (a *ProviderAdjustment) AppendJSON(b []byte) []byte {
	start := len(b)
	text := func(key, s string) {
		if s != "" {
			b = codec.AppendString(append(b, key...), s)
		}
	}
	text(`,"providerID":`, a.ProviderID)
	if !a.FiscalPeriodDate.IsZero() {
		b = codec.AppendDate(append(b, `,"fiscalPeriodDate":`...), a.FiscalPeriodDate)
	}
	text(`,"reason":`, a.Reason)
	text(`,"reference":`, a.Reference)
	if !a.Amount.IsZero() {
		b = a.Amount.AppendJSON(append(b, `,"amount":`...))
	}
	return codec.CloseObject(a.Place.AppendMembers(b), start)
}

// AdjustmentTotal returns the sum of the adjustments of one group, "" = of all, of the claim and its services.
func (c *Claim) AdjustmentTotal(group AdjustmentGroup) decimal.Decimal {
	sum := AdjustmentTotal(c.Adjustments, group)
	for i := range c.Services {
		sum = sum.Add(AdjustmentTotal(c.Services[i].Adjustments, group))
	}
	return sum
}

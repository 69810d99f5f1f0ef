package edi835

import "github.com/shopspring/decimal"

// Balance is one of the three sums of a remittance, compared with the amount that was sent. All amounts are exact; there
// is no tolerance.
//
// In a reversal every amount has the opposite sign and the rules hold as they stand.
type Balance struct {
	Expected   Amount `json:"expected,omitzero"`   // what follows from the parts
	Found      Amount `json:"found,omitzero"`      // what was sent; 0 when nothing was
	Difference Amount `json:"difference,omitzero"` // Found less Expected
}

func balance(expected, found decimal.Decimal) Balance {
	return Balance{NewAmount(expected), NewAmount(found), NewAmount(found.Sub(expected))}
}

// OK reports whether the sum agrees.
func (b Balance) OK() bool { return b.Difference.Decimal.IsZero() }

// Balance compares the payment of the line with its charge less its adjustments: SVC03 = SVC02 - CAS.
func (s *Service) Balance() Balance {
	return balance(s.Charge.Decimal.Sub(AdjustmentTotal(s.Adjustments, "")), s.Paid.Decimal)
}

// Balance compares the payment of the claim with its charge less the adjustments of the claim and of all its services:
// CLP04 = CLP03 - CAS(2100) - CAS(2110). It holds with and without services.
func (c *Claim) Balance() Balance {
	return balance(c.Charge.Decimal.Sub(c.AdjustmentTotal("")), c.Paid.Decimal)
}

// Balance compares the payment with what the claims pay, less the provider adjustments: BPR02 = CLP04 - PLB. The remittance
// must be a whole one; read claim by claim, its balance is that of [RemittanceTotals].
func (r *Remittance) Balance() Balance {
	t := r.Totals()
	return t.Balance(&r.Payment)
}

// Totals returns the sums over the claims and provider adjustments.
func (r *Remittance) Totals() RemittanceTotals {
	var t RemittanceTotals
	for i := range r.Groups {
		for k := range r.Groups[i].Claims {
			t.AddClaim(&r.Groups[i].Claims[k])
		}
	}
	t.AddProviderAdjustments(r.ProviderAdjustments...)
	return t
}

// RemittanceTotals are the sums of one remittance, gathered claim by claim. The zero value is ready to use.
type RemittanceTotals struct {
	Claims    int // reversals included
	Reversals int
	Services  int

	Charge                decimal.Decimal // CLP03
	Paid                  decimal.Decimal // CLP04
	PatientResponsibility decimal.Decimal // CLP05
	Interest              decimal.Decimal // AMT*I of the claims; paid by provider adjustments L6
	ProviderAdjustments   decimal.Decimal // PLB; positive lowers the payment
}

// AddClaim adds a claim.
func (t *RemittanceTotals) AddClaim(c *Claim) {
	t.Claims++
	if c.Status.IsReversal() {
		t.Reversals++
	}
	t.Services += len(c.Services)
	addTo(&t.Charge, c.Charge)
	addTo(&t.Paid, c.Paid)
	addTo(&t.PatientResponsibility, c.PatientResponsibility)
	addTo(&t.Interest, c.Amounts.Interest)
}

func addTo(sum *decimal.Decimal, a Amount) {
	if a.Valid {
		*sum = sum.Add(a.Decimal)
	}
}

// AddProviderAdjustments adds provider adjustments.
func (t *RemittanceTotals) AddProviderAdjustments(list ...ProviderAdjustment) {
	for i := range list {
		t.ProviderAdjustments = t.ProviderAdjustments.Add(list[i].Amount.Decimal)
	}
}

// Balance compares the payment with what was added: BPR02 = CLP04 - PLB.
func (t *RemittanceTotals) Balance(p *Payment) Balance {
	return balance(t.Paid.Sub(t.ProviderAdjustments), p.Amount.Decimal)
}

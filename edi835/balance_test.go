package edi835

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func amount(t *testing.T, text string) Amount {
	a, err := ParseAmount(text)
	require.NoError(t, err)
	return a
}

// paying is a balanced claim with the given payment.
func paying(t *testing.T, text string) Claim {
	c := Claim{Charge: amount(t, text), Paid: amount(t, text)}
	if c.Paid.Decimal.IsNegative() {
		c.Status = Reversal
	}
	return c
}

func TestRemittanceBalance(t *testing.T) {
	for _, v := range []struct {
		name   string
		claims []string
		plb    [][2]string // reason, amount
		paid   string      // BPR02
	}{
		{"net below zero is forwarded", []string{"600", "-800"}, [][2]string{{"FB", "-200"}}, "0"},
		{"forwarded balance is applied", []string{"350"}, [][2]string{{"FB", "200"}}, "150"},
		{"take-back is put off", []string{"100", "-80", "60"}, [][2]string{{"WO", "-20"}}, "100"},
		{"take-back comes later", []string{"500"}, [][2]string{{"WO", "20"}}, "480"},
		{"refund is acknowledged", []string{"250"}, [][2]string{{"72", "-40"}, {"WO", "40"}}, "250"},
		{"interest", []string{"1000"}, [][2]string{{"L6", "-67.81"}}, "1067.81"},
		{"nothing", nil, nil, "0"},
	} {
		r := &Remittance{Payment: Payment{Amount: amount(t, v.paid)}, Groups: []ClaimGroup{{}, {}}}
		for i, c := range v.claims {
			g := &r.Groups[i%2]
			g.Claims = append(g.Claims, paying(t, c))
		}
		for _, p := range v.plb {
			r.ProviderAdjustments = append(r.ProviderAdjustments, ProviderAdjustment{Reason: p[0], Amount: amount(t, p[1])})
		}
		b := r.Balance()
		require.True(t, b.OK(), v.name)
		require.Equal(t, r.Payment.Amount.String(), b.Found.String(), v.name)

		r.Payment.Amount = NewAmount(r.Payment.Amount.Decimal.Add(decimal.New(1, -2)))
		b = r.Balance()
		require.False(t, b.OK(), v.name)
		require.Equal(t, "0.01", b.Difference.String(), v.name)
		require.True(t, b.Expected.Decimal.Equal(amount(t, v.paid).Decimal), v.name)
	}
}

func TestClaimBalance(t *testing.T) {
	adjust := func(group AdjustmentGroup, text string) Adjustment {
		return Adjustment{Group: group, Reason: "45", Amount: amount(t, text)}
	}
	// sign -1 is the reversal of the same claim
	for _, sign := range []int64{1, -1} {
		c := &Claim{
			Status: ProcessedAsPrimary, Charge: amount(t, "200.00"), Paid: amount(t, "90.50"),
			Adjustments: []Adjustment{adjust("OA", "9.5")},
			Services: []Service{
				{Charge: amount(t, "120"), Paid: amount(t, "100"), Adjustments: []Adjustment{adjust("CO", "15"), adjust("PR", "5.00")}},
				{Charge: amount(t, "80"), Paid: Amount{}, Adjustments: []Adjustment{adjust("CO", "100"), adjust("CO", "-20")}},
			},
		}
		if sign < 0 {
			c.Status = Reversal
			turn := func(a *Amount) {
				if a.Valid {
					a.Decimal = a.Decimal.Neg()
				}
			}
			turn(&c.Charge)
			turn(&c.Paid)
			turn(&c.Adjustments[0].Amount)
			for i := range c.Services {
				s := &c.Services[i]
				turn(&s.Charge)
				turn(&s.Paid)
				for k := range s.Adjustments {
					turn(&s.Adjustments[k].Amount)
				}
			}
		}
		require.True(t, c.Balance().OK())
		require.True(t, c.Services[0].Balance().OK())
		require.True(t, c.Services[1].Balance().OK(), "an absent payment counts as 0")
		require.Equal(t, decimal.New(95*sign, 0).String(), c.AdjustmentTotal("CO").String())
		require.Equal(t, decimal.New(5*sign, 0).String(), c.AdjustmentTotal("PR").String())
		require.Equal(t, sign < 0, c.Status.IsReversal())

		// the same dollars at both levels break the claim, not the lines
		c.Adjustments = append(c.Adjustments, c.Services[0].Adjustments[0])
		require.True(t, c.Services[0].Balance().OK())
		require.Equal(t, decimal.New(15*sign, 0).String(), c.Balance().Difference.Decimal.String())
	}
	none := &Claim{Charge: amount(t, "10"), Paid: amount(t, "0"), Adjustments: []Adjustment{adjust("CO", "10")}}
	require.True(t, none.Balance().OK(), "a claim without lines")
}

// TestValidFilesBalance holds our samples to all three rules.
func TestValidFilesBalance(t *testing.T) {
	for _, f := range samples(t, "valid", "none") {
		list, _, err := whole(f.src)
		require.NoError(t, err)
		for _, r := range list {
			require.True(t, r.Balance().OK(), f.name)
			for i := range r.Groups {
				for k := range r.Groups[i].Claims {
					c := &r.Groups[i].Claims[k]
					require.True(t, c.Balance().OK(), f.name)
					for s := range c.Services {
						require.True(t, c.Services[s].Balance().OK(), f.name)
					}
				}
			}
		}
	}
}

func TestAmount(t *testing.T) {
	for text, plain := range map[string]string{"80.50": "80.50", "080.5": "80.5", ".5": "0.5", "-0": "0", "5.": "5", "-.00": "0.00", "": ""} {
		a, err := ParseAmount(text)
		require.NoError(t, err)
		require.Equal(t, plain, a.String(), text)
		require.Equal(t, text != "", a.Valid)
		b, err := a.MarshalJSON()
		require.NoError(t, err)
		var back Amount
		require.NoError(t, back.UnmarshalJSON(b))
		require.True(t, a.Same(back), text)
	}
	for _, text := range []string{"1e5", "+1", "1,000", " 1", "x", "1234567890123456789"} {
		_, err := ParseAmount(text)
		require.Error(t, err, text)
	}
	for _, coef := range []int64{0, 1, -5, 99, -8050, 123456789012345678, -1e18, 1<<63 - 1} {
		for exp := range int32(25) {
			d := decimal.New(coef, -exp)
			require.Equal(t, d.StringFixed(exp), NewAmount(d).String())
			require.Equal(t, `"`+d.StringFixed(exp)+`"`, string(NewAmount(d).AppendJSON(nil)))
		}
	}
	require.True(t, Cents(8050).Equal(amount(t, "80.5")))
	require.False(t, Cents(8050).Same(amount(t, "80.5")))
	require.False(t, Cents(0).Equal(Amount{}))
	require.False(t, Cents(0).IsZero())
	require.Equal(t, decimal.NullDecimal(Cents(1)), decimal.NullDecimal{Decimal: decimal.New(1, -2), Valid: true})
	require.Equal(t, "1000", NewAmount(decimal.New(1, 3)).String())
}

func TestDescriptions(t *testing.T) {
	require.NotEmpty(t, Reversal.Description())
	require.NotEmpty(t, ContractualObligation.Description())
	require.NotEmpty(t, (&Adjustment{Reason: "45"}).Description())
	require.NotEmpty(t, (&ProviderAdjustment{Reason: "WO"}).Description())
	require.NotEmpty(t, RemarkCode{Qualifier: "HE", Code: "M1"}.Description())
	require.Empty(t, RemarkCode{Qualifier: "RX", Code: "M1"}.Description())
	require.Empty(t, ClaimStatus("99").Description())
}

func TestAccessors(t *testing.T) {
	p := Payee{IDQualifier: "XX", ID: "1234567893", AdditionalIDs: []Reference{{Qualifier: "PQ", ID: "7"}, {Qualifier: "TJ", ID: "990010001"}}}
	require.Equal(t, "1234567893", p.NPI())
	require.Equal(t, "990010001", p.TaxID())
	p.IDQualifier, p.ID = "FI", "990010002"
	require.Empty(t, p.NPI())
	require.Equal(t, "990010002", p.TaxID())

	c := &Contact{NumberQualifier: "TE", Number: "1", SecondNumberQualifier: "EX", SecondNumber: "2"}
	require.Equal(t, "1", c.Find("TE"))
	require.Equal(t, "2", c.Find("EX"))
	require.Empty(t, c.Find("EM"))

	claim := &Claim{
		InpatientAdjudication:  &InpatientAdjudication{RemarkCode: "MA01", RemarkCodes: []string{"", "M2"}},
		OutpatientAdjudication: &OutpatientAdjudication{RemarkCodes: []string{"N3"}},
	}
	require.Equal(t, []string{"MA01", "M2", "N3"}, claim.RemarkCodes())
	day := firstDate(claim.Dates.StatementFrom, dateOf(t, 1))
	claim.Dates.StatementFrom, claim.Dates.StatementTo = day, dateOf(t, 9)
	s := &Service{Procedure: Procedure{Qualifier: "NU", Code: "0450"}}
	require.Equal(t, "0450", s.Revenue())
	require.Equal(t, day, s.ServiceFrom(claim))
	require.Equal(t, dateOf(t, 9), s.ServiceTo(claim))
	require.True(t, s.ServiceFrom(nil).IsZero())
	s.Dates.From, s.Dates.To = dateOf(t, 2), dateOf(t, 3)
	require.Equal(t, dateOf(t, 2), s.ServiceFrom(claim))
	require.Equal(t, dateOf(t, 3), s.ServiceTo(claim))
	s.Dates.Date = dateOf(t, 4)
	require.Equal(t, dateOf(t, 4), s.ServiceFrom(claim))
	require.Equal(t, dateOf(t, 4), s.ServiceTo(nil))
}

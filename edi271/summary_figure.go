package edi271

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12/care"
)

func newAmount(d decimal.Decimal) Amount { return care.NewAmount(d) }

// makeFigure returns the figure of one EB.
func makeFigure(b *Benefit, eb int) Figure {
	f := Figure{
		Information: b.Information, CoverageLevel: b.CoverageLevel, InsuranceType: b.InsuranceType, Plan: b.Plan, TimePeriod: b.TimePeriod,
		Amount: b.Amount, Percent: b.Percent, QuantityQualifier: b.QuantityQualifier, Quantity: b.Quantity, Authorization: b.AuthorizationRequired,
		Procedure: b.Procedure, PlacesOfService: b.PlacesOfService(), Deliveries: b.Deliveries, References: b.References, Dates: b.Dates,
		Messages: b.Messages, EB: []int{eb},
	}
	for _, c := range b.Conditions {
		if c.CodeQualifier != "ZZ" || c.Code == "" {
			f.Conditions = append(f.Conditions, c)
		}
	}
	return f
}

// figures gathers figures: EBs that show the same are one.
type figures struct {
	list []Figure
	at   map[string]int // by all they show
}

func (l *figures) add(f Figure) {
	eb := f.EB
	f.EB = nil
	key := string(f.AppendJSON(nil))
	if l.at == nil {
		l.at = map[string]int{}
	}
	k, ok := l.at[key]
	if !ok {
		k = len(l.list)
		l.at[key] = k
		l.list = append(l.list, f)
	}
	l.list[k].EB = append(l.list[k].EB, eb...)
}

// settle finishes a list of figures: their words, and whether they are ambiguous, which it reports of any.
func settle(list []Figure) (ambiguous bool) {
	first, differ := map[string]int{}, map[string]bool{}
	places := make([]string, len(list))
	for i := range list {
		f := &list[i]
		f.Text = f.words(false)
		places[i] = f.place()
		if k, ok := first[places[i]]; !ok {
			first[places[i]] = i
		} else if !f.sameValue(&list[k]) {
			differ[places[i]] = true
		}
	}
	for i := range list {
		list[i].Ambiguous = differ[places[i]]
		ambiguous = ambiguous || list[i].Ambiguous
	}
	return ambiguous
}

// place returns what tells figures of one list apart that may have different values.
func (f *Figure) place() string {
	g := Figure{
		Information: f.Information, CoverageLevel: f.CoverageLevel, TimePeriod: f.TimePeriod, QuantityQualifier: f.QuantityQualifier,
		Procedure: f.Procedure, PlacesOfService: f.PlacesOfService, Conditions: f.Conditions, Deliveries: f.Deliveries,
	}
	return string(g.AppendJSON(nil))
}

func (f *Figure) sameValue(g *Figure) bool {
	return f.Amount.Equal(g.Amount) && f.Percent.Equal(g.Percent) && f.Quantity.Equal(g.Quantity) && f.Authorization == g.Authorization
}

// value returns what an accumulator counts.
func (f *Figure) value() Amount {
	if f.Amount.Valid {
		return f.Amount
	}
	return f.Quantity
}

// unit returns what is counted, "" for money.
func (f *Figure) unit() string {
	switch {
	case f.Amount.Valid:
		return ""
	case f.QuantityQualifier != "":
		return f.QuantityQualifier
	case len(f.Deliveries) > 0:
		return f.Deliveries[0].QuantityQualifier
	}
	return ""
}

package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvLevel says what an adjustment belongs to.
type csvLevel uint8

const (
	csvClaimLevel csvLevel = iota
	csvServiceLevel
	csvProviderLevel
)

var csvLevelNames = [...]string{"claim", "service", "provider"}

// csvAdjustment is one adjustment: a triplet of a CAS or a pair of a PLB.
type csvAdjustment struct {
	csvtable.Quoter
	level                 csvLevel
	seq, segment, triplet int
	group, reason         string
	amount, quantity      x12.Number
	plb                   *ts835.ProviderAdjustment // at provider level
	reference             string
}

var csvPlaceFields = []csvtable.Field[csvAdjustment]{
	csvtable.Col("level", "CAS, PLB", "What is adjusted: claim, service or provider", func(b []byte, r *csvAdjustment) []byte {
		return append(b, csvLevelNames[r.level]...)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "adjustment_seq", Element: "keys", Meaning: "Ordinal of the adjustment in its claim, line or transaction set"},
		{Name: "segment_seq", Element: "CAS, PLB", Meaning: "Ordinal of its segment there"},
		{Name: "triplet_seq", Element: "CAS02 to 19, PLB03 to 14", Meaning: "Place in the segment: triplet of a CAS or pair of a PLB, 1 to 6"},
	}, func(b []byte, r *csvAdjustment) []byte {
		return csvtable.IntCol(csvtable.IntCol(csvtable.IntCol(b, int64(r.seq)), int64(r.segment)), int64(r.triplet))
	}),
}

var csvAdjustmentFields = []csvtable.Field[csvAdjustment]{
	csvtable.Col("group_code", "CAS01", "Who bears it: CO, OA, PI or PR", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.group) }),
	csvtable.Col("reason_code", "CAS02, PLB03-1", "Reason", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.reason) }),
	csvtable.Col("amount", "CAS03, PLB04", "Amount as in the file: a positive one lowers the payment", func(b []byte, r *csvAdjustment) []byte { return csvtable.Plain(b, r.amount) }),
	csvtable.Col("quantity", "CAS04", "Units or days adjusted", func(b []byte, r *csvAdjustment) []byte { return csvtable.Plain(b, r.quantity) }),
	csvtable.Col("provider_id", "PLB01", "Provider that is adjusted", func(b []byte, r *csvAdjustment) []byte {
		if r.plb == nil {
			return b
		}
		return r.Text(b, r.plb.ProviderID)
	}),
	csvtable.Col("fiscal_period_date", "PLB02", "Last day of the provider's fiscal period", func(b []byte, r *csvAdjustment) []byte {
		if r.plb == nil {
			return b
		}
		return r.plb.FiscalPeriodDate.AppendISO(b)
	}),
	csvtable.Col("reference_id", "PLB03-2", "What the provider adjustment refers to", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.reference) }),
	csvtable.Col("effect_on_payment", "CAS03, PLB04", "Amount with the opposite sign: what it adds to the payment", func(b []byte, r *csvAdjustment) []byte {
		return csvtable.Plain(b, r.amount.Neg())
	}),
}

// csvProviderFields are the columns of flat that a provider adjustment fills.
var csvProviderFields = []csvtable.Field[csvAdjustment]{
	csvtable.Col("provider_adjustment_reason", "PLB03-1", "Reason of the provider adjustment", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.reason) }),
	csvtable.Col("provider_adjustment_reference", "PLB03-2", "What the provider adjustment refers to", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.reference) }),
	csvtable.Col("provider_adjustment_amount", "PLB04", "Amount of the provider adjustment: a positive one lowers the payment", func(b []byte, r *csvAdjustment) []byte { return csvtable.Plain(b, r.amount) }),
	csvtable.Col("provider_adjustment_provider_id", "PLB01", "Provider that is adjusted", func(b []byte, r *csvAdjustment) []byte { return r.Text(b, r.plb.ProviderID) }),
	csvtable.Col("provider_adjustment_fiscal_period_date", "PLB02", "Last day of the provider's fiscal period", func(b []byte, r *csvAdjustment) []byte {
		return r.plb.FiscalPeriodDate.AppendISO(b)
	}),
}

// csvClosing is what the totals of the payments table are written from.
type csvClosing struct {
	totals   *SetTotals
	adjusted x12.Sum // provider adjustments
	balance  x12.Sum
}

// load sums up the provider adjustments and compares with the payment.
func (r *csvClosing) load(t *SetTotals, payment x12.Number, v *ts835.RemittanceAdvice) {
	*r = csvClosing{totals: t}
	for i := range v.ProviderAdjustments {
		for k := range v.ProviderAdjustments[i].Entries {
			r.adjusted.Add(v.ProviderAdjustments[i].Entries[k].Amount)
		}
	}
	r.balance.AddSum(&t.Paid)
	r.balance.SubSum(&r.adjusted)
	r.balance.Sub(payment)
}

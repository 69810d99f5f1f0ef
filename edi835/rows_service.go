package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvLine is what the columns of a service line are written from.
type csvLine struct {
	csvtable.Quoter
	scratch *[]byte
	claim   *csvClaim
	v       *ts835.ServicePayment
	remarks []string // codes of LQ*HE
	found   csvLineFound
}

// csvLineFound is what was looked up and summed up for one line.
type csvLineFound struct {
	npi, providerID, priorAuth, predetermination, location string

	from, to x12.Date
	source   string
	allowed  x12.Number

	adjusted csvtable.Adjusted
}

// load looks up what stands in lists. The first of several with one qualifier counts.
func (r *csvLine) load(v *ts835.ServicePayment) {
	r.v = v
	r.found = csvLineFound{}
	f := &r.found
	for i := range v.IDs {
		switch ref := &v.IDs[i]; ref.Qualifier {
		case "G1":
			csvKeep(&f.priorAuth, ref.ID)
		case "G3":
			csvKeep(&f.predetermination, ref.ID)
		case "LU":
			csvKeep(&f.location, ref.ID)
		}
	}
	for i := range v.RenderingProviderIDs {
		if ref := &v.RenderingProviderIDs[i]; ref.Qualifier == "HPI" {
			csvKeep(&f.npi, ref.ID)
		} else {
			csvKeep(&f.providerID, ref.ID)
		}
	}
	for i := range v.SupplementalAmounts {
		if a := &v.SupplementalAmounts[i]; a.Qualifier == "B6" {
			csvKeepNumber(&f.allowed, a.Amount)
		}
	}
	r.remarks = r.remarks[:0]
	for i := range v.RemarkCodes {
		if v.RemarkCodes[i].Qualifier == "HE" {
			r.remarks = append(r.remarks, v.RemarkCodes[i].Code)
		}
	}
	r.loadDates()
	csvAddUp(&f.adjusted, v.Adjustments)
}

// loadDates takes the dates of the line, or those of the claim when the line has none. A claim with DTM*232 alone is one
// of a single day.
func (r *csvLine) loadDates() {
	f := &r.found
	for i := range r.v.ServiceDates {
		switch d := &r.v.ServiceDates[i]; d.Qualifier {
		case "472":
			if f.from.IsZero() && f.to.IsZero() {
				f.from, f.to = d.Date, d.Date
			}
		case "150":
			if f.from.IsZero() {
				f.from = d.Date
			}
		case "151":
			if f.to.IsZero() {
				f.to = d.Date
			}
		}
	}
	if !f.from.IsZero() || !f.to.IsZero() {
		f.source = "service"
		return
	}
	f.from, f.to = r.claim.found.from, r.claim.found.to
	if f.to.IsZero() {
		f.to = f.from
	}
	if !f.to.IsZero() {
		f.source = "claim"
	}
}

// revenueCode returns the revenue code of a line.
func (r *csvLine) revenueCode() string {
	if r.v.RevenueCode == "" && r.v.Procedure.Qualifier == "NU" {
		return r.v.Procedure.Code
	}
	return r.v.RevenueCode
}

// drugCode returns the national drug code of a line.
func (r *csvLine) drugCode() string {
	switch {
	case r.v.Procedure.Qualifier == "N4":
		return r.v.Procedure.Code
	case r.v.SubmittedProcedure.Qualifier == "N4":
		return r.v.SubmittedProcedure.Code
	}
	return ""
}

// csvLineFields are the columns that services and flat have in common, service_ in front of some in flat.
var csvLineFields = []csvtable.Field[csvLine]{
	csvtable.Col("line_item_control_number", "REF*6R", "Number the provider gave the line", func(b []byte, r *csvLine) []byte { return r.Text(b, r.v.LineControlNumber) }),
	csvtable.Col("procedure_qualifier", "SVC01-1", "Kind of procedure_code", func(b []byte, r *csvLine) []byte { return r.Text(b, r.v.Procedure.Qualifier) }),
	csvtable.Col("procedure_code", "SVC01-2", "Procedure as adjudicated", func(b []byte, r *csvLine) []byte { return r.Text(b, r.v.Procedure.Code) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "modifier_1", Element: "SVC01-3", Meaning: "Modifier 1"},
		{Name: "modifier_2", Element: "SVC01-4", Meaning: "Modifier 2"},
		{Name: "modifier_3", Element: "SVC01-5", Meaning: "Modifier 3"},
		{Name: "modifier_4", Element: "SVC01-6", Meaning: "Modifier 4"},
	}, func(b []byte, r *csvLine) []byte { return r.ListCols(b, r.v.Procedure.Modifiers, 4) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "procedure_description", Element: "SVC06-7", Meaning: "Description of the procedure"},
		{Name: "revenue_code", Element: "SVC04, SVC01-2", Meaning: "Revenue code: SVC04, else SVC01-2 with SVC01-1 NU"},
		{Name: "ndc_code", Element: "SVC01-2, SVC06-2", Meaning: "National drug code: SVC01-2 with SVC01-1 N4, else SVC06-2 with SVC06-1 N4"},
	}, func(b []byte, r *csvLine) []byte {
		return r.Col(r.Col(r.Col(b, r.v.SubmittedProcedure.Description), r.revenueCode()), r.drugCode())
	}),
	csvtable.Col("charge_amount", "SVC02", "Charge of the line", func(b []byte, r *csvLine) []byte { return csvtable.Plain(b, r.v.Charge) }),
	csvtable.Col("paid_amount", "SVC03", "Payment of the line", func(b []byte, r *csvLine) []byte { return csvtable.Plain(b, r.v.Paid) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "paid_units", Element: "SVC05", Meaning: "Units paid; empty is 1"},
		{Name: "submitted_units", Element: "SVC07", Meaning: "Units submitted, when they differ"},
		{Name: "submitted_procedure_qualifier", Element: "SVC06-1", Meaning: "Kind of submitted_procedure_code"},
		{Name: "submitted_procedure_code", Element: "SVC06-2", Meaning: "Procedure as submitted, when it differs"},
		{Name: "submitted_modifier_1", Element: "SVC06-3", Meaning: "Submitted modifier 1"},
		{Name: "submitted_modifier_2", Element: "SVC06-4", Meaning: "Submitted modifier 2"},
		{Name: "submitted_modifier_3", Element: "SVC06-5", Meaning: "Submitted modifier 3"},
		{Name: "submitted_modifier_4", Element: "SVC06-6", Meaning: "Submitted modifier 4"},
	}, func(b []byte, r *csvLine) []byte {
		p := &r.v.SubmittedProcedure
		b = csvtable.NumCol(csvtable.NumCol(b, r.v.PaidUnits), r.v.OriginalUnits)
		if p.Qualifier == "" && p.Code == "" && len(p.Modifiers) == 0 {
			return append(b, ",,,,,,"...)
		}
		return r.ListCols(r.Col(r.Col(b, p.Qualifier), p.Code), p.Modifiers, 4)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "service_from", Element: "DTM*472, DTM*150", Meaning: "First day of the service; the claim's DTM*232 when the line has no date"},
		{Name: "service_to", Element: "DTM*472, DTM*151", Meaning: "Last day of the service; the claim's DTM*233, else DTM*232, when the line has no date"},
		{Name: "service_date_source", Element: "DTM", Meaning: "Where the dates are from: service or claim"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		b = csvtable.DateCol(csvtable.DateCol(b, f.from), f.to)
		return append(append(b, f.source...), ',')
	}),
	csvtable.Col("allowed_amount", "AMT*B6", "Allowed amount as the payer reports it", func(b []byte, r *csvLine) []byte { return csvtable.Plain(b, r.found.allowed) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "rendering_provider_npi", Element: "REF*HPI", Meaning: "National provider id of the rendering provider, when it differs from the claim's"},
		{Name: "rendering_provider_id", Element: "REF*0B 1A to 1J D3 G2 SY TJ", Meaning: "First other id of the rendering provider"},
		{Name: "authorization_number", Element: "REF*G1, REF*G3", Meaning: "Prior authorization, else predetermination number"},
		{Name: "location_number", Element: "REF*LU", Meaning: "Location number"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		if len(r.v.IDs)+len(r.v.RenderingProviderIDs) == 0 {
			return append(b, ",,,,"...)
		}
		b = r.Col(r.Col(b, f.npi), f.providerID)
		return r.Col(r.Col(b, csvFirst(f.priorAuth, f.predetermination)), f.location)
	}),
	csvtable.Col("healthcare_policy_id", "REF*0K", "Policies the adjudication refers to, a blank between two", func(b []byte, r *csvLine) []byte {
		return r.Words(b, r.v.PolicyIDs, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "adjustment_amount_co", Element: "CAS*CO", Meaning: "Contractual adjustments of the line"},
		{Name: "adjustment_amount_oa", Element: "CAS*OA", Meaning: "Other adjustments of the line"},
		{Name: "adjustment_amount_pi", Element: "CAS*PI", Meaning: "Payer initiated adjustments of the line"},
		{Name: "adjustment_amount_pr", Element: "CAS*PR", Meaning: "Patient responsibility adjustments of the line"},
		{Name: "deductible_amount", Element: "CAS*PR*1", Meaning: "Deductible"},
		{Name: "coinsurance_amount", Element: "CAS*PR*2", Meaning: "Coinsurance"},
		{Name: "copay_amount", Element: "CAS*PR*3", Meaning: "Copayment"},
		{Name: "adjustment_count", Element: "CAS", Meaning: "Number of adjustments of the line"},
	}, func(b []byte, r *csvLine) []byte {
		return r.found.adjusted.LineCols(b)
	}),
	csvtable.Col("remark_codes", "LQ*HE", "Remark codes of the line, a blank between two", func(b []byte, r *csvLine) []byte {
		return r.Words(b, r.remarks, r.scratch)
	}),
	csvtable.Col("balance_difference", "SVC02, CAS, SVC03", "charge_amount - all adjustments of the line - paid_amount; 0.00 when balanced", func(b []byte, r *csvLine) []byte {
		var sum x12.Sum
		sum.Add(r.v.Charge)
		sum.SubSum(&r.found.adjusted.All.Sum)
		sum.Sub(r.v.Paid)
		return csvtable.Sum(b, &sum)
	}),
}

// csvRemarkColumns is how many remark codes flat has columns for.
const csvRemarkColumns = 5

var csvRemarkField = csvtable.Cols([]csvtable.Column{
	{Name: "remark_code_1", Element: "LQ*HE", Meaning: "Remark code 1 of the line"},
	{Name: "remark_code_2", Element: "LQ*HE", Meaning: "Remark code 2 of the line"},
	{Name: "remark_code_3", Element: "LQ*HE", Meaning: "Remark code 3 of the line"},
	{Name: "remark_code_4", Element: "LQ*HE", Meaning: "Remark code 4 of the line"},
	{Name: "remark_code_5", Element: "LQ*HE", Meaning: "Remark code 5 of the line"},
}, func(b []byte, r *csvLine) []byte {
	return r.ListCols(b, r.remarks, csvRemarkColumns)
})

package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
)

// csvLine is what the columns of a service line are written from.
type csvLine struct {
	csvText
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

	adjusted csvAdjusted
	// PR 1, 2 and 3
	deductible, coinsurance, copay csvSum
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
	f.adjusted.add(v.Adjustments)
	for i := range v.Adjustments {
		if v.Adjustments[i].Group != "PR" {
			continue
		}
		for k := range v.Adjustments[i].Entries {
			switch e := &v.Adjustments[i].Entries[k]; e.Reason {
			case "1":
				f.deductible.add(e.Amount)
			case "2":
				f.coinsurance.add(e.Amount)
			case "3":
				f.copay.add(e.Amount)
			}
		}
	}
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

// modifiers appends the four columns of modifiers.
func (r *csvLine) modifiers(b []byte, list []string) []byte {
	n := min(len(list), 4)
	for _, m := range list[:n] {
		b = r.col(b, m)
	}
	return append(b, ",,,,"[n:]...)
}

// csvLineFields are the columns that services and flat have in common, service_ in front of some in flat.
var csvLineFields = []csvField[csvLine]{
	csvCol("line_item_control_number", "REF*6R", "Number the provider gave the line", func(b []byte, r *csvLine) []byte { return r.text(b, r.v.LineControlNumber) }),
	csvCol("procedure_qualifier", "SVC01-1", "Kind of procedure_code", func(b []byte, r *csvLine) []byte { return r.text(b, r.v.Procedure.Qualifier) }),
	csvCol("procedure_code", "SVC01-2", "Procedure as adjudicated", func(b []byte, r *csvLine) []byte { return r.text(b, r.v.Procedure.Code) }),
	csvCols([]Column{
		{Name: "modifier_1", Element: "SVC01-3", Meaning: "Modifier 1"},
		{Name: "modifier_2", Element: "SVC01-4", Meaning: "Modifier 2"},
		{Name: "modifier_3", Element: "SVC01-5", Meaning: "Modifier 3"},
		{Name: "modifier_4", Element: "SVC01-6", Meaning: "Modifier 4"},
	}, func(b []byte, r *csvLine) []byte { return r.modifiers(b, r.v.Procedure.Modifiers) }),
	csvCols([]Column{
		{Name: "procedure_description", Element: "SVC06-7", Meaning: "Description of the procedure"},
		{Name: "revenue_code", Element: "SVC04, SVC01-2", Meaning: "Revenue code: SVC04, else SVC01-2 with SVC01-1 NU"},
		{Name: "ndc_code", Element: "SVC01-2, SVC06-2", Meaning: "National drug code: SVC01-2 with SVC01-1 N4, else SVC06-2 with SVC06-1 N4"},
	}, func(b []byte, r *csvLine) []byte {
		return r.col(r.col(r.col(b, r.v.SubmittedProcedure.Description), r.revenueCode()), r.drugCode())
	}),
	csvCol("charge_amount", "SVC02", "Charge of the line", func(b []byte, r *csvLine) []byte { return csvPlain(b, r.v.Charge) }),
	csvCol("paid_amount", "SVC03", "Payment of the line", func(b []byte, r *csvLine) []byte { return csvPlain(b, r.v.Paid) }),
	csvCols([]Column{
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
		b = csvNum(csvNum(b, r.v.PaidUnits), r.v.OriginalUnits)
		if p.Qualifier == "" && p.Code == "" && len(p.Modifiers) == 0 {
			return append(b, ",,,,,,"...)
		}
		return r.modifiers(r.col(r.col(b, p.Qualifier), p.Code), p.Modifiers)
	}),
	csvCols([]Column{
		{Name: "service_from", Element: "DTM*472, DTM*150", Meaning: "First day of the service; the claim's DTM*232 when the line has no date"},
		{Name: "service_to", Element: "DTM*472, DTM*151", Meaning: "Last day of the service; the claim's DTM*233, else DTM*232, when the line has no date"},
		{Name: "service_date_source", Element: "DTM", Meaning: "Where the dates are from: service or claim"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		b = csvDate(csvDate(b, f.from), f.to)
		return append(append(b, f.source...), ',')
	}),
	csvCol("allowed_amount", "AMT*B6", "Allowed amount as the payer reports it", func(b []byte, r *csvLine) []byte { return csvPlain(b, r.found.allowed) }),
	csvCols([]Column{
		{Name: "rendering_provider_npi", Element: "REF*HPI", Meaning: "National provider id of the rendering provider, when it differs from the claim's"},
		{Name: "rendering_provider_id", Element: "REF*0B 1A to 1J D3 G2 SY TJ", Meaning: "First other id of the rendering provider"},
		{Name: "authorization_number", Element: "REF*G1, REF*G3", Meaning: "Prior authorization, else predetermination number"},
		{Name: "location_number", Element: "REF*LU", Meaning: "Location number"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		if len(r.v.IDs)+len(r.v.RenderingProviderIDs) == 0 {
			return append(b, ",,,,"...)
		}
		b = r.col(r.col(b, f.npi), f.providerID)
		return r.col(r.col(b, csvFirst(f.priorAuth, f.predetermination)), f.location)
	}),
	csvCol("healthcare_policy_id", "REF*0K", "Policies the adjudication refers to, a blank between two", func(b []byte, r *csvLine) []byte {
		return r.words(b, r.v.PolicyIDs, r.scratch)
	}),
	csvCols([]Column{
		{Name: "adjustment_amount_co", Element: "CAS*CO", Meaning: "Contractual adjustments of the line"},
		{Name: "adjustment_amount_oa", Element: "CAS*OA", Meaning: "Other adjustments of the line"},
		{Name: "adjustment_amount_pi", Element: "CAS*PI", Meaning: "Payer initiated adjustments of the line"},
		{Name: "adjustment_amount_pr", Element: "CAS*PR", Meaning: "Patient responsibility adjustments of the line"},
		{Name: "deductible_amount", Element: "CAS*PR*1", Meaning: "Deductible"},
		{Name: "coinsurance_amount", Element: "CAS*PR*2", Meaning: "Coinsurance"},
		{Name: "copay_amount", Element: "CAS*PR*3", Meaning: "Copayment"},
		{Name: "adjustment_count", Element: "CAS", Meaning: "Number of adjustments of the line"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		if f.adjusted.count == 0 {
			return append(b, ",,,,,,,0,"...)
		}
		for g := range f.adjusted.groups {
			b = f.adjusted.groups[g].col(b)
		}
		b = f.copay.col(f.coinsurance.col(f.deductible.col(b)))
		return csvInt(b, int64(f.adjusted.count))
	}),
	csvCol("remark_codes", "LQ*HE", "Remark codes of the line, a blank between two", func(b []byte, r *csvLine) []byte {
		return r.words(b, r.remarks, r.scratch)
	}),
	csvCol("balance_difference", "SVC02, CAS, SVC03", "charge_amount - all adjustments of the line - paid_amount; 0.00 when balanced", func(b []byte, r *csvLine) []byte {
		var sum x12.Sum
		sum.Add(r.v.Charge)
		sum.SubSum(&r.found.adjusted.all.Sum)
		sum.Sub(r.v.Paid)
		return csvTotal(b, &sum)
	}),
}

// csvRemarkColumns is how many remark codes flat has columns for.
const csvRemarkColumns = 5

var csvRemarkField = csvCols([]Column{
	{Name: "remark_code_1", Element: "LQ*HE", Meaning: "Remark code 1 of the line"},
	{Name: "remark_code_2", Element: "LQ*HE", Meaning: "Remark code 2 of the line"},
	{Name: "remark_code_3", Element: "LQ*HE", Meaning: "Remark code 3 of the line"},
	{Name: "remark_code_4", Element: "LQ*HE", Meaning: "Remark code 4 of the line"},
	{Name: "remark_code_5", Element: "LQ*HE", Meaning: "Remark code 5 of the line"},
}, func(b []byte, r *csvLine) []byte {
	n := min(len(r.remarks), csvRemarkColumns)
	for _, code := range r.remarks[:n] {
		b = r.col(b, code)
	}
	return append(b, ",,,,,"[n:]...)
})

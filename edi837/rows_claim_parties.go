package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvClaimProviders are the loops 2310.
var csvClaimProviders = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "referring_provider_name", Element: "NM1*DN", Meaning: "Referring provider: last, first middle suffix"},
		{Name: "referring_provider_npi", Element: "NM1*DN NM109", Meaning: "National provider id of the referring provider"},
		{Name: "primary_care_provider_name", Element: "NM1*P3", Meaning: "Primary care provider; professional and dental"},
		{Name: "primary_care_provider_npi", Element: "NM1*P3 NM109", Meaning: "National provider id of the primary care provider"},
	}, func(b []byte, r *csvClaim) []byte {
		b = r.provider(b, csvReferring(r.v.Referring, false))
		return r.provider(b, csvReferring(r.v.Referring, true))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "rendering_provider_name", Element: "NM1*82", Meaning: "Rendering provider: organization, or last, first middle suffix; empty when it is the billing provider"},
		{Name: "rendering_provider_npi", Element: "NM1*82 NM109", Meaning: "National provider id of the rendering provider"},
		{Name: "rendering_provider_taxonomy", Element: "NM1*82 PRV03", Meaning: "Specialty of the rendering provider; professional and dental"},
		{Name: "attending_provider_name", Element: "NM1*71", Meaning: "Attending provider; institutional"},
		{Name: "attending_provider_npi", Element: "NM1*71 NM109", Meaning: "National provider id of the attending provider"},
		{Name: "attending_provider_taxonomy", Element: "NM1*71 PRV03", Meaning: "Specialty of the attending provider"},
	}, func(b []byte, r *csvClaim) []byte {
		b = r.Col(r.provider(b, r.v.Rendering), csvTaxonomy(r.v.Rendering))
		return r.Col(r.provider(b, r.v.Attending), csvTaxonomy(r.v.Attending))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "operating_provider_name", Element: "NM1*72", Meaning: "Operating physician; institutional"},
		{Name: "operating_provider_npi", Element: "NM1*72 NM109", Meaning: "National provider id of the operating physician"},
		{Name: "other_operating_provider_name", Element: "NM1*ZZ", Meaning: "Other operating physician; institutional"},
		{Name: "other_operating_provider_npi", Element: "NM1*ZZ NM109", Meaning: "National provider id of the other operating physician"},
		{Name: "supervising_provider_name", Element: "NM1*DQ", Meaning: "Supervising provider; professional and dental"},
		{Name: "supervising_provider_npi", Element: "NM1*DQ NM109", Meaning: "National provider id of the supervising provider"},
		{Name: "assistant_surgeon_name", Element: "NM1*DD", Meaning: "Assistant surgeon; dental"},
		{Name: "assistant_surgeon_npi", Element: "NM1*DD NM109", Meaning: "National provider id of the assistant surgeon"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = r.provider(r.provider(b, v.Operating), v.OtherOperating)
		return r.provider(r.provider(b, v.Supervising), v.AssistantSurgeon)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "service_facility_name", Element: "NM1*77 NM103", Meaning: "Where the services were, when not at the billing provider"},
		{Name: "service_facility_npi", Element: "NM1*77 NM109", Meaning: "National provider id of it"},
		{Name: "service_facility_address_1", Element: "NM1*77 N301", Meaning: "Address of it"},
		{Name: "service_facility_city", Element: "NM1*77 N401", Meaning: "City"},
		{Name: "service_facility_state", Element: "NM1*77 N402", Meaning: "State or province"},
		{Name: "service_facility_postal_code", Element: "NM1*77 N403", Meaning: "ZIP or postal code"},
	}, func(b []byte, r *csvClaim) []byte {
		f := r.v.ServiceFacility
		if f == nil {
			return append(b, ",,,,,,"...)
		}
		b = r.Col(r.Col(r.Col(b, f.Name), csvNPI(f.IDQualifier, f.ID)), f.Address.Line1)
		return r.Col(r.Col(r.Col(b, f.CityStateZIP.City), f.CityStateZIP.State), f.CityStateZIP.PostalCode)
	}),
}

// provider appends name and national provider id.
func (r *csvClaim) provider(b []byte, p *ts837.Provider) []byte {
	if p == nil {
		return append(b, ',', ',')
	}
	b = append(r.Name(b, p.Last, p.First, p.Middle, p.Suffix, r.scratch), ',')
	return r.Col(b, csvNPI(p.IDQualifier, p.ID))
}

func csvTaxonomy(p *ts837.Provider) string {
	if p == nil {
		return ""
	}
	return p.Taxonomy
}

// csvReferring returns the first provider with role P3, primary care, or the first with another.
func csvReferring(list []ts837.Provider, care bool) *ts837.Provider {
	for i := range list {
		if (list[i].Role == "P3") == care {
			return &list[i]
		}
	}
	return nil
}

// csvClaimPayers are the loops 2320 with what other payers decided.
var csvClaimPayers = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_paid_amount", Element: "AMT*F5", Meaning: "What the patient has paid; professional and dental"},
		{Name: "patient_estimated_due_amount", Element: "AMT*F3", Meaning: "What the patient is thought to owe; institutional"},
	}, func(b []byte, r *csvClaim) []byte {
		return csvtable.NumCol(csvtable.NumCol(b, r.v.PatientPaid), r.v.PatientDue)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "other_payer_count", Element: "2320", Meaning: "Number of other payers"},
		{Name: "other_payers", Element: "2320 SBR01, 2330B NM109, AMT*D", Meaning: "Other payers as responsibility:id[:paid], a blank between two"},
		{Name: "other_payer_name", Element: "2330B NM103", Meaning: "Name of the first other payer"},
		{Name: "other_payer_id", Element: "2330B NM109", Meaning: "Id of the first other payer"},
		{Name: "other_payer_responsibility", Element: "2320 SBR01", Meaning: "P primary, S secondary, ... of the first other payer"},
		{Name: "other_payer_claim_control_number", Element: "2330B REF*F8", Meaning: "Number the first other payer gave the claim"},
		{Name: "other_payer_paid_date", Element: "2330B DTP*573", Meaning: "Day the first other payer decided the claim"},
		{Name: "other_payer_remark_codes", Element: "MIA05, MIA20 to 23, MOA03 to 07", Meaning: "Remark codes of other payers, a blank between two"},
		{Name: "other_payer_paid_amount", Element: "AMT*D", Meaning: "What all other payers have paid for the claim"},
		{Name: "other_payer_non_covered_amount", Element: "AMT*A8", Meaning: "What they do not cover"},
		{Name: "remaining_patient_liability_amount", Element: "2320 AMT*EAF", Meaning: "What the patient still owes behind them"},
		{Name: "other_payer_service_paid_amount", Element: "SVD02", Meaning: "What they have paid for the lines"},
	}, func(b []byte, r *csvClaim) []byte {
		list := r.v.OtherSubscribers
		f := &r.found
		if len(list) == 0 {
			return f.linesPaid.Col(append(b, "0,,,,,,,,,,,"...))
		}
		b = csvtable.IntCol(b, int64(len(list)))
		start := len(b)
		for i := range list {
			o := &list[i]
			b = append(append(append(csvPacked(b, start), o.Responsibility...), ':'), o.Payer.ID...)
			if o.PayerPaid.Set() {
				b = csvtable.Plain(append(b, ':'), o.PayerPaid)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		o := &list[0]
		b = r.Col(r.Col(r.Col(r.Col(b, o.Payer.Name), o.Payer.ID), o.Responsibility), o.Payer.ClaimControlNumber)
		b = csvtable.DateTextCol(b, o.Payer.RemittanceDate)
		start = len(b)
		for i := range list {
			if m := list[i].InpatientAdjudication; m != nil {
				b = csvWords(csvWord(b, start, m.RemarkCode), start, m.RemarkCodes)
			}
			if m := list[i].OutpatientAdjudication; m != nil {
				b = csvWords(b, start, m.RemarkCodes)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		return f.linesPaid.Col(f.liability.Col(f.nonCovered.Col(f.payerPaid.Col(b))))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "adjustment_amount_co", Element: "CAS*CO", Meaning: "Contractual adjustments of other payers, of the claim and its lines"},
		{Name: "adjustment_amount_oa", Element: "CAS*OA", Meaning: "Other adjustments of other payers"},
		{Name: "adjustment_amount_pi", Element: "CAS*PI", Meaning: "Payer initiated adjustments of other payers"},
		{Name: "adjustment_amount_pr", Element: "CAS*PR", Meaning: "Patient responsibility adjustments of other payers"},
	}, func(b []byte, r *csvClaim) []byte { return r.found.adjusted.GroupCols(b) }),
}

// csvClaimTotals hold the lines against the claim.
var csvClaimTotals = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{{Name: "service_count", Element: "LX", Meaning: "Number of service lines"}},
		func(b []byte, r *csvClaim) []byte { return csvtable.IntCol(b, int64(len(r.v.Lines))) }),
	csvtable.Col("service_charge_total", "SV102, SV203, SV302", "Sum of the charges of the lines", func(b []byte, r *csvClaim) []byte { return csvtable.Sum(b, &r.found.lines) }),
	csvtable.Col("charge_difference", "CLM02, SV1, SV2, SV3", "charge_amount - service_charge_total; 0.00 when they agree", func(b []byte, r *csvClaim) []byte {
		var sum x12.Sum
		sum.Add(r.v.Charge)
		sum.SubSum(&r.found.lines)
		return csvtable.Sum(b, &sum)
	}),
}

package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvClaim is what the claim columns are written from.
type csvClaim struct {
	csvtable.Quoter
	scratch *[]byte
	v       *ts835.ClaimPayment
	remarks []string // codes of MIA and MOA
	found   csvClaimFound
}

// csvClaimFound is what was looked up and summed up for one claim.
type csvClaimFound struct {
	groupNumber, recordNumber, originalNumber, priorAuth, predetermination string

	from, to                                                   x12.Date
	coverage, interest, discount, patientPaid, coveredQuantity x12.Number

	own   csvtable.Adjusted // claim level
	total csvtable.Adjusted // claim and lines
}

// load looks up what stands in lists. The first of several with one qualifier counts.
func (r *csvClaim) load(v *ts835.ClaimPayment) {
	r.v = v
	r.found = csvClaimFound{}
	f := &r.found
	for i := range v.OtherIDs {
		switch ref := &v.OtherIDs[i]; ref.Qualifier {
		case "1L":
			csvKeep(&f.groupNumber, ref.ID)
		case "EA":
			csvKeep(&f.recordNumber, ref.ID)
		case "F8":
			csvKeep(&f.originalNumber, ref.ID)
		case "G1":
			csvKeep(&f.priorAuth, ref.ID)
		case "G3":
			csvKeep(&f.predetermination, ref.ID)
		}
	}
	for i := range v.StatementDates {
		switch d := &v.StatementDates[i]; {
		case d.Qualifier == "232" && f.from.IsZero():
			f.from = d.Date
		case d.Qualifier == "233" && f.to.IsZero():
			f.to = d.Date
		}
	}
	for i := range v.SupplementalAmounts {
		switch a := &v.SupplementalAmounts[i]; a.Qualifier {
		case "AU":
			csvKeepNumber(&f.coverage, a.Amount)
		case "I":
			csvKeepNumber(&f.interest, a.Amount)
		case "D8":
			csvKeepNumber(&f.discount, a.Amount)
		case "F5":
			csvKeepNumber(&f.patientPaid, a.Amount)
		}
	}
	for i := range v.SupplementalQuantities {
		if q := &v.SupplementalQuantities[i]; q.Qualifier == "CA" {
			csvKeepNumber(&f.coveredQuantity, q.Quantity)
		}
	}
	r.loadRemarks()
	csvAddUp(&f.own, v.Adjustments)
	f.total.Merge(&f.own)
}

func csvKeep(to *string, s string) {
	if *to == "" {
		*to = s
	}
}

func csvKeepNumber(to *x12.Number, n x12.Number) {
	if !to.Set() {
		*to = n
	}
}

// loadRemarks collects the claim payment remark codes.
func (r *csvClaim) loadRemarks() {
	list := r.remarks[:0]
	if m := r.v.InpatientAdjudication; m != nil {
		list = append(append(list, m.RemarkCode), m.RemarkCodes...)
	}
	if m := r.v.OutpatientAdjudication; m != nil {
		list = append(list, m.RemarkCodes...)
	}
	r.remarks = list
}

// name appends last, first middle suffix, or the name of an organization.
func (r *csvClaim) name(b []byte, e *ts835.EntityName) []byte {
	if e == nil {
		return b
	}
	return r.Name(b, e.LastOrOrganization, e.First, e.Middle, e.Suffix, r.scratch)
}

// csvClaimFields are the columns that claims and flat have in common, claim_ in front of some in flat.
var csvClaimFields = []csvtable.Field[csvClaim]{
	csvtable.Col("patient_control_number", "CLP01", "Account number the provider gave the claim", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.PatientControlNumber) }),
	csvtable.Col("claim_status_code", "CLP02", "How the claim was processed", func(b []byte, r *csvClaim) []byte { return r.Text(b, string(r.v.Status)) }),
	csvtable.Col("is_reversal", "CLP02", "1 for a reversal of an earlier payment (CLP02 22), else 0", func(b []byte, r *csvClaim) []byte { return csvtable.Flag(b, r.v.Status == "22") }),
	csvtable.Col("charge_amount", "CLP03", "Total charge of the claim", func(b []byte, r *csvClaim) []byte { return csvtable.Plain(b, r.v.Charge) }),
	csvtable.Col("paid_amount", "CLP04", "Payment of the claim", func(b []byte, r *csvClaim) []byte { return csvtable.Plain(b, r.v.Paid) }),
	csvtable.Col("patient_responsibility_amount", "CLP05", "What the patient owes", func(b []byte, r *csvClaim) []byte { return csvtable.Plain(b, r.v.PatientResponsibility) }),
	csvtable.Col("claim_filing_indicator", "CLP06", "Kind of insurance", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.FilingIndicator) }),
	csvtable.Col("payer_claim_control_number", "CLP07", "Number the payer gave the claim", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.PayerControlNumber) }),
	csvtable.Col("facility_type_code", "CLP08", "Facility type or place of service", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.FacilityType) }),
	csvtable.Col("claim_frequency_code", "CLP09", "Frequency of the claim: original, replacement, ...", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.Frequency) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "drg_code", Element: "CLP11", Meaning: "Diagnosis related group"},
		{Name: "drg_weight", Element: "CLP12", Meaning: "Weight of the diagnosis related group"},
		{Name: "discharge_fraction", Element: "CLP13", Meaning: "Discharge fraction"},
	}, func(b []byte, r *csvClaim) []byte {
		return csvtable.NumCol(csvtable.NumCol(r.Col(b, r.v.DRG), r.v.DRGWeight), r.v.DischargeFraction)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_last_name", Element: "NM1*QC NM103", Meaning: "Last name of the patient"},
		{Name: "patient_first_name", Element: "NM1*QC NM104", Meaning: "First name of the patient"},
		{Name: "patient_middle_name", Element: "NM1*QC NM105", Meaning: "Middle name or initial of the patient"},
		{Name: "patient_id", Element: "NM1*QC NM109", Meaning: "Id of the patient"},
		{Name: "patient_id_qualifier", Element: "NM1*QC NM108", Meaning: "Kind of patient_id"},
	}, func(b []byte, r *csvClaim) []byte {
		p := &r.v.Patient
		b = r.Col(r.Col(r.Col(b, p.Last), p.First), p.Middle)
		return r.Col(r.Col(b, p.ID), p.IDQualifier)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_last_name", Element: "NM1*IL NM103", Meaning: "Last name of the subscriber, when not the patient"},
		{Name: "subscriber_first_name", Element: "NM1*IL NM104", Meaning: "First name of the subscriber"},
		{Name: "subscriber_id", Element: "NM1*IL NM109", Meaning: "Id of the subscriber"},
	}, func(b []byte, r *csvClaim) []byte { return r.entity(b, r.v.Insured) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "corrected_last_name", Element: "NM1*74 NM103", Meaning: "Last name as the payer has it"},
		{Name: "corrected_first_name", Element: "NM1*74 NM104", Meaning: "First name as the payer has it"},
		{Name: "corrected_id", Element: "NM1*74 NM109", Meaning: "Id as the payer has it"},
	}, func(b []byte, r *csvClaim) []byte { return r.entity(b, r.v.CorrectedInsured) }),
	csvtable.Col("rendering_provider_name", "NM1*82 NM103 to NM107", "Rendering provider: organization, or last, first middle suffix",
		func(b []byte, r *csvClaim) []byte { return r.name(b, r.v.ServiceProvider) }),
	csvtable.Col("rendering_provider_npi", "NM1*82 NM109", "National provider id of the rendering provider, with NM108 XX", func(b []byte, r *csvClaim) []byte {
		if p := r.v.ServiceProvider; p != nil && p.IDQualifier == "XX" {
			return r.Text(b, p.ID)
		}
		return b
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "crossover_payer_name", Element: "NM1*TT NM103", Meaning: "Payer the claim was forwarded to"},
		{Name: "crossover_payer_id", Element: "NM1*TT NM109", Meaning: "Id of that payer"},
	}, func(b []byte, r *csvClaim) []byte { return r.organization(b, r.v.CrossoverCarrier) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "corrected_priority_payer_name", Element: "NM1*PR NM103", Meaning: "Payer that should have been asked first"},
		{Name: "corrected_priority_payer_id", Element: "NM1*PR NM109", Meaning: "Id of that payer"},
	}, func(b []byte, r *csvClaim) []byte { return r.organization(b, r.v.CorrectedPriorityPayer) }),
	csvtable.Col("other_subscriber_name", "NM1*GB NM103 to NM107", "Subscriber of the corrected priority payer: organization, or last, first middle suffix",
		func(b []byte, r *csvClaim) []byte { return r.name(b, r.v.OtherSubscriber) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "group_number", Element: "REF*1L", Meaning: "Group or policy number"},
		{Name: "medical_record_number", Element: "REF*EA", Meaning: "Medical record number"},
		{Name: "original_reference_number", Element: "REF*F8", Meaning: "Payer's number of the claim this one replaces"},
		{Name: "authorization_number", Element: "REF*G1, REF*G3", Meaning: "Prior authorization, else predetermination number"},
	}, func(b []byte, r *csvClaim) []byte {
		f := &r.found
		b = r.Col(r.Col(r.Col(b, f.groupNumber), f.recordNumber), f.originalNumber)
		return r.Col(b, csvFirst(f.priorAuth, f.predetermination))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "statement_from", Element: "DTM*232", Meaning: "First day of the statement period"},
		{Name: "statement_to", Element: "DTM*233", Meaning: "Last day of the statement period"},
		{Name: "received_date", Element: "DTM*050", Meaning: "Day the payer received the claim"},
		{Name: "coverage_expiration_date", Element: "DTM*036", Meaning: "Day the coverage ended"},
	}, func(b []byte, r *csvClaim) []byte {
		b = csvtable.DateCol(csvtable.DateCol(b, r.found.from), r.found.to)
		return csvtable.DateCol(csvtable.DateCol(b, r.v.ReceivedDate), r.v.CoverageExpirationDate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "coverage_amount", Element: "AMT*AU", Meaning: "Amount covered"},
		{Name: "interest_amount", Element: "AMT*I", Meaning: "Interest, paid by a provider adjustment"},
		{Name: "discount_amount", Element: "AMT*D8", Meaning: "Prompt pay discount"},
		{Name: "patient_paid_amount", Element: "AMT*F5", Meaning: "What the patient has paid"},
	}, func(b []byte, r *csvClaim) []byte {
		f := &r.found
		return csvtable.NumCol(csvtable.NumCol(csvtable.NumCol(csvtable.NumCol(b, f.coverage), f.interest), f.discount), f.patientPaid)
	}),
	csvtable.Col("covered_days", "MIA01, QTY*CA", "Covered days or visits", func(b []byte, r *csvClaim) []byte {
		if m := r.v.InpatientAdjudication; m != nil && m.CoveredDays.Set() {
			return csvtable.Plain(b, m.CoveredDays)
		}
		return csvtable.Plain(b, r.found.coveredQuantity)
	}),
	csvtable.Col("claim_remark_codes", "MIA05, MIA20 to 23, MOA03 to 07", "Remark codes of the claim, a blank between two", func(b []byte, r *csvClaim) []byte {
		return r.Words(b, r.remarks, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "adjustment_amount_co", Element: "CAS*CO", Meaning: "Contractual adjustments of the claim and its lines"},
		{Name: "adjustment_amount_oa", Element: "CAS*OA", Meaning: "Other adjustments of the claim and its lines"},
		{Name: "adjustment_amount_pi", Element: "CAS*PI", Meaning: "Payer initiated adjustments of the claim and its lines"},
		{Name: "adjustment_amount_pr", Element: "CAS*PR", Meaning: "Patient responsibility adjustments of the claim and its lines"},
		{Name: "claim_level_adjustment_amount", Element: "2100 CAS", Meaning: "Adjustments of all groups at claim level"},
		{Name: "service_count", Element: "SVC", Meaning: "Number of service lines"},
	}, func(b []byte, r *csvClaim) []byte {
		b = r.found.total.GroupCols(b)
		return csvtable.IntCol(r.found.own.All.Col(b), int64(len(r.v.Services)))
	}),
	csvtable.Col("balance_difference", "CLP03, CAS, CLP04", "charge_amount - all adjustments of the claim and its lines - paid_amount; 0.00 when balanced", func(b []byte, r *csvClaim) []byte {
		var sum x12.Sum
		sum.Add(r.v.Charge)
		sum.SubSum(&r.found.total.All.Sum)
		sum.Sub(r.v.Paid)
		return csvtable.Sum(b, &sum)
	}),
}

// entity appends last name, first name and id.
func (r *csvClaim) entity(b []byte, e *ts835.EntityName) []byte {
	if e == nil {
		return append(b, ",,,"...)
	}
	return r.Col(r.Col(r.Col(b, e.LastOrOrganization), e.First), e.ID)
}

// organization appends name and id.
func (r *csvClaim) organization(b []byte, o *ts835.OrganizationName) []byte {
	if o == nil {
		return append(b, ',', ',')
	}
	return r.Col(r.Col(b, o.Name), o.ID)
}

package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvClaimCare is what some trades bill with: ambulances, chiropractors, home health, dentists.
var csvClaimCare = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "ambulance_transport_reason", Element: "CR104", Meaning: "Why this transport: A nearest facility, B preferred physician, ...; professional"},
		{Name: "ambulance_miles", Element: "CR106", Meaning: "Distance; professional"},
		{Name: "ambulance_patient_weight", Element: "CR102", Meaning: "Weight of the patient in pounds; professional"},
		{Name: "ambulance_conditions", Element: "CRC*07", Meaning: "Conditions as applies:code[:code...], a blank between two; professional"},
		{Name: "ambulance_pick_up_city", Element: "2310E N401", Meaning: "Where the transport began; professional"},
		{Name: "ambulance_pick_up_postal_code", Element: "2310E N403", Meaning: "ZIP code of it"},
		{Name: "ambulance_drop_off_name", Element: "2310F NM103", Meaning: "Where the transport ended; professional"},
		{Name: "ambulance_drop_off_city", Element: "2310F N401", Meaning: "City of it"},
		{Name: "ambulance_drop_off_postal_code", Element: "2310F N403", Meaning: "ZIP code of it"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		if v.Ambulance == nil && v.AmbulanceCertifications == nil && v.AmbulancePickUp == nil && v.AmbulanceDropOff == nil {
			return append(b, ",,,,,,,,,"...)
		}
		b = csvTransportCols(b, r.Quoter, v.Ambulance)
		start := len(b)
		for i := range v.AmbulanceCertifications {
			c := &v.AmbulanceCertifications[i]
			b = csvCondition(csvPacked(b, start), "", c.Applies, c.Conditions)
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		_, city, zip := csvLocation(v.AmbulancePickUp)
		b = r.Col(r.Col(b, city), zip)
		name, city, zip := csvLocation(v.AmbulanceDropOff)
		return r.Col(r.Col(r.Col(b, name), city), zip)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "spinal_condition", Element: "CR208", Meaning: "Condition spinal manipulation was for: A acute, C chronic, ...; professional"},
		{Name: "homebound", Element: "CRC*75", Meaning: "IH when the patient is confined to the home; professional"},
		{Name: "epsdt_referral", Element: "CRC*ZZ", Meaning: "Referral from a screening of children as applies:code[:code...]; professional and institutional"},
		{Name: "vision_conditions", Element: "CRC*E1 E2 E3", Meaning: "Lenses and frames as category:applies:code[:code...], a blank between two; professional"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		if v.SpinalManipulation != nil {
			b = r.Text(b, v.SpinalManipulation.Condition)
		}
		b = r.Col(append(b, ','), v.Homebound)
		start := len(b)
		if e := v.EPSDTReferral; e != nil {
			b = r.Settle(csvCondition(b, "", e.Applies, e.Conditions), start, r.scratch)
		}
		b = append(b, ',')
		start = len(b)
		for i := range v.VisionConditions {
			c := &v.VisionConditions[i]
			b = csvCondition(csvPacked(b, start), c.Category, c.Applies, c.Conditions)
		}
		return append(r.Settle(b, start, r.scratch), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "orthodontic_months", Element: "DN101", Meaning: "Months of orthodontic treatment; dental"},
		{Name: "orthodontic_months_remaining", Element: "DN102", Meaning: "Months that remain; dental"},
		{Name: "orthodontic_indicator", Element: "DN104", Meaning: "Y when the services are orthodontic; dental"},
		{Name: "tooth_statuses", Element: "DN2", Meaning: "Teeth as tooth:status, E to be extracted or M missing, a blank between two; dental"},
	}, func(b []byte, r *csvClaim) []byte {
		if o := r.v.Orthodontics; o == nil {
			b = append(b, ",,,"...)
		} else {
			b = r.Col(csvtable.NumCol(csvtable.NumCol(b, o.TotalMonths), o.RemainingMonths), o.Indicator)
		}
		start := len(b)
		for i := range r.v.ToothStatuses {
			b = csvJoined(csvPacked(b, start), r.v.ToothStatuses[i].Tooth, r.v.ToothStatuses[i].Status)
		}
		return append(r.Settle(b, start, r.scratch), ',')
	}),
}

// csvTransportCols appends the reason, the miles and the weight of an ambulance transport.
func csvTransportCols(b []byte, q csvtable.Quoter, a *ts837.AmbulanceTransport) []byte {
	if a == nil {
		return append(b, ",,,"...)
	}
	return csvtable.NumCol(csvtable.NumCol(q.Col(b, a.Reason), a.Distance), a.Weight)
}

// csvLocation returns name, city and postal code of a place of an ambulance transport.
func csvLocation(l *ts837.AmbulanceLocation) (name, city, zip string) {
	if l == nil {
		return "", "", ""
	}
	if c := l.CityStateZIP; c != nil {
		city, zip = c.City, c.PostalCode
	}
	return l.Name, city, zip
}

// csvCondition appends a CRC.
func csvCondition(b []byte, category, applies string, codes []string) []byte {
	if category != "" {
		b = append(append(b, category...), ':')
	}
	b = append(b, applies...)
	for _, c := range codes {
		if c != "" {
			b = append(append(b, ':'), c...)
		}
	}
	return b
}

// csvClaimHealth are the HI and HCP.
var csvClaimHealth = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "principal_diagnosis", Element: "HI*ABK, HI*BK", Meaning: "Principal diagnosis"},
		{Name: "principal_diagnosis_poa", Element: "HI01-9", Meaning: "Whether it was present on admission; institutional"},
		{Name: "diagnosis_code_system", Element: "HI01-1", Meaning: "Code system of the principal diagnosis: ICD-10-CM, ICD-9-CM or SNODENT"},
	}, func(b []byte, r *csvClaim) []byte {
		if len(r.codes) == 0 || r.codes[0].role != csvPrincipal {
			return append(b, ",,,"...)
		}
		c := &r.codes[0]
		return append(append(r.Col(r.Col(b, c.code), c.onAdmission), c.system()...), ',')
	}),
	csvtable.Col("admitting_diagnosis", "HI*ABJ, HI*BJ", "Admitting diagnosis; institutional", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.AdmittingDiagnosis.Code) }),
	csvtable.Col("diagnosis_codes", "HI*ABK ABF BK BF", "Principal and other diagnoses in the order of the diagnosis pointers, a blank between two", func(b []byte, r *csvClaim) []byte {
		return r.roles(b, csvPrincipal, csvOther)
	}),
	csvtable.Cols([]csvtable.Column{{Name: "diagnosis_count", Element: "HI*ABK ABF BK BF", Meaning: "Number of principal and other diagnoses"}},
		func(b []byte, r *csvClaim) []byte {
			n := 0
			for i := range r.codes {
				if c := &r.codes[i]; c.there() && (c.role == csvPrincipal || c.role == csvOther) {
					n++
				}
			}
			return csvtable.IntCol(b, int64(n))
		}),
	csvtable.Cols([]csvtable.Column{
		{Name: "reason_for_visit_codes", Element: "HI*APR, HI*PR", Meaning: "The patient's reasons for the visit, a blank between two; institutional"},
		{Name: "external_cause_codes", Element: "HI*ABN, HI*BN", Meaning: "External causes of injury, a blank between two; institutional"},
		{Name: "principal_procedure", Element: "HI*BBR, HI*BR, HI*BP", Meaning: "Principal procedure; of a professional claim the surgery anesthesia was given for"},
		{Name: "principal_procedure_date", Element: "HI01-4", Meaning: "Day of the principal procedure; institutional"},
		{Name: "other_procedures", Element: "HI*BBQ, HI*BQ, HI*BO", Meaning: "Other procedures, a blank between two"},
	}, func(b []byte, r *csvClaim) []byte {
		b = append(r.roles(b, csvReason, csvReason), ',')
		b = append(r.roles(b, csvExternal, csvExternal), ',')
		b = append(r.roles(b, csvPrincipalProcedure, csvPrincipalProcedure), ',')
		b = csvtable.DateTextCol(b, r.v.PrincipalProcedure.Date)
		return append(r.roles(b, csvOtherProcedure, csvOtherProcedure), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "drg_code", Element: "HI*DR", Meaning: "Diagnosis related group; institutional"},
		{Name: "condition_codes", Element: "HI*BG", Meaning: "Condition codes, a blank between two; professional and institutional"},
		{Name: "occurrence_codes", Element: "HI*BH", Meaning: "Occurrences as code:date, a blank between two; institutional"},
		{Name: "occurrence_span_codes", Element: "HI*BI", Meaning: "Occurrence spans as code:first day:last day, a blank between two; institutional"},
		{Name: "value_codes", Element: "HI*BE", Meaning: "Values as code:amount, a blank between two; institutional"},
		{Name: "treatment_codes", Element: "HI*TC", Meaning: "Treatment codes, a blank between two; institutional"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = r.Col(b, v.DRG.Code)
		start := len(b)
		for i := range v.Conditions {
			for k := range v.Conditions[i].Codes {
				b = append(csvPacked(b, start), v.Conditions[i].Codes[k].Code...)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for i := range v.Occurrences {
			for k := range v.Occurrences[i].Codes {
				o := &v.Occurrences[i].Codes[k]
				day, _ := csvDays(o.Date)
				b = csvISO(append(append(csvPacked(b, start), o.Code...), ':'), day)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for i := range v.OccurrenceSpans {
			for k := range v.OccurrenceSpans[i].Codes {
				o := &v.OccurrenceSpans[i].Codes[k]
				first, last := csvDays(o.Dates)
				b = csvISO(append(append(csvPacked(b, start), o.Code...), ':'), first)
				b = csvISO(append(b, ':'), last)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for i := range v.Values {
			for k := range v.Values[i].Codes {
				o := &v.Values[i].Codes[k]
				b = csvtable.Plain(append(append(csvPacked(b, start), o.Code...), ':'), o.Amount)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for i := range v.Treatments {
			for k := range v.Treatments[i].Codes {
				b = append(csvPacked(b, start), v.Treatments[i].Codes[k].Code...)
			}
		}
		return append(r.Settle(b, start, r.scratch), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "pricing_methodology", Element: "HCP01", Meaning: "How the claim was repriced"},
		{Name: "repriced_allowed_amount", Element: "HCP02", Meaning: "Allowed amount of the repricer"},
		{Name: "repriced_saving_amount", Element: "HCP03", Meaning: "Saving of the repricer"},
		{Name: "repricing_organization_id", Element: "HCP04", Meaning: "Id of the repricer"},
		{Name: "repriced_rate", Element: "HCP05", Meaning: "Per diem or flat rate"},
		{Name: "repriced_group_code", Element: "HCP06", Meaning: "Approved DRG or ambulatory patient group"},
		{Name: "repriced_group_amount", Element: "HCP07", Meaning: "Amount approved for it; professional and institutional"},
		{Name: "repricing_reject_reason", Element: "HCP13", Meaning: "Why the repricer rejected the claim"},
		{Name: "repricing_policy_compliance", Element: "HCP14", Meaning: "How far the rules of the policy were kept"},
		{Name: "repricing_exception", Element: "HCP15", Meaning: "Why services from outside the network count"},
	}, func(b []byte, r *csvClaim) []byte {
		p := r.v.Pricing
		if p == nil {
			return append(b, ",,,,,,,,,,"...)
		}
		b = csvtable.NumCol(csvtable.NumCol(r.Col(b, p.Methodology), p.Allowed), p.Savings)
		b = r.Col(csvtable.NumCol(r.Col(b, p.OrganizationID), p.Rate), p.ApprovedGroup)
		b = csvtable.NumCol(b, p.ApprovedGroupAmount)
		return r.Col(r.Col(r.Col(b, p.RejectReason), p.PolicyCompliance), p.Exception)
	}),
}

// roles appends the codes of one or two roles, a blank between two.
func (r *csvClaim) roles(b []byte, one, two csvRole) []byte {
	start := len(b)
	for i := range r.codes {
		if c := &r.codes[i]; c.code != "" && (c.role == one || c.role == two) {
			b = append(csvPacked(b, start), c.code...)
		}
	}
	return r.Settle(b, start, r.scratch)
}

// csvISO appends a date inside a cell.
func csvISO(b []byte, d x12.Date) []byte {
	b = csvtable.DateCol(b, d)
	return b[:len(b)-1]
}

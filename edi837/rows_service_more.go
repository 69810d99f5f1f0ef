package edi837

import (
	"github.com/x12-go/edi/internal/csvtable"
)

// csvLineEquipment is medical equipment, tests, therapy and ambulance.
var csvLineEquipment = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "equipment_rental_price", Element: "SV504", Meaning: "Rental price of the equipment; professional"},
		{Name: "equipment_purchase_price", Element: "SV505", Meaning: "Purchase price of the equipment; professional"},
		{Name: "equipment_rental_unit", Element: "SV506", Meaning: "1 weekly, 4 monthly, 6 daily; professional"},
		{Name: "equipment_days_needed", Element: "SV503", Meaning: "Days the equipment is needed; professional"},
		{Name: "equipment_certification_type", Element: "CR301", Meaning: "I initial, R renewal, S revised; professional"},
		{Name: "equipment_months", Element: "CR303", Meaning: "Months the equipment is needed; professional"},
		{Name: "equipment_conditions", Element: "CRC*09", Meaning: "Conditions as applies:code[:code]; professional"},
		{Name: "medical_necessity_certificate", Element: "PWK02", Meaning: "How the certificate of medical necessity comes; professional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		if d := v.DurableMedicalEquipment; d == nil {
			b = append(b, ",,,,"...)
		} else {
			b = csvtable.NumCol(csvtable.NumCol(b, d.RentalPrice), d.PurchasePrice)
			b = csvtable.NumCol(r.Col(b, d.RentalUnit), d.LengthOfNecessity)
		}
		if c := v.EquipmentCertification; c == nil {
			b = append(b, ',', ',')
		} else {
			b = csvtable.NumCol(r.Col(b, c.Type), c.Duration)
		}
		if c := v.EquipmentCondition; c != nil {
			start := len(b)
			b = r.Settle(csvCondition(b, "", c.Applies, c.Conditions), start, r.scratch)
		}
		return r.Col(append(b, ','), v.MedicalNecessityCertificate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "prescription_date", Element: "2400 DTP*471", Meaning: "Prescription; professional"},
		{Name: "recertification_date", Element: "DTP*607", Meaning: "Revision of the certificate; professional"},
		{Name: "begin_therapy_date", Element: "DTP*463", Meaning: "First day of therapy; professional"},
		{Name: "last_certification_date", Element: "DTP*461", Meaning: "Last certification; professional"},
		{Name: "last_seen_date", Element: "2400 DTP*304", Meaning: "Last seen by the attending or supervising doctor; professional"},
		{Name: "shipped_date", Element: "DTP*011", Meaning: "Shipping; professional"},
		{Name: "last_xray_date", Element: "2400 DTP*455", Meaning: "Last x-ray; professional"},
		{Name: "initial_treatment_date", Element: "2400 DTP*454", Meaning: "First treatment; professional"},
		{Name: "hemoglobin_test_date", Element: "DTP*738", Meaning: "Latest hemoglobin or hematocrit test; professional"},
		{Name: "creatinine_test_date", Element: "DTP*739", Meaning: "Latest serum creatine test; professional"},
		{Name: "test_results", Element: "MEA", Meaning: "Results as reference:qualifier:value, a blank between two; professional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		b = csvDateCols(b, v.PrescriptionDate, v.RecertificationDate, v.BeginTherapyDate, v.LastCertificationDate,
			v.LastSeenDate, v.ShippedDate, v.LastXRayDate, v.InitialTreatmentDate)
		var hemoglobin, creatinine string
		for i := range v.TestDates {
			switch d := &v.TestDates[i]; {
			case d.Qualifier == "738" && hemoglobin == "":
				hemoglobin = d.Date
			case d.Qualifier == "739" && creatinine == "":
				creatinine = d.Date
			}
		}
		b = csvDateCols(b, hemoglobin, creatinine)
		start := len(b)
		for i := range v.TestResults {
			m := &v.TestResults[i]
			b = csvtable.Plain(append(csvJoined(csvPacked(b, start), m.Reference, m.Qualifier), ':'), m.Value)
		}
		return append(r.Settle(b, start, r.scratch), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "obstetric_units", Element: "QTY*FL", Meaning: "Additional units of obstetric anesthesia; professional"},
		{Name: "ambulance_patient_count", Element: "QTY*PT", Meaning: "Patients in the ambulance; professional"},
		{Name: "ambulance_transport_reason", Element: "2400 CR104", Meaning: "Why this transport; professional"},
		{Name: "ambulance_miles", Element: "2400 CR106", Meaning: "Distance; professional"},
		{Name: "ambulance_patient_weight", Element: "2400 CR102", Meaning: "Weight of the patient in pounds; professional"},
		{Name: "ambulance_pick_up_postal_code", Element: "2420G N403", Meaning: "Where the transport began; professional"},
		{Name: "ambulance_drop_off_postal_code", Element: "2420H N403", Meaning: "Where the transport ended; professional"},
		{Name: "hospice_employee", Element: "CRC*70", Meaning: "Y when by an employee of the hospice, else N; professional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		b = csvtable.NumCol(csvtable.NumCol(b, v.ObstetricUnits), v.AmbulancePatients)
		b = csvTransportCols(b, r.Quoter, v.Ambulance)
		_, _, from := csvLocation(v.AmbulancePickUp)
		_, _, to := csvLocation(v.AmbulanceDropOff)
		return r.Col(r.Col(r.Col(b, from), to), v.HospiceEmployee)
	}),
}

// csvLineTeeth is what only dental lines have.
var csvLineTeeth = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "teeth", Element: "TOO", Meaning: "Teeth as tooth[:surfaces], a blank between two, as in 14:MOD; dental"},
		{Name: "tooth_count", Element: "TOO", Meaning: "Number of teeth; dental"},
		{Name: "oral_cavity", Element: "SV304", Meaning: "Areas of the mouth, a blank between two; dental"},
		{Name: "prosthesis", Element: "SV305", Meaning: "I first placement, R replacement of a prosthesis, crown or inlay; dental"},
		{Name: "prior_placement_date", Element: "DTP*441, DTP*139", Meaning: "When the part that is replaced was placed, known or estimated; dental"},
		{Name: "appliance_placement_date", Element: "2400 DTP*452", Meaning: "Placement of an orthodontic appliance; dental"},
		{Name: "replacement_date", Element: "DTP*446", Meaning: "Replacement of the appliance; dental"},
		{Name: "treatment_start_date", Element: "DTP*196", Meaning: "First day of treatment; dental"},
		{Name: "treatment_completion_date", Element: "DTP*198", Meaning: "Last day of treatment; dental"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		if v.Dental == nil && v.Teeth == nil {
			b = append(b, ",,,,"...)
		} else {
			b = r.mouth(b)
		}
		var prior string
		if v.PriorPlacement != nil {
			prior = v.PriorPlacement.Date
		}
		return csvDateCols(b, prior, v.AppliancePlacementDate, v.ReplacementDate, v.TreatmentStartDate, v.TreatmentCompletionDate)
	}),
}

// mouth appends teeth, their number, areas and prosthesis.
func (r *csvLine) mouth(b []byte) []byte {
	v := r.v
	start := len(b)
	for i := range v.Teeth {
		tooth := &v.Teeth[i]
		b = append(csvPacked(b, start), tooth.Code...)
		for k, s := range tooth.Surfaces.Codes {
			if k == 0 {
				b = append(b, ':')
			}
			b = append(b, s...)
		}
	}
	b = append(r.Settle(b, start, r.scratch), ',')
	b = csvtable.IntCol(b, int64(len(v.Teeth)))
	if v.Dental == nil {
		return append(b, ',', ',')
	}
	b = append(r.Words(b, v.Dental.OralCavity.Areas, r.scratch), ',')
	return r.Col(b, v.Dental.Prosthesis)
}

// csvLineExtras are taxes, contract, pricing, attachments and notes.
var csvLineExtras = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "sales_tax_amount", Element: "AMT*T", Meaning: "Sales tax; professional and dental"},
		{Name: "postage_amount", Element: "AMT*F4", Meaning: "Postage; professional"},
		{Name: "service_tax_amount", Element: "AMT*GT", Meaning: "Service tax; institutional"},
		{Name: "facility_tax_amount", Element: "AMT*N8", Meaning: "Facility tax; institutional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		return csvtable.NumCol(csvtable.NumCol(csvtable.NumCol(csvtable.NumCol(b, v.SalesTax), v.Postage), v.ServiceTax), v.FacilityTax)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "contract_type", Element: "2400 CN101", Meaning: "Kind of contract; professional and dental"},
		{Name: "contract_amount", Element: "2400 CN102", Meaning: "Amount of the contract"},
		{Name: "contract_percentage", Element: "2400 CN103", Meaning: "Allowance or charge percentage of the contract"},
		{Name: "contract_code", Element: "2400 CN104", Meaning: "Code of the contract"},
	}, func(b []byte, r *csvLine) []byte { return csvContractCols(b, r.Quoter, r.v.Contract) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "pricing_methodology", Element: "2400 HCP01", Meaning: "How the line was repriced"},
		{Name: "repriced_allowed_amount", Element: "2400 HCP02", Meaning: "Allowed amount of the repricer"},
		{Name: "repriced_saving_amount", Element: "2400 HCP03", Meaning: "Saving of the repricer"},
		{Name: "repricing_organization_id", Element: "2400 HCP04", Meaning: "Id of the repricer"},
		{Name: "repriced_rate", Element: "2400 HCP05", Meaning: "Per diem or flat rate"},
		{Name: "repriced_group_code", Element: "2400 HCP06", Meaning: "Approved DRG or ambulatory patient group; professional and institutional"},
		{Name: "repriced_group_amount", Element: "2400 HCP07", Meaning: "Amount approved for it; professional and institutional"},
		{Name: "repriced_revenue_code", Element: "2400 HCP08", Meaning: "Approved revenue code; institutional"},
		{Name: "repriced_procedure_code", Element: "2400 HCP10", Meaning: "Approved procedure"},
		{Name: "repriced_units", Element: "2400 HCP12", Meaning: "Approved units"},
		{Name: "repricing_reject_reason", Element: "2400 HCP13", Meaning: "Why the repricer rejected the line"},
		{Name: "repricing_policy_compliance", Element: "2400 HCP14", Meaning: "How far the rules of the policy were kept"},
		{Name: "repricing_exception", Element: "2400 HCP15", Meaning: "Why a service from outside the network counts"},
	}, func(b []byte, r *csvLine) []byte {
		p := r.v.Pricing
		if p == nil {
			return append(b, ",,,,,,,,,,,,,"...)
		}
		b = csvtable.NumCol(csvtable.NumCol(r.Col(b, p.Methodology), p.Allowed), p.Savings)
		b = r.Col(csvtable.NumCol(r.Col(b, p.OrganizationID), p.Rate), p.ApprovedGroup)
		b = r.Col(csvtable.NumCol(b, p.ApprovedGroupAmount), p.ApprovedRevenueCode)
		b = csvtable.NumCol(r.Col(b, p.ApprovedProcedure), p.ApprovedUnits)
		return r.Col(r.Col(r.Col(b, p.RejectReason), p.PolicyCompliance), p.Exception)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "attachments", Element: "2400 PWK", Meaning: "Attachments as type:transmission[:control number], a blank between two; professional and institutional"},
		{Name: "notes", Element: "2400 NTE", Meaning: "Notes as code:text, a bar between two; professional and institutional"},
		{Name: "file_information", Element: "2400 K3", Meaning: "Text required by states and payers, a bar between two; professional and dental"},
		{Name: "forms", Element: "LQ", Meaning: "Forms as qualifier:form, a blank between two; professional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		b = append(csvAttachments(b, r.Quoter, v.Attachments, r.scratch), ',')
		start := len(b)
		if v.Note != nil {
			b = csvNote(b, start, v.Note.Code, v.Note.Text)
		}
		if v.ThirdPartyNote != "" {
			b = csvNote(b, start, "TPO", v.ThirdPartyNote)
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for _, s := range v.FileInformation {
			b = append(csvBar(b, start), s...)
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		start = len(b)
		for i := range v.Forms {
			b = csvJoined(csvPacked(b, start), v.Forms[i].Qualifier, v.Forms[i].Code)
		}
		return append(r.Settle(b, start, r.scratch), ',')
	}),
}

// csvLineDecisions are the loops 2430: what other payers decided.
var csvLineDecisions = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "adjudication_count", Element: "SVD", Meaning: "Number of decisions of other payers"},
		{Name: "other_payer_id", Element: "SVD01", Meaning: "Payer of the first decision"},
		{Name: "other_payer_paid_amount", Element: "SVD02", Meaning: "What other payers have paid for the line"},
		{Name: "other_payer_paid_date", Element: "2430 DTP*573", Meaning: "Day of the first decision"},
		{Name: "remaining_patient_liability_amount", Element: "2430 AMT*EAF", Meaning: "What the patient still owes behind them"},
	}, func(b []byte, r *csvLine) []byte {
		list := r.v.Adjudications
		if len(list) == 0 {
			return append(b, "0,,,,,"...)
		}
		b = r.found.paid.Col(r.Col(csvtable.IntCol(b, int64(len(list))), list[0].PayerID))
		return r.found.liability.Col(csvtable.DateTextCol(b, list[0].RemittanceDate))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "adjustment_amount_co", Element: "2430 CAS*CO", Meaning: "Contractual adjustments of other payers"},
		{Name: "adjustment_amount_oa", Element: "2430 CAS*OA", Meaning: "Other adjustments of other payers"},
		{Name: "adjustment_amount_pi", Element: "2430 CAS*PI", Meaning: "Payer initiated adjustments of other payers"},
		{Name: "adjustment_amount_pr", Element: "2430 CAS*PR", Meaning: "Patient responsibility adjustments of other payers"},
		{Name: "deductible_amount", Element: "2430 CAS*PR*1", Meaning: "Deductible"},
		{Name: "coinsurance_amount", Element: "2430 CAS*PR*2", Meaning: "Coinsurance"},
		{Name: "copay_amount", Element: "2430 CAS*PR*3", Meaning: "Copayment"},
		{Name: "adjustment_count", Element: "2430 CAS", Meaning: "Number of adjustments of other payers"},
	}, func(b []byte, r *csvLine) []byte { return r.found.adjusted.LineCols(b) }),
}

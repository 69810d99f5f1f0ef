package edi837

import (
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvClaim is what the claim columns are written from.
type csvClaim struct {
	csvtable.Quoter
	scratch *[]byte
	v       *ts837.Claim
	kind    Kind
	codes   []csvCode
	found   csvClaimFound
}

// csvClaimFound is what was looked up and summed up for one claim.
type csvClaimFound struct {
	// Of the statement (institutional) or the service date (dental); zero when the claim has none.
	from, to x12.Date
	source   string

	lines                                       x12.Sum
	payerPaid, nonCovered, liability, linesPaid csvtable.Total
	adjusted                                    csvtable.Adjusted
}

// load looks up what the rows of the claim have in common.
func (r *csvClaim) load(v *ts837.Claim, kind Kind) {
	r.v, r.kind = v, kind
	r.found = csvClaimFound{}
	r.codes = csvCodes(r.codes[:0], v, kind != Institutional)
	f := &r.found
	if first, last := csvDays(v.StatementDates); !first.IsZero() {
		f.from, f.to, f.source = first, last, "statement"
	} else if first, last := csvDaysOf(v.ServiceDate); !first.IsZero() {
		f.from, f.to, f.source = first, last, "claim"
	}
}

// addUp sums up lines and other payers.
func (r *csvClaim) addUp() {
	f := &r.found
	search := f.source == ""
	for i := range r.v.Lines {
		l := &r.v.Lines[i]
		f.lines.Add(csvCharge(l))
		for k := range l.Adjudications {
			a := &l.Adjudications[k]
			f.linesPaid.Add(a.Paid)
			csvAdd(&f.adjusted, a.Adjustments)
		}
		if !search {
			continue
		}
		if first, last := csvDaysOf(l.ServiceDate); !first.IsZero() {
			if f.source == "" || first.Before(f.from) {
				f.from = first
			}
			if last.After(f.to) {
				f.to = last
			}
			f.source = "service"
		}
	}
	for i := range r.v.OtherSubscribers {
		o := &r.v.OtherSubscribers[i]
		f.payerPaid.Add(o.PayerPaid)
		f.nonCovered.Add(o.NonCovered)
		f.liability.Add(o.RemainingLiability)
		csvAdd(&f.adjusted, o.Adjustments)
	}
}

// csvClaimFields are the columns of a claim, part by part.
var csvClaimFields = slices.Concat(csvClaimHead, csvClaimDates, csvClaimReferences, csvClaimCare, csvClaimHealth,
	csvClaimProviders, csvClaimPayers, csvClaimTotals)

// csvClaimHead is CLM and what says what kind of stay or treatment it was.
var csvClaimHead = []csvtable.Field[csvClaim]{
	csvtable.Col("patient_control_number", "CLM01", "Account number the provider gave the claim; CLP01 of its remittance", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.PatientControlNumber) }),
	csvtable.Col("charge_amount", "CLM02", "Total charge of the claim", func(b []byte, r *csvClaim) []byte { return csvtable.Plain(b, r.v.Charge) }),
	csvtable.Col("facility_type_code", "CLM05-1", "Place of service, or the first two digits of an institutional type of bill", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.Facility.Type) }),
	csvtable.Col("claim_frequency_code", "CLM05-3", "1 original, 7 replacement, 8 void, ...", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.v.Facility.Frequency) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "place_of_service", Element: "CLM05-1", Meaning: "Place of service; professional and dental"},
		{Name: "type_of_bill", Element: "CLM05-1, CLM05-3", Meaning: "Type of bill with its leading zero: 0131; institutional"},
	}, func(b []byte, r *csvClaim) []byte {
		f := &r.v.Facility
		if r.kind != Institutional {
			return append(r.Col(b, f.Type), ',')
		}
		b = append(b, ',')
		if f.Type == "" {
			return append(b, ',')
		}
		start := len(b)
		b = append(append(append(b, '0'), f.Type...), f.Frequency...)
		return append(r.Settle(b, start, r.scratch), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "provider_signature", Element: "CLM06", Meaning: "Y when the provider's signature is on file; professional and dental"},
		{Name: "assignment_code", Element: "CLM07", Meaning: "A assigned, B assigned for laboratory services only, C not assigned"},
		{Name: "benefits_assignment", Element: "CLM08", Meaning: "Y when the provider is to be paid, W not applicable, N no"},
		{Name: "release_of_information", Element: "CLM09", Meaning: "Y signed by the patient, I by law not needed"},
		{Name: "patient_signature_source", Element: "CLM10", Meaning: "P signed by the provider for the patient; professional"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = r.Col(r.Col(r.Col(b, v.ProviderSignature), v.Assignment), v.BenefitsAssignment)
		return r.Col(r.Col(b, v.ReleaseOfInformation), v.PatientSignatureSource)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "related_causes", Element: "CLM11-1 to 3", Meaning: "AA auto accident, EM employment, OA other accident, a blank between two; professional and dental"},
		{Name: "accident_state", Element: "CLM11-4, REF*LU", Meaning: "State of an auto accident"},
		{Name: "accident_country", Element: "CLM11-5", Meaning: "Country of an auto accident; professional and dental"},
		{Name: "special_program", Element: "CLM12", Meaning: "Special program the services were for; professional and dental"},
		{Name: "submission_reason", Element: "CLM19", Meaning: "PB predetermination of benefits, nothing is to be paid; dental"},
		{Name: "delay_reason", Element: "CLM20", Meaning: "Why the claim is late"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = append(r.Words(b, v.RelatedCauses.Causes, r.scratch), ',')
		state := v.RelatedCauses.State
		if state == "" {
			state = v.AutoAccidentState
		}
		b = r.Col(r.Col(r.Col(b, state), v.RelatedCauses.Country), v.SpecialProgram)
		return r.Col(r.Col(b, v.SubmissionReason), v.DelayReason)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "admission_type", Element: "CL101", Meaning: "Priority of the admission or visit; institutional"},
		{Name: "admission_source", Element: "CL102", Meaning: "Point of origin; institutional"},
		{Name: "patient_status", Element: "CL103", Meaning: "Where the patient went, or still is; institutional"},
	}, func(b []byte, r *csvClaim) []byte {
		a := r.v.Admission
		if a == nil {
			return append(b, ",,,"...)
		}
		return r.Col(r.Col(r.Col(b, a.Type), a.Source), a.PatientStatus)
	}),
}

// csvClaimDates are the DTP.
var csvClaimDates = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "service_from", Element: "DTP*434, DTP*472", Meaning: "First day of service: of the statement, of the claim, else the earliest of the lines"},
		{Name: "service_to", Element: "DTP*434, DTP*472", Meaning: "Last day of service: of the statement, of the claim, else the latest of the lines"},
		{Name: "service_date_source", Element: "DTP", Meaning: "Where the two are from: statement, claim or service"},
	}, func(b []byte, r *csvClaim) []byte {
		f := &r.found
		return append(append(csvtable.DateCol(csvtable.DateCol(b, f.from), f.to), f.source...), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "admission_date", Element: "DTP*435", Meaning: "Day of admission; professional and institutional"},
		{Name: "admission_time", Element: "DTP*435", Meaning: "Time of admission, HH:MM; institutional"},
		{Name: "discharge_date", Element: "DTP*096", Meaning: "Day of discharge; professional"},
		{Name: "discharge_time", Element: "DTP*096", Meaning: "Time of discharge, HH:MM; institutional"},
	}, func(b []byte, r *csvClaim) []byte {
		if r.v.AdmissionDate == nil && r.v.Discharge == nil {
			return append(b, ",,,,"...)
		}
		in, _ := csvDaysOf(r.v.AdmissionDate)
		out, _ := csvDaysOf(r.v.Discharge)
		b = csvTimeCol(csvtable.DateCol(b, in), csvClock(r.v.AdmissionDate))
		return csvTimeCol(csvtable.DateCol(b, out), csvClock(r.v.Discharge))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "onset_date", Element: "DTP*431", Meaning: "Onset of the illness or symptom; professional"},
		{Name: "initial_treatment_date", Element: "DTP*454", Meaning: "First treatment; professional"},
		{Name: "last_seen_date", Element: "DTP*304", Meaning: "Last seen by the attending or supervising doctor; professional"},
		{Name: "acute_manifestation_date", Element: "DTP*453", Meaning: "Acute manifestation of a chronic condition; professional"},
		{Name: "accident_date", Element: "DTP*439", Meaning: "Accident; professional and dental"},
		{Name: "last_menstrual_period_date", Element: "DTP*484", Meaning: "Last menstrual period; professional"},
		{Name: "last_xray_date", Element: "DTP*455", Meaning: "Last x-ray; professional"},
		{Name: "prescription_date", Element: "DTP*471", Meaning: "Prescription of hearing devices or vision frames and lenses; professional"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		return csvDateCols(b, v.OnsetDate, v.InitialTreatmentDate, v.LastSeenDate, v.AcuteManifestationDate, v.AccidentDate,
			v.LastMenstrualPeriodDate, v.LastXRayDate, v.PrescriptionDate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "disability_from", Element: "DTP*314, DTP*360", Meaning: "First day of disability; professional"},
		{Name: "disability_to", Element: "DTP*314, DTP*361", Meaning: "Last day of disability; professional"},
		{Name: "last_worked_date", Element: "DTP*297", Meaning: "Last day worked; professional"},
		{Name: "return_to_work_date", Element: "DTP*296", Meaning: "Day the patient may work again; professional"},
	}, func(b []byte, r *csvClaim) []byte {
		if d := r.v.DisabilityDates; d == nil {
			b = append(b, ',', ',')
		} else {
			from, to := csvDays(d.Value)
			switch d.Qualifier {
			case "360":
				to = x12.Date{}
			case "361":
				from = x12.Date{}
			}
			b = csvtable.DateCol(csvtable.DateCol(b, from), to)
		}
		return csvDateCols(b, r.v.LastWorkedDate, r.v.ReturnToWorkDate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "assumed_care_date", Element: "DTP*090", Meaning: "Day care was taken over; professional"},
		{Name: "relinquished_care_date", Element: "DTP*091", Meaning: "Day care was given up; professional"},
		{Name: "first_contact_date", Element: "DTP*444", Meaning: "First contact with the property and casualty patient; professional"},
		{Name: "repricer_received_date", Element: "DTP*050", Meaning: "Day the repricer received the claim"},
		{Name: "appliance_placement_date", Element: "DTP*452", Meaning: "Placement of an orthodontic appliance; dental"},
	}, func(b []byte, r *csvClaim) []byte {
		var assumed, given string
		for i := range r.v.CareTransferDates {
			switch d := &r.v.CareTransferDates[i]; {
			case d.Qualifier == "090" && assumed == "":
				assumed = d.Date
			case d.Qualifier == "091" && given == "":
				given = d.Date
			}
		}
		return csvDateCols(b, assumed, given, r.v.FirstContactDate, r.v.RepricerReceivedDate, r.v.AppliancePlacementDate)
	}),
}

// csvClaimReferences are the REF, K3, NTE, PWK and CN1.
var csvClaimReferences = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "prior_authorization_number", Element: "REF*G1", Meaning: "Prior authorization"},
		{Name: "predetermination_number", Element: "REF*G3", Meaning: "Predetermination of benefits; dental"},
		{Name: "referral_number", Element: "REF*9F", Meaning: "Referral"},
		{Name: "original_reference_number", Element: "REF*F8", Meaning: "Payer's number of the claim this one replaces or voids"},
		{Name: "medical_record_number", Element: "REF*EA", Meaning: "Medical record number; professional and institutional"},
		{Name: "clearinghouse_trace_number", Element: "REF*D9", Meaning: "Number a clearinghouse gave the claim"},
		{Name: "repriced_claim_number", Element: "REF*9A", Meaning: "Repricer's number of the claim"},
		{Name: "adjusted_repriced_claim_number", Element: "REF*9C", Meaning: "Repricer's number of the adjusted claim"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = r.Col(r.Col(r.Col(r.Col(b, v.PriorAuthorization), v.Predetermination), v.ReferralNumber), v.OriginalReference)
		return r.Col(r.Col(r.Col(r.Col(b, v.MedicalRecordNumber), v.ClearinghouseTrace), v.RepricedClaim), v.AdjustedRepricedClaim)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "service_authorization_exception", Element: "REF*4N", Meaning: "Why there is no authorization"},
		{Name: "medicare_crossover", Element: "REF*F5", Meaning: "Y when section 4081 applies, else N; professional"},
		{Name: "clia_number", Element: "REF*X4", Meaning: "Laboratory certification (CLIA); professional"},
		{Name: "mammography_certification_number", Element: "REF*EW", Meaning: "Mammography certification; professional"},
		{Name: "investigational_devices", Element: "REF*LX", Meaning: "Investigational device exemptions, a blank between two; professional and institutional"},
		{Name: "demonstration_project", Element: "REF*P4", Meaning: "Demonstration project; professional and institutional"},
		{Name: "peer_review_approval_number", Element: "REF*G4", Meaning: "Approval of a peer review organization; institutional"},
		{Name: "care_plan_oversight_number", Element: "REF*1J", Meaning: "Home health agency or hospice of the care plan; professional"},
	}, func(b []byte, r *csvClaim) []byte {
		v := r.v
		b = r.Col(r.Col(r.Col(r.Col(b, v.ServiceAuthorizationException), v.MedicareCrossover), v.CLIA), v.MammographyCertification)
		b = append(r.Words(b, v.InvestigationalDevices, r.scratch), ',')
		return r.Col(r.Col(r.Col(b, v.DemonstrationProject), v.PeerReviewApproval), v.CarePlanOversight)
	}),
	csvtable.Col("notes", "NTE", "Notes as code:text, a bar between two", func(b []byte, r *csvClaim) []byte {
		start := len(b)
		for i := range r.v.Notes {
			b = csvNote(b, start, r.v.Notes[i].Code, r.v.Notes[i].Text)
		}
		if r.v.BillingNote != "" {
			b = csvNote(b, start, "ADD", r.v.BillingNote)
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Col("file_information", "K3", "Text required by states and payers, a bar between two", func(b []byte, r *csvClaim) []byte {
		start := len(b)
		for _, s := range r.v.FileInformation {
			b = append(csvBar(b, start), s...)
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Col("attachments", "PWK", "Attachments as type:transmission[:control number], a blank between two", func(b []byte, r *csvClaim) []byte {
		return csvAttachments(b, r.Quoter, r.v.Attachments, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "contract_type", Element: "CN101", Meaning: "Kind of contract"},
		{Name: "contract_amount", Element: "CN102", Meaning: "Amount of the contract"},
		{Name: "contract_percentage", Element: "CN103", Meaning: "Allowance or charge percentage of the contract"},
		{Name: "contract_code", Element: "CN104", Meaning: "Code of the contract"},
	}, func(b []byte, r *csvClaim) []byte { return csvContractCols(b, r.Quoter, r.v.Contract) }),
}

// csvBar starts another item of a cell whose items have blanks in them.
func csvBar(b []byte, start int) []byte {
	if len(b) > start {
		return append(b, " | "...)
	}
	return b
}

func csvNote(b []byte, start int, code, text string) []byte {
	return append(append(append(csvBar(b, start), code...), ':'), text...)
}

func csvAttachments(b []byte, q csvtable.Quoter, list []ts837.Attachment, scratch *[]byte) []byte {
	start := len(b)
	for i := range list {
		b = csvJoined(csvPacked(b, start), list[i].Type, list[i].Transmission, list[i].ControlNumber)
	}
	return q.Settle(b, start, scratch)
}

func csvContractCols(b []byte, q csvtable.Quoter, c *ts837.Contract) []byte {
	if c == nil {
		return append(b, ",,,,"...)
	}
	return q.Col(csvtable.NumCol(csvtable.NumCol(q.Col(b, c.Type), c.Amount), c.Percentage), c.Code)
}

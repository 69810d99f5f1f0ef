package edi837

import (
	"reflect"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
)

func mapClaim(m *mapper, d *Claim, w *ts837.Claim) {
	text(m, &d.ControlNumber, &w.PatientControlNumber)
	m.num(&d.Charge, &w.Charge)
	text(m, &d.FacilityType, &w.Facility.Type)
	text(m, &d.Frequency, &w.Facility.Frequency)
	text(m, &d.ProviderSignature, &w.ProviderSignature)
	text(m, &d.Assignment, &w.Assignment)
	text(m, &d.BenefitsAssignment, &w.BenefitsAssignment)
	text(m, &d.ReleaseOfInformation, &w.ReleaseOfInformation)
	m.texts(&d.RelatedCauses, &w.RelatedCauses.Causes)
	if m.kind == Institutional {
		text(m, &d.AutoAccidentState, &w.AutoAccidentState)
	} else {
		text(m, &d.AutoAccidentState, &w.RelatedCauses.State)
	}
	text(m, &d.AutoAccidentCountry, &w.RelatedCauses.Country)
	text(m, &d.SpecialProgram, &w.SpecialProgram)
	text(m, &d.DelayReason, &w.DelayReason)
	m.num(&d.PatientPaid, &w.PatientPaid)
	m.claimDates(&d.Dates, w)
	m.claimReferences(&d.References, w)
	m.diagnoses(&d.Diagnoses, w)
	m.procedures(&d.Procedures, w)
	spread(m, &d.Conditions, &w.Conditions, 12, func(s *ts837.ConditionCodes) *[]ts837.ConditionCode { return &s.Codes },
		func(m *mapper, d *string, w *ts837.ConditionCode) { text(m, d, &w.Code) })
	m.notes(&d.Notes, w)
	list(m, &d.Attachments, &w.Attachments, mapAttachment)
	optional(m, &d.Contract, &w.Contract, mapContract)
	optional(m, &d.Pricing, &w.Pricing, mapClaimPricing)
	m.texts(&d.FileInformation, &w.FileInformation)
	optional(m, &d.EPSDTReferral, &w.EPSDTReferral, func(m *mapper, d *ConditionIndicator, w *ts837.EPSDTReferral) {
		m.condition(d, &w.Applies, &w.Conditions)
	})
	m.claimProviders(&d.Providers, w)
	list(m, &d.OtherPayers, &w.OtherSubscribers, mapOtherPayer)
	m.parts(d, w)
	list(m, &d.Services, &w.Lines, mapService)
}

// parts maps what claims of one kind have; reading, a part without anything is nil, but for that of the kind.
func (m *mapper) parts(d *Claim, w *ts837.Claim) {
	p, i, t := d.Professional, d.Institutional, d.Dental
	if p == nil {
		p = new(ProfessionalPart)
	}
	if i == nil {
		i = new(InstitutionalPart)
	}
	if t == nil {
		t = new(DentalPart)
	}
	m.professional(p, w)
	m.institutional(i, w)
	m.dental(t, w)
	if m.out {
		m.refuse(d.Professional != nil && m.kind != Professional, "Claim.Professional")
		m.refuse(d.Institutional != nil && m.kind != Institutional, "Claim.Institutional")
		m.refuse(d.Dental != nil && m.kind != Dental, "Claim.Dental")
		return
	}
	switch m.kind {
	case Professional:
		d.Professional = p
	case Institutional:
		d.Institutional = i
	case Dental:
		d.Dental = t
	}
}

func (m *mapper) professional(d *ProfessionalPart, w *ts837.Claim) {
	text(m, &d.PatientSignatureSource, &w.PatientSignatureSource)
	m.ambulance(&d.Ambulance, &w.Ambulance, &w.AmbulanceCertifications, &w.AmbulancePickUp, &w.AmbulanceDropOff)
	optional(m, &d.SpinalManipulation, &w.SpinalManipulation, func(m *mapper, d *SpinalManipulation, w *ts837.SpinalManipulation) {
		text(m, &d.Condition, &w.Condition)
		m.texts(&d.Descriptions, &w.Descriptions)
	})
	list(m, &d.Vision, &w.VisionConditions, func(m *mapper, d *VisionCondition, w *ts837.VisionCondition) {
		text(m, &d.Category, &w.Category)
		m.condition(&d.ConditionIndicator, &w.Applies, &w.Conditions)
	})
	text(m, &d.Homebound, &w.Homebound)
}

func (m *mapper) institutional(d *InstitutionalPart, w *ts837.Claim) {
	a := w.Admission
	if a == nil {
		a = new(ts837.Admission)
	} else if m.out {
		a = &ts837.Admission{Type: a.Type, Source: a.Source, PatientStatus: a.PatientStatus}
	}
	text(m, &d.AdmissionType, &a.Type)
	text(m, &d.AdmissionSource, &a.Source)
	text(m, &d.PatientStatus, &a.PatientStatus)
	if m.out && (*a != ts837.Admission{} || w.Admission != nil) {
		w.Admission = a
	}
	m.num(&d.PatientEstimatedDue, &w.PatientDue)
	text(m, &d.DRG, &w.DRG.Code)
	spread(m, &d.Occurrences, &w.Occurrences, 12, func(s *ts837.OccurrenceCodes) *[]ts837.Occurrence { return &s.Codes },
		func(m *mapper, d *Occurrence, w *ts837.Occurrence) {
			text(m, &d.Code, &w.Code)
			m.day(&d.Date, &w.Date)
		})
	spread(m, &d.OccurrenceSpans, &w.OccurrenceSpans, 12, func(s *ts837.OccurrenceSpanCodes) *[]ts837.OccurrenceSpan { return &s.Codes },
		func(m *mapper, d *OccurrenceSpan, w *ts837.OccurrenceSpan) {
			text(m, &d.Code, &w.Code)
			m.days(&d.Span, &w.Dates)
		})
	spread(m, &d.Values, &w.Values, 12, func(s *ts837.ValueCodes) *[]ts837.ValueCode { return &s.Codes },
		func(m *mapper, d *ValueCode, w *ts837.ValueCode) {
			text(m, &d.Code, &w.Code)
			m.num(&d.Amount, &w.Amount)
		})
	spread(m, &d.TreatmentCodes, &w.Treatments, 12, func(s *ts837.TreatmentCodes) *[]ts837.TreatmentCode { return &s.Codes },
		func(m *mapper, d *string, w *ts837.TreatmentCode) { text(m, d, &w.Code) })
}

func (m *mapper) dental(d *DentalPart, w *ts837.Claim) {
	text(m, &d.SubmissionReason, &w.SubmissionReason)
	optional(m, &d.Orthodontics, &w.Orthodontics, func(m *mapper, d *Orthodontics, w *ts837.Orthodontics) {
		m.num(&d.TotalMonths, &w.TotalMonths)
		m.num(&d.RemainingMonths, &w.RemainingMonths)
		text(m, &d.Indicator, &w.Indicator)
	})
	list(m, &d.Teeth, &w.ToothStatuses, func(m *mapper, d *ToothStatus, w *ts837.ToothStatus) {
		text(m, &d.Tooth, &w.Tooth)
		text(m, &d.Status, &w.Status)
	})
}

func (m *mapper) claimDates(d *ClaimDates, w *ts837.Claim) {
	m.days(&d.Statement, &w.StatementDates)
	m.period(&d.Service, &w.ServiceDate)
	m.day(&d.Onset, &w.OnsetDate)
	m.day(&d.InitialTreatment, &w.InitialTreatmentDate)
	m.day(&d.LastSeen, &w.LastSeenDate)
	m.day(&d.AcuteManifestation, &w.AcuteManifestationDate)
	m.day(&d.Accident, &w.AccidentDate)
	m.day(&d.LastMenstrual, &w.LastMenstrualPeriodDate)
	m.day(&d.LastXRay, &w.LastXRayDate)
	m.day(&d.Prescription, &w.PrescriptionDate)
	m.disability(&d.Disability, &w.DisabilityDates)
	m.day(&d.LastWorked, &w.LastWorkedDate)
	m.day(&d.ReturnToWork, &w.ReturnToWorkDate)
	m.moment(&d.Admission, &d.AdmissionTime, &w.AdmissionDate)
	m.moment(&d.Discharge, &d.DischargeTime, &w.Discharge)
	m.qualified(&w.CareTransferDates, qualifiedDay{"090", &d.AssumedCare}, qualifiedDay{"091", &d.RelinquishedCare})
	m.day(&d.FirstContact, &w.FirstContactDate)
	m.day(&d.RepricerReceived, &w.RepricerReceivedDate)
	m.day(&d.AppliancePlacement, &w.AppliancePlacementDate)
}

// disability maps a range whose qualifier says which of its ends are there.
func (m *mapper) disability(d *DateRange, w **ts837.QualifiedPeriod) {
	var was DateRange
	if *w != nil {
		was = rangeOf((*w).Format, (*w).Value)
		if (*w).Qualifier == "361" && was.To.IsZero() {
			was = DateRange{To: was.From}
		}
	}
	switch {
	case !m.out:
		*d = was
	case was.equal(*d):
	case d.IsZero():
		*w = nil
	default:
		p := &ts837.QualifiedPeriod{Qualifier: "314"}
		switch {
		case d.To.IsZero():
			p.Qualifier = "360"
		case d.From.IsZero():
			p.Qualifier = "361"
		}
		r := *d
		if d.From.IsZero() {
			r = Day(d.To)
		}
		p.Format, p.Value = r.wire()
		*w = p
	}
}

// qualifiedDay is a date of the domain with the qualifier that stands for it.
type qualifiedDay struct {
	qualifier string
	day       *x12.Date
}

// qualified maps dates to and from a list of dates with qualifiers. Those of the base keep their order.
func (m *mapper) qualified(w *[]ts837.QualifiedDate, days ...qualifiedDay) {
	if !m.out {
		for i := range *w {
			for _, q := range days {
				if q.qualifier == (*w)[i].Qualifier && q.day.IsZero() {
					m.day(q.day, &(*w)[i].Date)
				}
			}
		}
		return
	}
	base := *w
	*w = nil
	done := make(map[string]bool, len(days))
	for _, b := range base {
		for _, q := range days {
			if q.qualifier != b.Qualifier || done[b.Qualifier] {
				continue
			}
			m.day(q.day, &b.Date)
			if done[b.Qualifier] = true; b.Date != "" {
				*w = append(*w, b)
			}
		}
	}
	for _, q := range days {
		if !done[q.qualifier] && !q.day.IsZero() {
			*w = append(*w, ts837.QualifiedDate{Qualifier: q.qualifier, Date: string(q.day.Long().AppendWire(nil))})
		}
	}
}

func (m *mapper) claimReferences(d *ClaimReferences, w *ts837.Claim) {
	text(m, &d.ServiceAuthorizationException, &w.ServiceAuthorizationException)
	text(m, &d.MedicareCrossover, &w.MedicareCrossover)
	text(m, &d.MammographyCertification, &w.MammographyCertification)
	text(m, &d.Referral, &w.ReferralNumber)
	text(m, &d.PriorAuthorization, &w.PriorAuthorization)
	text(m, &d.PayerClaimControlNumber, &w.OriginalReference)
	text(m, &d.CLIA, &w.CLIA)
	text(m, &d.RepricedClaimNumber, &w.RepricedClaim)
	text(m, &d.AdjustedRepricedClaimNumber, &w.AdjustedRepricedClaim)
	m.texts(&d.InvestigationalDevices, &w.InvestigationalDevices)
	text(m, &d.IntermediaryClaimID, &w.ClearinghouseTrace)
	text(m, &d.MedicalRecordNumber, &w.MedicalRecordNumber)
	text(m, &d.DemonstrationProject, &w.DemonstrationProject)
	text(m, &d.CarePlanOversight, &w.CarePlanOversight)
	text(m, &d.PeerReviewAuthorization, &w.PeerReviewApproval)
	text(m, &d.Predetermination, &w.Predetermination)
}

// notes maps the notes of a claim. An institutional claim has its billing note apart.
func (m *mapper) notes(d *[]Note, w *ts837.Claim) {
	if m.kind != Institutional {
		list(m, d, &w.Notes, mapNote)
		return
	}
	m.apart(d, "ADD", &w.BillingNote, func(d *[]Note) { list(m, d, &w.Notes, mapNote) })
}

// apart maps a list of notes of which one code has a place of its own, which comes last.
func (m *mapper) apart(d *[]Note, code string, own *string, rest func(*[]Note)) {
	if !m.out {
		rest(d)
		if *own != "" {
			*d = append(*d, Note{Code: code, Text: *own})
		}
		return
	}
	*own = ""
	var others []Note
	for _, n := range *d {
		if n.Code == code && *own == "" {
			*own = n.Text
		} else {
			others = append(others, n)
		}
	}
	rest(&others)
}

func mapNote(m *mapper, d *Note, w *ts837.Note) {
	text(m, &d.Code, &w.Code)
	text(m, &d.Text, &w.Text)
}

func mapAttachment(m *mapper, d *Attachment, w *ts837.Attachment) {
	text(m, &d.Type, &w.Type)
	text(m, &d.Transmission, &w.Transmission)
	text(m, &d.ControlNumber, &w.ControlNumber)
	m.implied(w.ControlNumber != "", &w.ControlNumberQualifier, "AC")
}

func mapContract(m *mapper, d *Contract, w *ts837.Contract) {
	text(m, &d.Type, &w.Type)
	m.num(&d.Amount, &w.Amount)
	m.num(&d.Percent, &w.Percentage)
	text(m, &d.Code, &w.Code)
	m.num(&d.TermsDiscount, &w.TermsDiscount)
	text(m, &d.Version, &w.Version)
}

func mapClaimPricing(m *mapper, d *Pricing, w *ts837.ClaimPricing) {
	text(m, &d.Methodology, &w.Methodology)
	m.num(&d.Allowed, &w.Allowed)
	m.num(&d.Savings, &w.Savings)
	text(m, &d.RepricerID, &w.OrganizationID)
	m.num(&d.Rate, &w.Rate)
	text(m, &d.GroupCode, &w.ApprovedGroup)
	m.num(&d.GroupAmount, &w.ApprovedGroupAmount)
	text(m, &d.RevenueCode, &w.ApprovedRevenueCode)
	m.refuse(d.ProcedureQualifier != "" || d.ProcedureCode != "", "Pricing.ProcedureCode outside a line")
	text(m, &d.UnitOfMeasure, &w.ApprovedUnit)
	m.num(&d.Units, &w.ApprovedUnits)
	text(m, &d.RejectReason, &w.RejectReason)
	text(m, &d.PolicyCompliance, &w.PolicyCompliance)
	text(m, &d.Exception, &w.Exception)
}

func (m *mapper) condition(d *ConditionIndicator, applies *string, codes *[]string) {
	text(m, &d.Applies, applies)
	m.texts(&d.Codes, codes)
}

// ambulance maps what the exact structs have in five places.
func (m *mapper) ambulance(
	d **Ambulance, w **ts837.AmbulanceTransport, certifications *[]ts837.AmbulanceCertification, pickUp, dropOff **ts837.AmbulanceLocation,
) {
	a := *d
	if a == nil {
		a = new(Ambulance)
	}
	present(m, a, w, func(m *mapper, d *Ambulance, w *ts837.AmbulanceTransport) {
		m.num(&d.PatientWeight, &w.Weight)
		m.implied(w.Weight.Set(), &w.WeightUnit, "LB")
		text(m, &d.TransportReason, &w.Reason)
		m.num(&d.Distance, &w.Distance)
		text(m, &d.RoundTripPurpose, &w.RoundTripPurpose)
		text(m, &d.StretcherPurpose, &w.StretcherPurpose)
	})
	list(m, &a.Certifications, certifications, func(m *mapper, d *ConditionIndicator, w *ts837.AmbulanceCertification) {
		m.condition(d, &w.Applies, &w.Conditions)
	})
	optional(m, &a.PickUp, pickUp, mapLocation)
	optional(m, &a.DropOff, dropOff, mapLocation)
	if !m.out && !reflect.ValueOf(a).Elem().IsZero() {
		*d = a
	}
}

func mapLocation(m *mapper, d *Location, w *ts837.AmbulanceLocation) {
	text(m, &d.Name, &w.Name)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
}

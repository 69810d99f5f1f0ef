package edi835

import (
	"slices"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/care"
)

// ClaimFromWire returns the claim in loop 2100.
func ClaimFromWire(w *ts835.ClaimPayment) *Claim {
	c := new(Claim)
	mapClaim(new(mapper), c, w)
	return c
}

// ClaimToWire returns loop 2100 for a claim. With base, the loop the claim was read from, what the domain does not carry
// is taken from there; base is not changed. Text of the base that could not be read, such as letters in an amount, is
// written again even when the field has a value by now. An amount that X12 cannot carry is an [*x12.Issue].
func ClaimToWire(c *Claim, base *ts835.ClaimPayment) (*ts835.ClaimPayment, error) {
	w := new(ts835.ClaimPayment)
	if base != nil {
		*w = *base
	}
	m := &mapper{out: true}
	mapClaim(m, c, w)
	return w, m.err
}

func mapClaim(m *mapper, d *Claim, w *ts835.ClaimPayment) {
	text(m, &d.PatientControlNumber, &w.PatientControlNumber)
	text(m, &d.Status, &w.Status)
	m.num(&d.Charge, &w.Charge)
	m.num(&d.Paid, &w.Paid)
	m.num(&d.PatientResponsibility, &w.PatientResponsibility)
	text(m, &d.FilingIndicator, &w.FilingIndicator)
	text(m, &d.PayerControlNumber, &w.PayerControlNumber)
	text(m, &d.FacilityType, &w.FacilityType)
	text(m, &d.Frequency, &w.Frequency)
	text(m, &d.DRG, &w.DRG)
	m.num(&d.DRGWeight, &w.DRGWeight)
	m.num(&d.DischargeFraction, &w.DischargeFraction)
	mapSegments(m, &d.Adjustments, &w.Adjustments, &adjustments)
	mapPerson(m, &d.Patient, &w.Patient)
	optional(m, &d.Insured, &w.Insured, mapParty)
	optional(m, &d.CorrectedInsured, &w.CorrectedInsured, mapParty)
	optional(m, &d.ServiceProvider, &w.ServiceProvider, mapParty)
	optional(m, &d.CrossoverCarrier, &w.CrossoverCarrier, mapOrganization)
	optional(m, &d.CorrectedPriorityPayer, &w.CorrectedPriorityPayer, mapOrganization)
	optional(m, &d.OtherSubscriber, &w.OtherSubscriber, mapParty)
	optional(m, &d.InpatientAdjudication, &w.InpatientAdjudication, mapInpatient)
	optional(m, &d.OutpatientAdjudication, &w.OutpatientAdjudication, mapOutpatient)
	mapFamily(m, claimReferences, &d.References, &d.References.Other, &w.OtherIDs, &references)
	list(m, &d.RenderingProviderIDs, &w.RenderingProviderIDs, mapReference)
	mapFamily(m, claimDates, &d.Dates, &d.Dates.Other, &w.StatementDates, &dates)
	m.date(&d.Dates.CoverageExpiration, &w.CoverageExpirationDate)
	m.date(&d.Dates.Received, &w.ReceivedDate)
	list(m, &d.Contacts, &w.Contacts, mapContact)
	mapFamily(m, claimAmounts, &d.Amounts, &d.Amounts.Other, &w.SupplementalAmounts, &amounts)
	mapFamily(m, claimQuantities, &d.Quantities, &d.Quantities.Other, &w.SupplementalQuantities, &quantities)
	list(m, &d.Services, &w.Services, mapService)
}

func mapPerson(m *mapper, d *Person, w *ts835.PersonName) {
	if m.out {
		*w = ts835.PersonName(*d)
	} else {
		*d = Person(*w)
	}
}

func mapParty(m *mapper, d *Party, w *ts835.EntityName) {
	if m.out {
		*w = ts835.EntityName(*d)
	} else {
		*d = Party(*w)
	}
}

func mapOrganization(m *mapper, d *Organization, w *ts835.OrganizationName) {
	if m.out {
		*w = ts835.OrganizationName(*d)
	} else {
		*d = Organization(*w)
	}
}

func mapInpatient(m *mapper, d *InpatientAdjudication, w *ts835.InpatientAdjudication) {
	m.num(&d.CoveredDays, &w.CoveredDays)
	m.num(&d.PPSOperatingOutlier, &w.PPSOperatingOutlier)
	m.num(&d.LifetimePsychiatricDays, &w.LifetimePsychiatricDays)
	m.num(&d.DRG, &w.DRG)
	text(m, &d.RemarkCode, &w.RemarkCode)
	m.num(&d.DisproportionateShare, &w.DisproportionateShare)
	m.num(&d.MSPPassThrough, &w.MSPPassThrough)
	m.num(&d.PPSCapital, &w.PPSCapital)
	m.num(&d.PPSCapitalFSPDRG, &w.PPSCapitalFSPDRG)
	m.num(&d.PPSCapitalHSPDRG, &w.PPSCapitalHSPDRG)
	m.num(&d.PPSCapitalDSHDRG, &w.PPSCapitalDSHDRG)
	m.num(&d.OldCapital, &w.OldCapital)
	m.num(&d.PPSCapitalIME, &w.PPSCapitalIME)
	m.num(&d.PPSOperatingHospitalSpecificDRG, &w.PPSOperatingHospitalSpecificDRG)
	m.num(&d.CostReportDays, &w.CostReportDays)
	m.num(&d.PPSOperatingFederalSpecificDRG, &w.PPSOperatingFederalSpecificDRG)
	m.num(&d.PPSCapitalOutlier, &w.PPSCapitalOutlier)
	m.num(&d.IndirectTeaching, &w.IndirectTeaching)
	m.num(&d.NonpayableProfessionalComponent, &w.NonpayableProfessionalComponent)
	m.texts(&d.RemarkCodes, &w.RemarkCodes)
	m.num(&d.PPSCapitalException, &w.PPSCapitalException)
}

func mapOutpatient(m *mapper, d *OutpatientAdjudication, w *ts835.OutpatientAdjudication) {
	m.num(&d.ReimbursementRate, &w.ReimbursementRate)
	m.num(&d.HCPCSPayable, &w.HCPCSPayable)
	m.texts(&d.RemarkCodes, &w.RemarkCodes)
	m.num(&d.ESRDPayment, &w.ESRDPayment)
	m.num(&d.NonpayableProfessionalComponent, &w.NonpayableProfessionalComponent)
}

func mapService(m *mapper, d *Service, w *ts835.ServicePayment) {
	text(m, &d.Procedure.Qualifier, &w.Procedure.Qualifier)
	text(m, &d.Procedure.Code, &w.Procedure.Code)
	m.texts(&d.Procedure.Modifiers, &w.Procedure.Modifiers)
	m.num(&d.Charge, &w.Charge)
	m.num(&d.Paid, &w.Paid)
	text(m, &d.RevenueCode, &w.RevenueCode)
	m.num(&d.PaidUnits, &w.PaidUnits)
	text(m, &d.SubmittedProcedure.Qualifier, &w.SubmittedProcedure.Qualifier)
	text(m, &d.SubmittedProcedure.Code, &w.SubmittedProcedure.Code)
	m.texts(&d.SubmittedProcedure.Modifiers, &w.SubmittedProcedure.Modifiers)
	text(m, &d.SubmittedProcedure.Description, &w.SubmittedProcedure.Description)
	m.num(&d.OriginalUnits, &w.OriginalUnits)
	mapFamily(m, serviceDates, &d.Dates, &d.Dates.Other, &w.ServiceDates, &dates)
	mapSegments(m, &d.Adjustments, &w.Adjustments, &adjustments)
	mapFamily(m, serviceReferences, &d.References, &d.References.Other, &w.IDs, &references)
	text(m, &d.LineControlNumber, &w.LineControlNumber)
	list(m, &d.RenderingProviderIDs, &w.RenderingProviderIDs, mapReference)
	m.texts(&d.PolicyIDs, &w.PolicyIDs)
	mapFamily(m, serviceAmounts, &d.Amounts, &d.Amounts.Other, &w.SupplementalAmounts, &amounts)
	mapFamily(m, serviceQuantities, &d.Quantities, &d.Quantities.Other, &w.SupplementalQuantities, &quantities)
	list(m, &d.Remarks, &w.RemarkCodes, mapRemark)
}

func mapRemark(m *mapper, d *RemarkCode, w *ts835.RemarkCode) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
}

// segments is how a list of adjustments (A) stands in segments (W) of entries (E).
type segments[A, W, E any] struct {
	place   func(*A) *Place
	head    func(*mapper, *A, *W) // what the entries of a segment share
	entry   func(*mapper, *A, *E)
	entries func(*W) *[]E
	same    func(a, b *A) bool // they share it
	gap     func(*E) bool
}

var adjustments = segments[Adjustment, ts835.Adjustment, ts835.AdjustmentEntry]{
	place: func(a *Adjustment) *Place { return &a.Place },
	head:  func(m *mapper, a *Adjustment, w *ts835.Adjustment) { text(m, &a.Group, &w.Group) },
	entry: func(m *mapper, a *Adjustment, e *ts835.AdjustmentEntry) {
		text(m, &a.Reason, &e.Reason)
		m.num(&a.Amount, &e.Amount)
		m.num(&a.Quantity, &e.Quantity)
	},
	entries: func(w *ts835.Adjustment) *[]ts835.AdjustmentEntry { return &w.Entries },
	same:    func(a, b *Adjustment) bool { return a.Group == b.Group },
	gap:     func(e *ts835.AdjustmentEntry) bool { return e.Reason == "" && !e.Amount.Set() && !e.Quantity.Set() },
}

var providerAdjustments = segments[ProviderAdjustment, ts835.ProviderAdjustment, ts835.ProviderAdjustmentEntry]{
	place: func(a *ProviderAdjustment) *Place { return &a.Place },
	head: func(m *mapper, a *ProviderAdjustment, w *ts835.ProviderAdjustment) {
		text(m, &a.ProviderID, &w.ProviderID)
		m.date(&a.FiscalPeriodDate, &w.FiscalPeriodDate)
	},
	entry: func(m *mapper, a *ProviderAdjustment, e *ts835.ProviderAdjustmentEntry) {
		text(m, &a.Reason, &e.Identifier.Reason)
		text(m, &a.Reference, &e.Identifier.Reference)
		m.num(&a.Amount, &e.Amount)
	},
	entries: func(w *ts835.ProviderAdjustment) *[]ts835.ProviderAdjustmentEntry { return &w.Entries },
	same: func(a, b *ProviderAdjustment) bool {
		return a.ProviderID == b.ProviderID && a.FiscalPeriodDate.Equal(b.FiscalPeriodDate)
	},
	gap: func(e *ts835.ProviderAdjustmentEntry) bool {
		return e.Identifier == ts835.AdjustmentIdentifier{} && !e.Amount.Set()
	},
}

// mapSegments maps a list of adjustments to and from segments. A segment of the base without entries stays.
func mapSegments[A, W, E any](m *mapper, d *[]A, w *[]W, s *segments[A, W, E]) {
	if !m.out {
		*d = nil
		number := 0
		for i := range *w {
			seg := &(*w)[i]
			skipped, some := 0, false
			for k := range *s.entries(seg) {
				e := &(*s.entries(seg))[k]
				if s.gap(e) {
					skipped++
					continue
				}
				if !some {
					some = true
					number++
				}
				*d = append(*d, *new(A))
				a := &(*d)[len(*d)-1]
				s.head(m, a, seg)
				s.entry(m, a, e)
				*s.place(a) = Place{Segment: number, Position: k + 1, Skipped: skipped}
				skipped = 0
			}
		}
		return
	}
	empty := func(seg *W) bool {
		for k := range *s.entries(seg) {
			if !s.gap(&(*s.entries(seg))[k]) {
				return false
			}
		}
		return true
	}
	base := *w
	var out []W
	keep := func() { // segments without entries
		for len(base) > 0 && empty(&base[0]) {
			out = append(out, base[0])
			base = base[1:]
		}
	}
	for _, ids := range care.Arrange(*d, s.place, s.same) {
		keep()
		var seg W
		if len(base) > 0 {
			seg, base = base[0], base[1:]
		}
		entries := make([]E, len(ids))
		copy(entries, *s.entries(&seg))
		for k, id := range ids {
			if id < 0 {
				entries[k] = *new(E)
				continue
			}
			s.head(m, &(*d)[id], &seg)
			s.entry(m, &(*d)[id], &entries[k])
		}
		*s.entries(&seg) = entries
		out = append(out, seg)
	}
	base = slices.DeleteFunc(slices.Clone(base), func(seg W) bool { return !empty(&seg) })
	*w = append(out, base...)
}

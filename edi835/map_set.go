package edi835

import "github.com/x12-go/edi/edi835/ts835"

// FromWire returns the remittance in a set, without its [Envelope], which the set does not know; see [EnvelopeOf].
func FromWire(set *ts835.RemittanceAdvice) *Remittance {
	r := new(Remittance)
	new(mapper).set(r, set)
	return r
}

// ToWire returns the set for a remittance. With base, the set the remittance was read from, what the domain does not carry
// is taken from there; base is not changed. Text of the base that could not be read, such as letters in an amount, is
// written again even when the field has a value by now. An amount that X12 cannot carry is an [*x12.Issue].
func ToWire(r *Remittance, base *ts835.RemittanceAdvice) (*ts835.RemittanceAdvice, error) {
	w := new(ts835.RemittanceAdvice)
	if base != nil {
		*w = *base
	}
	m := &mapper{out: true}
	m.set(r, w)
	return w, m.err
}

// GroupFromWire returns the claim group in loop 2000.
func GroupFromWire(w *ts835.HeaderGroup) *ClaimGroup {
	g := new(ClaimGroup)
	mapGroup(new(mapper), g, w)
	return g
}

// GroupToWire returns loop 2000 for a claim group; see [ToWire].
func GroupToWire(g *ClaimGroup, base *ts835.HeaderGroup) (*ts835.HeaderGroup, error) {
	w := new(ts835.HeaderGroup)
	if base != nil {
		*w = *base
	}
	m := &mapper{out: true}
	mapGroup(m, g, w)
	return w, m.err
}

func (m *mapper) set(d *Remittance, w *ts835.RemittanceAdvice) {
	text(m, &d.ControlNumber, &w.ControlNumber)
	text(m, &d.ImplementationReference, &w.ImplementationReference)
	m.payment(&d.Payment, &w.Payment)
	text(m, &d.Trace.Number, &w.Trace.Number)
	text(m, &d.Trace.PayerID, &w.Trace.PayerID)
	text(m, &d.Trace.PayerSupplement, &w.Trace.PayerSupplement)
	text(m, &d.Currency, &w.Currency)
	text(m, &d.ReceiverID, &w.ReceiverID)
	text(m, &d.Version, &w.Version)
	m.date(&d.ProductionDate, &w.ProductionDate)
	m.payer(&d.Payer, &w.Payer)
	m.payee(&d.Payee, &w.Payee)
	list(m, &d.Groups, &w.Groups, mapGroup)
	m.trailer(d, w)
}

func (m *mapper) trailer(d *Remittance, w *ts835.RemittanceAdvice) {
	mapSegments(m, &d.ProviderAdjustments, &w.ProviderAdjustments, &providerAdjustments)
}

func (m *mapper) payment(d *Payment, w *ts835.Payment) {
	text(m, &d.Handling, &w.Handling)
	m.num(&d.Amount, &w.Amount)
	text(m, &d.CreditDebit, &w.CreditDebit)
	text(m, &d.Method, &w.Method)
	text(m, &d.Format, &w.Format)
	text(m, &d.From.BankQualifier, &w.SenderBankType)
	text(m, &d.From.Bank, &w.SenderBank)
	text(m, &d.From.Type, &w.SenderAccountType)
	text(m, &d.From.Number, &w.SenderAccount)
	text(m, &d.OriginatorID, &w.OriginatorID)
	text(m, &d.OriginatorSupplement, &w.OriginatorSupplement)
	text(m, &d.To.BankQualifier, &w.ReceiverBankType)
	text(m, &d.To.Bank, &w.ReceiverBank)
	text(m, &d.To.Type, &w.ReceiverAccountType)
	text(m, &d.To.Number, &w.ReceiverAccount)
	m.date(&d.EffectiveDate, &w.EffectiveDate)
}

func (m *mapper) payer(d *Payer, w *ts835.Payer) {
	text(m, &d.Name, &w.Name)
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	mapStreet(m, &d.Address, &w.Address)
	mapCity(m, &d.Address, &w.CityStateZIP)
	list(m, &d.AdditionalIDs, &w.AdditionalIDs, mapReference)
	optional(m, &d.BusinessContact, &w.BusinessContact, mapContact)
	list(m, &d.TechnicalContacts, &w.TechnicalContacts, mapContact)
	text(m, &d.WebSite, &w.WebSite)
}

func (m *mapper) payee(d *Payee, w *ts835.Payee) {
	text(m, &d.Name, &w.Name)
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
	list(m, &d.AdditionalIDs, &w.AdditionalIDs, mapReference)
	optional(m, &d.DeliveryMethod, &w.DeliveryMethod, mapDeliveryMethod)
}

func mapStreet(m *mapper, d *Address, w *ts835.Address) {
	text(m, &d.Line1, &w.Line1)
	text(m, &d.Line2, &w.Line2)
}

func mapCity(m *mapper, d *Address, w *ts835.CityStateZIP) {
	text(m, &d.City, &w.City)
	text(m, &d.State, &w.State)
	text(m, &d.PostalCode, &w.PostalCode)
	text(m, &d.Country, &w.Country)
	text(m, &d.CountrySubdivision, &w.CountrySubdivision)
}

func mapReference(m *mapper, d *Reference, w *ts835.Reference) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.ID, &w.ID)
}

func mapContact(m *mapper, d *Contact, w *ts835.Contact) {
	if m.out {
		*w = ts835.Contact(*d)
	} else {
		*d = Contact(*w)
	}
}

func mapDeliveryMethod(m *mapper, d *DeliveryMethod, w *ts835.DeliveryMethod) {
	if m.out {
		*w = ts835.DeliveryMethod(*d)
	} else {
		*d = DeliveryMethod(*w)
	}
}

func mapGroup(m *mapper, d *ClaimGroup, w *ts835.HeaderGroup) {
	m.num(&d.Number, &w.Number)
	optional(m, &d.ProviderSummary, &w.ProviderSummary, mapProviderSummary)
	optional(m, &d.SupplementalSummary, &w.SupplementalSummary, mapSupplementalSummary)
	if m.out {
		w.Claims = pairClaims(d.Claims, w.Claims)
	}
	list(m, &d.Claims, &w.Claims, mapClaim)
}

// pairClaims returns for each claim the one it was read from: the one in its place, or by its numbers when some were added
// or taken away.
func pairClaims(claims []Claim, base []ts835.ClaimPayment) []ts835.ClaimPayment {
	if len(base) == 0 || len(base) == len(claims) {
		return base
	}
	type key struct{ patient, payer, status string }
	at := make(map[key][]int, len(base))
	for i := range base {
		b := &base[i]
		k := key{b.PatientControlNumber, b.PayerControlNumber, string(b.Status)}
		at[k] = append(at[k], i)
	}
	out := make([]ts835.ClaimPayment, len(claims))
	for i := range claims {
		c := &claims[i]
		k := key{c.PatientControlNumber, c.PayerControlNumber, string(c.Status)}
		if list := at[k]; len(list) > 0 {
			out[i], at[k] = base[list[0]], list[1:]
		}
	}
	return out
}

func mapProviderSummary(m *mapper, d *ProviderSummary, w *ts835.ProviderSummary) {
	text(m, &d.ProviderID, &w.ProviderID)
	text(m, &d.FacilityType, &w.FacilityType)
	m.date(&d.FiscalPeriodDate, &w.FiscalPeriodDate)
	m.num(&d.ClaimCount, &w.ClaimCount)
	m.num(&d.Charge, &w.Charge)
	m.num(&d.MSPPayer, &w.MSPPayer)
	m.num(&d.NonLabCharge, &w.NonLabCharge)
	m.num(&d.HCPCSReportedCharge, &w.HCPCSReportedCharge)
	m.num(&d.HCPCSPayable, &w.HCPCSPayable)
	m.num(&d.ProfessionalComponent, &w.ProfessionalComponent)
	m.num(&d.MSPPatientLiabilityMet, &w.MSPPatientLiabilityMet)
	m.num(&d.PatientReimbursement, &w.PatientReimbursement)
	m.num(&d.PIPClaimCount, &w.PIPClaimCount)
	m.num(&d.PIPAdjustment, &w.PIPAdjustment)
}

func mapSupplementalSummary(m *mapper, d *SupplementalSummary, w *ts835.SupplementalSummary) {
	m.num(&d.DRG, &w.DRG)
	m.num(&d.FederalSpecific, &w.FederalSpecific)
	m.num(&d.HospitalSpecific, &w.HospitalSpecific)
	m.num(&d.DisproportionateShare, &w.DisproportionateShare)
	m.num(&d.Capital, &w.Capital)
	m.num(&d.IndirectMedicalEducation, &w.IndirectMedicalEducation)
	m.num(&d.OutlierDays, &w.OutlierDays)
	m.num(&d.DayOutlier, &w.DayOutlier)
	m.num(&d.CostOutlier, &w.CostOutlier)
	m.num(&d.AverageDRGLengthOfStay, &w.AverageDRGLengthOfStay)
	m.num(&d.Discharges, &w.Discharges)
	m.num(&d.CostReportDays, &w.CostReportDays)
	m.num(&d.CoveredDays, &w.CoveredDays)
	m.num(&d.NoncoveredDays, &w.NoncoveredDays)
	m.num(&d.MSPPassThrough, &w.MSPPassThrough)
	m.num(&d.AverageDRGWeight, &w.AverageDRGWeight)
	m.num(&d.PPSCapitalFSPDRG, &w.PPSCapitalFSPDRG)
	m.num(&d.PPSCapitalHSPDRG, &w.PPSCapitalHSPDRG)
	m.num(&d.PPSDSHDRG, &w.PPSDSHDRG)
}

package edi837

import "github.com/x12-go/edi/edi837/ts837"

func mapOtherPayer(m *mapper, d *OtherPayer, w *ts837.OtherSubscriber) {
	p := &w.Payer
	text(m, &d.Name, &p.Name)
	text(m, &d.IDQualifier, &p.IDQualifier)
	text(m, &d.ID, &p.ID)
	present(m, &d.Address, &p.Address, mapStreet)
	present(m, &d.Address, &p.CityStateZIP, mapCity)
	m.day(&d.AdjudicationDate, &p.RemittanceDate)
	list(m, &d.SecondaryIDs, &p.SecondaryIDs, mapReference)
	text(m, &d.PriorAuthorization, &p.PriorAuthorization)
	text(m, &d.Referral, &p.ReferralNumber)
	text(m, &d.Predetermination, &p.Predetermination)
	text(m, &d.ClaimAdjusted, &p.ClaimAdjustmentIndicator)
	text(m, &d.ClaimControlNumber, &p.ClaimControlNumber)
	m.otherSubscriber(&d.Subscriber, w)
	text(m, &d.BenefitsAssignment, &w.BenefitsAssignment)
	text(m, &d.PatientSignatureSource, &w.PatientSignatureSource)
	text(m, &d.ReleaseOfInformation, &w.ReleaseOfInformation)
	m.num(&d.Paid, &w.PayerPaid)
	m.num(&d.NonCovered, &w.NonCovered)
	m.num(&d.RemainingPatientLiability, &w.RemainingLiability)
	m.adjustments(&d.Adjustments, &w.Adjustments)
	optional(m, &d.InpatientAdjudication, &w.InpatientAdjudication, mapInpatient)
	optional(m, &d.OutpatientAdjudication, &w.OutpatientAdjudication, mapOutpatient)
	m.payerProviders(&d.Providers, w)
}

func (m *mapper) otherSubscriber(d *OtherSubscriber, w *ts837.OtherSubscriber) {
	text(m, &d.PayerResponsibility, &w.Responsibility)
	text(m, &d.Relationship, &w.Relationship)
	text(m, &d.GroupNumber, &w.GroupNumber)
	text(m, &d.GroupName, &w.GroupName)
	text(m, &d.InsuranceType, &w.InsuranceType)
	text(m, &d.FilingIndicator, &w.FilingIndicator)
	p := &w.Insured
	text(m, &d.EntityType, &p.EntityType)
	text(m, &d.LastOrOrganization, &p.Last)
	text(m, &d.First, &p.First)
	text(m, &d.Middle, &p.Middle)
	text(m, &d.Suffix, &p.Suffix)
	text(m, &d.IDQualifier, &p.IDQualifier)
	text(m, &d.ID, &p.ID)
	present(m, &d.Address, &p.Address, mapStreet)
	present(m, &d.Address, &p.CityStateZIP, mapCity)
	m.texts(&d.SocialSecurityNumbers, &p.SSNs)
}

func mapInpatient(m *mapper, d *InpatientAdjudication, w *ts837.InpatientAdjudication) {
	m.num(&d.CoveredDays, &w.CoveredDays)
	m.refuse(d.PPSOperatingOutlier.Valid, "InpatientAdjudication.PPSOperatingOutlier")
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

func mapOutpatient(m *mapper, d *OutpatientAdjudication, w *ts837.OutpatientAdjudication) {
	m.num(&d.ReimbursementRate, &w.ReimbursementRate)
	m.num(&d.HCPCSPayable, &w.HCPCSPayable)
	m.texts(&d.RemarkCodes, &w.RemarkCodes)
	m.num(&d.ESRDPayment, &w.ESRDPayment)
	m.num(&d.NonpayableProfessionalComponent, &w.NonpayableProfessionalComponent)
}

package edi837

import "github.com/x12-go/edi/x12"

// OtherPayer is loop 2320: another payer that has paid, or is to pay, with what it made of the claim. What it made of each
// line is in Service.Adjudications under the same ID.
type OtherPayer struct {
	// NM1*PR.
	Name string `json:"name,omitempty"`
	// NM108 and NM109. PI = payer id, XV = National Plan ID. Written as PI when empty.
	IDQualifier string  `json:"idQualifier,omitempty"`
	ID          string  `json:"id,omitempty"`
	Address     Address `json:"address,omitzero"`
	// DTP*573. When it decided.
	AdjudicationDate x12.Date `json:"adjudicationDate,omitzero"`
	// REF. 2U = payer id, EI = tax id, FY = claim office, NF = NAIC code.
	SecondaryIDs []Reference `json:"secondaryIDs,omitempty"`
	// REF*G1.
	PriorAuthorization string `json:"priorAuthorization,omitempty"`
	// REF*9F.
	Referral string `json:"referral,omitempty"`
	// REF*G3. Dental.
	Predetermination string `json:"predetermination,omitempty"`
	// REF*T4, Y = the payer has corrected an earlier decision.
	ClaimAdjusted string `json:"claimAdjusted,omitempty"`
	// REF*F8. The number this payer gave the claim.
	ClaimControlNumber string `json:"claimControlNumber,omitempty"`

	// SBR, NM1*IL. Who has coverage with this payer.
	Subscriber OtherSubscriber `json:"subscriber,omitzero"`
	// OI03, as Claim.BenefitsAssignment. Written as Y when empty.
	BenefitsAssignment string `json:"benefitsAssignment,omitempty"`
	// OI04. Professional.
	PatientSignatureSource string `json:"patientSignatureSource,omitempty"`
	// OI06, as Claim.ReleaseOfInformation. Written as Y when empty.
	ReleaseOfInformation string `json:"releaseOfInformation,omitempty"`

	// AMT*D. What this payer has paid.
	Paid Amount `json:"paid,omitzero"`
	// AMT*A8. The whole claim is not covered.
	NonCovered Amount `json:"nonCovered,omitzero"`
	// AMT*EAF. What the patient still owes.
	RemainingPatientLiability Amount `json:"remainingPatientLiability,omitzero"`
	// CAS of the claim itself; those of its lines are in Service.Adjudications.
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	// MIA. Institutional.
	InpatientAdjudication *InpatientAdjudication `json:"inpatientAdjudication,omitempty"`
	// MOA.
	OutpatientAdjudication *OutpatientAdjudication `json:"outpatientAdjudication,omitempty"`
	// Loops 2330C to 2330I: the numbers this payer knows the providers of the claim by.
	Providers Providers `json:"providers,omitzero"`
}

// OtherSubscriber is who has coverage with another payer: SBR, and loop 2330A.
type OtherSubscriber struct {
	Coverage
	// NM102, 1 = person, 2 = organization. Written as 1 when empty.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. MI = member id, II = unique health identifier. Written as MI when empty.
	IDQualifier string  `json:"idQualifier,omitempty"`
	ID          string  `json:"id,omitempty"`
	Address     Address `json:"address,omitzero"`
	// REF*SY. At most one on a professional or dental claim, two on an institutional one.
	SocialSecurityNumbers []string `json:"socialSecurityNumbers,omitempty"`
}

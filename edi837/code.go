package edi837

import "github.com/x12-go/edi/x12"

// DiagnosisType is what a diagnosis says about the claim.
type DiagnosisType string

// The types of diagnoses. A professional or dental claim has a principal one and others.
const (
	PrincipalDiagnosis DiagnosisType = "principal"
	OtherDiagnosis     DiagnosisType = "other"
	AdmittingDiagnosis DiagnosisType = "admitting"
	ReasonForVisit     DiagnosisType = "reasonForVisit"
	ExternalCause      DiagnosisType = "externalCause"
)

// Diagnosis is one composite of an HI.
type Diagnosis struct {
	// When empty, told by the qualifier, else principal for the first of a claim and other for the rest.
	Type DiagnosisType `json:"type,omitempty"`
	// First component. ABK, ABF, ABJ, APR and ABN are ICD-10-CM, BK, BF, BJ, PR and BN ICD-9-CM, TQ = SNODENT (dental).
	// Written as that of ICD-10-CM for the type when empty.
	Qualifier string `json:"qualifier,omitempty"`
	// Without its point: E119.
	Code string `json:"code,omitempty"`
	// Ninth component, present on admission: Y, N, U (unknown) or W (cannot be told); institutional.
	PresentOnAdmission string `json:"presentOnAdmission,omitempty"`
}

// ProcedureType is what a procedure of a claim is.
type ProcedureType string

// The types of procedures.
const (
	PrincipalProcedure ProcedureType = "principal"
	OtherProcedure     ProcedureType = "other"
)

// ProcedureCode is a procedure of the whole claim: one composite of an HI.
type ProcedureCode struct {
	// When empty, principal for the first of a claim and other for the rest.
	Type ProcedureType `json:"type,omitempty"`
	// First component. BBR and BBQ are ICD-10-PCS, BR and BQ ICD-9-CM, CAH = advanced billing concepts; BP and BO, HCPCS, of
	// a professional claim. Written as BBR and BBQ, or BP and BO, when empty.
	Qualifier string `json:"qualifier,omitempty"`
	Code      string `json:"code,omitempty"`
	// Institutional.
	Date x12.Date `json:"date,omitzero"`
}

// Occurrence is an occurrence code with its date.
type Occurrence struct {
	Code string   `json:"code,omitempty"`
	Date x12.Date `json:"date,omitzero"`
}

// OccurrenceSpan is an occurrence span code with its days.
type OccurrenceSpan struct {
	Code string    `json:"code,omitempty"`
	Span DateRange `json:"span,omitzero"`
}

// ValueCode is a value code with its amount: money, or a count where the code says so.
type ValueCode struct {
	Code   string `json:"code,omitempty"`
	Amount Amount `json:"amount,omitzero"`
}

// Note is an NTE.
type Note struct {
	// ADD = additional information, TPO = third party organization, DGN = diagnosis, ... Written as ADD when empty,
	// as TPO on institutional lines.
	Code string `json:"code,omitempty"`
	Text string `json:"text,omitempty"`
}

// Attachment is a PWK: a document that belongs to the claim or line.
type Attachment struct {
	// PWK01. OZ = support data, RB = radiology films, ...
	Type string `json:"type,omitempty"`
	// PWK02. AA = available on request, BM = by mail, EL = electronically, EM = e-mail, FT = file transfer, FX = by fax.
	Transmission string `json:"transmission,omitempty"`
	// PWK06, qualifier AC.
	ControlNumber string `json:"controlNumber,omitempty"`
}

// Contract is a CN1.
type Contract struct {
	// CN101. 01 = DRG, 02 = per diem, 05 = capitated, ...
	Type   string `json:"type,omitempty"`
	Amount Amount `json:"amount,omitzero"`
	// Percent and TermsDiscount are percentages: 12.5 is 12.5 percent.
	Percent       Amount `json:"percent,omitzero"`
	Code          string `json:"code,omitempty"`
	TermsDiscount Amount `json:"termsDiscount,omitzero"`
	Version       string `json:"version,omitempty"`
}

// Pricing is an HCP: what a repricer made of the claim or line.
type Pricing struct {
	Methodology string `json:"methodology,omitempty"` // HCP01
	Allowed     Amount `json:"allowed,omitzero"`      // HCP02
	Savings     Amount `json:"savings,omitzero"`      // HCP03
	RepricerID  string `json:"repricerID,omitempty"`  // HCP04
	// HCP05. Per diem or flat rate.
	Rate Amount `json:"rate,omitzero"`
	// HCP06 and HCP07. Ambulatory patient group, or DRG.
	GroupCode   string `json:"groupCode,omitempty"`
	GroupAmount Amount `json:"groupAmount,omitzero"`
	// HCP08. Institutional.
	RevenueCode string `json:"revenueCode,omitempty"`
	// HCP09 and HCP10. Lines.
	ProcedureQualifier string `json:"procedureQualifier,omitempty"`
	ProcedureCode      string `json:"procedureCode,omitempty"`
	// HCP11 and HCP12.
	UnitOfMeasure    string `json:"unitOfMeasure,omitempty"`
	Units            Amount `json:"units,omitzero"`
	RejectReason     string `json:"rejectReason,omitempty"`     // HCP13
	PolicyCompliance string `json:"policyCompliance,omitempty"` // HCP14
	Exception        string `json:"exception,omitempty"`        // HCP15
}

// VisionCondition is a CRC of spectacles and contact lenses.
type VisionCondition struct {
	// CRC01. E1 = spectacle lenses, E2 = contact lenses, E3 = spectacle frames.
	Category string `json:"category,omitempty"`
	ConditionIndicator
}

// ConditionIndicator is a CRC: codes that apply, or do not.
type ConditionIndicator struct {
	// CRC02, Y = the codes apply, N = not. Written as Y when empty.
	Applies string `json:"applies,omitempty"`
	// CRC03 to CRC07.
	Codes []string `json:"codes,omitempty"`
}

// Ambulance is a transport: CR1, CRC*07, and where from and to. A claim and a line may have one.
type Ambulance struct {
	// CR102, in pounds.
	PatientWeight Amount `json:"patientWeight,omitzero"`
	// CR104. A = nearest facility, B = preferred physician, C = nearness of family, D = specialist, E = rehabilitation.
	TransportReason string `json:"transportReason,omitempty"`
	// CR106, in miles.
	Distance         Amount `json:"distance,omitzero"`
	RoundTripPurpose string `json:"roundTripPurpose,omitempty"` // CR109
	StretcherPurpose string `json:"stretcherPurpose,omitempty"` // CR110
	// CRC*07, at most three.
	Certifications []ConditionIndicator `json:"certifications,omitempty"`
	// Loops 2310E and 2310F, or 2420G and 2420H.
	PickUp  *Location `json:"pickUp,omitempty"`
	DropOff *Location `json:"dropOff,omitempty"`
}

// Location is a place of an ambulance transport.
type Location struct {
	// NM103. Of a drop-off only.
	Name    string  `json:"name,omitempty"`
	Address Address `json:"address,omitzero"`
}

// SpinalManipulation is a CR2.
type SpinalManipulation struct {
	// CR208. A = acute, C = chronic, D = not acute, E = not life threatening, F = routine, G = symptomatic, M = acute
	// manifestation of a chronic condition.
	Condition string `json:"condition,omitempty"`
	// CR210 and CR211.
	Descriptions []string `json:"descriptions,omitempty"`
}

package edi837

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// Claim is one claim (loop 2300) with all it stands under: its billing provider, subscriber, payer and patient.
type Claim struct {
	// Which guide the claim is written in. When empty, the one whose part is there.
	Kind Kind `json:"kind,omitempty"`
	// CLM01. The provider's own number for the claim, which comes back in the remittance (CLP01).
	ControlNumber string `json:"controlNumber,omitempty"`
	// CLM02. The sum of the charges of the lines. Written as that when absent.
	Charge Amount `json:"charge,omitzero"`
	// CLM05-1. Place of service; for institutional claims the facility type, the first two digits of the type of bill.
	FacilityType string `json:"facilityType,omitempty"`
	// CLM05-3. 1 = original, 7 = replacement, 8 = void. Written as 1 when empty.
	Frequency string `json:"frequency,omitempty"`
	// CLM06, Y = the provider's signature is on file. Written as Y when empty; not institutional.
	ProviderSignature string `json:"providerSignature,omitempty"`
	// CLM07, A = the provider accepts assignment, B = for laboratory services only, C = not. Written as A when empty.
	Assignment string `json:"assignment,omitempty"`
	// CLM08, Y = the patient wants the provider to be paid. Written as Y when empty.
	BenefitsAssignment string `json:"benefitsAssignment,omitempty"`
	// CLM09, Y = the patient has signed, I = by law no signature is needed. Written as Y when empty.
	ReleaseOfInformation string `json:"releaseOfInformation,omitempty"`
	// CLM11-1 and -2. AA = auto accident, EM = employment, OA = other accident. At most two; not institutional.
	RelatedCauses []string `json:"relatedCauses,omitempty"`
	// CLM11-4, REF*LU of an institutional claim.
	AutoAccidentState string `json:"autoAccidentState,omitempty"`
	// CLM11-5. Not institutional.
	AutoAccidentCountry string `json:"autoAccidentCountry,omitempty"`
	// CLM12. Not institutional.
	SpecialProgram string `json:"specialProgram,omitempty"`
	// CLM20.
	DelayReason string `json:"delayReason,omitempty"`

	// Loops 2000A and 2010AA to 2010AC.
	BillingProvider BillingProvider `json:"billingProvider,omitzero"`
	// Loops 2000B and 2010BA.
	Subscriber Subscriber `json:"subscriber,omitzero"`
	// Loop 2010BB.
	Payer Payer `json:"payer,omitzero"`
	// Loops 2000C and 2010CA; nil when the subscriber is the patient. See [Claim.PatientPerson].
	Patient *Patient `json:"patient,omitempty"`

	// AMT*F5. What the patient has paid; professional and dental.
	PatientPaid Amount `json:"patientPaid,omitzero"`
	// DTP.
	Dates ClaimDates `json:"dates,omitzero"`
	// REF.
	References ClaimReferences `json:"references,omitzero"`
	// HI. A diagnosis pointer counts in this list, 1 = first; professional and dental.
	Diagnoses []Diagnosis `json:"diagnoses,omitempty"`
	// HI. What was done; of a professional claim the surgery that anesthesia was given for.
	Procedures []ProcedureCode `json:"procedures,omitempty"`
	// HI*BG. Condition codes; professional and institutional.
	Conditions []string `json:"conditions,omitempty"`
	// NTE.
	Notes []Note `json:"notes,omitempty"`
	// PWK.
	Attachments []Attachment `json:"attachments,omitempty"`
	// CN1.
	Contract *Contract `json:"contract,omitempty"`
	// HCP.
	Pricing *Pricing `json:"pricing,omitempty"`
	// K3.
	FileInformation []string `json:"fileInformation,omitempty"`
	// CRC*ZZ. Screening of children (EPSDT); professional and institutional.
	EPSDTReferral *ConditionIndicator `json:"epsdtReferral,omitempty"`
	// Loops 2310.
	Providers Providers `json:"providers,omitzero"`
	// Loop 2320.
	OtherPayers []OtherPayer `json:"otherPayers,omitempty"`

	// What only claims of one kind have.
	Professional  *ProfessionalPart  `json:"professional,omitempty"`
	Institutional *InstitutionalPart `json:"institutional,omitempty"`
	Dental        *DentalPart        `json:"dental,omitempty"`

	// Loop 2400.
	Services []Service `json:"services,omitempty"`
}

// ProfessionalPart is what only a professional claim has.
type ProfessionalPart struct {
	// CLM10, P = signed by the provider for the patient.
	PatientSignatureSource string `json:"patientSignatureSource,omitempty"`
	// CR1, CRC*07 and loops 2310E and 2310F.
	Ambulance *Ambulance `json:"ambulance,omitempty"`
	// CR2.
	SpinalManipulation *SpinalManipulation `json:"spinalManipulation,omitempty"`
	// CRC*E1, E2 and E3.
	Vision []VisionCondition `json:"vision,omitempty"`
	// CRC03 of CRC*75. IH = the patient is confined to the home.
	Homebound string `json:"homebound,omitempty"`
}

// InstitutionalPart is what only an institutional claim has.
type InstitutionalPart struct {
	// CL101.
	AdmissionType string `json:"admissionType,omitempty"`
	// CL102. Point of origin.
	AdmissionSource string `json:"admissionSource,omitempty"`
	// CL103. 01 = home, 30 = still a patient, ...
	PatientStatus string `json:"patientStatus,omitempty"`
	// AMT*F3. What the patient is thought to owe.
	PatientEstimatedDue Amount `json:"patientEstimatedDue,omitzero"`
	// HI*DR.
	DRG string `json:"drg,omitempty"`
	// HI*BH.
	Occurrences []Occurrence `json:"occurrences,omitempty"`
	// HI*BI.
	OccurrenceSpans []OccurrenceSpan `json:"occurrenceSpans,omitempty"`
	// HI*BE.
	Values []ValueCode `json:"values,omitempty"`
	// HI*TC. Home health.
	TreatmentCodes []string `json:"treatmentCodes,omitempty"`
}

// DentalPart is what only a dental claim has.
type DentalPart struct {
	// CLM19, PB = predetermination of benefits.
	SubmissionReason string `json:"submissionReason,omitempty"`
	// DN1.
	Orthodontics *Orthodontics `json:"orthodontics,omitempty"`
	// DN2.
	Teeth []ToothStatus `json:"teeth,omitempty"`
}

// Orthodontics is a DN1.
type Orthodontics struct {
	TotalMonths     Amount `json:"totalMonths,omitzero"`
	RemainingMonths Amount `json:"remainingMonths,omitzero"`
	// DN104, Y = orthodontic treatment without a number of months.
	Indicator string `json:"indicator,omitempty"`
}

// ToothStatus is a DN2: a tooth that is missing or is to be extracted.
type ToothStatus struct {
	// DN201, 1 to 32 or A to T.
	Tooth string `json:"tooth,omitempty"`
	// DN202. E = to be extracted, M = missing.
	Status string `json:"status,omitempty"`
}

// PatientPerson returns who was treated: the patient, or the subscriber where that is the patient.
func (c *Claim) PatientPerson() *Person {
	if c.Patient != nil {
		return &c.Patient.Person
	}
	return &c.Subscriber.Person
}

// PatientRelationship returns what the patient is to the subscriber: 18 = self, 19 = child, ...
func (c *Claim) PatientRelationship() string {
	if c.Patient != nil {
		return c.Patient.Relationship
	}
	return c.Subscriber.Relationship
}

// KindOrPart returns the kind of the claim, by its part where Kind is empty.
func (c *Claim) KindOrPart() Kind {
	switch {
	case c.Kind != "":
		return c.Kind
	case c.Professional != nil:
		return Professional
	case c.Institutional != nil:
		return Institutional
	case c.Dental != nil:
		return Dental
	}
	return ""
}

// TypeOfBill returns the type of bill of an institutional claim, with its leading zero ("0131"), "" for the others.
func (c *Claim) TypeOfBill() string {
	if c.KindOrPart() != Institutional || c.FacilityType == "" {
		return ""
	}
	return "0" + c.FacilityType + c.Frequency
}

// PrincipalDiagnosis returns the first diagnosis that is principal, nil when there is none.
func (c *Claim) PrincipalDiagnosis() *Diagnosis {
	for i := range c.Diagnoses {
		if c.Diagnoses[i].Type == PrincipalDiagnosis {
			return &c.Diagnoses[i]
		}
	}
	return nil
}

// ServiceFrom returns the first day of service: of the statement, of the claim, else the earliest of the lines.
func (c *Claim) ServiceFrom() x12.Date {
	if d := c.period().First(); !d.IsZero() {
		return d
	}
	var first x12.Date
	for i := range c.Services {
		if d := c.Services[i].Dates.Service.First(); !d.IsZero() && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

// ServiceTo returns the last day of service: of the statement, of the claim, else the latest of the lines.
func (c *Claim) ServiceTo() x12.Date {
	if d := c.period().Last(); !d.IsZero() {
		return d
	}
	var last x12.Date
	for i := range c.Services {
		if d := c.Services[i].Dates.Service.Last(); d.After(last) {
			last = d
		}
	}
	return last
}

func (c *Claim) period() DateRange {
	if c.Dates.Statement.IsZero() {
		return c.Dates.Service
	}
	return c.Dates.Statement
}

// ClaimDates are the DTP of a claim by meaning.
type ClaimDates struct {
	Statement          DateRange `json:"statement,omitzero"`          // DTP*434; institutional
	Service            DateRange `json:"service,omitzero"`            // DTP*472; dental
	Onset              x12.Date  `json:"onset,omitzero"`              // DTP*431, current illness or symptom; professional
	InitialTreatment   x12.Date  `json:"initialTreatment,omitzero"`   // DTP*454; professional
	LastSeen           x12.Date  `json:"lastSeen,omitzero"`           // DTP*304; professional
	AcuteManifestation x12.Date  `json:"acuteManifestation,omitzero"` // DTP*453; professional
	Accident           x12.Date  `json:"accident,omitzero"`           // DTP*439; professional, dental
	LastMenstrual      x12.Date  `json:"lastMenstrual,omitzero"`      // DTP*484; professional
	LastXRay           x12.Date  `json:"lastXRay,omitzero"`           // DTP*455; professional
	Prescription       x12.Date  `json:"prescription,omitzero"`       // DTP*471, hearing and vision; professional
	Disability         DateRange `json:"disability,omitzero"`         // DTP*314, From alone DTP*360, To alone DTP*361; professional
	LastWorked         x12.Date  `json:"lastWorked,omitzero"`         // DTP*297; professional
	ReturnToWork       x12.Date  `json:"returnToWork,omitzero"`       // DTP*296; professional
	Admission          x12.Date  `json:"admission,omitzero"`          // DTP*435; professional, institutional
	AdmissionTime      x12.Time  `json:"admissionTime,omitzero"`      // DTP*435; institutional
	Discharge          x12.Date  `json:"discharge,omitzero"`          // DTP*096; professional
	DischargeTime      x12.Time  `json:"dischargeTime,omitzero"`      // DTP*096; institutional
	AssumedCare        x12.Date  `json:"assumedCare,omitzero"`        // DTP*090; professional
	RelinquishedCare   x12.Date  `json:"relinquishedCare,omitzero"`   // DTP*091; professional
	FirstContact       x12.Date  `json:"firstContact,omitzero"`       // DTP*444, property and casualty; professional
	RepricerReceived   x12.Date  `json:"repricerReceived,omitzero"`   // DTP*050
	AppliancePlacement x12.Date  `json:"appliancePlacement,omitzero"` // DTP*452; dental
}

// ClaimReferences are the REF of a claim by meaning.
type ClaimReferences struct {
	ServiceAuthorizationException string   `json:"serviceAuthorizationException,omitempty"` // REF*4N
	MedicareCrossover             string   `json:"medicareCrossover,omitempty"`             // REF*F5, section 4081, Y or N; professional
	MammographyCertification      string   `json:"mammographyCertification,omitempty"`      // REF*EW; professional
	Referral                      string   `json:"referral,omitempty"`                      // REF*9F
	PriorAuthorization            string   `json:"priorAuthorization,omitempty"`            // REF*G1
	PayerClaimControlNumber       string   `json:"payerClaimControlNumber,omitempty"`       // REF*F8, of the claim this one replaces
	CLIA                          string   `json:"clia,omitempty"`                          // REF*X4, laboratory; professional
	RepricedClaimNumber           string   `json:"repricedClaimNumber,omitempty"`           // REF*9A
	AdjustedRepricedClaimNumber   string   `json:"adjustedRepricedClaimNumber,omitempty"`   // REF*9C
	InvestigationalDevices        []string `json:"investigationalDevices,omitempty"`        // REF*LX; one for professional, at most five for institutional
	IntermediaryClaimID           string   `json:"intermediaryClaimID,omitempty"`           // REF*D9
	MedicalRecordNumber           string   `json:"medicalRecordNumber,omitempty"`           // REF*EA; professional, institutional
	DemonstrationProject          string   `json:"demonstrationProject,omitempty"`          // REF*P4; professional, institutional
	CarePlanOversight             string   `json:"carePlanOversight,omitempty"`             // REF*1J; professional
	PeerReviewAuthorization       string   `json:"peerReviewAuthorization,omitempty"`       // REF*G4; institutional
	Predetermination              string   `json:"predetermination,omitempty"`              // REF*G3; dental
}

// FilingDescription returns the meaning of SBR09, "" when it is not known.
func (c *Coverage) FilingDescription() string {
	return codes.Describe("claim_filing", c.FilingIndicator)
}

package edi837

import "github.com/x12-go/edi/x12"

// Service is loop 2400: one line of a claim.
type Service struct {
	// LX01. Written as the place of the line among those of its claim when absent.
	Number Amount `json:"number,omitzero"`
	// SV101, SV202 or SV301. What was done.
	Procedure Procedure `json:"procedure,omitzero"`
	// SV201. Institutional.
	RevenueCode string `json:"revenueCode,omitempty"`
	// SV102, SV203 or SV302.
	Charge Amount `json:"charge,omitzero"`
	// SV103 or SV204. UN = units, MJ = minutes, DA = days. Written as UN when empty; not dental.
	UnitOfMeasure string `json:"unitOfMeasure,omitempty"`
	// SV104, SV205 or SV306. Written as 1 when absent; not dental.
	Units Amount `json:"units,omitzero"`
	// SV105 or SV303, when it is not that of the claim. Not institutional.
	PlaceOfService string `json:"placeOfService,omitempty"`
	// SV107 or SV311: which diagnoses of the claim, 1 = first; at most four. Written as 1 on professional lines when empty
	// and there is one diagnosis. Not institutional.
	DiagnosisPointers []int `json:"diagnosisPointers,omitempty"`
	// SV207. The part of the charge that is not covered; institutional.
	NonCovered Amount `json:"nonCovered,omitzero"`
	// SV109, Y = emergency; professional.
	Emergency string `json:"emergency,omitempty"`
	// SV111, Y = from a screening of children (EPSDT); professional.
	EPSDT string `json:"epsdt,omitempty"`
	// SV112, Y = family planning; professional.
	FamilyPlanning string `json:"familyPlanning,omitempty"`
	// SV115, 0 = no co-pay; professional.
	CopayStatus string `json:"copayStatus,omitempty"`

	// REF*6R. The provider's number of the line, which comes back in the remittance.
	LineControlNumber string `json:"lineControlNumber,omitempty"`
	// DTP. See [Service.From].
	Dates ServiceDates `json:"dates,omitzero"`
	// REF.
	References ServiceReferences `json:"references,omitzero"`
	// AMT and QTY.
	Amounts ServiceAmounts `json:"amounts,omitzero"`
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
	// Loop 2410.
	Drug *Drug `json:"drug,omitempty"`
	// Loops 2420.
	Providers Providers `json:"providers,omitzero"`
	// Loop 2430. What other payers made of the line.
	Adjudications []Adjudication `json:"adjudications,omitempty"`

	// SV5, CR3, CRC*09, PWK*CT. Durable medical equipment; professional.
	Equipment *Equipment `json:"equipment,omitempty"`
	// CR1, CRC*07 and loops 2420G and 2420H; professional.
	Ambulance *Ambulance `json:"ambulance,omitempty"`
	// CRC02 of CRC*70, Y = the provider is employed by the hospice; professional.
	HospiceEmployed string `json:"hospiceEmployed,omitempty"`
	// MEA; professional.
	TestResults []TestResult `json:"testResults,omitempty"`
	// PS1; professional.
	Purchased *PurchasedService `json:"purchased,omitempty"`
	// Loop 2440; professional.
	Forms []Form `json:"forms,omitempty"`
	// SV304, SV305 and TOO; dental.
	Dental *DentalService `json:"dental,omitempty"`
}

// From returns the first day of the service: of the line (DTP*472), else of the claim. A nil claim is no claim.
func (s *Service) From(c *Claim) x12.Date {
	if d := s.Dates.Service.First(); !d.IsZero() || c == nil {
		return d
	}
	return c.period().First()
}

// To returns the last day of the service: of the line (DTP*472), else of the claim. A nil claim is no claim.
func (s *Service) To(c *Claim) x12.Date {
	if d := s.Dates.Service.Last(); !d.IsZero() || c == nil {
		return d
	}
	return c.period().Last()
}

// Procedure is what was done, as SV101, SV202, SV301 and SVD03 have it.
type Procedure struct {
	// HC = HCPCS or CPT, AD = CDT, HP = HIPPS, IV = home infusion, ER, WK. Written as HC when empty, as AD on dental lines.
	Qualifier   string   `json:"qualifier,omitempty"`
	Code        string   `json:"code,omitempty"`
	Modifiers   []string `json:"modifiers,omitempty"` // up to four
	Description string   `json:"description,omitempty"`
}

// ServiceDates are the DTP of a line by meaning.
type ServiceDates struct {
	Service                 DateRange `json:"service,omitzero"`                 // DTP*472
	Prescription            x12.Date  `json:"prescription,omitzero"`            // DTP*471; professional
	Recertification         x12.Date  `json:"recertification,omitzero"`         // DTP*607, or revision; professional
	BeginTherapy            x12.Date  `json:"beginTherapy,omitzero"`            // DTP*463; professional
	LastCertification       x12.Date  `json:"lastCertification,omitzero"`       // DTP*461; professional
	LastSeen                x12.Date  `json:"lastSeen,omitzero"`                // DTP*304; professional
	HemoglobinTest          x12.Date  `json:"hemoglobinTest,omitzero"`          // DTP*738, or hematocrit; professional
	CreatinineTest          x12.Date  `json:"creatinineTest,omitzero"`          // DTP*739; professional
	Shipped                 x12.Date  `json:"shipped,omitzero"`                 // DTP*011; professional
	LastXRay                x12.Date  `json:"lastXRay,omitzero"`                // DTP*455; professional
	InitialTreatment        x12.Date  `json:"initialTreatment,omitzero"`        // DTP*454; professional
	PriorPlacement          x12.Date  `json:"priorPlacement,omitzero"`          // DTP*441; dental
	EstimatedPriorPlacement x12.Date  `json:"estimatedPriorPlacement,omitzero"` // DTP*139; dental
	AppliancePlacement      x12.Date  `json:"appliancePlacement,omitzero"`      // DTP*452; dental
	Replacement             x12.Date  `json:"replacement,omitzero"`             // DTP*446; dental
	TreatmentStart          x12.Date  `json:"treatmentStart,omitzero"`          // DTP*196; dental
	TreatmentCompletion     x12.Date  `json:"treatmentCompletion,omitzero"`     // DTP*198; dental
}

// ServiceReferences are the REF of a line by meaning.
type ServiceReferences struct {
	RepricedNumber           string        `json:"repricedNumber,omitempty"`           // REF*9B, 9A of a dental line
	AdjustedRepricedNumber   string        `json:"adjustedRepricedNumber,omitempty"`   // REF*9D, 9C of a dental line
	PriorAuthorizations      []PayerNumber `json:"priorAuthorizations,omitempty"`      // REF*G1; professional, dental
	Referrals                []PayerNumber `json:"referrals,omitempty"`                // REF*9F; professional, dental
	Predeterminations        []PayerNumber `json:"predeterminations,omitempty"`        // REF*G3; dental
	MammographyCertification string        `json:"mammographyCertification,omitempty"` // REF*EW; professional
	CLIA                     string        `json:"clia,omitempty"`                     // REF*X4, laboratory; professional
	ReferringCLIA            string        `json:"referringCLIA,omitempty"`            // REF*F4; professional
	ImmunizationBatch        string        `json:"immunizationBatch,omitempty"`        // REF*BT; professional
}

// ServiceAmounts are the AMT and QTY of a line by meaning.
type ServiceAmounts struct {
	SalesTax          Amount `json:"salesTax,omitzero"`          // AMT*T; professional, dental
	Postage           Amount `json:"postage,omitzero"`           // AMT*F4; professional
	ServiceTax        Amount `json:"serviceTax,omitzero"`        // AMT*GT; institutional
	FacilityTax       Amount `json:"facilityTax,omitzero"`       // AMT*N8; institutional
	AmbulancePatients Amount `json:"ambulancePatients,omitzero"` // QTY*PT; professional
	ObstetricUnits    Amount `json:"obstetricUnits,omitzero"`    // QTY*FL, more units of anesthesia; professional
}

// Drug is loop 2410.
type Drug struct {
	// LIN02, N4 = NDC, or a device identifier's qualifier. Written as N4 when empty.
	Qualifier string `json:"qualifier,omitempty"`
	// LIN03. Eleven digits for an NDC.
	Code string `json:"code,omitempty"`
	// CTP04.
	Units Amount `json:"units,omitzero"`
	// CTP05-1. F2 = international unit, GR = gram, ME = milligram, ML = milliliter, UN = unit. Written as UN when empty.
	UnitOfMeasure string `json:"unitOfMeasure,omitempty"`
	// REF. XZ = prescription number, VY = number that ties the parts of a compound. Written as XZ when empty.
	NumberQualifier string `json:"numberQualifier,omitempty"`
	Number          string `json:"number,omitempty"`
}

// Adjudication is loop 2430: what one other payer made of a line.
type Adjudication struct {
	// SVD01, as in OtherPayer.ID.
	PayerID string `json:"payerID,omitempty"`
	// SVD02.
	Paid Amount `json:"paid,omitzero"`
	// SVD03. What was paid for. Written as that of the line when empty.
	Procedure Procedure `json:"procedure,omitzero"`
	// SVD04; institutional. Written as that of the line when empty.
	RevenueCode string `json:"revenueCode,omitempty"`
	// SVD05. Written as those of the line when absent.
	Units Amount `json:"units,omitzero"`
	// SVD06. The line this one was bundled into, or unbundled from.
	BundledLine Amount `json:"bundledLine,omitzero"`
	// CAS.
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	// DTP*573.
	Date x12.Date `json:"date,omitzero"`
	// AMT*EAF.
	RemainingPatientLiability Amount `json:"remainingPatientLiability,omitzero"`
}

// Equipment is durable medical equipment: SV5 with its certification.
type Equipment struct {
	// SV501-2, qualifier HC. Written as that of the line when empty.
	Code string `json:"code,omitempty"`
	// SV503, in days.
	LengthOfNeed  Amount `json:"lengthOfNeed,omitzero"`
	RentalPrice   Amount `json:"rentalPrice,omitzero"`   // SV504
	PurchasePrice Amount `json:"purchasePrice,omitzero"` // SV505
	// SV506. 1 = weekly, 4 = monthly, 6 = daily.
	RentalUnit string `json:"rentalUnit,omitempty"`
	// PWK02 of PWK*CT: how the certificate of medical necessity is sent. NS = not specified, AB = it was sent before, ...
	CertificateTransmission string `json:"certificateTransmission,omitempty"`
	// CR301. I = initial, R = renewal, S = revised.
	CertificationType string `json:"certificationType,omitempty"`
	// CR303, in months.
	Duration Amount `json:"duration,omitzero"`
	// CRC*09. 38 = certification is on file, ZV = replacement.
	Conditions *ConditionIndicator `json:"conditions,omitempty"`
}

// TestResult is a MEA.
type TestResult struct {
	// MEA01. OG = original (first) measurement, TR = test result.
	Type string `json:"type,omitempty"`
	// MEA02. HT = height, R1 = hemoglobin, R2 = hematocrit, R3 = epoetin starting dosage, R4 = creatinine.
	Measurement string `json:"measurement,omitempty"`
	Value       Amount `json:"value,omitzero"`
}

// PurchasedService is a PS1.
type PurchasedService struct {
	// PS101. As the ID of Providers.Purchased.
	ProviderID string `json:"providerID,omitempty"`
	Charge     Amount `json:"charge,omitzero"`
}

// Form is loop 2440: answers to the questions of a form, such as a certificate of medical necessity.
type Form struct {
	// LQ01. UT = Medicare DMERC form, AS = form type. Written as UT when empty.
	Qualifier string `json:"qualifier,omitempty"`
	// LQ02.
	ID      string   `json:"id,omitempty"`
	Answers []Answer `json:"answers,omitempty"`
}

// Answer is an FRM.
type Answer struct {
	Question string `json:"question,omitempty"` // FRM01
	// FRM02. Y, N or W (not applicable).
	YesNo   string   `json:"yesNo,omitempty"`
	Text    string   `json:"text,omitempty"`   // FRM03
	Date    x12.Date `json:"date,omitzero"`    // FRM04
	Percent Amount   `json:"percent,omitzero"` // FRM05
}

// DentalService is what only a line of a dental claim has.
type DentalService struct {
	// SV304. Areas of the mouth, at most five.
	OralCavity []string `json:"oralCavity,omitempty"`
	// SV305, prosthesis, crown or inlay: I = initial, R = replacement.
	Prosthesis string `json:"prosthesis,omitempty"`
	// TOO.
	Teeth []Tooth `json:"teeth,omitempty"`
}

// Tooth is a TOO.
type Tooth struct {
	// TOO02, 1 to 32 or A to T.
	Code string `json:"code,omitempty"`
	// TOO03. B = buccal, D = distal, F = facial, I = incisal, L = lingual, M = mesial, O = occlusal; at most five.
	Surfaces []string `json:"surfaces,omitempty"`
}

package edi834

import "github.com/x12-go/edi/x12"

// Coverage is one HD, loop 2300: what a member is covered by, and what is to be done about it.
type Coverage struct {
	// HD01. 001 = change, 002 = delete, 021 = addition, 024 = cancellation or termination, 025 = reinstatement, 026 =
	// correction, 030 = audit or compare, 032 = employee information does not apply. Written, when empty, as that of the
	// member unless that is 001.
	MaintenanceType string `json:"maintenanceType,omitempty"`
	// HD03. HLT = health, HMO, PPO, DEN = dental, VIS = vision, PDG = prescription drug, ...
	InsuranceLine string `json:"insuranceLine,omitempty"`
	// HD04. The sponsor's words or code for the plan.
	PlanDescription string `json:"planDescription,omitempty"`
	// HD05. EMP = employee only, ESP = and spouse, ECH = and children, FAM = family, IND = individual, ...
	CoverageLevel string `json:"coverageLevel,omitempty"`
	// HD09. Y or N.
	LateEnrollment string        `json:"lateEnrollment,omitempty"`
	Dates          CoverageDates `json:"dates,omitzero"`
	Amounts        Amounts       `json:"amounts,omitzero"`
	// REF. Group or policy number and others.
	References CoverageReferences `json:"references,omitzero"`
	// REF*QQ. How many months of coverage before count.
	PriorCoverageMonths string `json:"priorCoverageMonths,omitempty"`
	// At most three.
	IDCards []IDCard `json:"idCards,omitempty"`
	// Loop 2310. Primary care provider and others.
	Providers []Provider `json:"providers,omitempty"`
	// Loop 2320, at most five. Other insurance of the member.
	CoordinationOfBenefits []CoordinationOfBenefits `json:"coordinationOfBenefits,omitempty"`
}

// Begin returns the first day of the benefit (DTP*348), zero when it was not sent.
func (c *Coverage) Begin() x12.Date { return c.Dates.BenefitBegin.First() }

// End returns the last day of the benefit, on which the member is still covered: DTP*349, or the end of a DTP*348 that is
// a range. It is zero when neither was sent.
func (c *Coverage) End() x12.Date {
	if !c.Dates.BenefitEnd.IsZero() {
		return c.Dates.BenefitEnd.Last()
	}
	return c.Dates.BenefitBegin.To
}

// CoverageDates are the DTP of a coverage.
type CoverageDates struct {
	EnrollmentSigned     DateRange `json:"enrollmentSigned,omitzero"`     // 300
	MaintenanceEffective DateRange `json:"maintenanceEffective,omitzero"` // 303
	PremiumPaidToEnd     DateRange `json:"premiumPaidToEnd,omitzero"`     // 343
	BenefitBegin         DateRange `json:"benefitBegin,omitzero"`         // 348
	BenefitEnd           DateRange `json:"benefitEnd,omitzero"`           // 349, the last day covered
	LastPremiumPaid      DateRange `json:"lastPremiumPaid,omitzero"`      // 543
	PreviousPeriod       DateRange `json:"previousPeriod,omitzero"`       // 695
	// What has no field above, comes a second time or is no date.
	Other []OtherDate `json:"other,omitempty"`
}

// CoverageReferences are the REF of a coverage, but for the months of prior coverage.
type CoverageReferences struct {
	ClientReportingCategory string `json:"clientReportingCategory,omitempty"` // 17
	PolicyNumber            string `json:"policyNumber,omitempty"`            // 1L, group or policy
	PaymentCategory         string `json:"paymentCategory,omitempty"`         // 9V
	ContractClass           string `json:"contractClass,omitempty"`           // CE
	ServiceContract         string `json:"serviceContract,omitempty"`         // E8
	MedicalAssistance       string `json:"medicalAssistance,omitempty"`       // M7, category
	Program                 string `json:"program,omitempty"`                 // PID
	RateCode                string `json:"rateCode,omitempty"`                // RB
	InternalControlNumber   string `json:"internalControlNumber,omitempty"`   // X9
	IssuerNumber            string `json:"issuerNumber,omitempty"`            // XM
	SpecialProgram          string `json:"specialProgram,omitempty"`          // XX1
	ServiceArea             string `json:"serviceArea,omitempty"`             // XX2
	County                  string `json:"county,omitempty"`                  // ZX
	MutuallyDefined         string `json:"mutuallyDefined,omitempty"`         // ZZ
	// What has no field above, or comes a second time.
	Other []Reference `json:"other,omitempty"`
}

// IDCard is an IDC: a card to send.
type IDCard struct {
	// IDC01. What plan it is for.
	Description string `json:"description,omitempty"`
	// IDC02. H = health, D = dental, P = prescription drugs.
	Type  string `json:"type,omitempty"`
	Count Amount `json:"count,omitzero"`
	// IDC04. 1 = add, 2 = change, RX = replace.
	Action string `json:"action,omitempty"`
}

// Provider is loop 2310.
type Provider struct {
	// LX01. Written as its place in the list when absent.
	Number Amount `json:"number,omitzero"`
	// NM101. P3 = primary care, QN = dentist, QA = pharmacy, FA = facility, 80 = hospital, ...
	Role string `json:"role,omitempty"`
	// NM102, 1 = person, 2 = organization. Written as 1 when empty and there is a first name, else as 2.
	EntityType string `json:"entityType,omitempty"`
	Name
	// NM108 and NM109. XX = NPI, FI = tax id, SV = number of the payer, 34 = social security number. Written as XX when
	// empty. See NPI.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// NM110. 25 = established patient, 26 = not established, 72 = unknown. Written as 72 when empty.
	Relationship string  `json:"relationship,omitempty"`
	Address      Address `json:"address,omitzero"`
	// The N3 behind the first: further lines of the address, at most one pair.
	MoreLines []AddressLines `json:"moreLines,omitempty"`
	// PER*IC, at most two. They have no names.
	Contacts []Contact `json:"contacts,omitempty"`
	// PLA. The member changes to this provider.
	Change *ProviderChange `json:"change,omitempty"`
}

// NPI returns the National Provider Identifier, "" when it was not sent.
func (p *Provider) NPI() string {
	if p.IDQualifier == "XX" {
		return p.ID
	}
	return ""
}

// AddressLines is an N3 alone.
type AddressLines struct {
	Line1 string `json:"line1,omitempty"`
	Line2 string `json:"line2,omitempty"`
}

// ProviderChange is a PLA.
type ProviderChange struct {
	Effective x12.Date `json:"effective,omitzero"`
	// PLA05. 14 = voluntary withdrawal, 22 = plan change, 46 = customer file is in error, AI = no reason given, ...
	Reason string `json:"reason,omitempty"`
}

// CoordinationOfBenefits is loop 2320: another insurance of the member.
type CoordinationOfBenefits struct {
	// COB01, which the other insurance is. P = primary, S = secondary, T = tertiary, U = unknown. Written as U when empty.
	Responsibility string `json:"responsibility,omitempty"`
	// COB02. Group or policy number with the other insurer.
	PolicyNumber string `json:"policyNumber,omitempty"`
	// COB03. 1 = coordination, 5 = unknown, 6 = no coordination. Written as 5 when empty.
	Coordination string `json:"coordination,omitempty"`
	// COB04.
	ServiceTypes []string `json:"serviceTypes,omitempty"`
	// REF.
	AccountSuffix        string `json:"accountSuffix,omitempty"`        // 60
	GroupNumber          string `json:"groupNumber,omitempty"`          // 6P
	SocialSecurityNumber string `json:"socialSecurityNumber,omitempty"` // SY
	MutuallyDefined      string `json:"mutuallyDefined,omitempty"`      // ZZ
	// What has no field above, or comes a second time.
	OtherReferences []Reference `json:"otherReferences,omitempty"`
	// DTP*344 and DTP*345.
	Begin x12.Date `json:"begin,omitzero"`
	End   x12.Date `json:"end,omitzero"`
	// What has no field above, comes a second time or is no date.
	OtherDates []OtherDate `json:"otherDates,omitempty"`
	// Loop 2330, at most three.
	Entities []RelatedEntity `json:"entities,omitempty"`
}

// RelatedEntity is loop 2330: an insurer, group or employer of the other insurance.
type RelatedEntity struct {
	// NM101. IN = insurer, GW = group, 36 = employer. Written as IN when empty.
	Role string `json:"role,omitempty"`
	Name string `json:"name,omitempty"`
	// NM108 and NM109. NI = NAIC code, FI = tax id, XV = National Plan ID.
	IDQualifier string  `json:"idQualifier,omitempty"`
	ID          string  `json:"id,omitempty"`
	Address     Address `json:"address,omitzero"`
	// PER*CN, qualifier TE.
	Phone string `json:"phone,omitempty"`
}

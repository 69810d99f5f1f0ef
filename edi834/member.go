package edi834

import "github.com/x12-go/edi/x12"

// Member is one INS: a subscriber or a dependent, with what is to be done about it and what it is covered by.
type Member struct {
	// INS01. Y = subscriber, N = dependent. Written as Y when empty and Relationship is 18, else as N. See IsSubscriber.
	SubscriberIndicator string `json:"subscriberIndicator,omitempty"`
	// INS02, what the member is to the subscriber. 18 = self, 01 = spouse, 19 = child, 53 = life partner, ... Written as 18
	// when empty and SubscriberIndicator is Y.
	Relationship string `json:"relationship,omitempty"`
	// INS03. 001 = change, 021 = addition, 024 = cancellation or termination, 025 = reinstatement, 030 = audit or compare.
	// Written as 030 when empty in a full file.
	MaintenanceType string `json:"maintenanceType,omitempty"`
	// INS04. 02 = birth, 08 = employment ended, 20 = active, 22 = plan change, 28 = first enrollment, ...
	MaintenanceReason string `json:"maintenanceReason,omitempty"`
	// INS05. A = active, C = COBRA, S = surviving insured, T = TEFRA. Written as A when empty.
	BenefitStatus string `json:"benefitStatus,omitempty"`
	// INS06-1. A = part A, B = part B, C = both, D = Medicare, E = no Medicare.
	MedicarePlan string `json:"medicarePlan,omitempty"`
	// INS06-2. 0 = age, 1 = disability, 2 = end stage renal disease.
	MedicareReason string `json:"medicareReason,omitempty"`
	// INS07. The event that entitles to COBRA: 1 = employment ended, 4 = death, 5 = divorce, ...
	COBRAEvent string `json:"cobraEvent,omitempty"`
	// INS08. FT = full time, PT = part time, RT = retired, L1 = leave of absence, TE = ended, ...
	EmploymentStatus string `json:"employmentStatus,omitempty"`
	// INS09. F = full time, P = part time, N = no student.
	StudentStatus string `json:"studentStatus,omitempty"`
	// INS10. Y or N.
	Handicap string `json:"handicap,omitempty"`
	// INS12.
	DeathDate x12.Date `json:"deathDate,omitzero"`
	// INS13. R = restricted, U = unrestricted access to the data of the member.
	Confidentiality string `json:"confidentiality,omitempty"`
	// INS17. Which of those born on one day, 1 = first.
	BirthSequence Amount `json:"birthSequence,omitzero"`
	// REF*0F, the same for a subscriber and its dependents. A [Writer] gives a dependent without one that of the subscriber
	// in front of it.
	SubscriberID string `json:"subscriberID,omitempty"`
	// REF*1L. Group or policy number.
	PolicyNumber string           `json:"policyNumber,omitempty"`
	References   MemberReferences `json:"references,omitzero"`
	Dates        MemberDates      `json:"dates,omitzero"`
	// Loop 2100A.
	Person Person `json:"person,omitzero"`
	// Loop 2100B. Who the receiver has the member for, where that is wrong by now: the name, id and data of before.
	IncorrectPerson *IncorrectPerson `json:"incorrectPerson,omitempty"`
	// Loop 2100C. Zero: that of Person.
	MailingAddress Address `json:"mailingAddress,omitzero"`
	// Loop 2100D, at most three.
	Employers []Employer `json:"employers,omitempty"`
	// Loop 2100E, at most three.
	Schools []School `json:"schools,omitempty"`
	// Loop 2100F. Its Role is empty.
	CustodialParent *RelatedPerson `json:"custodialParent,omitempty"`
	// Loop 2100G.
	ResponsiblePersons []RelatedPerson `json:"responsiblePersons,omitempty"`
	// Loop 2100H. Where to leave what is delivered.
	DropOff *DropOff `json:"dropOff,omitempty"`
	// Loop 2200.
	Disabilities []Disability `json:"disabilities,omitempty"`
	// Loop 2300, one for each HD.
	Coverages []Coverage `json:"coverages,omitempty"`
	// Loops 2700 and 2750.
	ReportingCategories []ReportingCategory `json:"reportingCategories,omitempty"`
}

// IsSubscriber reports whether the member is a subscriber: INS01 is Y or, where it is empty, INS02 is 18.
func (m *Member) IsSubscriber() bool {
	return m.SubscriberIndicator == "Y" || m.SubscriberIndicator == "" && m.Relationship == "18"
}

// MemberReferences are further REF of a member.
type MemberReferences struct {
	ClientReportingCategory string `json:"clientReportingCategory,omitempty"` // 17
	ClientNumber            string `json:"clientNumber,omitempty"`            // 23
	CaseNumber              string `json:"caseNumber,omitempty"`              // 3H
	PersonalIdentification  string `json:"personalIdentification,omitempty"`  // 4A, a PIN
	CrossReference          string `json:"crossReference,omitempty"`          // 6O
	PersonalID              string `json:"personalID,omitempty"`              // ABB
	PharmacyNumber          string `json:"pharmacyNumber,omitempty"`          // D3, of NCPDP
	Department              string `json:"department,omitempty"`              // DX, or agency
	MedicareNumber          string `json:"medicareNumber,omitempty"`          // F6
	Position                string `json:"position,omitempty"`                // P5
	PriorID                 string `json:"priorID,omitempty"`                 // Q4, of before
	Unit                    string `json:"unit,omitempty"`                    // QQ
	MutuallyDefined         string `json:"mutuallyDefined,omitempty"`         // ZZ
	// What has no field above, or comes a second time.
	Other []Reference `json:"other,omitempty"`
}

// MemberDates are the DTP of a member.
type MemberDates struct {
	Received                    x12.Date `json:"received,omitzero"`                    // 050
	Retirement                  x12.Date `json:"retirement,omitzero"`                  // 286
	DisabilityReturnToWork      x12.Date `json:"disabilityReturnToWork,omitzero"`      // 296
	DisabilityLastWorked        x12.Date `json:"disabilityLastWorked,omitzero"`        // 297
	EnrollmentSigned            x12.Date `json:"enrollmentSigned,omitzero"`            // 300
	COBRAEvent                  x12.Date `json:"cobraEvent,omitzero"`                  // 301
	MaintenanceEffective        x12.Date `json:"maintenanceEffective,omitzero"`        // 303
	EmploymentBegin             x12.Date `json:"employmentBegin,omitzero"`             // 336
	EmploymentEnd               x12.Date `json:"employmentEnd,omitzero"`               // 337
	MedicareBegin               x12.Date `json:"medicareBegin,omitzero"`               // 338
	MedicareEnd                 x12.Date `json:"medicareEnd,omitzero"`                 // 339
	COBRABegin                  x12.Date `json:"cobraBegin,omitzero"`                  // 340
	COBRAEnd                    x12.Date `json:"cobraEnd,omitzero"`                    // 341
	EducationBegin              x12.Date `json:"educationBegin,omitzero"`              // 350
	EducationEnd                x12.Date `json:"educationEnd,omitzero"`                // 351
	EligibilityBegin            x12.Date `json:"eligibilityBegin,omitzero"`            // 356
	EligibilityEnd              x12.Date `json:"eligibilityEnd,omitzero"`              // 357
	AdjustedHire                x12.Date `json:"adjustedHire,omitzero"`                // 383
	CreditedServiceBegin        x12.Date `json:"creditedServiceBegin,omitzero"`        // 385
	CreditedServiceEnd          x12.Date `json:"creditedServiceEnd,omitzero"`          // 386
	PlanParticipationSuspension x12.Date `json:"planParticipationSuspension,omitzero"` // 393
	Rehire                      x12.Date `json:"rehire,omitzero"`                      // 394
	MedicaidBegin               x12.Date `json:"medicaidBegin,omitzero"`               // 473
	MedicaidEnd                 x12.Date `json:"medicaidEnd,omitzero"`                 // 474
	// What has no field above, comes a second time or is no date.
	Other []OtherDate `json:"other,omitempty"`
}

// Disability is loop 2200.
type Disability struct {
	// DSB01. 1 = short term, 2 = long term, 3 = permanent or total, 4 = none.
	Type string `json:"type,omitempty"`
	// DSB07 and DSB08. DX = ICD-9-CM, ZZ = ICD-10-CM or another list. Written as ZZ when empty.
	DiagnosisQualifier string `json:"diagnosisQualifier,omitempty"`
	Diagnosis          string `json:"diagnosis,omitempty"`
	// DTP*360 and DTP*361.
	Begin x12.Date `json:"begin,omitzero"`
	End   x12.Date `json:"end,omitzero"`
	// What has no field above, comes a second time or is no date.
	OtherDates []OtherDate `json:"otherDates,omitempty"`
}

// ReportingCategory is loops 2700 and 2750: a value the sponsor wants members sorted by.
type ReportingCategory struct {
	// LX01. Written as its place in the list when absent.
	Number Amount `json:"number,omitzero"`
	Name   string `json:"name,omitempty"`
	// REF. 17 = client reporting category, 19 = division, 26 = union, 3L = branch, 9V = payment category, LU = location,
	// ZZ = mutually defined, ...
	Reference *Reference `json:"reference,omitempty"`
	// DTP*007.
	Effective DateRange `json:"effective,omitzero"`
}

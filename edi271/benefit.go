package edi271

import "github.com/x12-go/edi/x12/codes"

// Benefit is one EB with all that belongs to it: a row of the answer.
type Benefit struct {
	// EB01, what the row says. 1 to 5 = active coverage, 6 to 8 = inactive, A = coinsurance, B = copayment, C = deductible,
	// F = limitations, G = out-of-pocket maximum, I = not covered, L = primary care provider, R = other payer, ...
	Information string `json:"information,omitempty"`
	// EB02. IND = individual, FAM = family, ... Empty: not said.
	CoverageLevel string `json:"coverageLevel,omitempty"`
	// EB03. What care it is about, each code for itself; 30 = the plan as a whole.
	ServiceTypes []string `json:"serviceTypes,omitempty"`
	// EB04.
	InsuranceType string `json:"insuranceType,omitempty"`
	// EB05. The name of the plan.
	Plan string `json:"plan,omitempty"`
	// EB06. What time the figures are for: 23 = calendar year, 22 = service year, 27 = visit, 29 = what remains, ...
	TimePeriod string `json:"timePeriod,omitempty"`
	// EB07. Of copayment, deductible and the like what the patient pays.
	Amount Amount `json:"amount,omitzero"`
	// EB08. Of coinsurance the part of the patient, as a fraction: 0.2 is 20 percent.
	Percent Amount `json:"percent,omitzero"`
	// EB09 and EB10. VS = visits, DY = days, S7 and S8 = highest and lowest age, ...
	QuantityQualifier string `json:"quantityQualifier,omitempty"`
	Quantity          Amount `json:"quantity,omitzero"`
	// EB11, is authorization needed: Y, N, or U = the payer cannot tell.
	AuthorizationRequired string `json:"authorizationRequired,omitempty"`
	// EB12, is the row about care inside the plan's network: Y, N, U = not known, W = both alike. Empty: not said. It
	// does not tell whether the provider who asks is in the network.
	InNetwork string     `json:"inNetwork,omitempty"`
	Procedure *Procedure `json:"procedure,omitempty"`
	// EB14. Which of the person's Diagnoses, 1 = first.
	DiagnosisPointers []int       `json:"diagnosisPointers,omitempty"`
	Deliveries        []Delivery  `json:"deliveries,omitempty"`
	References        []Reference `json:"references,omitempty"`
	Dates             []Date      `json:"dates,omitempty"`
	Rejections        []Rejection `json:"rejections,omitempty"`
	// MSG. They may change the meaning of the row.
	Messages   []string    `json:"messages,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
	// Loop 2120, between LS and LE.
	Entities []Entity `json:"entities,omitempty"`

	// Which answers the row is from; of [Merge] only, it is not written.
	Origin *Origin `json:"origin,omitempty"`
}

// InformationDescription returns the meaning of Information, "" when it is not known.
func (b *Benefit) InformationDescription() string { return codes.Describe("eb_info", b.Information) }

// PlacesOfService returns the places of service the row is limited to: III with the code list ZZ.
func (b *Benefit) PlacesOfService() (list []string) {
	for i := range b.Conditions {
		if c := &b.Conditions[i]; c.CodeQualifier == "ZZ" && c.Code != "" {
			list = append(list, c.Code)
		}
	}
	return list
}

// Delivery is an HSD: how often. 12 visits (QuantityQualifier VS, Quantity 12) per week (Unit WK) for 3 months (TimePeriod 34,
// Periods 3).
type Delivery struct {
	QuantityQualifier string `json:"quantityQualifier,omitempty"` // HSD01. DY = days, FL = units, HS = hours, MN = months, VS = visits
	Quantity          Amount `json:"quantity,omitzero"`           // HSD02
	Unit              string `json:"unit,omitempty"`              // HSD03. DA = day, MO = month, VS = visit, WK = week, YR = year
	SampleModulus     Amount `json:"sampleModulus,omitzero"`      // HSD04. In how many of these
	TimePeriod        string `json:"timePeriod,omitempty"`        // HSD05, as Benefit.TimePeriod
	Periods           Amount `json:"periods,omitzero"`            // HSD06
	Frequency         string `json:"frequency,omitempty"`         // HSD07. On which days
	PatternTime       string `json:"patternTime,omitempty"`       // HSD08. At which time of day
}

// Condition is an III: what limits a benefit beside its service types.
type Condition struct {
	// III01. ZZ = place of service, GR and NI = nature of an injury.
	CodeQualifier string `json:"codeQualifier,omitempty"`
	Code          string `json:"code,omitempty"`
	// III03, 44 = nature of injury.
	Category        string `json:"category,omitempty"`
	InjuredBodyPart string `json:"injuredBodyPart,omitempty"` // III04
}

// Entity is loop 2120: somebody a benefit has to do with.
type Entity struct {
	// NM101. P3 = primary care provider, P4 = prior payer, PR = payer, PRP, SEP and TTP = primary, secondary and tertiary payer,
	// VN = vendor, 1P = provider, FA = facility, IL = insured, ...
	Role string `json:"role,omitempty"`
	// NM102. Written as 1 when empty and there is a first name, else as 2.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	IDQualifier        string `json:"idQualifier,omitempty"`
	ID                 string `json:"id,omitempty"`
	// NM110. What it is to the subscriber.
	Relationship string  `json:"relationship,omitempty"`
	Address      Address `json:"address,omitzero"`
	// N405 and N406. RJ = region of the military health services.
	LocationQualifier string     `json:"locationQualifier,omitempty"`
	Location          string     `json:"location,omitempty"`
	Contacts          []Contact  `json:"contacts,omitempty"`
	Specialty         *Specialty `json:"specialty,omitempty"`
}

// RoleDescription returns the meaning of Role, "" when it is not known.
func (e *Entity) RoleDescription() string { return codes.Describe("entity", e.Role) }

// Origin says which rows of two answers a row of a merged one is from, by their numbers, 1 = first EB.
type Origin struct {
	Standard []int `json:"standard,omitempty"`
	Enhanced []int `json:"enhanced,omitempty"`
}

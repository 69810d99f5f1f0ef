package edi837

import "github.com/x12-go/edi/x12"

// BillingProvider is who bills and is paid: loops 2000A and 2010AA.
type BillingProvider struct {
	// NM102, 1 = person, 2 = organization. Written as 1 when empty and there is a first name, else as 2.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. XX = NPI. Written as XX when empty. See NPI.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// PRV03.
	Taxonomy string  `json:"taxonomy,omitempty"`
	Address  Address `json:"address,omitzero"`
	// REF02 of the tax number, and its qualifier: EI = employer's id, SY = social security number. Written as EI when
	// empty.
	TaxIDQualifier string `json:"taxIDQualifier,omitempty"`
	TaxID          string `json:"taxID,omitempty"`
	// REF. 0B = license, 1G = UPIN. See Payer.BillingProviderIDs too.
	SecondaryIDs []Reference `json:"secondaryIDs,omitempty"`
	// PER*IC.
	Contacts []Contact `json:"contacts,omitempty"`
	// CUR02, ISO 4217. Empty: US dollars.
	Currency string `json:"currency,omitempty"`
	// Loop 2010AB. Where to pay, when not to the address of the provider.
	PayToAddress *PayToAddress `json:"payToAddress,omitempty"`
	// Loop 2010AC. The health plan that asks to be paid back (subrogation).
	PayToPlan *PayToPlan `json:"payToPlan,omitempty"`
}

// NPI returns the National Provider Identifier, "" when it was not sent.
func (p *BillingProvider) NPI() string { return npi(p.IDQualifier, p.ID) }

func npi(qualifier, id string) string {
	if qualifier == "XX" {
		return id
	}
	return ""
}

// PayToAddress is loop 2010AB.
type PayToAddress struct {
	// NM102. Written as that of the billing provider when empty.
	EntityType string  `json:"entityType,omitempty"`
	Address    Address `json:"address,omitzero"`
}

// PayToPlan is loop 2010AC.
type PayToPlan struct {
	Name string `json:"name,omitempty"`
	// NM108 and NM109. PI = payer id, XV = National Plan ID. Written as PI when empty.
	IDQualifier string  `json:"idQualifier,omitempty"`
	ID          string  `json:"id,omitempty"`
	Address     Address `json:"address,omitzero"`
	// REF. 2U = payer id, FY = claim office, NF = NAIC code.
	SecondaryID *Reference `json:"secondaryID,omitempty"`
	// REF*EI.
	TaxID string `json:"taxID,omitempty"`
}

// Coverage is an SBR: what a subscriber has with a payer.
type Coverage struct {
	// SBR01. P = primary, S = secondary, T = tertiary, A to H = fourth to eleventh, U = unknown.
	PayerResponsibility string `json:"payerResponsibility,omitempty"`
	// SBR02, what the patient is to the subscriber. 18 = self. For the destination payer only self is said here: else
	// see Patient.Relationship. Written as 18 when empty and there is no Patient.
	Relationship string `json:"relationship,omitempty"`
	// SBR03. Group or policy number.
	GroupNumber string `json:"groupNumber,omitempty"`
	// SBR04.
	GroupName string `json:"groupName,omitempty"`
	// SBR05. Why Medicare is not primary.
	InsuranceType string `json:"insuranceType,omitempty"`
	// SBR09. MB = Medicare B, CI = commercial, BL = Blue Cross, ...
	FilingIndicator string `json:"filingIndicator,omitempty"`
}

// Person is who has the coverage, or who is treated.
type Person struct {
	// NM102, 1 = person, 2 = organization. Written as 1 when empty.
	EntityType         string  `json:"entityType,omitempty"`
	LastOrOrganization string  `json:"lastOrOrganization,omitempty"`
	First              string  `json:"first,omitempty"`
	Middle             string  `json:"middle,omitempty"`
	Suffix             string  `json:"suffix,omitempty"`
	Address            Address `json:"address,omitzero"`
	// DMG02.
	BirthDate x12.Date `json:"birthDate,omitzero"`
	// DMG03. F, M or U.
	Gender string `json:"gender,omitempty"`
	// PAT06.
	DeathDate x12.Date `json:"deathDate,omitzero"`
	// PAT08, in pounds.
	Weight Amount `json:"weight,omitzero"`
	// PAT09. Y = pregnant.
	Pregnant string `json:"pregnant,omitempty"`
	// REF*Y4. The property and casualty carrier's number.
	PropertyCasualtyClaimNumber string `json:"propertyCasualtyClaimNumber,omitempty"`
	// PER*IC. Property and casualty.
	Contact *Contact `json:"contact,omitempty"`
}

// Subscriber is who has the coverage with the destination payer: loops 2000B and 2010BA.
type Subscriber struct {
	Coverage
	Person
	// NM108 and NM109. MI = member id, II = unique health identifier. Written as MI when empty.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// REF*SY.
	SocialSecurityNumber string `json:"socialSecurityNumber,omitempty"`
}

// Patient is who was treated, when it is not the subscriber: loops 2000C and 2010CA.
type Patient struct {
	// PAT01. 01 = spouse, 19 = child, G8 = other, ...
	Relationship string `json:"relationship,omitempty"`
	Person
	// REF. 1W = member id, SY = social security number; property and casualty.
	SecondaryID *Reference `json:"secondaryID,omitempty"`
}

// Payer is who the claim is sent to for payment: loop 2010BB.
type Payer struct {
	Name string `json:"name,omitempty"`
	// NM108 and NM109. PI = payer id, XV = National Plan ID. Written as PI when empty.
	IDQualifier string  `json:"idQualifier,omitempty"`
	ID          string  `json:"id,omitempty"`
	Address     Address `json:"address,omitzero"`
	// REF. 2U = payer id, EI = tax id, FY = claim office, NF = NAIC code.
	SecondaryIDs []Reference `json:"secondaryIDs,omitempty"`
	// REF. G2 = number the payer gave the billing provider, LU = location number.
	BillingProviderIDs []Reference `json:"billingProviderIDs,omitempty"`
}

// Provider is a person or organization with a part in the care: loops 2310, 2330C to 2330I and 2420.
type Provider struct {
	// NM101 where the guide gives a choice: a referring provider is DN (referring) or P3 (primary care). Written as DN
	// there when empty; empty elsewhere.
	Role string `json:"role,omitempty"`
	// NM102, 1 = person, 2 = organization. Written as the guide wants it when empty.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. XX = NPI. Written as XX when empty. See NPI.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// PRV03.
	Taxonomy string `json:"taxonomy,omitempty"`
	// Of a service facility or an ordering provider.
	Address Address `json:"address,omitzero"`
	// REF.
	SecondaryIDs []ProviderID `json:"secondaryIDs,omitempty"`
	// PER*IC. Of a service facility or an ordering provider.
	Contact *Contact `json:"contact,omitempty"`
}

// NPI returns the National Provider Identifier, "" when it was not sent.
func (p *Provider) NPI() string { return npi(p.IDQualifier, p.ID) }

// Providers are those who took part, by what they did. A claim and a line have them in full; of another payer only
// EntityType and SecondaryIDs are known, the numbers that payer gave them.
type Providers struct {
	Attending      *Provider `json:"attending,omitempty"`      // institutional claims
	Operating      *Provider `json:"operating,omitempty"`      // institutional
	OtherOperating *Provider `json:"otherOperating,omitempty"` // institutional
	// At most two on a professional or dental claim, one elsewhere.
	Referring        []Provider `json:"referring,omitempty"`
	Rendering        *Provider  `json:"rendering,omitempty"`
	AssistantSurgeon *Provider  `json:"assistantSurgeon,omitempty"` // dental
	ServiceFacility  *Provider  `json:"serviceFacility,omitempty"`
	Supervising      *Provider  `json:"supervising,omitempty"` // professional, dental
	Ordering         *Provider  `json:"ordering,omitempty"`    // professional lines
	Purchased        *Provider  `json:"purchased,omitempty"`   // professional lines: who performed a purchased service
	Billing          *Provider  `json:"billing,omitempty"`     // of another payer
}

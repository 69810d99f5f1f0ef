package edi270

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// Request is one 270 (one ST to SE): the inquiries a provider sends in one go.
type Request struct {
	// Interchange and group it came in, or is to be written in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02. When empty, the Writer assigns one.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide. Written as 005010X279A1 when empty.
	Guide string `json:"guide,omitempty"`
	// BHT02. 13 = request, 01 = cancellation of one. Written as 13 when empty.
	Purpose string `json:"purpose,omitempty"`
	// BHT03. The sender's number for the request; it comes back in the answer. Written as the control number of the set when
	// empty.
	Reference string `json:"reference,omitempty"`
	// BHT04 and BHT05. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// BHT06. RT = spend down.
	Type string `json:"type,omitempty"`
	// The inquiries; none while a request is read inquiry by inquiry.
	Inquiries []Inquiry `json:"inquiries,omitempty"`
}

// Inquiry is what is asked about one person: loops 2000C or 2000D with all they stand under.
type Inquiry struct {
	Source   Source   `json:"source,omitzero"`
	Receiver Receiver `json:"receiver,omitzero"`
	// Who has the coverage.
	Subscriber Person `json:"subscriber,omitzero"`
	// Who it is asked about, when not the subscriber.
	Dependent *Person `json:"dependent,omitempty"`
	// TRN, of the subscriber or the dependent it is asked about.
	Traces []Trace `json:"traces,omitempty"`
	// EQ.
	Questions []Question `json:"questions,omitempty"`
}

// Subject returns who it is asked about: the dependent, or the subscriber.
func (q *Inquiry) Subject() *Person {
	if q.Dependent != nil {
		return q.Dependent
	}
	return &q.Subscriber
}

// ServiceTypes returns the service types asked about, each once, in their order.
func (q *Inquiry) ServiceTypes() (list []string) {
	seen := map[string]bool{}
	for i := range q.Questions {
		for _, s := range q.Questions[i].ServiceTypes {
			if !seen[s] {
				seen[s] = true
				list = append(list, s)
			}
		}
	}
	return list
}

// Source is who is asked, a payer as a rule: loop 2100A.
type Source struct {
	// NM101. PR = payer, 2B = third-party administrator, 36 = employer, GP = gateway provider, P5 = plan sponsor. Written as PR
	// when empty.
	Role string `json:"role,omitempty"`
	// NM102, 1 = person, 2 = organization. Written as 1 when empty and there is a first name, else as 2.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. PI = payer id, NI = NAIC code, XV = National Plan ID, FI = tax id, ... Written as PI when empty.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

// Receiver is who asks and gets the answer, a provider as a rule: loop 2100B.
type Receiver struct {
	// NM101. 1P = provider, FA = facility, 80 = hospital, GP = gateway provider, PR = payer, ... Written as 1P when empty.
	Role string `json:"role,omitempty"`
	// NM102. Written as 1 when empty and there is a first name, else as 2.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. XX = NPI, SV = number the payer gave, FI = tax id, PI = payer id, ... Written as XX when empty.
	IDQualifier string      `json:"idQualifier,omitempty"`
	ID          string      `json:"id,omitempty"`
	References  []Reference `json:"references,omitempty"`
	Address     Address     `json:"address,omitzero"`
	Specialty   *Specialty  `json:"specialty,omitempty"`
}

// NPI returns the National Provider Identifier, "" when it was not sent.
func (r *Receiver) NPI() string {
	if r.IDQualifier == "XX" {
		return r.ID
	}
	return ""
}

// Person is a subscriber (loop 2100C) or a dependent (2100D).
type Person struct {
	// NM102, 1 = person, 2 = organization (an employer as subscriber). Written as 1 when empty.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109, of a subscriber. MI = member id, II = unique health identifier. Written as MI when empty and there is
	// an ID.
	IDQualifier string      `json:"idQualifier,omitempty"`
	ID          string      `json:"id,omitempty"`
	References  []Reference `json:"references,omitempty"`
	Address     Address     `json:"address,omitzero"`
	// PRV. The provider the inquiry is for, when it is not the receiver.
	Specialty *Specialty `json:"specialty,omitempty"`
	// DMG02.
	BirthDate x12.Date `json:"birthDate,omitzero"`
	// DMG03. F or M.
	Gender string `json:"gender,omitempty"`
	// INS02. 18 = self, the only one of a subscriber; 01 = spouse, 19 = child, 34 = other adult. It is not sent of a
	// subscriber but for a BirthSequence.
	Relationship string `json:"relationship,omitempty"`
	// INS17. Which of several born together, 1 = first.
	BirthSequence Amount      `json:"birthSequence,omitzero"`
	Diagnoses     []Diagnosis `json:"diagnoses,omitempty"`
	// DTP. 291 = the day or days of the plan that is asked about, 102 = issue of the card.
	Dates []Date `json:"dates,omitempty"`
}

// Question is one EQ: what is asked.
type Question struct {
	// EQ01. 30 = the plan as a whole.
	ServiceTypes []string `json:"serviceTypes,omitempty"`
	// EQ02. In the place of service types.
	Procedure *Procedure `json:"procedure,omitempty"`
	// EQ03. FAM = all of the family; of a subscriber only.
	CoverageLevel string `json:"coverageLevel,omitempty"`
	// EQ05. Which of the person's Diagnoses, 1 = first.
	DiagnosisPointers []int `json:"diagnosisPointers,omitempty"`
	// AMT*R and AMT*PB. Of a subscriber only.
	SpendDown            Amount `json:"spendDown,omitzero"`
	SpendDownTotalBilled Amount `json:"spendDownTotalBilled,omitzero"`
	// III02.
	PlaceOfService string `json:"placeOfService,omitempty"`
	// REF. 9F = referral, G1 = prior authorization.
	Authorization *Reference `json:"authorization,omitempty"`
	// DTP*291. When it is not that of the person.
	Date DateRange `json:"date,omitzero"`
}

// ServiceTypeDescription returns the meaning of a service type code, "" when it is not known.
func ServiceTypeDescription(code string) string { return codes.Describe("service_type", code) }

// RelationshipDescription returns the meaning of Relationship, "" when it is not known.
func (p *Person) RelationshipDescription() string {
	return codes.Describe("relationship", p.Relationship)
}

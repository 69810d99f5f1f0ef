package edi271

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// Reply is one 271 (one ST to SE): the answers of a payer sent in one go.
type Reply struct {
	// Interchange and group it came in, or is to be written in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02. When empty, the Writer assigns one.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide. Written as 005010X279A1 when empty.
	Guide string `json:"guide,omitempty"`
	// BHT02. 11 = response, 06 = confirmation of a cancellation. Written as 11 when empty.
	Purpose string `json:"purpose,omitempty"`
	// BHT03. The number of the inquiry.
	Reference string `json:"reference,omitempty"`
	// BHT04 and BHT05. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// The responses; none while a reply is read response by response.
	Responses []Response `json:"responses,omitempty"`
}

// Response is what is answered about one person: loops 2000C or 2000D with all they stand under. Where a payer or a provider
// was refused and nobody stands below, it has no Subscriber, or no Receiver either.
type Response struct {
	Source   Source    `json:"source,omitzero"`
	Receiver *Receiver `json:"receiver,omitempty"`
	// Who has the coverage.
	Subscriber *Person `json:"subscriber,omitempty"`
	// Who the answer is about, when not the subscriber.
	Dependent *Person `json:"dependent,omitempty"`
	// TRN, of the subscriber or the dependent the answer is about.
	Traces []Trace `json:"traces,omitempty"`
	// EB.
	Benefits []Benefit `json:"benefits,omitempty"`
}

// Subject returns who the answer is about: the dependent, or the subscriber, or nil for nobody.
func (r *Response) Subject() *Person {
	if r.Dependent != nil {
		return r.Dependent
	}
	return r.Subscriber
}

// EB returns a benefit by its number, 1 = first, as a [Summary] and the CSV table name it; nil when there is none.
func (r *Response) EB(n int) *Benefit {
	if n < 1 || n > len(r.Benefits) {
		return nil
	}
	return &r.Benefits[n-1]
}

// Rejection is an AAA: why an inquiry was not answered, in whole or in part. Which loop it stands in says about whom or what.
type Rejection struct {
	// AAA01. Y = the inquiry is valid and was refused all the same, N = it is not valid.
	Valid string `json:"valid,omitempty"`
	// AAA03, code list aaa_reject.
	Reason string `json:"reason,omitempty"`
	// AAA04, code list aaa_followup.
	FollowUp string `json:"followUp,omitempty"`
}

// ReasonDescription returns the meaning of Reason, "" when it is not known.
func (r *Rejection) ReasonDescription() string { return codes.Describe("aaa_reject", r.Reason) }

// FollowUpDescription returns the meaning of FollowUp, "" when it is not known.
func (r *Rejection) FollowUpDescription() string { return codes.Describe("aaa_followup", r.FollowUp) }

// PlacedRejection is a rejection with its place.
type PlacedRejection struct {
	// 2000A, 2100A, 2100B, 2100C, 2100D, 2110C or 2110D.
	Loop string `json:"loop,omitempty"`
	// Of loops 2110C and 2110D which EB it belongs to, 1 = first.
	EB int `json:"eb,omitempty"`
	Rejection
	// The meanings of the codes.
	ReasonText   string `json:"reasonText,omitempty"`
	FollowUpText string `json:"followUpText,omitempty"`
}

// Rejections returns all rejections of the response in the order of the guide, each with its place and its words.
func (r *Response) Rejections() (list []PlacedRejection) {
	add := func(loop string, eb int, of []Rejection) {
		for _, x := range of {
			list = append(list, PlacedRejection{loop, eb, x, x.ReasonDescription(), x.FollowUpDescription()})
		}
	}
	add("2000A", 0, r.Source.LevelRejections)
	add("2100A", 0, r.Source.Rejections)
	if r.Receiver != nil {
		add("2100B", 0, r.Receiver.Rejections)
	}
	if r.Subscriber != nil {
		add("2100C", 0, r.Subscriber.Rejections)
	}
	benefits := "2110C"
	if r.Dependent != nil {
		add("2100D", 0, r.Dependent.Rejections)
		benefits = "2110D"
	}
	for i := range r.Benefits {
		add(benefits, i+1, r.Benefits[i].Rejections)
	}
	return list
}

// Source is who answers, a payer as a rule: loops 2000A and 2100A.
type Source struct {
	// AAA of loop 2000A: the inquiry did not get as far as the payer.
	LevelRejections []Rejection `json:"levelRejections,omitempty"`
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
	IDQualifier string    `json:"idQualifier,omitempty"`
	ID          string    `json:"id,omitempty"`
	Contacts    []Contact `json:"contacts,omitempty"`
	// AAA of loop 2100A: the payer cannot answer.
	Rejections []Rejection `json:"rejections,omitempty"`
}

// Receiver is who asked, a provider as a rule: loop 2100B.
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
	// AAA: the provider may not ask.
	Rejections []Rejection `json:"rejections,omitempty"`
	Specialty  *Specialty  `json:"specialty,omitempty"`
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
	// NM102, 1 = person, 2 = organization. Written as 1 when empty.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109, of a subscriber. MI = member id, II = unique health identifier. Written as MI when empty and there is
	// an ID.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// REF. 6P = group number (and name), 1L = policy number, 18 = plan number, N6 = network, Q4 = earlier member id,
	// 49 = family unit number, ...
	References []Reference `json:"references,omitempty"`
	Address    Address     `json:"address,omitzero"`
	// AAA: the person was not found, or not as asked for. Those of a subscriber who is answered about stand there only, not
	// on the dependents' responses.
	Rejections []Rejection `json:"rejections,omitempty"`
	Specialty  *Specialty  `json:"specialty,omitempty"`
	// DMG02.
	BirthDate x12.Date `json:"birthDate,omitzero"`
	// DMG03. F, M or U.
	Gender string `json:"gender,omitempty"`
	// INS02. 18 = self, 01 = spouse, 19 = child, ...
	Relationship string `json:"relationship,omitempty"`
	// INS03 and INS04. 001 and 25: what is told here of the person differs from what was asked.
	MaintenanceType   string `json:"maintenanceType,omitempty"`
	MaintenanceReason string `json:"maintenanceReason,omitempty"`
	// INS17. Which of several born together, 1 = first.
	BirthSequence Amount      `json:"birthSequence,omitzero"`
	Diagnoses     []Diagnosis `json:"diagnoses,omitempty"`
	// DTP, of the plan as a whole; those of a benefit override them.
	Dates    []Date           `json:"dates,omitempty"`
	Military *MilitaryService `json:"military,omitempty"`
}

// RelationshipDescription returns the meaning of Relationship, "" when it is not known.
func (p *Person) RelationshipDescription() string {
	return codes.Describe("relationship", p.Relationship)
}

// MilitaryService is an MPI.
type MilitaryService struct {
	InformationStatus string    `json:"informationStatus,omitempty"` // MPI01
	EmploymentStatus  string    `json:"employmentStatus,omitempty"`  // MPI02
	Affiliation       string    `json:"affiliation,omitempty"`       // MPI03
	Description       string    `json:"description,omitempty"`       // MPI04
	Rank              string    `json:"rank,omitempty"`              // MPI05
	Period            DateRange `json:"period,omitzero"`             // MPI07
}

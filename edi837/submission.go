package edi837

import "github.com/x12-go/edi/x12"

// Submission is one 837 (one ST to SE): who sends claims to whom, and the claims.
type Submission struct {
	// Interchange and group it came in, or is to be written in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02. When empty, the Writer assigns one.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide. When empty, the Writer takes that of the kind of its claims.
	Guide string `json:"guide,omitempty"`
	// BHT02. 00 = original, 18 = reissue. Written as 00 when empty.
	Purpose string `json:"purpose,omitempty"`
	// BHT03. The submitter's number for the submission. Written as the control number of the set when empty.
	Reference string `json:"reference,omitempty"`
	// BHT04 and BHT05. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// BHT06. CH = chargeable (claims), RP = reporting (encounters), 31 = subrogation demand. Written as CH when empty.
	Type string `json:"type,omitempty"`
	// Loop 1000A.
	Submitter Submitter `json:"submitter,omitzero"`
	// Loop 1000B.
	Receiver Receiver `json:"receiver,omitzero"`
	// The claims; none while a submission is read claim by claim.
	Claims []Claim `json:"claims,omitempty"`
}

// Kind returns the kind the guide says, "" when it is not known. The claims know theirs, should a sender have named another.
func (s *Submission) Kind() Kind { return KindOf(s.Guide) }

// Submitter is who sends: a provider, a clearinghouse, a billing service.
type Submitter struct {
	// NM102, 1 = person, 2 = organization. Written as 2 when empty.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	// NM109, qualifier 46 (electronic transmitter id).
	ID string `json:"id,omitempty"`
	// PER*IC.
	Contacts []Contact `json:"contacts,omitempty"`
}

// Receiver is who is sent to: a payer, a clearinghouse.
type Receiver struct {
	// NM103. Always an organization.
	Name string `json:"name,omitempty"`
	// NM109, qualifier 46.
	ID string `json:"id,omitempty"`
}

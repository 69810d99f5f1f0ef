package ack

import (
	"github.com/x12-go/edi/x12"
)

// ClaimReport is one 277 claim acknowledgment (one ST to SE): what a payer or clearinghouse says of the claims it was sent.
type ClaimReport struct {
	// Interchange and group it came in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide.
	Guide string `json:"guide,omitempty"`
	// BHT03. The number the sender gave the report.
	Reference string `json:"reference,omitempty"`
	// BHT04 and BHT05. When it was made.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// Loop 2000A; none while a report is read claim by claim.
	Sources []Source `json:"sources,omitempty"`
}

// Party is an NM1.
type Party struct {
	// NM101. PR = payer, AY = clearinghouse, 41 = who submitted, 85 = billing provider.
	Role string `json:"role,omitempty"`
	// NM102, 1 = person, 2 = organization.
	EntityType         string `json:"entityType,omitempty"`
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	// NM108 and NM109. PI = payer id, 46 = number of an electronic submitter, XX = NPI, FI = tax id, ...
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

// Source is who answers: loop 2000A.
type Source struct {
	Party Party `json:"party,omitzero"`
	// TRN02. The number the receiver gave the transmission.
	TraceNumber string `json:"traceNumber,omitempty"`
	// DTP 050 and 009. When the claims came, and when they were looked at.
	ReceiptDate x12.Date `json:"receiptDate,omitzero"`
	ProcessDate x12.Date `json:"processDate,omitzero"`
	// Loop 2000B; none while a report is read claim by claim.
	Receivers []Receiver `json:"receivers,omitempty"`
}

// Receiver is who submitted the claims: loop 2000B.
type Receiver struct {
	Party Party `json:"party,omitzero"`
	// Loop 2200B: what was submitted, as a whole.
	Batch Batch `json:"batch,omitzero"`
	// Loop 2000C; none while a report is read claim by claim, or when the batch was refused as a whole.
	Providers []Provider `json:"providers,omitempty"`
}

// Provider is a billing provider: loop 2000C.
type Provider struct {
	Party Party `json:"party,omitzero"`
	// Loop 2200C: its claims as a whole; nil when nothing is said of that.
	Batch *Batch `json:"batch,omitempty"`
	// Loop 2000D; none while a report is read claim by claim.
	Patients []PatientAck `json:"patients,omitempty"`
}

// Batch is what is said of many claims together: loop 2200B of a receiver, 2200C of a provider.
type Batch struct {
	// TRN02. Of a receiver the number of its batch (BHT03 of the 837), of a provider a number that the source gave.
	Number   string   `json:"number,omitempty"`
	Statuses []Status `json:"statuses,omitempty"`
	// REF, of a provider only.
	References []Reference `json:"references,omitempty"`
	// QTY and AMT: claims, and their charges.
	AcceptedCount  Amount `json:"acceptedCount,omitzero"`
	RejectedCount  Amount `json:"rejectedCount,omitzero"`
	AcceptedAmount Amount `json:"acceptedAmount,omitzero"`
	RejectedAmount Amount `json:"rejectedAmount,omitzero"`
}

// Reference is a REF.
type Reference struct {
	Qualifier string `json:"qualifier,omitempty"`
	ID        string `json:"id,omitempty"`
}

// Status is an STC.
type Status struct {
	// STC01, and STC10 and STC11: one to three reasons, the first the main one.
	Reasons []Reason `json:"reasons,omitempty"`
	// STC02. The day it holds from; not of lines, nor of what is said of a provider.
	Date x12.Date `json:"date,omitzero"`
	// STC03, code list claim_action. WQ = accepted, U = rejected.
	Action Coded `json:"action,omitzero"`
	// STC04. The charges it is about; not of lines.
	Charge Amount `json:"charge,omitzero"`
	// STC12. Of claims and lines.
	Message string `json:"message,omitempty"`
}

// Rejected reports whether the status is a rejection.
func (s *Status) Rejected() bool { return s.Action.Code == "U" }

// Reason is a composite of an STC.
type Reason struct {
	// -1, code list claim_status_cat. A1 = received, A2 = accepted for adjudication, A3 = returned as unprocessable, A6, A7 and
	// A8 = rejected for what is missing, wrong, or does not fit, ...
	Category Coded `json:"category,omitzero"`
	// -2, code list claim_status.
	Status Coded `json:"status,omitzero"`
	// -3, code list entity: whom the status is about.
	Entity Coded `json:"entity,omitzero"`
}

// PatientAck is loop 2000D: a patient with the claims that are acknowledged.
type PatientAck struct {
	Patient Patient    `json:"patient,omitzero"`
	Claims  []ClaimAck `json:"claims,omitempty"`
}

// Patient is who was treated.
type Patient struct {
	Last   string `json:"last,omitempty"`
	First  string `json:"first,omitempty"`
	Middle string `json:"middle,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	// NM108 and NM109. MI = member id, II = unique health identifier.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

// ClaimAck is loop 2200D: what became of one claim.
type ClaimAck struct {
	// TRN02. CLM01 of our claim.
	PatientControlNumber string   `json:"patientControlNumber,omitempty"`
	Statuses             []Status `json:"statuses,omitempty"`
	// REF 1K. The number the payer gave the claim.
	PayerControlNumber string `json:"payerControlNumber,omitempty"`
	// REF D9. The number a clearinghouse gave it.
	ClearinghouseNumber string `json:"clearinghouseNumber,omitempty"`
	// REF BLT. Bill type of an institutional claim.
	BillType string `json:"billType,omitempty"`
	// DTP 472.
	ServiceDate DateRange `json:"serviceDate,omitzero"`
	// Loop 2220D. Only the lines there is something to say of.
	Lines []LineAck `json:"lines,omitempty"`
}

// Rejected reports whether the claim was rejected: it does not go on to adjudication.
func (c *ClaimAck) Rejected() bool {
	for i := range c.Statuses {
		if c.Statuses[i].Rejected() {
			return true
		}
	}
	return false
}

// Charge returns the amount charged, as the first status that has it says.
func (c *ClaimAck) Charge() Amount {
	for i := range c.Statuses {
		if a := c.Statuses[i].Charge; a.Valid {
			return a
		}
	}
	return Amount{}
}

// LineAck is loop 2220D: what is said of one service line.
type LineAck struct {
	// REF FJ. REF 6R of our line.
	ControlNumber string `json:"controlNumber,omitempty"`
	// SVC01.
	Procedure Procedure `json:"procedure,omitzero"`
	// SVC02.
	Charge Amount `json:"charge,omitzero"`
	// SVC04, beside a procedure.
	RevenueCode string `json:"revenueCode,omitempty"`
	// SVC07.
	Units    Amount   `json:"units,omitzero"`
	Statuses []Status `json:"statuses,omitempty"`
	// REF XZ.
	PrescriptionNumber string `json:"prescriptionNumber,omitempty"`
	// DTP 472.
	ServiceDate DateRange `json:"serviceDate,omitzero"`
}

// Procedure is what was done, or delivered.
type Procedure struct {
	// HC = HCPCS or CPT, AD = dental, NU = revenue code, HP = HIPPS, ...
	Qualifier string   `json:"qualifier,omitempty"`
	Code      string   `json:"code,omitempty"`
	Modifiers []string `json:"modifiers,omitempty"`
}

// IsZero reports whether nothing of the procedure is there.
func (p Procedure) IsZero() bool { return p.Qualifier == "" && p.Code == "" && len(p.Modifiers) == 0 }

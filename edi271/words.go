package edi271

import (
	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// What answers share with inquiries, claims and remittances; see packages edi270 and care.
type (
	// Amount is one exact decimal value: money, a fraction, a count.
	Amount = care.Amount
	// Address is N3 and N4.
	Address = care.Address
	// Contact is a PER.
	Contact = care.Contact
	// Envelope is what says where a reply comes from and goes to.
	Envelope = care.Envelope
	// Interchange is an ISA. A program that writes gives SenderID and ReceiverID.
	Interchange = care.Interchange
	// Group is a GS.
	Group = care.Group
	// Reference is a REF.
	Reference = edi270.Reference
	// Date is a DTP: a day, or a range of days, with what it is of.
	Date = edi270.Date
	// DateRange is one day, or the days from the first to the last.
	DateRange = edi270.DateRange
	// Trace is a TRN: a number by which the answer finds back to the inquiry. In an answer, the Type 2 is the number of who
	// asked and 1 that of who answers; it is written as 2 when empty.
	Trace = edi270.Trace
	// Diagnosis is one composite of an HI.
	Diagnosis = edi270.Diagnosis
	// Procedure is a procedure code.
	Procedure = edi270.Procedure
	// Specialty is a PRV: the part a provider has in the care, and its specialty.
	Specialty = edi270.Specialty
)

// Day returns d alone.
func Day(d x12.Date) DateRange { return edi270.Day(d) }

// Days returns the days from the first to the last.
func Days(first, last x12.Date) DateRange { return edi270.Days(first, last) }

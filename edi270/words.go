package edi270

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// What inquiries share with claims and remittances; see package care.
type (
	// Amount is one exact decimal value: money, a count.
	Amount = care.Amount
	// Address is N3 and N4.
	Address = care.Address
	// Envelope is what says where a request comes from and goes to.
	Envelope = care.Envelope
	// Interchange is an ISA. A program that writes gives SenderID and ReceiverID.
	Interchange = care.Interchange
	// Group is a GS.
	Group = care.Group
)

// Reference is a REF.
type Reference struct {
	// 1L = group or policy number, 18 = plan number, 6P = group number, SY = social security number, Y4 = claim number of the
	// agency, 9F = referral, G1 = prior authorization, EJ = patient account, 4A = PIN, JD = user id, ...
	Qualifier string `json:"qualifier,omitempty"`
	ID        string `json:"id,omitempty"`
	// REF03. Of a receiver the state that gave a license (qualifier 0B); in answers the name of the plan, group or network.
	Description string `json:"description,omitempty"`
}

// FindReference returns the first reference with a qualifier, "" when there is none.
func FindReference(refs []Reference, qualifier string) string {
	for i := range refs {
		if refs[i].Qualifier == qualifier {
			return refs[i].ID
		}
	}
	return ""
}

// Date is a DTP: a day, or a range of days, with what it is of.
type Date struct {
	// DTP01. 291 = plan, 307 = eligibility, 346 and 347 = begin and end of the plan, 356 and 357 = begin and end of eligibility,
	// 348 and 349 = begin and end of the benefit, 472 = service, 435 = admission, 102 = issue, ...
	Qualifier string `json:"qualifier,omitempty"`
	DateRange
}

// DateRange is one day, or the days from the first to the last. One day has no To: it is written as D8, and a range,
// even of one day, as RD8.
type DateRange struct {
	From x12.Date `json:"from,omitzero"`
	To   x12.Date `json:"to,omitzero"`
}

// Day returns d alone.
func Day(d x12.Date) DateRange { return DateRange{From: d} }

// Days returns the days from the first to the last.
func Days(first, last x12.Date) DateRange { return DateRange{From: first, To: last} }

// First returns the first day, zero when there is none.
func (r DateRange) First() x12.Date {
	if r.From.IsZero() {
		return r.To
	}
	return r.From
}

// Last returns the last day, zero when there is none.
func (r DateRange) Last() x12.Date {
	if r.To.IsZero() {
		return r.From
	}
	return r.To
}

// IsZero reports whether there is no day.
func (r DateRange) IsZero() bool { return r.From.IsZero() && r.To.IsZero() }

// FindDate returns the first date with a qualifier, zero when there is none.
func FindDate(dates []Date, qualifier string) DateRange {
	for i := range dates {
		if dates[i].Qualifier == qualifier {
			return dates[i].DateRange
		}
	}
	return DateRange{}
}

// Trace is a TRN: a number by which the answer finds back to the inquiry.
type Trace struct {
	// TRN01. 1 = given by who sends this set, 2 = given by who asked (answers only). Written as 1 in an inquiry when empty.
	Type   string `json:"type,omitempty"`
	Number string `json:"number,omitempty"`
	// TRN03. Who gave the number: ten characters, 1 and the tax id, 3 and a DUNS number, or 9 and an id of its own choice.
	AssignerID string `json:"assignerID,omitempty"`
	// TRN04. A part of that organization.
	AssignerSupplement string `json:"assignerSupplement,omitempty"`
}

// Diagnosis is one composite of an HI. The first of a person is the principal one.
type Diagnosis struct {
	// ABK and ABF are ICD-10-CM, BK and BF ICD-9-CM. Written as ABK for the first and ABF for others when empty.
	Qualifier string `json:"qualifier,omitempty"`
	// Without its point: E119.
	Code string `json:"code,omitempty"`
}

// Procedure is a procedure code.
type Procedure struct {
	// HC = HCPCS and CPT, AD = dental, N4 = drug, IV = home infusion, ID = ICD-9-CM, CJ = CPT, ZZ = other. Written as HC when
	// empty.
	Qualifier string   `json:"qualifier,omitempty"`
	Code      string   `json:"code,omitempty"`
	Modifiers []string `json:"modifiers,omitempty"`
	// The last code of a range; answers only.
	EndCode string `json:"endCode,omitempty"`
}

// Specialty is a PRV: the part a provider has in the care, and its specialty or a number of it.
type Specialty struct {
	// PRV01. PE = performing, BI = billing, RF = referring, AT = attending, PC = primary care, H = hospital, ...
	Role string `json:"role,omitempty"`
	// PRV02 and PRV03. PXC = taxonomy; in an inquiry about a person also HPI = NPI, EI, SY, TJ, D3 and 9K.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

package edi835

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codes"
)

// Service is loop 2110: one service line of a claim.
type Service struct {
	// SVC01. What was paid for.
	Procedure Procedure `json:"procedure,omitzero"`
	// SVC02. What was billed.
	Charge Amount `json:"charge,omitzero"`
	// SVC03. What is paid.
	Paid Amount `json:"paid,omitzero"`
	// SVC04. Revenue code of an institutional line; see [Service.Revenue].
	RevenueCode string `json:"revenueCode,omitempty"`
	// SVC05. Absent: 1.
	PaidUnits Amount `json:"paidUnits,omitzero"`
	// SVC06. What was billed, when it was not what was paid for.
	SubmittedProcedure SubmittedProcedure `json:"submittedProcedure,omitzero"`
	// SVC07. Units billed, when they are not the units paid.
	OriginalUnits Amount `json:"originalUnits,omitzero"`
	// DTM. See [Service.ServiceFrom].
	Dates ServiceDates `json:"dates,omitzero"`
	// CAS.
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	// REF.
	References ServiceReferences `json:"references,omitzero"`
	// REF*6R. The line's number in the 837.
	LineControlNumber string `json:"lineControlNumber,omitempty"`
	// REF. Qualifiers 0B, 1A to 1D, 1G, 1H, 1J, D3, G2, HPI (NPI), SY and TJ: numbers of the rendering provider.
	RenderingProviderIDs []Reference `json:"renderingProviderIDs,omitempty"`
	// REF*0K. The payer's policies that led to the result.
	PolicyIDs []string `json:"policyIDs,omitempty"`
	// AMT. Information: no part of the balance.
	Amounts ServiceAmounts `json:"amounts,omitzero"`
	// QTY.
	Quantities ServiceQuantities `json:"quantities,omitzero"`
	// LQ.
	Remarks []RemarkCode `json:"remarks,omitempty"`
}

// ServiceFrom returns the first day of the service: of the line (DTM*472, DTM*150), else of the claim's statement
// (DTM*232). A nil claim is no claim.
func (s *Service) ServiceFrom(c *Claim) x12.Date {
	d := firstDate(s.Dates.Date, s.Dates.From)
	if c != nil {
		d = firstDate(d, c.Dates.StatementFrom)
	}
	return d
}

// ServiceTo returns the last day of the service: of the line (DTM*472, DTM*151), else of the claim's statement
// (DTM*233). A nil claim is no claim.
func (s *Service) ServiceTo(c *Claim) x12.Date {
	d := firstDate(s.Dates.Date, s.Dates.To)
	if c != nil {
		d = firstDate(d, c.Dates.StatementTo)
	}
	return d
}

func firstDate(a, b x12.Date) x12.Date {
	if a.IsZero() {
		return b
	}
	return a
}

// Revenue returns the revenue code: SVC04, or the procedure where its qualifier is NU.
func (s *Service) Revenue() string {
	if s.RevenueCode == "" && s.Procedure.Qualifier == "NU" {
		return s.Procedure.Code
	}
	return s.RevenueCode
}

// RenderingProviderNPI returns the REF*HPI of the line, "" when it was not sent.
func (s *Service) RenderingProviderNPI() string {
	return care.FindReference(s.RenderingProviderIDs, "HPI")
}

// Procedure is a procedure as the payer adjudicated it.
type Procedure struct {
	// HC = HCPCS or CPT, AD = CDT, NU = revenue code, N4 = NDC, HP = HIPPS, IV = home infusion, ER, N6, UI, WK.
	Qualifier string   `json:"qualifier,omitempty"`
	Code      string   `json:"code,omitempty"`
	Modifiers []string `json:"modifiers,omitempty"` // up to four
}

// SubmittedProcedure is a procedure as it was billed.
type SubmittedProcedure struct {
	Qualifier   string   `json:"qualifier,omitempty"`
	Code        string   `json:"code,omitempty"`
	Modifiers   []string `json:"modifiers,omitempty"` // up to four
	Description string   `json:"description,omitempty"`
}

// ServiceDates are the DTM of a service by meaning: one day, or a period.
type ServiceDates struct {
	Date  x12.Date        `json:"date,omitzero"`   // DTM*472
	From  x12.Date        `json:"from,omitzero"`   // DTM*150
	To    x12.Date        `json:"to,omitzero"`     // DTM*151
	Other []DateReference `json:"other,omitempty"` // qualifiers the guide does not know, and what is there a second time
}

// ServiceReferences are the REF of a service by meaning.
type ServiceReferences struct {
	AmbulatoryPatientGroup          string      `json:"ambulatoryPatientGroup,omitempty"`          // REF*1S
	AmbulatoryPaymentClassification string      `json:"ambulatoryPaymentClassification,omitempty"` // REF*APC
	AuthorizationNumber             string      `json:"authorizationNumber,omitempty"`             // REF*BB
	AttachmentCode                  string      `json:"attachmentCode,omitempty"`                  // REF*E9
	PriorAuthorizationNumber        string      `json:"priorAuthorizationNumber,omitempty"`        // REF*G1
	PredeterminationOfBenefitsID    string      `json:"predeterminationOfBenefitsID,omitempty"`    // REF*G3
	LocationNumber                  string      `json:"locationNumber,omitempty"`                  // REF*LU
	RateCode                        string      `json:"rateCode,omitempty"`                        // REF*RB
	Other                           []Reference `json:"other,omitempty"`                           // what is there a second time
}

// ServiceAmounts are the AMT of a service by meaning.
type ServiceAmounts struct {
	Allowed             Amount            `json:"allowed,omitzero"`             // AMT*B6
	LateFilingReduction Amount            `json:"lateFilingReduction,omitzero"` // AMT*KH
	Tax                 Amount            `json:"tax,omitzero"`                 // AMT*T
	TotalBeforeTaxes    Amount            `json:"totalBeforeTaxes,omitzero"`    // AMT*T2
	FederalMandate1     Amount            `json:"federalMandate1,omitzero"`     // AMT*ZK
	FederalMandate2     Amount            `json:"federalMandate2,omitzero"`     // AMT*ZL
	FederalMandate3     Amount            `json:"federalMandate3,omitzero"`     // AMT*ZM
	FederalMandate4     Amount            `json:"federalMandate4,omitzero"`     // AMT*ZN
	FederalMandate5     Amount            `json:"federalMandate5,omitzero"`     // AMT*ZO
	Other               []QualifiedAmount `json:"other,omitempty"`              // qualifiers the guide does not know, and what is there a second time
}

// ServiceQuantities are the QTY of a service by meaning.
type ServiceQuantities struct {
	FederalMandate1 Amount            `json:"federalMandate1,omitzero"` // QTY*ZK
	FederalMandate2 Amount            `json:"federalMandate2,omitzero"` // QTY*ZL
	FederalMandate3 Amount            `json:"federalMandate3,omitzero"` // QTY*ZM
	FederalMandate4 Amount            `json:"federalMandate4,omitzero"` // QTY*ZN
	FederalMandate5 Amount            `json:"federalMandate5,omitzero"` // QTY*ZO
	Other           []QualifiedAmount `json:"other,omitempty"`          // qualifiers the guide does not know, and what is there a second time
}

// RemarkCode is an LQ.
type RemarkCode struct {
	// LQ01. HE = remittance advice remark code, RX = NCPDP reject code.
	Qualifier string `json:"qualifier,omitempty"`
	Code      string `json:"code,omitempty"`
}

// Description returns the meaning of a remittance advice remark code, "" when it is not known.
func (r RemarkCode) Description() string {
	if r.Qualifier != "HE" {
		return ""
	}
	return codes.Describe("rarc", r.Code)
}

package edi835

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// ClaimStatus is CLP02: how the claim was processed. A denied claim mostly carries the status it was processed under;
// 4 alone does not tell all denials.
type ClaimStatus string

// The claim statuses.
const (
	ProcessedAsPrimary            ClaimStatus = "1"
	ProcessedAsSecondary          ClaimStatus = "2"
	ProcessedAsTertiary           ClaimStatus = "3"
	Denied                        ClaimStatus = "4"
	ProcessedAsPrimaryForwarded   ClaimStatus = "19"
	ProcessedAsSecondaryForwarded ClaimStatus = "20"
	ProcessedAsTertiaryForwarded  ClaimStatus = "21"
	Reversal                      ClaimStatus = "22"
	NotOurClaimForwarded          ClaimStatus = "23"
	Predetermination              ClaimStatus = "25"
)

// IsReversal reports whether the claim takes an earlier payment back: its amounts are those of then with the opposite
// sign.
func (s ClaimStatus) IsReversal() bool { return s == Reversal }

// Description returns the meaning of the code, "" when it is not known.
func (s ClaimStatus) Description() string { return codes.Describe("claim_status_clp", string(s)) }

// Claim is loop 2100: one claim as it was adjudicated.
type Claim struct {
	// CLP01. The provider's own number for the claim (CLM01 of the 837).
	PatientControlNumber string `json:"patientControlNumber,omitempty"`
	// CLP02.
	Status ClaimStatus `json:"status,omitempty"`
	// CLP03. What was billed.
	Charge Amount `json:"charge,omitzero"`
	// CLP04. What is paid; below zero in a reversal.
	Paid Amount `json:"paid,omitzero"`
	// CLP05. What the patient owes.
	PatientResponsibility Amount `json:"patientResponsibility,omitzero"`
	// CLP06.
	FilingIndicator string `json:"filingIndicator,omitempty"`
	// CLP07. The payer's number for the claim.
	PayerControlNumber string `json:"payerControlNumber,omitempty"`
	// CLP08. Place of service or facility type.
	FacilityType string `json:"facilityType,omitempty"`
	// CLP09. 1 = original, 7 = replacement, 8 = void.
	Frequency string `json:"frequency,omitempty"`
	// CLP11.
	DRG string `json:"drg,omitempty"`
	// CLP12.
	DRGWeight Amount `json:"drgWeight,omitzero"`
	// CLP13. A fraction: 0.5 is 50 percent.
	DischargeFraction Amount `json:"dischargeFraction,omitzero"`
	// CAS of the claim itself; those of its services are theirs.
	Adjustments []Adjustment `json:"adjustments,omitempty"`
	// NM1*QC.
	Patient Person `json:"patient,omitzero"`
	// NM1*IL. The subscriber, when it is not the patient.
	Insured *Party `json:"insured,omitempty"`
	// NM1*74. What the payer has on record where the claim was wrong.
	CorrectedInsured *Party `json:"correctedInsured,omitempty"`
	// NM1*82. The rendering provider.
	ServiceProvider *Party `json:"serviceProvider,omitempty"`
	// NM1*TT. The payer the claim was forwarded to.
	CrossoverCarrier *Organization `json:"crossoverCarrier,omitempty"`
	// NM1*PR. The payer that should have been billed first.
	CorrectedPriorityPayer *Organization `json:"correctedPriorityPayer,omitempty"`
	// NM1*GB.
	OtherSubscriber *Party `json:"otherSubscriber,omitempty"`
	// MIA.
	InpatientAdjudication *InpatientAdjudication `json:"inpatientAdjudication,omitempty"`
	// MOA.
	OutpatientAdjudication *OutpatientAdjudication `json:"outpatientAdjudication,omitempty"`
	// REF.
	References ClaimReferences `json:"references,omitzero"`
	// REF. Qualifiers 0B, 1A to 1D, 1G, 1H, 1J, D3, G2 and LU: numbers of the rendering provider.
	RenderingProviderIDs []Reference `json:"renderingProviderIDs,omitempty"`
	// DTM.
	Dates ClaimDates `json:"dates,omitzero"`
	// PER*CX.
	Contacts []Contact `json:"contacts,omitempty"`
	// AMT. Information: no part of the balance.
	Amounts ClaimAmounts `json:"amounts,omitzero"`
	// QTY.
	Quantities ClaimQuantities `json:"quantities,omitzero"`
	// Loop 2110.
	Services []Service `json:"services,omitempty"`
}

// RemarkCodes returns the remark codes of the claim itself, from MIA and MOA.
func (c *Claim) RemarkCodes() []string {
	var list []string
	add := func(codes ...string) {
		for _, s := range codes {
			if s != "" {
				list = append(list, s)
			}
		}
	}
	if a := c.InpatientAdjudication; a != nil {
		add(a.RemarkCode)
		add(a.RemarkCodes...)
	}
	if a := c.OutpatientAdjudication; a != nil {
		add(a.RemarkCodes...)
	}
	return list
}

// Person is a human being: an NM1 whose NM102 is 1.
type Person struct {
	Last        string `json:"last,omitempty"`
	First       string `json:"first,omitempty"`
	Middle      string `json:"middle,omitempty"`
	Suffix      string `json:"suffix,omitempty"`
	IDQualifier string `json:"idQualifier,omitempty"` // NM108; MI = member id
	ID          string `json:"id,omitempty"`
}

// Organization is another payer: an NM1 whose NM102 is 2.
type Organization struct {
	Name        string `json:"name,omitempty"`
	IDQualifier string `json:"idQualifier,omitempty"` // NM108; PI = payer id, XV = National Plan ID
	ID          string `json:"id,omitempty"`
}

// ClaimReferences are the REF of a claim by meaning.
type ClaimReferences struct {
	GroupOrPolicyNumber          string      `json:"groupOrPolicyNumber,omitempty"`          // REF*1L
	MemberID                     string      `json:"memberID,omitempty"`                     // REF*1W
	EmployeeID                   string      `json:"employeeID,omitempty"`                   // REF*28
	GroupNumber                  string      `json:"groupNumber,omitempty"`                  // REF*6P
	RepricedClaimNumber          string      `json:"repricedClaimNumber,omitempty"`          // REF*9A
	AdjustedRepricedClaimNumber  string      `json:"adjustedRepricedClaimNumber,omitempty"`  // REF*9C
	AuthorizationNumber          string      `json:"authorizationNumber,omitempty"`          // REF*BB
	ContractClass                string      `json:"contractClass,omitempty"`                // REF*CE
	MedicalRecordNumber          string      `json:"medicalRecordNumber,omitempty"`          // REF*EA
	OriginalReferenceNumber      string      `json:"originalReferenceNumber,omitempty"`      // REF*F8
	PriorAuthorizationNumber     string      `json:"priorAuthorizationNumber,omitempty"`     // REF*G1
	PredeterminationOfBenefitsID string      `json:"predeterminationOfBenefitsID,omitempty"` // REF*G3
	InsurancePolicyNumber        string      `json:"insurancePolicyNumber,omitempty"`        // REF*IG
	SocialSecurityNumber         string      `json:"socialSecurityNumber,omitempty"`         // REF*SY
	Other                        []Reference `json:"other,omitempty"`                        // what is there a second time
}

// ClaimDates are the DTM of a claim by meaning.
type ClaimDates struct {
	StatementFrom      x12.Date        `json:"statementFrom,omitzero"`      // DTM*232
	StatementTo        x12.Date        `json:"statementTo,omitzero"`        // DTM*233
	CoverageExpiration x12.Date        `json:"coverageExpiration,omitzero"` // DTM*036
	Received           x12.Date        `json:"received,omitzero"`           // DTM*050
	Other              []DateReference `json:"other,omitempty"`             // statement dates that are there a second time
}

// DateReference is a DTM the types have no field for by its meaning.
type DateReference struct {
	Qualifier string   `json:"qualifier,omitempty"`
	Date      x12.Date `json:"date,omitzero"`
}

// ClaimAmounts are the AMT of a claim by meaning.
type ClaimAmounts struct {
	Coverage              Amount            `json:"coverage,omitzero"`              // AMT*AU
	Discount              Amount            `json:"discount,omitzero"`              // AMT*D8, prompt payment
	PerDayLimit           Amount            `json:"perDayLimit,omitzero"`           // AMT*DY
	PatientPaid           Amount            `json:"patientPaid,omitzero"`           // AMT*F5
	Interest              Amount            `json:"interest,omitzero"`              // AMT*I; paid by a PLB L6
	NegativeLedgerBalance Amount            `json:"negativeLedgerBalance,omitzero"` // AMT*NL
	Tax                   Amount            `json:"tax,omitzero"`                   // AMT*T
	TotalBeforeTaxes      Amount            `json:"totalBeforeTaxes,omitzero"`      // AMT*T2
	FederalMandate1       Amount            `json:"federalMandate1,omitzero"`       // AMT*ZK, Medicare or Medicaid mandate
	FederalMandate2       Amount            `json:"federalMandate2,omitzero"`       // AMT*ZL
	FederalMandate3       Amount            `json:"federalMandate3,omitzero"`       // AMT*ZM
	FederalMandate4       Amount            `json:"federalMandate4,omitzero"`       // AMT*ZN
	FederalMandate5       Amount            `json:"federalMandate5,omitzero"`       // AMT*ZO
	Other                 []QualifiedAmount `json:"other,omitempty"`                // qualifiers the guide does not know, and what is there a second time
}

// QualifiedAmount is an AMT or QTY the types have no field for by its meaning.
type QualifiedAmount struct {
	Qualifier string `json:"qualifier,omitempty"`
	Amount    Amount `json:"amount,omitzero"`
}

// ClaimQuantities are the QTY of a claim by meaning.
type ClaimQuantities struct {
	Covered                  Amount            `json:"covered,omitzero"`                  // QTY*CA, days
	Coinsured                Amount            `json:"coinsured,omitzero"`                // QTY*CD, days
	LifetimeReserveActual    Amount            `json:"lifetimeReserveActual,omitzero"`    // QTY*LA, days
	LifetimeReserveEstimated Amount            `json:"lifetimeReserveEstimated,omitzero"` // QTY*LE, days
	NoncoveredEstimated      Amount            `json:"noncoveredEstimated,omitzero"`      // QTY*NE, days
	BloodUnitsNotReplaced    Amount            `json:"bloodUnitsNotReplaced,omitzero"`    // QTY*NR
	OutlierDays              Amount            `json:"outlierDays,omitzero"`              // QTY*OU
	Prescriptions            Amount            `json:"prescriptions,omitzero"`            // QTY*PS
	Visits                   Amount            `json:"visits,omitzero"`                   // QTY*VS
	FederalMandate1          Amount            `json:"federalMandate1,omitzero"`          // QTY*ZK
	FederalMandate2          Amount            `json:"federalMandate2,omitzero"`          // QTY*ZL
	FederalMandate3          Amount            `json:"federalMandate3,omitzero"`          // QTY*ZM
	FederalMandate4          Amount            `json:"federalMandate4,omitzero"`          // QTY*ZN
	FederalMandate5          Amount            `json:"federalMandate5,omitzero"`          // QTY*ZO
	Other                    []QualifiedAmount `json:"other,omitempty"`                   // qualifiers the guide does not know, and what is there a second time
}

package edi835

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// Remittance is one 835 (one ST to SE): a payment, or the notice that there is none, and the claims it is for.
type Remittance struct {
	// Interchange and group it came in, or is to be written in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02. When empty, the Writer assigns one.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03 as sent; the guide does not use it.
	ImplementationReference string `json:"implementationReference,omitempty"`
	// BPR. The money and the way it takes.
	Payment Payment `json:"payment,omitzero"`
	// TRN. What ties the remittance to its payment.
	Trace Trace `json:"trace,omitzero"`
	// CUR02, ISO 4217. Empty: US dollars.
	Currency string `json:"currency,omitempty"`
	// REF*EV. Receiver of the remittance when it is not the payee.
	ReceiverID string `json:"receiverID,omitempty"`
	// REF*F2. Version of the payer's adjudication system.
	Version string `json:"version,omitempty"`
	// DTM*405. End of the adjudication cycle the remittance is for.
	ProductionDate x12.Date `json:"productionDate,omitzero"`
	// Loop 1000A.
	Payer Payer `json:"payer,omitzero"`
	// Loop 1000B.
	Payee Payee `json:"payee,omitzero"`
	// Loop 2000. The claims; none while a remittance is read claim by claim.
	Groups []ClaimGroup `json:"groups,omitempty"`
	// PLB. Money that belongs to no claim of the remittance.
	ProviderAdjustments []ProviderAdjustment `json:"providerAdjustments,omitempty"`
}

// Payment is a BPR.
type Payment struct {
	// BPR01. I = remittance only, H = notification only, C, D, P, U or X.
	Handling string `json:"handling,omitempty"`
	// BPR02. Never below zero: the sum of what the claims pay, less the provider adjustments.
	Amount Amount `json:"amount,omitzero"`
	// BPR03. C = credit, D = debit.
	CreditDebit string `json:"creditDebit,omitempty"`
	// BPR04. ACH, BOP, CHK, FWT, or NON for no payment.
	Method string `json:"method,omitempty"`
	// BPR05. CCP or CTX; with ACH only.
	Format string `json:"format,omitempty"`
	// BPR06 to BPR09. The payer's account.
	From Account `json:"from,omitzero"`
	// BPR10. Payer's identifier in the banking network, the same as Trace.PayerID.
	OriginatorID string `json:"originatorID,omitempty"`
	// BPR11.
	OriginatorSupplement string `json:"originatorSupplement,omitempty"`
	// BPR12 to BPR15. The payee's account.
	To Account `json:"to,omitzero"`
	// BPR16. Date of the check, or of settlement of the transfer.
	EffectiveDate x12.Date `json:"effectiveDate,omitzero"`
}

// Account is a bank account: BPR06 to BPR09, or BPR12 to BPR15.
type Account struct {
	// 01 = ABA routing number, 04 = Canadian bank and branch.
	BankQualifier string `json:"bankQualifier,omitempty"`
	Bank          string `json:"bank,omitempty"`
	// DA = demand deposit (checking), SG = savings.
	Type   string `json:"type,omitempty"`
	Number string `json:"number,omitempty"`
}

// Trace is a TRN. Number and PayerID together are on the payment too and tie the two.
type Trace struct {
	// TRN02. Check number or EFT trace number.
	Number string `json:"number,omitempty"`
	// TRN03. 1 and the payer's tax id, as a rule.
	PayerID string `json:"payerID,omitempty"`
	// TRN04. Division of the payer.
	PayerSupplement string `json:"payerSupplement,omitempty"`
}

// Payer is who pays.
type Payer struct {
	// N102.
	Name string `json:"name,omitempty"`
	// N103 and N104. XV = National Plan ID.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// N3 and N4.
	Address Address `json:"address,omitzero"`
	// REF. 2U = payer id, EO = submitter id, HI = health industry number, NF = NAIC code.
	AdditionalIDs []Reference `json:"additionalIDs,omitempty"`
	// PER*CX. For questions about claims.
	BusinessContact *Contact `json:"businessContact,omitempty"`
	// PER*BL. For questions about the file.
	TechnicalContacts []Contact `json:"technicalContacts,omitempty"`
	// PER*IC.
	WebSite string `json:"webSite,omitempty"`
}

// Payee is who is paid.
type Payee struct {
	// N102.
	Name string `json:"name,omitempty"`
	// N103 and N104. XX = NPI, FI = tax id, XV = National Plan ID.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// N3 and N4.
	Address Address `json:"address,omitzero"`
	// REF. TJ = tax id, PQ = payee id, 0B = license number, D3 = NCPDP number.
	AdditionalIDs []Reference `json:"additionalIDs,omitempty"`
	// RDM.
	DeliveryMethod *DeliveryMethod `json:"deliveryMethod,omitempty"`
}

// NPI returns the National Provider Identifier, "" when it was not sent.
func (p *Payee) NPI() string {
	if p.IDQualifier == "XX" {
		return p.ID
	}
	return ""
}

// TaxID returns the tax id, "" when it was not sent.
func (p *Payee) TaxID() string {
	if p.IDQualifier == "FI" {
		return p.ID
	}
	return care.FindReference(p.AdditionalIDs, "TJ")
}

// DeliveryMethod is an RDM: how the payee gets its remittances.
type DeliveryMethod struct {
	// RDM01. BM = mail, EM = e-mail, FT = file transfer, OL = online.
	Transmission string `json:"transmission,omitempty"`
	Name         string `json:"name,omitempty"`
	Number       string `json:"number,omitempty"`
}

// ClaimGroup is an LX loop: claims the payer keeps together, by provider, facility type and year with Medicare.
type ClaimGroup struct {
	// LX01.
	Number Amount `json:"number,omitzero"`
	// TS3.
	ProviderSummary *ProviderSummary `json:"providerSummary,omitempty"`
	// TS2.
	SupplementalSummary *SupplementalSummary `json:"supplementalSummary,omitempty"`
	// Loop 2100; none while claims are read one by one.
	Claims []Claim `json:"claims,omitempty"`
}

// ProviderSummary is a TS3: totals of one provider in a group.
type ProviderSummary struct {
	ProviderID             string   `json:"providerID,omitempty"`
	FacilityType           string   `json:"facilityType,omitempty"`
	FiscalPeriodDate       x12.Date `json:"fiscalPeriodDate,omitzero"`
	ClaimCount             Amount   `json:"claimCount,omitzero"`
	Charge                 Amount   `json:"charge,omitzero"`
	MSPPayer               Amount   `json:"mspPayer,omitzero"`
	NonLabCharge           Amount   `json:"nonLabCharge,omitzero"`
	HCPCSReportedCharge    Amount   `json:"hcpcsReportedCharge,omitzero"`
	HCPCSPayable           Amount   `json:"hcpcsPayable,omitzero"`
	ProfessionalComponent  Amount   `json:"professionalComponent,omitzero"`
	MSPPatientLiabilityMet Amount   `json:"mspPatientLiabilityMet,omitzero"`
	PatientReimbursement   Amount   `json:"patientReimbursement,omitzero"`
	PIPClaimCount          Amount   `json:"pipClaimCount,omitzero"`
	PIPAdjustment          Amount   `json:"pipAdjustment,omitzero"`
}

// SupplementalSummary is a TS2: totals of the inpatient claims of a group.
type SupplementalSummary struct {
	DRG                      Amount `json:"drg,omitzero"`
	FederalSpecific          Amount `json:"federalSpecific,omitzero"`
	HospitalSpecific         Amount `json:"hospitalSpecific,omitzero"`
	DisproportionateShare    Amount `json:"disproportionateShare,omitzero"`
	Capital                  Amount `json:"capital,omitzero"`
	IndirectMedicalEducation Amount `json:"indirectMedicalEducation,omitzero"`
	OutlierDays              Amount `json:"outlierDays,omitzero"`
	DayOutlier               Amount `json:"dayOutlier,omitzero"`
	CostOutlier              Amount `json:"costOutlier,omitzero"`
	AverageDRGLengthOfStay   Amount `json:"averageDRGLengthOfStay,omitzero"`
	Discharges               Amount `json:"discharges,omitzero"`
	CostReportDays           Amount `json:"costReportDays,omitzero"`
	CoveredDays              Amount `json:"coveredDays,omitzero"`
	NoncoveredDays           Amount `json:"noncoveredDays,omitzero"`
	MSPPassThrough           Amount `json:"mspPassThrough,omitzero"`
	AverageDRGWeight         Amount `json:"averageDRGWeight,omitzero"`
	PPSCapitalFSPDRG         Amount `json:"ppsCapitalFSPDRG,omitzero"`
	PPSCapitalHSPDRG         Amount `json:"ppsCapitalHSPDRG,omitzero"`
	PPSDSHDRG                Amount `json:"ppsDSHDRG,omitzero"`
}

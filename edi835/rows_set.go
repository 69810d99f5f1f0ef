package edi835

import (
	"strings"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/codec"
)

// csvSet is what the key and payment columns are written from.
type csvSet struct {
	csvText
	file string
	env  codec.Env
	seq  int64
	v    *ts835.RemittanceAdvice
}

// csvMaxControl bounds control numbers, which stand on every row: none that is valid has more than nine characters.
const csvMaxControl = 64

func (r *csvSet) control(b []byte, s string) []byte {
	if len(s) > csvMaxControl {
		return b
	}
	return r.text(b, s)
}

var csvKeyFields = []csvField[csvSet]{
	csvCol("file_name", "keys", "Name of the input file", func(b []byte, r *csvSet) []byte { return r.text(b, r.file) }),
	csvCol("interchange_control_number", "ISA13", "Control number of the interchange", func(b []byte, r *csvSet) []byte {
		if r.env.Interchange == nil {
			return b
		}
		return r.control(b, r.env.Interchange.Control())
	}),
	csvCol("group_control_number", "GS06", "Control number of the functional group", func(b []byte, r *csvSet) []byte {
		if r.env.Group == nil {
			return b
		}
		return r.control(b, r.env.Group.Control())
	}),
	csvCol("transaction_control_number", "ST02", "Control number of the transaction set", func(b []byte, r *csvSet) []byte {
		if r.v.ControlNumber == "" && r.env.Set != nil {
			return r.control(b, r.env.Set.Control)
		}
		return r.control(b, r.v.ControlNumber)
	}),
	csvCols([]Column{{Name: "remittance_seq", Element: "keys", Meaning: "Ordinal of the transaction set in the run, 1 = first"}},
		func(b []byte, r *csvSet) []byte { return csvInt(b, r.seq) }),
}

// The ordinals that follow the keys of the set.
var (
	csvClaimSeq   = Column{Name: "claim_seq", Element: "keys", Meaning: "Ordinal of the claim in the transaction set, 1 = first"}
	csvServiceSeq = Column{Name: "service_seq", Element: "keys", Meaning: "Ordinal of the service line in the claim, 1 = first"}
)

// csvPaymentFields are the payment columns of claims and flat.
var csvPaymentFields = []csvField[csvSet]{
	csvCol("handling_code", "BPR01", "Transaction handling code", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.Handling) }),
	csvCol("payment_method", "BPR04", "Payment method code", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.Method) }),
	csvCol("payment_format", "BPR05", "Payment format code", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.Format) }),
	csvCol("payment_amount", "BPR02", "Payment of the whole transaction set", func(b []byte, r *csvSet) []byte { return csvPlain(b, r.v.Payment.Amount) }),
	csvCol("credit_debit_flag", "BPR03", "C credit or D debit", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.CreditDebit) }),
	csvCol("payment_date", "BPR16", "Check issue or EFT effective date", func(b []byte, r *csvSet) []byte { return r.v.Payment.EffectiveDate.AppendISO(b) }),
	csvCol("trace_number", "TRN02", "Check or EFT trace number", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Trace.Number) }),
	csvCol("payer_tax_id", "TRN03, BPR10", "Tax id of the payer; a 1 in front of nine characters is left out", func(b []byte, r *csvSet) []byte {
		return r.text(b, csvTaxID(csvFirst(r.v.Trace.PayerID, r.v.Payment.OriginatorID)))
	}),
	csvCol("originating_supplemental_code", "TRN04, BPR11", "Supplemental code of the originating company", func(b []byte, r *csvSet) []byte {
		return r.text(b, csvFirst(r.v.Trace.PayerSupplement, r.v.Payment.OriginatorSupplement))
	}),
	csvCol("production_date", "DTM*405", "End of the adjudication cycle the remittance covers", func(b []byte, r *csvSet) []byte { return r.v.ProductionDate.AppendISO(b) }),
	csvCol("payer_name", "1000A N102", "Name of the payer", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payer.Name) }),
	csvCol("payer_id", "1000A N104, REF*2U", "Id of the payer", func(b []byte, r *csvSet) []byte {
		return r.text(b, csvFirst(r.v.Payer.ID, csvReference(r.v.Payer.AdditionalIDs, "2U")))
	}),
	csvCol("payer_id_qualifier", "1000A N103, REF01", "Kind of payer_id", func(b []byte, r *csvSet) []byte {
		if r.v.Payer.ID == "" && csvReference(r.v.Payer.AdditionalIDs, "2U") != "" {
			return append(b, "2U"...)
		}
		return r.text(b, r.v.Payer.IDQualifier)
	}),
	csvCol("payee_name", "1000B N102", "Name of the payee", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payee.Name) }),
	csvCol("payee_npi", "1000B N104", "National provider id of the payee, with N103 XX", func(b []byte, r *csvSet) []byte {
		if r.v.Payee.IDQualifier == "XX" {
			return r.text(b, r.v.Payee.ID)
		}
		return b
	}),
	csvCol("payee_tax_id", "1000B N104, REF*TJ", "Tax id of the payee, with N103 FI, else REF*TJ", func(b []byte, r *csvSet) []byte {
		if r.v.Payee.IDQualifier == "FI" {
			return r.text(b, r.v.Payee.ID)
		}
		return r.text(b, csvReference(r.v.Payee.AdditionalIDs, "TJ"))
	}),
	csvCol("payee_id", "1000B N104", "Id of the payee as sent", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payee.ID) }),
	csvCol("payee_id_qualifier", "1000B N103", "Kind of payee_id", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payee.IDQualifier) }),
}

// csvBankFields are the columns of payments that the other tables do not have.
var csvBankFields = []csvField[csvSet]{
	csvCol("sender_bank_id_qualifier", "BPR06", "Kind of sender_bank_id", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.SenderBankType) }),
	csvCol("sender_bank_id", "BPR07", "Bank of the payer", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.SenderBank) }),
	csvCol("sender_account_qualifier", "BPR08", "Kind of sender_account_number", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.SenderAccountType) }),
	csvCol("sender_account_number", "BPR09", "Account of the payer", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.SenderAccount) }),
	csvCol("originating_company_id", "BPR10", "Originating company id as the bank sees it", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.OriginatorID) }),
	csvCol("receiver_bank_id_qualifier", "BPR12", "Kind of receiver_bank_id", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.ReceiverBankType) }),
	csvCol("receiver_bank_id", "BPR13", "Bank of the payee", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.ReceiverBank) }),
	csvCol("receiver_account_qualifier", "BPR14", "Kind of receiver_account_number", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.ReceiverAccountType) }),
	csvCol("receiver_account_number", "BPR15", "Account of the payee", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Payment.ReceiverAccount) }),
	csvCol("trace_payer_id", "TRN03", "Payer id of the trace as sent", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Trace.PayerID) }),
	csvCol("currency", "CUR02", "Currency of the payment; empty is US dollars", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Currency) }),
	csvCol("receiver_id", "REF*EV", "Receiver of the remittance, when it is not the payee", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.ReceiverID) }),
}

// csvTotalFields end the payments table.
var csvTotalFields = []csvField[csvClosing]{
	csvCols([]Column{{Name: "claim_count", Element: "CLP", Meaning: "Number of claims"}}, func(b []byte, r *csvClosing) []byte {
		return csvInt(b, r.totals.Claims)
	}),
	csvCol("claim_paid_total", "CLP04", "Sum of the claim payments", func(b []byte, r *csvClosing) []byte { return csvTotal(b, &r.totals.Paid) }),
	csvCol("provider_adjustment_total", "PLB04, 06 to 14", "Sum of the provider adjustments; a positive one lowers the payment",
		func(b []byte, r *csvClosing) []byte { return csvTotal(b, &r.adjusted) }),
	csvCol("balance_difference", "CLP04, PLB, BPR02", "claim_paid_total - provider_adjustment_total - payment_amount; 0.00 when balanced",
		func(b []byte, r *csvClosing) []byte { return csvTotal(b, &r.balance) }),
}

// csvHeader is what the columns of the LX group are written from.
type csvHeader struct {
	csvText
	v *ts835.HeaderGroup
}

var csvHeaderFields = []csvField[csvHeader]{
	csvCol("header_number", "LX01", "Number of the claim group, as written", func(b []byte, r *csvHeader) []byte { return r.v.Number.AppendWire(b) }),
	csvCol("provider_summary_id", "TS301", "Provider the claims of the group belong to", func(b []byte, r *csvHeader) []byte {
		if r.v.ProviderSummary == nil {
			return b
		}
		return r.text(b, r.v.ProviderSummary.ProviderID)
	}),
}

func csvFirst(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// csvTaxID takes off the 1 that TRN03 and BPR10 have in front of a tax id of nine characters.
func csvTaxID(s string) string {
	if len(s) == 10 {
		return strings.TrimPrefix(s, "1")
	}
	return s
}

func csvReference(refs []ts835.Reference, qualifier string) string {
	for i := range refs {
		if refs[i].Qualifier == qualifier {
			return refs[i].ID
		}
	}
	return ""
}

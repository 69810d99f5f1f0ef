package edi835

import (
	"strings"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvSet is what the payment columns are written from.
type csvSet struct {
	csvtable.Quoter
	v *ts835.RemittanceAdvice
}

var csvKeyFields = csvtable.KeyFields("remittance_seq")

// csvPaymentFields are the payment columns of claims and flat.
var csvPaymentFields = []csvtable.Field[csvSet]{
	csvtable.Col("handling_code", "BPR01", "Transaction handling code", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.Handling) }),
	csvtable.Col("payment_method", "BPR04", "Payment method code", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.Method) }),
	csvtable.Col("payment_format", "BPR05", "Payment format code", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.Format) }),
	csvtable.Col("payment_amount", "BPR02", "Payment of the whole transaction set", func(b []byte, r *csvSet) []byte { return csvtable.Plain(b, r.v.Payment.Amount) }),
	csvtable.Col("credit_debit_flag", "BPR03", "C credit or D debit", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.CreditDebit) }),
	csvtable.Col("payment_date", "BPR16", "Check issue or EFT effective date", func(b []byte, r *csvSet) []byte { return r.v.Payment.EffectiveDate.AppendISO(b) }),
	csvtable.Col("trace_number", "TRN02", "Check or EFT trace number", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Trace.Number) }),
	csvtable.Col("payer_tax_id", "TRN03, BPR10", "Tax id of the payer; a 1 in front of nine characters is left out", func(b []byte, r *csvSet) []byte {
		return r.Text(b, csvTaxID(csvFirst(r.v.Trace.PayerID, r.v.Payment.OriginatorID)))
	}),
	csvtable.Col("originating_supplemental_code", "TRN04, BPR11", "Supplemental code of the originating company", func(b []byte, r *csvSet) []byte {
		return r.Text(b, csvFirst(r.v.Trace.PayerSupplement, r.v.Payment.OriginatorSupplement))
	}),
	csvtable.Col("production_date", "DTM*405", "End of the adjudication cycle the remittance covers", func(b []byte, r *csvSet) []byte { return r.v.ProductionDate.AppendISO(b) }),
	csvtable.Col("payer_name", "1000A N102", "Name of the payer", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payer.Name) }),
	csvtable.Col("payer_id", "1000A N104, REF*2U", "Id of the payer", func(b []byte, r *csvSet) []byte {
		return r.Text(b, csvFirst(r.v.Payer.ID, csvReference(r.v.Payer.AdditionalIDs, "2U")))
	}),
	csvtable.Col("payer_id_qualifier", "1000A N103, REF01", "Kind of payer_id", func(b []byte, r *csvSet) []byte {
		if r.v.Payer.ID == "" && csvReference(r.v.Payer.AdditionalIDs, "2U") != "" {
			return append(b, "2U"...)
		}
		return r.Text(b, r.v.Payer.IDQualifier)
	}),
	csvtable.Col("payee_name", "1000B N102", "Name of the payee", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payee.Name) }),
	csvtable.Col("payee_npi", "1000B N104", "National provider id of the payee, with N103 XX", func(b []byte, r *csvSet) []byte {
		if r.v.Payee.IDQualifier == "XX" {
			return r.Text(b, r.v.Payee.ID)
		}
		return b
	}),
	csvtable.Col("payee_tax_id", "1000B N104, REF*TJ", "Tax id of the payee, with N103 FI, else REF*TJ", func(b []byte, r *csvSet) []byte {
		if r.v.Payee.IDQualifier == "FI" {
			return r.Text(b, r.v.Payee.ID)
		}
		return r.Text(b, csvReference(r.v.Payee.AdditionalIDs, "TJ"))
	}),
	csvtable.Col("payee_id", "1000B N104", "Id of the payee as sent", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payee.ID) }),
	csvtable.Col("payee_id_qualifier", "1000B N103", "Kind of payee_id", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payee.IDQualifier) }),
}

// csvBankFields are the columns of payments that the other tables do not have.
var csvBankFields = []csvtable.Field[csvSet]{
	csvtable.Col("sender_bank_id_qualifier", "BPR06", "Kind of sender_bank_id", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.SenderBankType) }),
	csvtable.Col("sender_bank_id", "BPR07", "Bank of the payer", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.SenderBank) }),
	csvtable.Col("sender_account_qualifier", "BPR08", "Kind of sender_account_number", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.SenderAccountType) }),
	csvtable.Col("sender_account_number", "BPR09", "Account of the payer", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.SenderAccount) }),
	csvtable.Col("originating_company_id", "BPR10", "Originating company id as the bank sees it", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.OriginatorID) }),
	csvtable.Col("receiver_bank_id_qualifier", "BPR12", "Kind of receiver_bank_id", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.ReceiverBankType) }),
	csvtable.Col("receiver_bank_id", "BPR13", "Bank of the payee", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.ReceiverBank) }),
	csvtable.Col("receiver_account_qualifier", "BPR14", "Kind of receiver_account_number", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.ReceiverAccountType) }),
	csvtable.Col("receiver_account_number", "BPR15", "Account of the payee", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Payment.ReceiverAccount) }),
	csvtable.Col("trace_payer_id", "TRN03", "Payer id of the trace as sent", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Trace.PayerID) }),
	csvtable.Col("currency", "CUR02", "Currency of the payment; empty is US dollars", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.Currency) }),
	csvtable.Col("receiver_id", "REF*EV", "Receiver of the remittance, when it is not the payee", func(b []byte, r *csvSet) []byte { return r.Text(b, r.v.ReceiverID) }),
}

// csvTotalFields end the payments table.
var csvTotalFields = []csvtable.Field[csvClosing]{
	csvtable.Cols([]csvtable.Column{{Name: "claim_count", Element: "CLP", Meaning: "Number of claims"}}, func(b []byte, r *csvClosing) []byte {
		return csvtable.IntCol(b, r.totals.Claims)
	}),
	csvtable.Col("claim_paid_total", "CLP04", "Sum of the claim payments", func(b []byte, r *csvClosing) []byte { return csvtable.Sum(b, &r.totals.Paid) }),
	csvtable.Col("provider_adjustment_total", "PLB04, 06 to 14", "Sum of the provider adjustments; a positive one lowers the payment",
		func(b []byte, r *csvClosing) []byte { return csvtable.Sum(b, &r.adjusted) }),
	csvtable.Col("balance_difference", "CLP04, PLB, BPR02", "claim_paid_total - provider_adjustment_total - payment_amount; 0.00 when balanced",
		func(b []byte, r *csvClosing) []byte { return csvtable.Sum(b, &r.balance) }),
}

// csvHeader is what the columns of the LX group are written from.
type csvHeader struct {
	csvtable.Quoter
	v *ts835.HeaderGroup
}

var csvHeaderFields = []csvtable.Field[csvHeader]{
	csvtable.Col("header_number", "LX01", "Number of the claim group, as written", func(b []byte, r *csvHeader) []byte { return r.v.Number.AppendWire(b) }),
	csvtable.Col("provider_summary_id", "TS301", "Provider the claims of the group belong to", func(b []byte, r *csvHeader) []byte {
		if r.v.ProviderSummary == nil {
			return b
		}
		return r.Text(b, r.v.ProviderSummary.ProviderID)
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

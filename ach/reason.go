package ach

// Action is what became of a payment.
type Action uint8

// The actions. The zero Action is none.
const (
	Taken   Action = iota + 1 // an entry was written
	Skipped                   // nothing for the bank to do
	Refused                   // to be paid by ACH, but not like this
)

// String returns the action as reports print it: "taken", "skipped", "refused".
func (a Action) String() string {
	switch a {
	case Taken:
		return "taken"
	case Skipped:
		return "skipped"
	case Refused:
		return "refused"
	}
	return ""
}

// Reason is a stable word for why a payment was skipped or refused, or for something worth knowing about it.
type Reason string

// Reasons of the decision table, in its order.
const (
	Prenote         Reason = "prenote"          // BPR01 P: taken on request, else skipped; refused with an amount
	NoPayment       Reason = "no_payment"       // BPR01 H or BPR04 NON: skipped
	ZeroPayment     Reason = "zero_payment"     // BPR02 is 0: skipped
	NegativePayment Reason = "negative_payment" // BPR02 is below 0: refused
	DebitFlag       Reason = "debit_flag"       // BPR03 D: refused
	Check           Reason = "check"            // BPR04 CHK: skipped
	Wire            Reason = "wire"             // BPR04 FWT: skipped
	BankOption      Reason = "bank_option"      // BPR04 BOP: skipped unless the configuration takes it as ACH
	ForeignBank     Reason = "foreign_bank"     // BPR06 or BPR12 is not 01: refused
)

// Further reasons to refuse.
const (
	DamagedSet       Reason = "damaged_set"          // the set is cut short, its counts are wrong, or BPR, TRN or a party is missing or there twice
	UnknownCode      Reason = "unknown_code"         // BPR01, BPR03 or BPR04 is none of the guide's
	BadAmount        Reason = "bad_amount"           // BPR02, CLP03, CLP04, a CAS, SVC or PLB amount is no number, or BPR02 has more than two decimals
	OverEntryLimit   Reason = "over_entry_limit"     // more than an entry can hold or the configuration allows
	OverSameDayLimit Reason = "over_same_day_limit"  // effective on the day of the file, and over the limit for that
	BadTrace         Reason = "bad_trace"            // TRN01 is not 1, TRN02 is missing or too long, TRN03 is not of 10 characters
	TRNDelimiter     Reason = "trn_delimiter"        // a value of the TRN holds * ~ or \
	TRNTooLong       Reason = "trn_too_long"         // the TRN does not fit into an addenda
	BadCompanyID     Reason = "bad_company_id"       // BPR10 is not of 10 characters
	BadODFI          Reason = "bad_odfi"             // BPR07 is no routing number and the configuration has none
	BadRouting       Reason = "bad_routing"          // BPR13 is no routing number
	BadAccountType   Reason = "bad_account_type"     // BPR14 is neither DA nor SG
	BadAccount       Reason = "bad_account"          // BPR15 is missing or holds a blank
	AccountTooLong   Reason = "account_too_long"     // BPR15 is over 17 characters
	MaskedAccount    Reason = "masked_account"       // BPR15 is masked
	NotASCII         Reason = "not_ascii"            // a value to be written is not printable ASCII
	NoName           Reason = "no_name"              // the payer or the payee has no name
	BadDate          Reason = "bad_date"             // BPR16 is no date, or one six digits cannot tell
	NotBankingDay    Reason = "not_a_banking_day"    // BPR16 is no banking day, and the date policy is error
	Unbalanced       Reason = "unbalanced"           // BPR02 is not the sum of the claims less the provider adjustments; a note where that is allowed
	TooLargeForCTX   Reason = "too_large_for_ctx"    // the 835 does not fit into 9,999 addenda
	CTXText          Reason = "ctx_text"             // the 835 is not printable ASCII, holds delimiters in its data, or has no envelope
	DuplicatePayment Reason = "duplicate_payment"    // the same TRN03 and TRN02 came before in this run
	PaidDiffers      Reason = "already_paid_differs" // paid by an earlier run, with another amount or to another account
)

// AlreadyPaid is the reason to skip what an earlier run paid just so.
const AlreadyPaid Reason = "already_paid"

// Notes: what is worth knowing of a payment whatever its action. Unbalanced and the reasons to refuse that came behind the
// first stand among them too.
const (
	HandlingMismatch  Reason = "handling_mismatch"   // BPR01 H without BPR04 NON, or NON without H
	CheckWithBank     Reason = "check_with_bank"     // a check with bank numbers
	NoFormat          Reason = "no_format"           // ACH without BPR05
	FormatMismatch    Reason = "format_mismatch"     // BPR01 C with BPR05 CCP
	PayerIDDiffers    Reason = "payer_id_differs"    // BPR10 is not TRN03
	SupplementDiffers Reason = "supplement_differs"  // BPR11 is not TRN04
	CompanyNameCut    Reason = "company_name_cut"    // the payer's name is over 16 characters
	ReceiverNameCut   Reason = "receiver_name_cut"   // the payee's name is over 22 characters (16 with CTX)
	TRN04Dropped      Reason = "trn04_dropped"       // TRN04 was left out, as the configuration allows, to fit the addenda
	DateMoved         Reason = "date_moved"          // the effective date is the next banking day
	DatePast          Reason = "date_past"           // the effective date is before the day of the file
	DateFar           Reason = "date_far"            // the effective date is more than two banking days ahead: an operator would reject it today
	ClaimsUnbalanced  Reason = "claims_unbalanced"   // claims or lines do not add up; their payment does
	CTXAsCCD          Reason = "ctx_as_ccd"          // the 835 asks for CTX, which was not requested
	ZeroNotCompliant  Reason = "zero_not_compliant"  // BPR02 is 0 without (H, NON)
	NegativeNoPayment Reason = "negative_no_payment" // H or NON with an amount below 0
)

// Text returns the reason in words, "" for one that is not known.
func (r Reason) Text() string {
	switch r {
	case Prenote:
		return "a test of the account, which moves no money"
	case NoPayment:
		return "the set says that nothing is paid"
	case ZeroPayment:
		return "the amount is 0"
	case NegativePayment:
		return "the amount is below 0"
	case DebitFlag:
		return "the set asks for a debit"
	case Check:
		return "paid by check"
	case Wire:
		return "paid by wire"
	case BankOption:
		return "paid as the bank chooses"
	case ForeignBank:
		return "a bank is not given by an ABA routing number"
	case DamagedSet:
		return "the set is damaged"
	case UnknownCode:
		return "BPR01, BPR03 or BPR04 is not known"
	case BadAmount:
		return "an amount cannot be read, or the payment has more than two decimals"
	case OverEntryLimit:
		return "the amount is over the limit of an entry"
	case OverSameDayLimit:
		return "the amount is over the limit of the same day"
	case BadTrace:
		return "the TRN is missing or not as it must be"
	case TRNDelimiter:
		return "the TRN holds a character that would end it"
	case TRNTooLong:
		return "the TRN does not fit into one addenda record"
	case BadCompanyID:
		return "BPR10 does not have 10 characters"
	case BadODFI:
		return "BPR07 is not the routing number of a bank"
	case BadRouting:
		return "BPR13 is not the routing number of a bank"
	case BadAccountType:
		return "BPR14 is neither checking nor savings"
	case BadAccount:
		return "BPR15 is not an account number"
	case AccountTooLong:
		return "the account number has more than 17 characters"
	case MaskedAccount:
		return "the account number is masked"
	case NotASCII:
		return "a value is not printable ASCII"
	case NoName:
		return "the payer or the payee has no name"
	case BadDate:
		return "BPR16 is not a date"
	case NotBankingDay:
		return "BPR16 is not a banking day"
	}
	return r.moreText()
}

func (r Reason) moreText() string {
	switch r {
	case Unbalanced:
		return "the claims less the provider adjustments are not the payment"
	case TooLargeForCTX:
		return "the 835 does not fit into 9,999 addenda records; it can be sent as CCD"
	case CTXText:
		return "the 835 cannot stand in addenda records: no envelope, or not printable ASCII"
	case DuplicatePayment:
		return "TRN03 and TRN02 are those of a set before"
	case PaidDiffers:
		return "paid in an earlier run with another amount or to another account"
	case AlreadyPaid:
		return "paid in an earlier run"
	case HandlingMismatch:
		return "only one of BPR01 and BPR04 says that nothing is paid"
	case CheckWithBank:
		return "a check with bank numbers"
	case NoFormat:
		return "BPR05 is missing"
	case FormatMismatch:
		return "BPR01 C wants BPR05 CTX"
	case PayerIDDiffers:
		return "BPR10 and TRN03 differ"
	case SupplementDiffers:
		return "BPR11 and TRN04 differ"
	case CompanyNameCut:
		return "the name of the payer was cut to 16 characters"
	case ReceiverNameCut:
		return "the name of the payee was cut"
	case TRN04Dropped:
		return "TRN04 was left out of the addenda record"
	case DateMoved:
		return "paid on the next banking day"
	case DatePast:
		return "the effective date has passed"
	case DateFar:
		return "the effective date is more than two banking days ahead"
	case ClaimsUnbalanced:
		return "claims or service lines do not add up"
	case CTXAsCCD:
		return "the 835 asks for CTX and is sent as CCD"
	case ZeroNotCompliant:
		return "0 without BPR01 H and BPR04 NON"
	case NegativeNoPayment:
		return "nothing is paid, with an amount below 0"
	}
	return ""
}

package deposit

import "github.com/x12-go/edi/x12"

// Sort says what an entry does.
type Sort uint8

// The sorts of entries.
const (
	Deposit  Sort = iota + 1 // money in: an 835 is expected for it
	Reversal                 // money taken back by the payer: the debit that undoes a deposit
	Return                   // money the receiving bank sent back: a NACHA entry with an addenda 99, or a return on a statement
	Notice                   // notification of change (addenda 98): no money
	Zero                     // prenote or zero dollar entry: no money
	Outgoing                 // any other debit
	Other                    // a credit of a kind that pays no claims: another entry class, type code or currency
)

// String returns the sort as reports print it.
func (s Sort) String() string {
	names := [...]string{"", "deposit", "reversal", "return", "notice", "zero", "outgoing", "other"}
	if int(s) < len(names) {
		return names[s]
	}
	return ""
}

// Way is how money came.
type Way uint8

// The ways.
const (
	AnyWay Way = iota // the bank does not say
	ACH
	Wire
	Check // deposited checks, lockbox
)

// String returns the way as reports print it.
func (w Way) String() string {
	names := [...]string{"", "ach", "wire", "check"}
	if int(w) < len(names) {
		return names[w]
	}
	return ""
}

// Entry is one entry of a bank.
type Entry struct {
	File string // name the caller gave, "" for none
	Line int    // of the entry in its file, 1 = first

	Sort     Sort
	Way      Way
	Amount   x12.Number // never below zero, two decimals; absent for none
	Currency string     // ISO 4217; "" = USD
	// Effective entry date (NACHA), as-of or value date (BAI2), or the date column.
	Date x12.Date

	Trace     string // TRN02; "" when the bank did not hand the addenda on
	PayerID   string // TRN03; "" likewise
	CompanyID string // company identification of the batch, or a column of the statement
	PayerName string // company name of the batch, or a column

	Reference string // of the bank: NACHA trace number, BAI2 bank reference, or a column
	Original  string // of a return or notice: NACHA trace number of the entry it is about
	Receiver  string // NACHA identification number; BAI2 customer reference
	Account   string // the provider's; in no report
	Code      string // NACHA transaction code, BAI2 type code, or the type column
	Reason    string // return or change code
	// What else the bank says, at most 1000 bytes; dropped where there is a Trace.
	Text string
}

// EntryReader reads the entries of a file of a bank.
type EntryReader interface {
	// Next returns the next entry, which is the caller's, and io.EOF at the end. Faults of the text are findings for the
	// sink; an error is one of the reader below, or an [*x12.Issue] when the text cannot be read on.
	Next() (*Entry, error)
}

// Findings. The segment of a finding is its line, 1 = first; the element is the column or field.
const (
	RuleNACHA  = "nacha/record" // a record that is not what the layout says
	RuleTotals = "bank/totals"  // counts or totals of a trailer differ from what was read
	RuleBAI2   = "bai2/record"  // a BAI2 record that is not what the layout says
	RuleCSV    = "statement/row"
	RuleFormat = "bank/format" // neither NACHA nor BAI2 nor CSV
)

// maxText is how much free text of an entry is kept, in bytes.
const maxText = 1000

// finder reports findings of one file of a bank.
type finder struct{ sink x12.Sink }

func (f *finder) report(sev x12.Severity, rule string, offset int64, line, field int, id, message string) {
	if f.sink != nil {
		f.sink(&x12.Issue{Offset: offset, Segment: line, Element: field, SegID: id, Rule: rule, Level: 1, Severity: sev, Message: message})
	}
}

// maxCents is the largest amount in cents that takes part, so that sums of many do not overflow: more than a NACHA file can
// hold.
const maxCents = 1e15

// cents returns an amount in cents; ok is false when it is absent, has a part of a cent, or is too large.
func cents(n x12.Number) (c int64, ok bool) {
	if !n.Set() {
		return 0, false
	}
	c = n.Coef()
	for s := n.Scale(); s > 2; s-- {
		if c%10 != 0 {
			return 0, false
		}
		c /= 10
	}
	for s := n.Scale(); s < 2; s++ {
		if c > maxCents || c < -maxCents {
			return 0, false
		}
		c *= 10
	}
	return c, c <= maxCents && c >= -maxCents
}

// digits reads an unsigned number of at most 18 digits.
func digits[T string | []byte](s T) (n int64, ok bool) {
	if len(s) == 0 || len(s) > 18 {
		return 0, false
	}
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	return n, true
}

package deposit

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// item is a row of the list: a payment, an entry, or one of each that stand beside each other in a link.
type item struct {
	r    *Result
	link *Link
	n    int // ordinal of the link, 1 = first
	pay  *Payment
	ent  *Entry
}

// tableColumn is a column of a table with its meaning.
type tableColumn[T any] struct {
	name, meaning string
	value         func(*T) string
}

func ofPayment(f func(*Payment) string) func(*item) string {
	return func(i *item) string {
		if i.pay == nil {
			return ""
		}
		return f(i.pay)
	}
}

func ofEntry(f func(*Entry) string) func(*item) string {
	return func(i *item) string {
		if i.ent == nil {
			return ""
		}
		return f(i.ent)
	}
}

// amountText returns an amount with two decimals at least, "" when absent.
func amountText(n x12.Number) string {
	if c, ok := cents(n); ok {
		return string(x12.NewNumber(c, 2).AppendPlain(nil))
	}
	if !n.Set() {
		return ""
	}
	return string(n.AppendPlain(nil))
}

// sumText returns a sum with two decimals at least.
func sumText(s *x12.Sum) string {
	if n, ok := s.Number(); ok {
		if n.Sign() == 0 {
			return "0.00"
		}
		return amountText(n)
	}
	return s.String()
}

// ageOf returns the days an item is open, or ok false when it is not open or not dated.
func (i *item) age() (days, bucket int, ok bool) {
	if !isOpen(i.link.Status) {
		return 0, 0, false
	}
	var d x12.Date
	switch {
	case i.pay != nil:
		d = i.pay.Date
	case i.ent != nil && i.ent.Sort == Deposit:
		d = i.ent.Date
	default:
		return 0, 0, false
	}
	days, bucket = age(i.r.AsOf, d)
	return days, bucket, true
}

func itemColumns() []tableColumn[item] {
	return []tableColumn[item]{
		{"link", "Ordinal of the link, 1 = first; rows of one link belong together", func(i *item) string { return strconv.Itoa(i.n) }},
		{"status", "What became of it", func(i *item) string { return i.link.Status.String() }},
		{"tier", "1 and 2 matched, 3 amount mismatch, 4 and 5 suggested", func(i *item) string {
			if i.link.Tier == 0 {
				return ""
			}
			return strconv.Itoa(i.link.Tier)
		}},
		{"basis", "Why: a stable word", func(i *item) string { return string(i.link.Basis) }},
		{"payer_id", "TRN03 of the 835", ofPayment(func(p *Payment) string { return p.PayerID })},
		{"payer", "Name of the payer, N102 of 1000A", ofPayment(func(p *Payment) string { return p.PayerName })},
		{"trace", "TRN02 of the 835", ofPayment(func(p *Payment) string { return p.Trace })},
		{"method", "BPR04", ofPayment(func(p *Payment) string { return p.Method })},
		{"date", "BPR16", ofPayment(func(p *Payment) string { return p.Date.String() })},
		{"amount", "BPR02", ofPayment(func(p *Payment) string { return amountText(p.Amount) })},
		{"claims", "Claims of the 835", ofPayment(func(p *Payment) string { return strconv.FormatInt(p.Claims, 10) })},
		{"isa13", "Interchange of the 835", ofPayment(func(p *Payment) string { return p.Interchange })},
		{"gs06", "Group of the 835", ofPayment(func(p *Payment) string { return p.Group })},
		{"st02", "Set of the 835", ofPayment(func(p *Payment) string { return p.Set })},
		{"eft_sort", "What the entry does: deposit, return, ...", ofEntry(func(e *Entry) string { return e.Sort.String() })},
		{"eft_way", "ach, wire or check; empty when the bank does not say", ofEntry(func(e *Entry) string { return e.Way.String() })},
		{"eft_code", "NACHA transaction code, BAI2 type code or the type column", ofEntry(func(e *Entry) string { return e.Code })},
		{"eft_payer_id", "TRN03 of the entry, or its company identification", ofEntry(func(e *Entry) string { return e.payerID() })},
		{"eft_payer", "Company name of the entry", ofEntry(func(e *Entry) string { return e.PayerName })},
		{"eft_trace", "TRN02 of the entry", ofEntry(func(e *Entry) string { return e.Trace })},
		{"eft_date", "Effective entry date, or that of the statement", ofEntry(func(e *Entry) string { return e.Date.String() })},
		{"eft_amount", "Amount of the entry, never below zero; see eft_sort", ofEntry(func(e *Entry) string { return amountText(e.Amount) })},
		{"eft_reference", "Number the bank gave the entry", ofEntry(func(e *Entry) string { return e.Reference })},
		{"eft_reason", "Return or change code", ofEntry(func(e *Entry) string { return e.Reason })},
		{"eft_file", "File of the entry", ofEntry(func(e *Entry) string { return e.File })},
		{"eft_line", "Line of the entry in its file", ofEntry(func(e *Entry) string { return strconv.Itoa(e.Line) })},
		{"age_days", "Days since its date, where it is open", func(i *item) string {
			if days, k, ok := i.age(); ok && k < ageBuckets-1 {
				return strconv.Itoa(days)
			}
			return ""
		}},
		{"age", "Bucket of the age", func(i *item) string {
			if _, k, ok := i.age(); ok {
				return Ages()[k]
			}
			return ""
		}},
		{"repeats", "Link that a duplicate repeats", func(i *item) string {
			if n := i.r.repeated(i.link); n > 0 {
				return strconv.Itoa(n)
			}
			return ""
		}},
	}
}

// figure is a count of a row with its name.
type figure struct {
	name, meaning string
	of            func(*Row) Count
}

func ofStatus(s Status) func(*Row) Count    { return func(r *Row) Count { return r.ERAs[s] } }
func ofEFTStatus(s Status) func(*Row) Count { return func(r *Row) Count { return r.EFTs[s] } }

// figures are the counts of the report; each has its amount beside it.
func figures() []figure {
	return []figure{
		{"eras", "835s", (*Row).AllERAs},
		{"eras_zero_pay", "835s that no money is expected for", ofStatus(NotExpected)},
		{"eras_payable", "the others", (*Row).Payable},
		{"matched_tier1", "835s matched by trace, payer and amount", func(r *Row) Count { return r.Tier1 }},
		{"matched_tier2", "835s matched by trace and amount, with a flag", func(r *Row) Count { return r.Tier2 }},
		{"suggested", "835s with a suggestion", ofStatus(Suggested)},
		{"amount_mismatch", "835s whose trace came with another amount", ofStatus(AmountMismatch)},
		{"returned", "835s whose money was taken back", ofStatus(Returned)},
		{"duplicate", "835s that repeat another", ofStatus(Duplicate)},
		{"era_without_eft", "835s without money", ofStatus(MissingDeposit)},
		{"entries", "entries of the bank", (*Row).AllEntries},
		{"other_entries", "entries that are no deposits", func(r *Row) Count { return r.Rest }},
		{"efts", "deposits", (*Row).AllEFTs},
		{"eft_not_expected", "deposits in another currency", ofEFTStatus(NotExpected)},
		{"eft_matched", "deposits matched", ofEFTStatus(Matched)},
		{"eft_suggested", "deposits with a suggestion", ofEFTStatus(Suggested)},
		{"eft_amount_mismatch", "deposits whose trace came with another amount", ofEFTStatus(AmountMismatch)},
		{"eft_returned", "deposits taken back", ofEFTStatus(Returned)},
		{"eft_duplicate", "deposits that repeat another", ofEFTStatus(Duplicate)},
		{"eft_without_era", "deposits without an 835", ofEFTStatus(MissingRemittance)},
	}
}

func reportColumns() []tableColumn[Row] {
	list := []tableColumn[Row]{
		{"period", "Month or year of the date of payment or entry; total for the last row", func(r *Row) string { return r.Period }},
		{"payer_id", "TRN03, or the company identification of an entry without an 835", func(r *Row) string { return r.PayerID }},
		{"payer", "Name of the payer", func(r *Row) string { return r.PayerName }},
	}
	for _, f := range figures() {
		list = append(list,
			tableColumn[Row]{f.name, "Number of " + f.meaning, func(r *Row) string { return strconv.Itoa(f.of(r).N) }},
			tableColumn[Row]{f.name + "_amount", "Sum of " + f.meaning, func(r *Row) string { c := f.of(r); return sumText(&c.Amount) }})
	}
	rate := func(k int) func(*Row) string {
		return func(r *Row) string { n, a := r.Rate(); return [...]string{n, a}[k] }
	}
	list = append(list,
		tableColumn[Row]{"auto_match_rate", "Matched of the payable 835s, in percent", rate(0)},
		tableColumn[Row]{"auto_match_rate_amount", "The same by amount", rate(1)},
		tableColumn[Row]{"lag_median", "Business days from the entry to the 835", lagText(func(l Lag) string { return strconv.Itoa(l.Median) })},
		tableColumn[Row]{"lag_p90", "Lag that nine of ten do not exceed", lagText(func(l Lag) string { return strconv.Itoa(l.P90) })},
		tableColumn[Row]{"lag_within_3", "Lag of -3 to 3 days, in percent", lagText(func(l Lag) string { return l.WithinPercent })})
	for k, name := range ageNames() {
		list = append(list,
			tableColumn[Row]{"era_age_" + name, "Open 835s of this age in days", func(r *Row) string { return strconv.Itoa(r.ERAAges[k].N) }},
			tableColumn[Row]{"era_age_" + name + "_amount", "Sum of these", func(r *Row) string { return sumText(&r.ERAAges[k].Amount) }})
	}
	for k, name := range ageNames() {
		list = append(list,
			tableColumn[Row]{"eft_age_" + name, "Open deposits of this age in days", func(r *Row) string { return strconv.Itoa(r.EFTAges[k].N) }},
			tableColumn[Row]{"eft_age_" + name + "_amount", "Sum of these", func(r *Row) string { return sumText(&r.EFTAges[k].Amount) }})
	}
	return list
}

// ageNames are the age buckets as parts of column names.
func ageNames() [ageBuckets]string {
	return [...]string{"0_3", "4_7", "8_14", "15_30", "over_30", "undated"}
}

func lagText(f func(Lag) string) func(*Row) string {
	return func(r *Row) string {
		l := r.Lag()
		if l.N == 0 {
			return ""
		}
		return f(l)
	}
}

// Tables returns the names of the tables: items, the payments and entries, and report, the auto-match report.
func Tables() []string { return []string{"items", "report"} }

// Columns returns the columns of a table with their meanings, nil for another name.
func Columns(table string) (list [][2]string) {
	switch table {
	case "items":
		for _, c := range itemColumns() {
			list = append(list, [2]string{c.name, c.meaning})
		}
	case "report":
		for _, c := range reportColumns() {
			list = append(list, [2]string{c.name, c.meaning})
		}
	}
	return list
}

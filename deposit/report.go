package deposit

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// Period is what the rows of a report are about, beside the payer.
type Period uint8

// The periods.
const (
	ByMonth Period = iota
	ByYear
	ByAll
)

// of returns the period of a day: 2026-11, 2026, or "" for all and for no day.
func (p Period) of(d x12.Date) string {
	s := d.String()
	switch {
	case s == "" || p == ByAll:
		return ""
	case p == ByYear:
		return s[:4]
	}
	return s[:7]
}

// Count is a number of payments or entries with the sum of their amounts.
type Count struct {
	N      int
	Amount x12.Sum
}

func (c *Count) add(n x12.Number) {
	c.N++
	c.Amount.Add(n)
}

func (c *Count) addCount(d *Count) {
	c.N += d.N
	c.Amount.AddSum(&d.Amount)
}

// The age buckets, in days from the date of a payment or entry to [Result.AsOf]; dates to come are in the first, and what
// has no date in the last.
const ageBuckets = 6

// Ages returns the names of the age buckets.
func Ages() [ageBuckets]string {
	return [...]string{"0-3", "4-7", "8-14", "15-30", "over 30", "undated"}
}

// age returns the days a date is back, and their bucket.
func age(asOf, d x12.Date) (days, bucket int) {
	if d.IsZero() || asOf.IsZero() {
		return 0, ageBuckets - 1
	}
	days = number(asOf) - number(d)
	for i, most := range [...]int{3, 7, 14, 30} {
		if days <= most {
			return days, i
		}
	}
	return days, ageBuckets - 2
}

// Row is the auto-match report of one period and payer, or the total. Each payment and each entry counts in one row, that
// of its own date; what is tied to a payment counts for the payer of that.
type Row struct {
	Period, PayerID, PayerName string

	ERAs  [statuses]Count // payments by status
	Tier1 Count           // of those matched
	Tier2 Count
	EFTs  [statuses]Count // deposits by status
	Rest  Count           // entries that are no deposits, returns and reversals among them

	ERAAges [ageBuckets]Count // of payments that are open
	EFTAges [ageBuckets]Count // of deposits that are open

	lags []int // business days from the entry to the 835, of matches
}

func sum(counts [statuses]Count) (total Count) {
	for i := range counts {
		total.addCount(&counts[i])
	}
	return total
}

// AllERAs returns the payments of the row.
func (r *Row) AllERAs() Count { return sum(r.ERAs) }

// Payable returns the payments that money is expected for.
func (r *Row) Payable() Count {
	all := r.ERAs
	all[NotExpected] = Count{}
	return sum(all)
}

// AllEFTs returns the deposits of the row.
func (r *Row) AllEFTs() Count { return sum(r.EFTs) }

// AllEntries returns the entries of the row, deposits and others.
func (r *Row) AllEntries() Count {
	c := r.AllEFTs()
	c.addCount(&r.Rest)
	return c
}

// isOpen reports whether money or remittance is still to come.
func isOpen(s Status) bool {
	return s == AmountMismatch || s == Returned || s == Duplicate || s == MissingDeposit || s == MissingRemittance
}

// Unmatched returns the payments that are payable and neither matched nor suggested.
func (r *Row) Unmatched() (c Count) {
	for s := range r.ERAs {
		if isOpen(Status(s)) {
			c.addCount(&r.ERAs[s])
		}
	}
	return c
}

// UnmatchedEFTs returns the deposits that are neither matched nor suggested, and are expected to be.
func (r *Row) UnmatchedEFTs() (c Count) {
	for s := range r.EFTs {
		if isOpen(Status(s)) {
			c.addCount(&r.EFTs[s])
		}
	}
	return c
}

// Rate is the share of payable 835s that were matched, in percent with one decimal, by count and by amount; "" when none
// is payable.
func (r *Row) Rate() (byCount, byAmount string) {
	payable := r.Payable()
	matched := &r.ERAs[Matched]
	return percent(decimal.NewFromInt(int64(matched.N)), decimal.NewFromInt(int64(payable.N))),
		percent(matched.Amount.Decimal(), payable.Amount.Decimal())
}

func percent(part, whole decimal.Decimal) string {
	if whole.IsZero() {
		return ""
	}
	return part.Mul(decimal.NewFromInt(100)).DivRound(whole, 1).StringFixed(1)
}

// Lag says how far apart 835s and their money come, in business days from the date of the entry to the day the 835 was
// made (ISA09): below zero when the 835 came first.
type Lag struct {
	N             int // matches whose days are known
	Median, P90   int // the lower of two in the middle; P90: nine of ten are not above it
	WithinThree   int // -3 to 3, the days of CORE rule 370
	WithinPercent string
}

// Lag returns the lag of the matches of the row.
func (r *Row) Lag() (l Lag) {
	if l.N = len(r.lags); l.N == 0 {
		return l
	}
	list := slices.Sorted(slices.Values(r.lags))
	l.Median, l.P90 = list[(l.N-1)/2], list[(l.N*9+9)/10-1]
	for _, d := range list {
		if d >= -3 && d <= 3 {
			l.WithinThree++
		}
	}
	l.WithinPercent = percent(decimal.NewFromInt(int64(l.WithinThree)), decimal.NewFromInt(int64(l.N)))
	return l
}

// Report is the auto-match report.
type Report struct {
	AsOf  x12.Date
	Rows  []*Row // by period and payer; a period that is not known comes first
	Total Row
}

// Report counts a result.
func (r *Result) Report() *Report {
	type key struct{ period, payer string }
	rep := &Report{AsOf: r.AsOf}
	rows := map[key]*Row{}
	row := func(d x12.Date, payer, name string) *Row {
		k := key{r.o.Period.of(d), payer}
		if payer == "" {
			k.payer = "\x00" + nameKey(name) // not told apart from an identifier otherwise
		}
		v := rows[k]
		if v == nil {
			v = &Row{Period: k.period, PayerID: payer, PayerName: name}
			rows[k] = v
			rep.Rows = append(rep.Rows, v)
		}
		if v.PayerName == "" {
			v.PayerName = name
		}
		return v
	}
	var cal calendar
	for i := range r.Links {
		l := &r.Links[i]
		for _, p := range l.Payments {
			pay := r.Payments[p]
			for _, to := range [...]*Row{row(pay.Date, pay.PayerID, pay.PayerName), &rep.Total} {
				to.payment(l, pay, r.AsOf)
			}
		}
		for _, e := range l.Entries {
			ent := r.Entries[e]
			payer, name := ent.payerID(), ent.PayerName
			if len(l.Payments) > 0 {
				payer, name = r.Payments[l.Payments[0]].PayerID, r.Payments[l.Payments[0]].PayerName
			}
			for _, to := range [...]*Row{row(ent.Date, payer, name), &rep.Total} {
				to.entry(l, ent, r.AsOf)
			}
		}
		if days, ok := r.lag(l, &cal); ok {
			pay := r.Payments[l.Payments[0]]
			for _, to := range [...]*Row{row(pay.Date, pay.PayerID, pay.PayerName), &rep.Total} {
				to.lags = append(to.lags, days)
			}
		}
	}
	slices.SortStableFunc(rep.Rows, func(a, b *Row) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.PayerID, b.PayerID), cmp.Compare(nameKey(a.PayerName), nameKey(b.PayerName)))
	})
	return rep
}

// lag returns the lag of a match.
func (r *Result) lag(l *Link, cal *calendar) (days int, ok bool) {
	if l.Status != Matched {
		return 0, false
	}
	sent, came := r.Payments[l.Payments[0]].Sent, r.Entries[l.Entries[0]].Date
	if sent.IsZero() || came.IsZero() {
		return 0, false
	}
	return cal.business(sent) - cal.business(came), true
}

func (r *Row) payment(l *Link, p *Payment, asOf x12.Date) {
	r.ERAs[l.Status].add(p.Amount)
	switch {
	case l.Status == Matched && l.Tier == 1:
		r.Tier1.add(p.Amount)
	case l.Status == Matched:
		r.Tier2.add(p.Amount)
	case isOpen(l.Status):
		_, k := age(asOf, p.Date)
		r.ERAAges[k].add(p.Amount)
	}
}

func (r *Row) entry(l *Link, e *Entry, asOf x12.Date) {
	if e.Sort != Deposit {
		r.Rest.add(e.Amount)
		return
	}
	r.EFTs[l.Status].add(e.Amount)
	if isOpen(l.Status) {
		_, k := age(asOf, e.Date)
		r.EFTAges[k].add(e.Amount)
	}
}

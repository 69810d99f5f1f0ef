package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// Count is a number of claims, answers or lines with the sum of their amounts.
type Count struct {
	N      int
	Amount x12.Sum
}

func (c *Count) add(n x12.Number) {
	c.N++
	c.Amount.Add(n)
}

// The age buckets of claims that are not decided, in days from the submission to [Result.AsOf].
const ageBuckets = 5

// Ages returns the names of the age buckets.
func Ages() [ageBuckets]string {
	return [...]string{"0-30", "31-60", "61-90", "over 90", "undated"}
}

// age returns the days since a day, and their bucket.
func age(asOf, d x12.Date) (n, bucket int) {
	if d.IsZero() || asOf.IsZero() {
		return 0, ageBuckets - 1
	}
	n = max(0, dayNumber(asOf)-dayNumber(d))
	for i, most := range [...]int{30, 60, 90} {
		if n <= most {
			return n, i
		}
	}
	return n, ageBuckets - 2
}

// isOpen reports whether a decision is still to come.
func (s State) isOpen() bool { return s == NotAnswered || s == Forwarded }

// Row is the report on the claims sent to one payer, or on all.
type Row struct {
	Payer Party

	Claims  [states]Count     // by state, with their charges
	Money   Money             // of all of these
	Ages    [ageBuckets]Count // of those not decided
	First   [4]int            // by FirstPass
	Answers int               // answers of these claims
	Strays  Count             // answers of the payer without a claim, with what they paid
	Under   Count             // lines that less was allowed for than expected, with the shortfall
	Over    Count             // lines that more was allowed for, with the excess
	Checked int               // lines compared with what was expected

	answerDays, payDays []int32
}

// AllClaims returns the claims of the row.
func (r *Row) AllClaims() (c Count) {
	for i := range r.Claims {
		c.N += r.Claims[i].N
		c.Amount.AddSum(&r.Claims[i].Amount)
	}
	return c
}

// Days are days from submission on.
type Days struct {
	N           int
	Median, P90 int // the lower of two in the middle; nine of ten are not above P90
}

func daysOf(list []int32) (d Days) {
	if d.N = len(list); d.N == 0 {
		return d
	}
	slices.Sort(list)
	d.Median, d.P90 = int(list[(d.N-1)/2]), int(list[(d.N*9+9)/10-1])
	return d
}

// DaysToAnswer returns the days from submission to the first decision.
func (r *Row) DaysToAnswer() Days { return daysOf(r.answerDays) }

// DaysToPay returns the days from submission to the first payment.
func (r *Row) DaysToPay() Days { return daysOf(r.payDays) }

func percent(part, whole int) string {
	return percentOf(decimal.NewFromInt(int64(part)), decimal.NewFromInt(int64(whole)))
}

func percentOf(part, whole decimal.Decimal) string {
	if whole.IsZero() {
		return ""
	}
	return part.Mul(decimal.NewFromInt(100)).DivRound(whole, 1).StringFixed(1)
}

// firsts returns the claims that have a first decision.
func (r *Row) firsts() int { return r.First[PassedFirst] + r.First[DeniedFirst] + r.First[ChangedLate] }

// FirstPassRate returns the share of claims with a first decision that was final and without a denial, in percent with one
// decimal, "" when none has one. Replacements and voids do not count.
func (r *Row) FirstPassRate() string { return percent(r.First[PassedFirst], r.firsts()) }

// FirstDenialRate returns the share of claims whose first decision denied the whole or a part.
func (r *Row) FirstDenialRate() string { return percent(r.First[DeniedFirst], r.firsts()) }

// MatchRate returns the share of answers that have a claim.
func (r *Row) MatchRate() string { return percent(r.Answers, r.Answers+r.Strays.N) }

// Denial is one reason one payer gave: of all decisions, those taken back too. What was read twice counts once.
type Denial struct {
	Payer         Party // of the remittance
	Group, Reason string
	Answers       int // remittance claims with it
	Lines         int // lines with it; an adjustment of a claim is on no line
	Adjustments   int
	Amount        x12.Sum
	Standing      x12.Sum // of what counts in the end; see [Money]
}

// Category returns the kind of work a denial means, "other" for reasons that are in none.
func (d *Denial) Category() string {
	for _, c := range categories() {
		if slices.Contains(strings.Fields(c[1]), d.Reason) {
			return c[0]
		}
	}
	return "other"
}

func categories() [12][2]string {
	return [...][2]string{
		{"eligibility", "26 27 31 32 33 177 200"}, {"authorization", "15 39 197 198"}, {"duplicate", "18"}, {"timely_filing", "29"},
		{"other_payer", "22 109"}, {"coding", "4 5 6 7 8 9 10 11 16 146 167 181 182"}, {"bundling", "97 234 236"}, {"necessity", "50 54 55 56 58"},
		{"not_covered", "49 96 204"}, {"records", "226 227 252"}, {"maximum", "35 119 149"}, {"patient_share", "1 2 3"},
	}
}

// Description returns the meaning of the reason, "" when it is not known.
func (d *Denial) Description() string { return codes.Describe("carc", d.Reason) }

// Remitted says what the remittances paid, and where it went.
type Remitted struct {
	Payments            Count   // with BPR02, each once
	ReadBefore          Count   // payments that were read twice, not counted above
	Claims              x12.Sum // CLP04 of the payments
	Matched             x12.Sum // of these, for claims
	Strays              x12.Sum // of these, without a claim
	ProviderAdjustments x12.Sum // PLB; positive lowers the payment
	Difference          x12.Sum // payments less claims and provider adjustments; zero where they balance
}

// Report counts a result.
type Report struct {
	AsOf     x12.Date
	Rows     []*Row // by name of the payer
	Total    Row
	Denials  []Denial // the largest first
	Remitted Remitted
}

// Report counts r.
func (r *Result) Report() *Report {
	rep := &Report{AsOf: r.AsOf}
	rows := map[string]*Row{}
	row := func(p *Party) *Row {
		v := rows[p.key()]
		if v == nil {
			v = &Row{Payer: *p}
			rows[p.key()] = v
			rep.Rows = append(rep.Rows, v)
		}
		if v.Payer.Name == "" {
			v.Payer.Name = p.Name
		}
		return v
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		money := r.Money(c)
		for _, to := range [...]*Row{row(c.Payer), &rep.Total} {
			to.claim(r, c, &money)
		}
	}
	names := map[string]*Row{}
	for _, v := range rep.Rows {
		if k := nameKey(v.Payer.Name); names[k] == nil || v.Payer.ID < names[k].Payer.ID {
			names[k] = v
		}
	}
	aliases := map[*Party]*Row{}
	for i := range r.Answers {
		a := &r.Answers[i]
		switch {
		case a.Role == ReadBefore:
			continue
		case a.Claim >= 0:
			rep.Remitted.Matched.Add(a.Paid)
			continue
		}
		to := aliases[a.Payer]
		if to == nil {
			to = row(r.alias(rows, names, a))
			aliases[a.Payer] = to
		}
		for _, to := range [...]*Row{to, &rep.Total} {
			to.Strays.add(a.Paid)
		}
		rep.Remitted.Strays.Add(a.Paid)
	}
	r.lineRows(func(i *lineItem) {
		if i.allowance.Check == NotChecked {
			return
		}
		to := aliases[i.a.Payer]
		if i.c != nil {
			to = row(i.c.Payer)
		}
		to.allowance(&i.allowance)
		rep.Total.allowance(&i.allowance)
	})
	slices.SortFunc(rep.Rows, func(a, b *Row) int {
		return compareTexts(strings.ToUpper(a.Payer.Name), strings.ToUpper(b.Payer.Name), a.Payer.ID, b.Payer.ID)
	})
	r.remitted(&rep.Remitted)
	rep.Denials = r.denials()
	return rep
}

func (to *Row) claim(r *Result, c *ClaimResult, money *Money) {
	to.Claims[c.State].add(c.Charge)
	to.Money.add(money)
	to.First[c.FirstPass]++
	to.Answers += len(c.Answers)
	if c.answer >= 0 {
		to.answerDays = append(to.answerDays, c.answer)
	}
	if c.pay >= 0 {
		to.payDays = append(to.payDays, c.pay)
	}
	if c.State.isOpen() && !c.withdrawn() {
		_, k := age(r.AsOf, c.Date)
		to.Ages[k].add(c.Charge)
	}
}

func (to *Row) allowance(w *Allowance) {
	to.Checked++
	switch w.Check {
	case UnderExpected:
		to.Under.N++
		to.Under.Amount.AddSum(&w.Shortfall)
	case OverExpected:
		to.Over.N++
		to.Over.Amount.SubSum(&w.Shortfall)
	}
}

// alias returns the payer of an answer as claims know it, where one of its numbers or its name tells.
func (r *Result) alias(rows, names map[string]*Row, a *AnswerResult) *Party {
	for _, id := range a.ids {
		if v := rows[id]; v != nil {
			return &v.Payer
		}
	}
	if v := names[nameKey(a.Payer.Name)]; v != nil && a.Payer.Name != "" {
		return &v.Payer
	}
	return a.Payer
}

func (r *Result) remitted(t *Remitted) {
	for _, p := range r.m.payments {
		if p.repeated {
			t.ReadBefore.add(p.Amount)
			continue
		}
		t.Payments.add(p.Amount)
		t.Claims.AddSum(&p.paid)
		t.ProviderAdjustments.AddSum(&p.plb)
	}
	t.Difference = t.Payments.Amount
	t.Difference.SubSum(&t.Claims)
	t.Difference.AddSum(&t.ProviderAdjustments)
}

// denials adds up the denials by payer, group and reason.
func (r *Result) denials() []Denial {
	type key struct {
		payer         string
		group, reason symbol
	}
	at := map[key]int{}
	var list []Denial
	for i := range r.Answers {
		a := &r.Answers[i]
		if a.Status.IsReversal() || a.Estimates() || a.Forwarded() || a.Role == ReadBefore {
			continue
		}
		seen := map[key]bool{}
		count := func(s span, line bool) {
			onLine := map[key]bool{}
			for k := range r.m.adjustments[s.at : s.at+s.n] {
				d := &r.m.adjustments[int(s.at)+k]
				if !r.known.isDenial(d) {
					continue
				}
				id := key{a.Payer.key(), d.group, d.reason}
				n, ok := at[id]
				if !ok {
					n = len(list)
					at[id] = n
					list = append(list, Denial{Payer: *a.Payer, Group: r.m.text(d.group), Reason: r.m.text(d.reason)})
				}
				e := &list[n]
				e.Adjustments++
				e.Amount.Add(d.amount)
				if a.Counts && !r.Claims[a.Claim].withdrawn() {
					e.Standing.Add(d.amount)
				}
				if !seen[id] {
					seen[id] = true
					e.Answers++
				}
				if line && !onLine[id] {
					onLine[id] = true
					e.Lines++
				}
			}
		}
		count(a.adjustments, false)
		for k := range r.m.answerLines[a.lines.at : a.lines.at+a.lines.n] {
			count(r.m.answerLines[int(a.lines.at)+k].adjustments, true)
		}
	}
	slices.SortFunc(list, func(a, b Denial) int {
		return cmp.Or(b.Amount.Cmp(&a.Amount), compareTexts(a.Group, b.Group, a.Reason, b.Reason, a.Payer.Name, b.Payer.Name, a.Payer.ID, b.Payer.ID))
	})
	return list
}

// Reasons returns the denials of all payers together, the largest first.
func (rep *Report) Reasons() []Denial {
	at := map[[2]string]int{}
	var list []Denial
	for i := range rep.Denials {
		d := &rep.Denials[i]
		n, ok := at[[2]string{d.Group, d.Reason}]
		if !ok {
			n = len(list)
			at[[2]string{d.Group, d.Reason}] = n
			list = append(list, Denial{Group: d.Group, Reason: d.Reason})
		}
		e := &list[n]
		e.Answers, e.Lines, e.Adjustments = e.Answers+d.Answers, e.Lines+d.Lines, e.Adjustments+d.Adjustments
		e.Amount.AddSum(&d.Amount)
		e.Standing.AddSum(&d.Standing)
	}
	slices.SortFunc(list, func(a, b Denial) int {
		return cmp.Or(b.Amount.Cmp(&a.Amount), compareTexts(a.Group, b.Group, a.Reason, b.Reason))
	})
	return list
}

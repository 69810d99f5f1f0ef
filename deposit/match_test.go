package deposit

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

func day(text string) x12.Date {
	d, _ := x12.ParseDate(text)
	return d
}

// pay reads "trace payer amount date method [name]", - for an empty one.
func pay(text string) *Payment {
	f := fields(text, 6)
	p := &Payment{Handling: "I", CreditDebit: "C", Trace: f[0], PayerID: f[1], Date: day(f[3]), Method: f[4], PayerName: f[5], Sent: day(f[3])}
	p.Amount, _ = x12.ParseNumber(f[2])
	if p.Method == "" {
		p.Method = "ACH"
	}
	if p.Method == "NON" {
		p.Handling = "H"
	}
	return p
}

// dep reads "trace payer amount date way [text]".
func dep(text string) *Entry {
	f := fields(text, 6)
	e := &Entry{Sort: Deposit, Trace: f[0], PayerID: f[1], Date: day(f[3]), Text: f[5]}
	e.Amount, _ = money(f[2])
	switch f[4] {
	case "ach":
		e.Way = ACH
	case "wire":
		e.Way = Wire
	case "check":
		e.Way = Check
	}
	return e
}

func fields(text string, n int) []string {
	f := strings.SplitN(text, " ", n)
	for i := range f {
		if f[i] == "-" {
			f[i] = ""
		}
	}
	for len(f) < n {
		f = append(f, "")
	}
	return f
}

func with1[T any](v *T, change func(*T)) *T {
	change(v)
	return v
}

// answer writes links as lines: status, tier, basis, payments, entries.
func answer(r *Result) string {
	var b strings.Builder
	for _, l := range r.Links {
		fmt.Fprintf(&b, "%s %d %s", l.Status, l.Tier, l.Basis)
		for _, p := range l.Payments {
			fmt.Fprintf(&b, " p%d", p)
		}
		for _, e := range l.Entries {
			fmt.Fprintf(&b, " e%d", e)
		}
		if l.Of >= 0 {
			fmt.Fprintf(&b, " of %d", l.Of)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func tie(o Options, payments []*Payment, entries []*Entry) *Result {
	m := NewMatcher(o)
	for _, p := range payments {
		m.AddPayment(p)
	}
	for _, e := range entries {
		m.AddEntry(e)
	}
	return m.Match()
}

func TestTiers(t *testing.T) {
	const a, b = "1990000101", "1990000202"
	company := func(id string) func(*Entry) { return func(e *Entry) { e.CompanyID = id } }
	named := func(name string) func(*Entry) { return func(e *Entry) { e.PayerName = name } }
	sorted := func(s Sort) func(*Entry) { return func(e *Entry) { e.Sort = s } }
	for _, c := range []struct {
		name string
		pays []*Payment
		deps []*Entry
		want string
	}{
		{"tier1", []*Payment{pay("EFT1 " + a + " 10.5 20261124")}, []*Entry{dep("eft1 " + a + " 10.50 20270101 ach")}, "matched 1 trace p0 e0\n"},
		{"payerMissing", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 - 10 20261124")}, "matched 2 trace_payer_missing p0 e0\n"},
		{"payerDiffers", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + b + " 10 20261124")}, "matched 2 trace_payer_differs p0 e0\n"},
		{"zeros", []*Payment{pay("007 " + a + " 10 20261124")}, []*Entry{dep("7 " + a + " 10 20261124")}, "matched 2 trace_leading_zeros p0 e0\n"},
		{"zerosOtherPayer", []*Payment{pay("007 " + a + " 10 20260124")}, []*Entry{dep("7 " + b + " 10 20261124")}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"zerosTwice", []*Payment{pay("007 " + a + " 10 20260124"), pay("07 " + a + " 10 20260124")}, []*Entry{dep("7 " + a + " 10 20261124")}, "era_without_eft 0 ambiguous p0\nera_without_eft 0 ambiguous p1\neft_without_era 0 ambiguous e0\n"},
		{"exactBeforeZeros", []*Payment{pay("007 " + a + " 10 20261124"), pay("7 " + a + " 10 20261124")}, []*Entry{dep("7 " + a + " 10 20261124"), dep("007 " + a + " 10 20261124")}, "matched 1 trace p0 e1\nmatched 1 trace p1 e0\n"},
		{"mismatch", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 11 20261124")}, "amount_mismatch 3 trace_amount_differs p0 e0\n"},
		{"sameNumberOtherPayer", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + b + " 11 20261124")}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"twoPayersOneNumber", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + b + " 10 20261124")}, []*Entry{dep("EFT1 " + b + " 10 20261124"), dep("EFT1 " + a + " 10 20261124")}, "matched 1 trace p0 e1\nmatched 1 trace p1 e0\n"},
		{"twoPayersNoID", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + b + " 10 20261124")}, []*Entry{dep("EFT1 - 10 20261124")}, "era_without_eft 0 ambiguous p0\nera_without_eft 0 ambiguous p1\neft_without_era 0 ambiguous e0\n"},
		{"methodDiffers", []*Payment{pay("EFT1 " + a + " 10 20261124 CHK")}, []*Entry{dep("EFT1 " + a + " 10 20261124 ach")}, "suggested 4 trace_method_differs p0 e0\n"},
		{"checkNumber", []*Payment{pay("4410098 " + a + " 10 20261124 CHK")}, []*Entry{dep("4410098 - 10 20261130 check")}, "matched 2 trace_payer_missing p0 e0\n"},
		{"wire", []*Payment{pay("W1 " + a + " 10 20261124 FWT")}, []*Entry{dep("W1 " + a + " 10 20261124 wire")}, "matched 1 trace p0 e0\n"},
		{"duplicatePayment", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124")}, "matched 1 trace p0 e0\nduplicate 0 same_trace p1 of 0\n"},
		{"duplicateBoth", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124"), dep("EFT1 " + a + " 10 20261125")}, "matched 1 trace p0 e0\nduplicate 0 same_trace p1 of 0\nduplicate 0 same_trace e1 of 0\n"},
		{"duplicateAlone", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + a + " 12 20261124")}, nil, "era_without_eft 0 unmatched p0\nduplicate 0 same_trace p1 of 0\n"},
		{"duplicateSecondFits", []*Payment{pay("EFT1 " + a + " 9 20261124"), pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124")}, "duplicate 0 same_trace p0 of 1\nmatched 1 trace p1 e0\n"},
		{"sameReference", nil, []*Entry{with1(dep("- - 10 20261124"), func(e *Entry) { e.Reference = "R1" }), with1(dep("- - 10 20261124"), func(e *Entry) { e.Reference = "R1" })}, "eft_without_era 0 unmatched e0\nduplicate 0 same_reference e1 of 0\n"},
		{"noReference", nil, []*Entry{dep("- - 10 20261124"), dep("- - 10 20261124")}, "eft_without_era 0 unmatched e0\neft_without_era 0 unmatched e1\n"},
		{"traceSeveralERAs", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + a + " 5 20261124")}, []*Entry{dep("EFT1 " + a + " 15 20261124")}, "suggested 4 trace_several_eras p0 p1 e0\n"},
		{"traceSeveralEFTs", []*Payment{pay("EFT1 " + a + " 15 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124"), dep("EFT1 " + a + " 5 20261124")}, "suggested 4 trace_several_efts p0 e0 e1\n"},
		{"mismatchOfSeveral", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT1 " + a + " 5 20261124")}, []*Entry{dep("EFT1 - 17 20261124")}, "amount_mismatch 3 trace_amount_differs p0 p1 e0\n"},
		{"inText", []*Payment{pay("EFT0001 " + a + " 10 20261124")}, []*Entry{dep("- - 10 20260124 ach PAYMENT EFT0001, THANKS")}, "suggested 4 trace_in_text p0 e0\n"},
		{"inTextTwice", []*Payment{pay("EFT0001 " + a + " 10 20261124"), pay("EFT0002 " + a + " 10 20261124")}, []*Entry{dep("- - 10 20260124 ach EFT0001 EFT0002")}, "era_without_eft 0 ambiguous p0\nera_without_eft 0 ambiguous p1\neft_without_era 0 ambiguous e0\n"},
		{"shortInText", []*Payment{pay("0001 " + a + " 10 20261124")}, []*Entry{dep("- - 10 20260124 ach ROOM 0001")}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"company", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{with1(dep("- - 10 20261130 ach"), company(a))}, "suggested 4 payer_amount_date p0 e0\n"},
		{"holidays", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{with1(dep("- - 10 20261201 ach"), company(a))}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"cutName", []*Payment{pay("EFT1 " + a + " 10 20261124 ACH Great Lakes Mutual Assurance")}, []*Entry{with1(dep("- - 10 20261124 ach"), named("GREAT LAKES MUTU"))}, "suggested 4 payer_amount_date p0 e0\n"},
		{"nameInText", []*Payment{pay("EFT1 " + a + " 10 20261124 ACH Great Lakes Mutual Assurance")}, []*Entry{dep("- - 10 20261124 ach ACH DEP:GREAT-LAKES MUTU/CLAIMS")}, "suggested 4 payer_amount_date p0 e0\n"},
		{"twoOfOnePayer", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT2 " + a + " 10 20261125")}, []*Entry{with1(dep("- - 10 20261124 ach"), company(a))}, "era_without_eft 0 ambiguous p0\nera_without_eft 0 ambiguous p1\neft_without_era 0 ambiguous e0\n"},
		{"twoDeposits", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{with1(dep("- - 10 20261124 ach"), company(a)), with1(dep("- - 10 20261125 ach"), company(a))}, "era_without_eft 0 ambiguous p0\neft_without_era 0 ambiguous e0\neft_without_era 0 ambiguous e1\n"},
		{"severalERAs", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT2 " + a + " 20 20261125"), pay("EFT3 " + a + " 7 20261125")}, []*Entry{with1(dep("- - 30 20261124 ach"), company(a))}, "suggested 4 payer_several_eras p0 p1 e0\nera_without_eft 0 unmatched p2\n"},
		{"severalERAsTwoWays", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT2 " + a + " 20 20261125"), pay("EFT3 " + a + " 20 20261125")}, []*Entry{with1(dep("- - 30 20261124 ach"), company(a))}, "era_without_eft 0 unmatched p0\nera_without_eft 0 unmatched p1\nera_without_eft 0 unmatched p2\neft_without_era 0 unmatched e0\n"},
		{"severalEFTs", []*Payment{pay("EFT1 " + a + " 30 20261124")}, []*Entry{with1(dep("- - 10 20261124 ach"), company(a)), with1(dep("- - 20 20261125 ach"), company(a))}, "suggested 4 payer_several_efts p0 e0 e1\n"},
		{"sharedParts", []*Payment{pay("EFT1 " + a + " 10 20261124"), pay("EFT2 " + a + " 20 20261124"), pay("EFT3 " + a + " 25 20261124")}, []*Entry{with1(dep("- - 30 20261124 ach"), company(a)), with1(dep("- - 35 20261124 ach"), company(a))}, "era_without_eft 0 ambiguous p0\nera_without_eft 0 ambiguous p1\nera_without_eft 0 ambiguous p2\neft_without_era 0 ambiguous e0\neft_without_era 0 ambiguous e1\n"},
		{"traceDiffers", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT2 " + a + " 10 20261124 ach")}, "suggested 5 payer_amount_trace_differs p0 e0\n"},
		{"amountAlone", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("- - 10 20261124 - DEPOSIT")}, "suggested 5 amount_date p0 e0\n"},
		{"amountOfOtherPayer", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{with1(dep("- - 10 20261124"), company(b))}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"amountOtherWay", []*Payment{pay("EFT1 " + a + " 10 20261124 CHK")}, []*Entry{dep("- - 10 20261124 ach")}, "era_without_eft 0 unmatched p0\neft_without_era 0 unmatched e0\n"},
		{"reversal", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124 ach"), with1(dep("EFT1 "+a+" 10 20261125 ach"), sorted(Reversal))}, "returned 0 returned p0 e0 e1\n"},
		{"reversalAndAgain", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124 ach"), with1(dep("EFT1 "+a+" 10 20261125 ach"), sorted(Reversal)), dep("EFT1 " + a + " 10 20261127 ach")}, "matched 1 trace p0 e2\nreturned 0 returned e0 e1\n"},
		{"reversalByCompany", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124 ach"), with1(with1(dep("- - 10 20261125 ach"), company(a)), sorted(Reversal))}, "returned 0 returned p0 e0 e1\n"},
		{"reversalTooLate", []*Payment{pay("EFT1 " + a + " 10 20261103")}, []*Entry{dep("EFT1 " + a + " 10 20261103 ach"), with1(with1(dep("- - 10 20261125 ach"), company(a)), sorted(Reversal))}, "matched 1 trace p0 e0\nreturned 0 return_without_eft e1\n"},
		{"returnOfSent", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{
			with1(dep("EFT1 "+a+" 10 20261124 ach"), func(e *Entry) { e.Reference = "999988880000001" }),
			with1(dep("- - 10 20261127 ach"), func(e *Entry) { e.Sort, e.Original, e.Reference = Return, "999988880000001", "999977770000004" })}, "returned 0 returned p0 e0 e1\n"},
		{"returnAlone", []*Payment{pay("EFT1 " + a + " 10 20261124")}, []*Entry{with1(dep("- - 10 20261127 ach"), func(e *Entry) { e.Sort, e.Original, e.Receiver, e.CompanyID = Return, "999988880000001", "EFT1", a })}, "returned 0 returned_identification p0 e0\n"},
		{"returnOfNothing", nil, []*Entry{with1(dep("- - 10 20261127 ach"), sorted(Return))}, "returned 0 return_without_eft e0\n"},
		{"notExpected", []*Payment{pay("A " + a + " 0 20261124 NON"), pay("B " + a + " 0 20261124 ACH"), pay("C " + a + " -5 20261124"), with1(pay("D "+a+" 0 20261124"), func(p *Payment) { p.Handling = "P" }), with1(pay("E "+a+" 3 20261124"), func(p *Payment) { p.CreditDebit = "D" }), with1(pay("F "+a+" 3 20261124"), func(p *Payment) { p.Currency = "CAD" }), with1(pay("G "+a+" 3 20261124"), func(p *Payment) { p.Handling = "H" })},
			[]*Entry{with1(dep("E "+a+" 3 20261124"), sorted(Outgoing)), with1(dep("- - 0 20261124"), sorted(Zero)), with1(dep("- - 0 20261124"), sorted(Notice)), with1(dep("- - 1 20261124"), sorted(Other)), with1(dep("F "+a+" 3 20261124"), func(e *Entry) { e.Currency = "CAD" })},
			"not_expected 0 no_payment p0\nnot_expected 0 zero_payment p1\nnot_expected 0 negative_payment p2\nnot_expected 0 prenote p3\nnot_expected 0 debit_flag p4\nnot_expected 0 currency p5\nnot_expected 0 no_payment p6\n" +
				"not_expected 0 outgoing e0\nnot_expected 0 zero_entry e1\nnot_expected 0 notice_of_change e2\nnot_expected 0 other_entry e3\nnot_expected 0 currency e4\n"},
		{"noAmount", []*Payment{pay("EFT1 " + a + " x 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124")}, "amount_mismatch 3 trace_amount_differs p0 e0\n"},
		{"millicents", []*Payment{pay("EFT1 " + a + " 10.001 20261124"), pay("EFT2 " + a + " 10.000 20261124")}, []*Entry{dep("EFT1 " + a + " 10 20261124"), dep("EFT2 " + a + " 10 20261124")}, "amount_mismatch 3 trace_amount_differs p0 e0\nmatched 1 trace p1 e1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := tie(Options{}, c.pays, c.deps)
			require.Equal(t, c.want, answer(r))
			sound(t, r)
		})
	}
}

func TestWindow(t *testing.T) {
	p := []*Payment{pay("EFT1 1990000101 10 20261124")}
	for window, want := range map[int]Status{-1: MissingDeposit, 1: MissingDeposit, 2: Suggested, 4: Suggested} {
		r := tie(Options{Window: window}, p, []*Entry{dep("- - 10 20261127 ach")})
		require.Equal(t, want, r.Links[0].Status, window)
	}
	r := tie(Options{Window: -1}, p, []*Entry{dep("- - 10 20261124 ach")})
	require.Equal(t, Suggested, r.Links[0].Status)
}

// sound checks what holds for every result: each payment and each entry in one link, links of the form of their status, and
// sums that tie out on both sides, in the rows and in the total.
func sound(t testing.TB, r *Result) {
	t.Helper()
	p, e := make([]int, len(r.Payments)), make([]int, len(r.Entries))
	for _, l := range r.Links {
		require.NotZero(t, l.Status)
		require.NotEmpty(t, l.Basis)
		require.NotZero(t, len(l.Payments)+len(l.Entries))
		for _, i := range l.Payments {
			p[i]++
		}
		for _, i := range l.Entries {
			e[i]++
		}
		both := len(l.Payments) > 0 && len(l.Entries) > 0
		switch l.Status {
		case Matched:
			require.Len(t, l.Payments, 1)
			require.Len(t, l.Entries, 1)
			require.True(t, r.Payments[l.Payments[0]].Amount.Equal(r.Entries[l.Entries[0]].Amount))
			require.True(t, l.Tier == 1 || l.Tier == 2)
		case Suggested:
			require.True(t, both && l.Tier >= 4)
			var paid, got x12.Sum
			for _, i := range l.Payments {
				paid.Add(r.Payments[i].Amount)
			}
			for _, i := range l.Entries {
				got.Add(r.Entries[i].Amount)
			}
			require.Zero(t, paid.Cmp(&got), "a suggestion adds up")
			require.True(t, len(l.Payments) == 1 || len(l.Entries) == 1)
		case AmountMismatch:
			require.True(t, both && l.Tier == 3)
		case MissingDeposit, MissingRemittance, Duplicate, NotExpected:
			require.Equal(t, 1, len(l.Payments)+len(l.Entries))
		}
		require.Equal(t, l.Status == Duplicate, l.Of >= 0)
	}
	for i, n := range p {
		require.Equal(t, 1, n, "payment %d", i)
	}
	for i, n := range e {
		require.Equal(t, 1, n, "entry %d", i)
	}

	var paid, got x12.Sum
	for _, v := range r.Payments {
		paid.Add(v.Amount)
	}
	for _, v := range r.Entries {
		got.Add(v.Amount)
	}
	rep := r.Report()
	total := &rep.Total
	for _, c := range [...]struct {
		n     int
		sum   *x12.Sum
		parts []Count
	}{
		{len(r.Payments), &paid, []Count{total.ERAs[Matched], total.ERAs[Suggested], total.Unmatched(), total.ERAs[NotExpected]}},
		{len(r.Payments), &paid, []Count{total.Tier1, total.Tier2, total.ERAs[Suggested], ages(total.ERAAges), total.ERAs[NotExpected]}},
		{len(r.Entries), &got, []Count{total.EFTs[Matched], total.EFTs[Suggested], total.UnmatchedEFTs(), total.EFTs[NotExpected], total.Rest}},
		{len(r.Entries), &got, []Count{total.EFTs[Matched], total.EFTs[Suggested], ages(total.EFTAges), total.EFTs[NotExpected], total.Rest}},
	} {
		var all Count
		for i := range c.parts {
			all.addCount(&c.parts[i])
		}
		require.Equal(t, c.n, all.N)
		require.Zero(t, all.Amount.Cmp(c.sum))
	}
	var eras, entries Count
	for _, row := range rep.Rows {
		a, b := row.AllERAs(), row.AllEntries()
		eras.addCount(&a)
		entries.addCount(&b)
	}
	require.Equal(t, len(r.Payments), eras.N)
	require.Equal(t, len(r.Entries), entries.N)
	require.Zero(t, eras.Amount.Cmp(&paid))
	require.Zero(t, entries.Amount.Cmp(&got))
}

func ages(counts [ageBuckets]Count) (all Count) {
	for i := range counts {
		all.addCount(&counts[i])
	}
	return all
}

// TestRandom ties payments and entries out of few values, so that everything collides with everything.
func TestRandom(t *testing.T) {
	for seed := range uint64(400) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
		var pays []*Payment
		var deps []*Entry
		values := 2 + rnd.IntN(20)
		text := func() string {
			return fmt.Sprintf("%s %s %d.%d 202611%02d", pick("-", "1", "01", "EFT0001", "EFT0002", "0000EFT0001", "77777"), pick("-", "1990000101", "1990000202"), rnd.IntN(values), rnd.IntN(2), 20+rnd.IntN(8))
		}
		for range rnd.IntN(40) {
			p := pay(text() + " " + pick("ACH", "ACH", "CHK", "FWT", "NON", "BOP", "-") + " " + pick("-", "BLUE MESA HEALTH PLAN", "GREAT LAKES"))
			p.Handling, p.CreditDebit = pick("I", "I", "I", "H", "P", "C"), pick("C", "C", "C", "D")
			pays = append(pays, p)
		}
		for range rnd.IntN(40) {
			e := dep(text() + " " + pick("ach", "check", "wire", "-") + " " + pick("-", "BLUE MESA HEALTH PLAN", "EFT0001", "from 1990000202"))
			e.Sort = Sort(1 + rnd.IntN(int(Other)))
			if rnd.IntN(3) > 0 {
				e.Sort = Deposit
			}
			e.CompanyID, e.Reference, e.Original, e.Receiver = pick("", "1990000101"), pick("", "R1", "R2", "R3"), pick("", "", "R1"), pick("", "EFT0002")
			deps = append(deps, e)
		}
		r := tie(Options{}, pays, deps)
		sound(t, r)
		require.Equal(t, answer(r), answer(tie(Options{}, pays, deps)), "seed %d: the same again", seed)
		// What is exact on both sides is never left open, nor tied to another payer.
		for i, l := range r.Links {
			if l.Status == Matched && l.Tier == 1 {
				require.Equal(t, r.Payments[l.Payments[0]].PayerID, r.Entries[l.Entries[0]].PayerID, "seed %d link %d", seed, i)
			}
		}
	}
}

// TestExactIsTied: whatever else is there, a payment whose trace, payer and amount a deposit has is matched, if neither has
// them twice, and no matter in which order they come.
func TestExactIsTied(t *testing.T) {
	for seed := range uint64(100) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		var pays []*Payment
		var deps []*Entry
		for i := range 60 {
			payer := fmt.Sprintf("199000%04d", rnd.IntN(5))
			text := fmt.Sprintf("EFT%04d %s %d 202611%02d", i, payer, 1+rnd.IntN(9), 20+rnd.IntN(8))
			if rnd.IntN(4) > 0 {
				pays = append(pays, pay(text))
			}
			if rnd.IntN(4) > 0 {
				deps = append(deps, dep(text+" ach"))
			}
		}
		rnd.Shuffle(len(deps), func(i, j int) { deps[i], deps[j] = deps[j], deps[i] })
		r := tie(Options{}, pays, deps)
		sound(t, r)
		tied := map[string]bool{}
		for _, l := range r.Links {
			if l.Status == Matched {
				p, e := r.Payments[l.Payments[0]], r.Entries[l.Entries[0]]
				require.Equal(t, p.Trace, e.Trace)
				tied[p.Trace] = true
			}
		}
		for _, p := range pays {
			there := slices.ContainsFunc(deps, func(e *Entry) bool { return e.Trace == p.Trace })
			require.Equal(t, there, tied[p.Trace], "seed %d", seed)
		}
	}
}

func TestOnlySum(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		n := rnd.IntN(9)
		near, amounts := make([]int32, n), make([]int64, n)
		for i := range near {
			near[i], amounts[i] = int32(i), 1+rnd.Int64N(12)
		}
		total := 1 + rnd.Int64N(40)
		var found [][]int32
		for set := range 1 << n {
			var members []int32
			sum := int64(0)
			for i := range n {
				if set>>i&1 == 1 {
					members, sum = append(members, int32(i)), sum+amounts[i]
				}
			}
			if sum == total && len(members) > 1 {
				found = append(found, members)
			}
		}
		got := onlySum(near, amounts, total)
		if len(found) == 1 {
			require.Equal(t, found[0], got)
		} else {
			require.Empty(t, got)
		}
	}
	// More than twelve: all of one day.
	var pays []*Payment
	for i := range 20 {
		pays = append(pays, pay(fmt.Sprintf("EFT%02d 1990000101 1.0%d 202611%d", i, i%10, 23+i/15)))
	}
	r := tie(Options{}, pays, []*Entry{with1(dep("- - 15.55 20261124 ach"), func(e *Entry) { e.CompanyID = "1990000101" })})
	sound(t, r)
	require.Equal(t, PayerSeveralERAs, r.Links[0].Basis)
	require.Len(t, r.Links[0].Payments, 15)
}

func TestReport(t *testing.T) {
	const a = "1990000101"
	pays := []*Payment{
		with1(pay("EFT1 "+a+" 10.10 20261124 ACH BLUE MESA"), func(p *Payment) { p.Sent = day("20261125") }),
		pay("EFT2 " + a + " 20 20261124"), pay("EFT3 " + a + " 30 20261020"), pay("ADV " + a + " 0 20261124 NON"), pay("EFT4 " + a + " 40 -"),
	}
	deps := []*Entry{dep("EFT1 " + a + " 10.10 20261123 ach"), dep("EFT2 - 20 20261127 ach"), dep("EFT9 1990000303 7 20261110 ach")}
	rep := tie(Options{AsOf: day("20261128")}, pays, deps).Report()
	n, amount := rep.Total.Rate()
	require.Equal(t, "50.0", n)
	require.Equal(t, "30.1", amount)
	require.Equal(t, Lag{N: 2, Median: -2, P90: 2, WithinThree: 2, WithinPercent: "100.0"}, rep.Total.Lag())
	require.Equal(t, [ageBuckets]int{0, 0, 0, 0, 1, 1}, counts(rep.Total.ERAAges))
	require.Equal(t, [ageBuckets]int{0, 0, 0, 1, 0, 0}, counts(rep.Total.EFTAges))
	var titles []string
	for _, r := range rep.Rows {
		titles = append(titles, r.title())
	}
	require.Equal(t, []string{"1990000101", "2026-10 1990000101", "2026-11 1990000101 BLUE MESA", "2026-11 1990000303"}, titles)
	for p, want := range map[Period]int{ByMonth: 4, ByYear: 3, ByAll: 2} {
		require.Len(t, tie(Options{Period: p}, pays, deps).Report().Rows, want)
	}
	var text, list, report bytes.Buffer
	r := tie(Options{AsOf: day("20261128")}, pays, deps)
	require.NoError(t, r.WriteText(&text, rep, true))
	require.NoError(t, r.WriteItems(&list, true))
	require.NoError(t, rep.WriteCSV(&report, true))
	require.Equal(t, 1+6, strings.Count(list.String(), "\n"))
	require.Equal(t, 1+4+1, strings.Count(report.String(), "\n"))
	require.Contains(t, text.String(), "auto-match rate 50.0% (tier 1: 1, tier 2: 1, of 4 payable 835s), by amount 30.1%\n")
}

func counts(list [ageBuckets]Count) (n [ageBuckets]int) {
	for i := range list {
		n[i] = list[i].N
	}
	return n
}

// TestCalendar counts business days one by one.
func TestCalendar(t *testing.T) {
	var c calendar
	count := c.business(day("20190101"))
	for d := day("20190101").Time(); d.Year() < 2032; {
		d = d.AddDate(0, 0, 1)
		open := d.Weekday() != 0 && d.Weekday() != 6
		for _, h := range []string{"2020-01-20", "2020-02-17", "2020-05-25", "2021-06-18", "2022-06-20", "2026-11-26", "2026-12-25", "2027-01-01", "2026-10-12", "2026-11-11", "2026-09-07", "2026-07-03", "2021-07-05", "2022-12-26"} {
			if got := c.business(x12.DateOf(d)) - count; d.Format("2006-01-02") == h {
				require.Equal(t, map[bool]int{true: 1}[h == "2021-06-18" || h == "2026-07-03"], got, h)
			}
		}
		got := c.business(x12.DateOf(d))
		if !open {
			require.Equal(t, count, got, d)
		}
		require.True(t, got == count || got == count+1, d)
		count = got
	}
	require.Equal(t, 251, c.business(day("20261231"))-c.business(day("20251231")))
	require.Equal(t, 0, c.business(x12.Date{}))
	require.Positive(t, c.business(day("00010103")))
}

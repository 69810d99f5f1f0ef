package deposit

import (
	"slices"

	"github.com/x12-go/edi/x12"
)

// Status says what became of a link.
type Status uint8

// The statuses.
const (
	Matched           Status = iota + 1 // one payment, one deposit
	Suggested                           // likely; a person confirms
	AmountMismatch                      // the same trace, another amount: both sides are open
	Returned                            // the deposit was returned or reversed: the payment is open
	Duplicate                           // one that came before has the same identity; see Link.Of
	MissingDeposit                      // a payment without an entry
	MissingRemittance                   // a deposit without an 835
	NotExpected                         // a payment that brings no money, or an entry that brings none
	statuses
)

// String returns the status as reports print it.
func (s Status) String() string {
	names := [...]string{"", "matched", "suggested", "amount_mismatch", "returned", "duplicate", "era_without_eft", "eft_without_era", "not_expected"}
	if int(s) < len(names) {
		return names[s]
	}
	return ""
}

// Basis is why a link has its status: a stable word.
type Basis string

// The bases.
const (
	// Tier 1.
	ByTrace Basis = "trace"
	// Tier 2, matched all the same.
	PayerMissing Basis = "trace_payer_missing" // the entry has no TRN03
	PayerDiffers Basis = "trace_payer_differs"
	LeadingZeros Basis = "trace_leading_zeros"
	// Tier 3.
	AmountDiffers Basis = "trace_amount_differs"
	// Tier 4.
	MethodDiffers      Basis = "trace_method_differs" // the 835 says check or wire, the bank another way
	TraceInText        Basis = "trace_in_text"
	TraceSeveralERAs   Basis = "trace_several_eras" // the 835s of the trace add up to the deposit
	TraceSeveralEFTs   Basis = "trace_several_efts" // the deposits of the trace add up to the 835
	ByPayerAmount      Basis = "payer_amount_date"
	PayerSeveralERAs   Basis = "payer_several_eras"
	PayerSeveralEFTs   Basis = "payer_several_efts"
	TraceDiffers       Basis = "payer_amount_trace_differs" // tier 5
	ByAmount           Basis = "amount_date"                // tier 5
	ReturnedByTrace    Basis = "returned"
	ReturnedByReceiver Basis = "returned_identification" // by the identification number of a return, and amount
	ReturnAlone        Basis = "return_without_eft"      // a return of a deposit that is not there
	SameTrace          Basis = "same_trace"
	SameReference      Basis = "same_reference" // also day, amount and text
	Unmatched          Basis = "unmatched"
	Ambiguous          Basis = "ambiguous" // more than one choice on a side: none is taken
	// Not expected.
	NoPayment       Basis = "no_payment" // BPR01 H or BPR04 NON
	ZeroPayment     Basis = "zero_payment"
	NegativePayment Basis = "negative_payment"
	Prenote         Basis = "prenote"
	DebitFlag       Basis = "debit_flag"
	OtherCurrency   Basis = "currency"
	ZeroEntry       Basis = "zero_entry"
	NoticeEntry     Basis = "notice_of_change"
	OutgoingEntry   Basis = "outgoing"
	OtherEntry      Basis = "other_entry"
)

// Link is payments and entries that belong together, or one that stands alone.
type Link struct {
	Status   Status
	Tier     int // 1 to 5; 0 where nothing is tied
	Basis    Basis
	Payments []int32 // indexes in Result.Payments
	Entries  []int32 // indexes in Result.Entries
	Of       int32   // of a duplicate: the payment or entry it repeats; -1 for none
}

// Options change how a [Matcher] works.
type Options struct {
	// Window is how many business days payment and entry may lie apart where days decide; 0 is 3, a negative one is none.
	Window int
	// AsOf is the day on which open ones are so and so old; absent is the last day of all payments and entries.
	AsOf x12.Date
	// Period is the period of the rows of the report.
	Period Period
}

// Matcher takes payments and entries and ties them. Memory is a few hundred bytes for each.
type Matcher struct {
	o        Options
	payments []*Payment
	entries  []*Entry
	links    []Link
	pLink    []int32 // link of each payment, -1 for none yet
	eLink    []int32
	pMark    []bool // a choice was there: Ambiguous if nothing else comes
	eMark    []bool
	pKey     []string // traceKey of each payment
	eKey     []string
	pDay     []int32 // business day of each, 0 for none
	eDay     []int32
	cal      calendar
	undone   []undone
	payers   *payers
	ePayers  [][]int32 // payers an entry may be of, made when first asked for
	eAsked   []bool
}

// NewMatcher returns a Matcher.
func NewMatcher(o Options) *Matcher {
	switch {
	case o.Window == 0:
		o.Window = 3
	case o.Window < 0:
		o.Window = 0
	}
	return &Matcher{o: o}
}

// AddPayment adds a payment, which the Matcher keeps.
func (m *Matcher) AddPayment(p *Payment) { m.payments = append(m.payments, p) }

// AddEntry adds an entry, which the Matcher keeps.
func (m *Matcher) AddEntry(e *Entry) { m.entries = append(m.entries, e) }

// Result is what became of payments and entries.
type Result struct {
	Payments []*Payment
	Entries  []*Entry
	// Links are in the order of their first payment, then, those without, of their first entry. Every payment and every
	// entry is in exactly one.
	Links []Link
	AsOf  x12.Date // the day of the ages; absent when there is no day at all
	o     Options

	linkOfP, linkOfE []int32 // made when first asked for
}

// Match ties what was added. It does not depend on anything but the payments and entries in their order, and is called
// once.
func (m *Matcher) Match() *Result {
	m.prepare()
	m.setAside()
	m.sameReference()
	m.undo()
	m.traces()
	m.plainTraces()
	m.undonePayments()
	m.traceWords()
	m.payers = newPayers(m.payments)
	m.byPayer(func(e int32) bool { return m.eKey[e] == "" }, 4, ByPayerAmount)
	m.severalERAs()
	m.byPayer(func(e int32) bool { return m.eKey[e] != "" }, 5, TraceDiffers)
	m.byAmount()
	m.rest()
	r := &Result{Payments: m.payments, Entries: m.entries, Links: m.links, AsOf: m.o.AsOf, o: m.o}
	slices.SortFunc(r.Links, func(a, b Link) int {
		switch {
		case len(a.Payments) > 0 && len(b.Payments) > 0:
			return int(a.Payments[0]) - int(b.Payments[0])
		case len(a.Payments) > 0:
			return -1
		case len(b.Payments) > 0:
			return 1
		}
		return int(a.Entries[0]) - int(b.Entries[0])
	})
	if r.AsOf.IsZero() {
		r.AsOf = m.lastDay()
	}
	return r
}

func (m *Matcher) prepare() {
	np, ne := len(m.payments), len(m.entries)
	m.pLink, m.eLink = make([]int32, np), make([]int32, ne)
	m.pMark, m.eMark = make([]bool, np), make([]bool, ne)
	m.pKey, m.eKey = make([]string, np), make([]string, ne)
	m.pDay, m.eDay = make([]int32, np), make([]int32, ne)
	m.ePayers, m.eAsked = make([][]int32, ne), make([]bool, ne)
	for i, p := range m.payments {
		m.pLink[i], m.pKey[i], m.pDay[i] = -1, traceKey(p.Trace), int32(m.cal.business(p.Date))
	}
	for i, e := range m.entries {
		m.eLink[i], m.eKey[i], m.eDay[i] = -1, traceKey(e.Trace), int32(m.cal.business(e.Date))
	}
}

func (m *Matcher) lastDay() (last x12.Date) {
	for _, p := range m.payments {
		if p.Date.After(last) {
			last = p.Date
		}
	}
	for _, e := range m.entries {
		if e.Date.After(last) {
			last = e.Date
		}
	}
	return last
}

// link makes a link of payments and entries that are in none.
func (m *Matcher) link(s Status, tier int, b Basis, payments, entries []int32) {
	n := int32(len(m.links))
	for _, p := range payments {
		m.pLink[p] = n
	}
	for _, e := range entries {
		m.eLink[e] = n
	}
	m.links = append(m.links, Link{Status: s, Tier: tier, Basis: b, Payments: payments, Entries: entries, Of: -1})
}

// pair makes a link of one payment and one entry.
func (m *Matcher) pair(s Status, tier int, b Basis, p, e int32) {
	m.link(s, tier, b, []int32{p}, []int32{e})
}

// repeat makes a link of a payment or entry that repeats another.
func (m *Matcher) repeat(b Basis, of int32, payments, entries []int32) {
	m.link(Duplicate, 0, b, payments, entries)
	m.links[len(m.links)-1].Of = of
}

// mark notes that payments and entries had a choice.
func (m *Matcher) mark(payments, entries []int32) {
	for _, p := range payments {
		m.pMark[p] = true
	}
	for _, e := range entries {
		m.eMark[e] = true
	}
}

// setAside links what no counterpart is expected for.
func (m *Matcher) setAside() {
	for i, p := range m.payments {
		if b := p.notExpected(); b != "" {
			m.link(NotExpected, 0, b, []int32{int32(i)}, nil)
		}
	}
	for i, e := range m.entries {
		if b := e.notExpected(); b != "" {
			m.link(NotExpected, 0, b, nil, []int32{int32(i)})
		}
	}
}

// notExpected returns why no money comes of the payment, "" when it does.
func (p *Payment) notExpected() Basis {
	switch {
	case p.Handling == "P":
		return Prenote
	case p.Amount.Sign() < 0:
		return NegativePayment
	case p.Handling == "H" && p.Amount.Sign() == 0, p.Method == "NON":
		return NoPayment
	case p.Amount.Set() && p.Amount.Sign() == 0:
		return ZeroPayment
	case p.CreditDebit == "D":
		return DebitFlag
	case p.Handling == "H":
		return NoPayment
	case p.Currency != "" && p.Currency != "USD":
		return OtherCurrency
	}
	return ""
}

func (e *Entry) notExpected() Basis {
	switch e.Sort {
	case Notice:
		return NoticeEntry
	case Zero:
		return ZeroEntry
	case Outgoing:
		return OutgoingEntry
	case Deposit, Reversal, Return:
		if e.Currency != "" && e.Currency != "USD" {
			return OtherCurrency
		}
		return ""
	}
	return OtherEntry
}

// deposit reports whether an entry is one that is in no link yet.
func (m *Matcher) deposit(e int32) bool { return m.eLink[e] < 0 && m.entries[e].Sort == Deposit }

// sameReference finds entries that were given twice, as where two statements overlap.
func (m *Matcher) sameReference() {
	type key struct {
		reference, account, trace, text, code string
		day                                   x12.Date
		amount                                int64
	}
	seen := map[key]int32{}
	for i, e := range m.entries {
		c, ok := cents(e.Amount)
		if m.eLink[i] >= 0 || !ok || plainKey(e.Reference) == "" || plainKey(e.Reference) == "0" {
			continue
		}
		k := key{e.Reference, e.Account, m.eKey[i], e.Text, e.Code, e.Date, c}
		if first, ok := seen[k]; ok {
			m.repeat(SameReference, first, nil, []int32{int32(i)})
		} else {
			seen[k] = int32(i)
		}
	}
}

// rest links what stands alone.
func (m *Matcher) rest() {
	basis := func(mark bool) Basis {
		if mark {
			return Ambiguous
		}
		return Unmatched
	}
	for i := range m.payments {
		if m.pLink[i] < 0 {
			m.link(MissingDeposit, 0, basis(m.pMark[i]), []int32{int32(i)}, nil)
		}
	}
	for _, u := range m.undone {
		if !u.tied {
			b := ReturnedByTrace
			if len(u.entries) == 1 {
				b = ReturnAlone
			}
			m.link(Returned, 0, b, nil, u.entries)
		}
	}
	for i := range m.entries {
		if m.eLink[i] < 0 {
			m.link(MissingRemittance, 0, basis(m.eMark[i]), nil, []int32{int32(i)})
		}
	}
}

// fits reports whether a payment may have come the way of the entry.
func fits(p *Payment, e *Entry) bool {
	switch p.Method {
	case "CHK":
		return e.Way == Check || e.Way == AnyWay
	case "FWT":
		return e.Way == Wire || e.Way == AnyWay
	case "ACH":
		return e.Way == ACH || e.Way == AnyWay
	}
	return true // the bank's choice
}

// window returns the business days of a window as bounds, for searching in lists sorted by day.
func (m *Matcher) window(day int32) (from, to int32) {
	if day == 0 {
		return 1, 0 // none
	}
	return max(1, day-int32(m.o.Window)), day + int32(m.o.Window)
}

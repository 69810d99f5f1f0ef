package match

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/x12"
)

// The claims are those of package edi837/synth; the remittances are made here, with what is to come out beside them. Sums are
// integer cents.

// want is what is to become of a claim.
type want struct {
	state   State
	outcome Outcome
	roles   []Role
	basis   Basis
	first   FirstPass
	money   map[string]int64 // by the names of moneyNames
	pay     int              // days to pay, -1 for none
}

// sent is a claim as it was submitted.
type sent struct {
	c      *edi837.Claim
	s      *edi837.Submission
	n      int64
	charge int64
}

// world is claims and remittances that answer them.
type world struct {
	r      *rand.Rand
	claims []sent
	want   map[string]want // by CLM01
	days   map[[2]string][]edi835.Claim
	strays int
	serial int
}

func cents(a edi835.Amount) int64 { return a.Decimal.Shift(2).IntPart() }

func day(text string) x12.Date {
	d, ok := x12.ParseDate(strings.ReplaceAll(text, "-", ""))
	if !ok {
		panic(text)
	}
	return d
}

func after(d x12.Date, n int) x12.Date { return x12.DateOf(d.Time().AddDate(0, 0, n)) }

// submitted makes claims of a kind.
func submitted(t testing.TB, kind synth.Kind, claims, perSet int64, seed uint64) (list []sent, file []byte) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Kind: kind, Claims: claims, PerSet: perSet, Seed: seed})
	require.NoError(t, err)
	file = b.Bytes()
	rd := edi837.NewReader(bytes.NewReader(file))
	var set *edi837.Submission
	n := int64(0)
	for c, err := range rd.Claims() {
		require.NoError(t, err)
		if s := rd.Submission(); s != set {
			set, n = s, 0
		}
		n++
		list = append(list, sent{c, set, n, cents(c.Charge)})
	}
	return list, file
}

// decision is what a payer does with a share of a claim, in cents.
type decision struct {
	paid, co45, pr1, pr2, co50, pr96, oa23 int64
}

func (d *decision) adjusted() int64 { return d.co45 + d.pr1 + d.pr2 + d.co50 + d.pr96 + d.oa23 }

// adjustments writes a decision as CAS triplets.
func (d *decision) adjustments(sign int64) (list []edi835.Adjustment) {
	for _, a := range [...]struct {
		group  edi835.AdjustmentGroup
		reason string
		n      int64
	}{{"CO", "45", d.co45}, {"CO", "50", d.co50}, {"PR", "1", d.pr1}, {"PR", "2", d.pr2}, {"PR", "96", d.pr96}, {"OA", "23", d.oa23}} {
		if a.n != 0 {
			list = append(list, edi835.Adjustment{Group: a.group, Reason: a.reason, Amount: edi837.Cents(sign * a.n)})
		}
	}
	return list
}

// answer makes a CLP for lines of a claim; decide says what happens to each charge. Lines with a decision of their own keep it.
func (w *world) answer(s sent, status edi835.ClaimStatus, lines []int, decide func(k int, charge int64) decision) (edi835.Claim, decision) {
	w.serial++
	c := edi835.Claim{PatientControlNumber: s.c.ControlNumber, Status: status, FilingIndicator: "12", PayerControlNumber: fmt.Sprintf("P%08d", w.serial), FacilityType: "11", Frequency: "1"}
	p := s.c.PatientPerson()
	c.Patient = edi835.Person{Last: p.LastOrOrganization, First: p.First, IDQualifier: "MI", ID: s.c.Subscriber.ID}
	sign, total, charge := int64(1), decision{}, int64(0)
	if status.IsReversal() {
		sign = -1
	}
	for _, k := range lines {
		l := &s.c.Services[k]
		n := cents(l.Charge)
		d := decide(k, n)
		if d.paid+d.adjusted() != n {
			panic("the test's decision does not balance")
		}
		charge += n
		total = sum(total, d)
		svc := edi835.Service{Charge: edi837.Cents(sign * n), Paid: edi837.Cents(sign * d.paid), Adjustments: d.adjustments(sign), PaidUnits: l.Units}
		svc.Procedure = edi835.Procedure{Qualifier: "HC", Code: l.Procedure.Code, Modifiers: l.Procedure.Modifiers}
		if l.Procedure.Code == "" {
			svc.Procedure = edi835.Procedure{Qualifier: "NU", Code: l.RevenueCode}
		}
		svc.RevenueCode = l.RevenueCode
		svc.Dates.Date = l.From(s.c)
		if w.r.IntN(2) == 0 {
			svc.LineControlNumber = l.LineControlNumber
		}
		c.Services = append(c.Services, svc)
	}
	c.Charge, c.Paid = edi837.Cents(sign*charge), edi837.Cents(sign*total.paid)
	if sign > 0 {
		c.PatientResponsibility = edi837.Cents(total.pr1 + total.pr2 + total.pr96)
	}
	c.Dates.StatementFrom = s.c.ServiceFrom()
	return c, total
}

func sum(a, b decision) decision {
	return decision{a.paid + b.paid, a.co45 + b.co45, a.pr1 + b.pr1, a.pr2 + b.pr2, a.co50 + b.co50, a.pr96 + b.pr96, a.oa23 + b.oa23}
}

func (d *decision) money(charge int64) map[string]int64 {
	return map[string]int64{"charged": charge, "paid": d.paid, "contractual": d.co45, "patient": d.pr1 + d.pr2, "denied": d.co50, "denied_patient": d.pr96, "other_payer": d.oa23}
}

// give puts an answer into the payment of a payer and day.
func (w *world) give(payer string, days int, c edi835.Claim) {
	key := [2]string{payer, after(w.claims[0].s.Date, days).String()}
	w.days[key] = append(w.days[key], c)
}

func all(s sent) (list []int) {
	for k := range s.c.Services {
		list = append(list, k)
	}
	return list
}

func usual(_ int, n int64) decision {
	d := decision{co45: n / 5, pr2: n / 10}
	d.paid = n - d.co45 - d.pr2
	return d
}

func refuse(_ int, n int64) decision { return decision{co50: n} }

// some returns a claim whose lines all have a charge, so that a share of it is more than nothing.
func charged(s sent) bool {
	for k := range s.c.Services {
		if cents(s.c.Services[k].Charge) < 100 {
			return false
		}
	}
	return len(s.c.Services) > 0 && s.charge == total(s)
}

func total(s sent) (n int64) {
	for k := range s.c.Services {
		n += cents(s.c.Services[k].Charge)
	}
	return n
}

// make answers every claim in one of the ways, and says what is to come out.
func newWorld(claims []sent, seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 3)), claims: claims, want: map[string]want{}, days: map[[2]string][]edi835.Claim{}}
	for _, s := range claims {
		w.decide(s)
	}
	for range 5 {
		w.strays++
		s := sent{c: &edi837.Claim{ControlNumber: fmt.Sprintf("NOBODY%d", w.strays), Services: claims[0].c.Services}}
		s.c.Subscriber.ID = "STRAY"
		c, _ := w.answer(s, "1", all(s), usual)
		w.give("STRAY PAYER", 20, c)
	}
	return w
}

func (w *world) decide(s sent) {
	id, charge := s.c.ControlNumber, s.charge
	first := 5 + w.r.IntN(60)
	payer := s.c.Payer.Name
	none := want{state: NotAnswered, pay: -1, money: map[string]int64{"charged": charge, "open": charge}}
	estimate := s.c.Dental != nil && s.c.Dental.SubmissionReason == "PB"
	if s.c.Frequency != "1" || !charged(s) || estimate {
		if s.c.Frequency == "8" || estimate {
			none.money = map[string]int64{"charged": charge, "withdrawn": charge}
		}
		w.want[id] = none
		return
	}
	own := order(s.c.Subscriber.PayerResponsibility)
	status := edi835.ClaimStatus([...]string{"1", "1", "2", "3"}[own])
	one := func(state State, outcome Outcome, pass FirstPass, lines []int, decide func(int, int64) decision) {
		c, d := w.answer(s, status, lines, decide)
		w.give(payer, first, c)
		v := want{state: state, outcome: outcome, roles: []Role{First}, basis: ByControlNumber, first: pass, money: d.money(charge), pay: -1}
		if d.paid > 0 {
			v.pay = first
		}
		w.want[id] = v
	}
	way := w.r.IntN(12)
	switch {
	case way == 0:
		w.want[id] = none
	case way == 1:
		one(Denied, OutcomeDenied, DeniedFirst, all(s), refuse)
	case way == 2:
		one(ZeroPaid, OutcomeZero, PassedFirst, all(s), func(_ int, n int64) decision { return decision{co45: n / 4, pr1: n - n/4} })
	case way == 3 && len(s.c.Services) > 1:
		one(PartlyPaid, OutcomePartly, DeniedFirst, all(s), func(k int, n int64) decision {
			if k == 0 {
				return decision{pr96: n}
			}
			return usual(k, n)
		})
	case way == 4: // taken back
		c, d := w.answer(s, status, all(s), usual)
		w.give(payer, first, c)
		back, _ := w.answer(s, "22", all(s), usual)
		back.PayerControlNumber = c.PayerControlNumber
		w.give(payer, first+30, back)
		w.want[id] = want{state: Reversed, roles: []Role{First, Reversal}, basis: ByControlNumber, first: ChangedLate, pay: first, money: map[string]int64{"charged": charge, "withdrawn": charge}}
		_ = d
	case way == 5: // taken back and corrected
		c, _ := w.answer(s, status, all(s), refuse)
		w.give(payer, first, c)
		back, _ := w.answer(s, "22", all(s), refuse)
		back.PayerControlNumber = c.PayerControlNumber
		again, d := w.answer(s, status, all(s), usual)
		w.give(payer, first+25, back)
		w.give(payer, first+25, again)
		w.want[id] = want{state: Corrected, outcome: OutcomePaid, roles: []Role{First, Reversal, Correction}, basis: ByControlNumber, first: DeniedFirst, pay: first + 25, money: d.money(charge)}
	case way == 6 && len(s.c.Services) > 1: // split
		lines := all(s)
		a, d := w.answer(s, status, lines[:1], usual)
		b, e := w.answer(s, status, lines[1:], usual)
		w.give(payer, first, a)
		w.give(payer, first+w.r.IntN(2)*3, b)
		d = sum(d, e)
		w.want[id] = want{state: Paid, outcome: OutcomePaid, roles: []Role{First, Part}, basis: ByControlNumber, first: PassedFirst, pay: first, money: d.money(charge)}
	case way == 7 && own == 1: // forwarded to a second payer
		a, d := w.answer(s, "19", all(s), usual)
		b, e := w.answer(s, "2", all(s), func(k int, n int64) decision {
			u := usual(k, n)
			return decision{oa23: u.paid + u.co45, paid: u.pr2 - u.pr2/2, pr1: u.pr2 / 2}
		})
		w.give(payer, first, a)
		w.give("SECOND PAYER", first+14, b)
		m := e.money(charge)
		m["paid"] += d.paid
		m["other_payer"] -= d.paid
		w.want[id] = want{state: Paid, outcome: OutcomePaid, roles: []Role{First, LaterPayer}, basis: ByControlNumber, first: PassedFirst, pay: first, money: m}
	case way == 8: // the number was changed on its way
		c, d := w.answer(s, status, all(s), usual)
		c.PatientControlNumber = "000" + strings.ToLower(id)
		w.give(payer, first, c)
		w.want[id] = want{state: Paid, outcome: OutcomePaid, roles: []Role{First}, basis: ByCutNumber, first: PassedFirst, pay: first, money: d.money(charge)}
	case way == 9: // the number was lost
		c, d := w.answer(s, status, all(s), usual)
		c.PatientControlNumber = "0"
		w.give(payer, first, c)
		w.want[id] = want{state: Paid, outcome: OutcomePaid, roles: []Role{First}, basis: ByPatient, first: PassedFirst, pay: first, money: d.money(charge)}
	default:
		one(Paid, OutcomePaid, PassedFirst, all(s), usual)
	}
}

// remittances returns an 835 file for each payer and day.
func (w *world) remittances(t testing.TB) (files [][]byte) {
	keys := make([][2]string, 0, len(w.days))
	for k := range w.days {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return compareTexts(a[1], b[1], a[0], b[0]) })
	for n, k := range keys {
		r := &edi835.Remittance{ControlNumber: fmt.Sprintf("%04d", n+1), ProductionDate: day(k[1])}
		r.Envelope.Interchange.SenderID, r.Envelope.Interchange.ReceiverID = "PAYERS", "PROVIDER"
		r.Envelope.Interchange.ControlNumber = fmt.Sprintf("%09d", n+1)
		r.Payer.Name, r.Payee.Name = k[0], "RIVERBEND FAMILY MEDICINE"
		r.Payee.IDQualifier, r.Payee.ID = "FI", "990010001"
		r.Trace = edi835.Trace{Number: fmt.Sprintf("T%06d", n+1), PayerID: "1990000101"}
		var net decimal.Decimal
		for i := range w.days[k] {
			net = net.Add(w.days[k][i].Paid.Decimal)
		}
		r.Groups = []edi835.ClaimGroup{{Number: edi837.Count(1), Claims: w.days[k]}}
		r.Payment = edi835.Payment{Handling: "I", Amount: edi837.NewAmount(net), CreditDebit: "C", Method: "CHK", EffectiveDate: day(k[1])}
		if net.IsNegative() { // brought to zero, as the guide wants it
			r.Payment.Amount, r.Payment.Handling, r.Payment.Method = edi837.Cents(0), "H", "NON"
			r.ProviderAdjustments = []edi835.ProviderAdjustment{{ProviderID: "1999999984", FiscalPeriodDate: day("2025-12-31"), Reason: "FB", Reference: r.Trace.Number, Amount: edi837.NewAmount(net)}}
		}
		var b bytes.Buffer
		wr := edi835.NewWriter(&b, edi835.WithTime(time.Date(2025, 9, 10, 8, 0, 0, 0, time.UTC)))
		require.NoError(t, wr.Write(r))
		require.NoError(t, wr.Close())
		files = append(files, b.Bytes())
	}
	return files
}

// match reads the files in the given order.
func matchFiles(t testing.TB, o Options, claims, remittances [][]byte) *Result {
	m := NewMatcher(o)
	for _, f := range claims {
		require.NoError(t, m.ReadClaims(edi837.NewReader(bytes.NewReader(f)), nil))
	}
	for _, f := range remittances {
		require.NoError(t, m.ReadRemittances(edi835.NewReader(bytes.NewReader(f)), nil))
	}
	return m.Match()
}

// TestGenerated: of claims of the three kinds, answered in every way, comes what was put in.
func TestGenerated(t *testing.T) {
	for seed := range uint64(6) {
		kind := synth.Kind(seed % 3)
		claims, file := submitted(t, kind, 400, 90, seed+11)
		w := newWorld(claims, seed)
		r := matchFiles(t, Options{}, [][]byte{file}, w.remittances(t))
		checkTotals(t, r)
		require.Len(t, r.Claims, len(claims))
		ways := map[State]int{}
		for i := range r.Claims {
			c := &r.Claims[i]
			at := fmt.Sprintf("kind %s seed %d claim %s", kind, seed, c.Control)
			v := w.want[c.Control]
			ways[v.state]++
			if v.state != c.State {
				for k := range r.Answers {
					if a := &r.Answers[k]; a.Claim < 0 {
						t.Logf("stray %+v %s %v %v", a.Control, a.Basis, a.Member, a.From)
					}
				}
				t.Logf("claim %+v", *c.Claim)
			}
			require.Equal(t, v.state.String(), c.State.String(), at)
			require.Equal(t, v.outcome.String(), c.Outcome.String(), at)
			require.Equal(t, v.first.String(), c.FirstPass.String(), at)
			var roles []Role
			for _, k := range c.Answers {
				roles = append(roles, r.Answers[k].Role)
				require.Equal(t, v.basis, r.Answers[k].Basis, at)
			}
			require.Equal(t, v.roles, roles, at)
			days, ok := c.DaysToPay()
			require.Equal(t, v.pay >= 0, ok, at)
			require.Equal(t, v.pay, days, at)
			m := r.Money(c)
			for _, name := range moneyNames() {
				require.Equal(t, decimal.New(v.money[name.name], -2).StringFixed(2), name.of(&m).String(), "%s: %s", at, name.name)
			}
			require.Zero(t, c.Notes, at)
		}
		strays := 0
		for i := range r.Answers {
			if r.Answers[i].Claim < 0 {
				strays++
				require.Contains(t, r.Answers[i].Control, "NOBODY")
			}
		}
		require.Equal(t, w.strays, strays)
		require.Greater(t, len(ways), 5)
		// Every line of an answer is tied to the line it is for: they were made in order.
		r.lineRows(func(i *lineItem) {
			if i.s != nil && i.c != nil {
				require.NotNil(t, i.line, "%s: a line of an answer without a line", i.c.Control)
				require.Equal(t, i.line.procedure, i.s.procedure)
				require.Equal(t, i.line.Charge, size(i.s.Charge))
			}
		})
	}
}

// checkTotals checks what holds for every result: each claim and answer is in one place, and the sums agree.
func checkTotals(t testing.TB, r *Result) {
	var charged, paid x12.Sum
	firsts, answers := map[*ClaimResult]int{}, map[*AnswerResult]int{}
	rows := 0
	r.claimRows(false, func(i *claimItem) {
		rows++
		if i.c != nil && i.first {
			firsts[i.c]++
			charged.Add(i.c.Charge)
		}
		if i.a != nil {
			answers[i.a]++
			if i.a.Role != ReadBefore {
				paid.Add(i.a.Paid)
			}
		}
	})
	require.Len(t, firsts, len(r.Claims))
	require.Len(t, answers, len(r.Answers))
	for _, n := range answers {
		require.Equal(t, 1, n)
	}
	lines, services := map[*Line]int{}, map[*AnswerLine]int{}
	r.lineRows(func(i *lineItem) {
		if i.line != nil && i.first {
			lines[i.line]++
		}
		if i.s != nil {
			services[i.s]++
		}
	})
	require.Len(t, lines, len(r.m.lines))
	require.Len(t, services, len(r.m.answerLines))
	for _, n := range lines {
		require.Equal(t, 1, n)
	}
	for _, n := range services {
		require.Equal(t, 1, n)
	}
	rep := r.Report()
	sum := x12.Sum{}
	for _, p := range rep.Total.Money.parts() {
		sum.AddSum(p)
	}
	require.Equal(t, charged.String(), rep.Total.Money.Charged.String())
	require.Equal(t, charged.String(), sum.String())
	byState := rep.Total.AllClaims()
	require.Equal(t, len(r.Claims), byState.N)
	require.Equal(t, charged.String(), byState.Amount.String())
	var byPayer Money
	strays := 0
	for _, row := range rep.Rows {
		byPayer.add(&row.Money)
		strays += row.Strays.N
	}
	require.Equal(t, rep.Total.Money.Paid.String(), byPayer.Paid.String())
	require.Equal(t, rep.Total.Money.Charged.String(), byPayer.Charged.String())
	require.Equal(t, rep.Total.Strays.N, strays)
	require.Equal(t, paid.String(), rep.Remitted.Claims.String(), "CLP04 of the payments")
	back := rep.Remitted.Matched
	back.AddSum(&rep.Remitted.Strays)
	require.Equal(t, rep.Remitted.Claims.String(), back.String(), "matched and not")
	var denied x12.Sum
	for i := range rep.Denials {
		denied.AddSum(&rep.Denials[i].Standing)
	}
	standing := rep.Total.Money.Denied
	standing.AddSum(&rep.Total.Money.DeniedPatient)
	require.Equal(t, standing.String(), denied.String(), "denials that stand")
}

// TestOrder: neither the order of files nor how claims are cut into files changes the result.
func TestOrder(t *testing.T) {
	claims, file := submitted(t, synth.Professional, 200, 40, 5)
	_, more := submitted(t, synth.Institutional, 100, 40, 6)
	w := newWorld(claims, 9)
	remits := w.remittances(t)
	text := func(r *Result) string {
		var b bytes.Buffer
		require.NoError(t, r.WriteJSON(&b, r.Report(), Form{ShowValues: true}))
		require.NoError(t, r.WriteHTML(&b, r.Report(), Form{}))
		return b.String()
	}
	want := text(matchFiles(t, Options{}, [][]byte{file, more}, remits))
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 4 {
		rnd.Shuffle(len(remits), func(i, k int) { remits[i], remits[k] = remits[k], remits[i] })
		require.Equal(t, want, text(matchFiles(t, Options{}, [][]byte{more, file}, remits)))
	}
	// What is read twice counts once.
	r := matchFiles(t, Options{}, [][]byte{file, more, file}, append(remits, remits[:3]...))
	checkTotals(t, r)
	once := matchFiles(t, Options{}, [][]byte{file, more}, remits)
	a, b := r.Report().Total.Money, once.Report().Total.Money
	require.Equal(t, b.Paid.String(), a.Paid.String())
	require.Equal(t, b.Open.String(), a.Open.String())
	require.Equal(t, 200, r.Report().Total.Claims[Duplicate].N)
	require.Equal(t, 3, r.Report().Remitted.ReadBefore.N)
}

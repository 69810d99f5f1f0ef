package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
)

// The cases are written as lines of words:
//
//	claim NUMBER DAY [charge=100] [freq=1] [f8=] [member=M1] [order=P] [payer=PLAN] [from=DAY] [npi=] [line=CODE:MODS:CHARGE:DAY:CONTROL:UNITS ...]
//	pay DAY [payer=PLAN] [npi=]
//	clp NUMBER STATUS CHARGE PAID ICN [f8=] [freq=] [member=M1] [from=DAY] [cas=CO:45:20 ...] [svc=CODE:MODS:CHARGE:PAID:DAY:CONTROL:BILLED:CAS,... ...]
//
// and what comes out: for each claim its number, state, outcome and notes, then each answer as role/basis.
type script struct {
	t    *testing.T
	m    *Matcher
	pays int
	n    int64
	rem  *edi835.Remittance
	isa  int
}

func options(words []string) (plain []string, opts map[string][]string) {
	opts = map[string][]string{}
	for _, w := range words {
		if k, v, ok := strings.Cut(w, "="); ok {
			opts[k] = append(opts[k], v)
		} else {
			plain = append(plain, w)
		}
	}
	return plain, opts
}

func first(list []string, without string) string {
	if len(list) > 0 {
		return list[0]
	}
	return without
}

func amount(text string) edi835.Amount {
	a, err := edi837.ParseAmount(text)
	if err != nil {
		panic(err)
	}
	return a
}

func dayOrNone(text string) x12.Date {
	if text == "" {
		return x12.Date{}
	}
	return day(text)
}

func parts(text string, n int) []string {
	list := strings.Split(text, ":")
	for len(list) < n {
		list = append(list, "")
	}
	return list
}

func casList(text string) (list []edi835.Adjustment) {
	for _, s := range strings.Split(text, ",") {
		if p := parts(s, 3); p[0] != "" {
			list = append(list, edi835.Adjustment{Group: edi835.AdjustmentGroup(p[0]), Reason: p[1], Amount: amount(p[2])})
		}
	}
	return list
}

func run(t *testing.T, o Options, text string) *Result {
	s := &script{t: t, m: NewMatcher(o)}
	for line := range strings.Lines(text) {
		words, opts := options(strings.Fields(line))
		switch {
		case len(words) == 0:
		case words[0] == "claim":
			s.claim(words, opts)
		case words[0] == "pay":
			s.pays++
			s.n = 0
			s.rem = &edi835.Remittance{ControlNumber: fmt.Sprint(s.pays)}
			s.rem.Envelope.Interchange.ControlNumber = first(opts["isa"], fmt.Sprint(1000+s.pays))
			s.rem.Payment.EffectiveDate = day(words[1])
			s.rem.Payer.Name = first(opts["payer"], "PLAN")
			s.rem.Payee.IDQualifier, s.rem.Payee.ID = "XX", first(opts["npi"], "")
			s.rem.Trace.Number = "T" + s.rem.Envelope.Interchange.ControlNumber
			s.rem.ControlNumber = "0001"
			s.m.BeginRemittance(s.rem, "")
		case words[0] == "clp":
			s.clp(words, opts)
		default:
			t.Fatal(line)
		}
	}
	r := s.m.Match()
	checkTotals(t, r)
	return r
}

func (s *script) claim(words []string, opts map[string][]string) {
	s.isa++
	c := &edi837.Claim{
		ControlNumber: words[1], Frequency: first(opts["freq"], "1"), Charge: amount(first(opts["charge"], "100")),
		Subscriber: edi837.Subscriber{Coverage: edi837.Coverage{PayerResponsibility: first(opts["order"], "P")}, ID: first(opts["member"], "M1")},
		Payer:      edi837.Payer{Name: first(opts["payer"], "PLAN")},
	}
	c.BillingProvider.IDQualifier, c.BillingProvider.ID = "XX", first(opts["npi"], "")
	c.Dates.Service = edi837.Day(dayOrNone(first(opts["from"], "2026-01-05")))
	c.References.PayerClaimControlNumber = first(opts["f8"], "")
	for i, text := range opts["line"] {
		p := parts(text, 6)
		l := edi837.Service{Number: edi837.Count(int64(i + 1)), Procedure: edi837.Procedure{Code: p[0]}, Charge: amount(p[2]), LineControlNumber: p[4], Units: amount(p[5])}
		if p[1] != "" {
			l.Procedure.Modifiers = strings.Split(p[1], "-")
		}
		if strings.HasPrefix(p[0], "R") {
			l.Procedure.Code, l.RevenueCode = "", p[0][1:]
		}
		l.Dates.Service = edi837.Day(dayOrNone(p[3]))
		c.Services = append(c.Services, l)
	}
	sub := &edi837.Submission{ControlNumber: "0001", Date: day(words[2])}
	sub.Envelope.Interchange.ControlNumber = first(opts["isa"], fmt.Sprint(s.isa))
	s.m.AddClaim(sub, c, 1, "")
}

func (s *script) clp(words []string, opts map[string][]string) {
	s.n++
	c := &edi835.Claim{
		PatientControlNumber: words[1], Status: edi835.ClaimStatus(words[2]), Charge: amount(words[3]), Paid: amount(words[4]), PayerControlNumber: words[5],
		Frequency: first(opts["freq"], ""), Patient: edi835.Person{ID: first(opts["member"], "M1")},
	}
	c.References.OriginalReferenceNumber = first(opts["f8"], "")
	c.Dates.StatementFrom = dayOrNone(first(opts["from"], "2026-01-05"))
	for _, text := range opts["cas"] {
		c.Adjustments = append(c.Adjustments, casList(text)...)
	}
	for _, text := range opts["svc"] {
		p := strings.SplitN(text+":::::::", ":", 8)
		l := edi835.Service{Procedure: edi835.Procedure{Qualifier: "HC", Code: p[0]}, Charge: amount(p[2]), Paid: amount(p[3]), LineControlNumber: p[5], Adjustments: casList(strings.TrimRight(p[7], ":"))}
		l.SubmittedProcedure.Code = p[6]
		if p[1] != "" {
			l.Procedure.Modifiers = strings.Split(p[1], "-")
		}
		if strings.HasPrefix(p[0], "R") {
			l.Procedure = edi835.Procedure{Qualifier: "NU", Code: p[0][1:]}
		}
		l.Dates.Date = dayOrNone(p[4])
		c.Services = append(c.Services, l)
	}
	s.m.AddAnswer(c, s.n)
}

func (r *Result) tell() string {
	var b strings.Builder
	for i := range r.Claims {
		c := &r.Claims[i]
		fmt.Fprintf(&b, "%s %s", c.Control, c.State)
		if c.State == Corrected {
			fmt.Fprintf(&b, "=%s", c.Outcome)
		}
		for _, k := range c.Answers {
			a := &r.Answers[k]
			fmt.Fprintf(&b, " %s/%s", a.Role, a.Basis)
		}
		for _, w := range c.Notes.Words() {
			fmt.Fprintf(&b, " !%s", w)
		}
		if c.Replaces >= 0 {
			fmt.Fprintf(&b, " for:%s", r.Claims[c.Replaces].Control)
		}
		b.WriteByte('\n')
	}
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Claim < 0 {
			fmt.Fprintf(&b, "- %s/%s\n", a.Role, a.Basis)
		}
	}
	return b.String()
}

func TestCases(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a number of another patient", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 999 999 P1 member=X from=2025-01-01`,
			"A1 not_answered\n- without_claim/no_claim\n"},
		{"the same number, but only two things differ", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 999 999 P1 member=X`,
			"A1 paid answer/control_number !unbalanced !other_charge\n"},
		{"a number used again: the charge decides", `
			claim A1 2026-01-10 charge=100
			claim A1 2026-01-10 charge=200
			pay 2026-02-01
			clp A1 1 200 200 P1
			clp A1 1 100 100 P2`,
			"A1 paid answer/control_number\nA1 paid answer/control_number\n"},
		{"sent twice with one number: in order", `
			claim A1 2026-01-10
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 100 P1
			pay 2026-02-09
			clp A1 1 100 0 P2 cas=OA:18:100`,
			"A1 paid answer/control_number_of_several\nA1 denied answer/control_number_of_several\n"},
		{"sent again after the denial", `
			claim A1 2026-01-10
			claim A1 2026-02-20
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:16:100
			pay 2026-03-01
			clp A1 1 100 100 P2`,
			"A1 denied answer/control_number\nA1 paid answer/control_number_of_several\n"},
		{"a claim for each payer: the order decides", `
			claim A1 2026-01-10 order=P payer=ONE
			claim A1 2026-01-10 order=S payer=TWO
			pay 2026-02-01 payer=TWO
			clp A1 2 100 20 P2 cas=OA:23:80
			pay 2026-02-01 payer=ONE
			clp A1 1 100 80 P1 cas=PR:2:20`,
			"A1 paid answer/control_number\nA1 paid answer/control_number\n"},
		{"the second payer does not know the patient", `
			claim A1 2026-01-10 payer=ONE
			pay 2026-02-01 payer=ONE
			clp A1 19 100 80 P1 cas=PR:2:20
			pay 2026-02-20 payer=TWO
			clp A1 4 100 0 Q1 cas=OA:23:80,PR:31:20`,
			"A1 partly_paid answer/control_number later_payer/control_number\n"},
		{"a replacement with the same number", `
			claim A1 2026-01-10
			claim A1 2026-02-10 freq=7 f8=P1
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:4:100
			pay 2026-03-01
			clp A1 22 -100 0 P1 cas=CO:4:-100
			clp A1 1 100 100 P2 f8=P1`,
			"A1 reversed answer/control_number reversal/control_number\nA1 paid answer/control_number for:A1\n"},
		{"a replacement with a number of its own, and a void of it", `
			claim A1 2026-01-10
			claim B1 2026-02-10 freq=7 f8=P1
			claim C1 2026-03-10 freq=8 f8=P2
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:4:100
			pay 2026-03-01
			clp B1 1 100 100 P2
			pay 2026-04-01
			clp B1 22 -100 -100 P2`,
			"A1 denied answer/control_number\nB1 reversed answer/control_number reversal/control_number for:A1\nC1 voided for:B1\n"},
		{"a void that was answered as a claim", `
			claim A1 2026-01-10
			claim A2 2026-02-10 freq=8 f8=P1
			pay 2026-02-01
			clp A1 1 100 100 P1
			pay 2026-03-01
			clp A2 1 100 0 P2 cas=CO:45:100`,
			"A1 paid answer/control_number\nA2 voided answer/control_number for:A1\n"},
		{"replaced before it was answered", `
			claim A1 2026-01-10
			claim A1 2026-01-12 freq=7 charge=120
			pay 2026-02-01
			clp A1 1 120 120 P1`,
			"A1 replaced\nA1 paid answer/control_number for:A1\n"},
		{"corrected in front of its reversal", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 80 P1 cas=CO:45:20
			pay 2026-03-01
			clp A1 1 100 90 P2 cas=CO:45:10
			clp A1 22 -100 -80 P1 cas=CO:45:-20`,
			"A1 corrected=paid answer/control_number correction/control_number reversal/control_number\n"},
		{"a reversal and correction whose first answer is not there", `
			claim A1 2026-01-10
			pay 2026-03-01
			clp A1 22 -100 -80 P1 cas=CO:45:-20
			clp A1 1 100 90 P2 cas=CO:45:10`,
			"A1 corrected=paid reversal/control_number correction/control_number !reversal_without_original !unbalanced\n"},
		{"reversed under another number of the provider", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 100 P1
			pay 2026-03-01
			clp 0 22 -100 -100 P1`,
			"A1 reversed answer/control_number reversal/reversed_answer\n"},
		{"decided again without a reversal", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 80 P1 cas=CO:45:20
			pay 2026-03-01
			clp A1 1 100 90 P1 cas=CO:45:10`,
			"A1 paid answer/control_number again/control_number !unbalanced !paid_again\n"},
		{"denied again as sent twice", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 100 P1
			pay 2026-03-01
			clp A1 1 100 0 P2 cas=OA:18:100`,
			"A1 paid answer/control_number again/control_number\n"},
		{"a split claim of which one part is to come", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 60 60 P1`,
			"A1 paid answer/control_number !other_charge\n"},
		{"predetermined and handed on", `
			claim A1 2026-01-10
			claim B1 2026-01-10
			pay 2026-02-01
			clp A1 25 100 0 P1 cas=OA:101:100
			clp B1 23 100 0 P2 cas=OA:109:100`,
			"A1 predetermined predetermination/control_number\nB1 forwarded forwarded/control_number\n"},
		{"the order of the payer alone decides", `
			claim A1 2026-01-10 order=P
			claim A1 2026-01-10 order=S
			pay 2026-02-01
			clp A1 2 100 20 P2 cas=OA:23:80`,
			"A1 not_answered\nA1 paid answer/control_number\n"},
		{"the payer alone decides", `
			claim A1 2026-01-10 payer=ONE
			claim A1 2026-01-10 payer=TWO
			pay 2026-02-01 payer=TWO
			clp A1 1 100 100 P2`,
			"A1 not_answered\nA1 paid answer/control_number\n"},
		{"the days alone decide", `
			claim A1 2026-01-10 from=2026-01-04
			claim A1 2026-01-10 from=2026-01-05
			pay 2026-02-01
			clp A1 1 100 100 P2`,
			"A1 not_answered\nA1 paid answer/control_number\n"},
		{"the payer's number of answers before decides", `
			claim A1 2026-01-10
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 60 60 P1
			clp A1 1 40 40 P1`,
			"A1 paid answer/control_number_of_several part/control_number\nA1 not_answered\n"},
		{"the frequency alone decides", `
			claim A1 2026-01-10
			claim A1 2026-01-10 freq=7
			pay 2026-02-01
			clp A1 1 100 100 P1 freq=7`,
			"A1 replaced\nA1 paid answer/control_number for:A1\n"},
		{"replaced twice under the number of the first", `
			claim A1 2026-01-10
			claim B1 2026-02-10 freq=7 f8=P1
			claim C1 2026-03-10 freq=7 f8=P1
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:4:100`,
			"A1 denied answer/control_number\nB1 replaced for:A1\nC1 not_answered for:B1\n"},
		{"taken back in its own payment", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 80 P1 cas=CO:45:20
			clp A1 22 -100 -80 P1 cas=CO:45:-20`,
			"A1 reversed answer/control_number reversal/control_number\n"},
		{"taken back with another amount than was paid", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 80 P1 cas=CO:45:20
			pay 2026-03-01
			clp A1 22 -100 -70 P1 cas=CO:45:-30`,
			"A1 reversed answer/control_number reversal/control_number !unbalanced\n"},
		{"what stands in the payment of a reversal is not what it takes back", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 90 P2 cas=CO:45:10
			clp A1 22 -100 -80 P1 cas=CO:45:-20`,
			"A1 corrected=paid correction/control_number reversal/control_number !reversal_without_original !unbalanced\n"},
		{"the payer's number is known", `
			claim A1 2026-01-10
			claim B1 2026-01-10 member=M2
			pay 2026-02-01
			clp A1 1 60 60 P1
			pay 2026-02-08
			clp WRONG 1 40 40 P1`,
			"A1 paid answer/control_number part/payer_number\nB1 not_answered\n"},
		{"by the number it replaces", `
			claim A1 2026-01-10 freq=7 f8=P77
			pay 2026-02-01
			clp WRONG 1 100 100 P78 f8=P77`,
			"A1 paid answer/payer_number\n"},
		{"by patient, but of another provider", `
			claim A1 2026-01-10 npi=1999999984
			pay 2026-02-01 npi=1234567893
			clp 0 1 100 100 P1`,
			"A1 not_answered\n- without_claim/no_claim\n"},
		{"by patient, with a choice of answers", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp 0 1 100 100 P1
			clp 0 1 100 100 P2`,
			"A1 not_answered\n- without_claim/ambiguous\n- without_claim/ambiguous\n"},
		{"by patient, with a choice of claims", `
			claim A1 2026-01-10
			claim A2 2026-01-10
			pay 2026-02-01
			clp 0 1 100 100 P1`,
			"A1 not_answered\nA2 not_answered\n- without_claim/ambiguous\n"},
		{"cut, with a choice", `
			claim RIVERBEND-2026-0001 2026-01-10
			claim RIVERBEND-2026-0002 2026-01-10
			pay 2026-02-01
			clp RIVERBEND-2026-00 1 100 100 P1`,
			"RIVERBEND-2026-0001 not_answered\nRIVERBEND-2026-0002 not_answered\n- without_claim/ambiguous\n"},
		{"cut, and the member decides", `
			claim RIVERBEND-2026-0001 2026-01-10 member=M1
			claim RIVERBEND-2026-0002 2026-01-10 member=M2
			pay 2026-02-01
			clp RIVERBEND-2026-00 1 100 100 P1 member=M2`,
			"RIVERBEND-2026-0001 not_answered\nRIVERBEND-2026-0002 paid answer/control_number_cut\n"},
		{"denied by status", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 4 100 0 P1 cas=CO:45:100`,
			"A1 denied answer/control_number\n"},
		{"capitation is no denial", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:24:100`,
			"A1 zero_paid answer/control_number\n"},
		{"denied at the claim, with lines", `
			claim A1 2026-01-10
			pay 2026-02-01
			clp A1 1 100 0 P1 cas=CO:29:100 svc=99213::60:0:2026-01-05 svc=99214::40:0:2026-01-05`,
			"A1 denied answer/control_number\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, run(t, Options{}, c.in).tell())
		})
	}
}

// TestFirstPass: what a first decision was, and how long it took.
func TestFirstPass(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paid", "clp A1 1 100 100 P1", "passed 22 22"},
		{"nothing to pay", "clp A1 1 100 0 P1 cas=PR:1:100", "passed 22 -1"},
		{"a part denied", "clp A1 1 60 60 P1\nclp A1 1 40 0 P2 cas=CO:50:40", "denied_first 22 22"},
		{"a later part denied", "clp A1 1 60 60 P1\npay 2026-03-01\nclp A1 1 40 0 P2 cas=CO:50:40", "passed 22 22"},
		{"denied as sent twice, later", "clp A1 1 100 100 P1\npay 2026-03-01\nclp A1 1 100 0 P2 cas=OA:18:100", "passed 22 22"},
		{"decided again", "clp A1 1 100 80 P1 cas=CO:45:20\npay 2026-03-01\nclp A1 1 100 90 P1 cas=CO:45:10", "changed_later 22 22"},
		{"denied and corrected", "clp A1 1 100 0 P1 cas=CO:16:100\npay 2026-03-01\nclp A1 22 -100 0 P1 cas=CO:16:-100\nclp A1 1 100 100 P2", "denied_first 22 50"},
		{"taken back", "clp A1 1 100 100 P1\npay 2026-03-01\nclp A1 22 -100 -100 P1", "changed_later 22 22"},
		{"a later payer denies the rest", "clp A1 1 100 80 P1 cas=PR:2:20\npay 2026-03-01 payer=TWO\nclp A1 2 100 0 P2 cas=OA:23:80,PR:96:20", "passed 22 22"},
		{"no decision", "clp A1 25 100 0 P1", " -1 -1"},
		{"before it was sent", "pay 2026-01-01\nclp A1 1 100 100 P1", "passed 0 0"},
		{"replaced", "clp A1 1 100 100 P1\nclaim A1 2026-03-10 freq=7", "changed_later 22 22"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := &run(t, Options{}, "claim A1 2026-01-10\npay 2026-02-01\n"+c.in).Claims[0]
			require.Equal(t, c.want, fmt.Sprintf("%s %d %d", k.FirstPass, k.answer, k.pay))
		})
	}
}

// TestShared: a number that many claims share finds none, and costs no time either.
func TestShared(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "claim SAME 2026-01-10 member=M%d\n", i)
	}
	b.WriteString("pay 2026-02-01\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "clp SAME 1 100 100 P%d member=M%d\n", i, i)
	}
	r := run(t, Options{}, b.String())
	for i := range r.Claims {
		c := &r.Claims[i]
		require.Len(t, c.Answers, 1)
		require.Equal(t, c.Member, r.Answers[c.Answers[0]].Member)
		require.Equal(t, ByPatient, r.Answers[c.Answers[0]].Basis)
	}
}

// TestManyAnswers: a claim may have any number of answers.
func TestManyAnswers(t *testing.T) {
	var b strings.Builder
	b.WriteString("claim A1 2026-01-10\npay 2026-02-01\n")
	for range 20000 {
		b.WriteString("clp A1 1 0 0 P1\nclp A1 22 0 0 P1\n")
	}
	r := run(t, Options{}, b.String())
	require.Len(t, r.Claims[0].Answers, 40000)
}

func TestLines(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"by number, whatever else", `
			claim A1 2026-01-10 line=99213::100:2026-01-05:L1 line=99214::100:2026-01-05:L2
			pay 2026-02-01
			clp A1 1 200 200 P1 svc=11111::100:100:2026-01-06:L2 svc=22222::100:100:2026-01-07:L1`,
			"1:2:line_number 2:1:line_number"},
		{"by LX where there is no number", `
			claim A1 2026-01-10 line=99213::100:2026-01-05 line=99213::100:2026-01-05
			pay 2026-02-01
			clp A1 1 200 200 P1 svc=99213::100:100:2026-01-05:2 svc=99213::100:100:2026-01-05:1`,
			"1:2:line_number 2:1:line_number"},
		{"a number that lines share is none", `
			claim A1 2026-01-10 line=99213::100:2026-01-05:L line=99214::120:2026-01-05:L
			pay 2026-02-01
			clp A1 1 220 220 P1 svc=99214::120:120:2026-01-05:L svc=99213::100:100:2026-01-05:L`,
			"1:2:procedure_modifiers_date_charge 2:1:procedure_modifiers_date_charge"},
		{"modifiers in any order; equal lines in order", `
			claim A1 2026-01-10 line=97110:GP-59:100:2026-01-05 line=97110::100:2026-01-05 line=97110::100:2026-01-05
			pay 2026-02-01
			clp A1 1 300 300 P1 svc=97110::100:1:2026-01-05 svc=97110::100:2:2026-01-05 svc=97110:59-GP:100:3:2026-01-05`,
			"1:3:procedure_modifiers_date_charge 2:1:procedure_modifiers_date_charge 3:2:procedure_modifiers_date_charge"},
		{"weaker and weaker", `
			claim A1 2026-01-10 line=A:XX:10:2026-01-05 line=B::20:2026-01-05 line=R0450::30:2026-01-05 line=C::40:2026-01-05 line=D::50:2026-01-07 line=E::60:2026-01-05
			pay 2026-02-01
			clp A1 1 210 210 P1 svc=A::10:10:2026-01-05 svc=B::20:20:2026-01-09 svc=R0450::30:30:2026-01-05 svc=C::44:44:2026-01-05 svc=Z::50:50:2026-01-07 svc=Y::66:66:2026-01-05`,
			"1:1:procedure_date_charge 2:2:procedure_charge 3:3:procedure_modifiers_date_charge 4:4:procedure_date 5:5:date_charge 6:- -:6"},
		{"coded anew, with a choice", `
			claim A1 2026-01-10 line=A::50:2026-01-05 line=B::50:2026-01-05 line=C::60:2026-01-05
			pay 2026-02-01
			clp A1 1 160 160 P1 svc=X::50:50:2026-01-05 svc=Y::50:50:2026-01-05 svc=Z::60:60:2026-01-05`,
			"1:- 2:- 3:3:date_charge -:1 -:2"},
		{"taken apart", `
			claim A1 2026-01-10 line=80053::100:2026-01-05 line=99213::80:2026-01-05
			pay 2026-02-01
			clp A1 1 180 180 P1 svc=82040::60:60:2026-01-05::80053 svc=82565::40:40:2026-01-05::80053 svc=99213::80:80:2026-01-05`,
			"1:1:procedure_date 1:2:part 2:3:procedure_modifiers_date_charge"},
		{"taken apart by number", `
			claim A1 2026-01-10 line=80053::100:2026-01-05:L1
			pay 2026-02-01
			clp A1 1 100 100 P1 svc=82040::60:60:2026-01-05:L1 svc=82565::40:40:2026-01-05:L1`,
			"1:1:line_number 1:2:part"},
		{"put together: each line keeps its own", `
			claim A1 2026-01-10 line=82040::60:2026-01-05 line=82565::40:2026-01-05
			pay 2026-02-01
			clp A1 1 100 50 P1 svc=80053::60:50:2026-01-05::82040:CO:45:10 svc=82565::40:0:2026-01-05:::CO:97:40`,
			"1:1:procedure_modifiers_date_charge 2:2:procedure_modifiers_date_charge"},
		{"no more than was billed", `
			claim A1 2026-01-10 line=80053::100:2026-01-05
			pay 2026-02-01
			clp A1 1 160 100 P1 svc=82040::100:60:2026-01-05::80053 svc=82565::60:40:2026-01-05::80053`,
			"1:1:procedure_modifiers_date_charge -:2"},
		{"a reversal has its lines too", `
			claim A1 2026-01-10 line=99213::100:2026-01-05
			pay 2026-02-01
			clp A1 1 100 100 P1 svc=99213::100:100:2026-01-05
			pay 2026-03-01
			clp A1 22 -100 -100 P1 svc=99213::-100:-100:2026-01-05`,
			"1:1:procedure_modifiers_date_charge 1:1:procedure_modifiers_date_charge"},
		{"a line without an answer", `
			claim A1 2026-01-10 line=99213::60:2026-01-05 line=99214::40:2026-01-05
			pay 2026-02-01
			clp A1 1 60 60 P1 svc=99213::60:60:2026-01-05`,
			"1:1:procedure_modifiers_date_charge 2:-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, Options{}, c.in)
			var list []string
			r.lineRows(func(i *lineItem) {
				switch {
				case i.s == nil:
					list = append(list, fmt.Sprintf("%d:-", i.line.Number))
				case i.line == nil:
					list = append(list, fmt.Sprintf("-:%d", i.seq))
				default:
					list = append(list, fmt.Sprintf("%d:%d:%s", i.line.Number, i.seq, i.basis))
				}
			})
			require.Equal(t, c.want, strings.Join(list, " "))
		})
	}
}

// TestManyLines holds the two ways to tie lines, one by one and by queues, against each other: of a large claim, each line
// gets what is equal to it, in order.
func TestManyLines(t *testing.T) {
	for _, n := range []int{5, 900} {
		var claim, answer strings.Builder
		for i := range n {
			fmt.Fprintf(&claim, " line=%05d::10:2026-01-05", i/3)
			fmt.Fprintf(&answer, " svc=%05d::10:10:2026-01-05", (n-1-i)/3)
		}
		r := run(t, Options{}, fmt.Sprintf("claim A1 2026-01-10 charge=%d%s\npay 2026-02-01\nclp A1 1 %d %d P1%s\n", 10*n, claim.String(), 10*n, 10*n, answer.String()))
		last := map[symbol]int{}
		r.lineRows(func(i *lineItem) {
			require.NotNil(t, i.s)
			require.Equal(t, i.line.procedure, i.s.procedure)
			require.Equal(t, ByAll, i.basis)
			require.Greater(t, i.seq, last[i.line.procedure], "in order")
			last[i.line.procedure] = i.seq
		})
	}
}

// TestRandom: whatever is sent and answered, with numbers, members and charges that clash all the time, each claim and answer
// is in one place, the sums agree, and the order in which it is read changes nothing.
func TestRandom(t *testing.T) {
	rounds := uint64(300)
	if testing.Short() {
		rounds = 60
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(seed, 7))
		one := func(list ...string) string { return list[r.IntN(len(list))] }
		days := func() string { return fmt.Sprintf("2026-0%d-%02d", 1+r.IntN(3), 1+r.IntN(28)) }
		number := func() string {
			return one("A1", "a1", "00A1", "B1", "B2", "0", "CLAIMNUMBER-000001", "CLAIMNUMBER-000002", "CLAIMNUMBER-00000")
		}
		line := func(paid bool) string {
			text := one("A", "B", "R0450") + ":" + one("", "25", "25-59") + ":" + one("10", "20", "90.5")
			if paid {
				return text + ":" + one("0", "10", "20") + ":" + one("", "2026-01-05") + ":" + one("", "1", "L1") + ":" + one("", "A") + ":" + one("CO:45:10", "CO:50:20,PR:1:5", "PR:96:1", "OA:23:-3")
			}
			return text + ":" + one("", "2026-01-05") + ":" + one("", "L1", "L2") + ":" + one("", "2")
		}
		var blocks []string
		for i := range 1 + r.IntN(8) {
			text := fmt.Sprintf("claim %s %s isa=C%d charge=%s freq=%s f8=%s member=%s order=%s payer=%s from=%s", number(), days(), i, one("100", "10", "60"),
				one("1", "1", "1", "7", "8"), one("", "P1", "P2"), one("M1", "M2"), one("P", "S", "T", "U"), one("PLAN", "OTHER"), one("2026-01-05", "2025-12-31"))
			for range r.IntN(4) {
				text += " line=" + line(false)
			}
			blocks = append(blocks, text)
		}
		for i := range r.IntN(6) {
			text := fmt.Sprintf("pay %s isa=P%d payer=%s", days(), i, one("PLAN", "OTHER"))
			for range r.IntN(4) {
				sign := one("", "", "-")
				text += fmt.Sprintf("\nclp %s %s %s%s %s%s %s f8=%s freq=%s member=%s from=%s cas=%s", number(), one("1", "1", "2", "3", "4", "19", "22", "22", "23", "25"), sign, one("100", "60", "40"), sign,
					one("0", "60", "80"), one("P1", "P2", "P3", "0"), one("", "P1"), one("", "1", "7"), one("M1", "M2"), one("2026-01-05", "2026-02-01"), one("CO:45:20", "OA:18:100", "PR:1:10,CO:16:5", "OA:23:80"))
				for range r.IntN(3) {
					text += " svc=" + line(true)
				}
			}
			blocks = append(blocks, text)
		}
		fees := Options{Expected: expected(t, "procedure,allowed\nA,15\nB,5\n")}
		want := everything(t, run(t, fees, strings.Join(blocks, "\n")))
		for range 2 {
			r.Shuffle(len(blocks), func(i, k int) { blocks[i], blocks[k] = blocks[k], blocks[i] })
			require.Equal(t, want, everything(t, run(t, fees, strings.Join(blocks, "\n"))), "seed %d", seed)
		}
	}
}

// everything is all that can be written of a result.
func everything(t *testing.T, r *Result) string {
	var b strings.Builder
	rep := r.Report()
	require.NoError(t, r.WriteJSON(&b, rep, Form{ShowValues: true}))
	require.NoError(t, r.WriteText(&b, rep, Form{}))
	require.NoError(t, r.WriteHTML(&b, rep, Form{}))
	return b.String()
}

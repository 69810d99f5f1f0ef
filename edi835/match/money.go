package match

import (
	"strings"

	"github.com/x12-go/edi/x12"
)

// Money says where the charge of a claim went. Charged = Paid + Contractual + OtherPayer + Patient + DeniedPatient + Denied +
// Open + Withdrawn + Difference, always.
type Money struct {
	Charged       x12.Sum
	Paid          x12.Sum // CLP04 of all answers, reversals too: what came in by this claim
	Contractual   x12.Sum // adjustments that are no denial, below the line of no one: CO 45, 59, 253, ...
	OtherPayer    x12.Sum // OA 23, less what the answers of earlier payers have paid
	Patient       x12.Sum // PR that is no denial: deductible, coinsurance, copayment
	DeniedPatient x12.Sum // denied at the cost of the patient: other PR
	Denied        x12.Sum // denied otherwise
	Open          x12.Sum // not decided yet
	Withdrawn     x12.Sum // no longer asked for: reversed, replaced, void, sent twice, or only asked what would be paid
	Difference    x12.Sum // what the answers do not explain; zero where they balance and agree
}

// parts returns the buckets that make up the charge.
func (m *Money) parts() [9]*x12.Sum {
	return [...]*x12.Sum{&m.Paid, &m.Contractual, &m.OtherPayer, &m.Patient, &m.DeniedPatient, &m.Denied, &m.Open, &m.Withdrawn, &m.Difference}
}

func (m *Money) add(n *Money) {
	m.Charged.AddSum(&n.Charged)
	from := n.parts()
	for i, p := range m.parts() {
		p.AddSum(from[i])
	}
}

// PatientResponsibility returns all that was put on the patient.
func (m *Money) PatientResponsibility() x12.Sum {
	s := m.Patient
	s.AddSum(&m.DeniedPatient)
	return s
}

// Money returns where the charge of a claim went.
func (r *Result) Money(c *ClaimResult) (m Money) {
	m.Charged.Add(c.Charge)
	var counted x12.Sum
	decided := false
	for _, i := range c.Answers {
		a := &r.Answers[i]
		if a.Role != Estimate {
			m.Paid.Add(a.Paid)
		}
		switch {
		case a.Counts:
			decided = true
			counted.Add(a.Charge)
			r.adjusted(a.Answer, func(d *adjustment) {
				switch {
				case r.known.isDenial(d):
					if r.m.text(d.group) == "PR" {
						m.DeniedPatient.Add(d.amount)
					} else {
						m.Denied.Add(d.amount)
					}
				case r.m.text(d.group) == "PR":
					m.Patient.Add(d.amount)
				case r.m.text(d.reason) == "23":
					m.OtherPayer.Add(d.amount)
				default:
					m.Contractual.Add(d.amount)
				}
			})
		case a.Stands:
			m.OtherPayer.Sub(a.Paid)
		}
	}
	switch {
	case c.withdrawn():
		m = Money{Charged: m.Charged, Paid: m.Paid} // what the answers of a void say is about the claim it voids
		m.Withdrawn.Add(c.Charge)
	case !decided:
		m.Open.Add(c.Charge)
	default:
		if m.Open.Add(c.Charge); m.Open.Cmp(&counted) > 0 {
			m.Open.SubSum(&counted)
		} else {
			m.Open = x12.Sum{}
		}
	}
	m.Difference = m.Charged
	for _, p := range m.parts() {
		if p != &m.Difference {
			m.Difference.SubSum(p)
		}
	}
	return m
}

func (c *ClaimResult) withdrawn() bool {
	switch c.State {
	case Duplicate, Voided, Reversed, Replaced, Predetermined:
		return true
	}
	return c.Estimate || c.Frequency == "8"
}

// adjusted calls f for the adjustments of an answer and its lines.
func (r *Result) adjusted(a *Answer, f func(*adjustment)) {
	each := func(s span) {
		for i := range r.m.adjustments[s.at : s.at+s.n] {
			f(&r.m.adjustments[int(s.at)+i])
		}
	}
	each(a.adjustments)
	for i := range r.m.answerLines[a.lines.at : a.lines.at+a.lines.n] {
		each(r.m.answerLines[int(a.lines.at)+i].adjustments)
	}
}

// DefaultNotDenied returns the adjustments that are no denial, as GROUP:REASON: what contracts, patients' shares, earlier
// payers and capitation take.
func DefaultNotDenied() []string {
	return []string{"PR:1", "PR:2", "PR:3", "CO:45", "CO:59", "CO:253", "OA:23", "CO:24", "PI:24", "OA:24", "CO:94", "PI:94", "OA:94", "OA:101"}
}

// notDenied holds the adjustments that are no denial, by symbols.
type notDenied map[[2]symbol]bool

func (m *Matcher) newNotDenied() notDenied {
	known := notDenied{}
	for _, list := range [...][]string{DefaultNotDenied(), m.o.NotDenied} {
		for _, s := range list {
			group, reason, ok := strings.Cut(s, ":")
			if !ok {
				group, reason = "", group
			}
			known[[2]symbol{m.symbol(group), m.symbol(reason)}] = true
		}
	}
	return known
}

// isDenial reports whether an adjustment denies something.
func (k notDenied) isDenial(d *adjustment) bool {
	return !k[[2]symbol{d.group, d.reason}] && !k[[2]symbol{0, d.reason}] && d.amount.Sign() != 0
}

func (r *Result) denied(s span) (amount x12.Sum, denies bool) {
	for i := range r.m.adjustments[s.at : s.at+s.n] {
		if d := &r.m.adjustments[int(s.at)+i]; r.known.isDenial(d) {
			amount.Add(d.amount)
			denies = true
		}
	}
	return amount, denies
}

// lineOutcome returns the decision on a line. A line is denied when nothing is paid for it and an adjustment denies
// something; where it has no adjustment of its own, one of the claim does.
func (r *Result) lineOutcome(a *Answer, l *AnswerLine) Outcome {
	_, denies := r.denied(l.adjustments)
	if l.adjustments.n == 0 && l.Paid.Sign() == 0 && l.Charge.Sign() > 0 {
		_, denies = r.denied(a.adjustments)
	}
	switch {
	case denies && l.Paid.Sign() == 0:
		return OutcomeDenied
	case denies:
		return OutcomePartly
	case l.Paid.Sign() == 0:
		return OutcomeZero
	}
	return OutcomePaid
}

// outcome returns the decision of an answer. It is a denial when nothing is paid, and every line with a charge is denied, or
// the status says so.
func (r *Result) outcome(a *Answer) Outcome {
	if a.Status.IsReversal() || a.Estimates() || a.Forwarded() {
		return NoOutcome
	}
	_, denies := r.denied(a.adjustments)
	charged, denied := 0, 0
	for i := range r.m.answerLines[a.lines.at : a.lines.at+a.lines.n] {
		l := &r.m.answerLines[int(a.lines.at)+i]
		_, d := r.denied(l.adjustments)
		denies = denies || d
		if l.Charge.Sign() != 0 {
			charged++
			if r.lineOutcome(a, l) == OutcomeDenied {
				denied++
			}
		}
	}
	switch {
	case a.Paid.Sign() == 0 && (a.Status == "4" || denies && charged == denied):
		return OutcomeDenied
	case denies:
		return OutcomePartly
	case a.Paid.Sign() == 0:
		return OutcomeZero
	}
	return OutcomePaid
}

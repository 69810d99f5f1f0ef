package synth

import "github.com/x12-go/edi/internal/invent"

// providerAdjustment is one pair of a PLB segment: amount in cents, positive
// when it lowers the payment.
type providerAdjustment struct {
	reason    string // PLB03-1
	reference string // PLB03-2
	amount    int64
}

// maxAmount is the largest amount the guide lets a sender write: ten digits.
const maxAmount = 9999999999

// settle decides the provider adjustments of the set and returns the payment,
// BPR02: what the claims pay minus all adjustments, and never negative. The
// order is that of the money: interest is owed, recoveries come out of what is
// there, a balance left from an earlier set is taken, and what is then still
// below zero moves forward.
func (g *generator) settle(s *set, t setTotals) int64 {
	s.pairs = s.pairs[:0]
	net := t.paid
	adjust := func(reason, reference string, amount int64) {
		net -= amount
		for amount != 0 {
			part := max(min(amount, maxAmount), -maxAmount)
			s.pairs = append(s.pairs, providerAdjustment{reason, reference, part})
			amount -= part
		}
	}
	r := invent.Stream(s.key, 1<<40)
	adjust("L6", "INTEREST", -t.interest)
	if t.takeBack < 0 && r.Chance(400) {
		// A take-back put off: the reversal stands, its money is left for now.
		adjust("WO", claimNumber(t.takeBackIndex, s), t.takeBack)
	}
	if net > 50000 {
		g.recoveries(s, &r, net, adjust)
	}
	if g.forwarded > 0 && net != 0 { // none is moved through a set of net 0
		adjust("FB", traceText(g.forwardedTrace), g.forwarded)
		g.forwarded = 0
	}
	if net < 0 {
		g.forwarded, g.forwardedTrace = -net, s.trace
		adjust("FB", traceText(s.trace), net)
	}
	if net > maxAmount {
		const step = 1000000000 // so the payment left looks like any other
		adjust("PI", "", (net-maxAmount+step-1)/step*step)
	}
	return net
}

// recoveries draws the adjustments that have nothing to do with the claims of
// this set. None takes more than an eighth of the payment.
func (g *generator) recoveries(s *set, r *invent.Rand, net int64, adjust func(reason, reference string, amount int64)) {
	eighth := min(net/8, 500000)
	old := func() string { return claimNumber(r.Below(1000000), s) }
	if r.Chance(140) {
		adjust("WO", old(), r.Between(500, eighth))
	}
	if r.Chance(70) {
		// A refund by check is acknowledged: returned and recovered, net 0.
		reference, amount := old(), r.Between(500, eighth)
		adjust("72", reference, -amount)
		adjust("WO", reference, amount)
	}
	if r.Chance(60) {
		adjust("CS", "ADMIN", r.Between(100, eighth)-eighth/2-1)
	}
	if r.Chance(30) {
		adjust("AH", "", 250)
	}
	if r.Chance(30) {
		adjust("IR", s.payee.tax, eighth/4)
	}
	if r.Chance(20) {
		adjust("90", "", -r.Between(100, eighth))
	}
}

// claimNumber is the payer's control number (CLP07) of the claim at index.
func claimNumber(index int64, s *set) string {
	return string(appendClaimNumber(nil, index, s))
}

func traceText(trace int64) string { return string(appendTrace(nil, trace)) }

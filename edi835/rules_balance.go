package edi835

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// use is what the rules do with the segments of a slot.
type use uint8

const (
	useNone use = iota
	useClaim
	useClaimAdjustment
	useClaimAmount
	useClaimDate
	useClaimName
	useClaimContact
	useLine
	useLineAdjustment
	useLineDate
)

// uses lists by slot what the rules do with the segments of a claim.
func uses(t *guide.Table) []use {
	of := map[string]use{
		"2100/CLP": useClaim, "2100/CAS": useClaimAdjustment, "2100/AMT": useClaimAmount, "2100/DTM": useClaimDate, "2100/NM1": useClaimName,
		"2100/PER": useClaimContact, "2110/SVC": useLine, "2110/CAS": useLineAdjustment, "2110/DTM": useLineDate,
	}
	out := make([]use, len(t.Slots))
	for i := range t.Slots {
		s := &t.Slots[i]
		out[i] = of[t.Loops[s.Loop].ID+"/"+s.ID.String()]
	}
	return out
}

// ledger adds up over the claims of a set and compares them on the way. One pass over a claim makes all of its sums, so the
// rules of lines and claims are reported from here too.
//
// A difference is told once, where it arises: a claim that is off by what its lines are off says nothing, nor does the set for
// its claims. Where an amount is missing or is no number, that has been said, and nothing is compared.
type ledger struct {
	*ledgerPlaces
	paid     sum // CLP04
	off      sum // by how much CLP04 differs in the claims that were reported for it
	interest sum // AMT*I of claims
	unknown  bool
}

type ledgerPlaces struct {
	uses              []use
	bpr, trn, plb, se *validate.Place
}

func foldLedger(b *validate.Binder) func() validate.Gatherer {
	p := &ledgerPlaces{uses: uses(b.Table), bpr: b.Place("/BPR"), trn: b.Place("/TRN"), plb: b.Place("/PLB"), se: b.Place("/SE")}
	return func() validate.Gatherer { return &ledger{ledgerPlaces: p} }
}

// Join adds a later part of the set.
func (l *ledger) Join(other validate.Gatherer) {
	m := other.(*ledger)
	l.paid.plus(&m.paid)
	l.off.plus(&m.off)
	l.interest.plus(&m.interest)
	l.unknown = l.unknown || m.unknown
}

// account is the sums of a claim, or of one of its lines.
type account struct {
	at          validate.At // CLP or SVC
	charge      sum
	paid        sum
	adjustments sum
	patient     sum // those of group PR
	unknown     bool
}

// amount adds an element to a sum; it is unknown when it is missing or no number.
func (a *account) amount(into *sum, v []byte) {
	n, ok := x12.ParseNumber(v)
	if !ok {
		a.unknown = true
		return
	}
	into.add(n)
}

// difference returns what was paid less what should be.
func (a *account) difference() sum {
	d := a.paid.minus(&a.charge)
	d.plus(&a.adjustments)
	return d
}

// say writes the equation and its difference.
func (a *account) say(paid, charge, adjustments string, difference *sum) string {
	due := a.charge.minus(&a.adjustments)
	return "expected " + due.String() + ": " + charge + " " + a.charge.String() + " less adjustments " + adjustments + " " +
		a.adjustments.String() + "; " + paid + " is " + a.paid.String() + ", difference " + difference.String()
}

// claimBook is what is open while the segments of a claim pass.
type claimBook struct {
	claim      account
	line       account
	lines      sum // SVC02
	lineOff    sum // differences of the lines
	lineFailed bool
	hasLine    bool
	groupless  bool  // a CAS has no group of the guide
	whole      uint8 // 0 not known yet, 1 yes, 2 no
}

// Unit takes a claim.
func (l *ledger) Unit(s *validate.Scope) {
	var b claimBook
	for i, to := s.Range(); i < to; i++ {
		u := l.uses[s.Slot(i)]
		if u == useNone {
			continue
		}
		switch a := s.At(i); u {
		case useClaim:
			clp := a.Row()
			b.claim.at = a
			b.claim.amount(&b.claim.charge, clp.Elem(3))
			if n, ok := x12.ParseNumber(clp.Elem(4)); ok {
				b.claim.paid.add(n)
				l.paid.add(n)
			} else {
				b.claim.unknown, l.unknown = true, true
			}
		case useClaimAdjustment:
			b.adjust(s, &b.claim, a)
		case useClaimAmount:
			if string(a.Elem(1, 0)) != "I" {
				break
			}
			if n, ok := a.With(2, 0).Number(); ok {
				l.interest.add(n)
			} else {
				l.unknown = true
			}
		case useLine:
			b.closeLine(s)
			svc := a.Row()
			b.hasLine, b.line = true, account{at: a}
			b.line.amount(&b.line.charge, svc.Elem(2))
			b.line.amount(&b.line.paid, svc.Elem(3))
		case useLineAdjustment:
			b.adjust(s, &b.line, a)
		}
	}
	b.closeLine(s)
	if !b.claim.at.OK() {
		l.unknown = true
		return
	}
	l.claim(s, &b)
}

// adjust adds the amounts of a CAS.
func (b *claimBook) adjust(s *validate.Scope, into *account, cas validate.At) {
	patient, row := false, cas.Row()
	switch string(row.Elem(1)) {
	case "PR":
		patient = true
	case "CO", "OA", "PI":
	default:
		b.groupless = true
	}
	for e, n := 3, min(row.Len(), 18); e <= n+1; e += 3 { // one more: a reason may stand last
		v := row.Elem(e)
		if len(v) == 0 {
			if len(row.Elem(e-1)) > 0 {
				into.unknown = true
			}
			continue
		}
		n, ok := x12.ParseNumber(v)
		if !ok {
			into.unknown = true
			continue
		}
		if n.Sign() == 0 {
			s.ReportAs("835/zero-adjustment", cas.With(e, 0), "an adjustment of 0 adjusts nothing: expected another amount, or no reason")
		}
		into.adjustments.add(n)
		if patient {
			into.patient.add(n)
		}
	}
}

// closeLine compares a line, and adds it to its claim.
func (b *claimBook) closeLine(s *validate.Scope) {
	if !b.hasLine {
		if b.line.unknown || !b.line.adjustments.isZero() { // of a line without SVC
			b.claim.unknown = true
		}
		return
	}
	l, c := &b.line, &b.claim
	c.adjustments.plus(&l.adjustments)
	c.patient.plus(&l.patient)
	b.lines.plus(&l.charge)
	if l.unknown {
		c.unknown = true
		return
	}
	if d := l.difference(); !d.isZero() && b.isWhole(s) {
		b.lineFailed = true
		b.lineOff.plus(&d)
		s.ReportAs("835/balance-line", l.at.With(3, 0), l.say("SVC03", "SVC02", "of the line", &d))
	}
}

// isWhole reports whether the money of the claim has its places; asked for differences only.
func (b *claimBook) isWhole(s *validate.Scope) bool {
	if b.whole == 0 {
		b.whole = 2
		if s.Whole(x12.ID("CLP"), x12.ID("CAS"), x12.ID("SVC")) {
			b.whole = 1
		}
	}
	return b.whole == 1
}

// claim compares a claim.
func (l *ledger) claim(s *validate.Scope, b *claimBook) {
	c := &b.claim
	status, charge := string(c.at.Elem(2, 0)), c.charge.sign()
	if reversal := status == "22"; reversal && charge > 0 {
		s.ReportAs("835/reversal-sign", c.at.With(3, 0), "expected a negative charge: CLP02 22 takes a payment back")
	} else if !reversal && charge < 0 && status != "" {
		s.ReportAs("835/reversal-sign", c.at.With(2, 0), "expected 22: the charge is negative, as it is where a payment is taken back")
	}
	if c.unknown {
		return
	}
	d := c.difference()
	told := b.lineFailed
	if !d.isZero() && !(b.lineFailed && d.equal(&b.lineOff)) {
		if !b.isWhole(s) {
			return
		}
		told = true
		l.off.plus(&d)
		if status == "22" && c.adjustments.isZero() {
			s.ReportAs("835/reversal-adjustments", c.at.With(4, 0), "expected the adjustments of the first payment with their signs turned; "+c.say("CLP04", "CLP03", "of the claim and its lines", &d))
		} else {
			s.ReportAs("835/balance-claim", c.at.With(4, 0), c.say("CLP04", "CLP03", "of the claim and its lines", &d))
		}
	}
	if b.hasLine && !told && !b.lines.equal(&c.charge) && b.isWhole(s) {
		off := b.lines.minus(&c.charge)
		s.ReportAs("835/charge-of-lines", c.at.With(3, 0), "the charges of the lines add up to "+b.lines.String()+", CLP03 is "+c.charge.String()+", difference "+off.String())
	}
	if status != "22" && status != "" && !told && !b.groupless {
		b.patientPart(s)
	}
}

// patientPart compares CLP05 with the adjustments of group PR, in a claim that balances.
func (b *claimBook) patientPart(s *validate.Scope) {
	c := &b.claim
	var sent sum
	part := c.at.With(5, 0)
	if len(part.Bytes()) > 0 {
		n, ok := part.Number()
		if !ok {
			return
		}
		sent.add(n)
	}
	off := sent.minus(&c.patient)
	if off.isZero() || !b.isWhole(s) {
		return
	}
	s.ReportAs("835/patient-responsibility", part, "expected "+c.patient.String()+", the sum of the adjustments of group PR; difference "+off.String())
}

package edi835

import (
	"bytes"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// book is what the PLB of a set come to.
type book struct {
	total    sum
	interest sum         // L6
	lastL6   validate.At // the amount of the last L6
	refund   sum         // 72
	last72   validate.At
	recovery sum // WO
	unknown  bool
}

// Close compares the set.
func (l *ledger) Close(s *validate.Scope) {
	bpr := s.First(l.bpr)
	if !bpr.OK() {
		return
	}
	var b book
	for plb := range s.All(l.plb) {
		b.take(s, l, plb, bpr)
	}
	if !s.First(l.se).OK() {
		return // cut off
	}
	amount, ok := bpr.With(2, 0).Number()
	if !ok {
		return
	}
	var paid sum
	paid.add(amount)
	kind(s, bpr, amount)
	if l.unknown || b.unknown {
		return
	}
	due := l.paid.minus(&b.total)
	off := paid.minus(&due)
	if !off.isZero() && !(off.opposite(&l.off)) {
		s.Report(bpr.With(2, 0), "expected "+due.String()+": the claims pay "+l.paid.String()+", less provider adjustments "+b.total.String()+
			"; BPR02 is "+paid.String()+", difference "+off.String())
	}
	l.close(s, &b, &off)
}

// close compares what the PLB say with the claims, and with each other.
func (l *ledger) close(s *validate.Scope, b *book, off *sum) {
	if off.isZero() && !l.interest.opposite(&b.interest) {
		owed, rest := l.interest.neg(), l.interest
		rest.plus(&b.interest)
		text := "expected L6 of " + owed.String() + ": the claims have interest (AMT*I) of " + l.interest.String() + "; difference " + rest.String()
		if b.lastL6.OK() {
			s.ReportAs("835/interest", b.lastL6, text)
		} else {
			s.ReportMissingAs("835/interest", l.plb, text, validate.At{})
		}
	}
	both := b.refund
	both.plus(&b.recovery)
	if b.last72.OK() && off.isZero() && both.sign() < 0 {
		s.ReportAs("835/refund-pair", b.last72, "expected WO of at least as much: 72 adds up to "+b.refund.String()+", WO to "+b.recovery.String())
	}
}

// take adds one PLB.
func (b *book) take(s *validate.Scope, l *ledger, plb, bpr validate.At) {
	gap := false
	for e, n := 3, min(plb.Len(), 14); e <= n; e += 2 {
		reason, at := plb.Elem(e, 1), plb.With(e+1, 0)
		if len(plb.Elem(e, 0)) == 0 && len(at.Bytes()) == 0 {
			gap = true
			continue
		}
		if gap {
			gap = false
			s.ReportAs("835/adjustment-gap", plb.With(e, 0), "expected adjustments without gaps: the one in front is empty")
		}
		n, ok := at.Number()
		if !ok {
			b.unknown = true
			continue
		}
		b.total.add(n)
		if n.Sign() == 0 {
			s.ReportAs("835/zero-adjustment", at, "an adjustment of 0 adjusts nothing: expected another amount, or no reason")
		}
		switch string(reason) {
		case "L6":
			b.interest.add(n)
			b.lastL6 = at
		case "72":
			b.refund.add(n)
			b.last72 = at
		case "WO":
			b.recovery.add(n)
		case "FB":
			l.forward(s, plb.With(e, 2), at, bpr, n)
		}
	}
}

// forward checks a balance that is moved to a later remittance.
func (l *ledger) forward(s *validate.Scope, reference, amount, bpr validate.At, n x12.Number) {
	if n.Sign() >= 0 {
		return
	}
	if paid, ok := bpr.With(2, 0).Number(); ok && paid.Sign() > 0 {
		s.ReportAs("835/forward-balance", amount, "expected a payment (BPR02) of 0: a balance goes to a later remittance because this one cannot take it")
	}
	if trace := s.First(l.trn).Elem(2, 0); len(trace) > 0 && !bytes.Equal(trace, reference.Bytes()) {
		s.ReportAs("835/forward-reference", reference, "expected the number of this payment, TRN02: the later remittance names it again")
	}
}

// kind compares the amount with how it is paid.
func kind(s *validate.Scope, bpr validate.At, amount x12.Number) {
	handling, method := string(bpr.Elem(1, 0)), string(bpr.Elem(4, 0))
	switch {
	case amount.Sign() < 0:
		s.ReportAs("835/negative-payment", bpr.With(2, 0), "expected 0 or more: what the provider owes is moved to a later remittance by PLB FB")
	case amount.Sign() == 0 && handling == "P":
	case amount.Sign() == 0 && method != "NON":
		s.ReportAs("835/zero-payment-code", bpr.With(4, 0), "expected NON, and H in BPR01: nothing is paid")
	case amount.Sign() == 0 && handling != "H":
		s.ReportAs("835/zero-payment-code", bpr.With(1, 0), "expected H, a notification: nothing is paid")
	case amount.Sign() > 0 && method == "NON":
		s.ReportAs("835/zero-payment-code", bpr.With(4, 0), "expected a way of paying: the payment is not 0")
	case amount.Sign() > 0 && handling == "H":
		s.ReportAs("835/zero-payment-code", bpr.With(1, 0), "expected another code: H is a notification without payment, and the payment is not 0")
	}
}

// checkTrace compares TRN with BPR.
func checkTrace(b *validate.Binder) func(*validate.Scope) {
	bpr, trn := b.Place("BPR"), b.Place("TRN")
	return func(s *validate.Scope) {
		p, t := s.First(bpr), s.First(trn)
		if id := p.Elem(10, 0); len(id) > 0 && len(t.Elem(3, 0)) > 0 && !bytes.Equal(id, t.Elem(3, 0)) {
			s.Report(t.With(3, 0), "expected the identifier of BPR10")
		}
		if code := p.Elem(11, 0); len(code) > 0 && len(t.Elem(4, 0)) > 0 && !bytes.Equal(code, t.Elem(4, 0)) {
			s.ReportAs("835/trace-payer-supplement", t.With(4, 0), "expected the code of BPR11")
		}
	}
}

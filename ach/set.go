package ach

import (
	"bytes"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// The segments that money is in.
var (
	idBPR = x12.ID("BPR")
	idCAS = x12.ID("CAS")
	idCLP = x12.ID("CLP")
	idN1  = x12.ID("N1")
	idPLB = x12.ID("PLB")
	idSE  = x12.ID("SE")
	idST  = x12.ID("ST")
	idSVC = x12.ID("SVC")
	idTRN = x12.ID("TRN")
)

// set is one 835 as its segments pass by: the payment, and the sums of its claims. It looks at the segments themselves, not
// at the fields of a guide, so that an amount that cannot be read is never taken for one that is not there.
type set struct {
	p    *Payment
	bank bank

	bpr, trn, payer, payee int    // how often they were there
	trnType                string // TRN01
	ended                  bool   // SE was there
	damaged                bool   // the envelope says so
	unreadable             bool   // an amount is no number

	paid, plb x12.Sum
	claim     fold // the open claim
	line      fold // the open service line
	odd       int  // claims and lines that do not add up
}

// fold is charge, adjustments and payment of one claim or line.
type fold struct {
	open bool
	left x12.Sum // charge less adjustments
	paid x12.Number
}

func newSet(t *codec.Tape, number int) *set {
	p := &Payment{Number: number}
	if t.Interchange != nil {
		p.Interchange = t.Interchange.Control()
	}
	if t.Group != nil {
		p.Group = t.Group.Control()
	}
	if t.Set != nil {
		p.Set, p.Offset = t.Set.Control, t.Set.Offset
	}
	return &set{p: p}
}

// add takes one segment of the set.
func (s *set) add(g *x12.Segment, header bool) {
	switch g.ID {
	case idBPR:
		s.bpr++
		if s.bpr == 1 {
			s.payment(g)
		}
	case idTRN:
		s.trn++
		if s.trn == 1 {
			s.trnType = text(g, 1)
			s.p.TraceNumber, s.p.PayerID, s.p.Supplement = text(g, 2), text(g, 3), text(g, 4)
		}
	case idN1:
		if header {
			s.party(g)
		}
	case idCLP:
		s.closeClaim()
		s.p.Claims++
		paid := s.number(g, 4)
		s.paid.Add(paid)
		s.claim = fold{open: true, paid: paid}
		s.claim.left.Add(s.number(g, 3))
	case idSVC:
		s.closeLine()
		s.line = fold{open: true, paid: s.number(g, 3)}
		s.line.left.Add(s.number(g, 2))
	case idCAS:
		for i := 3; i <= g.Len(); i += 3 {
			n := s.number(g, i)
			s.claim.left.Sub(n)
			s.line.left.Sub(n)
		}
	case idPLB:
		s.closeClaim()
		for i := 4; i <= g.Len(); i += 2 {
			s.plb.Add(s.number(g, i))
		}
	case idSE:
		s.ended = true
	}
}

func (s *set) payment(g *x12.Segment) {
	p, b := s.p, &s.bank
	p.Handling, p.Method, p.Format = text(g, 1), text(g, 4), text(g, 5)
	p.Amount, _ = x12.ParseNumber(bytes.TrimSpace(g.Elem(2)))
	p.Date, _ = x12.ParseDate(bytes.TrimSpace(g.Elem(16)))
	b.flag = text(g, 3)
	b.senderType, b.sender, b.senderAccount = text(g, 6), text(g, 7), text(g, 9)
	b.originator, b.supplement = text(g, 10), text(g, 11)
	b.receiverType, b.receiver = text(g, 12), text(g, 13)
	b.accountType, b.receiverAccount = text(g, 14), text(g, 15)
}

func (s *set) party(g *x12.Segment) {
	switch string(g.Elem(1)) {
	case "PR":
		s.payer++
		if s.payer == 1 {
			s.p.PayerName = text(g, 2)
		}
	case "PE":
		s.payee++
		if s.payee == 1 {
			s.p.PayeeName, s.p.PayeeID = text(g, 2), text(g, 4)
		}
	}
}

// number returns an amount. Text that is none makes the sums worthless.
func (s *set) number(g *x12.Segment, i int) x12.Number {
	v := bytes.TrimSpace(g.Elem(i))
	if len(v) == 0 {
		return x12.Number{}
	}
	n, ok := x12.ParseNumber(v)
	if !ok {
		s.unreadable = true
	}
	return n
}

func text(g *x12.Segment, i int) string { return string(bytes.TrimSpace(g.Elem(i))) }

func (s *set) closeLine() {
	if s.line.open && !s.line.left.Equal(s.line.paid) {
		s.odd++
	}
	s.line.open = false
}

func (s *set) closeClaim() {
	s.closeLine()
	if s.claim.open && !s.claim.left.Equal(s.claim.paid) {
		s.odd++
	}
	s.claim.open = false
}

// end closes the sums and compares them with the payment.
func (s *set) end() {
	s.closeClaim()
	totals := edi835.RemittanceTotals{Claims: s.p.Claims, Paid: s.paid.Decimal(), ProviderAdjustments: s.plb.Decimal()}
	b := totals.Balance(&edi835.Payment{Amount: edi835.NewAmount(s.p.Amount.Decimal())})
	if !b.OK() {
		s.p.Difference = b.Difference
	}
}

// sound reports whether the set has all a payment needs, once.
func (s *set) sound() bool {
	return s.ended && !s.damaged && s.bpr == 1 && s.trn == 1 && s.payer == 1 && s.payee == 1
}

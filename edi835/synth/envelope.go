package synth

import "github.com/x12-go/edi/internal/invent"

const (
	sender   = "SYNTHPAYER"
	receiver = "SYNTHPROVIDER"
	guide    = "005010X221A1"
)

// set is what one ST has besides its claims.
type set struct {
	key     uint64
	number  int64 // ST02, from 1
	payer   *payer
	payee   *payee
	payDay  int64
	trace   int64 // digits of TRN02, unique in the output
	pairs   []providerAdjustment
	options int64 // bits that switch situational header segments
	check   bool  // paid by check, not ACH
}

// newSet draws payer, payee and payment. A payee with a balance forwarded stays
// the payee of the next set: only a later payment of its own can take the
// balance up.
func (g *generator) newSet(x *invent.Interchange, number int64) *set {
	s := &set{key: invent.Derive(g.key, uint64(number)+1000), number: number}
	r := invent.Rand(s.key)
	pr, pe := r.Below(int64(len(g.payers))), r.Below(int64(len(g.payees)))
	if g.forwarded == 0 {
		g.payerAt, g.payeeAt = pr, pe
	}
	s.payer, s.payee = &g.payers[g.payerAt], &g.payees[g.payeeAt]
	s.payDay = x.Day + r.Between(0, 4)
	s.trace = x.Control%100000*1000000000 + number
	s.options = r.Below(1 << 16)
	s.check = r.Chance(350)
	return s
}

// header writes ST up to the loops 1000A and 1000B. net is BPR02.
func (g *generator) header(w *invent.Wire, s *set, net int64) {
	w.Open("ST")
	w.Str("835")
	w.Padded(s.number, 4)
	w.End()
	g.bpr(w, s, net)

	w.Open("TRN")
	w.Str("1")
	w.Sep()
	w.B = appendTrace(w.B, s.trace)
	w.Str(s.payer.id)
	w.End()
	if s.options&1 != 0 {
		invent.Reference(w, "EV", receiver)
	}
	if s.options&2 != 0 {
		invent.Reference(w, "F2", "R2025.4")
	}
	day(w, "405", s.payDay-1)

	p := s.payer
	w.Open("N1")
	w.Str("PR")
	w.Str(p.name)
	w.End()
	invent.Address(w, p.street, p.city, p.state, p.zip)
	if s.options&4 != 0 {
		invent.Reference(w, "2U", p.id[5:])
	}
	if s.options&8 != 0 {
		w.Open("PER")
		w.Str("CX")
		w.Str("PROVIDER SERVICES")
		w.Str("TE")
		w.Str(p.phone)
		w.End()
	}
	w.Open("PER")
	w.Str("BL")
	w.Str("EDI HELP DESK")
	w.Str("TE")
	w.Str(p.phone)
	if s.options&16 != 0 {
		w.Str("EX")
		w.Str("4410")
	}
	w.End()
	if s.options&32 != 0 {
		w.Open("PER")
		w.Str("IC")
		w.Skip(1)
		w.Str("UR")
		w.Str("WWW.POLICIES.EXAMPLE")
		w.End()
	}

	q := s.payee
	w.Open("N1")
	w.Str("PE")
	w.Str(q.name)
	w.Str("XX")
	w.Str(q.npi)
	w.End()
	invent.Address(w, q.street, q.city, q.state, q.zip)
	invent.Reference(w, "TJ", q.tax)
	if s.options&64 != 0 {
		invent.Reference(w, "PQ", q.prefix+q.tax[5:])
	}
	if q.rdm != "" {
		w.Open("RDM")
		w.Str("OL")
		w.Str("REMITTANCE DESK")
		w.Str(q.rdm)
		w.End()
	}
}

// bpr writes the payment. A payment of zero is a notice without money (H, NON).
// The bank numbers satisfy the routing number check and belong to no bank.
func (g *generator) bpr(w *invent.Wire, s *set, net int64) {
	w.Open("BPR")
	switch {
	case net == 0:
		w.Str("H")
		w.Money(0)
		w.Str("C")
		w.Str("NON")
		w.Skip(11)
	case s.check:
		w.Str("I")
		w.Money(net)
		w.Str("C")
		w.Str("CHK")
		w.Skip(11)
	default:
		w.Str("I")
		w.Money(net)
		w.Str("C")
		w.Str("ACH")
		w.Str("CCP")
		w.Str("01")
		w.Str("987654320")
		w.Str("DA")
		w.Str("55500077")
		w.Str(s.payer.id)
		w.Skip(1)
		w.Str("01")
		w.Str("123456780")
		w.Str("DA")
		w.Str(s.payee.tax)
	}
	w.Date(s.payDay)
	w.End()
}

// groupHead writes LX and, for a group of one bill type, TS3 and TS2.
func (g *generator) groupHead(w *invent.Wire, s *set, at *walker, t groupTotals) {
	w.Open("LX")
	w.Num(at.lx)
	w.End()
	if at.kind == mixedGroup {
		return
	}
	w.Open("TS3")
	w.Str(s.payee.npi)
	if at.kind == inpatientGroup {
		w.Str("11")
	} else {
		w.Str("13")
	}
	w.Date(invent.YearEnd(s.payDay))
	w.Num(t.claims)
	w.Money(t.charge)
	if t.msp != 0 {
		w.Skip(7)
		w.Money(t.msp) // TS313
	}
	w.End()
	if at.kind == inpatientGroup && s.payer.class == medicare {
		w.Open("TS2")
		w.Money(t.drg)
		w.Skip(9)
		w.Num(t.claims) // TS211
		w.Skip(1)
		w.Num(t.days) // TS213
		w.Num(t.lost)
		w.End()
	}
}

func (g *generator) trailer(s *set) {
	w := &g.out
	for i := 0; i < len(s.pairs); i += 6 {
		w.Open("PLB")
		w.Str(s.payee.npi)
		w.Date(invent.YearEnd(s.payDay))
		for j := i; j < len(s.pairs) && j < i+6; j++ {
			p := &s.pairs[j]
			w.Str(p.reason)
			if p.reference != "" {
				w.Sub(p.reference)
			}
			w.Money(p.amount)
		}
		w.End()
	}
	w.Open("SE")
	w.Num(w.Segs + 1)
	w.Padded(s.number, 4)
	w.End()
}

func day(w *invent.Wire, qualifier string, d int64) {
	w.Open("DTM")
	w.Str(qualifier)
	w.Date(d)
	w.End()
}

// appendTrace appends TRN02.
func appendTrace(b []byte, trace int64) []byte {
	b = append(b, "EFT"...)
	return invent.AppendPadded(b, trace, 14)
}

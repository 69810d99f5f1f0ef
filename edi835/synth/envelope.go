package synth

// envelope holds what ISA and GS need; a pure function of the seed.
type envelope struct {
	control int64 // ISA13
	day     int64 // creation, payment dates follow it
	minute  int64
}

func newEnvelope(key uint64) envelope {
	r := rng(derive(key, 1))
	return envelope{
		control: r.between(1, 999999999),
		day:     r.between(3*366, 4*365), // within 2025
		minute:  r.below(24 * 60),
	}
}

const (
	senderID   = "SYNTHPAYER     "
	receiverID = "SYNTHPROVIDER  "
	guide      = "005010X221A1"
)

func (g *generator) isa(e envelope) {
	w := &g.out
	d := g.o.Delimiters
	if d == "" {
		d = defaultDelimiters
	}
	w.open("ISA")
	for _, v := range []string{"00", "          ", "00", "          ", "ZZ", senderID, "ZZ", receiverID} {
		w.str(v)
	}
	w.str(string(w.dates[e.day*8+2 : e.day*8+8]))
	w.padded(e.minute/60*100+e.minute%60, 4)
	w.str(d[1:2])
	w.str("00501")
	w.padded(e.control, 9)
	w.str("0")
	w.str("T")
	w.str(d[2:3])
	w.end()
}

func (g *generator) gs(e envelope, group int64) {
	w := &g.out
	w.open("GS")
	w.str("HP")
	w.str("SYNTHPAYER")
	w.str("SYNTHPROVIDER")
	w.date(e.day)
	w.padded(e.minute/60*100+e.minute%60, 4)
	w.num(group)
	w.str("X")
	w.str(guide)
	w.end()
}

func (g *generator) ge(sets, group int64) {
	w := &g.out
	w.open("GE")
	w.num(sets)
	w.num(group)
	w.end()
}

func (g *generator) iea(e envelope, groups int64) {
	w := &g.out
	w.open("IEA")
	w.num(groups)
	w.padded(e.control, 9)
	w.end()
}

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
func (g *generator) newSet(e envelope) *set {
	n := g.stats.Sets + 1
	s := &set{key: derive(g.key, uint64(n)+1000), number: n}
	r := rng(s.key)
	pr, pe := r.below(int64(len(g.payers))), r.below(int64(len(g.payees)))
	if g.forwarded == 0 {
		g.payerAt, g.payeeAt = pr, pe
	}
	s.payer, s.payee = &g.payers[g.payerAt], &g.payees[g.payeeAt]
	s.payDay = e.day + r.between(0, 4)
	s.trace = e.control%100000*1000000000 + n
	s.options = r.below(1 << 16)
	s.check = r.chance(350)
	return s
}

// header writes ST up to the loops 1000A and 1000B. net is BPR02.
func (g *generator) header(w *wire, s *set, net int64) {
	w.open("ST")
	w.str("835")
	w.padded(s.number, 4)
	w.end()
	g.bpr(w, s, net)

	w.open("TRN")
	w.str("1")
	w.sep()
	w.b = appendTrace(w.b, s.trace)
	w.str(s.payer.id)
	w.end()
	if s.options&1 != 0 {
		reference(w, "EV", "SYNTHPROVIDER")
	}
	if s.options&2 != 0 {
		reference(w, "F2", "R2025.4")
	}
	day(w, "405", s.payDay-1)

	p := s.payer
	w.open("N1")
	w.str("PR")
	w.str(p.name)
	w.end()
	address(w, p.street, p.city, p.state, p.zip)
	if s.options&4 != 0 {
		reference(w, "2U", p.id[5:])
	}
	if s.options&8 != 0 {
		w.open("PER")
		w.str("CX")
		w.str("PROVIDER SERVICES")
		w.str("TE")
		w.str(p.phone)
		w.end()
	}
	w.open("PER")
	w.str("BL")
	w.str("EDI HELP DESK")
	w.str("TE")
	w.str(p.phone)
	if s.options&16 != 0 {
		w.str("EX")
		w.str("4410")
	}
	w.end()
	if s.options&32 != 0 {
		w.open("PER")
		w.str("IC")
		w.skip(1)
		w.str("UR")
		w.str("WWW.POLICIES.EXAMPLE")
		w.end()
	}

	q := s.payee
	w.open("N1")
	w.str("PE")
	w.str(q.name)
	w.str("XX")
	w.str(q.npi)
	w.end()
	address(w, q.street, q.city, q.state, q.zip)
	reference(w, "TJ", q.tax)
	if s.options&64 != 0 {
		reference(w, "PQ", q.prefix+q.tax[5:])
	}
	if q.rdm != "" {
		w.open("RDM")
		w.str("OL")
		w.str("REMITTANCE DESK")
		w.str(q.rdm)
		w.end()
	}
}

// bpr writes the payment. A payment of zero is a notice without money (H, NON).
// The bank numbers satisfy the routing number check and belong to no bank.
func (g *generator) bpr(w *wire, s *set, net int64) {
	w.open("BPR")
	switch {
	case net == 0:
		w.str("H")
		w.money(0)
		w.str("C")
		w.str("NON")
		w.skip(11)
	case s.check:
		w.str("I")
		w.money(net)
		w.str("C")
		w.str("CHK")
		w.skip(11)
	default:
		w.str("I")
		w.money(net)
		w.str("C")
		w.str("ACH")
		w.str("CCP")
		w.str("01")
		w.str("987654320")
		w.str("DA")
		w.str("55500077")
		w.str(s.payer.id)
		w.skip(1)
		w.str("01")
		w.str("123456780")
		w.str("DA")
		w.str(s.payee.tax)
	}
	w.date(s.payDay)
	w.end()
}

// groupHead writes LX and, for a group of one bill type, TS3 and TS2.
func (g *generator) groupHead(w *wire, s *set, at *walker, t groupTotals) {
	w.open("LX")
	w.num(at.lx)
	w.end()
	if at.kind == mixedGroup {
		return
	}
	w.open("TS3")
	w.str(s.payee.npi)
	if at.kind == inpatientGroup {
		w.str("11")
	} else {
		w.str("13")
	}
	w.date(yearEnd(s.payDay))
	w.num(t.claims)
	w.money(t.charge)
	if t.msp != 0 {
		w.skip(7)
		w.money(t.msp) // TS313
	}
	w.end()
	if at.kind == inpatientGroup && s.payer.class == medicare {
		w.open("TS2")
		w.money(t.drg)
		w.skip(9)
		w.num(t.claims) // TS211
		w.skip(1)
		w.num(t.days) // TS213
		w.num(t.lost)
		w.end()
	}
}

func (g *generator) trailer(s *set) {
	w := &g.out
	for i := 0; i < len(s.pairs); i += 6 {
		w.open("PLB")
		w.str(s.payee.npi)
		w.date(yearEnd(s.payDay))
		for j := i; j < len(s.pairs) && j < i+6; j++ {
			p := &s.pairs[j]
			w.str(p.reason)
			if p.reference != "" {
				w.sub(p.reference)
			}
			w.money(p.amount)
		}
		w.end()
	}
	w.open("SE")
	w.num(w.segs + 1)
	w.padded(s.number, 4)
	w.end()
}

// yearEnd is 31 December of the year of day.
func yearEnd(day int64) int64 {
	at := int64(-1)
	for y := int64(firstYear); ; y++ {
		at += 365
		if y%4 == 0 {
			at++
		}
		if at >= day {
			return at
		}
	}
}

func reference(w *wire, qualifier, value string) {
	w.open("REF")
	w.str(qualifier)
	w.str(value)
	w.end()
}

func day(w *wire, qualifier string, d int64) {
	w.open("DTM")
	w.str(qualifier)
	w.date(d)
	w.end()
}

func address(w *wire, street, city, state, zip string) {
	w.open("N3")
	w.str(street)
	w.end()
	w.open("N4")
	w.str(city)
	w.str(state)
	w.str(zip)
	w.end()
}

// appendTrace appends TRN02.
func appendTrace(b []byte, trace int64) []byte {
	b = append(b, "EFT"...)
	return appendPadded(b, trace, 14)
}

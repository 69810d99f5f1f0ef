package synth

import "github.com/x12-go/edi/internal/invent"

// header writes ST up to the loops 1000A and 1000B.
func (g *generator) header(number int64) {
	w := &g.out
	r := g.stream(streamSets, number)
	w.Open("ST")
	w.Str("837")
	w.Padded(number, 4)
	w.Str(g.x.Guide)
	w.End()
	w.Open("BHT")
	w.Str("0019")
	w.Str(choose(r.Chance(20), "18", "00"))
	w.Sep()
	w.B = invent.AppendPadded(w.B, g.x.Control, 9)
	w.B = append(w.B, '-')
	w.B = invent.AppendPadded(w.B, number, 9)
	g.x.Created(w)
	w.Str(choose(r.Chance(60), "RP", "CH"))
	w.End()

	invent.Organization(w, "41", "SYNTHETIC SUBMISSIONS INC", "46", sender)
	w.Open("PER")
	w.Str("IC")
	w.Str("EDI HELP DESK")
	w.Str("TE")
	w.Str("8005550199")
	if r.Chance(400) {
		w.Str("EX")
		w.Str("4410")
	}
	w.End()
	if r.Chance(150) {
		w.Open("PER")
		w.Str("IC")
		w.Str("NIGHT DESK")
		w.Str("TE")
		w.Str("8005550197")
		w.Str("FX")
		w.Str("8005550198")
		w.End()
	}
	invent.Organization(w, "40", "SYNTHETIC CLEARING HOUSE", "46", receiver)
}

// hierarchy writes HL. The parent is 0 where there is none.
func (g *generator) hierarchy(parent int64, level string, child bool) {
	w := &g.out
	g.hl++
	w.Open("HL")
	w.Num(g.hl)
	if parent > 0 {
		w.Num(parent)
	} else {
		w.Skip(1)
	}
	w.Str(level)
	w.Str(choose(child, "1", "0"))
	w.End()
}

// open writes the levels that the next claim needs and does not find open.
func (g *generator) open() {
	if g.claims == 0 {
		if g.patients == 0 {
			if g.subscribers == 0 {
				g.billing()
			}
			g.subscriber()
		}
		if g.patients > 0 {
			g.patient()
		}
	}
	g.claims--
}

// maxClaims is the most claims the guides allow below one HL.
const maxClaims = 100

// claimCount draws how many claims a patient has.
func claimCount(r *invent.Rand) int64 {
	switch p := r.Below(1000); {
	case p < 780:
		return 1
	case p < 930:
		return 2
	case p < 980:
		return 3
	case p < 999:
		return r.Between(4, 9)
	}
	return maxClaims
}

// billing opens a 2000A, with another provider than the last.
func (g *generator) billing() {
	r := g.stream(streamBilling, g.stats.Billing)
	g.stats.Billing++
	last := g.biller
	for g.biller == last {
		n := int64(len(g.billers))
		if r.Chance(600) {
			n = g.common
		}
		g.biller = &g.billers[r.Below(n)]
	}
	g.subscribers = r.Between(1, 25)
	g.hierarchy(0, "20", true)
	g.billerHL = g.hl
	g.billingProvider()
}

// billingProvider writes 2000A from PRV on to 2010AC. What a provider sends is
// the same each time it comes.
func (g *generator) billingProvider() {
	w, b := &g.out, g.biller
	if b.number%4 != 3 {
		specialty(w, "BI", b.taxonomy)
	}
	if b.name == "" {
		invent.Person(w, "85", b.person)
		w.Str("XX")
		w.Str(b.npi)
		w.End()
	} else {
		invent.Organization(w, "85", b.name, "XX", b.npi)
	}
	b.address.write(w)
	if b.name == "" {
		invent.Reference(w, "SY", b.tax)
	} else {
		invent.Reference(w, "EI", b.tax)
	}
	if b.number%5 == 1 && g.o.Kind != Institutional {
		invent.Reference(w, "0B", "LIC"+b.tax[3:])
	}
	if b.number%3 == 1 {
		contact(w, "BILLING OFFICE", b.phone)
	}
	if b.number%6 == 2 {
		w.Open("NM1")
		w.Str("87")
		w.Str("2")
		w.End()
		b.payTo.write(w)
	}
	if b.number%8 == 5 {
		invent.Organization(w, "PE", "HIGH DESERT STATE MEDICAID RECOVERY", "PI", "HDR01")
		b.payTo.write(w)
		invent.Reference(w, "2U", "HDR900")
		invent.Reference(w, "EI", "990000505")
	}
}

// casualty is why a claim is one of property and casualty.
type casualty uint8

const (
	noCasualty casualty = iota
	atWork
	inCar
	elsewhere
)

// subscriber is what one 2000B says and the claims below it need.
type subscriber struct {
	person
	payer      *payer
	member     int64
	group      int64
	decided    int  // how many other payers have decided before the payer
	following  bool // another payer will decide after it
	others     [2]*payer
	casualty   casualty
	dependents bool // the patients are others
}

// subscriber opens a 2000B and draws who it is.
func (g *generator) subscriber() {
	n := g.stats.Subscribers
	r := g.stream(streamSubscribers, n)
	g.stats.Subscribers++
	g.subscribers--
	at := r.Below(int64(len(g.payers)))
	other := func(from int64) *payer { return &g.payers[(at+from+r.Below(3))%int64(len(g.payers))] }
	from, to := int64(1958), int64(2006)
	if g.payers[at].class == medicare {
		from, to = 1932, 1959
	}
	g.sub = subscriber{
		person: g.draw(&r, from, to), payer: &g.payers[at], others: [2]*payer{other(1), other(5)},
		member: r.Below(1000000000), group: r.Between(100, 999),
	}
	s := &g.sub
	switch d := r.Below(1000); {
	case d < 100:
		s.decided = 1
	case d < 110:
		s.decided = 2
	case d < 170:
		s.following = true
	case d < 200:
		s.casualty = atWork + casualty(d%3)
		if s.casualty == atWork && g.o.Kind == Dental {
			s.casualty = elsewhere
		}
		s.payer = &g.casualtyPayers[choose(s.casualty == atWork, 0, 1)]
	}
	// A public payer insures every patient for himself, and an employer is
	// never the patient.
	s.dependents = s.casualty == atWork || s.payer.class == private && r.Chance(380)
	switch {
	case !s.dependents:
		g.claims = claimCount(&r)
	case s.casualty == noCasualty && r.Chance(160):
		g.patients = r.Between(2, 4)
	default:
		g.patients = 1
	}

	g.hierarchy(g.billerHL, "22", s.dependents)
	g.subscriberHL = g.hl
	g.coverage(&r)
	if g.o.Kind == Professional && !s.dependents && r.Chance(30) {
		g.out.Open("PAT")
		g.condition(&r, &s.person, 4)
	}
	g.insured(&r)
	g.payer(&r)
}

// coverage writes SBR of 2000B.
func (g *generator) coverage(r *invent.Rand) {
	w, s := &g.out, &g.sub
	w.Open("SBR")
	w.Str(rank(s.decided))
	w.Str(choose(s.dependents, "", "18"))
	switch d := r.Below(100); {
	case s.payer.class != private || d < 20:
		w.Skip(2)
	case d < 85:
		groupNumber(w, s.group)
		w.Skip(1)
	default:
		w.Skip(1)
		w.Str("LANTERN WORKERS PLAN")
	}
	if s.payer.class == medicare && s.decided > 0 && g.o.Kind != Institutional {
		w.Str("47")
	} else {
		w.Skip(1)
	}
	w.Skip(3)
	w.Str(g.filing(s.payer))
	w.End()
}

func groupNumber(w *invent.Wire, n int64) {
	w.Sep()
	w.B = append(w.B, "GRP"...)
	w.B = invent.AppendPadded(w.B, n*37, 6)
}

// filing is SBR09.
func (g *generator) filing(p *payer) string {
	if p.class == medicare && g.o.Kind == Institutional {
		return "MA"
	}
	return p.filing
}

// insured writes 2010BA.
func (g *generator) insured(r *invent.Rand) {
	w, s := &g.out, &g.sub
	if s.casualty == atWork {
		invent.Organization(w, "IL", *invent.Pick(r, g.employers), "", "")
	} else {
		invent.Person(w, "IL", s.name)
		member(w, s.member)
	}
	if !s.dependents || r.Chance(300) {
		s.address.write(w)
	}
	if !s.dependents {
		s.demographics(w)
	}
	if r.Chance(15) && s.casualty != atWork {
		securityNumber(w, "SY", s.member)
	}
	if s.casualty != noCasualty && !s.dependents {
		casualtyNumber(w, s.member)
		if g.o.Kind == Professional && r.Chance(500) {
			contact(w, "", "8005550155")
		}
	}
}

// payer writes 2010BB.
func (g *generator) payer(r *invent.Rand) {
	w, p := &g.out, g.sub.payer
	invent.Organization(w, "PR", p.name, "PI", p.id)
	if r.Chance(500) {
		p.address.write(w)
	}
	if r.Chance(40) {
		w.Open("REF")
		w.Str("2U")
		w.Sep()
		w.B = append(append(w.B, p.id...), "-2"...)
		w.End()
	}
	if r.Chance(50) {
		tagged(w, "G2", "PIN", g.biller.number*7919+1, 6)
	}
}

// patient opens a 2000C.
func (g *generator) patient() {
	w, s, p := &g.out, &g.sub, &g.pat
	r := g.stream(streamPatients, g.stats.Patients)
	g.stats.Patients++
	g.patients--
	g.claims = claimCount(&r)
	g.relation = "19"
	switch d := r.Below(100); {
	case s.casualty == atWork:
		*p, g.relation = g.draw(&r, 1960, 2006), "20"
	case d < 40:
		*p, g.relation = g.draw(&r, 1940, 2004), "01"
	case d < 93:
		*p = g.draw(&r, 2003, 2023)
	default:
		*p, g.relation = g.draw(&r, 1935, 2023), *invent.Pick(&r, g.relations)
	}
	if s.casualty != atWork {
		p.name.Last, p.address = s.name.Last, s.address
	}

	g.hierarchy(g.subscriberHL, "23", false)
	w.Open("PAT")
	w.Str(g.relation)
	if g.o.Kind == Professional && r.Chance(30) {
		g.condition(&r, p, 3)
	} else {
		w.End()
	}
	invent.Person(w, "QC", p.name)
	w.End()
	p.address.write(w)
	p.demographics(w)
	if s.casualty == noCasualty {
		return
	}
	casualtyNumber(w, s.member)
	if r.Chance(400) {
		if r.Chance(500) {
			securityNumber(w, "SY", s.member)
		} else {
			tagged(w, "1W", "W", s.member, 9)
		}
	}
	if g.o.Kind == Professional && r.Chance(300) {
		contact(w, "", "8005550156")
	}
}

// condition writes what is left of PAT after its first elements, skip of which
// are still to come before the fifth.
func (g *generator) condition(r *invent.Rand, p *person, skip int) {
	w := &g.out
	w.Skip(skip)
	switch d := r.Below(10); {
	case d < 1:
		w.Str("D8")
		w.Date(g.x.Day - 3)
	case d < 7 || p.gender != "F":
		w.Skip(2)
		w.Str("01")
		w.Num(r.Between(6, 260))
	default:
		w.Skip(4)
		w.Str("Y")
	}
	w.End()
}

package synth

import "github.com/x12-go/edi/internal/invent"

// The group codes of CAS01, in the order their segments are written.
const (
	contractual = "CO"
	otherGroup  = "OA"
	ofPatient   = "PR"
)

// adjustment is one triplet of a CAS segment; cents.
type adjustment struct {
	group, reason string
	amount        int64
	quantity      int64 // 0: not sent
}

// decision is what one payer decided of a charge: it paid what the adjustments
// leave.
type decision struct {
	charge, paid int64
	units        int64 // paid
	n            int
	adj          [5]adjustment
}

// adjust takes an amount off; none of zero is written.
func (d *decision) adjust(group, reason string, amount, quantity int64) {
	if amount != 0 {
		d.adj[d.n] = adjustment{group, reason, amount, quantity}
		d.n++
		d.paid -= amount
	}
}

// owed is what the payer left to the patient.
func (d *decision) owed() int64 {
	var sum int64
	for i := range d.n {
		if d.adj[i].group == ofPatient {
			sum += d.adj[i].amount
		}
	}
	return sum
}

// first decides as the first payer does.
func (d *decision) first(r *invent.Rand, charge, units int64) {
	*d = decision{charge: charge, paid: charge, units: units}
	if charge == 0 {
		return
	}
	p := r.Below(1000)
	switch {
	case p < 40:
		d.adjust(contractual, "50", charge, 0)
		return
	case p < 60:
		d.adjust(ofPatient, "204", charge, 0)
		return
	}
	rest := charge
	if p < 90 && units > 1 { // more units than the policy allows
		cut := rest / units
		d.adjust(contractual, "151", cut, 1)
		d.units--
		rest -= cut
	}
	cut := rest * r.Between(10, 60) / 100
	d.adjust(contractual, "45", cut, 0)
	rest -= cut
	if p >= 900 {
		fee := rest / 50
		d.adjust(contractual, "253", fee, 0)
		rest -= fee
	}
	if p%10 < 2 {
		deductible := min(rest, r.Between(5, 200)*100)
		d.adjust(ofPatient, "1", deductible, 0)
		rest -= deductible
	}
	switch {
	case p%10 < 6:
		d.adjust(ofPatient, "2", rest/5, 0)
	case p%10 < 8:
		d.adjust(ofPatient, "3", min(rest, r.Between(2, 10)*500), 0)
	}
}

// second decides what the first has left to the patient.
func (d *decision) second(r *invent.Rand, before *decision) {
	*d = decision{charge: before.charge, paid: before.charge, units: before.units}
	owed := before.owed()
	d.adjust(otherGroup, "23", before.charge-owed, 0)
	if owed > 0 && r.Chance(700) {
		d.adjust(ofPatient, "2", owed*r.Between(1, 10)/10, 0)
	}
}

// staying reports whether the claim is one of an inpatient stay.
func (g *generator) staying() bool { return g.o.Kind == Institutional && g.c.inpatient() }

// decide draws what the payers before the destination decided.
func (g *generator) decide(r *invent.Rand) {
	n := g.sub.decided
	if n == 0 {
		return
	}
	c := &g.c
	c.byLine = !r.Chance(choose[int64](g.staying(), 600, 120))
	if !c.byLine {
		c.whole[0].first(r, c.charge, 1)
		c.whole[1].second(r, &c.whole[0])
		return
	}
	for i := range c.nlines {
		l := &c.lines[i]
		l.decisions[0].first(r, l.charge, l.units)
		if n > 1 {
			l.decisions[1].second(r, &l.decisions[0])
		}
	}
}

// adjustments writes CAS segments, one a group code.
func (d *decision) adjustments(w *invent.Wire) {
	group := ""
	for i := range d.n {
		a := &d.adj[i]
		if a.group != group {
			if group != "" {
				w.End()
			}
			group = a.group
			w.Open("CAS")
			w.Str(group)
		}
		w.Str(a.reason)
		w.Money(a.amount)
		if a.quantity != 0 {
			w.Num(a.quantity)
		} else {
			w.Skip(1)
		}
	}
	if group != "" {
		w.End()
	}
}

// rank is SBR01 of the i-th payer to decide.
func rank(i int) string { return "PST"[i : i+1] }

// otherPayers writes the 2320 loops.
func (g *generator) otherPayers(r *invent.Rand) {
	s := &g.sub
	for i := range s.decided {
		g.otherPayer(r, i, rank(i), true)
	}
	if s.following {
		g.otherPayer(r, 0, "S", false)
	}
}

// otherPayer writes one 2320 loop.
func (g *generator) otherPayer(r *invent.Rand, i int, rank string, decided bool) {
	w, s, c, p := &g.out, &g.sub, &g.c, g.sub.others[i]
	d := r.Below(1000)
	// The insured is the patient, or for one in three private policies the other
	// of the couple.
	who, relation := &g.patientNow().name, "18"
	if p.class == private && d%3 == 0 {
		spouse := invent.Name{Last: s.name.Last, First: *invent.Pick(r, g.names.First)}
		who, relation = &spouse, choose(s.dependents, g.relation, "01")
	}
	w.Open("SBR")
	w.Str(rank)
	w.Str(relation)
	if p.class == private && d < 800 {
		groupNumber(w, s.group+1)
	} else {
		w.Skip(1)
	}
	w.Skip(1)
	if p.class == medicare && rank == "S" && g.o.Kind != Institutional {
		w.Str("47")
	} else {
		w.Skip(1)
	}
	w.Skip(3)
	w.Str(g.filing(p))
	w.End()

	switch {
	case decided && c.byLine:
		var paid int64
		for k := range c.nlines {
			paid += c.lines[k].decisions[i].paid
		}
		amount(w, "D", paid)
	case decided:
		v := &c.whole[i]
		v.adjustments(w)
		amount(w, "D", v.paid)
		amount(w, "EAF", v.owed())
	case d < 60:
		amount(w, "A8", c.charge)
	}
	w.Open("OI")
	w.Skip(2)
	w.Str("Y")
	w.Skip(2)
	w.Str(choose(d%40 != 3, "Y", "I"))
	w.End()
	if decided && (p.class == medicare || d < 50) {
		g.outcome(r)
	}

	invent.Person(w, "IL", *who)
	member(w, (s.member+int64(i)*7919+13)%1000000000)
	if d >= 500 {
		s.address.write(w)
	}
	if d < 30 {
		securityNumber(w, "SY", s.member+5)
	}
	invent.Organization(w, "PR", p.name, "PI", p.id)
	if d%5 == 0 {
		p.address.write(w)
	}
	if decided && !c.byLine {
		date(w, "573", g.decisionDay(i))
	}
	if d%25 == 1 {
		tagged(w, "2U", "LOC", d, 4)
	}
	if d >= 600 && d < 640 {
		tagged(w, "G1", "PA", d*31, 7)
	}
	if d >= 620 && d < 650 {
		tagged(w, "9F", "RFL", d*31, 7)
	}
	if d >= 655 && d < 670 && decided {
		invent.Reference(w, "T4", "Y")
	}
	if d >= 670 && d < 690 && g.o.Kind == Dental {
		tagged(w, "G3", "PRE", d*31, 7)
	}
	if d >= 400 && decided {
		tagged(w, "F8", "2025", c.index*31+d, 11)
	}
	if d >= 950 {
		g.otherProviders(d - 950)
	}
}

// outcome writes MIA for a stay and MOA for all else.
func (g *generator) outcome(r *invent.Rand) {
	w, c := &g.out, &g.c
	if g.staying() {
		w.Open("MIA")
		w.Num(c.until - c.day)
		w.Skip(2)
		w.Money(c.charge / 3)
		w.Str("MA01")
		w.End()
		return
	}
	w.Open("MOA")
	if r.Chance(300) {
		w.Str("0.8")
		w.Money(c.charge / 2)
	} else {
		w.Skip(2)
	}
	w.Str("MA01")
	if r.Chance(300) {
		w.Str("MA18")
	}
	w.End()
}

// otherProviders writes the 2330 loops of the providers as another payer knows
// them: all on d 0, else one.
func (g *generator) otherProviders(d int64) {
	for i := range g.otherEntities {
		if d == 0 || d%int64(len(g.otherEntities)) == int64(i) {
			e := &g.otherEntities[i]
			w := &g.out
			w.Open("NM1")
			w.Str(e[0])
			w.Str(e[1])
			w.End()
			tagged(w, "G2", "OP", g.sub.member+int64(i), 10)
		}
	}
}

// decisionDay is when the i-th payer decided.
func (g *generator) decisionDay(i int) int64 { return min(g.c.until+9+int64(i)*8, g.x.Day) }

// adjudications writes the 2430 loops of a line. The qualifier is that of the
// procedure; an institutional line may have none.
func (g *generator) adjudications(l *line, qualifier string, d int64) {
	if !g.c.byLine {
		return
	}
	w := &g.out
	for i := range g.sub.decided {
		v := &l.decisions[i]
		w.Open("SVD")
		w.Str(g.sub.others[i].id)
		w.Money(v.paid)
		if l.item.code != "" {
			l.item.procedure(w, qualifier)
		} else {
			w.Skip(1)
		}
		w.Str(l.item.revenue)
		w.Num(v.units)
		if d%40 == 5 && l != &g.c.lines[0] {
			w.Num(1) // bundled into the first line
		}
		w.End()
		v.adjustments(w)
		date(w, "573", g.decisionDay(i))
		if owed := v.owed(); owed > 0 && d%5 < 2 {
			amount(w, "EAF", owed)
		}
	}
}

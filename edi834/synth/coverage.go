package synth

import "github.com/x12-go/edi/internal/invent"

// coverages writes the loops 2300 of the member in hand.
func (g *generator) coverages(r *invent.Rand) {
	f, m := &g.family, &g.m
	switch f.event {
	case amend:
		if f.reason == "15" || f.reason == "AL" {
			g.coverage(r, f.lines[0], "001", true)
		}
		return
	case end, departure:
		if f.number%3 == 0 { // the dates of the member say it all
			return
		}
	case replan:
		g.coverage(r, f.old, "024", false)
		g.coverage(r, f.lines[0], "021", true)
		return
	}
	for i, p := range f.lines[:f.count] {
		if m.subscriber || p.family {
			g.coverage(r, p, f.maintenance(), i == 0)
		}
	}
}

// coverage writes one loop 2300; first says that it is the one the family has
// for its health.
func (g *generator) coverage(r *invent.Rand, p *plan, maintenance string, first bool) {
	w, f, m := &g.out, &g.family, &g.m
	g.stats.Coverages++
	w.Open("HD")
	w.Str(maintenance)
	w.Skip(1)
	w.Str(p.line)
	w.Str(p.name)
	if m.subscriber && p.family {
		w.Str(f.level())
	} else {
		w.Str(choose(m.subscriber, "EMP", ""))
	}
	w.Skip(3)
	w.Str(choose(f.event == enroll && r.Chance(60), "Y", ""))
	w.End()
	if maintenance == "024" {
		if r.Chance(300) {
			day(w, "348", f.since)
		}
		day(w, "349", choose(f.event == replan, f.day-1, f.day))
	} else {
		g.spans(r, maintenance)
	}
	if m.subscriber {
		g.rates(r, p)
	}
	g.policies(r, p)
	if first && f.event == enroll && m.subscriber && r.Chance(300) {
		w.Open("IDC")
		w.Str(p.name)
		w.Str(choose(p.line == "PDG", "P", "H"))
		if r.Chance(500) {
			w.Num(1 + f.dependents)
			w.Str("1")
		}
		w.End()
	}
	g.providers(r, p)
	if first && f.other {
		g.coordination(r)
	}
}

// spans writes the dates of a coverage that goes on.
func (g *generator) spans(r *invent.Rand, maintenance string) {
	w, f := &g.out, &g.family
	if maintenance == "001" {
		day(w, "303", f.day)
	}
	from := choose(f.event == reinstate || f.event == cobra, f.day, f.from)
	day(w, "348", from)
	if f.event == present && r.Chance(60) {
		day(w, "349", invent.YearEnd(g.x.Day))
	}
	switch d := r.Below(1000); {
	case d < 20:
		day(w, "300", max(from-20, 0))
	case d < 40:
		day(w, "543", max(from-1, 0))
	case d < 55:
		w.Open("DTP")
		w.Str("695")
		w.Str("RD8")
		w.Period(0, max(from-1, 1))
		w.End()
	case d < 65:
		day(w, "343", g.x.Day)
	}
}

// rates writes AMT of 2300.
func (g *generator) rates(r *invent.Rand, p *plan) {
	w, f := &g.out, &g.family
	if r.Chance(850) {
		premium := p.rate * (100 + 60*min(choose(p.family, f.dependents, 0), 3)) / 100
		g.stats.Premium += premium
		amount(w, "P3", premium)
	}
	if p.deductible > 0 && r.Chance(250) {
		amount(w, "D2", p.deductible)
		amount(w, "C1", 2500)
		if r.Chance(200) {
			amount(w, "B9", 10000)
			amount(w, "FK", r.Between(1000, 40000))
		}
	}
}

// policies writes REF of 2300.
func (g *generator) policies(r *invent.Rand, p *plan) {
	w, f := &g.out, &g.family
	if r.Chance(600) {
		w.Open("REF")
		w.Str("1L")
		w.Tagged(p.code, f.group, 4)
		w.End()
	}
	switch d := r.Below(1000); {
	case d < 60:
		text(w, "REF", "CE", p.code+"-A")
	case d < 100:
		text(w, "REF", "17", "CLASS B")
	case d < 130:
		text(w, "REF", "ZZ", "AREA 4")
	case d < 150:
		text(w, "REF", "PID", p.code)
	case d < 170:
		text(w, "REF", "X9", "SUB7")
	}
	if f.event == enroll && r.Chance(80) {
		w.Open("REF")
		w.Str("QQ")
		w.Num(r.Between(1, 18))
		w.End()
	}
}

// providers writes the loops 2310.
func (g *generator) providers(r *invent.Rand, p *plan) {
	w, f, m := &g.out, &g.family, &g.m
	if p.provider == "" || !r.Chance(700) {
		return
	}
	for n := range choose[int64](p.line == "HMO" && m.gender == "F" && r.Chance(100), 2, 1) {
		w.Open("LX")
		w.Num(n + 1)
		w.End()
		facility := n > 0 || r.Chance(50)
		if facility {
			at := invent.Pick(r, g.facilities)
			w.Open("NM1")
			w.Str(at.role)
			w.Str("2")
			w.Str(at.name)
			w.Skip(4)
			w.Str("XX")
			w.Str(at.npi)
		} else {
			c := invent.Pick(r, g.clinicians)
			invent.Person(w, p.provider, c.Name)
			w.Str("XX")
			w.Str(c.npi)
		}
		w.Str(choose(r.Chance(600), "25", choose(r.Chance(700), "26", "72")))
		w.End()
		if r.Chance(150) {
			place := g.places.Fixed(m.number % 40)
			place.Write(w)
			w.Open("PER")
			w.Str("IC")
			w.Skip(1)
			w.Str("TE")
			phone(w, m.number+9)
			w.End()
		}
		if f.reason == "15" || f.reason == "AL" {
			w.Open("PLA")
			w.Str("2")
			w.Str("1P")
			w.Date(f.day)
			w.Skip(1)
			w.Str(*invent.Pick(r, g.changeReasons))
			w.End()
		}
	}
}

// coordination writes the loop 2320.
func (g *generator) coordination(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	w.Open("COB")
	w.Str(choose(r.Chance(500), "S", choose(r.Chance(500), "P", "U")))
	if r.Chance(800) {
		w.Tagged("OTH", f.number%100000, 6)
	} else {
		w.Skip(1)
	}
	coordinated := r.Chance(800)
	w.Str(choose(coordinated, "1", "5"))
	if r.Chance(300) {
		w.List("1 48 90")
	}
	w.End()
	if !coordinated {
		return
	}
	if r.Chance(500) {
		w.Open("REF")
		w.Str("6P")
		w.Tagged("OG", m.number%997, 4)
		w.End()
		if r.Chance(300) {
			w.Open("REF")
			w.Str("SY")
			g.security(f.number)
			w.End()
		}
	}
	if r.Chance(600) {
		day(w, "344", f.from)
		if r.Chance(300) {
			day(w, "345", invent.YearEnd(g.x.Day))
		}
	}
	if r.Chance(700) {
		p := invent.Pick(r, g.otherPayers)
		invent.Organization(w, "IN", p.name, "FI", p.tax)
		if r.Chance(400) {
			g.at(r)
			w.Open("PER")
			w.Str("CN")
			w.Skip(1)
			w.Str("TE")
			phone(w, m.number+5)
			w.End()
		}
		if r.Chance(100) {
			invent.Organization(w, "36", "RED BARN DAIRY COOPERATIVE", "", "")
		}
	}
}

package synth

import "github.com/x12-go/edi/internal/invent"

// choose is yes or no as b says.
func choose[T any](b bool, yes, no T) T {
	if b {
		return yes
	}
	return no
}

// lastDay is 31 December 2026, the last day a wire can write.
const lastDay = 5*365 + 1 - 1

// day writes a DTP of one day.
func day(w *invent.Wire, qualifier string, d int64) {
	w.Open("DTP")
	w.Str(qualifier)
	w.Str("D8")
	w.Date(d)
	w.End()
}

// text writes a segment of a qualifier and a value.
func text(w *invent.Wire, id, qualifier, value string) {
	w.Open(id)
	w.Str(qualifier)
	w.Str(value)
	w.End()
}

func amount(w *invent.Wire, qualifier string, cents int64) {
	w.Open("AMT")
	w.Str(qualifier)
	w.Money(cents)
	w.End()
}

// phone writes a number of the exchange that is kept for fiction.
func phone(w *invent.Wire, n int64) {
	w.Sep()
	w.B = invent.AppendPadded(w.B, 200+n%700, 3)
	w.B = append(w.B, "55501"...)
	w.B = invent.AppendPadded(w.B, n/7%100, 2)
}

// others writes the loops 2100C to 2100H.
func (g *generator) others(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	if m.subscriber && r.Chance(60) {
		w.Open("NM1")
		w.Str("31")
		w.Str("1")
		w.End()
		g.at(r)
	}
	if m.subscriber && (f.event == cobra || r.Chance(20)) {
		if r.Chance(900) {
			invent.Organization(w, "36", g.sponsor.name, "24", g.sponsor.tax)
		} else {
			person(w, "36", g.names.Draw(r))
		}
		if r.Chance(400) {
			contact(w, "EP", "PAYROLL OFFICE", m.number)
		}
		if r.Chance(500) {
			p := g.places.Fixed(g.sponsor.number)
			p.Write(w)
		}
	}
	if m.student && r.Chance(700) {
		w.Open("NM1")
		w.Str("M8")
		w.Str("2")
		w.Str(*invent.Pick(r, g.schools))
		w.End()
		if r.Chance(200) {
			contact(w, "SK", "REGISTRAR", m.number)
			g.at(r)
		}
	}
	child := m.relation == "19"
	if child && r.Chance(25) {
		person(w, "S3", g.names.Draw(r))
		if r.Chance(500) {
			reachable(w, "PQ", m.number)
			g.at(r)
		}
	}
	if child && r.Chance(15) || r.Chance(4) {
		for range choose(r.Chance(100), 2, 1) {
			person(w, *invent.Pick(r, g.responsible), g.names.Draw(r))
			if r.Chance(500) {
				reachable(w, "RP", m.number)
				g.at(r)
			}
		}
	}
	if r.Chance(4) {
		w.Open("NM1")
		w.Str("45")
		w.Str("1")
		if r.Chance(500) {
			w.Str(f.names[0])
			w.Str("FRONT DESK")
		}
		w.End()
		g.at(r)
	}
}

// at writes N3 and N4 of some place.
func (g *generator) at(r *invent.Rand) {
	p := g.places.Draw(r)
	p.Write(&g.out)
}

func person(w *invent.Wire, role string, n invent.Name) {
	invent.Person(w, role, n)
	w.End()
}

func contact(w *invent.Wire, role, name string, n int64) {
	w.Open("PER")
	w.Str(role)
	w.Str(name)
	w.Str("TE")
	phone(w, n)
	w.End()
}

// reachable writes a PER without a name.
func reachable(w *invent.Wire, role string, n int64) {
	w.Open("PER")
	w.Str(role)
	w.Skip(1)
	w.Str("HP")
	phone(w, n)
	w.Str("CP")
	phone(w, n+3)
	w.End()
}

// disability writes loop 2200.
func (g *generator) disability(r *invent.Rand) {
	w, f := &g.out, &g.family
	w.Open("DSB")
	w.Num(r.Between(1, 4))
	if r.Chance(500) {
		w.Skip(5)
		w.Str("DX")
		w.Str(*invent.Pick(r, g.diagnoses))
	}
	w.End()
	if r.Chance(700) {
		day(w, "360", f.from)
		if r.Chance(300) {
			day(w, "361", g.x.Day+90)
		}
	}
}

// categories writes the loops 2700 between LS and LE.
func (g *generator) categories(r *invent.Rand) {
	if !r.Chance(220) {
		return
	}
	w, f, m := &g.out, &g.family, &g.m
	w.Open("LS")
	w.Str("2700")
	w.End()
	at := r.Below(int64(len(g.reporting)))
	for n := int64(1); n <= choose(r.Chance(850), 1+at%3, 6); n++ {
		c := &g.reporting[(at+n)%int64(len(g.reporting))]
		g.stats.Categories++
		w.Open("LX")
		w.Num(n)
		w.End()
		w.Open("N1")
		w.Str("75")
		w.Str(c.name)
		w.End()
		switch {
		case c.value != "":
			text(w, "REF", c.qualifier, c.value)
		case c.qualifier != "":
			w.Open("REF")
			w.Str(c.qualifier)
			w.Tagged(c.tag, m.number%9973, 5)
			w.End()
		}
		switch {
		case c.dated && c.period:
			w.Open("DTP")
			w.Str("007")
			w.Str("RD8")
			w.Period(f.from, f.from+30)
			w.End()
		case c.dated:
			day(w, "007", f.from)
		}
	}
	w.Open("LE")
	w.Str("2700")
	w.End()
}

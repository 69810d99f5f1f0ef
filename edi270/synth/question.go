package synth

import (
	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// ask writes 2100 from INS of a subscriber on, and the loops 2110.
func (g *generator) ask(r *invent.Rand, p *insured.Person) {
	w := &g.out
	subscriber := p.Relation == "18"
	if subscriber && r.Chance(10) {
		w.Open("INS")
		w.Str("Y")
		w.Str("18")
		w.Skip(14)
		w.Num(r.Between(1, 3))
		w.End()
	}
	kind := r.Below(1000)
	diagnoses := int64(0)
	if !g.spendDown && kind >= 880 && r.Chance(600) {
		diagnoses = r.Between(1, 4)
		g.diagnoses(r, diagnoses)
	}
	g.when(r)
	switch {
	case g.spendDown:
		g.general()
		if subscriber {
			g.amount("R", r.Between(1000, 30000))
			g.amount("PB", r.Between(1000, 90000))
		}
	case kind < 640:
		g.general()
	case kind < 800:
		g.question(r, subscriber)
	case kind < 880:
		for range r.Between(2, 4) {
			g.question(r, subscriber)
		}
	default:
		for range choose(r.Chance(150), 2, 1) {
			g.procedure(r, diagnoses)
			g.further(r)
		}
	}
}

// when writes DTP of 2100.
func (g *generator) when(r *invent.Rand) {
	switch d := r.Below(1000); {
	case d < 800:
		g.day("291", g.x.Day-r.Between(0, 3))
	case d < 880:
		g.period(r)
	case d < 900:
		g.day("102", g.x.Day-400)
	}
}

func (g *generator) day(qualifier string, d int64) {
	w := &g.out
	w.Open("DTP")
	w.Str(qualifier)
	w.Str("D8")
	w.Date(d)
	w.End()
}

func (g *generator) period(r *invent.Rand) {
	w := &g.out
	w.Open("DTP")
	w.Str("291")
	w.Str("RD8")
	w.Period(g.x.Day-r.Between(10, 90), g.x.Day)
	w.End()
}

// diagnoses writes HI with so many codes.
func (g *generator) diagnoses(r *invent.Rand, n int64) {
	w := &g.out
	at := r.Below(int64(len(g.Diagnoses)))
	w.Open("HI")
	for i := range n {
		w.Str(choose(i == 0, "ABK", "ABF"))
		w.Sub(g.Diagnoses[(at+i)%int64(len(g.Diagnoses))])
	}
	w.End()
}

// general writes the question about the plan as a whole.
func (g *generator) general() {
	g.stats.Questions++
	g.out.Open("EQ")
	g.out.Str("30")
	g.out.End()
}

// question writes a 2110 about service types.
func (g *generator) question(r *invent.Rand, subscriber bool) {
	w := &g.out
	g.stats.Questions++
	w.Open("EQ")
	w.List(*invent.Pick(r, g.types))
	w.Skip(1)
	w.Str(choose(subscriber && r.Chance(100), "FAM", ""))
	w.End()
	g.further(r)
}

// procedure writes EQ with a procedure that points to the diagnoses.
func (g *generator) procedure(r *invent.Rand, diagnoses int64) {
	w := &g.out
	g.stats.Questions++
	w.Open("EQ")
	w.Skip(1)
	w.Str("HC")
	w.Sub(*invent.Pick(r, g.Procedures))
	w.Sub(choose(r.Chance(200), "RT", ""))
	if diagnoses > 0 {
		w.Skip(2)
		w.Str("1")
		if diagnoses > 1 {
			w.Sub("2")
		}
	}
	w.End()
}

func (g *generator) amount(qualifier string, cents int64) {
	w := &g.out
	w.Open("AMT")
	w.Str(qualifier)
	w.Money(cents)
	w.End()
}

// further writes III up to DTP of 2110.
func (g *generator) further(r *invent.Rand) {
	w := &g.out
	if r.Chance(200) {
		w.Open("III")
		w.Str("ZZ")
		w.Str(choose(r.Chance(500), "11", choose(r.Chance(500), "22", "21")))
		w.End()
	}
	if r.Chance(100) {
		g.number(choose(r.Chance(500), "9F", "G1"), "AU", g.stats.Questions, 7)
	}
	if r.Chance(100) {
		if r.Chance(500) {
			g.day("291", g.x.Day+r.Between(0, 14))
		} else {
			g.period(r)
		}
	}
}

// typeLists are the service types that questions ask about, together where
// there are several.
func typeLists() []string {
	return []string{
		"98", "33", "35", "47", "48", "50", "86", "88", "AL", "MH", "UC", "PT", "1", "42", "54", "62", "BZ", "AG", "A6", "12 18",
		"1 33 35 47 86 88 98 AL MH UC", "23 24 25 26", "48 50", "AD AF PT",
	}
}

package synth

import (
	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// row is one EB.
type row struct {
	info, level, types  string
	insurance, plan     string
	time                string
	money               bool // there is an amount
	amount              int64
	share               bool // there is a percentage
	percent             int64
	measure             string // EB09
	quantity            int64
	authorization       string
	network             string
	procedure, modifier string
	pointer             bool
}

// write writes EB; what it says more follows.
func (g *generator) write(b *row) {
	w := &g.out
	g.stats.Benefits++
	w.Open("EB")
	w.Str(b.info)
	w.Str(b.level)
	if b.types == "" {
		w.Skip(1)
	} else {
		w.List(b.types)
	}
	w.Str(b.insurance)
	w.Str(b.plan)
	w.Str(b.time)
	if b.money {
		w.Money(b.amount)
	} else {
		w.Skip(1)
	}
	if b.share {
		w.Money(b.percent) // a hundredth is a percent
	} else {
		w.Skip(1)
	}
	if b.measure != "" {
		w.Str(b.measure)
		w.Num(b.quantity)
	} else {
		w.Skip(2)
	}
	w.Str(b.authorization)
	w.Str(b.network)
	if b.procedure != "" {
		w.Str("HC")
		w.Sub(b.procedure)
		w.Sub(b.modifier)
	} else {
		w.Skip(1)
	}
	if b.pointer {
		w.Str("1")
	}
	w.End()
}

// benefits writes the loops 2110 of the answer in hand.
func (g *generator) benefits(r *invent.Rand) {
	a, p := &g.a, g.a.plan
	switch {
	case a.rejected:
		return
	case a.inactive:
		g.write(&row{info: choose(r.Chance(850), "6", choose(r.Chance(500), "7", "8")), types: "30", insurance: p.insurance, plan: p.name})
		if r.Chance(200) {
			g.message(*invent.Pick(r, g.endings))
		}
		return
	case a.unable:
		g.write(&row{info: "V", types: "30"})
		g.reject("N", *invent.Pick(r, g.benefitReasons), choose(r.Chance(500), "R", "N"))
		return
	}
	g.general(r)
	covered := "1 33 35 47 48 50 86 88 98 AL MH UC"
	if r.Chance(600) {
		g.write(&row{info: "1", types: covered})
	} else {
		g.write(&row{info: "1", level: "IND", types: "1 33 47 48 50 86 88 98 UC", insurance: p.insurance})
		g.write(&row{info: "I", types: "35 AL"})
	}
	g.deductible(r)
	g.shares(r)
	g.limits(r)
	if p.insurance == "HM" && r.Chance(700) {
		g.primaryCare(r)
	}
	g.payers(r)
	g.particulars(r)
}

// general writes the row about the plan.
func (g *generator) general(r *invent.Rand) {
	w, a := &g.out, &g.a
	b := row{info: "1", level: choose(a.level == "", "IND", a.level), types: "30", insurance: a.plan.insurance, plan: a.plan.name}
	switch d := r.Below(1000); {
	case d < 30:
		b.info = choose(a.plan.insurance == "HM", "4", "5")
	case d < 200:
		b.level = ""
	}
	g.write(&b)
	if r.Chance(250) {
		number(w, "18", "PLN", a.person.Group%9, 3)
	}
	if r.Chance(100) {
		w.Open("REF")
		w.Str("N6")
		w.Tagged("NET", a.person.Group%5, 2)
		w.Str("MESA NETWORK")
		w.End()
	}
	if r.Chance(200) {
		g.day("346", a.from)
		if r.Chance(200) {
			g.day("290", g.x.Day-1)
		}
	}
	if r.Chance(120) {
		g.message(*invent.Pick(r, g.messages))
	}
}

// cell is one limit with what is left of it.
func (g *generator) cell(info, level, time, network string, whole, left int64) {
	b := row{info: info, level: level, types: "30", time: time, money: true, amount: whole, network: network}
	g.write(&b)
	b.time, b.amount = "29", left
	g.write(&b)
}

// deductible writes deductible and out-of-pocket limit.
func (g *generator) deductible(r *invent.Rand) {
	a, p := &g.a, g.a.plan
	if p.deductible == 0 {
		g.write(&row{info: "C", level: "IND", types: "30", time: "23", money: true, network: "W"})
		return
	}
	time := choose(p.serviceYear, "22", "23")
	met := r.Below(p.deductible/2500+1) * 2500
	if r.Chance(250) {
		met = p.deductible
	}
	pocket := min(p.pocket, met+r.Below(p.pocket/10000+1)*2500)
	for _, network := range []string{"Y", "N"} {
		times := int64(1)
		if network == "N" {
			if !p.outside {
				break
			}
			times = 2
		}
		g.cell("C", "IND", time, network, p.deductible*times, p.deductible*times-met)
		if a.level != "" {
			g.cell("C", "FAM", time, network, p.deductible*times*2, p.deductible*times*2-met)
		}
		if p.pocket > 0 {
			g.cell("G", "IND", time, network, p.pocket*times, p.pocket*times-pocket)
			if a.level != "" {
				g.cell("G", "FAM", time, network, p.pocket*times*2, p.pocket*times*2-pocket)
			}
		}
	}
}

// shares writes co-payments and coinsurance.
func (g *generator) shares(r *invent.Rand) {
	a, p := &g.a, g.a.plan
	for i := range p.copays {
		c := &p.copays[i]
		if !r.Chance(850) {
			continue
		}
		b := row{info: "B", level: choose(r.Chance(300), "IND", ""), types: c.types, time: "27", money: true, amount: c.cents, network: choose(c.both, "W", "Y")}
		g.write(&b)
		if c.types == "98" && r.Chance(120) { // only the messages tell these rows apart
			g.message("PRIMARY CARE VISIT")
			b.amount += 2000
			g.write(&b)
			g.message("SPECIALIST VISIT")
		}
		if c.types == "86" && r.Chance(300) {
			g.message("WAIVED IF ADMITTED")
		}
	}
	if p.coinsurance > 0 {
		g.write(&row{info: "A", types: "48 50 2 62 BZ", time: choose(r.Chance(300), "23", ""), share: true, percent: p.coinsurance, network: "Y",
			authorization: choose(r.Chance(200), "U", "")})
		if p.outside {
			g.write(&row{info: "A", types: "48 50 2 62 98", share: true, percent: p.coinsurance + 20, network: "N"})
		}
	}
	if r.Chance(100) {
		g.write(&row{info: "A", level: "IND", types: "80 81", share: true, network: "Y"}) // nothing at all, which is an answer
	}
	if r.Chance(300) {
		g.write(&row{info: "1", types: "48 62", authorization: "Y", network: choose(r.Chance(500), "W", "Y")})
		if r.Chance(200) {
			number(&g.out, choose(r.Chance(500), "9F", "G1"), "AU", g.stats.Answers, 7)
		}
	}
	if !p.outside && r.Chance(300) {
		g.write(&row{info: "I", types: "30", network: "N"})
	}
	if a.diagnoses {
		g.write(&row{info: "1", level: "IND", authorization: "N", network: "Y", procedure: *invent.Pick(r, g.Procedures), modifier: choose(r.Chance(200), "RT", ""), pointer: true})
		if r.Chance(300) {
			g.place("22")
		}
	} else if r.Chance(40) {
		g.write(&row{info: "B", time: "27", money: true, amount: 7500, network: "Y", procedure: *invent.Pick(r, g.Procedures)})
		g.place("11")
	}
}

func (g *generator) place(code string) {
	w := &g.out
	w.Open("III")
	w.Str("ZZ")
	w.Str(code)
	w.End()
}

func (g *generator) message(text string) {
	w := &g.out
	w.Open("MSG")
	w.Str(text)
	w.End()
}

// limits writes limitations, and the visits left of them.
func (g *generator) limits(r *invent.Rand) {
	w := &g.out
	for i := range g.limitations {
		l := &g.limitations[i]
		if !r.Chance(l.share) {
			continue
		}
		b := row{info: "F", level: "IND", types: l.types, time: l.time, measure: l.measure, quantity: l.quantity, network: choose(r.Chance(300), "Y", "")}
		if l.dollars > 0 {
			b.money, b.amount = true, l.dollars
		}
		g.write(&b)
		if l.delivered {
			w.Open("HSD")
			w.Str(choose(l.measure == "DY", "DY", "VS"))
			w.Num(l.quantity)
			w.Skip(2)
			w.Str("23")
			w.Num(1)
			w.End()
		}
		switch {
		case l.measure == "VS" || l.measure == "DY":
			b.time, b.quantity = "29", r.Between(0, l.quantity)
			g.write(&b)
			if r.Chance(200) {
				g.day("472", g.x.Day-r.Between(5, 60))
			}
		case l.dollars > 0:
			b.time, b.amount = "29", r.Below(l.dollars/1000+1)*1000
			g.write(&b)
		}
	}
	if r.Chance(40) {
		g.write(&row{info: "1", types: "PT", network: "Y"})
		w.Open("HSD")
		w.Str("VS")
		w.Num(r.Between(1, 3))
		w.Str("WK")
		w.Skip(1)
		w.Str("34")
		w.Num(r.Between(1, 4))
		if r.Chance(500) {
			w.Str("1")
			w.Str("A")
		}
		w.End()
	}
}

// primaryCare writes the row about the primary care provider.
func (g *generator) primaryCare(r *invent.Rand) {
	g.write(&row{info: "L"})
	c := *invent.Pick(r, g.Clinicians)
	g.loop("LS")
	g.entity(&c)
	if r.Chance(300) {
		c.Place.Write(&g.out)
	}
	if r.Chance(500) {
		g.contact("", c.Number, true)
	}
	if r.Chance(400) {
		specialty(&g.out, "PC", c.Taxonomy)
	}
	g.loop("LE")
}

// loop writes LS or LE.
func (g *generator) loop(id string) {
	w := &g.out
	w.Open(id)
	w.Str("2120")
	w.End()
}

func (g *generator) entity(p *insured.Party) {
	g.stats.Entities++
	p.Write(&g.out)
}

// contact writes PER of 2120.
func (g *generator) contact(name string, n int64, phoned bool) {
	w := &g.out
	w.Open("PER")
	w.Str("IC")
	w.Str(name)
	if phoned {
		w.Str("TE")
		phone(w, n)
	}
	w.End()
}

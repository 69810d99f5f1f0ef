package synth

import (
	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// payers writes rows about other payers, vendors and contacts.
func (g *generator) payers(r *invent.Rand) {
	w, a := &g.out, &g.a
	if r.Chance(60) {
		g.write(&row{info: "R", types: "30", insurance: choose(r.Chance(500), "C1", "")})
		w.Open("REF")
		w.Str("6P")
		w.Tagged("OG", a.person.Group, 4)
		w.End()
		g.day("290", a.from)
		g.loop("LS")
		other := g.otherPayers[r.Below(int64(len(g.otherPayers)))]
		other.Role = choose(r.Chance(600), "PRP", "SEP")
		g.entity(&other)
		if r.Chance(400) {
			other.Place.Write(w)
			g.contact("COORDINATION OF BENEFITS", other.Number+30, true)
		}
		if r.Chance(250) {
			holder := insured.Party{Role: "IL", Person: g.Names.Draw(r), Qualifier: "MI", ID: "W000000017"}
			g.entity(&holder)
		}
		if r.Chance(100) {
			other.Role, other.ID = "TTP", "990200009"
			g.entity(&other)
		}
		g.loop("LE")
	}
	for i := range g.vendors {
		v := &g.vendors[i]
		if !r.Chance(120) {
			continue
		}
		g.write(&row{info: "U", types: v.types})
		g.loop("LS")
		g.entity(&v.Party)
		g.contact(choose(r.Chance(500), "MEMBER SERVICES", ""), v.Number+60, true)
		g.loop("LE")
	}
	if g.source.Class == insured.Military && r.Chance(500) {
		g.write(&row{info: "X", types: "47"})
		g.loop("LS")
		hospital := g.Receivers[4]
		g.entity(&hospital)
		w.Open("N3")
		w.Num(hospital.Place.House)
		w.B = append(w.B, " BASE RD"...)
		w.End()
		w.Open("N4")
		hospital.Place.Locate(w)
		w.Skip(1)
		w.Str("RJ")
		w.Str("REGION 6")
		w.End()
		g.loop("LE")
	}
}

// particulars writes rows of the rarer sorts.
func (g *generator) particulars(r *invent.Rand) {
	w := &g.out
	if !r.Chance(160) {
		return
	}
	n := r.Below(int64(len(g.rare)))
	b := g.rare[n].row
	g.write(&b)
	if b.info == "K" {
		w.Open("HSD")
		w.Str("DY")
		w.Num(b.quantity)
		w.End()
	}
	if g.rare[n].reason != "" {
		g.reject("N", g.rare[n].reason, "N")
	}
	if g.rare[n].text != "" {
		g.message(g.rare[n].text)
	}
	switch b.info {
	case "E":
		w.Open("III")
		w.Skip(2)
		w.Str("44")
		w.Str("RIGHT KNEE")
		w.End()
	case "N":
		g.loop("LS")
		c := *invent.Pick(r, g.Clinicians)
		c.Role = choose(r.Chance(500), "1P", "73")
		g.entity(&c)
		g.loop("LE")
	case "MC":
		g.loop("LS")
		manager := g.Sources[5]
		manager.Role = "Y2"
		g.entity(&manager)
		g.loop("LE")
	}
}

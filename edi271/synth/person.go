package synth

import (
	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// answer is what is said about one person.
type answer struct {
	person    *insured.Person
	plan      *plan
	rejected  bool // at 2100, nothing more comes
	inactive  bool
	unable    bool // EB*V
	diagnoses bool // HI is there
	from      int64
	level     string // EB02 of the family, "" when the person is alone
}

// begin draws what is said about a person.
func (g *generator) begin(r *invent.Rand, p *insured.Person) {
	g.a = answer{person: p}
	a := &g.a
	switch d := r.Below(1000); {
	case d < 55:
		a.rejected = true
	case d < 120:
		a.inactive = true
	case d < 132:
		a.unable = true
	}
	switch g.source.Class {
	case insured.Medicare:
		a.plan = &g.medicare
	case insured.Medicaid:
		a.plan = &g.medicaid
	default:
		a.plan = invent.Pick(r, g.plans)
	}
	a.from = g.x.Day - g.x.Day%30 - r.Between(0, 20)*30
	if a.plan.family && (p.Relation != "18" || r.Chance(600)) {
		a.level = "FAM"
	}
}

// details writes 2100 from AAA on.
func (g *generator) details(r *invent.Rand) {
	w, a, p := &g.out, &g.a, g.a.person
	if a.rejected {
		reasons := g.subscriberReasons
		if p.Relation != "18" {
			reasons = g.dependentReasons
		}
		for range choose(r.Chance(150), 2, 1) {
			g.reject(choose(r.Chance(850), "N", "Y"), *invent.Pick(r, reasons), choose(r.Chance(850), "C", "N"))
		}
	}
	if !a.rejected && r.Chance(20) {
		specialty(w, "PC", invent.Pick(r, g.Clinicians).Taxonomy)
	}
	if !a.rejected || r.Chance(300) {
		w.Open("DMG")
		w.Str("D8")
		w.Padded(p.Birth, 8)
		w.Str(choose(r.Chance(5), "U", p.Gender))
		w.End()
	}
	g.relationship(r)
	if a.rejected {
		return
	}
	if r.Chance(30) {
		a.diagnoses = true
		w.Open("HI")
		w.Str("ABK")
		w.Sub(*invent.Pick(r, g.Diagnoses))
		if r.Chance(400) {
			w.Str("ABF")
			w.Sub(*invent.Pick(r, g.Diagnoses))
		}
		w.End()
	}
	switch d := r.Below(10); {
	case a.inactive:
		g.day(choose(d < 5, "347", "357"), a.from+29)
	case d < 5:
		g.day("346", a.from)
	case d < 8:
		g.day("356", a.from)
		if d < 6 {
			g.day("357", invent.YearEnd(g.x.Day))
		}
	default:
		w.Open("DTP")
		w.Str("291")
		w.Str("RD8")
		w.Period(a.from, invent.YearEnd(g.x.Day))
		w.End()
	}
	if g.source.Class == insured.Military && r.Chance(600) {
		w.Open("MPI")
		w.Str(choose(p.Relation == "18", "C", "P"))
		w.Str(choose(r.Chance(500), "AE", "RE"))
		w.Str(*invent.Pick(r, g.services))
		if r.Chance(500) {
			w.Skip(1)
			w.Str(*invent.Pick(r, g.ranks))
			w.Str("RD8")
			w.Period(a.from, g.x.Day)
		}
		w.End()
	}
}

// relationship writes INS.
func (g *generator) relationship(r *invent.Rand) {
	w, p := &g.out, g.a.person
	changed := !g.a.rejected && r.Chance(40)
	if p.Relation == "18" && !changed {
		return
	}
	w.Open("INS")
	w.Str(choose(p.Relation == "18", "Y", "N"))
	w.Str(p.Relation)
	if changed {
		w.Str("001")
		w.Str("25")
	} else {
		w.Skip(2)
	}
	if p.Relation == "19" && r.Chance(15) {
		w.Skip(12)
		w.Num(r.Between(1, 2))
	}
	w.End()
}

func (g *generator) day(qualifier string, d int64) {
	w := &g.out
	w.Open("DTP")
	w.Str(qualifier)
	w.Str("D8")
	w.Date(d)
	w.End()
}

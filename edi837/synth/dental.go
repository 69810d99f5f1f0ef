package synth

import "github.com/x12-go/edi/internal/invent"

// dental draws and writes a dental claim.
func (g *generator) dental(r *invent.Rand) {
	c := g.reset(r)
	c.place = "11"
	switch g.biller.class {
	case orthodontist:
		c.add(r, invent.Pick(r, g.orthodontics), 1)
	case surgeon:
		c.place = choose(r.Chance(150), "24", "11")
		g.fill(r, g.extractions, r.Between(1, 4))
	default:
		if r.Chance(700) {
			g.fill(r, g.checkups, r.Between(1, 3))
			if r.Chance(400) {
				g.fill(r, g.restorations, 1)
			}
		} else {
			g.fill(r, g.restorations, lineCount(r))
		}
	}
	if r.Chance(800) {
		c.diagnoses = 0
	}
	c.diagnoses = min(c.diagnoses, 4) // the most the guide has
	for i := range c.nlines {
		c.lines[i].pointers = min(c.lines[i].pointers, c.diagnoses)
	}
	c.total()
	g.decide(r)
	g.writeDental(r)
}

func (g *generator) writeDental(r *invent.Rand) {
	w, c, k := &g.out, &g.c, g.biller.class
	d := r.Below(1000)
	// A question what would be paid has no day of service and no decision yet.
	planned := d >= 960 && g.sub.decided == 0 && g.sub.casualty == noCasualty
	g.clm("B")
	w.Str("Y")
	assignment(w, r)
	w.Skip(1)
	g.causes()
	w.Str(choose(g.sub.payer.class == medicaid && d%16 == 5, "02", ""))
	w.Skip(6)
	w.Str(choose(planned, "PB", ""))
	w.Str(choose(d == 0, "8", ""))
	w.End()
	p := g.repriced(r)
	if g.sub.casualty != noCasualty {
		date(w, "439", c.day-r.Between(1, 40))
	}
	braced := c.has(braces)
	if braced {
		date(w, "452", c.day-r.Between(0, 90))
	}
	byLine := !planned && d < 150
	if !planned && !byLine {
		date(w, "472", c.day)
	}
	if p.on {
		date(w, "050", min(c.until+3, g.x.Day))
	}
	if k == orthodontist {
		w.Open("DN1")
		if d < 800 {
			w.Num(24)
			w.Num(24 - d%20)
		} else {
			w.Skip(3)
			w.Str("Y")
		}
		w.End()
	}
	if d >= 200 && d < 230 || k == orthodontist && d < 300 {
		g.missing(d)
	}
	if d >= 230 && d < 270 {
		g.attachment(r)
	}
	if d >= 50 && d < 57 {
		g.contract(r, c.charge)
	}
	if d >= 60 && d < 160 {
		amount(w, "F5", min(c.charge, r.Between(1, 12)*500))
	}
	if d >= 270 && d < 280 {
		tagged(w, "G3", "PRE", d*7919, 8)
	}
	g.references(r, p)
	g.remarks(r, "ADD")
	if c.diagnoses > 0 {
		g.diagnosisCodes()
	}
	if p.on {
		p.write(w, c.charge)
	}
	g.dentalProviders(r)
	g.otherPayers(r)
	for i := range c.nlines {
		g.dentalLine(r, i, p, byLine)
	}
}

// missing writes DN2 of some teeth.
func (g *generator) missing(d int64) {
	w := &g.out
	for i := range 1 + d%4 {
		w.Open("DN2")
		w.Num((d*3+i*5)%32 + 1)
		w.Str(choose(i%3 == 2, "E", "M"))
		w.Skip(3)
		w.Str("JP")
		w.End()
	}
}

// dentalProviders writes the 2310 loops.
func (g *generator) dentalProviders(r *invent.Rand) {
	w, c, k := &g.out, &g.c, g.biller.class
	e := r.Below(1000)
	if e < 40 || k != dentist && e < 500 {
		a := invent.Pick(r, g.clinicians)
		provider(w, "DN", a)
		if e%2 == 0 {
			specialty(w, "RF", a.taxonomy)
		}
		g.secondID(e, 8)
	}
	if g.biller.name != "" && e < 900 {
		a := invent.Pick(r, g.clinicians)
		provider(w, "82", a)
		specialty(w, "PE", a.taxonomy)
		if e >= 500 && e < 520 {
			tagged(w, "G2", "PIN", e*7919, 8)
		}
	}
	if c.place != "11" || e >= 980 {
		f := invent.Pick(r, g.facilities)
		invent.Organization(w, "77", f.name, "XX", f.npi)
		f.address.write(w)
		g.secondID(e, 3)
	}
	if k == surgeon && e%4 == 0 {
		a := invent.Pick(r, g.clinicians)
		provider(w, "DD", a)
		specialty(w, "AS", a.taxonomy)
		g.secondID(e, 5)
	}
	if e >= 520 && e < 530 {
		provider(w, "DQ", invent.Pick(r, g.clinicians))
		g.secondID(e, 2)
	}
}

// dentalLine writes one 2400 loop.
func (g *generator) dentalLine(r *invent.Rand, i int, p repricing, dated bool) {
	w, c := &g.out, &g.c
	l := &c.lines[i]
	t := l.item.trait
	d := r.Below(1000)
	replaced := t == crown && d < 300
	g.lineNumber(i)
	w.Open("SV3")
	l.item.procedure(w, "AD")
	w.Money(l.charge)
	w.Str(choose(d >= 995, "22", ""))
	switch t {
	case inQuadrant:
		w.Str([...]string{"10", "20", "30", "40"}[d&3])
		if d%16 == 3 {
			w.Sub("10")
		}
	case inArch:
		w.Str(choose(d&1 == 0, "01", "02"))
	default:
		w.Skip(1)
	}
	w.Str(choose(t == crown, choose(replaced, "R", "I"), ""))
	if l.units > 1 || d < 600 {
		w.Num(l.units)
	} else {
		w.Skip(1)
	}
	if c.diagnoses > 0 {
		w.Skip(4)
		l.pointer(w)
	}
	w.End()
	g.tooth(t, d)
	if dated {
		date(w, "472", l.day)
	}
	if replaced {
		date(w, choose(d%2 == 0, "441", "139"), l.day-900)
	}
	if t == braces && d < 300 {
		date(w, "452", l.day)
	}
	if t == braces && d >= 900 {
		date(w, "446", l.day)
	}
	if t == crown && d >= 400 && d < 600 {
		date(w, "196", l.day-21)
		date(w, "198", l.day)
	}
	if d >= 10 && d < 13 {
		g.contract(r, l.charge)
	}
	if d >= 20 && d < 26 {
		g.forPayer("G3", d)
	}
	if d >= 26 && d < 30 {
		g.forPayer("G1", d)
	}
	if d < 850 {
		g.lineReference(i)
	}
	if p.on && d < 500 {
		tagged(w, "9A", "RPL", c.index+1, 10)
		if d < 100 {
			tagged(w, "9C", "RPLA", c.index+1, 10)
		}
	}
	if d >= 30 && d < 33 {
		g.forPayer("9F", d)
	}
	if d >= 33 && d < 43 && l.charge > 0 {
		amount(w, "T", l.charge/25)
	}
	if d == 44 {
		w.Open("K3")
		w.Str("LINE LEVEL STATE DATA 42")
		w.End()
	}
	if p.on && d < 600 {
		p.write(w, l.charge)
	}
	g.dentalLineProviders(r, d)
	g.adjudications(l, "AD", d)
}

// tooth writes TOO.
func (g *generator) tooth(t trait, d int64) {
	w := &g.out
	switch t {
	case onTooth, crown:
		w.Open("TOO")
		w.Str("JP")
		w.Num(d%32 + 1)
		w.End()
		if d%64 == 9 && t == onTooth {
			w.Open("TOO")
			w.Str("JP")
			w.Num((d+1)%32 + 1)
			w.End()
		}
	case onSurfaces:
		w.Open("TOO")
		w.Str("JP")
		if d%5 == 0 {
			w.Str("ABCDEFGHIJKLMNOPQRST"[d%20 : d%20+1])
		} else {
			w.Num(d%32 + 1)
		}
		surfaces := [...]string{"O", "MO", "DO", "MOD", "B", "MODBL", "IF"}[d%7]
		w.Str(surfaces[:1])
		for i := 1; i < len(surfaces); i++ {
			w.Sub(surfaces[i : i+1])
		}
		w.End()
	}
}

// dentalLineProviders writes the 2420 loops.
func (g *generator) dentalLineProviders(r *invent.Rand, d int64) {
	w := &g.out
	second := func() {
		if d%4 == 2 {
			g.forPayer("G2", d)
		}
	}
	switch {
	case d >= 700 && d < 720 && g.biller.name != "":
		a := invent.Pick(r, g.clinicians)
		provider(w, "82", a)
		specialty(w, "PE", a.taxonomy)
		second()
	case d >= 720 && d < 726:
		a := invent.Pick(r, g.clinicians)
		provider(w, "DD", a)
		specialty(w, "AS", a.taxonomy)
		second()
	case d >= 726 && d < 730:
		provider(w, "DQ", invent.Pick(r, g.clinicians))
		second()
	case d >= 730 && d < 734:
		f := invent.Pick(r, g.facilities)
		invent.Organization(w, "77", f.name, "XX", f.npi)
		f.address.write(w)
		second()
	}
}

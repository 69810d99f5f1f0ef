package synth

import "github.com/x12-go/edi/internal/invent"

// institutional draws and writes an institutional claim.
func (g *generator) institutional(r *invent.Rand) {
	c := g.reset(r)
	n := r.Between(1, 6)
	switch k := g.biller.class; {
	case k == nursing:
		c.place = "21"
		g.stay(r, r.Between(3, 21), n)
	case k == homeHealth:
		c.place = "32"
		c.until = min(c.day+29, g.x.Day-1)
		g.c.add(r, invent.Pick(r, g.episodes), 1)
		g.fill(r, g.homeVisits, n)
	case k == dialysis:
		c.place = "72"
		g.fill(r, g.dialyses, n)
	case r.Chance(250):
		c.place = "11"
		g.stay(r, r.Between(1, 9), n+2)
	default:
		c.place = choose(g.biller.number%4 == 1, "85", "13")
		if r.Chance(2) {
			n = maxLines
		}
		g.fill(r, g.outpatients, n)
	}
	for i := range c.nlines {
		// What is counted by the hour or in small doses goes on past midnight.
		if l := &c.lines[i]; l.units > 8 && !c.inpatient() {
			l.until = l.day + 1
			c.until = max(c.until, l.until)
		}
	}
	if c.diagnoses > 4 && r.Chance(100) {
		c.diagnoses += 13 // more than one HI holds
	}
	c.total()
	g.decide(r)
	g.writeInstitutional(r)
}

// stay adds room and care of some days.
func (g *generator) stay(r *invent.Rand, length, n int64) {
	c := &g.c
	c.day -= length
	room := c.add(r, invent.Pick(r, g.rooms), length)
	room.day = c.day
	g.fill(r, g.care, n)
	c.until = c.day + length
}

// inpatient reports whether the claim is one of a stay.
func (c *claim) inpatient() bool { return c.place == "11" || c.place == "21" }

func (g *generator) writeInstitutional(r *invent.Rand) {
	w, c := &g.out, &g.c
	d := r.Below(1000)
	g.clm("A")
	w.Skip(1)
	assignment(w, r)
	w.Skip(10)
	w.Str(choose(d >= 996, "11", ""))
	w.End()
	p := g.repriced(r)
	g.institutionalDates(r, d, p)
	w.Open("CL1")
	if c.inpatient() {
		w.Str([...]string{"1", "2", "3", "3"}[d&3])
		w.Str([...]string{"1", "2", "4", "5"}[d>>2&3])
		w.Str([...]string{"01", "01", "01", "02", "03", "06", "20", "62"}[d>>4&7])
	} else {
		w.Str(choose(c.has(visit), "1", "3"))
		w.Str("1")
		w.Str("01")
	}
	w.End()
	if d >= 30 && d < 50 {
		g.attachment(r)
	}
	if d >= 50 && d < 60 {
		g.contract(r, c.charge)
	}
	if d >= 60 && d < 160 {
		amount(w, "F3", min(c.charge, r.Between(10, 400)*100))
	}
	g.references(r, p)
	if d >= 996 {
		invent.Reference(w, "LX", "G990001")
		invent.Reference(w, "LX", "G990002")
	}
	if g.sub.casualty == inCar {
		invent.Reference(w, "LU", g.biller.address.town.state)
	}
	if d >= 200 {
		tagged(w, "EA", "MRN", r.Below(10000000), 8)
	}
	if d >= 160 && d < 165 {
		invent.Reference(w, "P4", "05")
	}
	if d >= 165 && d < 170 {
		tagged(w, "G4", "QIO", d, 6)
	}
	g.remarks(r, "ADD")
	if d >= 170 && d < 190 {
		note(w, "DGN", "CONDITION WORSENED SINCE LAST VISIT")
		note(w, choose(c.place == "32", "DME", "MED"), *invent.Pick(r, g.notes))
	}
	if g.sub.payer.class == medicaid && d >= 190 && d < 210 {
		condition(w, "ZZ", "Y", "ST", "")
	}
	g.institutionalCodes(r, d)
	if p.on {
		p.write(w, c.charge)
	}
	g.institutionalProviders(r, d)
	g.otherPayers(r)
	for i := range c.nlines {
		g.institutionalLine(r, i, p)
	}
}

// institutionalDates writes DTP of the claim.
func (g *generator) institutionalDates(r *invent.Rand, d int64, p repricing) {
	w, c := &g.out, &g.c
	if c.inpatient() {
		w.Open("DTP")
		w.Str("096")
		w.Str("TM")
		w.Padded(r.Between(7, 21)*100+r.Below(60), 4)
		w.End()
	}
	span(w, "434", c.day, c.until)
	switch {
	case c.inpatient():
		w.Open("DTP")
		w.Str("435")
		w.Str("DT")
		w.Date(c.day)
		w.B = invent.AppendPadded(w.B, r.Below(24)*100+r.Below(60), 4)
		w.End()
	case c.place == "32" || d < 80:
		date(w, "435", c.day)
	}
	if p.on {
		date(w, "050", min(c.until+3, g.x.Day))
	}
}

// code opens a composite of HI.
func code(w *invent.Wire, qualifier, v string) {
	w.Str(qualifier)
	w.Sub(v)
}

// diagnosed writes a diagnosis with whether it was present on admission, for
// stays.
func (g *generator) diagnosed(qualifier, v string, d int64) {
	w := &g.out
	code(w, qualifier, v)
	if g.c.inpatient() {
		for range 6 {
			w.Sub("")
		}
		w.Sub([...]string{"Y", "Y", "Y", "Y", "Y", "N", "U", "W"}[d&7])
	}
}

// dated writes a code of HI with its day.
func dated(w *invent.Wire, qualifier, v string, day int64) {
	code(w, qualifier, v)
	w.Sub("D8")
	w.SubSep()
	w.AppendDate(day)
}

// institutionalCodes writes the HI segments.
func (g *generator) institutionalCodes(r *invent.Rand, d int64) {
	w, c := &g.out, &g.c
	stay := c.inpatient()
	w.Open("HI")
	g.diagnosed("ABK", g.diagnosis(0), d)
	w.End()
	if stay {
		w.Open("HI")
		code(w, "ABJ", g.diagnosis(c.diagnoses))
		w.End()
	}
	if c.has(visit) && !stay {
		w.Open("HI")
		for i := range 1 + d%3 {
			code(w, "APR", *invent.Pick(r, g.reasons[i]))
		}
		w.End()
	}
	if g.sub.casualty != noCasualty || d >= 300 && d < 310 {
		w.Open("HI")
		g.diagnosed("ABN", g.causesOfInjury[d%int64(len(g.causesOfInjury))], d)
		if d%4 == 0 {
			g.diagnosed("ABN", "Y92410", d>>1)
		}
		w.End()
	}
	if stay && c.place == "11" {
		w.Open("HI")
		code(w, "DR", *invent.Pick(r, g.groups))
		w.End()
	}
	for i := int64(1); i < c.diagnoses; i++ {
		if i%12 == 1 {
			w.Open("HI")
		}
		g.diagnosed("ABF", g.diagnosis(i), d>>uint(i&7))
		if i%12 == 0 || i == c.diagnoses-1 {
			w.End()
		}
	}
	if stay && c.place == "11" && d%5 < 2 {
		n := int64(len(g.surgeries))
		at := r.Below(n)
		w.Open("HI")
		dated(w, "BBR", g.surgeries[at], c.day+1)
		w.End()
		if d%5 == 0 {
			w.Open("HI")
			for i := range 1 + d%3 {
				dated(w, "BBQ", g.surgeries[(at+i+1)%n], c.day+min(1+i, c.until-c.day))
			}
			w.End()
		}
	}
	g.institutionalEvents(r, d)
}

// institutionalEvents writes occurrences, values and conditions.
func (g *generator) institutionalEvents(r *invent.Rand, d int64) {
	w, c := &g.out, &g.c
	stay := c.inpatient()
	if c.place == "21" || stay && d < 60 {
		w.Open("HI")
		code(w, "BI", choose(c.place == "21", "70", "74"))
		w.Sub("RD8")
		w.SubSep()
		w.AppendDate(c.day - choose[int64](c.place == "21", 6, 0))
		w.B = append(w.B, '-')
		w.AppendDate(c.day - choose[int64](c.place == "21", 1, -1))
		w.End()
	}
	accident := [...]string{"", "04", "01", "05"}[g.sub.casualty]
	if accident != "" || d >= 400 && d < 520 || c.place == "32" {
		w.Open("HI")
		if accident != "" {
			dated(w, "BH", accident, c.day-3)
		}
		dated(w, "BH", choose(d%2 == 0, "11", "A2"), c.day-20)
		if d%3 == 0 {
			dated(w, "BH", "29", c.day-1)
		}
		w.End()
	}
	if stay || d >= 600 && d < 650 || c.place == "32" {
		w.Open("HI")
		value := func(v string, cents int64) {
			code(w, "BE", v)
			for range 2 {
				w.Sub("")
			}
			w.SubSep()
			w.B = invent.AppendCents(w.B, cents)
		}
		switch {
		case c.place == "32":
			value("61", 1990000)
		case stay:
			value("80", (c.until-c.day)*100)
			if d < 600 {
				value("01", 98050)
			}
		}
		if g.sub.decided > 0 {
			value("A2", r.Between(10, 900)*100)
		}
		if !stay && c.place != "32" {
			value("50", r.Between(1, 20)*100)
		}
		w.End()
	}
	if d >= 700 && d < 780 {
		w.Open("HI")
		code(w, "BG", choose(stay, "39", "09"))
		if d < 720 {
			code(w, "BG", "C5")
		}
		w.End()
	}
	if c.place == "32" && d < 100 {
		w.Open("HI")
		code(w, "TC", "A01")
		w.End()
	}
}

// institutionalProviders writes the 2310 loops.
func (g *generator) institutionalProviders(r *invent.Rand, d int64) {
	w, c := &g.out, &g.c
	e := r.Below(1000)
	a := invent.Pick(r, g.clinicians)
	provider(w, "71", a)
	if e < 550 {
		specialty(w, "AT", a.taxonomy)
	}
	if e >= 550 && e < 570 {
		tagged(w, "0B", "LIC", e*7919, 7)
	}
	operated := c.place == "11" && d%5 < 2 || e >= 960
	if operated {
		provider(w, "72", invent.Pick(r, g.clinicians))
		g.secondID(e, 10)
		if e < 100 {
			provider(w, "ZZ", invent.Pick(r, g.clinicians))
			g.secondID(e, 7)
		}
	}
	if e >= 600 && e < 620 {
		provider(w, "82", invent.Pick(r, g.clinicians))
		g.secondID(e, 2)
	}
	if e >= 620 && e < 640 {
		f := invent.Pick(r, g.facilities)
		invent.Organization(w, "77", f.name, "XX", f.npi)
		f.address.write(w)
		if e < 630 {
			tagged(w, "LU", "SITE", e, 4)
		}
	}
	if e >= 640 && e < 690 && !c.inpatient() {
		provider(w, "DN", invent.Pick(r, g.clinicians))
		g.secondID(e, 6)
	}
}

// institutionalLine writes one 2400 loop.
func (g *generator) institutionalLine(r *invent.Rand, i int, p repricing) {
	w, c := &g.out, &g.c
	l := &c.lines[i]
	d := r.Below(1000)
	qualifier := choose(l.item.revenue == "0023" || l.item.revenue == "0022", "HP", "HC")
	g.lineNumber(i)
	w.Open("SV2")
	w.Str(l.item.revenue)
	if l.item.code != "" {
		l.item.procedure(w, qualifier)
	} else {
		w.Skip(1)
	}
	w.Money(l.charge)
	w.Str(choose(l.item.trait == days, "DA", "UN"))
	w.Num(l.units)
	if d < 10 && l.charge > 0 {
		w.Skip(1)
		w.Money(l.charge / 10)
	}
	w.End()
	if d >= 10 && d < 13 {
		g.attachment(r)
	}
	if !c.inpatient() {
		if l.until > 0 {
			span(w, "472", l.day, l.until)
		} else {
			date(w, "472", l.day)
		}
	}
	if d < 700 {
		g.lineReference(i)
	}
	if p.on && d < 500 {
		tagged(w, "9B", "RPL", c.index+1, 10)
		if d < 100 {
			tagged(w, "9D", "RPLA", c.index+1, 10)
		}
	}
	if d >= 260 && d < 264 && l.charge > 0 {
		amount(w, choose(d < 262, "GT", "N8"), l.charge/20)
	}
	if d >= 264 && d < 267 {
		note(w, "TPO", "REPRICED BY CONTRACT")
	}
	if p.on && d < 600 {
		p.write(w, l.charge)
	}
	if l.item.drug > 0 {
		g.drugGiven(l, d)
	}
	if d >= 270 && d < 286 {
		provider(w, [...]string{"72", "ZZ", "82", "DN"}[d&3], invent.Pick(r, g.clinicians))
		if d < 274 {
			g.forPayer("0B", d)
		}
	}
	g.adjudications(l, qualifier, d)
}

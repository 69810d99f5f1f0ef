package synth

import "github.com/x12-go/edi/internal/invent"

// class is what a billing provider does.
type class uint8

const (
	clinic class = iota
	anesthesia
	ambulance
	equipment
	infusion
	lab
	vision
	chiropractic
	hospital
	nursing
	homeHealth
	dialysis
	dentist
	orthodontist
	surgeon
)

// professional draws and writes a professional claim.
func (g *generator) professional(r *invent.Rand) {
	c := g.reset(r)
	c.place = "11"
	switch g.biller.class {
	case anesthesia:
		c.place = choose(r.Chance(600), "22", "24")
		it := invent.Pick(r, g.anesthesia)
		c.add(r, it, r.Between(15, 180))
	case ambulance:
		c.place = "41"
		c.add(r, invent.Pick(r, g.transports), 1)
		c.add(r, &g.mileage, r.Between(1, 60))
		if r.Chance(200) {
			c.add(r, invent.Pick(r, g.transportSupplies), r.Between(1, 3))
		}
	case equipment:
		c.place = "12"
		g.fill(r, g.equipment, choose[int64](r.Chance(700), 1, 2))
		for i := range c.nlines {
			if l := &c.lines[i]; l.item.trait == rental {
				l.until = l.day + 29
				c.until = l.until
			}
		}
		if c.until > g.x.Day {
			c.until = c.day // the month is not over: billed at delivery
			for i := range c.nlines {
				c.lines[i].until = 0
			}
		}
	case infusion:
		c.place = "12"
		g.fill(r, g.infusions, r.Between(2, 4))
	case lab:
		c.place = "81"
		g.fill(r, g.labs, lineCount(r))
	case vision:
		g.fill(r, g.visions, r.Between(1, 3))
	case chiropractic:
		g.fill(r, g.chiropractics, r.Between(1, 3))
	default:
		c.place = g.places[r.Below(int64(len(g.places)))]
		n := lineCount(r)
		if r.Chance(780) {
			c.add(r, invent.Pick(r, g.visits), 1)
			n--
		}
		g.fill(r, g.procedures, n)
	}
	c.total()
	g.decide(r)
	g.writeProfessional(r)
}

// fill adds n lines of a list.
func (g *generator) fill(r *invent.Rand, list []item, n int64) {
	for range n {
		it := invent.Pick(r, list)
		g.c.add(r, it, r.Between(1, it.most))
	}
}

func (g *generator) writeProfessional(r *invent.Rand) {
	w, c, k := &g.out, &g.c, g.biller.class
	d := r.Below(1000)
	g.clm("B")
	w.Str("Y")
	assignment(w, r)
	w.Str(choose(d < 30, "P", ""))
	g.causes()
	w.Str(choose(g.sub.payer.class == medicaid && d%16 == 5, "03", ""))
	w.Skip(7)
	w.Str(choose(d >= 996, "8", ""))
	w.End()
	p := g.repriced(r)
	g.professionalDates(r, d, p)
	if d >= 30 && d < 50 {
		g.attachment(r)
	}
	if d >= 50 && d < 57 {
		g.contract(r, c.charge)
	}
	if d >= 60 && d < 160 {
		amount(w, "F5", min(c.charge, r.Between(1, 12)*500))
	}
	g.references(r, p)
	g.professionalReferences(r, d)
	g.remarks(r, choose(d%2 == 0, "ADD", "DCP"))
	switch {
	case k == ambulance:
		g.transport(r)
	case k == chiropractic && d%3 == 0:
		w.Open("CR2")
		w.Skip(7)
		w.Str(choose(d%2 == 0, "A", "M"))
		if d < 300 {
			w.Skip(1)
			w.Str("SUBLUXATION OF THE LOWER SPINE")
		}
		w.End()
	case k == vision && d < 700:
		condition(w, "E1", "Y", "L1", choose(d < 100, "L3", ""))
	case k == infusion && d < 400:
		condition(w, "75", "Y", "IH", "")
	case k == clinic && g.sub.payer.class == medicaid && d < 60:
		if d < 20 {
			condition(w, "ZZ", "N", "NU", "")
		} else {
			condition(w, "ZZ", "Y", "ST", choose(d < 30, "AV", ""))
		}
	}
	g.diagnosisCodes()
	if k == anesthesia {
		w.Open("HI")
		w.Str("BP")
		w.Sub(*invent.Pick(r, g.surgeries))
		if d < 300 {
			w.Str("BO")
			w.Sub(*invent.Pick(r, g.surgeries))
		}
		w.End()
	}
	if d >= 800 && d < 806 {
		w.Open("HI")
		w.Str("BG")
		w.Sub("17")
		if d < 803 {
			w.Str("BG")
			w.Sub("AJ")
		}
		w.End()
	}
	if p.on {
		p.write(w, c.charge)
	}
	g.professionalProviders(r, d)
	g.otherPayers(r)
	for i := range c.nlines {
		g.professionalLine(r, i, p)
	}
}

// condition writes CRC; the second code may be empty.
func condition(w *invent.Wire, category, answer, first, second string) {
	w.Open("CRC")
	w.Str(category)
	w.Str(answer)
	w.Str(first)
	w.Str(second)
	w.End()
}

// professionalDates writes DTP of the claim.
func (g *generator) professionalDates(r *invent.Rand, d int64, p repricing) {
	w, c, k := &g.out, &g.c, g.biller.class
	casualty := g.sub.casualty != noCasualty
	ago := r.Between(1, 40)
	if d >= 200 && d < 320 || casualty {
		date(w, "431", c.day-ago)
	}
	if k == chiropractic {
		date(w, "454", c.day-ago)
	}
	if d >= 320 && d < 330 {
		date(w, "304", c.day-ago)
	}
	if k == chiropractic && (d < 300 || d%3 == 0) { // what CR2 says is acute has its date
		date(w, "453", c.day-ago-3)
	}
	if casualty {
		date(w, "439", c.day-ago)
	}
	if d >= 330 && d < 340 && g.patientNow().gender == "F" {
		date(w, "484", c.day-ago)
	}
	if k == chiropractic && d%4 == 0 {
		date(w, "455", c.day-ago)
	}
	if k == vision {
		date(w, "471", c.day-ago)
	}
	if g.sub.casualty == atWork || g.sub.casualty == inCar && d < 500 {
		switch {
		case d < 300:
			date(w, "360", c.day-ago)
		case d < 400:
			date(w, "361", c.day)
		case d < 600:
			span(w, "314", c.day-ago, c.day)
		}
		if d < 600 {
			date(w, "297", c.day-ago)
			date(w, "296", c.day+7)
		}
	}
	if c.place == "21" {
		date(w, "435", c.day-2)
		if d < 500 {
			date(w, "096", c.day+1)
		}
	}
	if d >= 340 && d < 344 {
		date(w, "090", c.day-2)
		if d < 342 {
			date(w, "091", c.day)
		}
	}
	if casualty && d < 500 {
		date(w, "444", c.day-ago+1)
	}
	if p.on {
		date(w, "050", min(c.until+3, g.x.Day))
	}
}

// patientNow is the patient of the claim.
func (g *generator) patientNow() *person {
	if g.sub.dependents {
		return &g.pat
	}
	return &g.sub.person
}

// professionalReferences writes the REF segments only this guide has, at the
// claim.
func (g *generator) professionalReferences(r *invent.Rand, d int64) {
	w, c := &g.out, &g.c
	if g.sub.payer.class == medicare && d < 12 {
		invent.Reference(w, "F5", choose(d < 6, "Y", "N"))
	}
	if c.has(mammogram) {
		tagged(w, "EW", "M", 900000+g.biller.number, 6)
	}
	clia := g.biller.class == lab || d < 300 && c.has(laboratory)
	if clia {
		tagged(w, "X4", "99D", 9000000+g.biller.number, 7)
	}
	if d == 1 {
		invent.Reference(w, "LX", "G990001")
	}
	if d >= 400 && d < 850 {
		tagged(w, "EA", "MRN", r.Below(10000000), 8)
	}
	if d == 2 || d == 3 {
		invent.Reference(w, "P4", "31")
	}
	if d == 4 {
		invent.Reference(w, "1J", "HHA990001")
	}
}

// transport writes CR1 and CRC of an ambulance claim.
func (g *generator) transport(r *invent.Rand) {
	w := &g.out
	d := r.Below(100)
	g.trip(d, g.c.lines[1].units)
	condition(w, "07", "Y", [...]string{"01", "04", "06", "09"}[d&3], choose(d < 50, "08", ""))
	if d < 10 {
		condition(w, "07", "N", "12", "")
	}
}

// trip writes CR1.
func (g *generator) trip(d, miles int64) {
	w := &g.out
	w.Open("CR1")
	if d < 70 {
		w.Str("LB")
		w.Num(90 + d*2)
	} else {
		w.Skip(2)
	}
	w.Skip(1)
	w.Str([...]string{"A", "B", "C", "D"}[d&3])
	w.Str("DH")
	w.Num(miles)
	w.Skip(2)
	w.Str(choose(d < 8, "RETURN AFTER RADIATION TREATMENT", ""))
	w.Str(choose(d < 30, "PATIENT CANNOT SIT UPRIGHT", ""))
	w.End()
}

// diagnosisCodes writes HI with ABK and ABF.
func (g *generator) diagnosisCodes() {
	w := &g.out
	w.Open("HI")
	w.Str("ABK")
	w.Sub(g.diagnosis(0))
	for i := int64(1); i < g.c.diagnoses; i++ {
		w.Str("ABF")
		w.Sub(g.diagnosis(i))
	}
	w.End()
}

// professionalProviders writes the 2310 loops.
func (g *generator) professionalProviders(r *invent.Rand, d int64) {
	w, c, k := &g.out, &g.c, g.biller.class
	e := r.Below(1000)
	if e < 120 || k == lab {
		provider(w, "DN", invent.Pick(r, g.clinicians))
		if e < 10 {
			tagged(w, "0B", "LIC", e*7919, 6)
		}
		if e >= 10 && e < 16 {
			provider(w, "P3", invent.Pick(r, g.clinicians))
		}
	}
	group := g.biller.name != ""
	if group && (k == clinic || k == anesthesia || k == chiropractic || k == vision) {
		a := invent.Pick(r, g.clinicians)
		provider(w, "82", a)
		if e%5 != 0 {
			specialty(w, "PE", a.taxonomy)
		}
		if e >= 200 && e < 225 {
			tagged(w, "G2", "PIN", e*7919, 8)
		}
	}
	if c.place != "11" && c.place != "12" && c.place != "10" && c.place != "41" && c.place != "81" || d >= 980 {
		f := invent.Pick(r, g.facilities)
		invent.Organization(w, "77", f.name, "XX", f.npi)
		f.address.write(w)
		if e >= 300 && e < 320 {
			tagged(w, "LU", "SITE", e, 4)
		}
		if e >= 320 && e < 340 {
			contact(w, "FRONT DESK", "8005550144")
		}
	}
	if e >= 400 && e < 415 || k == anesthesia && e%4 == 0 {
		provider(w, "DQ", invent.Pick(r, g.clinicians))
		g.secondID(e, 4)
	}
	if k == ambulance {
		g.journey(r, e < 900)
	}
}

// journey writes where an ambulance took up and set down its patient.
func (g *generator) journey(r *invent.Rand, named bool) {
	w := &g.out
	w.Open("NM1")
	w.Str("PW")
	w.Str("2")
	w.End()
	g.patientNow().address.write(w)
	f := invent.Pick(r, g.facilities)
	w.Open("NM1")
	w.Str("45")
	w.Str("2")
	w.Str(choose(named, f.name, ""))
	w.End()
	f.address.write(w)
}

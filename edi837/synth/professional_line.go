package synth

import "github.com/x12-go/edi/internal/invent"

// professionalLine writes one 2400 loop.
func (g *generator) professionalLine(r *invent.Rand, i int, p repricing) {
	w, c, k := &g.out, &g.c, g.biller.class
	l := &c.lines[i]
	d := r.Below(1000)
	g.lineNumber(i)
	w.Open("SV1")
	l.item.procedure(w, "HC")
	w.Money(l.charge)
	w.Str(choose(l.item.minutes, "MJ", "UN"))
	w.Num(l.units)
	w.Str(choose(d < 12 && c.place == "11", "22", ""))
	w.Skip(1)
	l.pointer(w)
	w.Skip(1)
	w.Str(choose(c.place == "23" && l.item.trait == visit, "Y", ""))
	w.Skip(1)
	medicaid := g.sub.payer.class == medicaid
	w.Str(choose(medicaid && d%50 == 1, "Y", ""))
	w.Str(choose(medicaid && d%50 == 2, "Y", ""))
	w.Skip(2)
	w.Str(choose(medicaid && d%50 == 3, "0", ""))
	w.End()
	if k == equipment {
		g.equipmentLine(l, d)
	} else if d >= 20 && d < 24 {
		g.attachment(r)
	}
	if k == ambulance && d >= 970 {
		g.trip(d-970, c.lines[1].units)
		condition(w, "07", "Y", "05", "")
	}
	switch {
	case k == equipment && d%3 == 0:
		w.Open("CR3")
		w.Str([...]string{"I", "R", "S"}[d%9/3])
		w.Str("MO")
		w.Num(12)
		w.End()
		condition(w, "09", choose(d < 800, "Y", "N"), "ZV", choose(d < 100, "38", ""))
	case k == clinic && d >= 24 && d < 27:
		condition(w, "70", "N", "65", "")
	}
	g.professionalLineDates(l, d)
	if k == ambulance && d < 30 {
		w.Open("QTY")
		w.Str("PT")
		w.Num(2)
		w.End()
	}
	if l.item.code == "01967" {
		w.Open("QTY")
		w.Str("FL")
		w.Num(d%3 + 1)
		w.End()
	}
	if k == lab && d >= 900 {
		w.Open("MEA")
		w.Str("TR")
		w.Str(choose(d%2 == 0, "R1", "R2"))
		w.Sep()
		w.B = invent.AppendCents(w.B, 800+d)
		w.End()
	}
	if d >= 30 && d < 33 {
		g.contract(r, l.charge)
	}
	g.professionalLineReferences(i, d, p)
	if k == equipment && d < 200 {
		amount(w, "T", l.charge/25)
	}
	if d >= 40 && d < 43 && k == lab {
		amount(w, "F4", 150)
	}
	if d == 43 {
		w.Open("K3")
		w.Str("LINE LEVEL STATE DATA 42")
		w.End()
	}
	if d >= 44 && d < 52 {
		note(w, choose(d < 48, "ADD", "DCP"), *invent.Pick(r, g.notes))
	}
	if d >= 50 && d < 53 {
		note(w, "TPO", "REPRICED BY CONTRACT")
	}
	purchased := k == lab && d >= 850 && d < 880
	maker := invent.Pick(r, g.facilities)
	if purchased {
		w.Open("PS1")
		w.Str(maker.npi)
		w.Money(l.charge / 2)
		w.End()
	}
	if p.on && d < 600 {
		p.write(w, l.charge)
	}
	if l.item.drug > 0 {
		g.drugGiven(l, d)
	}
	g.professionalLineProviders(r, d, purchased, maker)
	g.adjudications(l, "HC", d)
	if k == equipment && l.item.trait == rental && d < 400 && d%3 == 0 {
		g.form(l, d)
	}
}

func (g *generator) professionalLineDates(l *line, d int64) {
	w, k := &g.out, g.biller.class
	if l.until > 0 {
		span(w, "472", l.day, l.until)
	} else {
		date(w, "472", l.day)
	}
	if l.item.drug > 0 && d < 300 {
		date(w, "471", l.day-1)
	}
	if k == equipment && d%3 == 0 {
		if d%9 != 0 { // renewed or revised
			date(w, "607", l.day)
		}
		date(w, "463", l.day-5)
		date(w, "461", l.day-1)
	}
	if d >= 60 && d < 66 {
		date(w, "304", l.day-12)
	}
	if k == lab && d >= 980 {
		date(w, choose(d%2 == 0, "738", "739"), l.day)
	}
	if k == equipment && l.item.trait == purchase {
		date(w, "011", l.day)
	}
	if k == chiropractic && d < 60 {
		date(w, "455", l.day-9)
	}
	if k == chiropractic && d >= 900 {
		date(w, "454", l.day-20)
	}
}

func (g *generator) professionalLineReferences(i int, d int64, p repricing) {
	w, k := &g.out, g.biller.class
	l := &g.c.lines[i]
	if p.on && d < 500 {
		tagged(w, "9B", "RPL", g.c.index+1, 10)
		if d < 100 {
			tagged(w, "9D", "RPLA", g.c.index+1, 10)
		}
	}
	if d >= 70 && d < 78 {
		g.forPayer("G1", d)
	}
	if d < 850 {
		g.lineReference(i)
	}
	if k == lab && d >= 950 {
		tagged(w, "X4", "99D", 9100000+g.biller.number, 7)
		tagged(w, "F4", "99D", 9200000+g.biller.number, 7)
	}
	if l.item.trait == mammogram && d >= 500 {
		tagged(w, "EW", "M", 910000+g.biller.number, 6)
	}
	if l.item.trait == vaccine && d < 400 {
		tagged(w, "BT", "LOT", d*7919, 7)
	}
	if d >= 78 && d < 82 {
		g.forPayer("9F", d)
	}
}

// forPayer writes a REF that may name another payer in REF04.
func (g *generator) forPayer(qualifier string, d int64) {
	w := &g.out
	w.Open("REF")
	w.Str(qualifier)
	w.Sep()
	w.B = append(w.B, "PA"...)
	w.B = invent.AppendPadded(w.B, d*7919, 8)
	if g.sub.decided > 0 {
		w.Skip(1)
		w.Str("2U")
		w.Sub(g.sub.others[0].id)
	}
	w.End()
}

// professionalLineProviders writes the 2420 loops.
func (g *generator) professionalLineProviders(r *invent.Rand, d int64, purchased bool, maker *facility) {
	w, k := &g.out, g.biller.class
	if d >= 450 && d < 462 && g.biller.name != "" {
		a := invent.Pick(r, g.clinicians)
		provider(w, "82", a)
		if d < 456 {
			specialty(w, "PE", a.taxonomy)
		}
		if d < 453 {
			g.forPayer("G2", d)
		}
	}
	if purchased {
		w.Open("NM1")
		w.Str("QB")
		w.Str("2")
		w.Skip(5)
		w.Str("XX")
		w.Str(maker.npi)
		w.End()
		if d < 856 {
			g.forPayer("G2", d)
		}
	}
	if d >= 464 && d < 468 {
		f := invent.Pick(r, g.facilities)
		invent.Organization(w, "77", f.name, "XX", f.npi)
		f.address.write(w)
		if d == 464 {
			g.forPayer("LU", d)
		}
	}
	if d >= 468 && d < 471 {
		provider(w, "DQ", invent.Pick(r, g.clinicians))
		if d == 468 {
			g.forPayer("G2", d)
		}
	}
	if k == equipment || d >= 471 && d < 476 {
		provider(w, "DK", invent.Pick(r, g.clinicians))
		if d < 600 {
			f := invent.Pick(r, g.facilities)
			f.address.write(w)
			if d%10 == 1 {
				g.forPayer("1G", d)
			}
			contact(w, "ORDERS", "8005550133")
		}
	}
	if d >= 476 && d < 482 {
		provider(w, "DN", invent.Pick(r, g.clinicians))
		if d == 476 {
			g.forPayer("G2", d)
		}
	}
	if k == ambulance && d >= 970 {
		g.journey(r, d < 990)
	}
}

// equipmentLine writes SV5 and PWK of durable equipment.
func (g *generator) equipmentLine(l *line, d int64) {
	w := &g.out
	w.Open("SV5")
	w.Str("HC")
	w.Sub(l.item.code)
	w.Str("DA")
	w.Num(30)
	w.Money(l.item.price)
	w.Money(l.item.price * 11)
	w.Str([...]string{"1", "4", "6"}[d%3])
	w.End()
	if d%3 == 0 {
		w.Open("PWK")
		w.Str("CT")
		w.Str([...]string{"AD", "AB", "AF", "NS"}[d&3])
		w.End()
	}
}

// form writes a 2440 loop: the oxygen certificate.
func (g *generator) form(l *line, d int64) {
	w := &g.out
	w.Open("LQ")
	w.Str("UT")
	w.Str("484.3")
	w.End()
	answer := func(question string, skip int) {
		w.Open("FRM")
		w.Str(question)
		w.Skip(skip)
	}
	answer("1A", 1)
	w.Num(50 + d%9)
	w.End()
	answer("1B", 3)
	w.Num(80 + d%9)
	w.End()
	answer("1C", 2)
	w.Date(l.day - 4)
	w.End()
	answer("4", 0)
	w.Str(choose(d%2 == 0, "Y", "N"))
	w.End()
	if d < 100 {
		w.Open("LQ")
		w.Str("AS")
		w.Str("DMERC 1.02A")
		w.End()
		answer("3", 0)
		w.Str("W")
		w.End()
	}
}

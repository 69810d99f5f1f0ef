package synth

// texts are the read-only tables of the text part.
type texts struct {
	last, first []string
	clinicians  []clinician
	carriers    [][2]string
	groups      [groupCount]string
}

func newTexts() texts {
	return texts{lastNames(), firstNames(), clinicians(), carriers(), groupCodes()}
}

// person is a name drawn from the tables.
type person struct {
	last, first, middle, suffix string
}

const initials = "ABCDEFGHJKLMNPRSTW"

func (t *texts) person(r *rng) person {
	p := person{last: t.last[r.below(int64(len(t.last)))], first: t.first[r.below(int64(len(t.first)))]}
	d := r.below(100)
	if d < 40 {
		i := d % int64(len(initials))
		p.middle = initials[i : i+1]
	}
	if d > 96 {
		p.suffix = "JR"
	}
	return p
}

// name writes NM1 up to NM107 for a person.
func name(w *wire, entity string, p person) {
	w.open("NM1")
	w.str(entity)
	w.str("1")
	w.str(p.last)
	w.str(p.first)
	w.str(p.middle)
	w.skip(1)
	w.str(p.suffix)
}

// organization writes NM1 whole for an organization.
func organization(w *wire, entity, name, qualifier, id string) {
	w.open("NM1")
	w.str(entity)
	w.str("2")
	w.str(name)
	w.skip(4)
	w.str(qualifier)
	w.str(id)
	w.end()
}

func member(w *wire, number int64) {
	w.str("MI")
	w.sep()
	w.b = append(w.b, 'W')
	w.b = appendPadded(w.b, number, 9)
	w.end()
}

// appendClaimNumber appends CLP07: year, a fixed part, the claim's index. It is
// unique in one output.
func appendClaimNumber(b []byte, index int64, s *set) []byte {
	b = append(b, "2025"...)
	b = appendPadded(b, s.payee.number(), 2)
	return appendPadded(b, index+1, 10)
}

// number is two digits that stand for the payee.
func (p *payee) number() int64 {
	return int64(p.tax[7]-'0')*10 + int64(p.tax[8]-'0')
}

// claim writes one 2100 loop.
func (g *generator) claim(w *wire, s *set, c *claim) {
	r := rng(c.text)
	g.claimHead(w, s, c)
	g.adjustments(w, c.adj[:c.nadj])
	g.names(w, s, c, &r)
	adjudication(w, c, s.payer.class)
	serviceDay := s.payDay - r.between(14, 75)
	g.claimDetails(w, s, c, &r, serviceDay)
	for i := range c.nlines {
		g.service(w, c, i, &r, serviceDay)
	}
}

func (g *generator) claimHead(w *wire, s *set, c *claim) {
	w.open("CLP")
	w.sep()
	w.b = append(w.b, s.payee.prefix...)
	w.b = appendPadded(w.b, c.identity+1, 9) // the account stays the same in a pair
	w.str(c.status)
	w.money(c.charge)
	w.money(c.paid)
	if c.patient != 0 {
		w.money(c.patient)
	} else {
		w.skip(1)
	}
	w.str(filing(s.payer.class, c))
	w.sep()
	w.b = appendClaimNumber(w.b, c.index, s)
	switch c.kind {
	case professional, dental:
		w.str("11")
	case outpatient:
		w.str("13")
	case inpatient:
		w.str("11")
	}
	if c.kind != pharmacy {
		if c.original >= 0 {
			w.str("7")
		} else {
			w.str("1")
		}
	}
	if c.drg != nil {
		w.skip(1)
		w.str(c.drg.code)
		w.str(c.drg.weight)
	}
	w.end()
}

// filing is CLP06.
func filing(cl class, c *claim) string {
	switch {
	case cl == medicaid:
		return "MC"
	case cl == medicare && c.kind == inpatient:
		return "MA"
	case cl == medicare:
		return "MB"
	}
	switch c.text % 4 {
	case 0:
		return "HM"
	case 1:
		return "13"
	}
	return "12"
}

// adjustments writes CAS segments: one a group code, and a further one after
// every six reasons.
func (g *generator) adjustments(w *wire, list []adjustment) {
	if len(list) == 0 {
		return
	}
	for group := range uint8(groupCount) {
		n := 0
		for i := range list {
			a := &list[i]
			if a.group != group {
				continue
			}
			if n%6 == 0 {
				if n > 0 {
					w.end()
				}
				w.open("CAS")
				w.str(g.texts.groups[group])
			}
			n++
			w.str(a.reason)
			w.money(a.amount)
			if a.quantity != 0 {
				w.num(a.quantity)
			} else {
				w.skip(1)
			}
		}
		if n > 0 {
			w.end()
		}
	}
}

// names writes the NM1 segments of the claim.
func (g *generator) names(w *wire, s *set, c *claim, r *rng) {
	p := g.texts.person(r)
	d := r.below(1000)
	id := r.below(1000000000)
	name(w, "QC", p)
	if d < 940 {
		member(w, id)
	} else {
		w.end()
	}
	if d >= 700 { // a dependent: the insured is someone else
		q := g.texts.person(r)
		q.last = p.last
		name(w, "IL", q)
		member(w, id)
	}
	if d < 25 {
		p.middle, p.suffix = "", ""
		p.first = g.texts.first[r.below(int64(len(g.texts.first)))]
		name(w, "74", p)
		if d < 12 {
			w.str("C")
			w.sep()
			w.b = append(w.b, 'W')
			w.b = appendPadded(w.b, (id+7)%1000000000, 9)
		}
		w.end()
	}
	switch c.kind {
	case professional, dental:
		if d < 850 {
			k := &g.texts.clinicians[r.below(int64(len(g.texts.clinicians)))]
			name(w, "82", person{k.last, k.first, k.middle, k.suffix})
			w.str("XX")
			w.str(k.npi)
			w.end()
		}
	case outpatient, inpatient:
		if d < 200 {
			organization(w, "82", s.payee.name, "XX", s.payee.npi)
		}
	}
	other := &g.texts.carriers[r.below(int64(len(g.texts.carriers)))]
	switch c.status {
	case "19", "20", "23":
		organization(w, "TT", other[0], "PI", other[1])
	case "2", "3":
		if d < 500 {
			name(w, "GB", p)
			member(w, (id+13)%1000000000)
		}
	}
	if c.nadj > 0 && c.adj[0].reason == "22" {
		organization(w, "PR", other[0], "PI", other[1])
	}
}

// adjudication writes MIA or MOA.
func adjudication(w *wire, c *claim, cl class) {
	if c.kind == inpatient {
		if c.reversal {
			return
		}
		w.open("MIA")
		w.num(c.days)
		w.skip(2)
		if c.paid != 0 {
			w.money(c.drg.price)
		} else {
			w.skip(1)
		}
		w.str(c.remark)
		w.end()
		return
	}
	remark := c.remark
	second := ""
	switch {
	case remark != "":
	case c.status == "19" && cl == medicare:
		remark, second = "MA01", "MA18"
	case c.status == "19":
		remark = "MA18"
	case c.original >= 0:
		remark = "MA67"
	case cl == medicare:
		remark = "MA01"
	}
	if remark == "" {
		return
	}
	w.open("MOA")
	w.skip(2)
	w.str(remark)
	w.str(second)
	w.end()
}

// claimDetails writes REF, DTM, PER, AMT and QTY of the claim.
func (g *generator) claimDetails(w *wire, s *set, c *claim, r *rng, serviceDay int64) {
	d := r.below(1000)
	if c.original >= 0 {
		w.open("REF")
		w.str("F8")
		w.sep()
		w.b = appendClaimNumber(w.b, c.original, s)
		w.end()
	}
	if d < 850 && s.payer.class == commercial {
		w.open("REF")
		w.str("1L")
		w.sep()
		w.b = append(w.b, "GRP"...)
		w.b = appendPadded(w.b, d*37+10000, 6)
		w.end()
	}
	if c.kind == inpatient || c.kind == outpatient || d >= 200 && d < 800 {
		w.open("REF")
		w.str("EA")
		w.sep()
		w.b = append(w.b, "MRN"...)
		w.b = appendPadded(w.b, r.below(10000000), 8)
		w.end()
	}
	if d > 950 {
		w.open("REF")
		w.str("G1")
		w.padded(r.below(100000000), 9)
		w.end()
	}
	if c.kind == pharmacy {
		w.open("REF")
		w.str("D3")
		w.padded(9900000+s.payee.number(), 7)
		w.end()
	} else if d >= 300 && d < 330 {
		w.open("REF")
		w.str("G2")
		w.padded(r.below(1000000), 6)
		w.end()
	}
	switch {
	case c.kind == inpatient:
		day(w, "232", serviceDay-c.days-c.lost)
		day(w, "233", serviceDay)
	case c.nlines == 0 || c.kind == outpatient || d%5 < 4:
		day(w, "232", serviceDay)
		day(w, "233", serviceDay)
	}
	if d < 10 && c.paid == 0 {
		day(w, "036", serviceDay-20)
	}
	if d < 950 {
		day(w, "050", serviceDay+r.between(1, 12))
	}
	if d >= 400 && d < 550 {
		w.open("PER")
		w.str("CX")
		w.str("CLAIM INQUIRY")
		w.str("TE")
		w.str(s.payer.phone)
		w.end()
	}
	g.claimAmounts(w, c, d)
}

func (g *generator) claimAmounts(w *wire, c *claim, d int64) {
	amount := func(qualifier string, cents int64) {
		w.open("AMT")
		w.str(qualifier)
		w.money(cents)
		w.end()
	}
	quantity := func(qualifier string, n int64) {
		w.open("QTY")
		w.str(qualifier)
		w.num(n)
		w.end()
	}
	if c.paid > 0 && d%5 < 3 {
		var covered int64
		for i := range c.nlines {
			covered += c.lines[i].allowed
		}
		if c.drg != nil {
			covered = c.drg.price
		}
		if covered > 0 {
			amount("AU", covered)
		}
	}
	if d >= 960 && c.patient > 0 {
		amount("F5", c.patient/2+1)
	}
	if c.interest != 0 {
		amount("I", c.interest)
	}
	switch {
	case c.kind == inpatient && !c.reversal:
		if c.days > 0 {
			quantity("CA", c.days)
		}
		if c.lost > 0 {
			quantity("NE", c.lost)
		}
	case c.kind == pharmacy && d < 300:
		quantity("PS", 1)
	}
}

// service writes the i-th 2110 loop of the claim.
func (g *generator) service(w *wire, c *claim, i int, r *rng, serviceDay int64) {
	s := &c.lines[i]
	d := r.below(1000)
	w.open("SVC")
	w.str(s.item.qualifier)
	code := s.item.code
	if s.downcode != "" {
		code = s.downcode
	}
	w.sub(code)
	if s.item.modifier != "" {
		w.sub(s.item.modifier)
	}
	w.money(s.charge)
	w.money(s.paid)
	w.str(s.item.revenue)
	if s.units != 1 || s.billed != 0 || d < 400 {
		w.num(s.units)
	} else {
		w.skip(1)
	}
	if s.downcode != "" {
		w.str(s.item.qualifier)
		w.sub(s.item.code)
	} else {
		w.skip(1)
	}
	if s.billed != 0 {
		w.num(s.billed)
	}
	w.end()

	switch {
	case c.kind == inpatient:
		day(w, "150", serviceDay-c.days)
		day(w, "151", serviceDay)
	case s.units > 4 && c.kind == outpatient:
		day(w, "150", serviceDay)
		day(w, "151", serviceDay+1)
	default:
		day(w, "472", serviceDay)
	}
	g.adjustments(w, s.adj[:s.nadj])
	if c.kind == outpatient && d >= 700 {
		reference(w, "APC", "05012")
	}
	if d < 20 && c.kind == professional {
		reference(w, "LU", "11")
	}
	if d >= 150 {
		w.open("REF")
		w.str("6R")
		w.sep()
		w.b = append(w.b, s.item.qualifier...)
		w.b = appendPadded(w.b, c.identity+1, 9)
		w.b = append(w.b, '-')
		w.b = appendPadded(w.b, int64(i+1), 2)
		w.end()
	}
	if d >= 200 && d < 800 && c.kind == professional {
		reference(w, "HPI", g.texts.clinicians[d%int64(len(g.texts.clinicians))].npi)
	}
	if d >= 100 && d < 115 && s.paid == 0 {
		reference(w, "0K", "MP-2025-014")
	}
	if s.allowed > 0 {
		w.open("AMT")
		w.str("B6")
		w.money(s.allowed)
		w.end()
	}
	g.remarks(w, s, d)
}

// remarks writes QTY and LQ of a line.
func (g *generator) remarks(w *wire, s *service, d int64) {
	if d == 999 {
		w.open("QTY")
		w.str("ZK")
		w.num(s.units)
		w.end()
	}
	if s.remark != "" {
		w.open("LQ")
		w.str("HE")
		w.str(s.remark)
		w.end()
	}
	if s.reject != "" {
		w.open("LQ")
		w.str("RX")
		w.str(s.reject)
		w.end()
	}
	if s.paid > 0 && d < 120 {
		w.open("LQ")
		w.str("HE")
		w.str("N381")
		w.end()
	}
}

package synth

import "github.com/x12-go/edi/internal/invent"

// texts are the read-only tables of the text part.
type texts struct {
	names      invent.Names
	clinicians []clinician
	carriers   [][2]string
	groups     [groupCount]string
}

func newTexts() texts {
	return texts{invent.NewNames(), clinicians(), carriers(), groupCodes()}
}

func member(w *invent.Wire, number int64) {
	w.Str("MI")
	w.Sep()
	w.B = append(w.B, 'W')
	w.B = invent.AppendPadded(w.B, number, 9)
	w.End()
}

// appendClaimNumber appends CLP07: year, a fixed part, the claim's index. It is
// unique in one output.
func appendClaimNumber(b []byte, index int64, s *set) []byte {
	b = append(b, "2025"...)
	b = invent.AppendPadded(b, s.payee.number(), 2)
	return invent.AppendPadded(b, index+1, 10)
}

// number is two digits that stand for the payee.
func (p *payee) number() int64 {
	return int64(p.tax[7]-'0')*10 + int64(p.tax[8]-'0')
}

// claim writes one 2100 loop.
func (g *generator) claim(w *invent.Wire, s *set, c *claim) {
	r := invent.Rand(c.text)
	g.claimHead(w, s, c)
	g.adjustments(w, c.adj[:c.nadj])
	g.names(w, s, c, &r)
	adjudication(w, c, s.payer.class)
	serviceDay := s.payDay - r.Between(14, 75)
	g.claimDetails(w, s, c, &r, serviceDay)
	for i := range c.nlines {
		g.service(w, c, i, &r, serviceDay)
	}
}

func (g *generator) claimHead(w *invent.Wire, s *set, c *claim) {
	w.Open("CLP")
	w.Sep()
	w.B = append(w.B, s.payee.prefix...)
	w.B = invent.AppendPadded(w.B, c.identity+1, 9) // the account stays the same in a pair
	w.Str(c.status)
	w.Money(c.charge)
	w.Money(c.paid)
	if c.patient != 0 {
		w.Money(c.patient)
	} else {
		w.Skip(1)
	}
	w.Str(filing(s.payer.class, c))
	w.Sep()
	w.B = appendClaimNumber(w.B, c.index, s)
	switch c.kind {
	case professional, dental:
		w.Str("11")
	case outpatient:
		w.Str("13")
	case inpatient:
		w.Str("11")
	}
	if c.kind != pharmacy {
		if c.original >= 0 {
			w.Str("7")
		} else {
			w.Str("1")
		}
	}
	if c.drg != nil {
		w.Skip(1)
		w.Str(c.drg.code)
		w.Str(c.drg.weight)
	}
	w.End()
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
func (g *generator) adjustments(w *invent.Wire, list []adjustment) {
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
					w.End()
				}
				w.Open("CAS")
				w.Str(g.texts.groups[group])
			}
			n++
			w.Str(a.reason)
			w.Money(a.amount)
			if a.quantity != 0 {
				w.Num(a.quantity)
			} else {
				w.Skip(1)
			}
		}
		if n > 0 {
			w.End()
		}
	}
}

// names writes the NM1 segments of the claim.
func (g *generator) names(w *invent.Wire, s *set, c *claim, r *invent.Rand) {
	p := g.texts.names.Draw(r)
	d := r.Below(1000)
	id := r.Below(1000000000)
	invent.Person(w, "QC", p)
	if d < 940 {
		member(w, id)
	} else {
		w.End()
	}
	if d >= 700 { // a dependent: the insured is someone else
		q := g.texts.names.Draw(r)
		q.Last = p.Last
		invent.Person(w, "IL", q)
		member(w, id)
	}
	if d < 25 {
		p.Middle, p.Suffix = "", ""
		p.First = *invent.Pick(r, g.texts.names.First)
		invent.Person(w, "74", p)
		if d < 12 {
			w.Str("C")
			w.Sep()
			w.B = append(w.B, 'W')
			w.B = invent.AppendPadded(w.B, (id+7)%1000000000, 9)
		}
		w.End()
	}
	switch c.kind {
	case professional, dental:
		if d < 850 {
			k := &g.texts.clinicians[r.Below(int64(len(g.texts.clinicians)))]
			invent.Person(w, "82", k.Name)
			w.Str("XX")
			w.Str(k.npi)
			w.End()
		}
	case outpatient, inpatient:
		if d < 200 {
			invent.Organization(w, "82", s.payee.name, "XX", s.payee.npi)
		}
	}
	other := &g.texts.carriers[r.Below(int64(len(g.texts.carriers)))]
	switch c.status {
	case "19", "20", "23":
		invent.Organization(w, "TT", other[0], "PI", other[1])
	case "2", "3":
		if d < 500 {
			invent.Person(w, "GB", p)
			member(w, (id+13)%1000000000)
		}
	}
	if c.nadj > 0 && c.adj[0].reason == "22" {
		invent.Organization(w, "PR", other[0], "PI", other[1])
	}
}

// adjudication writes MIA or MOA.
func adjudication(w *invent.Wire, c *claim, cl class) {
	if c.kind == inpatient {
		if c.reversal {
			return
		}
		w.Open("MIA")
		w.Num(c.days)
		w.Skip(2)
		if c.paid != 0 {
			w.Money(c.drg.price)
		} else {
			w.Skip(1)
		}
		w.Str(c.remark)
		w.End()
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
	w.Open("MOA")
	w.Skip(2)
	w.Str(remark)
	w.Str(second)
	w.End()
}

// claimDetails writes REF, DTM, PER, AMT and QTY of the claim.
func (g *generator) claimDetails(w *invent.Wire, s *set, c *claim, r *invent.Rand, serviceDay int64) {
	d := r.Below(1000)
	if c.original >= 0 {
		w.Open("REF")
		w.Str("F8")
		w.Sep()
		w.B = appendClaimNumber(w.B, c.original, s)
		w.End()
	}
	if d < 850 && s.payer.class == commercial {
		w.Open("REF")
		w.Str("1L")
		w.Sep()
		w.B = append(w.B, "GRP"...)
		w.B = invent.AppendPadded(w.B, d*37+10000, 6)
		w.End()
	}
	if c.kind == inpatient || c.kind == outpatient || d >= 200 && d < 800 {
		w.Open("REF")
		w.Str("EA")
		w.Sep()
		w.B = append(w.B, "MRN"...)
		w.B = invent.AppendPadded(w.B, r.Below(10000000), 8)
		w.End()
	}
	if d > 950 {
		w.Open("REF")
		w.Str("G1")
		w.Padded(r.Below(100000000), 9)
		w.End()
	}
	if c.kind == pharmacy {
		w.Open("REF")
		w.Str("D3")
		w.Padded(9900000+s.payee.number(), 7)
		w.End()
	} else if d >= 300 && d < 330 {
		w.Open("REF")
		w.Str("G2")
		w.Padded(r.Below(1000000), 6)
		w.End()
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
		day(w, "050", serviceDay+r.Between(1, 12))
	}
	if d >= 400 && d < 550 {
		w.Open("PER")
		w.Str("CX")
		w.Str("CLAIM INQUIRY")
		w.Str("TE")
		w.Str(s.payer.phone)
		w.End()
	}
	g.claimAmounts(w, c, d)
}

func (g *generator) claimAmounts(w *invent.Wire, c *claim, d int64) {
	amount := func(qualifier string, cents int64) {
		w.Open("AMT")
		w.Str(qualifier)
		w.Money(cents)
		w.End()
	}
	quantity := func(qualifier string, n int64) {
		w.Open("QTY")
		w.Str(qualifier)
		w.Num(n)
		w.End()
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
func (g *generator) service(w *invent.Wire, c *claim, i int, r *invent.Rand, serviceDay int64) {
	s := &c.lines[i]
	d := r.Below(1000)
	w.Open("SVC")
	w.Str(s.item.qualifier)
	code := s.item.code
	if s.downcode != "" {
		code = s.downcode
	}
	w.Sub(code)
	if s.item.modifier != "" {
		w.Sub(s.item.modifier)
	}
	w.Money(s.charge)
	w.Money(s.paid)
	w.Str(s.item.revenue)
	if s.units != 1 || s.billed != 0 || d < 400 {
		w.Num(s.units)
	} else {
		w.Skip(1)
	}
	if s.downcode != "" {
		w.Str(s.item.qualifier)
		w.Sub(s.item.code)
	} else {
		w.Skip(1)
	}
	if s.billed != 0 {
		w.Num(s.billed)
	}
	w.End()

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
		invent.Reference(w, "APC", "05012")
	}
	if d < 20 && c.kind == professional {
		invent.Reference(w, "LU", "11")
	}
	if d >= 150 {
		w.Open("REF")
		w.Str("6R")
		w.Sep()
		w.B = append(w.B, s.item.qualifier...)
		w.B = invent.AppendPadded(w.B, c.identity+1, 9)
		w.B = append(w.B, '-')
		w.B = invent.AppendPadded(w.B, int64(i+1), 2)
		w.End()
	}
	if d >= 200 && d < 800 && c.kind == professional {
		invent.Reference(w, "HPI", g.texts.clinicians[d%int64(len(g.texts.clinicians))].npi)
	}
	if d >= 100 && d < 115 && s.paid == 0 {
		invent.Reference(w, "0K", "MP-2025-014")
	}
	if s.allowed > 0 {
		w.Open("AMT")
		w.Str("B6")
		w.Money(s.allowed)
		w.End()
	}
	g.remarks(w, s, d)
}

// remarks writes QTY and LQ of a line.
func (g *generator) remarks(w *invent.Wire, s *service, d int64) {
	if d == 999 {
		w.Open("QTY")
		w.Str("ZK")
		w.Num(s.units)
		w.End()
	}
	if s.remark != "" {
		w.Open("LQ")
		w.Str("HE")
		w.Str(s.remark)
		w.End()
	}
	if s.reject != "" {
		w.Open("LQ")
		w.Str("RX")
		w.Str(s.reject)
		w.End()
	}
	if s.paid > 0 && d < 120 {
		w.Open("LQ")
		w.Str("HE")
		w.Str("N381")
		w.End()
	}
}

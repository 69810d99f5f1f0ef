package synth

import "github.com/x12-go/edi/internal/invent"

// item is something that can be billed.
type item struct {
	code     string
	modifier string
	second   string // modifier
	revenue  string // institutional
	price    int64  // usual charge of one unit, cents
	most     int64  // units
	minutes  bool   // counted in minutes
	trait    trait
	drug     int // index of the drug given, from 1
}

// trait is what makes a line say more than code, charge and date.
type trait uint8

const (
	plain trait = iota
	visit
	laboratory
	mammogram
	vaccine
	therapy
	mileage
	rental
	purchase
	days // counted in days
	onTooth
	onSurfaces
	inQuadrant
	inArch
	crown
	braces
)

// line is one 2400 loop; amounts in cents.
type line struct {
	item      *item
	units     int64
	charge    int64
	day       int64
	until     int64 // last day, when it is a span
	pointers  int64 // diagnoses pointed to
	decisions [2]decision
}

// maxLines is the most lines the professional and dental guides allow.
const maxLines = 50

// claim is the numeric part of one 2300 loop, drawn before anything is written.
type claim struct {
	index     int64
	day       int64 // first day of service
	until     int64 // last one
	charge    int64 // cents
	place     string
	frequency string
	first     int64 // diagnosis table: index and step
	step      int64
	diagnoses int64
	nlines    int
	lines     [maxLines]line
	byLine    bool        // other payers decided line by line
	whole     [2]decision // what they decided when not
}

// reset makes an empty claim of some day before the submission.
func (g *generator) reset(r *invent.Rand) *claim {
	c := &g.c
	c.index = g.stats.Claims
	c.day = g.x.Day - r.Between(75, 140)
	if r.Chance(800) {
		c.day = g.x.Day - r.Between(2, 30)
	}
	c.until = c.day
	c.charge, c.nlines, c.byLine = 0, 0, true
	c.frequency = "1"
	switch d := r.Below(1000); {
	case d < 10:
		c.frequency = "7"
	case d < 14:
		c.frequency = "8"
	}
	n := int64(len(g.diagnoses))
	c.first, c.step = r.Below(n), r.Between(1, n-1)
	switch d := r.Below(100); {
	case d < 32:
		c.diagnoses = 1
	case d < 60:
		c.diagnoses = 2
	case d < 78:
		c.diagnoses = 3
	case d < 90:
		c.diagnoses = 4
	case d < 97:
		c.diagnoses = r.Between(5, 8)
	default:
		c.diagnoses = r.Between(9, 12)
	}
	return c
}

// diagnosis is the code of the i-th diagnosis. The table's length is prime, so
// no code comes twice in a claim.
func (g *generator) diagnosis(i int64) string {
	return g.diagnoses[(g.c.first+i*g.c.step)%int64(len(g.diagnoses))]
}

// add appends a line.
func (c *claim) add(r *invent.Rand, it *item, units int64) *line {
	l := &c.lines[c.nlines]
	c.nlines++
	l.item, l.units, l.day, l.until = it, units, c.day, 0
	l.charge = it.price * units * r.Between(80, 135) / 100
	if d := r.Next(); d&1 == 0 {
		l.charge -= l.charge % 100
	} else if d>>8&0xFF == 0 && c.nlines > 1 {
		l.charge = 0 // for information, billed at no charge
	}
	l.pointers = min(c.diagnoses, 1+int64(r.Next()>>62))
	return l
}

// lineCount draws how many lines a claim has.
func lineCount(r *invent.Rand) int64 {
	switch p := r.Below(1000); {
	case p < 330:
		return 1
	case p < 640:
		return 2
	case p < 830:
		return 3
	case p < 920:
		return 4
	case p < 998:
		return r.Between(5, 9)
	}
	return r.Between(10, maxLines)
}

// has reports whether a line has the trait.
func (c *claim) has(t trait) bool {
	for i := range c.nlines {
		if c.lines[i].item.trait == t {
			return true
		}
	}
	return false
}

// total adds the lines up.
func (c *claim) total() {
	c.charge = 0
	for i := range c.nlines {
		c.charge += c.lines[i].charge
	}
}

// claim draws and writes one 2300 loop.
func (g *generator) claim(r *invent.Rand) {
	switch g.o.Kind {
	case Professional:
		g.professional(r)
	case Institutional:
		g.institutional(r)
	default:
		g.dental(r)
	}
	g.stats.Claims++
	g.stats.Lines += int64(g.c.nlines)
	g.stats.Charge += g.c.charge
}

// clm writes CLM up to CLM05. The facility code qualifier is B for a place of
// service and A for a type of bill.
func (g *generator) clm(qualifier string) {
	w, c := &g.out, &g.c
	w.Open("CLM")
	w.Sep()
	w.B = append(w.B, g.biller.prefix...)
	w.B = invent.AppendPadded(w.B, c.index+1, 9)
	w.Money(c.charge)
	w.Skip(2)
	w.Str(c.place)
	w.Sub(qualifier)
	w.Sub(c.frequency)
}

// assignment writes CLM07 to CLM09.
func assignment(w *invent.Wire, r *invent.Rand) {
	d := r.Below(1000)
	w.Str(choose(d < 960, "A", "C"))
	w.Str(choose(d%100 < 97, "Y", choose(d%2 == 0, "N", "W")))
	w.Str(choose(d%50 != 7, "Y", "I"))
}

// causes writes CLM11 and so much of what is before it.
func (g *generator) causes() {
	w := &g.out
	switch g.sub.casualty {
	case atWork:
		w.Str("EM")
	case inCar:
		w.Str("AA")
		if g.c.index%4 == 0 {
			w.Sub("EM")
			w.Sub("")
		} else {
			w.Sub("")
			w.Sub("")
		}
		w.Sub(g.biller.address.town.state)
	case elsewhere:
		w.Str("OA")
	default:
		w.Skip(1)
	}
}

func date(w *invent.Wire, qualifier string, day int64) {
	w.Open("DTP")
	w.Str(qualifier)
	w.Str("D8")
	w.Date(day)
	w.End()
}

func span(w *invent.Wire, qualifier string, from, to int64) {
	w.Open("DTP")
	w.Str(qualifier)
	w.Str("RD8")
	w.Date(from)
	w.B = append(w.B, '-')
	w.AppendDate(to)
	w.End()
}

func amount(w *invent.Wire, qualifier string, cents int64) {
	w.Open("AMT")
	w.Str(qualifier)
	w.Money(cents)
	w.End()
}

func note(w *invent.Wire, code, text string) {
	w.Open("NTE")
	w.Str(code)
	w.Str(text)
	w.End()
}

// attachment writes PWK.
func (g *generator) attachment(r *invent.Rand) {
	w := &g.out
	w.Open("PWK")
	w.Str(*invent.Pick(r, g.reports))
	switch d := r.Below(10); {
	case d < 2:
		w.Str("AA")
	default:
		w.Str([...]string{"EL", "FX", "BM", "EM"}[d&3])
		w.Skip(2)
		w.Str("AC")
		w.Sep()
		w.B = append(w.B, "DOC"...)
		w.B = invent.AppendPadded(w.B, r.Below(10000000), 8)
	}
	w.End()
}

// contract writes CN1.
func (g *generator) contract(r *invent.Rand, charge int64) {
	w := &g.out
	w.Open("CN1")
	w.Str(choose(r.Chance(500), "02", "09"))
	w.Money(charge * 7 / 10)
	if r.Chance(500) {
		w.Str("12.5")
		w.Str("C2025-07")
		w.Str("2")
		w.Str("V3")
	}
	w.End()
}

// repricing is what an organization says it would pay.
type repricing struct {
	on       bool
	method   string
	share    int64 // per cent of the charge allowed
	rejected bool
}

func (g *generator) repriced(r *invent.Rand) repricing {
	p := repricing{on: r.Chance(35)}
	if p.on {
		d := r.Below(100)
		p.method = [...]string{"03", "10", "02", "05"}[d&3]
		p.share, p.rejected = r.Between(40, 90), d < 8
	}
	return p
}

// write writes HCP up to HCP04 and, when the claim was refused a price, the
// codes at its end; other elements may be written between.
func (p repricing) write(w *invent.Wire, charge int64) {
	w.Open("HCP")
	if p.rejected {
		w.Str("00")
		w.Money(0)
		w.Money(0)
		w.Str("RPO12345")
		w.Skip(8)
		w.Str("T3")
		w.Str("2")
		w.Str("1")
	} else {
		allowed := charge * p.share / 100
		w.Str(p.method)
		w.Money(allowed)
		w.Money(charge - allowed)
		w.Str("RPO12345")
	}
	w.End()
}

// references writes the REF segments the guides have in common, but for those
// that say where a line was repriced.
func (g *generator) references(r *invent.Rand, p repricing) {
	w, c := &g.out, &g.c
	d := r.Below(1000)
	if d < 4 {
		invent.Reference(w, "4N", [...]string{"1", "2", "3", "7"}[d])
	}
	if d >= 100 && d < 145 {
		tagged(w, "9F", "RFL", r.Below(1000000), 6)
	}
	if d >= 130 && d < 180 {
		tagged(w, "G1", "PA", r.Below(10000000), 8)
	}
	if c.frequency != "1" {
		tagged(w, "F8", "2025", r.Below(10000000000), 11)
	}
	if p.on {
		tagged(w, "9A", "RP", c.index+1, 10)
		if d < 300 {
			tagged(w, "9C", "RPA", c.index+1, 10)
		}
	}
	if d >= 350 && d < 850 {
		tagged(w, "D9", "TRACE", c.index+1, 12)
	}
}

// remarks writes K3 and NTE of a claim.
func (g *generator) remarks(r *invent.Rand, code string) {
	w := &g.out
	d := r.Below(1000)
	if d < 4 {
		w.Open("K3")
		w.Str("STATE DATA REQUIREMENT 0123456789")
		w.End()
		if d == 0 {
			w.Open("K3")
			w.Str("SECOND LINE OF STATE DATA")
			w.End()
		}
	}
	if d >= 500 && d < 520 {
		note(w, code, *invent.Pick(r, g.notes))
	}
}

// lineNumber writes LX.
func (g *generator) lineNumber(i int) {
	g.out.Open("LX")
	g.out.Num(int64(i + 1))
	g.out.End()
}

// lineReference writes REF*6R.
func (g *generator) lineReference(i int) {
	w := &g.out
	w.Open("REF")
	w.Str("6R")
	w.Sep()
	w.B = append(w.B, g.biller.prefix...)
	w.B = invent.AppendPadded(w.B, g.c.index+1, 9)
	w.B = append(w.B, '-')
	w.B = invent.AppendPadded(w.B, int64(i+1), 2)
	w.End()
}

// procedure writes a composite of qualifier, code and modifiers.
func (it *item) procedure(w *invent.Wire, qualifier string) {
	w.Str(qualifier)
	w.Sub(it.code)
	w.Sub(it.modifier)
	w.Sub(it.second)
}

// pointer writes the composite of diagnosis pointers.
func (l *line) pointer(w *invent.Wire) {
	w.Str("1")
	for i := int64(1); i < l.pointers; i++ {
		w.SubSep()
		w.B = invent.AppendPadded(w.B, i+1, 1)
	}
}

// secondID writes the number a payer has given the provider just written, for
// one in n.
func (g *generator) secondID(d, n int64) {
	if d/4%n == 0 {
		tagged(&g.out, "G2", "PIN", d*7919, 8)
	}
}

// drugGiven writes the 2410 loop.
func (g *generator) drugGiven(l *line, d int64) {
	w, m := &g.out, &g.drugs[l.item.drug-1]
	w.Open("LIN")
	w.Skip(1)
	w.Str("N4")
	w.Str(m.code)
	w.End()
	w.Open("CTP")
	w.Skip(3)
	w.Sep()
	w.B = invent.AppendCents(w.B, m.amount*l.units)
	w.Str(m.unit)
	w.End()
	if d%4 == 0 {
		tagged(w, choose(d%8 == 0, "XZ", "VY"), "RX", d*7919, 8)
	}
}

// drug is a drug by its code, with the amount of a billed unit in hundredths.
type drug struct {
	code, unit string
	amount     int64
}

package synth

import (
	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// level writes HL with the next number and returns that.
func (g *generator) level(parent int64, code string, child bool) int64 {
	g.hl++
	insured.Level(&g.out, g.hl, parent, code, child)
	return g.hl
}

// inquiry writes the next inquiry and the levels it does not find open.
func (g *generator) inquiry() {
	if g.dependents == 0 {
		if g.subscribers == 0 {
			if g.receivers == 0 {
				g.openSource()
			}
			g.openReceiver()
		}
	}
	r := g.stream(streamInquiries, g.stats.Inquiries)
	g.stats.Inquiries++
	if g.dependents > 0 {
		g.askDependent(&r)
		return
	}
	g.subscribers--
	g.stats.Subscribers++
	g.subscriber = g.Subscriber(&r, g.source)
	switch d := r.Below(1000); {
	case g.source.Class != insured.Private || d < 640:
		g.askSubscriber(&r, false)
	case d < 700:
		// Both the subscriber and dependents; those come with the next
		// inquiries, of which there must be one.
		if g.more() {
			g.askSubscriber(&r, true)
			g.dependents = r.Between(1, 2)
		} else {
			g.askSubscriber(&r, false)
		}
	default:
		g.subscriberHL = g.level(g.receiverHL, "22", true)
		g.identify(&r, true)
		g.dependents = choose(r.Chance(150), r.Between(2, 4), 1)
		g.askDependent(&r)
	}
}

// more reports whether an inquiry comes in this set for sure.
func (g *generator) more() bool {
	return g.o.PerSet == 0 && g.o.Size == 0 && g.stats.Inquiries < g.o.Inquiries
}

// openSource opens a 2000A, with another source than the last.
func (g *generator) openSource() {
	r := g.stream(streamSources, g.stats.Sources)
	g.stats.Sources++
	for last := g.source; g.source == last; {
		g.source = invent.Pick(&r, g.Sources)
	}
	g.receivers = r.Between(1, 3)
	g.sourceHL = g.level(0, "20", true)
	g.source.Write(&g.out)
}

// openReceiver opens a 2000B, with another receiver than the last.
func (g *generator) openReceiver() {
	w := &g.out
	r := g.stream(streamReceivers, g.stats.Receivers)
	g.stats.Receivers++
	g.receivers--
	for last := g.receiver; g.receiver == last; {
		g.receiver = invent.Pick(&r, g.Receivers)
	}
	p := g.receiver
	g.subscribers = r.Between(1, 40)
	g.receiverHL = g.level(g.sourceHL, "21", true)
	p.Write(w)
	switch p.Number % 4 {
	case 1:
		w.Open("REF")
		w.Str("0B")
		w.Tagged("LIC", p.Number, 5)
		w.Str(p.Place.Town.State)
		w.End()
	case 2:
		w.Open("REF")
		w.Str("TJ")
		w.Tagged("990500", p.Number, 3)
		w.End()
	}
	if p.Number%3 == 0 {
		p.Place.Write(w)
	}
	if r.Chance(300) {
		w.Open("PRV")
		w.Str(choose(p.Name == "", "PE", "BI"))
		w.Str("PXC")
		w.Str(p.Taxonomy)
		w.End()
	}
}

// trace writes TRN.
func (g *generator) trace(r *invent.Rand) {
	w := &g.out
	for n := range choose(r.Chance(50), 2, 1) {
		w.Open("TRN")
		w.Str("1")
		w.Tagged("", g.x.Control%100000, 5)
		w.B = append(w.B, '-')
		w.B = invent.AppendPadded(w.B, g.stats.Inquiries, 9)
		w.Str(choose(n == 0, "9SYNTHPRV1", "9SYNTHCLR2"))
		w.Str(choose(r.Chance(100), "ELIG DESK", ""))
		w.End()
	}
}

// askSubscriber writes a subscriber who is asked about.
func (g *generator) askSubscriber(r *invent.Rand, child bool) {
	g.subscriberHL = g.level(g.receiverHL, "22", child)
	g.trace(r)
	g.identify(r, false)
	g.ask(r, &g.subscriber)
}

// search is what an inquiry knows of a subscriber.
type search struct {
	id, last, first, birth, gender bool
	ref                            bool // another number
}

// option draws one of the combinations by which the guide lets a payer search.
func option(r *invent.Rand) search {
	switch d := r.Below(1000); {
	case d < 560:
		return search{id: true, last: true, first: true, birth: true, gender: r.Chance(700)}
	case d < 680:
		return search{id: true, birth: true}
	case d < 780:
		return search{id: true, last: true, birth: true}
	case d < 880:
		return search{id: true, last: true, first: true}
	case d < 960:
		return search{last: true, first: true, birth: true, gender: true, ref: true}
	}
	return search{id: true, ref: true}
}

// identify writes 2100C up to its address; above says that a dependent is the
// patient.
func (g *generator) identify(r *invent.Rand, above bool) {
	w, s := &g.out, &g.subscriber
	o := option(r)
	if above {
		named := r.Chance(700)
		o = search{id: true, last: named, first: named}
	}
	w.Open("NM1")
	w.Str("IL")
	w.Str("1")
	if o.last {
		w.Str(s.Last)
	} else {
		w.Skip(1)
	}
	if o.first {
		w.Str(s.First)
		w.Str(s.Middle)
		w.Skip(1)
		w.Str(s.Suffix)
	} else {
		w.Skip(4)
	}
	if o.id {
		s.MemberID(w, "MI")
	}
	w.End()
	switch {
	case o.ref && o.id:
		g.number("6P", "GRP", s.Group*37, 6)
	case o.ref:
		g.number("SY", "9", s.Member%100000000, 8)
	case g.source.Class == insured.Private && r.Chance(200):
		g.number("6P", "GRP", s.Group*37, 6)
	case g.source.Class == insured.Medicaid && r.Chance(300):
		g.number("3H", "CASE", s.Group, 5)
	case r.Chance(60):
		g.number("EJ", "PAT", g.stats.Inquiries, 7)
		g.number("HJ", "CARD", s.Member%100000, 5)
	}
	if r.Chance(80) {
		s.Place.Write(w)
	}
	if above {
		return
	}
	g.provider(r)
	if o.birth {
		g.demographics(s, o.gender)
	}
}

func (g *generator) number(qualifier, tag string, n int64, width int) {
	w := &g.out
	w.Open("REF")
	w.Str(qualifier)
	w.Tagged(tag, n, width)
	w.End()
}

func (g *generator) demographics(p *insured.Person, gender bool) {
	w := &g.out
	w.Open("DMG")
	w.Str("D8")
	w.Padded(p.Birth, 8)
	w.Str(choose(gender, p.Gender, ""))
	w.End()
}

// provider writes PRV of 2100C and 2100D.
func (g *generator) provider(r *invent.Rand) {
	if !r.Chance(50) {
		return
	}
	w := &g.out
	c := invent.Pick(r, g.Clinicians)
	w.Open("PRV")
	w.Str(choose(r.Chance(500), "PC", "RF"))
	if r.Chance(300) {
		w.Str("PXC")
		w.Str(c.Taxonomy)
	} else {
		w.Str("HPI")
		w.Str(c.ID)
	}
	w.End()
}

// askDependent writes the next dependent.
func (g *generator) askDependent(r *invent.Rand) {
	w, p := &g.out, &g.dependent
	g.dependents--
	g.stats.Dependents++
	*p = g.Dependent(r, &g.subscriber)
	g.level(g.subscriberHL, "23", false)
	g.trace(r)
	invent.Person(w, "03", p.Name)
	w.End()
	if r.Chance(60) {
		g.number("EJ", "PAT", g.stats.Inquiries, 7)
		g.number("SY", "9", (p.Member+p.Birth)%100000000, 8)
	}
	if r.Chance(60) {
		p.Place.Write(w)
	}
	g.provider(r)
	g.demographics(p, r.Chance(800))
	if twin := r.Chance(20) && p.Relation == "19"; twin || r.Chance(600) {
		w.Open("INS")
		w.Str("N")
		w.Str(p.Relation)
		if twin {
			w.Skip(14)
			w.Num(r.Between(1, 2))
		}
		w.End()
	}
	g.ask(r, p)
}

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

// answer writes the next answer and the levels it does not find open.
func (g *generator) answer() {
	r := g.stream(streamAnswers, g.stats.Answers)
	g.stats.Answers++
	if g.dependents == 0 && g.subscribers == 0 {
		if g.receivers == 0 && !g.openSource(&r) {
			return
		}
		if !g.openReceiver(&r) {
			return
		}
	}
	if g.dependents > 0 {
		g.answerDependent(&r)
		return
	}
	g.subscribers--
	g.stats.Subscribers++
	g.subscriber = g.Subscriber(&r, g.source)
	switch d := r.Below(1000); {
	case g.source.Class == insured.Medicare || g.source.Class == insured.Medicaid || d < 660:
		g.answerSubscriber(&r, false)
	case d < 700 && g.more():
		// Dependents come with the next answers.
		g.answerSubscriber(&r, true)
		g.dependents = r.Between(1, 2)
	case d < 700:
		g.answerSubscriber(&r, false)
	default:
		g.subscriberHL = g.level(g.receiverHL, "22", true)
		g.name(&r, true)
		g.dependents = choose(r.Chance(150), r.Between(2, 4), 1)
		g.answerDependent(&r)
	}
}

// more reports whether an answer comes in this set for sure.
func (g *generator) more() bool {
	return g.o.PerSet == 0 && g.o.Size == 0 && g.stats.Answers < g.o.Answers
}

// openSource opens a 2000A, with another source than the last. It reports
// whether anything may stand below it.
func (g *generator) openSource(r *invent.Rand) bool {
	w := &g.out
	g.stats.Sources++
	for last := g.source; g.source == last; {
		g.source = invent.Pick(r, g.Sources)
	}
	rejected := r.Chance(60)
	early := rejected && r.Chance(400)
	g.sourceHL = g.level(0, "20", !rejected)
	if early {
		g.reject("Y", *invent.Pick(r, g.sourceReasons), "R")
	}
	g.source.Write(w)
	if rejected || r.Chance(300) {
		w.Open("PER")
		w.Str("IC")
		w.Str(choose(r.Chance(700), "PROVIDER SERVICES", ""))
		w.Str("TE")
		phone(w, g.source.Number)
		if r.Chance(400) {
			w.Str("UR")
			w.Str("PAYER.EXAMPLE")
		}
		w.End()
	}
	if rejected && !early {
		g.reject(choose(r.Chance(800), "N", "Y"), *invent.Pick(r, g.sourceNameReasons), choose(r.Chance(500), "R", "C"))
	}
	if !rejected {
		g.receivers = r.Between(1, 3)
	}
	return !rejected
}

// openReceiver opens a 2000B, with another receiver than the last. It reports
// whether anything may stand below it.
func (g *generator) openReceiver(r *invent.Rand) bool {
	w := &g.out
	g.stats.Receivers++
	g.receivers--
	for last := g.receiver; g.receiver == last; {
		g.receiver = invent.Pick(r, g.Receivers)
	}
	p := g.receiver
	rejected := r.Chance(70)
	g.receiverHL = g.level(g.sourceHL, "21", !rejected)
	p.Write(w)
	if p.Number%4 == 1 {
		w.Open("REF")
		w.Str("N5")
		w.Tagged("PN", p.Number, 5)
		w.End()
	}
	if r.Chance(100) {
		p.Place.Write(w)
	}
	if rejected {
		g.reject("N", *invent.Pick(r, g.receiverReasons), choose(r.Chance(700), "C", "N"))
	}
	if r.Chance(200) {
		specialty(w, choose(p.Name == "", "PE", "BI"), p.Taxonomy)
	}
	if !rejected {
		g.subscribers = r.Between(1, 40)
	}
	return !rejected
}

// reject writes AAA.
func (g *generator) reject(valid, reason, followUp string) {
	w := &g.out
	g.stats.Rejections++
	w.Open("AAA")
	w.Str(valid)
	w.Skip(1)
	w.Str(reason)
	w.Str(followUp)
	w.End()
}

func specialty(w *invent.Wire, role, taxonomy string) {
	w.Open("PRV")
	w.Str(role)
	w.Str("PXC")
	w.Str(taxonomy)
	w.End()
}

// phone writes a number of the exchange that is kept for fiction.
func phone(w *invent.Wire, n int64) {
	w.Sep()
	w.B = invent.AppendPadded(w.B, 200+n*7%700, 3)
	w.B = append(w.B, "55501"...)
	w.B = invent.AppendPadded(w.B, n%100, 2)
}

// trace writes TRN: that of the inquiry, and in some answers one of the source.
func (g *generator) trace(r *invent.Rand) {
	w := &g.out
	w.Open("TRN")
	w.Str("2")
	w.Tagged("", g.x.Control%100000, 5)
	w.B = append(w.B, '-')
	w.B = invent.AppendPadded(w.B, g.stats.Answers, 9)
	w.Str("9SYNTHPRV1")
	w.End()
	if r.Chance(250) {
		w.Open("TRN")
		w.Str("1")
		w.Tagged("SRC", g.stats.Answers, 10)
		w.Str("9SYNTHPAY1")
		w.Str(choose(r.Chance(200), "REALTIME", ""))
		w.End()
	}
}

// answerSubscriber writes a subscriber who was asked about.
func (g *generator) answerSubscriber(r *invent.Rand, child bool) {
	g.subscriberHL = g.level(g.receiverHL, "22", child)
	g.trace(r)
	g.begin(r, &g.subscriber)
	g.name(r, false)
	g.details(r)
	g.benefits(r)
}

// name writes 2100C up to N4; above says that a dependent is the patient.
func (g *generator) name(r *invent.Rand, above bool) {
	w, s := &g.out, &g.subscriber
	invent.Person(w, "IL", s.Name)
	s.MemberID(w, "MI")
	w.End()
	if g.source.Class == insured.Private && r.Chance(500) {
		w.Open("REF")
		w.Str("6P")
		w.Tagged("GRP", s.Group*37, 6)
		w.Str(choose(r.Chance(500), *invent.Pick(r, g.employers), ""))
		w.End()
	}
	if g.source.Class == insured.Medicaid && r.Chance(500) {
		number(w, "3H", "CASE", s.Group, 5)
	}
	if above {
		return
	}
	if r.Chance(60) {
		number(w, "EJ", "PAT", g.stats.Answers, 7)
		number(w, "18", "PLN", s.Group%9, 3)
	}
	if !g.a.rejected && r.Chance(700) {
		s.Place.Write(w)
	}
}

func number(w *invent.Wire, qualifier, tag string, n int64, width int) {
	w.Open("REF")
	w.Str(qualifier)
	w.Tagged(tag, n, width)
	w.End()
}

// answerDependent writes the next dependent.
func (g *generator) answerDependent(r *invent.Rand) {
	w, p := &g.out, &g.dependent
	g.dependents--
	g.stats.Dependents++
	*p = g.Dependent(r, &g.subscriber)
	switch {
	case p.Relation == "34":
		p.Relation = "53"
	case p.Relation == "19" && r.Chance(60):
		p.Relation = *invent.Pick(r, g.relations)
	}
	g.level(g.subscriberHL, "23", false)
	g.trace(r)
	g.begin(r, p)
	invent.Person(w, "03", p.Name)
	w.End()
	if r.Chance(60) {
		number(w, "EJ", "PAT", g.stats.Answers, 7)
	}
	if !g.a.rejected && r.Chance(600) {
		p.Place.Write(w)
	}
	g.details(r)
	g.benefits(r)
}

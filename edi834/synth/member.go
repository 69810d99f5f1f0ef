package synth

import "github.com/x12-go/edi/internal/invent"

// member is the one in hand.
type member struct {
	subscriber bool
	relation   string // INS02
	name       invent.Name
	birth      int64
	gender     string
	age        int64 // about
	student    bool
	number     int64 // from 0 in the file
	leaves     bool  // died, with the day
	corrected  bool  // 2100B follows
}

// next writes the next member of the family.
func (g *generator) next() {
	f, m := &g.family, &g.m
	r := g.stream(streamMembers, g.stats.Members)
	*m = member{number: g.stats.Members, subscriber: f.written == 0 && !f.event.alone()}
	g.stats.Members++
	f.left--
	if m.subscriber {
		g.stats.Subscribers++
	}
	g.who(&r)
	f.written++
	g.status(&r)
	g.identify(&r)
	g.dates(&r)
	g.person(&r)
	g.others(&r)
	if r.Chance(12) {
		g.disability(&r)
	}
	g.coverages(&r)
	g.categories(&r)
}

// who draws the person.
func (g *generator) who(r *invent.Rand) {
	f, m := &g.family, &g.m
	m.name = g.names.Draw(r)
	m.name.Last = f.names[0]
	from, to := int64(1960), int64(2003)
	switch {
	case m.subscriber:
		m.relation = "18"
		if f.medicare {
			from, to = 1935, 1959
		}
	case f.event.alone() && f.reason == "32", f.event.alone() && (f.reason == "01" || f.reason == "31"), f.spouse && f.written == 1:
		m.relation, m.name.Last = choose(r.Chance(60), "53", "01"), f.names[1]
	case f.event.alone() && f.reason == "02":
		m.relation = "19"
		from, to = 2024, 2024
	default:
		m.relation = "19"
		from, to = 1999, 2021
		if r.Chance(150) {
			m.relation = *invent.Pick(r, g.relations)
		}
	}
	m.birth = invent.Birthday(r, from, to)
	m.age = 2025 - m.birth/10000
	d := r.Below(200)
	m.gender = choose(d&1 == 0, "F", "M")
	if d == 0 {
		m.gender = "U"
	}
	m.student = !m.subscriber && m.relation != "01" && m.age >= 19
	m.leaves = f.event == departure && f.reason == "03"
	m.corrected = f.event == amend && f.reason == "25"
}

// status writes INS.
func (g *generator) status(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	w.Open("INS")
	w.Str(choose(m.subscriber, "Y", "N"))
	w.Str(m.relation)
	w.Str(f.maintenance())
	w.Str(f.reason)
	w.Str(choose(f.event == cobra, "C", choose(r.Chance(4), *invent.Pick(r, g.statuses), "A")))
	switch {
	case m.subscriber && f.medicare:
		w.Str(*invent.Pick(r, g.medicare))
		w.Sub(choose(m.age > 64, "0", "1"))
	case r.Chance(100):
		w.Str("E")
	default:
		w.Skip(1)
	}
	w.Str(f.cobraEvent)
	w.Str(g.employment(r))
	if m.student {
		w.Str(choose(r.Chance(800), "F", "P"))
	} else {
		w.Skip(1)
	}
	w.Str(choose(r.Chance(20), "Y", choose(r.Chance(100), "N", "")))
	if m.leaves {
		w.Str("D8")
		w.Date(f.day)
	} else {
		w.Skip(2)
	}
	w.Str(choose(r.Chance(10), "R", choose(r.Chance(30), "U", "")))
	w.Skip(3)
	if f.reason == "02" || m.relation == "19" && r.Chance(15) {
		w.Num(r.Between(1, 3))
	}
	w.End()
}

// employment is INS08.
func (g *generator) employment(r *invent.Rand) string {
	f := &g.family
	switch {
	case !g.m.subscriber:
		return ""
	case f.event == end && f.reason != "59" && f.reason != "14", f.event == cobra:
		return "TE"
	case f.medicare:
		return "RT"
	case f.reason == "37":
		return "L1"
	}
	return choose(r.Chance(850), "FT", *invent.Pick(r, g.employments))
}

// identify writes the REF of a member.
func (g *generator) identify(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	w.Open("REF")
	w.Str("0F")
	w.Num(f.number)
	w.End()
	if m.subscriber || r.Chance(700) {
		w.Open("REF")
		w.Str("1L")
		w.Tagged(g.sponsor.policy, f.group, 3)
		w.End()
	}
	if m.subscriber && r.Chance(300) {
		w.Open("REF")
		w.Str("DX")
		w.Tagged("DEPT", f.group*10, 4)
		w.End()
	}
	if r.Chance(300) {
		w.Open("REF")
		w.Str("23")
		w.Num(f.number)
		w.B = append(w.B, '-')
		w.B = invent.AppendPadded(w.B, f.written-1, 2)
		w.End()
	}
	if r.Chance(60) {
		q := *invent.Pick(r, g.supplements)
		w.Open("REF")
		w.Str(q)
		w.Tagged("S", m.number, 7)
		w.End()
	}
	if m.subscriber && f.medicare {
		w.Open("REF")
		w.Str("F6")
		w.Tagged("9ZZ", f.number%100000000, 8)
		w.End()
	}
}

// dates writes the DTP of a member.
func (g *generator) dates(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	if m.subscriber && r.Chance(600) {
		day(w, "336", f.hired)
	}
	switch f.event {
	case end:
		if m.subscriber && f.reason != "59" && f.reason != "14" {
			day(w, "337", f.day)
		}
		day(w, "357", f.day)
	case departure:
		day(w, "357", f.day)
	case cobra:
		day(w, "301", f.day-r.Between(5, 40))
		day(w, "340", f.day)
		if r.Chance(300) {
			day(w, "341", min(f.day+540, lastDay))
		}
	case present, enroll, addition:
		day(w, "356", f.from)
	default:
		day(w, "303", f.day)
		if f.event == reinstate && r.Chance(300) {
			day(w, "394", f.day)
		}
	}
	if m.subscriber && f.medicare {
		day(w, "338", f.from)
	}
	if r.Chance(15) {
		day(w, *invent.Pick(r, g.otherDates), f.from)
	}
	if m.student && r.Chance(300) {
		day(w, "350", f.from)
		day(w, "351", g.x.Day+200)
	}
}

// person writes 2100A and 2100B.
func (g *generator) person(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	invent.Person(w, choose(m.corrected, "74", "IL"), m.name)
	if r.Chance(900) {
		w.Str("34")
		g.security(m.number)
	}
	w.End()
	if m.subscriber && r.Chance(500) || r.Chance(30) {
		w.Open("PER")
		w.Str("IP")
		w.Skip(1)
		w.Str("HP")
		phone(w, m.number)
		if r.Chance(300) {
			w.Str(choose(r.Chance(500), "WP", "CP"))
			phone(w, m.number+1)
			if r.Chance(200) {
				w.Str("EX")
				w.Num(r.Between(100, 4999))
			}
		}
		w.End()
	}
	own := !m.subscriber && m.student && r.Chance(300)
	switch {
	case own:
		p := g.places.Draw(r)
		p.Write(w)
	case m.subscriber || f.event.alone() || r.Chance(400):
		w.Open("N3")
		w.Num(f.place.House)
		w.B = append(w.B, ' ')
		w.B = append(w.B, f.place.Street...)
		w.Str(f.place.Second)
		w.End()
		w.Open("N4")
		f.place.Locate(w)
		if r.Chance(100) {
			w.Skip(1)
			w.Str("CY")
			w.Padded(f.group, 3)
		}
		w.End()
	}
	g.demographics(r)
	g.work(r)
	if m.corrected {
		wrong := m.name
		wrong.First = *invent.Pick(r, g.names.First)
		invent.Person(w, "70", wrong)
		if r.Chance(400) {
			w.Str("34")
			g.security(m.number + 11)
		}
		w.End()
		w.Open("DMG")
		w.Str("D8")
		w.Padded(m.birth-m.birth%100+1, 8)
		w.Str(m.gender)
		w.End()
	}
}

// security writes a number in the place of a social security number; none of
// those begins with 9.
func (g *generator) security(n int64) {
	g.out.Tagged("9", (n*7919+int64(g.key>>40))%100000000, 8)
}

// demographics writes DMG of 2100A.
func (g *generator) demographics(r *invent.Rand) {
	w, f, m := &g.out, &g.family, &g.m
	w.Open("DMG")
	w.Str("D8")
	w.Padded(m.birth, 8)
	w.Str(m.gender)
	switch {
	case m.subscriber && f.spouse:
		w.Str("M")
	case m.subscriber && r.Chance(600):
		w.Str(*invent.Pick(r, g.marital))
	default:
		w.Skip(1)
	}
	race := r.Below(100)
	switch {
	case race < 15:
		w.Str(*invent.Pick(r, g.races))
		if r.Chance(200) {
			w.Again(*invent.Pick(r, g.races))
		}
	case race < 18:
		w.Sep() // the first component is empty
		w.Sub("RET")
		w.Sub("2106-3")
	default:
		w.Skip(1)
	}
	if r.Chance(80) {
		w.Num(r.Between(1, 7))
	} else {
		w.Skip(1)
	}
	if race < 2 {
		w.Skip(3)
		w.Str("REC")
		w.Str("2131-1")
	}
	w.End()
}

// work writes EC up to LUI of 2100A.
func (g *generator) work(r *invent.Rand) {
	w, m := &g.out, &g.m
	if m.subscriber && r.Chance(150) {
		w.Open("EC")
		w.Str(choose(r.Chance(500), "06", "01"))
		w.Str(choose(r.Chance(300), "17", ""))
		w.End()
	}
	if m.subscriber && r.Chance(120) {
		w.Open("ICM")
		w.Str(choose(r.Chance(500), "7", "4"))
		w.Money(r.Between(3000000, 14000000) / 100 * 100)
		w.Str(choose(r.Chance(500), "40", ""))
		if r.Chance(400) {
			w.Str("NORTH YARD")
			w.Tagged("G", r.Between(1, 14), 1)
		}
		w.End()
	}
	if m.subscriber && r.Chance(60) {
		amount(w, "P3", r.Between(5000, 90000))
		if r.Chance(200) {
			amount(w, "D2", 50000)
			amount(w, "C1", 2500)
		}
	}
	if r.Chance(40) {
		w.Open("HLH")
		w.Str(choose(r.Chance(200), "T", "N"))
		if m.age > 18 && r.Chance(400) {
			w.Num(r.Between(58, 76))
			w.Num(r.Between(110, 260))
		}
		w.End()
	}
	if r.Chance(50) {
		w.Open("LUI")
		w.Str("LD")
		w.Str(*invent.Pick(r, g.languages))
		w.Skip(1)
		w.Num(r.Between(5, 8))
		w.End()
		if r.Chance(100) {
			w.Open("LUI")
			w.Skip(2)
			w.Str("SIGN LANGUAGE")
			w.Str("7")
			w.End()
		}
	}
}

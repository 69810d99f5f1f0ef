package match

import (
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// LineBasis says why a line of an answer belongs to a line of the claim.
type LineBasis uint8

// The bases, the strongest first.
const (
	NoLine           LineBasis = iota // it belongs to none
	ByLineNumber                      // REF*6R is that of the line, or its LX where it has none
	ByAll                             // procedure, modifiers, day and charge
	ByProcedure                       // procedure, day and charge
	ByCharge                          // procedure and charge
	ByRevenue                         // revenue code, day and charge
	ByDay                             // procedure and day
	ByRest                            // day and charge, where there is no other choice: the payer has coded the line anew
	PartOfLine                        // the payer has taken the line apart: another service has its REF*6R, or SVC06 and day
	numberOfLineBase                  //
)

// String returns the stable word of a basis, "" for NoLine.
func (b LineBasis) String() string {
	return [...]string{"", "line_number", "procedure_modifiers_date_charge", "procedure_date_charge", "procedure_charge", "revenue_date_charge", "procedure_date", "date_charge", "part"}[b]
}

// lineKey is what lines are compared by; the zero key is equal to none.
type lineKey struct {
	code, modifiers symbol
	date            x12.Date
	charge          x12.Number
}

// smallWork is how many comparisons of lines are done one by one.
const smallWork = 1 << 12

// tier ties the lines of one answer to those of its claim.
type tier struct {
	m       *Matcher
	claim   []Line
	answer  []AnswerLine
	links   []lineLink // by line of the answer
	used    []bool     // by line of the claim
	charges []x12.Sum  // what was tied to a line of the claim by parts
	open    int        // lines of the answer without a link
}

func (r *Result) tieLines() {
	r.links = make([]lineLink, 0, len(r.m.answerLines))
	var t tier
	for i := range r.Answers {
		a := &r.Answers[i]
		at := len(r.links)
		for range a.lines.n {
			r.links = append(r.links, lineLink{line: -1})
		}
		a.links = span{uint32(at), a.lines.n}
		if a.Claim < 0 || a.lines.n == 0 {
			continue
		}
		c := r.Claims[a.Claim].Claim
		t.m, t.claim, t.answer = r.m, r.m.lines[c.lines.at:c.lines.at+c.lines.n], r.m.answerLines[a.lines.at:a.lines.at+a.lines.n]
		t.links, t.open = r.links[at:], int(a.lines.n)
		t.used = append(t.used[:0], make([]bool, len(t.claim))...)
		t.charges = append(t.charges[:0], make([]x12.Sum, len(t.claim))...)
		t.run()
	}
}

func (t *tier) run() {
	t.byNumber()
	t.by(ByAll, func(l *Line) lineKey { return lineKey{l.code(), l.modifiers, l.Date, l.Charge} },
		func(s *AnswerLine) lineKey { return lineKey{s.code(), s.mods(), s.Date, size(s.Charge)} })
	t.by(ByProcedure, func(l *Line) lineKey { return lineKey{l.code(), 0, l.Date, l.Charge} },
		func(s *AnswerLine) lineKey { return lineKey{s.code(), 0, s.Date, size(s.Charge)} })
	t.by(ByCharge, func(l *Line) lineKey { return lineKey{code: l.code(), charge: l.Charge} },
		func(s *AnswerLine) lineKey { return lineKey{code: s.code(), charge: size(s.Charge)} })
	t.by(ByRevenue, func(l *Line) lineKey { return lineKey{l.revenue, 0, l.Date, l.Charge} },
		func(s *AnswerLine) lineKey { return lineKey{s.revenue, 0, s.Date, size(s.Charge)} })
	t.by(ByDay, func(l *Line) lineKey { return lineKey{code: l.code(), date: l.Date} },
		func(s *AnswerLine) lineKey { return lineKey{code: s.code(), date: s.Date} })
	t.parts()
	t.rest()
}

// code returns what was billed: the procedure, the revenue code without one.
func (l *Line) code() symbol {
	if l.procedure != 0 {
		return l.procedure
	}
	return l.revenue
}

// code returns what was billed as far as the payer says: SVC06, else SVC01, else the revenue code.
func (s *AnswerLine) code() symbol {
	switch {
	case s.billed != 0:
		return s.billed
	case s.procedure != 0:
		return s.procedure
	}
	return s.revenue
}

func (s *AnswerLine) mods() symbol {
	if s.billed != 0 {
		return s.billedMods
	}
	return s.modifiers
}

func (t *tier) give(k, line int, basis LineBasis) {
	t.links[k] = lineLink{int32(line), basis}
	t.used[line] = true
	t.charges[line].Add(size(t.answer[k].Charge))
	t.open--
}

// byNumber ties by REF*6R. Lines that share a number have none.
func (t *tier) byNumber() {
	lines := make(map[string]int, len(t.claim))
	for i := range t.claim {
		n := t.claim[i].Control
		if n == "" {
			n = strconv.FormatInt(t.claim[i].Number, 10)
		}
		if _, ok := lines[n]; ok {
			lines[n] = -1
			continue
		}
		lines[n] = i
	}
	for k := range t.answer {
		n := strings.TrimSpace(t.answer[k].Control)
		if n == "" {
			continue
		}
		if line, ok := lines[n]; ok && line >= 0 {
			basis := ByLineNumber
			if t.used[line] {
				basis = PartOfLine
			}
			t.give(k, line, basis)
		}
	}
}

// by ties lines that have one key, in order and one to one.
func (t *tier) by(basis LineBasis, of func(*Line) lineKey, in func(*AnswerLine) lineKey) {
	if t.open == 0 {
		return
	}
	var queues map[lineKey][]int
	if t.open*len(t.claim) > smallWork {
		queues = map[lineKey][]int{}
		for i := range t.claim {
			if !t.used[i] {
				key := of(&t.claim[i])
				queues[key] = append(queues[key], i)
			}
		}
	}
	for k := range t.answer {
		if t.links[k].basis != NoLine {
			continue
		}
		key := in(&t.answer[k])
		if key.code == 0 {
			continue
		}
		if queues != nil {
			if list := queues[key]; len(list) > 0 {
				t.give(k, list[0], basis)
				queues[key] = list[1:]
			}
			continue
		}
		for i := range t.claim {
			if !t.used[i] && of(&t.claim[i]) == key {
				t.give(k, i, basis)
				break
			}
		}
	}
}

// parts ties what is left of a line that the payer took apart to it, up to its charge.
func (t *tier) parts() {
	if t.open == 0 {
		return
	}
	lines := make(map[lineKey]int, len(t.claim))
	for i := range t.claim {
		key := lineKey{code: t.claim[i].code(), date: t.claim[i].Date}
		if _, ok := lines[key]; !ok && t.used[i] {
			lines[key] = i
		}
	}
	for k := range t.answer {
		if t.links[k].basis != NoLine || t.answer[k].code() == 0 {
			continue
		}
		line, ok := lines[lineKey{code: t.answer[k].code(), date: t.answer[k].Date}]
		if !ok {
			continue
		}
		sum, charge := t.charges[line], x12.Sum{}
		sum.Add(size(t.answer[k].Charge))
		charge.Add(t.claim[line].Charge)
		if sum.Cmp(&charge) <= 0 {
			t.give(k, line, PartOfLine)
		}
	}
}

// rest ties lines that are alone with their day and charge on both sides.
func (t *tier) rest() {
	if t.open == 0 {
		return
	}
	type pair struct{ line, answer, lines, answers int }
	pairs := map[lineKey]*pair{}
	at := func(d x12.Date, n x12.Number) *pair {
		key := lineKey{date: d, charge: n}
		if pairs[key] == nil {
			pairs[key] = new(pair)
		}
		return pairs[key]
	}
	for i := range t.claim {
		if l := &t.claim[i]; !t.used[i] && !l.Date.IsZero() && l.Charge.Sign() > 0 {
			p := at(l.Date, l.Charge)
			p.line, p.lines = i, p.lines+1
		}
	}
	for k := range t.answer {
		if s := &t.answer[k]; t.links[k].basis == NoLine && !s.Date.IsZero() {
			p := at(s.Date, size(s.Charge))
			p.answer, p.answers = k, p.answers+1
		}
	}
	for _, p := range pairs {
		if p.lines == 1 && p.answers == 1 {
			t.give(p.answer, p.line, ByRest)
		}
	}
}

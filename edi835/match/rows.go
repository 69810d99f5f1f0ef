package match

// claimItem is a row of the table claims: a claim beside one of its answers. A claim without answers and an answer without
// a claim have a row of their own.
type claimItem struct {
	r     *Result
	show  bool // values that identify a patient
	c     *ClaimResult
	money Money
	a     *AnswerResult
	first bool // the first row of the claim
}

// claimRows calls f for each row of the table claims. Every claim is on a row marked as its first once, every answer on one.
func (r *Result) claimRows(show bool, f func(*claimItem)) {
	i := claimItem{r: r, show: show}
	for k := range r.Claims {
		i.c, i.a, i.first = &r.Claims[k], nil, true
		i.money = r.Money(i.c)
		if len(i.c.Answers) == 0 {
			f(&i)
		}
		for _, n := range i.c.Answers {
			i.a = &r.Answers[n]
			f(&i)
			i.first = false
		}
	}
	i.c, i.first, i.money = nil, false, Money{}
	for k := range r.Answers {
		if i.a = &r.Answers[k]; i.a.Claim < 0 {
			f(&i)
		}
	}
}

// lineItem is a row of the table lines: a line of a claim beside one of an answer.
type lineItem struct {
	r         *Result
	c         *ClaimResult
	line      *Line // nil for a line of an answer that belongs to none
	a         *AnswerResult
	s         *AnswerLine // nil for a line that is not answered
	seq       int         // ordinal of s in its answer, 1 = first
	basis     LineBasis
	first     bool // the first row of line
	allowance Allowance
}

// lineRows calls f for each row of the table lines: by claim and line, then lines of answers that belong to no line, and
// last those of answers without a claim. Every line of a claim is on a row marked as its first once, every line of an
// answer on one.
func (r *Result) lineRows(f func(*lineItem)) {
	i := lineItem{r: r}
	type tied struct{ answer, line int32 }
	var byLine [][]tied
	for k := range r.Claims {
		i.c = &r.Claims[k]
		lines := r.m.lines[i.c.lines.at : i.c.lines.at+i.c.lines.n]
		for len(byLine) < len(lines) {
			byLine = append(byLine, nil)
		}
		for n := range lines {
			byLine[n] = byLine[n][:0]
		}
		for _, n := range i.c.Answers {
			for s, link := range r.answerLinks(&r.Answers[n]) {
				if link.line >= 0 {
					byLine[link.line] = append(byLine[link.line], tied{n, int32(s)})
				}
			}
		}
		for n := range lines {
			i.line, i.first = &lines[n], true
			if len(byLine[n]) == 0 {
				i.set(nil, 0, NoLine, false)
				f(&i)
			}
			for x, t := range byLine[n] {
				parts := x > 0 && byLine[n][x-1].answer == t.answer || x+1 < len(byLine[n]) && byLine[n][x+1].answer == t.answer
				a := &r.Answers[t.answer]
				i.set(a, int(t.line), r.answerLinks(a)[t.line].basis, parts)
				f(&i)
				i.first = false
			}
		}
		i.line, i.first = nil, false
		for _, n := range i.c.Answers {
			i.strays(&r.Answers[n], f)
		}
	}
	i.c = nil
	for k := range r.Answers {
		if a := &r.Answers[k]; a.Claim < 0 {
			i.strays(a, f)
		}
	}
}

func (r *Result) answerLinks(a *AnswerResult) []lineLink {
	return r.links[a.links.at : a.links.at+a.links.n]
}

// strays calls f for the lines of an answer that belong to no line of a claim.
func (i *lineItem) strays(a *AnswerResult, f func(*lineItem)) {
	for s, link := range i.r.answerLinks(a) {
		if link.line < 0 {
			i.set(a, s, NoLine, false)
			f(i)
		}
	}
}

func (i *lineItem) set(a *AnswerResult, s int, basis LineBasis, parts bool) {
	i.a, i.s, i.seq, i.basis, i.allowance = a, nil, 0, basis, Allowance{}
	if a == nil {
		return
	}
	i.s, i.seq = &i.r.m.answerLines[int(a.lines.at)+s], s+1
	if !parts {
		i.allowance = i.r.allowance(a, i.s, i.line)
	}
}

// state returns what became of a line: of the answer on the row, or not_answered. Where an answer has no lines at all it has
// decided on the claim as a whole.
func (i *lineItem) state() string {
	if i.s == nil {
		for _, n := range i.c.Answers {
			if a := &i.r.Answers[n]; a.Stands && a.lines.n == 0 {
				return "with_claim"
			}
		}
		return NotAnswered.String()
	}
	switch i.a.Role {
	case Reversal, Estimate, HandedOn, ReadBefore:
		return i.a.Role.String()
	}
	return i.r.lineOutcome(i.a.Answer, i.s).String()
}

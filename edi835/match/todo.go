package match

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
)

// maxListed is how much of a list the text and the page have; the tables have all.
const maxListed = 50

// todo is what a person has to look at, as the text and the page list it.
type todo struct {
	open   []task // claims without a decision, the oldest first
	unpaid []task // claims denied or taken back, the largest first
	under  []task // lines under-paid, the largest shortfall first
	strays []task // answers without a claim
	notes  []task // claims with notes

}

// task is a line of such a list.
type task struct {
	where  string // the claim
	payer  string
	day    x12.Date
	amount x12.Sum
	about  string
}

// where tells a claim: by number, or by its place where values are not to be shown.
func where(show bool, control string, p *Place, n int64) string {
	if show {
		return clean(control)
	}
	parts := make([]string, 0, 4)
	for _, s := range [...][2]string{{"", p.File}, {"ISA13 ", p.Interchange}, {"ST02 ", p.Set}} {
		if s[1] != "" {
			parts = append(parts, s[0]+clean(s[1]))
		}
	}
	return strings.Join(append(parts, fmt.Sprintf("claim %d", n)), ", ")
}

// clean makes text of a file fit to be shown: valid UTF-8 without control characters.
func clean(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] >= ' ' && s[i] < 0x7F
	}
	if plain {
		return s
	}
	if !utf8.ValidString(s) { // Latin-1
		var b strings.Builder
		for i := range len(s) {
			b.WriteRune(rune(s[i]))
		}
		s = b.String()
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' {
			return '\uFFFD'
		}
		return r
	}, s)
}

func escape(s string) string { return html.EscapeString(clean(s)) }

func (p *Party) title() string {
	switch {
	case p.Name != "" && p.ID != "":
		return clean(p.Name) + " (" + clean(p.ID) + ")"
	case p.Name+p.ID != "":
		return clean(p.Name + p.ID)
	}
	return "payer not known"
}

// todo lists what is to be looked at.
func (r *Result) todo(f Form) *todo {
	t := new(todo)
	for i := range r.Claims {
		c := &r.Claims[i]
		k := task{where: where(f.ShowValues, c.Control, &c.Place, c.Number), payer: c.Payer.title(), day: c.Date}
		k.amount.Add(c.Charge)
		if c.State.isOpen() && !c.withdrawn() {
			k.about = "submitted " + c.Date.String()
			if n, b := age(r.AsOf, c.Date); b < ageBuckets-1 {
				k.about += fmt.Sprintf(", %d days", n)
			}
			if c.State == Forwarded {
				k.about += ", handed on"
			}
			t.open = append(t.open, k)
		}
		if m := r.Money(c); c.State == Reversed || c.Outcome == OutcomeDenied || c.Outcome == OutcomePartly {
			n := k
			n.amount = m.Denied
			n.amount.AddSum(&m.DeniedPatient)
			n.about = c.State.String() + prefixed(", ", strings.Join(r.reasons(c), " "))
			if c.State == Reversed {
				n.amount = m.Withdrawn
			}
			t.unpaid = append(t.unpaid, n)
		}
		if c.Notes != 0 {
			m := r.Money(c)
			k.amount = m.Difference
			k.about = strings.Join(c.Notes.Words(), " ")
			t.notes = append(t.notes, k)
		}
	}
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Role == WithoutClaim {
			k := task{where: where(f.ShowValues, a.Control, &a.Place, a.Number), payer: a.Payer.title(), day: a.Date}
			k.amount.Add(a.Paid)
			k.about = fmt.Sprintf("%s, status %s, paid on %s", a.Basis, clean(string(a.Status)), a.Date)
			t.strays = append(t.strays, k)
		}
	}
	r.lineRows(func(i *lineItem) {
		if i.allowance.Check != UnderExpected {
			return
		}
		w := &i.allowance
		k := task{payer: i.a.Payer.title(), day: i.a.Date, amount: w.Shortfall}
		if i.c != nil {
			k.where = where(f.ShowValues, i.c.Control, &i.c.Place, i.c.Number)
		} else {
			k.where = where(f.ShowValues, i.a.Control, &i.a.Place, i.a.Number)
		}
		code := i.s.code()
		if i.line != nil {
			code = i.line.code()
			k.where += fmt.Sprintf(", line %d", i.line.Number)
		}
		k.about = fmt.Sprintf("%s: expected %s, allowed %s", clean(r.m.text(code)), w.Expected.String(), w.Allowed.String())
		if w.Recoded {
			k.about += ", paid as " + clean(r.m.text(i.s.procedure))
		}
		if w.UnitsCut {
			k.about += ", fewer units"
		}
		t.under = append(t.under, k)
	})
	for _, list := range [...][]task{t.unpaid, t.under} {
		slices.SortStableFunc(list, func(a, b task) int { return b.amount.Cmp(&a.amount) })
	}
	slices.SortStableFunc(t.open, func(a, b task) int { return cmp.Or(a.day.Compare(b.day), b.amount.Cmp(&a.amount)) })
	return t
}

// reasons returns the denials that count for a claim, as CO:50, each once.
func (r *Result) reasons(c *ClaimResult) (list []string) {
	for _, i := range c.Answers {
		a := &r.Answers[i]
		if !a.Counts {
			continue
		}
		r.adjusted(a.Answer, func(d *adjustment) {
			if s := clean(r.m.text(d.group) + ":" + r.m.text(d.reason)); r.known.isDenial(d) && len(list) < 6 && !slices.Contains(list, s) {
				list = append(list, s)
			}
		})
	}
	return list
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

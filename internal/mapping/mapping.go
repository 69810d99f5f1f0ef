// Package mapping has the words in which a domain package says which place of its types is which place of the exact structs
// of a guide. Each place is named once, for both directions, so that what is read is what is written.
//
// A [Mapper] knows the direction. Towards the exact structs it writes onto what they hold: a value that says the same is
// left in the form it had. Arguments named d are of the domain, w of the exact structs.
package mapping

import (
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = "writer/number"

// Mapper maps in one direction and keeps the first fault.
type Mapper struct {
	Out   bool   // domain to exact structs
	Guide string // for findings
	Err   error
}

// Refuse notes a value of the domain that the guide has no place for; what names it in the domain.
func (m *Mapper) Refuse(there bool, what string) {
	if there && m.Out && m.Err == nil {
		m.Err = &x12.Issue{Guide: m.Guide, Rule: codec.RuleNoPlace, Severity: x12.Error, Level: 2, Message: "no place for " + what}
	}
}

// Text maps a text.
func Text[D, W ~string](m *Mapper, d *D, w *W) {
	if m.Out {
		*w = W(*d)
	} else {
		*d = D(*w)
	}
}

// Texts maps a list of texts.
func (m *Mapper) Texts(d, w *[]string) {
	if m.Out {
		*w = slices.Clone(*d)
	} else {
		*d = slices.Clone(*w)
	}
}

// Implied maps a qualifier that the domain does not have: its value stands for the one the guide has.
func (m *Mapper) Implied(there bool, w *string, value string) {
	switch {
	case !m.Out:
	case !there:
		*w = ""
	case *w == "":
		*w = value
	}
}

// Date maps a date.
func (m *Mapper) Date(d, w *x12.Date) {
	switch {
	case !m.Out:
		*d = w.Long()
	case !w.Equal(*d):
		*w = *d
	}
}

// Clock maps a time.
func (m *Mapper) Clock(d, w *x12.Time) {
	switch {
	case !m.Out:
		*d = *w
	case !w.Equal(*d):
		*w = *d
	}
}

// Day maps a date the exact structs have as text, with its format, D8. What is no date is no date in the domain, and stays
// in the base.
func (m *Mapper) Day(d *x12.Date, format, w *string) {
	was, _ := x12.ParseDate(*w)
	if !m.Out {
		*d = was.Long()
		return
	}
	if !was.Equal(*d) {
		*w = string(d.Long().AppendWire(nil))
	}
	m.Implied(*w != "", format, "D8")
}

// Days maps a day, or the first and the last day of a range, with the format. One day has no last: it is written as D8, and
// a range as RD8.
func (m *Mapper) Days(from, to *x12.Date, format, w *string) {
	p, _ := x12.ParsePeriod(*format, *w)
	first, last := p.From.Long(), p.To.Long()
	switch {
	case !m.Out:
		*from, *to = first, last
	case first.Equal(*from) && last.Equal(*to):
	case from.IsZero() && to.IsZero():
		*format, *w = "", ""
	case to.IsZero():
		*format, *w = "D8", string(x12.DayPeriod(*from).AppendWire(nil))
	default:
		if from.IsZero() {
			from = to
		}
		*format, *w = "RD8", string(x12.DaysPeriod(*from, *to).AppendWire(nil))
	}
}

// Num maps an amount.
func (m *Mapper) Num(d *care.Amount, w *x12.Number) {
	if !m.Out {
		*d = care.AmountOf(*w)
		return
	}
	if care.AmountOf(*w).Same(*d) {
		return
	}
	*w = x12.Number{}
	if !d.Valid {
		return
	}
	n, err := d.Number()
	if err != nil && m.Err == nil {
		m.Err = &x12.Issue{Guide: m.Guide, Rule: RuleNumber, Severity: x12.Error, Level: 1, Err: err,
			Message: "an amount needs more digits than X12 can carry: expected at most 18"}
	}
	*w = n
}

// Pointers maps diagnosis pointers. A gap is 0, and what is no whole number is one too; there is none at the end.
func (m *Mapper) Pointers(d *[]int, w *[]x12.Number) {
	if !m.Out {
		*d = nil
		for _, n := range *w {
			k := 0
			if n.Set() && n.Scale() == 0 && n.Coef() > 0 && n.Coef() < 1<<31 {
				k = int(n.Coef())
			}
			*d = append(*d, k)
		}
		for len(*d) > 0 && (*d)[len(*d)-1] == 0 {
			*d = (*d)[:len(*d)-1]
		}
		if len(*d) == 0 {
			*d = nil
		}
		return
	}
	base := *w
	*w = nil
	for i, k := range *d {
		var n x12.Number
		if i < len(base) && base[i].Set() && base[i].Scale() == 0 && base[i].Coef() == int64(k) {
			n = base[i]
		} else if k != 0 {
			n = x12.NewNumber(int64(k), 0)
		}
		*w = append(*w, n)
	}
}

// List maps the entries of two lists one by one.
func List[D, W any](m *Mapper, d *[]D, w *[]W, each func(*Mapper, *D, *W)) {
	if m.Out {
		base := *w
		*w = nil
		if len(*d) > 0 {
			*w = make([]W, len(*d))
			copy(*w, base)
		}
	} else {
		*d = nil
		if len(*w) > 0 {
			*d = make([]D, len(*w))
		}
	}
	for i := range *d {
		each(m, &(*d)[i], &(*w)[i])
	}
}

// Optional maps what pointers point to; nil is nil.
func Optional[D, W any](m *Mapper, d **D, w **W, each func(*Mapper, *D, *W)) {
	if m.Out {
		base := *w
		*w = nil
		if *d != nil {
			*w = new(W)
			if base != nil {
				**w = *base
			}
		}
	} else {
		*d = nil
		if *w != nil {
			*d = new(D)
		}
	}
	if *d != nil {
		each(m, *d, *w)
	}
}

// Present maps what the domain has as a plain value and the exact structs behind a pointer: nil where it is empty, unless
// the base has the empty segment too.
func Present[D any, W comparable](m *Mapper, d *D, w **W, each func(*Mapper, *D, *W)) {
	var zero, v W
	if *w != nil {
		v = **w
	}
	had := *w != nil && v == zero
	each(m, d, &v)
	if !m.Out {
		return
	}
	*w = nil
	if had || v != zero {
		*w = &v
	}
}

// Pointed maps what the domain has behind a pointer and the exact structs as a plain value: nil where it is empty.
func Pointed[D, W any](m *Mapper, d **D, w *W, empty bool, each func(*Mapper, *D, *W)) {
	if m.Out {
		if *d == nil {
			if !empty {
				*w = *new(W)
			}
			return
		}
	} else if *d = nil; !empty {
		*d = new(D)
	}
	if *d != nil {
		each(m, *d, w)
	}
}

// CopyTo copies what from points to, unless one of the two is nil.
func CopyTo[T any](to, from *T) {
	if to != nil && from != nil {
		*to = *from
	}
}

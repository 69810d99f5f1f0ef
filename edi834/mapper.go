package edi834

import (
	"reflect"
	"slices"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = "writer/number"

// mapper maps between the domain and the exact structs. Each place is named once, for both directions, so that what
// is read is what is written. What is read into is empty at first. Towards the exact structs it writes onto what they hold: a
// value that says the same is left in the form it had.
type mapper struct {
	out bool // domain to exact structs
	err error
}

// refuse notes a value of the domain that the guide has no place for; what names it in the domain.
func (m *mapper) refuse(there bool, what string) {
	if there && m.out && m.err == nil {
		m.err = &x12.Issue{Guide: ts834.X220A1.ID, Rule: codec.RuleNoPlace, Severity: x12.Error, Level: 2, Message: "no place for " + what}
	}
}

func text(m *mapper, d, w *string) {
	if m.out {
		*w = *d
	} else {
		*d = *w
	}
}

func (m *mapper) texts(d, w *[]string) {
	if m.out {
		*w = slices.Clone(*d)
	} else {
		*d = slices.Clone(*w)
	}
}

// coded maps a value whose qualifier the domain does not have: it stands for the one the guide has.
func (m *mapper) coded(d, qualifier, w *string, only string) {
	if !m.out {
		*d = *w
		return
	}
	if *d == *w {
		return
	}
	if *w = *d; *d == "" {
		only = ""
	}
	*qualifier = only
}

func (m *mapper) date(d *x12.Date, w *x12.Date) {
	switch {
	case !m.out:
		*d = w.Long()
	case !w.Equal(*d):
		*w = *d
	}
}

func (m *mapper) clock(d *x12.Time, w *x12.Time) {
	switch {
	case !m.out:
		*d = *w
	case !w.Equal(*d):
		*w = *d
	}
}

// day maps a date the exact structs have as text, with its format. What is no date is no date in the domain, and stays
// in the base.
func (m *mapper) day(d *x12.Date, format, w *string) {
	was, _ := x12.ParseDate(*w)
	if !m.out {
		*d = was.Long()
		return
	}
	if was.Equal(*d) {
		return
	}
	if *format, *w = "D8", dayText(*d); d.IsZero() {
		*format = ""
	}
}

func dayText(d x12.Date) string {
	if d.IsZero() {
		return ""
	}
	return string(d.Long().AppendWire(nil))
}

func (m *mapper) num(d *Amount, w *x12.Number) {
	if !m.out {
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
	if err != nil && m.err == nil {
		m.err = &x12.Issue{Rule: RuleNumber, Severity: x12.Error, Level: 1, Err: err,
			Message: "an amount needs more digits than X12 can carry: expected at most 18"}
	}
	*w = n
}

// list maps the entries of two lists one by one.
func list[D, W any](m *mapper, d *[]D, w *[]W, each func(*mapper, *D, *W)) {
	if m.out {
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

// optional maps what a pointer points to; nil is nil.
func optional[D, W any](m *mapper, d **D, w **W, each func(*mapper, *D, *W)) {
	if m.out {
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

// present maps what the domain has as plain values and the exact structs behind a pointer: nil where it is empty, unless
// the base has the empty segment too.
func present[D, W any](m *mapper, d *D, w **W, each func(*mapper, *D, *W)) {
	if !m.out {
		if *w != nil {
			each(m, d, *w)
		}
		return
	}
	v, had := new(W), false
	if *w != nil {
		*v = **w
		had = reflect.ValueOf(v).Elem().IsZero()
	}
	each(m, d, v)
	if *w = nil; had || !reflect.ValueOf(v).Elem().IsZero() {
		*w = v
	}
}

// spread maps one list of the domain to and from a list of segments (S) with entries, of which each has room for most.
// The base says how many entries its segments had.
func spread[S any](m *mapper, d *[]string, w *[]S, most int, entries func(*S) *[]string) {
	if !m.out {
		*d = nil
		for i := range *w {
			*d = append(*d, *entries(&(*w)[i])...)
		}
		return
	}
	base, left := *w, *d
	*w = nil
	for i := 0; i < len(base) || len(left) > 0; i++ {
		var seg S
		n := min(most, len(left))
		if i < len(base) {
			seg = base[i]
			was := len(*entries(&seg))
			if was > 0 && len(left) == 0 {
				continue
			}
			if i < len(base)-1 {
				n = was
			} else {
				n = max(was, most)
			}
			n = min(n, len(left))
		}
		if *entries(&seg) = nil; n > 0 {
			*entries(&seg) = slices.Clone(left[:n])
		}
		left = left[n:]
		*w = append(*w, seg)
	}
}

package edi835

import (
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = "writer/number"

// mapper maps between the domain and the exact structs. Each place is named once, for both directions, so that what
// is read is what is written. Towards the exact structs it writes onto what they hold: a value that says the same is left
// in the form it had.
type mapper struct {
	out bool // domain to exact structs
	err error
}

func text[D, W ~string](m *mapper, d *D, w *W) {
	if m.out {
		*w = W(*d)
	} else {
		*d = D(*w)
	}
}

func (m *mapper) texts(d, w *[]string) {
	if m.out {
		*w = slices.Clone(*d)
	} else {
		*d = slices.Clone(*w)
	}
}

func (m *mapper) date(d *x12.Date, w *x12.Date) {
	switch {
	case !m.out:
		*d = w.Long()
	case !w.Equal(*d):
		*w = *d
	}
}

func (m *mapper) num(d *Amount, w *x12.Number) {
	if !m.out {
		*d = care.AmountOf(*w)
		return
	}
	if care.AmountOf(*w).Same(*d) {
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

// present maps what the domain has as a plain value and the exact structs behind a pointer: nil where it is empty, unless
// the base has the empty segment too.
func present[D any, W comparable](m *mapper, d *D, w **W, each func(*mapper, *D, *W)) {
	var zero, v W
	if *w != nil {
		v = **w
	}
	had := *w != nil && v == zero
	each(m, d, &v)
	if !m.out {
		return
	}
	*w = nil
	if had || v != zero {
		*w = &v
	}
}

package edi837

import (
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = "writer/number"

// mapper maps between the domain and the exact structs. Each place is named once, for both directions, so that what
// is read is what is written. Towards the exact structs it writes onto what they hold: a value that says the same is left
// in the form it had.
type mapper struct {
	out  bool // domain to exact structs
	kind Kind
	err  error
}

// refuse notes a value of the domain that the guide of the kind has no place for; what names it in the domain.
func (m *mapper) refuse(there bool, what string) {
	if there && m.out && m.err == nil {
		m.err = &x12.Issue{Guide: m.kind.Guide(), Rule: codec.RuleNoPlace, Severity: x12.Error, Level: 2,
			Message: "no place for " + what + " in a claim of this kind"}
	}
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

// implied maps a qualifier that the domain does not have: its value stands for the one the guide has.
func (m *mapper) implied(there bool, w *string, value string) {
	switch {
	case !m.out:
	case !there:
		*w = ""
	case *w == "":
		*w = value
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

func (m *mapper) clock(d *x12.Time, w *x12.Time) {
	switch {
	case !m.out:
		*d = *w
	case !w.Equal(*d):
		*w = *d
	}
}

// day maps a date the exact structs have as text. What is no date is no date in the domain, and stays in the base.
func (m *mapper) day(d *x12.Date, w *string) {
	was, _ := x12.ParseDate(*w)
	if !m.out {
		*d = was.Long()
	} else if !was.Equal(*d) {
		*w = string(d.Long().AppendWire(nil))
	}
}

// dayFormat maps a date with its format, D8.
func (m *mapper) dayFormat(d *x12.Date, format, w *string) {
	m.day(d, w)
	m.implied(*w != "", format, "D8")
}

// days maps a range the exact structs have as text, RD8.
func (m *mapper) days(d *DateRange, w *string) {
	was := rangeOf("RD8", *w)
	if was.IsZero() {
		was = rangeOf("D8", *w)
	}
	if !m.out {
		*d = was
	} else if !was.equal(*d) {
		_, *w = d.wire()
	}
}

// period maps a range with its format.
func (m *mapper) period(d *DateRange, w **ts837.DatePeriod) {
	var was DateRange
	if *w != nil {
		was = rangeOf((*w).Format, (*w).Value)
	}
	switch {
	case !m.out:
		*d = was
	case was.equal(*d):
	case d.IsZero():
		*w = nil
	default:
		p := new(ts837.DatePeriod)
		p.Format, p.Value = d.wire()
		*w = p
	}
}

// moment maps a day, an hour, or both with their format.
func (m *mapper) moment(d *x12.Date, t *x12.Time, w **ts837.DatePeriod) {
	var was x12.Period
	if *w != nil {
		was, _ = x12.ParsePeriod((*w).Format, (*w).Value)
	}
	switch {
	case !m.out:
		*d, *t = was.From.Long(), was.FromTime
	case was.From.Equal(*d) && was.FromTime.Equal(*t):
	case d.IsZero() && t.IsZero():
		*w = nil
	default:
		p := x12.Period{Qualifier: "DT", From: *d, FromTime: *t}
		switch {
		case t.IsZero():
			p.Qualifier = "D8"
		case d.IsZero():
			p.Qualifier = "TM"
		}
		*w = &ts837.DatePeriod{Format: p.Qualifier, Value: string(p.AppendWire(nil))}
	}
}

func rangeOf(format, value string) DateRange {
	p, _ := x12.ParsePeriod(format, value)
	return DateRange{From: p.From.Long(), To: p.To.Long()}
}

func (r DateRange) equal(s DateRange) bool { return r.From.Equal(s.From) && r.To.Equal(s.To) }

// wire returns the format and the text of a range.
func (r DateRange) wire() (format, value string) {
	p := x12.DayPeriod(r.First())
	if !r.To.IsZero() {
		p = x12.DaysPeriod(r.First(), r.To)
	}
	return p.Qualifier, string(p.AppendWire(nil))
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

// spread maps one list of the domain to and from a list of segments (S) with entries (W), of which each has room for most.
// The base says how many entries its segments had.
func spread[D, W, S any](m *mapper, d *[]D, w *[]S, most int, entries func(*S) *[]W, each func(*mapper, *D, *W)) {
	if !m.out {
		*d = nil
		for i := range *w {
			for k := range *entries(&(*w)[i]) {
				*d = append(*d, *new(D))
				each(m, &(*d)[len(*d)-1], &(*entries(&(*w)[i]))[k])
			}
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
		var list []W
		if n > 0 {
			list = make([]W, n)
			copy(list, *entries(&seg))
		}
		for k := range list {
			each(m, &left[k], &list[k])
		}
		left = left[n:]
		*entries(&seg) = list
		*w = append(*w, seg)
	}
}

// adjustments maps a list of adjustments to and from CAS. A CAS of the base without entries stays.
func (m *mapper) adjustments(d *[]Adjustment, w *[]ts837.Adjustment) {
	if !m.out {
		*d = nil
		number := 0
		for i := range *w {
			skipped, some := 0, false
			for k := range (*w)[i].Entries {
				e := &(*w)[i].Entries[k]
				if gap(e) {
					skipped++
					continue
				}
				if !some {
					some = true
					number++
				}
				*d = append(*d, Adjustment{Place: Place{Segment: number, Position: k + 1, Skipped: skipped}})
				m.adjustment(&(*d)[len(*d)-1], &(*w)[i], e)
				skipped = 0
			}
		}
		return
	}
	base := *w
	*w = nil
	keep := func() { // segments without entries
		for len(base) > 0 && !slices.ContainsFunc(base[0].Entries, some) {
			*w = append(*w, base[0])
			base = base[1:]
		}
	}
	together := func(a, b *Adjustment) bool { return a.Group == b.Group }
	for _, ids := range care.Arrange(*d, func(a *Adjustment) *Place { return &a.Place }, together) {
		keep()
		var seg ts837.Adjustment
		if len(base) > 0 {
			seg, base = base[0], base[1:]
		}
		entries := make([]ts837.AdjustmentEntry, len(ids))
		copy(entries, seg.Entries)
		for k, id := range ids {
			if id < 0 {
				entries[k] = ts837.AdjustmentEntry{}
				continue
			}
			m.adjustment(&(*d)[id], &seg, &entries[k])
		}
		seg.Entries = entries
		*w = append(*w, seg)
	}
	for _, seg := range base {
		if !slices.ContainsFunc(seg.Entries, some) {
			*w = append(*w, seg)
		}
	}
}

func some(e ts837.AdjustmentEntry) bool { return !gap(&e) }

func gap(e *ts837.AdjustmentEntry) bool {
	return e.Reason == "" && !e.Amount.Set() && !e.Quantity.Set()
}

func (m *mapper) adjustment(d *Adjustment, w *ts837.Adjustment, e *ts837.AdjustmentEntry) {
	text(m, &d.Group, &w.Group)
	text(m, &d.Reason, &e.Reason)
	m.num(&d.Amount, &e.Amount)
	m.num(&d.Quantity, &e.Quantity)
}

package csvtable

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// IntCol appends n and a comma.
func IntCol(b []byte, n int64) []byte {
	if n >= 0 && n < 10 {
		return append(b, '0'+byte(n), ',')
	}
	return append(strconv.AppendInt(b, n, 10), ',')
}

// SeqCol appends an ordinal, nothing for 0, and a comma.
func SeqCol(b []byte, n int64) []byte {
	if n == 0 {
		return append(b, ',')
	}
	return IntCol(b, n)
}

// Flag appends 1 or 0: spreadsheets and databases can add these up.
func Flag(b []byte, v bool) []byte {
	if v {
		return append(b, '1')
	}
	return append(b, '0')
}

// DateCol appends d as 2026-01-31, nothing when absent, and a comma.
func DateCol(b []byte, d x12.Date) []byte {
	if d.IsZero() {
		return append(b, ',')
	}
	y, m, day := d.Year(), int(d.Month()), d.Day()
	return append(b,
		'0'+byte(y/1000), '0'+byte(y/100%10), '0'+byte(y/10%10), '0'+byte(y%10),
		'-', '0'+byte(m/10), '0'+byte(m%10), '-', '0'+byte(day/10), '0'+byte(day%10), ',')
}

// DateTextCol appends a date that is CCYYMMDD in the file, nothing when it is not one of the calendar, and a comma.
func DateTextCol(b []byte, s string) []byte {
	if s == "" {
		return append(b, ',')
	}
	d, _ := x12.ParseDate(s)
	return DateCol(b, d)
}

// Plain is [x12.Number.AppendPlain], faster for amounts below 10,000 with two decimals, which most are.
func Plain(b []byte, n x12.Number) []byte {
	c := n.Coef()
	if n.Scale() != 2 || c <= -1_000_000 || c >= 1_000_000 {
		return n.AppendPlain(b)
	}
	if c < 0 {
		b = append(b, '-')
		c = -c
	}
	u := uint32(c)
	switch {
	case u >= 100_000:
		b = append(b, '0'+byte(u/100_000), '0'+byte(u/10_000%10), '0'+byte(u/1000%10))
	case u >= 10_000:
		b = append(b, '0'+byte(u/10_000), '0'+byte(u/1000%10))
	case u >= 1000:
		b = append(b, '0'+byte(u/1000))
	}
	return append(b, '0'+byte(u/100%10), '.', '0'+byte(u/10%10), '0'+byte(u%10))
}

// NumCol appends n, nothing when absent, and a comma.
func NumCol(b []byte, n x12.Number) []byte {
	if n.Set() {
		b = Plain(b, n)
	}
	return append(b, ',')
}

// Sum is [x12.Sum.AppendPlain], faster likewise.
func Sum(b []byte, s *x12.Sum) []byte {
	if n, ok := s.Number(); ok && n.Scale() == 2 {
		return Plain(b, n)
	}
	return s.AppendPlain(b)
}

// Total is a sum of amounts that may have had none.
type Total struct {
	x12.Sum
	Any bool
}

// Add adds n when it is there.
func (t *Total) Add(n x12.Number) {
	if n.Set() {
		t.Sum.Add(n)
		t.Any = true
	}
}

// Merge adds what u has summed up.
func (t *Total) Merge(u *Total) {
	if u.Any {
		t.AddSum(&u.Sum)
		t.Any = true
	}
}

// Col appends the sum, nothing when there was no amount, and a comma.
func (t *Total) Col(b []byte) []byte {
	if t.Any {
		b = Sum(b, &t.Sum)
	}
	return append(b, ',')
}

// The adjustment groups that have columns of their own, in the order of those.
const (
	CO = iota
	OA
	PI
	PR
	Groups
)

// Group returns which of the groups with columns a code is, Groups for another.
func Group(code string) int {
	switch code {
	case "CO":
		return CO
	case "OA":
		return OA
	case "PI":
		return PI
	case "PR":
		return PR
	}
	return Groups
}

// Adjusted sums up the adjustments of CAS segments.
type Adjusted struct {
	All     Total // every group, also those without a column
	ByGroup [Groups]Total
	Count   int
	// What the patient owes for the reasons 1, 2 and 3 of group PR.
	Deductible, Coinsurance, Copay Total
}

// Add adds an adjustment of a group as [Group] tells it.
func (a *Adjusted) Add(group int, reason string, amount x12.Number) {
	a.Count++
	a.All.Add(amount)
	if group < Groups {
		a.ByGroup[group].Add(amount)
	}
	if group == PR {
		switch reason {
		case "1":
			a.Deductible.Add(amount)
		case "2":
			a.Coinsurance.Add(amount)
		case "3":
			a.Copay.Add(amount)
		}
	}
}

// Merge adds what c has summed up.
func (a *Adjusted) Merge(c *Adjusted) {
	a.Count += c.Count
	if !c.All.Any {
		return
	}
	a.All.Merge(&c.All)
	for g := range c.ByGroup {
		a.ByGroup[g].Merge(&c.ByGroup[g])
	}
	a.Deductible.Merge(&c.Deductible)
	a.Coinsurance.Merge(&c.Coinsurance)
	a.Copay.Merge(&c.Copay)
}

// GroupCols appends the sums of the groups that have columns.
func (a *Adjusted) GroupCols(b []byte) []byte {
	for g := range a.ByGroup {
		b = a.ByGroup[g].Col(b)
	}
	return b
}

// LineCols appends the columns a service line has: the sums of the groups, deductible, coinsurance and copayment, and
// the number of adjustments.
func (a *Adjusted) LineCols(b []byte) []byte {
	if a.Count == 0 {
		return append(b, ",,,,,,,0,"...)
	}
	b = a.Copay.Col(a.Coinsurance.Col(a.Deductible.Col(a.GroupCols(b))))
	return IntCol(b, int64(a.Count))
}

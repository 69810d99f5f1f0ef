package edi835

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
)

// csvField is the one definition of a column, or of a few that are written together. Behind every value stands a comma:
// with commas the values come with theirs, else the one value gets it from csvAppendFields.
type csvField[T any] struct {
	add    func(b []byte, r *T) []byte
	commas bool
	cols   []Column
}

// csvCol defines one column whose value add appends.
func csvCol[T any](name, element, meaning string, add func(b []byte, r *T) []byte) csvField[T] {
	return csvField[T]{cols: []Column{{Name: name, Element: element, Meaning: meaning}}, add: add}
}

// csvCols defines columns of which add appends all values and commas.
func csvCols[T any](cols []Column, add func(b []byte, r *T) []byte) csvField[T] {
	return csvField[T]{cols: cols, add: add, commas: true}
}

func csvFieldColumns[T any](fields []csvField[T]) (cols []Column) {
	for i := range fields {
		cols = append(cols, fields[i].cols...)
	}
	return cols
}

func csvAppendFields[T any](b []byte, fields []csvField[T], r *T) []byte {
	for i := range fields {
		b = fields[i].add(b, r)
		if !fields[i].commas {
			b = append(b, ',')
		}
	}
	return b
}

// csvPick returns the fields of the named columns, so that a column that stands in two tables is defined once.
func csvPick[T any](fields []csvField[T], names ...string) (picked []csvField[T]) {
	for _, name := range names {
		for i := range fields {
			if len(fields[i].cols) == 1 && fields[i].cols[0].Name == name {
				picked = append(picked, fields[i])
			}
		}
	}
	return picked
}

// csvCommas returns the empty values of n columns.
func csvCommas(n int) string { return strings.Repeat(",", n) }

// csvText writes text columns.
type csvText struct{ guard bool }

// csvSpecial tells the bytes that keep a text from being copied as it is.
var csvSpecial = func() (t [256]bool) {
	t['"'], t[','], t['\r'], t['\n'] = true, true, true, true
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = true
	}
	return t
}()

// csvFormula reports whether a spreadsheet would take a text that starts with c for a formula.
func csvFormula(c byte) bool {
	switch c {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}

// simple reports whether s can be copied as it is.
func (t csvText) simple(s string) bool {
	for i := range len(s) {
		if csvSpecial[s[i]] {
			return false
		}
	}
	return !t.guard || s == "" || !csvFormula(s[0])
}

// text appends s as a text column.
func (t csvText) text(b []byte, s string) []byte {
	if !t.simple(s) {
		return csvQuote(b, s, t.guard)
	}
	return append(b, s...)
}

// col is text and the comma behind it.
func (t csvText) col(b []byte, s string) []byte {
	if s == "" {
		return append(b, ',')
	}
	return append(t.text(b, s), ',')
}

// settle makes what was appended behind start, raw text, a text column.
func (t csvText) settle(b []byte, start int, scratch *[]byte) []byte {
	raw := b[start:]
	if len(raw) == 0 {
		return b
	}
	special := t.guard && csvFormula(raw[0])
	for _, c := range raw {
		special = special || csvSpecial[c]
	}
	if !special {
		return b
	}
	*scratch = append((*scratch)[:0], raw...)
	return csvQuote(b[:start], *scratch, t.guard)
}

// words appends the words that are not empty with a blank between two.
func (t csvText) words(b []byte, words []string, scratch *[]byte) []byte {
	if len(words) == 0 {
		return b
	}
	start := len(b)
	for _, s := range words {
		if s == "" {
			continue
		}
		if len(b) > start {
			b = append(b, ' ')
		}
		b = append(b, s...)
	}
	return t.settle(b, start, scratch)
}

// csvQuote appends s with the quotes of RFC 4180 where it needs them. Text that is not UTF-8 is taken as Latin-1.
func csvQuote[T string | []byte](b []byte, s T, guard bool) []byte {
	if len(s) == 0 {
		return b
	}
	quote, high := false, false
	for i := range len(s) {
		c := s[i]
		quote = quote || c == '"' || c == ',' || c == '\r' || c == '\n'
		high = high || c >= utf8.RuneSelf
	}
	latin1 := high && !csvValid(s)
	if quote {
		b = append(b, '"')
	}
	if guard && csvFormula(s[0]) {
		b = append(b, '\'')
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			b = append(b, '"', '"')
		case latin1 && c >= utf8.RuneSelf:
			b = utf8.AppendRune(b, rune(c))
		default:
			b = append(b, c)
		}
	}
	if quote {
		b = append(b, '"')
	}
	return b
}

// csvValid is utf8.Valid for both kinds of text without a conversion.
func csvValid[T string | []byte](s T) bool {
	switch s := any(s).(type) {
	case string:
		return utf8.ValidString(s)
	case []byte:
		return utf8.Valid(s)
	}
	return false
}

// csvInt appends n and a comma.
func csvInt(b []byte, n int64) []byte {
	if n >= 0 && n < 10 {
		return append(b, '0'+byte(n), ',')
	}
	return append(strconv.AppendInt(b, n, 10), ',')
}

// csvFlag appends 1 or 0: spreadsheets and databases can add these up.
func csvFlag(b []byte, v bool) []byte {
	if v {
		return append(b, '1')
	}
	return append(b, '0')
}

// csvDate appends d as 2026-01-31, nothing when absent, and a comma.
func csvDate(b []byte, d x12.Date) []byte {
	if d.IsZero() {
		return append(b, ',')
	}
	y, m, day := d.Year(), int(d.Month()), d.Day()
	return append(b,
		'0'+byte(y/1000), '0'+byte(y/100%10), '0'+byte(y/10%10), '0'+byte(y%10),
		'-', '0'+byte(m/10), '0'+byte(m%10), '-', '0'+byte(day/10), '0'+byte(day%10), ',')
}

// csvPlain is [x12.Number.AppendPlain], faster for amounts below 10,000 with two decimals, which most are.
func csvPlain(b []byte, n x12.Number) []byte {
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

// csvTotal is [x12.Sum.AppendPlain], faster likewise.
func csvTotal(b []byte, s *x12.Sum) []byte {
	if n, ok := s.Number(); ok && n.Scale() == 2 {
		return csvPlain(b, n)
	}
	return s.AppendPlain(b)
}

// csvNum appends n and a comma.
func csvNum(b []byte, n x12.Number) []byte {
	if n.Set() {
		b = csvPlain(b, n)
	}
	return append(b, ',')
}

// csvSum is a sum of amounts that may have had none.
type csvSum struct {
	x12.Sum
	any bool
}

func (s *csvSum) add(n x12.Number) {
	if n.Set() {
		s.Add(n)
		s.any = true
	}
}

// col appends the sum, nothing when there was no amount, and a comma.
func (s *csvSum) col(b []byte) []byte {
	if s.any {
		b = csvTotal(b, &s.Sum)
	}
	return append(b, ',')
}

// csvGroups are the groups that have columns of their own, in the order of those.
const (
	csvCO = iota
	csvOA
	csvPI
	csvPR
	csvGroupCount
)

func csvGroup(g ts835.AdjustmentGroup) int {
	switch g {
	case "CO":
		return csvCO
	case "OA":
		return csvOA
	case "PI":
		return csvPI
	case "PR":
		return csvPR
	}
	return csvGroupCount
}

// csvAdjusted sums up adjustments.
type csvAdjusted struct {
	all    csvSum // every group, also those without a column
	groups [csvGroupCount]csvSum
	count  int
}

// csvAbsent reports whether a triplet is one of the gaps that may stand between others.
func csvAbsent(e *ts835.AdjustmentEntry) bool { return e.Reason == "" && !e.Amount.Set() }

func (a *csvAdjusted) add(list []ts835.Adjustment) {
	for i := range list {
		g := csvGroup(list[i].Group)
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			a.count++
			a.all.add(e.Amount)
			if g < csvGroupCount {
				a.groups[g].add(e.Amount)
			}
		}
	}
}

// merge adds what b has summed up.
func (a *csvAdjusted) merge(b *csvAdjusted) {
	if !b.all.any {
		return
	}
	a.all.AddSum(&b.all.Sum)
	a.all.any = true
	for g := range b.groups {
		if b.groups[g].any {
			a.groups[g].AddSum(&b.groups[g].Sum)
			a.groups[g].any = true
		}
	}
}

// csvPacked appends the adjustments as one text: group:reason:amount[:quantity], a blank between two.
func csvPacked(b []byte, t csvText, list []ts835.Adjustment, scratch *[]byte) []byte {
	if len(list) == 0 {
		return append(b, ',')
	}
	start, simple := len(b), true
	for i := range list {
		group := string(list[i].Group)
		simple = simple && t.simple(group)
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			simple = simple && t.simple(e.Reason)
			if len(b) > start {
				b = append(b, ' ')
			}
			b = append(append(b, group...), ':')
			b = append(append(b, e.Reason...), ':')
			b = csvPlain(b, e.Amount)
			if e.Quantity.Set() {
				b = e.Quantity.AppendPlain(append(b, ':'))
			}
		}
	}
	if !simple {
		b = t.settle(b, start, scratch)
	}
	return append(b, ',')
}

// csvNumbered appends the first n adjustments in four columns each, and how many were left out. blank has 4*n commas.
func csvNumbered(b []byte, t csvText, list []ts835.Adjustment, n int, blank string) []byte {
	seen := 0
	for i := range list {
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			if seen++; seen > n {
				continue
			}
			b = t.col(b, string(list[i].Group))
			b = t.col(b, e.Reason)
			b = csvNum(b, e.Amount)
			b = csvNum(b, e.Quantity)
		}
	}
	b = append(b, blank[4*min(seen, n):]...)
	return csvInt(b, int64(max(0, seen-n)))
}

// csvNumberedColumns are the columns of csvNumbered.
func csvNumberedColumns(level string, n int) []Column {
	var cols []Column
	for i := 1; i <= n; i++ {
		name, nth := level+"_adj_"+strconv.Itoa(i), "adjustment "+strconv.Itoa(i)+" of the "+level
		cols = append(cols,
			Column{Name: name + "_group", Element: "CAS01", Meaning: "Group code of " + nth},
			Column{Name: name + "_reason", Element: "CAS02", Meaning: "Reason code of " + nth},
			Column{Name: name + "_amount", Element: "CAS03", Meaning: "Amount of " + nth},
			Column{Name: name + "_quantity", Element: "CAS04", Meaning: "Quantity of " + nth})
	}
	return append(cols, Column{Name: level + "_adj_more", Element: "CAS",
		Meaning: "Number of adjustments of the " + level + " that have no columns of their own"})
}

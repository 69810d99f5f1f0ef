package csvtable

import (
	"unicode/utf8"

	"github.com/x12-go/edi/x12/codes"
)

// Quoter writes text.
type Quoter struct {
	// Guard puts a ' in front of text that a spreadsheet would take for a formula.
	Guard bool
}

// special tells the bytes that keep a text from being copied as it is.
var special = func() (t [256]bool) {
	t['"'], t[','], t['\r'], t['\n'] = true, true, true, true
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = true
	}
	return t
}()

// formula reports whether a spreadsheet would take a text that starts with c for a formula.
func formula(c byte) bool {
	switch c {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}

// Simple reports whether s can be copied as it is.
func (q Quoter) Simple(s string) bool {
	for i := range len(s) {
		if special[s[i]] {
			return false
		}
	}
	return !q.Guard || s == "" || !formula(s[0])
}

// Text appends s.
func (q Quoter) Text(b []byte, s string) []byte {
	if !q.Simple(s) {
		return appendQuoted(b, s, q.Guard)
	}
	return append(b, s...)
}

// Col appends s and a comma.
func (q Quoter) Col(b []byte, s string) []byte {
	if s == "" {
		return append(b, ',')
	}
	return append(q.Text(b, s), ',')
}

// Settle makes what was appended behind start, raw text, the text of a cell.
func (q Quoter) Settle(b []byte, start int, scratch *[]byte) []byte {
	raw := b[start:]
	if len(raw) == 0 {
		return b
	}
	hard := q.Guard && formula(raw[0])
	for _, c := range raw {
		hard = hard || special[c]
	}
	if !hard {
		return b
	}
	*scratch = append((*scratch)[:0], raw...)
	return appendQuoted(b[:start], *scratch, q.Guard)
}

// Words appends the words that are not empty with a blank between two.
func (q Quoter) Words(b []byte, words []string, scratch *[]byte) []byte {
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
	return q.Settle(b, start, scratch)
}

// ListCols appends the first n of list, in n columns.
func (q Quoter) ListCols(b []byte, list []string, n int) []byte {
	for i := range n {
		if i < len(list) {
			b = q.Col(b, list[i])
		} else {
			b = append(b, ',')
		}
	}
	return b
}

// Name appends last, first middle suffix; with the last name alone, that of an organization.
func (q Quoter) Name(b []byte, last, first, middle, suffix string, scratch *[]byte) []byte {
	if first == "" && middle == "" && suffix == "" {
		return q.Text(b, last)
	}
	if last != "" && q.Simple(last) && q.Simple(first) && q.Simple(middle) && q.Simple(suffix) {
		b = append(append(append(b, '"'), last...), ',') // for the comma the name needs quotes
		return append(given(b, len(b)-1, first, middle, suffix), '"')
	}
	start := len(b)
	if last != "" {
		b = append(append(b, last...), ',')
	}
	return q.Settle(given(b, start, first, middle, suffix), start, scratch)
}

// given appends names to a text that began at start, with a blank in front of all but the first words of it.
func given(b []byte, start int, names ...string) []byte {
	for _, s := range names {
		if s == "" {
			continue
		}
		if len(b) > start {
			b = append(b, ' ')
		}
		b = append(b, s...)
	}
	return b
}

// DescribeCol appends the meaning of a code and a comma.
func (q Quoter) DescribeCol(b []byte, set *codes.Set, list, code string) []byte {
	if code == "" {
		return append(b, ',')
	}
	return q.Col(b, set.Describe(list, code))
}

// Described names the column that describes the column of a code.
func Described(name, element string) []Column {
	return []Column{{Name: name + "_description", Element: element, Meaning: "Meaning of " + name}}
}

// appendQuoted appends s with the quotes of RFC 4180 where it needs them. Text that is not UTF-8 is taken as Latin-1.
func appendQuoted[T string | []byte](b []byte, s T, guard bool) []byte {
	if len(s) == 0 {
		return b
	}
	quote, high := false, false
	for i := range len(s) {
		c := s[i]
		quote = quote || c == '"' || c == ',' || c == '\r' || c == '\n'
		high = high || c >= utf8.RuneSelf
	}
	latin1 := high && !valid(s)
	if quote {
		b = append(b, '"')
	}
	if guard && formula(s[0]) {
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

// valid is utf8.Valid for both kinds of text without a conversion.
func valid[T string | []byte](s T) bool {
	switch s := any(s).(type) {
	case string:
		return utf8.ValidString(s)
	case []byte:
		return utf8.Valid(s)
	}
	return false
}

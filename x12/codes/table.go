package codes

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// header is the first line of every file.
const header = "code\tdescription\tstart\tstop"

const (
	maxLine = 8 << 10 // bytes of one line; the longest published description has some 1,500
	maxCode = 80      // bytes of a code; no element of the guides that holds one is longer
)

// ParseError is a fault in a file given to [Load].
type ParseError struct {
	File string // name of the file, "carc.tsv"
	Line int    // line number, the first is 1; 0 when the fault is in the file as a whole
	Err  error
}

// Error returns "codes: carc.tsv:12: " and the cause. It never repeats the content of the line.
func (e *ParseError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("codes: %q: %v", e.File, e.Err)
	}
	return fmt.Sprintf("codes: %s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap returns the cause.
func (e *ParseError) Unwrap() error { return e.Err }

// row is an entry with its dates as numbers, 20240131, 0 for none.
type row struct {
	Code
	start, stop int32
}

// table is a list that has been read.
type table struct {
	rows   []row
	index  map[string]int32 // code, or key of a range, to row
	ranges bool             // the list is written in ranges: see rangeKey
}

// hasRanges tells which lists are written in ranges. It is a property of the list, not of the file: X is an ordinary
// letter in most lists (entity 1X, state TX).
func hasRanges(list string) bool { return list == "revenue" }

// find returns the row of a code, or nil.
func (t *table) find(code string) *row {
	if i := t.row(code); i >= 0 {
		return &t.rows[i]
	}
	return nil
}

// row returns the index of the row of a code, or -1.
func (t *table) row(code string) int {
	if !t.ranges {
		if i, ok := t.index[code]; ok {
			return int(i)
		}
		return -1
	}
	key, ok := rangeKey(code)
	if !ok || key[len(key)-1] == 'X' { // a range is not a code
		return -1
	}
	// The entry of the code itself first, then ever wider ranges.
	for n := len(key); ; n-- {
		if i, ok := t.index[string(key[:])]; ok {
			return int(i)
		}
		if n == 0 {
			return -1
		}
		key[n-1] = 'X'
	}
}

// rangeKey brings a revenue code or range to the four places of the NUBC manual: digits, then Xs, zeros in front.
func rangeKey(code string) (key [4]byte, ok bool) {
	if code == "" || len(code) > len(key) {
		return key, false
	}
	pad := len(key) - len(code)
	for i := range pad {
		key[i] = '0'
	}
	for i := range len(code) {
		switch c := code[i]; {
		case c == 'X':
		case c >= '0' && c <= '9' && (i == 0 || code[i-1] != 'X'):
		default:
			return key, false
		}
		key[pad+i] = code[i]
	}
	return key, true
}

// parse reads the text of a file. It takes at most limit entries.
func parse(file, list, text string, limit int) (*table, error) {
	fail := func(line int, format string, args ...any) (*table, error) {
		return nil, &ParseError{File: file, Line: line, Err: fmt.Errorf(format, args...)}
	}
	text = strings.TrimPrefix(text, "\ufeff") // spreadsheets write one
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimSuffix(first, "\r") != header {
		return fail(1, "first line is not %q", header)
	}
	// The count is of line feeds, so it is bounded by the size of the file, and by limit for the memory it claims.
	n := min(strings.Count(rest, "\n")+1, limit)
	t := &table{rows: make([]row, 0, n), index: make(map[string]int32, n), ranges: hasRanges(list)}
	for line := 2; rest != ""; line++ {
		var s string
		s, rest, _ = strings.Cut(rest, "\n")
		if len(s) > maxLine {
			return fail(line, "line longer than %d bytes", maxLine)
		}
		s = strings.TrimSuffix(s, "\r")
		if s == "" {
			continue
		}
		if len(t.rows) == limit {
			return fail(line, "more than %d codes", maxRows)
		}
		r, err := parseRow(s)
		if err != nil {
			return fail(line, "%w", err)
		}
		key := r.Code.Code
		if t.ranges {
			k, ok := rangeKey(key)
			if !ok {
				return fail(line, "not a revenue code of up to four digits, or X for the last ones")
			}
			key = string(k[:])
		}
		if i, dup := t.index[key]; dup {
			return fail(line, "same code as entry %d", i+1)
		}
		t.index[key] = int32(len(t.rows))
		t.rows = append(t.rows, r)
	}
	if len(t.rows) == 0 {
		// An empty list would make every code unknown, which nobody wants who puts a file there.
		return fail(0, "no codes")
	}
	return t, nil
}

// parseRow reads one line. Columns missing at the end are empty: editors like to strip trailing tabs.
func parseRow(s string) (r row, err error) {
	if !utf8.ValidString(s) {
		return r, errors.New("not UTF-8")
	}
	if strings.Count(s, "\t") > 3 {
		return r, errors.New("more than four columns")
	}
	r.Code.Code, s, _ = strings.Cut(s, "\t")
	r.Description, s, _ = strings.Cut(s, "\t")
	r.Start, r.Stop, _ = strings.Cut(s, "\t")
	switch {
	case r.Code.Code == "":
		return r, errors.New("no code")
	case len(r.Code.Code) > maxCode:
		return r, fmt.Errorf("code longer than %d bytes", maxCode)
	case strings.TrimSpace(r.Code.Code) != r.Code.Code:
		return r, errors.New("space around the code")
	case strings.ContainsFunc(r.Code.Code, unicode.IsControl), strings.ContainsFunc(r.Description, unicode.IsControl):
		return r, errors.New("control character") // descriptions are printed on terminals
	}
	if r.start, err = parseDay(r.Start); err != nil {
		return r, fmt.Errorf("start: %w", err)
	}
	if r.stop, err = parseDay(r.Stop); err != nil {
		return r, fmt.Errorf("stop: %w", err)
	}
	if r.start != 0 && r.stop != 0 && r.stop < r.start {
		return r, errors.New("stop is before start")
	}
	return r, nil
}

// parseDay turns an ISO date into a number, 20240131, and "" into 0.
func parseDay(s string) (int32, error) {
	if s == "" {
		return 0, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil || day.Year() == 0 { // not wrapped: the cause would repeat the value
		return 0, errors.New("not a date of the form 2006-01-02")
	}
	return int32(day.Year()*10000 + int(day.Month())*100 + day.Day()), nil
}

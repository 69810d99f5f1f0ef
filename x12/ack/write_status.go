package ack

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/x12-go/edi/x12"
)

// statusText says which claim status code tells a finding, by rule or by place. Its first lines describe its columns.
//
//go:embed write_status.tsv
var statusText string

// statusRow is a row of the table. What is empty fits everything.
type statusRow struct {
	rule    string // or its beginning, with * behind
	loop    string // beginning of the innermost loop
	segment string
	key     string // value of its first element
	element string // number, with the component behind a -
	code    string
	entity  string
}

// statusRows reads the table once.
var statusRows = sync.OnceValue(func() (rows []statusRow) {
	for line := range strings.Lines(statusText) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < 7 {
			f = append(f, "")
		}
		rows = append(rows, statusRow{f[0], f[1], f[2], f[3], f[4], f[5], f[6]})
	}
	return rows
})

// reason is the status of a claim, a line or a level, as an STC has it.
type reason struct{ category, code, entity string }

// accepted reports whether the reason is no rejection.
func (r reason) accepted() bool { return r.category < "A3" }

// code21 says that something is missing or invalid, which other codes tell.
const code21 = "21"

// reasonOf returns the reason for which a finding rejects what it is about. key is the first element of its segment.
func reasonOf(i *x12.Issue, key string) reason {
	loop := i.Loop[strings.LastIndexByte(i.Loop, '/')+1:]
	loop, _, _ = strings.Cut(loop, "[")
	r := reason{category: categoryOf(i), code: code21}
	for _, row := range statusRows() {
		if row.fits(i, loop, key) {
			r.code, r.entity = row.code, row.entity
			break
		}
	}
	return r
}

func (row *statusRow) fits(i *x12.Issue, loop, key string) bool {
	if row.rule != "" && row.rule != i.Rule {
		if begin, ok := strings.CutSuffix(row.rule, "*"); !ok || !strings.HasPrefix(i.Rule, begin) {
			return false
		}
	}
	if !strings.HasPrefix(loop, row.loop) || row.segment != "" && row.segment != i.SegID || row.key != "" && row.key != key {
		return false
	}
	if row.element == "" {
		return true
	}
	element, component, both := strings.Cut(row.element, "-")
	return element == number(i.Element) && (!both || component == number(i.Component))
}

func number(n int) string {
	const digits = "0123456789"
	if n < 10 && n >= 0 {
		return digits[n : n+1]
	}
	return string([]byte{digits[n/10%10], digits[n%10]})
}

// categoryOf returns the category of a rejection: A6 something is missing, A7 something is wrong, A8 things do not fit together, A3 what
// came is not what the guide has there.
func categoryOf(i *x12.Issue) string {
	c := i.Codes
	switch {
	case c.IK4 == "1" || c.IK4 == "2" || c.IK4 == "I9" || c.IK4 == "I11" || c.IK3 == "3" || c.IK3 == "I6" || c.IK3 == "I7" || c.IK3 == "I8":
		return "A6"
	case i.Level == 3 || c.IK4 == "10" || c.IK4 == "I13" || c.IK3 == "I9":
		return "A8"
	case c.IK4 == "" && c.IK3 != "" || c.IK3 == "" && c.IK5 != "" || strings.HasPrefix(i.Rule, "level/"):
		return "A3"
	}
	return "A7"
}

package spm

import (
	"fmt"
	"io"
	"strings"

	"github.com/x12-go/edi/edi834/internal/csvrecord"
	"github.com/x12-go/edi/x12"
)

// Rules of lines that are no records. Such a line is passed over.
const (
	RuleSyntax     = "spm/syntax"     // quotes, or a line that is too long
	RuleIdentifier = "spm/identifier" // no identifier, or an unknown one
	RuleTooMany    = "spm/too-many"   // more cells than the record has fields
	RuleName       = "spm/name"       // a named cell whose name is not that of the field in its place
)

// Finding is something wrong with a file.
type Finding struct {
	Line     int    // 1 = first
	Offset   int64  // of the line, bytes
	Record   string // SPMINSERT, "" = not known
	Field    string // "" where it is about the record
	Number   int    // of the field, 1 = the one behind the identifier; 0 = none
	Rule     string
	Severity x12.Severity
	Value    string // may identify a person; no part of Message
	Message  string
}

// Error implements error.
func (f *Finding) Error() string {
	place := f.Record
	if f.Field != "" {
		place += "." + f.Field
	}
	return fmt.Sprintf("spm: line %d: %s: %s [%s]", f.Line, place, f.Message, f.Rule)
}

// Issue returns the finding in the form of all others: Segment is the line, SegID the record, Element the number of the field.
func (f *Finding) Issue() *x12.Issue {
	message := f.Message
	if f.Field != "" {
		message = f.Field + ": " + message
	}
	return &x12.Issue{Offset: f.Offset, Segment: f.Line, SegID: f.Record, Element: f.Number, Value: x12.Clip([]byte(f.Value)), Rule: f.Rule,
		Level: 2, Severity: f.Severity, Message: message}
}

// Sink takes findings; it returns false to stop.
type Sink func(*Finding) bool

// Line is a record of a file with its place and how it was written.
type Line struct {
	Record Record
	Number int   // of the line, 1 = first
	Offset int64 // of the line, bytes

	Named  bool // cells have the form Field=Value; those left out are empty
	Former bool // some have the former names of their fields
	Cells  int  // behind the identifier; fields behind them were left out
	Quoted []bool

	layout *Layout
	sent   []bool // which cells of a named record are named
}

// Reader reads the records of a file in constant memory.
type Reader struct {
	r    *csvrecord.Reader
	sink Sink
}

// NewReader returns a Reader on r. Lines that are no records go to sink, which may be nil.
func NewReader(r io.Reader, sink Sink) *Reader {
	return &Reader{r: csvrecord.NewReader(r), sink: sink}
}

// Read returns the next record; io.EOF at the end, [x12.ErrStopped] when the sink wants no more.
func (r *Reader) Read() (*Line, error) {
	for {
		rec, err := r.r.Read()
		switch {
		case err == csvrecord.ErrQuote || err == csvrecord.ErrLimit:
			if !r.report(rec, "", RuleSyntax, err.Error()) {
				return nil, x12.ErrStopped
			}
			continue
		case err != nil:
			return nil, err
		}
		l, rule, text := lineOf(rec)
		if rule == "" {
			return l, nil
		}
		if !r.report(rec, identifier(rec), rule, text) {
			return nil, x12.ErrStopped
		}
	}
}

func (r *Reader) report(rec *csvrecord.Record, record, rule, text string) bool {
	if layoutOf(record) == nil {
		record = ""
	}
	return r.sink == nil || r.sink(&Finding{Line: rec.Line, Offset: rec.Offset, Record: record, Rule: rule, Severity: x12.Error, Message: text})
}

// identifier returns the first cell without brackets, "" for one that is none.
func identifier(rec *csvrecord.Record) string {
	if len(rec.Fields) == 0 {
		return ""
	}
	s := strings.TrimSpace(strings.TrimPrefix(string(rec.Fields[0]), "\ufeff"))
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return ""
	}
	return s[1 : len(s)-1]
}

func lineOf(rec *csvrecord.Record) (l *Line, rule, text string) {
	layout := layoutOf(identifier(rec))
	if layout == nil {
		return nil, RuleIdentifier, "the first cell is none of the identifiers: expected [SPMINSERT] or another"
	}
	cells := rec.Fields[1:]
	if len(cells) > len(layout.Fields) {
		return nil, RuleTooMany, fmt.Sprintf("%d cells behind the identifier: expected at most %d", len(cells), len(layout.Fields))
	}
	l = &Line{Number: rec.Line, Offset: rec.Offset, Cells: len(cells), layout: layout, Quoted: append([]bool(nil), rec.Quoted...)}
	record, set := layout.newRecord()
	l.Record = record
	names, empty, former := 0, 0, false
	named := make([]bool, len(cells))
	values := make([]string, len(cells))
	for i, c := range cells {
		values[i] = toText(c)
		name, value, ok := strings.Cut(values[i], "=")
		switch info := &layout.Fields[i]; {
		case ok && strings.EqualFold(strings.TrimSpace(name), info.Name):
		case ok && info.Former != "" && strings.EqualFold(strings.TrimSpace(name), info.Former):
			former = true
		case values[i] == "": // left out
			empty++
			continue
		default:
			continue
		}
		names++
		named[i] = true
		values[i] = value
	}
	if names > 0 && names+empty < len(cells) {
		return nil, RuleName, "some cells are named and some are not, or a name is not that of the field in its place"
	}
	l.Named, l.Former = names > 0, former
	if l.Named {
		l.sent = named
	}
	for i, s := range values {
		set(i, s)
	}
	return l, "", ""
}

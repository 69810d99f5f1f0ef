package csvtable

import (
	"fmt"
	"slices"
)

// Table is a table as the parts of a row, so that its columns and its rows have one order. W is what rows are written
// from.
type Table[W any] struct {
	Kind  int // which of the tables of the set
	Parts []Part[W]
}

// Part is a run of columns with the way to append their values, each with a comma behind it.
type Part[W any] struct {
	Columns []Column
	Add     func(w *W, b []byte) []byte
}

// NewPart returns a Part.
func NewPart[W any](cols []Column, add func(w *W, b []byte) []byte) Part[W] {
	return Part[W]{Columns: cols, Add: add}
}

// Columns returns the columns in order.
func (t *Table[W]) Columns() (cols []Column) {
	for i := range t.Parts {
		cols = append(cols, t.Parts[i].Columns...)
	}
	return cols
}

// AppendHeader appends the row of column names.
func (t *Table[W]) AppendHeader(b []byte, eol string) []byte {
	for i := range t.Parts {
		for k := range t.Parts[i].Columns {
			b = append(append(b, t.Parts[i].Columns[k].Name...), ',')
		}
	}
	return append(b[:len(b)-1], eol...)
}

// AppendRow appends a row of what w has in hand.
func (t *Table[W]) AppendRow(b []byte, w *W, eol string) []byte {
	for i := range t.Parts {
		b = t.Parts[i].Add(w, b)
	}
	return append(b[:len(b)-1], eol...) // in the place of the last comma
}

// EOL returns the end of a row.
func EOL(crlf bool) string {
	if crlf {
		return "\r\n"
	}
	return "\n"
}

// Select returns the kinds of the tables asked for, as indexes into names. An unknown name, or one that comes twice, is
// an error that wraps bad.
func Select(names, wanted []string, bad error) ([]int, error) {
	var kinds []int
	for _, name := range wanted {
		kind := slices.Index(names, name)
		if kind < 0 {
			return nil, fmt.Errorf("%w: no table %q", bad, name)
		}
		if slices.Contains(kinds, kind) {
			return nil, fmt.Errorf("%w: table %q twice", bad, name)
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

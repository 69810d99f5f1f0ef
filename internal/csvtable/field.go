package csvtable

import (
	"strings"

	"github.com/x12-go/edi/x12/codec"
)

// Column describes one column of a table.
type Column struct{ Name, Meaning, Element string }

// Field is the one definition of a column, or of a few that are written together, from a value of type T. Add appends
// the value; [Append] puts the comma behind it unless the field does so itself.
type Field[T any] struct {
	Columns []Column
	Add     func(b []byte, r *T) []byte
	commas  bool
}

// Col defines one column whose value add appends.
func Col[T any](name, element, meaning string, add func(b []byte, r *T) []byte) Field[T] {
	return Field[T]{Columns: []Column{{Name: name, Element: element, Meaning: meaning}}, Add: add}
}

// Cols defines columns of which add appends all values, each with a comma behind it.
func Cols[T any](cols []Column, add func(b []byte, r *T) []byte) Field[T] {
	return Field[T]{Columns: cols, Add: add, commas: true}
}

// Columns returns the columns of fields.
func Columns[T any](fields []Field[T]) (cols []Column) {
	for i := range fields {
		cols = append(cols, fields[i].Columns...)
	}
	return cols
}

// Append appends the values of fields, each with a comma behind it.
func Append[T any](b []byte, fields []Field[T], r *T) []byte {
	for i := range fields {
		b = fields[i].Add(b, r)
		if !fields[i].commas {
			b = append(b, ',')
		}
	}
	return b
}

// Pick returns the fields of the named columns, so that a column that stands in two tables is defined once. Only fields
// of one column can be picked.
func Pick[T any](fields []Field[T], names ...string) (picked []Field[T]) {
	for _, name := range names {
		for i := range fields {
			if len(fields[i].Columns) == 1 && fields[i].Columns[0].Name == name {
				picked = append(picked, fields[i])
			}
		}
	}
	return picked
}

// Commas returns the empty values of n columns.
func Commas(n int) string { return strings.Repeat(",", n) }

// MaxControl bounds control numbers, which stand on every row: none that is valid has more than nine characters.
const MaxControl = 64

// Keys is what the columns in front of every row are written from.
type Keys struct {
	Quoter
	File    string
	Env     codec.Env
	Control string // ST02 as decoded; when empty, that of Env
	Seq     int64  // of the set in the run
}

func (k *Keys) control(b []byte, s string) []byte {
	if len(s) > MaxControl {
		return b
	}
	return k.Text(b, s)
}

// KeyFields returns the columns in front of every row; seq is the name of the last, the ordinal of the set.
func KeyFields(seq string) []Field[Keys] {
	return []Field[Keys]{
		Col("file_name", "keys", "Name of the input file", func(b []byte, k *Keys) []byte { return k.Text(b, k.File) }),
		Col("interchange_control_number", "ISA13", "Control number of the interchange", func(b []byte, k *Keys) []byte {
			if k.Env.Interchange == nil {
				return b
			}
			return k.control(b, k.Env.Interchange.Control())
		}),
		Col("group_control_number", "GS06", "Control number of the functional group", func(b []byte, k *Keys) []byte {
			if k.Env.Group == nil {
				return b
			}
			return k.control(b, k.Env.Group.Control())
		}),
		Col("transaction_control_number", "ST02", "Control number of the transaction set", func(b []byte, k *Keys) []byte {
			if k.Control == "" && k.Env.Set != nil {
				return k.control(b, k.Env.Set.Control)
			}
			return k.control(b, k.Control)
		}),
		Cols([]Column{{Name: seq, Element: "keys", Meaning: "Ordinal of the transaction set in the run, 1 = first"}},
			func(b []byte, k *Keys) []byte { return IntCol(b, k.Seq) }),
	}
}

// The ordinals that follow the keys of the set.
var (
	ClaimSeq   = Column{Name: "claim_seq", Element: "keys", Meaning: "Ordinal of the claim in the transaction set, 1 = first"}
	ServiceSeq = Column{Name: "service_seq", Element: "keys", Meaning: "Ordinal of the service line in the claim, 1 = first"}
)

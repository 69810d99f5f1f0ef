package edi834

import (
	"errors"
	"slices"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// CSVLayout is the version of the tables. Within a version columns are only added at the end of a table; the ones
// [CSVOptions] ask for come behind those.
const CSVLayout = 1

// ErrCSV is wrapped by the errors for tables that do not exist.
var ErrCSV = errors.New("edi834: bad CSV table")

// CSVOptions change how the tables are written. The zero value is the plain layout.
type CSVOptions struct {
	// CRLF ends rows with CR LF instead of LF.
	CRLF bool
	// Describe adds columns at the end of a table with the meanings of codes, named as the code's column with
	// _description behind it.
	Describe bool
	// Codes are the lists Describe looks in; nil is the built-in snapshot.
	Codes *codes.Set
	// Guard puts a ' in front of text that starts with = + - @, a tab or CR, which a spreadsheet would run as a formula.
	// Amounts, quantities and dates stay as they are.
	Guard bool
}

// Column describes one column of a table.
type Column struct {
	Name    string
	Meaning string
	Element string // where the value is from: "INS03", "REF*1L" (the REF with that qualifier); "keys" for what places a row
}

// The tables, in the order of [CSVTables].
const (
	csvMembers = iota
	csvCoverages
	csvTableCount
)

var csvTableNames = [csvTableCount]string{"members", "coverages"}

// CSVTables returns the names of the tables of an 834:
//
//	members    a row per INS with the file it stands in
//	coverages  a row per HD
//
// The tuple file_name, file_seq, member_seq identifies a row of members, with coverage_seq one of coverages. Members of
// one family have one subscriber_id.
func CSVTables() []string { return slices.Clone(csvTableNames[:]) }

// CSVColumns returns the columns of a table in order. The error wraps [ErrCSV].
func CSVColumns(table string, o CSVOptions) ([]Column, error) {
	c, err := NewCSV([]string{table}, o)
	if err != nil {
		return nil, err
	}
	var cols []Column
	for _, k := range c.tables[0].Columns() {
		cols = append(cols, Column(k))
	}
	return cols, nil
}

type (
	csvTable = csvtable.Table[CSVWorker]
	csvPart  = csvtable.Part[CSVWorker]
)

// CSV writes tables of 834s. It is immutable and may be shared. Where a table is asked for by number it is the index in the
// names given to [NewCSV].
//
// Use [CSV.Set] at the begin of a transaction set and [CSVWorker.Member] for each member.
type CSV struct {
	o      CSVOptions
	text   csvtable.Quoter
	eol    string
	tables []csvTable

	setMeanings      []csvtable.Field[csvSet]
	memberMeanings   []csvtable.Field[csvMember]
	coverageMeanings []csvtable.Field[csvCoverage]
}

// NewCSV returns a CSV for the named tables, each at most once. The error wraps [ErrCSV].
func NewCSV(tables []string, o CSVOptions) (*CSV, error) {
	if o.Codes == nil {
		o.Codes = codes.Default()
	}
	c := &CSV{o: o, text: csvtable.Quoter{Guard: o.Guard}, eol: csvtable.EOL(o.CRLF)}
	if o.Describe {
		c.setMeanings = csvSetDescriptions()
		c.memberMeanings = csvMemberDescriptions(o.Codes)
		c.coverageMeanings = csvCoverageDescriptions(o.Codes)
	}
	kinds, err := csvtable.Select(csvTableNames[:], tables, ErrCSV)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		c.tables = append(c.tables, csvTable{Kind: kind, Parts: c.parts(kind)})
	}
	return c, nil
}

// AppendHeader appends the row of column names of a table.
func (c *CSV) AppendHeader(b []byte, table int) []byte {
	return c.tables[table].AppendHeader(b, c.eol)
}

// SetTotals counts the members of a transaction set. The zero value is ready to use.
type SetTotals struct {
	Members     int64 // INS
	Subscribers int64 // of them, those with INS01 Y
	Coverages   int64 // HD
}

// Add adds what u has counted.
func (t *SetTotals) Add(u *SetTotals) {
	t.Members += u.Members
	t.Subscribers += u.Subscribers
	t.Coverages += u.Coverages
}

// Reset starts again at nothing.
func (t *SetTotals) Reset() { *t = SetTotals{} }

// RowContext holds the columns of the transaction set, as they are written. It is immutable, may be shared, and keeps nothing
// of the struct it was made from.
type RowContext struct {
	keys, set, meanings []byte // the columns of members
	lead                []byte // the columns of coverages
}

// Set returns the context of a transaction set: file is the name for the file_name column, fileSeq the ordinal of the
// set in the run, set its header as read at the begin.
func (c *CSV) Set(file string, env codec.Env, fileSeq int64, set *ts834.BenefitEnrollment) *RowContext {
	r := &csvSet{Quoter: c.text, v: set}
	return &RowContext{
		keys:     csvtable.Append(nil, csvKeyFields, &csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: set.ControlNumber, Seq: fileSeq}),
		set:      csvtable.Append(nil, csvSetFields, r),
		meanings: csvtable.Append(nil, c.setMeanings, r),
		lead:     csvtable.Append(nil, csvSetLead, r),
	}
}

// The ordinals that follow the keys of the set.
var (
	csvMemberSeq   = csvtable.Column{Name: "member_seq", Element: "keys", Meaning: "Ordinal of the member in the transaction set, 1 = first"}
	csvCoverageSeq = csvtable.Column{Name: "coverage_seq", Element: "keys", Meaning: "Ordinal of the coverage of the member, 1 = first"}
)

// Fields that stand in both tables.
var (
	csvSetLead    = csvtable.Pick(csvSetFields, "file_reference", "file_date", "file_action_code", "sponsor_id", "payer_id")
	csvMemberLead = csvtable.Pick(csvMemberFields, "is_subscriber", "subscriber_id", "relationship_code", "member_id", "last_name", "first_name", "birth_date")
)

// parts returns the parts of a row of a table.
func (c *CSV) parts(kind int) []csvPart {
	parts := []csvPart{
		csvtable.NewPart(csvtable.Columns(csvKeyFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.keys...) }),
		csvtable.NewPart([]csvtable.Column{csvMemberSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.IntCol(b, w.memberSeq) }),
	}
	if kind == csvMembers {
		parts = append(parts,
			csvtable.NewPart(csvtable.Columns(csvSetFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.set...) }),
			csvtable.NewPart(csvtable.Columns(csvMemberFields), func(w *CSVWorker, b []byte) []byte {
				return csvtable.Append(b, csvMemberFields, &w.member)
			}))
		if c.o.Describe {
			parts = append(parts,
				csvtable.NewPart(csvtable.Columns(c.setMeanings), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.meanings...) }),
				csvtable.NewPart(csvtable.Columns(c.memberMeanings), func(w *CSVWorker, b []byte) []byte {
					return csvtable.Append(b, w.c.memberMeanings, &w.member)
				}))
		}
		return parts
	}
	lead := slices.Concat(csvtable.Columns(csvSetLead), csvtable.Columns(csvMemberLead))
	parts = append(parts,
		csvtable.NewPart([]csvtable.Column{csvCoverageSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.IntCol(b, w.seq) }),
		csvtable.NewPart(lead, func(w *CSVWorker, b []byte) []byte { return append(b, w.lead...) }),
		csvtable.NewPart(csvtable.Columns(csvCoverageFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvCoverageFields, &w.coverage)
		}))
	if c.o.Describe {
		parts = append(parts, csvtable.NewPart(csvtable.Columns(c.coverageMeanings), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, w.c.coverageMeanings, &w.coverage)
		}))
	}
	return parts
}

// csvMaxLead bounds what coverages repeat of the member, so that one with a huge text and a thousand coverages cannot fill
// the memory: columns that are longer than this together stand on the first row only. Valid ones are far below.
const csvMaxLead = 1 << 10

// CSVWorker appends rows. It holds scratch memory, so each goroutine needs one of its own.
type CSVWorker struct {
	c *CSV

	// The row in hand: what the parts of the tables append.
	x         *RowContext
	memberSeq int64
	seq       int64 // of the coverage
	lead      []byte
	member    csvMember
	coverage  csvCoverage

	scratch []byte
}

// Worker returns a new worker.
func (c *CSV) Worker() *CSVWorker {
	w := &CSVWorker{c: c}
	w.member = csvMember{csvCell: csvCell{Quoter: c.text, scratch: &w.scratch}}
	w.coverage = csvCoverage{csvCell: csvCell{Quoter: c.text, scratch: &w.scratch}}
	return w
}

// Member appends the rows of a member, those of table i to out[i], and adds the member to t. memberSeq is its ordinal in
// the transaction set, x the context of the set. Nothing of v is kept.
func (w *CSVWorker) Member(out [][]byte, x *RowContext, memberSeq int64, v *ts834.Member, t *SetTotals) {
	t.Members++
	if csvIsSubscriber(v) {
		t.Subscribers++
	}
	t.Coverages += csvCount(v)
	w.x, w.memberSeq, w.member.v = x, memberSeq, v
	for i := range w.c.tables {
		table := &w.c.tables[i]
		if table.Kind == csvMembers {
			out[i] = table.AppendRow(out[i], w, w.c.eol)
		} else {
			out[i] = w.coverages(out[i], table)
		}
	}
	w.member.v, w.coverage.v = nil, nil
}

func (w *CSVWorker) coverages(b []byte, table *csvTable) []byte {
	if len(w.member.v.HealthCoverages) == 0 {
		return b
	}
	w.seq = 0
	w.lead = csvtable.Append(append(w.lead[:0], w.x.lead...), csvMemberLead, &w.member)
	for i := range w.member.v.HealthCoverages {
		w.coverage.v = &w.member.v.HealthCoverages[i]
		if !csvHD(w.coverage.v) {
			continue
		}
		w.seq++
		b = table.AppendRow(b, w, w.c.eol)
		if len(w.lead) > csvMaxLead {
			w.lead = append(w.lead[:0], w.x.lead...)
			for range csvtable.Columns(csvMemberLead) {
				w.lead = append(w.lead, ',')
			}
		}
	}
	return b
}

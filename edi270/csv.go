package edi270

import (
	"errors"
	"slices"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// CSVLayout is the version of the tables. Within a version columns are only added at the end of a table; the ones
// [CSVOptions] ask for come behind those.
const CSVLayout = 1

// ErrCSV is wrapped by the errors for tables that do not exist.
var ErrCSV = errors.New("edi270: bad CSV table")

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
	Element string // where the value is from: "EQ01", "REF*6P" (the REF with that qualifier); "keys" for what places a row
}

var csvTableNames = [...]string{"inquiries"}

// CSVTables returns the names of the tables of a 270:
//
//	inquiries  a row per EQ with the person it is about; a person about whom nothing is asked has one too
//
// The tuple file_name, request_seq, inquiry_seq identifies a person in a request, with question_seq a row.
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

// CSV writes tables of 270s. It is immutable and may be shared. Where a table is asked for by number it is the index in the
// names given to [NewCSV].
//
// Use [CSV.Set] at the begin of a transaction set; [RowContext.Source] and [RowContext.Receiver] at levels 2000A and 2000B; at
// a level 2000C [CSVWorker.Subscriber], and [RowContext.Subscriber] for the dependents below; at a level 2000D
// [CSVWorker.Dependent].
type CSV struct {
	o        CSVOptions
	text     csvtable.Quoter
	eol      string
	tables   []csvTable
	meanings []csvtable.Field[csvQuestion]

	blankSource, blankReceiver, blankSubscriber, blankPatient []byte
}

// NewCSV returns a CSV for the named tables, each at most once. The error wraps [ErrCSV].
func NewCSV(tables []string, o CSVOptions) (*CSV, error) {
	if o.Codes == nil {
		o.Codes = codes.Default()
	}
	c := &CSV{o: o, text: csvtable.Quoter{Guard: o.Guard}, eol: csvtable.EOL(o.CRLF)}
	c.blankSource, c.blankReceiver = csvBlank(csvSourceFields), csvBlank(csvReceiverFields)
	c.blankSubscriber, c.blankPatient = csvBlank(csvSubscriberFields), csvBlank(csvPatientFields)
	if o.Describe {
		c.meanings = csvDescriptions(o.Codes)
	}
	kinds, err := csvtable.Select(csvTableNames[:], tables, ErrCSV)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		c.tables = append(c.tables, csvTable{Kind: kind, Parts: c.parts()})
	}
	return c, nil
}

// csvBlank returns the empty values of fields.
func csvBlank[T any](fields []csvtable.Field[T]) []byte {
	return []byte(csvtable.Commas(len(csvtable.Columns(fields))))
}

// parts returns the parts of a row.
func (c *CSV) parts() []csvPart {
	seqs := []csvtable.Column{
		{Name: "inquiry_seq", Element: "keys", Meaning: "Ordinal of the level 2000C or 2000D in the transaction set, 1 = first"},
		{Name: "question_seq", Element: "keys", Meaning: "Ordinal of the EQ of the person, 1 = first; empty when there is none"},
	}
	above := slices.Concat(csvtable.Columns(csvSetFields), csvtable.Columns(csvSourceFields), csvtable.Columns(csvReceiverFields),
		csvtable.Columns(csvSubscriberFields), csvtable.Columns(csvPatientFields))
	parts := []csvPart{
		csvtable.NewPart(csvtable.Columns(csvKeyFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.keys...) }),
		csvtable.NewPart(seqs, func(w *CSVWorker, b []byte) []byte { return csvtable.SeqCol(csvtable.SeqCol(b, w.inquiry), w.seq) }),
		csvtable.NewPart(above, func(w *CSVWorker, b []byte) []byte { return append(b, w.lead...) }),
		csvtable.NewPart(csvtable.Columns(csvQuestionFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvQuestionFields, &w.question)
		}),
	}
	if c.o.Describe {
		parts = append(parts, csvtable.NewPart(csvtable.Columns(c.meanings), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, w.c.meanings, &w.question)
		}))
	}
	return parts
}

// AppendHeader appends the row of column names of a table.
func (c *CSV) AppendHeader(b []byte, table int) []byte {
	return c.tables[table].AppendHeader(b, c.eol)
}

// SetTotals counts what a transaction set holds. The zero value is ready to use.
type SetTotals struct {
	Inquiries int64 // persons asked about
	Questions int64 // EQ
}

// Add adds what u has counted.
func (t *SetTotals) Add(u *SetTotals) {
	t.Inquiries += u.Inquiries
	t.Questions += u.Questions
}

// Reset starts again at nothing.
func (t *SetTotals) Reset() { *t = SetTotals{} }

// RowContext holds the columns of what stands above a person, as they are written: the transaction set and, as far as they
// are open, source, receiver and subscriber. It is immutable, keeps nothing of the structs it was made from and may be
// shared.
type RowContext struct {
	c    *CSV
	keys []byte

	set, source, receiver, subscriber []byte
}

// Set returns the context of a transaction set: file is the name for the file_name column, requestSeq the ordinal of the
// set in the run, set its header as read at the begin.
func (c *CSV) Set(file string, env codec.Env, requestSeq int64, set *ts270.EligibilityInquiry) *RowContext {
	r := &csvSet{csvAbove: csvAbove{Quoter: c.text}, v: set}
	return &RowContext{
		c: c, keys: csvtable.Append(nil, csvKeyFields, &csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: set.ControlNumber, Seq: requestSeq}),
		set: csvtable.Append(nil, csvSetFields, r), source: c.blankSource, receiver: c.blankReceiver, subscriber: c.blankSubscriber,
	}
}

// Source returns the context of what stands below a source of the set.
func (x *RowContext) Source(v *ts270.SourceLevel) *RowContext {
	y := *x
	y.source = csvtable.Append(nil, csvSourceFields, &csvSource{csvAbove: csvAbove{Quoter: x.c.text}, v: v})
	y.receiver, y.subscriber = x.c.blankReceiver, x.c.blankSubscriber
	return &y
}

// Receiver returns the context of what stands below a receiver of the source of x.
func (x *RowContext) Receiver(v *ts270.ReceiverLevel) *RowContext {
	y := *x
	y.receiver = csvtable.Append(nil, csvReceiverFields, &csvReceiver{csvAbove: csvAbove{Quoter: x.c.text}, v: v})
	y.subscriber = x.c.blankSubscriber
	return &y
}

// Subscriber returns the context of the dependents of a subscriber of the receiver of x.
func (x *RowContext) Subscriber(v *ts270.SubscriberLevel) *RowContext {
	y := *x
	y.subscriber = csvtable.Append(nil, csvSubscriberFields, &csvPerson{csvAbove: csvAbove{Quoter: x.c.text}, v: &v.Subscriber})
	return &y
}

// csvMaxLead bounds what rows repeat of all that stands above an EQ, so that a person with huge texts and very many EQs cannot
// fill the memory: columns that are longer than this together stand on the first row of the person only. Valid ones are below.
const csvMaxLead = 2 << 10

// CSVWorker appends rows. It holds scratch memory, so each goroutine needs one of its own.
type CSVWorker struct {
	c *CSV

	// The row in hand: what the parts of the tables append.
	x        *RowContext
	inquiry  int64
	seq      int64
	lead     []byte
	person   csvPerson
	question csvQuestion
}

// Worker returns a new worker.
func (c *CSV) Worker() *CSVWorker {
	w := &CSVWorker{c: c}
	w.person.Quoter, w.question.Quoter = c.text, c.text
	return w
}

// Subscriber appends the rows of a subscriber who is asked about; see [Asks]. X is the context of the receiver, inquirySeq
// the ordinal of the level among those of subscribers and dependents in the set. Nothing of v is kept.
func (w *CSVWorker) Subscriber(out [][]byte, x *RowContext, inquirySeq int64, v *ts270.SubscriberLevel, t *SetTotals) {
	if !Asks(v) {
		return
	}
	w.x, w.inquiry = x, inquirySeq
	w.person.v, w.person.traces, w.person.dependent = &v.Subscriber, v.Traces, false
	w.lead = append(append(append(w.lead[:0], x.set...), x.source...), x.receiver...)
	w.lead = csvtable.Append(csvtable.Append(w.lead, csvSubscriberFields, &w.person), csvPatientFields, &w.person)
	w.rows(out, t)
}

// Dependent appends the rows of a dependent; x is the context of its subscriber. See Subscriber.
func (w *CSVWorker) Dependent(out [][]byte, x *RowContext, inquirySeq int64, v *ts270.DependentLevel, t *SetTotals) {
	w.x, w.inquiry = x, inquirySeq
	w.person.v, w.person.traces, w.person.dependent = &v.Dependent, v.Traces, true
	w.lead = append(append(append(append(w.lead[:0], x.set...), x.source...), x.receiver...), x.subscriber...)
	w.lead = csvtable.Append(w.lead, csvPatientFields, &w.person)
	w.rows(out, t)
}

// rows appends the rows of the person in hand.
func (w *CSVWorker) rows(out [][]byte, t *SetTotals) {
	list := w.person.v.Inquiries
	t.Inquiries++
	t.Questions += int64(len(list))
	w.seq, w.question.v = 0, new(ts270.Inquiry)
	w.question.from, w.question.to = csvDateOf(w.person.v.Dates, "291")
	if len(list) == 0 {
		w.row(out)
	}
	for i := range list {
		w.seq, w.question.v = int64(i+1), &list[i]
		w.row(out)
		if len(w.lead) > csvMaxLead {
			w.lead = append(append(append(append(append(w.lead[:0], w.x.set...), w.c.blankSource...), w.c.blankReceiver...), w.c.blankSubscriber...), w.c.blankPatient...)
		}
	}
	w.person.v, w.person.traces, w.question.v = nil, nil, nil
}

func (w *CSVWorker) row(out [][]byte) {
	for k := range w.c.tables {
		out[k] = w.c.tables[k].AppendRow(out[k], w, w.c.eol)
	}
}

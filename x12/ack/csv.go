package ack

import (
	"errors"
	"slices"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// CSVLayout is the version of the tables. Within a version columns are only added at the end of a table; the ones
// [CSVOptions] ask for come behind those.
const CSVLayout = 1

// ErrCSV is wrapped by the errors for tables that do not exist.
var ErrCSV = errors.New("ack: bad CSV table")

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
	// Amounts, counts and dates stay as they are.
	Guard bool
}

// Column describes one column of a table.
type Column struct {
	Name    string
	Meaning string
	Element string // where the value is from: "IK304", "REF*1K" (the REF with that qualifier); "keys" for what places a row
}

// The names of the tables.
const (
	// TableAcks is the table of the 999 and the 997: a row per error, one for each set that has none, and one for the group.
	TableAcks = "acks"
	// TableClaimAcks is the table of the 277 claim acknowledgment: a row per status of a claim or line, and of what stands
	// above the claims.
	TableClaimAcks = "claimacks"
)

// The tables, in the order of [CSVTables].
const (
	csvAcks = iota
	csvClaimAcks
	csvTableCount
)

var csvTableNames = [csvTableCount]string{TableAcks, TableClaimAcks}

// CSVTables returns the names of the tables, [TableAcks] and [TableClaimAcks].
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

// CSV writes tables of acknowledgments. It is immutable and may be shared. Where a table is asked for by number it is the
// index in the names given to [NewCSV].
//
// Of a 999 or 997 use [CSV.Functional] at the begin, [CSVWorker.Set] at each set and [CSVWorker.Group] at the end. Of a 277
// use [CSV.Report] at the begin, [CSVWorker.Receiver] and [CSVWorker.Provider] at these levels and [CSVWorker.Patient] at
// each patient, with the contexts that [RowContext.Source], [RowContext.Receiver] and [RowContext.Provider] return.
type CSV struct {
	o      CSVOptions
	text   csvtable.Quoter
	eol    string
	tables []csvTable

	ackMeanings   []csvtable.Field[csvAck]
	claimMeanings []csvtable.Field[csvClaim]
}

// NewCSV returns a CSV for the named tables, each at most once. The error wraps [ErrCSV].
func NewCSV(tables []string, o CSVOptions) (*CSV, error) {
	if o.Codes == nil {
		o.Codes = codes.Default()
	}
	c := &CSV{o: o, text: csvtable.Quoter{Guard: o.Guard}, eol: csvtable.EOL(o.CRLF)}
	if o.Describe {
		c.ackMeanings, c.claimMeanings = csvAckDescriptions(o.Codes), csvClaimDescriptions(o.Codes)
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

// parts returns the parts of a row of a table.
func (c *CSV) parts(kind int) []csvPart {
	keys := csvAckKeys
	above := csvtable.Columns(csvGroupFields)
	if kind == csvClaimAcks {
		keys = csvReportKeys
		above = slices.Concat(csvtable.Columns(csvReportFields), csvtable.Columns(csvSourceFields), csvtable.Columns(csvReceiverFields), csvtable.Columns(csvProviderFields))
	}
	parts := []csvPart{
		csvtable.NewPart(csvtable.Columns(keys), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.keys...) }),
		csvtable.NewPart(above, func(w *CSVWorker, b []byte) []byte {
			return append(append(append(append(b, w.x.set...), w.x.source...), w.x.receiver...), w.x.provider...)
		}),
	}
	if kind == csvClaimAcks {
		return append(parts,
			csvtable.NewPart(csvtable.Columns(csvClaimFields), func(w *CSVWorker, b []byte) []byte { return csvtable.Append(b, csvClaimFields, &w.claim) }),
			csvtable.NewPart(csvtable.Columns(c.claimMeanings), func(w *CSVWorker, b []byte) []byte {
				return csvtable.Append(b, w.c.claimMeanings, &w.claim)
			}))
	}
	return append(parts,
		csvtable.NewPart(csvtable.Columns(csvAckFields), func(w *CSVWorker, b []byte) []byte { return csvtable.Append(b, csvAckFields, &w.ack) }),
		csvtable.NewPart(csvtable.Columns(c.ackMeanings), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, w.c.ackMeanings, &w.ack)
		}))
}

// AppendHeader appends the row of column names of a table.
func (c *CSV) AppendHeader(b []byte, table int) []byte { return c.tables[table].AppendHeader(b, c.eol) }

// RowContext holds the columns of what stands above a row, as they are written. It is immutable, keeps nothing of what it was
// made from and may be shared.
type RowContext struct {
	c                               *CSV
	keys                            []byte
	set, source, receiver, provider []byte
}

// Functional returns the context of a 999 or 997: file is the name for the file_name column, ackSeq the ordinal of the
// set in the run.
func (c *CSV) Functional(file string, env codec.Env, ackSeq int64, a *FunctionalAck) *RowContext {
	return &RowContext{
		c:    c,
		keys: csvtable.Append(nil, csvAckKeys, &csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: a.ControlNumber, Seq: ackSeq}),
		set:  csvtable.Append(nil, csvGroupFields, &csvGroup{csvAbove{Quoter: c.text}, a}),
	}
}

// Report returns the context of a 277; see [CSV.Functional].
func (c *CSV) Report(file string, env codec.Env, reportSeq int64, r *ClaimReport) *RowContext {
	x := &RowContext{
		c:    c,
		keys: csvtable.Append(nil, csvReportKeys, &csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: r.ControlNumber, Seq: reportSeq}),
		set:  csvtable.Append(nil, csvReportFields, &csvReport{csvAbove{Quoter: c.text}, r}),
	}
	return x.Source(&Source{}).Receiver(&Receiver{}).Provider(&Provider{})
}

// Source returns the context of what stands below a source.
func (x *RowContext) Source(v *Source) *RowContext {
	y := *x
	y.source = csvtable.Append(nil, csvSourceFields, &csvSource{csvAbove{Quoter: x.c.text}, v})
	return y.Receiver(&Receiver{})
}

// Receiver returns the context of what stands below a receiver of the source of x.
func (x *RowContext) Receiver(v *Receiver) *RowContext {
	y := *x
	y.receiver = csvtable.Append(nil, csvReceiverFields, &csvReceiver{csvAbove{Quoter: x.c.text}, v})
	return y.Provider(&Provider{})
}

// Provider returns the context of what stands below a provider of the receiver of x.
func (x *RowContext) Provider(v *Provider) *RowContext {
	y := *x
	y.provider = csvtable.Append(nil, csvProviderFields, &csvProvider{csvAbove{Quoter: x.c.text}, v})
	return &y
}

// CSVWorker appends rows. It holds scratch memory, so each goroutine needs one of its own.
type CSVWorker struct {
	c *CSV

	// The row in hand: what the parts of the tables append.
	x     *RowContext
	ack   csvAck
	claim csvClaim
}

// Worker returns a new worker.
func (c *CSV) Worker() *CSVWorker {
	w := &CSVWorker{c: c}
	w.ack.Quoter, w.claim.Quoter = c.text, c.text
	return w
}

// row appends the row in hand to its table.
func (w *CSVWorker) row(out [][]byte, kind int) {
	for k := range w.c.tables {
		if t := &w.c.tables[k]; t.Kind == kind {
			out[k] = t.AppendRow(out[k], w, w.c.eol)
		}
	}
}

// The values of the column level.
const (
	levelGroup    = "group"
	levelSet      = "set"
	levelSegment  = "segment"
	levelElement  = "element"
	levelReceiver = "receiver"
	levelProvider = "provider"
	levelClaim    = "claim"
	levelLine     = "line"
)

// Set appends the rows of a set that is answered; x is the context of its 999 or 997, seq the ordinal of the set in that.
// Nothing of a is kept.
func (w *CSVWorker) Set(out [][]byte, x *RowContext, seq int64, a *SetAck) {
	w.x = x
	w.ack = csvAck{csvAbove: w.ack.csvAbove, set: a, status: a.Status, setSeq: seq}
	r := &w.ack
	add := func(level string, e Coded) {
		r.seq++
		r.level, r.error = level, e
		w.row(out, csvAcks)
	}
	for _, e := range a.Errors {
		if e.Code != "" {
			add(levelSet, e)
		}
	}
	for i := range a.Segments {
		r.segment = &a.Segments[i]
		if len(r.segment.Elements) == 0 {
			add(levelSegment, r.segment.Error)
		}
		for k := range r.segment.Elements {
			r.element = &r.segment.Elements[k]
			add(levelElement, r.element.Error)
		}
		r.element = nil
	}
	if r.seq == 0 {
		add(levelSet, Coded{})
	}
	w.ack = csvAck{csvAbove: r.csvAbove}
}

// Group appends the rows of the group that is answered, behind those of its sets.
func (w *CSVWorker) Group(out [][]byte, x *RowContext, g *GroupResult) {
	w.x = x
	w.ack = csvAck{csvAbove: w.ack.csvAbove, group: g, status: g.Status, level: levelGroup}
	for _, e := range g.Errors {
		if e.Code != "" {
			w.ack.seq++
			w.ack.error = e
			w.row(out, csvAcks)
		}
	}
	if w.ack.seq == 0 {
		w.ack.seq = 1
		w.row(out, csvAcks)
	}
	w.ack = csvAck{csvAbove: w.ack.csvAbove}
}

// Receiver appends the rows of what is said of a whole batch; x is the context of its source.
func (w *CSVWorker) Receiver(out [][]byte, x *RowContext, v *Receiver) {
	w.x = x.Receiver(v)
	w.statuses(out, levelReceiver, v.Batch.Statuses)
}

// Provider appends the rows of what is said of all claims of a provider; x is the context of its receiver.
func (w *CSVWorker) Provider(out [][]byte, x *RowContext, v *Provider) {
	if v.Batch != nil {
		w.x = x.Provider(v)
		w.statuses(out, levelProvider, v.Batch.Statuses)
	}
}

// Patient appends the rows of a patient's claims and their lines; x is the context of the provider, seq the ordinal of the
// patient in the set. Nothing of p is kept.
func (w *CSVWorker) Patient(out [][]byte, x *RowContext, seq int64, p *PatientAck) {
	w.x = x
	w.claim.patient, w.claim.patientSeq = &p.Patient, seq
	for i := range p.Claims {
		c := &p.Claims[i]
		w.claim.claim, w.claim.claimSeq = c, int64(i+1)
		w.statuses(out, levelClaim, c.Statuses)
		for k := range c.Lines {
			w.claim.line, w.claim.lineSeq = &c.Lines[k], int64(k+1)
			w.statuses(out, levelLine, c.Lines[k].Statuses)
		}
		w.claim.line, w.claim.lineSeq = nil, 0
	}
	w.claim = csvClaim{csvAbove: w.claim.csvAbove}
}

func (w *CSVWorker) statuses(out [][]byte, level string, list []Status) {
	w.claim.level = level
	for i := range list {
		w.claim.status, w.claim.statusSeq = &list[i], int64(i+1)
		w.row(out, csvClaimAcks)
	}
	w.claim.status = nil
}

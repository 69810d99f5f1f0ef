package edi837

import (
	"errors"
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// CSVLayout is the version of the tables. Within a version columns are only added at the end of a table; the ones
// [CSVOptions] ask for come behind those.
const CSVLayout = 1

// ErrCSV is wrapped by the errors for tables that do not exist.
var ErrCSV = errors.New("edi837: bad CSV table")

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
	Element string // where the value is from: "CLM02", "REF*F8" (the REF with that qualifier); "keys" for what places a row
}

// The tables, in the order of [CSVTables].
const (
	csvClaims = iota
	csvServices
	csvDiagnoses
	csvTableCount
)

var csvTableNames = [csvTableCount]string{"claims", "services", "diagnoses"}

// CSVTables returns the names of the tables of an 837, the same for professional, institutional and dental claims:
//
//	claims     a row per CLM with all it stands under
//	services   a row per LX
//	diagnoses  a row per diagnosis and per procedure of a claim
//
// The tuple file_name, submission_seq, claim_seq identifies a row of claims, with service_seq one of services, with
// diagnosis_seq one of diagnoses. The charges of the services of a claim add up to its charge unless claims.charge_difference
// says otherwise.
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

// CSV writes tables of 837s. It is immutable and may be shared. Where a table is asked for by number it is the index in the
// names given to [NewCSV].
//
// Use [CSV.Set] at the begin of a transaction set, [RowContext.Enter] at each level, and [CSVWorker.Claim] for each claim.
type CSV struct {
	o      CSVOptions
	text   csvtable.Quoter
	eol    string
	tables []csvTable
	uses   [csvTableCount]bool

	subscriberMeanings []csvtable.Field[csvSubscriber]
	patientMeanings    []csvtable.Field[csvPatient]
	claimMeanings      []csvtable.Field[csvClaim]
	lineMeanings       []csvtable.Field[csvLine]

	// The empty values of what stands above the claims.
	blankBilling, blankSubscriber, blankPatient *csvLevel
}

// NewCSV returns a CSV for the named tables, each at most once. The error wraps [ErrCSV].
func NewCSV(tables []string, o CSVOptions) (*CSV, error) {
	if o.Codes == nil {
		o.Codes = codes.Default()
	}
	c := &CSV{o: o, text: csvtable.Quoter{Guard: o.Guard}, eol: csvtable.EOL(o.CRLF)}
	c.define()
	kinds, err := csvtable.Select(csvTableNames[:], tables, ErrCSV)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		c.uses[kind] = true
		c.tables = append(c.tables, csvTable{Kind: kind, Parts: c.parts(kind)})
	}
	return c, nil
}

// AppendHeader appends the row of column names of a table.
func (c *CSV) AppendHeader(b []byte, table int) []byte {
	return c.tables[table].AppendHeader(b, c.eol)
}

// SetTotals sums up the claims of a transaction set exactly. The zero value is ready to use.
type SetTotals struct {
	Claims   int64   // CLM
	Services int64   // LX
	Charge   x12.Sum // of CLM02
}

// Add adds what u has summed up.
func (t *SetTotals) Add(u *SetTotals) {
	t.Claims += u.Claims
	t.Services += u.Services
	t.Charge.AddSum(&u.Charge)
}

// Reset starts again at nothing.
func (t *SetTotals) Reset() { *t = SetTotals{} }

// RowContext holds the columns of what stands above claims, as they are written: the transaction set and, as far as they
// are open, the billing provider, subscriber and patient. It is immutable and keeps nothing of the structs it was made from.
// The methods of the contexts of one set must be called one at a time; what they return may be shared.
type RowContext struct {
	set                          *csvMaker
	billing, subscriber, patient *csvLevel // never nil
}

// csvLevel is the text of one level.
type csvLevel struct {
	b        []byte // the columns of claims, the lead of services and diagnoses, the descriptions
	lead     int    // where the lead starts
	meanings int    // where the descriptions start
}

func (l *csvLevel) columnText() []byte  { return l.b[:l.lead] }
func (l *csvLevel) leadText() []byte    { return l.b[l.lead:l.meanings] }
func (l *csvLevel) meaningText() []byte { return l.b[l.meanings:] }

// csvMaker is a transaction set, and makes the contexts in it. They and their texts come from larger pieces of memory.
type csvMaker struct {
	c    *CSV
	kind Kind
	keys []byte
	own  csvLevel

	billing    csvBilling
	subscriber csvSubscriber
	patient    csvPatient
	nodes      []csvNode
	text       []byte
}

// csvNode is a context with the levels it does not share with the one above.
type csvNode struct {
	x             RowContext
	level, person csvLevel
}

const (
	csvNodePiece = 32
	csvTextPiece = 8 << 10
	csvTextUsual = 1 << 10 // of one context
)

// next returns a node whose context is a copy of x.
func (m *csvMaker) next(x *RowContext) *csvNode {
	if len(m.nodes) == 0 {
		m.nodes = make([]csvNode, csvNodePiece)
	}
	n := &m.nodes[0]
	m.nodes = m.nodes[1:]
	n.x = *x
	if cap(m.text) < csvTextUsual {
		m.text = make([]byte, 0, csvTextPiece)
	}
	return n
}

// csvMake writes a level. The columns of claims and the descriptions are for that table only.
func csvMake[T any](m *csvMaker, l *csvLevel, columns, lead, meanings []csvtable.Field[T], r *T) {
	b := m.text
	if m.c.uses[csvClaims] {
		b = csvtable.Append(b, columns, r)
	}
	l.lead = len(b)
	b = csvtable.Append(b, lead, r)
	l.meanings = len(b)
	if m.c.uses[csvClaims] {
		b = csvtable.Append(b, meanings, r)
	}
	l.b, m.text = b[:len(b):len(b)], b[len(b):]
}

// Set returns the context of a transaction set: file is the name for the file_name column, submissionSeq the ordinal of
// the set in the run, set its header as read at the begin.
func (c *CSV) Set(file string, env codec.Env, submissionSeq int64, set *ts837.HealthCareClaim) *RowContext {
	above := csvAbove{Quoter: c.text}
	m := &csvMaker{c: c, kind: KindOf(set.Guide), billing: csvBilling{csvAbove: above}, subscriber: csvSubscriber{csvAbove: above}}
	m.keys = csvtable.Append(nil, csvKeyFields,
		&csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: set.ControlNumber, Seq: submissionSeq})
	csvMake(m, &m.own, csvSetFields, csvSetLead, nil, &csvSet{csvAbove: above, v: set, kind: m.kind})
	return &RowContext{set: m, billing: c.blankBilling, subscriber: c.blankSubscriber, patient: c.blankPatient}
}

// Enter returns the context of what stands below the level that a [ts837.Reader] has just read; x is that of the event before.
func (x *RowContext) Enter(ev *ts837.Event) *RowContext {
	switch {
	case ev.PatientLevel != nil:
		return x.Patient(ev.PatientLevel)
	case ev.SubscriberLevel != nil:
		return x.Subscriber(ev.SubscriberLevel)
	case ev.BillingLevel != nil:
		return x.Billing(ev.BillingLevel)
	}
	return x
}

// Billing returns the context of what stands below a billing provider of the set.
func (x *RowContext) Billing(v *ts837.BillingLevel) *RowContext {
	m := x.set
	n := m.next(x)
	m.billing.v = v
	csvMake(m, &n.level, csvBillingFields, csvBillingLead, nil, &m.billing)
	m.billing.v = nil
	n.x.billing, n.x.subscriber, n.x.patient = &n.level, m.c.blankSubscriber, m.c.blankPatient
	return &n.x
}

// Subscriber returns the context of what stands below a subscriber of the billing provider of x, who is the patient of
// the claims until there is another.
func (x *RowContext) Subscriber(v *ts837.SubscriberLevel) *RowContext {
	m := x.set
	n := m.next(x)
	m.subscriber.v = v
	csvMake(m, &n.level, csvSubscriberFields, csvSubscriberLead, m.c.subscriberMeanings, &m.subscriber)
	m.subscriber.v = nil
	m.patient.self(v)
	m.person(n)
	n.x.subscriber = &n.level
	return &n.x
}

// Patient returns the context of the claims of a patient of the subscriber of x.
func (x *RowContext) Patient(v *ts837.PatientLevel) *RowContext {
	n := x.set.next(x)
	x.set.patient.dependent(v)
	x.set.person(n)
	return &n.x
}

// person writes the columns of the patient.
func (m *csvMaker) person(n *csvNode) {
	m.patient.csvAbove = csvAbove{Quoter: m.c.text}
	csvMake(m, &n.person, csvPatientFields, nil, m.c.patientMeanings, &m.patient)
	m.patient = csvPatient{}
	n.x.patient = &n.person
}

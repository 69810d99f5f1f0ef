package edi835

import (
	"errors"
	"fmt"
	"slices"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// CSVLayout is the version of the tables. Within a version columns are only added at the end of a table; the ones
// [CSVOptions] ask for come behind those.
const CSVLayout = 1

// ErrCSV is wrapped by the errors for tables and options that do not exist.
var ErrCSV = errors.New("edi835: bad CSV table or option")

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
	// Adjustments is the number of adjustments that have columns of their own in flat, for claim and line each. 0 means
	// 6, a negative number none.
	Adjustments int
	// RepeatFirst leaves the claim columns of flat empty behind the first row of a claim.
	RepeatFirst bool
}

const (
	csvAdjustmentsDefault = 6
	csvAdjustmentsMost    = 99 * 6 // CAS of a loop, triplets of a CAS
)

// adjustments returns the number of numbered adjustments.
func (o *CSVOptions) adjustments() int {
	switch {
	case o.Adjustments == 0:
		return csvAdjustmentsDefault
	case o.Adjustments < 0:
		return 0
	}
	return o.Adjustments
}

// Column describes one column of a table.
type Column struct {
	Name    string
	Meaning string
	Element string // where the value is from: "CLP03", "REF*1L" (the REF with that qualifier); "keys" for what places a row
}

// The tables, in the order of [CSVTables].
const (
	csvClaims = iota
	csvServices
	csvAdjustments
	csvPayments
	csvFlat
	csvTableCount
)

var csvTableNames = [csvTableCount]string{"claims", "services", "adjustments", "payments", "flat"}

// CSVTables returns the names of the tables of an 835:
//
//	claims       a row per CLP
//	services     a row per SVC
//	adjustments  a row per triplet of a CAS and per pair of a PLB: every adjusted dollar once
//	payments     a row per ST
//	flat         a row per SVC with its claim and payment, per CLP without SVC, and per pair of a PLB
//
// The tuple file_name, remittance_seq, claim_seq, service_seq identifies a row of claims, services and payments, with
// level and adjustment_seq one of adjustments. claims.paid_amount less the amounts at level provider is payment_amount;
// services.paid_amount less the amounts at level claim is claims.paid_amount when all lines of a claim were sent.
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

// CSV writes tables of 835s. It is immutable and may be shared. Where a table is asked for by number it is the index in the
// names given to [NewCSV].
//
// Use [CSV.Set] at the begin of a transaction set, [RowContext.Group] at each LX, [CSVWorker.Claim] for each claim and
// [CSVWorker.Trailer] at the end of the set.
type CSV struct {
	o      CSVOptions
	text   csvtable.Quoter
	eol    string
	tables []csvTable
	uses   [csvTableCount]bool

	// What claim and line columns of flat come behind those it shares with the other tables.
	claimTail []csvtable.Field[csvClaim]
	lineTail  []csvtable.Field[csvLine]

	claimDescriptions, claimReasons []csvtable.Field[csvClaim]
	lineDescriptions, lineReasons   []csvtable.Field[csvLine]

	// The empty values of the same columns.
	blankPayment, blankHeader, blankClaim, blankLine             string
	blankClaimDescriptions, blankLineDescriptions, blankProvider string
}

// NewCSV returns a CSV for the named tables, each at most once. The error wraps [ErrCSV].
func NewCSV(tables []string, o CSVOptions) (*CSV, error) {
	if o.Adjustments > csvAdjustmentsMost {
		return nil, fmt.Errorf("%w: %d numbered adjustments, most are %d", ErrCSV, o.Adjustments, csvAdjustmentsMost)
	}
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
	Claims int64   // CLP
	Charge x12.Sum // of CLP03
	Paid   x12.Sum // of CLP04
}

// Add adds what u has summed up.
func (t *SetTotals) Add(u *SetTotals) {
	t.Claims += u.Claims
	t.Charge.AddSum(&u.Charge)
	t.Paid.AddSum(&u.Paid)
}

// Reset starts again at nothing.
func (t *SetTotals) Reset() { *t = SetTotals{} }

// RowContext holds the key and payment columns of a transaction set, and the header columns of one LX group, as they are
// written. It is immutable and keeps nothing of the structs it was made from.
type RowContext struct {
	c       *CSV
	keys    []byte
	payment []byte
	header  []byte // of the group
	trace   []byte
	banks   []byte     // the columns of payments up to the totals
	amount  x12.Number // BPR02
}

// Set returns the context of a transaction set: file is the name for the file_name column, remittanceSeq the ordinal of
// the set in the run, set its header as read at the begin.
func (c *CSV) Set(file string, env codec.Env, remittanceSeq int64, set *ts835.RemittanceAdvice) *RowContext {
	r := &csvSet{Quoter: c.text, v: set}
	x := &RowContext{c: c, header: []byte(c.blankHeader), amount: set.Payment.Amount}
	x.keys = csvtable.Append(nil, csvKeyFields,
		&csvtable.Keys{Quoter: c.text, File: file, Env: env, Control: set.ControlNumber, Seq: remittanceSeq})
	x.payment = csvtable.Append(nil, csvPaymentFields, r)
	x.trace = csvtable.Append(nil, csvTraceField, r)
	if c.uses[csvPayments] {
		x.banks = csvtable.Append(nil, csvPaymentsFields, r)
	}
	return x
}

// Group returns the context of the claims of a group.
func (x *RowContext) Group(g *ts835.HeaderGroup) *RowContext {
	y := *x
	y.header = csvtable.Append(nil, csvHeaderFields, &csvHeader{Quoter: x.c.text, v: g})
	return &y
}

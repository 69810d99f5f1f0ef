package deposit

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
)

// Statement says how a statement in CSV is laid out. The zero value takes columns by the names of [StatementFields].
type Statement struct {
	// Columns gives for a field the name of its column, or its number, 1 = first.
	Columns map[string]string
	// Skip is how many lines stand in front of the header.
	Skip int
	// Headless: there is no row of names; Columns has numbers.
	Headless bool
	// Comma between columns; 0 is a comma.
	Comma rune
	// Date is the form of dates: YYYY, YY, MM, DD, M and D with what stands between them. When empty, YYYY-MM-DD,
	// YYYYMMDD and MM/DD/YYYY are read.
	Date string
}

// ErrStatement is wrapped by errors about a [Statement] that cannot be meant.
var ErrStatement = errors.New("deposit: bad statement layout")

// The fields of a statement.
const (
	fieldDate = iota
	fieldAmount
	fieldCredit
	fieldDebit
	fieldTrace
	fieldPayerID
	fieldPayer
	fieldReference
	fieldText
	fieldType
	fieldCurrency
	fieldAccount
	statementFields
)

// StatementFields returns the fields a statement may have with their meanings. A statement has date, and amount or credit.
func StatementFields() [][2]string {
	return [][2]string{
		{"date", "day of the entry"},
		{"amount", "amount; below zero (a minus, or in parentheses) for money out"},
		{"credit", "amount that came in"},
		{"debit", "amount that went out"},
		{"trace", "trace or check number, TRN02"},
		{"payer_id", "company identification of the payer, TRN03"},
		{"payer", "name of the payer"},
		{"reference", "number the bank gave the entry"},
		{"text", "description; a TRN in it is found"},
		{"type", "ACH, wire or check, alone or among other words; RETURN or REVERSAL for money taken back"},
		{"currency", "ISO 4217; USD when empty"},
		{"account", "account of the payee; in no report"},
	}
}

// statementReader reads a statement in CSV.
type statementReader struct {
	finder
	file   string
	layout Statement
	in     *budget
	csv    *csv.Reader
	at     [statementFields]int // column of each field, -1 for none
	ready  bool
	form   []datePart
}

// maxRow is how long a row may be, in bytes.
const maxRow = 1 << 20

// budget stops a reader that goes on and on within one row.
type budget struct {
	r    io.Reader
	left int
	err  error // of r, other than io.EOF
}

var errRow = errors.New("deposit: a row that is too long")

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRow
	}
	n, err := b.r.Read(p)
	b.left -= n
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// NewStatementReader returns a reader of a statement in CSV. Amounts are read with or without $ and thousands separators.
// Money in is a deposit; money out is [Outgoing], or a [Return] where type or text have the word RETURN, RETURNED,
// REVERSAL or REVERSED. It returns an error that wraps [ErrStatement] for a layout that cannot be meant.
func NewStatementReader(r io.Reader, file string, layout Statement, sink x12.Sink) (EntryReader, error) {
	in := &budget{r: r, left: maxRow}
	s := &statementReader{finder: finder{sink}, file: file, layout: layout, in: in, csv: csv.NewReader(in)}
	s.csv.FieldsPerRecord, s.csv.ReuseRecord, s.csv.LazyQuotes = -1, true, true
	if layout.Comma != 0 {
		s.csv.Comma = layout.Comma
	}
	var names []string
	for _, f := range StatementFields() {
		names = append(names, f[0])
	}
	for name, column := range layout.Columns {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%w: no field %q", ErrStatement, name)
		}
		if n, err := strconv.Atoi(column); column == "" || layout.Headless && (err != nil || n < 1) {
			return nil, fmt.Errorf("%w: field %s needs a column number", ErrStatement, name)
		}
	}
	var err error
	if s.form, err = dateForm(layout.Date); err != nil {
		return nil, err
	}
	return s, nil
}

// Next implements [EntryReader].
func (s *statementReader) Next() (*Entry, error) {
	if !s.ready {
		if err := s.header(); err != nil {
			return nil, err
		}
		s.ready = true
	}
	for {
		row, offset, err := s.row()
		if err != nil {
			return nil, err
		}
		if e := s.entry(row, offset); e != nil {
			return e, nil
		}
	}
}

// row returns the next row and its offset.
func (s *statementReader) row() ([]string, int64, error) {
	s.in.left = maxRow
	offset := s.csv.InputOffset()
	row, err := s.csv.Read()
	switch {
	case err == nil || err == io.EOF:
		return row, offset, err
	case s.in.err != nil:
		return nil, offset, s.in.err
	case errors.Is(err, errRow):
		return nil, offset, s.fatal(offset, "a row that is too long; a quote may be open")
	}
	return nil, offset, s.fatal(offset, "a row that is no CSV")
}

func (s *statementReader) fatal(offset int64, message string) error {
	i := &x12.Issue{Offset: offset, Rule: RuleCSV, Level: 1, Severity: x12.Fatal, Message: message}
	if s.sink != nil {
		s.sink(i)
	}
	return i
}

// header finds the columns of the fields.
func (s *statementReader) header() error {
	for range s.layout.Skip {
		if _, _, err := s.row(); err != nil {
			return err
		}
	}
	var names []string
	var offset int64
	if !s.layout.Headless {
		row, at, err := s.row()
		if err != nil {
			return err
		}
		offset = at
		for _, name := range row {
			names = append(names, headerKey(name))
		}
	}
	for i, f := range StatementFields() {
		s.at[i] = -1
		column, given := s.layout.Columns[f[0]]
		if n, err := strconv.Atoi(column); err == nil && n > 0 {
			s.at[i] = n - 1
			continue
		}
		if !given {
			column = f[0]
		}
		s.at[i] = slices.Index(names, headerKey(column))
		if given && s.at[i] < 0 {
			return s.fatal(offset, "no column has the name that is given for the field "+f[0])
		}
	}
	if s.at[fieldDate] < 0 || s.at[fieldAmount] < 0 && s.at[fieldCredit] < 0 {
		return s.fatal(offset, "no columns for date and amount: expected columns date and amount, or a column map")
	}
	return nil
}

// headerKey is a column name as compared: without case, blanks around it, and byte order mark; a blank is as good as _.
func headerKey(s string) string {
	s = strings.TrimSpace(strings.TrimPrefix(s, "\ufeff"))
	return strings.ToLower(strings.ReplaceAll(s, " ", "_"))
}

// entry makes an entry of a row, nil when there is no money in it.
func (s *statementReader) entry(row []string, offset int64) *Entry {
	get := func(field int) string {
		if k := s.at[field]; k >= 0 && k < len(row) {
			return strings.TrimSpace(row[k])
		}
		return ""
	}
	line, _ := s.csv.FieldPos(0)
	fault := func(field int, message string) {
		s.report(x12.Error, RuleCSV, offset, line, s.at[field]+1, "", message)
	}
	text := map[int]string{fieldAmount: get(fieldAmount), fieldCredit: get(fieldCredit), fieldDebit: get(fieldDebit)}
	if get(fieldDate) == "" && text[fieldAmount] == "" && text[fieldCredit] == "" && text[fieldDebit] == "" {
		return nil // an empty row, or one of remarks
	}
	e := &Entry{File: s.file, Line: line, Sort: Deposit}
	var ok bool
	if e.Date, ok = s.date(get(fieldDate)); !ok {
		fault(fieldDate, "the date is none of the calendar, or of another form")
	}
	out := false
	for _, f := range [...]int{fieldAmount, fieldCredit, fieldDebit} {
		if text[f] == "" {
			continue
		}
		n, ok := money(text[f])
		switch {
		case !ok:
			fault(f, "the amount is no number")
		case e.Amount.Sign() != 0 && n.Sign() != 0:
			fault(f, "money in and out in one row")
		case !e.Amount.Set() || n.Sign() != 0:
			e.Amount = n
			if out = f == fieldDebit; n.Sign() < 0 {
				out, e.Amount = true, n.Neg() // a debit below zero is still money out: banks write both
			}
		}
	}
	clone := func(field, most int) string { v := get(field); return strings.Clone(v[:min(len(v), most)]) }
	e.Trace, e.CompanyID, e.PayerName = clone(fieldTrace, 2*maxTrace), clone(fieldPayerID, maxTrace), clone(fieldPayer, maxText)
	e.Reference, e.Account, e.Code = clone(fieldReference, maxText), clone(fieldAccount, maxText), clone(fieldType, maxText)
	e.Currency = strings.ToUpper(clone(fieldCurrency, 3))
	if e.Text = clone(fieldText, maxText); e.Trace == "" {
		if t, ok := ParseTRN(get(fieldText)); ok {
			e.Trace, e.PayerID = strings.Clone(t.Number), strings.Clone(t.PayerID)
		}
	} else {
		e.PayerID = e.CompanyID
	}
	s.sort(e, out)
	if e.Trace != "" {
		e.Text = ""
	}
	return e
}

func (s *statementReader) sort(e *Entry, out bool) {
	words := strings.Fields(nameKey(e.Code))
	has := func(list []string, words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	switch {
	case has(words, "ACH", "EFT"):
		e.Way = ACH
	case has(words, "WIRE", "FEDWIRE"):
		e.Way = Wire
	case has(words, "CHECK", "CHECKS", "LOCKBOX"):
		e.Way = Check
	}
	switch {
	case !e.Amount.Set():
		e.Sort = Other
	case e.Amount.Sign() == 0:
		e.Sort = Zero
	case out:
		e.Sort = Outgoing
		if has(append(words, strings.Fields(nameKey(e.Text))...), "RETURN", "RETURNED", "REVERSAL", "REVERSED") {
			e.Sort = Return
		}
	}
}

// money reads an amount as people write them: $1,234.56, -12, (12.00), 12.00-.
func money(text string) (x12.Number, bool) {
	negative := false
	if inner, ok := strings.CutPrefix(text, "("); ok {
		if text, ok = strings.CutSuffix(inner, ")"); !ok {
			return x12.Number{}, false
		}
		negative = true
	}
	if inner, ok := strings.CutSuffix(text, "-"); ok {
		text, negative = inner, true
	}
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "-"); ok {
		if negative {
			return x12.Number{}, false
		}
		text, negative = inner, true
	}
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "+"), "$"))
	if inner, ok := strings.CutPrefix(text, "-"); ok && !negative { // $-12
		text, negative = inner, true
	}
	whole, _, _ := strings.Cut(text, ".")
	if strings.Contains(whole, ",") {
		parts := strings.Split(whole, ",")
		for i, p := range parts {
			if len(p) != 3 && (i > 0 || p == "" || len(p) > 3) {
				return x12.Number{}, false // 1,23 may be a decimal comma: not guessed
			}
		}
		text = strings.Join(parts, "") + text[len(whole):]
	}
	if strings.Trim(text, "0123456789.") != "" {
		return x12.Number{}, false // a second sign, an exponent
	}
	n, ok := x12.ParseNumber(text)
	if _, fits := cents(n); !ok || !fits {
		return x12.Number{}, false
	}
	c, _ := cents(n)
	if negative {
		c = -c
	}
	return x12.NewNumber(c, 2), true
}

// datePart is a piece of the form of dates: a number of year, month or day, or text between them.
type datePart struct {
	what  byte // Y, M, D, or 0 for text
	width int  // of a number; 0 = one or two digits
	text  string
}

// dateForm reads the form of dates.
func dateForm(form string) (parts []datePart, err error) {
	seen := map[byte]bool{}
	for rest := form; rest != ""; {
		c := rest[0]
		n := 1
		for n < len(rest) && rest[n] == c {
			n++
		}
		switch {
		case c == 'Y' && (n == 4 || n == 2), (c == 'M' || c == 'D') && n == 2:
			parts = append(parts, datePart{what: c, width: n})
		case (c == 'M' || c == 'D') && n == 1:
			parts = append(parts, datePart{what: c})
		case c != 'Y' && c != 'M' && c != 'D':
			n = 1
			parts = append(parts, datePart{text: rest[:1]})
		default:
			return nil, fmt.Errorf("%w: date form %q", ErrStatement, form)
		}
		if what := parts[len(parts)-1].what; what != 0 {
			if seen[what] {
				return nil, fmt.Errorf("%w: date form %q", ErrStatement, form)
			}
			seen[what] = true
		}
		rest = rest[n:]
	}
	if form != "" && len(seen) != 3 || !utf8.ValidString(form) {
		return nil, fmt.Errorf("%w: date form %q needs year, month and day", ErrStatement, form)
	}
	return parts, nil
}

// The forms that are read when none is given. A day first is never taken: 01/02/2026 is the second of January.
var plainForms = [...]string{"YYYY-MM-DD", "YYYYMMDD", "M/D/YYYY"}

// date reads a date; a time of day behind a blank or T is passed over.
func (s *statementReader) date(text string) (x12.Date, bool) {
	if s.form != nil {
		return parseDate(text, s.form)
	}
	if k := strings.IndexAny(text, " T"); k > 0 {
		text = text[:k]
	}
	for _, form := range plainForms {
		parts, err := dateForm(form)
		if err != nil {
			return x12.Date{}, false
		}
		if d, ok := parseDate(text, parts); ok {
			return d, true
		}
	}
	return x12.Date{}, false
}

func parseDate(text string, form []datePart) (x12.Date, bool) {
	var year, month, day int64
	for _, p := range form {
		if p.what == 0 {
			var ok bool
			if text, ok = strings.CutPrefix(text, p.text); !ok {
				return x12.Date{}, false
			}
			continue
		}
		n := p.width
		if n == 0 {
			for n = 0; n < 2 && n < len(text) && text[n]-'0' < 10; n++ {
			}
		}
		if len(text) < n {
			return x12.Date{}, false
		}
		v, ok := digits(text[:n])
		if !ok {
			return x12.Date{}, false
		}
		text = text[n:]
		switch p.what {
		case 'Y':
			if year = v; n == 2 {
				year += 2000
			}
		case 'M':
			month = v
		case 'D':
			day = v
		}
	}
	if text != "" {
		return x12.Date{}, false
	}
	return x12.NewDate(int(year), int(month), int(day))
}

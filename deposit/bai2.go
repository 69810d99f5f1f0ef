package deposit

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
)

// TypeCodes say which BAI2 detail type codes are what; banks differ. A code that no list has is [Other] below 400 and
// [Outgoing] from 400 on.
type TypeCodes struct {
	ACH   []string // deposits
	Wire  []string
	Check []string
	Undo  []string // debits that undo a deposit
}

// DefaultTypeCodes returns the codes of the BAI list that pay claims.
func DefaultTypeCodes() TypeCodes {
	return TypeCodes{
		ACH:   []string{"142", "143", "164", "165", "166", "169"},
		Wire:  []string{"191", "195", "196", "206", "208"},
		Check: []string{"115", "116", "174", "175", "301"},
		Undo:  []string{"552", "555", "557", "558", "566", "694"},
	}
}

// bai2Reader reads the details (record 16) of a BAI2 file.
type bai2Reader struct {
	finder
	l     *lines
	file  string
	codes TypeCodes

	rec   bai2Record // being gathered
	next  []byte     // the line behind it
	err   error
	ended bool // record 99 was read

	group   struct{ date, currency string }
	account struct{ number, currency string }
	records struct{ account, group, file int64 } // for the trailers
	sums    struct{ account, group, file x12.Sum }
	counts  struct{ accounts, groups int64 }
}

// maxRecordLines bounds the continuation records of a record.
const maxRecordLines = 200

// bai2Record is a record with its continuations (88).
type bai2Record struct {
	code   string
	line   int
	offset int64
	parts  [][]byte // text of each line, without record code and the / at its end
	lines  int64

	part int // cursor of field: line,
	at   int // byte in it
	past bool
}

// NewBAI2Reader returns a reader of a BAI2 file: its details (records 16 with their continuations 88). The zero TypeCodes are
// [DefaultTypeCodes]. The date is the
// as-of date of the group (02), or the value date of a detail of funds type V. The trailers 49, 98 and 99 are held against
// what was read. A TRN in the text gives Trace and PayerID.
func NewBAI2Reader(r io.Reader, file string, codes TypeCodes, sink x12.Sink) EntryReader {
	if codes.ACH == nil && codes.Wire == nil && codes.Check == nil && codes.Undo == nil {
		codes = DefaultTypeCodes()
	}
	return &bai2Reader{finder: finder{sink}, l: newLines(r), file: file, codes: codes}
}

// Next implements [EntryReader].
func (b *bai2Reader) Next() (*Entry, error) {
	for {
		if err := b.gather(); err != nil {
			if err == io.EOF && !b.ended {
				b.ended = true
				b.report(x12.Error, RuleTotals, b.l.offset, b.l.number, 0, "99", "the file has no file trailer")
			}
			return nil, err
		}
		if e := b.take(); e != nil {
			return e, nil
		}
	}
}

func (b *bai2Reader) fault(field int, message string) {
	b.report(x12.Error, RuleBAI2, b.rec.offset, b.rec.line, field, b.rec.code, message)
}

// line returns the next line that is not empty.
func (b *bai2Reader) line() ([]byte, error) {
	for b.err == nil {
		line, err := b.l.next()
		if err != nil {
			b.err = err
			break
		}
		if b.l.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if b.l.long {
			b.report(x12.Error, RuleBAI2, b.l.start, b.l.number, 0, "", "a line that is too long: the rest of it is passed over")
		}
		if len(line) > 0 {
			return line, nil
		}
	}
	return nil, b.err
}

// gather reads a record and its continuations.
func (b *bai2Reader) gather() error {
	line := b.next
	if b.next = nil; line == nil {
		var err error
		if line, err = b.line(); err != nil {
			return err
		}
	}
	code, rest := bai2Line(line)
	r := &b.rec
	*r = bai2Record{code: code, line: b.l.number, offset: b.l.start, parts: append(r.parts[:0], bytes.Clone(rest)), lines: 1}
	for {
		line, err := b.line()
		if err != nil {
			return nil // told by the next call
		}
		code, rest := bai2Line(line)
		if code != "88" {
			b.next = line
			return nil
		}
		r.lines++
		if len(r.parts) == maxRecordLines {
			b.fault(0, "a record of too many continuations: the rest is passed over")
		}
		if len(r.parts) <= maxRecordLines {
			r.parts = append(r.parts, bytes.Clone(rest))
		}
	}
}

// bai2Line splits a line into its record code and what is behind the comma, without the / at the end.
func bai2Line(line []byte) (code string, rest []byte) {
	line = bytes.TrimSuffix(line, []byte("/"))
	if len(line) < 2 {
		return string(line), nil
	}
	code = string(line[:2])
	if len(line) > 2 && line[2] == ',' {
		return code, line[3:]
	}
	if len(line) > 2 {
		return "", nil // no record: too much in front of the comma
	}
	return code, nil
}

// field returns the next field; ok is false behind the last. A continuation begins a new one.
func (r *bai2Record) field() (s string, ok bool) {
	if r.past {
		if r.part+1 >= len(r.parts) {
			return "", false
		}
		r.part, r.at, r.past = r.part+1, 0, false
	}
	rest := r.parts[r.part][r.at:]
	k := bytes.IndexByte(rest, ',')
	if k < 0 {
		r.past = true
		return string(bytes.TrimSpace(rest)), true
	}
	r.at += k + 1
	return string(bytes.TrimSpace(rest[:k])), true
}

// fields returns the next n fields, empty ones where there are no more.
func (r *bai2Record) fields(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i], _ = r.field()
	}
	return list
}

// text returns what is left: each line as it is.
func (r *bai2Record) text() (list [][]byte) {
	if !r.past {
		list = append(list, r.parts[r.part][r.at:])
	}
	return append(list, r.parts[r.part+1:]...)
}

func (b *bai2Reader) take() *Entry {
	r := &b.rec
	b.records.account += r.lines
	b.records.group += r.lines
	b.records.file += r.lines
	switch r.code {
	case "01":
		b.records.file = r.lines
		b.sums.file, b.counts.groups, b.ended = x12.Sum{}, 0, false
	case "02":
		f := r.fields(6)
		b.group.date, b.group.currency = f[3], f[5]
		b.records.group = r.lines
		b.sums.group, b.counts.accounts = x12.Sum{}, 0
		b.counts.groups++
		if _, ok := x12.ParseDate(f[3]); !ok {
			b.fault(4, "the as-of date is none of the calendar")
		}
	case "03":
		f := r.fields(2)
		b.account.number, b.account.currency = f[0], f[1]
		b.records.account = r.lines
		b.sums.account = x12.Sum{}
		b.counts.accounts++
		b.summaries()
	case "16":
		return b.detail()
	case "49":
		b.trailer(&b.sums.account, -1, 0, b.records.account, "account")
		b.sums.group.AddSum(&b.sums.account)
	case "98":
		b.trailer(&b.sums.group, b.counts.accounts, 1, b.records.group, "group")
		b.sums.file.AddSum(&b.sums.group)
	case "99":
		b.ended = true
		b.trailer(&b.sums.file, b.counts.groups, 1, b.records.file, "file")
	default:
		b.fault(0, "a record of no known code: it is passed over")
	}
	return nil
}

// summaries adds up the amounts of record 03, which count in the totals.
func (b *bai2Reader) summaries() {
	r := &b.rec
	for {
		code, ok := r.field()
		if !ok {
			return
		}
		amount, _ := r.field()
		if amount != "" {
			n, ok := bai2Amount(amount)
			if !ok {
				b.fault(0, "an amount of a summary is no number")
			}
			b.sums.account.Add(n)
		}
		if _, ok = r.field(); !ok && code == "" { // item count
			return
		}
		if kind, _ := r.field(); !b.funds(kind, nil) {
			return
		}
	}
}

// funds passes over what a funds type brings with it; of type V it keeps the value date. It reports false when that cannot
// be told.
func (b *bai2Reader) funds(kind string, date *string) bool {
	r := &b.rec
	switch kind {
	case "", "0", "1", "2", "Z":
	case "V":
		f := r.fields(2)
		if date != nil {
			*date = f[0]
		}
	case "S":
		r.fields(3)
	case "D":
		text, _ := r.field()
		n, ok := digits(text)
		if !ok || n > 2*maxRecordLines {
			b.fault(0, "the number of availability distributions is none")
			return false
		}
		r.fields(int(2 * n))
	default:
		b.fault(0, "a funds type that is none: expected 0, 1, 2, V, S, D or Z")
		return false
	}
	return true
}

// bai2Amount reads an amount in cents; a sign may stand in front of it.
func bai2Amount(text string) (x12.Number, bool) {
	bare := strings.TrimLeft(text, "+-")
	n, ok := digits(bare)
	if !ok || len(text)-len(bare) > 1 {
		return x12.Number{}, false
	}
	if text[0] == '-' {
		n = -n
	}
	return x12.NewNumber(n, 2), true
}

func (b *bai2Reader) detail() *Entry {
	r := &b.rec
	f := r.fields(3)
	date := b.group.date
	value := ""
	e := &Entry{File: b.file, Line: r.line, Code: f[0], Account: b.account.number, Currency: b.account.currency}
	if e.Currency == "" {
		e.Currency = b.group.currency
	}
	amount, ok := bai2Amount(f[1])
	if !ok {
		b.fault(2, "the amount is no number")
	}
	b.sums.account.Add(amount)
	if e.Amount = amount; amount.Sign() < 0 {
		e.Amount = amount.Neg()
	}
	if b.funds(f[2], &value) {
		refs := r.fields(2)
		e.Reference, e.Receiver = refs[0], refs[1]
	}
	if value != "" {
		date = value
	}
	if d, ok := x12.ParseDate(date); ok {
		e.Date = d.Long()
	} else if value != "" {
		b.fault(4, "the value date is none of the calendar")
	}
	b.words(e, r.text())
	b.sort(e, amount.Sign() < 0)
	return e
}

// words finds a TRN in the text. Banks break text where a line is full, also inside a TRN, so it is looked for in the lines
// joined as they are.
func (b *bai2Reader) words(e *Entry, text [][]byte) {
	joined := bytes.Join(text, nil)
	joined = joined[:min(len(joined), maxAddenda)]
	if t, ok := ParseTRN(string(joined)); ok {
		e.Trace, e.PayerID = strings.Clone(t.Number), strings.Clone(t.PayerID)
		return
	}
	joined = bytes.TrimSpace(bytes.Join(text, []byte(" ")))
	e.Text = string(joined[:min(len(joined), maxText)])
}

// sort says what a detail is by its type code.
func (b *bai2Reader) sort(e *Entry, negative bool) {
	has := func(list []string) bool { return slices.Contains(list, e.Code) }
	switch {
	case !e.Amount.Set():
		e.Sort = Other
	case e.Amount.Sign() == 0:
		e.Sort = Zero
	case has(b.codes.Undo):
		e.Sort, e.Way = Return, ACH
	case e.Code >= "400" && e.Code < "700", negative:
		e.Sort = Outgoing
	case has(b.codes.ACH):
		e.Sort, e.Way = Deposit, ACH
	case has(b.codes.Wire):
		e.Sort, e.Way = Deposit, Wire
	case has(b.codes.Check):
		e.Sort, e.Way = Deposit, Check
	default:
		e.Sort = Other
	}
}

// trailer holds a trailer against what was read. count is that of what is inside; negative where the record has none.
func (b *bai2Reader) trailer(sum *x12.Sum, count int64, skip int, records int64, what string) {
	f := b.rec.fields(2 + skip)
	total, ok := bai2Amount(f[0])
	report := func(field int, message string) {
		b.report(x12.Error, RuleTotals, b.rec.offset, b.rec.line, field, b.rec.code, message)
	}
	if !ok || !sum.Equal(total) {
		report(1, "the control total of the "+what+" differs from the amounts read")
	}
	if n, ok := digits(f[1]); count >= 0 && (!ok || n != count) {
		report(2, "the count in the trailer of the "+what+" differs from what was read")
	}
	if n, ok := digits(f[1+skip]); !ok || n != records {
		report(2+skip, "the number of records of the "+what+" differs from those read")
	}
}

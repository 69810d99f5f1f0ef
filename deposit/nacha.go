package deposit

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
)

// recordLen is the length of a NACHA record.
const recordLen = 94

// maxAddenda is how much text of the addenda of one entry is looked at for its TRN, in bytes. In a CTX entry the TRN is the
// fourth or fifth segment of the interchange.
const maxAddenda = 4 << 10

// nachaReader reads entries with their addenda from a NACHA file. It looks at columns only, and holds the trailers against what
// was read.
type nachaReader struct {
	finder
	l      *lines
	file   string
	rest   []byte // of a file without line ends
	number int    // of the record: that of its line, where there are lines

	entry   *Entry // open: its addenda may follow
	addenda []byte
	counted int // addenda of the open entry
	ready   *Entry
	end     error

	batch struct {
		open                       bool
		sec, description, id, name string
		date                       x12.Date
		nachaTotals
	}
	total   nachaTotals // of the batches that were closed
	batches int64
	closed  bool // the file control was read
}

// nachaTotals are what a control record says.
type nachaTotals struct{ count, hash, debit, credit int64 }

// NewNACHAReader returns a reader of a NACHA file: entries (record 6) with the TRN of their addenda 05, returns (addenda 99)
// and notifications of change (98). Records may come without line ends, and without the blanks at their end. Deposits
// are the credits 22 and 32 of the classes CCD and CTX.
func NewNACHAReader(r io.Reader, file string, sink x12.Sink) EntryReader {
	return &nachaReader{finder: finder{sink}, l: newRecords(r, recordLen), file: file}
}

// Next implements [EntryReader].
func (n *nachaReader) Next() (*Entry, error) {
	for {
		if e := n.ready; e != nil {
			n.ready = nil
			return e, nil
		}
		if n.end != nil {
			return nil, n.end
		}
		rec, err := n.record()
		if err != nil {
			n.end = err
			n.finish()
			if err == io.EOF && !n.closed {
				n.fault(x12.Error, RuleTotals, 0, "the file has no file control record")
			}
			continue
		}
		n.take(rec)
	}
}

func (n *nachaReader) fault(sev x12.Severity, rule string, column int, message string) {
	n.report(sev, rule, n.l.start, n.number, column, "", message)
}

// record returns the next record, with blanks where it is short.
func (n *nachaReader) record() ([]byte, error) {
	line := n.rest
	n.number++
	for len(line) == 0 {
		var err error
		if line, err = n.l.next(); err != nil {
			return nil, err
		}
		if len(line) == 0 {
			n.number++
		}
		if n.l.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
	}
	n.rest = nil
	switch {
	case len(line) > recordLen && utf8.Valid(line) && utf8.RuneCount(line) <= recordLen:
		line = plain(line)
	case len(line) > recordLen:
		// A file of blocks: one record behind the other.
		n.rest = line[recordLen:]
		line = line[:recordLen]
	}
	if len(line) < recordLen {
		short := make([]byte, recordLen)
		for i := copy(short, line); i < recordLen; i++ {
			short[i] = ' '
		}
		line = short
	}
	return line, nil
}

// plain makes each character that is not ASCII one byte, so that columns stay where they are.
func plain(line []byte) []byte {
	out := make([]byte, 0, recordLen)
	for _, r := range string(line) {
		if r >= utf8.RuneSelf {
			r = '?'
		}
		out = append(out, byte(r))
	}
	return out
}

// column returns the columns from to to, 1 = first, without blanks around them.
func column(rec []byte, from, to int) string { return strings.TrimSpace(string(rec[from-1 : to])) }

func (n *nachaReader) take(rec []byte) {
	if rec[0] != '7' {
		n.finish()
	}
	switch rec[0] {
	case '1':
		n.total, n.batches, n.closed = nachaTotals{}, 0, false // several files may stand in one
	case '5':
		n.header(rec)
	case '6':
		n.detail(rec)
	case '7':
		n.addendum(rec)
	case '8':
		n.control(rec)
	case '9':
		if !n.closed {
			n.fileControl(rec)
		}
	default:
		n.fault(x12.Error, RuleNACHA, 1, "a record of no known type: it is passed over")
	}
}

func (n *nachaReader) header(rec []byte) {
	b := &n.batch
	b.open, b.nachaTotals = true, nachaTotals{}
	b.sec, b.description = column(rec, 51, 53), strings.ToUpper(column(rec, 54, 63))
	b.id, b.name = column(rec, 41, 50), column(rec, 5, 20)
	var ok bool
	if b.date, ok = x12.ParseDate(rec[69:75]); ok {
		b.date = b.date.Long()
	} else {
		n.fault(x12.Warning, RuleNACHA, 70, "the effective entry date is none of the calendar")
	}
}

func (n *nachaReader) detail(rec []byte) {
	b := &n.batch
	if !b.open {
		n.fault(x12.Error, RuleNACHA, 1, "an entry outside a batch")
	}
	e := &Entry{
		File: n.file, Line: n.number, Way: ACH, Date: b.date, CompanyID: b.id, PayerName: b.name,
		Code: column(rec, 2, 3), Account: column(rec, 4, 29), Receiver: column(rec, 40, 54), Reference: column(rec, 80, 94),
	}
	amount, ok := digits(rec[29:39])
	if !ok {
		n.fault(x12.Error, RuleNACHA, 30, "the amount is no number")
	} else {
		e.Amount = x12.NewNumber(amount, 2)
	}
	credit := len(e.Code) == 2 && e.Code[1] >= '1' && e.Code[1] <= '4'
	b.count++
	if h, ok := digits(rec[3:11]); ok {
		b.hash += h
	}
	if credit {
		b.credit += amount
	} else {
		b.debit += amount
	}
	e.Sort = n.sort(e, credit)
	n.entry, n.addenda, n.counted = e, n.addenda[:0], 0
}

// sort says what an entry is as far as record 6 tells; an addenda 98 or 99 tells more.
func (n *nachaReader) sort(e *Entry, credit bool) Sort {
	switch {
	case e.Code == "" || !e.Amount.Set():
		return Other
	case e.Amount.Sign() == 0:
		return Zero
	case !credit && n.batch.description == "REVERSAL":
		return Reversal
	case !credit:
		return Outgoing
	case (e.Code == "22" || e.Code == "32") && (n.batch.sec == "CCD" || n.batch.sec == "CTX"):
		return Deposit
	}
	return Other
}

func (n *nachaReader) addendum(rec []byte) {
	e := n.entry
	n.batch.count++
	if e == nil {
		n.fault(x12.Error, RuleNACHA, 1, "an addenda record without an entry")
		return
	}
	switch string(rec[1:3]) {
	case "05":
		n.counted++
		if len(n.addenda)+80 <= maxAddenda {
			n.addenda = append(n.addenda, rec[3:83]...)
		}
	case "98", "99":
		e.Reason, e.Original = column(rec, 4, 6), column(rec, 7, 21)
		e.Sort = Notice
		if rec[2] == '9' {
			e.Sort = Other
			if e.Code == "21" || e.Code == "31" { // of a credit
				e.Sort = Return
			}
		}
	}
}

// finish ends the open entry.
func (n *nachaReader) finish() {
	e := n.entry
	if e == nil {
		return
	}
	n.entry = nil
	text := strings.TrimRight(string(n.addenda), " ")
	if t, ok := ParseTRN(text); ok {
		e.Trace, e.PayerID = strings.Clone(t.Number), strings.Clone(t.PayerID)
	} else if !strings.HasPrefix(text, "ISA") { // which would be an 835 with its patients
		e.Text = text[:min(len(text), maxText)]
	}
	if e.Sort == Deposit && n.batch.description == "HCCLAIMPMT" && (e.Trace == "" || n.counted != 1) {
		n.fault(x12.Warning, RuleNACHA, 0, "a health care payment in front of this line without exactly one addenda with a TRN")
	}
	n.ready = e
}

func (n *nachaReader) control(rec []byte) {
	b := &n.batch
	if !b.open {
		n.fault(x12.Error, RuleNACHA, 1, "a batch control record without a batch")
		return
	}
	b.open = false
	n.compare(&b.nachaTotals, rec[4:10], rec[10:20], rec[20:32], rec[32:44], "batch")
	t := &n.total
	t.count += b.count
	t.hash += b.hash
	t.debit += b.debit
	t.credit += b.credit
	n.batches++
}

func (n *nachaReader) fileControl(rec []byte) {
	n.closed = true
	if n.batch.open {
		n.batch.open = false
		n.fault(x12.Error, RuleTotals, 1, "the last batch has no control record")
	}
	if c, ok := digits(rec[1:7]); !ok || c != n.batches {
		n.fault(x12.Error, RuleTotals, 2, "the batch count differs from the batches read")
	}
	n.compare(&n.total, rec[13:21], rec[21:31], rec[31:43], rec[43:55], "file")
}

// compare holds a control record against what was read.
func (n *nachaReader) compare(t *nachaTotals, count, hash, debit, credit []byte, what string) {
	const ten = 10_000_000_000
	for _, c := range [...]struct {
		text []byte
		read int64
		name string
	}{{count, t.count, "entry and addenda count"}, {hash, t.hash % ten, "entry hash"}, {debit, t.debit, "total of debits"}, {credit, t.credit, "total of credits"}} {
		if v, ok := digits(c.text); !ok || v != c.read {
			n.fault(x12.Error, RuleTotals, 0, "the "+c.name+" of the "+what+" differs from the entries read")
		}
	}
}

package ach

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// Rules of the findings about NACHA files.
const (
	RuleRecord   = "nacha/record"    // not a record of this format
	RuleOrder    = "nacha/order"     // a record where it cannot stand
	RuleColumns  = "nacha/columns"   // a record is not of 94 characters
	RuleBytes    = "nacha/bytes"     // a record is not printable ASCII
	RuleField    = "nacha/field"     // a number or date that is none
	RuleRouting  = "nacha/routing"   // the check digit of a routing number is wrong
	RuleAddenda  = "nacha/addenda"   // addenda that the entry does not announce, or the other way round, or misnumbered
	RuleTraceSeq = "nacha/trace"     // traces do not ascend in a batch, or are of another bank than the batch
	RuleTotals   = "nacha/totals"    // counts or amounts of a control record are not those of the records
	RuleHash     = "nacha/hash"      // the entry hash of a control record is wrong
	RuleBlocks   = "nacha/blocks"    // the block count is wrong, or the last block is not filled
	RuleEnd      = "nacha/truncated" // the file ends before its control record
)

// hashModulus keeps an entry hash to 10 digits.
const hashModulus = 1e10

// Reader reads NACHA files entry by entry, several behind each other too, in the memory of one entry. Counts, amounts and
// hashes are compared with those of the control records; what does not fit is a finding, and reading goes on. Lines may end
// with LF, CR LF or not at all (blocks of 940 characters), and may lack the blanks at their end.
type Reader struct {
	r    *bufio.Reader
	sink x12.Sink

	line   int   // of the record read last, 1 = first
	offset int64 // of the record
	next   int64 // of what comes behind
	solid  bool  // records without line ends
	known  bool  // solid is known
	record []byte
	stop   bool

	files, batches int
	header         *FileHeader
	batch          *BatchHeader
	entry          *Entry // open: its addenda may follow
	done           *Entry // complete
	asked          int    // addenda the open entry announces, -1 = some
	ofBatch        totals
	ofFile         totals
	lines          int // of the file, for the blocks
	blocks         int // as the control record says
	ended          bool
	trace          string // last in the batch
}

// totals is what a control record sums up.
type totals struct {
	batches, records int64
	hash             int64
	debits, credits  int64
}

// NewReader returns a Reader on r. Findings go to sink, which may be nil: Offset is that of the record, Segment its line, SegID
// its type.
func NewReader(r io.Reader, sink x12.Sink) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 32<<10), sink: sink}
}

// Files returns the number of file headers so far.
func (r *Reader) Files() int { return r.files }

// Line returns the number of the record read last.
func (r *Reader) Line() int { return r.line }

// Next returns the next entry with its addenda, io.EOF at the end. Other errors are of the reader below, or
// x12.ErrStopped.
func (r *Reader) Next() (*Entry, error) {
	for r.done == nil {
		err := r.read()
		if err == io.EOF {
			r.close()
			r.endFile()
		} else if err == nil {
			r.take()
		}
		switch {
		case r.stop:
			return nil, x12.ErrStopped
		case err != nil && (err != io.EOF || r.done == nil):
			return nil, err
		}
	}
	e := r.done
	r.done = nil
	return e, nil
}

func (r *Reader) find(rule string, sev x12.Severity, message string) {
	i := &x12.Issue{Offset: r.offset, Segment: r.line, Rule: rule, Severity: sev, Message: message, Level: 1}
	if len(r.record) > 0 && r.record[0] >= '1' && r.record[0] <= '9' {
		i.SegID = string(r.record[:1])
	}
	if r.sink != nil && !r.sink(i) {
		r.stop = true
	}
}

// read reads the next record that is not blank into r.record, padded to 94 characters.
func (r *Reader) read() error {
	for {
		r.offset = r.next
		long, err := r.fetch()
		if len(r.record) == 0 && err != nil {
			return err
		}
		r.line++
		if blank(r.record) {
			continue
		}
		switch n := len(r.record); {
		case long:
			r.find(RuleColumns, x12.Error, "a record of more than 94 characters")
		case n < columns && r.record[0] != '9': // the blanks of a file control are often cut
			r.find(RuleColumns, x12.Warning, "a record of less than 94 characters: read as if blanks stood behind it")
		}
		for len(r.record) < columns {
			r.record = append(r.record, ' ')
		}
		if !printable(string(r.record)) {
			r.find(RuleBytes, x12.Error, "a record that is not printable ASCII")
		}
		return nil
	}
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != 0x1A && c != 0 {
			return false
		}
	}
	return true
}

// fetch reads one record of up to 94 bytes, and its line end. An error comes when nothing was read.
func (r *Reader) fetch() (long bool, err error) {
	r.record = r.record[:0]
	for {
		c, err := r.r.ReadByte()
		if err != nil {
			return long, err
		}
		r.next++
		switch {
		case c == '\n':
			r.known = true
			if n := len(r.record); n > 0 && r.record[n-1] == '\r' {
				r.record = r.record[:n-1]
			}
			return long, nil
		case c == '\r' && len(r.record) == columns: // of CR LF, or a line end of its own
			if b, err := r.r.Peek(1); err != nil || b[0] != '\n' {
				return long, nil
			}
		case len(r.record) < columns:
			r.record = append(r.record, c)
		default:
			long = true
		}
		if len(r.record) == columns && !long && (r.solid || !r.known) {
			b, err := r.r.Peek(1)
			if !r.known && err == nil {
				r.known, r.solid = true, b[0] != '\n' && b[0] != '\r'
			}
			if r.solid && (err != nil || b[0] != '\n' && b[0] != '\r') {
				return false, nil
			}
		}
	}
}

// col returns columns from to to, 1 = first, both included.
func (r *Reader) col(from, to int) string { return string(r.record[from-1 : to]) }

// trimmed is col without blanks at the ends.
func (r *Reader) trimmed(from, to int) string { return strings.TrimSpace(r.col(from, to)) }

// num returns a number; text that is none is a finding and 0.
func (r *Reader) num(from, to int) int64 {
	text := r.col(from, to)
	if digits(text) {
		n, err := strconv.ParseInt(text, 10, 64)
		if err == nil {
			return n
		}
	}
	r.find(RuleField, x12.Error, "columns "+strconv.Itoa(from)+" to "+strconv.Itoa(to)+" are not a number")
	return 0
}

// take handles one record.
func (r *Reader) take() {
	kind := r.record[0]
	if kind != '7' {
		r.close()
	}
	if kind == '1' {
		r.endFile()
	}
	r.lines++
	switch kind {
	case '1':
		r.fileHeader()
	case '5':
		r.batchHeader()
	case '6':
		r.detail()
	case '7':
		r.addenda()
	case '8':
		r.batchControl()
	case '9':
		if r.ended {
			if strings.Trim(string(r.record), "9") != "" {
				r.find(RuleOrder, x12.Error, "a second file control record")
			}
			return
		}
		r.fileControl()
	default:
		r.find(RuleRecord, x12.Error, "not a record of a NACHA file: it starts with none of 1, 5, 6, 7, 8, 9")
	}
	r.ofFile.records += boolInt(kind == '6' || kind == '7')
	r.ofBatch.records += boolInt(kind == '6' || kind == '7')
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (r *Reader) fileHeader() {
	r.files++
	r.lines, r.ended, r.batches = 1, false, 0
	r.ofFile = totals{}
	if r.col(2, 3) != "01" || r.col(35, 40) != "094101" {
		r.find(RuleField, x12.Error, "a file header that is not of format 01, 094, 10, 1")
	}
	r.header = &FileHeader{
		Destination: r.trimmed(4, 13), DestinationName: r.trimmed(41, 63), Origin: r.trimmed(14, 23), OriginName: r.trimmed(64, 86),
		Created: r.trimmed(24, 33), ID: r.col(34, 34), Reference: r.trimmed(87, 94),
	}
}

func (r *Reader) batchHeader() {
	if r.header == nil || r.ended || r.batch != nil {
		r.find(RuleOrder, x12.Error, "a batch header that stands in no file, or in a batch")
	}
	r.batches++
	r.trace, r.ofBatch = "", totals{}
	b := &BatchHeader{
		ServiceClass: r.col(2, 4), CompanyName: r.trimmed(5, 20), Discretionary: r.trimmed(21, 40), CompanyID: r.trimmed(41, 50),
		SEC: r.col(51, 53), Description: r.trimmed(54, 63), DescriptiveDate: r.trimmed(64, 69), Settlement: r.trimmed(76, 78),
		ODFI: r.col(80, 87), Number: r.col(88, 94),
	}
	if day := r.trimmed(70, 75); day != "" && day != "000000" {
		var ok bool
		if b.Effective, ok = dateOf(day); !ok {
			r.find(RuleField, x12.Error, "the effective entry date is not a date")
		}
	}
	r.batch = b
}

// dateOf reads YYMMDD of this century.
func dateOf(text string) (x12.Date, bool) {
	if len(text) != 6 || !digits(text) {
		return x12.Date{}, false
	}
	return x12.ParseDate("20" + text)
}

func (r *Reader) detail() {
	if r.batch == nil {
		r.find(RuleOrder, x12.Error, "an entry outside a batch")
	}
	e := &Entry{Line: r.line, File: r.files, Batch: r.batches, Header: r.header, BatchHeader: r.batch,
		Code: int(r.num(2, 3)), Routing: r.col(4, 12), Account: strings.TrimRight(r.col(13, 29), " "), Cents: r.num(30, 39),
		ID: r.trimmed(40, 54), Name: r.trimmed(55, 76), Discretionary: r.trimmed(77, 78), Trace: r.col(80, 94)}
	e.Kind = kindOf(e.Code)
	r.asked = 0
	if r.record[78] == '1' {
		r.asked = -1
	}
	switch e.SEC() {
	case "CTX":
		e.Name = r.trimmed(59, 74)
		r.asked = int(r.num(55, 58))
	case "IAT": // the account stands in another place, the receiver in the addenda
		e.Account, e.Name, e.ID = strings.TrimRight(r.col(40, 74), " "), "", ""
	}
	if !routing(e.Routing) {
		r.find(RuleRouting, x12.Error, "the routing number of the receiving bank is none")
	}
	if e.Trace <= r.trace {
		r.find(RuleTraceSeq, x12.Warning, "the trace numbers of a batch do not ascend")
	}
	r.trace = e.Trace
	if digits(e.Routing) {
		hash, _ := strconv.ParseInt(e.Routing[:8], 10, 64)
		r.ofBatch.hash += hash
		r.ofFile.hash += hash
	}
	if e.Code%10 >= 5 {
		r.ofBatch.debits += e.Cents
		r.ofFile.debits += e.Cents
	} else {
		r.ofBatch.credits += e.Cents
		r.ofFile.credits += e.Cents
	}
	r.entry = e
}

// maxAddenda is the most addenda of an entry; more are counted and not kept.
const maxAddenda = ctxPieces

func (r *Reader) addenda() {
	e := r.entry
	if e == nil {
		r.find(RuleOrder, x12.Error, "an addenda record behind no entry")
		return
	}
	switch r.col(2, 3) {
	case "99":
		e.Return = &Return{Reason: r.col(4, 6), OriginalTrace: r.col(7, 21), DateOfDeath: r.trimmed(22, 27), OriginalRDFI: r.col(28, 35),
			Information: r.trimmed(36, 79), Trace: r.col(80, 94)}
		e.Kind = ReturnEntry
	case "98":
		e.Change = &Change{Code: r.col(4, 6), OriginalTrace: r.col(7, 21), OriginalRDFI: r.col(28, 35), Corrected: r.trimmed(36, 64), Trace: r.col(80, 94)}
		e.Kind = NotificationEntry
	case "05":
		if len(e.Addenda) == maxAddenda {
			r.find(RuleAddenda, x12.Error, "more than 9,999 addenda")
			return
		}
		e.Addenda = append(e.Addenda, r.col(4, 83))
		if r.num(84, 87) != int64(len(e.Addenda)) || r.col(88, 94) != e.Trace[8:] {
			r.find(RuleAddenda, x12.Error, "an addenda record that is not the next of its entry")
		}
	}
	if r.asked == 0 {
		r.find(RuleAddenda, x12.Error, "an addenda record the entry does not announce")
	}
}

// close completes the open entry.
func (r *Reader) close() {
	e := r.entry
	if e == nil {
		return
	}
	r.entry = nil
	some := len(e.Addenda) > 0 || e.Return != nil || e.Change != nil
	if r.asked == -1 && !some && e.SEC() != "IAT" && knownAddenda(e.SEC()) || r.asked > 0 && e.Return == nil && e.Change == nil && r.asked != len(e.Addenda) {
		r.find(RuleAddenda, x12.Error, "the entry announces other addenda than follow it")
	}
	switch {
	case len(e.Addenda) == 0:
	case len(e.Addenda) == 1:
		e.TRN = ParseTRN(e.Addenda[0])
	default:
		e.TRN = ParseTRN(e.Text())
	}
	r.done = e
}

// knownAddenda reports whether entries of a class have addenda of type 05 only, returns aside.
func knownAddenda(sec string) bool { return sec == "CCD" || sec == "CTX" || sec == "PPD" }

func (r *Reader) batchControl() {
	if r.batch == nil {
		r.find(RuleOrder, x12.Error, "a batch control behind no batch")
		return
	}
	t := &r.ofBatch
	r.compare(t, r.num(5, 10), r.num(11, 20), r.num(21, 32), r.num(33, 44))
	if r.col(2, 4) != r.batch.ServiceClass || r.trimmed(45, 54) != r.batch.CompanyID || r.col(80, 87) != r.batch.ODFI || r.col(88, 94) != r.batch.Number {
		r.find(RuleTotals, x12.Error, "the batch control is not that of the batch header")
	}
	r.ofFile.batches++
	r.batch = nil
}

func (r *Reader) compare(t *totals, records, hash, debits, credits int64) {
	if records != t.records || debits != t.debits || credits != t.credits {
		r.find(RuleTotals, x12.Error, "counts or amounts of the control record are not those of the entries")
	}
	if hash != t.hash%hashModulus {
		r.find(RuleHash, x12.Error, "the entry hash is not that of the entries")
	}
}

func (r *Reader) fileControl() {
	if r.header == nil || r.batch != nil {
		r.find(RuleOrder, x12.Error, "a file control behind no file header, or in a batch")
	}
	if r.num(2, 7) != r.ofFile.batches {
		r.find(RuleTotals, x12.Error, "the batch count is not that of the file")
	}
	r.blocks = int(r.num(8, 13))
	r.compare(&r.ofFile, r.num(14, 21), r.num(22, 31), r.num(32, 43), r.num(44, 55))
	r.batch, r.ended = nil, true
}

// endFile compares the blocks of the file that ends.
func (r *Reader) endFile() {
	switch {
	case r.header == nil && r.lines == 0:
		return
	case !r.ended:
		r.find(RuleEnd, x12.Error, "the file ends before its control record")
	case r.lines%block != 0 || r.lines/block != r.blocks:
		r.find(RuleBlocks, x12.Error, "the block count is not that of the lines, or the last block is not filled")
	}
	r.header, r.batch, r.lines, r.ended = nil, nil, 0, false
}

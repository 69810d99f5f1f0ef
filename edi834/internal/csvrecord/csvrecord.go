// Package csvrecord reads comma-separated records of bounded size and says where each stands.
//
// A field may be in double quotes; inside, a doubled quote is one, and commas and line ends are text. Lines end with LF, CR LF
// or the end of the input. Empty lines are passed over.
package csvrecord

import (
	"bufio"
	"errors"
	"io"
)

// The faults of a record. A Reader goes on behind the line.
var (
	ErrQuote = errors.New("a quote that does not belong where it stands, or is never closed")
	ErrLimit = errors.New("a record longer than 1 MiB")
)

// MaxRecord is the largest record in bytes.
const MaxRecord = 1 << 20

// Record is one record. Its fields are valid until the next call of Read.
type Record struct {
	Fields [][]byte
	Quoted []bool // which of them were in quotes
	Line   int    // of its first byte, 1 = first
	Offset int64  // of its first byte
}

// Reader reads records.
type Reader struct {
	r      *bufio.Reader
	comma  byte
	line   int
	offset int64
	buf    []byte
	ends   []int
	rec    Record
}

// NewReader returns a Reader on r.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 64<<10), comma: ',', line: 1}
}

// Read returns the next record; io.EOF at the end. With ErrQuote and ErrLimit the record has the place, and no fields.
func (r *Reader) Read() (*Record, error) {
	for {
		rec, err := r.read()
		if err != nil || len(rec.Fields) > 1 || len(rec.Fields[0]) > 0 || rec.Quoted[0] {
			return rec, err
		}
	}
}

// The states of a field.
const (
	start  = iota // nothing of it is read
	plain         // not in quotes
	inside        // in quotes
	after         // behind the closing quote, or at the first of two
)

func (r *Reader) read() (*Record, error) {
	r.buf, r.ends = r.buf[:0], r.ends[:0]
	r.rec.Fields, r.rec.Quoted = r.rec.Fields[:0], r.rec.Quoted[:0]
	r.rec.Line, r.rec.Offset = r.line, r.offset
	state, quoted, size := start, false, 0
	var fault error
	field := func() {
		r.ends = append(r.ends, len(r.buf))
		r.rec.Quoted = append(r.rec.Quoted, quoted)
		state, quoted = start, false
	}
	for {
		c, err := r.r.ReadByte()
		if err == io.EOF {
			if size == 0 {
				return &r.rec, io.EOF
			}
			if state == inside {
				fault = ErrQuote
			}
			field()
			return r.done(fault)
		}
		if err != nil {
			return &r.rec, err
		}
		r.offset++
		if size++; size > MaxRecord && fault == nil {
			fault = ErrLimit
		}
		if fault != nil { // to the end of the line
			if c == '\n' {
				r.line++
				return r.done(fault)
			}
			continue
		}
		switch {
		case state == inside && c == '"':
			state = after
		case state == inside:
			if c == '\n' {
				r.line++
			}
			r.buf = append(r.buf, c)
		case c == r.comma:
			field()
		case c == '\n':
			r.line++
			if n := len(r.buf); state == plain && n > 0 && r.buf[n-1] == '\r' {
				r.buf = r.buf[:n-1]
			}
			field()
			return r.done(nil)
		case state == after && c == '"':
			r.buf = append(r.buf, c)
			state = inside
		case state == after:
			if c != '\r' {
				fault = ErrQuote
			}
		case c == '"' && state == start:
			state, quoted = inside, true
		case c == '"':
			fault = ErrQuote
		default:
			state = plain
			r.buf = append(r.buf, c)
		}
	}
}

func (r *Reader) done(fault error) (*Record, error) {
	if fault != nil {
		r.rec.Fields, r.rec.Quoted = r.rec.Fields[:0], r.rec.Quoted[:0]
		return &r.rec, fault
	}
	from := 0
	for _, end := range r.ends {
		r.rec.Fields = append(r.rec.Fields, r.buf[from:end:end])
		from = end
	}
	return &r.rec, nil
}

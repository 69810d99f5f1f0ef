package deposit

import (
	"bufio"
	"io"
)

// maxLine is the longest line read, in bytes; the rest of a longer one is passed over.
const maxLine = 16 << 10

// lines reads lines that end with LF, CR LF or the end of the text.
type lines struct {
	r      *bufio.Reader
	number int   // of the line read last, 1 = first
	start  int64 // its offset
	offset int64
	long   bool // it was longer than maxLine
	pieces bool // hand out what fills the window, not the line it is of
	buf    []byte
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 64<<10)} }

// newRecords returns lines for records of a fixed width that may stand one behind the other: a line that is longer than the
// window comes in pieces of whole records.
func newRecords(r io.Reader, width int) *lines {
	return &lines{r: bufio.NewReaderSize(r, 64<<10/width*width), pieces: true}
}

// next returns a line without its end, valid until the next call. Blanks at its end are cut.
func (l *lines) next() ([]byte, error) {
	l.buf, l.long, l.start = l.buf[:0], false, l.offset
	for {
		part, err := l.r.ReadSlice('\n')
		l.offset += int64(len(part))
		if l.pieces && err == bufio.ErrBufferFull {
			l.number++
			return part, nil
		}
		if room := maxLine - len(l.buf); len(part) > room && !l.pieces {
			l.buf, l.long = append(l.buf, part[:room]...), true
		} else {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && l.offset == l.start:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		}
		l.number++
		return trimEnd(l.buf), nil
	}
}

// trimEnd cuts blanks and control bytes, the end of a DOS file among them.
func trimEnd(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

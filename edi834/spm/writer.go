package spm

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// WriteOptions say how records are written.
type WriteOptions struct {
	Named         bool // cells in the form Field=Value
	Transliterate bool // letters that Windows-1252 does not have lose their marks
	LF            bool // lines end with LF alone, not CR LF
}

// Writer writes records.
type Writer struct {
	w   io.Writer
	o   WriteOptions
	buf []byte
	err error
}

// NewWriter returns a Writer to w. Flush must come last. A file starts with a [Version].
func NewWriter(w io.Writer, o WriteOptions) *Writer { return &Writer{w: w, o: o} }

// ErrRecord is returned for a record that is none of this package.
var ErrRecord = errors.New("spm: not a record of this package")

// Write writes a record with all its fields. Text that Windows-1252 does not have is an error that wraps [ErrCharset] and names
// the field; then nothing of the record is written.
func (w *Writer) Write(r Record) error {
	layout := layoutOf(r.Identifier())
	if layout == nil {
		return ErrRecord
	}
	return w.record(layout, r, &Line{Cells: len(layout.Fields), Named: w.o.Named && len(layout.Fields) > 1})
}

// Line writes a record that was read as it was: named or not, with as many cells.
func (w *Writer) Line(l *Line) error { return w.record(l.layout, l.Record, l) }

const writeBuffer = 64 << 10

func (w *Writer) record(layout *Layout, r Record, as *Line) error {
	if w.err != nil {
		return w.err
	}
	start := len(w.buf)
	w.buf = append(append(append(w.buf, '['), layout.Identifier...), ']')
	for i := range as.Cells {
		f := &layout.Fields[i]
		s := layout.field(r, i)
		if as.Named {
			name := f.Name
			if as.Former && f.Former != "" {
				name = f.Former
			}
			if left := s == "" && (f.Flag == '*' || as.sent != nil && !as.sent[i]); !left || as.sent != nil && as.sent[i] {
				s = name + "=" + s
			}
		}
		quote := strings.ContainsAny(s, ",\"\r\n") || len(as.Quoted) > i+1 && as.Quoted[i+1]
		w.buf = append(w.buf, ',')
		if quote {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		var err error
		if w.buf, err = appendText(w.buf, s, w.o.Transliterate); err != nil {
			w.buf = w.buf[:start]
			return fmt.Errorf("%s.%s: %w", layout.Identifier, f.Name, err)
		}
	}
	if !w.o.LF {
		w.buf = append(w.buf, '\r')
	}
	w.buf = append(w.buf, '\n')
	if len(w.buf) >= writeBuffer {
		return w.Flush()
	}
	return nil
}

// Flush writes what is left.
func (w *Writer) Flush() error {
	if w.err == nil && len(w.buf) > 0 {
		_, w.err = w.w.Write(w.buf)
		w.buf = w.buf[:0]
	}
	return w.err
}

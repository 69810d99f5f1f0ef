package cli

import (
	"io"

	"github.com/spf13/pflag"
	"github.com/x12-go/edi/x12"
)

func fmtCommand() command {
	return command{
		name:    "fmt",
		args:    "[FILE...]",
		summary: "write X12 a segment a line, or on one line, or in other delimiters",
		streams: filterFlags,
		long: `Works on any X12. The bytes inside segments stay as they are; only what stands between segments changes: a line break
behind each terminator, none with --oneline, and none in any case when the terminator is itself CR or LF.

--delimiters writes other delimiters, in the order element, component, repetition separator, terminator: '*:^~'. Data
that holds one of them ends the run, since X12 has no escape for it.

--canonical writes the canonical form: no empty elements, components and repetitions at the end of segments and
elements, an ISA of fixed width, counts and control numbers of the trailers made anew. It is what edi json followed by
edi x12 gives.`,
		example: `edi fmt testdata/835/valid/one-line.edi
edi fmt --oneline --delimiters '|>^\n' testdata/835/valid/remit-basic.edi
edi fmt --canonical testdata/835/valid/remit-basic.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var to delimiters
			var oneline, canonical bool
			fs.BoolVar(&oneline, "oneline", false, "no line break behind the terminators")
			fs.Var(&to, "delimiters", delimiterHelp)
			fs.BoolVar(&canonical, "canonical", false, "write the canonical form")
			return func(c *call) error {
				rd, err := c.reader()
				if err != nil {
					return err
				}
				c.writesX12()
				if canonical {
					k := &canon{c: c, rd: rd, w: newX12Writer(c, oneline, &to)}
					return k.run()
				}
				f := &formatter{c: c, rd: rd, to: to, newline: !oneline}
				return f.run()
			}
		},
	}
}

// formatter copies segments as they are, or in other delimiters.
type formatter struct {
	c       *call
	rd      *x12.Reader
	to      delimiters
	newline bool
	buf     []byte

	inter   *x12.Interchange
	foreign bool // the interchange is written in other delimiters
	d       x12.Delimiters
	recode  [256]uint16
}

func (f *formatter) run() error {
	for {
		s, err := f.rd.Read()
		if err == io.EOF {
			return f.flush()
		}
		if err != nil {
			if werr := f.flush(); werr != nil {
				return werr
			}
			return err
		}
		if err := f.segment(s); err != nil {
			return err
		}
	}
}

func (f *formatter) flush() error {
	_, err := f.c.out.Write(f.buf)
	f.buf = f.buf[:0]
	return err
}

func (f *formatter) segment(s *x12.Segment) error {
	if in := f.rd.Interchange(); in != f.inter {
		f.inter = in
		f.begin(s.Delims)
	}
	switch {
	case !f.foreign:
		f.buf = append(f.buf, s.Bytes()...)
	case s.ID == idISA && s.Ordinal == 0 && s.Offset == f.inter.Offset:
		if err := f.header(s); err != nil {
			return err
		}
	default:
		if err := f.translated(s, s.Bytes(), 0); err != nil {
			return err
		}
	}
	f.buf = append(f.buf, f.d.Segment)
	if f.newline && f.d.Segment != '\n' && f.d.Segment != '\r' {
		f.buf = append(f.buf, '\n')
	}
	if len(f.buf) >= lineBuffer {
		return f.flush()
	}
	if s.ID == idSE && f.c.out.due(int64(len(f.buf))) {
		if err := f.flush(); err != nil {
			return err
		}
		return f.c.out.endSet()
	}
	return nil
}

// clash marks a byte that cannot be written in the new delimiters.
const clash = 0x100

// begin takes up the delimiters of an interchange.
func (f *formatter) begin(from x12.Delimiters) {
	f.d = repetitionOf(f.inter, f.to.over(from))
	if f.foreign = f.d != from; !f.foreign {
		return
	}
	taken := delimiterSet(f.d)
	for c := range f.recode {
		f.recode[c] = uint16(c)
		if taken[c] {
			f.recode[c] = clash
		}
	}
	if from.Repetition != 0 {
		f.recode[from.Repetition] = uint16(f.d.Repetition)
	}
	f.recode[from.Element] = uint16(f.d.Element)
	f.recode[from.Component] = uint16(f.d.Component)
}

// header writes an ISA, two of whose elements are delimiters.
func (f *formatter) header(s *x12.Segment) error {
	f.buf = append(f.buf, s.Name()...)
	for i := 1; i <= s.Len(); i++ {
		f.buf = append(f.buf, f.d.Element)
		switch {
		case i == 11 && f.d.Repetition != 0:
			f.buf = append(f.buf, f.d.Repetition)
		case i == 16:
			f.buf = append(f.buf, f.d.Component)
		default:
			if err := f.translated(s, s.Elem(i), i); err != nil {
				return err
			}
		}
	}
	return nil
}

// translated writes a segment, or element of it, in the new delimiters.
func (f *formatter) translated(s *x12.Segment, data []byte, element int) error {
	for k, c := range data {
		t := f.recode[c]
		if t == clash {
			if err := f.flush(); err != nil {
				return err
			}
			return f.c.fail(f.clashIssue(s, data, element, k))
		}
		f.buf = append(f.buf, byte(t))
	}
	return nil
}

func (f *formatter) clashIssue(s *x12.Segment, data []byte, element, at int) *x12.Issue {
	if element > 0 {
		at += s.At(element)
	} else {
		for element < s.Len() && s.At(element+1) <= at {
			element++
		}
	}
	i := &x12.Issue{Offset: s.Offset, At: at, Interchange: f.inter.Control(), SegID: x12.Clip(s.Name()), Segment: s.Ordinal, Element: element,
		Value: x12.Clip(s.Elem(element)), Rule: x12.RuleDelimiterInData, Level: 1,
		Message: "a byte of the data is one of the delimiters to write: expected other delimiters"}
	if g := f.rd.Group(); g != nil {
		i.Group = g.Control()
	}
	if set := f.rd.Set(); set != nil {
		i.Set = set.Control
	}
	return i
}

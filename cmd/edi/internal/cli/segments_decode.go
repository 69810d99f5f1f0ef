package cli

import (
	"encoding/base64"
	"strings"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
)

// setHold is how many bytes of a set are kept back until the set is known to be whole. A longer set is written as it
// is read.
const setHold = 256 << 10

// Bounds of one segment, those of a reader with default limits: nothing is written that could not be read again.
const (
	maxSegment  = 1 << 20
	maxElements = 4096
)

// segmentsDecoder builds the segments of a line in their canonical form, in the delimiters of the output.
type segmentsDecoder struct {
	d       x12.Delimiters
	isDelim [256]bool
	buf     []byte // whole segments that are not written yet
	n       int    // how many
	text    []byte // scratch for one value
	begun   bool   // the set is begun in the writer
	set     x12.Set
}

// decodeSegments reads the array of segments of a line.
func decodeSegments(a *assembly, sc *jsonstream.Scanner) error {
	s := &a.segments
	d := a.delims()
	s.buf, s.n, s.begun = s.buf[:0], 0, false
	if d != s.d {
		s.d = d
		s.isDelim = delimiterSet(d)
	}
	if err := sc.Open('['); err != nil {
		return err
	}
	inSet := false
	for n := 0; ; n++ {
		more, err := sc.Item(n, ']')
		if err != nil {
			return err
		}
		if !more {
			break
		}
		from := len(s.buf)
		if err := a.segment(sc); err != nil {
			return err
		}
		if n == 0 {
			inSet = a.setOf(s.buf[from:])
			if !inSet && a.line.hasSet {
				return a.shapef(sc, "a set that does not start with ST")
			}
		}
		if !inSet {
			err = a.loose(sc, s.buf[from:])
			s.buf = s.buf[:from]
		} else {
			err = a.member(sc, n, from)
		}
		if err != nil {
			return err
		}
	}
	if !inSet {
		if a.line.hasSet {
			return a.shapef(sc, "a set without segments")
		}
		return a.enter()
	}
	if err := a.writeHeld(); err != nil {
		return err
	}
	return a.endSet()
}

// setOf takes the identity of the set from its ST; it returns false when the segment is none.
func (a *assembly) setOf(seg []byte) bool {
	s := &a.segments
	if string(seg[:min(2, len(seg))]) != "ST" || len(seg) < 3 || seg[2] != s.d.Element && seg[2] != s.d.Segment {
		return false
	}
	f := strings.Split(string(seg[:len(seg)-1]), string(s.d.Element))
	f = append(f, "", "", "")
	s.set = x12.Set{ID: f[1], Control: f[2], Version: f[3]}
	return true
}

// member takes a segment of a set, which starts at from in the held ones.
func (a *assembly) member(sc *jsonstream.Scanner, n, from int) error {
	s := &a.segments
	if n == 0 { // ST is written by the writer
		s.buf = s.buf[:from]
		return nil
	}
	seg := s.buf[from:]
	k := 0
	for seg[k] != s.d.Element && seg[k] != s.d.Segment {
		k++
	}
	switch name := seg[:k]; string(name) {
	case "ISA", "GS", "ST", "SE", "GE", "IEA":
		return a.shapef(sc, "%s inside a set: the envelope is made from interchange, group and set", name)
	}
	s.n++
	if len(s.buf) < setHold {
		return nil
	}
	return a.writeHeld()
}

// writeHeld writes the held segments and begins the set before the first of them.
func (a *assembly) writeHeld() error {
	s := &a.segments
	if !s.begun {
		if err := a.beginSet(s.set); err != nil {
			return err
		}
		s.begun = true
	}
	err := a.w.Raw(s.buf, s.n)
	s.buf, s.n = s.buf[:0], 0
	return err
}

// loose writes a segment that stands in an interchange but in no set: a TA1. Any other has no place there.
func (a *assembly) loose(sc *jsonstream.Scanner, seg []byte) error {
	f := strings.Split(string(seg[:len(seg)-1]), string(a.segments.d.Element))
	if f[0] != "TA1" || a.line.hasGroup {
		a.c.report(&x12.Issue{Offset: sc.Offset(), SegID: f[0], Rule: x12.RuleOutsideSet, Severity: x12.Error,
			Message: "a segment outside a transaction set: left out", Codes: x12.Codes{TA1: "024"}})
		return nil
	}
	if err := a.enter(); err != nil {
		return err
	}
	return a.w.Segment(f[0], f[1:]...)
}

// segment appends the next segment with its terminator to the held ones.
func (a *assembly) segment(sc *jsonstream.Scanner) error {
	s := &a.segments
	if err := sc.Open('['); err != nil {
		return err
	}
	start, name := len(s.buf), len(s.buf)
	for n := 0; ; n++ {
		more, err := sc.Item(n, ']')
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if n == 0 {
			if err := a.text(sc); err != nil {
				return err
			}
			name = len(s.buf)
			continue
		}
		s.buf = append(s.buf, s.d.Element)
		if err := a.element(sc); err != nil {
			return err
		}
		if n > maxElements || len(s.buf)-start > maxSegment {
			return a.shapef(sc, "a segment of more than %d elements or %d bytes", maxElements, maxSegment)
		}
	}
	if name == start {
		return a.shapef(sc, "a segment without an identifier")
	}
	s.trim(name, s.d.Element)
	s.buf = append(s.buf, s.d.Segment)
	return nil
}

// trim removes separators from the end of buf, but not those before from.
func (s *segmentsDecoder) trim(from int, sep byte) {
	end := len(s.buf)
	for end > from && s.buf[end-1] == sep {
		end--
	}
	s.buf = s.buf[:end]
}

// element appends an element: a string, an array of components, {"repeat":[...]} of either, or {"bytes":"..."}.
func (a *assembly) element(sc *jsonstream.Scanner) error {
	c, err := sc.Next()
	if err != nil || c != '{' {
		return a.composite(sc)
	}
	s := &a.segments
	return members(sc, func(key []byte) error {
		switch string(key) {
		case "bytes":
			return a.base64(sc)
		case "repeat":
		default:
			return a.shapef(sc, "an object in place of an element: expected the member repeat or bytes")
		}
		if s.d.Repetition == 0 {
			return a.shapef(sc, "an element that repeats in an interchange without a repetition separator")
		}
		start := len(s.buf)
		if err := sc.Open('['); err != nil {
			return err
		}
		for n := 0; ; n++ {
			more, err := sc.Item(n, ']')
			if err != nil {
				return err
			}
			if !more {
				s.trim(start, s.d.Repetition)
				return nil
			}
			if n > 0 {
				s.buf = append(s.buf, s.d.Repetition)
			}
			if err := a.composite(sc); err != nil {
				return err
			}
		}
	})
}

// composite appends one repetition: a value or an array of values.
func (a *assembly) composite(sc *jsonstream.Scanner) error {
	c, err := sc.Next()
	if err != nil || c != '[' {
		return a.text(sc)
	}
	s := &a.segments
	start := len(s.buf)
	if err := sc.Open('['); err != nil {
		return err
	}
	for n := 0; ; n++ {
		more, err := sc.Item(n, ']')
		if err != nil {
			return err
		}
		if !more {
			s.trim(start, s.d.Component)
			return nil
		}
		if n > 0 {
			s.buf = append(s.buf, s.d.Component)
		}
		if err := a.text(sc); err != nil {
			return err
		}
	}
}

// text appends one value to the held segments.
func (a *assembly) text(sc *jsonstream.Scanner) error {
	s := &a.segments
	start := len(s.buf)
	var err error
	if s.buf, err = a.value(sc, s.buf); err != nil {
		return err
	}
	return a.check(sc, start)
}

// check looks for delimiters in the value that starts at start.
func (a *assembly) check(sc *jsonstream.Scanner, start int) error {
	s := &a.segments
	for _, c := range s.buf[start:] {
		if s.isDelim[c] {
			return &x12.Issue{Offset: sc.Offset(), Rule: x12.RuleDelimiterInData, Severity: x12.Error, Level: 1,
				Value:   x12.Clip(s.buf[start:]),
				Message: "a byte of the value is a delimiter of the output: expected other data or other delimiters"}
		}
	}
	return nil
}

// base64 appends the value of a member bytes of an element.
func (a *assembly) base64(sc *jsonstream.Scanner) error {
	s := &a.segments
	start := len(s.buf)
	var err error
	if s.buf, err = a.bytes(sc, s.buf); err != nil {
		return err
	}
	return a.check(sc, start)
}

// value appends a value to dst: a string, or {"bytes":"..."} for what is not UTF-8.
func (a *assembly) value(sc *jsonstream.Scanner, dst []byte) ([]byte, error) {
	c, err := sc.Next()
	if err == nil && c == '{' {
		err := members(sc, func(key []byte) (err error) {
			if string(key) != "bytes" {
				return a.shapef(sc, "an object in place of a value: expected the member bytes")
			}
			dst, err = a.bytes(sc, dst)
			return err
		})
		return dst, err
	}
	return sc.String(dst)
}

// bytes appends the bytes of a base64 string to dst.
func (a *assembly) bytes(sc *jsonstream.Scanner, dst []byte) ([]byte, error) {
	text, err := sc.String(a.segments.text[:0])
	if err != nil {
		return dst, err
	}
	a.segments.text = text
	if dst, err = base64.StdEncoding.AppendDecode(dst, text); err != nil {
		return dst, a.shapef(sc, "bytes that are not base64")
	}
	return dst, nil
}

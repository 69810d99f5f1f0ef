package cli

import (
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
)

// segmentsLayer is the layer that works on any X12: segments as arrays of an identifier and elements.
//
// An element is a string; one with components is an array of strings; one that repeats is {"repeat":[...]} of these.
// JSON is UTF-8 and X12 need not be: text that is not valid UTF-8 is {"bytes":"..."} with the bytes in base64, for that
// element, component or header field alone, so that every byte comes back and all other text stays readable.
//
// The segments of a set start with ST and end before SE, which is made anew on the way back. Segments that stand in an
// interchange but in no set (TA1) have lines without set, and so has an interchange or group that is empty.
func segmentsLayer() layer {
	return layer{
		name:   "segments",
		lines:  []per{perSet},
		encode: encodeSegments,
		bodies: []body{{member: "segments", decode: decodeSegments}},
	}
}

func encodeSegments(c *call, _ per) error {
	rd, err := c.reader()
	if err != nil {
		return err
	}
	e := &segmentsEncoder{c: c, rd: rd}
	for {
		s, err := rd.Read()
		if err != nil {
			if werr := e.end(); werr != nil {
				return werr
			}
			if err == io.EOF {
				err = nil
			}
			return err
		}
		if err := e.segment(s); err != nil {
			return err
		}
	}
}

// segmentsEncoder writes the lines of the segments layer.
type segmentsEncoder struct {
	c    *call
	rd   *x12.Reader
	buf  []byte
	open bool // a line is begun
	n    int  // segments in it

	inter *x12.Interchange
	group *x12.Group
	set   *x12.Set
	bare  struct{ inter, group bool } // had no line yet
}

// lineBuffer is how much of a line is collected before it is handed to the output.
const lineBuffer = 16 << 10

// segment takes the next segment of the stream.
func (e *segmentsEncoder) segment(s *x12.Segment) error {
	in, g, set := e.rd.Interchange(), e.rd.Group(), e.rd.Set()
	if set != e.set || g != e.group || in != e.inter {
		if err := e.move(in, g, set); err != nil {
			return err
		}
	}
	switch s.ID {
	case idISA:
		return nil
	case idGS, idGE, idIEA:
		e.c.extra(in, s)
		return nil
	case idSE:
		e.c.extra(in, s)
		if set == nil {
			return nil // closes nothing, which is reported
		}
		return e.endLine()
	}
	if !e.open {
		e.begin()
	}
	if e.n > 0 {
		e.buf = append(e.buf, ',')
	}
	e.n++
	e.buf = appendSegment(e.buf, s)
	if len(e.buf) >= lineBuffer {
		return e.flush()
	}
	return nil
}

// move follows the envelope: the open line ends, and so do a group and an interchange that had none.
func (e *segmentsEncoder) move(in *x12.Interchange, g *x12.Group, set *x12.Set) error {
	if err := e.endLine(); err != nil {
		return err
	}
	if g != e.group || in != e.inter {
		if err := e.endGroup(); err != nil {
			return err
		}
		e.group, e.bare.group = g, g != nil
	}
	if in != e.inter {
		if err := e.endInterchange(); err != nil {
			return err
		}
		e.inter, e.bare.inter = in, in != nil
	}
	e.set = set
	return nil
}

// end ends the last line, group and interchange.
func (e *segmentsEncoder) end() error {
	return e.move(nil, nil, nil)
}

func (e *segmentsEncoder) endGroup() error {
	if !e.bare.group {
		return nil
	}
	e.set = nil
	e.begin()
	return e.endLine()
}

func (e *segmentsEncoder) endInterchange() error {
	if !e.bare.inter || e.inter.Seq == 0 {
		return nil
	}
	e.group, e.set = nil, nil
	e.begin()
	return e.endLine()
}

func (e *segmentsEncoder) begin() {
	e.buf = appendIdentity(e.buf, e.inter, e.group, e.set)
	e.buf = append(e.buf, `"segments":[`...)
	e.open, e.n = true, 0
	e.bare.inter = false
	if e.group != nil {
		e.bare.group = false
	}
}

func (e *segmentsEncoder) endLine() error {
	if !e.open {
		return nil
	}
	e.buf = append(e.buf, "]}\n"...)
	e.open = false
	e.c.sums.lines++
	if err := e.flush(); err != nil {
		return err
	}
	return e.c.out.endSet()
}

func (e *segmentsEncoder) flush() error {
	_, err := e.c.out.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}

// appendSegment appends a segment as a JSON array.
func appendSegment(b []byte, s *x12.Segment) []byte {
	b = append(b, '[')
	b = appendValue(b, s.Name())
	for i := 1; i <= s.Len(); i++ {
		b = append(b, ',')
		v := s.Elem(i)
		switch {
		case s.Sub:
			b = appendElement(b, v, s.Delims)
		case s.High:
			b = appendValue(b, v)
		default:
			b = jsonstream.AppendString(b, v)
		}
	}
	return append(b, ']')
}

// appendElement appends an element that may repeat and have components.
func appendElement(b, v []byte, d x12.Delimiters) []byte {
	sep := d.Repetition
	if sep == 0 || !has(v, sep) {
		return appendComposite(b, v, d.Component)
	}
	b = append(b, `{"repeat":[`...)
	for {
		k := index(v, sep)
		b = appendComposite(b, v[:k], d.Component)
		if k == len(v) {
			return append(b, "]}"...)
		}
		b = append(b, ',')
		v = v[k+1:]
	}
}

func appendComposite(b, v []byte, sep byte) []byte {
	if !has(v, sep) {
		return appendValue(b, v)
	}
	b = append(b, '[')
	for {
		k := index(v, sep)
		b = appendValue(b, v[:k])
		if k == len(v) {
			return append(b, ']')
		}
		b = append(b, ',')
		v = v[k+1:]
	}
}

func has(v []byte, c byte) bool { return index(v, c) < len(v) }

// index returns where c stands in v, len(v) for nowhere. Elements are short: a loop beats a call.
func index(v []byte, c byte) int {
	for i := range v {
		if v[i] == c {
			return i
		}
	}
	return len(v)
}

// appendValue appends text as a JSON string, or as {"bytes":"..."} when it is not UTF-8.
func appendValue[T ~string | ~[]byte](b []byte, v T) []byte {
	if ascii(v) || utf8.Valid([]byte(v)) {
		return jsonstream.AppendString(b, v)
	}
	b = append(b, `{"bytes":"`...)
	b = base64.StdEncoding.AppendEncode(b, []byte(v))
	return append(b, `"}`...)
}

func ascii[T ~string | ~[]byte](v T) bool {
	var or byte
	for i := range len(v) {
		or |= v[i]
	}
	return or < utf8.RuneSelf
}

// appendJSONString appends text for people to read: what is not UTF-8 in it is replaced.
func appendJSONString(b []byte, s string) []byte {
	return jsonstream.AppendString(b, strings.ToValidUTF8(s, "\uFFFD"))
}

func appendKeyed(b []byte, key, text string) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return appendJSONString(b, text)
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

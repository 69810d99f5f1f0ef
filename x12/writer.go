package x12

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// RuleDelimiterInData is the rule of the [*Issue] for data that cannot be written in the delimiters of the output:
// X12 has no escape for them.
const RuleDelimiterInData = "writer/delimiter-in-data"

// ErrOrder is the cause of errors for calls of a [Writer] that come in the wrong order, such as a set outside a group.
var ErrOrder = errors.New("x12: call out of order")

// ErrRaw is the cause of the error for segments given to [Writer.Raw] that are not what their number says.
var ErrRaw = errors.New("x12: not the stated number of terminated segments")

// Writer writes interchanges to a stream. It makes the envelopes: counts and control numbers of the trailers come from
// what was written and from the headers.
//
// A call that fails because of its order or its data writes nothing and may be followed by others.
// The first error of the underlying writer sticks: nothing more is written, and every later call returns it.
// Output is buffered; [Writer.Close] or [Writer.Flush] must come last.
type Writer struct {
	dst   io.Writer
	buf   []byte
	off   int64 // stream offset of buf[0]
	err   error // sticky
	stats Stats

	newline  bool
	override *Delimiters

	delims  Delimiters
	isDelim [256]bool
	foreign Delimiters // the delimiters that recode is made for
	recode  [256]uint16
	inter   *Interchange // open, nil if none
	control string       // ISA13 as written
	groups  int          // written in the interchange
	group   *Group
	sets    int // written in the group
	set     *Set
	segs    int // written in the set
}

// WriterOption changes how a [Writer] works.
type WriterOption func(*Writer)

// WithNewline makes the writer end every line after a segment terminator with a LF,
// unless the terminator is itself CR or LF.
func WithNewline(on bool) WriterOption { return func(w *Writer) { w.newline = on } }

// WithDelimiters makes the writer use d in place of the delimiters of the interchanges. Interchanges before version
// 00402 have no repetition separator; one without in d keeps that of the interchange.
func WithDelimiters(d Delimiters) WriterOption { return func(w *Writer) { w.override = &d } }

// writeSize is how many bytes a Writer collects before it writes.
const writeSize = 64 << 10

// NewWriter returns a Writer to w. It does not close w.
func NewWriter(w io.Writer, opts ...WriterOption) *Writer {
	wr := &Writer{dst: w, buf: make([]byte, 0, writeSize+4<<10)}
	for _, o := range opts {
		o(wr)
	}
	return wr
}

// Delims returns the delimiters in use: those of the interchange begun last.
func (w *Writer) Delims() Delimiters { return w.delims }

// Offset returns the number of bytes written so far, those still in the buffer included.
func (w *Writer) Offset() int64 { return w.off + int64(len(w.buf)) }

// Segments returns the number of segments in the open set so far, ST included; 0 outside a set.
func (w *Writer) Segments() int { return w.segs }

// Stats returns the counts of what was written so far.
func (w *Writer) Stats() Stats {
	s := w.stats
	s.Bytes = w.Offset()
	return s
}

// order returns the error for a call that may not come now.
func order(what string) error { return fmt.Errorf("%w: %s", ErrOrder, what) }

// BeginInterchange starts an interchange with an ISA made from in.ISA, in in.Delims or those of [WithDelimiters];
// zero Delims mean [DefaultDelimiters]. Short elements are padded, ISA13 with zeros in front. One that is too long
// is an [*Issue]. ISA11 gets the repetition separator from version 00402 on, and ISA16 the component separator.
// With in.Seq 0 neither ISA nor IEA is written.
func (w *Writer) BeginInterchange(in *Interchange) error {
	switch {
	case w.err != nil:
		return w.err
	case in == nil:
		return order("BeginInterchange without an interchange")
	case w.inter != nil:
		return order("BeginInterchange before EndInterchange")
	}
	d, ok := w.choose(in)
	if !ok {
		return &Issue{Offset: w.Offset(), SegID: "ISA", Interchange: in.Control(), Rule: RuleDelimiters, Severity: Error,
			Message: "the separators clash or cannot be separators"}
	}
	mark := len(w.buf)
	w.useDelims(d)
	if in.Seq != 0 {
		if i := w.isa(in); i != nil {
			w.buf = w.buf[:mark]
			return i
		}
		w.control = string(w.buf[mark+90 : mark+99])
		w.stats.Interchanges++
		w.count(1)
		w.endLine()
	}
	w.inter, w.groups = in, 0
	return w.spill()
}

// choose returns the delimiters for an interchange.
func (w *Writer) choose(in *Interchange) (Delimiters, bool) {
	d := in.Delims
	if d == (Delimiters{}) {
		d = DefaultDelimiters
	}
	if o := w.override; o != nil {
		own := d.Repetition
		if d = *o; d.Repetition == 0 {
			d.Repetition = own
		}
	}
	if in.Seq != 0 && in.ISA[11] < "00402" {
		d.Repetition = 0
	}
	return d, d.valid()
}

// useDelims makes d the current delimiters.
func (w *Writer) useDelims(d Delimiters) {
	w.delims, w.foreign = d, Delimiters{}
	for c := range w.isDelim {
		b := byte(c)
		w.isDelim[c] = b == d.Element || b == d.Component || b == d.Segment || b == d.Repetition && b != 0
	}
}

// isa appends the ISA with its terminator.
func (w *Writer) isa(in *Interchange) *Issue {
	at := len(w.buf)
	w.buf = append(w.buf, "ISA"...)
	for i, width := range isaWidths {
		v := in.ISA[i]
		switch {
		case i == 10 && w.delims.Repetition != 0:
			v = string([]byte{w.delims.Repetition})
		case i == 15:
			v = string([]byte{w.delims.Component})
		default:
			for k := range len(v) {
				if w.isDelim[v[k]] {
					return w.delimiterIssue("ISA", i+1, len(w.buf)-at+1+k, v)
				}
			}
		}
		if len(v) > width {
			return &Issue{Offset: w.off + int64(at), At: len(w.buf) - at + 1, Interchange: in.Control(), SegID: "ISA", Element: i + 1,
				Value: Clip([]byte(v)), Rule: RuleISAWidth, Severity: Error,
				Message: "too long for the ISA: expected at most " + strconv.Itoa(width) + " characters"}
		}
		w.buf = append(w.buf, w.delims.Element)
		w.buf = appendPadded(w.buf, []byte(v), i)
	}
	w.buf = append(w.buf, w.delims.Segment)
	return nil
}

// appendPadded appends ISA element i, 0 = ISA01, in its width: ISA13 with zeros in front, the others with blanks behind.
func appendPadded(dst, v []byte, i int) []byte {
	missing := isaWidths[i] - len(v)
	if i == 12 && len(v) > 0 {
		for ; missing > 0; missing-- {
			dst = append(dst, '0')
		}
	}
	dst = append(dst, v...)
	for ; missing > 0; missing-- {
		dst = append(dst, ' ')
	}
	return dst
}

// EndInterchange writes the IEA.
func (w *Writer) EndInterchange() error {
	switch {
	case w.err != nil:
		return w.err
	case w.inter == nil:
		return order("EndInterchange without BeginInterchange")
	case w.group != nil || w.set != nil:
		return order("EndInterchange inside a group or set")
	}
	if w.inter.Seq != 0 {
		w.trailer("IEA", w.groups, w.control)
	}
	w.inter = nil
	return w.spill()
}

// BeginGroup starts a functional group; with g.Seq 0 neither GS nor GE is written.
func (w *Writer) BeginGroup(g *Group) error {
	switch {
	case w.err != nil:
		return w.err
	case g == nil:
		return order("BeginGroup without a group")
	case w.inter == nil:
		return order("BeginGroup outside an interchange")
	case w.group != nil || w.set != nil:
		return order("BeginGroup inside a group or set")
	}
	if g.Seq != 0 {
		if err := w.segment("GS", g.GS[:]); err != nil {
			return err
		}
		w.stats.Groups++
		w.groups++
	}
	w.group, w.sets = g, 0
	return w.spill()
}

// EndGroup writes the GE.
func (w *Writer) EndGroup() error {
	switch {
	case w.err != nil:
		return w.err
	case w.group == nil:
		return order("EndGroup without BeginGroup")
	case w.set != nil:
		return order("EndGroup inside a set")
	}
	if w.group.Seq != 0 {
		w.trailer("GE", w.sets, w.group.Control())
	}
	w.group = nil
	return w.spill()
}

// BeginSet starts a transaction set with an ST, whose ST03 is left out where s.Version is empty.
// An interchange with an ISA needs a group first.
func (w *Writer) BeginSet(s *Set) error {
	switch {
	case w.err != nil:
		return w.err
	case s == nil:
		return order("BeginSet without a set")
	case w.inter == nil:
		return order("BeginSet outside an interchange")
	case w.set != nil:
		return order("BeginSet inside a set")
	case w.group == nil && w.inter.Seq != 0:
		return order("BeginSet outside a group")
	}
	if err := w.segment("ST", []string{s.ID, s.Control, s.Version}); err != nil {
		return err
	}
	w.stats.Sets++
	w.sets++
	w.set, w.segs = s, 1
	return w.spill()
}

// EndSet writes the SE.
func (w *Writer) EndSet() error {
	switch {
	case w.err != nil:
		return w.err
	case w.set == nil:
		return order("EndSet without BeginSet")
	}
	w.trailer("SE", w.segs+1, w.set.Control)
	w.set, w.segs = nil, 0
	return w.spill()
}

// trailer appends SE, GE or IEA. The control number has passed the check of its header.
func (w *Writer) trailer(id string, count int, control string) {
	w.buf = append(w.buf, id...)
	w.buf = append(w.buf, w.delims.Element)
	w.buf = strconv.AppendInt(w.buf, int64(count), 10)
	if control != "" {
		w.buf = append(w.buf, w.delims.Element)
		w.buf = append(w.buf, control...)
	}
	w.buf = append(w.buf, w.delims.Segment)
	w.count(1)
	w.endLine()
}

// inside returns the error for a segment that may not stand here: body segments belong to a set, TA1 between ISA and GS.
func (w *Writer) inside(id SegID) error {
	switch id {
	case idISA, idGS, idST, idSE, idGE, idIEA:
		return order("envelope segments come from Begin and End")
	}
	if w.set == nil && (id != idTA1 || w.inter == nil || w.inter.Seq == 0 || w.group != nil) {
		return order("a segment outside a set")
	}
	return nil
}

// Segment writes a segment of plain elements. An element that holds a byte used as delimiter, a component or
// repetition separator included, is an [*Issue]. Trailing empty elements are left out.
func (w *Writer) Segment(id string, elems ...string) error {
	if w.err != nil {
		return w.err
	}
	packed := ID(id)
	if err := w.inside(packed); err != nil {
		return err
	}
	if !validID([]byte(id)) {
		return &Issue{Offset: w.Offset(), SegID: Clip([]byte(id)), Rule: RuleSegmentID, Severity: Error, Level: 1,
			Message: "not a segment identifier: expected two or three upper-case letters or digits, a letter first"}
	}
	if err := w.segment(id, elems); err != nil {
		return err
	}
	return w.spill()
}

// segment appends a segment, or nothing and returns the error.
func (w *Writer) segment(id string, elems []string) error {
	for len(elems) > 0 && elems[len(elems)-1] == "" {
		elems = elems[:len(elems)-1]
	}
	mark := len(w.buf)
	w.buf = append(w.buf, id...)
	for i, e := range elems {
		w.buf = append(w.buf, w.delims.Element)
		for k := range len(e) {
			if w.isDelim[e[k]] {
				at := len(w.buf) - mark + k
				w.buf = w.buf[:mark]
				return w.delimiterIssue(id, i+1, at, e)
			}
		}
		w.buf = append(w.buf, e...)
	}
	w.buf = append(w.buf, w.delims.Segment)
	w.count(1)
	w.endLine()
	return nil
}

// count adds n segments to the stream and to the open set.
func (w *Writer) count(n int) {
	w.stats.Segments += int64(n)
	if w.set != nil {
		w.segs += n
	}
}

// delimiterIssue is the error for a delimiter in data, at the segment about to be written.
func (w *Writer) delimiterIssue(id string, element, at int, value string) *Issue {
	i := &Issue{Offset: w.Offset(), At: at, SegID: id, Element: element, Value: Clip([]byte(value)), Level: 1,
		Rule: RuleDelimiterInData, Severity: Error, Message: "a byte of the value is a delimiter of the output: expected other data or other delimiters"}
	if w.inter != nil {
		i.Interchange = w.inter.Control()
	}
	if w.group != nil {
		i.Group = w.group.Control()
	}
	if w.set != nil {
		i.Set = w.set.Control
		i.Segment = w.segs + 1
	}
	return i
}

// Raw writes n ready segments of the open set, each with its terminator, in the delimiters of [Writer.Delims].
// What stands inside them is not looked at.
func (w *Writer) Raw(segs []byte, n int) error {
	if w.err != nil {
		return w.err
	}
	if w.set == nil {
		return order("segments outside a set")
	}
	term := w.delims.Segment
	if bytes.Count(segs, []byte{term}) != n || len(segs) > 0 && segs[len(segs)-1] != term {
		return ErrRaw
	}
	w.count(n)
	if !w.breaksLines() {
		return w.append(segs)
	}
	for len(segs) > 0 {
		k := bytes.IndexByte(segs, term) + 1
		if err := w.append(segs[:k]); err != nil {
			return err
		}
		w.buf = append(w.buf, '\n')
		segs = segs[k:]
	}
	return w.spill()
}

// append adds b to the output without letting the buffer grow by it.
func (w *Writer) append(b []byte) error {
	for len(b) > 0 {
		n := min(len(b), cap(w.buf)-len(w.buf))
		w.buf = append(w.buf, b[:n]...)
		b = b[n:]
		if err := w.spill(); err != nil {
			return err
		}
	}
	return nil
}

// Copy writes a segment that was read. Where the delimiters of its interchange differ from those of the output, they
// are replaced, and a byte of data that is a delimiter of the output is an [*Issue] whose Offset is that of the
// segment in the input. With trim, what is written is its canonical form, else it keeps trailing empty elements.
func (w *Writer) Copy(s *Segment, trim bool) error {
	if w.err != nil {
		return w.err
	}
	if len(s.Bytes()) == 0 {
		return order("Copy without a segment")
	}
	if err := w.inside(s.ID); err != nil {
		return err
	}
	mark := len(w.buf)
	if trim {
		w.buf = AppendCanonical(w.buf, s)
		w.buf = w.buf[:len(w.buf)-1]
	} else {
		w.buf = append(w.buf, s.data...)
	}
	if s.Delims != w.delims {
		if k := w.translate(w.buf[mark:], s.Delims); k >= 0 {
			b := w.buf[mark : mark+k] // translated, so that its element separators are those of the output
			e := bytes.Count(b, []byte{w.delims.Element})
			at := k
			if e > 0 {
				at = s.At(e) + k - bytes.LastIndexByte(b, w.delims.Element) - 1
			}
			w.buf = w.buf[:mark]
			i := w.delimiterIssue(Clip(s.Name()), e, at, Clip(s.Elem(e)))
			i.Offset = s.Offset
			return i
		}
	}
	w.buf = append(w.buf, w.delims.Segment)
	w.count(1)
	w.endLine()
	return w.spill()
}

// clash marks a byte of a foreign segment that has no translation.
const clash = 0x100

// translate replaces the delimiters in b by those of the output. It returns the index of the first byte that cannot
// be translated, -1 if all can.
func (w *Writer) translate(b []byte, from Delimiters) int {
	if w.foreign != from {
		w.foreign = from
		for c := range w.recode {
			w.recode[c] = uint16(c)
			if w.isDelim[c] {
				w.recode[c] = clash
			}
		}
		if from.Repetition != 0 {
			w.recode[from.Repetition] = uint16(w.delims.Repetition)
			if w.delims.Repetition == 0 {
				w.recode[from.Repetition] = clash
			}
		}
		w.recode[from.Element] = uint16(w.delims.Element)
		w.recode[from.Component] = uint16(w.delims.Component)
	}
	for k, c := range b {
		t := w.recode[c]
		if t == clash {
			return k
		}
		b[k] = byte(t)
	}
	return -1
}

// breaksLines reports whether a LF goes behind each terminator.
func (w *Writer) breaksLines() bool {
	return w.newline && w.delims.Segment != '\n' && w.delims.Segment != '\r'
}

func (w *Writer) endLine() {
	if w.breaksLines() {
		w.buf = append(w.buf, '\n')
	}
}

// spill writes the buffer when it is full.
func (w *Writer) spill() error {
	if len(w.buf) >= writeSize {
		return w.Flush()
	}
	return nil
}

// Flush writes what is buffered to the underlying writer.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.buf) == 0 {
		return w.err
	}
	n, err := w.dst.Write(w.buf)
	if err == nil && n != len(w.buf) {
		err = io.ErrShortWrite
	}
	w.off += int64(min(max(n, 0), len(w.buf)))
	w.buf = w.buf[:0]
	w.err = err
	return err
}

// Close ends the set, group and interchange that are open and flushes. It does not close the underlying writer.
func (w *Writer) Close() error {
	if w.set != nil && w.err == nil {
		_ = w.EndSet() // what it returns sticks, and so for the others
	}
	if w.group != nil && w.err == nil {
		_ = w.EndGroup()
	}
	if w.inter != nil && w.err == nil {
		_ = w.EndInterchange()
	}
	return w.Flush()
}

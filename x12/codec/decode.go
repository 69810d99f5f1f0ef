package codec

import (
	"slices"
	"strings"
	"unsafe"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Decoder reads typed values off the segments of a [Tape]. Generated code calls it; its methods are small so that the
// generated bodies stay dull.
//
// Every value it hands out is a substring of one text: of the tape itself when the decoder borrows, of a copy when it
// owns. It notes in Odd whatever a struct has no place for; see [Extras].
type Decoder struct {
	Owned bool // values outlive the tape
	Odd   bool // the scope has something the struct cannot hold

	text  string
	base  uint32
	toks  []uint32
	first uint32
	tape  *Tape
	segs  []Seg
	delim x12.Delimiters

	// The current segment. at points to its first token, n is the number of its elements; the tokens are those of the
	// text, which the reader has made, so that what bounds checks would find cannot be.
	at  unsafe.Pointer
	n   int
	sub bool // it may have component or repetition separators

	parts [64]string
	copy  textSlab
}

// textSlab holds the texts of owned units, many to one allocation.
type textSlab struct{ buf []byte }

const textSlabSize = 32 << 10

func (s *textSlab) add(b []byte) string {
	if len(b) > cap(s.buf)-len(s.buf) {
		s.buf = make([]byte, 0, max(textSlabSize, len(b)))
	}
	at := len(s.buf)
	s.buf = append(s.buf, b...)
	return unsafe.String(unsafe.SliceData(s.buf[at:]), len(b))
}

// FreeText makes free the texts an owning decoder has handed out.
func (d *Decoder) FreeText() { d.copy.buf = d.copy.buf[:0] }

// Start begins a scope.
func (d *Decoder) Start(t *Tape) {
	d.tape, d.Odd, d.delim = t, t.Odd, t.Delims
	lo, hi := t.bounds()
	b := t.text[:0]
	d.base = lo
	if lo != hi {
		b = t.text[lo-t.base : hi-t.base]
	}
	if d.Owned {
		d.text = d.copy.add(b)
	} else {
		d.text = unsafe.String(unsafe.SliceData(b), len(b))
	}
	d.toks, d.first, d.segs = t.toks, t.first, t.Segs
}

// Segment makes segment i current and returns its slot; ok is false when no field is left for it.
func (d *Decoder) Segment(i int) (slot guide.SlotID, ok bool) {
	g := &d.segs[i]
	if g.Flag != 0 {
		return d.flagged(g)
	}
	d.at = unsafe.Pointer(&d.toks[g.tok-d.first])
	d.n = int(g.n) - 1
	d.sub = g.bits&segSub != 0
	return g.Slot, true
}

// Before notes that segment i, which has no field, is only written in front of one of some segments.
func (d *Decoder) Before(i int, slots ...guide.SlotID) {
	if i+1 >= len(d.segs) || d.segs[i+1].Flag != 0 || !slices.Contains(slots, d.segs[i+1].Slot) {
		d.Odd = true
	}
}

func (d *Decoder) flagged(g *Seg) (slot guide.SlotID, ok bool) {
	if g.Flag&guide.Virtual != 0 {
		d.n, d.sub = 0, false
		return g.Slot, true
	}
	if g.Flag&(guide.Over|guide.Unplaced) != 0 {
		return g.Slot, false
	}
	d.at = unsafe.Pointer(&d.toks[g.tok-d.first])
	d.n = int(g.n) - 1
	d.sub = g.bits&segSub != 0
	return g.Slot, g.Slot != 0
}

// end returns where element i ends; 0 is the identifier.
func (d *Decoder) end(i int) uint32 { return *(*uint32)(unsafe.Add(d.at, 4*i)) }

// raw returns element i as it stands.
func (d *Decoder) raw(i int) string {
	if uint(i-1) >= uint(d.n) {
		return ""
	}
	from := d.end(i-1) + 1
	return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(d.text)), from-d.base)), d.end(i)-from)
}

// Str returns a simple element.
func (d *Decoder) Str(i int) string {
	s := d.raw(i)
	if d.sub && d.split(s) {
		d.Odd = true
	}
	return s
}

// split reports whether s has a component or repetition separator.
func (d *Decoder) split(s string) bool {
	if len(s) > shortText {
		return strings.IndexByte(s, d.delim.Component) >= 0 || d.delim.Repetition != 0 && strings.IndexByte(s, d.delim.Repetition) >= 0
	}
	for i := range len(s) {
		if c := s[i]; c == d.delim.Component || c == d.delim.Repetition && c != 0 {
			return true
		}
	}
	return false
}

// shortText is the length up to which looking at each byte is faster than strings.IndexByte.
const shortText = 24

// Num returns a number; text that is none is left to Extras.
func (d *Decoder) Num(i int) x12.Number {
	s := d.raw(i)
	if s == "" {
		return x12.Number{}
	}
	n, ok := x12.ParseNumber(s)
	if !ok || d.sub && d.split(s) { // a decimal point may be a separator
		d.Odd = true
	}
	return n
}

// Date returns a date of eight digits; text that is none is left to Extras.
func (d *Decoder) Date(i int) x12.Date {
	s := d.raw(i)
	if s == "" {
		return x12.Date{}
	}
	v, ok := x12.ParseDate(s)
	if !ok {
		d.Odd = true
	}
	return v
}

// Time returns a time of day; text that is none is left to Extras.
func (d *Decoder) Time(i int) x12.Time {
	s := d.raw(i)
	if s == "" {
		return x12.Time{}
	}
	v, ok := x12.ParseTime(s)
	if !ok {
		d.Odd = true
	}
	return v
}

// Const notes an element that is not the constant the struct stands for.
func (d *Decoder) Const(i int, want string) {
	if d.raw(i) != want {
		d.Odd = true
	}
}

// None notes an element the struct has no field for.
func (d *Decoder) None(i int) {
	if d.raw(i) != "" {
		d.Odd = true
	}
}

// Nones is None for the elements between from and to.
func (d *Decoder) Nones(from, to int) {
	if d.n >= from && d.LastElem(from, to) >= from {
		d.Odd = true
	}
}

// End notes elements behind the last one the struct has a field for.
func (d *Decoder) End(last int) {
	if d.n > last {
		d.Odd = true
	}
}

// Need notes an inline element that is empty: the field alone could not tell the segment from an absent one.
func (d *Decoder) Need(empty bool) {
	if empty {
		d.Odd = true
	}
}

// Comps splits a composite; the parts are valid until the next call. Repetitions it should not have are noted.
func (d *Decoder) Comps(i, most int) []string { return d.comps(d.raw(i), most, true) }

func (d *Decoder) comps(s string, most int, single bool) []string {
	if s == "" {
		return nil
	}
	if !d.sub {
		d.parts[0] = s
		return d.parts[:1]
	}
	n, from := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == d.delim.Component:
			if n < len(d.parts)-1 {
				d.parts[n] = s[from:i]
				n, from = n+1, i+1
			}
		case c == d.delim.Repetition && c != 0 && single:
			d.Odd = true
		}
	}
	d.parts[n] = s[from:]
	n++
	if n > most {
		d.Odd = true
	}
	return d.parts[:n]
}

// Reps calls f with each repetition of an element, without its components split. Empty ones at the end are none.
func (d *Decoder) Reps(i int, f func(string)) {
	s := d.raw(i)
	if d.sub && d.delim.Repetition != 0 {
		for len(s) > 0 && (s[len(s)-1] == d.delim.Repetition || s[len(s)-1] == d.delim.Component) {
			s = s[:len(s)-1]
		}
		for k := strings.IndexByte(s, d.delim.Repetition); k >= 0; k = strings.IndexByte(s, d.delim.Repetition) {
			f(s[:k])
			s = s[k+1:]
		}
	}
	if s != "" {
		f(s)
	}
}

// RepNum returns a repetition as a number; text that is none is left to Extras.
func (d *Decoder) RepNum(s string) x12.Number { return d.PartNum([]string{d.Simple(s)}, 1) }

// RepDate returns a repetition as a date; text that is none is left to Extras.
func (d *Decoder) RepDate(s string) x12.Date { return d.PartDate([]string{s}, 1) }

// RepTime returns a repetition as a time; text that is none is left to Extras.
func (d *Decoder) RepTime(s string) x12.Time { return d.PartTime([]string{s}, 1) }

// RepComps splits one repetition as handed out by Reps.
func (d *Decoder) RepComps(s string, most int) []string { return d.comps(s, most, false) }

// Simple notes a component separator in a repetition of a simple element.
func (d *Decoder) Simple(s string) string {
	if d.sub && strings.IndexByte(s, d.delim.Component) >= 0 {
		d.Odd = true
	}
	return s
}

// Part returns part i (1 = first) of what Comps gave.
func Part(parts []string, i int) string {
	if i <= len(parts) {
		return parts[i-1]
	}
	return ""
}

// PartNum is Part for a number.
func (d *Decoder) PartNum(parts []string, i int) x12.Number {
	s := Part(parts, i)
	if s == "" {
		return x12.Number{}
	}
	n, ok := x12.ParseNumber(s)
	if !ok {
		d.Odd = true
	}
	return n
}

// PartDate is Part for a date.
func (d *Decoder) PartDate(parts []string, i int) x12.Date {
	s := Part(parts, i)
	if s == "" {
		return x12.Date{}
	}
	v, ok := x12.ParseDate(s)
	if !ok {
		d.Odd = true
	}
	return v
}

// PartTime is Part for a time.
func (d *Decoder) PartTime(parts []string, i int) x12.Time {
	s := Part(parts, i)
	if s == "" {
		return x12.Time{}
	}
	v, ok := x12.ParseTime(s)
	if !ok {
		d.Odd = true
	}
	return v
}

// NoPart notes a component the struct has no field for.
func (d *Decoder) NoPart(parts []string, i int) {
	if Part(parts, i) != "" {
		d.Odd = true
	}
}

// ConstPart notes a component that is not the constant the struct stands for.
func (d *Decoder) ConstPart(parts []string, i int, want string) {
	if Part(parts, i) != want {
		d.Odd = true
	}
}

// LastPart returns the index of the last non-empty part between from and to, from-1 when there is none.
func LastPart(parts []string, from, to int) int {
	for to = min(to, len(parts)); to >= from && parts[to-1] == ""; to-- {
	}
	return to
}

// LastElem returns the index of the last non-empty element between from and to, from-1 when there is none.
func (d *Decoder) LastElem(from, to int) int {
	for to = min(to, d.n); to >= from && d.end(to-1)+1 == d.end(to); to-- {
	}
	return max(to, from-1)
}

// Slab hands out zeroed values of one type from large allocations. What was handed out stays, until Recycle makes the
// memory free again.
type Slab[T any] struct {
	buf      []T
	used     int
	recycled bool
}

const slabBytes = 8 << 10

// Add returns run with one zeroed value more. A run is extended in place when it was the last one added to.
func (s *Slab[T]) Add(run []T) []T {
	n := len(run)
	last := n > 0 && s.used >= n && s.used <= len(s.buf) && &run[n-1] == &s.buf[s.used-1]
	need := 1
	if !last {
		need = n + 1
	}
	if s.used+need > len(s.buf) {
		var zero T
		size := max(4, slabBytes/max(1, int(unsafe.Sizeof(zero))), 2*(n+1))
		if s.recycled { // one buffer soon holds the largest unit
			size = max(size, 2*len(s.buf))
		}
		s.buf, s.used = make([]T, size), 0
		last = false
	}
	var zero T
	if !last {
		copy(s.buf[s.used:], run)
		s.used += n
	}
	s.buf[s.used] = zero
	s.used++
	return s.buf[s.used-n-1 : s.used : s.used]
}

// New returns one zeroed value.
func (s *Slab[T]) New() *T { return &s.Add(nil)[0] }

// Recycle makes what was handed out free again.
func (s *Slab[T]) Recycle() { s.used, s.recycled = 0, true }

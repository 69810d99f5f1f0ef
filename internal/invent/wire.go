package invent

import "io"

// Wire appends segments to a byte slice. Every segment is Open, any number of
// elements, End; trailing empty elements are never written.
type Wire struct {
	B    []byte // what is not flushed yet
	Segs int64  // segments ended since the last reset, for SE01

	elem    byte
	rep     byte
	comp    byte
	term    byte
	nl      bool
	empty   int // empty elements owed before the next value
	parts   int // empty components owed before the next component
	dates   []byte
	dst     io.Writer
	written int64
}

const (
	defaultDelimiters = "*^:~"
	flushAt           = 64 << 10
)

// NewWire returns a wire whose Flush writes to dst. The delimiters have passed
// [Bounds.Check]; newLine puts a line feed after every segment terminator that
// is none itself.
func NewWire(dst io.Writer, delimiters string, newLine bool) Wire {
	d := delimiters
	if d == "" {
		d = defaultDelimiters
	}
	return Wire{
		B:    make([]byte, 0, flushAt+16<<10),
		elem: d[0], rep: d[1], comp: d[2], term: d[3], nl: newLine && d[3] != '\n',
		dates: dateTable(), dst: dst,
	}
}

// Scratch returns an empty wire of the same form that writes nowhere.
func (w *Wire) Scratch() Wire {
	s := *w
	s.B, s.dst, s.written = nil, nil, 0
	return s
}

// Total is the number of bytes made so far.
func (w *Wire) Total() int64 { return w.written + int64(len(w.B)) }

// Full reports whether it is time to flush.
func (w *Wire) Full() bool { return len(w.B) >= flushAt }

// Flush hands on what has been made. Its error is the writer's own.
func (w *Wire) Flush() error {
	n, err := w.dst.Write(w.B)
	w.written += int64(n)
	if err == nil && n < len(w.B) {
		err = io.ErrShortWrite
	}
	w.B = w.B[:0]
	return err
}

// Open begins a segment.
func (w *Wire) Open(id string) {
	w.B = append(w.B, id...)
	w.empty, w.parts = 0, 0
}

// End ends a segment.
func (w *Wire) End() {
	w.B = append(w.B, w.term)
	if w.nl {
		w.B = append(w.B, '\n')
	}
	w.Segs++
}

// Sep writes the element separators due before a value, which the caller then
// appends to B.
func (w *Wire) Sep() {
	for ; w.empty > 0; w.empty-- {
		w.B = append(w.B, w.elem)
	}
	w.B = append(w.B, w.elem)
	w.parts = 0
}

// Skip leaves n elements empty; they appear only if a value follows.
func (w *Wire) Skip(n int) { w.empty += n }

// Str writes an element; an empty value is the same as Skip(1).
func (w *Wire) Str(s string) {
	if s == "" {
		w.empty++
		return
	}
	w.Sep()
	w.B = append(w.B, s...)
}

// Sub writes a further component of the element just written; an empty one
// appears only if another follows.
func (w *Wire) Sub(s string) {
	if s == "" {
		w.parts++
		return
	}
	w.SubSep()
	w.B = append(w.B, s...)
}

// SubSep writes the component separators due before a component, which the
// caller then appends to B.
func (w *Wire) SubSep() {
	for ; w.parts > 0; w.parts-- {
		w.B = append(w.B, w.comp)
	}
	w.B = append(w.B, w.comp)
}

// Num writes a whole number.
func (w *Wire) Num(v int64) {
	w.Sep()
	w.B = AppendInt(w.B, v)
}

// Padded writes v as an element of at least width digits.
func (w *Wire) Padded(v int64, width int) {
	w.Sep()
	w.B = AppendPadded(w.B, v, width)
}

// Money writes cents as a decimal element in its shortest form, as the
// standard's type R wants it: 12.50 is 12.5, 12.00 is 12, zero is 0.
func (w *Wire) Money(cents int64) {
	w.Sep()
	w.B = AppendCents(w.B, cents)
}

// Date writes a day number as CCYYMMDD.
func (w *Wire) Date(day int64) {
	w.Sep()
	w.AppendDate(day)
}

// AppendDate appends a day number as CCYYMMDD to B.
func (w *Wire) AppendDate(day int64) {
	w.B = append(w.B, w.dates[day*8:day*8+8]...)
}

// AppendInt appends v in decimal.
func AppendInt(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	return AppendPadded(b, v, 1)
}

// AppendPadded appends v, which must not be negative, with leading zeros.
func AppendPadded(b []byte, v int64, width int) []byte {
	var t [20]byte
	i := len(t)
	for v > 0 || width > 0 {
		i--
		t[i] = byte('0' + v%10)
		v /= 10
		width--
	}
	return append(b, t[i:]...)
}

// AppendCents appends an amount in the form of [Wire.Money].
func AppendCents(b []byte, c int64) []byte {
	if c < 0 {
		b = append(b, '-')
		c = -c
	}
	b = AppendPadded(b, c/100, 1)
	if f := c % 100; f != 0 {
		b = append(b, '.', byte('0'+f/10))
		if f%10 != 0 {
			b = append(b, byte('0'+f%10))
		}
	}
	return b
}

// Days are counted from 1 January of firstYear; the table reaches far enough
// for every date near the making of a file.
const (
	firstYear = 2022
	lastYear  = 2026
)

// dateTable returns the CCYYMMDD text of every day in the range, eight bytes
// a day.
func dateTable() []byte {
	b := make([]byte, 0, 8*366*(lastYear-firstYear+1))
	for y := int64(firstYear); y <= lastYear; y++ {
		for m := int64(1); m <= 12; m++ {
			for d := int64(1); d <= daysIn(y, m); d++ {
				b = AppendPadded(b, y, 4)
				b = AppendPadded(b, m, 2)
				b = AppendPadded(b, d, 2)
			}
		}
	}
	return b
}

func daysIn(y, m int64) int64 {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 {
			return 29
		}
		return 28
	}
	return 31
}

// YearEnd is 31 December of the year of day.
func YearEnd(day int64) int64 {
	at := int64(-1)
	for y := int64(firstYear); ; y++ {
		at += 365
		if y%4 == 0 {
			at++
		}
		if at >= day {
			return at
		}
	}
}

package synth

// wire appends segments to a byte slice. Every segment is open, any number of
// elements, end; trailing empty elements are never written.
type wire struct {
	b     []byte
	elem  byte
	comp  byte
	term  byte
	nl    bool
	segs  int64 // segments ended since the last reset, for SE01
	empty int   // empty elements owed before the next value
	dates []byte
}

func (w *wire) open(id string) {
	w.b = append(w.b, id...)
	w.empty = 0
}

func (w *wire) end() {
	w.b = append(w.b, w.term)
	if w.nl {
		w.b = append(w.b, '\n')
	}
	w.segs++
}

// sep writes the element separators due before a value.
func (w *wire) sep() {
	for ; w.empty > 0; w.empty-- {
		w.b = append(w.b, w.elem)
	}
	w.b = append(w.b, w.elem)
}

// skip leaves n elements empty; they appear only if a value follows.
func (w *wire) skip(n int) { w.empty += n }

// str writes an element; an empty value is the same as skip(1).
func (w *wire) str(s string) {
	if s == "" {
		w.empty++
		return
	}
	w.sep()
	w.b = append(w.b, s...)
}

// sub writes a further component of the element just written.
func (w *wire) sub(s string) {
	w.b = append(w.b, w.comp)
	w.b = append(w.b, s...)
}

func (w *wire) num(v int64) {
	w.sep()
	w.b = appendInt(w.b, v)
}

// padded writes v as an element of at least width digits.
func (w *wire) padded(v int64, width int) {
	w.sep()
	w.b = appendPadded(w.b, v, width)
}

// money writes cents as a decimal element in its shortest form, as the
// standard's type R wants it: 12.50 is 12.5, 12.00 is 12, zero is 0.
func (w *wire) money(cents int64) {
	w.sep()
	w.b = appendCents(w.b, cents)
}

// date writes a day number (see firstYear) as CCYYMMDD.
func (w *wire) date(day int64) {
	w.sep()
	w.b = append(w.b, w.dates[day*8:day*8+8]...)
}

func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	return appendPadded(b, v, 1)
}

// appendPadded appends v, which must not be negative, with leading zeros.
func appendPadded(b []byte, v int64, width int) []byte {
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

func appendCents(b []byte, c int64) []byte {
	if c < 0 {
		b = append(b, '-')
		c = -c
	}
	b = appendPadded(b, c/100, 1)
	if f := c % 100; f != 0 {
		b = append(b, '.', byte('0'+f/10))
		if f%10 != 0 {
			b = append(b, byte('0'+f%10))
		}
	}
	return b
}

// Days are counted from 1 January of firstYear; the table reaches far enough
// for every payment date and the service dates before it.
const (
	firstYear = 2022
	lastYear  = 2026
)

// dateTable returns the CCYYMMDD text of every day in the range, eight bytes
// a day.
func dateTable() []byte {
	var b []byte
	for y := int64(firstYear); y <= lastYear; y++ {
		for m := int64(1); m <= 12; m++ {
			for d := int64(1); d <= daysIn(y, m); d++ {
				b = appendPadded(b, y, 4)
				b = appendPadded(b, m, 2)
				b = appendPadded(b, d, 2)
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

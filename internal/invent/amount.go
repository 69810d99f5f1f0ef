package invent

import (
	"errors"
	"fmt"
)

// Amount says how much is to be made of what a writer counts.
type Amount struct {
	What                string // "members"
	Count, Size, PerSet int64
	Delimiters          string // as in Bounds
}

// Check tells what is wrong with a.
func (a Amount) Check() error {
	switch {
	case a.Count < 0 || a.Size < 0 || a.PerSet < 0:
		return errors.New("negative count")
	case a.Count == 0 && a.Size == 0:
		return fmt.Errorf("neither a number of %s nor a size", a.What)
	case a.Count > 0 && a.Size > 0:
		return fmt.Errorf("both a number of %s and a size", a.What)
	}
	return Bounds{Claims: 1, Delimiters: a.Delimiters}.Check()
}

// Again writes a further repetition of the element just written.
func (w *Wire) Again(s string) {
	w.B = append(w.B, w.rep)
	w.B = append(w.B, s...)
	w.parts = 0
}

// List writes an element that repeats, of values between spaces.
func (w *Wire) List(values string) {
	w.Sep()
	at := len(w.B)
	w.B = append(w.B, values...)
	for i, c := range w.B[at:] {
		if c == ' ' {
			w.B[at+i] = w.rep
		}
	}
}

// Tagged writes an element of letters and a number of at least width digits.
func (w *Wire) Tagged(tag string, n int64, width int) {
	w.Sep()
	w.B = append(w.B, tag...)
	w.B = AppendPadded(w.B, n, width)
}

// Period writes two days as an element of format RD8.
func (w *Wire) Period(from, to int64) {
	w.Sep()
	w.AppendDate(from)
	w.B = append(w.B, '-')
	w.AppendDate(to)
}

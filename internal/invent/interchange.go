package invent

import "fmt"

// Interchange is one ISA..IEA of test data.
type Interchange struct {
	// The parties as GS02 and GS03 name them, at most 15 characters.
	Sender, Receiver string
	Functional       string // GS01
	Guide            string // GS08

	Control int64 // ISA13
	Day     int64 // of creation
	Minute  int64 // of creation, in the day
}

// Draw makes control number and time of creation from key. The day is within
// 2025, so that dates before and after it are in the range of a [Wire].
func (x *Interchange) Draw(key uint64) {
	r := Stream(key, 1)
	x.Control = r.Between(1, 999999999)
	x.Day = r.Between(3*366, 4*365)
	x.Minute = r.Below(24 * 60)
}

const (
	// MaxSetsPerGroup is what the six digits of GE01 hold. The five of IEA01
	// are then more than enough for MaxSets.
	MaxSetsPerGroup = 999999
	// MaxSets is what the nine digits of ST02 hold.
	MaxSets = 999999999
)

// Write writes the interchange to w and flushes it. It calls set for one
// transaction set after the other, with its number from 1, until that reports
// that no more are wanted. A group is closed before it has more sets than
// setsPerGroup. Past MaxSets the error wraps full.
func (x *Interchange) Write(w *Wire, setsPerGroup int64, full error, set func(number int64) (more bool, err error)) error {
	x.isa(w)
	groups, inGroup := int64(0), int64(0)
	for number := int64(1); ; number++ {
		if inGroup == setsPerGroup {
			trailer(w, "GE", inGroup)
			w.Num(groups)
			w.End()
			inGroup = 0
		}
		if inGroup == 0 {
			groups++
			x.gs(w, groups)
		}
		more, err := set(number)
		if err != nil {
			return err
		}
		inGroup++
		if !more {
			break
		}
		if number == MaxSets {
			return fmt.Errorf("%w: more than %d sets", full, MaxSets)
		}
	}
	trailer(w, "GE", inGroup)
	w.Num(groups)
	w.End()
	trailer(w, "IEA", groups)
	w.Padded(x.Control, 9)
	w.End()
	return w.Flush()
}

func trailer(w *Wire, id string, count int64) {
	w.Open(id)
	w.Num(count)
}

func (x *Interchange) isa(w *Wire) {
	w.Open("ISA")
	for _, v := range []string{"00", "          ", "00", "          ", "ZZ"} {
		w.Str(v)
	}
	w.Str(fmt.Sprintf("%-15s", x.Sender))
	w.Str("ZZ")
	w.Str(fmt.Sprintf("%-15s", x.Receiver))
	w.Sep()
	w.B = append(w.B, w.dates[x.Day*8+2:x.Day*8+8]...)
	w.Padded(x.clock(), 4)
	w.Sep()
	w.B = append(w.B, w.rep)
	w.Str("00501")
	w.Padded(x.Control, 9)
	w.Str("0")
	w.Str("T")
	w.Sep()
	w.B = append(w.B, w.comp)
	w.End()
}

func (x *Interchange) gs(w *Wire, group int64) {
	w.Open("GS")
	w.Str(x.Functional)
	w.Str(x.Sender)
	w.Str(x.Receiver)
	w.Date(x.Day)
	w.Padded(x.clock(), 4)
	w.Num(group)
	w.Str("X")
	w.Str(x.Guide)
	w.End()
}

// clock is the time of creation as a number HHMM.
func (x *Interchange) clock() int64 { return x.Minute/60*100 + x.Minute%60 }

// Created writes date and time of creation as two elements.
func (x *Interchange) Created(w *Wire) {
	w.Date(x.Day)
	w.Padded(x.clock(), 4)
}

package edi270

import (
	"bytes"
	"strconv"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// checkPeriods checks periods, CCYYMMDD-CCYYMMDD, of the DTP of a loop.
func checkPeriods(b *validate.Binder) func(*validate.Scope) {
	dtp := b.Place("DTP")
	return func(s *validate.Scope) {
		for a := range s.All(dtp) {
			if string(a.Elem(2, 0)) != "RD8" {
				continue
			}
			if from, to, ok := bytes.Cut(a.Elem(3, 0), []byte("-")); ok && bytes.Compare(from, to) > 0 && isDate(from) && isDate(to) {
				s.Report(a.With(3, 0), "expected a period that does not end before it begins")
			}
		}
	}
}

func isDate(v []byte) bool {
	_, ok := x12.ParseDate(v)
	return ok && len(v) == 8
}

// checkPointers compares the diagnosis pointers of EQ.05 with the diagnoses of the person.
func checkPointers(b *validate.Binder) func(*validate.Scope) {
	person := &b.Table.Loops[b.Table.Loops[b.Loop].Parent] // 2100C or 2100D
	pointers, hi := b.Place("EQ.05"), b.Place(person.ID+"/HI")
	return func(s *validate.Scope) {
		at := s.First(pointers)
		if len(at.Bytes()) == 0 {
			return
		}
		count := s.First(hi).Len()
		for c := 1; c <= 4; c++ {
			a := at.With(5, c)
			if n, err := strconv.Atoi(string(a.Bytes())); err == nil && (n < 1 || n > count) {
				s.Report(a, "expected the number of a diagnosis: the person's HI has "+strconv.Itoa(count))
				return
			}
		}
	}
}

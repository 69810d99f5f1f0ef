package edi271

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

// checkPointers compares the diagnosis pointers of EB.14 with the diagnoses of the person.
func checkPointers(b *validate.Binder) func(*validate.Scope) {
	person := &b.Table.Loops[b.Table.Loops[b.Loop].Parent] // 2100C or 2100D
	pointers, hi := b.Place("EB.14"), b.Place(person.ID+"/HI")
	return func(s *validate.Scope) {
		at := s.First(pointers)
		if len(at.Bytes()) == 0 {
			return
		}
		count := s.First(hi).Len()
		for c := 1; c <= 4; c++ {
			a := at.With(14, c)
			if n, err := strconv.Atoi(string(a.Bytes())); err == nil && (n < 1 || n > count) {
				s.Report(a, "expected the number of a diagnosis: the person's HI has "+strconv.Itoa(count))
				return
			}
		}
	}
}

// datePairs are the dates that begin and end something, by qualifier.
var datePairs = [...][2]string{{"193", "194"}, {"340", "341"}, {"346", "347"}, {"348", "349"}, {"356", "357"}}

// checkDates compares dates that begin and end something.
func checkDates(b *validate.Binder) func(*validate.Scope) {
	dtp := b.Place("DTP")
	return func(s *validate.Scope) {
		var begins [len(datePairs)]validate.At
		n := 0
		for a := range s.All(dtp) {
			n++
			for i := range datePairs {
				if string(a.Elem(1, 0)) == datePairs[i][0] {
					begins[i] = a
				}
			}
		}
		if n < 2 {
			return
		}
		for a := range s.All(dtp) {
			for i := range datePairs {
				if string(a.Elem(1, 0)) != datePairs[i][1] || !begins[i].OK() {
					continue
				}
				from, to := begins[i].Elem(3, 0), a.Elem(3, 0)
				if bytes.Compare(from, to) > 0 && isDate(from) && isDate(to) {
					s.ReportBecause(a.With(3, 0), "expected the day of DTP "+datePairs[i][0]+" or later", begins[i].With(3, 0))
				}
			}
		}
	}
}

// checkShare checks that EB08 is a share: 20 percent are .2.
func checkShare(b *validate.Binder) func(*validate.Scope) {
	share, one := b.Place("EB.08"), x12.NewNumber(1, 0)
	return func(s *validate.Scope) {
		a := s.First(share)
		if n, ok := a.Number(); ok && (n.Cmp(one) > 0 || n.Sign() < 0) {
			s.Report(a, "expected a share from 0 to 1: 20 percent are .2")
		}
	}
}

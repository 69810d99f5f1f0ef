package edi834

import (
	"bytes"
	"time"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// checkRelationship compares who a member is with the relationship: 18, self, is the subscriber and nobody else.
func checkRelationship(b *validate.Binder) func(*validate.Scope) {
	ins := b.Place("INS.02")
	return func(s *validate.Scope) {
		a := s.First(ins)
		subscriber, relationship := string(a.Elem(1, 0)), string(a.Bytes())
		switch {
		case relationship == "":
		case subscriber == "Y" && relationship != "18":
			s.ReportBecause(a, "expected 18: the member is the subscriber", a.With(1, 0))
		case subscriber == "N" && relationship == "18":
			s.ReportBecause(a, "expected another relationship than 18: the member is a dependent", a.With(1, 0))
		}
	}
}

// datePairs are the dates that begin and end something, by qualifier.
var datePairs = [...][2]string{
	{"336", "337"}, {"338", "339"}, {"340", "341"}, {"344", "345"}, {"348", "349"}, {"350", "351"}, {"356", "357"}, {"360", "361"}, {"473", "474"},
}

// checkPeriods compares dates that begin and end something, and the two ends of datePairs (RD8).
func checkPeriods(b *validate.Binder) func(*validate.Scope) {
	dtp := b.Place("DTP")
	return func(s *validate.Scope) {
		var begins [len(datePairs)]validate.At
		for a := range s.All(dtp) {
			for i := range datePairs {
				if string(a.Elem(1, 0)) == datePairs[i][0] {
					begins[i] = a
				}
			}
			if string(a.Elem(2, 0)) == "RD8" {
				if from, to, ok := bytes.Cut(a.Elem(3, 0), []byte("-")); ok && after(from, to, 0) {
					s.Report(a.With(3, 0), "expected a period that does not end before it begins")
				}
			}
		}
		for a := range s.All(dtp) {
			for i := range datePairs {
				// Coverage that never came into force ends the day before it begins.
				if string(a.Elem(1, 0)) == datePairs[i][1] && begins[i].OK() && after(begins[i].Elem(3, 0), a.Elem(3, 0), 24*time.Hour) {
					s.ReportBecause(a.With(3, 0), "expected the day of DTP "+datePairs[i][0]+", the one before, or later", begins[i].With(3, 0))
				}
			}
		}
	}
}

// after reports whether a day is more than grace after another; what is no date is not compared.
func after(v, w []byte, grace time.Duration) bool {
	if len(v) != 8 || len(w) != 8 || bytes.Compare(v, w) <= 0 {
		return false
	}
	d, ok := x12.ParseDate(v)
	e, also := x12.ParseDate(w)
	return ok && also && d.Time().Sub(e.Time()) > grace
}

package edi837

import (
	"bytes"

	"github.com/x12-go/edi/x12/validate"
)

// checkPayerPaid asks for what a payer has paid where its loop shows that it has decided.
func checkPayerPaid(b *validate.Binder) func(*validate.Scope) {
	paid := b.Place("AMT[D]")
	shows := []*validate.Place{b.Place("CAS"), b.Place("MIA?"), b.Place("MOA"), b.Place("2330B/DTP[573]")}
	return func(s *validate.Scope) {
		if s.Has(paid) {
			return
		}
		for _, p := range shows {
			if a := s.First(p); a.OK() {
				s.ReportMissing(paid, "required: a payer that has decided says what it has paid, 0 too", a)
				return
			}
		}
	}
}

// checkPatientPerson holds a subscriber who is the patient to be a person.
func checkPatientPerson(b *validate.Binder) func(*validate.Scope) {
	kind, self := b.Place("NM1.02"), b.Place("2000B/SBR.02")
	return func(s *validate.Scope) {
		if a := s.First(kind); string(a.Bytes()) == "2" && string(s.Value(self)) == "18" {
			s.ReportBecause(a, "expected 1: the subscriber is the patient", s.First(self))
		}
	}
}

// checkBillingStreet looks for a post office box where a street is asked for.
func checkBillingStreet(b *validate.Binder) func(*validate.Scope) {
	street, second := b.Place("N3.01"), b.Place("N3.02")
	return func(s *validate.Scope) {
		for _, p := range [...]*validate.Place{street, second} {
			if a := s.First(p); box(a.Bytes()) {
				s.Report(a, "expected a street: a post office box stands in the pay-to address (2010AB)")
				return
			}
		}
	}
}

// box reports whether an address line begins with a post office box.
func box(line []byte) bool {
	line = bytes.TrimLeft(bytes.ToUpper(line[:min(len(line), 20)]), " ")
	for _, p := range [...]string{"PO BOX", "P.O. BOX", "P O BOX", "P.O.BOX", "POST OFFICE BOX", "LOCK BOX", "LOCKBOX"} {
		if bytes.HasPrefix(line, []byte(p)) {
			return true
		}
	}
	return false
}

// checkBillingZIP holds the billing provider's ZIP code to nine digits.
func checkBillingZIP(b *validate.Binder) func(*validate.Scope) {
	zip, country := b.Place("N4.03"), b.Place("N4.04")
	return func(s *validate.Scope) {
		if a := s.First(zip); short(a.Bytes(), s.Value(country)) {
			s.Report(a, "expected all nine digits")
		}
	}
}

// short reports whether a ZIP code of the United States has five digits.
func short(zip, country []byte) bool {
	return len(zip) == 5 && (len(country) == 0 || string(country) == "US") && !bytes.ContainsFunc(zip, notDigit)
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

package edi837

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// diagnosis is one of the codes that have been seen.
type diagnosis struct {
	icd9 bool
	code []byte
}

// mostDiagnoses bounds the comparison of each with each. The guides have room for 25.
const mostDiagnoses = 64

// diagnoses takes an HI with diagnoses: no code twice, and one revision of the ICD.
func (w *claimWalk) diagnoses(a validate.At) {
	pointed := w.kind != Institutional && len(w.diagnosed) == 0
	if pointed {
		w.hasHI = true
	}
	row, sep := a.Row(), a.Component()
	for e := 1; e <= 12; e++ {
		v := row.Elem(e)
		if len(v) == 0 {
			break
		}
		if pointed {
			w.pointed |= 1 << e
		}
		qualifier := x12.Part(v, sep, 1)
		d := diagnosis{code: x12.Part(v[min(len(qualifier)+1, len(v)):], sep, 1)}
		switch string(qualifier) {
		case "ABK", "ABF":
		case "BK", "BF":
			d.icd9 = true
		default:
			continue
		}
		if len(d.code) == 0 || len(w.diagnosed) == mostDiagnoses {
			continue
		}
		if w.kind == Institutional {
			if len(x12.Part(v, sep, 9)) > 0 {
				w.admitted = true
			} else if !w.poaFrom.OK() && d.code[0] != 'Z' && !d.icd9 {
				w.poaFrom = a.With(e, 9)
			}
		}
		for i := range w.diagnosed {
			if string(w.diagnosed[i].code) == string(d.code) && w.diagnosed[i].icd9 == d.icd9 {
				w.s.ReportAs("837/diagnosis-twice", a.With(e, 2), "the same diagnosis stands before")
				break
			}
		}
		if len(w.diagnosed) > 0 && w.diagnosed[0].icd9 != d.icd9 && !w.revised {
			w.revised = true
			w.s.ReportAs("837/diagnosis-revision", a.With(e, 1), "expected the revision of the ICD of the first diagnosis")
		}
		w.diagnosed = append(w.diagnosed, d)
	}
}

// checkAdmitted asks for the mark of diagnoses that were present on admission to a hospital.
func (w *claimWalk) checkAdmitted() {
	if w.kind == Institutional && !w.admitted && w.poaFrom.OK() && string(w.facility) == "11" {
		w.s.ReportAs("837/present-on-admission", w.poaFrom, "expected Y, N, U or W: no diagnosis of the claim says whether it was present on admission")
	}
}

// person takes an NM1 of the claim with a name.
func (w *claimWalk) person(a validate.At) {
	first := len(a.Elem(4, 0)) > 0
	switch kind := a.Elem(2, 0); {
	case len(kind) != 1 || len(a.Elem(3, 0)) == 0:
	case kind[0] == '1' && !first:
		w.s.ReportAs("837/first-name", a.With(4, 0), "expected the first name of a person")
	case kind[0] == '2' && first && slices.Contains(w.s.Table().Elem(a.Slot(), 2).Codes, "2"):
		w.s.ReportAs("837/company-first-name", a.With(4, 0), "a company has no first name")
	}
}

// day reports whether b is a date of eight digits.
func day(b []byte) bool {
	_, ok := x12.ParseDate(b)
	return ok && len(b) == 8
}

// date is the text of a day, to be compared as a number; 0 = none.
type date uint64

func digits8(b []byte) date {
	if len(b) != 8 {
		return 0
	}
	return date(binary.BigEndian.Uint64(b))
}

// span returns the first and the last day of a DTP and holds a period to have two in their order.
func (w *claimWalk) span(a validate.At) (from, to date) {
	v := a.Elem(3, 0)
	if len(v) == 17 && v[8] == '-' {
		from, to = digits8(v[:8]), digits8(v[9:])
		if from > to && day(v[:8]) && day(v[9:]) {
			w.s.ReportAs("837/period-order", a.With(3, 0), "the period ends before it begins")
		}
		return from, to
	}
	if len(v) == 8 && len(a.Elem(2, 0)) == len("RD8") && day(v) {
		w.s.ReportAs("837/period-form", a.With(3, 0), "expected two dates with a hyphen between them")
	}
	from = digits8(v)
	return from, from
}

// serviceDate holds the date of a line against those around it.
func (w *claimWalk) serviceDate(a validate.At) {
	from, to := w.span(a)
	if w.dateFault || from == 0 || to < from {
		return
	}
	outside := w.period[0] != 0 && (from < w.period[0] || to > w.period[1])
	if from >= w.birthday && from <= w.today && !outside || !day(a.Elem(3, 0)[:8]) {
		return
	}
	at := a.With(3, 0)
	switch {
	case from < w.birthday && day(w.s.Value(w.birth)):
		w.s.ReportAs("837/service-before-birth", at, "expected a date on or after the patient's birth date")
	case from > w.today && day(w.s.Value(w.sent)):
		w.s.ReportAs("837/service-in-future", at, "expected a date up to the one of the file (BHT04)")
	case outside:
		w.s.ReportAs("837/line-outside-statement", at, "expected a date within the statement dates (DTP 434)")
	default:
		return
	}
	w.dateFault = true // one that shows is enough: where the birth date is wrong, all do
}

// checkSubscriber holds the subscriber's level against the claim.
func (w *claimWalk) checkSubscriber() {
	if !w.sbr.OK() {
		return // that has been said
	}
	if w.self && len(w.sbr.Bytes()) == 0 {
		w.s.ReportMissingAs("837/patient-level", w.subscriber, "required: the claim stands under the subscriber, not under a patient", validate.At{})
	}
	if code := w.sbr.With(1, 0); len(w.payers) == 0 && len(code.Bytes()) == 1 && code.Bytes()[0] != 'P' && code.Bytes()[0] != 'U' && w.isWhole() {
		w.s.ReportMissingAs("837/other-payer", w.others, "required: the claim goes to a payer that is not the first", code)
	}
}

// disability holds the form of disability dates to what they say: begin and end, or one of them.
func (w *claimWalk) disability(a validate.At) {
	w.span(a)
	form := a.With(2, 0)
	switch both := string(a.Elem(1, 0)) == "314"; string(form.Bytes()) {
	case "D8":
		if both {
			w.s.ReportAs("837/disability-format", form, "expected RD8: 314 has the begin and the end")
		}
	case "RD8":
		if !both {
			w.s.ReportAs("837/disability-format", form, "expected D8: 360 is the begin, 361 the end")
		}
	}
}

// screening holds the answer of a child's screening to its reasons: NU says that nothing was referred.
func (w *claimWalk) screening(a validate.At) {
	reason := a.With(3, 0)
	none := string(reason.Bytes()) == "NU"
	if string(a.Elem(1, 0)) != "ZZ" {
		return
	}
	switch string(a.Elem(2, 0)) {
	case "N":
		if !none && len(reason.Bytes()) > 0 {
			w.s.ReportAs("837/screening-referral", reason, "expected NU: no referral was given")
		}
	case "Y":
		if none {
			w.s.ReportAs("837/screening-referral", reason, "expected what was referred: NU says that nothing was")
		}
	}
}

// checkPayers looks at the other payers once all lines are known.
func (w *claimWalk) checkPayers() {
	if len(w.payers) == 0 {
		return
	}
	billed := w.sbr.Elem(1, 0)
	for i := range w.payers {
		p := &w.payers[i]
		if p.lines > 0 && !p.paid.OK() && !p.decision.OK() { // else the check of the loop has said so
			w.s.ReportAs("837/payer-paid", p.at, "AMT D required: the payer has decided on lines of the claim")
		}
		if p.paid.OK() && p.lines == 0 && !p.dated && p.name.OK() && !w.unmatched {
			w.s.ReportAs("837/remittance-date", p.name.With(0, 0), "DTP 573 required: the payer has decided, and no line says when")
		}
		code := string(p.at.Elem(1, 0))
		twice := code == string(billed)
		for k := 0; k < i && !twice && k < len(ranks); k++ {
			twice = string(w.payers[k].at.Elem(1, 0)) == code
		}
		if twice && code != "" && code != "U" {
			w.s.ReportAs("837/payer-sequence", p.at.With(1, 0), "expected another place than that of the payers before")
		}
	}
}

// ranks are the places a payer can have; more payers than that are not compared.
const ranks = "PSTABCDEFGH"

// checkReferences looks for the payers that references name.
func (w *claimWalk) checkReferences() {
	if len(w.references) == 0 || !w.payersNamed() {
		return
	}
	billed := w.s.Value(w.payer)
next:
	for _, a := range w.references {
		id := a.Bytes()
		if len(id) == 0 || bytes.Equal(id, billed) {
			continue
		}
		for i := range w.payers {
			if bytes.Equal(w.payers[i].id, id) {
				continue next
			}
		}
		w.s.ReportAs("837/reference-payer", a, "expected the id of a payer of this claim (2330B NM109)")
		return // one is enough: where the payer's id is wrong, all are
	}
}

// fewNumbers is how many line numbers are compared with each other without an index.
const fewNumbers = 32

// checkNumbers holds the control numbers of the lines to differ, and bundled lines to exist.
func (w *claimWalk) checkNumbers() {
	var seen map[string]bool
	if len(w.numbers) > fewNumbers {
		seen = make(map[string]bool, len(w.numbers))
	}
	for i, a := range w.numbers {
		v := a.Bytes()
		twice := false
		if seen != nil {
			twice = seen[string(v)]
			seen[string(v)] = true
		} else {
			for _, b := range w.numbers[:i] {
				twice = twice || bytes.Equal(b.Bytes(), v)
			}
		}
		if twice && len(v) > 0 {
			w.s.ReportAs("837/line-number", a, "a line before has the same number")
		}
	}
	for _, a := range w.bundled {
		if n, err := strconv.Atoi(string(a.Bytes())); err == nil && (n < 1 || n > w.lineCount) {
			w.s.ReportAs("837/bundled-line", a, "expected the number of a line of this claim (LX01)")
		}
	}
}

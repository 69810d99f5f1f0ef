package edi837

import (
	"bytes"
	"strconv"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/validate"
)

// service takes SV1, SV2 or SV3.
func (w *claimWalk) service(a validate.At) {
	w.services++
	l, row := &w.line, a.Row()
	l.service = a.With(w.charge, 0)
	l.charge, l.ok = x12.ParseNumber(row.Elem(w.charge))
	w.linesOK = w.linesOK && l.ok
	switch w.kind {
	case Professional:
		l.procedure = row.Elem(1)
		w.minutes(a)
		if v := l.procedure; len(v) >= 8 && v[3] == 'G' && v[4] == '0' && (string(v[3:8]) == "G0181" || string(v[3:8]) == "G0182") {
			w.oversight = a.With(1, 2)
		}
		w.pointers(a, 7, 12)
	case Institutional:
		if w.revenue(a, &row) {
			return // the total is no charge
		}
	case Dental:
		l.procedure = row.Elem(1)
		w.pointers(a, 11, 4)
		if w.hasHI && len(a.Elem(11, 0)) == 0 {
			w.s.ReportAs("837/dental-pointer", a.With(11, 0), "required: a dental line says which diagnosis it is for")
		}
	}
	if l.ok {
		w.lines.Add(l.charge)
	}
}

// pointers holds the diagnosis pointers of a line against the diagnoses of the claim.
func (w *claimWalk) pointers(a validate.At, elem, most int) {
	if !w.hasHI && w.kind == Professional {
		return // that there are no diagnoses has been said
	}
	v := a.Elem(elem, 0)
	if len(v) == 1 && v[0] > '0' && v[0] <= '9' && w.pointed&(1<<(v[0]-'0')) != 0 {
		return
	}
	for comp := 1; len(v) > 0; comp++ {
		one := v
		if k := bytes.IndexByte(v, a.Component()); k >= 0 {
			one, v = v[:k], v[k+1:]
		} else {
			v = nil
		}
		if len(one) == 0 || bytes.ContainsFunc(one, notDigit) {
			continue // that has been said
		}
		n := 0
		for _, c := range one {
			n = min(10*n+int(c-'0'), most+1)
		}
		switch {
		case n < 1 || n > most:
			w.s.ReportAs("837/pointer-value", a.With(elem, comp), "expected 1 to "+strconv.Itoa(most))
		case w.pointed&(1<<n) == 0:
			w.s.ReportAs("837/diagnosis-pointer", a.With(elem, comp), "the claim has no diagnosis of this number")
		}
	}
}

// minutes asks for the time of anesthesia.
func (w *claimWalk) minutes(a validate.At) {
	v := w.line.procedure
	if len(v) < len("HC:00100") || v[3] != '0' || v[0] != 'H' {
		return
	}
	code := x12.Part(v, a.Component(), 2)
	if len(code) != 5 || string(code) < "00100" || string(code) > "01999" || bytes.ContainsFunc(code, notDigit) {
		return
	}
	switch string(code) {
	case "01953", "01996": // by area, by day
		return
	}
	if unit := a.Elem(3, 0); string(unit) == "UN" {
		w.s.ReportAs("837/anesthesia-minutes", a.With(3, 0), "expected MJ, minutes: the procedure is anesthesia")
	}
}

// equipment takes SV5.
func (w *claimWalk) equipment(a validate.At) {
	code, of := a.Elem(1, 2), x12.Part(w.line.procedure, a.Component(), 2)
	if len(code) > 0 && len(of) > 0 && !bytes.Equal(code, of) {
		w.s.ReportAs("837/equipment-procedure", a.With(1, 2), "expected the procedure of the line (SV101-2)")
	}
}

// revenue looks at the revenue code of a line; it returns true for the total, which is no line.
func (w *claimWalk) revenue(a validate.At, row *codec.Row) (total bool) {
	code := row.Elem(1)
	if len(code) != 4 {
		return false
	}
	switch {
	case string(code) == "0001":
		w.s.ReportAs("837/total-line", a.With(1, 0), "the total of the claim stands in CLM02, not in a line")
		return true
	case string(code) >= "0100" && string(code) <= "0219":
		if unit := row.Elem(4); string(unit) == "UN" {
			w.s.ReportAs("837/accommodation-days", a.With(4, 0), "expected DA, days: the revenue code is for room and board")
		}
	case w.outpatient() && coded(code) && len(row.Elem(2)) == 0:
		w.s.ReportAs("837/outpatient-procedure", a.With(2, 0), "expected a procedure: outpatient services with this revenue code have one")
	}
	return false
}

// outpatient reports whether the type of bill is that of a hospital's outpatient claim.
func (w *claimWalk) outpatient() bool {
	switch string(w.facility) {
	case "13", "14", "85":
		return true
	}
	return false
}

// coded reports whether outpatient services of a revenue code are billed with a procedure: laboratory, imaging, therapy, emergency,
// cardiology, clinic, magnetic resonance, drugs by code, EKG and EEG.
func coded(revenue []byte) bool {
	switch string(revenue[:3]) {
	case "030", "031", "032", "033", "034", "035", "040", "042", "043", "044", "045", "048", "051", "061", "073", "074":
		return true
	}
	return string(revenue) == "0636"
}

// dental looks at a dental line once its teeth and dates are known.
func (w *claimWalk) dental() {
	l := &w.line
	if !l.dated && !w.dated {
		w.s.ReportAs("837/dental-date", l.service.With(0, 0), "DTP 472 required: a dental service has its date")
	}
	code := string(x12.Part(l.procedure, l.service.Component(), 2))
	if len(code) != 5 || code[0] != 'D' {
		return
	}
	switch {
	case code[:2] == "D8":
		if !w.braces.OK() {
			w.braces = l.service.With(1, 2)
		}
	case code >= "D2140" && code <= "D2394": // fillings
		if !l.tooth {
			w.s.ReportAs("837/tooth", l.service.With(0, 0), "TOO required: a filling is in a tooth")
		} else if !l.surface {
			w.s.ReportAs("837/tooth-surface", l.service.With(0, 0), "TOO03 required: a filling is on a surface")
		}
	case code >= "D2510" && code <= "D2799", code >= "D3310" && code <= "D3348", code >= "D7140" && code <= "D7250":
		if !l.tooth { // inlays and crowns, root canals, extractions
			w.s.ReportAs("837/tooth", l.service.With(0, 0), "TOO required: the procedure is done to a tooth")
		}
	}
}

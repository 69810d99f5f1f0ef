package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvDays reads a date or a range by its length, whatever its qualifier says: CCYYMMDD, also with HHMM behind it, or
// CCYYMMDD-CCYYMMDD. A single day is first and last.
func csvDays(value string) (first, last x12.Date) {
	const day, moment, period = len("CCYYMMDD"), len("CCYYMMDDHHMM"), len("CCYYMMDD-CCYYMMDD")
	switch n := len(value); {
	case n == day || n == moment:
		first, _ = x12.ParseDate(value[:day])
		return first, first
	case n == period && value[day] == '-':
		first, _ = x12.ParseDate(value[:day])
		last, _ = x12.ParseDate(value[day+1:])
	}
	return first, last
}

// csvDaysOf is csvDays of a DTP that may be absent.
func csvDaysOf(d *ts837.DatePeriod) (first, last x12.Date) {
	if d == nil {
		return first, last
	}
	return csvDays(d.Value)
}

// csvClock reads the time of HHMM or CCYYMMDDHHMM.
func csvClock(d *ts837.DatePeriod) (t x12.Time) {
	if d == nil {
		return t
	}
	switch v := d.Value; len(v) {
	case len("HHMM"):
		t, _ = x12.ParseTime(v)
	case len("CCYYMMDDHHMM"):
		t, _ = x12.ParseTime(v[len("CCYYMMDD"):])
	}
	return t
}

// csvTimeCol appends a time of day and a comma.
func csvTimeCol(b []byte, t x12.Time) []byte { return append(t.AppendISO(b), ',') }

// csvDateCols appends dates that are text in the file, each with a comma.
func csvDateCols(b []byte, list ...string) []byte {
	for _, s := range list {
		b = csvtable.DateTextCol(b, s)
	}
	return b
}

// csvPacked starts another item of a cell that began at start.
func csvPacked(b []byte, start int) []byte {
	if len(b) > start {
		return append(b, ' ')
	}
	return b
}

// csvWord appends a word to a cell that began at start, nothing for an empty one.
func csvWord(b []byte, start int, s string) []byte {
	if s == "" {
		return b
	}
	return append(csvPacked(b, start), s...)
}

func csvWords(b []byte, start int, list []string) []byte {
	for _, s := range list {
		b = csvWord(b, start, s)
	}
	return b
}

// csvJoined appends values with a colon between two, without the empty ones at the end.
func csvJoined(b []byte, values ...string) []byte {
	last := len(values)
	for last > 0 && values[last-1] == "" {
		last--
	}
	for i, s := range values[:last] {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, s...)
	}
	return b
}

// csvAdd adds adjustments to a. Gaps between triplets do not count.
func csvAdd(a *csvtable.Adjusted, list []ts837.Adjustment) {
	for i := range list {
		g := csvtable.Group(string(list[i].Group))
		for k := range list[i].Entries {
			if e := &list[i].Entries[k]; e.Reason != "" || e.Amount.Set() {
				a.Add(g, e.Reason, e.Amount)
			}
		}
	}
}

// csvCharge returns the charge of a line.
func csvCharge(v *ts837.ServiceLine) x12.Number {
	switch {
	case v.Professional != nil:
		return v.Professional.Charge
	case v.Institutional != nil:
		return v.Institutional.Charge
	case v.Dental != nil:
		return v.Dental.Charge
	}
	return x12.Number{}
}

// csvRole says what a code of an HI is for.
type csvRole uint8

const (
	csvPrincipal csvRole = iota
	csvAdmitting
	csvReason
	csvExternal
	csvOther
	csvPrincipalProcedure
	csvOtherProcedure
)

var csvRoleNames = [...]string{"principal", "admitting", "reason_for_visit", "external_cause", "other", "principal_procedure", "other_procedure"}

// csvCode is a diagnosis or procedure of a claim.
type csvCode struct {
	role                         csvRole
	pointer                      int // what lines call it, 0 where they cannot
	qualifier, code, onAdmission string
	date                         string
}

// there reports whether it is more than a gap between others.
func (c *csvCode) there() bool { return c.code != "" || c.qualifier != "" }

// procedure reports whether it is none of the diagnoses.
func (c *csvCode) procedure() bool { return c.role >= csvPrincipalProcedure }

// system names the code system of a qualifier.
func (c *csvCode) system() string {
	switch c.qualifier {
	case "ABK", "ABF", "ABJ", "APR", "ABN":
		return "ICD-10-CM"
	case "BK", "BF", "BJ", "PR", "BN", "BR", "BQ":
		return "ICD-9-CM"
	case "BBR", "BBQ":
		return "ICD-10-PCS"
	case "BP", "BO":
		return "HCPCS"
	case "CAH":
		return "ABC"
	case "TQ":
		return "SNODENT"
	}
	return ""
}

// csvCodes appends the diagnoses and procedures of a claim in the order of the guide; pointers says whether its lines
// point to diagnoses.
func csvCodes(list []csvCode, v *ts837.Claim, pointers bool) []csvCode {
	add := func(role csvRole, pointer int, d *ts837.Diagnosis) {
		list = append(list, csvCode{role: role, pointer: pointer, qualifier: d.Qualifier, code: d.Code, onAdmission: d.PresentOnAdmission})
	}
	if h := v.Diagnoses; h != nil {
		n := 0
		if pointers {
			n = 1
		}
		add(csvPrincipal, n, &h.Principal)
		for i := range h.Others {
			add(csvOther, n*(i+2), &h.Others[i])
		}
	}
	if d := &v.AdmittingDiagnosis; d.Code != "" || d.Qualifier != "" {
		list = append(list, csvCode{role: csvAdmitting, qualifier: d.Qualifier, code: d.Code})
	}
	if h := v.ReasonsForVisit; h != nil {
		for i := range h.Codes {
			list = append(list, csvCode{role: csvReason, qualifier: h.Codes[i].Qualifier, code: h.Codes[i].Code})
		}
	}
	if h := v.ExternalCauses; h != nil {
		for i := range h.Codes {
			add(csvExternal, 0, &h.Codes[i])
		}
	}
	for i := range v.OtherDiagnoses {
		for k := range v.OtherDiagnoses[i].Codes {
			add(csvOther, 0, &v.OtherDiagnoses[i].Codes[k])
		}
	}
	if p := &v.PrincipalProcedure; p.Code != "" || p.Qualifier != "" {
		list = append(list, csvCode{role: csvPrincipalProcedure, qualifier: p.Qualifier, code: p.Code, date: p.Date})
	}
	for i := range v.OtherProcedures {
		for k := range v.OtherProcedures[i].Codes {
			p := &v.OtherProcedures[i].Codes[k]
			list = append(list, csvCode{role: csvOtherProcedure, qualifier: p.Qualifier, code: p.Code, date: p.Date})
		}
	}
	if h := v.AnesthesiaProcedures; h != nil {
		if h.Principal.Code != "" {
			list = append(list, csvCode{role: csvPrincipalProcedure, qualifier: "BP", code: h.Principal.Code})
		}
		if h.Other.Code != "" {
			list = append(list, csvCode{role: csvOtherProcedure, qualifier: "BO", code: h.Other.Code})
		}
	}
	return list
}

// csvDiagnosis is what a row of diagnoses is written from.
type csvDiagnosis struct {
	csvtable.Quoter
	csvCode
}

var csvDiagnosisFields = []csvtable.Field[csvDiagnosis]{
	csvtable.Cols([]csvtable.Column{
		{Name: "row_type", Element: "HI", Meaning: "diagnosis or procedure"},
		{Name: "role", Element: "HI", Meaning: "principal, admitting, reason_for_visit, external_cause or other; principal_procedure or other_procedure. " +
			"Of a professional or dental claim the first diagnosis is the principal one"},
		{Name: "diagnosis_pointer", Element: "HI01 to HI12", Meaning: "Number by which the lines point to it, 1 to 12; professional and dental diagnoses"},
		{Name: "qualifier", Element: "HI-1", Meaning: "Kind of code, as written"},
		{Name: "code_system", Element: "HI-1", Meaning: "ICD-10-CM, ICD-9-CM or SNODENT for diagnoses; ICD-10-PCS, ICD-9-CM, HCPCS or ABC for procedures"},
		{Name: "code", Element: "HI-2", Meaning: "Diagnosis or procedure, as written, without a point"},
		{Name: "present_on_admission", Element: "HI-9", Meaning: "Y, N, U unknown or W cannot be told; institutional"},
		{Name: "procedure_date", Element: "HI-4", Meaning: "Day of the procedure; institutional"},
	}, func(b []byte, r *csvDiagnosis) []byte {
		if r.procedure() {
			b = append(b, "procedure,"...)
		} else {
			b = append(b, "diagnosis,"...)
		}
		b = append(append(b, csvRoleNames[r.role]...), ',')
		b = csvtable.SeqCol(b, int64(r.pointer))
		b = append(append(r.Col(b, r.qualifier), r.system()...), ',')
		b = r.Col(r.Col(b, r.code), r.onAdmission)
		return csvtable.DateTextCol(b, r.date)
	}),
}

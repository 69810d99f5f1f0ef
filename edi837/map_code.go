package edi837

import (
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
)

func mapDiagnosis(m *mapper, d *Diagnosis, w *ts837.Diagnosis) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
	text(m, &d.PresentOnAdmission, &w.PresentOnAdmission)
}

func mapDiagnosisCode(m *mapper, d *Diagnosis, w *ts837.DiagnosisCode) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
	m.refuse(d.PresentOnAdmission != "", "Diagnosis.PresentOnAdmission of this type of diagnosis")
}

func diagnosesOf(s *ts837.DiagnosisCodes) *[]ts837.Diagnosis { return &s.Codes }

// diagnoses maps one list to and from the HI of each type of diagnosis.
func (m *mapper) diagnoses(d *[]Diagnosis, w *ts837.Claim) {
	if !m.out {
		*d = nil
		m.readDiagnoses(d, w)
		return
	}
	by := map[DiagnosisType][]Diagnosis{}
	for i, g := range *d {
		t := g.kind(i)
		by[t] = append(by[t], g)
	}
	principal, others := by[PrincipalDiagnosis], by[OtherDiagnosis]
	m.refuse(len(principal) > 1, "a second principal Diagnosis")
	m.refuse(len(by[AdmittingDiagnosis]) > 1, "a second admitting Diagnosis")
	for t := range by {
		m.refuse(!slices.Contains(diagnosisTypes[:], t), "a Diagnosis of an unknown type")
	}
	if m.err != nil {
		return
	}
	s := new(ts837.Diagnoses)
	copyTo(s, w.Diagnoses)
	switch {
	case len(principal) > 0:
		mapDiagnosis(m, &principal[0], &s.Principal)
	default:
		s.Principal = ts837.Diagnosis{}
	}
	if m.kind == Institutional {
		spread(m, &others, &w.OtherDiagnoses, 12, diagnosesOf, mapDiagnosis)
		others = nil
	} else {
		w.OtherDiagnoses = nil
	}
	list(m, &others, &s.Others, mapDiagnosis)
	if len(principal)+len(others) > 0 {
		w.Diagnoses = s
	} else {
		w.Diagnoses = nil
	}
	if list := by[AdmittingDiagnosis]; len(list) > 0 {
		mapDiagnosisCode(m, &list[0], &w.AdmittingDiagnosis)
	} else {
		w.AdmittingDiagnosis = ts837.DiagnosisCode{}
	}
	segment(m, by[ReasonForVisit], &w.ReasonsForVisit, func(s *ts837.ReasonsForVisit) *[]ts837.DiagnosisCode { return &s.Codes }, mapDiagnosisCode)
	segment(m, by[ExternalCause], &w.ExternalCauses, diagnosesOf, mapDiagnosis)
}

var diagnosisTypes = [...]DiagnosisType{PrincipalDiagnosis, OtherDiagnosis, AdmittingDiagnosis, ReasonForVisit, ExternalCause}

// segment writes a list into the one segment there is for it.
func segment[D, W, S any](m *mapper, d []D, w **S, entries func(*S) *[]W, each func(*mapper, *D, *W)) {
	s := new(S)
	copyTo(s, *w)
	list(m, &d, entries(s), each)
	*w = nil
	if len(d) > 0 {
		*w = s
	}
}

func (m *mapper) readDiagnoses(d *[]Diagnosis, w *ts837.Claim) {
	add := func(t DiagnosisType, list ...ts837.Diagnosis) {
		for i := range list {
			*d = append(*d, Diagnosis{Type: t})
			mapDiagnosis(m, &(*d)[len(*d)-1], &list[i])
		}
	}
	code := func(t DiagnosisType, list ...ts837.DiagnosisCode) {
		for i := range list {
			*d = append(*d, Diagnosis{Type: t})
			mapDiagnosisCode(m, &(*d)[len(*d)-1], &list[i])
		}
	}
	if s := w.Diagnoses; s != nil {
		add(PrincipalDiagnosis, s.Principal)
		add(OtherDiagnosis, s.Others...)
	}
	if w.AdmittingDiagnosis != (ts837.DiagnosisCode{}) {
		code(AdmittingDiagnosis, w.AdmittingDiagnosis)
	}
	if w.ReasonsForVisit != nil {
		code(ReasonForVisit, w.ReasonsForVisit.Codes...)
	}
	if w.ExternalCauses != nil {
		add(ExternalCause, w.ExternalCauses.Codes...)
	}
	for i := range w.OtherDiagnoses {
		add(OtherDiagnosis, w.OtherDiagnoses[i].Codes...)
	}
}

// kind returns the type of diagnosis i of a claim.
func (g *Diagnosis) kind(i int) DiagnosisType {
	if g.Type != "" {
		return g.Type
	}
	switch g.Qualifier {
	case "ABK", "BK":
		return PrincipalDiagnosis
	case "ABF", "BF":
		return OtherDiagnosis
	case "ABJ", "BJ":
		return AdmittingDiagnosis
	case "APR", "PR":
		return ReasonForVisit
	case "ABN", "BN":
		return ExternalCause
	}
	if i == 0 {
		return PrincipalDiagnosis
	}
	return OtherDiagnosis
}

func mapProcedureCode(m *mapper, d *ProcedureCode, w *ts837.ProcedureCode) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
	m.day(&d.Date, &w.Date)
}

// procedures maps one list to and from the HI of the principal procedure and of the others, or to that of anesthesia.
func (m *mapper) procedures(d *[]ProcedureCode, w *ts837.Claim) {
	if !m.out {
		*d = nil
		m.readProcedures(d, w)
		return
	}
	var principal, others []ProcedureCode
	for i, p := range *d {
		if p.Type == PrincipalProcedure || p.Type == "" && i == 0 {
			principal = append(principal, p)
		} else {
			others = append(others, p)
		}
		m.refuse(p.Type != "" && p.Type != PrincipalProcedure && p.Type != OtherProcedure, "a ProcedureCode of an unknown type")
	}
	m.refuse(len(principal) > 1, "a second principal ProcedureCode")
	if m.err != nil {
		return
	}
	if m.kind == Professional {
		m.refuse(len(others) > 1, "a third ProcedureCode")
		s := new(ts837.AnesthesiaProcedures)
		for _, p := range principal {
			m.surgery(p, "BP", &s.Principal)
		}
		for _, p := range others[:min(1, len(others))] {
			m.surgery(p, "BO", &s.Other)
		}
		had := w.AnesthesiaProcedures != nil && *w.AnesthesiaProcedures == ts837.AnesthesiaProcedures{}
		w.AnesthesiaProcedures = nil
		if had || len(*d) > 0 {
			w.AnesthesiaProcedures = s
		}
		return
	}
	if len(principal) > 0 {
		mapProcedureCode(m, &principal[0], &w.PrincipalProcedure)
	} else {
		w.PrincipalProcedure = ts837.ProcedureCode{}
	}
	spread(m, &others, &w.OtherProcedures, 12, func(s *ts837.ProcedureCodes) *[]ts837.ProcedureCode { return &s.Codes }, mapProcedureCode)
}

func (m *mapper) surgery(d ProcedureCode, qualifier string, w *ts837.SurgicalProcedure) {
	m.refuse(d.Qualifier != "" && d.Qualifier != qualifier, "ProcedureCode.Qualifier of another code list")
	m.refuse(!d.Date.IsZero(), "ProcedureCode.Date")
	text(m, &d.Code, &w.Code)
}

func (m *mapper) readProcedures(d *[]ProcedureCode, w *ts837.Claim) {
	add := func(t ProcedureType, p ts837.ProcedureCode) {
		*d = append(*d, ProcedureCode{Type: t})
		mapProcedureCode(m, &(*d)[len(*d)-1], &p)
	}
	if s := w.AnesthesiaProcedures; s != nil {
		if s.Principal.Code != "" {
			add(PrincipalProcedure, ts837.ProcedureCode{Qualifier: "BP", Code: s.Principal.Code})
		}
		if s.Other.Code != "" {
			add(OtherProcedure, ts837.ProcedureCode{Qualifier: "BO", Code: s.Other.Code})
		}
	}
	if w.PrincipalProcedure != (ts837.ProcedureCode{}) {
		add(PrincipalProcedure, w.PrincipalProcedure)
	}
	for i := range w.OtherProcedures {
		for _, p := range w.OtherProcedures[i].Codes {
			add(OtherProcedure, p)
		}
	}
}

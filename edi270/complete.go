package edi270

import (
	"slices"
	"strconv"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
)

// RuleRequired is the rule of the [*x12.Issue] for an inquiry or request that lacks what the guide requires.
const RuleRequired = "270/required"

func missing(field, loop string) error {
	return &x12.Issue{Guide: ts270.X279A1.ID, Rule: RuleRequired, Severity: x12.Error, Level: 2, Loop: loop,
		Message: field + " is missing: the guide requires it"}
}

// filler fills an inquiry and notes the first field that is missing.
type filler struct{ err error }

func (f *filler) must(there bool, field, loop string) {
	if !there && f.err == nil {
		f.err = missing(field, loop)
	}
}

func (f *filler) need(value, field, loop string) { f.must(value != "", field, loop) }

// or gives an empty field a value.
func or(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// entity returns NM102: 1 where there is a first name.
func entity(first string) string {
	if first != "" {
		return "1"
	}
	return "2"
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// Complete returns a copy of the inquiry with what it need not say, as the comments of the fields tell: the types and
// qualifiers that follow from where a value stands. Q is not changed.
//
// An [*x12.Issue] of [RuleRequired] names the first field that is missing though the guide requires it. What the guide requires
// of the values themselves is not looked at.
func (q *Inquiry) Complete() (*Inquiry, error) {
	out, f := *q, new(filler)
	s := &out.Source
	or(&s.Role, "PR")
	or(&s.EntityType, entity(s.First))
	or(&s.IDQualifier, "PI")
	f.need(s.LastOrOrganization, "Inquiry.Source.LastOrOrganization", "2100A")
	f.need(s.ID, "Inquiry.Source.ID", "2100A")
	r := &out.Receiver
	or(&r.Role, "1P")
	or(&r.EntityType, entity(r.First))
	or(&r.IDQualifier, "XX")
	f.need(r.LastOrOrganization, "Inquiry.Receiver.LastOrOrganization", "2100B")
	f.need(r.ID, "Inquiry.Receiver.ID", "2100B")
	f.person(&out.Subscriber, "Inquiry.Subscriber", "2100C")
	traces, questions := "2000C", "2110C"
	if out.Dependent != nil {
		traces, questions = "2000D", "2110D"
		d := *out.Dependent
		f.person(&d, "Inquiry.Dependent", "2100D")
		out.Dependent = &d
	}
	out.Traces = slices.Clone(out.Traces)
	for i := range out.Traces {
		t := &out.Traces[i]
		or(&t.Type, "1")
		f.need(t.Number, at("Inquiry.Traces", i)+".Number", traces)
		f.need(t.AssignerID, at("Inquiry.Traces", i)+".AssignerID", traces)
	}
	f.must(len(out.Questions) > 0, "Inquiry.Questions", questions)
	out.Questions = slices.Clone(out.Questions)
	for i := range out.Questions {
		f.question(&out.Questions[i], at("Inquiry.Questions", i), questions)
	}
	if f.err != nil {
		return nil, f.err
	}
	return &out, nil
}

func (f *filler) person(p *Person, field, loop string) {
	or(&p.EntityType, "1")
	if p.ID != "" {
		or(&p.IDQualifier, "MI")
	}
	p.References = f.references(p.References, field+".References", loop)
	p.Diagnoses = slices.Clone(p.Diagnoses)
	for i := range p.Diagnoses {
		or(&p.Diagnoses[i].Qualifier, map[bool]string{true: "ABK", false: "ABF"}[i == 0])
		f.need(p.Diagnoses[i].Code, at(field+".Diagnoses", i)+".Code", loop)
	}
	for i := range p.Dates {
		f.need(p.Dates[i].Qualifier, at(field+".Dates", i)+".Qualifier", loop)
		f.must(!p.Dates[i].DateRange.IsZero(), at(field+".Dates", i)+".From", loop)
	}
	if p.BirthSequence.Valid && loop == "2100C" {
		or(&p.Relationship, "18")
	}
	f.must(p.Relationship != "" || !p.BirthSequence.Valid, field+".Relationship", loop)
}

func (f *filler) references(list []Reference, field, loop string) []Reference {
	for i := range list {
		f.need(list[i].Qualifier, at(field, i)+".Qualifier", loop)
		f.need(list[i].ID, at(field, i)+".ID", loop)
	}
	return list
}

func (f *filler) question(q *Question, field, loop string) {
	f.must(len(q.ServiceTypes) > 0 || q.Procedure != nil, field+".ServiceTypes", loop)
	if q.Procedure != nil {
		p := *q.Procedure
		or(&p.Qualifier, "HC")
		f.need(p.Code, field+".Procedure.Code", loop)
		q.Procedure = &p
	}
	if a := q.Authorization; a != nil {
		f.need(a.Qualifier, field+".Authorization.Qualifier", loop)
		f.need(a.ID, field+".Authorization.ID", loop)
	}
}

package edi271

import (
	"slices"
	"strconv"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
)

// RuleRequired is the rule of the [*x12.Issue] for a response or reply that lacks what the guide requires.
const RuleRequired = "271/required"

func missing(field, loop string) error {
	return &x12.Issue{Guide: ts271.X279A1.ID, Rule: RuleRequired, Severity: x12.Error, Level: 2, Loop: loop,
		Message: field + " is missing: the guide requires it"}
}

// filler fills a response and notes the first field that is missing.
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

// Complete returns a copy of the response with what it need not say, as the comments of the fields tell: the types and
// qualifiers that follow from where a value stands. R is not changed.
//
// An [*x12.Issue] of [RuleRequired] names the first field that is missing though the guide requires it. What the guide requires
// of the values themselves is not looked at.
func (r *Response) Complete() (*Response, error) {
	out, f := *r, new(filler)
	s := &out.Source
	or(&s.Role, "PR")
	or(&s.EntityType, entity(s.First))
	or(&s.IDQualifier, "PI")
	f.need(s.LastOrOrganization, "Response.Source.LastOrOrganization", "2100A")
	f.need(s.ID, "Response.Source.ID", "2100A")
	f.rejections(s.LevelRejections, "Response.Source.LevelRejections", "2000A")
	f.rejections(s.Rejections, "Response.Source.Rejections", "2100A")
	f.must(out.Receiver != nil || out.Subject() == nil, "Response.Receiver", "2000B")
	if out.Receiver != nil {
		v := *out.Receiver
		or(&v.Role, "1P")
		or(&v.EntityType, entity(v.First))
		or(&v.IDQualifier, "XX")
		f.need(v.ID, "Response.Receiver.ID", "2100B")
		f.rejections(v.Rejections, "Response.Receiver.Rejections", "2100B")
		out.Receiver = &v
	}
	f.must(out.Subscriber != nil || out.Dependent == nil, "Response.Subscriber", "2000C")
	traces, benefits := "2000C", "2110C"
	if out.Subscriber != nil {
		v := *out.Subscriber
		f.person(&v, "Response.Subscriber", "2100C")
		out.Subscriber = &v
	}
	if out.Dependent != nil {
		v := *out.Dependent
		traces, benefits = "2000D", "2110D"
		f.person(&v, "Response.Dependent", "2100D")
		out.Dependent = &v
	}
	out.Traces = slices.Clone(out.Traces)
	for i := range out.Traces {
		t := &out.Traces[i]
		or(&t.Type, "2")
		f.need(t.Number, at("Response.Traces", i)+".Number", traces)
		f.need(t.AssignerID, at("Response.Traces", i)+".AssignerID", traces)
	}
	out.Benefits = slices.Clone(out.Benefits)
	for i := range out.Benefits {
		f.benefit(&out.Benefits[i], at("Response.Benefits", i), benefits)
	}
	if f.err != nil {
		return nil, f.err
	}
	return &out, nil
}

func (f *filler) rejections(list []Rejection, field, loop string) {
	for i := range list {
		f.need(list[i].Valid, at(field, i)+".Valid", loop)
		f.need(list[i].Reason, at(field, i)+".Reason", loop)
		f.need(list[i].FollowUp, at(field, i)+".FollowUp", loop)
	}
}

func (f *filler) dates(list []Date, field, loop string) {
	for i := range list {
		f.need(list[i].Qualifier, at(field, i)+".Qualifier", loop)
		f.must(!list[i].DateRange.IsZero(), at(field, i)+".From", loop)
	}
}

func (f *filler) references(list []Reference, field, loop string) {
	for i := range list {
		f.need(list[i].Qualifier, at(field, i)+".Qualifier", loop)
		f.need(list[i].ID, at(field, i)+".ID", loop)
	}
}

func (f *filler) person(p *Person, field, loop string) {
	or(&p.EntityType, "1")
	if p.ID != "" {
		or(&p.IDQualifier, "MI")
	}
	f.references(p.References, field+".References", loop)
	f.rejections(p.Rejections, field+".Rejections", loop)
	p.Diagnoses = slices.Clone(p.Diagnoses)
	for i := range p.Diagnoses {
		or(&p.Diagnoses[i].Qualifier, map[bool]string{true: "ABK", false: "ABF"}[i == 0])
		f.need(p.Diagnoses[i].Code, at(field+".Diagnoses", i)+".Code", loop)
	}
	f.dates(p.Dates, field+".Dates", loop)
	if p.BirthSequence.Valid || p.MaintenanceType != "" {
		if loop == "2100C" {
			or(&p.Relationship, "18")
		}
		f.need(p.Relationship, field+".Relationship", loop)
	}
}

func (f *filler) benefit(b *Benefit, field, loop string) {
	f.need(b.Information, field+".Information", loop)
	f.must(b.Quantity.Valid == (b.QuantityQualifier != ""), field+".Quantity", loop)
	if b.Procedure != nil {
		p := *b.Procedure
		or(&p.Qualifier, "HC")
		f.need(p.Code, field+".Procedure.Code", loop)
		b.Procedure = &p
	}
	f.references(b.References, field+".References", loop)
	f.dates(b.Dates, field+".Dates", loop)
	f.rejections(b.Rejections, field+".Rejections", loop)
	b.Entities = slices.Clone(b.Entities)
	for i := range b.Entities {
		e := &b.Entities[i]
		f.need(e.Role, at(field+".Entities", i)+".Role", loop)
		or(&e.EntityType, entity(e.First))
	}
}

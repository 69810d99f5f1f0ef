package edi834

import (
	"slices"
	"strconv"

	"github.com/x12-go/edi/x12"
)

// Rules of the writer.
const (
	RuleRequired        = "834/required"         // a file or member lacks what the guide requires
	RuleSelf            = "834/self"             // INS02 is 18 if and only if INS01 is Y
	RuleSubscriberFirst = "834/subscriber-first" // a dependent stands in front of its subscriber
	RuleControlTotals   = "834/control-totals"   // a QTY is not the number of members
)

// missing is the finding for a field that is not there.
func missing(field, loop string) error {
	return &x12.Issue{Rule: RuleRequired, Severity: x12.Error, Level: 2, Loop: loop, Message: field + " is missing: the guide requires it"}
}

// Complete returns a copy of the file with what it need not say: Purpose 00, Action 2 (changes), the qualifiers of ids. The
// Writer adds numbers, time and control totals. Members are left out. An [*x12.Issue] of [RuleRequired] names the field
// that is missing.
func (f *File) Complete() (*File, error) {
	out := *f
	out.Members = nil
	c := &filler{names: true}
	or(&out.Purpose, "00")
	or(&out.Action, ActionChange)
	c.must(out.OriginalReference != "" || out.Purpose != "15" && out.Purpose != "22", "File.OriginalReference", "HEADER")
	c.party(&out.Sponsor, "File.Sponsor", "1000A")
	c.party(&out.Payer, "File.Payer", "1000B")
	out.Brokers = slices.Clone(out.Brokers)
	for i := range out.Brokers {
		b, field := &out.Brokers[i], c.at("File.Brokers", i)
		c.need(b.Role, field+".Role", "1000C")
		c.need(b.Name, field+".Name", "1000C")
		c.party(&b.Party, field, "1000C")
		c.must(b.AccountNumber != "" || b.SecondAccountNumber == "", field+".AccountNumber", "1100C")
	}
	if c.err != nil {
		return nil, c.err
	}
	return &out, nil
}

// Complete returns a copy of the member with what it need not say in file f, as the comments of the fields tell: the member
// indicator, relationship 18 of a subscriber, the maintenance types of a full file, benefit status A, the roles and the
// qualifiers of ids that follow from where a value stands, the numbers of providers and reporting categories. Without f
// the file is one of changes. The copy shares with m what nothing was filled in to.
//
// An [*x12.Issue] of [RuleRequired] names the first field that is missing though the guide requires it. What the guide
// requires of the values themselves is not looked at, but for [RuleSelf].
func (m *Member) Complete(f *File) (*Member, error) {
	full := f != nil && f.Replaces()
	out := *m
	c := &filler{}
	if c.member(&out, full); c.err != nil {
		of := *m
		c = &filler{names: true}
		c.member(&of, full)
		return nil, c.err
	}
	return &out, nil
}

// or gives an empty field a value.
func or(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// id gives a number its qualifier.
func id(qualifier *string, id, value string) {
	if id != "" {
		or(qualifier, value)
	}
}

// filler fills what a program left open and notes the first field that is missing. What it changes behind a pointer or in
// a list it copies first.
//
// Names of fields are made only to say what is missing: without, they stay short and cost nothing.
type filler struct {
	names bool
	err   error
}

// at returns the name of an entry of a list.
func (c *filler) at(list string, i int) string {
	if !c.names {
		return ""
	}
	return list + "[" + strconv.Itoa(i) + "]"
}

func (c *filler) must(there bool, field, loop string) {
	if !there && c.err == nil {
		c.err = missing(field, loop)
	}
}

func (c *filler) need(value, field, loop string) { c.must(value != "", field, loop) }

// entity gives an NM102 its value: 1 where there is a first name, else 2.
func (c *filler) entity(entity *string, n *Name) {
	if n.First != "" {
		or(entity, "1")
	}
	or(entity, "2")
}

func (c *filler) party(p *Party, field, loop string) {
	c.need(p.ID, field+".ID", loop)
	or(&p.IDQualifier, "FI")
}

func (c *filler) contact(p **Contact, field, loop string) {
	if *p == nil {
		return
	}
	one := **p
	*p = &one
	c.numbers(&one, field, loop)
}

func (c *filler) numbers(p *Contact, field, loop string) {
	if c.err != nil {
		return
	}
	c.need(p.Number, field+".Number", loop)
	or(&p.NumberQualifier, "TE")
	c.must(p.SecondNumber == "" || p.SecondNumberQualifier != "", field+".SecondNumberQualifier", loop)
	c.must(p.ThirdNumber == "" || p.ThirdNumberQualifier != "", field+".ThirdNumberQualifier", loop)
}

// address asks for what an address needs where there is something of it.
func (c *filler) address(a *Address, field, loop string) {
	if c.err != nil {
		return
	}
	c.must(a.Line1 != "" || a.Line2 == "", field+".Line1", loop)
	if place := (Address{Line1: a.Line1, Line2: a.Line2}); *a != place {
		c.place(a, field, loop)
	}
}

func (c *filler) place(a *Address, field, loop string) {
	c.need(a.City, field+".City", loop)
	if a.Country == "" || a.Country == "US" || a.Country == "CA" {
		c.need(a.State, field+".State", loop)
		c.need(a.PostalCode, field+".PostalCode", loop)
	}
}

func (c *filler) references(list []Reference, field, loop string) {
	for i := range list {
		c.need(list[i].Qualifier, c.at(field, i)+".Qualifier", loop)
		c.need(list[i].ID, c.at(field, i)+".ID", loop)
	}
}

func (c *filler) otherDates(list []OtherDate, field, loop string) {
	for i := range list {
		c.need(list[i].Qualifier, c.at(field, i)+".Qualifier", loop)
		c.need(list[i].Value, c.at(field, i)+".Value", loop)
	}
}

func (c *filler) amounts(list []QualifiedAmount, field, loop string) {
	for i := range list {
		c.need(list[i].Qualifier, c.at(field, i)+".Qualifier", loop)
		c.must(list[i].Amount.Valid, c.at(field, i)+".Amount", loop)
	}
}

// member fills a member; full says that the file names everyone enrolled.
func (c *filler) member(m *Member, full bool) {
	switch {
	case m.Relationship == "" && m.SubscriberIndicator == "Y":
		m.Relationship = "18"
	case m.Relationship == "18":
		or(&m.SubscriberIndicator, "Y")
	}
	or(&m.SubscriberIndicator, "N")
	c.need(m.Relationship, "Member.Relationship", "2000")
	if c.err == nil && (m.Relationship == "18") != (m.SubscriberIndicator == "Y") {
		c.err = &x12.Issue{Rule: RuleSelf, Severity: x12.Error, Level: 3, Loop: "2000", SegID: "INS", Element: 2,
			Message: "Member.Relationship is 18 if and only if SubscriberIndicator is Y"}
	}
	if full {
		or(&m.MaintenanceType, "030")
	}
	c.need(m.MaintenanceType, "Member.MaintenanceType", "2000")
	or(&m.BenefitStatus, "A")
	c.must(m.MedicareReason == "" || m.MedicarePlan != "", "Member.MedicarePlan", "2000")
	c.need(m.SubscriberID, "Member.SubscriberID", "2000")
	c.references(m.References.Other, "Member.References.Other", "2000")
	c.otherDates(m.Dates.Other, "Member.Dates.Other", "2000")
	c.person(m)
	if a := &m.MailingAddress; !a.IsZero() {
		c.need(a.Line1, "Member.MailingAddress.Line1", "2100C")
		c.place(a, "Member.MailingAddress", "2100C")
	}
	m.Employers = slices.Clone(m.Employers)
	for i := range m.Employers {
		e, field := &m.Employers[i], c.at("Member.Employers", i)
		c.entity(&e.EntityType, &e.Name)
		id(&e.IDQualifier, e.ID, "24")
		c.contact(&e.Contact, field+".Contact", "2100D")
		c.address(&e.Address, field+".Address", "2100D")
	}
	m.Schools = slices.Clone(m.Schools)
	for i := range m.Schools {
		s, field := &m.Schools[i], c.at("Member.Schools", i)
		c.need(s.Name, field+".Name", "2100E")
		c.contact(&s.Contact, field+".Contact", "2100E")
		c.address(&s.Address, field+".Address", "2100E")
	}
	if m.CustodialParent != nil {
		one := *m.CustodialParent
		m.CustodialParent = &one
		c.need(one.First, "Member.CustodialParent.First", "2100F")
		c.related(&one, "Member.CustodialParent", "2100F")
	}
	m.ResponsiblePersons = slices.Clone(m.ResponsiblePersons)
	for i := range m.ResponsiblePersons {
		or(&m.ResponsiblePersons[i].Role, "QD")
		c.related(&m.ResponsiblePersons[i], c.at("Member.ResponsiblePersons", i), "2100G")
	}
	if m.DropOff != nil {
		c.address(&m.DropOff.Address, "Member.DropOff.Address", "2100H")
	}
	m.Disabilities = slices.Clone(m.Disabilities)
	for i := range m.Disabilities {
		d, field := &m.Disabilities[i], c.at("Member.Disabilities", i)
		c.need(d.Type, field+".Type", "2200")
		id(&d.DiagnosisQualifier, d.Diagnosis, "ZZ")
		c.otherDates(d.OtherDates, field+".OtherDates", "2200")
	}
	m.Coverages = slices.Clone(m.Coverages)
	for i := range m.Coverages {
		v := &m.Coverages[i]
		if m.MaintenanceType != "001" {
			or(&v.MaintenanceType, m.MaintenanceType)
		}
		c.coverage(v, c.at("Member.Coverages", i))
	}
	m.ReportingCategories = slices.Clone(m.ReportingCategories)
	for i := range m.ReportingCategories {
		r, field := &m.ReportingCategories[i], c.at("Member.ReportingCategories", i)
		number(&r.Number, i)
		c.must(r.Name != "" || r.Reference == nil && r.Effective.IsZero(), field+".Name", "2750")
		if r.Reference != nil {
			c.references([]Reference{*r.Reference}, field+".Reference", "2750")
		}
	}
}

// number gives an LX its number.
func number(n *Amount, i int) {
	if !n.Valid {
		*n = Count(int64(i) + 1)
	}
}

func (c *filler) person(m *Member) {
	p := &m.Person
	if m.IncorrectPerson != nil {
		or(&p.Role, "74")
	}
	or(&p.Role, "IL")
	c.need(p.Last, "Member.Person.Last", "2100A")
	id(&p.IDQualifier, p.ID, "ZZ")
	c.contact(&p.Contact, "Member.Person.Contact", "2100A")
	c.address(&p.Address, "Member.Person.Address", "2100A")
	if p.Location != "" {
		or(&p.LocationQualifier, "CY")
		c.place(&p.Address, "Member.Person.Address", "2100A")
	}
	if d := &p.Demographics; !d.BirthDate.IsZero() || d.Gender != "" || d.MaritalStatus != "" || d.Races != nil || d.Citizenship != "" || d.RaceCollection != "" {
		c.must(!d.BirthDate.IsZero(), "Member.Person.BirthDate", "2100A")
		c.need(d.Gender, "Member.Person.Gender", "2100A")
	}
	if p.Income != nil {
		c.need(p.Income.Frequency, "Member.Person.Income.Frequency", "2100A")
		c.must(p.Income.Wage.Valid, "Member.Person.Income.Wage", "2100A")
	}
	c.amounts(p.Amounts.Other, "Member.Person.Amounts.Other", "2100A")
	if p.Health != nil {
		c.need(p.Health.Code, "Member.Person.Health.Code", "2100A")
	}
	p.Languages = slices.Clone(p.Languages)
	for i := range p.Languages {
		id(&p.Languages[i].Qualifier, p.Languages[i].Code, "LE")
	}
	if m.IncorrectPerson != nil {
		one := *m.IncorrectPerson
		m.IncorrectPerson = &one
		c.need(one.Last, "Member.IncorrectPerson.Last", "2100B")
		id(&one.IDQualifier, one.ID, "ZZ")
	} else {
		c.must(p.Role != "74", "Member.IncorrectPerson", "2100B")
	}
}

func (c *filler) related(p *RelatedPerson, field, loop string) {
	c.need(p.Last, field+".Last", loop)
	id(&p.IDQualifier, p.ID, "ZZ")
	c.contact(&p.Contact, field+".Contact", loop)
	c.address(&p.Address, field+".Address", loop)
}

func (c *filler) coverage(v *Coverage, field string) {
	c.need(v.MaintenanceType, field+".MaintenanceType", "2300")
	c.need(v.InsuranceLine, field+".InsuranceLine", "2300")
	c.must(v.Dates.some(), field+".Dates", "2300")
	c.otherDates(v.Dates.Other, field+".Dates.Other", "2300")
	for i := range v.Dates.Other {
		c.need(v.Dates.Other[i].Format, c.at(field+".Dates.Other", i)+".Format", "2300")
	}
	c.amounts(v.Amounts.Other, field+".Amounts.Other", "2300")
	c.references(v.References.Other, field+".References.Other", "2300")
	for i := range v.IDCards {
		c.need(v.IDCards[i].Description, c.at(field+".IDCards", i)+".Description", "2300")
		c.need(v.IDCards[i].Type, c.at(field+".IDCards", i)+".Type", "2300")
	}
	v.Providers = slices.Clone(v.Providers)
	for i := range v.Providers {
		c.provider(&v.Providers[i], i, c.at(field+".Providers", i))
	}
	v.CoordinationOfBenefits = slices.Clone(v.CoordinationOfBenefits)
	for i := range v.CoordinationOfBenefits {
		c.otherInsurance(&v.CoordinationOfBenefits[i], c.at(field+".CoordinationOfBenefits", i))
	}
}

// some reports whether there is a date.
func (d *CoverageDates) some() bool {
	for i := range coverageDates {
		if !coverageDates[i].field(d).IsZero() {
			return true
		}
	}
	return len(d.Other) > 0
}

func (c *filler) provider(p *Provider, i int, field string) {
	number(&p.Number, i)
	c.need(p.Role, field+".Role", "2310")
	c.entity(&p.EntityType, &p.Name)
	id(&p.IDQualifier, p.ID, "XX")
	or(&p.Relationship, "72")
	c.address(&p.Address, field+".Address", "2310")
	p.Contacts = slices.Clone(p.Contacts)
	for i := range p.Contacts {
		c.numbers(&p.Contacts[i], c.at(field+".Contacts", i), "2310")
	}
	if p.Change != nil {
		c.must(!p.Change.Effective.IsZero(), field+".Change.Effective", "2310")
		c.need(p.Change.Reason, field+".Change.Reason", "2310")
	}
}

func (c *filler) otherInsurance(o *CoordinationOfBenefits, field string) {
	or(&o.Responsibility, "U")
	or(&o.Coordination, "5")
	c.references(o.OtherReferences, field+".OtherReferences", "2320")
	c.otherDates(o.OtherDates, field+".OtherDates", "2320")
	o.Entities = slices.Clone(o.Entities)
	for i := range o.Entities {
		e, field := &o.Entities[i], c.at(field+".Entities", i)
		or(&e.Role, "IN")
		c.must(e.ID == "" || e.IDQualifier != "", field+".IDQualifier", "2330")
		c.address(&e.Address, field+".Address", "2330")
	}
}

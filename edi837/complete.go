package edi837

import (
	"reflect"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// Rules of the writer.
const (
	RuleRequired    = "837/required"     // a claim or submission lacks what its guide requires
	RuleClaimCharge = "837/claim-charge" // CLM02 is not the sum of the charges of the lines
)

// missing is the finding for a field that is not there.
func missing(field, loop string) error {
	return &x12.Issue{Rule: RuleRequired, Severity: x12.Error, Level: 2, Loop: loop, Message: field + " is missing: the guide requires it"}
}

// Complete returns a copy of the submission with what it need not say: Purpose 00, Type CH, the types of the submitter
// and of its numbers. The Writer adds the numbers and the time. Claims are left out. An [*x12.Issue] of
// [RuleRequired] names the field that is missing.
func (s *Submission) Complete() (*Submission, error) {
	out := *s
	out.Claims = nil
	out = *clone(&out)
	f := &filler{}
	or(&out.Purpose, "00")
	or(&out.Type, "CH")
	f.name(&out.Submitter.EntityType, out.Submitter.First, "2")
	f.need(out.Submitter.LastOrOrganization, "Submission.Submitter.LastOrOrganization", "1000A")
	f.need(out.Submitter.ID, "Submission.Submitter.ID", "1000A")
	f.must(len(out.Submitter.Contacts) > 0, "Submission.Submitter.Contacts", "1000A")
	f.contacts(out.Submitter.Contacts, "Submission.Submitter.Contacts", "1000A")
	f.need(out.Receiver.Name, "Submission.Receiver.Name", "1000B")
	f.need(out.Receiver.ID, "Submission.Receiver.ID", "1000B")
	return &out, f.err
}

// Complete returns a copy of the claim with what it need not say, as the comments of the fields tell: the types and
// qualifiers that follow from where a value stands, Frequency 1, the signature and assignment indicators Y and A, the
// relationship 18 where the patient is the subscriber, the numbers of the lines, a missing Charge as the sum of
// those of the lines, diagnosis pointer 1 where there is one diagnosis. A professional line gets a unit of 1.
//
// An [*x12.Issue] of [RuleRequired] names the first field that is missing though the guide of the kind requires it, one
// of [RuleClaimCharge] says that Charge is not the sum of the charges of the lines. What the guide requires of the values
// themselves is not looked at.
func (c *Claim) Complete() (*Claim, error) {
	kind := c.KindOrPart()
	if kind.Guide() == "" {
		return nil, missing("Claim.Kind", "2300")
	}
	out := clone(c)
	out.Kind = kind
	f := &filler{kind: kind}
	f.billing(&out.BillingProvider)
	f.subscriber(out)
	f.claim(out)
	f.coded(out)
	f.part(out)
	f.providers(&out.Providers, "Claim.Providers", false)
	for i := range out.OtherPayers {
		f.otherPayer(&out.OtherPayers[i], at("Claim.OtherPayers", i))
	}
	f.must(len(out.Services) > 0, "Claim.Services", "2400")
	for i := range out.Services {
		f.service(out, &out.Services[i], i)
	}
	f.charge(out)
	if f.err != nil {
		return nil, f.err
	}
	return out, nil
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// clone returns a deep copy of the structs and lists of v.
func clone[T any](v *T) *T {
	out := new(T)
	copyInto(reflect.ValueOf(out).Elem(), reflect.ValueOf(v).Elem())
	return out
}

func copyInto(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyInto(to.Elem(), from.Elem())
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
			for i := range from.Len() {
				copyInto(to.Index(i), from.Index(i))
			}
		}
	case reflect.Struct:
		to.Set(from)
		for i := range from.NumField() {
			if to.Field(i).CanSet() && from.Type() != reflect.TypeFor[Amount]() {
				copyInto(to.Field(i), from.Field(i))
			}
		}
	default:
		to.Set(from)
	}
}

func either(s, without string) string {
	if s == "" {
		return without
	}
	return s
}

// or gives an empty field a value.
func or(field *string, value string) { *field = either(*field, value) }

// filler fills a claim and notes the first field that is missing.
type filler struct {
	kind Kind
	err  error
}

func (f *filler) must(there bool, field, loop string) {
	if !there && f.err == nil {
		f.err = missing(field, loop)
	}
}

func (f *filler) need(value, field, loop string) { f.must(value != "", field, loop) }

// name gives an NM102 its value: 1 where there is a first name, else the given one.
func (f *filler) name(entity *string, first, without string) {
	if first != "" {
		without = "1"
	}
	or(entity, without)
}

// id gives a number its qualifier.
func id(qualifier *string, id, value string) {
	if id != "" {
		or(qualifier, value)
	}
}

func (f *filler) address(a *Address, field, loop string) {
	f.need(a.Line1, field+".Line1", loop)
	f.need(a.City, field+".City", loop)
	if a.Country == "" || a.Country == "US" || a.Country == "CA" {
		f.need(a.State, field+".State", loop)
		f.need(a.PostalCode, field+".PostalCode", loop)
	}
}

func (f *filler) contacts(list []Contact, field, loop string) {
	for i := range list {
		f.contact(&list[i], at(field, i), loop)
	}
}

func (f *filler) contact(c *Contact, field, loop string) {
	f.need(c.Number, field+".Number", loop)
	or(&c.NumberQualifier, "TE")
	id(&c.SecondNumberQualifier, c.SecondNumber, "EX")
	f.must(c.ThirdNumber == "" || c.ThirdNumberQualifier != "", field+".ThirdNumberQualifier", loop)
}

func (f *filler) references(list []Reference, field, loop string) {
	for i := range list {
		f.need(list[i].Qualifier, at(field, i)+".Qualifier", loop)
		f.need(list[i].ID, at(field, i)+".ID", loop)
	}
}

func (f *filler) reference(r *Reference, field, loop string) {
	if r != nil {
		f.references([]Reference{*r}, field, loop)
	}
}

func (f *filler) billing(p *BillingProvider) {
	f.name(&p.EntityType, p.First, "2")
	f.need(p.LastOrOrganization, "Claim.BillingProvider.LastOrOrganization", "2010AA")
	id(&p.IDQualifier, p.ID, "XX")
	f.address(&p.Address, "Claim.BillingProvider.Address", "2010AA")
	f.need(p.TaxID, "Claim.BillingProvider.TaxID", "2010AA")
	or(&p.TaxIDQualifier, "EI")
	f.references(p.SecondaryIDs, "Claim.BillingProvider.SecondaryIDs", "2010AA")
	f.contacts(p.Contacts, "Claim.BillingProvider.Contacts", "2010AA")
	if a := p.PayToAddress; a != nil {
		or(&a.EntityType, p.EntityType)
		f.address(&a.Address, "Claim.BillingProvider.PayToAddress.Address", "2010AB")
	}
	if a := p.PayToPlan; a != nil {
		f.need(a.Name, "Claim.BillingProvider.PayToPlan.Name", "2010AC")
		f.need(a.ID, "Claim.BillingProvider.PayToPlan.ID", "2010AC")
		or(&a.IDQualifier, "PI")
		f.address(&a.Address, "Claim.BillingProvider.PayToPlan.Address", "2010AC")
		f.reference(a.SecondaryID, "Claim.BillingProvider.PayToPlan.SecondaryID", "2010AC")
		f.need(a.TaxID, "Claim.BillingProvider.PayToPlan.TaxID", "2010AC")
	}
}

// subscriber fills the subscriber, the payer and the patient.
func (f *filler) subscriber(c *Claim) {
	s, p := &c.Subscriber, &c.Payer
	or(&s.PayerResponsibility, "P")
	f.name(&s.EntityType, s.First, "1")
	f.need(s.LastOrOrganization, "Claim.Subscriber.LastOrOrganization", "2010BA")
	id(&s.IDQualifier, s.ID, "MI")
	if s.Contact != nil {
		f.contact(s.Contact, "Claim.Subscriber.Contact", "2010BA")
	}
	f.need(p.Name, "Claim.Payer.Name", "2010BB")
	f.need(p.ID, "Claim.Payer.ID", "2010BB")
	or(&p.IDQualifier, "PI")
	f.references(p.SecondaryIDs, "Claim.Payer.SecondaryIDs", "2010BB")
	f.references(p.BillingProviderIDs, "Claim.Payer.BillingProviderIDs", "2010BB")
	if c.Patient == nil {
		or(&s.Relationship, "18")
		f.person(&s.Person, "Claim.Subscriber", "2010BA")
		if f.kind == Dental {
			f.need(s.ID, "Claim.Subscriber.ID", "2010BA")
		}
		return
	}
	d := c.Patient
	or(&d.EntityType, "1")
	f.need(d.Relationship, "Claim.Patient.Relationship", "2000C")
	f.need(d.LastOrOrganization, "Claim.Patient.LastOrOrganization", "2010CA")
	f.person(&d.Person, "Claim.Patient", "2010CA")
	f.reference(d.SecondaryID, "Claim.Patient.SecondaryID", "2010CA")
	if d.Contact != nil {
		f.contact(d.Contact, "Claim.Patient.Contact", "2010CA")
	}
}

// person asks for what must be known of a patient.
func (f *filler) person(p *Person, field, loop string) {
	f.address(&p.Address, field+".Address", loop)
	f.must(!p.BirthDate.IsZero(), field+".BirthDate", loop)
	f.need(p.Gender, field+".Gender", loop)
}

func (f *filler) claim(c *Claim) {
	f.need(c.ControlNumber, "Claim.ControlNumber", "2300")
	f.need(c.FacilityType, "Claim.FacilityType", "2300")
	or(&c.Frequency, "1")
	if f.kind != Institutional {
		or(&c.ProviderSignature, "Y")
	}
	or(&c.Assignment, "A")
	or(&c.BenefitsAssignment, "Y")
	or(&c.ReleaseOfInformation, "Y")
	for _, cause := range c.RelatedCauses {
		f.must(cause == "EM" || !c.Dates.Accident.IsZero(), "Claim.Dates.Accident", "2300")
		f.must(cause != "AA" || c.AutoAccidentState != "" || c.AutoAccidentCountry != "", "Claim.AutoAccidentState", "2300")
	}
	if c.Frequency == "7" || c.Frequency == "8" {
		f.need(c.References.PayerClaimControlNumber, "Claim.References.PayerClaimControlNumber", "2300")
	}
	f.supplements(c.Notes, "ADD", c.Attachments, c.Contract, c.Pricing, "Claim", "2300")
	if e := c.EPSDTReferral; e != nil {
		f.condition(e, "Claim.EPSDTReferral", "2300")
	}
}

// supplements fills what a claim and a line both may have.
func (f *filler) supplements(notes []Note, code string, attachments []Attachment, contract *Contract, pricing *Pricing, field, loop string) {
	for i := range notes {
		or(&notes[i].Code, code)
		f.need(notes[i].Text, at(field+".Notes", i)+".Text", loop)
	}
	for i, a := range attachments {
		f.need(a.Type, at(field+".Attachments", i)+".Type", loop)
		f.need(a.Transmission, at(field+".Attachments", i)+".Transmission", loop)
		if a.Transmission != "AA" {
			f.need(a.ControlNumber, at(field+".Attachments", i)+".ControlNumber", loop)
		}
	}
	if contract != nil {
		f.need(contract.Type, field+".Contract.Type", loop)
	}
	if pricing != nil {
		f.need(pricing.Methodology, field+".Pricing.Methodology", loop)
		f.must(pricing.Allowed.Valid, field+".Pricing.Allowed", loop)
	}
}

func (f *filler) condition(c *ConditionIndicator, field, loop string) {
	or(&c.Applies, "Y")
	f.must(len(c.Codes) > 0, field+".Codes", loop)
}

// charge makes sure that the claim is the sum of its lines.
func (f *filler) charge(c *Claim) {
	sum, all := decimal.Decimal{}, true
	for i := range c.Services {
		sum, all = sum.Add(c.Services[i].Charge.Decimal), all && c.Services[i].Charge.Valid
	}
	switch {
	case f.err != nil || !all:
	case !c.Charge.Valid:
		c.Charge = NewAmount(sum)
	case !c.Charge.Decimal.Equal(sum):
		f.err = &x12.Issue{Rule: RuleClaimCharge, Severity: x12.Error, Level: 3, Loop: "2300", SegID: "CLM", Element: 2,
			Message: "Claim.Charge is not the sum of the charges of its services"}
	}
}

package edi837

import "github.com/x12-go/edi/edi837/ts837"

// Parts are the places of a claim in a set: the levels it stands under, and the claim itself.
type Parts struct {
	Billing    *ts837.BillingLevel    // loop 2000A
	Subscriber *ts837.SubscriberLevel // loop 2000B
	Patient    *ts837.PatientLevel    // loop 2000C; nil when the subscriber is the patient
	Claim      *ts837.Claim           // loop 2300
}

// FromWire returns the claim in loop 2300 of a set with the levels it stands under. What a level is nil for is empty; a nil
// patient is the subscriber. Of the set only the guide is asked.
func FromWire(
	set *ts837.HealthCareClaim, billing *ts837.BillingLevel, subscriber *ts837.SubscriberLevel, patient *ts837.PatientLevel, claim *ts837.Claim,
) *Claim {
	c := &Claim{Kind: KindOf(set.Guide)}
	m := &mapper{kind: c.Kind}
	if billing != nil {
		mapBilling(m, &c.BillingProvider, billing)
	}
	if subscriber != nil {
		mapSubscriber(m, &c.Subscriber, subscriber)
		mapPayer(m, &c.Payer, &subscriber.Payer)
	}
	if patient != nil {
		c.Patient = new(Patient)
		mapPatient(m, c.Patient, patient)
	}
	mapClaim(m, c, claim)
	return c
}

// ToWire returns a claim in its parts, just as it says: what the Writer fills in stays empty here. With base, the parts the
// claim was read from, what the domain does not carry is taken from there; base is not changed. Text of the base that could
// not be read, such as letters in an amount, is written again even when the field has a value by now. A value the guide
// of the kind has no place for, and an amount that X12 cannot carry, is an [*x12.Issue].
func ToWire(c *Claim, base *Parts) (*Parts, error) {
	p := &Parts{Billing: new(ts837.BillingLevel), Subscriber: new(ts837.SubscriberLevel), Claim: new(ts837.Claim)}
	if c.Patient != nil {
		p.Patient = new(ts837.PatientLevel)
	}
	if base != nil {
		copyTo(p.Billing, base.Billing)
		copyTo(p.Subscriber, base.Subscriber)
		copyTo(p.Patient, base.Patient)
		copyTo(p.Claim, base.Claim)
	}
	p.Billing.Subscribers, p.Subscriber.Claims, p.Subscriber.Patients = nil, nil, nil
	m := &mapper{out: true, kind: c.KindOrPart()}
	m.levels(c, p)
	mapClaim(m, c, p.Claim)
	return p, m.err
}

// levels maps what stands above a claim.
func (m *mapper) levels(c *Claim, p *Parts) {
	mapBilling(m, &c.BillingProvider, p.Billing)
	mapSubscriber(m, &c.Subscriber, p.Subscriber)
	mapPayer(m, &c.Payer, &p.Subscriber.Payer)
	if c.Patient != nil {
		mapPatient(m, c.Patient, p.Patient)
		p.Patient.Claims = nil
	}
}

func copyTo[T any](to, from *T) {
	if to != nil && from != nil {
		*to = *from
	}
}

// SubmissionFromWire returns what a set says of itself, without its claims and its [Envelope], which the set does not know;
// see [EnvelopeOf].
func SubmissionFromWire(set *ts837.HealthCareClaim) *Submission {
	s := new(Submission)
	mapSubmission(&mapper{kind: KindOf(set.Guide)}, s, set)
	return s
}

// SubmissionToWire returns a set without claims for a submission, just as it says; see [ToWire].
func SubmissionToWire(s *Submission, base *ts837.HealthCareClaim) (*ts837.HealthCareClaim, error) {
	w := new(ts837.HealthCareClaim)
	copyTo(w, base)
	w.Billing = nil
	m := &mapper{out: true, kind: s.Kind()}
	mapSubmission(m, s, w)
	return w, m.err
}

func mapSubmission(m *mapper, d *Submission, w *ts837.HealthCareClaim) {
	text(m, &d.ControlNumber, &w.ControlNumber)
	m.guide(d, w)
	text(m, &d.Purpose, &w.Beginning.Purpose)
	text(m, &d.Reference, &w.Beginning.Reference)
	m.date(&d.Date, &w.Beginning.Date)
	m.clock(&d.Time, &w.Beginning.Time)
	text(m, &d.Type, &w.Beginning.Type)
	text(m, &d.Submitter.EntityType, &w.Submitter.EntityType)
	text(m, &d.Submitter.LastOrOrganization, &w.Submitter.Last)
	text(m, &d.Submitter.First, &w.Submitter.First)
	text(m, &d.Submitter.Middle, &w.Submitter.Middle)
	text(m, &d.Submitter.ID, &w.Submitter.ID)
	list(m, &d.Submitter.Contacts, &w.Submitter.Contacts, mapContact)
	text(m, &d.Receiver.Name, &w.Receiver.Name)
	text(m, &d.Receiver.ID, &w.Receiver.ID)
}

// guide maps ST03, which may name another edition of the guide than that of the tables.
func (m *mapper) guide(d *Submission, w *ts837.HealthCareClaim) {
	if !m.out {
		d.Guide = w.ImplementationReference
		if d.Guide == "" {
			d.Guide = w.Guide
		}
		return
	}
	if was := w.ImplementationReference; d.Guide == was && was != "" || d.Guide == w.Guide && was == "" {
		return
	}
	w.Guide, w.ImplementationReference = KindOf(d.Guide).Guide(), ""
	if w.Guide != d.Guide {
		w.ImplementationReference = d.Guide
	}
}

func mapBilling(m *mapper, d *BillingProvider, w *ts837.BillingLevel) {
	p := &w.Provider
	text(m, &d.EntityType, &p.EntityType)
	text(m, &d.LastOrOrganization, &p.Last)
	text(m, &d.First, &p.First)
	text(m, &d.Middle, &p.Middle)
	text(m, &d.Suffix, &p.Suffix)
	text(m, &d.IDQualifier, &p.IDQualifier)
	text(m, &d.ID, &p.ID)
	text(m, &d.Taxonomy, &w.Taxonomy)
	text(m, &d.Currency, &w.Currency)
	mapStreet(m, &d.Address, &p.Address)
	mapCity(m, &d.Address, &p.CityStateZIP)
	text(m, &d.TaxIDQualifier, &p.TaxID.Qualifier)
	text(m, &d.TaxID, &p.TaxID.ID)
	list(m, &d.SecondaryIDs, &p.SecondaryIDs, mapReference)
	list(m, &d.Contacts, &p.Contacts, mapContact)
	optional(m, &d.PayToAddress, &w.PayToAddress, mapPayToAddress)
	optional(m, &d.PayToPlan, &w.PayToPlan, mapPayToPlan)
}

func mapPayToAddress(m *mapper, d *PayToAddress, w *ts837.PayToAddress) {
	text(m, &d.EntityType, &w.EntityType)
	mapStreet(m, &d.Address, &w.Address)
	mapCity(m, &d.Address, &w.CityStateZIP)
}

func mapPayToPlan(m *mapper, d *PayToPlan, w *ts837.PayToPlan) {
	text(m, &d.Name, &w.Name)
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	mapStreet(m, &d.Address, &w.Address)
	mapCity(m, &d.Address, &w.CityStateZIP)
	optional(m, &d.SecondaryID, &w.SecondaryID, mapReference)
	text(m, &d.TaxID, &w.TaxID)
}

func mapSubscriber(m *mapper, d *Subscriber, w *ts837.SubscriberLevel) {
	text(m, &d.PayerResponsibility, &w.Responsibility)
	text(m, &d.Relationship, &w.Relationship)
	text(m, &d.GroupNumber, &w.GroupNumber)
	text(m, &d.GroupName, &w.GroupName)
	text(m, &d.InsuranceType, &w.InsuranceType)
	text(m, &d.FilingIndicator, &w.FilingIndicator)
	present(m, &d.Person, &w.PatientDetails, mapPatientDetails)
	p := &w.Subscriber
	text(m, &d.EntityType, &p.EntityType)
	text(m, &d.LastOrOrganization, &p.Last)
	text(m, &d.First, &p.First)
	text(m, &d.Middle, &p.Middle)
	text(m, &d.Suffix, &p.Suffix)
	text(m, &d.IDQualifier, &p.IDQualifier)
	text(m, &d.ID, &p.ID)
	present(m, &d.Address, &p.Address, mapStreet)
	present(m, &d.Address, &p.CityStateZIP, mapCity)
	present(m, &d.Person, &p.Demographics, mapDemographics)
	text(m, &d.SocialSecurityNumber, &p.SSN)
	text(m, &d.PropertyCasualtyClaimNumber, &p.PropertyCasualtyNumber)
	optional(m, &d.Contact, &p.Contact, mapPhoneContact)
}

func mapPatientDetails(m *mapper, d *Person, w *ts837.PatientDetails) {
	m.dayFormat(&d.DeathDate, &w.DeathDateFormat, &w.DeathDate)
	m.num(&d.Weight, &w.Weight)
	m.implied(w.Weight.Set(), &w.WeightUnit, "01")
	text(m, &d.Pregnant, &w.Pregnant)
}

func mapDemographics(m *mapper, d *Person, w *ts837.Demographics) {
	m.day(&d.BirthDate, &w.BirthDate)
	text(m, &d.Gender, &w.Gender)
}

func mapPatient(m *mapper, d *Patient, w *ts837.PatientLevel) {
	text(m, &d.Relationship, &w.Relationship)
	m.dayFormat(&d.DeathDate, &w.DeathDateFormat, &w.DeathDate)
	m.num(&d.Weight, &w.Weight)
	m.implied(w.Weight.Set(), &w.WeightUnit, "01")
	text(m, &d.Pregnant, &w.Pregnant)
	p := &w.Patient
	m.entity(&d.EntityType, "1", "Patient.EntityType")
	text(m, &d.LastOrOrganization, &p.Last)
	text(m, &d.First, &p.First)
	text(m, &d.Middle, &p.Middle)
	text(m, &d.Suffix, &p.Suffix)
	mapStreet(m, &d.Address, &p.Address)
	mapCity(m, &d.Address, &p.CityStateZIP)
	mapDemographics(m, &d.Person, &p.Demographics)
	text(m, &d.PropertyCasualtyClaimNumber, &p.PropertyCasualtyNumber)
	optional(m, &d.SecondaryID, &p.SecondaryID, mapReference)
	optional(m, &d.Contact, &p.Contact, mapPhoneContact)
}

// entity maps an NM102 that can only be one thing.
func (m *mapper) entity(d *string, value, what string) {
	if !m.out {
		*d = value
	}
	m.refuse(*d != "" && *d != value, what)
}

func mapPayer(m *mapper, d *Payer, w *ts837.Payer) {
	text(m, &d.Name, &w.Name)
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapReference)
	list(m, &d.BillingProviderIDs, &w.BillingProviderIDs, mapReference)
}

func mapStreet(m *mapper, d *Address, w *ts837.Address) {
	text(m, &d.Line1, &w.Line1)
	text(m, &d.Line2, &w.Line2)
}

func mapCity(m *mapper, d *Address, w *ts837.CityStateZIP) {
	text(m, &d.City, &w.City)
	text(m, &d.State, &w.State)
	text(m, &d.PostalCode, &w.PostalCode)
	text(m, &d.Country, &w.Country)
	text(m, &d.CountrySubdivision, &w.CountrySubdivision)
}

func mapReference(m *mapper, d *Reference, w *ts837.Reference) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.ID, &w.ID)
}

func mapContact(m *mapper, d *Contact, w *ts837.Contact) {
	if m.out {
		*w = ts837.Contact(*d)
	} else {
		*d = Contact(*w)
	}
}

// mapPhoneContact maps a contact that has a telephone number only.
func mapPhoneContact(m *mapper, d *Contact, w *ts837.PhoneContact) {
	text(m, &d.Name, &w.Name)
	text(m, &d.Number, &w.Number)
	if !m.out && d.Number != "" {
		d.NumberQualifier = "TE"
	}
	m.refuse(d.NumberQualifier != "" && d.NumberQualifier != "TE", "a Contact of another number than a telephone")
	text(m, &d.SecondNumberQualifier, &w.ExtensionQualifier)
	text(m, &d.SecondNumber, &w.Extension)
	m.refuse(d.ThirdNumberQualifier != "" || d.ThirdNumber != "", "a third number of a Contact")
}

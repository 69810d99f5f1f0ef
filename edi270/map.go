package edi270

import (
	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/internal/mapping"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = mapping.RuleNumber

type mapper = mapping.Mapper

// reading and writing return a mapper of each direction.
func reading() *mapper { return &mapper{Guide: ts270.X279A1.ID} }
func writing() *mapper { return &mapper{Guide: ts270.X279A1.ID, Out: true} }

// Parts are the places of an inquiry in a set: the levels it stands under, and its own.
type Parts struct {
	Source     *ts270.SourceLevel     // loop 2000A
	Receiver   *ts270.ReceiverLevel   // loop 2000B
	Subscriber *ts270.SubscriberLevel // loop 2000C
	Dependent  *ts270.DependentLevel  // loop 2000D; nil when the subscriber is asked about
}

// Asks reports whether a subscriber is asked about in a level of its own. It is not where the level has neither a question nor
// a trace number and says that levels of dependents follow: then it tells whose dependents these are.
func Asks(v *ts270.SubscriberLevel) bool {
	return v.Level.Child != "1" || len(v.Traces) > 0 || len(v.Subscriber.Inquiries) > 0
}

// FromWire returns the inquiry about the dependent in p, or about the subscriber when there is none. What a level is nil for is
// empty.
func FromWire(p Parts) *Inquiry {
	q, m := new(Inquiry), reading()
	if p.Source != nil {
		mapSource(m, &q.Source, p.Source)
	}
	if p.Receiver != nil {
		mapReceiver(m, &q.Receiver, p.Receiver)
	}
	if p.Subscriber != nil {
		mapPerson(m, &q.Subscriber, &p.Subscriber.Subscriber)
	}
	switch {
	case p.Dependent != nil:
		q.Dependent = new(Person)
		mapPerson(m, q.Dependent, &p.Dependent.Dependent)
		mapAsked(m, q, &p.Dependent.Traces, &p.Dependent.Dependent)
	case p.Subscriber != nil:
		mapAsked(m, q, &p.Subscriber.Traces, &p.Subscriber.Subscriber)
	}
	return q
}

// ToWire returns an inquiry in its parts, just as it says: what the Writer fills in stays empty here. With base, the parts the
// inquiry was read from, what the domain does not carry is taken from there; base is not changed. A value the guide has
// no place for, and an amount that X12 cannot carry, is an [*x12.Issue].
func ToWire(q *Inquiry, base *Parts) (*Parts, error) {
	p := &Parts{Source: new(ts270.SourceLevel), Receiver: new(ts270.ReceiverLevel), Subscriber: new(ts270.SubscriberLevel)}
	if q.Dependent != nil {
		p.Dependent = new(ts270.DependentLevel)
	}
	if base != nil {
		mapping.CopyTo(p.Source, base.Source)
		mapping.CopyTo(p.Receiver, base.Receiver)
		mapping.CopyTo(p.Subscriber, base.Subscriber)
		mapping.CopyTo(p.Dependent, base.Dependent)
	}
	p.Source.Receivers, p.Receiver.Subscribers, p.Subscriber.Dependents = nil, nil, nil
	m := writing()
	mapSource(m, &q.Source, p.Source)
	mapReceiver(m, &q.Receiver, p.Receiver)
	mapPerson(m, &q.Subscriber, &p.Subscriber.Subscriber)
	if q.Dependent == nil {
		mapAsked(m, q, &p.Subscriber.Traces, &p.Subscriber.Subscriber)
		return p, m.Err
	}
	p.Subscriber.Traces, p.Subscriber.Subscriber.Inquiries = nil, nil // another inquiry's
	mapDependent(m, q.Dependent, &p.Dependent.Dependent)
	mapAsked(m, q, &p.Dependent.Traces, &p.Dependent.Dependent)
	return p, m.Err
}

// RequestFromWire returns what a set says of itself, without its inquiries and its [Envelope], which the set does not know.
func RequestFromWire(set *ts270.EligibilityInquiry) *Request {
	r := new(Request)
	mapRequest(reading(), r, set)
	return r
}

// RequestToWire returns a set without inquiries for a request, just as it says; see [ToWire].
func RequestToWire(r *Request, base *ts270.EligibilityInquiry) (*ts270.EligibilityInquiry, error) {
	w := new(ts270.EligibilityInquiry)
	mapping.CopyTo(w, base)
	w.Sources = nil
	m := writing()
	mapRequest(m, r, w)
	return w, m.Err
}

func mapRequest(m *mapper, d *Request, w *ts270.EligibilityInquiry) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	switch {
	case !m.Out && w.ImplementationReference == "":
		d.Guide = ts270.X279A1.ID
	case m.Out && (d.Guide == ts270.X279A1.ID || d.Guide == ""):
		w.ImplementationReference = ""
	default:
		mapping.Text(m, &d.Guide, &w.ImplementationReference)
	}
	b := &w.Beginning
	mapping.Text(m, &d.Purpose, &b.Purpose)
	mapping.Text(m, &d.Reference, &b.Reference)
	m.Date(&d.Date, &b.Date)
	m.Clock(&d.Time, &b.Time)
	mapping.Text(m, &d.Type, &b.Type)
}

func mapSource(m *mapper, d *Source, level *ts270.SourceLevel) {
	w := &level.Source
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
}

func mapReceiver(m *mapper, d *Receiver, level *ts270.ReceiverLevel) {
	w := &level.Receiver
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
	mapping.List(m, &d.References, &w.AdditionalIDs, func(m *mapper, d *Reference, w *ts270.DescribedReference) {
		mapping.Text(m, &d.Qualifier, &w.Qualifier)
		mapping.Text(m, &d.ID, &w.ID)
		mapping.Text(m, &d.Description, &w.Description)
	})
	mapping.Present(m, &d.Address, &w.Address, mapStreet)
	mapping.Present(m, &d.Address, &w.CityStateZIP, mapCity)
	mapping.Optional(m, &d.Specialty, &w.Provider, mapSpecialty)
}

func mapStreet(m *mapper, d *Address, w *ts270.Address) {
	mapping.Text(m, &d.Line1, &w.Line1)
	mapping.Text(m, &d.Line2, &w.Line2)
}

func mapCity(m *mapper, d *Address, w *ts270.CityStateZIP) {
	mapping.Text(m, &d.City, &w.City)
	mapping.Text(m, &d.State, &w.State)
	mapping.Text(m, &d.PostalCode, &w.PostalCode)
	mapping.Text(m, &d.Country, &w.Country)
	mapping.Text(m, &d.CountrySubdivision, &w.CountrySubdivision)
}

func mapSpecialty(m *mapper, d *Specialty, w *ts270.Provider) {
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
}

func mapReference(m *mapper, d *Reference, w *ts270.Reference) {
	mapping.Text(m, &d.Qualifier, &w.Qualifier)
	mapping.Text(m, &d.ID, &w.ID)
	m.Refuse(d.Description != "", "Reference.Description outside the Receiver")
}

func mapPerson(m *mapper, d *Person, w *ts270.Person) {
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
	mapping.List(m, &d.References, &w.AdditionalIDs, mapReference)
	mapping.Present(m, &d.Address, &w.Address, mapStreet)
	mapping.Present(m, &d.Address, &w.CityStateZIP, mapCity)
	mapping.Optional(m, &d.Specialty, &w.Provider, mapSpecialty)
	mapping.Present(m, d, &w.Demographics, func(m *mapper, d *Person, w *ts270.Demographics) {
		m.Day(&d.BirthDate, &w.BirthDateFormat, &w.BirthDate)
		mapping.Text(m, &d.Gender, &w.Gender)
	})
	mapping.Present(m, d, &w.Relationship, func(m *mapper, d *Person, w *ts270.Relationship) {
		mapping.Text(m, &d.Relationship, &w.Code)
		m.Num(&d.BirthSequence, &w.BirthSequence)
	})
	mapDiagnoses(m, &d.Diagnoses, &w.Diagnoses)
	mapping.List(m, &d.Dates, &w.Dates, func(m *mapper, d *Date, w *ts270.QualifiedPeriod) {
		mapping.Text(m, &d.Qualifier, &w.Qualifier)
		m.Days(&d.From, &d.To, &w.Format, &w.Value)
	})
}

// mapDependent is mapPerson towards loop 2100D, which has no id.
func mapDependent(m *mapper, d *Person, w *ts270.Person) {
	m.Refuse(d.ID != "" || d.IDQualifier != "", "Dependent.ID")
	mapPerson(m, d, w)
}

func mapDiagnoses(m *mapper, d *[]Diagnosis, w **ts270.Diagnoses) {
	each := func(m *mapper, d *Diagnosis, w *ts270.Diagnosis) {
		mapping.Text(m, &d.Qualifier, &w.Qualifier)
		mapping.Text(m, &d.Code, &w.Code)
	}
	if !m.Out {
		*d = nil
		if s := *w; s != nil {
			*d = make([]Diagnosis, 1+len(s.Others))
			each(m, &(*d)[0], &s.Principal)
			for i := range s.Others {
				each(m, &(*d)[i+1], &s.Others[i])
			}
		}
		return
	}
	s := new(ts270.Diagnoses)
	mapping.CopyTo(s, *w)
	*w = nil
	if len(*d) == 0 {
		return
	}
	each(m, &(*d)[0], &s.Principal)
	others := (*d)[1:]
	mapping.List(m, &others, &s.Others, each)
	*w = s
}

// mapAsked maps what is asked about the person of a level.
func mapAsked(m *mapper, d *Inquiry, traces *[]ts270.Trace, w *ts270.Person) {
	mapping.List(m, &d.Traces, traces, func(m *mapper, d *Trace, w *ts270.Trace) {
		mapping.Text(m, &d.Type, &w.Type)
		mapping.Text(m, &d.Number, &w.Number)
		mapping.Text(m, &d.AssignerID, &w.AssignerID)
		mapping.Text(m, &d.AssignerSupplement, &w.AssignerSupplement)
	})
	each := mapQuestion
	if d.Dependent != nil {
		each = mapDependentQuestion
	}
	mapping.List(m, &d.Questions, &w.Inquiries, each)
}

func mapQuestion(m *mapper, d *Question, w *ts270.Inquiry) {
	m.Texts(&d.ServiceTypes, &w.ServiceTypes)
	p := &w.Procedure
	mapping.Pointed(m, &d.Procedure, p, p.Qualifier == "" && p.Code == "" && len(p.Modifiers) == 0, func(m *mapper, d *Procedure, w *ts270.Procedure) {
		mapping.Text(m, &d.Qualifier, &w.Qualifier)
		mapping.Text(m, &d.Code, &w.Code)
		m.Texts(&d.Modifiers, &w.Modifiers)
		m.Refuse(d.EndCode != "", "Procedure.EndCode")
	})
	mapping.Text(m, &d.CoverageLevel, &w.CoverageLevel)
	m.Pointers(&d.DiagnosisPointers, &w.DiagnosisPointers.Pointers)
	m.Num(&d.SpendDown, &w.SpendDown)
	m.Num(&d.SpendDownTotalBilled, &w.SpendDownTotalBilled)
	mapping.Text(m, &d.PlaceOfService, &w.PlaceOfService)
	mapping.Optional(m, &d.Authorization, &w.Authorization, mapReference)
	mapping.Present(m, &d.Date, &w.Date, func(m *mapper, d *DateRange, w *ts270.DatePeriod) {
		m.Days(&d.From, &d.To, &w.Format, &w.Value)
	})
}

// mapDependentQuestion is mapQuestion of a dependent, which has less.
func mapDependentQuestion(m *mapper, d *Question, w *ts270.Inquiry) {
	m.Refuse(d.CoverageLevel != "", "Question.CoverageLevel of a dependent")
	m.Refuse(d.SpendDown.Valid || d.SpendDownTotalBilled.Valid, "Question.SpendDown of a dependent")
	mapQuestion(m, d, w)
}

package edi271

import (
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/internal/mapping"
)

// RuleNumber is the rule of the [*x12.Issue] for an amount that X12 cannot carry.
const RuleNumber = mapping.RuleNumber

type mapper = mapping.Mapper

// reading and writing return a mapper of each direction.
func reading() *mapper { return &mapper{Guide: ts271.X279A1.ID} }
func writing() *mapper { return &mapper{Guide: ts271.X279A1.ID, Out: true} }

// Parts are the places of a response in a set: the levels it stands under, and its own.
type Parts struct {
	Source     *ts271.SourceLevel     // loop 2000A
	Receiver   *ts271.ReceiverLevel   // loop 2000B; nil when the source itself was refused
	Subscriber *ts271.SubscriberLevel // loop 2000C; nil when the receiver was refused
	Dependent  *ts271.DependentLevel  // loop 2000D; nil when the answer is about the subscriber
}

// Answers reports whether a level of a subscriber is an answer of its own. It is not where the level has neither benefits nor
// rejections nor a trace number and says that levels of dependents follow: then it tells whose dependents these are.
func Answers(v *ts271.SubscriberLevel) bool {
	p := &v.Subscriber
	return v.Level.Child != "1" || len(v.Traces) > 0 || len(p.Benefits) > 0 || len(p.Rejections) > 0
}

// FromWire returns the response in the lowest of the levels in p.
func FromWire(p Parts) *Response {
	r, m := new(Response), reading()
	if p.Source != nil {
		mapSource(m, &r.Source, p.Source)
	}
	if p.Receiver != nil {
		r.Receiver = new(Receiver)
		mapReceiver(m, r.Receiver, p.Receiver)
	}
	if p.Subscriber != nil {
		r.Subscriber = new(Person)
		mapPerson(m, r.Subscriber, &p.Subscriber.Subscriber)
	}
	switch {
	case p.Dependent != nil:
		if p.Subscriber != nil && Answers(p.Subscriber) {
			r.Subscriber.Rejections = nil
		}
		r.Dependent = new(Person)
		mapPerson(m, r.Dependent, &p.Dependent.Dependent)
		mapAnswer(m, r, &p.Dependent.Traces, &p.Dependent.Dependent)
	case p.Subscriber != nil:
		mapAnswer(m, r, &p.Subscriber.Traces, &p.Subscriber.Subscriber)
	}
	return r
}

// ToWire returns a response in its parts, just as it says: what the Writer fills in stays empty here. With base, the parts the
// response was read from, what the domain does not carry is taken from there; base is not changed. A value the guide has
// no place for, and an amount that X12 cannot carry, is an [*x12.Issue].
func ToWire(r *Response, base *Parts) (*Parts, error) {
	p, m := &Parts{Source: new(ts271.SourceLevel)}, writing()
	if base == nil {
		base = new(Parts)
	}
	mapping.CopyTo(p.Source, base.Source)
	p.Source.Receivers = nil
	mapSource(m, &r.Source, p.Source)
	if r.Receiver != nil || r.Subject() != nil {
		p.Receiver = new(ts271.ReceiverLevel)
		mapping.CopyTo(p.Receiver, base.Receiver)
		p.Receiver.Subscribers = nil
		if r.Receiver != nil {
			mapReceiver(m, r.Receiver, p.Receiver)
		}
	}
	if r.Subject() == nil {
		m.Refuse(len(r.Traces) > 0, "Response.Traces without a Subscriber")
		m.Refuse(len(r.Benefits) > 0, "Response.Benefits without a Subscriber")
		return p, m.Err
	}
	p.Subscriber = new(ts271.SubscriberLevel)
	mapping.CopyTo(p.Subscriber, base.Subscriber)
	p.Subscriber.Dependents = nil
	if r.Subscriber != nil {
		mapPerson(m, r.Subscriber, &p.Subscriber.Subscriber)
	}
	if r.Dependent == nil {
		mapAnswer(m, r, &p.Subscriber.Traces, &p.Subscriber.Subscriber)
		return p, m.Err
	}
	p.Subscriber.Traces, p.Subscriber.Subscriber.Benefits = nil, nil // another response's
	p.Dependent = new(ts271.DependentLevel)
	mapping.CopyTo(p.Dependent, base.Dependent)
	mapDependent(m, r.Dependent, &p.Dependent.Dependent)
	mapAnswer(m, r, &p.Dependent.Traces, &p.Dependent.Dependent)
	return p, m.Err
}

// ReplyFromWire returns what a set says of itself, without its responses and its [Envelope], which the set does not know.
func ReplyFromWire(set *ts271.EligibilityResponse) *Reply {
	r := new(Reply)
	mapReply(reading(), r, set)
	return r
}

// ReplyToWire returns a set without responses for a reply, just as it says; see [ToWire].
func ReplyToWire(r *Reply, base *ts271.EligibilityResponse) (*ts271.EligibilityResponse, error) {
	w := new(ts271.EligibilityResponse)
	mapping.CopyTo(w, base)
	w.Sources = nil
	m := writing()
	mapReply(m, r, w)
	return w, m.Err
}

func mapReply(m *mapper, d *Reply, w *ts271.EligibilityResponse) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	switch {
	case !m.Out && w.ImplementationReference == "":
		d.Guide = ts271.X279A1.ID
	case m.Out && (d.Guide == ts271.X279A1.ID || d.Guide == ""):
		w.ImplementationReference = ""
	default:
		mapping.Text(m, &d.Guide, &w.ImplementationReference)
	}
	b := &w.Beginning
	mapping.Text(m, &d.Purpose, &b.Purpose)
	mapping.Text(m, &d.Reference, &b.Reference)
	m.Date(&d.Date, &b.Date)
	m.Clock(&d.Time, &b.Time)
}

func mapRejection(m *mapper, d *Rejection, w *ts271.Rejection) {
	mapping.Text(m, &d.Valid, &w.Valid)
	mapping.Text(m, &d.Reason, &w.Reason)
	mapping.Text(m, &d.FollowUp, &w.FollowUp)
}

func mapSource(m *mapper, d *Source, level *ts271.SourceLevel) {
	w := &level.Source
	mapping.List(m, &d.LevelRejections, &level.Rejections, mapRejection)
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
	mapping.List(m, &d.Contacts, &w.Contacts, mapContact)
	mapping.List(m, &d.Rejections, &w.Rejections, mapRejection)
}

func mapContact(m *mapper, d *Contact, w *ts271.Contact) {
	mapping.Text(m, &d.Name, &w.Name)
	mapping.Text(m, &d.NumberQualifier, &w.NumberQualifier)
	mapping.Text(m, &d.Number, &w.Number)
	mapping.Text(m, &d.SecondNumberQualifier, &w.SecondNumberQualifier)
	mapping.Text(m, &d.SecondNumber, &w.SecondNumber)
	mapping.Text(m, &d.ThirdNumberQualifier, &w.ThirdNumberQualifier)
	mapping.Text(m, &d.ThirdNumber, &w.ThirdNumber)
}

func mapReceiver(m *mapper, d *Receiver, level *ts271.ReceiverLevel) {
	w := &level.Receiver
	mapping.Text(m, &d.Role, &w.Role)
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
	mapping.List(m, &d.Rejections, &w.Rejections, mapRejection)
	mapping.Optional(m, &d.Specialty, &w.Provider, mapSpecialty)
}

func mapReference(m *mapper, d *Reference, w *ts271.Reference) {
	mapping.Text(m, &d.Qualifier, &w.Qualifier)
	mapping.Text(m, &d.ID, &w.ID)
	mapping.Text(m, &d.Description, &w.Description)
}

func mapStreet(m *mapper, d *Address, w *ts271.Address) {
	mapping.Text(m, &d.Line1, &w.Line1)
	mapping.Text(m, &d.Line2, &w.Line2)
}

func mapCity(m *mapper, d *Address, w *ts271.CityStateZIP) {
	mapping.Text(m, &d.City, &w.City)
	mapping.Text(m, &d.State, &w.State)
	mapping.Text(m, &d.PostalCode, &w.PostalCode)
	mapping.Text(m, &d.Country, &w.Country)
	mapping.Text(m, &d.CountrySubdivision, &w.CountrySubdivision)
}

func mapSpecialty(m *mapper, d *Specialty, w *ts271.Provider) {
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
}

func mapDate(m *mapper, d *Date, w *ts271.QualifiedPeriod) {
	mapping.Text(m, &d.Qualifier, &w.Qualifier)
	m.Days(&d.From, &d.To, &w.Format, &w.Value)
}

func mapPerson(m *mapper, d *Person, w *ts271.Person) {
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
	mapping.List(m, &d.Rejections, &w.Rejections, mapRejection)
	mapping.Optional(m, &d.Specialty, &w.Provider, mapSpecialty)
	mapping.Present(m, d, &w.Demographics, func(m *mapper, d *Person, w *ts271.Demographics) {
		m.Day(&d.BirthDate, &w.BirthDateFormat, &w.BirthDate)
		mapping.Text(m, &d.Gender, &w.Gender)
	})
	mapping.Present(m, d, &w.Relationship, func(m *mapper, d *Person, w *ts271.Relationship) {
		mapping.Text(m, &d.Relationship, &w.Code)
		mapping.Text(m, &d.MaintenanceType, &w.MaintenanceType)
		mapping.Text(m, &d.MaintenanceReason, &w.MaintenanceReason)
		m.Num(&d.BirthSequence, &w.BirthSequence)
	})
	mapDiagnoses(m, &d.Diagnoses, &w.Diagnoses)
	mapping.List(m, &d.Dates, &w.Dates, mapDate)
	mapping.Optional(m, &d.Military, &w.Military, func(m *mapper, d *MilitaryService, w *ts271.MilitaryService) {
		mapping.Text(m, &d.InformationStatus, &w.InformationStatus)
		mapping.Text(m, &d.EmploymentStatus, &w.EmploymentStatus)
		mapping.Text(m, &d.Affiliation, &w.Affiliation)
		mapping.Text(m, &d.Description, &w.Description)
		mapping.Text(m, &d.Rank, &w.Rank)
		m.Days(&d.Period.From, &d.Period.To, &w.PeriodFormat, &w.Period)
	})
}

// mapDependent is mapPerson towards loop 2100D, which has no id.
func mapDependent(m *mapper, d *Person, w *ts271.Person) {
	m.Refuse(d.ID != "" || d.IDQualifier != "", "Dependent.ID")
	mapPerson(m, d, w)
}

func mapDiagnoses(m *mapper, d *[]Diagnosis, w **ts271.Diagnoses) {
	each := func(m *mapper, d *Diagnosis, w *ts271.Diagnosis) {
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
	s := new(ts271.Diagnoses)
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

// mapAnswer maps what is answered about the person of a level.
func mapAnswer(m *mapper, d *Response, traces *[]ts271.Trace, w *ts271.Person) {
	mapping.List(m, &d.Traces, traces, func(m *mapper, d *Trace, w *ts271.Trace) {
		mapping.Text(m, &d.Type, &w.Type)
		mapping.Text(m, &d.Number, &w.Number)
		mapping.Text(m, &d.AssignerID, &w.AssignerID)
		mapping.Text(m, &d.AssignerSupplement, &w.AssignerSupplement)
	})
	mapping.List(m, &d.Benefits, &w.Benefits, mapBenefit)
}

func mapBenefit(m *mapper, d *Benefit, w *ts271.Benefit) {
	mapping.Text(m, &d.Information, &w.Information)
	mapping.Text(m, &d.CoverageLevel, &w.CoverageLevel)
	m.Texts(&d.ServiceTypes, &w.ServiceTypes)
	mapping.Text(m, &d.InsuranceType, &w.InsuranceType)
	mapping.Text(m, &d.Plan, &w.PlanDescription)
	mapping.Text(m, &d.TimePeriod, &w.TimePeriod)
	m.Num(&d.Amount, &w.Amount)
	m.Num(&d.Percent, &w.Percent)
	mapping.Text(m, &d.QuantityQualifier, &w.QuantityQualifier)
	m.Num(&d.Quantity, &w.Quantity)
	mapping.Text(m, &d.AuthorizationRequired, &w.AuthorizationRequired)
	mapping.Text(m, &d.InNetwork, &w.InNetwork)
	p := &w.Procedure
	mapping.Pointed(m, &d.Procedure, p, p.Qualifier == "" && p.Code == "" && len(p.Modifiers) == 0 && p.EndCode == "", func(m *mapper, d *Procedure, w *ts271.Procedure) {
		mapping.Text(m, &d.Qualifier, &w.Qualifier)
		mapping.Text(m, &d.Code, &w.Code)
		m.Texts(&d.Modifiers, &w.Modifiers)
		mapping.Text(m, &d.EndCode, &w.EndCode)
	})
	m.Pointers(&d.DiagnosisPointers, &w.DiagnosisPointers.Pointers)
	mapping.List(m, &d.Deliveries, &w.Deliveries, mapDelivery)
	mapping.List(m, &d.References, &w.AdditionalIDs, mapReference)
	mapping.List(m, &d.Dates, &w.Dates, mapDate)
	mapping.List(m, &d.Rejections, &w.Rejections, mapRejection)
	m.Texts(&d.Messages, &w.Messages)
	mapping.List(m, &d.Conditions, &w.AdditionalInformation, func(m *mapper, d *Condition, w *ts271.AdditionalInformation) {
		mapping.Text(m, &d.CodeQualifier, &w.CodeQualifier)
		mapping.Text(m, &d.Code, &w.Code)
		mapping.Text(m, &d.Category, &w.Category)
		mapping.Text(m, &d.InjuredBodyPart, &w.InjuredBodyPart)
	})
	mapping.List(m, &d.Entities, &w.RelatedEntities, mapEntity)
}

func mapDelivery(m *mapper, d *Delivery, w *ts271.Delivery) {
	mapping.Text(m, &d.QuantityQualifier, &w.QuantityQualifier)
	m.Num(&d.Quantity, &w.Quantity)
	mapping.Text(m, &d.Unit, &w.Unit)
	m.Num(&d.SampleModulus, &w.SampleModulus)
	mapping.Text(m, &d.TimePeriod, &w.TimePeriod)
	m.Num(&d.Periods, &w.Periods)
	mapping.Text(m, &d.Frequency, &w.Frequency)
	mapping.Text(m, &d.PatternTime, &w.PatternTime)
}

func mapEntity(m *mapper, d *Entity, w *ts271.RelatedEntity) {
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
	mapping.Text(m, &d.Relationship, &w.Relationship)
	mapping.Present(m, &d.Address, &w.Address, mapStreet)
	mapping.Present(m, d, &w.CityStateZIP, func(m *mapper, d *Entity, w *ts271.CityStateZIPLocation) {
		a := &d.Address
		mapping.Text(m, &a.City, &w.City)
		mapping.Text(m, &a.State, &w.State)
		mapping.Text(m, &a.PostalCode, &w.PostalCode)
		mapping.Text(m, &a.Country, &w.Country)
		mapping.Text(m, &d.LocationQualifier, &w.LocationQualifier)
		mapping.Text(m, &d.Location, &w.Location)
		mapping.Text(m, &a.CountrySubdivision, &w.CountrySubdivision)
	})
	mapping.List(m, &d.Contacts, &w.Contacts, mapContact)
	mapping.Optional(m, &d.Specialty, &w.Provider, mapSpecialty)
}

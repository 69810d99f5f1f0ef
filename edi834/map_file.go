package edi834

import "github.com/x12-go/edi/edi834/ts834"

// FromWire returns the file in a set, without its [Envelope], which the set does not know; see [EnvelopeOf].
func FromWire(set *ts834.BenefitEnrollment) *File {
	f := new(File)
	m := new(mapper)
	m.file(f, set)
	list(m, &f.Members, &set.Members, mapMember)
	return f
}

// ToWire returns the set for a file, just as it says: nothing is filled in and nothing is missed. With base, the set the
// file was read from, what the domain does not carry is taken from there; base is not changed. Text of the base that
// could not be read, such as letters in an amount, is written again even when the field has a value by now. An
// [*x12.Issue] says that the guide has no place for a value, or that X12 cannot carry an amount.
func ToWire(f *File, base *ts834.BenefitEnrollment) (*ts834.BenefitEnrollment, error) {
	w := new(ts834.BenefitEnrollment)
	if base != nil {
		*w = *base
	}
	m := &mapper{out: true}
	m.file(f, w)
	list(m, &f.Members, &w.Members, mapMember)
	return w, m.err
}

// MemberFromWire returns the member in loop 2000.
func MemberFromWire(w *ts834.Member) *Member {
	d := new(Member)
	mapMember(new(mapper), d, w)
	return d
}

// MemberToWire returns loop 2000 for a member; see [ToWire].
func MemberToWire(d *Member, base *ts834.Member) (*ts834.Member, error) {
	w := new(ts834.Member)
	if base != nil {
		*w = *base
	}
	m := &mapper{out: true}
	mapMember(m, d, w)
	return w, m.err
}

// file maps all but the members.
func (m *mapper) file(d *File, w *ts834.BenefitEnrollment) {
	text(m, &d.ControlNumber, &w.ControlNumber)
	m.guide(&d.Guide, &w.ImplementationReference)
	b := &w.Beginning
	text(m, &d.Purpose, &b.Purpose)
	text(m, &d.Reference, &b.Reference)
	m.date(&d.Date, &b.Date)
	m.clock(&d.Time, &b.Time)
	text(m, &d.TimeZone, &b.TimeZone)
	text(m, &d.OriginalReference, &b.OriginalReference)
	text(m, &d.Action, &b.Action)
	text(m, &d.MasterPolicyNumber, &w.MasterPolicyNumber)
	mapFamily(m, fileDates, &d.Dates, &d.Dates.Other, &w.Dates, &dates)
	mapFamily(m, controlTotals, &d.ControlTotals, &d.ControlTotals.Other, &w.ControlTotals, &quantities)
	mapParty(m, &d.Sponsor, &w.Sponsor)
	mapParty(m, &d.Payer, &w.Payer)
	list(m, &d.Brokers, &w.Brokers, mapBroker)
}

// guide maps ST03, which may name another edition of the guide than that of the tables.
func (m *mapper) guide(d, w *string) {
	switch guide := ts834.X220A1.ID; {
	case !m.out:
		if *d = *w; *d == "" {
			*d = guide
		}
	case *d == guide && (*w == "" || *w == guide): // as it was
	case *d == guide:
		*w = ""
	default:
		*w = *d
	}
}

func mapParty(m *mapper, d *Party, w *ts834.Party) {
	if m.out {
		*w = ts834.Party(*d)
	} else {
		*d = Party(*w)
	}
}

func mapBroker(m *mapper, d *Broker, w *ts834.Broker) {
	text(m, &d.Role, &w.Role)
	text(m, &d.Name, &w.Name)
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	present(m, d, &w.Account, func(m *mapper, d *Broker, w *ts834.BrokerAccount) {
		text(m, &d.AccountNumber, &w.Number)
		text(m, &d.SecondAccountNumber, &w.SecondNumber)
	})
}

package edi270

import (
	"strings"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// Rules of [Fields].
const (
	RuleSearch = "270/search" // too little to find the person by
	RuleValue  = "270/value"  // a value that the guide does not take
)

// Fields are what a front desk knows when it asks about a patient. They are enough for a correct inquiry; what they have no
// field for can be put into the [Inquiry] they make.
type Fields struct {
	// The payer. PayerIDQualifier is PI (payer id) when empty; XV = National Plan ID, NI = NAIC code.
	PayerName        string `json:"payerName,omitempty"`
	PayerIDQualifier string `json:"payerIDQualifier,omitempty"`
	PayerID          string `json:"payerID,omitempty"`
	// The provider who asks: a person where there is a first name. ProviderIDQualifier is XX (NPI) when empty.
	ProviderName        string `json:"providerName,omitempty"`
	ProviderFirst       string `json:"providerFirst,omitempty"`
	ProviderIDQualifier string `json:"providerIDQualifier,omitempty"`
	ProviderID          string `json:"providerID,omitempty"`

	// The number on the card.
	MemberID string `json:"memberID,omitempty"`
	// The patient.
	Last      string   `json:"last,omitempty"`
	First     string   `json:"first,omitempty"`
	Middle    string   `json:"middle,omitempty"`
	Suffix    string   `json:"suffix,omitempty"`
	BirthDate x12.Date `json:"birthDate,omitzero"`
	Gender    string   `json:"gender,omitempty"` // F or M
	// What the patient is to the subscriber; the patient is the subscriber where it is empty or 18 (self). 01 = spouse,
	// 19 = child, 34 = other adult. A dependent with a member id of its own counts as subscriber.
	Relationship string `json:"relationship,omitempty"`
	// Of a dependent: the name of the subscriber, when it is known.
	SubscriberLast  string `json:"subscriberLast,omitempty"`
	SubscriberFirst string `json:"subscriberFirst,omitempty"`
	GroupNumber     string `json:"groupNumber,omitempty"`

	// What is asked. Without service types and procedures it is 30, the plan as a whole.
	ServiceTypes []string    `json:"serviceTypes,omitempty"`
	Procedures   []Procedure `json:"procedures,omitempty"`
	// The day, or the first and last day. Without it the payer answers for the day of the inquiry.
	From x12.Date `json:"from,omitzero"`
	To   x12.Date `json:"to,omitzero"`

	// A number by which the answer finds back to the inquiry, and who gives it: ten characters, 1 and the tax id or 9
	// and an id of its own choice.
	Trace         string `json:"trace,omitempty"`
	TraceAssigner string `json:"traceAssigner,omitempty"`

	// The payer finds persons by less than the guide's [SearchOptions]; at least a member id or a last name is there.
	PayerSearch bool `json:"payerSearch,omitempty"`
}

// SearchOption is a combination of fields by which a payer is to find a person.
type SearchOption struct {
	Name                             string
	MemberID, Last, First, BirthDate bool
}

// SearchOptions returns the combinations of the guide: the primary one, which every payer must take and none may ask more than,
// and the alternate ones. Names and birth date are the patient's, the member id is the subscriber's.
func SearchOptions() []SearchOption {
	return []SearchOption{
		{"primary", true, true, true, true},
		{"member id and name", true, true, true, false},
		{"member id, last name and birth date", true, true, false, true},
		{"name and birth date", false, true, true, true},
	}
}

// Search returns the option that the fields satisfy, the one with most fields first; ok is false where they satisfy none,
// and lacks then names the fields missing from the nearest.
func (f *Fields) Search() (o SearchOption, lacks []string, ok bool) {
	for i, s := range SearchOptions() {
		var l []string
		for _, field := range []struct {
			name         string
			wanted, here bool
		}{
			{"MemberID", s.MemberID, f.MemberID != ""}, {"Last", s.Last, f.Last != ""},
			{"First", s.First, f.First != ""}, {"BirthDate", s.BirthDate, !f.BirthDate.IsZero()},
		} {
			if field.wanted && !field.here {
				l = append(l, field.name)
			}
		}
		if len(l) == 0 {
			return s, nil, true
		}
		if i == 0 || len(l) < len(lacks) {
			o, lacks = s, l
		}
	}
	return o, lacks, false
}

func fault(rule, message string) error {
	return &x12.Issue{Guide: ts270.X279A1.ID, Rule: rule, Severity: x12.Error, Level: 2, Message: message}
}

// Inquiry returns the inquiry of the fields, complete. An [*x12.Issue] names the field at fault: of [RuleRequired] what is
// missing, of [RuleSearch] what is missing to find the person by, of [RuleValue] what the guide does not take.
func (f *Fields) Inquiry() (*Inquiry, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	q := &Inquiry{
		Source:   Source{LastOrOrganization: f.PayerName, IDQualifier: f.PayerIDQualifier, ID: f.PayerID},
		Receiver: Receiver{LastOrOrganization: f.ProviderName, First: f.ProviderFirst, IDQualifier: f.ProviderIDQualifier, ID: f.ProviderID},
	}
	patient := Person{LastOrOrganization: f.Last, First: f.First, Middle: f.Middle, Suffix: f.Suffix, BirthDate: f.BirthDate, Gender: f.Gender}
	if !f.From.IsZero() {
		patient.Dates = []Date{{Qualifier: "291", DateRange: DateRange{From: f.From, To: f.To}}}
	}
	subscriber := &patient
	if f.dependent() {
		subscriber = &Person{LastOrOrganization: f.SubscriberLast, First: f.SubscriberFirst}
		patient.Relationship = f.Relationship
		q.Dependent = &patient
	}
	subscriber.ID = f.MemberID
	if f.GroupNumber != "" {
		subscriber.References = []Reference{{Qualifier: "6P", ID: f.GroupNumber}}
	}
	q.Subscriber = *subscriber
	if f.Trace != "" {
		q.Traces = []Trace{{Number: f.Trace, AssignerID: f.TraceAssigner}}
	}
	if types := f.ServiceTypes; len(types) > 0 {
		q.Questions = append(q.Questions, Question{ServiceTypes: types})
	}
	for _, p := range f.Procedures {
		q.Questions = append(q.Questions, Question{Procedure: &p})
	}
	if len(q.Questions) == 0 {
		q.Questions = []Question{{ServiceTypes: []string{"30"}}}
	}
	return q.Complete()
}

func (f *Fields) dependent() bool { return f.Relationship != "" && f.Relationship != "18" }

// check returns the first fault of the fields.
func (f *Fields) check() error {
	for _, field := range []struct{ name, value, loop string }{
		{"PayerName", f.PayerName, "2100A"}, {"PayerID", f.PayerID, "2100A"},
		{"ProviderName", f.ProviderName, "2100B"}, {"ProviderID", f.ProviderID, "2100B"},
	} {
		if field.value == "" {
			return missing(field.name, field.loop)
		}
	}
	if f.ProviderIDQualifier == "" || f.ProviderIDQualifier == "XX" {
		if !validNPI(f.ProviderID) {
			return fault(RuleValue, "ProviderID is no NPI: expected ten digits whose check digit is right")
		}
	}
	if err := f.person(); err != nil {
		return err
	}
	return f.question()
}

// person checks what the patient is found by.
func (f *Fields) person() error {
	_, lacks, ok := f.Search()
	switch {
	case ok:
	case !f.PayerSearch:
		return fault(RuleSearch, lacks[0]+" is missing: the guide lets a payer find a person by member id, name and birth date, or two of the three with a last name")
	case f.MemberID == "" && f.Last == "":
		return fault(RuleSearch, "MemberID is missing: expected it or Last")
	}
	switch {
	case f.Gender != "" && f.Gender != "F" && f.Gender != "M":
		return fault(RuleValue, "Gender: expected F, M or nothing")
	case f.dependent() && f.Relationship != "01" && f.Relationship != "19" && f.Relationship != "34":
		return fault(RuleValue, "Relationship: expected 01 (spouse), 19 (child), 34 (other adult), or nothing for the subscriber")
	case !f.dependent() && f.SubscriberLast+f.SubscriberFirst != "":
		return fault(RuleValue, "SubscriberLast: the patient is the subscriber: expected a Relationship of a dependent")
	case f.First != "" && f.Last == "":
		return fault(RuleRequired, "Last is missing: a First name stands beside it")
	case !f.BirthDate.IsZero() && !f.From.IsZero() && f.From.Compare(f.BirthDate) < 0:
		return fault(RuleValue, "BirthDate lies behind From")
	}
	return nil
}

// question checks what is asked.
func (f *Fields) question() error {
	for i, s := range f.ServiceTypes {
		if _, ok := codes.Lookup("service_type", s); !ok {
			return fault(RuleValue, at("ServiceTypes", i)+" is no service type code")
		}
	}
	for i := range f.Procedures {
		if f.Procedures[i].Code == "" {
			return missing(at("Procedures", i)+".Code", "2110C")
		}
	}
	switch {
	case f.From.IsZero() && !f.To.IsZero():
		return fault(RuleRequired, "From is missing: a To stands beside it")
	case !f.To.IsZero() && f.To.Compare(f.From) < 0:
		return fault(RuleValue, "To lies before From")
	case f.Trace != "" && f.TraceAssigner == "":
		return fault(RuleRequired, "TraceAssigner is missing: the guide requires it with a Trace")
	case f.Trace != "" && !validAssigner(f.TraceAssigner):
		return fault(RuleValue, "TraceAssigner: expected ten characters of which the first is 1, 3 or 9")
	}
	return nil
}

// validNPI reports whether s has ten digits of which the last checks the others: the Luhn sum with the prefix 80840.
func validNPI(s string) bool {
	if len(s) != 10 {
		return false
	}
	sum := 24 // of the prefix
	for i := range len(s) {
		d := int(s[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// validAssigner reports whether s is a TRN03.
func validAssigner(s string) bool { return len(s) == 10 && strings.IndexByte("139", s[0]) >= 0 }

// RealTime returns a request for one person, as a payer answers it at once. The envelope needs SenderID and ReceiverID of the
// interchange; reference is the number of the request, which the guide requires here.
func RealTime(env Envelope, reference string, f *Fields) (*Request, error) {
	if reference == "" {
		return nil, missing("Reference", "HEADER")
	}
	q, err := f.Inquiry()
	if err != nil {
		return nil, err
	}
	return &Request{Envelope: env, Purpose: "13", Reference: reference, Inquiries: []Inquiry{*q}}, nil
}

// Batch returns a request for several persons. A fault names the fields by their place: "Fields[3].MemberID". Each needs
// a Trace, by which its answer is told from the others, and no two of one assigner may have the same. The Writer makes as many
// sets of it as the guide wants.
func Batch(env Envelope, reference string, list []Fields) (*Request, error) {
	if len(list) == 0 {
		return nil, missing("Fields", "2000C")
	}
	r := &Request{Envelope: env, Purpose: "13", Reference: reference}
	seen := map[[2]string]bool{}
	for i := range list {
		q, err := list[i].Inquiry()
		trace := [2]string{list[i].Trace, list[i].TraceAssigner}
		switch {
		case err != nil:
		case trace[0] == "":
			err = fault(RuleRequired, "Trace is missing: in a batch it tells the answers apart")
		case seen[trace]:
			err = fault(RuleValue, "Trace is that of another inquiry of the batch")
		}
		if err != nil {
			issue := *err.(*x12.Issue)
			issue.Message = at("Fields", i) + "." + issue.Message
			return nil, &issue
		}
		seen[trace] = true
		r.Inquiries = append(r.Inquiries, *q)
	}
	return r, nil
}

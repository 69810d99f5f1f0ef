package edi271

import "github.com/x12-go/edi/x12"

// Status is what an answer says of coverage.
type Status string

// The statuses.
const (
	StatusUnknown    Status = "unknown"    // nothing says it: no EB, only V or U, or the inquiry was rejected
	StatusActive     Status = "active"     // EB01 1 to 5
	StatusInactive   Status = "inactive"   // EB01 6 to 8 and none of 1 to 5
	StatusNotCovered Status = "notCovered" // EB01 I and none of 1 to 8
	StatusConflict   Status = "conflict"   // EBs about the same thing say both; they are in States
)

// Summary is a [Response] as a receptionist reads it. Every statement names the EBs it is from by their numbers, 1 = first,
// as [Response.EB] and the column benefit_seq of the CSV table count them; each EB of the response stands in at least one.
// Nothing is chosen among EBs that differ: all are there, and where they cannot all be right Ambiguous is set.
type Summary struct {
	Patient    SummaryPerson  `json:"patient,omitzero"`
	Subscriber *SummaryPerson `json:"subscriber,omitempty"` // when not the patient
	Payer      SummaryPerson  `json:"payer,omitzero"`
	Provider   SummaryPerson  `json:"provider,omitzero"` // who asked

	// Of the plan as a whole: service type 30, or EBs without a service type or procedure. Inferred means that there is none of
	// these, and the status is that of the service types together.
	Status   Status   `json:"status,omitempty"`
	Inferred bool     `json:"inferred,omitempty"`
	States   []Figure `json:"states,omitempty"`

	Plans      []Plan            `json:"plans,omitempty"`
	References []Reference       `json:"references,omitempty"` // groups, policies and the like, of patient and subscriber
	Dates      []SummaryDate     `json:"dates,omitempty"`      // of the plan; those of single EBs are with their figures
	Rejections []PlacedRejection `json:"rejections,omitempty"`

	Services     []Service `json:"services,omitempty"`
	PrimaryCare  []Named   `json:"primaryCare,omitempty"`  // EB01 L, and entities P3
	Restrictions []Named   `json:"restrictions,omitempty"` // EB01 N: only these may serve
	OtherPayers  []Named   `json:"otherPayers,omitempty"`  // EB01 R, and entities PRP, SEP and TTP
	Entities     []Named   `json:"entities,omitempty"`     // other entities, with how to reach them

	Warnings []Warning `json:"warnings,omitempty"`
	// EBs that are not in Services, since the answer names more service types than a summary holds.
	Unsorted []int `json:"unsorted,omitempty"`
}

// SummaryPerson is somebody by name.
type SummaryPerson struct {
	Name         string   `json:"name,omitempty"`
	ID           string   `json:"id,omitempty"`
	BirthDate    x12.Date `json:"birthDate,omitzero"`
	Relationship string   `json:"relationship,omitempty"` // in words
}

// SummaryDate is a date with its meaning.
type SummaryDate struct {
	Qualifier string   `json:"qualifier,omitempty"`
	Text      string   `json:"text,omitempty"`
	From      x12.Date `json:"from,omitzero"`
	To        x12.Date `json:"to,omitzero"`
}

// Plan is a plan by the name that EBs give it.
type Plan struct {
	Name           string   `json:"name,omitempty"`
	InsuranceTypes []string `json:"insuranceTypes,omitempty"` // EB04 of these EBs
	Text           string   `json:"text,omitempty"`           // their meanings
	EB             []int    `json:"eb,omitempty"`
}

// ServiceType is an EB03 with its meaning.
type ServiceType struct {
	Code string `json:"code,omitempty"`
	Text string `json:"text,omitempty"`
}

// Service is what is said of a kind of care: of service types about which the same EBs speak, of a procedure, or, where it
// has neither, of care as such.
type Service struct {
	Types     []ServiceType `json:"types,omitempty"`
	Procedure *Procedure    `json:"procedure,omitempty"`
	// Inherited means that no EB says it of this care, and the status is that of the plan.
	Status    Status    `json:"status,omitempty"`
	Inherited bool      `json:"inherited,omitempty"`
	States    []Figure  `json:"states,omitempty"`
	Networks  []Network `json:"networks,omitempty"`
}

// Network is what is said of a kind of care inside or outside the plan's network.
type Network struct {
	// EB12: Y, N, W (both alike), U (not known) or empty (not said).
	InNetwork     string        `json:"inNetwork,omitempty"`
	Text          string        `json:"text,omitempty"`
	Copayments    []Figure      `json:"copayments,omitempty"`    // EB01 B
	Coinsurance   []Figure      `json:"coinsurance,omitempty"`   // EB01 A
	Deductibles   []Accumulator `json:"deductibles,omitempty"`   // EB01 C
	OutOfPocket   []Accumulator `json:"outOfPocket,omitempty"`   // EB01 G
	Limits        []Accumulator `json:"limits,omitempty"`        // EB01 F: amounts, visits, ages and the like
	Authorization []Figure      `json:"authorization,omitempty"` // EB11, whatever the EB
	Others        []Figure      `json:"others,omitempty"`        // any other EB
}

// Accumulator is something that is used up over time: what there is in all and what is left of it, for one coverage level and
// unit.
type Accumulator struct {
	CoverageLevel string `json:"coverageLevel,omitempty"` // EB02
	// What is counted: empty = money, else EB09 or HSD01, VS = visits.
	Unit     string `json:"unit,omitempty"`
	Lifetime bool   `json:"lifetime,omitempty"` // EB06 32 and 33
	// EBs with EB06 29 or 33 are of what remains, those with 24 are year to date, of which payers mean either; all others
	// are totals.
	Total      []Figure `json:"total,omitempty"`
	Remaining  []Figure `json:"remaining,omitempty"`
	YearToDate []Figure `json:"yearToDate,omitempty"`
	// Total less Remaining, where each is one figure.
	Met       Amount `json:"met,omitzero"`
	Ambiguous bool   `json:"ambiguous,omitempty"` // a figure in it is
}

// Figure is what EBs say that are alike in all it shows.
type Figure struct {
	Information       string      `json:"information,omitempty"`
	InNetwork         string      `json:"inNetwork,omitempty"` // of States
	CoverageLevel     string      `json:"coverageLevel,omitempty"`
	InsuranceType     string      `json:"insuranceType,omitempty"`
	Plan              string      `json:"plan,omitempty"`
	TimePeriod        string      `json:"timePeriod,omitempty"`
	Amount            Amount      `json:"amount,omitzero"`
	Percent           Amount      `json:"percent,omitzero"` // a fraction, as in the EB
	QuantityQualifier string      `json:"quantityQualifier,omitempty"`
	Quantity          Amount      `json:"quantity,omitzero"`
	Authorization     string      `json:"authorization,omitempty"` // EB11
	Procedure         *Procedure  `json:"procedure,omitempty"`
	PlacesOfService   []string    `json:"placesOfService,omitempty"`
	Conditions        []Condition `json:"conditions,omitempty"` // other than places of service
	Deliveries        []Delivery  `json:"deliveries,omitempty"`
	References        []Reference `json:"references,omitempty"`
	Dates             []Date      `json:"dates,omitempty"`
	Messages          []string    `json:"messages,omitempty"`
	Text              string      `json:"text,omitempty"` // all of it in words
	// Another figure of the same list has another value, though both are of the same coverage level, time, procedure and place of
	// service. What else they say, messages and plan above all, may tell which one holds.
	Ambiguous bool  `json:"ambiguous,omitempty"`
	EB        []int `json:"eb,omitempty"`
}

// Named is somebody an EB names.
type Named struct {
	Entity       *Entity       `json:"entity,omitempty"` // nil: the EB names nobody
	Information  string        `json:"information,omitempty"`
	ServiceTypes []ServiceType `json:"serviceTypes,omitempty"`
	References   []Reference   `json:"references,omitempty"`
	Dates        []Date        `json:"dates,omitempty"`
	Messages     []string      `json:"messages,omitempty"`
	Text         string        `json:"text,omitempty"` // all of it in words
	EB           []int         `json:"eb,omitempty"`
}

// Warning is an EB that cannot be meant as it is.
type Warning struct {
	Text string `json:"text,omitempty"`
	EB   []int  `json:"eb,omitempty"`
}

// Find returns what is said of a service type: of itself, or of the plan as a whole (30) where nothing is, which own tells. It
// is nil where there is neither.
func (s *Summary) Find(serviceType string) (service *Service, own bool) {
	for _, code := range [...]string{serviceType, planType} {
		for i := range s.Services {
			for _, t := range s.Services[i].Types {
				if t.Code == code {
					return &s.Services[i], code == serviceType
				}
			}
		}
	}
	return nil, false
}

// planType is the service type of the plan as a whole.
const planType = "30"

// Summarize returns the summary of a response.
func Summarize(r *Response) *Summary {
	s := &Summary{Rejections: r.Rejections()}
	s.people(r)
	s.plans(r)
	sorted := s.sort(r)
	for i := range sorted {
		s.Services = append(s.Services, makeService(r, &sorted[i], s))
	}
	s.state(r, sorted)
	for i := range r.Benefits {
		s.entities(&r.Benefits[i], i+1)
		if p := r.Benefits[i].Percent; p.Valid && p.Decimal.GreaterThan(one) {
			s.warn("a percent above 1 should be a fraction; it is shown as sent", i+1)
		}
	}
	return s
}

func (s *Summary) warn(text string, eb ...int) {
	s.Warnings = append(s.Warnings, Warning{Text: text, EB: eb})
}

// people fills who it is about.
func (s *Summary) people(r *Response) {
	s.Payer = SummaryPerson{Name: fullName(r.Source.LastOrOrganization, r.Source.First, r.Source.Middle, r.Source.Suffix), ID: r.Source.ID}
	if p := r.Receiver; p != nil {
		s.Provider = SummaryPerson{Name: fullName(p.LastOrOrganization, p.First, p.Middle, p.Suffix), ID: p.ID}
	}
	person := func(p *Person) SummaryPerson {
		return SummaryPerson{fullName(p.LastOrOrganization, p.First, p.Middle, p.Suffix), p.ID, p.BirthDate, p.RelationshipDescription()}
	}
	p := r.Subject()
	if p == nil {
		return
	}
	s.Patient = person(p)
	seen := map[Reference]bool{}
	add := func(p *Person) {
		for _, x := range p.References {
			if !seen[x] {
				seen[x] = true
				s.References = append(s.References, x)
			}
		}
	}
	add(p)
	dates := p.Dates
	if r.Dependent != nil && r.Subscriber != nil {
		v := person(r.Subscriber)
		s.Subscriber = &v
		add(r.Subscriber)
		if len(dates) == 0 {
			dates = r.Subscriber.Dates
		}
	}
	for _, d := range dates {
		s.Dates = append(s.Dates, SummaryDate{d.Qualifier, dateWords(d.Qualifier), d.From, d.To})
	}
}

// plans gathers the names of the plans. An EB of another payer names that one's.
func (s *Summary) plans(r *Response) {
	at, types := map[string]int{}, map[[2]string]bool{}
	for i := range r.Benefits {
		b := &r.Benefits[i]
		if b.Plan == "" || b.Information == "R" {
			continue
		}
		k, ok := at[b.Plan]
		if !ok {
			k = len(s.Plans)
			at[b.Plan] = k
			s.Plans = append(s.Plans, Plan{Name: b.Plan})
		}
		p := &s.Plans[k]
		p.EB = append(p.EB, i+1)
		if t := b.InsuranceType; t != "" && !types[[2]string{b.Plan, t}] {
			types[[2]string{b.Plan, t}] = true
			p.InsuranceTypes = append(p.InsuranceTypes, t)
			p.Text = listed(p.Text, insuranceWords(t))
		}
	}
}

// entities sorts those an EB names.
func (s *Summary) entities(b *Benefit, eb int) {
	put := func(e *Entity) {
		n := Named{Entity: e, Information: b.Information, References: b.References, Dates: b.Dates, Messages: b.Messages, EB: []int{eb}}
		for _, t := range b.ServiceTypes {
			n.ServiceTypes = append(n.ServiceTypes, serviceType(t))
		}
		n.Text = n.words()
		role := ""
		if e != nil {
			role = e.Role
		}
		switch {
		case b.Information == "N":
			s.Restrictions = append(s.Restrictions, n)
		case b.Information == "L" || role == "P3":
			s.PrimaryCare = append(s.PrimaryCare, n)
		case b.Information == "R" || role == "PRP" || role == "SEP" || role == "TTP":
			s.OtherPayers = append(s.OtherPayers, n)
		default:
			s.Entities = append(s.Entities, n)
		}
	}
	for i := range b.Entities {
		put(&b.Entities[i])
	}
	if len(b.Entities) == 0 && named(b.Information) {
		put(nil)
	}
}

// named reports whether an EB is about somebody rather than about care.
func named(information string) bool {
	return information == "L" || information == "N" || information == "R"
}

package edi837

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// maker makes claims of random fields, in the form in which reading would give them.
type maker struct {
	rng  *rand.Rand
	kind Kind
	n    int
}

func (f *maker) fill(v reflect.Value) {
	f.n++
	switch at := v.Addr().Interface().(type) {
	case *x12.Date:
		*at, _ = x12.NewDate(2000+f.n/336%90, 1+f.n/28%12, 1+f.n%28)
		return
	case *x12.Time:
		*at, _ = x12.NewTime(f.n%24, f.n%60, 0)
		*at = at.Short()
		return
	case *Amount:
		*at = NewAmount(decimal.New(int64(f.n)-500, -int32(f.n%4)))
		return
	case *DateRange:
		f.fill(reflect.ValueOf(&at.From).Elem())
		if f.rng.IntN(2) == 0 {
			f.fill(reflect.ValueOf(&at.To).Elem())
		}
		return
	case *int:
		*at = 1 + f.n%12
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		if n := f.rng.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f.rng.IntN(3) > 0 {
				f.fill(v.Field(i))
			}
		}
	}
}

// claim makes a claim.
func (f *maker) claim() *Claim {
	c := new(Claim)
	f.fill(reflect.ValueOf(c).Elem())
	c.Kind = f.kind
	c.Professional, c.Institutional, c.Dental = part(f.kind == Professional, c.Professional), part(f.kind == Institutional, c.Institutional), part(f.kind == Dental, c.Dental)
	phone(c.Subscriber.Contact)
	if p := c.Patient; p != nil {
		p.EntityType = "1"
		phone(p.Contact)
	}
	if p := c.Pricing; p != nil {
		p.ProcedureQualifier, p.ProcedureCode = "", ""
	}
	if p := c.Professional; p != nil {
		p.Ambulance = some1(p.Ambulance)
	}
	f.coded(c)
	f.providers(&c.Providers, "claim")
	for i := range c.OtherPayers {
		p := &c.OtherPayers[i]
		f.providers(&p.Providers, "payer")
		f.adjustments(p.Adjustments)
		if a := p.InpatientAdjudication; a != nil {
			a.PPSOperatingOutlier = Amount{}
		}
	}
	for i := range c.Services {
		f.service(&c.Services[i])
	}
	return c
}

func part[T any](there bool, p *T) *T {
	switch {
	case !there:
		return nil
	case p == nil:
		return new(T)
	}
	return p
}

// some1 returns nil for what has nothing in it.
func some1[T any](p *T) *T {
	if p == nil || reflect.ValueOf(p).Elem().IsZero() {
		return nil
	}
	return p
}

// phone makes c a contact that has a telephone number only.
func phone(c *Contact) {
	if c == nil {
		return
	}
	c.NumberQualifier, c.ThirdNumber, c.ThirdNumberQualifier = "", "", ""
	if c.Number != "" {
		c.NumberQualifier = "TE"
	}
}

func (f *maker) coded(c *Claim) {
	order := []DiagnosisType{PrincipalDiagnosis, OtherDiagnosis}
	if f.kind == Institutional {
		order = []DiagnosisType{PrincipalDiagnosis, AdmittingDiagnosis, ReasonForVisit, ExternalCause, OtherDiagnosis}
	}
	var list []Diagnosis
	for _, t := range order {
		for i := range f.rng.IntN(16) + 1 {
			d := Diagnosis{Type: t, Qualifier: "Q", Code: fmt.Sprint("D", i), PresentOnAdmission: "Y"}
			if t == AdmittingDiagnosis || t == ReasonForVisit {
				d.PresentOnAdmission = ""
			}
			if list = append(list, d); t == PrincipalDiagnosis || t == AdmittingDiagnosis {
				break
			}
		}
	}
	if c.Diagnoses != nil {
		c.Diagnoses = list
	}
	for i := range c.Procedures {
		p := &c.Procedures[i]
		p.Type, p.Code = OtherProcedure, "1"
		if i == 0 {
			p.Type = PrincipalProcedure
		}
		if f.kind == Professional {
			p.Qualifier, p.Date = "BO", x12.Date{}
			if i == 0 {
				p.Qualifier = "BP"
			}
		}
	}
	if f.kind == Professional && len(c.Procedures) > 2 {
		c.Procedures = c.Procedures[:2]
	}
	if f.kind == Institutional {
		for i := range c.Notes {
			if c.Notes[i].Code = "DGN"; i > 0 && i == len(c.Notes)-1 {
				c.Notes[i] = Note{Code: "ADD", Text: "billing"}
			}
		}
	}
}

// providers leaves what the providers of a place have.
func (f *maker) providers(p *Providers, place string) {
	each := func(v *Provider, facility bool) {
		if v == nil {
			return
		}
		if place != "line" {
			for i := range v.SecondaryIDs {
				v.SecondaryIDs[i].PayerID = ""
			}
		}
		switch {
		case place == "payer":
			*v = Provider{Role: v.Role, EntityType: v.EntityType, SecondaryIDs: v.SecondaryIDs}
		case facility:
			v.Role, v.EntityType, v.First, v.Middle, v.Suffix, v.Taxonomy = "", "2", "", "", "", ""
			if phone(v.Contact); place == "line" {
				v.Contact = nil
			}
		case place == "claim":
			v.Address, v.Contact = Address{}, nil
		}
	}
	switch place {
	case "claim":
		p.Ordering, p.Purchased, p.Billing = nil, nil, nil
	case "payer":
		p.Ordering, p.Purchased = nil, nil
	default:
		p.Attending, p.Billing = nil, nil
	}
	for _, v := range []*Provider{p.Attending, p.Operating, p.OtherOperating, p.Rendering, p.AssistantSurgeon, p.Supervising, p.Ordering, p.Purchased, p.Billing} {
		each(v, false)
	}
	for i := range p.Referring {
		each(&p.Referring[i], false)
	}
	each(p.ServiceFacility, true)
}

func (f *maker) adjustments(list []Adjustment) {
	segment, position := 1, 1
	for i := range list {
		if i > 0 && (position > care.Places || f.rng.IntN(3) == 0) {
			segment, position = segment+1, 1
		}
		list[i].Place = Place{Segment: segment, Position: position}
		if position < care.Places && f.rng.IntN(4) == 0 {
			list[i].Skipped, list[i].Position = 1, position+1
			position++
		}
		list[i].Reason = "45"
		list[i].Group = AdjustmentGroup([]string{"CO", "PR", "OA"}[segment%3])
		position++
	}
}

func (f *maker) service(s *Service) {
	if f.kind != Institutional {
		s.RevenueCode, s.NonCovered = "", Amount{}
	} else {
		s.PlaceOfService, s.DiagnosisPointers = "", nil
	}
	if f.kind != Professional {
		s.Emergency, s.EPSDT, s.FamilyPlanning, s.CopayStatus = "", "", "", ""
	}
	if s.Dental = some1(s.Dental); f.kind == Dental {
		s.UnitOfMeasure = ""
	} else {
		s.Dental = nil
	}
	s.Equipment, s.Ambulance = some1(s.Equipment), some1(s.Ambulance)
	if len(s.Notes) > 2 {
		s.Notes = s.Notes[:2]
	}
	if len(s.Notes) == 2 {
		s.Notes[1] = Note{Code: "TPO", Text: "third"}
	}
	if !s.Dates.PriorPlacement.IsZero() {
		s.Dates.EstimatedPriorPlacement = x12.Date{}
	}
	f.providers(&s.Providers, "line")
	for i := range s.Adjudications {
		f.adjustments(s.Adjudications[i].Adjustments)
	}
}

func TestDomainToWireAndBack(t *testing.T) {
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 1))
		kind := [...]Kind{Professional, Institutional, Dental}[seed%3]
		want := (&maker{rng: rng, kind: kind}).claim()
		set := &ts837.HealthCareClaim{Guide: kind.Guide()}
		p, err := ToWire(want, nil)
		require.NoError(t, err, "seed %d", seed)
		got := FromWire(set, p.Billing, p.Subscriber, p.Patient, p.Claim)
		require.Equal(t, string(want.AppendJSON(nil)), string(got.AppendJSON(nil)), "seed %d", seed)
		require.Equal(t, want, got, "seed %d", seed)

		b := got.AppendJSON(nil)
		back := new(Claim)
		require.NoError(t, codec.Unmarshal(b, back))
		require.Equal(t, want, back, "seed %d: JSON", seed)

		before := p.Claim.AppendJSON(nil)
		again, err := ToWire(got, p)
		require.NoError(t, err)
		require.Equal(t, p, again, "seed %d: written onto its base", seed)
		got.Services = slices.DeleteFunc(got.Services, func(Service) bool { return rng.IntN(2) == 0 })
		_, err = ToWire(got, p)
		require.NoError(t, err)
		require.Equal(t, string(before), string(p.Claim.AppendJSON(nil)), "seed %d: the base was changed", seed)
	}
}

func TestCloneIsDeep(t *testing.T) {
	c := (&maker{rng: rand.New(rand.NewPCG(7, 7)), kind: Professional}).claim()
	before := string(c.AppendJSON(nil))
	d := clone(c)
	require.Equal(t, c, d)
	(&maker{rng: rand.New(rand.NewPCG(8, 8)), n: 5000}).fill(reflect.ValueOf(d).Elem())
	require.Equal(t, before, string(c.AppendJSON(nil)))
}

func number(t *testing.T, s string) x12.Number {
	n, ok := x12.ParseNumber(s)
	require.True(t, ok)
	return n
}

func TestToWireKeepsForms(t *testing.T) {
	set := &ts837.HealthCareClaim{Guide: Institutional.Guide()}
	base := &Parts{
		Billing: &ts837.BillingLevel{Level: codec.Level{Number: "007"}}, Subscriber: &ts837.SubscriberLevel{},
		Claim: &ts837.Claim{
			Charge: number(t, "080.50"), StatementDates: "20260101", RepricerReceivedDate: "JANUARY",
			AdmissionDate: &ts837.DatePeriod{Format: "D8", Value: "202601011230"},
			Attachments:   []ts837.Attachment{{Type: "OZ", ControlNumberQualifier: "XX", ControlNumber: "1"}},
			OtherDiagnoses: []ts837.DiagnosisCodes{
				{Codes: []ts837.Diagnosis{{Qualifier: "ABF", Code: "A"}}}, {}, {Codes: []ts837.Diagnosis{{Qualifier: "ABF", Code: "B"}, {Qualifier: "ABF", Code: "C"}}},
			},
			Lines:  []ts837.ServiceLine{{Number: number(t, "01")}},
			Extras: &codec.Extras{Omit: []string{"x"}},
		},
	}
	c := FromWire(set, base.Billing, base.Subscriber, nil, base.Claim)
	require.Equal(t, "80.50", c.Charge.String())
	require.True(t, c.Dates.RepricerReceived.IsZero())
	require.Equal(t, "2026-01-01", c.Dates.Statement.From.String())
	require.Len(t, c.Diagnoses, 3)
	p, err := ToWire(c, base)
	require.NoError(t, err)
	require.Equal(t, base, p)

	c.Diagnoses = c.Diagnoses[:2]
	c.Dates.RepricerReceived, _ = x12.NewDate(2026, 2, 1)
	c.Dates.Statement.To = c.Dates.RepricerReceived
	c.Attachments[0].ControlNumber = ""
	p, err = ToWire(c, base)
	require.NoError(t, err)
	require.Len(t, p.Claim.OtherDiagnoses, 3)
	require.Equal(t, "B", p.Claim.OtherDiagnoses[2].Codes[0].Code)
	require.Equal(t, "20260201", p.Claim.RepricerReceivedDate)
	require.Equal(t, "20260101-20260201", p.Claim.StatementDates)
	require.Empty(t, p.Claim.Attachments[0].ControlNumberQualifier)
	require.Equal(t, base.Claim.Extras, p.Claim.Extras)

	for range 20 {
		c.Diagnoses = append(c.Diagnoses, Diagnosis{Code: "Z", Type: OtherDiagnosis})
	}
	p, err = ToWire(c, nil)
	require.NoError(t, err)
	require.Len(t, p.Claim.OtherDiagnoses, 2)
	require.Len(t, p.Claim.OtherDiagnoses[0].Codes, 12)
}

// TestToWireRefuses has values that a claim of the kind has no place for.
func TestToWireRefuses(t *testing.T) {
	day, _ := x12.NewDate(2026, 1, 31)
	for what, c := range map[string]*Claim{
		"kind":        {Kind: Dental, Professional: &ProfessionalPart{}},
		"admitting":   {Kind: Institutional, Diagnoses: []Diagnosis{{Type: AdmittingDiagnosis}, {Type: AdmittingDiagnosis}}},
		"type":        {Kind: Institutional, Diagnoses: []Diagnosis{{Type: "odd"}}},
		"procedures":  {Kind: Professional, Procedures: make([]ProcedureCode, 3)},
		"surgery":     {Kind: Professional, Procedures: []ProcedureCode{{Date: day}}},
		"role":        {Kind: Professional, Providers: Providers{Ordering: &Provider{}}},
		"facility":    {Kind: Professional, Providers: Providers{ServiceFacility: &Provider{EntityType: "1"}}},
		"address":     {Kind: Professional, Providers: Providers{Rendering: &Provider{Address: Address{City: "X"}}}},
		"payer":       {Kind: Professional, OtherPayers: []OtherPayer{{Providers: Providers{Rendering: &Provider{ID: "1"}}}}},
		"fax":         {Kind: Professional, Subscriber: Subscriber{Person: Person{Contact: &Contact{NumberQualifier: "FX"}}}},
		"revenue":     {Kind: Professional, Services: []Service{{RevenueCode: "0450"}}},
		"notes":       {Kind: Professional, Services: []Service{{Notes: make([]Note, 2)}}},
		"units":       {Kind: Dental, Services: []Service{{UnitOfMeasure: "UN"}}},
		"placements":  {Kind: Dental, Services: []Service{{Dates: ServiceDates{PriorPlacement: day, EstimatedPriorPlacement: day}}}},
		"line number": {Kind: Professional, Providers: Providers{Rendering: &Provider{SecondaryIDs: []ProviderID{{PayerID: "1"}}}}},
	} {
		_, err := ToWire(c, nil)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, what)
		require.Equal(t, codec.RuleNoPlace, issue.Rule, what)
	}
	_, err := ToWire(&Claim{Charge: NewAmount(decimal.RequireFromString("1234567890123456789"))}, nil)
	var issue *x12.Issue
	require.ErrorAs(t, err, &issue)
	require.Equal(t, RuleNumber, issue.Rule)
	require.ErrorIs(t, err, x12.ErrNumber)
	require.NotContains(t, err.Error(), "12345")
}

func TestKindOf(t *testing.T) {
	for guide, want := range map[string]Kind{
		"005010X222": Professional, "005010X222A1": Professional, "005010X222A2": Professional, "005010X223A3": Institutional,
		"005010X224A2": Dental, "005010X221A1": "", "": "", "005010X2": "",
	} {
		require.Equal(t, want, KindOf(guide), guide)
	}
	require.Empty(t, Kind("").Guide())
}

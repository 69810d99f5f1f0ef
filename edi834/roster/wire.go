package roster

import (
	"sync"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// qualified names a field by how it is kept and its qualifier.
type qualified struct {
	form form
	key  string
}

// memberKeys and coverageKeys find the fields that are kept by qualifier.
var memberKeys = sync.OnceValue(func() map[qualified]Field {
	m := map[qualified]Field{}
	for f, info := range Fields() {
		if info.key != "" {
			m[qualified{info.form, info.key}] = f
		}
	}
	return m
})

var coverageKeys = sync.OnceValue(func() map[qualified]CoverageField {
	m := map[qualified]CoverageField{}
	for f, info := range CoverageFields() {
		if info.key != "" {
			m[qualified{info.form, info.key}] = f
		}
	}
	return m
})

// converter makes members of the generated structs.
type converter struct {
	member   map[qualified]Field
	coverage map[qualified]CoverageField
	buf      []byte
}

func newConverter() converter {
	return converter{member: memberKeys(), coverage: coverageKeys()}
}

// put sets a value that may come several times: those behind the first follow it with a semicolon.
func put(to *string, s string) {
	if *to == "" {
		*to = s
	} else if s != "" {
		*to += ";" + s
	}
}

// amount returns the plain text of a number.
func (c *converter) amount(n x12.Number) string {
	if !n.Set() {
		return ""
	}
	c.buf = n.AppendPlain(c.buf[:0])
	return string(c.buf)
}

// list returns the JSON of a list, "" for none.
func list[T any](c *converter, v []T, add func(*T, []byte) []byte) string {
	if len(v) == 0 {
		return ""
	}
	b := append(c.buf[:0], '[')
	for i := range v {
		if i > 0 {
			b = append(b, ',')
		}
		b = add(&v[i], b)
	}
	c.buf = append(b, ']')
	return string(c.buf)
}

// one returns the JSON of a struct, "" for none.
func one[T any](c *converter, v *T, add func(*T, []byte) []byte) string {
	if v == nil {
		return ""
	}
	c.buf = add(v, c.buf[:0])
	return string(c.buf)
}

// Member fills m from a loop 2000. The texts of m are those of w.
func (c *converter) Member(m *Member, w *ts834.Member) {
	m.reset()
	v := &m.v
	m.Operation, m.Reason = w.MaintenanceType, w.MaintenanceReason
	v[Subscriber], v[Relationship] = w.SubscriberIndicator, w.Relationship
	v[BenefitStatus], v[COBRAEvent], v[EmploymentStatus] = w.BenefitStatus, w.COBRAEvent, w.EmploymentStatus
	v[medicarePlan], v[medicareReason] = w.Medicare.Plan, w.Medicare.EligibilityReason
	v[studentStatus], v[handicap], v[confidentiality] = w.StudentStatus, w.HandicapIndicator, w.Confidentiality
	v[DeathDate], v[BirthSequence] = w.DeathDate, c.amount(w.BirthSequence)
	v[SubscriberID], v[PolicyNumber] = w.SubscriberID, w.PolicyNumber
	for i := range w.SupplementalIDs {
		r := &w.SupplementalIDs[i]
		if r.Qualifier == "Q4" {
			put(&m.Prior.SubscriberID, r.ID)
		} else if f, ok := c.member[qualified{reference, r.Qualifier}]; ok {
			put(&v[f], r.ID)
		}
	}
	for i := range w.Dates {
		d := &w.Dates[i]
		if d.Qualifier == "303" {
			m.Effective = d.Date
		} else if f, ok := c.member[qualified{dated, d.Qualifier}]; ok {
			put(&v[f], d.Date)
		}
	}
	c.person(m, &w.Person)
	if p := w.IncorrectPerson; p != nil {
		m.Prior.Last, m.Prior.First, m.Prior.MemberID = p.Last, p.First, p.ID
		if p.Demographics != nil {
			m.Prior.BirthDate = p.Demographics.BirthDate
		}
	}
	v[mailingAddress] = one(c, w.MailingAddress, (*ts834.MailingAddress).AppendJSON)
	v[employers] = list(c, w.Employers, (*ts834.Employer).AppendJSON)
	v[schools] = list(c, w.Schools, (*ts834.School).AppendJSON)
	v[custodialParent] = one(c, w.CustodialParent, (*ts834.RelatedPerson).AppendJSON)
	v[responsiblePersons] = list(c, w.ResponsiblePersons, (*ts834.RelatedPerson).AppendJSON)
	v[dropOffLocation] = one(c, w.DropOffLocation, (*ts834.DropOffLocation).AppendJSON)
	v[disabilities] = list(c, w.Disabilities, (*ts834.Disability).AppendJSON)
	v[reportingCategories] = list(c, w.ReportingCategories, (*ts834.ReportingCategory).AppendJSON)
	for i := range w.HealthCoverages {
		if i < cap(m.Coverages) {
			m.Coverages = m.Coverages[:i+1]
			m.Coverages[i] = Coverage{}
		} else {
			m.Coverages = append(m.Coverages, Coverage{})
		}
		c.cover(&m.Coverages[i], &w.HealthCoverages[i])
	}
}

func (c *converter) person(m *Member, p *ts834.Person) {
	v := &m.v
	v[Last], v[First], v[Middle], v[Prefix], v[Suffix] = p.Last, p.First, p.Middle, p.Prefix, p.Suffix
	v[MemberIDQualifier], v[MemberID] = p.IDQualifier, p.ID
	if x := p.Communications; x != nil {
		for _, n := range [...][2]string{{x.NumberQualifier, x.Number}, {x.SecondNumberQualifier, x.SecondNumber}, {x.ThirdNumberQualifier, x.ThirdNumber}} {
			if f, ok := c.member[qualified{contact, n[0]}]; ok {
				put(&v[f], n[1])
			}
		}
	}
	if x := p.Address; x != nil {
		v[Address1], v[Address2] = x.Line1, x.Line2
	}
	if x := p.CityStateZIP; x != nil {
		v[City], v[StateCode], v[PostalCode], v[Country] = x.City, x.State, x.PostalCode, x.Country
		v[locationQualifier], v[location], v[subdivision] = x.LocationQualifier, x.Location, x.CountrySubdivision
	}
	if x := p.Demographics; x != nil {
		v[BirthDate], v[Gender], v[maritalStatus], v[citizenship] = x.BirthDate, x.Gender, x.MaritalStatus, x.Citizenship
		v[races] = list(c, x.Races, (*ts834.Race).AppendJSON)
		v[raceCollection] = x.RaceCollection
	}
	v[employmentClasses] = list(c, p.EmploymentClasses, (*ts834.EmploymentClass).AppendJSON)
	v[income] = one(c, p.Income, (*ts834.Income).AppendJSON)
	if x := p.Health; x != nil {
		v[Health], v[height], v[weight] = x.Code, c.amount(x.Height), c.amount(x.Weight)
	}
	v[languages] = list(c, p.Languages, (*ts834.Language).AppendJSON)
	for i := range p.Amounts {
		if f, ok := c.member[qualified{amount, p.Amounts[i].Qualifier}]; ok {
			put(&v[f], c.amount(p.Amounts[i].Amount))
		}
	}
}

func (c *converter) cover(to *Coverage, w *ts834.HealthCoverage) {
	v := &to.v
	to.Operation = w.MaintenanceType
	v[Line], v[Plan], v[Tier], v[lateEnrollment] = w.InsuranceLine, w.PlanDescription, w.CoverageLevel, w.LateEnrollment
	for i := range w.Dates {
		d := &w.Dates[i]
		value, last := d.Value, ""
		if d.Format == "RD8" && len(value) == 17 && (d.Qualifier == "348" || d.Qualifier == "349") {
			value, last = value[:8], value[9:] // the days from the first to the last
			put(&v[Begin], value)
			put(&v[End], last)
			continue
		}
		if d.Qualifier == "303" {
			to.Effective = value
		} else if f, ok := c.coverage[qualified{dated, d.Qualifier}]; ok {
			put(&v[f], value)
		}
	}
	for i := range w.Amounts {
		if f, ok := c.coverage[qualified{amount, w.Amounts[i].Qualifier}]; ok {
			put(&v[f], c.amount(w.Amounts[i].Amount))
		}
	}
	for i := range w.PolicyNumbers {
		if f, ok := c.coverage[qualified{reference, w.PolicyNumbers[i].Qualifier}]; ok {
			put(&v[f], w.PolicyNumbers[i].ID)
		}
	}
	v[priorMonths] = w.PriorCoverageMonths
	v[idCards] = list(c, w.IDCards, (*ts834.IDCard).AppendJSON)
	v[Providers] = list(c, w.Providers, (*ts834.Provider).AppendJSON)
	v[OtherCoverage] = list(c, w.CoordinationOfBenefits, (*ts834.CoordinationOfBenefits).AppendJSON)
}

// ToWire returns the member as a loop 2000. Values of objects that are no JSON of their struct are an error.
func (m *Member) ToWire() (*ts834.Member, error) {
	v := &m.v
	w := &ts834.Member{
		SubscriberIndicator: v[Subscriber], Relationship: v[Relationship],
		MaintenanceType: m.Operation, MaintenanceReason: m.Reason, BenefitStatus: v[BenefitStatus],
		Medicare:   ts834.MedicareStatus{Plan: v[medicarePlan], EligibilityReason: v[medicareReason]},
		COBRAEvent: v[COBRAEvent], EmploymentStatus: v[EmploymentStatus], StudentStatus: v[studentStatus],
		HandicapIndicator: v[handicap], Confidentiality: v[confidentiality], BirthSequence: numberOf(v[BirthSequence]),
		SubscriberID: v[SubscriberID], PolicyNumber: v[PolicyNumber],
	}
	if v[DeathDate] != "" {
		w.DeathDateFormat, w.DeathDate = "D8", v[DeathDate]
	}
	if m.Effective != "" {
		w.Dates = append(w.Dates, ts834.QualifiedDate{Qualifier: "303", Date: m.Effective})
	}
	p := &w.Person
	*p = ts834.Person{Role: "IL", Last: v[Last], First: v[First], Middle: v[Middle], Prefix: v[Prefix], Suffix: v[Suffix],
		IDQualifier: v[MemberIDQualifier], ID: v[MemberID]}
	var numbers [][2]string
	for f, info := range Fields() {
		s := v[f]
		if s == "" {
			continue
		}
		switch info.form {
		case reference:
			w.SupplementalIDs = append(w.SupplementalIDs, ts834.Reference{Qualifier: info.key, ID: s})
		case dated:
			w.Dates = append(w.Dates, ts834.QualifiedDate{Qualifier: info.key, Date: s})
		case amount:
			p.Amounts = append(p.Amounts, ts834.QualifiedAmount{Qualifier: info.key, Amount: numberOf(s)})
		case contact:
			numbers = append(numbers, [2]string{info.key, s})
		}
	}
	if m.Prior.SubscriberID != "" {
		w.SupplementalIDs = append(w.SupplementalIDs, ts834.Reference{Qualifier: "Q4", ID: m.Prior.SubscriberID})
	}
	if q := m.Prior; q.Last != "" || q.First != "" || q.MemberID != "" || q.BirthDate != "" {
		w.IncorrectPerson = &ts834.Person{Last: q.Last, First: q.First, ID: q.MemberID}
		if q.MemberID != "" {
			w.IncorrectPerson.IDQualifier = v[MemberIDQualifier]
		}
		if q.BirthDate != "" {
			w.IncorrectPerson.Demographics = &ts834.Demographics{BirthDateFormat: "D8", BirthDate: q.BirthDate}
		}
	}
	for len(numbers) < 3 {
		numbers = append(numbers, [2]string{})
	}
	if n := numbers; n[0][0] != "" {
		p.Communications = &ts834.Communications{NumberQualifier: n[0][0], Number: n[0][1],
			SecondNumberQualifier: n[1][0], SecondNumber: n[1][1], ThirdNumberQualifier: n[2][0], ThirdNumber: n[2][1]}
	}
	if v[Address1]+v[Address2] != "" {
		p.Address = &ts834.Address{Line1: v[Address1], Line2: v[Address2]}
	}
	if x := (ts834.CityStateZIPLocation{City: v[City], State: v[StateCode], PostalCode: v[PostalCode], Country: v[Country],
		LocationQualifier: v[locationQualifier], Location: v[location], CountrySubdivision: v[subdivision]}); x != (ts834.CityStateZIPLocation{}) {
		p.CityStateZIP = &x
	}
	if v[Health] != "" {
		p.Health = &ts834.Health{Code: v[Health], Height: numberOf(v[height]), Weight: numberOf(v[weight])}
	}
	var err error
	demographics := ts834.Demographics{BirthDate: v[BirthDate], Gender: v[Gender], MaritalStatus: v[maritalStatus], Citizenship: v[citizenship],
		RaceCollection: v[raceCollection], Races: listOf[ts834.Race](v[races], &err)}
	if demographics.BirthDate != "" {
		demographics.BirthDateFormat = "D8"
	}
	if demographics.RaceCollection != "" {
		demographics.RaceCollectionQualifier = "REC"
	}
	if v[BirthDate]+v[Gender]+v[maritalStatus]+v[citizenship]+v[raceCollection]+v[races] != "" {
		p.Demographics = &demographics
	}
	p.EmploymentClasses = listOf[ts834.EmploymentClass](v[employmentClasses], &err)
	p.Income = oneOf[ts834.Income](v[income], &err)
	p.Languages = listOf[ts834.Language](v[languages], &err)
	w.MailingAddress = oneOf[ts834.MailingAddress](v[mailingAddress], &err)
	w.Employers = listOf[ts834.Employer](v[employers], &err)
	w.Schools = listOf[ts834.School](v[schools], &err)
	w.CustodialParent = oneOf[ts834.RelatedPerson](v[custodialParent], &err)
	w.ResponsiblePersons = listOf[ts834.RelatedPerson](v[responsiblePersons], &err)
	w.DropOffLocation = oneOf[ts834.DropOffLocation](v[dropOffLocation], &err)
	w.Disabilities = listOf[ts834.Disability](v[disabilities], &err)
	w.ReportingCategories = listOf[ts834.ReportingCategory](v[reportingCategories], &err)
	for i := range m.Coverages {
		w.HealthCoverages = append(w.HealthCoverages, m.Coverages[i].toWire(&err))
	}
	return w, err
}

func (c *Coverage) toWire(err *error) ts834.HealthCoverage {
	v := &c.v
	w := ts834.HealthCoverage{MaintenanceType: c.Operation, InsuranceLine: v[Line], PlanDescription: v[Plan], CoverageLevel: v[Tier],
		LateEnrollment: v[lateEnrollment], PriorCoverageMonths: v[priorMonths]}
	if c.Effective != "" {
		w.Dates = append(w.Dates, ts834.QualifiedPeriod{Qualifier: "303", Format: "D8", Value: c.Effective})
	}
	for f, info := range CoverageFields() {
		s := v[f]
		if s == "" {
			continue
		}
		switch info.form {
		case reference:
			w.PolicyNumbers = append(w.PolicyNumbers, ts834.Reference{Qualifier: info.key, ID: s})
		case dated:
			format := "D8"
			if len(s) == 17 {
				format = "RD8"
			}
			w.Dates = append(w.Dates, ts834.QualifiedPeriod{Qualifier: info.key, Format: format, Value: s})
		case amount:
			w.Amounts = append(w.Amounts, ts834.QualifiedAmount{Qualifier: info.key, Amount: numberOf(s)})
		}
	}
	w.IDCards = listOf[ts834.IDCard](v[idCards], err)
	w.Providers = listOf[ts834.Provider](v[Providers], err)
	w.CoordinationOfBenefits = listOf[ts834.CoordinationOfBenefits](v[OtherCoverage], err)
	return w
}

func numberOf(s string) x12.Number {
	n, _ := x12.ParseNumber(s)
	return n
}

func listOf[T any](s string, err *error) (v []T) {
	if s != "" {
		if e := codec.Unmarshal([]byte(s), &v); e != nil && *err == nil {
			*err = e
		}
	}
	return v
}

func oneOf[T any](s string, err *error) *T {
	if s == "" {
		return nil
	}
	v := new(T)
	if e := codec.Unmarshal([]byte(s), v); e != nil && *err == nil {
		*err = e
	}
	return v
}

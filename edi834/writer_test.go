package edi834

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var noon = time.Date(2026, 1, 31, 12, 0, 30, 0, time.UTC)

func dayOf(day int) x12.Date {
	d, _ := x12.NewDate(2026, 1, day)
	return d
}

// head is the header of a file.
func head() *File {
	return &File{
		Envelope: Envelope{Interchange: Interchange{SenderID: "ANIMASFOODS", ReceiverID: "BLUEMESA"}},
		Sponsor:  Party{ID: "990010001"},
		Payer:    Party{ID: "990010002"},
	}
}

// employee is a subscriber with nothing it need not say.
func employee(id string) *Member {
	return &Member{
		SubscriberIndicator: "Y", MaintenanceType: "021", SubscriberID: id,
		Person:    Person{Name: Name{Last: "VEGA", First: "LENA"}},
		Coverages: []Coverage{{InsuranceLine: "HLT", Dates: CoverageDates{BenefitBegin: Day(dayOf(1))}}},
	}
}

// child is a dependent with nothing it need not say.
func child(id, first string) *Member {
	return &Member{Relationship: "19", MaintenanceType: "021", SubscriberID: id, Person: Person{Name: Name{Last: "VEGA", First: first}}}
}

// findings reads src with all checks of the guide.
func findings(t testing.TB, src []byte) []*x12.Issue {
	var issues x12.Issues
	s := codec.NewStream(x12.NewReader(bytes.NewReader(src), x12.WithSink(issues.Add)), issues.Add, ts834.X220A1)
	check := codec.NewChecker(func(i *x12.Issue) { issues.Add(i) })
	for {
		e, err := s.Next()
		if err == io.EOF {
			return issues.List
		}
		require.NoError(t, err)
		if e.Tape != nil {
			check.Tape(e.Tape)
		}
	}
}

// own are the samples of this package; they have no findings.
func own(t testing.TB) (list []sample) {
	for _, name := range []string{"full", "change"} {
		src, err := os.ReadFile("testdata/" + name + ".edi")
		require.NoError(t, err)
		list = append(list, sample{name: name, src: src})
	}
	return list
}

func TestOwnSamples(t *testing.T) {
	for _, f := range own(t) {
		require.Empty(t, findings(t, f.src), f.name)
		roundTrip(t, f.src, "valid")
		list, _, err := whole(f.src)
		require.NoError(t, err)
		var b bytes.Buffer
		w := NewWriter(&b, Verbatim())
		for _, s := range list {
			require.NoError(t, w.Write(s))
		}
		require.NoError(t, w.Close())
		require.Empty(t, findings(t, b.Bytes()), f.name)
	}
}

func write(t *testing.T, members []*Member, opts ...WriterOption) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, append([]WriterOption{WithTime(noon)}, opts...)...)
	require.NoError(t, w.Begin(head()))
	for _, m := range members {
		require.NoError(t, w.Member(m))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestWriterDefaults(t *testing.T) {
	kid := child("", "INES")
	out := write(t, []*Member{employee("E1"), kid, child("E7", "BO")}, WithNewline(true))
	require.Equal(t, strings.TrimSpace(`
ISA*00*          *00*          *ZZ*ANIMASFOODS    *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
GS*BE*ANIMASFOODS*BLUEMESA*20260131*1200*1*X*005010X220A1~
ST*834*0001*005010X220A1~
BGN*00*0001*20260131*1200****2~
N1*P5**FI*990010001~
N1*IN**FI*990010002~
INS*Y*18*021**A~
REF*0F*E1~
NM1*IL*1*VEGA*LENA~
HD*021**HLT~
DTP*348*D8*20260101~
INS*N*19*021**A~
REF*0F*E1~
NM1*IL*1*VEGA*INES~
INS*N*19*021**A~
REF*0F*E7~
NM1*IL*1*VEGA*BO~
SE*16*0001~
GE*1*1~
IEA*1*000000001~`), strings.TrimSpace(string(out)))
	require.Empty(t, findings(t, out))
	require.Empty(t, kid.SubscriberID, "the member was changed")

	var subscribers []string
	rd := NewReader(bytes.NewReader(out))
	for m, err := range rd.Members() {
		require.NoError(t, err)
		name := ""
		if s := rd.Subscriber(); s != nil {
			name = s.SubscriberID + " " + s.Person.First
			require.Equal(t, m.IsSubscriber(), m == s)
		}
		subscribers = append(subscribers, name)
	}
	require.Equal(t, []string{"E1 LENA", "E1 LENA", ""}, subscribers)
}

func TestWriterFullFile(t *testing.T) {
	f := head()
	f.Action = ActionReplace
	f.Members = []Member{*employee("E1"), *child("", "INES"), *child("", "BO"), *employee("E2")}
	for i := range f.Members {
		f.Members[i].MaintenanceType = ""
	}
	before := string(f.AppendJSON(nil))
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Write(f))
	f.Members = f.Members[:1]
	f.ControlTotals.Total = Count(1)
	require.NoError(t, w.Write(f))
	f.ControlTotals = ControlTotals{}
	require.NoError(t, w.Close())
	require.Empty(t, findings(t, b.Bytes()))
	body := bodies(t, b.Bytes())
	require.Contains(t, body, "QTY*DT*2~\nQTY*ET*2~\nQTY*TO*4~\n")
	require.Contains(t, body, "QTY*DT*0~\nQTY*ET*1~\nQTY*TO*1~\n")
	require.Equal(t, 5, strings.Count(body, "*030*"+"*A~\n"))
	require.Equal(t, 3, strings.Count(body, "HD*030"))
	list, _, err := whole(b.Bytes())
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, "0002", list[1].ControlNumber)

	f.Members = append(f.Members, *child("", "INES"), *child("", "BO"), *employee("E2"))
	for i := range f.Members {
		f.Members[i].MaintenanceType = ""
	}
	require.Equal(t, before, string(f.AppendJSON(nil)), "the file was changed")

	b.Reset()
	w = NewWriter(&b, WithTime(noon), WithoutControlTotals())
	require.NoError(t, w.Write(f))
	require.NoError(t, w.Close())
	require.NotContains(t, b.String(), "QTY")
}

func TestControlTotals(t *testing.T) {
	var issue *x12.Issue
	f := head()
	f.Members = []Member{*employee("E1"), *child("E1", "INES")}
	f.ControlTotals.Employees = Count(2)
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.ErrorAs(t, w.Write(f), &issue)
	require.Equal(t, RuleControlTotals, issue.Rule)
	require.NoError(t, w.Close())
	require.Zero(t, b.Len())

	f.ControlTotals = ControlTotals{Total: Count(3)}
	w = NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Begin(f))
	require.NoError(t, w.Member(&f.Members[0]))
	require.NoError(t, w.Member(&f.Members[1]))
	require.ErrorAs(t, w.Close(), &issue)
	require.Equal(t, RuleControlTotals, issue.Rule)
	require.NotContains(t, b.String(), "SE*")

	b.Reset()
	w = NewWriter(&b, WithTime(noon), Verbatim())
	require.NoError(t, w.Write(f))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "QTY*TO*3~")
}

func TestSubscriberFirst(t *testing.T) {
	var issue *x12.Issue
	f := head()
	f.Members = []Member{*child("E1", "INES"), *employee("E1")}
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.ErrorAs(t, w.Write(f), &issue)
	require.Equal(t, RuleSubscriberFirst, issue.Rule)
	require.Zero(t, b.Len())
	f.Members[0].SubscriberID = "E9" // of whom nothing changes
	require.NoError(t, w.Write(f))
	require.NoError(t, w.Close())
	require.Empty(t, findings(t, b.Bytes()))
}

func TestLinkAndFamilies(t *testing.T) {
	f := head()
	f.Members = []Member{*child("E1", "A"), *employee("E1"), *child("E1", "B"), *child("E2", "C"), *child("E1", "D"), *employee("E2"), *employee("E1"), *child("E1", "E")}
	var l Linker
	var linked []int
	for i := range f.Members {
		at := -1
		if s := l.Link(&f.Members[i]); s != nil {
			for k := range f.Members {
				if s == &f.Members[k] {
					at = k
				}
			}
		}
		linked = append(linked, at)
	}
	require.Equal(t, []int{-1, 1, 1, -1, 1, 5, 6, 6}, linked)

	families := f.Families()
	require.Len(t, families, 3)
	require.Equal(t, Family{SubscriberID: "E1", Subscriber: &f.Members[1], Dependents: []*Member{&f.Members[0], &f.Members[2], &f.Members[4]}}, families[0])
	require.Equal(t, Family{SubscriberID: "E2", Subscriber: &f.Members[5], Dependents: []*Member{&f.Members[3]}}, families[1])
	require.Same(t, &f.Members[6], families[2].Subscriber)
	require.Same(t, &f.Members[7], families[2].Dependents[0])
	require.Empty(t, new(File).Families())
}

// TestWriterErrorsLeaveNothing has faults of one member: nothing of it is written, and the next one is.
func TestWriterErrorsLeaveNothing(t *testing.T) {
	want := write(t, []*Member{employee("1"), employee("2")})
	var got bytes.Buffer
	w := NewWriter(&got, WithTime(noon))
	require.ErrorIs(t, w.Member(employee("1")), x12.ErrOrder)
	require.NoError(t, w.Begin(head()))
	bad := func(rule string, change func(*Member)) {
		t.Helper()
		m := employee("bad")
		change(m)
		var issue *x12.Issue
		require.ErrorAs(t, w.Member(m), &issue)
		require.Equal(t, rule, issue.Rule, issue.Error())
		require.NotContains(t, issue.Error(), "LENA")
	}
	faults := func() {
		bad(RuleRequired, func(m *Member) { m.Person.Last = "" })
		bad(RuleSelf, func(m *Member) { m.Relationship = "19" })
		bad(codec.RuleNoPlace, func(m *Member) { m.Person.Contact = &Contact{Name: "LENA", Number: "1"} })
		bad(codec.RuleDelimiterInData, func(m *Member) { m.Person.First = "LENA*" })
		bad(RuleRequired, func(m *Member) { m.Coverages[0].Dates = CoverageDates{} })
	}
	faults()
	require.NoError(t, w.Member(employee("1")))
	faults()
	require.NoError(t, w.Member(employee("2")))
	require.NoError(t, w.Close())
	require.Equal(t, string(want), got.String())

	got.Reset()
	w = NewWriter(&got, WithTime(noon))
	require.NoError(t, w.Begin(head()))
	faults()
	require.NoError(t, w.Close())
	require.Zero(t, got.Len())
}

func TestWriterDelimiters(t *testing.T) {
	f := head()
	f.Members = []Member{*employee("E1")}
	f.Members[0].Person.First = "A*B^C:D|E~"
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Write(f))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Member(employee("E2")))
	require.NoError(t, w.Close())
	list, _, err := whole(b.Bytes())
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, f.Members[0].Person.First, list[0].Members[0].Person.First)
	require.Equal(t, "000000002", list[1].Envelope.Interchange.ControlNumber)

	b.Reset()
	w = NewWriter(&b, WithTime(noon), WithDelimiters(x12.DefaultDelimiters))
	var issue *x12.Issue
	require.ErrorAs(t, w.Write(f), &issue)
	require.Equal(t, codec.RuleDelimiterInData, issue.Rule)
	require.NoError(t, w.Close())
	require.Zero(t, b.Len())
}

// TestMissing takes away what the guide requires, one by one, and looks for the name of the field.
func TestMissing(t *testing.T) {
	for name, change := range map[string]func(*File){
		"File.Sponsor.ID":        func(f *File) { f.Sponsor.ID = "" },
		"File.Payer.ID":          func(f *File) { f.Payer.ID = "" },
		"File.OriginalReference": func(f *File) { f.Purpose = "15" },
		"File.Brokers[0].Role":   func(f *File) { f.Brokers = []Broker{{Party: Party{Name: "X", ID: "1"}}} },
		"File.Brokers[0].Name":   func(f *File) { f.Brokers = []Broker{{Role: "BO", Party: Party{ID: "1"}}} },
		"File.Brokers[0].ID":     func(f *File) { f.Brokers = []Broker{{Role: "BO", Party: Party{Name: "X"}}} },
		"File.Brokers[0].AccountNumber": func(f *File) {
			f.Brokers = []Broker{{Role: "BO", Party: Party{Name: "X", ID: "1"}, SecondAccountNumber: "2"}}
		},
	} {
		f := head()
		change(f)
		require.ErrorContains(t, NewWriter(io.Discard).Begin(f), name+" is missing")
	}
	for name, change := range map[string]func(*Member){
		"Member.Relationship":                         func(m *Member) { m.SubscriberIndicator = "N" },
		"Member.MaintenanceType":                      func(m *Member) { m.MaintenanceType = "" },
		"Member.SubscriberID":                         func(m *Member) { m.SubscriberID = "" },
		"Member.MedicarePlan":                         func(m *Member) { m.MedicareReason = "1" },
		"Member.Person.Last":                          func(m *Member) { m.Person.Last = "" },
		"Member.Person.BirthDate":                     func(m *Member) { m.Person.Gender = "F" },
		"Member.Person.Gender":                        func(m *Member) { m.Person.BirthDate = dayOf(1) },
		"Member.Person.Contact.Number":                func(m *Member) { m.Person.Contact = &Contact{} },
		"Member.Person.Contact.SecondNumberQualifier": func(m *Member) { m.Person.Contact = &Contact{Number: "1", SecondNumber: "2"} },
		"Member.Person.Address.Line1":                 func(m *Member) { m.Person.Address.Line2 = "X" },
		"Member.Person.Address.City":                  func(m *Member) { m.Person.Location = "X" },
		"Member.Person.Address.State":                 func(m *Member) { m.Person.Address.City = "X" },
		"Member.Person.Income.Frequency":              func(m *Member) { m.Person.Income = &Income{Wage: Count(1)} },
		"Member.Person.Income.Wage":                   func(m *Member) { m.Person.Income = &Income{Frequency: "4"} },
		"Member.Person.Health.Code":                   func(m *Member) { m.Person.Health = &Health{} },
		"Member.IncorrectPerson":                      func(m *Member) { m.Person.Role = "74" },
		"Member.IncorrectPerson.Last":                 func(m *Member) { m.IncorrectPerson = &IncorrectPerson{} },
		"Member.MailingAddress.Line1":                 func(m *Member) { m.MailingAddress.City = "X" },
		"Member.Schools[0].Name":                      func(m *Member) { m.Schools = []School{{}} },
		"Member.CustodialParent.First":                func(m *Member) { m.CustodialParent = &RelatedPerson{Name: Name{Last: "X"}} },
		"Member.ResponsiblePersons[0].Last":           func(m *Member) { m.ResponsiblePersons = []RelatedPerson{{}} },
		"Member.Disabilities[0].Type":                 func(m *Member) { m.Disabilities = []Disability{{}} },
		"Member.Coverages[0].MaintenanceType":         func(m *Member) { m.MaintenanceType = "001" },
		"Member.Coverages[0].InsuranceLine":           func(m *Member) { m.Coverages[0].InsuranceLine = "" },
		"Member.Coverages[0].Dates":                   func(m *Member) { m.Coverages[0].Dates.BenefitBegin = DateRange{} },
		"Member.Coverages[0].Providers[0].Role":       func(m *Member) { m.Coverages[0].Providers = []Provider{{}} },
		"Member.Coverages[0].Providers[0].Change.Reason": func(m *Member) {
			m.Coverages[0].Providers = []Provider{{Role: "P3", Change: &ProviderChange{Effective: dayOf(1)}}}
		},
		"Member.Coverages[0].IDCards[0].Type": func(m *Member) { m.Coverages[0].IDCards = []IDCard{{Description: "X"}} },
		"Member.Coverages[0].CoordinationOfBenefits[0].Entities[0].IDQualifier": func(m *Member) {
			m.Coverages[0].CoordinationOfBenefits = []CoordinationOfBenefits{{Entities: []RelatedEntity{{ID: "1"}}}}
		},
		"Member.ReportingCategories[0].Name": func(m *Member) {
			m.ReportingCategories = []ReportingCategory{{Reference: &Reference{Qualifier: "17", ID: "1"}}}
		},
		"Member.Dates.Other[0].Value":           func(m *Member) { m.Dates.Other = []OtherDate{{Qualifier: "356"}} },
		"Member.References.Other[0].ID":         func(m *Member) { m.References.Other = []Reference{{Qualifier: "ZZ"}} },
		"Member.Person.Amounts.Other[0].Amount": func(m *Member) { m.Person.Amounts.Other = []QualifiedAmount{{Qualifier: "FK"}} },
	} {
		m := employee("E1")
		before := string(m.AppendJSON(nil))
		_, err := m.Complete(head())
		require.NoError(t, err)
		require.Equal(t, before, string(m.AppendJSON(nil)), "the member was changed")
		change(m)
		_, err = m.Complete(head())
		require.ErrorContains(t, err, name+" is missing")
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue)
		require.Equal(t, RuleRequired, issue.Rule)
	}
	f := head()
	require.ErrorContains(t, NewWriter(io.Discard).Write(f), "File.Members is missing")
}

// TestCompleteFills has a member with all the places where something is filled in; what is written has no findings.
func TestCompleteFills(t *testing.T) {
	m := employee("E1")
	m.Person.ID, m.Person.Contact, m.Person.Location = "77", &Contact{Number: "9705550100"}, "LA PLATA"
	m.Person.Address = Address{City: "DURANGO", State: "CO", PostalCode: "81301"}
	m.Person.Languages = []Language{{Code: "SPA"}}
	m.IncorrectPerson = &IncorrectPerson{Name: Name{Last: "VEGAS"}, ID: "78"}
	m.Employers = []Employer{{Name: Name{Last: "ANIMAS FOODS"}, ID: "990010001", Contact: &Contact{Number: "9705550101"}}, {Name: Name{Last: "POE", First: "SAM"}}}
	m.Schools = []School{{Name: "COLLEGE", Contact: &Contact{Number: "9705550102"}}}
	m.CustodialParent = &RelatedPerson{Name: Name{Last: "LUNA", First: "PAULA"}, ID: "79"}
	m.ResponsiblePersons = []RelatedPerson{{Name: Name{Last: "LUNA"}, Contact: &Contact{Number: "9705550103"}}}
	m.Disabilities = []Disability{{Type: "2", Diagnosis: "M545"}}
	m.Coverages[0].Providers = []Provider{{Role: "P3", Name: Name{Last: "OKAFOR", First: "ADA"}, ID: "1234567893", Contacts: []Contact{{Number: "9705550104"}}}, {Role: "QA"}}
	m.Coverages[0].CoordinationOfBenefits = []CoordinationOfBenefits{{Entities: []RelatedEntity{{Name: "OTHER"}}}}
	m.ReportingCategories = []ReportingCategory{{Name: "REGION"}, {Name: "BRANCH"}}
	before := string(m.AppendJSON(nil))
	full, err := m.Complete(nil)
	require.NoError(t, err)
	require.Equal(t, before, string(m.AppendJSON(nil)), "the member was changed")
	again, err := full.Complete(nil)
	require.NoError(t, err)
	require.Equal(t, full, again)
	require.Equal(t, []string{"74", "ZZ", "TE", "CY", "LE"}, []string{full.Person.Role, full.Person.IDQualifier, full.Person.Contact.NumberQualifier, full.Person.LocationQualifier, full.Person.Languages[0].Qualifier})
	require.Equal(t, []string{"2", "24", "1"}, []string{full.Employers[0].EntityType, full.Employers[0].IDQualifier, full.Employers[1].EntityType})
	p := full.Coverages[0].Providers
	require.Equal(t, []string{"1", "1", "XX", "72", "2", "2"}, []string{p[0].Number.String(), p[0].EntityType, p[0].IDQualifier, p[0].Relationship, p[1].Number.String(), p[1].EntityType})
	require.Equal(t, "021", full.Coverages[0].MaintenanceType)
	require.Equal(t, "QD", full.ResponsiblePersons[0].Role)

	out := write(t, []*Member{m})
	require.Empty(t, findings(t, out))
	for back, err := range NewReader(bytes.NewReader(out)).Members() {
		require.NoError(t, err)
		sameLines(t, apart(full.AppendJSON(nil)), apart(back.AppendJSON(nil)))
		require.Equal(t, full, back)
	}
}

func TestWriterFaults(t *testing.T) {
	var issue *x12.Issue
	f := head()
	f.Envelope.Interchange.ReceiverID = ""
	require.ErrorAs(t, NewWriter(io.Discard).Begin(f), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	var b bytes.Buffer
	w := NewWriter(&b, WithoutEnvelope())
	require.NoError(t, w.Begin(f))
	require.NoError(t, w.Member(employee("1")))
	require.NoError(t, w.Close())
	require.True(t, strings.HasPrefix(b.String(), "ST*834*0001*005010X220A1~BGN*"))

	broken := errors.New("broken pipe")
	w = NewWriter(writerFunc(func([]byte) (int, error) { return 0, broken }))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Member(employee("1")))
	require.ErrorIs(t, w.Close(), broken)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestStepKeepsWhatTheDomainDoesNot edits a file with segments beyond the guide.
func TestStepKeepsWhatTheDomainDoesNot(t *testing.T) {
	src, err := os.ReadFile("testdata/change.edi")
	require.NoError(t, err)
	src = bytes.Replace(src, []byte("DTP*357*D8*20260228~\n"), []byte("DTP*357*D8*20260228~\nK3*BEYOND~\nDTP*999*D8*20260101~\n"), 1)
	var b bytes.Buffer
	w := NewWriter(&b)
	rd := NewReader(bytes.NewReader(src))
	for {
		ev, err := rd.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if ev.Kind == codec.Unit && ev.Number == 3 {
			ev.Member.Dates.EligibilityEnd, _ = x12.NewDate(2026, 3, 31)
		}
		require.NoError(t, w.Step(ev))
	}
	require.NoError(t, w.Close())
	sameLines(t, strings.Replace(bodies(t, src), "DTP*357*D8*20260228", "DTP*357*D8*20260331", 1), bodies(t, b.Bytes()))
}

package edi837

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var noon = time.Date(2026, 1, 31, 12, 0, 30, 0, time.UTC)

func dateOf(day int) x12.Date {
	d, _ := x12.NewDate(2026, 1, day)
	return d
}

// head is the header of a submission.
func head() *Submission {
	return &Submission{
		Envelope:  Envelope{Interchange: Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}},
		Submitter: Submitter{LastOrOrganization: "RIVERBEND", ID: "RB01", Contacts: []Contact{{Number: "9705550100"}}},
		Receiver:  Receiver{Name: "BLUE MESA", ID: "BM01"},
	}
}

// small is a claim with nothing it need not say.
func small(kind Kind, number string) *Claim {
	address := Address{Line1: "1 MESA", City: "DURANGO", State: "CO", PostalCode: "81301"}
	c := &Claim{
		Kind: kind, ControlNumber: number, FacilityType: "11",
		BillingProvider: BillingProvider{LastOrOrganization: "RIVERBEND", ID: "1234567893", TaxID: "990010001", Address: address},
		Subscriber:      Subscriber{Person: Person{LastOrOrganization: "DOE", First: "JANE", BirthDate: dateOf(1), Gender: "F", Address: address}, ID: "M1"},
		Payer:           Payer{Name: "BLUE MESA", ID: "BM01"},
		Services:        []Service{{Procedure: Procedure{Code: "99213"}, Charge: Cents(8050)}},
	}
	switch kind {
	case Professional:
		c.Diagnoses = []Diagnosis{{Code: "J029"}}
		c.Services[0].Dates.Service = Day(dateOf(12))
	case Institutional:
		c.Diagnoses = []Diagnosis{{Code: "J029"}}
		c.Dates.Statement = Day(dateOf(12))
		c.Institutional = &InstitutionalPart{AdmissionType: "1", PatientStatus: "01"}
		c.Services[0].RevenueCode = "0300"
	case Dental:
		c.Services[0].Procedure.Code = "D1110"
	}
	return c
}

// child makes the claim one of a dependent.
func child(c *Claim, first string) *Claim {
	c.Patient = &Patient{Relationship: "19", Person: c.Subscriber.Person}
	c.Patient.First = first
	return c
}

// findings reads src with all checks of the guides.
func findings(t *testing.T, src []byte) []*x12.Issue {
	var issues x12.Issues
	s := codec.NewStream(x12.NewReader(bytes.NewReader(src), x12.WithSink(issues.Add)), issues.Add, ts837.X222A1, ts837.X223A2, ts837.X224A2)
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

// levels returns the segments that show how claims are put together.
func levels(t *testing.T, src []byte) string {
	var list []string
	r := x12.NewReader(bytes.NewReader(src), x12.WithSink(func(i *x12.Issue) bool { require.Fail(t, i.Error()); return false }))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return strings.Join(list, "\n")
		}
		require.NoError(t, err)
		switch string(s.Name()) {
		case "ISA", "GS", "ST", "BHT", "SE", "GE", "IEA", "HL", "CLM":
			list = append(list, string(s.Bytes()))
		}
	}
}

func write(t *testing.T, claims []*Claim, opts ...WriterOption) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, append([]WriterOption{WithTime(noon)}, opts...)...)
	require.NoError(t, w.Begin(head()))
	for _, c := range claims {
		require.NoError(t, w.Claim(c))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestWriterLevels(t *testing.T) {
	other := small(Professional, "4")
	other.BillingProvider.ID = "1999999992"
	out := write(t, []*Claim{
		small(Professional, "1"), small(Professional, "2"), // one subscriber
		child(small(Professional, "3"), "ANN"), child(small(Professional, "3a"), "ANN"), child(small(Professional, "3b"), "BEN"), // and two dependents
		other, small(Professional, "5"), small(Dental, "6"), small(Dental, "7"),
	})
	require.Equal(t, strings.TrimSpace(`
ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:
GS*HC*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X222A1
ST*837*0001*005010X222A1
BHT*0019*00*0001*20260131*1200*CH
HL*1**20*1
HL*2*1*22*0
CLM*1*80.50***11:B:1*Y*A*Y*Y
CLM*2*80.50***11:B:1*Y*A*Y*Y
HL*3*1*22*1
HL*4*3*23*0
CLM*3*80.50***11:B:1*Y*A*Y*Y
CLM*3a*80.50***11:B:1*Y*A*Y*Y
HL*5*3*23*0
CLM*3b*80.50***11:B:1*Y*A*Y*Y
HL*6**20*1
HL*7*6*22*0
CLM*4*80.50***11:B:1*Y*A*Y*Y
HL*8**20*1
HL*9*8*22*0
CLM*5*80.50***11:B:1*Y*A*Y*Y
SE*96*0001
GE*1*1
GS*HC*RIVERBEND*BLUEMESA*20260131*1200*2*X*005010X224A2
ST*837*0001*005010X224A2
BHT*0019*00*0001*20260131*1200*CH
HL*1**20*1
HL*2*1*22*0
CLM*6*80.50***11:B:1*Y*A*Y*Y
CLM*7*80.50***11:B:1*Y*A*Y*Y
SE*24*0001
GE*1*2
IEA*2*000000001`), levels(t, out))
	require.Empty(t, findings(t, out))
}

func TestWriterSplits(t *testing.T) {
	var claims []*Claim
	for i := range 230 {
		claims = append(claims, small(Professional, fmt.Sprint(i)))
	}
	s := head()
	s.Reference, s.ControlNumber = "R", "0077"
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithClaimsPerSet(220))
	require.NoError(t, w.Begin(s))
	for _, c := range claims {
		require.NoError(t, w.Claim(c))
	}
	require.NoError(t, w.Close())
	shape := levels(t, b.Bytes())
	var parts []string
	for _, line := range strings.Split(shape, "\n") {
		if !strings.HasPrefix(line, "CLM") {
			parts = append(parts, line)
		}
	}
	require.Equal(t, []string{
		"ST*837*0077*005010X222A1", "BHT*0019*00*R*20260131*1200*CH", "HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0", "HL*4*1*22*0", "SE*1132*0077",
		"ST*837*0078*005010X222A1", "BHT*0019*00*R-2*20260131*1200*CH", "HL*1**20*1", "HL*2*1*22*0", "SE*68*0078",
	}, parts[2:len(parts)-2])
	require.Empty(t, findings(t, b.Bytes()))
	n := 0
	for c, err := range NewReader(&b).Claims() {
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(n), c.ControlNumber)
		n++
	}
	require.Equal(t, 230, n)
}

func TestWriterHeaders(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Claim(small(Professional, "1")))
	s := head()
	s.Guide, s.Type = "005010X222A2", "RP"
	require.NoError(t, w.Begin(s))
	require.NoError(t, w.Claim(small(Professional, "2")))
	require.NoError(t, w.Begin(head())) // without claims: not written
	s.Envelope.Interchange.Usage = "T"
	require.NoError(t, w.Begin(s))
	require.NoError(t, w.Claim(small(Institutional, "3")))
	require.NoError(t, w.Close())
	require.Equal(t, strings.TrimSpace(`
ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:
GS*HC*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X222A1
ST*837*0001*005010X222A1
BHT*0019*00*0001*20260131*1200*CH
HL*1**20*1
HL*2*1*22*0
CLM*1*80.50***11:B:1*Y*A*Y*Y
SE*23*0001
GE*1*1
GS*HC*RIVERBEND*BLUEMESA*20260131*1200*2*X*005010X222A2
ST*837*0001*005010X222A2
BHT*0019*00*0001*20260131*1200*RP
HL*1**20*1
HL*2*1*22*0
CLM*2*80.50***11:B:1*Y*A*Y*Y
SE*23*0001
GE*1*2
IEA*2*000000001
ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000002*0*T*:
GS*HC*RIVERBEND*BLUEMESA*20260131*1200*3*X*005010X223A2
ST*837*0001*005010X223A2
BHT*0019*00*0001*20260131*1200*RP
HL*1**20*1
HL*2*1*22*0
CLM*3*80.50***11:A:1**A*Y*Y
SE*24*0001
GE*1*3
IEA*1*000000002`), levels(t, b.Bytes()))
	require.Empty(t, findings(t, b.Bytes()))
}

// TestWriterErrorsLeaveNothing has faults of one claim: nothing of it is written, and the next one is.
func TestWriterErrorsLeaveNothing(t *testing.T) {
	var want bytes.Buffer
	w := NewWriter(&want, WithTime(noon))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Claim(small(Professional, "1")))
	require.NoError(t, w.Claim(small(Professional, "2")))
	require.NoError(t, w.Close())

	var got bytes.Buffer
	w = NewWriter(&got, WithTime(noon))
	require.ErrorIs(t, w.Claim(small(Professional, "1")), x12.ErrOrder)
	require.NoError(t, w.Begin(head()))
	bad := func(rule string, change func(*Claim)) {
		t.Helper()
		c := small(Professional, "bad")
		c.Subscriber.ID = "OTHER" // would need a level of its own
		change(c)
		var issue *x12.Issue
		require.ErrorAs(t, w.Claim(c), &issue)
		require.Equal(t, rule, issue.Rule, issue.Error())
		require.NotContains(t, issue.Error(), "JANE")
	}
	faults := func() {
		bad(RuleRequired, func(c *Claim) { c.Payer.ID = "" })
		bad(RuleClaimCharge, func(c *Claim) { c.Charge = Cents(1) })
		bad(codec.RuleNoPlace, func(c *Claim) { c.Dates.Statement = Day(dateOf(1)) }) // only the encoder knows
		bad(codec.RuleDelimiterInData, func(c *Claim) { c.Subscriber.First = "JANE*" })
		bad(codec.RuleNoPlace, func(c *Claim) { c.Services[0].Procedure.Modifiers = make([]string, 9) })
		bad(RuleRequired, func(c *Claim) { c.Kind = "" })
	}
	faults()
	require.NoError(t, w.Claim(small(Professional, "1")))
	faults()
	require.NoError(t, w.Claim(small(Professional, "2")))
	require.NoError(t, w.Close())
	require.Equal(t, want.String(), got.String())
}

func TestWriterDelimiters(t *testing.T) {
	s := head()
	s.Claims = []Claim{*small(Professional, "1")}
	s.Claims[0].Subscriber.First = "A*B^C:D|E~"
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithNewline(true))
	require.NoError(t, w.Write(s))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Claim(small(Professional, "2")))
	require.NoError(t, w.Close())
	list, _, err := whole(b.Bytes())
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, s.Claims[0].Subscriber.First, list[0].Claims[0].Subscriber.First)
	require.Equal(t, "000000002", list[1].Envelope.Interchange.ControlNumber)

	d := x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: '\n'}
	b.Reset()
	w = NewWriter(&b, WithDelimiters(d))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Claim(small(Professional, "1")))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "\nHI|ABK>J029\n")
}

func TestWriteSubmission(t *testing.T) {
	var want, got bytes.Buffer
	s := head()
	w := NewWriter(&want, WithTime(noon))
	require.NoError(t, w.Begin(s))
	for i := range 3 {
		c := small(Institutional, fmt.Sprint(i))
		s.Claims = append(s.Claims, *c)
		require.NoError(t, w.Claim(c))
	}
	require.NoError(t, w.Close())
	w = NewWriter(&got, WithTime(noon))
	require.NoError(t, w.Write(s))
	require.NoError(t, w.Close())
	require.Equal(t, want.String(), got.String())

	back := new(Submission) // from JSON
	require.NoError(t, codec.Unmarshal(s.AppendJSON(nil), back))
	got.Reset()
	w = NewWriter(&got, WithTime(noon))
	require.NoError(t, w.Write(back))
	require.NoError(t, w.Close())
	require.Equal(t, want.String(), got.String())

	var issue *x12.Issue
	s.Claims[2].ControlNumber = ""
	got.Reset()
	w = NewWriter(&got, WithTime(noon))
	require.ErrorAs(t, w.Write(s), &issue)
	require.Equal(t, RuleRequired, issue.Rule)
	require.Contains(t, issue.Error(), "Claim.ControlNumber")
	s.Claims = nil
	require.ErrorAs(t, w.Write(s), &issue)
	require.NoError(t, w.Close())
	require.Zero(t, got.Len())
}

func TestComplete(t *testing.T) {
	for _, kind := range [...]Kind{Professional, Institutional, Dental} {
		c := small(kind, "1")
		before := string(c.AppendJSON(nil))
		full, err := c.Complete()
		require.NoError(t, err)
		require.Equal(t, before, string(c.AppendJSON(nil)), "the claim was changed")
		require.Equal(t, "80.50", full.Charge.String())
		again, err := full.Complete()
		require.NoError(t, err)
		require.Equal(t, full, again)

		out := write(t, []*Claim{c})
		require.Empty(t, findings(t, out))
		for back, err := range NewReader(bytes.NewReader(out)).Claims() {
			require.NoError(t, err)
			if kind != Institutional {
				full.Professional, full.Dental = back.Professional, back.Dental // empty parts
			}
			require.Equal(t, full, back)
		}
	}
	c := small(Professional, "1")
	c.Patient = &Patient{}
	missing := []string{
		"Patient.Relationship", "Patient.LastOrOrganization", "Patient.Address.Line1", "Patient.Address.City", "Patient.Address.State",
		"Patient.Address.PostalCode", "Patient.BirthDate", "Patient.Gender",
	}
	fill := []func(){
		func() { c.Patient.Relationship = "19" }, func() { c.Patient.LastOrOrganization = "DOE" }, func() { c.Patient.Address.Line1 = "1" },
		func() { c.Patient.Address.City = "X" }, func() { c.Patient.Address.State = "CO" }, func() { c.Patient.Address.PostalCode = "8" },
		func() { c.Patient.BirthDate = dateOf(1) }, func() { c.Patient.Gender = "U" },
	}
	for i, name := range missing {
		_, err := c.Complete()
		require.ErrorContains(t, err, "Claim."+name+" is missing")
		fill[i]()
	}
	_, err := c.Complete()
	require.NoError(t, err)
}

func TestWriterFaults(t *testing.T) {
	var issue *x12.Issue
	s := head()
	s.Envelope.Interchange.ReceiverID = ""
	require.ErrorAs(t, NewWriter(io.Discard).Begin(s), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	for name, change := range map[string]func(*Submission){
		"Submission.Submitter.ID":                 func(s *Submission) { s.Submitter.ID = "" },
		"Submission.Submitter.Contacts":           func(s *Submission) { s.Submitter.Contacts = nil },
		"Submission.Submitter.Contacts[0].Number": func(s *Submission) { s.Submitter.Contacts[0].Number = "" },
		"Submission.Receiver.Name":                func(s *Submission) { s.Receiver.Name = "" },
	} {
		s := head()
		change(s)
		require.ErrorContains(t, NewWriter(io.Discard).Begin(s), name+" is missing")
	}

	var b bytes.Buffer
	w := NewWriter(&b, WithoutEnvelope())
	require.NoError(t, w.Begin(s))
	require.NoError(t, w.Claim(small(Dental, "1")))
	require.NoError(t, w.Close())
	require.True(t, strings.HasPrefix(b.String(), "ST*837*0001*005010X224A2~BHT*"))

	broken := errors.New("broken pipe")
	w = NewWriter(writerFunc(func([]byte) (int, error) { return 0, broken }))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Claim(small(Professional, "1")))
	require.ErrorIs(t, w.Close(), broken)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestStepKeepsWhatTheDomainDoesNot edits a file with segments beyond the guide.
func TestStepKeepsWhatTheDomainDoesNot(t *testing.T) {
	src, err := os.ReadFile("../testdata/837/invalid/p-segment-not-in-guide.edi")
	require.NoError(t, err)
	var b bytes.Buffer
	w := NewWriter(&b)
	rd := NewReader(bytes.NewReader(src))
	for {
		ev, err := rd.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if ev.Kind == codec.Enter && ev.Loop == "2000B" {
			ev.Payer.Name = "EDITED"
		}
		require.NoError(t, w.Step(ev))
	}
	require.NoError(t, w.Close())
	was, is := strings.Split(bodies(t, src), "\n"), strings.Split(bodies(t, b.Bytes()), "\n")
	require.Len(t, is, len(was))
	differ := 0
	for i := range is {
		if is[i] != was[i] {
			differ++
			require.Contains(t, is[i], "NM1*PR*2*EDITED*")
		}
	}
	require.Positive(t, differ)
	require.Equal(t, strings.Count(bodies(t, src), "NM1*PR*"), differ)
}

package edi270

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var noon = time.Date(2026, 1, 31, 12, 0, 30, 0, time.UTC)

func dateOf(day int) x12.Date {
	d, _ := x12.NewDate(2026, 1, day)
	return d
}

// findings reads src with all checks of the guide.
func findings(t *testing.T, src []byte) (list []string) {
	add := func(i *x12.Issue) bool {
		list = append(list, i.Error())
		return true
	}
	s := codec.NewStream(x12.NewReader(bytes.NewReader(src), x12.WithSink(add)), add, ts270.X279A1)
	check := codec.NewChecker(func(i *x12.Issue) { add(i) })
	for {
		e, err := s.Next()
		if err == io.EOF {
			return list
		}
		require.NoError(t, err)
		if e.Tape != nil {
			check.Tape(e.Tape)
		}
	}
}

func TestSamplesAreSound(t *testing.T) {
	for _, s := range samples(t, "valid") {
		require.Empty(t, findings(t, s.src), s.name)
	}
}

func head() *Request {
	return &Request{Envelope: Envelope{Interchange: Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}}}
}

// small is an inquiry with nothing it need not say.
func small(id string) *Inquiry {
	return &Inquiry{
		Source:     Source{LastOrOrganization: "BLUE MESA", ID: "BM01"},
		Receiver:   Receiver{LastOrOrganization: "RIVERBEND", ID: "1234567893"},
		Subscriber: Person{LastOrOrganization: "DOE", First: "JANE", ID: "M" + id, BirthDate: dateOf(1)},
		Questions:  []Question{{ServiceTypes: []string{"30"}}},
	}
}

// child makes the inquiry one about a dependent.
func child(q *Inquiry, first string) *Inquiry {
	q.Dependent = &Person{LastOrOrganization: "DOE", First: first, BirthDate: dateOf(2), Relationship: "19"}
	q.Traces = []Trace{{Number: first, AssignerID: "9RIVERBEND"}}
	return q
}

// levels returns the segments that show how inquiries are put together.
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
		case "ISA", "DMG", "INS", "EQ":
		default:
			list = append(list, string(s.Bytes()))
		}
	}
}

func TestWriterLevels(t *testing.T) {
	other := small("4")
	other.Receiver.ID = "1999999984"
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithInquiriesPerSet(6))
	require.NoError(t, w.Begin(head()))
	for _, q := range []*Inquiry{small("1"), small("1"), child(small("1"), "ANN"), child(small("1"), "BEN"), child(small("2"), "CY"), other, small("5")} {
		require.NoError(t, w.Inquiry(q))
	}
	require.NoError(t, w.Close())
	require.Equal(t, strings.TrimSpace(`
GS*HS*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X279A1
ST*270*0001*005010X279A1
BHT*0022*13*0001*20260131*1200
HL*1**20*1
NM1*PR*2*BLUE MESA*****PI*BM01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*1234567893
HL*3*2*22*0
NM1*IL*1*DOE*JANE****MI*M1
HL*4*2*22*0
NM1*IL*1*DOE*JANE****MI*M1
HL*5*2*22*1
NM1*IL*1*DOE*JANE****MI*M1
HL*6*5*23*0
TRN*1*ANN*9RIVERBEND
NM1*03*1*DOE*ANN
HL*7*5*23*0
TRN*1*BEN*9RIVERBEND
NM1*03*1*DOE*BEN
HL*8*2*22*1
NM1*IL*1*DOE*JANE****MI*M2
HL*9*8*23*0
TRN*1*CY*9RIVERBEND
NM1*03*1*DOE*CY
HL*10*1*21*1
NM1*1P*2*RIVERBEND*****XX*1999999984
HL*11*10*22*0
NM1*IL*1*DOE*JANE****MI*M4
SE*45*0001
ST*270*0002*005010X279A1
BHT*0022*13*0002*20260131*1200
HL*1**20*1
NM1*PR*2*BLUE MESA*****PI*BM01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*1234567893
HL*3*2*22*0
NM1*IL*1*DOE*JANE****MI*M5
SE*11*0002
GE*2*1
IEA*1*000000001`), levels(t, b.Bytes()))
	require.Empty(t, findings(t, b.Bytes()))
}

func TestWriterFaults(t *testing.T) {
	var issue *x12.Issue
	require.ErrorAs(t, NewWriter(io.Discard).Begin(new(Request)), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	require.ErrorIs(t, NewWriter(io.Discard).Inquiry(small("1")), x12.ErrOrder)
	for name, change := range map[string]func(*Inquiry){
		"Inquiry.Source.LastOrOrganization":     func(q *Inquiry) { q.Source.LastOrOrganization = "" },
		"Inquiry.Source.ID":                     func(q *Inquiry) { q.Source.ID = "" },
		"Inquiry.Receiver.ID":                   func(q *Inquiry) { q.Receiver.ID = "" },
		"Inquiry.Traces[0].AssignerID":          func(q *Inquiry) { q.Traces = []Trace{{Number: "1"}} },
		"Inquiry.Questions":                     func(q *Inquiry) { q.Questions = nil },
		"Inquiry.Questions[1].ServiceTypes":     func(q *Inquiry) { q.Questions = append(q.Questions, Question{}) },
		"Inquiry.Questions[0].Procedure.Code":   func(q *Inquiry) { q.Questions[0] = Question{Procedure: &Procedure{}} },
		"Inquiry.Questions[0].Authorization.ID": func(q *Inquiry) { q.Questions[0].Authorization = &Reference{Qualifier: "G1"} },
		"Inquiry.Subscriber.References[0].ID":   func(q *Inquiry) { q.Subscriber.References = []Reference{{Qualifier: "6P"}} },
		"Inquiry.Subscriber.Diagnoses[0].Code":  func(q *Inquiry) { q.Subscriber.Diagnoses = make([]Diagnosis, 1) },
		"Inquiry.Subscriber.Dates[0].From":      func(q *Inquiry) { q.Subscriber.Dates = []Date{{Qualifier: "291"}} },
		"Inquiry.Dependent.Relationship": func(q *Inquiry) {
			q.Dependent = &Person{BirthSequence: q.Questions[0].SpendDown}
			q.Dependent.BirthSequence.Valid = true
		},
	} {
		var b bytes.Buffer
		w := NewWriter(&b)
		require.NoError(t, w.Begin(head()))
		q := small("1")
		change(q)
		require.ErrorContains(t, w.Inquiry(q), name+" is missing")
		require.NoError(t, w.Inquiry(small("2")), "others may follow")
		require.NoError(t, w.Close())
		require.Empty(t, findings(t, b.Bytes()))
	}
	broken := errors.New("broken pipe")
	w := NewWriter(writerFunc(func([]byte) (int, error) { return 0, broken }))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Inquiry(small("1")))
	require.ErrorIs(t, w.Close(), broken)

	w = NewWriter(io.Discard, WithDelimiters(x12.DefaultDelimiters))
	require.NoError(t, w.Begin(head()))
	require.Error(t, w.Inquiry(small("A*B")))
	r := head()
	r.Inquiries = []Inquiry{*small("A*B")}
	var b bytes.Buffer
	w = NewWriter(&b)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "|MA*B~")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestCompleteStays has inquiries that lack nothing: completing them changes nothing.
func TestCompleteStays(t *testing.T) {
	for _, f := range append(corpus(t), samples(t, "valid")...) {
		if strings.HasPrefix(f.name, "bad/") {
			continue
		}
		list, _, err := whole(f.src)
		require.NoError(t, err)
		for _, r := range list {
			for i := range r.Inquiries {
				before := apart(r.Inquiries[i].AppendJSON(nil))
				full, err := r.Inquiries[i].Complete()
				require.NoError(t, err, f.name)
				sameLines(t, before, apart(full.AppendJSON(nil)), f.name)
				sameLines(t, before, apart(r.Inquiries[i].AppendJSON(nil)), f.name)
			}
		}
	}
}

// TestStepKeepsWhatTheDomainDoesNot edits a file with segments beyond the guide.
func TestStepKeepsWhatTheDomainDoesNot(t *testing.T) {
	src := samples(t, "odd")[0].src
	var b bytes.Buffer
	w := NewWriter(&b)
	rd := NewReader(bytes.NewReader(src))
	for {
		ev, err := rd.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch {
		case ev.Kind == codec.Enter && ev.Loop == "2000A":
			ev.Source.LastOrOrganization = "EDITED"
		case ev.Kind == codec.Unit && ev.Loop == "2000D":
			ev.Inquiry.Dependent.First = "TIM"
		}
		require.NoError(t, w.Step(ev))
	}
	require.NoError(t, w.Close())
	want := strings.Replace(bodies(t, src), "BLUE MESA HEALTH PLAN", "EDITED", 1)
	sameLines(t, strings.Replace(want, "*TEO*", "*TIM*", 1), bodies(t, b.Bytes()))
}

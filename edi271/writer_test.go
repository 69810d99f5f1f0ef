package edi271

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271/ts271"
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
	s := codec.NewStream(x12.NewReader(bytes.NewReader(src), x12.WithSink(add)), add, ts271.X279A1)
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

func head() *Reply {
	return &Reply{Envelope: Envelope{Interchange: Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}}}
}

// small is a response with nothing it need not say.
func small(id string) *Response {
	return &Response{
		Source:     Source{LastOrOrganization: "BLUE MESA", ID: "BM01"},
		Receiver:   &Receiver{LastOrOrganization: "RIVERBEND", ID: "1234567893"},
		Subscriber: &Person{LastOrOrganization: "DOE", First: "JANE", ID: "M" + id, BirthDate: dateOf(1)},
		Traces:     []Trace{{Number: "T" + id, AssignerID: "9RIVERBEND"}},
		Benefits:   []Benefit{{Information: "1", ServiceTypes: []string{"30"}}},
	}
}

// child makes the response one about a dependent.
func child(r *Response, first string) *Response {
	r.Dependent = &Person{LastOrOrganization: "DOE", First: first, BirthDate: dateOf(2), Relationship: "19"}
	return r
}

// levels returns the segments that show how responses are put together.
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
		case "ISA", "DMG", "INS", "EB", "TRN":
		default:
			list = append(list, string(s.Bytes()))
		}
	}
}

func TestWriterLevels(t *testing.T) {
	other := small("4")
	other.Receiver = &Receiver{ID: "1999999984", Rejections: []Rejection{{Valid: "N", Reason: "51", FollowUp: "C"}}}
	refused := &Response{Source: other.Source, Receiver: other.Receiver}
	silent := &Response{Source: other.Source}
	silent.Source.Rejections = []Rejection{{Valid: "Y", Reason: "42", FollowUp: "R"}}
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithResponsesPerSet(8))
	require.NoError(t, w.Begin(head()))
	for _, r := range []*Response{small("1"), small("1"), child(small("1"), "ANN"), child(small("1"), "BEN"), refused, other, silent, small("5"), small("6")} {
		require.NoError(t, w.Response(r))
	}
	require.NoError(t, w.Close())
	require.Equal(t, strings.TrimSpace(`
GS*HB*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X279A1
ST*271*0001*005010X279A1
BHT*0022*11*0001*20260131*1200
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
NM1*03*1*DOE*ANN
HL*7*5*23*0
NM1*03*1*DOE*BEN
HL*8*1*21*0
NM1*1P*2******XX*1999999984
AAA*N**51*C
HL*9*1*21*1
NM1*1P*2******XX*1999999984
AAA*N**51*C
HL*10*9*22*0
NM1*IL*1*DOE*JANE****MI*M4
HL*11**20*0
NM1*PR*2*BLUE MESA*****PI*BM01
AAA*Y**42*R
HL*12**20*1
NM1*PR*2*BLUE MESA*****PI*BM01
HL*13*12*21*1
NM1*1P*2*RIVERBEND*****XX*1234567893
HL*14*13*22*0
NM1*IL*1*DOE*JANE****MI*M5
SE*55*0001
ST*271*0002*005010X279A1
BHT*0022*11*0002*20260131*1200
HL*1**20*1
NM1*PR*2*BLUE MESA*****PI*BM01
HL*2*1*21*1
NM1*1P*2*RIVERBEND*****XX*1234567893
HL*3*2*22*0
NM1*IL*1*DOE*JANE****MI*M6
SE*12*0002
GE*2*1
IEA*1*000000001`), levels(t, b.Bytes()))
	require.Empty(t, findings(t, b.Bytes()))
	list, _, err := whole(b.Bytes())
	require.NoError(t, err)
	require.Len(t, list[0].Responses, 8)
	require.Nil(t, list[0].Responses[4].Subscriber)
	require.Nil(t, list[0].Responses[6].Receiver)
}

func TestWriterFaults(t *testing.T) {
	var issue *x12.Issue
	require.ErrorAs(t, NewWriter(io.Discard).Begin(new(Reply)), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	require.ErrorIs(t, NewWriter(io.Discard).Response(small("1")), x12.ErrOrder)
	for name, change := range map[string]func(*Response){
		"Response.Source.LastOrOrganization":         func(r *Response) { r.Source.LastOrOrganization = "" },
		"Response.Source.ID":                         func(r *Response) { r.Source.ID = "" },
		"Response.Source.LevelRejections[0].Reason":  func(r *Response) { r.Source.LevelRejections = []Rejection{{Valid: "N"}} },
		"Response.Source.Rejections[0].Valid":        func(r *Response) { r.Source.Rejections = make([]Rejection, 1) },
		"Response.Receiver":                          func(r *Response) { r.Receiver = nil },
		"Response.Receiver.ID":                       func(r *Response) { r.Receiver.ID = "" },
		"Response.Subscriber":                        func(r *Response) { r.Subscriber, r.Dependent = nil, r.Subscriber },
		"Response.Subscriber.Rejections[0].FollowUp": func(r *Response) { r.Subscriber.Rejections = []Rejection{{Valid: "N", Reason: "72"}} },
		"Response.Subscriber.Diagnoses[0].Code":      func(r *Response) { r.Subscriber.Diagnoses = make([]Diagnosis, 1) },
		"Response.Traces[0].AssignerID":              func(r *Response) { r.Traces[0].AssignerID = "" },
		"Response.Benefits[0].Information":           func(r *Response) { r.Benefits[0].Information = "" },
		"Response.Benefits[0].Quantity":              func(r *Response) { r.Benefits[0].QuantityQualifier = "VS" },
		"Response.Benefits[0].Procedure.Code":        func(r *Response) { r.Benefits[0].Procedure = &Procedure{} },
		"Response.Benefits[0].Dates[0].From":         func(r *Response) { r.Benefits[0].Dates = []Date{{Qualifier: "291"}} },
		"Response.Benefits[0].Entities[0].Role":      func(r *Response) { r.Benefits[0].Entities = make([]Entity, 1) },
	} {
		var b bytes.Buffer
		w := NewWriter(&b)
		require.NoError(t, w.Begin(head()))
		r := small("1")
		change(r)
		require.ErrorContains(t, w.Response(r), name+" is missing")
		require.NoError(t, w.Response(small("2")), "others may follow")
		require.NoError(t, w.Close())
		require.Empty(t, findings(t, b.Bytes()))
	}
	broken := errors.New("broken pipe")
	w := NewWriter(writerFunc(func([]byte) (int, error) { return 0, broken }))
	require.NoError(t, w.Begin(head()))
	require.NoError(t, w.Response(small("1")))
	require.ErrorIs(t, w.Close(), broken)

	w = NewWriter(io.Discard, WithDelimiters(x12.DefaultDelimiters))
	require.NoError(t, w.Begin(head()))
	require.Error(t, w.Response(small("A*B")))
	r := head()
	r.Responses = []Response{*small("A*B")}
	var b bytes.Buffer
	w = NewWriter(&b)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "|MA*B~")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestCompleteStays has responses that lack nothing: completing them changes nothing.
func TestCompleteStays(t *testing.T) {
	for _, f := range append(corpus(t), samples(t, "valid")...) {
		if strings.HasPrefix(f.name, "bad/") || strings.Contains(f.name, "seed6005") { // which has a trace without assigner
			continue
		}
		list, _, err := whole(f.src)
		require.NoError(t, err)
		for _, r := range list {
			for i := range r.Responses {
				before := apart(r.Responses[i].AppendJSON(nil))
				full, err := r.Responses[i].Complete()
				require.NoError(t, err, f.name)
				sameLines(t, before, apart(full.AppendJSON(nil)), f.name)
				sameLines(t, before, apart(r.Responses[i].AppendJSON(nil)), f.name)
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
			ev.Response.Dependent.First = "TIM"
		}
		require.NoError(t, w.Step(ev))
	}
	require.NoError(t, w.Close())
	want := strings.Replace(bodies(t, src), "BLUE MESA HEALTH PLAN", "EDITED", 1)
	sameLines(t, strings.Replace(want, "*TEO*", "*TIM*", 1), bodies(t, b.Bytes()))
}

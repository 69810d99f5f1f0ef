package edi835

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var noon = time.Date(2026, 1, 31, 12, 0, 30, 0, time.UTC)

func dateOf(t *testing.T, day int) x12.Date {
	d, ok := x12.NewDate(2026, 1, day)
	require.True(t, ok)
	return d
}

// small is a balanced remittance of one claim.
func small(t *testing.T, trace string) *Remittance {
	c := paying(t, "80.50")
	c.PatientControlNumber, c.Status, c.FilingIndicator, c.PayerControlNumber = "A1", ProcessedAsPrimary, "12", "P1"
	c.Patient = Person{Last: "DOE", First: "JANE"}
	return &Remittance{
		Envelope: Envelope{Interchange: Interchange{SenderID: "BLUEMESA", ReceiverID: "RIVERBEND"}},
		Payment:  Payment{Handling: "I", Amount: amount(t, "80.50"), CreditDebit: "C", Method: "CHK", EffectiveDate: dateOf(t, 31)},
		Trace:    Trace{Number: trace, PayerID: "1990000101"},
		Payer:    Payer{Name: "BLUE MESA HEALTH PLAN", Address: Address{Line1: "1 MESA", City: "DURANGO", State: "CO", PostalCode: "81301"}, TechnicalContacts: []Contact{{Name: "EDI"}}},
		Payee:    Payee{Name: "RIVERBEND FAMILY MEDICINE", IDQualifier: "XX", ID: "1234567893"},
		Groups:   []ClaimGroup{{Number: amount(t, "1"), Claims: []Claim{c}}},
	}
}

func envelopes(t *testing.T, src []byte) string {
	var list []string
	r := x12.NewReader(bytes.NewReader(src), x12.WithSink(func(i *x12.Issue) bool { require.Fail(t, i.Error()); return false }))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return strings.Join(list, "\n")
		}
		require.NoError(t, err)
		if name := string(s.Name()); strings.Contains("ISA GS ST SE GE IEA", name) {
			list = append(list, string(s.Bytes()))
		}
	}
}

func TestWriterEnvelopes(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Write(small(t, "1")))
	require.NoError(t, w.Write(small(t, "2")))
	r := small(t, "3")
	r.Envelope.Group.SenderID = "OTHER"
	r.ControlNumber = "0077"
	require.NoError(t, w.Write(r))
	r.ControlNumber = ""
	require.NoError(t, w.Write(r))
	r = small(t, "4")
	r.Envelope.Interchange.Usage, r.Envelope.Interchange.ControlNumber = "T", "41"
	require.NoError(t, w.Write(r))
	r.Envelope.Interchange.ControlNumber = ""
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Equal(t, strings.TrimSpace(`
ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000001*0*P*:
GS*HP*BLUEMESA*RIVERBEND*20260131*1200*1*X*005010X221A1
ST*835*0001
SE*12*0001
ST*835*0002
SE*12*0002
GE*2*1
GS*HP*OTHER*RIVERBEND*20260131*1200*2*X*005010X221A1
ST*835*0077
SE*12*0077
ST*835*0078
SE*12*0078
GE*2*2
IEA*2*000000001
ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000041*0*T*:
GS*HP*BLUEMESA*RIVERBEND*20260131*1200*3*X*005010X221A1
ST*835*0001
SE*12*0001
GE*1*3
IEA*1*000000041
ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000042*0*T*:
GS*HP*BLUEMESA*RIVERBEND*20260131*1200*4*X*005010X221A1
ST*835*0001
SE*12*0001
GE*1*4
IEA*1*000000042`), envelopes(t, b.Bytes()))
}

func TestWriterDelimiters(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithNewline(true))
	require.NoError(t, w.Write(small(t, "1")))
	odd := small(t, "2")
	odd.Payer.Name = "A*B^C:D|E"
	odd.Groups[0].Claims[0].Patient.Last = "~>"
	require.NoError(t, w.Write(odd)) // in an interchange of its own
	require.NoError(t, w.Close())
	list, _, err := whole(b.Bytes())
	require.NoError(t, err)
	require.Equal(t, odd.Payer.Name, list[1].Payer.Name)
	require.Equal(t, odd.Groups[0].Claims[0].Patient, list[1].Groups[0].Claims[0].Patient)
	require.Equal(t, "000000002", list[1].Envelope.Interchange.ControlNumber)

	d := x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: '\n'}
	b.Reset()
	w = NewWriter(&b, WithDelimiters(d))
	require.NoError(t, w.Write(small(t, "1")))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "\nTRN|1|1|1990000101\n")
	var issue *x12.Issue
	w = NewWriter(io.Discard, WithDelimiters(d))
	require.ErrorAs(t, w.Write(odd), &issue)
	require.Equal(t, codec.RuleDelimiterInData, issue.Rule)
	require.ErrorAs(t, w.Write(small(t, "1")), &issue, "the error stays")
	require.ErrorAs(t, w.Close(), &issue)
}

func TestWriterSteps(t *testing.T) {
	r := small(t, "1")
	r.Payment.Amount = amount(t, "78.5")
	fee := ProviderAdjustment{ProviderID: "1234567893", FiscalPeriodDate: dateOf(t, 31), Reason: "AH", Amount: amount(t, "2")}
	var steps, at bytes.Buffer
	w := NewWriter(&steps, WithTime(noon))
	require.NoError(t, w.Begin(r))
	require.NoError(t, w.Group(&ClaimGroup{Number: amount(t, "1")}))
	require.NoError(t, w.Claim(&r.Groups[0].Claims[0]))
	require.NoError(t, w.End(fee))
	require.NoError(t, w.Begin(r))
	require.NoError(t, w.Group(&r.Groups[0])) // with its claims
	require.NoError(t, w.End(fee))
	require.NoError(t, w.Close())

	r.ProviderAdjustments = []ProviderAdjustment{fee}
	w = NewWriter(&at, WithTime(noon))
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Equal(t, at.String(), steps.String())
}

func TestWriterBalance(t *testing.T) {
	r := small(t, "1")
	r.Payment.Amount = amount(t, "80.51")
	var b bytes.Buffer
	var issue *x12.Issue
	w := NewWriter(&b)
	require.ErrorAs(t, w.Write(r), &issue)
	require.Equal(t, RuleTransactionBalance, issue.Rule)
	require.NotContains(t, issue.Error(), "80.5")
	require.NoError(t, w.Close())
	require.Zero(t, b.Len())

	w = NewWriter(&b)
	require.NoError(t, w.Begin(r))
	require.NoError(t, w.Group(&r.Groups[0]))
	require.ErrorAs(t, w.End(), &issue)
	require.Equal(t, RuleTransactionBalance, issue.Rule)
	require.ErrorAs(t, w.Close(), &issue)
	require.NotContains(t, b.String(), "~SE*")

	b.Reset()
	w = NewWriter(&b, AllowUnbalanced())
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "BPR*I*80.51*C*CHK")
}

func TestWriterFaults(t *testing.T) {
	var issue *x12.Issue
	r := small(t, "1")
	r.Envelope.Interchange.ReceiverID = ""
	require.ErrorAs(t, NewWriter(io.Discard).Write(r), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	var b bytes.Buffer
	w := NewWriter(&b, WithoutEnvelope())
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.True(t, strings.HasPrefix(b.String(), "ST*835*0001~BPR*"))
	require.True(t, strings.HasSuffix(b.String(), "~SE*12*0002~"))

	require.ErrorIs(t, NewWriter(io.Discard).Claim(&Claim{}), x12.ErrOrder)
	require.ErrorIs(t, NewWriter(io.Discard).End(), x12.ErrOrder)
	w = NewWriter(io.Discard)
	require.NoError(t, w.Begin(small(t, "1")))
	require.ErrorIs(t, w.Begin(small(t, "2")), x12.ErrOrder)
	w = NewWriter(io.Discard)
	require.NoError(t, w.Begin(small(t, "1")))
	require.ErrorIs(t, w.Close(), x12.ErrOrder)

	broken := errors.New("broken pipe")
	w = NewWriter(writerFunc(func([]byte) (int, error) { return 0, broken }))
	require.NoError(t, w.Write(small(t, "1")))
	require.ErrorIs(t, w.Close(), broken)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestStepKeepsWhatTheDomainDoesNot edits a claim of a file with segments beyond the guide.
func TestStepKeepsWhatTheDomainDoesNot(t *testing.T) {
	src, err := os.ReadFile("../testdata/835/invalid/misplaced-segment.edi")
	require.NoError(t, err)
	var b bytes.Buffer
	w := NewWriter(&b)
	rd := NewReader(bytes.NewReader(src))
	edited := 0
	for {
		ev, err := rd.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if ev.Kind == codec.Unit && ev.ClaimPayment.Extras != nil {
			ev.Claim.Patient.Last = "EDITED"
			edited++
		}
		require.NoError(t, w.Step(ev))
	}
	require.NoError(t, w.Close())
	require.Equal(t, 1, edited)
	was, is := strings.Split(bodies(t, src), "~"), strings.Split(bodies(t, b.Bytes()), "~")
	require.Len(t, is, len(was))
	differ := 0
	for i := range is {
		if is[i] != was[i] {
			differ++
			require.Contains(t, is[i], "NM1*QC*1*EDITED*")
		}
	}
	require.Equal(t, 1, differ)
}

package match

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/synth"
)

// benchFiles makes n claims and as many remittance claims, in payments of 1,000: nine of ten are found by number, the others
// by what else there is.
func benchFiles(t testing.TB, n int64) (claims, remittances []byte) {
	var b, out bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: n, PerSet: 5000, Seed: 4})
	require.NoError(t, err)
	w := &world{r: rand.New(rand.NewPCG(1, 2))}
	wr := edi835.NewWriter(&out, edi835.WithTime(time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)))
	var list []edi835.Claim
	pay := func() {
		var net decimal.Decimal
		for i := range list {
			net = net.Add(list[i].Paid.Decimal)
		}
		r := &edi835.Remittance{Groups: []edi835.ClaimGroup{{Number: edi837.Count(1), Claims: list}}}
		r.Envelope.Interchange.SenderID, r.Envelope.Interchange.ReceiverID = "PAYERS", "PROVIDER"
		r.Payment = edi835.Payment{Handling: "I", Amount: edi837.NewAmount(net), CreditDebit: "C", Method: "CHK", EffectiveDate: day("2025-12-01")}
		r.Payer.Name, r.Payee.Name, r.Trace.Number = "BLUE MESA HEALTH PLAN", "RIVERBEND", fmt.Sprint("T", out.Len())
		require.NoError(t, wr.Write(r))
		list = list[:0]
	}
	for c, err := range edi837.NewReader(bytes.NewReader(b.Bytes())).Claims() {
		require.NoError(t, err)
		s := sent{c: c, charge: cents(c.Charge)}
		decide := usual
		if w.r.IntN(8) == 0 {
			decide = refuse
		}
		a, _ := w.answer(s, "1", all(s), decide)
		if w.r.IntN(10) == 0 {
			a.PatientControlNumber = "0"
		}
		if list = append(list, a); len(list) == 1000 {
			pay()
		}
	}
	if len(list) > 0 {
		pay()
	}
	require.NoError(t, wr.Close())
	return b.Bytes(), out.Bytes()
}

func BenchmarkMatch(b *testing.B) {
	const n = 100_000
	claims, remittances := benchFiles(b, n)
	b.SetBytes(int64(len(claims) + len(remittances)))
	b.ReportAllocs()
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		m := NewMatcher(Options{})
		require.NoError(b, m.ReadClaims(edi837.NewReader(bytes.NewReader(claims)), nil))
		require.NoError(b, m.ReadRemittances(edi835.NewReader(bytes.NewReader(remittances)), nil))
		read := time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		start = time.Now()
		r := m.Match()
		tied := time.Since(start)
		start = time.Now()
		rep := r.Report()
		for _, table := range Tables() {
			require.NoError(b, r.WriteTable(io.Discard, rep, table, Form{}))
		}
		b.ReportMetric(read.Seconds(), "s-reading")
		b.ReportMetric(tied.Seconds(), "s-matching")
		b.ReportMetric(time.Since(start).Seconds(), "s-writing")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B-kept/claim-and-answer")
		b.ReportMetric(float64(len(m.lines))/n, "lines/claim")
		require.Greater(b, rep.Total.Answers, n*9/10)
	}
}

// TestMemory: what is kept of claims and answers is as small as the package says.
func TestMemory(t *testing.T) {
	claims, remittances := benchFiles(t, 4000)
	m := NewMatcher(Options{})
	var before, middle, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	require.NoError(t, m.ReadClaims(edi837.NewReader(bytes.NewReader(claims)), nil))
	m.claims, m.lines = append([]Claim(nil), m.claims...), append([]Line(nil), m.lines...) // without the room to grow
	runtime.GC()
	runtime.ReadMemStats(&middle)
	require.NoError(t, m.ReadRemittances(edi835.NewReader(bytes.NewReader(remittances)), nil))
	m.answers, m.answerLines, m.adjustments = append([]Answer(nil), m.answers...), append([]AnswerLine(nil), m.answerLines...), append([]adjustment(nil), m.adjustments...)
	runtime.GC()
	runtime.ReadMemStats(&after)
	forClaims := float64(middle.HeapAlloc) - float64(before.HeapAlloc)
	forAnswers := float64(after.HeapAlloc) - float64(middle.HeapAlloc)
	t.Logf("claims %d, lines %d: %.0f bytes; answers %d, lines %d, adjustments %d: %.0f bytes", len(m.claims), len(m.lines), forClaims, len(m.answers), len(m.answerLines), len(m.adjustments), forAnswers)
	require.Less(t, forClaims, float64(240*len(m.claims)+105*len(m.lines)))
	require.Less(t, forAnswers, float64(290*len(m.answers)+155*len(m.answerLines)+25*len(m.adjustments)))
	runtime.KeepAlive(m)
	runtime.KeepAlive(claims)
	runtime.KeepAlive(remittances)
}

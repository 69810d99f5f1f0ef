package deposit

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// benchFiles makes 100,000 payments and as many entries: nine of ten tie by trace, the others by what else there is.
func benchFiles() (remittances, bank []byte) {
	const n = 100_000
	rnd := rand.New(rand.NewPCG(1, 2))
	pays, entries := make([]made, n), make([]made, n)
	for i := range n {
		p := made{trace: fmt.Sprintf("EFT%09d", i), payer: fmt.Sprintf("1%09d", rnd.IntN(400)), method: "ACH", amount: 100 + rnd.Int64N(2_000_000), days: rnd.IntN(len(scenarioDays) - 1)}
		e := made{trace: p.trace, payer: p.payer, code: "22", description: "HCCLAIMPMT", amount: p.amount, days: p.days + rnd.IntN(2)}
		switch rnd.IntN(50) {
		case 0, 1:
			e.trace = ""
		case 2:
			e.amount++
		case 3:
			e.trace = "X" + e.trace
		case 4:
			e.payer = "1999999999"
		}
		pays[i], entries[i] = p, e
	}
	rnd.Shuffle(n, func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return write835(pays), writeNACHA(entries)
}

// BenchmarkMatch reads, ties and reports 100,000 remittances and 100,000 entries.
func BenchmarkMatch(b *testing.B) {
	remittances, bank := benchFiles()
	b.ReportAllocs()
	b.SetBytes(int64(len(remittances) + len(bank)))
	for b.Loop() {
		m := NewMatcher(Options{})
		entries, err := Open(bytes.NewReader(bank), "", Bank{}, nil)
		require.NoError(b, err)
		require.NoError(b, m.ReadEntries(entries))
		require.NoError(b, m.ReadPayments(NewPaymentReader(x12.NewReader(bytes.NewReader(remittances)), nil)))
		r := m.Match()
		rep := r.Report()
		require.Greater(b, rep.Total.ERAs[Matched].N, 90_000)
		var out bytes.Buffer
		require.NoError(b, r.WriteItems(&out, false))
	}
}

// BenchmarkTie ties what was read before: with traces, and the worst case, where all have one payer, amount and day and
// none has a trace.
func BenchmarkTie(b *testing.B) {
	for _, kind := range []string{"traces", "equal", "sums", "oneTrace"} {
		b.Run(kind, func(b *testing.B) {
			var pays []*Payment
			var deps []*Entry
			for i := range 100_000 {
				p := pay(fmt.Sprintf("EFT%09d 1990000101 %d 20261124", i, i+1))
				e := dep(fmt.Sprintf("EFT%09d 1990000101 %d 20261124 ach", i, i+1))
				switch kind {
				case "equal":
					p.Amount, e.Amount, e.Trace = x12.NewNumber(1000, 2), x12.NewNumber(1000, 2), ""
				case "sums":
					p.Amount, e.Trace = x12.NewNumber(int64(2*i+1), 2), ""
					e.Amount = x12.NewNumber(int64(4*i+2), 2)
				case "oneTrace":
					p.Trace, e.Trace = "1", "1"
				}
				pays, deps = append(pays, p), append(deps, e)
			}
			for b.Loop() {
				require.NotEmpty(b, tie(Options{}, pays, deps).Links)
			}
		})
	}
}

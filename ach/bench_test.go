package ach

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// payments returns a stream of n payments with some claims each, made as it is read.
func payments(n, claims int) io.Reader {
	return &manyPayments{n: n, claims: claims}
}

type manyPayments struct {
	n, claims, at int
	buf           bytes.Buffer
}

// Read makes the next sets.
func (m *manyPayments) Read(p []byte) (int, error) {
	if m.at == 0 {
		m.buf.WriteString("ISA*00*          *00*          *ZZ*NORTHPLAN      *ZZ*CLEARING       *261121*0900*^*00501*000000001*0*T*:~\nGS*HP*NORTHPLAN*CLEARING*20261121*0900*1*X*005010X221A1~\n")
	}
	for m.buf.Len() < len(p) && m.at <= m.n {
		m.at++
		if m.at > m.n {
			fmt.Fprintf(&m.buf, "GE*%d*1~\nIEA*1*000000001~\n", m.n)
			break
		}
		r := newRemit().trace(fmt.Sprintf("EFT%08d", m.at)).set(13, []string{"999977778", "999988880"}[m.at%2])
		r.bpr[2] = fmt.Sprint(80 * m.claims)
		r.claims = r.claims[:0]
		for i := range m.claims {
			r.claims = append(r.claims, fmt.Sprintf("CLP*C%d-%d*1*120*80*10*12*P%d", m.at, i, i), "NM1*QC*1*DOE*JANE****MI*M1", "SVC*HC:99213*120*80**1", "DTM*472*20261101", "CAS*CO*45*30", "CAS*PR*1*10", "REF*6R*1", "AMT*B6*90")
		}
		for _, s := range r.segments(m.at) {
			m.buf.WriteString(s)
			m.buf.WriteString("~\n")
		}
	}
	return m.buf.Read(p)
}

// BenchmarkConvert makes a file of 100,000 payments, in bytes of the 835s a second; b.N rounds of it.
func BenchmarkConvert(b *testing.B) {
	for _, claims := range []int{1, 10} {
		b.Run(fmt.Sprintf("claims=%d", claims), func(b *testing.B) {
			text, err := io.ReadAll(payments(100_000, claims))
			require.NoError(b, err)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r, err := Convert(bytes.NewReader(text), testConfig(), Options{})
				require.NoError(b, err)
				require.Equal(b, 1, r.Files())
				var out bytes.Buffer
				require.NoError(b, r.WriteFile(&out, 0))
				require.NoError(b, r.CheckFile(&out, 0))
				r.Close()
			}
		})
	}
}

// Memory is by payment, not by claim.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	grown := func(n, claims int) (perPayment float64) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		r, err := Convert(payments(n, claims), testConfig(), Options{})
		require.NoError(t, err)
		defer r.Close()
		runtime.GC()
		runtime.ReadMemStats(&after)
		require.Len(t, r.Payments, n)
		return float64(after.HeapAlloc-before.HeapAlloc) / float64(n)
	}
	few, many := grown(5000, 1), grown(5000, 60)
	t.Logf("%.0f and %.0f bytes a payment", few, many)
	require.Less(t, few, 3000.0)
	require.InDelta(t, few, many, 400)
}

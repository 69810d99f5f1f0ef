package edi835

import (
	"bytes"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
)

func synthetic(t testing.TB, claims int) []byte {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: int64(claims), Seed: 3})
	require.NoError(t, err)
	return b.Bytes()
}

func BenchmarkClaims(b *testing.B) {
	src := synthetic(b, 2000)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range NewReader(bytes.NewReader(src)).Claims() {
			require.NoError(b, err)
			n++
		}
		b.ReportMetric(float64(n), "claims/op")
	}
}

func BenchmarkClaimJSON(b *testing.B) {
	src := synthetic(b, 2000)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		for c, err := range NewReader(bytes.NewReader(src)).Claims() {
			require.NoError(b, err)
			buf = c.AppendJSON(buf[:0])
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	src := synthetic(b, 2000)
	var list []*Remittance
	for r, err := range NewReader(bytes.NewReader(src)).Remittances() {
		require.NoError(b, err)
		list = append(list, r)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		w := NewWriter(io.Discard)
		for _, r := range list {
			require.NoError(b, w.Write(r))
		}
		require.NoError(b, w.Close())
	}
}

// TestClaimsHoldOneClaim reads a large set claim by claim and looks at what is still in use in the midst of it.
func TestClaimsHoldOneClaim(t *testing.T) {
	const limit = 2 << 20
	src := synthetic(t, 20_000)
	require.Greater(t, len(src), 4*limit)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	rd := NewReader(bytes.NewReader(src))
	for _, err := range rd.Claims() {
		require.NoError(t, err)
		if n++; n%5000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			require.Less(t, int64(now.HeapAlloc)-int64(before.HeapAlloc), int64(limit), "after %d claims", n)
		}
	}
	require.Equal(t, 20_000, n)
	totals := rd.Totals()
	b := totals.Balance(&rd.Remittance().Payment)
	require.True(t, b.OK())
	runtime.KeepAlive(src)
}

package edi837

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// lot is a submission of n claims of different patients.
func lot(tb testing.TB, n int) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon), WithClaimsPerSet(n))
	require.NoError(tb, w.Begin(head()))
	for i := range n {
		c := small(Professional, fmt.Sprint("C", i))
		c.Subscriber.ID = fmt.Sprint("M", i)
		for range 3 {
			c.Services = append(c.Services, c.Services[0])
		}
		require.NoError(tb, w.Claim(c))
	}
	require.NoError(tb, w.Close())
	return b.Bytes()
}

func BenchmarkReaderClaims(b *testing.B) {
	src := lot(b, 2000)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range NewReader(bytes.NewReader(src)).Claims() {
			require.NoError(b, err)
			n++
		}
		require.Equal(b, 2000, n)
	}
}

func BenchmarkWriterClaim(b *testing.B) {
	src := lot(b, 2000)
	var claims []*Claim
	for c, err := range NewReader(bytes.NewReader(src)).Claims() {
		require.NoError(b, err)
		claims = append(claims, c)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		w := NewWriter(io.Discard, WithTime(noon))
		require.NoError(b, w.Begin(head()))
		for _, c := range claims {
			require.NoError(b, w.Claim(c))
		}
		require.NoError(b, w.Close())
	}
}

// TestConstantMemory reads and writes one set of many claims and looks at what is allocated at once.
func TestConstantMemory(t *testing.T) {
	small, large := peak(t, 500), peak(t, 8000)
	require.Less(t, large, small+4<<20, "bytes in use at most")
}

// peak returns the most bytes in use while n claims pass through reader and writer, their text not counted.
func peak(t *testing.T, n int) uint64 {
	src := lot(t, n)
	var most uint64
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	w := NewWriter(io.Discard, WithTime(noon), WithClaimsPerSet(n))
	require.NoError(t, w.Begin(head()))
	k := 0
	for c, err := range NewReader(bytes.NewReader(src)).Claims() {
		require.NoError(t, err)
		require.NoError(t, w.Claim(c))
		if k++; k%250 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc-min(before, m.HeapAlloc))
		}
	}
	require.NoError(t, w.Close())
	require.Equal(t, n, k)
	return most
}

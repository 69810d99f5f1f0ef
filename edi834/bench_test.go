package edi834

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/synth"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// lot is a file of n families of three in one set.
func lot(tb testing.TB, n int) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(tb, w.Begin(head()))
	for i := range n {
		m := employee(fmt.Sprint("E", 1_000_000+i))
		m.Person.Demographics = Demographics{BirthDate: dayOf(2), Gender: "F"}
		m.Person.Address = Address{Line1: "3 ASPEN CT", City: "DURANGO", State: "CO", PostalCode: "81301"}
		m.Dates.EligibilityBegin = dayOf(1)
		m.Coverages = append(m.Coverages, m.Coverages[0])
		require.NoError(tb, w.Member(m))
		for _, first := range []string{"INES", "MARCO"} {
			c := child("", first)
			c.Person.Demographics = Demographics{BirthDate: dayOf(3), Gender: "U"}
			c.Coverages = m.Coverages[:1]
			require.NoError(tb, w.Member(c))
		}
	}
	require.NoError(tb, w.Close())
	return b.Bytes()
}

// synthetic is an invented file.
func synthetic(tb testing.TB, o synth.Options) []byte {
	var b bytes.Buffer
	_, err := synth.Write(&b, o)
	require.NoError(tb, err)
	return b.Bytes()
}

func BenchmarkReaderMembers(b *testing.B) {
	src := synthetic(b, synth.Options{Members: 6000, Seed: 1})
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range NewReader(bytes.NewReader(src)).Members() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		require.Equal(b, 6000, n)
	}
}

func BenchmarkWriterMember(b *testing.B) {
	src := synthetic(b, synth.Options{Members: 6000, Seed: 1})
	header := head()
	header.Action = ActionReplace
	var members []*Member
	for m, err := range NewReader(bytes.NewReader(src)).Members() {
		require.NoError(b, err)
		members = append(members, m)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		w := NewWriter(io.Discard, WithTime(noon))
		require.NoError(b, w.Begin(header))
		for _, m := range members {
			if err := w.Member(m); err != nil {
				b.Fatal(err)
			}
		}
		require.NoError(b, w.Close())
	}
}

// BenchmarkCSV measures decoding alone and decoding with each table; bytes are those of the X12 input. M is a loop of
// IndexByte for the terminator.
func BenchmarkCSV(b *testing.B) {
	src := string(synthetic(b, synth.Options{Members: 6000, Seed: 1}))
	b.Run("M", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		n := 0
		for b.Loop() {
			for rest := src; ; n++ {
				i := strings.IndexByte(rest, '~')
				if i < 0 {
					break
				}
				rest = rest[i+1:]
			}
		}
		require.NotZero(b, n)
	})
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range ts834.NewReader(strings.NewReader(src), codec.WithReuse()).Units() {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	for _, tables := range [][]string{{"members"}, {"coverages"}, CSVTables()} {
		b.Run(strings.Join(tables, "+"), func(b *testing.B) {
			c, err := NewCSV(tables, CSVOptions{})
			require.NoError(b, err)
			w, out := c.Worker(), make([][]byte, len(tables))
			var totals SetTotals
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				var x *RowContext
				r := ts834.NewReader(strings.NewReader(src), codec.WithReuse())
				for ev, err := range r.Units() {
					if err != nil {
						b.Fatal(err)
					}
					if x == nil {
						x = c.Set("a.edi", ev.Env, 1, ev.Set)
					}
					w.Member(out, x, ev.Number, ev.Member, &totals)
					for i := range out {
						if len(out[i]) > 64<<10 {
							out[i] = out[i][:0]
						}
					}
				}
			}
		})
	}
}

// TestConstantMemory reads and writes one set of many members and looks at what is allocated at once.
func TestConstantMemory(t *testing.T) {
	small, large := peak(t, 300), peak(t, 5000)
	require.Less(t, large, small+4<<20, "bytes in use at most")
}

// peak returns the most bytes in use while n families pass through reader and writer, their text not counted.
func peak(t *testing.T, n int) uint64 {
	src := lot(t, n)
	var most uint64
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	w := NewWriter(io.Discard, WithTime(noon))
	require.NoError(t, w.Begin(head()))
	k := 0
	rd := NewReader(bytes.NewReader(src))
	for v, err := range rd.Members() {
		require.NoError(t, err)
		require.NotNil(t, rd.Subscriber())
		require.NoError(t, w.Member(v))
		if k++; k%500 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc-min(before, m.HeapAlloc))
		}
	}
	require.NoError(t, w.Close())
	require.Equal(t, 3*n, k)
	return most
}

func TestLimits(t *testing.T) {
	src := lot(t, 200)
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Files() {
		require.ErrorIs(t, err, x12.ErrLimit)
	}
	n := 0
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Members() {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 600, n)
}

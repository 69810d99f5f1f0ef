package edi271

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12/codec"
)

// lot returns a stream of n answers.
func lot(t testing.TB, n int) []byte {
	list, _, err := whole(samples(t, "valid")[1].src)
	require.NoError(t, err)
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Begin(list[0]))
	for range n {
		require.NoError(t, w.Response(&list[0].Responses[0]))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// BenchmarkRead compares with the loop over terminators (M) that any reader has to make: decoding, the domain, its summaries and
// the table.
func BenchmarkRead(b *testing.B) {
	src := lot(b, 2000)
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("M", func() error {
		for rest := src; len(rest) > 0; {
			i := bytes.IndexByte(rest, '~')
			rest = rest[i+1:]
		}
		return nil
	})
	run("exact", func() error {
		r := ts271.NewReader(bytes.NewReader(src), codec.WithReuse())
		for {
			if _, err := r.Next(); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
	run("domain", func() error {
		for _, err := range NewReader(bytes.NewReader(src)).Responses() {
			if err != nil {
				return err
			}
		}
		return nil
	})
	run("summary", func() error {
		for r, err := range NewReader(bytes.NewReader(src)).Responses() {
			if err != nil {
				return err
			}
			Summarize(r)
		}
		return nil
	})
	run("csv", func() error {
		c, err := NewCSV([]string{"benefits"}, CSVOptions{})
		if err != nil {
			return err
		}
		w, r := c.Worker(), ts271.NewReader(bytes.NewReader(src), codec.WithReuse())
		out, sum, x := make([][]byte, 1), SetTotals{}, (*RowContext)(nil)
		for {
			ev, err := r.Next()
			switch {
			case err == io.EOF:
				return nil
			case err != nil:
				return err
			case ev.Kind == codec.Begin:
				x = c.Set("a.edi", ev.Env, 1, ev.Set)
			case ev.Kind == codec.Enter && ev.ReceiverLevel != nil:
				x = x.Receiver(ev.ReceiverLevel)
			case ev.Kind == codec.Enter:
				x = x.Source(ev.SourceLevel)
			case ev.Kind == codec.Unit:
				out[0] = out[0][:0]
				w.Subscriber(out, x, ev.Number, ev.SubscriberLevel, &sum)
			}
		}
	})
}

// TestHostileAnswersEnd has answers that are large in every way that takes time.
func TestHostileAnswersEnd(t *testing.T) {
	start := time.Now()
	var list []Benefit
	for i := range 20_000 {
		list = append(list, row([]string{"1", "6", "C"}[i%3], "30 98 33", "Y", "23", fmt.Sprint(i)))
	}
	a, b := benefits(list...), benefits(slices.Clone(list)...)
	for i := range b.Benefits {
		b.Benefits[i].Amount = money2(fmt.Sprintf("%d00000", i))
	}
	m, err := Merge(a, b, MergeOptions{})
	require.NoError(t, err)
	require.NotEmpty(t, m.Conflicts)
	_ = Summarize(m.Response).String()
	many := make([]*Response, 20_000)
	for i := range many {
		many[i] = small("1")
	}
	require.Len(t, MergeAll(many, many, MergeOptions{}), len(many))
	require.Less(t, time.Since(start), time.Minute)
}

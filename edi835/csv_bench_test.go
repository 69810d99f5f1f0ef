package edi835

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/codec"
)

// BenchmarkCSV measures decoding alone and decoding with each table; bytes are those of the X12 input.
func BenchmarkCSV(b *testing.B) {
	src := csvSynthetic(b, synth.Options{Claims: 5000, Seed: 1})
	run := func(b *testing.B, tables []string, o CSVOptions) {
		c, err := NewCSV(tables, o)
		require.NoError(b, err)
		w := c.Worker()
		out := make([][]byte, len(tables))
		var written int64
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			r := ts835.NewReader(strings.NewReader(src), codec.WithReuse())
			var set, group *RowContext
			var totals SetTotals
			for {
				ev, err := r.Next()
				if err == io.EOF {
					break
				}
				require.NoError(b, err)
				if len(tables) == 0 {
					continue
				}
				switch ev.Kind {
				case codec.Begin:
					set = c.Set("a.edi", ev.Env, 1, ev.Set)
				case codec.Enter:
					group = set.Group(ev.HeaderGroup)
				case codec.Unit:
					w.Claim(out, group, ev.Number, ev.ClaimPayment, &totals)
				case codec.End:
					w.Trailer(out, set, &totals, ev.Set)
				}
				for i := range out {
					if len(out[i]) > 64<<10 {
						written += int64(len(out[i]))
						out[i] = out[i][:0]
					}
				}
			}
		}
		b.ReportMetric(float64(written)/float64(b.N)/float64(len(src)), "out/in")
	}
	b.Run("decode", func(b *testing.B) { run(b, nil, CSVOptions{}) })
	for _, table := range CSVTables() {
		b.Run(table, func(b *testing.B) { run(b, []string{table}, CSVOptions{}) })
	}
	b.Run("all", func(b *testing.B) { run(b, CSVTables(), CSVOptions{}) })
	b.Run("flat-describe", func(b *testing.B) { run(b, []string{"flat"}, CSVOptions{Describe: true}) })
	b.Run("flat-first", func(b *testing.B) { run(b, []string{"flat"}, CSVOptions{RepeatFirst: true}) })
}

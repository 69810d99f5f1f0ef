package edi837

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12/codec"
)

// BenchmarkCSV measures decoding alone and decoding with each table, for each kind; bytes are those of the X12 input. M is
// a loop of IndexByte for the terminator.
func BenchmarkCSV(b *testing.B) {
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		src := csvSynthetic(b, synth.Options{Kind: kind, Claims: 5000, Seed: 1})
		run := func(b *testing.B, tables ...string) {
			c, err := NewCSV(tables, CSVOptions{})
			require.NoError(b, err)
			w := c.Worker()
			out := make([][]byte, len(tables))
			var totals SetTotals
			var written int64
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				r := ts837.NewReader(strings.NewReader(src), codec.WithReuse())
				err := csvScan(r, c, "a.edi", func(x *RowContext, ev *ts837.Event) {
					w.Claim(out, x, ev.Number, ev.Claim, &totals)
					for i := range out {
						if len(out[i]) > 64<<10 {
							written += int64(len(out[i]))
							out[i] = out[i][:0]
						}
					}
				}, nil)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(written)/float64(b.N)/float64(len(src)), "out/in")
		}
		b.Run(kind.String()+"/M", func(b *testing.B) {
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
		b.Run(kind.String()+"/decode", func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range ts837.NewReader(strings.NewReader(src), codec.WithReuse()).Units() {
					require.NoError(b, err)
				}
			}
		})
		for _, table := range CSVTables() {
			b.Run(kind.String()+"/"+table, func(b *testing.B) { run(b, table) })
		}
		b.Run(kind.String()+"/all", func(b *testing.B) { run(b, CSVTables()...) })
	}
}

package bench

import (
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// base has the parts of a codec.Format that the formats here share: one output, and nothing for what is not a claim.
type base struct{}

func (base) Outputs() int                                        { return 1 }
func (base) Begin(t *codec.Tape, out [][]byte) any               { return nil }
func (base) Enter(ctx any, t *codec.Tape, out [][]byte) any      { return ctx }
func (base) Trailer(any, *codec.Tape)                            {}
func (base) Other(codec.Env, *x12.Segment, [][]byte)             {}
func (base) Finish([][]byte)                                     {}
func (base) NewTotal() any                                       { return new(edi835.SetTotals) }
func (base) Join(t, u any)                                       { t.(*edi835.SetTotals).Add(u.(*edi835.SetTotals)) }
func (base) End(ctx any, t *codec.Tape, total any, out [][]byte) {}

// claimWorker decodes a claim and hands it on.
type claimWorker struct {
	dec   *ts835.Decoder
	claim ts835.ClaimPayment
	take  func(ctx any, t *codec.Tape, v *ts835.ClaimPayment, total any, out [][]byte)
}

func (w *claimWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	w.claim = ts835.ClaimPayment{}
	w.dec.ClaimPayment(t, &w.claim)
	w.take(ctx, t, &w.claim, total, out)
}

// csvFormat writes one table.
type csvFormat struct {
	base
	csv *edi835.CSV
	dec *ts835.Decoder
}

func (f *csvFormat) Begin(t *codec.Tape, out [][]byte) any {
	set := new(ts835.RemittanceAdvice)
	f.dec = ts835.NewDecoder(true)
	f.dec.Header(t, set)
	return f.csv.Set("bench", t.Env, 1, set)
}

func (f *csvFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	group := new(ts835.HeaderGroup)
	f.dec.HeaderGroup(t, group)
	return ctx.(*edi835.RowContext).Group(group)
}

func (f *csvFormat) Worker() codec.Worker {
	rows := f.csv.Worker()
	return &claimWorker{dec: ts835.NewDecoder(false), take: func(ctx any, t *codec.Tape, v *ts835.ClaimPayment, total any, out [][]byte) {
		rows.Claim(out, ctx.(*edi835.RowContext), t.Units, v, total.(*edi835.SetTotals))
	}}
}

// jsonFormat writes claims as JSON lines.
type jsonFormat struct{ base }

func (jsonFormat) Worker() codec.Worker {
	return &claimWorker{dec: ts835.NewDecoder(false), take: func(_ any, _ *codec.Tape, v *ts835.ClaimPayment, _ any, out [][]byte) {
		out[0] = append(v.AppendJSON(out[0]), '\n')
	}}
}

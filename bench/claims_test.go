package bench

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// claimInputs are generated claims of each kind, one set.
var claimInputs = []input{
	{"837p", sync.OnceValue(func() []byte { return generateClaims(synth.Professional) }), '~'},
	{"837i", sync.OnceValue(func() []byte { return generateClaims(synth.Institutional) }), '~'},
	{"837d", sync.OnceValue(func() []byte { return generateClaims(synth.Dental) }), '~'},
}

func generateClaims(kind synth.Kind) []byte {
	var b bytes.Buffer
	b.Grow(megabytes()<<20 + 1<<20)
	if _, err := synth.Write(&b, synth.Options{Kind: kind, Size: int64(megabytes()) << 20, Seed: 1}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// claimTables are the guides of the 837.
var claimTables = []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2}

func BenchmarkTokenize837(b *testing.B) { over(b, claimInputs, tokenize) }

func decodeClaims(b *testing.B, data []byte, opts ...codec.Option) {
	r := ts837.NewReader(bytes.NewReader(data), opts...)
	for {
		if _, err := r.Next(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecode837Borrowed is P for the 837.
func BenchmarkDecode837Borrowed(b *testing.B) {
	over(b, claimInputs, func(b *testing.B, data []byte) { decodeClaims(b, data, codec.WithReuse()) })
}

func BenchmarkDecode837Owned(b *testing.B) {
	over(b, claimInputs, func(b *testing.B, data []byte) { decodeClaims(b, data) })
}

// BenchmarkValidate837 places segments and runs the element checks, without decoding.
func BenchmarkValidate837(b *testing.B) {
	over(b, claimInputs, func(b *testing.B, data []byte) { validate(b, data, claimTables...) })
}

// BenchmarkEncode837 writes X12 from structs; MB/s are of the X12 written.
func BenchmarkEncode837(b *testing.B) {
	for _, in := range claimInputs {
		b.Run(in.name, func(b *testing.B) {
			steps, env := claimSteps(b, in.load())
			write := func(w io.Writer) {
				xw := x12.NewWriter(w)
				tw := ts837.NewWriter(xw)
				must(b, xw.BeginInterchange(env.Interchange))
				must(b, xw.BeginGroup(env.Group))
				for _, s := range steps {
					must(b, s(tw))
				}
				must(b, xw.Close())
			}
			var out bytes.Buffer
			write(&out)
			b.SetBytes(int64(out.Len()))
			b.ReportAllocs()
			for b.Loop() {
				write(io.Discard)
			}
		})
	}
}

func must(b *testing.B, err error) {
	if err != nil {
		b.Fatal(err)
	}
}

// claimSteps returns the writing of the first thousand claims with the levels around them.
func claimSteps(b *testing.B, data []byte) (steps []func(*ts837.Writer) error, env codec.Env) {
	r := ts837.NewReader(bytes.NewReader(data))
	for n := 0; n < 1000; {
		ev, err := r.Next()
		must(b, err)
		switch e := *ev; {
		case e.Kind == codec.Begin:
			env = e.Env
			steps = append(steps, func(w *ts837.Writer) error { return w.Begin(e.Set) })
		case e.Kind == codec.Unit:
			n++
			steps = append(steps, func(w *ts837.Writer) error { return w.Claim(e.Claim) })
		case e.PatientLevel != nil:
			steps = append(steps, func(w *ts837.Writer) error { return w.PatientLevel(e.PatientLevel) })
		case e.SubscriberLevel != nil:
			steps = append(steps, func(w *ts837.Writer) error { return w.SubscriberLevel(e.SubscriberLevel) })
		case e.BillingLevel != nil:
			steps = append(steps, func(w *ts837.Writer) error { return w.BillingLevel(e.BillingLevel) })
		}
	}
	return steps, env
}

type claimJSON struct{ base }

func (claimJSON) Worker() codec.Worker { return &claimJSONWorker{dec: ts837.NewDecoder(false)} }

type claimJSONWorker struct {
	dec   *ts837.Decoder
	claim ts837.Claim
}

func (w *claimJSONWorker) Unit(_ any, t *codec.Tape, _ any, out [][]byte) {
	w.dec.Recycle()
	w.claim = ts837.Claim{}
	w.dec.Claim(t, &w.claim)
	out[0] = append(w.claim.AppendJSON(out[0]), '\n')
}

// BenchmarkJSON837 writes the structs of the guide as JSON, checks off.
func BenchmarkJSON837(b *testing.B) {
	over(b, claimInputs, func(b *testing.B, data []byte) { process(b, data, claimJSON{}, 1, claimTables...) })
}

package ts837_test

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// kinds are the kinds of claims, with a generated submission of 16 MB in one set each.
var kinds = []struct {
	kind  synth.Kind
	bytes func() []byte
}{
	{synth.Professional, bulk(synth.Professional)},
	{synth.Institutional, bulk(synth.Institutional)},
	{synth.Dental, bulk(synth.Dental)},
}

func bulk(k synth.Kind) func() []byte {
	return sync.OnceValue(func() []byte {
		var b bytes.Buffer
		if _, err := synth.Write(&b, synth.Options{Kind: k, Size: 16 << 20, Seed: 1}); err != nil {
			panic(err)
		}
		return b.Bytes()
	})
}

// each runs f over the submission of each kind.
func each(b *testing.B, f func(b *testing.B, src []byte)) {
	for _, k := range kinds {
		b.Run(k.kind.String(), func(b *testing.B) {
			src := k.bytes()
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				f(b, src)
			}
		})
	}
}

// end makes a benchmark fail on an error that is not the end of the stream.
func end(b *testing.B, err error) {
	if err != io.EOF {
		b.Fatal(err)
	}
}

// BenchmarkYardstick is M of docs/performance.md.
func BenchmarkYardstick(b *testing.B) {
	each(b, func(b *testing.B, d []byte) {
		for {
			i := bytes.IndexByte(d, '~')
			if i < 0 {
				break
			}
			d = d[i+1:]
		}
	})
}

func BenchmarkTokenize(b *testing.B) {
	each(b, func(b *testing.B, src []byte) {
		r := x12.NewReader(bytes.NewReader(src))
		for {
			if _, err := r.Read(); err != nil {
				end(b, err)
				break
			}
		}
	})
}

func stream(src []byte) *codec.Stream {
	return codec.Apply(nil).Stream(bytes.NewReader(src), ts837.X222A1, ts837.X223A2, ts837.X224A2)
}

func BenchmarkWalk(b *testing.B) {
	each(b, func(b *testing.B, src []byte) {
		s := stream(src)
		for {
			if _, err := s.Next(); err != nil {
				end(b, err)
				break
			}
		}
	})
}

// BenchmarkWalkAndCheck is BenchmarkWalk with the element checks on.
func BenchmarkWalkAndCheck(b *testing.B) {
	each(b, func(b *testing.B, src []byte) {
		s := stream(src)
		c := codec.NewChecker(func(i *x12.Issue) { b.Fatal(i) })
		for {
			ev, err := s.Next()
			if err != nil {
				end(b, err)
				break
			}
			if ev.Tape != nil {
				c.Tape(ev.Tape)
			}
		}
	})
}

func read(b *testing.B, src []byte, opts ...codec.Option) {
	r := ts837.NewReader(bytes.NewReader(src), opts...)
	for {
		if _, err := r.Next(); err != nil {
			end(b, err)
			return
		}
	}
}

func BenchmarkDecodeBorrowed(b *testing.B) {
	each(b, func(b *testing.B, src []byte) { read(b, src, codec.WithReuse()) })
}

func BenchmarkDecodeOwned(b *testing.B) {
	each(b, func(b *testing.B, src []byte) { read(b, src) })
}

// BenchmarkEncode writes claims from structs, over and over the same thousand with what is around them.
func BenchmarkEncode(b *testing.B) {
	for _, k := range kinds {
		b.Run(k.kind.String(), func(b *testing.B) {
			var parts []any
			var env codec.Env
			var set *ts837.HealthCareClaim
			r := ts837.NewReader(bytes.NewReader(k.bytes()))
			for n := 0; n < 1000; {
				ev, err := r.Next()
				if err != nil {
					b.Fatal(err)
				}
				switch ev.Kind {
				case codec.Begin:
					env, set = ev.Env, ev.Set
				case codec.Enter:
					switch ev.Table.Loops[ev.Loop].ID {
					case "2000A":
						parts = append(parts, ev.BillingLevel)
					case "2000B":
						parts = append(parts, ev.SubscriberLevel)
					default:
						parts = append(parts, ev.PatientLevel)
					}
				case codec.Unit:
					parts = append(parts, ev.Claim)
					n++
				}
			}
			write := func(to io.Writer) {
				xw := x12.NewWriter(to)
				w := ts837.NewWriter(xw)
				for _, err := range []error{xw.BeginInterchange(env.Interchange), xw.BeginGroup(env.Group), w.Begin(set)} {
					if err != nil {
						b.Fatal(err)
					}
				}
				for _, p := range parts {
					var err error
					switch p := p.(type) {
					case *ts837.BillingLevel:
						err = w.BillingLevel(p)
					case *ts837.SubscriberLevel:
						err = w.SubscriberLevel(p)
					case *ts837.PatientLevel:
						err = w.PatientLevel(p)
					case *ts837.Claim:
						err = w.Claim(p)
					}
					if err != nil {
						b.Fatal(err)
					}
				}
				if err := xw.Close(); err != nil {
					b.Fatal(err)
				}
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

// TestBulk makes sure that what is measured is sound: no finding, and no extras but for the order of segments that the guide
// gives one position.
func TestBulk(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.kind.String(), func(t *testing.T) {
			var b bytes.Buffer
			stats, err := synth.Write(&b, synth.Options{Kind: k.kind, Size: 1 << 20, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			s := stream(b.Bytes())
			c := codec.NewChecker(func(i *x12.Issue) { t.Fatal(i) })
			for {
				ev, err := s.Next()
				if err != nil {
					break
				}
				c.Tape(ev.Tape)
			}
			r := ts837.NewReader(&b, codec.WithSink(func(i *x12.Issue) bool { t.Error(i); return false }))
			claims := int64(0)
			for ev, err := range r.Units() {
				if err != nil {
					t.Fatal(err)
				}
				list := []*codec.Extras{ev.Set.Extras, ev.BillingLevel.Extras, ev.SubscriberLevel.Extras, ev.Claim.Extras}
				if ev.PatientLevel != nil {
					list = append(list, ev.PatientLevel.Extras)
				}
				for _, x := range list {
					if x != nil && (x.Order != nil || x.Segments != nil || x.Values != nil || x.Omit != nil) {
						t.Fatalf("claim %d, or what is around it: %+v", ev.Number, x)
					}
				}
				claims++
			}
			if claims != stats.Claims {
				t.Fatalf("%d claims of %d", claims, stats.Claims)
			}
		})
	}
}

package ts837_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// FuzzDecode feeds anything to the reader. Whatever it makes of it can be written again without loss, step by step and through
// JSON; owning and borrowing decoders, and the checks, agree and come to an end.
func FuzzDecode(f *testing.F) {
	p, text := pkg(), throughJSON()
	files := p.Samples(f, "valid", "odd", "invalid")
	for _, name := range x12test.Names(files) {
		if b := files[name]; len(b) < 3<<10 {
			f.Add(b)
		}
	}
	for _, kind := range []string{"P", "I", "D"} {
		f.Add([]byte(strings.Join(threeClaims(kind), "~") + "~"))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s := stream(src)
		check := codec.NewChecker(func(i *x12.Issue) {
			if i.Rule == "" || i.Severity == 0 || i.Segment == 0 {
				t.Fatalf("incomplete finding: %+v", i)
			}
		})
		for {
			ev, err := s.Next()
			if err != nil {
				break
			}
			if ev.Tape != nil {
				check.Tape(ev.Tape)
			}
		}
		if !x12test.Readable(src) {
			return
		}
		hold := func(p *x12test.Package, opts ...codec.Option) {
			fault := p.Lossless(src, opts...)
			if fault != "" && !strings.HasPrefix(fault, "error: x12: ST") {
				t.Fatalf("%s\n%q", fault, src)
			}
		}
		hold(p)
		hold(p, codec.WithReuse())
		hold(p, codec.WithBuffer(1))
		hold(text)
	})
}

// TestDecodeFaults makes the reader fail at every byte: the error comes out, and what was read before it is the same.
func TestDecodeFaults(t *testing.T) {
	for _, kind := range []string{"P", "I", "D"} {
		src := []byte(strings.Join(threeClaims(kind), "~") + "~")
		whole := units(t, bytes.NewReader(src), nil)
		if len(whole) != 3 {
			t.Fatalf("%d units", len(whole))
		}
		broken := errors.New("broken")
		for n := range len(src) {
			got := units(t, &failing{src: src[:n], err: broken}, broken)
			if len(got) > len(whole) {
				t.Fatalf("%s: %d units of %d after %d bytes", kind, len(got), len(whole), n)
			}
			for i := range max(len(got)-1, 0) { // the last one may be cut short
				if got[i] != whole[i] {
					t.Fatalf("%s: unit %d is %s after %d bytes, expected %s", kind, i, got[i], n, whole[i])
				}
			}
		}
	}
}

// units returns the units of a stream as JSON; the stream must end with want.
func units(t *testing.T, r interface{ Read([]byte) (int, error) }, want error) (out []string) {
	t.Helper()
	rd := ts837.NewReader(r)
	for ev, err := range rd.Units() {
		if err != nil {
			if !errors.Is(err, want) {
				t.Fatalf("error %v, expected %v", err, want)
			}
			return out
		}
		out = append(out, string(ev.Claim.AppendJSON(nil)))
	}
	if want != nil {
		t.Fatal("no error")
	}
	return out
}

// failing is a reader that ends with err.
type failing struct {
	src []byte
	err error
}

func (f *failing) Read(b []byte) (int, error) {
	if len(f.src) == 0 {
		return 0, f.err
	}
	n := copy(b, f.src)
	f.src = f.src[n:]
	return n, nil
}

// TestReuse reads with memory used again and again: it gives what owning gives, contexts included, and a claim costs no
// allocation, nor do the levels around it.
func TestReuse(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.kind.String(), func(t *testing.T) {
			var b bytes.Buffer
			if _, err := synth.Write(&b, synth.Options{Kind: k.kind, Claims: 4000, Seed: 3}); err != nil {
				t.Fatal(err)
			}
			src := b.Bytes()
			text := func(ev *ts837.Event) []byte {
				out := ev.SubscriberLevel.AppendJSON(ev.BillingLevel.AppendJSON(nil))
				if ev.PatientLevel != nil {
					out = ev.PatientLevel.AppendJSON(out)
				}
				return ev.Claim.AppendJSON(out)
			}
			own, reuse := ts837.NewReader(bytes.NewReader(src)), ts837.NewReader(bytes.NewReader(src), codec.WithReuse())
			var owned []*ts837.Event
			var texts []string
			for ev, err := range own.Units() {
				if err != nil {
					t.Fatal(err)
				}
				e := *ev
				owned, texts = append(owned, &e), append(texts, string(text(ev)))
			}
			n := 0
			for ev, err := range reuse.Units() {
				if err != nil {
					t.Fatal(err)
				}
				if got := string(text(ev)); got != texts[n] {
					t.Fatalf("claim %d with reuse is %s, expected %s", n+1, got, texts[n])
				}
				n++
			}
			if n != 4000 || len(owned) != n {
				t.Fatalf("%d and %d claims", n, len(owned))
			}
			for i, e := range owned { // theirs is the memory
				if got := string(text(e)); got != texts[i] {
					t.Fatalf("claim %d has changed: %s, expected %s", i+1, got, texts[i])
				}
			}

			// Past the first claims all buffers have their size. A claim with extras allocates them.
			r := ts837.NewReader(bytes.NewReader(src), codec.WithReuse())
			extras := 0
			next := func() {
				for {
					ev, err := r.Next()
					if err != nil {
						t.Fatal(err)
					}
					if ev.Kind == codec.Unit {
						if ev.Claim.Extras != nil {
							extras++
						}
						return
					}
				}
			}
			for range 2000 {
				next()
			}
			extras = 0
			allocs := testing.AllocsPerRun(1, func() {
				for range 900 {
					next()
				}
			})
			if allocs > float64(8*extras+20) {
				t.Fatalf("%v allocations for 900 claims, of which %d have extras", allocs, extras)
			}
		})
	}
}

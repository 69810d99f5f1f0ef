package ts835_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// FuzzDecode feeds anything to the reader. Whatever it makes of it can be written again without loss; owning and
// borrowing decoders, and the checks, agree and come to an end.
func FuzzDecode(f *testing.F) {
	p := pkg()
	files := p.Samples(f, "valid", "odd", "invalid")
	for _, name := range x12test.Names(files) {
		if b := files[name]; len(b) < 3<<10 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s := codec.Apply(nil).Stream(bytes.NewReader(src), ts835.X221A1)
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
		for _, opts := range [][]codec.Option{nil, {codec.WithReuse()}, {codec.WithBuffer(1)}} {
			fault := p.Lossless(src, opts...)
			if fault != "" && !strings.HasPrefix(fault, "error: x12: ST") {
				t.Fatalf("%s\n%q", fault, src)
			}
		}
	})
}

// TestDecodeFaults makes the reader fail at every byte: the error comes out, and what was read before it is the same.
func TestDecodeFaults(t *testing.T) {
	src := pkg().Samples(t, "valid")["valid/remit-basic.edi"]
	whole := units(t, bytes.NewReader(src), nil)
	broken := errors.New("broken")
	for n := range len(src) {
		got := units(t, &failing{src: src[:n], err: broken}, broken)
		if len(got) > len(whole) {
			t.Fatalf("%d units of %d after %d bytes", len(got), len(whole), n)
		}
		for i := range max(len(got)-1, 0) { // the last one may be cut short
			if got[i] != whole[i] {
				t.Fatalf("unit %d is %s after %d bytes, expected %s", i, got[i], n, whole[i])
			}
		}
	}
}

// units returns the units of a stream as JSON; the stream must end with want.
func units(t *testing.T, r interface{ Read([]byte) (int, error) }, want error) (out []string) {
	t.Helper()
	rd := ts835.NewReader(r)
	for ev, err := range rd.Units() {
		if err != nil {
			if !errors.Is(err, want) {
				t.Fatalf("error %v, expected %v", err, want)
			}
			return out
		}
		out = append(out, string(ev.ClaimPayment.AppendJSON(nil)))
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

package ts835_test

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// sample is a generated remittance of 16 MB in one set.
var sample = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if _, err := synth.Write(&b, synth.Options{Size: 16 << 20, Seed: 1}); err != nil {
		panic(err)
	}
	return b.Bytes()
})

func read(b *testing.B, opts ...codec.Option) {
	r := ts835.NewReader(bytes.NewReader(sample()), opts...)
	for {
		_, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkYardstick is M of docs/performance.md.
func BenchmarkYardstick(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	for b.Loop() {
		for d := sample(); ; {
			i := bytes.IndexByte(d, '~')
			if i < 0 {
				break
			}
			d = d[i+1:]
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	b.ReportAllocs()
	for b.Loop() {
		r := x12.NewReader(bytes.NewReader(sample()))
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			}
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	b.ReportAllocs()
	for b.Loop() {
		s := codec.Apply(nil).Stream(bytes.NewReader(sample()), ts835.X221A1)
		for {
			if _, err := s.Next(); err == io.EOF {
				break
			}
		}
	}
}

func BenchmarkDecodeBorrowed(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	b.ReportAllocs()
	for b.Loop() {
		read(b, codec.WithReuse())
	}
}

func BenchmarkDecodeOwned(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	b.ReportAllocs()
	for b.Loop() {
		read(b)
	}
}

// BenchmarkEncode writes claims from structs, over and over the same thousand.
func BenchmarkEncode(b *testing.B) {
	var claims []*ts835.ClaimPayment
	size := 0
	r := ts835.NewReader(bytes.NewReader(sample()))
	var set *ts835.RemittanceAdvice
	var env codec.Env
	for ev, err := range r.Units() {
		if err != nil {
			b.Fatal(err)
		}
		if claims = append(claims, ev.ClaimPayment); len(claims) == 1000 {
			set, env = ev.Set, ev.Env
			break
		}
	}
	var out bytes.Buffer
	write := func(w io.Writer) {
		xw := x12.NewWriter(w)
		tw := ts835.NewWriter(xw)
		for _, err := range []error{xw.BeginInterchange(env.Interchange), xw.BeginGroup(env.Group), tw.Begin(set)} {
			if err != nil {
				b.Fatal(err)
			}
		}
		for _, c := range claims {
			if err := tw.ClaimPayment(c); err != nil {
				b.Fatal(err)
			}
		}
		if err := xw.Close(); err != nil {
			b.Fatal(err)
		}
	}
	write(&out)
	size = out.Len()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		write(io.Discard)
	}
}

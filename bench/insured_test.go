package bench

import (
	"bytes"
	"io"
	"sync"
	"testing"

	answer "github.com/x12-go/edi/edi271/synth"
	"github.com/x12-go/edi/edi271/ts271"
	enroll "github.com/x12-go/edi/edi834/synth"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12/codec"
)

// insuredInputs are generated members and answers, one set each.
var insuredInputs = []input{
	{"834", sync.OnceValue(func() []byte {
		var b bytes.Buffer
		if _, err := enroll.Write(&b, enroll.Options{Size: int64(megabytes()) << 20, Seed: 1}); err != nil {
			panic(err)
		}
		return b.Bytes()
	}), '~'},
	{"271", sync.OnceValue(func() []byte {
		var b bytes.Buffer
		if _, err := answer.Write(&b, answer.Options{Size: int64(megabytes()) << 20, Seed: 1}); err != nil {
			panic(err)
		}
		return b.Bytes()
	}), '~'},
}

// readAll takes all steps of a generated reader.
func readAll[E any](b *testing.B, next func() (E, error)) {
	for {
		if _, err := next(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeInsuredBorrowed is P for the 834 and the 271.
func BenchmarkDecodeInsuredBorrowed(b *testing.B) {
	over(b, insuredInputs[:1], func(b *testing.B, data []byte) {
		readAll(b, ts834.NewReader(bytes.NewReader(data), codec.WithReuse()).Next)
	})
	over(b, insuredInputs[1:], func(b *testing.B, data []byte) {
		readAll(b, ts271.NewReader(bytes.NewReader(data), codec.WithReuse()).Next)
	})
}

// BenchmarkValidateInsured places segments and runs the element checks, without decoding.
func BenchmarkValidateInsured(b *testing.B) {
	over(b, insuredInputs[:1], func(b *testing.B, data []byte) { validate(b, data, ts834.X220A1) })
	over(b, insuredInputs[1:], func(b *testing.B, data []byte) { validate(b, data, ts271.X279A1) })
}

package edi837

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/validate"
)

// generated is a submission of 16 MB of each kind.
func generated(b *testing.B, kind synth.Kind) []byte {
	var out bytes.Buffer
	_, err := synth.Write(&out, synth.Options{Kind: kind, Size: 16 << 20, Seed: 1})
	require.NoError(b, err)
	return out.Bytes()
}

func benchKinds(b *testing.B, run func(b *testing.B, src []byte)) {
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		src := generated(b, kind)
		b.Run(kind.String(), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			run(b, src)
		})
	}
}

// BenchmarkValidate is full validation to level 5 of generated claims, to be held against BenchmarkDecode of the same run.
func BenchmarkValidate(b *testing.B) {
	v, err := validate.New(validate.Options{Packs: []validate.Pack{Rules()}})
	require.NoError(b, err)
	require.NoError(b, v.Compile())
	benchKinds(b, func(b *testing.B, src []byte) {
		for b.Loop() {
			require.NoError(b, v.Run(bytes.NewReader(src), nil, nil))
		}
	})
}

// BenchmarkDecode is the typed decoding of the same claims, with borrowed text.
func BenchmarkDecode(b *testing.B) {
	benchKinds(b, func(b *testing.B, src []byte) {
		for b.Loop() {
			r := ts837.NewReader(bytes.NewReader(src), codec.WithReuse())
			var err error
			for err == nil {
				_, err = r.Next()
			}
			require.Equal(b, io.EOF, err)
		}
	})
}

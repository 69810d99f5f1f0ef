package validate_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/x12-go/edi/edi835/synth"
	synth837 "github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/validate"
)

// BenchmarkCodes compares validation without and with external codes; the difference is what codes cost.
func BenchmarkCodes(b *testing.B) {
	write := map[string]func(w io.Writer) error{
		"professional": func(w io.Writer) error {
			_, err := synth837.Write(w, synth837.Options{Kind: synth837.Professional, Size: 8 << 20, Seed: 1})
			return err
		},
		"institutional": func(w io.Writer) error {
			_, err := synth837.Write(w, synth837.Options{Kind: synth837.Institutional, Size: 8 << 20, Seed: 1})
			return err
		},
		"remittance": func(w io.Writer) error {
			_, err := synth.Write(w, synth.Options{Size: 8 << 20, Seed: 1})
			return err
		},
	}
	for _, kind := range []string{"professional", "institutional", "remittance"} {
		var src bytes.Buffer
		if err := write[kind](&src); err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name  string
			level uint8
		}{{"without", 4}, {"with", 5}} {
			b.Run(kind+"/"+c.name, func(b *testing.B) {
				v, err := validate.New(validate.Options{Level: c.level, Packs: []validate.Pack{codeGuides}})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(src.Len()))
				b.ReportAllocs()
				for b.Loop() {
					if err := v.Run(bytes.NewReader(src.Bytes()), nil, nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(src.Len()), "ns/B")
			})
		}
	}
}

func BenchmarkFind(b *testing.B) {
	list := codes.Default().List("pos")
	code := []byte("11")
	for b.Loop() {
		if _, ok := list.Find(code); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkNPI(b *testing.B) {
	code := []byte("1234567893")
	for b.Loop() {
		if !codes.IsNPI(code) {
			b.Fatal("not an NPI")
		}
	}
}

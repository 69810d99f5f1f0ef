package cli

import (
	"bytes"
	"io"
	"testing"

	"github.com/x12-go/edi/edi835/synth"
)

// sample returns synthetic input of about size bytes.
func sample(tb testing.TB, size int64) []byte {
	tb.Helper()
	var b bytes.Buffer
	if _, err := synth.Write(&b, synth.Options{Size: size, Seed: 1, PerSet: 100}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkCommands(b *testing.B) {
	x12 := sample(b, 4<<20)
	var lines bytes.Buffer
	if code := Run([]string{"json", "--layer", "segments"}, bytes.NewReader(x12), &lines, io.Discard); code != 0 {
		b.Fatal("json:", code)
	}
	for _, bm := range []struct {
		name  string
		args  []string
		input []byte
	}{
		{"fmt", []string{"fmt"}, x12},
		{"canonical", []string{"fmt", "--canonical"}, x12},
		{"stats", []string{"stats"}, x12},
		{"json", []string{"json", "--layer", "segments"}, x12},
		{"x12", []string{"x12"}, lines.Bytes()},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.input)))
			b.ReportAllocs()
			for b.Loop() {
				if code := Run(bm.args, bytes.NewReader(bm.input), io.Discard, io.Discard); code != 0 {
					b.Fatal("exit status", code)
				}
			}
		})
	}
}

package ts835_test

import (
	"bytes"
	"testing"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// BenchmarkWalkAndCheck is BenchmarkWalk with the element checks on.
func BenchmarkWalkAndCheck(b *testing.B) {
	b.SetBytes(int64(len(sample())))
	b.ReportAllocs()
	for b.Loop() {
		s := codec.Apply(nil).Stream(bytes.NewReader(sample()), ts835.X221A1)
		c := codec.NewChecker(func(i *x12.Issue) { b.Fatal(i) })
		for {
			ev, err := s.Next()
			if err != nil {
				break
			}
			if ev.Tape != nil {
				c.Tape(ev.Tape)
			}
		}
	}
}

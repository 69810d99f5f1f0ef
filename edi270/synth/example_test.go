package synth_test

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/edi270/synth"
)

func ExampleWrite() {
	s, err := synth.Write(io.Discard, synth.Options{Inquiries: 1000, Seed: 7, PerSet: 300})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Inquiries, "inquiries in", s.Sets, "sets")
	fmt.Println("with dependents:", s.Dependents > 0)
	// Output:
	// 1000 inquiries in 4 sets
	// with dependents: true
}

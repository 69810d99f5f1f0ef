package synth_test

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/edi271/synth"
)

func ExampleWrite() {
	s, err := synth.Write(io.Discard, synth.Options{Answers: 1000, Seed: 7, PerSet: 300})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Answers, "answers in", s.Sets, "sets")
	fmt.Println("with dependents:", s.Dependents > 0)
	// Output:
	// 1000 answers in 4 sets
	// with dependents: true
}

package synth_test

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/edi834/synth"
)

func ExampleWrite() {
	s, err := synth.Write(io.Discard, synth.Options{Members: 1000, Seed: 7, PerSet: 300})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Members, "members in", s.Sets, "sets")
	fmt.Println("with dependents:", s.Subscribers < s.Members)
	// Output:
	// 1000 members in 4 sets
	// with dependents: true
}

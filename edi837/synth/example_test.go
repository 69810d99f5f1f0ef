package synth_test

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/edi837/synth"
)

func ExampleWrite() {
	s, err := synth.Write(io.Discard, synth.Options{Kind: synth.Institutional, Claims: 1000, Seed: 7, PerSet: 300})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Claims, "claims in", s.Sets, "sets")
	fmt.Println("more subscribers than billing providers:", s.Subscribers > s.Billing)
	// Output:
	// 1000 claims in 4 sets
	// more subscribers than billing providers: true
}

package synth_test

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/edi835/synth"
)

func ExampleWrite() {
	s, err := synth.Write(io.Discard, synth.Options{Claims: 1000, Seed: 7, PerSet: 300})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Claims, "claims in", s.Sets, "sets")
	fmt.Println("payment is paid less adjusted:", s.Payment == s.Paid-s.Adjusted)
	// Output:
	// 1000 claims in 4 sets
	// payment is paid less adjusted: true
}

package ts835_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/x12test"
)

// TestWalkFaults takes sound files apart: one segment gone or doubled costs at most three findings of the structure, two that
// have changed places at most four, a required one that is gone at least one, and one that no guide knows exactly one.
func TestWalkFaults(t *testing.T) {
	p := pkg()
	files := p.Samples(t, "valid", "corpus")
	n := 0
	for _, name := range x12test.Names(files) {
		n += p.WalkFaults(t, name, files[name], x12test.Damage{Gone: 3, Twice: 3, Swapped: 4, Unit: "CLP", Step: true})
	}
	require.Greater(t, n, 50)
}

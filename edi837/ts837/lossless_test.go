package ts837_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12/codec"
)

var seed = flag.Uint64("seed", 1, "seed of the random changes to sample files")

// TestLossless holds the structs to their promise: what was read is written again, all of it and in its order, for sound
// files and for broken ones, step by step, whole and through JSON.
func TestLossless(t *testing.T) {
	files := pkg().Samples(t, "valid", "odd", "invalid", "corpus", "bad")
	n := 0
	for _, name := range x12test.Names(files) {
		src := files[name]
		if !x12test.Readable(src) {
			continue
		}
		n++
		t.Run(name, func(t *testing.T) {
			for way, p := range ways {
				require.Empty(t, p().Lossless(src), way)
				require.Empty(t, p().Lossless(src, codec.WithReuse()), "%s, reusing", way)
			}
			require.Empty(t, pkg().Lossless(src, codec.WithBuffer(1)), "small window")
		})
	}
	require.Greater(t, n, 150)
}

// TestLosslessChanged makes random changes to the sets of sample files.
func TestLosslessChanged(t *testing.T) {
	rounds := 6000
	if testing.Short() {
		rounds = 600
	}
	p := pkg()
	p.ChangeAll(t, p.Samples(t, "valid", "odd", "corpus"), *seed, rounds)
}

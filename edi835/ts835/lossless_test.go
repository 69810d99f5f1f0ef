package ts835_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12/codec"
)

var seed = flag.Uint64("seed", 1, "seed of the random changes to sample files")

// claimsBehindTrailer reports whether something of a claim or group comes behind a PLB: then the order of the trailer is not
// kept, since its parts are written together behind the last claim.
func claimsBehindTrailer(segs []string) bool {
	plb := false
	for _, s := range segs {
		id := s
		if k := strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > 'Z' }); k >= 0 {
			id = s[:k]
		}
		switch id {
		case "PLB":
			plb = true
		case "LX", "TS3", "TS2", "CLP", "CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY", "SVC", "LQ":
			if plb {
				return true
			}
		}
	}
	return false
}

// TestLossless holds the structs to their promise: what was read is written again, all of it and in its order, for sound
// files and for broken ones, step by step, whole and through JSON.
func TestLossless(t *testing.T) {
	p, sets, text := pkg(), wholeSets(), throughJSON()
	files := p.Samples(t, "valid", "odd", "invalid", "corpus", "bad")
	n := 0
	for _, name := range x12test.Names(files) {
		src := files[name]
		if !x12test.Readable(src) {
			continue
		}
		n++
		t.Run(name, func(t *testing.T) {
			require.Empty(t, p.Lossless(src))
			require.Empty(t, p.Lossless(src, codec.WithReuse()), "reusing")
			require.Empty(t, p.Lossless(src, codec.WithBuffer(1)), "small window")
			require.Empty(t, sets.Lossless(src), "whole sets")
			require.Empty(t, sets.Lossless(src, codec.WithReuse()), "whole sets, reusing")
			require.Empty(t, text.Lossless(src), "through JSON")
		})
	}
	require.Greater(t, n, 100)
}

// TestLosslessChanged makes random changes to the sets of sample files.
func TestLosslessChanged(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	p := pkg()
	p.ChangeAll(t, p.Samples(t, "valid", "odd", "corpus"), *seed, rounds)
}

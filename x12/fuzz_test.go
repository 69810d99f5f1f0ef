package x12_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// FuzzReader reads anything: without a panic, to an end, with every byte accounted for, and the same however the
// input is cut. The seeds in testdata/fuzz are named for what they show.
func FuzzReader(f *testing.F) {
	f.Add([]byte(file835(2)), uint16(1))
	f.Fuzz(func(t *testing.T, data []byte, size uint16) {
		if len(data) > 1<<16 {
			return
		}
		text := string(data)
		want := readAll(t, text, bytes.NewReader(data)) // accounts for the bytes
		src := &chunks{data: text, size: -1 - int(size), rnd: rand.New(rand.NewPCG(uint64(size), 5)), early: size%2 == 0}
		same(t, want, readAll(t, text, src, x12.WithBuffer(1+int(size))), "in chunks")
		for _, i := range want.issues {
			require.NotContains(t, i.Message, "\n")
			require.NotZero(t, i.Severity)
			require.NotEmpty(t, i.Rule)
			require.GreaterOrEqual(t, int64(len(text)), i.Offset)
		}
	})
}

// FuzzRoundTrip writes what it reads without an error, reads it again and compares.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte(file835(2)), false)
	f.Add([]byte(unpadded(inDelims(file835(1), "|!>\n"))), true)
	f.Fuzz(func(t *testing.T, data []byte, newline bool) {
		if len(data) > 1<<16 {
			return
		}
		text := string(data)
		in := readAll(t, text, strings.NewReader(text))
		if in.err != io.EOF {
			return
		}
		for _, i := range in.issues {
			// A bare set has delimiters that are guessed, and what has an error need not be what it seems.
			if i.Severity >= x12.Error || i.Rule == x12.RuleBareSet {
				return
			}
		}
		var out bytes.Buffer
		w := x12.NewWriter(&out, x12.WithNewline(newline))
		if err := rewrite(x12.NewReader(strings.NewReader(text)), w); err != nil {
			var i *x12.Issue
			require.True(t, errors.As(err, &i), "%v", err) // a header that cannot be written
			require.NotEmpty(t, i.SegID)
			return
		}
		again := readAll(t, out.String(), strings.NewReader(out.String()))
		require.Equal(t, io.EOF, again.err)
		for _, i := range again.issues { // headers are copied with what is wrong with them
			same := func(k *x12.Issue) bool { return k.Rule == i.Rule && k.SegID == i.SegID && k.Element == i.Element }
			require.True(t, i.Rule == x12.RuleRepetition || slices.ContainsFunc(in.issues, same), "%v", i)
		}
		require.Equal(t, len(in.segs), len(again.segs))
		require.Equal(t, in.ord, again.ord)
		require.Equal(t, in.sets, again.sets)
		require.Equal(t, string(in.body), string(again.body), "segments that are copied")
		require.Equal(t, out.String(), rewritten(t, out.String(), x12.WithNewline(newline)))
	})
}

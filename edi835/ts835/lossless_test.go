package ts835_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var seed = flag.Uint64("seed", 1, "seed of the random changes to sample files")

// body is what promise 2 is about: the segments of one set but ST and SE, trimmed.
type body struct {
	control string
	segs    []string
}

// trimmed is an independent trimmer: what is empty at the end of a segment, a repetition or a composite is nothing.
func trimmed(s *x12.Segment) string {
	elems := strings.Split(string(s.Bytes()), string(s.Delims.Element))
	for i, e := range elems {
		if i == 0 {
			continue
		}
		reps := []string{e}
		if s.Delims.Repetition != 0 {
			reps = strings.Split(e, string(s.Delims.Repetition))
		}
		for k, r := range reps {
			reps[k] = strings.TrimRight(r, string(s.Delims.Component))
		}
		elems[i] = strings.Join(reps, string(s.Delims.Repetition))
		if s.Delims.Repetition != 0 {
			elems[i] = strings.TrimRight(elems[i], string(s.Delims.Repetition))
		}
	}
	return strings.TrimRight(strings.Join(elems, string(s.Delims.Element)), string(s.Delims.Element))
}

// bodies lists the sets of a stream as far as it can be read.
func bodies(src []byte) (out []body) {
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		if err != nil {
			return out
		}
		set := r.Set()
		if set == nil || set.ID != "835" {
			last = nil
			continue
		}
		if set != last {
			last = set
			out = append(out, body{control: set.Control})
			continue // ST
		}
		if s.ID != x12.ID("SE") {
			b := &out[len(out)-1]
			if text := trimmed(s); text != "" { // else nothing but separators
				b.segs = append(b.segs, text)
			}
		}
	}
}

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

// rewriteSets reads a stream through the structs and writes each set into an interchange with the delimiters of its own.
func rewriteSets(src []byte, opts ...codec.Option) (out []body, err error) {
	r := ts835.NewReader(bytes.NewReader(src), opts...)
	var w *x12.Writer
	var tw *ts835.Writer
	var buf bytes.Buffer
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch ev.Kind {
		case codec.Begin:
			buf.Reset()
			w = x12.NewWriter(&buf)
			tw = ts835.NewWriter(w)
			isa := [16]string{"00", "", "00", "", "ZZ", "S", "ZZ", "R", "260101", "1200", "^", "00501", "000000001", "0", "T", ":"}
			if ev.Env.Interchange.Delims.Repetition == 0 {
				isa[10], isa[11] = "U", "00401"
			}
			inter := x12.Interchange{Seq: 1, ISA: isa, Delims: ev.Env.Interchange.Delims}
			group := x12.Group{Seq: 1, GS: [8]string{"HP", "S", "R", "20260101", "1200", "1", "X", "005010X221A1"}}
			if err := w.BeginInterchange(&inter); err != nil {
				return out, fmt.Errorf("interchange: %w", err)
			}
			if err := w.BeginGroup(&group); err != nil {
				return out, fmt.Errorf("group: %w", err)
			}
			err = tw.Begin(ev.Set)
		case codec.Enter:
			err = tw.HeaderGroup(ev.HeaderGroup)
		case codec.Unit:
			err = tw.ClaimPayment(ev.ClaimPayment)
		case codec.End:
			if err = tw.End(ev.Set); err == nil {
				if err = w.Close(); err == nil {
					out = append(out, bodies(buf.Bytes())...)
				}
			}
		}
		if err != nil {
			return out, err
		}
	}
}

// lossless compares what went in with what comes out; it returns "" when nothing is lost.
func lossless(src []byte, opts ...codec.Option) string {
	want := bodies(src)
	got, err := rewriteSets(src, opts...)
	if err != nil {
		return "error: " + err.Error()
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%d sets instead of %d", len(got), len(want))
	}
	for i, b := range want {
		a := got[i]
		if claimsBehindTrailer(b.segs) {
			slices.Sort(a.segs)
			slices.Sort(b.segs)
		}
		for k := range max(len(a.segs), len(b.segs)) {
			x, y := "nothing", "nothing"
			if k < len(a.segs) {
				x = a.segs[k]
			}
			if k < len(b.segs) {
				y = b.segs[k]
			}
			if x != y {
				return fmt.Sprintf("set %d segment %d: %q became %q", i+1, k+2, y, x)
			}
		}
	}
	return ""
}

// readable reports whether the envelope lets the stream be read to its end.
func readable(src []byte) bool {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		if _, err := r.Read(); err != nil {
			return err == io.EOF
		}
	}
}

// TestLossless holds the structs to their promise: what was read is written again, all of it and in its order, for sound
// files and for broken ones.
func TestLossless(t *testing.T) {
	files := samples(t, "valid", "odd", "invalid", "corpus", "bad")
	n := 0
	for _, name := range names(files) {
		if !readable(files[name]) {
			continue
		}
		n++
		t.Run(name, func(t *testing.T) {
			require.Empty(t, lossless(files[name]))
			require.Empty(t, lossless(files[name], codec.WithReuse()), "reusing")
			require.Empty(t, lossless(files[name], codec.WithBuffer(1)), "small window")
		})
	}
	require.Greater(t, n, 100)
}

// TestLosslessChanged makes random changes to the sets of sample files: segments deleted, doubled, swapped and emptied,
// elements emptied, doubled and filled with junk, separators put anywhere.
func TestLosslessChanged(t *testing.T) {
	files := samples(t, "valid", "odd", "corpus")
	list := names(files)
	rnd := rand.New(rand.NewPCG(*seed, 0))
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	for range rounds {
		name := list[rnd.IntN(len(list))]
		src := files[name]
		if len(src) > 20<<10 {
			continue
		}
		ps := pieces(t, src)
		var did []string
		for range 1 + rnd.IntN(4) {
			did = append(did, change(rnd, ps))
		}
		src = joinPieces(ps)
		if !readable(src) {
			continue
		}
		fault := lossless(src)
		require.Empty(t, fault, "-seed=%d %s: %s\n%s", *seed, name, strings.Join(did, ", "), src)
	}
}

// change changes one thing in some set and says what.
func change(rnd *rand.Rand, ps []piece) string {
	var sets []int
	for i := range ps {
		if ps[i].set && len(ps[i].texts) > 2 {
			sets = append(sets, i)
		}
	}
	if len(sets) == 0 {
		return "nothing"
	}
	p := &ps[sets[rnd.IntN(len(sets))]]
	i := 1 + rnd.IntN(len(p.texts)-2)
	text := strings.TrimSuffix(p.texts[i], string(p.delim.Segment))
	set := func(s string) { p.texts[i] = s + string(p.delim.Segment) }
	elems := strings.Split(text, string(p.delim.Element))
	k := rnd.IntN(len(elems))
	if k == 0 {
		k = len(elems) - 1
	}
	at := rnd.IntN(len(text) + 1)
	seps := []byte{p.delim.Element, p.delim.Component, p.delim.Segment, p.delim.Repetition}
	sep := string(seps[rnd.IntN(len(seps))])
	if sep == "\x00" {
		sep = string(p.delim.Component)
	}
	var what string
	switch rnd.IntN(12) {
	case 0:
		what, p.texts = "delete", slices.Delete(p.texts, i, i+1)
	case 1:
		what, p.texts = "double", slices.Insert(p.texts, i, p.texts[i])
	case 2:
		j := 1 + rnd.IntN(len(p.texts)-2)
		what = fmt.Sprint("swap with ", j)
		p.texts[i], p.texts[j] = p.texts[j], p.texts[i]
	case 3:
		what = "empty"
		set(elems[0])
	case 4:
		what = fmt.Sprint("empty element ", k)
		elems[k] = ""
		set(strings.Join(elems, string(p.delim.Element)))
	case 5:
		what = fmt.Sprint("double element ", k)
		set(strings.Join(slices.Insert(elems, k, elems[k]), string(p.delim.Element)))
	case 6:
		what = fmt.Sprint("junk element ", k)
		elems[k] = []string{"X", "99999999999999999999", "20261399", "-", "\x1c\x1d", "\xef\xbb\xbfA\u00e9", "\xff\xfe", " ", "00.50", "-0", "é"}[rnd.IntN(11)]
		set(strings.Join(elems, string(p.delim.Element)))
	case 7, 8:
		what = fmt.Sprintf("separator %q at %d", sep, at)
		set(text[:at] + sep + text[at:])
	case 9:
		what = "unknown segment"
		p.texts = slices.Insert(p.texts, i, "ZZZ"+string(p.delim.Element)+"1"+string(p.delim.Component)+"2"+string(p.delim.Segment))
	case 10:
		what = "separators behind"
		set(text + strings.Repeat(sep, 1+rnd.IntN(3)))
	case 11:
		j := 1 + rnd.IntN(len(p.texts)-2)
		s := p.texts[i]
		what, p.texts = fmt.Sprint("move to ", j), slices.Insert(slices.Delete(p.texts, i, i+1), min(j, len(p.texts)-2), s)
	}
	return fmt.Sprintf("segment %d: %s", i+1, what)
}

package x12test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// ChangeAll makes random changes to the sets of samples, rounds times, and holds what comes of it to be lossless: segments
// deleted, doubled, swapped and emptied, elements emptied, doubled and filled with junk, separators put anywhere.
func (p *Package) ChangeAll(t testing.TB, samples map[string][]byte, seed uint64, rounds int) {
	t.Helper()
	list := Names(samples)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for range rounds {
		name := list[rnd.IntN(len(list))]
		src := samples[name]
		if len(src) > 20<<10 {
			continue
		}
		ps, err := Pieces(src)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var did []string
		for range 1 + rnd.IntN(4) {
			did = append(did, Change(rnd, ps))
		}
		src = Join(ps)
		if !Readable(src) {
			continue
		}
		if fault := p.Lossless(src); fault != "" {
			t.Fatalf("-seed=%d %s: %s: %s\n%s", seed, name, strings.Join(did, ", "), fault, src)
		}
	}
}

// Change changes one thing in some set and says what.
func Change(rnd *rand.Rand, ps []Piece) string {
	var sets []int
	for i := range ps {
		if ps[i].Set && len(ps[i].Texts) > 2 {
			sets = append(sets, i)
		}
	}
	if len(sets) == 0 {
		return "nothing"
	}
	p := &ps[sets[rnd.IntN(len(sets))]]
	i := 1 + rnd.IntN(len(p.Texts)-2)
	end, star := string(p.Delims.Segment), string(p.Delims.Element)
	text := strings.TrimSuffix(p.Texts[i], end)
	set := func(s string) { p.Texts[i] = s + end }
	elems := strings.Split(text, star)
	k := rnd.IntN(len(elems))
	if k == 0 {
		k = len(elems) - 1
	}
	at := rnd.IntN(len(text) + 1)
	seps := []byte{p.Delims.Element, p.Delims.Component, p.Delims.Segment, p.Delims.Repetition}
	sep := string(seps[rnd.IntN(len(seps))])
	if sep == "\x00" {
		sep = string(p.Delims.Component)
	}
	var what string
	switch rnd.IntN(12) {
	case 0:
		what, p.Texts = "delete", slices.Delete(p.Texts, i, i+1)
	case 1:
		what, p.Texts = "double", slices.Insert(p.Texts, i, p.Texts[i])
	case 2:
		j := 1 + rnd.IntN(len(p.Texts)-2)
		what = fmt.Sprint("swap with ", j)
		p.Texts[i], p.Texts[j] = p.Texts[j], p.Texts[i]
	case 3:
		what = "empty"
		set(elems[0])
	case 4:
		what = fmt.Sprint("empty element ", k)
		elems[k] = ""
		set(strings.Join(elems, star))
	case 5:
		what = fmt.Sprint("double element ", k)
		set(strings.Join(slices.Insert(elems, k, elems[k]), star))
	case 6:
		what = fmt.Sprint("junk element ", k)
		elems[k] = []string{"X", "99999999999999999999", "20261399", "-", "\x1c\x1d", "\xef\xbb\xbfA\u00e9", "\xff\xfe", " ", "00.50", "-0", "é"}[rnd.IntN(11)]
		set(strings.Join(elems, star))
	case 7, 8:
		what = fmt.Sprintf("separator %q at %d", sep, at)
		set(text[:at] + sep + text[at:])
	case 9:
		what = "unknown segment"
		p.Texts = slices.Insert(p.Texts, i, "ZZZ"+star+"1"+string(p.Delims.Component)+"2"+end)
	case 10:
		what = "separators behind"
		set(text + strings.Repeat(sep, 1+rnd.IntN(3)))
	case 11:
		j := 1 + rnd.IntN(len(p.Texts)-2)
		s := p.Texts[i]
		what, p.Texts = fmt.Sprint("move to ", j), slices.Insert(slices.Delete(p.Texts, i, i+1), min(j, len(p.Texts)-2), s)
	}
	return fmt.Sprintf("segment %d: %s", i+1, what)
}

package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// generated returns a synthetic file of a kind of set.
func generated(t *testing.T, set string, units, seed int) []string {
	var out, errs bytes.Buffer
	status := Run([]string{"gen", set, "--claims", fmt.Sprint(units), "--per-set", fmt.Sprint(units/2 + 1), "--seed", fmt.Sprint(seed)}, strings.NewReader(""), &out, &errs)
	require.Equal(t, exitClean, status, errs.String())
	segs := strings.Split(strings.TrimSpace(out.String()), "~")
	for i := range segs {
		segs[i] = strings.TrimSpace(segs[i])
	}
	return segs[:len(segs)-1]
}

// faults changes a few segments at random.
func faults(r *rand.Rand, segs []string, n int) []string {
	segs = append([]string(nil), segs...)
	for range n {
		i := 3 + r.IntN(len(segs)-6)
		e := strings.Split(segs[i], "*")
		switch k := 1 + r.IntN(max(len(e)-1, 1)); r.IntN(9) {
		case 0:
			segs = append(segs[:i], segs[i+1:]...)
			continue
		case 1:
			segs = append(segs[:i+1], segs[i:]...)
			continue
		case 2:
			if i+1 < len(segs)-2 {
				segs[i], segs[i+1] = segs[i+1], segs[i]
			}
			continue
		case 3:
			if k < len(e) {
				e[k] = ""
			}
		case 4:
			if k < len(e) {
				e[k] += "Q9"
			}
		case 5:
			if k < len(e) {
				e[k] = strings.Repeat("X", 90)
			}
		case 6:
			e = append(e, "MORE")
		case 7:
			if k < len(e) {
				e[k] = "20251399"
			}
		case 8:
			segs = append(segs[:i], append([]string{"ZZZ*1*2"}, segs[i:]...)...)
			continue
		}
		segs[i] = strings.Join(e, "*")
	}
	return segs
}

// units returns the texts of the units of a stream, sorted, and its tally. Numbers of levels are left out.
func units(text []byte) (list []string, sum *tally) {
	sum = &tally{}
	rd := x12.NewReader(bytes.NewReader(text))
	var b strings.Builder
	open := false
	end := func() {
		if open {
			list = append(list, b.String())
		}
		open = false
		b.Reset()
	}
	for {
		s, err := rd.Read()
		if err != nil {
			break
		}
		if rd.Set() != nil { // what stands outside sets is no unit
			sum.segment(s)
		}
		name := string(s.Name())
		switch name {
		case "CLM", "CLP", "INS":
			end()
			open = true
		case "ST", "SE", "LX", "ISA", "GS", "GE", "IEA":
			if name != "LX" || sum.measure.unit == idCLP {
				end()
			}
		case "HL":
			end()
			if sum.measure.patient {
				open = patientLevel(s.Elem(3))
			}
			continue
		}
		b.Write(s.Bytes())
		b.WriteByte('~')
	}
	end()
	sum.Stats = rd.Stats()
	sort.Strings(list)
	return list, sum
}

// parts validates text with --good and --bad and checks what they hold. It returns the sizes of both files; ok is false when the text cannot
// be read to its end.
func parts(t *testing.T, dir string, text []byte, piped bool, label string) (good, bad int, ok bool) {
	t.Helper()
	in, goodName, badName := filepath.Join(dir, "in"), filepath.Join(dir, "good"), filepath.Join(dir, "bad")
	os.Remove(goodName)
	require.NoError(t, os.WriteFile(in, text, 0o666))
	args := []string{"validate", "--good", goodName, "--bad", badName, in}
	var stdin []byte
	if piped { // an input that can be read only once
		args, stdin = args[:len(args)-1], text
	}
	_, errs, status := edi(stdin, args...)
	require.Contains(t, []int{exitClean, exitInput}, status, errs)
	goodText, err := os.ReadFile(goodName)
	if err != nil {
		require.Contains(t, errs, "cannot be read to its end", label)
		return 0, 0, false
	}
	badText, err := os.ReadFile(badName)
	require.NoError(t, err)
	message := fmt.Sprintf("%s\n%s\n--- good\n%s\n--- bad\n%s", label, text, goodText, badText)
	wantUnits, want := units(text)
	goodUnits, g := units(goodText)
	badUnits, b := units(badText)
	all := append(goodUnits, badUnits...)
	sort.Strings(all)
	require.Equal(t, wantUnits, all, message)
	g.amounts.add(&b.amounts)
	require.Equal(t, want.units, g.units, message)
	require.Zero(t, want.charge.Cmp(&g.charge), message)
	require.Zero(t, want.paid.Cmp(&g.paid), message)
	require.Zero(t, want.payment.Cmp(&g.payment), message)
	if len(goodText) > 0 {
		out, errs, status := edi(nil, "validate", goodName)
		require.Equal(t, exitClean, status, string(out)+errs+message)
	}
	out, _, _ := edi(nil, "validate", "--format", "json", "--level", "2", badName)
	require.NotRegexp(t, `"rule":"envelope/(se|ge|iea)-(count|control)|envelope/missing-(se|ge|iea)`, string(out), message)
	return len(goodText), len(badText), true
}

// TestValidateParts breaks generated files at random: what goes to --good and --bad has all units, byte for byte, and the good has no
// errors.
func TestValidateParts(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for _, set := range []string{"837p", "837i", "837d", "835", "834", "270", "271"} {
		t.Run(set, func(t *testing.T) {
			dir := t.TempDir()
			whole, mixed := 0, 0
			for round := range rounds {
				r := rand.New(rand.NewPCG(uint64(round), 7))
				segs := faults(r, generated(t, set, 20, round), r.IntN(6))
				text := []byte(strings.Join(segs, "~\n") + "~\n")
				good, bad, _ := parts(t, dir, text, round%2 == 1, fmt.Sprintf("round %d", round))
				if bad == 0 {
					whole++
				} else if good > 0 {
					mixed++
				}
			}
			t.Logf("%d rounds, %d without errors, %d in two files", rounds, whole, mixed)
			require.Positive(t, mixed)
		})
	}
}

// TestValidatePartsSamples does so with all sample files, our own and those of others.
func TestValidatePartsSamples(t *testing.T) {
	patterns := []string{"../../../../testdata/*/*/*.edi"}
	if root := os.Getenv("EDI_CORPUS"); root != "" {
		patterns = append(patterns, root+"/*/*.edi")
	}
	dir := t.TempDir()
	n, cut := 0, 0
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			good, bad, ok := parts(t, dir, text, false, name)
			if n++; ok && good > 0 && bad > 0 {
				cut++
			}
		}
	}
	t.Logf("%d files, %d in two", n, cut)
	require.Positive(t, cut)
}

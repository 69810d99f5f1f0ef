package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func generate(t *testing.T, o Options) (string, Stats) {
	t.Helper()
	var b bytes.Buffer
	s, err := Write(&b, o)
	require.NoError(t, err)
	return b.String(), s
}

// TestConforms reads every output back with the checker and compares its sums
// with those Write reports.
func TestConforms(t *testing.T) {
	cases := []Options{
		{Inquiries: 1},
		{Inquiries: 2, Seed: 9},
		{Inquiries: 6000, Seed: 1},
		{Inquiries: 600, Seed: 2, PerSet: 1},
		{Inquiries: 3000, Seed: 3, PerSet: 7, NewLine: true},
		{Inquiries: 3000, Seed: 4, PerSet: 500},
		{Inquiries: 500, Seed: 1<<64 - 1, PerSet: 499},
		{Inquiries: 500, Seed: 5, Delimiters: "|~>\n", NewLine: true},
		{Inquiries: 500, Seed: 5, Delimiters: "|!'\r"},
		{Inquiries: 500, Seed: 5, Delimiters: "\x1d\x1f\x1c\x1e", PerSet: 20, NewLine: true},
		{Size: 1},
		{Size: 700_000, Seed: 6},
		{Size: 700_000, Seed: 7, PerSet: 33, NewLine: true},
		{Size: 300_000, Seed: 8, PerSet: 1},
	}
	for _, o := range cases {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			out, stats := generate(t, o)
			a := inspect(out)
			require.Empty(t, a.faults)
			assert.Equal(t, a.stats, stats)
			if o.Inquiries > 0 {
				assert.Equal(t, o.Inquiries, stats.Inquiries)
				if o.PerSet > 0 {
					assert.Equal(t, (o.Inquiries+o.PerSet-1)/o.PerSet, stats.Sets)
				} else {
					assert.EqualValues(t, 1, stats.Sets)
				}
			}
		})
	}
}

// TestCheckerSees breaks good output in single places: a checker that lets them
// pass would prove nothing.
func TestCheckerSees(t *testing.T) {
	out, _ := generate(t, Options{Inquiries: 600, Seed: 1, NewLine: true})
	require.Empty(t, inspect(out).faults)
	for _, c := range []struct{ old, new, fault string }{
		{"\nHL*2*1*", "\nHL*3*1*", "HL01"},
		{"\nHL*2*1*", "\nHL*2*2*", "HL02"},
		{"\nHL*3*2*22*0", "\nHL*3*2*22*1", "HL04"},
		{"\nTRN*1*", "\nREF*1*", "trace"},
		{"\nEQ*30~", "", "0 questions"},
		{"\nDMG*D8*1", "\nDMG*D8*3", "born"},
		{"***1:2~", "***1:13~", "pointer"},
		{"*XX*1", "*XX*2", "is no NPI"},
		{"\nSE*", "\nSE*1", "envelope"},
		{"\nNM1*03*", "\nNM1*IL*", "below HL03"},
		{"-000000002*", "-000000001*", "comes 2 times"},
		{"\nEQ*30~", "\nEQ*30*HC:99213~", "EQ with"},
		{"\nEQ*30~", "\nEQ*30~\nAMT*R*5~", "AMT without"},
		{"\nBHT*0022*13*", "\nBHT*0022*13*A/B", "holds"},
		{"\nDTP*291*D8*2025", "\nDTP*291*D8*2055", "DTP*291"},
	} {
		broken := strings.Replace(out, c.old, c.new, 1)
		require.False(t, out == broken, c.old)
		assert.Contains(t, strings.Join(inspect(broken).faults, "\n"), c.fault, c.old)
	}
	assert.NotEmpty(t, inspect(out[:len(out)/2]).faults)
}

// TestPinned fails when the bytes for given options change: data sets that
// others made with a seed must stay reproducible.
func TestPinned(t *testing.T) {
	for want, o := range map[string]Options{
		"705027caaa913e9b": {Inquiries: 2000, Seed: 42},
		"8bbfeb48e47e6471": {Inquiries: 2000, Seed: 42, PerSet: 9, Delimiters: "|^>~", NewLine: true},
		"b81fc9bb97a70c42": {Size: 200_000, Seed: 42},
	} {
		out, _ := generate(t, o)
		sum := sha256.Sum256([]byte(out))
		assert.Equal(t, want, hex.EncodeToString(sum[:8]), "%+v", o)
	}
}

func TestSeedsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(5) {
		out, _ := generate(t, Options{Inquiries: 20, Seed: seed})
		assert.False(t, seen[out])
		seen[out] = true
	}
}

// TestDelimitersAndLinesChangeNothingElse compares outputs of one seed after
// their delimiters are mapped back.
func TestDelimitersAndLinesChangeNothingElse(t *testing.T) {
	plain, _ := generate(t, Options{Inquiries: 900, Seed: 3, PerSet: 50})
	other, _ := generate(t, Options{Inquiries: 900, Seed: 3, PerSet: 50, Delimiters: "|!>\x1c", NewLine: true})
	back := strings.NewReplacer("|", "*", "!", "^", ">", ":", "\x1c\n", "~").Replace(other)
	assert.True(t, plain == back)
}

func TestSizeBound(t *testing.T) {
	next := regexp.MustCompile(`~(HL|ST)\*`)
	for _, perSet := range []int64{0, 1, 10, 300} {
		for _, size := range []int64{100, 2000, 65536, 131072, 500_001} {
			o := Options{Size: size, Seed: uint64(size), PerSet: perSet}
			out, stats := generate(t, o)
			name := fmt.Sprintf("%+v", o)
			assert.GreaterOrEqual(t, stats.Bytes, size, name)
			assert.Less(t, stats.Bytes, size+3000, name)
			// What stands behind the inquiry before the last was begun below the
			// size: a level, a set, or the last inquiry.
			if before := strings.LastIndex(out[:strings.LastIndex(out, "~HL*")], "~EQ*"); before >= 0 {
				begun := before + 1 + next.FindStringIndex(out[before+1:])[0]
				assert.Less(t, int64(begun), size, name)
			}
			if set := strings.LastIndex(out, "~ST*"); stats.Sets > 1 {
				assert.Less(t, int64(set), size, "%s: a set was begun beyond the size", name)
			}
		}
	}
}

func TestVariety(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(4) {
		out, _ := generate(t, Options{Inquiries: 8000, Seed: seed, PerSet: int64(seed) * 13})
		a := inspect(out)
		require.Empty(t, a.faults)
		for key, n := range a.seen {
			seen[key] += n
		}
	}
	for _, key := range strings.Fields(`NM1*PR NM1*2B NM1*36 NM1*GP NM1*P5 NM1*1P NM1*FA NM1*80 NM1*IL NM1*03 REF*0B REF*TJ REF*6P REF*SY
		REF*3H REF*EJ REF*HJ REF*9F REF*G1 N3 N4 PRV*BI PRV*PE PRV*PC PRV*RF DMG INS*Y INS*N HI DTP*291 DTP*102 AMT*R AMT*PB III*ZZ
		BHT02=13 BHT02=01 both`) {
		assert.Positive(t, seen[key], key)
	}
	for _, key := range []string{
		"search=last first id birth", "search=id birth", "search=last id birth", "search=last first id", "search=last first ref birth",
		"search=id ref", "EQ type", "EQ types", "EQ procedure", "EQ pointers", "EQ FAM", "22 questions=1", "22 questions=2", "22 questions=3",
		"23 questions=1", "23 questions=3",
	} {
		assert.Positive(t, seen[key], key)
	}
}

// TestShares holds what the content was weighted for.
func TestShares(t *testing.T) {
	_, s := generate(t, Options{Inquiries: 40_000, Seed: 1})
	assert.InDelta(t, 190, float64(s.Bytes)/float64(s.Inquiries), 30)
	assert.InDelta(t, 0.25, float64(s.Dependents)/float64(s.Inquiries), 0.06)
	assert.Greater(t, s.Subscribers, 10*s.Receivers)
	assert.Greater(t, s.Receivers, s.Sources)
	assert.Greater(t, s.Questions, s.Inquiries)
	assert.Greater(t, s.Subscribers+s.Dependents, s.Inquiries)
}

func TestGroupsCloseBeforeTheirCountOverflows(t *testing.T) {
	var b bytes.Buffer
	stats, err := write(&b, Options{Inquiries: 50, PerSet: 1}, 20)
	require.NoError(t, err)
	a := inspect(b.String())
	require.Empty(t, a.faults)
	assert.Equal(t, a.stats, stats)
	assert.Equal(t, 3, strings.Count(b.String(), "~GS*"))
	assert.Contains(t, b.String(), "~IEA*3*")
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{}, {Inquiries: -1}, {Size: -1}, {Inquiries: 1, PerSet: -1}, {Inquiries: 1, Size: 1},
		{Inquiries: 1, Delimiters: "*^:"}, {Inquiries: 1, Delimiters: "*^:~~"}, {Inquiries: 1, Delimiters: "**:~"}, {Inquiries: 1, Delimiters: "*^A~"},
		{Inquiries: 1, Delimiters: "-^:~"}, {Inquiries: 1, Delimiters: "*^:\x00"},
	} {
		var b bytes.Buffer
		_, err := Write(&b, o)
		assert.ErrorIs(t, err, ErrOptions, "%+v", o)
		assert.Zero(t, b.Len())
	}
}

// failing accepts n bytes and then fails, or writes short without an error.
type failing struct {
	n     int
	short bool
}

var errFull = errors.New("full")

func (f *failing) Write(p []byte) (int, error) {
	if len(p) <= f.n {
		f.n -= len(p)
		return len(p), nil
	}
	n := f.n
	f.n = 0
	if f.short {
		return n, nil
	}
	return n, errFull
}

func TestWriterErrorsComeThrough(t *testing.T) {
	for _, n := range []int{0, 1, 70_000, 140_000, 200_000} {
		stats, err := Write(&failing{n: n}, Options{Inquiries: 2000})
		assert.ErrorIs(t, err, errFull)
		assert.EqualValues(t, n, stats.Bytes)
		_, err = Write(&failing{n: n, short: true}, Options{Size: 300_000, PerSet: 10})
		assert.ErrorIs(t, err, io.ErrShortWrite)
	}
}

// TestMemoryIsConstant compares the allocations of a small and a large set.
func TestMemoryIsConstant(t *testing.T) {
	allocs := func(o Options) float64 {
		o.Seed = 1
		return testing.AllocsPerRun(2, func() { _, _ = Write(io.Discard, o) })
	}
	small := allocs(Options{Inquiries: 5000})
	assert.InDelta(t, small, allocs(Options{Inquiries: 50_000}), 10)
	assert.InDelta(t, small, allocs(Options{Size: 10_000_000}), 10)
	assert.InDelta(t, small, allocs(Options{Inquiries: 20_000, PerSet: 5}), 10)
}

func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]Options{
		"batch": {Inquiries: 200_000, Seed: 1},
		"sets":  {Inquiries: 200_000, Seed: 1, PerSet: 1, NewLine: true},
		"size":  {Size: 50_000_000, Seed: 1},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s, err := Write(io.Discard, o)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(s.Bytes)
			}
		})
	}
}

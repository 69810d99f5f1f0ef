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
		{Answers: 1},
		{Answers: 2, Seed: 9},
		{Answers: 2500, Seed: 1},
		{Answers: 600, Seed: 2, PerSet: 1},
		{Answers: 3000, Seed: 3, PerSet: 7, NewLine: true},
		{Answers: 3000, Seed: 4, PerSet: 500},
		{Answers: 500, Seed: 1<<64 - 1, PerSet: 499},
		{Answers: 500, Seed: 5, Delimiters: "|~>\n", NewLine: true},
		{Answers: 500, Seed: 5, Delimiters: "|!'\r"},
		{Answers: 500, Seed: 5, Delimiters: "\x1d\x1f\x1c\x1e", PerSet: 20, NewLine: true},
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
			if o.Answers > 0 {
				assert.Equal(t, o.Answers, stats.Answers)
				if o.PerSet > 0 {
					assert.Equal(t, (o.Answers+o.PerSet-1)/o.PerSet, stats.Sets)
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
	out, _ := generate(t, Options{Answers: 600, Seed: 1, NewLine: true})
	require.Empty(t, inspect(out).faults)
	for _, c := range []struct{ old, new, fault string }{
		{"\nHL*2*1*", "\nHL*3*1*", "HL01"},
		{"\nHL*2*1*", "\nHL*2*2*", "HL02"},
		{"\nHL*3*2*22*0", "\nHL*3*2*22*1", "HL04"},
		{"\nTRN*2*", "\nREF*2*", "trace"},
		{"\nDMG*D8*1", "\nDMG*D8*3", "born"},
		{"*XX*1", "*XX*2", "is no NPI"},
		{"\nSE*", "\nSE*1", "envelope"},
		{"\nNM1*03*", "\nNM1*IL*", "below HL03"},
		{"-000000002*", "-000000001*", "comes 2 times"},
		{"\nEB*B*", "\nEB*A*", "share"},
		{"\nEB*A*", "\nEB*B*", "without an amount"},
		{"\nMSG*SPECIALIST VISIT~", "\nMSG*PRIMARY CARE VISIT~", "nothing tells them apart"},
		{"\nEB*1*FAM*30*", "\nEB*6*FAM*30*", "rows of state"},
		{"***29*", "***29*9999", "left of"},
		{"\nEB*C*FAM*30***23*", "\nEB*C*FAM*30***23*0.", "less than for one person"},
		{"*VS*20~", "*VS~", "EB09"},
		{"\nLE*2120~", "", "LS without LE"},
		{"\nLS*2120~\nNM1", "\nLS*2120~\nLE*2120~\nLS*2120~\nNM1", "LE behind 0"},
		{"\nAAA*", "\nEB*1**30~\nAAA*", "with AAA"},
		{"\nBHT*0022*11*", "\nBHT*0022*11*A/B", "holds"},
		{"*RD8*2025", "*RD8*2055", "period"},
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
		"e51b4f2a417355f9": {Answers: 2000, Seed: 42},
		"13ae91ca37e62103": {Answers: 2000, Seed: 42, PerSet: 9, Delimiters: "|^>~", NewLine: true},
		"5ad9ab230699e85c": {Size: 200_000, Seed: 42},
	} {
		out, _ := generate(t, o)
		sum := sha256.Sum256([]byte(out))
		assert.Equal(t, want, hex.EncodeToString(sum[:8]), "%+v", o)
	}
}

func TestSeedsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(5) {
		out, _ := generate(t, Options{Answers: 20, Seed: seed})
		assert.False(t, seen[out])
		seen[out] = true
	}
}

// TestDelimitersAndLinesChangeNothingElse compares outputs of one seed after
// their delimiters are mapped back.
func TestDelimitersAndLinesChangeNothingElse(t *testing.T) {
	plain, _ := generate(t, Options{Answers: 900, Seed: 3, PerSet: 50})
	other, _ := generate(t, Options{Answers: 900, Seed: 3, PerSet: 50, Delimiters: "|!>\x1c", NewLine: true})
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
			assert.Less(t, stats.Bytes, size+8000, name)
			// What stands behind the answer before the last was begun below the
			// size: a level, a set, or the last answer.
			if before := strings.LastIndex(out[:strings.LastIndex(out, "~HL*")], "~EB*"); before >= 0 {
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
		out, _ := generate(t, Options{Answers: 5000, Seed: seed, PerSet: int64(seed) * 13})
		a := inspect(out)
		require.Empty(t, a.faults)
		for key, n := range a.seen {
			seen[key] += n
		}
	}
	for _, key := range strings.Fields(`NM1*PR NM1*2B NM1*36 NM1*GP NM1*P5 NM1*1P NM1*FA NM1*80 NM1*IL NM1*03 NM1*P3 NM1*VN NM1*PRP NM1*SEP
		NM1*TTP NM1*73 NM1*Y2 REF*N5 REF*6P REF*3H REF*EJ REF*18 REF*9F REF*G1 REF*N6 N3 N4 PER PRV*BI PRV*PE PRV*PC DMG INS*Y INS*N HI MPI*C
		DTP*291 DTP*346 DTP*347 DTP*356 DTP*357 DTP*290 DTP*472 TRN*1 TRN*2 MSG III*ZZ HSD*VS HSD*DY LS LE both active inactive rejected unable
		EB*1 EB*2 EB*3 EB*4 EB*5 EB*6 EB*7 EB*8 EB*A EB*B EB*C EB*CB EB*D EB*E EB*F EB*G EB*H EB*I EB*J EB*K EB*L EB*M EB*MC EB*N EB*O EB*P EB*Q
		EB*R EB*S EB*T EB*U EB*V EB*W EB*X EB*Y EB02=IND EB02=FAM EB02=EMP EB04=HM EB04=PR EB04=MB EB04=MC EB06=22 EB06=23 EB06=27 EB06=29 EB06=32
		EB06=34 EB09=VS EB09=DY EB09=S7 EB09=YY EB11=Y EB11=N EB11=U EB12=Y EB12=N EB12=W EB13`) {
		assert.Positive(t, seen[key], key)
	}
	for _, key := range []string{"AAA at 20", "AAA at 21", "AAA at 22", "AAA at 23", "AAA at EB", "two co-payments", "left C", "left G", "left F", "EB03 list"} {
		assert.Positive(t, seen[key], key)
	}
}

// TestShares holds what the content was weighted for.
func TestShares(t *testing.T) {
	out, s := generate(t, Options{Answers: 10_000, Seed: 1})
	assert.InDelta(t, 720, float64(s.Bytes)/float64(s.Answers), 100)
	assert.InDelta(t, 0.32, float64(s.Dependents)/float64(s.Answers), 0.06)
	assert.InDelta(t, 17, float64(s.Benefits)/float64(s.Answers), 4)
	assert.Greater(t, s.Subscribers, 10*s.Receivers)
	assert.Greater(t, s.Receivers, s.Sources)
	a := inspect(out)
	assert.InDelta(t, 0.87, float64(a.seen["active"])/float64(s.Answers), 0.04)
	assert.InDelta(t, 0.06, float64(a.seen["inactive"])/float64(s.Answers), 0.02)
	assert.InDelta(t, 0.06, float64(a.seen["rejected"])/float64(s.Answers), 0.02)
}

func TestGroupsCloseBeforeTheirCountOverflows(t *testing.T) {
	var b bytes.Buffer
	stats, err := write(&b, Options{Answers: 50, PerSet: 1}, 20)
	require.NoError(t, err)
	a := inspect(b.String())
	require.Empty(t, a.faults)
	assert.Equal(t, a.stats, stats)
	assert.Equal(t, 3, strings.Count(b.String(), "~GS*"))
	assert.Contains(t, b.String(), "~IEA*3*")
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{}, {Answers: -1}, {Size: -1}, {Answers: 1, PerSet: -1}, {Answers: 1, Size: 1},
		{Answers: 1, Delimiters: "*^:"}, {Answers: 1, Delimiters: "*^:~~"}, {Answers: 1, Delimiters: "**:~"}, {Answers: 1, Delimiters: "*^A~"},
		{Answers: 1, Delimiters: "-^:~"}, {Answers: 1, Delimiters: "*^:\x00"},
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
		stats, err := Write(&failing{n: n}, Options{Answers: 900})
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
	small := allocs(Options{Answers: 5000})
	assert.InDelta(t, small, allocs(Options{Answers: 20_000}), 10)
	assert.InDelta(t, small, allocs(Options{Size: 5_000_000}), 10)
	assert.InDelta(t, small, allocs(Options{Answers: 10_000, PerSet: 5}), 10)
}

func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]Options{
		"batch": {Answers: 50_000, Seed: 1},
		"sets":  {Answers: 50_000, Seed: 1, PerSet: 1, NewLine: true},
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

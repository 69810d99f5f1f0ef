package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var actions = [...]Action{Verify, Change, Replace}

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
		{Members: 1},
		{Members: 2, Seed: 9},
		{Members: 3000, Seed: 1},
		{Members: 600, Seed: 2, PerSet: 1},
		{Members: 3000, Seed: 3, PerSet: 7, NewLine: true},
		{Members: 3000, Seed: 4, PerSet: 500},
		{Members: 500, Seed: 1<<64 - 1, PerSet: 499},
		{Members: 500, Seed: 5, Delimiters: "|~>\n", NewLine: true},
		{Members: 500, Seed: 5, Delimiters: "|!'\r"},
		{Members: 500, Seed: 5, Delimiters: "\x1d\x1f\x1c\x1e", PerSet: 20, NewLine: true},
		{Size: 1},
		{Size: 700_000, Seed: 6},
		{Size: 700_000, Seed: 7, PerSet: 33, NewLine: true},
		{Size: 300_000, Seed: 8, PerSet: 1},
	}
	for _, action := range actions {
		for _, o := range cases {
			o.Action = action
			t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
				out, stats := generate(t, o)
				a := inspect(out)
				require.Empty(t, a.faults)
				assert.Equal(t, a.stats, stats)
				assert.Equal(t, action.Code(), a.action)
				if o.Members > 0 {
					assert.Equal(t, o.Members, stats.Members)
					if o.PerSet > 0 {
						assert.Equal(t, (o.Members+o.PerSet-1)/o.PerSet, stats.Sets)
					} else {
						assert.EqualValues(t, 1, stats.Sets)
					}
				}
				totals := fmt.Sprintf("totals=%d", choose(o.Size > 0 && o.PerSet == 0, 0, 3))
				assert.EqualValues(t, stats.Sets, a.seen[totals], "sets with control totals")
			})
		}
	}
}

// TestCheckerSees breaks good output in single places: a checker that lets them
// pass would prove nothing.
func TestCheckerSees(t *testing.T) {
	full, _ := generate(t, Options{Members: 400, Seed: 1, NewLine: true})
	change, _ := generate(t, Options{Members: 400, Seed: 1, NewLine: true, Action: Change})
	require.Empty(t, inspect(full).faults)
	require.Empty(t, inspect(change).faults)
	for _, c := range []struct{ out, old, new, fault string }{
		{full, "\nQTY*TO*400", "\nQTY*TO*401", "QTY*TO"},
		{full, "\nQTY*ET*", "\nQTY*ET*1", "QTY*ET"},
		{full, "\nINS*Y*18*", "\nINS*N*18*", "INS01"},
		{full, "\nINS*Y*18*030", "\nINS*Y*18*021", "INS03"},
		{change, "\nINS*Y*18*021", "\nINS*Y*18*030", "INS03"},
		{full, "\nINS*N*01*030*XN*A~\nREF*0F*", "\nINS*N*01*030*XN*A~\nREF*0F*1", "dependent of"},
		{full, "\nHD*030*", "\nHD*021*", "HD01"},
		{full, "\nDTP*348*", "\nDTP*300*", "first day"},
		{change, "\nDTP*349*", "\nDTP*300*", "ends without a day"},
		{change, "\nDTP*357*", "\nDTP*356*", "ends without a day"},
		{full, "\nLX*1~\nN1", "\nLX*2~\nN1", "LX01"},
		{full, "\nLX*1~\nNM1", "\nLX*2~\nNM1", "LX01"},
		{full, "\nLE*2700~", "", "LS without LE"},
		{change, "\nNM1*74*", "\nNM1*IL*", "NM1*IL"},
		{full, "*XX*1", "*XX*2", "is no NPI"},
		{full, "\nSE*", "\nSE*1", "envelope"},
		{full, "*34*9", "*34*8", "security number"},
		{full, "\nDMG*D8*1", "\nDMG*D8*3", "born"},
		{full, "\nBGN*00*", "\nBGN*00*A/B", "holds"},
		{full, "*XN*A*E~", "*XN*A*E*1~", "INS07"},
	} {
		broken := strings.Replace(c.out, c.old, c.new, 1)
		require.False(t, c.out == broken, c.old)
		assert.Contains(t, strings.Join(inspect(broken).faults, "\n"), c.fault, c.old)
	}
	assert.NotEmpty(t, inspect(full[:len(full)/2]).faults)
}

// TestPinned fails when the bytes for given options change: data sets that
// others made with a seed must stay reproducible.
func TestPinned(t *testing.T) {
	for want, o := range map[string]Options{
		"edf963fbe8b438e1": {Members: 2000, Seed: 42},
		"97c782a45a700f01": {Members: 2000, Seed: 42, PerSet: 9, Delimiters: "|^>~", NewLine: true},
		"b2cefc5b939da2b5": {Size: 200_000, Seed: 42},
		"625c67f4699dc4b8": {Members: 2000, Seed: 42, Action: Change},
		"d078fabbc01833fc": {Members: 2000, Seed: 42, Action: Replace},
	} {
		out, _ := generate(t, o)
		sum := sha256.Sum256([]byte(out))
		assert.Equal(t, want, hex.EncodeToString(sum[:8]), "%+v", o)
	}
}

func TestSeedsAndActionsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, action := range actions {
		for seed := range uint64(3) {
			out, _ := generate(t, Options{Action: action, Members: 20, Seed: seed})
			assert.False(t, seen[out])
			seen[out] = true
		}
	}
}

// TestDelimitersAndLinesChangeNothingElse compares outputs of one seed after
// their delimiters are mapped back.
func TestDelimitersAndLinesChangeNothingElse(t *testing.T) {
	plain, _ := generate(t, Options{Members: 900, Seed: 3, PerSet: 50})
	other, _ := generate(t, Options{Members: 900, Seed: 3, PerSet: 50, Delimiters: "|!>\x1c", NewLine: true})
	back := strings.NewReplacer("|", "*", "!", "^", ">", ":", "\x1c\n", "~").Replace(other)
	assert.True(t, plain == back)
}

func TestSizeBound(t *testing.T) {
	for _, action := range actions {
		for _, perSet := range []int64{0, 1, 10} {
			for _, size := range []int64{100, 2000, 65536, 131072, 500_001} {
				o := Options{Action: action, Size: size, Seed: uint64(size), PerSet: perSet}
				out, stats := generate(t, o)
				name := fmt.Sprintf("%+v", o)
				assert.GreaterOrEqual(t, stats.Bytes, size, name)
				last := strings.LastIndex(out, "~INS*")
				if perSet > 0 {
					assert.EqualValues(t, stats.Members, stats.Sets*perSet, name)
					last = strings.LastIndex(out, "~ST*")
				}
				if stats.Sets > 1 || perSet == 0 && stats.Members > 1 {
					assert.Less(t, int64(last), size, "%s: begun beyond the size", name)
				}
				assert.Less(t, stats.Bytes, size+max(perSet, 1)*6000, name)
				assert.GreaterOrEqual(t, int64(strings.LastIndex(out, "~SE*")+1), size-60, name)
			}
		}
	}
}

func TestVariety(t *testing.T) {
	seen := map[string]int{}
	for _, action := range actions {
		for seed := range uint64(3) {
			out, _ := generate(t, Options{Action: action, Members: 4000, Seed: seed, PerSet: int64(seed) * 40})
			a := inspect(out)
			require.Empty(t, a.faults)
			for key, n := range a.seen {
				seen[key] += n
			}
		}
	}
	for _, key := range strings.Fields(`INS*Y INS*N INS02=18 INS02=01 INS02=19 INS02=53 INS03=001 INS03=021 INS03=024 INS03=025 INS03=030
		INS04=XN INS04=28 INS04=08 INS04=25 INS04=43 INS04=41 INS04=22 INS04=09 INS04=02 INS04=03 INS04=01 INS04=32 REF*0F REF*1L REF*DX REF*23
		REF*F6 REF*Q4 REF*CE REF*QQ DTP*336 DTP*337 DTP*356 DTP*357 DTP*303 DTP*340 DTP*341 DTP*301 DTP*338 DTP*348 DTP*349 DTP*543 DTP*695
		DTP*344 DTP*345 DTP*007 DTP*360 DTP*361 N1*P5 N1*IN N1*BO N1*TV N1*75 ACT NM1*IL NM1*74 NM1*70 NM1*31 NM1*36 NM1*M8 NM1*S3 NM1*QD
		NM1*GD NM1*45 NM1*P3 NM1*OD NM1*80 EC ICM*7 HLH LUI*LD DSB HD*001 HD*021 HD*024 HD*025 HD*030 HD03=HLT HD03=PPO HD03=HMO HD03=DEN
		HD03=VIS HD03=PDG HD03=STD HD03=LTD HD05=EMP HD05=IND HD05=ESP HD05=ECH HD05=FAM HD05=TWO HD05=E2D AMT*P3 AMT*D2 AMT*C1 AMT*B9
		AMT*FK IDC PLA COB*P COB*S COB*U LS LE LX PER*IP PER*EP PER*SK PER*PQ PER*RP PER*IC PER*CN`) {
		assert.Positive(t, seen[key], key)
	}
	assert.Positive(t, seen["dependent behind its subscriber"])
	assert.Positive(t, seen["dependent alone"])
}

// TestShares holds what the content was weighted for.
func TestShares(t *testing.T) {
	_, s := generate(t, Options{Members: 40_000, Seed: 1})
	assert.InDelta(t, 430, float64(s.Bytes)/float64(s.Members), 60)
	assert.InDelta(t, 0.42, float64(s.Subscribers)/float64(s.Members), 0.04)
	assert.InDelta(t, 2.2, float64(s.Coverages)/float64(s.Members), 0.4)
	assert.InDelta(t, 0.5, float64(s.Categories)/float64(s.Members), 0.25)
	assert.Positive(t, s.Premium)
}

func TestGroupsCloseBeforeTheirCountOverflows(t *testing.T) {
	var b bytes.Buffer
	stats, err := write(&b, Options{Members: 50, PerSet: 1}, 20)
	require.NoError(t, err)
	a := inspect(b.String())
	require.Empty(t, a.faults)
	assert.Equal(t, a.stats, stats)
	assert.Equal(t, 3, strings.Count(b.String(), "~GS*"))
	assert.Contains(t, b.String(), "~IEA*3*")
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{}, {Members: -1}, {Size: -1}, {Members: 1, PerSet: -1}, {Members: 1, Size: 1}, {Members: 1, Action: 3},
		{Members: 1, Delimiters: "*^:"}, {Members: 1, Delimiters: "*^:~~"}, {Members: 1, Delimiters: "**:~"}, {Members: 1, Delimiters: "*^A~"},
		{Members: 1, Delimiters: "-^:~"}, {Members: 1, Delimiters: "*^:\x00"},
	} {
		var b bytes.Buffer
		_, err := Write(&b, o)
		assert.ErrorIs(t, err, ErrOptions, "%+v", o)
		assert.Zero(t, b.Len())
	}
	assert.Equal(t, "verify change replace Action(9)", fmt.Sprint(Verify, " ", Change, " ", Replace, " ", Action(9)))
	assert.Empty(t, Action(9).Code())
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
		stats, err := Write(&failing{n: n}, Options{Members: 900})
		assert.ErrorIs(t, err, errFull)
		assert.EqualValues(t, n, stats.Bytes)
		_, err = Write(&failing{n: n, short: true}, Options{Action: Change, Size: 300_000, PerSet: 10})
		assert.ErrorIs(t, err, io.ErrShortWrite)
	}
}

// TestMemoryIsConstant compares the allocations of a small and a large set.
func TestMemoryIsConstant(t *testing.T) {
	for _, action := range actions {
		allocs := func(o Options) float64 {
			o.Action, o.Seed = action, 1
			return testing.AllocsPerRun(2, func() { _, _ = Write(io.Discard, o) })
		}
		small := allocs(Options{Members: 5000})
		assert.InDelta(t, small, allocs(Options{Members: 20_000}), 10)
		assert.InDelta(t, small, allocs(Options{Size: 5_000_000}), 10)
		assert.InDelta(t, small, allocs(Options{Members: 10_000, PerSet: 5}), 10)
	}
}

func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]Options{
		"full":   {Members: 100_000, Seed: 1},
		"change": {Members: 100_000, Seed: 1, Action: Change},
		"sets":   {Members: 100_000, Seed: 1, PerSet: 5000, NewLine: true},
		"size":   {Size: 50_000_000, Seed: 1},
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

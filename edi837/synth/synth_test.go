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

var kinds = [...]Kind{Professional, Institutional, Dental}

func generate(t *testing.T, o Options) (string, Stats) {
	t.Helper()
	var b bytes.Buffer
	s, err := Write(&b, o)
	require.NoError(t, err)
	return b.String(), s
}

// TestConformsAndBalances reads every output back with the checker and compares
// its sums with those Write reports.
func TestConformsAndBalances(t *testing.T) {
	cases := []Options{
		{Claims: 1},
		{Claims: 2, Seed: 9},
		{Claims: 4000, Seed: 1},
		{Claims: 600, Seed: 2, PerSet: 1},
		{Claims: 3000, Seed: 3, PerSet: 7, NewLine: true},
		{Claims: 3000, Seed: 4, PerSet: 500},
		{Claims: 500, Seed: 1<<64 - 1, PerSet: 499},
		{Claims: 500, Seed: 5, Delimiters: "|~>\n", NewLine: true},
		{Claims: 500, Seed: 5, Delimiters: "|!'\r"},
		{Claims: 500, Seed: 5, Delimiters: "\x1d\x1f\x1c\x1e", PerSet: 20, NewLine: true},
		{Size: 1},
		{Size: 700_000, Seed: 6},
		{Size: 700_000, Seed: 7, PerSet: 33, NewLine: true},
		{Size: 300_000, Seed: 8, PerSet: 1},
	}
	for _, k := range kinds {
		for _, o := range cases {
			o.Kind = k
			t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
				out, stats := generate(t, o)
				a := inspect(out, k)
				require.Empty(t, a.faults)
				assert.Equal(t, a.stats, stats)
				if o.Claims > 0 {
					assert.Equal(t, o.Claims, stats.Claims)
					if o.PerSet > 0 {
						assert.Equal(t, (o.Claims+o.PerSet-1)/o.PerSet, stats.Sets)
					} else {
						assert.EqualValues(t, 1, stats.Sets)
					}
				}
			})
		}
	}
}

// TestCheckerSees breaks good output in single places: a checker that lets them
// pass would prove nothing.
func TestCheckerSees(t *testing.T) {
	o := Options{Claims: 400, Seed: 1, NewLine: true}
	out, _ := generate(t, o)
	require.Empty(t, inspect(out, Professional).faults)
	for _, c := range []struct{ old, new, fault string }{
		{"\nSV1*HC:99213*", "\nSV1*HC:99213*1", "lines charge"},
		{"\nHL*2*1*", "\nHL*3*1*", "HL01"},
		{"\nHL*2*1*", "\nHL*2*2*", "HL02"},
		{"\nHL*2*1*22*0", "\nHL*2*1*22*1", "SBR02"},
		{"\nSBR*P*18*", "\nSBR*P**", "SBR02"},
		{"\nLX*1~", "\nLX*2~", "LX01"},
		{"\nAMT*D*", "\nAMT*D*1", "AMT*D"},
		{"\nCAS*CO*45*", "\nCAS*CO*45*1", "is not"},
		{"\nSVD*", "\nSVD*X", "names no other payer"},
		{"\nDTP*573*", "\nDTP*574*", "DTP*573"},
		{"*XX*1", "*XX*2", "is no NPI"},
		{"\nSE*", "\nSE*1", "envelope"},
		{"***1:2~\nDTP", "***1:13~\nDTP", "pointer"},
		{":B:1*Y", ":B:7*Y", "REF*F8"},
		{"CLM*PF000000002", "CLM*PF000000001", "comes 2 times"},
		{"\nREF*Y4*", "\nREF*Y5*", "REF*Y4"},
		{"\nDTP*439*", "\nDTP*440*", "accident"},
		{"\nBHT*0019*00*", "\nBHT*0019*00*A/B", "holds"},
	} {
		broken := strings.Replace(out, c.old, c.new, 1)
		require.False(t, out == broken, c.old)
		assert.Contains(t, strings.Join(inspect(broken, Professional).faults, "\n"), c.fault, c.old)
	}
	assert.NotEmpty(t, inspect(out, Dental).faults)
	assert.NotEmpty(t, inspect(out[:len(out)/2], Professional).faults)
}

// TestPinned fails when the bytes for given options change: data sets that
// others made with a seed must stay reproducible.
func TestPinned(t *testing.T) {
	for want, o := range map[string]Options{
		"d622255fe3a22793": {Claims: 2000, Seed: 42},
		"d21f97df311d4541": {Claims: 2000, Seed: 42, PerSet: 9, Delimiters: "|^>~", NewLine: true},
		"adbf78e05f25f993": {Size: 200_000, Seed: 42},
		"de2a555d3b2ca534": {Kind: Institutional, Claims: 2000, Seed: 42},
		"0204bebd21c55a4e": {Kind: Dental, Claims: 2000, Seed: 42},
	} {
		out, _ := generate(t, o)
		sum := sha256.Sum256([]byte(out))
		assert.Equal(t, want, hex.EncodeToString(sum[:8]), "%+v", o)
	}
}

func TestSeedsAndKindsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range kinds {
		for seed := range uint64(3) {
			out, _ := generate(t, Options{Kind: k, Claims: 20, Seed: seed})
			assert.False(t, seen[out])
			seen[out] = true
		}
	}
}

// TestDelimitersAndLinesChangeNothingElse compares outputs of one seed after
// their delimiters are mapped back.
func TestDelimitersAndLinesChangeNothingElse(t *testing.T) {
	for _, k := range kinds {
		plain, _ := generate(t, Options{Kind: k, Claims: 300, Seed: 3, PerSet: 50})
		other, _ := generate(t, Options{Kind: k, Claims: 300, Seed: 3, PerSet: 50, Delimiters: "|!>\x1c", NewLine: true})
		back := strings.NewReplacer("|", "*", "!", "^", ">", ":", "\x1c\n", "~").Replace(other)
		assert.True(t, plain == back, k)
	}
}

func TestSizeBound(t *testing.T) {
	next := regexp.MustCompile(`~(HL|ST|CLM)\*`)
	for _, k := range kinds {
		for _, perSet := range []int64{0, 1, 10, 300} {
			for _, size := range []int64{100, 2000, 65536, 131072, 500_001} {
				o := Options{Kind: k, Size: size, Seed: uint64(size), PerSet: perSet}
				out, stats := generate(t, o)
				name := fmt.Sprintf("%+v", o)
				assert.GreaterOrEqual(t, stats.Bytes, size, name)
				assert.Less(t, stats.Bytes, size+24<<10, name)
				// What stands behind the claim before the last was begun below the
				// size: a level, a set, or the last claim.
				if before := strings.LastIndex(out[:strings.LastIndex(out, "~CLM*")], "~CLM*"); before >= 0 {
					begun := before + 1 + next.FindStringIndex(out[before+1:])[0]
					assert.Less(t, int64(begun), size, name)
				}
				if set := strings.LastIndex(out, "~ST*"); stats.Sets > 1 {
					assert.Less(t, int64(set), size, "%s: a set was begun beyond the size", name)
				}
				if perSet == 0 {
					assert.GreaterOrEqual(t, int64(strings.LastIndex(out, "~SE*")+1), size, name)
				}
			}
		}
	}
}

func TestVariety(t *testing.T) {
	seen := map[Kind]map[string]int{}
	for _, k := range kinds {
		seen[k] = map[string]int{}
		for seed := range uint64(4) {
			out, _ := generate(t, Options{Kind: k, Claims: 5000, Seed: seed, PerSet: int64(seed) * 40})
			a := inspect(out, k)
			require.Empty(t, a.faults)
			for key, n := range a.seen {
				seen[k][key] += n
			}
		}
	}
	always := `NM1*85 NM1*87 NM1*PE NM1*IL NM1*QC NM1*PR NM1*82 NM1*77 NM1*DN REF*EI REF*0B REF*Y4 REF*SY REF*G1 REF*9F REF*F8 REF*9A
		REF*9C REF*D9 REF*4N REF*6R REF*G2 REF*2U REF*T4 PWK*OZ CN1 K3 NTE*ADD HI*ABK HCP LX SVD CAS DTP*573 AMT*D AMT*EAF AMT*A8
		MOA SBR*P SBR*S SBR*T PAT*01 PAT*19 DTP*050 CLM05-3=1 CLM05-3=7 CLM05-3=8
		SBR09=MC SBR09=CI SBR09=BL SBR09=HM`
	for k, list := range map[Kind]string{
		Professional: `SBR09=MB SBR09=WC SBR09=AM PAT*20 CLM11=EM CLM11=AA CLM11=OA REF*SY REF*1W DTP*439 DTP*431 DTP*454 DTP*304
			DTP*453 DTP*484 DTP*455 DTP*471 DTP*314 DTP*360 DTP*361 DTP*297 DTP*296 DTP*435 DTP*096 DTP*090 DTP*091 DTP*444 AMT*F5
			REF*F5 REF*EW REF*X4 REF*LX REF*EA REF*P4 REF*1J REF*F4 REF*BT REF*9B REF*9D CR1 CR2 CR3 CRC*07 CRC*E1 CRC*75 CRC*ZZ CRC*70 CRC*09
			HI*BP HI*BG NM1*DQ NM1*P3 NM1*PW NM1*45 NM1*DK NM1*QB SV5 PWK*CT QTY*PT QTY*FL MEA*TR AMT*T AMT*F4 NTE*TPO PS1
			LIN CTP REF*XZ REF*VY LQ*UT LQ*AS FRM DTP*607 DTP*463 DTP*461 DTP*738 DTP*739 DTP*011 CLM05=11 CLM05=21 CLM05=41 CLM05=12 CLM05=81`,
		Institutional: `SBR09=MA SBR09=WC CL1 DTP*434 DTP*435 DTP*096 DTP*472 AMT*F3 REF*LX REF*LU REF*EA REF*P4 REF*G4 NTE*DGN NTE*MED CRC*ZZ
			HI*ABJ HI*APR HI*ABN HI*DR HI*ABF HI*BBR HI*BBQ HI*BI HI*BH HI*BE HI*BG HI*TC NM1*71 NM1*72 NM1*ZZ PRV*AT
			MIA LIN CTP AMT*GT AMT*N8 NTE*TPO CLM05=11 CLM05=13 CLM05=21 CLM05=32 CLM05=72 CLM05=85`,
		Dental: `SBR09=MB SBR09=AM CLM11=AA CLM11=OA DTP*439 DTP*452 DTP*472 DTP*441 DTP*139 DTP*446 DTP*196 DTP*198 DN1 DN2 AMT*F5 REF*G3
			NM1*DD NM1*DQ PRV*RF PRV*PE PRV*AS TOO AMT*T CLM05=24`,
	} {
		for _, key := range strings.Fields(always + " " + list) {
			assert.Positive(t, seen[k][key], "%v %s", k, key)
		}
		for _, key := range []string{"decided by line", "decided as a whole", "2320 SBR01=P", "2320 SBR01=S", "lines=1", "lines=2", "lines=3",
			"claims below HL03 22=1", "claims below HL03 22=4", "claims below HL03 23=1", "claims below HL03 23=2"} {
			assert.Positive(t, seen[k][key], "%v %s", k, key)
		}
	}
	for n := 1; n <= 12; n++ {
		assert.Positive(t, seen[Professional][fmt.Sprintf("diagnoses=%d", n)], n)
	}
	assert.Positive(t, seen[Institutional]["diagnoses=20"])
	assert.Positive(t, seen[Dental]["CLM05=11"])
}

// TestShares holds what the content was weighted for.
func TestShares(t *testing.T) {
	out, s := generate(t, Options{Claims: 20_000, Seed: 1})
	assert.InDelta(t, 2.5, float64(s.Lines)/float64(s.Claims), 0.5)
	assert.InDelta(t, 700, float64(s.Bytes)/float64(s.Claims), 100)
	a := inspect(out, Professional)
	assert.InDelta(t, 0.12, float64(a.seen["decided by line"]+a.seen["decided as a whole"])/float64(s.Claims), 0.03)
	assert.InDelta(t, 0.28, float64(s.Patients)/float64(s.Patients+s.Subscribers), 0.05)
	assert.Greater(t, s.Subscribers, 8*s.Billing)
	assert.Greater(t, s.Claims, s.Subscribers)
}

// TestFullLevel sees a level with the hundred claims the guide
// allows.
func TestFullLevel(t *testing.T) {
	most := int64(0)
	for seed := range uint64(2) {
		out, _ := generate(t, Options{Kind: Dental, Claims: 20_000, Seed: seed})
		for _, level := range strings.Split(out, "~HL*") {
			most = max(most, int64(strings.Count(level, "~CLM*")))
		}
	}
	assert.EqualValues(t, 100, most)
}

func TestGroupsCloseBeforeTheirCountOverflows(t *testing.T) {
	var b bytes.Buffer
	stats, err := write(&b, Options{Claims: 50, PerSet: 1}, 20)
	require.NoError(t, err)
	a := inspect(b.String(), Professional)
	require.Empty(t, a.faults)
	assert.Equal(t, a.stats, stats)
	assert.Equal(t, 3, strings.Count(b.String(), "~GS*"))
	assert.Contains(t, b.String(), "~IEA*3*")
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{}, {Claims: -1}, {Size: -1}, {Claims: 1, PerSet: -1}, {Claims: 1, Size: 1}, {Claims: 1, Kind: 3}, {Claims: 1, Kind: 255},
		{Claims: 1, Delimiters: "*^:"}, {Claims: 1, Delimiters: "*^:~~"}, {Claims: 1, Delimiters: "**:~"},
		{Claims: 1, Delimiters: "*^A~"}, {Claims: 1, Delimiters: "*^a~"}, {Claims: 1, Delimiters: "*^0~"},
		{Claims: 1, Delimiters: "-^:~"}, {Claims: 1, Delimiters: ".^:~"}, {Claims: 1, Delimiters: " ^:~"},
		{Claims: 1, Delimiters: "*^:\x00"}, {Claims: 1, Delimiters: "*^\xa7~"},
	} {
		var b bytes.Buffer
		_, err := Write(&b, o)
		assert.ErrorIs(t, err, ErrOptions, "%+v", o)
		assert.Zero(t, b.Len())
	}
	assert.Equal(t, "professional institutional dental Kind(9)", fmt.Sprint(Professional, " ", Institutional, " ", Dental, " ", Kind(9)))
	assert.Empty(t, Kind(9).Guide())
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
		stats, err := Write(&failing{n: n}, Options{Claims: 600})
		assert.ErrorIs(t, err, errFull)
		assert.EqualValues(t, n, stats.Bytes)
		_, err = Write(&failing{n: n, short: true}, Options{Kind: Institutional, Size: 300_000, PerSet: 10})
		assert.ErrorIs(t, err, io.ErrShortWrite)
	}
}

// TestMemoryIsConstant compares the allocations of a small and a large set.
func TestMemoryIsConstant(t *testing.T) {
	for _, k := range kinds {
		allocs := func(o Options) float64 {
			o.Kind, o.Seed = k, 1
			return testing.AllocsPerRun(2, func() { _, _ = Write(io.Discard, o) })
		}
		small := allocs(Options{Claims: 5000})
		assert.InDelta(t, small, allocs(Options{Claims: 50_000}), 10)
		assert.InDelta(t, small, allocs(Options{Size: 10_000_000}), 10)
		assert.InDelta(t, small, allocs(Options{Claims: 20_000, PerSet: 5}), 10)
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, k := range kinds {
		for name, o := range map[string]Options{
			"claims": {Claims: 100_000, Seed: 1},
			"sets":   {Claims: 100_000, Seed: 1, PerSet: 5000, NewLine: true},
			"size":   {Size: 50_000_000, Seed: 1},
		} {
			o.Kind = k
			b.Run(fmt.Sprintf("%v-%s", k, name), func(b *testing.B) {
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
}

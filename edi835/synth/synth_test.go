package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
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

func (o Options) inspect(out string) *audit {
	d := o.Delimiters
	if d == "" {
		d = "*^:~"
	}
	return inspect(out, d, o.NewLine)
}

// TestConformsAndBalances reads every output back with the checker and compares
// its sums with those Write reports.
func TestConformsAndBalances(t *testing.T) {
	cases := []Options{
		{Claims: 1},
		{Claims: 2, Seed: 9},
		{Claims: 5000, Seed: 1},
		{Claims: 5000, Seed: 2, PerSet: 1},
		{Claims: 5000, Seed: 3, PerSet: 7, NewLine: true},
		{Claims: 5000, Seed: 4, PerSet: 500},
		{Claims: 500, Seed: 1<<64 - 1, PerSet: 499},
		{Claims: 500, Seed: 5, Delimiters: "|~>\n", NewLine: true},
		{Claims: 500, Seed: 5, Delimiters: "|!'\r"},
		{Claims: 500, Seed: 5, Delimiters: "\x1d\x1f\x1c\x1e", PerSet: 20, NewLine: true},
		{Size: 1},
		{Size: 700_000, Seed: 6},
		{Size: 700_000, Seed: 7, PerSet: 33, NewLine: true},
		{Size: 300_000, Seed: 8, PerSet: 1},
	}
	for _, o := range cases {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			out, stats := generate(t, o)
			a := o.inspect(out)
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
			for v, n := range a.trn02 {
				assert.Equal(t, 1, n, "TRN02 %s", v)
			}
		})
	}
}

// TestCheckerSees breaks good output in single places: a checker that lets them
// pass would prove nothing.
func TestCheckerSees(t *testing.T) {
	o := Options{Claims: 40, Seed: 1, NewLine: true}
	out, _ := generate(t, o)
	require.Empty(t, o.inspect(out).faults)
	for _, c := range []struct{ old, new, fault string }{
		{"BPR*I*", "BPR*I*1", "set 0001:"},
		{"\nCAS*CO*45*", "\nCAS*CO*45*9", "claim SB"},
		{"\nCAS*CO*", "\nCAS*CO*45*0**", "adjustment of zero"},
		{"\nSVC*HC:", "\nXXX*1~\nSVC*HC:", "XXX has no place"},
		{"\nNM1*QC*", "\nMOA***MA01~\nNM1*QC*", "NM1*QC after rank"},
		{"~\nSE*", "~\nPLB*1*20251231*CS*5~\nSE*", "set 0001:"},
		{"\nSE*", "\nSE*1", "SE01"},
		{"\nLX*1~", "\nLX*2~", "LX01"},
		{"*T*:~", "*T*>~", "ISA is not"},
		{"\nREF*6R*", "\nDTM*472*20250101~\nREF*6R*", "DTM*472 twice"},
		{"\nSVC*HC:", "\nAMT*I*5~\nSVC*HC:", "L6 differ by 500"},
		{"IEA*1*", "IEA*2*", "IEA01"},
		{"\nCLP*", "\nSVC*HC:99213*1*1~\nCLP*", "SVC in loop 2000"},
		{"*MI*W", "*MI*", ""},
	} {
		broken := strings.Replace(out, c.old, c.new, 1)
		require.NotEqual(t, out, broken, c.old)
		faults := strings.Join(o.inspect(broken).faults, "\n")
		if c.fault == "" {
			assert.Empty(t, faults)
		} else {
			assert.Contains(t, faults, c.fault)
		}
	}
}

// TestPinned fails when the bytes for given options change: data sets that
// others made with a seed must stay reproducible.
func TestPinned(t *testing.T) {
	for want, o := range map[string]Options{
		"2bfec73857aaa738": {Claims: 500, Seed: 42},
		"f46fdcfcb8d00545": {Claims: 500, Seed: 42, PerSet: 9, Delimiters: "|^>~", NewLine: true},
		"b0c4d28e2761e3b3": {Size: 200_000, Seed: 42},
	} {
		out, _ := generate(t, o)
		sum := sha256.Sum256([]byte(out))
		assert.Equal(t, want, hex.EncodeToString(sum[:8]), "%+v", o)
	}
}

// TestSampleFile compares with the sample kept among the test files.
func TestSampleFile(t *testing.T) {
	want, err := os.ReadFile("../../testdata/835/valid/synth-200-claims.edi")
	require.NoError(t, err)
	out, _ := generate(t, Options{Claims: 200, Seed: 835, PerSet: 40, NewLine: true})
	assert.True(t, string(want) == out, "the sample is no longer what Write makes")
}

func TestSeedsDiffer(t *testing.T) {
	a, _ := generate(t, Options{Claims: 20, Seed: 1})
	b, _ := generate(t, Options{Claims: 20, Seed: 2})
	assert.NotEqual(t, a, b)
}

// TestDelimitersAndLinesChangeNothingElse compares outputs of one seed after
// their delimiters are mapped back.
func TestDelimitersAndLinesChangeNothingElse(t *testing.T) {
	plain, _ := generate(t, Options{Claims: 300, Seed: 3, PerSet: 50})
	other, _ := generate(t, Options{Claims: 300, Seed: 3, PerSet: 50, Delimiters: "|!>\x1c", NewLine: true})
	back := strings.NewReplacer("|", "*", "!", "^", ">", ":", "\x1c\n", "~").Replace(other)
	assert.Equal(t, plain, back)
}

func TestSizeBound(t *testing.T) {
	for _, perSet := range []int64{0, 1, 10, 300} {
		for _, size := range []int64{100, 2000, 65536, 131072, 500_001, 1_000_000} {
			o := Options{Size: size, Seed: uint64(size), PerSet: perSet}
			out, stats := generate(t, o)
			name := fmt.Sprintf("%+v", o)
			assert.GreaterOrEqual(t, stats.Bytes, size, name)
			assert.Less(t, stats.Bytes, size+16<<10, name)
			last := strings.LastIndex(out, "~CLP*") + 1
			if perSet == 0 && stats.Claims > 1 {
				assert.Less(t, int64(last), size, "%s: a claim was begun beyond the size", name)
			}
			if set := strings.LastIndex(out, "~ST*"); stats.Sets > 1 {
				assert.Less(t, int64(set), size, "%s: a set was begun beyond the size", name)
			}
			// Where the last set was closed early, its claims alone reach the size.
			tail := strings.LastIndex(out, "~SE*")
			if plb := strings.Index(out[last:], "~PLB*"); plb >= 0 {
				tail = last + plb
			}
			if perSet == 0 {
				assert.GreaterOrEqual(t, int64(tail+1), size, name)
			}
		}
	}
}

// TestVariety counts what the guide knows in an output of moderate size.
func TestVariety(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(4) {
		for _, perSet := range []int64{0, 3} {
			o := Options{Claims: 3000, Seed: seed, PerSet: perSet}
			out, _ := generate(t, o)
			a := o.inspect(out)
			require.Empty(t, a.faults)
			for k, n := range a.seen {
				seen[k] += n
			}
		}
	}
	for _, k := range strings.Fields(`CLP02=1 CLP02=2 CLP02=3 CLP02=4 CLP02=19 CLP02=20 CLP02=22 CLP02=23 CLP02=25
		CLP06=12 CLP06=13 CLP06=HM CLP06=MA CLP06=MB CLP06=MC SVC01=HC SVC01=AD SVC01=NU SVC01=N4 SVC06
		CAS01=CO CAS01=PR CAS01=OA CAS01=PI BPR04=ACH BPR04=CHK BPR04=NON
		PLB=WO PLB=FB PLB=72 PLB=L6 PLB=CS PLB=AH PLB=IR PLB=90 TS3 TS2 MIA MOA RDM
		NM1*QC NM1*IL NM1*74 NM1*82 NM1*TT NM1*PR NM1*GB DTM*232 DTM*233 DTM*036 DTM*050 DTM*150 DTM*151 DTM*472
		REF*1L REF*EA REF*F8 REF*G1 REF*G2 REF*D3 REF*6R REF*HPI REF*LU REF*APC REF*0K REF*EV REF*F2 REF*2U REF*PQ
		PER*CX PER*BL PER*IC AMT*AU AMT*F5 AMT*I AMT*B6 QTY*CA QTY*NE QTY*PS QTY*ZK LQ*HE LQ*RX`) {
		assert.Positive(t, seen[k], k)
	}
	for n := 1; n <= 6; n++ {
		assert.Positive(t, seen["CAS triplets="+strconv.Itoa(n)], n)
	}
	assert.Positive(t, seen["claim without lines"])
}

// TestPairs finds each reversal followed by its correction: same account, the
// charge negated, different control numbers.
func TestPairs(t *testing.T) {
	out, _ := generate(t, Options{Claims: 4000, Seed: 11, PerSet: 900})
	pairs := 0
	var previous []string
	for _, s := range strings.Split(out, "~") {
		if !strings.HasPrefix(s, "CLP*") {
			continue
		}
		e := strings.Split(s, "*")
		if previous != nil && previous[2] == "22" {
			pairs++
			assert.Equal(t, previous[1], e[1])
			assert.Equal(t, previous[3], "-"+e[3])
			assert.NotEqual(t, "22", e[2])
			assert.NotEqual(t, previous[7], e[7])
		}
		previous = e
	}
	assert.Greater(t, pairs, 10)
	assert.Equal(t, pairs, strings.Count(out, "~REF*F8*"))
}

// TestSettleCarriesExcess puts more into a set than ten digits can hold.
func TestSettleCarriesExcess(t *testing.T) {
	for _, paid := range []int64{0, 1, maxAmount, maxAmount + 1, 215_226_173_585, -5, -maxAmount - 7} {
		for key := range uint64(200) {
			g := newGenerator(io.Discard, Options{Claims: 1})
			s := g.newSet(newInterchange(key), 1)
			net := g.settle(s, setTotals{paid: paid, interest: paid / 1000})
			sum := int64(0)
			for _, p := range s.pairs {
				sum += p.amount
				assert.NotZero(t, p.amount)
				assert.LessOrEqual(t, max(p.amount, -p.amount), int64(maxAmount))
			}
			assert.Equal(t, paid-sum, net)
			assert.True(t, net >= 0 && net <= maxAmount, "%d gives %d", paid, net)
		}
	}
}

func TestGroupsCloseBeforeTheirCountOverflows(t *testing.T) {
	var b bytes.Buffer
	o := Options{Claims: 50, PerSet: 1}
	stats, err := write(&b, o, 20)
	require.NoError(t, err)
	a := o.inspect(b.String())
	require.Empty(t, a.faults)
	assert.Equal(t, a.stats, stats)
	assert.Equal(t, 3, strings.Count(b.String(), "~GS*"))
	assert.Contains(t, b.String(), "~IEA*3*")
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{}, {Claims: -1}, {Size: -1}, {Claims: 1, PerSet: -1}, {Claims: 1, Size: 1},
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
		_, err = Write(&failing{n: n, short: true}, Options{Size: 300_000, PerSet: 10})
		assert.ErrorIs(t, err, io.ErrShortWrite)
	}
}

// TestMemoryIsConstant compares the allocations of a small and a large set.
func TestMemoryIsConstant(t *testing.T) {
	allocs := func(o Options) float64 {
		return testing.AllocsPerRun(2, func() { _, _ = Write(io.Discard, o) })
	}
	small := allocs(Options{Claims: 500, Seed: 1})
	assert.InDelta(t, small, allocs(Options{Claims: 50_000, Seed: 1}), 40)
	small = allocs(Options{Size: 300_000, Seed: 1})
	assert.InDelta(t, small, allocs(Options{Size: 10_000_000, Seed: 1}), 60)
}

func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]Options{
		"claims":       {Claims: 100_000, Seed: 1},
		"claims-sets":  {Claims: 100_000, Seed: 1, PerSet: 200},
		"size":         {Size: 50_000_000, Seed: 1},
		"size-newline": {Size: 50_000_000, Seed: 1, PerSet: 1000, NewLine: true},
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

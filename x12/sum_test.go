package x12

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func mustNumber(t testing.TB, s string) Number {
	t.Helper()
	n, ok := ParseNumber(s)
	require.True(t, ok, s)
	return n
}

func TestSum(t *testing.T) {
	for _, c := range []struct {
		add, sub []string
		plain    string // AppendPlain
		number   string // Number, "" where it does not fit
	}{
		{nil, nil, "0.00", "0"},
		{[]string{"100"}, nil, "100.00", "100"},
		{[]string{"80.50", "19.5"}, nil, "100.00", "100.00"},
		{[]string{"100"}, []string{"80.5", "19.5"}, "0.00", "0.0"},
		{[]string{".1", ".2"}, []string{".3"}, "0.00", "0.0"},
		{[]string{".125"}, nil, "0.125", ".125"},
		{[]string{".125", ".125"}, nil, "0.25", ".250"},
		{nil, []string{".25"}, "-0.25", "-.25"},
		{[]string{"-5", "-.000000000000000001"}, nil, "-5.000000000000000001", ""},
		{[]string{"999999999999999999"}, nil, "999999999999999999.00", "999999999999999999"},
		{[]string{"999999999999999999", "1"}, nil, "1000000000000000000.00", ""},
		{[]string{"999999999999999999", ".5"}, nil, "999999999999999999.50", ""},
		{[]string{"999999999999999999", "9.99"}, nil, "1000000000000000008.99", ""},
		// Wide on the way, narrow in the end.
		{[]string{"999999999999999999", ".000000000000000001"}, []string{"999999999999999999"}, "0.000000000000000001", ".000000000000000001"},
		{[]string{"999999999999999999", ".000000000000000001"}, []string{".000000000000000001", "999999999999999998"}, "1.00", "1.00000000000000000"},
	} {
		var s Sum
		want := decimal.Zero
		for _, v := range c.add {
			s.Add(mustNumber(t, v))
			want = want.Add(mustNumber(t, v).Decimal())
		}
		for _, v := range c.sub {
			s.Sub(mustNumber(t, v))
			want = want.Sub(mustNumber(t, v).Decimal())
		}
		assert.Equal(t, want.String(), s.Decimal().String(), "%v", c)
		assert.Equal(t, c.plain, s.String(), "%v", c)
		assert.Equal(t, want.Sign(), s.Sign(), "%v", c)
		assert.Equal(t, want.IsZero(), s.IsZero(), "%v", c)
		n, ok := s.Number()
		assert.Equal(t, c.number != "", ok, "%v", c)
		assert.Equal(t, c.number, n.String(), "%v", c)
		if ok {
			assert.True(t, s.Equal(n), "%v", c)
			assert.True(t, s.Equal(mustNumber(t, string(n.AppendPlain(nil)))), "%v", c)
		}
		assert.False(t, s.Equal(mustNumber(t, "123456.789")), "%v", c)
	}
}

func TestSumIgnoresAbsent(t *testing.T) {
	var s Sum
	s.Add(Number{})
	s.Sub(Number{})
	assert.True(t, s.Equal(Number{}))
	s.Add(NewNumber(5, 0))
	s.Add(Number{})
	assert.Equal(t, "5.00", s.String())
}

func TestSumStaysExactPastInt64(t *testing.T) {
	big := mustNumber(t, "999999999999999999")
	var s Sum
	for range 100 {
		s.Add(big)
	}
	assert.Equal(t, "99999999999999999900.00", s.String())
	_, ok := s.Number()
	assert.False(t, ok)
	kept := s
	for range 99 {
		s.Sub(big)
	}
	assert.True(t, s.Equal(big), "back in range, still comparable with a Number")
	assert.Equal(t, 1, kept.Cmp(&s), "the copy did not move")
	s.SubSum(&kept)
	s.AddSum(&kept)
	assert.True(t, s.Equal(big))
}

func TestSumOfSelf(t *testing.T) {
	var s Sum
	s.Add(NewNumber(150, 2))
	s.AddSum(&s)
	assert.Equal(t, "3.00", s.String())
	s.SubSum(&s)
	assert.True(t, s.IsZero())
}

func TestSumSmallestInt64(t *testing.T) {
	var s, zero Sum
	s.coef = math.MinInt64 // reachable by adding ten terms
	zero.SubSum(&s)
	assert.Equal(t, "9223372036854775808", zero.Decimal().String())
	assert.Equal(t, 1, zero.Cmp(&s))
	assert.Equal(t, -1, s.Sign())
	assert.Equal(t, "-9223372036854775808.00", s.String())
}

// TestSumRandom compares with decimal addition, in any grouping.
func TestSumRandom(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 500 {
		var one, left, right Sum
		want := decimal.Zero
		for range r.IntN(30) {
			n := mustNumber(t, randomNumberText(r))
			part := &left
			if r.IntN(2) == 0 {
				part = &right
			}
			if r.IntN(2) == 0 {
				one.Add(n)
				part.Add(n)
				want = want.Add(n.Decimal())
			} else {
				one.Sub(n)
				part.Sub(n)
				want = want.Sub(n.Decimal())
			}
		}
		both := left
		both.AddSum(&right)
		require.True(t, want.Equal(one.Decimal()))
		require.True(t, want.Equal(both.Decimal()))
		require.Equal(t, 0, one.Cmp(&both))
		require.Equal(t, one.String(), both.String(), "the text depends on the value alone")
		require.True(t, want.Equal(decimal.RequireFromString(one.String())))
		require.Equal(t, left.Decimal().Cmp(right.Decimal()), left.Cmp(&right))
		both.SubSum(&left)
		require.Equal(t, 0, both.Cmp(&right))
	}
}

func TestSumAllocates(t *testing.T) {
	a, b := mustNumber(t, "1234.50"), mustNumber(t, "7")
	buf := make([]byte, 0, 32)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		var s, u Sum
		s.Add(a)
		s.Sub(b)
		u.AddSum(&s)
		buf = u.AppendPlain(buf[:0])
	}))
}

func BenchmarkSumAdd(b *testing.B) {
	n := mustNumber(b, "1234.50")
	b.ReportAllocs()
	var s Sum
	for b.Loop() {
		s.Add(n)
	}
}

package x12

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// numberTexts are legal texts with the plain form and the decimal each stands
// for.
var numberTexts = []struct {
	wire, plain, value string
	coef               int64
	scale              int
}{
	{"0", "0", "0", 0, 0},
	{"-0", "0", "0", 0, 0},
	{"00", "0", "0", 0, 0},
	{"0.", "0", "0", 0, 0},
	{"-0.", "0", "0", 0, 0},
	{".0", "0.0", "0", 0, 1},
	{"0.00", "0.00", "0", 0, 2},
	{"-.00", "0.00", "0", 0, 2},
	{"5", "5", "5", 5, 0},
	{"-5", "-5", "-5", -5, 0},
	{"5.", "5", "5", 5, 0},
	{"-5.", "-5", "-5", -5, 0},
	{"005.", "5", "5", 5, 0},
	{".5", "0.5", "0.5", 5, 1},
	{"-.5", "-0.5", "-0.5", -5, 1},
	{"0.5", "0.5", "0.5", 5, 1},
	{"00.50", "0.50", "0.5", 50, 2},
	{".05", "0.05", "0.05", 5, 2},
	{".050", "0.050", "0.05", 50, 3},
	{"007", "7", "7", 7, 0},
	{"-007.10", "-7.10", "-7.1", -710, 2},
	{"10", "10", "10", 10, 0},
	{"100", "100", "100", 100, 0},
	{"1000", "1000", "1000", 1000, 0},
	{"80.5", "80.5", "80.5", 805, 1},
	{"80.50", "80.50", "80.5", 8050, 2},
	{"-80.50", "-80.50", "-80.5", -8050, 2},
	{"100.00", "100.00", "100", 10000, 2},
	{"1234.567", "1234.567", "1234.567", 1234567, 3},
	{"999999999999999999", "999999999999999999", "999999999999999999", 999999999999999999, 0},
	{"-999999999999999999", "-999999999999999999", "-999999999999999999", -999999999999999999, 0},
	{"000999999999999999999", "999999999999999999", "999999999999999999", 999999999999999999, 0},
	{".000000000000000001", "0.000000000000000001", "0.000000000000000001", 1, 18},
	{"0.000000000000000000", "0.000000000000000000", "0", 0, 18},
	{"9.99999999999999999", "9.99999999999999999", "9.99999999999999999", 999999999999999999, 17},
	{strings.Repeat("0", 255) + "1.5", "1.5", "1.5", 15, 1},
	{strings.Repeat("0", 255), "0", "0", 0, 0},
}

func TestParseNumber(t *testing.T) {
	for _, c := range numberTexts {
		n, ok := ParseNumber(c.wire)
		require.True(t, ok, c.wire)
		fromBytes, ok := ParseNumber([]byte(c.wire))
		require.True(t, ok, c.wire)
		assert.Equal(t, n, fromBytes, c.wire)
		assert.True(t, n.Set(), c.wire)
		assert.False(t, n.IsZero(), c.wire)
		assert.Equal(t, c.coef, n.Coef(), c.wire)
		assert.Equal(t, c.scale, n.Scale(), c.wire)
		assert.Equal(t, c.wire, n.String())
		assert.Equal(t, "x"+c.wire, string(n.AppendWire([]byte("x"))))
		assert.Equal(t, "x"+c.plain, string(n.AppendPlain([]byte("x"))), c.wire)
		assert.Equal(t, c.value, n.Decimal().String(), c.wire)
		assert.Equal(t, n.Decimal().Sign(), n.Sign(), c.wire)
	}
}

func TestParseNumberRejects(t *testing.T) {
	for _, s := range []string{
		"", "-", ".", "-.", "+5", "5-", "--5", "1e5", "1E5", " 5", "5 ", "1,000", "1.2.3", "..5", "5..",
		"0x1", "NaN", "Inf", "\u22125", "٣", "1_000", "5\x00", "/", ":", ".5/", ".5:", "1-2",
		"1000000000000000000", "9223372036854775807", "1.000000000000000000", ".0000000000000000001",
		"18446744073709551617", strings.Repeat("9", 400), strings.Repeat("0", 256), strings.Repeat("0", 256) + "1",
		"." + strings.Repeat("0", 256), "." + strings.Repeat("0", 400) + "1", strings.Repeat("0", 1<<16),
	} {
		n, ok := ParseNumber(s)
		assert.False(t, ok, "%.30q", s)
		assert.Equal(t, Number{}, n, "%.30q", s)
	}
}

func TestNumberIsSmallAndComparable(t *testing.T) {
	assert.EqualValues(t, 16, unsafe.Sizeof(Number{}))
	a, _ := ParseNumber("80.50")
	b, _ := ParseNumber("80.5")
	assert.False(t, a == b, "== sees the written form")
	assert.True(t, a.Equal(b))
}

func TestNumberAbsent(t *testing.T) {
	var n Number
	assert.False(t, n.Set())
	assert.True(t, n.IsZero())
	assert.Equal(t, 0, n.Sign())
	assert.Empty(t, n.String())
	assert.Empty(t, n.AppendPlain(nil))
	assert.True(t, n.Decimal().IsZero())
	assert.True(t, n.Equal(NewNumber(0, 2)), "absent counts as zero by value")
	assert.False(t, n.Neg().Set())
}

func TestNewNumber(t *testing.T) {
	for _, c := range []struct {
		coef  int64
		scale int
		want  string
	}{
		{8050, 2, "80.50"}, {-8050, 2, "-80.50"}, {5, 1, ".5"}, {-5, 2, "-.05"}, {0, 0, "0"}, {0, 2, "0.00"},
		{5, -2, "500"}, {0, -40, "0"}, {1, -17, "100000000000000000"}, {1, 18, ".000000000000000001"},
		{1e18 - 1, 0, "999999999999999999"}, {1 - 1e18, 18, "-.999999999999999999"},
		// These do not fit and come back absent.
		{1e18, 0, ""}, {-1e18, 0, ""}, {1, -18, ""}, {1, -19, ""}, {93, -17, ""}, {1, 19, ""}, {0, 19, ""},
		{math.MinInt64, 0, ""}, {math.MaxInt64, -1, ""}, {1, math.MinInt, ""}, {1, math.MaxInt, ""},
	} {
		n := NewNumber(c.coef, c.scale)
		assert.Equal(t, c.want, n.String(), "NewNumber(%d, %d)", c.coef, c.scale)
		if again, ok := ParseNumber(c.want); ok {
			assert.Equal(t, again, n, "NewNumber(%d, %d)", c.coef, c.scale)
		}
	}
}

func TestNumberFromDecimal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"80.50", "80.50"}, {"-80.5", "-80.5"}, {"0", "0"}, {"0.00", "0.00"}, {"0.5", ".5"},
		{"1e3", "1000"}, {"-12e15", "-12000000000000000"}, {"999999999999999999", "999999999999999999"},
		{"0e400", "0"}, {"0e-400", "0.000000000000000000"},
		{"1." + strings.Repeat("0", 30), "1.00000000000000000"},
		{"." + strings.Repeat("0", 10) + "1" + strings.Repeat("0", 30), ".000000000010000000"},
	} {
		d, err := decimal.NewFromString(c.in)
		require.NoError(t, err)
		n, err := NumberFromDecimal(d)
		require.NoError(t, err, c.in)
		assert.Equal(t, c.want, n.String(), c.in)
		assert.True(t, n.Decimal().Equal(d), c.in)
	}
	for _, d := range []decimal.Decimal{
		decimal.New(1, 18), decimal.New(1, 19), decimal.New(1, -19), decimal.New(1, math.MaxInt32), decimal.New(-1, math.MinInt32),
		decimal.New(1e18, 0), decimal.RequireFromString("1000000000000000000.0"), decimal.RequireFromString("1.0000000000000000001"),
		decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(60), nil), 0),
		decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(60), nil), -40),
	} {
		n, err := NumberFromDecimal(d)
		assert.ErrorIs(t, err, ErrNumber)
		assert.False(t, n.Set())
	}
}

func TestNumberCmp(t *testing.T) {
	// Every pair of the table, against an independent decimal.
	for _, a := range numberTexts {
		for _, b := range numberTexts {
			n, _ := ParseNumber(a.wire)
			m, _ := ParseNumber(b.wire)
			want := decimal.RequireFromString(a.value).Cmp(decimal.RequireFromString(b.value))
			assert.Equal(t, want, n.Cmp(m), "%s %s", a.wire, b.wire)
			assert.Equal(t, want == 0, n.Equal(m), "%s %s", a.wire, b.wire)
		}
	}
}

func TestNumberNeg(t *testing.T) {
	for in, want := range map[string]string{
		"5": "-5", "-5": "5", "5.": "-5.", "-0.50": "0.50", ".50": "-.50", "0": "0", "-0": "0", "-0.00": "0.00", "007": "-007",
	} {
		n, _ := ParseNumber(in)
		assert.Equal(t, want, n.Neg().String(), in)
	}
}

func TestNumberJSON(t *testing.T) {
	type box struct {
		Amount Number `json:"amount"`
		Maybe  Number `json:"maybe,omitzero"`
	}
	for _, c := range numberTexts {
		n, _ := ParseNumber(c.wire)
		text, err := json.Marshal(box{n, n})
		require.NoError(t, err)
		require.Equal(t, `{"amount":"`+c.wire+`","maybe":"`+c.wire+`"}`, string(text))
		var back box
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, box{n, n}, back)
	}
	text, err := json.Marshal(box{})
	require.NoError(t, err)
	assert.Equal(t, `{"amount":null}`, string(text))

	for in, want := range map[string]string{
		`80.50`: "80.50", `-7`: "-7", `"80.50"`: "80.50", `"\u0038"`: "8", `""`: "", `null`: "",
	} {
		v := box{Amount: NewNumber(1, 0)}
		require.NoError(t, json.Unmarshal([]byte(`{"amount":`+in+`}`), &v), in)
		assert.Equal(t, want, v.Amount.String(), in)
	}
	for _, in := range []string{`1e3`, `true`, `[]`, `{}`, `" 5"`, `"\u0041"`, `"+5"`, `1000000000000000000`} {
		var v box
		assert.ErrorIs(t, json.Unmarshal([]byte(`{"amount":`+in+`}`), &v), ErrNumber, in)
	}
	var n Number
	for _, in := range []string{``, `"`, `"\`, `"\"`} {
		assert.ErrorIs(t, n.UnmarshalJSON([]byte(in)), ErrNumber, "called past encoding/json with %q", in)
	}
}

func TestNumberText(t *testing.T) {
	for _, c := range numberTexts {
		var n Number
		require.NoError(t, n.UnmarshalText([]byte(c.wire)))
		text, err := n.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.wire, string(text))
		text, err = n.AppendText([]byte("x"))
		require.NoError(t, err)
		assert.Equal(t, "x"+c.wire, string(text))
	}
	n := NewNumber(5, 0)
	assert.ErrorIs(t, n.UnmarshalText([]byte("5 ")), ErrNumber)
	require.NoError(t, n.UnmarshalText(nil))
	assert.Equal(t, Number{}, n)
}

// randomNumberText returns a legal text of any shape.
func randomNumberText(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(3) == 0 {
		b.WriteByte('-')
	}
	b.WriteString(strings.Repeat("0", r.IntN(4)))
	digits := r.IntN(MaxDigits + 1)
	point := r.IntN(digits + 1)
	for i := range digits {
		if i == point {
			b.WriteByte('.')
		}
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	s := b.String()
	if strings.Trim(s, "-") == "" {
		return s + "0"
	}
	return s
}

func TestNumberRoundTripRandom(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 20000 {
		s := randomNumberText(r)
		n, ok := ParseNumber(s)
		require.True(t, ok, s)
		require.Equal(t, s, string(n.AppendWire(nil)))
		// decimal.NewFromString wants a digit before the point.
		plain := string(n.AppendPlain(nil))
		require.True(t, decimal.RequireFromString(plain).Equal(n.Decimal()), s)
		again, err := NumberFromDecimal(n.Decimal())
		require.NoError(t, err, s)
		require.True(t, again.Equal(n), s)
		m, _ := ParseNumber(randomNumberText(r))
		require.Equal(t, n.Decimal().Cmp(m.Decimal()), n.Cmp(m), "%s %s", n, m)
	}
}

func TestNumberAllocates(t *testing.T) {
	text, buf := []byte("-1234.50"), make([]byte, 0, 32)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		n, _ := ParseNumber(text)
		buf = n.AppendPlain(n.AppendWire(buf[:0]))
	}))
}

func FuzzParseNumber(f *testing.F) {
	for _, c := range numberTexts {
		f.Add(c.wire)
	}
	for _, s := range []string{"", "-", ".", "+5", "1e5", "5..", "1000000000000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		b, okBytes := ParseNumber([]byte(s))
		require.Equal(t, ok, okBytes)
		require.Equal(t, n, b)
		if !ok {
			require.Equal(t, Number{}, n)
			return
		}
		require.Equal(t, s, n.String())
		plain := string(n.AppendPlain(nil))
		d, err := decimal.NewFromString(plain)
		require.NoError(t, err)
		require.True(t, d.Equal(n.Decimal()))
		m, ok := ParseNumber(plain)
		require.True(t, ok)
		require.True(t, m.Equal(n))
		require.Equal(t, plain, string(m.AppendPlain(nil)))
	})
}

func BenchmarkParseNumber(b *testing.B) {
	for _, s := range []string{"0", "100", "80.5", "1234.50", "-99999999.99"} {
		b.Run(s, func(b *testing.B) {
			text := []byte(s)
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := ParseNumber(text); !ok {
					b.Fatal(s)
				}
			}
		})
	}
	b.Run("string", func(b *testing.B) {
		text := strings.Clone("1234.50")
		for b.Loop() {
			if _, ok := ParseNumber(text); !ok {
				b.Fatal(text)
			}
		}
	})
}

func BenchmarkNumberAppendWire(b *testing.B) {
	for _, s := range []string{"0", "100", "80.5", "1234.50", "-99999999.99"} {
		b.Run(s, func(b *testing.B) {
			n, _ := ParseNumber(s)
			buf := make([]byte, 0, 64)
			b.ReportAllocs()
			for b.Loop() {
				buf = n.AppendWire(buf[:0])
			}
		})
	}
}

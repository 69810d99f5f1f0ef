package edi835

import (
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
)

func TestCSVText(t *testing.T) {
	cases := []struct{ in, plain, guarded string }{
		{"", "", ""},
		{"SMITH", "SMITH", "SMITH"},
		{" padded ", " padded ", " padded "},
		{"A,B", `"A,B"`, `"A,B"`},
		{`12" PIPE`, `"12"" PIPE"`, `"12"" PIPE"`},
		{`"`, `""""`, `""""`},
		{"A\nB", "\"A\nB\"", "\"A\nB\""},
		{"A\rB", "\"A\rB\"", "\"A\rB\""},
		{"=SUM(A1)", "=SUM(A1)", "'=SUM(A1)"},
		{"=1,2", `"=1,2"`, `"'=1,2"`},
		{"+1", "+1", "'+1"},
		{"-1", "-1", "'-1"},
		{"@X", "@X", "'@X"},
		{"\tX", "\tX", "'\tX"},
		{"\rX", "\"\rX\"", "\"'\rX\""},
		{"1-2=3", "1-2=3", "1-2=3"},
		{"'=X", "'=X", "'=X"},
		{"MÜLLER", "MÜLLER", "MÜLLER"},
		{"M\xdcLLER", "MÜLLER", "MÜLLER"},
		{"=\xe9", "=é", "'=é"},
		{"PE\xd1A, \"JOS\xc9\"", `"PEÑA, ""JOSÉ"""`, `"PEÑA, ""JOSÉ"""`},
		{"\xff\xfe", "ÿþ", "ÿþ"},
		{"日本,語", `"日本,語"`, `"日本,語"`},
	}
	for _, c := range cases {
		var scratch []byte
		for _, guard := range []bool{false, true} {
			want := c.plain
			if guard {
				want = c.guarded
			}
			text := csvText{guard: guard}
			assert.Equal(t, "x,"+want, string(text.text([]byte("x,"), c.in)), "%q", c.in)
			b := append([]byte("x,"), c.in...)
			assert.Equal(t, "x,"+want, string(text.settle(b, 2, &scratch)), "%q", c.in)
		}
	}
}

// TestCSVTextReadsBack writes random texts and reads them with the standard reader.
func TestCSVTextReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "B", " ", ",", `"`, "\n", "\r", "=", "-", "é", "\t", "'"}
	for range 2000 {
		var s strings.Builder
		for range r.IntN(8) {
			s.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		line := append(csvText{}.text([]byte("k,"), s.String()), ",end\n"...)
		rec, err := csv.NewReader(strings.NewReader(string(line))).Read()
		require.NoError(t, err, "%q", line)
		want := strings.ReplaceAll(s.String(), "\r\n", "\n") // as that reader does
		require.Equal(t, []string{"k", want, "end"}, rec)
	}
}

// TestCSVPlain holds the fast ways to write values against those of package x12.
func TestCSVPlain(t *testing.T) {
	check := func(n x12.Number) {
		require.Equal(t, string(n.AppendPlain(nil)), string(csvPlain(nil, n)), n.String())
		var s x12.Sum
		s.Add(n)
		require.Equal(t, s.String(), string(csvTotal(nil, &s)), n.String())
	}
	check(x12.Number{})
	for _, text := range []string{"0", "0.00", "-0.00", "5.", ".5", "-.50", "00012.30", "123456789012345.67", "9999.99", "10000.00", "-9999.99", "1.005"} {
		n, ok := x12.ParseNumber(text)
		require.True(t, ok)
		check(n)
	}
	for c := int64(-1_000_100); c < 1_000_100; c += 7 {
		check(x12.NewNumber(c, 2))
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		check(x12.NewNumber(r.Int64N(1e12)-5e11, r.IntN(5)))
		d, _ := x12.NewDate(1+r.IntN(9999), 1+r.IntN(12), 1+r.IntN(28))
		require.Equal(t, string(d.AppendISO(nil))+",", string(csvDate(nil, d)))
		require.Equal(t, string(d.Short().AppendISO(nil))+",", string(csvDate(nil, d.Short())))
	}
	require.Equal(t, ",", string(csvDate(nil, x12.Date{})))
}

func TestCSVPackedAndNumbered(t *testing.T) {
	num := func(s string) x12.Number {
		n, ok := x12.ParseNumber(s)
		require.True(t, ok || s == "")
		return n
	}
	entry := func(reason, amount, quantity string) ts835.AdjustmentEntry {
		return ts835.AdjustmentEntry{Reason: reason, Amount: num(amount), Quantity: num(quantity)}
	}
	list := []ts835.Adjustment{
		{Group: "CO", Entries: []ts835.AdjustmentEntry{entry("45", "200.00", ""), {}, entry("59", "-.5", "2")}},
		{Group: "PR", Entries: []ts835.AdjustmentEntry{entry("1", "65.44", ""), entry("2", "", ""), entry("", "7", "")}},
	}
	var scratch []byte
	assert.Equal(t, "CO:45:200.00 CO:59:-0.5:2 PR:1:65.44 PR:2: PR::7,", string(csvPacked(nil, csvText{}, list, &scratch)))
	assert.Equal(t, ",", string(csvPacked(nil, csvText{}, nil, &scratch)))
	odd := []ts835.Adjustment{{Group: "=C", Entries: []ts835.AdjustmentEntry{entry("4,5", "1", "")}}}
	assert.Equal(t, `"'=C:4,5:1",`, string(csvPacked(nil, csvText{guard: true}, odd, &scratch)))

	for n, want := range map[int]string{
		0: "5,",
		1: "CO,45,200.00,,4,",
		2: "CO,45,200.00,,CO,59,-0.5,2,3,",
		6: "CO,45,200.00,,CO,59,-0.5,2,PR,1,65.44,,PR,2,,,PR,,7,,,,,,0,",
	} {
		assert.Equal(t, want, string(csvNumbered(nil, csvText{}, list, n, csvCommas(4*n))))
		assert.Equal(t, strings.Count(want, ","), len(csvNumberedColumns("claim", n)))
	}

	var sums csvAdjusted
	sums.add(list)
	sums.add([]ts835.Adjustment{{Group: "CR", Entries: []ts835.AdjustmentEntry{entry("1", "10", "")}}})
	assert.Equal(t, 6, sums.count)
	assert.Equal(t, "281.94", sums.all.String())
	assert.Equal(t, "199.50,", string(sums.groups[csvCO].col(nil)))
	assert.Equal(t, "72.44,", string(sums.groups[csvPR].col(nil)))
	assert.Equal(t, ",", string(sums.groups[csvOA].col(nil)), "no adjustment is not one of zero")
	var twice csvAdjusted
	twice.merge(&sums)
	twice.merge(&sums)
	assert.Equal(t, "563.88", twice.all.String())
	assert.Equal(t, "399.00,", string(twice.groups[csvCO].col(nil)))
}

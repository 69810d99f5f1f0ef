package csvtable

import (
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

func TestText(t *testing.T) {
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
			text := Quoter{Guard: guard}
			assert.Equal(t, "x,"+want, string(text.Text([]byte("x,"), c.in)), "%q", c.in)
			b := append([]byte("x,"), c.in...)
			assert.Equal(t, "x,"+want, string(text.Settle(b, 2, &scratch)), "%q", c.in)
		}
	}
}

// TestTextReadsBack writes random texts and reads them with the standard reader.
func TestTextReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "B", " ", ",", `"`, "\n", "\r", "=", "-", "é", "\t", "'"}
	for range 2000 {
		var s strings.Builder
		for range r.IntN(8) {
			s.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		line := append(Quoter{}.Text([]byte("k,"), s.String()), ",end\n"...)
		rec, err := csv.NewReader(strings.NewReader(string(line))).Read()
		require.NoError(t, err, "%q", line)
		want := strings.ReplaceAll(s.String(), "\r\n", "\n") // as that reader does
		require.Equal(t, []string{"k", want, "end"}, rec)
	}
}

// TestPlain holds the fast ways to write values against those of package x12.
func TestPlain(t *testing.T) {
	check := func(n x12.Number) {
		require.Equal(t, string(n.AppendPlain(nil)), string(Plain(nil, n)), n.String())
		var s x12.Sum
		s.Add(n)
		require.Equal(t, s.String(), string(Sum(nil, &s)), n.String())
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
		require.Equal(t, string(d.AppendISO(nil))+",", string(DateCol(nil, d)))
		require.Equal(t, string(d.Short().AppendISO(nil))+",", string(DateCol(nil, d.Short())))
	}
	require.Equal(t, ",", string(DateCol(nil, x12.Date{})))
}

// TestTable puts fields and parts together: the order of the header is that of the row.
func TestTable(t *testing.T) {
	type row struct {
		Quoter
		a, b string
		n    int64
	}
	fields := []Field[row]{
		Col("a", "X01", "A", func(b []byte, r *row) []byte { return r.Text(b, r.a) }),
		Cols([]Column{{Name: "b"}, {Name: "n"}}, func(b []byte, r *row) []byte { return SeqCol(r.Col(b, r.b), r.n) }),
		Col("flag", "X02", "F", func(b []byte, r *row) []byte { return Flag(b, r.n > 0) }),
	}
	require.Empty(t, Pick(fields, "b"), "not a column of its own")
	table := Table[row]{Parts: []Part[row]{
		NewPart(Columns(fields), func(r *row, b []byte) []byte { return Append(b, fields, r) }),
		NewPart(Columns(Pick(fields, "flag", "a")), func(r *row, b []byte) []byte { return Append(b, Pick(fields, "flag", "a"), r) }),
	}}
	require.Equal(t, "a,b,n,flag,flag,a\r\n", string(table.AppendHeader(nil, EOL(true))))
	require.Len(t, table.Columns(), 6)
	b := table.AppendRow([]byte("x\n"), &row{a: "1,2", b: "", n: 0}, EOL(false))
	b = table.AppendRow(b, &row{a: "", b: "B", n: 12}, EOL(false))
	require.Equal(t, "x\n\"1,2\",,,0,0,\"1,2\"\n,B,12,1,1,\n", string(b))
	require.Equal(t, ",,,", Commas(3))
}

func TestSelect(t *testing.T) {
	bad := errors.New("bad")
	names := []string{"claims", "services", "flat"}
	kinds, err := Select(names, []string{"flat", "claims"}, bad)
	require.NoError(t, err)
	require.Equal(t, []int{2, 0}, kinds)
	for _, wanted := range [][]string{{"claim"}, {""}, {"flat", "flat"}} {
		_, err := Select(names, wanted, bad)
		require.ErrorIs(t, err, bad)
	}
}

func TestName(t *testing.T) {
	var scratch []byte
	for _, c := range []struct{ last, first, middle, suffix, want string }{
		{"ROE", "ANN", "B", "MD", `"ROE, ANN B MD"`},
		{"ROE", "", "", "JR", `"ROE, JR"`},
		{"CLINIC", "", "", "", "CLINIC"},
		{"", "ANN", "B", "", "ANN B"},
		{"", "", "", "", ""},
		{"ROE", "ANN, B", "", "", `"ROE, ANN, B"`},
		{"R\"E", "", "", "JR", `"R""E, JR"`},
		{"R\xd6E", "ANN", "", "", `"RÖE, ANN"`},
		{"", "", "", "JR", "JR"},
	} {
		require.Equal(t, ","+c.want, string(Quoter{}.Name([]byte(","), c.last, c.first, c.middle, c.suffix, &scratch)))
	}
	require.Equal(t, `"'-ROE, ANN"`, string(Quoter{Guard: true}.Name(nil, "-ROE", "ANN", "", "", &scratch)))
	require.Equal(t, `"ROE, -ANN"`, string(Quoter{Guard: true}.Name(nil, "ROE", "-ANN", "", "", &scratch)))
	require.Equal(t, "A,B,,", string(Quoter{}.ListCols(nil, []string{"A", "B"}, 3)))
	require.Equal(t, "A,", string(Quoter{}.ListCols(nil, []string{"A", "B"}, 1)))
	require.Equal(t, "A B", string(Quoter{}.Words(nil, []string{"", "A", "", "B"}, &scratch)))
}

func TestAdjusted(t *testing.T) {
	var a, all Adjusted
	require.Equal(t, ",,,,,,,0,", string(a.LineCols(nil)))
	for _, e := range []struct {
		group, reason string
		cents         int64
	}{{"PR", "1", 1050}, {"PR", "3", 400}, {"PR", "96", 5}, {"CO", "1", 2050}, {"CR", "1", 100}, {"PI", "2", -100}} {
		a.Add(Group(e.group), e.reason, x12.NewNumber(e.cents, 2))
	}
	a.Add(Group("OA"), "23", x12.Number{})
	require.Equal(t, "20.50,,-1.00,14.55,10.50,,4.00,7,", string(a.LineCols(nil)))
	require.Equal(t, "35.05", a.All.String())
	all.Merge(&a)
	all.Merge(&a)
	all.Merge(&Adjusted{Count: 1})
	require.Equal(t, "41.00,,-2.00,29.10,21.00,,8.00,15,", string(all.LineCols(nil)))
}

func TestDateText(t *testing.T) {
	for s, want := range map[string]string{"20250102": "2025-01-02,", "20250230": ",", "": ",", "20250101-20250102": ",", "LATER": ","} {
		require.Equal(t, want, string(DateTextCol(nil, s)))
	}
}

package match

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples ties the files of testdata/reconcile, which have every state.
func samples(t *testing.T) *Result {
	dir := filepath.Join("..", "..", "testdata", "reconcile")
	fees, err := os.ReadFile(filepath.Join(dir, "expected.csv"))
	require.NoError(t, err)
	m := NewMatcher(Options{Expected: expected(t, string(fees))})
	each := func(pattern string, read func(io.Reader, string)) {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			read(bytes.NewReader(text), filepath.Base(name))
		}
	}
	sink := codec.WithSink(func(i *x12.Issue) bool { t.Error(i); return true })
	each("*.837", func(r io.Reader, name string) {
		require.NoError(t, m.ReadClaims(edi837.NewReader(r, sink), func(int64) string { return name }))
	})
	each("*.835", func(r io.Reader, name string) {
		require.NoError(t, m.ReadRemittances(edi835.NewReader(r, sink), func(int64) string { return name }))
	})
	return m.Match()
}

// TestSamples compares every output on the samples with its golden file. The samples have every state, role but read_before,
// basis but repeated, and a stray of each sort.
func TestSamples(t *testing.T) {
	r := samples(t)
	checkTotals(t, r)
	rep := r.Report()
	for s := range states {
		require.NotZero(t, rep.Total.Claims[s].N, s.String())
	}
	roles := map[Role]int{}
	for i := range r.Answers {
		roles[r.Answers[i].Role]++
	}
	for role := range numberOfRoles {
		if role != ReadBefore && role != Again {
			require.NotZero(t, roles[role], role.String())
		}
	}
	require.True(t, rep.Remitted.Difference.IsZero())
	outputs := map[string]func(io.Writer) error{
		"text.txt":    func(w io.Writer) error { return r.WriteText(w, rep, Form{}) },
		"shown.txt":   func(w io.Writer) error { return r.WriteText(w, rep, Form{ShowValues: true}) },
		"page.html":   func(w io.Writer) error { return r.WriteHTML(w, rep, Form{}) },
		"lines.jsonl": func(w io.Writer) error { return r.WriteJSON(w, rep, Form{ShowValues: true}) },
	}
	for _, table := range Tables() {
		outputs[table+".csv"] = func(w io.Writer) error { return r.WriteTable(w, rep, table, Form{}) }
	}
	for name, write := range outputs {
		var b bytes.Buffer
		require.NoError(t, write(&b))
		golden := filepath.Join("testdata", "golden", name)
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o777))
			require.NoError(t, os.WriteFile(golden, b.Bytes(), 0o666))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), b.String(), name)
	}
}

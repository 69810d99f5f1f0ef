package edit_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// TestCorpus splits the 837s and 835s of the corpus that the environment names by every key.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	files := 0
	for _, line := range strings.Split(string(text), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) < 10 || !strings.HasPrefix(f[1], "837") && f[1] != "835" {
			continue
		}
		files++
		t.Run(f[0], func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(dir, f[0]))
			require.NoError(t, err)
			testSample(t, string(src))
		})
	}
	require.Greater(t, files, 150)
}

// TestSamples splits the samples of the repository.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "83[57]", "*", "*.edi"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		t.Run(name, func(t *testing.T) { testSample(t, string(src)) })
	}
}

// testSample splits a file by every key: the claims are those of the file, and the parts have no faults that it has not.
func testSample(t *testing.T, src string) {
	whole := read(t, src, false)
	for _, by := range keys {
		m := newMemory()
		odd := by == "set" // levels are left as they are, or not as the simple reading here takes them
		res, err := edit.Split(x12.NewReader(strings.NewReader(src)), m, edit.Options{By: parseBy(t, by), Newline: true,
			Sink: func(i *x12.Issue) bool { odd = odd || i.Rule == edit.RuleLevel; return true }})
		if err != nil {
			var fault *x12.Issue
			require.ErrorAs(t, err, &fault)
			continue
		}
		require.EqualValues(t, len(whole.claims), res.In.Claims, by)
		require.True(t, res.In.Charge.Cmp(&res.Out.Charge) == 0 && res.In.Paid.Cmp(&res.Out.Paid) == 0 && res.In.Payment.Cmp(&res.Out.Payment) == 0)
		var got reading
		for _, name := range m.names() {
			r := read(t, m.text(name), !odd)
			for _, rule := range r.findings {
				require.True(t, slices.Contains(whole.findings, rule), "%s: %s has %s", by, name, rule)
			}
			got.claims = append(got.claims, r.claims...)
			got.empty = append(got.empty, r.empty...)
		}
		require.Equal(t, whole.texts(), got.texts(), by)
		require.Equal(t, sorted(whole.empty), sorted(got.empty), by)
	}
}

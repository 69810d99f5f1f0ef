package cli

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// splitSummary finds what came in and what went out.
var splitSummary = regexp.MustCompile(`edi split: in .* units=(\d+) charge=(\S+) paid=(\S+) payment=(\S+) out .* units=(\d+) charge=(\S+) paid=(\S+) payment=(\S+) filler`)

// TestSplitSamples splits all samples, those of the corpus too if it is here, by every key: the sums of the manifest and
// those counted in the files are the sums of the input.
func TestSplitSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "..", "testdata", "83[57]", "valid", "*.edi"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	if dir := os.Getenv("EDI_CORPUS"); dir != "" {
		more, err := filepath.Glob(filepath.Join(dir, "83[57]*", "*.edi"))
		require.NoError(t, err)
		require.NotEmpty(t, more)
		files = append(files, more...)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, by := range []string{"set", "claims:1", "claims:3", "billing-npi", "payer"} {
			dir := filepath.Join(t.TempDir(), "parts")
			_, stderr, code := run(t, src, "split", "--by", by, "--out-dir", dir, "--summary")
			require.Less(t, code, 2, "%s: %s", name, stderr)
			m := splitSummary.FindStringSubmatch(stderr)
			require.NotNil(t, m, "%s: %s", name, stderr)
			require.Equal(t, m[1:5], m[5:9], "%s by %s", name, by)
			require.Equal(t, m[1:5], manifestSums(t, filepath.Join(dir, manifestName), 5, 6, 7, 8), "%s by %s: manifest", name, by)
			require.Equal(t, m[1:5], manifestSums(t, filepath.Join(dir, setsName), 5, 6, 7, 8), "%s by %s: sets", name, by)
		}
	}
}

// manifestSums adds up columns of a table: a count and amounts. Its files must be there, and no others.
func manifestSums(t *testing.T, path string, columns ...int) (sums []string) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	named := map[string]bool{}
	for _, row := range rows[1:] {
		named[row[0]] = true
		require.FileExists(t, filepath.Join(filepath.Dir(path), row[0]))
	}
	if strings.HasSuffix(path, manifestName) {
		entries, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Len(t, entries, len(named)+2)
	}
	for i, column := range columns {
		var sum decimal.Decimal
		for _, row := range rows[1:] {
			if row[column] != "" {
				d, err := decimal.NewFromString(row[column])
				require.NoError(t, err)
				sum = sum.Add(d)
			}
		}
		if i == 0 {
			sums = append(sums, fmt.Sprint(sum.IntPart()))
		} else {
			sums = append(sums, sum.StringFixed(2))
		}
	}
	return sums
}

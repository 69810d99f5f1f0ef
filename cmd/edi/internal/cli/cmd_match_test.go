package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const matchData = "../../../../testdata/match/"

// TestMatchOutput: a closed pipe ends quietly, a full disk does not, and -o leaves no half file.
func TestMatchOutput(t *testing.T) {
	for _, form := range []string{"text", "csv", "json"} {
		args := []string{"match", "--eft", matchData + "deposits.ach", "--format", form, matchData + "remittances.edi"}
		var errs bytes.Buffer
		require.Equal(t, exitClean, Run(args, nil, &failingWriter{100, syscall.EPIPE}, &errs))
		require.Empty(t, errs.String())
		require.Equal(t, exitUsage, Run(args, nil, &failingWriter{100, syscall.ENOSPC}, &errs))
		require.Contains(t, errs.String(), "no space left")
	}
	target := filepath.Join(t.TempDir(), "out.csv")
	_, errs, code := run(t, nil, "match", "--eft", matchData+"deposits.ach", "-o", target, matchData+"none.edi")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "none.edi")
	left, err := os.ReadDir(filepath.Dir(target))
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestMatchSame: the output does not depend on workers, nor on how often it is made.
func TestMatchSame(t *testing.T) {
	for _, bank := range []string{"deposits.ach", "statement.bai2"} {
		args := []string{"match", "--eft", matchData + bank, "--format", "json", matchData + "remittances.edi"}
		want, errs, code := run(t, nil, args...)
		require.Equal(t, exitClean, code, errs)
		got, _, _ := run(t, nil, append(args, "--workers", "4")...)
		require.Equal(t, want, got)
	}
}

// TestMatchCorpus: of every 835 of the corpus each payment is in the list once, with the bank's entries beside them.
func TestMatchCorpus(t *testing.T) {
	dir, rows := corpus835(t)
	for _, row := range rows {
		src, err := os.ReadFile(filepath.Join(dir, row.path))
		require.NoError(t, err)
		counts, _, _ := run(t, src, "csv", "--table", "payments", "-q")
		out, errs, code := run(t, src, "match", "--eft", matchData+"deposits.ach", "--format", "json", "-q", "-")
		require.Less(t, code, exitUsage, errs)
		payments := 0
		var total map[string]map[string]any
		for line := range strings.Lines(out) {
			total = nil
			require.NoError(t, json.Unmarshal([]byte(line), &total))
			if item := total["item"]; item["claims"] != nil {
				payments++
			}
		}
		require.Equal(t, strings.Count(counts, "\n")-1, payments, row.path)
		require.EqualValues(t, payments, total["total"]["eras"], row.path)
		require.EqualValues(t, 14, total["total"]["entries"], row.path)
	}
}

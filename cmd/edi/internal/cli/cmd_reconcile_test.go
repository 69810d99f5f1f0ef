package cli

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const reconcileData = "../../../../testdata/reconcile/"

func reconcileArgs(more ...string) []string {
	args := []string{"reconcile", "--era", reconcileData + "answers.835", "--era", reconcileData + "later.835", "--expected", reconcileData + "expected.csv"}
	return append(append(args, more...), reconcileData+"claims.837", reconcileData+"dental.837", reconcileData+"sent-again.837")
}

// TestReconcileOutput: a closed pipe ends quietly, a full disk does not, and no half file is left.
func TestReconcileOutput(t *testing.T) {
	for _, form := range []string{"text", "csv", "json", "html"} {
		args := reconcileArgs("--format", form)
		var errs bytes.Buffer
		require.Equal(t, exitClean, Run(args, nil, &failingWriter{100, syscall.EPIPE}, &errs))
		require.Empty(t, errs.String())
		require.Equal(t, exitUsage, Run(args, nil, &failingWriter{100, syscall.ENOSPC}, &errs))
		require.Contains(t, errs.String(), "no space left")
	}
	dir := t.TempDir()
	_, errs, code := run(t, nil, reconcileArgs("-o", filepath.Join(dir, "out.html"), reconcileData+"none.837")...)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "none.837")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "payers.csv"), 0o777)) // one of the files cannot be made
	_, errs, code = run(t, nil, reconcileArgs("--out-dir", dir)...)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "is a directory")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1)
}

// TestReconcileSame: workers, the order of files, and how they are given make no difference.
func TestReconcileSame(t *testing.T) {
	want, errs, code := run(t, nil, reconcileArgs("--format", "json")...)
	require.Equal(t, exitClean, code, errs)
	got, _, _ := run(t, nil, reconcileArgs("--format", "json", "--workers", "4")...)
	require.Equal(t, want, got)
	d := reconcileData
	got, errs, code = run(t, nil, "reconcile", "--format", "json", "--expected", d+"expected.csv", d+"later.835", d+"sent-again.837", d+"answers.835", d+"dental.837", d+"claims.837")
	require.Equal(t, exitClean, code, errs)
	require.Empty(t, errs)
	require.Equal(t, want, got)
	src, err := os.ReadFile(d + "later.835")
	require.NoError(t, err)
	got, errs, code = run(t, src, "reconcile", "--format", "json", "--expected", d+"expected.csv", "--era", "-", d+"sent-again.837", d+"answers.835", d+"dental.837", d+"claims.837")
	require.Equal(t, exitClean, code, errs)
	require.Equal(t, strings.ReplaceAll(want, d+"later.835", "<stdin>"), got)
}

// TestReconcileMixed: one file may hold claims and what answers them.
func TestReconcileMixed(t *testing.T) {
	var both []byte
	for _, name := range []string{"claims.837", "answers.835", "dental.837", "later.835", "sent-again.837"} {
		src, err := os.ReadFile(reconcileData + name)
		require.NoError(t, err)
		both = append(both, src...)
	}
	name := filepath.Join(t.TempDir(), "both.edi")
	require.NoError(t, os.WriteFile(name, both, 0o666))
	want, _, _ := run(t, nil, reconcileArgs("--show-values")...)
	got, errs, code := run(t, nil, "reconcile", "--show-values", "--summary", "--expected", reconcileData+"expected.csv", name)
	require.Equal(t, exitClean, code, errs)
	require.Equal(t, want, got)
	require.Contains(t, errs, " sets=8 ", "each set counts once")
}

// reconcileRows runs the command and returns the rows of a table by column.
func reconcileRows(t *testing.T, src []byte, args ...string) (rows []map[string]string) {
	out, errs, code := run(t, src, args...)
	require.Less(t, code, exitUsage, errs)
	if out == "" {
		return nil
	}
	list, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	for _, r := range list[1:] {
		row := map[string]string{}
		for k, name := range list[0] {
			row[name] = r[k]
		}
		rows = append(rows, row)
	}
	return rows
}

// TestReconcileCorpus: of all claims and remittances of the corpus none is lost, and those that were made for each other
// are tied.
func TestReconcileCorpus(t *testing.T) {
	dir, remits := corpus835(t)
	_, claims := corpus837(t)
	var names []string
	submitted, answers := 0, 0
	for _, c := range claims {
		if !strings.HasPrefix(c.expectation, "invalid") && c.known {
			rows := reconcileRows(t, nil, "csv", "-q", "--set", "837", "--table", "claims", filepath.Join(dir, c.path))
			submitted += len(rows)
			names = append(names, filepath.Join(dir, c.path))
		}
	}
	for _, r := range remits {
		if !strings.HasPrefix(r.expectation, "invalid") {
			answers += len(reconcileRows(t, nil, "csv", "-q", "--set", "835", "--table", "claims", filepath.Join(dir, r.path)))
			names = append(names, filepath.Join(dir, r.path))
		}
	}
	require.Greater(t, submitted, 50)
	require.Greater(t, answers, 50)
	tied := map[string]string{}
	rows := reconcileRows(t, nil, append([]string{"reconcile", "-q", "--format", "csv"}, names...)...)
	for _, r := range rows {
		if r["claim_row"] == "1" {
			submitted--
		}
		if r["answer_role"] != "" {
			answers--
		}
		if r["answer_claim_seq"] != "" && r["claim_seq"] != "" {
			tied[r["answer_patient_control_number"]] = r["state"]
		}
	}
	require.Zero(t, submitted, "claims lost or there twice")
	require.Zero(t, answers, "remittance claims lost or there twice")
	for number, state := range map[string]string{"CLM200": "paid", "CLM201": "denied", "CLM-STROKE-RAD-FAC-001": "paid", "CLM-STROKE-NEURO-001": "paid"} {
		require.Equal(t, state, tied[number], number)
	}
}

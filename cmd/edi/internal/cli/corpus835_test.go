package cli

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

var update = flag.Bool("update", false, "rewrite the golden files of findings")

// corpusRow is a line of the corpus manifest.
type corpusRow struct{ path, expectation, notes string }

// corpus835 returns the folder of the corpus and the rows of its 835s.
func corpus835(t *testing.T) (dir string, rows []corpusRow) {
	dir = os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	for _, line := range strings.Split(string(text), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) >= 10 && f[1] == "835" {
			rows = append(rows, corpusRow{f[0], f[8], f[9]})
		}
	}
	require.NotEmpty(t, rows)
	return dir, rows
}

// run runs a command line and returns what it wrote.
func run(t *testing.T, stdin []byte, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Run(args, bytes.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), code
}

// TestCorpusFindings835 compares the findings on every 835 of the corpus with what was read against its manifest.
func TestCorpusFindings835(t *testing.T) {
	dir, rows := corpus835(t)
	for _, row := range rows {
		t.Run(row.path, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(dir, row.path))
			require.NoError(t, err)
			out, findings, code := run(t, src, "json", "--layer", "guide", "-")
			require.Less(t, code, 2)
			require.NotEmpty(t, out)
			if strings.Contains(row.notes, "official guide example") {
				require.Empty(t, findings)
				return
			}
			if strings.HasPrefix(row.expectation, "invalid") && !strings.Contains(row.expectation, "BPR02") && !strings.Contains(row.expectation, "discrepancy") {
				require.NotEmpty(t, findings)
			}
			golden := filepath.Join("..", "..", "testdata", "findings", strings.ReplaceAll(row.path, "/", "-")+".txt")
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(findings), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), findings)
		})
	}
}

// count is an independent view of a file: segments split at the terminator of its ISA, elements at its separator.
type count struct {
	clp, triplets, pairs, bpr int
	paid, payment             decimal.Decimal
}

func countSegments(t *testing.T, src []byte) (n count) {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		if r.Set() == nil || r.Set().ID != "835" {
			continue
		}
		f := strings.Split(string(s.Bytes()), string(s.Delims.Element))
		amount := func(i int) decimal.Decimal {
			if i >= len(f) || f[i] == "" {
				return decimal.Zero
			}
			d, err := decimal.NewFromString(f[i])
			require.NoError(t, err)
			return d
		}
		filled := func(from, to, by int, some func(at int) bool) (k int) {
			for at := from; at <= to && at < len(f); at += by {
				if some(at) {
					k++
				}
			}
			return k
		}
		has := func(at int) bool { return at < len(f) && f[at] != "" }
		switch f[0] {
		case "CLP":
			n.clp++
			n.paid = n.paid.Add(amount(4))
		case "CAS":
			n.triplets += filled(2, 17, 3, func(at int) bool { return has(at) || has(at+1) })
		case "PLB":
			n.pairs += filled(3, 13, 2, func(at int) bool { return has(at) || has(at+1) })
		case "BPR":
			n.bpr++
			n.payment = n.payment.Add(amount(2))
		}
	}
}

// TestCorpusTables835 ties the tables of every valid 835 of the corpus to an independent count of its segments.
func TestCorpusTables835(t *testing.T) {
	dir, rows := corpus835(t)
	for _, row := range rows {
		if !strings.HasPrefix(row.expectation, "valid") {
			continue
		}
		t.Run(row.path, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(dir, row.path))
			require.NoError(t, err)
			want := countSegments(t, src)
			table := func(name, column string) (rows int, sum decimal.Decimal) {
				out, _, code := run(t, src, "csv", "--quiet", "--table", name)
				require.Less(t, code, 2)
				records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
				require.NoError(t, err)
				at := -1
				for i, c := range records[0] {
					if c == column {
						at = i
					}
				}
				require.GreaterOrEqual(t, at, 0, column)
				for _, r := range records[1:] {
					if r[at] != "" {
						d, err := decimal.NewFromString(r[at])
						require.NoError(t, err)
						sum = sum.Add(d)
					}
				}
				return len(records) - 1, sum
			}
			n, paid := table("claims", "paid_amount")
			require.Equal(t, want.clp, n, "claims")
			require.True(t, want.paid.Equal(paid), "%s %s", want.paid, paid)
			n, _ = table("adjustments", "amount")
			require.Equal(t, want.triplets+want.pairs, n, "adjustments")
			n, payment := table("payments", "payment_amount")
			require.Equal(t, want.bpr, n, "payments")
			require.True(t, want.payment.Equal(payment), "%s %s", want.payment, payment)
		})
	}
}

// TestRoundTrip835 turns every valid 835, of the corpus and our own, into JSON of each layer that promises it and back.
func TestRoundTrip835(t *testing.T) {
	files, err := filepath.Glob("../../../../testdata/835/valid/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	if os.Getenv("EDI_CORPUS") != "" {
		dir, rows := corpus835(t)
		for _, r := range rows {
			if strings.HasPrefix(r.expectation, "valid") {
				files = append(files, filepath.Join(dir, r.path))
			}
		}
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			want, _, _ := run(t, src, "fmt", "--quiet", "--canonical")
			for _, args := range [][]string{
				{"--layer", "guide"}, {"--layer", "guide", "--per", "unit"}, {"--layer", "segments"}, {"--layer", "guide", "--workers", "3"},
			} {
				text, _, code := run(t, src, append([]string{"json", "--quiet"}, args...)...)
				require.Less(t, code, 2)
				got, findings, code := run(t, []byte(text), "x12")
				require.Empty(t, findings)
				require.Zero(t, code)
				require.Equal(t, want, got, args)
			}
		})
	}
}

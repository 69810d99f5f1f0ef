package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// row837 is a line of the manifest for an 837.
type row837 struct {
	corpusRow
	known bool // its guide is one of ours
}

// corpus837 returns the folder of the corpus and the rows of its 837s.
func corpus837(t *testing.T) (dir string, rows []row837) {
	dir = os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	for _, line := range strings.Split(string(text), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) >= 10 && strings.HasPrefix(f[1], "837") {
			known := slices.ContainsFunc(tables837(), func(t *guide.Table) bool { return t.Reads(f[2]) })
			rows = append(rows, row837{corpusRow{f[0], f[8], f[9]}, known})
		}
	}
	require.NotEmpty(t, rows)
	return dir, rows
}

// samples837 returns every valid 837, our own and those of the corpus; known leaves out those of guides that are not ours.
func samples837(t *testing.T, known bool) (files []string) {
	files, err := filepath.Glob("../../../../testdata/837/valid/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	if os.Getenv("EDI_CORPUS") != "" {
		dir, rows := corpus837(t)
		for _, r := range rows {
			if strings.HasPrefix(r.expectation, "valid") && (r.known || !known) {
				files = append(files, filepath.Join(dir, r.path))
			}
		}
	}
	return files
}

// TestCorpusFindings837 compares the findings on every 837 of the corpus with what was read against its manifest.
func TestCorpusFindings837(t *testing.T) {
	dir, rows := corpus837(t)
	for _, row := range rows {
		t.Run(row.path, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(dir, row.path))
			require.NoError(t, err)
			_, findings, code := run(t, src, "json", "--layer", "guide", "-")
			require.Less(t, code, 2)
			if row.known && strings.Contains(row.notes, "official guide example") {
				require.Empty(t, findings)
				return
			}
			if strings.HasPrefix(row.expectation, "invalid") {
				require.NotEmpty(t, findings)
			}
			findings = brief(findings)
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

// brief keeps the first hundred of very many findings and counts the others by their rules.
func brief(findings string) string {
	lines := strings.SplitAfter(findings, "\n")
	if len(lines) < 200 {
		return findings
	}
	more := map[string]int{}
	for _, line := range lines[100:] {
		if at := strings.LastIndexByte(line, '['); at >= 0 {
			more[strings.TrimSpace(line[at:])]++
		}
	}
	lines = lines[:100]
	for _, rule := range slices.Sorted(maps.Keys(more)) {
		lines = append(lines, fmt.Sprintf("%d more %s\n", more[rule], rule))
	}
	return strings.Join(lines, "")
}

// TestFindingsWorkers837 finds the same with any number of workers, in the same order.
func TestFindingsWorkers837(t *testing.T) {
	files, err := filepath.Glob("../../../../testdata/837/*/*")
	require.NoError(t, err)
	if dir := os.Getenv("EDI_CORPUS"); dir != "" {
		more, err := filepath.Glob(filepath.Join(dir, "bad", "837*"))
		require.NoError(t, err)
		files = append(files, more...)
	}
	require.Greater(t, len(files), 200)
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		_, one, _ := run(t, src, "json", "--layer", "guide")
		_, three, _ := run(t, src, "json", "--layer", "guide", "--workers", "3")
		require.Equal(t, one, three, filepath.Base(f))
	}
}

// TestRoundTrip837 turns every valid 837 into JSON of each layer that promises it and back.
func TestRoundTrip837(t *testing.T) {
	for _, f := range samples837(t, false) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			want, _, _ := run(t, src, "fmt", "--quiet", "--canonical")
			for _, args := range [][]string{
				{"--layer", "guide"}, {"--layer", "guide", "--per", "unit"}, {"--layer", "segments"},
				{"--layer", "guide", "--workers", "3"}, {"--layer", "guide", "--per", "unit", "--workers", "3"},
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

// TestDomain837 turns every valid 837 into JSON of layer domain, back, and into JSON again: the claims say the same.
func TestDomain837(t *testing.T) {
	for _, f := range samples837(t, false) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			for _, per := range []string{"set", "unit"} {
				want, _, _ := run(t, src, "json", "--quiet", "--per", per)
				more, _, _ := run(t, src, "json", "--quiet", "--per", per, "--workers", "3")
				require.Equal(t, want, more, "with workers")
				back, findings, code := run(t, []byte(want), "x12")
				require.Empty(t, findings)
				require.Zero(t, code)
				got, _, _ := run(t, []byte(back), "json", "--quiet", "--per", per)
				require.Equal(t, want, got)
			}
		})
	}
}

// TestStructs837 reads the line of every set of layer guide into the struct a Go program has for it.
func TestStructs837(t *testing.T) {
	for _, f := range samples837(t, false) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			var want []string
			for v, err := range ts837.NewReader(bytes.NewReader(src)).Sets() {
				require.NoError(t, err)
				want = append(want, string(v.AppendJSON(nil)))
			}
			text, _, _ := run(t, src, "json", "--quiet", "--layer", "guide")
			var got []string
			for line := range strings.Lines(text) {
				var l struct {
					HealthCareClaim json.RawMessage `json:"healthCareClaim"`
				}
				require.NoError(t, json.Unmarshal([]byte(line), &l))
				if l.HealthCareClaim == nil { // of another set
					continue
				}
				var v ts837.HealthCareClaim
				require.NoError(t, codec.Unmarshal(l.HealthCareClaim, &v))
				got = append(got, string(v.AppendJSON(nil)))
			}
			require.Equal(t, want, got)
		})
	}
}

// TestConserved837 ties what json says it has translated to an independent count of the segments, for unsound files too: a
// claim is where a CLM is, whatever stands around it.
func TestConserved837(t *testing.T) {
	files := samples837(t, true)
	if os.Getenv("EDI_CORPUS") != "" {
		dir, rows := corpus837(t)
		for _, r := range rows {
			if r.known && !strings.HasPrefix(r.expectation, "valid") {
				files = append(files, filepath.Join(dir, r.path))
			}
		}
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			claims, charge := 0, decimal.Zero
			r := x12.NewReader(bytes.NewReader(src))
			for {
				s, err := r.Read()
				if err == io.EOF {
					break
				}
				if err != nil { // the input cannot be read on
					break
				}
				if r.Set() == nil || r.Set().ID != "837" {
					continue
				}
				elems := strings.Split(string(s.Bytes()), string(s.Delims.Element))
				if elems[0] == "CLM" {
					claims++
					if len(elems) > 2 && elems[2] != "" {
						charge = charge.Add(decimal.RequireFromString(elems[2]))
					}
				}
			}
			text, _, _ := run(t, src, "json", "--quiet", "--layer", "guide", "--per", "unit")
			got, sum := 0, decimal.Zero
			for line := range strings.Lines(text) {
				var l struct {
					Claim *struct {
						Charge string `json:"charge"`
					} `json:"claim"`
				}
				require.NoError(t, json.Unmarshal([]byte(line), &l))
				if l.Claim == nil {
					continue
				}
				got++
				if l.Claim.Charge != "" {
					sum = sum.Add(decimal.RequireFromString(l.Claim.Charge))
				}
			}
			require.Equal(t, claims, got)
			require.True(t, charge.Equal(sum), "%s %s", charge, sum)
			totals, _, _ := run(t, src, "stats", "--json", "--quiet")
			lines := strings.Split(strings.TrimSpace(totals), "\n")
			var total struct {
				Units  int
				Charge string
			}
			require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &total))
			require.Equal(t, claims, total.Units)
			if total.Charge != "" {
				require.True(t, charge.Equal(decimal.RequireFromString(total.Charge)))
			}
		})
	}
}

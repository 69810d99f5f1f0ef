package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// insuredSets are the sets of enrollment and eligibility: what their tables count.
var insuredSets = []struct {
	id     string
	tables map[string]string // rows of a table = segments of this identifier
}{
	{"834", map[string]string{"members": "INS", "coverages": "HD"}},
	{"270", map[string]string{"inquiries": "EQ"}},
	{"271", map[string]string{"benefits": "EB"}},
}

// corpusOf returns the folder of the corpus and the rows of a transaction set, with whether we have their guide.
func corpusOf(t *testing.T, set string) (dir string, rows []row837) {
	dir = os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	for _, line := range strings.Split(string(text), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) >= 10 && f[1] == set {
			known := slices.ContainsFunc(tables(), func(g *guide.Table) bool { return g.Set == set && g.Reads(f[2]) })
			rows = append(rows, row837{corpusRow{f[0], f[8], f[9]}, known})
		}
	}
	require.NotEmpty(t, rows)
	return dir, rows
}

// samplesOf returns every valid sample of a set, our own and those of the corpus whose guide is ours.
func samplesOf(t *testing.T, set string) (files []string) {
	files, err := filepath.Glob("../../../../testdata/" + set + "/valid/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	if os.Getenv("EDI_CORPUS") != "" {
		dir, rows := corpusOf(t, set)
		for _, r := range rows {
			if strings.HasPrefix(r.expectation, "valid") && r.known {
				files = append(files, filepath.Join(dir, r.path))
			}
		}
	}
	return files
}

// TestCorpusFindingsInsured compares the findings on every 834, 270 and 271 of the corpus with what was read against its manifest.
func TestCorpusFindingsInsured(t *testing.T) {
	for _, set := range insuredSets {
		dir, rows := corpusOf(t, set.id)
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
}

// TestRoundTripInsured turns every valid file into JSON of each layer that promises it and back, and finds the same with
// any number of workers.
func TestRoundTripInsured(t *testing.T) {
	for _, set := range insuredSets {
		for _, f := range samplesOf(t, set.id) {
			t.Run(set.id+"/"+filepath.Base(f), func(t *testing.T) {
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
				for _, per := range []string{"set", "unit"} { // the domain says the same again
					want, one, _ := run(t, src, "json", "--per", per)
					more, three, _ := run(t, src, "json", "--per", per, "--workers", "3")
					require.Equal(t, want, more)
					require.Equal(t, one, three)
					back, findings, code := run(t, []byte(want), "x12")
					require.Empty(t, findings)
					require.Zero(t, code)
					got, _, _ := run(t, []byte(back), "json", "--quiet", "--per", per)
					require.Equal(t, want, got)
				}
			})
		}
	}
}

// TestRowsInsured counts the rows of every table against the segments they are of.
func TestRowsInsured(t *testing.T) {
	for _, set := range insuredSets {
		for _, f := range samplesOf(t, set.id) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			for table, id := range set.tables {
				n := 0
				r := x12.NewReader(bytes.NewReader(src))
				for s, err := r.Read(); err == nil; s, err = r.Read() {
					if s.ID == x12.ID(id) {
						n++
					}
				}
				text, _, code := run(t, src, "csv", "--quiet", "--set", set.id, "--table", table)
				require.Less(t, code, 2)
				require.Equal(t, n+1, strings.Count(text, "\n"), "%s %s", filepath.Base(f), table)
			}
		}
	}
}

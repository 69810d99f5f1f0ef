package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/guide"
)

// ackSets are the folders of acknowledgments, here and in the corpus.
var ackSets = []string{"999", "997", "277ca", "ta1"}

// ackFiles returns the files of acknowledgments that are read: all of our own and of the corpus, and whether each is sound, as
// the folder or the manifest says.
func ackFiles(t *testing.T) map[string]bool {
	files := map[string]bool{}
	for _, set := range ackSets {
		own, err := filepath.Glob("../../../../testdata/" + set + "/*/*.edi")
		require.NoError(t, err)
		require.NotEmpty(t, own)
		for _, f := range own {
			files[f] = filepath.Base(filepath.Dir(f)) == "valid"
		}
	}
	dir, rows := os.Getenv("EDI_CORPUS"), ackRows(t)
	for _, r := range rows {
		files[filepath.Join(dir, r.path)] = strings.HasPrefix(r.expectation, "valid")
	}
	return files
}

// ackRows returns the rows of the corpus, none when it is not here.
func ackRows(t *testing.T) (rows []corpusRow) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	for _, line := range strings.Split(string(text), "\n")[1:] {
		if f := strings.Split(line, "\t"); len(f) >= 10 && slices.Contains(ackSets, f[1]) {
			rows = append(rows, corpusRow{f[0], f[8], f[9]})
		}
	}
	require.NotEmpty(t, rows)
	return rows
}

// TestCorpusFindingsAck compares the findings on every acknowledgment of the corpus with what was read against its manifest.
func TestCorpusFindingsAck(t *testing.T) {
	dir, rows := os.Getenv("EDI_CORPUS"), ackRows(t)
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	for _, row := range rows {
		t.Run(row.path, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(dir, row.path))
			require.NoError(t, err)
			_, findings, code := run(t, src, "json", "--layer", "guide", "-")
			require.Less(t, code, 2)
			if strings.HasPrefix(row.expectation, "valid") && strings.Contains(row.notes, "official") {
				require.NotContains(t, findings, ": error: ")
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

// TestRoundTripAck turns every acknowledgment into JSON of each layer and back: sound ones to the byte where the layer promises
// it, and to the same JSON again in the domain.
func TestRoundTripAck(t *testing.T) {
	for f, sound := range ackFiles(t) {
		t.Run(filepath.Base(filepath.Dir(filepath.Dir(f)))+"/"+filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			want, _, code := run(t, src, "fmt", "--quiet", "--canonical")
			require.Less(t, code, 2)
			for _, args := range [][]string{
				{"--layer", "guide"}, {"--layer", "guide", "--per", "unit"}, {"--layer", "segments"},
				{"--layer", "guide", "--workers", "3"}, {"--layer", "guide", "--per", "unit", "--workers", "3"},
			} {
				text, _, code := run(t, src, append([]string{"json", "--quiet"}, args...)...)
				require.Less(t, code, 2)
				got, findings, code := run(t, []byte(text), "x12")
				if sound {
					require.Empty(t, findings)
					require.Zero(t, code)
					require.Equal(t, want, got, args)
				}
			}
			for _, per := range []string{"set", "unit"} {
				want, one, _ := run(t, src, "json", "--per", per)
				more, three, _ := run(t, src, "json", "--per", per, "--workers", "3")
				require.Equal(t, want, more)
				require.Equal(t, one, three)
				back, findings, code := run(t, []byte(want), "x12")
				if !sound && code != 0 {
					return
				}
				require.Empty(t, findings)
				require.Zero(t, code)
				got, _, _ := run(t, []byte(back), "json", "--quiet", "--per", per)
				require.Equal(t, want, got)
			}
		})
	}
}

// TestCSVAck writes every acknowledgment as rows, the same with any number of workers.
func TestCSVAck(t *testing.T) {
	rows := 0
	for f := range ackFiles(t) {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, set := range []string{"999", "997", "277"} {
			one, _, code := run(t, src, "csv", "--quiet", "--set", set, "--describe")
			require.Less(t, code, 2)
			three, _, _ := run(t, src, "csv", "--quiet", "--set", set, "--describe", "--workers", "3")
			require.Equal(t, one, three, f)
			rows += strings.Count(one, "\n") - 1
		}
	}
	require.Greater(t, rows, 250)
}

// TestManifestAck holds what the manifest of testdata says of our acknowledgments against what is found.
func TestManifestAck(t *testing.T) {
	text, err := os.ReadFile("../../../../testdata/manifest.tsv")
	require.NoError(t, err)
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		f := strings.Split(line, "\t")
		folder, _, _ := strings.Cut(f[0], "/")
		if !slices.Contains(ackSets, folder) {
			continue
		}
		n++
		src, err := os.ReadFile(filepath.Join("../../../../testdata", f[0]))
		require.NoError(t, err)
		_, findings, code := run(t, src, "json", "--layer", "guide", "-")
		require.Less(t, code, 2)
		if f[10] == "clean" {
			require.Empty(t, findings, f[0])
			continue
		}
		require.NotContains(t, f[0], "/valid/")
		for i, expected := range strings.Split(f[10], "; ") {
			severity, rest, _ := strings.Cut(expected, ":")
			words := strings.Fields(rest)
			if i > 0 {
				words = strings.Fields(expected)
			} else {
				require.Contains(t, findings, ": "+severity+": ", f[0])
			}
			for _, w := range words {
				if strings.Contains(w, "/") {
					require.Contains(t, findings, "["+w+"]", f[0])
				}
			}
		}
	}
	require.GreaterOrEqual(t, n, 130)
	for _, folder := range ackSets {
		files, err := filepath.Glob("../../../../testdata/" + folder + "/*/*.edi")
		require.NoError(t, err)
		for _, f := range files {
			require.Contains(t, string(text), "\n"+strings.TrimPrefix(filepath.ToSlash(f), "../../../../testdata/")+"\t")
		}
	}
}

// TestOther277 has a 277 of another purpose left as it is.
func TestOther277(t *testing.T) {
	src, err := os.ReadFile("../../../../testdata/277ca/odd/status-response.edi")
	require.NoError(t, err)
	text, findings, code := run(t, src, "json")
	require.Zero(t, code)
	require.Contains(t, text, `"segments":[["ST","277"`)
	require.Contains(t, findings, "[guide/none]")
	require.False(t, slices.ContainsFunc(tables(), func(g *guide.Table) bool { return g.Reads("005010X212") }))
}

// TestTA1Lines has a TA1 in a line of its own, in front of the set that follows it.
func TestTA1Lines(t *testing.T) {
	src, err := os.ReadFile("../../../../testdata/ta1/valid/with-group.edi")
	require.NoError(t, err)
	text, findings, _ := run(t, src, "json")
	require.Empty(t, findings)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	require.Len(t, lines, 2)
	require.Contains(t, lines[0], `"interchangeAcknowledgment":{"controlNumber":"000002031","date":"2026-03-13","time":"17:02",`+
		`"status":{"code":"A","meaning":"Accepted"},"note":{"code":"000","meaning":"No error"}}`)
	require.Contains(t, lines[1], `"acknowledgment":{`)
	for _, bad := range []string{
		`{"interchangeAcknowledgment":{"status":{"code":"A"}}}`,
		`{"interchange":{"isa":[]},"interchangeAcknowledgment":{"status":{"code":"A"}}}`,
		strings.Replace(lines[0], `"interchangeAcknowledgment":{`, `"group":{"gs":["FA"]},"interchangeAcknowledgment":{`, 1),
		strings.Replace(lines[0], `"interchangeAcknowledgment":{`, `"interchangeAcknowledgment":{"more":1,`, 1),
		strings.Replace(lines[0], `2026-03-13`, `soon`, 1),
	} {
		_, findings, code := run(t, []byte(bad), "x12")
		require.Equal(t, 1, code, bad)
		require.NotEmpty(t, findings)
	}
}

package ach

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the files of testdata/ach anew")

// samples are the files of testdata/ach that are made of what these tests know.
func samples(t *testing.T) map[string]string {
	var all []*remit
	for i, d := range decisionTable() {
		all = append(all, d.m.trace(fmt.Sprintf("ROW%02d", i+1)))
	}
	files := map[string]string{
		"two-payments.edi":   stream(twoPayments()...),
		"two-payments.ach":   workedExample,
		"decision-table.edi": stream(all...),
		"returns.ach":        returnsFile,
	}
	r := convert(t, stream(newRemit().set(1, "C").set(5, "CTX")), testConfig(), Options{CTX: true})
	files["ctx.ach"] = written(t, r)[0]
	return files
}

func TestSamples(t *testing.T) {
	for name, text := range samples(t) {
		path := filepath.Join("..", "testdata", "ach", name)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
		}
		have, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(have), name)
	}
}

func TestConfigSamples(t *testing.T) {
	for _, name := range []string{"config.json", "config-all.json"} {
		f, err := os.Open(filepath.Join("..", "testdata", "ach", name))
		require.NoError(t, err)
		defer f.Close()
		c, err := ReadConfig(f)
		require.NoError(t, err)
		r := convert(t, stream(twoPayments()...), c, Options{})
		written(t, r)
		require.Equal(t, 2, r.Totals().Taken.Payments)
	}
}

// docs/ach.md names every reason and every key of the configuration.
func TestDocs(t *testing.T) {
	docs, err := os.ReadFile(filepath.Join("..", "docs", "ach.md"))
	require.NoError(t, err)
	source, err := os.ReadFile("reason.go")
	require.NoError(t, err)
	words := regexp.MustCompile(`(?m)^(?:const |\t)\w+ +Reason += "(\w+)"`).FindAllSubmatch(source, -1)
	require.Greater(t, len(words), 45)
	for _, w := range words {
		require.Contains(t, string(docs), "`"+string(w[1])+"`")
		require.NotEmpty(t, Reason(w[1]).Text(), "%s", w[1])
	}
	all, err := os.ReadFile(filepath.Join("..", "testdata", "ach", "config-all.json"))
	require.NoError(t, err)
	for _, k := range regexp.MustCompile(`(?m)^  "(\w+)":`).FindAllSubmatch(all, -1) {
		require.Contains(t, string(docs), "`"+string(k[1])+"`")
	}
}

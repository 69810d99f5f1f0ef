package ach

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// paymentsIn counts the 835s of a stream, and sums up their BPR02, by the segments alone.
func paymentsIn(text []byte) (n int, sum x12.Sum) {
	rd := x12.NewReader(bytes.NewReader(text))
	in := false
	seen := false
	for {
		s, err := rd.Read()
		if err != nil {
			return n, sum
		}
		switch string(s.Name()) {
		case "ST":
			in, seen = string(s.Elem(1)) == "835", false
			if in {
				n++
			}
		case "BPR":
			if in && !seen {
				seen = true
				if v, ok := x12.ParseNumber(bytes.TrimSpace(s.Elem(2))); ok {
					sum.Add(v)
				}
			}
		}
	}
}

// everyPayment converts a file and says that each of its 835s is taken, skipped or refused.
func everyPayment(t *testing.T, name string, text []byte) (payments int) {
	c := testConfig()
	r, err := Convert(bytes.NewReader(text), c, Options{CTX: true, Prenotes: true})
	if err != nil { // the stream cannot be read on
		return 0
	}
	defer r.Close()
	n, sum := paymentsIn(text)
	tot := r.Totals()
	require.Len(t, r.Payments, n, name)
	require.Equal(t, sum.String(), tot.In.Amount.String(), name)
	all := sumOfAll(&tot)
	require.Equal(t, sum.String(), all.String(), name)
	require.Equal(t, n, tot.Taken.Payments+tot.Skipped.Payments+tot.Refused.Payments, name)
	var cents int64
	for _, f := range written(t, r) {
		for _, e := range checkNacha(t, f) {
			cents += e.cents
		}
	}
	taken, _ := x12.ParseNumber(tot.Taken.Amount.String())
	want, _ := centsOf(taken)
	require.Equal(t, want, cents, name)
	for _, p := range r.Payments {
		require.NotZero(t, p.Action, name)
		require.True(t, p.Action == Taken || p.Reason.Text() != "", "%s: %s", name, p.Reason)
		require.Equal(t, p.Action == Taken, p.Entry != nil)
	}
	for _, form := range []string{"text", "json", "csv"} {
		require.NoError(t, r.WriteReport(&strings.Builder{}, form))
	}
	return n
}

// The samples of the project, sound and broken.
func TestEverySample(t *testing.T) {
	n := 0
	for _, folder := range []string{"valid", "odd", "invalid"} {
		files, err := filepath.Glob(filepath.Join("..", "testdata", "835", folder, "*.edi"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			n += everyPayment(t, name, text)
		}
	}
	require.Greater(t, n, 100)
}

// Files of others.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	n, files := 0, 0
	for _, line := range strings.Split(string(manifest), "\n")[1:] {
		name, _, _ := strings.Cut(line, "\t")
		if name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Contains(text, []byte("835")) {
			continue
		}
		files++
		n += everyPayment(t, name, text)
	}
	t.Logf("%d files, %d payments", files, n)
	require.Greater(t, n, 150)
}

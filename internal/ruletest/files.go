package ruletest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// Valid checks that the files of a set that are meant to be good, testdata/SET/valid, give no finding of the pack from
// severity warning on.
func Valid(t *testing.T, set string, pack validate.Pack) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "testdata", set, "valid", "*.edi"))
	if err != nil || len(names) == 0 {
		t.Fatal("no files: ", err)
	}
	v := newValidator(t, pack)
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Run(t, v, src) {
			if f.Severity >= x12.Warning && v.Rule(f.Rule) != nil && v.Rule(f.Rule).File == pack.Name {
				t.Errorf("%s: %s", filepath.Base(name), describe(f))
			}
		}
	}
}

// Official checks that the examples of the pack's guides in the corpus give no errors up to level 4. It skips the test where
// there is no corpus.
func Official(t *testing.T, set string, pack validate.Pack) {
	t.Helper()
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	rd := csv.NewReader(bytes.NewReader(manifest))
	rd.Comma, rd.LazyQuotes, rd.FieldsPerRecord = '\t', true, -1
	rows, err := rd.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	v := newValidator(t, pack)
	n := 0
	for _, row := range rows {
		if row[1] != set || !strings.Contains(row[len(row)-1], "official guide example") || !known(pack, row[2]) {
			continue
		}
		n++
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Run(t, v, src) {
			if f.Severity >= x12.Error {
				t.Errorf("%s: %s", row[0], describe(f))
			}
		}
	}
	if n == 0 {
		t.Error("no examples")
	}
}

// known reports whether a guide is one of the pack's, errata aside.
func known(p validate.Pack, id string) bool {
	for _, t := range p.Tables {
		if id == t.ID || strings.HasPrefix(t.ID, id+"A") {
			return true
		}
	}
	return false
}

func newValidator(t testing.TB, pack validate.Pack) *validate.Validator {
	t.Helper()
	v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{pack}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Run validates a text.
func Run(t testing.TB, v *validate.Validator, src []byte) (list []*x12.Issue) {
	t.Helper()
	if err := v.Run(bytes.NewReader(src), nil, func(i *x12.Issue) bool { list = append(list, i); return true }); err != nil {
		t.Fatal(err)
	}
	return list
}

// Fuzz validates whatever the fuzzer makes of the files of a set: it has to end without a panic.
func Fuzz(f *testing.F, set string, pack validate.Pack) {
	names, err := filepath.Glob(filepath.Join("..", "testdata", set, "*", "*.edi"))
	if err != nil || len(names) == 0 {
		f.Fatal("no files: ", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(src) < 8<<10 {
			f.Add(src)
		}
	}
	v, err := validate.New(validate.Options{Level: 6, Packs: []validate.Pack{pack}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var fatal *x12.Issue
		if err := v.Run(bytes.NewReader(src), nil, nil); err != nil && !errors.As(err, &fatal) {
			t.Fatal(err)
		}
	})
}

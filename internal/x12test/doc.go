// Package x12test holds what the tests of the generated packages share: sample files, ways to damage them, and the promises
// to hold them to.
//
// A [Package] is a generated package under test. What its structs lose on the way from bytes and back is told by
// [Package.Lossless], what its tables make of damaged sets by [Package.WalkFaults]. Nothing here uses the code under test for
// what it compares with: [Bodies], [Canon] and [Trimmed] work on tokens.
package x12test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// Package is a generated package under test.
type Package struct {
	Set    string         // ST01 of its sets, and the folder of its samples in testdata
	Folder string         // that folder, where it is not Set
	GS     string         // GS01
	Corpus []string       // folders of its samples in EDI_CORPUS, and what the names of its files in the folder bad begin with
	Tables []*guide.Table // of its guides
	Read   func(src []byte, opts ...codec.Option) Reader

	// Unordered reports whether the order of a set is not kept; segs are its segments without ST and SE. Nil: it always is.
	Unordered func(segs []string) bool
}

// Reader reads a stream through the structs of a package and writes what it has read.
type Reader interface {
	// Next reads one step, io.EOF at the end.
	Next() (codec.Kind, codec.Env, error)
	// To says where the set that has begun goes.
	To(w *x12.Writer)
	// Write writes the step read last.
	Write() error
}

// Samples returns sample files by name, "valid/file.edi". A folder is one of the package in testdata, which must have files, or
// "corpus" or "bad" for what EDI_CORPUS has for the package; without that variable these two are passed over.
func (p *Package) Samples(t testing.TB, folders ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, folder := range folders {
		patterns := []string{filepath.Join(root(t), "testdata", cmp.Or(p.Folder, p.Set), folder, "*")}
		if folder == "corpus" || folder == "bad" {
			root := os.Getenv("EDI_CORPUS")
			if root == "" {
				continue
			}
			patterns = patterns[:0]
			for _, c := range p.Corpus {
				if folder == "bad" {
					patterns = append(patterns, filepath.Join(root, "bad", c+"-*.edi"))
				} else {
					patterns = append(patterns, filepath.Join(root, c, "*.edi"))
				}
			}
		}
		for _, pattern := range patterns {
			files, err := filepath.Glob(pattern)
			if err != nil || len(files) == 0 {
				t.Fatalf("no files %s: %v", pattern, err)
			}
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				name := folder + "/" + filepath.Base(f)
				if out[name] != nil {
					name = folder + "/" + filepath.Base(filepath.Dir(f)) + "/" + filepath.Base(f)
				}
				out[name] = b
			}
		}
	}
	return out
}

// root returns the way to the root of the module from the folder in which the test runs.
func root(t testing.TB) string {
	t.Helper()
	for up := ".."; len(up) < 32; up = filepath.Join(up, "..") {
		if _, err := os.Stat(filepath.Join(up, "go.mod")); err == nil {
			return up
		}
	}
	t.Fatal("no go.mod above")
	return ""
}

// Names returns the names of samples in order.
func Names(samples map[string][]byte) []string {
	out := make([]string, 0, len(samples))
	for n := range samples {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

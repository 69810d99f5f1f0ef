package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/schema"
)

var updateGen = flag.Bool("update-gen", false, "rewrite what is generated in testdata/gen")

// generated returns all files made of a guide: those of its text, and json_gen.go, which is made of the types on disk.
func generated(t *testing.T, sourceFiles []string) map[string][]byte {
	t.Helper()
	f, err := readFamily(sourceFiles...)
	require.NoError(t, err)
	files := f.files(sources(sourceFiles))
	for name, text := range files {
		if strings.HasSuffix(name, ".go") {
			files[name], err = format.Source(text)
			require.NoError(t, err, name)
		}
	}
	files["json_gen.go"], err = jsonFor(filepath.Dir(sourceFiles[0]), []string{f.first().g.Root})
	require.NoError(t, err)
	return files
}

// TestGenerated generates the toy guides of testdata/gen, one for each feature of the grammar, and the guides of the
// repository. The output is that which is committed, and the same each time.
func TestGenerated(t *testing.T) {
	packages := map[string][]string{}
	for _, pattern := range []string{"testdata/gen/*/*.guide", "../../edi*/ts*/*.guide"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			packages[filepath.Dir(f)] = append(packages[filepath.Dir(f)], f)
		}
	}
	for dir, guides := range packages {
		t.Run(strings.ReplaceAll(dir, "../", ""), func(t *testing.T) {
			if *updateGen && strings.HasPrefix(dir, "testdata") {
				require.NoError(t, generateFamily(guides...))
				json, err := jsonFor(dir, []string{"Document"})
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(dir, "json_gen.go"), json, 0o644))
			}
			files := generated(t, guides)
			for name, text := range files {
				old, err := os.ReadFile(filepath.Join(dir, name))
				require.NoError(t, err)
				if !bytes.Equal(old, text) {
					t.Errorf("%s is stale, run go generate or the test with -update-gen; first difference:\n%s", name, firstChange(string(old), string(text)))
				}
				require.Equal(t, bytes.Contains(text, []byte("DO NOT EDIT.")), true, name)
			}
			require.Equal(t, files, generated(t, guides), "a second run")
			if strings.HasPrefix(dir, "testdata") {
				for _, file := range guides {
					printed(t, file)
				}
			}
		})
	}
}

// printed makes sure that a toy guide is in the form of schema.Print.
func printed(t *testing.T, file string) {
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	f, err := readFamily(file)
	require.NoError(t, err)
	if text := schema.Print(f.first().g); *updateGen {
		require.NoError(t, os.WriteFile(file, text, 0o644))
	} else {
		require.Equal(t, string(text), string(src))
	}
}

// firstChange shows the first line in which two texts differ.
func firstChange(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n-%s\n+%s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, now %d", len(x), len(y))
}

// TestRefused has guides that parse but cannot be made into Go, and what is said about them.
func TestRefused(t *testing.T) {
	const front = `guide 005010X000
  set 835 toy Document
  gs HP
  base 005010
  unit 2000
  title "Toy"

table 1
0100 ST R 1 *
  01 R - {835}
  02 R ControlNumber
`
	const end = `0900 SE R 1 -
  01 R -
  02 R -
`
	loop := func(field, typ, number string) string {
		return "loop 2000 S >1 " + field + " " + typ + "\n  0300 LX R 1 *\n    01 R " + number + "\n"
	}
	for name, c := range map[string]struct{ body, want string }{
		"type of the reader":        {"0200 REF S 1 Reader as=Reader\n  01 R A\n" + loop("Items", "Item", "N"), "type Reader has a name that generated code needs itself"},
		"name of the table":         {"0200 REF S 1 Table as=X000\n  01 R A\n" + loop("Items", "Item", "N"), "type X000 has a name that generated code needs itself"},
		"code type of the writer":   {"0200 REF S 1 Table as=Ref\n  01 R A {EV F2} type=Writer\n" + loop("Items", "Item", "N"), "type Writer has a name that generated code needs itself"},
		"streamed loop of the set":  {loop("Sets", "Set", "N"), "type Set of loop 2000 has a name that readers and writers need themselves"},
		"streamed loop as a method": {loop("Headers", "Header", "N"), "type Header of loop 2000 has a name that readers and writers need themselves"},
		"field of a method":         {loop("Items", "Item", "AppendJSON"), "field AppendJSON of type Item has the name of a method"},
		"field of the set":          {"0200 REF S 1 TrailerExtras as=Ref\n  01 R A\n" + loop("Items", "Item", "N"), "type Document has two fields TrailerExtras"},
		"nothing tells it is there": {"0200 REF S 1 -\n  01 R - {EV}\n0250 DTM R 1 Day as=Day\n  01 R A\n" + loop("Items", "Item", "N"), "REF may be absent, which no field could tell"},
		"inline repetitions":        {"0200 EB S 1 Codes inline=03\n  01 R - {1}\n  03 R repeat=5\n" + loop("Items", "Item", "N"), "a repeated element cannot be inline"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "toy.guide")
			require.NoError(t, os.WriteFile(file, []byte(front+c.body+end), 0o644))
			_, err := readFamily(file)
			require.ErrorContains(t, err, c.want)
			var stderr bytes.Buffer
			require.Equal(t, 1, run([]string{"types", file}, io.Discard, &stderr))
			require.Contains(t, stderr.String(), c.want)
			left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*_gen*"))
			require.NoError(t, err)
			require.Empty(t, left, "nothing is written")
		})
	}
}

// TestUsage gives the commands what they cannot work with.
func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, 2, "usage: x12gen"},
		{[]string{"nonsense"}, 2, "usage: x12gen"},
		{[]string{"types"}, 2, "usage: x12gen types GUIDE..."},
		{[]string{"types", "no/such.guide"}, 1, "no/such.guide"},
		{[]string{"json", "."}, 2, "usage: x12gen json DIR TYPE..."},
		{[]string{"json", "testdata/gen/segments", "Nothing"}, 1, "Nothing is no struct type of the package"},
	} {
		var stderr bytes.Buffer
		require.Equal(t, c.code, run(c.args, io.Discard, &stderr), "%v", c.args)
		require.Contains(t, stderr.String(), c.want)
	}
}

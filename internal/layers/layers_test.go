// Package layers holds the test of what may import what; see docs/architecture.md.
package layers

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/x12-go/edi/"

// imports returns what the packages of the module import, without their tests.
func imports(t *testing.T) map[string]map[string]bool {
	root := filepath.Join("..", "..")
	out := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg = filepath.ToSlash(pkg)
		if out[pkg] == nil {
			out[pkg] = map[string]bool{}
		}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			out[pkg][name] = true
		}
		return nil
	})
	require.NoError(t, err)
	return out
}

// standard reports whether a path is of the standard library.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func TestLayers(t *testing.T) {
	all := imports(t)
	require.Contains(t, all, "x12")
	for pkg, list := range all {
		for path := range list {
			local, ours := strings.CutPrefix(path, module)
			switch {
			case pkg == "x12":
				require.True(t, standard(path) || path == "github.com/shopspring/decimal", "x12 imports %s", path)
			case pkg == "x12/edit":
				require.True(t, standard(path) || local == "x12", "x12/edit imports %s", path)
			case local == "internal/invent":
				require.True(t, strings.HasSuffix(pkg, "/synth") || strings.HasPrefix(pkg, "internal/invent"), "%s imports %s, which makes things up", pkg, path)
			case strings.HasPrefix(pkg, "edi270") && ours:
				require.False(t, strings.HasPrefix(local, "edi271"), "%s imports %s", pkg, path)
			case pkg == "x12/codes":
				require.True(t, standard(path), "x12/codes imports %s", path)
			case pkg == "x12/guide" || pkg == "x12/codec":
				require.NotEqual(t, "x12/schema", local, "%s imports the parser of guides", pkg)
			}
			if strings.HasPrefix(pkg, "x12") && ours && (pkg != "x12/ack" || local != "internal/mapping" && local != "internal/csvtable") { // a domain, though it stands below x12
				require.True(t, strings.HasPrefix(local, "x12"), "%s imports %s", pkg, path)
			}
			if strings.HasPrefix(pkg, "edi") {
				require.False(t, ours && strings.HasPrefix(local, "cmd"), "%s imports %s", pkg, path)
				require.NotEqual(t, "github.com/spf13/pflag", path, pkg)
			}
			if strings.HasPrefix(pkg, "edi835") && pkg != "edi835/match" { // which ties the two
				require.False(t, ours && strings.HasPrefix(local, "edi837"), "%s imports %s", pkg, path)
			}
			require.False(t, strings.HasPrefix(path, "github.com/stretchr/") || strings.HasPrefix(path, "github.com/rogpeppe/"), "%s imports %s outside tests", pkg, path)
			require.False(t, strings.HasPrefix(path, "github.com/moov-io/") && pkg != "ach", "%s imports %s", pkg, path)
		}
	}
}

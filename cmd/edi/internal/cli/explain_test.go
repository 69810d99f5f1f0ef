package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/validate"
)

// Every rule id that stands in the source as a constant has a page in edi explain.
func TestEveryRuleHasAPage(t *testing.T) {
	v, err := validate.New(validate.Options{Packs: packs()})
	require.NoError(t, err)
	id := regexp.MustCompile(`^[a-z0-9]+/[a-z0-9-]+$`)
	found := 0
	root := filepath.Join("..", "..", "..", "..")
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, name := range spec.Names {
				if !strings.HasPrefix(strings.ToLower(name.Name), "rule") || i >= len(spec.Values) {
					continue
				}
				if lit, ok := spec.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, _ := strconv.Unquote(lit.Value); id.MatchString(text) {
						found++
						require.NotNil(t, v.Rule(text), "%s of %s", text, path)
					}
				}
			}
			return true
		})
		return nil
	}))
	require.Greater(t, found, 100)
}

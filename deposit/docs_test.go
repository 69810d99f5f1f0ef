package deposit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDocs: docs/match.md names every column, field, status and basis.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../docs/match.md")
	require.NoError(t, err)
	doc := string(text)
	for _, table := range Tables() {
		for _, c := range Columns(table) {
			require.Contains(t, doc, "`"+c[0]+"`", table)
		}
	}
	for _, f := range StatementFields() {
		require.Contains(t, doc, "| `"+f[0]+"` | "+f[1]+" |")
	}
	for s := Matched; s < statuses; s++ {
		require.Contains(t, doc, "`"+s.String()+"`")
	}
	file, err := parser.ParseFile(token.NewFileSet(), "match.go", nil, 0)
	require.NoError(t, err)
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		if v, ok := node.(*ast.ValueSpec); ok {
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == "Basis" {
				word, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				require.Contains(t, doc, "| `"+word+"` |")
				n++
			}
		}
		return true
	})
	require.Greater(t, n, 25)
}

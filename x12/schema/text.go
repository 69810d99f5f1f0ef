package schema

import (
	"sort"
	"strings"
	"unicode/utf8"
)

func validText(b []byte) bool { return utf8.Valid(b) }

// quote writes text in the quotes of a guide file.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFamilyRefused has pairs of guides that cannot share a package, and what is said about them.
func TestFamilyRefused(t *testing.T) {
	const text = `guide 005010X001
  set 835 toy Document
  gs HP
  base 005010
  unit 2000
  title "Toy"

table 1
0100 ST R 1 *
  01 R - {835}
  02 R ControlNumber
0200 REF S 1 Version inline=02
  01 R - !{F2}
  02 R
0300 DTM S 1 Day as=Day
  01 R - {405}
  02 R Date
loop 2000 S >1 Items Item
  0300 LX R 1 *
    01 R Number
  0310 TS2 S 1 Totals
    01 S DRG money
0900 SE R 1 -
  01 R -
  02 R -
`
	for name, c := range map[string]struct{ old, new, want string }{
		"another package":       {"835 toy", "835 other", "guide 005010X002 is set 835 other Document, but guide 005010X001 is 835 toy Document"},
		"another root":          {"toy Document", "toy Paper", "one package has one"},
		"the same guide":        {"005010X002", "005010X001", "guide 005010X001 is there twice"},
		"other streams":         {"unit 2000", "", "has other streamed loops"},
		"other name of a loop":  {"Items Item", "Things Item", "has other streamed loops"},
		"other type of a field": {"inline=02\n  01 R - !{F2}\n  02 R", "as=Version\n  01 R - !{F2}\n  02 R ID", "field Version of type Document is *Version"},
		"other name of a place": {"Version inline", "Release inline", "REF F2 is field Release in guide 005010X002, but Version in guide 005010X001"},
		"other name of an element of a loop": {"01 R Number", "01 R Ordinal",
			"LX01 is field Ordinal in guide 005010X002, but Number in guide 005010X001"},
		"other name of an element": {"01 S DRG", "01 S Group", "1 is field Group in guide 005010X002, but DRG in guide 005010X001"},
		"other element":            {"01 S DRG", "02 S DRG", "field DRG of type Totals is element 2, but 1 in guide 005010X001"},
		"another segment":          {"DTM S 1 Day as=Day\n  01 R - {405}", "N3 S 1 Day as=Day\n  01 R More", "type Day is a segment N3, but elsewhere it is a segment DTM"},
		"a constant":               {"01 R - {405}", "01 R Qualifier {405}", "type Day: element 1 is field Qualifier in guide 005010X002, but a constant in another"},
		"a loop as a segment":      {"TS2 S 1 Totals", "TS2 S 1 Totals as=Item", "Item"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first, second := filepath.Join(dir, "a.guide"), filepath.Join(dir, "b.guide")
			other := strings.ReplaceAll(text, "X001", "X002")
			require.Contains(t, other, c.old)
			require.NoError(t, os.WriteFile(first, []byte(text), 0o644))
			_, err := readFamily(first)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(second, []byte(other), 0o644))
			_, err = readFamily(first, second)
			require.NoError(t, err, "but for the change they go together")
			require.NoError(t, os.WriteFile(second, []byte(strings.ReplaceAll(other, c.old, c.new)), 0o644))
			_, err = readFamily(first, second)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := readFamily("testdata/gen/runs/toy.guide", "testdata/gen/inline/toy.guide")
	require.ErrorContains(t, err, "stand in different directories")
}

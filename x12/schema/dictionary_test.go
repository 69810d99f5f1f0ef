package schema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const tinyDictionary = `# tiny
base 005010
elements
  127 AN 1 50 Reference Identification
  426 ID 2 2 Adjustment Reason Code
  782 R 1 18 Monetary Amount
composite C042 Adjustment Identifier
  syntax P0102
  426 M
  127 O
segment PLB Provider Level Adjustment
  syntax P0203 R020304
  127 M Provider Identifier
  C042 X
  782 X*3
  782 O*0
`

func TestParseDictionary(t *testing.T) {
	d, err := ParseDictionary("tiny", []byte(tinyDictionary))
	require.NoError(t, err)
	require.Equal(t, "005010", d.Base)
	require.Equal(t, &StdElement{"782", "Monetary Amount", "R", 1, 18}, d.Elements["782"])
	require.Equal(t, &StdElement{"C042", "Adjustment Identifier", "COMP", 0, 0}, d.Elements["C042"])
	require.Equal(t, &StdSegment{
		ID: "PLB", Name: "Provider Level Adjustment",
		Fields: []StdField{
			{"127", false, "Provider Identifier", true, 1},
			{"C042", true, "Adjustment Identifier", false, 1},
			{"782", false, "Monetary Amount", false, 3},
			{"782", false, "Monetary Amount", false, 0},
		},
		Syntax: []Syntax{{'P', []uint8{2, 3}}, {'R', []uint8{2, 3, 4}}},
	}, d.Segments["PLB"])
	require.Equal(t, "R020304", d.Segments["PLB"].Syntax[1].String())
	require.Equal(t, "Reference Identification", d.Composites["C042"].Fields[1].Name)
}

func TestParseDictionaryErrors(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(tinyDictionary, old, new, 1) }
	for _, c := range []struct{ src, want string }{
		{with("base 005010\n", ""), `d:1:1: no "base" line`},
		{with("elements", "element"), `d:3:1: found "element", expected "base", "elements", "composite" or "segment"`},
		{"base 005010\n  x\n", `d:2:3: entry outside "elements", "composite" and "segment"`},
		{with("  127 AN", " 127 AN"), "d:4:1: expected an indentation of two spaces"},
		{with("127 AN 1 50 Reference Identification", "127 AN 1 50"), "d:4:3: expected: number type min max Name"},
		{with("127 AN", "127 XX"), `d:4:3: "XX" is not a data type, expected AN, ID, R, N0 to N9, DT, TM or B`},
		{with("1 50", "50 1"), `d:4:3: lengths "50" and "1" are not a range`},
		{with("127 AN", "127X AN"), `d:4:3: "127X" is not a data element number`},
		{with("426 ID", "127 ID"), "d:5:3: element 127 stands twice"},
		{with("segment PLB", "segment plb"), `d:11:9: "plb" is not a segment id`},
		{with("segment PLB Provider Level Adjustment", "segment PLB"), "d:11:1: expected: segment ID Name"},
		{tinyDictionary + "segment PLB Again\n", "d:17:1: segment PLB stands twice"},
		{with("C042 X", "C042"), "d:14:3: expected: element-number M|O|X [Name]"},
		{with("C042 X", "C042 Y"), `d:14:3: found requirement "Y", expected M, O or X`},
		{with("X*3", "X*1"), `d:15:3: "1" is not a number of repetitions`},
		{with("C042 X", "C043 X"), "d:14:3: there is no element or composite C043"},
		{with("  426 M\n", "  C042 M\n"), "d:9:3: composite C042 inside composite C042"},
		{with("P0203", "P02"), `d:12:10: "P02" is not a syntax note, expected P, R, E, C or L and two digits per position`},
		{with("P0203", "P0002"), `d:12:10: syntax note "P0002" names position 00`},
		{with("P0203", "P0209"), "d:11:1: syntax note P0209 of PLB names position 9 of 4"},
		{strings.Repeat("#", maxFile+1), fmt.Sprintf("d:1:1: file of %d bytes, at most %d are read", maxFile+1, maxFile)},
	} {
		_, err := ParseDictionary("d", []byte(c.src))
		require.ErrorContains(t, err, c.want)
	}
}

// TestBase looks at a few things of the real dictionary that much else hangs on.
func TestBase(t *testing.T) {
	d := dictionary(t)
	again, err := Base("005010")
	require.NoError(t, err)
	require.Same(t, d, again)
	_, err = Base("004010")
	require.ErrorContains(t, err, `no dictionary of base standard "004010"`)

	require.Len(t, d.Segments, 96)
	require.Len(t, d.Composites, 18)
	require.Equal(t, &StdElement{"782", "Monetary Amount", "R", 1, 18}, d.Elements["782"])
	clp := d.Segments["CLP"]
	require.Len(t, clp.Fields, 14)
	require.Equal(t, "1029", clp.Fields[1].Element)
	require.True(t, clp.Fields[1].Mandatory)
	cas := d.Segments["CAS"]
	require.Equal(t, "L050607", cas.Syntax[0].String())
	require.Equal(t, 99, d.Segments["EB"].Fields[2].Repeat)
	require.Equal(t, "P0304", d.Composites["C022"].Syntax[0].String())
	require.True(t, d.Segments["SVC"].Fields[0].Composite)
	for _, s := range d.Segments {
		require.NotEmpty(t, s.Fields, s.ID)
		for i, f := range s.Fields {
			require.NotEmpty(t, f.Name, "%s%02d", s.ID, i+1)
		}
	}
}

package schema

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// TestCompile looks at the parts of a table that walks and checks rest on. The walker and the generator test the rest.
func TestCompile(t *testing.T) {
	g, err := Parse("t", []byte(`guide 005010X000
  set 271 toy Toy
  gs HB
  base 005010
  unit 2000B 2000C
  title "Toy"
  accept 005010X001

table 1
0100 ST R 1 *
  01 R - {271}
  02 R ControlNumber
0200 REF S 2 Others as=Reference
  01 R Qualifier !{^EV}
  02 R ID len=9 "The ID"
0200 REF S 1 Known inline=02
  01 R - !{EV}
  02 R ext=state

table 2
loop 2000A R >1 Sources Source hl 20
  0010 HL R 1 -
    01 R -
    03 R - !{20}
  loop 2000B S >1 Subscribers Subscriber hl 22
    0010 HL R 1 -
      01 R -
      02 R -
      03 R - !{22}
    0050 EB S 9 Benefits as=Benefit
      01 R Information {1 2}
      03 S Types repeat=9
      13 S Procedure as=Procedure
        -1 R Qualifier
        -2 R Code
        -3..6 S Modifiers
      rule toy/one when 01 in 1 2 require 13-2 forbid 03
    loop 2000C S >1 Dependents Dependent hl 23
      0010 HL R 1 -
        01 R -
        02 R -
        03 R - !{23}

table 3
0100 SE R 1 -
  01 R -
  02 R -
`), dictionary(t))
	require.NoError(t, err)
	table, err := Compile(g)
	require.NoError(t, err)
	require.Equal(t, []string{"2000B", "2000C"}, table.Units)
	require.True(t, table.Reads("005010X001"))
	require.Equal(t, guide.Loop{Type: "Toy", Usage: guide.Required, Max: 1}, table.Loops[0])
	for i, l := range table.Loops[1:] {
		require.Equal(t, i > 0, table.IsUnit(guide.LoopID(i+1)), l.ID)
		require.True(t, l.Stream, l.ID)
		require.Equal(t, guide.LoopID(i), l.Parent)
	}
	others := &table.Slots[table.Slot("REF")]
	require.True(t, others.KeyNot)
	require.Equal(t, []string{"EV"}, others.Keys)
	require.Nil(t, table.Elements[others.First].Codes, "a key by any other value closes no list")
	require.Equal(t, guide.Element{DE: "127", Title: "The ID", Field: "ID", Min: 1, Max: 50, Limit: 9, Usage: guide.Required}, table.Elements[others.First+1])
	known := &table.Slots[table.Slot("REF[EV]")]
	require.Equal(t, others.Rank, known.Rank, "one position, one rank")
	require.Equal(t, "state", table.Elements[known.First+1].Ext)
	eb := &table.Slots[table.Slot("2000B/EB")]
	require.Equal(t, x12.ID("EB"), eb.ID)
	require.Equal(t, []guide.Rule{{
		ID: "toy/one", Element: 1, Op: guide.In, Values: []string{"1", "2"}, Require: []guide.Ref{{Element: 13, Comp: 2}}, Forbid: []guide.Ref{{Element: 3}},
	}}, eb.Rules)
	require.Equal(t, uint16(9), table.Elements[eb.First+2].Repeat)
	c := &table.Elements[eb.First+12]
	require.Equal(t, guide.Composite, c.Kind)
	usages := ""
	for i := range uint16(c.Count) {
		usages += string(table.Elements[c.First+i].Usage)
	}
	require.Equal(t, "RRSSSSNN", usages)
	require.Equal(t, guide.NotUsed, table.Elements[eb.First+1].Usage)
	require.Equal(t, []guide.Syntax{{Kind: 'P', Elems: []uint8{9, 10}}}, eb.Syntax)
}

// TestCompileErrors has guides that are no table.
func TestCompileErrors(t *testing.T) {
	g, err := Parse("t", []byte(strings.ReplaceAll(toy, "BODY", "")), dictionary(t))
	require.NoError(t, err)
	g.Base = "999999"
	_, err = Compile(g)
	require.Error(t, err)
	g.Base = "005010"
	seg := g.Body.Children[0].(*Segment)
	wide := *seg
	std := *seg.Std
	for len(std.Fields) <= maxSegmentElements {
		std.Fields = append(std.Fields[:len(std.Fields):len(std.Fields)], std.Fields[0])
	}
	wide.Std = &std
	g.Body.Children[0] = &wide
	_, err = Compile(g)
	require.ErrorContains(t, err, "a table has room for 64")
	g.Body.Children[0] = seg
	for i := range 300 {
		more := *seg
		more.ID = string([]byte{'A', 'A' + byte(i%26), 'A' + byte(i/26)})
		g.Body.Children = append(g.Body.Children, &more)
	}
	_, err = Compile(g)
	require.ErrorContains(t, err, "segment identifiers, a table has room for 254")
}

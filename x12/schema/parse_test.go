package schema

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the expected part of testdata/*.txt")

const divider = "----\n"

func dictionary(t testing.TB) *Dictionary {
	t.Helper()
	dict, err := Base("005010")
	require.NoError(t, err)
	return dict
}

// TestFeatures parses the toy guides of testdata, one for each feature of the grammar. Above the divider stands
// the guide in printed form, below it what was understood.
func TestFeatures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			src, want, _ := strings.Cut(string(data), divider)
			g, err := Parse(file, []byte(src), dictionary(t))
			require.NoError(t, err)
			got := dump(g)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(string(Print(g))+divider+got), 0o644))
				return
			}
			require.Equal(t, src, string(Print(g)), "the file is in printed form")
			require.Equal(t, want, got)
		})
	}
}

// TestPrintRoundTrip holds the guides of the repository to the promise of Print.
func TestPrintRoundTrip(t *testing.T) {
	files, err := filepath.Glob("../../edi*/ts*/*.guide")
	require.NoError(t, err)
	toys, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range append(files, toys...) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		src, _, _ := strings.Cut(string(data), divider)
		if printed := roundTrip(t, src); printed != src {
			t.Errorf("%s is not in printed form; first difference:\n%s", file, firstLineApart(src, printed))
		}
	}
}

// roundTrip returns the printed form after making sure that it is parsed to the same guide.
func roundTrip(t testing.TB, src string) string {
	t.Helper()
	dict := dictionary(t)
	g, err := Parse("g", []byte(src), dict)
	require.NoError(t, err)
	printed := Print(g)
	again, err := Parse("g", printed, dict)
	require.NoError(t, err, "printed:\n%s", printed)
	require.Equal(t, string(printed), string(Print(again)))
	forgetPlaces(g)
	forgetPlaces(again)
	require.True(t, reflect.DeepEqual(g, again), "printed:\n%s\ndump:\n%s", printed, dump(again))
	return string(printed)
}

func firstLineApart(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n-%s\n+%s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, printed %d", len(x), len(y))
}

// TestPrintNormalizes gives Print what people write and compares with what it makes of it.
func TestPrintNormalizes(t *testing.T) {
	src := strings.ReplaceAll(toy, "BODY", `# above
0200 AK1 R 1   Group   "Functional Group Response Header"   # beside
      # odd comment
  01 R ID {"FA"   HP} type=Kind  "Functional Identifier Code"
  02 R Number len=9
  rule t/x when 01 in "FA" "require" forbid 03
  03 S Version {
    005010X221
    005010X222 "005010X223"
    } note="a b" note=c
`)
	want := strings.ReplaceAll(toy, "BODY", `# above
0200 AK1 R 1 Group  # beside
  # odd comment
  01 R ID      {FA HP} type=Kind
  02 R Number  len=9
  03 S Version {005010X221 005010X222 005010X223} note="a b" note=c
  rule t/x when 01 in FA "require" forbid 03
`)
	g, err := Parse("t", []byte(strings.ReplaceAll(src, "\n", "\r\n")), dictionary(t))
	// len=9 is not below the standard's, which is 9: that is allowed.
	require.NoError(t, err)
	require.Equal(t, want, string(Print(g)))
}

// TestLongCodeLists makes sure that a code list is broken and read again.
func TestLongCodeLists(t *testing.T) {
	var codes []string
	for i := range 120 {
		codes = append(codes, fmt.Sprintf("%02d", i%100+i/100*1000))
	}
	g, err := Parse("t", []byte(strings.ReplaceAll(toy, "BODY",
		"0200 AMT R 1 Amount\n  01 R Qualifier {"+strings.Join(codes[:100], " ")+"}\n  02 R Amount\n")), dictionary(t))
	require.NoError(t, err)
	printed := string(Print(g))
	for _, line := range strings.Split(printed, "\n") {
		require.LessOrEqual(t, len(line), maxColumn)
	}
	require.Equal(t, printed, roundTrip(t, printed))
}

// toy is a guide around a body of table 1; the body begins at line 9.
const toy = `guide 005010X000
  set 999 ts999 Toy
  gs FA
  base 005010
  title "Toy"

table 1
0100 ST R 1 *
  01 R -             {999}
  02 R ControlNumber
BODY0900 SE R 1 -
  01 R -
  02 R -
`

// forgetPlaces removes from a guide what depends on the lines of its file.
func forgetPlaces(g *Guide) {
	seen := map[any]bool{}
	var elements func(list []*Element)
	elements = func(list []*Element) {
		for _, el := range list {
			el.Line, el.col = 0, 0
			elements(el.Components)
			if el.Fold != nil {
				elements(el.Fold.Elements)
			}
		}
	}
	rules := func(list []*Rule) {
		for _, r := range list {
			r.Line, r.col = 0, 0
		}
	}
	var loop func(l *Loop)
	loop = func(l *Loop) {
		l.Line, l.col = 0, 0
		if seen[l] {
			return
		}
		seen[l] = true
		rules(l.Rules)
		for _, n := range l.Children {
			switch n := n.(type) {
			case *Loop:
				loop(n)
			case *Segment:
				n.Line, n.col = 0, 0
				rules(n.Rules)
				elements(n.Elements)
			}
		}
	}
	loop(g.Body)
}

// dump writes out what a guide says, defaults included.
func dump(g *Guide) string {
	var b strings.Builder
	fmt.Fprintf(&b, "guide %s set=%s package=%s root=%s gs=%s base=%s unit=%s units=%v accept=%v title=%q\n",
		g.ID, g.Set, g.Package, g.Root, g.GS, g.Base, g.Unit, g.Units, g.Accept, g.Title)
	var elements func(indent string, list []*Element)
	elements = func(indent string, list []*Element) {
		for _, el := range list {
			fmt.Fprintf(&b, "%s%d", indent, el.Pos)
			if el.To != 0 {
				fmt.Fprintf(&b, "..%d", el.To)
			}
			fmt.Fprintf(&b, " %c %q", el.Usage, el.Field)
			if f := el.Fold; f != nil {
				fmt.Fprintf(&b, " fold by=%d type=%s\n", f.By, f.Type)
				elements(indent+"  ", f.Elements)
				continue
			}
			fmt.Fprintf(&b, " de=%s:%s title=%q", el.Std.Number, el.Std.Type, el.Title)
			show := func(name string, v any) {
				if !reflect.ValueOf(v).IsZero() {
					fmt.Fprintf(&b, " %s=%v", name, v)
				}
			}
			show("codes", strings.Join(el.Codes, "|"))
			show("key", el.Key)
			show("keynot", el.KeyNot)
			show("type", el.Type)
			show("money", el.Money)
			show("count", el.Count)
			show("digits", el.Digits)
			show("len", el.MaxLen)
			show("ext", el.Ext)
			show("gotype", el.GoType())
			show("like", el.Like)
			if el.Repeat != 1 {
				fmt.Fprintf(&b, " repeat=%d", el.Repeat)
			}
			show("notes", strings.Join(el.Notes, "|"))
			b.WriteByte('\n')
			elements(indent+"  ", el.Components)
		}
	}
	rules := func(indent string, list []*Rule) {
		for _, r := range list {
			fmt.Fprintf(&b, "%srule %s when %s %s %q require %q forbid %q\n", indent, r.ID, r.Subject, r.Op, r.Values, r.Require, r.Forbid)
		}
	}
	var loop func(indent string, l *Loop)
	loop = func(indent string, l *Loop) {
		for _, n := range l.Children {
			switch n := n.(type) {
			case *Loop:
				fmt.Fprintf(&b, "%sloop %s table=%d position=%d %c max=%d field=%s type=%s hl=%q use=%q title=%q\n",
					indent, n.ID, n.Table, n.Position, n.Usage, n.Max, n.Field, n.Type, n.HL, n.UseOf, n.Title)
				loop(indent+"  ", n)
			case *Segment:
				fmt.Fprintf(&b, "%s%s table=%d position=%d %c max=%d field=%s gotype=%q inline=%d title=%q\n",
					indent, n.ID, n.Table, n.Position, n.Usage, n.Max, n.Field, n.GoType(), n.Inline, n.Title)
				elements(indent+"  ", n.Elements)
				rules(indent+"  ", n.Rules)
			}
		}
		rules(indent, l.Rules)
	}
	loop("", g.Body)
	return b.String()
}

package ts999_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/schema"
)

// full writes a set that uses every place of the guide: each loop and segment as often as it may, at most twice, with every element.
type full struct {
	b strings.Builder
	n int
}

func (f *full) loop(l *schema.Loop) {
	for _, n := range l.Children {
		switch n := n.(type) {
		case *schema.Loop:
			for range many(n.Max) {
				f.loop(n)
			}
		case *schema.Segment:
			for k := range many(n.Max) {
				f.segment(n, k)
			}
		}
	}
}

func many(most int) int {
	if most == 1 {
		return 1
	}
	return 2
}

func (f *full) segment(s *schema.Segment, round int) {
	if s.ID == "ST" || s.ID == "SE" {
		return
	}
	f.n++
	values := make([]string, len(s.Std.Fields))
	for _, el := range s.Elements {
		for pos := el.Pos; pos <= max(el.Pos, el.To); pos++ {
			v := f.element(el, round)
			if el.Repeat != 1 {
				v += "^" + f.element(el, round+1)
			}
			values[pos-1] = v
		}
	}
	f.b.WriteString(strings.TrimRight(s.ID+"*"+strings.Join(values, "*"), "*") + "~")
}

func (f *full) element(el *schema.Element, round int) string {
	if len(el.Components) > 0 {
		values := make([]string, 10)
		for _, c := range el.Components {
			for pos := c.Pos; pos <= max(c.Pos, c.To); pos++ {
				values[pos-1] = f.element(c, round)
			}
		}
		return strings.TrimRight(strings.Join(values, ":"), ":")
	}
	if el.KeyNot {
		return "CLM01"
	}
	if len(el.Codes) > 0 {
		return el.Codes[round%len(el.Codes)]
	}
	switch t := el.Std.Type; {
	case t == "DT":
		return "20240131"
	case t == "TM":
		return "1201"
	case t == "R" || t[0] == 'N':
		return fmt.Sprint(1 + round)
	}
	return strings.Repeat(string(rune('A'+(f.n+round)%26)), max(el.Std.Min, 1))
}

// fullSet returns that set in an interchange.
func fullSet(t testing.TB) string {
	t.Helper()
	base, err := schema.Base("005010")
	require.NoError(t, err)
	src, err := os.ReadFile("005010X231A1.guide")
	require.NoError(t, err)
	g, err := schema.Parse("005010X231A1.guide", src, base)
	require.NoError(t, err)
	require.Equal(t, string(src), string(schema.Print(g)))
	f := &full{}
	f.loop(g.Body)
	return "ISA*00*          *00*          *ZZ*S              *ZZ*R              *260101*1200*^*00501*000000001*0*T*:~GS*FA*S*R*20260101*1200*1*X*005010X231A1~" +
		"ST*999*0001*005010X231A1~" + f.b.String() + fmt.Sprintf("SE*%d*0001~GE*1*1~IEA*1*000000001~", f.n+2)
}

// TestFull holds a set with all there can be to have no finding, a field for everything and to come out as it went in.
func TestFull(t *testing.T) {
	text := fullSet(t)
	require.Empty(t, findings(t, []byte(text)))
	for way, p := range ways {
		require.Empty(t, p().Lossless([]byte(text)), way)
	}
	for set, err := range ts999.NewReader(strings.NewReader(text), codec.WithSink(func(i *x12.Issue) bool { t.Error(i); return true })).Sets() {
		require.NoError(t, err)
		require.NotContains(t, strings.ToLower(string(set.AppendJSON(nil))), "extras")
	}
}

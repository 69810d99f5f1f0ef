package guide_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

var update = flag.Bool("update", false, "rewrite the expected part of testdata/*.txt")

// envelope stands in front of the sets of the cases; it brings the delimiters * ^ : ~.
const envelope = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~GS*HP*S*R*20260101*1200*1*X*005010X000~"

// compile reads the guide of a file of cases.
func compile(t testing.TB, name, text string) *guide.Table {
	t.Helper()
	dict, err := schema.Base("005010")
	require.NoError(t, err)
	g, err := schema.Parse(name, []byte(text), dict)
	require.NoError(t, err)
	table, err := schema.Compile(g)
	require.NoError(t, err)
	return table
}

// segments calls f with the segments of the set in text, one a line.
func segments(t testing.TB, text string, f func(*x12.Segment)) {
	t.Helper()
	var b strings.Builder
	b.WriteString(envelope)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line + "~")
		}
	}
	r := x12.NewReader(strings.NewReader(b.String()))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
		if r.Set() != nil {
			f(s)
		}
	}
}

// TestWalker runs the cases of testdata/*.txt. A file has a guide and cases; a case starts with "==== what it shows",
// then come the segments of a set, one a line, then "----" and what the walker makes of them: for each segment its slot
// and flags, "+" for a loop opened without its trigger, "!" for a finding with its code (IK304, IK403), place and rule.
// Findings stand above the segment at which they were made.
func TestWalker(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		parts := strings.Split(string(data), "==== ")
		table := compile(t, file, parts[0])
		out := parts[0]
		for _, c := range parts[1:] {
			name, rest, _ := strings.Cut(c, "\n")
			input, want, _ := strings.Cut(rest, "----\n")
			got := walk(t, table, input) + "\n"
			out += "==== " + name + "\n" + input + "----\n" + got
			if !*update {
				t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+name, func(t *testing.T) {
					require.Equal(t, strings.TrimSpace(want), strings.TrimSpace(got))
				})
			}
		}
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(strings.TrimRight(out, "\n")+"\n"), 0o644))
		}
	}
}

// walk prints what the walker makes of a set.
func walk(t testing.TB, table *guide.Table, input string) string {
	var b strings.Builder
	w := guide.NewWalker(table, func(i *x12.Issue) {
		code := i.Codes.IK3
		if i.Codes.IK4 != "" {
			code += "/" + i.Codes.IK4
		}
		fmt.Fprintf(&b, "! %s %s %s IK5=%s\n", i.Rule, code, i.Path(), i.Codes.IK5)
		require.Equal(t, table.ID, i.Guide)
		require.Equal(t, uint8(2), i.Level)
		require.Equal(t, x12.Error, i.Severity)
	})
	segments(t, input, func(s *x12.Segment) {
		p := w.Walk(s)
		require.Len(t, w.Opened(), int(p.Opened))
		for _, v := range w.Opened() {
			fmt.Fprintf(&b, "+ %s\n", table.Slots[v].Name)
		}
		name := "-"
		if p.Slot > 0 {
			name = table.Slots[p.Slot].Name
			require.Equal(t, s.ID, table.Slots[p.Slot].ID)
		}
		fmt.Fprintf(&b, "%s = %s%s", s.Name(), name, flags(p.Flag))
		if path := table.LoopPath(w.Open(nil)); path != "" {
			fmt.Fprintf(&b, " in %s", path)
		}
		b.WriteByte('\n')
	})
	w.End()
	return b.String()
}

func flags(f guide.Flag) string {
	s := ""
	for _, x := range []struct {
		flag guide.Flag
		name string
	}{{guide.Order, " order"}, {guide.Over, " over"}, {guide.Virtual, " virtual"}, {guide.Unplaced, " unplaced"}, {guide.Again, " again"}} {
		if f&x.flag != 0 {
			s += x.name
		}
	}
	return s
}

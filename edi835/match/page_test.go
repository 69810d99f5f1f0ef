package match

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
)

func page(t *testing.T, r *Result, f Form) string {
	var b bytes.Buffer
	require.NoError(t, r.WriteHTML(&b, r.Report(), f))
	return b.String()
}

// walk reads a page as XML, which its elements are but for the few that end by themselves, and calls f for each.
func walk(t *testing.T, text string, f func(path []string, e *xml.StartElement, inner string)) {
	text = regexp.MustCompile(`<meta ([^>]*)>`).ReplaceAllString(strings.TrimPrefix(text, "<!DOCTYPE html>\n"), "<meta $1/>")
	d := xml.NewDecoder(strings.NewReader(text))
	var path []string
	var open []*xml.StartElement
	var inner []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch v := token.(type) {
		case xml.StartElement:
			e := v.Copy()
			path, open, inner = append(path, v.Name.Local), append(open, &e), append(inner, "")
		case xml.CharData:
			if len(inner) > 0 {
				inner[len(inner)-1] += string(v)
			}
		case xml.EndElement:
			f(path, open[len(open)-1], inner[len(inner)-1])
			path, open, inner = path[:len(path)-1], open[:len(open)-1], inner[:len(inner)-1]
		}
	}
	require.Empty(t, path)
}

// TestPage: the page is well formed, has its charts, and needs nothing from elsewhere.
func TestPage(t *testing.T) {
	claims, file := submitted(t, synth.Professional, 300, 0, 5)
	w := newWorld(claims, 9)
	r := matchFiles(t, Options{}, [][]byte{file}, w.remittances(t))
	text := page(t, r, Form{})
	charts, bars, ids := 0, map[string]int{}, map[string]bool{}
	walk(t, text, func(path []string, e *xml.StartElement, inner string) {
		require.NotContains(t, []string{"script", "link", "img", "iframe", "object", "embed", "use", "image", "foreignObject", "a", "form", "base"}, e.Name.Local)
		for _, a := range e.Attr {
			require.NotContains(t, []string{"href", "src", "style", "srcset", "action", "data"}, a.Name.Local)
			require.False(t, strings.HasPrefix(a.Name.Local, "on"), a.Name.Local)
			if a.Name.Local == "id" {
				require.False(t, ids[a.Value], "id %s twice", a.Value)
				ids[a.Value] = true
			}
			if path[len(path)-1] == "rect" && a.Name.Local != "class" {
				require.Regexp(t, `^\d+\.\d$`, a.Value, "no bar below zero, none that is no number")
			}
		}
		switch e.Name.Local {
		case "svg":
			charts++
		case "rect":
			bars[e.Attr[0].Value]++
		case "style":
			require.NotRegexp(t, `url\(|@import`, inner)
		}
	})
	require.NotRegexp(t, `https?:|//[a-z]`, text)
	require.Equal(t, 3, charts)
	require.Greater(t, bars["bar-second"], 5, "payers")
	for _, id := range []string{"payers-chart-t", "denials-chart-t", "lag-chart-t", "payers", "reasons", "open", "denied", "strays"} {
		require.True(t, ids[id], id)
	}
	require.Contains(t, text, "default-src 'none'")
	require.Regexp(t, `and \d+ more`, text, "lists are cut")
	// Numbers of claims and members are shown only when asked for.
	hides := func(text string, controls bool) {
		for i := range r.Claims {
			c := &r.Claims[i]
			require.False(t, c.Member != "" && strings.Contains(text, c.Member), "member of claim %d", i)
			require.False(t, controls && strings.Contains(text, c.Control), "number of claim %d", i)
		}
	}
	hides(text, true)
	shown := page(t, r, Form{ShowValues: true})
	require.Contains(t, shown, "NOBODY1<")
	hides(shown, false)
	var b bytes.Buffer
	require.NoError(t, r.WriteText(&b, r.Report(), Form{}))
	hides(b.String(), true)
	// Member ids are in no table unless asked for.
	for _, table := range Tables() {
		b.Reset()
		require.NoError(t, r.WriteTable(&b, r.Report(), table, Form{}))
		hides(b.String(), false)
	}
	b.Reset()
	require.NoError(t, r.WriteTable(&b, r.Report(), "claims", Form{ShowValues: true}))
	require.Contains(t, b.String(), r.Claims[0].Member)
}

// TestEscaped: what comes from files cannot leave its place.
func TestEscaped(t *testing.T) {
	bad := "<script>alert(1)</script>&'\"\x01\xff\u202e"
	r := run(t, Options{}, "claim A1 2026-01-10\npay 2026-02-01\nclp A1 1 100 0 P1 cas=CO:50:100\nclp X 1 100 100 P2 member=Q\n")
	r.m.claims[0].Payer = r.m.party(bad, bad)
	r.m.claims[0].Control, r.m.answers[0].Control, r.m.answers[1].Control = bad, bad, bad
	r.m.names[r.m.adjustments[0].reason] = bad
	r.m.payments[0].Payer = r.m.party(bad, bad)
	r.m.submissions[0].File, r.m.payments[0].File = bad, bad
	for _, show := range []bool{false, true} {
		text := page(t, r, Form{ShowValues: show})
		require.NotContains(t, text, "<script")
		require.NotContains(t, text, "\x01")
		require.NotContains(t, text, "\u202e")
		require.Contains(t, text, "&lt;script&gt;")
		walk(t, text, func([]string, *xml.StartElement, string) {})
	}
	var b bytes.Buffer
	require.NoError(t, r.WriteText(&b, r.Report(), Form{ShowValues: true}))
	require.NotContains(t, b.String(), "\x01")
	require.NoError(t, r.WriteJSON(&b, r.Report(), Form{ShowValues: true}))
}

// TestEmpty: a report on nothing is one.
func TestEmpty(t *testing.T) {
	r := NewMatcher(Options{}).Match()
	checkTotals(t, r)
	walk(t, page(t, r, Form{}), func([]string, *xml.StartElement, string) {})
	var b bytes.Buffer
	require.NoError(t, r.WriteText(&b, r.Report(), Form{}))
	require.Contains(t, b.String(), "claims submitted")
	for _, table := range Tables() {
		b.Reset()
		require.NoError(t, r.WriteTable(&b, r.Report(), table, Form{}))
		rows, err := csv.NewReader(&b).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows[0], len(Columns(table)))
	}
	require.Error(t, r.WriteTable(&b, r.Report(), "none", Form{}))
	require.Nil(t, Columns("none"))
}

// TestSameEverywhere: CSV and JSON say the same, and both add up.
func TestSameEverywhere(t *testing.T) {
	claims, file := submitted(t, synth.Dental, 150, 0, 8)
	r := matchFiles(t, Options{}, [][]byte{file}, newWorld(claims, 2).remittances(t))
	rep := r.Report()
	var j bytes.Buffer
	require.NoError(t, r.WriteJSON(&j, rep, Form{}))
	objects := map[string][]map[string]any{}
	for line := range strings.Lines(j.String()) {
		var o map[string]map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &o))
		for k, v := range o {
			objects[k] = append(objects[k], v)
		}
	}
	for table, name := range map[string]string{"claims": "claim", "lines": "line", "denials": "denial"} {
		var b bytes.Buffer
		require.NoError(t, r.WriteTable(&b, rep, table, Form{}))
		rows, err := csv.NewReader(&b).ReadAll()
		require.NoError(t, err)
		require.Len(t, objects[name], len(rows)-1, table)
		for i, row := range rows[1:] {
			for k, text := range row {
				switch v := objects[name][i][rows[0][k]].(type) {
				case nil:
					require.Empty(t, text, rows[0][k])
				case string:
					require.Equal(t, text, v)
				case float64:
					require.NotContains(t, text, ".")
				}
			}
		}
	}
	require.Len(t, objects["total"], 1)
	require.Equal(t, rep.Total.Money.Charged.String(), objects["total"][0]["charged_amount"])
}

// TestWriteFails: an output that fails says so.
func TestWriteFails(t *testing.T) {
	claims, file := submitted(t, synth.Dental, 400, 0, 8)
	r := matchFiles(t, Options{}, [][]byte{file}, newWorld(claims, 2).remittances(t))
	full := errors.New("full")
	for n := range 3 {
		require.ErrorIs(t, r.WriteJSON(&failing{n, full}, r.Report(), Form{}), full)
	}
	require.ErrorIs(t, r.WriteTable(&failing{0, full}, r.Report(), "payers", Form{}), full)
	require.ErrorIs(t, r.WriteHTML(&failing{0, full}, r.Report(), Form{}), full)
	require.ErrorIs(t, r.WriteText(&failing{1, full}, r.Report(), Form{}), full)
}

type failing struct {
	left int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, f.err
	}
	return len(p), nil
}

// TestDocs: docs/reconcile.md names every column and every word.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "reconcile.md"))
	require.NoError(t, err)
	doc := string(text)
	for _, table := range Tables() {
		for _, c := range Columns(table) {
			require.Contains(t, doc, "| `"+c[0]+"` | "+c[1]+" |", table)
		}
	}
	words := Note(0xFF).Words()
	for s := range states {
		words = append(words, s.String())
	}
	for r := range numberOfRoles {
		words = append(words, r.String())
	}
	for b := ByLineNumber; b < numberOfLineBase; b++ {
		words = append(words, b.String())
	}
	for _, b := range []Basis{ByControlNumber, ByChoice, ByReversal, ByCutNumber, ByPayerNumber, ByPatient, NoClaim, Ambiguous, Repeated} {
		words = append(words, string(b))
	}
	for _, c := range categories() {
		words = append(words, c[0])
		require.Contains(t, doc, "| `"+c[0]+"` | "+c[1]+" |")
	}
	for _, p := range []FirstPass{PassedFirst, DeniedFirst, ChangedLate} {
		words = append(words, p.String())
	}
	for _, w := range words {
		require.Contains(t, doc, "`"+w+"`")
	}
	for _, s := range DefaultNotDenied() {
		require.Contains(t, doc, s)
	}
}

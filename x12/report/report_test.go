package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/report"
	"github.com/x12-go/edi/x12/validate"
)

var update = flag.Bool("update", false, "rewrite the expected reports; read the difference before keeping it")

// pack is all guides without rules of their own: what is expected here is the form.
func pack() validate.Pack {
	return validate.Pack{Name: "none.rules", Tables: []*guide.Table{ts835.X221A1, ts837.X222A1, ts837.X223A2, ts837.X224A2, ts834.X220A1, ts270.X279A1, ts271.X279A1}}
}

// validators are made once, by the number of workers.
var validators = sync.OnceValue(func() map[int]*validate.Validator {
	out := map[int]*validate.Validator{}
	for _, workers := range []int{1, 2, 4} {
		v, err := validate.New(validate.Options{Level: 2, Packs: []validate.Pack{pack()}, Workers: workers})
		if err != nil {
			panic(err)
		}
		out[workers] = v
	}
	return out
})

// run writes a report of src and returns it with its totals.
func run(t testing.TB, src []byte, f report.Format, o report.Options, workers int) (string, *report.Totals) {
	t.Helper()
	v := validators()[workers]
	var out bytes.Buffer
	r := report.New(&out, f, o)
	defer r.Discard()
	stats, err := codec.Process(v.Job(bytes.NewReader(src), func(s *codec.Step) {
		if err := r.Step(s); err != nil {
			t.Error(err)
		}
	}, nil))
	var fault *x12.Issue
	if err != nil && !errors.As(err, &fault) {
		require.NoError(t, err)
	}
	require.NoError(t, r.Close(stats))
	return out.String(), r.Totals()
}

// faulty is a stream with faults at every kind of place, of own samples.
func faulty(t testing.TB) []byte {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
		require.NoError(t, err)
		return strings.ReplaceAll(string(b), "\n", "")
	}
	claims := read("837/valid/p-three-claims.edi")
	claims = swap(t, claims, "DTP*472*D8*", "DTP*472*D8*X")
	claims = swap(t, claims, "NM1*PR*2*", "NM1*PR*9*<b>&\xE9\xFF")
	claims = strings.Replace(claims, "~LX*1~", "~LX*1~ZZZ*SECRET~", 1)
	remit := swap(t, read("835/valid/remit-basic.edi"), "TRN*1*", "TRN*9*")
	remit = swap(t, remit, "SE*", "SE*9")
	members := swap(t, read("834/valid/three-members.edi"), "INS*Y*18*", "INS*Y**")
	answer := read("271/valid/" + first(t, "271/valid"))
	return []byte(claims + "\n" + remit + "\n" + members + "\n" + answer)
}

func first(t testing.TB, dir string) string {
	list, err := os.ReadDir(filepath.Join("..", "..", "testdata", filepath.FromSlash(dir)))
	require.NoError(t, err)
	return list[0].Name()
}

func swap(t testing.TB, text, from, to string) string {
	require.Contains(t, text, from)
	return strings.Replace(text, from, to, 1)
}

func TestReports(t *testing.T) {
	src := faulty(t)
	for _, c := range []struct {
		name string
		f    report.Format
		o    report.Options
	}{
		{"masked.txt", report.Text, report.Options{}},
		{"values.txt", report.Text, report.Options{Values: true}},
		{"masked.ndjson", report.JSON, report.Options{}},
		{"values.ndjson", report.JSON, report.Options{Values: true}},
		{"masked.csv", report.CSV, report.Options{}},
		{"values.csv", report.CSV, report.Options{Values: true, Guard: true, CRLF: true}},
		{"masked.html", report.HTML, report.Options{}},
		{"values.html", report.HTML, report.Options{Values: true, Max: 3, Rule: func(id string) string { return "about <" + id + ">" }}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Place = func(offset int64) (string, int64) { return "in.edi", offset }
			got, _ := run(t, src, c.f, c.o, 1)
			name := filepath.Join("testdata", c.name)
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(got), 0o666))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
			again, _ := run(t, src, c.f, c.o, 4)
			require.Equal(t, got, again, "with four workers")
		})
	}
}

func TestReportsReadBack(t *testing.T) {
	src := faulty(t)
	_, totals := run(t, src, report.Text, report.Options{}, 1)
	want := int(totals.Findings())
	require.Positive(t, want)

	text, _ := run(t, src, report.JSON, report.Options{}, 1)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	require.Len(t, lines, want)
	for _, l := range lines {
		var o map[string]any
		require.NoError(t, json.Unmarshal([]byte(l), &o))
		require.NotContains(t, o, "value")
		for _, key := range []string{"file", "offset", "rule", "level", "severity", "message"} {
			require.Contains(t, o, key)
		}
	}

	text, _ = run(t, src, report.CSV, report.Options{Values: true}, 1)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, want+1)
	for k, c := range report.Columns() {
		require.Equal(t, c.Name, rows[0][k])
	}
	text, _ = run(t, src, report.HTML, report.Options{}, 1)
	require.Equal(t, want, strings.Count(text, "<article "))
	page(t, text)
	text, _ = run(t, src, report.HTML, report.Options{Values: true}, 1)
	page(t, text)
}

var tag = regexp.MustCompile(`<(/?)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>`)
var stray = regexp.MustCompile(`&(?:[^a-z#]|$)`)

// page checks that an HTML page is well formed: each element that needs an end has one, text holds no stray < or &, and nothing is
// fetched from elsewhere.
func page(t *testing.T, text string) {
	t.Helper()
	body, ok := strings.CutPrefix(text, "<!doctype html>")
	require.True(t, ok)
	style := strings.Index(body, "<style>")
	end := strings.Index(body, "</style>")
	require.True(t, 0 < style && style < end)
	body = body[:style] + body[end+len("</style>"):]
	script := strings.Index(body, "<script>")
	end = strings.Index(body, "</script>")
	require.True(t, 0 < script && script < end)
	body = body[:script] + body[end+len("</script>"):]
	require.NotContains(t, body, "script>")
	for _, elsewhere := range []string{" src=", " href=", "url(", "@import", "<link", "<img", "<iframe"} {
		require.NotContains(t, text, elsewhere)
	}

	open := []string{}
	at := 0
	for _, m := range tag.FindAllStringSubmatchIndex(body, -1) {
		between := body[at:m[0]]
		if strings.ContainsAny(between, "<>") || stray.MatchString(between) {
			t.Fatalf("text at %d is not escaped: %q", at, between)
		}
		at = m[1]
		name := body[m[4]:m[5]]
		switch {
		case name == "meta" || name == "input" || name == "option" || name == "tr" || name == "td" || name == "th":
		case body[m[2]:m[3]] == "":
			open = append(open, name)
		default:
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> at %d ends nothing", name, m[0])
			}
			open = open[:len(open)-1]
		}
	}
	require.Empty(t, open)
	require.NotContains(t, body[at:], "<")
}

// TestMasked holds every report to the promise that no name, number or other text of the input is in it.
func TestMasked(t *testing.T) {
	src := faulty(t)
	var secrets []string
	rd := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := rd.Read()
		if err != nil {
			break
		}
		for _, at := range map[string][]int{"NM1": {3, 4, 9}, "N3": {1}, "N4": {1, 3}, "DMG": {2}, "CLM": {1}, "CLP": {1, 7}, "ZZZ": {1}, "TRN": {2}}[string(s.Name())] {
			if v := string(s.Elem(at)); len(v) > 4 && !strings.Contains("SE SUBSCRIBER", v) {
				secrets = append(secrets, v)
			}
		}
	}
	require.Greater(t, len(secrets), 40)
	for f := report.Text; f <= report.HTML; f++ {
		text, _ := run(t, src, f, report.Options{}, 1)
		for _, s := range secrets {
			require.NotContains(t, text, s, "format %d", f)
		}
	}
	text, _ := run(t, src, report.Text, report.Options{Values: true}, 1)
	require.Contains(t, text, "SECRET")
}

// TestManyFindings goes over the number of findings that are kept.
func TestManyFindings(t *testing.T) {
	src := faulty(t)
	_, all := run(t, src, report.Text, report.Options{}, 1)
	for f := report.Text; f <= report.HTML; f++ {
		text, totals := run(t, src, f, report.Options{Max: 2}, 1)
		require.Equal(t, all.Findings(), totals.Findings())
		require.Equal(t, all.Findings()-2, totals.Dropped)
		if f == report.Text || f == report.HTML {
			require.Contains(t, text, fmt.Sprintf("%d more findings", totals.Dropped))
		}
	}
}

// TestWhere checks to which claim a finding goes whose fault shows only at the next one.
func TestWhere(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "837", "valid", "p-three-claims.edi"))
	require.NoError(t, err)
	text := string(b)
	line := strings.Index(text, "LX*")
	next := line + regexp.MustCompile(`(HL|CLM)\*`).FindStringIndex(text[line:])[0]
	got, totals := run(t, []byte(text[:line]+text[next:]), report.CSV, report.Options{}, 1) // the first claim without lines
	rows, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for k, c := range report.Columns() {
		column[c.Name] = k
	}
	found := false
	for _, row := range rows[1:] {
		if row[column["rule"]] == "loop/missing" {
			found = true
			require.Equal(t, []string{"claim", "1"}, row[column["unit_kind"]:column["unit_kind"]+2])
		}
	}
	require.True(t, found, got)
	require.Equal(t, int64(1), totals.Units-totals.CleanUnits)
}

// failing is a writer that takes a number of bytes.
type failing struct{ left int }

var errFull = errors.New("no space left")

func (w *failing) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFailedWrite(t *testing.T) {
	src := bytes.Repeat(faulty(t), 100)
	v, err := validate.New(validate.Options{Level: 2, Packs: []validate.Pack{pack()}})
	require.NoError(t, err)
	for f := report.Text; f <= report.HTML; f++ {
		r := report.New(&failing{100}, f, report.Options{})
		var failed error
		stats, err := codec.Process(v.Job(bytes.NewReader(src), func(s *codec.Step) {
			if err := r.Step(s); err != nil && failed == nil {
				failed = err
			}
		}, nil))
		require.NoError(t, err)
		if f != report.HTML {
			require.ErrorIs(t, failed, errFull, "format %d", f)
		}
		require.ErrorIs(t, r.Close(stats), errFull, "format %d", f)
	}
}

// FuzzReport makes all reports of anything: no panic, the same number of findings in each, and HTML that is well formed.
func FuzzReport(f *testing.F) {
	src := faulty(f)
	f.Add(src)
	f.Add(src[:len(src)/2])
	f.Add(bytes.ReplaceAll(src, []byte("HL*"), []byte("HI*")))
	f.Add(bytes.ReplaceAll(src, []byte("~SE*"), []byte("~NTE*\x80<script>*")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<15 {
			return
		}
		_, want := run(t, data, report.Text, report.Options{Values: true, Verdicts: &report.Verdicts{}}, 1)
		text, got := run(t, data, report.HTML, report.Options{Values: true}, 1)
		require.Equal(t, want.Severity, got.Severity)
		require.Equal(t, want.Findings(), int64(strings.Count(text, "<article ")))
		page(t, text)
		text, _ = run(t, data, report.CSV, report.Options{Values: true}, 2)
		_, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		require.NoError(t, err)
	})
}

// TestCutOff has a set that is cut off by one without a guide: what it lacks shows when it has no tape any more.
func TestCutOff(t *testing.T) {
	sample, err := os.ReadFile(filepath.Join("..", "..", "testdata", "837", "valid", "p-three-claims.edi"))
	require.NoError(t, err)
	head, _, _ := strings.Cut(strings.ReplaceAll(string(sample), "\n", ""), "~HL*")
	src := head + "~ST*999*0002~AK1*HC*1~SE*3*0002~GE*2*1~IEA*1*000000001~"
	for _, workers := range []int{1, 2} {
		_, totals := run(t, []byte(src), report.Text, report.Options{}, workers)
		require.Positive(t, totals.Findings())
	}
}

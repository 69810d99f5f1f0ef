package roster

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/synth"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

func profile(t testing.TB, name string) *Profile {
	p, err := ProfileNamed(name)
	require.NoError(t, err)
	return p
}

// rosterOf writes the roster of a state.
func rosterOf(t testing.TB, s *State, p *Profile, o WriteOptions) string {
	var b bytes.Buffer
	w := NewWriter(&b, p, o)
	require.NoError(t, s.Members(w.Write))
	require.NoError(t, w.Flush())
	return b.String()
}

func stateOf(t testing.TB, src Source, o Options) *State {
	o.TempDir = t.TempDir()
	s, err := NewState(o)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	require.NoError(t, s.Load(src))
	return s
}

func golden(t *testing.T, name, got string) {
	name = filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(got), 0o666))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func mustDate(t testing.TB, s string) x12.Date {
	d, ok := x12.ParseDate(s)
	require.True(t, ok)
	return d
}

func TestProfiles(t *testing.T) {
	text, err := os.ReadFile("testdata/families.834")
	require.NoError(t, err)
	for _, name := range Profiles() {
		t.Run(name, func(t *testing.T) {
			var found strings.Builder
			o := WriteOptions{Sink: func(i *x12.Issue) bool { found.WriteString(i.Rule + ": " + i.Message + "\n"); return true }}
			s := stateOf(t, sourceOf(t, string(text)), Options{})
			golden(t, "profiles/"+name+".csv", rosterOf(t, s, profile(t, name), o))
			golden(t, "profiles/"+name+".findings", found.String())
		})
	}
	t.Run("who", func(t *testing.T) {
		s := stateOf(t, sourceOf(t, string(text)), Options{})
		p := profile(t, "hint")
		count := func(o WriteOptions) int { return strings.Count(rosterOf(t, s, p, o), "\n") - 1 }
		require.Equal(t, 4, count(WriteOptions{}))
		require.Equal(t, 5, count(WriteOptions{On: mustDate(t, "20251130")}), "one had not ended")
		require.Equal(t, 5, count(WriteOptions{EndedSince: mustDate(t, "20251201")}))
		require.Equal(t, 6, count(WriteOptions{All: true}))
		require.Equal(t, 1, count(WriteOptions{On: mustDate(t, "20200101")}), "one has neither coverages nor dates")
	})
	t.Run("external id of the options", func(t *testing.T) {
		s := stateOf(t, sourceOf(t, string(text)), Options{})
		f, _ := FieldNamed("id_abb")
		golden(t, "profiles/hint-ids.csv", rosterOf(t, s, profile(t, "hint"), WriteOptions{IDs: []Field{f}}))
	})
}

// TestRosterIsAState writes rosters with every field, reads them back, and finds no difference; then from the roster an 834,
// and again none.
func TestRosterIsAState(t *testing.T) {
	for seed := range uint64(5) {
		h, list := population(t, 150, seed+20)
		h.MasterPolicy = ""
		full := string(export(t, h, list, "2026-01-01"))
		s := stateOf(t, sourceOf(t, full), Options{})
		for _, name := range []string{"coverage", "generic"} {
			text := rosterOf(t, s, profile(t, name), WriteOptions{All: true})
			read := func() Source {
				r, err := NewCSVReader(strings.NewReader(text), profile(t, name), nil, func(i *x12.Issue) bool { t.Errorf("%v", i); return true })
				require.NoError(t, err)
				return r
			}
			unchanged(t, read(), sourceOf(t, full))
			unchanged(t, sourceOf(t, full), read())
			if name == "generic" {
				continue
			}
			var b bytes.Buffer
			e, err := NewExporter(&b, ExportConfig{Sender: "EXAMPLECORP", Receiver: "ACMEHEALTH", Time: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
			require.NoError(t, err)
			require.NoError(t, stateOf(t, read(), Options{}).Members(e.Member))
			require.NoError(t, e.Close())
			unchanged(t, sourceOf(t, full), sourceOf(t, b.String()))
		}
	}
}

// unchanged requires that two sources are the same.
func unchanged(t *testing.T, old, new Source) {
	t.Helper()
	sum, err := Diff(old, new, Options{TempDir: t.TempDir()}, func(d *Delta) error {
		t.Errorf("%v: %q %q", d.Changes[0].Kind, d.Changes[0].Field, d.Changes[0].Note)
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 0, sum.Changed)
	require.Equal(t, sum.Before, sum.After)
	require.Positive(t, sum.Members)
}

func TestSnapshot(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Action: synth.Replace, Members: 100, Seed: 4})
	require.NoError(t, err)
	full := b.String()
	b.Reset()
	_, err = synth.Write(&b, synth.Options{Action: synth.Change, Members: 30, Seed: 5})
	require.NoError(t, err)
	change := b.String()
	s := stateOf(t, sourceOf(t, full), Options{Force: true})
	first, err := s.Apply(sourceOf(t, change), nil)
	require.NoError(t, err)
	require.Positive(t, first.Changed)

	var text bytes.Buffer
	require.NoError(t, s.WriteSnapshot(&text))
	snap := func() Source {
		r, err := NewSnapshotReader(bytes.NewReader(text.Bytes()))
		require.NoError(t, err)
		return r
	}
	again := stateOf(t, snap(), Options{Force: true})
	var second bytes.Buffer
	require.NoError(t, again.WriteSnapshot(&second))
	require.Equal(t, text.String(), second.String())

	sum, err := again.Apply(sourceOf(t, change), nil)
	require.NoError(t, err)
	require.Equal(t, 1, sum.AlreadyApplied)
	require.Zero(t, sum.Changed)
	require.Equal(t, s.Len(), again.Len())
}

func TestCSVFaults(t *testing.T) {
	const header = "External ID,First Name,Last Name,DOB,Member Type,Subscriber ID\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "fatal the roster is empty"},
		{"unknown column", "External ID,Shoe size\n", "fatal column 2 of the header"},
		{"missing column", "External ID,First Name\n", "fatal the column Last Name is missing"},
		{"column twice", "External ID,Unique ID\n", "fatal the column External ID stands twice"},
		{"open quote in the header", "\"External ID\n", "fatal the header cannot be read"},
		{"too few fields", header + "E1,ANN\n", "error the row has 2 fields, the header 6"},
		{"required", header + "E1,,POE,2000-01-01,Employee,\n", "error the column First Name is empty"},
		{"date", header + "E1,ANN,POE,2000-02-30,Employee,\n", "error the column DOB is empty, and"},
		{"value", header + "E1,ANN,POE,2000-02-29,Cousin,\n", "warning the column Member Type has a value that cannot be taken"},
		{"quote", header + "E1,A\"NN,POE,2000-02-29,Child,\n", "error a quote that"},
		{"aliases, case and a mark", "\ufeffunique id,first name,LAST NAME,Date of Birth,Relationship,Dependent Of\nE1,ANN,POE,2/9/2000,employee,\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found strings.Builder
			sink := func(i *x12.Issue) bool { found.WriteString(i.Severity.String() + " " + i.Message + "\n"); return true }
			r, err := NewCSVReader(strings.NewReader(c.text), profile(t, "hint"), nil, sink)
			var issue *x12.Issue
			if errors.As(err, &issue) {
				sink(issue)
			} else {
				require.NoError(t, err)
				for err == nil {
					_, _, err = r.Next()
				}
			}
			if c.want == "" {
				require.Empty(t, found.String())
			} else {
				require.Contains(t, found.String(), c.want)
			}
			require.NotContains(t, found.String(), "ANN")
		})
	}
}

func TestProfileFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "no columns",
		"columns shoes":                 "line 1: expected member",
		"\nshoe size":                   "line 2: no directive",
		"column A":                      "expected column HEADER SOURCE",
		"column A shoes":                "no source",
		"column A coverage.shoes":       "no source",
		"column A coverage.0.line":      "expected coverage.1",
		"column A first shiny":          "no option",
		"column A first\ncolumn a last": "twice",
		"column A first map=m":          "no map",
		"map m A":                       "expected VALUE=TEXT",
		"rows many":                     "expected rows",
		"date DD.MM.YY":                 "expected one of",
		"title \"open":                  "quote",
		"columns coverages=1 shoes":     "no coverage field",
		"columns coverages=100 line":    "1 to 99",
		"title":                         "needs more",
	} {
		_, err := ReadProfile(strings.NewReader(text))
		require.ErrorIs(t, err, ErrProfile, text)
		require.ErrorContains(t, err, want, text)
	}
	_, err := ProfileNamed("nobody")
	require.ErrorIs(t, err, ErrProfile)
}

func TestList(t *testing.T) {
	text, err := os.ReadFile("testdata/families.834")
	require.NoError(t, err)
	changed := strings.NewReplacer("N3*1 OAK ST", "N3*2 ELM ST, APT \"B\"", "20260105*0930**", "20260205*0930**", "GOLD*FAM", "GOLD*ESP").Replace(string(text))
	for name, o := range map[string]ListOptions{
		"list.txt": {}, "list.csv": {Format: CSV}, "list.json": {Format: JSON}, "list-redacted.csv": {Format: CSV, Key: []byte("k")},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w := NewListWriter(&b, o)
			sum, err := Diff(sourceOf(t, string(text)), sourceOf(t, changed), Options{TempDir: t.TempDir()}, w.Add)
			require.NoError(t, err)
			require.NoError(t, w.End(sum))
			golden(t, name, b.String())
			if o.Key != nil {
				require.NotContains(t, b.String(), "DOE")
				require.NotContains(t, b.String(), "ELM")
				require.NotContains(t, b.String(), "MEM")
			}
		})
	}
}

// TestMemory holds the state to its bound: 200 bytes a member.
func TestMemory(t *testing.T) {
	o := Options{TempDir: t.TempDir()}
	s, err := NewState(o)
	require.NoError(t, err)
	defer s.Close()
	f, _ := FieldNamed("id_abb")
	s.opts.IDs = []Field{f}
	var b bytes.Buffer
	_, err = synth.Write(&b, synth.Options{Action: synth.Replace, Members: 13_000, Seed: 9})
	require.NoError(t, err)
	worst := 0.0
	src := NewReader(&b)
	for {
		h, m, err := src.Next()
		if err != nil {
			break
		}
		if h != nil {
			s.run = run{loading: true, exact: true, sum: new(Summary), mask: fullMask(), source: fullMask()}
			require.NoError(t, s.begin(h))
			continue
		}
		require.NoError(t, s.member(m))
		if s.Len() > 4096 {
			worst = max(worst, float64(s.memory())/float64(s.Len()))
		}
	}
	require.Less(t, worst, 200.0)
	require.Greater(t, worst, 30.0)
}

func TestCorpus(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("no EDI_CORPUS")
	}
	files, err := filepath.Glob(filepath.Join(dir, "834", "*.edi"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		members := 0
		src := NewReader(bytes.NewReader(text))
		for {
			_, m, err := src.Next()
			if err != nil {
				break
			}
			if m != nil {
				members++
				_, err := m.ToWire()
				require.NoError(t, err, name)
			}
		}
		s, err := NewState(Options{TempDir: t.TempDir(), Force: true})
		require.NoError(t, err)
		require.NoError(t, s.Load(NewReader(bytes.NewReader(text), codec.WithSink(nil))), name)
		require.LessOrEqual(t, s.Len(), members, name)
		rosterOf(t, s, profile(t, "coverage"), WriteOptions{All: true})
		s.Close()
	}
}

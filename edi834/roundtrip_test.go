package edi834

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/synth"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// sample is a file to go there and back.
type sample struct {
	name string
	src  []byte
	note string // of the manifest
}

// corpus returns the files of the corpus that hold an 834 of the guide, with the last columns of the manifest.
func corpus(t testing.TB) []sample {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		return nil
	}
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	defer f.Close()
	rd := csv.NewReader(f)
	rd.Comma, rd.LazyQuotes, rd.FieldsPerRecord = '\t', true, -1
	rows, err := rd.ReadAll()
	require.NoError(t, err)
	var list []sample
	for _, row := range rows {
		if !strings.HasPrefix(row[0], "834/") || !strings.HasSuffix(row[0], ".edi") || !ts834.X220A1.Reads(row[2]) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		list = append(list, sample{row[0], src, strings.Join(row[3:], " ")})
	}
	require.GreaterOrEqual(t, len(list), 25)
	return list
}

// samples returns our files of a folder.
func samples(t testing.TB, folder string) []sample {
	files, err := filepath.Glob("../testdata/834/" + folder + "/*")
	require.NoError(t, err)
	var list []sample
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		list = append(list, sample{name: f[len("../testdata/"):], src: src})
	}
	return list
}

// whole reads all files of a stream, as lines of JSON.
func whole(src []byte) (list []*File, text string, err error) {
	var b []byte
	for f, err := range Files(bytes.NewReader(src)) {
		if err != nil {
			return list, string(b), err
		}
		list = append(list, f)
		b = append(f.AppendJSON(b), '\n')
	}
	return list, string(b), nil
}

// contents returns files without their envelopes as lines of JSON.
func contents(list []*File) string {
	var b []byte
	for _, f := range list {
		of := *f
		of.Envelope = Envelope{}
		b = append(of.AppendJSON(b), '\n')
	}
	return string(b)
}

// options returns what it takes to write files as they came.
func options(list []*File) []WriterOption {
	opts := []WriterOption{Verbatim()}
	if len(list) > 0 && list[0].Envelope.Interchange == (Interchange{}) {
		opts = append(opts, WithoutEnvelope())
	}
	return opts
}

// rewrite reads src step by step and writes it back.
func rewrite(src []byte, opts ...WriterOption) ([]byte, error) {
	var out bytes.Buffer
	w := NewWriter(&out, opts...)
	r := NewReader(bytes.NewReader(src))
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := w.Step(ev); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// bodies returns the canonical segments of the sets from ST to the one in front of SE, without the code under test.
func bodies(t testing.TB, src []byte) string {
	var b strings.Builder
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return b.String()
		}
		require.NoError(t, err)
		if r.Set() != nil && string(s.Name()) != "SE" {
			b.Write(x12.AppendCanonical(nil, s))
			b.WriteByte('\n')
		}
	}
}

// sameLines compares texts line by line and shows the first difference only.
func sameLines(t testing.TB, want, got string, what ...any) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		require.Equal(t, a[i], b[i], what...)
	}
	require.Equal(t, len(a), len(b), what...)
}

// apart puts each member of a JSON text on a line of its own.
func apart(b []byte) string { return strings.ReplaceAll(string(b), `,"`, ",\n\"") }

func official(list []sample) []sample {
	return slices.DeleteFunc(list, func(f sample) bool { return !strings.Contains(f.note, "official guide example") })
}

// TestOfficialExamples writes the examples of the guide without what they were made of: the segments are the same, but for
// an LX written with a zero in front.
func TestOfficialExamples(t *testing.T) {
	list := official(corpus(t))
	for _, f := range list {
		t.Run(f.name, func(t *testing.T) {
			list, _, err := whole(f.src)
			require.NoError(t, err)
			require.NotEmpty(t, list)
			var out bytes.Buffer
			w := NewWriter(&out, options(list)...)
			for _, s := range list {
				require.NoError(t, w.Write(s))
			}
			require.NoError(t, w.Close())
			sameLines(t, strings.ReplaceAll(bodies(t, f.src), "LX*01~\n", "LX*1~\n"), bodies(t, out.Bytes()))
		})
	}
	if os.Getenv("EDI_CORPUS") != "" {
		require.Len(t, list, 10)
	}
}

func TestRoundTrip(t *testing.T) {
	for group, list := range map[string][]sample{
		"valid": append(corpus(t), samples(t, "valid")...), "odd": samples(t, "odd"), "invalid": samples(t, "invalid"),
	} {
		for _, f := range list {
			t.Run(group+"/"+f.name, func(t *testing.T) { roundTrip(t, f.src, group) })
		}
	}
}

func roundTrip(t *testing.T, src []byte, group string) {
	list, want, err := whole(src)
	if err != nil {
		require.NotEqual(t, "valid", group)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue)
		return
	}
	opts := options(list)
	out, err := rewrite(src, opts...)
	if err != nil && group != "valid" { // an envelope that cannot be written
		opts = append(opts, WithoutEnvelope())
		out, err = rewrite(src, opts...)
	}
	require.NoError(t, err)
	again, got, err := whole(out)
	require.NoError(t, err)
	if len(opts) > 1 || group != "valid" { // faults of the envelope are not written back
		want, got = contents(list), contents(again)
	}
	if len(list) > 0 && list[0].Envelope.Group.Date.IsZero() { // no date: written with that of today
		want, got = contents(list), contents(again)
	}
	sameLines(t, apart([]byte(want)), apart([]byte(got)), "onto the base")
	if group == "valid" {
		sameLines(t, bodies(t, src), bodies(t, out))
	}

	var plain bytes.Buffer
	w := NewWriter(&plain, opts...)
	for _, s := range list {
		if err := w.Write(s); err != nil {
			require.NotEqual(t, "valid", group)
			var issue *x12.Issue
			require.ErrorAs(t, err, &issue)
			return
		}
	}
	require.NoError(t, w.Close())
	if nameless := func(m Member) bool { return m.Person.Role == "" }; group == "invalid" &&
		slices.ContainsFunc(list, func(f *File) bool { return slices.ContainsFunc(f.Members, nameless) }) {
		return // an NM1 without NM101 has no place
	}
	again, _, err = whole(plain.Bytes())
	require.NoError(t, err)
	sameLines(t, apart([]byte(contents(list))), apart([]byte(contents(again))), "without the base")
}

func TestJSON(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid"), samples(t, "odd"), samples(t, "invalid")) {
		list, _, _ := whole(f.src)
		for _, s := range list {
			got := string(s.AppendJSON(nil))
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			require.NoError(t, e.Encode(s))
			if !strings.Contains(got, "\uFEFF") { // encoding/json loses what is not UTF-8
				require.Equal(t, strings.TrimSuffix(b.String(), "\n"), got, f.name)
			}
			back := new(File)
			require.NoError(t, codec.Unmarshal([]byte(got), back), f.name)
			require.Equal(t, s, back, f.name)
		}
	}
}

// TestCompleteMembersStay has members that lack nothing: completing them changes nothing.
func TestCompleteMembersStay(t *testing.T) {
	for _, f := range append(official(corpus(t)), samples(t, "valid")...) {
		list, _, err := whole(f.src)
		require.NoError(t, err)
		for _, s := range list {
			full, err := s.Complete()
			require.NoError(t, err, f.name)
			full.Members = s.Members
			sameLines(t, apart(s.AppendJSON(nil)), apart(full.AppendJSON(nil)), f.name)
			for i := range s.Members {
				full, err := s.Members[i].Complete(s)
				require.NoError(t, err, f.name)
				sameLines(t, apart(s.Members[i].AppendJSON(nil)), apart(full.AppendJSON(nil)), f.name)
			}
		}
	}
}

func TestMembersAndFilesAgree(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid"), samples(t, "odd")) {
		list, _, err := whole(f.src)
		if err != nil {
			continue
		}
		var want, got []string
		for _, s := range list {
			for i := range s.Members {
				want = append(want, s.Reference+string(s.Members[i].AppendJSON(nil)))
			}
		}
		var members []*Member
		var heads []string
		rd := NewReader(bytes.NewReader(f.src), codec.WithReuse(), codec.WithBuffer(1024))
		for m, err := range rd.Members() {
			require.NoError(t, err)
			members = append(members, m) // theirs is the memory: read them all before looking
			heads = append(heads, rd.File().Reference)
		}
		for i, m := range members {
			got = append(got, heads[i]+string(m.AppendJSON(nil)))
		}
		require.Equal(t, want, got, f.name)
	}
}

// TestSynthetic takes invented files there and back, lacking nothing and with dependents linked where their subscriber is
// in the file.
func TestSynthetic(t *testing.T) {
	for i, action := range []synth.Action{synth.Verify, synth.Replace, synth.Change} {
		src := synthetic(t, synth.Options{Action: action, Members: 300, Seed: uint64(40 + i)})
		roundTrip(t, src, "valid")
		list, _, err := whole(src)
		require.NoError(t, err)
		linked, alone := 0, 0
		for _, f := range list {
			require.Equal(t, action != synth.Change, f.Replaces())
			for k := range f.Members {
				full, err := f.Members[k].Complete(f)
				require.NoError(t, err)
				sameLines(t, apart(f.Members[k].AppendJSON(nil)), apart(full.AppendJSON(nil)))
			}
			for _, family := range f.Families() {
				if family.Subscriber != nil {
					linked += len(family.Dependents)
				} else {
					alone += len(family.Dependents)
				}
			}
			var out bytes.Buffer
			w := NewWriter(&out)
			require.NoError(t, w.Write(f))
			require.NoError(t, w.Close())
			require.Empty(t, findings(t, out.Bytes()))
		}
		require.Positive(t, linked)
		if f := list[0]; f.Replaces() {
			require.Zero(t, alone)
		}
		rd := NewReader(bytes.NewReader(src))
		for m, err := range rd.Members() {
			require.NoError(t, err)
			if !m.IsSubscriber() && rd.Subscriber() != nil {
				require.Equal(t, m.SubscriberID, rd.Subscriber().SubscriberID)
				linked--
			}
		}
		require.Zero(t, linked, "linked as the whole file tells")
	}
}

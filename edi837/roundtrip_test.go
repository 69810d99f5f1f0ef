package edi837

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

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// sample is a file to go there and back.
type sample struct {
	name string
	src  []byte
	note string // of the manifest
}

// corpus returns the files of the corpus that hold an 837 of a guide known here, with the last column of the manifest.
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
		if !strings.HasPrefix(row[0], "837") || !strings.HasSuffix(row[0], ".edi") || KindOf(row[2]) == "" {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		list = append(list, sample{row[0], src, strings.Join(row[3:], " ")})
	}
	return list
}

// samples returns our files of a folder.
func samples(t testing.TB, folder string) []sample {
	files, err := filepath.Glob("../testdata/837/" + folder + "/*")
	require.NoError(t, err)
	var list []sample
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		list = append(list, sample{name: f[len("../testdata/"):], src: src})
	}
	return list
}

// whole reads all submissions, as lines of JSON.
func whole(src []byte) (list []*Submission, text string, err error) {
	var b []byte
	for s, err := range Submissions(bytes.NewReader(src)) {
		if err != nil {
			return list, string(b), err
		}
		list = append(list, s)
		b = append(s.AppendJSON(b), '\n')
	}
	return list, string(b), nil
}

// contents returns the claims of submissions as lines of JSON.
func contents(list []*Submission) string {
	var b []byte
	for _, s := range list {
		for i := range s.Claims {
			b = append(s.Claims[i].AppendJSON(b), '\n')
		}
	}
	return string(b)
}

// options returns what it takes to write submissions as they came.
func options(list []*Submission) []WriterOption {
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
func bodies(t *testing.T, src []byte) string {
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
func sameLines(t *testing.T, want, got string, what ...any) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && i+1 < min(len(a), len(b)) {
			t.Log(a[i+1], "|", b[i+1])
		}
		require.Equal(t, a[i], b[i], what...)
	}
	require.Equal(t, len(a), len(b), what...)
}

func TestOfficialExamples(t *testing.T) {
	n := map[Kind]int{}
	for _, f := range corpus(t) {
		if !strings.Contains(f.note, "official guide example") {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			list, _, err := whole(f.src)
			require.NoError(t, err)
			var out bytes.Buffer
			w := NewWriter(&out, options(list)...)
			for _, s := range list {
				n[s.Kind()]++
				require.NoError(t, w.Write(s))
			}
			require.NoError(t, w.Close())
			sameLines(t, bodies(t, f.src), bodies(t, out.Bytes()))
		})
	}
	t.Log(n)
}

func TestRoundTrip(t *testing.T) {
	groups := map[string][]sample{
		"valid":   append(corpus(t), samples(t, "valid")...),
		"odd":     samples(t, "odd"),
		"invalid": samples(t, "invalid"),
	}
	for group, list := range groups {
		require.True(t, len(list) > 20, group)
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
	sameLines(t, want, got, "onto the base")
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
	again, _, err = whole(plain.Bytes())
	require.NoError(t, err)
	sameLines(t, contents(list), contents(again), "without the base")
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
			back := new(Submission)
			require.NoError(t, codec.Unmarshal([]byte(got), back), f.name)
			require.Equal(t, s, back, f.name)
		}
	}
}

// TestCompleteClaimsStay has claims that lack nothing: completing them changes nothing.
func TestCompleteClaimsStay(t *testing.T) {
	list := samples(t, "valid")
	for _, f := range corpus(t) {
		if strings.Contains(f.note, "official guide example") {
			list = append(list, f)
		}
	}
	require.True(t, len(list) > 20)
	for _, f := range list {
		subs, _, err := whole(f.src)
		require.NoError(t, err)
		for _, s := range subs {
			full, err := s.Complete()
			if err != nil {
				t.Error(f.name, err)
				continue
			}
			full.Claims = s.Claims
			sameLines(t, apart(s.AppendJSON(nil)), apart(full.AppendJSON(nil)), f.name)
			for i := range s.Claims {
				full, err := s.Claims[i].Complete()
				if r := &s.Claims[i].Dates.Statement; !r.IsZero() && r.To.IsZero() {
					r.To = r.From // an official example has one day where the guide wants a range
				}
				if err != nil {
					t.Error(f.name, s.Claims[i].ControlNumber, err)
					continue
				}
				if apart(s.Claims[i].AppendJSON(nil)) != apart(full.AppendJSON(nil)) {
					t.Error(f.name, s.Claims[i].ControlNumber, "changed")
				}
			}
		}
	}
}

func TestClaimsAndSubmissionsAgree(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid"), samples(t, "odd")) {
		list, _, err := whole(f.src)
		if err != nil {
			continue
		}
		var want, got []string
		for _, s := range list {
			for i := range s.Claims {
				want = append(want, s.Reference+string(s.Claims[i].AppendJSON(nil)))
			}
		}
		var claims []*Claim
		var heads []string
		rd := NewReader(bytes.NewReader(f.src), codec.WithReuse(), codec.WithBuffer(1024))
		for c, err := range rd.Claims() {
			require.NoError(t, err)
			claims = append(claims, c) // theirs is the memory: read them all before looking
			heads = append(heads, rd.Submission().Reference)
		}
		for i, c := range claims {
			got = append(got, heads[i]+string(c.AppendJSON(nil)))
		}
		require.Equal(t, want, got, f.name)
	}
}

func TestLimits(t *testing.T) {
	src := lot(t, 200)
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Submissions() {
		require.ErrorIs(t, err, x12.ErrLimit)
	}
	n := 0
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Claims() {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 200, n)
}

// TestPatientFallsBack asks for the patient of claims with and without one.
func TestPatientFallsBack(t *testing.T) {
	c := small(Professional, "1")
	c.Subscriber.Relationship = "18"
	require.Equal(t, "JANE", c.PatientPerson().First)
	require.Equal(t, "18", c.PatientRelationship())
	child(c, "ANN")
	require.Equal(t, "ANN", c.PatientPerson().First)
	require.Equal(t, "19", c.PatientRelationship())
	require.Equal(t, "2026-01-12", c.ServiceFrom().String())
	require.Equal(t, "2026-01-12", c.Services[0].To(c).String())
	require.Empty(t, c.TypeOfBill())
	i := small(Institutional, "1")
	i.Frequency = "1"
	require.Equal(t, "0111", i.TypeOfBill())
	require.Equal(t, "2026-01-12", i.Services[0].From(i).String())
	require.Equal(t, "2026-01-12", i.ServiceTo().String())
	require.True(t, i.Services[0].From(nil).IsZero())
}

package edi270

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

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// sample is a file to go there and back.
type sample struct {
	name string
	src  []byte
	note string // of the manifest
}

// corpus returns the files of the corpus that hold a 270 of the guide known here, with the last columns of the manifest.
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
		if !strings.HasPrefix(row[0], "270/") && !strings.HasPrefix(row[0], "bad/270-") || !ts270.X279A1.Reads(row[2]) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		list = append(list, sample{row[0], src, strings.Join(row[3:], " ")})
	}
	require.NotEmpty(t, list)
	return list
}

// samples returns our files of a folder.
func samples(t testing.TB, folder string) []sample {
	files, err := filepath.Glob("testdata/" + folder + "/*.edi")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var list []sample
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		list = append(list, sample{name: filepath.Base(f), src: src})
	}
	return list
}

// whole reads all requests, as lines of JSON.
func whole(src []byte) (list []*Request, text string, err error) {
	var b []byte
	for r, err := range Requests(bytes.NewReader(src)) {
		if err != nil {
			return list, string(b), err
		}
		list = append(list, r)
		b = append(r.AppendJSON(b), '\n')
	}
	return list, string(b), nil
}

// contents returns the inquiries of requests as lines of JSON.
func contents(list []*Request) string {
	var b []byte
	for _, r := range list {
		for i := range r.Inquiries {
			b = append(r.Inquiries[i].AppendJSON(b), '\n')
		}
	}
	return string(b)
}

// options returns what it takes to write requests as they came.
func options(list []*Request) []WriterOption {
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

// delimiters returns those of the first interchange.
func delimiters(t *testing.T, src []byte) x12.Delimiters {
	r := x12.NewReader(bytes.NewReader(src))
	_, err := r.Read()
	require.NoError(t, err)
	return r.Interchange().Delims
}

// sameLines compares texts line by line and shows the first difference only.
func sameLines(t *testing.T, want, got string, what ...any) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		require.Equal(t, a[i], b[i], what...)
	}
	require.Equal(t, len(a), len(b), what...)
}

// TestOfficialExamples takes the examples of the guide through the domain without their exact structs: the same segments come
// out.
func TestOfficialExamples(t *testing.T) {
	n := 0
	for _, f := range corpus(t) {
		if !strings.Contains(f.note, "official guide example") {
			continue
		}
		n++
		t.Run(f.name, func(t *testing.T) {
			list, _, err := whole(f.src)
			require.NoError(t, err)
			var out bytes.Buffer
			w := NewWriter(&out, append(options(list), WithDelimiters(delimiters(t, f.src)))...)
			for _, s := range list {
				require.NoError(t, w.Write(s))
			}
			require.NoError(t, w.Close())
			sameLines(t, bodies(t, f.src), bodies(t, out.Bytes()))
		})
	}
	if os.Getenv("EDI_CORPUS") != "" {
		require.Equal(t, 2, n)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid")) {
		t.Run(f.name, func(t *testing.T) { roundTrip(t, f.src, true) })
	}
	for _, f := range samples(t, "odd") {
		t.Run("odd/"+f.name, func(t *testing.T) { roundTrip(t, f.src, false) })
	}
}

// roundTrip holds that a rewrite step by step is the same to the segment, and one of whole requests the same in content.
func roundTrip(t *testing.T, src []byte, valid bool) {
	list, want, err := whole(src)
	require.NoError(t, err)
	opts := options(list)
	out, err := rewrite(src, opts...)
	require.NoError(t, err)
	again, got, err := whole(out)
	require.NoError(t, err)
	if len(opts) > 1 {
		want, got = contents(list), contents(again)
	}
	sameLines(t, want, got, "onto the base")
	if valid {
		sameLines(t, bodies(t, src), bodies(t, out))
	}

	var plain bytes.Buffer
	w := NewWriter(&plain, opts...)
	for _, s := range list {
		require.NoError(t, w.Write(s))
	}
	require.NoError(t, w.Close())
	again, _, err = whole(plain.Bytes())
	require.NoError(t, err)
	sameLines(t, contents(list), contents(again), "without the base")
}

func TestJSON(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid"), samples(t, "odd")) {
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
			back := new(Request)
			require.NoError(t, codec.Unmarshal([]byte(got), back), f.name)
			require.Equal(t, s, back, f.name)
		}
	}
}

func TestInquiriesAndRequestsAgree(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid"), samples(t, "odd")) {
		list, _, err := whole(f.src)
		require.NoError(t, err)
		var want, got []string
		for _, s := range list {
			for i := range s.Inquiries {
				want = append(want, s.Reference+string(s.Inquiries[i].AppendJSON(nil)))
			}
		}
		var all []*Inquiry
		var heads []string
		rd := NewReader(bytes.NewReader(f.src), codec.WithReuse(), codec.WithBuffer(1024))
		for c, err := range rd.Inquiries() {
			require.NoError(t, err)
			all = append(all, c) // theirs is the memory: read them all before looking
			heads = append(heads, rd.Request().Reference)
		}
		for i, c := range all {
			got = append(got, heads[i]+string(c.AppendJSON(nil)))
		}
		require.Equal(t, want, got, f.name)
	}
}

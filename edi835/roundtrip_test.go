package edi835

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
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
}

// samples returns our files of a folder and those of the corpus.
func samples(t testing.TB, folder, corpus string) []sample {
	files, err := filepath.Glob("../testdata/835/" + folder + "/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	if dir := os.Getenv("EDI_CORPUS"); dir != "" {
		more, err := filepath.Glob(filepath.Join(dir, corpus))
		require.NoError(t, err)
		files = append(files, more...)
	}
	var list []sample
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		list = append(list, sample{filepath.Base(f), src})
	}
	return list
}

// whole reads all remittances, as lines of JSON.
func whole(src []byte) (list []*Remittance, text string, err error) {
	var b []byte
	for r, err := range NewReader(bytes.NewReader(src)).Remittances() {
		if err != nil {
			return list, string(b), err
		}
		list = append(list, r)
		b = append(r.AppendJSON(b), '\n')
	}
	return list, string(b), nil
}

// contents returns remittances as lines of JSON, without their envelopes.
func contents(list []*Remittance) string {
	var b []byte
	for _, r := range list {
		inner := *r
		inner.Envelope = Envelope{}
		b = append(inner.AppendJSON(b), '\n')
	}
	return string(b)
}

// options returns what it takes to write remittances as they came.
func options(list []*Remittance) []WriterOption {
	opts := []WriterOption{AllowUnbalanced()}
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

// bodies returns the canonical segments from ST to the one in front of SE, without the code under test.
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
		}
	}
}

func TestRoundTrip(t *testing.T) {
	groups := map[string][]sample{
		"valid":   samples(t, "valid", "835/*.edi"),
		"odd":     samples(t, "odd", "bad/*835*"),
		"invalid": samples(t, "invalid", "bad/*835*"),
	}
	for group, list := range groups {
		for _, f := range list {
			t.Run(group+"/"+f.name, func(t *testing.T) {
				list, want, err := whole(f.src)
				if err != nil {
					require.NotEqual(t, "valid", group)
					var issue *x12.Issue
					require.ErrorAs(t, err, &issue)
					return
				}
				opts := options(list)
				out, err := rewrite(f.src, opts...)
				if err != nil && group != "valid" { // an envelope that cannot be written
					opts = append(opts, WithoutEnvelope())
					out, err = rewrite(f.src, opts...)
				}
				require.NoError(t, err)
				again, got, err := whole(out)
				require.NoError(t, err)
				if group != "valid" { // faults of the envelope are not written back
					want, got = contents(list), contents(again)
				}
				require.Equal(t, want, got, "onto the base")
				if group == "valid" {
					require.Equal(t, bodies(t, f.src), bodies(t, out))
				}

				var plain bytes.Buffer
				w := NewWriter(&plain, opts...)
				for _, r := range list {
					require.NoError(t, w.Write(r))
				}
				require.NoError(t, w.Close())
				if group != "valid" {
					return
				}
				_, got, err = whole(plain.Bytes())
				require.NoError(t, err)
				require.Equal(t, want, got, "without the base")
			})
		}
	}
}

// TestOfficialExamples takes the examples of the guide through the domain alone.
func TestOfficialExamples(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	defer f.Close()
	rd := csv.NewReader(f)
	rd.Comma, rd.LazyQuotes, rd.FieldsPerRecord = '\t', true, -1
	rows, err := rd.ReadAll()
	require.NoError(t, err)
	n := 0
	for _, row := range rows {
		if !strings.HasPrefix(row[0], "835/") || !strings.Contains(row[len(row)-1], "official guide example") {
			continue
		}
		n++
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		t.Run(filepath.Base(row[0]), func(t *testing.T) {
			list, _, err := whole(src)
			require.NoError(t, err)
			var out bytes.Buffer
			w := NewWriter(&out, options(list)...)
			for _, r := range list {
				require.NoError(t, w.Write(r))
			}
			require.NoError(t, w.Close())
			require.Equal(t, bodies(t, src), bodies(t, out.Bytes()))
		})
	}
	require.NotZero(t, n)
}

func TestClaimsAndRemittancesAgree(t *testing.T) {
	for _, f := range samples(t, "valid", "835/*.edi") {
		list, _, err := whole(f.src)
		require.NoError(t, err)
		var want, got []byte
		var totals []RemittanceTotals
		for _, r := range list {
			totals = append(totals, r.Totals())
			for i := range r.Groups {
				for k := range r.Groups[i].Claims {
					want = r.Groups[i].Claims[k].AppendJSON(append(want, r.Trace.Number+r.Groups[i].Number.String()...))
				}
			}
		}
		var claims []*Claim
		var heads []string
		rd := NewReader(bytes.NewReader(f.src), codec.WithReuse(), codec.WithBuffer(1024))
		for c, err := range rd.Claims() {
			require.NoError(t, err)
			claims = append(claims, c) // theirs is the memory: read them all before looking
			heads = append(heads, rd.Remittance().Trace.Number+rd.Group().Number.String())
		}
		for i, c := range claims {
			got = c.AppendJSON(append(got, heads[i]...))
		}
		require.Equal(t, string(want), string(got), f.name)
		if len(list) > 0 {
			require.Equal(t, totals[len(totals)-1].Paid.String(), rd.Totals().Paid.String())
			last := list[len(list)-1]
			last.Groups = nil
			require.Equal(t, last, rd.Remittance())
		}
	}
}

func TestJSON(t *testing.T) {
	for _, f := range append(samples(t, "valid", "835/*.edi"), samples(t, "odd", "835/*.edi")...) {
		list, _, _ := whole(f.src)
		for _, r := range list {
			got := string(r.AppendJSON(nil))
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			require.NoError(t, e.Encode(r))
			if !strings.Contains(got, "\uFEFF") { // encoding/json loses what is not UTF-8
				require.Equal(t, strings.TrimSuffix(b.String(), "\n"), got, f.name)
			}
			back := new(Remittance)
			require.NoError(t, codec.Unmarshal([]byte(got), back), f.name)
			require.Equal(t, got, string(back.AppendJSON(nil)), f.name)
			require.Equal(t, r, back, f.name)
			var wire, again bytes.Buffer // both write the same bytes, whatever the charset
			w := NewWriter(&wire, options(list)...)
			require.NoError(t, w.Write(r))
			require.NoError(t, w.Close())
			w = NewWriter(&again, options(list)...)
			require.NoError(t, w.Write(back))
			require.NoError(t, w.Close())
			require.Equal(t, wire.String(), again.String(), f.name)
		}
	}
}

func TestLimits(t *testing.T) {
	src, err := os.ReadFile("../testdata/835/valid/synth-200-claims.edi")
	require.NoError(t, err)
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Remittances() {
		require.ErrorIs(t, err, x12.ErrLimit)
	}
	n := 0
	for _, err := range NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: 5000})).Claims() {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 200, n)
}

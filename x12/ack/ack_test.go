package ack

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite the documents and the expected files")

// folders are the samples of acknowledgments in testdata.
var folders = []string{"999", "997", "277ca", "ta1"}

// samples returns the samples of a kind of all sets by name, "999/file.edi", and those of EDI_CORPUS for the kind "corpus".
func samples(t testing.TB, kind string) map[string][]byte {
	out := map[string][]byte{}
	for _, folder := range folders {
		pattern := filepath.Join("..", "..", "testdata", folder, kind, "*.edi")
		if kind == "corpus" {
			if os.Getenv("EDI_CORPUS") == "" {
				continue
			}
			pattern = filepath.Join(os.Getenv("EDI_CORPUS"), folder, "*.edi")
		}
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, f := range files {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			out[folder+"/"+filepath.Base(f)] = src
		}
	}
	return out
}

// everything is all samples.
func everything(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	for _, kind := range []string{"valid", "invalid", "odd", "corpus"} {
		for name, src := range samples(t, kind) {
			out[kind+"/"+name] = src
		}
	}
	return out
}

// there takes a struct to the domain and back onto itself, which changes nothing; and on to X12 without it and to the
// domain again, which says the same.
func there[D, W any, P interface {
	*D
	AppendJSON([]byte) []byte
}](t *testing.T, w *W, from func(*W) *D, to func(*D, *W) (*W, error)) {
	t.Helper()
	d := from(w)
	onto, err := to(d, w)
	require.NoError(t, err)
	require.Equal(t, w, onto)
	text := P(d).AppendJSON(nil)
	require.True(t, json.Valid(text))
	plain, err := json.Marshal(d)
	require.NoError(t, err)
	if utf8.Valid(text) && !bytes.Contains(text, []byte("\uFEFF")) {
		require.JSONEq(t, string(plain), string(text))
	}
	var read D
	require.NoError(t, codec.Unmarshal(text, &read))
	without, err := to(&read, nil)
	require.NoError(t, err)
	require.Equal(t, string(text), string(P(from(without)).AppendJSON(nil)))
}

// roundTrip takes all sets of a stream there and back.
func roundTrip(t *testing.T, src []byte) (sets int) {
	limits := codec.WithLimits(x12.Limits{UnitBytes: 1 << 18, SetBytes: 1 << 20})
	for set, err := range ts999.NewReader(bytes.NewReader(src), limits).Sets() {
		if err != nil {
			break
		}
		sets++
		there(t, set, FunctionalFrom999, FunctionalTo999)
	}
	for set, err := range ts997.NewReader(bytes.NewReader(src), limits).Sets() {
		if err != nil {
			break
		}
		sets++
		there(t, set, FunctionalFrom997, FunctionalTo997)
	}
	for set, err := range ts277ca.NewReader(bytes.NewReader(src), limits).Sets() {
		if err != nil {
			break
		}
		sets++
		there(t, set, ReportFromWire, ReportToWire)
	}
	return sets
}

func TestRoundTrip(t *testing.T) {
	n := 0
	for name, src := range everything(t) {
		t.Run(name, func(t *testing.T) { n += roundTrip(t, src) })
	}
	require.Greater(t, n, 110)
}

// FuzzDomain takes what can be read of any bytes to the domain and back.
func FuzzDomain(f *testing.F) {
	for _, kind := range []string{"valid", "odd"} {
		for _, src := range samples(f, kind) {
			if len(src) < 8<<10 {
				f.Add(src)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 64<<10 {
			return
		}
		for _, err := range Acknowledgments(bytes.NewReader(src)) {
			if err != nil {
				break
			}
		}
		roundTrip(t, src)
	})
}

// TestReader holds the reader of everything against those of one set each.
func TestReader(t *testing.T) {
	for name, src := range everything(t) {
		var want, got []string
		for set, err := range ts999.NewReader(bytes.NewReader(src)).Sets() {
			require.NoError(t, err)
			want = append(want, string(FunctionalFrom999(set).AppendJSON(nil)))
		}
		for set, err := range ts997.NewReader(bytes.NewReader(src)).Sets() {
			require.NoError(t, err)
			want = append(want, string(FunctionalFrom997(set).AppendJSON(nil)))
		}
		claims := 0
		for set, err := range ts277ca.NewReader(bytes.NewReader(src)).Sets() {
			require.NoError(t, err)
			want = append(want, string(ReportFromWire(set).AppendJSON(nil)))
			for _, s := range set.Sources {
				for _, r := range s.Receivers {
					for _, p := range r.Providers {
						for _, q := range p.Patients {
							claims += len(q.Claims)
						}
					}
				}
			}
		}
		answers := 0
		for a, err := range Acknowledgments(bytes.NewReader(src)) {
			require.NoError(t, err)
			switch {
			case a.TA1 != nil:
				answers++
				continue
			case a.Functional != nil:
				a.Functional.Envelope = Envelope{}
				got = append(got, string(a.Functional.AppendJSON(nil)))
			default:
				a.Claims.Envelope = Envelope{}
				got = append(got, string(a.Claims.AppendJSON(nil)))
			}
		}
		require.ElementsMatch(t, want, got, name)
		require.Equal(t, tokens(t, src, "TA1"), answers, name)
		rd := NewReader(bytes.NewReader(src))
		for c, err := range rd.Claims() {
			require.NoError(t, err)
			require.NotNil(t, c)
			require.NotNil(t, rd.At().Report)
			claims--
		}
		require.Zero(t, claims, name)
	}
}

// tokens counts the segments of an identifier that stand where TA1 may.
func tokens(t *testing.T, src []byte, id string) (n int) {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		if s.ID == x12.ID(id) && r.Set() == nil {
			n++
		}
	}
}

// one returns the one acknowledgment of a sample.
func one(t *testing.T, name string) *Acknowledgment {
	src, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
	require.NoError(t, err)
	var found *Acknowledgment
	for a, err := range Acknowledgments(bytes.NewReader(src)) {
		require.NoError(t, err)
		require.Nil(t, found)
		found = a
	}
	require.NotNil(t, found)
	return found
}

func TestFunctional(t *testing.T) {
	a := one(t, "999/valid/situations.edi").Functional
	require.Equal(t, GroupReference{"HC", "2031", "005010X222A1"}, a.Group)
	require.Equal(t, GroupResult{Status: Coded{"R", "Rejected"}, Included: 1, Received: 1}, a.Result)
	require.Equal(t, "LAKESIDE HEALTH", a.Envelope.Interchange.SenderID)
	require.Len(t, a.Sets, 1)
	s := &a.Sets[0]
	require.False(t, s.Accepted())
	require.Equal(t, []BusinessUnit{{"CLM01", "LK-20618"}, {"CLM01", "LK-20622"}}, s.Units())
	require.Equal(t, SegmentNote{
		Segment: "REF", Position: 46, Loop: "2300", Error: Coded{"I6", "Segment missing that the situation requires"},
		Units:    []BusinessUnit{{"CLM01", "LK-20618"}},
		Triggers: []Trigger{{Segment: "CLM", Position: 43, Loop: "2300", Place: Place{Element: 5, Component: 3}, DataElement: 1325}},
	}, s.Segments[0])
	e := s.Segments[1].Elements[1]
	require.Equal(t, Coded{"I13", "Element that the situation does not allow"}, e.Error)
	require.Equal(t, "0000000000", e.Value)
	require.Equal(t, 67, e.DataElement)
	require.Len(t, e.Triggers, 2)

	p := one(t, "999/valid/partial.edi").Functional
	require.Equal(t, []bool{true, true, false}, []bool{p.Sets[0].Accepted(), p.Sets[1].Accepted(), p.Sets[2].Accepted()})
	require.Equal(t, "Partly accepted, some sets were rejected", p.Result.Status.Meaning)
	require.Equal(t, 2, p.Result.Accepted)

	old := one(t, "997/valid/version-4010.edi").Functional
	require.Equal(t, "997", old.SetID)
	require.Equal(t, GroupReference{"HC", "2031", ""}, old.Group)
	require.Equal(t, Coded{"8", "Segment has elements in error"}, old.Sets[0].Segments[0].Error)

	// What a 999 says and a 997 cannot.
	_, err := SetTo997(s, nil)
	var issue *x12.Issue
	require.ErrorAs(t, err, &issue)
	require.Equal(t, codec.RuleNoPlace, issue.Rule)
	_, err = FunctionalTo999(&FunctionalAck{Group: GroupReference{ControlNumber: "A1"}}, nil)
	require.ErrorAs(t, err, &issue)
	require.NotContains(t, issue.Error(), "A1")
}

func TestClaims(t *testing.T) {
	r := one(t, "277ca/valid/institutional.edi").Claims
	require.Equal(t, "LK-ACK-0314", r.Reference)
	require.Equal(t, "HB-BATCH-0312", r.Sources[0].Receivers[0].Batch.Number)
	c := &r.Sources[0].Receivers[0].Providers[0].Patients[0].Claims[0]
	require.True(t, c.Rejected())
	require.Equal(t, "SB-7001", c.PatientControlNumber)
	require.Equal(t, "12840.75", c.Charge().String())
	require.Equal(t, "2026-02-27", c.ServiceDate.To.String())
	require.Equal(t, Coded{"A7", "Rejected: information invalid"}, c.Statuses[0].Reasons[0].Category)
	require.Equal(t, Coded{"228", "Type of bill"}, c.Statuses[0].Reasons[0].Status)
	require.Len(t, c.Lines, 2)
	require.Equal(t, Procedure{"HC", "J1885", []string{"JW"}}, c.Lines[1].Procedure)
	require.Len(t, c.Lines[1].Statuses[0].Reasons, 2)
	require.True(t, c.Lines[1].Statuses[0].Rejected())

	several := one(t, "277ca/valid/several-statuses.edi").Claims.Sources[0].Receivers[0].Providers[0].Patients[0].Claims[0]
	require.Len(t, several.Statuses[0].Reasons, 3)
	require.Equal(t, "SEE THE COMPANION GUIDE", several.Statuses[0].Message)
	accepted := one(t, "277ca/valid/accepted.edi").Claims.Sources[0].Receivers[0].Providers[0].Patients[0].Claims[0]
	require.False(t, accepted.Rejected())
	require.Equal(t, "26073000014", accepted.PayerControlNumber)

	// A line of a 277 can only be rejected, and has no date of its own status.
	for _, s := range []Status{{Action: Coded{Code: "WQ"}}, {Date: several.Statuses[0].Date}, {Charge: several.Statuses[0].Charge}} {
		_, err := PatientToWire(&PatientAck{Claims: []ClaimAck{{Lines: []LineAck{{Statuses: []Status{s}}}}}}, nil)
		require.Error(t, err)
	}
}

// TestTwoReceivers has more levels than the guide allows: the claims below them are read all the same.
func TestTwoReceivers(t *testing.T) {
	r := one(t, "277ca/invalid/two-receivers.edi").Claims
	require.Len(t, r.Sources[0].Receivers, 2)
	require.Equal(t, "LK-20417", r.Sources[0].Receivers[1].Providers[0].Patients[0].Claims[0].PatientControlNumber)
}

func TestTA1(t *testing.T) {
	a := one(t, "ta1/valid/rejected.edi").TA1
	require.False(t, a.Accepted())
	require.Equal(t, `{"controlNumber":"000002033","date":"2026-03-13","time":"17:04","status":{"code":"R","meaning":"Rejected"},`+
		`"note":{"code":"021","meaning":"Number of groups invalid"}}`, string(a.AppendJSON(nil)))
	for name, src := range everything(t) {
		r := x12.NewReader(bytes.NewReader(src))
		for {
			s, err := r.Read()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			v, ok := ParseTA1(s)
			if s.ID != x12.ID("TA1") || !ok {
				require.False(t, ok)
				continue
			}
			var out bytes.Buffer
			w := x12.NewWriter(&out, x12.WithDelimiters(s.Delims))
			require.ErrorIs(t, v.Write(w), x12.ErrOrder)
			require.NoError(t, w.BeginInterchange(&x12.Interchange{Seq: 1, ISA: r.Interchange().ISA}))
			from := w.Offset()
			require.NoError(t, v.Write(w))
			require.NoError(t, w.Flush())
			require.Equal(t, strings.TrimRight(string(s.Bytes()), string(s.Delims.Element)), strings.TrimSuffix(out.String()[from:], string(s.Delims.Segment)), name)
		}
	}
}

// TestCheckTA1 holds the checks against what the samples are invalid for, and the values against the fact table.
func TestCheckTA1(t *testing.T) {
	want := map[string]string{
		"code.edi": "element/code 4", "note.edi": "element/code 5", "date.edi": "element/date 2",
		"control-missing.edi": "element/missing 1", "too-many.edi": "element/too-many 6", "inside-group.edi": "",
	}
	for name, src := range samples(t, "invalid") {
		short, ok := strings.CutPrefix(name, "ta1/")
		if !ok {
			continue
		}
		var got []string
		r := x12.NewReader(bytes.NewReader(src))
		for s, err := r.Read(); err == nil; s, err = r.Read() {
			if s.ID == idTA1 {
				CheckTA1(s, func(i *x12.Issue) { got = append(got, i.Rule+" "+string(rune('0'+i.Element))) })
			}
		}
		require.Contains(t, want, short)
		require.Equal(t, want[short], strings.Join(got, "; "), name)
	}
	for name, src := range samples(t, "valid") {
		r := x12.NewReader(bytes.NewReader(src))
		for s, err := r.Read(); err == nil; s, err = r.Read() {
			if s.ID == idTA1 {
				CheckTA1(s, func(i *x12.Issue) { t.Error(name, i) })
			}
		}
	}
	dir := os.Getenv("EDI_FACTS")
	if dir == "" {
		t.Skip("EDI_FACTS is not set: no fact tables to compare with")
	}
	text, err := os.ReadFile(filepath.Join(dir, "guides", "ta1.tsv"))
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if !strings.HasPrefix(f[2], "TA1") || f[1] != "E" {
			continue
		}
		e := &ta1Table.Elements[n]
		n++
		require.Equal(t, []string{f[4], f[6], f[7], f[9], f[10], f[11]}, []string{
			string(rune(e.Usage)), e.Title, e.DE, itoa(e.Min), itoa(e.Max), strings.Join(e.Codes, ","),
		}, f[2])
		require.Equal(t, f[12], e.Ext, f[2])
	}
	require.Equal(t, len(ta1Table.Elements), n)
}

func itoa(n uint16) string {
	b, _ := json.Marshal(n)
	return string(b)
}

package edi834

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// FuzzDomain reads any bytes as members and takes what was read to X12 and to JSON and back.
func FuzzDomain(f *testing.F) {
	list := own(f)
	for _, folder := range []string{"valid", "odd", "invalid"} {
		list = append(list, samples(f, folder)...)
	}
	for _, s := range list {
		if len(s.src) < 1<<14 {
			f.Add(s.src)
		}
	}
	f.Fuzz(fuzzOne)
}

// fuzzOne takes one input there and back.
func fuzzOne(t *testing.T, src []byte) {
	n := 0
	rd := NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{UnitBytes: 1 << 16, SetBytes: 1 << 18}))
	for {
		ev, err := rd.Next()
		if err != nil {
			break
		}
		if ev.Kind == codec.Begin {
			there := ev.File.AppendJSON(nil)
			w, err := ToWire(ev.File, nil)
			require.NoError(t, err)
			again := FromWire(w)
			again.Envelope = ev.File.Envelope
			sameLines(t, apart(there), apart(again.AppendJSON(nil)))
		}
		if ev.Kind != codec.Unit {
			continue
		}
		if n++; n > 50 {
			break
		}
		m := ev.Member
		b := m.AppendJSON(nil)
		require.True(t, json.Valid(b))
		require.True(t, utf8.Valid(b))
		back := new(Member)
		require.NoError(t, codec.Unmarshal(b, back))
		sameLines(t, apart(b), apart(back.AppendJSON(nil)))
		if m.IsSubscriber() {
			require.Same(t, m, ev.Subscriber)
		}
		for i := range m.Coverages {
			m.Coverages[i].Begin()
			m.Coverages[i].End()
		}

		w, err := MemberToWire(m, nil)
		require.NoError(t, err)
		sameLines(t, apart(b), apart(MemberFromWire(w).AppendJSON(nil)))
		_, _ = m.Complete(ev.File)
		require.True(t, bytes.Equal(b, m.AppendJSON(nil)), "Complete changed the member")

		for _, opts := range [][]WriterOption{{WithoutEnvelope()}, {WithoutEnvelope(), Verbatim()}} {
			var out bytes.Buffer
			w := NewWriter(&out, opts...)
			f := head()
			f.Members = []Member{*m}
			if w.Write(f) == nil && w.Close() == nil {
				for _, err := range NewReader(&out).Members() {
					require.NoError(t, err)
				}
			}
		}
	}
	for _, opts := range [][]WriterOption{nil, {WithoutEnvelope()}} {
		_, _ = rewrite(src, opts...)
	}
}

// TestFuzzSeeds takes all samples there and back as the fuzzer does.
func TestFuzzSeeds(t *testing.T) {
	for _, f := range slices.Concat(own(t), corpus(t)) {
		fuzzOne(t, f.src)
	}
}

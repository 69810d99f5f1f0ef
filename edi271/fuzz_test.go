package edi271

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// FuzzDomain reads any bytes as responses and takes what was read to X12 and to JSON and back.
func FuzzDomain(f *testing.F) {
	for _, folder := range []string{"valid", "odd"} {
		for _, s := range samples(f, folder) {
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
		if ev.Response == nil {
			continue
		}
		if n++; n > 50 {
			break
		}
		c := ev.Response
		b := c.AppendJSON(nil)
		require.True(t, json.Valid(b))
		require.True(t, utf8.Valid(b))
		back := new(Response)
		require.NoError(t, codec.Unmarshal(b, back))
		sameLines(t, apart(b), apart(back.AppendJSON(nil)))
		c.Rejections()
		require.True(t, json.Valid(Summarize(c).AppendJSON(nil)))
		_ = Summarize(c).String()
		c.Subject()
		m, err := Merge(c, c, MergeOptions{})
		if err == nil {
			require.True(t, json.Valid(m.AppendJSON(nil)))
			require.Len(t, m.Conflicts, 0)
			require.GreaterOrEqual(t, len(m.Response.Benefits), len(c.Benefits))
		}

		p, err := ToWire(c, nil)
		require.NoError(t, err)
		if p.Dependent != nil {
			p.Subscriber.Level.Child = "1"
			if len(p.Subscriber.Subscriber.Rejections) > 0 {
				continue
			}
		}
		sameLines(t, apart(b), apart(FromWire(*p).AppendJSON(nil)))

		for _, opts := range [][]WriterOption{{WithoutEnvelope()}, {WithoutEnvelope(), Verbatim()}} {
			var out bytes.Buffer
			w := NewWriter(&out, opts...)
			s := &Reply{Responses: []Response{*c}}
			if w.Write(s) == nil && w.Close() == nil {
				for _, err := range NewReader(&out).Responses() {
					require.NoError(t, err)
				}
			}
		}
	}
	for _, opts := range [][]WriterOption{nil, {WithoutEnvelope()}} {
		_, _ = rewrite(src, opts...)
	}
}

// apart puts each member of a JSON text on a line of its own.
func apart(b []byte) string { return strings.ReplaceAll(string(b), `,"`, ",\n\"") }

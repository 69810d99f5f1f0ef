package edi837

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

// FuzzDomain reads any bytes as claims and takes what was read to X12 and to JSON and back.
func FuzzDomain(f *testing.F) {
	for _, folder := range []string{"valid", "odd", "invalid"} {
		for _, s := range samples(f, folder) {
			if len(s.src) < 1<<14 {
				f.Add(s.src)
			}
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
		if ev.Kind != codec.Unit {
			continue
		}
		if n++; n > 50 {
			break
		}
		c := ev.Claim
		b := c.AppendJSON(nil)
		require.True(t, json.Valid(b))
		require.True(t, utf8.Valid(b))
		back := new(Claim)
		require.NoError(t, codec.Unmarshal(b, back))
		sameLines(t, apart(b), apart(back.AppendJSON(nil)))
		c.ServiceFrom()
		c.TypeOfBill()

		p, err := ToWire(c, nil)
		require.NoError(t, err)
		patient := p.Patient
		again := FromWire(ev.Set, p.Billing, p.Subscriber, patient, p.Claim)
		sameLines(t, apart(b), apart(again.AppendJSON(nil)))

		for _, opts := range [][]WriterOption{{WithoutEnvelope()}, {WithoutEnvelope(), Verbatim()}} {
			var out bytes.Buffer
			w := NewWriter(&out, opts...)
			s := head()
			s.Claims = []Claim{*c}
			if w.Write(s) == nil && w.Close() == nil {
				for _, err := range NewReader(&out).Claims() {
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

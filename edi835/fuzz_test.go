package edi835

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// FuzzDomain reads any bytes as remittances and takes what was read to X12 and to JSON and back.
func FuzzDomain(f *testing.F) {
	for _, folder := range []string{"valid", "odd", "invalid"} {
		for _, s := range samples(f, folder, "none") {
			if len(s.src) < 1<<14 {
				f.Add(s.src)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n := 0
		rd := NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{UnitBytes: 1 << 16, SetBytes: 1 << 18}))
		for r, err := range rd.Remittances() {
			if err != nil {
				break
			}
			if n++; n > 50 {
				break
			}
			r.Balance()
			b := r.AppendJSON(nil)
			require.True(t, json.Valid(b))
			require.True(t, utf8.Valid(b))
			back := new(Remittance)
			require.NoError(t, codec.Unmarshal(b, back))
			require.Equal(t, string(b), string(back.AppendJSON(nil)))
			set, err := ToWire(r, nil)
			require.NoError(t, err)
			again := FromWire(set)
			again.Envelope = r.Envelope
			require.Equal(t, string(b), string(again.AppendJSON(nil)))

			var out bytes.Buffer
			w := NewWriter(&out, AllowUnbalanced())
			r.Envelope = Envelope{Interchange: Interchange{SenderID: "A", ReceiverID: "B"}}
			if w.Write(r) == nil && w.Close() == nil {
				for _, err := range NewReader(&out).Claims() {
					require.NoError(t, err)
				}
			}
		}
		for _, opts := range [][]WriterOption{{AllowUnbalanced()}, {AllowUnbalanced(), WithoutEnvelope()}} {
			_, _ = rewrite(src, opts...)
		}
	})
}

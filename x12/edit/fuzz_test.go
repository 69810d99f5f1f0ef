package edit_test

import (
	"errors"
	"io"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// FuzzSplit splits anything by any key: without a panic, with all claims in the parts, each byte for byte, and the same
// parts however few files may be open. Parts of clean input have no findings.
func FuzzSplit(f *testing.F) {
	for seed := range uint64(3) {
		text, _ := file837(seed, 2)
		f.Add([]byte(text), byte(seed), byte(1))
	}
	claim := "HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~"
	whole := envelope(set("0001", claim), set("0002", claim))
	f.Add([]byte(whole), byte(3), byte(2))
	f.Add([]byte(whole[:len(whole)-50]), byte(1), byte(1))
	f.Add([]byte(strings.ReplaceAll(whole, "HL*", "HL*9*9*23*")), byte(2), byte(1))
	f.Add([]byte(strings.ReplaceAll(whole, "GE*2*202~", "ST*834*1~INS*Y~SE*3*1~NTE*X~")), byte(3), byte(1))
	f.Add([]byte(set("0001", claim)), byte(1), byte(1))
	f.Add([]byte(whole+envelope(set835("0001", party("1", "", "FI*1"), 3, 9), set835("0002", "", 1, 1))), byte(1), byte(3))
	f.Fuzz(func(t *testing.T, data []byte, key, n byte) {
		if len(data) > 1<<15 {
			return
		}
		by := []edit.By{edit.BySet(), edit.ByClaims(int64(n)), edit.ByBillingNPI(), edit.ByPayer()}[key%4]
		m, res, err := fuzzSplit(t, data, edit.Options{By: by, Newline: n%2 == 0})
		var issue *x12.Issue
		var kind *edit.SetTypeError
		if errors.As(err, &issue) || errors.As(err, &kind) {
			return
		}
		require.NoError(t, err)
		again, res2, err := fuzzSplit(t, data, edit.Options{By: by, Newline: n%2 == 0, MaxOpen: 1})
		require.NoError(t, err)
		require.Equal(t, res, res2)
		require.Equal(t, m.all(), again.all())
		want, clean := fuzzClaims(string(data))
		if !clean {
			return
		}
		var got []string
		for _, name := range m.names() {
			claims, clean := fuzzClaims(m.text(name))
			require.True(t, clean, "%s of clean input has findings", name)
			got = append(got, claims...)
		}
		sort.Strings(want)
		sort.Strings(got)
		require.Equal(t, want, got)
	})
}

func fuzzSplit(t *testing.T, data []byte, o edit.Options) (*memory, edit.Result, error) {
	m := newMemory()
	o.Sink = func(i *x12.Issue) bool {
		require.NotEmpty(t, i.Rule)
		require.NotZero(t, i.Severity)
		return true
	}
	res, err := edit.Split(x12.NewReader(strings.NewReader(string(data))), m, o)
	require.Zero(t, m.open)
	return m, res, err
}

// fuzzClaims returns the claims as they stand, and whether the reader found nothing.
func fuzzClaims(text string) (claims []string, clean bool) {
	clean = true
	rd := x12.NewReader(strings.NewReader(text), x12.WithSink(func(i *x12.Issue) bool {
		clean = false
		return true
	}))
	in := false
	for {
		s, err := rd.Read()
		if err != nil {
			return claims, clean && err == io.EOF
		}
		switch s.ID.String() {
		case "CLM", "CLP":
			claims, in = append(claims, ""), true
		case "HL", "ST", "SE", "GS", "GE", "ISA", "IEA":
			in = false
		}
		if in {
			claims[len(claims)-1] += string(s.Bytes()) + string(s.Delims.Segment)
		}
	}
}

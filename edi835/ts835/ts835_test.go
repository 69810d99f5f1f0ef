package ts835_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// rewrite reads src through the structs and writes it back.
func rewrite(src []byte, sink x12.Sink) ([]byte, error) {
	var out bytes.Buffer
	w := x12.NewWriter(&out)
	tw := ts835.NewWriter(w)
	r := ts835.NewReader(bytes.NewReader(src), codec.WithSink(sink))
	var inter *x12.Interchange
	var group *x12.Group
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch ev.Kind {
		case codec.Begin:
			if ev.Env.Interchange != inter {
				if inter != nil {
					if err := w.EndGroup(); err != nil {
						return nil, err
					}
					if err := w.EndInterchange(); err != nil {
						return nil, err
					}
				}
				inter, group = ev.Env.Interchange, nil
				if err := w.BeginInterchange(inter); err != nil {
					return nil, err
				}
			}
			if ev.Env.Group != group {
				if group != nil {
					if err := w.EndGroup(); err != nil {
						return nil, err
					}
				}
				group = ev.Env.Group
				if err := w.BeginGroup(group); err != nil {
					return nil, err
				}
			}
			if err := tw.Begin(ev.Set); err != nil {
				return nil, err
			}
		case codec.Enter:
			if err := tw.HeaderGroup(ev.HeaderGroup); err != nil {
				return nil, err
			}
		case codec.Unit:
			if err := tw.ClaimPayment(ev.ClaimPayment); err != nil {
				return nil, err
			}
		case codec.End:
			if err := tw.End(ev.Set); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// canon is the canonical form, made without the code under test: trailing empty elements and components dropped.
func canon(t *testing.T, src []byte) string {
	var b strings.Builder
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return b.String()
		}
		require.NoError(t, err)
		seg := string(x12.AppendCanonical(nil, s))
		switch id := s.ID.String(); id { // trailers carry the count as an integer and the control number of the header
		case "SE", "GE", "IEA":
			sep := string(s.Delims.Element)
			control := map[string]func() string{
				"SE": func() string { return r.Set().Control }, "GE": func() string { return r.Group().Control() },
				"IEA": func() string { return r.Interchange().Control() },
			}[id]()
			seg = id + sep + strings.TrimLeft(string(s.Elem(1)), "0") + sep + control + string(s.Delims.Segment)
		}
		b.WriteString(seg)
	}
}

func TestRoundTripCorpus(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "835", "*.edi"))
	require.NoError(t, err)
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		t.Run(filepath.Base(f), func(t *testing.T) {
			out, err := rewrite(src, func(i *x12.Issue) bool { t.Log(i); return true })
			require.NoError(t, err)
			require.Equal(t, canon(t, src), string(out))
		})
	}
}

func TestRoundTripOwn(t *testing.T) {
	for _, dir := range []string{"valid", "odd", "invalid"} {
		files, err := filepath.Glob("../../testdata/835/" + dir + "/*")
		require.NoError(t, err)
		for _, f := range files {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			t.Run(dir+"/"+filepath.Base(f), func(t *testing.T) {
				out, err := rewrite(src, func(i *x12.Issue) bool { t.Log(i); return true })
				if dir == "valid" {
					require.NoError(t, err)
					require.Equal(t, canon(t, src), string(out))
				}
			})
		}
	}
}

package ts835_test

import (
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// pkg is the package under test.
func pkg() *x12test.Package {
	return &x12test.Package{
		Set: "835", GS: "HP", Corpus: []string{"835"}, Tables: []*guide.Table{ts835.X221A1}, Unordered: claimsBehindTrailer,
		Read: func(src []byte, opts ...codec.Option) x12test.Reader {
			return &steps{r: ts835.NewReader(strings.NewReader(string(src)), opts...)}
		},
	}
}

// throughJSON is the package with each struct written as JSON and read back on the way.
func throughJSON() *x12test.Package {
	p := pkg()
	read := p.Read
	p.Read = func(src []byte, opts ...codec.Option) x12test.Reader {
		s := read(src, opts...).(*steps)
		s.json = true
		return s
	}
	return p
}

// wholeSets is the package with whole sets read and written.
func wholeSets() *x12test.Package {
	p := pkg()
	read := p.Read
	p.Read = func(src []byte, opts ...codec.Option) x12test.Reader {
		next, stop := iter.Pull2(ts835.NewReader(strings.NewReader(string(src)), opts...).Sets())
		return &whole{steps: read(src, opts...).(*steps), next: next, stop: stop}
	}
	return p
}

// steps reads and writes step by step.
type steps struct {
	r    *ts835.Reader
	w    *ts835.Writer
	ev   *ts835.Event
	json bool
}

func (s *steps) Next() (codec.Kind, codec.Env, error) {
	ev, err := s.r.Next()
	if err != nil {
		return 0, codec.Env{}, err
	}
	s.ev = ev
	return ev.Kind, ev.Env, nil
}

func (s *steps) To(w *x12.Writer) { s.w = ts835.NewWriter(w) }

func (s *steps) Write() error {
	switch s.ev.Kind {
	case codec.Begin:
		return write(s, s.ev.Set, s.w.Begin)
	case codec.Enter:
		return write(s, s.ev.HeaderGroup, s.w.HeaderGroup)
	case codec.Unit:
		return write(s, s.ev.ClaimPayment, s.w.ClaimPayment)
	case codec.End:
		return write(s, s.ev.Set, s.w.End)
	}
	return nil
}

// write writes v, through JSON if s says so.
func write[T any, P interface {
	*T
	AppendJSON([]byte) []byte
}](s *steps, v P, to func(P) error) (err error) {
	if s.json {
		if v, err = x12test.ThroughJSON(v); err != nil {
			return err
		}
	}
	return to(v)
}

// whole reads and writes whole sets; its steps only tell where they stand.
type whole struct {
	*steps
	next func() (*ts835.RemittanceAdvice, error, bool)
	stop func()
}

func (s *whole) Next() (codec.Kind, codec.Env, error) {
	kind, env, err := s.steps.Next()
	if err != nil {
		s.stop()
	}
	return kind, env, err
}

func (s *whole) Write() error {
	if s.ev.Kind != codec.End {
		return nil
	}
	set, err, _ := s.next()
	if err != nil {
		return err
	}
	return s.w.Write(set)
}

func TestRoundTripCorpus(t *testing.T) {
	if os.Getenv("EDI_CORPUS") == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	roundTrip(t, "corpus")
}

func TestRoundTripOwn(t *testing.T) { roundTrip(t, "valid") }

// roundTrip reads the files of a folder through the structs and writes them to the byte, in their canonical form.
func roundTrip(t *testing.T, folder string) {
	files := pkg().Samples(t, folder)
	for _, name := range x12test.Names(files) {
		t.Run(name, func(t *testing.T) {
			want, err := x12test.Canon(files[name])
			require.NoError(t, err)
			for _, p := range []*x12test.Package{pkg(), wholeSets(), throughJSON()} {
				out, err := p.Rewrite(files[name], codec.WithSink(func(i *x12.Issue) bool { t.Log(i); return true }))
				require.NoError(t, err)
				require.Equal(t, want, string(out))
			}
		})
	}
}

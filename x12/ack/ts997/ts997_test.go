package ts997_test

import (
	"bytes"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// pkg is the package under test.
func pkg() *x12test.Package {
	return &x12test.Package{
		Set: "997", GS: "FA", Corpus: []string{"997"}, Tables: []*guide.Table{ts997.X230}, Unordered: setsBehindTrailer,
		Read: func(src []byte, opts ...codec.Option) x12test.Reader {
			return &steps{r: ts997.NewReader(bytes.NewReader(src), opts...)}
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

// wholeSets is the package with whole sets read and written, through JSON if asked for.
func wholeSets(json bool) *x12test.Package {
	p := pkg()
	read := p.Read
	p.Read = func(src []byte, opts ...codec.Option) x12test.Reader {
		next, stop := iter.Pull2(ts997.NewReader(bytes.NewReader(src), opts...).Sets())
		s := read(src, opts...).(*steps)
		s.json = json
		return &whole{steps: s, next: next, stop: stop}
	}
	return p
}

// steps reads and writes step by step.
type steps struct {
	r    *ts997.Reader
	w    *ts997.Writer
	ev   *ts997.Event
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

func (s *steps) To(w *x12.Writer) { s.w = ts997.NewWriter(w) }

func (s *steps) Write() error {
	switch s.ev.Kind {
	case codec.Begin:
		return write(s, s.ev.Set, s.w.Begin)
	case codec.Unit:
		return write(s, s.ev.SetResponse, s.w.SetResponse)
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
	next func() (*ts997.FunctionalAcknowledgment, error, bool)
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
	return write(s.steps, set, s.w.Write)
}

// ways are the ways from bytes to structs and back.
var ways = map[string]func() *x12test.Package{
	"steps": pkg, "steps through JSON": throughJSON,
	"sets": func() *x12test.Package { return wholeSets(false) }, "sets through JSON": func() *x12test.Package { return wholeSets(true) },
}

func TestRoundTripCorpus(t *testing.T) {
	if os.Getenv("EDI_CORPUS") == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	files := pkg().Samples(t, "corpus")
	n := 0
	for _, name := range x12test.Names(files) {
		if len(x12test.Bodies(files[name], "997")) == 0 {
			continue
		}
		if outside(files[name]) {
			continue // not of this package
		}
		n++
		want, err := x12test.Canon(files[name])
		require.NoError(t, err, name)
		for way, p := range ways {
			t.Run(name+" "+way, func(t *testing.T) {
				out, err := p().Rewrite(files[name])
				require.NoError(t, err)
				require.Equal(t, want, string(out))
			})
		}
	}
	require.GreaterOrEqual(t, n, 15)
}

func TestLossless(t *testing.T) {
	files := pkg().Samples(t, "valid", "odd", "invalid", "corpus")
	for _, name := range x12test.Names(files) {
		src := files[name]
		if !x12test.Readable(src) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for way, p := range ways {
				require.Empty(t, p().Lossless(src), way)
				require.Empty(t, p().Lossless(src, codec.WithReuse()), "%s, reusing", way)
			}
			require.Empty(t, pkg().Lossless(src, codec.WithBuffer(1)), "small window")
		})
	}
}

func TestLosslessChanged(t *testing.T) {
	rounds := 2000
	if testing.Short() {
		rounds = 400
	}
	p := pkg()
	for seed := range uint64(3) {
		p.ChangeAll(t, p.Samples(t, "valid", "odd", "corpus"), seed+1, rounds)
	}
}

// setsBehindTrailer reports whether something of a loop AK2 comes behind AK9: it is written in front of it.
func setsBehindTrailer(segs []string) bool {
	behind := false
	for _, s := range segs {
		if strings.HasPrefix(s, "AK9") {
			behind = true
		} else if behind {
			return true
		}
	}
	return false
}

// outside reports whether segments stand outside sets, such as TA1 and ISX.
func outside(src []byte) bool {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err != nil {
			return false
		}
		switch s.ID.String() {
		case "ISA", "GS", "GE", "IEA":
		default:
			if r.Set() == nil {
				return true
			}
		}
	}
}

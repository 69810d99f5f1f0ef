package codec_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// lines is a format with two outputs: one line for each step, and one for each unit with the sum of the set so far at
// its end.
type lines struct{}

// tally is the total of a set.
type tally struct {
	units int
	paid  x12.Sum
}

// setContext is what the steps of a set share.
type setContext struct {
	control  string
	group    string
	trailers int
}

func (lines) Outputs() int { return 2 }

func (lines) Begin(t *codec.Tape, out [][]byte) any {
	out[0] = fmt.Appendf(out[0], "begin %s %d\n", t.Set.Control, len(t.Segs))
	return &setContext{control: t.Set.Control}
}

func (lines) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	c := *ctx.(*setContext)
	c.group = t.Path(len(t.Segs) - 1)
	out[0] = fmt.Appendf(out[0], "enter %s\n", c.group)
	return &c
}

func (lines) Worker() codec.Worker {
	return &lineWorker{d: ts835.NewDecoder(false)}
}

func (lines) NewTotal() any { return &tally{} }

func (lines) Join(t, u any) {
	t.(*tally).units += u.(*tally).units
	t.(*tally).paid.AddSum(&u.(*tally).paid)
}

func (lines) Trailer(ctx any, t *codec.Tape) { ctx.(*setContext).trailers += len(t.Segs) }

func (lines) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	sum := total.(*tally)
	c := ctx.(*setContext)
	for k := range out {
		out[k] = fmt.Appendf(out[k], "end %s %d segments, %d before, %d units, paid %s\n", c.control, len(t.Segs), c.trailers, sum.units, sum.paid.Decimal())
	}
}

func (lines) Other(env codec.Env, s *x12.Segment, out [][]byte) {
	out[0] = fmt.Appendf(out[0], "other %q\n", s.Bytes())
}

func (lines) Finish(out [][]byte) { out[1] = append(out[1], "finish\n"...) }

type lineWorker struct {
	d     *ts835.Decoder
	claim ts835.ClaimPayment
}

func (w *lineWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.claim = ts835.ClaimPayment{}
	w.d.Recycle()
	w.d.ClaimPayment(t, &w.claim)
	total.(*tally).units++
	total.(*tally).paid.Add(w.claim.Paid)
	out[1] = fmt.Appendf(out[1], "%s %s ", ctx.(*setContext).control, ctx.(*setContext).group)
	out[1] = append(w.claim.AppendJSON(out[1]), '\n')
	if len(w.claim.Services) > 3 {
		out[0] = fmt.Appendf(out[0], "unit %d of %d services\n", t.Units, len(w.claim.Services))
	}
}

// result is what one run gives.
type result struct {
	out    [2]bytes.Buffer
	ends   []string // sizes of the outputs at the ends of sets
	writes int
	found  []string
	stats  x12.Stats
	err    error
}

func process(src io.Reader, workers int, limits x12.Limits) *result {
	r := &result{}
	r.run(src, workers, limits, func(*result) error { return nil }, func(*x12.Issue) bool { return true })
	return r
}

func (r *result) run(src io.Reader, workers int, limits x12.Limits, write func(*result) error, sink x12.Sink) {
	r.stats, r.err = codec.Process(codec.Job{
		Source: src, Tables: []*guide.Table{ts835.X221A1}, Format: lines{}, Check: true, Workers: workers, Limits: limits,
		Write: func(k int, b []byte) error {
			r.writes++
			if err := write(r); err != nil {
				return err
			}
			r.out[k].Write(b)
			return nil
		},
		SetEnd: func() error {
			r.ends = append(r.ends, fmt.Sprint(r.out[0].Len(), " ", r.out[1].Len()))
			return nil
		},
		Sink: func(i *x12.Issue) bool {
			r.found = append(r.found, fmt.Sprintf("%d %s", i.Offset, i))
			return sink(i)
		},
	})
}

// sources are all sample files, and a larger one with some faults in it.
func sources(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{"large": large(t)}
	for _, dir := range []string{"valid", "odd", "invalid"} {
		files, err := filepath.Glob("../../testdata/835/" + dir + "/*")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			b, err := os.ReadFile(f)
			require.NoError(t, err)
			out[dir+"/"+filepath.Base(f)] = b
		}
	}
	return out
}

// large is a stream of several sets and many batches, with faults here and there.
func large(t testing.TB) []byte {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Size: 1 << 20, Seed: 7, PerSet: 300})
	require.NoError(t, err)
	segs := bytes.SplitAfter(b.Bytes(), []byte("~"))
	for i := 500; i+1 < len(segs); i += 997 {
		switch i % 4 {
		case 0:
			segs[i] = nil
		case 1:
			segs[i] = append([]byte("ZZZ*1~"), segs[i]...)
		case 2:
			segs[i], segs[i+1] = segs[i+1], segs[i]
		case 3:
			segs[i] = bytes.Replace(segs[i], []byte("*"), []byte("*\xff**"), 1)
		}
	}
	return bytes.Join(segs, nil)
}

// TestProcessWorkers makes sure that the number of workers changes nothing: not a byte, not a finding, not their order.
func TestProcessWorkers(t *testing.T) {
	for name, src := range sources(t) {
		one := process(bytes.NewReader(src), 1, x12.Limits{})
		for _, workers := range []int{0, 2, 8} {
			many := process(bytes.NewReader(src), workers, x12.Limits{})
			require.Equal(t, one.err, many.err, name)
			require.Equal(t, one.found, many.found, "%s: findings with %d workers", name, workers)
			require.Equal(t, one.out[0].String(), many.out[0].String(), name)
			require.Equal(t, one.out[1].String(), many.out[1].String(), name)
			require.Equal(t, one.ends, many.ends, name)
			require.Equal(t, one.stats, many.stats, name)
		}
		if name == "large" {
			require.Greater(t, len(one.found), 20)
			require.Greater(t, len(one.ends), 5)
		}
	}
}

// TestProcessSlowSource reads byte by byte.
func TestProcessSlowSource(t *testing.T) {
	src := sources(t)["valid/all-segments.edi"]
	want := process(bytes.NewReader(src), 1, x12.Limits{})
	for _, workers := range []int{1, 4} {
		got := process(iotest.OneByteReader(bytes.NewReader(src)), workers, x12.Limits{})
		require.NoError(t, got.err)
		require.Equal(t, want.out[1].String(), got.out[1].String())
		require.Equal(t, want.found, got.found)
	}
}

// settled waits for goroutines to end and fails when there are more than before.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// within fails when f takes long: a deadlock.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal(what + " has not come to an end")
	}
}

// TestProcessWriterFails makes the writer fail at every call: the error comes back, nothing goes on in the background, and
// what was written before is the same.
func TestProcessWriterFails(t *testing.T) {
	src := large(t)[:400<<10]
	broken := errors.New("broken")
	for _, workers := range []int{1, 2, 8} {
		whole := process(bytes.NewReader(src), workers, x12.Limits{})
		before := runtime.NumGoroutine()
		for n := range whole.writes {
			r := &result{}
			within(t, "a failing writer", func() {
				r.run(bytes.NewReader(src), workers, x12.Limits{}, func(r *result) error {
					if r.writes > n {
						return broken
					}
					return nil
				}, func(*x12.Issue) bool { return true })
			})
			require.ErrorIs(t, r.err, broken)
			require.Equal(t, n+1, r.writes, "nothing is written behind the error")
			for k := range r.out {
				require.True(t, strings.HasPrefix(whole.out[k].String(), r.out[k].String()))
			}
		}
		settled(t, before)
	}
}

// TestProcessSinkStops has a sink that takes so many findings and no more.
func TestProcessSinkStops(t *testing.T) {
	src := large(t)
	for _, workers := range []int{1, 2, 8} {
		whole := process(bytes.NewReader(src), workers, x12.Limits{})
		before := runtime.NumGoroutine()
		for n := 0; n < len(whole.found); n += 1 + len(whole.found)/15 {
			r := &result{}
			within(t, "a sink that stops", func() {
				r.run(bytes.NewReader(src), workers, x12.Limits{}, func(*result) error { return nil }, func(*x12.Issue) bool { return len(r.found) <= n })
			})
			require.ErrorIs(t, r.err, x12.ErrStopped)
			require.Equal(t, whole.found[:n+1], r.found)
		}
		settled(t, before)
	}
}

// TestProcessSourceFails ends the source with an error at many places: it comes back, and all that was read is there.
func TestProcessSourceFails(t *testing.T) {
	src := large(t)[:200<<10]
	broken := errors.New("broken")
	for n := 0; n < len(src); n += 7919 {
		one := process(io.MultiReader(bytes.NewReader(src[:n]), iotest.ErrReader(broken)), 1, x12.Limits{})
		require.ErrorIs(t, one.err, broken)
		many := process(io.MultiReader(bytes.NewReader(src[:n]), iotest.ErrReader(broken)), 3, x12.Limits{})
		require.ErrorIs(t, many.err, broken)
		require.Equal(t, one.out[1].String(), many.out[1].String())
		require.Equal(t, one.found, many.found)
		require.True(t, strings.HasSuffix(one.out[1].String(), "finish\n"))
	}
}

// TestProcessLimit has a unit over a limit behind many that are not.
func TestProcessLimit(t *testing.T) {
	src := append(large(t)[:300<<10:300<<10], []byte("~CLP*X*1*1*1**12*1~"+strings.Repeat("REF*EA*1~", 5000))...)
	for _, workers := range []int{1, 4} {
		r := process(bytes.NewReader(src), workers, x12.Limits{UnitSegments: 2000})
		require.ErrorIs(t, r.err, x12.ErrLimit)
		require.Contains(t, r.out[1].String(), "finish\n")
		require.Contains(t, r.found[len(r.found)-1], x12.RuleLimit)
	}
	one, many := process(bytes.NewReader(src), 1, x12.Limits{UnitBytes: 9000}), process(bytes.NewReader(src), 4, x12.Limits{UnitBytes: 9000})
	require.Equal(t, one.err.Error(), many.err.Error())
	require.Equal(t, one.out[1].String(), many.out[1].String())
}

// TestSetSize reads whole sets with a limit on their size.
func TestSetSize(t *testing.T) {
	src := sources(t)["valid/two-payers-three-sets.edi"]
	for _, c := range []struct {
		limit, sets int
	}{{1 << 20, 3}, {500, 0}} {
		n := 0
		var err error
		for _, err = range ts835.NewReader(bytes.NewReader(src), codec.WithLimits(x12.Limits{SetBytes: c.limit})).Sets() {
			if err != nil {
				break
			}
			n++
		}
		require.Equal(t, c.sets, n)
		if c.sets == 3 {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, x12.ErrLimit)
		}
	}
}

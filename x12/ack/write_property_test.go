package ack_test

import (
	"bytes"
	"io"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/validate"
)

// addsUp checks the sums of acknowledgments: AK9 against its sets, the totals of receivers and providers against the claims.
func addsUp(t testing.TB, text string, stats ack.WriteStats) {
	t.Helper()
	if text == "" {
		return
	}
	var accepted, rejected int64
	for a, err := range ack.Acknowledgments(strings.NewReader(text)) {
		require.NoError(t, err)
		if f := a.Functional; f != nil {
			n := map[string]int{"A": f.Result.Received - len(f.Sets)}
			for i := range f.Sets {
				n[f.Sets[i].Status.Code]++
				require.Equal(t, f.Sets[i].Status.Code == "A", len(f.Sets[i].Errors) == 0)
			}
			r := f.Result
			require.GreaterOrEqual(t, r.Received, len(f.Sets)) // a 999 in the group is no set to answer
			if r.Status.Code == "R" {
				require.Zero(t, r.Accepted)
			} else {
				require.Equal(t, r.Accepted, n["A"]+n["E"])
			}
			want := "P"
			switch {
			case len(r.Errors) > 0 || r.Received > 0 && n["R"] == r.Received:
				want = "R"
			case n["R"] == 0 && n["E"] > 0:
				want = "E"
			case n["R"] == 0:
				want = "A"
			}
			require.Equal(t, want, r.Status.Code)
		}
		if a.Claims == nil {
			continue
		}
		for _, s := range a.Claims.Sources {
			for _, r := range s.Receivers {
				var all sums
				for i := range r.Providers {
					p := &r.Providers[i]
					var own sums
					for _, patient := range p.Patients {
						for k := range patient.Claims {
							own.claim(t, &patient.Claims[k])
						}
					}
					if own.accepted+own.rejected > 0 {
						own.equal(t, p.Batch)
					}
					all.accepted += own.accepted
					all.rejected += own.rejected
					all.acceptedAmount.AddSum(&own.acceptedAmount)
					all.rejectedAmount.AddSum(&own.rejectedAmount)
				}
				all.equal(t, &r.Batch)
				accepted += all.accepted
				rejected += all.rejected
				var total x12.Sum
				total.AddSum(&all.acceptedAmount)
				total.AddSum(&all.rejectedAmount)
				require.True(t, total.Equal(wire(t, r.Batch.Statuses[0].Charge)))
			}
		}
	}
	require.Equal(t, stats.Accepted, accepted)
	require.Equal(t, stats.Rejected, rejected)
}

type sums struct {
	accepted, rejected             int64
	acceptedAmount, rejectedAmount x12.Sum
}

// wire returns an amount of the domain as the number it is written as.
func wire(t testing.TB, a ack.Amount) x12.Number {
	n, err := x12.NumberFromDecimal(a.Decimal)
	require.NoError(t, err)
	return n
}

func (s *sums) claim(t testing.TB, c *ack.ClaimAck) {
	if c.Rejected() {
		s.rejected++
		s.rejectedAmount.Add(wire(t, c.Charge()))
	} else {
		s.accepted++
		s.acceptedAmount.Add(wire(t, c.Charge()))
	}
	for i := range c.Statuses {
		require.Equal(t, c.Rejected(), c.Statuses[i].Reasons[0].Category.Code >= "A3")
	}
}

func (s *sums) equal(t testing.TB, b *ack.Batch) {
	t.Helper()
	require.EqualValues(t, s.accepted, wire(t, b.AcceptedCount).Coef())
	require.EqualValues(t, s.rejected, wire(t, b.RejectedCount).Coef())
	require.True(t, s.acceptedAmount.Equal(wire(t, b.AcceptedAmount)), "%v %v", s.acceptedAmount.String(), b.AcceptedAmount)
	require.True(t, s.rejectedAmount.Equal(wire(t, b.RejectedAmount)))
}

// Sums are right for every input, and the number of workers changes nothing.
func TestAnswersAddUp(t *testing.T) {
	one, three := validator(t, 1), validator(t, 3)
	k := 0
	for name, src := range inputs(t) {
		o := ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999 | ack.Kind277CA, AlwaysTA1: true}
		if k++; k%2 == 0 {
			o.Tolerate = ack.InsideUnit
		}
		got, stats := answer(t, one, src, o)
		addsUp(t, got, stats)
		o.Numbers = nil
		more, _ := answer(t, three, src, o)
		require.Equal(t, got, more, name)
	}
}

// mutate damages a stream: segments lost, doubled, moved, elements emptied, bytes changed, or the end cut off.
func mutate(r *rand.Rand, src []byte) []byte {
	segs := bytes.SplitAfter(src, []byte("~"))
	for range 1 + r.Intn(4) {
		i, j := r.Intn(len(segs)), r.Intn(len(segs))
		switch r.Intn(7) {
		case 0:
			segs[i] = nil
		case 1:
			segs[i] = append(append([]byte(nil), segs[i]...), segs[i]...)
		case 2:
			segs[i], segs[j] = segs[j], segs[i]
		case 3:
			if f := bytes.Split(segs[i], []byte("*")); len(f) > 2 {
				f[1+r.Intn(len(f)-2)] = nil
				segs[i] = bytes.Join(f, []byte("*"))
			}
		case 4:
			if s := append([]byte(nil), segs[i]...); len(s) > 0 {
				s[r.Intn(len(s))] = byte(r.Intn(256))
				segs[i] = s
			}
		case 5:
			if f := bytes.Split(segs[i], []byte("*")); len(f) > 2 {
				f[1+r.Intn(len(f)-2)] = bytes.Repeat([]byte("9:^"), r.Intn(60))
				segs[i] = bytes.Join(f, []byte("*"))
			}
		default:
			if r.Intn(8) == 0 {
				segs = segs[:i+1]
			}
		}
	}
	return bytes.Join(segs, nil)
}

// What is damaged is answered in a way that keeps to its own guides and adds up. The seed of a failure is in its message.
func TestAnswersToDamage(t *testing.T) {
	v := validator(t, 1)
	var sources [][]byte
	for _, name := range []string{basic, "837/valid/p-three-claims", "837/valid/i-three-claims", "835/valid/remit-basic", "834/valid/three-members", "271/valid/active"} {
		if text, err := os.ReadFile("../../testdata/" + name + ".edi"); err == nil {
			sources = append(sources, bytes.ReplaceAll(text, []byte("\n"), nil))
		}
	}
	require.Greater(t, len(sources), 3)
	for seed := range int64(1500) {
		r := rand.New(rand.NewSource(seed))
		src := mutate(r, sources[r.Intn(len(sources))])
		o := ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999 | ack.Kind997 | ack.Kind277CA, AlwaysTA1: r.Intn(2) == 0, Warnings: r.Intn(2) == 0, Errors: 1 + r.Intn(5)}
		if r.Intn(2) == 0 {
			o.Tolerate = ack.InsideUnit
		}
		if r.Intn(3) == 0 {
			o.Kinds = ack.Kind277CA
		}
		got, stats := answer(t, v, src, o)
		if list := faultsOf(t, v, got); len(list) > 0 {
			t.Fatalf("seed %d:\n%s\n%s\n%s", seed, strings.Join(list, "\n"), src, got)
		}
		addsUp(t, got, stats)
	}
}

// FuzzAnswers answers anything: no panic, and answers that keep to their own guides.
func FuzzAnswers(f *testing.F) {
	for _, name := range []string{basic, "837/valid/p-three-claims", "835/valid/remit-basic", "834/valid/minimal"} {
		f.Add([]byte(own(f, name)), uint8(15))
	}
	v := validator(f, 1)
	f.Fuzz(func(t *testing.T, src []byte, k uint8) {
		got, stats := answer(t, v, src, ack.WriteOptions{Kinds: ack.Kind(k & 15), AlwaysTA1: k&16 != 0, Warnings: k&32 != 0})
		if list := faultsOf(t, v, got); len(list) > 0 {
			t.Fatalf("%s\n%s", strings.Join(list, "\n"), got)
		}
		addsUp(t, got, stats)
	})
}

// A late fault of a level rejects the claims that were answered before it showed, and the totals above them know.
func TestLateFaults(t *testing.T) {
	src := edited(t, "837/valid/p-three-claims", "NM1*PR", "") // of the first subscriber: required, and noticed at its end
	got, stats := answer(t, validator(t, 1), []byte(src), ack.WriteOptions{Kinds: ack.Kind277CA})
	require.EqualValues(t, 2, stats.Accepted)
	require.EqualValues(t, 1, stats.Rejected)
	require.Contains(t, got, "TRN*2*CB-1101~STC*A6:")
	addsUp(t, got, stats)
}

// peak is a reader that notes how much memory is in use.
type peak struct {
	r    io.Reader
	n    int
	most uint64
}

func (p *peak) Read(b []byte) (int, error) {
	if p.n++; p.n%64 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		p.most = max(p.most, m.HeapAlloc)
	}
	return p.r.Read(b)
}

// Memory does not depend on the length of the input, however long the answer is and however many errors there are.
func TestAnswersMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("64 MB")
	}
	var one bytes.Buffer
	stats, err := synth.Write(&one, synth.Options{Kind: synth.Professional, Claims: 8000, Seed: 3, PerSet: 8000})
	require.NoError(t, err)
	text := bytes.ReplaceAll(one.Bytes(), []byte("\n"), nil)
	st, se := bytes.Index(text, []byte("BHT*")), bytes.LastIndex(text, []byte("SE*"))
	v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{{Name: "tables", Tables: validator(t, 1).Tables()}}})
	require.NoError(t, err)
	for _, broken := range []bool{false, true} {
		// One set: its levels come again and again, under numbers that do not go on where broken is not asked for.
		body := text[st:se]
		hl := bytes.Index(body, []byte("HL*"))
		if broken {
			body = bytes.ReplaceAll(body, []byte("~CLM*"), []byte("~CLM**"))
		}
		times := 64<<20/len(body) + 1
		parts := []io.Reader{bytes.NewReader(text[:st]), bytes.NewReader(body)}
		for range times {
			parts = append(parts, bytes.NewReader(body[hl:]))
		}
		trailer := strings.SplitN(string(text[se:]), "*", 3)
		n := 2 + bytes.Count(body, []byte("~")) + times*bytes.Count(body[hl:], []byte("~"))
		parts = append(parts, strings.NewReader("SE*"+strconv.Itoa(n)+"*"+trailer[2]))
		p := &peak{r: io.MultiReader(parts...)}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		out := &counted{}
		w := ack.NewWriter(out, ack.WriteOptions{Kinds: ack.Kind999 | ack.Kind277CA, Now: noon, Tolerate: func(*x12.Issue) bool { return true }, TempDir: t.TempDir()})
		_, err := codec.Process(v.Job(p, w.Watch, nil))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		require.Greater(t, w.Stats().Accepted+w.Stats().Rejected, int64(stats.Claims)*int64(times))
		grown := (int64(p.most) - int64(m.HeapAlloc)) >> 20
		t.Logf("broken %v: heap grew by %d MB at most, answer of %d MB", broken, grown, out.n>>20)
		require.Less(t, grown, int64(12))
	}
}

type counted struct{ n int64 }

func (c *counted) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

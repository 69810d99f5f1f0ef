package codec

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

const toyGuide = `guide 005010X000
  set 835 toy Document
  gs HP
  base 005010
  unit 2100
  title "Toy"

table 1
0100 ST R 1 *
  01 R - {835}
  02 R ControlNumber
0200 REF S 9 References as=Reference
  01 R Qualifier
  02 R ID
loop 1000 S 1 Payer
  0300 N1 R 1 *
    01 R - {PR}
    02 R Name
  0310 N3 S 1 Address
    01 R Line

table 2
loop 2100 S >1 Claims Claim
  0100 CLP R 1 *
    01 R ID
  loop 2110 S 2 Services Service
    0200 SVC R 1 *
      02 R Charge money
    0300 DTM S 1 Day inline=02
      01 R - {472}
      02 R

table 3
0100 PLB S 2 Adjustments as=Adjustment
  01 R Provider
0900 SE R 1 -
  01 R -
  02 R -
`

const toyEnvelope = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~GS*HP*S*R*20260101*1200*1*X*005010X000~"

func toyTable(t testing.TB) *guide.Table {
	t.Helper()
	base, err := schema.Base("005010")
	require.NoError(t, err)
	g, err := schema.Parse("toy", []byte(toyGuide), base)
	require.NoError(t, err)
	table, err := schema.Compile(g)
	require.NoError(t, err)
	return table
}

// toyStream reads one set given as segments.
func toyStream(t testing.TB, set string, limits x12.Limits, sink x12.Sink) *Stream {
	src := toyEnvelope + "ST*835*0001~" + set + "SE*1*0001~GE*1*1~IEA*1*000000001~"
	r := x12.NewReader(strings.NewReader(src), x12.WithLimits(limits), x12.WithSink(sink))
	return NewStream(r, sink, toyTable(t))
}

// texts lists the segments of a tape.
func texts(t *Tape) (out []string) {
	var s x12.Segment
	for i := range t.Segs {
		switch {
		case t.Segs[i].Flag&guide.Virtual != 0:
			out = append(out, "+"+t.Table.Slots[t.Segs[i].Slot].Name)
		default:
			t.Segment(i, &s)
			out = append(out, string(s.Bytes()))
		}
	}
	return out
}

// shift moves a tape to another place of a stream, as if by bytes more had come before it.
func shift(t *Tape, by int64) {
	t.offset += by
	t.base += uint32(by)
	t.toks = append([]uint32(nil), t.toks...)
	for i := range t.toks {
		t.toks[i] += uint32(by)
	}
	for i := range t.Segs {
		t.Segs[i].start += uint32(by)
	}
}

// TestTapeCopy copies tapes, many into one memory, with offsets that go over 32 bits at each byte of them.
func TestTapeCopy(t *testing.T) {
	s := toyStream(t, "REF*A*1~REF*B*2~N1*PR*X~CLP*1~DTM*472*20260101~SVC**1~DTM*472*20260102~ZZZ*1~CLP*2~PLB*P~", x12.Limits{}, nil)
	var text []byte
	var toks []uint32
	var copies []*Tape
	var want [][]string
	for {
		ev, err := s.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		dst := &Tape{Segs: make([]Seg, 0, 1)}
		ev.Tape.CopyTo(dst, &text, &toks)
		copies, want = append(copies, dst), append(want, texts(ev.Tape))
		require.Equal(t, want[len(want)-1], texts(dst))
		first := ev.Tape.Offset(0)
		for k := range int64(ev.Tape.Bytes() + 4) {
			var text []byte
			var toks []uint32
			moved, again := *ev.Tape, &Tape{}
			moved.Segs = append([]Seg(nil), ev.Tape.Segs...)
			by := int64(1)<<32 - first - k
			shift(&moved, by)
			require.Equal(t, texts(ev.Tape), texts(&moved), "moved by %d", by)
			moved.CopyTo(again, &text, &toks)
			require.Equal(t, texts(ev.Tape), texts(again), "moved by %d", by)
			require.Equal(t, ev.Tape.Bytes(), again.Bytes())
			for i := range again.Segs {
				require.Equal(t, ev.Tape.Offset(i)+by, again.Offset(i))
				require.Equal(t, ev.Tape.Ordinal(i), again.Ordinal(i))
				require.Equal(t, ev.Tape.Path(i), again.Path(i))
			}
			d := Decoder{Owned: k%2 == 0}
			d.Start(again)
			for i := range again.Segs {
				if _, ok := d.Segment(i); ok && again.Segs[i].Flag&guide.Virtual == 0 {
					parts := strings.Split(texts(again)[i], "*")
					require.Equal(t, strings.Join(parts[1:2], ""), d.Str(1))
					require.Equal(t, strings.Join(parts[min(2, len(parts)):min(3, len(parts))], ""), d.Str(2))
					require.Empty(t, d.Str(3))
				}
			}
		}
	}
	for i := range copies { // they have stayed as they were
		require.Equal(t, want[i], texts(copies[i]))
	}
	require.Equal(t, [][]string{
		{"ST*835*0001", "REF*A*1", "REF*B*2", "N1*PR*X"},
		{"CLP*1", "+2110/SVC", "DTM*472*20260101", "SVC**1", "DTM*472*20260102", "ZZZ*1"},
		{"CLP*2"},
		{"PLB*P", "SE*1*0001"},
	}, want)
}

// TestTapeOrdinals counts segments, and gives paths, as findings need them.
func TestTapeOrdinals(t *testing.T) {
	s := toyStream(t, "REF*A*1~CLP*1~DTM*472*20260101~SVC**1~CLP*2~SVC**1~ZZZ~SVC**2~DTM*472*1~SVC**3~PLB*P~", x12.Limits{}, nil)
	var got []string
	for {
		ev, err := s.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		var seg x12.Segment
		for i, text := range texts(ev.Tape) {
			ev.Tape.Segment(i, &seg)
			require.Equal(t, ev.Tape.Ordinal(i), seg.Ordinal)
			require.Equal(t, ev.Tape.Offset(i), seg.Offset)
			require.Equal(t, ev.Tape.Segs[i].Flag&guide.Virtual != 0, seg.Bytes() == nil)
			got = append(got, strings.TrimSpace(text+" "+itoa(ev.Tape.Ordinal(i))+" "+ev.Tape.Path(i)))
		}
	}
	require.Equal(t, []string{
		"ST*835*0001 1", "REF*A*1 2", "CLP*1 3 2100[1]", "+2110/SVC 4 2100[1]/2110[1]", "DTM*472*20260101 4 2100[1]/2110[1]", "SVC**1 5 2100[1]/2110[2]",
		"CLP*2 6 2100[2]", "SVC**1 7 2100[2]/2110[1]", "ZZZ 8 2100[2]/2110[1]", "SVC**2 9 2100[2]/2110[2]", "DTM*472*1 10 2100[2]/2110[2]",
		"SVC**3 11 2100[2]/2110[3]", "PLB*P 12", "SE*1*0001 13",
	}, got)
}

func itoa(n int) string { return string(appendInt(nil, n)) }

// TestSlab grows runs that are next to each other and runs that are not.
func TestSlab(t *testing.T) {
	type item struct {
		n    int
		next []item
	}
	var s Slab[item]
	for round := range 3 {
		var runs [5][]item
		var kept []item
		for i := range 2000 {
			k := (i * i) % len(runs)
			runs[k] = s.Add(runs[k])
			last := &runs[k][len(runs[k])-1]
			require.Zero(t, last.n, "values are handed out zeroed")
			require.Nil(t, last.next)
			last.n, last.next = i+1, kept
			require.Equal(t, len(runs[k]), cap(runs[k]), "append elsewhere cannot run into a neighbour")
			one := s.New()
			require.Zero(t, *one)
			one.n = -1
		}
		seen := 0
		for k := range runs {
			last := 0
			for _, v := range runs[k] {
				require.Equal(t, k, ((v.n-1)*(v.n-1))%len(runs))
				require.Greater(t, v.n, last)
				last = v.n
				seen++
			}
		}
		require.Equal(t, 2000, seen, "round %d", round)
		s.Recycle()
	}
	require.LessOrEqual(t, testing.AllocsPerRun(10, func() {
		s.Recycle()
		var run []item
		for range 100 {
			run = s.Add(run)
		}
	}), 0.0, "a slab that recycles allocates nothing")
}

// TestLimits goes over each limit of the stream: what was read before is handed out, then comes the Fatal issue.
func TestLimits(t *testing.T) {
	long := strings.Repeat("SVC**1~DTM*472*20260101~", 400)
	for name, c := range map[string]struct {
		limits x12.Limits
		set    string
		units  int
	}{
		"bytes of a unit":    {x12.Limits{UnitBytes: 5000}, "CLP*1~CLP*2~" + long + "CLP*3~", 2},
		"segments of a unit": {x12.Limits{UnitSegments: 500}, "CLP*1~CLP*2~" + long + "CLP*3~", 2},
		"bytes of a header":  {x12.Limits{UnitBytes: 500}, strings.Repeat("REF*A*1~", 100) + "CLP*1~", 0},
		"bytes of a trailer": {x12.Limits{UnitBytes: 500}, "CLP*1~" + strings.Repeat("PLB*A~", 100), 1},
		"unplaced segments":  {x12.Limits{UnitSegments: 50}, "CLP*1~" + strings.Repeat("ZZZ*A~", 100), 1},
		"nothing":            {x12.Limits{UnitBytes: 12000, UnitSegments: 801}, "CLP*1~CLP*2~" + long + "CLP*3~", 3},
	} {
		t.Run(name, func(t *testing.T) {
			var found x12.Issues
			s := toyStream(t, c.set, c.limits, found.Add)
			units := 0
			for {
				ev, err := s.Next()
				if name == "nothing" && err == io.EOF {
					break
				}
				if err != nil {
					var i *x12.Issue
					require.ErrorAs(t, err, &i)
					require.ErrorIs(t, err, x12.ErrLimit)
					require.Equal(t, x12.RuleLimit, i.Rule)
					require.Equal(t, x12.Fatal, i.Severity)
					_, again := s.Next()
					require.Equal(t, err, again, "the error stays")
					break
				}
				if ev.Kind == Unit {
					units++
				}
			}
			require.Equal(t, c.units, units)
			if name == "nothing" {
				require.Zero(t, found.Counts[x12.Fatal])
			} else {
				require.Equal(t, 1, found.Counts[x12.Fatal])
			}
		})
	}
}

// TestStopAtFinding has a sink that takes some findings and no more.
func TestStopAtFinding(t *testing.T) {
	set := "ZZZ~CLP*1~ZZZ~ZZZ~SVC**1~DTM*472*1~DTM*472*2~CLP*2~PLB*1~PLB*2~PLB*3~"
	for n := range 8 {
		k := 0
		s := toyStream(t, set, x12.Limits{}, func(*x12.Issue) bool { k++; return k <= n })
		var err error
		for err == nil {
			_, err = s.Next()
		}
		if err == io.EOF {
			require.LessOrEqual(t, k, n)
			continue
		}
		require.ErrorIs(t, err, x12.ErrStopped)
		require.Equal(t, n+1, k, "no finding behind the last one taken")
	}
}

package codec

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// oddClaims has loops opened without their first segment, late segments, too many, and others without a place.
const oddClaims = "CLP*1~SVC**1~DTM*472*1~DTM*472*2~SVC**2~ZZZ~SVC**3~SVC**4~DTM*472*3~CLP*2~DTM*472*4~SVC**1~CLP*3~SVC**1~SVC**2~PLB*1~PLB*2~PLB*3~"

// TestPathAnyOrder asks for the paths of the segments of a tape in any order: they are those of going forward, on a copy too.
func TestPathAnyOrder(t *testing.T) {
	s := toyStream(t, oddClaims, x12.Limits{}, func(*x12.Issue) bool { return true })
	rnd := rand.New(rand.NewPCG(1, 1))
	again := &Tape{}
	all := ""
	for {
		ev, err := s.Next()
		if err != nil {
			break
		}
		var want []string
		for i := range ev.Tape.Segs {
			fresh := *ev.Tape
			fresh.replay = nil
			want = append(want, fresh.Path(i))
		}
		all += strings.Join(want, " ") + "\n"
		var text []byte
		var toks []uint32
		ev.Tape.CopyTo(again, &text, &toks)
		for range 50 {
			if len(want) > 0 {
				i := rnd.IntN(len(want))
				require.Equal(t, want[i], ev.Tape.Path(i))
				require.Equal(t, want[i], again.Path(i))
			}
		}
	}
	require.Contains(t, all, "2100[2]/2110[1]")
	require.Contains(t, all, "2100[1]/2110[4]")
	require.Contains(t, all, "2100[3]/2110[2]")
}

// TestManyFindings has units of very many segments in which each has a finding, or that are odd otherwise: the time for
// them grows with their number and no faster.
func TestManyFindings(t *testing.T) {
	for name, set := range map[string]string{
		"elements": "CLP*1~" + strings.Repeat("SVC**X~", 100_000),
		"virtual":  "CLP*1~DTM*472*1~" + strings.Repeat("SVC**X~", 100_000),
		"unknown":  "CLP*1~" + strings.Repeat("ZZZ*1~", 100_000),
		"late":     "CLP*1~" + strings.Repeat("SVC**1~DTM*472*1~DTM*472*1~", 33_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			n := 0
			s := toyStream(t, set, x12.Limits{}, func(*x12.Issue) bool { n++; return true })
			c := NewChecker(func(i *x12.Issue) { n++ })
			var seg x12.Segment
			for {
				ev, err := s.Next()
				if err != nil {
					break
				}
				c.Tape(ev.Tape)
				for i := range ev.Tape.Segs {
					ev.Tape.Segment(i, &seg)
				}
			}
			require.Greater(t, n, 30_000)
			require.Less(t, time.Since(start), 20*time.Second) // a second; minutes if each looks at all in front of it
		})
	}
}

// TestLimitWithinRun has a unit in which nothing is odd go over the limit: few segments, but long ones.
func TestLimitWithinRun(t *testing.T) {
	var found x12.Issues
	s := toyStream(t, "CLP*1~"+strings.Repeat("SVC**1~", 2)+"CLP*"+strings.Repeat("X", 3000)+"~SVC**1~DTM*472*1~SVC**1~CLP*3~", x12.Limits{UnitBytes: 2000}, found.Add)
	for {
		if _, err := s.Next(); err != nil {
			require.ErrorIs(t, err, x12.ErrLimit)
			break
		}
	}
	require.Equal(t, 1, found.Counts[x12.Fatal])
}

// TestStopWithinRun has a sink that stops at a finding about a segment that stands in its place.
func TestStopWithinRun(t *testing.T) {
	k := 0
	s := toyStream(t, "CLP*1~SVC**1~SVC**2~SVC**3~SVC**4~SVC**5~CLP*2~CLP*3~", x12.Limits{}, func(*x12.Issue) bool { k++; return false })
	var err error
	for err == nil {
		_, err = s.Next()
	}
	require.ErrorIs(t, err, x12.ErrStopped)
	require.Equal(t, 1, k)
}

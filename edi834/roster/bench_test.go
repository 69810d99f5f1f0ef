package roster

import (
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/synth"
)

// generate writes a full file of a size into the folder of the test and returns its name.
func generate(tb testing.TB, o synth.Options) string {
	f, err := os.CreateTemp(tb.TempDir(), "*.834")
	require.NoError(tb, err)
	defer f.Close()
	_, err = synth.Write(f, o)
	require.NoError(tb, err)
	return f.Name()
}

// BenchmarkDiff compares a full file with itself, and with one whose members have all changed, and tells how many bytes of
// memory the state takes for a member.
func BenchmarkDiff(b *testing.B) {
	size := int64(64 << 20)
	old := generate(b, synth.Options{Action: synth.Replace, Size: size, Seed: 3})
	for _, changed := range []bool{false, true} {
		name := "same"
		if changed {
			name = "every member changed"
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(2 * size)
			for b.Loop() {
				state, err := NewState(Options{Force: true})
				require.NoError(b, err)
				require.NoError(b, load(b, state, old))
				f, err := os.Open(old)
				require.NoError(b, err)
				var src Source = NewReader(f)
				if changed {
					src = &changer{Source: src}
				}
				sum, err := state.Apply(src, func(*Delta) error { return nil })
				require.NoError(b, err)
				b.ReportMetric(float64(sum.Changed), "changed")
				b.ReportMetric(float64(state.memory())/float64(state.Len()), "B/member")
				require.NoError(b, state.Close())
				f.Close()
			}
		})
	}
}

// changer gives everyone another last name.
type changer struct{ Source }

func (c *changer) Next() (*Head, *Member, error) {
	h, m, err := c.Source.Next()
	if m != nil {
		m.v[Last] += "X"
	}
	return h, m, err
}

// memory is what the state holds in memory, without buffers of fixed size.
func (s *State) memory() int {
	return len(s.pages)*pageEntries*32 + 8*(len(s.keys.slots)+len(s.families.slots))
}

func load(tb testing.TB, s *State, file string) error {
	f, err := os.Open(file)
	require.NoError(tb, err)
	defer f.Close()
	return s.Load(NewReader(f))
}

// BenchmarkRead reads members and does nothing with them.
func BenchmarkRead(b *testing.B) {
	size := int64(64 << 20)
	name := generate(b, synth.Options{Action: synth.Replace, Size: size, Seed: 3})
	b.SetBytes(size)
	for b.Loop() {
		f, err := os.Open(name)
		require.NoError(b, err)
		r := NewReader(f)
		for {
			if _, _, err = r.Next(); err != nil {
				break
			}
		}
		require.ErrorIs(b, err, io.EOF)
		f.Close()
	}
	runtime.GC()
}

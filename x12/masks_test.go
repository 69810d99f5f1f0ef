package x12

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMasks holds both forms of masks against looking at every byte.
func TestMasks(t *testing.T) {
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		n := 1 + rnd.IntN(blockSize/64)
		buf := make([]byte, 64*n)
		delims := [4]byte{byte(rnd.Uint32()), byte(rnd.Uint32()), byte(rnd.Uint32()), byte(rnd.Uint32())}
		for i := range buf {
			switch buf[i] = byte(rnd.Uint32()); rnd.IntN(4) {
			case 0:
				buf[i] = delims[rnd.IntN(4)]
			case 1:
				buf[i] = delims[rnd.IntN(4)] ^ 1<<rnd.IntN(8) // next to a delimiter
			}
		}
		want := make([]chunk, n)
		for i, c := range buf {
			w, bit := &want[i/64], uint64(1)<<(i%64)
			if c == delims[0] || c == delims[1] {
				w.delim |= bit
			}
			if c == delims[1] {
				w.term |= bit
			}
			if c == delims[2] || c == delims[3] {
				w.sub |= bit
			}
			if c >= 0x80 {
				w.high |= bit
			}
		}
		var words [4]uint64
		for i, d := range delims {
			words[i] = uint64(d) * lows
		}
		generic, native := make([]chunk, n), make([]chunk, n)
		masksGeneric(buf, words[0], words[1], words[2], words[3], generic)
		masks(&buf[0], n, words[0], words[1], words[2], words[3], &native[0])
		require.Equal(t, want, generic, "seed %d", seed)
		require.Equal(t, want, native, "seed %d", seed)
	}
}

// TestOffsetsWrap reads over the place where the low 32 bits of offsets and the token numbers start anew.
func TestOffsetsWrap(t *testing.T) {
	var b strings.Builder
	b.WriteString("ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0830*^*00501*000000001*0*T*:~GS*HP*A*B*20260301*0830*1*X*005010X221A1~ST*835*0001~")
	for i := range 2000 {
		fmt.Fprintf(&b, "REF*%d*%s~", i, strings.Repeat("*", i%9))
	}
	b.WriteString("SE*2002*0001~GE*1*1~IEA*1*000000001~")
	text := b.String()
	list := func(base int64, tok uint32, hold bool) (out []string) {
		var issues Issues
		r := NewReader(strings.NewReader(text), WithBuffer(2000), WithSink(issues.Add))
		r.base, r.tokBase, r.tok, r.tokNext = base, tok, tok, tok
		for n := 0; ; n++ {
			s, err := r.Read()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			if hold && n == 5 {
				r.Hold()
			}
			if hold && n%300 == 0 {
				r.Drop()
			}
			var elems [][]byte
			for i := range s.Len() {
				elems = append(elems, s.Elem(i+1))
			}
			out = append(out, fmt.Sprint(s.Offset-base, string(s.Bytes()), s.Ordinal, string(bytes.Join(elems, []byte("|")))))
		}
		require.Empty(t, issues.List)
		return out
	}
	want := list(0, 0, false)
	require.Len(t, want, 2006)
	for _, before := range []int64{0, 1, 50, 106, 5000, 20_000} {
		for _, hold := range []bool{false, true} {
			require.Equal(t, want, list(1<<32-before, uint32(-before/3), hold))
		}
	}
}

// TestKnownSlots makes sure that no identifier a segment can have passes for known before it was seen.
func TestKnownSlots(t *testing.T) {
	r := NewReader(strings.NewReader(""))
	for slot, id := range r.known {
		if id != 0 {
			require.NotEqual(t, slot, int(knownSlot(id)))
		} else {
			require.NotZero(t, slot)
		}
	}
}

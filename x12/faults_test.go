package x12_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// chunks yields data in pieces of size bytes, or of 1 to -size bytes by chance where size is negative.
// It ends with err, io.EOF if nil, together with the last piece where early is set.
type chunks struct {
	data  string
	size  int
	rnd   *rand.Rand
	err   error
	early bool
}

func (c *chunks) Read(p []byte) (int, error) {
	size := c.size
	if size < 0 {
		size = 1 + c.rnd.IntN(-size)
	}
	n := copy(p[:min(len(p), size)], c.data)
	c.data = c.data[n:]
	if len(c.data) == 0 && (n == 0 || c.early) {
		if c.err != nil {
			return n, c.err
		}
		return n, io.EOF
	}
	return n, nil
}

// oddFiles are all odd inputs that are not too long to be read byte by byte.
func oddFiles(t *testing.T) map[string]string {
	files := map[string]string{}
	for _, c := range append(oneChange(t), envelopeFaults(t)...) {
		if len(c.text) < 30<<10 {
			files[c.name] = c.text
		}
	}
	base := file835(3)
	files["clash behind an interchange"] = base + swap(t, base, "*T*:~", "*T**~")
	files["long blanks"] = swap(t, base, "~LX*1", "~"+strings.Repeat(" ", 20<<10)+"LX*1") + strings.Repeat("\n", 20<<10) + base
	files["stray behind long blanks"] = base + strings.Repeat(" ", 20<<10) + "N1*X*Y~"
	files["strays with LF"] = inDelims(base+strings.Repeat("N1*X*Y\n\n", 300), "*^:\n")
	files["lower case behind IEA"] = base + "ST*835*0009~clp*X~N1*PR~SE*4*0009~clp*Y~"
	files["junk over the limit"] = base + strings.Repeat("lorem ", 1000) + base
	return files
}

// same compares two readings but for what a view may be vague about.
func same(t *testing.T, want, got *read, how string) {
	t.Helper()
	require.Equal(t, want.segs, got.segs, how)
	require.Equal(t, want.at, got.at, how)
	require.Equal(t, want.ord, got.ord, how)
	require.Equal(t, want.sets, got.sets, how)
	require.Equal(t, want.stats, got.stats, how)
	require.Equal(t, want.canon, got.canon, how)
	require.Equal(t, want.issues, got.issues, how)
	require.Equal(t, want.err, got.err, how)
}

func TestChunks(t *testing.T) {
	const seed = 20260301
	rnd := rand.New(rand.NewPCG(seed, 1))
	for name, text := range oddFiles(t) {
		t.Run(name, func(t *testing.T) {
			want := readAll(t, text, strings.NewReader(text))
			sizes := []int{1, 2, 61, 512, 4096, -40, -1500}
			windows := []int{1, 1500, 4 << 10, 64 << 10}
			for i, size := range sizes {
				window := windows[(i+len(name))%len(windows)]
				how := fmt.Sprintf("chunks %d window %d seed %d", size, window, seed)
				got := readAll(t, text, &chunks{data: text, size: size, rnd: rnd, early: i%2 == 0}, x12.WithBuffer(window))
				same(t, want, got, how)
			}
		})
	}
}

// TestChunksMutated does the same for files with bytes replaced, taken out and put in by chance.
func TestChunksMutated(t *testing.T) {
	const special = "*^:~\r\n IAST\x00\xFF"
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		text := []byte(file835(1) + inDelims(file835(1), "|!>\n"))
		for range 1 + rnd.IntN(6) {
			at := rnd.IntN(len(text) - 20)
			switch rnd.IntN(4) {
			case 0:
				text[at] = special[rnd.IntN(len(special))]
			case 1:
				text = append(text[:at], text[at+rnd.IntN(20):]...)
			case 2:
				text = append(text[:at], append([]byte(strings.Repeat(special[:1+rnd.IntN(5)], rnd.IntN(4))), text[at:]...)...)
			case 3:
				text = text[:at+1]
			}
			if len(text) < 40 {
				break
			}
		}
		want := readAll(t, string(text), strings.NewReader(string(text)))
		for _, size := range []int{1, -100} {
			got := readAll(t, string(text), &chunks{data: string(text), size: size, rnd: rnd}, x12.WithBuffer(1))
			same(t, want, got, fmt.Sprintf("seed %d chunks %d", seed, size))
		}
	}
}

// TestHold keeps segments over later reads and looks at them again.
func TestHold(t *testing.T) {
	type held struct {
		text   string
		offset int64
		span   x12.Span
		id     x12.SegID
	}
	texts := []string{file835(40), strings.ReplaceAll(file835(60), "~", "~\r\n"), file835(5) + " \n" + inDelims(file835(5), "|!>\n") + file835(3, 9)}
	for seed := range uint64(24) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		text := texts[seed%3]
		r := x12.NewReader(&chunks{data: text, size: -2000, rnd: rnd}, x12.WithBuffer(1<<(8+rnd.IntN(8))))
		var list []held
		holding := false
		for n := 0; ; n++ {
			s, err := r.Read()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			if !holding {
				list = list[:0]
			}
			list = append(list, held{string(s.Bytes()), s.Offset, r.Span(), s.ID})
			switch k := rnd.IntN(100); {
			case !holding && k < 30:
				r.Hold()
				holding, list = true, list[len(list)-1:]
			case k < 2:
				r.Drop()
				list = list[len(list)-1:]
			case k < 4:
				r.Release()
				r.Drop()
				holding, list = false, list[len(list)-1:]
			}
			require.Equal(t, list[len(list)-1].text, string(s.Bytes()))
			if !holding || n%7 > 0 {
				continue
			}
			window, base, toks, first := r.Held()
			for _, h := range list {
				var v x12.Segment
				from := h.span.Tok - first
				v.Load(h.id, window, base, h.offset, toks[from:from+h.span.N], h.span)
				v.Delims = s.Delims
				require.Equal(t, h.text, string(v.Bytes()), "seed %d", seed)
				require.Equal(t, h.offset, v.Offset)
				if elems := strings.FieldsFunc(h.text, func(c rune) bool { return c == '*' || c == '|' }); len(elems) > 1 {
					require.Equal(t, elems[0], string(v.Name()))
					require.Equal(t, elems[1], string(v.Elem(1)))
				}
			}
		}
		assert.NotPanics(t, func() { r.Hold(); r.Drop(); r.Span(); r.Held() }, "behind the end")
	}
	for cut := range 200 {
		text := file835(20)
		r := x12.NewReader(strings.NewReader(text[:len(text)-50-cut]), x12.WithBuffer(1))
		for err := error(nil); err == nil; _, err = r.Read() {
		}
		require.NotPanics(t, func() { r.Drop(); r.Hold(); r.Drop(); r.Span(); r.Held() }, "behind the end inside a set")
	}
}

var errBroken = errors.New("broken")

// TestReadFaults breaks the source at every byte.
func TestReadFaults(t *testing.T) {
	text := strings.ReplaceAll(file835(2), "~", "~\n") + inDelims(file835(1), "|!>\r") + "NTE*stray~" // reaches over many windows
	whole := readAll(t, text, strings.NewReader(text))
	for at := range len(text) {
		for _, c := range []*chunks{{size: 1 << 20}, {size: 7}, {size: 100, early: true}} {
			c.data, c.err = text[:at], errBroken
			res := readAll(t, text, c, x12.WithBuffer(1))
			require.Equal(t, errBroken, res.err, "the error as it came")
			n := 0
			for n < len(whole.segs) && whole.at[n]+int64(len(whole.segs[n]))+1 <= int64(at) {
				n++
			}
			require.Equal(t, append([]string(nil), whole.segs[:n]...), res.segs, "whole segments before byte %d", at)
			for _, i := range res.issues {
				require.Contains(t, whole.findings(), finding{i.Severity, i.Rule, i.Offset}, "no findings because of the fault")
			}
		}
	}
}

func TestOddSources(t *testing.T) {
	text := file835(2)
	want := readAll(t, text, strings.NewReader(text))
	for name, src := range map[string]io.Reader{
		"one byte":        iotest.OneByteReader(strings.NewReader(text)),
		"half":            iotest.HalfReader(strings.NewReader(text)),
		"data with EOF":   iotest.DataErrReader(strings.NewReader(text)),
		"empty reads too": &hesitant{src: strings.NewReader(text)},
	} {
		t.Run(name, func(t *testing.T) { same(t, want, readAll(t, text, src), name) })
	}
	for name, at := range map[string]int{"at once": 0, "inside ISA": 50, "behind ISA": 106, "inside a segment": 700, "behind IEA": len(text)} {
		t.Run("no progress "+name, func(t *testing.T) {
			res := readAll(t, text, io.MultiReader(strings.NewReader(text[:at]), stuck{}))
			require.Equal(t, io.ErrNoProgress, res.err)
			require.Equal(t, strings.Count(text[:at], "~"), len(res.segs))
		})
	}
	for _, n := range []int{-1, 1 << 30} {
		res := readAll(t, text, liar(n))
		require.ErrorContains(t, res.err, "invalid count")
	}
}

// hesitant returns (0, nil) before each read.
type hesitant struct {
	src io.Reader
	n   int
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.n++; h.n%3 > 0 {
		return 0, nil
	}
	return h.src.Read(p[:min(len(p), 50)])
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

type liar int

func (l liar) Read([]byte) (int, error) { return int(l), nil }

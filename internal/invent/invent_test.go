package invent

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRandIsSplitmix compares with the published numbers for seed 1234567: no
// release may change what a seed gives.
func TestRandIsSplitmix(t *testing.T) {
	r := Rand(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431} {
		assert.Equal(t, want, r.Next())
	}
}

func TestRandStaysInRange(t *testing.T) {
	r := Stream(7, 1)
	var low, high, chances int
	list := []string{"a", "b", "c"}
	for range 10_000 {
		switch n := r.Between(-2, 2); {
		case n < -2 || n > 2:
			t.Fatal(n)
		case n == -2:
			low++
		case n == 2:
			high++
		}
		if r.Chance(250) {
			chances++
		}
		assert.Contains(t, list, *Pick(&r, list))
	}
	assert.InDelta(t, 2000, low, 200)
	assert.InDelta(t, 2000, high, 200)
	assert.InDelta(t, 2500, chances, 200)
	assert.False(t, r.Chance(0))
	assert.True(t, r.Chance(1000))
}

func TestWire(t *testing.T) {
	var b bytes.Buffer
	w := NewWire(&b, "|!>~", true)
	w.Open("SVC")
	w.Str("HC")
	w.Sub("99213")
	w.Sub("")
	w.Sub("25")
	w.Sub("") // never followed: not written
	w.Money(-1250)
	w.Skip(2)
	w.Num(-7)
	w.Padded(42, 5)
	w.Date(366)
	w.Str("")
	w.End()
	w.Open("X")
	w.Money(5)
	w.Money(1000)
	w.End()
	Organization(&w, "PR", "A PAYER", "PI", "P1")
	assert.EqualValues(t, 3, w.Segs)
	want := "SVC|HC>99213>>25|-12.5|||-7|00042|20230102~\nX|0.05|10~\nNM1|PR|2|A PAYER|||||PI|P1~\n"
	assert.EqualValues(t, len(want), w.Total())
	require.NoError(t, w.Flush())
	assert.Equal(t, want, b.String())
	assert.EqualValues(t, len(want), w.Total())
	s := w.Scratch()
	Address(&s, "1 MAIN ST", "MACON", "GA", "31201")
	assert.Equal(t, "N3|1 MAIN ST~\nN4|MACON|GA|31201~\n", string(s.B))
	assert.Empty(t, w.B)
	assert.False(t, w.Full())
}

func TestDays(t *testing.T) {
	w := NewWire(io.Discard, "", false)
	for day, want := range map[int64]string{0: "20220101", 58: "20220228", 59: "20220301", 789: "20240229", 1096: "20250101", 1825: "20261231"} {
		w.B = w.B[:0]
		w.AppendDate(day)
		assert.Equal(t, want, string(w.B), day)
	}
	assert.EqualValues(t, 364, YearEnd(0))
	assert.EqualValues(t, 1095, YearEnd(1095))
	assert.EqualValues(t, 1460, YearEnd(1096))
}

func TestBounds(t *testing.T) {
	for _, good := range []Bounds{{Claims: 1}, {Size: 1, PerSet: 3, Delimiters: "|~>\n"}, {Claims: 1, Delimiters: "\x1d\x1f\x1c\x1e"}} {
		assert.NoError(t, good.Check())
	}
	for _, bad := range []Bounds{{}, {Claims: 1, Size: 1}, {Claims: -1}, {Claims: 1, PerSet: -1}, {Claims: 1, Delimiters: "***~"}, {Claims: 1, Delimiters: "*^a~"}} {
		assert.Error(t, bad.Check(), "%+v", bad)
	}
}

func TestInterchange(t *testing.T) {
	x := Interchange{Sender: "S", Receiver: "R", Functional: "HC", Guide: "G"}
	for key := range uint64(300) {
		x.Draw(key)
		assert.True(t, x.Day >= 1096 && x.Day <= 1460 && x.Control > 0 && x.Control < 1_000_000_000 && x.Minute < 1440, x)
	}
	full, stop := errors.New("full"), errors.New("stop")
	write := func(sets int64, fail error) (string, error) {
		var b bytes.Buffer
		w := NewWire(&b, "", false)
		err := x.Write(&w, 2, full, func(n int64) (bool, error) {
			w.Open("ST")
			w.Num(n)
			w.End()
			return n < sets, fail
		})
		return b.String(), err
	}
	out, err := write(5, nil)
	require.NoError(t, err)
	assert.Len(t, strings.SplitN(out, "~", 2)[0], 105)
	for part, n := range map[string]int{"~GS*HC*S*R*": 3, "~GE*2*": 2, "~GE*1*3~": 1, "~IEA*3*": 1, "~ST*": 5} {
		assert.Equal(t, n, strings.Count(out, part), part)
	}
	_, err = write(1, stop)
	assert.ErrorIs(t, err, stop)
}

func TestNames(t *testing.T) {
	names := NewNames()
	r := Rand(3)
	var middle, suffix int
	for range 1000 {
		n := names.Draw(&r)
		assert.NotEmpty(t, n.Last)
		assert.NotEmpty(t, n.First)
		if n.Middle != "" {
			middle++
		}
		if n.Suffix != "" {
			suffix++
		}
	}
	assert.InDelta(t, 400, middle, 60)
	assert.InDelta(t, 30, suffix, 20)
}

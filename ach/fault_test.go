package ach

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

var errDisk = errors.New("disk failed")

// An input that fails pays nothing.
func TestInputFails(t *testing.T) {
	text := stream(twoPayments()...)
	for n := 0; n < len(text); n += 13 {
		_, err := Convert(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(errDisk)), testConfig(), Options{})
		require.ErrorIs(t, err, errDisk, n)
		_, err = Convert(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(errDisk)), testConfig(), Options{CTX: true})
		require.ErrorIs(t, err, errDisk, n)
	}
	rd := NewReader(io.MultiReader(strings.NewReader(workedExample[:300]), iotest.ErrReader(errDisk)), nil)
	_, err := rd.Next()
	for err == nil {
		_, err = rd.Next()
	}
	require.ErrorIs(t, err, errDisk)
}

// failing takes n bytes.
type failing struct{ n int }

// Write fails behind them.
func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.n {
		return f.n, errDisk
	}
	f.n -= len(p)
	return len(p), nil
}

func TestOutputFails(t *testing.T) {
	r := convert(t, stream(twoPayments()...), testConfig(), Options{})
	for n := 0; n < len(workedExample); n += 31 {
		require.ErrorIs(t, r.WriteFile(&failing{n}, 0), errDisk)
		require.ErrorIs(t, r.Write(&failing{n}), errDisk)
	}
	for _, form := range []string{"text", "json", "csv"} {
		require.ErrorIs(t, r.WriteReport(&failing{10}, form), errDisk)
	}
}

// The same input makes the same bytes, whatever pieces it comes in.
func TestDeterministic(t *testing.T) {
	text := stream(twoPayments()...)
	for _, rd := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.HalfReader(strings.NewReader(text))} {
		r, err := Convert(rd, testConfig(), Options{})
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, r.Write(&b))
		require.Equal(t, workedExample, b.String())
	}
}

// Whatever the input, what is written passes the checker of these tests and moov-io/ach, and the payments add up.
func FuzzConvert(f *testing.F) {
	f.Add([]byte(stream(twoPayments()...)), true)
	f.Add([]byte(stream(newRemit().set(1, "C").set(5, "CTX"))), true)
	f.Add([]byte(stream(newRemit().pays("0").set(1, "P"), newRemit().set(4, "CHK"))), false)
	f.Fuzz(func(t *testing.T, text []byte, ctx bool) {
		r, err := Convert(bytes.NewReader(text), testConfig(), Options{CTX: ctx, Prenotes: true, AllowUnbalanced: true})
		if err != nil {
			return
		}
		defer r.Close()
		written(t, r)
		tot := r.Totals()
		all := sumOfAll(&tot)
		if tot.In.Payments != len(r.Payments) || all.Cmp(&tot.In.Amount) != 0 {
			t.Fatal(tot)
		}
	})
}

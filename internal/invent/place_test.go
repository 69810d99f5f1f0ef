package invent

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlaces(t *testing.T) {
	places := NewPlaces()
	r := Rand(5)
	seconds, long := 0, 0
	for range 1000 {
		p := places.Draw(&r)
		assert.Positive(t, p.House)
		assert.NotEmpty(t, p.Street)
		if p.Second != "" {
			seconds++
		}
		if p.Plus != 0 {
			long++
		}
		b := Birthday(&r, 1990, 1991)
		assert.True(t, b >= 19900101 && b <= 19911228 && b/100%100 <= 12 && b%100 <= 28, b)
	}
	assert.InDelta(t, 125, seconds, 40)
	assert.InDelta(t, 250, long, 50)
	w := NewWire(io.Discard, "", false)
	p := places.Fixed(3)
	p.Second = "REAR"
	p.Write(&w)
	assert.Equal(t, "N3*211 "+p.Street+"*REAR~N4*"+p.Town.City+"*"+p.Town.State+"*"+p.Town.ZIP+"9903~", string(w.B))
}

func TestNPI(t *testing.T) {
	// Numbers whose check digit was worked out by hand.
	for n, want := range map[int64]string{34: "1343434340", 0: "1000000004"} {
		assert.Equal(t, want, NPI('1', n))
	}
	for n := range int64(100) {
		v := "80840" + NPI('2', n)
		sum := 0
		for i := range len(v) {
			d := int(v[i] - '0')
			if i%2 == 1 {
				d *= 2
			}
			sum += d/10 + d%10
		}
		assert.Zero(t, sum%10, v)
	}
}

func TestAmount(t *testing.T) {
	for _, good := range []Amount{{Count: 1}, {Size: 1, PerSet: 3, Delimiters: "|~>\n"}} {
		assert.NoError(t, good.Check())
	}
	for want, bad := range map[string]Amount{
		"neither a number of members nor a size": {What: "members"},
		"both a number of members and a size":    {What: "members", Count: 1, Size: 1},
		"negative count":                         {Count: -1},
		"2 delimiters, want 4":                   {Count: 1, Delimiters: "*~"},
	} {
		assert.EqualError(t, bad.Check(), want)
	}
}

func TestRepetitions(t *testing.T) {
	w := NewWire(io.Discard, "", false)
	w.Open("EB")
	w.Str("1")
	w.List("30 1 98")
	w.List("33")
	w.Str("HC")
	w.Sub("")
	w.Again("AD")
	w.Sub("D1")
	w.Tagged("P", 7, 3)
	w.Period(0, 1)
	w.End()
	assert.Equal(t, "EB*1*30^1^98*33*HC^AD:D1*P007*20220101-20220102~", string(w.B))
}

package codes_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/codes"
)

// A list finds what its set finds, with the same standing, for every code of the snapshot and what is near it.
func TestListIsSet(t *testing.T) {
	set := codes.Default()
	for _, name := range set.Lists() {
		list := set.List(name)
		require.Equal(t, name, list.Name())
		require.True(t, set.BuiltIn(name))
		for c := range set.All(name) {
			for _, v := range []string{c.Code, "0" + c.Code, c.Code + "0", strings.ReplaceAll(c.Code, "X", "3"), strings.ToLower(c.Code), c.Code[1:]} {
				span, ok := list.Find([]byte(v))
				_, want := set.Lookup(name, v)
				require.Equal(t, want, ok, "%s %q", name, v)
				for _, day := range []int{19900101, 20091231, 20220101, 20990101} {
					if _, status := set.LookupOn(name, v, day); ok {
						require.Equal(t, status, span.On(day, day), "%s %q on %d", name, v, day)
					}
				}
			}
		}
	}
	require.Nil(t, set.List("none"))
	require.False(t, set.BuiltIn("none"))
	require.True(t, set.List("carc").Dated())
	require.False(t, set.List("state").Dated())
}

// Codes of every length, of digits and of text, are told apart.
func TestListOfLongCodes(t *testing.T) {
	var text strings.Builder
	text.WriteString("code\tdescription\tstart\tstop\n")
	var all []string
	for n := 1; n <= 20; n++ {
		for _, digit := range []string{"0", "1", "A", "\u00e9"} {
			all = append(all, strings.Repeat(digit, n))
		}
	}
	for i, c := range all {
		fmt.Fprintf(&text, "%s\t\t%04d-01-01\t\n", c, 1000+i)
	}
	set, err := codes.Load(fstest.MapFS{"ndc.tsv": {Data: []byte(text.String())}})
	require.NoError(t, err)
	require.False(t, set.BuiltIn("ndc"))
	list := set.List("ndc")
	for i, c := range all {
		span, ok := list.Find([]byte(c))
		require.True(t, ok, c)
		require.EqualValues(t, (1000+i)*10000+101, span.Start, c)
	}
	for _, v := range []string{"", "00000000001", "AAB", strings.Repeat("0", 21), "\x00A", "A\x00"} {
		_, ok := list.Find([]byte(v))
		require.False(t, ok, "%q", v)
	}
}

func TestSpanOn(t *testing.T) {
	s := codes.Span{Start: 20200101, Stop: 20211231}
	require.Equal(t, codes.NotYet, s.On(20191201, 20191231))
	require.Equal(t, codes.Active, s.On(20191201, 20200101))
	require.Equal(t, codes.Active, s.On(20211231, 20220131))
	require.Equal(t, codes.Ended, s.On(20220101, 20220131))
	require.Equal(t, codes.Active, codes.Span{}.On(1, 1))
}

func TestFindAllocatesNothing(t *testing.T) {
	list, code := codes.Default().List("carc"), []byte("45")
	require.Zero(t, testing.AllocsPerRun(100, func() { list.Find(code) }))
}

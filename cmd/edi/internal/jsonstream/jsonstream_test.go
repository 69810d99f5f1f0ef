package jsonstream

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestStringAgreesWithEncodingJSON(t *testing.T) {
	for _, text := range []string{
		`""`, `"a"`, `"a\"b\\c\/d\b\f\n\r\t"`, `"\u00e9\u20AC"`, `"\ud83d\ude00"`, `"é😀"`, `"` + strings.Repeat("x", 100_000) + `"`,
	} {
		var want string
		require.NoError(t, json.Unmarshal([]byte(text), &want))
		got, err := NewScanner(iotest.OneByteReader(strings.NewReader(text))).String([]byte("p"))
		require.NoError(t, err)
		require.Equal(t, "p"+want, string(got))
	}
}

func TestStringRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"half pair, nothing behind": `"\ud800"`,
		"half pair, text behind":    `"\ud800abc"`,
		"half pair, wrong half":     `"\ud800\ud800"`,
		"low half first":            `"\udc00\udc00"`,
		"raw control":               "\"a\nb\"",
		"unknown escape":            `"\x41"`,
		"bad hex":                   `"\u00g0"`,
		"not UTF-8":                 "\"\xE9\"",
		"no end":                    `"abc`,
		"no string":                 `12`,
		"end in escape":             `"\u00`,
		"too long":                  `"` + strings.Repeat("x", MaxString+1) + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewScanner(strings.NewReader(text)).String(nil)
			var syntax *SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.LessOrEqual(t, syntax.Offset, int64(len(text)))
		})
	}
}

func TestAppendString(t *testing.T) {
	for _, s := range []string{"", "plain", "\"\\\n\r\t\x00\x1f\x7f/", "é€😀\u2028"} {
		var back string
		require.NoError(t, json.Unmarshal(AppendString(nil, s), &back))
		require.Equal(t, s, back)
	}
}

func TestInt(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "7,": 7, "-12]": -12, " 123456789012345678": 123456789012345678} {
		got, err := NewScanner(strings.NewReader(text)).Int()
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "-", "x", "01", "1234567890123456789", `"1"`} {
		_, err := NewScanner(strings.NewReader(text)).Int()
		require.Error(t, err, text)
	}
}

func TestSkipAndRawAgreeWithEncodingJSON(t *testing.T) {
	for _, text := range []string{
		`1`, `-0.5e+10`, `01`, `1.`, `.5`, `-`, `1e`, `true`, `tru`, `nul1`, `null`, `"a\u0041"`, `"a\q"`, `"a`,
		`[]`, `{}`, `[1,2]`, `[1,]`, `[,1]`, `[1 2]`, `{"a":1}`, `{"a":1,}`, `{"a"}`, `{1:2}`, `{"a":[{"b":[[]]},{}]}`, `[}`, `{]`, `[[]`, ``, `]`,
		strings.Repeat("[", 900) + strings.Repeat("]", 900), "\"\xff\"",
	} {
		for _, r := range []io.Reader{strings.NewReader(text + " 9"), iotest.OneByteReader(strings.NewReader(text + " 9"))} {
			sc := NewScanner(r)
			raw, err := sc.Raw([]byte("<"), 1<<20)
			want := json.Valid([]byte(text)) && text != "\"\xff\""
			if text == "" {
				want = true // the 9 is the value
				text = "9"
			}
			// Numbers that start well end where the rest starts; encoding/json sees the whole.
			if text == "01" {
				require.NoError(t, err)
				require.Equal(t, "<0", string(raw))
				continue
			}
			require.Equal(t, want, err == nil, "%q: %v", text, err)
			if want {
				require.Equal(t, "<"+text, string(raw))
			}
		}
	}
}

func TestRawLimitAndDepth(t *testing.T) {
	long := `["` + strings.Repeat("x", 300_000) + `"]`
	_, err := NewScanner(strings.NewReader(long)).Raw(nil, 200_000)
	require.ErrorContains(t, err, "more than 200000 bytes")
	raw, err := NewScanner(strings.NewReader(long)).Raw(nil, 400_000)
	require.NoError(t, err)
	require.Equal(t, long, string(raw))
	require.ErrorContains(t, NewScanner(strings.NewReader(strings.Repeat("[", 5000))).Skip(), "deep")
}

func TestReadErrorStaysItself(t *testing.T) {
	broken := errors.New("broken")
	_, err := NewScanner(io.MultiReader(strings.NewReader(`"ab`), iotest.ErrReader(broken))).String(nil)
	require.ErrorIs(t, err, broken)
	_, err = NewScanner(strings.NewReader(" \n")).Next()
	require.Equal(t, io.EOF, err)
}

func TestItems(t *testing.T) {
	sc := NewScanner(strings.NewReader(` { "a" : 1 , "b" : [ ] } `))
	require.NoError(t, sc.Open('{'))
	var keys []string
	for n := 0; ; n++ {
		more, err := sc.Item(n, '}')
		require.NoError(t, err)
		if !more {
			break
		}
		key, err := sc.Key(nil)
		require.NoError(t, err)
		keys = append(keys, string(key))
		require.NoError(t, sc.Skip())
	}
	require.Equal(t, []string{"a", "b"}, keys)
	require.Equal(t, int64(24), sc.Offset())
}

func FuzzSkip(f *testing.F) {
	f.Add(`{"a":[1,-2.5e3,"x\u00e9",null,true,{}]}`)
	f.Add(`["\ud83d\ude00"]`)
	f.Fuzz(func(t *testing.T, text string) {
		raw, err := NewScanner(strings.NewReader(text)).Raw(nil, 1<<20)
		if err == nil {
			require.True(t, json.Valid(raw), "%q", raw)
		}
	})
}

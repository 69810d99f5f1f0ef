package csvrecord

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// all reads text and returns its records with a | between fields and the faults in their places.
func all(text string) (list []string) {
	r := NewReader(strings.NewReader(text))
	for {
		rec, err := r.Read()
		switch err {
		case io.EOF:
			return list
		case nil:
			var fields []string
			for _, f := range rec.Fields {
				fields = append(fields, string(f))
			}
			list = append(list, strings.Join(fields, "|"))
		default:
			list = append(list, err.Error())
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"fields", "a,b,,c\n", []string{"a|b||c"}},
		{"no line end", "a,b", []string{"a|b"}},
		{"empty last field", "a,\n,b", []string{"a|", "|b"}},
		{"empty lines", "\n\r\na\n\n", []string{"a"}},
		{"CR LF", "a,b\r\n\"c\"\r\n", []string{"a|b", "c"}},
		{"quotes", `"a,b","c ""d""","",x`, []string{`a,b|c "d"||x`}},
		{"line end in quotes", "\"a\nb\",c\n", []string{"a\nb|c"}},
		{"a quoted nothing is a record", "\"\"\n", []string{""}},
		{"quote inside", "a\"b,c\nd", []string{ErrQuote.Error(), "d"}},
		{"text behind a quote", "\"a\"b,c\nd", []string{ErrQuote.Error(), "d"}},
		{"never closed", "a\n\"b,c", []string{"a", ErrQuote.Error()}},
		{"too long", strings.Repeat("x", MaxRecord+5) + "\ny", []string{ErrLimit.Error(), "y"}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, all(c.text)) })
	}
}

func TestPlaces(t *testing.T) {
	r := NewReader(strings.NewReader("a\n\"b\nc\"\n\nd\n"))
	var lines []int
	var offsets []int64
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		lines, offsets = append(lines, rec.Line), append(offsets, rec.Offset)
	}
	require.Equal(t, []int{1, 2, 5}, lines)
	require.Equal(t, []int64{0, 2, 9}, offsets)
}

// FuzzRead holds the reader against encoding/csv where both take the input.
func FuzzRead(f *testing.F) {
	f.Add("a,b\r\n\"c,d\",\"\"\"\"\n")
	f.Add("\"a\nb\"")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\r") { // which encoding/csv drops inside quotes
			return
		}
		std := csv.NewReader(strings.NewReader(text))
		std.FieldsPerRecord = -1
		var want []string
		for {
			fields, err := std.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			want = append(want, strings.Join(fields, "|"))
		}
		require.True(t, slices.Equal(want, all(text)), "%q: %q and %q", text, want, all(text))
	})
}

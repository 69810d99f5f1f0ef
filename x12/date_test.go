package x12

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ wire, iso, text string }{
		{"20260131", "2026-01-31", "2026-01-31"},
		{"20240229", "2024-02-29", "2024-02-29"},
		{"20000229", "2000-02-29", "2000-02-29"},
		{"00010101", "0001-01-01", "0001-01-01"},
		{"99991231", "9999-12-31", "9999-12-31"},
		{"260131", "2026-01-31", "26-01-31"},
		{"000229", "2000-02-29", "00-02-29"},
		{"491231", "2049-12-31", "49-12-31"},
		{"500101", "1950-01-01", "50-01-01"},
		{"991231", "1999-12-31", "99-12-31"},
	} {
		d, ok := ParseDate(c.wire)
		require.True(t, ok, c.wire)
		fromBytes, ok := ParseDate([]byte(c.wire))
		require.True(t, ok, c.wire)
		assert.Equal(t, d, fromBytes)
		assert.Equal(t, "x"+c.wire, string(d.AppendWire([]byte("x"))))
		assert.Equal(t, "x"+c.iso, string(d.AppendISO([]byte("x"))))
		assert.Equal(t, c.iso, d.String())
		assert.Equal(t, c.iso, d.Time().Format(time.DateOnly))
		assert.Equal(t, time.UTC, d.Time().Location())
		assert.False(t, d.IsZero())
		text, err := d.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.text, string(text))
		var back Date
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, d, back)
		text, err = d.AppendText([]byte("x"))
		require.NoError(t, err)
		assert.Equal(t, "x"+c.text, string(text))
	}
}

func TestParseDateRejects(t *testing.T) {
	for _, s := range []string{
		"", "0", "2026", "202601", "2026013", "202601311", "20260229", "19000229", "21000229", "20260431",
		"20260631", "20260931", "20261131", "20261301", "20260001", "20260100", "20260132", "00000101",
		"00000000", "000000", "260229", "261301", "260100", "2026-1-1", " 260131", "260131  ", "2026O131",
		"2/260131", "20:60131", "2A0131", "26013A", "A60131", "-60131", "20260\x0031", "٢٠٢٦",
	} {
		d, ok := ParseDate(s)
		assert.False(t, ok, "%q", s)
		assert.Equal(t, Date{}, d, "%q", s)
	}
}

// TestDateIsTheCalendar goes through every day and the days around each month
// that do not exist.
func TestDateIsTheCalendar(t *testing.T) {
	var buf []byte
	prev := Date{}
	for day := time.Date(1895, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		buf = day.AppendFormat(buf[:0], "20060102")
		d, ok := ParseDate(buf)
		if !ok || !d.Time().Equal(day) || !prev.Before(d) || d != DateOf(day) {
			t.Fatal(day)
		}
		prev = d
	}
	for year := 1895; year < 2105; year++ {
		for month := 0; month <= 13; month++ {
			for day := 0; day <= 32; day++ {
				_, ok := NewDate(year, month, day)
				at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
				if ok != (at.Year() == year && int(at.Month()) == month && at.Day() == day) {
					t.Fatal(year, month, day, ok)
				}
			}
		}
	}
}

func TestNewDate(t *testing.T) {
	d, ok := NewDate(2026, 1, 31)
	require.True(t, ok)
	assert.Equal(t, 2026, d.Year())
	assert.Equal(t, time.January, d.Month())
	assert.Equal(t, 31, d.Day())
	for _, c := range [][3]int{{0, 1, 1}, {-1, 1, 1}, {10000, 1, 1}, {2026, -1, 1}, {2026, 1, -1}, {2026, 1 << 40, 1}, {1<<32 + 2026, 1, 1}} {
		_, ok := NewDate(c[0], c[1], c[2])
		assert.False(t, ok, "%v", c)
	}
	assert.True(t, DateOf(time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero())
}

func TestDateOfUsesTheLocation(t *testing.T) {
	east := time.FixedZone("east", 9*3600)
	assert.Equal(t, "2026-02-01", DateOf(time.Date(2026, 1, 31, 20, 0, 0, 0, time.UTC).In(east)).String())
}

func TestDateForms(t *testing.T) {
	long, _ := ParseDate("20260131")
	short, _ := ParseDate("260131")
	assert.NotEqual(t, long, short)
	assert.True(t, long.Equal(short))
	assert.Zero(t, long.Compare(short))
	assert.Equal(t, short, long.Short())
	assert.Equal(t, long, short.Long())
	old, _ := ParseDate("19491231")
	assert.Equal(t, old, old.Short(), "six digits would say 2049")
	late, _ := ParseDate("20500101")
	assert.Equal(t, late, late.Short())
	assert.True(t, old.Before(long))
	assert.True(t, long.After(old))
	assert.False(t, long.Before(short) || long.After(short))
	assert.Equal(t, -1, old.Compare(short))
	assert.Equal(t, 1, late.Compare(short))
}

func TestDateAbsent(t *testing.T) {
	var d Date
	assert.True(t, d.IsZero())
	assert.Empty(t, d.String())
	assert.Empty(t, d.AppendWire(nil))
	assert.True(t, d.Time().IsZero())
	assert.Equal(t, d, d.Short())
	first, _ := NewDate(1, 1, 1)
	assert.True(t, d.Before(first))
	text, err := json.Marshal(struct {
		A Date
		B Date `json:",omitzero"`
	}{})
	require.NoError(t, err)
	assert.Equal(t, `{"A":""}`, string(text))
}

func TestDateUnmarshalText(t *testing.T) {
	d, _ := NewDate(2026, 1, 31)
	require.NoError(t, d.UnmarshalText(nil))
	assert.True(t, d.IsZero())
	for _, s := range []string{
		"20260131", "2026-1-31", "2026-01-3", "2026/01/31", "2026-02-29", "6-01-31", "126-01-31", "12026-01-31",
		"----------", "--------", "26-01--1", "-", "2026-01-31 ", "2026-01-31T00:00:00Z",
	} {
		assert.ErrorIs(t, d.UnmarshalText([]byte(s)), ErrDate, s)
	}
}

func TestDateAllocates(t *testing.T) {
	text, buf := []byte("20260131"), make([]byte, 0, 32)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		d, _ := ParseDate(text)
		buf = d.AppendISO(d.AppendWire(buf[:0]))
	}))
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"20260131", "260131", "20260229", "000229", "500101", "00000101", "2026-01-31", "", "2026013"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDate(s)
		if !ok {
			require.Equal(t, Date{}, d)
		} else {
			require.Equal(t, s, string(d.AppendWire(nil)))
		}
		// An independent calendar must agree. Its two-digit years have another
		// pivot, so they get their century first.
		full := s
		if len(s) == 6 && s < "5" {
			full = "20" + s
		} else if len(s) == 6 {
			full = "19" + s
		}
		at, err := time.Parse("20060102", full)
		require.Equal(t, err == nil && at.Year() > 0 && len(full) == 8, ok)
		if ok {
			require.True(t, at.Equal(d.Time()))
		}
		text, err := d.MarshalText()
		require.NoError(t, err)
		var back Date
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, d, back)
		if back.UnmarshalText([]byte(s)) == nil {
			text, _ = back.MarshalText()
			require.Equal(t, s, string(text))
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	text := []byte("20260131")
	for b.Loop() {
		if _, ok := ParseDate(text); !ok {
			b.Fatal()
		}
	}
}

func BenchmarkDateAppendWire(b *testing.B) {
	d, _ := NewDate(2026, 1, 31)
	buf := make([]byte, 0, 16)
	for b.Loop() {
		buf = d.AppendWire(buf[:0])
	}
}

package x12

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTime(t *testing.T) {
	for _, c := range []struct {
		wire, iso string
		since     time.Duration
	}{
		{"0000", "00:00", 0},
		{"1430", "14:30", 14*time.Hour + 30*time.Minute},
		{"2359", "23:59", 24*time.Hour - time.Minute},
		{"143005", "14:30:05", 14*time.Hour + 30*time.Minute + 5*time.Second},
		{"1430052", "14:30:05.2", 14*time.Hour + 30*time.Minute + 5200*time.Millisecond},
		{"14300520", "14:30:05.20", 14*time.Hour + 30*time.Minute + 5200*time.Millisecond},
		{"14300525", "14:30:05.25", 14*time.Hour + 30*time.Minute + 5250*time.Millisecond},
		{"23595999", "23:59:59.99", 24*time.Hour - 10*time.Millisecond},
	} {
		v, ok := ParseTime(c.wire)
		require.True(t, ok, c.wire)
		fromBytes, ok := ParseTime([]byte(c.wire))
		require.True(t, ok, c.wire)
		assert.Equal(t, v, fromBytes)
		assert.Equal(t, "x"+c.wire, string(v.AppendWire([]byte("x"))))
		assert.Equal(t, c.iso, v.String())
		assert.Equal(t, c.since, v.Duration())
		assert.Equal(t, len(c.wire), v.Digits())
		assert.False(t, v.IsZero())
		text, err := v.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.iso, string(text))
		var back Time
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, v, back)
		text, err = v.AppendText([]byte("x"))
		require.NoError(t, err)
		assert.Equal(t, "x"+c.iso, string(text))
	}
}

func TestParseTimeRejects(t *testing.T) {
	for _, s := range []string{
		"", "14", "143", "14300", "143005255", "2400", "2360", "235960", "9999", "14:30", "14 0", "1A30", "143A",
		"14300A", "143005A", "1430052A", "143005A2", "-130", "14/0", "1:30", "143005.2",
	} {
		v, ok := ParseTime(s)
		assert.False(t, ok, "%q", s)
		assert.Equal(t, Time{}, v, "%q", s)
	}
}

func TestParseTimeEveryMinute(t *testing.T) {
	for i := range 10000 {
		v, ok := ParseTime(fmt.Sprintf("%04d", i))
		require.Equal(t, i/100 < 24 && i%100 < 60, ok, i)
		if ok {
			require.Equal(t, i, v.Hour()*100+v.Minute())
		}
	}
}

func TestNewTime(t *testing.T) {
	v, ok := NewTime(14, 30, 5)
	require.True(t, ok)
	assert.Equal(t, "143005", string(v.AppendWire(nil)))
	assert.Equal(t, "1430", string(v.Short().AppendWire(nil)))
	assert.Equal(t, []int{14, 30, 5, 0}, []int{v.Hour(), v.Minute(), v.Second(), v.Hundredths()})
	for _, c := range [][3]int{{24, 0, 0}, {-1, 0, 0}, {0, 60, 0}, {0, -1, 0}, {0, 0, 60}, {0, 0, -1}, {256, 0, 0}} {
		_, ok := NewTime(c[0], c[1], c[2])
		assert.False(t, ok, "%v", c)
	}
	assert.Equal(t, v, TimeOf(time.Date(2026, 1, 31, 14, 30, 5, 999, time.UTC)))
}

func TestTimeCompare(t *testing.T) {
	order := []string{"0000", "0001", "000100", "00010050", "143005", "1430052", "14300525", "2359"}
	for i, a := range order {
		v, _ := ParseTime(a)
		assert.Equal(t, -1, Time{}.Compare(v), "absent comes first, also before midnight")
		for j, b := range order {
			u, _ := ParseTime(b)
			want := v.Duration() - u.Duration()
			assert.Equal(t, want < 0, v.Before(u), "%s %s", a, b)
			assert.Equal(t, want == 0, v.Equal(u), "%s %s", a, b)
			assert.LessOrEqual(t, v.Compare(u)*(j-i), 0, "%s %s", a, b)
		}
	}
}

func TestTimeAbsent(t *testing.T) {
	var v Time
	assert.True(t, v.IsZero())
	assert.Empty(t, v.String())
	assert.Empty(t, v.AppendWire(nil))
	assert.True(t, v.Short().IsZero())
	text, err := json.Marshal(struct {
		A Time
		B Time `json:",omitzero"`
	}{})
	require.NoError(t, err)
	assert.Equal(t, `{"A":""}`, string(text))
}

func TestTimeUnmarshalText(t *testing.T) {
	v, _ := NewTime(1, 2, 3)
	require.NoError(t, v.UnmarshalText(nil))
	assert.True(t, v.IsZero())
	for _, s := range []string{
		"1430", "14:3", "1:30", "14:30:", "14:30:5", "14:30:05.", "14:30:05,2", "14:30:05.255", "24:00", "14-30",
		"14:30 ", "14:30Z", ":", "::::::::", "14:30:05:2",
	} {
		assert.ErrorIs(t, v.UnmarshalText([]byte(s)), ErrTime, s)
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"0000", "1430", "143005", "1430052", "14300525", "2400", "14:30:05.25", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := ParseTime(s)
		if ok {
			require.Equal(t, s, string(v.AppendWire(nil)))
		} else {
			require.Equal(t, Time{}, v)
		}
		text, err := v.MarshalText()
		require.NoError(t, err)
		var back Time
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, v, back)
		if back.UnmarshalText([]byte(s)) == nil {
			require.Equal(t, s, back.String())
		}
	})
}

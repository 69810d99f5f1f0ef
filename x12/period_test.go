package x12

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var periodTexts = []struct{ qualifier, wire, json string }{
	{"D8", "20260131", `{"qualifier":"D8","from":"2026-01-31"}`},
	{"D6", "260131", `{"qualifier":"D6","from":"26-01-31"}`},
	{"DB", "01312026", `{"qualifier":"DB","from":"2026-01-31"}`},
	{"DT", "202601311430", `{"qualifier":"DT","from":"2026-01-31","fromTime":"14:30"}`},
	{"RTS", "20260131143005", `{"qualifier":"RTS","from":"2026-01-31","fromTime":"14:30:05"}`},
	{"TM", "0000", `{"qualifier":"TM","fromTime":"00:00"}`},
	{"TS", "143005", `{"qualifier":"TS","fromTime":"14:30:05"}`},
	{"RD8", "20260101-20260131", `{"qualifier":"RD8","from":"2026-01-01","to":"2026-01-31"}`},
	{"RD8", "20260131-20260101", `{"qualifier":"RD8","from":"2026-01-31","to":"2026-01-01"}`},
	{"RD6", "260101-260131", `{"qualifier":"RD6","from":"26-01-01","to":"26-01-31"}`},
	{"RD", "01012026-01312026", `{"qualifier":"RD","from":"2026-01-01","to":"2026-01-31"}`},
	{"RDT", "202601010900-202601311730", `{"qualifier":"RDT","from":"2026-01-01","fromTime":"09:00","to":"2026-01-31","toTime":"17:30"}`},
	{"DTS", "20260101090000-20260131173059", `{"qualifier":"DTS","from":"2026-01-01","fromTime":"09:00:00","to":"2026-01-31","toTime":"17:30:59"}`},
	{"DDT", "20260101-202601311730", `{"qualifier":"DDT","from":"2026-01-01","to":"2026-01-31","toTime":"17:30"}`},
	{"DTD", "202601010900-20260131", `{"qualifier":"DTD","from":"2026-01-01","fromTime":"09:00","to":"2026-01-31"}`},
	{"RTM", "0900-1730", `{"qualifier":"RTM","fromTime":"09:00","toTime":"17:30"}`},
	{"UN", "early spring", `{"qualifier":"UN","text":"early spring"}`},
	{"CM", "202601", `{"qualifier":"CM","text":"202601"}`},
	{"", "20260131", `{"text":"20260131"}`},
	{"D8", "", `{"qualifier":"D8"}`},
	{"UN", "", `{"qualifier":"UN"}`},
	{"", "", `{}`},
}

func TestParsePeriod(t *testing.T) {
	for _, c := range periodTexts {
		p, ok := ParsePeriod(c.qualifier, c.wire)
		require.True(t, ok, c.qualifier)
		assert.Equal(t, "x"+c.wire, string(p.AppendWire([]byte("x"))), c.qualifier)
		assert.Equal(t, c.json == "{}", p.IsZero())
		text, err := json.Marshal(p)
		require.NoError(t, err)
		assert.Equal(t, c.json, string(text))
		var back Period
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, p, back)
		if p.Text == "" && c.wire != "" {
			assert.NoError(t, p.Check(), c.qualifier)
		}
	}
}

func TestParsePeriodRejects(t *testing.T) {
	for _, c := range []struct{ qualifier, wire string }{
		{"D8", "260131"}, {"D8", "20260229"}, {"D8", "20260131-20260131"}, {"D8", "2026013100"}, {"D8", " "},
		{"D6", "20260131"}, {"DB", "20260131"}, {"DB", "13012026"},
		{"DT", "20260131"}, {"DT", "20260131143005"}, {"DT", "202601312400"}, {"DT", "202602301430"},
		{"TM", "14300"}, {"TM", "143005"}, {"TM", "2400"}, {"TS", "1430"},
		{"RD8", "20260131"}, {"RD8", "2026010120260131"}, {"RD8", "20260101 20260131"}, {"RD8", "20260101-20260132"},
		{"RD8", "20260132-20260131"}, {"RD8", "20260101-"}, {"RD8", "-20260131"}, {"RD8", "260101-260131"},
		{"RDT", "202601010900-20260131"}, {"RTM", "0900/1730"},
	} {
		p, ok := ParsePeriod(c.qualifier, c.wire)
		assert.False(t, ok, c)
		assert.Equal(t, Period{Qualifier: c.qualifier, Text: c.wire}, p)
		assert.Equal(t, c.wire, string(p.AppendWire(nil)), "nothing is lost")
		assert.ErrorIs(t, p.Check(), ErrPeriod)
	}
}

func TestPeriodWritesTheFormOfItsQualifier(t *testing.T) {
	short, _ := ParseDate("260131")
	old, _ := NewDate(1949, 12, 31)
	noon, _ := NewTime(12, 0, 1)
	for _, c := range []struct {
		p     Period
		wire  string
		check bool // passes Check
	}{
		{Period{Qualifier: "D8", From: short}, "20260131", true},
		{Period{Qualifier: "D6", From: short.Long()}, "260131", true},
		{Period{Qualifier: "D6", From: old}, "19491231", false},
		{Period{Qualifier: "TM", FromTime: noon}, "1200", false},
		{Period{Qualifier: "RTS", From: short, FromTime: noon.Short()}, "20260131120000", true},
		{Period{Qualifier: "RD8", From: short}, "20260131", false},
		{Period{Qualifier: "RD8", To: short}, "-20260131", false},
		{Period{Qualifier: "D8", From: short, To: short}, "20260131", false},
		{Period{Qualifier: "D8"}, "", false},
		{Period{Qualifier: "DB"}, "", false},
		{Period{Qualifier: "D8", From: short, Text: "spring"}, "spring", false},
		{Period{Qualifier: "UN", Text: "spring"}, "spring", true},
	} {
		assert.Equal(t, c.wire, string(c.p.AppendWire(nil)))
		assert.Equal(t, c.check, c.p.Check() == nil, "%s %s", c.p.Qualifier, c.wire)
	}
}

func TestDaysPeriod(t *testing.T) {
	first, _ := ParseDate("260101")
	last, _ := ParseDate("20260131")
	assert.Equal(t, "20260101", string(DayPeriod(first).AppendWire(nil)))
	assert.Equal(t, "20260101-20260131", string(DaysPeriod(first, last).AppendWire(nil)))
	assert.Equal(t, DayPeriod(first), DaysPeriod(first, Date{}))
	assert.Equal(t, DayPeriod(last), DaysPeriod(Date{}, last))
	assert.True(t, DaysPeriod(Date{}, Date{}).IsZero())
	assert.Equal(t, last, DaysPeriod(first, last).Last())
	assert.Equal(t, last, DayPeriod(last).Last())
	assert.True(t, DaysPeriod(first, last).IsRange())
	assert.False(t, DayPeriod(first).IsRange())
}

func TestPeriodAllocates(t *testing.T) {
	buf := make([]byte, 0, 64)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		p, _ := ParsePeriod("RD8", "20260101-20260131")
		buf = p.AppendWire(buf[:0])
	}))
}

func FuzzParsePeriod(f *testing.F) {
	for _, c := range periodTexts {
		f.Add(c.qualifier, c.wire)
	}
	f.Add("RD8", "20260101-2026013")
	f.Fuzz(func(t *testing.T, qualifier, text string) {
		p, ok := ParsePeriod(qualifier, text)
		require.Equal(t, text, string(p.AppendWire(nil)))
		require.Equal(t, qualifier, p.Qualifier)
		if !ok {
			require.Equal(t, text, p.Text)
		} else if p.Text == "" && text != "" {
			require.NoError(t, p.Check())
		}
	})
}

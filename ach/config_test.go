package ach

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

func TestReadConfig(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "ach", "config-all.json"))
	require.NoError(t, err)
	c, err := ReadConfig(strings.NewReader(string(text)))
	require.NoError(t, err)
	require.Equal(t, &Config{
		Destination: "999988880", DestinationName: "FIRST EXAMPLE BANK", Origin: "1512345678", OriginName: "NORTH HEALTH PLAN", Reference: "NHP-0001",
		ODFI: "99998888", CTXDescription: "CLAIMS PMT", Payers: map[string]string{"1512345678": "NORTH HEALTH PLN"}, Payees: map[string]string{"1234567893": "GOOD CLINIC"},
		DatePolicy: NextBankingDay, Terminator: '\\', DropTRN04: true, BankOptionAsACH: true, EntryLimit: 5_000_000_00, SameDayLimit: 1_000_000_00,
		FileLines: 10000, BatchLines: 5000, Created: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), FileID: 'B', TraceStart: 501,
	}, c)
}

// Every fault names its line and key.
func TestConfigFaults(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"check digit":        {`"destination": "999988880"`, `"destination": "999988881"`, "line 2: destination: is not a routing number of 9 digits"},
		"name too long":      {`"FIRST EXAMPLE BANK"`, `"THE FIRST EXAMPLE BANK OF THE NORTH"`, "line 3: destination_name: has more than 23 characters"},
		"name not ASCII":     {`"origin_name": "NORTH`, `"origin_name": "N\u00d6RTH`, "line 5: origin_name: is not printable ASCII"},
		"origin of eight":    {`"origin": "1512345678"`, `"origin": "15123456"`, "line 4: origin: is neither"},
		"odfi":               {`"99998888"`, `"9999888"`, "line 7: odfi: is neither 8 digits"},
		"HCCLAIMPMT":         {`"CLAIMS PMT"`, `"HCCLAIMPMT"`, "line 8: ctx_description: HCCLAIMPMT belongs to CCD"},
		"payer's name":       {`"NORTH HEALTH PLN"`, `"NORTH HEALTH PLAN"`, "line 9: payers: expected ids with names of 1 to 16"},
		"payer's name twice": {`"1512345678": "NORTH HEALTH PLN"`, `"1512345678": "N", "1512345678": "N"`, "line 10: 1512345678: is there twice"},
		"a number as name":   {`"1512345678": "NORTH HEALTH PLN"`, `"1512345678": 5`, "line 10: 1512345678: expected a text"},
		"policy":             {`"next"`, `"tomorrow"`, "line 15: date_policy: is none of next, error, keep"},
		"terminator":         {`"\\"`, `"|"`, `line 16: terminator: is neither ~ nor \`},
		"bool":               {`"drop_trn04": true`, `"drop_trn04": "yes"`, "line 17: drop_trn04: expected true or false"},
		"float":              {`"5000000.00"`, `5000000.00`, "line 19: entry_limit: expected a text"},
		"three decimals":     {`"5000000.00"`, `"5000000.001"`, "line 19: entry_limit: expected an amount above 0"},
		"over the field":     {`"5000000.00"`, `"100000000"`, "line 19: entry_limit: is not an amount up to 99999999.99"},
		"few lines":          {`: 10000`, `: 19`, "line 21: file_lines: is not a number from 20 on"},
		"half a line":        {`: 10000`, `: 99.5`, "line 21: file_lines: expected a whole number above 0"},
		"time":               {`"2026-11-21T09:00"`, `"21.11.2026"`, "line 23: created: expected a time such as"},
		"file id":            {`"file_id": "B"`, `"file_id": "b"`, "line 24: file_id: is none of A to Z"},
		"trace":              {`501`, `10000000`, "line 25: trace_start: is not a number from 1 to 9999999"},
		"no such key":        {`"reference"`, `"referenz"`, "line 6: referenz: no such key"},
		"twice":              {`"reference": "NHP-0001"`, `"origin": "1512345678"`, "line 6: origin: is there twice"},
		"a comma too many":   {`501`, `501,`, "line 26: not JSON"},
		"an object":          {`"reference": "NHP-0001"`, `"reference": {}`, "line 6: reference: expected a text"},
		"cut short":          {"\n}\n", "\n", "not JSON: the text ends too early"},
		"text behind":        {"\n}\n", "\n}\n{}", "text behind the object"},
		"no object":          {"{\n", "[\n", "line 1: expected an object"},
	} {
		text, err := os.ReadFile(filepath.Join("..", "testdata", "ach", "config-all.json"))
		require.NoError(t, err)
		changed := strings.Replace(string(text), c.old, c.new, 1)
		require.NotEqual(t, string(text), changed, name)
		_, err = ReadConfig(strings.NewReader(changed))
		require.ErrorIs(t, err, ErrConfig, name)
		require.ErrorContains(t, err, c.want, name)
		var e *ConfigError
		require.ErrorAs(t, err, &e, name)
	}
	_, err := ReadConfig(strings.NewReader(`{"destination": "999988880"}`))
	require.ErrorContains(t, err, "destination_name: is missing")
	_, err = ReadConfig(strings.NewReader(strings.Repeat(" ", 2<<20)))
	require.ErrorIs(t, err, ErrConfig)
	_, err = Convert(strings.NewReader(""), &Config{}, Options{})
	require.ErrorIs(t, err, ErrConfig)
}

// The holidays as the Federal Reserve has published them.
func TestBankingDays(t *testing.T) {
	closed := map[int][]string{
		2025: {"0101", "0120", "0217", "0526", "0619", "0704", "0901", "1013", "1111", "1127", "1225"},
		2026: {"0101", "0119", "0216", "0525", "0619", "0907", "1012", "1111", "1126", "1225"},         // July 4 is a Saturday
		2027: {"0101", "0118", "0215", "0531", "0705", "0906", "1011", "1111", "1125"},                 // June 19 and December 25 are Saturdays
		2028: {"0117", "0221", "0529", "0619", "0704", "0904", "1009", "1123", "1225"},                 // January 1 and November 11 are Saturdays
		2029: {"0101", "0115", "0219", "0528", "0619", "0704", "0903", "1008", "1112", "1122", "1225"}, // November 11 is a Sunday
	}
	for year, list := range closed {
		holidays := map[string]bool{}
		for _, d := range list {
			holidays[d] = true
		}
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
			require.Equal(t, !weekend && !holidays[day.Format("0102")], BankingDay(x12.DateOf(day)), day.Format(time.DateOnly))
		}
	}
}

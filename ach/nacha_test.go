package ach

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	nacha "github.com/moov-io/ach"
	"github.com/stretchr/testify/require"
)

// checked is an entry as the checker of these tests sees it.
type checked struct {
	sec, description, effective, company, companyID, odfi string
	code, routing, account, id, name, trace               string
	cents                                                 int64
	texts                                                 []string
}

// field takes columns off a record, 1 = first, both included.
func field(record string, from, to int) string { return record[from-1 : to] }

func number(t testing.TB, record string, from, to int) int64 {
	t.Helper()
	n, err := strconv.ParseUint(field(record, from, to), 10, 63)
	require.NoError(t, err, "columns %d to %d of %q", from, to, record)
	return int64(n)
}

// checkNacha checks a file by the record layouts alone, without any code of the package, and returns its entries.
func checkNacha(t testing.TB, text string) []checked {
	t.Helper()
	require.True(t, strings.HasSuffix(text, "\n"))
	records := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	require.Zero(t, len(records)%10, "the last block is not full")
	for i, r := range records {
		require.Len(t, r, 94, "line %d", i+1)
		for _, c := range []byte(r) {
			require.True(t, c >= 0x20 && c < 0x7F, "line %d: byte %x", i+1, c)
		}
	}
	h := records[0]
	require.Equal(t, "101", field(h, 1, 3))
	require.Equal(t, "094101", field(h, 35, 40))
	require.Equal(t, byte(' '), h[3])
	require.Regexp(t, `^\d{6}$`, field(h, 24, 29))
	require.Regexp(t, `^\d{4}$`, field(h, 30, 33))
	require.Regexp(t, `^[A-Z0-9]$`, field(h, 34, 34))

	var out []checked
	var batches, lines, hash, credit, batchLines, batchHash, batchCredit, lastTrace int64
	var head, entry string
	at := 1
	for ; ; at++ {
		r := records[at]
		switch r[0] {
		case '5':
			require.Empty(t, head, "a batch in a batch")
			head, batchLines, batchHash, batchCredit, lastTrace = r, 0, 0, 0, 0
			batches++
			require.Equal(t, "220", field(r, 2, 4))
			require.Equal(t, batches, number(t, r, 88, 94))
			require.Equal(t, "   1", field(r, 76, 79))
			require.Regexp(t, `^\d\d[01]\d[0-3]\d$`, field(r, 70, 75))
			require.NotContains(t, strings.TrimRight(field(r, 41, 50), " "), " ")
			require.Equal(t, field(r, 51, 53) == "CCD", field(r, 54, 63) == "HCCLAIMPMT")
		case '6':
			entry = r
			require.NotEmpty(t, head)
			require.Contains(t, []string{"22", "32", "23", "33"}, field(r, 2, 3))
			requireCheckDigit(t, field(r, 4, 12))
			require.NotEqual(t, byte(' '), r[12])
			require.Equal(t, byte('1'), r[78])
			require.Equal(t, field(head, 80, 87), field(r, 80, 87))
			trace := number(t, r, 88, 94)
			require.Greater(t, trace, lastTrace)
			lastTrace = trace
			cents := number(t, r, 30, 39)
			require.Equal(t, field(r, 3, 3) == "3", cents == 0, "a prenote has no money, any other entry has")
			batchCredit += cents
			batchHash += number(t, r, 4, 11)
			batchLines++
			out = append(out, checked{sec: field(head, 51, 53), description: field(head, 54, 63), effective: field(head, 70, 75), company: field(head, 5, 20),
				companyID: field(head, 41, 50), odfi: field(head, 80, 87), code: field(r, 2, 3), routing: field(r, 4, 12), account: field(r, 13, 29),
				id: field(r, 40, 54), name: field(r, 55, 76), trace: field(r, 80, 94), cents: cents})
		case '7':
			e := &out[len(out)-1]
			require.NotEmpty(t, entry)
			require.Equal(t, "05", field(r, 2, 3))
			e.texts = append(e.texts, field(r, 4, 83))
			require.EqualValues(t, len(e.texts), number(t, r, 84, 87))
			require.Equal(t, field(entry, 88, 94), field(r, 88, 94))
			batchLines++
		case '8':
			require.Equal(t, field(head, 2, 4), field(r, 2, 4))
			require.Equal(t, batchLines, number(t, r, 5, 10))
			require.Equal(t, batchHash%1e10, number(t, r, 11, 20))
			require.Zero(t, number(t, r, 21, 32))
			require.Equal(t, batchCredit, number(t, r, 33, 44))
			require.Equal(t, field(head, 41, 50), field(r, 45, 54))
			require.Equal(t, strings.Repeat(" ", 25), field(r, 55, 79))
			require.Equal(t, field(head, 80, 94), field(r, 80, 94))
			lines, hash, credit = lines+batchLines, hash+batchHash, credit+batchCredit
			head, entry = "", ""
		}
		if r[0] == '9' {
			break
		}
		require.Contains(t, "5678", string(r[0]))
	}
	c := records[at]
	require.Equal(t, batches, number(t, c, 2, 7))
	require.EqualValues(t, len(records)/10, number(t, c, 8, 13))
	require.Equal(t, lines, number(t, c, 14, 21))
	require.Equal(t, hash%1e10, number(t, c, 22, 31))
	require.Zero(t, number(t, c, 32, 43))
	require.Equal(t, credit, number(t, c, 44, 55))
	require.Equal(t, strings.Repeat(" ", 39), field(c, 56, 94))
	for _, r := range records[at+1:] {
		require.Equal(t, strings.Repeat("9", 94), r)
	}
	require.Less(t, len(records)-at-1, 10)
	for i := range out {
		e := &out[i]
		if e.sec == "CCD" {
			require.Len(t, e.texts, 1)
			require.Regexp(t, `^TRN\*1\*[^*~\\]{1,50}\*[^*~\\]{10}(\*[^*~\\]{1,50})?[~\\] *$`, e.texts[0])
			continue
		}
		require.Equal(t, fmt.Sprintf("%04d", len(e.texts)), e.name[:4])
		require.Equal(t, "  ", e.name[20:])
		all := strings.Join(e.texts, "")
		require.True(t, strings.HasPrefix(all, "ISA"))
		require.Less(t, len(all)-len(strings.TrimRight(all, " ")), 80)
	}
	return out
}

func requireCheckDigit(t testing.TB, routing string) {
	t.Helper()
	sum := 0
	for i, w := range []int{3, 7, 1, 3, 7, 1, 3, 7} {
		sum += w * int(routing[i]-'0')
	}
	require.Equal(t, (10-sum%10)%10, int(routing[8]-'0'))
	require.NotEqual(t, "000000000", routing)
}

// readByMoov reads and validates a file with moov-io/ach.
func readByMoov(t testing.TB, text, origin string) {
	t.Helper()
	rd := nacha.NewReader(strings.NewReader(text))
	if len(origin) == 10 {
		rd.SetValidation(&nacha.ValidateOpts{BypassOriginValidation: true})
	}
	f, err := rd.Read()
	require.NoError(t, err)
	require.NoError(t, f.Validate())
}

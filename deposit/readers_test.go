package deposit

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// example is the two payments of a made-up plan, as another writer of NACHA files wrote them.
const example = `101 999988880 9999888802611210900A094101FIRST EXAMPLE BANK     NORTH HEALTH PLAN              
5220NORTH HEALTH PLN                    1512345678CCDHCCLAIMPMT      261124   1999988880000001
622999977778744567890        0000123456EFT0001234     GOOD CLINIC PA          1999988880000001
705TRN*1*EFT0001234*1512345678~                                                    00010000001
632999977778SAV-55501        0000005000EFT0001235     ELM DENTAL GROUP        1999988880000002
705TRN*1*EFT0001235*1512345678*000000999~                                          00010000002
822000000401999955540000000000000000001284561512345678                         999988880000001
9000001000001000000040199995554000000000000000000128456                                       
9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
`

// sinkOf returns a sink that keeps what it gets.
func sinkOf(list *[]x12.Issue) x12.Sink {
	return func(i *x12.Issue) bool { *list = append(*list, *i); return true }
}

// readAll returns the entries of a reader.
func readAll(t testing.TB, r EntryReader) (list []*Entry) {
	t.Helper()
	for {
		e, err := r.Next()
		if err == io.EOF {
			return list
		}
		require.NoError(t, err)
		list = append(list, e)
	}
}

// brief writes entries as lines, for comparing.
func brief(list []*Entry) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%d %s %s %s %s", e.Line, e.Sort, e.Way, amountText(e.Amount), e.Date)
		for _, f := range [...][2]string{{"trace", e.Trace}, {"payer", e.PayerID}, {"company", e.CompanyID}, {"name", e.PayerName}, {"ref", e.Reference},
			{"to", e.Receiver}, {"of", e.Original}, {"why", e.Reason}, {"code", e.Code}, {"cur", e.Currency}, {"text", e.Text}} {
			if f[1] != "" {
				fmt.Fprintf(&b, " %s=%s", f[0], f[1])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func rules(list []x12.Issue) (out []string) {
	for _, i := range list {
		out = append(out, fmt.Sprintf("%s %d: %s", i.Rule, i.Segment, i.Message))
	}
	return out
}

const exampleEntries = `3 deposit ach 1234.56 2026-11-24 trace=EFT0001234 payer=1512345678 company=1512345678 name=NORTH HEALTH PLN ref=999988880000001 to=EFT0001234 code=22
5 deposit ach 50.00 2026-11-24 trace=EFT0001235 payer=1512345678 company=1512345678 name=NORTH HEALTH PLN ref=999988880000002 to=EFT0001235 code=32
`

func TestNACHAForms(t *testing.T) {
	short := ""
	for l := range strings.Lines(example) {
		short += strings.TrimRight(l, " \n") + "\n"
	}
	for name, text := range map[string]string{
		"lines": example, "crlf": strings.ReplaceAll(example, "\n", "\r\n"), "blocks": strings.ReplaceAll(example, "\n", ""),
		"short": short, "mark": "\ufeff" + example, "noFiller": example[:95*8], "control-z": example + "\x1a",
	} {
		t.Run(name, func(t *testing.T) {
			var found []x12.Issue
			r, err := Open(iotest.OneByteReader(strings.NewReader(text)), "f", Bank{}, sinkOf(&found))
			require.NoError(t, err)
			require.Equal(t, exampleEntries, brief(readAll(t, r)))
			require.Empty(t, rules(found))
		})
	}
}

// TestNACHALong reads a file without line ends that is longer than any buffer.
func TestNACHALong(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(example, "\n"), "\n")
	var b strings.Builder
	b.WriteString(lines[0])
	const n = 3000
	for range n {
		b.WriteString(strings.Join(lines[1:7], ""))
	}
	fmt.Fprintf(&b, "9%06d%06d%08d%010d%012d%012d%39s", n, (n*6+2+9)/10, n*4, n*199995554%10_000_000_000, 0, n*128456, "")
	var found []x12.Issue
	list := readAll(t, NewNACHAReader(strings.NewReader(b.String()), "", sinkOf(&found)))
	require.Len(t, list, 2*n)
	require.Empty(t, rules(found))
	require.Equal(t, 6*n-1, list[2*n-1].Line)
}

func TestNACHAFaults(t *testing.T) {
	lines := strings.SplitAfter(example, "\n")
	with := func(k int, line string) string {
		list := append([]string{}, lines...)
		list[k] = line
		return strings.Join(list, "")
	}
	cut := func(k int) string { return strings.Join(append(append([]string{}, lines[:k]...), lines[k+1:]...), "") }
	for name, c := range map[string]struct {
		text    string
		entries int
		want    []string
	}{
		"amount":     {with(2, strings.Replace(lines[2], "0000123456", "000012345X", 1)), 2, []string{"nacha/record 3: the amount is no number", "bank/totals 7: the total of credits of the batch differs from the entries read", "bank/totals 8: the total of credits of the file differs from the entries read"}},
		"hash":       {with(6, strings.Replace(lines[6], "0199995554", "0199995555", 1)), 2, []string{"bank/totals 7: the entry hash of the batch differs from the entries read"}},
		"noBatch":    {cut(1), 2, []string{"nacha/record 2: an entry outside a batch", "nacha/record 4: an entry outside a batch", "nacha/record 6: a batch control record without a batch", "bank/totals 7: the batch count differs from the batches read", "bank/totals 7: the entry and addenda count of the file differs from the entries read", "bank/totals 7: the entry hash of the file differs from the entries read", "bank/totals 7: the total of credits of the file differs from the entries read"}},
		"noControl":  {cut(6), 2, []string{"bank/totals 7: the last batch has no control record", "bank/totals 7: the batch count differs from the batches read", "bank/totals 7: the entry and addenda count of the file differs from the entries read", "bank/totals 7: the entry hash of the file differs from the entries read", "bank/totals 7: the total of credits of the file differs from the entries read"}},
		"noEnd":      {strings.Join(lines[:5], ""), 2, []string{"nacha/record 6: a health care payment in front of this line without exactly one addenda with a TRN", "bank/totals 6: the file has no file control record"}},
		"date":       {with(1, strings.Replace(lines[1], "261124", "261324", 1)), 2, []string{"nacha/record 2: the effective entry date is none of the calendar"}},
		"stray":      {with(0, lines[0]+"X\n"), 2, []string{"nacha/record 2: a record of no known type: it is passed over"}},
		"strayAdd":   {with(1, lines[3]+lines[1]), 2, []string{"nacha/record 2: an addenda record without an entry"}},
		"noTRN":      {with(3, strings.Replace(lines[3], "TRN*1*", "XXX*1*", 1)), 2, []string{"nacha/record 5: a health care payment in front of this line without exactly one addenda with a TRN"}},
		"latin":      {with(2, strings.Replace(lines[2], "GOOD CLINIC PA", "GOOD CLÍNIC PA", 1)), 2, nil},
		"twoAddenda": {with(3, lines[3]+lines[3]), 2, []string{"nacha/record 6: a health care payment in front of this line without exactly one addenda with a TRN", "bank/totals 8: the entry and addenda count of the batch differs from the entries read", "bank/totals 9: the entry and addenda count of the file differs from the entries read"}},
	} {
		t.Run(name, func(t *testing.T) {
			var found []x12.Issue
			list := readAll(t, NewNACHAReader(strings.NewReader(c.text), "", sinkOf(&found)))
			require.Len(t, list, c.entries)
			require.Equal(t, c.want, rules(found))
		})
	}
}

// nachaRecords makes a batch of entries for reading; totals are left out, so their findings are dropped.
func nachaRecords(sec, description string, records ...string) string {
	out := strings.SplitAfter(example, "\n")[0]
	out += fmt.Sprintf("5200%-16s%20s%s%s%-10s%6s%s   1999988880000001\n", "NORTH HEALTH PLN", "", "1512345678", sec, description, "", "261124")
	for _, r := range records {
		out += fmt.Sprintf("%-94s\n", r)
	}
	return out
}

func TestNACHASorts(t *testing.T) {
	entry := func(code, amount string) string {
		return "6" + code + "999977778744567890        " + amount + "ID-1           GOOD CLINIC PA          0999988880000009"
	}
	isa := "ISA|00|          |00|          |ZZ|NORTH          |ZZ|GOOD           |261124|0900|^|00501|000000001|0|P|:'GS|HP|N|G|20261124|0900|1|X|005010X221A1'ST|835|0001'BPR|C|12.34|C|ACH|CTX'TRN|1|EFT 77|1512345678'"
	var addenda []string
	for k := 0; k*80 < len(isa); k++ {
		addenda = append(addenda, fmt.Sprintf("705%-80s%04d0000009", isa[k*80:min(len(isa), k*80+80)], k+1))
	}
	for _, c := range []struct {
		name, sec, description string
		records                []string
		want                   string
	}{
		{"credit", "CCD", "CLAIMS", []string{entry("22", "0000001234")}, "3 deposit ach 12.34 2026-11-24 "},
		{"payroll", "PPD", "PAYROLL", []string{entry("22", "0000001234")}, "3 other ach 12.34 2026-11-24 "},
		{"prenote", "CCD", "HCCLAIMPMT", []string{entry("23", "0000000000")}, "3 zero ach 0.00 2026-11-24 "},
		{"zeroDollar", "CCD", "HCCLAIMPMT", []string{entry("34", "0000000000")}, "3 zero ach 0.00 2026-11-24 "},
		{"debit", "CCD", "BILL", []string{entry("27", "0000001234")}, "3 outgoing ach 12.34 2026-11-24 "},
		{"reversal", "CCD", "REVERSAL", []string{entry("27", "0000001234")}, "3 reversal ach 12.34 2026-11-24 "},
		{"return", "CCD", "HCCLAIMPMT", []string{entry("21", "0000001234"), "799R03091000010000017      09100001"}, "3 return ach 12.34 2026-11-24 of=091000010000017 why=R03 "},
		{"returnOfDebit", "CCD", "BILL", []string{entry("26", "0000001234"), "799R01091000010000017      09100001"}, "3 other ach 12.34 2026-11-24 of=091000010000017 why=R01 "},
		{"change", "CCD", "HCCLAIMPMT", []string{entry("21", "0000000000"), "798C01091000010000017      09100001744567891"}, "3 notice ach 0.00 2026-11-24 of=091000010000017 why=C01 "},
		{"ctx", "CTX", "CLAIMS PMT", append([]string{entry("22", "0000001234")}, addenda...), "3 deposit ach 12.34 2026-11-24 trace=EFT 77 payer=1512345678 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := readAll(t, NewNACHAReader(strings.NewReader(nachaRecords(c.sec, c.description, c.records...)), "", nil))
			require.Len(t, list, 1)
			e := *list[0]
			require.Equal(t, "999988880000009", e.Reference)
			e.CompanyID, e.PayerName, e.Reference, e.Receiver, e.Code = "", "", "", "", ""
			require.Equal(t, strings.TrimSpace(c.want)+"\n", brief([]*Entry{&e}))
		})
	}
}

func TestTRN(t *testing.T) {
	for text, want := range map[string]TRN{
		`TRN*1*EFT0001234*1512345678~`:                      {"EFT0001234", "1512345678", ""},
		`TRN*1*EFT0001234*1512345678\`:                      {"EFT0001234", "1512345678", ""},
		`TRN*1*EFT0001234*1512345678*000000999~AND MORE`:    {"EFT0001234", "1512345678", "000000999"},
		`TRN*1*EFT0001234*1512345678 AND MORE`:              {"EFT0001234", "1512345678", ""},
		`TRN*1*EFT0001234*1512345678*000000999 AND`:         {"EFT0001234", "1512345678", "000000999"},
		`HCCLAIMPMTTRN*1*77*1512345678`:                     {"77", "1512345678", ""},
		`RMT TRN*1*77*1512345678GOOD CLINIC`:                {"77", "1512345678", ""},
		`TRN*1*EFT 77*1512345678~`:                          {"EFT 77", "1512345678", ""},
		`TRN*1*77~`:                                         {"77", "", ""},
		`TRN*1*77 GOOD CLINIC`:                              {"77", "", ""},
		`TRN|1|77|1512345678\`:                              {"77", "1512345678", ""},
		`TRN 1 77 1512345678`:                               {"77", "1512345678", ""},
		`TRN*2*88*9~TRN*1*77*1512345678~`:                   {"77", "1512345678", ""},
		`TRN*1* *1512345678~ TRN*1*77*1512345678~`:          {"77", "1512345678", ""},
		`TRN*1*` + strings.Repeat("9", 50) + `*1512345678~`: {strings.Repeat("9", 50), "1512345678", ""},
	} {
		got, ok := ParseTRN(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "TRN", "TRN*1*", "TRN*1*~", "TRN*2*77*1~", "TRNX1X77X1", "PATRN 1 77 15", "TRN*1" + strings.Repeat(" ", 90), "TRN*1*" + strings.Repeat("9", 51) + "*1512345678~", "TRN~1~77~1"} {
		_, ok := ParseTRN(text)
		require.False(t, ok, text)
	}
}

const bai2 = `01,123456780,RIVERBEND,261128,0600,1,80,,2/
02,RIVERBEND,123456780,1,261125,2359,USD,2/
03,990010001,,010,500000,,,100,43506,3,V,261125,/
88,400,12000,1,Z/
16,165,12345,Z,BK1,CR1,/
88,ORIG CO NAME=BLUE MESA,DESC=HCCLAIMPMT
88,TRN*1*EFT0001*199000
88,0101\
16,195,30000,V,261127,1200,BK2,CR2,FROM 1/2 PLAN/
16,301,1161,D,2,0,1000,1,161,BK3,CR3
16,142,+0,S,0,0,0,BK4,,PRENOTE
16,455,12000,,BK5,,POWER
16,557,500,0,BK6,,RETURN ITEM
16,354,77,1,BK7
49,611589,13/
98,611589,1,15/
99,611589,1,17/
`

func TestBAI2(t *testing.T) {
	const want = `5 deposit ach 123.45 2026-11-25 trace=EFT0001 payer=1990000101 ref=BK1 to=CR1 code=165 cur=USD
9 deposit wire 300.00 2026-11-27 ref=BK2 to=CR2 code=195 cur=USD text=FROM 1/2 PLAN
10 deposit check 11.61 2026-11-25 ref=BK3 to=CR3 code=301 cur=USD
11 zero  0.00 2026-11-25 ref=BK4 code=142 cur=USD text=PRENOTE
12 outgoing  120.00 2026-11-25 ref=BK5 code=455 cur=USD text=POWER
13 return ach 5.00 2026-11-25 ref=BK6 code=557 cur=USD text=RETURN ITEM
14 other  0.77 2026-11-25 ref=BK7 code=354 cur=USD
`
	for name, text := range map[string]string{"lf": bai2, "crlf": strings.ReplaceAll(bai2, "\n", "\r\n"), "mark": "\ufeff" + bai2, "padded": strings.ReplaceAll(bai2, "\n", "      \n")} {
		t.Run(name, func(t *testing.T) {
			var found []x12.Issue
			r, err := Open(iotest.HalfReader(strings.NewReader(text)), "", Bank{}, sinkOf(&found))
			require.NoError(t, err)
			require.Equal(t, want, brief(readAll(t, r)))
			require.Empty(t, rules(found))
		})
	}
}

func TestBAI2Faults(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     []string
	}{
		"total":    {"49,611589", "49,611588", []string{"bank/totals 15: the control total of the account differs from the amounts read"}},
		"records":  {"98,611589,1,15", "98,611589,1,14", []string{"bank/totals 16: the number of records of the group differs from those read"}},
		"accounts": {"98,611589,1,15", "98,611589,2,15", []string{"bank/totals 16: the count in the trailer of the group differs from what was read"}},
		"noEnd":    {"99,611589,1,17/\n", "", []string{"bank/totals 16: the file has no file trailer"}},
		"funds":    {"16,354,77,1,", "16,354,77,Q,", []string{"bai2/record 14: a funds type that is none: expected 0, 1, 2, V, S, D or Z"}},
		"parts":    {"D,2,0", "D,x,0", []string{"bai2/record 10: the number of availability distributions is none"}},
		"code":     {"99,611589,1,17/", "77,1/\n99,611589,1,18/", []string{"bai2/record 17: a record of no known code: it is passed over"}},
		"date":     {"V,261127", "V,261327", []string{"bai2/record 9: the value date is none of the calendar"}},
		"groupDay": {"1,261125", "1,269925", []string{"bai2/record 2: the as-of date is none of the calendar"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, bai2, c.old)
			var found []x12.Issue
			list := readAll(t, NewBAI2Reader(strings.NewReader(strings.Replace(bai2, c.old, c.new, 1)), "", TypeCodes{}, sinkOf(&found)))
			require.Len(t, list, 7)
			require.Equal(t, c.want, rules(found))
		})
	}
	var found []x12.Issue
	text := strings.Replace(bai2, "16,165,12345,", "16,165,123.45,", 1)
	list := readAll(t, NewBAI2Reader(strings.NewReader(text), "", TypeCodes{}, sinkOf(&found)))
	require.Equal(t, "bai2/record 5: the amount is no number", rules(found)[0])
	require.Equal(t, Other, list[0].Sort)
}

func TestStatement(t *testing.T) {
	for _, c := range []struct {
		name   string
		layout Statement
		text   string
		want   string
		found  []string
	}{
		{"plain", Statement{}, "Date,Amount,Trace,Payer ID,Payer,Reference,Text,Type\n" +
			"2026-11-24,\"1,234.56\",EFT1,1990000101,BLUE MESA,R1,x,ACH CREDIT\n" +
			"11/24/2026,-5.00,,,,R2,RETURNED ITEM,\n20261124,(12.00),,,,,FEE,\n2026-11-24 08:15,$7,,,,,\"HCCLAIMPMT TRN*1*EFT2*1990000101\\\",\n,,,,,,remark,\n",
			`2 deposit ach 1234.56 2026-11-24 trace=EFT1 payer=1990000101 company=1990000101 name=BLUE MESA ref=R1 code=ACH CREDIT
3 return  5.00 2026-11-24 ref=R2 text=RETURNED ITEM
4 outgoing  12.00 2026-11-24 text=FEE
5 deposit  7.00 2026-11-24 trace=EFT2 payer=1990000101
`, nil},
		{"mapped", Statement{Columns: map[string]string{"date": "Posted On", "credit": "In", "debit": "4", "text": "what"}, Skip: 1, Comma: ';', Date: "DD.MM.YYYY"},
			"\ufeffAccount 1234\nPosted On;In;Note;Out;What\n24.11.2026;10.5;;;a\n25.11.2026;;;3;b\n26.11.2026;0.00;;2.00;c\n",
			"3 deposit  10.50 2026-11-24 text=a\n4 outgoing  3.00 2026-11-25 text=b\n5 outgoing  2.00 2026-11-26 text=c\n", nil},
		{"headless", Statement{Columns: map[string]string{"date": "2", "amount": "1"}, Headless: true, Date: "M/D/YY"}, "10,1/2/26\n0,12/31/26\n", "1 deposit  10.00 2026-01-02\n2 zero  0.00 2026-12-31\n", nil},
		{"faults", Statement{}, "date,amount,credit\n2026-13-24,1,\n2026-11-24,\"1,23\",\n2026-11-24,1,2\n2026-11-24,1.005,\n2026-11-24,,\n",
			"2 deposit  1.00 \n3 other   2026-11-24\n4 deposit  1.00 2026-11-24\n5 other   2026-11-24\n6 other   2026-11-24\n",
			[]string{"statement/row 2: the date is none of the calendar, or of another form", "statement/row 3: the amount is no number", "statement/row 4: money in and out in one row", "statement/row 5: the amount is no number"}},
		{"lockbox", Statement{}, "date,amount,type,currency\n2026-11-24,1,Check Deposit,usd\n2026-11-24,1,Wire in,CAD\n", "2 deposit check 1.00 2026-11-24 code=Check Deposit cur=USD\n3 deposit wire 1.00 2026-11-24 code=Wire in cur=CAD\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []x12.Issue
			r, err := Open(strings.NewReader(c.text), "", Bank{Statement: c.layout}, sinkOf(&found))
			require.NoError(t, err)
			require.Equal(t, c.want, brief(readAll(t, r)))
			require.Equal(t, c.found, rules(found))
		})
	}
	for text, layout := range map[string]Statement{"a,b\n1,2\n": {}, "date,amount\n": {Columns: map[string]string{"trace": "Nr"}}, "date,amount\n2026-11-24,\"" + strings.Repeat("x\n", maxRow): {}} {
		r, err := NewStatementReader(strings.NewReader(text), "", layout, nil)
		require.NoError(t, err)
		_, err = r.Next()
		var fault *x12.Issue
		require.ErrorAs(t, err, &fault)
	}
	for _, layout := range []Statement{{Columns: map[string]string{"nothing": "1"}}, {Columns: map[string]string{"date": ""}}, {Headless: true, Columns: map[string]string{"date": "Day"}}, {Date: "YYYY"}, {Date: "YYYYMMDDDD"}, {Date: "YYYY-MM-DD-MM"}} {
		_, err := NewStatementReader(strings.NewReader(""), "", layout, nil)
		require.ErrorIs(t, err, ErrStatement)
	}
}

func TestMoney(t *testing.T) {
	for text, want := range map[string]string{"1": "1.00", "1.5": "1.50", "$1,234,567.89": "1234567.89", "-3": "-3.00", "(3.10)": "-3.10", "3.10-": "-3.10", "$-2": "-2.00", "-$2": "-2.00", "+4": "4.00", ".5": "0.50", "1.500": "1.50"} {
		n, ok := money(text)
		require.True(t, ok, text)
		require.Equal(t, want, amountText(n), text)
	}
	for _, text := range []string{"", "-", "$", "()", "(1", "--1", "(-1)", "-1-", "1e5", "1,2", "1,2345", ",123", "1.005", "1.2.3", "x", "12345678901234567890", "1 2"} {
		_, ok := money(text)
		require.False(t, ok, text)
	}
}

// TestReaderErrors: an error of the stream below comes through.
func TestReaderErrors(t *testing.T) {
	cable := errors.New("cable cut")
	for _, text := range []string{example[:400], bai2[:200], "date,amount\n2026-11-24,1\n2026-11"} {
		r, err := Open(io.MultiReader(strings.NewReader(text), iotest.ErrReader(cable)), "", Bank{}, nil)
		for err == nil {
			_, err = r.Next()
		}
		require.ErrorIs(t, err, cable)
	}
	_, err := Open(iotest.ErrReader(cable), "", Bank{}, nil)
	require.ErrorIs(t, err, cable)
	_, err = Open(strings.NewReader(""), "", Bank{Format: "mt940"}, nil)
	require.ErrorIs(t, err, ErrFormat)
}

package deposit

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// scenario is made-up payments and entries of one payer with the answer; amounts in cents.
type scenario struct {
	name    string
	pays    []made
	entries []made
	answer  map[string]int // status/basis -> links
}

// made is a payment or entry.
type made struct {
	trace, payer, method, code, description string
	amount                                  int64
	days                                    int // behind 2026-11-02
}

var scenarioDays = [...]string{"20261102", "20261103", "20261104", "20261105", "20261106", "20261109"}

// scenarios returns one scenario of each kind; n makes traces, payers and amounts that no other has.
func scenarios(n int) []scenario {
	payer := func(k int) string { return fmt.Sprintf("1%09d", n*20+k) }
	trace := func(k int) string { return fmt.Sprintf("EFT%08d", n*20+k) }
	amount := func(k int) int64 { return int64(n*2000+k*100) + 137 }
	p := func(k int) made { return made{trace: trace(k), payer: payer(k), method: "ACH", amount: amount(k)} }
	e := func(k int) made {
		return made{trace: trace(k), payer: payer(k), code: "22", description: "HCCLAIMPMT", amount: amount(k), days: 1}
	}
	var list []scenario
	add := func(name string, pays, entries []made, answer ...string) {
		s := scenario{name: name, pays: pays, entries: entries, answer: map[string]int{}}
		for _, a := range answer {
			s.answer[a]++
		}
		list = append(list, s)
	}
	change := func(m made, f func(*made)) made { f(&m); return m }
	add("exact", []made{p(0)}, []made{e(0)}, "matched/trace")
	add("payer", []made{p(1)}, []made{change(e(1), func(m *made) { m.payer = "1999999999" })}, "matched/trace_payer_differs")
	add("amount", []made{p(2)}, []made{change(e(2), func(m *made) { m.amount++ })}, "amount_mismatch/trace_amount_differs")
	add("noDeposit", []made{p(3)}, nil, "era_without_eft/unmatched")
	add("noRemittance", nil, []made{e(4)}, "eft_without_era/unmatched")
	add("twice835", []made{p(5), p(5)}, []made{e(5)}, "matched/trace", "duplicate/same_trace")
	add("twiceEFT", []made{p(6)}, []made{e(6), e(6)}, "matched/trace", "duplicate/same_trace")
	add("noAddenda", []made{p(7)}, []made{change(e(7), func(m *made) { m.trace, m.description = "", "CLAIMS" })}, "suggested/payer_amount_date")
	add("zero", []made{change(p(8), func(m *made) { m.method, m.amount = "NON", 0 })}, nil, "not_expected/no_payment")
	add("oneForTwo", []made{p(9), change(p(9), func(m *made) { m.trace += "B"; m.amount += 31 })},
		[]made{change(e(9), func(m *made) { m.trace, m.description = "", "CLAIMS"; m.amount = 2*m.amount + 31 })}, "suggested/payer_several_eras")
	add("twoForOne", []made{change(p(10), func(m *made) { m.amount = 2*m.amount + 31 })}, []made{e(10), change(e(10), func(m *made) { m.amount += 31 })}, "suggested/trace_several_efts")
	add("reversed", []made{p(11)}, []made{e(11), change(e(11), func(m *made) { m.code, m.description, m.days = "27", "REVERSAL", 3 })}, "returned/returned")
	add("debit", nil, []made{change(e(12), func(m *made) { m.code, m.description, m.trace = "27", "BILL", "" })}, "not_expected/outgoing")
	add("prenote", nil, []made{change(e(13), func(m *made) { m.code, m.amount, m.trace = "23", 0, "" })}, "not_expected/zero_entry")
	add("zeros", []made{change(p(14), func(m *made) { m.trace = "00" + m.trace[3:] })}, []made{change(e(14), func(m *made) { m.trace = m.trace[4:] })}, "matched/trace_leading_zeros")
	return list
}

// write835 writes payments as 835s of one claim each.
func write835(pays []made) []byte {
	var b bytes.Buffer
	b.WriteString("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *261103*0915*^*00501*000000001*0*T*:~GS*HP*S*R*20261103*0915*1*X*005010X221A1~\n")
	for i, p := range pays {
		amount := fmt.Sprintf("%d.%02d", p.amount/100, p.amount%100)
		handling, account := "I", fmt.Sprintf("CCP*01*987654320*DA*55500077*%s**01*123456780*DA*990010001", p.payer)
		if p.method == "NON" {
			handling, account = "H", "**********"
		}
		fmt.Fprintf(&b, "ST*835*%04d~BPR*%s*%s*C*%s*%s*%s~TRN*1*%s*%s~N1*PR*PLAN %s~N3*1 WAY~N4*TOWN*CO*81301~PER*BL*DESK*TE*8005550101~N1*PE*CLINIC*XX*1999999984~N3*1 LANE~N4*TOWN*CO*81301~LX*1~CLP*A%d*1*%s*%s**12*X%d*11~NM1*QC*1*SAMPLE~SVC*HC:99213*%s*%s~DTM*472*20261001~SE*16*%04d~\n",
			i+1, handling, amount, p.method, account, scenarioDays[p.days], p.trace, p.payer, p.payer, i, amount, amount, i, amount, amount, i+1)
	}
	fmt.Fprintf(&b, "GE*%d*1~IEA*1*000000001~\n", len(pays))
	return b.Bytes()
}

// writeNACHA writes entries as a NACHA file, a batch for each run of one payer, day and description.
func writeNACHA(entries []made) []byte {
	var b bytes.Buffer
	records := 0
	put := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...); records++ }
	put("101 123456780 9876543202611030600A094101%-23s%-23s%8s", "BANK", "CLEARING", "")
	var all struct{ batches, count, hash, debit, credit int64 }
	for i := 0; i < len(entries); {
		k, first := i, entries[i]
		var count, hash, debit, credit int64
		all.batches++
		put("5200%-16s%20s%s%s%-10s%6s%s   198765432%07d", "PLAN "+first.payer, "", first.payer, "CCD", first.description, "", scenarioDays[first.days][2:], all.batches)
		for ; k < len(entries) && entries[k].payer == first.payer && entries[k].days == first.days && entries[k].description == first.description; k++ {
			e := entries[k]
			addenda := 0
			if e.trace != "" {
				addenda = 1
			}
			put("6%s123456780%-17s%010d%-15s%-22s  %d98765432%07d", e.code, "990010001", e.amount, "", "CLINIC", addenda, k+1)
			count, hash = count+1, hash+12345678
			if e.code == "27" {
				debit += e.amount
			} else {
				credit += e.amount
			}
			if addenda > 0 {
				put("705%-80s0001%07d", "TRN*1*"+e.trace+"*"+e.payer+"~", k+1)
				count++
			}
		}
		put("8200%06d%010d%012d%012d%s%25s98765432%07d", count, hash, debit, credit, first.payer, "", all.batches)
		all.count, all.hash, all.debit, all.credit = all.count+count, all.hash+hash, all.debit+debit, all.credit+credit
		i = k
	}
	put("9%06d%06d%08d%010d%012d%012d%39s", all.batches, (records+10)/10, all.count, all.hash%10_000_000_000, all.debit, all.credit, "")
	for records%10 > 0 {
		put("%s", strings.Repeat("9", 94))
	}
	return b.Bytes()
}

// tieFiles reads both sides and ties them; there must be no findings.
func tieFiles(t testing.TB, remittances, bank []byte, o Options) *Result {
	t.Helper()
	var found []x12.Issue
	m := NewMatcher(o)
	entries, err := Open(bytes.NewReader(bank), "bank", Bank{}, sinkOf(&found))
	require.NoError(t, err)
	require.NoError(t, m.ReadEntries(entries))
	sink := sinkOf(&found)
	require.NoError(t, m.ReadPayments(NewPaymentReader(x12.NewReader(bytes.NewReader(remittances), x12.WithSink(sink)), sink)))
	require.Empty(t, rules(found)[:min(len(found), 3)])
	return m.Match()
}

// TestGenerated makes files of many scenarios in random order and expects exactly their answers.
func TestGenerated(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2026, 11))
	var pays, entries []made
	want := map[string]int{}
	for n := 1; n <= 200; n++ {
		for _, s := range scenarios(n) {
			if rnd.IntN(3) == 0 {
				continue
			}
			pays, entries = append(pays, s.pays...), append(entries, s.entries...)
			for a, k := range s.answer {
				want[a] += k
			}
		}
	}
	rnd.Shuffle(len(pays), func(i, j int) { pays[i], pays[j] = pays[j], pays[i] })
	rnd.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	r := tieFiles(t, write835(pays), writeNACHA(entries), Options{})
	got := map[string]int{}
	for _, l := range r.Links {
		got[l.Status.String()+"/"+string(l.Basis)]++
	}
	require.Equal(t, want, got)
	require.Len(t, r.Payments, len(pays))
	require.Len(t, r.Entries, len(entries))
	sound(t, r)
	outputs(t, r)
}

// TestScenarios ties each scenario alone.
func TestScenarios(t *testing.T) {
	for _, s := range scenarios(7) {
		t.Run(s.name, func(t *testing.T) {
			r := tieFiles(t, write835(s.pays), writeNACHA(s.entries), Options{})
			got := map[string]int{}
			for _, l := range r.Links {
				got[l.Status.String()+"/"+string(l.Basis)]++
			}
			require.Equal(t, s.answer, got)
			outputs(t, r)
		})
	}
}

// outputs reads what the writers write: every payment and every entry once, sums that are those of the result, in CSV and JSON.
func outputs(t testing.TB, r *Result) {
	t.Helper()
	rep := r.Report()
	var list, report, lines, text bytes.Buffer
	require.NoError(t, r.WriteItems(&list, false))
	require.NoError(t, rep.WriteCSV(&report, false))
	require.NoError(t, r.WriteJSON(&lines, rep))
	require.NoError(t, r.WriteText(&text, rep, true))
	rows, err := csv.NewReader(&list).ReadAll()
	require.NoError(t, err)
	col := map[string]int{}
	for i, c := range Columns("items") {
		require.Equal(t, c[0], rows[0][i])
		col[c[0]] = i
	}
	var paid, got x12.Sum
	n, k := 0, 0
	for _, row := range rows[1:] {
		if row[col["st02"]] != "" || row[col["claims"]] != "" {
			n++
			a, _ := x12.ParseNumber(row[col["amount"]])
			paid.Add(a)
		}
		if row[col["eft_line"]] != "" {
			k++
			a, _ := x12.ParseNumber(row[col["eft_amount"]])
			got.Add(a)
		}
	}
	require.Equal(t, len(r.Payments), n)
	require.Equal(t, len(r.Entries), k)
	all, entries := rep.Total.AllERAs(), rep.Total.AllEntries()
	require.Zero(t, paid.Cmp(&all.Amount))
	require.Zero(t, got.Cmp(&entries.Amount))

	table, err := csv.NewReader(&report).ReadAll()
	require.NoError(t, err)
	require.Len(t, table, len(rep.Rows)+2)
	total := table[len(table)-1]
	for i, c := range Columns("report") {
		require.Equal(t, c[0], table[0][i])
		if c[0] == "eras_amount" {
			require.Equal(t, sumText(&all.Amount), total[i])
		}
	}
	d := json.NewDecoder(&lines)
	items := 0
	var last map[string]map[string]any
	for {
		var v map[string]map[string]any
		err := d.Decode(&v)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if _, ok := v["item"]; ok {
			items++
		}
		last = v
	}
	require.Equal(t, len(rows)-1, items)
	require.EqualValues(t, len(r.Payments), last["total"]["eras"])
	require.Equal(t, sumText(&entries.Amount), last["total"]["entries_amount"])
	require.Contains(t, text.String(), "nothing expected")
}

// TestCorpus reads other people's 835s: as many payments as sets 835, the same amounts, none lost in the result.
func TestCorpus(t *testing.T) {
	root := os.Getenv("EDI_CORPUS")
	if root == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	var files []string
	for _, pattern := range []string{"835/*", "bad/*835*", "other/*"} {
		list, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		files = append(files, list...)
	}
	seen := 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		sets, amounts := count835(src)
		m := NewMatcher(Options{})
		err = m.ReadPayments(NewPaymentReader(x12.NewReader(bytes.NewReader(src)), nil))
		if err != nil {
			var fault *x12.Issue
			require.ErrorAs(t, err, &fault, name)
		}
		r := m.Match()
		require.Len(t, r.Payments, sets, name)
		for i, p := range r.Payments {
			require.True(t, p.Amount.Equal(amounts[i]), "%s payment %d", name, i)
		}
		sound(t, r)
		outputs(t, r)
		seen += sets
	}
	require.Greater(t, seen, 150)
}

// count835 returns the sets 835 of a stream and the first BPR02 of each, without any guide.
func count835(src []byte) (n int, amounts []x12.Number) {
	rd := x12.NewReader(bytes.NewReader(src))
	var set *x12.Set
	done := false
	for {
		s, err := rd.Read()
		if err != nil {
			return n, amounts
		}
		if rd.Set() != set {
			set, done = rd.Set(), false
			if set != nil && set.ID == "835" {
				n++
				amounts = append(amounts, x12.Number{})
			}
		}
		if set != nil && set.ID == "835" && s.ID == x12.ID("BPR") && !done {
			done = true
			amounts[n-1], _ = x12.ParseNumber(s.Elem(2))
		}
	}
}

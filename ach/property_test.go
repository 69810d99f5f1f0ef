package ach

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// routingOf returns a routing number with its check digit.
func routingOf(rnd *rand.Rand) string {
	r := fmt.Sprintf("%08d", 1+rnd.IntN(99_999_998))
	sum := 0
	for i, w := range []int{3, 7, 1, 3, 7, 1, 3, 7} {
		sum += w * int(r[i]-'0')
	}
	return fmt.Sprintf("%s%d", r, (10-sum%10)%10)
}

// randomText returns 1 to most characters of an alphabet.
func randomText(rnd *rand.Rand, most int, alphabet string) string {
	b := make([]byte, 1+rnd.IntN(most))
	for i := range b {
		b[i] = alphabet[rnd.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	figures = "0123456789"
)

// randomRemit returns a payment to be taken; number makes its trace number its own.
func randomRemit(rnd *rand.Rand, number int) *remit {
	m := newRemit().pays(fmt.Sprintf("%d.%02d", rnd.IntN(1_000_000), 1+rnd.IntN(99)))
	m.trn[2] = fmt.Sprintf("%s%d", strings.TrimSpace(randomText(rnd, 40, letters+figures+"-./ "))+"T", number)
	m.trn[3] = "1" + fmt.Sprintf("%09d", rnd.IntN(3))
	if rnd.IntN(3) == 0 {
		m.trn[4] = randomText(rnd, 9, figures)
	}
	m.bpr[1] = []string{"C", "D", "I", "U", "X"}[rnd.IntN(5)]
	m.bpr[5] = []string{"CCP", "CTX", ""}[rnd.IntN(3)]
	m.bpr[7] = []string{"999988880", "999977778"}[rnd.IntN(2)]
	m.bpr[10] = m.trn[3]
	m.bpr[13] = routingOf(rnd)
	m.bpr[14] = []string{"DA", "SG"}[rnd.IntN(2)]
	m.bpr[15] = randomText(rnd, 17, figures+"-")
	m.bpr[16] = []string{"20261123", "20261124", "20261127", "20261130"}[rnd.IntN(4)]
	m.payer = randomText(rnd, 20, letters)
	m.payee = randomText(rnd, 30, letters)
	return m
}

func seedOf(t testing.TB) (*rand.Rand, uint64) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 1)), seed
}

// What is written of random payments and read back, by the checker of these tests, are the same payments.
func TestRandomPayments(t *testing.T) {
	rnd, _ := seedOf(t)
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for range rounds {
		var remits []*remit
		for i := range 1 + rnd.IntN(60) {
			remits = append(remits, randomRemit(rnd, i))
		}
		c := testConfig()
		c.Payers = nil
		c.TraceStart = 1 + rnd.IntN(1_000_000)
		c.Terminator = []byte{'~', '\\'}[rnd.IntN(2)]
		if rnd.IntN(2) == 0 {
			c.FileLines = 40 + rnd.IntN(100)
			c.BatchLines = 2 + rnd.IntN(40)
		}
		o := Options{CTX: rnd.IntN(2) == 0}
		r := convert(t, stream(remits...), c, o)
		var got []checked
		for _, text := range written(t, r) {
			if c.FileLines > 0 && !strings.Contains(text, "CTX") {
				require.LessOrEqual(t, strings.Count(text, "\n"), c.FileLines)
			}
			got = append(got, checkNacha(t, text)...)
		}
		byTrace := map[string]checked{}
		last := ""
		for _, e := range got {
			require.NotContains(t, byTrace, e.trace, "trace numbers are unique in the run")
			byTrace[e.trace] = e
			require.Greater(t, e.trace[8:], last, "and ascend")
			last = e.trace[8:]
		}
		require.Len(t, got, len(remits))
		var sum int64
		for i, p := range r.Payments {
			m := remits[i]
			require.Equal(t, Taken, p.Action, "%s %v", p.Reason, p.Notes)
			e := byTrace[p.Entry.Trace]
			require.Equal(t, m.bpr[2], fmt.Sprintf("%d.%02d", e.cents/100, e.cents%100))
			require.Equal(t, m.bpr[13], e.routing)
			require.Equal(t, m.bpr[15], strings.TrimRight(e.account, " "))
			require.Equal(t, map[string]string{"DA": "22", "SG": "32"}[m.bpr[14]], e.code)
			require.Equal(t, m.bpr[7][:8], e.odfi)
			require.Equal(t, m.bpr[16][2:], e.effective)
			require.Equal(t, m.trn[3], e.companyID)
			require.Equal(t, m.payer[:min(16, len(m.payer))], strings.TrimRight(e.company, " "))
			all := strings.Join(e.texts, "")
			if o.CTX && (m.bpr[1] == "C" || m.bpr[1] == "X") && m.bpr[5] == "CTX" {
				require.Equal(t, "CTX", e.sec)
				require.Equal(t, m.payee[:min(16, len(m.payee))], strings.TrimRight(e.name[4:20], " "))
				require.Equal(t, carried(m, i+1), strings.TrimRight(all, " "))
			} else {
				require.Equal(t, m.payee[:min(22, len(m.payee))], strings.TrimRight(e.name, " "))
				want := "TRN*1*" + m.trn[2] + "*" + m.trn[3]
				if m.trn[4] != "" {
					want += "*" + m.trn[4]
				}
				require.Equal(t, want+string(c.Terminator), strings.TrimRight(all, " "))
			}
			sum += e.cents
		}
		tot := r.Totals()
		require.Equal(t, fmt.Sprintf("%d.%02d", sum/100, sum%100), tot.Taken.Amount.String())
	}
}

// carried is the interchange a CTX entry carries: the set as it came, in an envelope of its own.
func carried(m *remit, control int) string {
	return "ISA*00*          *00*          *ZZ*NORTHPLAN      *ZZ*CLEARING       *261121*0900*^*00501*000000001*0*T*:~" +
		"GS*HP*NORTHPLAN*CLEARING*20261121*0900*1*X*005010X221A1~" + strings.Join(m.segments(control), "~") + "~GE*1*1~IEA*1*000000001~"
}

// Random payments over several runs with a state, many of them there twice: none is paid twice, and none that should be is left.
func TestRandomDuplicates(t *testing.T) {
	rnd, _ := seedOf(t)
	rounds := 10
	if testing.Short() {
		rounds = 2
	}
	for range rounds {
		dir := t.TempDir()
		var pool []*remit
		for i := range 40 {
			pool = append(pool, randomRemit(rnd, i))
		}
		paid := map[string]int{}
		asked := map[string]bool{}
		for run := range 6 {
			var remits []*remit
			for range rnd.IntN(40) {
				m := pool[rnd.IntN(len(pool))]
				remits = append(remits, m)
				asked[m.trn[3]+m.trn[2]] = true
			}
			path := filepath.Join(dir, fmt.Sprintf("pay%d.ach", run))
			r, names, err := pay(path, filepath.Join(dir, "paid.state"), stream(remits...), nil)
			require.NoError(t, err)
			for _, name := range names {
				for _, e := range checkNacha(t, read(t, name)) {
					f := strings.Split(strings.TrimRight(e.texts[0], " ~"), "*")
					paid[f[3]+f[2]]++
				}
			}
			tot := r.Totals()
			require.Equal(t, len(remits), tot.In.Payments)
			require.Equal(t, tot.In.Payments, tot.Taken.Payments+tot.Skipped.Payments+tot.Refused.Payments)
		}
		for k := range asked {
			require.Equal(t, 1, paid[k], k)
		}
		require.Len(t, paid, len(asked))
	}
}

func TestFilesAndBatches(t *testing.T) {
	var remits []*remit
	for i := range 30 {
		remits = append(remits, newRemit().pays("1").trace(fmt.Sprintf("N%d", i)))
	}
	c := testConfig()
	c.FileLines, c.BatchLines, c.FileID = 20, 8, 'Y'
	r := convert(t, stream(remits...), c, Options{})
	files := written(t, r)
	require.Len(t, files, 5) // 16 lines of entries beside file and batch records: 7 entries in two batches
	for i, id := range "YZ012" {
		require.Equal(t, string(id), field(files[i], 34, 34))
	}
	require.Equal(t, []string{"pay.ach", "pay-2.ach", "pay-3.ach", "pay-4.ach", "pay-5.ach"}, r.FileNames("pay.ach"))
	require.ErrorIs(t, r.Write(&strings.Builder{}), ErrRoom)

	path := filepath.Join(t.TempDir(), "pay.ach")
	names, err := r.Release(path, nil)
	require.NoError(t, err)
	require.Len(t, names, 5)
	for i, name := range names {
		require.Equal(t, files[i], read(t, name))
	}

	c.FileID = '6' // 6 to 9 are four
	_, err = Convert(strings.NewReader(stream(remits...)), c, Options{})
	require.ErrorIs(t, err, ErrRoom)
	_, err = Convert(strings.NewReader(stream(remits...)), testConfig(), Options{TraceStart: 9_999_971})
	require.ErrorIs(t, err, ErrRoom)
	r = convert(t, stream(remits...), testConfig(), Options{TraceStart: 9_999_970})
	require.Equal(t, "999988889999999", r.Payments[29].Entry.Trace)
}

// The 12 digits of a file's total open a new file.
func TestLargeTotals(t *testing.T) {
	var remits []*remit
	for i := range 101 {
		remits = append(remits, newRemit().pays("99999999.99").trace(fmt.Sprintf("N%d", i)))
	}
	r := convert(t, stream(remits...), testConfig(), Options{})
	require.Len(t, written(t, r), 2)
}

func TestOriginOfTen(t *testing.T) {
	c := testConfig()
	c.Origin = "1512345678"
	r := convert(t, stream(newRemit()), c, Options{})
	require.Equal(t, "1512345678", field(written(t, r)[0], 14, 23))
}

// CTX: delimiters that cannot stand in a NACHA file are replaced, others stay, and what does not fit is refused.
func TestCTX(t *testing.T) {
	m := newRemit().set(1, "C").set(5, "CTX")
	plain := carried(m, 1)
	other := strings.NewReplacer("*", "|", "~", "!").Replace(plain)
	for name, c := range map[string]struct{ text, want string }{
		"line ends as terminators": {strings.ReplaceAll(strings.ReplaceAll(stream(m), "\n", ""), "~", "\n"), plain},
		"other delimiters":         {strings.NewReplacer("*", "|", "~", "!").Replace(stream(m)), other},
		"control bytes":            {strings.NewReplacer("*", "\x1d", "~", "\x1c", ":", "\x1f", "^", "\x1e").Replace(stream(m)), plain},
	} {
		r := convert(t, c.text, testConfig(), Options{CTX: true})
		require.Equal(t, Taken, r.Payments[0].Action, "%s: %s", name, r.Payments[0].Reason)
		e := checkNacha(t, written(t, r)[0])[0]
		require.Equal(t, c.want, strings.TrimRight(strings.Join(e.texts, ""), " "), name)
	}

	big := func(claims int) *remit {
		m := newRemit().set(1, "C").set(5, "CTX")
		m.claims = nil
		m.bpr[2] = fmt.Sprint(claims)
		for i := range claims {
			m.claims = append(m.claims, fmt.Sprintf("CLP*%020d*1*1*1**12*P1", i), "NM1*QC*1*DOE*JANE****MI*M1", "SVC*HC:99213*1*1", "DTM*472*20261101")
		}
		return m
	}
	r := convert(t, stream(big(7000)), testConfig(), Options{CTX: true})
	require.Equal(t, Taken, r.Payments[0].Action)
	require.Greater(t, r.Payments[0].Entry.pieces(), 8000)
	require.Equal(t, carried(big(7000), 1), strings.TrimRight(strings.Join(checkNacha(t, written(t, r)[0])[0].texts, ""), " "))
	r = convert(t, stream(big(9000)), testConfig(), Options{CTX: true})
	require.Equal(t, TooLargeForCTX, r.Payments[0].Reason)

	for name, text := range map[string]string{
		"not ASCII":           strings.Replace(stream(m), "JANE", "J\u00c4NE", 1),
		"without an envelope": strings.Join(m.segments(1), "~") + "~",
		"delimiters in data":  strings.Replace(strings.ReplaceAll(strings.ReplaceAll(stream(m), "\n", ""), "~", "\n"), "JANE", "JA~NE", 1),
	} {
		r := convert(t, text, testConfig(), Options{CTX: true})
		require.Equal(t, Refused, r.Payments[0].Action, name)
		require.Equal(t, CTXText, r.Payments[0].Reason, name)
	}
	var found issues
	convert(t, stream(newRemit().set(1, "C").set(5, "CTX"), newRemit().set(1, "C").set(5, "CTX").trace("N2")), testConfig(), Options{CTX: true, Sink: found.add})
	require.Equal(t, issues{RuleCTX}, found)
}

// CheckFile finds any byte that is not as it was to be written.
func TestCheckFile(t *testing.T) {
	r := convert(t, stream(twoPayments()...), testConfig(), Options{})
	files := written(t, r)
	for i := range files[0] {
		b := []byte(files[0])
		b[i] ^= 1
		if err := r.CheckFile(strings.NewReader(string(b)), 0); err == nil {
			// nothing in the file depends on them: names and reference of the file, originator status, reserved columns
			line, column := i/95+1, i%95+1
			free := line == 1 && column >= 41 || line == 2 && (column >= 21 && column <= 40 || column >= 64 && column <= 69 || column == 79) ||
				(line == 3 || line == 5) && (column == 77 || column == 78) || line == 7 && column >= 55 && column <= 79 || line == 8 && column >= 56 || line > 8
			require.True(t, free, "line %d column %d", line, column)
		}
	}
	require.Error(t, r.CheckFile(strings.NewReader(files[0]+files[0]), 0))
	require.Error(t, r.CheckFile(strings.NewReader(files[0][:95*7]), 0))
	require.Error(t, r.CheckFile(strings.NewReader(""), 0))
}

func TestReports(t *testing.T) {
	m := newRemit()
	m.payee = "GOOD \"CLINIC\", PA"
	r := convert(t, stream(m, newRemit().trace("K2").set(4, "CHK"), newRemit().trace("K3").set(2, "1,0"), newRemit().trace("K4").pays("-5")), testConfig(), Options{})
	var b strings.Builder
	require.NoError(t, r.WriteReport(&b, "csv"))
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 5)
	require.Equal(t, ReportColumns(), rows[0])
	require.NotContains(t, b.String(), "744567890")
	b.Reset()
	require.NoError(t, r.WriteReport(&b, "json"))
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	require.Len(t, lines, 5)
	for i, line := range lines[:4] {
		var v map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &v))
		require.EqualValues(t, i+1, v["number"])
		require.Equal(t, rows[i+1][1], v["action"])
	}
	require.Equal(t, `{"totals":{"in":{"payments":4,"amount":"2464.12"},"taken":{"payments":1,"amount":"1234.56"},"skipped":{"payments":1,"amount":"1234.56"},`+
		`"refused":{"payments":2,"amount":"-5.00"},"without_amount":1,"files":1}}`, lines[4])
	require.Error(t, r.WriteReport(&b, "xml"))
}

func sumOfAll(t *Totals) x12.Sum {
	var s x12.Sum
	s.AddSum(&t.Taken.Amount)
	s.AddSum(&t.Skipped.Amount)
	s.AddSum(&t.Refused.Amount)
	return s
}

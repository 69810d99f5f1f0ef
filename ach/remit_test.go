package ach

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// remit is an 835 to be: the elements of BPR and TRN by number, names, claims. The zero value of newRemit is a payment
// that is taken.
type remit struct {
	bpr          [17]string
	trn          [5]string
	payer, payee string
	payeeID      string
	claims       []string // CLP and what is below
	plb          []string
	se           string // replaces the SE
}

// newRemit returns the first payment of the worked example of the facts.
func newRemit() *remit {
	r := &remit{payer: "NORTH HEALTH PLAN", payee: "GOOD CLINIC PA", payeeID: "1234567893"}
	copy(r.bpr[1:], []string{"I", "1234.56", "C", "ACH", "CCP", "01", "999988880", "DA", "55500011", "1512345678", "", "01", "999977778", "DA", "744567890", "20261124"})
	copy(r.trn[1:], []string{"1", "EFT0001234", "1512345678", ""})
	r.pays("1234.56")
	return r
}

// pays makes the set one claim with that payment.
func (r *remit) pays(amount string) *remit {
	r.bpr[2] = amount
	r.claims = []string{"CLP*C1*1*" + amount + "*" + amount + "**12*P1", "NM1*QC*1*DOE*JANE****MI*M1", "SVC*HC:99213*" + amount + "*" + amount, "DTM*472*20261101"}
	return r
}

// trace sets the trace number.
func (r *remit) trace(number string) *remit {
	r.trn[2] = number
	return r
}

func (r *remit) set(element int, value string) *remit {
	r.bpr[element] = value
	return r
}

// segments returns the set with the number of its control number.
func (r *remit) segments(control int) []string {
	join := func(id string, elems []string) string {
		return strings.TrimRight(id+"*"+strings.Join(elems, "*"), "*")
	}
	list := []string{fmt.Sprintf("ST*835*%04d", control), join("BPR", r.bpr[1:]), join("TRN", r.trn[1:]),
		"N1*PR*" + r.payer, "N3*1 ELM ST", "N4*ALBANY*NY*12207", "PER*BL*EDI*TE*8005550101",
		"N1*PE*" + r.payee + "*XX*" + r.payeeID}
	if len(r.claims) > 0 {
		list = append(list, "LX*1")
	}
	list = append(append(list, r.claims...), r.plb...)
	if r.se != "" {
		return append(list, r.se)
	}
	return append(list, fmt.Sprintf("SE*%d*%04d", len(list)+1, control))
}

// stream returns the sets in one interchange.
func stream(remits ...*remit) string {
	var b strings.Builder
	b.WriteString("ISA*00*          *00*          *ZZ*NORTHPLAN      *ZZ*CLEARING       *261121*0900*^*00501*000000001*0*T*:~\n")
	b.WriteString("GS*HP*NORTHPLAN*CLEARING*20261121*0900*1*X*005010X221A1~\n")
	for i, r := range remits {
		for _, s := range r.segments(i + 1) {
			b.WriteString(s + "~\n")
		}
	}
	fmt.Fprintf(&b, "GE*%d*1~\nIEA*1*000000001~\n", len(remits))
	return b.String()
}

// testConfig is the configuration of the worked example.
func testConfig() *Config {
	return &Config{
		Destination: "999988880", DestinationName: "FIRST EXAMPLE BANK", Origin: "999988880", OriginName: "NORTH HEALTH PLAN",
		Payers:  map[string]string{"1512345678": "NORTH HEALTH PLN"},
		Created: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
	}
}

// convert runs Convert and closes the run at the end of the test.
func convert(t testing.TB, text string, c *Config, o Options) *Run {
	t.Helper()
	r, err := Convert(strings.NewReader(text), c, o)
	require.NoError(t, err)
	t.Cleanup(func() { r.Close() })
	return r
}

// written returns the files of a run, each read by the checker of these tests and by moov-io/ach.
func written(t testing.TB, r *Run) []string {
	t.Helper()
	var files []string
	for i := range r.Files() {
		var b strings.Builder
		require.NoError(t, r.WriteFile(&b, i))
		require.NoError(t, r.CheckFile(strings.NewReader(b.String()), i))
		checkNacha(t, b.String())
		readByMoov(t, b.String(), r.config.Origin)
		files = append(files, b.String())
	}
	return files
}

// one converts one payment.
func one(t testing.TB, m *remit, c *Config, o Options) *Payment {
	t.Helper()
	r := convert(t, stream(m), c, o)
	require.Len(t, r.Payments, 1)
	written(t, r)
	return r.Payments[0]
}

// issues is a sink that keeps rule ids.
type issues []string

func (l *issues) add(i *x12.Issue) bool {
	*l = append(*l, i.Rule)
	return true
}

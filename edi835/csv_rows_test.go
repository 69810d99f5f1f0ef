package edi835

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
)

// csvInputs are the texts the books are closed on.
func csvInputs(t *testing.T) map[string]string {
	in := map[string]string{
		"synth":        csvSynthetic(t, synth.Options{Claims: 600, Seed: 11, PerSet: 70}),
		"synth-pipes":  csvSynthetic(t, synth.Options{Claims: 200, Seed: 12, Delimiters: "|!>\n"}),
		"synth-one":    csvSynthetic(t, synth.Options{Claims: 40, Seed: 13, PerSet: 1, NewLine: true}),
		"synth-single": csvSynthetic(t, synth.Options{Claims: 1, Seed: 14}),
	}
	dirs := []string{"../testdata/835/valid/*.edi"}
	if corpus := os.Getenv("EDI_CORPUS"); corpus != "" {
		dirs = append(dirs, filepath.Join(corpus, "835", "*.edi"))
	}
	for _, dir := range dirs {
		files, err := filepath.Glob(dir)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			b, err := os.ReadFile(f)
			require.NoError(t, err)
			in[filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f)] = string(b)
		}
	}
	return in
}

// TestCSVClosesTheBooks asks the three queries of the parsed tables: provider adjustments lead from the claims to the
// payment, claim adjustments from the lines to the claims, and every dollar stands once.
func TestCSVClosesTheBooks(t *testing.T) {
	balanced := 0
	for name, src := range csvInputs(t) {
		t.Run(name, func(t *testing.T) {
			tables := csvParsed(t, src, CSVOptions{})
			// By set, claim and line: what was adjusted.
			adjusted := map[string]decimal.Decimal{}
			seen := map[string]bool{}
			for _, a := range tables["adjustments"] {
				id := a.Key("file_name", "remittance_seq", "claim_seq", "service_seq", "level", "adjustment_seq")
				require.False(t, seen[id], "adjustment twice: %s", id)
				seen[id] = true
				amount := a.Amount(t, "amount")
				require.True(t, amount.Neg().Equal(a.Amount(t, "effect_on_payment")))
				keys := []string{a.Key("level", "remittance_seq", "claim_seq", "service_seq")}
				if a["level"] != "provider" {
					keys = append(keys, "all|"+a.Key("remittance_seq", "claim_seq"))
					keys = append(keys, "all|"+a.Key("remittance_seq", "claim_seq")+a["group_code"])
				}
				for _, k := range keys {
					adjusted[k] = adjusted[k].Add(amount)
				}
			}
			linePaid, lineCount := map[string]decimal.Decimal{}, map[string]int{}
			lineDiff := map[string]bool{}
			lineCharge := map[string]decimal.Decimal{}
			for _, s := range tables["services"] {
				diff := s.Amount(t, "charge_amount").Sub(s.Amount(t, "paid_amount")).
					Sub(adjusted["service|"+s.Key("remittance_seq", "claim_seq", "service_seq")])
				require.True(t, diff.Equal(s.Amount(t, "balance_difference")))
				k := s.Key("remittance_seq", "claim_seq")
				linePaid[k] = linePaid[k].Add(s.Amount(t, "paid_amount"))
				lineCharge[k] = lineCharge[k].Add(s.Amount(t, "charge_amount"))
				lineCount[k]++
				lineDiff[k] = lineDiff[k] || !diff.IsZero()
			}
			claimPaid := map[string]decimal.Decimal{}
			claimCount := map[string]int{}
			for _, c := range tables["claims"] {
				k := c.Key("remittance_seq", "claim_seq")
				charge, paid := c.Amount(t, "charge_amount"), c.Amount(t, "paid_amount")
				diff := charge.Sub(paid).Sub(adjusted["all|"+k])
				require.True(t, diff.Equal(c.Amount(t, "balance_difference")))
				own := adjusted["claim|"+k+"|"]
				require.True(t, own.Equal(c.Amount(t, "claim_level_adjustment_amount")))
				for _, g := range []string{"CO", "OA", "PI", "PR"} {
					require.True(t, adjusted["all|"+k+g].Equal(c.Amount(t, "adjustment_amount_"+strings.ToLower(g))))
				}
				require.Equal(t, fmt.Sprint(lineCount[k]), c["service_count"])
				if lineCount[k] > 0 && diff.IsZero() && !lineDiff[k] && lineCharge[k].Equal(charge) {
					require.True(t, linePaid[k].Sub(own).Equal(paid))
					balanced++
				}
				claimPaid[c["remittance_seq"]] = claimPaid[c["remittance_seq"]].Add(paid)
				claimCount[c["remittance_seq"]]++
			}
			for _, p := range tables["payments"] {
				seq := p["remittance_seq"]
				provider := adjusted["provider|"+seq+"|||"]
				require.True(t, provider.Equal(p.Amount(t, "provider_adjustment_total")))
				require.True(t, claimPaid[seq].Equal(p.Amount(t, "claim_paid_total")))
				require.Equal(t, fmt.Sprint(claimCount[seq]), p["claim_count"])
				diff := claimPaid[seq].Sub(provider).Sub(p.Amount(t, "payment_amount"))
				require.True(t, diff.Equal(p.Amount(t, "balance_difference")))
				if strings.HasPrefix(name, "synth") {
					require.True(t, diff.IsZero())
				}
			}
			if strings.HasPrefix(name, "synth") {
				for _, table := range []string{"claims", "services"} {
					for _, row := range tables[table] {
						require.Equal(t, "0.00", row["balance_difference"])
					}
				}
			}
		})
	}
	require.Greater(t, balanced, 500)
}

// csvCount counts rows and dollars with strings.Split, without any of the code under test.
func csvCount(src string) (rows map[string]int, adjusted decimal.Decimal) {
	rows = map[string]int{}
	src = strings.TrimLeft(src, "\ufeff \r\n\t")
	elem, term := string(src[3]), src[105:106]
	for _, seg := range strings.Split(src, term) {
		e := strings.Split(strings.Trim(seg, "\r\n"), elem)
		at := func(i int) string {
			if i < len(e) {
				return e[i]
			}
			return ""
		}
		first, step := 0, 0
		switch e[0] {
		case "CLP":
			rows["claims"]++
		case "SVC":
			rows["services"]++
		case "BPR":
			rows["payments"]++
		case "CAS":
			first, step = 2, 3
		case "PLB":
			first, step = 3, 2
		}
		for i := first; step > 0 && i <= 19; i += step {
			if at(i) == "" && at(i+1) == "" {
				continue
			}
			rows["adjustments"]++
			if e[0] == "PLB" {
				rows["provider"]++
			}
			d, _ := decimal.NewFromString(at(i + 1))
			adjusted = adjusted.Add(d)
		}
	}
	return rows, adjusted
}

func TestCSVRowCounts(t *testing.T) {
	for name, src := range csvInputs(t) {
		if !strings.HasPrefix(strings.TrimLeft(src, "\ufeff \r\n"), "ISA") || strings.Contains(src[1:], "ISA*") || strings.Contains(name, "two-inter") {
			continue // the count knows one set of delimiters
		}
		t.Run(name, func(t *testing.T) {
			want, dollars := csvCount(src)
			tables := csvParsed(t, src, CSVOptions{})
			var sum decimal.Decimal
			for _, a := range tables["adjustments"] {
				sum = sum.Add(a.Amount(t, "amount"))
			}
			assert.True(t, dollars.Equal(sum), "adjusted %s, want %s", sum, dollars)
			for _, table := range []string{"claims", "services", "adjustments", "payments"} {
				assert.Len(t, tables[table], want[table], table)
			}
			without := 0
			for _, c := range tables["claims"] {
				if c["service_count"] == "0" {
					without++
				}
			}
			assert.Len(t, tables["flat"], want["services"]+want["provider"]+without)
		})
	}
}

// TestCSVFlat holds flat against the tables it is joined from.
func TestCSVFlat(t *testing.T) {
	all, err := os.ReadFile("../testdata/835/valid/all-segments.edi")
	require.NoError(t, err)
	sources := []string{string(all), csvSynthetic(t, synth.Options{Claims: 300, Seed: 21, PerSet: 50})}
	for i, src := range sources {
		for _, o := range []CSVOptions{{}, {RepeatFirst: true}, {Describe: true}, {Describe: true, RepeatFirst: true, Adjustments: -1}, {Adjustments: 1}} {
			t.Run(fmt.Sprintf("%d %+v", i, o), func(t *testing.T) {
				csvCheckFlat(t, csvParsed(t, src, o), o)
			})
		}
	}
}

func csvCheckFlat(t *testing.T, tables map[string][]csvRow, o CSVOptions) {
	claims, services, provider := map[string]csvRow{}, map[string]csvRow{}, []csvRow{}
	for _, c := range tables["claims"] {
		claims[c.Key("remittance_seq", "claim_seq")] = c
	}
	for _, s := range tables["services"] {
		services[s.Key("remittance_seq", "claim_seq", "service_seq")] = s
	}
	for _, a := range tables["adjustments"] {
		if a["level"] == "provider" {
			provider = append(provider, a)
		}
	}
	payment := csvtable.Columns(csvPaymentFields)
	firsts := 0
	// part compares the columns that flat has of a row of another table; none of the columns in skip.
	part := func(row, from csvRow, prefix string, skip func(string) bool, empty bool) {
		for name, v := range from {
			if skip(name) {
				continue
			}
			got, ok := row[prefix+name]
			if !ok {
				got, ok = row[name]
			}
			require.True(t, ok, name)
			if empty {
				v = ""
			}
			require.Equal(t, v, got, name)
		}
	}
	isPayment := map[string]bool{"file_name": true, "interchange_control_number": true, "group_control_number": true,
		"transaction_control_number": true, "remittance_seq": true, "claim_seq": true, "service_seq": true,
		"header_number": true, "provider_summary_id": true}
	for _, c := range payment {
		isPayment[c.Name] = true
	}
	ofClaim := map[string]bool{"patient_control_number": true, "payer_claim_control_number": true, "claim_status_code": true,
		"claim_status_code_description": true}
	none := func(string) bool { return false }
	for _, row := range tables["flat"] {
		claim := claims[row.Key("remittance_seq", "claim_seq")]
		if row["row_type"] == "provider_adjustment" {
			a := provider[0]
			provider = provider[1:]
			require.Equal(t, a["reason_code"], row["provider_adjustment_reason"])
			require.Equal(t, a["amount"], row["provider_adjustment_amount"])
			require.Equal(t, a["reference_id"], row["provider_adjustment_reference"])
			require.Equal(t, a["provider_id"], row["provider_adjustment_provider_id"])
			require.Equal(t, a["fiscal_period_date"], row["provider_adjustment_fiscal_period_date"])
			require.Equal(t, a["trace_number"], row["trace_number"])
			require.Empty(t, row["claim_row"]+row["claim_charge_amount"]+row["service_charge_amount"]+row["claim_seq"])
			if o.Describe {
				require.Equal(t, a["reason_code_description"], row["provider_adjustment_reason_description"])
			}
			continue
		}
		require.NotNil(t, claim)
		require.Empty(t, row["provider_adjustment_amount"])
		part(row, claim, "claim_", func(n string) bool { return !isPayment[n] }, false)
		first := row["claim_row"] == "1"
		part(row, claim, "claim_", func(n string) bool { return isPayment[n] }, !first && o.RepeatFirst)
		if first {
			firsts++
		}
		switch row["row_type"] {
		case "service":
			s := services[row.Key("remittance_seq", "claim_seq", "service_seq")]
			require.NotNil(t, s)
			require.Equal(t, row["service_seq"] == "1", first)
			part(row, s, "service_", func(n string) bool { return ofClaim[n] }, false)
			require.Equal(t, s["charge_amount"], row["service_charge_amount"])
			require.Equal(t, s["paid_amount"], row["service_paid_amount"])
			if s["adjustment_count"] != "0" {
				packed := strings.Fields(row["service_adjustments"])
				require.Equal(t, s["adjustment_count"], fmt.Sprint(len(packed)))
				if o.Adjustments > 0 {
					require.True(t, strings.HasPrefix(packed[0], row["service_adj_1_group"]+":"+row["service_adj_1_reason"]+":"+row["service_adj_1_amount"]))
				}
			}
		case "claim":
			require.Equal(t, "0", claim["service_count"])
			part(row, csvRow{"service_charge_amount": "", "service_paid_amount": "", "procedure_code": "", "service_adj_more": "", "remark_code_5": ""}, "", none, false)
		default:
			t.Fatal(row["row_type"])
		}
	}
	require.Equal(t, len(claims), firsts)
	require.Empty(t, provider)
}

// TestCSVAnyInput reads every file of the test data, faulty ones too, with all options: the output is CSV and UTF-8.
func TestCSVAnyInput(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, dir := range []string{"valid", "odd", "invalid"} {
		files, err := filepath.Glob("../testdata/835/" + dir + "/*.edi")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			for range 4 {
				csvCheckInput(t, src, CSVOptions{CRLF: r.IntN(2) == 0, Describe: r.IntN(2) == 0, Guard: r.IntN(2) == 0,
					Adjustments: r.IntN(9) - 1, RepeatFirst: r.IntN(2) == 0})
			}
		}
	}
}

func csvCheckInput(t testing.TB, src []byte, o CSVOptions) {
	out, _ := csvConvert(src, "any.edi", CSVTables(), o) // the error is the reader's
	for i, b := range out {
		require.True(t, utf8.Valid(b))
		rows := csvtest.Parse(t, b)
		cols, err := CSVColumns(CSVTables()[i], o)
		require.NoError(t, err)
		for _, row := range rows {
			require.Len(t, row, len(cols))
		}
	}
}

func FuzzCSV(f *testing.F) {
	files, err := filepath.Glob("../testdata/835/*/*.edi")
	require.NoError(f, err)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(f, err)
		if len(b) < 8<<10 {
			f.Add(b, true)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, on bool) {
		csvCheckInput(t, src, CSVOptions{Guard: on, Describe: on, RepeatFirst: !on, CRLF: on})
	})
}

package edi837

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// csvInputs are the texts that are counted.
func csvInputs(t *testing.T) []sample {
	var list []sample
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		for i, o := range []synth.Options{
			{Claims: 300, Seed: 11, PerSet: 70}, {Claims: 60, Seed: 12, Delimiters: "|!>\n"}, {Claims: 15, Seed: 13, PerSet: 1, NewLine: true},
		} {
			o.Kind = kind
			list = append(list, sample{name: fmt.Sprintf("synth/%v-%d", kind, i), src: []byte(csvSynthetic(t, o))})
		}
	}
	list = append(list, samples(t, "valid")...)
	list = append(list, samples(t, "odd")...)
	for _, in := range corpus(t) {
		if strings.Contains(in.note, " valid:") {
			list = append(list, in)
		}
	}
	return list
}

// csvCounted is what the segments of the sets 837 say, without any guide.
type csvCounted struct {
	claims, services, diagnoses int
	charge, lines, paid         decimal.Decimal
}

func csvCount(t *testing.T, src []byte) (n csvCounted) {
	t.Helper()
	amount := func(b []byte) decimal.Decimal {
		d, _ := decimal.NewFromString(string(b))
		return d
	}
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		if set := r.Set(); set == nil || set.ID != "837" {
			continue
		}
		switch s.ID.String() {
		case "CLM":
			n.claims++
			n.charge = n.charge.Add(amount(s.Elem(2)))
		case "LX":
			n.services++
		case "SV1", "SV3":
			n.lines = n.lines.Add(amount(s.Elem(2)))
		case "SV2":
			n.lines = n.lines.Add(amount(s.Elem(3)))
		case "SVD":
			n.paid = n.paid.Add(amount(s.Elem(2)))
		case "HI":
			for i := 1; i <= 12; i++ {
				head, _, _ := bytes.Cut(s.Elem(i), []byte{r.Interchange().Delims.Component})
				switch string(head) {
				case "ABK", "BK", "ABF", "BF", "ABJ", "BJ", "APR", "PR", "ABN", "BN", "TQ", "BBR", "BR", "BBQ", "BQ", "CAH", "BP", "BO":
					n.diagnoses++
				}
			}
		}
	}
}

// TestCSVTotals holds rows and money of every sample against its segments: claims are CLM, their charges CLM02, services LX.
func TestCSVTotals(t *testing.T) {
	seen := 0
	for _, in := range csvInputs(t) {
		t.Run(in.name, func(t *testing.T) {
			want := csvCount(t, in.src)
			out, totals, err := csvConvert(in.src, "in.edi", CSVTables(), CSVOptions{})
			require.NoError(t, err)
			claims, services, diagnoses := csvtest.Parse(t, out[0]), csvtest.Parse(t, out[1]), csvtest.Parse(t, out[2])
			require.Len(t, claims, want.claims)
			require.Len(t, services, want.services)
			require.Len(t, diagnoses, want.diagnoses)
			require.EqualValues(t, want.claims, totals.Claims)
			require.EqualValues(t, want.services, totals.Services)
			require.True(t, want.charge.Equal(totals.Charge.Decimal()))
			seen += len(claims)

			// By claim: what its lines say.
			lines, counts := map[string]decimal.Decimal{}, map[string]int{}
			var charge, charged, paid decimal.Decimal
			ids := map[string]bool{}
			for _, s := range services {
				id := s.Key("file_name", "submission_seq", "claim_seq", "service_seq")
				require.False(t, ids[id], id)
				ids[id] = true
				k := s.Key("submission_seq", "claim_seq")
				lines[k] = lines[k].Add(s.Amount(t, "charge_amount"))
				counts[k]++
				require.Equal(t, strconv.Itoa(counts[k]), s["service_seq"])
				charged = charged.Add(s.Amount(t, "charge_amount"))
				paid = paid.Add(s.Amount(t, "other_payer_paid_amount"))
			}
			codes := map[string]string{}
			number := map[string]int{}
			for _, d := range diagnoses {
				k := d.Key("submission_seq", "claim_seq")
				number[k]++
				require.Equal(t, strconv.Itoa(number[k]), d["diagnosis_seq"])
				codes[k+d["diagnosis_pointer"]] = d["code"]
			}
			var linesPaid decimal.Decimal
			for _, c := range claims {
				k := c.Key("submission_seq", "claim_seq")
				charge = charge.Add(c.Amount(t, "charge_amount"))
				linesPaid = linesPaid.Add(c.Amount(t, "other_payer_service_paid_amount"))
				require.True(t, lines[k].Equal(c.Amount(t, "service_charge_total")))
				require.True(t, c.Amount(t, "charge_amount").Sub(lines[k]).Equal(c.Amount(t, "charge_difference")))
				require.Equal(t, strconv.Itoa(counts[k]), c["service_count"])
				if strings.HasPrefix(in.name, "synth/") {
					require.Equal(t, "0.00", c["charge_difference"])
				}
			}
			for _, s := range services {
				for i := range 4 {
					pointer := s[fmt.Sprintf("diagnosis_pointer_%d", i+1)]
					if pointer != "" {
						require.Equal(t, codes[s.Key("submission_seq", "claim_seq")+pointer], s[fmt.Sprintf("diagnosis_code_%d", i+1)])
					}
				}
			}
			require.True(t, want.charge.Equal(charge), "%s, want %s", charge, want.charge)
			require.True(t, want.lines.Equal(charged), "%s, want %s", charged, want.lines)
			require.True(t, want.paid.Equal(paid), "%s, want %s", paid, want.paid)
			require.True(t, want.paid.Equal(linesPaid))
		})
	}
	require.Greater(t, seen, 1000)
}

// TestCSVManifest holds the totals of our samples against those their manifest states.
func TestCSVManifest(t *testing.T) {
	f, err := os.Open("../testdata/manifest.tsv")
	require.NoError(t, err)
	defer f.Close()
	rd := csv.NewReader(f)
	rd.Comma, rd.LazyQuotes, rd.FieldsPerRecord = '\t', true, -1
	rows, err := rd.ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	seen := 0
	for _, row := range rows[1:] {
		if !strings.HasPrefix(row[0], "837/valid/") {
			continue
		}
		seen++
		t.Run(row[0], func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join("../testdata", filepath.FromSlash(row[0])))
			require.NoError(t, err)
			_, totals, err := csvConvert(src, "in.edi", nil, CSVOptions{})
			require.NoError(t, err)
			require.Equal(t, row[at["claims"]], fmt.Sprint(totals.Claims))
			require.Equal(t, row[at["services"]], fmt.Sprint(totals.Services))
			charge, err := decimal.NewFromString(row[at["charge_total"]])
			require.NoError(t, err)
			require.True(t, charge.Equal(totals.Charge.Decimal()))
		})
	}
	require.Greater(t, seen, 20)
}

// TestCSVInvalid: no claim, line or charge of a faulty sample, or of any in the corpus, is lost.
func TestCSVInvalid(t *testing.T) {
	// A claim or line whose first segment cannot be told has a row all the same.
	more := map[string]csvCounted{"p-lower-case-clm": {claims: 1}, "p-missing-lx": {services: 1}, "clawd-sample-837-institutional": {services: 3}}
	for _, in := range append(samples(t, "invalid"), corpus(t)...) {
		t.Run(in.name, func(t *testing.T) {
			want := csvCount(t, in.src)
			extra := more[strings.TrimSuffix(filepath.Base(in.name), ".edi")]
			out, totals, err := csvConvert(in.src, "in.edi", []string{"claims", "services"}, CSVOptions{})
			require.NoError(t, err)
			require.EqualValues(t, want.claims+extra.claims, totals.Claims)
			require.EqualValues(t, want.services+extra.services, totals.Services)
			require.True(t, want.charge.Equal(totals.Charge.Decimal()))
			require.Len(t, csvtest.Parse(t, out[0]), want.claims+extra.claims)
			require.Len(t, csvtest.Parse(t, out[1]), want.services+extra.services)
		})
	}
}

// TestCSVAnyInput reads every sample, faulty ones too, with all options: the output is CSV and UTF-8, and claims and lines
// are not lost.
func TestCSVAnyInput(t *testing.T) {
	for _, folder := range []string{"valid", "odd", "invalid"} {
		for i, in := range samples(t, folder) {
			t.Run(in.name, func(t *testing.T) {
				csvCheckInput(t, in.src, CSVOptions{CRLF: i%2 == 0, Describe: i%3 == 0, Guard: i%5 < 2})
			})
		}
	}
}

func csvCheckInput(t testing.TB, src []byte, o CSVOptions) {
	out, totals, _ := csvConvert(src, "any.edi", CSVTables(), o) // the error is the reader's
	for i, b := range out {
		require.True(t, utf8.Valid(b))
		rows := csvtest.Parse(t, b)
		cols, err := CSVColumns(CSVTables()[i], o)
		require.NoError(t, err)
		for _, row := range rows {
			require.Len(t, row, len(cols))
		}
		switch i {
		case csvClaims:
			require.LessOrEqual(t, totals.Claims, int64(len(rows))) // of sets that ended
		case csvServices:
			require.LessOrEqual(t, totals.Services, int64(len(rows)))
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, folder := range []string{"valid", "odd", "invalid"} {
		for _, in := range samples(f, folder) {
			if len(in.src) < 4<<10 {
				f.Add(in.src, true)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, on bool) {
		csvCheckInput(t, src, CSVOptions{Guard: on, Describe: on, CRLF: on})
	})
}

// TestCSVWorkers splits sets over two workers: the rows joined in order and the totals added are those of one worker.
func TestCSVWorkers(t *testing.T) {
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		src := csvSynthetic(t, synth.Options{Kind: kind, Claims: 120, Seed: 31})
		one, all, err := csvConvert([]byte(src), "f", CSVTables(), CSVOptions{Describe: true})
		require.NoError(t, err)
		c, err := NewCSV(CSVTables(), CSVOptions{Describe: true})
		require.NoError(t, err)
		type job struct {
			x *RowContext
			n int64
			v *ts837.Claim
		}
		var jobs []job
		r := ts837.NewReader(strings.NewReader(src)) // claims stay valid
		require.NoError(t, csvScan(r, c, "f", func(x *RowContext, ev *ts837.Event) {
			jobs = append(jobs, job{x, ev.Number, ev.Claim})
		}, nil))
		half := len(jobs) / 2
		done := make(chan struct{})
		var outs [2][][]byte
		var totals [2]SetTotals
		for i, part := range [][]job{jobs[:half], jobs[half:]} {
			go func() {
				w := c.Worker()
				outs[i] = make([][]byte, len(one))
				for _, j := range part {
					w.Claim(outs[i], j.x, j.n, j.v, &totals[i])
				}
				done <- struct{}{}
			}()
		}
		<-done
		<-done
		for i := range one {
			got := append(c.AppendHeader(nil, i), outs[0][i]...)
			require.Equal(t, string(one[i]), string(append(got, outs[1][i]...)), CSVTables()[i])
		}
		totals[0].Add(&totals[1])
		require.Equal(t, all.Claims, totals[0].Claims)
		require.Equal(t, all.Services, totals[0].Services)
		require.True(t, all.Charge.Decimal().Equal(totals[0].Charge.Decimal()))
		totals[0].Reset()
		require.Equal(t, SetTotals{}, totals[0])
	}
}

// TestCSVAllocs: rows cost no allocation once the buffers have grown.
func TestCSVAllocs(t *testing.T) {
	in := samples(t, "valid")
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		in = append(in, sample{name: kind.String(), src: []byte(csvSynthetic(t, synth.Options{Kind: kind, Claims: 50, Seed: 5}))})
	}
	for _, in := range in {
		for _, o := range []CSVOptions{{}, {Describe: true, Guard: true}} {
			c, err := NewCSV(CSVTables(), o)
			require.NoError(t, err)
			w := c.Worker()
			out := make([][]byte, len(CSVTables()))
			var claims []*ts837.Claim
			var above []*RowContext
			r := ts837.NewReader(bytes.NewReader(in.src))
			require.NoError(t, csvScan(r, c, "f", func(x *RowContext, ev *ts837.Event) {
				claims, above = append(claims, ev.Claim), append(above, x)
			}, nil))
			var totals SetTotals
			allocs := testing.AllocsPerRun(10, func() {
				for i := range out {
					out[i] = out[i][:0]
				}
				for i, v := range claims {
					w.Claim(out, above[i], int64(i+1), v, &totals)
				}
			})
			require.Zero(t, allocs, "%s %+v", in.name, o)
		}
	}
}

// TestCSVHugeTexts bounds what one claim with long texts and many rows, or one level with many claims, can make of itself.
func TestCSVHugeTexts(t *testing.T) {
	long := strings.Repeat("X", 20_000)
	above := csvAboveClaims("NM1*85*2*" + long + "*****XX*" + long + "~")
	check := func(guide, claims string, count, services int) map[string][]csvRow {
		src := csvSubmissionOf(guide, above+claims)
		tables := csvParsed(t, src, CSVOptions{Describe: true})
		require.Equal(t, count, len(tables["claims"]))
		require.Equal(t, services, len(tables["services"]))
		require.Equal(t, long, tables["claims"][0]["patient_control_number"])
		require.Empty(t, tables["claims"][0]["billing_provider_name"]+tables["claims"][0]["billing_provider_npi"])
		require.Equal(t, long, tables["services"][0]["patient_control_number"])
		require.Empty(t, tables["services"][1]["patient_control_number"])
		require.Equal(t, "SUBID1", tables["services"][1]["subscriber_id"])
		out, _, err := csvConvert([]byte(src), "f", CSVTables(), CSVOptions{})
		require.NoError(t, err)
		for i := range out {
			require.Less(t, len(out[i]), 1<<20, CSVTables()[i])
		}
		return tables
	}
	lines := strings.Repeat("LX*1~SV1*HC:99213*1*UN*1***1:2~DTP*472*D8*20250102~", 50)
	tables := check("005010X222A1", "CLM*"+long+"*50***"+long+":B:1*Y*A*Y*Y~HI*ABK:"+long+"*ABF:E119~NM1*82*1*"+long+"*ANN****XX*1234567893~"+lines+
		strings.Repeat("CLM*C*1***11:B:1*Y*A*Y*Y~HI*ABK:I10~", 99), 100, 50)
	require.Empty(t, tables["services"][0]["diagnosis_code_1"])
	require.Equal(t, "E119", tables["services"][49]["diagnosis_code_2"])
	require.Equal(t, "ANN", tables["services"][49]["rendering_provider_name"])

	lines = strings.Repeat("LX*1~SV2*0450*HC:99283*1*UN*1~DTP*472*D8*20250102~", 900)
	check("005010X223A2", "CLM*"+long+"*900***13:A:1**A*Y*Y~DTP*434*RD8*20250101-20250102~CL1*1*2*01~HI*ABK:I10~"+lines, 1, 900)
}

func TestCSVOptionsAndErrors(t *testing.T) {
	for _, tables := range [][]string{{"claim"}, {"claims", "services", "claims"}, {""}, {"flat"}} {
		_, err := NewCSV(tables, CSVOptions{})
		require.ErrorIs(t, err, ErrCSV)
	}
	_, err := CSVColumns("members", CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
	names := CSVTables()
	names[0] = "changed"
	require.Equal(t, "claims", CSVTables()[0])

	// A claim without any level above it.
	c, err := NewCSV(CSVTables(), CSVOptions{Describe: true})
	require.NoError(t, err)
	out := make([][]byte, len(CSVTables()))
	for i := range out {
		out[i] = c.AppendHeader(nil, i)
	}
	var totals SetTotals
	x := c.Set("a \"b\",\xe9.edi", codec.Env{}, 41, &ts837.HealthCareClaim{ControlNumber: "77"})
	c.Worker().Claim(out, x, 3, &ts837.Claim{Lines: make([]ts837.ServiceLine, 1), Diagnoses: &ts837.Diagnoses{Principal: ts837.Diagnosis{Code: "I10"}}}, &totals)
	require.Equal(t, SetTotals{Claims: 1, Services: 1}, totals)
	for i := range out {
		rows := csvtest.Parse(t, out[i])
		require.Len(t, rows, 1)
		require.Equal(t, "a \"b\",é.edi|||77|41|3|", rows[0].Key("file_name", "interchange_control_number", "group_control_number",
			"transaction_control_number", "submission_seq", "claim_seq"))
	}

	src := []byte(csvSubmission(csvAboveClaims("") + "CLM*C1*1***11:B:1*Y*A*Y*Y~HI*ABK:I10~LX*1~SV1*HC:1*1*UN*1***1~"))
	lf, _, err := csvConvert(src, "f", CSVTables(), CSVOptions{})
	require.NoError(t, err)
	crlf, _, err := csvConvert(src, "f", CSVTables(), CSVOptions{CRLF: true})
	require.NoError(t, err)
	for i := range lf {
		require.Equal(t, strings.ReplaceAll(string(lf[i]), "\n", "\r\n"), string(crlf[i]))
	}
	// What options add stands behind the columns that are always there.
	for _, table := range CSVTables() {
		plain, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		more, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		require.Equal(t, plain, more[:len(plain)])
		if table != "diagnoses" {
			require.Greater(t, len(more), len(plain))
		}
	}
	// Columns that stand in two tables are picked by name: none may be missing.
	require.Len(t, csvtable.Columns(csvSubscriberLead), 2)
	require.Len(t, csvtable.Columns(csvClaimLead), 2)
	require.Len(t, csvtable.Columns(csvSetLead), 1)
	require.Len(t, csvtable.Columns(csvBillingLead), 1)
}

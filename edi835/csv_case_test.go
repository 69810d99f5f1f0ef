package edi835

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// csvRemit is a remittance around the given segments, each ended by "~".
func csvRemit(header, claims string) string {
	if header == "" {
		header = "N1*PR*PLAN~N3*1 A ST~N4*PUEBLO*CO*81003~PER*BL*DESK~N1*PE*CLINIC*XX*1234567893~"
	}
	return "ISA*00*          *00*          *ZZ*A              *ZZ*B              *250314*0915*^*00501*000000001*0*P*:~" +
		"GS*HP*A*B*20250314*0915*7*X*005010X221A1~ST*835*0001~BPR*I*100*C*CHK************20250314~TRN*1*T1*1990000101~" +
		header + claims + "SE*9*0001~GE*1*7~IEA*1*000000001~"
}

// TestCSVValues reads single columns off small inputs.
func TestCSVValues(t *testing.T) {
	const clp = "LX*1~CLP*C1*1*100*60*10*12*P1*11*1~"
	const qc = "NM1*QC*1*DOE*JO~"
	const svc = "SVC*HC:99213*100*60~"
	header := func(n1 string) string {
		return "N1*PR*PLAN~N3*1 A ST~N4*PUEBLO*CO*81003~REF*2U*PX9~PER*BL*DESK~" + n1
	}
	cases := []struct {
		name, header, claims, table string
		o                           CSVOptions
		want                        csvRow
	}{
		{"payee npi", header("N1*PE*CLINIC*XX*1234567893~REF*TJ*990010001~"), "", "payments", CSVOptions{},
			csvRow{"payee_npi": "1234567893", "payee_tax_id": "990010001", "payee_id": "1234567893", "payee_id_qualifier": "XX",
				"payer_id": "PX9", "payer_id_qualifier": "2U", "payer_tax_id": "990000101", "trace_payer_id": "1990000101",
				"claim_count": "0", "claim_paid_total": "0.00", "provider_adjustment_total": "0.00", "balance_difference": "-100.00"}},
		{"payee tax id", header("N1*PE*CLINIC*FI*990010001~"), "", "payments", CSVOptions{},
			csvRow{"payee_npi": "", "payee_tax_id": "990010001", "payee_id": "990010001", "payee_id_qualifier": "FI"}},
		{"payer id of N1", "N1*PR*PLAN*XV*HP1~N3*1 A ST~N4*PUEBLO*CO*81003~REF*2U*PX9~PER*BL*DESK~N1*PE*CLINIC*XV*88~", "", "payments", CSVOptions{},
			csvRow{"payer_id": "HP1", "payer_id_qualifier": "XV", "payee_npi": "", "payee_tax_id": "", "payee_id": "88"}},
		{"status and unbalanced claim", "", clp + qc, "claims", CSVOptions{},
			csvRow{"is_reversal": "0", "balance_difference": "40.00", "service_count": "0", "adjustment_amount_co": "", "header_number": "1",
				"provider_summary_id": "", "claim_level_adjustment_amount": "", "patient_last_name": "DOE", "subscriber_id": ""}},
		{"reversal", "", "LX*1~CLP*C1*22*-100*-60**12*P1~CAS*CO*45*-30~CAS*PR*1*-10~" + qc, "claims", CSVOptions{},
			csvRow{"is_reversal": "1", "charge_amount": "-100", "adjustment_amount_co": "-30.00", "adjustment_amount_pr": "-10.00",
				"claim_level_adjustment_amount": "-40.00", "balance_difference": "0.00", "patient_responsibility_amount": ""}},
		{"group without a column", "", clp + "CAS*CR*45*40~" + qc, "claims", CSVOptions{},
			csvRow{"adjustment_amount_co": "", "claim_level_adjustment_amount": "40.00", "balance_difference": "0.00"}},
		{"no group of claims", "", strings.TrimPrefix(clp, "LX*1~") + qc, "claims", CSVOptions{},
			csvRow{"patient_control_number": "C1", "header_number": ""}},
		{"provider summary", "", "LX*0012~TS3*1999999984*11*20251231*1*100~" + strings.TrimPrefix(clp, "LX*1~") + qc, "claims", CSVOptions{},
			csvRow{"header_number": "0012", "provider_summary_id": "1999999984"}},
		{"covered days of QTY", "", clp + qc + "QTY*CA*3~", "claims", CSVOptions{}, csvRow{"covered_days": "3"}},
		{"covered days of MIA", "", clp + qc + "MIA*2****N381***************M25~QTY*CA*3~", "claims", CSVOptions{Describe: true},
			csvRow{"covered_days": "2", "claim_remark_codes": "N381 M25"}},
		{"first of a qualifier", "", clp + qc + "REF*EA*ONE~REF*EA*TWO~REF*G3*PRE~", "claims", CSVOptions{},
			csvRow{"medical_record_number": "ONE", "authorization_number": "PRE"}},
		{"names", "", clp + qc + "NM1*82*1*ROE*ANN*B**MD*XX*1234567893~NM1*GB*1**PAT****MI*7~", "claims", CSVOptions{},
			csvRow{"rendering_provider_name": "ROE, ANN B MD", "rendering_provider_npi": "1234567893", "other_subscriber_name": "PAT"}},
		{"organization", "", clp + qc + "NM1*82*2*CLINIC*****FI*990010001~NM1*TT*2*NEXT*****PI*N1~", "claims", CSVOptions{},
			csvRow{"rendering_provider_name": "CLINIC", "rendering_provider_npi": "", "crossover_payer_name": "NEXT", "crossover_payer_id": "N1"}},

		{"one day", "", clp + qc + svc + "DTM*472*20250102~", "services", CSVOptions{},
			csvRow{"service_from": "2025-01-02", "service_to": "2025-01-02", "service_date_source": "service"}},
		{"range", "", clp + qc + svc + "DTM*150*20250102~DTM*151*20250105~", "services", CSVOptions{},
			csvRow{"service_from": "2025-01-02", "service_to": "2025-01-05", "service_date_source": "service"}},
		{"dates of the claim", "", clp + qc + "DTM*232*20250101~DTM*233*20250109~" + svc, "services", CSVOptions{},
			csvRow{"service_from": "2025-01-01", "service_to": "2025-01-09", "service_date_source": "claim"}},
		{"one date of the claim", "", clp + qc + "DTM*232*20250101~" + svc, "services", CSVOptions{},
			csvRow{"service_from": "2025-01-01", "service_to": "2025-01-01", "service_date_source": "claim"}},
		{"no dates", "", clp + qc + svc, "services", CSVOptions{}, csvRow{"service_from": "", "service_to": "", "service_date_source": ""}},
		{"not a date", "", clp + qc + svc + "DTM*472*20251399~", "services", CSVOptions{}, csvRow{"service_from": "", "service_date_source": ""}},
		{"revenue code in SVC01", "", clp + qc + "SVC*NU:0450*100*60~", "services", CSVOptions{},
			csvRow{"procedure_qualifier": "NU", "procedure_code": "0450", "revenue_code": "0450", "ndc_code": ""}},
		{"drug code", "", clp + qc + "SVC*N4:00093015001*100*60*0250~", "services", CSVOptions{},
			csvRow{"ndc_code": "00093015001", "revenue_code": "0250"}},
		{"submitted procedure", "", clp + qc + "SVC*HC:99213:25:59*100*60**1*HC:99214:GT::::LONGER, VISIT*2~", "services", CSVOptions{},
			csvRow{"modifier_1": "25", "modifier_2": "59", "modifier_3": "", "submitted_procedure_code": "99214", "submitted_modifier_1": "GT",
				"submitted_modifier_2": "", "procedure_description": "LONGER, VISIT", "paid_units": "1", "submitted_units": "2"}},
		{"adjustments of a line", "", clp + qc + svc + "CAS*PR*1*10**2*5**3*4**1*.5~CAS*CO*45*20.5~LQ*HE*N130~LQ*RX*A1~LQ*HE*M15~", "services", CSVOptions{},
			csvRow{"deductible_amount": "10.50", "coinsurance_amount": "5.00", "copay_amount": "4.00", "adjustment_amount_pr": "19.50",
				"adjustment_amount_co": "20.50", "adjustment_amount_oa": "", "adjustment_count": "5", "balance_difference": "0.00", "remark_codes": "N130 M15"}},
		{"ids of a line", "", clp + qc + svc + "REF*6R*L1~REF*LU*LOC~REF*G1*PA~REF*HPI*1234567893~REF*1C*MC1~REF*0K*P1~REF*0K*P2~AMT*B6*80~", "services", CSVOptions{},
			csvRow{"line_item_control_number": "L1", "location_number": "LOC", "authorization_number": "PA", "rendering_provider_npi": "1234567893",
				"rendering_provider_id": "MC1", "healthcare_policy_id": "P1 P2", "allowed_amount": "80"}},

		{"gap between triplets", "", clp + "CAS*CO*45*30*****59*10~" + qc, "adjustments", CSVOptions{},
			csvRow{"level": "claim", "adjustment_seq": "2", "segment_seq": "1", "triplet_seq": "3", "reason_code": "59", "amount": "10", "effect_on_payment": "-10"}},
		{"reason without amount", "", clp + "CAS*CO*45**2~" + qc, "adjustments", CSVOptions{Describe: true},
			csvRow{"amount": "", "effect_on_payment": "", "quantity": "2", "claim_seq": "1", "service_seq": "",
				"group_code_description": "Contractual write-off the provider bears", "reason_code_description": "Above fee schedule, allowed or contracted amount"}},
		{"half a pair", "", clp + qc + "PLB*1234567893*20251231*WO:R1~", "adjustments", CSVOptions{},
			csvRow{"level": "provider", "reason_code": "WO", "reference_id": "R1", "amount": "", "claim_seq": "", "group_code": ""}},
		{"guard", "", "LX*1~CLP*=C1*1*-100*60*10*12*+P1~" + "NM1*QC*1*@DOE*-JO~", "claims", CSVOptions{Guard: true},
			csvRow{"patient_control_number": "'=C1", "charge_amount": "-100", "payer_claim_control_number": "'+P1", "patient_last_name": "'@DOE",
				"patient_first_name": "'-JO"}},
		{"no guard", "", "LX*1~CLP*=C1*1*-100*60~" + qc, "claims", CSVOptions{}, csvRow{"patient_control_number": "=C1"}},
		{"numbered", "", clp + "CAS*CO*45*30**59*10~" + qc, "flat", CSVOptions{Adjustments: 1},
			csvRow{"row_type": "claim", "claim_row": "1", "claim_adjustments": "CO:45:30 CO:59:10", "claim_adj_1_reason": "45", "claim_adj_more": "1",
				"service_adj_more": ""}},
		{"remarks of flat", "", clp + qc + svc + "LQ*HE*N1~LQ*HE*N2~LQ*HE*N3~LQ*HE*N4~LQ*HE*N5~LQ*HE*N6~", "flat", CSVOptions{},
			csvRow{"remark_codes": "N1 N2 N3 N4 N5 N6", "remark_code_1": "N1", "remark_code_5": "N5", "service_adj_more": "0"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := csvParsed(t, csvRemit(c.header, c.claims), c.o)[c.table]
			require.NotEmpty(t, rows)
			row := rows[len(rows)-1]
			for name, want := range c.want {
				got, ok := row[name]
				require.True(t, ok, name)
				assert.Equal(t, want, got, name)
			}
		})
	}
}

// TestCSVKeys numbers sets through a run of several files and leaves out what no valid file can have.
func TestCSVKeys(t *testing.T) {
	long := strings.Repeat("9", 200)
	src := strings.ReplaceAll(csvRemit("", "LX*1~CLP*C1*1*1*1~NM1*QC*1*DOE~CLP*C2*1*1*1~NM1*QC*1*DOE~"), "ST*835*0001", "ST*835*"+long)
	rows := csvParsed(t, src, CSVOptions{})["claims"]
	require.Len(t, rows, 2)
	for i, row := range rows {
		require.Equal(t, "in.edi|000000001|7||1|", row.Key("file_name", "interchange_control_number", "group_control_number",
			"transaction_control_number", "remittance_seq"))
		require.Equal(t, fmt.Sprint(i+1), row["claim_seq"])
	}
	bare, err := os.ReadFile("../testdata/835/valid/bare-set.edi")
	require.NoError(t, err)
	for _, row := range csvParsed(t, string(bare), CSVOptions{})["claims"] {
		require.Empty(t, row["interchange_control_number"]+row["group_control_number"])
		require.NotEmpty(t, row["transaction_control_number"])
	}
	c, err := NewCSV([]string{"claims"}, CSVOptions{})
	require.NoError(t, err)
	x := c.Set("a \"b\",\xe9.edi", codec.Env{}, 41, &ts835.RemittanceAdvice{})
	require.Equal(t, "\"a \"\"b\"\",é.edi\",,,,41,", string(x.keys))
}

func TestCSVOptionsAndErrors(t *testing.T) {
	for _, tables := range [][]string{{"claim"}, {"claims", "flat", "claims"}, {""}} {
		_, err := NewCSV(tables, CSVOptions{})
		require.ErrorIs(t, err, ErrCSV)
	}
	_, err := NewCSV([]string{"flat"}, CSVOptions{Adjustments: 595})
	require.ErrorIs(t, err, ErrCSV)
	_, err = CSVColumns("members", CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
	c, err := NewCSV(nil, CSVOptions{})
	require.NoError(t, err)
	var totals SetTotals
	c.Worker().Claim(nil, c.Set("f", codec.Env{}, 1, &ts835.RemittanceAdvice{}), 1, &ts835.ClaimPayment{}, &totals)
	require.EqualValues(t, 1, totals.Claims)

	names := CSVTables()
	names[0] = "changed"
	require.Equal(t, "claims", CSVTables()[0])

	src := []byte(csvRemit("", "LX*1~CLP*C1*1*1*1~NM1*QC*1*DOE~SVC*HC:1*1*1~"))
	lf, err := csvConvert(src, "f", CSVTables(), CSVOptions{})
	require.NoError(t, err)
	crlf, err := csvConvert(src, "f", CSVTables(), CSVOptions{CRLF: true})
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
	}
}

// TestCSVLayout holds the columns against the published order. Never change a line: add new columns at the end.
func TestCSVLayout(t *testing.T) {
	const keys = "file_name interchange_control_number group_control_number transaction_control_number remittance_seq "
	const payment = "handling_code payment_method payment_format payment_amount credit_debit_flag payment_date trace_number payer_tax_id " +
		"originating_supplemental_code production_date payer_name payer_id payer_id_qualifier payee_name payee_npi payee_tax_id payee_id payee_id_qualifier "
	want := map[string]string{
		"claims": keys + "claim_seq " + payment + "header_number provider_summary_id " +
			"patient_control_number claim_status_code is_reversal charge_amount paid_amount patient_responsibility_amount claim_filing_indicator " +
			"payer_claim_control_number facility_type_code claim_frequency_code drg_code drg_weight discharge_fraction " +
			"patient_last_name patient_first_name patient_middle_name patient_id patient_id_qualifier subscriber_last_name subscriber_first_name " +
			"subscriber_id corrected_last_name corrected_first_name corrected_id rendering_provider_name rendering_provider_npi crossover_payer_name " +
			"crossover_payer_id corrected_priority_payer_name corrected_priority_payer_id other_subscriber_name " +
			"group_number medical_record_number original_reference_number authorization_number statement_from statement_to received_date " +
			"coverage_expiration_date coverage_amount interest_amount discount_amount patient_paid_amount covered_days claim_remark_codes " +
			"adjustment_amount_co adjustment_amount_oa adjustment_amount_pi adjustment_amount_pr claim_level_adjustment_amount service_count balance_difference",
		"services": keys + "claim_seq service_seq patient_control_number payer_claim_control_number claim_status_code trace_number " +
			"line_item_control_number procedure_qualifier procedure_code modifier_1 modifier_2 modifier_3 modifier_4 procedure_description " +
			"revenue_code ndc_code charge_amount paid_amount paid_units submitted_units submitted_procedure_qualifier submitted_procedure_code " +
			"submitted_modifier_1 submitted_modifier_2 submitted_modifier_3 submitted_modifier_4 service_from service_to service_date_source " +
			"allowed_amount rendering_provider_npi rendering_provider_id authorization_number location_number healthcare_policy_id " +
			"adjustment_amount_co adjustment_amount_oa adjustment_amount_pi adjustment_amount_pr deductible_amount coinsurance_amount copay_amount " +
			"adjustment_count remark_codes balance_difference",
		"adjustments": keys + "claim_seq service_seq level adjustment_seq segment_seq triplet_seq trace_number payer_claim_control_number " +
			"patient_control_number line_item_control_number procedure_code group_code reason_code amount quantity " +
			"provider_id fiscal_period_date reference_id effect_on_payment",
		"payments": keys + payment + "sender_bank_id_qualifier sender_bank_id sender_account_qualifier sender_account_number originating_company_id " +
			"receiver_bank_id_qualifier receiver_bank_id receiver_account_qualifier receiver_account_number trace_payer_id currency receiver_id " +
			"claim_count claim_paid_total provider_adjustment_total balance_difference",
	}
	for table, list := range want {
		require.Equal(t, strings.Fields(list), csvNames(t, table, CSVOptions{}), table)
	}
	flat := csvNames(t, "flat", CSVOptions{Adjustments: 2})
	require.Equal(t, "claim_seq service_seq row_type claim_row handling_code", strings.Join(flat[5:10], " "))
	require.Equal(t, "claim_balance_difference claim_adjustments claim_adj_1_group claim_adj_1_reason claim_adj_1_amount claim_adj_1_quantity "+
		"claim_adj_2_group claim_adj_2_reason claim_adj_2_amount claim_adj_2_quantity claim_adj_more line_item_control_number",
		strings.Join(flat[80:92], " "))
	require.Equal(t, "remark_code_1 remark_code_2 remark_code_3 remark_code_4 remark_code_5 provider_adjustment_reason provider_adjustment_reference "+
		"provider_adjustment_amount provider_adjustment_provider_id provider_adjustment_fiscal_period_date", strings.Join(flat[len(flat)-10:], " "))
	seen := map[string]bool{}
	for _, name := range flat {
		require.False(t, seen[name], name)
		seen[name] = true
	}
}

func csvNames(t *testing.T, table string, o CSVOptions) (names []string) {
	cols, err := CSVColumns(table, o)
	require.NoError(t, err)
	for _, c := range cols {
		require.NotEmpty(t, c.Element, c.Name)
		require.NotEmpty(t, c.Meaning, c.Name)
		names = append(names, c.Name)
	}
	return names
}

// TestCSVHugeTexts bounds what one claim with long texts and many rows can make of itself.
func TestCSVHugeTexts(t *testing.T) {
	long := strings.Repeat("X", 20_000)
	claims := "LX*1~CLP*" + long + "*1*900*0~CAS*CO*45*0~CAS*CO*45*0~NM1*QC*1*DOE~REF*EA*" + long + "~" +
		strings.Repeat("SVC*HC:99213*1*0~CAS*CO*45*1~REF*6R*"+long[:600]+"~", 900) + "PLB*" + long + "*20251231*WO*1*WO*2~"
	src := strings.Replace(csvRemit("", claims), "TRN*1*T1", "TRN*1*"+long, 1)
	tables := csvParsed(t, src, CSVOptions{})
	require.Equal(t, long, tables["claims"][0]["patient_control_number"])
	for table, column := range map[string]string{"services": "patient_control_number", "adjustments": "patient_control_number", "flat": "medical_record_number"} {
		rows := tables[table]
		require.GreaterOrEqual(t, len(rows), 900)
		require.Equal(t, long, rows[0][column], table)
		for _, row := range rows[1:] {
			require.Empty(t, row[column], table)
			require.Equal(t, "1", row["remittance_seq"])
		}
	}
	require.Equal(t, long[:600], tables["adjustments"][5]["line_item_control_number"])
	for _, table := range []string{"adjustments", "flat"} {
		rows := tables[table]
		last := rows[len(rows)-2:]
		require.Equal(t, long, last[0]["trace_number"], table)
		require.Empty(t, last[1]["trace_number"], table)
	}
	out, err := csvConvert([]byte(src), "f", CSVTables(), CSVOptions{})
	require.NoError(t, err)
	for i := range out {
		require.Less(t, len(out[i]), 2<<20, CSVTables()[i])
	}
}

// TestCSVWorkers splits a set over two workers: the rows joined in order and the totals added are those of one worker.
func TestCSVWorkers(t *testing.T) {
	var b strings.Builder
	stats, err := synth.Write(&b, synth.Options{Claims: 120, Seed: 31})
	require.NoError(t, err)
	src := b.String()
	one, err := csvConvert([]byte(src), "f", CSVTables(), CSVOptions{Describe: true})
	require.NoError(t, err)

	c, err := NewCSV(CSVTables(), CSVOptions{Describe: true})
	require.NoError(t, err)
	r := ts835.NewReader(strings.NewReader(src)) // claims stay valid
	type job struct {
		x *RowContext
		n int64
		v *ts835.ClaimPayment
	}
	var jobs []job
	var set, group *RowContext
	var whole *ts835.RemittanceAdvice
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch ev.Kind {
		case codec.Begin:
			set = c.Set("f", ev.Env, 1, ev.Set)
		case codec.Enter:
			group = set.Group(ev.HeaderGroup)
		case codec.Unit:
			jobs = append(jobs, job{group, ev.Number, ev.ClaimPayment})
		case codec.End:
			whole = ev.Set
		}
	}
	half := len(jobs) / 2
	done := make(chan struct{})
	outs := [2][][]byte{}
	totals := [2]SetTotals{}
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
	totals[0].Add(&totals[1])
	c.Worker().Trailer(outs[1], set, &totals[0], whole)
	for i := range one {
		got := append(c.AppendHeader(nil, i), outs[0][i]...)
		require.Equal(t, string(one[i]), string(append(got, outs[1][i]...)), CSVTables()[i])
	}
	require.EqualValues(t, 120, totals[0].Claims)
	require.True(t, totals[0].Charge.Equal(x12.NewNumber(stats.Charge, 2)))
	require.True(t, totals[0].Paid.Equal(x12.NewNumber(stats.Paid, 2)))
	totals[0].Reset()
	require.Equal(t, SetTotals{}, totals[0])
}

// TestCSVAllocs: rows cost no allocation once the buffers have grown.
func TestCSVAllocs(t *testing.T) {
	all, err := os.ReadFile("../testdata/835/valid/all-segments.edi")
	require.NoError(t, err)
	latin1, err := os.ReadFile("../testdata/835/valid/names-latin1.edi")
	require.NoError(t, err)
	for name, src := range map[string][]byte{"all segments": all, "latin-1": latin1, "synthetic": []byte(csvSynthetic(t, synth.Options{Claims: 50, Seed: 5}))} {
		for _, o := range []CSVOptions{{}, {Describe: true, Guard: true}, {RepeatFirst: true}} {
			c, err := NewCSV(CSVTables(), o)
			require.NoError(t, err)
			w := c.Worker()
			out := make([][]byte, len(CSVTables()))
			var x *RowContext
			var claims []*ts835.ClaimPayment
			r := ts835.NewReader(bytes.NewReader(src))
			for {
				ev, err := r.Next()
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
				switch ev.Kind {
				case codec.Begin:
					x = c.Set("f", ev.Env, 1, ev.Set)
				case codec.Unit:
					claims = append(claims, ev.ClaimPayment)
				}
			}
			var totals SetTotals
			allocs := testing.AllocsPerRun(20, func() {
				for i := range out {
					out[i] = out[i][:0]
				}
				for i, v := range claims {
					w.Claim(out, x, int64(i+1), v, &totals)
				}
			})
			require.Zero(t, allocs, "%s %+v", name, o)
		}
	}
}

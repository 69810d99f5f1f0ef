package edi271

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var csvUpdate = flag.Bool("update-csv", false, "write the expected CSV files and the data dictionary")

// csvConvert reads src the way a program does, with the context of each level.
func csvConvert(src []byte, file string, tables []string, o CSVOptions, opts ...codec.Option) (out [][]byte, sum SetTotals, err error) {
	c, err := NewCSV(tables, o)
	if err != nil {
		return nil, sum, err
	}
	out = make([][]byte, len(tables))
	for i := range out {
		out[i] = c.AppendHeader(nil, i)
	}
	w, r := c.Worker(), ts271.NewReader(bytes.NewReader(src), opts...)
	var set, source, receiver, subscriber *RowContext
	var seq int64
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return out, sum, nil
		}
		if err != nil {
			return out, sum, err
		}
		if ev.Kind == codec.Begin {
			seq++
			set = c.Set(file, ev.Env, seq, ev.Set)
			source, receiver, subscriber = set, set, set
			continue
		}
		if ev.Kind != codec.Enter && ev.Kind != codec.Unit {
			continue
		}
		switch ts271.X279A1.Loops[ev.Loop].ID {
		case "2000A":
			w.Source(out, set, ev.SourceLevel, &sum)
			source = set.Source(ev.SourceLevel)
			receiver, subscriber = source, source
		case "2000B":
			w.Receiver(out, source, ev.ReceiverLevel, &sum)
			receiver = source.Receiver(ev.ReceiverLevel)
			subscriber = receiver
		case "2000C":
			w.Subscriber(out, receiver, ev.Number, ev.SubscriberLevel, &sum)
			subscriber = receiver.Subscriber(ev.SubscriberLevel)
		case "2000D":
			w.Dependent(out, subscriber, ev.Number, ev.DependentLevel, &sum)
		}
	}
}

// csvCount counts segments of the sets 271 without any guide.
func csvCount(t *testing.T, src []byte, id string) (n int) {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		if r.Set() != nil && r.Set().ID == "271" && string(s.Name()) == id {
			n++
		}
	}
}

// TestCSVRows holds the number of rows against the segments.
func TestCSVRows(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid")) {
		out, sum, err := csvConvert(f.src, f.name, CSVTables(), CSVOptions{})
		require.NoError(t, err)
		benefits, rejections := csvCount(t, f.src, "EB"), csvCount(t, f.src, "AAA")
		require.Len(t, csvtest.Parse(t, out[0]), benefits, f.name)
		require.Len(t, csvtest.Parse(t, out[1]), rejections, f.name)
		require.EqualValues(t, benefits, sum.Benefits, f.name)
		require.EqualValues(t, rejections, sum.Rejections, f.name)
		reused, _, err := csvConvert(f.src, f.name, CSVTables(), CSVOptions{}, codec.WithReuse(), codec.WithBuffer(1024))
		require.NoError(t, err)
		require.Equal(t, out, reused, f.name)
		for i, table := range CSVTables() {
			alone, _, err := csvConvert(f.src, f.name, []string{table}, CSVOptions{})
			require.NoError(t, err)
			require.Equal(t, string(out[i]), string(alone[0]), f.name)
		}
	}
}

// TestCSVValues reads single columns off the samples.
func TestCSVValues(t *testing.T) {
	rows := func(file string, table int, o CSVOptions) []csvtest.Row {
		for _, f := range samples(t, "valid") {
			if f.name == file {
				out, _, err := csvConvert(f.src, file, CSVTables(), o)
				require.NoError(t, err)
				return csvtest.Parse(t, out[table])
			}
		}
		t.Fatal(file)
		return nil
	}
	ppo, family := rows("ppo.edi", 0, CSVOptions{Describe: true}), rows("family.edi", 0, CSVOptions{})
	rejected := rows("rejections.edi", 1, CSVOptions{})
	for _, c := range []struct {
		row  csvtest.Row
		want csvtest.Row
	}{
		{ppo[0], csvtest.Row{"file_name": "ppo.edi", "interchange_control_number": "000000031", "reply_seq": "1", "response_seq": "1", "benefit_seq": "1", "reply_date": "2026-01-31",
			"reply_time": "12:00", "payer_name": "BLUE MESA HEALTH PLAN", "payer_phone": "9705550111", "provider_npi": "1234567893", "subscriber_id": "BMW204418731", "subscriber_middle_name": "M",
			"subscriber_city": "DURANGO", "group_number": "BM-77", "group_name": "COPPER RIDGE SCHOOLS", "plan_number": "PPO-500", "patient_is_subscriber": "1", "patient_relationship": "18",
			"patient_birth_date": "1980-04-02", "trace_number": "RB-7001", "payer_trace_number": "BM-99120", "plan_from": "2026-01-01", "plan_to": "", "eligibility_from": "2024-06-01",
			"information": "1", "service_types": "30", "plan_name": "BLUE MESA PPO 500", "amount": "", "information_description": "Coverage active"}},
		{ppo[8], csvtest.Row{"benefit_seq": "9", "information": "G", "amount": "3212.55", "time_period": "29", "in_network": "Y", "time_period_description": "Remaining"}},
		{ppo[10], csvtest.Row{"service_types": "98 1 33 UC", "service_type_count": "4", "service_types_description": "Physician office visit | Medical care | Chiropractic | Urgent care"}},
		{ppo[11], csvtest.Row{"messages": "PRIMARY CARE"}},
		{ppo[14], csvtest.Row{"percent": "0.4", "amount": ""}},
		{ppo[16], csvtest.Row{"quantity": "13", "quantity_qualifier": "VS", "authorization_required": "Y", "benefit_from": "2026-01-01", "benefit_to": "2026-12-31", "dates": "348:2026-01-01:2026-12-31"}},
		{ppo[17], csvtest.Row{"deliveries": "VS:2:WK::34:3"}},
		{ppo[18], csvtest.Row{"procedure_code": "72148", "modifiers": "26", "place_of_service": "22", "conditions": "ZZ:22", "place_of_service_description": "On-campus outpatient hospital"}},
		{ppo[20], csvtest.Row{"primary_care_provider_name": "OKAFOR, ADA", "primary_care_provider_id": "1234567893", "primary_care_provider_phone": "9705550100", "entity_count": "1",
			"entities": "P3:XX:1234567893:OKAFOR ADA", "other_payer_name": ""}},
		{ppo[21], csvtest.Row{"other_payer_name": "HIGH DESERT MUTUAL", "other_payer_id": "HD02", "references": "1L:OT-5512", "dates": "290:2026-01-31"}},
		{family[1], csvtest.Row{"response_seq": "2", "benefit_seq": "1", "patient_is_subscriber": "0", "patient_first_name": "TEO", "patient_relationship": "19", "subscriber_first_name": "LENA",
			"subscriber_id": "BMW204418731", "trace_number": "RB-7003", "plan_from": "2026-01-01"}},
		{family[3], csvtest.Row{"response_seq": "3", "information": "6", "benefit_to": "2025-12-31"}},
		{family[4], csvtest.Row{"response_seq": "5", "subscriber_last_name": "MOSS", "patient_first_name": "RAY"}},
		{rejected[0], csvtest.Row{"loop": "2000A", "response_seq": "", "reject_reason": "42", "reject_reason_description": "System cannot answer now", "follow_up": "R", "payer_id": "BM01", "provider_id": ""}},
		{rejected[2], csvtest.Row{"loop": "2100B", "provider_npi": "1234567893", "subscriber_id": ""}},
		{rejected[3], csvtest.Row{"loop": "2100C", "provider_npi": "1999999984", "subscriber_id": "BMW204418739", "benefit_seq": "", "reject_reason": "72"}},
		{rejected[5], csvtest.Row{"loop": "2100D", "patient_first_name": "RAY", "subscriber_first_name": "IDA"}},
		{rejected[6], csvtest.Row{"loop": "2110C", "benefit_seq": "2", "valid_request": "Y", "follow_up_description": "Do not send again"}},
	} {
		for name, want := range c.want {
			got, ok := c.row[name]
			require.True(t, ok, name)
			require.Equal(t, want, got, "%s %s of row %s", c.row["file_name"], name, c.row["benefit_seq"])
		}
	}
}

// TestCSVIsBounded has a person with huge texts and many EBs.
func TestCSVIsBounded(t *testing.T) {
	long := strings.Repeat("X", csvMaxText)
	p := ts271.Person{Last: long, First: long, Middle: long, Suffix: long, ID: long, IDQualifier: strings.Repeat("Y", 1<<16), Address: &ts271.Address{Line1: long, Line2: long}}
	p.Benefits = make([]ts271.Benefit, 1000)
	c, err := NewCSV([]string{"benefits"}, CSVOptions{})
	require.NoError(t, err)
	x := c.Set("a.edi", codec.Env{}, 1, &ts271.EligibilityResponse{})
	out := [][]byte{c.AppendHeader(nil, 0)}
	c.Worker().Subscriber(out, x, 1, &ts271.SubscriberLevel{Subscriber: p}, new(SetTotals))
	rows := csvtest.Parse(t, out[0])
	require.Len(t, rows, 1000)
	require.Equal(t, long, rows[0]["subscriber_last_name"])
	require.Empty(t, rows[1]["subscriber_last_name"])
	require.Less(t, len(out[0]), 1<<19)
}

func TestCSVTables(t *testing.T) {
	_, err := NewCSV([]string{"claims"}, CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
	_, err = CSVColumns("", CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
}

const csvDocsIntro = `# CSV tables of the 271

Layout version %d. This file is made from the column definitions in package edi271; a test keeps it in step.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number: a copayment of 0 is an answer.
- Amounts, fractions and quantities are plain decimals with the decimals of the file.
- Dates are YYYY-MM-DD, times HH:MM. Text that is not a date of the calendar is empty. Where the file has one day, from and to
  are that day.
- Ids and codes are text as in the file.
- Where a column holds several values, a blank stands between two, and a colon between the parts of one. Between texts with
  blanks in them, messages for one, stand a blank, a bar and a blank.
- Control numbers of more than 64 characters, and texts of more than 256 above the EBs, which no valid file has, are left
  out. What stands above the EBs stands on the first row of a person only when together it is longer than valid ones can be.

The tuple file_name, reply_seq, response_seq identifies a person in a reply, with benefit_seq a row of benefits. A person
without EBs, one who was rejected for instance, has no row in benefits; the rejections are in the table of that name.
benefit_seq is the number by which a summary names an EB.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it.
`

var csvDocsTables = map[string]string{
	"benefits":   "One row per EB, with the transaction set, payer, provider, subscriber and patient it stands under.",
	"rejections": "One row per AAA, with as much above it as there is.",
}

func TestCSVDocs(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, csvDocsIntro, CSVLayout)
	for _, table := range CSVTables() {
		cols, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		described, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		csvtest.Dictionary(&b, table, csvDocsTables[table], cols, described)
	}
	csvtest.Golden(t, *csvUpdate || *update, filepath.Join("..", "docs", "csv-271.md"), b.String())
}

func TestCSVGolden(t *testing.T) {
	for _, f := range samples(t, "valid") {
		out, _, err := csvConvert(f.src, f.name, CSVTables(), CSVOptions{Guard: true, CRLF: f.name == "family.edi", Describe: f.name == "ppo.edi"})
		require.NoError(t, err)
		for i, table := range CSVTables() {
			csvtest.Golden(t, *csvUpdate || *update, filepath.Join("testdata", "csv", strings.TrimSuffix(f.name, ".edi")+"."+table+".csv"), string(out[i]))
		}
	}
}

// TestCSVLayout holds the columns against the published order. Never change a line: add new columns at the end.
func TestCSVLayout(t *testing.T) {
	want := map[string]string{
		"benefits": `
			file_name interchange_control_number group_control_number transaction_control_number reply_seq response_seq
			benefit_seq reply_purpose reply_reference reply_date reply_time payer_name payer_id payer_id_qualifier
			payer_phone provider_name provider_npi provider_id provider_id_qualifier subscriber_last_name
			subscriber_first_name subscriber_middle_name subscriber_suffix subscriber_birth_date subscriber_gender
			subscriber_id subscriber_id_qualifier subscriber_address_1 subscriber_address_2 subscriber_city subscriber_state
			subscriber_postal_code group_number group_name policy_number plan_number patient_is_subscriber
			patient_relationship patient_last_name patient_first_name patient_middle_name patient_suffix patient_birth_date
			patient_gender trace_number trace_assigner payer_trace_number plan_from plan_to eligibility_from eligibility_to
			information coverage_level service_types service_type_count insurance_type plan_name time_period amount percent
			quantity_qualifier quantity authorization_required in_network procedure_qualifier procedure_code modifiers
			procedure_end_code place_of_service conditions deliveries benefit_from benefit_to dates references rejections
			messages entity_count entities primary_care_provider_name primary_care_provider_id primary_care_provider_phone
			other_payer_name other_payer_id other_payer_phone`,
		"rejections": `
			file_name interchange_control_number group_control_number transaction_control_number reply_seq response_seq
			benefit_seq loop valid_request reject_reason reject_reason_description follow_up follow_up_description
			reply_purpose reply_reference reply_date reply_time payer_name payer_id payer_id_qualifier payer_phone
			provider_name provider_npi provider_id provider_id_qualifier subscriber_last_name subscriber_first_name
			subscriber_middle_name subscriber_suffix subscriber_birth_date subscriber_gender subscriber_id
			subscriber_id_qualifier subscriber_address_1 subscriber_address_2 subscriber_city subscriber_state
			subscriber_postal_code group_number group_name policy_number plan_number patient_is_subscriber
			patient_relationship patient_last_name patient_first_name patient_middle_name patient_suffix patient_birth_date
			patient_gender trace_number trace_assigner payer_trace_number plan_from plan_to eligibility_from eligibility_to`,
	}
	for table, list := range want {
		cols, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		var names []string
		for _, c := range cols {
			require.NotEmpty(t, c.Element, c.Name)
			require.NotEmpty(t, c.Meaning, c.Name)
			names = append(names, c.Name)
		}
		require.Equal(t, strings.Fields(list), names, table)
	}
}

package edi270

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

	"github.com/x12-go/edi/edi270/ts270"
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
	w, r := c.Worker(), ts270.NewReader(bytes.NewReader(src), opts...)
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
		switch ts270.X279A1.Loops[ev.Loop].ID {
		case "2000A":
			source = set.Source(ev.SourceLevel)
			receiver, subscriber = source, source
		case "2000B":
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

// csvCount counts segments of the sets 270 without any guide.
func csvCount(t *testing.T, src []byte, id string) (n int) {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		if r.Set() != nil && r.Set().ID == "270" && string(s.Name()) == id {
			n++
		}
	}
}

// TestCSVRows holds the number of rows against the segments.
func TestCSVRows(t *testing.T) {
	for _, f := range slices.Concat(corpus(t), samples(t, "valid")) {
		out, sum, err := csvConvert(f.src, f.name, CSVTables(), CSVOptions{})
		require.NoError(t, err)
		questions, silent := csvCount(t, f.src, "EQ"), 0
		for q, err := range NewReader(bytes.NewReader(f.src)).Inquiries() {
			require.NoError(t, err)
			if len(q.Questions) == 0 {
				silent++
			}
		}
		require.Len(t, csvtest.Parse(t, out[0]), questions+silent, f.name)
		require.EqualValues(t, questions, sum.Questions, f.name)
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
	out, sum, err := csvConvert(samples(t, "valid")[0].src, "batch.edi", CSVTables(), CSVOptions{Describe: true})
	require.NoError(t, err)
	rows := csvtest.Parse(t, out[0])
	require.Equal(t, SetTotals{Inquiries: 5, Questions: 6}, sum)
	for i, want := range map[int]csvtest.Row{
		0: {"file_name": "batch.edi", "request_seq": "1", "inquiry_seq": "1", "question_seq": "1", "request_purpose": "13", "request_reference": "RB-20260131-1", "request_date": "2026-01-31",
			"payer_id": "BM01", "provider_npi": "1234567893", "subscriber_last_name": "VEGA", "subscriber_suffix": "JR", "subscriber_id": "BMW204418731", "group_number": "BM-77",
			"social_security_number": "900000001", "patient_is_subscriber": "1", "patient_relationship": "18", "patient_first_name": "LENA", "trace_number": "RB-7001", "provider_reference": "1999999984",
			"diagnosis_codes": "M5416 E119", "service_types": "30 98 UC", "coverage_level": "FAM", "spend_down_amount": "37.5", "plan_from": "2026-01-31", "plan_to": "2026-02-28",
			"service_types_description": "Health plan coverage in general | Physician office visit | Urgent care"},
		1: {"question_seq": "2", "service_types": "", "procedure_code": "72148", "modifiers": "26 TC", "diagnosis_pointers": "1 2", "place_of_service": "22", "authorization_number": "A-100",
			"plan_from": "2026-02-03", "plan_to": "2026-02-03"},
		3: {"inquiry_seq": "3", "patient_is_subscriber": "0", "patient_relationship": "01", "patient_first_name": "RAY", "subscriber_first_name": "IDA", "plan_from": ""},
		5: {"inquiry_seq": "6", "payer_id": "HD02", "provider_name": "OKAFOR, ADA", "subscriber_id": "HD-3", "patient_first_name": "JO"},
	} {
		for name, text := range want {
			got, ok := rows[i][name]
			require.True(t, ok, name)
			require.Equal(t, text, got, "%s of row %d", name, i)
		}
	}
}

// TestCSVIsBounded has a person with huge texts and many EQs.
func TestCSVIsBounded(t *testing.T) {
	long := strings.Repeat("X", csvMaxText)
	p := ts270.Person{Last: long, First: long, Middle: long, Suffix: long, ID: long, IDQualifier: strings.Repeat("Y", 1<<16), Address: &ts270.Address{Line1: long, Line2: long}}
	p.Inquiries = make([]ts270.Inquiry, 1000)
	c, err := NewCSV([]string{"inquiries"}, CSVOptions{})
	require.NoError(t, err)
	x := c.Set("a.edi", codec.Env{}, 1, &ts270.EligibilityInquiry{})
	out := [][]byte{c.AppendHeader(nil, 0)}
	c.Worker().Subscriber(out, x, 1, &ts270.SubscriberLevel{Subscriber: p}, new(SetTotals))
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

const csvDocsIntro = `# CSV tables of the 270

Layout version %d. This file is made from the column definitions in package edi270; a test keeps it in step.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number.
- Amounts are plain decimals with the decimals of the file.
- Dates are YYYY-MM-DD, times HH:MM. Text that is not a date of the calendar is empty. Where the file has one day, from and to
  are that day.
- Ids and codes are text as in the file.
- Where a column holds several values, a blank stands between two, and a colon between the parts of one. Between texts with
  blanks in them stand a blank, a bar and a blank.
- Control numbers of more than 64 characters, and texts of more than 256 above the EQs, which no valid file has, are left
  out. What stands above the EQs stands on the first row of a person only when together it is longer than valid ones can be.

The tuple file_name, request_seq, inquiry_seq identifies a person in a request, with question_seq a row. A person about
whom nothing is asked has one row; a subscriber who only tells whose dependents are asked about has none.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it.
`

var csvDocsTables = map[string]string{
	"inquiries": "One row per EQ, with the transaction set, payer, provider, subscriber and patient it stands under.",
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
	csvtest.Golden(t, *csvUpdate || *update, filepath.Join("..", "docs", "csv-270.md"), b.String())
}

func TestCSVGolden(t *testing.T) {
	for _, f := range samples(t, "valid") {
		out, _, err := csvConvert(f.src, f.name, CSVTables(), CSVOptions{Guard: true, Describe: true})
		require.NoError(t, err)
		for i, table := range CSVTables() {
			csvtest.Golden(t, *csvUpdate || *update, filepath.Join("testdata", "csv", strings.TrimSuffix(f.name, ".edi")+"."+table+".csv"), string(out[i]))
		}
	}
}

// TestCSVLayout holds the columns against the published order. Never change a line: add new columns at the end.
func TestCSVLayout(t *testing.T) {
	want := map[string]string{
		"inquiries": `
			file_name interchange_control_number group_control_number transaction_control_number request_seq inquiry_seq
			question_seq request_purpose request_reference request_date request_time payer_name payer_id payer_id_qualifier
			provider_name provider_npi provider_id provider_id_qualifier subscriber_last_name subscriber_first_name
			subscriber_middle_name subscriber_suffix subscriber_birth_date subscriber_gender subscriber_id
			subscriber_id_qualifier subscriber_address_1 subscriber_address_2 subscriber_city subscriber_state
			subscriber_postal_code group_number policy_number social_security_number patient_is_subscriber
			patient_relationship patient_last_name patient_first_name patient_middle_name patient_suffix patient_birth_date
			patient_gender trace_number trace_assigner second_trace_number second_trace_assigner provider_role
			provider_reference_qualifier provider_reference diagnosis_codes service_types procedure_qualifier procedure_code
			modifiers coverage_level diagnosis_pointers spend_down_amount spend_down_billed_amount place_of_service
			authorization_qualifier authorization_number plan_from plan_to`,
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

package edi837

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/csvtable/csvtest"
)

const csvDocsIntro = `# CSV tables of the 837

Layout version %d. This file is made from the column definitions in package edi837; a test keeps it in step.

One layout serves professional (005010X222A1), institutional (005010X223A2) and dental (005010X224A2) claims; the column
kind tells them apart, and the meaning of a column that only some kinds have names them.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number.
- Amounts and quantities are plain decimals with the sign and the decimals of the file. Sums and differences have two
  decimals, more where they need them; a sum of adjustments or payments is empty when there was none.
- Dates are YYYY-MM-DD, times HH:MM. Text that is not a date of the calendar is empty. A date in another form than its
  qualifier says is read by its length.
- Ids and codes are text as in the file, diagnoses without a point. A numeric element the file has no number in is empty.
- Where a column holds several values, a blank stands between two, and a colon between the parts of one. Between
  texts with blanks in them, notes for one, stand a blank, a bar and a blank.
- What payers before this one decided stands in columns that begin with other_payer, adjustment_amount, deductible,
  coinsurance, copay and remaining_patient_liability. A positive adjustment lowers the payment.
- Control numbers of more than 64 characters, and texts of more than 256 above the claims or repeated on lines, which no
  valid file has, are left out. The claim columns of services and diagnoses stand on the first row of a claim only when
  together they are longer than valid ones can be.

The tuple file_name, submission_seq, claim_seq identifies a claim, with service_seq a line and with diagnosis_seq a row of
diagnoses. Control numbers alone are not unique. patient_control_number comes back in the remittance as CLP01, and
line_item_control_number as REF*6R: columns of the same names in the tables of the 835.

Of a claim whose lines add up, the sum of services.charge_amount is claims.charge_amount; else claims.charge_difference says
by how much. The level numbers (HL01) of billing provider, subscriber and patient tell which claims stand together.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it.
`

var csvDocsTables = map[string]string{
	"claims": "One row per claim (CLM), with the transaction set, billing provider, subscriber, payer and patient it stands under.",
	"services": "One row per service line (LX). What a line has not itself, its dates, place of service and rendering provider, is that of " +
		"the claim.",
	"diagnoses": "One row per diagnosis of a claim, and one per procedure of the claim as a whole (not of its lines): filter on row_type. " +
		"Gaps between codes have none.",
}

// csvDocs renders the data dictionary.
func csvDocs(t *testing.T) string {
	var b strings.Builder
	fmt.Fprintf(&b, csvDocsIntro, CSVLayout)
	for _, table := range CSVTables() {
		cols, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		described, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		csvtest.Dictionary(&b, table, csvDocsTables[table], cols, described)
	}
	return b.String()
}

func TestCSVDocs(t *testing.T) {
	csvtest.Golden(t, *csvUpdate, filepath.Join("..", "docs", "csv-837.md"), csvDocs(t))
}

func TestCSVGolden(t *testing.T) {
	cases := []struct {
		file, name string
		o          CSVOptions
		tables     []string
	}{
		{"p-everything", "p-everything", CSVOptions{}, CSVTables()},
		{"i-everything", "i-everything", CSVOptions{}, CSVTables()},
		{"d-everything", "d-everything", CSVOptions{}, CSVTables()},
		{"mixed-three-kinds", "mixed-three-kinds", CSVOptions{}, CSVTables()},
		{"p-cob-tertiary", "p-cob-tertiary", CSVOptions{}, []string{"claims", "services"}},
		{"p-several-billing-providers", "p-several-billing-providers", CSVOptions{}, []string{"claims"}},
		{"i-inpatient-drg", "i-inpatient-drg-describe", CSVOptions{Describe: true}, CSVTables()},
		{"d-tooth-detail", "d-tooth-detail-guard", CSVOptions{Guard: true, CRLF: true}, []string{"services"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := samplesNamed(t, "837/valid/"+c.file+".edi")
			out, _, err := csvConvert(in.src, c.file+".edi", c.tables, c.o)
			require.NoError(t, err)
			for i, table := range c.tables {
				csvtest.Parse(t, out[i])
				csvtest.Golden(t, *csvUpdate, filepath.Join("testdata", "csv", c.name+"."+table+".csv"), string(out[i]))
			}
		})
	}
}

func samplesNamed(t *testing.T, name string) sample {
	for _, in := range samples(t, "valid") {
		if filepath.ToSlash(in.name) == name {
			return in
		}
	}
	t.Fatalf("no sample %s", name)
	return sample{}
}

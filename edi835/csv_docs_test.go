package edi835

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/csvtable/csvtest"
)

const csvDocsIntro = `# CSV tables of the 835

Layout version %d. This file is made from the column definitions in package edi835; a test keeps it in step.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number.
- Amounts and quantities are plain decimals with the sign and the decimals of the file. Sums and differences have two
  decimals, more where they need them; a sum of adjustments is empty when there was none.
- Dates are YYYY-MM-DD. Text that is not a date of the calendar is empty.
- Ids and codes are text as in the file. A numeric element the file has no number in is empty.
- A positive adjustment lowers the payment, a negative one raises it.
- Of several REF, DTM, AMT or QTY segments with one qualifier the first counts, unless the table says otherwise.
- Control numbers of more than 64 characters, which no valid file has, are left out. Columns that repeat on the rows of a
  claim, or the payment columns on those of provider adjustments, stand on the first of them only when together they are
  longer than valid ones can be.

The tuple file_name, remittance_seq, claim_seq, service_seq identifies a row of payments, claims and services; level and
adjustment_seq go with it in adjustments. Control numbers alone are not unique.

Three queries close the books of a balanced file:

1. Of a set: the sum of claims.paid_amount less the sum of adjustments.amount at level provider is payment_amount.
2. Of a claim whose lines were all sent: the sum of services.paid_amount less the sum of adjustments.amount at level claim
   is claims.paid_amount.
3. Of every line and claim: charge_amount less its adjustments (of the claim and its lines together) is paid_amount.

Where a file is not balanced, balance_difference says by how much. adjustments has every adjusted dollar once.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it; facility_type_code has none, because CLP08 alone
does not tell a place of service from the type of a bill. In flat the number of numbered adjustments can be chosen (6
here), and the claim columns can be left empty behind the first row of a claim.
`

var csvDocsTables = map[string]string{
	"claims":      "One row per claim (CLP).",
	"services":    "One row per service line (SVC).",
	"adjustments": "One row per adjustment at every level: a triplet of a CAS or a pair of a PLB. A gap, a triplet or pair with neither reason nor amount, has none.",
	"payments":    "One row per transaction set (ST).",
	"flat": "One row per service line, one per claim without lines, one per pair of a PLB. Payment columns stand on every row and claim columns on every row of the claim: " +
		"take the rows with claim_row 1 before adding up claim columns. Columns that claims and services both have are named with claim_ or service_ in front.",
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
	csvtest.Golden(t, *csvUpdate, filepath.Join("..", "docs", "csv-835.md"), csvDocs(t))
}

package edi834

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var csvUpdate = flag.Bool("update-csv", false, "write the expected CSV files and the data dictionary")

// csvConvert writes the named tables of src the way a program reads, with the totals of all sets that ended.
func csvConvert(src []byte, file string, tables []string, o CSVOptions) ([][]byte, SetTotals, error) {
	var all, totals SetTotals
	c, err := NewCSV(tables, o)
	if err != nil {
		return nil, all, err
	}
	out := make([][]byte, len(tables))
	for i := range out {
		out[i] = c.AppendHeader(nil, i)
	}
	w := c.Worker()
	var x *RowContext
	var seq int64
	r := ts834.NewReader(bytes.NewReader(src), codec.WithReuse())
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return out, all, nil
		}
		if err != nil {
			return out, all, err
		}
		switch ev.Kind {
		case codec.Begin:
			seq++
			x = c.Set(file, ev.Env, seq, ev.Set)
		case codec.Unit:
			w.Member(out, x, ev.Number, ev.Member, &totals)
		case codec.End:
			all.Add(&totals)
			totals.Reset()
		}
	}
}

// csvParsed converts src and reads all tables back.
func csvParsed(t testing.TB, src []byte, o CSVOptions) map[string][]csvtest.Row {
	t.Helper()
	out, _, err := csvConvert(src, "in.edi", CSVTables(), o)
	require.NoError(t, err)
	tables := map[string][]csvtest.Row{}
	for i, name := range CSVTables() {
		tables[name] = csvtest.Parse(t, out[i])
	}
	return tables
}

// TestCSVCounts counts segments without the code under test: members has a row per INS, coverages one per HD, of the same
// member.
func TestCSVCounts(t *testing.T) {
	seen := 0
	for _, f := range slices.Concat(own(t), corpus(t), samples(t, "valid")) {
		t.Run(f.name, func(t *testing.T) {
			var members, subscribers int
			var coverages []string // of each member
			r := x12.NewReader(bytes.NewReader(f.src))
			for {
				s, err := r.Read()
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
				switch string(s.Name()) {
				case "INS":
					members++
					if string(s.Elem(1)) == "Y" {
						subscribers++
					}
				case "HD":
					coverages = append(coverages, fmt.Sprint(members, string(s.Elem(3))))
				}
			}
			seen += members
			out, totals, err := csvConvert(f.src, "in.edi", CSVTables(), CSVOptions{})
			require.NoError(t, err)
			require.Equal(t, SetTotals{int64(members), int64(subscribers), int64(len(coverages))}, totals)
			rows := csvtest.Parse(t, out[csvMembers])
			require.Len(t, rows, members)
			flags, at := 0, map[string]int{}
			for i, row := range rows {
				n, err := strconv.Atoi(row["is_subscriber"])
				require.NoError(t, err)
				flags += n
				at[row.Key("file_seq", "member_seq")] = i + 1
			}
			require.Equal(t, subscribers, flags)
			require.Len(t, at, members)
			var got []string
			keys := map[string]bool{}
			for _, row := range csvtest.Parse(t, out[csvCoverages]) {
				member := at[row.Key("file_seq", "member_seq")]
				got = append(got, fmt.Sprint(member, row["insurance_line_code"]))
				require.Equal(t, rows[member-1]["subscriber_id"], row["subscriber_id"])
				require.Equal(t, rows[member-1]["first_name"], row["first_name"])
				keys[row.Key("file_seq", "member_seq", "coverage_seq")] = true
			}
			require.Equal(t, coverages, got)
			require.Len(t, keys, len(coverages))
		})
	}
	require.GreaterOrEqual(t, seen, 8)
}

func TestCSVGolden(t *testing.T) {
	for _, c := range []struct {
		file, name string
		o          CSVOptions
	}{
		{"full", "full", CSVOptions{}},
		{"change", "change-describe", CSVOptions{Describe: true}},
	} {
		src, err := os.ReadFile("testdata/" + c.file + ".edi")
		require.NoError(t, err)
		out, _, err := csvConvert(src, c.file+".edi", CSVTables(), c.o)
		require.NoError(t, err)
		for i, table := range CSVTables() {
			csvtest.Parse(t, out[i])
			csvtest.Golden(t, *csvUpdate, filepath.Join("testdata", "csv", c.name+"."+table+".csv"), string(out[i]))
		}
	}
}

const csvDocsIntro = `# CSV tables of the 834

Layout version %d. This file is made from the column definitions in package edi834; a test keeps it in step.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number.
- Amounts and quantities are plain decimals with the sign and the decimals of the file.
- Dates are YYYY-MM-DD, times HH:MM. Text that is not a date of the calendar is empty.
- Ids and codes are text as in the file.
- Where a column holds several values, a blank stands between two, and a colon between the parts of one; between reporting
  categories stand a blank, a bar and a blank.
- Where a segment or loop repeats and has columns of its own, they hold the first: the first REF, DTP or AMT of a
  qualifier, the first employer, school, responsible person, disability, other insurance.
- Dates, amounts and numbers of a coverage without an HD in front of them, a fault, are in no row.
- Control numbers of more than 64 characters, and texts of the file of more than 256, which no valid file has, are left
  out. The member columns of coverages stand on the first row of a member only when together they are longer than valid
  ones can be.

The tuple file_name, file_seq, member_seq identifies a member, with coverage_seq a coverage. Control numbers alone are not
unique. All of a family have one subscriber_id, and the subscriber, where it is in the file, has is_subscriber 1. What
absence from a file means depends on file_action_code: a file of changes (2) says nothing about those it does not name.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it.
`

func TestCSVDocs(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, csvDocsIntro, CSVLayout)
	intros := [...]string{
		"One row per member (INS), with the file it stands in.",
		"One row per coverage (HD), with the member who has it. A member without coverages has none here.",
	}
	for i, table := range CSVTables() {
		cols, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		described, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		csvtest.Dictionary(&b, table, intros[i], cols, described)
	}
	csvtest.Golden(t, *csvUpdate || *update, filepath.Join("..", "docs", "csv-834.md"), b.String())
}

// TestCSVColumnsOnce makes sure that no two columns of a table have one name, and that both tables begin with the keys.
func TestCSVColumnsOnce(t *testing.T) {
	for _, table := range CSVTables() {
		cols, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		seen := map[string]bool{}
		for _, c := range cols {
			require.False(t, seen[c.Name], c.Name)
			require.NotEmpty(t, c.Element, c.Name)
			require.NotEmpty(t, c.Meaning, c.Name)
			seen[c.Name] = true
		}
		for i, name := range []string{"file_name", "interchange_control_number", "group_control_number", "transaction_control_number", "file_seq", "member_seq"} {
			require.Equal(t, name, cols[i].Name)
		}
	}
	for _, tables := range [][]string{{"claims"}, {"members", "members"}} {
		_, err := NewCSV(tables, CSVOptions{})
		require.ErrorIs(t, err, ErrCSV)
	}
	_, err := CSVColumns("claims", CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
}

// csvFile is a file around the given segments of members.
func csvFile(body string) []byte {
	return []byte("ISA*00*          *00*          *ZZ*A              *ZZ*B              *250314*0915*^*00501*000000001*0*P*:~" +
		"GS*BE*A*B*20250314*0915*7*X*005010X220A1~ST*834*0001*005010X220A1~BGN*15*REF1*20250314*0915*ET*REF0**4~REF*38*MP1~DTP*007*D8*20250401~" +
		"QTY*TO*7~N1*P5*SPONSOR*FI*1~N1*IN*PAYER*XV*2~N1*TV*TPA*FI*3~" + body + "SE*9*0001~GE*1*7~IEA*1*000000001~")
}

// TestCSVValues reads single columns off small inputs.
func TestCSVValues(t *testing.T) {
	const ins = "INS*N*19*021*28*A~REF*0F*S1~NM1*IL*1*DOE*JO~"
	const hd = ins + "HD*021**HLT~DTP*348*D8*20250101~"
	for _, c := range []struct {
		name, body, table string
		o                 CSVOptions
		want              csvtest.Row
	}{
		{"file", ins, "members", CSVOptions{Describe: true}, csvtest.Row{"file_purpose_code": "15", "file_reference": "REF1", "file_original_reference": "REF0", "file_date": "2025-03-14",
			"file_time": "09:15", "file_time_zone": "ET", "file_action_code": "4", "file_action_code_description": "Everyone, to compare", "master_policy_number": "MP1",
			"file_effective_date": "2025-04-01", "report_start_date": "", "control_total_members": "7", "control_total_dependents": "", "sponsor_name": "SPONSOR",
			"payer_id": "2", "payer_id_qualifier": "XV", "broker_name": "", "administrator_name": "TPA", "administrator_id": "3"}},
		{"member", ins, "members", CSVOptions{Describe: true}, csvtest.Row{"is_subscriber": "0", "subscriber_id": "S1", "relationship_code": "19", "relationship_code_description": "Child",
			"maintenance_type_code_description": "Addition", "maintenance_reason_code_description": "First enrollment", "benefit_status_code": "A", "coverage_count": "0", "member_seq": "1"}},
		{"indicator left out", "INS**18*021**A~REF*0F*S1~NM1*IL*1*DOE*JO~", "members", CSVOptions{}, csvtest.Row{"is_subscriber": "1"}},
		{"first of a qualifier", "INS*N*19*021*28*A~REF*0F*S1~REF*ZZ*A~REF*ZZ*B~DTP*356*D8*SOON~DTP*356*D8*20250102~DTP*356*D8*20250103~NM1*IL*1*DOE*JO~AMT*P3*10.5~AMT*P3*11~", "members", CSVOptions{},
			csvtest.Row{"mutually_defined_id": "A", "eligibility_begin_date": "2025-01-02", "premium_amount": "10.5"}},
		{"phones", ins + "PER*IP**EM*A@EXAMPLE.ORG*TE*9705550100*EX*7~", "members", CSVOptions{}, csvtest.Row{"email": "A@EXAMPLE.ORG", "telephone": "9705550100", "home_phone": ""}},
		{"not a date", "INS*Y*18*024*03*A******D8*20250230~REF*0F*S1~NM1*IL*1*DOE*JO~DMG*D8*1980*M~", "members", CSVOptions{}, csvtest.Row{"death_date": "", "birth_date": "", "gender_code": "M"}},
		{"races", ins + "DMG*D8*19800102*F**H^:RET:2106-3^A:RET:9~", "members", CSVOptions{}, csvtest.Row{"race_codes": "H 2106-3 A", "birth_date": "1980-01-02"}},
		{"languages", ins + "LUI*LE*SPA**7~LUI***SIGN, MOSTLY~", "members", CSVOptions{}, csvtest.Row{"languages": "SPA:7 SIGN, MOSTLY"}},
		{"guard", "INS*Y*18*021**A~REF*0F*=S1~NM1*IL*1*-DOE*JO~AMT*P3*-3~", "members", CSVOptions{Guard: true}, csvtest.Row{"subscriber_id": "'=S1", "last_name": "'-DOE", "premium_amount": "-3"}},
		{"reporting", ins + "LS*2700~LX*1~N1*75*REGION~REF*17*SW~LX*2~N1*75*NOTHING~LE*2700~", "members", CSVOptions{}, csvtest.Row{"reporting_categories": "REGION:17:SW | NOTHING"}},
		{"coverage", hd, "coverages", CSVOptions{Describe: true}, csvtest.Row{"coverage_seq": "1", "is_subscriber": "0", "subscriber_id": "S1", "last_name": "DOE", "file_action_code": "4",
			"coverage_maintenance_type_code_description": "Addition", "insurance_line_code_description": "Health", "benefit_begin_date": "2025-01-01", "benefit_end_date": ""}},
		{"range", ins + "HD*021**HLT~DTP*348*RD8*20250101-20251231~DTP*695*RD8*20240101-20240601~", "coverages", CSVOptions{},
			csvtest.Row{"benefit_begin_date": "2025-01-01", "benefit_end_date": "2025-12-31", "previous_period_from": "2024-01-01", "previous_period_to": "2024-06-01"}},
		{"end", ins + "HD*024**HLT~DTP*348*RD8*20250101-20251231~DTP*349*D8*20250630~", "coverages", CSVOptions{}, csvtest.Row{"benefit_end_date": "2025-06-30"}},
		{"providers", hd + "LX*1~NM1*QA*2*PHARMACY*****SV*9*72~LX*2~NM1*P3*1*ROE*ANN****FI*8*25~PLA*2*1P*20250301**14~", "coverages", CSVOptions{},
			csvtest.Row{"provider_count": "2", "providers": "QA:9 P3:8", "primary_care_provider_name": "ROE, ANN", "primary_care_provider_npi": "", "primary_care_provider_id": "8",
				"primary_care_change_date": "2025-03-01", "primary_care_change_reason_code": "14"}},
		{"other insurance", hd + "COB*P*G1*1*1^35~DTP*344*D8*20240101~NM1*36*2*EMPLOYER~NM1*IN*2*OTHER*****NI*12345~COB*S*G2*5~", "coverages", CSVOptions{Describe: true},
			csvtest.Row{"other_insurance_count": "2", "other_insurance_responsibility_code": "P", "other_insurance_policy_number": "G1", "other_insurance_service_types": "1 35",
				"other_insurance_begin_date": "2024-01-01", "other_insurer_name": "OTHER", "other_insurer_id": "12345"}},
		{"cards", hd + "REF*QQ*12~IDC*PLAN*H*2*1~IDC*PLAN*P**RX~IDC*PLAN*D~", "coverages", CSVOptions{}, csvtest.Row{"id_cards": "H:2:1 P::RX D", "prior_coverage_months": "12"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := csvParsed(t, csvFile(c.body), c.o)[c.table]
			require.NotEmpty(t, rows)
			for name, want := range c.want {
				got, ok := rows[len(rows)-1][name]
				require.True(t, ok, name)
				assert.Equal(t, want, got, name)
			}
		})
	}
}

// TestCSVLongLead has a member whose texts are huge and many coverages: the rows do not repeat them all.
func TestCSVLongLead(t *testing.T) {
	long := strings.Repeat("X", 5000)
	src := csvFile("INS*Y*18*021**A~REF*0F*" + long + "~NM1*IL*1*DOE*JO~" + strings.Repeat("HD*021**HLT~DTP*348*D8*20250101~", 100))
	rows := csvParsed(t, src, CSVOptions{})["coverages"]
	require.Len(t, rows, 100)
	require.Equal(t, long, rows[0]["subscriber_id"])
	require.Empty(t, rows[1]["subscriber_id"])
	require.Equal(t, "1", rows[99]["member_seq"])
	require.Equal(t, "REF1", rows[99]["file_reference"])
}

// csvCheckInput holds the output for any input against what is always true.
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
		least := totals.Members
		if i == csvCoverages {
			least = totals.Coverages
		}
		require.LessOrEqual(t, least, int64(len(rows))) // of sets that ended
	}
}

func TestCSVAnyInput(t *testing.T) {
	for _, folder := range []string{"valid", "odd", "invalid"} {
		for i, f := range samples(t, folder) {
			csvCheckInput(t, f.src, CSVOptions{CRLF: i%2 == 0, Describe: i%3 == 0, Guard: i%5 < 2})
		}
	}
	for _, f := range slices.Concat(own(t), corpus(t)) {
		csvCheckInput(t, f.src, CSVOptions{Describe: true, Guard: true, CRLF: true})
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range own(f) {
		f.Add(s.src, true)
	}
	f.Fuzz(func(t *testing.T, src []byte, on bool) {
		csvCheckInput(t, src, CSVOptions{Guard: on, Describe: on, CRLF: on})
	})
}

// TestCSVAllocations makes rows of a member in hand without allocating.
func TestCSVAllocations(t *testing.T) {
	var members []*ts834.Member
	var env codec.Env
	var set *ts834.BenefitEnrollment
	for ev, err := range ts834.NewReader(bytes.NewReader(own(t)[0].src)).Units() {
		require.NoError(t, err)
		members, env, set = append(members, ev.Member), ev.Env, ev.Set
	}
	c, err := NewCSV(CSVTables(), CSVOptions{Describe: true})
	require.NoError(t, err)
	w, x, out := c.Worker(), c.Set("f", env, 1, set), make([][]byte, 2)
	var totals SetTotals
	rows := func() {
		for i, m := range members {
			w.Member(out, x, int64(i)+1, m, &totals)
		}
		out[0], out[1] = out[0][:0], out[1][:0]
	}
	rows()
	require.Zero(t, testing.AllocsPerRun(20, rows))
}

package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvFlags are the flags of edi csv.
type csvFlags struct {
	set     string
	table   string
	outDir  string
	repeat  string
	columns bool
	layout  edi835.CSVOptions // has the options of all sets
}

func csvCommand() command {
	return command{
		name:    "csv",
		args:    "[FILE...]",
		summary: "turn remittances, claims, enrollment and eligibility into CSV tables",
		streams: filterFlags,
		long: `Tables of an 835: claims (a row per CLP), services (per SVC), adjustments (per CAS reason and PLB pair), payments (per
ST) and flat, the default, which has a row per service line with the columns of its claim and payment. Tables of an 837,
the same for professional, institutional and dental claims: claims (a row per CLM), the default, services (per LX) and
diagnoses (per diagnosis or procedure of a claim). Of an 834: members (per INS), the default, and coverages (per HD). Of a
271: benefits (per EB), the default, and rejections (per AAA). Of a 270: inquiries (per EQ). Of a
999 or 997: acks (per error, set without one, and group). Of a 277 claim acknowledgment: claimacks (per STC). --out-dir writes all of them in one pass, each to its own file. Columns,
their order and names are the same for every input; --list-columns prints the data dictionary of a table.

An input may hold several. Then --set, or a table that only one of them has, says which is written; without, it is that of
the first set, 835 when there is none. Sets of the others are left out with a finding for each. With --out-dir and
without --set all are written: the tables of the first under their names, those of the others with their number and a
hyphen in front, as in 837-claims.csv.

Amounts are plain decimals as in the file, dates are YYYY-MM-DD, codes are codes; what is absent is empty. Every dollar
stands once in a table; only in flat the claim columns repeat for each line of the claim: filter on claim_row = 1 before
adding them up, or use --repeat first.`,
		example: `edi csv testdata/835/valid/remit-basic.edi
edi csv --table claims testdata/835/valid/remit-basic.edi
edi csv --out-dir tables testdata/835/valid/remit-basic.edi
edi csv --set 837 --table services --list-columns`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f csvFlags
			fs.StringVar(&f.table, "table", "", "the `TABLE` to write: "+csvTablesText())
			choices(fs, "table", csvTableNames()...)
			fs.StringVar(&f.set, "set", "", "write the tables of these `SET`s only: 835, 837, 834, 271, 270, 999, 997 or 277")
			choices(fs, "set", csvSetNames()...)
			fs.StringVar(&f.outDir, "out-dir", "", "write every table to a file of its name in `DIR`")
			fs.BoolVar(&f.columns, "list-columns", false, "print the columns of the table with their meaning and element, as CSV")
			fs.BoolVar(&f.layout.CRLF, "crlf", false, "end lines with CR LF")
			fs.BoolVar(&f.layout.Describe, "describe", false, "add columns with the meanings of codes")
			fs.BoolVar(&f.layout.Guard, "guard", false, "put a ' in front of text that a spreadsheet would take for a formula")
			fs.IntVar(&f.layout.Adjustments, "adjustments", 6, "flat: number of adjustments with columns of their own")
			fs.StringVar(&f.repeat, "repeat", "all", "flat: claim columns in all rows of a claim, or only in its `first`")
			choices(fs, "repeat", "all", "first")
			return f.run
		},
	}
}

// csvSetNames returns the sets that have tables.
func csvSetNames() (names []string) {
	for _, s := range csvSets() {
		names = append(names, s.id)
	}
	return names
}

// csvTableNames returns the names of all tables, each once.
func csvTableNames() (names []string) {
	for _, s := range csvSets() {
		for _, t := range s.tables {
			if !slices.Contains(names, t) {
				names = append(names, t)
			}
		}
	}
	return names
}

// csvTablesText lists the tables by set.
func csvTablesText() string {
	var list []string
	for _, s := range csvSets() {
		list = append(list, strings.Join(s.tables, ", ")+" ("+s.id+")")
	}
	return strings.Join(list, "; ")
}

func (f *csvFlags) run(c *call) error {
	switch {
	case f.set != "" && !slices.Contains(csvSetNames(), f.set):
		return usagef("--set %q: expected %s", f.set, strings.Join(csvSetNames(), " or "))
	case f.repeat != "all" && f.repeat != "first":
		return usagef("--repeat %q: expected all or first", f.repeat)
	case f.layout.Adjustments < 0:
		return usagef("--adjustments: expected 0 or more")
	case f.outDir != "" && c.opts.output != "":
		return usagef("--out-dir and -o exclude each other")
	}
	f.layout.RepeatFirst = f.repeat == "first"
	if f.layout.Adjustments == 0 {
		f.layout.Adjustments = -1
	}
	sets := f.candidates()
	if len(sets) == 0 {
		of := ""
		if f.set != "" {
			of = " of an " + f.set
		}
		return usagef("no table %q%s: expected %s", f.table, of, csvTablesText())
	}
	if f.columns {
		return f.listColumns(c, sets[0])
	}
	format := &csvFormat{c: c, told: len(sets) == 1 && (f.set != "" || f.table != "")}
	for _, s := range sets {
		tables := []string{f.tableOf(s)}
		if f.outDir != "" {
			tables = s.tables
		}
		w, err := s.open(tables, f)
		if err != nil {
			return usagef("%v", err)
		}
		format.add(s, tables, w)
	}
	if f.outDir != "" {
		format.together()
		return f.writeFiles(c, format)
	}
	return format.run(func(_ int, b []byte) error {
		_, err := c.out.Write(b)
		return err
	})
}

// candidates returns the sets that may be written.
func (f *csvFlags) candidates() (sets []*csvSet) {
	for _, s := range csvSets() {
		switch {
		case f.set != "" && f.set != s.id:
		case f.table != "" && f.outDir == "" && !slices.Contains(s.tables, f.table):
		default:
			sets = append(sets, s)
		}
	}
	return sets
}

// tableOf returns the one table of a set that is asked for.
func (f *csvFlags) tableOf(s *csvSet) string {
	if f.table == "" {
		return s.usual
	}
	return f.table
}

// listColumns prints the data dictionary of the table.
func (f *csvFlags) listColumns(c *call, s *csvSet) error {
	columns, err := s.columns(f.tableOf(s), f)
	if err != nil {
		return usagef("%v", err)
	}
	b := []byte("column,meaning,element\n")
	var q csvtable.Quoter
	for _, k := range columns {
		b = append(q.Text(q.Col(q.Col(b, k.Name), k.Meaning), k.Element), '\n')
	}
	_, err = c.out.Write(b)
	return err
}

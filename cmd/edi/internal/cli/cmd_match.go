package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/deposit"
)

// matchFlags are the flags of edi match.
type matchFlags struct {
	efts       []string
	bankFormat string
	columns    []string
	skip       int
	headless   bool
	comma      string
	dates      string
	codes      []string
	asOf       string
	window     int
	period     string
	format     string
	table      string
	all        bool
	guard      bool
	list       bool
}

func matchCommand() command {
	return command{
		name:    "match",
		args:    "--eft FILE [FILE...]",
		summary: "tie the payments of 835s to the entries of the bank",
		streams: filterFlags,
		long: `Reads 835s and what the bank says came in: NACHA files, BAI2 files or statements in CSV, told apart by how they start. Every
payment and every entry gets one status:

  matched          trace number (TRN02) and amount are equal, and the payer (TRN03) too: tier 1. Where the bank does not
                   hand on the payer or has another, or TRN02 has other leading zeros, it is tier 2
  suggested        likely, and a person confirms it: the trace stands in the description (tier 4), or payer, amount and day
                   agree, also as a sum of several; or amount and day alone (tier 5). There is no other choice
  amount_mismatch  the same trace with another amount (tier 3)
  returned         the deposit was returned or reversed
  duplicate        the payment, or the entry, is there twice
  era_without_eft, eft_without_era
                   nothing of the other side belongs to it; basis ambiguous says that there was a choice
  not_expected     a payment without money (BPR01 H or P, BPR04 NON, zero), or an entry that is no deposit

The report has counts and amounts of both sides, the auto-match rate, the lag, the open ones by age, and a line for each month
and payer; then the list of what is suggested or open. --format csv writes the list, or with --table report the report;
--format json writes both. matched + suggested + unmatched + not expected is what came in, on either side.

A CSV statement has the columns date, amount, trace, payer_id, payer, reference, text and so on, or --csv FIELD=COLUMN names
them; --list-columns says what there is. --bai2 KIND=CODES says which BAI2 type codes are ach, wire, check or undo. What is
unmatched does not change the exit status: it is 1 when 835s or bank files have errors.`,
		example: `edi match --eft testdata/match/deposits.ach testdata/match/remittances.edi
edi match --eft testdata/match/statement.bai2 --as-of 2026-12-15 --format csv testdata/match/remittances.edi
edi match --eft testdata/match/statement.csv --csv "date=Posted On" --csv "trace=Check or Trace" --csv text=Description --table report --format csv testdata/match/remittances.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f matchFlags
			fs.StringArrayVar(&f.efts, "eft", nil, "`FILE` of the bank; repeatable")
			fs.StringVar(&f.bankFormat, "eft-format", "auto", "`FORM` of these files: auto, nacha, bai2 or csv")
			choices(fs, "eft-format", "auto", "nacha", "bai2", "csv")
			fs.StringArrayVar(&f.columns, "csv", nil, "csv: `FIELD=COLUMN`, by name or number; repeatable")
			fs.IntVar(&f.skip, "csv-skip", 0, "csv: `N` lines in front of the header")
			fs.BoolVar(&f.headless, "csv-no-header", false, "csv: no row of names; --csv gives numbers")
			fs.StringVar(&f.comma, "csv-delimiter", ",", "csv: `CHAR` between columns; \\t for a tab")
			fs.StringVar(&f.dates, "csv-date", "", "csv: `FORM` of dates, as DD.MM.YYYY; default is YYYY-MM-DD, YYYYMMDD or MM/DD/YYYY")
			fs.StringArrayVar(&f.codes, "bai2", nil, "bai2: `KIND=CODE,...` of type codes, as ach=142,165; repeatable")
			fs.StringVar(&f.asOf, "as-of", "", "`DAY` of the ages, as 2026-01-31; default is the last day in the input")
			fs.IntVar(&f.window, "window", 3, "how many business `DAYS` payment and entry may lie apart in a suggestion")
			fs.StringVar(&f.period, "period", "month", "`PERIOD` of a line of the report: month, year or all")
			choices(fs, "period", "month", "year", "all")
			fs.StringVar(&f.format, "format", "text", "`FORM` of the output: text, csv or json")
			choices(fs, "format", "text", "csv", "json")
			fs.StringVar(&f.table, "table", "items", "csv: `TABLE` to write: items or report")
			choices(fs, "table", deposit.Tables()...)
			fs.BoolVar(&f.all, "all", false, "text: list the matches too")
			fs.BoolVar(&f.guard, "guard", false, "csv: put a ' in front of text that a spreadsheet would take for a formula")
			fs.BoolVar(&f.list, "list-columns", false, "print the columns of --table and the fields of a statement, and stop")
			return f.run
		},
	}
}

// bank returns how the files of the bank are read.
func (f *matchFlags) bank() (b deposit.Bank, err error) {
	switch f.bankFormat {
	case "auto":
	case "nacha", "bai2", "csv":
		b.Format = deposit.Format(f.bankFormat)
	default:
		return b, usagef("--eft-format %q: expected auto, nacha, bai2 or csv", f.bankFormat)
	}
	b.Statement = deposit.Statement{Skip: f.skip, Headless: f.headless, Date: f.dates, Columns: map[string]string{}}
	for _, text := range f.columns {
		field, column, ok := strings.Cut(text, "=")
		if !ok || field == "" || column == "" {
			return b, usagef("--csv %q: expected FIELD=COLUMN", text)
		}
		b.Statement.Columns[field] = column
	}
	comma, err := unescape(f.comma)
	r, n := utf8.DecodeRune(comma)
	if err != nil || n != len(comma) || r == utf8.RuneError || r == '"' || r == '\r' || r == '\n' {
		return b, usagef("--csv-delimiter: expected one character")
	}
	b.Statement.Comma = r
	if f.skip < 0 {
		return b, usagef("--csv-skip must not be negative")
	}
	b.TypeCodes = deposit.DefaultTypeCodes()
	lists := map[string]*[]string{"ach": &b.TypeCodes.ACH, "wire": &b.TypeCodes.Wire, "check": &b.TypeCodes.Check, "undo": &b.TypeCodes.Undo}
	for _, text := range f.codes {
		kind, codes, ok := strings.Cut(text, "=")
		list := lists[kind]
		if !ok || list == nil {
			return b, usagef("--bai2 %q: expected ach, wire, check or undo, and = with type codes", text)
		}
		*list = strings.Split(codes, ",")
	}
	return b, nil
}

// options returns the options of the matcher.
func (f *matchFlags) options() (o deposit.Options, err error) {
	if o.AsOf, err = dayOf("as-of", f.asOf); err != nil {
		return o, err
	}
	switch f.period {
	case "month":
	case "year":
		o.Period = deposit.ByYear
	case "all":
		o.Period = deposit.ByAll
	default:
		return o, usagef("--period %q: expected month, year or all", f.period)
	}
	if f.window < 0 {
		return o, usagef("--window must not be negative")
	}
	if o.Window = f.window; f.window == 0 {
		o.Window = -1 // the zero of the options is their default
	}
	if f.format != "text" && f.format != "csv" && f.format != "json" {
		return o, usagef("--format %q: expected text, csv or json", f.format)
	}
	if !slices.Contains(deposit.Tables(), f.table) {
		return o, usagef("--table %q: expected %s", f.table, strings.Join(deposit.Tables(), " or "))
	}
	return o, nil
}

func (f *matchFlags) run(c *call) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	if f.list {
		return f.listColumns(c)
	}
	bank, err := f.bank()
	switch {
	case err != nil:
		return err
	case len(f.efts) == 0:
		return usagef("--eft is missing: what did the bank say?")
	}
	stdin := 0
	for _, name := range append(slices.Clone(f.efts), c.args...) {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 || stdin == 1 && len(c.args) == 0 {
		return usagef("stdin can be read once only")
	}
	m := deposit.NewMatcher(o)
	eras := c.args
	for _, name := range f.efts {
		if err := c.entries(m, name, bank); err != nil {
			return err
		}
	}
	c.args = eras
	rd, err := c.reader()
	if err != nil {
		return err
	}
	if err := m.ReadPayments(deposit.NewPaymentReader(rd, c.report)); err != nil {
		return err
	}
	return f.write(c, m.Match())
}

// entries reads a file of the bank.
func (c *call) entries(m *deposit.Matcher, name string, bank deposit.Bank) error {
	c.args = []string{name}
	src, err := c.stream()
	if err != nil {
		return err
	}
	defer c.closeInput()
	shown := name
	if name == "-" {
		shown = stdinName
	}
	rd, err := deposit.Open(src, shown, bank, c.report)
	if errors.Is(err, deposit.ErrStatement) {
		return usagef("%s", strings.TrimPrefix(err.Error(), "deposit: "))
	}
	if err != nil {
		return err
	}
	return m.ReadEntries(rd)
}

func (f *matchFlags) write(c *call, r *deposit.Result) error {
	rep := r.Report()
	switch {
	case f.format == "json":
		return r.WriteJSON(c.out, rep)
	case f.format == "text":
		return r.WriteText(c.out, rep, f.all)
	case f.table == "report":
		return rep.WriteCSV(c.out, f.guard)
	}
	return r.WriteItems(c.out, f.guard)
}

func (f *matchFlags) listColumns(c *call) error {
	for _, col := range deposit.Columns(f.table) {
		if _, err := fmt.Fprintf(c.out, "%s\t%s\n", col[0], col[1]); err != nil {
			return err
		}
	}
	for _, field := range deposit.StatementFields() {
		if _, err := fmt.Fprintf(c.out, "--csv %s\t%s\n", field[0], field[1]); err != nil {
			return err
		}
	}
	return nil
}

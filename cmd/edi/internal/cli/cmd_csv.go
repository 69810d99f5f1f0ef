package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// csvFlags are the flags of edi csv.
type csvFlags struct {
	table   string
	outDir  string
	repeat  string
	columns bool
	layout  edi835.CSVOptions
}

func csvCommand() command {
	return command{
		name:    "csv",
		args:    "[FILE...]",
		summary: "turn remittances (835) into CSV tables",
		streams: filterFlags,
		long: `Tables of an 835: claims (a row per CLP), services (per SVC), adjustments (per CAS reason and PLB pair), payments (per
ST) and flat, the default, which has a row per service line with the columns of its claim and payment. --out-dir writes
all of them in one pass, each to its own file. Columns, their order and names are the same for every input; --list-columns
prints the data dictionary of a table.

Amounts are plain decimals as in the file, dates are YYYY-MM-DD, codes are codes; what is absent is empty. In claims,
services and adjustments every dollar stands once; in flat the claim columns repeat for each line of the claim: filter
on claim_row = 1 before adding them up, or use --repeat first.`,
		example: `edi csv testdata/835/valid/remit-basic.edi
edi csv --table claims testdata/835/valid/remit-basic.edi
edi csv --out-dir tables testdata/835/valid/remit-basic.edi
edi csv --table services --list-columns`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f csvFlags
			tables := edi835.CSVTables()
			fs.StringVar(&f.table, "table", "flat", "the `TABLE` to write: "+strings.Join(tables, ", "))
			choices(fs, "table", tables...)
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

func (f *csvFlags) run(c *call) error {
	tables := []string{f.table}
	switch {
	case !slices.Contains(edi835.CSVTables(), f.table):
		return usagef("no table %q: expected %s", f.table, strings.Join(edi835.CSVTables(), ", "))
	case f.repeat != "all" && f.repeat != "first":
		return usagef("--repeat %q: expected all or first", f.repeat)
	case f.layout.Adjustments < 0:
		return usagef("--adjustments: expected 0 or more")
	case f.outDir != "" && c.opts.output != "":
		return usagef("--out-dir and -o exclude each other")
	case f.outDir != "":
		tables = edi835.CSVTables()
	}
	f.layout.RepeatFirst = f.repeat == "first"
	if f.layout.Adjustments == 0 {
		f.layout.Adjustments = -1
	}
	csv, err := edi835.NewCSV(tables, f.layout)
	if err != nil {
		return usagef("%v", err)
	}
	if f.columns {
		return f.listColumns(c)
	}
	outs := []*output{c.out}
	if f.outDir != "" {
		if outs, err = openTables(f.outDir, tables); err != nil {
			return err
		}
	}
	err = writeTables(c, csv, outs)
	if f.outDir != "" {
		err = closeTables(outs, err)
		for _, o := range outs {
			c.out.n += o.n // for the summary
		}
	}
	return err
}

// listColumns prints the data dictionary of the table.
func (f *csvFlags) listColumns(c *call) error {
	columns, err := edi835.CSVColumns(f.table, f.layout)
	if err != nil {
		return err
	}
	b := []byte("column,meaning,element\n")
	for _, k := range columns {
		b = fmt.Appendf(b, "%s,%s,%s\n", k.Name, quoteCSV(k.Meaning), quoteCSV(k.Element))
	}
	_, err = c.out.Write(b)
	return err
}

func quoteCSV(s string) string {
	if strings.ContainsAny(s, ",\"\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// openTables creates the files of --out-dir.
func openTables(dir string, tables []string) ([]*output, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	var outs []*output
	for _, t := range tables {
		o, err := openOutput(filepath.Join(dir, t+".csv"), nil)
		if err != nil {
			return nil, closeTables(outs, err)
		}
		outs = append(outs, o)
	}
	return outs, nil
}

// closeTables puts all files in their places, or none when the run failed.
func closeTables(outs []*output, err error) error {
	for _, o := range outs {
		if err == nil {
			err = o.flush()
		}
	}
	for _, o := range outs {
		if err == nil {
			err = o.commit()
		} else {
			o.discard()
		}
	}
	return err
}

func writeTables(c *call, csv *edi835.CSV, outs []*output) error {
	for i, o := range outs {
		if _, err := o.Write(csv.AppendHeader(nil, i)); err != nil {
			return err
		}
	}
	f := &csvFormat{c: c, csv: csv, n: len(outs), front: ts835.NewDecoder(true), back: ts835.NewDecoder(true), end: csv.Worker()}
	c.sums.made = &made{}
	return c.process(f, []*guide.Table{ts835.X221A1}, func(k int, b []byte) error {
		_, err := outs[k].Write(b)
		return err
	})
}

// csvFormat is the [codec.Format] of the tables, an output each.
type csvFormat struct {
	c   *call
	csv *edi835.CSV
	n   int
	// Decoders of what stands around claims: front for Begin, Enter and Trailer, back for End, which may run beside them.
	front, back *ts835.Decoder
	end         *edi835.CSVWorker
}

// csvSet is the context of a set, csvGroup that of its claims.
type csvSet struct {
	set *ts835.RemittanceAdvice
	row *edi835.RowContext
}

type csvGroup struct {
	*csvSet
	row *edi835.RowContext
}

func (f *csvFormat) Outputs() int { return f.n }

func (f *csvFormat) Begin(t *codec.Tape, out [][]byte) any {
	set := new(ts835.RemittanceAdvice)
	f.front.Header(t, set)
	name, _ := f.c.src.place(t.Set.Offset)
	return &csvSet{set, f.csv.Set(name, t.Env, int64(t.Set.Seq), set)}
}

func (f *csvFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	var x *csvSet
	switch c := ctx.(type) {
	case *csvSet:
		x = c
	case *csvGroup:
		x = c.csvSet
	}
	group := new(ts835.HeaderGroup)
	f.front.HeaderGroup(t, group)
	return &csvGroup{x, x.row.Group(group)}
}

func (f *csvFormat) Worker() codec.Worker {
	return &csvWorker{dec: ts835.NewDecoder(false), w: f.csv.Worker()}
}

type csvWorker struct {
	dec   *ts835.Decoder
	w     *edi835.CSVWorker
	claim ts835.ClaimPayment
}

func (w *csvWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	w.claim = ts835.ClaimPayment{}
	w.dec.ClaimPayment(t, &w.claim)
	w.w.Claim(out, ctx.(*csvGroup).row, t.Units, &w.claim, total.(*edi835.SetTotals))
}

func (f *csvFormat) NewTotal() any { return new(edi835.SetTotals) }

func (f *csvFormat) Join(t, u any) { t.(*edi835.SetTotals).Add(u.(*edi835.SetTotals)) }

func (f *csvFormat) Trailer(ctx any, t *codec.Tape) {
	f.front.Trailer(t, ctx.(*csvSet).set)
}

func (f *csvFormat) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	x := ctx.(*csvSet)
	f.back.Trailer(t, x.set)
	sum := total.(*edi835.SetTotals)
	done := f.c.sums.made
	done.sets++
	done.units += sum.Claims
	done.charge.AddSum(&sum.Charge)
	done.paid.AddSum(&sum.Paid)
	done.payment.Add(x.set.Payment.Amount)
	f.end.Trailer(out, x.row, sum, x.set)
}

func (f *csvFormat) Other(codec.Env, *x12.Segment, [][]byte) {}

func (f *csvFormat) Finish([][]byte) {}

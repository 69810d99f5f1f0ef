package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/match"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// ruleLeftOut says that a set in the input of edi reconcile takes no part.
const ruleLeftOut = "reconcile/left-out"

// reconcileFlags are the flags of edi reconcile.
type reconcileFlags struct {
	eras      []string
	expected  string
	tolerance string
	percent   string
	notDenied []string
	asOf      string
	format    string
	table     string
	outDir    string
	guard     bool
	list      bool
}

func reconcileCommand() command {
	return command{
		name:    "reconcile",
		args:    "FILE... --era FILE...",
		summary: "tie remittances (835) to the claims (837) they answer",
		streams: filterFlags,
		long: `Reads claims and remittances and says what became of each claim: paid, partly_paid, denied, zero_paid (nothing denied and
nothing paid: the patient's share, an earlier payer or a contract took it all), corrected, reversed, not_answered, and of
claims that others stand for replaced, voided and duplicate; predetermined and forwarded are no decision. Remittance claims
without a claim are listed too. The order of files does not matter. A FILE may hold claims, remittances or both, so that a
pattern behind --era may match many files.

CLP01 is CLM01; where several claims have the number or none has it, the payer's number, charge, dates, payer, and patient
decide, and nothing is tied where there is a choice. Reversals go where the answer they take back is, corrections replace it,
parts of a split claim and answers of later payers are added up. Lines are tied by REF*6R, else by procedure, modifiers, date
and charge. The charge is split into paid, contractual, other payers, patient, denied, open, withdrawn and a difference that
nothing explains, to the cent.

--expected FILE is CSV with the columns payer, procedure, modifiers and allowed (for one unit; payer and modifiers may be
empty or absent). Lines allowed less than that are under-paid: by more than --tolerance and --tolerance-percent, the larger.

--format text and html are reports to hand on: they tell claims by where they stand (file, ISA13, ST02, ordinal), and by claim
number only with --show-values. The tables and JSON are data: claim numbers are their keys and always there; member ids only
with --show-values. Names are in none of them. --table is one of claims (a row per claim and answer), lines, denials and
payers; --out-dir writes all four, and the page as reconcile.html. --list-columns says what the columns mean.

What is denied or not answered does not change the exit status: it is 1 when the files have errors.`,
		example: `edi reconcile testdata/reconcile/claims.837 --era testdata/reconcile/answers.835
edi reconcile testdata/reconcile/*.837 testdata/reconcile/*.835 --expected testdata/reconcile/expected.csv --format csv --table lines
edi reconcile testdata/reconcile/*.837 --era testdata/reconcile/answers.835 --format html -o reconcile.html
edi reconcile testdata/reconcile/*.837 --era testdata/reconcile/answers.835 --out-dir tables`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f reconcileFlags
			fs.StringArrayVar(&f.eras, "era", nil, "`FILE` of remittances; repeatable")
			fs.StringVar(&f.expected, "expected", "", "CSV `FILE` of what payers should allow")
			fs.StringVar(&f.tolerance, "tolerance", "1.00", "`AMOUNT` a line may be allowed less")
			fs.StringVar(&f.percent, "tolerance-percent", "1", "the same in `PERCENT` of what is expected")
			fs.StringSliceVar(&f.notDenied, "not-denied", nil, "`GROUP:REASON,...` that are no denial, as CO:97, beside "+strings.Join(match.DefaultNotDenied(), ", "))
			fs.StringVar(&f.asOf, "as-of", "", "`DAY` of the ages, as 2026-01-31; default is the last day in the input")
			fs.StringVar(&f.format, "format", "text", "`FORM` of the output: text, csv, json or html")
			choices(fs, "format", "text", "csv", "json", "html")
			fs.StringVar(&f.table, "table", "claims", "csv: `TABLE` to write: "+strings.Join(match.Tables(), ", "))
			choices(fs, "table", match.Tables()...)
			fs.StringVar(&f.outDir, "out-dir", "", "write every table, and the page, to a file of its name in `DIR`")
			fs.BoolVar(&f.guard, "guard", false, "csv: put a ' in front of text that a spreadsheet would take for a formula")
			fs.BoolVar(&f.list, "list-columns", false, "print the columns of --table, and stop")
			return f.run
		},
	}
}

// check returns the options of the matcher.
func (f *reconcileFlags) check(c *call) (o match.Options, err error) {
	switch {
	case !slices.Contains([]string{"text", "csv", "json", "html"}, f.format):
		return o, usagef("--format %q: expected text, csv, json or html", f.format)
	case !slices.Contains(match.Tables(), f.table):
		return o, usagef("--table %q: expected %s", f.table, strings.Join(match.Tables(), ", "))
	case f.outDir != "" && c.opts.output != "":
		return o, usagef("--out-dir and -o exclude each other")
	}
	for _, s := range f.notDenied {
		if s == "" || strings.HasSuffix(s, ":") {
			return o, usagef("--not-denied %q: expected GROUP:REASON or REASON", s)
		}
	}
	o.NotDenied = f.notDenied
	o.AsOf, err = dayOf("as-of", f.asOf)
	return o, err
}

// fees reads what payers should allow.
func (f *reconcileFlags) fees() (*match.Expected, error) {
	tolerance, err := limitOf("tolerance", f.tolerance)
	if err != nil {
		return nil, err
	}
	percent, err := limitOf("tolerance-percent", f.percent)
	if err != nil || f.expected == "" {
		return nil, err
	}
	file, err := os.Open(f.expected)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	e, err := match.ReadExpected(file)
	if errors.Is(err, match.ErrExpected) {
		return nil, usagef("--expected %s: %s", f.expected, strings.TrimPrefix(err.Error(), match.ErrExpected.Error()+": "))
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.expected, cause(err))
	}
	e.Tolerance, e.Percent = tolerance, percent
	return e, nil
}

func limitOf(flag, text string) (decimal.Decimal, error) {
	n, ok := x12.ParseNumber(text)
	if !ok || !n.Set() || n.Sign() < 0 {
		return decimal.Decimal{}, usagef("--%s: expected a number, zero or more", flag)
	}
	return n.Decimal(), nil
}

func (f *reconcileFlags) run(c *call) error {
	o, err := f.check(c)
	if err != nil {
		return err
	}
	if f.list {
		for _, col := range match.Columns(f.table) {
			if _, err := fmt.Fprintf(c.out, "%s\t%s\n", col[0], col[1]); err != nil {
				return err
			}
		}
		return nil
	}
	if o.Expected, err = f.fees(); err != nil {
		return err
	}
	claims, eras := c.args, f.eras
	if len(claims) == 0 && len(eras) == 0 || len(claims) == 0 && slices.Contains(eras, "-") {
		return usagef("no claims: which files?")
	}
	if n := stdins(claims) + stdins(eras); n > 1 {
		return usagef("stdin can be read once only")
	}
	if c.opts.summary {
		c.sums.in = newCounter()
	}
	c.long = nil // what is kept grows with the claims: a heap held tight would be collected all the time
	m := match.NewMatcher(o)
	mixed, err := f.claims(c, m, claims)
	if err != nil {
		return err
	}
	for _, name := range mixed {
		if !slices.Contains(eras, name) {
			eras = append(eras, name)
		}
	}
	if len(eras) == 0 {
		return usagef("--era is missing: which remittances?")
	}
	if err := f.remittances(c, m, eras, claims); err != nil {
		return err
	}
	r := m.Match()
	return f.write(c, r, r.Report())
}

func stdins(names []string) (n int) {
	for _, v := range names {
		if v == "-" {
			n++
		}
	}
	return n
}

// open opens files as one stream that the summary counts. It counts what is read a second time once.
func (f *reconcileFlags) open(c *call, names []string, again bool) (io.Reader, error) {
	c.args = names
	src, err := c.stream()
	if err != nil {
		return nil, err
	}
	c.src.joined = func(offset int64) {
		c.report(&x12.Issue{Offset: offset - 1, Rule: x12.RuleNoTerminator, Level: 1, Severity: x12.Warning, Message: "the last segment has no terminator"})
	}
	if c.sums.in != nil && !again {
		src = io.TeeReader(src, c.sums.in)
	}
	return src, nil
}

func (c *call) fileAt(offset int64) string {
	name, _ := c.src.place(offset)
	return name
}

// claims reads the claims, and returns the files that hold remittances too.
func (f *reconcileFlags) claims(c *call, m *match.Matcher, names []string) (mixed []string, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	src, err := f.open(c, names, false)
	if err != nil {
		return nil, err
	}
	defer c.closeInput()
	var last *x12.Set
	rd := edi837.NewReader(src, codec.WithSink(knownSets(c.report)))
	for {
		ev, err := rd.Next()
		switch {
		case err == io.EOF:
			return mixed, nil
		case err != nil:
			return nil, err
		case ev.Kind == codec.Unit:
			m.AddClaim(ev.Submission, ev.Claim, ev.Number, c.fileAt(ev.Env.Set.Offset))
		case ev.Kind == codec.Other && ev.Env.Set != last && ev.Env.Set != nil:
			last = ev.Env.Set
			switch name := c.fileAt(ev.Env.Set.Offset); {
			case last.ID != "835":
				c.report(leftOut(last))
			case name == stdinName:
				c.report(leftOut(last))
			case !slices.Contains(mixed, name):
				mixed = append(mixed, name)
			}
		}
	}
}

// knownSets drops the findings for sets that one of the two readers does not know; see leftOut.
func knownSets(sink x12.Sink) x12.Sink {
	return func(i *x12.Issue) bool { return i.Rule == codec.RuleGuideNone || sink(i) }
}

// leftOut is the finding for a set that takes no part.
func leftOut(set *x12.Set) *x12.Issue {
	i := &x12.Issue{Offset: set.Offset, Set: set.Control, Segment: 1, Rule: ruleLeftOut, Severity: x12.Error}
	switch set.ID {
	case "835":
		i.Message = "this 835 takes no part: remittances on standard input are to be given with --era -"
	case "837":
		i.Message = "this 837 takes no part: its file is to be given without --era"
	default:
		i.Severity, i.Message = x12.Warning, "neither claims nor remittances: left out"
	}
	return i
}

// remittances reads the remittances. 837s in these files take part only if the files were read as claims too.
func (f *reconcileFlags) remittances(c *call, m *match.Matcher, names, claims []string) error {
	var first, again []string
	for _, name := range names {
		if slices.Contains(claims, name) {
			again = append(again, name)
		} else {
			first = append(first, name)
		}
	}
	for k, list := range [][]string{first, again} {
		if len(list) == 0 {
			continue
		}
		src, err := f.open(c, list, k == 1)
		if err != nil {
			return err
		}
		sink := c.report
		if k == 1 { // what is amiss outside of remittances was reported
			sink = func(i *x12.Issue) bool { return i.Guide == "" || c.report(i) }
		} else {
			sink = knownSets(sink)
		}
		err = f.remittance(c, m, edi835.NewReader(src, codec.WithSink(sink)), k == 1)
		if c.closeInput(); err != nil {
			return err
		}
	}
	return nil
}

func (f *reconcileFlags) remittance(c *call, m *match.Matcher, rd *edi835.Reader, again bool) error {
	var last *x12.Set
	for {
		ev, err := rd.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case ev.Kind == codec.Begin:
			m.BeginRemittance(ev.Remittance, c.fileAt(ev.Env.Set.Offset))
		case ev.Kind == codec.Unit:
			m.AddAnswer(ev.Claim, ev.Number)
		case ev.Kind == codec.End:
			m.EndRemittance(ev.Remittance)
		case ev.Kind == codec.Other && ev.Env.Set != last && ev.Env.Set != nil:
			if last = ev.Env.Set; !again {
				c.report(leftOut(last))
			}
		}
	}
}

func (f *reconcileFlags) write(c *call, r *match.Result, rep *match.Report) error {
	form := match.Form{ShowValues: c.opts.values, Guard: f.guard}
	switch {
	case f.outDir != "":
		return f.writeDir(r, rep, form)
	case f.format == "json":
		return r.WriteJSON(c.out, rep, form)
	case f.format == "html":
		return r.WriteHTML(c.out, rep, form)
	case f.format == "csv":
		return r.WriteTable(c.out, rep, f.table, form)
	}
	return r.WriteText(c.out, rep, form)
}

// writeDir writes the tables and the page to files, all or none.
func (f *reconcileFlags) writeDir(r *match.Result, rep *match.Report, form match.Form) error {
	if err := os.MkdirAll(f.outDir, 0o777); err != nil {
		return err
	}
	files := &csvFiles{dir: f.outDir}
	write := func(name string, to func(io.Writer) error) error {
		o, err := openOutput(filepath.Join(f.outDir, name), nil)
		if err != nil {
			return err
		}
		files.outs = append(files.outs, o)
		return to(o)
	}
	var err error
	for _, table := range match.Tables() {
		if err == nil {
			err = write(table+".csv", func(w io.Writer) error { return r.WriteTable(w, rep, table, form) })
		}
	}
	if err == nil {
		err = write("reconcile.html", func(w io.Writer) error { return r.WriteHTML(w, rep, form) })
	}
	return files.close(err)
}

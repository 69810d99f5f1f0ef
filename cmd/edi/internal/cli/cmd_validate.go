package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/report"
	"github.com/x12-go/edi/x12/validate"
)

// validateFlags are the flags of edi validate.
type validateFlags struct {
	level    int
	format   string
	codes    string
	overlays []string
	good     string
	bad      string
	guard    bool
	crlf     bool
}

func validateCommand() command {
	return command{
		name:    "validate",
		args:    "[FILE...]",
		summary: "check X12 against its guides and rules, and part the good from the bad",
		streams: filterFlags,
		long: `Checks the input and writes a report to standard output. Levels are the SNIP types, each including those below:

  1  syntax and envelope      4  situations: what one part asks of another
  2  the guide                5  external codes, check digits, forms of ids
  3  balancing                6  line of business

--overlay adds what a partner asks beyond the guides, at any level. Sets without a guide are checked for their envelope only.

The text report groups findings by claim (member, subject); each has its place, the rule, and the segment with a caret. Values
may identify a patient: letters are shown as x and digits as 9 unless --show-values is given; separators, identifiers and
codes of closed lists stay. --format json gives the objects of --issues json, a line each, csv a row for each finding, html a page
with a filter. 10,000 findings are written; more are counted. edi explain RULE tells what a rule checks and how to mend it.

--good and --bad write the input in two X12 files, what has no errors and what has. An 837 is cut at its claims, an 834 between
members (a dependent stays with the subscriber in front of it), a 270 or 271 between subscribers; what stands above is
repeated, with levels, counts, control totals and trailers made right, and the units and amounts of both files add up to those of the
input. An error above claims makes all claims below it bad, one in the header or at the end of a set the whole set. Any
other set moves whole: an 835 is a payment, and a share of a payment is none. Give one or both; a file nothing goes to is empty.
Both are written when the input has been read to its end; standard input is kept in a file beside them meanwhile.`,
		example: `edi validate testdata/837/valid/p-three-claims.edi
edi validate --format csv testdata/835/valid/remit-basic.edi
edi validate --level 2 --severity element/lower-case=off testdata/834/valid/*.edi
edi validate --good good.837 --bad bad.837 testdata/837/valid/p-three-claims.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f validateFlags
			fs.IntVar(&f.level, "level", 5, "highest SNIP `TYPE` to run, 1 to 7")
			choices(fs, "level", "1", "2", "3", "4", "5", "6", "7")
			fs.StringVar(&f.format, "format", "text", "`FORM` of the report: text, json, csv or html")
			choices(fs, "format", "text", "json", "csv", "html")
			fs.StringVar(&f.codes, "codes", "", "external code lists of `DIR` (NAME.tsv) in the place of the built-in ones")
			fs.StringArrayVar(&f.overlays, "overlay", nil, "the additions of a partner in `FILE`; repeatable")
			fs.StringVar(&f.good, "good", "", "write what has no errors to `FILE`")
			fs.StringVar(&f.bad, "bad", "", "write what has errors to `FILE`")
			fs.BoolVar(&f.guard, "guard", false, "csv: put a ' in front of text that a spreadsheet would take for a formula")
			fs.BoolVar(&f.crlf, "crlf", false, "csv: end lines with CR LF")
			return f.run
		},
	}
}

func (f *validateFlags) run(c *call) error {
	format, ok := report.ParseFormat(f.format)
	switch {
	case !ok:
		return usagef("--format %q: expected text, json, csv or html", f.format)
	case f.level < 1 || f.level > 7:
		return usagef("--level: expected 1 to 7")
	case (f.guard || f.crlf) && format != report.CSV:
		return usagef("--guard and --crlf are for --format csv")
	}
	v, err := f.validator(c)
	if err != nil {
		return err
	}
	parted, err := f.part(c)
	if err != nil {
		return err
	}
	if parted != nil {
		defer parted.discard()
	}
	c.found.quiet = true // the report has them
	o := report.Options{
		Values: c.opts.values, Guard: f.guard, CRLF: f.crlf, Strict: c.opts.strict,
		Place: func(offset int64) (string, int64) { return c.src.place(offset) },
		Rule: func(id string) string {
			if r := v.Rule(id); r != nil {
				return r.Title
			}
			return ""
		},
	}
	if parted != nil {
		o.Verdicts = &parted.verdicts
	}
	rep := report.New(c.out, format, o)
	defer rep.Discard()
	stats, err := f.check(c, v, rep, parted)
	if err != nil && !isFault(err) {
		return err
	}
	if cerr := rep.Close(stats); cerr != nil {
		return cerr
	}
	if format == report.JSON || format == report.CSV {
		f.tell(c, rep.Totals())
	}
	switch {
	case err != nil: // the report is whole, and the finding makes the exit status
		if parted != nil {
			c.console.printf("edi validate: the input cannot be read to its end: --good and --bad are not written")
		}
		return nil
	case parted == nil:
		return nil
	}
	return parted.write(c)
}

// isFault reports whether an error is a fault of the input, which is in the report.
func isFault(err error) bool {
	var fault *x12.Issue
	return errors.As(err, &fault)
}

// validator makes what checks the input.
func (f *validateFlags) validator(c *call) (*validate.Validator, error) {
	o := validate.Options{Level: uint8(f.level), Packs: packs(), Severity: c.opts.severity.tune, Workers: c.workers()}
	if f.codes != "" {
		lists, err := codes.Load(os.DirFS(f.codes))
		if err != nil {
			return nil, usagef("--codes %s: %v", f.codes, err)
		}
		o.Lists = lists
	}
	for _, name := range f.overlays {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		overlay, err := validate.ParseOverlay(name, string(text))
		if err != nil {
			return nil, usagef("--overlay: %v", err)
		}
		o.Overlays = append(o.Overlays, overlay)
	}
	v, err := validate.New(o)
	var syntax *validate.SyntaxError
	if errors.As(err, &syntax) {
		return nil, usagef("--overlay: %v", err)
	}
	return v, err
}

// check reads the input.
func (f *validateFlags) check(c *call, v *validate.Validator, rep *report.Report, parted *parted) (x12.Stats, error) {
	src, err := c.stream()
	if err != nil {
		return x12.Stats{}, err
	}
	if parted != nil {
		src = parted.copying(src)
	}
	src = c.counting(src)
	var failed error
	job := v.Job(src, func(s *codec.Step) {
		for _, i := range s.Issues {
			c.report(i)
		}
		if err := rep.Step(s); err != nil && failed == nil {
			failed = err
		}
	}, nil)
	job.Start = func(rd *x12.Reader, sink x12.Sink) { c.watch(rd, sink) }
	job.SetEnd = func() error {
		if failed == nil && c.out.live {
			failed = rep.Flush()
		}
		if failed != nil {
			return failed
		}
		return c.out.endSet()
	}
	stats, err := codec.Process(job)
	if failed != nil {
		err = failed
	}
	return stats, err
}

// tell prints the totals where the report itself has no place for them.
func (f *validateFlags) tell(c *call, t *report.Totals) {
	if c.opts.quiet {
		return
	}
	if t.Dropped > 0 {
		c.console.printf("edi: %d more findings not printed", t.Dropped)
	}
	for _, line := range t.Lines() {
		if !strings.HasPrefix(line, " ") {
			c.console.printf("%s", line)
		}
	}
}

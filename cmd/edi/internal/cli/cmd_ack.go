package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/validate"
)

// ackFlags are the flags of edi ack.
type ackFlags struct {
	types      []string
	level      int
	told       int
	most       int
	control    int64
	file       string
	date       string
	clock      string
	delims     string
	source     string
	tolerate   string
	codes      string
	receivers  []string
	overlays   []string
	warnings   bool
	always     bool
	duplicates bool
	newline    bool
}

func ackCommand() command {
	return command{
		name:    "ack",
		args:    "[FILE...]",
		summary: "answer X12 with TA1, 999, 997 or 277CA",
		streams: filterFlags,
		long: `Checks the input as edi validate does, and writes the acknowledgments of it: an interchange for each interchange received and
each type, in the order TA1, 999 or 997, 277CA.

  ta1    says whether an interchange is taken; written when it asks for it (ISA14 is 1) or is rejected, or with --always
  999    tells of each set of each health care group what breaks the standard or the guide; 005010X231A1
  997    the same without the codes of the guide, for other groups, or for all when no 999 is asked for
  277ca  tells of each claim of an 837 whether it goes on, and why not; 005010X214

An interchange that is rejected gets a TA1 and nothing else. Acknowledgments in the input are never answered. Where a 999
or 997 is written too, claims of a set that it rejects are not in the 277CA: they were not looked at. With --tolerate units what
is wrong inside a claim, member or payment does not reject the set: the 999 tells it and accepts with errors, and the 277CA rejects
the claim. --level is the highest SNIP type to run, --told the highest that a 999 tells.

Control numbers (ISA13 and GS06) count on from --control, or from the number in --control-file, a text file that several runs
can use at the same time. Dates are those of the clock unless --date and --time say others.

The exit status is 1 when the input has errors, whatever was accepted.`,
		example: `edi ack --type 999 --control 1 testdata/837/valid/p-basic.edi
edi ack --type ta1,999,277ca --always --date 20260301 --time 0930 testdata/837/valid/p-three-claims.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f ackFlags
			fs.StringSliceVar(&f.types, "type", nil, "`TYPE` of answer: ta1, 999, 997 or 277ca; repeatable")
			choices(fs, "type", "ta1", "999", "997", "277ca")
			fs.Int64Var(&f.control, "control", 0, "first control `NUMBER`")
			fs.StringVar(&f.file, "control-file", "", "take control numbers from `FILE`, and keep the last one there")
			fs.IntVar(&f.level, "level", 4, "highest SNIP `TYPE` to run, 1 to 7")
			choices(fs, "level", "1", "2", "3", "4", "5", "6", "7")
			fs.IntVar(&f.told, "told", 4, "highest SNIP `TYPE` that a 999 or 997 tells")
			fs.IntVar(&f.most, "errors", 1000, "tell at most `N` errors of a set")
			fs.StringVar(&f.tolerate, "tolerate", "none", "`WHAT` does not reject a set: none, units (what is wrong inside one) or all")
			choices(fs, "tolerate", "none", "units", "all")
			fs.BoolVar(&f.warnings, "warnings", false, "tell warnings too: accepted with errors")
			fs.BoolVar(&f.always, "always", false, "write a TA1 for every interchange")
			fs.StringArrayVar(&f.receivers, "receiver", nil, "reject interchanges for others than `ID` (ISA08); repeatable")
			fs.BoolVar(&f.duplicates, "allow-duplicates", false, "take interchanges whose number came before in the input")
			fs.StringVar(&f.source, "source", "payer", "who answers in a 277CA: `payer` or clearinghouse")
			choices(fs, "source", "payer", "clearinghouse")
			fs.StringVar(&f.date, "date", "", "the `DAY` of the answers, CCYYMMDD")
			fs.StringVar(&f.clock, "time", "", "the `TIME` of the answers, HHMM")
			fs.StringVar(&f.delims, "delimiters", "", "element, repetition and component separator and terminator of the answers, as `'*^:~'`; else those of the input")
			fs.BoolVar(&f.newline, "nl", false, "a line for each segment")
			fs.StringVar(&f.codes, "codes", "", "external code lists of `DIR` (NAME.tsv) in the place of the built-in ones")
			fs.StringArrayVar(&f.overlays, "overlay", nil, "the additions of a partner in `FILE`; repeatable")
			return f.run
		},
	}
}

// ackKinds are the types of edi ack.
var ackKinds = map[string]ack.Kind{"ta1": ack.KindTA1, "999": ack.Kind999, "997": ack.Kind997, "277ca": ack.Kind277CA}

// options reads the flags.
func (f *ackFlags) options() (o ack.WriteOptions, err error) {
	for _, t := range f.types {
		k := ackKinds[strings.ToLower(t)]
		if k == 0 {
			return o, usagef("--type %q: expected ta1, 999, 997 or 277ca", t)
		}
		o.Kinds |= k
	}
	switch {
	case o.Kinds == 0:
		return o, usagef("--type: expected ta1, 999, 997 or 277ca")
	case f.level < 1 || f.level > 7 || f.told < 1 || f.told > 7:
		return o, usagef("--level and --told: expected 1 to 7")
	case f.most < 1:
		return o, usagef("--errors: expected a number above 0")
	case f.file != "" && f.control != 0:
		return o, usagef("--control and --control-file: expected one of them")
	case f.control < 0 || f.control > 999_999_999:
		return o, usagef("--control %d: expected 1 to 999999999", f.control)
	}
	o.Level, o.Errors, o.Warnings, o.AlwaysTA1, o.AllowDuplicates, o.Newline = uint8(f.told), f.most, f.warnings, f.always, f.duplicates, f.newline
	switch f.tolerate {
	case "none":
	case "units":
		o.Tolerate = ack.InsideUnit
	case "all":
		o.Tolerate = func(*x12.Issue) bool { return true }
	default:
		return o, usagef("--tolerate %q: expected none, units or all", f.tolerate)
	}
	switch f.source {
	case "payer":
		o.Source = "PR"
	case "clearinghouse":
		o.Source = "AY"
	default:
		return o, usagef("--source %q: expected payer or clearinghouse", f.source)
	}
	if f.delims != "" {
		var ok bool
		if o.Delims, ok = x12.ParseDelimiters(f.delims); !ok {
			return o, usagef("--delimiters %q: expected three or four different characters, no letters or digits", f.delims)
		}
	}
	if len(f.receivers) > 0 {
		o.Admit = func(in *x12.Interchange) string {
			if slices.Contains(f.receivers, in.ISA[7]) {
				return ""
			}
			return "009"
		}
	}
	if o.Now, err = f.now(); err != nil {
		return o, err
	}
	if f.file != "" {
		o.Numbers, err = ack.OpenControlFile(f.file)
		return o, err
	}
	o.Numbers = ack.CountFrom(max(f.control, 1))
	return o, nil
}

// now returns date and time of the answers.
func (f *ackFlags) now() (time.Time, error) {
	now := time.Now()
	if f.date != "" {
		day, err := time.ParseInLocation("20060102", f.date, now.Location())
		if err != nil {
			return now, usagef("--date %q: expected a day as 20260131", f.date)
		}
		now = time.Date(day.Year(), day.Month(), day.Day(), now.Hour(), now.Minute(), 0, 0, now.Location())
	}
	if f.clock != "" {
		clock, err := time.Parse("1504", f.clock)
		if err != nil {
			return now, usagef("--time %q: expected a time as 0930", f.clock)
		}
		now = time.Date(now.Year(), now.Month(), now.Day(), clock.Hour(), clock.Minute(), 0, 0, now.Location())
	}
	return now, nil
}

func (f *ackFlags) run(c *call) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	rules := validateFlags{level: f.level, codes: f.codes, overlays: f.overlays}
	v, err := rules.validator(c)
	if err != nil {
		return err
	}
	c.writesX12()
	w := ack.NewWriter(c.out, o)
	err = f.read(c, v, w)
	var fault *x12.Issue
	if err != nil && !errors.As(err, &fault) {
		w.Discard()
		return err
	}
	if cerr := w.Close(); cerr != nil {
		return cerr
	}
	f.tell(c, w.Stats())
	return err
}

// read checks the input and hands it to the writer.
func (f *ackFlags) read(c *call, v *validate.Validator, w *ack.Writer) error {
	src, err := c.stream()
	if err != nil {
		return err
	}
	job := v.Job(c.counting(src), func(s *codec.Step) {
		for _, i := range s.Issues {
			c.report(i)
		}
		w.Watch(s)
	}, nil)
	job.Start = func(rd *x12.Reader, sink x12.Sink) { c.watch(rd, sink) }
	job.SetEnd = func() error {
		if err := w.Err(); err != nil {
			return err
		}
		return c.out.endSet()
	}
	_, err = codec.Process(job)
	return errors.Join(w.Err(), err)
}

// tell says on stderr what could not be answered.
func (f *ackFlags) tell(c *call, s ack.WriteStats) {
	if c.opts.quiet {
		return
	}
	for _, line := range []struct {
		n    int64
		text string
	}{
		{s.Interchanges, "edi: %d interchanges rejected: their groups get no answer"},
		{s.NoEnvelope, "edi: %d sets without interchange and group: there is nobody to answer"},
		{s.OtherGroups, "edi: %d groups that a 999 cannot name: ask for --type 997 too"},
		{s.ErrorsNotTold, "edi: %d errors beyond --errors not told"},
	} {
		if line.n > 0 {
			c.console.printf(line.text, line.n)
		}
	}
}

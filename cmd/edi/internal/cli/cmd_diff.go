package cli

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/x12"
)

// diffFlags are the flags of edi diff.
type diffFlags struct {
	format   string
	most     string
	few      int
	absent   string
	ids      []string
	profile  string
	snapshot string
	key      string
	totals   bool
	force    bool
	guard    bool
}

func diffCommand() command {
	return command{
		name:    "diff",
		args:    "OLD NEW...",
		summary: "list what an 834 changes about who is enrolled",
		streams: filterFlags,
		long: `Compares two states of enrollment. OLD is a full 834 file (BGN08 RX or 4), a snapshot of edi roster --snapshot, or a roster
of the profile coverage or generic; NEW is a full file, whose members are compared, or a change file (2), whose
operations are applied. The output is a row for each change: enrollments, ends, reinstatements, other plans, levels,
dates and data by field; in the order of NEW, then those who are absent there.

A change file never ends anyone by leaving them out. Those whom a full file leaves out are "missing", and end only with
--absent terminate. A run that would end or miss more than --max-terminations of the lives of OLD stops with an error, and
nothing is written; up to --min-lives may end whatever their share. Refused are files of another sponsor or master policy,
files made before OLD, information copies (BGN01 22), and files whose control totals are wrong. --force passes over that,
and the summary says so; an information copy changes nothing even then. A change file that was applied before, or one
sent again under its number, changes nothing; a snapshot knows what was applied, and --snapshot writes the next one.

The summary follows the list in text and JSON, and goes to stderr with CSV. --redact-key replaces what may identify a
person by digests with a key. The exit status is 1 when something could not be applied.`,
		example: `edi diff testdata/spm/before.edi testdata/spm/after.edi
edi diff --format csv --max-terminations 5% testdata/spm/before.edi testdata/spm/after.edi
edi diff --snapshot next.ndjson testdata/spm/before.edi testdata/spm/after.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f diffFlags
			fs.StringVar(&f.format, "format", "text", "`FORM` of the list: text, csv or json")
			choices(fs, "format", roster.Formats()...)
			fs.StringVar(&f.most, "max-terminations", "10%", "largest `SHARE` of lives that may end; off for no limit")
			fs.IntVar(&f.few, "min-lives", 4, "`N` lives may end whatever their share")
			fs.StringVar(&f.absent, "absent", "report", "what becomes of those a full file leaves out: `report` or terminate")
			choices(fs, "absent", "report", "terminate")
			fs.StringSliceVar(&f.ids, "id", nil, "`FIELD` that identifies a member for good, as id_abb; repeatable")
			fs.StringVar(&f.profile, "profile", "coverage", "layout of rosters: a `NAME` or a file")
			choices(fs, "profile", roster.Profiles()...)
			fs.StringVar(&f.snapshot, "snapshot", "", "write the state that comes of it to `FILE`")
			fs.StringVar(&f.key, "redact-key", "", "replace what may identify a person by digests with the key in `FILE`")
			fs.BoolVar(&f.totals, "ignore-totals", false, "pass over control totals that are wrong")
			fs.BoolVar(&f.force, "force", false, "pass over refusals")
			fs.BoolVar(&f.guard, "guard", false, "csv: put a ' in front of text that a spreadsheet would take for a formula")
			return f.run
		},
	}
}

// shareOf reads 10% or 0.1; off is no limit.
func shareOf(text string) (float64, error) {
	if text == "off" {
		return -1, nil
	}
	number, percent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(number, 64)
	if percent {
		n /= 100
	}
	if err != nil || !(n >= 0 && n <= 1) {
		return 0, usagef("--max-terminations %q: expected a share as 10%% or 0.1, or off", text)
	}
	if n == 0 {
		n = 1e-12 // the zero of the options is their default
	}
	return n, nil
}

func (f *diffFlags) run(c *call) (err error) {
	if len(c.args) < 2 {
		return usagef("expected OLD and NEW")
	}
	list := roster.ListOptions{Guard: f.guard}
	if list.Format, err = roster.FormatNamed(f.format); err != nil {
		return usagef("--format %q: expected %s", f.format, strings.Join(roster.Formats(), ", "))
	}
	if f.key != "" {
		if list.Key, err = os.ReadFile(f.key); err != nil {
			return err
		}
		if len(list.Key) < 16 {
			return usagef("--redact-key: expected at least 16 bytes in the file")
		}
	}
	o := roster.Options{IgnoreTotals: f.totals, Force: f.force, Sink: c.report, MinEnded: f.few}
	if o.MinEnded == 0 {
		o.MinEnded = -1
	}
	if o.MaxEnded, err = shareOf(f.most); err != nil {
		return err
	}
	switch f.absent {
	case "report":
	case "terminate":
		o.Absent = roster.AbsentTerminate
	default:
		return usagef("--absent %q: expected report or terminate", f.absent)
	}
	if o.IDs, err = fieldsOf(f.ids); err != nil {
		return err
	}
	p, err := profileOf(f.profile)
	if err != nil {
		return err
	}
	old, changed := c.args[0], c.args[1:]
	state, err := roster.NewState(o)
	if err != nil {
		return err
	}
	defer state.Close()
	var kept spool
	defer kept.close()
	w := roster.NewListWriter(&kept, list)
	sum, err := c.compare(state, old, changed, p, o.IDs, w.Add)
	if err != nil {
		return err
	}
	if err := w.End(sum); err != nil {
		return err
	}
	return f.finish(c, state, sum, list.Format, &kept)
}

// compare loads a state and applies files to it.
func (c *call) compare(state *roster.State, old string, changed []string, p *roster.Profile, ids []roster.Field, emit func(*roster.Delta) error) (*roster.Summary, error) {
	src, err := c.members([]string{old}, p, ids)
	if err != nil {
		return nil, err
	}
	if err := state.Load(src); err != nil {
		return nil, c.refused(err)
	}
	if err := state.Comparable(); err != nil {
		return nil, c.refused(err)
	}
	c.closeInput()
	if src, err = c.members(changed, p, ids); err != nil {
		return nil, err
	}
	sum, err := state.Apply(src, emit)
	if err != nil {
		return nil, c.refused(err)
	}
	return sum, nil
}

// finish writes what holds now: the list, the summary and the snapshot.
func (f *diffFlags) finish(c *call, state *roster.State, sum *roster.Summary, format roster.Format, kept *spool) error {
	c.sums.lines = int64(sum.Changed)
	if err := kept.copyTo(c.out); err != nil {
		return err
	}
	if format == roster.CSV && !c.opts.quiet {
		c.console.write(string(sum.AppendText(nil)))
	}
	if f.snapshot != "" {
		o, err := openOutput(f.snapshot, nil)
		if err != nil {
			return err
		}
		if err := state.WriteSnapshot(o); err != nil {
			o.discard()
			return err
		}
		if err := errors.Join(o.flush(), o.commit()); err != nil {
			return err
		}
	}
	if n := sum.Count(roster.Error); n > 0 {
		c.report(&x12.Issue{Rule: "roster/not-applied", Level: 7, Severity: x12.Error, Message: fmt.Sprintf("%d members could not be applied; the list says why", n)})
	}
	return nil
}

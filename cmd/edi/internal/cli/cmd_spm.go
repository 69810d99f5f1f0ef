package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/edi834/spm"
	"github.com/x12-go/edi/x12"
)

// spmFlags are the flags of edi spm.
type spmFlags struct {
	config        string
	client        string
	today         string
	named         bool
	transliterate bool
	lf            bool
	force         bool
	export        exportFlags
}

func spmCommand() command {
	return command{
		name:    "spm",
		args:    "check|fmt|from|to FILE...",
		summary: "check, write and convert the import files of a benefits administrator (SPM)",
		streams: filterFlags,
		long: `Works with import files (version 2.0) for special plan members: retirees and others who are billed directly.

  check FILE...      checks records, fields and order; the findings go to stderr, with the line as segment
  fmt FILE...        writes the records again, positional, or with --named as Field=Value
  from OLD NEW...    writes the records of what 834s change: OLD and NEW are as in edi diff
  to FILE...         writes an 834 change file of the records

--config names a file that says which plans, coverage levels and employment statuses are meant; the documentation of package
edi834/spm has the form. A file is in the character set Windows-1252: text it has no place for is an error, or loses its
marks with --transliterate. Records that from writes are checked too, for an 834 need not have all that they need.`,
		example: `edi spm fmt --named testdata/spm/import.csv
edi spm from --config testdata/spm/plans.config testdata/spm/before.edi testdata/spm/after.edi
edi spm to --sender EXAMPLE --receiver ACME --sponsor FI:990000001 --payer FI:987654321 testdata/spm/import.csv`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f spmFlags
			fs.StringVar(&f.config, "config", "", "`FILE` with plans, levels and statuses")
			fs.StringVar(&f.client, "client", "", "from: `NAME` of the client, when the config does not say it")
			fs.StringVar(&f.today, "today", "", "check: the `DAY` the file is sent, for rules about the past")
			fs.BoolVar(&f.named, "named", false, "fmt, from: cells as Field=Value")
			fs.BoolVar(&f.transliterate, "transliterate", false, "fmt, from: letters that Windows-1252 does not have lose their marks")
			fs.BoolVar(&f.lf, "lf", false, "fmt, from: lines end with LF, not CR LF")
			fs.BoolVar(&f.force, "force", false, "from: pass over refusals, as in edi diff")
			f.export.declare(fs)
			return f.run
		},
	}
}

func (f *spmFlags) run(c *call) error {
	if len(c.args) == 0 {
		return usagef("expected check, fmt, from or to")
	}
	verb := c.args[0]
	c.args = c.args[1:]
	config := &spm.FileConfig{}
	if f.config != "" {
		file, err := os.Open(f.config)
		if err != nil {
			return err
		}
		defer file.Close()
		if config, err = spm.ReadConfig(file); err != nil {
			if errors.Is(err, spm.ErrConfig) {
				return usagef("--config %s: %v", f.config, err)
			}
			return err
		}
	}
	if f.client != "" {
		config.Config.ClientName = f.client
	}
	today, err := dayOf("today", f.today)
	if err != nil {
		return err
	}
	o := spm.Options{Today: today, Allowed: config.Allowed}
	switch verb {
	case "check":
		return f.records(c, o, func(*spm.Line) error { return nil })
	case "fmt":
		w := f.writer(c.out)
		if err := f.records(c, o, func(l *spm.Line) error { return c.unwritable(w.Write(l.Record), l) }); err != nil {
			return err
		}
		return w.Flush()
	case "from":
		return f.from(c, o, config)
	case "to":
		return f.to(c, o, config)
	}
	return usagef("%q: expected check, fmt, from or to", verb)
}

func (f *spmFlags) writer(w io.Writer) *spm.Writer {
	return spm.NewWriter(w, spm.WriteOptions{Named: f.named, Transliterate: f.transliterate, LF: f.lf})
}

// note reports a finding of package spm.
func (c *call) note(f *spm.Finding) bool { return c.report(f.Issue()) }

// unwritable reports a record that cannot be written, and goes on.
func (c *call) unwritable(err error, l *spm.Line) error {
	if errors.Is(err, spm.ErrCharset) {
		c.report(&x12.Issue{Offset: l.Offset, Segment: l.Number, SegID: l.Record.Identifier(), Rule: "spm/charset", Level: 1, Severity: x12.Error,
			Message: err.Error() + "; the record is not written"})
		return nil
	}
	return err
}

// records reads and checks the input.
func (f *spmFlags) records(c *call, o spm.Options, do func(*spm.Line) error) error {
	src, err := c.stream()
	if err != nil {
		return err
	}
	rd := spm.NewReader(src, c.note)
	check := spm.NewChecker(o, c.note)
	for {
		l, err := rd.Read()
		if err == io.EOF {
			check.End()
			return nil
		}
		if err != nil {
			return err
		}
		c.sums.lines++
		check.Line(l)
		if err := do(l); err != nil {
			return err
		}
	}
}

// from writes the records of what 834s change. Nothing is written until all is known to hold.
func (f *spmFlags) from(c *call, o spm.Options, config *spm.FileConfig) error {
	if len(c.args) < 2 {
		return usagef("from: expected OLD and NEW")
	}
	conv, err := spm.NewConverter(config.Config, c.note)
	if err != nil {
		return usagef("%v: --client or a config names it", err)
	}
	p, err := roster.ProfileNamed("coverage")
	if err != nil {
		return err
	}
	state, err := roster.NewState(roster.Options{Force: f.force, Sink: c.report})
	if err != nil {
		return err
	}
	defer state.Close()
	var kept spool
	defer kept.close()
	w := f.writer(&kept)
	check := spm.NewChecker(o, func(found *spm.Finding) bool {
		found.Offset = 0
		found.Message = fmt.Sprintf("line %d of the output: %s", found.Line, found.Message)
		return c.note(found)
	})
	lines := 0
	put := func(r spm.Record) error {
		lines++
		l := spm.LineOf(r, lines)
		check.Line(l)
		return c.unwritable(w.Write(r), l)
	}
	if err := put(&spm.Version{Version: "2.0"}); err != nil {
		return err
	}
	_, err = c.compare(state, c.args[0], c.args[1:], p, nil, func(d *roster.Delta) error {
		for _, r := range conv.Delta(d) {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return kept.copyTo(c.out)
}

// to writes an 834 of the records.
func (f *spmFlags) to(c *call, o spm.Options, config *spm.FileConfig) error {
	f.export.action = roster.ActionChange
	export, err := f.export.config()
	if err != nil {
		return err
	}
	if export.Sponsor.ID == "" || export.Payer.ID == "" {
		return usagef("to: --sponsor and --payer are needed")
	}
	c.writesX12()
	x, err := roster.NewExporter(c.out, export)
	if err != nil {
		return usagef("to: %v", err)
	}
	e := spm.NewEnroller(config.Enroll, c.note, func(m *roster.Member) error {
		err := x.Write(&roster.Head{}, m)
		var fault *x12.Issue
		if errors.As(err, &fault) {
			c.report(fault)
			return nil
		}
		return err
	})
	if err := f.records(c, o, e.Line); err != nil {
		return err
	}
	if err := e.End(); err != nil {
		return err
	}
	return x.Close()
}

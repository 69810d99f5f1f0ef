package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/ach"
	"github.com/x12-go/edi/x12"
)

// achFlags are the flags of edi ach.
type achFlags struct {
	output     string
	config     string
	format     string
	state      string
	resolve    string
	read       string
	report     string
	reportFile string
	created    string
	fileID     string
	datePolicy string
	terminator string
	traceStart int
	prenotes   bool
	unbalanced bool
	bankOption bool
	dropTRN04  bool
}

func achCommand() command {
	return command{
		name:    "ach",
		args:    "[FILE...]",
		summary: "make NACHA files of the payments of remittances (835), and read them",
		streams: readsInput,
		long: `Writes a NACHA file that a bank accepts: an entry for each payment of the input that is to be paid by ACH, of the health
care standard CCD with one addenda record that holds the TRN. The configuration of --config says what no 835 does: the bank,
the names, the limits; docs/ach.md lists its keys.

Every payment is taken, skipped (a check, a wire, nothing to pay) or refused (anything doubtful), and the report on stderr
says which and why. A refused payment makes the exit status 1; the others are written. When the input cannot be read to its
end, nothing is. The file is read back from the disk and compared before it gets its name.

--state FILE remembers what was paid, so that no later run pays it again, and survives a crash at any moment: the next run
with it releases the file of a run that was interrupted. It needs -o, whose file must not be there before.
--resolve RUN=released|void ends an interrupted run whose file is gone, or takes back one whose file never went to the bank.

--format ctx sends payments whose BPR01 is C or X and whose BPR05 is CTX with their whole 835 in the addenda. That is
protected health information, which every bank on the way then holds.

--read FILE shows the entries of a NACHA file instead, with their TRN; returns and notifications of change are told apart.`,
		example: `edi ach --config testdata/ach/config.json --created 2026-11-21T09:00 -o payments.ach testdata/ach/two-payments.edi
edi ach --config testdata/ach/config.json --state paid.state --report csv --report-file report.csv -o paid.ach testdata/ach/two-payments.edi
edi ach --read testdata/ach/returns.ach`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f achFlags
			fs.StringVarP(&f.output, "output", "o", "", "write to `FILE`: beside it first, renamed when it was read back; FILE-2 and so on where one is not enough")
			fs.StringVar(&f.config, "config", "", "read the configuration from `FILE` (JSON)")
			fs.StringVar(&f.format, "format", "ccd", "`FORM` of the entries: ccd, or ctx for payments that ask for it")
			choices(fs, "format", "ccd", "ctx")
			fs.StringVar(&f.state, "state", "", "remember in `FILE` what is paid, and pay nothing twice")
			fs.StringVar(&f.resolve, "resolve", "", "end a run of the state by hand: `RUN=released|void`")
			fs.StringVar(&f.read, "read", "", "show the entries of the NACHA `FILE` (- is stdin)")
			fs.StringVar(&f.report, "report", "text", "`FORM` of the report, and of --read: text, json, csv or none")
			choices(fs, "report", "text", "json", "csv", "none")
			fs.StringVar(&f.reportFile, "report-file", "", "write the report to `FILE`, not to stderr")
			fs.BoolVar(&f.prenotes, "prenotes", false, "write prenotes for sets whose BPR01 is P")
			fs.BoolVar(&f.unbalanced, "allow-unbalanced", false, "take payments that are not the sum of their claims")
			fs.StringVar(&f.created, "created", "", "the `TIME` in the file header, as 2026-11-21T09:00; now when neither this nor the configuration says it")
			fs.StringVar(&f.fileID, "file-id", "", "file id modifier, one `LETTER` A to Z or 0 to 9")
			fs.IntVar(&f.traceStart, "trace-start", 0, "number the entries from `N` on")
			fs.StringVar(&f.datePolicy, "date-policy", "", "a date that is no banking day: `WHAT` is next, error or keep")
			choices(fs, "date-policy", "next", "error", "keep")
			fs.StringVar(&f.terminator, "terminator", "", "`CHAR` that ends the TRN: ~ or \\")
			fs.BoolVar(&f.bankOption, "bank-option", false, "take payments whose BPR04 is BOP as if it were ACH")
			fs.BoolVar(&f.dropTRN04, "drop-trn04", false, "leave out TRN04 where the TRN does not fit with it")
			return f.run
		},
	}
}

func (f *achFlags) run(c *call) error {
	switch f.report {
	case "text", "json", "csv", "none":
	default:
		return usagef("--report is text, json, csv or none, not %q", f.report)
	}
	if f.read != "" {
		if f.config != "" || f.state != "" || f.resolve != "" || len(c.args) > 0 {
			return usagef("--read takes no other files")
		}
		return f.show(c)
	}
	if f.resolve != "" {
		return f.resolveRun(c)
	}
	config, err := f.configuration()
	if err != nil {
		return err
	}
	if f.format != "ccd" && f.format != "ctx" {
		return usagef("--format is ccd or ctx, not %q", f.format)
	}
	if f.traceStart < 0 || f.traceStart > 9_999_999 {
		return usagef("--trace-start: expected 1 to 9999999")
	}
	if f.state != "" && (f.output == "" || f.output == "-") {
		return usagef("--state needs -o: what went into a pipe cannot be known to have arrived")
	}
	return f.convert(c, config)
}

// configuration reads --config and puts the flags over it.
func (f *achFlags) configuration() (*ach.Config, error) {
	if f.config == "" {
		return nil, usagef("--config is missing")
	}
	file, err := os.Open(f.config)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	config, err := ach.ReadConfig(file)
	if errors.Is(err, ach.ErrConfig) {
		return nil, usagef("--config %s: %v", f.config, err)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.config, cause(err))
	}
	if f.created != "" {
		if config.Created, err = ach.ParseTime(f.created); err != nil {
			return nil, usagef("--created: %v", err)
		}
	}
	for _, one := range [...]struct {
		name, text string
		to         *byte
	}{{"file-id", f.fileID, &config.FileID}, {"terminator", f.terminator, &config.Terminator}} {
		switch len(one.text) {
		case 0:
		case 1:
			*one.to = one.text[0]
		default:
			return nil, usagef("--%s: expected one character", one.name)
		}
	}
	if f.datePolicy != "" {
		config.DatePolicy = ach.DatePolicy(f.datePolicy)
	}
	config.BankOptionAsACH = config.BankOptionAsACH || f.bankOption
	config.DropTRN04 = config.DropTRN04 || f.dropTRN04
	if err := config.Check(); err != nil {
		return nil, usagef("%v", err)
	}
	return config, nil
}

// openState opens --state; what an interrupted run left to do is done before anything else.
func (f *achFlags) openState(c *call) (*ach.State, error) {
	if f.state == "" {
		return nil, nil
	}
	state, err := ach.OpenState(f.state)
	if err != nil {
		return nil, err
	}
	names, err := state.Recover()
	for _, name := range names {
		c.console.printf("edi ach: released %s of a run that was interrupted", name)
	}
	if err != nil {
		state.Close()
		return nil, err
	}
	return state, nil
}

func (f *achFlags) convert(c *call, config *ach.Config) error {
	state, err := f.openState(c)
	if err != nil {
		return err
	}
	defer state.Close()
	src, err := c.stream()
	if err != nil {
		return err
	}
	if c.opts.summary {
		c.sums.in = newCounter()
		src = io.TeeReader(src, c.sums.in)
	}
	run, err := ach.Convert(src, config, ach.Options{
		CTX: f.format == "ctx", Prenotes: f.prenotes, AllowUnbalanced: f.unbalanced, State: state, TraceStart: f.traceStart,
		Sink: c.report, Start: func(rd *x12.Reader) { c.watch(rd, c.report) },
	})
	if err != nil {
		return err
	}
	defer run.Close()
	f.note(c, run)
	if err := f.write(c, run, state); err != nil {
		return err
	}
	c.sums.made = &made{}
	for _, p := range run.Payments {
		if p.Action == ach.Taken {
			c.sums.made.sets++
			c.sums.made.units += int64(p.Claims)
			c.sums.made.payment.Add(p.Amount)
		}
	}
	return f.writeReport(c, run)
}

// note makes findings of what is wrong with payments, so that they count for the exit status.
func (f *achFlags) note(c *call, run *ach.Run) {
	for _, p := range run.Payments {
		find := func(r ach.Reason, sev x12.Severity, what string) {
			c.report(&x12.Issue{Offset: p.Offset, Interchange: p.Interchange, Group: p.Group, Set: p.Set, SegID: "BPR",
				Rule: "ach/" + strings.ReplaceAll(string(r), "_", "-"), Severity: sev, Level: 7, Message: what + r.Text()})
		}
		if p.Action == ach.Refused {
			find(p.Reason, x12.Error, "the payment is refused: ")
		}
		for _, n := range p.Notes {
			find(n, x12.Warning, "")
		}
	}
}

// write writes the files, or the one file to stdout.
func (f *achFlags) write(c *call, run *ach.Run, state *ach.State) error {
	if f.output == "" || f.output == "-" {
		return run.Write(c.out)
	}
	if info, err := os.Stat(f.output); err == nil && !info.Mode().IsRegular() && state == nil { // a device, a pipe
		return writeTo(f.output, run.Write)
	}
	names, err := run.Release(f.output, state)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		c.console.printf("edi ach: no payment was taken: %s is not written", f.output)
	}
	for _, name := range names[min(1, len(names)):] {
		c.console.printf("edi ach: also wrote %s", name)
	}
	return nil
}

func (f *achFlags) writeReport(c *call, run *ach.Run) error {
	if f.report == "none" {
		return nil
	}
	if f.reportFile == "" {
		return run.WriteReport(consoleWriter{c.console}, f.report)
	}
	return writeTo(f.reportFile, func(w io.Writer) error { return run.WriteReport(w, f.report) })
}

// writeTo has write fill a file, which gets its name when all is written.
func writeTo(path string, write func(io.Writer) error) error {
	out, err := openOutput(path, nil)
	if err != nil {
		return err
	}
	if err = write(out); err == nil {
		err = out.flush()
	}
	if err != nil {
		out.discard()
		return err
	}
	return out.commit()
}

// consoleWriter writes to stderr between the findings.
type consoleWriter struct{ con *console }

// Write writes p.
func (w consoleWriter) Write(p []byte) (int, error) {
	w.con.write(string(p))
	return len(p), nil
}

// resolveRun is edi ach --resolve.
func (f *achFlags) resolveRun(c *call) error {
	name, how, ok := strings.Cut(f.resolve, "=")
	var run int
	if _, err := fmt.Sscanf(name, "%d", &run); err != nil || !ok || how != "released" && how != "void" {
		return usagef("--resolve: expected RUN=released or RUN=void")
	}
	if f.state == "" || len(c.args) > 0 {
		return usagef("--resolve needs --state and takes no files")
	}
	if _, err := os.Stat(f.state); err != nil {
		return err
	}
	state, err := ach.OpenState(filepath.Clean(f.state))
	if err != nil {
		return err
	}
	defer state.Close()
	if err := state.Resolve(run, how); err != nil {
		return err
	}
	c.console.printf("edi ach: run %d is %s", run, how)
	return nil
}

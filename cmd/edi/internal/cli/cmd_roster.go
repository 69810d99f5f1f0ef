package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// rosterFlags are the flags of edi roster.
type rosterFlags struct {
	profile  string
	on       string
	since    string
	ids      []string
	all      bool
	guard    bool
	snapshot bool
	x12      bool
	export   exportFlags
}

// exportFlags say what an 834 needs beside its members.
type exportFlags struct {
	sender, receiver, sponsor, payer, action, reference, at string
}

func (f *exportFlags) declare(fs *pflag.FlagSet) {
	fs.StringVar(&f.sender, "sender", "", "834: `ID` of the sender, ISA06")
	fs.StringVar(&f.receiver, "receiver", "", "834: `ID` of the receiver, ISA08")
	fs.StringVar(&f.sponsor, "sponsor", "", "834: the sponsor, `QUALIFIER:ID[:NAME]`, as FI:990000001")
	fs.StringVar(&f.payer, "payer", "", "834: the payer, likewise")
	fs.StringVar(&f.reference, "reference", "", "834: `NUMBER` of the file, BGN02")
	fs.StringVar(&f.at, "time", "", "834: `TIME` of writing, as 2026-01-31T09:30; now when not given")
}

// config returns the config of an export.
func (f *exportFlags) config() (c roster.ExportConfig, err error) {
	c = roster.ExportConfig{Sender: f.sender, Receiver: f.receiver, Action: f.action, Reference: f.reference, Time: time.Now(), Newline: true}
	for _, p := range [...]struct {
		name, text string
		to         *roster.Party
	}{{"sponsor", f.sponsor, &c.Sponsor}, {"payer", f.payer, &c.Payer}} {
		parts := strings.SplitN(p.text, ":", 3)
		if p.text == "" {
			continue
		}
		if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
			return c, usagef("--%s: expected QUALIFIER:ID or QUALIFIER:ID:NAME", p.name)
		}
		*p.to = roster.Party{IDQualifier: parts[0], ID: parts[1]}
		if len(parts) == 3 {
			p.to.Name = parts[2]
		}
	}
	if f.at != "" {
		if c.Time, err = time.Parse("2006-01-02T15:04", f.at); err != nil {
			return c, usagef("--time: expected a time as 2026-01-31T09:30")
		}
	}
	return c, nil
}

func rosterCommand() command {
	return command{
		name:    "roster",
		args:    "[FILE...]",
		summary: "write who is enrolled (834) as a CSV roster, or a roster as an 834",
		streams: filterFlags,
		long: `Writes a row for each subscriber and dependent whose coverage is in force, or for each of their coverages. The input is
834 files in the order they were made: full files (BGN08 RX or 4) and the change files behind them, which are applied.
Instead of 834s it may be a snapshot, or a roster of the same profile.

--profile is one of

  hint      what direct primary care platforms take: a row a person, dates as MM/DD/YYYY
  generic   a row a person, with up to six coverages
  coverage  a row for each coverage, with every field; it can be compared with edi diff

or a file with a profile of your own; the documentation of package edi834/roster has the form. Members are in force on the
day of their file, or on that of --on. --id names fields of members that are their identifiers for good, such as id_abb for
REF*ABB; they become the external id.

--snapshot writes the state as lines of JSON, which edi diff takes as OLD and which knows what was applied. --x12 writes an
834 (full file) of a roster. What is known of members is kept on disk while the command runs, in the folder of temporary
files; in memory a member takes at most 200 bytes.`,
		example: `edi roster testdata/834/valid/full-replace.edi
edi roster --profile hint testdata/spm/before.edi testdata/spm/after.edi
edi roster --snapshot -o state.ndjson testdata/834/valid/full-replace.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f rosterFlags
			fs.StringVar(&f.profile, "profile", "coverage", "layout of the roster: a `NAME` or a file")
			choices(fs, "profile", roster.Profiles()...)
			fs.StringVar(&f.on, "on", "", "the `DAY` on which members are in force, as 2026-01-31; default is that of the file")
			fs.StringVar(&f.since, "ended-since", "", "take those too whose coverage ended on this `DAY` or later")
			fs.BoolVar(&f.all, "all", false, "take everyone, in force or not")
			fs.StringSliceVar(&f.ids, "id", nil, "`FIELD` that identifies a member for good, as id_abb; repeatable")
			fs.BoolVar(&f.guard, "guard", false, "put a ' in front of text that a spreadsheet would take for a formula")
			fs.BoolVar(&f.snapshot, "snapshot", false, "write the state as lines of JSON")
			fs.BoolVar(&f.x12, "x12", false, "write an 834")
			fs.StringVar(&f.export.action, "action", "RX", "834: `CODE` of the action, BGN08: RX or 4")
			choices(fs, "action", "RX", "4")
			f.export.declare(fs)
			return f.run
		},
	}
}

func (f *rosterFlags) run(c *call) error {
	p, err := profileOf(f.profile)
	if err != nil {
		return err
	}
	o := roster.WriteOptions{All: f.all, Guard: f.guard, Sink: c.report}
	if o.On, err = dayOf("on", f.on); err != nil {
		return err
	}
	if o.EndedSince, err = dayOf("ended-since", f.since); err != nil {
		return err
	}
	if o.IDs, err = fieldsOf(f.ids); err != nil {
		return err
	}
	config, err := f.export.config()
	switch {
	case err != nil:
		return err
	case f.x12 && f.snapshot:
		return usagef("--x12 and --snapshot exclude each other")
	case f.x12 && (f.export.action == roster.ActionChange || config.Sender == "" || config.Receiver == ""):
		return usagef("--x12 needs --sender and --receiver, and an action RX or 4")
	}
	state, err := roster.NewState(roster.Options{IDs: o.IDs, Sink: c.report})
	if err != nil {
		return err
	}
	defer state.Close()
	src, err := c.members(c.args, p, o.IDs)
	if err != nil {
		return err
	}
	if err := state.Load(src); err != nil {
		return c.refused(err)
	}
	switch {
	case f.snapshot:
		return state.WriteSnapshot(c.out)
	case f.x12:
		return f.write834(c, state, config)
	}
	w := roster.NewWriter(c.out, p, o)
	if err := state.Members(w.Write); err != nil {
		return err
	}
	c.sums.lines = w.Rows()
	return w.Flush()
}

func (f *rosterFlags) write834(c *call, state *roster.State, config roster.ExportConfig) error {
	c.writesX12()
	e, err := roster.NewExporter(c.out, config)
	if err != nil {
		return usagef("%v", err)
	}
	if err := state.Members(e.Member); err != nil {
		if errors.Is(err, roster.ErrConfig) {
			return usagef("--sponsor or --payer is missing, and the roster does not say it")
		}
		return c.refused(err)
	}
	return e.Close()
}

// profileOf returns a profile by name, or from a file.
func profileOf(name string) (*roster.Profile, error) {
	if slices.Contains(roster.Profiles(), name) {
		return roster.ProfileNamed(name)
	}
	file, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("--profile %q: expected %s or a file", name, strings.Join(roster.Profiles(), ", "))
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p, err := roster.ReadProfile(file)
	if errors.Is(err, roster.ErrProfile) {
		return nil, usagef("--profile %s: %v", name, err)
	}
	return p, err
}

// dayOf reads a day of a flag, zero when it is not given.
func dayOf(flag, text string) (x12.Date, error) {
	if text == "" {
		return x12.Date{}, nil
	}
	d, ok := x12.ParseDate(strings.ReplaceAll(text, "-", ""))
	if !ok || len(text) < 8 {
		return d, usagef("--%s: expected a day as 2026-01-31", flag)
	}
	return d, nil
}

func fieldsOf(names []string) (list []roster.Field, err error) {
	for _, name := range names {
		f, ok := roster.FieldNamed(name)
		if !ok {
			return nil, usagef("--id %q: no such field of members; edi roster --profile coverage names them", name)
		}
		list = append(list, f)
	}
	return list, nil
}

// members opens files as a source of members: 834s, a snapshot, or a roster of a profile, by what they start with.
func (c *call) members(names []string, p *roster.Profile, ids []roster.Field) (roster.Source, error) {
	c.args = names
	stream, err := c.stream()
	if err != nil {
		return nil, err
	}
	if c.opts.summary && c.sums.in == nil {
		c.sums.in = newCounter()
	}
	src := bufio.NewReaderSize(stream, 64<<10)
	head, err := src.Peek(16)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		c.sums.in = nil
		snap, err := roster.NewSnapshotReader(src)
		return snap, c.reported(err)
	case len(head) > 0 && !bytes.HasPrefix(head, []byte("ISA")) && !bytes.HasPrefix(head, []byte("ST*")) && !bytes.HasPrefix(head, []byte("ST|")):
		c.sums.in = nil
		rows, err := roster.NewCSVReader(src, p, ids, c.report)
		return rows, c.reported(err)
	}
	var text io.Reader = src
	if c.sums.in != nil {
		text = io.TeeReader(src, c.sums.in)
	}
	rd := x12.NewReader(text, x12.WithSink(c.report))
	c.watch(rd, c.report)
	return roster.ReaderOf(codec.NewStream(rd, c.report, ts834.X220A1)), nil
}

// reported reports an error that is a fault of the input.
func (c *call) reported(err error) error {
	var fault *x12.Issue
	if errors.As(err, &fault) {
		return c.fail(fault)
	}
	return err
}

// refused makes findings of refusals and other faults of the input.
func (c *call) refused(err error) error {
	var refusal *roster.Refusal
	switch {
	case errors.As(err, &refusal):
		i := &x12.Issue{Rule: "roster/" + refusal.Guard, Level: 7, Message: refusal.Message, Err: err}
		if h := refusal.Head; h != nil {
			i.Interchange, i.Group, i.Set = h.Interchange, h.Group, h.Set
		}
		return c.fail(i)
	case errors.Is(err, roster.ErrNoState):
		return c.fail(&x12.Issue{Rule: "roster/no-state", Level: 7, Message: "a change file says nothing of those it leaves out: expected a full file, a snapshot or a roster", Err: err})
	case errors.Is(err, roster.ErrNoLine):
		return usagef("a roster without insurance lines cannot be compared: expected the profile coverage or generic")
	}
	var fault *x12.Issue
	if errors.As(err, &fault) && fault.Severity != x12.Fatal {
		return c.fail(fault)
	}
	return c.reportedOnce(err)
}

// reportedOnce returns a fatal finding that its reader has reported already as it is; those of rosters and snapshots have no
// reader that does.
func (c *call) reportedOnce(err error) error {
	var fault *x12.Issue
	if errors.As(err, &fault) && strings.HasPrefix(fault.Rule, "roster/") {
		return c.fail(fault)
	}
	return err
}

// spool keeps output until it is known that it holds: in memory, and in a file when it is long.
type spool struct {
	buf  bytes.Buffer
	file *os.File
}

const spoolMemory = 1 << 20

// Write keeps p.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.buf.Len()+len(p) > spoolMemory {
		f, err := os.CreateTemp("", "edi-*.tmp")
		if err != nil {
			return 0, err
		}
		os.Remove(f.Name())
		s.file = f
		if _, err := f.Write(s.buf.Bytes()); err != nil {
			return 0, err
		}
		s.buf = bytes.Buffer{}
	}
	if s.file != nil {
		return s.file.Write(p)
	}
	return s.buf.Write(p)
}

// copyTo writes what was kept.
func (s *spool) copyTo(w io.Writer) error {
	if s.file == nil {
		_, err := w.Write(s.buf.Bytes())
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read what was kept: %w", err)
	}
	_, err := io.Copy(w, s.file)
	return err
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}

package report

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Format is a form of a report.
type Format uint8

// The forms.
const (
	Text Format = iota // for people, grouped by claim
	JSON               // a finding a line, the objects of edi --issues json
	CSV                // a finding a line, columns as [Columns] says
	HTML               // one page with nothing around it
)

// ParseFormat reads "text", "json", "csv" or "html".
func ParseFormat(name string) (f Format, ok bool) {
	k := slices.Index([]string{"text", "json", "csv", "html"}, name)
	return Format(max(k, 0)), k >= 0
}

// Options say what a report shows.
type Options struct {
	Values   bool                                          // show element values, which may identify a patient, and the keys of units
	Place    func(offset int64) (file string, local int64) // file and offset in it of a stream offset; nil: one file without a name
	Max      int                                           // findings written, the others are counted; 0 = 10,000
	Rule     func(id string) string                        // HTML: one line on what a rule checks, "" for none; may be nil
	Guard    bool                                          // CSV: a ' in front of text that a spreadsheet would take for a formula
	CRLF     bool                                          // CSV: lines end in CR LF
	Strict   bool                                          // a unit with a warning is not clean
	Verdicts *Verdicts                                     // filled with what is bad; may be nil
}

const defaultMax = 10_000

// Report writes what was found. Use [New], hand each step to Step, and end with Close.
type Report struct {
	o       Options
	w       *bufio.Writer
	tracker tracker
	form    form
	totals  Totals
	view    viewer
	written int64
	err     error
}

// form is what differs between the formats. Its writes go to Report.w.
type form interface {
	begin(*Report)
	finding(*Report, *entry)
	end(*Report)
}

// entry is a finding with all that is shown of it.
type entry struct {
	*finding
	file   string
	offset int64
	unit   unit
}

// unit names what a finding belongs to.
type unit struct {
	kind    string // "claim", "member", "level 2000B", "set", "envelope"
	ordinal int64  // of a unit, else 0
	key     string // of the business, "" unless values are shown
	at      int64  // offset of its first segment, which tells it from others
}

// New makes a report that is written to w.
func New(w io.Writer, f Format, o Options) *Report {
	if o.Max == 0 {
		o.Max = defaultMax
	}
	if o.Place == nil {
		o.Place = func(offset int64) (string, int64) { return "", offset }
	}
	r := &Report{o: o, w: bufio.NewWriterSize(w, 32<<10), view: viewer{values: o.Values}}
	r.totals.rules = map[string]*RuleCount{}
	switch f {
	case JSON:
		r.form = &jsonForm{}
	case CSV:
		r.form = &csvForm{}
	case HTML:
		r.form = &htmlForm{}
	default:
		r.form = &textForm{}
	}
	r.tracker = tracker{Keep: f != JSON, Found: r.found, Closed: r.closed}
	if v := o.Verdicts; v != nil {
		v.strict = o.Strict
		r.tracker.Opened = v.opened
	}
	r.form.begin(r)
	return r
}

// Step takes a step with its findings, as Watch of a [codec.Job] gets it. The error is that of writing.
func (r *Report) Step(s *codec.Step) error {
	r.totals.step(s)
	if v := r.o.Verdicts; v != nil {
		v.step(s)
	}
	r.tracker.Step(s)
	if v := r.o.Verdicts; v != nil {
		v.passed(s)
	}
	return r.err
}

// Totals returns what was counted so far.
func (r *Report) Totals() *Totals { return &r.totals }

// Flush writes what waits in the report's buffer.
func (r *Report) Flush() error {
	if err := r.w.Flush(); r.err == nil {
		r.err = err
	}
	return r.err
}

// Close ends the report. Stats are those of the reader.
func (r *Report) Close(stats x12.Stats) error {
	r.tracker.popTo(0)
	r.totals.Stats = stats
	r.form.end(r)
	return r.Flush()
}

// Discard gives up a report that is not closed, with what it keeps in files.
func (r *Report) Discard() {
	if h, ok := r.form.(*htmlForm); ok {
		h.discard()
	}
}

func (r *Report) found(f *finding) {
	r.totals.count(f.Issue)
	if v := r.o.Verdicts; v != nil && f.scope == nil {
		v.envelope(f.Issue)
	}
	if r.written >= int64(r.o.Max) {
		r.totals.Dropped++
		return
	}
	r.written++
	e := entry{finding: f}
	e.file, e.offset = r.o.Place(f.Offset)
	e.unit = r.unit(f.scope)
	r.form.finding(r, &e)
}

func (r *Report) closed(c *scope) {
	bad := c.Errors > 0 || r.o.Strict && c.Warned > 0
	if v := r.o.Verdicts; v != nil {
		v.closed(c, r.tracker.chain, bad)
	}
	switch {
	case c.Kind == codec.Unit && c.Counted:
		r.totals.Units++
		if !bad {
			r.totals.CleanUnits++
		}
	case c.Kind == codec.Begin:
		if !bad && !r.totals.spoiled {
			r.totals.CleanSets++
		}
		r.totals.spoiled = false
		return
	}
	r.totals.spoiled = r.totals.spoiled || bad
}

// unitName is what a unit of a set is called.
func unitName(set string) string {
	switch set {
	case "837":
		return "claim"
	case "835":
		return "claim payment"
	case "834":
		return "member"
	case "270", "271":
		return "subject"
	}
	return "unit"
}

// unit names a scope.
func (r *Report) unit(c *scope) unit {
	switch {
	case c == nil:
		return unit{kind: "envelope", at: -1}
	case c.Kind == codec.Begin:
		return unit{kind: "set", at: c.Offset}
	case c.Kind == codec.Enter:
		return unit{kind: "level " + c.Loop, at: c.Offset}
	}
	u := unit{kind: unitName(c.SetID), ordinal: c.Ordinal, at: c.Offset}
	if r.o.Values {
		u.key = key(r.tracker.step.Tape, c)
	}
	return u
}

// key returns what the business calls a unit: CLM01, CLP01, the subscriber's number of a member (REF 0F), else its TRN02.
func key(t *codec.Tape, c *scope) string {
	if t == nil || t.Scope.Loop == 0 || begins(t) != c.Offset {
		if !c.kept {
			return ""
		}
		t = &c.tape
	}
	get := func(id x12.SegID, qualifier string, n int) string {
		if k := find(t, id, qualifier); k >= 0 {
			return x12.Clip(t.Elem(k, n))
		}
		return ""
	}
	switch c.SetID {
	case "837":
		return get(idCLM, "", 1)
	case "835":
		return get(idCLP, "", 1)
	case "834":
		return get(idREF, "0F", 2)
	}
	return get(idTRN, "", 2)
}

// segment shows the segment of a finding; nil when it is not there any more.
func (r *Report) segment(f *finding) *shown {
	if t, k, ok := r.tracker.Segment(f.Offset); ok {
		return r.view.tape(t, k, mark(f.Issue, t, k))
	}
	s := r.tracker.step
	if len(s.Elem) > 0 && s.Elem[0] == f.SegID {
		d := x12.DefaultDelimiters
		if in := s.Env.Interchange; in != nil {
			d = in.Delims
		}
		return r.view.plain(s.Elem, d, spot{f.Element, f.Component, f.Repeat})
	}
	return nil
}

// nothing is the spot of a segment that is shown only for its place.
var nothing = spot{element: -1}

// mark returns what is to be marked in segment k of a tape: nothing when the finding is about one that is missing in front of it.
func mark(i *x12.Issue, t *codec.Tape, k int) spot {
	var s x12.Segment
	t.Segment(k, &s)
	if i.SegID != x12.Clip(s.Name()) {
		return nothing
	}
	return spot{i.Element, i.Component, i.Repeat}
}

// put writes texts.
func (r *Report) put(texts ...string) {
	for _, s := range texts {
		if _, err := r.w.WriteString(s); err != nil && r.err == nil {
			r.err = err
		}
	}
}

// printable keeps control bytes of broken input off a terminal.
func printable(s string) string {
	for k := range len(s) {
		if s[k] < ' ' || s[k] >= 0x7F {
			q := strconv.QuoteToASCII(s)
			return q[1 : len(q)-1]
		}
	}
	return s
}

// where is the path of a finding, "-" for none.
func where(i *x12.Issue) string {
	if p := i.Path(); p != "" {
		return printable(p)
	}
	return "-"
}

func plural(n int64, one string) string {
	s := strconv.FormatInt(n, 10) + " " + one
	if n != 1 {
		s += "s"
	}
	return s
}

// blanks returns n blanks.
func blanks(n int) string { return strings.Repeat(" ", n) }

// temp makes a file that is gone when it is closed.
func temp() (*os.File, error) {
	f, err := os.CreateTemp("", ".edi-report-*")
	if err == nil {
		os.Remove(f.Name()) // fails where an open file cannot be removed; discard does it then
	}
	return f, err
}

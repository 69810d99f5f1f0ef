package edi834

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleEnvelopeParties is an interchange to be written without a sender or a receiver.
const RuleEnvelopeParties = care.RuleEnvelopeParties

// Writer writes members with the sets, groups and interchanges around them. Files whose [Envelope] is the same go into one
// interchange and group.
//
// A program calls Begin and then Member for each member, or Write for a whole file, and Close at the end. Subscribers come in
// front of their dependents.
//
// The control totals (QTY) stand in front of the members, so they must be known beforehand: Write counts the members of the
// file and fills in what is absent, unless [WithoutControlTotals]; with Begin they are those of the header, or
// none. Those that are there are held against the members written.
type Writer struct {
	x    *x12.Writer
	set  *ts834.Writer
	env  care.Envelopes
	opts writerOptions

	header *File // of the members to come, nil before Begin
	delims x12.Delimiters
	inSet  bool
	count  counts
	open   string // SubscriberID of the subscriber written last
	err    error
}

type writerOptions struct {
	delims   x12.Delimiters
	newline  bool
	now      time.Time
	bare     bool
	verbatim bool
	noTotals bool
}

// WriterOption changes how a [Writer] works.
type WriterOption func(*writerOptions)

// WithDelimiters makes the writer use these delimiters. Without it, Write takes others than * ^ : ~ where the data
// holds one of these, and Begin takes these.
func WithDelimiters(d x12.Delimiters) WriterOption { return func(o *writerOptions) { o.delims = d } }

// WithNewline puts a LF behind each segment.
func WithNewline(on bool) WriterOption { return func(o *writerOptions) { o.newline = on } }

// WithTime sets the time of writing, for interchanges, groups and files without one of their own. The default is the time at
// which the Writer was made.
func WithTime(t time.Time) WriterOption { return func(o *writerOptions) { o.now = t } }

// WithoutEnvelope leaves out ISA, GS, GE and IEA.
func WithoutEnvelope() WriterOption { return func(o *writerOptions) { o.bare = true } }

// WithoutControlTotals makes Write fill in no control totals, for receivers that want none.
func WithoutControlTotals() WriterOption { return func(o *writerOptions) { o.noTotals = true } }

// Verbatim makes the writer write just what members and files say: nothing is filled in, nothing is missed and nothing
// counted. It is for members that were read, which need not be complete.
func Verbatim() WriterOption { return func(o *writerOptions) { o.verbatim = true } }

// NewWriter returns a Writer to w. Close must come last; it does not close w.
func NewWriter(w io.Writer, opts ...WriterOption) *Writer {
	wr := &Writer{opts: writerOptions{now: time.Now()}}
	for _, f := range opts {
		f(&wr.opts)
	}
	wr.x = x12.NewWriter(w, x12.WithNewline(wr.opts.newline))
	wr.set = ts834.NewWriter(wr.x)
	wr.env = care.Envelopes{W: wr.x, Now: wr.opts.now, Fixed: wr.opts.delims != (x12.Delimiters{}), Bare: wr.opts.bare}
	return wr
}

// counts are the members of a file as its control totals have them.
type counts struct{ dependents, employees int64 }

func (n *counts) add(m *Member) {
	if m.IsSubscriber() {
		n.employees++
	} else {
		n.dependents++
	}
}

// of returns the totals with their counts.
func (n *counts) of(t *ControlTotals) [3]struct {
	total *Amount
	count int64
} {
	return [3]struct {
		total *Amount
		count int64
	}{{&t.Dependents, n.dependents}, {&t.Employees, n.employees}, {&t.Total, n.dependents + n.employees}}
}

// check returns the finding for totals that are there and are not the counts.
func (n *counts) check(t *ControlTotals) error {
	for _, v := range n.of(t) {
		if v.total.Valid && !v.total.Decimal.Equal(decimal.NewFromInt(v.count)) {
			return &x12.Issue{Rule: RuleControlTotals, Severity: x12.Error, Level: 3, Loop: "HEADER", SegID: "QTY", Element: 2,
				Message: "a control total of the file is not the number of its members"}
		}
	}
	return nil
}

// Write writes a whole file. Where one of its members is not complete, stands in front of its subscriber or behind wrong
// control totals, nothing is written and others may follow.
func (w *Writer) Write(f *File) error {
	if w.err != nil {
		return w.err
	}
	header, err := w.complete(f)
	if err != nil {
		return err
	}
	members := f.Members
	if !w.opts.verbatim {
		if members, err = completeAll(header, f.Members); err != nil {
			return err
		}
		if !w.opts.noTotals {
			var n counts
			for i := range members {
				n.add(&members[i])
			}
			for _, v := range n.of(&header.ControlTotals) {
				if !v.total.Valid {
					*v.total = Count(v.count)
				}
			}
		}
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = care.ChooseDelimiters(f)
	}
	probe, err := w.probe(header, d)
	if err != nil {
		return err
	}
	for i := range members {
		wire, err := MemberToWire(&members[i], nil)
		if err != nil {
			return err
		}
		if err := probe.Member(wire); err != nil {
			return err
		}
	}
	if err := w.begin(header, d); err != nil {
		return err
	}
	for i := range members {
		if err := w.put(&members[i]); err != nil {
			return w.fail(err)
		}
	}
	if len(members) == 0 {
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	return w.endSet()
}

// completeAll completes the members of a file and looks at what only the whole file tells.
func completeAll(header *File, list []Member) ([]Member, error) {
	if len(list) == 0 {
		return nil, missing("File.Members", "2000")
	}
	out, open := make([]Member, len(list)), ""
	at := map[string]int{} // the first subscriber of each number
	var n counts
	for i := range list {
		m, err := completeMember(header, &list[i], open)
		if err != nil {
			return nil, err
		}
		out[i] = *m
		if n.add(m); m.IsSubscriber() {
			open = m.SubscriberID
			if _, known := at[open]; !known {
				at[open] = i
			}
		}
	}
	for i := range out {
		if first, known := at[out[i].SubscriberID]; known && i < first {
			return nil, &x12.Issue{Rule: RuleSubscriberFirst, Severity: x12.Error, Level: 3, Loop: "2000", SegID: "INS",
				Message: "a dependent stands in front of its subscriber"}
		}
	}
	return out, n.check(&header.ControlTotals)
}

// completeMember returns a member with what is filled in; open is the number of the subscriber in front of it.
func completeMember(header *File, m *Member, open string) (*Member, error) {
	if m.SubscriberID == "" && !m.IsSubscriber() {
		of := *m
		of.SubscriberID = open
		m = &of
	}
	return m.Complete(header)
}

// Begin starts a file: the members that follow are sent under its header. Members in f are not written. An [*x12.Issue]
// of [RuleRequired] names what is missing; then nothing has changed. A file without members is not written.
func (w *Writer) Begin(f *File) error {
	if w.err != nil {
		return w.err
	}
	header, err := w.complete(f)
	if err != nil {
		return err
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = x12.DefaultDelimiters
	}
	if _, err := w.probe(header, d); err != nil {
		return err
	}
	return w.begin(header, d)
}

// probe returns a writer to nowhere behind the header of a file, to find faults before anything is written.
func (w *Writer) probe(header *File, d x12.Delimiters) (*ts834.Writer, error) {
	set, err := ToWire(header, nil)
	if err != nil {
		return nil, err
	}
	x := x12.NewWriter(io.Discard)
	if err := x.BeginInterchange(&x12.Interchange{Delims: d}); err != nil {
		return nil, err
	}
	if err := x.BeginSet(&x12.Set{ID: "834", Control: "1"}); err != nil {
		return nil, err
	}
	probe := ts834.NewWriter(x)
	return probe, probe.Header(set)
}

// complete returns the header of a file.
func (w *Writer) complete(f *File) (*File, error) {
	header := *f
	header.Members = nil
	if w.opts.verbatim {
		return &header, w.env.Check(header.Envelope)
	}
	out, err := header.Complete()
	if err == nil {
		err = w.env.Check(header.Envelope)
	}
	return out, err
}

func (w *Writer) begin(header *File, d x12.Delimiters) error {
	if err := w.endSet(); err != nil {
		return err
	}
	w.header, w.delims, w.count, w.open = header, d, counts{}, ""
	return nil
}

// Member writes a member. What it need not say is filled in: see [Member.Complete]; a dependent without a SubscriberID gets
// that of the subscriber written last. An [*x12.Issue] of [RuleRequired] names what is missing, others a value that has
// no place in the guide or cannot be written; then nothing of the member was written, and others may follow.
func (w *Writer) Member(m *Member) error {
	if w.err != nil {
		return w.err
	}
	if w.header == nil {
		return fmt.Errorf("%w: a member before Begin", x12.ErrOrder)
	}
	if !w.opts.verbatim {
		full, err := completeMember(w.header, m, w.open)
		if err != nil {
			return err
		}
		m = full
	}
	return w.put(m)
}

// put writes a member as it is.
func (w *Writer) put(m *Member) error {
	wire, err := MemberToWire(m, nil)
	if err != nil {
		return err
	}
	if !w.inSet {
		probe, err := w.probe(w.header, w.delims)
		if err != nil {
			return w.fail(err)
		}
		if err := probe.Member(wire); err != nil {
			return err
		}
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	if err := w.set.Member(wire); err != nil {
		if issue := (*x12.Issue)(nil); errors.As(err, &issue) {
			return err
		}
		return w.fail(err)
	}
	if w.count.add(m); m.IsSubscriber() {
		w.open = m.SubscriberID
	}
	return nil
}

// beginSet starts a set with the header that Begin was given.
func (w *Writer) beginSet() error {
	f := *w.header
	clash := func(d x12.Delimiters) bool { return care.Clash(d, w.header) }
	if w.delims == x12.DefaultDelimiters {
		clash = func(x12.Delimiters) bool { return true } // what is to come may hold the others
	}
	if err := w.env.Open(f.Envelope, "BE", f.version(), w.delims, clash); err != nil {
		return err
	}
	f.ControlNumber = w.env.Sets.Next(f.ControlNumber, 4)
	if !w.opts.verbatim {
		f.fill(w.opts.now)
	}
	set, err := ToWire(&f, nil)
	if err != nil {
		return err
	}
	if err := w.set.Begin(set); err != nil {
		return err
	}
	w.inSet = true
	return nil
}

// version returns GS08.
func (f *File) version() string {
	version := f.Envelope.Group.Version
	or(&version, f.Guide)
	or(&version, ts834.X220A1.ID)
	return version
}

// fill gives a header what it need not say.
func (f *File) fill(now time.Time) {
	or(&f.Reference, f.ControlNumber)
	if f.Date.IsZero() {
		f.Date = x12.DateOf(now)
	}
	if f.Time.IsZero() {
		f.Time = x12.TimeOf(now).Short()
	}
}

// endSet ends the set that is open. Where its control totals are wrong it stays open, so that no reader takes it for a
// whole one.
func (w *Writer) endSet() error {
	if w.err != nil || !w.inSet {
		return w.err
	}
	if w.header != nil && !w.opts.verbatim {
		if err := w.count.check(&w.header.ControlTotals); err != nil {
			return w.fail(err)
		}
	}
	w.inSet = false
	return w.fail(w.set.End(new(ts834.BenefitEnrollment)))
}

// Step writes a step of a [Reader], changed or not, with all that the domain does not carry and, unless others were
// asked for, in the delimiters it came in. Nothing is filled in, missed or counted: control totals are those of the File.
// What belongs to no file is not written.
func (w *Writer) Step(ev *Event) error {
	if w.err != nil {
		return w.err
	}
	switch ev.Kind {
	case codec.Begin:
		return w.fail(w.stepBegin(ev))
	case codec.Unit:
		wire, err := MemberToWire(ev.Member, ev.WireMember)
		if err != nil {
			return w.fail(err)
		}
		return w.fail(w.set.Member(wire))
	case codec.End:
		w.inSet = false
		return w.fail(w.set.End(ev.Set))
	}
	return nil
}

func (w *Writer) stepBegin(ev *Event) error {
	if err := w.endSet(); err != nil {
		return err
	}
	header := *ev.File
	header.Members = nil
	set, err := ToWire(&header, ev.Set)
	if err != nil {
		return err
	}
	d := ev.Env.Interchange.Delims
	switch {
	case w.opts.delims != (x12.Delimiters{}):
		d = w.opts.delims
	case w.opts.bare && ev.Env.Interchange.Seq > 0: // without an ISA nothing tells them
		d = x12.DefaultDelimiters
	}
	if err := w.env.Open(header.Envelope, "BE", header.version(), d, func(d x12.Delimiters) bool { return care.Clash(d, set) }); err != nil {
		return err
	}
	set.ControlNumber = w.env.Sets.Next(set.ControlNumber, 4)
	w.header = nil // a Member needs a Begin first
	if err := w.set.Begin(set); err != nil {
		return err
	}
	w.inSet = true
	return nil
}

// Close ends the set, the group and the interchange that are open and writes what is left. After an error that was not only
// of one member it writes what there is, without ending anything, and returns that error; inside a file written by
// Step it is such an error.
func (w *Writer) Close() error {
	if w.err == nil && w.inSet && w.header == nil {
		w.err = fmt.Errorf("%w: Close inside a file", x12.ErrOrder)
	}
	_ = w.endSet() // its error is kept
	if w.err != nil {
		_ = w.x.Flush()
		return w.err
	}
	return w.fail(w.x.Close())
}

func (w *Writer) fail(err error) error {
	w.err = err
	return err
}

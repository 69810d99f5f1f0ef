package edi270

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleEnvelopeParties is an interchange to be written without a sender or a receiver.
const RuleEnvelopeParties = care.RuleEnvelopeParties

// mostInSet is how many persons the guide lets one set ask about in a batch.
const mostInSet = 99

// Writer writes inquiries with the levels, sets, groups and interchanges around them.
//
// Inquiries one after the other with the same source share a level 2000A, those with the same receiver under it a 2000B.
// A subscriber who is asked about has a level 2000C of its own; dependents of the same subscriber, one after the other, share
// one. A set is ended, and another begun with the same header, after 99 inquiries ([WithInquiriesPerSet]), and where Begin is
// called. Sets whose [Envelope] is the same go into one interchange and group.
//
// A program calls Begin and then Inquiry for each inquiry, or Write for a whole request, and Close at the end.
type Writer struct {
	x    *x12.Writer
	set  *ts270.Writer
	env  care.Envelopes
	opts writerOptions

	header  *Request // of the sets to come, nil before Begin
	delims  x12.Delimiters
	written int // sets with this header

	inSet     bool
	inquiries int // in the set

	source, receiver, subscriber []byte // as JSON: the levels that are open, nil = none
	text                         []byte // scratch

	probe *ts270.Writer // writes to nowhere, to find faults before anything is written
	err   error
}

type writerOptions struct {
	delims   x12.Delimiters
	newline  bool
	now      time.Time
	bare     bool
	verbatim bool
	perSet   int
}

// WriterOption changes how a [Writer] works.
type WriterOption func(*writerOptions)

// WithDelimiters makes the writer use these delimiters. Without it, Write takes others than * ^ : ~ where the data
// holds one of these, and Begin takes these.
func WithDelimiters(d x12.Delimiters) WriterOption { return func(o *writerOptions) { o.delims = d } }

// WithNewline puts a LF behind each segment.
func WithNewline(on bool) WriterOption { return func(o *writerOptions) { o.newline = on } }

// WithTime sets the time of writing, for interchanges, groups and requests without one of their own. The default is the
// time at which the Writer was made.
func WithTime(t time.Time) WriterOption { return func(o *writerOptions) { o.now = t } }

// WithoutEnvelope leaves out ISA, GS, GE and IEA.
func WithoutEnvelope() WriterOption { return func(o *writerOptions) { o.bare = true } }

// WithInquiriesPerSet sets the most inquiries of a set; 99 when it is not called or n is less than 1. Real-time
// connections take one.
func WithInquiriesPerSet(n int) WriterOption { return func(o *writerOptions) { o.perSet = n } }

// Verbatim makes the writer write just what inquiries and requests say: nothing is filled in and nothing is missed. It is
// for inquiries that were read, which need not be complete.
func Verbatim() WriterOption { return func(o *writerOptions) { o.verbatim = true } }

// NewWriter returns a Writer to w. Close must come last; it does not close w.
func NewWriter(w io.Writer, opts ...WriterOption) *Writer {
	wr := &Writer{opts: writerOptions{now: time.Now()}}
	for _, f := range opts {
		f(&wr.opts)
	}
	if wr.opts.perSet < 1 {
		wr.opts.perSet = mostInSet
	}
	wr.x = x12.NewWriter(w, x12.WithNewline(wr.opts.newline))
	wr.set = ts270.NewWriter(wr.x)
	wr.env = care.Envelopes{W: wr.x, Now: wr.opts.now, Fixed: wr.opts.delims != (x12.Delimiters{}), Bare: wr.opts.bare}
	return wr
}

// Write writes a whole request. Where one of its inquiries is not complete, or has a value that cannot be written, nothing
// is written and others may follow.
func (w *Writer) Write(r *Request) error {
	if w.err != nil {
		return w.err
	}
	if len(r.Inquiries) == 0 && !w.opts.verbatim {
		return missing("Request.Inquiries", "2000C")
	}
	for i := range r.Inquiries {
		if _, _, err := w.prepare(&r.Inquiries[i]); err != nil {
			return err
		}
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = care.ChooseDelimiters(r)
	}
	if err := w.begin(r, d); err != nil {
		return err
	}
	for i := range r.Inquiries {
		if err := w.Inquiry(&r.Inquiries[i]); err != nil {
			return w.fail(err)
		}
	}
	if len(r.Inquiries) == 0 {
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	return w.endSet()
}

// Begin starts a request: the inquiries that follow are sent under its header, in as many sets as they need. Inquiries in
// r are not written.
func (w *Writer) Begin(r *Request) error {
	if w.err != nil {
		return w.err
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = x12.DefaultDelimiters
	}
	return w.begin(r, d)
}

func (w *Writer) begin(r *Request, d x12.Delimiters) error {
	header := *r
	header.Inquiries = nil
	if !w.opts.verbatim {
		or(&header.Purpose, "13")
	}
	if err := w.env.Check(header.Envelope); err != nil {
		return err
	}
	if err := w.endSet(); err != nil {
		return err
	}
	w.header, w.delims, w.written, w.probe = &header, d, 0, nil
	return nil
}

// Inquiry writes an inquiry. What it need not say is filled in: see [Inquiry.Complete]. An [*x12.Issue] of [RuleRequired]
// names what is missing, others a value that has no place in the guide or cannot be written; then nothing of the inquiry
// was written, and others may follow.
func (w *Writer) Inquiry(q *Inquiry) error {
	if w.err != nil {
		return w.err
	}
	if w.header == nil {
		return fmt.Errorf("%w: an inquiry before Begin", x12.ErrOrder)
	}
	q, p, err := w.prepare(q)
	if err != nil {
		return err
	}
	if err := w.try(p); err != nil {
		return err
	}
	if w.inSet && w.inquiries >= w.opts.perSet {
		if err := w.endSet(); err != nil {
			return err
		}
	}
	if !w.inSet {
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	w.inquiries++
	return w.fail(w.place(q, p))
}

// prepare returns an inquiry with what is filled in, and its parts.
func (w *Writer) prepare(q *Inquiry) (*Inquiry, *Parts, error) {
	if !w.opts.verbatim {
		full, err := q.Complete()
		if err != nil {
			return nil, nil, err
		}
		q = full
	}
	p, err := ToWire(q, nil)
	if err != nil {
		return nil, nil, err
	}
	p.Source.Level.Child, p.Receiver.Level.Child, p.Subscriber.Level.Child = "1", "1", "0"
	if p.Dependent != nil {
		p.Subscriber.Level.Child, p.Dependent.Level.Child = "1", "0"
	}
	return q, p, nil
}

// try writes an inquiry to nowhere.
func (w *Writer) try(p *Parts) error {
	if w.probe == nil {
		x := x12.NewWriter(io.Discard)
		if err := x.BeginInterchange(&x12.Interchange{Delims: w.delims}); err != nil {
			return err
		}
		if err := x.BeginSet(&x12.Set{ID: "270", Control: "1"}); err != nil {
			return err
		}
		w.probe = ts270.NewWriter(x)
	}
	if err := w.probe.Header(new(ts270.EligibilityInquiry)); err != nil {
		return err
	}
	if err := w.probe.SourceLevel(p.Source); err != nil {
		return err
	}
	if err := w.probe.ReceiverLevel(p.Receiver); err != nil {
		return err
	}
	if err := w.probe.SubscriberLevel(p.Subscriber); err != nil {
		return err
	}
	if p.Dependent == nil {
		return nil
	}
	return w.probe.DependentLevel(p.Dependent)
}

// place writes an inquiry with the levels that are not open yet.
func (w *Writer) place(q *Inquiry, p *Parts) error {
	if w.changed(&w.source, q.Source.AppendJSON) {
		w.receiver, w.subscriber = nil, nil
		if err := w.set.SourceLevel(p.Source); err != nil {
			return err
		}
	}
	if w.changed(&w.receiver, q.Receiver.AppendJSON) {
		w.subscriber = nil
		if err := w.set.ReceiverLevel(p.Receiver); err != nil {
			return err
		}
	}
	if p.Dependent == nil {
		w.subscriber = nil
		return w.set.SubscriberLevel(p.Subscriber)
	}
	if w.changed(&w.subscriber, q.Subscriber.AppendJSON) {
		if err := w.set.SubscriberLevel(p.Subscriber); err != nil {
			return err
		}
	}
	return w.set.DependentLevel(p.Dependent)
}

// changed notes the level that is open and reports whether it is another than before.
func (w *Writer) changed(open *[]byte, text func([]byte) []byte) bool {
	w.text = text(w.text[:0])
	if *open != nil && bytes.Equal(*open, w.text) {
		return false
	}
	*open, w.text = w.text, *open
	return true
}

// beginSet starts a set with the header that Begin was given.
func (w *Writer) beginSet() error {
	r := *w.header
	or(&r.Guide, ts270.X279A1.ID)
	if w.written++; w.written > 1 {
		r.ControlNumber = ""
	}
	clash := func(d x12.Delimiters) bool { return care.Clash(d, w.header) }
	if w.delims == x12.DefaultDelimiters {
		clash = func(d x12.Delimiters) bool { return true } // what is to come may hold the others
	}
	version := r.Envelope.Group.Version
	or(&version, r.Guide)
	if err := w.env.Open(r.Envelope, ts270.X279A1.GS, version, w.delims, clash); err != nil {
		return err
	}
	r.ControlNumber = w.env.Sets.Next(r.ControlNumber, 4)
	if !w.opts.verbatim {
		r.fill(w.opts.now, w.written)
	}
	set, err := RequestToWire(&r, nil)
	if err != nil {
		return err
	}
	return w.open(set)
}

func (w *Writer) open(set *ts270.EligibilityInquiry) error {
	if err := w.set.Begin(set); err != nil {
		return err
	}
	w.inSet, w.inquiries = true, 0
	w.source, w.receiver, w.subscriber = nil, nil, nil
	return nil
}

// fill gives a header what it need not say. The sets of a request that needs several have different numbers.
func (r *Request) fill(now time.Time, n int) {
	if r.Reference == "" {
		r.Reference = r.ControlNumber
	} else if n > 1 {
		r.Reference += "-" + strconv.Itoa(n)
	}
	if r.Date.IsZero() {
		r.Date = x12.DateOf(now)
	}
	if r.Time.IsZero() {
		r.Time = x12.TimeOf(now).Short()
	}
}

// endSet ends the set that is open.
func (w *Writer) endSet() error {
	if w.err != nil || !w.inSet {
		return w.err
	}
	w.inSet = false
	return w.fail(w.set.End(new(ts270.EligibilityInquiry)))
}

// Step writes a step of a [Reader], changed or not, with all that the domain does not carry and, unless others were
// asked for, in the delimiters it came in. What belongs to no request is not written.
//
// Levels, HL numbers and sets are those that came, nothing is filled in and nothing is missed. Source and receiver are written
// where their level begins: change them at codec.Enter, in Source and Receiver of the event. A subscriber is written where its
// level stands: change it at codec.Enter in Subscriber of the event, or at its own codec.Unit in the inquiry.
func (w *Writer) Step(ev *Event) error {
	if w.err != nil {
		return w.err
	}
	switch ev.Kind {
	case codec.Begin:
		return w.fail(w.stepBegin(ev))
	case codec.Enter, codec.Unit:
		return w.fail(w.stepLevel(ev))
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
	set, err := RequestToWire(ev.Request, ev.Set)
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
	env := ev.Request.Envelope
	version := env.Group.Version
	or(&version, ev.Request.Guide)
	if err := w.env.Open(env, ts270.X279A1.GS, version, d, func(d x12.Delimiters) bool { return care.Clash(d, set) }); err != nil {
		return err
	}
	set.ControlNumber = w.env.Sets.Next(set.ControlNumber, 4)
	w.header = nil // an Inquiry needs a Begin first
	return w.open(set)
}

func (w *Writer) stepLevel(ev *Event) error {
	m := writing()
	switch ev.Loop {
	case "2000A":
		level := *ev.Parts.Source
		if mapSource(m, ev.Source, &level); m.Err != nil {
			return m.Err
		}
		return w.set.SourceLevel(&level)
	case "2000B":
		level := *ev.Parts.Receiver
		if mapReceiver(m, ev.Receiver, &level); m.Err != nil {
			return m.Err
		}
		return w.set.ReceiverLevel(&level)
	case "2000C":
		level, p := *ev.Parts.Subscriber, ev.Subscriber
		if ev.Inquiry != nil {
			p = &ev.Inquiry.Subscriber
			mapAsked(m, ev.Inquiry, &level.Traces, &level.Subscriber)
		}
		if mapPerson(m, p, &level.Subscriber); m.Err != nil {
			return m.Err
		}
		return w.set.SubscriberLevel(&level)
	case "2000D":
		level := *ev.Parts.Dependent
		mapDependent(m, ev.Inquiry.Dependent, &level.Dependent)
		if mapAsked(m, ev.Inquiry, &level.Traces, &level.Dependent); m.Err != nil {
			return m.Err
		}
		return w.set.DependentLevel(&level)
	}
	return nil
}

// Close ends the set, the group and the interchange that are open and writes what is left. After an error that was not only
// of one inquiry it writes what there is, without ending anything, and returns that error; inside a request written by
// Step it is such an error.
func (w *Writer) Close() error {
	if w.err == nil && w.inSet && w.header == nil {
		w.err = fmt.Errorf("%w: Close inside a request", x12.ErrOrder)
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

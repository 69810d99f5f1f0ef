package edi271

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleEnvelopeParties is an interchange to be written without a sender or a receiver.
const RuleEnvelopeParties = care.RuleEnvelopeParties

// mostInSet is how many persons the guide lets one set answer about in a batch.
const mostInSet = 99

// Writer writes responses with the levels, sets, groups and interchanges around them.
//
// Responses one after the other with the same source share a level 2000A, those with the same receiver under it a 2000B.
// A subscriber who is answered about has a level 2000C of its own; dependents of the same subscriber, one after the other, share
// one. A set is ended, and another begun with the same header, after 99 responses ([WithResponsesPerSet]), and where Begin is
// called. Sets whose [Envelope] is the same go into one interchange and group.
//
// A program calls Begin and then Response for each response, or Write for a whole reply, and Close at the end.
type Writer struct {
	x    *x12.Writer
	set  *ts271.Writer
	env  care.Envelopes
	opts writerOptions

	header  *Reply // of the sets to come, nil before Begin
	delims  x12.Delimiters
	written int // sets with this header

	inSet     bool
	responses int // in the set

	source, receiver, subscriber []byte // as JSON: the levels that are open, nil = none
	text                         []byte // scratch

	probe *ts271.Writer // writes to nowhere, to find faults before anything is written
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

// WithTime sets the time of writing, for interchanges, groups and replies without one of their own. The default is the
// time at which the Writer was made.
func WithTime(t time.Time) WriterOption { return func(o *writerOptions) { o.now = t } }

// WithoutEnvelope leaves out ISA, GS, GE and IEA.
func WithoutEnvelope() WriterOption { return func(o *writerOptions) { o.bare = true } }

// WithResponsesPerSet sets the most responses of a set; 99 when it is not called or n is less than 1. Real-time
// connections take one.
func WithResponsesPerSet(n int) WriterOption { return func(o *writerOptions) { o.perSet = n } }

// Verbatim makes the writer write just what responses and replies say: nothing is filled in and nothing is missed. It is
// for responses that were read, which need not be complete.
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
	wr.set = ts271.NewWriter(wr.x)
	wr.env = care.Envelopes{W: wr.x, Now: wr.opts.now, Fixed: wr.opts.delims != (x12.Delimiters{}), Bare: wr.opts.bare}
	return wr
}

// Write writes a whole reply. Where one of its responses is not complete, or has a value that cannot be written, nothing
// is written and others may follow.
func (w *Writer) Write(r *Reply) error {
	if w.err != nil {
		return w.err
	}
	if len(r.Responses) == 0 && !w.opts.verbatim {
		return missing("Reply.Responses", "2000C")
	}
	for i := range r.Responses {
		if _, _, err := w.prepare(&r.Responses[i]); err != nil {
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
	for i := range r.Responses {
		if err := w.Response(&r.Responses[i]); err != nil {
			return w.fail(err)
		}
	}
	if len(r.Responses) == 0 {
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	return w.endSet()
}

// Begin starts a reply: the responses that follow are sent under its header, in as many sets as they need. Responses in
// r are not written.
func (w *Writer) Begin(r *Reply) error {
	if w.err != nil {
		return w.err
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = x12.DefaultDelimiters
	}
	return w.begin(r, d)
}

func (w *Writer) begin(r *Reply, d x12.Delimiters) error {
	header := *r
	header.Responses = nil
	if !w.opts.verbatim {
		or(&header.Purpose, "11")
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

// Response writes a response. What it need not say is filled in: see [Response.Complete]. An [*x12.Issue] of [RuleRequired]
// names what is missing, others a value that has no place in the guide or cannot be written; then nothing of the response
// was written, and others may follow.
func (w *Writer) Response(q *Response) error {
	if w.err != nil {
		return w.err
	}
	if w.header == nil {
		return fmt.Errorf("%w: a response before Begin", x12.ErrOrder)
	}
	q, p, err := w.prepare(q)
	if err != nil {
		return err
	}
	if err := w.try(p); err != nil {
		return err
	}
	if w.inSet && w.responses >= w.opts.perSet {
		if err := w.endSet(); err != nil {
			return err
		}
	}
	if !w.inSet {
		if err := w.beginSet(); err != nil {
			return w.fail(err)
		}
	}
	w.responses++
	return w.fail(w.place(q, p))
}

// prepare returns a response with what is filled in, and its parts.
func (w *Writer) prepare(q *Response) (*Response, *Parts, error) {
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
	p.Source.Level.Child = hl04(p.Receiver != nil)
	if p.Receiver != nil {
		p.Receiver.Level.Child = hl04(p.Subscriber != nil)
	}
	if p.Subscriber != nil {
		p.Subscriber.Level.Child = hl04(p.Dependent != nil)
	}
	if p.Dependent != nil {
		p.Dependent.Level.Child = "0"
	}
	return q, p, nil
}

// hl04 returns HL04.
func hl04(below bool) string {
	if below {
		return "1"
	}
	return "0"
}

// try writes a response to nowhere.
func (w *Writer) try(p *Parts) error {
	if w.probe == nil {
		x := x12.NewWriter(io.Discard)
		if err := x.BeginInterchange(&x12.Interchange{Delims: w.delims}); err != nil {
			return err
		}
		if err := x.BeginSet(&x12.Set{ID: "271", Control: "1"}); err != nil {
			return err
		}
		w.probe = ts271.NewWriter(x)
	}
	if err := w.probe.Header(new(ts271.EligibilityResponse)); err != nil {
		return err
	}
	if err := w.probe.SourceLevel(p.Source); err != nil {
		return err
	}
	if p.Receiver != nil {
		if err := w.probe.ReceiverLevel(p.Receiver); err != nil {
			return err
		}
	}
	if p.Subscriber != nil {
		if err := w.probe.SubscriberLevel(p.Subscriber); err != nil {
			return err
		}
	}
	if p.Dependent == nil {
		return nil
	}
	return w.probe.DependentLevel(p.Dependent)
}

// place writes a response with the levels that are not open yet. A level below which nothing stands is never shared.
func (w *Writer) place(q *Response, p *Parts) error {
	if p.Receiver == nil {
		w.source, w.receiver, w.subscriber = nil, nil, nil
		return w.set.SourceLevel(p.Source)
	}
	if w.changed(&w.source, q.Source.AppendJSON) {
		w.receiver, w.subscriber = nil, nil
		if err := w.set.SourceLevel(p.Source); err != nil {
			return err
		}
	}
	if p.Subscriber == nil {
		w.receiver, w.subscriber = nil, nil
		return w.set.ReceiverLevel(p.Receiver)
	}
	if q.Receiver == nil {
		w.receiver = nil
	}
	if q.Receiver == nil || w.changed(&w.receiver, q.Receiver.AppendJSON) {
		w.subscriber = nil
		if err := w.set.ReceiverLevel(p.Receiver); err != nil {
			return err
		}
	}
	if p.Dependent == nil {
		w.subscriber = nil
		return w.set.SubscriberLevel(p.Subscriber)
	}
	if q.Subscriber == nil {
		w.subscriber = nil
	}
	if q.Subscriber == nil || w.changed(&w.subscriber, q.Subscriber.AppendJSON) {
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
	or(&r.Guide, ts271.X279A1.ID)
	if w.written++; w.written > 1 {
		r.ControlNumber = ""
	}
	clash := func(d x12.Delimiters) bool { return care.Clash(d, w.header) }
	if w.delims == x12.DefaultDelimiters {
		clash = func(d x12.Delimiters) bool { return true } // what is to come may hold the others
	}
	version := r.Envelope.Group.Version
	or(&version, r.Guide)
	if err := w.env.Open(r.Envelope, ts271.X279A1.GS, version, w.delims, clash); err != nil {
		return err
	}
	r.ControlNumber = w.env.Sets.Next(r.ControlNumber, 4)
	if !w.opts.verbatim {
		r.fill(w.opts.now)
	}
	set, err := ReplyToWire(&r, nil)
	if err != nil {
		return err
	}
	return w.open(set)
}

func (w *Writer) open(set *ts271.EligibilityResponse) error {
	if err := w.set.Begin(set); err != nil {
		return err
	}
	w.inSet, w.responses = true, 0
	w.source, w.receiver, w.subscriber = nil, nil, nil
	return nil
}

// fill gives a header what it need not say.
func (r *Reply) fill(now time.Time) {
	or(&r.Reference, r.ControlNumber)
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
	return w.fail(w.set.End(new(ts271.EligibilityResponse)))
}

// Step writes a step of a [Reader], changed or not, with all that the domain does not carry and, unless others were
// asked for, in the delimiters it came in. What belongs to no reply is not written.
//
// Levels, HL numbers and sets are those that came, nothing is filled in and nothing is missed. Source and receiver are written
// where their level begins: change them at codec.Enter, in Source and Receiver of the event. A subscriber is written where its
// level stands: change it at codec.Enter in Subscriber of the event, or at its own codec.Unit in the response.
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
	set, err := ReplyToWire(ev.Reply, ev.Set)
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
	env := ev.Reply.Envelope
	version := env.Group.Version
	or(&version, ev.Reply.Guide)
	if err := w.env.Open(env, ts271.X279A1.GS, version, d, func(d x12.Delimiters) bool { return care.Clash(d, set) }); err != nil {
		return err
	}
	set.ControlNumber = w.env.Sets.Next(set.ControlNumber, 4)
	w.header = nil // a Response needs a Begin first
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
		if ev.Response != nil {
			p = ev.Response.Subscriber
			mapAnswer(m, ev.Response, &level.Traces, &level.Subscriber)
		}
		if mapPerson(m, p, &level.Subscriber); m.Err != nil {
			return m.Err
		}
		return w.set.SubscriberLevel(&level)
	case "2000D":
		level := *ev.Parts.Dependent
		mapDependent(m, ev.Response.Dependent, &level.Dependent)
		if mapAnswer(m, ev.Response, &level.Traces, &level.Dependent); m.Err != nil {
			return m.Err
		}
		return w.set.DependentLevel(&level)
	}
	return nil
}

// Close ends the set, the group and the interchange that are open and writes what is left. After an error that was not only
// of one response it writes what there is, without ending anything, and returns that error; inside a reply written by
// Step it is such an error.
func (w *Writer) Close() error {
	if w.err == nil && w.inSet && w.header == nil {
		w.err = fmt.Errorf("%w: Close inside a reply", x12.ErrOrder)
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

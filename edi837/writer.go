package edi837

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// RuleEnvelopeParties is an interchange to be written without a sender or a receiver.
const RuleEnvelopeParties = care.RuleEnvelopeParties

// What the guides allow at most.
const (
	mostInSet   = 5000 // claims of a set, which a receiver may agree to exceed
	mostInLevel = 100  // claims of one patient, one after the other
)

// Writer writes claims with the levels, sets, groups and interchanges around them.
//
// Claims one after the other with the same billing provider share a level 2000A, those with the same subscriber and payer
// under it a 2000B, those with the same patient a 2000C, at most 100 in a row. A subscriber's own claims and those of
// its dependents stand under levels of their own, for a claim tells what its 2000B holds and the writer does not look ahead:
// HL04 of a 2000B is 1 exactly where a 2000C follows. A set is ended, and another begun with the same header, after 5,000
// claims ([WithClaimsPerSet]), where the kind changes, and where Begin is called. Sets whose [Envelope] is the same go
// into one interchange, those of one kind into one group.
//
// A program calls Begin and then Claim for each claim, or Write for a whole submission, and Close at the end.
type Writer struct {
	x    *x12.Writer
	set  *ts837.Writer
	env  care.Envelopes
	opts writerOptions

	header  *Submission // of the sets to come, nil before Begin
	delims  x12.Delimiters
	written int // sets with this header

	inSet  bool
	kind   Kind
	claims int // in the set

	billing, subscriber, patient []byte // as JSON: the levels that are open, nil = none
	inLevel                      int    // claims in the innermost one
	text                         []byte // scratch

	probe *ts837.Writer // writes to nowhere, to find faults before anything is written
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

// WithTime sets the time of writing, for interchanges, groups and submissions without one of their own. The default is the
// time at which the Writer was made.
func WithTime(t time.Time) WriterOption { return func(o *writerOptions) { o.now = t } }

// WithoutEnvelope leaves out ISA, GS, GE and IEA.
func WithoutEnvelope() WriterOption { return func(o *writerOptions) { o.bare = true } }

// WithClaimsPerSet sets the most claims of a set; 5,000 when it is not called or n is less than 1.
func WithClaimsPerSet(n int) WriterOption { return func(o *writerOptions) { o.perSet = n } }

// Verbatim makes the writer write just what claims and submissions say: nothing is filled in and nothing is missed. It is
// for claims that were read, which need not be complete.
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
	wr.set = ts837.NewWriter(wr.x)
	wr.env = care.Envelopes{W: wr.x, Now: wr.opts.now, Fixed: wr.opts.delims != (x12.Delimiters{}), Bare: wr.opts.bare}
	return wr
}

// Write writes a whole submission. Where one of its claims is not complete, or has a value that cannot be written, nothing is
// written and others may follow.
func (w *Writer) Write(s *Submission) error {
	if w.err != nil {
		return w.err
	}
	if len(s.Claims) == 0 && !(w.opts.verbatim && s.Kind() != "") {
		return missing("Submission.Claims", "2300")
	}
	for i := range s.Claims {
		if _, _, err := w.prepare(&s.Claims[i]); err != nil {
			return err
		}
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = care.ChooseDelimiters(s)
	}
	if err := w.begin(s, d); err != nil {
		return err
	}
	for i := range s.Claims {
		if err := w.Claim(&s.Claims[i]); err != nil {
			return w.fail(err)
		}
	}
	if len(s.Claims) == 0 {
		if err := w.beginSet(s.Kind()); err != nil {
			return w.fail(err)
		}
	}
	return w.endSet()
}

// Begin starts a submission: the claims that follow are sent under its header, in as many sets as they need. Claims in s
// are not written. An [*x12.Issue] of [RuleRequired] names what is missing; then nothing has changed.
func (w *Writer) Begin(s *Submission) error {
	if w.err != nil {
		return w.err
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = x12.DefaultDelimiters
	}
	return w.begin(s, d)
}

func (w *Writer) begin(s *Submission, d x12.Delimiters) error {
	header := *s
	header.Claims = nil
	if !w.opts.verbatim {
		c, err := header.Complete()
		if err != nil {
			return err
		}
		header = *c
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

// Claim writes a claim. What it need not say is filled in: see [Claim.Complete]. An [*x12.Issue] of [RuleRequired] names
// what is missing, others a value that has no place in the guide of the kind or cannot be written; then nothing of the
// claim was written, and others may follow.
func (w *Writer) Claim(c *Claim) error {
	if w.err != nil {
		return w.err
	}
	if w.header == nil {
		return fmt.Errorf("%w: a claim before Begin", x12.ErrOrder)
	}
	c, p, err := w.prepare(c)
	if err != nil {
		return err
	}
	if err := w.try(c, p); err != nil {
		return err
	}
	if w.inSet && (w.kind != c.Kind || w.claims >= w.opts.perSet) {
		if err := w.endSet(); err != nil {
			return err
		}
	}
	if !w.inSet {
		if err := w.beginSet(c.Kind); err != nil {
			return w.fail(err)
		}
	}
	w.claims++
	return w.fail(w.place(c, p))
}

// prepare returns a claim with what is filled in, and its parts.
func (w *Writer) prepare(c *Claim) (*Claim, *Parts, error) {
	if w.opts.verbatim {
		of := *c
		if of.Kind = c.KindOrPart(); of.Kind.Guide() == "" {
			return nil, nil, missing("Claim.Kind", "")
		}
		c = &of
	} else {
		full, err := c.Complete()
		if err != nil {
			return nil, nil, err
		}
		c = full
	}
	p, err := ToWire(c, nil)
	if err != nil {
		return nil, nil, err
	}
	p.Billing.Level.Child, p.Subscriber.Level.Child = "1", "0"
	if p.Patient != nil {
		p.Subscriber.Level.Child, p.Patient.Level.Child = "1", "0"
	}
	return c, p, nil
}

// try writes a claim to nowhere.
func (w *Writer) try(c *Claim, p *Parts) error {
	if w.probe == nil {
		x := x12.NewWriter(io.Discard)
		if err := x.BeginInterchange(&x12.Interchange{Delims: w.delims}); err != nil {
			return err
		}
		if err := x.BeginSet(&x12.Set{ID: "837", Control: "1"}); err != nil {
			return err
		}
		w.probe = ts837.NewWriter(x)
	}
	if err := w.probe.Header(&ts837.HealthCareClaim{Guide: c.Kind.Guide()}); err != nil {
		return err
	}
	if err := w.probe.BillingLevel(p.Billing); err != nil {
		return err
	}
	if err := w.probe.SubscriberLevel(p.Subscriber); err != nil {
		return err
	}
	if p.Patient != nil {
		if err := w.probe.PatientLevel(p.Patient); err != nil {
			return err
		}
	}
	return w.probe.Claim(p.Claim)
}

// place writes a claim with the levels that are not open yet.
func (w *Writer) place(c *Claim, p *Parts) error {
	if w.changed(&w.billing, c.BillingProvider.AppendJSON) {
		w.subscriber, w.patient, w.inLevel = nil, nil, 0
		if err := w.set.BillingLevel(p.Billing); err != nil {
			return err
		}
	}
	full := w.inLevel >= mostInLevel
	if full {
		w.subscriber = nil
	}
	level := func(b []byte) []byte {
		b = append(b, p.Subscriber.Level.Child...)
		return c.Payer.AppendJSON(c.Subscriber.AppendJSON(b))
	}
	if w.changed(&w.subscriber, level) {
		w.patient, w.inLevel = nil, 0
		if err := w.set.SubscriberLevel(p.Subscriber); err != nil {
			return err
		}
	}
	if p.Patient != nil && w.changed(&w.patient, c.Patient.AppendJSON) {
		w.inLevel = 0
		if err := w.set.PatientLevel(p.Patient); err != nil {
			return err
		}
	}
	w.inLevel++
	return w.set.Claim(p.Claim)
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
func (w *Writer) beginSet(k Kind) error {
	s := *w.header
	if KindOf(s.Guide) != k || s.Guide == "" {
		s.Guide = k.Guide()
	}
	if k != KindOf(s.Envelope.Group.Version) {
		s.Envelope.Group.Version = ""
	}
	if w.written++; w.written > 1 {
		s.ControlNumber = ""
	}
	clash := func(d x12.Delimiters) bool { return care.Clash(d, w.header) }
	if w.delims == x12.DefaultDelimiters {
		clash = func(d x12.Delimiters) bool { return true } // what is to come may hold the others
	}
	if err := w.env.Open(s.Envelope, "HC", either(s.Envelope.Group.Version, s.Guide), w.delims, clash); err != nil {
		return err
	}
	s.ControlNumber = w.env.Sets.Next(s.ControlNumber, 4)
	if !w.opts.verbatim {
		s.fill(w.opts.now, w.written)
	}
	set, err := SubmissionToWire(&s, nil)
	if err != nil {
		return err
	}
	return w.open(set, k)
}

func (w *Writer) open(set *ts837.HealthCareClaim, k Kind) error {
	if err := w.set.Begin(set); err != nil {
		return err
	}
	w.inSet, w.kind, w.claims = true, k, 0
	w.billing, w.subscriber, w.patient, w.inLevel = nil, nil, nil, 0
	return nil
}

// fill gives a header what it need not say. The sets of a submission that needs several have different numbers.
func (s *Submission) fill(now time.Time, n int) {
	if s.Reference == "" {
		s.Reference = s.ControlNumber
	} else if n > 1 {
		s.Reference += "-" + strconv.Itoa(n)
	}
	if s.Date.IsZero() {
		s.Date = x12.DateOf(now)
	}
	if s.Time.IsZero() {
		s.Time = x12.TimeOf(now).Short()
	}
}

// endSet ends the set that is open.
func (w *Writer) endSet() error {
	if w.err != nil || !w.inSet {
		return w.err
	}
	w.inSet = false
	return w.fail(w.set.End(&ts837.HealthCareClaim{Guide: w.kind.Guide()}))
}

// Step writes a step of a [Reader], changed or not, with all that the domain does not carry and, unless others were
// asked for, in the delimiters it came in. What belongs to no submission is not written.
//
// Levels, HL numbers and sets are those that came, nothing is filled in and nothing is missed. A party is written where
// its level begins: change it at codec.Enter, in BillingProvider, Subscriber, Payer and Patient of the event; those of a
// claim are not looked at.
func (w *Writer) Step(ev *Event) error {
	if w.err != nil {
		return w.err
	}
	switch ev.Kind {
	case codec.Begin:
		return w.fail(w.stepBegin(ev))
	case codec.Enter:
		return w.fail(w.stepLevel(ev))
	case codec.Unit:
		m, claim := &mapper{out: true, kind: KindOf(ev.Set.Guide)}, *ev.Parts.Claim
		if mapClaim(m, ev.Claim, &claim); m.err != nil {
			return w.fail(m.err)
		}
		return w.fail(w.set.Claim(&claim))
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
	set, err := SubmissionToWire(ev.Submission, ev.Set)
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
	env := ev.Submission.Envelope
	if err := w.env.Open(env, "HC", either(env.Group.Version, ev.Submission.Guide), d, func(d x12.Delimiters) bool { return care.Clash(d, set) }); err != nil {
		return err
	}
	set.ControlNumber = w.env.Sets.Next(set.ControlNumber, 4)
	w.header = nil // a Claim needs a Begin first
	return w.open(set, KindOf(ev.Set.Guide))
}

func (w *Writer) stepLevel(ev *Event) error {
	m := &mapper{out: true, kind: KindOf(ev.Set.Guide)}
	switch ev.Loop {
	case "2000A":
		level := *ev.Parts.Billing
		if mapBilling(m, ev.BillingProvider, &level); m.err != nil {
			return m.err
		}
		return w.set.BillingLevel(&level)
	case "2000B":
		level := *ev.Parts.Subscriber
		mapSubscriber(m, ev.Subscriber, &level)
		if mapPayer(m, ev.Payer, &level.Payer); m.err != nil {
			return m.err
		}
		return w.set.SubscriberLevel(&level)
	case "2000C":
		level := *ev.Parts.Patient
		if mapPatient(m, ev.Patient, &level); m.err != nil {
			return m.err
		}
		return w.set.PatientLevel(&level)
	}
	return nil
}

// Close ends the set, the group and the interchange that are open and writes what is left. After an error that was not only
// of one claim it writes what there is, without ending anything, and returns that error; inside a submission written by
// Step it is such an error.
func (w *Writer) Close() error {
	if w.err == nil && w.inSet && w.header == nil {
		w.err = fmt.Errorf("%w: Close inside a submission", x12.ErrOrder)
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

package edi837

import (
	"io"
	"iter"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// EnvelopeOf returns the interchange and group of a place in a stream; zero where there is none.
func EnvelopeOf(env codec.Env) Envelope { return care.EnvelopeOf(env) }

// Event is one step of a [Reader]. Submission and Claim are the caller's; the rest is valid until the next step.
type Event struct {
	Kind       codec.Kind
	Env        codec.Env   // where in the stream
	Submission *Submission // without its claims
	Loop       string      // 2000A, 2000B or 2000C for codec.Enter, else empty
	Number     int64       // ordinal of the claim in its set, 1 = first

	// What is open, each nil before the first. At codec.Enter the one that was entered is just read.
	BillingProvider *BillingProvider
	Subscriber      *Subscriber
	Payer           *Payer // with Subscriber
	Patient         *Patient

	Claim *Claim // just read; for codec.Unit only

	// What these were made of, with the parts that the domain does not carry; see [Writer.Step].
	Set   *ts837.HealthCareClaim
	Parts Parts

	Other *x12.Segment // a segment of a set that is no 837
}

// Reader reads claims from a stream of interchanges, one by one and in constant memory, or whole submissions. The three
// kinds may come mixed. Sets that are no 837 are passed over.
type Reader struct {
	s     *codec.Stream
	level *ts837.Decoder
	unit  *ts837.Decoder
	ev    Event
	env   Envelope
	claim ts837.Claim // as it came
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{
		s:     codec.Apply(opts).Stream(r, ts837.X222A1, ts837.X223A2, ts837.X224A2),
		level: ts837.NewDecoder(true), unit: ts837.NewDecoder(true),
	}
}

// Next returns the next step, io.EOF at the end. An error is fatal to the stream: of the underlying reader, or an
// [*x12.Issue].
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	ev := &r.ev
	ev.Kind, ev.Other, ev.Claim, ev.Loop, ev.Parts.Claim = e.Kind, e.Seg, nil, "", nil
	if e.Kind == codec.Other {
		ev.Env = r.s.Env()
		return ev, nil
	}
	ev.Number = e.Tape.Units
	switch e.Kind {
	case codec.Begin:
		if e.Tape.Interchange != ev.Env.Interchange || e.Tape.Group != ev.Env.Group {
			r.env = EnvelopeOf(e.Tape.Env)
		}
		*ev = Event{Kind: e.Kind, Set: new(ts837.HealthCareClaim)}
		r.level.Header(e.Tape, ev.Set)
		ev.Submission = SubmissionFromWire(ev.Set)
		ev.Submission.Envelope = r.env
	case codec.Enter:
		r.enter(e.Tape)
	case codec.Unit:
		r.unit.Recycle() // the texts stay, they are copies
		r.claim, ev.Parts.Claim = ts837.Claim{}, &r.claim
		r.unit.Claim(e.Tape, ev.Parts.Claim)
		r.take(e.Tape)
	case codec.Trailer, codec.End:
		r.level.Trailer(e.Tape, ev.Set)
	}
	ev.Env = e.Tape.Env
	return ev, nil
}

// enter reads a level.
func (r *Reader) enter(t *codec.Tape) {
	ev, m := &r.ev, &mapper{kind: KindOf(r.ev.Set.Guide)}
	ev.Loop = t.Table.Loops[t.Scope.Loop].ID
	switch t.Table.Loops[t.Scope.Loop].Type {
	case "BillingLevel":
		ev.Parts = Parts{Billing: new(ts837.BillingLevel)}
		ev.Subscriber, ev.Payer, ev.Patient = nil, nil, nil
		r.level.BillingLevel(t, ev.Parts.Billing)
		ev.BillingProvider = new(BillingProvider)
		mapBilling(m, ev.BillingProvider, ev.Parts.Billing)
	case "SubscriberLevel":
		ev.Parts.Subscriber, ev.Parts.Patient = new(ts837.SubscriberLevel), nil
		ev.Patient = nil
		r.level.SubscriberLevel(t, ev.Parts.Subscriber)
		ev.Subscriber, ev.Payer = new(Subscriber), new(Payer)
		mapSubscriber(m, ev.Subscriber, ev.Parts.Subscriber)
		mapPayer(m, ev.Payer, &ev.Parts.Subscriber.Payer)
	case "PatientLevel":
		ev.Parts.Patient = new(ts837.PatientLevel)
		r.level.PatientLevel(t, ev.Parts.Patient)
		ev.Patient = new(Patient)
		mapPatient(m, ev.Patient, ev.Parts.Patient)
	}
}

// take makes the claim of what is open.
func (r *Reader) take(t *codec.Tape) {
	ev := &r.ev
	c := &Claim{Kind: KindOf(ev.Set.Guide)}
	if ev.BillingProvider != nil {
		c.BillingProvider = *ev.BillingProvider
	}
	if ev.Subscriber != nil {
		c.Subscriber, c.Payer = *ev.Subscriber, *ev.Payer
	}
	around := t.Table.Loops[t.Table.Loops[t.Scope.Loop].Parent].Type
	if ev.Patient != nil && around == "PatientLevel" {
		c.Patient = new(Patient)
		*c.Patient = *ev.Patient
	}
	mapClaim(&mapper{kind: c.Kind}, c, ev.Parts.Claim)
	ev.Claim = c
}

// Claims iterates over the claims of all submissions. [Reader.Submission] says what a claim belongs to. A claim owns its
// memory, but for the lists of the parties above it (their contacts and further numbers), which it shares with those
// under the same level. Its texts share one copy of the claim's segments with those of its neighbours, so keep a copy of a
// text rather than the text where little of many claims is kept (strings.Clone). An error ends the iteration.
func (r *Reader) Claims() iter.Seq2[*Claim, error] {
	return func(yield func(*Claim, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Kind == codec.Unit && !yield(ev.Claim, nil) {
				return
			}
		}
	}
}

// Submission returns what the claim read last belongs to, without the claims. It is nil before the first.
func (r *Reader) Submission() *Submission { return r.ev.Submission }

// Submissions iterates over whole submissions. One is held in memory at a time; one over the limit SetBytes is a Fatal
// issue. An error ends the iteration.
func (r *Reader) Submissions() iter.Seq2[*Submission, error] {
	return func(yield func(*Submission, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err == nil {
				err = r.s.CheckSetSize()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			switch ev.Kind {
			case codec.Unit:
				ev.Submission.Claims = append(ev.Submission.Claims, *ev.Claim)
			case codec.End:
				if !yield(ev.Submission, nil) {
					return
				}
			}
		}
	}
}

// Submissions iterates over the whole submissions of a stream; see [Reader.Submissions].
func Submissions(r io.Reader, opts ...codec.Option) iter.Seq2[*Submission, error] {
	return NewReader(r, opts...).Submissions()
}

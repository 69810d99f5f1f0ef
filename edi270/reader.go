package edi270

import (
	"io"
	"iter"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// EnvelopeOf returns the interchange and group of a place in a stream; zero where there is none.
func EnvelopeOf(env codec.Env) Envelope { return care.EnvelopeOf(env) }

// Event is one step of a [Reader]. Request and Inquiry are the caller's; the rest is valid until the next step.
type Event struct {
	// Kind is codec.Unit at an inquiry. A level 2000C that asks nothing itself is a codec.Enter; see [Asks].
	Kind    codec.Kind
	Env     codec.Env // where in the stream
	Request *Request  // without its inquiries
	Loop    string    // 2000A, 2000B, 2000C or 2000D for codec.Enter and codec.Unit, else empty
	Number  int64     // ordinal of the inquiry in its set, 1 = first

	// What is open, each nil before the first. At codec.Enter the one that was entered is just read.
	Source     *Source
	Receiver   *Receiver
	Subscriber *Person

	Inquiry *Inquiry // just read; for codec.Unit only

	// What these were made of, with the parts that the domain does not carry; see [Writer.Step].
	Set   *ts270.EligibilityInquiry
	Parts Parts

	Other *x12.Segment // a segment of a set that is no 270
}

// Reader reads inquiries from a stream of interchanges, one by one and in constant memory, or whole requests. Sets that are
// no 270 are passed over.
type Reader struct {
	s   *codec.Stream
	dec *ts270.Decoder
	ev  Event
	env Envelope
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{s: codec.Apply(opts).Stream(r, ts270.X279A1), dec: ts270.NewDecoder(true)}
}

// Next returns the next step, io.EOF at the end. An error is fatal to the stream: of the underlying reader, or an
// [*x12.Issue].
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	ev := &r.ev
	ev.Kind, ev.Other, ev.Inquiry, ev.Loop = e.Kind, e.Seg, nil, ""
	if e.Kind == codec.Other {
		ev.Env = r.s.Env()
		return ev, nil
	}
	switch e.Kind {
	case codec.Begin:
		if e.Tape.Interchange != ev.Env.Interchange || e.Tape.Group != ev.Env.Group {
			r.env = EnvelopeOf(e.Tape.Env)
		}
		*ev = Event{Kind: e.Kind, Set: new(ts270.EligibilityInquiry)}
		r.dec.Header(e.Tape, ev.Set)
		ev.Request = RequestFromWire(ev.Set)
		ev.Request.Envelope = r.env
	case codec.Enter, codec.Unit:
		r.level(e.Tape)
	case codec.Trailer, codec.End:
		r.dec.Trailer(e.Tape, ev.Set)
	}
	ev.Env = e.Tape.Env
	return ev, nil
}

// level reads a level.
func (r *Reader) level(t *codec.Tape) {
	ev, m := &r.ev, reading()
	ev.Loop = t.Table.Loops[t.Scope.Loop].ID
	switch ev.Loop {
	case "2000A":
		ev.Parts = Parts{Source: new(ts270.SourceLevel)}
		ev.Receiver, ev.Subscriber = nil, nil
		r.dec.SourceLevel(t, ev.Parts.Source)
		ev.Source = new(Source)
		mapSource(m, ev.Source, ev.Parts.Source)
	case "2000B":
		ev.Parts = Parts{Source: ev.Parts.Source, Receiver: new(ts270.ReceiverLevel)}
		ev.Subscriber = nil
		r.dec.ReceiverLevel(t, ev.Parts.Receiver)
		ev.Receiver = new(Receiver)
		mapReceiver(m, ev.Receiver, ev.Parts.Receiver)
	case "2000C":
		v := new(ts270.SubscriberLevel)
		ev.Parts.Subscriber, ev.Parts.Dependent = v, nil
		r.dec.SubscriberLevel(t, v)
		ev.Subscriber = new(Person)
		mapPerson(m, ev.Subscriber, &v.Subscriber)
		if ev.Kind = codec.Enter; Asks(v) {
			r.take(nil)
			mapAsked(m, ev.Inquiry, &v.Traces, &v.Subscriber)
		}
	case "2000D":
		v := new(ts270.DependentLevel)
		ev.Parts.Dependent = v
		r.dec.DependentLevel(t, v)
		r.take(new(Person))
		mapPerson(m, ev.Inquiry.Dependent, &v.Dependent)
		mapAsked(m, ev.Inquiry, &v.Traces, &v.Dependent)
	}
}

// take makes the inquiry of what is open.
func (r *Reader) take(dependent *Person) {
	ev := &r.ev
	q := &Inquiry{Dependent: dependent}
	if ev.Source != nil {
		q.Source = *ev.Source
	}
	if ev.Receiver != nil {
		q.Receiver = *ev.Receiver
	}
	if ev.Subscriber != nil {
		q.Subscriber = *ev.Subscriber
	}
	ev.Kind, ev.Inquiry = codec.Unit, q
	ev.Number++
}

// Inquiries iterates over the inquiries of all requests. [Reader.Request] says what an inquiry belongs to. An inquiry owns
// its memory, but for the lists of those above it (references, dates), which it shares with others under the same level.
// An error ends the iteration.
func (r *Reader) Inquiries() iter.Seq2[*Inquiry, error] {
	return func(yield func(*Inquiry, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Kind == codec.Unit && !yield(ev.Inquiry, nil) {
				return
			}
		}
	}
}

// Request returns what the inquiry read last belongs to, without the inquiries. It is nil before the first.
func (r *Reader) Request() *Request { return r.ev.Request }

// Requests iterates over whole requests. One is held in memory at a time; one over the limit SetBytes is a Fatal issue.
// An error ends the iteration.
func (r *Reader) Requests() iter.Seq2[*Request, error] {
	return func(yield func(*Request, error) bool) {
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
				ev.Request.Inquiries = append(ev.Request.Inquiries, *ev.Inquiry)
			case codec.End:
				if !yield(ev.Request, nil) {
					return
				}
			}
		}
	}
}

// Requests iterates over the whole requests of a stream; see [Reader.Requests].
func Requests(r io.Reader, opts ...codec.Option) iter.Seq2[*Request, error] {
	return NewReader(r, opts...).Requests()
}

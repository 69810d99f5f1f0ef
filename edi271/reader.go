package edi271

import (
	"io"
	"iter"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// EnvelopeOf returns the interchange and group of a place in a stream; zero where there is none.
func EnvelopeOf(env codec.Env) Envelope { return care.EnvelopeOf(env) }

// Event is one step of a [Reader]. Reply and Response are the caller's; the rest is valid until the next step.
type Event struct {
	// Kind is codec.Unit at the response about a person. A level 2000C that is no answer itself is a codec.Enter; see
	// [Answers].
	Kind   codec.Kind
	Env    codec.Env // where in the stream
	Reply  *Reply    // without its responses
	Loop   string    // 2000A, 2000B, 2000C or 2000D for codec.Enter and codec.Unit, else empty
	Number int64     // ordinal of the response in its set, 1 = first

	// What is open, each nil before the first. At codec.Enter the one that was entered is just read.
	Source     *Source
	Receiver   *Receiver
	Subscriber *Person

	// Just read. For codec.Unit, and for codec.Enter of a source or receiver below whom nothing stands.
	Response *Response

	// What these were made of, with the parts that the domain does not carry; see [Writer.Step].
	Set   *ts271.EligibilityResponse
	Parts Parts

	Other *x12.Segment // a segment of a set that is no 271
}

// Reader reads responses from a stream of interchanges, one by one and in constant memory, or whole replies. Sets that are
// no 271 are passed over.
type Reader struct {
	s   *codec.Stream
	dec *ts271.Decoder
	ev  Event
	env Envelope

	ahead    codec.Event // behind a source or receiver, to see whether anything stands below
	aheadErr error
	peeked   bool
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{s: codec.Apply(opts).Stream(r, ts271.X279A1), dec: ts271.NewDecoder(true)}
}

func (r *Reader) step() (codec.Event, error) {
	if r.peeked {
		r.peeked = false
		return r.ahead, r.aheadErr
	}
	return r.s.Next()
}

// Next returns the next step, io.EOF at the end. An error is fatal to the stream: of the underlying reader, or an
// [*x12.Issue].
func (r *Reader) Next() (*Event, error) {
	e, err := r.step()
	if err != nil {
		return nil, err
	}
	ev := &r.ev
	ev.Kind, ev.Other, ev.Response, ev.Loop = e.Kind, e.Seg, nil, ""
	if e.Kind == codec.Other {
		ev.Env = r.s.Env()
		return ev, nil
	}
	switch e.Kind {
	case codec.Begin:
		if e.Tape.Interchange != ev.Env.Interchange || e.Tape.Group != ev.Env.Group {
			r.env = EnvelopeOf(e.Tape.Env)
		}
		*ev = Event{Kind: e.Kind, Set: new(ts271.EligibilityResponse)}
		r.dec.Header(e.Tape, ev.Set)
		ev.Reply = ReplyFromWire(ev.Set)
		ev.Reply.Envelope = r.env
	case codec.Enter, codec.Unit:
		r.level(e.Tape)
		return ev, nil
	case codec.Trailer, codec.End:
		r.dec.Trailer(e.Tape, ev.Set)
	}
	ev.Env = e.Tape.Env
	return ev, nil
}

// level reads a level.
func (r *Reader) level(t *codec.Tape) {
	ev, m := &r.ev, reading()
	ev.Env = t.Env
	ev.Loop = t.Table.Loops[t.Scope.Loop].ID
	switch ev.Loop {
	case "2000A":
		ev.Parts = Parts{Source: new(ts271.SourceLevel)}
		ev.Receiver, ev.Subscriber = nil, nil
		r.dec.SourceLevel(t, ev.Parts.Source)
		ev.Source = new(Source)
		mapSource(m, ev.Source, ev.Parts.Source)
		if !r.below("2000B", "2000C", "2000D") {
			r.take()
		}
	case "2000B":
		ev.Parts = Parts{Source: ev.Parts.Source, Receiver: new(ts271.ReceiverLevel)}
		ev.Subscriber = nil
		r.dec.ReceiverLevel(t, ev.Parts.Receiver)
		ev.Receiver = new(Receiver)
		mapReceiver(m, ev.Receiver, ev.Parts.Receiver)
		if !r.below("2000C", "2000D") {
			r.take()
		}
	case "2000C":
		v := new(ts271.SubscriberLevel)
		ev.Parts.Subscriber, ev.Parts.Dependent = v, nil
		r.dec.SubscriberLevel(t, v)
		ev.Subscriber = new(Person)
		mapPerson(m, ev.Subscriber, &v.Subscriber)
		if ev.Kind = codec.Enter; Answers(v) {
			ev.Kind = codec.Unit
			r.take()
			mapAnswer(m, ev.Response, &v.Traces, &v.Subscriber)
			ev.Subscriber.Rejections = nil
		}
	case "2000D":
		v := new(ts271.DependentLevel)
		ev.Parts.Dependent = v
		r.dec.DependentLevel(t, v)
		r.take()
		ev.Response.Dependent = new(Person)
		mapPerson(m, ev.Response.Dependent, &v.Dependent)
		mapAnswer(m, ev.Response, &v.Traces, &v.Dependent)
	}
}

// below reports whether the next step is one of these loops. What was read is kept; the tape of the step before is not.
func (r *Reader) below(loops ...string) bool {
	r.ahead, r.aheadErr = r.s.Next()
	r.peeked = true
	if r.aheadErr != nil || r.ahead.Kind != codec.Enter && r.ahead.Kind != codec.Unit {
		return false
	}
	t := r.ahead.Tape
	id := t.Table.Loops[t.Scope.Loop].ID
	for _, l := range loops {
		if l == id {
			return true
		}
	}
	return false
}

// take makes the response of what is open.
func (r *Reader) take() {
	ev := &r.ev
	out := new(Response)
	if ev.Source != nil {
		out.Source = *ev.Source
	}
	if ev.Receiver != nil {
		v := *ev.Receiver
		out.Receiver = &v
	}
	if ev.Subscriber != nil {
		v := *ev.Subscriber
		out.Subscriber = &v
	}
	ev.Response = out
	ev.Number++
}

// Responses iterates over the responses of all replies. [Reader.Reply] says what a response belongs to. A response owns its
// memory, but for the lists of those above it (references, contacts), which it shares with others under the same level.
// An error ends the iteration.
func (r *Reader) Responses() iter.Seq2[*Response, error] {
	return func(yield func(*Response, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Response != nil && !yield(ev.Response, nil) {
				return
			}
		}
	}
}

// Reply returns what the response read last belongs to, without the responses. It is nil before the first.
func (r *Reader) Reply() *Reply { return r.ev.Reply }

// Replies iterates over whole replies. One is held in memory at a time; one over the limit SetBytes is a Fatal issue.
// An error ends the iteration.
func (r *Reader) Replies() iter.Seq2[*Reply, error] {
	return func(yield func(*Reply, error) bool) {
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
			if ev.Response != nil {
				ev.Reply.Responses = append(ev.Reply.Responses, *ev.Response)
			}
			if ev.Kind == codec.End && !yield(ev.Reply, nil) {
				return
			}
		}
	}
}

// Replies iterates over the whole replies of a stream; see [Reader.Replies].
func Replies(r io.Reader, opts ...codec.Option) iter.Seq2[*Reply, error] {
	return NewReader(r, opts...).Replies()
}

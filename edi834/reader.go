package edi834

import (
	"io"
	"iter"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Event is one step of a [Reader]. File, Member and Subscriber are the caller's; the rest is valid until the next step.
type Event struct {
	Kind   codec.Kind
	Env    codec.Env // where in the stream
	File   *File     // without its members
	Member *Member   // just read; for codec.Unit only
	// Of the member; the member itself when it is one, nil where only the number is known. See [Linker].
	Subscriber *Member
	Number     int64 // ordinal of the member in its set, 1 = first

	// What File and Member were made of, with the parts that the domain does not carry; see [Writer.Step].
	Set        *ts834.BenefitEnrollment
	WireMember *ts834.Member

	Other *x12.Segment // a segment of a set that is no 834
}

// Reader reads enrollment files from a stream of interchanges, member by member and in constant memory, or whole. Sets that
// are no 834 are passed over.
type Reader struct {
	s      *codec.Stream
	header *ts834.Decoder
	unit   *ts834.Decoder
	ev     Event
	env    Envelope
	member ts834.Member // as it came
	link   Linker
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{s: codec.Apply(opts).Stream(r, ts834.X220A1), header: ts834.NewDecoder(true), unit: ts834.NewDecoder(true)}
}

// Next returns the next step, io.EOF at the end. An error is fatal to the stream: of the underlying reader, or an
// [*x12.Issue].
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	ev := &r.ev
	ev.Kind, ev.Other, ev.Member, ev.Subscriber, ev.WireMember = e.Kind, e.Seg, nil, nil, nil
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
		*ev = Event{Kind: e.Kind, Set: new(ts834.BenefitEnrollment)}
		r.header.Header(e.Tape, ev.Set)
		ev.File = FromWire(ev.Set)
		ev.File.Envelope = r.env
		r.link = Linker{}
	case codec.Unit:
		r.unit.Recycle() // the texts stay, they are copies
		r.member, ev.WireMember = ts834.Member{}, &r.member
		r.unit.Member(e.Tape, ev.WireMember)
		ev.Member = MemberFromWire(ev.WireMember)
		ev.Subscriber = r.link.Link(ev.Member)
	case codec.Trailer, codec.End:
		r.header.Trailer(e.Tape, ev.Set)
	}
	ev.Env = e.Tape.Env
	return ev, nil
}

// Members iterates over the members of all files. [Reader.File] and [Reader.Subscriber] say what a member belongs to. A
// member owns its memory: its texts share one copy of the member's segments with those of its neighbours, so keep a copy
// of a text rather than the text where little of many members is kept (strings.Clone). An error ends the iteration.
func (r *Reader) Members() iter.Seq2[*Member, error] {
	return func(yield func(*Member, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Kind == codec.Unit && !yield(ev.Member, nil) {
				return
			}
		}
	}
}

// File returns what the member read last belongs to, without the members. It is nil before the first.
func (r *Reader) File() *File { return r.ev.File }

// Subscriber returns the subscriber of the member read last: that member itself when it is one, nil for a dependent whose
// subscriber is not the last one before it in the file. See [Linker].
func (r *Reader) Subscriber() *Member { return r.ev.Subscriber }

// Files iterates over whole files. One is held in memory at a time; one over the limit SetBytes is a Fatal issue. An
// error ends the iteration.
func (r *Reader) Files() iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
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
				ev.File.Members = append(ev.File.Members, *ev.Member)
			case codec.End:
				if !yield(ev.File, nil) {
					return
				}
			}
		}
	}
}

// Files iterates over the whole files of a stream; see [Reader.Files].
func Files(r io.Reader, opts ...codec.Option) iter.Seq2[*File, error] {
	return NewReader(r, opts...).Files()
}

package ack

import (
	"io"
	"iter"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// Acknowledgment is one of the kinds of answers: one field is not nil.
type Acknowledgment struct {
	TA1        *TA1
	Functional *FunctionalAck // of a 999 or 997
	Claims     *ClaimReport   // of a 277 claim acknowledgment
	// Env is where in the stream it ended.
	Env codec.Env
}

// Event is one step of a [Reader]. What it points to is the caller's; Env and Other are valid until the next step.
type Event struct {
	// Kind is codec.Unit at a set acknowledged by a 999 or 997, or a patient of a 277; codec.Other at a TA1.
	Kind codec.Kind
	Env  codec.Env // where in the stream

	TA1 *TA1 // just read, also where [ParseTA1] does not hold all of it

	// The 999 or 997 that is open, without its sets; its Result is there from codec.End on.
	Functional *FunctionalAck
	Set        *SetAck // just read

	// The 277 claim acknowledgment that is open, without its levels, and the levels that are open, each nil before the first.
	Report   *ClaimReport
	Source   *Source
	Receiver *Receiver
	Provider *Provider
	Patient  *PatientAck // just read

	Other *x12.Segment // a segment of a set that is no acknowledgment, or one outside sets
}

// Reader reads acknowledgments from a stream of interchanges, part by part and in constant memory, or whole ones. Other sets
// are passed over.
type Reader struct {
	s  *codec.Stream
	ev Event

	d999 *ts999.Decoder
	d997 *ts997.Decoder
	d277 *ts277ca.Decoder

	v999 ts999.ImplementationAcknowledgment // of the open set: its trailer
	v997 ts997.FunctionalAcknowledgment
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{
		s:    codec.Apply(opts).Stream(r, ts999.X231A1, ts997.X230, ts277ca.X214),
		d999: ts999.NewDecoder(true), d997: ts997.NewDecoder(true), d277: ts277ca.NewDecoder(true),
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
	if e.Kind == codec.Other {
		*ev = Event{Kind: e.Kind, Env: r.s.Env(), Other: e.Seg}
		if ev.Env.Set == nil && e.Seg.ID == idTA1 {
			v, _ := ParseTA1(e.Seg)
			ev.TA1 = &v
		}
		return ev, nil
	}
	t := e.Tape
	if e.Kind == codec.Begin {
		*ev = Event{}
	}
	ev.Kind, ev.Env, ev.Other, ev.TA1, ev.Set, ev.Patient = e.Kind, t.Env, nil, nil, nil, nil
	switch t.Table {
	case ts999.X231A1:
		r.step999(e.Kind, t)
	case ts997.X230:
		r.step997(e.Kind, t)
	default:
		r.step277(e.Kind, t)
	}
	return ev, nil
}

func (r *Reader) step999(kind codec.Kind, t *codec.Tape) {
	ev := &r.ev
	switch kind {
	case codec.Begin:
		r.v999 = ts999.ImplementationAcknowledgment{}
		r.d999.Header(t, &r.v999)
		ev.Functional = FunctionalFrom999(&r.v999)
		ev.Functional.Envelope = care.EnvelopeOf(t.Env)
	case codec.Unit:
		var v ts999.SetResponse
		r.d999.SetResponse(t, &v)
		ev.Set = SetFrom999(&v)
	case codec.Trailer, codec.End:
		r.d999.Trailer(t, &r.v999)
		ev.Functional.Result = FunctionalFrom999(&r.v999).Result
	}
}

func (r *Reader) step997(kind codec.Kind, t *codec.Tape) {
	ev := &r.ev
	switch kind {
	case codec.Begin:
		r.v997 = ts997.FunctionalAcknowledgment{}
		r.d997.Header(t, &r.v997)
		ev.Functional = FunctionalFrom997(&r.v997)
		ev.Functional.Envelope = care.EnvelopeOf(t.Env)
	case codec.Unit:
		var v ts997.SetResponse
		r.d997.SetResponse(t, &v)
		ev.Set = SetFrom997(&v)
	case codec.Trailer, codec.End:
		r.d997.Trailer(t, &r.v997)
		ev.Functional.Result = FunctionalFrom997(&r.v997).Result
	}
}

func (r *Reader) step277(kind codec.Kind, t *codec.Tape) {
	ev := &r.ev
	switch kind {
	case codec.Begin:
		var v ts277ca.ClaimAcknowledgment
		r.d277.Header(t, &v)
		ev.Report = ReportFromWire(&v)
		ev.Report.Envelope = care.EnvelopeOf(t.Env)
	case codec.Enter, codec.Unit:
		switch t.Table.Loops[t.Scope.Loop].ID {
		case "2000A":
			var v ts277ca.SourceLevel
			r.d277.SourceLevel(t, &v)
			ev.Source, ev.Receiver, ev.Provider = SourceFromWire(&v), nil, nil
		case "2000B":
			var v ts277ca.ReceiverLevel
			r.d277.ReceiverLevel(t, &v)
			ev.Receiver, ev.Provider = ReceiverFromWire(&v), nil
		case "2000C":
			var v ts277ca.ProviderLevel
			r.d277.ProviderLevel(t, &v)
			ev.Provider = ProviderFromWire(&v)
		default:
			var v ts277ca.PatientLevel
			r.d277.PatientLevel(t, &v)
			ev.Patient = PatientFromWire(&v)
		}
	}
}

// Claims iterates over the claims of all 277 claim acknowledgments, one patient in memory at a time. [Reader.At] says what a
// claim stands under. An error ends the iteration.
func (r *Reader) Claims() iter.Seq2[*ClaimAck, error] {
	return func(yield func(*ClaimAck, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Patient == nil {
				continue
			}
			for i := range ev.Patient.Claims {
				if !yield(&ev.Patient.Claims[i], nil) {
					return
				}
			}
		}
	}
}

// At returns the step last read: what a claim of [Reader.Claims] stands under.
func (r *Reader) At() *Event { return &r.ev }

// Acknowledgments iterates over whole acknowledgments. One is held in memory at a time; one over the limit SetBytes is a Fatal
// issue. An error ends the iteration.
func (r *Reader) Acknowledgments() iter.Seq2[*Acknowledgment, error] {
	return func(yield func(*Acknowledgment, error) bool) {
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
			if ev.TA1 != nil && !yield(&Acknowledgment{TA1: ev.TA1, Env: ev.Env}, nil) {
				return
			}
			ev.collect()
			if ev.Kind == codec.End && !yield(&Acknowledgment{Functional: ev.Functional, Claims: ev.Report, Env: ev.Env}, nil) {
				return
			}
		}
	}
}

// collect puts what was just read into what it belongs to.
func (ev *Event) collect() {
	if ev.Set != nil {
		ev.Functional.Sets = append(ev.Functional.Sets, *ev.Set)
	}
	if ev.Kind != codec.Enter && ev.Kind != codec.Unit || ev.Report == nil {
		return
	}
	sources := &ev.Report.Sources
	switch {
	case ev.Patient != nil:
		p := last(&last(&last(sources).Receivers).Providers)
		p.Patients = append(p.Patients, *ev.Patient)
	case ev.Provider != nil:
		l := &last(&last(sources).Receivers).Providers
		*l = append(*l, *ev.Provider)
	case ev.Receiver != nil:
		l := &last(sources).Receivers
		*l = append(*l, *ev.Receiver)
	default:
		*sources = append(*sources, *ev.Source)
	}
}

// last returns the last of a list. A level that is missing in the input is there empty.
func last[T any](list *[]T) *T {
	if len(*list) == 0 {
		*list = make([]T, 1)
	}
	return &(*list)[len(*list)-1]
}

// Acknowledgments iterates over the whole acknowledgments of a stream; see [Reader.Acknowledgments].
func Acknowledgments(r io.Reader, opts ...codec.Option) iter.Seq2[*Acknowledgment, error] {
	return NewReader(r, opts...).Acknowledgments()
}

package edi835

import (
	"io"
	"iter"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Event is one step of a [Reader]. Remittance, Group and Claim are the caller's; the rest is valid until the next step.
type Event struct {
	Kind       codec.Kind
	Env        codec.Env   // where in the stream
	Remittance *Remittance // its groups have no claims; from codec.End on it has its provider adjustments
	Group      *ClaimGroup // open; nil before the first
	Claim      *Claim      // just read; for codec.Unit only
	Number     int64       // ordinal of the claim in its set, 1 = first

	// What the three were made of, with the parts that the domain does not carry; see [Writer.Step].
	Set          *ts835.RemittanceAdvice
	HeaderGroup  *ts835.HeaderGroup
	ClaimPayment *ts835.ClaimPayment

	Other *x12.Segment // a segment of a set that is no 835
}

// Reader reads remittances from a stream of interchanges, claim by claim and in constant memory, or whole. Sets that are no
// 835 are passed over.
type Reader struct {
	s      *codec.Stream
	header *ts835.Decoder
	unit   *ts835.Decoder
	ev     Event
	env    Envelope
	claim  ts835.ClaimPayment // as it came
	totals RemittanceTotals
}

// NewReader returns a Reader on r. Findings go to the sink of [codec.WithSink]; without one they are dropped.
// [codec.WithReuse] has no effect: what a Reader hands out is the caller's.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return &Reader{s: codec.Apply(opts).Stream(r, ts835.X221A1), header: ts835.NewDecoder(true), unit: ts835.NewDecoder(true)}
}

// Next returns the next step, io.EOF at the end. An error is fatal to the stream: of the underlying reader, or an
// [*x12.Issue].
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	ev := &r.ev
	ev.Kind, ev.Other, ev.Claim = e.Kind, e.Seg, nil
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
		*ev = Event{Kind: e.Kind, Set: new(ts835.RemittanceAdvice)}
		r.header.Header(e.Tape, ev.Set)
		ev.Remittance = FromWire(ev.Set)
		ev.Remittance.Envelope = r.env
		r.totals = RemittanceTotals{}
	case codec.Enter:
		ev.HeaderGroup = new(ts835.HeaderGroup)
		r.header.HeaderGroup(e.Tape, ev.HeaderGroup)
		ev.Group = GroupFromWire(ev.HeaderGroup)
	case codec.Unit:
		r.unit.Recycle() // the texts stay, they are copies
		r.claim, ev.ClaimPayment = ts835.ClaimPayment{}, &r.claim
		r.unit.ClaimPayment(e.Tape, ev.ClaimPayment)
		ev.Claim = ClaimFromWire(ev.ClaimPayment)
		r.totals.AddClaim(ev.Claim)
	case codec.Trailer, codec.End:
		known := len(ev.Remittance.ProviderAdjustments)
		r.header.Trailer(e.Tape, ev.Set)
		new(mapper).trailer(ev.Remittance, ev.Set)
		r.totals.AddProviderAdjustments(ev.Remittance.ProviderAdjustments[known:]...)
	}
	ev.Env = e.Tape.Env
	return ev, nil
}

// Claims iterates over the claims of all remittances. [Reader.Remittance] and [Reader.Group] say what a claim belongs to.
// A claim owns its memory: its texts share one copy of the claim's segments with those of its neighbours, so keep a
// copy of a text rather than the text where little of many claims is kept (strings.Clone). An error ends the iteration.
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

// Remittance returns what the claim read last belongs to: payment, trace, payer, payee, without the claims. Its provider
// adjustments stand behind the last claim and are there once that was passed. It is nil before the first.
func (r *Reader) Remittance() *Remittance { return r.ev.Remittance }

// Group returns the claim group of the claim read last, without the claims.
func (r *Reader) Group() *ClaimGroup { return r.ev.Group }

// Totals returns the sums of the current remittance so far.
func (r *Reader) Totals() RemittanceTotals { return r.totals }

// Remittances iterates over whole remittances. One is held in memory at a time; one over the limit SetBytes is a Fatal
// issue. An error ends the iteration.
func (r *Reader) Remittances() iter.Seq2[*Remittance, error] {
	return func(yield func(*Remittance, error) bool) {
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
			switch rem := ev.Remittance; ev.Kind {
			case codec.Enter:
				rem.Groups = append(rem.Groups, *ev.Group)
			case codec.Unit:
				g := &rem.Groups[len(rem.Groups)-1]
				g.Claims = append(g.Claims, *ev.Claim)
			case codec.End:
				if !yield(rem, nil) {
					return
				}
			}
		}
	}
}

package cli

import (
	"fmt"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// eligibilityLevels are the levels of the 270 and the 271 at layer domain: each holds of an inquiry or answer what is its own,
// and what stands below it. A subscriber with dependents is asked about, or answered for, only if it says so.
func eligibilityLevels() *shapeLevel {
	dependent := &shapeLevel{typ: typeDependentLevel, array: "dependents", name: "dependent", unit: true}
	subscriber := &shapeLevel{typ: typeSubscriberLevel, array: "subscribers", name: "subscriber", below: []*shapeLevel{dependent}}
	receiver := &shapeLevel{typ: typeReceiverLevel, array: "receivers", name: "receiver", below: []*shapeLevel{subscriber}}
	return levelsIn(&shapeLevel{typ: typeSourceLevel, array: "sources", name: "source", below: []*shapeLevel{receiver}})
}

// nothing is the trailer of a set that has none.
func nothing[S any](_ *S, b []byte) []byte { return append(b, '{', '}') }

// domainPart is one part of a set at layer domain: wire is the generated struct, domain says it in the words of the business.
func domainPart[D, W, V, R any](decode func(*D, *codec.Tape, *V), toDomain func(*V) *R, appendJSON func(*R, []byte) []byte,
	toWire func(*R) (*V, error), level func(*V) *codec.Level, write func(*W, *V) error) wirePart[D, W] {
	return wirePart[D, W]{
		decode: func(d *D, t *codec.Tape, b []byte) []byte {
			v := new(V)
			decode(d, t, v)
			return appendJSON(toDomain(v), b)
		},
		encode: func(w *W, text []byte, more bool) error {
			r := new(R)
			if err := codec.Unmarshal(text, r); err != nil {
				return err
			}
			v, err := toWire(r)
			if err != nil {
				return err
			}
			if v == nil {
				return &x12.Issue{Rule: ruleJSONShape, Severity: x12.Error, Message: fmt.Sprintf("a level without what it is about: expected the members of %T", v)}
			}
			if level != nil {
				below(level(v), more)
			}
			return write(w, v)
		},
	}
}

// domain271 is the shape of the 271 at layer domain: the types of edi271, level by level.
func domain271() *shape {
	toWire := func(r *edi271.Response) (*edi271.Parts, error) { return edi271.ToWire(r, nil) }
	p := &guideParts[ts271.Decoder, ts271.Writer, ts271.EligibilityResponse]{
		table: ts271.X279A1, member: "reply",
		decoder: ts271.NewDecoder, writer: ts271.NewWriter, recycle: (*ts271.Decoder).Recycle,
		set: domainPart((*ts271.Decoder).Header, edi271.ReplyFromWire, (*edi271.Reply).AppendJSON,
			func(r *edi271.Reply) (*ts271.EligibilityResponse, error) { return edi271.ReplyToWire(r, nil) }, nil, (*ts271.Writer).Header),
		loops: map[string]wirePart[ts271.Decoder, ts271.Writer]{
			typeSourceLevel: domainPart((*ts271.Decoder).SourceLevel,
				func(v *ts271.SourceLevel) *edi271.Response { return edi271.FromWire(edi271.Parts{Source: v}) }, (*edi271.Response).AppendJSON,
				func(r *edi271.Response) (*ts271.SourceLevel, error) {
					p, err := toWire(r)
					if err != nil {
						return nil, err
					}
					return p.Source, nil
				}, func(v *ts271.SourceLevel) *codec.Level { return &v.Level }, (*ts271.Writer).SourceLevel),
			typeReceiverLevel: domainPart((*ts271.Decoder).ReceiverLevel,
				func(v *ts271.ReceiverLevel) *edi271.Response { return edi271.FromWire(edi271.Parts{Receiver: v}) }, (*edi271.Response).AppendJSON,
				func(r *edi271.Response) (*ts271.ReceiverLevel, error) {
					p, err := toWire(r)
					if err != nil {
						return nil, err
					}
					return p.Receiver, nil
				}, func(v *ts271.ReceiverLevel) *codec.Level { return &v.Level }, (*ts271.Writer).ReceiverLevel),
			typeSubscriberLevel: domainPart((*ts271.Decoder).SubscriberLevel,
				func(v *ts271.SubscriberLevel) *edi271.Response {
					return edi271.FromWire(edi271.Parts{Subscriber: v})
				}, (*edi271.Response).AppendJSON,
				func(r *edi271.Response) (*ts271.SubscriberLevel, error) {
					p, err := toWire(r)
					if err != nil {
						return nil, err
					}
					return p.Subscriber, nil
				}, func(v *ts271.SubscriberLevel) *codec.Level { return &v.Level }, (*ts271.Writer).SubscriberLevel),
			typeDependentLevel: domainPart((*ts271.Decoder).DependentLevel,
				func(v *ts271.DependentLevel) *edi271.Response { return edi271.FromWire(edi271.Parts{Dependent: v}) }, (*edi271.Response).AppendJSON,
				func(r *edi271.Response) (*ts271.DependentLevel, error) {
					p, err := toWire(r)
					if err != nil {
						return nil, err
					}
					return p.Dependent, nil
				}, nil, (*ts271.Writer).DependentLevel),
		},
		trailer: (*ts271.Decoder).Trailer, tail: nothing[ts271.EligibilityResponse], writeTail: (*ts271.Writer).Trailer,
	}
	s := p.shape()
	s.root = eligibilityLevels()
	return s
}

// domain270 is the shape of the 270 at layer domain: the types of edi270, level by level.
func domain270() *shape {
	toWire := func(q *edi270.Inquiry) (*edi270.Parts, error) { return edi270.ToWire(q, nil) }
	p := &guideParts[ts270.Decoder, ts270.Writer, ts270.EligibilityInquiry]{
		table: ts270.X279A1, member: "request",
		decoder: ts270.NewDecoder, writer: ts270.NewWriter, recycle: (*ts270.Decoder).Recycle,
		set: domainPart((*ts270.Decoder).Header, edi270.RequestFromWire, (*edi270.Request).AppendJSON,
			func(r *edi270.Request) (*ts270.EligibilityInquiry, error) { return edi270.RequestToWire(r, nil) }, nil, (*ts270.Writer).Header),
		loops: map[string]wirePart[ts270.Decoder, ts270.Writer]{
			typeSourceLevel: domainPart((*ts270.Decoder).SourceLevel,
				func(v *ts270.SourceLevel) *edi270.Inquiry { return edi270.FromWire(edi270.Parts{Source: v}) }, (*edi270.Inquiry).AppendJSON,
				func(q *edi270.Inquiry) (*ts270.SourceLevel, error) {
					p, err := toWire(q)
					if err != nil {
						return nil, err
					}
					return p.Source, nil
				}, func(v *ts270.SourceLevel) *codec.Level { return &v.Level }, (*ts270.Writer).SourceLevel),
			typeReceiverLevel: domainPart((*ts270.Decoder).ReceiverLevel,
				func(v *ts270.ReceiverLevel) *edi270.Inquiry { return edi270.FromWire(edi270.Parts{Receiver: v}) }, (*edi270.Inquiry).AppendJSON,
				func(q *edi270.Inquiry) (*ts270.ReceiverLevel, error) {
					p, err := toWire(q)
					if err != nil {
						return nil, err
					}
					return p.Receiver, nil
				}, func(v *ts270.ReceiverLevel) *codec.Level { return &v.Level }, (*ts270.Writer).ReceiverLevel),
			typeSubscriberLevel: domainPart((*ts270.Decoder).SubscriberLevel,
				func(v *ts270.SubscriberLevel) *edi270.Inquiry {
					return edi270.FromWire(edi270.Parts{Subscriber: v})
				}, (*edi270.Inquiry).AppendJSON,
				func(q *edi270.Inquiry) (*ts270.SubscriberLevel, error) {
					p, err := toWire(q)
					if err != nil {
						return nil, err
					}
					return p.Subscriber, nil
				}, func(v *ts270.SubscriberLevel) *codec.Level { return &v.Level }, (*ts270.Writer).SubscriberLevel),
			typeDependentLevel: domainPart((*ts270.Decoder).DependentLevel,
				func(v *ts270.DependentLevel) *edi270.Inquiry { return edi270.FromWire(edi270.Parts{Dependent: v}) }, (*edi270.Inquiry).AppendJSON,
				func(q *edi270.Inquiry) (*ts270.DependentLevel, error) {
					p, err := toWire(q)
					if err != nil {
						return nil, err
					}
					return p.Dependent, nil
				}, nil, (*ts270.Writer).DependentLevel),
		},
		trailer: (*ts270.Decoder).Trailer, tail: nothing[ts270.EligibilityInquiry], writeTail: (*ts270.Writer).Trailer,
	}
	s := p.shape()
	s.root = eligibilityLevels()
	return s
}

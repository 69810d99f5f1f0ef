package cli

import (
	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
)

// onItsOwn leaves out the base of what a domain makes: JSON has none.
func onItsOwn[R, V any](toWire func(*R, *V) (*V, error)) func(*R) (*V, error) {
	return func(r *R) (*V, error) { return toWire(r, nil) }
}

// result appends the trailer of a 999 or 997: what became of the group.
func result(a *ack.FunctionalAck, b []byte) []byte {
	if a.Result.IsZero() {
		return append(b, '{', '}')
	}
	b = append(b, `{"result":`...)
	return append(a.Result.AppendJSON(b), '}')
}

// setAcks are the levels of a 999 or 997 at layer domain.
func setAcks() *shapeLevel {
	return levelsIn(&shapeLevel{typ: typeSetResponse, array: "sets", name: "acknowledgedSet", unit: true})
}

// domain999 is the shape of the 999 at layer domain: ack.FunctionalAck.
func domain999() *shape {
	p := &guideParts[ts999.Decoder, ts999.Writer, ts999.ImplementationAcknowledgment]{
		table: ts999.X231A1, member: "acknowledgment",
		decoder: ts999.NewDecoder, writer: ts999.NewWriter, recycle: (*ts999.Decoder).Recycle,
		set: domainPart((*ts999.Decoder).Header, ack.FunctionalFrom999, (*ack.FunctionalAck).AppendJSON, onItsOwn(ack.FunctionalTo999), nil, (*ts999.Writer).Header),
		loops: map[string]wirePart[ts999.Decoder, ts999.Writer]{
			typeSetResponse: domainPart((*ts999.Decoder).SetResponse, ack.SetFrom999, (*ack.SetAck).AppendJSON, onItsOwn(ack.SetTo999), nil, (*ts999.Writer).SetResponse),
		},
		trailer: (*ts999.Decoder).Trailer,
		tail: func(v *ts999.ImplementationAcknowledgment, b []byte) []byte {
			return result(ack.FunctionalFrom999(v), b)
		},
		readTail: func(text []byte) (*ts999.ImplementationAcknowledgment, error) {
			return tailOf(text, ack.FunctionalTo999)
		},
		writeTail: (*ts999.Writer).Trailer,
	}
	s := p.shape()
	s.root = setAcks()
	return s
}

// domain997 is the shape of the 997 at layer domain: ack.FunctionalAck.
func domain997() *shape {
	p := &guideParts[ts997.Decoder, ts997.Writer, ts997.FunctionalAcknowledgment]{
		table: ts997.X230, member: "acknowledgment",
		decoder: ts997.NewDecoder, writer: ts997.NewWriter, recycle: (*ts997.Decoder).Recycle,
		set: domainPart((*ts997.Decoder).Header, ack.FunctionalFrom997, (*ack.FunctionalAck).AppendJSON, onItsOwn(ack.FunctionalTo997), nil, (*ts997.Writer).Header),
		loops: map[string]wirePart[ts997.Decoder, ts997.Writer]{
			typeSetResponse: domainPart((*ts997.Decoder).SetResponse, ack.SetFrom997, (*ack.SetAck).AppendJSON, onItsOwn(ack.SetTo997), nil, (*ts997.Writer).SetResponse),
		},
		trailer: (*ts997.Decoder).Trailer,
		tail:    func(v *ts997.FunctionalAcknowledgment, b []byte) []byte { return result(ack.FunctionalFrom997(v), b) },
		readTail: func(text []byte) (*ts997.FunctionalAcknowledgment, error) {
			return tailOf(text, ack.FunctionalTo997)
		},
		writeTail: (*ts997.Writer).Trailer,
	}
	s := p.shape()
	s.root = setAcks()
	return s
}

// tailOf reads the trailer of a 999 or 997.
func tailOf[V any](text []byte, toWire func(*ack.FunctionalAck, *V) (*V, error)) (*V, error) {
	var a ack.FunctionalAck
	if err := codec.Unmarshal(text, &a); err != nil {
		return nil, err
	}
	return toWire(&a, nil)
}

// domain277CA is the shape of the 277 claim acknowledgment at layer domain: the types of ack, level by level.
func domain277CA() *shape {
	p := &guideParts[ts277ca.Decoder, ts277ca.Writer, ts277ca.ClaimAcknowledgment]{
		table: ts277ca.X214, member: "claimReport",
		decoder: ts277ca.NewDecoder, writer: ts277ca.NewWriter, recycle: (*ts277ca.Decoder).Recycle,
		set: domainPart((*ts277ca.Decoder).Header, ack.ReportFromWire, (*ack.ClaimReport).AppendJSON, onItsOwn(ack.ReportToWire), nil, (*ts277ca.Writer).Header),
		loops: map[string]wirePart[ts277ca.Decoder, ts277ca.Writer]{
			typeSourceLevel: domainPart((*ts277ca.Decoder).SourceLevel, ack.SourceFromWire, (*ack.Source).AppendJSON, onItsOwn(ack.SourceToWire),
				func(v *ts277ca.SourceLevel) *codec.Level { return &v.Level }, (*ts277ca.Writer).SourceLevel),
			typeReceiverLevel: domainPart((*ts277ca.Decoder).ReceiverLevel, ack.ReceiverFromWire, (*ack.Receiver).AppendJSON, onItsOwn(ack.ReceiverToWire),
				func(v *ts277ca.ReceiverLevel) *codec.Level { return &v.Level }, (*ts277ca.Writer).ReceiverLevel),
			typeProviderLevel: domainPart((*ts277ca.Decoder).ProviderLevel, ack.ProviderFromWire, (*ack.Provider).AppendJSON, onItsOwn(ack.ProviderToWire),
				func(v *ts277ca.ProviderLevel) *codec.Level { return &v.Level }, (*ts277ca.Writer).ProviderLevel),
			typePatientLevel: domainPart((*ts277ca.Decoder).PatientLevel, ack.PatientFromWire, (*ack.PatientAck).AppendJSON, onItsOwn(ack.PatientToWire),
				nil, (*ts277ca.Writer).PatientLevel),
		},
		trailer: (*ts277ca.Decoder).Trailer, tail: nothing[ts277ca.ClaimAcknowledgment], writeTail: (*ts277ca.Writer).Trailer,
	}
	s := p.shape()
	patient := &shapeLevel{typ: typePatientLevel, array: "patients", name: "patient", unit: true}
	provider := &shapeLevel{typ: typeProviderLevel, array: "providers", name: "provider", below: []*shapeLevel{patient}}
	receiver := &shapeLevel{typ: typeReceiverLevel, array: "receivers", name: "receiver", below: []*shapeLevel{provider}}
	s.root = levelsIn(&shapeLevel{typ: typeSourceLevel, array: "sources", name: "source", below: []*shapeLevel{receiver}})
	return s
}

// memberTA1 is the content of a line about an interchange acknowledgment.
const memberTA1 = "interchangeAcknowledgment"

// appendTA1 appends a line for a TA1. It reports false for a segment that such a line cannot hold.
func appendTA1(b []byte, env codec.Env, s *x12.Segment) ([]byte, bool) {
	if env.Group != nil || env.Interchange == nil {
		return b, false
	}
	v, ok := ack.ParseTA1(s)
	if !ok {
		return b, false
	}
	b = appendIdentity(b, env.Interchange, nil, nil)
	b = append(append(append(b, '"'), memberTA1...), `":`...)
	return append(v.AppendJSON(b), '}', '\n'), true
}

// decodeTA1 reads the content of such a line.
func decodeTA1(a *assembly, sc *jsonstream.Scanner) error {
	at := sc.Offset()
	text, err := sc.Raw(nil, maxObject)
	if err != nil {
		return err
	}
	var v ack.TA1
	if err := codec.Unmarshal(text, &v); err != nil {
		return jsonFault(err, at)
	}
	if a.line.hasGroup || a.line.inter.Seq == 0 {
		return a.shapef(sc, "an interchange acknowledgment belongs to an interchange, and to no group or set")
	}
	if err := a.enter(); err != nil {
		return err
	}
	return v.Write(a.w)
}

// checkOutside reports what is wrong with a segment that stands outside sets.
func checkOutside(env codec.Env, s *x12.Segment, sink x12.Sink) {
	if s.ID != idTA1 {
		return
	}
	ack.CheckTA1(s, func(i *x12.Issue) {
		env.Place(i)
		sink(i)
	})
}

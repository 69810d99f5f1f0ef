package cli

import (
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// tablesAck are the guides of acknowledgments.
func tablesAck() []*guide.Table { return []*guide.Table{ts999.X231A1, ts997.X230, ts277ca.X214} }

// The Go types of the loops of acknowledgments that are handed out by themselves, beside those of other sets.
const (
	typeSetResponse   = "SetResponse"
	typeProviderLevel = "ProviderLevel"
)

// guide999 is the shape of the 999 at layer guide.
func guide999() *shape {
	p := &guideParts[ts999.Decoder, ts999.Writer, ts999.ImplementationAcknowledgment]{
		table: ts999.X231A1, member: "implementationAcknowledgment",
		decoder: ts999.NewDecoder, writer: ts999.NewWriter, recycle: (*ts999.Decoder).Recycle,
		set: partOf((*ts999.Decoder).Header, (*ts999.ImplementationAcknowledgment).AppendJSON, (*ts999.Writer).Header, nil),
		loops: map[string]wirePart[ts999.Decoder, ts999.Writer]{
			typeSetResponse: partOf((*ts999.Decoder).SetResponse, (*ts999.SetResponse).AppendJSON, (*ts999.Writer).SetResponse, nil),
		},
		trailer: (*ts999.Decoder).Trailer, tail: (*ts999.ImplementationAcknowledgment).AppendJSON, writeTail: (*ts999.Writer).Trailer,
	}
	return p.shape()
}

// guide997 is the shape of the 997 at layer guide.
func guide997() *shape {
	p := &guideParts[ts997.Decoder, ts997.Writer, ts997.FunctionalAcknowledgment]{
		table: ts997.X230, member: "functionalAcknowledgment",
		decoder: ts997.NewDecoder, writer: ts997.NewWriter, recycle: (*ts997.Decoder).Recycle,
		set: partOf((*ts997.Decoder).Header, (*ts997.FunctionalAcknowledgment).AppendJSON, (*ts997.Writer).Header, nil),
		loops: map[string]wirePart[ts997.Decoder, ts997.Writer]{
			typeSetResponse: partOf((*ts997.Decoder).SetResponse, (*ts997.SetResponse).AppendJSON, (*ts997.Writer).SetResponse, nil),
		},
		trailer: (*ts997.Decoder).Trailer, tail: (*ts997.FunctionalAcknowledgment).AppendJSON, writeTail: (*ts997.Writer).Trailer,
	}
	return p.shape()
}

// guide277CA is the shape of the 277 claim acknowledgment at layer guide.
func guide277CA() *shape {
	p := &guideParts[ts277ca.Decoder, ts277ca.Writer, ts277ca.ClaimAcknowledgment]{
		table: ts277ca.X214, member: "claimAcknowledgment",
		decoder: ts277ca.NewDecoder, writer: ts277ca.NewWriter, recycle: (*ts277ca.Decoder).Recycle,
		set: partOf((*ts277ca.Decoder).Header, (*ts277ca.ClaimAcknowledgment).AppendJSON, (*ts277ca.Writer).Header, nil),
		loops: map[string]wirePart[ts277ca.Decoder, ts277ca.Writer]{
			typeSourceLevel: partOf((*ts277ca.Decoder).SourceLevel, (*ts277ca.SourceLevel).AppendJSON, (*ts277ca.Writer).SourceLevel,
				func(v *ts277ca.SourceLevel) *codec.Level { return &v.Level }),
			typeReceiverLevel: partOf((*ts277ca.Decoder).ReceiverLevel, (*ts277ca.ReceiverLevel).AppendJSON, (*ts277ca.Writer).ReceiverLevel,
				func(v *ts277ca.ReceiverLevel) *codec.Level { return &v.Level }),
			typeProviderLevel: partOf((*ts277ca.Decoder).ProviderLevel, (*ts277ca.ProviderLevel).AppendJSON, (*ts277ca.Writer).ProviderLevel,
				func(v *ts277ca.ProviderLevel) *codec.Level { return &v.Level }),
			typePatientLevel: partOf((*ts277ca.Decoder).PatientLevel, (*ts277ca.PatientLevel).AppendJSON, (*ts277ca.Writer).PatientLevel, nil),
		},
		trailer: (*ts277ca.Decoder).Trailer, tail: (*ts277ca.ClaimAcknowledgment).AppendJSON, writeTail: (*ts277ca.Writer).Trailer,
	}
	return p.shape()
}

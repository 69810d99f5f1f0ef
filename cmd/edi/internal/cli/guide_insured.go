package cli

import (
	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12/codec"
)

// guide834 is the shape of the 834 at layer guide.
func guide834() *shape {
	p := &guideParts[ts834.Decoder, ts834.Writer, ts834.BenefitEnrollment]{
		table: ts834.X220A1, member: "benefitEnrollment",
		decoder: ts834.NewDecoder, writer: ts834.NewWriter, recycle: (*ts834.Decoder).Recycle,
		set: partOf((*ts834.Decoder).Header, (*ts834.BenefitEnrollment).AppendJSON, (*ts834.Writer).Header, nil),
		loops: map[string]wirePart[ts834.Decoder, ts834.Writer]{
			"Member": partOf((*ts834.Decoder).Member, (*ts834.Member).AppendJSON, (*ts834.Writer).Member, nil),
		},
		trailer: (*ts834.Decoder).Trailer, tail: (*ts834.BenefitEnrollment).AppendJSON, writeTail: (*ts834.Writer).Trailer,
	}
	return p.shape()
}

// The Go types of the levels that the 270 and the 271 have beside those of the 837.
const (
	typeSourceLevel    = "SourceLevel"
	typeReceiverLevel  = "ReceiverLevel"
	typeDependentLevel = "DependentLevel"
)

// guide270 is the shape of the 270 at layer guide.
func guide270() *shape {
	p := &guideParts[ts270.Decoder, ts270.Writer, ts270.EligibilityInquiry]{
		table: ts270.X279A1, member: "eligibilityInquiry",
		decoder: ts270.NewDecoder, writer: ts270.NewWriter, recycle: (*ts270.Decoder).Recycle,
		set: partOf((*ts270.Decoder).Header, (*ts270.EligibilityInquiry).AppendJSON, (*ts270.Writer).Header, nil),
		loops: map[string]wirePart[ts270.Decoder, ts270.Writer]{
			typeSourceLevel: partOf((*ts270.Decoder).SourceLevel, (*ts270.SourceLevel).AppendJSON, (*ts270.Writer).SourceLevel,
				func(v *ts270.SourceLevel) *codec.Level { return &v.Level }),
			typeReceiverLevel: partOf((*ts270.Decoder).ReceiverLevel, (*ts270.ReceiverLevel).AppendJSON, (*ts270.Writer).ReceiverLevel,
				func(v *ts270.ReceiverLevel) *codec.Level { return &v.Level }),
			typeSubscriberLevel: partOf((*ts270.Decoder).SubscriberLevel, (*ts270.SubscriberLevel).AppendJSON, (*ts270.Writer).SubscriberLevel,
				func(v *ts270.SubscriberLevel) *codec.Level { return &v.Level }),
			typeDependentLevel: partOf((*ts270.Decoder).DependentLevel, (*ts270.DependentLevel).AppendJSON, (*ts270.Writer).DependentLevel, nil),
		},
		trailer: (*ts270.Decoder).Trailer, tail: (*ts270.EligibilityInquiry).AppendJSON, writeTail: (*ts270.Writer).Trailer,
	}
	return p.shape()
}

// guide271 is the shape of the 271 at layer guide.
func guide271() *shape {
	p := &guideParts[ts271.Decoder, ts271.Writer, ts271.EligibilityResponse]{
		table: ts271.X279A1, member: "eligibilityResponse",
		decoder: ts271.NewDecoder, writer: ts271.NewWriter, recycle: (*ts271.Decoder).Recycle,
		set: partOf((*ts271.Decoder).Header, (*ts271.EligibilityResponse).AppendJSON, (*ts271.Writer).Header, nil),
		loops: map[string]wirePart[ts271.Decoder, ts271.Writer]{
			typeSourceLevel: partOf((*ts271.Decoder).SourceLevel, (*ts271.SourceLevel).AppendJSON, (*ts271.Writer).SourceLevel,
				func(v *ts271.SourceLevel) *codec.Level { return &v.Level }),
			typeReceiverLevel: partOf((*ts271.Decoder).ReceiverLevel, (*ts271.ReceiverLevel).AppendJSON, (*ts271.Writer).ReceiverLevel,
				func(v *ts271.ReceiverLevel) *codec.Level { return &v.Level }),
			typeSubscriberLevel: partOf((*ts271.Decoder).SubscriberLevel, (*ts271.SubscriberLevel).AppendJSON, (*ts271.Writer).SubscriberLevel,
				func(v *ts271.SubscriberLevel) *codec.Level { return &v.Level }),
			typeDependentLevel: partOf((*ts271.Decoder).DependentLevel, (*ts271.DependentLevel).AppendJSON, (*ts271.Writer).DependentLevel, nil),
		},
		trailer: (*ts271.Decoder).Trailer, tail: (*ts271.EligibilityResponse).AppendJSON, writeTail: (*ts271.Writer).Trailer,
	}
	return p.shape()
}

package edi835

import (
	"strconv"
	"time"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// EnvelopeOf returns the interchange and group of a place in a stream; zero where there is none.
func EnvelopeOf(env codec.Env) Envelope {
	var e Envelope
	if in := env.Interchange; in != nil && in.Seq > 0 {
		isa := &in.ISA
		date, _ := x12.ParseDate(isa[8])
		clock, _ := x12.ParseTime(isa[9])
		e.Interchange = Interchange{
			AuthorizationQualifier: isa[0], Authorization: isa[1], SecurityQualifier: isa[2], Security: isa[3],
			SenderQualifier: isa[4], SenderID: isa[5], ReceiverQualifier: isa[6], ReceiverID: isa[7],
			Date: date.Long(), Time: clock, Version: isa[11], ControlNumber: isa[12], AcknowledgmentRequested: isa[13], Usage: isa[14],
		}
	}
	if g := env.Group; g != nil && g.Seq > 0 {
		date, _ := x12.ParseDate(g.GS[3])
		clock, _ := x12.ParseTime(g.GS[4])
		e.Group = Group{
			SenderID: g.GS[1], ReceiverID: g.GS[2], Date: date.Long(), Time: clock, ControlNumber: g.GS[5], Agency: g.GS[6], Version: g.GS[7],
		}
	}
	return e
}

// header returns the ISA with all that in leaves open.
func (in *Interchange) header(now time.Time, control string, d x12.Delimiters) *x12.Interchange {
	date, clock := in.Date, in.Time
	if date.IsZero() {
		date = x12.DateOf(now)
	}
	if clock.IsZero() {
		clock = x12.TimeOf(now)
	}
	out := &x12.Interchange{Seq: 1, Delims: d, ISA: [16]string{
		either(in.AuthorizationQualifier, "00"), in.Authorization, either(in.SecurityQualifier, "00"), in.Security,
		either(in.SenderQualifier, "ZZ"), in.SenderID, either(in.ReceiverQualifier, "ZZ"), in.ReceiverID,
		string(date.Short().AppendWire(nil)), string(clock.Short().AppendWire(nil)), "", either(in.Version, "00501"), control,
		either(in.AcknowledgmentRequested, "0"), either(in.Usage, "P"), "",
	}}
	if out.ISA[11] < "00402" {
		out.ISA[10] = "U" // the standards id, where newer versions have the repetition separator
	}
	return out
}

// header returns the GS with all that g leaves open.
func (g *Group) header(now time.Time, control string, in *Interchange) *x12.Group {
	date, clock := g.Date, g.Time
	if date.IsZero() {
		date = x12.DateOf(now)
	}
	if clock.IsZero() {
		clock = x12.TimeOf(now).Short()
	}
	return &x12.Group{Seq: 1, GS: [8]string{
		"HP", either(g.SenderID, in.SenderID), either(g.ReceiverID, in.ReceiverID),
		string(date.AppendWire(nil)), string(clock.AppendWire(nil)), control, either(g.Agency, "X"), either(g.Version, ts835.X221A1.ID),
	}}
}

func either(s, without string) string {
	if s == "" {
		return without
	}
	return s
}

// counter assigns control numbers.
type counter uint64

// next returns given, or when that is empty the number behind the last one, with zeros in front.
func (c *counter) next(given string, width int) string {
	if given != "" {
		if n, err := strconv.ParseUint(given, 10, 64); err == nil && n > uint64(*c) && n < 1e9 {
			*c = counter(n)
		}
		return given
	}
	*c++
	s := strconv.FormatUint(uint64(*c), 10)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

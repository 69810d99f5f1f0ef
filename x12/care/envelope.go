package care

import (
	"strconv"
	"time"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Envelope is what says where a set comes from and goes to.
type Envelope struct {
	Interchange Interchange `json:"interchange,omitzero"`
	Group       Group       `json:"group,omitzero"`
}

// Interchange is an ISA. A program that writes gives SenderID and ReceiverID; what else is empty is filled by the writer.
type Interchange struct {
	// ISA01 and ISA02. Written as 00 and blanks when empty.
	AuthorizationQualifier string `json:"authorizationQualifier,omitempty"`
	Authorization          string `json:"authorization,omitempty"`
	// ISA03 and ISA04. Written as 00 and blanks when empty.
	SecurityQualifier string `json:"securityQualifier,omitempty"`
	Security          string `json:"security,omitempty"`
	// ISA05 and ISA06. The qualifier is written as ZZ (mutually defined) when empty.
	SenderQualifier string `json:"senderQualifier,omitempty"`
	SenderID        string `json:"senderID,omitempty"`
	// ISA07 and ISA08. The qualifier is written as ZZ when empty.
	ReceiverQualifier string `json:"receiverQualifier,omitempty"`
	ReceiverID        string `json:"receiverID,omitempty"`
	// ISA09 and ISA10. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// ISA12. Written as 00501 when empty.
	Version string `json:"version,omitempty"`
	// ISA13. Assigned when empty.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ISA14, 1 = a TA1 is asked for. Written as 0 when empty.
	AcknowledgmentRequested string `json:"acknowledgmentRequested,omitempty"`
	// ISA15, P = production, T = test. Written as P when empty.
	Usage string `json:"usage,omitempty"`
}

// Group is a GS. What is empty is filled by the writer.
type Group struct {
	// GS02 and GS03. Written as those of the interchange when empty.
	SenderID   string `json:"senderID,omitempty"`
	ReceiverID string `json:"receiverID,omitempty"`
	// GS04 and GS05. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// GS06. Assigned when empty.
	ControlNumber string `json:"controlNumber,omitempty"`
	// GS07. Written as X when empty.
	Agency string `json:"agency,omitempty"`
	// GS08. Written as that of the guide when empty.
	Version string `json:"version,omitempty"`
}

// IsZero reports whether nothing of the envelope is there.
func (e Envelope) IsZero() bool { return e == Envelope{} }

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

// Header returns the ISA with all that in leaves open: now is the time of writing, control the ISA13.
func (in *Interchange) Header(now time.Time, control string, d x12.Delimiters) *x12.Interchange {
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

// Header returns the GS with all that g leaves open: code is GS01, version the GS08 of the guide, control the GS06, and in the
// interchange around it.
func (g *Group) Header(code, version string, now time.Time, control string, in *Interchange) *x12.Group {
	date, clock := g.Date, g.Time
	if date.IsZero() {
		date = x12.DateOf(now)
	}
	if clock.IsZero() {
		clock = x12.TimeOf(now).Short()
	}
	return &x12.Group{Seq: 1, GS: [8]string{
		code, either(g.SenderID, in.SenderID), either(g.ReceiverID, in.ReceiverID),
		string(date.AppendWire(nil)), string(clock.AppendWire(nil)), control, either(g.Agency, "X"), either(g.Version, version),
	}}
}

func either(s, without string) string {
	if s == "" {
		return without
	}
	return s
}

// Counter assigns control numbers.
type Counter uint64

// Next returns given, or when that is empty the number behind the last one, with zeros in front.
func (c *Counter) Next(given string, width int) string {
	if given != "" {
		if n, err := strconv.ParseUint(given, 10, 64); err == nil && n > uint64(*c) && n < 1e9 {
			*c = Counter(n)
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

package cli

import (
	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
)

// layer is one JSON form of transaction sets. The commands json and x12 know nothing of any layer but this.
//
// Every line of every layer is one object. The members interchange, group and set say where it belongs and come first
// ([appendIdentity] writes them); one more member, the body, holds the content, and its name tells the layers apart.
type layer struct {
	name  string // value of --layer
	lines []per  // what a line may be, the default first
	// encode reads the input of the call to its end and writes lines.
	encode func(*call, per) error
	// bodies are the members that hold content, and what reads each. The scanner stands before the member's value.
	bodies []body
}

// per says what one line of JSON stands for.
type per string

// What --per takes.
const (
	perSet  per = "set"
	perUnit per = "unit"
)

// body is a member of a line that holds content.
type body struct {
	member string
	// decode reads the value and writes it as X12. Faults of the JSON are errors of the scanner or of [assembly.shapef].
	decode func(*assembly, *jsonstream.Scanner) error
	// of is the shape of it. Several may have content of one name: the context in front of it says which is meant.
	of *shape
	// context: what stands above the content, in front of it.
	context bool
}

// layers returns all layers; the first is the default of --layer.
func layers() []layer {
	return []layer{
		shapedLayer("domain", []*shape{domain835(), domain837(), domain834(), domain270(), domain271(), domain999(), domain997(), domain277CA()},
			&outside{member: memberTA1, encode: appendTA1, decode: decodeTA1}),
		shapedLayer("guide", []*shape{guide835(), guide837(), guide834(), guide270(), guide271(), guide999(), guide997(), guide277CA()}, nil),
		segmentsLayer(),
	}
}

// bodyOf returns what reads a member, nil for a member that is no body.
func (a *assembly) bodyOf(member []byte) *body {
	if a.bodies == nil {
		for _, l := range layers() {
			a.bodies = append(a.bodies, l.bodies...)
		}
	}
	var found *body
	for i := range a.bodies {
		b := &a.bodies[i]
		if b.member != string(member) {
			continue
		}
		if a.context.of != nil && a.context.of == b.of {
			return b
		}
		if found == nil || found.of.set() != a.line.set.ID && b.of.set() == a.line.set.ID {
			found = b
		}
	}
	return found
}

// set is the transaction set of a shape, "" if there is no shape.
func (s *shape) set() string {
	if s == nil {
		return ""
	}
	return s.tables[0].Set
}

// appendIdentity appends the start of a line: the brace and what is not nil of interchange, group and set, with a
// comma behind each.
func appendIdentity(b []byte, in *x12.Interchange, g *x12.Group, s *x12.Set) []byte {
	b = append(b, '{')
	if in != nil {
		b = append(b, `"interchange":{"seq":`...)
		b = appendInt(b, in.Seq)
		b = append(b, `,"delimiters":`...)
		b = appendJSONString(b, in.Delims.Text())
		if in.Seq != 0 {
			b = append(b, `,"isa":`...)
			b = appendTexts(b, in.ISA[:])
		}
		b = append(b, "},"...)
	}
	if g != nil {
		b = append(b, `"group":{"seq":`...)
		b = appendInt(b, g.Seq)
		b = append(b, `,"gs":`...)
		b = appendTexts(b, g.GS[:])
		b = append(b, "},"...)
	}
	if s != nil {
		b = append(b, `"set":{"seq":`...)
		b = appendInt(b, s.Seq)
		b = appendKeyed(b, "id", s.ID)
		b = appendKeyed(b, "control", s.Control)
		if s.Version != "" {
			b = appendKeyed(b, "version", s.Version)
		}
		b = append(b, "},"...)
	}
	return b
}

func appendTexts(b []byte, texts []string) []byte {
	for i, t := range texts {
		b = append(b, ",["[b2i(i == 0)])
		b = appendValue(b, t)
	}
	return append(b, ']')
}

func b2i(v bool) int {
	if v {
		return 1
	}
	return 0
}

package cli

import "github.com/x12-go/edi/x12"

// ruleExtra is the rule for elements of the envelope that its standard does not have; they have no place in what is
// made anew.
const ruleExtra = "envelope/extra-elements"

// extra reports what an envelope segment holds behind the last element it has in the standard, for commands that leave
// it out.
func (c *call) extra(in *x12.Interchange, s *x12.Segment) {
	for i := envelopeElements(s.ID) + 1; i <= s.Len(); i++ {
		if len(s.Elem(i)) > 0 {
			c.report(&x12.Issue{Offset: s.Offset, At: s.At(i), Interchange: in.Control(), SegID: s.ID.String(), Segment: s.Ordinal,
				Element: i, Value: x12.Clip(s.Elem(i)), Rule: ruleExtra, Severity: x12.Warning,
				Message: "an element the envelope does not have: left out"})
			return
		}
	}
}

func envelopeElements(id x12.SegID) int {
	switch id {
	case idGS:
		return 8
	case idST:
		return 3
	}
	return 2 // SE, GE, IEA
}

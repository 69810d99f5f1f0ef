package cli

import (
	"errors"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// completeClaims returns what writes the claims of a program: [edi837.Writer], which makes sets and envelopes itself. It
// stays the same over lines that follow one another.
func completeClaims(a *assembly) (shapeDecoder, error) {
	if a.claims == nil {
		if err := a.w.Close(); err != nil {
			return nil, err
		}
		a.inside, a.grouped = false, false
		opts := []edi837.WriterOption{edi837.WithNewline(!a.oneline)}
		if a.to.set {
			opts = append(opts, edi837.WithDelimiters(a.to.Delimiters))
		}
		a.claims = edi837.NewWriter(a.c.out, opts...)
	}
	l, o := &a.line, &a.open // to see that the next line belongs to the same set
	o.inter, o.interText = l.inter, append(o.interText[:0], l.interText...)
	o.group, o.groupText, o.hasGroup = l.group, append(o.groupText[:0], l.groupText...), l.hasGroup
	return &claimCompleter{a: a}, nil
}

// closeClaims ends the interchange of completed claims, if one is open.
func (a *assembly) closeClaims() error {
	if a.claims == nil {
		return nil
	}
	w := a.claims
	a.claims = nil
	return w.Close()
}

// claimCompleter writes one submission.
type claimCompleter struct {
	a    *assembly
	kind edi837.Kind
}

func (d *claimCompleter) header(text []byte) error {
	var s edi837.Submission
	if err := codec.Unmarshal(text, &s); err != nil {
		return err
	}
	l := &d.a.line
	if env := edi837.EnvelopeOf(codec.Env{Interchange: &l.inter, Group: &l.group}); !env.IsZero() {
		s.Envelope = env
	}
	if s.ControlNumber == "" {
		s.ControlNumber = l.set.Control
	}
	if s.Guide == "" {
		s.Guide = l.set.Version
	}
	if d.a.renumber {
		s.Envelope.Interchange.ControlNumber, s.Envelope.Group.ControlNumber, s.ControlNumber = "", "", ""
	}
	d.kind = s.Kind()
	return d.a.claims.Begin(&s)
}

func (d *claimCompleter) enter(*shapeLevel, []byte, bool) error { return nil } // there are none

// unit writes a claim. One that is not as it must be is left out, and others may follow.
func (d *claimCompleter) unit(text []byte) error {
	c, err := claimOf(text, "")
	if err != nil {
		return err
	}
	if c.Kind == "" {
		c.Kind = d.kind
	}
	err = d.a.claims.Claim(c)
	var issue *x12.Issue
	if errors.As(err, &issue) {
		left := *issue
		left.Offset = d.a.at
		left.Message = "left out: " + left.Message
		d.a.c.report(&left)
		return nil
	}
	return err
}

func (d *claimCompleter) end(text []byte) error {
	var s edi837.Submission
	return codec.Unmarshal(text, &s)
}

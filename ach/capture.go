package ach

import (
	"bytes"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// capture makes one interchange of the segments of one set, as they came: what the addenda of a CTX entry carry.
type capture struct {
	text bytes.Buffer
	w    *x12.Writer
	why  Reason // why it cannot be carried
}

// newCapture begins the interchange of a set. Delimiters stay where they can stand in a NACHA file.
func newCapture(t *codec.Tape) *capture {
	c := &capture{}
	if t.Interchange == nil || t.Interchange.Seq == 0 || t.Group == nil || t.Group.Seq == 0 || t.Set == nil {
		c.why = CTXText
		return c
	}
	in, d := *t.Interchange, t.Delims
	for _, b := range [...]byte{d.Element, d.Component, d.Segment} {
		if b <= ' ' || b > '~' {
			d = x12.DefaultDelimiters
		}
	}
	if b := d.Repetition; b != 0 && (b <= ' ' || b > '~') {
		d = x12.DefaultDelimiters
	}
	in.Delims = d
	c.w = x12.NewWriter(&c.text)
	c.fail(c.w.BeginInterchange(&in))
	c.fail(c.w.BeginGroup(t.Group))
	c.fail(c.w.BeginSet(t.Set))
	return c
}

func (c *capture) fail(err error) {
	if err != nil && c.why == "" {
		c.why = CTXText
	}
}

// add takes a part of the set.
func (c *capture) add(t *codec.Tape) {
	var g x12.Segment
	for i := range t.Segs {
		if c.why != "" {
			return
		}
		t.Segment(i, &g)
		if g.ID == idST || g.ID == idSE || len(g.Bytes()) == 0 {
			continue
		}
		c.fail(c.w.Copy(&g, false))
		if c.w.Offset() > ctxPieces*addendaText {
			c.why = TooLargeForCTX
		}
	}
}

// into ends the interchange and gives its size to an entry.
func (c *capture) into(p *Payment, e *Entry) {
	if c.w != nil {
		c.fail(c.w.Close())
	}
	if c.why == "" && c.text.Len() > ctxPieces*addendaText {
		c.why = TooLargeForCTX
	}
	if c.why == "" && !printable(c.text.String()) {
		c.why = CTXText
	}
	if c.why != "" {
		p.refuse(c.why)
		return
	}
	e.ctxLen = c.text.Len()
}

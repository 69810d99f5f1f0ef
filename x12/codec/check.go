package codec

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Checker runs the element checks over tapes.
type Checker struct {
	report func(*x12.Issue)
	tape   *Tape
	at     int
	seg    x12.Segment
	check  *guide.Checker
}

// NewChecker returns a Checker that hands findings, with their place in the stream, to report.
func NewChecker(report func(*x12.Issue)) *Checker {
	c := &Checker{report: report}
	c.check = guide.NewChecker(func() string { return c.tape.Path(c.at) }, func(i *x12.Issue) {
		c.tape.Env.Place(i)
		c.report(i)
	})
	return c
}

// Tape checks the segments of a tape.
func (c *Checker) Tape(t *Tape) {
	c.tape = t
	c.check.Text(t.whole(), t.Delims)
	c.seg.Delims = t.Delims
	for i := range t.Segs {
		g := &t.Segs[i]
		if g.Slot == 0 || g.Flag&guide.Virtual != 0 {
			continue
		}
		c.at = i
		t.load(i, &c.seg)
		c.check.Check(t.Table, g.Slot, &c.seg)
	}
}

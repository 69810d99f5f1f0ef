package edit

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// The names of the parts that [Sift] makes.
const (
	GoodName = "good.edi"
	BadName  = "bad.edi"
)

// Judge says what is bad. It is asked in the order of the stream.
type Judge interface {
	// Bad reports whether what begins at a stream offset is bad: a set at its ST, a level at its HL, a claim at its CLM, a member at
	// its INS, a subscriber of a 270 or 271 at its HL, an interchange, a TA1. What stands below something bad is bad.
	Bad(offset int64) bool
	// Members returns how many members of the 834 whose ST is at an offset go to each part; it is asked when the set states
	// such totals itself (QTY).
	Members(offset int64) (good, bad Members)
}

// Members counts the members of an 834 as its QTY does.
type Members struct {
	Total       int64 // TO
	Subscribers int64 // ET, INS01 = Y
	Dependents  int64 // DT
}

// Sift parts a stream in two, the good and the bad, as [Split] does: segments are copied byte for byte, envelopes, trailers and levels are made
// right, and the units and amounts of both add up to those of the input.
//
// An 837 is cut at its claims, an 834 at its members, a 270 or 271 at its subscribers, each with its dependents. A set that is bad itself, and one of
// any other kind, moves whole: an 835 is a payment, and a share of a payment is none. Control totals of an 834 (QTY TO, ET, DT) are
// made those of the part. A TA1 goes to the good part unless it is bad or its interchange is, what else stands outside the sets to the bad one.
//
// Of the options only Newline, ControlStart, Sink and OnShare are used; OnPart too.
func Sift(r *x12.Reader, store Store, judge Judge, opts Options) (Result, error) {
	opts.By = By{kind: bySift}
	return split(r, store, judge, opts)
}

// sifted returns the part for the good or the bad.
func (sp *splitter) sifted(bad bool) *part {
	k, stem := 0, "good"
	if bad {
		k, stem = 1, "bad"
	}
	if sp.parts[k] == nil {
		p := sp.newPart(stem, stem)
		p.exact = true
		sp.parts[k] = p
		sp.order = append(sp.order, p)
	}
	return sp.parts[k]
}

// siftSet begins a set that is to be sifted.
func (sp *splitter) siftSet(kind setKind, offset int64) error {
	bad := sp.judge.Bad(offset)
	if bad || !kind.cut() {
		return sp.whole(sp.sifted(bad))
	}
	sp.mode = &sp.claims
	sp.claims.begin()
	return nil
}

// siftKind is kindOf with the kinds that only Sift tells from others.
func siftKind(id []byte) setKind {
	switch string(id) {
	case "834":
		return set834
	case "270":
		return set270
	case "271":
		return set271
	}
	return kindOf(id)
}

// cut reports whether a set may be cut between its units.
func (k setKind) cut() bool { return k == set837 || k == set834 || k == set270 || k == set271 }

// quantity is a total of members in the head of an 834: its place in the text.
type quantity struct {
	from, to int
	of       string
}

// quantity notes a total that stands at the end of the head.
func (c *claims) quantity(s *x12.Segment, at int) {
	switch of := string(s.Elem(1)); of {
	case "TO", "ET", "DT":
		from := at + s.At(2)
		if s.Len() >= 2 {
			c.quantities = append(c.quantities, quantity{from, from + len(s.Elem(2)), of})
		}
	}
}

// writeHead writes what stands in front of the first unit.
func (c *claims) writeHead(p *part) error {
	if len(c.quantities) == 0 {
		return p.ready(c.head.text, c.head.segs)
	}
	n, bad := c.sp.judge.Members(c.sp.set.Offset)
	if p == c.sp.parts[1] {
		n = bad
	}
	at := 0
	for _, q := range c.quantities {
		count := n.Total
		switch q.of {
		case "ET":
			count = n.Subscribers
		case "DT":
			count = n.Dependents
		}
		if err := p.ready(c.head.text[at:q.from], 0); err != nil {
			return err
		}
		if err := p.ready(strconv.AppendInt(nil, count, 10), 0); err != nil {
			return err
		}
		at = q.to
	}
	return p.ready(c.head.text[at:], c.head.segs)
}

// subject opens or goes on with a subscriber of a 270 or 271: a dependent stays with it.
func (c *claims) subject(s *x12.Segment, l *level) error {
	if l.rank == rankPatient {
		c.bad = l.bad
	}
	p := c.sp.sifted(c.bad)
	if err := c.put(p); err != nil {
		return err
	}
	c.to = p
	p.share.count(c.sp.set.kind, s)
	return nil
}

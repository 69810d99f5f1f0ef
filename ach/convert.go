package ach

import (
	"io"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Options are the choices of one run. The zero Options are the health care standard, and refuse what does not add up.
type Options struct {
	// CTX writes payments whose BPR01 is C or X and whose BPR05 is CTX as CTX entries with the whole 835 in their addenda.
	// Every bank on the way then holds protected health information.
	CTX bool
	// Prenotes writes prenotes for sets whose BPR01 is P.
	Prenotes bool
	// AllowUnbalanced takes payments that are not the sum of their claims and provider adjustments.
	AllowUnbalanced bool
	// State is what earlier runs paid; nil knows of none.
	State *State
	// TraceStart is the sequence number of the first entry; 0 leaves it to Config and State.
	TraceStart int
	// Sink takes the findings of the 835s; nil drops them. Refusals are no findings, they stand in Run.Payments.
	Sink x12.Sink
	// Start is called before reading, with the reader; it may be nil.
	Start func(*x12.Reader)
	// Limits replace the default limits of reading.
	Limits x12.Limits
}

// Rules of the findings of package ach.
const (
	RuleCTX = "ach/ctx-phi" // CTX entries carry protected health information
)

// converter is one run of Convert.
type converter struct {
	config Config
	o      Options
	seen   map[key]bool
	run    *Run
	damage bool // the envelope of the open set is at fault
}

// Convert reads 835s to the end of r, and decides on each. Sets that are no 835 are passed over. What is taken stands in
// files, batches and order of the Run; nothing is written yet. An error means that the input could not be read to its
// end, and that no payment of it may be paid: of r, an *x12.Issue, or one that wraps ErrConfig.
//
// It holds one claim in memory, and every payment without its claims. The 835s of CTX entries are kept in a temporary
// file without a name, which Run.Close lets go.
func Convert(r io.Reader, config *Config, o Options) (*Run, error) {
	if err := config.Check(); err != nil {
		return nil, err
	}
	c := &converter{config: config.withDefaults(), o: o, seen: map[key]bool{}}
	c.run = &Run{config: c.config}
	if err := c.read(r); err != nil {
		c.run.Close()
		return nil, err
	}
	if err := c.run.arrange(o); err != nil {
		c.run.Close()
		return nil, err
	}
	return c.run, nil
}

// report is the sink of the reading: it learns from the envelope which sets are not whole.
func (c *converter) report(i *x12.Issue) bool {
	switch i.Rule {
	case x12.RuleMissingSE, x12.RuleTruncated, x12.RuleSECount, x12.RuleSEControl, x12.RuleLimit:
		c.damage = true
	}
	return c.o.Sink == nil || c.o.Sink(i)
}

func (c *converter) read(r io.Reader) error {
	rd := x12.NewReader(r, x12.WithSink(c.report), x12.WithLimits(c.o.Limits))
	if c.o.Start != nil {
		c.o.Start(rd)
	}
	stream := codec.NewStream(rd, c.report, ts835.X221A1)
	check := codec.NewChecker(func(i *x12.Issue) { c.report(i) })
	var s *set
	var ctx *capture
	var g x12.Segment
	for {
		ev, err := stream.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if ev.Kind == codec.Other {
			c.damage = false // of a set without a guide
			continue
		}
		t := ev.Tape
		if ev.Kind == codec.Begin {
			s, ctx = newSet(t, len(c.run.Payments)+1), nil
		}
		check.Tape(t)
		for i := range t.Segs {
			t.Segment(i, &g)
			s.add(&g, ev.Kind == codec.Begin)
		}
		if ev.Kind == codec.Begin && c.o.CTX && wantsCTX(s.p) {
			ctx = newCapture(t)
		}
		if ctx != nil {
			ctx.add(t)
		}
		if ev.Kind == codec.End {
			s.damaged, c.damage = c.damage, false
			s.end()
			if err := c.close(s, ctx); err != nil {
				return err
			}
		}
	}
}

// close decides on a set and keeps its payment.
func (c *converter) close(s *set, ctx *capture) error {
	c.decide(s, ctx)
	p := s.p
	if p.TraceNumber != "" && s.trn > 0 {
		c.seen[p.key()] = true
	}
	if p.Action == Taken && p.Entry.batch.SEC == "CTX" {
		if err := c.run.keep(ctx, p.Entry); err != nil {
			return err
		}
		if !c.run.ctx {
			c.run.ctx = true
			c.report(&x12.Issue{Offset: p.Offset, Interchange: p.Interchange, Group: p.Group, Set: p.Set, SegID: "BPR", Rule: RuleCTX, Severity: x12.Warning,
				Message: "CTX entries carry their 835s through the banks: protected health information"})
		}
	}
	c.run.Payments = append(c.run.Payments, p)
	return nil
}

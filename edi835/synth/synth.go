package synth

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/x12-go/edi/internal/invent"
)

// Options say what [Write] makes. Claims or Size must be positive, not both.
type Options struct {
	// Claims is the exact number of claims (CLP segments).
	Claims int64
	// Size is a number of bytes: no claim is begun once the output has that
	// many, and the open set and envelopes are then closed. A set begun below
	// the size holds at least one claim.
	Size int64
	// Seed selects the content; every value is good, zero too.
	Seed uint64
	// PerSet is the number of claims in each ST; 0 puts all into one ST.
	PerSet int64
	// Delimiters are the element, repetition, component and segment delimiters,
	// four different ASCII characters of which none is a letter, a digit, a
	// space, '-' or '.'. The empty string means "*^:~".
	Delimiters string
	// NewLine puts a line feed after every segment terminator. It has no effect
	// when the terminator is a line feed itself.
	NewLine bool
}

// Stats are the sums of one output. Amounts are in cents.
type Stats struct {
	Bytes    int64 // bytes written
	Sets     int64 // ST..SE
	Claims   int64 // CLP
	Services int64 // SVC
	Charge   int64 // sum of CLP03
	Paid     int64 // sum of CLP04
	Adjusted int64 // sum of the PLB amounts; positive ones lower the payment
	Payment  int64 // sum of BPR02, which is Paid - Adjusted
}

// ErrOptions is wrapped by the errors for options that cannot be met.
var ErrOptions = errors.New("synth: bad options")

func (o Options) check() error {
	if err := (invent.Bounds{Claims: o.Claims, Size: o.Size, PerSet: o.PerSet, Delimiters: o.Delimiters}).Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrOptions, err)
	}
	return nil
}

// Write writes one interchange to w. The bytes depend on the options alone. An
// error is an ErrOptions, or the error of w as it is; Stats then count what was
// made so far.
func Write(w io.Writer, o Options) (Stats, error) {
	return write(w, o, invent.MaxSetsPerGroup)
}

func write(dst io.Writer, o Options, setsPerGroup int64) (Stats, error) {
	if err := o.check(); err != nil {
		return Stats{}, err
	}
	g := newGenerator(dst, o)
	err := g.run(setsPerGroup)
	g.stats.Bytes = g.out.Total()
	return g.stats, err
}

// generator is the state of one Write.
type generator struct {
	o       Options
	m       *model
	out     invent.Wire // the output
	scratch invent.Wire // first walk of a sized output, text thrown away
	stats   Stats
	key     uint64
	texts   texts
	payers  []payer
	payees  []payee
	c       claim // the one claim in hand
	// An FB balance moved forward by an earlier set of the same payee.
	forwarded      int64
	forwardedTrace int64
	payerAt        int64
	payeeAt        int64
}

func newGenerator(dst io.Writer, o Options) *generator {
	out := invent.NewWire(dst, o.Delimiters, o.NewLine)
	return &generator{
		o: o, m: newModel(o.Seed), out: out, scratch: out.Scratch(),
		key: invent.Derive(o.Seed, 0xED1), texts: newTexts(), payers: payers(), payees: payees(),
	}
}

func newInterchange(key uint64) *invent.Interchange {
	x := &invent.Interchange{Sender: sender, Receiver: receiver, Functional: "HP", Guide: guide}
	x.Draw(key)
	return x
}

func (g *generator) run(setsPerGroup int64) error {
	x := newInterchange(g.key)
	return x.Write(&g.out, setsPerGroup, ErrOptions, func(number int64) (bool, error) {
		if err := g.set(x, number); err != nil {
			return false, err
		}
		if g.o.Size > 0 {
			return g.out.Total() < g.o.Size, nil
		}
		return g.stats.Claims < g.o.Claims, nil
	})
}

// set writes one ST..SE.
func (g *generator) set(x *invent.Interchange, number int64) error {
	s := g.newSet(x, number)
	limit := g.o.PerSet
	if limit == 0 {
		limit = math.MaxInt64
	}
	if g.o.Size == 0 {
		limit = min(limit, g.o.Claims-g.stats.Claims)
	}
	start := walker{m: g.m, key: s.key, class: s.payer.class, first: g.stats.Claims, limit: limit}
	t := g.plan(s, start)
	net := g.settle(s, t)

	g.out.Segs = 0
	g.header(&g.out, s, net)
	for w := start; w.at < t.claims; {
		if w.opens() {
			w.advance()
			g.groupHead(&g.out, s, &w, g.groupTotals(w, t.claims))
		}
		w.next(&g.c)
		g.claim(&g.out, s, &g.c)
		if g.out.Full() {
			if err := g.out.Flush(); err != nil {
				return err
			}
		}
	}
	g.trailer(s)

	g.stats.Sets++
	g.stats.Claims += t.claims
	g.stats.Services += t.services
	g.stats.Charge += t.charge
	g.stats.Paid += t.paid
	g.stats.Payment += net
	g.stats.Adjusted += t.paid - net
	return nil
}

// groupTotals walks the group w has just opened, up to the claims of the set.
// Only groups that report their totals are walked.
func (g *generator) groupTotals(w walker, claims int64) groupTotals {
	var t groupTotals
	if w.kind == mixedGroup {
		return t
	}
	for w.left > 0 && w.at < claims {
		w.next(&g.c)
		t.add(&g.c)
	}
	return t
}

// plan is the first walk: it decides how many claims the set has and adds them
// up.
func (g *generator) plan(s *set, w walker) setTotals {
	if g.o.Size > 0 {
		return g.planSize(s, w)
	}
	var t setTotals
	for w.at < w.limit {
		if w.opens() {
			w.advance()
		}
		w.next(&g.c)
		t.add(&g.c)
	}
	return t
}

// slack is more than a set header and a group head can take together; as long
// as the rest is further away than this from the wanted size, they need not be
// measured.
const slack = 8 << 10

// planSize takes claims until header, group heads and claims reach the size.
// The header's length depends on the total and a group head's on the group, so
// both are formatted anew for each claim once the end is near.
func (g *generator) planSize(s *set, w walker) setTotals {
	var t setTotals
	var gt groupTotals
	size := g.out.Total() // output before the set, closed groups, claims
	sc := &g.scratch
	for w.at < w.limit {
		if w.opens() {
			if w.lx > 0 {
				size += g.headLength(s, &w, gt)
			}
			w.advance()
			gt = groupTotals{}
		}
		w.next(&g.c)
		t.add(&g.c)
		gt.add(&g.c)
		sc.B = sc.B[:0]
		g.claim(sc, s, &g.c)
		size += int64(len(sc.B))
		if size+slack < g.o.Size {
			continue
		}
		head := g.headLength(s, &w, gt)
		sc.B = sc.B[:0]
		forwarded, trace := g.forwarded, g.forwardedTrace
		g.header(sc, s, g.settle(s, t))
		g.forwarded, g.forwardedTrace = forwarded, trace
		if size+head+int64(len(sc.B)) >= g.o.Size {
			break
		}
	}
	return t
}

func (g *generator) headLength(s *set, w *walker, t groupTotals) int64 {
	g.scratch.B = g.scratch.B[:0]
	g.groupHead(&g.scratch, s, w, t)
	return int64(len(g.scratch.B))
}

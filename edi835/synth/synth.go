package synth

import (
	"errors"
	"fmt"
	"io"
	"math"
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

const defaultDelimiters = "*^:~"

func (o Options) check() error {
	switch {
	case o.Claims < 0 || o.Size < 0 || o.PerSet < 0:
		return fmt.Errorf("%w: negative count", ErrOptions)
	case o.Claims == 0 && o.Size == 0:
		return fmt.Errorf("%w: neither a number of claims nor a size", ErrOptions)
	case o.Claims > 0 && o.Size > 0:
		return fmt.Errorf("%w: both a number of claims and a size", ErrOptions)
	}
	d := o.Delimiters
	if d == "" {
		return nil
	}
	if len(d) != 4 {
		return fmt.Errorf("%w: %d delimiters, want 4", ErrOptions, len(d))
	}
	for i := range len(d) {
		c := d[i]
		data := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' ' || c == '-' || c == '.'
		if data || c == 0 || c >= 0x7F {
			return fmt.Errorf("%w: delimiter %q may stand in data", ErrOptions, c)
		}
		for j := range i {
			if d[j] == c {
				return fmt.Errorf("%w: delimiter %q twice", ErrOptions, c)
			}
		}
	}
	return nil
}

const (
	flushAt = 64 << 10
	// A GE01 holds six digits and an IEA01 five, so a group is closed before
	// its count overflows.
	maxSetsPerGroup = 999999
	maxST           = 999999999
)

// Write writes one interchange to w. The bytes depend on the options alone. An
// error is an ErrOptions, or the error of w as it is; Stats then count what was
// made so far.
func Write(w io.Writer, o Options) (Stats, error) {
	return write(w, o, maxSetsPerGroup)
}

func write(dst io.Writer, o Options, setsPerGroup int64) (Stats, error) {
	if err := o.check(); err != nil {
		return Stats{}, err
	}
	g := newGenerator(dst, o)
	err := g.run(setsPerGroup)
	g.stats.Bytes = g.total()
	return g.stats, err
}

// generator is the state of one Write.
type generator struct {
	o       Options
	m       *model
	dst     io.Writer
	out     wire // the output
	scratch wire // first walk of a sized output, text thrown away
	written int64
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
	d := o.Delimiters
	if d == "" {
		d = defaultDelimiters
	}
	out := wire{elem: d[0], comp: d[2], term: d[3], nl: o.NewLine && d[3] != '\n', dates: dateTable()}
	g := &generator{
		o: o, m: newModel(o.Seed), dst: dst, out: out, scratch: out,
		key: derive(o.Seed, 0xED1), texts: newTexts(), payers: payers(), payees: payees(),
	}
	g.out.b = make([]byte, 0, flushAt+16<<10)
	return g
}

// total is the number of bytes made so far.
func (g *generator) total() int64 { return g.written + int64(len(g.out.b)) }

func (g *generator) flush() error {
	n, err := g.dst.Write(g.out.b)
	g.written += int64(n)
	if err == nil && n < len(g.out.b) {
		err = io.ErrShortWrite
	}
	g.out.b = g.out.b[:0]
	return err
}

func (g *generator) run(setsPerGroup int64) error {
	env := newEnvelope(g.key)
	g.isa(env)
	groups, inGroup := int64(0), int64(0)
	for done := false; !done; {
		if inGroup == setsPerGroup {
			g.ge(inGroup, groups)
			inGroup = 0
		}
		if inGroup == 0 {
			groups++
			g.gs(env, groups)
		}
		if err := g.set(env); err != nil {
			return err
		}
		inGroup++
		if g.o.Size > 0 {
			done = g.total() >= g.o.Size
		} else {
			done = g.stats.Claims == g.o.Claims
		}
		if !done && g.stats.Sets == maxST {
			return fmt.Errorf("%w: more than %d sets", ErrOptions, maxST)
		}
	}
	g.ge(inGroup, groups)
	g.iea(env, groups)
	return g.flush()
}

// set writes one ST..SE.
func (g *generator) set(env envelope) error {
	s := g.newSet(env)
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

	g.out.segs = 0
	g.header(&g.out, s, net)
	for w := start; w.at < t.claims; {
		if w.opens() {
			w.advance()
			g.groupHead(&g.out, s, &w, g.groupTotals(w, t.claims))
		}
		w.next(&g.c)
		g.claim(&g.out, s, &g.c)
		if len(g.out.b) >= flushAt {
			if err := g.flush(); err != nil {
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
	size := g.total() // output before the set, closed groups, claims
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
		sc.b = sc.b[:0]
		g.claim(sc, s, &g.c)
		size += int64(len(sc.b))
		if size+slack < g.o.Size {
			continue
		}
		head := g.headLength(s, &w, gt)
		sc.b = sc.b[:0]
		forwarded, trace := g.forwarded, g.forwardedTrace
		g.header(sc, s, g.settle(s, t))
		g.forwarded, g.forwardedTrace = forwarded, trace
		if size+head+int64(len(sc.b)) >= g.o.Size {
			break
		}
	}
	return t
}

func (g *generator) headLength(s *set, w *walker, t groupTotals) int64 {
	g.scratch.b = g.scratch.b[:0]
	g.groupHead(&g.scratch, s, w, t)
	return int64(len(g.scratch.b))
}

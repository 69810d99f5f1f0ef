package synth

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/x12-go/edi/internal/invent"
)

// Kind is one of the three guides.
type Kind uint8

// The kinds.
const (
	Professional  Kind = iota // 005010X222A1
	Institutional             // 005010X223A2
	Dental                    // 005010X224A2
)

// Guide returns the version the kind is written in, as ST03 has it.
func (k Kind) Guide() string {
	switch k {
	case Professional:
		return "005010X222A1"
	case Institutional:
		return "005010X223A2"
	case Dental:
		return "005010X224A2"
	}
	return ""
}

// String returns the name of the kind in lower case.
func (k Kind) String() string {
	switch k {
	case Professional:
		return "professional"
	case Institutional:
		return "institutional"
	case Dental:
		return "dental"
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Options say what [Write] makes. Claims or Size must be positive, not both.
type Options struct {
	Kind Kind
	// Claims is the exact number of claims (CLM segments).
	Claims int64
	// Size is a number of bytes: no claim is begun once the output has that
	// many, and the open set and envelopes are then closed. A set begun below
	// the size holds at least one claim.
	Size int64
	// PerSet is the number of claims in each ST; 0 puts all into one ST.
	PerSet int64
	// Seed selects the content; every value is good, zero too.
	Seed uint64
	// Delimiters are the element, repetition, component and segment delimiters,
	// four different ASCII characters of which none is a letter, a digit, a
	// space, '-' or '.'. The empty string means "*^:~".
	Delimiters string
	// NewLine puts a line feed after every segment terminator. It has no effect
	// when the terminator is a line feed itself.
	NewLine bool
}

// Stats are the sums of one output.
type Stats struct {
	Bytes       int64 // bytes written
	Sets        int64 // ST..SE
	Billing     int64 // billing provider levels, HL03 20
	Subscribers int64 // subscriber levels, HL03 22
	Patients    int64 // patient levels, HL03 23
	Claims      int64 // CLM
	Lines       int64 // LX
	Charge      int64 // sum of CLM02 in cents
}

// ErrOptions is wrapped by the errors for options that cannot be met.
var ErrOptions = errors.New("synth: bad options")

func (o Options) check() error {
	if o.Kind > Dental {
		return fmt.Errorf("%w: no kind %d", ErrOptions, o.Kind)
	}
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
	err := g.x.Write(&g.out, setsPerGroup, ErrOptions, g.set)
	g.stats.Bytes = g.out.Total()
	return g.stats, err
}

// generator is the state of one Write.
type generator struct {
	o     Options
	x     *invent.Interchange
	out   invent.Wire
	stats Stats
	key   uint64
	tables

	// The open levels.
	hl           int64 // HL01 last given, from 1 in each set
	billerHL     int64
	biller       *biller
	subscriberHL int64
	subscribers  int64 // that the billing level still takes
	sub          subscriber
	patients     int64 // that the subscriber level still takes
	pat          person
	relation     string // PAT01 of the patient in hand
	claims       int64  // that the innermost level still takes

	c claim // the one claim in hand
}

// The streams below the key.
const (
	streamSets = iota + 2 // the interchange has 1
	streamBilling
	streamSubscribers
	streamPatients
	streamClaims
)

const (
	sender   = "SYNTHSUBMIT"
	receiver = "SYNTHHOUSE"
)

func newGenerator(dst io.Writer, o Options) *generator {
	g := &generator{
		o: o, out: invent.NewWire(dst, o.Delimiters, o.NewLine),
		key: invent.Derive(o.Seed, 0x837+uint64(o.Kind)), tables: newTables(o.Kind),
		x: &invent.Interchange{Sender: sender, Receiver: receiver, Functional: "HC", Guide: o.Kind.Guide()},
	}
	g.x.Draw(g.key)
	return g
}

// stream returns the n-th stream of a sort.
func (g *generator) stream(sort uint64, n int64) invent.Rand {
	return invent.Stream(invent.Derive(g.key, sort), uint64(n))
}

// set writes one ST..SE.
func (g *generator) set(number int64) (more bool, err error) {
	left := g.o.PerSet
	if left == 0 {
		left = math.MaxInt64
	}
	if g.o.Size == 0 {
		left = min(left, g.o.Claims-g.stats.Claims)
	}
	g.out.Segs, g.hl = 0, 0
	g.subscribers, g.patients, g.claims = 0, 0, 0
	g.header(number)
	for first := true; left > 0 && (first || !g.full()); left-- {
		g.open()
		r := g.stream(streamClaims, g.stats.Claims)
		g.claim(&r)
		first = false
		if g.out.Full() {
			if err := g.out.Flush(); err != nil {
				return false, err
			}
		}
	}
	w := &g.out
	w.Open("SE")
	w.Num(w.Segs + 1)
	w.Padded(number, 4)
	w.End()
	g.stats.Sets++
	if g.o.Size > 0 {
		return !g.full(), nil
	}
	return g.stats.Claims < g.o.Claims, nil
}

// full reports whether the output has the wanted size.
func (g *generator) full() bool { return g.o.Size > 0 && g.out.Total() >= g.o.Size }

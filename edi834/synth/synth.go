package synth

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/x12-go/edi/internal/invent"
)

// Action says what the receiver does with a file.
type Action uint8

// The actions of BGN08.
const (
	Verify  Action = iota // 4: a full file to compare with
	Change                // 2: a change file
	Replace               // RX: a full file that takes the place of what there was
)

// Code returns the action as BGN08 has it, "" for none of the three.
func (a Action) Code() string {
	switch a {
	case Verify:
		return "4"
	case Change:
		return "2"
	case Replace:
		return "RX"
	}
	return ""
}

// String returns the name of the action in lower case.
func (a Action) String() string {
	switch a {
	case Verify:
		return "verify"
	case Change:
		return "change"
	case Replace:
		return "replace"
	}
	return fmt.Sprintf("Action(%d)", uint8(a))
}

// Options say what [Write] makes. Members or Size must be positive, not both.
type Options struct {
	Action Action
	// Members is the exact number of members (INS segments).
	Members int64
	// Size is a number of bytes: nothing is begun once the output has that many,
	// and the open envelopes are then closed. Without PerSet that is a member,
	// and no control totals are written, since they stand in front of what they
	// count; with PerSet it is a set, and every set is full.
	Size int64
	// PerSet is the number of members in each ST; 0 puts all into one ST.
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
	Members     int64 // INS
	Subscribers int64 // INS01 Y
	Coverages   int64 // HD
	Categories  int64 // LX of loop 2700
	Premium     int64 // sum of AMT*P3 of the coverages in cents
}

// ErrOptions is wrapped by the errors for options that cannot be met.
var ErrOptions = errors.New("synth: bad options")

func (o Options) check() error {
	if o.Action > Replace {
		return fmt.Errorf("%w: no action %d", ErrOptions, o.Action)
	}
	a := invent.Amount{What: "members", Count: o.Members, Size: o.Size, PerSet: o.PerSet, Delimiters: o.Delimiters}
	if err := a.Check(); err != nil {
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

	sponsor  *sponsor // of the set
	families int64    // opened
	family   family   // in hand
	m        member   // in hand
}

// The streams below the key.
const (
	streamSets = iota + 2 // the interchange has 1
	streamFamilies
	streamMembers
)

const (
	sender   = "SYNTHSPONSOR"
	receiver = "SYNTHPLAN"
	version  = "005010X220A1"
)

func newGenerator(dst io.Writer, o Options) *generator {
	g := &generator{
		o: o, out: invent.NewWire(dst, o.Delimiters, o.NewLine),
		key: invent.Derive(o.Seed, 0x834+uint64(o.Action)<<12), tables: newTables(),
		x: &invent.Interchange{Sender: sender, Receiver: receiver, Functional: "BE", Guide: version},
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
		left = min(left, g.o.Members-g.stats.Members)
	}
	known := left < math.MaxInt64
	g.out.Segs, g.family.left = 0, 0
	g.header(number, left, known)
	for first := true; left > 0 && (first || known || !g.full()); left-- {
		if g.family.left == 0 {
			g.open(left)
		}
		g.next()
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
	return g.stats.Members < g.o.Members, nil
}

// full reports whether the output has the wanted size.
func (g *generator) full() bool { return g.o.Size > 0 && g.out.Total() >= g.o.Size }

// header writes ST up to the loops 1000. known says whether members is what the
// set will hold.
func (g *generator) header(number, members int64, known bool) {
	w := &g.out
	r := g.stream(streamSets, number)
	g.sponsor = invent.Pick(&r, g.sponsors)
	w.Open("ST")
	w.Str("834")
	w.Padded(number, 4)
	w.Str(version)
	w.End()
	resent := r.Chance(40)
	w.Open("BGN")
	w.Str(choose(resent, "15", "00"))
	g.reference(number)
	g.x.Created(w)
	w.Str(choose(r.Chance(300), "CT", ""))
	if resent {
		w.Tagged("ENR", g.x.Control, 9)
	} else {
		w.Skip(1)
	}
	w.Skip(1)
	w.Str(g.o.Action.Code())
	w.End()
	if r.Chance(700) {
		text(w, "REF", "38", g.sponsor.policy)
	}
	day(w, "007", g.x.Day-g.x.Day%7)
	if g.o.Action != Change && r.Chance(400) {
		day(w, "382", g.x.Day+14)
	}
	if known {
		subscribers := g.count(members)
		total(w, "TO", members)
		total(w, "ET", subscribers)
		total(w, "DT", members-subscribers)
	}
	party(w, "P5", g.sponsor.name, "FI", g.sponsor.tax)
	payer := invent.Pick(&r, g.payers)
	party(w, "IN", payer.name, "FI", payer.tax)
	if r.Chance(400) {
		party(w, "BO", "LANTERN BENEFIT BROKERS LLC", "FI", "990300040")
		if r.Chance(500) {
			w.Open("ACT")
			w.Tagged("LBB", g.sponsor.number, 6)
			w.End()
		}
	}
	if r.Chance(200) {
		party(w, "TV", "COTTONWOOD ADMINISTRATORS", "94", "CWA01")
		if r.Chance(400) {
			w.Open("ACT")
			w.Str("CW-2205")
			w.Skip(4)
			w.Str("CW-2206")
			w.End()
		}
	}
}

// reference writes BGN02.
func (g *generator) reference(number int64) {
	w := &g.out
	w.Tagged("ENR", g.x.Control, 9)
	w.B = append(w.B, '-')
	w.B = invent.AppendPadded(w.B, number, 6)
}

func total(w *invent.Wire, qualifier string, n int64) {
	w.Open("QTY")
	w.Str(qualifier)
	w.Num(n)
	w.End()
}

func party(w *invent.Wire, role, name, qualifier, id string) {
	w.Open("N1")
	w.Str(role)
	w.Str(name)
	w.Str(qualifier)
	w.Str(id)
	w.End()
}

package synth

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/x12-go/edi/internal/invent"
	"github.com/x12-go/edi/internal/invent/insured"
)

// Options say what [Write] makes. Answers or Size must be positive, not both.
type Options struct {
	// Answers is the exact number of answers: subscribers and dependents with what
	// is said about them, and sources and receivers that are rejected as a whole.
	Answers int64
	// Size is a number of bytes: no answer is begun once the output has that
	// many, and the open set and envelopes are then closed. A set begun below the
	// size holds at least one answer.
	Size int64
	// PerSet is the number of answers in each ST; 0 puts all into one ST, 1 is
	// the form of real-time systems.
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
	Sources     int64 // HL03 20
	Receivers   int64 // HL03 21
	Subscribers int64 // HL03 22
	Dependents  int64 // HL03 23
	Answers     int64 // persons answered for, and levels rejected as a whole
	Benefits    int64 // EB
	Rejections  int64 // AAA
	Entities    int64 // NM1 of 2120
}

// ErrOptions is wrapped by the errors for options that cannot be met.
var ErrOptions = errors.New("synth: bad options")

func (o Options) check() error {
	a := invent.Amount{What: "answers", Count: o.Answers, Size: o.Size, PerSet: o.PerSet, Delimiters: o.Delimiters}
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
	insured.Tables
	tables

	// The open levels.
	hl           int64 // HL01 last given, from 1 in each set
	sourceHL     int64
	source       *insured.Party
	receivers    int64 // that the source still takes
	receiverHL   int64
	receiver     *insured.Party
	subscribers  int64 // that the receiver still takes
	subscriberHL int64
	subscriber   insured.Person
	dependents   int64 // that the subscriber still takes
	dependent    insured.Person

	a answer // the one in hand
}

// The streams below the key.
const (
	streamSets = iota + 2 // the interchange has 1
	streamSources
	streamReceivers
	streamAnswers
)

const (
	sender   = "SYNTHPAYER"
	receiver = "SYNTHPROVIDER"
	version  = "005010X279A1"
)

func newGenerator(dst io.Writer, o Options) *generator {
	g := &generator{
		o: o, out: invent.NewWire(dst, o.Delimiters, o.NewLine),
		key: invent.Derive(o.Seed, 0x271), Tables: insured.NewTables(), tables: newTables(),
		x: &invent.Interchange{Sender: sender, Receiver: receiver, Functional: "HB", Guide: version},
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
		left = min(left, g.o.Answers-g.stats.Answers)
	}
	g.out.Segs, g.hl = 0, 0
	g.receivers, g.subscribers, g.dependents = 0, 0, 0
	g.header(number)
	for first := true; left > 0 && (first || !g.full()); left-- {
		g.answer()
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
	return g.stats.Answers < g.o.Answers, nil
}

// full reports whether the output has the wanted size.
func (g *generator) full() bool { return g.o.Size > 0 && g.out.Total() >= g.o.Size }

// header writes ST and BHT.
func (g *generator) header(number int64) {
	w := &g.out
	r := g.stream(streamSets, number)
	w.Open("ST")
	w.Str("271")
	w.Padded(number, 4)
	w.Str(version)
	w.End()
	w.Open("BHT")
	w.Str("0022")
	w.Str(choose(r.Chance(40), "06", "11"))
	w.Tagged("", g.x.Control, 9)
	w.B = append(w.B, '-')
	w.B = invent.AppendPadded(w.B, number, 6)
	g.x.Created(w)
	w.End()
}

// choose is yes or no as b says.
func choose[T any](b bool, yes, no T) T {
	if b {
		return yes
	}
	return no
}

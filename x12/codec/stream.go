package codec

import (
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Kind says what an [Event] hands out.
type Kind uint8

// The kinds, in the order in which a set gives them.
const (
	Begin   Kind = iota + 1 // the header of a set: everything in front of the first streamed loop
	Enter                   // a loop around units has opened; its own segments
	Unit                    // a unit
	Trailer                 // a part of the trailer with units behind it, which is a fault of the input
	End                     // the rest of the trailer; the set is over
	Other                   // a segment of a set without a guide
	Control                 // ISA, GS, GE or IEA, only when Stream.Controls asks for them
)

// Event is one step of a [Stream].
type Event struct {
	Nests bool // of a unit: units stand in its loop too, and are handed out behind it
	Kind  Kind
	Tape  *Tape        // not for Other
	Seg   *x12.Segment // for Other, ST and SE included, and for Control
}

// Rules of the stream.
const (
	RuleGuideVersion = "guide/version" // the version identifier is not that of a known guide
	RuleGuideNone    = "guide/none"    // no guide for this transaction set
)

// Stream reads sets and hands them out scope by scope in constant memory: nothing of a scope is kept once the next was
// asked for.
type Stream struct {
	Controls bool // hand out the segments of the envelope too

	r       *x12.Reader
	sink    x12.Sink
	tables  []*guide.Table
	walkers []*guide.Walker
	byTable [][]place
	nesting [][]bool // by table and loop: a unit that units stand in
	limits  x12.Limits

	walker  *guide.Walker // of the set being read, nil outside one
	places  []place       // of its table, by slot
	nests   []bool        // of its table, by loop
	scope   uint16        // number of the scope on the tape, as in places
	tape    Tape          // of the scope being read
	start   int64         // stream offset of its first segment
	last    guide.SlotID  // of the segment last put on it
	handed  bool          // it was handed out: empty it before going on
	units   int64         // units of the set so far
	partial bool          // a part of the trailer was handed out
	todo    []todo        // segments read, and loops opened virtually in front of them, that are not on the tape yet
	ending  bool          // the set is over: hand out what is left of it
	seg     *x12.Segment  // the segment last read
	again   bool          // seg was not looked at yet: it ended the set before it
	err     error
}

// place is what run has to know of a slot.
type place struct {
	scope uint16 // number of the scope: loop*2, +1 for the trailer
	opens bool   // its segment starts a streamed loop
}

func number(s guide.Scope) uint16 {
	n := uint16(s.Loop) * 2
	if s.Trailer {
		n++
	}
	return n
}

func placesOf(t *guide.Table) []place {
	out := make([]place, len(t.Slots))
	for i := range t.Slots {
		slot := &t.Slots[i]
		out[i] = place{number(t.Scope(guide.SlotID(i))), slot.Trigger && t.Loops[slot.Loop].Stream}
	}
	return out
}

// nestingOf finds the units that have streamed loops below them, such as the subscribers of a 271 that have dependents.
func nestingOf(t *guide.Table) []bool {
	out := make([]bool, len(t.Loops))
	for i := range t.Loops {
		if up := t.Loops[i].Parent; t.Loops[i].Stream && t.IsUnit(up) {
			out[up] = true
		}
	}
	return out
}

// todo is an entry for the tape.
type todo struct {
	Seg
	offset  int64
	ordinal int
	scope   guide.Scope
	opens   bool // it starts a new scope
	missed  bool // a required segment of that scope is missing in front of it
}

func isEnvelope(id x12.SegID) bool {
	return id == idISA || id == idGS || id == idGE || id == idIEA || id == idSE
}

var idISA, idGS, idGE, idIEA = x12.ID("ISA"), x12.ID("GS"), x12.ID("GE"), x12.ID("IEA")

var idST, idSE = x12.ID("ST"), x12.ID("SE")

// NewStream returns a Stream over r for the given guides. Findings of the structure go to sink, as those of r do to its
// own; give both the same.
func NewStream(r *x12.Reader, sink x12.Sink, tables ...*guide.Table) *Stream {
	n := len(tables)
	return &Stream{r: r, sink: sink, tables: tables, limits: r.Limits(), walkers: make([]*guide.Walker, n), byTable: make([][]place, n), nesting: make([][]bool, n)}
}

// Reader returns the reader below.
func (s *Stream) Reader() *x12.Reader { return s.r }

// Env returns where in the stream the last event stood.
func (s *Stream) Env() Env { return s.tape.Env }

// Scope returns the streamed loop the last event was about, 0 for the set.
func (s *Stream) Scope() guide.LoopID { return s.tape.Scope.Loop }

// CheckSetSize is a Fatal issue when the open set has gone over the limit of a set that is decoded as a whole.
func (s *Stream) CheckSetSize() error {
	t := &s.tape
	if t.Set == nil || s.r.InputOffset()-t.Set.Offset <= int64(s.limits.SetBytes) {
		return nil
	}
	i := &x12.Issue{
		Offset: t.Set.Offset, Segment: 1, SegID: "ST", Guide: t.Guide, Rule: x12.RuleLimit, Severity: x12.Fatal,
		Message: "over the limit of bytes of a set decoded as a whole: read it unit by unit", Err: x12.ErrLimit,
	}
	s.report(i)
	return i
}

// report completes a finding and hands it on.
func (s *Stream) report(i *x12.Issue) {
	if s.tape.Set != nil {
		s.tape.Env.Place(i)
	}
	if s.sink != nil && !s.sink(i) {
		s.err = x12.ErrStopped
	}
}

// Next returns the next event, io.EOF at the end. Errors are those of [x12.Reader.Read]; before one is returned, what
// was read of the open set is handed out.
func (s *Stream) Next() (Event, error) {
	for {
		if s.err == x12.ErrStopped {
			return Event{}, s.err
		}
		if s.handed {
			s.handed = false
			s.tape.reset()
			s.r.Drop()
		}
		if len(s.todo) > 0 {
			if s.put() {
				continue
			}
			return s.hand(), nil
		}
		if s.ending {
			return s.closing(), nil
		}
		if s.err != nil {
			return Event{}, s.err
		}
		if !s.again {
			if s.seg, s.err = s.r.Read(); s.err != nil {
				s.leave()
				continue
			}
		}
		s.again = false
		if s.walker != nil && s.run() {
			continue
		}
		switch set := s.r.Set(); {
		case s.walker != nil && set != s.tape.Set:
			s.again = true
			s.leave()
		case s.walker != nil:
			s.walk()
		case set == nil && isEnvelope(s.seg.ID):
			if s.Controls && s.seg.ID != idSE {
				s.tape.Env = Env{Interchange: s.r.Interchange(), Group: s.r.Group()}
				return Event{Kind: Control, Seg: s.seg}, nil
			}
		case set != nil && s.seg.ID == idST && s.enter(set):
			s.walk()
		default:
			s.tape.Env = Env{Interchange: s.r.Interchange(), Group: s.r.Group(), Set: set}
			return Event{Kind: Other, Seg: s.seg}, nil
		}
	}
}

// enter looks for the guide of a set.
func (s *Stream) enter(set *x12.Set) bool {
	version := set.Version
	if g := s.r.Group(); g != nil {
		version = g.Version()
	}
	pick, near := -1, false
	for i, t := range s.tables {
		if t.Set != set.ID {
			continue
		}
		if t.Reads(version) || t.Reads(set.Version) {
			pick = i
			break
		}
		if t.Exact && (set.Version != "" || s.r.Interchange().Seq > 0) {
			continue // the set says that it is something else
		}
		if is := slices.Contains(t.Near, version) || slices.Contains(t.Near, set.Version); pick < 0 || is && !near {
			pick, near = i, is
		}
	}
	if pick < 0 {
		s.tape.Env = Env{Interchange: s.r.Interchange(), Group: s.r.Group(), Set: set}
		s.report(&x12.Issue{
			Offset: s.seg.Offset, Segment: 1, SegID: "ST", Element: 1, Rule: RuleGuideNone, Level: 2, Severity: x12.Warning,
			Codes: x12.Codes{IK5: "1"}, Message: "no guide for this transaction set: its segments are only passed on",
		})
		return false
	}
	t := s.tables[pick]
	if s.walkers[pick] == nil { // what no set needs is not made, nor are its tables loaded
		s.walkers[pick], s.byTable[pick], s.nesting[pick] = guide.NewWalker(t, s.report), placesOf(t), nestingOf(t)
	}
	s.walker, s.places, s.nests, s.scope = s.walkers[pick], s.byTable[pick], s.nesting[pick], 0
	s.walker.Reset()
	s.units, s.partial = 0, false
	s.r.Hold()
	s.r.Drop()
	s.tape.reset()
	s.tape.Env = Env{Interchange: s.r.Interchange(), Group: s.r.Group(), Set: set, Guide: t.ID}
	s.tape.Table, s.tape.Scope = t, guide.Scope{}
	s.start, s.last = s.seg.Offset, 0
	s.tape.offset, s.tape.ordinal = s.seg.Offset, 1
	if g := s.r.Group(); g != nil && g.Seq > 0 && g.GS[0] != "" && g.GS[0] != t.GS {
		s.report(&x12.Issue{
			Offset: s.seg.Offset, Segment: 1, SegID: "ST", Element: 1, Rule: x12.RuleSetGroup, Severity: x12.Error, Guide: t.ID,
			Codes: x12.Codes{IK5: "18"}, Message: "the set does not belong to its group: expected GS01 " + t.GS,
		})
	}
	if !t.Reads(version) && !t.Reads(set.Version) && s.r.Interchange().Seq > 0 {
		s.report(&x12.Issue{
			Offset: s.seg.Offset, Segment: 1, SegID: "ST", Rule: RuleGuideVersion, Level: 2, Severity: x12.Warning, Guide: t.ID,
			Codes: x12.Codes{AK9: "2", IK5: "I6"}, Message: "neither GS08 nor ST03 names a known guide: read as " + t.ID,
		})
	}
	return true
}

// run walks the current segment and those behind it as long as they simply continue the scope: the usual case, without
// the detour over todo. It returns true when it stopped with the last segment queued or read, false when the current
// segment is for the caller.
func (s *Stream) run() bool {
	t, r, w := &s.tape, s.r, s.walker
	places := s.places
	for {
		seg := s.seg
		if r.Set() != t.Set || seg.ID == idSE {
			return false
		}
		p := w.Walk(seg)
		pl := &places[p.Slot]
		if p.Flag|guide.Flag(p.Opened) != 0 || pl.scope != s.scope || pl.opens || s.err != nil { // stopped at a finding
			s.queue(p)
			return true
		}
		if w.Missed() {
			t.Odd = true
		}
		if p.Slot < s.last && !t.Table.Reopens(p.Slot, s.last) {
			t.Moved = true
		}
		s.last = p.Slot
		t.Segs = append(t.Segs, makeSeg(r.Span(), seg, p.Slot, 0))
		if len(t.Segs) > s.limits.UnitSegments || seg.Offset-s.start > int64(s.limits.UnitBytes) {
			s.limit()
			return true
		}
		if s.seg, s.err = r.Read(); s.err != nil {
			s.leave()
			return true
		}
	}
}

// walk places the current segment and queues it for the tape.
func (s *Stream) walk() { s.queue(s.walker.Walk(s.seg)) }

func (s *Stream) queue(p guide.Placement) {
	t := s.tape.Table
	missed := s.walker.Missed() // in what is on the tape, or in the trailer that begins
	if missed {
		s.tape.Odd = true
	}
	scope := s.tape.Scope
	for _, v := range s.walker.Opened() {
		e := todo{Seg: Seg{start: uint32(s.seg.Offset), Slot: v, Flag: guide.Virtual}, offset: s.seg.Offset, ordinal: s.seg.Ordinal}
		e.scope = t.Scope(v)
		e.opens = t.Loops[t.Slots[v].Loop].Stream
		scope = e.scope
		s.todo = append(s.todo, e)
	}
	e := todo{scope: scope}
	e.Seg, e.offset, e.ordinal = makeSeg(s.r.Span(), s.seg, p.Slot, p.Flag), s.seg.Offset, s.seg.Ordinal
	if p.Slot > 0 {
		slot := &t.Slots[p.Slot]
		own := t.Scope(p.Slot)
		e.opens = slot.Trigger && t.Loops[slot.Loop].Stream || own != scope && own.Trailer
		if e.opens || own == scope {
			e.scope = own
		}
		e.missed = missed && e.opens && own.Trailer
	}
	s.todo = append(s.todo, e)
	if s.seg.ID == idSE {
		s.leave()
	}
	s.over()
}

// over ends the stream when the scope has gone over a limit.
func (s *Stream) over() {
	if len(s.tape.Segs) > s.limits.UnitSegments || s.seg.Offset-s.start > int64(s.limits.UnitBytes) {
		s.limit()
	}
}

// limit ends the stream at a limit.
func (s *Stream) limit() {
	i := &x12.Issue{
		Offset: s.seg.Offset, Segment: s.seg.Ordinal, SegID: x12.Clip(s.seg.Name()), Guide: s.tape.Guide, Rule: x12.RuleLimit,
		Severity: x12.Fatal, Message: "over the limit of bytes or segments of one unit", Err: x12.ErrLimit,
	}
	s.report(i)
	if s.err == nil {
		s.err = i
	}
	s.leave()
}

// leave ends the open set, if there is one.
func (s *Stream) leave() {
	if s.walker == nil || s.ending {
		return
	}
	s.ending = true
	if s.err != nil { // the end of the stream, inside the set
		s.walker.Cut()
	} else {
		s.walker.End()
	}
	if s.walker.Missed() {
		s.tape.Odd = true
	}
}

// put moves the first queued entry to the tape; it returns false when the tape has to be handed out before.
func (s *Stream) put() bool {
	e := &s.todo[0]
	if e.opens {
		if len(s.tape.Segs) > 0 {
			return false
		}
		s.open(e.scope, e.offset, e.ordinal)
		e.opens = false
	}
	if e.Flag != 0 || e.missed {
		s.tape.Odd = true
	}
	if e.Slot < s.last && !s.tape.Table.Reopens(e.Slot, s.last) {
		s.tape.Moved = true
	}
	s.last = e.Slot
	if e.Flag&guide.Virtual != 0 {
		s.tape.guessed = append(s.tape.guessed, int32(len(s.tape.Segs)))
	}
	s.tape.Segs = append(s.tape.Segs, e.Seg)
	s.todo = s.todo[:copy(s.todo, s.todo[1:])]
	return true
}

// open starts a scope.
func (s *Stream) open(scope guide.Scope, offset int64, ordinal int) {
	t := &s.tape
	t.Scope, s.scope = scope, number(scope)
	s.start, s.last = offset, 0
	t.offset, t.ordinal = offset, ordinal
	if t.Table.IsUnit(scope.Loop) {
		s.units++
	}
	t.Open = t.Open[:0]
	if scope.Loop == 0 {
		return
	}
	t.Open = s.walker.Open(t.Open)
	for i := range t.Open {
		if t.Open[i].Loop == scope.Loop {
			t.Open = t.Open[:i+1]
			break
		}
	}
}

// hand gives out the tape.
func (s *Stream) hand() Event {
	t := &s.tape
	t.text, t.base, t.toks, t.first = s.r.Held()
	t.Delims = s.r.Interchange().Delims
	t.Units = s.units
	t.Partial = s.partial
	s.partial = s.partial || t.Scope.Trailer
	s.handed = true
	ev := Event{Tape: t}
	switch {
	case t.Scope.Trailer:
		ev.Kind = Trailer
	case t.Scope.Loop == 0:
		ev.Kind = Begin
	case t.Table.IsUnit(t.Scope.Loop):
		ev.Kind, ev.Nests = Unit, s.nests[t.Scope.Loop]
	default:
		ev.Kind = Enter
	}
	return ev
}

// closing hands out what is left of a set: the open scope, then the trailer.
func (s *Stream) closing() Event {
	if !s.tape.Scope.Trailer {
		if len(s.tape.Segs) > 0 {
			return s.hand()
		}
		s.open(guide.Scope{Trailer: true}, s.start, 0)
		s.tape.Odd = true // nothing of it is there
	}
	ev := s.hand()
	ev.Kind = End
	s.ending, s.walker = false, nil
	s.r.Release()
	return ev
}

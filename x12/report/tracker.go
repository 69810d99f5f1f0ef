package report

import (
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// scope is an open part of a set: the set itself, a level around units, or a unit.
type scope struct {
	Kind       codec.Kind // Begin for the set, Enter for a level, Unit
	SetID      string     // ST01
	Set        *x12.Set   // as the reader numbers it
	Loop       string     // id of its loop, "" for the set
	Ordinal    int64      // of a unit in its set, 1 = first
	Offset     int64      // of its first segment
	Errors     int64      // findings of severity error that are its own
	Warned     int64      // of severity warning
	Dependent  bool       // a member that is no subscriber
	Subscriber uint64     // hash of the number of a member's subscriber
	bad        bool       // for Verdicts: something of it or below it is
	Counted    bool       // it is one of what the set lists; a subscriber about whom nothing is asked is not

	open    []guide.LoopAt
	path    string
	virtual bool // its first segment did not come
	tape    codec.Tape
	text    []byte
	toks    []uint32
	kept    bool // tape is a copy of its segments
}

// finding is a finding and what it belongs to.
type finding struct {
	*x12.Issue
	scope *scope // nil for the envelope
}

// tracker follows the steps of a stream and tells of each finding what it belongs to. Findings are handed out in stream order; one that was
// made while reading ahead waits for the step it is about.
type tracker struct {
	Keep   bool           // keep the segments of open levels, for [tracker.Segment]
	Found  func(*finding) // gets each finding; valid during the call
	Opened func(*scope)   // a scope begins; may be nil
	Closed func(*scope)   // a scope is over, and with it what is its own; may be nil

	chain []*scope
	free  []*scope
	late  []*x12.Issue // for the next step
	now   []*x12.Issue
	step  *codec.Step
}

// Step takes a step. The step's findings are taken over.
func (t *tracker) Step(s *codec.Step) {
	t.step = s
	switch s.Kind {
	case codec.Begin, codec.Enter, codec.Unit:
		t.push(s)
	case codec.Trailer, codec.End:
		t.popTo(min(1, len(t.chain)))
	case codec.Other:
		t.other(s)
	default:
		t.popTo(0)
	}
	t.now = append(append(t.now[:0], t.late...), s.Issues...)
	if len(t.late) > 0 {
		slices.SortStableFunc(t.now, func(a, b *x12.Issue) int { return int(min(max(a.Offset-b.Offset, -1), 1)) })
		t.late = t.late[:0]
	}
	for _, i := range t.now {
		t.place(i)
	}
	if s.Kind == codec.End {
		t.popTo(0)
	}
	t.step = nil
}

// push opens the scope of a step.
func (t *tracker) push(s *codec.Step) {
	n := 0
	if s.Kind != codec.Begin {
		for n < len(t.chain) && around(t.chain[n].open, s.Tape.Open) {
			n++
		}
	}
	t.popTo(n)
	c := t.fresh()
	*c = scope{Kind: s.Kind, open: append(c.open[:0], s.Tape.Open...), tape: c.tape, text: c.text[:0], toks: c.toks[:0]}
	c.Set, c.SetID, c.Ordinal, c.Offset = s.Tape.Set, s.Tape.Table.Set, s.Tape.Units, begins(s.Tape)
	if l := s.Tape.Scope.Loop; l > 0 {
		c.Loop = s.Tape.Table.Loops[l].ID
	}
	c.virtual = len(s.Tape.Segs) > 0 && s.Tape.Segs[0].Flag&guide.Virtual != 0
	c.Counted = s.Kind == codec.Unit && counted(s.Tape)
	if c.SetID == "834" && s.Kind == codec.Unit && t.Opened != nil {
		c.Dependent, c.Subscriber = member(s.Tape)
	}
	if t.Keep && (s.Kind != codec.Unit || nests(s.Tape)) {
		s.Tape.CopyTo(&c.tape, &c.text, &c.toks)
		c.kept = true
	}
	t.chain = append(t.chain, c)
	if t.Opened != nil {
		t.Opened(c)
	}
}

// begins returns the stream offset of the first segment of a tape.
func begins(t *codec.Tape) int64 {
	if len(t.Segs) == 0 {
		return t.End()
	}
	return t.Offset(0)
}

// other follows a set that has no guide.
func (t *tracker) other(s *codec.Step) {
	if len(t.chain) > 0 && t.chain[0].Set == s.Env.Set {
		return
	}
	t.popTo(0)
	if s.Env.Set == nil {
		return
	}
	c := t.fresh()
	*c = scope{Kind: codec.Begin, tape: c.tape, text: c.text[:0], toks: c.toks[:0], open: c.open[:0]}
	c.Set, c.SetID, c.Offset = s.Env.Set, s.Env.Set.ID, s.Env.Set.Offset
	t.chain = append(t.chain, c)
	if t.Opened != nil {
		t.Opened(c)
	}
}

// fresh returns a scope to be filled.
func (t *tracker) fresh() *scope {
	k := len(t.free)
	if k == 0 {
		return &scope{}
	}
	c := t.free[k-1]
	t.free = t.free[:k-1]
	return c
}

// around reports whether the loops of a are open around those of b.
func around(a, b []guide.LoopAt) bool { return len(a) < len(b) && slices.Equal(a, b[:len(a)]) }

// nests reports whether units stand below the loop of a tape.
func nests(t *codec.Tape) bool {
	for i := range t.Table.Loops {
		if l := &t.Table.Loops[i]; i > 0 && l.Stream && l.Parent == t.Scope.Loop {
			return true
		}
	}
	return false
}

// counted reports whether a unit is one of what its set is a list of, as the counts of a stream have it.
func counted(t *codec.Tape) bool {
	switch t.Table.Set {
	case "270":
		return has(t, idEQ)
	case "271":
		return has(t, idEB) || has(t, idAAA)
	}
	return len(t.Segs) > 0 && t.Segs[0].Flag&guide.Virtual == 0
}

var idAAA, idBPR, idCLM, idCLP, idEB, idEQ, idHL, idINS, idREF, idTRN = x12.ID("AAA"), x12.ID("BPR"), x12.ID("CLM"), x12.ID("CLP"),
	x12.ID("EB"), x12.ID("EQ"), x12.ID("HL"), x12.ID("INS"), x12.ID("REF"), x12.ID("TRN")

func has(t *codec.Tape, id x12.SegID) bool { return find(t, id, "") >= 0 }

// find returns the first segment of an identifier, with a qualifier if that is not empty; -1 for none.
func find(t *codec.Tape, id x12.SegID, qualifier string) int {
	for i := range t.Segs {
		g := &t.Segs[i]
		if t.Table.Slots[g.Slot].ID == id && g.Flag&guide.Virtual == 0 && (qualifier == "" || string(t.Elem(i, 1)) == qualifier) {
			return i
		}
	}
	return -1
}

func (t *tracker) popTo(n int) {
	for len(t.chain) > n {
		c := t.chain[len(t.chain)-1]
		t.chain = t.chain[:len(t.chain)-1]
		if t.Closed != nil {
			t.Closed(c)
		}
		t.free = append(t.free, c)
	}
}

// Open returns the open scopes, the set first.
func (t *tracker) Open() []*scope { return t.chain }

// place hands a finding out with its scope, or keeps it for the next step.
func (t *tracker) place(i *x12.Issue) {
	c, next := t.scope(i)
	if next && t.step.Kind != 0 {
		t.late = append(t.late, i)
		return
	}
	if c != nil {
		switch {
		case i.Severity >= x12.Error:
			c.Errors++
		case i.Severity == x12.Warning:
			c.Warned++
		}
	}
	if t.Found != nil {
		t.Found(&finding{i, c})
	}
}

// scope finds the open scope a finding belongs to. It goes by the loops of the finding, since what is missing is found where
// something else stands; next says that it is about what comes behind the step.
func (t *tracker) scope(i *x12.Issue) (c *scope, next bool) {
	if len(t.chain) == 0 {
		return nil, false
	}
	tape := t.step.Tape
	ahead := tape != nil && i.Offset >= tape.End()
	if tape == nil && i.Loop != "" { // a set is over that has not come to its end: its loops are not open any more
		return t.chain[0], false
	}
	if i.Loop == "" {
		if !ahead {
			return t.at(i), false
		}
		if t.step.Kind == codec.End && tape.Set != nil && i.Set == tape.Set.Control {
			return t.chain[0], false
		}
		return nil, true
	}
	c = t.chain[0]
	for _, s := range t.chain[1:] {
		if !s.holds(i.Loop, t.table()) {
			break
		}
		c = s
	}
	rest := strings.TrimPrefix(i.Loop, c.pathIn(t.table()))
	if t.streams(rest) { // a loop that is not open
		if ahead {
			return nil, true
		}
		return t.chain[0], false
	}
	return c, false
}

// at finds the innermost scope of a finding without loops by its place in the stream: one of the reader.
func (t *tracker) at(i *x12.Issue) *scope {
	if t.step.Kind == codec.End || i.Guide != "" {
		return t.chain[0]
	}
	for k := len(t.chain) - 1; k > 0; k-- {
		if t.chain[k].Offset <= i.Offset {
			return t.chain[k]
		}
	}
	return t.chain[0]
}

func (t *tracker) table() *guide.Table { return t.step.Tape.Table }

func (s *scope) pathIn(t *guide.Table) string {
	if s.path == "" && len(s.open) > 0 {
		s.path = t.LoopPath(s.open)
	}
	return s.path
}

func (s *scope) holds(loop string, t *guide.Table) bool {
	rest, ok := strings.CutPrefix(loop, s.pathIn(t))
	return ok && (rest == "" || rest[0] == '/')
}

// streams reports whether a path names a loop that is handed out by itself.
func (t *tracker) streams(path string) bool {
	table := t.table()
	for part := range strings.SplitSeq(path, "/") {
		id, _, _ := strings.Cut(part, "[")
		for k := range table.Loops {
			if l := &table.Loops[k]; k > 0 && l.Stream && l.ID == id {
				return true
			}
		}
	}
	return false
}

// Segment finds the segment of a finding on the step's tape or among those kept of the open scopes. ok is false when it is not there
// any more.
func (t *tracker) Segment(offset int64) (tape *codec.Tape, at int, ok bool) {
	if t.step.Tape != nil {
		if at, ok = segmentAt(t.step.Tape, offset); ok {
			return t.step.Tape, at, true
		}
	}
	for k := len(t.chain) - 1; k >= 0; k-- {
		if c := t.chain[k]; c.kept {
			if at, ok = segmentAt(&c.tape, offset); ok {
				return &c.tape, at, true
			}
		}
	}
	return nil, 0, false
}

func segmentAt(t *codec.Tape, offset int64) (int, bool) {
	lo, hi := 0, len(t.Segs)
	for lo < hi {
		if m := (lo + hi) / 2; t.Offset(m) < offset {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for lo < len(t.Segs) && t.Segs[lo].Flag&guide.Virtual != 0 {
		lo++
	}
	return lo, lo < len(t.Segs) && t.Offset(lo) == offset
}

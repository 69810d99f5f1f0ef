package roster

import (
	"fmt"
	"io"

	"github.com/x12-go/edi/x12"
)

// The guards that refuse a file.
const (
	GuardInformation = "information-copy" // BGN01 22
	GuardSponsor     = "sponsor"          // sponsor and master policy are none of the state
	GuardOlder       = "older"            // made before the file applied last
	GuardAction      = "action"           // BGN08 is none of 2, 4 and RX
	GuardTotals      = "totals"           // QTY is not what was counted
	GuardEnded       = "max-terminations" // too many lives end
)

// Refusal is a file that a guard does not let through. Nothing of what was emitted counts.
type Refusal struct {
	Guard   string
	Head    *Head // of the set, nil where it is about all
	Message string
}

// Error implements error.
func (r *Refusal) Error() string { return "roster: " + r.Message + " [" + r.Guard + "]" }

// Summary is what a run has done.
type Summary struct {
	Sets           int // applied
	AlreadyApplied int // sets of change files that the state has had before
	Members        int // read
	Subscribers    int // of them
	Changes        [kinds]int
	Changed        int      // members with a change
	Before         int      // lives whose coverage had not ended on the day of the file
	After          int      // the same, with what the file changes
	Ended          int      // lives that end, on whatever day, or are missing
	Overridden     []string // refusals that Force has passed over
}

// Count returns the number of changes of a kind.
func (s *Summary) Count(k Kind) int { return s.Changes[k] }

// run is what one call of apply keeps.
type run struct {
	loading bool
	exact   bool // equal digests mean that nothing is different
	emit    func(*Delta) error
	sum     *Summary
	mask    *Mask // what both sides can tell
	source  *Mask // what the source can tell
	state   bool  // the source is a snapshot: what it has is so, whatever its heads say

	head    *Head
	scope   uint32
	day     string // the date of the file
	skip    bool
	in      int // members of the set
	inSubs  int
	old     Member
	changes []Change
}

// apply is Load and Apply.
func (s *State) apply(src Source, loading bool, emit func(*Delta) error) (*Summary, error) {
	s.gen++
	r := &s.run
	*r = run{loading: loading, emit: emit, sum: new(Summary), source: src.Mask()}
	if snap, ok := src.(*SnapshotReader); ok {
		r.state = true
		for _, ref := range snap.applied {
			s.applied[ref] = true
		}
	}
	if s.mask == nil {
		s.mask = src.Mask()
	}
	r.mask = intersect(s.mask, src.Mask())
	r.exact = s.mask.full && r.mask.full || !s.mask.full && src.Mask().full
	for {
		h, m, err := src.Next()
		switch {
		case err == io.EOF:
			return r.sum, s.finish()
		case err != nil:
			return nil, err
		case h != nil:
			err = s.begin(h)
		default:
			err = s.member(m)
		}
		if err != nil {
			return nil, err
		}
	}
}

func intersect(a, b *Mask) *Mask {
	m := *a
	for i := range m.member {
		m.member[i] = m.member[i] && b.member[i]
	}
	for i := range m.coverage {
		m.coverage[i] = m.coverage[i] && b.coverage[i]
	}
	m.full = a.full && b.full
	return &m
}

// mostOverridden is how many refusals that were passed over a summary names.
const mostOverridden = 100

// refuse returns the Refusal, or notes that it was passed over.
func (s *State) refuse(guard string, h *Head, format string, args ...any) error {
	r := &Refusal{Guard: guard, Head: h, Message: fmt.Sprintf(format, args...)}
	if s.opts.Force {
		if len(s.run.sum.Overridden) == mostOverridden {
			return nil
		}
		s.run.sum.Overridden = append(s.run.sum.Overridden, r.Message+" ["+guard+"]")
		return nil
	}
	return r
}

func (s *State) begin(h *Head) error {
	r := &s.run
	if err := s.endSet(); err != nil {
		return err
	}
	r.head, r.skip, r.in, r.inSubs = h, false, 0, 0
	var b [8]byte
	r.day = string(h.Date.Long().AppendWire(b[:0]))
	if h.Purpose == PurposeInformation && !r.state {
		r.skip = true // with Force too: it never changes a state
		return s.refuse(GuardInformation, h, "an information copy (BGN01 22) changes nothing")
	}
	n, ok := s.scopeOf(h, r.loading)
	if !ok {
		if err := s.refuse(GuardSponsor, h, "sponsor or master policy of set %q is none of the state", h.Set); err != nil {
			return err
		}
		n, _ = s.scopeOf(h, true)
	}
	r.scope = n
	sc := &s.scopes[n]
	if sc.run != s.gen {
		sc.run = s.gen
		r.sum.Before += sc.lives(h.Date)
	}
	switch {
	case r.state:
		sc.full = s.gen
	case h.Action == ActionChange:
		if s.applied[h.reference(h.Reference)] || h.Purpose == PurposeResubmission && s.applied[h.reference(h.OriginalReference)] {
			r.skip = true
			r.sum.AlreadyApplied++
			return nil
		}
	case h.Action == ActionReplace || h.Action == ActionVerify:
		sc.full = s.gen
	default:
		if err := s.refuse(GuardAction, h, "action code (BGN08) of set %q is none of 2, 4 and RX", h.Set); err != nil {
			return err
		}
	}
	if !r.loading && !r.state && h.before(sc.head) {
		if err := s.refuse(GuardOlder, h, "set %q was made before the file applied last", h.Set); err != nil {
			return err
		}
	}
	if h.Action != ActionVerify || r.loading {
		if sc.head.Sponsor.ID != "" && h.Sponsor.ID == "" {
			named := *h // of a roster
			named.Sponsor, named.Payer, named.MasterPolicy = sc.head.Sponsor, sc.head.Payer, sc.head.MasterPolicy
			h = &named
		}
		sc.head = h
		if h.Reference != "" {
			s.applied[h.reference(h.Reference)] = true
		}
	}
	r.sum.Sets++
	return nil
}

// endSet compares the control totals.
func (s *State) endSet() error {
	r := &s.run
	h := r.head
	if h == nil || r.skip || s.opts.IgnoreTotals {
		return nil
	}
	r.head = nil
	for _, t := range [...]struct {
		said, counted int64
		what          string
	}{{h.Members, int64(r.in), "members"}, {h.Subscribers, int64(r.inSubs), "subscribers"}, {h.Dependents, int64(r.in - r.inSubs), "dependents"}} {
		if t.said >= 0 && t.said != t.counted {
			if err := s.refuse(GuardTotals, h, "set %q says it has %d %s and has %d", h.Set, t.said, t.what, t.counted); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *State) member(m *Member) error {
	r := &s.run
	r.in++
	r.sum.Members++
	if m.v[Subscriber] == "Y" {
		r.inSubs++
		r.sum.Subscribers++
	}
	if r.skip || r.head == nil {
		return nil
	}
	if r.state || r.head.Action == ActionReplace || r.head.Action == ActionVerify {
		return s.whole(m)
	}
	return s.operate(m)
}

// comparer returns a comparer for the file in hand.
func (s *State) comparer() comparer {
	r := &s.run
	return comparer{mask: r.mask, ids: s.opts.IDs, day: r.day, date: r.head.Date, changes: r.changes[:0]}
}

// note makes a change that is no difference.
func (c *comparer) note(k Kind, text string) {
	sev := x12.Info
	switch k {
	case Warning:
		sev = x12.Warning
	case Error:
		sev = x12.Error
	}
	c.add(Change{Kind: k, Severity: sev, Note: text})
}

// emit hands out a delta and counts it.
func (s *State) emit(d *Delta) error {
	r := &s.run
	r.changes = d.Changes // keep the memory
	if len(d.Changes) == 0 {
		return nil
	}
	if r.loading {
		return s.report(d)
	}
	d.Head = r.head
	sum := r.sum
	sum.Changed++
	for i := range d.Changes {
		sum.Changes[d.Changes[i].Kind]++
	}
	switch {
	case d.New == nil && d.Changes[0].Kind == Missing:
		sum.Ended++
	case !d.applied:
	case d.Old == nil:
		sum.After += alive(d.New, r.day)
	default:
		sum.After += alive(d.New, r.day) - alive(d.Old, r.day)
		if a, b := d.Old.until(), d.New.until(); b < a && a >= r.day {
			sum.Ended++
		}
	}
	if r.emit == nil {
		return nil
	}
	return r.emit(d)
}

// alive is 1 for a member whose coverage has not ended on a day.
func alive(m *Member, day string) int {
	if m.until() >= day {
		return 1
	}
	return 0
}

// report makes findings of what is wrong with a file that a state is loaded from.
func (s *State) report(d *Delta) error {
	for i := range d.Changes {
		ch := &d.Changes[i]
		if ch.Kind != Error && ch.Kind != Warning || s.opts.Sink == nil {
			continue
		}
		rule := RuleNotLoaded
		if ch.Note == noteDuplicate {
			rule = RuleDuplicate
		}
		h := s.run.head
		ok := s.opts.Sink(&x12.Issue{Offset: d.Place.Offset, Interchange: h.Interchange, Group: h.Group, Set: h.Set, Segment: d.Place.Segment,
			SegID: "INS", Rule: rule, Level: 7, Severity: ch.Severity, Message: ch.Note})
		if !ok {
			return x12.ErrStopped
		}
	}
	return nil
}

// The texts of notes.
const (
	noteDuplicate = "another member of the file has the same key; not applied"
	noteNoDate    = "ends without a date; the file's date is taken"
	noteAudit     = "compared only; the state is not changed"
	noteFamily    = "ends with the subscriber"
)

// finish closes the run: totals, those who are absent, and the guard against ending too many.
func (s *State) finish() error {
	r := &s.run
	last := r.head
	if err := s.endSet(); err != nil {
		return err
	}
	r.sum.After += r.sum.Before
	if !r.loading {
		r.head = last
		if err := s.absent(); err != nil {
			return err
		}
		if err := s.guard(); err != nil {
			return err
		}
	}
	return nil
}

// guard refuses a run that ends too many.
func (s *State) guard() error {
	sum := s.run.sum
	if s.opts.MaxEnded < 0 || sum.Ended <= max(0, s.opts.MinEnded) || float64(sum.Ended) <= s.opts.MaxEnded*float64(sum.Before) {
		return nil
	}
	return s.refuse(GuardEnded, nil, "%d of %d lives end or are missing, more than %.4g%%", sum.Ended, sum.Before, 100*s.opts.MaxEnded)
}

// absent handles those whom a full file leaves out.
func (s *State) absent() error {
	r := &s.run
	var m Member
	for i := range s.count {
		e := s.entry(i)
		sc := &s.scopes[e.scope]
		if sc.full != s.gen || e.gen == s.gen {
			continue
		}
		if err := s.load(e, &m); err != nil {
			return err
		}
		if r.head == nil || r.scope != e.scope {
			r.head, r.scope = sc.head, e.scope
			var b [8]byte
			r.day = string(sc.head.Date.Long().AppendWire(b[:0]))
		}
		if alive(&m, r.day) == 0 {
			continue
		}
		c := s.comparer()
		if s.opts.Absent == AbsentReport || r.head.Action == ActionVerify {
			c.note(Missing, "")
			c.changes[0].Effective = r.day
			if err := s.emit(&Delta{Old: &m, Changes: c.changes}); err != nil {
				return err
			}
			continue
		}
		next := s.ended(&m, dayBefore(r.head))
		c.compare(&m, next)
		for k := range c.changes {
			c.changes[k].Note = "not in the file"
		}
		if err := s.replace(i, &m, next); err != nil {
			return err
		}
		if err := s.emit(&Delta{Old: &m, New: next, Changes: c.changes, applied: true}); err != nil {
			return err
		}
	}
	return nil
}

// dayBefore returns the last day of those whom a full file leaves out: the day before it holds from, CCYYMMDD.
func dayBefore(h *Head) string {
	d := h.EffectiveDate
	if d.IsZero() {
		d = h.Date
	}
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Year(), int(d.Month()), d.Day()-1
	for day < 1 {
		if m--; m < 1 {
			y, m = y-1, 12
		}
		day = 31
	}
	for ; day > 27; day-- {
		if e, ok := x12.NewDate(y, m, day); ok {
			return string(e.AppendWire(nil))
		}
	}
	e, _ := x12.NewDate(y, m, day)
	return string(e.AppendWire(nil))
}

// ended returns m with coverages that have no end ending on a day; of one without coverages, eligibility.
func (s *State) ended(m *Member, day string) *Member {
	next := m.clone()
	for i := range next.Coverages {
		c := &next.Coverages[i]
		c.from = i + 1
		if c.v[End] == "" || c.v[End] > day && s.run.head.Action != ActionChange {
			c.v[End] = day
		}
	}
	if len(next.Coverages) == 0 && next.v[EligibilityEnd] == "" {
		next.v[EligibilityEnd] = day
	}
	return next
}

package roster

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
)

// Absent says what becomes of those who are not in a replacement (BGN08 RX).
type Absent uint8

// The choices.
const (
	AbsentReport    Absent = iota // a change of kind missing; the state stays
	AbsentTerminate               // their coverages end the day before the file's date
)

// Options say how states change. The zero Options are good.
type Options struct {
	// IDs are fields that identify a member for good, first those to be trusted most.
	IDs []Field
	// Absent says what becomes of those who are not in a replacement.
	Absent Absent
	// MaxEnded is the largest share of the lives before that files may end; more is a [Refusal]. 0 means 0.10, less than 0
	// no limit. Those who are missing count.
	MaxEnded float64
	// MinEnded is how many lives may end whatever their share; 0 means 4, less than 0 none.
	MinEnded int
	// IgnoreTotals passes over QTY control totals that are not what was counted.
	IgnoreTotals bool
	// Force makes every refusal a note of the summary.
	Force bool
	// TempDir is where the state is kept; "" is the folder of temporary files.
	TempDir string
	// Sink gets what is wrong with the files a state is loaded from. Nil drops it.
	Sink x12.Sink
}

// Rules of findings about the files a state is loaded from.
const (
	RuleDuplicate = "roster/duplicate-member" // two members on one key
	RuleNotLoaded = "roster/not-applied"      // a member of a change file that cannot be applied
)

const defaultMaxEnded = 0.10
const defaultMinEnded = 4

// State is all members at a time. Close must come last.
//
// An entry and its keys take 32 + 3*8/0.375 + 8/0.375 bytes at most, 120 in all; the members themselves are in a file.
type State struct {
	opts     Options
	store    *store
	pages    [][]entry
	count    uint32
	keys     index
	families index
	scopes   []scope
	named    map[string]uint32 // scopes by name
	applied  map[string]bool
	mask     *Mask // of what the digests are made
	seed     maphash.Seed
	gen      uint32 // of the run

	run       run
	keyBuf    []byte
	otherBuf  []byte
	recBuf    []byte
	candidate Member
}

// entry is a member.
type entry struct {
	digest uint64 // of the stored fields
	at     int64  // in the store
	size   uint32
	next   uint32 // of the family, number + 1
	scope  uint32
	gen    uint32 // of the run that has seen it last
}

const pageEntries = 1 << 10

// scope is a sponsor with a master policy.
type scope struct {
	head *Head         // applied last
	full uint32        // the run that had a full file of it last
	run  uint32        // the run that had a file of it last
	ends map[int32]int // members by the last day of their coverage, endless for those without one
}

// NewState returns an empty state.
func NewState(o Options) (*State, error) {
	if o.MaxEnded == 0 {
		o.MaxEnded = defaultMaxEnded
	}
	if o.MinEnded == 0 {
		o.MinEnded = defaultMinEnded
	}
	st, err := newStore(o.TempDir)
	if err != nil {
		return nil, err
	}
	return &State{opts: o, store: st, named: map[string]uint32{}, applied: map[string]bool{}, seed: maphash.MakeSeed()}, nil
}

// Close removes the file of the state.
func (s *State) Close() error { return s.store.close() }

// Len returns the number of members, ended ones included.
func (s *State) Len() int { return int(s.count) }

// Heads returns the heads of the files applied last, one for each sponsor and master policy.
func (s *State) Heads() (list []*Head) {
	for i := range s.scopes {
		list = append(list, s.scopes[i].head)
	}
	return list
}

// Mask returns the fields the state knows.
func (s *State) Mask() *Mask {
	if s.mask == nil {
		return fullMask()
	}
	return s.mask
}

// Members calls f with all members in the order in which they came, until it returns an error. A member is valid during the
// call.
func (s *State) Members(f func(*Head, *Member) error) error {
	var m Member
	for i := range s.count {
		e := s.entry(i)
		if err := s.load(e, &m); err != nil {
			return err
		}
		if err := f(s.scopes[e.scope].head, &m); err != nil {
			return err
		}
	}
	return nil
}

func (s *State) entry(i uint32) *entry { return &s.pages[i/pageEntries][i%pageEntries] }

// load fills m from the store.
func (s *State) load(e *entry, m *Member) error {
	b, err := s.store.read(e.at, int(e.size))
	if err != nil {
		return err
	}
	return decodeMember(m, string(b))
}

// digest returns the digest of what is compared, and leaves the stored form of m in recBuf.
func (s *State) digest(m *Member) uint64 {
	if !s.Mask().full {
		s.recBuf = appendMember(s.recBuf[:0], m, s.mask)
		h := maphash.Bytes(s.seed, s.recBuf)
		s.recBuf = appendMember(s.recBuf[:0], m, nil)
		return h
	}
	s.recBuf = appendMember(s.recBuf[:0], m, nil)
	return maphash.Bytes(s.seed, s.recBuf)
}

var errTooMany = errors.New("roster: too many members")

// insert adds a member.
func (s *State) insert(m *Member, scope uint32) error {
	if s.count == math.MaxUint32-1 {
		return errTooMany
	}
	if s.count%pageEntries == 0 {
		s.pages = append(s.pages, make([]entry, pageEntries))
	}
	i := s.count
	s.count++
	e := s.entry(i)
	e.scope = scope
	if err := s.put(e, m); err != nil {
		return err
	}
	for level := range s.levels() {
		if key := s.key(s.keyBuf[:0], level, scope, m); len(key) > 0 {
			s.keyBuf = key
			s.keys.add(maphash.Bytes(s.seed, key), i)
		}
	}
	s.join(i, e, m)
	return nil
}

// put stores m as what e is.
func (s *State) put(e *entry, m *Member) (err error) {
	e.digest = s.digest(m)
	if len(s.recBuf) > math.MaxInt32 {
		return errTooMany
	}
	e.size, e.gen = uint32(len(s.recBuf)), s.gen
	s.scopes[e.scope].ends[lastDay(m)]++
	e.at, err = s.store.add(s.recBuf)
	return err
}

// replace makes m what an entry is. Keys that are new are added; the former ones lead nowhere.
func (s *State) replace(i uint32, old, m *Member) error {
	e := s.entry(i)
	s.scopes[e.scope].ends[lastDay(old)]--
	if err := s.put(e, m); err != nil {
		return err
	}
	for level := range s.levels() {
		s.keyBuf = s.key(s.keyBuf[:0], level, e.scope, m)
		if len(s.keyBuf) == 0 {
			continue
		}
		s.otherBuf = s.key(s.otherBuf[:0], level, e.scope, old)
		if !bytes.Equal(s.keyBuf, s.otherBuf) {
			s.keys.add(maphash.Bytes(s.seed, s.keyBuf), i)
		}
	}
	if old.v[SubscriberID] != m.v[SubscriberID] && e.next == 0 {
		s.join(i, e, m)
	}
	return nil
}

// endless is the last day of those who have none.
const endless = math.MaxInt32

// lastDay returns the last day of coverage as a number CCYYMMDD.
func lastDay(m *Member) int32 {
	d, ok := x12.ParseDate(m.until())
	if !ok {
		return endless
	}
	return int32(d.Year()*10000 + int(d.Month())*100 + d.Day())
}

// lives returns how many members have coverage that has not ended on a day.
func (c *scope) lives(day x12.Date) (n int) {
	from := int32(day.Year()*10000 + int(day.Month())*100 + day.Day())
	for last, count := range c.ends {
		if last >= from {
			n += count
		}
	}
	return n
}

// join puts an entry into the family of its subscriber number.
func (s *State) join(i uint32, e *entry, m *Member) {
	if m.v[SubscriberID] == "" {
		return
	}
	h := maphash.Bytes(s.seed, s.familyKey(e.scope, m.v[SubscriberID]))
	head, found := uint32(0), false
	s.families.find(h, func(k uint32) bool { head, found = k, true; return false })
	if !found {
		s.families.add(h, i)
		return
	}
	if head != i {
		top := s.entry(head)
		e.next, top.next = top.next, i+1
	}
}

func (s *State) familyKey(scope uint32, id string) []byte {
	s.keyBuf = append(appendScope(s.keyBuf[:0], 'F', scope), id...)
	return s.keyBuf
}

// mostFamily is how many members of one subscriber number are ended with the subscriber.
const mostFamily = 1000

// family returns the entries of a subscriber number in order, and whether there are more.
func (s *State) family(scope uint32, id string) (list []uint32, more bool) {
	h := maphash.Bytes(s.seed, s.familyKey(scope, id))
	s.families.find(h, func(k uint32) bool {
		for n := k + 1; n != 0; n = s.entry(n - 1).next {
			if len(list) == mostFamily {
				more = true
				return false
			}
			list = append(list, n-1)
		}
		return true
	})
	slices.Sort(list)
	return slices.Compact(list), more
}

func appendScope(b []byte, level byte, scope uint32) []byte {
	return append(b, level, byte(scope), byte(scope>>8), byte(scope>>16), byte(scope>>24))
}

// levels is the number of kinds of keys: those of the options, then number and identifier, then the person.
func (s *State) levels() int { return len(s.opts.IDs) + 2 }

// key appends the key of a level, nothing where the member has none.
func (s *State) key(b []byte, level int, scope uint32, m *Member) []byte {
	v := &m.v
	start := len(b)
	b = appendScope(b, byte(level), scope)
	switch level - len(s.opts.IDs) {
	case 0:
		if v[MemberID] == "" {
			return b[:start]
		}
		return append(append(append(b, v[SubscriberID]...), 0x1F), v[MemberID]...)
	case 1:
		b = append(append(append(b, v[SubscriberID]...), 0x1F), m.Type()...)
		b = append(append(b, 0x1F), strings.ToUpper(v[First])...)
		b = append(append(b, 0x1F), v[BirthDate]...)
		return append(append(b, 0x1F), v[BirthSequence]...)
	}
	if id := v[s.opts.IDs[level]]; id != "" {
		return append(b, id...)
	}
	return b[:start]
}

// find looks for a member of a scope. It returns the entry and fills old, unless same says that all of it is as it was.
func (s *State) find(m *Member, scope uint32, old *Member) (i uint32, same, found bool, err error) {
	digest := s.digest(m)
	exact := s.run.exact
	for _, prior := range priors(m) {
		who := m
		if prior != nil {
			who, exact = prior, false
		}
		for level := range s.levels() {
			key := s.key(s.keyBuf[:0], level, scope, who)
			if s.keyBuf = key; len(key) == 0 {
				continue
			}
			s.keys.find(maphash.Bytes(s.seed, key), func(k uint32) bool {
				e := s.entry(k)
				if exact && e.digest == digest && e.scope == scope {
					i, same, found = k, true, true
					return false
				}
				if err = s.load(e, &s.candidate); err != nil {
					return false
				}
				s.otherBuf = s.key(s.otherBuf[:0], level, e.scope, &s.candidate)
				if !bytes.Equal(s.otherBuf, key) || e.gen == s.gen && s.other(level, scope, who) {
					return true
				}
				i, found = k, true
				return false
			})
			if err != nil || found {
				if found && !same {
					*old, s.candidate = s.candidate, *old
				}
				return i, same, found, err
			}
		}
	}
	return 0, false, false, nil
}

// other reports whether the candidate differs from m in a key above a level that both have: another person, when the run
// has seen the candidate as one.
func (s *State) other(level int, scope uint32, m *Member) bool {
	for above := range level {
		a := s.key(nil, above, scope, m)
		b := s.key(nil, above, scope, &s.candidate)
		if len(a) > 0 && len(b) > 0 && !bytes.Equal(a, b) {
			return true
		}
	}
	return false
}

// priors returns who to look for: nil for the member as it is, and as the receiver is said to have it.
func priors(m *Member) []*Member {
	if m.Prior.IsZero() {
		return []*Member{nil}
	}
	list := []*Member{nil}
	p := m.Prior
	person := *m
	for f, s := range map[Field]string{First: p.First, MemberID: p.MemberID, BirthDate: p.BirthDate} {
		if s != "" {
			person.v[f] = s
		}
	}
	list = append(list, &person)
	if p.SubscriberID != "" {
		number, both := *m, person
		number.v[SubscriberID], both.v[SubscriberID] = p.SubscriberID, p.SubscriberID
		list = append(list, &number, &both)
	}
	return list
}

// scopeOf returns the scope of a head; ok is false where the state is about others.
func (s *State) scopeOf(h *Head, add bool) (n uint32, ok bool) {
	name := h.scope()
	if n, ok = s.named[name]; ok {
		return n, true
	}
	if len(s.scopes) == 1 {
		// A roster does not say whose it is.
		if known := s.scopes[0].head; known.Sponsor.ID == "" || h.Sponsor.ID == "" {
			return 0, true
		}
	}
	if len(s.scopes) > 0 && !add {
		return 0, false
	}
	n = uint32(len(s.scopes))
	s.scopes = append(s.scopes, scope{head: h, ends: map[int32]int{}})
	s.named[name] = n
	return n, true
}

// Load adds the files of a source to the state: full files as they are, change files applied. What cannot be applied is a
// finding of [Options].Sink. Refusals are those of information copies and control totals.
func (s *State) Load(src Source) error {
	_, err := s.apply(src, true, nil)
	return err
}

// Apply applies the files of a source and calls emit with what each member changes; a Delta is valid during the call. Sets of
// one source that are full files of one sponsor and master policy are one file. After an error, which may be a [*Refusal],
// the state is of no use, and what was emitted is void.
func (s *State) Apply(src Source, emit func(*Delta) error) (*Summary, error) {
	return s.apply(src, false, emit)
}

// ErrNoState is returned by [Diff] for an old file that is a change file, which says nothing of those it leaves out.
var ErrNoState = errors.New("roster: a change file is no state to compare with")

// ErrNoLine is returned by [Diff] for a roster without insurance lines, whose coverages cannot be told apart.
var ErrNoLine = errors.New("roster: a roster without insurance lines cannot be compared; expected the column of line")

// Diff loads a state from one source and returns what another changes about it; see [State.Apply].
func Diff(old, new Source, o Options, emit func(*Delta) error) (sum *Summary, err error) {
	s, err := NewState(o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := s.Close(); err == nil {
			err = cerr
		}
	}()
	if err := s.Load(old); err != nil {
		return nil, fmt.Errorf("old file: %w", err)
	}
	if err := s.Comparable(); err != nil {
		return nil, err
	}
	if !new.Mask().HasCoverage(Line) {
		return nil, ErrNoLine
	}
	return s.Apply(new, emit)
}

// Comparable returns [ErrNoState] or [ErrNoLine] where what was loaded is nothing to compare with.
func (s *State) Comparable() error {
	for i := range s.scopes {
		if s.scopes[i].full == 0 && s.scopes[i].head.Action == ActionChange {
			return ErrNoState
		}
	}
	if !s.Mask().HasCoverage(Line) {
		return ErrNoLine
	}
	return nil
}

package guide

import (
	"slices"
	"sync"

	"github.com/x12-go/edi/x12"
)

// SlotID numbers the places of a guide where a segment may stand. 0 is no place.
type SlotID uint16

// LoopID numbers the loops of a guide. 0 is the transaction set itself.
type LoopID uint16

// Usage is how a guide uses a loop, segment or element: 'R' required, 'S' situational.
type Usage byte

// The usages.
const (
	Required    Usage = 'R'
	Situational Usage = 'S'
	NotUsed     Usage = 'N'
)

// Table is a guide as dense arrays: what the generator makes of a guide file. A Table is read-only.
type Table struct {
	ID       string   // "005010X221A1"
	Accept   []string // other version identifiers read under this guide
	Near     []string // versions read under this guide rather than another of the set, with a warning
	Exact    bool     // a set that names none of these versions is none of this guide, where the set's number serves several purposes
	Set      string   // ST01
	GS       string   // GS01
	Title    string
	Loops    []Loop    // Loops[0] is the set
	Slots    []Slot    // Slots[0] is not used
	Elements []Element // of all slots, and the components behind their composites
	Unit     string    // id of the loop a stream yields
	Units    []string  // ids of all of them when there are several, Unit among them

	once  sync.Once
	index index
}

// Loop is one loop of the guide at one place of its tree.
type Loop struct {
	ID      string // "2110"
	Title   string // TR3 name
	Field   string // Go field in the parent's struct
	Type    string // Go type
	Parent  LoopID
	Trigger SlotID // the slot whose segment opens it
	Rank    uint16 // order in the parent; equal ranks come in any order
	Max     uint32 // most instances, 0 = no limit
	Usage   Usage
	Stream  bool // its instances are handed out one by one: the unit and its ancestors
}

// Slot is one place for a segment in a loop.
type Slot struct {
	ID      x12.SegID
	Loop    LoopID // the loop it stands in; for a trigger the loop it opens
	Rank    uint16 // order in the loop; equal ranks come in any order
	Max     uint32 // most uses in the loop, 0 = no limit
	Usage   Usage
	Trigger bool
	Key     uint8    // element that tells it from its neighbours of the same id, 0 = none
	KeyComp uint8    // component of it, 0 = the whole element
	KeyNot  bool     // the key is any other value
	Counts  uint8    // element of a trigger that counts the instances of its loop: 1, 2, 3 in the loop around; 0 = none
	Keys    []string // the values
	First   uint16   // index of its first element in Table.Elements
	Count   uint16   // number of elements, unused ones included
	Name    string   // unique in the table: "2100/NM1[QC]"
	Field   string   // Go field in the loop's struct, "*" or "-"
	Title   string   // TR3 name
	Syntax  []Syntax
	Rules   []Rule
}

// Syntax is a relational condition among elements: P all or none, R at least one, E at most one,
// C the first needs all others, L the first needs one of the others.
type Syntax struct {
	Kind  byte
	Elems []uint8
}

// Rule is a situational rule inside one segment: when a condition holds, elements must or must not be there.
type Rule struct {
	ID      string
	Element uint8 // the element of the condition
	Comp    uint8
	Op      Op
	Values  []string
	Require []Ref
	Forbid  []Ref
}

// Ref names an element or one component of it.
type Ref struct{ Element, Comp uint8 }

// Op is the condition of a [Rule].
type Op uint8

// The conditions.
const (
	In Op = iota
	NotIn
	Present
	Absent
)

// Kind is the standard type of an element.
type Kind uint8

// The kinds of elements.
const (
	AN        Kind = iota // text
	IDCode                // code
	R                     // decimal number
	N                     // integer with implied decimals
	DT                    // date
	TM                    // time
	Binary                // bytes
	Composite             // composite of components
)

// Element is one element of a slot, or one component of a composite.
type Element struct {
	DE     string // data element number, or composite id
	Title  string // TR3 name
	Field  string // Go field, "-" for a constant, "" when not used
	Codes  []string
	Ext    string // external code list
	First  uint16 // composite: index of its first component in Table.Elements
	Count  uint8  // composite: number of components
	Min    uint16
	Max    uint16 // standard length
	Limit  uint16 // guide's limit below Max: digits of a number, bytes of a text; 0 = none
	Repeat uint16 // most repetitions; 0 = once, 65535 = no limit
	Dec    uint8  // implied decimals of N
	Kind   Kind
	Usage  Usage
	Syntax []Syntax // composite: conditions among its components
}

// index is what a walker looks things up in, derived from a Table once.
type index struct {
	hash     [256]uint8 // hashed segment id -> its number + 1, 0 = not in this guide
	ids      []x12.SegID
	sole     []bool        // per number: it opens a loop, and stands nowhere else
	cand     [][]candidate // [loop*len(ids)+number]: slots of the loop with that id: own segments and triggers of child loops, in order
	pool     []candidate   // all of them, one list behind the other
	lists    []stretch     // where in the pool they are, like cand
	required [][]item      // per loop: what must be there, by rank
	children [][]LoopID
	keys     [][]uint32   // per slot: the keys packed, nil when one is longer than four bytes
	brief    []brief      // per element
	quick    []quick      // per slot
	codes    []uint32     // closed codes, packed
	rels     [][]relation // of composites
	scope    []Scope      // per slot
	count    []uint16     // per slot: which of those it is that are counted in its loop, for a trigger in the loop around
	counts   []uint16     // per loop: how many are counted in it
}

// stretch is a part of index.pool.
type stretch struct{ from, to uint16 }

// candidate is a slot a segment may go to, with all that the walk asks of it. It is kept small: the walk reads some for every
// segment.
type candidate struct {
	slot     SlotID
	rank     uint16 // in the loop it is looked up in
	count    uint16 // index of its count in the frame of that loop
	opens    LoopID // for a trigger: the loop
	max      uint32 // most uses, for a trigger most instances of its loop; 0 = no limit
	first    uint32 // first of the keys, packed; 0 = they are not packed
	key      uint8
	comp     uint8
	trigger  bool
	numbered bool // a trigger with a number to be checked
	not      bool
	more     bool // there are more keys than the first
}

// brief is what the checks ask of an element, apart from its texts. It is kept small: the checks of a segment read one for
// each of its elements.
type brief struct {
	min, most uint16
	repeat    uint16
	first     uint16 // of a composite: its first component
	codes     uint16 // closed values packed: where in index.codes
	ncodes    uint16 // and how many, 0 = open or not to be packed
	rels      uint16 // of a composite: 1 + where in index.rels
	count     uint8
	period    uint8 // of a composite: as quick.period
	kind      Kind
	usage     Usage
	form      form
	closed    bool   // has closed codes
	required  uint32 // of a composite: bit i: component i+1 is required
}

// item is a required segment or loop of a loop, or one that is required with others.
type item struct {
	rank uint16
	slot SlotID // the segment, or the trigger of the loop
	loop LoopID // 0 for a segment
	// Of an LS and an LE around loops, each is required with the other, and both with the loops: the slot of the other,
	// 0 for all else, and its rank.
	other SlotID
	bound uint16
}

// build derives the index.
func (t *Table) build() {
	t.once.Do(func() {
		x := &t.index
		number := map[x12.SegID]int{}
		for _, s := range t.Slots[1:] {
			if _, ok := number[s.ID]; !ok {
				number[s.ID] = len(x.ids)
				x.ids = append(x.ids, s.ID)
			}
		}
		for i, id := range x.ids {
			h := hashID(id)
			for x.hash[h] != 0 {
				h++
			}
			x.hash[h] = uint8(i + 1)
		}
		x.cand = make([][]candidate, len(t.Loops)*len(x.ids))
		x.count = make([]uint16, len(t.Slots))
		x.counts = make([]uint16, len(t.Loops))
		for i := range t.Slots[1:] {
			id := SlotID(i + 1)
			in := t.home(id)
			x.count[id] = x.counts[in]
			x.counts[in]++
		}
		x.required = make([][]item, len(t.Loops))
		x.children = make([][]LoopID, len(t.Loops))
		x.keys = make([][]uint32, len(t.Slots))
		for i := range t.Slots[1:] {
			id := SlotID(i + 1)
			s := &t.Slots[id]
			in := s.Loop
			it := item{rank: s.Rank, slot: id}
			need := s.Usage == Required
			if s.Trigger {
				l := &t.Loops[s.Loop]
				in = l.Parent
				it.rank, it.loop = l.Rank, s.Loop
				need = l.Usage == Required
			}
			k := int(in)*len(x.ids) + number[s.ID]
			x.keys[id] = packAll(s.Keys)
			c := candidate{slot: id, rank: it.rank, count: x.count[id], max: s.Max, key: s.Key, comp: s.KeyComp, not: s.KeyNot, trigger: s.Trigger}
			if keys := x.keys[id]; keys != nil {
				c.first, c.more = keys[0], len(keys) > 1
			}
			if s.Trigger {
				c.opens, c.max, c.numbered = s.Loop, t.Loops[s.Loop].Max, s.ID == idHL || s.Counts > 0
			}
			x.cand[k] = append(x.cand[k], c)
			if need {
				x.required[in] = append(x.required[in], it)
			}
		}
		x.sole = make([]bool, len(x.ids))
		loop := make([]string, len(x.ids))
		for i := range t.Slots[1:] {
			s := &t.Slots[i+1]
			n, id := number[s.ID], t.Loops[s.Loop].ID
			x.sole[n] = s.Trigger && (loop[n] == "" || loop[n] == id && x.sole[n])
			loop[n] = id
		}
		x.pool = make([]candidate, 0, len(t.Slots))
		x.lists = make([]stretch, len(x.cand))
		for k, list := range x.cand {
			from := len(x.pool)
			x.pool = append(x.pool, list...)
			x.lists[k] = stretch{uint16(from), uint16(len(x.pool))}
			x.cand[k] = x.pool[from:len(x.pool):len(x.pool)]
		}
		for i := range t.Loops[1:] {
			l := LoopID(i + 1)
			x.children[t.Loops[l].Parent] = append(x.children[t.Loops[l].Parent], l)
		}
		x.scope = make([]Scope, len(t.Slots))
		for i := range t.Slots[1:] {
			x.scope[i+1] = t.scopeOf(SlotID(i + 1))
		}
		for l := range x.required {
			x.required[l] = append(x.required[l], t.bounds(LoopID(l))...)
			slices.SortStableFunc(x.required[l], func(a, b item) int { return int(a.rank) - int(b.rank) })
		}
		x.brief = make([]brief, len(t.Elements))
		for i := range t.Elements {
			e := &t.Elements[i]
			q := brief{
				closed: len(e.Codes) > 0, min: e.Min, most: e.Max, repeat: max(e.Repeat, 1),
				first: e.First, count: e.Count, kind: e.Kind, usage: e.Usage,
			}
			if codes := packAll(e.Codes); len(codes) > 0 && len(x.codes)+len(codes) < 1<<16 {
				q.codes, q.ncodes = uint16(len(x.codes)), uint16(len(codes))
				x.codes = append(x.codes, codes...)
			}
			if e.Limit > 0 {
				q.most = min(e.Max, e.Limit)
			}
			q.form = q.formOf()
			if e.Kind == Composite {
				q.period = t.periodOf(int(e.First), int(e.Count))
				for k := range int(e.Count) {
					if t.Elements[int(e.First)+k].Usage == Required {
						q.required |= 1 << k
					}
				}
			}
			if len(e.Syntax) > 0 {
				x.rels = append(x.rels, relations(e.Syntax))
				q.rels = uint16(len(x.rels))
			}
			x.brief[i] = q
		}
		x.quick = make([]quick, len(t.Slots))
		for i := range t.Slots[1:] {
			x.quick[i+1] = t.quickOf(SlotID(i + 1))
		}
	})
}

func hashID(id x12.SegID) uint8 { return uint8(uint32(id) * 0x9E3779B1 >> 24) }

// lookup returns the number of a segment id, -1 when no slot has it.
func (x *index) lookup(id x12.SegID) int {
	for h := hashID(id); ; h++ {
		n := int(x.hash[h]) - 1
		if n < 0 || x.ids[n] == id {
			return n
		}
	}
}

// pack puts at most four bytes into an integer; ok is false for more, or none.
func pack[T ~string | ~[]byte](b T) (v uint32, ok bool) {
	if len(b) == 0 || len(b) > 4 {
		return 0, false
	}
	for i := range len(b) {
		v = v<<8 | uint32(b[i])
	}
	return v, true
}

// packAll packs a list, nil when one does not fit.
func packAll(list []string) []uint32 {
	if len(list) == 0 {
		return nil
	}
	out := make([]uint32, len(list))
	for i, s := range list {
		v, ok := pack(s)
		if !ok {
			return nil
		}
		out[i] = v
	}
	return out
}

// Slot returns a slot by its unique name, 0 when there is none.
func (t *Table) Slot(name string) SlotID {
	for i := range t.Slots {
		if t.Slots[i].Name == name && i > 0 {
			return SlotID(i)
		}
	}
	return 0
}

// Reads reports whether the table is the guide for a version identifier (GS08 or ST03).
func (t *Table) Reads(version string) bool {
	return version == t.ID || slices.Contains(t.Accept, version)
}

// Elem returns element n (1 = first) of a slot, nil when the guide does not know one there.
func (t *Table) Elem(slot SlotID, n int) *Element {
	s := &t.Slots[slot]
	if n < 1 || n > int(s.Count) {
		return nil
	}
	return &t.Elements[int(s.First)+n-1]
}

// Comp returns component n (1 = first) of a composite element.
func (t *Table) Comp(e *Element, n int) *Element {
	if n < 1 || n > int(e.Count) {
		return nil
	}
	return &t.Elements[int(e.First)+n-1]
}

// Scope is a part of a set that is handed out as one: the header, an ancestor of the unit without what is streamed below
// it, the unit, or the trailer.
type Scope struct {
	Loop    LoopID // the streamed loop, 0 for the set itself
	Trailer bool   // of the set: what comes behind the streamed loops
}

// Scope returns the scope of a slot.
func (t *Table) Scope(id SlotID) Scope {
	t.build()
	return t.index.scope[id]
}

func (t *Table) scopeOf(id SlotID) Scope {
	l, rank := t.Slots[id].Loop, t.Slots[id].Rank
	for l > 0 && !t.Loops[l].Stream {
		l, rank = t.Loops[l].Parent, t.Loops[l].Rank
	}
	if l > 0 {
		return Scope{Loop: l}
	}
	for i := range t.Loops {
		if c := &t.Loops[i]; i > 0 && c.Parent == 0 && c.Stream && rank > c.Rank {
			return Scope{Trailer: true}
		}
	}
	return Scope{}
}

// IsUnit reports whether a loop is one the stream yields as a unit.
func (t *Table) IsUnit(l LoopID) bool {
	return l > 0 && (t.Loops[l].ID == t.Unit || slices.Contains(t.Units, t.Loops[l].ID))
}

// Reopens reports whether slot opens another instance of a loop that slot last stands in: then coming behind it is in
// the order of the guide although its number is lower.
func (t *Table) Reopens(slot, last SlotID) bool {
	if !t.Slots[slot].Trigger {
		return false
	}
	for l := t.Slots[last].Loop; l > 0; l = t.Loops[l].Parent {
		if l == t.Slots[slot].Loop {
			return true
		}
	}
	return false
}

package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// GuideTable is the table of a guide.
type GuideTable = *guide.Table

// Place is a segment, an element or a component as seen from the loop of a rule. As text it is "CLM.05-3", "REF[F8].02",
// "2400/SV1.02", "2000B/SBR.02", "/BPR.02":
//
//   - a segment without a loop is one of the rule's own loop, one instance of it;
//   - loops in front of it are looked for below the rule's loop, else among the loops around it and those beside them;
//   - "/" begins at the set;
//   - [F8] asks for a value of the segment's qualifier, [F8|G1] for one of several;
//   - a loop alone, "2310B", stands for the segment that opens it;
//   - a "?" behind it says that the guide need not have it; then it is always absent.
type Place struct {
	text   string
	slots  []guide.SlotID
	base   guide.LoopID // whose instance it is looked for in
	elem   int
	comp   int
	keyAt  int // element of the qualifier, 0 = the slots say it all
	keySub int
	keys   []string
	loop   bool // it stands for a whole loop
}

var (
	placePattern = pattern(`^([A-Z][A-Z0-9]{1,2})(?:\[([A-Z0-9|]+)\])?(?:\.([0-9]{2})(?:-([0-9]))?)?$`)
	fieldPattern = pattern(`^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$`)
	loopPattern  = pattern(`^[0-9]{4}[A-Z]{0,2}$`)
	atPattern    = pattern(`^[0-9]{4}[A-Z]{0,2}(\|[0-9]{4}[A-Z]{0,2})*$`)
)

// atLoop reports whether a rule at the loops at, divided by "|", is for the loop id.
func atLoop(at, id string) bool {
	for one := range strings.SplitSeq(at, "|") {
		if one == id {
			return true
		}
	}
	return false
}

// Binder finds the places of a rule in a guide.
type Binder struct {
	Table *guide.Table
	Loop  guide.LoopID // of the rule
	Codes Lists        // the external code lists
	errs  []error
}

// Place finds a place as [Place] says. One that the guide does not have is an error of the rules, unless it ends in "?".
func (b *Binder) Place(text string) *Place {
	p, err := b.place(text)
	if err != nil {
		b.errs = append(b.errs, err)
	}
	return p
}

func (b *Binder) place(text string) (*Place, error) {
	p := &Place{text: text}
	body, optional := strings.CutSuffix(text, "?")
	none := func(what string) (*Place, error) {
		if optional {
			return p, nil
		}
		return p, fmt.Errorf("%s: guide %s has no %s", text, b.Table.ID, what)
	}
	root := strings.HasPrefix(body, "/")
	parts := strings.Split(strings.TrimPrefix(body, "/"), "/")
	last := parts[len(parts)-1]
	m := placePattern().FindStringSubmatch(last)
	loops := parts[:len(parts)-1]
	if m == nil {
		if fieldPattern().MatchString(last) {
			return b.field(p, root, loops, last, none)
		}
		if !loopPattern().MatchString(last) {
			return p, fmt.Errorf("%s: expected a place such as CLM.05-3, REF[F8].02, 2400/SV1 or 2310B", text)
		}
		loops, p.loop = parts, true
	}
	for _, l := range loops {
		if !loopPattern().MatchString(l) {
			return p, fmt.Errorf("%s: expected a loop such as 2300 before the last /", text)
		}
	}
	in, ok := b.descend(p, root, loops)
	if !ok {
		return none("loop " + strings.Join(loops, "/") + " there")
	}
	if p.loop {
		p.slots = []guide.SlotID{b.Table.Loops[in].Trigger}
		return p, nil
	}
	p.elem, _ = strconv.Atoi(m[3])
	p.comp, _ = strconv.Atoi(m[4])
	if m[2] != "" {
		p.keys = strings.Split(m[2], "|")
	}
	b.slots(p, in, x12.ID(m[1]))
	if len(p.slots) == 0 {
		return none("such segment in loop " + b.Table.Loops[in].ID)
	}
	if p.elem > 0 && !slices.ContainsFunc(p.slots, func(s guide.SlotID) bool { return b.Table.Elem(s, p.elem) != nil }) {
		return none("such element")
	}
	return p, nil
}

// field finds a place by the name of its field in the guide's structs: a segment, a loop, or an element of the loop's own struct.
func (b *Binder) field(p *Place, root bool, loops []string, name string, none func(string) (*Place, error)) (*Place, error) {
	in, ok := b.descend(p, root, loops)
	if !ok {
		return none("loop " + strings.Join(loops, "/") + " there")
	}
	t := b.Table
	for i := range t.Slots {
		s := &t.Slots[i]
		switch {
		case i == 0 || s.Loop != in:
		case s.Field == name:
			p.slots = append(p.slots, guide.SlotID(i))
		case s.Field == "*":
			for n := 1; n <= int(s.Count); n++ {
				if t.Elem(guide.SlotID(i), n).Field == name {
					p.slots, p.elem = []guide.SlotID{guide.SlotID(i)}, n
				}
			}
		}
	}
	for i := range t.Loops {
		if l := &t.Loops[i]; i > 0 && l.Parent == in && l.Field == name {
			p.slots, p.loop = append(p.slots, l.Trigger), true
		}
	}
	if len(p.slots) == 0 {
		return none("such field in loop " + t.Loops[in].ID)
	}
	return p, nil
}

// descend finds the loop of a place and the one in whose instance it is looked for.
func (b *Binder) descend(p *Place, root bool, path []string) (guide.LoopID, bool) {
	t := b.Table
	if root {
		p.base = 0
		return below(t, 0, path)
	}
	p.base = b.Loop
	if in, ok := below(t, b.Loop, path); ok {
		return in, true
	}
	for l := b.Loop; ; l = t.Loops[l].Parent {
		p.base = l
		if t.Loops[l].ID == path[0] && l != 0 {
			return below(t, l, path[1:])
		}
		if in, ok := below(t, l, path); ok {
			return in, true
		}
		if l == 0 {
			return 0, false
		}
	}
}

// below follows loop ids down from a loop.
func below(t *guide.Table, l guide.LoopID, path []string) (guide.LoopID, bool) {
next:
	for _, id := range path {
		for i := range t.Loops {
			if i > 0 && t.Loops[i].Parent == l && t.Loops[i].ID == id {
				l = guide.LoopID(i)
				continue next
			}
		}
		return 0, false
	}
	return l, true
}

// slots finds the slots of a segment of a loop, those with the wanted qualifiers where that is asked for.
func (b *Binder) slots(p *Place, in guide.LoopID, id x12.SegID) {
	for i := range b.Table.Slots {
		s := &b.Table.Slots[i]
		if i == 0 || s.Loop != in || s.ID != id {
			continue
		}
		if len(p.keys) == 0 {
			p.slots = append(p.slots, guide.SlotID(i))
			continue
		}
		at, sub, closed := 1, 0, false
		if s.Key > 0 && !s.KeyNot {
			at, sub, closed = int(s.Key), int(s.KeyComp), true
		}
		if closed && !slices.ContainsFunc(s.Keys, func(k string) bool { return slices.Contains(p.keys, k) }) {
			continue
		}
		p.slots = append(p.slots, guide.SlotID(i))
		if !closed || !subset(s.Keys, p.keys) {
			p.keyAt, p.keySub = at, sub
		}
	}
}

func subset(of, in []string) bool {
	for _, v := range of {
		if !slices.Contains(in, v) {
			return false
		}
	}
	return true
}

// text of a place for messages: without the mark of an optional one.
func (p *Place) String() string { return strings.TrimSuffix(p.text, "?") }

// Is reports whether a segment is of this place.
func (p *Place) Is(a At) bool {
	return a.doc != nil && slices.Contains(p.slots, a.doc.tape.Segs[a.i].Slot) && (p.keyAt == 0 || p.qualified(a.doc, a.i))
}

// qualified reports whether the qualifier is one of those asked for.
func (p *Place) qualified(d *doc, i int) bool {
	v := d.elem(i, p.keyAt, p.keySub)
	for _, k := range p.keys {
		if string(v) == k {
			return true
		}
	}
	return false
}

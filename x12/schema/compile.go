package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Limits of a table: numbers of slots and elements are kept in 16 bits, sets of elements and of segment identifiers in
// 64 and 8.
const (
	maxTableRows       = 1<<16 - 1
	maxSegmentElements = 64
	maxSegmentIDs      = 254
)

// Compile returns the table a walker reads a guide from. Loops and slots are numbered depth first in the order of the
// file; a loop used twice is there twice. It fails for a guide that is too large for a table or whose base standard is not known.
func Compile(g *Guide) (*guide.Table, error) {
	base, err := Base(g.Base)
	if err != nil {
		return nil, err
	}
	c := &compiler{g: g, base: base, same: map[string]uint16{}, t: &guide.Table{
		ID: g.ID, Accept: g.Accept, Near: g.Near, Exact: g.Exact, Set: g.Set, GS: g.GS, Title: g.Title, Unit: g.Unit,
		Loops: []guide.Loop{{Type: g.Root, Usage: guide.Required, Max: 1}},
		Slots: []guide.Slot{{}},
	}}
	if len(g.Units) > 1 {
		c.t.Units = g.Units
	}
	c.loop(0, g.Body)
	c.streams()
	c.names()
	return c.t, c.limits()
}

// compiler is the state of Compile.
type compiler struct {
	g    *Guide
	base *Dictionary
	t    *guide.Table
	same map[string]uint16 // by what they say: where the elements of a slot start
}

// limits makes sure that nothing was cut short.
func (c *compiler) limits() error {
	ids := map[x12.SegID]bool{}
	for i := range c.t.Slots[1:] {
		s := &c.t.Slots[i+1]
		ids[s.ID] = true
		if s.Count > maxSegmentElements {
			return fmt.Errorf("schema: guide %s: segment %s has %d elements, a table has room for %d", c.g.ID, s.ID, s.Count, maxSegmentElements)
		}
	}
	switch {
	case len(c.t.Slots) > maxTableRows || len(c.t.Elements) > maxTableRows:
		return fmt.Errorf("schema: guide %s is too large: %d segments with %d elements, a table has room for %d", c.g.ID, len(c.t.Slots), len(c.t.Elements), maxTableRows)
	case len(ids) > maxSegmentIDs:
		return fmt.Errorf("schema: guide %s has %d segment identifiers, a table has room for %d", c.g.ID, len(ids), maxSegmentIDs)
	}
	return nil
}

// loop enters what stands in l, which is number n. Equal positions have equal ranks.
func (c *compiler) loop(n guide.LoopID, l *Loop) {
	rank, prev := uint16(0), [2]int{-1, -1}
	at := func(table, position int) uint16 {
		if k := [2]int{table, position}; k != prev {
			prev = k
			rank++
		}
		return rank
	}
	for i, node := range l.Children {
		switch node := node.(type) {
		case *Segment:
			id := guide.SlotID(len(c.t.Slots))
			s := guide.Slot{
				ID: x12.ID(node.ID), Loop: n, Rank: at(node.Table, node.Position), Max: uint32(node.Max), Usage: guide.Usage(node.Usage),
				Trigger: i == 0 && n > 0, Field: node.Field, Title: node.Title, Syntax: tableSyntax(node.Std.Syntax), Rules: tableRules(node.Rules),
			}
			slotKey(&s, node)
			c.elements(&s, node)
			if node.ID == "ST" && n == 0 && s.Count >= 3 { // other versions are read too, so they are not wrong
				if e := &c.t.Elements[s.First+2]; len(e.Codes) == 1 && e.Codes[0] == c.g.ID {
					e.Codes = append([]string{c.g.ID}, c.g.Accept...)
				}
			}
			for _, e := range node.Elements {
				if e.Count {
					s.Counts = uint8(e.Pos)
				}
			}
			c.t.Slots = append(c.t.Slots, s)
			if s.Trigger {
				c.t.Loops[n].Trigger = id
			}
		case *Loop:
			child := guide.Loop{
				ID: node.ID, Title: node.Title, Field: node.Field, Type: node.Type, Parent: n, Max: uint32(node.Max), Usage: guide.Usage(node.Usage),
			}
			if child.Type == "" {
				child.Type = child.Field
			}
			if node.HL != "" { // a level below comes behind everything else of its parent
				rank++
				prev = [2]int{-1, -1}
				child.Rank = rank
			} else {
				child.Rank = at(node.Table, node.Position)
			}
			id := guide.LoopID(len(c.t.Loops))
			c.t.Loops = append(c.t.Loops, child)
			c.loop(id, node)
		}
	}
}

// slotKey takes over the element that chooses the slot.
func slotKey(s *guide.Slot, seg *Segment) {
	set := func(e *Element, pos, comp int) {
		if e.Key && s.Key == 0 {
			s.Key, s.KeyComp, s.KeyNot, s.Keys = uint8(pos), uint8(comp), e.KeyNot, e.Codes
		}
	}
	for _, e := range seg.Elements {
		set(e, e.Pos, 0)
		for _, k := range e.Components {
			set(k, e.Pos, k.Pos)
		}
	}
}

// streams marks the units and the loops around them.
func (c *compiler) streams() {
	for i := range c.t.Loops {
		if !c.t.IsUnit(guide.LoopID(i)) {
			continue
		}
		for l := guide.LoopID(i); l > 0; l = c.t.Loops[l].Parent {
			c.t.Loops[l].Stream = true
		}
	}
}

// names gives slots their unique names: loop, segment and the first value of the key.
func (c *compiler) names() {
	loops := map[string]int{}
	for i := range c.t.Loops {
		loops[c.t.Loops[i].ID]++
	}
	seen := map[string]int{}
	for i := range c.t.Slots[1:] {
		s := &c.t.Slots[i+1]
		name := s.ID.String()
		if s.Key > 0 && !s.KeyNot {
			name += "[" + strings.ReplaceAll(s.Keys[0], " ", "_") + "]" // extras list names with blanks between
		}
		for l := s.Loop; l > 0; l = c.t.Loops[l].Parent {
			id := c.t.Loops[l].ID
			name = id + "/" + name
			if loops[id] == 1 {
				break
			}
		}
		seen[name]++
		if k := seen[name]; k > 1 {
			name = fmt.Sprintf("%s#%d", name, k)
		}
		s.Name = name
	}
}

// elements enters all elements of a slot, the ones the guide does not use too, and behind them the components of
// the composites. Slots that say the same of their elements share them.
func (c *compiler) elements(s *guide.Slot, seg *Segment) {
	rows := make([]*tableRow, len(seg.Std.Fields))
	for i, f := range seg.Std.Fields {
		rows[i] = c.unused(f)
	}
	use(rows, seg.Elements)
	s.Count = uint16(len(rows))
	var key strings.Builder
	for _, r := range rows {
		r.describe(&key)
	}
	if first, ok := c.same[key.String()]; ok {
		s.First = first
		return
	}
	first := len(c.t.Elements)
	s.First = uint16(first)
	c.same[key.String()] = s.First
	at := first + len(rows)
	for _, r := range rows {
		if r.Kind == guide.Composite {
			r.First, r.Count = uint16(at), uint8(len(r.comps))
			at += len(r.comps)
		}
		c.t.Elements = append(c.t.Elements, r.Element)
	}
	for _, r := range rows {
		for _, k := range r.comps {
			c.t.Elements = append(c.t.Elements, k.Element)
		}
	}
}

// describe writes all that a row says.
func (r *tableRow) describe(b *strings.Builder) {
	e := &r.Element
	fmt.Fprintf(b, "%q %q %q %q %q %d %d %d %d %d %d %c %v(", e.DE, e.Title, e.Field, e.Codes, e.Ext, e.Min, e.Max, e.Limit, e.Repeat, e.Dec, e.Kind, e.Usage, e.Syntax)
	for _, k := range r.comps {
		k.describe(b)
	}
	b.WriteString(")")
}

// tableRow is one element on its way into the table.
type tableRow struct {
	guide.Element
	comps []*tableRow
}

// unused is a position of the dictionary that the guide does not use.
func (c *compiler) unused(f StdField) *tableRow {
	r := &tableRow{Element: guide.Element{DE: f.Element, Usage: guide.NotUsed}}
	if !f.Composite {
		if std := c.base.Elements[f.Element]; std != nil {
			r.Kind, r.Dec = tableKind(std.Type)
			r.Min, r.Max = uint16(std.Min), uint16(min(std.Max, 1<<16-1))
		}
		return r
	}
	r.Kind = guide.Composite
	if std := c.base.Composites[f.Element]; std != nil {
		r.Syntax = tableSyntax(std.Syntax)
		for _, k := range std.Fields {
			r.comps = append(r.comps, c.unused(k))
		}
	}
	return r
}

// tableKind reads a type of the dictionary; dec is the implied decimals of N.
func tableKind(t string) (kind guide.Kind, dec uint8) {
	switch {
	case t == "ID":
		return guide.IDCode, 0
	case t == "R":
		return guide.R, 0
	case t == "DT":
		return guide.DT, 0
	case t == "TM":
		return guide.TM, 0
	case t == "B":
		return guide.Binary, 0
	case strings.HasPrefix(t, "N"):
		if len(t) > 1 {
			dec = t[1] - '0'
		}
		return guide.N, dec
	}
	return guide.AN, 0
}

// use enters what the guide says. The usage of a run or fold is that of its first round; the others are situational.
func use(rows []*tableRow, elems []*Element) {
	set := func(pos int, e *Element, first bool) {
		r := rows[pos-1]
		r.Usage = guide.Situational
		if first {
			r.Usage = guide.Usage(e.Usage)
		}
		r.Title, r.Field, r.Codes, r.Ext = e.Title, e.Field, e.Codes, e.Ext
		if e.KeyNot { // what the codes rule out is another slot's
			r.Codes = nil
		}
		r.Limit = uint16(max(e.Digits, e.MaxLen))
		switch e.Repeat {
		case 1:
		case 0:
			r.Repeat = 1<<16 - 1
		default:
			r.Repeat = uint16(e.Repeat)
		}
		use(r.comps, e.Components)
	}
	for _, e := range elems {
		if f := e.Fold; f != nil {
			for at := f.From; at <= f.To; at += f.By {
				for _, row := range f.Elements {
					set(at+row.Pos, row, at == f.From)
				}
			}
			continue
		}
		for k := e.Pos; k <= max(e.Pos, e.To); k++ {
			set(k, e, k == e.Pos)
		}
	}
}

func tableSyntax(list []Syntax) []guide.Syntax {
	var out []guide.Syntax
	for _, s := range list {
		out = append(out, guide.Syntax{Kind: s.Kind, Elems: slices.Clone(s.Elems)})
	}
	return out
}

// tableRef reads "04" or "11-1".
func tableRef(s string) guide.Ref {
	var element, component int
	fmt.Sscanf(s, "%d-%d", &element, &component) // without a component the second number stays 0
	return guide.Ref{Element: uint8(element), Comp: uint8(component)}
}

func tableRules(list []*Rule) []guide.Rule {
	refs := func(names []string) []guide.Ref {
		var out []guide.Ref
		for _, n := range names {
			out = append(out, tableRef(n))
		}
		return out
	}
	ops := map[string]guide.Op{"in": guide.In, "not-in": guide.NotIn, "present": guide.Present, "absent": guide.Absent}
	var out []guide.Rule
	for _, r := range list {
		at := tableRef(r.Subject)
		out = append(out, guide.Rule{
			ID: r.ID, Element: at.Element, Comp: at.Comp, Op: ops[r.Op], Values: r.Values, Require: refs(r.Require), Forbid: refs(r.Forbid),
		})
	}
	return out
}

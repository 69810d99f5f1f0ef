package schema

import "fmt"

// errAt reports a fault at the start of an entry.
func (p *parser) errAt(line, col int, format string, args ...any) {
	p.rep.errorf(line, col, format, args...)
}

// resolve ties the parsed lines to the dictionary and to each other.
func (p *parser) resolve() {
	p.resolveLoop(p.g.Body)
	p.resolveUses(p.g.Body)
	p.checkPositions(p.g.Body)
	p.checkEnds()
}

// resolveLoop fills Std, titles and positions below l. The depth of loops is bounded by maxLevel.
func (p *parser) resolveLoop(l *Loop) {
	if l != p.g.Body {
		p.resolveTrigger(l)
	}
	for _, n := range l.Children {
		switch n := n.(type) {
		case *Segment:
			p.resolveSegment(n)
		case *Loop:
			if n.UseOf == "" {
				p.resolveLoop(n)
			}
		}
	}
}

// checkPositions makes sure that positions rise within each loop and table.
func (p *parser) checkPositions(l *Loop) {
	last, lastTable := 0, 0
	for _, n := range l.Children {
		at := placeOf(n)
		if at.position == 0 {
			continue // a loop without a segment, reported already
		}
		if at.table == lastTable && at.position < last && !at.level {
			p.errAt(at.line, at.col, "position %04d after %04d, expected positions to rise within a loop", at.position, last)
		}
		// A child level comes after everything else of its parent, though its own position is that of the HL.
		if last, lastTable = at.position, at.table; at.level && l != p.g.Body {
			last = 1 << 20
		}
		if child, ok := n.(*Loop); ok && child.UseOf == "" {
			p.checkPositions(child)
		}
	}
}

// nodePlace is what the checks need to know of a segment or loop.
type nodePlace struct {
	line, col, table, position int
	level                      bool // HL loop
}

func placeOf(n Node) nodePlace {
	switch n := n.(type) {
	case *Segment:
		return nodePlace{n.Line, n.col, n.Table, n.Position, false}
	case *Loop:
		return nodePlace{n.Line, n.col, n.Table, n.Position, n.HL != ""}
	}
	return nodePlace{}
}

// resolveTrigger takes title and position of a loop from its first segment.
func (p *parser) resolveTrigger(l *Loop) {
	if len(l.Children) == 0 {
		p.errAt(l.Line, l.col, "loop %s is empty, expected the segment that opens it", l.ID)
		return
	}
	first, ok := l.Children[0].(*Segment)
	if !ok {
		p.errAt(l.Line, l.col, "loop %s begins with a loop, expected the segment that opens it", l.ID)
		return
	}
	l.Position = first.Position
	std := p.dict.Segments[first.ID]
	if std == nil {
		return // reported with the segment
	}
	l.given = std.Name
	if l.Title == "" {
		l.Title = std.Name
	}
	first.given = l.Title
	if first.Usage != Required || first.Max != 1 {
		p.errAt(first.Line, first.col, "%s opens loop %s, expected usage R and 1 use", first.ID, l.ID)
	}
	if l.HL == "" {
		return
	}
	if first.ID != "HL" {
		p.errAt(first.Line, first.col, "found %s, expected HL to open loop %s", first.ID, l.ID)
		return
	}
	for _, el := range first.Elements {
		if el.Pos == 3 && el.Key && !el.KeyNot && len(el.Codes) == 1 && el.Codes[0] == l.HL {
			return
		}
	}
	p.errAt(first.Line, first.col, "HL of loop %s without element 03 !{%s}", l.ID, l.HL)
}

func (p *parser) resolveSegment(s *Segment) {
	s.Std = p.dict.Segments[s.ID]
	if s.Std == nil {
		p.errAt(s.Line, s.col, "there is no segment %s in %s", s.ID, p.g.Base)
		return
	}
	if s.given == "" { // the first of a loop has the name of the loop
		s.given = s.Std.Name
	}
	if s.Title == "" {
		s.Title = s.given
	}
	if len(s.Elements) == 0 {
		p.errAt(s.Line, s.col, "%s has no elements", s.ID)
	}
	switch {
	case s.Field == "-" && (s.As != "" || s.Inline != 0):
		p.errAt(s.Line, s.col, `field "-" takes neither as= nor inline=`)
	case s.Field == "*" && (s.As != "" || s.Inline != 0):
		p.errAt(s.Line, s.col, `field "*" takes neither as= nor inline=`)
	case s.As != "" && s.Inline != 0:
		p.errAt(s.Line, s.col, "as= and inline= exclude each other")
	case s.Field == "*" && s.Max != 1:
		p.errAt(s.Line, s.col, `%s repeats, so its elements cannot be fields of the loop ("*")`, s.ID)
	case s.Max != 1 && s.Field != "-" && s.As == "" && s.Inline == 0:
		p.errAt(s.Line, s.col, "%s repeats, expected as= with the type of one use, or inline=", s.ID)
	}
	inlined := false
	for _, el := range s.Elements {
		p.resolveElement(s, el)
		inlined = inlined || s.Inline != 0 && el.Pos == s.Inline
	}
	if s.Inline != 0 && !inlined {
		p.errAt(s.Line, s.col, "inline=%02d names an element that %s does not use", s.Inline, s.ID)
	}
}

// resolveElement looks up an element, run or fold of a segment.
func (p *parser) resolveElement(s *Segment, el *Element) {
	if f := el.Fold; f != nil {
		p.resolveFold(s, el, f)
		return
	}
	field, ok := p.position(s.Std, el, el.Pos, max(el.To, el.Pos))
	if !ok {
		return
	}
	p.describe(el, field)
	switch {
	case s.Inline == el.Pos && el.Field != "":
		p.errAt(el.Line, el.col, "element %02d is inline, expected no field name: the segment's own field holds it", el.Pos)
	case s.Inline == el.Pos && el.To != 0:
		p.errAt(el.Line, el.col, "inline=%02d names a run", s.Inline)
	case s.Inline != el.Pos && el.Field == "":
		p.errAt(el.Line, el.col, `element %02d has no field name; expected one, or "-" for a constant`, el.Pos)
	case s.Inline != 0 && s.Inline != el.Pos && el.Field != "-":
		p.errAt(el.Line, el.col, `element %02d is lost when only element %02d is kept, expected the constant "-"`, el.Pos, s.Inline)
	case s.Field == "-" && el.Field != "-":
		p.errAt(el.Line, el.col, `the segment is not stored, expected field "-"`)
	}
	if el.Count && (s.Loop == nil || len(s.Loop.Children) == 0 || s.Loop.Children[0] != Node(s) || el.To != 0) {
		p.errAt(el.Line, el.col, `"count" at %s%02d, expected one element of the first segment of a loop`, s.ID, el.Pos)
	}
	if s.Field != "-" {
		p.checkConstant(el)
	}
	p.checkAttributes(el)
	p.resolveComponents(s, el, field)
}

// position returns the dictionary's entry for positions from to to, which must be one data element.
func (p *parser) position(std *StdSegment, el *Element, from, to int) (StdField, bool) {
	if to > len(std.Fields) {
		p.errAt(el.Line, el.col, "%s has %d positions, found %d", std.ID, len(std.Fields), to)
		return StdField{}, false
	}
	f := std.Fields[from-1]
	for i := from; i < to; i++ {
		if g := std.Fields[i]; g.Element != f.Element || g.Repeat != f.Repeat {
			p.errAt(el.Line, el.col, "run from %d to %d of different data elements, %s and %s", from, to, f.Element, g.Element)
			return StdField{}, false
		}
	}
	return f, true
}

func (p *parser) describe(el *Element, f StdField) {
	el.Std = p.dict.Elements[f.Element]
	el.given = f.Name
	if el.Title == "" {
		el.Title = f.Name
	}
	if f.Repeat != 0 && (el.Repeat > f.Repeat || el.Repeat == 0) {
		p.errAt(el.Line, el.col, "more repetitions than the %d of the standard", f.Repeat)
	}
	if el.To != 0 && el.Repeat != 1 {
		p.errAt(el.Line, el.col, "a run cannot repeat as well")
	}
}

// checkConstant makes sure that what is not stored can be written again.
func (p *parser) checkConstant(el *Element) {
	if el.Field != "-" {
		return
	}
	switch {
	case el.Std.Type == "COMP":
		p.errAt(el.Line, el.col, "a composite cannot be a constant, expected a field name")
	case el.Usage != Required || len(el.Codes) != 1 || el.KeyNot || el.To != 0 || el.Repeat != 1:
		p.errAt(el.Line, el.col, `field "-" is a constant, expected usage R and exactly one code; otherwise name the field`)
	}
}

// checkAttributes holds codes and attributes against the data element.
func (p *parser) checkAttributes(el *Element) {
	std := el.Std
	if std.Type == "COMP" {
		if el.Money || el.Count || el.Digits != 0 || el.MaxLen != 0 || el.Codes != nil || el.Type != "" || el.Ext != "" {
			p.errAt(el.Line, el.col, "element %s is a composite, expected the attributes at its components", std.Number)
		}
		return
	}
	number := std.Type == "R" || std.Type[0] == 'N'
	switch {
	case el.Money && !number:
		p.errAt(el.Line, el.col, `"money" at element %s of type %s, expected a number`, std.Number, std.Type)
	case el.Count && std.Type != "N0":
		p.errAt(el.Line, el.col, `"count" at element %s of type %s, expected N0`, std.Number, std.Type)
	case el.Digits != 0 && !number:
		p.errAt(el.Line, el.col, `"digits=" at element %s of type %s, expected a number`, std.Number, std.Type)
	case el.MaxLen > std.Max:
		p.errAt(el.Line, el.col, "len=%d is more than the %d of the standard", el.MaxLen, std.Max)
	case el.Type != "" && std.Type != "ID" && std.Type != "AN":
		p.errAt(el.Line, el.col, `"type=" at element %s of type %s, expected ID or AN`, std.Number, std.Type)
	case el.Type != "" && (el.Field == "-" || el.Field == ""):
		p.errAt(el.Line, el.col, `"type=" needs a field`)
	case el.As != "" || el.Like != 0:
		p.errAt(el.Line, el.col, `"as=" and "like" are for composites, element %s is of type %s`, std.Number, std.Type)
	}
	for _, code := range el.Codes {
		if len(code) > std.Max || len(code) < std.Min {
			p.errAt(el.Line, el.col, "code %q has %d characters, element %s has %d to %d",
				code, len(code), std.Number, std.Min, std.Max)
		}
	}
}

// resolveComponents fills the components of el, from the element it is like if it names one.
func (p *parser) resolveComponents(s *Segment, el *Element, f StdField) {
	if !f.Composite {
		if el.Components != nil {
			p.errAt(el.Line, el.col, "element %d is no composite, expected nothing below it", el.Pos)
		}
		return
	}
	if el.Like != 0 {
		if !p.copyComponents(s, el) {
			return
		}
	}
	if len(el.Components) == 0 {
		p.errAt(el.Line, el.col, `composite %s without components, expected them below or "like nn"`, f.Element)
		return
	}
	if (el.To != 0 || el.Repeat != 1 || el.Field == "") && el.As == "" && s.Field != "-" {
		p.errAt(el.Line, el.col, "composite %s needs as= with the type of one value", f.Element)
	}
	std := p.dict.Composites[f.Element]
	for _, c := range el.Components {
		if el.Like != 0 {
			break // the copies are resolved
		}
		field, ok := p.position(std, c, c.Pos, max(c.To, c.Pos))
		if !ok {
			continue
		}
		p.describe(c, field)
		if c.Field == "" {
			p.errAt(c.Line, c.col, `component %d has no field name; expected one, or "-" for a constant`, c.Pos)
		}
		if s.Field != "-" {
			p.checkConstant(c)
		}
		p.checkAttributes(c)
	}
}

// copyComponents gives el the components of the element it is like. What chose the slot there does not here.
func (p *parser) copyComponents(s *Segment, el *Element) bool {
	if el.Components != nil {
		p.errAt(el.Line, el.col, `"like %02d" and components exclude each other`, el.Like)
		return false
	}
	for _, from := range s.Elements {
		if from == el {
			break
		}
		if from.Pos != el.Like || from.Fold != nil {
			continue
		}
		if from.Std != el.Std || len(from.Components) == 0 {
			break
		}
		for _, c := range from.Components {
			copied := *c
			if copied.KeyNot {
				copied.Codes = nil
			}
			copied.Key, copied.KeyNot = false, false
			el.Components = append(el.Components, &copied)
		}
		if el.As == "" {
			el.As = from.GoType()
		}
		return true
	}
	p.errAt(el.Line, el.col, `"like %02d" names no composite %s above it`, el.Like, el.Std.Number)
	return false
}

// resolveFold looks up the rows of a fold in its first group; every further group must be of the same elements.
func (p *parser) resolveFold(s *Segment, el *Element, f *Fold) {
	if f.To > len(s.Std.Fields) {
		p.errAt(el.Line, el.col, "%s has %d positions, found %d", s.ID, len(s.Std.Fields), f.To)
		return
	}
	if s.Inline != 0 || s.Field == "-" {
		p.errAt(el.Line, el.col, "a fold needs a stored segment without inline=")
	}
	if len(f.Elements) == 0 {
		p.errAt(el.Line, el.col, "fold without rows, expected +0 below it")
		return
	}
	el.Usage = f.Elements[0].Usage
	for _, row := range f.Elements {
		if row.Pos >= f.By {
			p.errAt(row.Line, row.col, "row +%d in groups of %d", row.Pos, f.By)
			continue
		}
		std := s.Std.Fields[f.From-1+row.Pos]
		for i := f.From + row.Pos; i <= f.To; i += f.By {
			if g := s.Std.Fields[i-1]; g.Element != std.Element {
				p.errAt(row.Line, row.col, "row +%d is element %s in the first group and %s at %02d", row.Pos, std.Element, g.Element, i)
				break
			}
		}
		p.describe(row, std)
		p.checkAttributes(row)
		p.resolveComponents(s, row, std)
		if row.Field == "" || row.Field == "-" {
			p.errAt(row.Line, row.col, "row +%d has no field name", row.Pos)
		}
		if row.Key || hasKey(row.Components) {
			p.errAt(row.Line, row.col, "a row of a fold cannot choose the slot, expected codes without \"!\"")
		}
	}
}

func hasKey(list []*Element) bool {
	for _, el := range list {
		if el.Key {
			return true
		}
	}
	return false
}

// resolveUses shares the rows of repeated loops.
func (p *parser) resolveUses(l *Loop) {
	for _, n := range l.Children {
		u, ok := n.(*Loop)
		if !ok {
			continue
		}
		if u.UseOf == "" {
			p.resolveUses(u)
			continue
		}
		target, fault := p.useTarget(u)
		if fault != "" {
			p.errAt(u.Line, u.col, "%s", fault)
			continue
		}
		u.Type, u.HL, u.Position = target.Type, target.HL, target.Position
		u.Children, u.Rules = target.Children, target.Rules
		u.given = target.Title
		if u.Title == "" {
			u.Title = target.Title
		}
		if u.Max != 1 && target.Type == target.Field && target.Max == 1 {
			p.errAt(u.Line, u.col, "loop %s repeats here, expected its definition to name the type of one instance", u.ID)
		}
	}
}

func (p *parser) useTarget(u *Loop) (*Loop, string) {
	holder := p.g.FindLoop(u.UseOf)
	if holder == nil {
		return nil, fmt.Sprintf("there is no loop %s", u.UseOf)
	}
	for _, n := range holder.Children {
		target, ok := n.(*Loop)
		if !ok || target.ID != u.ID {
			continue
		}
		// A loop that holds a repeated one cannot be repeated itself, so no chain of uses is without end.
		if repeats(target) {
			return nil, fmt.Sprintf("loop %s of %s repeats a loop itself", u.ID, u.UseOf)
		}
		return target, ""
	}
	return nil, fmt.Sprintf("loop %s has no loop %s", u.UseOf, u.ID)
}

// repeats tells whether l or a loop below it is a use of another.
func repeats(l *Loop) bool {
	if l.UseOf != "" {
		return true
	}
	for _, n := range l.Children {
		if child, ok := n.(*Loop); ok && repeats(child) {
			return true
		}
	}
	return false
}

// checkEnds makes sure that the set stands between ST and SE.
func (p *parser) checkEnds() {
	body := p.g.Body.Children
	first, ok := body[0].(*Segment)
	if !ok || first.ID != "ST" || first.Usage != Required || first.Max != 1 {
		at := placeOf(body[0])
		p.errAt(at.line, at.col, "the set begins with something else, expected the segment ST, R 1")
	} else if el := first.Elements; len(el) == 0 || el[0].Pos != 1 || len(el[0].Codes) != 1 || el[0].Codes[0] != p.g.Set {
		p.errAt(first.Line, first.col, "ST without element 01 {%s}", p.g.Set)
	}
	last, ok := body[len(body)-1].(*Segment)
	if !ok || last.ID != "SE" || last.Usage != Required || last.Max != 1 {
		at := placeOf(body[len(body)-1])
		p.errAt(at.line, at.col, "the set ends with something else, expected the segment SE, R 1")
	}
}

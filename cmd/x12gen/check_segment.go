package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// elementPlace is one position of a segment or composite as the guide has it.
type elementPlace struct {
	el    *schema.Element
	usage schema.Usage
}

// placesOf spreads runs and folds over their positions. In both only the first round keeps its usage.
func placesOf(list []*schema.Element) map[int]*elementPlace {
	places := map[int]*elementPlace{}
	put := func(pos int, el *schema.Element, first bool) {
		usage := el.Usage
		if !first {
			usage = schema.Situational
		}
		places[pos] = &elementPlace{el, usage}
	}
	for _, el := range list {
		if f := el.Fold; f != nil {
			for group := f.From; group <= f.To; group += f.By {
				for _, row := range f.Elements {
					put(group+row.Pos, row, group == f.From)
				}
			}
			continue
		}
		for pos := el.Pos; pos <= max(el.Pos, el.To); pos++ {
			put(pos, el, pos == el.Pos)
		}
	}
	return places
}

func (c *checker) segment(path string, parent *schema.Loop, s *schema.Segment, r *factRow) {
	where := fmt.Sprintf("%s %s[%s]", path, s.ID, r.name)
	c.value(s.Line, r.line, where, "usage", string(s.Usage), r.usage)
	c.value(s.Line, r.line, where, "repeat", uses(s.Max), uses(r.repeat))
	c.value(s.Line, r.line, where, "position", s.Position, r.pos)
	c.value(s.Line, r.line, where, "name", s.Title, r.name)
	c.syntax(s.Line, where, s.Std, r)
	c.key(where, s, r)
	c.factNotes(s.Line, where, r, nil)
	c.conditions(parent, nil, s.Field, s.ID, where, s.Line, r)
	places := placesOf(s.Elements)
	std := s.Std.Fields
	for _, e := range r.sub {
		at := fmt.Sprintf("%s.%02d", where, e.pos)
		if e.pos > len(std) {
			c.differ(s.Line, e.line, at, "position: dictionary has %d, facts more", len(std))
			continue
		}
		c.standard(s.Line, at, std[e.pos-1], e)
		c.element(at, places[e.pos], s.Line, e)
		if p := places[e.pos]; p != nil && e.used() {
			c.conditions(parent, s, fmt.Sprintf("%02d", e.pos), "", at, p.el.Line, e)
			c.components(at, s, p, std[e.pos-1], e)
		}
		delete(places, e.pos)
	}
	if len(r.sub) < len(std) {
		c.differ(s.Line, r.line, where, "positions: dictionary %d, facts %d", len(std), len(r.sub))
	}
	c.leftOver(where, ".%02d", places, r)
}

// leftOver reports positions that only the guide has.
func (c *checker) leftOver(where, format string, places map[int]*elementPlace, r *factRow) {
	var left []int
	for pos := range places {
		left = append(left, pos)
	}
	slices.Sort(left)
	for _, pos := range left {
		c.differ(places[pos].el.Line, r.line, where+fmt.Sprintf(format, pos), "not in the facts")
	}
}

func (c *checker) components(where string, s *schema.Segment, p *elementPlace, f schema.StdField, r *factRow) {
	std := c.dict.Composites[f.Element]
	if std == nil {
		if len(r.sub) > 0 {
			c.differ(p.el.Line, r.line, where, "components: element %s is no composite, facts have %d", f.Element, len(r.sub))
		}
		return
	}
	// Notes of a composite are the standard's alone; not every table repeats them.
	if len(r.syntax) > 0 {
		c.syntax(p.el.Line, where, std, r)
	}
	places := placesOf(p.el.Components)
	for _, e := range r.sub {
		at := fmt.Sprintf("%s-%d", where, e.pos)
		if e.pos > len(std.Fields) {
			c.differ(p.el.Line, e.line, at, "position: dictionary has %d, facts more", len(std.Fields))
			continue
		}
		c.standard(p.el.Line, at, std.Fields[e.pos-1], e)
		c.element(at, places[e.pos], p.el.Line, e)
		if q := places[e.pos]; q != nil && e.used() {
			name := fmt.Sprintf("%02d-%d", r.pos, e.pos)
			c.conditions(s.Loop, s, name, "", at, q.el.Line, e)
		}
		delete(places, e.pos)
	}
	if len(r.sub) < len(std.Fields) {
		c.differ(p.el.Line, r.line, where, "components: dictionary %d, facts %d", len(std.Fields), len(r.sub))
	}
	c.leftOver(where, "-%d", places, r)
}

// standard compares what the dictionary says of a position.
func (c *checker) standard(line int, where string, f schema.StdField, r *factRow) {
	c.value(line, r.line, where, "element", f.Element, r.de)
	e := c.dict.Elements[f.Element]
	if e == nil || f.Element != r.de {
		return
	}
	c.value(line, r.line, where, "type", e.Type, r.typ)
	if e.Type != "COMP" {
		c.value(line, r.line, where, "length", fmt.Sprint(e.Min, " ", e.Max), r.min+" "+r.max)
	}
}

// element compares what the guide says of a position. Line is that of the entry above it.
func (c *checker) element(where string, p *elementPlace, line int, r *factRow) {
	if p == nil || !r.used() {
		switch {
		case p != nil:
			c.differ(p.el.Line, r.line, where, "usage: guide %c, facts N%s", p.usage, doubt(r))
		case r.used():
			c.differ(line, r.line, where, "usage: guide N, facts %s%s", r.usage, doubt(r))
		}
		return
	}
	el := p.el
	if string(p.usage) != r.usage {
		c.differ(el.Line, r.line, where, "usage: guide %c, facts %s%s", p.usage, r.usage, doubt(r))
	}
	c.value(el.Line, r.line, where, "name", el.Title, r.name)
	if r.kind == "E" {
		c.value(el.Line, r.line, where, "repeat", uses(el.Repeat), uses(r.repeat))
	}
	c.value(el.Line, r.line, where, "digits", number(el.Digits), number(r.digits))
	c.value(el.Line, r.line, where, "length limit", number(el.MaxLen), number(r.length))
	if !el.KeyNot && len(el.Codes)+len(r.codes) > 0 {
		if g, f := sortedCodes(el.Codes), sortedCodes(r.codes); g != f {
			c.differ(el.Line, r.line, where, "codes: guide %s, facts %s%s", g, f, doubt(r))
		}
	}
	c.external(where, el, r)
	c.factNotes(el.Line, where, r, el)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// doubt marks a difference at a row the facts are not sure of.
func doubt(r *factRow) string {
	if r.unsure {
		return " (unsure)"
	}
	return ""
}

// external compares the external code list. Where the facts name the list of one qualifier value, the guide names
// the place of the qualifier.
func (c *checker) external(where string, el *schema.Element, r *factRow) {
	want := r.ext
	switch {
	case r.list == "?" && strings.HasPrefix(el.Ext, "by:"):
		return
	case r.list != "" && r.list != "?":
		want = "by:" + r.list
	}
	c.value(el.Line, r.line, where, "ext", el.Ext, want)
}

// syntax compares the relational conditions of a segment or composite.
func (c *checker) syntax(line int, where string, std *schema.StdSegment, r *factRow) {
	var own []string
	for _, n := range std.Syntax {
		own = append(own, n.String())
	}
	fact := slices.Clone(r.syntax)
	slices.Sort(own)
	slices.Sort(fact)
	c.value(line, r.line, where, "syntax notes", strings.Join(own, " "), strings.Join(fact, " "))
}

// key compares what chooses the slot. The facts name a key wherever the qualifier is closed; the guide marks it
// only where there is something to choose, and has the same codes without the mark elsewhere.
func (c *checker) key(where string, s *schema.Segment, r *factRow) {
	if r.key == nil {
		for pos, p := range placesOf(s.Elements) {
			if p.el.Key {
				c.differ(s.Line, r.line, where, "key: guide at %02d, facts none", pos)
			}
			for sub, q := range placesOf(p.el.Components) {
				if q.el.Key {
					c.differ(s.Line, r.line, where, "key: guide at %02d-%d, facts none", pos, sub)
				}
			}
		}
		return
	}
	if sameKey(s, r) {
		return
	}
	v := valueAt(s, r.key.element, r.key.component)
	guide := "none"
	if v != nil && len(v.Codes) > 0 {
		guide = not(v.KeyNot) + sortedCodes(v.Codes)
	}
	c.differ(s.Line, r.line, where, "key: guide %s, facts %s", guide, not(r.key.not)+sortedCodes(r.key.codes))
}

func not(b bool) string {
	if b {
		return "^"
	}
	return ""
}

// factNotes compares notes that both sides carry as text. El is nil for a segment or loop.
func (c *checker) factNotes(line int, where string, r *factRow, el *schema.Element) {
	var own []string
	if el != nil {
		own = el.Notes
	}
	for _, n := range r.checks {
		if !slices.Contains(own, n) {
			c.differ(line, r.line, where, "note: guide none, facts %q", n)
		}
	}
	for _, n := range own {
		if !slices.Contains(r.checks, n) && !slices.Contains(r.other, n) {
			c.differ(line, r.line, where, "note: guide %q, facts none", n)
		}
	}
}

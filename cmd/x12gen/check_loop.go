package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// compareBody holds tables 1 to 3 against HEADER, DETAIL and TRAILER. Loops of the facts outside these three are
// the levels of an HL guide, which stand in table 2.
func (c *checker) compareBody() {
	var facts [4][]*factRow
	for _, r := range c.facts {
		switch r.id {
		case "HEADER":
			facts[1] = append(facts[1], r.sub...)
		case "DETAIL":
			facts[2] = append(facts[2], r.sub...)
		case "TRAILER":
			facts[3] = append(facts[3], r.sub...)
		default:
			facts[2] = append(facts[2], r)
		}
	}
	c.compareAccept()
	for table := 1; table <= 3; table++ {
		var own []schema.Node
		for _, n := range c.guide.Body.Children {
			if tableOf(n) == table {
				own = append(own, n)
			}
		}
		c.children(fmt.Sprintf("table %d", table), c.guide.Body, own, facts[table])
	}
	c.unclaimed(c.guide.Body, "")
}

// compareAccept compares the versions also read under the guide.
func (c *checker) compareAccept() {
	var fact []string
	line := 0
	for _, top := range c.facts {
		for _, s := range top.sub {
			for _, e := range s.sub {
				if e.accept != nil {
					fact, line = e.accept, e.line
				}
			}
		}
	}
	for _, id := range fact {
		if !slices.Contains(c.guide.Accept, id) {
			c.differ(1, line, "header", "accept: guide none, facts %s", id)
		}
	}
	for _, id := range c.guide.Accept {
		if !slices.Contains(fact, id) {
			c.differ(1, line, "header", "accept: guide %s, facts none", id)
		}
	}
}

func tableOf(n schema.Node) int {
	switch n := n.(type) {
	case *schema.Loop:
		return n.Table
	case *schema.Segment:
		return n.Table
	}
	return 0
}

// children pairs the nodes of a loop with the rows below its fact row and compares the pairs.
func (c *checker) children(path string, parent *schema.Loop, nodes []schema.Node, rows []*factRow) {
	pairs := pair(nodes, rows)
	matched := make([]bool, len(rows))
	order := make([]int, 0, len(nodes))
	for i, n := range nodes {
		j := pairs[i]
		if j < 0 {
			line, name := describe(n)
			c.differ(line, 0, path, "%s: not in the facts", name)
			continue
		}
		matched[j] = true
		order = append(order, j)
	}
	for j, r := range rows {
		if !matched[j] && r.used() {
			c.differ(parent.Line, r.line, path, "%s[%s]: not in the guide", r.id, r.name)
		}
	}
	kept := rising(order)
	at := 0
	for i, n := range nodes {
		j := pairs[i]
		if j < 0 {
			continue
		}
		if !kept[at] {
			line, name := describe(n)
			c.differ(line, rows[j].line, path, "%s: in another place among its neighbours", name)
		}
		at++
		switch n := n.(type) {
		case *schema.Loop:
			c.loop(path, parent, n, rows[j])
		case *schema.Segment:
			c.segment(path, parent, n, rows[j])
		}
	}
}

func describe(n schema.Node) (line int, name string) {
	switch n := n.(type) {
	case *schema.Loop:
		return n.Line, fmt.Sprintf("loop %s[%s]", n.ID, n.Title)
	case *schema.Segment:
		return n.Line, fmt.Sprintf("%s[%s]", n.ID, n.Title)
	}
	return 0, ""
}

// pair finds the row of each node, -1 if there is none: loops by id; segments by id and the codes of the fact's
// key, then by id and name, then by id and position.
func pair(nodes []schema.Node, rows []*factRow) []int {
	found := make([]int, len(nodes))
	for i := range found {
		found[i] = -1
	}
	taken := make([]bool, len(rows))
	pass := func(fits func(n schema.Node, r *factRow) bool) {
		for i, n := range nodes {
			if found[i] >= 0 {
				continue
			}
			for j, r := range rows {
				if !taken[j] && r.used() && fits(n, r) {
					found[i], taken[j] = j, true
					break
				}
			}
		}
	}
	segment := func(fits func(s *schema.Segment, r *factRow) bool) func(schema.Node, *factRow) bool {
		return func(n schema.Node, r *factRow) bool {
			s, ok := n.(*schema.Segment)
			return ok && r.kind == "S" && r.id == s.ID && fits(s, r)
		}
	}
	pass(func(n schema.Node, r *factRow) bool {
		l, ok := n.(*schema.Loop)
		return ok && r.kind == "L" && r.id == l.ID
	})
	pass(segment(func(s *schema.Segment, r *factRow) bool { return sameKey(s, r) && s.Title == r.name }))
	pass(segment(sameKey))
	pass(segment(func(s *schema.Segment, r *factRow) bool { return s.Title == r.name }))
	pass(segment(func(s *schema.Segment, r *factRow) bool { return s.Position == r.pos }))
	return found
}

// sameKey tells whether the slot allows exactly the codes of the row's key.
func sameKey(s *schema.Segment, r *factRow) bool {
	if r.key == nil {
		return true
	}
	v := valueAt(s, r.key.element, r.key.component)
	return v != nil && v.KeyNot == r.key.not && sortedCodes(v.Codes) == sortedCodes(r.key.codes)
}

// valueAt returns the element or component at a place, nil if the segment does not use it.
func valueAt(s *schema.Segment, element, component int) *schema.Element {
	p := placesOf(s.Elements)[element]
	if p == nil {
		return nil
	}
	if component == 0 {
		return p.el
	}
	if q := placesOf(p.el.Components)[component]; q != nil {
		return q.el
	}
	return nil
}

// rising marks the entries of a longest rising subsequence; the others are out of order.
func rising(list []int) []bool {
	best := make([]int, len(list))
	from := make([]int, len(list))
	end := -1
	for i := range list {
		best[i], from[i] = 1, -1
		for j := range i {
			if list[j] < list[i] && best[j]+1 > best[i] {
				best[i], from[i] = best[j]+1, j
			}
		}
		if end < 0 || best[i] > best[end] {
			end = i
		}
	}
	kept := make([]bool, len(list))
	for ; end >= 0; end = from[end] {
		kept[end] = true
	}
	return kept
}

func (c *checker) loop(path string, parent, l *schema.Loop, r *factRow) {
	if strings.HasPrefix(path, "table ") {
		path = l.ID
	} else {
		path += "/" + l.ID
	}
	where := path + " loop"
	c.value(l.Line, r.line, where, "usage", string(l.Usage), r.usage)
	c.value(l.Line, r.line, where, "repeat", uses(l.Max), uses(r.repeat))
	c.value(l.Line, r.line, where, "position", l.Position, r.pos)
	c.value(l.Line, r.line, where, "name", l.Title, r.name)
	c.factNotes(l.Line, where, r, nil)
	c.conditions(parent, nil, l.Field, l.ID, where, l.Line, r)
	if first, ok := l.Children[0].(*schema.Segment); ok && r.key != nil {
		c.key(where, first, r)
	}
	if l.UseOf != "" || r.sameAs != "" {
		own := ""
		if l.UseOf != "" {
			own = l.UseOf + "/" + l.ID
		}
		fact := ""
		if r.sameAs != "" {
			ids := strings.Split(r.sameAs, "/")
			fact = strings.Join(ids[max(len(ids)-2, 0):], "/")
		}
		c.value(l.Line, r.line, where, "repeats", own, fact)
		return
	}
	c.children(path, l, l.Children, r.sub)
}

func uses(n int) string {
	if n == 0 {
		return ">1"
	}
	return fmt.Sprint(n)
}

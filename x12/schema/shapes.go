package schema

import (
	"fmt"
	"strings"
)

// shapes collects the Go types a guide makes, to find two meanings of one name.
type shapes struct {
	p     *parser
	types map[string]*shape
}

// shape is one Go type: what makes it, and its fields as text, one a line.
type shape struct {
	what   string // "segment CAS", "composite C003", "fold of CAS", "code", "loop"
	fields []string
	byName map[string]string // of a loop type: field -> kind
	line   int
}

// checkShapes makes sure that each Go type and each field of a struct has one meaning.
func (p *parser) checkShapes() {
	s := &shapes{p: p, types: map[string]*shape{}}
	s.types["Extras"] = &shape{what: "a type every package has"}
	s.loop(p.g.Body, p.g.Root)
}

// loop declares the type of l with what is below it.
func (s *shapes) loop(l *Loop, name string) {
	fields := map[string]string{"Extras": "what has no place"}
	lines := map[string]int{}
	add := func(field, kind string, line, col int) {
		if fields[field] != "" {
			first := ""
			if n := lines[field]; n != 0 {
				first = fmt.Sprintf(" (line %d)", n)
			}
			s.p.errAt(line, col, "%s has a field %s already%s", name, field, first)
			return
		}
		fields[field], lines[field] = kind, line
	}
	for _, n := range l.Children {
		switch n := n.(type) {
		case *Loop:
			add(n.Field, slicePrefix(n.Max)+n.Type, n.Line, n.col)
			if n.UseOf == "" {
				s.loop(n, n.Type)
			}
		case *Segment:
			s.segment(n, add)
		}
	}
	s.declareLoop(name, l, fields)
}

func (s *shapes) segment(n *Segment, add func(field, kind string, line, col int)) {
	if n.Field == "-" {
		return
	}
	own := map[string]int{"Extras": n.Line}
	var fields []string
	for _, el := range n.Elements {
		kind := s.element(n, el)
		switch {
		case n.Inline == el.Pos:
			add(n.Field, slicePrefix(n.Max)+kind, n.Line, n.col)
		case n.Field == "*" && el.Field != "-":
			add(el.Field, fmt.Sprintf("%s%02d %s", n.ID, el.Pos, kind), el.Line, el.col)
		case el.Field != "-" && own[el.Field] != 0:
			s.p.errAt(el.Line, el.col, "%s has a field %s already", n.GoType(), el.Field)
		case el.Field != "-":
			own[el.Field] = el.Line
			fields = append(fields, fieldText(el, kind))
		}
	}
	if name := n.GoType(); name != "" {
		add(n.Field, slicePrefix(n.Max)+name, n.Line, n.col)
		s.declare(name, &shape{what: "segment " + n.ID, fields: fields, line: n.Line}, n.As != "", n.Line, n.col)
	}
}

// element returns the kind of a field and declares the types it needs.
func (s *shapes) element(n *Segment, el *Element) string {
	if f := el.Fold; f != nil {
		s.rows(f.Type, "fold of "+n.ID, f.Elements, true, el)
		return "[]" + f.Type
	}
	kind := elementKind(el)
	if el.Type != "" {
		s.declare(el.Type, &shape{what: "code", line: el.Line}, true, el.Line, el.col)
	}
	if name := el.GoType(); name != "" {
		s.rows(name, "composite "+el.Std.Number, el.Components, el.As != "", el)
	}
	return kind
}

// rows declares the struct of a composite or of a group of a fold.
func (s *shapes) rows(name, what string, list []*Element, explicit bool, at *Element) {
	own := map[string]bool{"Extras": true}
	sh := &shape{what: what, line: at.Line}
	for _, el := range list {
		if el.Field == "-" {
			continue
		}
		if own[el.Field] {
			s.p.errAt(el.Line, el.col, "%s has a field %s already", name, el.Field)
		}
		own[el.Field] = true
		if sub := el.GoType(); sub != "" {
			s.rows(sub, "composite "+el.Std.Number, el.Components, el.As != "", el)
		}
		if el.Type != "" {
			s.declare(el.Type, &shape{what: "code", line: el.Line}, true, el.Line, el.col)
		}
		sh.fields = append(sh.fields, fieldText(el, elementKind(el)))
	}
	s.declare(name, sh, explicit, at.Line, at.col)
}

// declare notes a type, or holds a second use of its name against the first.
func (s *shapes) declare(name string, sh *shape, explicit bool, line, col int) {
	first := s.types[name]
	switch {
	case first == nil:
		s.types[name] = sh
	case first.what != sh.what:
		s.p.errAt(line, col, "type %s is %s here, but %s%s", name, sh.what, first.what, atLine(first.line))
	case !explicit:
		s.p.errAt(line, col, "type %s is made in line %d already, expected as=%s if it is the same, else another field name",
			name, first.line, name)
	default:
		if there, here, differ := firstDifference(first.fields, sh.fields); differ {
			s.p.errAt(line, col, "type %s has %s here, but %s in line %d", name, here, there, first.line)
		}
	}
}

// declareLoop notes the type of a loop. Loops of one type may have different fields, which are put together, but
// a field of one name must be the same in all.
func (s *shapes) declareLoop(name string, l *Loop, fields map[string]string) {
	first := s.types[name]
	if first == nil {
		s.types[name] = &shape{what: "loop", byName: fields, line: l.Line}
		return
	}
	line, col := max(l.Line, 1), max(l.col, 1)
	if first.what != "loop" {
		s.p.errAt(line, col, "type %s is loop here, but %s%s", name, first.what, atLine(first.line))
		return
	}
	for _, f := range sortedKeys(fields) {
		if there := first.byName[f]; there != "" && there != fields[f] {
			s.p.errAt(line, col, "field %s of type %s is %s here, but %s in line %d", f, name, fields[f], there, first.line)
		}
		first.byName[f] = fields[f]
	}
}

func atLine(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" in line %d", n)
}

func firstDifference(a, b []string) (there, here string, differ bool) {
	for i := range max(len(a), len(b)) {
		there, here = "nothing more", "nothing more"
		if i < len(a) {
			there = quote(a[i])
		}
		if i < len(b) {
			here = quote(b[i])
		}
		if there != here {
			return there, here, true
		}
	}
	return "", "", false
}

func fieldText(el *Element, kind string) string {
	at := fmt.Sprintf("%02d", el.Pos)
	if el.To != 0 {
		at += fmt.Sprintf("..%02d", el.To)
	}
	return at + " " + el.Field + " " + kind
}

// elementKind names what a field holds; elements of one kind have one Go type.
func elementKind(el *Element) string {
	kind := "string"
	switch t := el.Std.Type; {
	case t == "COMP":
		kind = el.GoType()
	case el.Type != "":
		kind = el.Type
	case el.Money:
		kind = "money"
	case t == "R" || strings.HasPrefix(t, "N"):
		kind = "number"
	case t == "DT":
		kind = "date"
	case t == "TM":
		kind = "time"
	}
	if el.To != 0 || el.Repeat != 1 {
		return "[]" + kind
	}
	return kind
}

func slicePrefix(n int) string {
	if n == 1 {
		return ""
	}
	return "[]"
}

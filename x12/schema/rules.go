package schema

import (
	"strconv"
	"strings"
)

// checkRules makes sure that each rule speaks of what is there.
func (p *parser) checkRules() { p.loopRules(p.g.Body) }

func (p *parser) loopRules(l *Loop) {
	for _, r := range l.Rules {
		p.rule(r, func(name string) string { return loopName(l, name) })
	}
	for _, n := range l.Children {
		switch n := n.(type) {
		case *Segment:
			for _, r := range n.Rules {
				p.rule(r, func(name string) string { return segmentElement(n, name) })
			}
		case *Loop:
			if n.UseOf == "" {
				p.loopRules(n)
			}
		}
	}
}

// rule reports the names of r for which fault is not "".
func (p *parser) rule(r *Rule, fault func(name string) string) {
	names := append([]string{r.Subject}, append(append([]string(nil), r.Require...), r.Forbid...)...)
	for _, name := range names {
		if f := fault(name); f != "" {
			p.errAt(r.Line, r.col, "rule %s: %s", r.ID, f)
		}
	}
}

// segmentElement finds "04" or "11-1" among the elements of s.
func segmentElement(s *Segment, name string) string {
	number, component, _ := strings.Cut(name, "-")
	pos, err := strconv.Atoi(number)
	if err != nil || len(number) != 2 {
		return "found " + quote(name) + `, expected an element number such as 04 or 11-1`
	}
	for _, el := range s.Elements {
		if pos < el.Pos || pos > max(el.Pos, el.To) {
			continue
		}
		list := el.Components
		if f := el.Fold; f != nil {
			row := (pos - f.From) % f.By
			list = nil
			found := false
			for _, e := range f.Elements {
				if e.Pos == row {
					found, list = true, e.Components
				}
			}
			if !found {
				break
			}
		}
		if component == "" {
			return ""
		}
		c, err := strconv.Atoi(component)
		if err != nil {
			break
		}
		for _, e := range list {
			if c >= e.Pos && c <= max(e.Pos, e.To) {
				return ""
			}
		}
		return s.ID + number + " has no component " + component
	}
	return s.ID + " does not use element " + name
}

// loopName finds a field, a segment id, or an element such as CLM05-3 in l.
func loopName(l *Loop, name string) string {
	for _, n := range l.Children {
		switch n := n.(type) {
		case *Loop:
			if n.Field == name {
				return ""
			}
		case *Segment:
			if n.Field == name || n.ID == name {
				return ""
			}
			if rest, ok := strings.CutPrefix(name, n.ID); ok && len(rest) >= 2 && segmentElement(n, rest) == "" {
				return ""
			}
			if n.Field != "*" {
				continue
			}
			for _, el := range n.Elements {
				if el.Field == name {
					return ""
				}
			}
		}
	}
	return "the loop has no segment, element or field " + name
}

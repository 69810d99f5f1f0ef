package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// printEncode prints the encoder: with one guide everything, with several what they share (p == nil), or the methods for the
// guide of p.
func (f *family) printEncode(source string, p *plan) []byte {
	var imports []string
	if p == nil || len(f.plans) == 1 {
		imports = append(imports, importCodec)
	}
	g := &gen{plan: p}
	if p != nil {
		for _, s := range p.scopes() {
			g.encodeScope(s)
		}
		if bytes.Contains(g.Bytes(), []byte("codec.")) {
			imports = []string{importCodec}
		}
	}
	b := f.header(source, imports...)
	if p == nil || len(f.plans) == 1 {
		b.WriteString("// encoder turns structs into segments in the order of the guide.\ntype encoder struct {\n\tcodec.Encoder\n}\n\n")
	}
	b.Write(g.Bytes())
	return b.Bytes()
}

func (g *gen) encodeScope(s *scope) {
	g.f("func (e *encoder) %s(v *%s) {\n", g.method(s), g.typeName(s.loop))
	in := map[*slot]bool{}
	for _, sl := range s.slots {
		in[sl] = true
	}
	g.encodeLoop(s.loop, "v", in)
	g.f("}\n\n")
}

// encodeLoop prints the segments of l and of the loops inside it that belong to the scope.
func (g *gen) encodeLoop(l *loop, owner string, in map[*slot]bool) {
	for _, f := range g.missing(l) {
		if !strings.HasPrefix(f.name, "Extras") {
			g.f("e.NoField(!(%s), %q)\n", g.emptyTest(owner+"."+f.name, f.typ), g.typeName(l)+"."+f.name)
		}
	}
	for _, it := range l.items {
		switch it := it.(type) {
		case *slot:
			if in[it] && it.Segment.ID != "ST" && it.Segment.ID != "SE" {
				g.encodeSlot(it, owner)
			}
		case *loop:
			if it.stream || !in[it.trigger] {
				continue
			}
			name := fmt.Sprintf("l%d", it.n)
			field := owner + "." + it.Field
			switch {
			case it.many:
				g.f("for i%d := range %s {\n%s := &%s[i%d]\n", it.n, field, name, field, it.n)
			case !it.optional:
				g.f("{\n%s := &%s\n", name, field)
			default:
				g.f("if %s := %s; %s != nil {\n", name, field, name)
			}
			at := g.Len()
			g.encodeLoop(it, name, in)
			if !contains(g.Bytes()[at:], name+".") {
				g.f("_ = %s\n", name)
			}
			g.f("}\n")
		}
	}
}

func (g *gen) encodeSlot(sl *slot, owner string) {
	begin := fmt.Sprintf("e.Segment(%d, %q) // %s\n", sl.n, sl.Segment.ID, sl.name)
	switch {
	case sl.level():
		below := "false"
		for _, c := range sl.loop.children {
			if c.HL != "" {
				below += " || !(" + g.emptyTest(owner+"."+c.Field, g.loopField(c)) + ")"
			}
		}
		g.f("e.Level(%s, &%s.Level, %s) // %s\n", sl.levelRow(), owner, strings.TrimPrefix(below, "false || "), sl.name)
		return
	case sl.Field == "-":
		var terms []string
		for _, l := range sl.bounds() {
			terms = append(terms, "!("+g.emptyTest(owner+"."+l.Field, g.loopField(l))+")")
		}
		if terms != nil {
			g.f("if %s {\n", strings.Join(terms, " || "))
			defer g.f("}\n")
		}
		g.f("%s", begin)
		g.put("", sl.Elements)
		g.f("e.End()\n")
		return
	case sl.Field == "*":
		if sl.skippable() {
			g.f("if !(%s) {\n", g.allEmpty(owner, sl.Elements))
			defer g.f("}\n")
		}
		g.f("%s", begin)
		g.put(owner, sl.Elements)
		g.f("e.End()\n")
		return
	}
	field := owner + "." + sl.Field
	if sl.Inline > 0 {
		typ := g.elementType(sl.element(sl.Inline))
		if sl.many {
			g.f("for _, x := range %s {\n", field)
			g.inline = "x"
		} else {
			g.inline = field
			g.f("if !(%s) {\n", g.emptyTest(field, typ))
		}
		g.f("%s", begin)
		g.put("", sl.Elements)
		g.inline = ""
		g.f("e.End()\n}\n")
		return
	}
	switch {
	case sl.many:
		g.f("for i := range %s {\ns := &%s[i]\n", field, field)
	case !sl.optional:
		g.f("{\ns := &%s\n", field)
	default:
		g.f("if s := %s; s != nil {\n", field)
	}
	g.f("%s", begin)
	at := g.Len()
	g.noFields("s", g.segmentType(sl), sl.Elements)
	g.put("s", sl.Elements)
	if !contains(g.Bytes()[at:], "s.") {
		g.f("_ = s\n")
	}
	g.f("e.End()\n}\n")
}

func contains(b []byte, s string) bool {
	for i := 0; i+len(s) <= len(b); i++ {
		if string(b[i:i+len(s)]) == s {
			return true
		}
	}
	return false
}

// putter is the call that writes expr of type typ at element pos.
func putter(typ, pos, expr string) string {
	switch typ {
	case "x12.Number":
		return fmt.Sprintf("e.Num(%s, %s)", pos, expr)
	case "x12.Date":
		return fmt.Sprintf("e.Date(%s, %s)", pos, expr)
	case "x12.Time":
		return fmt.Sprintf("e.Time(%s, %s)", pos, expr)
	case "string":
		return fmt.Sprintf("e.Str(%s, %s)", pos, expr)
	}
	return fmt.Sprintf("e.Str(%s, string(%s))", pos, expr)
}

func partPutter(typ, pos, comp, expr string) string {
	switch typ {
	case "x12.Number":
		return fmt.Sprintf("e.PartNum(%s, %s, %s)", pos, comp, expr)
	case "x12.Date":
		return fmt.Sprintf("e.PartDate(%s, %s, %s)", pos, comp, expr)
	case "x12.Time":
		return fmt.Sprintf("e.PartTime(%s, %s, %s)", pos, comp, expr)
	case "string":
		return fmt.Sprintf("e.Part(%s, %s, %s)", pos, comp, expr)
	}
	return fmt.Sprintf("e.Part(%s, %s, string(%s))", pos, comp, expr)
}

// noFields prints tests that the fields of a type are empty that the guide has no element for: those of other guides.
func (g *gen) noFields(owner, typ string, elems []*schema.Element) {
	t := g.named[typ]
	if t == nil || len(g.plans) == 1 {
		return
	}
	for _, f := range t.fields {
		if !slices.ContainsFunc(elems, func(e *schema.Element) bool {
			return e.Field == f.name || e.Fold != nil && e.Fold.Field == f.name
		}) {
			g.f("e.NoField(!(%s), %q)\n", g.emptyTest(owner+"."+f.name, f.typ), typ+"."+f.name)
		}
	}
}

// put prints the writing of a segment's elements.
func (g *gen) put(owner string, elems []*schema.Element) {
	for _, e := range elems {
		pos := fmt.Sprint(e.Pos)
		source := owner + "." + e.Field
		if e.Field == "" {
			source = g.inline
		}
		switch {
		case e.Fold != nil:
			g.putFold(owner, e.Fold)
		case e.Field == "-":
			if len(e.Codes) == 1 {
				g.f("e.Str(%s, %q)\n", pos, e.Codes[0])
			}
		case e.To > 0:
			g.f("e.Most(len(%s), %d)\nfor k := range %s {\n", source, e.To-e.Pos+1, source)
			if len(e.Components) > 0 {
				g.noFields(source+"[k]", g.elementType(e), e.Components)
				g.putComposite(source+"[k]", fmt.Sprintf("%d+k", e.Pos), e.Components)
			} else {
				g.f("%s\n", putter(g.elementType(e), fmt.Sprintf("%d+k", e.Pos), source+"[k]"))
			}
			g.f("}\n")
		case e.Repeat != 1:
			g.f("for k := range %s {\ne.Repeat(k)\n", source)
			if len(e.Components) > 0 {
				g.noFields(source+"[k]", g.elementType(e), e.Components)
				g.putComposite(source+"[k]", pos, e.Components)
			} else {
				g.f("%s\n", partPutter(g.elementType(e), pos, "1", source+"[k]"))
			}
			g.f("}\ne.EndRepeat()\n")
		case len(e.Components) > 0:
			g.noFields(source, g.elementType(e), e.Components)
			g.putComposite(source, pos, e.Components)
		default:
			g.f("%s\n", putter(g.elementType(e), pos, source))
		}
	}
}

func (g *gen) putFold(owner string, f *schema.Fold) {
	field := owner + "." + f.Field
	g.f("e.Most(len(%s), %d)\nfor n := range %s {\nk, g := %d+%d*n, &%s[n]\n", field, (f.To-f.From+1)/f.By, field, f.From, f.By, field)
	g.noFields("g", f.Type, f.Elements)
	for _, e := range f.Elements {
		pos := "k"
		if e.Pos > 0 {
			pos = fmt.Sprintf("k+%d", e.Pos)
		}
		switch {
		case e.Field == "-" && len(e.Codes) == 1:
			g.f("e.Str(%s, %q)\n", pos, e.Codes[0])
		case e.Field == "-":
		case len(e.Components) > 0:
			g.noFields("g."+e.Field, g.elementType(e), e.Components)
			g.putComposite("g."+e.Field, pos, e.Components)
		default:
			g.f("%s\n", putter(g.elementType(e), pos, "g."+e.Field))
		}
	}
	g.f("}\n")
}

// putComposite prints the writing of a composite. One with constants is written when a field of it holds something.
func (g *gen) putComposite(source, pos string, comps []*schema.Element) {
	if n := len(stored(comps)); n > 0 && n < len(comps) {
		g.f("if !(%s) {\n", g.allEmpty(source, comps))
		defer g.f("}\n")
	}
	for _, c := range comps {
		typ := g.elementType(c)
		expr := source + "." + c.Field
		switch {
		case c.Field == "-" && len(c.Codes) == 1:
			g.f("e.Part(%s, %d, %q)\n", pos, c.Pos, c.Codes[0])
		case c.Field == "-":
		case c.To > 0:
			g.f("e.Most(len(%s), %d)\nfor c := range %s {\n%s\n}\n", expr, c.To-c.Pos+1, expr,
				partPutter(typ, pos, fmt.Sprintf("%d+c", c.Pos), expr+"[c]"))
		default:
			g.f("%s\n", partPutter(typ, pos, fmt.Sprint(c.Pos), expr))
		}
	}
}

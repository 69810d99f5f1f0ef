package main

import (
	"bytes"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

// scope is a part of the set that is decoded as one.
type scope struct {
	loop    *loop
	trailer bool
	slots   []*slot
}

// scopes lists the parts: header, ancestors, unit, trailer.
func (p *plan) scopes() []*scope {
	var out []*scope
	find := func(l *loop, trailer bool) *scope {
		for _, s := range out {
			if s.loop == l && s.trailer == trailer {
				return s
			}
		}
		s := &scope{loop: l, trailer: trailer}
		out = append(out, s)
		return s
	}
	find(p.loops[0], false)
	for _, s := range p.slots[1:] {
		at := p.table.Scope(guide.SlotID(s.n))
		sc := find(p.loops[at.Loop], at.Trailer)
		sc.slots = append(sc.slots, s)
	}
	find(p.loops[0], true)
	return out
}

// method is the name of the decoder's and encoder's method for the scope: that of the type, with the number of the loop where
// several loops have the type, and the guide where there are several.
func (p *plan) method(s *scope) string {
	suffix := ""
	if len(p.plans) > 1 {
		suffix = p.tableName()
	}
	switch {
	case s.trailer:
		return "trailer" + suffix
	case s.loop.n == 0:
		return "header" + suffix
	}
	name := lowerName(p.typeName(s.loop))
	if list := p.places(p.typeName(s.loop)); list[0] != s.loop {
		name += fmt.Sprint(s.loop.n)
	}
	return name + suffix
}

// lowerName is an unexported Go name made of an exported one.
func lowerName(s string) string {
	s = strings.ToLower(s[:1]) + s[1:]
	if token.IsKeyword(s) {
		s += "_"
	}
	return s
}

// places lists the streamed loops of a type.
func (p *plan) places(typ string) []*loop {
	var out []*loop
	for _, l := range p.streamLoops() {
		if p.typeName(l) == typ {
			out = append(out, l)
		}
	}
	return out
}

// gen prints decode or encode bodies.
type gen struct {
	*plan
	bytes.Buffer
	slabs  []string // element types of the slabs used
	inline string   // target of the element that alone is the field
}

func (g *gen) f(format string, args ...any) { fmt.Fprintf(g, format, args...) }

// slab returns the decoder's slab for a type.
func (g *gen) slab(typ string) string {
	if !slices.Contains(g.slabs, typ) {
		g.slabs = append(g.slabs, typ)
	}
	return "d." + slabName(typ)
}

// slabName keeps the slabs of generated types apart from those of others.
func slabName(typ string) string {
	switch {
	case typ == "string":
		return "strings"
	case strings.HasPrefix(typ, "x12."):
		return lowerName(typ[4:]) + "s"
	}
	return "slab" + typ
}

// variable is the name of the pointer to the current instance of a loop in a decode body.
func (s *scope) variable(l *loop) string {
	if l == s.loop {
		return "v"
	}
	return fmt.Sprintf("l%d", l.n)
}

// printDecode prints the decoder: with one guide everything, with several what they share (p == nil), or the methods for the
// guide of p.
func (f *family) printDecode(source string, p *plan) []byte {
	var slabs []string
	var methods bytes.Buffer
	for _, q := range f.plans {
		g := &gen{plan: q, slabs: slabs}
		for _, s := range q.scopes() {
			g.decodeScope(s)
		}
		for _, l := range q.streamLoops() {
			if l.leaf() {
				g.slab(q.typeName(l))
			}
		}
		slabs = g.slabs
		if p == q {
			methods.Write(g.Bytes())
		}
	}
	b := f.header(source, importX12, importCodec)
	if p == nil || len(f.plans) == 1 {
		b.WriteString("// decoder turns tapes into structs. Slices and structs behind pointers come from its slabs.\ntype decoder struct {\n\tcodec.Decoder\n")
		for _, t := range slabs {
			fmt.Fprintf(b, "\t%s codec.Slab[%s]\n", slabName(t), t)
		}
		b.WriteString("}\n\n// recycle makes free the structs decoded before.\nfunc (d *decoder) recycle() {\n")
		for _, t := range slabs {
			fmt.Fprintf(b, "\td.%s.Recycle()\n", slabName(t))
		}
		b.WriteString("}\n\n")
	}
	b.Write(methods.Bytes())
	if !bytes.Contains(b.Bytes(), []byte("x12.")) {
		return bytes.Replace(b.Bytes(), []byte("\t\""+importX12+"\"\n"), nil, 1)
	}
	return b.Bytes()
}

func (g *gen) decodeScope(s *scope) {
	g.f("func (d *decoder) %s(t *codec.Tape, v *%s) {\nd.Start(t)\n", g.method(s), g.typeName(s.loop))
	if tr := s.loop.trigger; tr != nil && tr.level() {
		g.f("v.Level.Bare = true // unless the HL is decoded\n")
	}
	for _, l := range g.inScope(s) {
		g.f("var %s *%s\n", s.variable(l), g.typeName(l))
	}
	g.f("for i := range t.Segs {\nslot, ok := d.Segment(i)\nif !ok {\nd.Odd = true\ncontinue\n}\nswitch slot {\n")
	for _, sl := range s.slots {
		g.f("case %d: // %s\n", sl.n, sl.name)
		if sl.Segment.ID != "SE" {
			g.decodeSlot(s, sl)
		}
	}
	g.f("default:\nd.Odd = true\n}\n}\n")
	for _, l := range g.inScope(s) {
		if !g.reads(s, l) {
			g.f("_ = %s\n", s.variable(l))
		}
	}
	g.f("}\n\n")
}

// reads reports whether decoding puts anything into the instances of l.
func (g *gen) reads(s *scope, l *loop) bool {
	for _, it := range l.items {
		switch it := it.(type) {
		case *slot:
			if it.level() || it.Field != "-" && (it.Field != "*" || len(stored(it.Elements)) > 0) {
				return true
			}
		case *loop:
			return true
		}
	}
	return false
}

// inScope lists the loops inside a scope, its own left out.
func (p *plan) inScope(s *scope) []*loop {
	var out []*loop
	for _, sl := range s.slots {
		if sl.trigger && sl.loop != s.loop {
			out = append(out, sl.loop)
		}
	}
	return out
}

// hold prints how a new instance of a field comes to be and returns the expression for it.
func (g *gen) hold(target, typ string, h holding) string {
	switch {
	case h.many:
		g.f("%s = %s.Add(%s)\n", target, g.slab(typ), target)
		return fmt.Sprintf("&%s[len(%s)-1]", target, target)
	case !h.optional:
		return "&" + target
	}
	g.f("%s = %s.New()\n", target, g.slab(typ))
	return target
}

func (g *gen) decodeSlot(s *scope, sl *slot) {
	owner := s.variable(sl.loop)
	if sl.trigger && sl.loop != s.loop {
		l := sl.loop
		parent := s.variable(l.parent)
		if parent != "v" {
			g.f("if %s == nil {\nd.Odd = true\ncontinue\n}\n", parent)
		}
		expr := g.hold(parent+"."+l.Field, g.typeName(l), l.holding)
		g.f("%s = %s\n", owner, expr)
		for _, c := range g.inScope(s) {
			for up := c.parent; up != nil; up = up.parent {
				if up == l {
					g.f("%s = nil\n", s.variable(c))
				}
			}
		}
	} else if owner != "v" {
		g.f("if %s == nil {\nd.Odd = true\ncontinue\n}\n", owner)
	}
	if list := sl.bounds(); list != nil && sl.before(list[0]) { // no field tells that it came; the walker misses one without the other
		var next []string
		for _, l := range list {
			next = append(next, fmt.Sprint(l.trigger.n))
		}
		g.f("d.Before(i, %s)\n", strings.Join(next, ", "))
	}
	switch {
	case sl.level():
		g.f("%s.Level = d.Level(%s)\n", owner, sl.levelRow())
		return
	case sl.Field == "-":
		if sl.Max != 1 {
			g.f("d.Odd = true // only one is written\n")
		}
		g.elements("", sl.Elements, 0)
		return
	case sl.Field == "*" && sl.Segment.ID == "ST":
		g.setHeader(sl)
		return
	case sl.Field == "*":
		g.elements(owner, sl.Elements, 0)
		if sl.skippable() {
			g.f("d.Need(%s)\n", g.allEmpty(owner, sl.Elements))
		}
		return
	}
	target := owner + "." + sl.Field
	if sl.Inline > 0 {
		e := sl.element(sl.Inline)
		typ := g.elementType(e)
		if sl.many {
			g.f("%s = %s.Add(%s)\n", target, g.slab(typ), target)
			target = fmt.Sprintf("%s[len(%s)-1]", target, target)
		}
		g.inline = target
		g.elements("", sl.Elements, 0)
		g.inline = ""
		g.f("d.Need(%s)\n", g.emptyTest(target, typ))
		return
	}
	expr := g.hold(target, g.segmentType(sl), sl.holding)
	g.f("s := %s\n", expr)
	before := g.Len()
	g.elements("s", sl.Elements, 0)
	if !bytes.Contains(g.Bytes()[before:], []byte("s.")) {
		g.f("_ = s\n")
	}
}

// setHeader prints the decoding of ST.
func (g *gen) setHeader(sl *slot) {
	elems := sl.Elements
	switch e := sl.element(3); {
	case e == nil:
		g.f("v.ImplementationReference = d.Str(3)\n")
	case e.Field == "-":
		g.f("if s := d.Str(3); s != %q {\nv.ImplementationReference = s\nd.Need(s == \"\")\n}\n", g.g.ID)
		elems = slices.DeleteFunc(slices.Clone(elems), func(x *schema.Element) bool { return x == e })
	}
	if len(g.plans) > 1 {
		g.f("v.Guide = %q\n", g.g.ID)
	}
	g.elements("v", elems, 3)
}

// stored lists the elements that have a field.
func stored(elems []*schema.Element) []*schema.Element {
	var out []*schema.Element
	for _, e := range elems {
		if e.Field != "-" {
			out = append(out, e)
		}
	}
	return out
}

// allEmpty is the condition that the fields of all elements are empty.
func (g *gen) allEmpty(owner string, elems []*schema.Element) string {
	var terms []string
	for _, e := range stored(elems) {
		switch {
		case e.Fold != nil:
			terms = append(terms, "len("+owner+"."+e.Fold.Field+") == 0")
		case e.To > 0 || e.Repeat != 1:
			terms = append(terms, "len("+owner+"."+e.Field+") == 0")
		default:
			terms = append(terms, g.emptyTest(owner+"."+e.Field, g.elementType(e)))
		}
	}
	if len(terms) == 0 {
		return "false"
	}
	return strings.Join(terms, " && ")
}

// emptyTest is the condition that a value is absent.
func (g *gen) emptyTest(expr, typ string) string {
	switch {
	case strings.HasPrefix(typ, "[]"):
		return "len(" + expr + ") == 0"
	case strings.HasPrefix(typ, "*"):
		return expr + " == nil"
	case strings.Contains(typ, "."): // x12.Number and its like
		return expr + ".IsZero()"
	}
	t := g.named[typ]
	if t == nil {
		return expr + ` == ""`
	}
	var terms []string
	for _, f := range t.fields {
		terms = append(terms, g.emptyTest(expr+"."+f.name, f.typ))
	}
	return strings.Join(terms, " && ")
}

// elements prints the decoding of a segment into owner; known is the highest element decoded already.
func (g *gen) elements(owner string, elems []*schema.Element, known int) {
	next := 1
	for _, e := range elems {
		first, last := span(e)
		for next < first {
			from := next
			for next < first && next != known {
				next++
			}
			switch next - from {
			case 0:
			case 1:
				g.f("d.None(%d)\n", from)
			default:
				g.f("d.Nones(%d, %d)\n", from, next-1)
			}
			if next == known {
				next++
			}
		}
		g.element(owner, e)
		next = last + 1
	}
	g.f("d.End(%d)\n", max(next-1, known))
}

// span is the positions an element entry covers.
func span(e *schema.Element) (first, last int) {
	switch {
	case e.Fold != nil:
		return e.Fold.From, e.Fold.To
	case e.To > 0:
		return e.Pos, e.To
	}
	return e.Pos, e.Pos
}

// getter is the call that reads a value of type typ at position pos, which may be an expression.
func getter(typ, pos string) string {
	switch typ {
	case "x12.Number":
		return fmt.Sprintf("d.Num(%s)", pos)
	case "x12.Date":
		return fmt.Sprintf("d.Date(%s)", pos)
	case "x12.Time":
		return fmt.Sprintf("d.Time(%s)", pos)
	case "string":
		return fmt.Sprintf("d.Str(%s)", pos)
	}
	return fmt.Sprintf("%s(d.Str(%s))", typ, pos)
}

func (g *gen) element(owner string, e *schema.Element) {
	pos := fmt.Sprint(e.Pos)
	target := owner + "." + e.Field
	if e.Field == "" {
		target = g.inline
	}
	switch {
	case e.Fold != nil:
		g.fold(owner, e.Fold)
	case e.Field == "-":
		g.constant(pos, e)
	case e.To > 0:
		typ := g.elementType(e)
		g.f("for k, last := %d, d.LastElem(%d, %d); k <= last; k++ {\n%s = %s.Add(%s)\n", e.Pos, e.Pos, e.To, target, g.slab(typ), target)
		at := fmt.Sprintf("%s[len(%s)-1]", target, target)
		if len(e.Components) > 0 {
			g.composite(at, "d.Comps(k, %d)", e.Components)
		} else {
			g.f("%s = %s\n", at, getter(typ, "k"))
		}
		g.f("}\n")
	case e.Repeat != 1:
		g.repeated(target, pos, e)
	case len(e.Components) > 0:
		g.composite(target, "d.Comps("+pos+", %d)", e.Components)
	default:
		g.f("%s = %s\n", target, getter(g.elementType(e), pos))
	}
}

func (g *gen) constant(pos string, e *schema.Element) {
	if len(e.Codes) == 1 {
		g.f("d.Const(%s, %q)\n", pos, e.Codes[0])
	} else {
		g.f("d.None(%s)\n", pos)
	}
}

func (g *gen) repeated(target, pos string, e *schema.Element) {
	typ := g.elementType(e)
	g.f("d.Reps(%s, func(r string) {\n%s = %s.Add(%s)\n", pos, target, g.slab(typ), target)
	at := fmt.Sprintf("%s[len(%s)-1]", target, target)
	if len(e.Components) > 0 {
		g.composite(at, "d.RepComps(r, %d)", e.Components)
	} else {
		g.f("%s = %s\n", at, repGetter(typ))
	}
	g.f("})\n")
}

// repGetter is the call that reads a repetition r.
func repGetter(typ string) string {
	switch typ {
	case "x12.Number", "x12.Date", "x12.Time":
		return "d.Rep" + strings.Replace(typ[4:], "Number", "Num", 1) + "(r)"
	case "string":
		return "d.Simple(r)"
	}
	return typ + "(d.Simple(r))"
}

// fold prints the decoding of equal groups of elements.
func (g *gen) fold(owner string, f *schema.Fold) {
	target := owner + "." + f.Field
	g.f("for k, last := %d, d.LastElem(%d, %d); k <= last; k += %d {\n%s = %s.Add(%s)\ng := &%s[len(%s)-1]\n",
		f.From, f.From, f.To, f.By, target, g.slab(f.Type), target, target, target)
	next := 0
	at := func(off int) string {
		if off == 0 {
			return "k"
		}
		return fmt.Sprintf("k+%d", off)
	}
	for _, e := range f.Elements {
		for ; next < e.Pos; next++ {
			g.f("d.None(%s)\n", at(next))
		}
		switch {
		case e.Field == "-":
			g.constant(at(e.Pos), e)
		case len(e.Components) > 0:
			g.composite("g."+e.Field, "d.Comps("+at(e.Pos)+", %d)", e.Components)
		default:
			g.f("g.%s = %s\n", e.Field, getter(g.elementType(e), at(e.Pos)))
		}
		next = e.Pos + 1
	}
	for ; next < f.By; next++ {
		g.f("d.None(%s)\n", at(next))
	}
	g.f("}\n")
}

// composite prints the decoding of components into target; call gets the highest position.
func (g *gen) composite(target, call string, comps []*schema.Element) {
	_, most := span(comps[len(comps)-1])
	g.f("if p := "+call+"; len(p) > 0 {\n", most)
	next := 1
	for _, c := range comps {
		first, last := span(c)
		for ; next < first; next++ {
			g.f("d.NoPart(p, %d)\n", next)
		}
		typ := g.elementType(c)
		field := target + "." + c.Field
		switch {
		case c.Field == "-" && len(c.Codes) == 1:
			g.f("d.ConstPart(p, %d, %q)\n", c.Pos, c.Codes[0])
		case c.Field == "-":
			g.f("d.NoPart(p, %d)\n", c.Pos)
		case c.To > 0:
			g.f("for k, last := %d, codec.LastPart(p, %d, %d); k <= last; k++ {\n%s = %s.Add(%s)\n%s[len(%s)-1] = %s\n}\n",
				c.Pos, c.Pos, c.To, field, g.slab(typ), field, field, field, partGetter(typ, "k"))
		default:
			g.f("%s = %s\n", field, partGetter(typ, fmt.Sprint(c.Pos)))
		}
		next = last + 1
	}
	if len(stored(comps)) < len(comps) && len(stored(comps)) > 0 { // empty fields stand for no composite at all
		g.f("d.Need(%s)\n", g.allEmpty(target, comps))
	}
	g.f("}\n")
}

func partGetter(typ, pos string) string {
	switch typ {
	case "x12.Number":
		return fmt.Sprintf("d.PartNum(p, %s)", pos)
	case "x12.Date":
		return fmt.Sprintf("d.PartDate(p, %s)", pos)
	case "x12.Time":
		return fmt.Sprintf("d.PartTime(p, %s)", pos)
	case "string":
		return fmt.Sprintf("codec.Part(p, %s)", pos)
	}
	return fmt.Sprintf("%s(codec.Part(p, %s))", typ, pos)
}

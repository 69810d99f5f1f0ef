package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

// plan is a guide prepared for printing: its table, the loops and slots numbered as in the table, Go types collected.
type plan struct {
	g     *schema.Guide
	table *guide.Table
	loops []*loop
	slots []*slot // slots[0] is nil
	types []*goType
	named map[string]*goType
	enums []*enum
}

// loop is a loop at one place of the tree. A loop used twice is there twice.
type loop struct {
	*schema.Loop
	n        int
	parent   *loop
	trigger  *slot
	stream   bool
	items    []any // *slot, *loop
	typ      *goType
	has      map[string]bool // fields of typ that it has a place for
	children []*loop
}

// leaf reports whether no streamed loop stands in the streamed loop l.
func (l *loop) leaf() bool {
	return l.stream && !slices.ContainsFunc(l.children, func(c *loop) bool { return c.stream })
}

// slot is a segment at one place of the tree.
type slot struct {
	*schema.Segment
	n       int
	loop    *loop
	trigger bool
	name    string
	key     bool // it is told from its neighbours by one of keys
	keys    []string
}

// goType is a generated struct.
type goType struct {
	name   string
	doc    string
	fields []field
	loop   *loop // the loop it stands for, nil for a segment or composite
}

// field is a field of a generated struct.
type field struct {
	name, typ, doc string
	tag            string
}

type enum struct {
	name  string
	doc   string
	codes []string
}

func newPlan(g *schema.Guide) (*plan, error) {
	t, err := schema.Compile(g)
	if err != nil {
		return nil, err
	}
	p := &plan{g: g, table: t, slots: []*slot{nil}, named: map[string]*goType{}}
	root := &loop{Loop: g.Body}
	p.loops = append(p.loops, root)
	p.walk(root)
	if err := p.collect(root); err != nil {
		return nil, err
	}
	return p, p.clashes()
}

// walk numbers what stands in l, depth first as [schema.Compile] does.
func (p *plan) walk(l *loop) {
	for _, n := range l.Children {
		switch n := n.(type) {
		case *schema.Segment:
			row := &p.table.Slots[len(p.slots)]
			s := &slot{
				Segment: n, n: len(p.slots), loop: l, trigger: row.Trigger, name: row.Name,
				key: row.Key > 0 && !row.KeyNot, keys: row.Keys,
			}
			p.slots = append(p.slots, s)
			l.items = append(l.items, s)
			if s.trigger {
				l.trigger = s
			}
		case *schema.Loop:
			c := &loop{Loop: n, n: len(p.loops), parent: l, stream: p.table.Loops[len(p.loops)].Stream}
			p.loops = append(p.loops, c)
			l.items = append(l.items, c)
			l.children = append(l.children, c)
			p.walk(c)
		}
	}
}

// elementType is the Go type of one value of an element.
func (p *plan) elementType(e *schema.Element) string {
	switch {
	case e.As != "" || len(e.Components) > 0:
		if e.As != "" {
			return e.As
		}
		return e.Field
	case e.Type != "":
		return e.Type
	}
	switch t := e.Std.Type; {
	case t == "R" || strings.HasPrefix(t, "N"):
		return "x12.Number"
	case t == "DT":
		return "x12.Date"
	case t == "TM":
		return "x12.Time"
	}
	return "string"
}

// segmentType is the Go type of one use of a segment.
func (p *plan) segmentType(s *slot) string {
	if s.Inline > 0 {
		return p.elementType(s.element(s.Inline))
	}
	if s.As != "" {
		return s.As
	}
	return s.Field
}

func (s *slot) element(pos int) *schema.Element {
	for _, e := range s.Elements {
		if e.Pos == pos {
			return e
		}
	}
	return nil
}

// single reports how a field holds at most one: by value, by pointer, or inline.
func fieldType(typ string, usage schema.Usage, most int, inline bool) string {
	switch {
	case most != 1:
		return "[]" + typ
	case inline || usage == schema.Required:
		return typ
	}
	return "*" + typ
}

// typeName is the Go type of a loop.
func (p *plan) typeName(l *loop) string {
	if l.n == 0 {
		return p.g.Root
	}
	if l.Type != "" {
		return l.Type
	}
	return l.Field
}

// collect makes the Go types of l and all below it. Loops of one type have their fields put together.
func (p *plan) collect(l *loop) error {
	name := p.typeName(l)
	t := &goType{name: name, loop: l}
	first := p.named[name]
	if first == nil {
		p.types = append(p.types, t)
		p.named[name] = t
	}
	extras := false
	addExtras := func(name, of string) {
		t.fields = append(t.fields, field{name, "*codec.Extras", of + " that the fields cannot hold; nil as a rule.", jsonTag(name, "omitempty")})
	}
	for _, it := range l.items {
		switch it := it.(type) {
		case *slot:
			if err := p.collectSegment(t, it); err != nil {
				return err
			}
		case *loop:
			if it.stream && !extras {
				extras = true
				addExtras("Extras", "What came before the first of the loops below")
			}
			if err := p.collect(it); err != nil {
				return err
			}
			typ := p.loopField(it)
			t.fields = append(t.fields, field{it.Field, typ, loopDoc(it), tagFor(it.Field, typ)})
		}
	}
	switch {
	case l.n == 0 && !extras:
		addExtras("Extras", "What came")
		addExtras("TrailerExtras", "What came behind the last loop")
	case l.n == 0:
		addExtras("TrailerExtras", "What came behind the last loop")
	case l.stream && !extras:
		addExtras("Extras", "What came")
	}
	l.has = map[string]bool{}
	for _, f := range t.fields {
		if l.has[f.name] {
			return fmt.Errorf("guide %s: type %s has two fields %s", p.g.ID, name, f.name)
		}
		l.has[f.name] = true
	}
	l.typ = t
	if first != nil {
		l.typ = first
		return first.join(t, p.g.ID)
	}
	return nil
}

// join adds the fields that only u has.
func (t *goType) join(u *goType, guide string) error {
	for _, f := range u.fields {
		at := slices.IndexFunc(t.fields, func(x field) bool { return x.name == f.name })
		switch {
		case at < 0:
			t.fields = append(t.fields, f)
		case t.fields[at].typ != f.typ:
			return fmt.Errorf("guide %s: field %s of type %s is %s in loop %s, but %s in loop %s",
				guide, f.name, t.name, f.typ, u.loop.ID, t.fields[at].typ, t.loop.ID)
		}
	}
	return nil
}

// loopField is the type of the field for a loop. A loop that is handed out by itself is a slice even if there should be
// one only: what is wrong about it shows when the first is gone.
func (p *plan) loopField(l *loop) string {
	if l.stream {
		return "[]" + p.typeName(l)
	}
	return fieldType(p.typeName(l), l.Usage, l.Max, false)
}

func loopDoc(l *loop) string {
	return fmt.Sprintf("Loop %s, %s%s. %s.", l.ID, usageText(l.Usage), repeatText(l.Max), l.Title)
}

func usageText(u schema.Usage) string {
	if u == schema.Required {
		return "required"
	}
	return "situational"
}

func repeatText(n int) string {
	switch n {
	case 0:
		return ", any number"
	case 1:
		return ""
	}
	return fmt.Sprintf(", up to %d", n)
}

func (p *plan) collectSegment(t *goType, s *slot) error {
	switch {
	case s.level():
		t.fields = append(t.fields, field{"Level", "codec.Level", fmt.Sprintf("HL, %s. %s.", usageText(s.Usage), s.Title), jsonTag("Level", "omitzero")})
		return nil
	case s.Field == "-" && s.Segment.ID != "SE" && s.Usage == schema.Situational && len(s.bounds()) == 0:
		return fmt.Errorf("guide %s: %s may be absent, which no field could tell: name a field for it", p.g.ID, s.name)
	case s.Field == "-":
		return nil
	case s.Inline > 0 && s.element(s.Inline).Repeat != 1:
		return fmt.Errorf("guide %s: %s: a repeated element cannot be inline", p.g.ID, s.name)
	}
	if s.Field == "*" {
		p.addElements(t, s.Segment.ID, s.Elements)
		if s.Segment.ID == "ST" {
			doc := "ST03 as sent; this guide does not use it."
			if e := s.element(3); e != nil {
				doc = "ST03 when it is not " + p.g.ID + "."
				if e.Field != "-" {
					return nil
				}
			}
			t.fields = append(t.fields, field{"ImplementationReference", "string", doc, jsonTag("ImplementationReference", "omitempty")})
		}
		return nil
	}
	typ := p.segmentType(s)
	full := fieldType(typ, s.Usage, s.Max, s.Inline > 0)
	doc := fmt.Sprintf("%s, %s%s. %s.", s.Segment.ID, usageText(s.Usage), repeatText(s.Max), s.Title)
	if s.key {
		doc = fmt.Sprintf("%s*%s, %s%s. %s.", s.Segment.ID, strings.Join(s.keys, "|"), usageText(s.Usage), repeatText(s.Max), s.Title)
	}
	if s.Inline > 0 {
		doc = fmt.Sprintf("%s%02d of %s", s.Segment.ID, s.Inline, doc)
	}
	t.fields = append(t.fields, field{s.Field, full, doc, tagFor(s.Field, full)})
	if s.Inline > 0 {
		e := s.element(s.Inline)
		p.addEnum(e, s.Segment.ID)
		p.addComposite(s.Segment.ID, e)
		return nil
	}
	if _, ok := p.named[typ]; ok {
		for _, e := range s.Elements {
			p.addEnum(e, s.Segment.ID)
		}
		return nil
	}
	st := &goType{name: typ, doc: fmt.Sprintf("%s is a segment %s.", typ, s.Segment.ID)}
	p.types = append(p.types, st)
	p.named[typ] = st
	p.addElements(st, s.Segment.ID, s.Elements)
	return nil
}

// addElements adds the fields of elements to t. id is the segment, or the composite's element.
func (p *plan) addElements(t *goType, id string, elems []*schema.Element) {
	for _, e := range elems {
		p.addEnum(e, id)
		if e.Field == "-" {
			continue
		}
		if e.Fold != nil {
			f := e.Fold
			t.fields = append(t.fields, field{f.Field, "[]" + f.Type,
				fmt.Sprintf("%s%02d to %s%02d, by %d.", id, f.From, id, f.To, f.By), tagFor(f.Field, "[]"+f.Type)})
			if p.named[f.Type] == nil {
				ft := &goType{name: f.Type, doc: fmt.Sprintf("%s is one group of %s%02d to %s%02d.", f.Type, id, f.From, id, f.To)}
				p.types = append(p.types, ft)
				p.named[f.Type] = ft
				p.addElements(ft, id, shifted(f))
			}
			continue
		}
		typ := p.elementType(e)
		full := typ
		if e.To > 0 || e.Repeat != 1 {
			full = "[]" + typ
		}
		t.fields = append(t.fields, field{e.Field, full, elementDoc(id, e), tagFor(e.Field, full)})
		p.addComposite(id, e)
	}
}

// addComposite makes the Go type of a composite.
func (p *plan) addComposite(id string, e *schema.Element) {
	typ := p.elementType(e)
	if len(e.Components) == 0 || p.named[typ] != nil {
		return
	}
	ct := &goType{name: typ, doc: fmt.Sprintf("%s is a composite %s.", typ, e.Std.Number)}
	p.types = append(p.types, ct)
	p.named[typ] = ct
	p.addElements(ct, fmt.Sprintf("%s%02d-", id, e.Pos), e.Components)
}

// shifted returns the elements of a fold at the positions of the first group.
func shifted(f *schema.Fold) []*schema.Element {
	out := make([]*schema.Element, len(f.Elements))
	for i, e := range f.Elements {
		c := *e
		c.Pos += f.From
		out[i] = &c
	}
	return out
}

func elementDoc(id string, e *schema.Element) string {
	num := fmt.Sprintf("%02d", e.Pos)
	if strings.HasSuffix(id, "-") {
		num = fmt.Sprint(e.Pos)
	}
	doc := id + num
	if e.To > 0 {
		doc += fmt.Sprintf(" to %d", e.To)
	}
	doc += ", " + usageText(e.Usage) + ". " + e.Title + "."
	if len(e.Codes) > 0 && len(e.Codes) <= 24 {
		doc += " One of " + strings.Join(e.Codes, " ") + "."
	}
	if e.Ext != "" && !strings.HasPrefix(e.Ext, "by:") {
		doc += " Code list " + e.Ext + "."
	}
	return doc
}

func (p *plan) addEnum(e *schema.Element, id string) {
	if e.Type == "" || slices.ContainsFunc(p.enums, func(x *enum) bool { return x.name == e.Type }) {
		return
	}
	p.enums = append(p.enums, &enum{e.Type, fmt.Sprintf("%s is a %s.", e.Type, e.Title), e.Codes})
}

// Names the generated code has for other things.
var (
	takenTypes   = []string{"Event", "Reader", "Decoder", "Writer", "NewReader", "NewDecoder", "NewWriter"}
	takenStreams = []string{"Kind", "Env", "Set", "Loop", "Number", "Other", "Header", "Trailer", "Recycle", "Begin", "End", "Write"} // of streamed loops
	takenFields  = []string{"AppendJSON"}
)

// clashes reports names of the guide that the generated code needs itself.
func (p *plan) clashes() error {
	for _, t := range p.types {
		if slices.Contains(takenTypes, t.name) || t.name == p.tableName() {
			return fmt.Errorf("guide %s: type %s has a name that generated code needs itself", p.g.ID, t.name)
		}
		if t.loop != nil && t.loop.stream && slices.Contains(takenStreams, t.name) {
			return fmt.Errorf("guide %s: type %s of loop %s has a name that readers and writers need themselves", p.g.ID, t.name, t.loop.ID)
		}
		for _, f := range t.fields {
			if slices.Contains(takenFields, f.name) {
				return fmt.Errorf("guide %s: field %s of type %s has the name of a method", p.g.ID, f.name, t.name)
			}
		}
	}
	for _, e := range p.enums {
		if slices.Contains(takenTypes, e.name) || e.name == p.tableName() {
			return fmt.Errorf("guide %s: type %s has a name that generated code needs itself", p.g.ID, e.name)
		}
	}
	return nil
}

// lowerFirst makes the JSON name of a Go field: "PayerID" payerID, "DRGWeight" drgWeight, "IDs" ids.
func lowerFirst(s string) string {
	n := 0
	for n < len(s) && s[n] >= 'A' && s[n] <= 'Z' {
		n++
	}
	switch {
	case n == len(s):
		return strings.ToLower(s)
	case n <= 1:
		return strings.ToLower(s[:1]) + s[1:]
	case s[n:] == "s": // a plural of capitals
		return strings.ToLower(s)
	case s[n] >= '0' && s[n] <= '9':
		return strings.ToLower(s[:n]) + s[n:]
	}
	return strings.ToLower(s[:n-1]) + s[n-1:]
}

func jsonTag(name, opt string) string {
	return fmt.Sprintf("`json:\"%s,%s\"`", lowerFirst(name), opt)
}

func tagFor(name, typ string) string {
	if strings.HasPrefix(typ, "[]") || strings.HasPrefix(typ, "*") || typ == "string" {
		return jsonTag(name, "omitempty")
	}
	return jsonTag(name, "omitzero")
}

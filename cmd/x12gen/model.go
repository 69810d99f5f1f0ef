package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

// plan is a guide prepared for printing: its table, and the loops and slots numbered as in the table.
type plan struct {
	*family
	g     *schema.Guide
	table *guide.Table
	loops []*loop
	slots []*slot // slots[0] is nil
}

// loop is a loop at one place of the tree. A loop used twice is there twice.
type loop struct {
	*schema.Loop
	holding
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
	holding
	n       int
	loop    *loop
	trigger bool
	name    string
	key     bool // it is told from its neighbours by one of keys
	keys    []string
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

// fieldType is the Go type of a field: a slice, a value, or a pointer.
func (h holding) fieldType(typ string, inline bool) string {
	switch {
	case h.many:
		return "[]" + typ
	case inline || !h.optional:
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
	t := &goType{name: name, loop: l, of: []place{{p, l}}}
	first := p.named[name]
	switch {
	case first == nil:
		p.types = append(p.types, t)
		p.named[name] = t
	case first.loop == nil:
		return fmt.Errorf("guide %s: type %s is loop %s, but a segment or composite elsewhere", p.g.ID, name, l.ID)
	}
	extras := false
	addExtras := func(name, of string) {
		t.add(p, field{name: name, typ: "*codec.Extras", doc: of + " that the fields cannot hold; nil as a rule.", tag: jsonTag(name, "omitempty")})
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
			t.add(p, field{name: it.Field, typ: typ, doc: loopDoc(it), tag: tagFor(it.Field, typ), key: "loop " + it.ID})
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
		return first.join(t)
	}
	return nil
}

// loopField is the type of the field for a loop. A loop that is handed out by itself is a slice even if there should be
// one only: what is wrong about it shows when the first is gone.
func (p *plan) loopField(l *loop) string {
	if l.stream {
		return "[]" + p.typeName(l)
	}
	return l.fieldType(p.typeName(l), false)
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
		t.add(p, field{name: "Level", typ: "codec.Level", doc: fmt.Sprintf("HL, %s. %s.", usageText(s.Usage), s.Title), tag: jsonTag("Level", "omitzero")})
		return nil
	case s.Field == "-" && s.Segment.ID != "SE" && s.Usage == schema.Situational && len(s.bounds()) == 0:
		return fmt.Errorf("guide %s: %s may be absent, which no field could tell: name a field for it", p.g.ID, s.name)
	case s.Field == "-":
		return nil
	case s.Inline > 0 && s.element(s.Inline).Repeat != 1:
		return fmt.Errorf("guide %s: %s: a repeated element cannot be inline", p.g.ID, s.name)
	}
	if s.Field == "*" {
		if err := p.addElements(t, s.Segment.ID, s.Elements, false); err != nil {
			return err
		}
		if s.Segment.ID == "ST" {
			if len(p.plans) > 1 {
				t.add(p, field{name: "Guide", typ: "string", doc: "Guide that the set follows, one of " + strings.Join(p.guides(), ", ") + ".", tag: jsonTag("Guide", "omitempty")})
			}
			doc := "ST03 as sent; this guide does not use it."
			if e := s.element(3); e != nil {
				doc = "ST03 when it is not " + p.g.ID + "."
				if e.Field != "-" {
					return nil
				}
			}
			t.add(p, field{name: "ImplementationReference", typ: "string", doc: doc, tag: jsonTag("ImplementationReference", "omitempty")})
		}
		return nil
	}
	typ := p.segmentType(s)
	full := s.fieldType(typ, s.Inline > 0)
	doc := fmt.Sprintf("%s, %s%s. %s.", s.Segment.ID, usageText(s.Usage), repeatText(s.Max), s.Title)
	if s.key {
		doc = fmt.Sprintf("%s*%s, %s%s. %s.", s.Segment.ID, strings.Join(s.keys, "|"), usageText(s.Usage), repeatText(s.Max), s.Title)
	}
	if s.Inline > 0 {
		doc = fmt.Sprintf("%s%02d of %s", s.Segment.ID, s.Inline, doc)
	}
	t.add(p, field{name: s.Field, typ: full, doc: doc, tag: tagFor(s.Field, full), key: s.choice()})
	if s.Inline > 0 {
		e := s.element(s.Inline)
		p.addEnum(e, s.Segment.ID)
		return p.addComposite(s.Segment.ID, e)
	}
	what := "segment " + s.Segment.ID
	return p.addStruct(typ, what, typ+" is a "+what+".", s.Segment.ID, s.Elements)
}

// addStruct makes the Go type of a segment, composite or fold, or adds to it what other guides do not have.
func (p *plan) addStruct(name, what, doc, id string, elems []*schema.Element) error {
	u := &goType{name: name, what: what, doc: doc}
	t := p.named[name]
	if t == nil {
		p.types = append(p.types, u)
		p.named[name] = u
	}
	if err := p.addElements(u, id, elems, true); err != nil {
		return err
	}
	switch {
	case t == nil:
		return nil
	case t.what != what:
		return fmt.Errorf("guide %s: type %s is a %s, but elsewhere it is a %s", p.g.ID, name, what, cmp.Or(t.what, "loop"))
	}
	return t.join(u)
}

// addElements adds the fields of elements to t, with their places if they are all that t is made of. id is the
// segment, or the composite's element.
func (p *plan) addElements(t *goType, id string, elems []*schema.Element, own bool) error {
	for _, e := range elems {
		p.addEnum(e, id)
		at := ""
		if own {
			at = fmt.Sprint(e.Pos)
		} else {
			at = fmt.Sprintf("%s%02d", id, e.Pos)
		}
		if e.Field == "-" {
			t.constants = append(t.constants, at)
			continue
		}
		if e.Fold != nil {
			f := e.Fold
			t.add(p, field{name: f.Field, typ: "[]" + f.Type, key: at,
				doc: fmt.Sprintf("%s%02d to %s%02d, by %d.", id, f.From, id, f.To, f.By), tag: tagFor(f.Field, "[]"+f.Type)})
			doc := fmt.Sprintf("%s is one group of %s%02d to %s%02d.", f.Type, id, f.From, id, f.To)
			if err := p.addStruct(f.Type, "group of "+id, doc, id, shifted(f)); err != nil {
				return err
			}
			continue
		}
		typ := p.elementType(e)
		full := typ
		if e.To > 0 || e.Repeat != 1 {
			full = "[]" + typ
		}
		t.add(p, field{name: e.Field, typ: full, key: at, doc: elementDoc(id, e), tag: tagFor(e.Field, full)})
		if err := p.addComposite(id, e); err != nil {
			return err
		}
	}
	return nil
}

// addComposite makes the Go type of a composite.
func (p *plan) addComposite(id string, e *schema.Element) error {
	if len(e.Components) == 0 {
		return nil
	}
	name, what := p.elementType(e), "composite "+e.Std.Number
	return p.addStruct(name, what, name+" is a "+what+".", fmt.Sprintf("%s%02d-", id, e.Pos), e.Components)
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
		of := " One of "
		if e.KeyNot {
			of = " None of "
		}
		doc += of + strings.Join(e.Codes, " ") + "."
	}
	if e.Ext != "" && !strings.HasPrefix(e.Ext, "by:") {
		doc += " Code list " + e.Ext + "."
	}
	return doc
}

func (p *plan) addEnum(e *schema.Element, id string) {
	if e.Type == "" {
		return
	}
	at := slices.IndexFunc(p.enums, func(x *enum) bool { return x.name == e.Type })
	if at < 0 {
		p.enums = append(p.enums, &enum{e.Type, fmt.Sprintf("%s is a %s.", e.Type, e.Title), slices.Clone(e.Codes)})
		return
	}
	if len(p.plans) > 1 { // guides may allow different codes
		x := p.enums[at]
		for _, c := range e.Codes {
			if !slices.Contains(x.codes, c) {
				x.codes = append(x.codes, c)
			}
		}
	}
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

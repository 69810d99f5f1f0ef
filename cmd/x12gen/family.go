package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// family is one guide, or several of one transaction set, made into one Go package: a type family with a table for each
// guide. What the guides share has one type, with the fields of all.
type family struct {
	plans []*plan
	types []*goType
	named map[string]*goType
	enums []*enum
}

// holding is how a Go field holds a loop or segment: by value if it is required, by pointer if it may be absent, as a slice if
// there may be several, in any of the guides.
type holding struct {
	optional, many bool
}

// goType is a generated struct.
type goType struct {
	name      string
	doc       string
	what      string // "segment CAS", "composite C003"; "" for a loop
	fields    []field
	constants []string // keys of elements that are not stored
	loop      *loop    // the loop it stands for, nil for a segment or composite
	of        []place  // all of them in a family, one of each guide
}

// place is a loop of one of the guides.
type place struct {
	p *plan
	l *loop
}

// field is a field of a generated struct.
type field struct {
	name, typ, doc string
	tag            string
	key            string // what the guide has it for: an element, "loop 2310A", "REF G1"; "" if that is of no matter
	docs           []guideDoc
}

// guideDoc is what a guide says about a field.
type guideDoc struct {
	p   *plan
	doc string
}

type enum struct {
	name  string
	doc   string
	codes []string
}

// newFamily makes one package of guides.
func newFamily(guides ...*schema.Guide) (*family, error) {
	f := &family{named: map[string]*goType{}}
	for _, g := range guides {
		t, err := schema.Compile(g)
		if err != nil {
			return nil, err
		}
		p := &plan{family: f, g: g, table: t, slots: []*slot{nil}}
		root := &loop{Loop: g.Body}
		p.loops = append(p.loops, root)
		p.walk(root)
		f.plans = append(f.plans, p)
	}
	if err := f.alike(); err != nil {
		return nil, err
	}
	f.hold()
	for _, p := range f.plans {
		if err := p.collect(p.loops[0]); err != nil {
			return nil, err
		}
	}
	if err := f.oneName(); err != nil {
		return nil, err
	}
	return f, f.clashes()
}

// first is the guide whose header stands for the package.
func (f *family) first() *plan { return f.plans[0] }

// guides lists the identifiers of the guides.
func (f *family) guides() []string {
	var out []string
	for _, p := range f.plans {
		out = append(out, p.g.ID)
	}
	return out
}

// alike makes sure that the guides are of one set and one package, and that their streamed loops stand in the same places.
func (f *family) alike() error {
	a := f.first()
	for _, p := range f.plans[1:] {
		switch {
		case p.g.Set != a.g.Set || p.g.Package != a.g.Package || p.g.Root != a.g.Root:
			return fmt.Errorf("guide %s is set %s %s %s, but guide %s is %s %s %s: one package has one", p.g.ID, p.g.Set, p.g.Package, p.g.Root, a.g.ID, a.g.Set, a.g.Package, a.g.Root)
		case p.g.ID == a.g.ID:
			return fmt.Errorf("guide %s is there twice", p.g.ID)
		case p.streamTree() != a.streamTree():
			return fmt.Errorf("guide %s has other streamed loops than guide %s", p.g.ID, a.g.ID)
		}
	}
	return nil
}

// streamTree describes the streamed loops.
func (p *plan) streamTree() string {
	var b strings.Builder
	for _, l := range p.streamLoops() {
		parent := ""
		if l.parent.n > 0 {
			parent = p.typeName(l.parent)
		}
		fmt.Fprintln(&b, parent, l.Field, p.typeName(l))
	}
	return b.String()
}

// hold finds out how the fields hold what they are for.
func (f *family) hold() {
	all := map[string]*holding{}
	guides := map[string]map[*plan]bool{}
	each := func(do func(p *plan, key string, h *holding, usage schema.Usage, most int)) {
		for _, p := range f.plans {
			for _, l := range p.loops[1:] {
				do(p, p.typeName(l.parent)+"."+l.Field, &l.holding, l.Usage, l.Max)
			}
			for _, s := range p.slots[1:] {
				if s.Field != "*" && s.Field != "-" {
					do(p, p.typeName(s.loop)+"."+s.Field, &s.holding, s.Usage, s.Max)
				}
			}
		}
	}
	each(func(p *plan, key string, _ *holding, usage schema.Usage, most int) {
		if all[key] == nil {
			all[key], guides[key] = &holding{}, map[*plan]bool{}
		}
		guides[key][p] = true
		all[key].optional = all[key].optional || usage != schema.Required
		all[key].many = all[key].many || most != 1
	})
	each(func(_ *plan, key string, h *holding, _ schema.Usage, _ int) {
		*h = *all[key]
		h.optional = h.optional || len(guides[key]) < len(f.plans) // some guide has no such thing
	})
}

// choice is what tells the slot from others in its loop.
func (s *slot) choice() string {
	if !s.key {
		return ""
	}
	return s.Segment.ID + " " + strings.Join(s.keys, " ")
}

// add adds a field.
func (t *goType) add(p *plan, f field) {
	f.docs = []guideDoc{{p, f.doc}}
	t.fields = append(t.fields, f)
}

// join adds the fields that only u has, each behind the one it follows there.
func (t *goType) join(u *goType) error {
	t.constants = append(t.constants, u.constants...)
	after := 0
	for _, f := range u.fields {
		p := f.docs[0].p
		at := slices.IndexFunc(t.fields, func(x field) bool { return x.name == f.name })
		if at < 0 {
			t.fields = slices.Insert(t.fields, after, f)
			after++
			continue
		}
		after = at + 1
		x := &t.fields[at]
		if x.typ != f.typ {
			return fmt.Errorf("guide %s: field %s of type %s is %s%s, but %s in %s",
				p.g.ID, f.name, t.name, f.typ, inLoop(u), x.typ, strings.TrimSpace("guide "+x.docs[0].p.g.ID+inLoop(t)))
		}
		if t.loop == nil && x.key != f.key {
			return fmt.Errorf("guide %s: field %s of type %s is element %s, but %s in guide %s", p.g.ID, f.name, t.name, f.key, x.key, x.docs[0].p.g.ID)
		}
		if !slices.ContainsFunc(x.docs, func(d guideDoc) bool { return d.p == p }) {
			x.docs = append(x.docs, guideDoc{p, f.doc})
		}
	}
	for _, w := range u.of {
		if !slices.ContainsFunc(t.of, func(h place) bool { return h.p == w.p }) {
			t.of = append(t.of, w)
		}
	}
	return nil
}

func inLoop(t *goType) string {
	if t.loop == nil {
		return ""
	}
	return " in loop " + t.loop.ID
}

// oneName makes sure that what is the same thing in several guides has one name: an element of a segment, and a segment
// chosen by the same values in loops of one type.
func (f *family) oneName() error {
	if len(f.plans) == 1 {
		return nil
	}
	for _, t := range f.types {
		seen := map[string]*field{}
		for i := range t.fields {
			x := &t.fields[i]
			if x.key == "" || strings.HasPrefix(x.key, "loop ") {
				continue
			}
			if o := seen[x.key]; o != nil && !t.shared(o, x) {
				return fmt.Errorf("type %s: %s is field %s in guide %s, but %s in guide %s", t.name, x.key, o.name, o.docs[0].p.g.ID, x.name, x.docs[0].p.g.ID)
			}
			seen[x.key] = x
		}
		for _, c := range t.constants {
			if o := seen[c]; o != nil && t.loop == nil {
				return fmt.Errorf("type %s: element %s is field %s in guide %s, but a constant in another", t.name, c, o.name, o.docs[0].p.g.ID)
			}
		}
	}
	return nil
}

// shared reports whether some guide has both fields, which then are two things.
func (t *goType) shared(a, b *field) bool {
	return slices.ContainsFunc(a.docs, func(d guideDoc) bool {
		return slices.ContainsFunc(b.docs, func(e guideDoc) bool { return d.p == e.p })
	})
}

// lines are the doc comment of a field. It says which guides have the field when that is not all that have the type, and
// alike.
func (t *goType) lines(x *field) []string {
	guides := map[*plan]bool{}
	for _, f := range t.fields {
		for _, d := range f.docs {
			guides[d.p] = true
		}
	}
	same := len(x.docs) == len(guides)
	for _, d := range x.docs {
		same = same && d.doc == x.docs[0].doc
	}
	if same {
		return []string{x.docs[0].doc}
	}
	var out []string
	for i, d := range x.docs {
		if slices.ContainsFunc(x.docs[:i], func(e guideDoc) bool { return e.doc == d.doc }) {
			continue
		}
		var who []string
		for _, e := range x.docs[i:] {
			if e.doc == d.doc {
				who = append(who, e.p.tableName())
			}
		}
		out = append(out, strings.Join(who, ", ")+": "+d.doc)
	}
	return out
}

// Names the generated code has for other things.
var (
	takenTypes   = []string{"Event", "Reader", "Decoder", "Writer", "NewReader", "NewDecoder", "NewWriter"}
	takenStreams = []string{"Kind", "Env", "Set", "Table", "Loop", "Number", "Other", "Header", "Trailer", "Recycle", "Begin", "End", "Write"} // of streamed loops
	takenFields  = []string{"AppendJSON"}
)

// clashes reports names of the guides that the generated code needs itself.
func (f *family) clashes() error {
	guides := strings.Join(f.guides(), ", ")
	taken := func(name string) bool {
		return slices.Contains(takenTypes, name) || slices.ContainsFunc(f.plans, func(p *plan) bool { return p.tableName() == name })
	}
	for _, t := range f.types {
		if taken(t.name) {
			return fmt.Errorf("guide %s: type %s has a name that generated code needs itself", guides, t.name)
		}
		if t.loop != nil && t.loop.stream && slices.Contains(takenStreams, t.name) {
			return fmt.Errorf("guide %s: type %s of loop %s has a name that readers and writers need themselves", guides, t.name, t.loop.ID)
		}
		for _, x := range t.fields {
			if slices.Contains(takenFields, x.name) {
				return fmt.Errorf("guide %s: field %s of type %s has the name of a method", guides, x.name, t.name)
			}
		}
	}
	for _, e := range f.enums {
		if taken(e.name) {
			return fmt.Errorf("guide %s: type %s has a name that generated code needs itself", guides, e.name)
		}
	}
	return nil
}

package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// streamLoops lists the streamed loops, outermost first.
func (p *plan) streamLoops() []*loop {
	var out []*loop
	for _, l := range p.loops {
		if l.stream {
			out = append(out, l)
		}
	}
	return out
}

// streamTypes lists the types of the streamed loops, with the first loop of each.
func (p *plan) streamTypes() []*loop {
	var out []*loop
	for _, l := range p.streamLoops() {
		if p.places(p.typeName(l))[0] == l {
			out = append(out, l)
		}
	}
	return out
}

// loopIDs names the loops of a type, "2300" or "2000B/2300 and 2000C/2300".
func (p *plan) loopIDs(typ string) string {
	var out []string
	for _, l := range p.places(typ) {
		name := p.table.Slots[l.trigger.n].Name
		out = append(out, name[:strings.LastIndexByte(name, '/')])
	}
	return strings.Join(out, " and ")
}

// printStream prints the exported reader, decoder and writer.
func (f *family) printStream(source string) []byte {
	g := &gen{plan: f.first()}
	g.printReader()
	g.printDecoder()
	g.printWriter()
	b := f.header(source, "io", "iter", "", importX12, importCodec, importGuide)
	if !bytes.Contains(g.Bytes(), []byte("guide.")) {
		b = f.header(source, "io", "iter", "", importX12, importCodec)
	}
	b.Write(g.Bytes())
	return b.Bytes()
}

// tables lists the variables of the tables.
func (f *family) tables() string {
	var out []string
	for _, p := range f.plans {
		out = append(out, p.tableName())
	}
	return strings.Join(out, ", ")
}

// byGuide prints what do prints for each guide, chosen by the expression for a table.
func (g *gen) byGuide(table string, do func(q *gen)) {
	if len(g.plans) == 1 {
		do(g)
		return
	}
	g.f("switch %s.ID {\n", table)
	for _, p := range g.plans {
		q := &gen{plan: p}
		do(q)
		g.f("case %q:\n%s", p.g.ID, q.Bytes())
	}
	g.f("}\n")
}

// anyAmbiguous reports whether one of the guides is ambiguous.
func (f *family) anyAmbiguous() bool {
	return slices.ContainsFunc(f.plans, (*plan).ambiguous)
}

// ambiguous reports whether some type has several places, so that a writer has to know where it is.
func (p *plan) ambiguous() bool { return len(p.streamTypes()) < len(p.streamLoops()) }

func (g *gen) words(text string) {
	guides, table := "guide "+g.g.ID, g.tableName()
	if len(g.plans) > 1 {
		guides, table = "the guides "+strings.Join(g.guides(), ", "), "w.t"
	}
	g.WriteString(strings.NewReplacer("$ROOT", g.g.Root, "$TABLES", g.tables(), "$TABLE", table, "$SET", g.g.Set, "$GUIDES", guides, "$ID", g.g.ID).Replace(text))
}

func (g *gen) printReader() {
	types := g.streamTypes()
	g.words(`// Event is one step of a [Reader]. What it points to stays as it is, unless the reader reuses it.
type Event struct {
	Kind codec.Kind
	Env  codec.Env    // where in the stream
	Set  *$ROOT        // the header of the set; at codec.End its trailer too, without the loops between
`)
	for _, l := range types {
		g.f("%s *%s // loop %s, open or just read\n", g.typeName(l), g.typeName(l), g.loopIDs(g.typeName(l)))
	}
	numbers := g.tableName()
	if len(g.plans) > 1 {
		numbers = "Table"
		g.words("Table *guide.Table // of the guide the set follows; nil for a segment of a set without one\n")
	}
	g.f("Loop guide.LoopID // loop of a codec.Enter or codec.Unit, as %s numbers them\n", numbers)
	g.words(`		Number int64        // ordinal of the unit in its set, 1 = first
	Other *x12.Segment // a segment of a set without a guide, valid until the next step
}

// Reader reads sets $SET of $GUIDES and hands them out step by step in constant memory.
type Reader struct {
	s     *codec.Stream
	ctx   *Decoder
	unit  *Decoder
	reuse bool
	ev    Event
`)
	for _, l := range types {
		g.f("one%s %s\n", g.typeName(l), g.typeName(l))
		if !l.leaf() {
			g.f("in%s *Decoder\n", g.typeName(l))
		}
	}
	g.words(`}

// NewReader returns a Reader on r.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	o := codec.Apply(opts)
`)
	build := "return &Reader{s: o.Stream(r, $TABLES), ctx: NewDecoder(true), unit: NewDecoder(!o.Reuse), reuse: o.Reuse}\n"
	if slices.ContainsFunc(types, func(l *loop) bool { return !l.leaf() }) {
		g.words("rd := " + strings.TrimPrefix(build, "return ") + "if o.Reuse {\n")
		for _, l := range types {
			if !l.leaf() {
				g.f("rd.in%s = NewDecoder(true)\n", g.typeName(l))
			}
		}
		build = "}\nreturn rd\n"
	}
	g.words(build + `}

// Next returns the next step, io.EOF at the end. The Event is valid until the next call; what it points to is the caller's,
// unless the reader reuses it: then a unit is valid until the next call, and a loop around units until the next of its kind.
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	r.ev.Kind, r.ev.Other = e.Kind, e.Seg
	if e.Kind == codec.Other {
		r.ev.Env = r.s.Env()
`)
	several := len(g.plans) > 1
	if several {
		g.words("r.ev.Table = nil\n")
	}
	g.words(`		return &r.ev, nil
	}
	r.ev.Env, r.ev.Loop, r.ev.Number = e.Tape.Env, e.Tape.Scope.Loop, e.Tape.Units
`)
	if several {
		g.words("r.ev.Table = e.Tape.Table\n")
	}
	g.words(`	switch e.Kind {
	case codec.Begin:
`)
	if several {
		g.words("r.ev = Event{Kind: e.Kind, Env: e.Tape.Env, Set: new($ROOT), Table: e.Tape.Table}\n")
	} else {
		g.words("r.ev = Event{Kind: e.Kind, Env: e.Tape.Env, Set: new($ROOT)}\n")
	}
	g.words(`		r.ctx.Header(e.Tape, r.ev.Set)
	case codec.Trailer, codec.End:
		r.ctx.Trailer(e.Tape, r.ev.Set)
`)
	if len(types) > 0 {
		g.words("default:\nswitch e.Tape.Table.Loops[e.Tape.Scope.Loop].Type {\n")
	}
	for _, l := range types {
		name := g.typeName(l)
		g.f("case %q:\n", name)
		if !l.leaf() {
			for _, below := range types {
				if !below.leaf() && below.inside(l) {
					g.f("r.ev.%s = nil\n", g.typeName(below))
				}
			}
			g.WriteString(strings.ReplaceAll(`if r.reuse {
	r.one$LOOP = $LOOP{}
	r.ev.$LOOP = &r.one$LOOP
	r.in$LOOP.Recycle()
	r.in$LOOP.d.FreeText()
	r.in$LOOP.$LOOP(e.Tape, r.ev.$LOOP)
} else {
	r.ev.$LOOP = new($LOOP)
	r.ctx.$LOOP(e.Tape, r.ev.$LOOP)
}
`, "$LOOP", name))
			continue
		}
		g.WriteString(strings.ReplaceAll(`if r.reuse {
	r.one$UNIT = $UNIT{}
	r.ev.$UNIT = &r.one$UNIT
	r.unit.Recycle()
} else {
	r.ev.$UNIT = r.unit.d.slab$UNIT.New()
}
r.unit.$UNIT(e.Tape, r.ev.$UNIT)
`, "$UNIT", name))
	}
	if len(types) > 0 {
		g.words("}\n")
	}
	g.words(`	}
	return &r.ev, nil
}

`)
	if len(types) > 0 {
		g.words(`// Units iterates over the units of all sets. The Event of a unit is valid until the next one.
func (r *Reader) Units() iter.Seq2[*Event, error] {
	return func(yield func(*Event, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if ev.Kind == codec.Unit && !yield(ev, nil) {
				return
			}
		}
	}
}

`)
	}
	g.words(`// Sets iterates over whole sets. A set is held in memory; one over the limit SetBytes is a Fatal issue.
func (r *Reader) Sets() iter.Seq2[*$ROOT, error] {
	if r.reuse { // the set keeps its units
		r.reuse, r.unit = false, NewDecoder(true)
	}
	return func(yield func(*$ROOT, error) bool) {
		for {
			ev, err := r.Next()
			if err == io.EOF {
				return
			}
			if err == nil {
				err = r.s.CheckSetSize()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			switch ev.Kind {
			case codec.End:
				if !yield(ev.Set, nil) {
					return
				}
`)
	if len(types) > 0 {
		g.words("case codec.Enter, codec.Unit:\nr.attach(ev)\n")
	}
	g.words("}\n}\n}\n}\n\n")
	if len(types) > 0 {
		g.words("// attach puts a step into the set it belongs to.\nfunc (r *Reader) attach(ev *Event) {\n")
		g.byGuide("ev.Table", func(q *gen) {
			q.f("switch r.s.Scope() {\n")
			for _, l := range q.streamLoops() {
				q.f("case %d:\n", l.n)
				q.attach(l)
			}
			q.f("}\n")
		})
		g.words("}\n\n")
	}
}

// inside reports whether l stands in loop a, at any depth.
func (l *loop) inside(a *loop) bool {
	for l = l.parent; l != nil; l = l.parent {
		if l == a {
			return true
		}
	}
	return false
}

// attach prints how an instance of l is put into its parent.
func (g *gen) attach(l *loop) {
	chain := []*loop{}
	for up := l.parent; up != nil && up.n > 0; up = up.parent {
		chain = append([]*loop{up}, chain...)
	}
	at := "ev.Set"
	for i, c := range chain {
		g.f("in%d := &%s.%s[len(%s.%s)-1]\n", i, at, c.Field, at, c.Field)
		at = fmt.Sprintf("in%d", i)
	}
	f := at + "." + l.Field
	g.f("%s = append(%s, *ev.%s)\n", f, f, g.typeName(l))
}

func (g *gen) printDecoder() {
	g.words(`// Decoder turns tapes into structs. An owning one copies what it needs; a borrowing one hands out views of the tape.
type Decoder struct {
	d     decoder
	e     encoder
	order codec.Order
}

// NewDecoder returns a Decoder.
func NewDecoder(owned bool) *Decoder {
	d := &Decoder{}
	d.d.Owned = owned
	return d
}

// Recycle makes free the structs the decoder has handed out; the texts of an owning one stay.
func (d *Decoder) Recycle() { d.d.recycle() }

`)
	g.decodeMethod("Header", "the header of a set", g.g.Root, func(p *plan) []*scope { return []*scope{p.scopeOf(p.loops[0])} })
	for _, l := range g.streamTypes() {
		name := g.typeName(l)
		g.decodeMethod(name, "loop "+g.loopIDs(name), name, func(p *plan) []*scope {
			var list []*scope
			for _, x := range p.places(name) {
				list = append(list, p.scopeOf(x))
			}
			return list
		})
	}
	g.words(`// Trailer decodes a part of the trailer of a set; what v holds already is added to.
func (d *Decoder) Trailer(t *codec.Tape, v *$ROOT) {
`)
	g.byGuide("t.Table", func(q *gen) {
		q.WriteString(strings.ReplaceAll(`before := d.e.Count(t, func() { d.e.$M(v) }, t.Partial)
	d.d.$M(t, v)
	if d.d.Odd || t.Moved {
		d.e.Start(t.Table, t.Delims)
		d.e.$M(v)
		v.TrailerExtras = v.TrailerExtras.Join(codec.Diff(t, &d.e.Encoder, before))
	}
`, "$M", q.method(&scope{trailer: true})))
	})
	g.f("}\n\n")
}

// scopeOf is the scope of a loop.
func (p *plan) scopeOf(l *loop) *scope {
	for _, s := range p.scopes() {
		if s.loop == l && !s.trailer {
			return s
		}
	}
	return &scope{loop: l}
}

// decodeMethod prints an exported method of Decoder; scopes lists the places of the type in a guide.
func (g *gen) decodeMethod(name, what, typ string, scopes func(p *plan) []*scope) {
	g.f("// %s decodes %s.\nfunc (d *Decoder) %s(t *codec.Tape, v *%s) {\n", name, what, name, typ)
	g.byGuide("t.Table", func(q *gen) {
		body := func(m string) {
			q.f("d.d.%s(t, v)\nif d.d.Odd {\nd.e.Start(t.Table, t.Delims)\nd.e.%s(v)\nv.Extras = codec.Diff(t, &d.e.Encoder, nil)\n} else if t.Moved {\nv.Extras = d.order.Extras(t)\n}\n", m, m)
		}
		list := scopes(q.plan)
		if len(list) == 1 {
			body(q.method(list[0]))
			return
		}
		q.f("switch t.Scope.Loop {\n")
		for _, s := range list {
			q.f("case %d:\n", s.loop.n)
			body(q.method(s))
		}
		q.f("}\n")
	})
	g.f("}\n\n")
}

func (g *gen) printWriter() {
	g.words(`// Writer writes sets $SET of $GUIDES, whole or step by step. Interchange and group are the [x12.Writer]'s.
// A value that cannot be written is an [*x12.Issue], and nothing of its part of the set is written.
type Writer struct {
	w *x12.Writer
	e encoder
`)
	if g.anyAmbiguous() {
		g.words("at guide.LoopID // the loop written last\n")
	}
	if len(g.plans) > 1 {
		g.words("t *guide.Table // of the set being written\n")
	}
	g.words(`}

// NewWriter returns a Writer on w.
func NewWriter(w *x12.Writer) *Writer { return &Writer{w: w} }

// Begin writes ST and the header of a set.
func (w *Writer) Begin(v *$ROOT) error {
`)
	if len(g.plans) > 1 {
		g.words("if err := w.choose(v); err != nil {\nreturn err\n}\n")
	}
	st := g.slots[1]
	version := "v.ImplementationReference"
	if e := st.element(3); e != nil {
		if e.Field != "-" {
			version = "v." + e.Field
		} else {
			id := fmt.Sprintf("%q", g.g.ID)
			if len(g.plans) > 1 {
				id = "w.t.ID"
			}
			g.f("version := v.ImplementationReference\nif version == \"\" && !v.Extras.NoReference() {\nversion = %s\n}\n", id)
			version = "version"
		}
	}
	g.f("if err := w.w.BeginSet(&x12.Set{ID: %q, Control: v.%s, Version: %s}); err != nil {\nreturn err\n}\n", g.g.Set, st.element(2).Field, version)
	g.words("return w.Header(v)\n}\n\n// Header writes the header of a set behind an ST that is written already.\nfunc (w *Writer) Header(v *$ROOT) error {\n")
	if len(g.plans) > 1 {
		g.words("if err := w.choose(v); err != nil {\nreturn err\n}\n")
	}
	if g.hasLevels() {
		g.words("w.e.NewLevels()\n")
	}
	if g.anyAmbiguous() {
		g.words("w.at = 0\n")
	}
	g.words("w.e.Start($TABLE, w.w.Delims())\n")
	g.encodeCall("header", func(p *plan) []*loop { return nil })
	g.words("return w.e.Finish(v.Extras, w.w)\n}\n\n")
	if len(g.plans) > 1 {
		g.words(`// choose finds the guide of a set.
func (w *Writer) choose(v *$ROOT) (err error) {
	w.t, err = codec.Choose(v.Guide, v.ImplementationReference, $TABLES)
	return err
}

`)
	}
	for _, l := range g.streamTypes() {
		g.writeMethod(l)
	}
	g.words(`// Trailer writes the trailer of a set in front of an SE that is still to be written.
func (w *Writer) Trailer(v *$ROOT) error {
`)
	if len(g.plans) > 1 {
		g.words("if err := w.choose(v); err != nil {\nreturn err\n}\n")
	}
	g.words("w.e.Start($TABLE, w.w.Delims())\n")
	g.encodeCall("trailer", func(p *plan) []*loop { return nil })
	g.words(`	return w.e.Finish(v.TrailerExtras, w.w)
}

// End writes the trailer of a set and SE.
func (w *Writer) End(v *$ROOT) error {
	if err := w.Trailer(v); err != nil {
		return err
	}
	return w.w.EndSet()
}

// Write writes a whole set.
func (w *Writer) Write(v *$ROOT) error {
	if err := w.Begin(v); err != nil {
		return err
	}
`)
	g.writeLoops(g.loops[0], "v")
	g.words("return w.End(v)\n}\n")
}

func (p *plan) hasLevels() bool {
	for _, s := range p.slots[1:] {
		if s.level() {
			return true
		}
	}
	return false
}

// writeMethod prints the method of Writer for a type of streamed loops.
func (g *gen) writeMethod(l *loop) {
	name := g.typeName(l)
	several := slices.ContainsFunc(g.plans, func(p *plan) bool { return len(p.places(name)) > 1 })
	g.f("// %s writes loop %s without the loops that are written by themselves.\n", name, g.loopIDs(name))
	if several {
		g.f("// It goes to the place that is next in or around the loop written last.\n")
	}
	g.f("func (w *Writer) %s(v *%s) error {\n", name, name)
	if len(g.plans) > 1 {
		g.f("if w.t == nil {\nreturn codec.ErrNoSet\n}\n")
	}
	g.words("w.e.Start($TABLE, w.w.Delims())\n")
	g.encodeCall(name, func(p *plan) []*loop { return p.places(name) })
	g.f("return w.e.Finish(v.Extras, w.w)\n}\n\n")
}

// encodeCall prints the call of an encoder's method for the loops of a type, "header" or "trailer" without any.
func (g *gen) encodeCall(name string, places func(p *plan) []*loop) {
	g.byGuide("w.t", func(q *gen) {
		list := places(q.plan)
		switch len(list) {
		case 0:
			q.f("w.e.%s(v)\n", q.method(&scope{loop: q.loops[0], trailer: name == "trailer"}))
			return
		case 1:
			if g.anyAmbiguous() {
				q.f("w.at = %d\n", list[0].n)
			}
			q.f("w.e.%s(v)\n", q.method(&scope{loop: list[0]}))
			return
		}
		var nums []string
		for _, x := range list {
			nums = append(nums, fmt.Sprint(x.n))
		}
		q.f("switch to := codec.Under(%s, w.at, %s); to {\n", q.tableName(), strings.Join(nums, ", "))
		for _, x := range list {
			q.f("case %d:\nw.at = to\nw.e.%s(v)\n", x.n, q.method(&scope{loop: x}))
		}
		q.f("default:\nw.e.NoField(true, %q)\n}\n", name)
	})
}

// writeLoops prints the writing of the streamed loops below l.
func (g *gen) writeLoops(l *loop, owner string) {
	for _, c := range l.children {
		if !c.stream {
			continue
		}
		name := g.typeName(c)
		v := fmt.Sprintf("v%d", c.n)
		field := owner + "." + c.Field
		g.f("for i := range %s {\n%s := &%s[i]\n", field, v, field)
		g.f("if err := w.%s(%s); err != nil {\nreturn err\n}\n", name, v)
		g.writeLoops(c, v)
		g.f("}\n")
	}
}

package main

import (
	"fmt"
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
func (p *plan) printStream(source string) []byte {
	g := &gen{plan: p}
	g.printReader()
	g.printDecoder()
	g.printWriter()
	b := p.header(source, "io", "iter", "", importX12, importCodec, importGuide)
	b.Write(g.Bytes())
	return b.Bytes()
}

// ambiguous reports whether some type has several places, so that a writer has to know where it is.
func (p *plan) ambiguous() bool { return len(p.streamTypes()) < len(p.streamLoops()) }

func (g *gen) words(text string) {
	g.WriteString(strings.NewReplacer("$ROOT", g.g.Root, "$TABLE", g.tableName(), "$SET", g.g.Set, "$ID", g.g.ID).Replace(text))
}

func (g *gen) printReader() {
	types := g.streamTypes()
	g.words(`// Event is one step of a [Reader]. What it points to stays as it is, unless the reader reuses its units.
type Event struct {
	Kind codec.Kind
	Env  codec.Env    // where in the stream
	Set  *$ROOT        // the header of the set; at codec.End its trailer too, without the loops between
`)
	for _, l := range types {
		g.f("%s *%s // loop %s, open or just read\n", g.typeName(l), g.typeName(l), g.loopIDs(g.typeName(l)))
	}
	g.words(`	Loop   guide.LoopID // loop of a codec.Enter or codec.Unit, as $TABLE numbers them
	Number int64        // ordinal of the unit in its set, 1 = first
	Other *x12.Segment // a segment of a set without a guide, valid until the next step
}

// Reader reads sets $SET of guide $ID and hands them out step by step in constant memory.
type Reader struct {
	s     *codec.Stream
	ctx   *Decoder
	unit  *Decoder
	reuse bool
	ev    Event
`)
	for _, l := range types {
		if l.leaf() {
			g.f("one%s %s\n", g.typeName(l), g.typeName(l))
		}
	}
	g.words(`}

// NewReader returns a Reader on r.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	o := codec.Apply(opts)
	return &Reader{s: o.Stream(r, $TABLE), ctx: NewDecoder(true), unit: NewDecoder(!o.Reuse), reuse: o.Reuse}
}

// Next returns the next step, io.EOF at the end. The Event is valid until the next call; what it points to is the caller's,
// but for the unit when the reader reuses it.
func (r *Reader) Next() (*Event, error) {
	e, err := r.s.Next()
	if err != nil {
		return nil, err
	}
	r.ev.Kind, r.ev.Other = e.Kind, e.Seg
	if e.Kind == codec.Other {
		r.ev.Env = r.s.Env()
		return &r.ev, nil
	}
	r.ev.Env, r.ev.Loop, r.ev.Number = e.Tape.Env, e.Tape.Scope.Loop, e.Tape.Units
	switch e.Kind {
	case codec.Begin:
		r.ev = Event{Kind: e.Kind, Env: e.Tape.Env, Set: new($ROOT)}
		r.ctx.Header(e.Tape, r.ev.Set)
	case codec.Trailer, codec.End:
		r.ctx.Trailer(e.Tape, r.ev.Set)
`)
	if len(types) > 0 {
		g.words("default:\nswitch e.Tape.Scope.Loop {\n")
	}
	for _, l := range types {
		name := g.typeName(l)
		var nums []string
		for _, x := range g.places(name) {
			nums = append(nums, fmt.Sprint(x.n))
		}
		g.f("case %s:\n", strings.Join(nums, ", "))
		if !l.leaf() {
			g.f("r.ev.%s = new(%s)\n", name, name)
			for _, below := range types {
				if !below.leaf() && below.inside(l) {
					g.f("r.ev.%s = nil\n", g.typeName(below))
				}
			}
			g.f("r.ctx.%s(e.Tape, r.ev.%s)\n", name, name)
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
		g.words("// attach puts a step into the set it belongs to.\nfunc (r *Reader) attach(ev *Event) {\nswitch r.s.Scope() {\n")
		for _, l := range g.streamLoops() {
			g.f("case %d:\n", l.n)
			g.attach(l)
		}
		g.words("}\n}\n\n")
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
	d decoder
	e encoder
}

// NewDecoder returns a Decoder.
func NewDecoder(owned bool) *Decoder {
	d := &Decoder{}
	d.d.Owned = owned
	return d
}

// Recycle makes free what a borrowing decoder has handed out.
func (d *Decoder) Recycle() { d.d.recycle() }

`)
	scopes := map[*loop]*scope{}
	for _, s := range g.scopes() {
		switch {
		case s.trailer:
			g.words(`// Trailer decodes a part of the trailer of a set; what v holds already is added to.
func (d *Decoder) Trailer(t *codec.Tape, v *$ROOT) {
	before := d.e.Count(t, func() { d.e.trailer(v) }, t.Partial)
	d.d.trailer(t, v)
	if d.d.Odd {
		d.e.Start(t.Table, t.Delims)
		d.e.trailer(v)
		v.TrailerExtras = v.TrailerExtras.Join(codec.Diff(t, &d.e.Encoder, before))
	}
}

`)
		case s.loop.n == 0:
			g.decodeMethod("Header", "the header of a set", g.g.Root, []*scope{s})
		default:
			scopes[s.loop] = s
		}
	}
	for _, l := range g.streamTypes() {
		name := g.typeName(l)
		var list []*scope
		for _, x := range g.places(name) {
			list = append(list, scopes[x])
		}
		g.decodeMethod(name, "loop "+g.loopIDs(name), name, list)
	}
}

// decodeMethod prints an exported method of Decoder.
func (g *gen) decodeMethod(name, what, typ string, list []*scope) {
	g.f("// %s decodes %s.\nfunc (d *Decoder) %s(t *codec.Tape, v *%s) {\n", name, what, name, typ)
	body := func(m string) {
		g.f("d.d.%s(t, v)\nif d.d.Odd {\nd.e.Start(t.Table, t.Delims)\nd.e.%s(v)\nv.Extras = codec.Diff(t, &d.e.Encoder, nil)\n}\n", m, m)
	}
	if len(list) == 1 {
		body(g.method(list[0]))
	} else {
		g.f("switch t.Scope.Loop {\n")
		for _, s := range list {
			g.f("case %d:\n", s.loop.n)
			body(g.method(s))
		}
		g.f("}\n")
	}
	g.f("}\n\n")
}

func (g *gen) printWriter() {
	g.words(`// Writer writes sets $SET of guide $ID, whole or step by step. Interchange and group are the [x12.Writer]'s.
// A value that cannot be written is an [*x12.Issue], and nothing of its part of the set is written.
type Writer struct {
	w *x12.Writer
	e encoder
`)
	if g.ambiguous() {
		g.words("at guide.LoopID // the loop written last\n")
	}
	g.words(`}

// NewWriter returns a Writer on w.
func NewWriter(w *x12.Writer) *Writer { return &Writer{w: w} }

// Begin writes ST and the header of a set.
func (w *Writer) Begin(v *$ROOT) error {
`)
	st := g.slots[1]
	version := "v.ImplementationReference"
	if e := st.element(3); e != nil {
		if e.Field != "-" {
			version = "v." + e.Field
		} else {
			g.words("version := v.ImplementationReference\nif version == \"\" {\nversion = \"$ID\"\n}\n")
			version = "version"
		}
	}
	g.f("if err := w.w.BeginSet(&x12.Set{ID: %q, Control: v.%s, Version: %s}); err != nil {\nreturn err\n}\n", g.g.Set, st.element(2).Field, version)
	g.words("return w.Header(v)\n}\n\n// Header writes the header of a set behind an ST that is written already.\nfunc (w *Writer) Header(v *$ROOT) error {\n")
	if g.hasLevels() {
		g.words("w.e.NewLevels()\n")
	}
	if g.ambiguous() {
		g.words("w.at = 0\n")
	}
	g.words("w.e.Start($TABLE, w.w.Delims())\nw.e.header(v)\nreturn w.e.Finish(v.Extras, w.w)\n}\n\n")
	for _, l := range g.streamTypes() {
		g.writeMethod(l)
	}
	g.words(`// Trailer writes the trailer of a set in front of an SE that is still to be written.
func (w *Writer) Trailer(v *$ROOT) error {
	w.e.Start($TABLE, w.w.Delims())
	w.e.trailer(v)
	return w.e.Finish(v.TrailerExtras, w.w)
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
	list := g.places(name)
	g.f("// %s writes loop %s without the loops that are written by themselves.\n", name, g.loopIDs(name))
	if len(list) > 1 {
		g.f("// It goes to the place that is next in or around the loop written last.\n")
	}
	g.f("func (w *Writer) %s(v *%s) error {\n", name, name)
	g.words("w.e.Start($TABLE, w.w.Delims())\n")
	if len(list) == 1 {
		if g.ambiguous() {
			g.f("w.at = %d\n", l.n)
		}
		g.f("w.e.%s(v)\n", g.method(&scope{loop: l}))
	} else {
		var nums []string
		for _, x := range list {
			nums = append(nums, fmt.Sprint(x.n))
		}
		g.words("switch to := codec.Under($TABLE, w.at, " + strings.Join(nums, ", ") + "); to {\n")
		for _, x := range list {
			g.f("case %d:\nw.at = to\nw.e.%s(v)\n", x.n, g.method(&scope{loop: x}))
		}
		g.f("default:\nw.e.NoField(true, %q)\n}\n", name)
	}
	g.f("return w.e.Finish(v.Extras, w.w)\n}\n\n")
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

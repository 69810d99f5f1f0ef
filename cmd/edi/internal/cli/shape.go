package cli

import (
	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// shape is the JSON form of sets of one guide at one layer. A set is one object: the members of its header, then an
// array of groups, each of which ends with an array of units, then the members of its trailer.
type shape struct {
	table  *guide.Table
	member string // of a line: the set, "remittanceAdvice"
	groups string // of the set: the array of groups, "groups"
	group  string // of a context: a group without its units, "headerGroup"
	units  string // of a group: the array of units, "claims"
	unit   string // of a line: one unit, "claimPayment"
	// encoder makes JSON of the parts of sets, decoder makes X12 of that.
	encoder func() shapeEncoder
	decoder func(*x12.Writer) shapeDecoder
}

// shapeEncoder appends the parts of one set as JSON objects. Unit may be called by several goroutines, each on an encoder of
// its own.
type shapeEncoder interface {
	header(b []byte, t *codec.Tape) []byte
	enter(b []byte, t *codec.Tape) []byte
	unit(b []byte, t *codec.Tape) []byte
	// trailer keeps a part of the trailer for end. An encoder is used for that set only, then.
	trailer(t *codec.Tape)
	end(b []byte, t *codec.Tape) []byte
	// payment is the money of the set whose header came last, amounts that of the unit that came last.
	payment() x12.Number
	amounts() (charge, paid x12.Number)
}

// shapeDecoder writes the parts of one set, given as JSON objects, behind an ST and in front of an SE.
type shapeDecoder interface {
	header(text []byte) error
	enter(text []byte) error
	unit(text []byte) error
	end(text []byte) error
}

// shapedLayer is a layer made of shapes. Sets without a shape come in the form of the segments layer.
func shapedLayer(name string, shapes []*shape) layer {
	l := layer{name: name, lines: []per{perSet, perUnit}}
	l.encode = func(c *call, lines per) error { return encodeShapes(c, shapes, lines) }
	for _, s := range shapes {
		l.bodies = append(l.bodies,
			body{member: s.member, decode: func(a *assembly, sc *jsonstream.Scanner) error { return s.decodeSet(a, sc) }},
			body{member: s.unit, decode: func(a *assembly, sc *jsonstream.Scanner) error { return s.decodeUnit(a, sc) }},
			body{member: s.member + "Trailer", decode: func(a *assembly, sc *jsonstream.Scanner) error { return s.decodeTrailer(a, sc) }},
			body{member: s.member + "Context", context: true, decode: func(a *assembly, sc *jsonstream.Scanner) error { return s.decodeContext(a, sc) }})
	}
	return l
}

// encodeShapes runs the input through the format of the layer.
func encodeShapes(c *call, shapes []*shape, lines per) error {
	tables := make([]*guide.Table, len(shapes))
	for i, s := range shapes {
		tables[i] = s.table
	}
	c.sums.made = &made{}
	f := &shapeFormat{c: c, shapes: shapes, lines: lines, front: map[*shape]shapeEncoder{}, back: map[*shape]shapeEncoder{}}
	return c.process(f, tables, func(_ int, b []byte) error {
		_, err := c.out.Write(b)
		return err
	})
}

// shapeFormat is the [codec.Format] of shaped layers: one output of lines.
type shapeFormat struct {
	c      *call
	shapes []*shape
	lines  per
	rest   otherLines
	// Encoders of what stands around units, by shape: front for Begin and Enter, back for End, which may run beside them.
	front, back map[*shape]shapeEncoder
}

// shapeSet is the context of a set.
type shapeSet struct {
	s        *shape
	paid     x12.Number   // BPR02 or the like
	early    shapeEncoder // has parts of the trailer that came before the last unit; nil as a rule
	identity []byte       // start of every line of the set
	head     []byte       // the header as JSON
	group    *shapeGroup
	groups   int
}

// shapeGroup is the context of units.
type shapeGroup struct {
	set   *shapeSet
	head  []byte // the group as JSON
	units int64  // units of the set in front of it
}

func (f *shapeFormat) Outputs() int { return 1 }

func (f *shapeFormat) shape(t *guide.Table) *shape {
	for _, s := range f.shapes {
		if s.table == t {
			return s
		}
	}
	return nil
}

func (f *shapeFormat) Begin(t *codec.Tape, out [][]byte) any {
	out[0] = f.rest.end(out[0])
	s := f.shape(t.Table)
	enc := encoderFor(f.front, s)
	x := &shapeSet{s: s, identity: appendIdentity(nil, t.Interchange, t.Group, t.Set), head: enc.header(nil, t)}
	x.paid = enc.payment()
	if f.lines == perSet {
		out[0] = append(out[0], x.identity...)
		out[0] = append(append(append(out[0], '"'), s.member...), `":`...)
		out[0] = openObject(out[0], x.head)
	}
	return x
}

func encoderFor(m map[*shape]shapeEncoder, s *shape) shapeEncoder {
	if m[s] == nil {
		m[s] = s.encoder()
	}
	return m[s]
}

// openObject appends a JSON object without its closing brace.
func openObject(b, object []byte) []byte { return append(b, object[:len(object)-1]...) }

// more appends a comma unless an object has just been opened.
func more(b []byte, object []byte) []byte {
	if len(object) > 2 {
		b = append(b, ',')
	}
	return b
}

func (f *shapeFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	var x *shapeSet
	switch c := ctx.(type) {
	case *shapeSet:
		x = c
	case *shapeGroup:
		x = c.set
	}
	g := &shapeGroup{set: x, head: encoderFor(f.front, x.s).enter(nil, t), units: t.Units}
	if f.lines == perSet {
		b := x.closeGroup(out[0], t.Units)
		if x.groups == 0 {
			b = more(b, x.head)
			b = append(append(append(b, '"'), x.s.groups...), `":[`...)
		} else {
			b = append(b, ',')
		}
		out[0] = openObject(b, g.head)
	}
	x.group = g
	x.groups++
	return g
}

// closeGroup ends the group that is open, if there is one; units is how many units the set has so far.
func (x *shapeSet) closeGroup(b []byte, units int64) []byte {
	switch {
	case x.group == nil:
		return b
	case units > x.group.units:
		return append(b, ']', '}')
	}
	return append(b, '}')
}

func (f *shapeFormat) Worker() codec.Worker { return &shapeWorker{f: f} }

// shapeWorker encodes units.
type shapeWorker struct {
	f   *shapeFormat
	s   *shape
	enc shapeEncoder
}

func (w *shapeWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.unit(ctx.(*shapeGroup), t, out)
	charge, paid := w.enc.amounts()
	sum := total.(*made)
	sum.units++
	sum.charge.Add(charge)
	sum.paid.Add(paid)
}

func (w *shapeWorker) unit(g *shapeGroup, t *codec.Tape, out [][]byte) {
	s := g.set.s
	if w.s != s {
		w.s, w.enc = s, s.encoder()
	}
	b := out[0]
	if w.f.lines == perUnit {
		b = g.set.unitLine(b, g)
		b = append(append(append(b, `,"`...), s.unit...), `":`...)
		out[0] = append(w.enc.unit(b, t), '}', '\n')
		return
	}
	if t.Units == g.units+1 {
		b = more(b, g.head)
		b = append(append(append(b, '"'), s.units...), `":[`...)
	} else {
		b = append(b, ',')
	}
	out[0] = w.enc.unit(b, t)
}

// unitLine appends the start of a line for a unit: where it stands, and what stands above it.
func (x *shapeSet) unitLine(b []byte, g *shapeGroup) []byte {
	b = append(b, x.identity...)
	b = append(append(append(b, '"'), x.s.member...), `Context":{"`...)
	b = append(append(append(b, x.s.member...), `":`...), x.head...)
	if g != nil {
		b = append(append(append(b, `,"`...), x.s.group...), `":`...)
		b = append(b, g.head...)
	}
	return append(b, '}')
}

func (f *shapeFormat) NewTotal() any { return new(made) }

func (f *shapeFormat) Join(t, u any) { t.(*made).add(u.(*made)) }

func (f *shapeFormat) Trailer(ctx any, t *codec.Tape) {
	x := ctx.(*shapeSet)
	if x.early == nil {
		x.early = x.s.encoder()
	}
	x.early.trailer(t)
}

func (f *shapeFormat) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	x := ctx.(*shapeSet)
	done := f.c.sums.made
	done.add(total.(*made))
	done.sets++
	done.payment.Add(x.paid)
	enc := x.early
	if enc == nil {
		enc = encoderFor(f.back, x.s)
	}
	tail := enc.end(nil, t)
	b := out[0]
	if f.lines == perUnit {
		if len(tail) > 2 || t.Units == 0 {
			b = x.unitLine(b, nil)
			b = append(append(append(b, `,"`...), x.s.member...), `Trailer":`...)
			b = append(append(b, tail...), '}', '\n')
		}
		out[0] = b
		return
	}
	b = x.closeGroup(b, t.Units)
	if x.groups > 0 {
		b = append(b, ']')
	}
	if len(tail) > 2 {
		if x.groups > 0 || len(x.head) > 2 {
			b = append(b, ',')
		}
		b = append(b, tail[1:len(tail)-1]...)
	}
	out[0] = append(b, '}', '}', '\n')
}

func (f *shapeFormat) Other(env codec.Env, s *x12.Segment, out [][]byte) {
	out[0] = f.rest.segment(out[0], env, s)
}

func (f *shapeFormat) Finish(out [][]byte) { out[0] = f.rest.end(out[0]) }

// otherLines writes sets without a shape, and segments outside sets, as lines of the segments layer.
type otherLines struct {
	open bool
	env  codec.Env
	n    int
}

func (o *otherLines) segment(b []byte, env codec.Env, s *x12.Segment) []byte {
	if o.open && env != o.env {
		b = o.end(b)
	}
	if env.Set != nil && s.ID == idSE {
		return o.end(b)
	}
	if !o.open {
		b = appendIdentity(b, env.Interchange, env.Group, env.Set)
		b = append(b, `"segments":[`...)
		o.open, o.env, o.n = true, env, 0
	}
	if o.n++; o.n > 1 {
		b = append(b, ',')
	}
	return appendSegment(b, s)
}

func (o *otherLines) end(b []byte) []byte {
	if o.open {
		o.open = false
		b = append(b, "]}\n"...)
	}
	return b
}

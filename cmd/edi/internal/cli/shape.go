package cli

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// shape is the JSON form of the sets of one guide, or of several with one family of types, at one layer. A set is one
// object: the members of its header, then arrays of what stands below it, then the members of its trailer. What stands in
// the arrays are units, and levels with arrays of their own.
type shape struct {
	tables []*guide.Table // of one transaction set
	member string         // of a line: the set, "remittanceAdvice"
	root   *shapeLevel    // the set
	// encoder makes JSON of the parts of sets, decoder makes X12 of that, by the guide given.
	encoder func() shapeEncoder
	decoder func(*x12.Writer, *guide.Table) shapeDecoder
	// complete makes X12 of what programs write: it fills in what need not be said, and makes sets and envelopes itself.
	// nil when there is nothing to fill in.
	complete func(a *assembly) (shapeDecoder, error)
}

// shapeLevel is a loop that is handed out by itself and has a place of its own in the JSON. The set is the outermost.
type shapeLevel struct {
	typ   string // Go type of the loop, "HeaderGroup"
	array string // member of what is around it, "groups"
	name  string // of a context, or of a line that is about it alone, "headerGroup"
	unit  bool   // a unit; none has arrays of its own
	below []*shapeLevel
	up    *shapeLevel
}

// child returns the level below l for a Go type, nil if there is none.
func (l *shapeLevel) child(typ string) *shapeLevel {
	for _, c := range l.below {
		if c.typ == typ {
			return c
		}
	}
	return nil
}

// levelsIn returns a set of the levels below.
func levelsIn(below ...*shapeLevel) *shapeLevel {
	l := &shapeLevel{below: below}
	l.link()
	return l
}

func (l *shapeLevel) link() {
	for _, c := range l.below {
		c.up = l
		c.link()
	}
}

// levelsOf returns the levels of a guide, named as its generated structs are in JSON.
func levelsOf(t *guide.Table) *shapeLevel {
	all := make([]*shapeLevel, len(t.Loops))
	all[0] = &shapeLevel{}
	for i := range t.Loops {
		loop := &t.Loops[i]
		if i == 0 || !loop.Stream {
			continue
		}
		typ := typeOf(loop)
		all[i] = &shapeLevel{typ: typ, array: lowerFirst(loop.Field), name: lowerFirst(typ), unit: t.IsUnit(guide.LoopID(i))}
		up := all[loop.Parent]
		up.unit = false // a unit that others stand in is a level
		up.below = append(up.below, all[i])
	}
	all[0].link()
	return all[0]
}

func typeOf(l *guide.Loop) string { return cmp.Or(l.Type, l.Field) }

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// all appends the levels below l, outermost first.
func (l *shapeLevel) all(list []*shapeLevel) []*shapeLevel {
	for _, c := range l.below {
		list = c.all(append(list, c))
	}
	return list
}

// shapeEncoder appends the parts of one set as JSON objects. Its methods may be called by several goroutines, each on an
// encoder of its own.
type shapeEncoder interface {
	// enter takes the header of a set, or a level in the context above. What is below gets the context it returns, which
	// outlives the tape.
	enter(b []byte, t *codec.Tape, above any) (object []byte, context any)
	unit(b []byte, t *codec.Tape, context any) []byte
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
	// enter writes a level; more says that levels are known to come below it.
	enter(l *shapeLevel, text []byte, more bool) error
	unit(text []byte) error
	end(text []byte) error
}

// shapedLayer is a layer made of shapes. Sets without a shape come in the form of the segments layer.
// A segment outside sets goes to outside first, if that is given.
func shapedLayer(name string, shapes []*shape, outside *outside) layer {
	l := layer{name: name, lines: []per{perSet, perUnit}}
	l.encode = func(c *call, lines per) error { return encodeShapes(c, shapes, lines, outside) }
	if outside != nil {
		l.bodies = append(l.bodies, body{member: outside.member, decode: outside.decode})
	}
	for _, s := range shapes {
		add := func(member string, decode func(*assembly, *jsonstream.Scanner) error) {
			if !slices.ContainsFunc(l.bodies, func(b body) bool { return b.of == s && b.member == member }) {
				l.bodies = append(l.bodies, body{member: member, of: s, decode: decode})
			}
		}
		add(s.member, s.decodeSet)
		for _, k := range s.root.all(nil) {
			add(k.name, func(a *assembly, sc *jsonstream.Scanner) error { return s.decodeLine(a, sc, k.name) })
		}
		add(s.member+"Trailer", s.decodeTrailer)
		l.bodies = append(l.bodies, body{member: s.member + "Context", of: s, context: true, decode: s.decodeContext})
	}
	return l
}

// encodeShapes runs the input through the format of the layer.
func encodeShapes(c *call, shapes []*shape, lines per, outside *outside) error {
	var tables []*guide.Table
	for _, s := range shapes {
		tables = append(tables, s.tables...)
	}
	c.sums.made = &made{}
	f := &shapeFormat{c: c, shapes: shapes, lines: lines, rest: otherLines{outside: outside}, front: map[*shape]shapeEncoder{}, back: map[*shape]shapeEncoder{}}
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
	sink   x12.Sink // for what stands outside sets
	// Encoders of what stands around units, by shape: front for Begin and Enter, back for End, which may run beside them.
	front, back map[*shape]shapeEncoder
}

// shapeSet is a set. Only one goroutine changes it, and none any more once its End is under way.
type shapeSet struct {
	s        *shape
	paid     x12.Number   // BPR02 or the like
	early    shapeEncoder // has parts of the trailer that came before the last unit; nil as a rule
	identity []byte       // start of every line of the set
	last     *shapeNode   // the one entered last, at first the set itself
}

// shapeNode is an open level, the set included: the context of units. It is not changed once it was handed out.
type shapeNode struct {
	set     *shapeSet
	loop    guide.LoopID
	level   *shapeLevel // nil if it has no place in the JSON
	up      *shapeNode  // nil for the set
	head    []byte      // as JSON, without what stands below it
	units   int64       // units of the set in front of it
	context any         // of the encoder
	told    bool        // a line of its own was written
	at      *shapeNode  // where units are put: the node itself, or what it stands in if it has no place in the JSON
}

func (f *shapeFormat) Outputs() int { return 1 }

func (f *shapeFormat) shape(t *guide.Table) *shape {
	for _, s := range f.shapes {
		if slices.Contains(s.tables, t) {
			return s
		}
	}
	return nil
}

func encoderFor(m map[*shape]shapeEncoder, s *shape) shapeEncoder {
	if m[s] == nil {
		m[s] = s.encoder()
	}
	return m[s]
}

func (f *shapeFormat) Begin(t *codec.Tape, out [][]byte) any {
	out[0] = f.rest.end(out[0])
	s := f.shape(t.Table)
	enc := encoderFor(f.front, s)
	x := &shapeSet{s: s, identity: appendIdentity(nil, t.Interchange, t.Group, t.Set)}
	n := &shapeNode{set: x, level: s.root}
	n.head, n.context = enc.enter(nil, t, nil)
	n.at, x.last = n, n
	x.paid = enc.payment()
	if f.lines == perSet {
		out[0] = append(out[0], x.identity...)
		out[0] = append(append(append(out[0], '"'), s.member...), `":`...)
		out[0] = openObject(out[0], n.head)
	}
	return n
}

// openObject appends a JSON object without its closing brace.
func openObject(b, object []byte) []byte { return append(b, object[:len(object)-1]...) }

func (f *shapeFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	above := ctx.(*shapeNode)
	x := above.set
	loop := &t.Table.Loops[t.Scope.Loop]
	for above.up != nil && above.loop != loop.Parent {
		above = above.up
	}
	n := &shapeNode{set: x, loop: t.Scope.Loop, level: above.at.level.child(typeOf(loop)), up: above, units: t.Units}
	before := t.Units
	if t.Table.IsUnit(t.Scope.Loop) { // counted already
		before--
	}
	n.head, n.context = encoderFor(f.front, x.s).enter(nil, t, above.context)
	if n.level == nil {
		n.at = above.at
		return n
	}
	n.at = n
	if f.lines == perSet {
		out[0] = x.last.leave(out[0], above.at, before, n.level)
		out[0] = openObject(out[0], n.head)
	} else {
		out[0] = n.tellApart(x.last.tellEmpty(out[0], above.at, before), x.last)
	}
	x.last = n
	return n
}

// leave closes what is open up to the node above, and opens the array of l in that or goes on in it. l is nil at the end of
// the set. units is how many the set has so far.
func (n *shapeNode) leave(b []byte, above *shapeNode, units int64, l *shapeLevel) []byte {
	full := len(n.head) > 2
	if units > n.units {
		b, full = append(b, ']'), true
	}
	var open *shapeLevel // the array we are in
	for ; n != above; n = n.up.at {
		if open != nil {
			b = append(b, ']')
		}
		b, open, full = append(b, '}'), n.level, true
	}
	if open != nil {
		if open == l {
			return append(b, ',')
		}
		b = append(b, ']')
	}
	if l == nil {
		return b
	}
	return openArray(b, full, l)
}

// openArray appends the start of the array of a level; full says that its object has members already.
func openArray(b []byte, full bool, l *shapeLevel) []byte {
	if full {
		b = append(b, ',')
	}
	b = append(append(b, '"'), l.array...)
	return append(b, `":[`...)
}

func (f *shapeFormat) Worker() codec.Worker { return &shapeWorker{f: f} }

// shapeWorker encodes units.
type shapeWorker struct {
	f   *shapeFormat
	s   *shape
	enc shapeEncoder
}

func (w *shapeWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	sum := total.(*made)
	sum.units++
	n := ctx.(*shapeNode)
	if n.loop == t.Scope.Loop && n.level != nil { // a unit that others stand in: it was entered
		return
	}
	out[0] = w.unit(out[0], n, t)
	charge, paid := w.enc.amounts()
	sum.charge.Add(charge)
	sum.paid.Add(paid)
}

func (w *shapeWorker) unit(b []byte, n *shapeNode, t *codec.Tape) []byte {
	if s := n.set.s; w.s != s {
		w.s, w.enc = s, s.encoder()
	}
	// A unit that comes late, behind a level it should stand in front of, is put into that, where it is in order.
	at := n.at
	l := at.level.child(typeOf(&t.Table.Loops[t.Scope.Loop]))
	switch {
	case w.f.lines == perUnit:
		b = at.line(b, l.name)
		return append(w.enc.unit(b, t, n.context), '}', '\n')
	case t.Units == at.units+1:
		b = openArray(b, len(at.head) > 2, l)
	default:
		b = append(b, ',')
	}
	return w.enc.unit(b, t, n.context)
}

// line appends the start of a line about what stands in n, up to the member for that.
func (n *shapeNode) line(b []byte, name string) []byte {
	b = append(b, n.set.identity...)
	b = append(append(append(b, '"'), n.set.s.member...), `Context":{`...)
	b = n.chain(b)
	return append(append(append(b, `},"`...), name...), `":`...)
}

// chain appends the members of a context.
func (n *shapeNode) chain(b []byte) []byte {
	name := n.set.s.member
	if n.up != nil {
		b = append(n.up.at.chain(b), ',')
		name = n.level.name
	}
	b = append(append(append(b, '"'), name...), `":`...)
	return append(b, n.head...)
}

// tell appends a line for a level alone.
func (n *shapeNode) tell(b []byte) []byte {
	b = n.up.at.line(b, n.level.name)
	return append(append(b, n.head...), '}', '\n')
}

// tellEmpty appends a line for the level n that ends with nothing below it, so that no context will speak of it. above is
// what the level that begins stands in, nil at the end of the set.
func (n *shapeNode) tellEmpty(b []byte, above *shapeNode, units int64) []byte {
	if n.up == nil || n == above || n.told || units > n.units {
		return b
	}
	return n.tell(b)
}

// tellApart appends a line for a level that begins if it looks just like the one that ends in its place.
func (n *shapeNode) tellApart(b []byte, last *shapeNode) []byte {
	for ; last.up != nil; last = last.up.at {
		if last.up.at == n.up.at && last.level == n.level && bytes.Equal(last.head, n.head) {
			n.told = true
			return n.tell(b)
		}
	}
	return b
}

func (f *shapeFormat) NewTotal() any { return new(made) }

func (f *shapeFormat) Join(t, u any) { t.(*made).add(u.(*made)) }

func (f *shapeFormat) Trailer(ctx any, t *codec.Tape) {
	x := ctx.(*shapeNode).set
	if x.early == nil {
		x.early = x.s.encoder()
	}
	x.early.trailer(t)
}

func (f *shapeFormat) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	n := ctx.(*shapeNode)
	x := n.set
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
		b = x.last.tellEmpty(b, nil, t.Units)
		if len(tail) > 2 || t.Units == 0 {
			b = n.line(b, x.s.member+"Trailer")
			b = append(append(b, tail...), '}', '\n')
		}
		out[0] = b
		return
	}
	b = x.last.leave(b, n, t.Units, nil)
	if len(tail) > 2 {
		if x.last != n || t.Units > 0 || len(n.head) > 2 {
			b = append(b, ',')
		}
		b = append(b, tail[1:len(tail)-1]...)
	}
	out[0] = append(b, '}', '}', '\n')
}

func (f *shapeFormat) findings(sink x12.Sink) { f.sink = sink }

func (f *shapeFormat) Other(env codec.Env, s *x12.Segment, out [][]byte) {
	if env.Set == nil {
		checkOutside(env, s, f.sink)
	}
	out[0] = f.rest.segment(out[0], env, s)
}

func (f *shapeFormat) Finish(out [][]byte) { out[0] = f.rest.end(out[0]) }

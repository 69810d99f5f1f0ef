package cli

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// guideParts is a generated package as the guide layer needs it: D its Decoder, W its Writer, S the type of a whole set.
type guideParts[D, W, S any] struct {
	table   *guide.Table
	member  string
	decoder func(owned bool) *D
	writer  func(*x12.Writer) *W
	recycle func(*D)
	set     wirePart[D, W]            // its header
	loops   map[string]wirePart[D, W] // by Go type: levels and units
	// The trailer of a set.
	trailer   func(*D, *codec.Tape, *S)
	tail      func(*S, []byte) []byte
	readTail  func([]byte) (*S, error) // the reverse; nil where the JSON is that of S
	writeTail func(*W, *S) error
}

// wirePart is one part of a set, from a tape to JSON and from JSON to a writer.
type wirePart[D, W any] struct {
	decode func(*D, *codec.Tape, []byte) []byte
	encode func(w *W, text []byte, more bool) error
}

// partOf makes a part of the methods of the generated package. level is nil for one that is no HL level.
func partOf[D, W, V any](decode func(*D, *codec.Tape, *V), appendJSON func(*V, []byte) []byte, write func(*W, *V) error, level func(*V) *codec.Level) wirePart[D, W] {
	return wirePart[D, W]{
		decode: func(d *D, t *codec.Tape, b []byte) []byte {
			v := new(V)
			decode(d, t, v)
			return appendJSON(v, b)
		},
		encode: func(w *W, text []byte, more bool) error {
			v := new(V)
			if err := codec.Unmarshal(text, v); err != nil {
				return err
			}
			if level != nil {
				below(level(v), more)
			}
			return write(w, v)
		},
	}
}

// shape is the shape of the package at layer guide.
func (p *guideParts[D, W, S]) shape() *shape {
	return &shape{
		tables: []*guide.Table{p.table}, member: p.member, root: levelsOf(p.table),
		encoder: func() shapeEncoder { return &partsEncoder[D, W, S]{p: p, dec: p.decoder(false)} },
		decoder: func(w *x12.Writer, _ *guide.Table) shapeDecoder { return &partsDecoder[D, W, S]{p: p, w: p.writer(w)} },
	}
}

type partsEncoder[D, W, S any] struct {
	p    *guideParts[D, W, S]
	dec  *D
	tail *S // trailer parts that came early
	own  *D // of tail
}

func (e *partsEncoder[D, W, S]) enter(b []byte, t *codec.Tape, _ any) ([]byte, any) {
	if t.Scope.Loop == 0 {
		e.p.recycle(e.dec)
		return e.p.set.decode(e.dec, t, b), nil
	}
	return e.unit(b, t, nil), nil
}

func (e *partsEncoder[D, W, S]) unit(b []byte, t *codec.Tape, _ any) []byte {
	e.p.recycle(e.dec)
	return e.p.loops[typeOf(&t.Table.Loops[t.Scope.Loop])].decode(e.dec, t, b)
}

func (e *partsEncoder[D, W, S]) payment() x12.Number { return x12.Number{} }

func (e *partsEncoder[D, W, S]) amounts() (charge, paid x12.Number) { return }

func (e *partsEncoder[D, W, S]) trailer(t *codec.Tape) {
	if e.tail == nil {
		e.tail, e.own = new(S), e.p.decoder(true)
	}
	e.p.trailer(e.own, t, e.tail)
}

func (e *partsEncoder[D, W, S]) end(b []byte, t *codec.Tape) []byte {
	if e.tail != nil {
		e.p.trailer(e.own, t, e.tail)
		return e.p.tail(e.tail, b)
	}
	v := new(S)
	e.p.recycle(e.dec)
	e.p.trailer(e.dec, t, v)
	return e.p.tail(v, b)
}

type partsDecoder[D, W, S any] struct {
	p *guideParts[D, W, S]
	w *W
}

func (d *partsDecoder[D, W, S]) header(text []byte) error { return d.p.set.encode(d.w, text, false) }

func (d *partsDecoder[D, W, S]) enter(l *shapeLevel, text []byte, more bool) error {
	return d.p.loops[l.typ].encode(d.w, text, more)
}

// unit writes a unit in which no others stand, of which a guide has one kind.
func (d *partsDecoder[D, W, S]) unit(text []byte) error {
	for i := len(d.p.table.Loops) - 1; i > 0; i-- {
		if l := &d.p.table.Loops[i]; l.Stream { // the innermost comes last
			return d.p.loops[typeOf(l)].encode(d.w, text, false)
		}
	}
	return nil
}

func (d *partsDecoder[D, W, S]) end(text []byte) error {
	if d.p.readTail != nil {
		v, err := d.p.readTail(text)
		if err != nil {
			return err
		}
		return d.p.writeTail(d.w, v)
	}
	v := new(S)
	if err := codec.Unmarshal(text, v); err != nil {
		return err
	}
	return d.p.writeTail(d.w, v)
}

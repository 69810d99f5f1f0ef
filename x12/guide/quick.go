package guide

import (
	"encoding/binary"

	"github.com/x12-go/edi/x12"
)

// What is here tells quickly that most segments are good. Where it does not say so, the checks of check.go find out.

// split reports whether a value has component or repetition separators.
func split(v []byte, d *x12.Delimiters) bool {
	for _, b := range v {
		if b == d.Component || b == d.Repetition && b != 0 {
			return true
		}
	}
	return false
}

// form says by what simple test most values of an element are found to be good.
type form uint8

const (
	formOther  form = iota // none
	formText               // its length
	formCode               // the closed codes, packed
	formNumber             // digits
	formDate               // a day
)

// formOf returns the form of an element.
func (b *brief) formOf() form {
	if b.usage == NotUsed {
		return formOther
	}
	switch b.kind {
	case IDCode, AN:
		switch {
		case !b.closed:
			return formText
		case b.kind == IDCode && b.ncodes > 0:
			return formCode
		}
	case R, N:
		return formNumber
	case DT:
		return formDate
	}
	return formOther
}

// fits reports whether a simple value is good, as most are. Where it says no, value finds out.
func (c *checker) fits(b *brief, v []byte) bool {
	n := len(v)
	switch b.form {
	case formText:
		return c.plain && n <= int(b.most) && n >= int(b.min)
	case formCode:
		return c.known(b, v)
	case formNumber:
		point := b.kind == N
		for i, d := range v {
			switch {
			case d-'0' < 10:
			case d == '-' && i == 0:
				n--
			case d == '.' && !point:
				point = true
				n--
			default:
				return false
			}
		}
		return n > 0 && n <= x12.MaxDigits && n <= int(b.most) && n >= int(b.min)
	case formDate:
		_, ok := x12.ParseDate(v)
		return ok && n == int(b.most)
	}
	return false
}

// plain reports whether bytes are ASCII without control characters and without the repetition separator, which is 0 where there is
// none.
func plain(b []byte, repetition byte) bool {
	if len(b) < 8 {
		b = append(append(make([]byte, 0, 16), "        "...), b...)
	}
	sep, bad := uint64(repetition)*ones, uint64(0)
	le := binary.LittleEndian
	for ; len(b) >= 32; b = b[24:] { // the last eight bytes are left over, if need be to be looked at twice
		bad |= odd(le.Uint64(b), sep) | odd(le.Uint64(b[8:]), sep) | odd(le.Uint64(b[16:]), sep)
	}
	for ; len(b) > 8; b = b[min(8, len(b)-8):] {
		bad |= odd(le.Uint64(b), sep)
	}
	bad |= odd(le.Uint64(b), sep)
	return bad&(0x80*ones) == 0
}

const ones = 0x0101010101010101

// odd looks at eight bytes: the high bit of a byte says that it is a control character, sep or not ASCII. One above such a byte
// may be judged wrongly.
func odd(w, sep uint64) uint64 { return w | (w + ones) | (w - ' '*ones) | ((w ^ sep) - ones) }

// known reports whether a code is one of the closed ones, packed.
func (c *checker) known(b *brief, v []byte) bool {
	var p uint32
	switch len(v) {
	case 1:
		p = uint32(v[0])
	case 2:
		p = uint32(v[0])<<8 | uint32(v[1])
	case 3:
		p = uint32(v[0])<<16 | uint32(v[1])<<8 | uint32(v[2])
	default:
		var ok bool
		if p, ok = pack(v); !ok {
			return false
		}
	}
	for _, k := range c.t.index.codes[b.codes : int(b.codes)+int(b.ncodes)] {
		if k == p {
			return true
		}
	}
	return false
}

// lengths tells which elements are there, and for which their length does not say that they are good. It does without branches, for
// what is there and how long changes from segment to segment.
func (q *quick) lengths(ends []uint32) (have, off uint64) {
	spans := q.spans
	if len(ends) == 0 {
		return 0, 0
	}
	from, rest := ends[0], ends[1:]
	if len(spans) > len(rest) {
		spans = spans[:len(rest)]
	}
	for i, p := range spans {
		n := rest[i] - from - 1
		from = rest[i]
		var there, wrong uint64
		if n != 0 {
			there = 1
		}
		if n-uint32(p.min) > uint32(p.more) {
			wrong = 1
		}
		have |= there << (i & 63)
		off |= wrong << (i & 63)
	}
	return have, have & off
}

// span is the lengths of an element that need no further look: min and up to more above it; 0 and 0 where any value needs one.
type span struct{ min, more uint16 }

// quick is what Check asks of a slot, with sets of elements as bits: bit i stands for element i+1. No segment has 64.
type quick struct {
	spans    []span
	elems    []brief
	first    int // index of the first in Table.Elements
	required uint64
	unused   uint64
	settled  uint64 // unused, or the code the walker has looked at; where there are no separators in it
	syntax   []relation
	rules    bool
	period   uint8 // element that names the form of the date in the one behind it, 0 = none
}

// relation is a syntax note with its elements as bits.
type relation struct {
	note  *Syntax
	kind  byte
	all   uint64
	first uint64
}

func relations(list []Syntax) []relation {
	var out []relation
	for i := range list {
		n := &list[i]
		r := relation{note: n, kind: n.Kind, first: 1 << (n.Elems[0] - 1)}
		for _, e := range n.Elems {
			r.all |= 1 << (e - 1)
		}
		out = append(out, r)
	}
	return out
}

// broken reports whether the elements that are there break the note.
func (r *relation) broken(have uint64) bool {
	in := have & r.all
	switch r.kind {
	case 'P':
		return in != 0 && in != r.all
	case 'R':
		return in == 0
	case 'E':
		return in&(in-1) != 0
	case 'C':
		return in&r.first != 0 && in != r.all
	case 'L':
		return in == r.first
	}
	return false
}

// quickOf derives the quick of a slot.
func (t *Table) quickOf(id SlotID) quick {
	s := &t.Slots[id]
	q := quick{
		elems: t.index.brief[s.First : int(s.First)+int(s.Count)], first: int(s.First),
		syntax: relations(s.Syntax), rules: len(s.Rules) > 0,
	}
	q.period = t.periodOf(q.first, len(q.elems))
	q.spans = make([]span, min(len(q.elems), 64))
	for i := range q.spans {
		b := &q.elems[i]
		switch b.usage {
		case Required:
			q.required |= 1 << i
		case NotUsed:
			q.unused |= 1 << i
		}
		if b.form == formText && b.most >= b.min {
			q.spans[i] = span{b.min, b.most - b.min}
		}
	}
	if k := int(s.Key) - 1; k >= 0 && s.KeyComp == 0 && k < len(q.elems) && q.elems[k].closed && q.elems[k].kind == IDCode {
		q.settled = 1 << k
	}
	q.settled |= q.unused
	return q
}

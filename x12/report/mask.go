package report

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// maxShown is how many characters of a segment are shown, those around the place of a finding.
const maxShown = 200

// longText is how long a segment is before it is not looked at as a whole, and maxValue how much is shown of one value.
const (
	longText = 16 << 10
	maxValue = 2 * maxShown
)

// shown is a segment as a reader sees it, with the place of a finding marked.
type shown struct {
	text     []rune
	from, to int // the marked part; from == to marks the place in front of from
	cut      bool
}

// spot is the part of a segment a finding is about; 0 does not apply.
type spot struct{ element, component, repeat int }

// viewer makes segments fit to be seen.
type viewer struct {
	values bool
	table  *guide.Table // nil for segments without a guide
	slot   guide.SlotID
	delims x12.Delimiters
	at     spot
	out    shown
}

// tape shows segment k of a tape.
func (v *viewer) tape(t *codec.Tape, k int, at spot) *shown {
	v.table, v.slot, v.delims = t.Table, t.Segs[k].Slot, t.Delims
	return v.segment(t.Text(k), at)
}

// plain shows a segment of which the elements are known.
func (v *viewer) plain(elems []string, d x12.Delimiters, at spot) *shown {
	v.table, v.slot, v.delims = nil, 0, d
	var b []byte
	for k, e := range elems {
		if k > 0 {
			b = append(b, d.Element)
		}
		b = append(b, e...)
	}
	return v.segment(b, at)
}

func (v *viewer) segment(text []byte, at spot) *shown {
	v.at = at
	v.out = shown{text: v.out.text[:0], from: -1}
	id := text
	if k := bytes.IndexByte(text, v.delims.Element); k >= 0 {
		id = text[:k]
	}
	fixed := string(id) == "ISA" // its separators are data
	open := structural(id)
	n := 0
	for rest, more := text, true; more; n++ {
		var e []byte
		e, rest, more = bytes.Cut(rest, []byte{v.delims.Element})
		if len(text) > longText && n > 0 && (n < at.element-maxShown || n > at.element+maxShown) {
			v.out.cut = true
			continue // too far from the place to be seen
		}
		if n > 0 {
			v.char(rune(v.delims.Element))
		}
		from := len(v.out.text)
		switch {
		case n == 0:
			v.value(e, len(e) <= 3)
		case fixed:
			v.value(e, n != 2 && n != 4) // authorization and security information
		default:
			v.element(n, e, open)
		}
		if n == at.element && v.out.from < 0 {
			v.out.from, v.out.to = from, len(v.out.text)
		}
	}
	if at.element >= n { // the segment ends in front of it
		for ; n <= at.element; n++ {
			v.char(rune(v.delims.Element))
		}
		v.out.from, v.out.to = len(v.out.text), len(v.out.text)
	}
	if v.delims.Segment > ' ' {
		v.char(rune(v.delims.Segment))
	}
	return v.clip()
}

// structural reports whether a segment has nothing but numbers and codes of the envelope and the levels.
func structural(id []byte) bool {
	switch string(id) {
	case "ST", "SE", "GS", "GE", "IEA", "HL", "LX", "LS", "LE", "BHT":
		return true
	}
	return false
}

// element shows element n with its repetitions and components.
func (v *viewer) element(n int, e []byte, open bool) {
	var def *guide.Element
	if v.table != nil && v.slot > 0 {
		def = v.table.Elem(v.slot, n)
	}
	part := func(c []byte, d *guide.Element) {
		v.value(c, open || d != nil && slices.Contains(d.Codes, string(c)))
	}
	rep := v.delims.Repetition
	for r, more := 1, true; more; r++ {
		var one []byte
		if rep == 0 {
			one, more = e, false
		} else {
			one, e, more = bytes.Cut(e, []byte{rep})
		}
		if r > 1 {
			v.char(rune(rep))
		}
		from := len(v.out.text)
		hit := n == v.at.element && r == max(v.at.repeat, 1)
		for c, rest, next := 1, one, true; next; c++ {
			var comp []byte
			comp, rest, next = bytes.Cut(rest, []byte{v.delims.Component})
			if c > 1 {
				v.char(rune(v.delims.Component))
			}
			start := len(v.out.text)
			d := def
			if def != nil && def.Kind == guide.Composite {
				d = v.table.Comp(def, c)
			}
			part(comp, d)
			if hit && v.at.component == c {
				v.out.from, v.out.to = start, len(v.out.text)
			}
			if hit && v.at.component > c && !next { // the composite ends in front of it
				for ; c < v.at.component; c++ {
					v.char(rune(v.delims.Component))
				}
				v.out.from, v.out.to = len(v.out.text), len(v.out.text)
			}
		}
		if hit && v.at.component == 0 && v.at.repeat > 0 {
			v.out.from, v.out.to = from, len(v.out.text)
		}
	}
}

// value shows a value, masked unless it is open.
func (v *viewer) value(b []byte, open bool) {
	for k := 0; len(b) > 0; k++ {
		if k == maxValue {
			v.char('…')
			return
		}
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		switch {
		case !open && !v.values:
			v.char(mask(r))
		case r == utf8.RuneError || !unicode.IsPrint(r):
			v.char(unicode.ReplacementChar)
		default:
			v.char(r)
		}
	}
}

// mask keeps the form of a character.
func mask(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '9'
	case r > ' ' && r < utf8.RuneSelf && !(r|0x20 >= 'a' && r|0x20 <= 'z'):
		return r
	case r == ' ' || r|0x20 >= 'a' && r|0x20 <= 'z':
		if r == ' ' {
			return ' '
		}
		return 'x'
	case unicode.IsLetter(r):
		return 'x'
	}
	return unicode.ReplacementChar
}

func (v *viewer) char(r rune) {
	if r < ' ' || r == 0x7F {
		r = unicode.ReplacementChar
	}
	v.out.text = append(v.out.text, r)
}

// clip keeps what is shown short: the part around the mark.
func (v *viewer) clip() *shown {
	s := &v.out
	if s.from < 0 && v.at.element > 0 {
		s.from, s.to = 0, 0
	}
	if len(s.text) <= maxShown {
		return s
	}
	s.cut = true
	from := max(0, min(s.from-maxShown/3, len(s.text)-maxShown))
	to := min(len(s.text), from+maxShown)
	text := s.text[from:to]
	s.from, s.to = s.from-from, min(s.to-from, len(text))
	if from > 0 {
		text[0] = '…'
		s.from = max(s.from, min(1, s.from))
	}
	if to < len(s.text) {
		text[len(text)-1] = '…'
	}
	s.text = text
	return s
}

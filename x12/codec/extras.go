package codec

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Extras is what one scope of a set had that its struct has no field for. It is nil in the usual case.
//
// Places are named by slot, "2100/NM1[QC]", and by use, so that they survive an edit of the struct: where a named
// segment is gone, what hung on it is gone; what was added is written at its place in the guide.
//
// Texts are independent of the delimiters of an interchange: U+001D stands between elements, U+001E between
// repetitions, U+001F between components, and U+001C in front of a data byte that is one of these four, which then has 64
// added.
type Extras struct {
	Order    []string `json:"order,omitempty"`    // slots in the order of arrival, when it is not that of the guide; "?" is the next of Segments
	Runs     []string `json:"runs,omitempty"`     // segments that came in another order than the guide's, when nothing else is odd: each run names them, slot and use, as they came
	Segments []string `json:"segments,omitempty"` // segments without a place, or more than there are fields for
	Values   []Value  `json:"values,omitempty"`   // elements that are not what the field could hold
	Omit     []string `json:"omit,omitempty"`     // required segments that were not there: slot, use and what the fields would write, with blanks between
}

// Value is the text of one element that takes the place of what the field would write.
type Value struct {
	Slot    string `json:"slot"`
	Use     int    `json:"use"`     // 1 = first in the scope
	Element int    `json:"element"` // 1 = first
	Text    string `json:"text"`    // empty: the element was empty
	// Was is what the field itself would write. Once the field is changed, it is the field that counts.
	Was string `json:"was,omitempty"`
}

// maxElement is the highest position of an element that is written back, far above that of any segment.
const maxElement = 1 << 16

const (
	sepEscape    = 0x1C
	sepElement   = 0x1D
	sepRepeat    = 0x1E
	sepComponent = 0x1F
)

// normal appends a text in the form of Extras.
func normal(dst []byte, text []byte, d x12.Delimiters) []byte {
	for _, c := range text {
		switch {
		case c == d.Element:
			c = sepElement
		case c == d.Component:
			c = sepComponent
		case c == d.Repetition && d.Repetition != 0:
			c = sepRepeat
		case c >= sepEscape && c <= sepComponent:
			dst = append(dst, sepEscape)
			c += 64
		}
		dst = append(dst, c)
	}
	return dst
}

// wire appends the text for an interchange with delimiters d; ok is false when a data byte is one of them.
func wire(dst []byte, text string, d x12.Delimiters) (out []byte, ok bool) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case sepElement:
			c = d.Element
		case sepComponent:
			c = d.Component
		case sepRepeat:
			if c = d.Repetition; c == 0 {
				return dst, false
			}
		default:
			if c == sepEscape && i+1 < len(text) {
				i++
				c = text[i] - 64
			}
			if c == d.Element || c == d.Component || c == d.Segment || c == d.Repetition && c != 0 {
				return dst, false
			}
		}
		dst = append(dst, c)
	}
	return dst, true
}

// trim drops trailing empty elements, and trailing empty components and repetitions of each element, from a segment
// without terminator.
func trim(dst, seg []byte, d x12.Delimiters) []byte {
	k := bytes.IndexByte(seg, d.Element)
	if k < 0 { // the identifier, whatever it is
		return append(dst, seg...)
	}
	start := len(dst) + k
	dst = append(dst, seg[:k]...)
	for k >= 0 {
		seg = seg[k+1:]
		elem := seg
		if k = bytes.IndexByte(seg, d.Element); k >= 0 {
			elem = seg[:k]
		}
		dst = trimElement(append(dst, d.Element), elem, d)
	}
	for len(dst) > start && dst[len(dst)-1] == d.Element {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func trimElement(dst, elem []byte, d x12.Delimiters) []byte {
	start := len(dst)
	for d.Repetition != 0 {
		k := bytes.IndexByte(elem, d.Repetition)
		if k < 0 {
			break
		}
		dst = append(trimEnd(dst, elem[:k], d.Component), d.Repetition)
		elem = elem[k+1:]
	}
	dst = trimEnd(dst, elem, d.Component)
	for d.Repetition != 0 && len(dst) > start && dst[len(dst)-1] == d.Repetition {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// trimEnd appends text without the separators at its end.
func trimEnd(dst, text []byte, sep byte) []byte {
	for len(text) > 0 && text[len(text)-1] == sep {
		text = text[:len(text)-1]
	}
	return append(dst, text...)
}

// use names a use of a slot in a scope, 1 = first.
type use struct {
	slot guide.SlotID
	n    int
}

// uses maps each use of a slot to the index of its segment in the encoder.
func (e *Encoder) uses() map[use]int {
	m := make(map[use]int, len(e.marks))
	seen := map[guide.SlotID]int{}
	for i, k := range e.marks {
		seen[k.slot]++
		m[use{k.slot, seen[k.slot]}] = i
	}
	return m
}

// body returns segment i of the encoder without its terminator.
func (e *Encoder) body(i int) []byte { return e.buf[e.marks[i].start : e.end(i)-1] }

// omission is the entry of Omit for use n of a slot, segment i of the encoder.
func (e *Encoder) omission(slot guide.SlotID, n, i int) string {
	return e.table.Slots[slot].Name + " " + strconv.Itoa(n) + " " + string(normal(nil, e.body(i), e.d))
}

// omitted lists the segments of the encoder that are not to be written: those of Omit whose fields are as they were.
func (x *Extras) omitted(e *Encoder, made map[use]int) map[int]bool {
	out := map[int]bool{}
	for _, t := range x.Omit {
		f := strings.SplitN(t, " ", 3)
		if len(f) < 3 {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil {
			continue
		}
		if i, ok := made[use{e.table.Slot(f[0]), n}]; ok && f[2] == string(normal(nil, e.body(i), e.d)) {
			out[i] = true
		}
	}
	return out
}

// reference is the position of the version identifier in ST.
const reference = 3

// NoReference reports whether the set came without the version identifier in ST03 that its guide wants there. A Writer then
// leaves it out too.
func (x *Extras) NoReference() bool {
	if x == nil {
		return false
	}
	return slices.ContainsFunc(x.Values, func(v Value) bool { return v.Slot == "ST" && v.Element == reference && v.Text == "" })
}

// lacksReference reports whether segment i, an ST, is without the version identifier that a Writer fills in.
func lacksReference(t *Tape, i int) bool {
	e := t.Table.Elem(t.Segs[i].Slot, reference)
	if e == nil || e.Field != "-" {
		return false
	}
	var st x12.Segment
	t.Segment(i, &st)
	return len(st.Elem(reference)) == 0
}

// Diff compares the segments of a tape with what e has made of the struct decoded from it and returns what the
// struct does not hold, nil when there is nothing. ST and SE belong to the envelope: of them only a missing ST03 is
// noted. before says how many uses of each slot the struct held before the tape was decoded.
func Diff(t *Tape, e *Encoder, before map[guide.SlotID]int) *Extras {
	if x, ok := diffOrder(t, e, before); ok {
		return x
	}
	x := &Extras{}
	made := e.uses()
	seen := map[guide.SlotID]int{}
	taken := make([]bool, len(e.marks))
	for slot, n := range before {
		seen[slot] = n
		for ; n > 0; n-- {
			taken[made[use{slot, n}]] = true
		}
	}
	last, inOrder := -1, true
	var order []string
	var seg x12.Segment
	var buf []byte
	for i := range t.Segs {
		g := &t.Segs[i]
		slot := &t.Table.Slots[g.Slot]
		if g.Slot > 0 && (slot.ID == idST || slot.ID == idSE) {
			if slot.ID == idST && lacksReference(t, i) {
				x.Values = append(x.Values, Value{Slot: slot.Name, Use: 1, Element: reference, Was: t.Table.ID})
			}
			continue
		}
		if g.Flag&guide.Virtual != 0 { // the trigger the encoder writes for it is one to leave out
			seen[g.Slot]++
			continue
		}
		t.Segment(i, &seg)
		buf = trim(buf[:0], seg.Bytes(), t.Delims)
		if len(buf) == 0 { // separators and nothing else
			continue
		}
		at, ok := -1, false
		if g.Slot > 0 && g.Flag&guide.Over == 0 {
			seen[g.Slot]++
			at, ok = made[use{g.Slot, seen[g.Slot]}]
		}
		if !ok {
			x.Segments = append(x.Segments, string(normal(nil, buf, t.Delims)))
			order = append(order, "?")
			inOrder = false
			if g.Slot > 0 && g.Flag&guide.Over == 0 {
				seen[g.Slot]--
			}
			continue
		}
		x.compare(slot.Name, seen[g.Slot], buf, e.body(at), t.Delims, e.d, e.clashes(at))
		taken[at] = true
		order = append(order, slot.Name)
		if at < last {
			inOrder = false
		}
		last = at
	}
	clear(seen)
	for i, k := range e.marks {
		if seen[k.slot]++; !taken[i] {
			x.Omit = append(x.Omit, e.omission(k.slot, seen[k.slot], i))
		}
	}
	if !inOrder {
		x.Order = order
	}
	if x.Order == nil && x.Values == nil && x.Omit == nil {
		return nil
	}
	return x
}

// compare records the elements in which the segment that came differs from the one made. Where a simple element has
// separators in it, the field shows them as they stand in the data, and only the text recorded here can be written back.
func (x *Extras) compare(slot string, n int, came, made []byte, dc, dm x12.Delimiters, clash bool) {
	a := bytes.Split(came, []byte{dc.Element})
	b := bytes.Split(made, []byte{dm.Element})
	for i := 1; i < max(len(a), len(b)); i++ {
		var p, q []byte
		if i < len(a) {
			p = normal(nil, a[i], dc)
		}
		if i < len(b) {
			q = normal(nil, b[i], dm)
		}
		if !bytes.Equal(p, q) || clash && bytes.ContainsAny(p, "\x1e\x1f") {
			x.Values = append(x.Values, Value{Slot: slot, Use: n, Element: i, Text: string(p), Was: string(q)})
		}
	}
}

// apply writes the segments of e with the extras into e.out and returns how many there are.
func (x *Extras) apply(e *Encoder) (n int, err error) {
	made := e.uses()
	patch := map[int][]Value{}
	for _, v := range x.Values {
		if v.Element < 1 || v.Element > maxElement { // not made by Diff
			continue
		}
		if at, ok := made[use{e.table.Slot(v.Slot), v.Use}]; ok {
			patch[at] = append(patch[at], v)
		}
	}
	omit := x.omitted(e, made)
	e.out = e.out[:0]
	write := func(i int) error {
		n++
		values := e.standing(i, patch[i])
		if values == nil && e.clashes(i) {
			return e.clashIssue(i)
		}
		var ok bool
		if e.out, ok = e.patched(i, values); !ok {
			return e.clashIssue(i)
		}
		return nil
	}
	if x.Order == nil {
		order := x.arrange(e, made)
		for _, i := range order {
			if omit[i] {
				continue
			}
			if err := write(i); err != nil {
				return n, err
			}
		}
		return n, nil
	}
	claimed := make([]bool, len(e.marks))
	seen := map[guide.SlotID]int{}
	plan := make([]int, 0, len(x.Order)) // segment of e, or -1-k for Segments[k]
	raw := 0
	for _, name := range x.Order {
		if name == "?" {
			if raw < len(x.Segments) {
				plan = append(plan, -1-raw)
				raw++
			}
			continue
		}
		id := e.table.Slot(name)
		for {
			seen[id]++
			at, ok := made[use{id, seen[id]}]
			if !ok {
				break
			}
			claimed[at] = true
			if omit[at] { // stands for a loop that came without its first segment
				continue
			}
			plan = append(plan, at)
			break
		}
	}
	follow := func(i int) error { // what nothing in Order names: written behind its neighbour in the guide
		for i++; i < len(e.marks) && !claimed[i]; i++ {
			if omit[i] {
				continue
			}
			if err := write(i); err != nil {
				return err
			}
		}
		return nil
	}
	if err := follow(-1); err != nil {
		return n, err
	}
	for _, at := range plan {
		if at < 0 {
			var ok bool
			n++
			if e.out, ok = wire(e.out, x.Segments[-1-at], e.d); !ok {
				return n, e.clashIssue(-1)
			}
			e.out = append(e.out, e.d.Segment)
			continue
		}
		if err := write(at); err != nil {
			return n, err
		}
		if err := follow(at); err != nil {
			return n, err
		}
	}
	return n, nil
}

// standing returns the values whose field is as it was.
func (e *Encoder) standing(i int, values []Value) []Value {
	if values == nil {
		return nil
	}
	elems := bytes.Split(e.body(i), []byte{e.d.Element})
	var out []Value
	for _, v := range values {
		var is []byte
		if v.Element < len(elems) {
			is = normal(nil, elems[v.Element], e.d)
		}
		if isStill(is, v.Was) {
			out = append(out, v)
		}
	}
	return out
}

// isStill reports whether a field writes what it wrote. Separators that came in a simple value are data to the field, so
// that written with other delimiters they show as the bytes they were.
func isStill(is []byte, was string) bool {
	if len(is) != len(was) {
		return false
	}
	for i, c := range is {
		if c != was[i] && (was[i] != sepRepeat && was[i] != sepComponent || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z') {
			return false
		}
	}
	return true
}

// patched appends segment i with some elements replaced, and its terminator.
func (e *Encoder) patched(i int, values []Value) ([]byte, bool) {
	if len(values) == 0 {
		return append(e.out, e.buf[e.marks[i].start:e.end(i)]...), true
	}
	elems := bytes.Split(e.body(i), []byte{e.d.Element})
	out := e.out
	for _, v := range values {
		for len(elems) <= v.Element {
			elems = append(elems, nil)
		}
		text, ok := wire(nil, v.Text, e.d)
		if !ok {
			return out, false
		}
		elems[v.Element] = text
	}
	for len(elems) > 1 && len(elems[len(elems)-1]) == 0 {
		elems = elems[:len(elems)-1]
	}
	out = append(out, bytes.Join(elems, []byte{e.d.Element})...)
	return append(out, e.d.Segment), true
}

// Join adds what a later part of the same scope had.
func (x *Extras) Join(y *Extras) *Extras {
	if x == nil || y == nil {
		if y != nil {
			return y
		}
		return x
	}
	x.Order = append(x.Order, y.Order...)
	x.Runs = append(x.Runs, y.Runs...)
	x.Segments = append(x.Segments, y.Segments...)
	x.Values = append(x.Values, y.Values...)
	x.Omit = append(x.Omit, y.Omit...)
	return x
}

// Count returns how many uses of each slot encode writes; nil unless partial.
func (e *Encoder) Count(t *Tape, encode func(), partial bool) map[guide.SlotID]int {
	if !partial {
		return nil
	}
	e.Start(t.Table, t.Delims)
	encode()
	n := map[guide.SlotID]int{}
	for _, m := range e.marks {
		n[m.slot]++
	}
	return n
}

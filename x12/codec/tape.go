package codec

import (
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Env says where in the stream something stands. The values are never changed once handed out.
type Env struct {
	Interchange *x12.Interchange
	Group       *x12.Group // nil outside a group
	Set         *x12.Set
	Guide       string // id of the guide table the set is read with
}

// Seg is one segment on a tape. It is small, for a tape is written and read once for every segment of the stream.
type Seg struct {
	start uint32       // low 32 bits of its stream offset
	tok   uint32       // running number of its first token
	n     uint16       // number of tokens: elements + 1
	Slot  guide.SlotID // 0 = no place
	Flag  guide.Flag
	bits  uint8
}

// The bits of a Seg, see [x12.Segment].
const (
	segSub uint8 = 1 << iota
	segHigh
)

// makeSeg returns the entry for the segment a reader has read last.
func makeSeg(span x12.Span, s *x12.Segment, slot guide.SlotID, flag guide.Flag) Seg {
	g := Seg{start: span.Start, tok: span.Tok, n: uint16(span.N), Slot: slot, Flag: flag}
	if s.Sub {
		g.bits = segSub
	}
	if s.High {
		g.bits |= segHigh
	}
	return g
}

// Tape holds the segments of one scope as they came. It is valid until the next call of [Stream.Next],
// unless it is a copy made by [Tape.CopyTo].
type Tape struct {
	Env
	Table   *guide.Table
	Scope   guide.Scope
	Delims  x12.Delimiters
	Open    []guide.LoopAt // loops around the scope, and the scope's own loop, as path of its findings
	Segs    []Seg
	Odd     bool  // some segment is not simply in its place, or lacks
	Moved   bool  // the segments come in another order than the guide's, which may be all there is to say
	Partial bool  // a trailer of which a part was handed out before
	Units   int64 // ordinal of the unit in its set, 1 = first; of the units so far for other scopes

	guessed []int32 // those of Segs that did not come: loops opened without their first segment
	offset  int64   // stream offset of the segment read when the scope began
	ordinal int     // and its ordinal in the set
	text    []byte
	base    uint32
	toks    []uint32
	first   uint32
	replay  *replay // of Path, nil before the first call
}

func (t *Tape) reset() {
	t.Segs = t.Segs[:0]
	t.Open = t.Open[:0]
	t.guessed = t.guessed[:0]
	t.Odd, t.Moved = false, false
	t.replay.restart()
}

// Segment makes s a view of segment i. For a loop opened without its first segment that is one without bytes.
func (t *Tape) Segment(i int, s *x12.Segment) {
	g := &t.Segs[i]
	if g.n == 0 {
		*s = x12.Segment{ID: t.Table.Slots[g.Slot].ID, Offset: t.Offset(i), Ordinal: t.Ordinal(i), Delims: t.Delims}
		return
	}
	t.load(i, s)
	s.ID, s.Delims = t.Table.Slots[g.Slot].ID, t.Delims
	if g.Slot == 0 {
		s.ID = x12.ID(s.Name())
	}
}

// load makes s a view of segment i, which has bytes. It leaves the delimiters as they are, and the identifier unset.
func (t *Tape) load(i int, s *x12.Segment) {
	g := &t.Segs[i]
	s.Load(0, t.text, t.base, t.Offset(i), t.toks[g.tok-t.first:][:g.n], x12.Span{Start: g.start})
	s.Sub, s.High, s.Ordinal = g.bits&segSub != 0, g.bits&segHigh != 0, t.Ordinal(i)
}

// whole returns the bytes from the first segment to behind the last.
func (t *Tape) whole() []byte {
	lo, hi := t.bounds()
	if lo == hi {
		return nil
	}
	return t.text[lo-t.base : hi-t.base]
}

// Elem returns element n (1 = first) of segment i as it stands, nil when there is none. It is a view of the tape.
func (t *Tape) Elem(i, n int) []byte {
	g := &t.Segs[i]
	if n < 1 || n >= int(g.n) {
		return nil
	}
	ends := t.toks[g.tok-t.first+uint32(n)-1:]
	return t.text[ends[0]+1-t.base : ends[1]-t.base]
}

// Row is the elements of a segment, for callers that ask for several. It is a view of the tape.
type Row struct {
	text []byte
	base uint32
	ends []uint32
}

// Row returns the elements of segment i.
func (t *Tape) Row(i int) Row {
	g := &t.Segs[i]
	return Row{t.text, t.base, t.toks[g.tok-t.first:][:g.n]}
}

// Elem returns element n (1 = first) as [Tape.Elem] does.
func (r *Row) Elem(n int) []byte {
	if n < 1 || n >= len(r.ends) {
		return nil
	}
	return r.text[r.ends[n-1]+1-r.base : r.ends[n]-r.base]
}

// Len returns the number of elements, empty ones included.
func (r *Row) Len() int { return len(r.ends) - 1 }

// Len returns the number of elements of segment i, empty ones included.
func (t *Tape) Len(i int) int { return int(t.Segs[i].n) - 1 }

// Sub reports whether segment i may hold component or repetition separators.
func (t *Tape) Sub(i int) bool { return t.Segs[i].bits&segSub != 0 }

// Text returns the bytes of segment i without its terminator. It is a view of the tape.
func (t *Tape) Text(i int) []byte {
	g := &t.Segs[i]
	if g.n == 0 {
		return nil
	}
	return t.text[g.start-t.base : t.toks[g.tok-t.first+uint32(g.n)-1]-t.base]
}

// End returns the stream offset behind the last segment, its terminator not included.
func (t *Tape) End() int64 {
	_, hi := t.bounds()
	if hi == 0 {
		return t.offset
	}
	return t.offset + int64(hi-uint32(t.offset))
}

// Offset returns the stream offset of segment i.
func (t *Tape) Offset(i int) int64 { return t.offset + int64(t.Segs[i].start-uint32(t.offset)) }

// Ordinal returns the ordinal of segment i in its set, ST = 1.
func (t *Tape) Ordinal(i int) int {
	n := t.ordinal + i
	if len(t.guessed) > 0 {
		n -= t.guessedBefore(i)
	}
	return n
}

// guessedBefore returns how many of the segments before segment i did not come.
func (t *Tape) guessedBefore(i int) int {
	n, _ := slices.BinarySearch(t.guessed, int32(i))
	return n
}

// Bytes returns how many bytes the scope has, fillers and terminators included.
func (t *Tape) Bytes() int {
	first, last := t.bounds()
	return int(last - first)
}

// Tokens returns how many tokens the scope has, the identifiers of its segments included.
func (t *Tape) Tokens() (n int) {
	for i := range t.Segs {
		n += int(t.Segs[i].n)
	}
	return n
}

// bounds returns the low 32 bits of the offsets of the first byte of the scope and of the one behind its last segment.
func (t *Tape) bounds() (lo, hi uint32) {
	i, k := 0, len(t.Segs)-1
	for i <= k && t.Segs[i].Flag&guide.Virtual != 0 {
		i++
	}
	for k >= i && t.Segs[k].Flag&guide.Virtual != 0 {
		k--
	}
	if i > k {
		return 0, 0
	}
	g := &t.Segs[k]
	return t.Segs[i].start, t.toks[g.tok-t.first+uint32(g.n)-1]
}

// CopyTo makes dst an independent copy, reusing its memory. The text goes to the end of *text and the tokens to the end of
// *toks, which many tapes may share; they must not be grown elsewhere while the copies are used.
func (t *Tape) CopyTo(dst *Tape, text *[]byte, toks *[]uint32) {
	segs, open, guessed, replay := dst.Segs, dst.Open, dst.guessed, dst.replay
	*dst = *t
	dst.replay = replay
	replay.restart()
	dst.Segs = append(segs[:0], t.Segs...)
	dst.Open = append(open[:0], t.Open...)
	dst.guessed = append(guessed[:0], t.guessed...)
	lo, hi := t.bounds()
	dst.text, dst.toks = nil, nil
	if lo == hi { // nothing but loops opened virtually
		return
	}
	at := len(*text)
	*text = append(*text, t.whole()...)
	dst.text = (*text)[at:]
	dst.base = lo
	n := len(*toks)
	from, to := uint32(0), uint32(0)
	for i := range t.Segs {
		if g := &t.Segs[i]; g.Flag&guide.Virtual == 0 {
			if from == to {
				from = g.tok
			}
			to = g.tok + uint32(g.n)
		}
	}
	*toks = append(*toks, t.toks[from-t.first:to-t.first]...)
	dst.toks = (*toks)[n:]
	dst.first = from
}

// Path returns the loops open at segment i: "2000[1]/2100[17]/2110[2]". The scope is replayed for it, from where the last call
// came to if that was not further on.
func (t *Tape) Path(i int) string {
	if t.replay == nil {
		t.replay = &replay{}
	}
	return t.replay.path(t, i)
}

package x12

// Hold makes the reader keep the bytes and tokens of the segments read from the current one on, so that views of
// them stay valid together; [Reader.Drop] lets go of all before the current segment. The caller bounds what it holds.
func (r *Reader) Hold() {
	if !r.hold {
		r.hold = true
		r.Drop()
	}
}

// Drop forgets the held segments before the current one.
func (r *Reader) Drop() {
	r.keep = max(r.start, r.keep)
	if n := int(int32(r.tok - r.tokBase)); n > 8*blockSize || n > len(r.toks)/2 {
		r.ntoks = copy(r.toks, r.toks[n:r.ntoks])
		r.tokBase = r.tok
		r.seg.ends = r.toks[:r.tokNext-r.tok]
	}
}

// Release ends what [Reader.Hold] started.
func (r *Reader) Release() { r.hold = false }

// Span says where a held segment stands; see [Reader.Held].
type Span struct {
	Start uint32 // low 32 bits of its stream offset
	Tok   uint32 // running number of its first token
	N     uint32 // number of tokens: elements + 1
}

// Span returns the span of the segment last read.
func (r *Reader) Span() Span {
	return Span{Start: r.seg.lo, Tok: r.tok, N: r.tokNext - r.tok}
}

// Held returns the window from the first held segment to behind the last one read, the low 32 bits of the offset of
// its first byte, and the tokens that spans number, the first with its running number.
// All are valid until the next call of Read or Drop.
func (r *Reader) Held() (text []byte, base uint32, toks []uint32, first uint32) {
	return r.buf[r.keep:r.pos], uint32(r.base) + uint32(r.keep), r.toks[:r.ntoks], r.tokBase
}

package x12

import (
	"errors"
	"io"
	"math/bits"
)

// ErrStopped is what a reader returns after its [Sink] has returned false.
var ErrStopped = errors.New("x12: stopped by the sink")

// ErrNoInterchange is the cause of the Fatal issue for input that holds neither an ISA nor a bare set.
var ErrNoInterchange = errors.New("x12: no interchange found")

// ErrLimit is the cause of the Fatal issue for input that goes over one of the [Limits].
var ErrLimit = errors.New("x12: over a limit")

// errCount is what a source gets that breaks the contract of io.Reader.
var errCount = errors.New("x12: the source returned an invalid count")

// Reader splits a stream into segments and follows its envelopes.
//
// It takes the delimiters from every ISA anew, reads bare ST..SE sets without one, skips line ends and junk
// between segments, compares counts and control numbers, and reports what is wrong to its [Sink].
// A returned error other than io.EOF means the stream cannot go on: an I/O error as it came,
// or an [*Issue] of severity Fatal.
//
// The window buf is in four parts: [0,keep) may be dropped, [keep,pos) is held for the segments handed out since
// [Reader.Hold], [pos,scanned) is tokenized and waits to be handed out, [scanned,end) is not looked at yet.
// Spare bytes behind end let the scan load whole chunks.
//
// Tokens are the positions of element separators and terminators, as the low 32 bits of the stream offset, so that a
// sliding window does not change them. terms says which of them are terminators. Both are indexed by a running
// number; toks[0] has number tokBase.
type Reader struct {
	src    io.Reader
	sink   Sink
	limits Limits
	size   int

	buf     []byte
	base    int64 // stream offset of buf[0]
	keep    int
	pos     int
	scanned int
	end     int
	eof     bool  // src is at its end or has failed
	ioe     error // how src failed, if it did

	toks    []uint32
	ntoks   int    // toks in use
	tokBase uint32 // running number of toks[0]
	tok     uint32 // running number of the current segment's first token
	tokNext uint32 // running number behind its last
	terms   []term
	term    int // next of terms to hand out
	part    partial
	chunks  [blockSize / 64]chunk

	hold  bool
	start int // index in buf of the current segment

	delims  Delimiters
	es, st  uint64 // element separator and terminator in every byte of a word
	cs, rs  uint64 // component and repetition separator likewise
	bareISA bool   // the current interchange has no ISA
	breaks  bool   // CR and LF are no delimiters

	seg    Segment
	quiet  bool       // inside a set, nothing pending: Read may take the short way
	known  [256]SegID // identifiers found valid, hashed
	after  SegID      // SE or GE: set or group end with the next Read
	inter  *Interchange
	group  *Group
	set    *Set
	counts counts
	err    error // sticky
	junk   int64 // bytes skipped between segments, for conservation
	fillN  int
}

// term is a terminator found by the scan.
type term struct {
	tok       uint32 // its running token number
	sub, high bool   // of the segment it ends, see Segment
}

// partial is what the scan knows of the segment it has not seen the end of.
type partial struct{ sub, top uint64 }

// NewReader returns a Reader on r. It reads ahead; it does not close r.
func NewReader(r io.Reader, opts ...Option) *Reader {
	rd := &Reader{src: r, size: 64 << 10, limits: Limits{}.withDefaults()}
	for _, o := range opts {
		o(rd)
	}
	rd.buf = make([]byte, rd.size+slack)
	rd.toks = make([]uint32, 2*blockSize)
	rd.terms = make([]term, 0, blockSize+1)
	rd.known[0] = 1 // hashes to another slot: the zero SegID, which hashes to this one, must not pass for known
	return rd
}

// Interchange returns the interchange of the last segment read, nil before the first.
func (r *Reader) Interchange() *Interchange { return r.inter }

// Group returns the functional group of the last segment read, nil outside one.
func (r *Reader) Group() *Group { return r.group }

// Set returns the transaction set of the last segment read, nil outside one. SE still belongs to its set.
func (r *Reader) Set() *Set { return r.set }

// Limits returns the limits in force.
func (r *Reader) Limits() Limits { return r.limits }

// InputOffset returns the stream offset just behind the last segment and its terminator.
func (r *Reader) InputOffset() int64 { return r.base + int64(r.pos) }

// FillerBytes returns how many bytes so far belong to no segment: line ends, blanks, junk around interchanges.
func (r *Reader) FillerBytes() int64 { return r.junk }

// Stats returns the counts of the stream so far.
func (r *Reader) Stats() Stats {
	s := r.counts.total
	s.Bytes, s.Filler = r.InputOffset(), r.junk
	return s
}

// Read returns the next segment, envelope segments included. At the end of the stream it returns io.EOF.
func (r *Reader) Read() (*Segment, error) {
	if r.quiet && r.term < len(r.terms) { // the common case: inside a set, nothing pending
		r.fillN = 0
		c := r.buf[r.pos]
		if c <= ' ' && r.breaks { // a line break behind a terminator
			n := 0
			if c == '\r' {
				n = 1
			}
			if r.buf[r.pos+n] == '\n' {
				n++
			}
			r.pos += n
			r.junk += int64(n)
			r.fillN = n
			c = r.buf[r.pos]
		}
		if c <= ' ' || c == 'I' {
			return r.settle(r.next())
		}
		if s := r.take(); r.known[knownSlot(s.ID)] == s.ID {
			r.counts.total.Segments++
			r.counts.setSegments++
			s.Ordinal = r.counts.setSegments
			return s, nil
		}
		return r.settle(r.classify(&r.seg), nil)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.fillN = 0
	return r.settle(r.next())
}

// settle makes errors stick and passes over what is no segment.
func (r *Reader) settle(seg *Segment, err error) (*Segment, error) {
	for {
		if err == io.EOF && r.err == nil {
			r.finish()
		}
		if r.err != nil { // the sink said stop while this one was read
			err = r.err
		}
		if err != nil {
			r.err, r.quiet = err, false
			return nil, err
		}
		if seg != nil {
			return seg, nil
		}
		seg, err = r.next() // an empty segment, already reported
	}
}

// take makes the next tokenized segment the current one.
func (r *Reader) take() *Segment {
	t := &r.terms[r.term]
	r.term++
	first := r.tokNext
	next := t.tok + 1
	r.tok, r.tokNext = first, next
	pos := r.pos
	lo := uint32(r.base) + uint32(pos)
	s := &r.seg
	ends := r.toks[first-r.tokBase : next-r.tokBase]
	n := int(ends[len(ends)-1] - lo)
	data := r.buf[pos : pos+n]
	s.ends = ends
	s.lo = lo
	s.data = data
	s.Offset = r.base + int64(pos)
	s.Filler = r.fillN
	s.Sub, s.High = t.sub, t.high
	r.start = pos
	if !r.hold {
		r.keep = pos
	}
	r.pos = pos + n + 1
	nameLen := int(ends[0] - lo)
	switch {
	case nameLen == 3 && data[2] != 0:
		s.ID = SegID(data[0])<<24 | SegID(data[1])<<16 | SegID(data[2])<<8
	case nameLen == 2 && data[1] != 0:
		s.ID = SegID(data[0])<<24 | SegID(data[1])<<16
	default:
		s.ID = ID(data[:nameLen])
	}
	return s
}

// knownSlot hashes an identifier into Reader.known.
func knownSlot(id SegID) uint8 { return uint8(uint32(id) * 0x9E3779B1 >> 24) }

// classify follows the envelope and checks the identifier of the current segment; it returns nil for an empty segment.
func (r *Reader) classify(s *Segment) *Segment {
	if len(s.data) == 0 {
		r.junk++
		r.fillN++
		r.report(Warning, RuleEmptySegment, "empty segment: two terminators in a row", Codes{})
		return nil
	}
	r.counts.segment()
	s.Ordinal = r.counts.setSegments
	switch s.ID {
	case idST, idSE, idGS, idGE, idIEA, idISA:
		r.quiet = false
		r.envelope(s)
		r.quiet = r.set != nil && r.after == 0
	default:
		if r.set == nil {
			r.outside(s)
			s.Ordinal = 0
		} else if !validID(s.Name()) {
			r.report(Error, RuleSegmentID, "not a segment identifier: expected two or three upper-case letters or digits, a letter first", Codes{IK3: "1"})
		} else {
			r.known[knownSlot(s.ID)] = s.ID
		}
	}
	return s
}

// next reads one segment without looking at what is already wrong.
func (r *Reader) next() (*Segment, error) {
	r.quiet = false
	if r.after != 0 {
		if r.after == idSE {
			r.set = nil
		} else {
			r.group = nil
		}
		r.after = 0
	}
	r.place() // what follows may move the bytes of the segment before
	if r.inter == nil || r.counts.closed && r.set == nil && r.group == nil {
		if err := r.findInterchange(); err != nil {
			return nil, err
		}
	}
	if r.pos >= r.end || r.buf[r.pos] <= ' ' {
		if err := r.skipFiller(); err != nil {
			return nil, err
		}
	}
	if r.buf[r.pos] == 'I' {
		r.more(4)
		if r.startsISA() {
			if ok, err := r.readISA(); ok || err != nil {
				return &r.seg, err
			}
		}
	}
	last := false
	if r.term == len(r.terms) {
		if err := r.scan(); err != nil {
			return nil, err
		}
		if last = len(r.terms) == 0; last {
			if err := r.lastSegment(); err != nil {
				return nil, err
			}
		}
	}
	r.take()
	if last {
		r.pos = r.end
	}
	seg := r.classify(&r.seg)
	r.quiet = r.set != nil && r.after == 0 && r.err == nil
	return seg, nil
}

// place makes an empty segment at pos the current one, so that a finding has a place.
func (r *Reader) place() {
	r.seg = Segment{Offset: r.base + int64(r.pos), Delims: r.delims}
}

// validID reports whether name has the form of a segment identifier.
func validID(name []byte) bool {
	if len(name) < 2 || len(name) > 3 || name[0]-'A' >= 26 {
		return false
	}
	for _, c := range name[1:] {
		if c-'A' >= 26 && c-'0' >= 10 {
			return false
		}
	}
	return true
}

// blockSize is how many bytes are tokenized at a time. An ISA throws away what was tokenized behind it, so it is small.
const blockSize = 4 << 10

// slack is how many spare bytes stand behind the window's end.
const slack = 64

// scan tokenizes the next block of the window and reads more input when there is none.
// It returns when it has found a terminator or the input is at its end.
func (r *Reader) scan() error {
	r.terms, r.term = r.terms[:0], 0
	if !r.hold { // keep the tokens of the unfinished segment only
		n := int(r.tokNext - r.tokBase)
		r.ntoks = copy(r.toks, r.toks[n:r.ntoks])
		r.tokBase = r.tokNext
	}
	for {
		if r.scanned == r.end {
			if r.eof {
				return nil
			}
			if !r.hold {
				r.keep = r.pos
			}
			r.fill()
			continue
		}
		if len(r.toks)-r.ntoks < blockSize+128 {
			r.toks = append(r.toks, make([]uint32, len(r.toks))...)
		}
		stop := min(r.end, r.scanned+blockSize)
		r.block(stop)
		r.scanned = stop
		if err := r.withinLimits(); err != nil || len(r.terms) > 0 {
			return err
		}
	}
}

// withinLimits checks the segment at pos, as far as it is scanned. Where a limit is so low that a whole block may go
// over it, it also takes back the scan from the first later segment that does, which is then the next to be checked.
func (r *Reader) withinLimits() error {
	lo := uint32(r.base) + uint32(r.pos)
	toks := r.toks[r.tokNext-r.tokBase : r.ntoks]
	size, elements := r.scanned-r.pos, len(toks)
	if len(r.terms) > 0 {
		elements = int(r.terms[0].tok - r.tokNext)
		size = int(toks[elements] - lo)
	}
	switch limit := r.limits.Elements; { // the limit that is reached first, however the input was cut into blocks
	case elements > limit && int(toks[limit]-lo) <= r.limits.SegmentBytes:
		return r.overLimit("elements of a segment")
	case size > r.limits.SegmentBytes:
		return r.overLimit("segment bytes")
	}
	if min(r.limits.Elements, r.limits.SegmentBytes) >= blockSize {
		return nil
	}
	for i := 1; i < len(r.terms); i++ {
		before, last := r.terms[i-1].tok-r.tokNext, r.terms[i].tok-r.tokNext
		if int(last-before-1) > r.limits.Elements || int(toks[last]-toks[before]-1) > r.limits.SegmentBytes {
			r.terms = r.terms[:i]
			r.ntoks = int(r.tokNext-r.tokBase) + int(before) + 1
			r.scanned = r.pos + int(toks[before]-lo) + 1
			r.part = partial{}
			break
		}
	}
	return nil
}

// block records the tokens in buf[scanned:stop], 64 bytes a step.
func (r *Reader) block(stop int) {
	n := (stop - r.scanned + 63) / 64
	masks(&r.buf[r.scanned], n, r.es, r.st, r.cs, r.rs, &r.chunks[0])
	if rest := (stop - r.scanned) % 64; rest > 0 { // what stands behind stop is not input
		c, in := &r.chunks[n-1], uint64(1)<<rest-1
		*c = chunk{c.delim & in, c.term & in, c.sub & in, c.high & in}
	}
	var (
		k        = r.ntoks
		toks     = r.toks
		at       = uint32(r.base) + uint32(r.scanned)
		sub, top = r.part.sub, r.part.top
		nterms   = len(r.terms)
		terms    = r.terms[:cap(r.terms)]
		tokBase  = r.tokBase
	)
	for i := range r.chunks[:n] {
		c := &r.chunks[i]
		m, q, h := c.delim, c.sub, c.high
		for y := c.term; y != 0; y &= y - 1 {
			below := y&-y - 1
			terms[nterms] = term{
				tok:  tokBase + uint32(k+bits.OnesCount64(m&below)),
				sub:  sub|q&below != 0,
				high: top|h&below != 0,
			}
			nterms++
			sub, top = 0, 0
			q &^= below
			h &^= below
		}
		sub |= q
		top |= h
		// Two stores a step: the number of delimiters varies, and a mispredicted branch costs more than a store.
		e := toks[k : k+66]
		k += bits.OnesCount64(m)
		for j := 0; m != 0; j += 2 {
			e[j] = at + uint32(bits.TrailingZeros64(m))
			m &= m - 1
			e[j+1] = at + uint32(bits.TrailingZeros64(m))
			m &= m - 1
		}
		at += 64
	}
	r.ntoks, r.terms = k, terms[:nterms]
	r.part = partial{sub, top}
}

// overLimit makes the bytes so far the current segment, so that the fatal issue has a place, and returns the issue.
func (r *Reader) overLimit(name string) error {
	lo := uint32(r.base) + uint32(r.pos)
	end := r.scanned - r.pos
	if k := int(r.tokNext - r.tokBase); k < r.ntoks {
		end = int(r.toks[k] - lo)
	}
	end = min(end, 3)
	r.seg = Segment{Offset: r.base + int64(r.pos), Delims: r.delims, lo: lo, data: r.buf[r.pos : r.pos+end], ends: []uint32{lo + uint32(end)}}
	r.seg.ID = ID(r.seg.Name())
	r.counts.segment()
	return r.fatal(RuleLimit, "over the limit of "+name, ErrLimit)
}

// lastSegment deals with what stands behind the last terminator. Inside a set only a trailer is taken for whole: any
// other segment may have lost its end, and half a value is worse than none. It counts as filler, and finish reports
// the set.
func (r *Reader) lastSegment() error {
	if r.ioe != nil {
		return r.ioe
	}
	end := r.end
	for end > r.pos && r.buf[end-1] <= ' ' {
		end--
	}
	n := int(r.tokNext - r.tokBase)
	for r.ntoks > n && int(r.toks[r.ntoks-1]-uint32(r.base)) >= end {
		r.ntoks--
	}
	id := r.buf[r.pos:end]
	if r.ntoks > n {
		id = r.buf[r.pos:int(r.toks[n]-uint32(r.base))]
	}
	switch ID(id) {
	case idSE, idGE, idIEA:
	default:
		if end > r.pos && r.set == nil {
			break
		}
		r.junk += int64(r.end - r.pos)
		r.pos = r.end
		return io.EOF
	}
	r.toks[r.ntoks] = uint32(r.base) + uint32(end)
	r.terms = append(r.terms, term{tok: r.tokBase + uint32(r.ntoks), sub: r.part.sub != 0, high: r.part.top != 0})
	r.ntoks++
	r.place()
	r.report(Warning, RuleNoTerminator, "the last segment has no terminator", Codes{})
	r.junk += int64(r.end - end)
	return nil
}

// fill reads more input behind end, sliding or growing the window. A failure is kept until all before it is read.
func (r *Reader) fill() {
	if keep := r.keep; keep > 0 && (r.end == len(r.buf)-slack || keep > len(r.buf)/2) {
		copy(r.buf, r.buf[keep:r.end])
		r.base += int64(keep)
		r.start -= keep
		r.pos -= keep
		r.scanned = max(r.scanned-keep, 0) // filler may be skipped before it is scanned
		r.end -= keep
		r.keep = 0
	}
	if r.end == len(r.buf)-slack {
		grown := make([]byte, 2*(len(r.buf)-slack)+slack)
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end : len(r.buf)-slack])
		if n < 0 || n > len(r.buf)-slack-r.end {
			r.eof, r.ioe = true, errCount
			return
		}
		r.end += n
		if err != nil {
			r.eof = true
			if err != io.EOF {
				r.ioe = err
			}
			return
		}
		if n > 0 {
			return
		}
	}
	r.eof, r.ioe = true, io.ErrNoProgress
}

// more makes sure that at least n bytes stand behind pos, unless the input ends before. It returns how many do.
func (r *Reader) more(n int) int {
	for r.end-r.pos < n && !r.eof {
		if !r.hold {
			r.keep = r.pos
		}
		r.fill()
	}
	return r.end - r.pos
}

// ahead returns the n bytes from pos on, fewer at the end of the input only, so that what is decided by them does not
// depend on how the input arrives.
func (r *Reader) ahead(n int) []byte {
	n = min(r.more(n), n) // before pos is used: it may move
	return r.buf[r.pos : r.pos+n]
}

// atEnd is the error for input that ended where no segment was open.
func (r *Reader) atEnd() error {
	if r.ioe != nil {
		return r.ioe
	}
	return io.EOF
}

// skipFiller passes over line ends, blanks and control bytes in front of a segment.
func (r *Reader) skipFiller() error {
	for more := true; more; {
		for ; r.pos < r.end; r.pos++ {
			if c := r.buf[r.pos]; c > ' ' || c == byte(r.st) || c == byte(r.es) {
				break
			}
			r.junk++
			r.fillN++
		}
		if r.hold && r.fillN > r.limits.SegmentBytes { // what is held stands in front of it
			return r.fatal(RuleLimit, "over the limit of bytes between held segments", ErrLimit)
		}
		if more = r.pos == r.end; more && r.more(1) == 0 {
			return r.atEnd()
		}
	}
	r.scanned = max(r.scanned, r.pos)
	return nil
}

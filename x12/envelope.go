package x12

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Stats counts what a stream held.
type Stats struct {
	Bytes        int64 `json:"bytes"`
	Filler       int64 `json:"filler_bytes"` // bytes that belong to no segment
	Interchanges int64 `json:"interchanges"`
	Groups       int64 `json:"groups"`
	Sets         int64 `json:"sets"`
	Segments     int64 `json:"segments"` // envelope segments included
}

// counts is what the envelope trailers are compared with.
type counts struct {
	total       Stats
	closed      bool // IEA seen: what follows is outside
	groups      int  // in the interchange
	sets        int  // in the group
	setSegments int  // in the set, 0 outside
	setNames    seen // ST02 of the group
	groupNames  seen // GS06 of the interchange
}

func (c *counts) segment() {
	c.total.Segments++
	if c.setSegments > 0 {
		c.setSegments++
	}
}

// report hands a finding about the current segment to the sink.
func (r *Reader) report(sev Severity, rule, message string, codes Codes) *Issue {
	return r.reportAt(sev, rule, message, codes, 0)
}

func (r *Reader) reportAt(sev Severity, rule, message string, codes Codes, element int) *Issue {
	return r.emit(r.issue(sev, rule, message, codes, element))
}

// emit hands a finding to the sink, unless that has said stop.
func (r *Reader) emit(i *Issue) *Issue {
	if r.sink != nil && r.err == nil && !r.sink(i) {
		r.err = ErrStopped
	}
	return i
}

// issue makes a finding about the current segment.
func (r *Reader) issue(sev Severity, rule, message string, codes Codes, element int) *Issue {
	i := &Issue{Offset: r.seg.Offset, Rule: rule, Message: message, Codes: codes, Severity: sev, Element: element}
	if strings.HasPrefix(rule, "segment/") {
		i.Level = 1
	}
	if r.seg.data != nil {
		i.SegID = Clip(r.seg.Name())
		if element > 0 {
			i.At = r.seg.At(element)
			i.Value = Clip(r.seg.Elem(element))
		}
	}
	if r.inter != nil {
		i.Interchange = r.inter.Control()
	}
	if r.group != nil {
		i.Group = r.group.Control()
	}
	if r.set != nil {
		i.Set = r.set.Control
		i.Segment = r.counts.setSegments
	}
	return i
}

// fatal reports a finding that ends the stream and returns it as the error.
func (r *Reader) fatal(rule, message string, cause error) error {
	i := r.issue(Fatal, rule, message, Codes{}, 0)
	i.Err = cause
	return r.emit(i)
}

// lookahead is how many bytes are looked at to find out what starts an interchange.
const lookahead = 512

// findInterchange skips to the next ISA, or settles on a bare set or on stray segments behind an IEA.
func (r *Reader) findInterchange() error {
	var junk, control, blank int64
	first := r.inter == nil
	retoken := false // skipped bytes that were tokenized as delimiters
	at := int64(-1)  // offset of the first byte of junk
	defer func() {
		r.junk += junk + control + blank
		r.fillN += int(junk + control + blank)
	}()
	note := func() {
		r.place()
		if at >= 0 {
			r.seg.Offset = at
		}
		if junk > 0 {
			r.report(Warning, RuleJunk, fmt.Sprintf("%d bytes that belong to no interchange", junk), Codes{})
		} else if control > 0 {
			r.report(Info, RuleJunk, fmt.Sprintf("%d control bytes or a byte order mark outside interchanges", control), Codes{})
		}
		r.place()
	}
	for {
		if r.more(1) == 0 {
			note()
			if first && r.ioe == nil {
				return r.fatal(RuleNoInterchange, "no ISA and no ST at the start of the input", ErrNoInterchange)
			}
			return r.atEnd()
		}
		b, want := r.aheadISA()
		skip, count := 0, &control
		switch c := b[0]; {
		case c == ' ' || c == '\r' || c == '\n' || c == '\t':
			skip, count = 1, &blank
		case c < ' ' || c == 0x7F:
			skip = 1
		case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
			skip = 3
		}
		if skip == 0 {
			if _, ok := isaLayout(b); ok {
				note()
				return nil
			}
			if junk == 0 && first && (b[0] == 'S' || b[0] == 'G') { // more context to tell ':' from '>'
				if d, ok := bareDelimiters(r.ahead(8 * lookahead)); ok {
					note()
					r.bare(d)
					return nil
				}
			}
			if junk == 0 && !first && r.strayStart(b) {
				note()
				if retoken {
					r.forget()
				}
				return nil
			}
			if r.ioe != nil && len(b) < want { // what is cut off here need not be junk
				return r.ioe
			}
			skip, count = 1, &junk
		}
		if at < 0 && count != &blank {
			at = r.base + int64(r.pos)
		}
		retoken = retoken || b[0] == byte(r.es) || b[0] == byte(r.st)
		r.pos += skip
		*count += int64(skip)
		if r.hold && control+blank > int64(r.limits.SegmentBytes) {
			return r.fatal(RuleLimit, "over the limit of bytes between held segments", ErrLimit)
		}
		if junk > int64(r.limits.JunkBytes) {
			r.place()
			r.seg.Offset = at
			if first {
				return r.fatal(RuleNoInterchange, fmt.Sprintf("no ISA within the first %d bytes", r.limits.JunkBytes), ErrNoInterchange)
			}
			return r.fatal(RuleLimit, "over the limit of junk bytes between interchanges", ErrLimit)
		}
	}
}

// forget drops what is tokenized behind pos.
func (r *Reader) forget() {
	r.ntoks = int(r.tokNext - r.tokBase)
	r.terms, r.term, r.part = r.terms[:0], 0, partial{}
	r.scanned = r.pos
}

// aheadISA returns as much of what stands at pos as it takes to tell an ISA from anything else, and how much that is:
// no more than the width of an ISA where that is enough, so that a live stream is not waited upon for what is behind.
func (r *Reader) aheadISA() (b []byte, want int) {
	b = r.ahead(isaLen)
	if len(b) > 0 && b[0] != 'I' {
		return b, isaLen
	}
	if l, ok := isaLayout(b); ok && l.fixed {
		return b, isaLen
	}
	return r.ahead(lookahead), lookahead
}

// strayStart reports whether b starts with a segment in the delimiters of the interchange just closed.
func (r *Reader) strayStart(b []byte) bool {
	k := bytes.IndexByte(b[:min(4, len(b))], r.delims.Element)
	return k > 0 && validID(b[:k])
}

// startsISA reports whether an interchange starts at pos.
func (r *Reader) startsISA() bool {
	return r.end-r.pos >= 4 && r.buf[r.pos] == 'I' && r.buf[r.pos+1] == 'S' && r.buf[r.pos+2] == 'A' && canDelimit(r.buf[r.pos+3])
}

// isaEnds are the offsets of the 16 element separators in an ISA of fixed width.
var isaEnds = [16]int{3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103}

// isaLen is the width of an ISA with its terminator.
const isaLen = 106

// isaWidths are the widths of ISA01 to ISA16.
var isaWidths = [16]int{2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1}

// isa is where the parts of an ISA stand.
type isa struct {
	seps  [16]int // the 16 element separators
	len   int     // without the terminator
	fixed bool
}

// isaLayout finds the parts of an ISA at the start of b; ok is false when what stands there is none.
func isaLayout(b []byte) (l isa, ok bool) {
	if len(b) < 20 || b[0] != 'I' || b[1] != 'S' || b[2] != 'A' || !canDelimit(b[3]) {
		return l, false
	}
	sep := b[3]
	if len(b) >= 106 {
		l.fixed = true
		for _, k := range isaEnds {
			l.fixed = l.fixed && b[k] == sep
		}
		if l.fixed {
			l.seps, l.len = isaEnds, 105
			return l, true
		}
	}
	n := 0
	for k := 3; k < min(len(b)-2, 400); k++ {
		if b[k] != sep {
			continue
		}
		l.seps[n] = k
		if n++; n == 16 {
			l.len = k + 2
			// Data can start with ISA; only a header has a version of five digits in ISA12.
			v := bytes.TrimSpace(b[l.seps[11]+1 : l.seps[12]])
			return l, len(v) == 5 && len(bytes.Trim(v, "0123456789")) == 0
		}
	}
	return l, false
}

// readISA reads the interchange header at pos; ok is false when it is none after all.
func (r *Reader) readISA() (ok bool, err error) {
	b, _ := r.aheadISA()
	l, ok := isaLayout(b)
	if !ok {
		return false, nil
	}
	r.forget() // the delimiters change
	if len(r.toks)-r.ntoks < 32 {
		r.toks = append(r.toks, make([]uint32, len(r.toks))...)
	}
	lo := uint32(r.base) + uint32(r.pos)
	for i, k := range l.seps {
		r.toks[r.ntoks+i] = lo + uint32(k)
	}
	r.toks[r.ntoks+16] = lo + uint32(l.len)
	ends := r.toks[r.ntoks : r.ntoks+17]
	r.ntoks += 17
	r.tok, r.tokNext = r.tokNext, r.tokNext+17
	r.start = r.pos
	r.pos += l.len + 1
	r.scanned = r.pos
	if !r.hold {
		r.keep = r.start
	}
	d := Delimiters{Element: b[3], Component: b[l.len-1], Segment: b[l.len]}

	r.seg = Segment{ID: idISA, Offset: r.base + int64(r.start), Filler: r.fillN, Delims: d,
		data: b[:l.len], lo: lo, ends: ends}
	r.closeSet("ISA")
	r.closeGroup("ISA")
	if r.inter != nil && !r.counts.closed && r.inter.Seq > 0 {
		r.report(Error, RuleMissingIEA, "a new ISA before the IEA", Codes{TA1: "024"})
	}
	in := &Interchange{Seq: int(r.counts.total.Interchanges) + 1, Offset: r.seg.Offset, Unpadded: !l.fixed}
	for i := range in.ISA {
		in.ISA[i] = strings.TrimRight(string(r.seg.Elem(i+1)), " ")
	}
	r.inter, r.bareISA = in, false
	r.counts.total.Interchanges++
	r.counts.total.Segments++
	r.counts = counts{total: r.counts.total, setNames: r.counts.setNames, groupNames: r.counts.groupNames}
	r.counts.setNames.reset()
	r.counts.groupNames.reset()
	rep := r.seg.Elem(11)
	if len(rep) == 1 && in.ISA[11] >= "00402" {
		d.Repetition = rep[0]
		if !canDelimit(d.Repetition) || d.Repetition == d.Element || d.Repetition == d.Component || d.Repetition == d.Segment {
			d.Repetition = 0
			r.reportAt(Info, RuleRepetition, "ISA11 cannot serve as repetition separator: elements are not split into repetitions", Codes{}, 11)
		}
	}
	in.Delims = d
	if !d.valid() {
		i := r.report(Fatal, RuleDelimiters, "the separators of the ISA clash or cannot be separators", Codes{TA1: delimiterNote(d)})
		return false, i
	}
	r.setDelims(d)
	r.seg.Delims = d
	if !l.fixed {
		note, element := "024", firstOfWidth(&l)
		if element > 0 {
			note = isaNotes[element-1]
		}
		r.reportAt(Warning, RuleISAWidth, "the ISA is not of fixed width: expected 106 characters with the terminator", Codes{TA1: note}, element)
	}
	r.checkISA(in)
	return true, nil
}

// delimiterNote is the TA105 note for unusable separators.
func delimiterNote(d Delimiters) string {
	switch {
	case !canDelimit(d.Element):
		return "026"
	case !canDelimit(d.Component):
		return "027"
	case !canDelimit(d.Segment):
		return "004"
	}
	return "022"
}

func (r *Reader) setDelims(d Delimiters) {
	r.delims = d
	r.breaks = d.Segment != '\n' && d.Segment != '\r' && d.Element != '\n' && d.Element != '\r'
	r.es, r.st, r.cs = uint64(d.Element)*lows, uint64(d.Segment)*lows, uint64(d.Component)*lows
	r.rs = r.cs
	if d.Repetition != 0 {
		r.rs = uint64(d.Repetition) * lows
	}
}

// bareDelimiters takes the delimiters from an ST (or GS) at the start of b.
func bareDelimiters(b []byte) (Delimiters, bool) {
	if len(b) < 8 || string(b[:2]) != "ST" && string(b[:2]) != "GS" || !canDelimit(b[2]) || b[2] == '\r' || b[2] == '\n' {
		return Delimiters{}, false
	}
	d := Delimiters{Element: b[2], Component: ':', Repetition: '^'}
	rest := b[3:]
	if b[0] == 'G' { // the terminator can only stand behind GS08, and GS02 and GS03 may hold anything
		for range 7 {
			k := bytes.IndexByte(rest, d.Element)
			if k < 0 {
				return d, false
			}
			rest = rest[k+1:]
		}
		if string(rest[:min(5, len(rest))]) < "00402" {
			d.Repetition = 0
		}
	} else if bytes.IndexByte(rest, d.Element) != 3 {
		return d, false
	}
	for _, c := range rest { // a LF behind a CR is filler
		if !isAlnum(c) && c != d.Element && c != ' ' && c != '.' && c != '-' && c != '_' {
			d.Segment = c
			break
		}
	}
	if bytes.IndexByte(b, ':') < 0 && bytes.IndexByte(b, '>') >= 0 && d.Segment != '>' && d.Element != '>' {
		d.Component = '>'
	}
	for _, c := range []byte{d.Repetition, '\\', '!'} {
		if d.Repetition = c; c != d.Element && c != d.Segment && c != d.Component {
			break
		}
	}
	for _, c := range []byte{d.Component, ':', '>', '<'} {
		if d.Component = c; c != d.Element && c != d.Segment && c != d.Repetition {
			break
		}
	}
	return d, d.valid()
}

// bare starts reading without an ISA.
func (r *Reader) bare(d Delimiters) {
	r.setDelims(d)
	r.inter = &Interchange{Delims: d, Offset: r.base + int64(r.pos)}
	r.bareISA = true
	r.counts.closed = false
	r.forget()
	r.place()
	r.report(Warning, RuleBareSet, "no ISA: the delimiters are taken from the first segment", Codes{})
}

// closeSet reports a set that ends without SE; by names what came instead.
func (r *Reader) closeSet(by string) {
	if r.set != nil {
		r.report(Error, RuleMissingSE, by+" before the SE of the set", Codes{IK5: "2"})
		r.set = nil
	}
	r.counts.setSegments = 0
}

// closeGroup reports a group that ends without GE.
func (r *Reader) closeGroup(by string) {
	if r.group != nil {
		r.report(Error, RuleMissingGE, by+" before the GE of the group", Codes{AK9: "3"})
		r.group = nil
	}
}

// envelope follows ST, SE, GS, GE, IEA (and an ISA that does not look like one).
func (r *Reader) envelope(s *Segment) {
	switch s.ID {
	case idST:
		r.counts.setSegments = 0
		r.closeSet("ST")
		r.counts.setSegments, s.Ordinal = 1, 1
		r.counts.total.Sets++
		r.counts.sets++
		set := &Set{Seq: int(r.counts.total.Sets), ID: string(s.Elem(1)), Control: string(s.Elem(2)), Version: string(s.Elem(3)), Offset: s.Offset}
		if r.group == nil && !r.bareISA {
			r.report(Error, RuleMissingGS, "ST outside a group", Codes{TA1: "024"})
		}
		r.set = set
		if set.Control != "" && r.counts.setNames.add(set.Control) {
			r.reportAt(Error, RuleDuplicateControl, "ST02 is that of a set before: expected another control number", Codes{IK5: "23"}, 2)
		}
		r.checkST(set)
	case idSE:
		if r.set == nil {
			r.report(Error, RuleStrayTrailer, "SE without a set", Codes{TA1: "024"})
			return
		}
		r.compare(RuleSECount, "SE01", 1, r.counts.setSegments, "segments from ST to SE", Codes{IK5: "4"})
		if !sameControl(s.Elem(2), r.set.Control) {
			r.reportAt(Error, RuleSEControl, "SE02 differs from ST02", Codes{IK5: "3"}, 2)
		}
		r.counts.setSegments = 0
		r.after = idSE
	case idGS:
		r.closeSet("GS")
		r.closeGroup("GS")
		r.counts.groups++
		r.counts.total.Groups++
		g := &Group{Seq: r.counts.groups, Offset: s.Offset}
		for i := range g.GS {
			g.GS[i] = string(s.Elem(i + 1))
		}
		r.group = g
		if r.counts.closed {
			r.report(Error, RuleMissingISA, "GS behind the IEA: expected an ISA before it", Codes{})
		}
		r.counts.sets = 0
		r.counts.setNames.reset()
		if g.Control() != "" && r.counts.groupNames.add(g.Control()) {
			r.reportAt(Error, RuleDuplicateControl, "GS06 is that of a group before: expected another control number", Codes{AK9: "19"}, 6)
		}
		r.checkGS(g)
	case idGE:
		r.closeSet("GE")
		if r.group == nil {
			r.report(Error, RuleStrayTrailer, "GE without a group", Codes{TA1: "024"})
			return
		}
		r.compare(RuleGECount, "GE01", 1, r.counts.sets, "sets in the group", Codes{AK9: "5"})
		if !sameControl(s.Elem(2), r.group.Control()) {
			r.reportAt(Error, RuleGEControl, "GE02 differs from GS06", Codes{AK9: "4"}, 2)
		}
		r.after = idGE
	case idIEA:
		r.closeSet("IEA")
		r.closeGroup("IEA")
		if r.inter.Seq == 0 || r.counts.closed {
			r.report(Error, RuleStrayTrailer, "IEA without an interchange", Codes{})
			return
		}
		r.compare(RuleIEACount, "IEA01", 1, r.counts.groups, "groups in the interchange", Codes{TA1: "021"})
		if !sameControl(s.Elem(2), r.inter.Control()) {
			r.reportAt(Error, RuleIEAControl, "IEA02 differs from ISA13", Codes{TA1: "001"}, 2)
		}
		r.counts.closed = true
	case idISA:
		r.report(Error, RuleISAWidth, "an ISA that cannot be read as an interchange header: expected 16 elements", Codes{TA1: "024"})
	}
}

// compare checks a count of a trailer as an integer, leading zeros aside.
func (r *Reader) compare(rule, elem string, element, counted int, what string, codes Codes) {
	if n, err := strconv.ParseUint(string(bytes.TrimSpace(r.seg.Elem(element))), 10, 63); err != nil || n != uint64(counted) {
		r.reportAt(Error, rule, fmt.Sprintf("%s differs from the number of %s: expected %d", elem, what, counted), codes, element)
	}
}

// sameControl compares control numbers; leading zeros do not count.
func sameControl(a []byte, b string) bool {
	a = bytes.TrimSpace(a)
	b = strings.TrimSpace(b)
	if string(a) == b {
		return true
	}
	x, y := bytes.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if string(x) != y {
		return false
	}
	for _, c := range x {
		if c-'0' >= 10 {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

// outside reports a segment that stands outside a set. TA1 belongs there.
func (r *Reader) outside(s *Segment) {
	if s.ID == idTA1 && r.group == nil && !r.counts.closed {
		return
	}
	r.report(Error, RuleOutsideSet, "a segment outside a transaction set", Codes{TA1: "024"})
}

// finish reports what is still open at the end of the input, the innermost envelope only.
// The place is just behind the last whole segment.
func (r *Reader) finish() {
	switch {
	case r.set != nil && r.counts.setSegments > 0:
		r.report(Error, RuleTruncated, "the input ends inside a transaction set", Codes{TA1: "023", AK9: "3", IK5: "2"})
	case r.group != nil:
		r.report(Error, RuleMissingGE, "the input ends before the GE of the group", Codes{TA1: "023", AK9: "3"})
	case r.inter != nil && r.inter.Seq > 0 && !r.counts.closed:
		r.report(Error, RuleMissingIEA, "the input ends before the IEA", Codes{TA1: "023"})
	}
}

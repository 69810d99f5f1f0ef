package edit

import (
	"github.com/x12-go/edi/x12"
)

// The identifiers that matter, packed as in [x12.SegID].
const (
	idAAA = x12.SegID('A'<<24 | 'A'<<16 | 'A'<<8)
	idBPR = x12.SegID('B'<<24 | 'P'<<16 | 'R'<<8)
	idCLM = x12.SegID('C'<<24 | 'L'<<16 | 'M'<<8)
	idCLP = x12.SegID('C'<<24 | 'L'<<16 | 'P'<<8)
	idEB  = x12.SegID('E'<<24 | 'B'<<16)
	idEQ  = x12.SegID('E'<<24 | 'Q'<<16)
	idGE  = x12.SegID('G'<<24 | 'E'<<16)
	idGS  = x12.SegID('G'<<24 | 'S'<<16)
	idHL  = x12.SegID('H'<<24 | 'L'<<16)
	idIEA = x12.SegID('I'<<24 | 'E'<<16 | 'A'<<8)
	idINS = x12.SegID('I'<<24 | 'N'<<16 | 'S'<<8)
	idISA = x12.SegID('I'<<24 | 'S'<<16 | 'A'<<8)
	idLX  = x12.SegID('L'<<24 | 'X'<<16)
	idN1  = x12.SegID('N'<<24 | '1'<<16)
	idNM1 = x12.SegID('N'<<24 | 'M'<<16 | '1'<<8)
	idPLB = x12.SegID('P'<<24 | 'L'<<16 | 'B'<<8)
	idQTY = x12.SegID('Q'<<24 | 'T'<<16 | 'Y'<<8)
	idREF = x12.SegID('R'<<24 | 'E'<<16 | 'F'<<8)
	idSE  = x12.SegID('S'<<24 | 'E'<<16)
	idST  = x12.SegID('S'<<24 | 'T'<<16)
	idTRN = x12.SegID('T'<<24 | 'R'<<16 | 'N'<<8)
	idTS2 = x12.SegID('T'<<24 | 'S'<<16 | '2'<<8)
	idTS3 = x12.SegID('T'<<24 | 'S'<<16 | '3'<<8)
)

// header is an ISA, GS or ST whose control number can be replaced.
type header struct {
	text    []byte
	at      int    // of the control number in text
	control []byte // as it stands in text
	missing bool   // the segment ends before it
}

func newHeader(s *x12.Segment, element int) *header {
	h := &header{text: append([]byte(nil), s.Bytes()...), at: s.At(element), missing: s.Len() < element}
	h.control = h.text[h.at : h.at+len(s.Elem(element))]
	return h
}

// next returns the control number for the next copy.
func (h *header) next(c *control, width int) string {
	if h.missing {
		return ""
	}
	return c.next(h.control, width)
}

// interchange is an ISA of the input, or what stands in for one where sets are bare.
type interchange struct {
	src     *x12.Interchange
	isa     *header // nil for bare sets
	key     string  // what two must share for one in a part
	delims  x12.Delimiters
	written bool // in some part
	bad     bool // for Sift: its header is
	told    bool // that there are segments outside its sets
}

func newInterchange(src *x12.Interchange, s *x12.Segment) *interchange {
	in := &interchange{src: src, delims: src.Delims}
	if s != nil {
		in.isa = newHeader(s, 13)
		in.key = keyWithout(s, 9, 10, 13)
	}
	return in
}

// agrees reports whether sets of b can go on in the interchange a of a part: all of the ISA is the same but date, time
// and control number. With exact they must be one and the same.
func (a *interchange) agrees(b *interchange, exact bool) bool {
	if a == nil || exact {
		return a == b
	}
	return a == b || a.key == b.key && a.delims == b.delims && (a.isa == nil) == (b.isa == nil)
}

// group is a GS of the input.
type group struct {
	src     *x12.Group
	gs      *header
	key     string
	written bool
}

func newGroup(src *x12.Group, s *x12.Segment) *group {
	return &group{src: src, gs: newHeader(s, 6), key: keyWithout(s, 4, 5, 6)}
}

// agrees is for groups what it is for interchanges; nil stands for no group.
func (a *group) agrees(b *group, exact bool) bool {
	if a == nil || b == nil || exact {
		return a == b
	}
	return a == b || a.key == b.key
}

// keyWithout returns the segment without three of its elements.
func keyWithout(s *x12.Segment, a, b, c int) string {
	var text []byte
	for i := 1; i <= s.Len(); i++ {
		if i != a && i != b && i != c {
			text = append(append(text, s.Elem(i)...), s.Delims.Element)
		}
	}
	return string(text)
}

// source is a set of the input.
type source struct {
	Source
	kind   setKind
	serial int64
	st     *header
}

// setKind tells the sets that can be split from those that cannot.
type setKind uint8

const (
	setOther setKind = iota
	set837
	set835
	set834 // of Sift, as those below
	set270
	set271
)

func kindOf(id []byte) setKind {
	switch string(id) {
	case "837":
		return set837
	case "835":
		return set835
	}
	return setOther
}

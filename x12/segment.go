package x12

import "bytes"

// SegID is a segment identifier packed into an integer, first letter in the high byte: 'C'<<24 | 'L'<<16 | 'P'<<8.
// Identifiers have one to four letters; the zero SegID stands for anything else.
type SegID uint32

// ID packs a segment identifier; it returns 0 for an empty one, one of more than four bytes or with a NUL.
func ID[T ~string | ~[]byte](s T) SegID {
	if len(s) == 0 || len(s) > 4 {
		return 0
	}
	var id SegID
	for i := range 4 {
		id <<= 8
		if i < len(s) {
			if s[i] == 0 {
				return 0
			}
			id |= SegID(s[i])
		}
	}
	return id
}

// String returns the identifier as text.
func (id SegID) String() string {
	b := [4]byte{byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}
	return string(bytes.TrimRight(b[:], "\x00"))
}

// The identifiers of the envelope.
const (
	idISA SegID = 'I'<<24 | 'S'<<16 | 'A'<<8
	idGS  SegID = 'G'<<24 | 'S'<<16
	idST  SegID = 'S'<<24 | 'T'<<16
	idSE  SegID = 'S'<<24 | 'E'<<16
	idGE  SegID = 'G'<<24 | 'E'<<16
	idIEA SegID = 'I'<<24 | 'E'<<16 | 'A'<<8
	idTA1 SegID = 'T'<<24 | 'A'<<16 | '1'<<8
)

// Delimiters are the four service characters of one interchange. Repetition is 0 where there is none:
// before version 00402 and where ISA11 cannot serve as one.
type Delimiters struct {
	Element, Repetition, Component, Segment byte
}

// DefaultDelimiters are the ones most trading partners use: * ^ : ~
var DefaultDelimiters = Delimiters{Element: '*', Repetition: '^', Component: ':', Segment: '~'}

// Text returns the delimiters in the order element, repetition, component, segment terminator;
// a missing repetition separator is left out.
func (d Delimiters) Text() string {
	if d.Repetition == 0 {
		return string([]byte{d.Element, d.Component, d.Segment})
	}
	return string([]byte{d.Element, d.Repetition, d.Component, d.Segment})
}

// ParseDelimiters reads the form of [Delimiters.Text]. It fails when they are not three or four different bytes
// or cannot serve as delimiters (letters, digits, blank, NUL).
func ParseDelimiters(text string) (Delimiters, bool) {
	var d Delimiters
	switch len(text) {
	case 3:
		d = Delimiters{Element: text[0], Component: text[1], Segment: text[2]}
	case 4:
		d = Delimiters{Element: text[0], Repetition: text[1], Component: text[2], Segment: text[3]}
	default:
		return d, false
	}
	return d, d.valid()
}

// valid reports whether the delimiters are distinct and usable.
func (d Delimiters) valid() bool {
	all := []byte{d.Element, d.Component, d.Segment}
	if d.Repetition != 0 {
		all = append(all, d.Repetition)
	}
	for i, c := range all {
		if !canDelimit(c) || bytes.IndexByte(all[:i], c) >= 0 {
			return false
		}
	}
	return true
}

// canDelimit reports whether c can be told from data: not a letter, digit, blank or NUL, and one byte in every charset.
func canDelimit(c byte) bool {
	return c != 0 && c != ' ' && c < 0x80 && !isAlnum(c)
}

func isAlnum(c byte) bool {
	return c-'0' < 10 || c|0x20-'a' < 26
}

// Segment is a view of one segment in the reader's window: valid until the next call of [Reader.Read],
// unless the reader holds (see [Reader.Hold]).
type Segment struct {
	ID      SegID      // packed identifier, 0 if it is none
	Offset  int64      // of the first byte in the stream
	Ordinal int        // in the transaction set, ST = 1; 0 outside a set
	Filler  int        // bytes that belong to no segment between the one before and this one
	Delims  Delimiters // of its interchange
	Sub     bool       // false: no component or repetition separator in it; true: perhaps
	High    bool       // false: all bytes are ASCII; true: perhaps not

	data []byte   // the bytes without the terminator
	lo   uint32   // low 32 bits of Offset
	ends []uint32 // ends[0] = end of the identifier, ends[i] = end of element i; as low 32 bits of the stream offset
}

// Load makes s a view of a held segment: text and base as from [Reader.Held], ends the tokens of its [Span].
func (s *Segment) Load(id SegID, text []byte, base uint32, offset int64, ends []uint32, span Span) {
	s.ID, s.lo, s.ends, s.Offset = id, span.Start, ends, offset
	s.data = text[span.Start-base : ends[len(ends)-1]-base]
}

// Len returns the number of elements, empty ones included.
func (s *Segment) Len() int { return max(len(s.ends)-1, 0) }

// Ends returns where the identifier and then each element ends, as low 32 bits of the stream offset. It is a view like the segment.
func (s *Segment) Ends() []uint32 { return s.ends }

// Bytes returns the segment without its terminator.
func (s *Segment) Bytes() []byte { return s.data }

// Name returns the identifier as it stands in the data.
func (s *Segment) Name() []byte {
	if len(s.ends) == 0 {
		return nil
	}
	return s.data[:s.ends[0]-s.lo]
}

// Elem returns element i, 1 = first, with its components and repetitions; nil when the segment ends before it.
func (s *Segment) Elem(i int) []byte {
	if i < 1 || i >= len(s.ends) {
		return nil
	}
	return s.data[s.ends[i-1]+1-s.lo : s.ends[i]-s.lo]
}

// Comp returns component c (1 = first) of the first repetition of element i.
func (s *Segment) Comp(i, c int) []byte {
	e := s.Elem(i)
	if s.Delims.Repetition != 0 {
		if k := bytes.IndexByte(e, s.Delims.Repetition); k >= 0 {
			e = e[:k]
		}
	}
	return Part(e, s.Delims.Component, c)
}

// At returns the offset of element i inside the segment, for [Issue.At].
func (s *Segment) At(i int) int {
	if i < 1 || i >= len(s.ends) {
		return len(s.data)
	}
	return int(s.ends[i-1]-s.lo) + 1
}

// Part returns the n-th part (1 = first) of b split at sep; nil when there are fewer.
func Part(b []byte, sep byte, n int) []byte {
	from := 0
	for i, c := range b { // parts are a few bytes long: looking at each beats a search
		if c != sep {
			continue
		}
		if n--; n <= 0 {
			return b[from:i]
		}
		from = i + 1
	}
	if n > 1 {
		return nil
	}
	return b[from:]
}

// Interchange identifies one ISA..IEA. A value is never changed once it is handed out.
type Interchange struct {
	Seq      int        `json:"seq"` // 1 = first of the stream; 0 for sets without an ISA
	ISA      [16]string `json:"isa"` // ISA01 to ISA16, without the padding blanks
	Delims   Delimiters `json:"-"`
	Offset   int64      `json:"-"`
	Unpadded bool       `json:"-"` // the ISA was not of fixed width
}

// Control returns ISA13.
func (i *Interchange) Control() string { return i.ISA[12] }

// Group identifies one GS..GE.
type Group struct {
	Seq    int       `json:"seq"` // 1 = first of the interchange; 0 for sets without a GS
	GS     [8]string `json:"gs"`  // GS01 to GS08
	Offset int64     `json:"-"`
}

// Control returns GS06.
func (g *Group) Control() string { return g.GS[5] }

// Version returns GS08, the guide id of the group.
func (g *Group) Version() string { return g.GS[7] }

// Set identifies one ST..SE.
type Set struct {
	Seq     int    `json:"seq"`               // 1 = first of the stream
	ID      string `json:"id"`                // ST01
	Control string `json:"control"`           // ST02
	Version string `json:"version,omitempty"` // ST03
	Offset  int64  `json:"-"`
}

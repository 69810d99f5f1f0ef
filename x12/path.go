package x12

import (
	"fmt"
	"strconv"
)

// Path names a place in a transaction set: loops from the outermost inwards,
// a segment in the last of them, an element of it. Zero numbers and empty
// strings leave a part open, so the zero Path names everything.
//
// The text is the one that findings print:
//
//	2000[1]/2100[17]/2110[2]/CAS[2].03   third element of the second CAS
//	SVC.01-2                             second component
//	EB.03^4                              fourth repetition
//	EB.03^4-1                            first component of the fourth repetition
//	2100/NM1[QC].03                      the NM1 whose qualifier is QC
//	2100/DTM[=232].02                    a qualifier of digits takes a =
//	REF[EV][2]                           the second REF whose qualifier is EV
//	2000[1]/2100                         a loop
//
// A number in brackets counts from 1 among loops or segments of the same ID
// inside the same parent. Without one the step names every one of them, so
// where there is only one, [1] may be left out.
type Path struct {
	Loops     []PathStep
	Segment   string // segment ID; empty for a path to a loop
	SegKey    string // qualifier value that chooses among segments of the ID
	SegIndex  int    // from 1; 0 = any
	Element   int    // from 1; 0 = the whole segment
	Component int    // from 1; 0 = the whole element
	Repeat    int    // repetition of the element, from 1; 0 = any
}

// PathStep is one loop of a [Path].
type PathStep struct {
	ID    string // as in the guide: 2010AA, HEADER
	Key   string // qualifier value that chooses among loops of the ID
	Index int    // from 1; 0 = any
}

// PathError says where the text of a path went wrong.
type PathError struct {
	Column   int    // from 1, in bytes; one past the end for text cut short
	Expected string // what may stand there
}

// Error does not repeat the text, which may name a patient's qualifier.
func (e *PathError) Error() string {
	return fmt.Sprintf("x12: path: column %d: expected %s", e.Column, e.Expected)
}

const (
	maxPathLoops  = 16
	maxPathID     = 16
	maxPathKey    = 80
	maxPathDigits = 9 // fits an int of 32 bits
)

// ParsePath reads the text of a path as [Path] describes it. The last step is
// a segment if it looks like a segment ID, a capital letter and one or two
// capital letters or digits, and a loop otherwise. Any error is a *[PathError].
func ParsePath(s string) (Path, error) {
	var p Path
	sc := pathScanner{text: s}
	for {
		column := sc.pos
		step, err := sc.step()
		if err != nil {
			return Path{}, err
		}
		if sc.accept('/') {
			if p.Loops = append(p.Loops, step); len(p.Loops) > maxPathLoops {
				return Path{}, &PathError{column + 1, fmt.Sprintf("at most %d loops", maxPathLoops)}
			}
			continue
		}
		if isSegmentID(step.ID) {
			p.Segment, p.SegKey, p.SegIndex = step.ID, step.Key, step.Index
			break
		}
		if p.Loops = append(p.Loops, step); len(p.Loops) > maxPathLoops {
			return Path{}, &PathError{column + 1, fmt.Sprintf("at most %d loops", maxPathLoops)}
		}
		if sc.pos < len(s) {
			if s[sc.pos] == '.' {
				return Path{}, &PathError{column + 1, "a segment ID of 2 or 3 capital letters and digits before the element"}
			}
			return Path{}, sc.expected("/ or the end")
		}
		return p, nil
	}
	var err error
	rest := "[, . or the end"
	if p.SegIndex > 0 {
		rest = ". or the end"
	}
	if sc.accept('.') {
		if p.Element, err = sc.number("an element number"); err != nil {
			return Path{}, err
		}
		rest = "^, - or the end"
		if sc.accept('^') {
			if p.Repeat, err = sc.number("a repetition number"); err != nil {
				return Path{}, err
			}
			rest = "- or the end"
		}
		if sc.accept('-') {
			if p.Component, err = sc.number("a component number"); err != nil {
				return Path{}, err
			}
			rest = "the end (a repetition stands before the component: EB.03^4-1)"
		}
	}
	if sc.pos < len(s) {
		return Path{}, sc.expected(rest)
	}
	return p, nil
}

// pathScanner reads a path from left to right.
type pathScanner struct {
	text string
	pos  int
}

func (sc *pathScanner) expected(what string) error {
	return &PathError{sc.pos + 1, what}
}

func (sc *pathScanner) accept(c byte) bool {
	if sc.pos < len(sc.text) && sc.text[sc.pos] == c {
		sc.pos++
		return true
	}
	return false
}

// word reads letters and digits, any number of them.
func (sc *pathScanner) word() string {
	start := sc.pos
	for sc.pos < len(sc.text) && isPathWord(sc.text[sc.pos]) {
		sc.pos++
	}
	return sc.text[start:sc.pos]
}

// number reads a number from 1 up.
func (sc *pathScanner) number(what string) (int, error) {
	start := sc.pos
	word := sc.word()
	if !allDigits(word) || len(word) > maxPathDigits {
		sc.pos = start
		return 0, sc.expected(what)
	}
	n, err := strconv.Atoi(word)
	if err != nil || n == 0 {
		sc.pos = start
		return 0, sc.expected(what + " from 1 up")
	}
	return n, nil
}

// step reads a loop or segment ID with its brackets.
func (sc *pathScanner) step() (PathStep, error) {
	start := sc.pos
	step := PathStep{ID: sc.word()}
	if step.ID == "" {
		return PathStep{}, sc.expected("a loop or segment ID")
	}
	if len(step.ID) > maxPathID {
		sc.pos = start
		return PathStep{}, sc.expected(fmt.Sprintf("a loop or segment ID of at most %d characters", maxPathID))
	}
	if !sc.accept('[') {
		return step, nil
	}
	start = sc.pos
	want := "a number or a qualifier"
	forced := sc.accept('=')
	key := sc.word()
	if forced || !allDigits(key) {
		if key == "" || len(key) > maxPathKey {
			sc.pos = start
			return PathStep{}, sc.expected(want)
		}
		step.Key = key
		if !sc.accept(']') {
			return PathStep{}, sc.expected("]")
		}
		if !sc.accept('[') {
			return step, nil
		}
		want = "a number"
	} else {
		sc.pos = start
	}
	var err error
	if step.Index, err = sc.number(want); err != nil {
		return PathStep{}, err
	}
	if !sc.accept(']') {
		return PathStep{}, sc.expected("]")
	}
	return step, nil
}

// isSegmentID reports whether id has the form of a segment ID: a capital
// letter and one or two capital letters or digits.
func isSegmentID(id string) bool {
	if len(id) < 2 || len(id) > 3 || id[0] < 'A' || id[0] > 'Z' {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isPathWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_'
}

// allDigits reports whether s is one or more digits.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// String returns the text that ParsePath reads back: element and component
// numbers as the guides write them, elements with at least two digits.
func (p Path) String() string { return string(p.appendText(nil)) }

// AppendText implements [encoding.TextAppender] with the text of String. The
// error is always nil.
func (p Path) AppendText(b []byte) ([]byte, error) { return p.appendText(b), nil }

// MarshalText implements [encoding.TextMarshaler] with the text of String.
func (p Path) MarshalText() ([]byte, error) { return p.appendText(nil), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] as [ParsePath]. Empty
// text is the zero Path.
func (p *Path) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Path{}
		return nil
	}
	v, err := ParsePath(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

func (p Path) appendText(b []byte) []byte {
	for i, step := range p.Loops {
		if i > 0 {
			b = append(b, '/')
		}
		b = step.appendText(b)
	}
	if p.Segment == "" {
		return b
	}
	if len(p.Loops) > 0 {
		b = append(b, '/')
	}
	b = PathStep{p.Segment, p.SegKey, p.SegIndex}.appendText(b)
	if p.Element == 0 {
		return b
	}
	b = append(b, '.')
	if p.Element < 10 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, int64(p.Element), 10)
	if p.Repeat > 0 {
		b = strconv.AppendInt(append(b, '^'), int64(p.Repeat), 10)
	}
	if p.Component > 0 {
		b = strconv.AppendInt(append(b, '-'), int64(p.Component), 10)
	}
	return b
}

func (s PathStep) appendText(b []byte) []byte {
	b = append(b, s.ID...)
	if s.Key != "" {
		b = append(b, '[')
		if allDigits(s.Key) {
			b = append(b, '=')
		}
		b = append(append(b, s.Key...), ']')
	}
	if s.Index > 0 {
		b = append(b, '[')
		b = append(strconv.AppendInt(b, int64(s.Index), 10), ']')
	}
	return b
}

// String returns the step as it stands in a path: 2100[17].
func (s PathStep) String() string { return string(s.appendText(nil)) }

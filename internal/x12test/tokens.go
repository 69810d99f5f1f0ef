package x12test

import (
	"bytes"
	"io"
	"strings"

	"github.com/x12-go/edi/x12"
)

// Body is what a struct must hold of one set: its segments but ST and SE, trimmed.
type Body struct {
	Control string // ST02
	Segs    []string
}

// Trimmed is a segment without terminator and without what is empty at the end of it, of a repetition or of a composite. It
// is made without the code under test.
func Trimmed(s *x12.Segment) string {
	elems := strings.Split(string(s.Bytes()), string(s.Delims.Element))
	for i, e := range elems {
		if i == 0 {
			continue
		}
		reps := []string{e}
		if s.Delims.Repetition != 0 {
			reps = strings.Split(e, string(s.Delims.Repetition))
		}
		for k, r := range reps {
			reps[k] = strings.TrimRight(r, string(s.Delims.Component))
		}
		elems[i] = strings.Join(reps, string(s.Delims.Repetition))
		if s.Delims.Repetition != 0 {
			elems[i] = strings.TrimRight(elems[i], string(s.Delims.Repetition))
		}
	}
	return strings.TrimRight(strings.Join(elems, string(s.Delims.Element)), string(s.Delims.Element))
}

// Bodies lists the sets of one kind in a stream, as far as it can be read.
func Bodies(src []byte, set string) (out []Body) {
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		if err != nil {
			return out
		}
		now := r.Set()
		if now == nil || now.ID != set {
			last = nil
			continue
		}
		if now != last {
			last = now
			out = append(out, Body{Control: now.Control})
			continue // ST
		}
		if s.ID != x12.ID("SE") {
			b := &out[len(out)-1]
			if text := Trimmed(s); text != "" { // else nothing but separators
				b.Segs = append(b.Segs, text)
			}
		}
	}
}

// Readable reports whether the envelope lets a stream be read to its end.
func Readable(src []byte) bool {
	r := x12.NewReader(bytes.NewReader(src))
	for {
		if _, err := r.Read(); err != nil {
			return err == io.EOF
		}
	}
}

// Canon is the canonical form of a stream: trailing empty elements and components dropped, trailers with plain counts and the
// control number of the header.
func Canon(src []byte) (string, error) {
	var b strings.Builder
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		control := ""
		switch s.ID.String() {
		case "SE":
			control = r.Set().Control
		case "GE":
			control = r.Group().Control()
		case "IEA":
			control = r.Interchange().Control()
		default:
			b.Write(x12.AppendCanonical(nil, s))
			continue
		}
		sep := string(s.Delims.Element)
		b.WriteString(s.ID.String() + sep + strings.TrimLeft(string(s.Elem(1)), "0") + sep + control + string(s.Delims.Segment))
	}
}

// Piece is a stretch of a stream: the segments of one set, or what stands between sets.
type Piece struct {
	Set     bool
	Texts   []string // segments with their terminators
	Delims  x12.Delimiters
	Version string // GS08, for a set without group or one whose group has none ST03
}

// Pieces cuts a stream up.
func Pieces(src []byte) (out []Piece, err error) {
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		set := r.Set()
		if len(out) == 0 || (set != nil) != out[len(out)-1].Set || set != last {
			p := Piece{Set: set != nil, Delims: s.Delims}
			if g := r.Group(); g != nil {
				p.Version = g.Version()
			}
			if set != nil && p.Version == "" {
				p.Version = set.Version
			}
			out = append(out, p)
		}
		last = set
		p := &out[len(out)-1]
		p.Texts = append(p.Texts, string(s.Bytes())+string(s.Delims.Segment))
	}
}

// Join is the reverse of Pieces.
func Join(list []Piece) []byte {
	var b bytes.Buffer
	for _, p := range list {
		for _, s := range p.Texts {
			b.WriteString(s)
		}
	}
	return b.Bytes()
}

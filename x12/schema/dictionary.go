package schema

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed 005010.dict
var dict005010 []byte

// base005010 parses the embedded dictionary once.
var base005010 = sync.OnceValues(func() (*Dictionary, error) {
	return ParseDictionary("005010.dict", dict005010)
})

// Base returns the dictionary of a base standard. The only one at hand is "005010".
// The result is shared and must not be changed.
func Base(name string) (*Dictionary, error) {
	if name != "005010" {
		return nil, fmt.Errorf("schema: no dictionary of base standard %q, there is only 005010", name)
	}
	return base005010()
}

var (
	deNumber    = regexp.MustCompile(`^(I?[0-9]{1,4}|C[0-9]{3})$`)
	segmentName = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,2}$`)
	syntaxNote  = regexp.MustCompile(`^[PRECL]([0-9]{2}){2,}$`)
)

// ParseDictionary reads the text form of a dictionary. Name appears in messages. The form is
//
//	base 005010
//	elements
//	  782 R 1 18 Monetary Amount
//	composite C042 Adjustment Identifier
//	  426 M
//	  127 O
//	segment AMT Monetary Amount Information
//	  522 M
//	  782 M
//	  478 O
//	segment CUR Currency
//	  syntax C0807 C0907
//	  98 M Entity Identifier Code
//
// A position gives element number, requirement (M mandatory, O optional, X relational) and, when it differs from
// the element's, the name; "O*10" allows ten repetitions, "O*0" any number.
func ParseDictionary(name string, src []byte) (*Dictionary, error) {
	p := &dictParser{
		rep: &reporter{file: name},
		dict: &Dictionary{
			Elements:   map[string]*StdElement{},
			Composites: map[string]*StdSegment{},
			Segments:   map[string]*StdSegment{},
		},
	}
	if len(src) > maxFile {
		p.rep.errorf(1, 1, "file of %d bytes, at most %d are read", len(src), maxFile)
		return nil, p.rep.err()
	}
	for i, line := range bytes.Split(src, []byte{'\n'}) {
		text := strings.TrimRight(string(line), " \r")
		if trimmed := strings.TrimLeft(text, " "); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		p.line(i+1, text)
		if p.rep.full() {
			break
		}
	}
	p.finish()
	if err := p.rep.err(); err != nil {
		return nil, err
	}
	return p.dict, nil
}

// dictParser holds what the current line is read into.
type dictParser struct {
	rep      *reporter
	dict     *Dictionary
	elements bool // inside "elements"
	current  *StdSegment
	lines    map[*StdSegment][]int // line of the name, then of each position
}

func (p *dictParser) line(no int, text string) {
	if text[0] != ' ' {
		p.header(no, text)
		return
	}
	if !strings.HasPrefix(text, "  ") || len(text) < 3 || text[2] == ' ' {
		p.rep.errorf(no, 1, "expected an indentation of two spaces")
		return
	}
	fields := strings.Fields(text)
	switch {
	case p.elements:
		p.element(no, fields)
	case p.current != nil && fields[0] == "syntax":
		for _, note := range fields[1:] {
			s, err := parseSyntax(note)
			if err != nil {
				p.rep.errorf(no, strings.Index(text, note)+1, "%v", err)
				continue
			}
			p.current.Syntax = append(p.current.Syntax, s)
		}
	case p.current != nil:
		p.position(no, fields)
	default:
		p.rep.errorf(no, 3, `entry outside "elements", "composite" and "segment"`)
	}
}

func (p *dictParser) header(no int, text string) {
	p.elements, p.current = false, nil
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "base":
		p.dict.Base = rest
	case "elements":
		p.elements = true
	case "composite", "segment":
		id, name, ok := strings.Cut(rest, " ")
		if !ok || name == "" {
			p.rep.errorf(no, 1, "expected: %s ID Name", word)
			return
		}
		s := &StdSegment{ID: id, Name: name}
		into, form := p.dict.Segments, segmentName
		if word == "composite" {
			into, form = p.dict.Composites, deNumber
			p.dict.Elements[id] = &StdElement{Number: id, Name: name, Type: "COMP"}
		}
		if !form.MatchString(id) {
			p.rep.errorf(no, len(word)+2, "%q is not a %s id", id, word)
		}
		if into[id] != nil {
			p.rep.errorf(no, 1, "%s %s stands twice", word, id)
		}
		into[id] = s
		p.current = s
		if p.lines == nil {
			p.lines = map[*StdSegment][]int{}
		}
		p.lines[s] = []int{no}
	default:
		p.rep.errorf(no, 1, `found %q, expected "base", "elements", "composite" or "segment"`, word)
	}
}

func (p *dictParser) element(no int, f []string) {
	if len(f) < 5 {
		p.rep.errorf(no, 3, "expected: number type min max Name")
		return
	}
	lo, err1 := strconv.Atoi(f[2])
	hi, err2 := strconv.Atoi(f[3])
	switch {
	case !deNumber.MatchString(f[0]):
		p.rep.errorf(no, 3, "%q is not a data element number", f[0])
	case !isStdType(f[1]):
		p.rep.errorf(no, 3, "%q is not a data type, expected AN, ID, R, N0 to N9, DT, TM or B", f[1])
	case err1 != nil || err2 != nil || lo < 0 || hi < lo || hi > 1<<20:
		p.rep.errorf(no, 3, "lengths %q and %q are not a range", f[2], f[3])
	case p.dict.Elements[f[0]] != nil:
		p.rep.errorf(no, 3, "element %s stands twice", f[0])
	default:
		p.dict.Elements[f[0]] = &StdElement{f[0], strings.Join(f[4:], " "), f[1], lo, hi}
	}
}

func isStdType(t string) bool {
	switch t {
	case "AN", "ID", "R", "DT", "TM", "B":
		return true
	}
	return len(t) == 2 && t[0] == 'N' && t[1] >= '0' && t[1] <= '9'
}

func (p *dictParser) position(no int, f []string) {
	if len(f) < 2 {
		p.rep.errorf(no, 3, "expected: element-number M|O|X [Name]")
		return
	}
	need, times, repeats := strings.Cut(f[1], "*")
	repeat := 1
	if repeats {
		n, err := strconv.Atoi(times)
		if err != nil || n < 0 || n == 1 {
			p.rep.errorf(no, 3, "%q is not a number of repetitions", times)
			return
		}
		repeat = n
	}
	if need != "M" && need != "O" && need != "X" {
		p.rep.errorf(no, 3, "found requirement %q, expected M, O or X", need)
		return
	}
	p.current.Fields = append(p.current.Fields, StdField{
		Element: f[0], Name: strings.Join(f[2:], " "), Mandatory: need == "M", Repeat: repeat,
	})
	p.lines[p.current] = append(p.lines[p.current], no)
}

// finish resolves what a position refers to: elements may be defined after their use.
func (p *dictParser) finish() {
	if p.dict.Base == "" {
		p.rep.errorf(1, 1, `no "base" line`)
	}
	if len(p.rep.list) > 0 {
		return // positions may be missing, do not complain of what follows from that
	}
	for s, lines := range p.lines {
		for i := range s.Fields {
			f := &s.Fields[i]
			e := p.dict.Elements[f.Element]
			if e == nil {
				p.rep.errorf(lines[i+1], 3, "there is no element or composite %s", f.Element)
				continue
			}
			f.Composite = e.Type == "COMP"
			if f.Name == "" {
				f.Name = e.Name
			}
			if f.Composite && p.dict.Composites[s.ID] == s {
				p.rep.errorf(lines[i+1], 3, "composite %s inside composite %s", f.Element, s.ID)
			}
		}
		for _, n := range s.Syntax {
			for _, e := range n.Elems {
				if int(e) > len(s.Fields) {
					p.rep.errorf(lines[0], 1, "syntax note %s of %s names position %d of %d", n, s.ID, e, len(s.Fields))
				}
			}
		}
	}
}

func parseSyntax(note string) (Syntax, error) {
	if !syntaxNote.MatchString(note) {
		return Syntax{}, fmt.Errorf("%q is not a syntax note, expected P, R, E, C or L and two digits per position", note)
	}
	s := Syntax{Kind: note[0]}
	for i := 1; i < len(note); i += 2 {
		n := (note[i]-'0')*10 + note[i+1] - '0'
		if n == 0 {
			return Syntax{}, fmt.Errorf("syntax note %q names position 00", note)
		}
		s.Elems = append(s.Elems, n)
	}
	return s, nil
}

// String writes the note as the standard does: "P0304".
func (s Syntax) String() string {
	var b strings.Builder
	b.WriteByte(s.Kind)
	for _, e := range s.Elems {
		fmt.Fprintf(&b, "%02d", e)
	}
	return b.String()
}

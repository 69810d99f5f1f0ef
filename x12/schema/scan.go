package schema

import (
	"bytes"
	"fmt"
	"strings"
)

const (
	maxFile  = 1 << 20 // bytes of a guide file
	maxLevel = 16      // levels of indentation, so also the depth of loops
)

type tokenKind byte

const (
	wordToken   tokenKind = iota // 0200, BPR, money, len=20, note="two words"
	stringToken                  // "Financial Information"
	openToken                    // {, !{ or !{^
	closeToken                   // }
)

// token is one piece of a line. An attribute is a word whose text stops before the "=".
type token struct {
	kind      tokenKind
	text      string
	value     string // what follows "=" in an attribute
	attr      bool   // there was a "="
	line, col int
}

// is tells whether the token is the given keyword.
func (t token) is(word string) bool { return t.kind == wordToken && !t.attr && t.text == word }

// String describes the token in a message.
func (t token) String() string {
	switch t.kind {
	case stringToken:
		return quote(t.text)
	case wordToken:
		if t.attr {
			return `"` + t.text + `="`
		}
		return `"` + t.text + `"`
	}
	return `"` + t.text + `"`
}

// entry is one line of a guide with everything that belongs to it: the code lists that run on below it and the
// comment lines above it.
type entry struct {
	level     int
	line, col int // place of the first token
	end       int // column just after the last token
	tokens    []token
	doc       []string
	remark    string
	broken    bool // a fault in the line is reported already
}

// scanner cuts a guide file into entries.
type scanner struct {
	rep     *reporter
	lines   [][]byte
	next    int // index of the next line
	pending []string
}

func newScanner(rep *reporter, src []byte) *scanner {
	return &scanner{rep: rep, lines: bytes.Split(src, []byte{'\n'})}
}

// scan returns the next entry, or nil at the end; the comments before the end are then left in pending.
func (s *scanner) scan() *entry {
	for s.next < len(s.lines) {
		no := s.next + 1
		text := bytes.TrimSuffix(s.lines[s.next], []byte{'\r'})
		s.next++
		indent, ok := s.indent(text, no)
		if indent == len(text) {
			continue
		}
		if text[indent] == '#' {
			s.pending = append(s.pending, comment(text[indent:]))
			continue
		}
		if !ok {
			continue
		}
		e := &entry{level: indent / 2, line: no, col: indent + 1, doc: s.pending}
		s.pending = nil
		if e.level > maxLevel {
			s.rep.errorf(no, indent+1, "indented %d levels, at most %d are allowed", e.level, maxLevel)
			continue
		}
		faults := len(s.rep.list)
		s.tokens(e, text, indent, no)
		e.broken = len(s.rep.list) > faults
		if len(e.tokens) > 0 || e.broken {
			return e
		}
	}
	return nil
}

// indent counts the leading spaces. It reports tabs and odd indentation.
func (s *scanner) indent(text []byte, no int) (int, bool) {
	n := 0
	for n < len(text) && text[n] == ' ' {
		n++
	}
	if n == len(text) || text[n] == '#' {
		return n, true
	}
	if text[n] == '\t' {
		s.rep.errorf(no, n+1, "tab in the indentation, expected two spaces per level")
		return n, false
	}
	if n%2 != 0 {
		s.rep.errorf(no, n+1, "indented by %d spaces, expected a multiple of two", n)
		return n, false
	}
	return n, true
}

// tokens splits a line, and the lines below it while a code list is open, into tokens of e.
func (s *scanner) tokens(e *entry, text []byte, at, no int) {
	open := false // inside { }
	var openAt token
	for {
		for at < len(text) {
			c := text[at]
			col := at + 1
			switch {
			case c == ' ':
				at++
				continue
			case c == '#' && open:
				s.rep.errorf(no, col, "comment inside a code list, expected a code or \"}\"")
				at = len(text)
				continue
			case c == '#':
				e.remark = comment(text[at:])
				at = len(text)
				continue
			case c == '"':
				v, n, ok := s.quoted(text[at:], no, col)
				if !ok {
					at = len(text)
					continue
				}
				e.tokens = append(e.tokens, token{kind: stringToken, text: v, line: no, col: col})
				at += n
			case c == '}':
				e.tokens = append(e.tokens, token{kind: closeToken, text: "}", line: no, col: col})
				open = false
				at++
			case c == '{' || bytes.HasPrefix(text[at:], []byte("!{")):
				t := token{kind: openToken, text: "{", line: no, col: col}
				if c == '!' {
					t.text = "!{"
					if bytes.HasPrefix(text[at:], []byte("!{^")) {
						t.text = "!{^"
					}
				}
				if open {
					s.rep.errorf(no, col, "found %s inside a code list, expected a code or \"}\"", t)
				}
				open, openAt = true, t
				e.tokens = append(e.tokens, t)
				at += len(t.text)
			default:
				n, ok := s.word(e, text, at, no, open)
				if !ok {
					at = len(text)
					continue
				}
				at += n
			}
			e.end = at + 1
		}
		if !open {
			return
		}
		if s.next >= len(s.lines) {
			s.rep.errorf(openAt.line, openAt.col, "code list is not closed, expected \"}\"")
			return
		}
		text = bytes.TrimSuffix(s.lines[s.next], []byte{'\r'})
		indent, ok := s.indent(text, s.next+1)
		if indent < len(text) && (!ok || indent/2 <= e.level) {
			if ok {
				s.rep.errorf(openAt.line, openAt.col,
					"code list is not closed, expected \"}\" before line %d, which is not indented deeper", s.next+1)
			}
			return
		}
		s.next++
		no, at = s.next, indent
	}
}

// word reads a plain word or an attribute and returns its length.
func (s *scanner) word(e *entry, text []byte, at, no int, inCodes bool) (int, bool) {
	n := at
	eq := -1
	for n < len(text) {
		c := text[n]
		if c == ' ' || c == '{' || c == '}' || c == '"' || c == '#' || c == '!' && bytes.HasPrefix(text[n:], []byte("!{")) {
			break
		}
		if c <= ' ' || c >= 0x7f {
			s.rep.errorf(no, n+1, "found %s, expected printable ASCII outside quotes and comments", byteName(c))
			return 0, false
		}
		if c == '=' && eq < 0 && !inCodes && n > at {
			eq = n
		}
		n++
	}
	t := token{kind: wordToken, line: no, col: at + 1}
	if eq < 0 {
		t.text = string(text[at:n])
		e.tokens = append(e.tokens, t)
		return n - at, true
	}
	t.text, t.attr = string(text[at:eq]), true
	if eq == n-1 && n < len(text) && text[n] == '"' {
		v, m, ok := s.quoted(text[n:], no, n+1)
		if !ok {
			return 0, false
		}
		t.value = v
		n += m
	} else {
		t.value = string(text[eq+1 : n])
	}
	e.tokens = append(e.tokens, t)
	return n - at, true
}

// quoted reads a string in double quotes; \" and \\ stand for a quote and a backslash. It returns the value and
// the length in the text.
func (s *scanner) quoted(text []byte, no, col int) (string, int, bool) {
	var v []byte
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			if !validText(v) {
				s.rep.errorf(no, col, "text in quotes is not UTF-8")
				return "", 0, false
			}
			return string(v), i + 1, true
		case c == '\\':
			if i+1 == len(text) || text[i+1] != '"' && text[i+1] != '\\' {
				s.rep.errorf(no, col+i, `found a lone backslash in quotes, expected \" or \\`)
				return "", 0, false
			}
			i++
			v = append(v, text[i])
		case c < ' ' || c == 0x7f:
			s.rep.errorf(no, col+i, "found %s in quotes, expected printable text", byteName(c))
			return "", 0, false
		default:
			v = append(v, c)
		}
	}
	s.rep.errorf(no, col, `text in quotes is not closed, expected " on the same line`)
	return "", 0, false
}

func byteName(c byte) string {
	if c == '\t' {
		return "a tab"
	}
	return fmt.Sprintf("byte 0x%02x", c)
}

// comment returns the text of a comment as it is printed again. Control characters become spaces so that a
// comment stays one line.
func comment(text []byte) string {
	t := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(string(text[1:]), "?"))
	return strings.TrimSpace(t)
}

package jsonstream

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// SyntaxError says where the input is not the JSON that was expected.
type SyntaxError struct {
	Offset  int64 // byte of the stream
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("json: byte %d: %s", e.Offset, e.Message) }

// Limits of a Scanner.
const (
	MaxString = 1 << 20 // bytes of one string
	MaxDepth  = 1000    // arrays and objects inside one another, in a value that is skipped or taken raw
)

const bufferSize = 64 << 10

// Scanner reads JSON values that follow one another. The first error sticks.
type Scanner struct {
	r    io.Reader
	buf  []byte
	pos  int
	end  int
	base int64 // stream offset of buf[0]
	err  error // how r ended

	raw   []byte // text taken so far by Raw
	mark  int    // start in buf of what Raw has not taken yet, -1 when it is not at work
	limit int
}

// NewScanner returns a Scanner on r.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, buf: make([]byte, bufferSize), mark: -1}
}

// Offset returns the stream offset of the next byte.
func (s *Scanner) Offset() int64 { return s.base + int64(s.pos) }

// Failf returns a [*SyntaxError] at the next byte, for a caller that expected something else.
func (s *Scanner) Failf(format string, args ...any) error {
	return &SyntaxError{s.Offset(), fmt.Sprintf(format, args...)}
}

// fill reads more input. It returns io.EOF at the end.
func (s *Scanner) fill() error {
	if s.err != nil {
		return s.err
	}
	if err := s.take(); err != nil {
		return err
	}
	s.base += int64(s.end)
	s.pos, s.end = 0, 0
	for range 100 {
		n, err := s.r.Read(s.buf)
		s.end, s.err = n, err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	s.err = io.ErrNoProgress
	return s.err
}

// take moves what was passed over since mark to raw.
func (s *Scanner) take() error {
	if s.mark < 0 {
		return nil
	}
	s.raw = append(s.raw, s.buf[s.mark:s.pos]...)
	s.mark = 0
	if len(s.raw) > s.limit {
		return s.Failf("a value of more than %d bytes", s.limit)
	}
	return nil
}

// within turns the end of the input inside a value into a syntax error.
func (s *Scanner) within(err error) error {
	if err == io.EOF {
		return s.Failf("the input ends inside a value")
	}
	return err
}

// Next skips white space and returns the byte that starts the next token without taking it, or io.EOF.
func (s *Scanner) Next() (byte, error) {
	for {
		for ; s.pos < s.end; s.pos++ {
			switch c := s.buf[s.pos]; c {
			case ' ', '\t', '\r', '\n':
			default:
				return c, nil
			}
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// peek is Next inside a value.
func (s *Scanner) peek() (byte, error) {
	if s.pos < s.end && s.buf[s.pos] > ' ' {
		return s.buf[s.pos], nil
	}
	return s.peekSlow()
}

func (s *Scanner) peekSlow() (byte, error) {
	c, err := s.Next()
	return c, s.within(err)
}

// Open takes the bracket that starts an array or object.
func (s *Scanner) Open(bracket byte) error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c != bracket {
		return s.Failf("expected %q", bracket)
	}
	s.pos++
	return nil
}

// Item moves to item n, 0 = first, of the array or object that closer ends; it returns false, having taken closer,
// when there is none.
func (s *Scanner) Item(n int, closer byte) (bool, error) {
	c, err := s.peek()
	if err != nil {
		return false, err
	}
	if c == closer {
		s.pos++
		return false, nil
	}
	if n == 0 {
		return true, nil
	}
	if c != ',' {
		return false, s.Failf("expected ',' or %q", closer)
	}
	s.pos++
	if c, err = s.peek(); err == nil && c == closer {
		err = s.Failf("expected a value behind ','")
	}
	return err == nil, err
}

// Key appends the next member's name to dst and takes the colon.
func (s *Scanner) Key(dst []byte) ([]byte, error) {
	dst, err := s.String(dst)
	if err != nil {
		return dst, err
	}
	return dst, s.Open(':')
}

// String appends the text of a string to dst.
func (s *Scanner) String(dst []byte) ([]byte, error) {
	if err := s.Open('"'); err != nil {
		return dst, err
	}
	start, high := len(dst), false
	for {
		from := s.pos
		for ; s.pos < s.end; s.pos++ {
			c := s.buf[s.pos]
			if c == '"' || c == '\\' || c < ' ' {
				break
			}
			high = high || c >= utf8.RuneSelf
		}
		dst = append(dst, s.buf[from:s.pos]...)
		if len(dst)-start > MaxString {
			return dst, s.Failf("a string of more than %d bytes", MaxString)
		}
		if s.pos == s.end {
			if err := s.fill(); err != nil {
				return dst, s.within(err)
			}
			continue
		}
		var err error
		switch s.buf[s.pos] {
		case '"':
			if high && !utf8.Valid(dst[start:]) {
				return dst, s.Failf("a string that is not UTF-8")
			}
			s.pos++
			return dst, nil
		case '\\':
			s.pos++
			dst, err = s.escape(dst)
		default:
			err = s.Failf("a control character in a string")
		}
		if err != nil {
			return dst, err
		}
	}
}

// one takes a byte inside a token.
func (s *Scanner) one() (byte, error) {
	if s.pos == s.end {
		if err := s.fill(); err != nil {
			return 0, s.within(err)
		}
	}
	s.pos++
	return s.buf[s.pos-1], nil
}

// escape appends what the escape behind a backslash stands for.
func (s *Scanner) escape(dst []byte) ([]byte, error) {
	c, err := s.one()
	if err != nil {
		return dst, err
	}
	switch c {
	case '"', '\\', '/':
		return append(dst, c), nil
	case 'b':
		return append(dst, '\b'), nil
	case 'f':
		return append(dst, '\f'), nil
	case 'n':
		return append(dst, '\n'), nil
	case 'r':
		return append(dst, '\r'), nil
	case 't':
		return append(dst, '\t'), nil
	case 'u':
		r, err := s.escapedRune()
		return utf8.AppendRune(dst, r), err
	}
	return dst, s.Failf("an escape that JSON does not have")
}

// escapedRune reads what follows \u, both halves of a surrogate pair.
func (s *Scanner) escapedRune() (rune, error) {
	r, err := s.hex4()
	if err != nil || r < 0xD800 || r > 0xDFFF {
		return r, err
	}
	for _, want := range []byte(`\u`) {
		if c, err := s.one(); err != nil || c != want || r > 0xDBFF {
			if err == nil {
				err = s.Failf("half a surrogate pair")
			}
			return 0, err
		}
	}
	low, err := s.hex4()
	if err == nil && (low < 0xDC00 || low > 0xDFFF) {
		err = s.Failf("half a surrogate pair")
	}
	return (r-0xD800)<<10 + (low - 0xDC00) + 0x10000, err
}

func (s *Scanner) hex4() (rune, error) {
	var r rune
	for range 4 {
		c, err := s.one()
		if err != nil {
			return 0, err
		}
		switch {
		case c-'0' < 10:
			c -= '0'
		case c|0x20-'a' < 6:
			c = c | 0x20 - 'a' + 10
		default:
			return 0, s.Failf("expected four hexadecimal digits")
		}
		r = r<<4 | rune(c)
	}
	return r, nil
}

// Int reads an integer of at most 18 digits.
func (s *Scanner) Int() (int64, error) {
	c, err := s.peek()
	if err != nil {
		return 0, err
	}
	negative := c == '-'
	if negative {
		s.pos++
	}
	var v int64
	digits := 0
	for ; ; digits++ {
		c, err := s.one()
		if _, ended := err.(*SyntaxError); ended {
			break
		}
		if err != nil {
			return 0, err
		}
		if c-'0' >= 10 {
			s.pos--
			break
		}
		if digits == 18 || digits == 1 && v == 0 {
			return 0, s.Failf("expected an integer of at most 18 digits without leading zeros")
		}
		v = v*10 + int64(c-'0')
	}
	if digits == 0 {
		return 0, s.Failf("expected an integer")
	}
	if negative {
		v = -v
	}
	return v, nil
}

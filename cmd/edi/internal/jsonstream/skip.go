package jsonstream

import "unicode/utf8"

// Raw appends the text of the next value, whatever it is, to dst. limit bounds its bytes.
func (s *Scanner) Raw(dst []byte, limit int) ([]byte, error) {
	if _, err := s.peek(); err != nil {
		return dst, err
	}
	start := len(dst)
	s.raw, s.mark, s.limit = dst, s.pos, limit+start
	err := s.Skip()
	if err == nil {
		err = s.take()
	}
	dst, s.raw, s.mark = s.raw, nil, -1
	if err == nil && !utf8.Valid(dst[start:]) {
		err = s.Failf("a value that is not UTF-8")
	}
	return dst, err
}

// Skip passes over the next value, whatever it is, and checks that it is well formed.
func (s *Scanner) Skip() error {
	var open []byte // the brackets that close what is open, innermost last
	for {
		c, err := s.peek()
		if err != nil {
			return err
		}
		if c == '{' || c == '[' {
			if len(open) == MaxDepth {
				return s.Failf("arrays and objects more than %d deep", MaxDepth)
			}
			s.pos++
			open = append(open, c+2) // in ASCII the closing bracket follows two behind
			more, err := s.enter(0, c+2)
			if err != nil {
				return err
			}
			if more {
				continue
			}
			open = open[:len(open)-1]
		} else if err := s.scalar(c); err != nil {
			return err
		}
		more := false
		for len(open) > 0 && !more {
			if more, err = s.enter(1, open[len(open)-1]); err != nil {
				return err
			}
			if !more {
				open = open[:len(open)-1]
			}
		}
		if len(open) == 0 {
			return nil
		}
	}
}

// enter moves to an item and takes the name when it is a member.
func (s *Scanner) enter(n int, closer byte) (bool, error) {
	more, err := s.Item(n, closer)
	if more && closer == '}' {
		if err = s.skipString(); err == nil {
			err = s.Open(':')
		}
	}
	return more, err
}

// skipString passes over a string of any length.
func (s *Scanner) skipString() error {
	if err := s.Open('"'); err != nil {
		return err
	}
	var few [8]byte
	for {
		c, err := s.one()
		switch {
		case err != nil:
			return err
		case c == '"':
			return nil
		case c == '\\':
			if _, err := s.escape(few[:0]); err != nil {
				return err
			}
		case c < ' ':
			return s.Failf("a control character in a string")
		}
	}
}

// scalar passes over a string, number or literal that starts with c.
func (s *Scanner) scalar(c byte) error {
	switch {
	case c == '"':
		return s.skipString()
	case c == 't':
		return s.literal("true")
	case c == 'f':
		return s.literal("false")
	case c == 'n':
		return s.literal("null")
	case c == '-' || c-'0' < 10:
		return s.number()
	}
	return s.Failf("expected a value")
}

func (s *Scanner) literal(word string) error {
	for i := range len(word) {
		c, err := s.one()
		if err != nil {
			return err
		}
		if c != word[i] {
			return s.Failf("expected %s", word)
		}
	}
	return nil
}

// number passes over -?int frac? exp?.
func (s *Scanner) number() error {
	if s.at('-') {
		s.pos++
	}
	if s.at('0') {
		s.pos++
	} else if !s.digits() {
		return s.Failf("expected a digit")
	}
	if s.at('.') {
		s.pos++
		if !s.digits() {
			return s.Failf("expected a digit")
		}
	}
	if s.at('e') || s.at('E') {
		s.pos++
		if s.at('+') || s.at('-') {
			s.pos++
		}
		if !s.digits() {
			return s.Failf("expected a digit")
		}
	}
	return nil
}

// at reports whether the next byte is c. A failed read counts as none; it shows with the next token.
func (s *Scanner) at(c byte) bool {
	if s.pos == s.end && s.fill() != nil {
		return false
	}
	return s.buf[s.pos] == c
}

// digits takes digits and reports whether there was one.
func (s *Scanner) digits() bool {
	any := false
	for s.pos < s.end || s.fill() == nil {
		if s.buf[s.pos]-'0' >= 10 {
			break
		}
		s.pos++
		any = true
	}
	return any
}

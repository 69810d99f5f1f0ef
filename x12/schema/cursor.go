package schema

import (
	"fmt"
	"regexp"
	"strconv"
)

var (
	usageLetter = regexp.MustCompile(`^[RS]$`)
	fieldName   = regexp.MustCompile(`^([A-Z][A-Za-z0-9]{0,63}|\*|-)$`)
)

// cursor walks over the tokens of an entry. Its methods report what they do not find, once per entry.
type cursor struct {
	p      *parser
	e      *entry
	i      int
	failed bool
}

func (p *parser) cursor(e *entry) *cursor { return &cursor{p: p, e: e} }

func (c *cursor) peek() (token, bool) {
	if c.i < len(c.e.tokens) {
		return c.e.tokens[c.i], true
	}
	return token{}, false
}

func (c *cursor) take() (token, bool) {
	t, ok := c.peek()
	c.i++
	return t, ok
}

// expected reports the current token.
func (c *cursor) expected(want string) {
	if c.failed {
		return
	}
	c.failed = true
	if t, ok := c.peek(); ok {
		c.p.rep.errorf(t.line, t.col, "found %s, expected %s", t, want)
		return
	}
	last := c.e.tokens[len(c.e.tokens)-1]
	c.p.rep.errorf(last.line, c.e.end, "the line ends here, expected %s", want)
}

// back reports the token taken last.
func (c *cursor) back(want string) {
	c.i--
	c.expected(want)
}

// end reports what is left over.
func (c *cursor) end() {
	if _, ok := c.peek(); ok {
		c.expected("the end of the line")
	}
}

// match takes a plain word of the given form.
func (c *cursor) match(form *regexp.Regexp, into *string, want string) bool {
	t, ok := c.peek()
	if !ok || t.kind != wordToken || t.attr || !form.MatchString(t.text) {
		c.expected(want)
		return false
	}
	*into = t.text
	c.i++
	return true
}

// all takes the rest of the line as words of the given form.
func (c *cursor) all(form *regexp.Regexp, want string) []string {
	var list []string
	for {
		var s string
		if !c.match(form, &s, want) {
			return list
		}
		list = append(list, s)
		if _, more := c.peek(); !more {
			return list
		}
	}
}

func (c *cursor) keyword(word string) bool {
	if t, ok := c.peek(); !ok || !t.is(word) {
		c.expected(strconv.Quote(word))
		return false
	}
	c.i++
	return true
}

func (c *cursor) usage(into *Usage) bool {
	var s string
	if !c.match(usageLetter, &s, "usage R or S") {
		return false
	}
	*into = Usage(s[0])
	return true
}

// max takes a number of uses, ">1" for no limit.
func (c *cursor) max(into *int) bool {
	const want = `a number of uses, or ">1" for no limit`
	t, ok := c.peek()
	if ok && t.kind == wordToken && !t.attr && t.text == ">1" {
		*into = 0
		c.i++
		return true
	}
	// The scanner has cut ">=..." and the like into attributes, so a plain number is left.
	return c.number(into, 1, 999999, want)
}

func (c *cursor) number(into *int, low, high int, want string) bool {
	t, ok := c.peek()
	n, err := strconv.Atoi(t.text)
	if !ok || t.kind != wordToken || t.attr || err != nil || n < low || n > high || t.text[0] == '+' {
		c.expected(want)
		return false
	}
	*into = n
	c.i++
	return true
}

// field takes a Go field name, "*" or "-".
func (c *cursor) field(into *string, want string) bool {
	return c.match(fieldName, into, want)
}

// span takes "02..19": a form with two groups.
func (c *cursor) span(form *regexp.Regexp, from, to *int, want string) bool {
	t, ok := c.peek()
	if !ok || t.kind != wordToken || t.attr {
		c.expected(want)
		return false
	}
	m := form.FindStringSubmatch(t.text)
	if m == nil {
		c.expected(want)
		return false
	}
	*from, *to = number2(m[1]), 0
	if m[2] != "" {
		*to = number2(m[2])
		if *to <= *from {
			c.expected(fmt.Sprintf("a run that ends after %d", *from))
			return false
		}
	}
	if *from == 0 {
		c.expected("positions from 1")
		return false
	}
	c.i++
	return true
}

// title takes a name in quotes if there is one.
func (c *cursor) title(into *string) {
	t, ok := c.peek()
	if !ok || t.kind != stringToken {
		return
	}
	if t.text == "" {
		c.expected("a name in the quotes")
		return
	}
	*into = t.text
	c.i++
}

package schema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	elementSpan   = regexp.MustCompile(`^([0-9]{2})(?:\.\.([0-9]{2}))?$`)
	componentSpan = regexp.MustCompile(`^-([0-9]{1,2})(?:\.\.([0-9]{1,2}))?$`)
	foldRow       = regexp.MustCompile(`^\+[0-8]$`)
	extName       = regexp.MustCompile(`^([a-z][a-z0-9_]*|by:[0-9]{1,2})$`)
)

// elementLine reads an element (sign ""), a component ("-") or a row of a fold ("+") into the list.
// It returns nil when the line is not one.
func (p *parser) elementLine(e *entry, list *[]*Element, sign, want string) *Element {
	c := p.cursor(e)
	el := &Element{Repeat: 1, Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	ok := false
	switch sign {
	case "":
		ok = c.span(elementSpan, &el.Pos, &el.To, want)
	case "-":
		ok = c.span(componentSpan, &el.Pos, &el.To, want)
	case "+":
		// Rows count from 0, so they are no span.
		var row string
		if ok = c.match(foldRow, &row, want); ok {
			el.Pos = number2(row)
		}
	}
	if !ok || !c.usage(&el.Usage) || !p.after(*list, el) {
		return nil
	}
	if t, ok := c.peek(); ok && t.kind == wordToken && !t.attr && !t.is("money") && !t.is("count") && !t.is("like") {
		if !c.field(&el.Field, `a Go field name or "-"`) {
			return nil
		}
		if el.Field == "*" {
			c.back(`a Go field name or "-"`)
			return nil
		}
	}
	seen := map[string]bool{}
	for {
		t, ok := c.peek()
		if !ok {
			break
		}
		what := t.text
		switch t.kind {
		case openToken:
			what = "{"
		case stringToken:
			what = "title"
		}
		if seen[what] && what != "note" {
			c.expected("each attribute once")
			return nil
		}
		seen[what] = true
		if !p.attribute(c, el, t) {
			return nil
		}
	}
	*list = append(*list, el)
	return el
}

// attribute reads one attribute of an element. It returns false after a fault.
func (p *parser) attribute(c *cursor, el *Element, t token) bool {
	c.i++
	switch {
	case t.kind == openToken:
		return p.codes(c, el, t)
	case t.kind == stringToken:
		c.i--
		c.title(&el.Title)
		c.end()
		return !c.failed
	case t.kind != wordToken:
		c.back("an attribute or the name in quotes")
		return false
	case t.text == "money" && !t.attr:
		el.Money = true
		return true
	case t.text == "count" && !t.attr:
		el.Count = true
		return true
	case t.text == "like" && !t.attr:
		return c.number(&el.Like, 1, 99, "the number of the element to repeat")
	case !t.attr:
		c.back("an attribute or the name in quotes")
		return false
	}
	ok, want := false, ""
	switch t.text {
	case "digits":
		el.Digits, ok = positive(t.value, 18)
		want = "digits=1 to digits=18"
	case "len":
		el.MaxLen, ok = positive(t.value, 99999)
		want = "len= and a length"
	case "repeat":
		want = "repeat= and a number from 2, or repeat=>1 for no limit"
		if t.value == ">1" {
			el.Repeat, ok = 0, true
			break
		}
		el.Repeat, ok = positive(t.value, 9999)
		ok = ok && el.Repeat > 1
	case "type":
		el.Type, ok = t.value, goName.MatchString(t.value)
		want = "type= and a Go type name, exported"
	case "as":
		el.As, ok = t.value, goName.MatchString(t.value)
		want = "as= and a Go type name, exported"
	case "ext":
		el.Ext, ok = t.value, extName.MatchString(t.value)
		want = "ext= and a list such as carc, or by:1"
	case "note":
		el.Notes, ok = append(el.Notes, t.value), strings.TrimSpace(t.value) != ""
		want = "note= and a text"
	default:
		want = "as=, type=, digits=, len=, ext=, repeat= or note="
	}
	if !ok {
		c.back(want)
	}
	return ok
}

func positive(text string, high int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0 && n <= high && text[0] != '+'
}

// codes reads the list up to "}".
func (p *parser) codes(c *cursor, el *Element, open token) bool {
	el.Key = open.text != "{"
	el.KeyNot = open.text == "!{^"
	seen := map[string]bool{}
	for {
		t, ok := c.take()
		switch {
		case !ok:
			c.back(`a code or "}"`)
			return false
		case t.kind == closeToken:
			if len(el.Codes) == 0 {
				c.back("a code")
				return false
			}
			return true
		case t.kind == openToken || t.text == "":
			c.back(`a code or "}"`)
			return false
		case seen[t.text]:
			c.back("each code once")
			return false
		case len(seen) == maxCodes:
			c.back(fmt.Sprintf("at most %d codes", maxCodes))
			return false
		}
		seen[t.text] = true
		el.Codes = append(el.Codes, t.text)
	}
}

package edit

import (
	"bytes"
	"strconv"
)

// maxControl is the largest control number; behind it comes 1.
const maxControl = 999_999_999

// control hands out control numbers: the source's own where that is larger than all before it, else the next one.
type control struct {
	last  int64
	fixed bool // count on from last whatever the source's
}

// startAt makes a control that counts from first on; with 0 it follows the sources.
func startAt(first int64) control {
	if first <= 0 {
		return control{}
	}
	return control{last: first - 1, fixed: true}
}

// next returns the number in place of source. A new one has zeros in front up to the width of source, and at least
// width. A source that is no number counts as 0.
func (c *control) next(source []byte, width int) string {
	own := number(source)
	if !c.fixed && own > c.last {
		c.last = own
		return string(source)
	}
	if c.last++; c.last > maxControl {
		c.last = 1
	}
	text := strconv.FormatInt(c.last, 10)
	for width = min(max(width, len(source)), 9); len(text) < width; {
		text = "0" + text
	}
	return text
}

// number returns the value of one to nine digits, blanks around them aside, and 0 for anything else.
func number(text []byte) (n int64) {
	text = bytes.TrimSpace(text)
	if len(text) > 9 {
		return 0
	}
	for _, c := range text {
		if c-'0' >= 10 {
			return 0
		}
		n = 10*n + int64(c-'0')
	}
	return n
}

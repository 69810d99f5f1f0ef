package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
)

// Rules of JSON input.
const (
	ruleJSONSyntax = "json/syntax" // not the JSON that can stand there
	ruleJSONShape  = "json/shape"  // JSON, but not of the form of any layer
)

// assembly puts sets that come one by one, from lines of JSON, back into interchanges and groups. Lines that follow
// one another with the same interchange and the same group share one.
//
// A body decoder calls [assembly.beginSet], writes the segments to w and calls [assembly.endSet].
type assembly struct {
	c        *call
	w        *x12.Writer
	to       delimiters
	oneline  bool
	renumber bool
	complete bool // what programs write, which need not be complete

	line     line // the one being read
	open     line // whose interchange and group are open
	inside   bool // an interchange is open
	grouped  bool // a group is open
	partial  bool // part of a set is written that may not become whole
	nInter   int  // of renumbered interchanges
	nGroup   int
	nSet     int // in the group
	segments segmentsDecoder
	bodies   []body      // of all layers
	units    unitSet     // the set that comes unit by unit
	context  lineContext // of the line
	at       int64       // where the unit begins that is being read

	claims *edi837.Writer // of claims that are completed; nil when none are under way
}

// line is the identity of one line: where what it holds belongs.
type line struct {
	inter                x12.Interchange
	group                x12.Group
	set                  x12.Set
	hasGroup, hasSet     bool
	interText, groupText []byte // as they stand in the line, to see quickly that they are those of the line before
}

// readLines reads all lines and writes what they hold. After a fault what was whole is written and properly closed.
func (a *assembly) readLines(r io.Reader) error {
	sc := jsonstream.NewScanner(r)
	var err error
	for err == nil {
		if _, err = sc.Next(); err == nil {
			a.c.sums.lines++
			err = a.readLine(sc)
		}
	}
	if err == io.EOF {
		if err = a.closeUnits(); err == nil {
			err = a.closeClaims()
		}
		if err == nil {
			return a.w.Close()
		}
	}
	if werr := a.closeClaims(); werr != nil {
		return werr
	}
	if a.partial { // left open, so that whoever reads it sees that it is cut short
		if werr := a.w.Flush(); werr != nil {
			return werr
		}
	} else if werr := a.w.Close(); werr != nil {
		return werr
	}
	return a.fault(err, sc.Offset())
}

// fault makes errors of the JSON and of what it says findings; I/O errors stay themselves.
func (a *assembly) fault(err error, offset int64) error {
	var syntax *jsonstream.SyntaxError
	var issue *x12.Issue
	switch {
	case errors.As(err, &syntax):
		return a.c.fail(&x12.Issue{Offset: syntax.Offset, Rule: ruleJSONSyntax, Message: syntax.Message, Err: err})
	case errors.As(err, &issue):
		if issue.Rule != ruleJSONShape { // of the writer, whose offsets are those of the output
			issue.Offset = offset
		}
		return a.c.fail(issue)
	}
	return err
}

// shapef returns the fault for JSON that is well formed but not what the layer has there.
func (a *assembly) shapef(sc *jsonstream.Scanner, format string, args ...any) error {
	return &x12.Issue{Offset: sc.Offset(), Rule: ruleJSONShape, Severity: x12.Error, Message: fmt.Sprintf(format, args...)}
}

// readLine reads one object.
func (a *assembly) readLine(sc *jsonstream.Scanner) error {
	l := &a.line
	l.inter, l.group, l.set = x12.Interchange{}, x12.Group{}, x12.Set{}
	l.hasGroup, l.hasSet = false, false
	l.interText, l.groupText = l.interText[:0], l.groupText[:0]
	a.context = lineContext{head: a.context.head[:0], levels: a.context.levels[:0]}
	done := false
	err := members(sc, func(key []byte) error {
		switch member := string(key); {
		case member == "set" && done: // sorted by name; what the set needs, its content has said
			return sc.Skip()
		case member == "interchange" || member == "group" || member == "set":
			if done {
				return a.shapef(sc, "the member %s stands behind the content: expected it before", member)
			}
			return a.identity(sc, member)
		}
		b := a.bodyOf(key)
		switch {
		case b == nil:
			return a.shapef(sc, "a member that no layer has: expected interchange, group, set and %s", bodyNames())
		case done:
			return a.shapef(sc, "a second member with content")
		case b.context:
			return b.decode(a, sc)
		}
		done = true
		return b.decode(a, sc)
	})
	if err == nil && !done {
		err = a.shapef(sc, "a line without content: expected a member %s", bodyNames())
	}
	return err
}

func bodyNames() string {
	var names []string
	for _, l := range layers() {
		for _, b := range l.bodies {
			if !slices.Contains(names, b.member) && !b.context {
				names = append(names, b.member)
			}
		}
	}
	return strings.Join(names, " or ")
}

// maxIdentity bounds the text of one of the members interchange, group and set.
const maxIdentity = 64 << 10

// identity reads the member interchange, group or set. All lines of an interchange repeat the first two; equal text
// is not parsed again.
func (a *assembly) identity(sc *jsonstream.Scanner, member string) (err error) {
	l := &a.line
	switch member {
	case "interchange":
		at := sc.Offset()
		if l.interText, err = sc.Raw(l.interText[:0], maxIdentity); err != nil {
			return err
		}
		if bytes.Equal(l.interText, a.open.interText) {
			l.inter = a.open.inter
			return nil
		}
		l.inter, err = a.parseInterchange(l.interText)
		return shift(err, at)
	case "group":
		at := sc.Offset()
		l.hasGroup = true
		if l.groupText, err = sc.Raw(l.groupText[:0], maxIdentity); err != nil {
			return err
		}
		if a.open.hasGroup && bytes.Equal(l.groupText, a.open.groupText) {
			l.group = a.open.group
			return nil
		}
		l.group, err = a.parseGroup(l.groupText)
		return shift(err, at)
	}
	l.hasSet = true
	return a.parseSet(sc, &l.set)
}

// shift moves a fault found in a copied part of the stream to its place in the stream.
func shift(err error, by int64) error {
	var syntax *jsonstream.SyntaxError
	var issue *x12.Issue
	if errors.As(err, &syntax) {
		syntax.Offset += by
	} else if errors.As(err, &issue) {
		issue.Offset += by
	}
	return err
}

func (a *assembly) parseInterchange(text []byte) (in x12.Interchange, err error) {
	sc := jsonstream.NewScanner(bytes.NewReader(text))
	isa := false
	err = members(sc, func(key []byte) error {
		switch string(key) {
		case "seq":
			return a.seq(sc, &in.Seq)
		case "delimiters":
			text, err := sc.String(nil)
			if err != nil {
				return err
			}
			var ok bool
			if in.Delims, ok = x12.ParseDelimiters(string(text)); !ok {
				return a.shapef(sc, "delimiters that clash or cannot be delimiters: expected element, (repetition,) component separator and terminator")
			}
			return nil
		case "isa":
			isa = true
			n, err := a.texts(sc, in.ISA[:])
			if err == nil && n != len(in.ISA) {
				err = a.shapef(sc, "%d elements in isa: expected 16", n)
			}
			return err
		}
		return sc.Skip()
	})
	if !isa {
		in.Seq = 0 // sets without ISA
	} else if in.Seq == 0 {
		in.Seq = 1
	}
	return in, err
}

func (a *assembly) parseGroup(text []byte) (g x12.Group, err error) {
	sc := jsonstream.NewScanner(bytes.NewReader(text))
	g.Seq = 1
	err = members(sc, func(key []byte) error {
		switch string(key) {
		case "seq":
			return a.seq(sc, &g.Seq)
		case "gs":
			_, err := a.texts(sc, g.GS[:])
			return err
		}
		return sc.Skip()
	})
	return g, err
}

func (a *assembly) parseSet(sc *jsonstream.Scanner, s *x12.Set) error {
	return members(sc, func(key []byte) error {
		var text []byte
		var err error
		switch string(key) {
		case "seq":
			return a.seq(sc, &s.Seq)
		case "id":
			text, err = sc.String(nil)
			s.ID = string(text)
		case "control":
			text, err = sc.String(nil)
			s.Control = string(text)
		case "version":
			text, err = sc.String(nil)
			s.Version = string(text)
		default:
			err = sc.Skip()
		}
		return err
	})
}

func (a *assembly) seq(sc *jsonstream.Scanner, to *int) error {
	n, err := sc.Int()
	if err == nil && n < 0 {
		err = a.shapef(sc, "a negative seq")
	}
	*to = int(n)
	return err
}

// texts reads an array of values into to and returns how many there were.
func (a *assembly) texts(sc *jsonstream.Scanner, to []string) (int, error) {
	if err := sc.Open('['); err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		more, err := sc.Item(n, ']')
		if err != nil || !more {
			return n, err
		}
		if n == len(to) {
			return n, a.shapef(sc, "more than %d elements", len(to))
		}
		text, err := a.value(sc, nil)
		if err != nil {
			return n, err
		}
		to[n] = string(text)
	}
}

// members reads an object and calls f for each member, the scanner before its value. The key is valid until f reads on.
func members(sc *jsonstream.Scanner, f func(key []byte) error) error {
	if err := sc.Open('{'); err != nil {
		return err
	}
	var key []byte
	for n := 0; ; n++ {
		more, err := sc.Item(n, '}')
		if err != nil || !more {
			return err
		}
		if key, err = sc.Key(key[:0]); err != nil {
			return err
		}
		if err := f(key); err != nil {
			return err
		}
	}
}

// delims returns the delimiters that the line's interchange is written with.
func (a *assembly) delims() x12.Delimiters {
	in := &a.line.inter
	d := in.Delims
	if d == (x12.Delimiters{}) {
		d = x12.DefaultDelimiters
	}
	return repetitionOf(in, a.to.over(d))
}

// repetitionOf takes the repetition separator from d where the version of the interchange has none.
func repetitionOf(in *x12.Interchange, d x12.Delimiters) x12.Delimiters {
	if in.Seq != 0 && in.ISA[11] < "00402" {
		d.Repetition = 0
	}
	return d
}

// enter makes the interchange and group of the line the open ones.
func (a *assembly) enter() error {
	if err := a.closeUnits(); err != nil {
		return err
	}
	if err := a.closeClaims(); err != nil {
		return err
	}
	l, o := &a.line, &a.open
	sameInter := a.inside && l.inter == o.inter
	if a.grouped && (!sameInter || !l.hasGroup && o.hasGroup || l.group != o.group) {
		if err := a.w.EndGroup(); err != nil {
			return err
		}
		a.grouped = false
	}
	if !sameInter {
		if err := a.enterInterchange(); err != nil {
			return err
		}
	}
	if l.hasGroup && !a.grouped {
		o.group, o.hasGroup = l.group, true
		o.groupText = append(o.groupText[:0], l.groupText...)
		g := l.group
		if a.nGroup++; a.renumber {
			g.GS[5] = strconv.Itoa(a.nGroup)
		}
		a.grouped, a.nSet = true, 0
		return a.w.BeginGroup(&g)
	}
	return nil
}

func (a *assembly) enterInterchange() error {
	if a.inside {
		if err := a.w.EndInterchange(); err != nil {
			return err
		}
	}
	l, o := &a.line, &a.open
	o.inter, o.hasGroup = l.inter, false
	o.interText = append(o.interText[:0], l.interText...)
	in := l.inter
	if a.nInter++; a.renumber {
		in.ISA[12] = strconv.Itoa(a.nInter)
	}
	a.inside = true
	return a.w.BeginInterchange(&in)
}

// beginSet starts a set in the interchange and group of the line. The control number is changed with --renumber.
func (a *assembly) beginSet(s x12.Set) error {
	if err := a.enter(); err != nil {
		return err
	}
	if !a.grouped && a.open.inter.Seq != 0 { // a set in an interchange but in no group: kept so
		a.open.group, a.open.hasGroup = x12.Group{}, false
		a.grouped = true
		if err := a.w.BeginGroup(&x12.Group{}); err != nil {
			return err
		}
	}
	if a.nSet++; a.renumber || s.Control == "" && !a.line.hasSet {
		s.Control = fmt.Sprintf("%04d", a.nSet)
	}
	a.partial = true
	return a.w.BeginSet(&s)
}

// endSet ends the set.
func (a *assembly) endSet() error {
	if err := a.w.EndSet(); err != nil {
		return err
	}
	a.partial = false
	return a.c.out.endSetOf(a.w)
}

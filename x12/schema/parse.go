package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	goName      = regexp.MustCompile(`^[A-Z][A-Za-z0-9]{0,63}$`)
	packageName = regexp.MustCompile(`^[a-z][a-z0-9]{0,31}$`)
	guideID     = regexp.MustCompile(`^[0-9]{6}[A-Z0-9]{0,9}$`)
	loopID      = regexp.MustCompile(`^[0-9]{4}[A-Z]{0,2}$`)
	ruleID      = regexp.MustCompile(`^[a-z0-9]+(/[a-z0-9]+(-[a-z0-9]+)*)+$`)
	digits2     = regexp.MustCompile(`^[0-9]{2}$`)
	digits4     = regexp.MustCompile(`^[0-9]{4}$`)
	setNumber   = regexp.MustCompile(`^[0-9]{3}$`)
	gsCode      = regexp.MustCompile(`^[A-Z]{2}$`)
	version     = regexp.MustCompile(`^[0-9]{6}$`)
	tableNumber = regexp.MustCompile(`^[123]$`)
	levelCode   = regexp.MustCompile(`^[A-Z0-9]{1,2}$`)
	ruleSubject = regexp.MustCompile(`^[0-9A-Za-z]+(-[0-9]+)?$`)
	ruleOp      = regexp.MustCompile(`^(in|not-in|present|absent)$`)
	foldSpan    = regexp.MustCompile(`^([0-9]{2})\.\.([0-9]{2})$`)
)

// Limits on what a guide may hold. The largest health care guides stay below a quarter of them; they keep the checks
// that compare everything with everything short.
const (
	maxEntries = 2000 // loops, segments and rules
	maxUses    = 20
	maxCodes   = 2000 // in one list
	maxNames   = 100  // values or names in one part of a rule
)

// Parse reads a guide file against the dictionary of its base standard. Name is what messages call the file.
// The error is an ErrorList with every fault found; the guide is nil then.
func Parse(name string, src []byte, dict *Dictionary) (*Guide, error) {
	p := &parser{
		rep:  &reporter{file: name},
		dict: dict,
		g:    &Guide{File: name, Body: &Loop{Usage: Required, Max: 1}},
	}
	if len(src) > maxFile {
		p.rep.errorf(1, 1, "file of %d bytes, at most %d are read", len(src), maxFile)
		return nil, p.rep.err()
	}
	p.read(src)
	if len(p.rep.list) == 0 {
		// Each stage relies on what the one before it has made sure of.
		for _, stage := range []func(){p.finishHeader, p.resolve, p.checkShapes, p.checkRules, p.checkKeys} {
			stage()
			if len(p.rep.list) > 0 {
				break
			}
		}
	}
	if err := p.rep.err(); err != nil {
		return nil, err
	}
	return p.g, nil
}

// parser builds the guide line by line.
type parser struct {
	rep    *reporter
	dict   *Dictionary
	g      *Guide
	table  int             // current table, 0 before the first
	header map[string]bool // header lines seen
	last   int             // line of the last entry
	count  int             // loops, segments and rules
	uses   int             // loops that repeat others
}

// frame is what the lines one level below an entry belong to.
type frame interface {
	// line reads one entry and returns the frame of the lines below it, nil if there may be none.
	line(p *parser, e *entry) frame
}

// skipFrame swallows what stands below a line that is already reported.
type skipFrame struct{}

func (skipFrame) line(*parser, *entry) frame { return skipFrame{} }

// leafFrame reports lines below an entry that takes none.
type leafFrame struct{}

func (leafFrame) line(p *parser, e *entry) frame {
	p.rep.errorf(e.line, e.col, "nothing may be indented below the line above, expected at most %d spaces", 2*(e.level-1))
	return skipFrame{}
}

func (p *parser) read(src []byte) {
	s := newScanner(p.rep, src)
	stack := []frame{fileFrame{}}
	for e := s.scan(); e != nil && !p.rep.full(); e = s.scan() {
		p.last = e.line
		if e.level >= len(stack) {
			if _, skipping := stack[len(stack)-1].(skipFrame); !skipping {
				p.rep.errorf(e.line, e.col, "indented by %d spaces, expected at most %d here", 2*e.level, 2*(len(stack)-1))
			}
			continue
		}
		stack = stack[:e.level+1]
		var below frame = skipFrame{}
		if !e.broken {
			below = stack[e.level].line(p, e)
		} else if p.header == nil {
			p.header = map[string]bool{} // it may have been the guide line; do not complain of its absence
		}
		if below == nil {
			below = leafFrame{}
		}
		stack = append(stack, below)
	}
	p.g.End = s.pending
}

// fileFrame takes the unindented lines.
type fileFrame struct{}

func (fileFrame) line(p *parser, e *entry) frame {
	switch first := e.tokens[0]; {
	case first.is("guide"):
		return p.guideLine(e)
	case p.header == nil:
		return p.fail(e, first, `the line "guide ID" first`)
	case first.is("table"):
		return p.tableLine(e)
	case p.table == 0:
		return p.fail(e, first, `"table 1" after the header`)
	}
	return loopFrame{p.g.Body}.line(p, e)
}

// fail reports a token that is not what stands there and skips what is below the line.
func (p *parser) fail(e *entry, t token, want string) frame {
	p.rep.errorf(t.line, t.col, "found %s, expected %s", t, want)
	return skipFrame{}
}

func (p *parser) guideLine(e *entry) frame {
	c := p.cursor(e)
	if p.header != nil {
		return p.fail(e, e.tokens[0], "one guide line per file")
	}
	p.header = map[string]bool{}
	c.i++
	c.match(guideID, &p.g.ID, "a guide id such as 005010X221A1")
	c.end()
	p.g.Doc = append(e.doc, remark(e)...)
	return headerFrame{}
}

func remark(e *entry) []string {
	if e.remark == "" {
		return nil
	}
	return []string{e.remark}
}

// headerFrame takes the lines below "guide".
type headerFrame struct{}

func (headerFrame) line(p *parser, e *entry) frame {
	c := p.cursor(e)
	key := e.tokens[0]
	g := p.g
	if p.header[key.text] {
		return p.fail(e, key, "each header line once")
	}
	p.header[key.text] = true
	g.Doc = append(append(g.Doc, e.doc...), remark(e)...)
	c.i++
	switch key.text {
	case "set":
		c.match(setNumber, &g.Set, "a transaction set number such as 835")
		c.match(packageName, &g.Package, "the Go package, such as ts835")
		c.match(goName, &g.Root, "the Go type of the set, such as RemittanceAdvice")
	case "gs":
		c.match(gsCode, &g.GS, "a functional identifier such as HP")
	case "base":
		c.match(version, &g.Base, "a version such as 005010")
	case "unit":
		g.Units = c.all(loopID, "a loop id such as 2100")
		if len(g.Units) > 0 {
			g.Unit = g.Units[0]
		}
	case "accept":
		g.Accept = c.all(guideID, "a guide id such as 005010X221")
	case "near":
		g.Near = c.all(guideID, "a guide id such as 004010X091")
	case "exact":
		g.Exact = true
	case "title":
		if t, ok := c.take(); ok && t.kind == stringToken && t.text != "" {
			g.Title = t.text
		} else {
			c.back("the name of the guide in quotes")
		}
	default:
		return p.fail(e, key, `"set", "gs", "base", "unit", "title", "accept", "near" or "exact"`)
	}
	c.end()
	return nil
}

// finishHeader checks what only shows when the file is read.
func (p *parser) finishHeader() {
	line := max(p.last, 1)
	if p.header == nil {
		p.rep.errorf(line, 1, `no "guide" line`)
		return
	}
	for _, key := range []string{"set", "gs", "base", "title"} {
		if !p.header[key] {
			p.rep.errorf(line, 1, `no %q line below "guide"`, key)
		}
	}
	if p.dict == nil {
		p.rep.errorf(1, 1, "no dictionary to read the guide with")
	} else if p.header["base"] && p.g.Base != p.dict.Base {
		p.rep.errorf(1, 1, "the guide is based on %s, the dictionary is that of %s", p.g.Base, p.dict.Base)
	}
	if len(p.g.Body.Children) == 0 {
		p.rep.errorf(line, 1, "the guide has no segments")
	}
	for _, id := range p.g.Units {
		if p.g.FindLoop(id) == nil {
			p.rep.errorf(1, 1, `there is no loop %s, named by "unit"`, id)
		}
	}
}

func (p *parser) tableLine(e *entry) frame {
	c := p.cursor(e)
	c.i++
	var number string
	if !c.match(tableNumber, &number, "1, 2 or 3") {
		return skipFrame{}
	}
	n := int(number[0] - '0')
	if n <= p.table {
		return p.fail(e, e.tokens[1], fmt.Sprintf("a table after %d", p.table))
	}
	c.end()
	p.table = n
	p.g.TableDoc[n] = append(e.doc, remark(e)...)
	return nil
}

// loopFrame takes the segments, loops and rules of a loop.
type loopFrame struct{ loop *Loop }

func (f loopFrame) line(p *parser, e *entry) frame {
	if p.count++; p.count > maxEntries {
		p.rep.errorf(e.line, e.col, "more than %d loops, segments and rules", maxEntries)
		return skipFrame{}
	}
	switch first := e.tokens[0]; {
	case first.kind == wordToken && digits4.MatchString(first.text) && !first.attr:
		return p.segmentLine(f.loop, e)
	case first.is("loop"):
		return p.loopLine(f.loop, e)
	case first.is("use"):
		return p.useLine(f.loop, e)
	case first.is("rule"):
		f.loop.Rules = p.ruleLine(f.loop.Rules, e)
		return nil
	default:
		return p.fail(e, first, `a segment (four digits), "loop", "use" or "rule"`)
	}
}

func (p *parser) loopLine(parent *Loop, e *entry) frame {
	c := p.cursor(e)
	l := &Loop{Table: p.table, Parent: parent, Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	c.i++
	ok := c.match(loopID, &l.ID, "a loop id such as 2100") &&
		c.usage(&l.Usage) && c.max(&l.Max) && c.match(goName, &l.Field, "a Go field name, exported")
	if !ok {
		return skipFrame{}
	}
	l.Type = l.Field
	typed := false
	if t, ok := c.peek(); ok && t.kind == wordToken && !t.is("hl") {
		if !c.match(goName, &l.Type, "the Go type of one instance, exported") {
			return skipFrame{}
		}
		typed = true
	}
	if l.Max != 1 && !typed {
		p.rep.errorf(e.line, e.end, "loop %s repeats, expected the Go type of one instance after its field", l.ID)
	}
	if t, ok := c.peek(); ok && t.is("hl") {
		c.i++
		c.match(levelCode, &l.HL, "the level code HL03, such as 22")
	}
	c.title(&l.Title)
	c.end()
	if l.ID != "" && p.sibling(parent, l.ID) {
		p.rep.errorf(e.line, e.col, "loop %s stands twice in its parent", l.ID)
	}
	parent.Children = append(parent.Children, l)
	return loopFrame{l}
}

func (p *parser) sibling(parent *Loop, id string) bool {
	return slices.ContainsFunc(parent.Children, func(n Node) bool {
		l, ok := n.(*Loop)
		return ok && l.ID == id
	})
}

func (p *parser) useLine(parent *Loop, e *entry) frame {
	c := p.cursor(e)
	l := &Loop{Table: p.table, Parent: parent, Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	c.i++
	if p.uses++; p.uses > maxUses {
		return p.fail(e, e.tokens[0], fmt.Sprintf("at most %d loops that repeat others", maxUses))
	}
	ok := c.match(loopID, &l.ID, "the id of the loop to repeat, such as 2300") && c.keyword("of") &&
		c.match(loopID, &l.UseOf, "the id of the loop that holds it, such as 2000B") &&
		c.usage(&l.Usage) && c.max(&l.Max) && c.match(goName, &l.Field, "a Go field name, exported")
	if !ok {
		return skipFrame{}
	}
	c.title(&l.Title)
	c.end()
	if p.sibling(parent, l.ID) {
		p.rep.errorf(e.line, e.col, "loop %s stands twice in its parent", l.ID)
	}
	parent.Children = append(parent.Children, l)
	return nil
}

func (p *parser) segmentLine(parent *Loop, e *entry) frame {
	c := p.cursor(e)
	s := &Segment{Table: p.table, Loop: parent, Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	s.Position, _ = strconv.Atoi(e.tokens[0].text)
	if s.Position == 0 {
		return p.fail(e, e.tokens[0], "a position from 0001")
	}
	c.i++
	ok := c.match(segmentName, &s.ID, "a segment id such as N1") && c.usage(&s.Usage) && c.max(&s.Max) &&
		c.field(&s.Field, `a Go field name, "*" or "-"`)
	if !ok {
		return skipFrame{}
	}
	for {
		t, ok := c.peek()
		if !ok || t.kind != wordToken {
			break
		}
		switch {
		case t.attr && t.text == "as" && s.As == "" && goName.MatchString(t.value):
			s.As = t.value
		case t.attr && t.text == "inline" && s.Inline == 0 && digits2.MatchString(t.value) && t.value != "00":
			s.Inline, _ = strconv.Atoi(t.value)
		default:
			p.fail(e, t, `"as=Type", "inline=nn" or the name in quotes`)
		}
		c.i++
	}
	c.title(&s.Title)
	c.end()
	parent.Children = append(parent.Children, s)
	return segmentFrame{s}
}

// segmentFrame takes the elements and rules of a segment.
type segmentFrame struct{ seg *Segment }

func (f segmentFrame) line(p *parser, e *entry) frame {
	switch first := e.tokens[0]; {
	case first.is("rule"):
		if p.count++; p.count > maxEntries {
			p.rep.errorf(e.line, e.col, "more than %d loops, segments and rules", maxEntries)
			return skipFrame{}
		}
		f.seg.Rules = p.ruleLine(f.seg.Rules, e)
		return nil
	case first.is("fold"):
		return p.foldLine(f.seg, e)
	}
	el := p.elementLine(e, &f.seg.Elements, "", `an element number of two digits, "fold" or "rule"`)
	if el == nil {
		return skipFrame{}
	}
	return compositeFrame{el}
}

// compositeFrame takes the components of an element.
type compositeFrame struct{ el *Element }

func (f compositeFrame) line(p *parser, e *entry) frame {
	if p.elementLine(e, &f.el.Components, "-", `a component such as -1`) == nil {
		return skipFrame{}
	}
	return nil
}

// foldFrame takes the rows of a fold.
type foldFrame struct{ fold *Fold }

func (f foldFrame) line(p *parser, e *entry) frame {
	el := p.elementLine(e, &f.fold.Elements, "+", `a row such as +0`)
	if el == nil {
		return skipFrame{}
	}
	return compositeFrame{el}
}

func (p *parser) foldLine(s *Segment, e *entry) frame {
	c := p.cursor(e)
	f := &Fold{}
	c.i++
	ok := c.span(foldSpan, &f.From, &f.To, "a run of elements such as 02..19") &&
		c.keyword("by") && c.number(&f.By, 2, 9, "the size of a group, 2 to 9") &&
		c.match(goName, &f.Field, "a Go field name, exported") && c.match(goName, &f.Type, "the Go type of a group, exported")
	if !ok {
		return skipFrame{}
	}
	c.end()
	el := &Element{Pos: f.From, To: f.To, Field: f.Field, Fold: f, Repeat: 1, Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	if !p.after(s.Elements, el) {
		return skipFrame{}
	}
	if (f.To-f.From+1)%f.By != 0 {
		p.rep.errorf(e.line, e.col, "elements %02d to %02d are not a number of groups of %d", f.From, f.To, f.By)
	}
	s.Elements = append(s.Elements, el)
	return foldFrame{f}
}

// after reports an element that does not come after the last of the list.
func (p *parser) after(list []*Element, el *Element) bool {
	if len(list) == 0 {
		return true
	}
	last := list[len(list)-1]
	if el.Pos > max(last.Pos, last.To) {
		return true
	}
	p.rep.errorf(el.Line, el.col, "element %d after %d, expected them to rise", el.Pos, max(last.Pos, last.To))
	return false
}

// ruleLine reads "rule id when subject op values... require|forbid names...".
func (p *parser) ruleLine(rules []*Rule, e *entry) []*Rule {
	c := p.cursor(e)
	r := &Rule{Line: e.line, Doc: e.doc, Remark: e.remark, col: e.col}
	c.i++
	ok := c.match(ruleID, &r.ID, "a rule id such as 835/bpr-banks") && c.keyword("when") &&
		c.match(ruleSubject, &r.Subject, "an element number, segment id or field") &&
		c.match(ruleOp, &r.Op, `"in", "not-in", "present" or "absent"`)
	if !ok {
		return rules
	}
	var into *[]string
	if r.Op == "in" || r.Op == "not-in" {
		into = &r.Values
	}
	for t, ok := c.take(); ok; t, ok = c.take() {
		switch {
		case t.is("require") && r.Require == nil:
			into, r.Require = &r.Require, []string{}
		case t.is("forbid") && r.Forbid == nil:
			into, r.Forbid = &r.Forbid, []string{}
		case into == nil || t.attr || t.kind == openToken || t.kind == closeToken || t.text == "":
			c.back(`"require" or "forbid"`)
			return rules
		case len(*into) == maxNames:
			c.back(fmt.Sprintf("at most %d values or names", maxNames))
			return rules
		case slices.Contains(*into, t.text):
			p.fail(e, t, "each name once")
		default:
			*into = append(*into, t.text)
		}
	}
	switch {
	case r.Values == nil && (r.Op == "in" || r.Op == "not-in"):
		p.rep.errorf(e.line, e.end, "%q names no values", r.Op)
	case len(r.Require)+len(r.Forbid) == 0:
		p.rep.errorf(e.line, e.end, `rule without "require" or "forbid" and what it names`)
	}
	return append(rules, r)
}

// FindLoop returns the first loop with the id, in transmission order, nil if there is none.
func (g *Guide) FindLoop(id string) *Loop { return g.Body.find(id) }

func (l *Loop) find(id string) *Loop {
	for _, n := range l.Children {
		child, ok := n.(*Loop)
		if !ok {
			continue
		}
		if child.ID == id {
			return child
		}
		if found := child.find(id); found != nil {
			return found
		}
	}
	return nil
}

// number2 reads digits already checked by a pattern.
func number2(text string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(text, "-+"))
	return n
}

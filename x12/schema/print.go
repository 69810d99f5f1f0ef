package schema

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

const (
	maxColumn = 100 // a code list is broken before this column
	maxAlign  = 40  // attributes are aligned up to this column
)

// Print writes a guide in the form of a guide file. Parse reads it back to the same guide.
// Names that the dictionary gives are left out.
func Print(g *Guide) []byte {
	w := &printer{}
	w.doc(0, g.Doc)
	fmt.Fprintf(&w.b, "guide %s\n", g.ID)
	fmt.Fprintf(&w.b, "  set %s %s %s\n", g.Set, g.Package, g.Root)
	fmt.Fprintf(&w.b, "  gs %s\n", g.GS)
	fmt.Fprintf(&w.b, "  base %s\n", g.Base)
	units := g.Units
	if units == nil && g.Unit != "" {
		units = []string{g.Unit}
	}
	if len(units) > 0 {
		fmt.Fprintf(&w.b, "  unit %s\n", strings.Join(units, " "))
	}
	fmt.Fprintf(&w.b, "  title %s\n", quote(g.Title))
	if len(g.Accept) > 0 {
		fmt.Fprintf(&w.b, "  accept %s\n", strings.Join(g.Accept, " "))
	}
	if len(g.Near) > 0 {
		fmt.Fprintf(&w.b, "  near %s\n", strings.Join(g.Near, " "))
	}
	if g.Exact {
		w.b.WriteString("  exact\n")
	}
	table := 0
	for _, n := range g.Body.Children {
		if t := placeOf(n).table; t != table {
			table = t
			w.b.WriteByte('\n')
			w.doc(0, g.TableDoc[t])
			fmt.Fprintf(&w.b, "table %d\n", t)
		}
		w.node(0, n)
	}
	w.rules(0, g.Body.Rules)
	w.doc(0, g.End)
	return w.b.Bytes()
}

type printer struct{ b bytes.Buffer }

func (w *printer) doc(level int, lines []string) {
	for _, l := range lines {
		w.line(level, strings.TrimRight("# "+l, " "), "")
	}
}

func (w *printer) line(level int, text, remark string) {
	w.b.WriteString(strings.Repeat("  ", level))
	w.b.WriteString(text)
	if remark != "" {
		w.b.WriteString("  # " + remark)
	}
	w.b.WriteByte('\n')
}

func (w *printer) node(level int, n Node) {
	switch n := n.(type) {
	case *Loop:
		w.loop(level, n)
	case *Segment:
		w.segment(level, n)
	}
}

func (w *printer) loop(level int, l *Loop) {
	w.doc(level, l.Doc)
	title := ""
	if l.Title != l.given && l.Title != "" {
		title = " " + quote(l.Title)
	}
	if l.UseOf != "" {
		w.line(level, fmt.Sprintf("use %s of %s %c %s %s%s", l.ID, l.UseOf, l.Usage, maximum(l.Max), l.Field, title), l.Remark)
		return
	}
	text := fmt.Sprintf("loop %s %c %s %s", l.ID, l.Usage, maximum(l.Max), l.Field)
	if l.Type != l.Field || l.Max != 1 {
		text += " " + l.Type
	}
	if l.HL != "" {
		text += " hl " + l.HL
	}
	w.line(level, text+title, l.Remark)
	for _, n := range l.Children {
		w.node(level+1, n)
	}
	w.rules(level+1, l.Rules)
}

func maximum(n int) string {
	if n == 0 {
		return ">1"
	}
	return fmt.Sprint(n)
}

func (w *printer) segment(level int, s *Segment) {
	w.doc(level, s.Doc)
	text := fmt.Sprintf("%04d %s %c %s %s", s.Position, s.ID, s.Usage, maximum(s.Max), s.Field)
	if s.As != "" {
		text += " as=" + s.As
	}
	if s.Inline != 0 {
		text += fmt.Sprintf(" inline=%02d", s.Inline)
	}
	if s.Title != s.given && s.Title != "" {
		text += " " + quote(s.Title)
	}
	w.line(level, text, s.Remark)
	w.elements(level+1, s, "%02d", s.Elements)
	w.rules(level+1, s.Rules)
}

// elements prints a list; the attributes of the elements in it are aligned.
func (w *printer) elements(level int, s *Segment, format string, list []*Element) {
	width := 0
	heads := make([]string, len(list))
	for i, el := range list {
		heads[i] = head(format, el)
		if n := 2*level + len(heads[i]); n <= maxAlign && el.Fold == nil {
			width = max(width, n)
		}
	}
	for i, el := range list {
		w.doc(level, el.Doc)
		if el.Fold != nil {
			w.line(level, heads[i], el.Remark)
			w.elements(level+1, s, "+%d", el.Fold.Elements)
			continue
		}
		w.element(level, width, s, el, heads[i])
		if el.Like == 0 {
			w.elements(level+1, s, "-%d", el.Components)
		}
	}
}

// head is an element line up to the field.
func head(format string, el *Element) string {
	if f := el.Fold; f != nil {
		return fmt.Sprintf("fold %02d..%02d by %d %s %s", f.From, f.To, f.By, f.Field, f.Type)
	}
	text := fmt.Sprintf(format, el.Pos)
	if el.To != 0 {
		text += ".." + fmt.Sprintf(strings.TrimLeft(format, "-"), el.To)
	}
	text += fmt.Sprintf(" %c", el.Usage)
	if el.Field != "" {
		text += " " + el.Field
	}
	return text
}

// element prints one line, and more if its codes do not fit.
func (w *printer) element(level, width int, s *Segment, el *Element, text string) {
	before, after := attributes(s, el)
	if el.Remark != "" {
		after = append(after, " # "+el.Remark)
	}
	rest := strings.Join(append(before, codeList(el)...), " ")
	rest = strings.TrimSpace(rest + " " + strings.Join(after, " "))
	if rest == "" {
		w.line(level, text, "")
		return
	}
	indent := 2 * level
	text += strings.Repeat(" ", max(width-indent-len(text), 0)+1)
	if indent+len(text)+len(rest) <= maxColumn || len(el.Codes) == 0 {
		w.line(level, text+rest, "")
		return
	}
	for _, b := range before {
		text += b + " "
	}
	column := indent + len(text)
	for i, c := range codeList(el) {
		switch {
		case i == 0:
		case column+1+len(c) > maxColumn:
			text += "\n" + strings.Repeat(" ", indent+4)
			column = indent + 4
		default:
			text += " "
			column++
		}
		text += c
		column += len(c)
	}
	w.line(level, strings.TrimRight(text+" "+strings.Join(after, " "), " "), "")
}

// codeList returns the words of a code list with the braces at the first and last.
func codeList(el *Element) []string {
	if len(el.Codes) == 0 {
		return nil
	}
	words := make([]string, len(el.Codes))
	for i, c := range el.Codes {
		words[i] = plain(c)
	}
	open := "{"
	switch {
	case el.KeyNot:
		open = "!{^"
	case el.Key:
		open = "!{"
	}
	words[0] = open + words[0]
	words[len(words)-1] += "}"
	return words
}

// attributes returns what stands before and after the codes.
func attributes(s *Segment, el *Element) (before, after []string) {
	as := el.As
	if el.Like != 0 {
		for _, from := range s.Elements {
			if from.Pos == el.Like && from.GoType() == as {
				as = ""
			}
		}
	}
	if as != "" {
		before = append(before, "as="+as)
	}
	if el.Like != 0 {
		before = append(before, fmt.Sprintf("like %02d", el.Like))
	}
	add := func(format string, args ...any) { after = append(after, fmt.Sprintf(format, args...)) }
	if el.Type != "" {
		add("type=%s", el.Type)
	}
	if el.Money {
		add("money")
	}
	if el.Count {
		add("count")
	}
	if el.Digits != 0 {
		add("digits=%d", el.Digits)
	}
	if el.MaxLen != 0 {
		add("len=%d", el.MaxLen)
	}
	if el.Ext != "" {
		add("ext=%s", el.Ext)
	}
	if el.Repeat != 1 {
		add("repeat=%s", maximum(el.Repeat))
	}
	for _, n := range el.Notes {
		add("note=%s", plain(n))
	}
	if el.Title != el.given && el.Title != "" {
		add("%s", quote(el.Title))
	}
	return before, after
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_.,:;/*+()<>-]+$`)

// plain returns a code or value as a word if it can be one, else in quotes.
func plain(text string) string {
	if plainWord.MatchString(text) && text != "require" && text != "forbid" {
		return text
	}
	return quote(text)
}

func (w *printer) rules(level int, rules []*Rule) {
	for _, r := range rules {
		w.doc(level, r.Doc)
		text := fmt.Sprintf("rule %s when %s %s", r.ID, r.Subject, r.Op)
		for _, v := range r.Values {
			text += " " + plain(v)
		}
		if len(r.Require) > 0 {
			text += " require " + strings.Join(r.Require, " ")
		}
		if len(r.Forbid) > 0 {
			text += " forbid " + strings.Join(r.Forbid, " ")
		}
		w.line(level, text, r.Remark)
	}
}

package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

func guideCommand() command {
	return command{
		name:    "guide",
		args:    "[SET [PATH]]",
		summary: "show what a guide says of a loop, segment or element",
		streams: writesData,
		long: `Without arguments it lists the guides. SET is a transaction set (835, 834, 270, 271, 999, 997; 837p, 837i or 837d for claims, 277ca for their acknowledgment) or the id of a guide
(005010X221A1); alone it shows the loops and segments of the guide. PATH is a loop (2110), a segment (2110/SVC, NM1[QC]) or an element (SVC.01-2, CLP.02),
and shows usage, repeats, types, lengths, values with their meanings, syntax notes and the Go field.`,
		example: `edi guide
edi guide 835
edi guide 835 2110/SVC
edi guide 835 CLP.02
edi guide 837p 2310B/NM1`,
		declare: func(*pflag.FlagSet) func(*call) error {
			return func(c *call) error {
				g := &guidePage{}
				if err := g.page(c.args); err != nil {
					return err
				}
				_, err := c.out.Write(g.b)
				return err
			}
		},
	}
}

// guidePage is a page of documentation made from a guide table.
type guidePage struct {
	b []byte
	t *guide.Table
}

func (g *guidePage) f(format string, args ...any) { g.b = fmt.Appendf(g.b, format, args...) }

func (g *guidePage) page(args []string) error {
	if len(args) == 0 {
		for _, t := range tables() {
			g.f("%-5s  %s  %s\n", guideName(t), t.ID, t.Title)
		}
		return nil
	}
	var found []string
	for _, t := range tables() {
		if strings.EqualFold(guideName(t), args[0]) {
			g.t, found = t, nil
			break
		}
		if t.Set == args[0] || t.Reads(args[0]) {
			g.t, found = t, append(found, guideName(t))
		}
	}
	switch {
	case len(found) == 1:
	case len(found) > 1:
		return usagef("%s has several guides: give one of %s", args[0], strings.Join(found, ", "))
	case g.t == nil:
		return usagef("no guide for %q: see edi guide", args[0])
	}
	switch len(args) {
	case 1:
		g.tree()
		return nil
	case 2:
		return g.path(args[1])
	}
	return usagef("more than a set and a path")
}

// guideName is the name of a guide for people: its transaction set, with a letter where the set has several guides.
func guideName(t *guide.Table) string {
	if t.Set == "837" {
		switch t {
		case ts837.X222A1:
			return "837p"
		case ts837.X223A2:
			return "837i"
		case ts837.X224A2:
			return "837d"
		}
	}
	if t == ts277ca.X214 {
		return "277ca" // other 277 have other purposes
	}
	return t.Set
}

// before returns the loop that l is another use of, l itself if it is the first.
func (g *guidePage) before(l guide.LoopID) guide.LoopID {
	x := &g.t.Loops[l]
	for i := range g.t.Loops[:l] {
		if b := &g.t.Loops[i]; i > 0 && b.ID == x.ID && b.Type == x.Type {
			return guide.LoopID(i)
		}
	}
	return l
}

// tree lists loops and segments. A loop that stands in several places is written out at the first.
func (g *guidePage) tree() {
	g.f("%s %s: %s\n\n", g.t.Set, g.t.ID, g.t.Title)
	for i := range g.t.Slots[1:] {
		s := &g.t.Slots[i+1]
		if first := g.before(s.Loop); first != s.Loop {
			if l := &g.t.Loops[s.Loop]; s.Trigger && g.before(l.Parent) == l.Parent {
				g.f("%*sloop %s  %s %s  %s, as in %s\n", 2*(g.depth(s.Loop)-1), "", l.ID, usageWord(l.Usage), times(l.Max), l.Title, g.t.Loops[g.t.Loops[first].Parent].ID)
			}
			continue
		}
		depth := g.depth(s.Loop)
		if s.Trigger {
			l := &g.t.Loops[s.Loop]
			g.f("%*sloop %s  %s %s  %s\n", 2*(depth-1), "", l.ID, usageWord(l.Usage), times(l.Max), l.Title)
		}
		g.f("%*s%-8s %s %-6s %s\n", 2*depth, "", segmentName(s), usageWord(s.Usage), times(s.Max), s.Title)
	}
}

// depth is how many loops stand around what is in l.
func (g *guidePage) depth(l guide.LoopID) (n int) {
	for ; l > 0; l = g.t.Loops[l].Parent {
		n++
	}
	return n
}

// segmentName is the part of a slot's name behind its loop.
func segmentName(s *guide.Slot) string {
	return s.Name[strings.LastIndexByte(s.Name, '/')+1:]
}

func usageWord(u guide.Usage) string {
	switch u {
	case guide.Required:
		return "required"
	case guide.Situational:
		return "situational"
	}
	return "not used"
}

func times(n uint32) string {
	switch n {
	case 0:
		return ">1"
	case 1:
		return "1"
	}
	return fmt.Sprint(n)
}

// path shows a loop, segment or element.
func (g *guidePage) path(text string) error {
	p, err := x12.ParsePath(text)
	if err != nil {
		return usagef("%v", err)
	}
	if p.Segment == "" {
		return g.loop(p.Loops[len(p.Loops)-1].ID)
	}
	type use struct {
		loop guide.LoopID
		name string
	}
	found := map[use]bool{}
	for i := range g.t.Slots[1:] {
		s := &g.t.Slots[i+1]
		if s.ID.String() != p.Segment || p.SegKey != "" && !slices.Contains(s.Keys, p.SegKey) || !g.inLoops(s, p.Loops) {
			continue
		}
		u := use{g.before(s.Loop), segmentName(s)}
		if found[u] {
			continue
		}
		if len(found) > 0 {
			g.f("\n")
		}
		found[u] = true
		if p.Element == 0 {
			g.segment(s)
		} else if err := g.element(s, guide.SlotID(i+1), p); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		return usagef("the guide has no %s", text)
	}
	return nil
}

func (g *guidePage) inLoops(s *guide.Slot, loops []x12.PathStep) bool {
	l := s.Loop
	for i := len(loops) - 1; i >= 0; i-- {
		if l == 0 || g.t.Loops[l].ID != loops[i].ID {
			return false
		}
		l = g.t.Loops[l].Parent
	}
	return true
}

func (g *guidePage) loop(id string) error {
	found := false
	for n := range g.t.Loops {
		l := &g.t.Loops[n]
		if n == 0 || l.ID != id || found && g.before(guide.LoopID(n)) != guide.LoopID(n) {
			continue
		}
		if found {
			g.f("\n")
		}
		found = true
		g.f("Loop %s, %s, %s times: %s\n", l.ID, usageWord(l.Usage), times(l.Max), l.Title)
		if l.Type != "" {
			g.f("Go type %s\n", l.Type)
		}
		g.f("\n")
		for i := range g.t.Slots[1:] {
			s := &g.t.Slots[i+1]
			if int(s.Loop) == n {
				g.f("  %-10s %s %-6s %s\n", segmentName(s), usageWord(s.Usage), times(s.Max), s.Title)
			} else if s.Trigger && int(g.t.Loops[s.Loop].Parent) == n {
				c := &g.t.Loops[s.Loop]
				g.f("  loop %-5s %s %-6s %s\n", c.ID, usageWord(c.Usage), times(c.Max), c.Title)
			}
		}
	}
	if !found {
		return usagef("the guide has no loop %s", id)
	}
	return nil
}

func (g *guidePage) segment(s *guide.Slot) {
	g.f("%s, %s, %s times: %s\n", s.Name, usageWord(s.Usage), times(s.Max), s.Title)
	if s.Key > 0 {
		g.f("Known by %s%02d: %s\n", s.ID, s.Key, strings.Join(s.Keys, " "))
	}
	for _, n := range s.Syntax {
		g.f("Syntax %c%s\n", n.Kind, numbers(n.Elems))
	}
	for _, r := range s.Rules {
		g.f("Rule %s\n", r.ID)
	}
	g.f("\n")
	for k := 0; k < int(s.Count); {
		from, text := k+1, g.line(s, k)
		for k++; k < int(s.Count) && text != "" && g.line(s, k) == text; k++ { // the diagnoses of an HI
		}
		switch {
		case text == "":
		case k > from:
			g.f("  %s%02d to %02d%s", s.ID, from, k, text)
		default:
			g.f("  %s%02d%s", s.ID, from, text)
		}
	}
}

// line is what is said of element k, 0 = first, of a slot in a list of them, without its number; "" if it is not used.
func (g *guidePage) line(s *guide.Slot, k int) string {
	e := &g.t.Elements[int(s.First)+k]
	if e.Usage == guide.NotUsed {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %s  %s%s\n", usageWord(e.Usage), e.Title, form(e))
	for c := range int(e.Count) {
		if k := &g.t.Elements[int(e.First)+c]; k.Usage != guide.NotUsed {
			fmt.Fprintf(&b, "    -%d  %s  %s%s\n", c+1, usageWord(k.Usage), k.Title, form(k))
		}
	}
	return b.String()
}

func numbers(elems []uint8) string {
	var b strings.Builder
	for _, e := range elems {
		fmt.Fprintf(&b, "%02d", e)
	}
	return b.String()
}

// form is the type and length of an element.
func form(e *guide.Element) string {
	names := [...]string{"AN", "ID", "R", "N", "DT", "TM", "B", "composite"}
	if e.Kind == guide.Composite {
		return "  (composite " + e.DE + ")"
	}
	text := fmt.Sprintf("  (%s %d/%d", names[e.Kind], e.Min, e.Max)
	if e.Limit > 0 {
		text += fmt.Sprintf(", the guide allows %d", e.Limit)
	}
	if len(e.Codes) > 0 && len(e.Codes) <= 12 {
		text += ": " + strings.Join(e.Codes, " ")
	}
	return text + ")"
}

func (g *guidePage) element(s *guide.Slot, id guide.SlotID, p x12.Path) error {
	e := g.t.Elem(id, p.Element)
	name, around := fmt.Sprintf("%s%02d", s.ID, p.Element), ""
	if e != nil && p.Component > 0 {
		if e.Field != "" && e.Field != "-" && e.Field != "*" {
			around = "." + e.Field
		}
		e = g.t.Comp(e, p.Component)
		name += fmt.Sprintf("-%d", p.Component)
	}
	if e == nil {
		return usagef("%s has no %s", s.Name, name)
	}
	g.f("%s in %s (%s), %s: %s\n", name, s.Name, s.Title, usageWord(e.Usage), e.Title)
	g.f("Data element %s%s\n", e.DE, form(e))
	if e.Field != "" && e.Field != "-" {
		owner := g.t.Loops[s.Loop].Type
		if s.Field != "*" {
			owner += "." + s.Field
		}
		g.f("Go field %s%s.%s\n", owner, around, e.Field)
	}
	if e.Ext != "" {
		g.f("Code list %s\n", e.Ext)
	}
	list := listOf(e)
	for _, code := range e.Codes {
		g.f("  %-4s %s\n", code, codes.Describe(list, code))
	}
	return nil
}

// listOf is the code list with the meanings of an element's values.
func listOf(e *guide.Element) string {
	if e.Ext != "" {
		return e.Ext
	}
	return map[string]string{
		"306": "claim_action", "618": "ik5_set", "718": "ik5_set", "620": "ik3_segment", "720": "ik3_segment", "621": "ik4_element", "723": "ik4_element",
		"715": "ack_status", "717": "ack_status", "716": "ak9_group",
		"98": "entity", "1029": "claim_status_clp", "1032": "claim_filing", "1033": "adj_group", "1068": "gender", "1069": "relationship",
		"1138": "payer_resp", "1166": "contract_type", "1221": "provider_code", "1325": "claim_freq", "1336": "insurance_type",
		"1358": "prosthesis", "1359": "assignment", "1362": "related_cause", "1363": "release_info", "1366": "special_program",
		"1368": "tooth_status", "1369": "tooth_surface", "1473": "pricing_method", "1514": "delay_reason", "1526": "policy_compliance",
		"1527": "pricing_exception", "426": "plb_reason", "901": "aaa_reject",
	}[e.DE]
}

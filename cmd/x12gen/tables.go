package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/x12-go/edi/x12/guide"
)

// tableName is the Go variable of a guide's table: 005010X221A1 becomes X221A1.
func (p *plan) tableName() string {
	if k := strings.IndexByte(p.g.ID, 'X'); k >= 0 {
		return p.g.ID[k:]
	}
	return "Guide" + p.g.ID
}

// printTables prints the guide as a guide.Table of constants, which the linker lays out: nothing runs at start.
func (p *plan) printTables(source string) []byte {
	t := p.table
	b := p.header(source, importGuide)
	fmt.Fprintf(b, "// %s is the table of guide %s: %s.\nvar %s = &guide.Table{\n", p.tableName(), t.ID, t.Title, p.tableName())
	fmt.Fprintf(b, "ID: %q, Set: %q, GS: %q, Title: %q, Unit: %q,\n", t.ID, t.Set, t.GS, t.Title, t.Unit)
	if len(t.Accept) > 0 {
		fmt.Fprintf(b, "Accept: %s,\n", stringList(t.Accept))
	}
	if len(t.Near) > 0 {
		fmt.Fprintf(b, "Near: %s,\n", stringList(t.Near))
	}
	if t.Exact {
		b.WriteString("Exact: true,\n")
	}
	if len(t.Units) > 0 {
		fmt.Fprintf(b, "Units: %s,\n", stringList(t.Units))
	}
	fmt.Fprintf(b, "Loops: []guide.Loop{\n{Type: %q, Usage: 'R', Max: 1},\n", t.Loops[0].Type)
	for i := range t.Loops[1:] {
		l := &t.Loops[i+1]
		fmt.Fprintf(b, "{ID: %q, Title: %q, Field: %q, Type: %q, Parent: %d, Trigger: %d, Rank: %d, Max: %d, Usage: '%c', Stream: %t},\n",
			l.ID, l.Title, l.Field, l.Type, l.Parent, l.Trigger, l.Rank, l.Max, l.Usage, l.Stream)
	}
	b.WriteString("},\nSlots: []guide.Slot{\n{},\n")
	for i := range t.Slots[1:] {
		printSlot(b, &t.Slots[i+1], i+1)
	}
	b.WriteString("},\nElements: []guide.Element{\n")
	for i := range t.Elements {
		printElement(b, &t.Elements[i])
	}
	b.WriteString("},\n}\n")
	return b.Bytes()
}

func printSlot(b *bytes.Buffer, s *guide.Slot, n int) {
	fmt.Fprintf(b, "{ID: 0x%08x, Loop: %d, Rank: %d, Max: %d, Usage: '%c', First: %d, Count: %d, Name: %q, Field: %q, Title: %q",
		uint32(s.ID), s.Loop, s.Rank, s.Max, s.Usage, s.First, s.Count, s.Name, s.Field, s.Title)
	if s.Trigger {
		b.WriteString(", Trigger: true")
	}
	if s.Key > 0 {
		fmt.Fprintf(b, ", Key: %d, Keys: %s", s.Key, stringList(s.Keys))
		if s.KeyComp > 0 {
			fmt.Fprintf(b, ", KeyComp: %d", s.KeyComp)
		}
		if s.KeyNot {
			b.WriteString(", KeyNot: true")
		}
	}
	if s.Counts > 0 {
		fmt.Fprintf(b, ", Counts: %d", s.Counts)
	}
	b.WriteString(syntaxList(s.Syntax))
	b.WriteString(ruleList(s.Rules))
	fmt.Fprintf(b, "}, // %d\n", n)
}

// kinds are the Go names of the kinds.
var kinds = [...]string{
	guide.AN: "guide.AN", guide.IDCode: "guide.IDCode", guide.R: "guide.R", guide.N: "guide.N", guide.DT: "guide.DT", guide.TM: "guide.TM",
	guide.Binary: "guide.Binary", guide.Composite: "guide.Composite",
}

func printElement(b *bytes.Buffer, e *guide.Element) {
	fmt.Fprintf(b, "{DE: %q, Usage: '%c'", e.DE, e.Usage)
	if e.Usage != guide.NotUsed {
		fmt.Fprintf(b, ", Title: %q, Field: %q", e.Title, e.Field)
	}
	if e.Codes != nil {
		fmt.Fprintf(b, ", Codes: %s", stringList(e.Codes))
	}
	if e.Ext != "" {
		fmt.Fprintf(b, ", Ext: %q", e.Ext)
	}
	if e.Limit > 0 {
		fmt.Fprintf(b, ", Limit: %d", e.Limit)
	}
	if e.Repeat > 0 {
		fmt.Fprintf(b, ", Repeat: %d", e.Repeat)
	}
	fmt.Fprintf(b, ", Kind: %s", kinds[e.Kind])
	if e.Kind == guide.Composite {
		fmt.Fprintf(b, ", First: %d, Count: %d", e.First, e.Count)
		b.WriteString(syntaxList(e.Syntax))
	} else {
		fmt.Fprintf(b, ", Min: %d, Max: %d", e.Min, e.Max)
		if e.Dec > 0 {
			fmt.Fprintf(b, ", Dec: %d", e.Dec)
		}
	}
	b.WriteString("},\n")
}

func stringList(list []string) string {
	return fmt.Sprintf("[]string{%s}", strings.Join(quoted(list), ", "))
}

func quoted(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = fmt.Sprintf("%q", s)
	}
	return out
}

func syntaxList(list []guide.Syntax) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(", Syntax: []guide.Syntax{")
	for _, s := range list {
		nums := make([]string, len(s.Elems))
		for i, e := range s.Elems {
			nums[i] = fmt.Sprint(e)
		}
		fmt.Fprintf(&b, "{Kind: '%c', Elems: []uint8{%s}},", s.Kind, strings.Join(nums, ", "))
	}
	b.WriteString("}")
	return b.String()
}

func refList(list []guide.Ref) string {
	var b strings.Builder
	b.WriteString("[]guide.Ref{")
	for _, r := range list {
		fmt.Fprintf(&b, "{Element: %d, Comp: %d},", r.Element, r.Comp)
	}
	b.WriteString("}")
	return b.String()
}

// ops are the Go names of the conditions.
var ops = [...]string{guide.In: "guide.In", guide.NotIn: "guide.NotIn", guide.Present: "guide.Present", guide.Absent: "guide.Absent"}

func ruleList(list []guide.Rule) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(", Rules: []guide.Rule{")
	for _, r := range list {
		fmt.Fprintf(&b, "{ID: %q, Element: %d, Comp: %d, Op: %s, Values: %s, Require: %s, Forbid: %s},",
			r.ID, r.Element, r.Comp, ops[r.Op], stringList(r.Values), refList(r.Require), refList(r.Forbid))
	}
	b.WriteString("}")
	return b.String()
}

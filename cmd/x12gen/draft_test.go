package main

import (
	"fmt"
	"strings"
)

// draft writes a guide that says what a fact table says, with made-up Go names. It lets the tests hold the parser
// and the comparison against every fact table before its guide is written.
type draft struct {
	b strings.Builder
	n int
}

func (d *draft) name(prefix string) string {
	d.n++
	return fmt.Sprintf("%s%d", prefix, d.n)
}

func draftGuide(set string, facts []*factRow) string {
	d := &draft{}
	fmt.Fprintf(&d.b, "guide 005010X000\n  set %s tsdraft Set\n  gs ZZ\n  base 005010\n  title \"Draft\"\n", set)
	for _, top := range facts {
		for _, s := range top.sub {
			for _, e := range s.sub {
				if e.accept != nil {
					fmt.Fprintf(&d.b, "  accept %s\n", strings.Join(e.accept, " "))
				}
			}
		}
	}
	last := 0
	table := func(n int) {
		if n != last {
			fmt.Fprintf(&d.b, "table %d\n", n)
			last = n
		}
	}
	for _, top := range facts {
		switch top.id {
		case "HEADER":
			table(1)
			d.rows("", top.sub)
		case "TRAILER":
			table(3)
			d.rows("", top.sub)
		case "DETAIL":
			table(2)
			d.rows("", top.sub)
		default:
			table(2)
			d.rows("", []*factRow{top})
		}
	}
	return d.b.String()
}

func (d *draft) rows(indent string, rows []*factRow) {
	for _, r := range rows {
		switch {
		case !r.used():
		case r.kind == "S":
			d.segment(indent, r)
		case r.sameAs != "":
			ids := strings.Split(r.sameAs, "/")
			fmt.Fprintf(&d.b, "%suse %s of %s %s %s %s %q\n", indent, r.id, ids[len(ids)-2], r.usage, uses(r.repeat), d.name("L"), r.name)
		default:
			fmt.Fprintf(&d.b, "%sloop %s %s %s %s", indent, r.id, r.usage, uses(r.repeat), d.name("L"))
			if r.repeat != 1 {
				d.b.WriteString(" " + d.name("T"))
			}
			if r.key != nil && r.sub[0].id == "HL" {
				fmt.Fprintf(&d.b, " hl %s", r.key.codes[0])
			}
			fmt.Fprintf(&d.b, " %q\n", r.name)
			d.rows(indent+"  ", r.sub)
		}
	}
}

func (d *draft) segment(indent string, r *factRow) {
	stored := r.id != "SE"
	field, as := d.name("S"), ""
	switch {
	case !stored:
		field = "-"
	case r.repeat != 1:
		as = " as=" + d.name("T")
	}
	fmt.Fprintf(&d.b, "%s%04d %s %s %s %s%s %q\n", indent, r.pos, r.id, r.usage, uses(r.repeat), field, as, r.name)
	for _, e := range r.sub {
		if !e.used() {
			continue
		}
		d.element(indent+"  ", fmt.Sprintf("%02d", e.pos), stored, r.key, e.pos, 0, e)
		for _, c := range e.sub {
			if c.used() {
				d.element(indent+"    ", fmt.Sprintf("-%d", c.pos), stored, r.key, e.pos, c.pos, c)
			}
		}
	}
	d.rules(indent+"  ", r)
}

func (d *draft) element(indent, at string, stored bool, k *factKey, element, component int, r *factRow) {
	fmt.Fprintf(&d.b, "%s%s %s ", indent, at, r.usage)
	if stored {
		d.b.WriteString(d.name("E"))
		if len(r.sub) > 0 {
			d.b.WriteString(" as=" + d.name("T"))
		}
	} else {
		d.b.WriteString("-")
	}
	codes, mark := r.codes, ""
	if k != nil && k.element == element && k.component == component {
		mark, codes = "!", k.codes
		if k.not {
			mark = "!^"
		}
	}
	if len(codes) > 0 {
		quoted := make([]string, len(codes))
		for i, c := range codes {
			quoted[i] = fmt.Sprintf("%q", c)
		}
		fmt.Fprintf(&d.b, " %s{%s%s}", strings.TrimSuffix(mark, "^"), strings.TrimPrefix(mark, "!"), strings.Join(quoted, " "))
	}
	if r.repeat != 1 {
		fmt.Fprintf(&d.b, " repeat=%s", uses(r.repeat))
	}
	if r.digits != 0 && r.typ != "ID" { // the 837P has it at SV502, an ID: the parser would refuse it
		fmt.Fprintf(&d.b, " digits=%d", r.digits)
	}
	if r.length != 0 {
		fmt.Fprintf(&d.b, " len=%d", r.length)
	}
	switch {
	case r.list == "?":
		d.b.WriteString(" ext=by:1")
	case r.list != "":
		d.b.WriteString(" ext=by:" + r.list)
	case r.ext != "":
		d.b.WriteString(" ext=" + r.ext)
	}
	for _, n := range r.checks {
		fmt.Fprintf(&d.b, " note=%q", n)
	}
	fmt.Fprintf(&d.b, " %q\n", r.name)
}

// rules writes the conditions that a rule line of the segment can say.
func (d *draft) rules(indent string, s *factRow) {
	for _, e := range s.sub {
		if e.required == "" {
			continue
		}
		for _, k := range conditionsOf(e.required) {
			subject, own := strings.CutPrefix(k.subject, s.id)
			if !own {
				continue
			}
			fmt.Fprintf(&d.b, "%srule draft/rule when %s %s %s require %02d\n", indent, subject, k.op, strings.Join(k.values, " "), e.pos)
		}
	}
}

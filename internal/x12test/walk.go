package x12test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Table returns the table that reads a version, nil when there is none.
func (p *Package) Table(version string) *guide.Table {
	for _, t := range p.Tables {
		if t.Reads(version) {
			return t
		}
	}
	return nil
}

// Walk walks every set of a stream in one table and tells the places of its segments and the findings as "rule SEG".
func Walk(table *guide.Table, src []byte) (list []guide.Placement, findings []string, err error) {
	w := guide.NewWalker(table, func(i *x12.Issue) { findings = append(findings, i.Rule+" "+i.SegID) })
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		set := r.Set()
		if last != nil && (err != nil || set != last) {
			w.End()
			w.Reset()
		}
		if err == io.EOF {
			return list, findings, nil
		}
		if err != nil {
			return list, findings, err
		}
		if last = set; set != nil {
			list = append(list, w.Walk(s))
		}
	}
}

// Damage says how many findings of the structure damage to one segment of a sound set may cost.
type Damage struct {
	Gone, Twice, Swapped int // most findings for a segment gone, doubled, behind the next
	// Unit is the identifier of the segment that opens a unit: without it there is a finding, although the guide may do with
	// fewer units, and from the next but one of them on everything stands where it stood. When it is a level around
	// units that is damaged, that holds from the next but one outermost level on.
	Unit string
	// Step passes over segments, so that at most about 30 of a set are damaged.
	Step bool
}

// WalkFaults takes the sets of a stream apart that are sound: a segment gone, doubled, behind the next, each costs no more
// findings than d allows, and at least one where a required one is concerned; one that no guide knows costs exactly one and
// changes nothing else. It returns the number of sets it took apart.
func (p *Package) WalkFaults(t testing.TB, name string, src []byte, d Damage) int {
	t.Helper()
	list, err := Pieces(src)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	n := 0
	for i := range list {
		if c := &list[i]; c.Set && len(c.Texts) > 2 {
			if table := p.Table(c.Version); table != nil && p.faults(t, fmt.Sprintf("%s piece %d", name, i), table, c, d) {
				n++
			}
		}
	}
	return n
}

// front is what stands in front of a set that is walked by itself.
func (p *Package) front(version string, d x12.Delimiters) string {
	front := "ISA*00*          *00*          *ZZ*S              *ZZ*R              *260101*1200*^*00501*000000001*0*T*:~GS*" + p.GS + "*S*R*20260101*1200*1*X*" + version + "~"
	front = strings.NewReplacer("*", string(d.Element), ":", string(d.Component), "~", string(d.Segment)).Replace(front)
	if d.Repetition != 0 {
		return strings.ReplaceAll(front, "^", string(d.Repetition))
	}
	return strings.Replace(strings.Replace(front, "^", "U", 1), "00501", "00401", 1)
}

func (p *Package) faults(t testing.TB, name string, table *guide.Table, c *Piece, d Damage) bool {
	t.Helper()
	front := p.front(table.ID, c.Delims)
	try := func(texts []string) ([]guide.Placement, []string) {
		list, findings, err := Walk(table, []byte(front+strings.Join(texts, "")))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return list, findings
	}
	was, findings := try(c.Texts)
	if len(findings) > 0 { // a sample of others that is not sound
		return false
	}
	if len(was) != len(c.Texts) {
		t.Fatalf("%s: %d segments in %d places", name, len(c.Texts), len(was))
	}
	step := 1
	if d.Step {
		step = max(1, len(c.Texts)/30)
	}
	unit := func(i int) bool {
		slot := &table.Slots[was[i].Slot]
		return slot.Trigger && slot.ID == x12.ID(d.Unit)
	}
	streamed := func(i int) *guide.Loop { // the streamed loop that segment i opens
		if slot := &table.Slots[was[i].Slot]; slot.Trigger && table.Loops[slot.Loop].Stream {
			return &table.Loops[slot.Loop]
		}
		return nil
	}
	for i := 1; i < len(c.Texts)-1; i += step {
		slot := &table.Slots[was[i].Slot]
		what := fmt.Sprintf("%s: segment %d %s", name, i+1, slot.Name)
		single := slot.Usage == guide.Required && slot.Max == 1
		if slot.Trigger {
			l := &table.Loops[slot.Loop]
			single = l.Usage == guide.Required && l.Max == 1
		}
		again := len(was) // where the damage must be over: two units on, so that a swap at the end of one does not count
		level := streamed(i) != nil && !unit(i) || streamed(i+1) != nil && !unit(i+1)
		for k, units := i+1, 0; k < len(was); k++ {
			if l := streamed(k); !level && unit(k) || level && l != nil && l.Parent == 0 {
				if units++; units == 2 {
					again = k
					break
				}
			}
		}
		check := func(texts []string, damage string, most int, need bool) {
			t.Helper()
			now, findings := try(texts)
			if len(findings) > most {
				t.Fatalf("%s %s: %d findings: %q", what, damage, len(findings), findings)
			}
			if need && len(findings) == 0 {
				t.Fatalf("%s %s: no finding", what, damage)
			}
			if rest := len(was) - again; !slices.Equal(was[again:], now[len(now)-rest:]) {
				t.Fatalf("%s %s: the units behind it do not stand where they stood", what, damage)
			}
		}
		check(slices.Delete(slices.Clone(c.Texts), i, i+1), "gone", d.Gone, single || unit(i))
		check(slices.Insert(slices.Clone(c.Texts), i, c.Texts[i]), "twice", d.Twice, single)
		if i+1 < len(c.Texts)-1 {
			x := slices.Clone(c.Texts)
			x[i], x[i+1] = x[i+1], x[i]
			check(x, "behind the next", d.Swapped, false)
		}
		now, findings := try(slices.Insert(slices.Clone(c.Texts), i, "ZZZ"+string(c.Delims.Element)+"1"+string(c.Delims.Segment)))
		if !slices.Equal(findings, []string{guide.RuleSegmentUnknown + " ZZZ"}) {
			t.Fatalf("an unknown segment before %s: findings %q", what, findings)
		}
		if !slices.Equal(was, slices.Delete(now, i, i+1)) {
			t.Fatalf("an unknown segment before %s: what stands around it has moved", what)
		}
	}
	return true
}

package edi834

import (
	"strconv"

	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// totals counts the members of a set for QTY.
type totals struct {
	*totalPlaces
	subscribers, dependents, members int
	unknown                          bool // a member without INS, or one that is neither
}

type totalPlaces struct{ ins, qty, se *validate.Place }

func foldTotals(b *validate.Binder) func() validate.Gatherer {
	member := unitBinder(b)
	p := &totalPlaces{ins: member.Place("INS.01"), qty: b.Place("/QTY"), se: b.Place("/SE")}
	return func() validate.Gatherer { return &totals{totalPlaces: p} }
}

// unitBinder finds places as seen from a member.
func unitBinder(b *validate.Binder) *validate.Binder {
	out := &validate.Binder{Table: b.Table}
	for i := range b.Table.Loops {
		if b.Table.Loops[i].ID == "2000" {
			out.Loop = guide.LoopID(i)
		}
	}
	return out
}

// Unit counts a member.
func (t *totals) Unit(s *validate.Scope) {
	t.members++
	switch string(s.First(t.ins).Bytes()) {
	case "Y":
		t.subscribers++
	case "N":
		t.dependents++
	default:
		t.unknown = true
	}
}

// Join adds a later part of the set.
func (t *totals) Join(other validate.Gatherer) {
	u := other.(*totals)
	t.subscribers += u.subscribers
	t.dependents += u.dependents
	t.members += u.members
	t.unknown = t.unknown || u.unknown
}

// Close compares the counts with what the header says. A total that is off by what its parts are off says nothing.
func (t *totals) Close(s *validate.Scope) {
	if t.unknown || !s.First(t.se).OK() {
		return
	}
	var subscribers, dependents, all total
	for a := range s.All(t.qty) {
		switch string(a.Elem(1, 0)) {
		case "TO":
			all.compare(a, t.members)
		case "ET":
			subscribers.compare(a, t.subscribers)
		case "DT":
			dependents.compare(a, t.dependents)
		}
	}
	if subscribers.off != 0 {
		subscribers.report(s, "subscribers (INS01 Y)")
	}
	if dependents.off != 0 && dependents.off != -subscribers.off { // one taken for the other is one fault
		dependents.report(s, "dependents (INS01 N)")
	}
	if all.off != 0 && all.off != subscribers.off+dependents.off {
		all.report(s, "members")
	}
}

// total is a count of the header, set beside what was counted.
type total struct {
	at    validate.At
	count int
	off   int64 // by how much it is too high; 0 for what is no count
}

func (t *total) compare(qty validate.At, count int) {
	t.at, t.count = qty.With(2, 0), count
	if n, ok := t.at.Number(); ok {
		t.off = n.Decimal().IntPart() - int64(count)
	}
}

func (t *total) report(s *validate.Scope, of string) {
	s.Report(t.at, "expected "+strconv.Itoa(t.count)+", the number of "+of+" in the set; difference "+strconv.FormatInt(t.off, 10))
}

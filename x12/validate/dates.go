package validate

import (
	"fmt"

	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// Code lists say from when to when a code may be used. What counts is the day of the service for what was done, and the day of the decision
// for why it was paid so.

// dating says which dates decide whether a code may be used: the first of the places that has one.
type dating struct {
	what   string
	places []*Place
}

// servicePlaces are where the day of a service is found, nearest first. Places of loops that are not around or below are left out.
func servicePlaces(set string) []string {
	switch set {
	case "837":
		return []string{"2400/DTP[472]?", "2300/DTP[472]?", "2300/DTP[434]?"}
	case "835":
		return []string{"2110/DTM[472|150|151]?", "2100/DTM[232|233]?"}
	case "834":
		return []string{"2000/DTP[303|356]?", "/DTP[007]?"}
	case "270", "271":
		return []string{"2110D/DTP[291]?", "2110C/DTP[291]?", "2100D/DTP[291]?", "2100C/DTP[291]?"}
	}
	return nil
}

// decisionPlaces are where the day of a payer's decision is found.
func decisionPlaces(set string) []string {
	switch set {
	case "837":
		return []string{"2430/DTP[573]?", "2330B/DTP[573]?"}
	case "835":
		return []string{"/DTM[405]?", "/BPR.16?"}
	case "277":
		return []string{"/BHT.04?"}
	}
	return nil
}

// period is a stretch of days as numbers, 20240131; the zero period is none.
type period struct{ from, to int }

func (p *period) add(q period) {
	if q.from == 0 {
		return
	}
	if p.from == 0 || q.from < p.from {
		p.from = q.from
	}
	p.to = max(p.to, q.to)
}

// lookup is what a place was last found to say, since neighbours ask for the same.
type lookup struct {
	place *Place
	first int      // of the instance it was looked for in
	up    *context // or the context
	found period
}

// finish holds the codes of the tape that have dates against the dates they are for.
func (c *codeChecks) finish(w *tester) {
	list := w.codes.open
	w.codes.open = list[:0]
	w.codes.last = lookup{}
	for i := range list {
		o := &list[i]
		days := o.date.find(w, o.at.seg)
		if days.from == 0 {
			continue
		}
		var message string
		switch o.span.On(days.from, days.to) {
		case codes.Ended:
			if w.reversal() {
				continue
			}
			message = "not in use on the " + o.date.what + " date: ended " + isoDay(o.span.Stop)
		case codes.NotYet:
			message = "not in use on the " + o.date.what + " date: begins " + isoDay(o.span.Start)
		default:
			continue
		}
		if c.inactive != nil {
			c.send(w, c.inactive, o.at, message+" (code list "+o.list.Name()+")", "7")
		}
	}
}

// reversal reports whether the tape takes back an earlier payment, which is done with the codes of that time.
func (w *tester) reversal() bool {
	t := w.cur.tape
	return t.Table.Set == "835" && len(t.Segs) > 0 && t.Table.Slots[t.Segs[0].Slot].ID == idCLP && string(t.Elem(0, 2)) == "22"
}

func isoDay(n int32) string { return fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100) }

// find returns the days that count for a segment of the current tape.
func (d *dating) find(w *tester, seg int) period {
	for _, p := range d.places {
		if days := w.days(p, seg); days.from != 0 {
			return days
		}
	}
	return period{}
}

// days returns the days a place says as seen from a segment: those of the instance the segment stands in.
func (w *tester) days(p *Place, seg int) period {
	t := w.cur.tape
	memo := lookup{place: p, first: -1}
	from, to := 0, len(t.Segs)
	inner := false // it is of a loop inside the tape
	for l := p.base; l != 0 && l != t.Scope.Loop && !inner; {
		l = t.Table.Loops[l].Parent
		inner = l == t.Scope.Loop
	}
	outer := !inner && p.base != t.Scope.Loop
	switch {
	case outer:
		memo.up = w.up
	case inner: // the instance goes from one first segment of the loop to the next
		trigger := t.Table.Loops[p.base].Trigger
		for from = seg; from > 0 && t.Segs[from].Slot != trigger; from-- {
		}
		memo.first = from
	default:
		memo.first = 0
	}
	if last := &w.codes.last; last.place == p && last.first == memo.first && last.up == memo.up {
		return last.found
	}
	switch {
	case outer:
		for c := w.up; c != nil; c = c.up {
			if c.loop == p.base {
				memo.found = daysOf(&c.doc, p, 0, len(c.doc.tape.Segs), 0)
				break
			}
		}
	case inner:
		memo.found = daysOf(&w.cur, p, from, to, t.Table.Loops[p.base].Trigger)
	default:
		memo.found = daysOf(&w.cur, p, from, to, 0)
	}
	w.codes.last = memo
	return memo.found
}

// daysOf gathers the days of a place from segments, up to the next one of the slot stop.
func daysOf(d *doc, p *Place, from, to int, stop guide.SlotID) (days period) {
	for i := from; i < to; i++ {
		g := &d.tape.Segs[i]
		if i > from && stop != 0 && g.Slot == stop {
			break
		}
		if g.Flag&guide.Virtual != 0 {
			continue
		}
		for _, slot := range p.slots {
			if slot == g.Slot && (p.keyAt == 0 || p.qualified(d, i)) {
				days.add(dayOf(d, p, i))
			}
		}
	}
	return days
}

// dayOf reads the days of a segment: element 3 of a DTP, 2 of a DTM, else the element of the place.
func dayOf(d *doc, p *Place, i int) period {
	var v []byte
	switch d.tape.Table.Slots[d.tape.Segs[i].Slot].ID {
	case idDTP:
		v = d.tape.Elem(i, 3)
	case idDTM:
		v = d.tape.Elem(i, 2)
	default:
		v = d.elem(i, p.elem, p.comp)
	}
	if len(v) < 8 {
		return period{}
	}
	out := period{from: day(v[:8])}
	out.to = out.from
	if len(v) == 17 && v[8] == '-' {
		if to := day(v[9:]); to >= out.from {
			out.to = to
		}
	}
	return out
}

// day reads eight digits, 0 for anything else.
func day(v []byte) (n int) {
	for _, c := range v {
		if c < '0' || c > '9' {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	return n
}

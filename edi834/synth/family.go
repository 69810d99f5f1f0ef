package synth

import "github.com/x12-go/edi/internal/invent"

// event is what happens to a family.
type event uint8

const (
	present event = iota // nothing: it is there
	enroll
	end
	amend // the subscriber's data
	reinstate
	replan
	cobra
	addition  // of one dependent
	departure // of one dependent
)

// events of a change file, each as often as it comes; the number of them is 100.
const events = "eeeeeeeeeeeeeeeeeeeexxxxxxxxxxxxxxmmmmmmmmmmmmmmmmmmrrrrrrrrrrrrppppppppccccccaaaaaaaaaaaaaadddddddd"

func eventOf(c byte) event {
	switch c {
	case 'e':
		return enroll
	case 'x':
		return end
	case 'm':
		return amend
	case 'r':
		return reinstate
	case 'p':
		return replan
	case 'c':
		return cobra
	case 'a':
		return addition
	}
	return departure
}

// plan draws what happens to a family and how many dependents it has. It draws
// the same for the same stream, which is how totals are known in advance.
func (g *generator) plan(r *invent.Rand) (e event, dependents int64) {
	if g.o.Action == Change {
		e = eventOf(events[r.Below(int64(len(events)))])
	}
	switch d := r.Below(1000); {
	case d < 420:
	case d < 620:
		dependents = 1
	case d < 790:
		dependents = 2
	case d < 910:
		dependents = 3
	case d < 970:
		dependents = 4
	default:
		dependents = r.Between(5, 9)
	}
	if e == addition || e == departure {
		dependents = max(dependents, 1)
	}
	return e, dependents
}

// alone reports whether a dependent is sent without its subscriber.
func (e event) alone() bool { return e == addition || e == departure }

// sent is how many members of a family are in the file.
func (e event) sent(dependents int64) int64 {
	switch e {
	case amend, addition, departure:
		return 1
	}
	return 1 + dependents
}

// count is the number of subscribers among the next members.
func (g *generator) count(members int64) (subscribers int64) {
	for f := g.families; members > 0; f++ {
		r := g.stream(streamFamilies, f)
		e, dependents := g.plan(&r)
		if !e.alone() {
			subscribers++
		}
		members -= e.sent(dependents)
	}
	return subscribers
}

// family is what the members of one share.
type family struct {
	event      event
	left       int64 // members still to be written
	dependents int64
	spouse     bool
	number     int64 // of the subscriber
	group      int64
	names      [2]string // last names
	place      invent.Place
	hired      int64
	reason     string // INS04
	cobraEvent string
	lines      [maxLines]*plan
	count      int // of lines
	old        *plan
	since      int64 // first day of the coverages it had
	from       int64 // first day of the coverages it has
	day        int64 // on which it happens
	other      bool  // another payer insures it too
	medicare   bool
	written    int64 // members
}

const maxLines = 5

// open draws the next family, of which at most room members are written.
func (g *generator) open(room int64) {
	r := g.stream(streamFamilies, g.families)
	e, dependents := g.plan(&r)
	f := &g.family
	*f = family{
		event: e, left: min(room, e.sent(dependents)), dependents: dependents,
		number: (g.families*7919+int64(g.key>>36))%900000000 + 100000000, // no number comes twice
	}
	g.families++
	f.spouse = dependents > 0 && r.Chance(650)
	f.group = r.Between(1, 12)
	f.names[0] = *invent.Pick(&r, g.names.Last)
	f.names[1] = f.names[0]
	if r.Chance(80) {
		f.names[1] = *invent.Pick(&r, g.names.Last)
	}
	f.place = g.places.Draw(&r)
	f.since = monthStart(g.x.Day - r.Between(60, 800))
	f.from = f.since
	f.hired = max(f.from-r.Between(0, 700), 0)
	f.day = monthStart(g.x.Day + r.Between(0, 45))
	if e == end || e == departure {
		f.day-- // the last day of the month before
	}
	f.other = r.Chance(60)
	f.medicare = r.Chance(40)
	g.choosePlans(&r)
	f.reason = f.why(&r)
	switch e {
	case cobra:
		f.cobraEvent = *invent.Pick(&r, g.cobraEvents)
	case enroll, addition, replan:
		f.from = f.day
	}
}

// choosePlans draws the coverages of a family.
func (g *generator) choosePlans(r *invent.Rand) {
	f := &g.family
	f.lines[0] = invent.Pick(r, g.medical)
	f.old = f.lines[0]
	for f.old == f.lines[0] {
		f.old = invent.Pick(r, g.medical)
	}
	f.count = 1
	for i := range g.further {
		if p := &g.further[i]; f.count < maxLines && r.Chance(p.share) {
			f.lines[f.count] = p
			f.count++
		}
	}
}

// why is INS04.
func (f *family) why(r *invent.Rand) string {
	one := func(list ...string) string { return *invent.Pick(r, list) }
	switch f.event {
	case present:
		return one("XN", "XN", "XN", "")
	case enroll:
		return one("28", "20", "28", "29", "EC")
	case end:
		return one("08", "07", "14", "16", "17", "04", "59", "40", "AI")
	case amend:
		return one("25", "43", "33", "15", "AL", "37", "21")
	case reinstate:
		return one("41", "20", "XT")
	case replan:
		return "22"
	case cobra:
		return "09"
	case addition:
		return one("02", "02", "05", "32")
	}
	return one("01", "03", "07", "31", "26")
}

// monthStart is the first day of the month of a day after 1 January 2022.
func monthStart(day int64) int64 {
	at := int64(0)
	for y := int64(2022); ; y++ {
		for m := int64(1); m <= 12; m++ {
			next := at + daysIn(y, m)
			if day < next {
				return at
			}
			at = next
		}
	}
}

func daysIn(y, m int64) int64 {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		return choose[int64](y%4 == 0, 29, 28)
	}
	return 31
}

// level is HD05.
func (f *family) level() string {
	children := f.dependents
	if f.spouse {
		children--
	}
	switch {
	case f.dependents == 0:
		return choose(f.number%3 == 0, "IND", "EMP")
	case children == 0:
		return choose(f.number%5 == 0, "TWO", "ESP")
	case !f.spouse && f.number%4 == 0:
		return [...]string{"E1D", "E2D", "E3D", "E8D", "E9D"}[min(children, 5)-1]
	case !f.spouse:
		return "ECH"
	}
	return "FAM"
}

// maintenance is INS03 and HD01.
func (f *family) maintenance() string {
	switch f.event {
	case enroll, cobra, addition:
		return "021"
	case end, departure:
		return "024"
	case amend, replan:
		return "001"
	case reinstate:
		return "025"
	}
	return "030"
}

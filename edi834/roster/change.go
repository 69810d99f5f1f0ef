package roster

import (
	"github.com/x12-go/edi/x12"
)

// Kind says what a change is.
type Kind uint8

// The kinds of changes.
const (
	Enroll         Kind = iota + 1 // a member or a coverage is new
	Terminate                      // a coverage ends, or ends earlier than it did
	Reinstate                      // a coverage that had ended goes on
	Cancel                         // a coverage is taken back as if it had never been
	PlanChange                     // another plan in the same insurance line
	TierChange                     // another coverage level
	DateChange                     // another date
	Demographic                    // other data of the member
	Related                        // another relationship to the subscriber
	IDChange                       // another number of the member or its subscriber
	COBChange                      // other coverage, loop 2320
	ProviderChange                 // other providers, loop 2310
	AmountChange                   // another premium or other amount
	CoverageChange                 // other data of a coverage
	Missing                        // not in a file that should have it
	Warning                        // something to look at
	Error                          // not applied
	kinds
)

var kindNames = [kinds]string{"", "enroll", "terminate", "reinstate", "cancel", "plan_change", "tier_change", "date_change", "demographic",
	"relationship", "id_change", "cob_change", "provider_change", "amount_change", "coverage_change", "missing", "warning", "error"}

// String returns the word for the kind in change lists.
func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return ""
}

// KindNamed returns the kind of a word.
func KindNamed(word string) (Kind, bool) {
	for k := Enroll; k < kinds; k++ {
		if kindNames[k] == word {
			return k, true
		}
	}
	return 0, false
}

// Change is one thing that is different.
type Change struct {
	Kind     Kind
	Severity x12.Severity
	// The field that differs, with its values; empty where the change is about a coverage or a member as a whole.
	Field    string
	Old, New string
	// The coverage as it was and as it is, nil where there is none. They are of the members of the Delta.
	From, To *Coverage
	// From when the change holds, and the last day of what ends: CCYYMMDD.
	Effective, End string
	// How many days before the file's date the change reaches back, 0 = none.
	RetroDays int
	Reason    string // INS04
	Note      string
}

// Delta is what a file changes about one member. Old is the member before, nil for a new one; New after, nil for one that
// is missing or could not be applied.
type Delta struct {
	Head     *Head // of the file
	Old, New *Member
	Place    Place // of the member in the new file; zero for one that is absent there
	Changes  []Change

	applied bool // the state has changed
}

// Member returns the member after, or before where there is no after.
func (d *Delta) Member() *Member {
	if d.New != nil {
		return d.New
	}
	return d.Old
}

// comparer finds the changes between two versions of a member.
type comparer struct {
	mask    *Mask
	ids     []Field
	day     string // of the file, CCYYMMDD, "" = not known
	date    x12.Date
	reason  string
	changes []Change
}

// compare appends what differs. Coverages of new say with from which of old they continue.
func (c *comparer) compare(old, new *Member) {
	c.reason = new.Reason
	for f := range memberFieldCount {
		a, b := old.v[f], new.v[f]
		if a == b || !c.mask.member[f] {
			continue
		}
		info := &memberFields[f]
		if !differs(info.form, a, b) {
			continue
		}
		kind := info.kind
		for _, id := range c.ids {
			if id == f {
				kind = IDChange
			}
		}
		ch := Change{Kind: kind, Field: info.Name, Old: a, New: b, Effective: new.Effective}
		if f == EligibilityEnd && len(new.Coverages) == 0 && len(old.Coverages) == 0 {
			ch.Kind, ch.End, ch.Effective = c.ending(a, b), b, ""
		}
		c.add(ch)
	}
	kept := make([]bool, len(old.Coverages))
	for i := range new.Coverages {
		to := &new.Coverages[i]
		if to.from == 0 {
			c.add(Change{Kind: Enroll, To: to, Effective: to.v[Begin], End: to.v[End]})
			continue
		}
		kept[to.from-1] = true
		c.coverage(&old.Coverages[to.from-1], to)
	}
	for i := range old.Coverages {
		if !kept[i] {
			c.add(Change{Kind: Cancel, From: &old.Coverages[i], Effective: old.Coverages[i].v[Begin], End: old.Coverages[i].v[End]})
		}
	}
}

// ending says what it is when a last day becomes another.
func (c *comparer) ending(a, b string) Kind {
	switch {
	case a == "" || b != "" && b < a:
		return Terminate
	case c.day != "" && a < c.day || b == "":
		return Reinstate
	}
	return DateChange
}

func (c *comparer) coverage(from, to *Coverage) {
	a, b := &from.v, &to.v
	effective := to.Effective
	switch {
	case a[Line] != b[Line] || a[Plan] != b[Plan]:
		if c.mask.coverage[Line] && a[Line] != b[Line] || c.mask.coverage[Plan] && a[Plan] != b[Plan] {
			c.add(Change{Kind: PlanChange, Field: "plan", Old: a[Plan], New: b[Plan], From: from, To: to, Effective: first(effective, b[Begin])})
		}
	}
	for f := Tier; f < coverageFieldCount; f++ {
		if a[f] == b[f] || !c.mask.coverage[f] {
			continue
		}
		info := &coverageFields[f]
		if !differs(info.form, a[f], b[f]) {
			continue
		}
		ch := Change{Kind: info.kind, Field: info.Name, Old: a[f], New: b[f], From: from, To: to, Effective: first(effective, b[Begin])}
		switch f {
		case Begin:
			if a[Plan] != b[Plan] || a[End] != "" && b[Begin] > a[End] {
				continue // told by the new plan, or by the end that goes
			}
			ch.Effective = b[Begin]
		case End:
			ch.Kind, ch.End = c.ending(a[f], b[f]), b[f]
			if a[End] != "" && b[Begin] > a[End] {
				ch.Kind = Reinstate
			}
			ch.Effective = ""
			if ch.Kind == Reinstate {
				ch.Effective = first(effective, b[Begin])
			}
		}
		c.add(ch)
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// add appends a change with what all changes have.
func (c *comparer) add(ch Change) {
	ch.Reason = c.reason
	if ch.Severity == 0 {
		ch.Severity = x12.Info
	}
	switch ch.Kind {
	case Enroll, Terminate, Reinstate, Cancel, PlanChange, TierChange:
		from := ch.Effective
		if ch.Kind == Terminate {
			from = ch.End
		}
		if d, ok := x12.ParseDate(from); ok && !c.date.IsZero() {
			ch.RetroDays = max(0, dayNumber(c.date)-dayNumber(d))
		}
	}
	c.changes = append(c.changes, ch)
}

// dayNumber counts days: the difference of two is that of the days.
func dayNumber(d x12.Date) int {
	y, m := d.Year(), int(d.Month())
	if m < 3 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d.Day()
}

// differs reports whether two values are not the same.
func differs(f form, a, b string) bool {
	if a == b {
		return false
	}
	if f == number || f == amount {
		x, ok := x12.ParseNumber(a)
		y, fine := x12.ParseNumber(b)
		return !ok || !fine || !x.Equal(y)
	}
	return true
}

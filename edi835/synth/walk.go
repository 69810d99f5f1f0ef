package synth

import "github.com/x12-go/edi/internal/invent"

// groupKind says what the claims of an LX group have in common.
type groupKind uint8

const (
	mixedGroup groupKind = iota
	outpatientGroup
	inpatientGroup
)

// maxLX is the highest LX01 six digits can hold; the last group of a set takes
// whatever claims are left.
const maxLX = 999999

// walker yields the claims of one set in order. It is a value: a copy of it
// continues independently, which is how a group's totals are had before the
// group is written.
type walker struct {
	m     *model
	key   uint64 // of the set
	class class
	first int64 // index of the set's first claim
	limit int64 // claims of the set at most
	at    int64 // claims yielded
	lx    int64 // LX01 of the current group, from 1
	left  int64 // claims the current group still takes
	kind  groupKind
}

// opens reports whether the next claim starts a group; advance must be called
// then, before next.
func (w *walker) opens() bool { return w.left == 0 }

// advance opens the next group. Group sizes are even, so that no pair is torn.
func (w *walker) advance() {
	w.lx++
	r := invent.Stream(w.key, uint64(w.lx))
	w.kind, w.left = mixedGroup, 2*r.Between(20, 200)
	if w.class != medicaid {
		switch p := r.Below(100); {
		case p < 20 && w.lx > 1:
			w.kind, w.left = outpatientGroup, 2*r.Between(5, 45)
		case p >= 80:
			w.kind, w.left = inpatientGroup, 2*r.Between(5, 45)
		}
	}
	if w.lx == maxLX {
		w.kind, w.left = mixedGroup, w.limit
	}
}

// next fills c with the next claim.
func (w *walker) next(c *claim) {
	index, identity, r := w.first+w.at, w.first+w.at, plain
	switch {
	case w.at%2 == 1 && w.m.pairs(index-1):
		identity, r = index-1, correcting
	case w.at%2 == 0 && w.at+1 < w.limit && w.m.pairs(index):
		r = reversing
	}
	w.m.compute(c, index, identity, r, w.kind, w.class)
	w.at++
	w.left--
}

// groupTotals is what TS3 and TS2 report of a group; amounts in cents.
type groupTotals struct {
	claims, charge, paid      int64
	days, lost, drg, patients int64
	msp                       int64
}

func (t *groupTotals) add(c *claim) {
	t.claims++
	t.charge += c.charge
	t.paid += c.paid
	t.patients += c.patient
	t.msp += c.prior
	if c.drg != nil && !c.reversal {
		t.days += c.days
		t.lost += c.lost
		if c.paid != 0 {
			t.drg += c.drg.price
		}
	}
}

// setTotals is what the header and trailer of a set need of its claims;
// amounts in cents.
type setTotals struct {
	claims, services int64
	charge, paid     int64
	interest         int64
	// The first pair whose net is a take-back: a provider may be given that
	// money back now (PLB WO, negative) and owe it later.
	takeBack      int64 // negative net of the pair, 0 if there is none
	takeBackIndex int64 // index of the reversal
	reversed      int64 // CLP04 of the reversal last seen
}

func (t *setTotals) add(c *claim) {
	t.claims++
	t.services += int64(c.nlines)
	t.charge += c.charge
	t.paid += c.paid
	t.interest += c.interest
	switch {
	case c.reversal:
		t.reversed = c.paid
	case c.original >= 0 && t.takeBack == 0 && t.reversed+c.paid < 0:
		t.takeBack, t.takeBackIndex = t.reversed+c.paid, c.original
	}
}

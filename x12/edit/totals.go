package edit

import "github.com/x12-go/edi/x12"

// Totals counts claims and adds up their money.
type Totals struct {
	Sets    int64
	Claims  int64   // CLM of an 837, CLP of an 835; for Sift INS of an 834 and the subjects of a 270 or 271
	Charge  x12.Sum // CLM02, CLP03
	Paid    x12.Sum // CLP04
	Payment x12.Sum // BPR02

	subject bool // the last HL is of a patient and not counted yet
}

// Add adds u.
func (t *Totals) Add(u *Totals) {
	t.Sets += u.Sets
	t.Claims += u.Claims
	t.Charge.AddSum(&u.Charge)
	t.Paid.AddSum(&u.Paid)
	t.Payment.AddSum(&u.Payment)
}

// sameClaims reports whether claims and money are those of u. Sets may differ: an 837 can be cut.
func (t *Totals) sameClaims(u *Totals) bool {
	return t.Claims == u.Claims && t.Charge.Cmp(&u.Charge) == 0 && t.Paid.Cmp(&u.Paid) == 0 && t.Payment.Cmp(&u.Payment) == 0
}

// count counts a segment of a set; it returns the number of an element that is an amount and no number, else 0.
func (t *Totals) count(kind setKind, s *x12.Segment) (bad int) {
	switch {
	case kind >= set834:
		t.unit(kind, s)
	case s.ID == idCLM && kind == set837:
		t.Claims++
		return add(&t.Charge, s, 2)
	case kind != set835:
	case s.ID == idCLP:
		t.Claims++
		bad = add(&t.Charge, s, 3)
		if e := add(&t.Paid, s, 4); bad == 0 {
			bad = e
		}
	case s.ID == idBPR:
		return add(&t.Payment, s, 2)
	}
	return bad
}

// unit counts the units of sets that have no money: members, and subjects of eligibility, who are those with an EQ, EB or AAA.
func (t *Totals) unit(kind setKind, s *x12.Segment) {
	switch {
	case kind == set834:
		if s.ID == idINS {
			t.Claims++
		}
	case s.ID == idHL:
		code := string(s.Elem(3))
		t.subject = code == "22" || code == "23"
	case t.subject && (kind == set270 && s.ID == idEQ || kind == set271 && (s.ID == idEB || s.ID == idAAA)):
		t.subject = false
		t.Claims++
	}
}

// add adds element e of s to sum, or returns e if it is no number. An empty one adds nothing.
func add(sum *x12.Sum, s *x12.Segment, e int) int {
	text := s.Elem(e)
	if len(text) == 0 {
		return 0
	}
	n, ok := x12.ParseNumber(text)
	if !ok {
		return e
	}
	sum.Add(n)
	return 0
}

// Part is what is known of a part once it is written.
type Part struct {
	Name         string // of its file
	Key          string // what it was chosen by: an NPI, a payer's id, "tax:..", "name:..", "none", or ST02 by set
	Interchanges int64  // ISA..IEA
	Groups       int64  // GS..GE
	Segments     int64  // envelope segments included
	Bytes        int64
	Payments     bool // it has a set of remittances: Paid and Payment mean something
	Totals
}

// Share is what of one set of the input stands in one set of a part.
type Share struct {
	Part                    string // file name
	Interchange, Group, Set string // ISA13, GS06 and ST02 as they stand in the part
	Source                  *Source
	Totals
}

// Source identifies a set of the input.
type Source struct {
	ID          string // ST01
	Interchange string // ISA13
	Group       string // GS06
	Set         string // ST02
	Offset      int64  // of its ST
}

// Result is what a run of [Split] has come to.
type Result struct {
	Parts int64
	In    Totals // of the input
	Out   Totals // of all parts together
}

package cli

import (
	"io"

	"github.com/x12-go/edi/x12"
)

// tally counts what a stream of segments holds, down to units and money. A unit is what the set is a list of: a claim
// payment (835), a claim (837), a member (834), a subject of eligibility (270, 271) or of claim status (276, 277).
type tally struct {
	x12.Stats
	amounts
	measure measure // of the open set
	subject bool    // the last HL is of a patient and not counted yet
}

// amounts are the units and sums of one set, or of many.
type amounts struct {
	units      int64
	charge     x12.Sum // CLP03, CLM02
	paid       x12.Sum // CLP04
	payment    x12.Sum // BPR02
	unreadable int64   // amounts that are no numbers, not in the sums
	seen       seen
}

// seen says which sums had something to add up.
type seen uint8

const (
	seenCharge seen = 1 << iota
	seenPaid
	seenPayment
)

func (a *amounts) add(b *amounts) {
	a.units += b.units
	a.unreadable += b.unreadable
	a.seen |= b.seen
	a.charge.AddSum(&b.charge)
	a.paid.AddSum(&b.paid)
	a.payment.AddSum(&b.payment)
}

// measure says which segments of a set are units and where its money stands.
type measure struct {
	unit    x12.SegID // one for each; if patient, one for the first below each HL of a patient
	also    x12.SegID // counts like unit
	patient bool
	charge  place
	paid    place
	payment place
}

type place struct {
	id   x12.SegID
	elem int
}

// The segments that are counted or hold money.
var (
	idAAA = x12.ID("AAA")
	idAK2 = x12.ID("AK2")
	idBPR = x12.ID("BPR")
	idCLM = x12.ID("CLM")
	idCLP = x12.ID("CLP")
	idEB  = x12.ID("EB")
	idEQ  = x12.ID("EQ")
	idGE  = x12.ID("GE")
	idGS  = x12.ID("GS")
	idHL  = x12.ID("HL")
	idIEA = x12.ID("IEA")
	idINS = x12.ID("INS")
	idISA = x12.ID("ISA")
	idRMR = x12.ID("RMR")
	idSE  = x12.ID("SE")
	idST  = x12.ID("ST")
	idTA1 = x12.ID("TA1")
	idTRN = x12.ID("TRN")
	idUM  = x12.ID("UM")
)

// measureOf returns the measure for a transaction set identifier, the zero measure for sets without one.
func measureOf(set string) measure {
	switch set {
	case "835":
		return measure{unit: idCLP, charge: place{idCLP, 3}, paid: place{idCLP, 4}, payment: place{idBPR, 2}}
	case "837":
		return measure{unit: idCLM, charge: place{idCLM, 2}}
	case "834":
		return measure{unit: idINS}
	case "820":
		return measure{unit: idRMR, payment: place{idBPR, 2}}
	case "270":
		return measure{unit: idEQ, patient: true}
	case "271":
		return measure{unit: idEB, also: idAAA, patient: true}
	case "276", "277":
		return measure{unit: idTRN, patient: true}
	case "278":
		return measure{unit: idUM}
	case "997", "999":
		return measure{unit: idAK2}
	}
	return measure{}
}

// segment counts one segment, envelope segments included. Stats other than the units and the money are the reader's.
func (t *tally) segment(s *x12.Segment) {
	m := &t.measure
	switch s.ID {
	case idST:
		*m = measureOf(string(s.Elem(1)))
		t.subject = false
		return
	case idHL:
		t.subject = m.patient && patientLevel(s.Elem(3))
		return
	case m.unit, m.also:
		if s.ID != 0 && (!m.patient || t.subject) {
			t.subject = false
			t.units++
		}
	}
	t.money(s, m.charge, &t.charge, seenCharge)
	t.money(s, m.paid, &t.paid, seenPaid)
	t.money(s, m.payment, &t.payment, seenPayment)
}

// patientLevel reports whether HL03 is the level of a subscriber, dependent or patient.
func patientLevel(code []byte) bool {
	return string(code) == "22" || string(code) == "23" || string(code) == "PT"
}

func (t *tally) money(s *x12.Segment, p place, sum *x12.Sum, is seen) {
	if p.id == 0 || s.ID != p.id {
		return
	}
	v := s.Elem(p.elem)
	if len(v) == 0 {
		return
	}
	if n, ok := x12.ParseNumber(v); ok {
		sum.Add(n)
		t.seen |= is
	} else {
		t.unreadable++
	}
}

// counter reads a copy of a stream that passes by and counts what is in it. It is how the summary knows what came in
// and what went out without trusting the command in between. A nil counter takes nothing.
type counter struct {
	tally
	w    *io.PipeWriter // nil when the command counts itself
	n    int64          // bytes taken
	done chan struct{}
}

func newCounter() *counter {
	r, w := io.Pipe()
	c := &counter{w: w, done: make(chan struct{})}
	go c.run(r)
	return c
}

func (c *counter) run(r *io.PipeReader) {
	defer close(c.done)
	rd := x12.NewReader(r)
	for {
		s, err := rd.Read()
		if err != nil {
			break
		}
		c.segment(s)
	}
	c.Stats = rd.Stats()
	io.Copy(io.Discard, r) // what follows a fatal fault is counted as bytes only
}

// Write takes a part of the stream.
func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.w.Write(p)
}

// end waits until all is counted.
func (c *counter) end() {
	if c != nil && c.w != nil {
		c.w.Close()
		<-c.done
		c.Bytes = c.n
		c.w = nil
	}
}

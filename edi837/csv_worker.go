package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvMaxLead bounds what services and diagnoses repeat of the claim, so that one with a huge text and a thousand lines
// cannot fill the memory: columns that are longer than this together stand on the first row only. Valid ones are far below.
const csvMaxLead = 1 << 10

// CSVWorker appends rows. It holds scratch memory, so each goroutine needs one of its own.
type CSVWorker struct {
	c *CSV

	// The row in hand: what the parts of the tables append.
	x         *RowContext
	claimSeq  int64
	seq       int64 // of the line or diagnosis
	lead      []byte
	claim     csvClaim
	line      csvLine
	diagnosis csvDiagnosis

	scratch []byte
}

// Worker returns a new worker.
func (c *CSV) Worker() *CSVWorker {
	w := &CSVWorker{c: c}
	w.claim = csvClaim{Quoter: c.text, scratch: &w.scratch}
	w.line = csvLine{Quoter: c.text, scratch: &w.scratch, claim: &w.claim}
	w.diagnosis.Quoter = c.text
	return w
}

// Claim appends the rows of a claim, those of table i to out[i], and adds the claim to t. claimSeq is its ordinal in the
// transaction set, x the context of the level it stands in. Nothing of v is kept.
func (w *CSVWorker) Claim(out [][]byte, x *RowContext, claimSeq int64, v *ts837.Claim, t *SetTotals) {
	t.Claims++
	t.Services += int64(len(v.Lines))
	t.Charge.Add(v.Charge)
	w.x, w.claimSeq = x, claimSeq
	w.claim.load(v, x.set.kind)
	for i := range w.c.tables {
		table := &w.c.tables[i]
		switch table.Kind {
		case csvClaims:
			w.claim.addUp()
			out[i] = table.AppendRow(out[i], w, w.c.eol)
		case csvServices:
			out[i] = w.services(out[i], table)
		case csvDiagnoses:
			out[i] = w.diagnoses(out[i], table)
		}
	}
	w.claim.v, w.line.v = nil, nil
}

// begin starts the rows below the claim.
func (w *CSVWorker) begin() {
	w.seq = 0
	w.above()
	w.lead = csvtable.Append(w.lead, csvClaimLead, &w.claim)
}

// above starts lead with what stands above the claim.
func (w *CSVWorker) above() {
	x := w.x
	w.lead = append(append(append(w.lead[:0], x.set.own.leadText()...), x.billing.leadText()...), x.subscriber.leadText()...)
}

// next is called behind each of the rows below the claim.
func (w *CSVWorker) next() {
	if len(w.lead) > csvMaxLead {
		w.above()
		for range csvClaimLead { // of one column each
			w.lead = append(w.lead, ',')
		}
	}
}

func (w *CSVWorker) services(b []byte, table *csvTable) []byte {
	w.begin()
	for i := range w.claim.v.Lines {
		w.seq++
		w.line.load(&w.claim.v.Lines[i])
		b = table.AppendRow(b, w, w.c.eol)
		w.next()
	}
	return b
}

func (w *CSVWorker) diagnoses(b []byte, table *csvTable) []byte {
	w.begin()
	for i := range w.claim.codes {
		if w.diagnosis.csvCode = w.claim.codes[i]; !w.diagnosis.there() {
			continue
		}
		w.seq++
		b = table.AppendRow(b, w, w.c.eol)
		w.next()
	}
	w.diagnosis.csvCode = csvCode{}
	return b
}

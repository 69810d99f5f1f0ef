package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
)

// What stands on many rows is bounded, so that one claim with a huge text and a thousand lines cannot fill the memory:
// columns that are longer than this together stand on the first row only. Valid ones are far below.
const (
	csvMaxClaimRepeat      = 8 << 10 // payment and claim columns of flat, per claim
	csvMaxPaymentRepeat    = 2 << 10 // payment columns of flat on the rows of provider adjustments
	csvMaxServiceRepeat    = 1 << 10 // claim columns of services
	csvMaxAdjustmentRepeat = 512     // claim and line columns of adjustments
)

// CSVWorker appends rows. It holds scratch memory, so each goroutine needs one of its own.
type CSVWorker struct {
	c *CSV

	// The row in hand: what the parts of the tables append.
	x          *RowContext
	claimSeq   int64 // 0 where it does not apply
	serviceSeq int   // likewise
	rowType    string
	claim      csvClaim
	adjustment csvAdjustment
	closing    csvClosing

	// The columns of the claim in hand, as they are written.
	claimText, claimMeanings            []byte
	flatClaim, flatMeanings             []byte
	serviceLead, adjustmentLead         []byte
	claimLead                           []byte // what adjustmentLead has of the claim
	blankServiceLead, blankAdjustedLead string

	lineRow  csvLine
	lines    []csvLineText
	lineText []byte
	scratch  []byte
}

// csvLineText is where in the text of the lines the columns of one line are.
type csvLineText struct{ start, shared, flat, meanings, end int }

// csvLineView is the columns of one line as they are written.
type csvLineView struct{ text, flat, meanings, flatMeanings []byte }

// Worker returns a new worker.
func (c *CSV) Worker() *CSVWorker {
	w := &CSVWorker{c: c}
	w.claim = csvClaim{Quoter: c.text, scratch: &w.scratch}
	w.lineRow = csvLine{Quoter: c.text, scratch: &w.scratch, claim: &w.claim}
	w.adjustment.Quoter = c.text
	w.blankServiceLead = csvtable.Commas(len(csvServiceClaim) + len(csvTraceField))
	w.blankAdjustedLead = csvtable.Commas(len(csvTraceField) + len(csvAdjustmentClaim) + len(csvAdjustmentLine))
	return w
}

// line returns the columns of the line in hand.
func (w *CSVWorker) line() csvLineView {
	l, t := &w.lines[w.serviceSeq-1], w.lineText
	return csvLineView{
		text: t[l.start:l.shared], flat: t[l.start:l.flat],
		meanings: t[l.flat:l.meanings], flatMeanings: t[l.flat:l.end],
	}
}

// Claim appends the rows of a claim, those of table i to out[i], and adds the claim to t. claimSeq is its ordinal in the
// transaction set, x the context of its group, or of its set when it has no group. Nothing of v is kept.
func (w *CSVWorker) Claim(out [][]byte, x *RowContext, claimSeq int64, v *ts835.ClaimPayment, t *SetTotals) {
	t.Claims++
	t.Charge.Add(v.Charge)
	t.Paid.Add(v.Paid)
	w.x, w.claimSeq, w.serviceSeq = x, claimSeq, 0
	w.adjustment.plb = nil
	if u := &w.c.uses; u[csvClaims] || u[csvServices] || u[csvFlat] {
		w.load(v)
	}
	for i := range w.c.tables {
		table := &w.c.tables[i]
		switch table.Kind {
		case csvClaims:
			w.serviceSeq = 0
			out[i] = table.AppendRow(out[i], w, w.c.eol)
		case csvServices:
			out[i] = w.services(out[i], table)
		case csvAdjustments:
			out[i] = w.adjustments(out[i], table, v)
		case csvFlat:
			out[i] = w.flat(out[i], table)
		}
	}
	w.claim.v, w.lineRow.v = nil, nil
}

// load writes the columns of the claim and its lines, each once however many tables and rows they stand in.
func (w *CSVWorker) load(v *ts835.ClaimPayment) {
	c := w.c
	w.claim.load(v)
	w.lines, w.lineText = w.lines[:0], w.lineText[:0]
	for i := range v.Services {
		r := &w.lineRow
		r.load(&v.Services[i])
		w.claim.found.total.Merge(&r.found.adjusted)
		if c.uses[csvServices] || c.uses[csvFlat] {
			w.loadLine(r)
		}
	}
	w.claimText = w.claimText[:0]
	if c.uses[csvClaims] || c.uses[csvFlat] {
		w.claimText = csvtable.Append(w.claimText, csvClaimFields, &w.claim)
		w.claimMeanings = csvtable.Append(w.claimMeanings[:0], c.claimDescriptions, &w.claim)
	}
	if c.uses[csvServices] {
		w.serviceLead = csvtable.Append(w.serviceLead[:0], csvServiceClaim, &w.claim)
		w.serviceLead = append(w.serviceLead, w.x.trace...)
	}
	if c.uses[csvFlat] {
		b := append(w.flatClaim[:0], w.x.payment...)
		b = append(b, w.x.header...)
		b = append(b, w.claimText...)
		w.flatClaim = csvtable.Append(b, c.claimTail, &w.claim)
		w.flatMeanings = append(w.flatMeanings[:0], w.claimMeanings...)
		w.flatMeanings = csvtable.Append(w.flatMeanings, c.claimReasons, &w.claim)
	}
}

// loadLine writes the columns of a line behind those of the lines before.
func (w *CSVWorker) loadLine(r *csvLine) {
	c := w.c
	b := w.lineText
	at := csvLineText{start: len(b)}
	b = csvtable.Append(b, csvLineFields, r)
	at.shared = len(b)
	if c.uses[csvFlat] {
		b = csvtable.Append(b, c.lineTail, r)
	}
	at.flat = len(b)
	if c.o.Describe {
		b = csvtable.Append(b, c.lineDescriptions, r)
		at.meanings = len(b)
		b = csvtable.Append(b, c.lineReasons, r)
	} else {
		at.meanings = len(b)
	}
	at.end = len(b)
	w.lineText = b
	w.lines = append(w.lines, at)
}

func (w *CSVWorker) services(b []byte, table *csvTable) []byte {
	for i := range w.lines {
		w.serviceSeq = i + 1
		b = table.AppendRow(b, w, w.c.eol)
		if len(w.serviceLead) > csvMaxServiceRepeat {
			w.serviceLead = append(w.serviceLead[:0], w.blankServiceLead...)
		}
	}
	return b
}

func (w *CSVWorker) flat(b []byte, table *csvTable) []byte {
	if len(w.lines) == 0 {
		w.serviceSeq = 0
		w.rowType = "claim,1,"
		return table.AppendRow(b, w, w.c.eol)
	}
	w.rowType = "service,1,"
	for i := range w.lines {
		w.serviceSeq = i + 1
		b = table.AppendRow(b, w, w.c.eol)
		if i > 0 {
			continue
		}
		w.rowType = "service,0,"
		switch {
		case len(w.flatClaim) > csvMaxClaimRepeat:
			w.flatClaim = append(w.flatClaim[:0], w.c.blankPayment...)
			w.flatClaim = append(w.flatClaim, w.c.blankHeader...)
			w.flatClaim = append(w.flatClaim, w.c.blankClaim...)
		case w.c.o.RepeatFirst:
			w.flatClaim = append(w.flatClaim[:len(w.x.payment)+len(w.x.header)], w.c.blankClaim...)
		}
		if w.c.o.RepeatFirst {
			w.flatMeanings = append(w.flatMeanings[:0], w.c.blankClaimDescriptions...)
		}
	}
	return b
}

// adjustments appends the rows of the adjustments of a claim and its lines.
func (w *CSVWorker) adjustments(b []byte, table *csvTable, v *ts835.ClaimPayment) []byte {
	w.claim.v = v
	first := len(b)
	w.claimLead = append(w.claimLead[:0], w.x.trace...)
	w.claimLead = csvtable.Append(w.claimLead, csvAdjustmentClaim, &w.claim)
	w.adjustmentLead = append(w.adjustmentLead[:0], w.claimLead...)
	w.adjustmentLead = append(w.adjustmentLead, w.blankAdjustedLead[:len(csvAdjustmentLine)]...)
	w.serviceSeq = 0
	b = w.adjusted(b, table, csvClaimLevel, v.Adjustments)
	for i := range v.Services {
		line := &v.Services[i]
		if len(line.Adjustments) == 0 {
			continue
		}
		if len(b) > first && len(w.claimLead) > csvMaxAdjustmentRepeat {
			w.claimLead = append(w.claimLead[:0], w.blankAdjustedLead[len(csvAdjustmentLine):]...)
		}
		w.serviceSeq = i + 1
		w.lineRow.v = line
		w.adjustmentLead = append(w.adjustmentLead[:0], w.claimLead...)
		w.adjustmentLead = csvtable.Append(w.adjustmentLead, csvAdjustmentLine, &w.lineRow)
		b = w.adjusted(b, table, csvServiceLevel, line.Adjustments)
	}
	return b
}

// adjusted appends a row for each triplet.
func (w *CSVWorker) adjusted(b []byte, table *csvTable, level csvLevel, list []ts835.Adjustment) []byte {
	a := &w.adjustment
	a.level, a.seq, a.reference, a.plb = level, 0, "", nil
	for i := range list {
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			a.seq++
			a.segment, a.triplet = i+1, k+1
			a.group, a.reason, a.amount, a.quantity = string(list[i].Group), e.Reason, e.Amount, e.Quantity
			b = table.AppendRow(b, w, w.c.eol)
			if len(w.adjustmentLead) > csvMaxAdjustmentRepeat {
				w.adjustmentLead = append(w.adjustmentLead[:0], w.blankAdjustedLead...)
			}
		}
	}
	a.group, a.reason = "", ""
	return b
}

// Trailer appends what comes at the end of a transaction set: its provider adjustments in adjustments and flat, its row
// of payments. x is the context of the set, t the totals of all its claims, v the set with its trailer. Call it once,
// when the whole trailer has been read.
func (w *CSVWorker) Trailer(out [][]byte, x *RowContext, t *SetTotals, v *ts835.RemittanceAdvice) {
	w.x, w.claimSeq, w.serviceSeq = x, 0, 0
	for i := range w.c.tables {
		table := &w.c.tables[i]
		switch table.Kind {
		case csvAdjustments:
			w.adjustmentLead = append(w.adjustmentLead[:0], x.trace...)
			w.adjustmentLead = append(w.adjustmentLead, w.blankAdjustedLead[len(csvTraceField):]...)
			out[i] = w.provider(out[i], table, v.ProviderAdjustments)
		case csvFlat:
			w.rowType = "provider_adjustment,,"
			w.flatClaim = append(append(w.flatClaim[:0], x.payment...), w.c.blankHeader...)
			w.flatClaim = append(w.flatClaim, w.c.blankClaim...)
			w.flatMeanings = append(w.flatMeanings[:0], w.c.blankClaimDescriptions...)
			out[i] = w.provider(out[i], table, v.ProviderAdjustments)
		case csvPayments:
			w.closing.load(t, x.amount, v)
			out[i] = table.AppendRow(out[i], w, w.c.eol)
			w.closing = csvClosing{}
		}
	}
}

// provider appends a row for each pair of the PLB segments.
func (w *CSVWorker) provider(b []byte, table *csvTable, list []ts835.ProviderAdjustment) []byte {
	a := &w.adjustment
	*a = csvAdjustment{Quoter: w.c.text, level: csvProviderLevel}
	for i := range list {
		a.plb = &list[i]
		for k := range a.plb.Entries {
			e := &a.plb.Entries[k]
			if e.Identifier.Reason == "" && !e.Amount.Set() {
				continue
			}
			a.seq++
			a.segment, a.triplet = i+1, k+1
			a.reason, a.reference, a.amount = e.Identifier.Reason, e.Identifier.Reference, e.Amount
			b = table.AppendRow(b, w, w.c.eol)
			if len(w.x.payment) > csvMaxPaymentRepeat && table.Kind == csvFlat {
				w.flatClaim = append(w.flatClaim[:0], w.c.blankPayment...)
				w.flatClaim = append(w.flatClaim, w.c.blankHeader...)
				w.flatClaim = append(w.flatClaim, w.c.blankClaim...)
			}
			if len(w.adjustmentLead) > csvMaxAdjustmentRepeat && table.Kind == csvAdjustments {
				w.adjustmentLead = append(w.adjustmentLead[:0], w.blankAdjustedLead...)
			}
		}
	}
	*a = csvAdjustment{Quoter: w.c.text}
	return b
}

package edi837

import (
	"bytes"
	"strconv"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// otherPayer is one loop 2320 with what the payer has decided.
type otherPayer struct {
	at       validate.At // SBR
	paid     validate.At // AMT D
	name     validate.At // NM109 of 2330B
	id       []byte
	decision validate.At // what shows that it has decided in the loop itself: CAS, MIA, MOA, DTP 573
	dated    bool        // DTP 573 in 2330B

	claimCAS  x12.Sum // of 2320
	lineCAS   x12.Sum // of 2430
	linePaid  x12.Sum // SVD02
	lines     int     // SVD of this payer
	firstSVD  validate.At
	uncertain bool // an amount is missing or no number
	off       bool // the decision on a line does not balance
}

// mostPayers bounds the comparison of each with each. The guides have room for ten.
const mostPayers = 64

// openLine is the service line in hand.
type openLine struct {
	at        validate.At // LX
	service   validate.At // its charge
	charge    x12.Number
	ok        bool // the charge is a number
	parts     []linePart
	procedure []byte // SV101 or SV301
	dated     bool   // it says when it was done
	tooth     bool
	surface   bool
}

// linePart is one loop 2430.
type linePart struct {
	payer     int // index of the payer, -1: none
	svd       validate.At
	cas       validate.At // the first one
	paid      x12.Number
	adjusted  x12.Sum
	uncertain bool
	done      bool
}

// lineFault is a line whose decision of one payer does not balance.
type lineFault struct {
	payer   int
	service validate.At
	svd     validate.At
	cas     validate.At
	charge  x12.Number
	paid    x12.Sum
	cut     x12.Sum
	off     x12.Sum // charge - paid - adjustments
}

// addAdjustments adds the amounts of a CAS; it reports false where one is missing or no number.
func addAdjustments(into *x12.Sum, cas validate.At) bool {
	row := cas.Row()
	for e, n := 2, min(row.Len(), 17); e <= n; e += 3 {
		v := row.Elem(e + 1)
		if len(v) == 0 {
			if len(row.Elem(e)) > 0 {
				return false
			}
			continue
		}
		n, ok := x12.ParseNumber(v)
		if !ok {
			return false
		}
		into.Add(n)
	}
	return true
}

func (p *linePart) adjust(cas validate.At) {
	if !p.cas.OK() {
		p.cas = cas.With(3, 0)
	}
	if !addAdjustments(&p.adjusted, cas) {
		p.uncertain = true
	}
}

// otherPayer takes a segment of the 2320 in hand.
func (w *claimWalk) otherPayer(r role, a validate.At) {
	if len(w.payers) == 0 {
		return // its SBR is missing, which has been said
	}
	p := &w.payers[len(w.payers)-1]
	switch r {
	case roleOtherAdjustment:
		p.decision = a
		if !addAdjustments(&p.claimCAS, a) {
			p.uncertain = true
		}
	case roleOtherPaid:
		p.uncertain = p.uncertain || p.paid.OK()
		p.paid = a.With(2, 0)
	case roleOtherDecision:
		p.decision = a
	case roleOtherDate:
		p.decision, p.dated = a, true
	case roleOtherName:
		p.uncertain = p.uncertain || p.name.OK()
		p.name = a.With(9, 0)
		p.id = p.name.Bytes()
		for i := range w.payers[:len(w.payers)-1] {
			w.double = w.double || bytes.Equal(w.payers[i].id, p.id)
		}
	}
}

// adjudication takes an SVD.
func (w *claimWalk) adjudication(a validate.At) {
	part := linePart{payer: -1, svd: a.With(2, 0)}
	id := a.Elem(1, 0)
	for i := range w.payers {
		if bytes.Equal(w.payers[i].id, id) {
			part.payer = i
		}
	}
	var ok bool
	part.paid, ok = part.svd.Number()
	part.uncertain = !ok
	if part.payer >= 0 {
		p := &w.payers[part.payer]
		if p.lines++; p.lines == 1 {
			p.firstSVD = a
		}
	} else {
		w.unmatched = true
		if len(id) > 0 && w.payersNamed() && w.isWhole() {
			w.s.ReportAs("837/adjudication-payer", a.With(1, 0), "expected the id of an other payer of this claim (2330B NM109)")
		}
	}
	if len(a.Elem(6, 0)) > 0 {
		w.bundled = append(w.bundled, a.With(6, 0))
	}
	w.line.parts = append(w.line.parts, part)
}

// payersNamed reports whether all other payers have an id: where one lacks it, that has been said.
func (w *claimWalk) payersNamed() bool {
	for i := range w.payers {
		if len(w.payers[i].id) == 0 {
			return false
		}
	}
	return true
}

// closeLine compares the charge of the line with what each payer decided.
func (w *claimWalk) closeLine() {
	l := &w.line
	if w.kind == Dental && l.service.OK() {
		w.dental()
	}
	for i := range l.parts {
		p := &l.parts[i]
		if p.done || p.payer < 0 {
			continue
		}
		fault := lineFault{payer: p.payer, service: l.service, svd: p.svd, cas: p.cas, charge: l.charge}
		uncertain := !l.ok
		for k := i; k < len(l.parts); k++ { // parts of a line that was split count together
			q := &l.parts[k]
			if q.payer != p.payer {
				continue
			}
			q.done = true
			uncertain = uncertain || q.uncertain
			fault.paid.Add(q.paid)
			fault.cut.AddSum(&q.adjusted)
		}
		payer := &w.payers[p.payer]
		payer.linePaid.AddSum(&fault.paid)
		payer.lineCAS.AddSum(&fault.cut)
		payer.uncertain = payer.uncertain || uncertain
		fault.off.Add(l.charge)
		fault.off.SubSum(&fault.paid)
		fault.off.SubSum(&fault.cut)
		if !uncertain && !fault.off.IsZero() {
			payer.off = true
			w.broken = append(w.broken, fault)
		}
	}
	w.line = openLine{parts: l.parts[:0]}
}

// balance compares charges and decisions. Each amount stands in several equations, so one that is wrong breaks several: the
// finding is for the equation that all the others point to, and the others say nothing.
func (w *claimWalk) balance() {
	if !w.totalOK {
		return // that has been said
	}
	var off x12.Sum // CLM02 - lines
	off.Add(w.total)
	off.SubSum(&w.lines)
	charges := w.linesOK && w.services > 0 && !off.IsZero()
	if !charges && len(w.payers) == 0 {
		return
	}
	faults := len(w.broken) > 0 || charges
	for i := 0; i < len(w.payers) && !faults; i++ {
		claim, lines := w.payers[i].differences(w.total)
		faults = w.compared(i) && (!claim.IsZero() || !lines.IsZero())
	}
	if !faults {
		return
	}
	if !w.isWhole() || w.services != w.lineCount { // lines that only lack their LX add up all the same
		if charges && w.services > w.lineCount && w.s.Whole(w.sums[1:4]...) && !w.s.Whole(w.sums[0]) {
			w.reportCharges(&off)
		}
		return
	}
	if !w.double {
		var told validate.At // a line charge that is wrong breaks the decisions of all payers
		for i := range w.broken {
			if f := &w.broken[i]; f.service != told && w.lineFault(f, &off) {
				charges, told = false, f.service
			}
		}
	}
	if charges {
		w.reportCharges(&off)
	}
	for i := range w.payers {
		if w.compared(i) && !w.payers[i].off {
			w.payerFault(&w.payers[i], charges, &off)
		}
	}
}

func (w *claimWalk) reportCharges(off *x12.Sum) {
	w.s.Report(w.claim, "expected "+w.lines.String()+", the charges of "+count(w.services, "line")+" added up; CLM02 is "+w.total.String()+
		", difference "+off.String())
}

// compared reports whether what a payer decided can be held against the claim.
func (w *claimWalk) compared(i int) bool {
	p := &w.payers[i]
	ok := p.paid.OK() && !p.uncertain && !(p.lines > 0 && w.double) && !w.unmatched
	if ok {
		_, ok = p.paid.Number()
	}
	return ok
}

// lineFault reports a line and returns whether it is the reason why the charges of the lines do not add up to that of the claim.
func (w *claimWalk) lineFault(f *lineFault, off *x12.Sum) (explains bool) {
	at := f.svd
	if f.cas.OK() {
		at = f.cas
	}
	p := &w.payers[f.payer]
	switch _, lines := p.differences(w.total); {
	case opposite(&f.off, off): // the line is off by what the lines are
		at, explains = f.service, true
	case p.paid.OK() && !p.uncertain && lines.Cmp(&f.off) == 0: // AMT D is off against the SVD02 by as much
		at = f.svd
	}
	w.s.ReportAs("837/balance-line", at, "charge "+f.charge.String()+" is not what was paid "+f.paid.String()+" and adjusted "+f.cut.String()+
		", difference "+f.off.String())
	return explains
}

// differences returns CLM02 - AMT D - CAS of 2320 and 2430, and AMT D - SVD02 + CAS of 2320.
func (p *otherPayer) differences(total x12.Number) (claim, lines x12.Sum) {
	paid, _ := p.paid.Number()
	claim.Add(total)
	claim.Sub(paid)
	claim.SubSum(&p.claimCAS)
	claim.SubSum(&p.lineCAS)
	if p.lines > 0 {
		lines.Add(paid)
		lines.AddSum(&p.claimCAS)
		lines.SubSum(&p.linePaid)
	}
	return claim, lines
}

// payerFault reports what a payer decided on a claim that does not balance. Where CLM02 is wrong, it breaks this too.
func (w *claimWalk) payerFault(p *otherPayer, charges bool, off *x12.Sum) {
	claim, lines := p.differences(w.total)
	paid, _ := p.paid.Number()
	switch {
	case !claim.IsZero() && !(charges && claim.Cmp(off) == 0):
		w.s.ReportAs("837/balance-payer", p.paid, "claim charge "+w.total.String()+" is not what was paid "+paid.String()+" and adjusted "+
			p.claimCAS.String()+" for the claim and "+p.lineCAS.String()+" for its lines, difference "+claim.String())
	case claim.IsZero() && !lines.IsZero():
		w.s.ReportAs("837/balance-paid", p.paid, "expected "+paidOfLines(p)+", what was paid for the lines "+p.linePaid.String()+
			" less the adjustments of the claim "+p.claimCAS.String()+", difference "+lines.String())
	}
}

func paidOfLines(p *otherPayer) string {
	var sum x12.Sum
	sum.AddSum(&p.linePaid)
	sum.SubSum(&p.claimCAS)
	return sum.String()
}

// opposite reports whether a is -b and not 0.
func opposite(a, b *x12.Sum) bool {
	var sum x12.Sum
	sum.AddSum(a)
	sum.AddSum(b)
	return sum.IsZero() && !a.IsZero()
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

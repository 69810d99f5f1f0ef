package edi835

import (
	"bytes"
	"encoding/binary"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// checkClaims compares what stands in different segments of a claim, in one pass over it.
func checkClaims(b *validate.Binder) func(*validate.Scope) {
	uses := uses(b.Table)
	return func(s *validate.Scope) { checkClaim(s, uses) }
}

// period is the days a claim or a line is for.
type period struct{ day, from, to day }

// day is a DTM with the eight bytes of its date, which order as dates do; 0 when it has another length.
type day struct {
	at validate.At
	n  uint64
}

// after reports whether d is after e; what is no date is not compared.
func (d *day) after(e *day) bool { return d.n > e.n && e.n > 0 && d.isDate() && e.isDate() }

func (d *day) isDate() bool {
	_, ok := x12.ParseDate(d.at.Elem(2, 0))
	return ok
}

func checkClaim(s *validate.Scope, uses []use) {
	var claim, line period
	var groups, lineGroups uint8
	for i, to := s.Range(); i < to; i++ {
		u := uses[s.Slot(i)]
		if u == useNone {
			continue
		}
		switch a := s.At(i); u {
		case useClaimDate:
			claim.take(a)
		case useClaimAdjustment:
			groups = casForm(s, a, groups)
		case useClaimName:
			organization(s, a)
		case useClaimContact:
			extension(s, a)
		case useLine:
			line.close(s, &claim)
			line, lineGroups = period{}, 0
			service(s, a)
		case useLineDate:
			line.take(a)
		case useLineAdjustment:
			lineGroups = casForm(s, a, lineGroups)
		}
	}
	line.close(s, &claim)
	if claim.to.at.OK() && !claim.from.at.OK() && dated(s) {
		s.ReportAs("835/statement-from", claim.to.at.With(1, 0), "expected DTM 232 too: the day from which the claim is")
	}
	if claim.from.after(&claim.to) {
		s.Report(claim.to.at.With(2, 0), "expected the day of DTM 232 or later")
	}
}

// dated reports whether all dates of a claim have their places.
func dated(s *validate.Scope) bool { return s.Whole(x12.ID("DTM"), x12.ID("SVC")) }

// take keeps a DTM.
func (p *period) take(a validate.At) {
	d, row := day{at: a}, a.Row()
	if v := row.Elem(2); len(v) == 8 {
		d.n = binary.BigEndian.Uint64(v)
	}
	switch string(row.Elem(1)) {
	case "472":
		p.day = d
	case "150", "232":
		p.from = d
	case "151", "233":
		p.to = d
	}
}

// close compares the dates of a line, with those of the claim too.
func (p *period) close(s *validate.Scope, claim *period) {
	single, from, to := p.day.at.OK(), p.from.at.OK(), p.to.at.OK()
	switch {
	case (single || from != to) && (from || to) && !dated(s): // said otherwise
	case single && (from || to):
		s.ReportAs("835/service-period", p.day.at.With(1, 0), "expected either a day, DTM 472, or a period, DTM 150 and 151")
	case from && !to:
		s.ReportAs("835/service-period", p.from.at.With(1, 0), "expected DTM 151 too: the end of the period; a single day is DTM 472")
	case to && !from:
		s.ReportAs("835/service-period", p.to.at.With(1, 0), "expected DTM 150 too: the begin of the period; a single day is DTM 472")
	case p.from.after(&p.to):
		s.ReportAs("835/service-period", p.to.at.With(2, 0), "expected the day of DTM 150 or later")
	}
	begin, end := &claim.from, &claim.to
	if !end.at.OK() {
		end = begin
	}
	if begin.n == 0 || begin.after(end) {
		return
	}
	for _, d := range [...]*day{&p.day, &p.from, &p.to} {
		if begin.after(d) || d.after(end) {
			s.ReportAs("835/service-in-statement", d.at.With(2, 0), "expected a day of the claim's statement, DTM 232 to 233")
			return
		}
	}
}

// casForm checks the form of a CAS. Groups are those before it that have room left.
func casForm(s *validate.Scope, cas validate.At, groups uint8) uint8 {
	gap, last, row := false, 0, cas.Row()
	for e, n := 2, min(row.Len(), 19); e <= n; e += 3 {
		reason, amount, quantity := row.Elem(e), row.Elem(e+1), row.Elem(e+2)
		if len(reason)+len(amount)+len(quantity) == 0 {
			gap = true
			continue
		}
		last = e
		if gap {
			gap = false
			s.ReportAs("835/adjustment-gap", cas.With(e, 0), "expected adjustments without gaps: the one in front is empty")
		}
		if e > 2 && len(reason) > 0 && len(amount) == 0 && len(quantity) > 0 {
			s.ReportAs("835/adjustment-amount", cas.With(e+1, 0), "expected the amount that the quantity goes with")
		}
	}
	bit := uint8(0)
	switch string(row.Elem(1)) {
	case "CO":
		bit = 1
	case "OA":
		bit = 2
	case "PI":
		bit = 4
	case "PR":
		bit = 8
	}
	if groups&bit != 0 {
		s.ReportAs("835/adjustment-group", cas.With(1, 0), "expected the adjustments of one group in one CAS, which has room for six")
	}
	if last < 17 {
		groups |= bit
	}
	return groups
}

// organization checks that what is no person has no parts of a person's name.
func organization(s *validate.Scope, nm1 validate.At) {
	if string(nm1.Elem(2, 0)) != "2" {
		return
	}
	for _, e := range [...]int{4, 5, 7} {
		if len(nm1.Elem(e, 0)) > 0 && s.Table().Elem(nm1.Slot(), e) != nil {
			s.ReportAs("835/organization-name", nm1.With(e, 0), "expected none: NM102 says this is no person")
			return
		}
	}
}

// service checks that what was submitted is there where it differs only.
func service(s *validate.Scope, svc validate.At) {
	if v := svc.Elem(6, 0); len(v) > 0 && bytes.Equal(v, svc.Elem(1, 0)) {
		s.ReportAs("835/submitted-procedure", svc.With(6, 0), "expected only where it differs from the procedure of SVC01")
	}
	if v := svc.Elem(7, 0); len(v) > 0 {
		paid := x12.NewNumber(1, 0)
		if p, ok := svc.With(5, 0).Number(); ok {
			paid = p
		}
		if n, ok := x12.ParseNumber(v); ok && n.Equal(paid) {
			s.ReportAs("835/submitted-units", svc.With(7, 0), "expected only where it differs from the units paid, SVC05, which are 1 when not sent")
		}
	}
}

// extension checks that an extension follows a telephone number.
func extension(s *validate.Scope, per validate.At) {
	for e := 5; e <= 7; e += 2 {
		if string(per.Elem(e, 0)) == "EX" && string(per.Elem(3, 0)) != "TE" && string(per.Elem(5, 0)) != "TE" {
			s.ReportAs("835/contact-extension", per.With(e, 0), "expected TE in front: an extension belongs to a telephone number")
		}
	}
}

// checkPayer checks the contacts of the payer.
func checkPayer(b *validate.Binder) func(*validate.Scope) {
	per := b.Place("PER")
	return func(s *validate.Scope) {
		for a := range s.All(per) {
			extension(s, a)
		}
	}
}

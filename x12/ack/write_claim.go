package ack

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/codec"
)

// loopIndex returns which instance of a loop a path leads through, 0 for none.
func loopIndex(path, loop string) int {
	for path != "" {
		var part string
		part, path, _ = strings.Cut(path, "/")
		if id, index, ok := strings.Cut(part, "["); ok && id == loop {
			n, _ := strconv.Atoi(strings.TrimSuffix(index, "]"))
			return n
		}
	}
	return 0
}

// claim acknowledges a claim.
func (c *claims) claim(t *codec.Tape, f *faults) error {
	if err := c.needSubscriber(t); err != nil {
		return err
	}
	v, in := c.set, c.w.inter
	a := ts277ca.Claim{PatientControlNumber: unknown}
	charge := x12.NewNumber(0, 0)
	var days dateSpan // of the lines
	var own dateSpan  // of the claim
	facility := false
	var line *ts277ca.Line
	number := 0
	for k := range t.Segs {
		switch v.at(t, k) {
		case roleClaim:
			a.PatientControlNumber = c.elem(t, k, 1, 50, unknown)
			charge = amount(t.Elem(k, 2))
			place := t.Elem(k, 5)
			if string(x12.Part(place, t.Delims.Component, 2)) == "A" {
				facility = true
				a.BillType = c.w.clean(in, string(x12.Part(place, t.Delims.Component, 1))+string(x12.Part(place, t.Delims.Component, 3)), 50)
			}
		case roleClaimDate:
			if q := string(t.Elem(k, 1)); q == "434" || q == "472" {
				own.add(t.Elem(k, 2), t.Elem(k, 3))
			}
		case roleClaimReference:
			if string(t.Elem(k, 1)) == "D9" {
				a.ClearinghouseNumber = c.elem(t, k, 2, 50, "")
			}
		case roleLine:
			number++
			line = nil
			if reasons := f.lines[number]; len(reasons) > 0 {
				a.Lines = append(a.Lines, ts277ca.Line{
					ControlNumber: c.elem(t, k, 1, 50, strconv.Itoa(number)), Procedure: ts277ca.Procedure{Qualifier: "HC", Code: unknown},
					Charge: x12.NewNumber(0, 0), Statuses: lineStatuses(reasons),
				})
				line = &a.Lines[len(a.Lines)-1]
			}
		case roleService:
			if line != nil {
				c.service(t, k, line)
			}
		case roleLineDate:
			if string(t.Elem(k, 1)) == "472" {
				days.add(t.Elem(k, 2), t.Elem(k, 3))
				if line != nil {
					var one dateSpan
					one.add(t.Elem(k, 2), t.Elem(k, 3))
					line.ServiceDate = one.period()
				}
			}
		case roleLineReference:
			if line != nil && string(t.Elem(k, 1)) == "6R" {
				line.ControlNumber = c.elem(t, k, 2, 50, line.ControlNumber)
			}
		}
	}
	if !facility {
		a.BillType = ""
	}
	a.ServiceDate = c.days(own, days)
	reasons := f.claim
	for _, n := range slices.Sorted(maps.Keys(f.lines)) {
		if n > number { // a line that is not there
			for _, r := range f.lines[n] {
				reasons = addReason(reasons, r)
			}
		}
	}
	if len(reasons) == 0 && len(f.lines) > 0 {
		reasons = []reason{{category: "A7", code: code21}}
		if len(a.Lines) > 0 {
			reasons[0].category = a.Lines[0].Statuses[0].Status.Category
		}
	}
	p := &v.patient.tally
	if len(reasons) > 0 {
		a.Statuses = claimStatuses(reasons, c.today(), charge)
		p.rejected++
		p.rejectedAmount.Add(charge)
	} else {
		a.Statuses = claimStatuses([]reason{c.accepted()}, c.today(), charge)
		p.accepted++
		p.acceptedAmount.Add(charge)
	}
	v.pending = append(v.pending, a)
	if len(v.pending) >= maxPending {
		return c.flush()
	}
	return nil
}

// accepted is the status of a claim without faults: a payer takes it into its system, a clearinghouse says that it came.
func (c *claims) accepted() reason {
	if c.w.o.Source == "AY" {
		return reason{category: "A1", code: "20"}
	}
	return reason{category: "A2", code: "20"}
}

func (c *claims) today() x12.Date { return dateOf(c.w.now()) }

// amount returns a charge, zero where it is none.
func amount(v []byte) x12.Number {
	n, ok := x12.ParseNumber(v)
	if !ok || len(v) > 18 {
		return x12.NewNumber(0, 0)
	}
	return n
}

// service enters what was done on a line.
func (c *claims) service(t *codec.Tape, k int, line *ts277ca.Line) {
	charge, units := 2, 4
	composite := t.Elem(k, 1)
	switch t.Table.Slots[t.Segs[k].Slot].ID {
	case idSV2:
		charge, units = 3, 5
		revenue := c.elem(t, k, 1, 48, unknown)
		if composite = t.Elem(k, 2); len(composite) == 0 {
			line.Procedure = ts277ca.Procedure{Qualifier: "NU", Code: revenue}
		} else {
			line.RevenueCode = c.elem(t, k, 1, 48, "")
		}
	case idSV3:
		units = 6
	}
	line.Charge = amount(t.Elem(k, charge))
	if n, ok := x12.ParseNumber(t.Elem(k, units)); ok && n.Set() {
		line.Units = n
	}
	if len(composite) == 0 {
		return
	}
	part := func(n, most int, other string) string {
		return c.w.mend(c.w.inter, string(x12.Part(composite, t.Delims.Component, n)), most, other)
	}
	line.Procedure = ts277ca.Procedure{Qualifier: part(1, 2, "HC"), Code: part(2, 48, unknown)}
	if !slices.Contains([]string{"AD", "ER", "HC", "HP", "IV", "NU", "WK"}, line.Procedure.Qualifier) {
		line.Procedure.Qualifier = "HC"
	}
	for n := 3; n <= 6; n++ {
		if m := part(n, 2, ""); len(m) == 2 {
			line.Procedure.Modifiers = append(line.Procedure.Modifiers, m)
		}
	}
}

var idSV2, idSV3 = x12.ID("SV2"), x12.ID("SV3")

// dateSpan is the first and the last day of some, CCYYMMDD.
type dateSpan struct{ from, to string }

// add takes the value of a DTP.
func (d *dateSpan) add(format, value []byte) {
	p, ok := x12.ParsePeriod(string(format), string(value))
	if !ok || p.From.IsZero() || string(format) != "D8" && string(format) != "RD8" {
		return
	}
	from, to := string(p.From.AppendWire(nil)), string(p.Last().AppendWire(nil))
	if d.from == "" || from < d.from {
		d.from = from
	}
	if to > d.to {
		d.to = to
	}
}

func (d *dateSpan) period() *ts277ca.Period {
	switch {
	case d.from == "":
		return nil
	case d.to <= d.from:
		return &ts277ca.Period{Format: "D8", Value: d.from}
	}
	return &ts277ca.Period{Format: "RD8", Value: d.from + "-" + d.to}
}

// days returns the service dates of a claim: its own, else those of its lines, else the day the set was made.
func (c *claims) days(own, lines dateSpan) ts277ca.Period {
	for _, d := range []dateSpan{own, lines, {from: c.set.date}} {
		if p := d.period(); p != nil {
			return *p
		}
	}
	return ts277ca.Period{Format: "D8", Value: string(c.today().AppendWire(nil))}
}

// action returns STC03.
func action(list []reason) string {
	if list[0].accepted() {
		return "WQ"
	}
	return "U"
}

func statusOf(r reason) ts277ca.Status {
	return ts277ca.Status{Category: r.category, Code: r.code, Entity: r.entity}
}

// split hands out reasons in threes, as an STC holds them.
func split(list []reason, each func(first ts277ca.Status, further []ts277ca.Status)) {
	for part := range slices.Chunk(list, 3) {
		var further []ts277ca.Status
		for _, r := range part[1:] {
			further = append(further, statusOf(r))
		}
		each(statusOf(part[0]), further)
	}
}

func claimStatuses(list []reason, date x12.Date, charge x12.Number) (out []ts277ca.ClaimStatus) {
	split(list, func(first ts277ca.Status, further []ts277ca.Status) {
		out = append(out, ts277ca.ClaimStatus{Status: first, Further: further, EffectiveDate: date, Action: action(list), Charge: charge})
	})
	return out
}

func lineStatuses(list []reason) (out []ts277ca.LineStatus) {
	split(list, func(first ts277ca.Status, further []ts277ca.Status) {
		out = append(out, ts277ca.LineStatus{Status: first, Further: further})
	})
	return out
}

package match

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// ErrExpected is wrapped by the errors of [ReadExpected].
var ErrExpected = errors.New("match: bad table of allowed amounts")

// Expected is what payers should allow, and how far they may be off.
type Expected struct {
	// Tolerance is how much less than expected is no under-payment, Percent the same in percent of what is expected. The
	// larger counts.
	Tolerance, Percent decimal.Decimal

	rates map[rateKey]x12.Number
}

type rateKey struct{ payer, procedure, modifiers string }

// maxRates bounds the table.
const maxRates = 1 << 20

// ReadExpected reads what payers should allow from CSV with a header. The columns, in any order, are
//
//	payer      identifier or name, as the claim or the remittance has it; empty, or no such column: any payer
//	procedure  procedure code, or revenue code of a line without one
//	modifiers  with : or blanks between, in any order; empty, or no such column: any modifiers
//	allowed    for one unit
//
// Others are passed over. Of the rows that fit a line the one with the payer counts, then the one with the modifiers. An
// error wraps [ErrExpected] and names the line, or is that of r.
func ReadExpected(r io.Reader) (*Expected, error) {
	e := &Expected{Tolerance: decimal.NewFromInt(1), Percent: decimal.NewFromInt(1), rates: map[rateKey]x12.Number{}}
	rd := csv.NewReader(r)
	rd.FieldsPerRecord = -1
	head, err := rd.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("%w: it is empty", ErrExpected)
	}
	if err != nil {
		return nil, wrapCSV(err)
	}
	columns := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if _, ok := columns[name]; ok && slices.Contains([]string{"payer", "procedure", "modifiers", "allowed"}, name) {
			return nil, fmt.Errorf("%w: line 1: two columns %s", ErrExpected, name)
		}
		columns[name] = i
	}
	for _, name := range [...]string{"procedure", "allowed"} {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("%w: line 1: no column %s", ErrExpected, name)
		}
	}
	for {
		row, err := rd.Read()
		if err == io.EOF {
			return e, nil
		}
		if err != nil {
			return nil, wrapCSV(err)
		}
		line, _ := rd.FieldPos(0)
		field := func(name string) string {
			if i, ok := columns[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if field("procedure") == "" && field("allowed") == "" {
			continue
		}
		n, ok := x12.ParseNumber(field("allowed"))
		if !ok || !n.Set() || n.Sign() < 0 {
			return nil, fmt.Errorf("%w: line %d: allowed is no amount", ErrExpected, line)
		}
		key := rateKey{payerText(field("payer")), strings.ToUpper(field("procedure")), modifierText(field("modifiers"))}
		if key.procedure == "" {
			return nil, fmt.Errorf("%w: line %d: no procedure", ErrExpected, line)
		}
		if old, ok := e.rates[key]; ok && !old.Equal(n) {
			return nil, fmt.Errorf("%w: line %d: another amount than in a line before for the same payer, procedure and modifiers", ErrExpected, line)
		}
		if e.rates[key] = plain(n); len(e.rates) > maxRates {
			return nil, fmt.Errorf("%w: line %d: more than %d amounts", ErrExpected, line, maxRates)
		}
	}
}

func wrapCSV(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return fmt.Errorf("%w: line %d: %w", ErrExpected, bad.Line, bad.Err)
	}
	return err
}

func payerText(s string) string { return nameKey(s) }

func modifierText(s string) string {
	list := strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return r == ':' || r == ' ' || r == ',' || r == '-' })
	slices.Sort(list)
	return strings.Join(list, ":")
}

// find returns what is expected for one unit.
func (e *Expected) find(payers []string, procedure, modifiers string) (x12.Number, bool) {
	for _, payer := range payers {
		for _, mods := range [...]string{modifiers, ""} {
			if n, ok := e.rates[rateKey{payer, procedure, mods}]; ok {
				return n, true
			}
		}
	}
	return x12.Number{}, false
}

// Check says how what was allowed for a line compares with what was expected.
type Check uint8

// The checks.
const (
	NotChecked    Check = iota
	AsExpected          // within the tolerance
	UnderExpected       // an under-payment
	OverExpected
)

// String returns the stable word of a check, "" for NotChecked.
func (c Check) String() string { return [...]string{"", "as_expected", "under", "over"}[c] }

// Allowance is what a payer allowed for a line, and what it should have.
type Allowance struct {
	Check     Check
	Allowed   x12.Sum // AMT*B6, else SVC03 and the patient's share
	Expected  x12.Sum // by the units that were billed
	Shortfall x12.Sum // Expected less Allowed; below zero when more was allowed
	Recoded   bool    // another procedure was paid than billed
	UnitsCut  bool    // fewer units were paid than billed
}

// allowance compares a line of an answer that counts and is no denial; line is that of the claim, nil where it is not known.
// What a later payer allows is not compared.
func (r *Result) allowance(a *AnswerResult, s *AnswerLine, line *Line) (w Allowance) {
	e := r.m.o.Expected
	if e == nil || !a.Stands || a.Role == LaterPayer || orderOf(a.Status) > 1 || r.lineOutcome(a.Answer, s) == OutcomeDenied || s.Charge.Sign() <= 0 {
		return w
	}
	code, mods, units := s.code(), s.mods(), s.BilledUnits
	if !units.Set() {
		units = s.Units
	}
	if line != nil {
		code, mods, units = line.code(), line.modifiers, line.Units
	}
	if !units.Set() {
		return w // minutes and the like
	}
	payers := make([]string, 0, 8)
	if a.Claim >= 0 {
		p := r.Claims[a.Claim].Payer
		payers = append(payers, payerText(p.ID), payerText(p.Name))
	}
	payers = append(payers, payerText(a.Payer.Name))
	for _, id := range a.ids {
		payers = append(payers, payerText(id))
	}
	payers = slices.DeleteFunc(payers, func(s string) bool { return s == "" })
	rate, ok := e.find(append(payers, ""), strings.ToUpper(r.m.text(code)), r.m.text(mods))
	if !ok {
		return w
	}
	w.Allowed = r.allowed(s)
	want := rate.Decimal().Mul(units.Decimal())
	n, err := x12.NumberFromDecimal(want)
	if err != nil {
		return Allowance{}
	}
	w.Expected.Add(n)
	w.Shortfall = w.Expected
	w.Shortfall.SubSum(&w.Allowed)
	most := decimal.Max(e.Tolerance, want.Mul(e.Percent).Shift(-2))
	switch short := w.Shortfall.Decimal(); {
	case short.GreaterThan(most):
		w.Check = UnderExpected
	case short.Neg().GreaterThan(most):
		w.Check = OverExpected
	default:
		w.Check = AsExpected
	}
	w.Recoded = s.procedure != 0 && s.procedure != code && (line == nil || s.procedure != line.procedure)
	w.UnitsCut = s.Units.Cmp(units) < 0
	return w
}

// allowed returns what the payer allowed: as it says, else what it paid and what it left to the patient.
func (r *Result) allowed(s *AnswerLine) (sum x12.Sum) {
	if sum.Add(s.Allowed); s.Allowed.Set() {
		return sum
	}
	sum.Add(s.Paid)
	for i := range r.m.adjustments[s.adjustments.at : s.adjustments.at+s.adjustments.n] {
		if d := &r.m.adjustments[int(s.adjustments.at)+i]; r.m.text(d.group) == "PR" && !r.known.isDenial(d) {
			sum.Add(d.amount)
		}
	}
	return sum
}

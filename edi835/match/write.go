package match

import (
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
)

// Form says how results are written.
type Form struct {
	// ShowValues lets what identifies a patient out: member ids in tables and JSON; in text and in the page claim numbers,
	// which are otherwise told by where the claim stands.
	ShowValues bool
	// Guard puts a ' in front of text that a spreadsheet would take for a formula.
	Guard bool
}

// writeSize is how much is gathered before it is written.
const writeSize = 64 << 10

// sheet gathers output and keeps the first error.
type sheet struct {
	w   io.Writer
	b   []byte
	err error
}

func (s *sheet) more() {
	if len(s.b) >= writeSize {
		s.flush()
	}
}

func (s *sheet) flush() error {
	if s.err == nil && len(s.b) > 0 {
		_, s.err = s.w.Write(s.b)
	}
	s.b = s.b[:0]
	return s.err
}

// WriteTable writes a table as CSV; its name is one of [Tables]. An error is that of w.
func (r *Result) WriteTable(w io.Writer, rep *Report, table string, f Form) error {
	s, q := &sheet{w: w}, csvtable.Quoter{Guard: f.Guard}
	switch table {
	case "claims":
		writeRows(s, q, claimColumns(), func(row func(*claimItem)) { r.claimRows(f.ShowValues, row) })
	case "lines":
		writeRows(s, q, lineColumns(), r.lineRows)
	case "denials":
		writeRows(s, q, denialColumns(), rep.denialRows)
	case "payers":
		writeRows(s, q, payerColumns(), rep.payerRows)
	default:
		return fmt.Errorf("match: no table %q", table)
	}
	return s.flush()
}

func writeRows[T any](s *sheet, q csvtable.Quoter, cols []column[T], rows func(func(*T))) {
	for _, c := range cols {
		s.b = append(append(s.b, c.name...), ',')
	}
	s.b[len(s.b)-1] = '\n'
	rows(func(v *T) {
		for k := range cols {
			s.b = q.Col(s.b, cols[k].value(v))
		}
		s.b[len(s.b)-1] = '\n'
		s.more()
	})
}

// denialRows calls f for each row of the table denials.
func (rep *Report) denialRows(f func(*denialItem)) {
	var total, running decimal.Decimal
	for i := range rep.Denials {
		total = total.Add(rep.Denials[i].Amount.Decimal())
	}
	for i := range rep.Denials {
		d := &rep.Denials[i]
		running = running.Add(d.Amount.Decimal())
		f(&denialItem{d, percentOf(d.Amount.Decimal(), total), percentOf(running, total)})
	}
}

// payerRows calls f for each row of the table payers, the total last.
func (rep *Report) payerRows(f func(*Row)) {
	for _, row := range rep.Rows {
		f(row)
	}
	total := rep.Total
	total.Payer = Party{ID: "total"}
	f(&total)
}

// WriteJSON writes an object a line: {"claim": ...}, {"line": ...}, {"denial": ...} and {"payer": ...} for the rows of the
// tables, {"remitted": ...} for what the remittances paid, and last {"total": ...}. The members are the columns that have a
// value. Counts are numbers, amounts strings. An error is that of w.
func (r *Result) WriteJSON(w io.Writer, rep *Report, f Form) error {
	s := &sheet{w: w}
	writeObjects(s, "claim", claimColumns(), func(row func(*claimItem)) { r.claimRows(f.ShowValues, row) })
	writeObjects(s, "line", lineColumns(), r.lineRows)
	writeObjects(s, "denial", denialColumns(), rep.denialRows)
	writeObjects(s, "payer", payerColumns(), func(row func(*Row)) {
		for _, v := range rep.Rows {
			row(v)
		}
	})
	writeObjects(s, "remitted", remittedColumns(), func(row func(*Remitted)) { row(&rep.Remitted) })
	total := payerColumns()
	total[0] = column[Row]{"as_of", "", func(*Row) string { return rep.AsOf.String() }, false}
	writeObjects(s, "total", total, func(row func(*Row)) { row(&rep.Total) })
	return s.flush()
}

func remittedColumns() []column[Remitted] {
	return []column[Remitted]{
		{"payments", "Payments (835)", func(t *Remitted) string { return intText(t.Payments.N) }, true},
		{"payments_amount", "Sum of BPR02", func(t *Remitted) string { return t.Payments.Amount.String() }, false},
		{"read_before", "Payments read twice", func(t *Remitted) string { return intText(t.ReadBefore.N) }, true},
		{"claims_amount", "Sum of CLP04", func(t *Remitted) string { return t.Claims.String() }, false},
		{"matched_amount", "Of that, for claims", func(t *Remitted) string { return t.Matched.String() }, false},
		{"without_claim_amount", "Of that, without a claim", func(t *Remitted) string { return t.Strays.String() }, false},
		{"provider_adjustments_amount", "Sum of PLB", func(t *Remitted) string { return t.ProviderAdjustments.String() }, false},
		{"difference_amount", "BPR02 less CLP04 and PLB", func(t *Remitted) string { return t.Difference.String() }, false},
	}
}

func writeObjects[T any](s *sheet, name string, cols []column[T], rows func(func(*T))) {
	rows(func(v *T) {
		s.b = append(codec.AppendString(append(s.b, '{'), name), ":{"...)
		first := true
		for k := range cols {
			text := cols[k].value(v)
			if text == "" {
				continue
			}
			if !first {
				s.b = append(s.b, ',')
			}
			first = false
			s.b = append(codec.AppendString(s.b, cols[k].name), ':')
			if cols[k].count {
				s.b = append(s.b, text...)
			} else {
				s.b = codec.AppendString(s.b, text)
			}
		}
		s.b = append(s.b, "}}\n"...)
		s.more()
	})
}

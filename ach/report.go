package ach

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Sums counts payments and their money.
type Sums struct {
	Payments int
	Amount   x12.Sum
}

func (s *Sums) add(p *Payment) {
	s.Payments++
	s.Amount.Add(p.Amount)
}

// Totals are the sums of a run. Taken, Skipped and Refused add up to In, in number and money.
type Totals struct {
	In, Taken, Skipped, Refused Sums
	NoAmount                    int // payments of In whose amount cannot be read; their money is in none of the sums
}

// Totals adds up the payments.
func (r *Run) Totals() Totals {
	var t Totals
	for _, p := range r.Payments {
		t.In.add(p)
		if !p.Amount.Set() {
			t.NoAmount++
		}
		switch p.Action {
		case Taken:
			t.Taken.add(p)
		case Skipped:
			t.Skipped.add(p)
		case Refused:
			t.Refused.add(p)
		}
	}
	return t
}

// ReportColumns are the columns of the CSV report, and the keys of a payment in the JSON report.
func ReportColumns() []string {
	return []string{"number", "action", "reason", "notes", "amount", "trn_number", "payer_id", "trn_supplement", "payer", "payee", "payee_id", "handling", "method",
		"format", "payment_date", "effective_date", "sec", "code", "routing", "account_end", "trace", "file", "batch", "difference", "claims",
		"interchange", "group", "set", "offset"}
}

// row returns the cells of a payment in the order of ReportColumns. Of an account there are the last four characters only.
func (p *Payment) row() []string {
	notes := make([]string, len(p.Notes))
	for i, n := range p.Notes {
		notes[i] = string(n)
	}
	var effective, sec, code, routing, account, trace, file, batch, difference string
	if e := p.Entry; e != nil {
		effective, sec, code, routing, trace = e.batch.Effective.String(), e.batch.SEC, strconv.Itoa(e.Code), e.Routing, e.Trace
		account = e.Account[max(0, len(e.Account)-4):]
		file, batch = strconv.Itoa(e.File), strconv.Itoa(e.Batch)
	}
	if p.Difference.Valid {
		difference = p.Difference.Decimal.StringFixed(max(2, -p.Difference.Decimal.Exponent()))
	}
	return []string{strconv.Itoa(p.Number), p.Action.String(), string(p.Reason), strings.Join(notes, " "), money(p.Amount), p.TraceNumber, p.PayerID, p.Supplement,
		p.PayerName, p.PayeeName, p.PayeeID, p.Handling, p.Method, p.Format, p.Date.String(), effective, sec, code, routing, account, trace, file, batch,
		difference, strconv.Itoa(p.Claims), p.Interchange, p.Group, p.Set, strconv.FormatInt(p.Offset, 10)}
}

// money returns an amount with two decimals at least, "" when it is absent.
func money(n x12.Number) string {
	if !n.Set() {
		return ""
	}
	var s x12.Sum
	s.Add(n)
	return s.String()
}

// WriteReport writes what became of every payment, in the order of the input, as text, json (an object a line, the totals in
// the last one) or csv.
func (r *Run) WriteReport(w io.Writer, form string) error {
	out := bufio.NewWriter(w)
	var err error
	switch form {
	case "text":
		err = r.textReport(out)
	case "json":
		err = r.jsonReport(out)
	case "csv":
		err = r.csvReport(out)
	default:
		return fmt.Errorf("ach: no report %q: expected text, json or csv", form)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

func (r *Run) csvReport(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(ReportColumns()); err != nil {
		return err
	}
	for _, p := range r.Payments {
		if err := c.Write(p.row()); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (r *Run) jsonReport(w *bufio.Writer) error {
	columns := ReportColumns()
	var b []byte
	for _, p := range r.Payments {
		b = append(b[:0], '{')
		for i, cell := range p.row() {
			switch {
			case cell == "" || columns[i] == "notes":
				continue
			case columns[i] == "number" || columns[i] == "claims" || columns[i] == "offset" || columns[i] == "file" || columns[i] == "batch":
				b = fmt.Appendf(b, "%q:%s,", columns[i], cell)
			default:
				b = append(codec.AppendString(fmt.Appendf(b, "%q:", columns[i]), cell), ',')
			}
		}
		if p.Notes != nil {
			text, err := json.Marshal(p.Notes)
			if err != nil {
				return err
			}
			b = fmt.Appendf(b, `"notes":%s,`, text)
		}
		b[len(b)-1] = '}'
		if _, err := w.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	t := r.Totals()
	_, err := fmt.Fprintf(w, `{"totals":{"in":%s,"taken":%s,"skipped":%s,"refused":%s,"without_amount":%d,"files":%d}}`+"\n",
		sumJSON(&t.In), sumJSON(&t.Taken), sumJSON(&t.Skipped), sumJSON(&t.Refused), t.NoAmount, len(r.files))
	return err
}

func sumJSON(s *Sums) string {
	return fmt.Sprintf(`{"payments":%d,"amount":%q}`, s.Payments, s.Amount.String())
}

func (r *Run) textReport(w *bufio.Writer) error {
	for _, p := range r.Payments {
		fmt.Fprintf(w, "%-7s %14s  %s", p.Action, money(p.Amount), plain(p.TraceNumber))
		if p.PayeeName != "" {
			fmt.Fprintf(w, "  %s", plain(p.PayeeName))
		}
		if e := p.Entry; e != nil {
			fmt.Fprintf(w, "  %s %s entry %s file %d batch %d", e.batch.SEC, e.batch.Effective, e.Trace, e.File, e.Batch)
		}
		if p.Reason != "" {
			fmt.Fprintf(w, "  %s: %s", p.Reason, p.Reason.Text())
		}
		for i, n := range p.Notes {
			sep := ", "
			if i == 0 {
				sep = "  also "
			}
			fmt.Fprintf(w, "%s%s", sep, n)
		}
		fmt.Fprintf(w, "  (set %s)\n", plain(p.Set))
	}
	t := r.Totals()
	for _, l := range [...]struct {
		name string
		s    *Sums
	}{{"taken", &t.Taken}, {"skipped", &t.Skipped}, {"refused", &t.Refused}, {"input", &t.In}} {
		fmt.Fprintf(w, "total %-7s %14s  in %d payments\n", l.name, l.s.Amount.String(), l.s.Payments)
	}
	if t.NoAmount > 0 {
		fmt.Fprintf(w, "total without an amount that can be read: %d payments\n", t.NoAmount)
	}
	return nil // an error of the bufio.Writer sticks, and shows when it is flushed
}

// plain keeps bytes that are no text off a terminal.
func plain(s string) string {
	if printable(s) {
		return s
	}
	q := strconv.QuoteToASCII(s)
	return q[1 : len(q)-1]
}

package deposit

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
)

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

// items calls f for each row of the list: the payments of a link beside its entries, in order. Every payment and every entry
// stands on one row.
func (r *Result) items(f func(*item)) {
	i := item{r: r}
	for k := range r.Links {
		l := &r.Links[k]
		i.link, i.n = l, k+1
		for n := range max(len(l.Payments), len(l.Entries)) {
			i.pay, i.ent = nil, nil
			if n < len(l.Payments) {
				i.pay = r.Payments[l.Payments[n]]
			}
			if n < len(l.Entries) {
				i.ent = r.Entries[l.Entries[n]]
			}
			f(&i)
		}
	}
}

// repeated returns the ordinal of the link that a duplicate repeats, 0 for none.
func (r *Result) repeated(l *Link) int {
	if l.Of < 0 {
		return 0
	}
	if len(l.Payments) > 0 {
		return int(r.pLink()[l.Of])
	}
	return int(r.eLink()[l.Of])
}

// pLink returns the ordinal of the link of each payment.
func (r *Result) pLink() []int32 {
	if r.linkOfP == nil {
		r.linkOfP, r.linkOfE = make([]int32, len(r.Payments)), make([]int32, len(r.Entries))
		for k := range r.Links {
			for _, p := range r.Links[k].Payments {
				r.linkOfP[p] = int32(k + 1)
			}
			for _, e := range r.Links[k].Entries {
				r.linkOfE[e] = int32(k + 1)
			}
		}
	}
	return r.linkOfP
}

func (r *Result) eLink() []int32 { r.pLink(); return r.linkOfE }

// WriteItems writes the list of payments and entries as CSV. guard puts a ' in front of text that a spreadsheet would take for
// a formula.
func (r *Result) WriteItems(w io.Writer, guard bool) error {
	s, q := &sheet{w: w}, csvtable.Quoter{Guard: guard}
	cols := itemColumns()
	s.b = appendHeader(s.b, cols)
	r.items(func(i *item) {
		s.b = appendRow(s.b, q, cols, i)
		s.more()
	})
	return s.flush()
}

// WriteCSV writes the report as CSV: a row for each period and payer, and one of the period total.
func (rep *Report) WriteCSV(w io.Writer, guard bool) error {
	s, q := &sheet{w: w}, csvtable.Quoter{Guard: guard}
	cols := reportColumns()
	s.b = appendHeader(s.b, cols)
	for _, row := range rep.Rows {
		s.b = appendRow(s.b, q, cols, row)
		s.more()
	}
	total := rep.Total
	total.Period = "total"
	s.b = appendRow(s.b, q, cols, &total)
	return s.flush()
}

func appendHeader[T any](b []byte, cols []tableColumn[T]) []byte {
	for _, c := range cols {
		b = append(append(b, c.name...), ',')
	}
	b[len(b)-1] = '\n'
	return b
}

func appendRow[T any](b []byte, q csvtable.Quoter, cols []tableColumn[T], v *T) []byte {
	for k := range cols {
		b = q.Col(b, cols[k].value(v))
	}
	b[len(b)-1] = '\n'
	return b
}

// WriteJSON writes an object a line: the items, as {"item": ...}, the rows of the report as {"row": ...}, and last its
// total as {"total": ...}. The members are the columns that have a value. Counts are numbers, amounts strings.
func (r *Result) WriteJSON(w io.Writer, rep *Report) error {
	s := &sheet{w: w}
	items, rows := itemColumns(), reportColumns()
	r.items(func(i *item) {
		s.b = appendObject(append(s.b, `{"item":`...), items, i)
		s.more()
	})
	for _, row := range rep.Rows {
		s.b = appendObject(append(s.b, `{"row":`...), rows, row)
		s.more()
	}
	total := rep.Total
	total.Period = rep.AsOf.String()
	rows[0].name = "as_of"
	s.b = appendObject(append(s.b, `{"total":`...), rows, &total)
	return s.flush()
}

func appendObject[T any](b []byte, cols []tableColumn[T], v *T) []byte {
	b = append(b, '{')
	first := true
	for k := range cols {
		text := cols[k].value(v)
		if text == "" {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(codec.AppendString(b, cols[k].name), ':')
		if isCount(cols[k].name, text) {
			b = append(b, text...)
		} else {
			b = codec.AppendString(b, text)
		}
	}
	return append(b, "}}\n"...)
}

// isCount reports whether a column holds whole numbers, which are numbers in JSON too.
func isCount(name, text string) bool {
	switch name {
	case "link", "tier", "claims", "eft_line", "age_days", "repeats", "lag_median", "lag_p90":
		return true
	case "period", "as_of", "payer_id", "payer":
		return false
	}
	for _, f := range figures() {
		if f.name == name {
			return true
		}
	}
	return strings.Contains(name, "_age_") && !strings.HasSuffix(name, "_amount") && text != ""
}

// WriteText writes the report for people: both sides with their sums, the rates, the ages, the payers, and what is left to
// do, item by item. With all, it lists the matches too.
func (r *Result) WriteText(w io.Writer, rep *Report, all bool) error {
	s := &sheet{w: w}
	s.b = rep.appendText(s.b)
	r.items(func(i *item) {
		st := i.link.Status
		if all || st == Suggested || isOpen(st) {
			s.b = i.appendText(s.b)
			s.more()
		}
	})
	return s.flush()
}

// line appends a line of the table of both sides.
func line(b []byte, name string, eras, efts Count) []byte {
	return fmt.Appendf(b, "%-26s%9d%18s%9d%18s\n", name, eras.N, sumText(&eras.Amount), efts.N, sumText(&efts.Amount))
}

func (rep *Report) appendText(b []byte) []byte {
	t := &rep.Total
	b = fmt.Appendf(b, "%-26s%9s%18s%9s%18s\n", "", "835s", "amount", "entries", "amount")
	notERA := t.ERAs[NotExpected]
	rest := t.Rest
	rest.addCount(&t.EFTs[NotExpected])
	b = line(b, "in", t.AllERAs(), t.AllEntries())
	b = line(b, "nothing expected", notERA, rest)
	b = line(b, "matched", t.ERAs[Matched], t.EFTs[Matched])
	b = line(b, "suggested", t.ERAs[Suggested], t.EFTs[Suggested])
	b = line(b, "unmatched", t.Unmatched(), t.UnmatchedEFTs())
	for _, s := range [...]Status{AmountMismatch, Returned, Duplicate} {
		b = line(b, "  "+s.String(), t.ERAs[s], t.EFTs[s])
	}
	b = line(b, "  no counterpart", t.ERAs[MissingDeposit], t.EFTs[MissingRemittance])
	payable := t.Payable()
	if n, a := t.Rate(); n != "" {
		b = fmt.Appendf(b, "auto-match rate %s%% (tier 1: %d, tier 2: %d, of %d payable 835s)", n, t.Tier1.N, t.Tier2.N, payable.N)
		if a != "" {
			b = fmt.Appendf(b, ", by amount %s%%", a)
		}
		b = append(b, '\n')
	}
	if l := t.Lag(); l.N > 0 {
		b = fmt.Appendf(b, "835 behind its money, business days: median %d, 90th percentile %d, within 3: %s%%\n", l.Median, l.P90, l.WithinPercent)
	}
	if !rep.AsOf.IsZero() {
		b = fmt.Appendf(b, "unmatched by age on %s\n", rep.AsOf)
		for k, name := range Ages() {
			if t.ERAAges[k].N+t.EFTAges[k].N > 0 {
				b = line(b, "  "+name, t.ERAAges[k], t.EFTAges[k])
			}
		}
	}
	for _, row := range rep.Rows {
		n, _ := row.Rate()
		if n != "" {
			n += "%"
		}
		unmatched, gone, pay, eft := row.Unmatched(), row.UnmatchedEFTs(), row.Payable(), row.AllEFTs()
		b = fmt.Appendf(b, "%s: payable 835s %d, deposits %d, matched %d, suggested %d, unmatched %d and %d%s\n", row.title(),
			pay.N, eft.N, row.ERAs[Matched].N, row.ERAs[Suggested].N, unmatched.N, gone.N, prefixed(", rate ", n))
	}
	return b
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// title names a row for people.
func (r *Row) title() string {
	parts := []string{}
	for _, s := range [...]string{r.Period, r.PayerID, printable(r.PayerName)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if r.PayerID == "" && r.PayerName == "" {
		parts = append(parts, "payer not known")
	}
	return strings.Join(parts, " ")
}

// printable keeps control bytes off a terminal.
func printable(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F {
			q := strconv.QuoteToASCII(s)
			return q[1 : len(q)-1]
		}
	}
	return s
}

// appendText appends an item as a line.
func (i *item) appendText(b []byte) []byte {
	b = fmt.Appendf(b, "%d %s %s:", i.n, i.link.Status, i.link.Basis)
	if p := i.pay; p != nil {
		b = fmt.Appendf(b, " 835 %s%s%s%s%s", amountText(p.Amount), prefixed(" ", p.Date.String()), prefixed(" trace ", printable(p.Trace)), prefixed(" payer ", printable(p.PayerID)), prefixed(" ", printable(p.PayerName)))
		b = fmt.Appendf(b, " (ISA13 %s, ST02 %s)", printable(p.Interchange), printable(p.Set))
	}
	if i.pay != nil && i.ent != nil {
		b = append(b, ';')
	}
	if e := i.ent; e != nil {
		b = fmt.Appendf(b, " %s %s%s%s%s%s", e.Sort, amountText(e.Amount), prefixed(" ", e.Date.String()), prefixed(" trace ", printable(e.Trace)), prefixed(" payer ", printable(e.payerID())), prefixed(" ", printable(e.PayerName)))
		b = fmt.Appendf(b, "%s (%s:%d)", prefixed(" code ", printable(e.Reason)), printable(e.File), e.Line)
	}
	if n := i.r.repeated(i.link); n > 0 {
		b = fmt.Appendf(b, ", repeats %d", n)
	}
	if days, k, ok := i.age(); ok && k < ageBuckets-1 {
		b = fmt.Appendf(b, ", age %d", days)
	}
	return append(b, '\n')
}

package match

import (
	"fmt"
	"io"
	"strings"

	"github.com/x12-go/edi/x12"
)

// WriteText writes the report for people: claims by state, where the charge went, what the remittances paid, rates and days,
// payers, denials, and what is left to do. Lists are cut at 50 entries. An error is that of w.
func (r *Result) WriteText(w io.Writer, rep *Report, f Form) error {
	s := &sheet{w: w}
	s.b = rep.appendText(s.b)
	s.flush()
	t := r.todo(f)
	for _, list := range [...]struct {
		name  string
		tasks []task
	}{
		{"not decided", t.open}, {"denied or taken back", t.unpaid}, {"under-paid", t.under}, {"answers without a claim", t.strays}, {"to look at", t.notes},
	} {
		for i := range list.tasks {
			if i == 0 {
				s.b = fmt.Appendf(s.b, "%s\n", list.name)
			}
			if i == maxListed {
				s.b = fmt.Appendf(s.b, "  and %d more\n", len(list.tasks)-i)
				break
			}
			k := &list.tasks[i]
			s.b = fmt.Appendf(s.b, "  %s: %s, %s; %s\n", k.where, k.amount.String(), k.payer, k.about)
		}
	}
	return s.flush()
}

func countLine(b []byte, name string, c Count) []byte {
	return fmt.Appendf(b, "%-30s%9d%18s\n", name, c.N, c.Amount.String())
}

func sumLine(b []byte, name string, s *x12.Sum) []byte {
	return fmt.Appendf(b, "%-39s%18s\n", name, s.String())
}

func (rep *Report) appendText(b []byte) []byte {
	t := &rep.Total
	b = countLine(b, "claims submitted", t.AllClaims())
	for s := range states {
		if t.Claims[s].N > 0 {
			b = countLine(b, "  "+words(s.String()), t.Claims[s])
		}
	}
	b = append(b, "where the charge went\n"...)
	for _, m := range moneyNames() {
		if sum := m.of(&t.Money); !sum.IsZero() || m.name == "charged" || m.name == "paid" {
			b = sumLine(b, "  "+words(m.name), sum)
		}
	}
	m := &rep.Remitted
	b = countLine(b, "payments (835)", m.Payments)
	if m.ReadBefore.N > 0 {
		b = countLine(b, "  and read twice", m.ReadBefore)
	}
	b = sumLine(b, "  paid on these claims", &m.Matched)
	b = sumLine(b, "  paid without a claim", &m.Strays)
	b = sumLine(b, "  less provider adjustments (PLB)", &m.ProviderAdjustments)
	if !m.Difference.IsZero() {
		b = sumLine(b, "  out of balance", &m.Difference)
	}
	if rate := t.MatchRate(); rate != "" {
		b = fmt.Appendf(b, "answers with a claim %s%% (%d of %d)\n", rate, t.Answers, t.Answers+t.Strays.N)
	}
	if n := t.firsts(); n > 0 {
		b = fmt.Appendf(b, "first-pass rate %s%% (%d of %d), denied at first %s%%\n", t.FirstPassRate(), t.First[PassedFirst], n, t.FirstDenialRate())
	}
	if d := t.DaysToAnswer(); d.N > 0 {
		b = fmt.Appendf(b, "days to the first decision: median %d, 90th percentile %d\n", d.Median, d.P90)
	}
	if d := t.DaysToPay(); d.N > 0 {
		b = fmt.Appendf(b, "days to the first payment: median %d, 90th percentile %d\n", d.Median, d.P90)
	}
	if pr := t.Money.PatientResponsibility(); !pr.IsZero() {
		b = fmt.Appendf(b, "patients owe %s\n", pr.String())
	}
	if t.Checked > 0 {
		b = fmt.Appendf(b, "lines compared with what was expected %d: under-paid %d by %s, over-paid %d by %s\n", t.Checked, t.Under.N, t.Under.Amount.String(), t.Over.N, t.Over.Amount.String())
	}
	if !rep.AsOf.IsZero() {
		head := fmt.Sprintf("not decided by age on %s\n", rep.AsOf)
		for k, name := range Ages() {
			if t.Ages[k].N > 0 {
				b = countLine(append(b, head...), "  "+name, t.Ages[k])
				head = ""
			}
		}
	}
	for _, row := range rep.Rows {
		d, open := row.DaysToPay(), row.Claims[NotAnswered].N+row.Claims[Forwarded].N
		b = fmt.Appendf(b, "%s: claims %d, charged %s, paid %s, not decided %d", row.Payer.title(), row.AllClaims().N, row.Money.Charged.String(), row.Money.Paid.String(), open)
		if rate := row.FirstPassRate(); rate != "" {
			b = fmt.Appendf(b, ", first-pass %s%%", rate)
		}
		if d.N > 0 {
			b = fmt.Appendf(b, ", days to pay %d", d.Median)
		}
		if row.Strays.N > 0 {
			b = fmt.Appendf(b, ", answers without a claim %d", row.Strays.N)
		}
		b = append(b, '\n')
	}
	for i, d := range rep.Reasons() {
		if i == 0 {
			b = append(b, "denials\n"...)
		}
		if i == maxListed {
			b = append(b, "  and more\n"...)
			break
		}
		b = fmt.Appendf(b, "  %s %s %s, %d lines, %d claims: %s (%s)\n", clean(d.Group), clean(d.Reason), d.Amount.String(), d.Lines, d.Answers, orUnknown(d.Description()), words(d.Category()))
	}
	return b
}

func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

func orUnknown(s string) string {
	if s == "" {
		return "not a known reason"
	}
	return s
}

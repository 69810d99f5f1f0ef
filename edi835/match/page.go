package match

import (
	"fmt"
	"io"
)

// WriteHTML writes the report as one page that needs nothing else: styles and charts are in it, it loads nothing and runs no
// script. What comes from files is escaped. Lists are cut at 50 entries. An error is that of w.
func (r *Result) WriteHTML(w io.Writer, rep *Report, f Form) error {
	s := &sheet{w: w}
	s.b = append(s.b, pageHead...)
	s.b = fmt.Appendf(s.b, "<header><h1>Claims and what became of them</h1><p>As of %s. %d claims, %d payments, %d payers.</p></header>\n<main>\n",
		orNone(rep.AsOf.String()), rep.Total.AllClaims().N, rep.Remitted.Payments.N, len(rep.Rows))
	s.b = rep.appendFigures(s.b)
	s.b = append(s.b, `<section class="two"><div>`...)
	s.b = rep.appendStates(s.b)
	s.b = append(s.b, "</div><div>"...)
	s.b = rep.appendMoney(s.b)
	s.b = append(s.b, "</div></section>\n"...)
	s.b = rep.appendCharts(s.b)
	s.b = rep.appendPayers(s.b)
	s.b = rep.appendDenials(s.b)
	s.flush()
	t := r.todo(f)
	for _, list := range [...]struct {
		id, title, amount string
		tasks             []task
	}{
		{"open", "Not decided, the oldest first", "Charge", t.open}, {"denied", "Denied or taken back, the largest first", "Amount", t.unpaid},
		{"under", "Under-paid lines, the largest shortfall first", "Shortfall", t.under}, {"strays", "Answers without a claim", "Paid", t.strays},
		{"notes", "To look at", "Not explained", t.notes},
	} {
		s.b = appendTasks(s.b, list.id, list.title, list.amount, list.tasks)
		s.more()
	}
	s.b = append(s.b, "</main>\n<footer><p>The charge of the claims is what was paid, adjusted, put on patients, denied, is open, was withdrawn, and what is not explained, to the cent. "...)
	if !f.ShowValues {
		s.b = append(s.b, "Claims are told by where they stand, for their numbers may identify a patient. "...)
	}
	s.b = append(s.b, "</p></footer>\n</body>\n</html>\n"...)
	return s.flush()
}

func orNone(s string) string {
	if s == "" {
		return "no known day"
	}
	return s
}

// pageHead is the beginning of the page. The policy forbids to load anything, should something slip through.
const pageHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Claims and what became of them</title>
<style>
:root { --ink: #1d2733; --soft: #5a6776; --line: #d9dfe6; --paper: #ffffff; --card: #f5f7f9; --bar: #1f7a8c; --second: #b9c7d3; --mark: #b4460f; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fb0c0; --line: #35414d; --paper: #14191f; --card: #1d252d; --bar: #4fb3c6; --second: #51606e; --mark: #f0935f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 64rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } header p, footer, .note { color: var(--soft); margin: .2rem 0; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
dl.figures div { background: var(--card); border-radius: .5rem; padding: .6rem .8rem; } dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 0 2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .875rem; } th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } tr.total td { font-weight: 600; border-top: 2px solid var(--line); }
svg { width: 100%; height: auto; display: block; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg .axis { fill: var(--soft); font-size: 11px; } svg .value { font-size: 11px; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .bar { fill: var(--bar); } svg .bar-second { fill: var(--second); } svg .line { fill: none; stroke: var(--mark); stroke-width: 2; } svg .dot { fill: var(--mark); }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin: 0 .3rem 0 .8rem; vertical-align: -1px; } .key.bar { background: var(--bar); } .key.second { background: var(--second); } .key.mark { background: var(--mark); height: 3px; vertical-align: 4px; }
@media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
</style>
</head>
<body>
`

func (rep *Report) appendFigures(b []byte) []byte {
	t := &rep.Total
	denied := t.Money.Denied
	denied.AddSum(&t.Money.DeniedPatient)
	figure := func(name, value string) {
		if value != "" {
			b = fmt.Appendf(b, "<div><dt>%s</dt><dd>%s</dd></div>\n", escape(name), escape(value))
		}
	}
	rate := func(s string) string {
		if s == "" {
			return ""
		}
		return s + "%"
	}
	b = append(b, `<dl class="figures">`+"\n"...)
	figure("Charged", moneyText(&t.Money.Charged))
	figure("Paid", moneyText(&t.Money.Paid))
	figure("Not decided", moneyText(&t.Money.Open))
	figure("Denied", moneyText(&denied))
	pr := t.Money.PatientResponsibility()
	figure("Patients owe", moneyText(&pr))
	figure("First-pass rate", rate(t.FirstPassRate()))
	if d := t.DaysToPay(); d.N > 0 {
		figure("Days to pay, median", intText(d.Median))
	}
	figure("Answers with a claim", rate(t.MatchRate()))
	if t.Checked > 0 {
		figure("Under-paid", moneyText(&t.Under.Amount))
	}
	return append(b, "</dl>\n"...)
}

func (rep *Report) appendStates(b []byte) []byte {
	t := &rep.Total
	b = append(b, `<h2>Claims by state</h2><table><thead><tr><th>State</th><th class="n">Claims</th><th class="n">Charge</th></tr></thead><tbody>`+"\n"...)
	for s := range states {
		if c := t.Claims[s]; c.N > 0 {
			b = fmt.Appendf(b, `<tr><td>%s</td><td class="n">%d</td><td class="n">%s</td></tr>`+"\n", words(s.String()), c.N, moneyText(&c.Amount))
		}
	}
	all := t.AllClaims()
	b = fmt.Appendf(b, `<tr class="total"><td>all</td><td class="n">%d</td><td class="n">%s</td></tr></tbody></table>`+"\n", all.N, moneyText(&all.Amount))
	head := `<h2>Not decided, by days since submission</h2><table><tbody>`
	for k, name := range Ages() {
		if c := t.Ages[k]; c.N > 0 {
			b = fmt.Appendf(append(b, head...), `<tr><td>%s</td><td class="n">%d</td><td class="n">%s</td></tr>`+"\n", name, c.N, moneyText(&c.Amount))
			head = ""
		}
	}
	if head == "" {
		b = append(b, "</tbody></table>\n"...)
	}
	return b
}

func (rep *Report) appendMoney(b []byte) []byte {
	b = append(b, `<h2>Where the charge went</h2><table><tbody>`+"\n"...)
	names := moneyNames()
	for _, m := range names[1:] {
		if sum := m.of(&rep.Total.Money); !sum.IsZero() {
			b = fmt.Appendf(b, `<tr><td>%s</td><td class="n">%s</td></tr>`+"\n", m.meaning, moneyText(sum))
		}
	}
	b = fmt.Appendf(b, `<tr class="total"><td>%s</td><td class="n">%s</td></tr></tbody></table>`+"\n", names[0].meaning, moneyText(&rep.Total.Money.Charged))
	m := &rep.Remitted
	b = append(b, `<h2>What the remittances paid</h2><table><tbody>`+"\n"...)
	b = fmt.Appendf(b, `<tr><td>On these claims</td><td class="n">%s</td></tr><tr><td>Without a claim</td><td class="n">%s</td></tr>`+"\n", moneyText(&m.Matched), moneyText(&m.Strays))
	plb := m.ProviderAdjustments
	plb.SubSum(&m.ProviderAdjustments)
	plb.SubSum(&m.ProviderAdjustments)
	b = fmt.Appendf(b, `<tr><td>Provider adjustments (PLB)</td><td class="n">%s</td></tr>`+"\n", moneyText(&plb))
	if !m.Difference.IsZero() {
		b = fmt.Appendf(b, `<tr><td>Out of balance</td><td class="n">%s</td></tr>`+"\n", moneyText(&m.Difference))
	}
	b = fmt.Appendf(b, `<tr class="total"><td>Payments, %d</td><td class="n">%s</td></tr></tbody></table>`+"\n", m.Payments.N, moneyText(&m.Payments.Amount))
	if m.ReadBefore.N > 0 {
		b = fmt.Appendf(b, `<p class="note">%d payments were read twice and count once.</p>`+"\n", m.ReadBefore.N)
	}
	return b
}

func (rep *Report) appendCharts(b []byte) []byte {
	if bars := rep.payerBars(); len(bars) > 0 {
		b = append(b, `<section><h2>Charged and paid by payer</h2><p class="note"><span class="key second"></span>charged, less what was withdrawn<span class="key bar"></span>paid</p>`...)
		b = append(pairChart(b, "payers-chart", "Charged and paid by payer", bars, moneyAxis), "</section>\n"...)
	}
	if bars := rep.denialBars(); len(bars) > 0 {
		b = append(b, `<section><h2>Why claims were denied</h2><p class="note"><span class="key bar"></span>amount by group and reason<span class="key mark"></span>running share</p>`...)
		b = append(columnChart(b, "denials-chart", "Denied amount by reason", bars, moneyAxis, true), "</section>\n"...)
	}
	if bars := rep.Total.lagBars(); len(bars) > 0 {
		b = append(b, `<section><h2>Days from submission to the first payment</h2><p class="note">Number of claims.</p>`...)
		b = append(columnChart(b, "lag-chart", "Claims by days to payment", bars, countAxis, false), "</section>\n"...)
	}
	return b
}

func (rep *Report) appendPayers(b []byte) []byte {
	if len(rep.Rows) == 0 {
		return b
	}
	b = append(b, `<section id="payers"><h2>Payers</h2><div class="scroll"><table><thead><tr><th>Payer</th><th class="n">Claims</th><th class="n">Charged</th><th class="n">Paid</th><th class="n">Not decided</th><th class="n">Denied</th><th class="n">First pass</th><th class="n">Days to pay</th><th class="n">Answers without a claim</th></tr></thead><tbody>`+"\n"...)
	for i, row := range rep.Rows {
		if i == maxListed {
			b = fmt.Appendf(b, `<tr><td colspan="9">and %d more</td></tr>`+"\n", len(rep.Rows)-i)
			break
		}
		denied := row.Money.Denied
		denied.AddSum(&row.Money.DeniedPatient)
		days, rate := "", row.FirstPassRate()
		if d := row.DaysToPay(); d.N > 0 {
			days = intText(d.Median)
		}
		if rate != "" {
			rate += "%"
		}
		b = fmt.Appendf(b, `<tr><td>%s</td><td class="n">%d</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%d</td></tr>`+"\n",
			escape(row.Payer.title()), row.AllClaims().N, moneyText(&row.Money.Charged), moneyText(&row.Money.Paid), moneyText(&row.Money.Open), moneyText(&denied), rate, days, row.Strays.N)
	}
	return append(b, "</tbody></table></div></section>\n"...)
}

func (rep *Report) appendDenials(b []byte) []byte {
	list := rep.Reasons()
	if len(list) == 0 {
		return b
	}
	b = append(b, `<section id="reasons"><h2>Denials by reason</h2><div class="scroll"><table><thead><tr><th>Reason</th><th>Meaning</th><th>Work</th><th class="n">Claims</th><th class="n">Lines</th><th class="n">Amount</th><th class="n">In the end</th></tr></thead><tbody>`+"\n"...)
	for i := range list {
		if i == maxListed {
			b = fmt.Appendf(b, `<tr><td colspan="7">and %d more</td></tr>`+"\n", len(list)-i)
			break
		}
		d := &list[i]
		b = fmt.Appendf(b, `<tr><td>%s</td><td>%s</td><td>%s</td><td class="n">%d</td><td class="n">%d</td><td class="n">%s</td><td class="n">%s</td></tr>`+"\n",
			escape(d.Group+" "+d.Reason), escape(orUnknown(d.Description())), words(d.Category()), d.Answers, d.Lines, moneyText(&d.Amount), moneyText(&d.Standing))
	}
	return append(b, "</tbody></table></div></section>\n"...)
}

func appendTasks(b []byte, id, title, amount string, list []task) []byte {
	if len(list) == 0 {
		return b
	}
	b = fmt.Appendf(b, `<section id="%s"><h2>%s</h2><p class="note">%d in all.</p><div class="scroll"><table><thead><tr><th>Claim</th><th>Payer</th><th class="n">%s</th><th>What</th></tr></thead><tbody>`+"\n", id, title, len(list), amount)
	for i := range list {
		if i == maxListed {
			b = fmt.Appendf(b, `<tr><td colspan="4">and %d more</td></tr>`+"\n", len(list)-i)
			break
		}
		k := &list[i]
		b = fmt.Appendf(b, `<tr><td>%s</td><td>%s</td><td class="n">%s</td><td>%s</td></tr>`+"\n", escape(k.where), escape(k.payer), moneyText(&k.amount), escape(k.about))
	}
	return append(b, "</tbody></table></div></section>\n"...)
}

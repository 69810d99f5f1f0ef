package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// The charts are drawn with coordinates of one decimal, from exact sums, so that the same report gives the same bytes.

// bar is one bar of a chart with what is said about it.
type bar struct {
	label  string
	value  float64
	text   string // shown at the bar
	title  string // shown when pointed at
	second float64
	other  string // text of the second value
}

func float(s *x12.Sum) float64 {
	f := s.Decimal().InexactFloat64()
	return max(f, 0)
}

// scale returns a round number not below the largest value, and the step of the grid.
func scale(most float64) (top, step float64) {
	if most <= 0 {
		return 1, 1
	}
	step = 1.0
	for step*4 < most {
		for _, f := range [...]float64{2, 2.5, 2} { // 1, 2, 5, 10, ...
			if step *= f; step*4 >= most {
				break
			}
		}
	}
	for top = step; top < most; {
		top += step
	}
	return top, step
}

func svgOpen(b []byte, id, title, text string, width, height int) []byte {
	return fmt.Appendf(b, `<svg viewBox="0 0 %d %d" role="img" aria-labelledby="%s-t %s-d"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`,
		width, height, id, id, id, escape(title), id, escape(text))
}

func svgText(b []byte, class, anchor string, x, y float64, text string) []byte {
	return fmt.Appendf(b, `<text class="%s" text-anchor="%s" x="%.1f" y="%.1f">%s</text>`, class, anchor, x, y, escape(text))
}

func svgLine(b []byte, class string, x1, y1, x2, y2 float64) []byte {
	return fmt.Appendf(b, `<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

func svgBar(b []byte, class string, x, y, width, height float64, title string) []byte {
	return fmt.Appendf(b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s</title></rect>`, class, x, y, width, height, escape(title))
}

// columnChart draws bars that stand beside each other. With cumulative, their running share is a line above them.
func columnChart(b []byte, id, title string, bars []bar, axis func(float64) string, cumulative bool) []byte {
	const width, height, left, right, top, bottom = 760, 300, 70.0, 50.0, 24.0, 44.0
	most, total := 0.0, 0.0
	for i := range bars {
		most, total = max(most, bars[i].value), total+bars[i].value
	}
	ceiling, step := scale(most)
	about := make([]string, 0, len(bars))
	for i := range bars {
		about = append(about, bars[i].label+" "+bars[i].text)
	}
	b = svgOpen(b, id, title, strings.Join(about, "; "), width, height)
	plot, floor := height-top-bottom, height-bottom
	for v := 0.0; v <= ceiling+step/2; v += step {
		y := floor - plot*v/ceiling
		b = svgLine(b, "grid", left, y, width-right, y)
		b = svgText(b, "axis", "end", left-8, y+4, axis(v))
	}
	slot := (width - left - right) / float64(max(len(bars), 1))
	for i := range bars {
		h := plot * bars[i].value / ceiling
		x, wide := left+slot*(float64(i)+0.5), min(slot*0.7, 72)
		b = svgBar(b, "bar", x-wide/2, floor-h, wide, h, bars[i].title)
		b = svgText(b, "value", "middle", x, floor-h-5, bars[i].text)
		b = svgText(b, "label", "middle", x, floor+18, bars[i].label)
	}
	if cumulative && total > 0 {
		for _, v := range [...]float64{0, 50, 100} {
			b = svgText(b, "axis", "start", width-right+8, floor-plot*v/100+4, fmt.Sprintf("%.0f%%", v))
		}
		points, running := make([]string, 0, len(bars)), 0.0
		for i := range bars {
			running += bars[i].value
			points = append(points, fmt.Sprintf("%.1f,%.1f", left+slot*(float64(i)+0.5), floor-plot*running/total))
		}
		b = fmt.Appendf(b, `<polyline class="line" points="%s"/>`, strings.Join(points, " "))
		for _, p := range points {
			x, y, _ := strings.Cut(p, ",")
			b = fmt.Appendf(b, `<circle class="dot" cx="%s" cy="%s" r="3"/>`, x, y)
		}
	}
	return append(b, "</svg>"...)
}

// pairChart draws two lying bars for each entry.
func pairChart(b []byte, id, title string, bars []bar, axis func(float64) string) []byte {
	const width, left, right, top, row = 760, 215.0, 90.0, 8.0, 44.0
	height := int(top+row*float64(len(bars))) + 28
	most := 0.0
	for i := range bars {
		most = max(most, bars[i].value, bars[i].second)
	}
	ceiling, step := scale(most)
	about := make([]string, 0, len(bars))
	for i := range bars {
		about = append(about, fmt.Sprintf("%s: charged %s, paid %s", bars[i].label, bars[i].text, bars[i].other))
	}
	b = svgOpen(b, id, title, strings.Join(about, "; "), width, height)
	floor := top + row*float64(len(bars))
	for v := 0.0; v <= ceiling+step/2; v += step {
		x := left + (width-left-right)*v/ceiling
		b = svgLine(b, "grid", x, top, x, floor)
		b = svgText(b, "axis", "middle", x, floor+18, axis(v))
	}
	for i := range bars {
		y, unit := top+row*float64(i), (width-left-right)/ceiling
		b = svgText(b, "label", "end", left-8, y+row/2+4, short(bars[i].label, 24))
		b = svgBar(b, "bar-second", left, y+6, unit*bars[i].value, 14, bars[i].label+": charged "+bars[i].text)
		b = svgText(b, "value", "start", left+unit*bars[i].value+5, y+17, bars[i].text)
		b = svgBar(b, "bar", left, y+22, unit*bars[i].second, 14, bars[i].label+": paid "+bars[i].other)
		b = svgText(b, "value", "start", left+unit*bars[i].second+5, y+33, bars[i].other)
	}
	return append(b, "</svg>"...)
}

// short cuts a text to n characters.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// moneyAxis writes a round amount: 500, 20k, 1.5M.
func moneyAxis(v float64) string {
	for _, u := range [...]struct {
		size float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if v >= u.size {
			return decimal.NewFromFloat(v/u.size).Round(2).String() + u.name
		}
	}
	return decimal.NewFromFloat(v).Round(2).String()
}

func countAxis(v float64) string { return decimal.NewFromFloat(v).Round(2).String() }

// moneyText writes an amount with commas between thousands.
func moneyText(s *x12.Sum) string {
	text := s.String()
	whole, cents, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if strings.HasPrefix(text, "-") {
		whole = "-" + whole
	}
	return whole + "." + cents
}

// maxBars is how many bars a chart has; what is left is put together.
const maxBars = 10

// denialBars returns the bars of the pareto.
func (rep *Report) denialBars() (bars []bar) {
	list := slices.DeleteFunc(rep.Reasons(), func(d Denial) bool { return d.Amount.Sign() <= 0 })
	var rest x12.Sum
	for i := range list {
		d := &list[i]
		if i >= maxBars-1 && len(list) > maxBars {
			rest.AddSum(&d.Amount)
			continue
		}
		label := clean(d.Group + " " + d.Reason)
		bars = append(bars, bar{label: label, value: float(&d.Amount), text: moneyAxisOf(&d.Amount), title: fmt.Sprintf("%s: %s, %s", label, moneyText(&d.Amount), orUnknown(d.Description()))})
	}
	if len(list) > maxBars {
		bars = append(bars, bar{label: "others", value: float(&rest), text: moneyAxisOf(&rest), title: fmt.Sprintf("%d others: %s", len(list)-maxBars+1, moneyText(&rest))})
	}
	return bars
}

// moneyAxisOf shortens an amount for a place above a bar.
func moneyAxisOf(s *x12.Sum) string {
	d := s.Decimal()
	for _, u := range [...]struct {
		shift int32
		name  string
	}{{9, "G"}, {6, "M"}, {3, "k"}} {
		if v := d.Shift(-u.shift); v.Abs().GreaterThanOrEqual(decimal.NewFromInt(1)) && d.Abs().GreaterThanOrEqual(decimal.NewFromInt(10_000)) {
			return v.Round(1).String() + u.name
		}
	}
	return d.Round(0).String()
}

// lagBars returns the bars of the days from submission to payment.
func (r *Row) lagBars() (bars []bar) {
	if len(r.payDays) == 0 {
		return nil
	}
	bins := [...]struct {
		most int32
		name string
	}{{7, "0-7"}, {14, "8-14"}, {21, "15-21"}, {30, "22-30"}, {45, "31-45"}, {60, "46-60"}, {90, "61-90"}, {1 << 30, "over 90"}}
	counts := [len(bins)]int{}
	for _, d := range r.payDays {
		for k := range bins {
			if d <= bins[k].most {
				counts[k]++
				break
			}
		}
	}
	for k, n := range counts {
		bars = append(bars, bar{label: bins[k].name, value: float64(n), text: intText(n), title: fmt.Sprintf("%s days: %d claims", bins[k].name, n)})
	}
	return bars
}

// asked returns the charge that is still asked for, or was.
func (m *Money) asked() x12.Sum {
	s := m.Charged
	s.SubSum(&m.Withdrawn)
	return s
}

// payerBars returns the bars of what was charged, less what was withdrawn, and paid by payer, the largest first.
func (rep *Report) payerBars() (bars []bar) {
	rows := slices.Clone(rep.Rows)
	slices.SortStableFunc(rows, func(a, b *Row) int {
		x, y := a.Money.asked(), b.Money.asked()
		return y.Cmp(&x)
	})
	var charged, paid x12.Sum
	one := func(label string, c, p *x12.Sum) bar {
		return bar{label: label, value: float(c), text: moneyText(c), second: float(p), other: moneyText(p)}
	}
	for i, row := range rows {
		m := &row.Money
		asked := m.asked()
		switch {
		case row.AllClaims().N == 0:
		case i >= maxBars-1 && len(rows) > maxBars:
			charged.AddSum(&asked)
			paid.AddSum(&m.Paid)
		default:
			name := row.Payer.Name
			if name == "" {
				name = row.Payer.title()
			}
			bars = append(bars, one(clean(name), &asked, &m.Paid))
		}
	}
	if charged.Sign() > 0 {
		bars = append(bars, one("others", &charged, &paid))
	}
	return bars
}

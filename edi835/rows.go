package edi835

import (
	"strconv"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvAbsent reports whether a triplet is one of the gaps that may stand between others.
func csvAbsent(e *ts835.AdjustmentEntry) bool { return e.Reason == "" && !e.Amount.Set() }

// csvAddUp adds adjustments to a.
func csvAddUp(a *csvtable.Adjusted, list []ts835.Adjustment) {
	for i := range list {
		g := csvtable.Group(string(list[i].Group))
		for k := range list[i].Entries {
			if e := &list[i].Entries[k]; !csvAbsent(e) {
				a.Add(g, e.Reason, e.Amount)
			}
		}
	}
}

// csvPacked appends the adjustments as one text: group:reason:amount[:quantity], a blank between two.
func csvPacked(b []byte, t csvtable.Quoter, list []ts835.Adjustment, scratch *[]byte) []byte {
	if len(list) == 0 {
		return append(b, ',')
	}
	start, simple := len(b), true
	for i := range list {
		group := string(list[i].Group)
		simple = simple && t.Simple(group)
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			simple = simple && t.Simple(e.Reason)
			if len(b) > start {
				b = append(b, ' ')
			}
			b = append(append(b, group...), ':')
			b = append(append(b, e.Reason...), ':')
			b = csvtable.Plain(b, e.Amount)
			if e.Quantity.Set() {
				b = e.Quantity.AppendPlain(append(b, ':'))
			}
		}
	}
	if !simple {
		b = t.Settle(b, start, scratch)
	}
	return append(b, ',')
}

// csvNumbered appends the first n adjustments in four columns each, and how many were left out. blank has 4*n commas.
func csvNumbered(b []byte, t csvtable.Quoter, list []ts835.Adjustment, n int, blank string) []byte {
	seen := 0
	for i := range list {
		for k := range list[i].Entries {
			e := &list[i].Entries[k]
			if csvAbsent(e) {
				continue
			}
			if seen++; seen > n {
				continue
			}
			b = t.Col(b, string(list[i].Group))
			b = t.Col(b, e.Reason)
			b = csvtable.NumCol(b, e.Amount)
			b = csvtable.NumCol(b, e.Quantity)
		}
	}
	b = append(b, blank[4*min(seen, n):]...)
	return csvtable.IntCol(b, int64(max(0, seen-n)))
}

// csvNumberedColumns are the columns of csvNumbered.
func csvNumberedColumns(level string, n int) []csvtable.Column {
	var cols []csvtable.Column
	for i := 1; i <= n; i++ {
		name, nth := level+"_adj_"+strconv.Itoa(i), "adjustment "+strconv.Itoa(i)+" of the "+level
		cols = append(cols,
			csvtable.Column{Name: name + "_group", Element: "CAS01", Meaning: "Group code of " + nth},
			csvtable.Column{Name: name + "_reason", Element: "CAS02", Meaning: "Reason code of " + nth},
			csvtable.Column{Name: name + "_amount", Element: "CAS03", Meaning: "Amount of " + nth},
			csvtable.Column{Name: name + "_quantity", Element: "CAS04", Meaning: "Quantity of " + nth})
	}
	return append(cols, csvtable.Column{Name: level + "_adj_more", Element: "CAS",
		Meaning: "Number of adjustments of the " + level + " that have no columns of their own"})
}

package report

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// textForm writes findings for people:
//
//	claims.837: interchange 000000001 group 1 set 0001 guide 005010X222A1
//
//	  claim 2
//	    error: 2000A[1]/2000B[1]/2300[2]/CLM.05-3: Claim Frequency Code: not a code of the guide [element/code level 2]
//	      @4711 segment 23  CLM*xx*999***11:B:9*Y*A*Y*Y~
//	                                          ^
type textForm struct {
	file, inter, group, set, guide string
	unit                           unit
	any                            bool
}

func (f *textForm) begin(*Report) {}

func (f *textForm) finding(r *Report, e *entry) {
	f.head(r, e)
	i := e.Issue
	r.put("    ", i.Severity.String(), ": ", where(i), ": ", printable(i.Message), " [", i.Rule, " level ", strconv.Itoa(int(i.Level)), "]")
	if r.o.Values && i.Value != "" {
		r.put(" value=", strconv.Quote(i.Value))
	}
	lead := "      @" + strconv.FormatInt(e.offset, 10)
	if i.Segment > 0 {
		lead += " segment " + strconv.Itoa(i.Segment)
	}
	s := r.segment(e.finding)
	if s == nil {
		r.put("\n", lead, "\n")
		return
	}
	if s.from < 0 && e.SegID != "" && i.Element == 0 && missing(i, s) {
		lead += " in front of"
	}
	lead += "  "
	r.put("\n", lead, string(s.text), "\n")
	if s.from >= 0 {
		r.put(blanks(len(lead)+s.from), carets(max(1, s.to-s.from)), "\n")
	}
}

// missing reports whether a finding shows a segment only because the one it is about did not come.
func missing(i *x12.Issue, s *shown) bool {
	return len(s.text) < len(i.SegID) || string(s.text[:len(i.SegID)]) != i.SegID
}

// carets returns n of them.
func carets(n int) string {
	b := make([]byte, n)
	for k := range b {
		b[k] = '^'
	}
	return string(b)
}

// head writes what set and unit a finding belongs to, where that has changed.
func (f *textForm) head(r *Report, e *entry) {
	i := e.Issue
	file := e.file
	if !f.any || f.file != file || f.inter != i.Interchange || f.group != i.Group || f.set != i.Set || f.guide != i.Guide && i.Guide != "" {
		if f.any {
			r.put("\n")
		}
		f.any, f.unit = true, unit{}
		f.file, f.inter, f.group, f.set, f.guide = file, i.Interchange, i.Group, i.Set, i.Guide
		r.put(file, ":")
		for _, p := range [...][2]string{{" interchange ", i.Interchange}, {" group ", i.Group}, {" set ", i.Set}, {" guide ", i.Guide}} {
			if p[1] != "" {
				r.put(p[0], printable(p[1]))
			}
		}
		r.put("\n")
	}
	if f.unit != e.unit {
		f.unit = e.unit
		r.put("\n  ", e.unit.kind)
		if e.unit.ordinal > 0 {
			r.put(" ", strconv.FormatInt(e.unit.ordinal, 10))
		}
		if e.unit.key != "" {
			r.put(" ", printable(e.unit.key))
		}
		r.put("\n")
	}
}

func (f *textForm) end(r *Report) {
	t := &r.totals
	if t.Dropped > 0 {
		r.put("\n", strconv.FormatInt(t.Dropped, 10), " more findings not printed\n")
	}
	if f.any {
		r.put("\n")
	}
	for _, line := range t.Lines() {
		r.put(line, "\n")
	}
}

// Lines returns the totals as text: findings by severity and level, the rules, what was checked, and what came in.
func (t *Totals) Lines() (lines []string) {
	errors := t.Severity[x12.Error] + t.Severity[x12.Fatal]
	lines = append(lines, "findings: "+plural(errors, "error")+", "+plural(t.Severity[x12.Warning], "warning")+", "+plural(t.Severity[x12.Info], "info"))
	for n := range t.Levels {
		l := &t.Levels[n]
		if e, w, i := l[x12.Error]+l[x12.Fatal], l[x12.Warning], l[x12.Info]; e+w+i > 0 {
			lines = append(lines, "  level "+strconv.Itoa(n)+" ("+levelName(n)+"): "+plural(e, "error")+", "+plural(w, "warning")+", "+plural(i, "info"))
		}
	}
	if t.Severity[x12.Fatal] > 0 {
		lines = append(lines, "not checked: what stands behind the fatal finding")
	}
	rules := t.Rules()
	for k, c := range rules {
		if k == 20 {
			lines = append(lines, "  and "+plural(int64(len(rules)-k), "other rule"))
			break
		}
		lines = append(lines, "  rule "+c.ID+": "+strconv.FormatInt(c.N, 10))
	}
	lines = append(lines, "checked: "+plural(t.Sets, "set")+", "+strconv.FormatInt(t.CleanSets, 10)+" without errors; "+
		plural(t.Units, "unit")+", "+strconv.FormatInt(t.CleanUnits, 10)+" without errors")
	b := append([]byte("in: bytes="), strconv.FormatInt(t.Bytes, 10)...)
	for _, p := range [...]struct {
		name string
		n    int64
	}{{" interchanges=", t.Interchanges}, {" groups=", t.Groups}, {" sets=", t.Sets}, {" units=", t.Units}} {
		b = strconv.AppendInt(append(b, p.name...), p.n, 10)
	}
	b = t.Charge.AppendPlain(append(b, " charge="...))
	b = t.Paid.AppendPlain(append(b, " paid="...))
	b = t.Payment.AppendPlain(append(b, " payment="...))
	b = strconv.AppendInt(append(b, " filler="...), t.Filler, 10)
	return append(lines, string(b))
}

// levelName says what a level checks.
func levelName(n int) string {
	return [...]string{"envelope", "syntax", "guide", "balancing", "situations", "external codes", "line of business", "partner"}[n]
}

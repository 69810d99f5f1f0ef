package report

import (
	_ "embed"
	"html"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

//go:embed page/style.css
var pageStyle string

//go:embed page/filter.js
var pageScript string

// htmlForm writes one page. What is found waits in a file, since the summary comes first.
type htmlForm struct {
	file *os.File
	buf  []byte
	unit unit
	set  string
	rows int
	open bool // a section
}

// around is how many segments are shown in front of that of a finding, and behind it.
const contextSegments = 2

func (f *htmlForm) begin(r *Report) {
	var err error
	if f.file, err = temp(); err != nil {
		r.err = err
	}
}

func (f *htmlForm) discard() {
	if f.file != nil {
		f.file.Close()
		os.Remove(f.file.Name())
		f.file = nil
	}
}

// add appends texts to the findings.
func (f *htmlForm) add(r *Report, texts ...string) {
	for _, s := range texts {
		f.buf = append(f.buf, s...)
	}
	if len(f.buf) > 64<<10 {
		f.flush(r)
	}
}

func (f *htmlForm) flush(r *Report) {
	if f.file == nil || r.err != nil {
		f.buf = f.buf[:0]
		return
	}
	_, r.err = f.file.Write(f.buf)
	f.buf = f.buf[:0]
}

func esc(s string) string { return html.EscapeString(strings.ToValidUTF8(s, "\uFFFD")) }

func (f *htmlForm) finding(r *Report, e *entry) {
	i := e.Issue
	set := e.file + "\x00" + i.Interchange + "\x00" + i.Group + "\x00" + i.Set
	if !f.open || f.unit != e.unit || f.set != set {
		f.close(r)
		f.open, f.unit, f.set = true, e.unit, set
		f.add(r, "<section><h3>", esc(title(e)), "</h3>\n")
	}
	f.rows++
	f.add(r, `<article class="f `, i.Severity.String(), `" data-s="`, i.Severity.String(), `" data-l="`, strconv.Itoa(int(i.Level)), `" data-r="`, esc(i.Rule), "\">\n",
		`<p class="m"><b class="s">`, i.Severity.String(), `</b> `, esc(i.Message), `</p>`,
		`<p class="p"><span>`, esc(where(i)), `</span> <span class="r">`, esc(i.Rule), `</span> <span>level `, strconv.Itoa(int(i.Level)), `</span> <span>`,
		esc(e.file), ":", strconv.FormatInt(e.offset, 10), `</span>`)
	if i.Segment > 0 {
		f.add(r, ` <span>segment `, strconv.Itoa(i.Segment), `</span>`)
	}
	if r.o.Values && i.Value != "" {
		f.add(r, ` <span class="v">value `, esc(strconv.Quote(i.Value)), `</span>`)
	}
	f.add(r, "</p>\n")
	f.context(r, e)
	f.add(r, "</article>\n")
}

// title says what a finding belongs to.
func title(e *entry) string {
	i := e.Issue
	var b strings.Builder
	b.WriteString(e.unit.kind)
	if e.unit.ordinal > 0 {
		b.WriteString(" " + strconv.FormatInt(e.unit.ordinal, 10))
	}
	if e.unit.key != "" {
		b.WriteString(" " + e.unit.key)
	}
	for _, p := range [...][2]string{{" · set ", i.Set}, {" · group ", i.Group}, {" · interchange ", i.Interchange}, {" · ", e.file}} {
		if p[1] != "" {
			b.WriteString(p[0] + p[1])
		}
	}
	return b.String()
}

// context writes the segment of a finding with those around it.
func (f *htmlForm) context(r *Report, e *entry) {
	t, k, ok := r.tracker.Segment(e.Offset)
	if !ok {
		if s := r.segment(e.finding); s != nil {
			f.add(r, "<pre>")
			f.line(r, s, " class=\"h\"")
			f.add(r, "</pre>\n")
		}
		return
	}
	f.add(r, "<pre>")
	missing := mark(e.Issue, t, k) == nothing && e.Element == 0 && e.SegID != ""
	for j := max(0, k-contextSegments); j < min(len(t.Segs), k+contextSegments+1); j++ {
		if t.Segs[j].Flag&guide.Virtual != 0 {
			continue
		}
		if j == k && missing {
			f.add(r, `<i class="h">expected here: `, esc(printable(e.SegID)), "</i>\n")
		}
		at, class := nothing, ""
		if j == k && !missing {
			at, class = mark(e.Issue, t, k), ` class="h"`
		}
		f.line(r, r.view.tape(t, j, at), class)
	}
	f.add(r, "</pre>\n")
}

// line writes a segment with its marked part.
func (f *htmlForm) line(r *Report, s *shown, class string) {
	f.add(r, "<code", class, ">")
	if s.from < 0 {
		f.add(r, esc(string(s.text)))
	} else {
		marked := string(s.text[s.from:s.to])
		if marked == "" {
			marked = " "
		}
		f.add(r, esc(string(s.text[:s.from])), "<mark>", esc(marked), "</mark>", esc(string(s.text[s.to:])))
	}
	f.add(r, "</code>\n")
}

func (f *htmlForm) close(r *Report) {
	if f.open {
		f.add(r, "</section>\n")
	}
	f.open = false
}

func (f *htmlForm) end(r *Report) {
	f.close(r)
	f.flush(r)
	defer f.discard()
	t := &r.totals
	r.put("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">`,
		"\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>X12 validation: ", esc(headline(t)), "</title>\n<style>\n", pageStyle, "</style>\n</head>\n<body>\n",
		"<header>\n<h1>X12 validation</h1>\n<p class=\"big\">", esc(headline(t)), "</p>\n")
	if t.Severity[x12.Fatal] > 0 {
		r.put("<p class=\"more\">Not checked: what stands behind the fatal finding.</p>\n")
	}
	f.summary(r)
	r.put("</header>\n")
	f.controls(r)
	r.put("<main id=\"list\">\n")
	if r.err == nil && f.file != nil {
		if _, err := f.file.Seek(0, io.SeekStart); err != nil {
			r.err = err
		} else if _, err := io.Copy(r.w, f.file); err != nil {
			r.err = err
		}
	}
	if f.rows == 0 {
		r.put("<p>No findings.</p>\n")
	}
	if t.Dropped > 0 {
		r.put("<p class=\"more\">", strconv.FormatInt(t.Dropped, 10), " more findings were counted and are not shown.</p>\n")
	}
	r.put("</main>\n<script>\n", pageScript, "</script>\n</body>\n</html>\n")
}

func headline(t *Totals) string {
	return plural(t.Severity[x12.Error]+t.Severity[x12.Fatal], "error") + ", " + plural(t.Severity[x12.Warning], "warning") + ", " + plural(t.Severity[x12.Info], "info") +
		" in " + plural(t.Units, "unit") + " of " + plural(t.Sets, "set")
}

// summary writes the tables of counts.
func (f *htmlForm) summary(r *Report) {
	t := &r.totals
	r.put("<div class=\"tables\">\n<table><caption>By level</caption><tr><th>level<th>checks<th>errors<th>warnings<th>infos\n")
	for n := range t.Levels {
		l := &t.Levels[n]
		if *l == (LevelCount{}) {
			continue
		}
		r.put("<tr><td>", strconv.Itoa(n), "<td>", levelName(n))
		for _, k := range [...]int64{l[x12.Error] + l[x12.Fatal], l[x12.Warning], l[x12.Info]} {
			r.put("<td class=\"n\">", strconv.FormatInt(k, 10))
		}
		r.put("\n")
	}
	r.put("</table>\n<table><caption>Checked</caption>\n")
	for _, p := range [...]struct {
		name string
		n    int64
	}{{"interchanges", t.Interchanges}, {"groups", t.Groups}, {"sets", t.Sets}, {"sets without errors", t.CleanSets}, {"units", t.Units},
		{"units without errors", t.CleanUnits}, {"segments", t.Segments}, {"bytes", t.Bytes}, {"filler bytes", t.Filler}} {
		r.put("<tr><th>", p.name, "<td class=\"n\">", strconv.FormatInt(p.n, 10), "\n")
	}
	for _, p := range [...]struct {
		name string
		sum  *x12.Sum
	}{{"charge", &t.Charge}, {"paid", &t.Paid}, {"payment", &t.Payment}} {
		if text := string(p.sum.AppendPlain(nil)); text != "0" {
			r.put("<tr><th>", p.name, "<td class=\"n\">", esc(text), "\n")
		}
	}
	r.put("</table>\n<div class=\"rules\"><table><caption>By rule</caption><tr><th>rule<th>level<th>what it checks<th>findings\n")
	for _, c := range t.Rules() {
		what := ""
		if r.o.Rule != nil {
			what = r.o.Rule(c.ID)
		}
		r.put(`<tr class="`, c.Severity.String(), `"><td><button type="button" data-rule="`, esc(c.ID), `">`, esc(c.ID), "</button><td class=\"n\">", strconv.Itoa(int(c.Level)),
			"<td>", esc(what), "<td class=\"n\">", strconv.FormatInt(c.N, 10), "\n")
	}
	r.put("</table></div>\n</div>\n")
}

// controls writes the filter. Without a script all findings are shown.
func (f *htmlForm) controls(r *Report) {
	t := &r.totals
	r.put("<form id=\"filter\">\n<label>text <input type=\"search\" id=\"q\" autocomplete=\"off\"></label>\n<label>severity <select id=\"s\"><option value=\"\">all")
	for s := x12.Fatal; s >= x12.Info; s-- {
		if t.Severity[s] > 0 {
			r.put("<option>", s.String())
		}
	}
	r.put("</select></label>\n<label>level <select id=\"l\"><option value=\"\">all")
	for n := range t.Levels {
		if t.Levels[n] != (LevelCount{}) {
			r.put("<option value=\"", strconv.Itoa(n), "\">", strconv.Itoa(n), " ", levelName(n))
		}
	}
	r.put("</select></label>\n<label>rule <select id=\"r\"><option value=\"\">all")
	for _, c := range t.Rules() {
		r.put("<option>", esc(c.ID))
	}
	r.put("</select></label>\n<output id=\"n\">", strconv.Itoa(f.rows), "</output> shown\n</form>\n")
}

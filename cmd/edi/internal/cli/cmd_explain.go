package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

func explainCommand() command {
	return command{
		name:    "explain",
		args:    "[RULE]",
		summary: "say what a rule checks, why, and how to mend what it finds",
		streams: writesData,
		long: `RULE is the id in brackets behind a finding. Shown are its level and severity, the guides and the loop it is for, what it checks, why, how
to mend it, and samples that fail and pass: + and - mark the segments in which they differ from a good set, and what the rule
finds stands below. Without RULE all rules are listed with level, severity and title.`,
		example: `edi explain envelope/se-count
edi explain --json element/code
edi explain`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			asJSON := fs.Bool("json", false, "a JSON object for each rule")
			return func(c *call) error { return explain(c, *asJSON) }
		},
	}
}

func explain(c *call, asJSON bool) error {
	if len(c.args) > 1 {
		return usagef("expected one rule")
	}
	e := &explainer{packs: append([]validate.Pack{validate.Core(), validate.Codes()}, packs()...)}
	var err error
	if e.v, err = validate.New(validate.Options{Level: 7, Packs: packs()}); err != nil {
		return err
	}
	rules := e.v.Rules()
	if len(c.args) == 1 {
		r := e.v.Rule(c.args[0])
		if r == nil {
			return usagef("no rule %q: %s", c.args[0], closest(rules, c.args[0]))
		}
		rules = []*validate.Rule{r}
	}
	switch {
	case asJSON:
		for _, r := range rules {
			if err := e.json(r); err != nil {
				return err
			}
		}
	case len(c.args) == 1:
		err = e.page(rules[0])
	default:
		e.list(rules)
	}
	if err != nil {
		return err
	}
	_, err = c.out.Write(e.b)
	return err
}

// closest names the rules whose ids are most like a text.
func closest(rules []*validate.Rule, text string) string {
	type near struct {
		id string
		d  int
	}
	var list []near
	for _, r := range rules {
		d := distance(r.ID, text)
		if _, name, _ := strings.Cut(r.ID, "/"); name == text || strings.Contains(r.ID, text) {
			d = min(d, 1)
		}
		list = append(list, near{r.ID, d})
	}
	slices.SortFunc(list, func(a, b near) int { return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.id, b.id)) })
	var ids []string
	for _, n := range list[:min(3, len(list))] {
		ids = append(ids, n.id)
	}
	return "closest are " + strings.Join(ids, ", ") + "; edi explain lists all"
}

// distance is the number of letters to change, add or leave out between two texts.
func distance(a, b string) int {
	a, b = a[:min(len(a), 100)], b[:min(len(b), 100)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := last
			if a[i] != b[j] {
				d++
			}
			last = row[j+1]
			row[j+1] = min(d, last+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// explainer writes pages about rules.
type explainer struct {
	b     []byte
	v     *validate.Validator
	packs []validate.Pack
}

func (e *explainer) f(format string, args ...any) { e.b = fmt.Appendf(e.b, format, args...) }

func (e *explainer) list(rules []*validate.Rule) {
	width := 0
	for _, r := range rules {
		width = max(width, len(r.ID))
	}
	for _, r := range rules {
		e.f("%-*s  %d  %-7s  %s\n", width, r.ID, r.Level, r.Severity, r.Title)
	}
}

func (e *explainer) page(r *validate.Rule) error {
	e.f("%s\n  %s\n\n", r.ID, r.Title)
	e.f("level     %d, %s\n", r.Level, levelNames[r.Level])
	e.f("severity  %s\n", r.Severity)
	e.f("guides    %s\n", e.guides(r))
	if r.At == "/" {
		e.f("loop      the set as a whole\n")
	} else if r.At != "" {
		e.f("loop      %s%s\n", r.At, e.loopTitle(r))
	}
	e.wrapped("checks", e.words(r))
	e.wrapped("why", r.Why)
	e.wrapped("mend", r.Mend)
	p := e.pack(r)
	if p == nil || r.Base == "" {
		return nil
	}
	base, err := p.Samples(r.Base)
	if err != nil {
		return err
	}
	run, err := e.overlaid(r, p)
	if err != nil {
		return err
	}
	for k, edits := range r.Fail {
		if err := e.sample(run, r, "fails", k, len(r.Fail), base, edits); err != nil {
			return err
		}
	}
	if len(r.Pass) == 0 {
		e.f("\npasses: the sample as it is, without these changes\n")
	}
	for k, edits := range r.Pass {
		if err := e.sample(run, r, "passes", k, len(r.Pass), base, edits); err != nil {
			return err
		}
	}
	return nil
}

var levelNames = [...]string{"envelope", "syntax and envelope", "the guide", "balancing", "situations", "external codes", "line of business", "partner"}

// guides says what a rule is for.
func (e *explainer) guides(r *validate.Rule) string {
	if len(r.Of) == 0 {
		return "all"
	}
	var list []string
	for _, t := range e.tables(r) {
		list = append(list, t.ID)
	}
	return strings.Join(r.Of, " ") + " (" + strings.Join(list, ", ") + ")"
}

// tables returns the guides a rule is for.
func (e *explainer) tables(r *validate.Rule) (list []*guide.Table) {
	for _, t := range e.v.Tables() {
		if len(r.Of) == 0 || slices.ContainsFunc(r.Of, func(of string) bool { return of == t.Set || len(of) > 3 && strings.HasPrefix(t.ID, of) }) {
			list = append(list, t)
		}
	}
	return list
}

func (e *explainer) loopTitle(r *validate.Rule) string {
	for _, t := range e.tables(r) {
		for i := range t.Loops {
			if i > 0 && t.Loops[i].ID == r.At {
				return ", " + t.Loops[i].Title
			}
		}
	}
	return ""
}

// pack returns the pack a rule is of.
func (e *explainer) pack(r *validate.Rule) *validate.Pack {
	for i := range e.packs {
		if p := &e.packs[i]; p.Name == r.File || p.Samples != nil && strings.Contains(p.Text, "rule "+r.ID+" ") {
			return p
		}
	}
	return nil
}

// overlaid returns what checks the samples of a rule, and shows the overlay that goes with them, if there is one.
func (e *explainer) overlaid(r *validate.Rule, p *validate.Pack) (*validate.Validator, error) {
	if r.Overlay == "" {
		return e.v, nil
	}
	text, err := p.Samples(r.Overlay)
	if err != nil {
		return nil, err
	}
	o, err := validate.ParseOverlay(r.Overlay, string(text))
	if err != nil {
		return nil, err
	}
	e.f("\noverlay %s:\n", r.Overlay)
	for _, l := range lines(text) {
		if l = strings.TrimRight(l, " "); l != "" && l[0] != '#' {
			e.f("    %s\n", l)
		}
	}
	return validate.New(validate.Options{Level: 7, Packs: packs(), Overlays: []*validate.Overlay{o}})
}

// wrapped writes a labelled text in lines of a fair length.
func (e *explainer) wrapped(label, text string) {
	if text == "" {
		return
	}
	e.f("%-8s", label)
	col := 8
	for _, w := range strings.Fields(text) {
		if col > 10 && col+len(w) > 100 {
			e.f("\n%8s", "")
			col = 8
		}
		if col == 8 {
			e.f(" ")
		}
		e.f(" %s", w)
		col += len(w) + 1
	}
	e.f("\n")
}

// sample writes the segments of a sample in which it differs from its base, with what stands around them, and what the rule finds.
func (e *explainer) sample(v *validate.Validator, r *validate.Rule, what string, k, of int, base []byte, edits []validate.Edit) error {
	text, err := validate.Apply(base, edits)
	if err != nil {
		return err
	}
	plain, err := validate.Apply(base, nil)
	if err != nil {
		return err
	}
	e.f("\n%s", what)
	if of > 1 {
		e.f(" (%d)", k+1)
	}
	e.f(":\n")
	changes := difference(lines(plain), lines(text))
	for i, l := range changes {
		near := false
		for j := max(0, i-1); j <= min(len(changes)-1, i+1); j++ {
			near = near || changes[j].mark != ' '
		}
		if near {
			e.f("  %c %s\n", l.mark, oneLine(l.text))
		}
	}
	err = v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
		if i.Rule == r.ID {
			e.f("  finds: %s: %s: %s\n", cmp.Or(i.Path(), "-"), i.Severity, oneLine(i.Message))
		}
		return true
	})
	if isFault(err) { // what ends the stream is a finding too
		err = nil
	}
	return err
}

func lines(text []byte) []string { return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") }

// change is a line of a difference: mark is + for one that is new, - for one that is gone.
type change struct {
	mark byte
	text string
}

// difference compares two short texts. The count of an SE follows from the other changes and is left as it is.
func difference(a, b []string) (out []change) {
	equal := func(x, y string) bool {
		return x == y || strings.HasPrefix(x, "SE*") && strings.HasPrefix(y, "SE*") && len(a) != len(b)
	}
	same := make([][]int, len(a)+1) // longest run of equal lines behind i and j
	for i := range same {
		same[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if equal(a[i], b[j]) {
				same[i][j] = same[i+1][j+1] + 1
			} else {
				same[i][j] = max(same[i+1][j], same[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && equal(a[i], b[j]):
			out = append(out, change{' ', b[j]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || same[i+1][j] >= same[i][j+1]):
			out = append(out, change{'-', a[i]})
			i++
		default:
			out = append(out, change{'+', b[j]})
			j++
		}
	}
	return out
}

// json writes a rule as an object.
func (e *explainer) json(r *validate.Rule) error {
	type sample struct {
		Text string `json:"text"`
	}
	o := struct {
		ID       string   `json:"id"`
		Level    uint8    `json:"level"`
		Severity string   `json:"severity"`
		Of       []string `json:"of,omitempty"`
		Guides   []string `json:"guides"`
		Loop     string   `json:"loop,omitempty"`
		Title    string   `json:"title"`
		Checks   string   `json:"checks"`
		Why      string   `json:"why"`
		Mend     string   `json:"mend"`
		Fail     []sample `json:"fail"`
		Pass     []sample `json:"pass"`
	}{ID: r.ID, Level: r.Level, Severity: r.Severity.String(), Of: r.Of, Guides: []string{}, Loop: r.At, Title: r.Title, Checks: e.words(r), Why: r.Why, Mend: r.Mend,
		Fail: []sample{}, Pass: []sample{}}
	for _, t := range e.tables(r) {
		o.Guides = append(o.Guides, t.ID)
	}
	if p := e.pack(r); p != nil && r.Base != "" {
		base, err := p.Samples(r.Base)
		if err != nil {
			return err
		}
		pass := r.Pass
		if len(pass) == 0 {
			pass = [][]validate.Edit{nil}
		}
		for _, list := range []struct {
			from [][]validate.Edit
			to   *[]sample
		}{{r.Fail, &o.Fail}, {pass, &o.Pass}} {
			for _, edits := range list.from {
				text, err := validate.Apply(base, edits)
				if err != nil {
					return err
				}
				*list.to = append(*list.to, sample{string(text)})
			}
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(o); err != nil {
		return err
	}
	e.b = append(e.b, b.Bytes()...)
	return nil
}

package validate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// Overlay is what a partner asks beyond a guide: SNIP type 7. It only adds findings and changes severities; what a guide asks
// stays as it is. Its text:
//
//	# Acme takes professional claims of two senders from 2026 on.
//	overlay acme of 005010X222A1
//	  for isa-sender CEDARBAY NORTHLAKE
//	  from 20260101
//	  2300/REF[G1]          require
//	  2300/Contract         forbid
//	  2400/SV1.05           codes 11 12 22
//	  2010BA/NM1.09         length 9..11
//	  2400                  repeat 20
//	  severity element/lower-case off
//	  rule acme/taxonomy at 2000A when PRV absent forbid 2010AA/REF[0B] severity=warning
//	    title no taxonomy, no state license
//
// A place is a path of a loop as in [Place], or ends in the name of a field of the guide's structs, as edi guide prints them. "of" takes
// guides, their beginnings or a set. The lines "for isa-sender", "isa-receiver", "gs-sender" and "gs-receiver" name the only ids it
// is for, "from" and "until" the first and last day of the group (GS04). Without them it is for all.
type Overlay struct {
	Name string
	Of   []string

	file       string
	ids        [4][]string // by the words of overlayIDs
	from, till int         // CCYYMMDD, 0 = open
	rules      []*Rule
	wants      []want
	severities map[string]x12.Severity
}

var overlayIDs = [4]string{"isa-sender", "isa-receiver", "gs-sender", "gs-receiver"}

// Rules of overlay lines.
const (
	RuleOverlayRequire = "overlay/require" // the partner requires it
	RuleOverlayForbid  = "overlay/forbid"  // the partner does not take it
	RuleOverlayCodes   = "overlay/codes"   // the partner takes other values
	RuleOverlayLength  = "overlay/length"  // shorter or longer than the partner takes
	RuleOverlayRepeat  = "overlay/repeat"  // more often than the partner takes
)

// want is a line of an overlay about a place.
type want struct {
	line     int
	at       string // loop, "/" for the set
	beside   bool   // the line is about the loop itself: it is run for the loop around
	place    string // in it
	kind     string // rule id
	values   []string
	min, max int
}

var (
	overlayName  = pattern(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	overlayPlace = pattern(`^/?(?:[0-9]{4}[A-Z]{0,2}/)*(?:[0-9]{4}[A-Z]{0,2}|[A-Z][A-Z0-9]{1,2}(?:\[[A-Z0-9|]+\])?(?:\.[0-9]{2}(?:-[0-9])?)?|[A-Z][A-Za-z0-9]+)$`)
)

// maxOverlays is the number of overlays of one run.
const maxOverlays = 64

// ParseOverlay reads an overlay. Errors are [*SyntaxError] with the line; places that the guide does not have are told by [New].
func ParseOverlay(file, text string) (*Overlay, error) {
	o := &Overlay{file: file, severities: map[string]x12.Severity{}}
	p := &ruleParser{file: file}
	inRule := 0 // indentation of the rule line, 0 = none is open
	for n, line := range strings.Split(text, "\n") {
		p.line = n + 1
		body := strings.TrimSpace(line)
		if body == "" || body[0] == '#' {
			continue
		}
		indent := strings.Index(line, body)
		words := strings.Fields(body)
		switch {
		case o.Name == "":
			if indent > 0 || words[0] != "overlay" || len(words) < 4 || !overlayName().MatchString(words[1]) || words[2] != "of" {
				return nil, p.errorf("expected overlay NAME of GUIDE, as in: overlay acme of 005010X222A1")
			}
			o.Name, o.Of = words[1], words[3:]
		case indent == 0:
			return nil, p.errorf("expected an indented line: a file holds one overlay")
		case inRule > 0 && indent > inRule:
			if err := p.read(line); err != nil {
				return nil, err
			}
		case words[0] == "rule":
			inRule = indent
			if err := p.read(body); err != nil {
				return nil, err
			}
			r := p.rules[len(p.rules)-1]
			if r.Level == 0 {
				r.Level = 7
			}
			r.Of = o.Of
		default:
			inRule = 0
			if err := o.line(p, words); err != nil {
				return nil, err
			}
		}
	}
	if o.Name == "" {
		return nil, p.errorf("expected overlay NAME of GUIDE")
	}
	o.rules = p.rules
	for _, r := range o.rules {
		if r.Check || r.By != "" {
			return nil, &SyntaxError{file, r.Line, "rule " + r.ID + ": expected require, require-one or forbid"}
		}
		if err := r.complete(); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// line reads what is no rule.
func (o *Overlay) line(p *ruleParser, words []string) error {
	switch words[0] {
	case "for":
		return o.scopeLine(p, words[1:])
	case "from", "until":
		if len(words) != 2 {
			return p.errorf("expected a day after %s, CCYYMMDD", words[0])
		}
		day, ok := x12.ParseDate(words[1])
		if !ok || len(words[1]) != 8 {
			return p.errorf("%s: expected a day, CCYYMMDD", words[1])
		}
		n := day.Year()*10000 + int(day.Month())*100 + day.Day()
		if words[0] == "from" {
			o.from = n
		} else {
			o.till = n
		}
		return nil
	case "severity":
		if len(words) != 3 || !ruleID().MatchString(words[1]) {
			return p.errorf("expected severity RULE off, info, warning or error")
		}
		s, ok := x12.ParseSeverity(words[2])
		if words[2] != "off" && (!ok || s == x12.Fatal) {
			return p.errorf("%s: expected off, info, warning or error", words[2])
		}
		o.severities[words[1]] = s
		return nil
	}
	return o.placeLine(p, words)
}

func (o *Overlay) scopeLine(p *ruleParser, words []string) error {
	if len(words) > 1 {
		if i := slices.Index(overlayIDs[:], words[0]); i >= 0 {
			o.ids[i] = append(o.ids[i], words[1:]...)
			return nil
		}
	}
	return p.errorf("expected for %s and ids", strings.Join(overlayIDs[:], ", "))
}

// placeLine reads "PLACE require" and its like.
func (o *Overlay) placeLine(p *ruleParser, words []string) error {
	if !overlayPlace().MatchString(words[0]) || len(words) < 2 {
		return p.errorf("expected a place and require, forbid, codes, length or repeat, or for, from, until, severity or rule")
	}
	w := want{line: p.line, at: "/", place: words[0]}
	if k := strings.LastIndexByte(words[0], '/'); k > 0 {
		w.at, w.place = strings.TrimPrefix(words[0][:k], "/"), words[0][k+1:]
	} else {
		w.place = strings.TrimPrefix(w.place, "/")
		if loopPattern().MatchString(w.place) {
			w.at, w.beside = w.place, true
		}
	}
	if k := strings.LastIndexByte(w.at, '/'); k >= 0 && len(w.at) > 1 { // a path of loops: the first is where it is run
		first, rest, _ := strings.Cut(w.at, "/")
		w.at, w.place = first, rest+"/"+w.place
	}
	rest := words[2:]
	number := func(text string) (int, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 1_000_000 {
			return 0, p.errorf("%s: expected a number", text)
		}
		return n, nil
	}
	var err error
	switch {
	case words[1] == "require" && len(rest) == 0:
		w.kind = RuleOverlayRequire
	case words[1] == "forbid" && len(rest) == 0:
		w.kind = RuleOverlayForbid
	case words[1] == "codes" && len(rest) > 0:
		w.kind = RuleOverlayCodes
		for _, v := range rest {
			if v = strings.Trim(v, "{}"); v != "" {
				w.values = append(w.values, v)
			}
		}
	case words[1] == "length" && len(rest) == 1:
		w.kind = RuleOverlayLength
		low, high, both := strings.Cut(rest[0], "..")
		if both {
			if w.min, err = number(low); err != nil {
				return err
			}
		} else {
			high = low
		}
		if w.max, err = number(high); err != nil {
			return err
		}
		if w.min > w.max {
			return p.errorf("%s: expected the smaller length first", rest[0])
		}
	case words[1] == "repeat" && len(rest) == 1:
		w.kind = RuleOverlayRepeat
		if w.max, err = number(rest[0]); err != nil {
			return err
		}
	default:
		return p.errorf("expected require, forbid, codes VALUES, length MIN..MAX or repeat N after %s", words[0])
	}
	o.wants = append(o.wants, w)
	return nil
}

// takes reports whether the overlay is for sets of an envelope.
func (o *Overlay) takes(env *codec.Env) bool {
	var have [4]string
	day := 0
	if i := env.Interchange; i != nil {
		have[0], have[1] = i.ISA[5], i.ISA[7]
		if day, _ = strconv.Atoi(i.ISA[8]); day > 0 {
			day += 20_000_000
		}
	}
	if g := env.Group; g != nil {
		have[2], have[3] = g.GS[1], g.GS[2]
		if n, err := strconv.Atoi(g.GS[3]); err == nil && len(g.GS[3]) == 8 {
			day = n
		}
	}
	for i, ids := range o.ids {
		if len(ids) > 0 && !slices.Contains(ids, strings.TrimSpace(have[i])) {
			return false
		}
	}
	return (o.from == 0 || day >= o.from) && (o.till == 0 || day <= o.till)
}

// isFor reports whether the overlay is for a guide.
func (o *Overlay) isFor(t *guide.Table) bool { return (&Rule{Of: o.Of}).isFor(t) }

// fits reports places that none of the overlay's guides has.
func (o *Overlay) fits(tables []*guide.Table) error {
	var errs []error
	known := slices.ContainsFunc(tables, o.isFor)
	if !known {
		return &SyntaxError{o.file, 1, "no guide " + strings.Join(o.Of, " ")}
	}
	for _, w := range o.wants {
		errs = append(errs, o.tryAll(tables, w.line, w.at, w.loops, func(b *Binder) { b.Place(w.place) }))
	}
	for _, r := range o.rules {
		loops := func(t *guide.Table) []guide.LoopID { return loopsOf(t, r.At) }
		errs = append(errs, o.tryAll(tables, r.Line, r.At, loops, func(b *Binder) { b.bind(r) }))
	}
	return errors.Join(errs...)
}

// tryAll binds something in each place of each guide; it is enough when one works.
func (o *Overlay) tryAll(tables []*guide.Table, line int, at string, loops func(*guide.Table) []guide.LoopID, bind func(*Binder)) error {
	err := fmt.Errorf("no guide of the overlay has loop %s", at)
	for _, t := range tables {
		if !o.isFor(t) {
			continue
		}
		for _, l := range loops(t) {
			b := &Binder{Table: t, Loop: l}
			if bind(b); len(b.errs) == 0 {
				return nil
			}
			err = errors.Join(b.errs...)
		}
	}
	return &SyntaxError{o.file, line, err.Error()}
}

// loopsOf returns the loops of that id, the set for "/".
func loopsOf(t *guide.Table, at string) (out []guide.LoopID) {
	for i := range t.Loops {
		if i == 0 == (at == "/") && (i == 0 || atLoop(at, t.Loops[i].ID)) {
			out = append(out, guide.LoopID(i))
		}
	}
	return out
}

// loops returns the loops the line is run for.
func (w *want) loops(t *guide.Table) []guide.LoopID {
	list := loopsOf(t, w.at)
	if w.beside {
		for i, l := range list {
			list[i] = t.Loops[l].Parent
		}
	}
	return slices.Compact(list)
}

// addTo puts the checks of the overlay into the program of a guide.
func (o *Overlay) addTo(p *program) {
	for _, r := range o.rules {
		for _, l := range loopsOf(p.table, r.At) {
			b := &Binder{Table: p.table, Loop: l}
			if run := b.bind(r); len(b.errs) == 0 {
				p.rules[l] = append(p.rules[l], run)
			}
		}
	}
	for i := range o.wants {
		w := &o.wants[i]
		for _, l := range w.loops(p.table) {
			b := &Binder{Table: p.table, Loop: l}
			place := b.Place(w.place)
			if len(b.errs) > 0 {
				continue
			}
			r := &Rule{ID: w.kind, Level: 7, Severity: x12.Error, Title: "asked for by " + o.Name + ", line " + strconv.Itoa(w.line)}
			p.rules[l] = append(p.rules[l], &bound{rule: r, check: w.check(place, r)})
		}
	}
}

// check makes the function of a line.
func (w *want) check(p *Place, r *Rule) func(*Scope) {
	b := &bound{rule: r, require: []*Place{p}, forbid: []*Place{p}}
	find := func(s *Scope, a At, what string, codes x12.Codes) {
		codes.IK5 = "I5"
		s.t.find(r, a, what+": "+r.Title, At{}, codes)
	}
	switch w.kind {
	case RuleOverlayRequire:
		b.forbid = nil
		return b.apply
	case RuleOverlayForbid:
		b.require = nil
		return b.apply
	case RuleOverlayCodes:
		expected := "expected " + strings.Join(w.values, " ")
		return func(s *Scope) {
			s.each(p, func(a At) bool {
				if v := a.Bytes(); len(v) > 0 && !slices.Contains(w.values, string(v)) {
					find(s, a, expected, x12.Codes{IK3: "8", IK4: "I6"})
				}
				return true
			})
		}
	case RuleOverlayLength:
		return func(s *Scope) {
			s.each(p, func(a At) bool {
				switch n := utf8.RuneCount(a.Bytes()); {
				case n > w.max:
					find(s, a, fmt.Sprintf("%d long: expected at most %d", n, w.max), x12.Codes{IK3: "8", IK4: "5"})
				case n > 0 && n < w.min:
					find(s, a, fmt.Sprintf("%d long: expected at least %d", n, w.min), x12.Codes{IK3: "8", IK4: "4"})
				}
				return true
			})
		}
	}
	return func(s *Scope) { // the most uses of a segment or loop, or repetitions of an element
		n := 0
		for a := range s.All(p) {
			if n++; p.elem == 0 && n == w.max+1 {
				find(s, a, fmt.Sprintf("expected at most %d", w.max), x12.Codes{IK3: "5"})
			}
			if p.elem > 0 && a.Repetition() != 0 && strings.Count(string(a.Bytes()), string(rune(a.Repetition())))+1 > w.max {
				find(s, a, fmt.Sprintf("expected at most %d repetitions", w.max), x12.Codes{IK3: "8", IK4: "12"})
			}
		}
	}
}

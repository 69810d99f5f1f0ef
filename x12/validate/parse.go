package validate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/x12-go/edi/x12"
)

// SyntaxError is a fault of a rules text or an overlay, with its line.
type SyntaxError struct {
	File string
	Line int // 1 = first
	Text string
}

// Error returns "file:line: text".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text) }

// pattern is a regular expression compiled when it is first asked for: programs that validate nothing pay nothing.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var ruleID = pattern(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$`)

// ParseRules reads a rules text. Errors are [*SyntaxError].
//
//	# a comment
//	rule 837/replacement-original level=4 of 837 at 2300
//	  when CLM.05-3 in 7 8
//	  require REF[F8]
//	  title a replacement or void names the claim it replaces
//	  why   the payer finds the earlier claim by its own number
//	  mend  send the payer's claim number of the earlier claim in REF F8
//	  base  837p
//	  pass  CLM* => CLM*A1*100***11:B:7*Y*A*Y*Y~REF*F8*E1
//	  fail  CLM* => CLM*A1*100***11:B:7*Y*A*Y*Y
//
// The clauses when, require, require-one, forbid, at, of, check, by, level=, severity=, may stand on the first line too. Several
// conditions, on lines of their own or joined by and, all have to hold. Each pass and each fail is a sample; its changes are divided by " ;; ".
func ParseRules(file, text string) ([]*Rule, error) {
	p := &ruleParser{file: file}
	for n, line := range strings.Split(text, "\n") {
		p.line = n + 1
		if err := p.read(line); err != nil {
			return nil, err
		}
	}
	for _, r := range p.rules {
		if err := r.complete(); err != nil {
			return nil, err
		}
	}
	return p.rules, nil
}

type ruleParser struct {
	file  string
	line  int
	rules []*Rule
}

func (p *ruleParser) errorf(format string, args ...any) error {
	return &SyntaxError{p.file, p.line, fmt.Sprintf(format, args...)}
}

func (p *ruleParser) read(line string) error {
	body := strings.TrimSpace(line)
	if body == "" || body[0] == '#' {
		return nil
	}
	if line[0] != ' ' && line[0] != '\t' {
		fields := strings.Fields(body)
		if fields[0] != "rule" || len(fields) < 2 || !ruleID().MatchString(fields[1]) {
			return p.errorf("expected a rule such as: rule 837/balance level=3 of 837 at 2300")
		}
		for _, r := range p.rules {
			if r.ID == fields[1] {
				return p.errorf("rule %s stands in line %d too", r.ID, r.Line)
			}
		}
		r := &Rule{ID: fields[1], Severity: x12.Error, Line: p.line, File: p.file}
		p.rules = append(p.rules, r)
		return p.clauses(r, fields[2:])
	}
	if len(p.rules) == 0 {
		return p.errorf("expected a rule before this line")
	}
	r := p.rules[len(p.rules)-1]
	word, rest, _ := strings.Cut(body, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "title", "why", "mend":
		if rest == "" {
			return p.errorf("%s without text", word)
		}
		into := map[string]*string{"title": &r.Title, "why": &r.Why, "mend": &r.Mend}[word]
		if *into != "" {
			*into += " "
		}
		*into += rest
	case "base":
		r.Base = rest
	case "overlay":
		r.Overlay = rest
	case "pass", "fail":
		edits, err := p.edits(rest)
		if err != nil {
			return err
		}
		if word == "pass" {
			r.Pass = append(r.Pass, edits)
		} else {
			r.Fail = append(r.Fail, edits)
		}
	default:
		return p.clauses(r, strings.Fields(body))
	}
	return nil
}

func (p *ruleParser) edits(text string) (list []Edit, err error) {
	if text == "" {
		return []Edit{}, nil
	}
	for part := range strings.SplitSeq(text, ";;") {
		from, to, ok := strings.Cut(part, "=>")
		from = strings.TrimSpace(from)
		if !ok || from == "" {
			return nil, p.errorf("expected a change such as: CLM* => CLM*A1*100")
		}
		list = append(list, Edit{from, strings.TrimSpace(to)})
	}
	return list, nil
}

// clauses reads what says when and where a rule applies, from one line.
func (p *ruleParser) clauses(r *Rule, words []string) error {
	var list *[]string // takes the words that are no keyword
	for i := 0; i < len(words); i++ {
		w := words[i]
		next := func() string {
			if i++; i < len(words) {
				return words[i]
			}
			return ""
		}
		switch key, value, _ := strings.Cut(w, "="); {
		case key == "level" && value != "":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > 7 {
				return p.errorf("level=%s: expected 1 to 7", value)
			}
			r.Level, list = uint8(n), nil
		case key == "severity" && value != "":
			s, ok := x12.ParseSeverity(value)
			if !ok || s == x12.Fatal {
				return p.errorf("severity=%s: expected info, warning or error", value)
			}
			r.Severity, list = s, nil
		case w == "of":
			list = &r.Of
		case w == "at":
			if r.At = next(); r.At != "/" && !atPattern().MatchString(r.At) {
				return p.errorf("expected a loop such as 2300, or /, after at")
			}
			list = nil
		case w == "check":
			r.Check, list = true, nil
		case w == "by":
			if r.By = next(); r.By == "" {
				return p.errorf("expected a rule, or engine, after by")
			}
			list = nil
		case w == "require":
			list = &r.Require
		case w == "require-one":
			list = &r.RequireOne
		case w == "forbid":
			list = &r.Forbid
		case w == "when" || w == "and":
			c := Condition{Place: next(), Op: next()}
			switch c.Op {
			case "in", "not-in", "like", "above", "below":
			case "present", "absent":
			default:
				return p.errorf("%s %s: expected a place and in, not-in, present, absent, like, above or below", w, c.Place)
			}
			r.When = append(r.When, c)
			list = &r.When[len(r.When)-1].Values
			if c.Op == "present" || c.Op == "absent" {
				list = nil
			}
		case list == nil:
			return p.errorf("found %q, expected when, require, forbid, of, at, check or by", w)
		default:
			*list = append(*list, w)
		}
	}
	for _, c := range r.When {
		if need := c.Op == "in" || c.Op == "not-in"; need != (len(c.Values) > 0) && (need || len(c.Values) != 1) && c.Op != "present" && c.Op != "absent" {
			return p.errorf("%s %s: expected values behind it, or one", c.Place, c.Op)
		}
	}
	return nil
}

// complete reports what a rule lacks.
func (r *Rule) complete() error {
	fail := func(text string) error { return &SyntaxError{r.File, r.Line, "rule " + r.ID + ": " + text} }
	does := len(r.Require)+len(r.RequireOne)+len(r.Forbid) > 0
	switch {
	case r.Level == 0:
		return fail("expected level=1 to level=7")
	case r.By != "" && (does || r.Check):
		return fail("by and a condition or check of its own exclude each other")
	case r.By == "" && does == r.Check:
		return fail("expected either require, require-one or forbid, or check, or by")
	case r.By == "" && r.At == "":
		return fail("expected the loop it is run for: at")
	}
	for _, c := range r.When {
		if c.Op == "like" {
			if _, err := regexp.Compile(c.Values[0]); err != nil {
				return fail(err.Error())
			}
		}
		if c.Op == "above" || c.Op == "below" {
			if _, ok := x12.ParseNumber(c.Values[0]); !ok {
				return fail(c.Values[0] + " is not a number")
			}
		}
	}
	return nil
}

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// condition is one alternative of a required-if note.
type condition struct {
	subject string // "BPR04", "CLM05-3", or a segment id
	op      string // "in", "present" or "absent"
	values  []string
}

var (
	isIn      = regexp.MustCompile(`^([A-Z0-9-]+) in ([A-Z0-9,]+)$`)
	isOne     = regexp.MustCompile(`^([A-Z0-9-]+)=([A-Z0-9]+)$`)
	isAbsent  = regexp.MustCompile(`^([A-Z0-9-]+) absent$`)
	isPresent = regexp.MustCompile(`^([A-Z0-9]{2,3})$`)
	bareIn    = regexp.MustCompile(`^in ([A-Z0-9,]+)$`)
)

// conditionsOf takes a required-if note apart; nil when its form is not one a rule line can say.
func conditionsOf(text string) []condition {
	var list []condition
	for _, part := range strings.Split(text, " or ") {
		switch {
		case isIn.MatchString(part):
			m := isIn.FindStringSubmatch(part)
			list = append(list, condition{m[1], "in", strings.Split(m[2], ",")})
		case isOne.MatchString(part):
			m := isOne.FindStringSubmatch(part)
			list = append(list, condition{m[1], "in", []string{m[2]}})
		case isAbsent.MatchString(part):
			list = append(list, condition{isAbsent.FindStringSubmatch(part)[1], "absent", nil})
		case isPresent.MatchString(part):
			list = append(list, condition{part, "present", nil})
		case bareIn.MatchString(part) && len(list) > 0:
			list = append(list, condition{list[0].subject, "in", strings.Split(bareIn.FindStringSubmatch(part)[1], ",")})
		default:
			return nil
		}
	}
	return list
}

// conditions looks for the rule lines that say what the required-if note of a row says. Names are what a rule
// may call the thing that is required: within segment s an element number, else a field or segment id of the loop.
func (c *checker) conditions(loop *schema.Loop, s *schema.Segment, name, alias, where string, line int, r *factRow) {
	if r.required == "" {
		return
	}
	list := conditionsOf(r.required)
	found := len(list) > 0
	for _, k := range list {
		if !c.ruled(loop, s, name, alias, k) {
			found = false
		}
	}
	if !found {
		c.differ(line, r.line, where, "rule: guide none, facts required-if %s", r.required)
	}
}

// ruled finds a rule of the segment, or of the loop around it, and notes that the facts know it.
func (c *checker) ruled(loop *schema.Loop, s *schema.Segment, name, alias string, k condition) bool {
	found := false
	if s != nil {
		if subject, ok := strings.CutPrefix(k.subject, s.ID); ok {
			for _, r := range s.Rules {
				if r.Subject == subject && k.same(r) && slices.Contains(r.Require, name) {
					c.claim(r, name)
					found = true
				}
			}
		}
		name = s.ID + name
	}
	for _, r := range loop.Rules {
		if r.Subject != k.subject || !k.same(r) {
			continue
		}
		for _, n := range []string{name, alias} {
			if n != "" && slices.Contains(r.Require, n) {
				c.claim(r, n)
				found = true
			}
		}
	}
	return found
}

func (k condition) same(r *schema.Rule) bool {
	return r.Op == k.op && sortedCodes(r.Values) == sortedCodes(k.values)
}

type claim struct {
	rule *schema.Rule
	name string
}

func (c *checker) claim(r *schema.Rule, name string) {
	if c.claimed == nil {
		c.claimed = map[claim]bool{}
	}
	c.claimed[claim{r, name}] = true
}

// unclaimed reports what rules of the guide demand without a note in the facts.
func (c *checker) unclaimed(l *schema.Loop, path string) {
	own := path
	if own == "" {
		own = "set"
	}
	c.unclaimedRules(own, l.Rules)
	for _, n := range l.Children {
		switch n := n.(type) {
		case *schema.Segment:
			c.unclaimedRules(fmt.Sprintf("%s %s[%s]", orTable(path, n.Table), n.ID, n.Title), n.Rules)
		case *schema.Loop:
			if n.UseOf == "" {
				c.unclaimed(n, strings.TrimPrefix(path+"/"+n.ID, "/"))
			}
		}
	}
}

func orTable(path string, table int) string {
	if path == "" {
		return fmt.Sprintf("table %d", table)
	}
	return path
}

func (c *checker) unclaimedRules(where string, rules []*schema.Rule) {
	for _, r := range rules {
		text := fmt.Sprintf("when %s %s %s", r.Subject, r.Op, strings.Join(r.Values, " "))
		for _, name := range r.Require {
			if !c.claimed[claim{r, name}] {
				c.differ(r.Line, 0, where, "rule: guide %s require %s, facts none", strings.TrimSpace(text), name)
			}
		}
		for _, name := range r.Forbid {
			c.differ(r.Line, 0, where, "rule: guide %s forbid %s, facts none", strings.TrimSpace(text), name)
		}
	}
}

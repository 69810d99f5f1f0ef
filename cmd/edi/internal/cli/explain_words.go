package cli

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// words says what a rule checks.
func (e *explainer) words(r *validate.Rule) string {
	switch {
	case r.By == "engine":
		if r.File == otherFile {
			return r.Title
		}
		return r.Title + " (checked wherever the guide, the envelope or the element's type asks for it)"
	case r.By != "":
		return r.Title + " (checked together with " + r.By + ")"
	}
	var b strings.Builder
	for i, c := range r.When {
		if i == 0 {
			b.WriteString("when ")
		} else {
			b.WriteString(" and ")
		}
		b.WriteString(e.condition(r, &c))
	}
	if len(r.When) > 0 {
		b.WriteString(", ")
	}
	if r.Check {
		b.WriteString(r.Title)
		return b.String()
	}
	var parts []string
	if len(r.Require) > 0 {
		parts = append(parts, e.names(r, r.Require, " and ")+" must be there")
	}
	if len(r.RequireOne) > 0 {
		parts = append(parts, e.names(r, r.RequireOne, " or ")+" must be there")
	}
	if len(r.Forbid) > 0 {
		parts = append(parts, e.names(r, r.Forbid, " and ")+" must not be there")
	}
	return b.String() + strings.Join(parts, "; ")
}

func (e *explainer) condition(r *validate.Rule, c *validate.Condition) string {
	name := e.place(r, c.Place)
	values := strings.Join(c.Values, " or ")
	switch c.Op {
	case "in":
		return name + " is " + values
	case "not-in":
		return name + " is there and not " + values
	case "present":
		return name + " is there"
	case "absent":
		return name + " is not there"
	case "like":
		return name + " has the form " + values
	case "above":
		return name + " is more than " + values
	case "below":
		return name + " is less than " + values
	}
	return name + " " + c.Op + " " + values
}

func (e *explainer) names(r *validate.Rule, places []string, between string) string {
	var list []string
	for _, p := range places {
		list = append(list, e.place(r, p))
	}
	return strings.Join(list, between)
}

var rulePlace = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^/?((?:[0-9]{4}[A-Z]{0,2}/)*)(?:([A-Z][A-Z0-9]{1,2})(?:\[([A-Z0-9|]+)\])?(?:\.([0-9]{2})(?:-([0-9]))?)?|([0-9]{4}[A-Z]{0,2}))\??$`)
})

// place names a place of a rule with its title in the guide.
func (e *explainer) place(r *validate.Rule, place string) string {
	shown := strings.TrimSuffix(place, "?")
	m := rulePlace().FindStringSubmatch(place)
	if m == nil {
		return shown
	}
	loops := strings.Split(strings.TrimSuffix(m[1], "/"), "/")
	loop := loops[len(loops)-1]
	if loop == "" && place[0] != '/' {
		loop = r.At
	}
	for _, t := range e.tables(r) {
		if m[6] != "" {
			for i := range t.Loops {
				if i > 0 && t.Loops[i].ID == m[6] {
					return shown + " (" + t.Loops[i].Title + ")"
				}
			}
			continue
		}
		if title := placeTitle(t, loop, m); title != "" {
			return shown + " (" + title + ")"
		}
	}
	return shown
}

// placeTitle finds the title of a segment or element.
func placeTitle(t *guide.Table, loop string, m []string) string {
	keys := strings.Split(m[3], "|")
	for i := range t.Slots {
		s := &t.Slots[i]
		if i == 0 || s.ID.String() != m[2] || s.Loop > 0 && t.Loops[s.Loop].ID != loop || s.Loop == 0 && loop != "" && loop != "/" {
			continue
		}
		if m[3] != "" && len(s.Keys) > 0 && !slices.ContainsFunc(s.Keys, func(k string) bool { return slices.Contains(keys, k) }) {
			continue
		}
		if m[4] == "" {
			return s.Title
		}
		n, _ := strconv.Atoi(m[4])
		el := t.Elem(guide.SlotID(i), n)
		if el != nil && m[5] != "" {
			c, _ := strconv.Atoi(m[5])
			el = t.Comp(el, c)
		}
		if el != nil {
			return el.Title
		}
	}
	return ""
}

package spm

import (
	"strings"

	"github.com/x12-go/edi/x12"
)

// person names a special plan member however billed.
func (k *Key) person() string {
	return strings.ToUpper(strings.TrimSpace(k.ClientName) + "\x1f" + strings.ReplaceAll(k.OSSN, "-", ""))
}

// member returns what is known of a key.
func (c *Checker) member(k *Key) *member {
	name := k.canonical()
	m := c.members[name]
	if m == nil {
		m = &member{typ: strings.ToUpper(k.OBillingType), plans: map[string]*planState{}}
		c.members[name] = m
		who := k.person()
		c.persons[who] = append(c.persons[who], m)
	}
	return m
}

func (m *member) plan(name string) *planState {
	name = strings.ToUpper(strings.TrimSpace(name))
	p := m.plans[name]
	if p == nil {
		p = new(planState)
		m.plans[name] = p
	}
	return p
}

// order checks a record against those in front of it.
func (c *Checker) order(r Record) {
	k := keyOf(r)
	name := k.canonical()
	known := c.members[name]
	if in, ok := r.(*Insert); ok {
		c.insert(in, k, known)
		return
	}
	if (known == nil || !known.inserted && !known.known) && c.o.Known != nil && !c.o.Known(*k) {
		c.add(-1, RuleUnknown, x12.Error, "", "the member is neither on file nor inserted in front of the record")
	}
	m := c.member(k)
	switch r := r.(type) {
	case *PlanInsert:
		p := m.plan(r.PlanName)
		start, ok := ParseDate(r.StartDate)
		if ok && !p.dropped.IsZero() && !p.dropped.Before(start) {
			c.named("PlanName", RuleOrder, x12.Error, "the plan begins and ends in this file: SPMPLANINSERT and its rate stand above SPMPLANDROP")
		}
		if len(p.rated) > 0 && !p.inserted {
			c.named("PlanName", RuleOrder, x12.Error, "a rate of the plan stands above its SPMPLANINSERT")
		}
		p.inserted = true
	case *RateInsert:
		p := m.plan(r.PlanName)
		start, ok := ParseDate(r.StartDate)
		if m.inserted && !p.inserted {
			c.named("PlanName", RuleNoPlan, x12.Error, "the member is new and the plan is not inserted in front of its rate")
		}
		if ok && !p.dropped.IsZero() && !p.dropped.Before(start) {
			c.named("PlanName", RuleOrder, x12.Error, "the rate stands below the SPMPLANDROP of its plan")
		}
		p.rated = append(p.rated, start)
	case *PlanUpdate:
		p := m.plan(r.PlanName)
		if m.inserted && !p.inserted {
			c.named("PlanName", RuleNoPlan, x12.Error, "the member is new and the plan is not inserted in front of its change")
		}
		day, ok := ParseDate(r.EffectiveDate)
		for _, d := range p.rated {
			if ok && d.Equal(day) {
				c.named("PlanName", RuleOrder, x12.Error, "the rate of the new coverage level stands above its SPMPLANUPDATE")
				break
			}
		}
		if ok && !p.dropped.IsZero() && p.dropped.Before(day) {
			c.named("EffectiveDate", RulePeriod, x12.Error, "is behind the end of the plan")
		}
	case *PlanDrop:
		p := m.plan(r.PlanName)
		if !p.dropped.IsZero() {
			c.named("PlanName", RuleDuplicate, x12.Error, "the plan is dropped above")
		}
		if d, ok := ParseDate(r.EffectiveDate); ok {
			p.dropped = d
		}
		m.dropped++
		for _, other := range c.persons[k.person()] {
			if other != m && other.inserted && other.typ != m.typ && !m.inserted {
				c.add(-1, RuleOrder, x12.Error, "", "the billing type changes: SPMPLANDROP of the former type stands above SPMINSERT of the new one")
				break
			}
		}
	case *Update:
		c.renamed(r, m)
	}
}

func (c *Checker) insert(r *Insert, k *Key, known *member) {
	switch {
	case known != nil && known.inserted && strings.EqualFold(known.division, r.ClientDivisionName):
		c.add(-1, RuleDuplicate, x12.Error, "", "a member of the same division, SSN, billing start, type and frequency is inserted above")
	case known != nil && !known.inserted && len(known.plans) > 0:
		c.add(-1, RuleOrder, x12.Error, "", "plans or rates of the member stand above the SPMINSERT")
	case c.o.Known != nil && c.o.Known(*k):
		c.add(-1, RuleDuplicate, x12.Error, "", "the member is on file")
	}
	m := c.member(k)
	m.inserted, m.division = true, r.ClientDivisionName
}

// renamed makes the key a record has changed another name of the member.
func (c *Checker) renamed(r *Update, m *member) {
	k := r.Key
	for _, f := range [...]struct {
		to   *string
		from string
	}{{&k.OSSN, r.SSN}, {&k.OBillingStartDate, r.BillingStartDate}, {&k.OBillingType, r.BillingType}, {&k.OBillingFrequency, r.BillingFrequency}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if name := k.canonical(); c.members[name] == nil && name != r.canonical() {
		m.typ = strings.ToUpper(k.OBillingType)
		m.known = c.o.Known != nil && c.o.Known(r.Key)
		c.members[name] = m
		c.persons[k.person()] = append(c.persons[k.person()], m)
	}
}

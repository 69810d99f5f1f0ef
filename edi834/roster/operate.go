package roster

import "slices"

// The maintenance types, INS03 and HD01.
const (
	opChange    = "001"
	opDelete    = "002"
	opAdd       = "021"
	opEnd       = "024"
	opReinstate = "025"
	opCorrect   = "026"
	opAudit     = "030"
	opNone      = "032"
)

// whole takes a member of a full file, which is what the member is from then on.
func (s *State) whole(m *Member) error {
	r := &s.run
	c := s.comparer()
	place := m.Place
	undated := s.settle(m)
	i, same, found, err := s.find(m, r.scope, &r.old)
	if err != nil {
		return err
	}
	switch {
	case found && s.entry(i).gen == s.gen:
		c.note(Error, noteDuplicate)
		r.changes = c.changes
		return s.emit(&Delta{Old: m, Place: place, Changes: c.changes})
	case same:
		s.entry(i).gen = s.gen
		return nil
	case !found:
		c.compareNew(m)
		if undated {
			c.note(Warning, noteNoDate)
		}
		if r.head.Action == ActionVerify && !r.loading {
			c.note(Warning, "not in the state; "+noteAudit)
			return s.emit(&Delta{New: m, Place: place, Changes: c.changes})
		}
		if err := s.insert(m, r.scope); err != nil {
			return err
		}
		return s.emit(&Delta{New: m, Place: place, Changes: c.changes, applied: true})
	}
	s.entry(i).gen = s.gen
	s.fill(m, &r.old)
	missing := s.match(&r.old, m)
	c.compare(&r.old, m)
	if undated && len(c.changes) > 0 {
		c.note(Warning, noteNoDate)
	}
	for _, k := range missing {
		c.add(Change{Kind: Missing, From: &r.old.Coverages[k], Effective: r.day})
	}
	if len(missing) > 0 && !s.keeps(m, missing) {
		r.sum.Ended++
	}
	applied := r.head.Action == ActionReplace || r.loading
	if !applied {
		for k := range c.changes {
			c.changes[k].Note = noteAudit
		}
	} else if err := s.replace(i, &r.old, m); err != nil {
		return err
	}
	return s.emit(&Delta{Old: &r.old, New: m, Place: place, Changes: c.changes, applied: applied})
}

// keeps reports whether a member has a coverage that holds beside those that are missing.
func (s *State) keeps(m *Member, missing []int) bool {
	return slices.ContainsFunc(m.Coverages, func(c Coverage) bool {
		return (c.v[End] == "" || c.v[End] >= s.run.day) && !slices.Contains(missing, c.from-1)
	})
}

// compareNew adds the enrollments of a member who is new.
func (c *comparer) compareNew(m *Member) {
	c.reason = m.Reason
	for i := range m.Coverages {
		c.add(Change{Kind: Enroll, To: &m.Coverages[i], Effective: m.Coverages[i].v[Begin], End: m.Coverages[i].v[End]})
	}
	if len(m.Coverages) == 0 {
		c.add(Change{Kind: Enroll, Effective: first(m.v[EligibilityBegin], m.Effective), End: m.v[EligibilityEnd]})
	}
}

// settle makes a member as a file has it a member as a state has it: coverages that never were go, and those that end have
// their last day. It reports whether a day had to be guessed.
func (s *State) settle(m *Member) (undated bool) {
	m.Coverages = slices.DeleteFunc(m.Coverages, func(c Coverage) bool { return c.Operation == opDelete || c.Operation == opNone })
	for i := range m.Coverages {
		c := &m.Coverages[i]
		if (c.Operation == opEnd || m.Operation == opEnd) && c.v[End] == "" {
			undated = s.end(c, m) || undated
		}
	}
	if m.Operation == opEnd && len(m.Coverages) == 0 && m.v[EligibilityEnd] == "" {
		if m.v[EligibilityEnd] = m.Effective; m.Effective == "" {
			m.v[EligibilityEnd], undated = s.run.day, true
		}
	}
	return undated
}

// end gives a coverage its last day: of the coverage, of eligibility, from when the change holds.
func (s *State) end(c *Coverage, m *Member) (undated bool) {
	for _, day := range [...]string{m.v[EligibilityEnd], c.Effective, m.Effective} {
		if day != "" {
			c.v[End] = day
			return false
		}
	}
	c.v[End] = s.run.day
	return true
}

// fill takes what the source cannot tell from the member as it was.
func (s *State) fill(m, old *Member) {
	if s.run.source.full {
		return
	}
	for f, known := range s.run.source.member {
		if !known {
			m.v[f] = old.v[f]
		}
	}
}

// match finds which coverages of old those of new continue: same line, plan and begin first, then line and plan, then
// line, where the old one has not ended. Coverages that new leaves out stay; those of them that hold are returned, unless
// absence ends them.
func (s *State) match(old, new *Member) (missing []int) {
	n := len(new.Coverages)
	taken := make([]bool, len(old.Coverages))
	for pass := range 3 {
		for i := range n {
			b := &new.Coverages[i]
			if b.from != 0 {
				continue
			}
			for k := range old.Coverages {
				a := &old.Coverages[k]
				if taken[k] || a.v[Line] != b.v[Line] || pass < 2 && a.v[Plan] != b.v[Plan] || pass == 0 && a.v[Begin] != b.v[Begin] ||
					pass == 2 && a.v[End] != "" && a.v[End] < b.v[Begin] {
					continue
				}
				b.from, taken[k] = k+1, true
				break
			}
		}
	}
	for i := range n {
		b := &new.Coverages[i]
		if b.from == 0 || s.run.source.full {
			continue
		}
		for f, known := range s.run.source.coverage {
			if !known {
				b.v[f] = old.Coverages[b.from-1].v[f]
			}
		}
	}
	for k := range old.Coverages {
		if taken[k] {
			continue
		}
		gone := old.Coverages[k]
		gone.from = k + 1
		if gone.v[End] == "" || gone.v[End] >= s.run.day {
			if s.opts.Absent == AbsentTerminate && s.run.head.Action == ActionReplace {
				gone.v[End] = dayBefore(s.run.head)
			} else {
				missing = append(missing, k)
			}
		}
		new.Coverages = append(new.Coverages, gone)
	}
	return missing
}

// operate takes a member of a change file, which says what to do.
func (s *State) operate(m *Member) error {
	r := &s.run
	c := s.comparer()
	c.reason = m.Reason
	place := m.Place
	exact := r.exact
	r.exact = false // what is done does not depend on what is the same
	i, _, found, err := s.find(m, r.scope, &r.old)
	r.exact = exact
	if err != nil {
		return err
	}
	if !found {
		return s.unknown(m, &c)
	}
	old := &r.old
	next := s.merge(old, m)
	notes := s.operations(next, old, m)
	next.Operation, next.Reason, next.Effective, next.Prior = m.Operation, m.Reason, m.Effective, m.Prior
	c.compare(old, next)
	for _, text := range notes {
		c.note(Warning, text)
	}
	if m.Operation == opAdd && alive(old, r.day) == 1 && !slices.ContainsFunc(c.changes, func(ch Change) bool { return ch.Kind == Enroll || ch.Kind == Reinstate }) {
		c.note(Warning, "an addition of a member who is enrolled")
	}
	if m.Operation == opAudit {
		for k := range c.changes {
			c.changes[k].Note = noteAudit
		}
		return s.emit(&Delta{Old: old, New: next, Place: place, Changes: c.changes})
	}
	if err := s.replace(i, old, next); err != nil {
		return err
	}
	cascade := m.Operation == opEnd && next.v[Subscriber] == "Y"
	if err := s.emit(&Delta{Old: old, New: next, Place: place, Changes: c.changes, applied: true}); err != nil || !cascade {
		return err
	}
	return s.cascade(i, next, place)
}

// unknown takes a member of a change file whom the state does not have.
func (s *State) unknown(m *Member, c *comparer) error {
	place := m.Place
	switch {
	case m.Operation == opAudit && !s.run.loading:
		c.note(Warning, "not in the state; "+noteAudit)
	case m.Operation == opEnd && !s.run.loading:
		c.note(Warning, "the end of a member who is not in the state; not applied")
	case m.Operation == opChange && !s.run.loading:
		c.note(Error, "a change of a member who is not in the state; not applied")
	default:
		undated := s.settle(m)
		c.compareNew(m)
		if undated {
			c.note(Warning, noteNoDate)
		}
		if m.Operation == opReinstate && !s.run.loading {
			c.note(Warning, "a reinstatement of a member who is not in the state; taken as an addition")
		}
		if err := s.insert(m, s.run.scope); err != nil {
			return err
		}
		return s.emit(&Delta{New: m, Place: place, Changes: c.changes, applied: true})
	}
	return s.emit(&Delta{Old: m, Place: place, Changes: c.changes})
}

// merge returns old with what m says in its place. What a change file does not send stays, but parts of an address go
// together.
func (s *State) merge(old, m *Member) *Member {
	next := old.clone()
	for i := range next.Coverages {
		next.Coverages[i].from = i + 1
	}
	groups := [...][]Field{{Address1, Address2}, {City, StateCode, PostalCode, Country, locationQualifier, location, subdivision}}
	for _, g := range groups {
		if m.v[g[0]] != "" {
			for _, f := range g[1:] {
				next.v[f] = m.v[f]
			}
		}
	}
	for f := range m.v {
		if m.v[f] != "" {
			next.v[f] = m.v[f]
		}
	}
	if m.Operation == opReinstate || m.Operation == opAdd {
		next.v[EligibilityEnd] = m.v[EligibilityEnd]
	}
	return next
}

// operations does to next what INS03 and the HD01 of m say, and returns what is odd about it.
func (s *State) operations(next, old, m *Member) (notes []string) {
	undated := false
	for i := range m.Coverages {
		c := m.Coverages[i]
		c.from = 0
		k := target(next, &c)
		switch c.Operation {
		case opNone:
		case opDelete:
			if k < 0 {
				notes = append(notes, "a coverage to be deleted is not in the state")
				break
			}
			next.Coverages = slices.Delete(next.Coverages, k, k+1)
		case opEnd:
			if k < 0 {
				notes = append(notes, "a coverage to be ended is not in the state")
				break
			}
			if c.v[End] == "" {
				undated = s.end(&c, m) || undated
			}
			next.Coverages[k].take(&c)
		case opAdd, opReinstate:
			if k < 0 || next.Coverages[k].v[Plan] != c.v[Plan] && c.v[Plan] != "" {
				next.Coverages = append(next.Coverages, c)
				break
			}
			if next.Coverages[k].v[End] != "" {
				next.Coverages[k].v[End] = ""
			}
			next.Coverages[k].take(&c)
		case opAudit:
			if k >= 0 && m.Operation == opAudit {
				next.Coverages[k].take(&c)
			}
		default: // change, correction
			if k < 0 {
				next.Coverages = append(next.Coverages, c)
				notes = append(notes, "a coverage to be changed is not in the state; taken as an addition")
				break
			}
			next.Coverages[k].take(&c)
		}
	}
	switch m.Operation {
	case opEnd:
		undated = s.endAll(next, m) || undated
	case opReinstate:
		if len(m.Coverages) == 0 {
			last := old.until()
			for i := range next.Coverages {
				if c := &next.Coverages[i]; c.v[End] == last {
					c.v[End] = ""
					c.Effective = first(m.Effective, m.v[EligibilityBegin])
				}
			}
		}
	}
	if undated {
		notes = append(notes, noteNoDate)
	}
	return notes
}

// endAll ends the coverages of a member who ends, but for those that end by themselves.
func (s *State) endAll(next, m *Member) (undated bool) {
	last := ""
	for i := range m.Coverages {
		last = max(last, m.Coverages[i].v[End])
	}
	day := first(m.v[EligibilityEnd], first(last, m.Effective))
	if day == "" {
		day, undated = s.run.day, true
	}
	used := false
	for i := range next.Coverages {
		if c := &next.Coverages[i]; c.v[End] == "" {
			c.v[End], used = day, true
		}
	}
	if len(next.Coverages) == 0 && next.v[EligibilityEnd] == "" {
		next.v[EligibilityEnd], used = day, true
	}
	return undated && used
}

// target returns which coverage of next an operation is about, -1 for none: of the same line and plan first, and one that
// has not ended before one that has.
func target(next *Member, c *Coverage) int {
	best, rank := -1, 0
	for i := range next.Coverages {
		a := &next.Coverages[i]
		if a.v[Line] != c.v[Line] {
			continue
		}
		n := 1
		if a.v[Plan] == c.v[Plan] {
			n += 2
		}
		if a.v[End] == "" {
			n++
		}
		if c.v[Begin] != "" && a.v[Begin] == c.v[Begin] {
			n += 4
		}
		if n >= rank {
			best, rank = i, n
		}
	}
	return best
}

// take puts what another coverage says in the place of what c says.
func (c *Coverage) take(d *Coverage) {
	c.Operation, c.Effective = d.Operation, d.Effective
	for f := range d.v {
		if d.v[f] != "" {
			c.v[f] = d.v[f]
		}
	}
}

// cascade ends those under the number of a subscriber who ends. A coverage with an end of its own keeps it.
func (s *State) cascade(subscriber uint32, sub *Member, place Place) error {
	r := &s.run
	day := sub.until()
	if day == never {
		return nil
	}
	list, more := s.family(r.scope, sub.v[SubscriberID])
	if more {
		c := s.comparer()
		c.note(Warning, "more than 1000 members under one subscriber number; not all end with the subscriber")
		if err := s.emit(&Delta{Old: sub, Place: place, Changes: c.changes}); err != nil {
			return err
		}
	}
	for _, i := range list {
		e := s.entry(i)
		if i == subscriber || e.scope != r.scope {
			continue
		}
		if err := s.load(e, &r.old); err != nil {
			return err
		}
		if r.old.v[SubscriberID] != sub.v[SubscriberID] || r.old.until() != never {
			continue
		}
		next := s.ended(&r.old, day)
		next.Reason = sub.Reason
		c := s.comparer()
		c.compare(&r.old, next)
		for k := range c.changes {
			c.changes[k].Note = noteFamily
		}
		gen := e.gen
		if err := s.replace(i, &r.old, next); err != nil {
			return err
		}
		e.gen = gen
		if err := s.emit(&Delta{Old: &r.old, New: next, Place: place, Changes: c.changes, applied: true}); err != nil {
			return err
		}
	}
	return nil
}

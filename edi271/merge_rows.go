package edi271

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// mergeRow is a row of one side.
type mergeRow struct {
	side Side
	eb   int // 1 = first
	b    *Benefit
	text string // all it says but its service types, amounts in one form
	full string // all it says, as it came
	// What it has for figures, "" for none.
	value string
	// Its service types are taken together, since there are too many.
	whole bool
	// The service types for which the other side has the same row.
	agreed map[string]bool
	// What becomes of its service types: those that go together share a fate.
	fates []fate
}

// fate is where a service type of a row goes.
type fate struct {
	partner    *mergeRow // the row of the other side it is one with
	superseded bool
	types      []string
}

// rowKey is what a row is about.
type rowKey struct {
	information, level, service, network, period, quantity, procedure, places, insurance string
}

func (b *Benefit) key() rowKey {
	k := rowKey{
		information: b.Information, level: b.CoverageLevel, network: b.InNetwork, period: b.TimePeriod,
		quantity: b.QuantityQualifier, places: strings.Join(b.PlacesOfService(), " "), insurance: b.InsuranceType,
	}
	if b.Procedure != nil {
		k.procedure = string(b.Procedure.AppendJSON(nil))
	}
	return k
}

func (k rowKey) compare(l rowKey) int {
	return cmp.Or(cmp.Compare(k.information, l.information), cmp.Compare(k.level, l.level), cmp.Compare(k.service, l.service),
		cmp.Compare(k.network, l.network), cmp.Compare(k.period, l.period), cmp.Compare(k.quantity, l.quantity),
		cmp.Compare(k.procedure, l.procedure), cmp.Compare(k.places, l.places), cmp.Compare(k.insurance, l.insurance))
}

// plainAmount returns an amount without the zeros behind its point.
func plainAmount(a Amount) Amount {
	if !a.Valid {
		return a
	}
	d := a.Decimal
	for d.Exponent() < 0 && d.Equal(d.Truncate(-d.Exponent()-1)) {
		d = d.Truncate(-d.Exponent() - 1)
	}
	if d.IsZero() {
		d = decimal.Zero
	}
	return newAmount(d)
}

func newRow(side Side, eb int, b *Benefit) *mergeRow {
	r := &mergeRow{side: side, eb: eb, b: b}
	v := *b
	v.Origin = nil
	r.full = string(v.AppendJSON(nil))
	v.Amount, v.Percent, v.Quantity = plainAmount(v.Amount), plainAmount(v.Percent), plainAmount(v.Quantity)
	v.ServiceTypes = nil
	r.text = string(v.AppendJSON(nil))
	if v.Amount.Valid || v.Percent.Valid || v.Quantity.Valid {
		r.value = v.Amount.String() + "/" + v.Percent.String() + "/" + v.Quantity.String()
	}
	return r
}

// meeting is the rows of both sides about the same thing.
type meeting struct {
	key  rowKey
	rows map[Side][]*mergeRow
}

// rows merges the rows.
func (m *Merged) rows(standard, enhanced *Response, o MergeOptions) {
	var all []*mergeRow
	meetings := map[rowKey]*meeting{}
	pairs := 0
	for side, r := range map[Side]*Response{Standard: standard, Enhanced: enhanced} {
		if r == nil {
			continue
		}
		for i := range r.Benefits {
			all = append(all, newRow(side, i+1, &r.Benefits[i]))
		}
	}
	slices.SortFunc(all, func(a, b *mergeRow) int {
		return cmp.Or(-cmp.Compare(a.side, b.side), cmp.Compare(a.text, b.text), cmp.Compare(a.full, b.full), cmp.Compare(a.eb, b.eb))
	})
	for _, r := range all {
		key := r.b.key()
		services := distinct(r.b.ServiceTypes)
		if pairs += len(services); pairs > mostPairs {
			services, r.whole = []string{strings.Join(r.b.ServiceTypes, "^")}, true
		}
		for _, key.service = range services {
			if meetings[key] == nil {
				meetings[key] = &meeting{key: key, rows: map[Side][]*mergeRow{}}
			}
			at := meetings[key]
			at.rows[r.side] = append(at.rows[r.side], r)
		}
	}
	keys := make([]*meeting, 0, len(meetings))
	for _, at := range meetings {
		keys = append(keys, at)
	}
	slices.SortFunc(keys, func(a, b *meeting) int { return a.key.compare(b.key) })
	var conflicts conflictList
	for _, at := range keys {
		at.settle(o, &conflicts)
	}
	m.collect(all)
	conflicts.status(keys)
	m.Conflicts = append(m.Conflicts, conflicts.finish()...)
}

// distinct returns the service types of a row, "" for none.
func distinct(types []string) []string {
	if len(types) == 0 {
		return []string{""}
	}
	seen, out := map[string]bool{}, make([]string, 0, len(types))
	for _, t := range types {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// settle decides what becomes of the rows that meet. They are sorted by what they say.
func (at *meeting) settle(o MergeOptions, conflicts *conflictList) {
	s, e := at.rows[Standard], at.rows[Enhanced]
	var left [2][]*mergeRow
	values := [2]map[string]bool{{}, {}}
	for i, k := 0, 0; i < len(s) || k < len(e); {
		switch {
		case k >= len(e) || i < len(s) && s[i].text < e[k].text:
			left[0] = append(left[0], s[i])
			values[0][s[i].value] = true
			i++
		case i >= len(s) || s[i].text > e[k].text:
			left[1] = append(left[1], e[k])
			values[1][e[k].value] = true
			k++
		default:
			values[0][s[i].value], values[1][e[k].value] = true, true
			s[i].become(fate{partner: e[k]}, at.key.service)
			s[i].agree(at.key.service)
			e[k].agree(at.key.service)
			i, k = i+1, k+1
		}
	}
	alone := func(n int, r *mergeRow) bool { return r.value != "" && !values[1-n][r.value] } // the other side has not its figures
	var against [2][]*mergeRow
	for n := range left {
		for _, r := range left[n] {
			if alone(n, r) {
				against[n] = append(against[n], r)
			}
		}
	}
	kept, rule := choose(at.key, o)
	fight := len(against[0]) > 0 && len(against[1]) > 0
	for n, side := range [...]Side{Standard, Enhanced} {
		for _, r := range left[n] {
			r.become(fate{superseded: fight && kept != side && alone(n, r)}, at.key.service)
		}
	}
	if fight {
		conflicts.add(Conflict{Kind: ConflictValue, Kept: kept, Rule: rule, Information: at.key.information}, at.key.service, against[0], against[1])
	}
}

// choose returns the side that holds for what rows are about.
func choose(k rowKey, o MergeOptions) (Side, Rule) {
	switch {
	case k.information == "R":
		return Standard, RuleOtherPayer
	case k.period == "29" || k.period == "33" || k.period == "24":
		if o.StandardAsOf.After(o.EnhancedAsOf) {
			return Standard, RuleLater
		}
		return Enhanced, RuleLater
	}
	return Enhanced, RuleDetail
}

func (r *mergeRow) agree(service string) {
	if r.agreed == nil {
		r.agreed = map[string]bool{}
	}
	r.agreed[service] = true
}

// become notes the fate of a service type.
func (r *mergeRow) become(f fate, service string) {
	for i := range r.fates {
		if g := &r.fates[i]; g.partner == f.partner && g.superseded == f.superseded {
			g.types = append(g.types, service)
			return
		}
	}
	f.types = []string{service}
	r.fates = append(r.fates, f)
}

// part returns the row for some of its service types.
func (r *mergeRow) part(types []string, partner *mergeRow) Benefit {
	b := *r.b
	b.Origin = new(Origin)
	for _, x := range [...]*mergeRow{r, partner} {
		switch {
		case x == nil:
		case x.side == Standard:
			b.Origin.Standard = append(b.Origin.Standard, x.eb)
		default:
			b.Origin.Enhanced = append(b.Origin.Enhanced, x.eb)
		}
	}
	of := map[string]bool{}
	for _, t := range types {
		of[t] = true
	}
	if r.whole || len(of) >= len(distinct(r.b.ServiceTypes)) || len(b.ServiceTypes) == 0 {
		return b // as it came
	}
	b.ServiceTypes = nil
	for _, t := range r.b.ServiceTypes {
		if of[t] {
			b.ServiceTypes = append(b.ServiceTypes, t)
			of[t] = false
		}
	}
	return b
}

// collect makes the rows of the response.
func (m *Merged) collect(all []*mergeRow) {
	type out struct {
		key  rowKey
		text string
		b    Benefit
	}
	var list []out
	for _, r := range all {
		for _, f := range r.fates {
			if f.superseded {
				continue
			}
			b := r.part(f.types, f.partner)
			key := b.key()
			if len(b.ServiceTypes) > 0 {
				key.service = slices.Min(b.ServiceTypes)
			}
			plain := b
			plain.Origin = nil
			list = append(list, out{key, string(plain.AppendJSON(nil)), b})
		}
	}
	slices.SortStableFunc(list, func(a, b out) int { return cmp.Or(a.key.compare(b.key), cmp.Compare(a.text, b.text)) })
	for i := range list {
		m.Response.Benefits = append(m.Response.Benefits, list[i].b)
	}
}

// conflictList gathers conflicts: those of the same rows are one, whatever the service types.
type conflictList struct {
	list   []Conflict
	losers [][]*mergeRow
	at     map[string]int
}

func (l *conflictList) add(c Conflict, service string, standard, enhanced []*mergeRow) {
	for _, r := range standard {
		c.Standard = append(c.Standard, r.eb)
	}
	for _, r := range enhanced {
		c.Enhanced = append(c.Enhanced, r.eb)
	}
	slices.Sort(c.Standard)
	slices.Sort(c.Enhanced)
	key := string(c.AppendJSON(nil))
	if l.at == nil {
		l.at = map[string]int{}
	}
	k, ok := l.at[key]
	if !ok {
		k = len(l.list)
		l.at[key] = k
		l.list = append(l.list, c)
		switch c.Kept {
		case Standard:
			l.losers = append(l.losers, enhanced)
		case Enhanced:
			l.losers = append(l.losers, standard)
		default:
			l.losers = append(l.losers, nil)
		}
	}
	if service != "" {
		l.list[k].ServiceTypes = append(l.list[k].ServiceTypes, service)
	}
}

// finish returns the conflicts, with the rows that lost.
func (l *conflictList) finish() []Conflict {
	for i, losers := range l.losers {
		for _, r := range losers {
			l.list[i].Superseded = append(l.list[i].Superseded, r.part(l.list[i].ServiceTypes, nil))
		}
	}
	return l.list
}

// status finds the service types about which the sides do not agree whether there is coverage.
func (l *conflictList) status(keys []*meeting) {
	rows := map[string]*[2][]*mergeRow{}
	var order []string
	for _, at := range keys {
		if !stating(at.key.information) {
			continue
		}
		if rows[at.key.service] == nil {
			rows[at.key.service] = new([2][]*mergeRow)
			order = append(order, at.key.service)
		}
		list := rows[at.key.service]
		list[0] = append(list[0], at.rows[Standard]...)
		list[1] = append(list[1], at.rows[Enhanced]...)
	}
	for _, service := range order {
		list := rows[service]
		in, figures := [2]map[*mergeRow]bool{{}, {}}, [2][]Figure{}
		for n := range list {
			list[n] = list[n][:min(len(list[n]), mostStates)]
			for _, r := range list[n] {
				f := makeFigure(r.b, r.eb)
				f.InNetwork = r.b.InNetwork
				figures[n] = append(figures[n], f)
			}
		}
		for i := range figures[0] {
			for k := range figures[1] {
				both := list[0][i].agreed[service] && list[1][k].agreed[service] // each side contradicts itself
				if !both && contradict(&figures[0][i], &figures[1][k]) {
					in[0][list[0][i]], in[1][list[1][k]] = true, true
				}
			}
		}
		if len(in[0]) > 0 {
			l.add(Conflict{Kind: ConflictStatus}, service, keysOf(in[0]), keysOf(in[1]))
		}
	}
}

func keysOf(set map[*mergeRow]bool) (list []*mergeRow) {
	for r := range set {
		list = append(list, r)
	}
	return list
}

package edi271

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

var one = decimal.NewFromInt(1)

// mostPairs bounds how often EBs are repeated for their service types: an EB names up to 99, and real answers have some
// hundred EBs of a dozen.
const mostPairs = 100_000

// pile is the EBs that speak about the same care.
type pile struct {
	types     []string
	procedure *Procedure
	rows      []int // indexes of the benefits
}

// plan reports whether the pile is about the plan as a whole.
func (p *pile) plan() bool {
	return slices.Contains(p.types, planType) || len(p.types) == 0 && p.procedure == nil
}

// sort puts the EBs into piles: each service type for itself, then types with the same EBs together, in the order in which
// they come; those of the plan as a whole stand first.
func (s *Summary) sort(r *Response) []pile {
	var order []string // keys of piles
	rows, piles, pairs := map[string][]int{}, map[string]*pile{}, 0
	add := func(key string, row int, t string, p *Procedure) {
		if piles[key] == nil {
			piles[key] = &pile{procedure: p}
			if t != "" {
				piles[key].types = []string{t}
			}
			order = append(order, key)
		}
		if list := rows[key]; len(list) == 0 || list[len(list)-1] != row {
			rows[key] = append(list, row)
		}
	}
	for i := range r.Benefits {
		b := &r.Benefits[i]
		if named(b.Information) {
			continue
		}
		if pairs += 1 + len(b.ServiceTypes); pairs > mostPairs {
			s.Unsorted = append(s.Unsorted, i+1)
			continue
		}
		some := false
		for _, t := range b.ServiceTypes {
			if t != "" {
				some = true
				add("T"+t, i, t, nil)
			}
		}
		switch {
		case some:
		case b.Procedure != nil:
			add("P"+string(b.Procedure.AppendJSON(nil)), i, "", b.Procedure)
		default:
			add("", i, "", nil)
		}
	}
	var out []pile
	same := map[string]int{} // pile by its EBs
	for _, key := range order {
		p := piles[key]
		p.rows = rows[key]
		if len(p.types) == 0 {
			out = append(out, *p)
			continue
		}
		var sign []byte
		for _, i := range p.rows {
			sign = append(strconv.AppendInt(sign, int64(i), 36), ' ')
		}
		if k, ok := same[string(sign)]; ok {
			out[k].types = append(out[k].types, p.types...)
			continue
		}
		same[string(sign)] = len(out)
		out = append(out, *p)
	}
	slices.SortStableFunc(out, func(a, b pile) int {
		switch {
		case a.plan() == b.plan():
			return 0
		case a.plan():
			return -1
		}
		return 1
	})
	return out
}

func makeService(r *Response, p *pile, s *Summary) Service {
	v := Service{Procedure: p.procedure}
	for _, t := range p.types {
		v.Types = append(v.Types, serviceType(t))
	}
	networks := map[string]*networkMaker{}
	var order []string
	var states []int
	for _, i := range p.rows {
		b := &r.Benefits[i]
		if stating(b.Information) {
			if states = append(states, i); b.AuthorizationRequired == "" {
				continue
			}
		}
		n := networks[b.InNetwork]
		if n == nil {
			n = &networkMaker{Network: Network{InNetwork: b.InNetwork, Text: networkWords(b.InNetwork)}, cells: map[cell]*accumulatorMaker{}}
			networks[b.InNetwork] = n
			order = append(order, b.InNetwork)
		}
		n.add(b, i+1)
	}
	v.Status, v.States = stateOf(r, states)
	slices.SortStableFunc(order, func(a, b string) int { return networkRank(a) - networkRank(b) })
	for _, key := range order {
		v.Networks = append(v.Networks, networks[key].finish(s))
	}
	return v
}

// networkRank orders networks: in, out, both alike, not known, not said.
func networkRank(code string) int {
	for i, c := range [...]string{"Y", "N", "W", "U", ""} {
		if c == code {
			return i
		}
	}
	return len("YNWU") + 1
}

// stating reports whether an EB says whether there is coverage.
func stating(information string) bool { return statusOf(information) != "" }

// statusOf returns what one EB says of coverage, "" for nothing.
func statusOf(information string) Status {
	switch information {
	case "1", "2", "3", "4", "5":
		return StatusActive
	case "6", "7", "8":
		return StatusInactive
	case "I":
		return StatusNotCovered
	case "V":
		return StatusUnknown
	}
	return ""
}

// mostStates bounds the figures that are held against each other one by one.
const mostStates = 200

// stateOf returns what EBs about the same care say of coverage.
func stateOf(r *Response, rows []int) (Status, []Figure) {
	var states figures
	status := StatusUnknown
	for _, i := range rows {
		b := &r.Benefits[i]
		f := makeFigure(b, i+1)
		f.InNetwork = b.InNetwork
		states.add(f)
		switch st := statusOf(b.Information); {
		case st == StatusActive, st == StatusInactive && status != StatusActive, st == StatusNotCovered && status == StatusUnknown:
			status = st
		}
	}
	list := states.list
	for i := range list[:min(len(list), mostStates)] {
		for k := range list[:i] {
			if contradict(&list[i], &list[k]) {
				list[i].Ambiguous, list[k].Ambiguous, status = true, true, StatusConflict
			}
		}
	}
	for i := range list {
		list[i].Text = list[i].words(true)
	}
	return status, list
}

// contradict reports whether one figure says that there is coverage where the other says that there is none. What one of them
// leaves open is that of the other; EBs of different days are about different days.
func contradict(a, b *Figure) bool {
	x, y := statusOf(a.Information), statusOf(b.Information)
	if (x == StatusActive) == (y == StatusActive) || x == StatusUnknown || y == StatusUnknown {
		return false
	}
	open := func(s, t string) bool { return s == "" || t == "" || s == t }
	network := open(a.InNetwork, b.InNetwork) || a.InNetwork == "W" || b.InNetwork == "W"
	return network && open(a.CoverageLevel, b.CoverageLevel) && open(a.InsuranceType, b.InsuranceType) && open(a.Plan, b.Plan) &&
		slices.Equal(a.PlacesOfService, b.PlacesOfService) && slices.Equal(a.Dates, b.Dates) && sameProcedure(a.Procedure, b.Procedure)
}

func sameProcedure(a, b *Procedure) bool {
	return (a == nil) == (b == nil) && (a == nil || string(a.AppendJSON(nil)) == string(b.AppendJSON(nil)))
}

// state fills the status of the plan, and that of the services that have none of their own.
func (s *Summary) state(r *Response, sorted []pile) {
	var rows, all []int
	for i := range r.Benefits {
		if stating(r.Benefits[i].Information) {
			all = append(all, i)
		}
	}
	for i := range sorted {
		if sorted[i].plan() {
			rows = append(rows, sorted[i].rows...)
		}
	}
	slices.Sort(rows)
	rows = slices.DeleteFunc(slices.Compact(rows), func(i int) bool { return !stating(r.Benefits[i].Information) })
	if s.Status, s.States = stateOf(r, rows); len(rows) == 0 && len(all) > 0 {
		s.Inferred = true
		for i := range s.Services {
			switch st := s.Services[i].Status; {
			case len(s.Services[i].States) == 0:
			case s.Status == StatusUnknown, st == StatusActive, s.Status == StatusNotCovered && st == StatusInactive:
				s.Status = st
			}
		}
		_, s.States = stateOf(r, all)
		for i := range s.States { // other care is no contradiction
			s.States[i].Ambiguous = false
		}
	}
	for i := range s.Services {
		if v := &s.Services[i]; len(v.States) == 0 {
			v.Status, v.Inherited = s.Status, true
		}
	}
}

// networkMaker fills a Network.
type networkMaker struct {
	Network
	copayments, coinsurance, authorization, others figures

	cells map[cell]*accumulatorMaker
	order []cell
}

// accumulatorMaker fills an Accumulator.
type accumulatorMaker struct {
	Accumulator
	total, remaining, yearToDate figures
}

// cell is what an accumulator is about.
type cell struct {
	information, level, unit string
	lifetime                 bool
	procedure, places        string
}

func (n *networkMaker) add(b *Benefit, eb int) {
	f := makeFigure(b, eb)
	if b.AuthorizationRequired != "" {
		n.authorization.add(Figure{
			CoverageLevel: f.CoverageLevel, Authorization: f.Authorization, Procedure: f.Procedure, PlacesOfService: f.PlacesOfService,
			Conditions: f.Conditions, Messages: f.Messages, EB: f.EB,
		})
	}
	switch b.Information {
	case "B":
		n.copayments.add(f)
	case "A":
		n.coinsurance.add(f)
	case "C", "G", "F":
		n.accumulate(f)
	default:
		if !stating(b.Information) {
			n.others.add(f)
		}
	}
}

func (n *networkMaker) accumulate(f Figure) {
	c := cell{information: f.Information, level: f.CoverageLevel, unit: f.unit(), lifetime: f.TimePeriod == "32" || f.TimePeriod == "33"}
	if f.Procedure != nil {
		c.procedure = string(f.Procedure.AppendJSON(nil))
	}
	for _, p := range f.PlacesOfService {
		c.places += p + " "
	}
	a := n.cells[c]
	if a == nil {
		a = &accumulatorMaker{Accumulator: Accumulator{CoverageLevel: c.level, Unit: c.unit, Lifetime: c.lifetime}}
		n.cells[c] = a
		n.order = append(n.order, c)
	}
	switch f.TimePeriod {
	case "29", "33":
		a.remaining.add(f)
	case "24":
		a.yearToDate.add(f)
	default:
		a.total.add(f)
	}
}

// finish tells which figures are ambiguous, and puts the accumulators in.
func (n *networkMaker) finish(s *Summary) Network {
	n.Copayments, n.Coinsurance, n.Authorization, n.Others = n.copayments.list, n.coinsurance.list, n.authorization.list, n.others.list
	for _, list := range [...][]Figure{n.Copayments, n.Coinsurance, n.Authorization, n.Others} {
		settle(list)
	}
	for _, c := range n.order {
		m := n.cells[c]
		a := &m.Accumulator
		a.Total, a.Remaining, a.YearToDate = m.total.list, m.remaining.list, m.yearToDate.list
		for _, list := range [...][]Figure{a.Total, a.Remaining, a.YearToDate} {
			a.Ambiguous = settle(list) || a.Ambiguous
		}
		a.meet(s)
		switch c.information {
		case "C":
			n.Deductibles = append(n.Deductibles, *a)
		case "G":
			n.OutOfPocket = append(n.OutOfPocket, *a)
		default:
			n.Limits = append(n.Limits, *a)
		}
	}
	return n.Network
}

// meet fills Met. A total of another plan than the remainder is not its total.
func (a *Accumulator) meet(s *Summary) {
	if a.Ambiguous || len(a.Total) != 1 || len(a.Remaining) != 1 {
		return
	}
	t, r := &a.Total[0], &a.Remaining[0]
	total, rest := t.value(), r.value()
	if !total.Valid || !rest.Valid || t.Plan != r.Plan && t.Plan != "" && r.Plan != "" || len(t.Deliveries)+len(r.Deliveries) > 0 {
		return
	}
	if rest.Decimal.GreaterThan(total.Decimal) {
		s.warn("more remains than there is in all", append(slices.Clone(t.EB), r.EB...)...)
		return
	}
	a.Met = newAmount(total.Decimal.Sub(rest.Decimal))
}

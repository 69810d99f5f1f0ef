package deposit

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// minTrace is how long a trace number must be to be found in text; one digit at least must be in it.
const minTrace = 5

// traceWords suggests deposits whose text has the trace number of a payment of the same amount as a word.
func (m *Matcher) traceWords() {
	type money struct {
		trace  string
		amount int64
	}
	byTrace := map[money][]int32{}
	for i, k := range m.pKey {
		c, ok := cents(m.payments[i].Amount)
		if m.pLink[i] < 0 && ok && len(k) >= minTrace && strings.ContainsAny(k, "0123456789") {
			byTrace[money{k, c}] = append(byTrace[money{k, c}], int32(i))
			if p := plainKey(k); p != k && len(p) >= minTrace {
				byTrace[money{p, c}] = append(byTrace[money{p, c}], int32(i))
			}
		}
	}
	if len(byTrace) == 0 {
		return
	}
	choice := map[int32]int32{} // payment of an entry
	users := map[int32]int{}
	for i, e := range m.entries {
		if m.eKey[i] != "" || !m.deposit(int32(i)) {
			continue
		}
		c, ok := cents(e.Amount)
		if !ok {
			continue
		}
		var found []int32
		look := func(word string) {
			list := byTrace[money{word, c}]
			for _, p := range list[:min(len(list), 2)] {
				found = with(found, p)
			}
		}
		for _, text := range [...]string{e.Reference, e.Receiver, e.Text} {
			for word := range strings.FieldsFuncSeq(strings.ToUpper(text), func(r rune) bool { return strings.ContainsRune(" \t,;:*|/\\~()#=\"'", r) }) {
				word = strings.Trim(word, ".-")
				look(word)
				if p := plainKey(word); p != word {
					look(p)
				}
			}
		}
		switch {
		case len(found) == 0:
		case len(found) > 1:
			m.mark(found, []int32{int32(i)})
		default:
			choice[int32(i)] = found[0]
			users[found[0]]++
		}
	}
	for i := range m.entries {
		p, ok := choice[int32(i)]
		switch {
		case !ok:
		case users[p] > 1:
			m.mark([]int32{p}, []int32{int32(i)})
		case fits(m.payments[p], m.entries[i]):
			m.pair(Suggested, 4, TraceInText, p, int32(i))
		default:
			m.pair(Suggested, 4, MethodDiffers, p, int32(i))
		}
	}
}

// bucket is what payments and deposits are compared by: payer and amount, or amount alone with the payer -1.
type bucket struct {
	payer  int32
	amount int64
}

// sides is the open payments and deposits of a bucket, each by day.
type sides struct{ payments, entries []int32 }

// byPayer suggests pairs of the same payer and amount with days near each other, where neither has another choice. Of the
// deposits it takes those that take accepts.
func (m *Matcher) byPayer(take func(e int32) bool, tier int, basis Basis) {
	index := map[bucket]*sides{}
	for i, p := range m.payments {
		if c, ok := cents(p.Amount); ok && m.pLink[i] < 0 && m.payers.of[i] >= 0 {
			b := bucket{m.payers.of[i], c}
			if index[b] == nil {
				index[b] = &sides{}
			}
			index[b].payments = append(index[b].payments, int32(i))
		}
	}
	of := map[int32][]*sides{}
	for i, e := range m.entries {
		c, ok := cents(e.Amount)
		if !ok || !m.deposit(int32(i)) || !take(int32(i)) {
			continue
		}
		for _, payer := range m.payersOf(int32(i)) {
			if s := index[bucket{payer, c}]; s != nil {
				s.entries = append(s.entries, int32(i))
				of[int32(i)] = append(of[int32(i)], s)
			}
		}
	}
	m.onlyChoice(of, tier, basis)
}

// byAmount suggests pairs of the same amount with days near each other, for deposits that say nothing about their payer.
func (m *Matcher) byAmount() {
	index := map[int64]*sides{}
	of := map[int32][]*sides{}
	for i, e := range m.entries {
		c, ok := cents(e.Amount)
		if !ok || !m.deposit(int32(i)) || m.eKey[i] != "" || e.company() != "" || len(m.payersOf(int32(i))) > 0 {
			continue
		}
		if index[c] == nil {
			index[c] = &sides{}
		}
		index[c].entries = append(index[c].entries, int32(i))
		of[int32(i)] = []*sides{index[c]}
	}
	for i, p := range m.payments {
		if c, ok := cents(p.Amount); ok && m.pLink[i] < 0 && index[c] != nil {
			index[c].payments = append(index[c].payments, int32(i))
		}
	}
	m.onlyChoice(of, 5, ByAmount)
}

// onlyChoice pairs deposits with payments of the sides they are on, where each is the only choice of the other.
func (m *Matcher) onlyChoice(of map[int32][]*sides, tier int, basis Basis) {
	order := make([]int32, 0, len(of))
	sorted := map[*sides]bool{}
	for e, list := range of {
		order = append(order, e)
		for _, s := range list {
			if !sorted[s] {
				sorted[s] = true
				byDay(s.payments, m.pDay)
				byDay(s.entries, m.eDay)
			}
		}
	}
	slices.Sort(order)
	type pair struct{ p, e int32 }
	var pairs []pair
	for _, e := range order {
		var found []int32
		var at *sides
		for _, s := range of[e] {
			for _, p := range m.choices(s.payments, m.pDay, m.eDay[e], func(p int32) bool { return fits(m.payments[p], m.entries[e]) }) {
				found, at = with(found, p), s
			}
		}
		if len(found) == 0 {
			continue
		}
		p := found[0]
		rivals := m.choices(at.entries, m.eDay, m.pDay[p], func(r int32) bool { return fits(m.payments[p], m.entries[r]) })
		if len(found) > 1 || len(rivals) != 1 || rivals[0] != e {
			m.mark(found, []int32{e})
			continue
		}
		pairs = append(pairs, pair{p, e})
	}
	for _, x := range pairs {
		m.pair(Suggested, tier, basis, x.p, x.e)
	}
}

func byDay(list []int32, day []int32) {
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(day[a], day[b]) })
}

// choices returns the first two of a list sorted by day that are near a day and ok.
func (m *Matcher) choices(list, days []int32, day int32, ok func(int32) bool) (out []int32) {
	from, to := m.window(day)
	if from > to {
		return nil
	}
	k, _ := slices.BinarySearchFunc(list, from, func(i, d int32) int { return cmp.Compare(days[i], d) })
	for looked := 0; k < len(list) && days[list[k]] <= to && looked < maxLooked; k++ {
		looked++
		if ok(list[k]) {
			if out = append(out, list[k]); len(out) == 2 {
				break
			}
		}
	}
	return out
}

// maxParts is how many payments or deposits of a payer near one day are tried in all combinations.
// Of more than maxNear nothing is tried.
const (
	maxParts = 12
	maxNear  = 500
)

// combination is several of one side that add up to one of the other.
type combination struct {
	basis    Basis
	payments []int32
	entries  []int32
}

// severalERAs suggests deposits for several payments, and several deposits for one payment, of one payer and with days near
// each other. It looks at what is open: up to twelve in all combinations, and of more only at all of one day. A combination
// must be the only one, and share nothing with another.
func (m *Matcher) severalERAs() {
	payments, entries := map[int32][]int32{}, map[int32][]int32{}
	for i := range m.payments {
		if payer := m.payers.of[i]; payer >= 0 && m.pLink[i] < 0 && m.pDay[i] > 0 {
			payments[payer] = append(payments[payer], int32(i))
		}
	}
	var order []int32
	for i := range m.entries {
		if !m.deposit(int32(i)) || m.eDay[i] == 0 {
			continue
		}
		if list := m.payersOf(int32(i)); len(list) == 1 && len(payments[list[0]]) > 0 {
			if entries[list[0]] == nil {
				order = append(order, list[0])
			}
			entries[list[0]] = append(entries[list[0]], int32(i))
		}
	}
	amountP := func(i int32) (int64, bool) { return cents(m.payments[i].Amount) }
	amountE := func(i int32) (int64, bool) { return cents(m.entries[i].Amount) }
	var found []combination
	for _, payer := range order {
		ps, es := payments[payer], entries[payer]
		byDay(ps, m.pDay)
		byDay(es, m.eDay)
		for _, e := range es {
			if total, ok := amountE(e); ok {
				if set := m.addUp(ps, m.pDay, m.eDay[e], total, amountP, func(p int32) bool { return fits(m.payments[p], m.entries[e]) }); set != nil {
					found = append(found, combination{PayerSeveralERAs, set, []int32{e}})
				}
			}
		}
		for _, p := range ps {
			if total, ok := amountP(p); ok {
				if set := m.addUp(es, m.eDay, m.pDay[p], total, amountE, func(e int32) bool { return fits(m.payments[p], m.entries[e]) }); set != nil {
					found = append(found, combination{PayerSeveralEFTs, []int32{p}, set})
				}
			}
		}
	}
	usesP, usesE := map[int32]int{}, map[int32]int{}
	for _, c := range found {
		for _, p := range c.payments {
			usesP[p]++
		}
		for _, e := range c.entries {
			usesE[e]++
		}
	}
	for _, c := range found {
		shared := slices.ContainsFunc(c.payments, func(p int32) bool { return usesP[p] > 1 }) ||
			slices.ContainsFunc(c.entries, func(e int32) bool { return usesE[e] > 1 })
		if !shared {
			slices.Sort(c.payments)
			slices.Sort(c.entries)
			m.link(Suggested, 4, c.basis, c.payments, c.entries)
			continue
		}
		m.mark(c.payments, c.entries)
	}
}

// addUp returns the only two or more of a list sorted by day that are near a day and add up to a total, nil for none.
func (m *Matcher) addUp(list, days []int32, day int32, total int64, amount func(int32) (int64, bool), ok func(int32) bool) []int32 {
	from, to := m.window(day)
	k, _ := slices.BinarySearchFunc(list, from, func(i, d int32) int { return cmp.Compare(days[i], d) })
	var near []int32
	var amounts []int64
	for start := k; k < len(list) && days[list[k]] <= to; k++ {
		if k-start == maxNear {
			return nil
		}
		if c, is := amount(list[k]); is && c <= total && ok(list[k]) {
			near, amounts = append(near, list[k]), append(amounts, c)
		}
	}
	if len(near) > maxParts {
		return ofOneDay(near, amounts, days, total)
	}
	return onlySum(near, amounts, total)
}

// onlySum tries all combinations.
func onlySum(near []int32, amounts []int64, total int64) []int32 {
	var only uint32
	sum := int64(0)
	members := uint32(0)
	// A Gray code changes one member at a time.
	for n := uint32(1); n < 1<<len(near); n++ {
		k := bits.TrailingZeros32(n)
		if members ^= 1 << k; members>>k&1 == 1 {
			sum += amounts[k]
		} else {
			sum -= amounts[k]
		}
		if sum == total && members&(members-1) != 0 {
			if only != 0 {
				return nil
			}
			only = members
		}
	}
	var set []int32
	for k, i := range near {
		if only>>k&1 == 1 {
			set = append(set, i)
		}
	}
	return set
}

// ofOneDay tries all of each day.
func ofOneDay(near []int32, amounts []int64, days []int32, total int64) (set []int32) {
	for i := 0; i < len(near); {
		k, sum := i, int64(0)
		for ; k < len(near) && days[near[k]] == days[near[i]]; k++ {
			sum += amounts[k]
		}
		if sum == total && k > i+1 {
			if set != nil {
				return nil
			}
			set = slices.Clone(near[i:k])
		}
		i = k
	}
	return set
}

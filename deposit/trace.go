package deposit

import "github.com/x12-go/edi/x12"

// undone is a deposit that was taken back: the deposit, when it is there, and the entry that takes it back. Both are out of
// the play; a payment without another deposit is tied to them.
type undone struct {
	entries []int32 // deposit and return, or the return alone
	trace   string
	payer   string
	amount  int64
	tied    bool
}

// reversalDays is how many business days after a deposit a reversal without a trace may come.
const reversalDays = 5

// undo finds what was taken back. A return names its entry by the trace number of the bank; a reversal has the TRN of the
// deposit or, failing that, its payer and amount, if only one deposit has them.
func (m *Matcher) undo() {
	type money struct {
		key    string
		amount int64
	}
	byReference, byTrace, byCompany := map[money][]int32{}, map[money][]int32{}, map[money][]int32{}
	taken := map[int32]bool{}
	any := false
	for i := range m.entries {
		any = any || m.eLink[i] < 0 && m.entries[i].Sort != Deposit
	}
	if !any {
		return
	}
	for i, e := range m.entries {
		c, ok := cents(e.Amount)
		if !m.deposit(int32(i)) || !ok {
			continue
		}
		for _, x := range [...]struct {
			in  map[money][]int32
			key string
		}{{byReference, e.Reference}, {byTrace, m.eKey[i]}, {byCompany, e.company()}} {
			if x.key != "" {
				x.in[money{x.key, c}] = append(x.in[money{x.key, c}], int32(i))
			}
		}
	}
	// one returns the only deposit of a list that is not taken and not later than the entry; the first, if any will do.
	one := func(list []int32, r int32, within int, first bool) (found int32) {
		found = -1
		for _, d := range list[:min(len(list), maxLooked)] {
			e, back := m.entries[d], m.entries[r]
			switch {
			case taken[d] || e.Date.After(back.Date) && !back.Date.IsZero():
			case within >= 0 && (m.eDay[r] == 0 || m.eDay[d] == 0 || int(m.eDay[r]-m.eDay[d]) > within):
			case found >= 0:
				return -1
			case first:
				return d
			default:
				found = d
			}
		}
		return found
	}
	for i, e := range m.entries {
		r := int32(i)
		if m.eLink[i] >= 0 || e.Sort != Return && e.Sort != Reversal {
			continue
		}
		c, _ := cents(e.Amount)
		d := int32(-1)
		if e.Original != "" {
			d = one(byReference[money{e.Original, c}], r, -1, false)
		}
		if d < 0 && m.eKey[i] != "" {
			d = one(byTrace[money{m.eKey[i], c}], r, -1, true)
		}
		if d < 0 && e.Original == "" && m.eKey[i] == "" && e.company() != "" {
			d = one(byCompany[money{e.company(), c}], r, reversalDays, false)
		}
		u := undone{entries: []int32{r}, trace: m.eKey[i], payer: e.payerID(), amount: c}
		if d >= 0 {
			taken[d] = true
			u.entries = []int32{d, r}
			if m.eKey[d] != "" {
				u.trace, u.payer = m.eKey[d], m.entries[d].payerID()
			}
		}
		for _, k := range u.entries {
			m.eLink[k] = pendingLink
		}
		m.undone = append(m.undone, u)
	}
}

// pendingLink stands for the link of an entry in undone until it is made.
const pendingLink = 1 << 30

// company is what tells the payer of an entry.
func (e *Entry) company() string {
	if e.PayerID != "" {
		return e.PayerID
	}
	if e.CompanyID != "" {
		return e.CompanyID
	}
	return nameKey(e.PayerName)
}

func (e *Entry) payerID() string {
	if e.PayerID != "" {
		return e.PayerID
	}
	return e.CompanyID
}

// undonePayments ties open payments to deposits that were taken back.
func (m *Matcher) undonePayments() {
	if len(m.undone) == 0 {
		return
	}
	byTrace := map[string][]int32{}
	for i := range m.payments {
		if m.pLink[i] < 0 && m.pKey[i] != "" {
			byTrace[m.pKey[i]] = append(byTrace[m.pKey[i]], int32(i))
		}
	}
	for k := range m.undone {
		u := &m.undone[k]
		trace, basis := u.trace, ReturnedByTrace
		if trace == "" { // our own files carry a short TRN02 as identification number
			trace, basis = traceKey(m.entries[u.entries[0]].Receiver), ReturnedByReceiver
		}
		if trace == "" {
			continue
		}
		found := int32(-1)
		list := byTrace[trace]
		for _, p := range list[:min(len(list), maxLooked)] {
			c, ok := cents(m.payments[p].Amount)
			if m.pLink[p] >= 0 || !ok || c != u.amount || u.payer != "" && u.payer != m.payments[p].PayerID && u.payer != m.payments[p].Originator {
				continue
			}
			if found >= 0 {
				found = -1
				break
			}
			found = p
		}
		if found >= 0 {
			u.tied = true
			m.link(Returned, 0, basis, []int32{found}, u.entries)
		}
	}
}

// traceGroup is the payments and deposits of one trace number.
type traceGroup struct{ payments, entries []int32 }

// groups gathers open payments and deposits by trace, in the order of their first.
func (m *Matcher) groups(key func(string) string) (list []traceGroup) {
	index := make(map[string]int32, len(m.payments))
	of := func(k string) *traceGroup {
		g, ok := index[k]
		if !ok {
			g = int32(len(list))
			index[k] = g
			list = append(list, traceGroup{})
		}
		return &list[g]
	}
	for i, k := range m.pKey {
		if k != "" && m.pLink[i] < 0 {
			g := of(key(k))
			g.payments = append(g.payments, int32(i))
		}
	}
	for i, k := range m.eKey {
		if k != "" && m.deposit(int32(i)) {
			g := of(key(k))
			g.entries = append(g.entries, int32(i))
		}
	}
	return list
}

// traces resolves each trace number.
func (m *Matcher) traces() {
	for _, g := range m.groups(func(k string) string { return k }) {
		if len(g.payments) == 1 && len(g.entries) == 1 {
			m.single(g.payments[0], g.entries[0])
			continue
		}
		if len(g.payments)+len(g.entries) > 1 {
			m.crowd(&g)
		}
	}
}

// single resolves a trace that one payment and one deposit have.
func (m *Matcher) single(p, e int32) {
	pay, ent := m.payments[p], m.entries[e]
	same := equalAmounts(pay.Amount, ent.Amount)
	switch {
	case !same && ent.PayerID != "" && pay.PayerID != "" && ent.PayerID != pay.PayerID:
		// the same number by chance: TRN02 is unique for one payer only
	case !same:
		m.pair(AmountMismatch, 3, AmountDiffers, p, e)
	case !fits(pay, ent):
		m.pair(Suggested, 4, MethodDiffers, p, e)
	case ent.PayerID == pay.PayerID && ent.PayerID != "":
		m.pair(Matched, 1, ByTrace, p, e)
	default:
		m.pair(Matched, 2, payerBasis(ent), p, e)
	}
}

func equalAmounts(a, b x12.Number) bool { return a.Set() && b.Set() && a.Equal(b) }

func payerBasis(e *Entry) Basis {
	if e.PayerID == "" {
		return PayerMissing
	}
	return PayerDiffers
}

// identity is the payments and deposits of one trace number and one payer.
type identity struct {
	traceGroup
	payer string
	tied  bool
}

// crowd resolves a trace that several payments or deposits have: first those of one payer, then across.
func (m *Matcher) crowd(g *traceGroup) {
	var ids []identity
	index := map[string]int{}
	of := func(payer string) *identity {
		k, ok := index[payer]
		if !ok {
			k = len(ids)
			index[payer] = k
			ids = append(ids, identity{payer: payer})
		}
		return &ids[k]
	}
	for _, p := range g.payments {
		id := of(m.payments[p].PayerID)
		id.payments = append(id.payments, p)
	}
	for _, e := range g.entries {
		id := of(m.entries[e].PayerID)
		id.entries = append(id.entries, e)
	}
	for k := range ids {
		m.ofOnePayer(&ids[k])
	}
	m.acrossPayers(ids)
	for k := range ids {
		id := &ids[k]
		m.mismatch(id, id)
		if none, ok := index[""]; ok && id.payer != "" && !id.tied && len(id.payments) > 0 && m.onlyPayer(ids, k) {
			m.mismatch(id, &ids[none])
		}
	}
	for k := range ids {
		m.repeats(&ids[k])
	}
}

// ofOnePayer ties the payment and the deposit of an identity, or what adds up to the other side.
func (m *Matcher) ofOnePayer(id *identity) {
	first := map[int64]int32{}
	for _, e := range id.entries {
		if c, ok := cents(m.entries[e].Amount); ok {
			if _, ok := first[c]; !ok {
				first[c] = e
			}
		}
	}
	if len(id.payments) == 0 || len(first) == 0 {
		return
	}
	for _, p := range id.payments {
		c, ok := cents(m.payments[p].Amount)
		if !ok {
			continue
		}
		e, ok := first[c]
		if !ok {
			continue
		}
		id.tied = true
		switch {
		case !fits(m.payments[p], m.entries[e]):
			m.pair(Suggested, 4, MethodDiffers, p, e)
		case id.payer != "":
			m.pair(Matched, 1, ByTrace, p, e)
		default:
			m.pair(Matched, 2, PayerMissing, p, e)
		}
		return
	}
	var paid, got x12.Sum
	for _, p := range id.payments {
		paid.Add(m.payments[p].Amount)
	}
	for _, e := range id.entries {
		got.Add(m.entries[e].Amount)
	}
	if !paid.Equal(sumNumber(&got)) {
		return
	}
	switch {
	case len(id.entries) == 1:
		id.tied = true
		m.link(Suggested, 4, TraceSeveralERAs, id.payments, id.entries)
	case len(id.payments) == 1:
		id.tied = true
		m.link(Suggested, 4, TraceSeveralEFTs, id.payments, id.entries)
	}
}

// sumNumber returns a sum as a number, an absent one when it is too large.
func sumNumber(s *x12.Sum) x12.Number {
	n, ok := s.Number()
	if !ok || n.Sign() == 0 {
		return x12.Number{}
	}
	return n
}

// acrossPayers ties payments and deposits of one trace and amount whose payers are not the same, where there is one of each.
func (m *Matcher) acrossPayers(ids []identity) {
	amounts := map[int64]*traceGroup{}
	var order []*traceGroup
	of := func(c int64) *traceGroup {
		s := amounts[c]
		if s == nil {
			s = &traceGroup{}
			amounts[c] = s
			order = append(order, s)
		}
		return s
	}
	for k := range ids {
		if ids[k].tied {
			continue
		}
		if list := ids[k].payments; len(list) > 0 { // those behind the first repeat it
			if c, ok := cents(m.payments[list[0]].Amount); ok {
				s := of(c)
				s.payments = append(s.payments, list[0])
			}
		}
		if list := ids[k].entries; len(list) > 0 {
			if c, ok := cents(m.entries[list[0]].Amount); ok {
				s := of(c)
				s.entries = append(s.entries, list[0])
			}
		}
	}
	for _, s := range order {
		if len(s.payments) == 0 || len(s.entries) == 0 {
			continue
		}
		p, e := s.payments[0], s.entries[0]
		switch {
		case len(s.payments) > 1 || len(s.entries) > 1:
			m.mark(s.payments, s.entries)
		case !fits(m.payments[p], m.entries[e]):
			m.pair(Suggested, 4, MethodDiffers, p, e)
		default:
			m.pair(Matched, 2, payerBasis(m.entries[e]), p, e)
		}
	}
}

// onlyPayer reports whether no other identity has open payments.
func (m *Matcher) onlyPayer(ids []identity, k int) bool {
	if len(ids) > maxLooked {
		return false
	}
	for i := range ids {
		if i != k && len(ids[i].payments) > 0 {
			return false
		}
	}
	return true
}

// open returns those of a list that are in no link.
func open(list, link []int32) (out []int32) {
	for _, i := range list {
		if link[i] < 0 {
			out = append(out, i)
		}
	}
	return out
}

// mismatch ties what is open of a payer's payments and of deposits with the same trace: their amounts differ.
func (m *Matcher) mismatch(a, b *identity) {
	if a.tied || b.tied {
		return
	}
	payments, entries := open(a.payments, m.pLink), open(b.entries, m.eLink)
	if len(payments) > 0 && len(payments) == len(a.payments) && len(entries) > 0 {
		a.tied, b.tied = true, true
		m.link(AmountMismatch, 3, AmountDiffers, payments, entries)
	}
}

// repeats links what is open behind the first of an identity as its duplicates.
func (m *Matcher) repeats(id *identity) {
	if len(id.payments) > 1 {
		of := firstLinked(id.payments, m.pLink)
		for _, p := range id.payments {
			if p != of && m.pLink[p] < 0 {
				m.repeat(SameTrace, of, []int32{p}, nil)
			}
		}
	}
	if len(id.entries) > 1 {
		of := firstLinked(id.entries, m.eLink)
		for _, e := range id.entries {
			if e != of && m.eLink[e] < 0 {
				m.repeat(SameTrace, of, nil, []int32{e})
			}
		}
	}
}

// firstLinked returns the first of a list that is in a link, or else its first.
func firstLinked(list, link []int32) int32 {
	for _, i := range list {
		if link[i] >= 0 {
			return i
		}
	}
	return list[0]
}

// plainTraces compares what is open without leading zeros.
func (m *Matcher) plainTraces() {
	type money struct {
		payer  string
		amount int64
	}
	for _, g := range m.groups(plainKey) {
		if len(g.payments) == 0 || len(g.entries) == 0 {
			continue
		}
		payments := map[money][]int32{} // by payer, and by none for entries that do not say it
		for _, p := range g.payments {
			if c, ok := cents(m.payments[p].Amount); ok {
				k := money{m.payments[p].PayerID, c}
				payments[k] = append(payments[k], p)
				if k.payer != "" {
					k.payer = ""
					payments[k] = append(payments[k], p)
				}
			}
		}
		choices := func(e int32) []int32 {
			c, _ := cents(m.entries[e].Amount)
			return payments[money{m.entries[e].PayerID, c}]
		}
		users := map[int32]int{}
		for _, e := range g.entries {
			if list := choices(e); len(list) == 1 {
				users[list[0]]++
			}
		}
		for _, e := range g.entries {
			list := choices(e)
			switch {
			case len(list) == 0 || m.pLink[list[0]] >= 0:
			case len(list) > 1 || users[list[0]] > 1:
				m.mark(list[:min(len(list), maxLooked)], []int32{e})
			case !fits(m.payments[list[0]], m.entries[e]):
				m.pair(Suggested, 4, MethodDiffers, list[0], e)
			default:
				m.pair(Matched, 2, LeadingZeros, list[0], e)
			}
		}
	}
}

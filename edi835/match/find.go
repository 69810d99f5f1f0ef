package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/x12"
)

// Basis says why an answer belongs to a claim, or why it belongs to none.
type Basis string

// The bases, the strongest first.
const (
	ByControlNumber Basis = "control_number"            // CLP01 is CLM01
	ByChoice        Basis = "control_number_of_several" // the same of several claims that nothing else tells apart: the first that is not answered
	ByReversal      Basis = "reversed_answer"           // it takes back an answer of the claim
	ByCutNumber     Basis = "control_number_cut"        // equal but for case, leading zeros and what is behind 17 characters; the charge is equal
	ByPayerNumber   Basis = "payer_number"              // CLP07 or REF*F8 is that of another answer, or the REF*F8 of the claim
	ByPatient       Basis = "patient"                   // member, first day and charge are those of one claim that is not answered otherwise
	NoClaim         Basis = "no_claim"                  // no claim is like it
	Ambiguous       Basis = "ambiguous"                 // several are
	Repeated        Basis = "repeated"                  // the payment was read before
)

const (
	// maxSame is how many claims may share a number that is to find one.
	maxSame = 64
	// maxBack is how far back among the answers with one number, or of one claim, a reversal looks for what it takes back.
	maxBack = 256
	// cutLength is how much of CLM01 payers keep, at least.
	cutLength = 17
)

// finder finds the claim of each answer.
type finder struct {
	m        *Matcher
	r        *Result
	control  map[string][]int32 // claims by CLM01
	cut      map[string][]int32 // claims by what is left of it, made when it is asked for
	replaced map[string][]int32 // claims by REF*F8
	payer    map[string][]int32 // answers that have a claim, by CLP07
	answered []bool
}

func (m *Matcher) newFinder(r *Result) *finder {
	f := &finder{m: m, r: r, control: make(map[string][]int32, len(m.claims)), replaced: map[string][]int32{}, payer: make(map[string][]int32, len(m.answers)), answered: make([]bool, len(m.claims))}
	for i := range m.claims {
		c := &m.claims[i]
		if c.repeated {
			continue
		}
		if !isPlaceholder(c.Control) {
			f.control[c.Control] = append(f.control[c.Control], int32(i))
		}
		if !isPlaceholder(c.PayerNumber) {
			f.replaced[c.PayerNumber] = append(f.replaced[c.PayerNumber], int32(i))
		}
	}
	return f
}

// isPlaceholder reports whether a number stands for none: payers put 0 where they have none.
func isPlaceholder(s string) bool { return strings.Trim(s, "0 ") == "" }

func few(list []int32) []int32 {
	if len(list) > maxSame {
		return nil
	}
	return list
}

// run finds the claims of all answers, in their order.
func (f *finder) run() {
	answers := f.r.Answers
	var rest []int32
	for i := range answers {
		a := &answers[i]
		a.Claim, a.Basis = -1, NoClaim
		switch {
		case a.repeated:
			a.Basis = Repeated
		case a.Status.IsReversal() && f.byReversal(int32(i)) || f.byControl(int32(i)):
		default:
			rest = append(rest, int32(i))
		}
	}
	if len(rest) == 0 {
		return
	}
	var last []int32
	for _, i := range rest {
		if !f.byCut(i) && !f.byPayer(i) {
			last = append(last, i)
		}
	}
	f.byPatient(last)
}

// give ties an answer to a claim.
func (f *finder) give(i, claim int32, basis Basis) {
	a := &f.r.Answers[i]
	a.Claim, a.Basis = claim, basis
	f.answered[claim] = true
	if !isPlaceholder(a.PayerNumber) {
		f.payer[a.PayerNumber] = append(f.payer[a.PayerNumber], i)
	}
}

// byReversal ties a reversal to the claim of the answer it takes back.
func (f *finder) byReversal(i int32) bool {
	a := &f.r.Answers[i]
	list := f.payer[a.PayerNumber]
	if isPlaceholder(a.PayerNumber) {
		return false
	}
	for k := len(list) - 1; k >= max(0, len(list)-maxBack); k-- {
		b := &f.r.Answers[list[k]]
		if !b.Status.IsReversal() && opposite(a.Charge, b.Charge) && (a.Control == b.Control || isPlaceholder(a.Control)) {
			basis := ByReversal
			if a.Control == f.m.claims[b.Claim].Control {
				basis = ByControlNumber
			}
			f.give(i, b.Claim, basis)
			return true
		}
	}
	return false
}

func opposite(a, b x12.Number) bool { return a.Coef() == -b.Coef() && a.Scale() == b.Scale() }

// byControl ties an answer to the claim whose number it has.
func (f *finder) byControl(i int32) bool {
	a := &f.r.Answers[i]
	list := few(f.control[a.Control])
	best, ties := f.best(a, list, 0)
	if best < 0 {
		return false
	}
	basis := ByControlNumber
	if ties > 1 {
		basis = ByChoice
	}
	f.give(i, best, basis)
	return true
}

// What speaks for a claim, the strongest first.
const (
	wasSent      = 1 << (8 - iota) // it was submitted by the time of the payment
	sameOrder                      // primary, secondary, ...: SBR01 and CLP02
	sameCharge                     // but for the sign
	sameMember                     // or the patient's name
	samePayer                      //
	sameDays                       // they overlap
	replacesIt                     // it names the payer's number of the answer
	knownNumber                    // the answers of the claim have that number
	sameSequence                   // CLM05-3 and CLP09
)

// weigh returns what speaks for a claim; ok is false where too much speaks against it.
func (f *finder) weigh(a *AnswerResult, claim int32) (w int, ok bool) {
	c := &f.m.claims[claim]
	if c.Date.IsZero() || a.Date.IsZero() || !a.Date.Before(c.Date) {
		w |= wasSent
	}
	if c.Order == 0 || orderOf(a.Status) == 0 || c.Order == orderOf(a.Status) {
		w |= sameOrder
	}
	against := 0
	switch {
	case c.Charge.Set() && size(a.Charge) == size(c.Charge):
		w |= sameCharge
	case c.Charge.Set() && a.Charge.Set():
		against++
	}
	switch known := c.Member != "" && a.Member != ""; {
	case known && (c.Member == a.Member || c.Member == a.corrected) || c.patient != 0 && c.patient == a.patient:
		w |= sameMember
	case known:
		against++
	}
	if samePayerID(c, a.Payment) {
		w |= samePayer
	}
	if !c.From.IsZero() && !a.From.IsZero() {
		if c.To.Before(a.From) || firstDay(a.To, a.From).Before(c.From) {
			against++
		} else {
			w |= sameDays
		}
	}
	if n := c.PayerNumber; !isPlaceholder(n) && (n == a.Original || n == a.PayerNumber) {
		w |= replacesIt
	}
	for _, k := range few(f.payer[a.PayerNumber]) {
		if f.r.Answers[k].Claim == claim {
			w |= knownNumber
			break
		}
	}
	if c.Frequency == a.Frequency && c.Frequency != "" {
		w |= sameSequence
	}
	return w, against < 3
}

// orderOf returns which payer in order has answered, 0 where CLP02 does not say.
func orderOf(status edi835.ClaimStatus) uint8 {
	switch status {
	case "1", "19":
		return 1
	case "2", "20":
		return 2
	case "3", "21":
		return 3
	}
	return 0
}

func samePayerID(c *Claim, p *Payment) bool {
	if c.Payer.ID != "" && slices.Contains(p.ids, strings.ToUpper(c.Payer.ID)) {
		return true
	}
	return c.Payer.Name != "" && (c.Payer.Name == p.Payer.Name || nameKey(c.Payer.Name) == nameKey(p.Payer.Name))
}

// best returns the claim of the list that most speaks for, -1 for none that has what is needed, and how many are as good. Of
// these it is the first that is not answered, else the last.
func (f *finder) best(a *AnswerResult, list []int32, needed int) (claim int32, ties int) {
	if len(list) == 1 && needed == 0 {
		if _, ok := f.weigh(a, list[0]); ok {
			return list[0], 1
		}
		return -1, 0
	}
	claim, most, open := int32(-1), 0, false
	for _, k := range list {
		w, ok := f.weigh(a, k)
		switch {
		case !ok || w&needed == 0 && needed != 0 || ties > 0 && w < most:
		case ties == 0 || w > most:
			claim, most, ties, open = k, w, 1, !f.answered[k]
		default:
			ties++
			if !open { // later ones are better than one that is answered
				claim, open = k, !f.answered[k]
			}
		}
	}
	return claim, ties
}

// byCut ties an answer whose number was changed on its way.
func (f *finder) byCut(i int32) bool {
	if f.cut == nil {
		f.cut = map[string][]int32{}
		for k := range f.m.claims {
			if c := &f.m.claims[k]; !c.repeated && !isPlaceholder(c.Control) {
				f.cut[cutNumber(c.Control)] = append(f.cut[cutNumber(c.Control)], int32(k))
			}
		}
	}
	a := &f.r.Answers[i]
	if isPlaceholder(a.Control) {
		return false
	}
	var list []int32
	for _, k := range few(f.cut[cutNumber(a.Control)]) {
		c := &f.m.claims[k]
		w, _ := f.weigh(a, k)
		silent := c.From.IsZero() || a.From.IsZero() || c.Member == "" || a.Member == ""
		if w&sameCharge != 0 && (w&(sameMember|sameDays) != 0 || silent) {
			list = append(list, k)
		}
	}
	return f.only(i, list, ByCutNumber)
}

func cutNumber(s string) string {
	s = strings.TrimLeft(strings.ToUpper(strings.TrimSpace(s)), "0")
	return s[:min(len(s), cutLength)]
}

// only ties an answer to the one claim of a list that most speaks for.
func (f *finder) only(i int32, list []int32, basis Basis) bool {
	a := &f.r.Answers[i]
	switch claim, ties := f.best(a, list, sameCharge|sameMember|sameDays); ties {
	case 0:
	case 1:
		f.give(i, claim, basis)
		return true
	default:
		a.Basis = Ambiguous
	}
	return false
}

// byPayer ties an answer by the payer's number.
func (f *finder) byPayer(i int32) bool {
	a := &f.r.Answers[i]
	var list []int32
	for _, n := range [...]string{a.PayerNumber, a.Original} {
		if isPlaceholder(n) {
			continue
		}
		for _, k := range few(f.payer[n]) {
			if c := f.r.Answers[k].Claim; !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
		for _, c := range few(f.replaced[n]) {
			if !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return f.only(i, list, ByPayerNumber)
}

// personal is what tells the claims of a patient apart.
type personal struct {
	member string
	from   x12.Date
	charge x12.Number
}

// byPatient ties what is left by member, day and charge: answers with one number to one claim, where there is no choice
// on either side.
func (f *finder) byPatient(rest []int32) {
	claims := map[personal][]int32{}
	for k := range f.m.claims {
		if c := &f.m.claims[k]; !c.repeated && !f.answered[k] && c.Member != "" && !c.From.IsZero() && c.Charge.Set() {
			key := personal{c.Member, c.From, c.Charge}
			claims[key] = append(claims[key], int32(k))
		}
	}
	wanted := map[int32][]int32{} // by claim
	var order []int32
	for _, i := range rest {
		a := &f.r.Answers[i]
		list := f.persons(claims, a)
		switch len(list) {
		case 0:
		case 1:
			if wanted[list[0]] == nil {
				order = append(order, list[0])
			}
			wanted[list[0]] = append(wanted[list[0]], i)
		default:
			a.Basis = Ambiguous
		}
	}
	for _, claim := range order {
		first := &f.r.Answers[wanted[claim][0]]
		one := true
		for _, i := range wanted[claim] {
			a := &f.r.Answers[i]
			one = one && a.Control == first.Control && a.PayerNumber == first.PayerNumber
		}
		for _, i := range wanted[claim] {
			if f.r.Answers[i].Basis = Ambiguous; one {
				f.give(i, claim, ByPatient)
			}
		}
	}
}

// persons returns the claims an answer may be for by patient.
func (f *finder) persons(claims map[personal][]int32, a *AnswerResult) (list []int32) {
	for _, member := range [...]string{a.Member, a.corrected} {
		if member == "" || a.From.IsZero() || !a.Charge.Set() {
			continue
		}
		for _, k := range claims[personal{member, a.From, size(a.Charge)}] {
			c := &f.m.claims[k]
			other := c.NPI != "" && a.NPI != "" && c.NPI != a.NPI
			if !other && !slices.Contains(list, k) {
				if list = append(list, k); len(list) > 1 {
					return list
				}
			}
		}
	}
	return list
}

// sortAll puts what was gathered into an order that does not depend on that of the files, and marks what was read twice.
func (m *Matcher) sortAll() {
	slices.SortStableFunc(m.submissions, func(a, b *Submission) int {
		return cmp.Or(compareTexts(a.Sender, b.Sender, a.Interchange, b.Interchange, a.Group, b.Group, a.Set, b.Set, a.Reference, b.Reference),
			a.Date.Compare(b.Date), cmp.Compare(a.claims, b.claims), cmp.Compare(a.digest, b.digest), strings.Compare(a.File, b.File))
	})
	for i, s := range m.submissions {
		s.repeated = i > 0 && s.same(m.submissions[i-1])
	}
	slices.SortStableFunc(m.payments, func(a, b *Payment) int {
		return cmp.Or(compareTexts(a.Sender, b.Sender, a.Interchange, b.Interchange, a.Group, b.Group, a.Set, b.Set, a.Trace, b.Trace, a.PayerID, b.PayerID),
			a.Date.Compare(b.Date), cmp.Compare(a.claims, b.claims), a.Amount.Cmp(b.Amount), cmp.Compare(a.digest, b.digest), strings.Compare(a.File, b.File))
	})
	for i, p := range m.payments {
		p.repeated = i > 0 && p.same(m.payments[i-1])
	}
	slices.SortFunc(m.claims, func(a, b Claim) int {
		return cmp.Or(a.Date.Compare(b.Date), compareTexts(a.Control, b.Control), a.Place.compare(&b.Place), cmp.Compare(a.Number, b.Number),
			a.Charge.Cmp(b.Charge), compareTexts(a.Sender, b.Sender, a.Member, b.Member, a.PayerNumber, b.PayerNumber))
	})
	slices.SortFunc(m.answers, func(a, b Answer) int {
		return cmp.Or(a.Date.Compare(b.Date), compareTexts(a.PayerID, b.PayerID, a.Trace, b.Trace), a.Place.compare(&b.Place), cmp.Compare(a.Number, b.Number),
			compareTexts(a.Sender, b.Sender, a.Control, b.Control, a.PayerNumber, b.PayerNumber), a.Charge.Cmp(b.Charge), a.Paid.Cmp(b.Paid))
	})
}

func (s *Submission) same(t *Submission) bool {
	return s.Sender == t.Sender && s.Interchange == t.Interchange && s.Interchange != "" && s.Group == t.Group && s.Set == t.Set && s.Reference == t.Reference &&
		s.Date == t.Date && s.claims == t.claims && s.digest == t.digest
}

func (p *Payment) same(q *Payment) bool {
	return p.Sender == q.Sender && p.Interchange == q.Interchange && p.Interchange != "" && p.Group == q.Group && p.Set == q.Set && p.Trace == q.Trace &&
		p.PayerID == q.PayerID && p.Date == q.Date && p.claims == q.claims && p.Amount == q.Amount && p.digest == q.digest
}

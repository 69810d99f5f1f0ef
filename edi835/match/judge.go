package match

import (
	"github.com/x12-go/edi/x12"
)

// pair ties the reversals among answers, in order, to what they take back: the same number, charge and payment with the
// opposite sign, of an earlier payment, else of the same one, else with another payment. What stands behind a reversal in
// its own payment is its correction, not what it takes back.
func (r *Result) pair(list []int32) {
	for at, i := range list {
		a := &r.Answers[i]
		if !a.Status.IsReversal() || a.Role == ReadBefore {
			continue
		}
		found, best := int32(-1), 0
		for k := at - 1; k >= max(0, at-maxBack) && best < 3; k-- {
			b := &r.Answers[list[k]]
			if b.Status.IsReversal() || b.ReversedBy >= 0 || b.Role == ReadBefore || b.Estimates() || !opposite(a.Charge, b.Charge) {
				continue
			}
			if a.Control != b.Control && (a.PayerNumber != b.PayerNumber || isPlaceholder(a.PayerNumber)) {
				continue
			}
			rank := 0
			switch exact, earlier := opposite(a.Paid, b.Paid), a.Payment != b.Payment; {
			case exact && earlier:
				rank = 3
			case exact:
				rank = 2
			case earlier:
				rank = 1
			}
			if rank > best {
				found, best = list[k], rank
			}
		}
		if found >= 0 {
			a.Reverses, r.Answers[found].ReversedBy = found, i
		}
	}
}

// pairStrays pairs reversals and what they take back among answers without a claim.
func (r *Result) pairStrays() {
	type key struct{ payer, control, number string }
	groups := map[key][]int32{}
	for i := range r.Answers {
		a := &r.Answers[i]
		a.Role = First
		switch {
		case a.repeated:
			a.Role = ReadBefore
		case a.Claim < 0:
			a.Role = WithoutClaim
			if !isPlaceholder(a.Control) || !isPlaceholder(a.PayerNumber) {
				k := key{a.Payer.key(), a.Control, a.PayerNumber}
				groups[k] = append(groups[k], int32(i))
			}
		}
	}
	for _, list := range groups {
		r.pair(list)
	}
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Role == WithoutClaim {
			a.Stands = a.ReversedBy < 0 && !a.Status.IsReversal() && !a.Estimates() && !a.Forwarded()
		}
	}
}

// judge gives the answers of a claim their roles and finds those that stand.
func (r *Result) judge(c *ClaimResult) {
	r.pair(c.Answers)
	var standing [4]standing // by order of the payer
	var reversed [4]*Payment // the first payment in which something was taken back
	for _, i := range c.Answers {
		a := &r.Answers[i]
		order := r.orderOf(c, a, &standing)
		switch {
		case a.Status.IsReversal():
			a.Role = Reversal
			if a.Reverses < 0 {
				c.Notes |= NoOriginal
			} else {
				order = r.orderOf(c, &r.Answers[a.Reverses], &standing)
			}
			if reversed[order] == nil {
				reversed[order] = a.Payment
			}
		case a.Estimates():
			a.Role = Estimate
		case a.Forwarded():
			a.Role = HandedOn
		default:
			if order > max(c.Order, 1) {
				a.Role = LaterPayer
			}
			if a.ReversedBy < 0 {
				r.stand(c, a, i, &standing[order])
			}
			if reversed[order] != nil && a.Role != Again {
				a.Role = Correction
			}
		}
	}
	for order := range standing {
		for _, i := range standing[order].list {
			a := &r.Answers[i]
			a.Stands = true
			// A correction may stand in front of its reversal in one payment, which is not how it should be.
			if reversed[order] == a.Payment && a.Role != Again {
				a.Role = Correction
			}
		}
	}
	for order := len(standing) - 1; order >= 0; order-- {
		for _, i := range standing[order].list {
			r.Answers[i].Counts = true
		}
		if len(standing[order].list) > 0 {
			break
		}
	}
}

// orderOf returns which payer in order an answer is of. A denial as patient not known (CLP02 = 4) does not say; it is of a
// later payer where another has decided.
func (r *Result) orderOf(c *ClaimResult, a *AnswerResult, standing *[4]standing) uint8 {
	if n := orderOf(a.Status); n > 0 {
		return n
	}
	n := max(c.Order, 1)
	for k := len(standing) - 1; k > 0; k-- {
		if list := standing[k].list; len(list) > 0 {
			if b := &r.Answers[list[0]]; b.Payer.key() != a.Payer.key() {
				return min(uint8(k)+1, 3)
			}
			return max(n, uint8(k))
		}
	}
	return n
}

// standing are the decisions of one payer that stand.
type standing struct {
	list   []int32
	charge x12.Sum
}

// stand adds a decision to those of its payer that stand, and takes away what it overtakes.
func (r *Result) stand(c *ClaimResult, a *AnswerResult, i int32, s *standing) {
	for k := len(s.list) - 1; k >= max(0, len(s.list)-maxBack); k-- {
		b := &r.Answers[s.list[k]]
		if b.PayerNumber == a.PayerNumber && b.Charge == a.Charge && b.Payment != a.Payment {
			r.again(c, a, b)
			s.list[k] = i
			return
		}
	}
	var charge x12.Sum
	charge.Add(c.Charge)
	sum := s.charge
	sum.Add(a.Charge)
	switch {
	case len(s.list) == 0:
		s.list, s.charge = append(s.list, i), sum
	case sum.Cmp(&charge) <= 0:
		if a.Role != LaterPayer {
			a.Role = Part
		}
		s.list, s.charge = append(s.list, i), sum
	case r.isDuplicateDenial(a):
		a.Role = Again // it says no more than that the claim was sent twice
	default:
		for _, k := range s.list {
			r.again(c, a, &r.Answers[k])
		}
		s.list, s.charge = append(s.list[:0], i), x12.Sum{}
		s.charge.Add(a.Charge)
	}
}

func (r *Result) again(c *ClaimResult, a, b *AnswerResult) {
	a.Role = Again
	if a.Paid.Sign() != 0 && b.Paid.Sign() != 0 {
		c.Notes |= PaidAgain
	}
}

// isDuplicateDenial reports whether an answer denies a claim because it was sent before (reason 18).
func (r *Result) isDuplicateDenial(a *AnswerResult) bool {
	if a.Outcome != OutcomeDenied {
		return false
	}
	found := false
	r.adjusted(a.Answer, func(d *adjustment) { found = found || r.m.text(d.reason) == "18" })
	return found
}

// replace ties replacements and voids to the claims they stand for: that of the payer's number, else the one with the same
// number before.
func (r *Result) replace() {
	byNumber, byControl := map[string]int32{}, map[string]int32{}
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Claim >= 0 && !isPlaceholder(a.PayerNumber) {
			if _, ok := byNumber[a.PayerNumber]; !ok {
				byNumber[a.PayerNumber] = a.Claim
			}
		}
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.repeated {
			continue
		}
		if c.replaces() {
			old, ok := byNumber[c.PayerNumber]
			if !ok || old >= int32(i) {
				old, ok = byControl[c.Control]
				ok = ok && !isPlaceholder(c.Control)
			}
			for ok && r.Claims[old].ReplacedBy >= 0 {
				old = r.Claims[old].ReplacedBy
			}
			if ok && old < int32(i) && r.Claims[old].Frequency != "8" {
				c.Replaces, r.Claims[old].ReplacedBy = old, int32(i)
			}
		}
		if c.Frequency != "8" {
			byControl[c.Control] = int32(i)
		}
	}
}

// settle says what became of a claim whose answers are judged.
func (r *Result) settle(c *ClaimResult) {
	var paid x12.Sum
	var all [5]int
	standing, reversal, estimate, forwarded := 0, false, false, false
	for _, i := range c.Answers {
		a := &r.Answers[i]
		switch a.Role {
		case Reversal:
			reversal = true
		case Estimate:
			estimate = true
		case HandedOn:
			forwarded = true
		}
		if a.Stands {
			standing++
			paid.Add(a.Paid)
		}
		if a.Counts {
			all[a.Outcome]++
		}
		if c.answer < 0 && a.decides() {
			c.answer = days(c.Date, a.Date)
		}
		if c.pay < 0 && a.decides() && a.Paid.Sign() > 0 {
			c.pay = days(c.Date, a.Date)
		}
	}
	counted := all[OutcomePaid] + all[OutcomePartly] + all[OutcomeDenied] + all[OutcomeZero]
	switch {
	case counted == 0:
	case all[OutcomeDenied] == counted && paid.Sign() <= 0:
		c.Outcome = OutcomeDenied
	case all[OutcomeDenied]+all[OutcomePartly] > 0:
		c.Outcome = OutcomePartly
	case paid.Sign() > 0:
		c.Outcome = OutcomePaid
	default:
		c.Outcome = OutcomeZero
	}
	switch {
	case c.repeated:
		c.State = Duplicate
	case c.Frequency == "8" && (reversal || standing > 0 || c.Replaces >= 0 && r.isReversed(c.Replaces)):
		c.State = Voided
	case standing > 0 && r.isCorrected(c):
		c.State = Corrected
	case standing > 0:
		c.State = c.Outcome.state()
	case reversal:
		c.State = Reversed
	case c.ReplacedBy >= 0:
		c.State = Replaced
	case estimate:
		c.State = Predetermined
	case forwarded:
		c.State = Forwarded
	}
	c.FirstPass = r.firstPass(c)
	if m := r.Money(c); !m.Difference.IsZero() {
		c.Notes |= Unbalanced
	}
	var charge, answered x12.Sum
	charge.Add(c.Charge)
	for _, i := range c.Answers {
		if a := &r.Answers[i]; a.Counts {
			answered.Add(a.Charge)
		}
	}
	if counted > 0 && charge.Cmp(&answered) != 0 {
		c.Notes |= OtherCharge
	}
}

// decides reports whether an answer is a decision on its claim, whatever became of it.
func (a *AnswerResult) decides() bool {
	switch a.Role {
	case Reversal, Estimate, HandedOn, ReadBefore, WithoutClaim:
		return false
	}
	return true
}

func (r *Result) isReversed(claim int32) bool {
	for _, i := range r.Claims[claim].Answers {
		if r.Answers[i].Role == Reversal {
			return true
		}
	}
	return false
}

func (r *Result) isCorrected(c *ClaimResult) bool {
	for _, i := range c.Answers {
		if a := &r.Answers[i]; a.Role == Correction && a.Stands {
			return true
		}
	}
	return false
}

// firstPass looks at the first decision on a claim, and all of its payment.
func (r *Result) firstPass(c *ClaimResult) FirstPass {
	if c.replaces() || c.State == Duplicate || c.Estimate {
		return NotCounted
	}
	var first *Payment
	denied, changed := false, c.ReplacedBy >= 0
	for _, i := range c.Answers {
		a := &r.Answers[i]
		if first == nil && a.decides() {
			first = a.Payment
		}
		switch {
		case a.Role == Again:
			changed = changed || a.Stands // not so a denial as sent twice
		case a.Payment == first && a.decides() && a.Role != Correction:
			denied = denied || a.Outcome == OutcomeDenied || a.Outcome == OutcomePartly
			changed = changed || a.ReversedBy >= 0
		case a.Role == Reversal:
			changed = true
		}
	}
	switch {
	case first == nil:
		return NotCounted
	case denied:
		return DeniedFirst
	case changed:
		return ChangedLate
	}
	return PassedFirst
}

// days returns the days from one day to another, -1 when not known; a payment before the submission counts 0.
func days(from, to x12.Date) int32 {
	if from.IsZero() || to.IsZero() {
		return -1
	}
	return int32(max(0, dayNumber(to)-dayNumber(from)))
}

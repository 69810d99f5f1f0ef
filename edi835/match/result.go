package match

import "github.com/x12-go/edi/x12"

// State says what became of a submitted claim.
type State uint8

// The states.
const (
	NotAnswered   State = iota // no decision yet
	Paid                       // paid, but for adjustments that are no denial
	PartlyPaid                 // a part was denied
	Denied                     // all of it was denied
	ZeroPaid                   // nothing was denied and nothing is paid: the patient's share, an earlier payer or a contract took it all
	Corrected                  // taken back and decided again; [ClaimResult.Outcome] says how
	Reversed                   // taken back and not decided again
	Replaced                   // not answered, and replaced by a later claim
	Voided                     // a void (CLM05-3 = 8) that took effect
	Predetermined              // answered by what would be paid
	Forwarded                  // the payer has handed it on to another
	Duplicate                  // its submission was read twice
	states
)

// String returns the stable word of a state.
func (s State) String() string {
	return [...]string{"not_answered", "paid", "partly_paid", "denied", "zero_paid", "corrected", "reversed", "replaced", "voided", "predetermined", "forwarded", "duplicate"}[s]
}

// Outcome is the decision of a payer: of an answer, of a line, or of what stands for a claim.
type Outcome uint8

// The outcomes.
const (
	NoOutcome     Outcome = iota // a reversal, a predetermination, nothing
	OutcomePaid                  // paid, but for adjustments that are no denial
	OutcomePartly                // a part was denied
	OutcomeDenied                // all was denied
	OutcomeZero                  // nothing denied, nothing paid
)

// String returns the stable word of an outcome, "" for none.
func (o Outcome) String() string {
	return [...]string{"", "paid", "partly_paid", "denied", "zero_paid"}[o]
}

func (o Outcome) state() State {
	return [...]State{NotAnswered, Paid, PartlyPaid, Denied, ZeroPaid}[o]
}

// Role says what an answer does for its claim.
type Role uint8

// The roles.
const (
	First         Role = iota // decides first
	Part                      // decides a further part of the charge: the payer has split the claim
	LaterPayer                // decides as a secondary or later payer
	Reversal                  // takes an answer back
	Correction                // decides again after a reversal
	Again                     // decides again without one
	Estimate                  // predetermination
	HandedOn                  // forwards the claim without a decision
	ReadBefore                // is of a payment that was read twice
	WithoutClaim              // is for no claim that is known
	numberOfRoles             //
)

// String returns the stable word of a role.
func (r Role) String() string {
	return [...]string{"answer", "part", "later_payer", "reversal", "correction", "again", "predetermination", "forwarded", "read_before", "without_claim"}[r]
}

// Note flags what a person should look at.
type Note uint8

// The notes.
const (
	NoOriginal  Note = 1 << iota // a reversal of an answer that is not there
	Unbalanced                   // the answers do not add up to the charge; see [Money.Difference]
	PaidAgain                    // decided again without a reversal, and both paid
	OtherCharge                  // the charge that was answered is not the charge that was sent
)

// ClaimResult is a claim with what became of it.
type ClaimResult struct {
	*Claim
	State   State
	Outcome Outcome // of what stands; for Corrected above all
	Notes   Note
	// Answers are indexes of [Result.Answers], in order.
	Answers []int32
	// Replaces and ReplacedBy are indexes of [Result.Claims], -1 for none.
	Replaces, ReplacedBy int32
	FirstPass            FirstPass

	answer, pay int32 // days to, -1 when not known
}

// DaysToAnswer returns the days from the submission to the first decision; ok is false when there is none.
func (c *ClaimResult) DaysToAnswer() (days int, ok bool) { return int(c.answer), c.answer >= 0 }

// DaysToPay returns the days from the submission to the first payment; ok is false when there is none.
func (c *ClaimResult) DaysToPay() (days int, ok bool) { return int(c.pay), c.pay >= 0 }

// FirstPass says whether the first decision on a claim was final and without a denial.
type FirstPass uint8

// The values.
const (
	NotCounted  FirstPass = iota // not decided, or itself a replacement
	PassedFirst                  // decided at once
	DeniedFirst                  // the first decision was a denial, of the whole or a part
	ChangedLate                  // decided without a denial, and then reversed, decided again, or replaced
)

// String returns the stable word, "" for NotCounted.
func (p FirstPass) String() string {
	return [...]string{"", "passed", "denied_first", "changed_later"}[p]
}

// AnswerResult is a remittance claim with what it is for.
type AnswerResult struct {
	*Answer
	Claim   int32 // index of [Result.Claims], -1 for none
	Basis   Basis
	Role    Role
	Outcome Outcome
	// Reverses and ReversedBy are indexes of [Result.Answers], -1 for none.
	Reverses, ReversedBy int32
	// Stands: not taken back, and not overtaken by a later decision of the same payer.
	Stands bool
	// Counts: it stands and no later payer's stands; its adjustments are those of the claim.
	Counts bool

	links span // for each line, see lineLink
}

// lineLink ties a line of an answer to a line of its claim.
type lineLink struct {
	line  int32 // index in the claim, -1 for none
	basis LineBasis
}

// Result is what [Matcher.Match] found.
type Result struct {
	AsOf    x12.Date
	Claims  []ClaimResult  // by date of submission and number
	Answers []AnswerResult // by date of payment and number

	m     *Matcher
	links []lineLink
	known notDenied
	lists []int32 // the answers of all claims
}

// Match ties what was added. It may be called again when more was added; an earlier Result is not valid then.
func (m *Matcher) Match() *Result {
	m.sortAll()
	r := &Result{AsOf: m.o.AsOf, m: m, Claims: make([]ClaimResult, len(m.claims)), Answers: make([]AnswerResult, len(m.answers)), known: m.newNotDenied()}
	for i := range m.claims {
		r.Claims[i] = ClaimResult{Claim: &m.claims[i], Replaces: -1, ReplacedBy: -1, answer: -1, pay: -1}
	}
	for i := range m.answers {
		a := &r.Answers[i]
		*a = AnswerResult{Answer: &m.answers[i], Reverses: -1, ReversedBy: -1}
		a.Outcome = r.outcome(a.Answer)
	}
	m.newFinder(r).run()
	r.gather()
	r.pairStrays()
	for i := range r.Claims {
		r.judge(&r.Claims[i])
	}
	r.replace()
	for i := range r.Claims {
		r.settle(&r.Claims[i])
	}
	r.tieLines()
	if r.AsOf.IsZero() {
		r.AsOf = r.lastDay()
	}
	return r
}

func (r *Result) lastDay() (last x12.Date) {
	for _, s := range r.m.submissions {
		if s.Date.After(last) {
			last = s.Date
		}
	}
	for _, p := range r.m.payments {
		if p.Date.After(last) {
			last = p.Date
		}
	}
	return last
}

// gather lists the answers of each claim, in order.
func (r *Result) gather() {
	counts := make([]int32, len(r.Claims)+1)
	total := 0
	for i := range r.Answers {
		if c := r.Answers[i].Claim; c >= 0 {
			counts[c+1]++
			total++
		}
	}
	for i := range r.Claims {
		counts[i+1] += counts[i]
	}
	r.lists = make([]int32, total)
	for i := range r.Claims {
		r.Claims[i].Answers = r.lists[counts[i]:counts[i]:counts[i+1]]
	}
	for i := range r.Answers {
		if c := r.Answers[i].Claim; c >= 0 {
			r.Claims[c].Answers = append(r.Claims[c].Answers, int32(i))
		}
	}
}

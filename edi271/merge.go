package edi271

import (
	"errors"
	"fmt"

	"github.com/x12-go/edi/x12"
)

// ErrOtherPerson is wrapped by the errors for two answers that are not about the same person of the same payer.
var ErrOtherPerson = errors.New("edi271: the answers are not about the same person")

// Side is one of two answers to the same question: the standard one is a payer's 271, the enhanced one has been gathered in
// another way, from the payer's portal as a rule.
type Side string

// The sides.
const (
	Standard Side = "standard"
	Enhanced Side = "enhanced"
)

// Outcome is which answers brought data: rows.
type Outcome string

// The outcomes.
const (
	OutcomeBoth     Outcome = "both"
	OutcomeEnhanced Outcome = "enhanced" // only that one
	OutcomeStandard Outcome = "standard" // only that one
	OutcomeNone     Outcome = "none"
)

// NotParticipating is the Error of a [Merged] when the payer gives enhanced answers only and gave none.
const NotParticipating = "payer_not_participating"

// MergeOptions are what [Merge] cannot see in the answers.
type MergeOptions struct {
	// The days the answers are of. What remains of a deductible or of visits is taken from the later one; of the same day,
	// or where neither is given, from the enhanced one.
	StandardAsOf x12.Date
	EnhancedAsOf x12.Date
	// The payer gives enhanced answers only.
	EnhancedOnly bool
}

// Merged is one answer made of two.
type Merged struct {
	Outcome Outcome `json:"outcome,omitempty"`
	// The enhanced answer brought data.
	Billable bool `json:"billable,omitempty"`
	// NotParticipating, or empty.
	Error string `json:"error,omitempty"`
	// The answer; its benefits are sorted, and each says in Origin which rows it is from. Nil when there was no answer
	// at all.
	Response  *Response  `json:"response,omitempty"`
	Conflicts []Conflict `json:"conflicts,omitempty"`
	// The rejections of the answers: Warnings where one of them brought data, else Errors.
	Warnings []SideRejection `json:"warnings,omitempty"`
	Errors   []SideRejection `json:"errors,omitempty"`
}

// SideRejection is a rejection with the answer it stands in; its EB is one of that answer.
type SideRejection struct {
	Side Side `json:"side,omitempty"`
	PlacedRejection
}

// ConflictKind is what two answers disagree on.
type ConflictKind string

// The kinds of conflicts.
const (
	ConflictStatus ConflictKind = "status" // active on one side and not on the other; nothing is chosen
	ConflictValue  ConflictKind = "value"  // rows about the same thing with different figures
	ConflictPerson ConflictKind = "person" // who it is about
)

// Rule is why one side was chosen in a conflict.
type Rule string

// The rules.
const (
	RuleLater      Rule = "later"      // what remains: that of the later day
	RuleDetail     Rule = "detail"     // limits, frequencies and amounts: the enhanced one
	RuleOtherPayer Rule = "otherPayer" // other payers: the standard one
	RulePerson     Rule = "person"     // names, numbers and dates of the plan: the standard one, where it brought data
)

// Conflict is something the answers disagree on.
type Conflict struct {
	Kind ConflictKind `json:"kind,omitempty"`
	// The side whose word is in the response; empty: those of both.
	Kept Side `json:"kept,omitempty"`
	Rule Rule `json:"rule,omitempty"`
	// Of a person the field, "subscriber.birthDate".
	Field string `json:"field,omitempty"`
	// Of rows what they are about.
	Information  string   `json:"information,omitempty"`
	ServiceTypes []string `json:"serviceTypes,omitempty"`
	// The rows of each side, 1 = its first EB.
	Standard []int `json:"standard,omitempty"`
	Enhanced []int `json:"enhanced,omitempty"`
	// The rows that are not in the response.
	Superseded []Benefit `json:"superseded,omitempty"`
}

// Merge makes one answer of two about the same person. Either may be nil: there was none. The error wraps [ErrOtherPerson]
// where they are not about the same person: payer and either member id or name and birth date have to agree.
//
// Rows are about the same thing when EB01, EB02, EB04, EB06, EB09, EB12, procedure, places of service and one service type
// are the same. Those that are the same in all else too are one row from both sides. Of those with different figures
// one side is chosen, see [Rule], and the others stand in Conflicts; rows without figures, or with the same, are all kept. No
// row disappears, and the order of the rows that come in does not matter.
//
// An answer that has no rows brought no data. Its rejections are Warnings if the other has rows.
func Merge(standard, enhanced *Response, o MergeOptions) (*Merged, error) {
	if standard != nil && enhanced != nil {
		if err := samePerson(standard, enhanced); err != nil {
			return nil, err
		}
	}
	m := &Merged{Outcome: OutcomeNone}
	s, e := rowsOf(standard), rowsOf(enhanced)
	switch {
	case s > 0 && e > 0:
		m.Outcome = OutcomeBoth
	case e > 0:
		m.Outcome = OutcomeEnhanced
	case s > 0:
		m.Outcome = OutcomeStandard
	}
	m.Billable = e > 0
	if o.EnhancedOnly && e == 0 {
		m.Error = NotParticipating
	}
	m.reject(Standard, standard)
	m.reject(Enhanced, enhanced)
	base, other, side := standard, enhanced, Standard
	if s == 0 && (e > 0 || standard == nil) {
		base, other, side = enhanced, standard, Enhanced
	}
	if base == nil {
		return m, nil
	}
	m.people(base, other, side)
	m.rows(standard, enhanced, o)
	return m, nil
}

func rowsOf(r *Response) int {
	if r == nil {
		return 0
	}
	return len(r.Benefits)
}

// reject keeps the rejections of an answer.
func (m *Merged) reject(side Side, r *Response) {
	if r == nil {
		return
	}
	to := &m.Warnings
	if m.Outcome == OutcomeNone {
		to = &m.Errors
	}
	for _, x := range r.Rejections() {
		*to = append(*to, SideRejection{side, x})
	}
}

// mostCandidates bounds how many answers of one number or name are looked at for a partner.
const mostCandidates = 100

// MergeAll merges the answers of two lists: each standard answer with the first enhanced one that is left and is about
// the same person, then the enhanced ones that are left over. Each answer is in exactly one of the results.
func MergeAll(standard, enhanced []*Response, o MergeOptions) []*Merged {
	found, used := map[string][]int{}, make([]bool, len(enhanced))
	for i, r := range enhanced {
		for _, key := range personKeys(r) {
			found[key] = append(found[key], i)
		}
	}
	partner := func(r *Response) *Response {
		best := -1
		for _, key := range personKeys(r) {
			list := found[key]
			for len(list) > 0 && used[list[0]] {
				list = list[1:]
			}
			found[key] = list
			for _, i := range list[:min(len(list), mostCandidates)] {
				if !used[i] && (best < 0 || i < best) && samePerson(r, enhanced[i]) == nil {
					best = i
				}
			}
		}
		if best < 0 {
			return nil
		}
		used[best] = true
		return enhanced[best]
	}
	var out []*Merged
	add := func(s, e *Response) {
		if m, err := Merge(s, e, o); err == nil { // they are about the same person
			out = append(out, m)
		}
	}
	for _, r := range standard {
		add(r, partner(r))
	}
	for i, r := range enhanced {
		if !used[i] {
			add(nil, r)
		}
	}
	return out
}

func otherPerson(what string) error { return fmt.Errorf("%w: %s", ErrOtherPerson, what) }

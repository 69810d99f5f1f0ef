package match

import (
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// column is a column of a table with its meaning.
type column[T any] struct {
	name, meaning string
	value         func(*T) string
	count         bool // a whole number, in JSON too
}

func amountText(n x12.Number) string {
	if !n.Set() {
		return ""
	}
	var s x12.Sum
	s.Add(n)
	return s.String()
}

func intText(n int) string { return strconv.Itoa(n) }

func ordinal(n int64) string { return strconv.FormatInt(n, 10) }

func oneOrZero(v bool) string {
	if v {
		return "1"
	}
	return "0"
}

func ofClaim(f func(*ClaimResult) string) func(*claimItem) string {
	return func(i *claimItem) string {
		if i.c == nil {
			return ""
		}
		return f(i.c)
	}
}

func ofMoney(f func(*Money) *x12.Sum) func(*claimItem) string {
	return func(i *claimItem) string {
		if i.c == nil {
			return ""
		}
		return f(&i.money).String()
	}
}

func ofAnswer(f func(*AnswerResult) string) func(*claimItem) string {
	return func(i *claimItem) string {
		if i.a == nil {
			return ""
		}
		return f(i.a)
	}
}

func dayText(n int32) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// Words returns the stable words of the notes.
func (n Note) Words() (list []string) {
	for k, word := range [...]string{"reversal_without_original", "unbalanced", "paid_again", "other_charge"} {
		if n&(1<<k) != 0 {
			list = append(list, word)
		}
	}
	return list
}

func claimColumns() []column[claimItem] {
	number := func(k int32, r *Result) string {
		if k < 0 {
			return ""
		}
		return r.Claims[k].Control
	}
	return []column[claimItem]{
		{"claim_row", "1 for the first row of a claim: filter on it before adding claim columns up", func(i *claimItem) string { return oneOrZero(i.first) }, true},
		{"state", "What became of the claim; without_claim for an answer that belongs to none, read_before for one of a payment read twice", func(i *claimItem) string {
			if i.c == nil {
				return i.a.Role.String()
			}
			return i.c.State.String()
		}, false},
		{"outcome", "What was decided, by what stands", ofClaim(func(c *ClaimResult) string { return c.Outcome.String() }), false},
		{"first_pass", "The first decision: passed, denied_first or changed_later", ofClaim(func(c *ClaimResult) string { return c.FirstPass.String() }), false},
		{"notes", "What to look at, words with blanks between", ofClaim(func(c *ClaimResult) string { return strings.Join(c.Notes.Words(), " ") }), false},
		{"patient_control_number", "CLM01", ofClaim(func(c *ClaimResult) string { return c.Control }), false},
		{"file_name", "File of the claim", ofClaim(func(c *ClaimResult) string { return c.File }), false},
		{"interchange_control_number", "ISA13 of the claim", ofClaim(func(c *ClaimResult) string { return c.Interchange }), false},
		{"group_control_number", "GS06 of the claim", ofClaim(func(c *ClaimResult) string { return c.Group }), false},
		{"transaction_control_number", "ST02 of the claim", ofClaim(func(c *ClaimResult) string { return c.Set }), false},
		{"claim_seq", "Ordinal of the claim in its set", ofClaim(func(c *ClaimResult) string { return ordinal(c.Number) }), true},
		{"kind", "professional, institutional or dental", ofClaim(func(c *ClaimResult) string { return string(c.Kind) }), false},
		{"claim_frequency_code", "CLM05-3", ofClaim(func(c *ClaimResult) string { return c.Frequency }), false},
		{"submitted", "BHT04, else the date of the envelope", ofClaim(func(c *ClaimResult) string { return c.Date.String() }), false},
		{"service_from", "First day of service", ofClaim(func(c *ClaimResult) string { return c.From.String() }), false},
		{"service_to", "Last day of service", ofClaim(func(c *ClaimResult) string { return c.To.String() }), false},
		{"payer_id", "NM109 of 2010BB", ofClaim(func(c *ClaimResult) string { return c.Payer.ID }), false},
		{"payer_name", "NM103 of 2010BB", ofClaim(func(c *ClaimResult) string { return c.Payer.Name }), false},
		{"billing_provider_npi", "NM109 of 2010AA", ofClaim(func(c *ClaimResult) string { return c.NPI }), false},
		{"original_reference_number", "REF*F8: what the claim replaces or voids", ofClaim(func(c *ClaimResult) string { return c.PayerNumber }), false},
		{"replaces", "CLM01 of the claim it replaces or voids", func(i *claimItem) string {
			if i.c == nil {
				return ""
			}
			return number(i.c.Replaces, i.r)
		}, false},
		{"replaced_by", "CLM01 of the claim that replaces or voids it", func(i *claimItem) string {
			if i.c == nil {
				return ""
			}
			return number(i.c.ReplacedBy, i.r)
		}, false},
		{"member_id", "NM109 of 2010BA; only with --show-values", ofShown(func(i *claimItem) string {
			if i.c == nil {
				return ""
			}
			return i.c.Member
		}), false},
		{"charge_amount", "CLM02", ofMoney(func(m *Money) *x12.Sum { return &m.Charged }), false},
		{"paid_amount", "Paid by all answers, reversals taken off", ofMoney(func(m *Money) *x12.Sum { return &m.Paid }), false},
		{"contractual_amount", "Adjusted without a denial", ofMoney(func(m *Money) *x12.Sum { return &m.Contractual }), false},
		{"other_payer_amount", "OA 23, less what earlier payers have paid here", ofMoney(func(m *Money) *x12.Sum { return &m.OtherPayer }), false},
		{"patient_amount", "Deductible, coinsurance and copayment", ofMoney(func(m *Money) *x12.Sum { return &m.Patient }), false},
		{"denied_patient_amount", "Denied at the cost of the patient: other PR", ofMoney(func(m *Money) *x12.Sum { return &m.DeniedPatient }), false},
		{"denied_amount", "Denied otherwise", ofMoney(func(m *Money) *x12.Sum { return &m.Denied }), false},
		{"open_amount", "Not decided yet", ofMoney(func(m *Money) *x12.Sum { return &m.Open }), false},
		{"withdrawn_amount", "No longer asked for: reversed, replaced, void, read twice, or a predetermination", ofMoney(func(m *Money) *x12.Sum { return &m.Withdrawn }), false},
		{"difference_amount", "What the answers do not explain; the nine amounts add up to the charge", ofMoney(func(m *Money) *x12.Sum { return &m.Difference }), false},
		{"days_to_answer", "Days from submission to the first decision", ofClaim(func(c *ClaimResult) string { return dayText(c.answer) }), true},
		{"days_to_pay", "Days from submission to the first payment", ofClaim(func(c *ClaimResult) string { return dayText(c.pay) }), true},
		{"age_days", "Days since submission, where a decision is to come", func(i *claimItem) string {
			if i.c == nil || !i.c.State.isOpen() || i.c.withdrawn() {
				return ""
			}
			n, k := age(i.r.AsOf, i.c.Date)
			if k == ageBuckets-1 {
				return ""
			}
			return intText(n)
		}, true},
		{"answer_count", "Answers of the claim", ofClaim(func(c *ClaimResult) string { return intText(len(c.Answers)) }), true},
		{"answer_role", "What the answer does", ofAnswer(func(a *AnswerResult) string { return a.Role.String() }), false},
		{"answer_basis", "Why it belongs to the claim, or to none", ofAnswer(func(a *AnswerResult) string { return string(a.Basis) }), false},
		{"answer_outcome", "What it decides", ofAnswer(func(a *AnswerResult) string { return a.Outcome.String() }), false},
		{"answer_stands", "1: not taken back and not overtaken", ofAnswer(func(a *AnswerResult) string { return oneOrZero(a.Stands) }), true},
		{"answer_counts", "1: its adjustments are those of the claim", ofAnswer(func(a *AnswerResult) string { return oneOrZero(a.Counts) }), true},
		{"answer_file_name", "File of the answer", ofAnswer(func(a *AnswerResult) string { return a.File }), false},
		{"answer_interchange_control_number", "ISA13 of the answer", ofAnswer(func(a *AnswerResult) string { return a.Interchange }), false},
		{"answer_group_control_number", "GS06 of the answer", ofAnswer(func(a *AnswerResult) string { return a.Group }), false},
		{"answer_transaction_control_number", "ST02 of the answer", ofAnswer(func(a *AnswerResult) string { return a.Set }), false},
		{"answer_claim_seq", "Ordinal of CLP in its set", ofAnswer(func(a *AnswerResult) string { return ordinal(a.Number) }), true},
		{"answer_patient_control_number", "CLP01", ofAnswer(func(a *AnswerResult) string { return a.Control }), false},
		{"answer_payer_claim_control_number", "CLP07", ofAnswer(func(a *AnswerResult) string { return a.PayerNumber }), false},
		{"answer_original_reference_number", "REF*F8 of the answer", ofAnswer(func(a *AnswerResult) string { return a.Original }), false},
		{"answer_claim_status_code", "CLP02", ofAnswer(func(a *AnswerResult) string { return string(a.Status) }), false},
		{"answer_member_id", "Member id of the answer; only with --show-values", ofShown(ofAnswer(func(a *AnswerResult) string { return a.Member })), false},
		{"answer_charge_amount", "CLP03", ofAnswer(func(a *AnswerResult) string { return amountText(a.Charge) }), false},
		{"answer_paid_amount", "CLP04", ofAnswer(func(a *AnswerResult) string { return amountText(a.Paid) }), false},
		{"answer_patient_responsibility_amount", "CLP05", ofAnswer(func(a *AnswerResult) string { return amountText(a.PatientResponsibility) }), false},
		{"payment_date", "BPR16, else DTM*405", ofAnswer(func(a *AnswerResult) string { return a.Date.String() }), false},
		{"trace_number", "TRN02", ofAnswer(func(a *AnswerResult) string { return a.Trace }), false},
		{"trace_payer_id", "TRN03", ofAnswer(func(a *AnswerResult) string { return a.PayerID }), false},
		{"answer_payer_id", "N104 of 1000A, else REF*2U, else TRN03", ofAnswer(func(a *AnswerResult) string { return a.Payer.ID }), false},
		{"answer_payer_name", "N102 of 1000A", ofAnswer(func(a *AnswerResult) string { return a.Payer.Name }), false},
		{"reverses_set", "ST02 of the answer that this one takes back", ofAnswerIn(func(r *Result, a *AnswerResult) int32 { return a.Reverses }), false},
		{"reversed_by_set", "ST02 of the answer that takes this one back", ofAnswerIn(func(r *Result, a *AnswerResult) int32 { return a.ReversedBy }), false},
	}
}

func ofShown(f func(*claimItem) string) func(*claimItem) string {
	return func(i *claimItem) string {
		if !i.show {
			return ""
		}
		return f(i)
	}
}

func ofAnswerIn(f func(*Result, *AnswerResult) int32) func(*claimItem) string {
	return func(i *claimItem) string {
		if i.a == nil {
			return ""
		}
		k := f(i.r, i.a)
		if k < 0 {
			return ""
		}
		return i.r.Answers[k].Set
	}
}

func ofLine(f func(*lineItem, *Line) string) func(*lineItem) string {
	return func(i *lineItem) string {
		if i.line == nil {
			return ""
		}
		return f(i, i.line)
	}
}

func ofService(f func(*lineItem, *AnswerLine) string) func(*lineItem) string {
	return func(i *lineItem) string {
		if i.s == nil {
			return ""
		}
		return f(i, i.s)
	}
}

func ofCheck(f func(*Allowance) *x12.Sum) func(*lineItem) string {
	return func(i *lineItem) string {
		if i.allowance.Check == NotChecked {
			return ""
		}
		return f(&i.allowance).String()
	}
}

func lineColumns() []column[lineItem] {
	claim := func(f func(*ClaimResult) string) func(*lineItem) string {
		return func(i *lineItem) string {
			if i.c == nil {
				return ""
			}
			return f(i.c)
		}
	}
	answer := func(f func(*AnswerResult) string) func(*lineItem) string {
		return func(i *lineItem) string {
			if i.a == nil {
				return ""
			}
			return f(i.a)
		}
	}
	return []column[lineItem]{
		{"line_row", "1 for the first row of a line: filter on it before adding line columns up", func(i *lineItem) string { return oneOrZero(i.first) }, true},
		{"line_state", "What became of the line by the answer on the row; not_answered, or with_claim where the claim was decided without lines", (*lineItem).state, false},
		{"claim_state", "State of the claim", claim(func(c *ClaimResult) string { return c.State.String() }), false},
		{"patient_control_number", "CLM01", claim(func(c *ClaimResult) string { return c.Control }), false},
		{"file_name", "File of the claim", claim(func(c *ClaimResult) string { return c.File }), false},
		{"interchange_control_number", "ISA13 of the claim", claim(func(c *ClaimResult) string { return c.Interchange }), false},
		{"group_control_number", "GS06 of the claim", claim(func(c *ClaimResult) string { return c.Group }), false},
		{"transaction_control_number", "ST02 of the claim", claim(func(c *ClaimResult) string { return c.Set }), false},
		{"claim_seq", "Ordinal of the claim in its set", claim(func(c *ClaimResult) string { return ordinal(c.Number) }), true},
		{"payer_id", "NM109 of 2010BB", claim(func(c *ClaimResult) string { return c.Payer.ID }), false},
		{"line_number", "LX01", ofLine(func(_ *lineItem, l *Line) string { return ordinal(l.Number) }), true},
		{"line_item_control_number", "REF*6R of the claim", ofLine(func(_ *lineItem, l *Line) string { return l.Control }), false},
		{"procedure_code", "Procedure that was billed", ofLine(func(i *lineItem, l *Line) string { return i.r.m.text(l.procedure) }), false},
		{"modifiers", "Its modifiers in alphabetical order, with : between", ofLine(func(i *lineItem, l *Line) string { return i.r.m.text(l.modifiers) }), false},
		{"revenue_code", "SV201", ofLine(func(i *lineItem, l *Line) string { return i.r.m.text(l.revenue) }), false},
		{"service_date", "First day of the line", ofLine(func(_ *lineItem, l *Line) string { return l.Date.String() }), false},
		{"units", "Units billed; empty where they are minutes or the like", ofLine(func(_ *lineItem, l *Line) string { return l.Units.String() }), false},
		{"charge_amount", "Charge of the line", ofLine(func(_ *lineItem, l *Line) string { return amountText(l.Charge) }), false},
		{"answer_basis", "Why the service of the answer belongs to the line", func(i *lineItem) string { return i.basis.String() }, false},
		{"answer_role", "What the answer does", answer(func(a *AnswerResult) string { return a.Role.String() }), false},
		{"answer_counts", "1: the answer counts for the claim", answer(func(a *AnswerResult) string { return oneOrZero(a.Counts) }), true},
		{"answer_file_name", "File of the answer", answer(func(a *AnswerResult) string { return a.File }), false},
		{"answer_interchange_control_number", "ISA13 of the answer", answer(func(a *AnswerResult) string { return a.Interchange }), false},
		{"answer_group_control_number", "GS06 of the answer", answer(func(a *AnswerResult) string { return a.Group }), false},
		{"answer_transaction_control_number", "ST02 of the answer", answer(func(a *AnswerResult) string { return a.Set }), false},
		{"answer_claim_seq", "Ordinal of CLP in its set", answer(func(a *AnswerResult) string { return ordinal(a.Number) }), true},
		{"answer_service_seq", "Ordinal of SVC in its claim", ofService(func(i *lineItem, _ *AnswerLine) string { return intText(i.seq) }), true},
		{"answer_patient_control_number", "CLP01", answer(func(a *AnswerResult) string { return a.Control }), false},
		{"payment_date", "BPR16, else DTM*405", answer(func(a *AnswerResult) string { return a.Date.String() }), false},
		{"answer_line_item_control_number", "REF*6R of the answer", ofService(func(_ *lineItem, s *AnswerLine) string { return s.Control }), false},
		{"answer_procedure_code", "SVC01-2", ofService(func(i *lineItem, s *AnswerLine) string { return i.r.m.text(s.procedure) }), false},
		{"answer_modifiers", "Its modifiers in alphabetical order", ofService(func(i *lineItem, s *AnswerLine) string { return i.r.m.text(s.modifiers) }), false},
		{"answer_submitted_procedure_code", "SVC06-2", ofService(func(i *lineItem, s *AnswerLine) string { return i.r.m.text(s.billed) }), false},
		{"answer_revenue_code", "SVC04, or SVC01 where that is one", ofService(func(i *lineItem, s *AnswerLine) string { return i.r.m.text(s.revenue) }), false},
		{"answer_service_date", "First day of the service", ofService(func(_ *lineItem, s *AnswerLine) string { return s.Date.String() }), false},
		{"answer_units", "SVC05, 1 when absent", ofService(func(_ *lineItem, s *AnswerLine) string { return s.Units.String() }), false},
		{"answer_charge_amount", "SVC02", ofService(func(_ *lineItem, s *AnswerLine) string { return amountText(s.Charge) }), false},
		{"answer_paid_amount", "SVC03", ofService(func(_ *lineItem, s *AnswerLine) string { return amountText(s.Paid) }), false},
		{"answer_allowed_amount", "AMT*B6, else SVC03 and the patient's share", ofService(func(i *lineItem, s *AnswerLine) string { sum := i.r.allowed(s); return sum.String() }), false},
		{"answer_denied_amount", "Adjustments that are a denial", ofService(func(i *lineItem, s *AnswerLine) string { sum, _ := i.r.denied(s.adjustments); return sum.String() }), false},
		{"answer_adjustments", "All adjustments as group:reason:amount, with blanks between", ofService(func(i *lineItem, s *AnswerLine) string { return i.r.packed(s.adjustments) }), false},
		{"payment_check", "as_expected, under or over; empty where nothing is expected or the line was denied, taken apart, or decided by a later payer", func(i *lineItem) string { return i.allowance.Check.String() }, false},
		{"expected_amount", "What should be allowed for the units billed", ofCheck(func(w *Allowance) *x12.Sum { return &w.Expected }), false},
		{"shortfall_amount", "Expected less allowed; below zero when more was allowed", ofCheck(func(w *Allowance) *x12.Sum { return &w.Shortfall }), false},
		{"check_notes", "What may be the cause: procedure_changed, units_cut", func(i *lineItem) string {
			var list []string
			if i.allowance.Recoded {
				list = append(list, "procedure_changed")
			}
			if i.allowance.UnitsCut {
				list = append(list, "units_cut")
			}
			return strings.Join(list, " ")
		}, false},
	}
}

// packed returns adjustments as one text.
func (r *Result) packed(s span) string {
	var b strings.Builder
	for i := range r.m.adjustments[s.at : s.at+s.n] {
		d := &r.m.adjustments[int(s.at)+i]
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.m.text(d.group) + ":" + r.m.text(d.reason) + ":" + amountText(d.amount))
	}
	return b.String()
}

// denialItem is a row of the table denials.
type denialItem struct {
	*Denial
	share, running string
}

func denialColumns() []column[denialItem] {
	return []column[denialItem]{
		{"payer_id", "Payer of the remittance", func(d *denialItem) string { return d.Payer.ID }, false},
		{"payer_name", "Its name", func(d *denialItem) string { return d.Payer.Name }, false},
		{"group_code", "CAS01", func(d *denialItem) string { return d.Group }, false},
		{"reason_code", "Claim adjustment reason code", func(d *denialItem) string { return d.Reason }, false},
		{"category", "Kind of work it means", func(d *denialItem) string { return d.Category() }, false},
		{"answers", "Remittance claims with it", func(d *denialItem) string { return intText(d.Answers) }, true},
		{"lines", "Lines with it", func(d *denialItem) string { return intText(d.Lines) }, true},
		{"adjustments", "Adjustments with it", func(d *denialItem) string { return intText(d.Adjustments) }, true},
		{"amount", "Their sum, of all answers but reversals", func(d *denialItem) string { return d.Amount.String() }, false},
		{"standing_amount", "Of that, what counts in the end: it adds up to the denied amounts of the claims", func(d *denialItem) string { return d.Standing.String() }, false},
		{"share_percent", "Share of the amount in all denials", func(d *denialItem) string { return d.share }, false},
		{"cumulative_percent", "Share of this row and all above it", func(d *denialItem) string { return d.running }, false},
		{"group_description", "Meaning of the group", func(d *denialItem) string { return codes.Describe("adj_group", d.Group) }, false},
		{"reason_description", "Meaning of the reason", func(d *denialItem) string { return d.Description() }, false},
	}
}

func payerColumns() []column[Row] {
	list := []column[Row]{
		{"payer_id", "NM109 of 2010BB, or of the remittance for answers without a claim; total for the last row", func(r *Row) string { return r.Payer.ID }, false},
		{"payer_name", "Name of the payer", func(r *Row) string { return r.Payer.Name }, false},
		{"claims", "Claims submitted", func(r *Row) string { return intText(r.AllClaims().N) }, true},
	}
	for s := range states {
		list = append(list,
			column[Row]{"claims_" + s.String(), "Claims in this state", func(r *Row) string { return intText(r.Claims[s].N) }, true},
			column[Row]{"charge_" + s.String(), "Their charge", func(r *Row) string { return r.Claims[s].Amount.String() }, false})
	}
	for _, m := range moneyNames() {
		list = append(list, column[Row]{m.name + "_amount", m.meaning, func(r *Row) string { return m.of(&r.Money).String() }, false})
	}
	for k, name := range [...]string{"0_30", "31_60", "61_90", "over_90", "undated"} {
		list = append(list,
			column[Row]{"age_" + name, "Claims without a decision, of this age in days", func(r *Row) string { return intText(r.Ages[k].N) }, true},
			column[Row]{"age_" + name + "_amount", "Their charge", func(r *Row) string { return r.Ages[k].Amount.String() }, false})
	}
	daysText := func(f func(*Row) Days, k int) func(*Row) string {
		return func(r *Row) string {
			d := f(r)
			if d.N == 0 {
				return ""
			}
			return intText([...]int{d.Median, d.P90}[k])
		}
	}
	return append(list,
		column[Row]{"days_to_answer_median", "Days from submission to the first decision", daysText((*Row).DaysToAnswer, 0), true},
		column[Row]{"days_to_answer_p90", "Nine of ten are not above it", daysText((*Row).DaysToAnswer, 1), true},
		column[Row]{"days_to_pay_median", "Days from submission to the first payment", daysText((*Row).DaysToPay, 0), true},
		column[Row]{"days_to_pay_p90", "Nine of ten are not above it", daysText((*Row).DaysToPay, 1), true},
		column[Row]{"first_decisions", "Claims with a first decision, replacements and voids left out", func(r *Row) string { return intText(r.firsts()) }, true},
		column[Row]{"first_pass", "Of these, decided at once and without a denial", func(r *Row) string { return intText(r.First[PassedFirst]) }, true},
		column[Row]{"first_pass_rate", "The same in percent", (*Row).FirstPassRate, false},
		column[Row]{"first_denied", "Of these, denied at first, the whole or a part", func(r *Row) string { return intText(r.First[DeniedFirst]) }, true},
		column[Row]{"first_denial_rate", "The same in percent", (*Row).FirstDenialRate, false},
		column[Row]{"answers", "Answers of the claims", func(r *Row) string { return intText(r.Answers) }, true},
		column[Row]{"answers_without_claim", "Answers of the payer without a claim", func(r *Row) string { return intText(r.Strays.N) }, true},
		column[Row]{"paid_without_claim", "What they paid", func(r *Row) string { return r.Strays.Amount.String() }, false},
		column[Row]{"match_rate", "Answers with a claim, in percent", (*Row).MatchRate, false},
		column[Row]{"lines_checked", "Lines compared with what was expected", func(r *Row) string { return intText(r.Checked) }, true},
		column[Row]{"lines_under", "Lines under-paid", func(r *Row) string { return intText(r.Under.N) }, true},
		column[Row]{"shortfall_amount", "By this much", func(r *Row) string { return r.Under.Amount.String() }, false},
		column[Row]{"lines_over", "Lines over-paid", func(r *Row) string { return intText(r.Over.N) }, true},
		column[Row]{"excess_amount", "By this much", func(r *Row) string { return r.Over.Amount.String() }, false},
	)
}

// moneyName is one of the amounts of Money with its name.
type moneyName struct {
	name, meaning string
	of            func(*Money) *x12.Sum
}

func moneyNames() []moneyName {
	return []moneyName{
		{"charged", "Charge of all claims", func(m *Money) *x12.Sum { return &m.Charged }},
		{"paid", "Paid", func(m *Money) *x12.Sum { return &m.Paid }},
		{"contractual", "Adjusted without a denial", func(m *Money) *x12.Sum { return &m.Contractual }},
		{"other_payer", "Taken by other payers, and not paid here", func(m *Money) *x12.Sum { return &m.OtherPayer }},
		{"patient", "Patient: deductible, coinsurance, copayment", func(m *Money) *x12.Sum { return &m.Patient }},
		{"denied_patient", "Denied, patient owes", func(m *Money) *x12.Sum { return &m.DeniedPatient }},
		{"denied", "Denied", func(m *Money) *x12.Sum { return &m.Denied }},
		{"open", "Not decided yet", func(m *Money) *x12.Sum { return &m.Open }},
		{"withdrawn", "Withdrawn: reversed, replaced, void, read twice", func(m *Money) *x12.Sum { return &m.Withdrawn }},
		{"difference", "Not explained by the answers", func(m *Money) *x12.Sum { return &m.Difference }},
	}
}

// Tables returns the names of the tables.
func Tables() []string { return []string{"claims", "lines", "denials", "payers"} }

// Columns returns the columns of a table with their meanings, nil for another name.
func Columns(table string) [][2]string {
	switch table {
	case "claims":
		return meanings(claimColumns())
	case "lines":
		return meanings(lineColumns())
	case "denials":
		return meanings(denialColumns())
	case "payers":
		return meanings(payerColumns())
	}
	return nil
}

func meanings[T any](cols []column[T]) (list [][2]string) {
	for _, c := range cols {
		list = append(list, [2]string{c.name, c.meaning})
	}
	return list
}

package edi271

import (
	"fmt"
	"strconv"
	"strings"
)

// String returns the summary as plain text, lines of any length, each statement with the EBs it is from.
func (s *Summary) String() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if s.Patient.Name+s.Patient.ID != "" {
		line("Patient: %s", s.Patient.words())
	}
	if s.Subscriber != nil {
		line("Subscriber: %s", s.Subscriber.words())
	}
	line("Payer: %s", s.Payer.words())
	if s.Provider.Name+s.Provider.ID != "" {
		line("Asked by: %s", s.Provider.words())
	}
	for i := range s.Rejections {
		line("REJECTED: %s", s.Rejections[i].words())
	}
	line("Coverage: %s", s.headline())
	for i := range s.States {
		line("  %s%s", s.States[i].Text, mark(s.States[i].Ambiguous, s.States[i].EB))
	}
	for _, p := range s.Plans {
		line("Plan: %s%s", listed(p.Name, p.Text), ebs(p.EB))
	}
	for _, r := range s.References {
		line("Reference: %s", referenceWords(r))
	}
	for _, d := range s.Dates {
		line("Date: %s %s", d.Text, rangeWords(DateRange{From: d.From, To: d.To}))
	}
	for _, l := range [...]struct {
		head string
		list []Named
	}{
		{"Primary care provider", s.PrimaryCare}, {"Only these may serve", s.Restrictions}, {"Other payer", s.OtherPayers}, {"Also named", s.Entities},
	} {
		for i := range l.list {
			line("%s: %s%s", l.head, l.list[i].Text, ebs(l.list[i].EB))
		}
	}
	for i := range s.Services {
		s.Services[i].write(&b)
	}
	for _, w := range s.Warnings {
		line("Mind: %s%s", w.Text, ebs(w.EB))
	}
	if len(s.Unsorted) > 0 {
		line("Mind: too many service types; not in the lists above%s", ebs(s.Unsorted))
	}
	return b.String()
}

func (s *Summary) headline() string {
	text := s.Status.words()
	if s.Inferred {
		text += " (no EB says it of the plan as a whole)"
	}
	if s.Status == StatusUnknown && len(s.Rejections) > 0 {
		text += ": the inquiry was rejected"
	}
	return text
}

func (s Status) words() string {
	switch s {
	case StatusActive:
		return "ACTIVE"
	case StatusInactive:
		return "INACTIVE"
	case StatusNotCovered:
		return "NOT COVERED"
	case StatusConflict:
		return "CONFLICT, the answer says both"
	}
	return "UNKNOWN"
}

func (p *SummaryPerson) words() string {
	s := p.Name
	if p.ID != "" {
		s = listed(s, p.ID)
	}
	if !p.BirthDate.IsZero() {
		s = listed(s, "born "+p.BirthDate.String())
	}
	return listed(s, lower(p.Relationship))
}

func (r *PlacedRejection) words() string {
	s := "of the " + map[string]string{
		"2000A": "inquiry", "2100A": "payer", "2100B": "provider", "2100C": "subscriber", "2100D": "dependent", "2110C": "benefit", "2110D": "benefit",
	}[r.Loop] + ": " + r.Reason
	if r.ReasonText != "" {
		s += " " + r.ReasonText
	}
	s = listed(s, r.FollowUp)
	if r.FollowUpText != "" {
		s += " " + r.FollowUpText
	}
	if r.EB > 0 {
		s += ebs([]int{r.EB})
	}
	return s
}

// ebs returns the EBs a statement is from.
func ebs(list []int) string {
	if len(list) == 0 {
		return ""
	}
	b := []byte(" [EB")
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, ' '), int64(n), 10)
	}
	return string(append(b, ']'))
}

func mark(ambiguous bool, list []int) string {
	if ambiguous {
		return ebs(list) + " (!)"
	}
	return ebs(list)
}

// head names the care.
func (v *Service) head() string {
	switch {
	case len(v.Types) > 0:
		words := make([]string, len(v.Types))
		for i, t := range v.Types {
			words[i] = t.words() + " (" + t.Code + ")"
		}
		return strings.Join(words, ", ")
	case v.Procedure != nil:
		return "Procedure " + procedureWords(v.Procedure)
	}
	return "Without a service type"
}

func (v *Service) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s: %s", v.head(), strings.ToLower(v.Status.words()))
	if v.Inherited {
		b.WriteString(", as the plan")
	}
	b.WriteByte('\n')
	for i := range v.States {
		fmt.Fprintf(b, "  %s%s\n", v.States[i].Text, mark(v.States[i].Ambiguous, v.States[i].EB))
	}
	for i := range v.Networks {
		n := &v.Networks[i]
		fmt.Fprintf(b, "  %s\n", n.Text)
		write := func(head string, list []Figure) {
			for k := range list {
				fmt.Fprintf(b, "    %s: %s%s\n", head, list[k].Text, mark(list[k].Ambiguous, list[k].EB))
			}
		}
		write("Copayment", n.Copayments)
		write("Coinsurance", n.Coinsurance)
		for _, l := range [...]struct {
			head string
			list []Accumulator
		}{{"Deductible", n.Deductibles}, {"Out of pocket", n.OutOfPocket}, {"Limit", n.Limits}} {
			for k := range l.list {
				a := &l.list[k]
				write(l.head, a.Total)
				write(l.head+" left", a.Remaining)
				write(l.head+" year to date", a.YearToDate)
				if a.Met.Valid {
					fmt.Fprintf(b, "    %s met: %s%s\n", l.head, a.metWords(), ebs(append(append([]int{}, a.Total[0].EB...), a.Remaining[0].EB...)))
				}
			}
		}
		write("Authorization", n.Authorization)
		write("Also", n.Others)
	}
}

func (a *Accumulator) metWords() string {
	if a.Unit == "" {
		return money(a.Met)
	}
	return quantityWords(a.Unit, a.Met)
}

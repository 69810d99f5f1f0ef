package edi271

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/x12-go/edi/x12/codes"
)

// fullName returns a name as it is spoken: first middle last suffix.
func fullName(last, first, middle, suffix string) string {
	return strings.Join(strings.Fields(strings.Join([]string{first, middle, last, suffix}, " ")), " ")
}

// listed adds a word to a list with commas.
func listed(list, word string) string {
	if list == "" || word == "" {
		return list + word
	}
	return list + ", " + word
}

// lower starts a description with a small letter, unless its first word is written in capitals.
func lower(s string) string {
	if s == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

// described returns the meaning of a code, or the code where it is not known.
func described(list, code, kind string) string {
	if s := codes.Describe(list, code); s != "" {
		return s
	}
	return kind + " " + code
}

func serviceType(code string) ServiceType {
	return ServiceType{Code: code, Text: codes.Describe("service_type", code)}
}

func insuranceWords(code string) string { return described("insurance_type", code, "insurance type") }

func networkWords(code string) string {
	switch code {
	case "Y":
		return "In network"
	case "N":
		return "Out of network"
	case "W":
		return "In and out of network"
	case "U":
		return "Network not known"
	case "":
		return "Network not said"
	}
	return "Network " + code
}

// dateWords returns what a date is of.
func dateWords(qualifier string) string {
	switch qualifier {
	case "096":
		return "discharge"
	case "102":
		return "issue"
	case "152":
		return "change takes effect"
	case "193":
		return "period begins"
	case "194":
		return "period ends"
	case "198":
		return "completion"
	case "290":
		return "coordination of benefits"
	case "291":
		return "plan"
	case "292":
		return "benefit"
	case "295":
		return "primary care provider"
	case "304":
		return "latest visit"
	case "307":
		return "eligibility"
	case "318":
		return "added"
	case "340":
		return "COBRA begins"
	case "341":
		return "COBRA ends"
	case "342":
		return "premium paid from"
	case "343":
		return "premium paid to"
	case "346":
		return "plan begins"
	case "347":
		return "plan ends"
	case "348":
		return "benefit begins"
	case "349":
		return "benefit ends"
	case "356":
		return "eligibility begins"
	case "357":
		return "eligibility ends"
	case "382":
		return "enrollment"
	case "435":
		return "admission"
	case "442":
		return "death"
	case "458":
		return "certification"
	case "472":
		return "service"
	case "539":
		return "policy begins"
	case "540":
		return "policy ends"
	case "636":
		return "last update"
	case "771":
		return "status"
	}
	return "date " + qualifier
}

// rangeWords returns days as text.
func rangeWords(r DateRange) string {
	if r.To.IsZero() || r.From.IsZero() {
		return r.First().String()
	}
	return r.From.String() + " to " + r.To.String()
}

// periodWords returns for what time a figure is.
func periodWords(code string) string {
	switch code {
	case "":
		return ""
	case "6", "7", "13", "22", "23", "25", "26", "27", "34", "35", "36":
		return "per " + lower(codes.Describe("time_period", code))
	case "29":
		return "remaining"
	case "33":
		return "remaining of a lifetime"
	}
	return lower(described("time_period", code, "time period"))
}

func money(a Amount) string {
	if a.Decimal.Exponent() < -2 {
		return "$" + a.String()
	}
	return "$" + a.Decimal.StringFixed(2)
}

// percentWords returns a fraction as percent; one above 1 as it is.
func percentWords(a Amount) string {
	if a.Decimal.GreaterThan(one) {
		return a.String() + " (as sent, no fraction)"
	}
	return a.Decimal.Shift(2).String() + "%"
}

func quantityWords(qualifier string, a Amount) string {
	n := a.String()
	switch qualifier {
	case "S7":
		return "age up to " + n
	case "S8":
		return "age from " + n
	case "M2":
		return "at most " + n
	case "8H":
		return "at least " + n
	case "99":
		return n + " used"
	case "QA":
		return n + " approved"
	case "":
		return n
	}
	return n + " " + lower(described("quantity_qualifier", qualifier, "units"))
}

// deliveryWords returns an HSD: 2 visits per week for 3 months.
func deliveryWords(d *Delivery) string {
	var s string
	if d.Quantity.Valid {
		s = quantityWords(d.QuantityQualifier, d.Quantity)
	}
	if d.Unit != "" || d.SampleModulus.Valid {
		s += " per"
		if d.SampleModulus.Valid {
			s += " " + d.SampleModulus.String()
		}
		switch d.Unit {
		case "":
		case "DA":
			s += " day"
		case "MO":
			s += " month"
		case "VS":
			s += " visit"
		case "WK":
			s += " week"
		case "YR":
			s += " year"
		default:
			s += " " + d.Unit
		}
	}
	switch period := lower(described("time_period", d.TimePeriod, "period")); {
	case d.Periods.Valid && d.TimePeriod != "":
		s += " for " + d.Periods.String() + " " + period
		if d.Periods.String() != "1" && !strings.HasSuffix(period, "s") {
			s += "s"
		}
	case d.Periods.Valid:
		s += " for " + d.Periods.String() + " periods"
	case d.TimePeriod == "29" || d.TimePeriod == "33":
		s += " " + periodWords(d.TimePeriod)
	case d.TimePeriod != "":
		s += " " + periodWords(d.TimePeriod)
	}
	if d.Frequency != "" {
		s += ", pattern " + d.Frequency
	}
	if d.PatternTime != "" {
		s += ", time of day " + d.PatternTime
	}
	return strings.TrimSpace(s)
}

func procedureWords(p *Procedure) string {
	s := strings.Join(append([]string{p.Qualifier, p.Code}, p.Modifiers...), " ")
	if p.EndCode != "" {
		s += " to " + p.EndCode
	}
	return strings.TrimSpace(s)
}

// words says a figure; state begins with what it says of coverage.
func (f *Figure) words(state bool) string {
	var s string
	if state || f.Information != "" && f.Information != "A" && f.Information != "B" && f.Information != "C" && f.Information != "F" && f.Information != "G" {
		s = lower(described("eb_info", f.Information, "information"))
	}
	if state {
		if f.InNetwork != "" {
			s += ", " + lower(networkWords(f.InNetwork))
		}
	}
	period := periodWords(f.TimePeriod)
	value := func(v string) {
		if period != "" {
			v += " " + period
		}
		s = listed(s, v)
		period = ""
	}
	if f.Amount.Valid {
		value(money(f.Amount))
	}
	if f.Percent.Valid {
		value(percentWords(f.Percent))
	}
	if f.Quantity.Valid {
		value(quantityWords(f.QuantityQualifier, f.Quantity))
	}
	for i := range f.Deliveries {
		value(deliveryWords(&f.Deliveries[i]))
	}
	if period != "" {
		s = listed(s, period)
	}
	switch f.Authorization {
	case "":
	case "Y":
		s = listed(s, "authorization needed")
	case "N":
		s = listed(s, "no authorization needed")
	case "U":
		s = listed(s, "authorization: the payer cannot tell")
	default:
		s = listed(s, "authorization "+f.Authorization)
	}
	return f.qualify(s)
}

// qualify adds what else a figure says.
func (f *Figure) qualify(s string) string {
	if f.CoverageLevel != "" {
		s = listed(s, lower(described("coverage_level", f.CoverageLevel, "coverage level")))
	}
	if f.Procedure != nil {
		s = listed(s, "procedure "+procedureWords(f.Procedure))
	}
	for _, p := range f.PlacesOfService {
		s = listed(s, "at "+lower(described("pos", p, "place of service")))
	}
	for i := range f.Conditions {
		c := &f.Conditions[i]
		s = listed(s, "injury "+strings.Join(strings.Fields(c.CodeQualifier+" "+c.Code+" "+c.InjuredBodyPart), " "))
	}
	if f.Plan != "" {
		s = listed(s, f.Plan)
	}
	if f.InsuranceType != "" {
		s = listed(s, insuranceWords(f.InsuranceType))
	}
	return circumstances(s, f.References, f.Dates, f.Messages)
}

func circumstances(s string, references []Reference, dates []Date, messages []string) string {
	for _, d := range dates {
		s = listed(s, dateWords(d.Qualifier)+" "+rangeWords(d.DateRange))
	}
	for _, r := range references {
		s = listed(s, referenceWords(r))
	}
	for _, m := range messages {
		s = listed(s, `"`+m+`"`)
	}
	return s
}

func referenceWords(r Reference) string {
	s := r.ID
	if r.Description != "" {
		s += " " + r.Description
	}
	switch r.Qualifier {
	case "18":
		return "plan number " + s
	case "1L":
		return "group or policy number " + s
	case "1W":
		return "member id " + s
	case "6P":
		return "group number " + s
	case "9F":
		return "referral " + s
	case "G1":
		return "authorization " + s
	case "IG":
		return "insurance policy " + s
	case "N6":
		return "plan network " + s
	case "49":
		return "family unit " + s
	case "Q4":
		return "earlier id " + s
	case "SY":
		return "social security number " + s
	case "F6":
		return "Medicare id " + s
	case "NQ":
		return "Medicaid id " + s
	case "EJ":
		return "patient account " + s
	}
	return "reference " + r.Qualifier + " " + s
}

// words says whom an EB names.
func (n *Named) words() string {
	s := "not named"
	if e := n.Entity; e != nil {
		s = fullName(e.LastOrOrganization, e.First, e.Middle, e.Suffix)
		if e.Role != "P3" || n.Information != "L" {
			s = strings.TrimSpace(s + " (" + lower(described("entity", e.Role, "role")) + ")")
		}
		switch {
		case e.ID != "" && e.IDQualifier == "XX":
			s = listed(s, "NPI "+e.ID)
		case e.ID != "":
			s = listed(s, "id "+e.ID)
		}
		if a := e.Address; !a.IsZero() {
			s = listed(s, strings.Join(strings.Fields(strings.Join([]string{a.Line1, a.Line2, a.City, a.State, a.PostalCode, a.Country}, " ")), " "))
		}
		for i := range e.Contacts {
			c := &e.Contacts[i]
			for _, number := range [...][2]string{{c.NumberQualifier, c.Number}, {c.SecondNumberQualifier, c.SecondNumber}, {c.ThirdNumberQualifier, c.ThirdNumber}} {
				if number[1] != "" {
					s = listed(s, contactWords(number[0])+" "+number[1])
				}
			}
		}
	}
	if n.Information == "N" {
		for _, t := range n.ServiceTypes {
			s = listed(s, lower(t.words()))
		}
	}
	return circumstances(s, n.References, n.Dates, n.Messages)
}

func contactWords(qualifier string) string {
	switch qualifier {
	case "TE", "WP":
		return "phone"
	case "FX":
		return "fax"
	case "EM":
		return "mail"
	case "UR":
		return "web"
	case "EX":
		return "extension"
	}
	return qualifier
}

func (t ServiceType) words() string {
	if t.Text == "" {
		return "Service type " + t.Code
	}
	return t.Text
}

package spm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/x12"
)

// Config is what an import file needs and an 834 does not say, and which members it is about.
type Config struct {
	ClientName         string
	ClientDivisionName string // the client's name when empty
	// Types is the billing type of subscribers by employment status (INS08); those whose status is not in it are no special
	// plan members. Nil stands for RT = RETIREE and L1 = LEAVEOFABSENCE.
	Types map[string]string
	// COBRA takes those whose benefit status (INS05) is C too.
	COBRA bool
	// Plans names plans by "HD03/HD04", "HD03/policy number" or HD03; the first that is there wins. What is in none is sent under HD04.
	Plans map[string]string
	// Levels are coverage levels by HD05, beside those of the specification.
	Levels map[string]string
	// The values of fields that an 834 does not have; what is empty is MONTHLY, PREMIUMNOTICE, UNKNOWN and CLIENTDEFAULT.
	BillingFrequency, PremiumCouponType, EmployeePayrollType, SubsequentGracePeriod string
	// BillingStart returns the day billing of a member begins or began, zero for the first day of coverage. It may be nil;
	// for those who were covered before they were billed, it must know the day once they are on file.
	BillingStart func(*roster.Member) x12.Date
	// MemberRates writes rates, for plans whose rates are those of the member: AMT*P3 of the coverage.
	MemberRates bool
}

// ErrConfig is wrapped by the errors of [NewConverter] for what the config lacks.
var ErrConfig = errors.New("spm: config")

// Rules of conversions.
const (
	RuleNoSSN      = "spm/no-ssn"      // the 834 does not have the social security number
	RuleNoName     = "spm/no-name"     // an 834 needs a name that the records do not have
	RuleByHand     = "spm/by-hand"     // a change that no record can say
	RuleNotIn834   = "spm/not-in-834"  // a record that an 834 cannot say
	RuleNoMapping  = "spm/no-mapping"  // a value the config does not map
	RuleBeforePlan = "spm/before-plan" // a coverage that ends before it begins
)

// Converter makes records of what changed about special plan members. Dependents, and all others, are passed over.
type Converter struct {
	c    Config
	sink Sink
	d    *roster.Delta
	out  []Record
}

// NewConverter returns a Converter that reports what it cannot say to sink.
func NewConverter(c Config, sink Sink) (*Converter, error) {
	if c.ClientName == "" {
		return nil, fmt.Errorf("%w: no client name", ErrConfig)
	}
	if c.Types == nil {
		c.Types = map[string]string{"RT": "RETIREE", "L1": "LEAVEOFABSENCE"}
	}
	for to, preset := range map[*string]string{&c.ClientDivisionName: c.ClientName, &c.BillingFrequency: "MONTHLY", &c.PremiumCouponType: "PREMIUMNOTICE",
		&c.EmployeePayrollType: "UNKNOWN", &c.SubsequentGracePeriod: "CLIENTDEFAULT"} {
		if *to == "" {
			*to = preset
		}
	}
	return &Converter{c: c, sink: sink}, nil
}

func (c *Converter) report(rule string, sev x12.Severity, field, text string) {
	if c.sink != nil {
		p := c.d.Place
		c.sink(&Finding{Line: p.Segment, Offset: p.Offset, Record: "INS", Field: field, Rule: rule, Severity: sev, Message: text})
	}
}

// billing returns the billing type of a member, "" for one who is no special plan member.
func (c *Converter) billing(m *roster.Member) string {
	if m == nil || m.Type() != roster.TypeSubscriber || !c.c.COBRA && m.Get(roster.BenefitStatus) == "C" {
		return ""
	}
	return c.c.Types[m.Get(roster.EmploymentStatus)]
}

// Delta returns the records of what changed about a member, in the order in which the administrator wants them. They are as
// complete as the 834 is: check them.
func (c *Converter) Delta(d *roster.Delta) []Record {
	c.d, c.out = d, nil
	if d.New == nil || !changed(d) {
		return nil
	}
	was, is := c.billing(d.Old), c.billing(d.New)
	switch {
	case was == "" && is == "":
	case was == "":
		c.insert(d.New, is)
	case is == "":
		c.drops(d.Old, was)
	case was != is:
		c.drops(d.Old, was)
		c.insert(d.New, is)
	default:
		c.changes(is)
	}
	return c.out
}

// changed reports whether the delta has a change that was made, not only notes.
func changed(d *roster.Delta) bool {
	for i := range d.Changes {
		switch d.Changes[i].Kind {
		case roster.Missing, roster.Warning, roster.Error:
		default:
			return true
		}
	}
	return false
}

// day writes CCYYMMDD as M/D/YYYY.
func day(s string) string {
	d, _ := x12.ParseDate(s)
	return FormatDate(d)
}

// before writes the day before CCYYMMDD.
func before(s string) string {
	d, ok := x12.ParseDate(s)
	if !ok {
		return ""
	}
	y, m, n := d.Year(), int(d.Month()), d.Day()-1
	if n == 0 {
		n = 31
		if m--; m == 0 {
			y, m = y-1, 12
		}
	}
	for ; n > 0; n-- {
		if e, ok := x12.NewDate(y, m, n); ok {
			return FormatDate(e)
		}
	}
	return ""
}

// number returns the social security number of a member.
func (c *Converter) number(m *roster.Member) (string, bool) {
	if m.Get(roster.MemberIDQualifier) != "34" {
		return "", false
	}
	return ssn(m.Get(roster.MemberID))
}

// key returns the key of a member as on file; ok is false where the 834 does not have the number.
func (c *Converter) key(m *roster.Member, typ string) (k Key, ok bool) {
	number, ok := c.number(m)
	if !ok {
		c.report(RuleNoSSN, x12.Error, "SSN", "the member has no social security number (NM108 34): no record can be written")
		return Key{}, false
	}
	return Key{ClientName: c.c.ClientName, OSSN: number, OBillingStartDate: c.start(m), OBillingType: typ, OBillingFrequency: c.c.BillingFrequency}, true
}

// start returns the day billing begins.
func (c *Converter) start(m *roster.Member) string {
	if c.c.BillingStart != nil {
		if d := c.c.BillingStart(m); !d.IsZero() {
			return FormatDate(d)
		}
	}
	begin := ""
	for i := range m.Coverages {
		if b := m.Coverages[i].Get(roster.Begin); b != "" && (begin == "" || b < begin) {
			begin = b
		}
	}
	return day(begin)
}

// insert makes a new special plan member with all plans that hold.
func (c *Converter) insert(m *roster.Member, typ string) {
	k, ok := c.key(m, typ)
	if !ok {
		return
	}
	from := ""
	if c.d.Old != nil { // billed from the change on, for coverages that may be older
		if from = c.effective(); c.c.BillingStart == nil {
			k.OBillingStartDate = day(from)
		}
	}
	p := c.person(m)
	p.ClientName, p.ClientDivisionName = k.ClientName, c.c.ClientDivisionName
	p.SSN, p.BillingStartDate, p.BillingType, p.BillingFrequency = k.OSSN, k.OBillingStartDate, typ, k.OBillingFrequency
	p.EmployeePayrollType, p.PremiumCouponType, p.SPMSubsequentGracePeriodOptionType = c.c.EmployeePayrollType, c.c.PremiumCouponType, c.c.SubsequentGracePeriod
	p.EnrollmentDate = day(m.Get(roster.EligibilityBegin))
	if p.EnrollmentDate == "" {
		p.EnrollmentDate = day(m.Get(roster.EmploymentBegin))
	}
	if p.EnrollmentDate == "" {
		p.EnrollmentDate = "1/1/2000"
	}
	c.out = append(c.out, p)
	for i := range m.Coverages {
		if cov := &m.Coverages[i]; cov.Get(roster.End) == "" || c.d.Old == nil {
			start := max(from, cov.Get(roster.Begin))
			c.plan(k, cov, start)
			c.drop(k, cov, start, day(cov.Get(roster.End)))
		}
	}
}

// effective returns from when the change holds: DTP*303, else the date of the file.
func (c *Converter) effective() string {
	if c.d.New.Effective != "" || c.d.Head == nil {
		return c.d.New.Effective
	}
	return string(c.d.Head.Date.Long().AppendWire(nil))
}

// person fills what an 834 says of a person.
func (c *Converter) person(m *roster.Member) *Insert {
	p := &Insert{FirstName: m.Get(roster.First), LastName: m.Get(roster.Last), Email: m.Get(roster.Email),
		Address1: m.Get(roster.Address1), Address2: m.Get(roster.Address2), City: m.Get(roster.City), StateOrProvince: m.Get(roster.StateCode),
		PostalCode: m.Get(roster.PostalCode), Country: m.Get(roster.Country), Sex: m.Get(roster.Gender), DOB: day(m.Get(roster.BirthDate))}
	if middle := []rune(m.Get(roster.Middle)); len(middle) > 0 {
		p.MiddleInitial = string(middle[:1])
	}
	if p.Country == "US" || p.Country == "USA" {
		p.Country = ""
	}
	prefix := strings.ToUpper(strings.Trim(m.Get(roster.Prefix), ". "))
	for _, s := range enumeration("Salutation") {
		if s == prefix {
			p.Salutation = s
		}
	}
	var phones []string
	for _, f := range [...]roster.Field{roster.HomePhone, roster.CellPhone, roster.Phone} {
		if n := phone(m.Get(f)); n != "" {
			phones = append(phones, n)
		}
	}
	phones = append(phones, "", "")
	p.Phone, p.Phone2 = phones[0], phones[1]
	switch m.Get(roster.Health) {
	case "T", "X":
		p.TobaccoUse = "YES"
	case "N", "S":
		p.TobaccoUse = "NO"
	default:
		p.TobaccoUse = "UNKNOWN"
	}
	switch m.Get(roster.EmploymentStatus) {
	case "FT", "AC":
		p.EmployeeType = "FTE"
	case "PT":
		p.EmployeeType = "PTE"
	default:
		p.EmployeeType = "UNKNOWN"
	}
	return p
}

// phone returns the ten digits of a number, "" where it has others.
func phone(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			b = append(b, s[i])
		}
	}
	if len(b) == 11 && b[0] == '1' {
		b = b[1:]
	}
	if len(b) != 10 {
		return ""
	}
	return string(b)
}

// planName returns what the administrator calls a plan.
func (c *Converter) planName(cov *roster.Coverage) string {
	line, plan := cov.Get(roster.Line), cov.Get(roster.Plan)
	for _, key := range [...]string{line + "/" + plan, line + "/" + cov.Get(roster.Policy), line + "/" + cov.Get(roster.ClassOfContract), line} {
		if name, ok := c.c.Plans[key]; ok {
			return name
		}
	}
	if plan == "" {
		c.report(RuleNoMapping, x12.Error, "PlanName", "a coverage without a description (HD04): the config must name the plan")
	}
	return plan
}

// levels are the coverage levels of HD05.
func levels(code string) string {
	switch code {
	case "EMP", "IND":
		return "EE"
	case "ESP":
		return "EE+SPOUSE"
	case "ECH":
		return "EE+CHILDREN"
	case "FAM":
		return "EE+FAMILY"
	case "E1D", "TWO":
		return "EE+1"
	case "SPO":
		return "SPOUSEONLY"
	case "SPC":
		return "SPOUSE+CHILDREN"
	case "CHD":
		return "CHILDRENONLY"
	}
	return ""
}

func (c *Converter) level(cov *roster.Coverage) string {
	code := cov.Get(roster.Tier)
	if s, ok := c.c.Levels[code]; ok {
		return s
	}
	s := levels(code)
	if s == "" {
		c.report(RuleNoMapping, x12.Error, "CoverageLevel", "a coverage level (HD05) that the config must name")
	}
	return s
}

// plan inserts a plan with its rate.
func (c *Converter) plan(k Key, cov *roster.Coverage, start string) {
	c.out = append(c.out, &PlanInsert{Key: k, PlanName: c.planName(cov), StartDate: day(start), CoverageLevel: c.level(cov)})
	c.rate(k, cov, start)
}

func (c *Converter) rate(k Key, cov *roster.Coverage, start string) {
	if rate := cov.Get(roster.Premium); c.c.MemberRates && rate != "" {
		c.out = append(c.out, &RateInsert{Key: k, PlanName: c.planName(cov), StartDate: day(start), RateStartDate: day(start), Rate: twoDecimals(rate)})
	}
}

// twoDecimals writes a plain decimal with at least two decimals.
func twoDecimals(s string) string {
	_, fraction, point := strings.Cut(s, ".")
	if !point {
		s += "."
	}
	for n := len(fraction); n < 2; n++ {
		s += "0"
	}
	return s
}

// drop ends a plan; nothing for an empty last day.
func (c *Converter) drop(k Key, cov *roster.Coverage, start, last string) {
	if last == "" {
		return
	}
	a, _ := ParseDate(day(start))
	b, _ := ParseDate(last)
	if !b.After(a) {
		c.report(RuleBeforePlan, x12.Error, "EffectiveDate", "a coverage that ends on or before its first day: SPMPLANDROP cannot say that")
		return
	}
	c.out = append(c.out, &PlanDrop{Key: k, PlanName: c.planName(cov), StartDate: day(start), EffectiveDate: last})
}

// drops ends all plans of a member who is billed no more, or otherwise.
func (c *Converter) drops(m *roster.Member, typ string) {
	k, ok := c.key(m, typ)
	if !ok {
		return
	}
	last := c.effective()
	for i := range m.Coverages {
		cov := &m.Coverages[i]
		if cov.Get(roster.End) == "" {
			c.drop(k, cov, cov.Get(roster.Begin), before(last))
		}
	}
}

// changes says what changed about a member who stays one.
func (c *Converter) changes(typ string) {
	k, ok := c.key(c.d.Old, typ)
	if !ok {
		return
	}
	c.update(k)
	if number, ok := c.number(c.d.New); ok {
		k.OSSN = number // what follows is behind the update
	}
	tiers := map[*roster.Coverage]bool{}
	for i := range c.d.Changes {
		if ch := &c.d.Changes[i]; ch.Kind == roster.TierChange {
			tiers[ch.To] = true
		}
	}
	for i := range c.d.Changes {
		ch := &c.d.Changes[i]
		switch ch.Kind {
		case roster.Enroll:
			if ch.To == nil {
				break
			}
			c.plan(k, ch.To, ch.To.Get(roster.Begin))
			c.drop(k, ch.To, ch.To.Get(roster.Begin), day(ch.To.Get(roster.End)))
		case roster.Reinstate:
			if ch.To == nil {
				break
			}
			from := ch.Effective
			if from == "" || from <= ch.Old {
				c.report(RuleByHand, x12.Warning, "StartDate", "a coverage goes on without a new first day: the former drop must be taken back by hand")
				break
			}
			c.plan(k, ch.To, from)
		case roster.PlanChange:
			c.drop(k, ch.From, ch.From.Get(roster.Begin), before(ch.To.Get(roster.Begin)))
			c.plan(k, ch.To, ch.To.Get(roster.Begin))
		case roster.TierChange:
			effective := ch.Effective
			if effective == "" || effective == ch.From.Get(roster.Begin) {
				effective = c.effective()
			}
			c.out = append(c.out, &PlanUpdate{Key: k, PlanName: c.planName(ch.To), StartDate: day(ch.From.Get(roster.Begin)), CoverageLevel: c.level(ch.To), EffectiveDate: day(effective)})
			c.rate(k, ch.To, effective)
		case roster.AmountChange:
			if ch.Field == roster.Premium.String() && ch.To != nil && !tiers[ch.To] {
				c.newRate(k, ch)
			}
		case roster.Terminate:
			if ch.To != nil {
				c.drop(k, ch.To, ch.To.Get(roster.Begin), day(ch.End))
			}
		case roster.Cancel:
			c.report(RuleByHand, x12.Warning, "", "a coverage taken back as if it had never been: no record says that")
		case roster.DateChange:
			if ch.To != nil && (ch.Field == roster.Begin.String() || ch.Field == roster.End.String()) {
				c.report(RuleByHand, x12.Warning, "", "another first or last day of a coverage: no record says that")
			}
		}
	}
}

// newRate writes a rate for the coverage level there is.
func (c *Converter) newRate(k Key, ch *roster.Change) {
	if !c.c.MemberRates || ch.New == "" {
		return
	}
	from := ch.Effective
	if from == "" || from == ch.To.Get(roster.Begin) {
		from = c.effective()
	}
	c.out = append(c.out, &RateInsert{Key: k, PlanName: c.planName(ch.To), StartDate: day(ch.To.Get(roster.Begin)), RateStartDate: day(from), Rate: twoDecimals(ch.New)})
}

// update writes the data that differ and nothing else.
func (c *Converter) update(k Key) {
	a, b := c.person(c.d.Old), c.person(c.d.New)
	u := &Update{Key: k}
	differ := func(to *string, old, new string) {
		if old != new {
			*to = new
		}
	}
	differ(&u.Salutation, a.Salutation, b.Salutation)
	differ(&u.FirstName, a.FirstName, b.FirstName)
	differ(&u.MiddleInitial, a.MiddleInitial, b.MiddleInitial)
	differ(&u.LastName, a.LastName, b.LastName)
	differ(&u.Email, a.Email, b.Email)
	differ(&u.Phone, a.Phone, b.Phone)
	differ(&u.Phone2, a.Phone2, b.Phone2)
	differ(&u.Address1, a.Address1, b.Address1)
	differ(&u.Address2, a.Address2, b.Address2)
	differ(&u.City, a.City, b.City)
	differ(&u.StateOrProvince, a.StateOrProvince, b.StateOrProvince)
	differ(&u.PostalCode, a.PostalCode, b.PostalCode)
	differ(&u.Country, a.Country, b.Country)
	differ(&u.Sex, a.Sex, b.Sex)
	differ(&u.DOB, a.DOB, b.DOB)
	differ(&u.TobaccoUse, a.TobaccoUse, b.TobaccoUse)
	differ(&u.EmployeeType, a.EmployeeType, b.EmployeeType)
	old, _ := c.number(c.d.Old)
	if number, ok := c.number(c.d.New); ok {
		differ(&u.SSN, old, number)
	} else {
		c.report(RuleNoSSN, x12.Warning, "SSN", "the member has no social security number any more; the one on file stays")
	}
	if *u != (Update{Key: k}) {
		c.out = append(c.out, u)
	}
}

package spm

import (
	"hash/maphash"
	"strings"

	"github.com/x12-go/edi/x12"
)

// Rules of fields.
const (
	RuleRequired = "spm/required"  // a required field is empty
	RuleNotEmpty = "spm/not-empty" // a field that may be left out is sent empty
	RuleEmpty    = "spm/empty"     // a field that must be empty is not
	RuleLength   = "spm/length"    // too many characters
	RuleInt      = "spm/int"
	RuleDate     = "spm/date"
	RuleBool     = "spm/bool"
	RuleMoney    = "spm/money"
	RuleDecimal  = "spm/decimal"
	RuleSSN      = "spm/ssn"
	RuleSex      = "spm/sex"
	RulePhone    = "spm/phone"
	RuleEmail    = "spm/email"
	RuleEnum     = "spm/value" // none of the values of its enumeration
)

// Rules of records.
const (
	RuleVersion  = "spm/version"   // the first record is not [VERSION],2.0, or another one is
	RuleGrace    = "spm/grace"     // CUSTOM without a number of days
	RuleCoupon   = "spm/coupon"    // a coupon book without a payroll billing schedule
	RulePeriod   = "spm/period"    // a period that ends before it begins
	RulePositive = "spm/positive"  // an amount that is zero
	RulePercent  = "spm/percent"   // a subsidy of more than 100 %
	RulePast     = "spm/past"      // a day in the past
	RuleNothing  = "spm/no-change" // an update without a change
)

// Rules of several records.
const (
	RuleOrder     = "spm/order"     // a record stands in front of one that must come first
	RuleNoPlan    = "spm/no-plan"   // a new member has a rate or a level for a plan without a SPMPLANINSERT
	RuleDuplicate = "spm/duplicate" // sent before, in this file or a former one
	RuleUnknown   = "spm/unknown"   // about a member who is neither on file nor new
)

// Options are what a check can be told.
type Options struct {
	// Today is the day the file is sent; zero leaves out the rules about the past.
	Today x12.Date
	// Allowed are values beyond those of the specification, by the name of the enumeration: CoverageLevel and so on.
	Allowed map[string][]string
	// Known tells who is on file; nil leaves out the rule about that.
	Known func(Key) bool
	// Sent reports whether a record was sent in a former file; nil leaves out that rule.
	Sent func(Record) bool
}

// Checker checks records one by one in the order of a file. It keeps what order rules need: about 200 bytes for each member and
// plan of the file.
type Checker struct {
	o       Options
	sink    Sink
	stopped bool
	first   bool
	seed    maphash.Seed
	seen    map[uint64]bool
	members map[string]*member
	persons map[string][]*member // by client and SSN, however they are billed
	line    *Line
}

// member is what a file has said of a key.
type member struct {
	inserted bool // by this file
	known    bool // on file under a former key
	division string
	typ      string
	plans    map[string]*planState
	dropped  int // plans
}

// planState is what a file has said of a plan of a member.
type planState struct {
	inserted bool
	rated    []x12.Date // StartDate of rates
	dropped  x12.Date   // its last day
}

// NewChecker returns a Checker that reports to sink.
func NewChecker(o Options, sink Sink) *Checker {
	return &Checker{o: o, sink: sink, first: true, seed: maphash.MakeSeed(), seen: map[uint64]bool{}, members: map[string]*member{}, persons: map[string][]*member{}}
}

// LineOf returns the line a record would be, for records that were not read.
func LineOf(r Record, number int) *Line {
	l := layoutOf(r.Identifier())
	return &Line{Record: r, Number: number, Cells: len(l.Fields), layout: l}
}

// End reports what is wrong with a file as a whole: that it is empty.
func (c *Checker) End() bool {
	if c.first {
		c.line = &Line{Number: 1, layout: layoutOf("VERSION"), Record: new(Version)}
		c.add(-1, RuleVersion, x12.Error, "", "the file is empty: expected [VERSION],2.0")
	}
	return !c.stopped
}

// Line checks the next record of the file. It returns false when the sink wants no more.
func (c *Checker) Line(l *Line) bool {
	c.line = l
	v, version := l.Record.(*Version)
	switch {
	case c.first && !version:
		c.add(-1, RuleVersion, x12.Error, "", "the first record is not [VERSION],2.0")
	case !c.first && version:
		c.add(-1, RuleVersion, x12.Error, "", "a second version record")
	case version && strings.TrimSpace(v.Version) != "2.0":
		c.add(0, RuleVersion, x12.Error, v.Version, "expected version 2.0")
	}
	c.first = false
	for i := range l.layout.Fields {
		c.field(i)
	}
	c.record(l.Record)
	if !version {
		c.repeated(l.Record)
		c.order(l.Record)
	}
	return !c.stopped
}

// add reports a finding about field i, -1 for the record.
func (c *Checker) add(i int, rule string, sev x12.Severity, value, text string) {
	if c.stopped || c.sink == nil {
		return
	}
	f := &Finding{Line: c.line.Number, Offset: c.line.Offset, Record: c.line.layout.Identifier, Rule: rule, Severity: sev, Value: value, Message: text}
	if i >= 0 {
		f.Field, f.Number = c.line.layout.Fields[i].Name, i+1
	}
	c.stopped = !c.sink(f)
}

// named reports a finding about the field of a name.
func (c *Checker) named(name, rule string, sev x12.Severity, text string) {
	for i := range c.line.layout.Fields {
		if c.line.layout.Fields[i].Name == name {
			c.add(i, rule, sev, c.line.layout.field(c.line.Record, i), text)
			return
		}
	}
}

// field checks a field by itself.
func (c *Checker) field(i int) {
	l := c.line
	f := &l.layout.Fields[i]
	s := l.layout.field(l.Record, i)
	if s == "" {
		switch {
		case f.Flag == '!':
			c.add(i, RuleRequired, x12.Error, "", "is required")
		case f.Flag == '*' && i < len(l.sent) && l.sent[i]:
			c.add(i, RuleNotEmpty, x12.Error, "", "may be left out, but not sent empty")
		}
		return
	}
	if rule, text := f.fault(s, c.o.Allowed); rule != "" {
		c.add(i, rule, x12.Error, s, text)
	}
}

// record checks the fields of a record against one another.
func (c *Checker) record(r Record) {
	switch r := r.(type) {
	case *Insert:
		c.grace(r.SPMSubsequentGracePeriodOptionType, r.SubsequentGracePeriodNrOfDays, r.SPMInitialGracePeriodOptionType, r.InitialGracePeriodDays)
		c.coupon(r.PremiumCouponType, r.BillingFrequency)
	case *Update:
		c.grace(r.SPMSubsequentGracePeriodOptionType, r.SubsequentGracePeriodNrOfDays, r.SPMInitialGracePeriodOptionType, r.InitialGracePeriodDays)
		frequency := r.BillingFrequency
		if frequency == "" {
			frequency = r.OBillingFrequency
		}
		c.coupon(r.PremiumCouponType, frequency)
		if *r == (Update{Key: r.Key}) {
			c.add(-1, RuleNothing, x12.Warning, "", "the update changes nothing")
		}
	case *PlanInsert:
		c.period("EndDate", r.StartDate, r.EndDate, true)
	case *RateInsert:
		c.period("RateEndDate", r.RateStartDate, r.RateEndDate, true)
	case *SubsidyInsert:
		c.period("EndDate", r.StartDate, r.EndDate, false)
		if strings.Trim(r.Amount, "0.") == "" && r.Amount != "" {
			c.named("Amount", RulePositive, x12.Error, "must be more than zero")
		}
		if whole, _, _ := strings.Cut(r.Amount, "."); strings.EqualFold(r.SubsidyAmountType, "PERCENTAGE") && len(strings.TrimLeft(whole, "0")) >= 3 && r.Amount != "100.00" {
			c.named("Amount", RulePercent, x12.Error, "a percentage of more than 100")
		}
	case *PlanUpdate:
		c.period("EffectiveDate", r.StartDate, r.EffectiveDate, true)
	case *PlanDrop:
		c.period("EffectiveDate", r.StartDate, r.EffectiveDate, false)
	case *DivisionUpdate:
		if d, ok := ParseDate(r.EffectiveDate); ok && !c.o.Today.IsZero() && d.Before(c.o.Today) {
			c.named("EffectiveDate", RulePast, x12.Error, "must not be in the past")
		}
	}
}

func (c *Checker) grace(subsequent, days, initial, initialDays string) {
	if strings.EqualFold(subsequent, "CUSTOM") && days == "" {
		c.named("SubsequentGracePeriodNrOfDays", RuleGrace, x12.Error, "is required with CUSTOM")
	}
	if strings.EqualFold(initial, "CUSTOM") && initialDays == "" {
		c.named("InitialGracePeriodDays", RuleGrace, x12.Error, "is required with CUSTOM")
	}
}

// coupon warns of coupon books for a billing that no payroll has.
func (c *Checker) coupon(typ, frequency string) {
	if strings.EqualFold(typ, "COUPONBOOK") && (strings.EqualFold(frequency, "QUARTERLY") || strings.EqualFold(frequency, "YEARLY")) {
		c.named("PremiumCouponType", RuleCoupon, x12.Warning, "a coupon book goes with a payroll billing schedule")
	}
}

// period checks that a day is not before another, or is behind it.
func (c *Checker) period(name, from, to string, same bool) {
	a, ok := ParseDate(from)
	b, fine := ParseDate(to)
	if ok && fine && (b.Before(a) || !same && b.Equal(a)) {
		text := "is before the day it begins"
		if !same {
			text = "is not behind the day it begins"
		}
		c.named(name, RulePeriod, x12.Error, text)
	}
}

// repeated looks for records that were sent before.
func (c *Checker) repeated(r Record) {
	var h maphash.Hash
	h.SetSeed(c.seed)
	h.WriteString(r.Identifier())
	for i := range c.line.layout.Fields {
		h.WriteByte(0x1F)
		h.WriteString(c.line.layout.field(r, i))
	}
	sum := h.Sum64()
	switch {
	case c.seen[sum]:
		c.add(-1, RuleDuplicate, x12.Error, "", "the record stands in the file before")
	case c.o.Sent != nil && c.o.Sent(r):
		c.add(-1, RuleDuplicate, x12.Error, "", "the record was sent in a former file")
	}
	c.seen[sum] = true
}

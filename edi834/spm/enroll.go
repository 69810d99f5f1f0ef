package spm

import (
	"strings"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/x12"
)

// EnrollConfig is what 834 members need and records do not say.
type EnrollConfig struct {
	// Plans says which line and plan (HD03 and HD04) a plan name is; one that is not in it is HLT with its name.
	Plans map[string]roster.PlanCodes
	// Lookup returns who has a social security number, for records that have no name; it may be nil.
	Lookup func(ssn string) *roster.Member
	// Subscriber returns the subscriber number (REF*0F) of a social security number, "" for that number itself; it may be
	// nil.
	Subscriber func(ssn string) string
}

// Enroller makes members of an 834 change file of records: one for the records of one member that stand together.
type Enroller struct {
	c    EnrollConfig
	sink Sink
	emit func(*roster.Member) error
	m    *roster.Member
	who  string
	line *Line
	// Plans of the member in hand by name: which coverage they are.
	plans map[string]int
}

// NewEnroller returns an Enroller that hands members to emit and what it cannot say to sink.
func NewEnroller(c EnrollConfig, sink Sink, emit func(*roster.Member) error) *Enroller {
	return &Enroller{c: c, sink: sink, emit: emit}
}

func (e *Enroller) report(rule string, sev x12.Severity, field, text string) {
	if e.sink != nil {
		e.sink(&Finding{Line: e.line.Number, Offset: e.line.Offset, Record: e.line.Record.Identifier(), Field: field, Rule: rule, Severity: sev, Message: text})
	}
}

// The maintenance types that records lead to.
const (
	opChange = "001"
	opAdd    = "021"
	opEnd    = "024"
)

// Line takes the next record.
func (e *Enroller) Line(l *Line) error {
	e.line = l
	k := keyOf(l.Record)
	if k == nil {
		return nil
	}
	if who := k.person(); e.m == nil || who != e.who || isInsert(l.Record) && e.m.Operation != "" {
		if err := e.End(); err != nil {
			return err
		}
		e.begin(k, who)
	}
	switch r := l.Record.(type) {
	case *Insert:
		e.m.Operation = opAdd
		e.person(&Update{FirstName: r.FirstName, MiddleInitial: r.MiddleInitial, LastName: r.LastName, Email: r.Email, Phone: r.Phone, Phone2: r.Phone2,
			Address1: r.Address1, Address2: r.Address2, City: r.City, StateOrProvince: r.StateOrProvince, PostalCode: r.PostalCode, Country: r.Country,
			Sex: r.Sex, DOB: r.DOB, TobaccoUse: r.TobaccoUse, Salutation: r.Salutation, BillingType: r.BillingType})
		e.set(roster.EligibilityBegin, wire(r.EnrollmentDate))
		e.division(r.ClientDivisionName, r.ClientName)
	case *Update:
		e.change()
		if r.SSN != "" {
			old, _ := ssn(k.OSSN)
			e.m.Prior.MemberID = old
			e.m.Prior.Last, e.m.Prior.First = e.m.Get(roster.Last), e.m.Get(roster.First)
			e.number(r.SSN)
			moved := *k
			moved.OSSN = r.SSN
			e.who = moved.person()
		}
		e.person(r)
	case *PlanInsert:
		c := e.coverage(r.PlanName, opAdd)
		c.Set(roster.Begin, wire(r.StartDate))
		c.Set(roster.End, wire(r.EndDate))
		c.Set(roster.Tier, e.tier(r.CoverageLevel))
	case *PlanUpdate:
		c := e.coverage(r.PlanName, opChange)
		c.Set(roster.Begin, wire(r.EffectiveDate))
		c.Set(roster.Tier, e.tier(r.CoverageLevel))
	case *RateInsert:
		c := e.coverage(r.PlanName, "")
		if c.Operation == "" {
			c.Operation = opChange
			c.Set(roster.Begin, wire(r.StartDate))
			c.Effective = wire(r.RateStartDate)
		}
		c.Set(roster.Premium, r.Rate)
	case *PlanDrop:
		c := e.coverage(r.PlanName, opEnd)
		if c.Get(roster.Begin) == "" {
			c.Set(roster.Begin, wire(r.StartDate))
		}
		c.Set(roster.End, wire(r.EffectiveDate))
	case *DivisionUpdate:
		e.change()
		e.division(r.ClientDivisionName, "")
		e.m.Effective = wire(r.EffectiveDate)
	case *SubsidyInsert:
		e.report(RuleNotIn834, x12.Warning, "", "an 834 does not carry subsidies")
	}
	return nil
}

func isInsert(r Record) bool { _, ok := r.(*Insert); return ok }

// change makes the member one that changes, unless it is new.
func (e *Enroller) change() {
	if e.m.Operation == "" {
		e.m.Operation = opChange
	}
}

// begin starts a member.
func (e *Enroller) begin(k *Key, who string) {
	e.who, e.plans = who, map[string]int{}
	e.m = new(roster.Member)
	e.set(roster.Subscriber, "Y")
	e.set(roster.Relationship, "18")
	e.set(roster.BenefitStatus, "A")
	e.employment(k.OBillingType)
	e.number(k.OSSN)
	if e.c.Lookup != nil {
		number, _ := ssn(k.OSSN)
		if known := e.c.Lookup(number); known != nil {
			for _, f := range [...]roster.Field{roster.SubscriberID, roster.Last, roster.First, roster.Middle, roster.BirthDate, roster.Gender, roster.PolicyNumber} {
				e.set(f, known.Get(f))
			}
		}
	}
	e.m.Place = roster.Place{Offset: e.line.Offset, Segment: e.line.Number}
}

func (e *Enroller) set(f roster.Field, s string) {
	if s != "" {
		e.m.Set(f, s)
	}
}

func (e *Enroller) number(s string) {
	if n, ok := ssn(s); ok {
		s = n
	}
	e.m.Set(roster.MemberIDQualifier, "34")
	e.m.Set(roster.MemberID, s)
	id := ""
	if e.c.Subscriber != nil {
		id = e.c.Subscriber(s)
	}
	if id == "" {
		id = s
	}
	if e.m.Get(roster.SubscriberID) == "" {
		e.m.Set(roster.SubscriberID, id)
	}
}

func (e *Enroller) employment(typ string) {
	switch strings.ToUpper(typ) {
	case "RETIREE":
		e.set(roster.EmploymentStatus, "RT")
	case "LEAVEOFABSENCE", "FMLA":
		e.set(roster.EmploymentStatus, "L1")
	}
}

func (e *Enroller) person(r *Update) {
	e.set(roster.Prefix, r.Salutation)
	e.set(roster.First, r.FirstName)
	e.set(roster.Middle, r.MiddleInitial)
	e.set(roster.Last, r.LastName)
	e.set(roster.Email, r.Email)
	e.set(roster.HomePhone, r.Phone)
	e.set(roster.CellPhone, r.Phone2)
	e.set(roster.Address1, r.Address1)
	e.set(roster.Address2, r.Address2)
	e.set(roster.City, r.City)
	e.set(roster.StateCode, r.StateOrProvince)
	e.set(roster.PostalCode, r.PostalCode)
	e.set(roster.Country, r.Country)
	e.set(roster.Gender, strings.ToUpper(r.Sex))
	e.set(roster.BirthDate, wire(r.DOB))
	e.employment(r.BillingType)
	switch strings.ToUpper(r.TobaccoUse) {
	case "YES":
		e.set(roster.Health, "T")
	case "NO":
		e.set(roster.Health, "N")
	}
}

// division puts a division into REF*17, unless it is the client.
func (e *Enroller) division(name, client string) {
	if strings.EqualFold(name, client) {
		return
	}
	if f, ok := roster.FieldNamed("id_17"); ok {
		e.set(f, name)
	}
}

// coverage returns the coverage of a plan with an operation; "" takes the one there is.
func (e *Enroller) coverage(plan, op string) *roster.Coverage {
	e.change()
	name := strings.ToUpper(plan)
	if i, ok := e.plans[name]; ok {
		c := &e.m.Coverages[i]
		if op == "" || op == opEnd && c.Operation == opAdd { // begins and ends in one file
			return c
		}
		if op == opChange {
			return c
		}
	}
	e.plans[name] = len(e.m.Coverages)
	e.m.Coverages = append(e.m.Coverages, roster.Coverage{Operation: op})
	c := &e.m.Coverages[len(e.m.Coverages)-1]
	codes, ok := e.c.Plans[plan]
	if !ok {
		codes = roster.PlanCodes{Line: "HLT", Plan: plan}
	}
	c.Set(roster.Line, codes.Line)
	c.Set(roster.Plan, codes.Plan)
	if codes.Plan == "" {
		c.Set(roster.Plan, plan)
	}
	c.Set(roster.Policy, codes.Policy)
	return c
}

// tier returns HD05 of a coverage level.
func (e *Enroller) tier(level string) string {
	for _, code := range [...]string{"EMP", "ESP", "ECH", "FAM", "E1D", "SPO", "SPC", "CHD"} {
		if strings.EqualFold(levels(code), level) {
			return code
		}
	}
	e.report(RuleNoMapping, x12.Warning, "CoverageLevel", "a coverage level that HD05 has no code for; left out")
	return ""
}

// wire writes M/D/YYYY as CCYYMMDD, "" for what is no day.
func wire(s string) string {
	d, _ := ParseDate(s)
	return string(d.AppendWire(nil))
}

// End hands out the member in hand; it comes last.
func (e *Enroller) End() error {
	m := e.m
	e.m = nil
	switch {
	case m == nil || m.Operation == "":
		return nil
	case m.Get(roster.Last) == "":
		e.report(RuleNoName, x12.Error, "", "an 834 needs the name of the member, and these records do not have it: nothing is written")
		return nil
	}
	return e.emit(m)
}

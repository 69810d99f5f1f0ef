package edi834

import (
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// family ties the qualifiers of a repeated segment (REF, DTP, AMT, QTY) to the fields of T that hold their values.
type family[T, V any] []struct {
	qualifier string
	field     func(*T) *V
}

var fileDates = family[FileDates, x12.Date]{
	{"007", func(v *FileDates) *x12.Date { return &v.Effective }},
	{"090", func(v *FileDates) *x12.Date { return &v.ReportStart }},
	{"091", func(v *FileDates) *x12.Date { return &v.ReportEnd }},
	{"303", func(v *FileDates) *x12.Date { return &v.MaintenanceEffective }},
	{"382", func(v *FileDates) *x12.Date { return &v.Enrollment }},
	{"388", func(v *FileDates) *x12.Date { return &v.PaymentCommencement }},
}

var controlTotals = family[ControlTotals, Amount]{
	{"DT", func(v *ControlTotals) *Amount { return &v.Dependents }},
	{"ET", func(v *ControlTotals) *Amount { return &v.Employees }},
	{"TO", func(v *ControlTotals) *Amount { return &v.Total }},
}

var memberReferences = family[MemberReferences, string]{
	{"17", func(v *MemberReferences) *string { return &v.ClientReportingCategory }},
	{"23", func(v *MemberReferences) *string { return &v.ClientNumber }},
	{"3H", func(v *MemberReferences) *string { return &v.CaseNumber }},
	{"4A", func(v *MemberReferences) *string { return &v.PersonalIdentification }},
	{"6O", func(v *MemberReferences) *string { return &v.CrossReference }},
	{"ABB", func(v *MemberReferences) *string { return &v.PersonalID }},
	{"D3", func(v *MemberReferences) *string { return &v.PharmacyNumber }},
	{"DX", func(v *MemberReferences) *string { return &v.Department }},
	{"F6", func(v *MemberReferences) *string { return &v.MedicareNumber }},
	{"P5", func(v *MemberReferences) *string { return &v.Position }},
	{"Q4", func(v *MemberReferences) *string { return &v.PriorID }},
	{"QQ", func(v *MemberReferences) *string { return &v.Unit }},
	{"ZZ", func(v *MemberReferences) *string { return &v.MutuallyDefined }},
}

var memberDates = family[MemberDates, x12.Date]{
	{"050", func(v *MemberDates) *x12.Date { return &v.Received }},
	{"286", func(v *MemberDates) *x12.Date { return &v.Retirement }},
	{"296", func(v *MemberDates) *x12.Date { return &v.DisabilityReturnToWork }},
	{"297", func(v *MemberDates) *x12.Date { return &v.DisabilityLastWorked }},
	{"300", func(v *MemberDates) *x12.Date { return &v.EnrollmentSigned }},
	{"301", func(v *MemberDates) *x12.Date { return &v.COBRAEvent }},
	{"303", func(v *MemberDates) *x12.Date { return &v.MaintenanceEffective }},
	{"336", func(v *MemberDates) *x12.Date { return &v.EmploymentBegin }},
	{"337", func(v *MemberDates) *x12.Date { return &v.EmploymentEnd }},
	{"338", func(v *MemberDates) *x12.Date { return &v.MedicareBegin }},
	{"339", func(v *MemberDates) *x12.Date { return &v.MedicareEnd }},
	{"340", func(v *MemberDates) *x12.Date { return &v.COBRABegin }},
	{"341", func(v *MemberDates) *x12.Date { return &v.COBRAEnd }},
	{"350", func(v *MemberDates) *x12.Date { return &v.EducationBegin }},
	{"351", func(v *MemberDates) *x12.Date { return &v.EducationEnd }},
	{"356", func(v *MemberDates) *x12.Date { return &v.EligibilityBegin }},
	{"357", func(v *MemberDates) *x12.Date { return &v.EligibilityEnd }},
	{"383", func(v *MemberDates) *x12.Date { return &v.AdjustedHire }},
	{"385", func(v *MemberDates) *x12.Date { return &v.CreditedServiceBegin }},
	{"386", func(v *MemberDates) *x12.Date { return &v.CreditedServiceEnd }},
	{"393", func(v *MemberDates) *x12.Date { return &v.PlanParticipationSuspension }},
	{"394", func(v *MemberDates) *x12.Date { return &v.Rehire }},
	{"473", func(v *MemberDates) *x12.Date { return &v.MedicaidBegin }},
	{"474", func(v *MemberDates) *x12.Date { return &v.MedicaidEnd }},
}

var memberAmounts = family[Amounts, Amount]{
	{"B9", func(v *Amounts) *Amount { return &v.Coinsurance }},
	{"C1", func(v *Amounts) *Amount { return &v.Copay }},
	{"D2", func(v *Amounts) *Amount { return &v.Deductible }},
	{"EBA", func(v *Amounts) *Amount { return &v.ExpectedExpenditure }},
	{"FK", func(v *Amounts) *Amount { return &v.Unlisted }},
	{"P3", func(v *Amounts) *Amount { return &v.Premium }},
	{"R", func(v *Amounts) *Amount { return &v.SpendDown }},
}

var disabilityDates = family[Disability, x12.Date]{
	{"360", func(v *Disability) *x12.Date { return &v.Begin }},
	{"361", func(v *Disability) *x12.Date { return &v.End }},
}

var coverageDates = family[CoverageDates, DateRange]{
	{"300", func(v *CoverageDates) *DateRange { return &v.EnrollmentSigned }},
	{"303", func(v *CoverageDates) *DateRange { return &v.MaintenanceEffective }},
	{"343", func(v *CoverageDates) *DateRange { return &v.PremiumPaidToEnd }},
	{"348", func(v *CoverageDates) *DateRange { return &v.BenefitBegin }},
	{"349", func(v *CoverageDates) *DateRange { return &v.BenefitEnd }},
	{"543", func(v *CoverageDates) *DateRange { return &v.LastPremiumPaid }},
	{"695", func(v *CoverageDates) *DateRange { return &v.PreviousPeriod }},
}

var coverageReferences = family[CoverageReferences, string]{
	{"17", func(v *CoverageReferences) *string { return &v.ClientReportingCategory }},
	{"1L", func(v *CoverageReferences) *string { return &v.PolicyNumber }},
	{"9V", func(v *CoverageReferences) *string { return &v.PaymentCategory }},
	{"CE", func(v *CoverageReferences) *string { return &v.ContractClass }},
	{"E8", func(v *CoverageReferences) *string { return &v.ServiceContract }},
	{"M7", func(v *CoverageReferences) *string { return &v.MedicalAssistance }},
	{"PID", func(v *CoverageReferences) *string { return &v.Program }},
	{"RB", func(v *CoverageReferences) *string { return &v.RateCode }},
	{"X9", func(v *CoverageReferences) *string { return &v.InternalControlNumber }},
	{"XM", func(v *CoverageReferences) *string { return &v.IssuerNumber }},
	{"XX1", func(v *CoverageReferences) *string { return &v.SpecialProgram }},
	{"XX2", func(v *CoverageReferences) *string { return &v.ServiceArea }},
	{"ZX", func(v *CoverageReferences) *string { return &v.County }},
	{"ZZ", func(v *CoverageReferences) *string { return &v.MutuallyDefined }},
}

var otherInsuranceReferences = family[CoordinationOfBenefits, string]{
	{"60", func(v *CoordinationOfBenefits) *string { return &v.AccountSuffix }},
	{"6P", func(v *CoordinationOfBenefits) *string { return &v.GroupNumber }},
	{"SY", func(v *CoordinationOfBenefits) *string { return &v.SocialSecurityNumber }},
	{"ZZ", func(v *CoordinationOfBenefits) *string { return &v.MutuallyDefined }},
}

var otherInsuranceDates = family[CoordinationOfBenefits, x12.Date]{
	{"344", func(v *CoordinationOfBenefits) *x12.Date { return &v.Begin }},
	{"345", func(v *CoordinationOfBenefits) *x12.Date { return &v.End }},
}

// form is how the values of a family stand in the exact structs (W) and, without a field of their own, in the
// domain (O).
type form[W, O, V any] struct {
	qualifier func(*W) string
	value     func(*W) V // none where the text is no such value
	entry     func(m *mapper, qualifier string, value V) W
	other     func(*W) O
	join      func(*mapper, *O) W
	none      func(V) bool
	same      func(a, b *W) bool // of one qualifier: they say the same
}

var references = form[ts834.Reference, Reference, string]{
	qualifier: func(w *ts834.Reference) string { return w.Qualifier },
	value:     func(w *ts834.Reference) string { return w.ID },
	entry:     func(_ *mapper, q, v string) ts834.Reference { return ts834.Reference{Qualifier: q, ID: v} },
	other:     func(w *ts834.Reference) Reference { return Reference(*w) },
	join:      func(_ *mapper, o *Reference) ts834.Reference { return ts834.Reference(*o) },
	none:      func(v string) bool { return v == "" },
	same:      func(a, b *ts834.Reference) bool { return a.ID == b.ID },
}

func dateOf(text string) x12.Date {
	d, _ := x12.ParseDate(text)
	return d.Long()
}

var dates = form[ts834.QualifiedDate, OtherDate, x12.Date]{
	qualifier: func(w *ts834.QualifiedDate) string { return w.Qualifier },
	value:     func(w *ts834.QualifiedDate) x12.Date { return dateOf(w.Date) },
	entry: func(_ *mapper, q string, v x12.Date) ts834.QualifiedDate {
		return ts834.QualifiedDate{Qualifier: q, Date: dayText(v)}
	},
	other: func(w *ts834.QualifiedDate) OtherDate { return OtherDate{Qualifier: w.Qualifier, Value: w.Date} },
	join: func(m *mapper, o *OtherDate) ts834.QualifiedDate {
		m.refuse(o.Format != "" && o.Format != "D8", "OtherDate.Format outside a Coverage")
		return ts834.QualifiedDate{Qualifier: o.Qualifier, Date: o.Value}
	},
	none: x12.Date.IsZero,
	same: func(a, b *ts834.QualifiedDate) bool {
		return a.Date == b.Date || !dateOf(a.Date).IsZero() && dateOf(a.Date).Equal(dateOf(b.Date))
	},
}

var periods = form[ts834.QualifiedPeriod, OtherDate, DateRange]{
	qualifier: func(w *ts834.QualifiedPeriod) string { return w.Qualifier },
	value:     func(w *ts834.QualifiedPeriod) DateRange { return rangeOf(w.Format, w.Value) },
	entry: func(_ *mapper, q string, v DateRange) ts834.QualifiedPeriod {
		w := ts834.QualifiedPeriod{Qualifier: q}
		w.Format, w.Value = v.wire()
		return w
	},
	other: func(w *ts834.QualifiedPeriod) OtherDate { return OtherDate(*w) },
	join:  func(_ *mapper, o *OtherDate) ts834.QualifiedPeriod { return ts834.QualifiedPeriod(*o) },
	none:  DateRange.IsZero,
	same: func(a, b *ts834.QualifiedPeriod) bool {
		if *a == *b {
			return true
		}
		r := rangeOf(a.Format, a.Value)
		return !r.IsZero() && r.equal(rangeOf(b.Format, b.Value))
	},
}

var amounts = form[ts834.QualifiedAmount, QualifiedAmount, Amount]{
	qualifier: func(w *ts834.QualifiedAmount) string { return w.Qualifier },
	value:     func(w *ts834.QualifiedAmount) Amount { return care.AmountOf(w.Amount) },
	entry: func(m *mapper, q string, v Amount) ts834.QualifiedAmount {
		w := ts834.QualifiedAmount{Qualifier: q}
		m.num(&v, &w.Amount)
		return w
	},
	other: func(w *ts834.QualifiedAmount) QualifiedAmount {
		return QualifiedAmount{Qualifier: w.Qualifier, Amount: care.AmountOf(w.Amount)}
	},
	join: func(m *mapper, o *QualifiedAmount) ts834.QualifiedAmount {
		w := ts834.QualifiedAmount{Qualifier: o.Qualifier}
		m.num(&o.Amount, &w.Amount)
		return w
	},
	none: Amount.IsZero,
	same: func(a, b *ts834.QualifiedAmount) bool {
		return care.AmountOf(a.Amount).Same(care.AmountOf(b.Amount))
	},
}

var quantities = form[ts834.ControlTotal, QualifiedAmount, Amount]{
	qualifier: func(w *ts834.ControlTotal) string { return w.Qualifier },
	value:     func(w *ts834.ControlTotal) Amount { return care.AmountOf(w.Quantity) },
	entry: func(m *mapper, q string, v Amount) ts834.ControlTotal {
		w := ts834.ControlTotal{Qualifier: q}
		m.num(&v, &w.Quantity)
		return w
	},
	other: func(w *ts834.ControlTotal) QualifiedAmount {
		return QualifiedAmount{Qualifier: w.Qualifier, Amount: care.AmountOf(w.Quantity)}
	},
	join: func(m *mapper, o *QualifiedAmount) ts834.ControlTotal {
		w := ts834.ControlTotal{Qualifier: o.Qualifier}
		m.num(&o.Amount, &w.Quantity)
		return w
	},
	none: Amount.IsZero,
	same: func(a, b *ts834.ControlTotal) bool {
		return care.AmountOf(a.Quantity).Same(care.AmountOf(b.Quantity))
	},
}

// mapFamily maps the fields of T and what has no field (other) to and from the list w.
//
// An entry goes to the field of its qualifier when it is the first with a value, else to other. Written, the entries
// of w that are still there keep their order and their form; the others follow in the order of the family.
func mapFamily[T, W, O, V any](m *mapper, fam family[T, V], fields *T, other *[]O, w *[]W, f *form[W, O, V]) {
	if !m.out {
		*other = nil
		for i := range *w {
			e := &(*w)[i]
			v := f.value(e)
			if at := fam.find(fields, f.qualifier(e)); at != nil && f.none(*at) && !f.none(v) {
				*at = v
			} else {
				*other = append(*other, f.other(e))
			}
		}
		return
	}
	var items []W
	for i := range fam {
		if v := *fam[i].field(fields); !f.none(v) {
			items = append(items, f.entry(m, fam[i].qualifier, v))
		}
	}
	for i := range *other {
		items = append(items, f.join(m, &(*other)[i]))
	}
	base := *w
	if len(base) == 0 {
		*w = items
		return
	}
	// Which item stands in the place of which entry of the base: first those that say the same.
	taken, place := make([]bool, len(items)), make([]int, len(base))
	for pass, alike := range [...]bool{true, false} {
		for i := range base {
			if pass > 0 && place[i] >= 0 {
				continue
			}
			place[i] = -1
			for k := range items {
				if !taken[k] && f.qualifier(&items[k]) == f.qualifier(&base[i]) && (!alike || f.same(&items[k], &base[i])) {
					taken[k], place[i] = true, k
					break
				}
			}
			if alike && place[i] >= 0 {
				items[place[i]] = base[i]
			}
		}
	}
	out := make([]W, 0, len(items))
	for _, k := range place {
		if k >= 0 {
			out = append(out, items[k])
		}
	}
	for k := range items {
		if !taken[k] {
			out = append(out, items[k])
		}
	}
	if *w = nil; len(out) > 0 {
		*w = out
	}
}

// find returns the field of a qualifier, nil when there is none.
func (fam family[T, V]) find(v *T, qualifier string) *V {
	for i := range fam {
		if fam[i].qualifier == qualifier {
			return fam[i].field(v)
		}
	}
	return nil
}

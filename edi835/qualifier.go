package edi835

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// family ties the qualifiers of a repeated segment (REF, DTM, AMT, QTY) to the fields of T that hold their values.
type family[T, V any] []struct {
	qualifier string
	field     func(*T) *V
}

var claimReferences = family[ClaimReferences, string]{
	{"1L", func(v *ClaimReferences) *string { return &v.GroupOrPolicyNumber }},
	{"1W", func(v *ClaimReferences) *string { return &v.MemberID }},
	{"28", func(v *ClaimReferences) *string { return &v.EmployeeID }},
	{"6P", func(v *ClaimReferences) *string { return &v.GroupNumber }},
	{"9A", func(v *ClaimReferences) *string { return &v.RepricedClaimNumber }},
	{"9C", func(v *ClaimReferences) *string { return &v.AdjustedRepricedClaimNumber }},
	{"BB", func(v *ClaimReferences) *string { return &v.AuthorizationNumber }},
	{"CE", func(v *ClaimReferences) *string { return &v.ContractClass }},
	{"EA", func(v *ClaimReferences) *string { return &v.MedicalRecordNumber }},
	{"F8", func(v *ClaimReferences) *string { return &v.OriginalReferenceNumber }},
	{"G1", func(v *ClaimReferences) *string { return &v.PriorAuthorizationNumber }},
	{"G3", func(v *ClaimReferences) *string { return &v.PredeterminationOfBenefitsID }},
	{"IG", func(v *ClaimReferences) *string { return &v.InsurancePolicyNumber }},
	{"SY", func(v *ClaimReferences) *string { return &v.SocialSecurityNumber }},
}

var serviceReferences = family[ServiceReferences, string]{
	{"1S", func(v *ServiceReferences) *string { return &v.AmbulatoryPatientGroup }},
	{"APC", func(v *ServiceReferences) *string { return &v.AmbulatoryPaymentClassification }},
	{"BB", func(v *ServiceReferences) *string { return &v.AuthorizationNumber }},
	{"E9", func(v *ServiceReferences) *string { return &v.AttachmentCode }},
	{"G1", func(v *ServiceReferences) *string { return &v.PriorAuthorizationNumber }},
	{"G3", func(v *ServiceReferences) *string { return &v.PredeterminationOfBenefitsID }},
	{"LU", func(v *ServiceReferences) *string { return &v.LocationNumber }},
	{"RB", func(v *ServiceReferences) *string { return &v.RateCode }},
}

var claimDates = family[ClaimDates, x12.Date]{
	{"232", func(v *ClaimDates) *x12.Date { return &v.StatementFrom }},
	{"233", func(v *ClaimDates) *x12.Date { return &v.StatementTo }},
}

var serviceDates = family[ServiceDates, x12.Date]{
	{"472", func(v *ServiceDates) *x12.Date { return &v.Date }},
	{"150", func(v *ServiceDates) *x12.Date { return &v.From }},
	{"151", func(v *ServiceDates) *x12.Date { return &v.To }},
}

var claimAmounts = family[ClaimAmounts, Amount]{
	{"AU", func(v *ClaimAmounts) *Amount { return &v.Coverage }},
	{"D8", func(v *ClaimAmounts) *Amount { return &v.Discount }},
	{"DY", func(v *ClaimAmounts) *Amount { return &v.PerDayLimit }},
	{"F5", func(v *ClaimAmounts) *Amount { return &v.PatientPaid }},
	{"I", func(v *ClaimAmounts) *Amount { return &v.Interest }},
	{"NL", func(v *ClaimAmounts) *Amount { return &v.NegativeLedgerBalance }},
	{"T", func(v *ClaimAmounts) *Amount { return &v.Tax }},
	{"T2", func(v *ClaimAmounts) *Amount { return &v.TotalBeforeTaxes }},
	{"ZK", func(v *ClaimAmounts) *Amount { return &v.FederalMandate1 }},
	{"ZL", func(v *ClaimAmounts) *Amount { return &v.FederalMandate2 }},
	{"ZM", func(v *ClaimAmounts) *Amount { return &v.FederalMandate3 }},
	{"ZN", func(v *ClaimAmounts) *Amount { return &v.FederalMandate4 }},
	{"ZO", func(v *ClaimAmounts) *Amount { return &v.FederalMandate5 }},
}

var claimQuantities = family[ClaimQuantities, Amount]{
	{"CA", func(v *ClaimQuantities) *Amount { return &v.Covered }},
	{"CD", func(v *ClaimQuantities) *Amount { return &v.Coinsured }},
	{"LA", func(v *ClaimQuantities) *Amount { return &v.LifetimeReserveActual }},
	{"LE", func(v *ClaimQuantities) *Amount { return &v.LifetimeReserveEstimated }},
	{"NE", func(v *ClaimQuantities) *Amount { return &v.NoncoveredEstimated }},
	{"NR", func(v *ClaimQuantities) *Amount { return &v.BloodUnitsNotReplaced }},
	{"OU", func(v *ClaimQuantities) *Amount { return &v.OutlierDays }},
	{"PS", func(v *ClaimQuantities) *Amount { return &v.Prescriptions }},
	{"VS", func(v *ClaimQuantities) *Amount { return &v.Visits }},
	{"ZK", func(v *ClaimQuantities) *Amount { return &v.FederalMandate1 }},
	{"ZL", func(v *ClaimQuantities) *Amount { return &v.FederalMandate2 }},
	{"ZM", func(v *ClaimQuantities) *Amount { return &v.FederalMandate3 }},
	{"ZN", func(v *ClaimQuantities) *Amount { return &v.FederalMandate4 }},
	{"ZO", func(v *ClaimQuantities) *Amount { return &v.FederalMandate5 }},
}

var serviceAmounts = family[ServiceAmounts, Amount]{
	{"B6", func(v *ServiceAmounts) *Amount { return &v.Allowed }},
	{"KH", func(v *ServiceAmounts) *Amount { return &v.LateFilingReduction }},
	{"T", func(v *ServiceAmounts) *Amount { return &v.Tax }},
	{"T2", func(v *ServiceAmounts) *Amount { return &v.TotalBeforeTaxes }},
	{"ZK", func(v *ServiceAmounts) *Amount { return &v.FederalMandate1 }},
	{"ZL", func(v *ServiceAmounts) *Amount { return &v.FederalMandate2 }},
	{"ZM", func(v *ServiceAmounts) *Amount { return &v.FederalMandate3 }},
	{"ZN", func(v *ServiceAmounts) *Amount { return &v.FederalMandate4 }},
	{"ZO", func(v *ServiceAmounts) *Amount { return &v.FederalMandate5 }},
}

var serviceQuantities = family[ServiceQuantities, Amount]{
	{"ZK", func(v *ServiceQuantities) *Amount { return &v.FederalMandate1 }},
	{"ZL", func(v *ServiceQuantities) *Amount { return &v.FederalMandate2 }},
	{"ZM", func(v *ServiceQuantities) *Amount { return &v.FederalMandate3 }},
	{"ZN", func(v *ServiceQuantities) *Amount { return &v.FederalMandate4 }},
	{"ZO", func(v *ServiceQuantities) *Amount { return &v.FederalMandate5 }},
}

// form is how the values of a family stand in the exact structs (W) and, without a field of their own, in the
// domain (O).
type form[W, O, V any] struct {
	read  func(*W) (qualifier string, value V)
	write func(m *mapper, qualifier string, value V) W
	split func(*O) (qualifier string, value V)
	join  func(qualifier string, value V) O
	none  func(V) bool      // there is no value
	same  func(a, b V) bool // written alike
}

var references = form[ts835.Reference, Reference, string]{
	read:  func(w *ts835.Reference) (string, string) { return w.Qualifier, w.ID },
	write: func(_ *mapper, q, v string) ts835.Reference { return ts835.Reference{Qualifier: q, ID: v} },
	split: func(o *Reference) (string, string) { return o.Qualifier, o.ID },
	join:  func(q, v string) Reference { return Reference{Qualifier: q, ID: v} },
	none:  func(v string) bool { return v == "" },
	same:  func(a, b string) bool { return a == b },
}

var dates = form[ts835.DateReference, DateReference, x12.Date]{
	read: func(w *ts835.DateReference) (string, x12.Date) { return w.Qualifier, w.Date.Long() },
	write: func(_ *mapper, q string, v x12.Date) ts835.DateReference {
		return ts835.DateReference{Qualifier: q, Date: v}
	},
	split: func(o *DateReference) (string, x12.Date) { return o.Qualifier, o.Date },
	join:  func(q string, v x12.Date) DateReference { return DateReference{Qualifier: q, Date: v} },
	none:  x12.Date.IsZero,
	same:  x12.Date.Equal,
}

var amounts = form[ts835.SupplementalAmount, QualifiedAmount, Amount]{
	read: func(w *ts835.SupplementalAmount) (string, Amount) { return w.Qualifier, care.AmountOf(w.Amount) },
	write: func(m *mapper, q string, v Amount) ts835.SupplementalAmount {
		w := ts835.SupplementalAmount{Qualifier: q}
		m.num(&v, &w.Amount)
		return w
	},
	split: splitAmount, join: joinAmount, none: Amount.IsZero, same: Amount.Same,
}

var quantities = form[ts835.SupplementalQuantity, QualifiedAmount, Amount]{
	read: func(w *ts835.SupplementalQuantity) (string, Amount) { return w.Qualifier, care.AmountOf(w.Quantity) },
	write: func(m *mapper, q string, v Amount) ts835.SupplementalQuantity {
		w := ts835.SupplementalQuantity{Qualifier: q}
		m.num(&v, &w.Quantity)
		return w
	},
	split: splitAmount, join: joinAmount, none: Amount.IsZero, same: Amount.Same,
}

func splitAmount(o *QualifiedAmount) (string, Amount) { return o.Qualifier, o.Amount }

func joinAmount(q string, v Amount) QualifiedAmount { return QualifiedAmount{Qualifier: q, Amount: v} }

// mapFamily maps the fields of T and what has no field (other) to and from the list w.
//
// An entry goes to the field of its qualifier when it is the first with a value, else to other. Written, the entries
// of w that are still there keep their order and their form; the others follow in the order of the family.
func mapFamily[T, W, O, V any](m *mapper, fam family[T, V], fields *T, other *[]O, w *[]W, f *form[W, O, V]) {
	if !m.out {
		*other = nil
		for i := range *w {
			q, v := f.read(&(*w)[i])
			if at := fam.find(fields, q); at != nil && f.none(*at) && !f.none(v) {
				*at = v
			} else {
				*other = append(*other, f.join(q, v))
			}
		}
		return
	}
	type item struct {
		qualifier string
		value     V
	}
	var items []item
	for i := range fam {
		if v := *fam[i].field(fields); !f.none(v) {
			items = append(items, item{fam[i].qualifier, v})
		}
	}
	for i := range *other {
		q, v := f.split(&(*other)[i])
		items = append(items, item{q, v})
	}
	var out []W
	for i := range *w {
		base := &(*w)[i]
		q, v := f.read(base)
		pick, alike := -1, false
		for k := range items {
			if items[k].qualifier == q && (pick < 0 || !alike) {
				if eq := f.same(items[k].value, v); pick < 0 || eq {
					pick, alike = k, eq
				}
			}
		}
		if pick < 0 {
			continue
		}
		if alike {
			out = append(out, *base)
		} else {
			out = append(out, f.write(m, q, items[pick].value))
		}
		items = append(items[:pick], items[pick+1:]...)
	}
	for _, it := range items {
		out = append(out, f.write(m, it.qualifier, it.value))
	}
	*w = out
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

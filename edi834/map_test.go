package edi834

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// maker makes files of random fields, in the form in which reading would give them.
type maker struct {
	rng *rand.Rand
	n   int
}

func (f *maker) fill(v reflect.Value) {
	f.n++
	switch at := v.Addr().Interface().(type) {
	case *x12.Date:
		*at, _ = x12.NewDate(2000+f.n/336%90, 1+f.n/28%12, 1+f.n%28)
		return
	case *x12.Time:
		*at, _ = x12.NewTime(f.n%24, f.n%60, 0)
		*at = at.Short()
		return
	case *Amount:
		*at = NewAmount(decimal.New(int64(f.n)-500, -int32(f.n%4)))
		return
	case *DateRange:
		f.fill(reflect.ValueOf(&at.From).Elem())
		if f.rng.IntN(2) == 0 {
			f.fill(reflect.ValueOf(&at.To).Elem())
		}
		return
	case *OtherDate:
		*at = OtherDate{Qualifier: fmt.Sprint("Q", f.n), Value: fmt.Sprint("T", f.n)}
		return
	case *Envelope:
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		if n := f.rng.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f.rng.IntN(3) > 0 {
				f.fill(v.Field(i))
			}
		}
	}
}

// file makes a file.
func (f *maker) file() *File {
	d := new(File)
	f.fill(reflect.ValueOf(d).Elem())
	if d.Guide == "" {
		d.Guide = ts834.X220A1.ID
	}
	for i := range d.Members {
		m := &d.Members[i]
		nameless(m.Person.Contact)
		if m.CustodialParent != nil {
			m.CustodialParent.Role = ""
			nameless(m.CustodialParent.Contact)
		}
		for k := range m.ResponsiblePersons {
			nameless(m.ResponsiblePersons[k].Contact)
		}
		for k := range m.Coverages {
			for _, p := range m.Coverages[k].Providers {
				for n := range p.Contacts {
					nameless(&p.Contacts[n])
				}
			}
		}
	}
	return d
}

func nameless(c *Contact) {
	if c != nil {
		c.Name = ""
	}
}

func TestDomainToWireAndBack(t *testing.T) {
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 1))
		want := (&maker{rng: rng}).file()
		w, err := ToWire(want, nil)
		require.NoError(t, err, "seed %d", seed)
		got := FromWire(w)
		sameLines(t, apart(want.AppendJSON(nil)), apart(got.AppendJSON(nil)), "seed %d", seed)
		require.Equal(t, want, got, "seed %d", seed)

		back := new(File)
		require.NoError(t, codec.Unmarshal(got.AppendJSON(nil), back))
		require.Equal(t, want, back, "seed %d: JSON", seed)

		before := w.AppendJSON(nil)
		again, err := ToWire(got, w)
		require.NoError(t, err)
		require.Equal(t, w, again, "seed %d: written onto its base", seed)
		for i := range got.Members {
			m := &got.Members[i]
			m.Coverages = slices.DeleteFunc(m.Coverages, func(Coverage) bool { return rng.IntN(2) == 0 })
			m.Dates.EligibilityBegin, m.References.CaseNumber, m.Person.Gender = x12.Date{}, "new", "X"
		}
		_, err = ToWire(got, w)
		require.NoError(t, err)
		require.Equal(t, string(before), string(w.AppendJSON(nil)), "seed %d: the base was changed", seed)
	}
}

func numberOf(t *testing.T, s string) x12.Number {
	n, ok := x12.ParseNumber(s)
	require.True(t, ok)
	return n
}

func TestToWireKeepsForms(t *testing.T) {
	base := &ts834.Member{
		DeathDateFormat: "D8", DeathDate: "NEVER", BirthSequence: numberOf(t, "01"),
		SupplementalIDs: []ts834.Reference{{Qualifier: "ZZ", ID: "1"}, {Qualifier: "23", ID: "2"}, {Qualifier: "ZZ", ID: "3"}, {Qualifier: "17"}},
		Dates:           []ts834.QualifiedDate{{Qualifier: "357", Date: "261231"}, {Qualifier: "356", Date: "20260101"}, {Qualifier: "356", Date: "SOON"}},
		Person: ts834.Person{
			Demographics: &ts834.Demographics{}, Address: &ts834.Address{},
			EmploymentClasses: []ts834.EmploymentClass{{Codes: []string{"01"}}, {}, {Codes: []string{"02", "17"}}},
			Amounts:           []ts834.QualifiedAmount{{Qualifier: "P3", Amount: numberOf(t, "080.50")}},
		},
		HealthCoverages: []ts834.HealthCoverage{{Dates: []ts834.QualifiedPeriod{
			{Qualifier: "348", Format: "D8", Value: "20260101"}, {Qualifier: "349", Format: "DT", Value: "202612312359"},
		}}},
		ReportingCategories: []ts834.ReportingCategory{{Number: numberOf(t, "01")}, {Category: &ts834.Category{Date: &ts834.DatePeriod{Format: "D8", Value: "X"}}}},
		Extras:              &codec.Extras{Omit: []string{"x"}},
	}
	d := MemberFromWire(base)
	require.True(t, d.DeathDate.IsZero())
	require.Equal(t, "1", d.References.MutuallyDefined)
	require.Equal(t, []Reference{{Qualifier: "ZZ", ID: "3"}, {Qualifier: "17"}}, d.References.Other)
	require.Equal(t, "2026-12-31", d.Dates.EligibilityEnd.String())
	require.Equal(t, []OtherDate{{Qualifier: "356", Value: "SOON"}}, d.Dates.Other)
	require.Equal(t, []OtherDate{{Qualifier: "349", Format: "DT", Value: "202612312359"}}, d.Coverages[0].Dates.Other)
	require.Equal(t, []string{"01", "02", "17"}, d.Person.EmploymentClasses)
	require.Equal(t, "80.50", d.Person.Amounts.Premium.String())
	w, err := MemberToWire(d, base)
	require.NoError(t, err)
	require.Equal(t, base, w)

	d.DeathDate, _ = x12.NewDate(2026, 2, 1)
	d.References.MutuallyDefined, d.References.ClientNumber = "4", ""
	d.Dates.EligibilityBegin = d.DeathDate
	d.Coverages[0].Dates.BenefitBegin.To = d.DeathDate
	d.Person.EmploymentClasses = d.Person.EmploymentClasses[:2]
	w, err = MemberToWire(d, base)
	require.NoError(t, err)
	require.Equal(t, "20260201", w.DeathDate)
	require.Equal(t, []ts834.Reference{{Qualifier: "ZZ", ID: "4"}, {Qualifier: "ZZ", ID: "3"}, {Qualifier: "17"}}, w.SupplementalIDs)
	require.Equal(t, []ts834.QualifiedDate{{Qualifier: "357", Date: "261231"}, {Qualifier: "356", Date: "20260201"}, {Qualifier: "356", Date: "SOON"}}, w.Dates)
	require.Equal(t, ts834.QualifiedPeriod{Qualifier: "348", Format: "RD8", Value: "20260101-20260201"}, w.HealthCoverages[0].Dates[0])
	require.Equal(t, []ts834.EmploymentClass{{Codes: []string{"01"}}, {}, {Codes: []string{"02"}}}, w.Person.EmploymentClasses)
	require.Equal(t, base.Extras, w.Extras)

	d.Person.EmploymentClasses = []string{"01", "02", "17", "18"}
	w, err = MemberToWire(d, nil)
	require.NoError(t, err)
	require.Equal(t, []ts834.EmploymentClass{{Codes: []string{"01", "02", "17"}}, {Codes: []string{"18"}}}, w.Person.EmploymentClasses)
	require.Equal(t, "20260201", w.DeathDate)
	require.Equal(t, "D8", w.DeathDateFormat)
	require.Nil(t, w.Person.Demographics)
}

// TestToWireRefuses has values that the guide has no place for.
func TestToWireRefuses(t *testing.T) {
	for what, d := range map[string]*Member{
		"name":     {Person: Person{Contact: &Contact{Name: "X"}}},
		"role":     {CustodialParent: &RelatedPerson{Role: "QD"}},
		"provider": {Coverages: []Coverage{{Providers: []Provider{{Contacts: []Contact{{Name: "X"}}}}}}},
		"format":   {Dates: MemberDates{Other: []OtherDate{{Qualifier: "356", Format: "RD8", Value: "20260101-20260102"}}}},
	} {
		_, err := MemberToWire(d, nil)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, what)
		require.Equal(t, codec.RuleNoPlace, issue.Rule, what)
	}
	huge := Amounts{Premium: NewAmount(decimal.RequireFromString("1234567890123456789"))}
	_, err := MemberToWire(&Member{Person: Person{Amounts: huge}}, nil)
	var issue *x12.Issue
	require.ErrorAs(t, err, &issue)
	require.Equal(t, RuleNumber, issue.Rule)
	require.ErrorIs(t, err, x12.ErrNumber)
	require.NotContains(t, err.Error(), "12345")
}

func TestGuide(t *testing.T) {
	for st03, want := range map[string]string{"": "005010X220A1", "005010X220A1": "005010X220A1", "005010X220": "005010X220"} {
		base := &ts834.BenefitEnrollment{ImplementationReference: st03}
		f := FromWire(base)
		require.Equal(t, want, f.Guide)
		w, err := ToWire(f, base)
		require.NoError(t, err)
		require.Equal(t, base, w)
		f.Guide = "005010X220A1"
		w, err = ToWire(f, base)
		require.NoError(t, err)
		require.Equal(t, "005010X220A1", FromWire(w).Guide)
	}
}

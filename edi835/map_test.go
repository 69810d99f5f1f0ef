package edi835

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite docs/coverage-835.md")

// filler fills values of any type; texts, numbers and dates differ from each other unless rng says otherwise.
type filler struct {
	rng *rand.Rand // nil: everything, twice where it repeats
	n   int
}

func (f *filler) some() bool { return f.rng == nil || f.rng.IntN(3) > 0 }

func (f *filler) size() int {
	if f.rng == nil {
		return 2
	}
	return f.rng.IntN(4)
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch at := v.Addr().Interface().(type) {
	case *x12.Number:
		*at = x12.NewNumber(int64(100_000+f.n), f.n%3)
		return
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
	case *codec.Extras:
		at.Omit = []string{"x"}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		if n := f.size(); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f.some() {
				f.fill(v.Field(i))
			}
		}
	}
}

// canonical gives a made-up remittance the places of adjustments that reading would give it.
func canonical(r *Remittance, rng *rand.Rand) {
	for i := range r.ProviderAdjustments {
		a := &r.ProviderAdjustments[i]
		a.Place, a.Reason = Place{Segment: 1 + i/3, Position: 1 + i%3}, "WO"
		a.ProviderID, a.FiscalPeriodDate = fmt.Sprint("P", i/3), r.ProviderAdjustments[i/3*3].FiscalPeriodDate
	}
	cas := func(list []Adjustment) {
		segment, position := 1, 1
		for i := range list {
			if i > 0 && (position > care.Places || rng.IntN(3) == 0) {
				segment, position = segment+1, 1
			}
			list[i].Place = Place{Segment: segment, Position: position}
			if position < care.Places && rng.IntN(4) == 0 {
				list[i].Skipped, list[i].Position = 1, position+1
				position++
			}
			list[i].Reason = "45"
			list[i].Group = AdjustmentGroup([]string{"CO", "PR", "OA"}[segment%3])
			position++
		}
	}
	for i := range r.Groups {
		for k := range r.Groups[i].Claims {
			c := &r.Groups[i].Claims[k]
			cas(c.Adjustments)
			for l := range c.Services {
				cas(c.Services[l].Adjustments)
			}
		}
	}
}

func TestDomainToWireAndBack(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		want := new(Remittance)
		f := &filler{rng: rng}
		f.fill(reflect.ValueOf(want).Elem())
		want.Envelope = Envelope{}
		canonical(want, rng)
		set, err := ToWire(want, nil)
		require.NoError(t, err)
		got := FromWire(set)
		require.Equal(t, want, got, "seed %d", seed)

		before := jsonOf(t, set)
		again, err := ToWire(got, set)
		require.NoError(t, err)
		require.Equal(t, set, again, "seed %d: written onto its base", seed)
		for i := range got.Groups {
			got.Groups[i].Claims = slices.DeleteFunc(got.Groups[i].Claims, func(Claim) bool { return rng.IntN(2) == 0 })
		}
		_, err = ToWire(got, set)
		require.NoError(t, err)
		require.Equal(t, before, jsonOf(t, set), "seed %d: the base was changed", seed)
	}
}

func jsonOf(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// leaves calls visit with each leaf of v and its path, lists without their indexes.
func leaves(v reflect.Value, path string, visit func(path, text string)) {
	switch at := v.Interface().(type) {
	case x12.Number:
		visit(path, at.String())
		return
	case x12.Date:
		visit(path, at.String())
		return
	case *codec.Extras:
		visit(path, fmt.Sprint(at != nil))
		return
	}
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Pointer:
		if v.IsNil() {
			v = reflect.New(v.Type().Elem())
		}
		leaves(v.Elem(), path, visit)
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), path+"[]", visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	default:
		panic("leaf of kind " + v.Kind().String())
	}
}

// qualified gives the families of a filled set the qualifiers that have a field.
func qualified(set *ts835.RemittanceAdvice) {
	for i := range set.Groups {
		for k := range set.Groups[i].Claims {
			c := &set.Groups[i].Claims[k]
			c.OtherIDs, c.StatementDates, c.SupplementalAmounts, c.SupplementalQuantities = nil, nil, nil, nil
			for _, q := range claimReferences {
				c.OtherIDs = append(c.OtherIDs, ts835.Reference{Qualifier: q.qualifier, ID: "id " + q.qualifier})
			}
			for n, q := range claimDates {
				d, _ := x12.NewDate(2026, 1, n+1)
				c.StatementDates = append(c.StatementDates, ts835.DateReference{Qualifier: q.qualifier, Date: d})
			}
			for n, q := range claimAmounts {
				c.SupplementalAmounts = append(c.SupplementalAmounts, ts835.SupplementalAmount{Qualifier: q.qualifier, Amount: x12.NewNumber(int64(n), 1)})
			}
			for n, q := range claimQuantities {
				c.SupplementalQuantities = append(c.SupplementalQuantities, ts835.SupplementalQuantity{Qualifier: q.qualifier, Quantity: x12.NewNumber(int64(n), 0)})
			}
			for l := range c.Services {
				s := &c.Services[l]
				s.IDs, s.ServiceDates, s.SupplementalAmounts, s.SupplementalQuantities = nil, nil, nil, nil
				for _, q := range serviceReferences {
					s.IDs = append(s.IDs, ts835.Reference{Qualifier: q.qualifier, ID: "id " + q.qualifier})
				}
				for n, q := range serviceDates {
					d, _ := x12.NewDate(2026, 2, n+1)
					s.ServiceDates = append(s.ServiceDates, ts835.DateReference{Qualifier: q.qualifier, Date: d})
				}
				for n, q := range serviceAmounts {
					s.SupplementalAmounts = append(s.SupplementalAmounts, ts835.SupplementalAmount{Qualifier: q.qualifier, Amount: x12.NewNumber(int64(n), 2)})
				}
				for n, q := range serviceQuantities {
					s.SupplementalQuantities = append(s.SupplementalQuantities, ts835.SupplementalQuantity{Qualifier: q.qualifier, Quantity: x12.NewNumber(int64(n), 0)})
				}
			}
		}
	}
}

const coverageFile = "../docs/coverage-835.md"

const coverageHead = `# What the domain of the 835 does not carry

Package edi835 has the 835 in the words of the business, package ts835 has it segment by segment. This file lists every
field of ts835 whose value is lost on the way ts835, edi835, ts835 without a base; the test TestCoverage of edi835 fills
all fields, takes that way and compares. ` + "`go test ./edi835 -run TestCoverage -update`" + ` rewrites the file.

The Extras hold what a sender adds beyond the guide. They are kept when a remittance is written onto the set it was read
from (ToWire with a base, Writer.Step).

Forms are not values: without a base a number is written without leading zeros and signs of zero, and references, dates,
amounts and quantities of one segment come in the order of their fields.

Of %d fields these are not carried:

`

func TestCoverage(t *testing.T) {
	lost := map[string]bool{}
	all := map[string]bool{}
	for round := range 2 {
		set := new(ts835.RemittanceAdvice)
		new(filler).fill(reflect.ValueOf(set).Elem())
		if round == 1 {
			qualified(set)
		}
		back, err := ToWire(FromWire(set), nil)
		require.NoError(t, err)
		var had []string
		leaves(reflect.ValueOf(set).Elem(), "", func(path, text string) {
			require.NotEmpty(t, text, "the filler missed %s", path)
			had = append(had, path+"="+text)
			all[path] = true
		})
		leaves(reflect.ValueOf(back).Elem(), "", func(path, text string) {
			if i := slices.Index(had, path+"="+text); i >= 0 {
				had = slices.Delete(had, i, i+1)
			}
		})
		for _, h := range had {
			path, _, _ := strings.Cut(h, "=")
			lost[path] = true
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, coverageHead, len(all))
	for _, path := range slices.Sorted(func(yield func(string) bool) {
		for p := range lost {
			if !yield(p) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "- `%s`\n", strings.TrimPrefix(path, "."))
	}
	if *update {
		require.NoError(t, os.MkdirAll("../docs", 0o755))
		require.NoError(t, os.WriteFile(coverageFile, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(coverageFile)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

func TestToWireKeepsForms(t *testing.T) {
	number := func(s string) x12.Number {
		n, ok := x12.ParseNumber(s)
		require.True(t, ok)
		return n
	}
	short, _ := x12.ParseDate("260131")
	base := &ts835.ClaimPayment{
		Charge: number("080.50"), Paid: number("-0"), ReceivedDate: short,
		Adjustments: []ts835.Adjustment{
			{Group: "CO"},
			{Group: "CO", Entries: []ts835.AdjustmentEntry{{}, {Reason: "45", Amount: number("00.5")}}},
			{Group: "PR"},
		},
		OtherIDs:            []ts835.Reference{{Qualifier: "F8", ID: "2"}, {Qualifier: "1L", ID: ""}, {Qualifier: "1L", ID: "1"}},
		SupplementalAmounts: []ts835.SupplementalAmount{{Qualifier: "X", Amount: number("1.")}, {Qualifier: "I", Amount: number("02")}, {Qualifier: "AU", Amount: number("3")}},
		Extras:              &codec.Extras{Omit: []string{"x"}},
	}
	c := ClaimFromWire(base)
	require.Equal(t, "80.50", c.Charge.String())
	require.Equal(t, ClaimReferences{OriginalReferenceNumber: "2", GroupOrPolicyNumber: "1", Other: []Reference{{Qualifier: "1L"}}}, c.References)
	require.Equal(t, []Adjustment{{Group: "CO", Reason: "45", Amount: NewAmount(decimal.New(5, -1)), Place: Place{Segment: 1, Position: 2, Skipped: 1}}}, c.Adjustments)
	got, err := ClaimToWire(c, base)
	require.NoError(t, err)
	require.Equal(t, base, got)

	c.Amounts.Interest = Cents(250)
	c.References.OriginalReferenceNumber = ""
	c.References.MedicalRecordNumber = "3"
	c.Dates.Received = x12.Date{}
	c.Charge = Cents(8051)
	got, err = ClaimToWire(c, base)
	require.NoError(t, err)
	require.Equal(t, "80.51", got.Charge.String())
	require.True(t, got.ReceivedDate.IsZero())
	require.Equal(t, []ts835.Reference{{Qualifier: "1L", ID: ""}, {Qualifier: "1L", ID: "1"}, {Qualifier: "EA", ID: "3"}}, got.OtherIDs)
	require.Equal(t, []ts835.SupplementalAmount{{Qualifier: "X", Amount: number("1.")}, {Qualifier: "I", Amount: number("2.50")}, {Qualifier: "AU", Amount: number("3")}}, got.SupplementalAmounts)
	require.Equal(t, base.Extras, got.Extras)
}

func TestToWireSplitsAdjustments(t *testing.T) {
	adjust := func(group AdjustmentGroup, reason string) Adjustment {
		return Adjustment{Group: group, Reason: reason, Amount: Cents(100)}
	}
	c := &Claim{}
	for i := range 8 {
		c.Adjustments = append(c.Adjustments, adjust("CO", fmt.Sprint(i+1)))
	}
	c.Adjustments = append(c.Adjustments, adjust("PR", "1"), adjust("CO", "9"))
	w, err := ClaimToWire(c, nil)
	require.NoError(t, err)
	var shape []string
	for _, a := range w.Adjustments {
		text := string(a.Group)
		for _, e := range a.Entries {
			text += " " + e.Reason
		}
		shape = append(shape, text)
	}
	require.Equal(t, []string{"CO 1 2 3 4 5 6", "CO 7 8", "PR 1", "CO 9"}, shape)

	read := ClaimFromWire(w)
	require.Equal(t, Place{Segment: 2, Position: 1}, read.Adjustments[6].Place)
	read.Adjustments = slices.Delete(read.Adjustments, 0, 1) // leaves no hole
	w, err = ClaimToWire(read, nil)
	require.NoError(t, err)
	require.Equal(t, "2", w.Adjustments[0].Entries[0].Reason)
	require.Len(t, w.Adjustments[0].Entries, 5)
	require.Len(t, w.Adjustments[1].Entries, 2)
}

func TestToWireRefusesLongAmounts(t *testing.T) {
	c := &Claim{Charge: NewAmount(decimal.RequireFromString("1234567890123456789"))}
	_, err := ClaimToWire(c, nil)
	var issue *x12.Issue
	require.ErrorAs(t, err, &issue)
	require.Equal(t, RuleNumber, issue.Rule)
	require.ErrorIs(t, err, x12.ErrNumber)
	require.NotContains(t, err.Error(), "12345")
}

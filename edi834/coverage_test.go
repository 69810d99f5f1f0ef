package edi834

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite docs/coverage-834.md")

// wireFiller fills the exact structs with all the guide has, twice where it repeats; values differ from each other.
type wireFiller struct {
	fields map[string]bool // those of the guide, as docs_gen.md has them
	loops  map[string]bool // types that have paths of their own there
	n      int
}

// newWireFiller reads the fields of the guide from the generated list.
func newWireFiller(t *testing.T) *wireFiller {
	src, err := os.ReadFile("ts834/docs_gen.md")
	require.NoError(t, err)
	f := &wireFiller{fields: map[string]bool{}, loops: map[string]bool{}}
	for _, line := range strings.Split(string(src), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || strings.Contains(cells[3], "(constant)") {
			continue
		}
		path := strings.ReplaceAll(strings.Trim(cells[3], " *"), "[]", "")
		root, _, ok := strings.Cut(path, ".")
		if !ok {
			continue
		}
		f.loops[root] = true
		for path != root { // and all around it
			f.fields[path] = true
			path = path[:max(strings.LastIndexByte(path, '.'), len(root))]
		}
	}
	require.NotEmpty(t, f.fields)
	return f
}

func (f *wireFiller) day() string {
	f.n++
	d, _ := x12.NewDate(2000+f.n/336%90, 1+f.n/28%12, 1+f.n%28)
	return string(d.AppendWire(nil))
}

// special are values that only mean something in one form.
func (f *wireFiller) special(v reflect.Value, path string) bool {
	switch at := v.Addr().Interface().(type) {
	case *x12.Number:
		*at = x12.NewNumber(int64(100_000+f.n), f.n%3)
	case *x12.Date:
		*at, _ = x12.ParseDate(f.day())
	case *x12.Time:
		*at, _ = x12.NewTime(f.n%24, f.n%60, 0)
		*at = at.Short()
	case *codec.Extras:
		at.Omit = []string{"x"}
	case *ts834.DatePeriod:
		*at = ts834.DatePeriod{Format: "RD8", Value: f.day() + "-" + f.day()}
	case *[]ts834.QualifiedPeriod:
		for _, c := range coverageDates {
			*at = append(*at, ts834.QualifiedPeriod{Qualifier: c.qualifier, Format: "RD8", Value: f.day() + "-" + f.day()})
		}
		*at = append(*at, ts834.QualifiedPeriod{Qualifier: "348", Format: "D8", Value: f.day()}, ts834.QualifiedPeriod{Qualifier: "999", Format: "DT", Value: "SOON"})
	case *[]ts834.QualifiedDate:
		for _, q := range qualifiersOf(path) {
			*at = append(*at, ts834.QualifiedDate{Qualifier: q, Date: f.day()})
		}
		*at = append(*at, ts834.QualifiedDate{Qualifier: (*at)[0].Qualifier, Date: f.day()}, ts834.QualifiedDate{Qualifier: "999", Date: "SOON"})
	case *string:
		switch name := path[strings.LastIndexByte(path, '.')+1:]; {
		case name == "DeathDate" || name == "BirthDate":
			*at = f.day()
		case name == "DeathDateFormat" || name == "BirthDateFormat":
			*at = "D8"
		case name == "ListQualifier":
			*at = "RET"
		case name == "RaceCollectionQualifier":
			*at = "REC"
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// qualifiersOf returns the qualifiers of a list of dates.
func qualifiersOf(path string) (list []string) {
	add := func(q string) { list = append(list, q) }
	switch {
	case strings.HasPrefix(path, "Disability"):
		for _, c := range disabilityDates {
			add(c.qualifier)
		}
	case strings.HasPrefix(path, "CoordinationOfBenefits"):
		for _, c := range otherInsuranceDates {
			add(c.qualifier)
		}
	case strings.HasPrefix(path, "Member"):
		for _, c := range memberDates {
			add(c.qualifier)
		}
	default:
		for _, c := range fileDates {
			add(c.qualifier)
		}
	}
	return list
}

func (f *wireFiller) fill(v reflect.Value, path string) {
	f.n++
	if f.special(v, path) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(v.Index(i), path)
		}
	case reflect.Struct:
		if name := v.Type().Name(); f.loops[name] {
			path = name
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			at := path + "." + field.Name
			loop := f.loops[base(field.Type).Name()]
			if f.fields[at] || loop || strings.HasSuffix(at, "Extras") {
				f.fill(v.Field(i), at)
			}
		}
	}
}

// base is the struct behind pointers and lists.
func base(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// leaves calls visit with each value of v and its path, lists without their indexes.
func leaves(v reflect.Value, path string, visit func(path, text string)) {
	switch at := v.Interface().(type) {
	case x12.Number:
		visit(path, at.String())
		return
	case x12.Date:
		visit(path, at.String())
		return
	case x12.Time:
		visit(path, at.String())
		return
	case *codec.Extras:
		if at != nil {
			visit(path, "there")
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), path+"[]", visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}

const coverageFile = "../docs/coverage-834.md"

const coverageHead = `# What the domain of the 834 does not carry

Package edi834 has the 834 in the words of the business, package ts834 has it segment by segment. This file lists every
field of ts834 whose value is lost on the way ts834, edi834, ts834 without a base; the test TestCoverage of edi834 fills
all fields of the guide, takes that way and compares. ` + "`go test ./edi834 -run TestCoverage -update`" + ` rewrites the file.

The Extras hold what a sender adds beyond the guide. They are kept when a file or member is written onto what it was read
from (ToWire with a base, Writer.Step).

Values the guide does not allow may be lost too: a birth or death date that is no date, a qualifier where the guide has only
one. With a base they are kept. Dates of members and coverages that are no dates, or come twice, are carried as they are.

Forms are not values: without a base a number is written without leading zeros and signs of zero, dates, references and
amounts come in the order of their fields, and an EC has three codes.
`

func TestCoverage(t *testing.T) {
	f := newWireFiller(t)
	set := new(ts834.BenefitEnrollment)
	f.fill(reflect.ValueOf(set).Elem(), "BenefitEnrollment")
	require.Len(t, set.Members, 2)
	for i := range set.Members { // what the guide has elsewhere only
		m := &set.Members[i]
		m.CustodialParent.Role = ""
		p := m.IncorrectPerson
		m.IncorrectPerson = &ts834.Person{
			Last: p.Last, First: p.First, Middle: p.Middle, Prefix: p.Prefix, Suffix: p.Suffix,
			IDQualifier: p.IDQualifier, ID: p.ID, Demographics: p.Demographics,
		}
	}
	back, err := ToWire(FromWire(set), nil)
	require.NoError(t, err)
	lost, all, had := map[string]bool{}, map[string]bool{}, map[string]int{}
	leaves(reflect.ValueOf(set), "", func(path, text string) {
		if text != "" {
			had[path+"="+text]++
			all[path] = true
		}
	})
	leaves(reflect.ValueOf(back), "", func(path, text string) {
		if text != "" {
			require.Positive(t, had[path+"="+text], "%s is new or changed", path)
			had[path+"="+text]--
		}
	})
	for h, n := range had {
		if path, _, _ := strings.Cut(h, "="); n > 0 {
			lost[path] = true
		}
	}
	for _, path := range []string{
		".Members[].Person.CityStateZIP.LocationQualifier", ".Members[].HealthCoverages[].CoordinationOfBenefits[].RelatedEntities[].Phone",
		".Members[].HealthCoverages[].Providers[].Addresses[].Line2", ".Members[].ReportingCategories[].Category.Date.Value", ".ControlTotals[].Quantity",
	} {
		require.True(t, all[path], path)
	}
	var b strings.Builder
	b.WriteString(coverageHead)
	fmt.Fprintf(&b, "\n## Guide %s\n\nOf %d fields these are not carried:\n\n", ts834.X220A1.ID, len(all))
	for _, path := range slices.Sorted(maps.Keys(lost)) {
		fmt.Fprintf(&b, "- `%s`\n", strings.TrimPrefix(path, "."))
	}
	if *update {
		require.NoError(t, os.WriteFile(coverageFile, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(coverageFile)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

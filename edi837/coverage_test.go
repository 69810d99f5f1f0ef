package edi837

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

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite docs/coverage-837.md")

// wireFiller fills the exact structs with all a guide has, twice where it repeats; values differ from each other.
type wireFiller struct {
	fields map[string]bool // those of the guide, as docs_gen.md has them
	loops  map[string]bool // types that have paths of their own there
	n      int
}

// newWireFiller reads the fields of a guide from the generated list.
func newWireFiller(t *testing.T, guide string) *wireFiller {
	src, err := os.ReadFile("ts837/" + strings.ToLower(strings.TrimPrefix(guide, "005010")) + "_docs_gen.md")
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

// special are values that only mean something in one form.
func (f *wireFiller) special(v reflect.Value, path string) bool {
	day := func() string {
		d, _ := x12.NewDate(2000+f.n/336%90, 1+f.n/28%12, 1+f.n%28)
		return string(d.AppendWire(nil))
	}
	switch at := v.Addr().Interface().(type) {
	case *x12.Number:
		*at = x12.NewNumber(int64(100_000+f.n), f.n%3)
	case *x12.Date:
		*at, _ = x12.ParseDate(day())
	case *x12.Time:
		*at, _ = x12.NewTime(f.n%24, f.n%60, 0)
		*at = at.Short()
	case *codec.Extras:
		at.Omit = []string{"x"}
	case *codec.Level:
		*at = codec.Level{Number: fmt.Sprint(f.n), Parent: fmt.Sprint(f.n, "p"), Child: "1"}
	case *ts837.DatePeriod:
		*at = ts837.DatePeriod{Format: "RD8", Value: day() + "-" + day()}
		if strings.HasSuffix(path, "AdmissionDate") {
			*at = ts837.DatePeriod{Format: "DT", Value: day() + "1230"}
		}
		if strings.HasSuffix(path, "Discharge") {
			*at = ts837.DatePeriod{Format: "TM", Value: "1415"}
		}
	case *ts837.QualifiedPeriod:
		*at = ts837.QualifiedPeriod{Qualifier: "314", Format: "RD8", Value: day() + "-" + day()}
	case *ts837.QualifiedDate:
		*at = ts837.QualifiedDate{Qualifier: "441", Date: day()}
	case *[]ts837.QualifiedDate:
		first, second := "090", "091"
		if strings.HasSuffix(path, "TestDates") {
			first, second = "738", "739"
		}
		*at = []ts837.QualifiedDate{{Qualifier: first, Date: day()}, {Qualifier: second, Date: day()}}
	case *ts837.DiagnosisPointers:
		at.Pointers = []x12.Number{x12.NewNumber(int64(f.n), 0), x12.NewNumber(int64(f.n+1), 0)}
	case *string:
		switch name := path[strings.LastIndexByte(path, '.')+1:]; {
		case strings.HasSuffix(name, "Date"):
			*at = day()
		case strings.HasSuffix(name, "Dates"):
			*at = day() + "-" + day()
		case strings.HasSuffix(name, "DateFormat"):
			*at = "D8"
		case name == "ControlNumberQualifier":
			*at = "AC"
		case name == "WeightUnit" && strings.HasSuffix(path, "Ambulance.WeightUnit"):
			*at = "LB"
		case name == "WeightUnit":
			*at = "01"
		default:
			return false
		}
	default:
		return false
	}
	return true
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

const coverageFile = "../docs/coverage-837.md"

const coverageHead = `# What the domain of the 837 does not carry

Package edi837 has the 837 in the words of the business, package ts837 has it segment by segment. This file lists, for each
kind of claim, every field of ts837 whose value is lost on the way ts837, edi837, ts837 without a base; the test
TestCoverage of edi837 fills all fields of the guide, takes that way and compares. ` + "`go test ./edi837 -run TestCoverage -update`" + `
rewrites the file.

The Extras hold what a sender adds beyond the guide, a Level the numbers of an HL as they came. The Extras are kept when a
claim is written onto the parts it was read from (ToWire with a base, Writer.Step); the writer numbers the levels itself
unless it writes steps.

Values the guides do not allow may be lost too, where there is no place for them in words of the business: a date that is no
date, a time with a date of service, a second date of one meaning (DTP*090 twice), a qualifier where the guide has only
one. With a base they are kept.

Forms are not values: without a base a number is written without leading zeros and signs of zero, dates and notes of one
segment come in the order of their fields, and HI segments have twelve codes each. A set whose subscriber has claims and
dependents too comes back with a level 2000B for each; one with more than 5,000 claims comes back as several.
`

func TestCoverage(t *testing.T) {
	var b strings.Builder
	b.WriteString(coverageHead)
	for _, kind := range [...]Kind{Professional, Institutional, Dental} {
		f := newWireFiller(t, kind.Guide())
		set, p := new(ts837.HealthCareClaim), &Parts{new(ts837.BillingLevel), new(ts837.SubscriberLevel), new(ts837.PatientLevel), new(ts837.Claim)}
		for _, v := range []any{set, p.Billing, p.Subscriber, p.Patient, p.Claim} {
			f.fill(reflect.ValueOf(v).Elem(), reflect.TypeOf(v).Elem().Name())
		}
		set.Guide, set.ImplementationReference = kind.Guide(), kind.Guide()[:len("005010X222")]
		set.Billing, p.Billing.Subscribers, p.Subscriber.Claims, p.Subscriber.Patients, p.Patient.Claims = nil, nil, nil, nil, nil

		header, err := SubmissionToWire(SubmissionFromWire(set), nil)
		require.NoError(t, err)
		back, err := ToWire(FromWire(set, p.Billing, p.Subscriber, p.Patient, p.Claim), nil)
		require.NoError(t, err)
		lost, all := map[string]bool{}, map[string]bool{}
		for _, v := range []struct {
			path      string
			was, back any
		}{
			{"", set, header}, {".Billing[]", p.Billing, back.Billing}, {".Billing[].Subscribers[]", p.Subscriber, back.Subscriber},
			{".Billing[].Subscribers[].Patients[]", p.Patient, back.Patient}, {".Billing[].Subscribers[].Claims[]", p.Claim, back.Claim},
		} {
			had := map[string]int{}
			leaves(reflect.ValueOf(v.was), v.path, func(path, text string) {
				if text != "" {
					had[path+"="+text]++
					all[path] = true
				}
			})
			leaves(reflect.ValueOf(v.back), v.path, func(path, text string) {
				if text != "" {
					require.Positive(t, had[path+"="+text], "%s: %s is new or changed", kind, path)
					had[path+"="+text]--
				}
			})
			for h, n := range had {
				if path, _, _ := strings.Cut(h, "="); n > 0 {
					lost[path] = true
				}
			}
		}
		for _, path := range []string{"OtherSubscribers[].Rendering.SecondaryIDs[].ID", "Lines[].Adjudications[].Adjustments[].Entries[].Amount", "Lines[].Rendering.SecondaryIDs[].OtherPayer.ID"} {
			require.True(t, all[".Billing[].Subscribers[].Claims[]."+path], path)
		}
		fmt.Fprintf(&b, "\n## %s, guide %s\n\nOf %d fields these are not carried:\n\n", strings.ToUpper(string(kind[:1]))+string(kind[1:]), kind.Guide(), len(all))
		for _, path := range slices.Sorted(maps.Keys(lost)) {
			fmt.Fprintf(&b, "- `%s`\n", strings.TrimPrefix(path, "."))
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(coverageFile, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(coverageFile)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

package edi270

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

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "rewrite the documents and the expected files")

// fillWire fills the exact structs with all they have, twice where it repeats; values differ from each other.
func fillWire(v reflect.Value, path string, n *int) {
	*n++
	day := func() string {
		d, _ := x12.NewDate(2000+*n/336%90, 1+*n/28%12, 1+*n%28)
		return string(d.AppendWire(nil))
	}
	name := path[strings.LastIndexByte(path, '.')+1:]
	switch at := v.Addr().Interface().(type) {
	case *x12.Number:
		*at = x12.NewNumber(int64(100_000+*n), *n%3)
		if name == "Pointers" {
			*at = x12.NewNumber(int64(1+*n), 0)
		}
		return
	case *x12.Date:
		*at, _ = x12.ParseDate(day())
		return
	case *x12.Time:
		*at, _ = x12.NewTime(*n%24, *n%60, 0)
		*at = at.Short()
		return
	case *codec.Extras:
		at.Omit = []string{"x"}
		return
	case *codec.Level:
		*at = codec.Level{Number: fmt.Sprint(*n), Parent: fmt.Sprint(*n, "p"), Child: "1"}
		return
	case *ts270.QualifiedPeriod:
		*at = ts270.QualifiedPeriod{Qualifier: fmt.Sprint("Q", *n), Format: "RD8", Value: day() + "-" + day()}
		return
	case *ts270.DatePeriod:
		*at = ts270.DatePeriod{Format: "D8", Value: day()}
		return
	}
	switch v.Kind() {
	case reflect.String:
		switch name {
		case "BirthDate", "Period":
			v.SetString(day())
		case "BirthDateFormat", "PeriodFormat":
			v.SetString("D8")
		default:
			v.SetString(fmt.Sprintf("T%d", *n))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillWire(v.Elem(), path, n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillWire(v.Index(i), path, n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch f.Name {
			case "Sources", "Receivers", "Subscribers", "Dependents": // the levels below
				continue
			}
			fillWire(v.Field(i), path+"."+f.Name, n)
		}
	}
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

const coverageFile = "../docs/coverage-270.md"

const coverageHead = `# What the domain of the 270 does not carry

Package edi270 has the 270 in the words of the business, package ts270 has it segment by segment. This file lists every
field of ts270 whose value is lost on the way ts270, edi270, ts270 without a base; the test TestCoverage of edi270 fills
all fields of the guide, takes that way and compares. ` + "`go test ./edi270 -run TestCoverage -update`" + ` rewrites the file.

The Extras hold what a sender adds beyond the guide, a Level the numbers of an HL as they came. The Extras are kept when
an inquiry is written onto the parts it was read from (ToWire with a base, Writer.Step); the writer numbers the levels itself
unless it writes steps.

Values the guide does not allow may be lost too: a date that is no date, a diagnosis pointer that is no whole number. With a
base they are kept.

Forms are not values: without a base a number is written without leading zeros and signs of zero, and the segments of one
loop come in the order of the guide. A set whose subscriber is asked about and has dependents too comes back with a
level 2000C for each; one with more than 99 inquiries comes back as several.
`

func TestCoverage(t *testing.T) {
	n := 0
	set := new(ts270.EligibilityInquiry)
	p := &Parts{new(ts270.SourceLevel), new(ts270.ReceiverLevel), new(ts270.SubscriberLevel), new(ts270.DependentLevel)}
	for _, v := range []any{set, p.Source, p.Receiver, p.Subscriber, p.Dependent} {
		fillWire(reflect.ValueOf(v).Elem(), reflect.TypeOf(v).Elem().Name(), &n)
	}
	p.Dependent.Dependent.IDQualifier, p.Dependent.Dependent.ID = "", "" // which loop 2100D has not
	for i := range p.Dependent.Dependent.Inquiries {                     // nor has 2110D these
		q := &p.Dependent.Dependent.Inquiries[i]
		q.CoverageLevel, q.SpendDown, q.SpendDownTotalBilled = "", x12.Number{}, x12.Number{}
	}
	self := Parts{p.Source, p.Receiver, p.Subscriber, nil}

	header, err := RequestToWire(RequestFromWire(set), nil)
	require.NoError(t, err)
	back, err := ToWire(FromWire(self), nil)
	require.NoError(t, err)
	child, err := ToWire(FromWire(*p), nil)
	require.NoError(t, err)
	lost, all := map[string]bool{}, map[string]bool{}
	for _, v := range []struct {
		path      string
		was, back any
	}{
		{"", set, header}, {".Sources[]", p.Source, back.Source}, {".Sources[].Receivers[]", p.Receiver, back.Receiver},
		{".Sources[].Receivers[].Subscribers[]", p.Subscriber, back.Subscriber},
		{".Sources[].Receivers[].Subscribers[].Dependents[]", p.Dependent, child.Dependent},
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
				require.Positive(t, had[path+"="+text], "%s is new or changed", path)
				had[path+"="+text]--
			}
		})
		for h, n := range had {
			if path, _, _ := strings.Cut(h, "="); n > 0 {
				lost[path] = true
			}
		}
	}
	require.Greater(t, len(all), 110)
	var b strings.Builder
	b.WriteString(coverageHead)
	fmt.Fprintf(&b, "\n## Guide %s\n\nOf %d fields these are not carried:\n\n", ts270.X279A1.ID, len(all))
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

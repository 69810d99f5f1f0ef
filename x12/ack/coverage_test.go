package ack

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
)

// fillWire fills the exact structs with all they have, twice where it repeats; values differ from each other.
func fillWire(v reflect.Value, n *int) {
	*n++
	day := func() string {
		d, _ := x12.NewDate(2000+*n/336%90, 1+*n/28%12, 1+*n%28)
		return string(d.AppendWire(nil))
	}
	switch at := v.Addr().Interface().(type) {
	case *x12.Number:
		*at = x12.NewNumber(int64(100+*n), 0)
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
	case *ts277ca.Period:
		*at = ts277ca.Period{Format: "RD8", Value: day() + "-" + day()}
		return
	case *ts277ca.Receipt:
		*at = ts277ca.Receipt{Number: "T", ReceiptDate: day(), ProcessDate: day()}
		return
	case *[]ts999.TriggerContext:
		*at = []ts999.TriggerContext{{Name: triggerName}}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", *n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillWire(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillWire(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillWire(v.Field(i), n)
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

const coverageFile = "../../docs/coverage-acknowledgments.md"

const coverageHead = `# What the domain of acknowledgments does not carry

Package ack has the 999, the 997 and the 277 claim acknowledgment in the words of the business; packages ts999, ts997 and ts277ca
have them segment by segment. This file lists every field of these whose value is lost on the way to the domain and back
without a base; the test TestCoverage of ack fills all fields of the guides, takes that way and compares.
` + "`go test ./x12/ack -run TestCoverage -update`" + ` rewrites the file.

The Extras hold what a sender adds beyond the guide, a Level the numbers of an HL as they came. They are kept when a value of the
domain is written onto the struct it was read from (the functions with a base).

Values the guides do not allow may be lost too: a date that is no date, a position that is no whole number. With a base they
are kept. Forms are not values: without a base a number is written without zeros in front.
`

func TestCoverage(t *testing.T) {
	n := 0
	one, two, claims := new(ts999.ImplementationAcknowledgment), new(ts997.FunctionalAcknowledgment), new(ts277ca.ClaimAcknowledgment)
	for _, v := range []any{one, two, claims} {
		fillWire(reflect.ValueOf(v).Elem(), &n)
	}
	one999, err := FunctionalTo999(FunctionalFrom999(one), nil)
	require.NoError(t, err)
	one997, err := FunctionalTo997(FunctionalFrom997(two), nil)
	require.NoError(t, err)
	report, err := ReportToWire(ReportFromWire(claims), nil)
	require.NoError(t, err)
	var b strings.Builder
	b.WriteString(coverageHead)
	for _, v := range []struct {
		id        string
		least     int
		was, back any
	}{{ts999.X231A1.ID, 40, one, one999}, {ts997.X230.ID, 25, two, one997}, {ts277ca.X214.ID, 95, claims, report}} {
		had, lost, all := map[string]int{}, map[string]bool{}, map[string]bool{}
		leaves(reflect.ValueOf(v.was), "", func(path, text string) {
			if text != "" {
				had[path+"="+text]++
				all[path] = true
			}
		})
		leaves(reflect.ValueOf(v.back), "", func(path, text string) {
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
		require.GreaterOrEqual(t, len(all), v.least)
		fmt.Fprintf(&b, "\n## Guide %s\n\nOf %d fields these are not carried:\n\n", v.id, len(all))
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

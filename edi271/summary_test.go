package edi271

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/codec"
)

// golden holds got against a file, which it writes instead when -update is set.
func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	sameLines(t, string(want), got, file)
}

// TestSummaryGolden has the summaries of our samples and of the examples of the guide; all were read against the X12.
func TestSummaryGolden(t *testing.T) {
	all := samples(t, "valid")
	for _, f := range corpus(t) {
		if strings.Contains(f.note, "official guide example") {
			name := "official-" + f.name[strings.Index(f.name, "hb271-")+len("hb271-"):]
			all = append(all, sample{name: name, src: f.src})
		}
	}
	for _, f := range all {
		list, _, err := whole(f.src)
		require.NoError(t, err)
		var b strings.Builder
		for _, r := range list {
			for i := range r.Responses {
				b.WriteString(Summarize(&r.Responses[i]).String() + "----\n")
			}
		}
		golden(t, "summary/"+strings.TrimSuffix(f.name, ".edi")+".txt", b.String())
	}
	list, _, err := whole(samples(t, "valid")[1].src)
	require.NoError(t, err)
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(Summarize(&list[0].Responses[0])))
	golden(t, "summary/ppo.json", b.String())
}

// benefits makes a response about a subscriber.
func benefits(list ...Benefit) *Response {
	r := small("1")
	r.Benefits = list
	return r
}

func money2(text string) Amount {
	var a Amount
	if err := a.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return a
}

func TestSummaryStatus(t *testing.T) {
	eb := func(code, network, plan string, types ...string) Benefit {
		return Benefit{Information: code, InNetwork: network, Plan: plan, ServiceTypes: types}
	}
	for name, c := range map[string]struct {
		list     []Benefit
		want     Status
		inferred bool
	}{
		"nothing":                 {nil, StatusUnknown, false},
		"active":                  {[]Benefit{eb("3", "", "", "30")}, StatusActive, false},
		"inactive":                {[]Benefit{eb("6", "", "", "30")}, StatusInactive, false},
		"not covered":             {[]Benefit{eb("I", "", "", "30")}, StatusNotCovered, false},
		"cannot be processed":     {[]Benefit{eb("V", "", "", "30")}, StatusUnknown, false},
		"without a type":          {[]Benefit{eb("1", "", "")}, StatusActive, false},
		"type and none":           {[]Benefit{eb("1", "", "", "30"), eb("6", "", "")}, StatusConflict, false},
		"both":                    {[]Benefit{eb("1", "", "", "30"), eb("6", "", "", "30")}, StatusConflict, false},
		"of two plans":            {[]Benefit{eb("6", "", "OLD", "30"), eb("1", "", "NEW", "30")}, StatusActive, false},
		"of a plan and of any":    {[]Benefit{eb("6", "", "OLD", "30"), eb("1", "", "", "30")}, StatusConflict, false},
		"of two networks":         {[]Benefit{eb("1", "Y", "", "30"), eb("I", "N", "", "30")}, StatusActive, false},
		"of one network and both": {[]Benefit{eb("1", "Y", "", "30"), eb("I", "W", "", "30")}, StatusConflict, false},
		"other types only":        {[]Benefit{eb("I", "", "", "1"), eb("6", "", "", "33"), eb("1", "", "", "98")}, StatusActive, true},
		"no copayment":            {[]Benefit{eb("B", "", "", "98")}, StatusUnknown, false},
		"other payer":             {[]Benefit{eb("R", "", "", "30")}, StatusUnknown, false},
	} {
		s := Summarize(benefits(c.list...))
		require.Equal(t, c.want, s.Status, name)
		require.Equal(t, c.inferred, s.Inferred, name)
	}
	dated := eb("6", "", "", "30")
	dated.Dates = []Date{{Qualifier: "349", DateRange: Day(dateOf(1))}}
	require.Equal(t, StatusActive, Summarize(benefits(eb("1", "", "", "30"), dated)).Status, "of other days")

	s := Summarize(benefits(eb("1", "", "", "30"), eb("B", "Y", "", "98"), eb("I", "", "", "1")))
	office, own := s.Find("98")
	require.True(t, own)
	require.True(t, office.Inherited)
	require.Equal(t, StatusActive, office.Status)
	medical, _ := s.Find("1")
	require.Equal(t, StatusNotCovered, medical.Status)
	plan, own := s.Find("UC")
	require.False(t, own)
	require.Equal(t, "30", plan.Types[0].Code)
	none, _ := Summarize(benefits()).Find("UC")
	require.Nil(t, none)
}

func TestSummaryFigures(t *testing.T) {
	ded := func(level, network, period, amount string) Benefit {
		return Benefit{Information: "C", CoverageLevel: level, InNetwork: network, ServiceTypes: []string{"30"}, TimePeriod: period, Amount: money2(amount)}
	}
	s := Summarize(benefits(ded("IND", "Y", "23", "1500"), ded("IND", "Y", "29", "400"), ded("FAM", "Y", "23", "3000"), ded("FAM", "Y", "29", "1900.00"),
		ded("IND", "N", "29", "0"), ded("IND", "Y", "24", "1100"), ded("IND", "Y", "32", "9000"), ded("IND", "Y", "33", "1")))
	in, out := s.Services[0].Networks[0], s.Services[0].Networks[1]
	require.Len(t, in.Deductibles, 3)
	ind := in.Deductibles[0]
	require.Equal(t, "1100", ind.Met.String())
	require.Equal(t, []int{6}, ind.YearToDate[0].EB)
	require.Equal(t, "1100.00", in.Deductibles[1].Met.String())
	require.True(t, in.Deductibles[2].Lifetime)
	require.Equal(t, "8999", in.Deductibles[2].Met.String())
	require.Equal(t, "0", out.Deductibles[0].Remaining[0].Amount.String(), "zero is an answer")
	require.False(t, out.Deductibles[0].Met.Valid)

	s = Summarize(benefits(ded("IND", "Y", "23", "1500"), ded("IND", "Y", "23", "1500.00"), ded("IND", "Y", "29", "400"), ded("IND", "Y", "29", "500"), ded("IND", "Y", "29", "400")))
	a := s.Services[0].Networks[0].Deductibles[0]
	require.True(t, a.Ambiguous)
	require.False(t, a.Met.Valid)
	require.Len(t, a.Remaining, 2)
	require.Equal(t, []int{3, 5}, a.Remaining[0].EB, "EBs that say the same are one figure")
	require.True(t, a.Remaining[0].Ambiguous && a.Remaining[1].Ambiguous)
	require.False(t, a.Total[0].Ambiguous, "1500 and 1500.00 are one value")

	s = Summarize(benefits(ded("IND", "Y", "23", "10"), ded("IND", "Y", "29", "11")))
	require.False(t, s.Services[0].Networks[0].Deductibles[0].Met.Valid)
	require.Equal(t, []int{1, 2}, s.Warnings[0].EB)

	visits := func(period, n string) Benefit {
		return Benefit{Information: "F", ServiceTypes: []string{"33"}, TimePeriod: period, QuantityQualifier: "VS", Quantity: money2(n), AuthorizationRequired: "Y"}
	}
	s = Summarize(benefits(visits("23", "20"), visits("29", "13"), Benefit{Information: "F", ServiceTypes: []string{"33"}, AuthorizationRequired: "N"}))
	n := s.Services[0].Networks[0]
	require.Equal(t, "VS", n.Limits[0].Unit)
	require.Equal(t, "7", n.Limits[0].Met.String())
	require.Equal(t, "13 visits remaining, authorization needed", n.Limits[0].Remaining[0].Text)
	require.Len(t, n.Authorization, 2)
	require.Equal(t, []int{1, 2}, n.Authorization[0].EB)
	require.True(t, n.Authorization[0].Ambiguous && n.Authorization[1].Ambiguous, "Y and N")

	s = Summarize(benefits(Benefit{Information: "A", Percent: money2("20"), ServiceTypes: []string{"98"}}, Benefit{Information: "A", Percent: money2(".255"), ServiceTypes: []string{"98"}, InNetwork: "W"}))
	require.Equal(t, []int{1}, s.Warnings[0].EB)
	require.Equal(t, "25.5%", s.Services[0].Networks[0].Coinsurance[0].Text)
	require.Equal(t, "20 (as sent, no fraction)", s.Services[0].Networks[1].Coinsurance[0].Text)
}

// TestSummaryLosesNothing has random responses: each EB stands somewhere, each number is one of an EB, and the words of the
// messages are there.
func TestSummaryLosesNothing(t *testing.T) {
	for seed := uint64(1); seed <= 80; seed++ {
		f := &maker{rng: rand.New(rand.NewPCG(seed, 3))}
		r := f.response()
		for i := range r.Benefits {
			b := &r.Benefits[i]
			b.Information = []string{"1", "6", "I", "A", "B", "C", "F", "G", "L", "N", "R", "D", "X", "V", ""}[f.rng.IntN(15)]
			b.InNetwork = []string{"Y", "N", "W", "U", "", "?"}[f.rng.IntN(6)]
			b.TimePeriod = []string{"23", "24", "27", "29", "33", "32", ""}[f.rng.IntN(7)]
			b.ServiceTypes = [][]string{{"30"}, {"98", "33"}, {"33"}, nil, {""}}[f.rng.IntN(5)]
		}
		s := Summarize(r)
		seen := map[int]bool{}
		var walk func(v reflect.Value)
		walk = func(v reflect.Value) {
			switch v.Kind() {
			case reflect.Pointer:
				if !v.IsNil() {
					walk(v.Elem())
				}
			case reflect.Slice:
				for i := range v.Len() {
					walk(v.Index(i))
				}
			case reflect.Struct:
				for i := range v.NumField() {
					if !v.Field(i).CanInterface() {
						continue
					}
					if list, ok := v.Field(i).Interface().([]int); ok && v.Type().Field(i).Name == "EB" {
						for _, n := range list {
							require.NotNil(t, r.EB(n), "seed %d", seed)
							seen[n] = true
						}
						continue
					}
					walk(v.Field(i))
				}
			}
		}
		walk(reflect.ValueOf(s).Elem())
		require.Len(t, seen, len(r.Benefits), "seed %d", seed)
		text := s.String()
		for i := range r.Benefits {
			for _, m := range r.Benefits[i].Messages {
				require.Contains(t, text, m, "seed %d", seed)
			}
		}
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(s))
		require.Equal(t, strings.TrimSpace(b.String()), string(s.AppendJSON(nil)))
		back := new(Summary)
		require.NoError(t, codec.Unmarshal(s.AppendJSON(nil), back))
	}
}

// TestSummaryIsBounded has an answer with very many service types.
func TestSummaryIsBounded(t *testing.T) {
	r := benefits()
	for i := range 3000 {
		b := Benefit{Information: "1"}
		for k := range 99 {
			b.ServiceTypes = append(b.ServiceTypes, fmt.Sprint(i, k))
		}
		r.Benefits = append(r.Benefits, b)
	}
	s := Summarize(r)
	require.Len(t, s.Services, mostPairs/100)
	require.Len(t, s.Unsorted, 3000-mostPairs/100)

	r = benefits()
	for i := range 20_000 {
		r.Benefits = append(r.Benefits, Benefit{Information: []string{"1", "6", "B"}[i%3], ServiceTypes: []string{"30"}, Plan: fmt.Sprint(i), Amount: money2(fmt.Sprint(i))})
	}
	require.Len(t, Summarize(r).Plans, 20_000)
}

func TestRejectionWords(t *testing.T) {
	list, _, err := whole(samples(t, "valid")[2].src)
	require.NoError(t, err)
	var got []string
	for _, r := range list {
		for i := range r.Responses {
			for _, x := range r.Responses[i].Rejections() {
				got = append(got, fmt.Sprintf("%s %d %s/%s %s/%s", x.Loop, x.EB, x.Reason, x.ReasonText, x.FollowUp, x.FollowUpText))
			}
		}
	}
	require.Equal(t, []string{
		"2000A 0 42/System cannot answer now R/May be sent again",
		"2100A 0 80/No reply came, transaction ended R/May be sent again",
		"2100B 0 51/Provider not on file C/Correct and send again",
		"2100A 0 80/No reply came, transaction ended R/May be sent again",
		"2100C 0 72/Subscriber id missing or wrong C/Correct and send again",
		"2100C 0 73/Subscriber name missing or wrong C/Correct and send again",
		"2100A 0 80/No reply came, transaction ended R/May be sent again",
		"2100D 0 71/Birth date differs from that on file C/Correct and send again",
		"2100A 0 80/No reply came, transaction ended R/May be sent again",
		"2110C 2 62/Service date outside the span allowed for asking N/Do not send again",
	}, got)
}

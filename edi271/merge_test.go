package edi271

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// row is a benefit for tests: code, service types with blanks between, network, time, amount.
func row(code, types, network, period, amount string, messages ...string) Benefit {
	b := Benefit{Information: code, InNetwork: network, TimePeriod: period, Messages: messages, ServiceTypes: strings.Fields(types)}
	if amount != "" {
		b.Amount = money2(amount)
	}
	return b
}

// refusal is an answer without data.
func refusal(reason string) *Response {
	r := benefits()
	r.Subscriber.Rejections = []Rejection{{Valid: "N", Reason: reason, FollowUp: "C"}}
	return r
}

// TestMergeOutcomes has the table of outcomes: which answers brought data.
func TestMergeOutcomes(t *testing.T) {
	standard, enhanced := benefits(row("1", "30", "", "", "")), benefits(row("1", "98", "", "", ""))
	for name, c := range map[string]struct {
		standard, enhanced *Response
		o                  MergeOptions
		outcome            Outcome
		billable           bool
		err                string
		rows               int
		warnings, errors   string // side and reason
	}{
		"both":                                  {standard, enhanced, MergeOptions{}, OutcomeBoth, true, "", 2, "", ""},
		"only enhanced":                         {nil, enhanced, MergeOptions{}, OutcomeEnhanced, true, "", 1, "", ""},
		"only enhanced, standard rejected":      {refusal("75"), enhanced, MergeOptions{}, OutcomeEnhanced, true, "", 1, "standard 75", ""},
		"only standard":                         {standard, nil, MergeOptions{}, OutcomeStandard, false, "", 1, "", ""},
		"only standard, enhanced rejected":      {standard, refusal("42"), MergeOptions{}, OutcomeStandard, false, "", 1, "enhanced 42", ""},
		"none":                                  {nil, nil, MergeOptions{}, OutcomeNone, false, "", 0, "", ""},
		"none, both rejected":                   {refusal("75"), refusal("42"), MergeOptions{}, OutcomeNone, false, "", 0, "", "standard 75 enhanced 42"},
		"none, standard rejected":               {refusal("75"), nil, MergeOptions{}, OutcomeNone, false, "", 0, "", "standard 75"},
		"enhanced only and there":               {nil, enhanced, MergeOptions{EnhancedOnly: true}, OutcomeEnhanced, true, "", 1, "", ""},
		"none, not participating":               {nil, nil, MergeOptions{EnhancedOnly: true}, OutcomeNone, false, NotParticipating, 0, "", ""},
		"none, not participating, with reasons": {nil, refusal("42"), MergeOptions{EnhancedOnly: true}, OutcomeNone, false, NotParticipating, 0, "", "enhanced 42"},
		"standard, not participating":           {standard, nil, MergeOptions{EnhancedOnly: true}, OutcomeStandard, false, NotParticipating, 1, "", ""},
	} {
		m, err := Merge(c.standard, c.enhanced, c.o)
		require.NoError(t, err, name)
		require.Equal(t, c.outcome, m.Outcome, name)
		require.Equal(t, c.billable, m.Billable, name)
		require.Equal(t, c.err, m.Error, name)
		require.Equal(t, c.standard == nil && c.enhanced == nil, m.Response == nil, name)
		require.Equal(t, c.rows, rowsOf(m.Response), name)
		words := func(list []SideRejection) string {
			var w []string
			for _, x := range list {
				w = append(w, string(x.Side)+" "+x.Reason)
			}
			return strings.Join(w, " ")
		}
		require.Equal(t, c.warnings, words(m.Warnings), name)
		require.Equal(t, c.errors, words(m.Errors), name)
	}
}

// shown writes rows with their origins, and conflicts.
func shown(m *Merged) string {
	var b strings.Builder
	line := func(r *Benefit) string {
		return fmt.Sprintf("%s %s %s %s %s %s S%v E%v", r.Information, strings.Join(r.ServiceTypes, "^"), r.InNetwork, r.TimePeriod, r.Amount, strings.Join(r.Messages, ","),
			r.Origin.Standard, r.Origin.Enhanced)
	}
	for i := range m.Response.Benefits {
		b.WriteString(line(&m.Response.Benefits[i]) + "\n")
	}
	for _, c := range m.Conflicts {
		fmt.Fprintf(&b, "%s %s %s %s%s %s S%v E%v\n", c.Kind, c.Kept, c.Rule, c.Field, c.Information, strings.Join(c.ServiceTypes, "^"), c.Standard, c.Enhanced)
		for i := range c.Superseded {
			b.WriteString("  " + line(&c.Superseded[i]) + "\n")
		}
	}
	return b.String()
}

// squeezed leaves one blank where there are several.
func squeezed(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

func TestMergeRows(t *testing.T) {
	for name, c := range map[string]struct {
		standard, enhanced []Benefit
		o                  MergeOptions
		want               string
	}{
		"the same row": {[]Benefit{row("B", "98", "Y", "27", "25")}, []Benefit{row("B", "98", "Y", "27", "25.00")}, MergeOptions{},
			"B 98 Y 27 25  S[1] E[1]\n"},
		"rows of one side": {[]Benefit{row("1", "30", "", "", "")}, []Benefit{row("B", "98", "Y", "27", "25")}, MergeOptions{},
			"1 30    S[1] E[]\nB 98 Y 27 25  S[] E[1]\n"},
		"another network is another thing": {[]Benefit{row("B", "98", "Y", "27", "25")}, []Benefit{row("B", "98", "N", "27", "50")}, MergeOptions{},
			"B 98 N 27 50  S[] E[1]\nB 98 Y 27 25  S[1] E[]\n"},
		"same figures, other words": {[]Benefit{row("B", "98", "Y", "27", "25")}, []Benefit{row("B", "98", "Y", "27", "25", "PCP")}, MergeOptions{},
			"B 98 Y 27 25 PCP S[] E[1]\nB 98 Y 27 25  S[1] E[]\n"},
		"no figure is no contradiction": {[]Benefit{row("C", "30", "Y", "23", "")}, []Benefit{row("C", "30", "Y", "23", "500")}, MergeOptions{},
			"C 30 Y 23 500  S[] E[1]\nC 30 Y 23   S[1] E[]\n"},
		"amounts: the enhanced one": {[]Benefit{row("B", "98", "Y", "27", "25")}, []Benefit{row("B", "98", "Y", "27", "30")}, MergeOptions{},
			"B 98 Y 27 30  S[] E[1]\nvalue enhanced detail B 98 S[1] E[1]\n  B 98 Y 27 25  S[1] E[]\n"},
		"limits: the enhanced one": {[]Benefit{row("F", "33", "", "23", "900")}, []Benefit{row("F", "33", "", "23", "800")}, MergeOptions{StandardAsOf: dateOf(9)},
			"F 33  23 800  S[] E[1]\nvalue enhanced detail F 33 S[1] E[1]\n  F 33  23 900  S[1] E[]\n"},
		"what remains: the later one": {[]Benefit{row("C", "30", "Y", "29", "400")}, []Benefit{row("C", "30", "Y", "29", "500")}, MergeOptions{StandardAsOf: dateOf(9), EnhancedAsOf: dateOf(8)},
			"C 30 Y 29 400  S[1] E[]\nvalue standard later C 30 S[1] E[1]\n  C 30 Y 29 500  S[] E[1]\n"},
		"what remains: of one day the enhanced one": {[]Benefit{row("C", "30", "Y", "29", "400")}, []Benefit{row("C", "30", "Y", "29", "500")}, MergeOptions{StandardAsOf: dateOf(9), EnhancedAsOf: dateOf(9)},
			"C 30 Y 29 500  S[] E[1]\nvalue enhanced later C 30 S[1] E[1]\n  C 30 Y 29 400  S[1] E[]\n"},
		"other payers: the standard one": {[]Benefit{row("R", "30", "", "", "1")}, []Benefit{row("R", "30", "", "", "2")}, MergeOptions{},
			"R 30   1  S[1] E[]\nvalue standard otherPayer R 30 S[1] E[1]\n  R 30   2  S[] E[1]\n"},
		"status: both": {[]Benefit{row("1", "30 98", "", "", "")}, []Benefit{row("6", "30 98", "", "", "")}, MergeOptions{},
			"1 30^98    S[1] E[]\n6 30^98    S[] E[1]\nstatus    30^98 S[1] E[1]\n"},
		"status: two ways of active": {[]Benefit{row("1", "30", "", "", "")}, []Benefit{row("2", "30", "", "", "")}, MergeOptions{},
			"1 30    S[1] E[]\n2 30    S[] E[1]\n"},
		"some service types": {[]Benefit{row("B", "1 33 98", "Y", "27", "25")}, []Benefit{row("B", "98", "Y", "27", "25"), row("B", "33", "Y", "27", "30")}, MergeOptions{},
			"B 1 Y 27 25  S[1] E[]\nB 33 Y 27 30  S[] E[2]\nB 98 Y 27 25  S[1] E[1]\nvalue enhanced detail B 33 S[1] E[2]\n  B 33 Y 27 25  S[1] E[]\n"},
		"several of one thing": {[]Benefit{row("B", "98", "Y", "27", "20", "PCP"), row("B", "98", "Y", "27", "40", "SPECIALIST")},
			[]Benefit{row("B", "98", "Y", "27", "50", "SPECIALIST"), row("B", "98", "Y", "27", "20", "PCP")}, MergeOptions{},
			"B 98 Y 27 20 PCP S[1] E[2]\nB 98 Y 27 50 SPECIALIST S[] E[1]\nvalue enhanced detail B 98 S[2] E[1]\n  B 98 Y 27 40 SPECIALIST S[2] E[]\n"},
		"fewer on one side": {[]Benefit{row("B", "98", "Y", "27", "20", "PCP"), row("B", "98", "Y", "27", "40", "SPECIALIST")}, []Benefit{row("B", "98", "Y", "27", "20", "PCP")}, MergeOptions{},
			"B 98 Y 27 20 PCP S[1] E[1]\nB 98 Y 27 40 SPECIALIST S[2] E[]\n"},
	} {
		m, err := Merge(benefits(c.standard...), benefits(c.enhanced...), c.o)
		require.NoError(t, err, name)
		require.Equal(t, squeezed(c.want), squeezed(shown(m)), name)
	}
	m, err := Merge(benefits(row("1", "30", "", "", "")), benefits(row("6", "30", "", "", "")), MergeOptions{})
	require.NoError(t, err)
	require.Equal(t, StatusConflict, Summarize(m.Response).Status)
}

func TestMergePersons(t *testing.T) {
	change := func(f func(r *Response)) *Response {
		r := benefits(row("1", "30", "", "", ""))
		f(r)
		return r
	}
	same := func(*Response) {}
	for name, c := range map[string]struct {
		standard, enhanced func(r *Response)
		want               string // "" = refused
		conflicts          []string
	}{
		"the same":                       {same, same, "M1 DOE JANE", nil},
		"names in another form":          {same, func(r *Response) { r.Subscriber.LastOrOrganization, r.Subscriber.First = "Doe, Jr.", "jane" }, "M1 DOE JANE", nil},
		"payer by name":                  {same, func(r *Response) { r.Source.ID, r.Source.LastOrOrganization = "OTHER", "Blue-Mesa" }, "M1 DOE JANE", nil},
		"another payer":                  {same, func(r *Response) { r.Source.ID, r.Source.LastOrOrganization = "OTHER", "OTHER" }, "", nil},
		"by name and birth":              {func(r *Response) { r.Subscriber.ID = "" }, same, "M1 DOE JANE", nil},
		"ids differ":                     {same, func(r *Response) { r.Subscriber.ID = "M2" }, "M1 DOE JANE", []string{"subscriber.id"}},
		"all differs":                    {same, func(r *Response) { r.Subscriber.ID, r.Subscriber.First = "M2", "ANN" }, "", nil},
		"birth differs":                  {same, func(r *Response) { r.Subscriber.BirthDate = dateOf(9) }, "", nil},
		"first name differs":             {same, func(r *Response) { r.Subscriber.First = "JAN" }, "M1 DOE JANE", []string{"subscriber.first"}},
		"dependents":                     {func(r *Response) { child(r, "ANN") }, func(r *Response) { child(r, "Ann") }, "M1 DOE ANN", nil},
		"two dependents":                 {func(r *Response) { child(r, "ANN") }, func(r *Response) { child(r, "BEN") }, "", nil},
		"a dependent and the subscriber": {func(r *Response) { child(r, "ANN") }, same, "", nil},
		"a dependent with an id of its own": {func(r *Response) { child(r, "ANN") }, func(r *Response) {
			r.Subscriber = &Person{ID: "M9", LastOrOrganization: "DOE", First: "ANN", BirthDate: dateOf(2), Gender: "F"}
		}, "M1 DOE ANN", nil},
		"what one lacks": {same, func(r *Response) {
			r.Subscriber.References = []Reference{{Qualifier: "6P", ID: "G1"}}
			r.Subscriber.Dates = []Date{{Qualifier: "346", DateRange: Day(dateOf(1))}}
		}, "M1 DOE JANE", nil},
		"groups differ": {func(r *Response) { r.Subscriber.References = []Reference{{Qualifier: "6P", ID: "G2"}} }, func(r *Response) {
			r.Subscriber.References = []Reference{{Qualifier: "6P", ID: "G1"}, {Qualifier: "18", ID: "P"}}
		}, "M1 DOE JANE", []string{"subscriber.references 6P"}},
		"nobody was looked for": {same, func(r *Response) { r.Subscriber, r.Benefits = nil, nil }, "M1 DOE JANE", nil},
	} {
		m, err := Merge(change(c.standard), change(c.enhanced), MergeOptions{})
		if c.want == "" {
			require.ErrorIs(t, err, ErrOtherPerson, name)
			continue
		}
		require.NoError(t, err, name)
		p := m.Response.Subject()
		require.Equal(t, c.want, m.Response.Subscriber.ID+" "+p.LastOrOrganization+" "+p.First, name)
		var fields []string
		for _, k := range m.Conflicts {
			require.Equal(t, Standard, k.Kept)
			fields = append(fields, k.Field)
		}
		require.Equal(t, c.conflicts, fields, name)
		if strings.HasPrefix(name, "what one") {
			require.Len(t, p.References, 1)
			require.Len(t, p.Dates, 1)
		}
	}
	m, err := Merge(refusal("75"), change(func(r *Response) { r.Subscriber.First = "JANET" }), MergeOptions{})
	require.NoError(t, err)
	require.Equal(t, "JANET", m.Response.Subscriber.First, "who brought data tells who it is")
	require.Empty(t, m.Response.Subscriber.Rejections)
}

// bare returns the rows without their origins, and the conflicts without the numbers of rows.
func bare(m *Merged) string {
	var b []byte
	strip := func(r Benefit) {
		r.Origin = nil
		b = append(r.AppendJSON(b), '\n')
	}
	for _, r := range m.Response.Benefits {
		strip(r)
	}
	for _, c := range m.Conflicts {
		b = fmt.Appendf(b, "%s %s %s %s %s\n", c.Kind, c.Kept, c.Rule, c.Information, c.ServiceTypes)
		for _, r := range c.Superseded {
			strip(r)
		}
	}
	return string(b)
}

// TestMergeLaws holds the laws on random answers with few values, so that rows meet.
func TestMergeLaws(t *testing.T) {
	for seed := uint64(1); seed <= 200; seed++ {
		rng := rand.New(rand.NewPCG(seed, 4))
		pick := func(list ...string) string { return list[rng.IntN(len(list))] }
		answer := func() *Response {
			r := benefits()
			for range rng.IntN(12) {
				b := row(pick("1", "6", "B", "C", "R"), pick("30", "30 98", "98 33 1", "33", "", "98 98"), pick("Y", "", "N"), pick("23", "29", ""), pick("", "1", "2", "2.0"))
				if rng.IntN(3) == 0 {
					b.Messages = []string{pick("X", "Z")}
				}
				r.Benefits = append(r.Benefits, b)
			}
			return r
		}
		a, b := answer(), answer()
		merge := func(x, y *Response) *Merged {
			m, err := Merge(x, y, MergeOptions{StandardAsOf: dateOf(1)})
			require.NoError(t, err, "seed %d", seed)
			return m
		}
		require.Equal(t, bare(merge(a, nil)), bare(merge(a, a)), "seed %d: merge(a, a)", seed)
		require.Equal(t, bare(merge(nil, a)), bare(merge(a, a)), "seed %d: merge(none, a)", seed)
		var sorted []string
		for _, r := range a.Benefits {
			sorted = append(sorted, string(r.AppendJSON(nil)))
		}
		var got []string
		for _, r := range merge(a, refusal("42")).Response.Benefits {
			r.Origin = nil
			got = append(got, string(r.AppendJSON(nil)))
		}
		slices.Sort(sorted)
		slices.Sort(got)
		require.Equal(t, sorted, got, "seed %d: merge(a, none) = a", seed)

		m := merge(a, b)
		shuffle := func(r *Response) *Response {
			c := *r
			c.Benefits = slices.Clone(r.Benefits)
			rng.Shuffle(len(c.Benefits), func(i, k int) { c.Benefits[i], c.Benefits[k] = c.Benefits[k], c.Benefits[i] })
			return &c
		}
		require.Equal(t, bare(m), bare(merge(shuffle(a), shuffle(b))), "seed %d: order", seed)

		seen := map[string]bool{} // side, row and service type
		note := func(r *Benefit) {
			for _, x := range r.Origin.Standard {
				for _, s := range distinct(r.ServiceTypes) {
					seen[fmt.Sprint("S", x, s)] = true
				}
			}
			for _, x := range r.Origin.Enhanced {
				for _, s := range distinct(r.ServiceTypes) {
					seen[fmt.Sprint("E", x, s)] = true
				}
			}
		}
		for i := range m.Response.Benefits {
			note(&m.Response.Benefits[i])
		}
		for _, c := range m.Conflicts {
			for i := range c.Superseded {
				note(&c.Superseded[i])
			}
		}
		for side, r := range map[string]*Response{"S": a, "E": b} {
			for i := range r.Benefits {
				for _, s := range distinct(r.Benefits[i].ServiceTypes) {
					require.True(t, seen[fmt.Sprint(side, i+1, s)], "seed %d: row %s %d of %q disappeared", seed, side, i+1, s)
				}
			}
		}
		text, err := json.Marshal(m)
		require.NoError(t, err)
		require.JSONEq(t, string(text), string(m.AppendJSON(nil)))
	}
}

func TestMergeAll(t *testing.T) {
	named := func(id, first string) *Response {
		r := benefits(row("1", "30", "", "", ""))
		r.Subscriber.ID, r.Subscriber.First = id, first
		return r
	}
	silent := &Response{Source: named("", "").Source}
	standard := []*Response{named("M1", "ANN"), named("M2", "BEN"), named("M2", "BEN"), child(named("M3", "CY"), "DI"), silent, named("M7", "GUS")}
	enhanced := []*Response{child(named("M3", "CY"), "DI"), named("M2", "BEN"), named("", "ANN"), named("M8", "HAL"), silent, named("M2", "BEN")}
	var got []string
	for _, m := range MergeAll(standard, enhanced, MergeOptions{}) {
		who := "-"
		if p := m.Response.Subject(); p != nil {
			who = p.First
		}
		got = append(got, who+" "+string(m.Outcome))
	}
	require.Equal(t, []string{"ANN both", "BEN both", "BEN both", "DI both", "- none", "GUS standard", "HAL enhanced"}, got)
}

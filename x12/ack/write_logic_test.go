package ack

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

func TestGroupStatus(t *testing.T) {
	for _, c := range []struct {
		name       string
		sets       groupTally
		groupError bool
		status     string
		accepted   int
	}{
		{"all accepted", groupTally{received: 3, accepted: 3}, false, "A", 3},
		{"one with errors", groupTally{received: 3, accepted: 3, errors: 1}, false, "E", 3},
		{"all with errors", groupTally{received: 2, accepted: 2, errors: 2}, false, "E", 2},
		{"one of three, as the published example has it", groupTally{received: 3, accepted: 1, rejected: 2}, false, "P", 1},
		{"rejected, with errors and accepted", groupTally{received: 3, accepted: 2, errors: 1, rejected: 1}, false, "P", 2},
		{"all rejected", groupTally{received: 2, rejected: 2}, false, "R", 0},
		{"group in error, all sets good", groupTally{received: 2, accepted: 2}, true, "R", 0},
		{"group in error, some sets good", groupTally{received: 2, accepted: 1, rejected: 1}, true, "R", 0},
		{"no sets", groupTally{}, false, "A", 0},
		{"no sets, group in error", groupTally{}, true, "R", 0},
	} {
		status, accepted := groupStatus(c.sets, c.groupError)
		require.Equal(t, c.status, status, c.name)
		require.Equal(t, c.accepted, accepted, c.name)
	}
}

func TestSetStatus(t *testing.T) {
	require.Equal(t, "A", setStatus(false, false))
	require.Equal(t, "E", setStatus(false, true))
	require.Equal(t, "R", setStatus(true, true))
	for _, c := range []struct {
		structure         []string
		standard, convent bool
		want              []string
	}{
		{nil, false, false, nil},
		{nil, true, false, []string{"5"}},
		{nil, false, true, []string{"I5"}},
		{nil, true, true, []string{"5", "I5"}},
		{[]string{"4"}, true, true, []string{"4", "5", "I5"}},
		{[]string{"3", "4", "7", "19", "23"}, true, true, []string{"3", "4", "7", "19", "5"}},
	} {
		require.Equal(t, c.want, setCodes(c.structure, c.standard, c.convent))
	}
}

func TestTA1Status(t *testing.T) {
	for _, c := range []struct {
		notes        []string // with a w in front for a warning
		status, note string
	}{
		{nil, "A", "000"}, {[]string{"w024"}, "E", "024"}, {[]string{"021"}, "R", "021"}, {[]string{"w011", "001", "021"}, "R", "001"},
	} {
		var s interState
		for _, n := range c.notes {
			if n[0] == 'w' {
				s.say(n[1:], x12.Warning)
			} else {
				s.say(n, x12.Error)
			}
		}
		status, note := s.status()
		require.Equal(t, c.status+c.note, status+note)
	}
}

// A 997 has codes of the standard alone.
func TestNearestCodes(t *testing.T) {
	a := SetAck{Errors: []Coded{{Code: "5"}, {Code: "I5"}}, Segments: []SegmentNote{
		{Error: Coded{Code: "I6"}, Units: []BusinessUnit{{}}, Triggers: []Trigger{{}}},
		{Error: Coded{Code: "8"}, Elements: []ElementNote{{Error: Coded{Code: "I12"}, Triggers: []Trigger{{}}}, {Error: Coded{Code: "12"}, Place: Place{Element: 1, Repetition: 2}}}},
	}}
	to997(&a, false)
	require.Equal(t, []Coded{{Code: "5"}}, a.Errors)
	require.Equal(t, "3", a.Segments[0].Error.Code)
	require.Empty(t, a.Segments[0].Units)
	require.Empty(t, a.Segments[0].Triggers)
	require.Equal(t, "7", a.Segments[1].Elements[0].Error.Code)
	require.Empty(t, a.Segments[1].Elements[0].Triggers)
	require.Equal(t, 2, a.Segments[1].Elements[1].Place.Repetition)
	to997(&a, true)
	require.Equal(t, "3", a.Segments[1].Elements[1].Error.Code)
	require.Zero(t, a.Segments[1].Elements[1].Place.Repetition)
	for list, codes997 := range map[string]map[string]string{listSegment: segmentCode997, listElement: elementCode997, listSet: setCode997} {
		for c := range codes.Default().All(list) {
			if c.Code[0] == 'I' && c.Code != "I4" && list == listSegment || c.Code[0] == 'I' && list != listSegment {
				require.NotEmpty(t, codes997[c.Code], "%s %s", list, c.Code)
			}
		}
	}
}

// The table of status codes uses codes that there are, for entities that the guide has at claims, and every row can be reached.
func TestStatusTable(t *testing.T) {
	entities := map[string]bool{}
	x := ts277ca.X214
	for i := range x.Slots {
		s := &x.Slots[i]
		if s.ID == x12.ID("STC") && x.Loops[s.Loop].ID == "2200D" {
			for _, code := range x.Comp(x.Elem(guide.SlotID(i), 1), 3).Codes {
				entities[code] = true
			}
		}
	}
	require.NotEmpty(t, entities)
	rows := statusRows()
	require.Greater(t, len(rows), 100)
	rules := edi837.Rules()
	list, err := validate.ParseRules(rules.Name, rules.Text)
	require.NoError(t, err)
	for k, r := range rows {
		name, open := strings.CutSuffix(r.rule, "*")
		known := !strings.HasPrefix(name, "837/") || slices.ContainsFunc(list, func(l *validate.Rule) bool { return l.ID == name || open && strings.HasPrefix(l.ID, name) })
		require.True(t, known, "row %d: there is no rule %s", k+1, r.rule)
	}
	for k, r := range rows {
		c, ok := codes.Lookup(listStatusCode, r.code)
		require.True(t, ok, "row %d: %s", k+1, r.code)
		require.Empty(t, c.Stop, "row %d: %s is no more", k+1, r.code)
		require.True(t, r.entity == "" || entities[r.entity], "row %d: entity %s", k+1, r.entity)
		for j, before := range rows[:k] {
			hidden := before.rule == "" && len(r.loop) >= len(before.loop) && r.loop[:len(before.loop)] == before.loop && (before.segment == "" || before.segment == r.segment) &&
				(before.key == "" || before.key == r.key) && (before.element == "" || before.element == r.element) && r.rule == ""
			require.False(t, hidden, "row %d %+v is never reached: row %d %+v", k+1, r, j+1, before)
		}
	}
}

func TestReasonOf(t *testing.T) {
	for _, c := range []struct {
		issue x12.Issue
		key   string
		want  reason
	}{
		{x12.Issue{Loop: "2000A[1]/2010AA[1]", SegID: "NM1", Element: 9, Codes: x12.Codes{IK3: "8", IK4: "I12"}}, "85", reason{"A7", "562", "85"}},
		{x12.Issue{Loop: "2000B[1]/2010BA[1]", SegID: "NM1", Element: 9, Codes: x12.Codes{IK3: "8", IK4: "I9"}}, "IL", reason{"A6", "164", "IL"}},
		{x12.Issue{Loop: "2000B[1]/2010BA[1]", SegID: "DMG", Codes: x12.Codes{IK3: "I6"}}, "", reason{"A6", "158", "IL"}},
		{x12.Issue{Loop: "2300[1]", SegID: "HI", Element: 1, Component: 2, Codes: x12.Codes{IK3: "8", IK4: "7"}}, "ABK", reason{"A7", "254", ""}},
		{x12.Issue{Loop: "2300[1]", SegID: "HI", Element: 2, Codes: x12.Codes{IK3: "8", IK4: "7"}}, "ABF", reason{"A7", "255", ""}},
		{x12.Issue{Loop: "2300[1]", SegID: "CLM", Element: 2, Level: 3, Rule: "837/balance-charges"}, "A1", reason{"A8", "400", ""}},
		{x12.Issue{Loop: "2300[1]/2400[2]", SegID: "SV1", Element: 1, Component: 2, Codes: x12.Codes{IK3: "8", IK4: "1"}}, "HC", reason{"A6", "454", ""}},
		{x12.Issue{Loop: "2300[1]", SegID: "XYZ", Rule: guide.RuleSegmentUnknown, Codes: x12.Codes{IK3: "6"}}, "", reason{"A3", "481", ""}},
		{x12.Issue{SegID: "SE", Element: 1, Rule: x12.RuleSECount, Codes: x12.Codes{IK5: "4"}}, "", reason{"A3", "481", ""}},
		{x12.Issue{Loop: "2300[1]", SegID: "K3", Element: 1, Codes: x12.Codes{IK3: "8", IK4: "5"}}, "", reason{"A7", "21", ""}},
	} {
		require.Equal(t, c.want, reasonOf(&c.issue, c.key), "%+v", c.issue)
	}
}

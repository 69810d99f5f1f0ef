package spm

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/roster"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

var update = flag.Bool("update", false, "write the expected results")

func golden(t *testing.T, name, got string) {
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o666))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func source(t testing.TB, text []byte) *roster.Reader {
	return roster.NewReader(bytes.NewReader(text), codec.WithSink(func(i *x12.Issue) bool {
		t.Errorf("the 834 has a fault: %v", i)
		return true
	}))
}

// TestFromChanges makes records of a change list: a demographic change, another level with its rate, an end and a beginning; a
// retirement, which is a new member; a return to work, which ends one; one without a number; a new retiree, whose
// dependent is passed over. The records pass the checks.
func TestFromChanges(t *testing.T) {
	old, err := os.ReadFile("testdata/convert/old.834")
	require.NoError(t, err)
	changed, err := os.ReadFile("testdata/convert/new.834")
	require.NoError(t, err)
	var out bytes.Buffer
	note := func(f *Finding) bool {
		fmt.Fprintf(&out, "# %s: %s\n", f.Field, f.Message)
		return true
	}
	c, err := NewConverter(Config{ClientName: "Example Mills, Inc.", Plans: map[string]string{"HLT/GOLD": "Gold Medical", "DEN": "Smile Dental"}, MemberRates: true}, note)
	require.NoError(t, err)
	w := NewWriter(&out, WriteOptions{LF: true})
	require.NoError(t, w.Write(&Version{"2.0"}))
	_, err = roster.Diff(source(t, old), source(t, changed), roster.Options{TempDir: t.TempDir()}, func(d *roster.Delta) error {
		for _, r := range c.Delta(d) {
			require.NoError(t, w.Write(r))
		}
		return w.Flush()
	})
	require.NoError(t, err)
	golden(t, "testdata/convert/records.txt", out.String())
	_, found := readAll(t, strings.ReplaceAll(out.String(), "# ", "[x]"), Options{})
	for _, f := range found {
		require.Equal(t, RuleIdentifier, f.Rule, "%v", f.Error()) // the notes
	}
}

// enroll makes an 834 of records.
func enroll(t testing.TB, text string, c EnrollConfig) (wire []byte, notes string) {
	var b bytes.Buffer
	x, err := roster.NewExporter(&b, roster.ExportConfig{Sender: "EXAMPLECORP", Receiver: "ACMEHEALTH", Sponsor: roster.Party{ID: "990000001", IDQualifier: "FI"},
		Payer: roster.Party{ID: "987654321", IDQualifier: "FI"}, Action: "2", Time: time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC), Newline: true})
	require.NoError(t, err)
	var found strings.Builder
	e := NewEnroller(c, func(f *Finding) bool {
		fmt.Fprintf(&found, "# %s %s: %s\n", f.Record, f.Field, f.Message)
		return true
	}, func(m *roster.Member) error { return x.Write(&roster.Head{}, m) })
	lines, _ := readAll(t, text, Options{})
	for _, l := range lines {
		require.NoError(t, e.Line(l))
	}
	require.NoError(t, e.End())
	require.NoError(t, x.Close())
	return b.Bytes(), found.String()
}

// TestToMembers makes 834s of the sample sets. A new member comes back as the records it was.
func TestToMembers(t *testing.T) {
	plans := map[string]roster.PlanCodes{"Gold Medical": {Line: "HLT", Plan: "GOLD"}, "Silver Medical": {Line: "HLT", Plan: "SILVER"}, "Smile Dental": {Line: "DEN", Plan: "SMILE"}}
	known := new(roster.Member)
	known.Set(roster.Last, "Doe")
	known.Set(roster.First, "Jane")
	lookup := func(ssn string) *roster.Member {
		require.Equal(t, "012345678", ssn)
		return known
	}
	for _, name := range []string{"new-member", "open-enrollment"} {
		text, err := os.ReadFile("testdata/" + name + ".csv")
		require.NoError(t, err)
		wire, notes := enroll(t, string(text), EnrollConfig{Plans: plans, Lookup: lookup})
		golden(t, "testdata/convert/"+name+".834", string(wire)+notes)
		if name != "new-member" {
			continue
		}
		var got []Record
		c, err := NewConverter(Config{ClientName: "Example Mills, Inc.", ClientDivisionName: "North Plant", MemberRates: true,
			Plans: map[string]string{"HLT": "Gold Medical", "DEN": "Smile Dental"}}, func(f *Finding) bool { t.Errorf("%v", f); return true })
		require.NoError(t, err)
		state, err := roster.NewState(roster.Options{TempDir: t.TempDir()})
		require.NoError(t, err)
		defer state.Close()
		_, err = state.Apply(source(t, wire), func(d *roster.Delta) error {
			got = append(got, c.Delta(d)...)
			return nil
		})
		require.NoError(t, err)
		lines, _ := readAll(t, string(text), Options{})
		require.Len(t, got, len(lines)-1)
		for i, r := range got {
			require.Equal(t, comparable(lines[i+1].Record), comparable(r))
		}
	}
	_, notes := enroll(t, "[VERSION],2.0\n[SPMPLANDROP],"+k+",Gold,7/1/2026,12/31/2026\n", EnrollConfig{})
	require.Contains(t, notes, "needs the name")
}

// comparable gives a record in one writing, without what an 834 does not carry.
func comparable(r Record) string {
	l := layoutOf(r.Identifier())
	var b strings.Builder
	for i, f := range l.Fields {
		s := strings.ToUpper(strings.ReplaceAll(l.field(r, i), "-", ""))
		switch f.Name {
		case "IndividualIdentifier", "IsCOBRAEligible", "IsCOBRAEligibleAtTermination", "IsLegacy", "QueueHIPAACertification", "QueueWelcomeLetter":
			continue
		}
		fmt.Fprintf(&b, "%s=%s\n", f.Name, s)
	}
	return b.String()
}

func TestConfig(t *testing.T) {
	c, err := ReadConfig(strings.NewReader("# all of it\nclient \"Example Mills, Inc.\"\ndivision North\ntype RT RETIREE\nplan HLT/GOLD \"Gold Medical\"\nplan HMO \"Gold Medical\"\n" +
		"level E5D EE+5\nallow CoverageLevel EE+5 EE+6\nfrequency WEEKLY\ncoupon COUPONBOOK\npayroll SALARY\ngrace IGNORE\nrates member\ncobra yes\n"))
	require.NoError(t, err)
	require.Equal(t, Config{ClientName: "Example Mills, Inc.", ClientDivisionName: "North", Types: map[string]string{"RT": "RETIREE"}, COBRA: true,
		Plans: map[string]string{"HLT/GOLD": "Gold Medical", "HMO": "Gold Medical"}, Levels: map[string]string{"E5D": "EE+5"},
		BillingFrequency: "WEEKLY", PremiumCouponType: "COUPONBOOK", EmployeePayrollType: "SALARY", SubsequentGracePeriod: "IGNORE", MemberRates: true}, c.Config)
	require.Equal(t, roster.PlanCodes{Line: "HLT", Plan: "GOLD"}, c.Enroll.Plans["Gold Medical"])
	require.Equal(t, []string{"EE+5", "EE+6"}, c.Allowed["CoverageLevel"])
	for text, want := range map[string]string{"client": "expected 1 words", "\nplan X": "line 2: plan: expected 2", "shoes 4": "no directive", "allow Shoes 4": "no such enumeration",
		"rates all": "expected rates member", "client \"x": "quote"} {
		_, err := ReadConfig(strings.NewReader(text))
		require.ErrorIs(t, err, ErrConfig)
		require.ErrorContains(t, err, want)
	}
	_, err = NewConverter(Config{}, nil)
	require.ErrorIs(t, err, ErrConfig)
}

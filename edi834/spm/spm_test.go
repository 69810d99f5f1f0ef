package spm

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// readAll returns the lines of a file and what is wrong with them.
func readAll(t testing.TB, text string, o Options) (lines []*Line, found []Finding) {
	sink := func(f *Finding) bool {
		found = append(found, *f)
		return true
	}
	r := NewReader(strings.NewReader(text), sink)
	c := NewChecker(o, sink)
	for {
		l, err := r.Read()
		if err == io.EOF {
			c.End()
			return lines, found
		}
		require.NoError(t, err)
		lines = append(lines, l)
		c.Line(l)
	}
}

func write(t testing.TB, lines []*Line) string {
	var b bytes.Buffer
	w := NewWriter(&b, WriteOptions{})
	for _, l := range lines {
		require.NoError(t, w.Line(l))
	}
	require.NoError(t, w.Flush())
	return b.String()
}

// TestSamples reads the sample sets, in both forms of cells: they are clean, are written back to the byte, and mean the same.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.csv")
	require.NoError(t, err)
	require.Len(t, files, 4)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			lines, found := readAll(t, string(text), Options{})
			require.Empty(t, found)
			require.Equal(t, string(text), write(t, lines))
			if plain, named := strings.CutSuffix(name, "-named.csv"); named {
				other, err := os.ReadFile(plain + ".csv")
				require.NoError(t, err)
				same, _ := readAll(t, string(other), Options{})
				require.Len(t, same, len(lines))
				for i := range lines {
					require.Equal(t, same[i].Record, lines[i].Record)
				}
				require.True(t, lines[1].Named)
			}
		})
	}
}

// TestWriteForms writes records whole in both forms and reads them back.
func TestWriteForms(t *testing.T) {
	text, err := os.ReadFile("testdata/open-enrollment.csv")
	require.NoError(t, err)
	lines, _ := readAll(t, string(text), Options{})
	for _, o := range []WriteOptions{{}, {Named: true}, {LF: true}} {
		var b bytes.Buffer
		w := NewWriter(&b, o)
		for _, l := range lines {
			require.NoError(t, w.Write(l.Record))
		}
		require.NoError(t, w.Flush())
		again, found := readAll(t, b.String(), Options{})
		require.Empty(t, found)
		for i := range lines {
			require.Equal(t, lines[i].Record, again[i].Record)
		}
		require.Equal(t, o.Named, again[1].Named)
		require.Equal(t, !o.LF, strings.Contains(b.String(), "\r\n"))
	}
}

// good are values that pass, by type.
var good = map[string]string{"Text": "X", "Int": "7", "Date": "7/1/2026", "Bool": "Y", "Money": "10.00", "Dec": "10.5", "SSN": "012345678", "Sex": "F",
	"Phone": "5185550101", "Email": "a@b.com", "Empty": ""}

// bad are values that do not, with the rule.
var bad = map[string]map[string][]string{
	"Int":   {RuleInt: {"-1", "32768", "1.0", "1,000"}},
	"Date":  {RuleDate: {"2026-07-01", "7/1/26", "2/30/2026", "7/1", "20260701", "13/1/2026"}},
	"Bool":  {RuleBool: {"2", "JA"}},
	"Money": {RuleMoney: {"100", ".50", "1.5", "1,000.00", "1.000", "-1.00"}},
	"Dec":   {RuleDecimal: {"1.00001", ".5", "1,000", "-1", "1.", "1e3"}},
	"SSN":   {RuleSSN: {"12345678", "0123456789", "01-234-5678", "01234567x"}},
	"Sex":   {RuleSex: {"X", "MALE"}},
	"Phone": {RulePhone: {"518-555-0101", "15185550101", "518555"}},
	"Email": {RuleEmail: {"ab.com", "a@b", "@b.com", strings.Repeat("x", 100) + "@b.com"}},
	"Enum":  {RuleEnum: {"NONESUCH"}},
	"Empty": {RuleEmpty: {"7/1/2026"}},
}

// value returns a value for a field that passes.
func value(f *FieldInfo) string {
	if f.Type == "Enum" {
		return strings.ToLower(f.Values[0])
	}
	return good[f.Type]
}

// record makes a record that passes, with some fields changed.
func record(l *Layout, change map[string]string) Record {
	r, set := l.newRecord()
	for i := range l.Fields {
		f := &l.Fields[i]
		s := value(f)
		switch f.Name {
		case "EffectiveDate", "EndDate", "RateEndDate":
			s = "12/31/2026"
		case "Version":
			s = "2.0"
		case "SPMSubsequentGracePeriodOptionType":
			s = "ClientDefault"
		case "SPMInitialGracePeriodOptionType":
			s = "Ignore"
		}
		if to, ok := change[f.Name]; ok {
			s = to
		}
		set(i, s)
	}
	return r
}

// checkOne returns what is wrong with a record behind a version.
func checkOne(r Record, o Options, named bool) (found []Finding) {
	c := NewChecker(o, func(f *Finding) bool {
		found = append(found, *f)
		return true
	})
	if _, version := r.(*Version); !version {
		c.Line(LineOf(&Version{"2.0"}, 1))
	}
	l := LineOf(r, 2)
	if named {
		l.Named, l.sent = true, make([]bool, len(l.layout.Fields))
		for i := range l.sent {
			l.sent[i] = true
		}
	}
	c.Line(l)
	return found
}

// TestFieldRules breaks every rule of every field, one at a time.
func TestFieldRules(t *testing.T) {
	list := layouts()
	require.Len(t, list, 9)
	broken := 0
	for k := range list {
		l := &list[k]
		t.Run(l.Identifier, func(t *testing.T) {
			require.Empty(t, checkOne(record(l, nil), Options{}, false))
			for i := range l.Fields {
				f := &l.Fields[i]
				expect := func(s, rule string, named bool) {
					broken++
					found := checkOne(record(l, map[string]string{f.Name: s}), Options{}, named)
					ok := false
					for _, got := range found {
						require.Equal(t, f.Name, got.Field, "%s=%q", f.Name, s)
						require.Equal(t, i+1, got.Number)
						if s != "" {
							require.NotContains(t, got.Message, s)
						}
						ok = ok || got.Rule == rule
					}
					require.True(t, ok, "%s=%q: %v: want %s", f.Name, s, found, rule)
				}
				for rule, values := range bad[f.Type] {
					for _, s := range values {
						expect(s, rule, false)
					}
				}
				if f.Type == "Text" && f.Name != "Version" {
					expect(strings.Repeat("é", f.Max+1), RuleLength, false)
					require.Empty(t, checkOne(record(l, map[string]string{f.Name: strings.Repeat("é", f.Max)}), Options{}, false))
				}
				switch f.Flag {
				case '!':
					expect("", RuleRequired, false)
				case '*':
					expect("", RuleNotEmpty, true)
					require.Empty(t, checkOne(record(l, map[string]string{f.Name: ""}), Options{}, false), f.Name)
				case 0:
					require.Empty(t, checkOne(record(l, map[string]string{f.Name: ""}), Options{}, false), f.Name)
				}
			}
		})
	}
	t.Logf("%d broken fields", broken)
	require.Greater(t, broken, 400)
}

// TestLayouts holds the table to the lengths of the specification.
func TestLayouts(t *testing.T) {
	want := map[string]int{"VERSION": 1, "SPMINSERT": 43, "SPMPLANINSERT": 14, "SPMPLANMEMBERSPECIFICRATEINSERT": 10, "SPMSUBSIDYSCHEDULEINSERT": 11,
		"SPMUPDATE": 46, "SPMPLANUPDATE": 9, "SPMCLIENTDIVISIONUPDATE": 7, "SPMPLANDROP": 8}
	for _, l := range Layouts() {
		require.Len(t, l.Fields, want[l.Identifier], l.Identifier)
		if l.Identifier != "VERSION" && l.Identifier != "SPMINSERT" {
			var names []string
			for _, f := range l.Fields[:5] {
				names = append(names, f.Name)
			}
			require.Equal(t, []string{"ClientName", "oSSN", "oBillingStartDate", "oBillingType", "oBillingFrequency"}, names)
		}
	}
}

const k = "Client,012345678,7/1/2026,RETIREE,MONTHLY"

const insert = "[SPMINSERT],Client,Div,,Ann,,Poe,012345678,,,,,1 Oak,,Albany,NY,12207,,F,1/1/1960,NO,FTE,SALARY,,PREMIUMNOTICE,,,7/1/2026,,MONTHLY,%s,,1/1/2000,CLIENTDEFAULT\n"

// TestRecordRules breaks the rules of records and of their order, each by one sample, and keeps them by another.
func TestRecordRules(t *testing.T) {
	retiree := fmt.Sprintf(insert, "RETIREE")
	plan := "[SPMPLANINSERT]," + k + ",Gold,7/1/2026,,EE\n"
	rate := "[SPMPLANMEMBERSPECIFICRATEINSERT]," + k + ",Gold,7/1/2026,7/1/2026,,10.00\n"
	drop := "[SPMPLANDROP]," + k + ",Gold,7/1/2026,12/31/2026\n"
	level := "[SPMPLANUPDATE]," + k + ",Gold,7/1/2026,EE+1,9/1/2026\n"
	leave := strings.ReplaceAll(fmt.Sprintf(insert, "FMLA"), "7/1/2026", "8/1/2026")
	known := Options{Known: func(k Key) bool { return k.OSSN == "012345678" && k.OBillingType == "RETIREE" }}
	for _, c := range []struct {
		name, text, rule string // rule "" = clean
		o                Options
	}{
		{"new member", retiree + plan + rate, "", Options{}},
		{"version missing", "-" + retiree, RuleVersion, Options{}},
		{"version wrong", "-[VERSION],1.0\n" + retiree, RuleVersion, Options{}},
		{"version twice", "[VERSION],2.0\n", RuleVersion, Options{}},
		{"empty", "-", RuleVersion, Options{}},
		{"unknown record", "[SPMNONE],x\n", RuleIdentifier, Options{}},
		{"no identifier", "hello\n", RuleIdentifier, Options{}},
		{"too many cells", "[SPMPLANDROP]," + k + ",Gold,7/1/2026,12/31/2026,\n", RuleTooMany, Options{}},
		{"open quote", "[SPMPLANDROP],\"" + k + "\n", RuleSyntax, Options{}},
		{"names in the wrong place", "[SPMPLANDROP],ClientName=C,oBillingType=x\n", RuleName, Options{}},
		{"grace period", strings.Replace(retiree, "CLIENTDEFAULT", "CUSTOM", 1), RuleGrace, Options{}},
		{"grace period with days", strings.Replace(retiree, "CLIENTDEFAULT", "CUSTOM,30", 1), "", Options{}},
		{"first grace period", strings.Replace(retiree, "CLIENTDEFAULT", "IGNORE,,,,,,,,,CUSTOM,", 1), RuleGrace, Options{}},
		{"coupon book", strings.NewReplacer("PREMIUMNOTICE", "COUPONBOOK", "MONTHLY", "YEARLY").Replace(retiree), RuleCoupon, Options{}},
		{"plan ends before it begins", strings.Replace(plan, "7/1/2026,,EE", "7/1/2026,6/30/2026,EE", 1), RulePeriod, Options{}},
		{"rate ends before it begins", strings.Replace(rate, ",,10.00", ",6/30/2026,10.00", 1), RulePeriod, Options{}},
		{"drop on the first day", strings.Replace(drop, "12/31/2026", "7/1/2026", 1), RulePeriod, Options{}},
		{"level before the plan", strings.Replace(level, "9/1/2026", "6/1/2026", 1), RulePeriod, Options{}},
		{"level behind the plan", drop + strings.Replace(level, "9/1/2026", "2/1/2027", 1), RulePeriod, Options{}},
		{"subsidy", "[SPMSUBSIDYSCHEDULEINSERT]," + k + ",MEDICAL,EMPLOYER,PERCENTAGE,7/1/2026,8/1/2026,100.00\n", "", Options{}},
		{"subsidy without days", "[SPMSUBSIDYSCHEDULEINSERT]," + k + ",MEDICAL,EMPLOYER,FLAT,7/1/2026,7/1/2026,10.00\n", RulePeriod, Options{}},
		{"subsidy of nothing", "[SPMSUBSIDYSCHEDULEINSERT]," + k + ",MEDICAL,EMPLOYER,FLAT,7/1/2026,8/1/2026,0.00\n", RulePositive, Options{}},
		{"subsidy of more than all", "[SPMSUBSIDYSCHEDULEINSERT]," + k + ",MEDICAL,EMPLOYER,PERCENTAGE,7/1/2026,8/1/2026,100.01\n", RulePercent, Options{}},
		{"division in the past", "[SPMCLIENTDIVISIONUPDATE]," + k + ",Div,7/1/2026\n", RulePast, Options{Today: date(t, "20260702")}},
		{"division today", "[SPMCLIENTDIVISIONUPDATE]," + k + ",Div,7/1/2026\n", "", Options{Today: date(t, "20260701")}},
		{"update of nothing", "[SPMUPDATE]," + k + "\n", RuleNothing, Options{}},
		{"member twice", retiree + strings.Replace(retiree, "Ann", "Anna", 1), RuleDuplicate, Options{}},
		{"record twice", retiree + plan + plan, RuleDuplicate, Options{}},
		{"record of a former file", plan, RuleDuplicate, Options{Sent: func(r Record) bool { _, ok := r.(*PlanInsert); return ok }}},
		{"member on file", retiree, RuleDuplicate, known},
		{"plan dropped twice", drop + strings.Replace(drop, "12/31", "11/30", 1), RuleDuplicate, Options{}},
		{"plan of nobody", plan, RuleUnknown, Options{Known: func(Key) bool { return false }}},
		{"plan of one on file", plan, "", known},
		{"under the new number", "[SPMUPDATE]," + k + ",,,,,999999999\n" + strings.ReplaceAll(plan, "012345678", "999999999"), "", known},
		{"plan in front of the member", plan + retiree, RuleOrder, Options{}},
		{"rate in front of the plan", rate + plan, RuleOrder, Options{}},
		{"rate of a new member without plan", retiree + rate, RuleNoPlan, Options{}},
		{"level of a new member without plan", retiree + level, RuleNoPlan, Options{}},
		{"rate only", rate, "", Options{}},
		{"rate and level", level + strings.ReplaceAll(rate, "Gold,7/1/2026", "Gold,9/1/2026"), "", Options{}},
		{"rate above its level", strings.ReplaceAll(rate, "Gold,7/1/2026", "Gold,9/1/2026") + level, RuleOrder, Options{}},
		{"start and stop", plan + rate + drop, "", Options{}},
		{"stop and start", drop + plan, RuleOrder, Options{}},
		{"rate below the stop", plan + drop + rate, RuleOrder, Options{}},
		{"plan switch", drop + strings.Replace(strings.ReplaceAll(plan, "7/1/2026,,EE", "1/1/2027,,EE"), "Gold", "Silver", 1), "", Options{}},
		{"plan begins again later", drop + strings.ReplaceAll(plan, "7/1/2026,,EE", "1/1/2027,,EE"), "", Options{}},
		{"billing type switch", drop + leave, "", Options{}},
		{"billing type switch, drop below", leave + drop, RuleOrder, Options{}},
		{"other levels", strings.Replace(plan, ",EE\n", ",EE+2\n", 1), "", Options{Allowed: map[string][]string{"CoverageLevel": {"EE+2"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, bare := strings.CutPrefix(c.text, "-")
			if !bare {
				text = "[VERSION],2.0\n" + text
			}
			_, found := readAll(t, text, c.o)
			if c.rule == "" {
				require.Empty(t, found)
				return
			}
			rules := map[string]bool{}
			for _, f := range found {
				rules[f.Rule] = true
				require.NotZero(t, f.Line)
				require.Contains(t, f.Error(), f.Rule)
			}
			require.Equal(t, map[string]bool{c.rule: true}, rules, "%v", found)
		})
	}
}

func date(t testing.TB, s string) x12.Date {
	d, ok := x12.ParseDate(s)
	require.True(t, ok)
	return d
}

func TestCharset(t *testing.T) {
	u := &Update{Key: Key{ClientName: "Käse – Œuvre €"}, FirstName: "Łukasz"}
	w := NewWriter(io.Discard, WriteOptions{})
	require.ErrorIs(t, w.Write(u), ErrCharset)
	require.ErrorContains(t, w.Write(u), "SPMUPDATE.FirstName")
	require.NotContains(t, w.Write(u).Error(), "ukasz")
	var b bytes.Buffer
	w = NewWriter(&b, WriteOptions{Transliterate: true})
	require.NoError(t, w.Write(u))
	require.NoError(t, w.Flush())
	require.Contains(t, b.String(), "K\xe4se \x96 \x8cuvre \x80")
	lines, _ := readAll(t, b.String(), Options{})
	require.Equal(t, "Käse – Œuvre €", lines[0].Record.(*Update).ClientName)
	require.Equal(t, "Lukasz", lines[0].Record.(*Update).FirstName)
	require.ErrorIs(t, w.Write(&Update{FirstName: "李"}), ErrCharset)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	back, err := appendText(nil, toText(all), false)
	require.NoError(t, err)
	require.Equal(t, all, back)
}

// FuzzReader reads what is no file: no panic, what is read is written and read the same, and findings name no values.
func FuzzReader(f *testing.F) {
	files, err := filepath.Glob("testdata/*.csv")
	require.NoError(f, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Add("[SPMUPDATE],ClientName=\n[spmplandrop],\"a\"\"b\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines, _ := readAll(t, text, Options{})
		again, _ := readAll(t, write(t, lines), Options{})
		require.Len(t, again, len(lines))
		for i := range lines {
			require.Equal(t, lines[i].Record, again[i].Record)
			require.Equal(t, lines[i].Named, again[i].Named)
		}
	})
}

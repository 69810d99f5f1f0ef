package guide_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// checkGuide is a toy guide with one segment for each kind of check.
const checkGuide = `guide 005010X000
  set 835 ts835 Set
  gs HP
  base 005010
  title "Toy"

table 1
0100 ST R 1 *
  01 R - {835}
  02 R ControlNumber
0200 BPR R 1 Payment
  01 R Handling {C I}
  02 R Amount money digits=10
  03 R CreditDebit
  04 S Method {ACH CHK}
  05 S Format {CCP CTX}
  06 S BankType {01 04}
  07 S Bank
  16 R Date "Check Issue Date"
  rule toy/format when 04 in ACH require 05
  rule toy/no-format when 04 in CHK forbid 05
  rule toy/other when 04 not-in ACH CHK forbid 06
  rule toy/bank when 07 present require 06
  rule toy/no-method when 04 absent forbid 07
0300 DTM S 9 Dates as=Dates
  01 R Qualifier
  02 S Day
  03 S Hour
  05 S FormatQualifier
  06 S Period
0400 CAS S 9 Adjustments as=Adjustment
  01 R Group {CO PR}
  02 R Reason
  03 S Amount
  05 S SecondReason
  06 S SecondAmount
  07 S SecondQuantity
0500 N4 S 9 Places as=Place
  01 R City len=10 "City Name"
  02 S State {NY CA}
  07 S Subdivision
0600 EB S 9 Benefits as=Benefit
  01 R Information
  03 S ServiceTypes repeat=3 {1 30 UC}
  13 S Procedure as=Procedure
    -1 R Qualifier {HC AD}
    -2 R Code
    -3..4 S Modifiers
  14 S Pointers as=Pointers
    -1 R First
    -2 S Second
0700 REF S 9 References as=Reference
  01 R Qualifier
  02 S ID
  04 S More as=Identifiers
    -1 R Qualifier
    -2 R ID
    -3 S SecondQualifier
    -4 S SecondID
0800 CUR S 9 Currencies as=Currency
  01 R Entity
  02 R Code
0900 LX S 9 Numbers as=Number
  01 R Number
1000 LQ S 9 Codes as=Code
  01 S List
  02 S Code
1100 DMG S 9 People as=Demographic
  01 S Format
  02 S Birth
  05 S Races as=Race repeat=10
    -1 S Code
    -2 S List
    -3 S Industry
1120 HI S 9 Occurrences as=Occurrences
  01 R First as=Occurrence
    -1 R Qualifier
    -2 R Code
    -3 S Format
    -4 S Date
1150 CLP S 1 Claim
  12 R Weight "DRG Weight"
1200 SE R 1 -
  01 R -
  02 R -
`

// bpr is a sound BPR with the elements 4 to 7 to be filled in.
func bpr(method string) string {
	return "BPR*C*100*C*" + method + strings.Repeat("*", 12-strings.Count(method, "*")) + "20260102"
}

// TestCheckRules has one row for each way an element can be wrong: a segment that is, one that only just is not, and the
// finding: place, IK403, IK502, level, severity, rule.
func TestCheckRules(t *testing.T) {
	rows := []struct {
		name, bad, good, want string
	}{
		{"date not in its form", "DMG*D8*20260231", "DMG*D8*20260228", "DMG.02 8 5 2 error element/date"},
		{"range with a short end", "DTM*036****RD8*20260101-202602", "DTM*036****RD8*20260101-20260201", "DTM.06 8 5 2 error element/date"},
		{"range as a date", "DMG*D8*20260101-20260102", "DTM*036****RD8*20260101", "DMG.02 8 5 2 error element/date"},
		{"moment without its hours", "DTM*036****DT*20260101", "DTM*036****DT*202601012359", "DTM.06 8 5 2 error element/date"},
		{"clock", "DTM*036****TM*2400", "DTM*036****TM*2359", "DTM.06 9 5 2 error element/date"},
		{"date of a form nobody knows", "DMG*D8*X1", "DMG*ZZ*X1", "DMG.02 8 5 2 error element/date"},
		{"date in a composite", "HI*BH:11:D8:20261301", "HI*BH:11:D8:20261201", "HI.01-4 8 5 2 error element/date"},
		{"required element empty", "CAS*CO**1", "CAS*CO*45*1", "CAS.02 1 5 2 error element/missing"},
		{"required element behind the end", "CAS*CO", "CAS*CO*45", "CAS.02 1 5 2 error element/missing"},
		{"required component empty", "EB*1************HC::X1", "EB*1************HC:99213:X1", "EB.13-2 1 5 2 error element/missing"},
		{"required component behind the end", "EB*1************HC", "EB*1************HC:99213", "EB.13-2 1 5 2 error element/missing"},
		{"composite with a blank first component", "EB*1************:99213", "EB*1************AD:99213", "EB.13-1 1 5 2 error element/missing"},
		{"element not used", "N4*ALBANY*NY*12207", "N4*ALBANY*NY*", "N4.03 I10 I5 2 error element/not-used"},
		{"component not used", "EB*1************HC:99213:X1:X2:X3", "EB*1************HC:99213:X1:X2:", "EB.13-5 I10 I5 2 error element/not-used"},
		{"more elements than the segment has", "LX*1*2", "LX*1", "LX.02 3 5 1 error element/too-many"},
		{"more separators than the segment has elements", "LX*1*", "LX*1", "LX.02 3 5 1 error element/too-many"},
		{"text below the least length", "N4*A", "N4*AB", "N4.01 4 5 1 error element/too-short"},
		{"text above the standard's length", "N4*" + strings.Repeat("A", 31), "N4*" + strings.Repeat("A", 10), "N4.01 5 5 1 error element/too-long"},
		{"text above the guide's length", "N4*" + strings.Repeat("A", 11), "N4*" + strings.Repeat("A", 10), "N4.01 I12 I5 2 error element/over-limit"},
		{"length in characters, not bytes", "N4*" + strings.Repeat("é", 11), "", "N4.01   1 info element/charset; N4.01 I12 I5 2 error element/over-limit"},
		{"number above the standard's length", "LX*1234567", "LX*123456", "LX.01 5 5 1 error element/too-long"},
		{"sign and point are not counted", "CAS*CO*45*-12345678901234567.89", "CAS*CO*45*-1234567890123456.78", "CAS.03 5 5 1 error element/too-long"},
		{"more digits than a number can hold", "CAS*CO*45*" + strings.Repeat("9", 40), "", "CAS.03 5 5 1 error element/too-long"},
		{"amount above the guide's digits", strings.Replace(bpr("CHK"), "100", "-123456789.01", 1), strings.Replace(bpr("CHK"), "100", "-12345678.01", 1), "BPR.02 I12 I5 2 error element/over-limit"},
		{"code not in the list", "CAS*ZZ*45", "CAS*PR*45", "CAS.01 7 5 2 error element/code"},
		{"code in lower case", "CAS*co*45", "CAS*CO*45", "CAS.01 7 5 2 error element/code"},
		{"code of an AN element not in the list", "N4*ALBANY*XX", "N4*ALBANY*CA", "N4.02 7 5 2 error element/code"},
		{"code of a component", "EB*1************XX:99213", "EB*1************AD:D0120", "EB.13-1 7 5 2 error element/code"},
		{"code of a repetition", "EB*1**30^XX^UC", "EB*1**30^1^UC", "EB.03^2 7 5 2 error element/code"},
		{"code too long", "CUR*PR*USDX", "CUR*PR*USD", "CUR.02 5 5 1 error element/too-long"},
		{"code too short", "CUR*P*USD", "CUR*PR*USD", "CUR.01 4 5 1 error element/too-short"},
		{"letter in a number", "CAS*CO*45*12O", "CAS*CO*45*120", "CAS.03 6 5 1 error element/number"},
		{"plus sign", "CAS*CO*45*+1", "CAS*CO*45*-1", "CAS.03 6 5 1 error element/number"},
		{"point in an integer", "LX*1.0", "LX*1", "LX.01 6 5 1 error element/number"},
		{"no such day", "DTM*050*20260230", "DTM*050*20260228", "DTM.02 8 5 1 error element/date"},
		{"date of another length", "DTM*050*260228", "DTM*050*20260228", "DTM.02 8 5 1 error element/date"},
		{"no such minute", "DTM*050**1260", "DTM*050**1259", "DTM.03 9 5 1 error element/time"},
		{"time of three digits", "DTM*050**125", "DTM*050**12595999", "DTM.03 9 5 1 error element/time"},
		{"control character in text", "N4*ALB\x07NY", "N4*ALBANY", "N4.01 6 5 1 error element/character"},
		{"control character in a code", "CUR*PR*U\tD", "CUR*PR*USD", "CUR.02 6 5 1 error element/character"},
		{"byte outside ASCII", "N4*Málaga", "N4*Malaga", "N4.01   1 info element/charset"},
		{"more repetitions than the guide allows", "EB*1**30^1^UC^30", "EB*1**30^1^UC", "EB.03^4 12 5 1 error element/repeat"},
		{"repetition of an element that has none", "N4*ALBANY^TROY", "N4*ALBANY", "N4.01^2 12 5 1 error element/repeat"},
		{"repetition of a composite that has none", "EB*1************HC:99213^HC:99214", "EB*1************HC:99213", "EB.13^2 12 5 1 error element/repeat"},
		{"components in a simple element", "N4*ALBANY:NY", "N4*ALBANY", "N4.01 13 5 1 error element/components"},
		{"more components than the composite has", "EB*1*************1:2:3:4:5", "EB*1*************1:2", "EB.14-3 I10 I5 2 error element/not-used; EB.14-4 I10 I5 2 error element/not-used; EB.14-5 13 5 1 error element/components"},
		{"P: half a pair", "DTM*050*20260101***D8", "DTM*050*20260101***D8*20260101", "DTM.06 2 5 1 error element/relation"},
		{"P: the other half", "DTM*050*20260101****20260101", "DTM*050*20260101***D8*20260101", "DTM.05 2 5 1 error element/relation"},
		{"P in a composite", "REF*ZZ*1**ZZ:1:ZZ", "REF*ZZ*1**ZZ:1:ZZ:2", "REF.04-4 2 5 1 error element/relation"},
		{"R: none of them", "DTM*050", "DTM*050**1200", "DTM.02 2 5 1 error element/relation"},
		{"C: without the element it needs", "LQ*HE", "LQ*HE*N1", "LQ.02 2 5 1 error element/relation"},
		{"C the other way round", "LQ*HE*N1", "LQ**N1", ""},
		{"L: without one of the others", "CAS*CO*45*1**96", "CAS*CO*45*1**96*1", "CAS.06 2 5 1 error element/relation"},
		{"E: both of them", "N4*ALBANY*NY*****01", "N4*ALBANY*NY", "N4.04 2 5 1 error element/relation; N4.07 10 5 1 error element/exclusion"},
		{"rule: in, required element", bpr("ACH"), bpr("ACH*CTX"), "BPR.05 I9 I5 4 error toy/format"},
		{"rule: in, forbidden element", bpr("CHK*CTX"), bpr("CHK"), "BPR.05 I13 I5 4 error toy/no-format"},
		{"rule: not-in", bpr("XXX**01*123"), bpr("ACH*CTX*01*123"), "BPR.04 7 5 2 error element/code; BPR.06 I13 I5 4 error toy/other"},
		{"rule: present", bpr("CHK***123"), bpr("CHK**01*123"), "BPR.06 2 5 1 error element/relation; BPR.06 I9 I5 4 error toy/bank"},
		{"rule: absent", bpr("**01*123"), bpr("CHK**01*123"), "BPR.07 I13 I5 4 error toy/no-method"},
	}
	table := compile(t, "check", checkGuide)
	seen := map[string]bool{}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			require.Equal(t, r.want, check(t, table, r.bad))
			if r.good != "" {
				require.Empty(t, check(t, table, r.good))
			}
		})
		for _, f := range strings.Split(r.want, "; ") {
			seen[f[strings.LastIndexByte(f, ' ')+1:]] = true
		}
	}
	for _, rule := range []string{
		guide.RuleElementMissing, guide.RuleElementNotUsed, guide.RuleElementMany, guide.RuleElementShort, guide.RuleElementLong,
		guide.RuleElementLimit, guide.RuleElementCode, guide.RuleElementNumber, guide.RuleElementDate, guide.RuleElementTime,
		guide.RuleElementChar, guide.RuleElementCharset, guide.RuleElementRepeat, guide.RuleElementComponents,
		guide.RuleElementRelation, guide.RuleElementExclusion,
	} {
		require.True(t, seen[rule], "no row for %s", rule)
	}
}

// check returns the findings about one segment, which stands in the first slot of its identifier.
func check(t *testing.T, table *guide.Table, segment string) string {
	var out []string
	segments(t, "ST*835*1\n"+segment, func(s *x12.Segment) {
		if s.Ordinal == 1 {
			return
		}
		table.Check(slotOf(table, s), s, func() string { return "" }, func(i *x12.Issue) {
			out = append(out, fmt.Sprintf("%s %s %s %d %s %s", i.Path(), i.Codes.IK4, i.Codes.IK5, i.Level, i.Severity, i.Rule))
			if i.Severity == x12.Error {
				require.Equal(t, "8", i.Codes.IK3)
			}
			require.Equal(t, s.Offset, i.Offset)
			require.Equal(t, 2, i.Segment)
			require.Equal(t, table.ID, i.Guide)
			require.Equal(t, s.At(i.Element), i.At)
			if v := i.Value; len(v) > 3 {
				require.NotContains(t, i.Message, v)
			}
		})
	})
	return strings.Join(out, "; ")
}

// TestCheckMessage shows the wording of some findings, which name the element as the guide does and never its value.
func TestCheckMessage(t *testing.T) {
	table := compile(t, "check", checkGuide)
	for segment, want := range map[string]string{
		strings.Replace(bpr("CHK"), "20260102", "20261302", 1): "Check Issue Date: not a date: expected CCYYMMDD",
		"CAS*CO*45*1**96": "Monetary Amount: one of 06 07 needed with 05",
		bpr("ACH"):        "Payment Format Code: required here because of BPR04 in ACH",
		"CUR*PR*":         "Currency Code: required element is missing",
		"EB*1**XX":        "Service Type Code: not one of the guide's values: expected 1 30 UC",
		"N4*ABCDEFGHIJK":  "City Name: 11 long: the guide allows 10",
		"LX*1*2":          "more elements than the 1 of this segment",
		"CLP":             "DRG Weight: required element is missing",
	} {
		var got []string
		segments(t, "ST*835*0001\n"+segment, func(s *x12.Segment) {
			if id := slotOf(table, s); s.Ordinal == 2 {
				table.Check(id, s, func() string { return "" }, func(i *x12.Issue) { got = append(got, i.Message) })
			}
		})
		require.Equal(t, []string{want}, got, segment)
	}
}

// slotOf returns the first slot with the identifier of s.
func slotOf(table *guide.Table, s *x12.Segment) guide.SlotID {
	id := guide.SlotID(1)
	for table.Slots[id].ID != s.ID {
		id++
	}
	return id
}

// TestCheckAllocs holds Check to its promise for sound segments.
func TestCheckAllocs(t *testing.T) {
	table := compile(t, "check", checkGuide)
	segments(t, "ST*835*0001\nEB*1**30^1^UC**********HC:99213:X1*1:2", func(s *x12.Segment) {
		id := slotOf(table, s)
		path, report := func() string { return "" }, func(*x12.Issue) { t.Error("a finding") }
		require.Zero(t, testing.AllocsPerRun(100, func() { table.Check(id, s, path, report) }))
	})
}

// TestCheckManyElements makes sure that a segment of more elements than any has is no trouble.
func TestCheckManyElements(t *testing.T) {
	table := compile(t, "check", checkGuide)
	require.Equal(t, "LX.02 3 5 1 error element/too-many", check(t, table, "LX*1"+strings.Repeat("*1", 500)))
	require.Equal(t, "EB.03^4 12 5 1 error element/repeat", check(t, table, "EB*1**1"+strings.Repeat("^1", 500)))
}

// TestCheckCharacters has each byte at each place of segments of several lengths: what is odd is found wherever it stands, also
// where the checker was told the text around before.
func TestCheckCharacters(t *testing.T) {
	table := compile(t, "check", checkGuide)
	for _, lead := range []string{"", "A", "Albany Av", strings.Repeat("x", 9) + strings.Repeat("*", 6) + strings.Repeat("y", 2)} {
		for b := 1; b < 256; b++ {
			if strings.IndexByte("*:~\n\r", byte(b)) >= 0 {
				continue
			}
			want := ""
			switch {
			case b < ' ' || b == 0x7F:
				want = guide.RuleElementChar
			case b == '^':
				want = guide.RuleElementRepeat
			case b >= 0x80:
				want = guide.RuleElementCharset
			}
			for _, segment := range []string{"N4*" + lead + string([]byte{byte(b)}), "N4*" + string([]byte{byte(b)}) + lead} {
				for _, whole := range []bool{false, true} {
					segments(t, "ST*835*1\n"+segment+"z", func(s *x12.Segment) {
						if s.Ordinal == 1 {
							return
						}
						got := map[string]bool{}
						c := guide.NewChecker(func() string { return "" }, func(i *x12.Issue) { got[i.Rule] = true })
						if whole {
							c.Text(s.Bytes(), s.Delims)
						}
						c.Check(table, slotOf(table, s), s)
						for _, rule := range []string{guide.RuleElementChar, guide.RuleElementRepeat, guide.RuleElementCharset} {
							require.Equal(t, rule == want, got[rule], "%q %s", segment, rule)
						}
					})
				}
			}
		}
	}
}

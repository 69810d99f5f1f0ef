package edit_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

const isa = "ISA*00*          *00*          *ZZ*RIVERCLINIC    *ZZ*ACMEHEALTH     *260105*0930*^*00501*000000202*0*T*:~"
const gs = "GS*HC*RIVERCLINIC*ACMEHEALTH*20260105*0930*202*X*005010X222A1~"

// set makes a set of an 837 of segments, each with its terminator.
func set(control, body string) string {
	return fmt.Sprintf("ST*837*%s*005010X222A1~BHT*0019*00*1*20260105*0930*CH~%sSE*%d*%s~", control, body, strings.Count(body, "~")+3, control)
}

// envelope puts sets into an interchange.
func envelope(sets ...string) string {
	return isa + gs + strings.Join(sets, "") + fmt.Sprintf("GE*%d*202~IEA*1*000000202~", len(sets))
}

// The parts that cases are made of.
const (
	billing    = "NM1*85*2*RIVER CLINIC*****XX*1234567893~"
	subscriber = "SBR*P~NM1*IL*1*DOE~NM1*PR*2*ACME*****PI*ACME1~"
	patient    = "PAT*19~"
)

// bodyOf returns what stands between BHT and SE in the only set of a part.
func bodyOf(t *testing.T, text string) string {
	t.Helper()
	_, text, ok := strings.Cut(text, "*CH~")
	require.True(t, ok)
	body, _, ok := strings.Cut(text, "SE*")
	require.True(t, ok)
	require.NotContains(t, body, "ST*")
	return body
}

func TestClaims(t *testing.T) {
	for name, c := range map[string]struct {
		by       string
		body     string
		want     []string // the bodies of the parts, in order of their names
		findings []string
	}{
		"subscriber's claim in one part, dependent's in the next": {by: "claims:1",
			body: "HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~",
			want: []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~LX*1~",
				"HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "HL*3*2*23*0~" + patient + "CLM*B*2~"}},
		"both in one part": {by: "claims:2",
			body: "HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~",
			want: []string{"HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~"}},
		"levels without claims go on in the part that is filled": {by: "claims:1",
			body: "HL*1**20*0~" + billing + "HL*2**20*1~" + billing + "HL*3*2*22*0~" + subscriber + "CLM*A*1~HL*4*2*22*0~SBR*S~HL*5*2*22*0~" + subscriber + "CLM*B*2~HL*6**20*0~",
			want: []string{"HL*1**20*0~" + billing + "HL*2**20*1~" + billing + "HL*3*2*22*0~" + subscriber + "CLM*A*1~HL*4*2*22*0~SBR*S~",
				"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*B*2~HL*3**20*0~"},
			findings: []string{"info split/empty-level", "info split/empty-level", "info split/empty-level"}},
		"elements behind HL04 and short HLs": {by: "payer",
			body: "HL*7**20*1*x**~" + billing + "HL*8*7*22~" + subscriber + "CLM*A*1~",
			want: []string{"HL*1**20*1*x**~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~"}},
		"wrong parent, wrong HL04": {by: "claims:9",
			body:     "HL*1**20*0~" + billing + "HL*2*7*22*1~" + subscriber + "CLM*A*1~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~"},
			findings: []string{"error split/parent"}},
		"no billing provider": {by: "claims:9",
			body:     "HL*1**22*0~" + subscriber + "CLM*A*1~HL*2*1*23*0~CLM*B*2~",
			want:     []string{"HL*1**22*1~" + subscriber + "CLM*A*1~HL*2*1*23*0~CLM*B*2~"},
			findings: []string{"error split/parent"}},
		"no subscriber": {by: "payer",
			body:     "HL*1**20*1~" + billing + "HL*2*1*23*0~" + patient + "CLM*A*1~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*23*0~" + patient + "CLM*A*1~"},
			findings: []string{"error split/parent", "warning split/no-key"}},
		"another level": {by: "billing-npi",
			body:     "HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "HL*3*2*PT*0~" + patient + "CLM*A*1~HL*4*1*22*0~" + subscriber + "CLM*B*1~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "HL*3*2*PT*0~" + patient + "CLM*A*1~HL*4*1*22*0~" + subscriber + "CLM*B*1~"},
			findings: []string{"warning split/level"}},
		"a level in the place of a subscriber": {by: "payer",
			body:     "HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~HL*3*1*21*1~NM1*PR*2*OAK*****PI*OAK~HL*4*3*23*0~" + patient + "CLM*B*1~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~", "HL*1**20*1~" + billing + "HL*2*1*21*1~NM1*PR*2*OAK*****PI*OAK~HL*3*2*23*0~" + patient + "CLM*B*1~"},
			findings: []string{"warning split/level"}},
		"claims above all levels": {by: "claims:1",
			body:     "REF*X*1~CLM*A*1~CLM*B*2~HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*C*3~",
			want:     []string{"REF*X*1~CLM*A*1~", "REF*X*1~CLM*B*2~", "REF*X*1~HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*C*3~"},
			findings: []string{"warning split/level"}},
		"a number above the billing provider": {by: "claims:1",
			body:     "HL*1*0*20*0~" + billing + "CLM*A*1~",
			want:     []string{"HL*1**20*0~" + billing + "CLM*A*1~"},
			findings: []string{"warning split/parent"}},
		"no levels and no claims": {by: "payer", body: "REF*X*1~", want: []string{"REF*X*1~"},
			findings: []string{"info split/empty-level"}},
		"a provider without claims": {by: "payer",
			body:     "HL*1**20*0~" + billing + "HL*2**20*1~" + billing + "HL*3*2*22*0~" + subscriber + "CLM*A*1~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~", "HL*1**20*0~" + billing},
			findings: []string{"info split/empty-level"}},
		"an amount that is none": {by: "payer",
			body:     "HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*a lot~",
			want:     []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*a lot~"},
			findings: []string{"warning split/amount"}},
		"two payers of one provider, by turns": {by: "payer",
			body: "HL*1**20*1~" + billing + "HL*2*1*22*0~NM1*PR*2*OAK*****PI*OAK~CLM*A*1~HL*3*1*22*0~NM1*PR*2*ELM*****PI*ELM~CLM*B*1~HL*4*1*22*0~NM1*PR*2*OAK*****PI*OAK~CLM*C*1~",
			want: []string{"HL*1**20*1~" + billing + "HL*2*1*22*0~NM1*PR*2*ELM*****PI*ELM~CLM*B*1~",
				"HL*1**20*1~" + billing + "HL*2*1*22*0~NM1*PR*2*OAK*****PI*OAK~CLM*A*1~HL*3*1*22*0~NM1*PR*2*OAK*****PI*OAK~CLM*C*1~"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := envelope(set("0001", c.body))
			m, _, findings := split(t, text, edit.Options{By: parseBy(t, c.by)})
			require.Equal(t, c.findings, findings)
			var got []string
			for _, name := range m.names() {
				r := read(t, m.text(name), false)
				require.Empty(t, r.findings, name)
				got = append(got, bodyOf(t, m.text(name)))
			}
			require.Equal(t, c.want, got)
			require.Equal(t, len(read(t, text, false).claims), len(read(t, m.all(), false).claims))
		})
	}
}

// TestLateChild has claims of the subscriber that fill the buffer many times before the dependent comes, in two parts by
// turns of which only one may be open: HL04 is mended in the file.
func TestLateChild(t *testing.T) {
	line := strings.Repeat("NTE*ADD*"+strings.Repeat("X", 70)+"~", 10)
	level := func(n int, npi, claim string) string {
		own := "HL*%d**20*1~NM1*85*2*RIVER CLINIC*****XX*" + npi + "~HL*%d*%d*22*1~" + subscriber
		return fmt.Sprintf(own, n, n+1, n) + strings.Repeat("CLM*"+claim+"*1~"+line, 200) + fmt.Sprintf("HL*%d*%d*23*0~", n+2, n+1) + patient + "CLM*Z*2~"
	}
	body := level(1, "1234567893", "A") + level(4, "1999999984", "B")
	text := envelope(set("0001", body), set("0002", body))
	for _, by := range []string{"billing-npi", "payer", "claims:150", "claims:402"} {
		o := edit.Options{By: parseBy(t, by), MaxOpen: 1}
		m, _, findings := split(t, text, o)
		require.Empty(t, findings)
		require.Equal(t, read(t, text, true).texts(), read(t, m.all(), true).texts())
	}
}

func TestEnvelopes(t *testing.T) {
	claim := "HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~"
	first := envelope(set("0001", claim), set("0005", claim))
	later := strings.NewReplacer("*260105*0930*", "*260106*1000*", "000000202", "000000090", "*20260105*0930*202*", "*20260106*1000*90*", "GE*2*202", "GE*2*90").Replace(first)
	m, res, findings := split(t, first+later, edit.Options{By: edit.ByPayer()})
	require.Empty(t, findings)
	require.EqualValues(t, 1, res.Parts)
	text := m.text("payer-ACME1.edi")
	require.Equal(t, 1, strings.Count(text, "ISA*"), "one interchange when all but dates and control numbers agree")
	for _, want := range []string{"ST*837*0001*", "ST*837*0005*", "ST*837*0006*", "ST*837*0007*", "SE*10*0007~GE*4*202~IEA*1*000000202~"} {
		require.Contains(t, text, want)
	}

	m, _, _ = split(t, first+later, edit.Options{By: edit.BySet(), Prefix: "jan-"})
	require.Equal(t, []string{"jan-set-0001.edi", "jan-set-0002.edi", "jan-set-0003.edi", "jan-set-0004.edi"}, m.names())
	require.Contains(t, m.text("jan-set-0002.edi"), "*000000203*0*T*:~GS*HC*RIVERCLINIC*ACMEHEALTH*20260105*0930*203*X")
	require.Contains(t, m.text("jan-set-0004.edi"), "*260106*1000*^*00501*000000205*")
	require.Contains(t, m.text("jan-set-0004.edi"), "ST*837*0005*")

	m, _, _ = split(t, first+later, edit.Options{By: edit.ByClaims(3), ControlStart: 999_999_999})
	require.Equal(t, []string{"part-0001.edi", "part-0002.edi"}, m.names())
	require.Contains(t, m.text("part-0001.edi"), "*999999999*0*T*:~GS*HC*RIVERCLINIC*ACMEHEALTH*20260105*0930*999999999*X*")
	require.Contains(t, m.text("part-0002.edi"), "*000000001*0*T*:~GS*HC*RIVERCLINIC*ACMEHEALTH*20260106*1000*01*X*")

	other := strings.ReplaceAll(first, "RIVERCLINIC    ", "OAKCLINIC      ")
	m, _, _ = split(t, first+other, edit.Options{By: edit.ByPayer()})
	text = m.text("payer-ACME1.edi")
	require.Equal(t, 2, strings.Count(text, "ISA*"), "another sender")
	require.Equal(t, 2, strings.Count(text, "ST*837*0005*"))
	require.Empty(t, read(t, text, true).findings)

	for name, c := range map[string]struct{ text, want string }{
		"no numbers": {strings.NewReplacer("000000202", "A00000202", "*202*", "*X1*", "GE*2*202", "GE*2*X1").Replace(first), "*000000001*0*T*:~GS*HC*RIVERCLINIC*ACMEHEALTH*20260105*0930*01*X*"},
		"missing":    {strings.ReplaceAll(first, "*20260105*0930*202*X*005010X222A1~", "~"), "*000000202*0*T*:~GS*HC*RIVERCLINIC*ACMEHEALTH~ST*837*0001*"},
	} {
		m, _, _ = split(t, c.text, edit.Options{By: edit.ByPayer()})
		require.Contains(t, m.text("payer-ACME1.edi"), c.want, name)
	}
}

// TestRest keeps what stands outside sets.
func TestRest(t *testing.T) {
	claim := "HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~"
	text := isa + "TA1*000000001*260105*0930*A*000~" + gs + set("0001", claim) + "NTE*ADD*LOST~" + "GE*1*202~GS*HP*A*B*20260105*0930*203*X*005010X221A1~GE*0*203~IEA*2*000000202*x~" +
		strings.ReplaceAll(isa, "202", "909") + "IEA*0*000000909~NTE*ADD*BEHIND~"
	for _, by := range keys {
		m, _, findings := split(t, text, edit.Options{By: parseBy(t, by)})
		require.Equal(t, []string{"info split/outside-set", "error envelope/outside-set", "info split/outside-set",
			"warning envelope/extra-elements", "error envelope/outside-set", "info split/outside-set"}, findings)
		require.Equal(t, isa0(203)+"TA1*000000001*260105*0930*A*000~GS*HC*RIVERCLINIC*ACMEHEALTH*20260105*0930*203*X*005010X222A1~NTE*ADD*LOST~GE*0*203~"+
			"GS*HP*A*B*20260105*0930*204*X*005010X221A1~GE*0*204~IEA*2*000000203~"+isa0(909)+"NTE*ADD*BEHIND~IEA*0*000000909~", fixRest(m.text("rest.edi")), by)
	}
}

// isa0 is the ISA with another control number.
func isa0(control int) string {
	return strings.ReplaceAll(isa, "000000202", fmt.Sprintf("%09d", control))
}

// fixRest undoes what depends on the order in which envelopes were written.
func fixRest(text string) string {
	return strings.NewReplacer("*000000202*0", "*000000203*0", "0930*202*", "0930*203*", "GE*0*202", "GE*0*203", "IEA*2*000000202", "IEA*2*000000203",
		"0930*203*X*005010X221A1", "0930*204*X*005010X221A1").Replace(text)
}

func TestSetTypes(t *testing.T) {
	claim := set("0001", "HL*1**20*1~"+billing+"HL*2*1*22*0~"+subscriber+"CLM*A*1~")
	enrollment := "ST*834*0002~BGN*00*1*20260105~SE*3*0002~"
	m, res, findings := split(t, envelope(enrollment, claim), edit.Options{By: edit.BySet()})
	require.Empty(t, findings)
	require.EqualValues(t, 2, res.Parts)
	require.Contains(t, m.text("set-0001.edi"), enrollment)

	m = newMemory()
	_, err := edit.Split(x12.NewReader(strings.NewReader(envelope(enrollment, claim))), m, edit.Options{By: edit.ByPayer()})
	var kind *edit.SetTypeError
	require.ErrorAs(t, err, &kind)
	require.Equal(t, "834", kind.Set)
	require.ErrorContains(t, err, "by payer")
	require.Empty(t, m.files, "nothing is written")

	m, res, findings = split(t, envelope(claim, enrollment), edit.Options{By: edit.ByPayer()})
	require.Equal(t, []string{"error split/set-type"}, findings)
	require.Contains(t, m.text("rest.edi"), enrollment)
	require.EqualValues(t, 2, res.Out.Sets)
}

// TestBroken reads input that breaks off or lacks trailers: parts are whole, and the reader has said what is wrong.
func TestBroken(t *testing.T) {
	claim := "HL*1**20*1~" + billing + "HL*2*1*22*0~" + subscriber + "CLM*A*1~LX*1~"
	whole := envelope(set("0001", claim), set("0002", claim))
	for name, c := range map[string]struct {
		text   string
		claims int
		rule   string
	}{
		"breaks off":    {whole[:len(whole)-38], 2, x12.RuleTruncated},
		"no SE":         {strings.Replace(whole, "SE*11*0001~", "", 1), 2, x12.RuleMissingSE},
		"no GE":         {strings.Replace(whole, "GE*2*202~", "", 1), 2, x12.RuleMissingGE},
		"no IEA":        {strings.Replace(whole, "IEA*1*000000202~", isa+gs+set("0001", claim)+"GE*1*202~IEA*1*000000202~", 1), 3, x12.RuleMissingIEA},
		"no GS":         {strings.Replace(whole, gs, "", 1), 2, x12.RuleMissingGS},
		"stray trailer": {strings.Replace(whole, "GE*2*202~", "SE*1*1~GE*2*202~", 1), 2, x12.RuleStrayTrailer},
		"bare":          {set("0001", claim) + set("0002", claim), 2, x12.RuleBareSet},
		"group only":    {gs + set("0001", claim) + "GE*1*202~", 1, x12.RuleBareSet},
	} {
		for _, by := range keys {
			m, res, findings := split(t, c.text, edit.Options{By: parseBy(t, by), Newline: true})
			require.Contains(t, strings.Join(findings, " "), c.rule, name)
			require.EqualValues(t, c.claims, res.Out.Claims, name)
			for _, part := range m.names() {
				r := read(t, m.text(part), true)
				switch name {
				case "bare", "group only", "no GS":
				default:
					require.Empty(t, r.findings, "%s %s", name, part)
				}
				require.NotEmpty(t, r.claims)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	var body strings.Builder
	body.WriteString("HL*1**20*1~" + billing)
	ids := []string{"A/B", "A B", "a-b", "..", "", strings.Repeat("L", 300), strings.Repeat("L", 301), "\xff\xfe", "A-B-2", "con"}
	for i, id := range ids {
		fmt.Fprintf(&body, "HL*%d*1*22*0~NM1*PR*2******PI*%s~CLM*C%d*1~", i+2, id, i)
	}
	var keys []string
	o := edit.Options{By: edit.ByPayer(), OnPart: func(p *edit.Part) error { keys = append(keys, p.Name); return nil }}
	m, res, findings := split(t, envelope(set("0001", body.String())), o)
	require.Equal(t, []string{"warning split/no-key"}, findings)
	require.EqualValues(t, len(ids), res.Parts)
	long := strings.Repeat("L", 40) + "-"
	require.Equal(t, []string{"payer-A-B.edi", "payer-A-B-2.edi", "payer-a-b-3.edi", "payer-x.edi", "payer-none.edi"}, keys[:5])
	require.Contains(t, keys[5], "payer-"+long)
	require.Contains(t, keys[6], "payer-"+long)
	require.Equal(t, []string{"payer-x-2.edi", "payer-A-B-2-2.edi", "payer-con.edi"}, keys[7:])
	require.Len(t, m.files, len(ids))

	_, err := edit.Split(x12.NewReader(strings.NewReader(envelope(set("0001", body.String())))), newMemory(), edit.Options{By: edit.ByPayer(), MaxParts: 4})
	require.ErrorIs(t, err, x12.ErrLimit)
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("REF*X*1~", 2000)
	for name, c := range map[string]struct {
		limits x12.Limits
		text   string
	}{
		"bytes of the head":    {x12.Limits{UnitBytes: 1000}, envelope(set("0001", long))},
		"segments of the head": {x12.Limits{UnitSegments: 100}, envelope(set("0001", long))},
		"bytes of a level":     {x12.Limits{UnitBytes: 1000}, envelope(set("0001", "HL*1**20*0~"+long))},
		"a remittance":         {x12.Limits{UnitBytes: 1000}, envelope("ST*835*0001~" + long + "SE*2002*0001~")},
	} {
		var last *x12.Issue
		sink := func(i *x12.Issue) bool { last = i; return true }
		_, err := edit.Split(x12.NewReader(strings.NewReader(c.text), x12.WithLimits(c.limits)), newMemory(), edit.Options{By: edit.ByPayer(), Sink: sink})
		require.ErrorIs(t, err, x12.ErrLimit, name)
		require.Equal(t, error(last), err, "reported and returned")
		require.Equal(t, x12.Fatal, last.Severity)
	}
	text := envelope(set("0001", "HL*1**22*0~"))
	for n := range 2 {
		stop := func(*x12.Issue) bool { n--; return n >= 0 }
		_, err := edit.Split(x12.NewReader(strings.NewReader(text)), newMemory(), edit.Options{By: edit.ByPayer(), Sink: stop})
		require.ErrorIs(t, err, x12.ErrStopped)
	}
}

// TestFailures lets the store fail at each call: the error comes back, and nothing stays open.
func TestFailures(t *testing.T) {
	text := file835(t, 4, 40, 3000) + envelope(set("0001", "HL*1**20*1~"+billing+"HL*2*1*22*1~"+subscriber+"CLM*A*1~HL*3*2*23*0~CLM*A*1~"))
	for _, by := range keys {
		o := edit.Options{By: parseBy(t, by), MaxOpen: 2}
		m, _, _ := split(t, text, o)
		total := m.calls
		require.Greater(t, total, 3)
		for k := 1; k <= total; k += 1 + total/12 {
			m := newMemory()
			m.fail = k
			_, err := edit.Split(x12.NewReader(strings.NewReader(text)), m, o)
			require.ErrorIs(t, err, errFail, "%s, call %d of %d", by, k, total)
			require.Zero(t, m.open)
		}
	}
	bad := errors.New("no more")
	_, err := edit.Split(x12.NewReader(strings.NewReader(text)), newMemory(), edit.Options{OnPart: func(*edit.Part) error { return bad }})
	require.ErrorIs(t, err, bad)
	_, err = edit.Split(x12.NewReader(strings.NewReader(text)), newMemory(), edit.Options{OnShare: func(*edit.Share) error { return bad }})
	require.ErrorIs(t, err, bad)
}

func TestParseBy(t *testing.T) {
	for _, bad := range []string{"", "sets", "claims", "claims:", "claims:0", "claims:-1", "claims:x", "claims:99999999999999999999"} {
		_, err := edit.ParseBy(bad)
		require.Error(t, err, bad)
	}
	require.Equal(t, "claims:1", edit.ByClaims(-3).String())
	require.Equal(t, "set", edit.By{}.String())
}

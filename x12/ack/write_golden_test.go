package ack_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// situations are rules with a trigger, of a segment and of an element, and one without a code of the 999.
const situations = `
rule 837/original-reference level=4 of 837 at 2300
  when CLM.05-3 in 7 8
  require REF[F8]
  title t
rule 837/auto-accident-state level=4 of 005010X222 at 2300
  when CLM.11-1 in AA
  require CLM.11-4
  title t
rule 837/balance-charges level=3 of 005010X222 at 2300 check
  title t
`

// situational is a validator with these rules.
func situational(t *testing.T) *validate.Validator {
	t.Helper()
	v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{
		{Name: "837", Text: situations, Tables: []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2}, Checks: map[string]validate.Check{
			"837/balance-charges": func(b *validate.Binder) func(*validate.Scope) {
				charge, line := b.Place("CLM.02"), b.Place("2400/SV1.02")
				return func(s *validate.Scope) {
					var sum x12.Sum
					for a := range s.All(line) {
						n, _ := a.Number()
						sum.Add(n)
					}
					if n, ok := s.First(charge).Number(); ok && !sum.Equal(n) {
						s.Report(s.First(charge), "expected the sum of the lines")
					}
				}
			},
		}},
		{Name: "others", Tables: []*guide.Table{ts834.X220A1, ts835.X221A1, ts270.X279A1}},
	}})
	require.NoError(t, err)
	return v
}

func own(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../testdata/" + name + ".edi")
	require.NoError(t, err)
	return strings.ReplaceAll(string(text), "\n", "")
}

// edited returns a sample with segments changed.
func edited(t testing.TB, name string, edits ...string) string {
	t.Helper()
	var list []validate.Edit
	for k := 0; k < len(edits); k += 2 {
		list = append(list, validate.Edit{Prefix: edits[k], With: edits[k+1]})
	}
	out, err := validate.Apply([]byte(own(t, name)), list)
	require.NoError(t, err)
	return strings.ReplaceAll(string(out), "\n", "")
}

// group makes an interchange of the sets of files, in one group.
func group(t testing.TB, files ...string) string {
	t.Helper()
	var b strings.Builder
	for k, f := range files {
		st, se := strings.Index(f, "ST*"), strings.Index(f, "~SE*")
		if k == 0 {
			b.WriteString(f[:st])
		}
		control := "000" + string(rune('1'+k))
		set := f[st : se+1]
		b.WriteString(strings.Replace(set, "*0001*", "*"+control+"*", 1))
		count, _, _ := strings.Cut(f[se+4:], "*")
		b.WriteString("SE*" + count + "*" + control + "~")
	}
	first := files[0]
	ge := first[strings.Index(first, "GE*1*"):]
	b.WriteString("GE*" + string(rune('0'+len(files))) + ge[4:])
	return b.String()
}

const basic = "837/valid/p-basic"

// cases are what is answered, with the name of the file that holds the answer.
func goldenCases(t *testing.T) map[string]struct {
	src string
	o   ack.WriteOptions
} {
	type c = struct {
		src string
		o   ack.WriteOptions
	}
	replaced := edited(t, basic, "CLM*", "CLM*CB-0002*187.5***11:B:7*Y*A*Y*Y")
	noCharge := edited(t, basic, "CLM*", "CLM*CB-0003****11:B:1*Y*A*Y*Y")
	offBalance := edited(t, basic, "CLM*", "CLM*CB-0004*187.51***11:B:1*Y*A*Y*Y")
	noCity := edited(t, basic, "N4*", "N4**OR*972014410")
	three := group(t, own(t, basic), noCharge, replaced)
	return map[string]c{
		"999-three-sets":      {three, ack.WriteOptions{Kinds: ack.Kind999}},
		"999-tolerated":       {three, ack.WriteOptions{Kinds: ack.Kind999, Tolerate: ack.InsideUnit}},
		"997-three-sets":      {three, ack.WriteOptions{Kinds: ack.Kind997}},
		"999-element-trigger": {edited(t, basic, "CLM*", "CLM*CB-0005*187.5***11:B:1*Y*A*Y*Y**AA"), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-bad-unit-name":   {edited(t, basic, "CLM*", "CLM*"+strings.Repeat("CB-", 15)+"*187.5***11:B:1*Y*A*Y*X"), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-control-char":    {edited(t, basic, "NM1*IL", "NM1*IL*1*DO\x07E*JANE****MI*11122333301"), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-se-count":        {strings.Replace(own(t, basic), "SE*", "SE*9", 1), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-no-se-no-ge": {func() string {
			f := own(t, basic)
			return f[:strings.Index(f, "SE*")] + f[strings.Index(f, "IEA*"):]
		}(), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-cut-off":           {func() string { f := own(t, basic); return f[:strings.Index(f, "SE*")] }(), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999}},
		"999-of-834":            {edited(t, "834/valid/three-members", "DMG*", "DMG*D8*19XX0101*F"), ack.WriteOptions{Kinds: ack.Kind999}},
		"999-of-835":            {edited(t, "835/valid/remit-basic", "CLP*", "CLP*A*XX*1*1*1*12*X"), ack.WriteOptions{Kinds: ack.Kind999}},
		"ta1-999-277ca":         {three, ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999 | ack.Kind277CA, AlwaysTA1: true, Tolerate: ack.InsideUnit}},
		"277ca-rejected-by-999": {three, ack.WriteOptions{Kinds: ack.Kind999 | ack.Kind277CA}},
		"277ca-off-balance":     {offBalance, ack.WriteOptions{Kinds: ack.Kind999 | ack.Kind277CA}},
		"277ca-provider":        {noCity, ack.WriteOptions{Kinds: ack.Kind277CA}},
		"277ca-lines":           {edited(t, basic, "SV1*HC:87880", "SV1*HC:87880*42.5*XX*1***1"), ack.WriteOptions{Kinds: ack.Kind277CA, Source: "AY"}},
		"277ca-se-count":        {strings.Replace(own(t, basic), "SE*", "SE*9", 1), ack.WriteOptions{Kinds: ack.Kind277CA}},
		"277ca-institutional":   {own(t, "837/invalid/i-missing-revenue-code"), ack.WriteOptions{Kinds: ack.Kind277CA}},
		"ta1-rejected":          {strings.Replace(own(t, basic), "IEA*1", "IEA*2", 1), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999 | ack.Kind277CA}},
		"ta1-not-admitted":      {own(t, basic), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999, Admit: func(*x12.Interchange) string { return "009" }}},
		"ta1-duplicate":         {own(t, basic) + own(t, basic), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999}},
		"997-other-sets": {strings.NewReplacer("GS*HC", "GS*PO", "ST*837", "ST*850", "005010X222A1", "005010").Replace(own(t, basic)),
			ack.WriteOptions{Kinds: ack.Kind999 | ack.Kind997}},
		"997-of-4010": {strings.NewReplacer("GS*PO", "GS*PO", "005010X222A1~ST", "004010~ST", "*^*00501", "*U*00401").Replace(
			strings.NewReplacer("GS*HC", "GS*PO", "ST*837*0001*005010X222A1", "ST*850*0001").Replace(own(t, basic))),
			ack.WriteOptions{Kinds: ack.Kind997}},
	}
}

// The answers to some inputs are those of testdata/write.
func TestAnswers(t *testing.T) {
	v := situational(t)
	for name, c := range goldenCases(t) {
		t.Run(name, func(t *testing.T) {
			c.o.Newline = true
			c.o.Numbers = ack.CountFrom(101)
			got, _ := answer(t, v, []byte(c.src), c.o)
			require.Empty(t, faultsOf(t, validator(t, 1), got))
			file := filepath.Join("testdata", "write", name+".edi")
			if flag.Lookup("update").Value.String() == "true" {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// The answer to a group as that of the published example says what that says, and says it in the same segments; see
// docs/acknowledgments-writing.md for where it says more.
func TestPublishedExample(t *testing.T) {
	c := goldenCases(t)["999-three-sets"]
	got, _ := answer(t, situational(t), []byte(c.src), ack.WriteOptions{Kinds: ack.Kind999})
	clm := func(set string) (n string) {
		at := strings.Index(c.src, "*"+set+"*005010X222A1~")
		from := strings.LastIndex(c.src[:at], "ST*")
		return strconv.Itoa(strings.Count(c.src[from:from+strings.Index(c.src[from:], "CLM*")], "~") + 1)
	}
	after := func(set string) string {
		at := strings.Index(c.src, "*"+set+"*005010X222A1~")
		from := strings.LastIndex(c.src[:at], "ST*")
		return strconv.Itoa(strings.Count(c.src[from:from+strings.Index(c.src[from:], "HI*")], "~") + 1)
	}
	lines := strings.Split(got, "~")
	var body []string
	for _, l := range lines {
		if id, _, _ := strings.Cut(l, "*"); strings.HasPrefix(id, "AK") || strings.HasPrefix(id, "IK") || id == "CTX" {
			body = append(body, l)
		}
	}
	_, gs, _ := strings.Cut(c.src, "GS*HC*")
	require.Equal(t, []string{
		"AK1*HC*" + strings.Split(gs, "*")[4] + "*005010X222A1",
		"AK2*837*0001*005010X222A1", "IK5*A",
		"AK2*837*0002*005010X222A1", "IK3*CLM*" + clm("0002") + "*2300*8", "CTX*CLM01:CB-0003", "IK4*2*782*1", "IK5*R*5",
		"AK2*837*0003*005010X222A1", "IK3*REF*" + after("0003") + "*2300*I6", "CTX*SITUATIONAL TRIGGER*CLM*" + clm("0003") + "*2300*5:3*1325", "CTX*CLM01:CB-0002", "IK5*R*I5",
		"AK9*P*3*3*1",
	}, body)
}

// Acknowledgments are not answered, by none of the kinds; a group of them beside others is passed over.
func TestNoAnswerToAnswers(t *testing.T) {
	v := validator(t, 1)
	k := ack.KindTA1 | ack.Kind999 | ack.Kind997 | ack.Kind277CA
	first, _ := answer(t, situational(t), []byte(own(t, basic)), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999, AlwaysTA1: true})
	require.NotEmpty(t, first)
	got, stats := answer(t, v, []byte(first), ack.WriteOptions{Kinds: k, AlwaysTA1: true})
	require.Empty(t, got)
	require.Zero(t, stats.Answered)
	asked := strings.ReplaceAll(first, "*0*P*:", "*1*P*:")
	got, _ = answer(t, v, []byte(asked), ack.WriteOptions{Kinds: k})
	require.Empty(t, got)
	both := strings.Replace(own(t, basic), "IEA*1", first[strings.Index(first, "GS*"):strings.LastIndex(first, "IEA*")]+"IEA*2", 1)
	got, _ = answer(t, v, []byte(both), ack.WriteOptions{Kinds: k})
	require.Equal(t, 1, strings.Count(got, "~ST*999*"))
	require.NotContains(t, got, "AK1*FA")
}

// An answer to something that has no envelope is none.
func TestNobodyToAnswer(t *testing.T) {
	f := own(t, basic)
	got, stats := answer(t, validator(t, 1), []byte(f[strings.Index(f, "ST*"):strings.Index(f, "GE*")]), ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999 | ack.Kind277CA, AlwaysTA1: true})
	require.Empty(t, got)
	require.EqualValues(t, 1, stats.NoEnvelope)
}

// What cannot be written ends it, and the error stays.
func TestWriteErrors(t *testing.T) {
	v := validator(t, 1)
	w := ack.NewWriter(failing{}, ack.WriteOptions{Kinds: ack.Kind999})
	require.NoError(t, v.Run(strings.NewReader(own(t, basic)), w.Watch, nil))
	require.ErrorIs(t, w.Err(), errFailing)
	require.ErrorIs(t, w.Close(), errFailing)
}

type failing struct{}

var errFailing = os.ErrClosed

func (failing) Write([]byte) (int, error) { return 0, errFailing }

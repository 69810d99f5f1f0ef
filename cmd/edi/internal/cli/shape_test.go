package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// treeSample has what is hard about levels: claims below a subscriber and its patients, levels that look alike, levels with
// nothing below them, and a claim where there is no level at all.
const treeSample = `ST*837*0001*005010X222A1
BHT*0019*00*A*20260105*0930*CH
NM1*41*2*SENDER*****46*S1
PER*IC*DESK*TE*8005550111
NM1*40*2*PLAN*****46*P1
HL*1**20*1
NM1*85*2*CLINIC*****XX*1234567893
N3*2 EXAMPLE WAY
N4*SPRINGFIELD*IL*627010001
REF*EI*123456789
HL*2*1*22*1
SBR*P*18*******CI
NM1*IL*1*DOE*JANE****MI*M1
NM1*PR*2*PLAN*****PI*P1
CLM*A*100***11:B:1*Y*A*Y*Y
HI*ABK:J069
LX*1
SV1*HC:99213*100*UN*1***1
DTP*472*D8*20251201
CLM*B*20.50***11:B:1*Y*A*Y*Y
HI*ABK:J069
LX*1
SV1*HC:99213*20.5*UN*1***1
DTP*472*D8*20251201
HL*3*2*23*0
PAT*19
NM1*QC*1*DOE*JIM
N3*3 EXAMPLE WAY
N4*SPRINGFIELD*IL*62701
DMG*D8*20150101*M
CLM*C*7***11:B:1*Y*A*Y*Y
HI*ABK:J069
LX*1
SV1*HC:99213*7*UN*1***1
DTP*472*D8*20251201
HL*3*2*23*0
PAT*19
NM1*QC*1*DOE*JIM
N3*3 EXAMPLE WAY
N4*SPRINGFIELD*IL*62701
DMG*D8*20150101*M
CLM*D*8***11:B:1*Y*A*Y*Y
HI*ABK:J069
LX*1
SV1*HC:99213*8*UN*1***1
DTP*472*D8*20251201
HL*4*1*22*0
SBR*P*18*******CI
NM1*IL*1*ROE*ANN****MI*M2
NM1*PR*2*PLAN*****PI*P1
HL*4*1*22*0
SBR*P*18*******CI
NM1*IL*1*ROE*ANN****MI*M2
NM1*PR*2*PLAN*****PI*P1
HL*5**20*1
NM1*85*2*LABORATORY*****XX*1234567893
HL*5**20*1
NM1*85*2*LABORATORY*****XX*1234567893
HL*6*5*22*1
HL*7*6*23*0
PAT*19
CLM*E*1***11:B:1*Y*A*Y*Y
`

// stream837 makes an interchange of sets given without SE, a segment a line.
func stream837(sets ...string) []byte {
	var b bytes.Buffer
	b.WriteString("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260105*0930*^*00501*000000001*0*T*:~\n")
	b.WriteString("GS*HC*SENDER*RECEIVER*20260105*0930*1*X*005010X222A1~\n")
	for _, set := range sets {
		lines := strings.Split(strings.TrimSpace(set), "\n")
		for _, line := range lines {
			b.WriteString(line + "~\n")
		}
		fmt.Fprintf(&b, "SE*%d*0001~\n", len(lines)+1)
	}
	fmt.Fprintf(&b, "GE*%d*1~\nIEA*1*000000001~\n", len(sets))
	return b.Bytes()
}

// thereAndBack checks that layer guide gives the canonical form, in each of its forms.
func thereAndBack(t *testing.T, src []byte, hint string) {
	want, _, _ := edi(src, "fmt", "--canonical", "-q")
	for _, per := range []string{"set", "unit"} {
		one, _, _ := edi(src, "json", "--layer", "guide", "--per", per, "-q")
		more, _, _ := edi(src, "json", "--layer", "guide", "--per", per, "-q", "--workers", "3")
		require.Equal(t, string(one), string(more), "%s, with workers", hint)
		got, errs, code := edi(one, "x12")
		require.Equal(t, exitClean, code, "%s: %s\n%s", hint, errs, one)
		require.Equal(t, string(want), string(got), "%s, per %s\n%s", hint, per, one)
	}
}

func TestTree(t *testing.T) {
	src := stream837(treeSample)
	thereAndBack(t, src, "as it is")
	out, _, _ := edi(src, "json", "--layer", "guide", "--per", "unit", "-q")
	var about []string
	for line := range strings.Lines(string(out)) {
		var members map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(line), &members))
		for _, m := range []string{"interchange", "group", "set", "healthCareClaimContext"} {
			require.Contains(t, members, m)
			delete(members, m)
		}
		require.Len(t, members, 1)
		for m := range members {
			about = append(about, m)
		}
	}
	require.Equal(t, []string{
		"claim", "claim", "claim", "patientLevel", "claim", // alike: told apart by a line of its own
		"subscriberLevel", "subscriberLevel", // nothing below
		"billingLevel", "billingLevel", "claim",
	}, about)
}

// TestTreeChanged makes random changes to the segments of the sample: nothing may be lost then either.
func TestTreeChanged(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 37))
	rounds := 300
	if testing.Short() {
		rounds = 50
	}
	for n := range rounds {
		lines := strings.Split(strings.TrimSpace(treeSample), "\n")
		var did []string
		for range 1 + rnd.IntN(4) {
			i, j := 1+rnd.IntN(len(lines)-1), 1+rnd.IntN(len(lines)-1)
			did = append(did, fmt.Sprint(lines[i], " and ", lines[j]))
			switch rnd.IntN(4) {
			case 0:
				lines = append(lines[:i], lines[i+1:]...)
			case 1:
				lines = append(lines[:i], append([]string{lines[j]}, lines[i:]...)...)
			case 2:
				lines[i], lines[j] = lines[j], lines[i]
			case 3:
				lines[i] += "*X"
			}
		}
		second := []string{strings.Join(lines, "\n")}
		if rnd.IntN(3) == 0 {
			second = append(second, treeSample)
		}
		thereAndBack(t, stream837(second...), fmt.Sprintf("round %d: %q", n, did))
	}
}

// TestManyClaims has more claims below a patient than there may be, and then what would fit a claim of the subscriber.
func TestManyClaims(t *testing.T) {
	head, claim, _ := strings.Cut(treeSample, "CLM*C*7")
	claim, _, _ = strings.Cut("CLM*C*7"+claim, "HL*3")
	thereAndBack(t, stream837(head+strings.Repeat(claim, 102)+"CLM*D*1\nHI*ABK:J069\nHI*ABK:J069\nHI*BP:1\nREF*G1*1\nREF*G1*2\nDTP*431*D8*20260101\nCLM*E*1"), "many claims")
}

// lineOf is a line of JSON of layer guide for an 837 of one billing level.
func lineOf(members string) []byte {
	return []byte(`{"interchange":{"isa":["00","","00","","ZZ","S","ZZ","R","260105","0930","^","00501","1","0","T",":"]},` +
		`"group":{"seq":1,"gs":["HC","S","R","20260105","0930","1","X","005010X222A1"]},` + members + "}\n")
}

func TestWrittenByHand(t *testing.T) {
	// Levels are numbered, and say what is below them.
	out, errs, code := edi(lineOf(`"set":{"id":"837","control":"0001"},"healthCareClaim":{"billing":[{"provider":{"last":"X"},"subscribers":[{"payer":{"name":"Y"},"claims":[{"charge":"1"}]},{"patients":[{"claims":[{"charge":"2"}]},{}]},{}]}]}`), "x12")
	require.Equal(t, exitClean, code, errs)
	require.Equal(t, []string{"HL*1**20*1~", "HL*2*1*22*0~", "HL*3*1*22*1~", "HL*4*3*23*0~", "HL*5*3*23*0~", "HL*6*1*22*0~"}, starting(out, "HL*"))
	require.Equal(t, []string{"CLM**1~", "CLM**2~"}, starting(out, "CLM*"))
	require.Equal(t, []string{"ST*837*0001~"}, starting(out, "ST*"))

	// A line that does not say what set it is gets the number of its header or the next one, and the guide, GS08 here.
	out, errs, code = edi(lineOf(`"healthCareClaim":{"billing":[{}]}`), "x12")
	require.Equal(t, exitClean, code, errs)
	require.Len(t, starting(out, "ST*837*0001*005010X222A1~"), 1)
	require.Equal(t, []string{"HL*1**20*0~"}, starting(out, "HL*"))
	out, errs, code = edi(lineOf(`"healthCareClaim":{"controlNumber":"77","implementationReference":"005010X222A2"}`), "x12")
	require.Equal(t, exitClean, code, errs)
	require.Len(t, starting(out, "ST*837*77*005010X222A2~"), 1)

	// The guide of the set: a member, ST03, GS08.
	out, errs, code = edi(lineOf(`"set":{"id":"837","control":"1"},"healthCareClaim":{"guide":"005010X223A3","billing":[{"subscribers":[{"claims":[{"lines":[{"institutional":{"revenueCode":"0300"}}]}]}]}]}`), "x12")
	require.Equal(t, exitClean, code, errs)
	require.Len(t, starting(out, "SV2*0300"), 1)
	out, errs, code = edi(lineOf(`"set":{"id":"837","control":"1","version":"005010X224A2"},"healthCareClaimContext":{},"claim":{"lines":[{"dental":{"procedure":{"code":"D1110"}}}]}`), "x12")
	require.Equal(t, exitClean, code, errs)
	require.Equal(t, []string{"HL*1**20*1~", "HL*2*1*22*0~"}, starting(out, "HL*"))
	require.Len(t, starting(out, "SV3*"), 1)

	for _, c := range []struct{ members, want string }{
		{`"healthCareClaim":{"guide":"005010X999"}`, "no known guide: expected 005010X222A1 or 005010X223A2 or 005010X224A2"},
		{`"healthCareClaim":{"billing":[{"subscribers":[{"patients":[{"claims":[{}]}],"claims":[{}]}]}]}`, "the member claims stands behind patients: expected it before"},
		{`"healthCareClaim":{"billing":[{"subscribers":[{}],"provider":{}}]}`, "stands behind subscribers: expected it before"},
		{`"healthCareClaim":{"billing":[{}],"billing":[{}]}`, "a second member billing"},
		{`"healthCareClaim":{"billing":[{"subscribers":[{"claims":[{"chargee":"1"}]}]}]}`, "a member that nothing of this layer has there: \"chargee\""},
		{`"healthCareClaim":{"billing":[{"level":"1"}]}`, "expected codec.Level"},
		{`"healthCareClaim":{"billing":{}}`, "json/syntax"},
		{`"healthCareClaimContext":{"billingLevel":{},"billingLevel":{}},"claim":{}`, "a second member billingLevel"},
		{`"healthCareClaimContext":{"patientLevel":{},"billingLevel":{}},"subscriberLevel":{}`, "a context with levels that do not stand around subscriberLevel"},
	} {
		_, errs, code := edi(lineOf(`"set":{"id":"837","control":"1"},`+c.members), "x12")
		require.Equal(t, exitInput, code, c.members)
		require.Contains(t, errs, c.want)
	}
	// A claim of the subscriber behind one of its patient would go to the patient.
	context := `"set":{"id":"837","control":"1"},"healthCareClaimContext":{"healthCareClaim":{},"billingLevel":{},"subscriberLevel":{}`
	_, errs, code = edi(append(lineOf(context+`,"patientLevel":{}},"claim":{}`), lineOf(context+`},"claim":{}`)...), "x12")
	require.Equal(t, exitInput, code)
	require.Contains(t, errs, "a line with claim behind one with patientLevel: expected it before")
}

func starting(x12 []byte, with string) (list []string) {
	for _, s := range segments(x12) {
		if strings.HasPrefix(s, with) {
			list = append(list, s)
		}
	}
	return list
}

// flatShape is a shape whose units stand in the set itself, with what the levels around them hold.
func flatShape() *shape {
	return &shape{
		tables: tables837(), member: "flat", root: levelsIn(&shapeLevel{typ: "Claim", array: "claims", name: "flatClaim", unit: true}),
		encoder: func() shapeEncoder {
			return &flatEncoder{guideEncoder837: guideEncoder837{dec: ts837.NewDecoder(false)}, own: ts837.NewDecoder(true)}
		},
		decoder: func(w *x12.Writer, t *guide.Table) shapeDecoder { return nil },
	}
}

// flatEncoder writes a claim as its number and those of the levels around it.
type flatEncoder struct {
	guideEncoder837
	own *ts837.Decoder
}

func (e *flatEncoder) enter(b []byte, t *codec.Tape, above any) ([]byte, any) {
	var l codec.Level
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeBillingLevel:
		var v ts837.BillingLevel
		e.own.BillingLevel(t, &v)
		l = v.Level
	case typeSubscriberLevel:
		var v ts837.SubscriberLevel
		e.own.SubscriberLevel(t, &v)
		l = v.Level
	case typePatientLevel:
		var v ts837.PatientLevel
		e.own.PatientLevel(t, &v)
		l = v.Level
	default:
		return append(b, "{}"...), ""
	}
	return b, above.(string) + "/" + l.Number
}

func (e *flatEncoder) unit(b []byte, t *codec.Tape, context any) []byte {
	e.guideEncoder837.unit(nil, t, nil)
	return fmt.Appendf(b, `{"is":%q}`, context.(string)+"/"+e.claim.PatientControlNumber)
}

func (e *flatEncoder) end(b []byte, t *codec.Tape) []byte { return append(b, `{"end":1}`...) }

// TestFlat makes sure that units of a shape without levels get the context they stand in.
func TestFlat(t *testing.T) {
	for _, workers := range []string{"1", "3"} {
		for lines, want := range map[per]string{
			perSet: `"flat":{"claims":[{"is":"/1/2/A"},{"is":"/1/2/B"},{"is":"/1/2/3/C"},{"is":"/1/2/3/D"},{"is":"/5/6/7/E"}],"end":1}}` + "\n",
			perUnit: `"flatContext":{"flat":{}},"flatClaim":{"is":"/1/2/A"}}
"flatContext":{"flat":{}},"flatClaim":{"is":"/1/2/B"}}
"flatContext":{"flat":{}},"flatClaim":{"is":"/1/2/3/C"}}
"flatContext":{"flat":{}},"flatClaim":{"is":"/1/2/3/D"}}
"flatContext":{"flat":{}},"flatClaim":{"is":"/5/6/7/E"}}
"flatContext":{"flat":{}},"flatTrailer":{"end":1}}
`,
		} {
			cmd := jsonCommand()
			c := &call{cmd: &cmd, stdin: bytes.NewReader(stream837(treeSample)), console: newConsole(&bytes.Buffer{})}
			fs, _ := cmd.flagSet(&c.opts)
			require.NoError(t, fs.Parse([]string{"-q", "--workers", workers}))
			var out bytes.Buffer
			c.execute(&out, func(c *call) error { return encodeShapes(c, []*shape{flatShape()}, lines, nil) })
			var got strings.Builder
			for line := range strings.Lines(out.String()) {
				at := strings.Index(line, `"flat`)
				require.Positive(t, at, line)
				got.WriteString(line[at:])
			}
			require.Equal(t, want, got.String())
		}
	}
}

// TestGroupWithoutClaims has groups of an 835 that no claim speaks of.
func TestGroupWithoutClaims(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "testdata", "835", "valid", "remit-basic.edi"))
	require.NoError(t, err)
	src := strings.ReplaceAll(string(text), "SE*", "LX*8~\nLX*9~\nLX*9~\nSE*")
	want, _, _ := edi([]byte(src), "fmt", "--canonical", "-q")
	for _, layer := range []string{"guide", "domain"} {
		for _, per := range []string{"set", "unit"} {
			out, _, _ := edi([]byte(src), "json", "--layer", layer, "--per", per, "-q")
			got, errs, _ := edi(out, "x12")
			require.Empty(t, errs)
			require.Equal(t, starting(want, "LX*"), starting(got, "LX*"))
			if layer == "guide" {
				require.Equal(t, string(want), string(got))
			}
		}
	}
}

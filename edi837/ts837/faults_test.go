package ts837_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// TestDamage takes sound files of the three kinds apart, segment by segment: few findings each, and the claims behind stand
// where they stood.
func TestDamage(t *testing.T) {
	p := pkg()
	files := p.Samples(t, "valid", "corpus")
	n := 0
	for _, name := range x12test.Names(files) {
		n += p.WalkFaults(t, name, files[name], x12test.Damage{Gone: 6, Twice: 6, Swapped: 8, Unit: "CLM"})
	}
	require.GreaterOrEqual(t, n, 30)
}

// threeClaims is a sound submission of a kind: the claim in the middle is the one to be damaged.
func threeClaims(kind string) []string {
	guide, use, claim := "005010X222A1", "CH", func(n string) []string {
		return []string{
			"CLM*C" + n + "*150***11:B:1*Y*A*Y*Y", "HI*ABK:J209*ABF:R05", "NM1*DN*1*MARSH*LENA****XX*1234567893", "NM1*82*1*HOLT*IDA****XX*1234567893",
			"PRV*PE*PXC*207Q00000X", "NM1*77*2*HILL CLINIC*****XX*1234567893", "N3*1 HILL RD", "N4*DENVER*CO*80202",
			"LX*1", "SV1*HC:99213*100*UN*1***1", "DTP*472*D8*20260105", "LX*2", "SV1*HC:71046*50*UN*1***1", "DTP*472*D8*20260105",
		}
	}
	switch kind {
	case "I":
		guide, claim = "005010X223A2", func(n string) []string {
			return []string{
				"CLM*C" + n + "*900***11:A:1**A*Y*Y", "DTP*434*RD8*20260101-20260103", "DTP*435*DT*202601010900", "CL1*1*1*01", "HI*ABK:J189:::::::Y", "HI*ABJ:J189",
				"HI*BH:11:D8:20260101", "HI*BE:80:::2", "NM1*71*1*HOLT*IDA****XX*1234567893", "PRV*AT*PXC*207R00000X",
				"LX*1", "SV2*0120**800*DA*2", "DTP*472*D8*20260101", "LX*2", "SV2*0300*HC:80053*100*UN*1", "DTP*472*D8*20260101",
			}
		}
	case "D":
		guide, claim = "005010X224A2", func(n string) []string {
			return []string{
				"CLM*C" + n + "*210***11:B:1*Y*A*Y*Y", "DTP*472*D8*20260105", "DN2*3*M****JP", "NM1*82*1*HOLT*IDA****XX*1234567893", "PRV*PE*PXC*1223G0001X",
				"LX*1", "SV3*AD:D2150*150****1", "TOO*JP*12*L:O", "LX*2", "SV3*AD:D1110*60",
			}
		}
	}
	list := []string{
		"ISA*00*          *00*          *ZZ*SUBMIT         *ZZ*HOUSE          *260106*1200*^*00501*000000001*0*T*:", "GS*HC*SUBMIT*HOUSE*20260106*1200*1*X*" + guide,
		"ST*837*0001*" + guide, "BHT*0019*00*1*20260106*1200*" + use, "NM1*41*2*SUBMITTER*****46*S1", "PER*IC*ANN*TE*5550100", "NM1*40*2*HOUSE*****46*H1",
		"HL*1**20*1", "NM1*85*2*HILL CLINIC*****XX*1234567893", "N3*1 HILL RD", "N4*DENVER*CO*802020000", "REF*EI*990000001",
	}
	hl := 1
	for _, n := range []string{"1", "2", "3"} {
		hl++
		list = append(list, "HL*"+string(rune('0'+hl))+"*1*22*0", "SBR*P*18*******CI", "NM1*IL*1*VALE*"+n+"****MI*M"+n, "N3*2 VALE ST", "N4*DENVER*CO*80202",
			"DMG*D8*19800101*F", "NM1*PR*2*PLAN*****PI*P1")
		list = append(list, claim(n)...)
	}
	return append(list, "SE*1*0001", "GE*1*1", "IEA*1*000000001")
}

// read837 decodes a submission given as segments: the claims as JSON, and the findings of the structure, "rule place".
func read837(t *testing.T, segs []string) (claims, findings []string) {
	t.Helper()
	count := 0
	for i, s := range segs { // SE counts what there is
		if strings.HasPrefix(s, "ST*") {
			count = i
		}
		if strings.HasPrefix(s, "SE*") {
			segs[i] = "SE*" + strconv.Itoa(i-count+1) + "*0001"
		}
	}
	src := []byte(strings.Join(segs, "~") + "~")
	require.Empty(t, pkg().Lossless(src))
	r := ts837.NewReader(bytes.NewReader(src), codec.WithSink(func(i *x12.Issue) bool {
		findings = append(findings, i.Rule+" "+i.Path())
		return true
	}))
	for ev, err := range r.Units() {
		require.NoError(t, err)
		claims = append(claims, string(ev.Claim.AppendJSON(nil)))
	}
	return claims, findings
}

// edit changes the segments of the second subscriber or claim: it replaces the first that begins with from, by nothing or more.
func edit(t *testing.T, segs []string, from string, to ...string) []string {
	t.Helper()
	start := 0
	for i, s := range segs {
		if strings.HasPrefix(s, "HL*3*") {
			start = i
		}
	}
	require.NotZero(t, start)
	for i := start; i < len(segs); i++ {
		if strings.HasPrefix(segs[i], from) {
			return append(append(append([]string(nil), segs[:i]...), to...), segs[i+1:]...)
		}
	}
	require.Fail(t, "no segment "+from)
	return nil
}

// TestFaults is what bad input costs, kind by kind: the findings, and that the claims around it are decoded as if nothing was.
func TestFaults(t *testing.T) {
	other := func(seq string) []string {
		return []string{"SBR*" + seq + "*18*******CI", "OI***Y***Y", "NM1*IL*1*VALE*X****MI*X1", "NM1*PR*2*PLAN B*****PI*P2"}
	}
	for name, c := range map[string]struct {
		kind string
		from string
		to   []string
		want []string // findings
		more int      // claims more than three
	}{
		"nothing":                        {kind: "P", from: "SBR", to: []string{"SBR*P*18*******CI"}},
		"nothing, institutional":         {kind: "I", from: "SBR", to: []string{"SBR*P*18*******CI"}},
		"nothing, dental":                {kind: "D", from: "SBR", to: []string{"SBR*P*18*******CI"}},
		"a level with the wrong parent":  {kind: "P", from: "HL", to: []string{"HL*3*2*22*0"}, want: []string{"level/parent 2000A[1]/2000B[2]/HL.02"}},
		"a level with the wrong number":  {kind: "P", from: "HL", to: []string{"HL*7*1*22*0"}, want: []string{"level/number 2000A[1]/2000B[2]/HL.01"}},
		"a level that is none":           {kind: "P", from: "HL", to: []string{"HL*3*1*99*0"}, want: []string{"segment/qualifier 2000A[1]/2000B[2]/HL.03"}},
		"a level that promises children": {kind: "P", from: "HL", to: []string{"HL*3*1*22*1"}, want: []string{"level/child 2000A[1]/2000B[2]/HL.04"}},
		"other subscribers, twice":       {kind: "P", from: "LX*1", to: append(append(other("S"), other("T")...), "LX*1")},
		"a second other subscriber bare": {kind: "P", from: "LX*1", to: append(append(other("S"), other("T")[:1]...), "LX*1"), want: []string{
			"segment/missing 2000A[1]/2000B[2]/2300[1]/2320[2]/OI", // and with it, says the message, what else is required
		}},
		"no payer": {kind: "P", from: "NM1*PR", want: []string{"loop/missing 2000A[1]/2000B[2]/2010BB/NM1"}},
		"a specialty without its provider": {kind: "P", from: "NM1*82", want: []string{
			"loop/trigger-missing 2000A[1]/2000B[2]/2300[1]/2310B[1]/NM1",
		}},
		"a rendering provider in front": {kind: "P", from: "NM1*DN", to: []string{"NM1*82*1*HOLT*IDA****XX*1234567893", "NM1*DN*1*MARSH*LENA****XX*1234567893"}, want: []string{
			"loop/repeat 2000A[1]/2000B[2]/2300[1]/2310B[2]/NM1",
		}},
		"pick-up and drop-off":       {kind: "P", from: "LX*1", to: []string{"NM1*PW*2", "N3*1 A ST", "N4*DENVER*CO*80202", "NM1*45*2*CLINIC", "N3*2 B ST", "N4*DENVER*CO*80202", "LX*1"}},
		"drop-off twice, no pick-up": {kind: "P", from: "LX*1", to: []string{"NM1*45*2*CLINIC", "N3*2 B ST", "N4*DENVER*CO*80202", "NM1*45*2*CLINIC", "N3*2 B ST", "N4*DENVER*CO*80202", "LX*1"}, want: []string{"loop/repeat 2000A[1]/2000B[2]/2300[1]/2310F[2]/NM1"}},
		"a reference of the claim late, and again": {kind: "P", from: "LX*1", to: append(append([]string{"REF*F8*X"}, other("S")...), "REF*F8*Y", "REF*F8*Z", "LX*1"), want: []string{
			"segment/order 2000A[1]/2000B[2]/2300[1]/2310C[1]/REF", "segment/repeat 2000A[1]/2000B[2]/2300[1]/2320[1]/2330B[1]/REF",
		}},
		"codes of an unknown qualifier": {kind: "P", from: "HI", to: []string{"HI*ABK:J209", "HI*QQ:1"}, want: []string{"segment/unexpected 2000A[1]/2000B[2]/2300[1]/HI.01"}},
		"codes with nothing first":      {kind: "I", from: "HI*BH", to: []string{"HI**BH:11:D8:20260101"}, want: []string{"segment/unexpected 2000A[1]/2000B[2]/2300[1]/HI.01"}},
		"lines that start again":        {kind: "P", from: "LX*2", to: []string{"LX*1"}, want: []string{"loop/count 2000A[1]/2000B[2]/2300[1]/2400[2]/LX.01"}},
		"a line of another kind":        {kind: "P", from: "SV1", to: []string{"SV2*0120**800*DA*2"}, want: []string{"segment/unknown 2000A[1]/2000B[2]/2300[1]/2400[1]/SV2"}},
		"a tooth without service":       {kind: "D", from: "SV3", want: []string{"segment/missing 2000A[1]/2000B[2]/2300[1]/2400[1]/SV3"}},
		"a claim without first segment": {kind: "P", from: "CLM", want: []string{"loop/trigger-missing 2000A[1]/2000B[2]/2300[1]/CLM"}},
		"a claim twice":                 {kind: "D", from: "CLM", to: []string{"CLM*C2*210***11:B:1*Y*A*Y*Y", "CLM*C2*210***11:B:1*Y*A*Y*Y"}, want: []string{"loop/missing 2000A[1]/2000B[2]/2300[1]/2400/LX"}, more: 1},
		"an attending provider twice":   {kind: "I", from: "NM1*71", to: []string{"NM1*71*1*HOLT*IDA****XX*1234567893", "NM1*71*1*HOLT*IDA****XX*1234567893"}, want: []string{"loop/repeat 2000A[1]/2000B[2]/2300[1]/2310A[1]/NM1"}},
		"no admission":                  {kind: "I", from: "CL1", want: []string{"segment/missing 2000A[1]/2000B[2]/2300[1]/CL1"}},
	} {
		t.Run(name, func(t *testing.T) {
			sound := threeClaims(c.kind)
			want, none := read837(t, sound)
			require.Empty(t, none)
			require.Len(t, want, 3)
			got, findings := read837(t, edit(t, sound, c.from, c.to...))
			require.Equal(t, c.want, findings)
			require.Len(t, got, 3+c.more)
			require.Equal(t, want[0], got[0], "the claim in front")
			require.Equal(t, want[2], got[len(got)-1], "the claim behind")
		})
	}
}

// TestMany has more claims and lines than the guide allows: each costs a finding, and none a field.
func TestMany(t *testing.T) {
	for name, c := range map[string]struct {
		kind, from string
		claims     int
	}{"claims": {"P", "CLM", 105}, "lines": {"P", "LX*1", 3}, "dental lines": {"D", "LX*1", 3}} {
		t.Run(name, func(t *testing.T) {
			sound := threeClaims(c.kind)
			want, _ := read837(t, sound)
			var list []string
			if c.claims > 3 {
				list = strings.Split(strings.Repeat("CLM*C0*10***11:B:1*Y*A*Y*Y|HI*ABK:J209|LX*1|SV1*HC:99213*10*UN*1***1|DTP*472*D8*20260105|", c.claims-3), "|")
			} else {
				for n := range 52 {
					list = append(list, "LX*"+strconv.Itoa(n+1))
					if c.kind == "P" {
						list = append(list, "SV1*HC:99213*1*UN*1***1", "DTP*472*D8*20260105")
					} else {
						list = append(list, "SV3*AD:D1110*1")
					}
				}
				list = append(list, "")
			}
			segs := edit(t, sound, c.from, append(list[:len(list)-1], map[bool]string{true: "CLM*C2*150***11:B:1*Y*A*Y*Y", false: "LX*53"}[c.claims > 3])...)
			src := strings.Join(segs, "~") + "~"
			repeats, lines := 0, 0
			r := ts837.NewReader(strings.NewReader(src), codec.WithSink(func(i *x12.Issue) bool {
				if i.Rule == "loop/repeat" {
					repeats++
				}
				return true
			}))
			n := 0
			for ev, err := range r.Units() {
				require.NoError(t, err)
				n++
				require.Nil(t, ev.Claim.Extras)
				require.NotEmpty(t, ev.Claim.PatientControlNumber)
				lines = max(lines, len(ev.Claim.Lines))
				if n == c.claims {
					require.Equal(t, want[2], string(ev.Claim.AppendJSON(nil)))
				}
			}
			require.Equal(t, c.claims, n)
			require.NotZero(t, repeats)
			if c.claims == 3 {
				require.Equal(t, 54, lines)
			}
		})
	}
}

// TestNoLevels has claims without any HL, as some programs write them: each is still one, with its lines.
func TestNoLevels(t *testing.T) {
	for _, kind := range []string{"P", "I", "D"} {
		bare := threeClaims(kind)
		for _, without := range []string{"HL*", "SBR*", "NM1*IL", "NM1*PR", "NM1*85"} {
			bare = slices.DeleteFunc(bare, func(s string) bool { return strings.HasPrefix(s, without) })
			src := strings.Join(bare, "~") + "~"
			require.Empty(t, pkg().Lossless([]byte(src)))
			n := 0
			for ev, err := range ts837.NewReader(strings.NewReader(src)).Units() {
				require.NoError(t, err)
				n++
				require.Equal(t, "C"+strconv.Itoa(n), ev.Claim.PatientControlNumber, "%s without %s", kind, without)
				require.Len(t, ev.Claim.Lines, 2)
				require.Equal(t, "2", ev.Claim.Lines[1].Number.String())
			}
			require.Equal(t, 3, n, "%s without %s", kind, without)
		}
	}
}

// TestNoReference keeps ST03 as it came: absent, of another version of the guide, or that of the guide.
func TestNoReference(t *testing.T) {
	for _, st := range []string{"ST*837*0001", "ST*837*0001*005010X222A2", "ST*837*0001*005010X222A1"} {
		segs := threeClaims("P")
		require.True(t, strings.HasPrefix(segs[2], "ST*"))
		segs[2] = st
		src := []byte(strings.Replace(strings.Join(segs, "~")+"~", "~SE*1*", "~SE*"+strconv.Itoa(len(segs)-4)+"*", 1))
		for way, p := range ways {
			out, err := p().Rewrite(src)
			require.NoError(t, err)
			require.Equal(t, string(src), string(out), way)
		}
	}
	var b bytes.Buffer // a set made by a program has one
	w := x12.NewWriter(&b)
	require.NoError(t, w.BeginInterchange(&x12.Interchange{Seq: 1, ISA: [16]string{"00", "", "00", "", "ZZ", "S", "ZZ", "R", "260101", "1200", "^", "00501", "000000001", "0", "T", ":"}, Delims: x12.DefaultDelimiters}))
	require.NoError(t, w.BeginGroup(&x12.Group{Seq: 1, GS: [8]string{"HC", "S", "R", "20260101", "1200", "1", "X", "005010X224A2"}}))
	require.NoError(t, ts837.NewWriter(w).Begin(&ts837.HealthCareClaim{ControlNumber: "0001", Guide: "005010X224A2"}))
	require.NoError(t, w.Close())
	require.Contains(t, b.String(), "ST*837*0001*005010X224A2~")
}

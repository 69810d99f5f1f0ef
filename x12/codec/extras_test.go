package codec_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

const (
	isa    = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~GS*HP*S*R*20260101*1200*1*X*005010X221A1~"
	header = "ST*835*0001~BPR*I*1*C*CHK************20260102~TRN*1*1*1234567890~N1*PR*PAYER~N3*STREET~N4*ALBANY*NY*12207~PER*BL**TE*8005550100~N1*PE*PAYEE*XX*1234567893~LX*1~"
)

// decode reads one set, given by what stands between LX and SE, or from the header on if it starts with ST.
func decode(t testing.TB, text string) *ts835.RemittanceAdvice {
	t.Helper()
	if !strings.HasPrefix(text, "ST*") {
		text = header + text
	}
	for set, err := range ts835.NewReader(strings.NewReader(isa + text + "SE*1*0001~GE*1*1~IEA*1*000000001~")).Sets() {
		require.NoError(t, err)
		return set
	}
	t.Fatal("no set")
	return nil
}

// encode writes a set and returns its segments in the form of decode.
func encode(t testing.TB, set *ts835.RemittanceAdvice, d x12.Delimiters) string {
	t.Helper()
	text, err := write(set, d)
	require.NoError(t, err)
	text = strings.TrimPrefix(text, header)
	body, _, ok := strings.Cut(text, "SE"+string(d.Element))
	require.True(t, ok)
	return body
}

func write(set *ts835.RemittanceAdvice, d x12.Delimiters) (string, error) {
	var b bytes.Buffer
	w := x12.NewWriter(&b)
	in := &x12.Interchange{Seq: 1, Delims: d, ISA: [16]string{"00", "", "00", "", "ZZ", "S", "ZZ", "R", "260101", "1200", "^", "00501", "000000001", "0", "T", ":"}}
	if d.Repetition == 0 {
		in.ISA[10], in.ISA[11] = "U", "00401"
	}
	if err := w.BeginInterchange(in); err != nil {
		return "", err
	}
	if err := w.BeginGroup(&x12.Group{Seq: 1, GS: [8]string{"HP", "S", "R", "20260101", "1200", "1", "X", "005010X221A1"}}); err != nil {
		return "", err
	}
	if err := ts835.NewWriter(w).Write(set); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	text := b.String()
	return text[strings.Index(text, "ST"+string(d.Element)):], nil
}

// TestExtras shows what is kept of each kind of thing that no field holds, and that it is written back.
func TestExtras(t *testing.T) {
	claim := "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~"
	for name, c := range map[string]struct{ in, want string }{
		"nothing":                               {claim, `null`},
		"a value that is no number":             {"CLP*A*1*TEN*8**12*X~NM1*QC*1*DOE~", `{"values":[{"slot":"2100/CLP","use":1,"element":3,"text":"TEN"}]}`},
		"an element no field is for":            {claim + "DTM*232*20260101*1200~", `{"values":[{"slot":"2100/DTM[232]","use":1,"element":3,"text":"1200"}]}`},
		"an element behind the last":            {claim + "REF*EA*1*X**Y~", `{"values":[{"slot":"2100/REF[1L]","use":1,"element":3,"text":"X"},{"slot":"2100/REF[1L]","use":1,"element":5,"text":"Y"}]}`},
		"a constant that is another":            {"CLP*A*1*10*8**12*X~NM1*QC*2*DOE~", `{"values":[{"slot":"2100/NM1[QC]","use":1,"element":2,"text":"2","was":"1"}]}`},
		"a constant that is empty":              {"CLP*A*1*10*8**12*X~NM1*QC**DOE~", `{"values":[{"slot":"2100/NM1[QC]","use":1,"element":2,"text":"","was":"1"}]}`},
		"components in a simple value":          {"CLP*A:B*1*10*8**12*X~NM1*QC*1*DOE~", `{"values":[{"slot":"2100/CLP","use":1,"element":1,"text":"A\u001fB","was":"A\u001fB"}]}`},
		"repetitions in a simple value":         {"CLP*A^B*1*10*8**12*X~NM1*QC*1*DOE~", `{"values":[{"slot":"2100/CLP","use":1,"element":1,"text":"A\u001eB","was":"A\u001eB"}]}`},
		"components too many":                   {claim + "SVC*HC:1:2:3:4:5:6:7:8:9*1*1~DTM*472*20260101~", `{"values":[{"slot":"2110/SVC","use":1,"element":1,"text":"HC\u001f1\u001f2\u001f3\u001f4\u001f5\u001f6\u001f7\u001f8\u001f9","was":"HC\u001f1\u001f2\u001f3\u001f4\u001f5"}]}`},
		"an unknown segment":                    {claim + "ZZZ*1:2^3*\x1c~", `{"order":["2100/CLP","2100/NM1[QC]","?"],"segments":["ZZZ\u001d1\u001f2\u001e3\u001d\u001c\\"]}`},
		"another order":                         {claim + "MOA***MA01~CAS*CO*45*2~", `{"runs":["2100/NM1[QC] 1 2100/MOA 1 2100/CAS 1"]}`},
		"two other orders":                      {claim + "DTM*232*20260102~REF*EA*1~SVC*HC:1*1~REF*6R*1~DTM*472*20260101~", `{"runs":["2100/DTM[232] 1 2100/REF[1L] 1","2110/REF[6R] 1 2110/DTM 1"]}`},
		"another order in a second loop":        {claim + "SVC*HC:1*1~DTM*472*20260101~REF*6R*1~SVC*HC:2*1~REF*6R*2~DTM*472*20260102~", `{"runs":["2110/REF[6R] 2 2110/DTM 2"]}`},
		"another order and trailing separators": {"CLP*A*1*10*8**12*X***~REF*EA*1**~NM1*QC*1*DOE~", `{"runs":["2100/REF[1L] 1 2100/NM1[QC] 1"]}`},
		"a segment too many":                    {claim + "MOA***MA01~MOA***MA02~", `{"order":["2100/CLP","2100/NM1[QC]","2100/MOA","?"],"segments":["MOA\u001d\u001d\u001dMA02"]}`},
		"a required segment missing":            {"CLP*A*1*10*8**12*X~CAS*CO*45*2~", `{"omit":["2100/NM1[QC] 1 NM1\u001dQC\u001d1"]}`},
		"a loop without its beginning":          {claim + "DTM*472*20260101~", `{"omit":["2110/SVC 1 SVC"]}`},
		"a segment without elements":            {"CLP*A*1*10*8**12*X~NM1*QC*1*DOE~DTM*232~", `null`},
	} {
		t.Run(name, func(t *testing.T) {
			set := decode(t, c.in)
			require.Equal(t, strings.ReplaceAll(strings.ReplaceAll(c.in, "***~", "~"), "**~", "~"), encode(t, set, x12.DefaultDelimiters))
			x := set.Groups[0].Claims[0].Extras
			got := "null"
			if x != nil {
				got = string(x.AppendJSON(nil))
				var back codec.Extras
				require.NoError(t, codec.Unmarshal([]byte(got), &back))
				require.Equal(t, *x, back)
				var b bytes.Buffer
				enc := json.NewEncoder(&b)
				enc.SetEscapeHTML(false)
				require.NoError(t, enc.Encode(x))
				require.Equal(t, strings.TrimSpace(b.String()), got, "as encoding/json writes it")
			}
			require.Equal(t, c.want, got)
		})
	}
}

// TestExtrasSurviveEdits changes a decoded claim in which much is odd: what is not touched is written as it came, what is
// changed is written as changed, what hung on something that is gone is gone.
func TestExtrasSurviveEdits(t *testing.T) {
	const in = "CLP*A*1*10*8**12*X~NM1*QC*2*DOE~ZZZ*1~MOA***MA01~MOA***MA02~CAS*CO*45*TWO~CAS*PR*1*1*0~SVC*HC:1*5*4~DTM*472*X~YYY*1~SVC*HC:2*5*4~DTM*472*20260102~"
	require.Equal(t, in, encode(t, decode(t, in), x12.DefaultDelimiters))
	number := func(s string) x12.Number {
		n, ok := x12.ParseNumber(s)
		require.True(t, ok)
		return n
	}
	for name, c := range map[string]struct {
		edit func(*ts835.ClaimPayment)
		want string
	}{
		"a field beside odd ones": {
			func(v *ts835.ClaimPayment) { v.Paid = number("7.50") },
			strings.Replace(in, "*10*8*", "*10*7.50*", 1),
		},
		"the field an odd value stands for": {
			func(v *ts835.ClaimPayment) { v.Adjustments[0].Entries[0].Amount = number("2") },
			strings.Replace(in, "*45*TWO", "*45*2", 1),
		},
		"an adjustment more": {
			func(v *ts835.ClaimPayment) {
				v.Adjustments = append(v.Adjustments, ts835.Adjustment{Group: "OA", Entries: []ts835.AdjustmentEntry{{Reason: "23", Amount: number("1")}}})
			},
			strings.Replace(in, "CAS*PR*1*1*0~", "CAS*PR*1*1*0~CAS*OA*23*1~", 1),
		},
		"an adjustment less": {
			func(v *ts835.ClaimPayment) { v.Adjustments = v.Adjustments[:1] },
			strings.Replace(in, "CAS*PR*1*1*0~", "", 1),
		},
		"all adjustments gone": {
			func(v *ts835.ClaimPayment) { v.Adjustments = nil },
			strings.Replace(in, "CAS*CO*45*TWO~CAS*PR*1*1*0~", "", 1),
		},
		"a segment more, behind its neighbour in the guide": {
			func(v *ts835.ClaimPayment) { v.Insured = &ts835.EntityName{EntityType: "1", LastOrOrganization: "ROE"} },
			strings.Replace(in, "NM1*QC*2*DOE~", "NM1*QC*2*DOE~NM1*IL*1*ROE~", 1),
		},
		"an odd segment gone": {
			func(v *ts835.ClaimPayment) { v.OutpatientAdjudication = nil },
			strings.Replace(in, "MOA***MA01~", "", 1),
		},
		"the last service gone": {
			func(v *ts835.ClaimPayment) { v.Services = v.Services[:1] },
			strings.Replace(in, "SVC*HC:2*5*4~DTM*472*20260102~", "", 1),
		},
		"a service more": {
			func(v *ts835.ClaimPayment) {
				v.Services = append(v.Services, ts835.ServicePayment{Procedure: ts835.Procedure{Qualifier: "HC", Code: "3"}, Charge: number("1"), Paid: number("1")})
			},
			in + "SVC*HC:3*1*1~",
		},
		"the extras gone": {
			func(v *ts835.ClaimPayment) { v.Extras = nil },
			"CLP*A*1*10*8**12*X~CAS*CO*45~CAS*PR*1*1*0~NM1*QC*1*DOE~MOA***MA01~SVC*HC:1*5*4~DTM*472~SVC*HC:2*5*4~DTM*472*20260102~",
		},
	} {
		t.Run(name, func(t *testing.T) {
			set := decode(t, in)
			c.edit(&set.Groups[0].Claims[0])
			require.Equal(t, c.want, encode(t, set, x12.DefaultDelimiters))
		})
	}
}

// TestExtrasRuns edits a claim whose segments came in an order of their own.
func TestExtrasRuns(t *testing.T) {
	const in = "CLP*A*1*10*8**12*X~MOA***MA01~CAS*PR*1*1~CAS*CO*45*2~NM1*QC*1*DOE~SVC*HC:1*5*4~REF*6R*1~DTM*472*20260101~"
	for name, c := range map[string]struct {
		edit func(*ts835.ClaimPayment)
		want string
	}{
		"nothing": {func(*ts835.ClaimPayment) {}, in},
		"one gone": {
			func(v *ts835.ClaimPayment) { v.OutpatientAdjudication = nil },
			strings.Replace(in, "MOA***MA01~", "", 1),
		},
		"one more, at its place in the guide": {
			func(v *ts835.ClaimPayment) { v.Insured = &ts835.EntityName{EntityType: "1", LastOrOrganization: "ROE"} },
			"CLP*A*1*10*8**12*X~MOA***MA01~CAS*PR*1*1~CAS*CO*45*2~NM1*IL*1*ROE~NM1*QC*1*DOE~SVC*HC:1*5*4~REF*6R*1~DTM*472*20260101~",
		},
		"all gone": {func(v *ts835.ClaimPayment) {
			v.OutpatientAdjudication, v.Adjustments, v.Services = nil, nil, nil
		}, "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~"},
		"no runs": {
			func(v *ts835.ClaimPayment) { v.Extras.Runs = nil },
			"CLP*A*1*10*8**12*X~CAS*PR*1*1~CAS*CO*45*2~NM1*QC*1*DOE~MOA***MA01~SVC*HC:1*5*4~DTM*472*20260101~REF*6R*1~",
		},
	} {
		t.Run(name, func(t *testing.T) {
			set := decode(t, in)
			require.Empty(t, set.Groups[0].Claims[0].Extras.Order)
			c.edit(&set.Groups[0].Claims[0])
			require.Equal(t, c.want, encode(t, set, x12.DefaultDelimiters))
		})
	}
}

// TestExtrasOmitted fills in what was missing: then it is written.
func TestExtrasOmitted(t *testing.T) {
	set := decode(t, "CLP*A*1*10*8**12*X~CAS*CO*45*2~")
	v := &set.Groups[0].Claims[0]
	require.NotNil(t, v.Extras)
	v.Patient.Last = "DOE"
	require.Equal(t, "CLP*A*1*10*8**12*X~CAS*CO*45*2~NM1*QC*1*DOE~", encode(t, set, x12.DefaultDelimiters))

	// The address of the payer is missing, that of the payee is there without anything in it: only the first is left out.
	in := strings.Replace(strings.Replace(header, "N3*STREET~", "", 1), "1234567893~", "1234567893~N3~", 1) + "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~"
	set = decode(t, in)
	require.Equal(t, in, encode(t, set, x12.DefaultDelimiters))
}

// TestExtrasDelimiters writes odd things with other delimiters, which are refused where a value holds one of them.
func TestExtrasDelimiters(t *testing.T) {
	const in = "CLP*A:B*1*TEN*8**12*X~NM1*QC*1*DOE~ZZZ*1:2^3*|\x1c~SVC*HC:1^HC:2*5*4~DTM*472*20260101~"
	set := decode(t, in)
	out := encode(t, set, x12.Delimiters{Element: '+', Repetition: '!', Component: '>', Segment: '\n'})
	require.Contains(t, out, strings.NewReplacer("*", "+", "^", "!", ":", ">", "~", "\n").Replace(in))
	for name, d := range map[string]x12.Delimiters{
		"in a segment without a place": {Element: '*', Repetition: '^', Component: ':', Segment: '|'},
		"no repetition separator":      {Element: '*', Component: ':', Segment: '~'},
	} {
		_, err := write(decode(t, in), d)
		var i *x12.Issue
		require.ErrorAs(t, err, &i, name)
		require.Equal(t, codec.RuleDelimiterInData, i.Rule)
	}
	set = decode(t, "CLP*A|B*1*1*8**12*X~NM1*QC*1*DOE~")
	_, err := write(set, x12.Delimiters{Element: '*', Repetition: '^', Component: ':', Segment: '|'})
	var i *x12.Issue
	require.ErrorAs(t, err, &i)
	require.Equal(t, "2100", i.Loop)
	require.Equal(t, "CLP", i.SegID)
	require.NotContains(t, err.Error(), "A|B")
}

// TestExtrasTrailer joins parts of a trailer between which claims came.
func TestExtrasTrailer(t *testing.T) {
	const claim = "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~"
	set := decode(t, claim+"PLB*1*20261231*WO*1*2~ZZZ*1~LX*2~"+claim+"PLB*2*X*WO*1~YYY~LX*3~"+claim+"PLB*3*20261231*WO*1~")
	require.Len(t, set.Groups, 3)
	require.Len(t, set.ProviderAdjustments, 3)
	got := encode(t, set, x12.DefaultDelimiters)
	require.Equal(t, claim+"LX*2~"+claim+"LX*3~"+claim+"PLB*1*20261231*WO*1*2~ZZZ*1~PLB*2*X*WO*1~PLB*3*20261231*WO*1~YYY~", got,
		"the trailer is written behind the last claim, and the segments without a place in it at the end of their part or later")
	again := decode(t, got)
	require.Equal(t, got, encode(t, again, x12.DefaultDelimiters))
}

func TestExtrasJoin(t *testing.T) {
	a := &codec.Extras{Order: []string{"a"}, Runs: []string{"i"}, Segments: []string{"b"}, Values: []codec.Value{{Slot: "c"}}, Omit: []string{"d"}}
	require.Nil(t, (*codec.Extras)(nil).Join(nil))
	require.Same(t, a, a.Join(nil))
	require.Same(t, a, (*codec.Extras)(nil).Join(a))
	b := a.Join(&codec.Extras{Order: []string{"e"}, Runs: []string{"j"}, Segments: []string{"f"}, Values: []codec.Value{{Slot: "g"}}, Omit: []string{"h"}})
	require.Equal(t, &codec.Extras{
		Order: []string{"a", "e"}, Runs: []string{"i", "j"}, Segments: []string{"b", "f"}, Values: []codec.Value{{Slot: "c"}, {Slot: "g"}}, Omit: []string{"d", "h"},
	}, b)
}

// TestExtrasNonsense gives extras that fit nothing, as JSON from elsewhere may: they do no harm.
func TestExtrasNonsense(t *testing.T) {
	const in = "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~"
	for _, x := range []codec.Extras{
		{Order: []string{"?", "?", "2100/XXX", "", "2100/NM1[QC]", "2100/NM1[QC]"}},
		{Values: []codec.Value{{Slot: "2100/XXX", Use: 1, Element: 1, Text: "Y"}, {Slot: "2100/CLP", Use: 7, Element: 1, Text: "Y"}, {}}},
		{Runs: []string{"", "x", "2100/CLP", "2100/NM1[QC] 1 2100/NM1[QC] 1", "2100/NM1[QC] 1 2100/CLP 1", "2100/CLP 1 2100/NM1[QC] 1", "2100/CLP 9 2100/CLP -1 ? 1"}},
		{Omit: []string{"", "x", "2100/CLP x CLP", "2100/CLP 1 CLP", "2100/CLP 1 ", "2100/CLP -1 "}},
	} {
		set := decode(t, in)
		set.Groups[0].Claims[0].Extras = &x
		out := strings.Split(strings.TrimSuffix(encode(t, set, x12.DefaultDelimiters), "~"), "~")
		want := strings.Split(strings.TrimSuffix(in, "~"), "~")
		slices.Sort(out)
		slices.Sort(want)
		require.Equal(t, want, out)
	}
	for _, element := range []int{-1, 0, 1 << 40} {
		set := decode(t, in)
		set.Groups[0].Claims[0].Extras = &codec.Extras{Values: []codec.Value{{Slot: "2100/CLP", Use: 1, Element: element, Text: "Y", Was: "A"}}}
		text, err := write(set, x12.DefaultDelimiters)
		if err == nil {
			require.Contains(t, text, in)
		}
	}
}

// TestEncoderNoPlace has more values than there is room for.
func TestEncoderNoPlace(t *testing.T) {
	set := decode(t, "CLP*A*1*10*8**12*X~NM1*QC*1*DOE~")
	v := &set.Groups[0].Claims[0]
	v.Adjustments = []ts835.Adjustment{{Group: "CO", Entries: make([]ts835.AdjustmentEntry, 7)}}
	_, err := write(set, x12.DefaultDelimiters)
	var i *x12.Issue
	require.ErrorAs(t, err, &i)
	require.Equal(t, codec.RuleNoPlace, i.Rule)
}

// TestText undoes what AppendString does to text that is not UTF-8.
func TestText(t *testing.T) {
	for _, s := range []string{"", "plain", "quote \" and \\", "\x00\x1f\n\r\t\b\f", "é", "\xe9", "a\xffb", "\ufeff", "\ufeffA\u00e9", "\ufeff\u0100", "\u2028\u2029", "<&>"} {
		b := codec.AppendString(nil, s)
		var back string
		require.NoError(t, codec.Unmarshal(b, &back), "%q", b)
		require.Equal(t, s, back, "%q", b)
	}
}

// TestDecodeShortReads makes sure that a claim that is cut short is still handed out.
func TestDecodeShortReads(t *testing.T) {
	r := ts835.NewReader(strings.NewReader(isa + header + "CLP*A*1*10*8**12*X~NM1*QC*1*DO"))
	var kinds []codec.Kind
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		kinds = append(kinds, ev.Kind)
	}
	require.Equal(t, []codec.Kind{codec.Begin, codec.Enter, codec.Unit, codec.End}, kinds)
}

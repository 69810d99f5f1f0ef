package x12_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// envelopeFaults are the quirks of envelopes beyond oneChange.
func envelopeFaults(t *testing.T) []oddFile {
	base := file835(3)
	old := strings.NewReplacer("*^*00501", "*U*00401", "005010X221A1", "004010X091A1", "N3*1 LONG ROAD", "CUR*PR*USD*U^U").Replace(base)
	body := base[strings.Index(base, "ST*835"):strings.Index(base, "GE*1")]
	group := base[strings.Index(base, "GS*"):strings.Index(base, "IEA")]
	return []oddFile{
		{"version 4010, U in ISA11", old, 3, nil},
		{"letter in ISA11", swap(t, base, "*^*00501", "*U*00501"), 3, []string{"info envelope/repetition ISA"}},
		{"ISA11 is the element separator", swap(t, base, "*^*00501", "***00501"), 3, []string{"info envelope/repetition ISA"}},
		{"SE count", swap(t, base, "SE*36", "SE*35"), 3, []string{"error envelope/se-count SE*35"}},
		{"SE count no number", swap(t, base, "SE*36", "SE*3X"), 3, []string{"error envelope/se-count SE*3X"}},
		{"SE count empty", swap(t, base, "SE*36", "SE*"), 3, []string{"error envelope/se-count SE**"}},
		{"GE count", swap(t, base, "GE*1*", "GE*2*"), 3, []string{"error envelope/ge-count GE*2"}},
		{"IEA count", swap(t, base, "IEA*1*", "IEA*7*"), 3, []string{"error envelope/iea-count IEA"}},
		{"leading zeros in counts", strings.NewReplacer("SE*36", "SE*0000000036", "GE*1", "GE*01", "IEA*1", "IEA*00001").Replace(base), 3, nil},
		{"control numbers padded otherwise", strings.NewReplacer("SE*36*0001", "SE*36*1", "GE*1*42", "GE*1*00042", "IEA*1*000000042", "IEA*1*42").Replace(base), 3, nil},
		{"SE control", swap(t, base, "SE*36*0001", "SE*36*0002"), 3, []string{"error envelope/se-control SE*"}},
		{"SE control letters", swap(t, base, "SE*36*0001", "SE*36*A0001"), 3, []string{"error envelope/se-control SE*"}},
		{"GE control", swap(t, base, "GE*1*42", "GE*1*43"), 3, []string{"error envelope/ge-control GE*"}},
		{"IEA control", swap(t, base, "IEA*1*000000042", "IEA*1*000000043"), 3, []string{"error envelope/iea-control IEA*"}},
		{"same ST02 twice", strings.NewReplacer("ST*835*0002", "ST*835*0001", "*0002~GE", "*0001~GE").Replace(file835(1, 2)), 3,
			[]string{"error envelope/duplicate-control @ST*835*0001"}},
		{"same GS06 twice", swap(t, swap(t, base, "IEA*1", "GS*HP*A*B*20260301*0830*42*X*005010X221A1~GE*0*42~IEA*2"), "ST*835", "ST*835"), 3,
			[]string{"error envelope/duplicate-control GS*HP*A*"}},
		{"no SE", swap(t, base, "SE*36*0001~", ""), 3, []string{"error envelope/missing-se GE*"}},
		{"no GE", swap(t, base, "GE*1*42~", ""), 3, []string{"error envelope/missing-ge IEA*"}},
		{"no IEA at the end", swap(t, base, "IEA*1*000000042~", ""), 3, []string{"error envelope/missing-iea $"}},
		{"no IEA before an ISA", swap(t, base, "IEA*1*000000042~", "") + inDelims(swap(t, base, "0830*^", "0831*^"), "|^:~"), 6,
			[]string{"error envelope/missing-iea ISA|"}},
		{"ISA inside a set", base[:strings.Index(base, "SE*36")] + inDelims(base, "|^:~"), 6,
			[]string{"error envelope/missing-se ISA|", "error envelope/missing-ge ISA|", "error envelope/missing-iea ISA|"}},
		{"ST inside a set", strings.Replace(file835(3, 3), "SE*36*0001~", "", 1), 6, []string{"error envelope/missing-se ST*835*0002"}},
		{"GS inside a group", strings.NewReplacer("GE*1*42~", "GS*HP*A*B*20260301*0830*43*X*005010X221A1~GE*0*43~", "IEA*1", "IEA*2").Replace(base), 3,
			[]string{"error envelope/missing-ge GS*HP*A"}},
		{"no GS", swap(t, swap(t, base, group, body), "IEA*1", "IEA*0"), 3, []string{"error envelope/missing-gs ST*"}},
		{"SE twice", swap(t, base, "SE*36*0001~", "SE*36*0001~SE*36*0001~"), 3, []string{"error envelope/stray-trailer SE*36*0001~GE"}},
		{"GE twice", swap(t, base, "GE*1*42~", "GE*1*42~GE*1*42~"), 3, []string{"error envelope/stray-trailer GE*1*42~IEA"}},
		{"IEA twice", base + "IEA*1*000000042~", 3, []string{"error envelope/stray-trailer @IEA"}},
		{"segments behind SE", swap(t, base, "GE*1*42~", "NTE*ADD*X~GE*1*42~"), 3, []string{"error envelope/outside-set NTE"}},
		{"TA1 where it belongs", swap(t, base, "GS*HP", "TA1*000000041*260228*0830*A*000~GS*HP"), 3, nil},
		{"TA1 inside a group", swap(t, base, "ST*835", "TA1*000000041*260228*0830*A*000~ST*835"), 3, []string{"error envelope/outside-set TA1"}},
		{"a group behind IEA", base + "\n" + strings.NewReplacer("0830*42*", "0830*43*", "GE*1*42", "GE*1*43").Replace(group), 6, []string{"error envelope/missing-isa @GS"}},
		{"prose before ISA", "Dear all, find below\nISA, GS and ST as agreed.\n\n" + base, 3, []string{"warning envelope/junk Dear"}},
		{"prose between interchanges", base + "\n-- next --\n" + inDelims(base, "|^:~"), 6, []string{"warning envelope/junk -- next"}},
		{"prose at the end", base + "\n-- end --\n", 3, []string{"warning envelope/junk -- end"}},
		{"bare set", body, 3, []string{"warning envelope/bare-set ST"}},
		{"bare set, CRLF", strings.ReplaceAll(body, "~", "\r\n"), 3, []string{"warning envelope/bare-set ST"}},
		{"bare set, terminator LF", inDelims(body, "*^:\n"), 3, []string{"warning envelope/bare-set ST"}},
		{"bare set, separators", inDelims(body, "|^>;"), 3, []string{"warning envelope/bare-set ST"}},
		{"two bare sets, blanks", "  " + body + "\n" + body, 6, []string{"warning envelope/bare-set ST", "error envelope/duplicate-control @ST*"}},
		{"bare group", group, 3, []string{"warning envelope/bare-set GS"}},
		{"bare group, ampersand", strings.Replace(group, "PLAINPAYER", "PLAIN&SONS", 1), 3, []string{"warning envelope/bare-set GS"}},
		{"bare set, then an ISA", body + base, 6, []string{"warning envelope/bare-set ST"}},
		{"bare set, then an ISA without GS", body + base[:106] + body + "IEA*0*000000042~", 6, []string{"warning envelope/bare-set ST", "error envelope/missing-gs @ST*"}},
		{"bare set cut", body[:strings.Index(body, "SE*")+2], 3, []string{"warning envelope/bare-set ST", "warning segment/no-terminator SE", "error envelope/se-count SE", "error envelope/se-control SE"}},
		{"ISA in data at the start of a segment", swap(t, base, "N3*1 LONG ROAD", "ISAAC*1 LONG ROAD"), 3, []string{"error segment/id ISAAC"}},
		{"ISA that is none", swap(t, base, "N3*1 LONG ROAD", "ISA*1 LONG ROAD"), 3, []string{"error envelope/isa-width ISA*1 LONG"}},
		{"segment names", strings.NewReplacer("N3*1 LONG ROAD", "N", "N3*2 HILL STREET", "N3XYZ*2", "LX*1", "1LX").Replace(base), 3,
			[]string{"error segment/id N~", "error segment/id N3XYZ", "error segment/id 1LX"}},
		{"name with NUL", strings.Replace(base, "~DTM*472", "~DTM\x00*472", 1), 3, []string{"error segment/id DTM\x00"}},
		{"two-letter name with NUL", strings.Replace(base, "~N4*SP", "~N4\x00*SP", 1), 3, []string{"error segment/id N4\x00"}},
		{"no name", swap(t, base, "~LX*1", "~*1"), 3, []string{"error segment/id *1~CLP"}},
		{"a megabyte of blanks between segments", swap(t, base, "~LX*1", "~"+strings.Repeat(" ", 1<<20)+"LX*1"), 3, nil},
		{"empty elements", swap(t, base, "N3*1 LONG ROAD~", "N3****X**~"), 3, nil},
	}
}

func TestEnvelopeFaults(t *testing.T) {
	for _, c := range envelopeFaults(t) {
		t.Run(c.name, func(t *testing.T) { checkOdd(t, c) })
	}
}

func TestFatal(t *testing.T) {
	base := file835(3)
	cases := []struct {
		name, text string
		rule       string
		cause      error
		before     int // segments read
	}{
		{"empty", "", x12.RuleNoInterchange, x12.ErrNoInterchange, 0},
		{"blank", " \r\n\t", x12.RuleNoInterchange, x12.ErrNoInterchange, 0},
		{"prose only", "no interchange here", x12.RuleNoInterchange, x12.ErrNoInterchange, 0},
		{"prose over the limit", strings.Repeat("lorem ", 1000) + base, x12.RuleNoInterchange, x12.ErrNoInterchange, 0},
		{"junk over the limit behind IEA", base + strings.Repeat("lorem ", 1000) + base, x12.RuleLimit, x12.ErrLimit, 40},
		{"component is element separator", swap(t, base, "*T*:~", "*T**~"), x12.RuleDelimiters, nil, 0},
		{"terminator a letter", swap(t, base, "*T*:~", "*T*:"), x12.RuleDelimiters, nil, 0},
		{"component blank", swap(t, base, "*T*:~", "*T* ~"), x12.RuleDelimiters, nil, 0},
		{"terminator not ASCII", swap(t, base, "*T*:~", "*T*:\x85"), x12.RuleDelimiters, nil, 0},
		{"second ISA unusable", base + swap(t, base, "*T*:~", "*T**~"), x12.RuleDelimiters, nil, 40},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := readAll(t, c.text, strings.NewReader(c.text))
			var i *x12.Issue
			require.ErrorAs(t, res.err, &i)
			assert.Equal(t, c.rule, i.Rule)
			assert.Equal(t, x12.Fatal, i.Severity)
			assert.Len(t, res.segs, c.before)
			assert.Same(t, i, res.issues[len(res.issues)-1], "the sink has seen it")
			if c.cause != nil {
				assert.ErrorIs(t, res.err, c.cause)
			}
		})
	}
}

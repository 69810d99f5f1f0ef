package ts837_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/schema"
)

// guides are the three guide files.
var guides = [...]string{"005010X222A1", "005010X223A2", "005010X224A2"}

// parsed reads a guide file.
func parsed(t testing.TB, id string) (*schema.Guide, []byte) {
	t.Helper()
	base, err := schema.Base("005010")
	require.NoError(t, err)
	src, err := os.ReadFile(id + ".guide")
	require.NoError(t, err)
	g, err := schema.Parse(id+".guide", src, base)
	require.NoError(t, err)
	return g, src
}

// tables are those of the guide files.
func tables() []*guide.Table { return []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2} }

// TestGuideFiles makes sure that the files are in the one form of a guide file, and that each names itself and what it accepts.
func TestGuideFiles(t *testing.T) {
	for i, want := range []struct{ title, accepts string }{
		{"Health Care Claim: Professional", "005010X222 005010X222A2"},
		{"Health Care Claim: Institutional", "005010X223 005010X223A1 005010X223A3"},
		{"Health Care Claim: Dental", "005010X224 005010X224A1 005010X224A3"},
	} {
		g, src := parsed(t, guides[i])
		require.Equal(t, string(schema.Print(g)), string(src))
		require.Equal(t, want.title, g.Title)
		require.Equal(t, "2300", g.Unit)
		require.Equal(t, "HealthCareClaim", g.Root)
		table := tables()[i]
		for _, version := range append(strings.Fields(want.accepts), guides[i]) {
			require.True(t, table.Reads(version), version)
			for j, other := range tables() {
				require.Equal(t, i == j, other.Reads(version), "%s under %s", version, other.ID)
			}
		}
	}
}

// sample is a claim file of EDI_CORPUS.
type sample struct {
	name string // "837p/file.edi"
	src  []byte
}

// valid returns the claim files that the manifest of EDI_CORPUS calls valid, without those of the 4010 guides.
func valid(t testing.TB) []sample {
	t.Helper()
	root := os.Getenv("EDI_CORPUS")
	if root == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	manifest, err := os.ReadFile(filepath.Join(root, "manifest.tsv"))
	require.NoError(t, err)
	var out []sample
	for _, line := range strings.Split(string(manifest), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) < 9 || !strings.HasPrefix(cells[0], "837") || strings.HasPrefix(cells[2], "004010") || !strings.HasPrefix(cells[8], "valid") {
			continue
		}
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(cells[0])))
		require.NoError(t, err)
		out = append(out, sample{cells[0], src})
	}
	require.Greater(t, len(out), 50)
	return out
}

// finding is what a walk reports, without the text of the message: "element/missing CLM05-2".
func finding(i *x12.Issue) string {
	text := i.Rule + " " + i.SegID
	if i.Element > 0 {
		text += fmt.Sprintf("%02d", i.Element)
	}
	if i.Component > 0 {
		text += fmt.Sprintf("-%d", i.Component)
	}
	return text
}

// walked is what a walk over a stream tells.
type walked struct {
	table    *guide.Table // of the last set that has one
	places   []guide.Placement
	findings []string
	others   []string // versions of sets that no table reads
}

// walk places every segment of every set and checks its elements, as far as elements is set.
func walk(t testing.TB, src []byte, elements bool) walked {
	t.Helper()
	var out walked
	var w *guide.Walker
	var last *x12.Set
	report := func(i *x12.Issue) {
		if i.SegID == "ST" && i.Element == 3 && out.table.Reads(string(i.Value)) {
			return // another version that the guide accepts
		}
		out.findings = append(out.findings, finding(i))
	}
	r := x12.NewReader(bytes.NewReader(src))
	for {
		s, err := r.Read()
		set := r.Set()
		if w != nil && (err != nil || set != last) {
			w.End()
			w = nil
		}
		if err == io.EOF {
			return out
		}
		require.NoError(t, err)
		if set != nil && set != last {
			version := string(s.Elem(3))
			if version == "" && r.Group() != nil {
				version = r.Group().Version()
			}
			if at := slices.IndexFunc(tables(), func(x *guide.Table) bool { return x.Reads(version) }); at < 0 {
				out.others = append(out.others, version)
			} else {
				out.table = tables()[at]
				w = guide.NewWalker(out.table, report)
			}
		}
		last = set
		if set == nil || w == nil {
			continue
		}
		p := w.Walk(s)
		out.places = append(out.places, p)
		if p.Slot != 0 && elements {
			out.table.Check(p.Slot, s, func() string { return out.table.LoopPath(w.Open(nil)) }, report)
		}
	}
}

// faults are the files that the manifest calls valid because their source reads them, and what is wrong with them.
var faults = map[string][]string{
	"837d/cosyte-golden-837d.edi": {"1 element/code SV305", "1 element/missing SV302"}, // no charge
	"837i/cosyte-golden-837i.edi": {"1 element/code DTP02", "1 element/missing HI01-3", "1 element/missing HI01-4",
		"1 element/not-used CLM06", "1 element/too-long CLM05-1", "1 segment/missing CL1"},
	// CLM06 is of the professional and dental guides.
	"837i/lfh-837-005010x223a3-out-of-network-repriced-claim-837i.edi": {"1 element/not-used CLM06"},
	"837i/lfh-837-005010x223a3-ppo-repriced-claim-837i.edi":            {"1 element/not-used CLM06"},
	"837i/lfh-837-005010x223a3-two-claims-single-provider-837i.edi":    {"2 element/not-used CLM06"},
	"837i/lfh-demo-demo-837i.edi":                                      {"1 element/code DTP02", "1 element/not-used CLM06"}, // a day for the statement dates
	"837p/lfh-837-005010x222a2-demo-ambulance-example5-837.edi":        {"1 element/missing CLM05-2"},
	"837p/lfh-837-005010x222a2-demo-cob-example3-a-837.edi":            {"1 loop/missing NM1"},         // no other payer
	"837p/lfh-837-005010x222a2-demo-example9-837.edi":                  {"1 element/number SV107-1"},   // a pointer 1.00
	"837p/lfh-837-005010x222a2-demo-cob-example4-837.edi":              {"1 segment/unexpected AMT01"}, // F2, of the 4010 guide
}

// otherSeparator lists files with another component separator than the one ISA16 names.
var otherSeparator = []string{
	"837i/lfh-837-005010x223a3-out-of-network-repriced-claim-837i.edi",
	"837i/lfh-837-005010x223a3-ppo-repriced-claim-837i.edi",
	"837p/lfh-837-005010x222a2-demo-cob-2ndary-example4-837.edi",
	"837p/lfh-837-005010x222a2-demo-example11-837.edi",
	"837p/lfh-837-005010x222a2-demo-example12-837.edi",
	"837p/lfh-837-005010x222a2-demo-example9-837.edi",
}

// TestWalkValid walks the valid files, the examples of the guides among them: no finding of structure or elements, but for the
// faults of some.
func TestWalkValid(t *testing.T) {
	found := map[string][]string{}
	seen := map[string]int{}
	for _, f := range valid(t) {
		src := f.src
		if slices.Contains(otherSeparator, f.name) {
			require.Equal(t, byte(':'), src[104], f.name)
			src = bytes.Clone(src)
			src[104] = '>'
		}
		w := walk(t, src, true)
		for _, version := range w.others {
			require.Contains(t, []string{"005010X291", "005010X292", "005010X298", "005010"}, version, f.name)
		}
		if len(w.others) > 0 {
			continue
		}
		seen[w.table.ID]++
		if len(w.findings) > 0 {
			found[f.name] = w.findings
		}
	}
	for _, table := range tables() {
		require.GreaterOrEqual(t, seen[table.ID], 8, table.ID)
	}
	for name, findings := range found {
		slices.Sort(findings)
		var counted []string
		for i := 0; i < len(findings); {
			n := 1
			for i+n < len(findings) && findings[i+n] == findings[i] {
				n++
			}
			counted = append(counted, fmt.Sprintf("%d %s", n, findings[i]))
			i += n
		}
		require.Equal(t, faults[name], counted, name)
	}
	for name := range faults {
		require.Contains(t, found, name)
	}
}

// TestWalkFaults takes sound files apart: one segment gone or doubled, two that have changed places and one that no guide knows
// cost few findings each, and what follows finds its place again.
func TestWalkFaults(t *testing.T) {
	for _, f := range valid(t) {
		if w := walk(t, f.src, false); len(w.findings)+len(w.others) > 0 {
			continue
		}
		walkFaults(t, f)
	}
}

// segments are those of the only set of a file, and what stands in front of it.
func segments(t testing.TB, src []byte) (front string, texts []string, sep string) {
	r := x12.NewReader(bytes.NewReader(src))
	sets := 0
	var last *x12.Set
	for {
		s, err := r.Read()
		if err == io.EOF {
			if sets != 1 {
				return "", nil, ""
			}
			return front, texts, sep
		}
		require.NoError(t, err)
		text := string(s.Bytes()) + string(s.Delims.Segment)
		set := r.Set()
		switch {
		case set != nil:
			if set != last {
				sets++
			}
			texts = append(texts, text)
			sep = string(s.Delims.Element)
		case sets == 0:
			front += text
		}
		last = set
	}
}

func walkFaults(t *testing.T, f sample) {
	front, texts, sep := segments(t, f.src)
	if texts == nil {
		return
	}
	end := texts[len(texts)-1][len(texts[len(texts)-1])-1:]
	try := func(texts []string) ([]guide.Placement, []string) {
		w := walk(t, []byte(front+strings.Join(texts, "")), false)
		return w.places, w.findings
	}
	was, findings := try(texts)
	require.Empty(t, findings, f.name)
	require.Len(t, was, len(texts), f.name)
	table := walk(t, f.src, false).table
	for i := 1; i < len(texts)-1; i++ {
		slot := &table.Slots[was[i].Slot]
		what := fmt.Sprintf("%s: segment %d %s", f.name, i+1, slot.Name)
		single := slot.Usage == guide.Required && slot.Max == 1
		if slot.Trigger {
			l := &table.Loops[slot.Loop]
			single = l.Usage == guide.Required && l.Max == 1
		}
		now, findings := try(slices.Delete(slices.Clone(texts), i, i+1))
		require.LessOrEqual(t, len(findings), 8, "%s is gone: %v", what, findings)
		if single {
			require.NotEmpty(t, findings, "%s is gone", what)
		}
		require.Equal(t, was[len(was)-1], now[len(now)-1], "%s is gone", what)

		now, findings = try(slices.Insert(slices.Clone(texts), i, texts[i]))
		require.LessOrEqual(t, len(findings), 8, "%s twice: %v", what, findings)
		if single {
			require.NotEmpty(t, findings, "%s twice", what)
		}
		require.Equal(t, was[len(was)-1], now[len(now)-1], "%s twice", what)

		if i+1 < len(texts)-1 {
			c := slices.Clone(texts)
			c[i], c[i+1] = c[i+1], c[i]
			_, findings = try(c)
			require.LessOrEqual(t, len(findings), 12, "%s behind the next: %v", what, findings)
		}
		now, findings = try(slices.Insert(slices.Clone(texts), i, "ZZZ"+sep+"1"+end))
		require.Equal(t, []string{guide.RuleSegmentUnknown + " ZZZ"}, findings, "unknown before %s", what)
		require.Equal(t, was, slices.Delete(now, i, i+1), "unknown before %s", what)
	}
}

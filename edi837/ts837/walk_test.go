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

// compiled makes the tables of the three guide files.
func compiled(t testing.TB) []*guide.Table {
	t.Helper()
	var out []*guide.Table
	for _, id := range guides {
		g, _ := parsed(t, id)
		table, err := schema.Compile(g)
		require.NoError(t, err)
		out = append(out, table)
	}
	return out
}

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
		table := compiled(t)[i]
		for _, version := range append(strings.Fields(want.accepts), guides[i]) {
			require.True(t, table.Reads(version), version)
			for j, other := range compiled(t) {
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
func walk(t testing.TB, tables []*guide.Table, src []byte, elements bool) walked {
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
			if at := slices.IndexFunc(tables, func(x *guide.Table) bool { return x.Reads(version) }); at < 0 {
				out.others = append(out.others, version)
			} else {
				out.table = tables[at]
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
}

// TestWalkValid walks the valid files, the examples of the guides among them: no finding of structure or elements, but for the
// faults of some.
func TestWalkValid(t *testing.T) {
	tables := compiled(t)
	found := map[string][]string{}
	seen := map[string]int{}
	for _, f := range valid(t) {
		w := walk(t, tables, f.src, true)
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
	for _, table := range tables {
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
	tables := compiled(t)
	for _, f := range valid(t) {
		if w := walk(t, tables, f.src, false); len(w.findings)+len(w.others) > 0 {
			continue
		}
		walkFaults(t, tables, f)
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

func walkFaults(t *testing.T, tables []*guide.Table, f sample) {
	front, texts, sep := segments(t, f.src)
	if texts == nil {
		return
	}
	end := texts[len(texts)-1][len(texts[len(texts)-1])-1:]
	try := func(texts []string) ([]guide.Placement, []string) {
		w := walk(t, tables, []byte(front+strings.Join(texts, "")), false)
		return w.places, w.findings
	}
	was, findings := try(texts)
	require.Empty(t, findings, f.name)
	require.Len(t, was, len(texts), f.name)
	table := walk(t, tables, f.src, false).table
	for i := 1; i < len(texts)-1; i++ {
		slot := &table.Slots[was[i].Slot]
		what := fmt.Sprintf("%s: segment %d %s", f.name, i+1, slot.Name)
		single := slot.Usage == guide.Required && slot.Max == 1
		if slot.Trigger {
			l := &table.Loops[slot.Loop]
			single = l.Usage == guide.Required && l.Max == 1
		}
		now, findings := try(slices.Delete(slices.Clone(texts), i, i+1))
		require.LessOrEqual(t, len(findings), 6, "%s is gone: %v", what, findings)
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
			require.LessOrEqual(t, len(findings), 9, "%s behind the next: %v", what, findings)
		}
		now, findings = try(slices.Insert(slices.Clone(texts), i, "ZZZ"+sep+"1"+end))
		require.Equal(t, []string{guide.RuleSegmentUnknown + " ZZZ"}, findings, "unknown before %s", what)
		require.Equal(t, was, slices.Delete(now, i, i+1), "unknown before %s", what)
	}
}

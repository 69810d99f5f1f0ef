package ts277ca_test

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

	"github.com/x12-go/edi/internal/x12test"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/guide"
)

// valid returns the files of this guide that the manifest of EDI_CORPUS calls valid.
func valid(t testing.TB) map[string][]byte {
	t.Helper()
	root := os.Getenv("EDI_CORPUS")
	if root == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	manifest, err := os.ReadFile(filepath.Join(root, "manifest.tsv"))
	require.NoError(t, err)
	out := map[string][]byte{}
	for line := range strings.Lines(string(manifest)) {
		cells := strings.Split(line, "\t")
		if len(cells) < 9 || !strings.HasPrefix(cells[0], "277ca/") || !ts277ca.X214.Reads(cells[2]) || !strings.HasPrefix(cells[8], "valid") {
			continue
		}
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(cells[0])))
		require.NoError(t, err)
		out[cells[0]] = src
	}
	require.GreaterOrEqual(t, len(out), 4)
	return out
}

// faults are the files that the manifest calls valid and that have findings.
var faults = map[string][]string{
	// Of a library that writes the levels and qualifiers of a status response.
	"277ca/cosyte-golden-277ca.edi": {
		"1 element/not-used HL04", "1 element/not-used STC02", "2 loop/missing NM1", "2 loop/missing TRN", "2 loop/trigger-missing HL",
		"1 segment/missing DTP", "1 segment/qualifier DTP01", "1 segment/qualifier HL03", "2 segment/qualifier NM101",
		"1 segment/unexpected QTY01",
	},
}

// TestWalkValid walks the valid files, the examples of the guide among them: no finding of structure or elements, but for the
// faults of some.
func TestWalkValid(t *testing.T) {
	files := valid(t)
	for _, name := range x12test.Names(files) {
		require.Equal(t, faults[name], findings(t, files[name]), name)
	}
	for name := range faults {
		require.Contains(t, files, name)
	}
}

func TestWalkFaults(t *testing.T) {
	n := 0
	samples := valid(t)
	for name, src := range pkg().Samples(t, "valid") {
		samples[name] = src
	}
	for name, src := range samples {
		n += pkg().WalkFaults(t, name, src, x12test.Damage{Gone: 8, Twice: 8, Swapped: 12, Unit: "HL"})
	}
	require.GreaterOrEqual(t, n, 15)
}

// findings walks every set and checks its elements; it counts the findings by rule and place: "2 element/code NM108".
func findings(t testing.TB, src []byte) (out []string) {
	t.Helper()
	var w *guide.Walker
	var last *x12.Set
	var all []string
	report := func(i *x12.Issue) {
		text := i.Rule + " " + i.SegID
		if i.Element > 0 {
			text += fmt.Sprintf("%02d", i.Element)
		}
		if i.Component > 0 {
			text += fmt.Sprintf("-%d", i.Component)
		}
		all = append(all, text)
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
			break
		}
		require.NoError(t, err)
		if set != nil && set != last {
			w = guide.NewWalker(ts277ca.X214, report)
		}
		if last = set; set == nil {
			continue
		}
		if p := w.Walk(s); p.Slot != 0 {
			ts277ca.X214.Check(p.Slot, s, func() string { return ts277ca.X214.LoopPath(w.Open(nil)) }, report)
		}
	}
	slices.Sort(all)
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n] == all[i] {
			n++
		}
		out = append(out, fmt.Sprintf("%d %s", n, all[i]))
		i += n
	}
	return out
}

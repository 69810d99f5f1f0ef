package synth

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// lists are the code lists the built-in snapshot has in full, by their names in
// the guide.
var lists = []string{"state"}

// codeLists are those of elements that name their values in the guide.
var codeLists = map[string]string{"PRV01": "provider_code", "EB01": "eb_info", "EB02": "coverage_level", "EB03": "service_type", "EB04": "insurance_type", "EB06": "time_period",
	"EB09": "quantity_qualifier", "AAA03": "aaa_reject", "AAA04": "aaa_followup", "HSD05": "time_period"}

// placed walks an output with the guide, all element checks on, and returns how
// often each slot was used. Findings of any severity are faults.
func placed(t *testing.T, out string) map[string]int {
	t.Helper()
	table := ts271.X279A1
	fault := func(i *x12.Issue) bool {
		t.Errorf("%s %s", i.Path(), i.Error())
		return !t.Failed()
	}
	s := codec.Apply([]codec.Option{codec.WithSink(fault)}).Stream(strings.NewReader(out), table)
	check := codec.NewChecker(func(i *x12.Issue) { fault(i) })
	used := map[string]int{}
	unknown := map[string]bool{}
	var seg x12.Segment
	for {
		ev, err := s.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if ev.Tape == nil {
			continue
		}
		check.Tape(ev.Tape)
		for i := range ev.Tape.Segs {
			id := ev.Tape.Segs[i].Slot
			used[table.Slots[id].Name]++
			ev.Tape.Segment(i, &seg)
			coded(table, id, &seg, unknown)
		}
		require.False(t, t.Failed())
	}
	assert.Empty(t, unknown)
	return used
}

// coded looks up every value of a list.
func coded(table *guide.Table, id guide.SlotID, seg *x12.Segment, unknown map[string]bool) {
	for n := range seg.Len() {
		e := table.Elem(id, n+1)
		if e == nil {
			continue
		}
		list := codeLists[fmt.Sprintf("%s%02d", seg.Name(), n+1)]
		if slices.Contains(lists, e.Ext) {
			list = e.Ext
		}
		if list == "" {
			continue
		}
		for v := range strings.SplitSeq(string(seg.Elem(n+1)), string(seg.Delims.Repetition)) {
			if _, status := codes.LookupOn(list, v, 20250701); v != "" && status != codes.Active {
				unknown[list+" "+v] = true
			}
		}
	}
}

// TestGuideHasNoFinding holds outputs against the guide, and counts which of its
// places the writer uses.
func TestGuideHasNoFinding(t *testing.T) {
	used := map[string]int{}
	for _, o := range []Options{
		{Answers: 8000, Seed: 1}, {Answers: 4000, Seed: 2, PerSet: 40, NewLine: true}, {Answers: 1500, Seed: 3, PerSet: 1},
		{Answers: 3000, Seed: 4, Delimiters: "|!>\x1c"}, {Size: 200_000, Seed: 5},
	} {
		out, _ := generate(t, o)
		for name, n := range placed(t, out) {
			used[name] += n
		}
	}
	var missing []string
	for i := range ts271.X279A1.Slots[1:] {
		if name := ts271.X279A1.Slots[i+1].Name; used[name] == 0 {
			missing = append(missing, name)
		}
	}
	assert.Empty(t, missing)
}

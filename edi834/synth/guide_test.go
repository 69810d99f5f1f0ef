package synth

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// lists are the code lists the built-in snapshot has in full, by their names in
// the guide.
var lists = []string{"state"}

// codeLists are those of elements that name their values in the guide.
var codeLists = map[string]string{
	"INS03": "maint_type", "INS04": "maint_reason", "INS05": "benefit_status", "INS07": "cobra_event", "INS08": "employment_status",
	"INS09": "student_status", "HD01": "maint_type", "HD03": "insurance_line", "HD05": "coverage_level", "COB01": "payer_resp",
}

// placed walks an output with the guide, all element checks on, and returns how
// often each slot was used. Findings of any severity are faults.
func placed(t *testing.T, out string) map[string]int {
	t.Helper()
	table := ts834.X220A1
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
		e, v := table.Elem(id, n+1), string(seg.Elem(n+1))
		if e == nil || v == "" {
			continue
		}
		list := codeLists[fmt.Sprintf("%s%02d", seg.Name(), n+1)]
		if slices.Contains(lists, e.Ext) {
			list = e.Ext
		}
		if list == "" {
			continue
		}
		if _, status := codes.LookupOn(list, v, 20250701); status != codes.Active {
			unknown[list+" "+v] = true
		}
	}
}

// TestGuideHasNoFinding holds outputs against the guide, and counts which of its
// places the writer uses.
func TestGuideHasNoFinding(t *testing.T) {
	used := map[string]int{}
	for _, o := range []Options{
		{Members: 15_000, Seed: 1}, {Members: 15_000, Seed: 1, Action: Change},
		{Members: 4000, Seed: 2, PerSet: 40, NewLine: true, Action: Replace}, {Members: 500, Seed: 3, PerSet: 1, Action: Change},
		{Members: 3000, Seed: 4, Delimiters: "|!>\x1c", Action: Change}, {Size: 200_000, Seed: 5},
	} {
		out, _ := generate(t, o)
		for name, n := range placed(t, out) {
			used[name] += n
		}
	}
	var missing []string
	for i := range ts834.X220A1.Slots[1:] {
		if name := ts834.X220A1.Slots[i+1].Name; used[name] == 0 {
			missing = append(missing, name)
		}
	}
	assert.Empty(t, missing)
}

package synth

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

// tableOf is the guide of a kind.
func tableOf(k Kind) *guide.Table {
	return [...]*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2}[k]
}

// lists are the code lists the built-in snapshot has in full, by their names in
// the guides.
var lists = []string{
	"admission_source", "admission_type", "carc", "claim_freq", "condition", "discharge_status", "facility_type", "occurrence",
	"occurrence_span", "oral_cavity", "pos", "rarc", "revenue", "state", "tooth", "value",
}

// placed walks an output with the guide, all element checks on, and returns how
// often each slot was used. Findings of any severity are faults.
func placed(t *testing.T, out string, table *guide.Table) map[string]int {
	t.Helper()
	fault := func(i *x12.Issue) bool {
		t.Errorf("%s: %s %s", table.ID, i.Path(), i.Error())
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

// coded looks up every value of an external list.
func coded(table *guide.Table, id guide.SlotID, seg *x12.Segment, unknown map[string]bool) {
	known := func(e *guide.Element, v []byte) {
		if len(v) == 0 || e == nil || !slices.Contains(lists, e.Ext) {
			return
		}
		if _, status := codes.LookupOn(e.Ext, string(v), 20250701); status != codes.Active {
			unknown[fmt.Sprintf("%s %s", e.Ext, v)] = true
		}
	}
	for n := range seg.Len() {
		e := table.Elem(id, n+1)
		if e == nil {
			continue
		}
		if e.Count == 0 {
			known(e, seg.Elem(n+1))
			continue
		}
		for c := range int(e.Count) {
			known(table.Comp(e, c+1), seg.Comp(n+1, c+1))
		}
		if list := map[string]string{"BG": "condition", "BH": "occurrence", "BI": "occurrence_span", "BE": "value"}[string(seg.Comp(n+1, 1))]; list != "" &&
			string(seg.Name()) == "HI" {
			known(&guide.Element{Ext: list}, seg.Comp(n+1, 2))
		}
	}
}

// TestGuideHasNoFinding holds outputs against the guides, and counts which of
// their places the writer uses.
func TestGuideHasNoFinding(t *testing.T) {
	// Loops and segments that no claim has.
	never := map[Kind][]string{
		// Public payers insure no dependents.
		Professional:  {"2000A/CUR", "2000C/2300/REF[F5]", "2000C/2300/CRC[ZZ]"},
		Institutional: {"2000A/CUR", "2000C/2300/CRC"},
		Dental:        {"2000A/CUR"},
	}
	for _, k := range kinds {
		t.Run(k.String(), func(t *testing.T) {
			table := tableOf(k)
			require.True(t, table.Reads(k.Guide()))
			used := map[string]int{}
			for _, o := range []Options{
				{Claims: 25_000, Seed: 1}, {Claims: 5000, Seed: 2, PerSet: 40, NewLine: true}, {Claims: 500, Seed: 3, PerSet: 1},
				{Claims: 3000, Seed: 4, Delimiters: "|!>\x1c"},
			} {
				o.Kind = k
				out, _ := generate(t, o)
				for name, n := range placed(t, out, table) {
					used[name] += n
				}
			}
			var missing []string
			for i := range table.Slots[1:] {
				if name := table.Slots[i+1].Name; used[name] == 0 && !slices.Contains(never[k], name) {
					missing = append(missing, name)
				}
			}
			assert.Empty(t, missing)
		})
	}
}

package edit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/edit"
)

var keys = []string{"set", "claims:1", "claims:2", "claims:3", "claims:7", "claims:100000", "billing-npi", "payer"}

func parseBy(t testing.TB, text string) edit.By {
	t.Helper()
	by, err := edit.ParseBy(text)
	require.NoError(t, err)
	require.Equal(t, text, by.String())
	return by
}

// TestTrees splits invented 837s by every key and reads the parts.
func TestTrees(t *testing.T) {
	for seed := range uint64(60) {
		text, claims := file837(seed, 3)
		whole := read(t, text, true)
		require.Empty(t, whole.findings, "seed %d", seed)
		require.Len(t, whole.claims, claims)
		for _, by := range keys {
			t.Run(fmt.Sprintf("%d %s", seed, by), func(t *testing.T) {
				var parts []edit.Part
				var shares []edit.Share
				o := edit.Options{By: parseBy(t, by), Newline: seed%2 == 0, MaxOpen: 1 + int(seed%3),
					OnPart:  func(p *edit.Part) error { parts = append(parts, *p); return nil },
					OnShare: func(s *edit.Share) error { shares = append(shares, *s); return nil }}
				m, res, _ := split(t, text, o)
				require.LessOrEqual(t, m.peak, o.MaxOpen)
				require.EqualValues(t, len(m.files), res.Parts)
				require.EqualValues(t, claims, res.In.Claims)
				require.EqualValues(t, claims, res.Out.Claims)
				require.Equal(t, whole.charge.StringFixed(2), res.Out.Charge.String())
				checkParts(t, m, parts, shares, by)
				checkClaims(t, whole, m)

				o.MaxOpen, o.OnPart, o.OnShare = 0, nil, nil
				again, _, _ := split(t, text, o)
				require.Equal(t, m.all(), again.all(), "the number of open files shows")
				ones, _, _ := split(t, m.all(), edit.Options{By: edit.ByClaims(1)})
				require.Equal(t, whole.texts(), read(t, ones.all(), true).texts(), "split again")
			})
		}
	}
}

// checkParts reads each part and compares it with what is said of it.
func checkParts(t *testing.T, m *memory, parts []edit.Part, shares []edit.Share, by string) {
	t.Helper()
	sets := map[string]int64{}
	claims := map[string]int64{}
	for _, s := range shares {
		sets[s.Part]++
		claims[s.Part] += s.Claims
		require.Contains(t, m.text(s.Part), s.Interchange)
	}
	limit := int64(1 << 60)
	if n, ok := strings.CutPrefix(by, "claims:"); ok {
		fmt.Sscan(n, &limit)
	}
	controls := map[string]bool{}
	for _, p := range parts {
		text := m.text(p.Name)
		r := read(t, text, true)
		require.Empty(t, r.findings, p.Name)
		require.EqualValues(t, len(text), p.Bytes, p.Name)
		require.EqualValues(t, len(r.claims), p.Claims)
		require.Equal(t, r.charge.StringFixed(2), p.Charge.String())
		require.EqualValues(t, len(r.sets), p.Sets)
		require.EqualValues(t, p.Interchanges+p.Groups, len(r.controls))
		require.EqualValues(t, r.bodies, p.Segments-2*(p.Interchanges+p.Groups+p.Sets))
		require.Equal(t, p.Sets, sets[p.Name])
		require.Equal(t, p.Claims, claims[p.Name])
		require.LessOrEqual(t, p.Claims, limit)
		for _, c := range r.controls {
			require.False(t, controls[c], "%s twice", c)
			controls[c] = true
		}
		for _, c := range r.claims {
			require.Equal(t, p.Key, keyOf(c, by, p.Key), p.Name)
		}
	}
}

// keyOf finds the key of a claim by its text.
func keyOf(c claim, by, want string) string {
	level := map[string]int{"billing-npi": 0, "payer": 1}[by]
	switch by {
	case "billing-npi", "payer":
	default:
		return want
	}
	for _, line := range strings.Split(c.levels[level], "\n") {
		e := splitAny(line)
		switch {
		case e[0] == "NM1" && e[1] == "85" && len(e) > 9, e[0] == "NM1" && e[1] == "PR" && e[9] != "" && len(e[9]) < 80:
			return e[9]
		case e[0] == "NM1" && e[1] == "PR" && e[9] != "":
			return want // a long one is made shorter
		case e[0] == "NM1" && e[1] == "PR" && e[3] != "":
			return "name:" + e[3]
		case e[0] == "REF" && e[2] == "123456789":
			return "tax:" + e[2]
		}
	}
	return "none"
}

// splitAny splits at whatever stands behind the identifier.
func splitAny(line string) []string {
	k := strings.IndexAny(line, "*|\x1d")
	if k < 0 {
		return []string{line}
	}
	return strings.Split(line, line[k:k+1])
}

// checkClaims compares all claims, and all levels without any, with those of the input.
func checkClaims(t *testing.T, whole reading, m *memory) {
	t.Helper()
	got := read(t, m.all(), true)
	require.Equal(t, whole.texts(), got.texts())
	require.True(t, whole.charge.Equal(got.charge))
	require.Equal(t, sorted(whole.empty), sorted(got.empty), "levels without claims")
}

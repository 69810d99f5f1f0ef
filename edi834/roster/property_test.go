package roster

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi834/synth"
)

// population returns the members of a synthetic full file, with texts of their own, and its head.
func population(t testing.TB, n int64, seed uint64) (*Head, []*Member) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Action: synth.Replace, Members: n, Seed: seed})
	require.NoError(t, err)
	return read(t, &b)
}

func read(t testing.TB, r io.Reader) (head *Head, list []*Member) {
	src := NewReader(r)
	for {
		h, m, err := src.Next()
		if err == io.EOF {
			return head, list
		}
		require.NoError(t, err)
		if h != nil {
			head = h
			continue
		}
		c := m.clone()
		for f := range c.v {
			c.v[f] = strings.Clone(c.v[f])
		}
		for i := range c.Coverages {
			for f := range c.Coverages[i].v {
				c.Coverages[i].v[f] = strings.Clone(c.Coverages[i].v[f])
			}
		}
		c.Operation, c.Reason, c.Effective, c.Prior = "030", "XN", "", Prior{}
		list = append(list, c)
	}
}

// export writes members as a full file.
func export(t testing.TB, h *Head, list []*Member, day string) []byte {
	var b bytes.Buffer
	when, err := time.Parse("2006-01-02", day)
	require.NoError(t, err)
	e, err := NewExporter(&b, ExportConfig{Sender: "EXAMPLECORP", Receiver: "ACMEHEALTH", Time: when})
	require.NoError(t, err)
	for _, m := range list {
		prior := m.Prior
		n := m.clone()
		n.Operation, n.Reason = "030", "XN"
		for i := range n.Coverages {
			n.Coverages[i].Operation = "030"
		}
		n.Prior = prior
		require.NoError(t, e.write(h, n))
	}
	require.NoError(t, e.Close())
	return b.Bytes()
}

// editor makes random edits of which it knows what changes they are.
type editor struct {
	r    *rand.Rand
	want []string
}

func (e *editor) expect(m *Member, k Kind, line, field string) {
	e.want = append(e.want, fmt.Sprintf("%s %s %s %s %s %s", k, m.v[SubscriberID], m.v[First], m.v[BirthDate], line, field))
}

func (e *editor) open(m *Member) *Coverage {
	var list []*Coverage
	for i := range m.Coverages {
		c := &m.Coverages[i]
		same := 0
		for k := range m.Coverages {
			if m.Coverages[k].v[Line] == c.v[Line] {
				same++
			}
		}
		if c.v[End] == "" && same == 1 && c.v[Begin] <= "20260101" {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[e.r.IntN(len(list))]
}

// edit changes a member, or returns nil for one who goes. Only what is expected is different.
func (e *editor) edit(old *Member, day string) *Member {
	m := old.clone()
	c := e.open(m)
	kind := e.r.IntN(14)
	if c == nil && kind >= 6 && kind <= 11 {
		return m
	}
	switch kind {
	case 0:
		if m.until() >= day {
			e.expect(m, Missing, "", "")
		}
		return nil
	case 1:
		m.v[Address1] = fmt.Sprintf("%d ELM ST", 1+e.r.IntN(900))
		e.expect(m, Demographic, "", "address_1")
		if m.v[City] == "" {
			m.v[City], m.v[StateCode], m.v[PostalCode] = "ALBANY", "NY", "12207"
			for _, f := range []string{"city", "state", "postal_code"} {
				e.expect(m, Demographic, "", f)
			}
		}
	case 2:
		if m.v[Relationship] == "19" {
			m.v[Relationship] = "17"
			e.expect(m, Related, "", "relationship")
		}
	case 3:
		if m.v[MemberID] != "" {
			m.v[MemberID] = fmt.Sprintf("98%07d", e.r.IntN(10_000_000))
			e.expect(m, IDChange, "", "member_id")
		}
	case 4:
		m.Prior = Prior{Last: m.v[Last], First: m.v[First], BirthDate: m.v[BirthDate]}
		m.v[Last] += "X"
		m.v[First] += "X"
		e.expect(m, Demographic, "", "last")
		e.expect(m, Demographic, "", "first")
	case 5:
		m.v[Gender] = map[string]string{"F": "U", "M": "U", "U": "F", "": "F"}[m.v[Gender]]
		e.expect(m, Demographic, "", "gender")
	case 6:
		c.v[Premium] = fmt.Sprintf("%d.25", 10_000+e.r.IntN(900))
		e.expect(m, AmountChange, c.v[Line], "premium")
	case 7:
		if c.v[Tier] != "SPC" {
			c.v[Tier] = "SPC"
			e.expect(m, TierChange, c.v[Line], "tier")
		}
	case 8:
		c.v[End] = day
		e.expect(m, Terminate, c.v[Line], "end")
	case 9:
		c.v[Plan] = fmt.Sprintf("NEW PLAN %d", e.r.IntN(100))
		c.v[Begin] = day
		e.expect(m, PlanChange, c.v[Line], "plan")
	case 10:
		c.v[Policy] = fmt.Sprintf("PX%d", e.r.IntN(1_000_000))
		e.expect(m, CoverageChange, c.v[Line], "policy")
	case 11:
		c.v[Begin] = "20200101"
		e.expect(m, DateChange, c.v[Line], "begin")
	case 12:
		for i := range m.Coverages {
			if m.Coverages[i].v[Line] == "LTC" {
				return m
			}
		}
		n := Coverage{}
		n.v[Line], n.v[Plan], n.v[Begin] = "LTC", "LATER", day
		m.Coverages = append(m.Coverages, n)
		e.expect(m, Enroll, "LTC", "")
	}
	return m
}

// changesOf lists the changes of a run in the form of the editor. Values of edited names are those after.
func changesOf(t testing.TB, got *[]string) func(*Delta) error {
	return func(d *Delta) error {
		m := d.Member()
		for i := range d.Changes {
			r := row{0, d, &d.Changes[i]}
			*got = append(*got, fmt.Sprintf("%s %s %s %s %s %s", r.c.Kind, m.v[SubscriberID], m.v[First], m.v[BirthDate], r.coverage(Line), r.c.Field))
		}
		return nil
	}
}

// TestKnownEdits makes pairs of files that differ by known edits, and finds those and no others; then it writes the changes as
// a change file, and what that makes of the first file is the second.
func TestKnownEdits(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	for round := range uint64(12) {
		testEdits(t, seed+round)
	}
}

func testEdits(t *testing.T, seed uint64) {
	t.Logf("seed %d", seed)
	e := editor{r: rand.New(rand.NewPCG(seed, 1))}
	h, list := population(t, 40+int64(e.r.IntN(200)), seed)
	h.MasterPolicy = ""
	const day = "20260201"
	var edited []*Member
	for _, m := range list {
		if e.r.IntN(3) == 0 {
			if m = e.edit(m, day); m == nil {
				continue
			}
		}
		edited = append(edited, m)
	}
	_, others := population(t, 5, seed+1_000_000)
	for i, m := range others {
		m.v[SubscriberID] = "ADDED"
		m.v[First] = fmt.Sprintf("%s%d", m.v[First], i)
		edited = append(edited, m)
		for k := range m.Coverages {
			e.expect(m, Enroll, m.Coverages[k].v[Line], "")
		}
		if len(m.Coverages) == 0 {
			e.expect(m, Enroll, "", "")
		}
	}
	old, new := export(t, h, list, "2026-01-01"), export(t, h, edited, "2026-02-01")

	var got []string
	o := Options{MaxEnded: -1, TempDir: t.TempDir()}
	var change bytes.Buffer
	x, err := NewExporter(&change, ExportConfig{Sender: "EXAMPLECORP", Receiver: "ACMEHEALTH", Time: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Action: "2"})
	require.NoError(t, err)
	note := changesOf(t, &got)
	_, err = Diff(sourceOf(t, string(old)), sourceOf(t, string(new)), o, func(d *Delta) error {
		require.NoError(t, x.Delta(d))
		return note(d)
	})
	require.NoError(t, err)
	require.NoError(t, x.Close())
	slices.Sort(got)
	slices.Sort(e.want)
	require.Equal(t, e.want, got, "seed %d", seed)

	state, err := NewState(o)
	require.NoError(t, err)
	defer state.Close()
	require.NoError(t, state.Load(sourceOf(t, string(old))))
	_, err = state.Apply(sourceOf(t, change.String()), func(d *Delta) error {
		for i := range d.Changes {
			require.NotContains(t, []Kind{Error, Warning}, d.Changes[i].Kind, "seed %d: %s", seed, d.Changes[i].Note)
		}
		return nil
	})
	require.NoError(t, err)
	var rest []string
	_, err = state.Apply(sourceOf(t, string(new)), changesOf(t, &rest))
	require.NoError(t, err)
	missing := slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "missing") })
	slices.Sort(rest)
	require.True(t, slices.Equal(missing, rest), "seed %d: %q, want %q", seed, rest, missing)
}

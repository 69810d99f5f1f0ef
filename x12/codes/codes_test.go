package codes

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryListParses(t *testing.T) {
	s := newSnapshot()
	names := s.Lists()
	assert.IsIncreasing(t, names)
	for _, name := range names {
		data, err := files.ReadFile("data/" + name + ".tsv")
		require.NoError(t, err)
		tab, err := parse(name+".tsv", name, string(data), maxRows) // fails on a code that stands twice
		require.NoError(t, err)
		// Counted another way, so that no line is lost silently.
		assert.Len(t, tab.rows, strings.Count(strings.TrimSuffix(string(data), "\n"), "\n"), name)
		for c := range s.All(name) {
			probe := strings.ReplaceAll(c.Code, "X", "7")
			if name != "revenue" {
				probe = c.Code
			}
			got, ok := s.Lookup(name, probe)
			assert.True(t, ok, "%s %s", name, c.Code)
			assert.Equal(t, c, got, name)
			assert.LessOrEqual(t, len(strings.Fields(c.Description)), 12, "%s %s", name, c.Code)
		}
	}
}

// The table of data/README.md has to name every list and count its codes.
func TestReadmeNamesEveryList(t *testing.T) {
	data, err := os.ReadFile("data/README.md")
	require.NoError(t, err)
	counts := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(line, "|"); len(cells) == 8 {
			counts[strings.TrimSpace(cells[1])] = strings.TrimSpace(cells[4])
		}
	}
	delete(counts, "list")
	delete(counts, "---")
	want := map[string]string{}
	for _, name := range Lists() {
		n := 0
		for range Default().All(name) {
			n++
		}
		want[name] = strconv.Itoa(n)
	}
	assert.Equal(t, want, counts)
}

func TestLookup(t *testing.T) {
	for _, tc := range []struct{ list, code, want, description string }{
		{"carc", "1", "1", "Deductible"},
		{"carc", "45", "45", "Above fee schedule, allowed or contracted amount"},
		{"adj_group", "PR", "PR", "Patient owes this amount"},
		{"claim_status_clp", "22", "22", "Takes back an earlier payment"},
		{"rarc", "M1", "M1", "X-ray not within 12 months or near treatment start"},
		{"plb_reason", "WO", "WO", "Overpayment taken back"},
		{"pos", "11", "11", "Office"},
		{"state", "TX", "TX", "Texas"},
		{"entity", "1X", "1X", "Laboratory"}, // X is a letter here
		{"currency", "USD", "USD", ""},       // known by code only
		{"revenue", "0001", "0001", "Total charge"},
		{"revenue", "1", "0001", "Total charge"},
		{"revenue", "0450", "045X", "Emergency room"},
		{"revenue", "450", "045X", "Emergency room"},
		{"revenue", "10", "001X", "Health care services under payer contract"},
		{"revenue", "2101", "210X", "Alternative therapy"},
	} {
		c, ok := Lookup(tc.list, tc.code)
		assert.True(t, ok, "%s %s", tc.list, tc.code)
		assert.Equal(t, tc.want, c.Code, "%s %s", tc.list, tc.code)
		assert.Equal(t, tc.description, c.Description, "%s %s", tc.list, tc.code)
		assert.Equal(t, tc.description, Describe(tc.list, tc.code))
	}
	for _, tc := range []struct{ list, code string }{
		{"", ""}, {"carc", ""}, {"carc", "code"}, {"carc", "01"}, {"carc", "pr"}, {"CARC", "1"}, {"../carc", "1"},
		{"pos", "1"}, {"entity", "11X"}, {"hcpcs", "99213"},
		{"revenue", ""}, {"revenue", "045X"}, {"revenue", "045x"}, {"revenue", "00450"}, {"revenue", "X"}, {"revenue", "0X50"},
		{"revenue", "9999"}, {"revenue", "-450"}, {"revenue", " 450"}, {"revenue", "٤٥"}, {"revenue", "0002"},
	} {
		c, ok := Lookup(tc.list, tc.code)
		assert.False(t, ok, "%s %s", tc.list, tc.code)
		assert.Zero(t, c)
		assert.Empty(t, Describe(tc.list, tc.code))
		_, status := LookupOn(tc.list, tc.code, 20240101)
		assert.Equal(t, Unknown, status)
	}
}

func TestLookupOn(t *testing.T) {
	for _, tc := range []struct {
		list, code string
		day        int
		want       Status
	}{
		{"carc", "1", 20240101, Active}, // no dates
		{"pos", "10", 20211231, NotYet},
		{"pos", "10", 20220101, Active},
		{"pos", "10", 0, Active},
		{"carc", "17", 19941231, NotYet},
		{"carc", "17", 19950101, Active},
		{"carc", "17", 20090701, Active}, // the stop day itself
		{"carc", "17", 20090702, Ended},
		{"carc", "17", 0, Active},
		{"adj_group", "CR", 20240101, Ended},
		{"adj_group", "XX", 20240101, Unknown},
		{"carc", "17", -1, NotYet},
	} {
		c, got := LookupOn(tc.list, tc.code, tc.day)
		assert.Equal(t, tc.want, got, "%s %s on %d", tc.list, tc.code, tc.day)
		assert.Equal(t, tc.want != Unknown, c.Code == tc.code)
	}
	c, _ := LookupOn("carc", "17", 20240101)
	assert.Equal(t, "1995-01-01", c.Start)
	assert.Equal(t, "2009-07-01", c.Stop)
}

func TestStatusString(t *testing.T) {
	var got []string
	for s := Unknown; s <= Ended+1; s++ {
		got = append(got, s.String())
	}
	assert.Equal(t, []string{"unknown", "active", "not yet", "ended", "Status(4)"}, got)
}

func TestListsAreReadOnFirstUse(t *testing.T) {
	s := newSnapshot()
	require.NotNil(t, s.lists["carc"])
	read := func() (names []string) {
		for name, l := range s.lists {
			if l.table != nil {
				names = append(names, name)
			}
		}
		return names
	}
	assert.Empty(t, read())
	assert.True(t, s.Has("rarc"))
	s.Lookup("rarc", "N1")
	assert.Equal(t, []string{"rarc"}, read())
}

func TestZeroSet(t *testing.T) {
	var s Set
	_, ok := s.Lookup("carc", "1")
	assert.False(t, ok)
	assert.False(t, s.Has("carc"))
	assert.Empty(t, s.Lists())
	for range s.All("carc") {
		t.Error("the zero Set has a code")
	}
}

func TestListsBelongToTheCaller(t *testing.T) {
	Lists()[0] = "changed"
	assert.NotContains(t, Lists(), "changed")
}

func TestAllStopsEarly(t *testing.T) {
	n := 0
	for range Default().All("carc") {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n)
}

func TestConcurrentFirstUse(t *testing.T) {
	s := newSnapshot()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, name := range s.Lists() {
				for c := range s.All(name) {
					if name == "revenue" {
						continue
					}
					if _, ok := s.Lookup(name, c.Code); !ok {
						t.Errorf("%s %s not found", name, c.Code)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestLookupDoesNotAllocate(t *testing.T) {
	for name, f := range map[string]func(){
		"Lookup":   func() { Lookup("carc", "45") },
		"unknown":  func() { Lookup("carc", "none") },
		"range":    func() { Lookup("revenue", "450") },
		"no range": func() { Lookup("revenue", "9999") },
		"LookupOn": func() { LookupOn("pos", "10", 20240101) },
		"Describe": func() { Describe("rarc", "N1") },
	} {
		assert.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

func TestOnlyListsAreEmbedded(t *testing.T) {
	entries, err := fs.ReadDir(files, "data")
	require.NoError(t, err)
	for _, e := range entries {
		assert.True(t, validName(strings.TrimSuffix(e.Name(), extension)), e.Name())
	}
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("carc", "45")
	}
}

func BenchmarkLookupOn(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		LookupOn("pos", "10", 20240101)
	}
}

func BenchmarkLookupRange(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("revenue", "450")
	}
}

// The price the first user pays: naming the lists and reading the largest.
func BenchmarkFirstLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newSnapshot().Lookup("rarc", "N1")
	}
}

package codes

import (
	"embed"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var files embed.FS

// snapshot remembers the built-in set once somebody asked for it. It only ever goes from empty to the one value that
// follows from files, so it is a memo and no state a caller could notice.
var snapshot struct {
	once sync.Once
	set  *Set
}

const extension = ".tsv"

// Set is an immutable collection of lists. The zero Set has none.
type Set struct {
	lists map[string]*list
}

// list is one list, read on first use. Sets share the lists they have in common.
type list struct {
	name  string
	once  sync.Once
	table *table // written inside once, or before the list is shared

	loaded bool // from a file of the caller
	ready  sync.Once
	quick  *List // written inside ready
}

// Default returns the built-in snapshot.
func Default() *Set {
	snapshot.once.Do(func() { snapshot.set = newSnapshot() })
	return snapshot.set
}

// newSnapshot names the built-in lists and reads none of them.
func newSnapshot() *Set {
	entries, err := fs.ReadDir(files, "data")
	if err != nil {
		panic("codes: embedded data: " + err.Error())
	}
	s := &Set{lists: make(map[string]*list, len(entries))}
	all := make([]list, len(entries))
	for i, e := range entries {
		all[i].name = strings.TrimSuffix(e.Name(), extension)
		s.lists[all[i].name] = &all[i]
	}
	return s
}

// get returns the table, reading it when this is the first use.
func (l *list) get() *table {
	l.once.Do(l.read)
	return l.table
}

// read fills the table of a built-in list. A fault there is ours: a test reads them all.
func (l *list) read() {
	if l.table != nil { // loaded from a file of the caller
		return
	}
	file := l.name + extension
	data, err := files.ReadFile("data/" + file)
	if err != nil {
		panic("codes: embedded data: " + err.Error())
	}
	l.table, err = parse(file, l.name, string(data), maxRows)
	if err != nil {
		panic("codes: embedded data: " + err.Error())
	}
}

// find returns the row of a code, or nil.
func (s *Set) find(name, code string) *row {
	l := s.lists[name]
	if l == nil {
		return nil
	}
	return l.get().find(code)
}

// Has reports whether the set has the list. A code of a list the set does not have cannot be judged.
func (s *Set) Has(list string) bool { return s.lists[list] != nil }

// Lists returns the names of the lists, sorted. The slice is the caller's.
func (s *Set) Lists() []string { return slices.Sorted(maps.Keys(s.lists)) }

// Lookup finds a code in a list, whatever its dates. Codes are compared byte for byte, with one exception: in the list
// "revenue" leading zeros may be missing ("450" is "0450"), and a code is found by its range when it has no entry of
// its own; the Code returned is then that of the range, "045X".
func (s *Set) Lookup(list, code string) (Code, bool) {
	r := s.find(list, code)
	if r == nil {
		return Code{}, false
	}
	return r.Code, true
}

// LookupOn finds a code as [Set.Lookup] does and tells its standing on a day given as a number, 20240131 for 31 January
// 2024. Start and stop day both count as Active. The day 0 asks for no particular day: every code known is then Active.
func (s *Set) LookupOn(list, code string, yyyymmdd int) (Code, Status) {
	r := s.find(list, code)
	switch {
	case r == nil:
		return Code{}, Unknown
	case yyyymmdd == 0:
		return r.Code, Active
	case r.start != 0 && yyyymmdd < int(r.start):
		return r.Code, NotYet
	case r.stop != 0 && yyyymmdd > int(r.stop):
		return r.Code, Ended
	}
	return r.Code, Active
}

// Describe returns the meaning of a code, or "" when the list, the code or its meaning is not known.
func (s *Set) Describe(list, code string) string {
	r := s.find(list, code)
	if r == nil {
		return ""
	}
	return r.Description
}

// All yields the codes of a list in the order of its file, and nothing for a list the set does not have.
func (s *Set) All(list string) iter.Seq[Code] {
	return func(yield func(Code) bool) {
		l := s.lists[list]
		if l == nil {
			return
		}
		for i := range l.get().rows {
			if !yield(l.table.rows[i].Code) {
				return
			}
		}
	}
}

package codes

// List is one list of a [Set] made ready for many lookups: without allocation, without locks.
type List struct {
	name    string
	slots   []slot          // open addressing by packed code; the length is a power of two
	shift   uint8           // takes a hash to an index of slots
	long    map[string]Span // codes that cannot be packed
	numbers []uint16        // of a list of ranges: by number, 1 + index of spans, 0 = no code
	spans   []Span
	dated   bool
}

// Span is when a code may be used: its first and its last day as numbers, 20240131, 0 for none.
type Span struct{ Start, Stop int32 }

// slot is a code with its dates; the key 0 is none.
type slot struct {
	key uint64
	Span
}

// List returns a list for many lookups, nil when the set does not have it. The first call for a list builds it.
func (s *Set) List(name string) *List {
	l := s.lists[name]
	if l == nil {
		return nil
	}
	l.ready.Do(func() { l.quick = newList(name, l.get()) })
	return l.quick
}

// BuiltIn reports whether a list is that of the snapshot rather than one of the caller's files; false when the set does not have it.
func (s *Set) BuiltIn(name string) bool {
	l := s.lists[name]
	return l != nil && !l.loaded
}

func newList(name string, t *table) *List {
	q := &List{name: name}
	for i := range t.rows {
		q.dated = q.dated || t.rows[i].start != 0 || t.rows[i].stop != 0
	}
	if t.ranges {
		q.numbers = make([]uint16, 10_000)
		for i := range t.rows {
			q.spans = append(q.spans, Span{t.rows[i].start, t.rows[i].stop})
		}
		for n := range q.numbers {
			q.numbers[n] = uint16(1 + t.row(digits(n)))
		}
		return q
	}
	q.shift = 60
	for 1<<(64-q.shift) < 2*len(t.rows) {
		q.shift--
	}
	q.slots = make([]slot, 1<<(64-q.shift))
	for i := range t.rows {
		r := &t.rows[i]
		span := Span{r.start, r.stop}
		key := pack([]byte(r.Code.Code))
		if key == 0 {
			if q.long == nil {
				q.long = map[string]Span{}
			}
			q.long[r.Code.Code] = span
			continue
		}
		k := q.home(key)
		for q.slots[k].key != 0 {
			k = (k + 1) & (len(q.slots) - 1)
		}
		q.slots[k] = slot{key, span}
	}
	return q
}

func (l *List) home(key uint64) int { return int(key * 0x9E3779B97F4A7C15 >> l.shift) }

// Name returns the name of the list.
func (l *List) Name() string { return l.name }

// Dated reports whether any of its codes has a start or a stop.
func (l *List) Dated() bool { return l.dated }

// Find returns when a code may be used; ok is false when the list does not have it. Codes are found as [Set.Lookup] does.
func (l *List) Find(code []byte) (s Span, ok bool) {
	if l.numbers != nil {
		n := 0
		for _, c := range code {
			if c-'0' > 9 {
				return s, false
			}
			n = 10*n + int(c-'0')
		}
		if len(code) == 0 || len(code) > 4 || l.numbers[n] == 0 {
			return s, false
		}
		return l.spans[l.numbers[n]-1], true
	}
	key := pack(code)
	if key == 0 {
		s, ok = l.long[string(code)]
		return s, ok
	}
	for k := l.home(key); ; k = (k + 1) & (len(l.slots) - 1) {
		switch l.slots[k].key {
		case key:
			return l.slots[k].Span, true
		case 0:
			return s, false
		}
	}
}

// On returns the standing a code has that may be used then, on all days from one to another, 20240131. It is Active when any of them lies in the
// span.
func (s Span) On(from, to int) Status {
	switch {
	case s.Start != 0 && to < int(s.Start):
		return NotYet
	case s.Stop != 0 && from > int(s.Stop):
		return Ended
	}
	return Active
}

// pack makes a number of a code: of up to eight ASCII bytes as they are, of up to 15 digits four bits each. It is 0 for others, and
// no two codes have the same.
func pack(code []byte) (key uint64) {
	if len(code) <= 8 {
		for _, c := range code {
			key = key<<8 | uint64(c)
		}
		if key&0x8080808080808080 != 0 || len(code) > 0 && code[0] == 0 {
			return 0
		}
		return key
	}
	if len(code) > 14 {
		return 0
	}
	key = 8 | uint64(len(code)&7) // the high bit tells it from text
	for _, c := range code {
		if c-'0' > 9 {
			return 0
		}
		key = key<<4 | uint64(c-'0')
	}
	return key << (4 * (15 - len(code)))
}

// digits writes a number with four digits.
func digits(n int) string {
	return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

package roster

// index finds entries by the hash of a key. It keeps 32 bits of the hash beside the place, so that two keys of millions are
// taken for one now and then; who asks compares the keys themselves.
//
// A slot is eight bytes and at most three quarters of them are in use.
type index struct {
	slots []slot
	used  int
}

type slot struct {
	tag   uint32
	entry uint32 // number + 1; 0 = free
}

const (
	indexStart = 1 << 10
	mostShared = 16
)

func tagOf(h uint64) uint32 { return uint32(h >> 32) }

// add adds an entry, beside others with the same hash.
func (x *index) add(h uint64, entry uint32) {
	if 4*(x.used+1) > 3*len(x.slots) {
		x.grow()
	}
	if x.put(h, entry) {
		x.used++
	}
}

// put fills a free slot. A key that mostShared entries have already is no key: it is not kept, lest chains grow long.
func (x *index) put(h uint64, entry uint32) bool {
	mask := uint64(len(x.slots) - 1)
	tag, same := tagOf(h), 0
	for i := position(tag) & mask; ; i = (i + 1) & mask {
		if x.slots[i].entry == 0 {
			x.slots[i] = slot{tag, entry + 1}
			return true
		}
		if x.slots[i].tag == tag {
			if same++; same == mostShared {
				return false
			}
		}
	}
}

// position spreads tags over the table, which knows no more of a hash when it grows.
func position(tag uint32) uint64 { return uint64(tag) * 0x9E3779B97F4A7C15 >> 24 }

func (x *index) grow() {
	old := x.slots
	x.slots = make([]slot, max(indexStart, 2*len(old)))
	for _, s := range old {
		if s.entry != 0 {
			x.put(uint64(s.tag)<<32, s.entry-1)
		}
	}
}

// find calls f with the entries of a hash until it returns false.
func (x *index) find(h uint64, f func(entry uint32) bool) {
	if len(x.slots) == 0 {
		return
	}
	mask := uint64(len(x.slots) - 1)
	tag := tagOf(h)
	for i := position(tag) & mask; x.slots[i].entry != 0; i = (i + 1) & mask {
		if x.slots[i].tag == tag && !f(x.slots[i].entry-1) {
			return
		}
	}
}

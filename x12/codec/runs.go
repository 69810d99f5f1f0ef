package codec

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// moves is the scratch of diffOrder.
type moves struct {
	head []int32 // by slot: the next of its segments in the encoder that was not matched, plus 1; 0 = none
	next []int32 // by segment of the encoder: the next of the same slot, plus 1
	use  []int32 // by segment of the encoder: which use of its slot it is
	at   []int32 // segments of the encoder in the order of arrival
	trim []byte
	text []byte
}

// diffOrder is Diff for the case that all that came has its field and only the order may be another: where a guide gives
// several places one position, senders have orders of their own. ok is false when there is more to it.
func diffOrder(t *Tape, e *Encoder, before map[guide.SlotID]int) (x *Extras, ok bool) {
	if before != nil || t.Scope.Trailer || e.clash() || t.Delims != e.d {
		return nil, false
	}
	m := &e.moves
	m.index(e)
	var seg x12.Segment
	for i := range t.Segs {
		g := &t.Segs[i]
		if g.Slot == 0 || g.Flag&(guide.Virtual|guide.Over) != 0 {
			return nil, false
		}
		if id := t.Table.Slots[g.Slot].ID; id == idST || id == idSE {
			if id == idST && lacksReference(t, i) {
				return nil, false
			}
			continue
		}
		at := m.head[g.Slot] - 1
		if at < 0 {
			return nil, false
		}
		m.head[g.Slot] = m.next[at]
		t.Segment(i, &seg)
		came, made := seg.Bytes(), e.body(int(at))
		if !bytes.Equal(came, made) {
			m.trim = trim(m.trim[:0], came, t.Delims)
			if !bytes.Equal(m.trim, made) {
				return nil, false
			}
		}
		m.at = append(m.at, at)
	}
	if len(m.at) != len(e.marks) {
		return nil, false
	}
	return runsOf(m.at, func(list []int32) string { return m.run(e, list) }), true
}

// runsOf returns the extras for segments that come in another order than the guide's: at names them by their places there, in
// the order of arrival.
func runsOf(at []int32, run func([]int32) string) (x *Extras) {
	start, most := 0, int32(-1)
	for i, k := range at {
		if most = max(most, k); int(most) == i { // what came so far is the front of what was made
			if i > start {
				if x == nil {
					x = &Extras{}
				}
				x.Runs = append(x.Runs, run(at[start:i+1]))
			}
			start = i + 1
		}
	}
	return x
}

// index prepares the matching of segments by slot and use.
func (m *moves) index(e *Encoder) {
	n := len(e.table.Slots)
	if cap(m.head) < n {
		m.head = make([]int32, n)
	}
	m.head = m.head[:n]
	clear(m.head)
	m.next = slices.Grow(m.next[:0], len(e.marks))[:len(e.marks)]
	m.use = slices.Grow(m.use[:0], len(e.marks))[:len(e.marks)]
	for i, k := range e.marks {
		m.head[k.slot]++
		m.use[i] = m.head[k.slot]
	}
	clear(m.head)
	for i := len(e.marks) - 1; i >= 0; i-- {
		s := e.marks[i].slot
		m.next[i] = m.head[s]
		m.head[s] = int32(i) + 1
	}
	m.at = m.at[:0]
}

// run names segments that follow one another in the guide, in the order they came in: "2300/REF[F8] 1 2300/REF[G1] 1".
func (m *moves) run(e *Encoder, list []int32) string {
	m.text = m.text[:0]
	for _, at := range list {
		m.text = appendUse(m.text, e.table, e.marks[at].slot, m.use[at])
	}
	return string(m.text)
}

// appendUse appends the name of a use of a slot to a run.
func appendUse(b []byte, t *guide.Table, slot guide.SlotID, use int32) []byte {
	if len(b) > 0 {
		b = append(b, ' ')
	}
	b = append(b, t.Slots[slot].Name...)
	b = append(b, ' ')
	return strconv.AppendInt(b, int64(use), 10)
}

// arrange returns the segments of the encoder in the order that Runs give them. What a run names and is not there any more is
// passed over; what stands between its segments but was not there when it was made stays where it is.
func (x *Extras) arrange(e *Encoder, made map[use]int) []int {
	order := make([]int, len(e.marks))
	for i := range order {
		order[i] = i
	}
	named := make([]bool, len(e.marks)) // each in one run only, whoever wrote them
	for _, run := range x.Runs {
		var list []int
		words := strings.Fields(run)
		for i := 0; i+1 < len(words); i += 2 {
			n, err := strconv.Atoi(words[i+1])
			if err != nil {
				continue
			}
			if at, ok := made[use{e.table.Slot(words[i]), n}]; ok && !named[at] {
				named[at] = true
				list = append(list, at)
			}
		}
		places := slices.Clone(list)
		slices.Sort(places)
		for i, at := range list {
			order[places[i]] = at
		}
	}
	return order
}

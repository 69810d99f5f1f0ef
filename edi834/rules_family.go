package edi834

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// families finds dependents of a full file that do not follow their subscriber. A change file may have a dependent alone.
//
// Memory is bounded: numbers are kept as hashes, many of them as bits of a filter that knows every number it was given and few
// others, and only so many findings wait for the end of the set.
type families struct {
	*familyPlaces
	seen    numbers
	last    uint64 // number of the subscriber before
	told    uint64 // number of the dependent before, where that was reported
	waiting []orphan
}

// orphan is a dependent whose subscriber was not in front of it.
type orphan struct {
	number uint64
	issue  *x12.Issue
}

// mostOrphans is how many findings of a set are kept.
const mostOrphans = 10_000

type familyPlaces struct{ ins, number, action *validate.Place }

func foldFamilies(b *validate.Binder) func() validate.Gatherer {
	member := unitBinder(b)
	p := &familyPlaces{ins: member.Place("INS.01"), number: member.Place("REF[0F].02"), action: member.Place("/BGN.08")}
	return func() validate.Gatherer { return &families{familyPlaces: p} }
}

// Unit takes a member.
func (f *families) Unit(s *validate.Scope) {
	if action := string(s.First(f.action).Bytes()); action != "4" && action != "RX" {
		return
	}
	number := s.First(f.number)
	if len(number.Bytes()) == 0 {
		return
	}
	n := hash(number.Bytes())
	told := f.told
	f.told = 0
	switch string(s.First(f.ins).Bytes()) {
	case "Y":
		f.last = n
		f.seen.add(n)
	case "N":
		if n == f.last || f.seen.has(n) {
			break
		}
		f.told = n
		if n != told && len(f.waiting) < mostOrphans {
			f.waiting = append(f.waiting, orphan{n, s.Later(number, "expected its subscriber in front of it")})
		}
	}
}

// Join adds a later part of the set.
func (f *families) Join(other validate.Gatherer) {
	g := other.(*families)
	for _, o := range g.waiting {
		if o.number == f.told || f.seen.has(o.number) || len(f.waiting) == mostOrphans {
			continue
		}
		f.waiting = append(f.waiting, o)
	}
	f.seen.join(&g.seen)
	f.told = g.told
}

// Close reports.
func (f *families) Close(s *validate.Scope) {
	for _, o := range f.waiting {
		if o.issue == nil {
			continue
		}
		if f.seen.has(o.number) {
			o.issue.Message += ": it stands behind it"
		} else {
			o.issue.Message += ": the set has no subscriber of that number"
		}
		s.Send(o.issue)
	}
}

// hash is FNV-1a of 64 bits.
func hash(v []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range v {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// numbers is a set of hashes: exact up to mostExact of them, beyond that a filter that may take one for known that is not.
type numbers struct {
	exact map[uint64]struct{}
	bits  []uint64
}

const (
	mostExact  = 1 << 16
	filterBits = 1 << 23
)

func (n *numbers) add(h uint64) {
	if n.bits == nil {
		if n.exact == nil {
			n.exact = make(map[uint64]struct{})
		}
		n.exact[h] = struct{}{}
		if len(n.exact) <= mostExact {
			return
		}
		n.widen()
		return
	}
	for k := range uint64(4) {
		at := place(h, k)
		n.bits[at/64] |= 1 << (at % 64)
	}
}

// widen turns the exact set into a filter.
func (n *numbers) widen() {
	n.bits = make([]uint64, filterBits/64)
	for h := range n.exact {
		n.add(h)
	}
	n.exact = nil
}

func (n *numbers) has(h uint64) bool {
	if n.bits == nil {
		_, ok := n.exact[h]
		return ok
	}
	for k := range uint64(4) {
		if at := place(h, k); n.bits[at/64]&(1<<(at%64)) == 0 {
			return false
		}
	}
	return true
}

func (n *numbers) join(m *numbers) {
	if m.bits != nil {
		if n.bits == nil {
			n.widen()
		}
		for i := range m.bits {
			n.bits[i] |= m.bits[i]
		}
		return
	}
	for h := range m.exact {
		n.add(h)
	}
}

// place is the k-th bit of a hash in the filter.
func place(h, k uint64) uint64 { return (h + k*(h>>32|1)) % filterBits }

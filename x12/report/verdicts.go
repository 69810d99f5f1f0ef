package report

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"os"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/edit"
	"github.com/x12-go/edi/x12/guide"
)

// Verdicts remember what of a stream has errors, for [edit.Sift] to read once the stream is at its end:
//
//   - a claim (837), a member (834), a subscriber with its dependents (270, 271) that has one;
//   - a level around them that has one, with all that stands below it: its segments are repeated with each claim;
//   - a set whose header or trailer has one, which has one of a unit that is not open any more when it is found, or whose levels cannot
//     be followed; and any other set with one somewhere: an 835 is a payment, and a share of a payment is none;
//   - the sets of a group or an interchange whose header has one. Trailers are made anew and count for nothing.
//
// A dependent of an 834 goes with the subscriber in front of it: they are bad or good together.
//
// Memory is constant; what is remembered waits in files that are gone with Close.
type Verdicts struct {
	strict  bool
	lists   []*spool // by depth of the open scopes, the sets first: stretches of offsets
	members spool    // of 834 sets: their offset and the counts
	end     int64    // of the tape of the step before
	lost    bool     // levels or units of the open set stand where they cannot be followed
	inter   bool     // the header of the interchange is bad
	group   bool
	family  family
	good    edit.Members // of the open set
	bad     edit.Members
	err     error
}

// family is a subscriber with the dependents behind it.
type family struct {
	open       bool
	from       int64
	bad        bool
	subscriber uint64
	n          edit.Members
}

// seed is for hashes of numbers of subscribers within one process.
var seed = maphash.MakeSeed()

// member tells a dependent from a subscriber, and whose it is.
func member(t *codec.Tape) (dependent bool, subscriber uint64) {
	if k := find(t, idINS, ""); k >= 0 {
		dependent = string(t.Elem(k, 1)) == "N"
	}
	if k := find(t, idREF, "0F"); k >= 0 {
		subscriber = maphash.Bytes(seed, t.Elem(k, 2))
	}
	return dependent, subscriber
}

// cut reports whether the units of a set may go apart.
func cut(set string) bool { return set == "837" || set == "834" || set == "270" || set == "271" }

// step takes note of a step, in front of the tracker.
func (v *Verdicts) step(s *codec.Step) {
	if s.Kind == codec.Control && len(s.Elem) > 0 {
		switch s.Elem[0] {
		case "ISA":
			v.inter, v.group = false, false
		case "GS":
			v.group = false
		}
	}
	if s.Tape == nil {
		return
	}
	if s.Kind == codec.Begin {
		v.lost = false
	}
	v.lost = v.lost || cut(s.Tape.Table.Set) && (ownCode(s.Tape) || s.Tape.Odd && astray(s.Tape))
}

// ownCode reports whether a level has a code that is none of the guide's: what is cut by codes alone would put it elsewhere.
func ownCode(t *codec.Tape) bool {
	if t.Scope.Loop == 0 || len(t.Segs) == 0 || t.Segs[0].Flag&guide.Virtual != 0 {
		return false
	}
	s := &t.Table.Slots[t.Segs[0].Slot]
	return s.ID == idHL && !slices.Contains(s.Keys, string(t.Elem(0, 3)))
}

// astray reports whether a level or unit begins inside a tape: it stands where it has no place, and what is cut by identifiers
// alone would follow it.
func astray(t *codec.Tape) bool {
	first := t.Scope.Loop > 0
	for k := range t.Segs {
		g := &t.Segs[k]
		if g.Flag&guide.Virtual != 0 {
			continue
		}
		id := t.Table.Slots[g.Slot].ID
		if g.Slot == 0 {
			var s x12.Segment
			t.Segment(k, &s)
			id = s.ID
		}
		starts := id == idHL && t.Table.Set != "834" || id == idCLM && t.Table.Set == "837" || id == idINS && t.Table.Set == "834"
		if starts && !first {
			return true
		}
		first = false
	}
	return false
}

// envelope takes a finding outside the sets.
func (v *Verdicts) envelope(i *x12.Issue) {
	if i.Severity < x12.Error && (!v.strict || i.Severity < x12.Warning) {
		return
	}
	switch i.Rule {
	case x12.RuleMissingSE, x12.RuleMissingGE, x12.RuleMissingIEA, x12.RuleStrayTrailer, x12.RuleJunk, x12.RuleTruncated:
		return // of what is made anew or left out
	}
	switch i.SegID {
	case "ISA":
		v.inter = true
	case "GS":
		v.group = true
	case "TA1":
	default:
		return
	}
	v.put(0, i.Offset, i.Offset)
}

// opened follows the families of an 834.
func (v *Verdicts) opened(c *scope) {
	if c.Kind == codec.Begin {
		v.good, v.bad, v.family = edit.Members{}, edit.Members{}, family{}
		return
	}
	if c.SetID != "834" || c.Kind != codec.Unit {
		return
	}
	if f := &v.family; !f.open || !c.Dependent || c.Subscriber != f.subscriber {
		v.endFamily()
		*f = family{open: true, from: c.Offset, subscriber: c.Subscriber}
	}
	n := &v.family.n
	n.Total++
	if c.Dependent {
		n.Dependents++
	} else {
		n.Subscribers++
	}
}

func (v *Verdicts) endFamily() {
	f := &v.family
	if !f.open {
		return
	}
	to := &v.good
	if f.bad {
		to = &v.bad
		v.put(1, f.from, v.end)
	}
	to.Total += f.n.Total
	to.Subscribers += f.n.Subscribers
	to.Dependents += f.n.Dependents
	f.open = false
}

// closed takes a scope that is over; chain are those around it.
func (v *Verdicts) closed(c *scope, chain []*scope, bad bool) {
	bad = bad || c.bad
	if c.Kind == codec.Begin {
		v.endSet(c, bad)
		return
	}
	up := chain[len(chain)-1]
	if bad && (c.virtual || !cut(c.SetID) || up.Kind == codec.Unit) {
		up.bad = true // it has no segment of its own to go by, or goes with what is around it
		return
	}
	switch {
	case c.SetID == "834" && c.Kind == codec.Unit:
		v.family.bad = v.family.bad || bad
	case bad:
		v.put(len(chain), c.Offset, v.end)
	}
}

// passed takes note of a step, behind the tracker.
func (v *Verdicts) passed(s *codec.Step) {
	if s.Tape != nil {
		v.end = s.Tape.End()
	}
}

func (v *Verdicts) endSet(c *scope, bad bool) {
	v.endFamily()
	if bad || v.lost || v.inter || v.group {
		v.put(0, c.Offset, c.Offset)
	} else if c.SetID == "834" {
		v.keep(v.members.put(c.Offset, v.good.Total, v.good.Subscribers, v.good.Dependents, v.bad.Total, v.bad.Subscribers, v.bad.Dependents))
	}
	v.lost = false
}

// put remembers that a stretch is bad.
func (v *Verdicts) put(depth int, from, to int64) {
	for len(v.lists) <= depth {
		v.lists = append(v.lists, &spool{})
	}
	v.keep(v.lists[depth].put(from, to))
}

func (v *Verdicts) keep(err error) {
	if v.err == nil {
		v.err = err
	}
}

// Rewind makes ready for reading: Bad and Members are asked in the order of the stream then.
func (v *Verdicts) Rewind() error {
	for _, l := range v.lists {
		v.keep(l.rewind())
	}
	v.keep(v.members.rewind())
	return v.err
}

// Bad is that of [edit.Judge].
func (v *Verdicts) Bad(offset int64) bool {
	bad := false
	for _, l := range v.lists {
		for l.more && l.at[1] < offset {
			v.keep(l.get(l.at[:2]))
		}
		bad = bad || l.more && l.at[0] <= offset
	}
	return bad
}

// Members is that of [edit.Judge].
func (v *Verdicts) Members(offset int64) (good, bad edit.Members) {
	m := &v.members
	for m.more && m.at[0] < offset {
		v.keep(m.get(m.at[:]))
	}
	n := &m.at
	return edit.Members{Total: n[1], Subscribers: n[2], Dependents: n[3]}, edit.Members{Total: n[4], Subscribers: n[5], Dependents: n[6]}
}

// Err returns the first failed write or read.
func (v *Verdicts) Err() error { return v.err }

// Close removes what was kept.
func (v *Verdicts) Close() {
	for _, l := range append(v.lists, &v.members) {
		l.close()
	}
}

// spool is a list of records in a file.
type spool struct {
	file *os.File
	w    *bufio.Writer
	r    *bufio.Reader
	at   [7]int64 // record last read
	more bool     // there is one
}

const spoolBuffer = 4 << 10

func (l *spool) put(record ...int64) error {
	if l.file == nil {
		f, err := temp()
		if err != nil {
			return err
		}
		l.file, l.w = f, bufio.NewWriterSize(f, spoolBuffer)
	}
	var room [8]byte
	for _, n := range record {
		if _, err := l.w.Write(binary.LittleEndian.AppendUint64(room[:0], uint64(n))); err != nil {
			return err
		}
	}
	return nil
}

func (l *spool) rewind() error {
	if l.file == nil {
		return nil
	}
	if err := l.w.Flush(); err != nil {
		return err
	}
	if _, err := l.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	l.r = bufio.NewReaderSize(l.file, spoolBuffer)
	l.at = [7]int64{-1, -1}
	l.more = true
	return nil
}

// get reads the next record.
func (l *spool) get(record []int64) error {
	var room [8]byte
	for k := range record {
		if _, err := io.ReadFull(l.r, room[:]); err != nil {
			l.more = false
			if errors.Is(err, io.EOF) && k == 0 {
				return nil
			}
			return err
		}
		record[k] = int64(binary.LittleEndian.Uint64(room[:]))
	}
	return nil
}

func (l *spool) close() {
	if l.file != nil {
		l.file.Close()
		os.Remove(l.file.Name())
		l.file = nil
	}
}

package cli

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/pflag"
	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
)

func statsCommand() command {
	return command{
		name:    "stats",
		args:    "[FILE...]",
		summary: "count interchanges, groups, sets, claims or members, and money",
		streams: filterFlags,
		long: `Works on any X12. Writes a line for each transaction set, group and interchange as it ends, and a line of totals.

What a set is a list of is counted by its segment: CLP (835), CLM (837), INS (834), RMR (820), UM (278), AK2 (997, 999);
for 270, 271, 276 and 277 by the patients that have an EQ, an EB or AAA, or a TRN. Money is the sum of CLP03 and CLM02
(charge), of CLP04 (paid), and BPR02 (payment), in exact decimals; amounts that are no numbers are counted as unreadable.

With --json each line is an object with a member kind: set, group, interchange, segments or total.`,
		example: `edi stats testdata/835/valid/remit-basic.edi testdata/835/valid/two-groups.edi
edi stats --json --segments testdata/835/valid/two-groups.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			st := &stats{}
			fs.BoolVar(&st.json, "json", false, "write JSON, an object a line")
			fs.BoolVar(&st.bySegment, "segments", false, "count segments by identifier too")
			return func(c *call) error { return st.run(c) }
		},
	}
}

// stats is one run of the command. Memory is that of the open set, group and interchange, and of a count for each
// segment identifier.
type stats struct {
	json, bySegment bool

	c     *call
	rd    *x12.Reader
	buf   []byte
	tally tally // of the open set
	at    int64 // offset behind the last segment taken

	inter  *x12.Interchange
	group  *x12.Group
	set    *x12.Set
	levels [levelTotal + 1]levelCounts
	ids    map[x12.SegID]int64
}

// levelCounts are the counts of one open set, group or interchange, or of all.
type levelCounts struct {
	amounts
	interchanges, groups, sets, segments int64
	start                                int64 // offset of the first byte
}

type level int

const (
	levelSet level = iota
	levelGroup
	levelInterchange
	levelTotal
)

func (l level) String() string { return [...]string{"set", "group", "interchange", "total"}[l] }

func (st *stats) run(c *call) error {
	c.sums.always = true
	st.c, st.ids = c, map[x12.SegID]int64{}
	var err error
	if st.rd, err = c.reader(); err != nil {
		return err
	}
	for err == nil {
		var s *x12.Segment
		if s, err = st.rd.Read(); err == nil {
			err = st.segment(s)
		}
	}
	if werr := st.end(); werr != nil {
		return werr
	}
	if err == io.EOF {
		err = nil
	}
	return err
}

func (st *stats) segment(s *x12.Segment) error {
	in, g, set := st.rd.Interchange(), st.rd.Group(), st.rd.Set()
	if set != st.set || g != st.group || in != st.inter {
		if err := st.move(in, g, set); err != nil {
			return err
		}
	}
	st.at = st.rd.InputOffset()
	for l := range st.levels {
		st.levels[l].segments++
	}
	if st.bySegment && len(s.Name()) <= 3 {
		st.ids[s.ID]++
	}
	if set != nil {
		st.tally.segment(s)
	}
	switch {
	case s.ID == idSE && set != nil:
		return st.closeSet()
	case s.ID == idGE && g != nil:
		return st.closeGroup()
	case s.ID == idIEA && in.Seq != 0:
		return st.closeInterchange()
	}
	return nil
}

// move closes what the reader has left and opens what it has entered.
func (st *stats) move(in *x12.Interchange, g *x12.Group, set *x12.Set) error {
	if err := st.closeSet(); err != nil {
		return err
	}
	if g != st.group || in != st.inter {
		if err := st.closeGroup(); err != nil {
			return err
		}
	}
	if in != st.inter {
		if err := st.closeInterchange(); err != nil {
			return err
		}
		if st.inter = in; in != nil {
			st.levels[levelInterchange] = levelCounts{interchanges: 1, start: in.Offset}
		}
	}
	if g != st.group {
		if st.group = g; g != nil {
			st.levels[levelGroup] = levelCounts{groups: 1, start: g.Offset}
		}
	}
	if st.set = set; set != nil {
		st.levels[levelSet] = levelCounts{sets: 1, start: set.Offset}
		st.tally = tally{}
	}
	return nil
}

func (st *stats) closeSet() error {
	if st.set == nil {
		return nil
	}
	st.levels[levelSet].amounts = st.tally.amounts
	st.line(levelSet)
	into := levelTotal
	switch {
	case st.group != nil:
		into = levelGroup
	case st.inter.Seq != 0:
		into = levelInterchange
	}
	st.fold(levelSet, into)
	st.set = nil
	return st.flush()
}

func (st *stats) closeGroup() error {
	if st.group == nil {
		return nil
	}
	st.line(levelGroup)
	into := levelTotal
	if st.inter.Seq != 0 {
		into = levelInterchange
	}
	st.fold(levelGroup, into)
	st.group = nil
	return st.flush()
}

func (st *stats) closeInterchange() error {
	if st.inter == nil || st.inter.Seq == 0 {
		return nil
	}
	if st.levels[levelInterchange].interchanges == 0 {
		return nil // closed by its IEA
	}
	st.line(levelInterchange)
	st.fold(levelInterchange, levelTotal)
	st.levels[levelInterchange] = levelCounts{}
	return st.flush()
}

// fold adds the counts of a level that ended to the one around it.
func (st *stats) fold(from, into level) {
	a, b := &st.levels[into], &st.levels[from]
	a.interchanges += b.interchanges
	a.groups += b.groups
	a.sets += b.sets
	a.add(&b.amounts)
}

func (st *stats) end() error {
	if err := st.move(nil, nil, nil); err != nil {
		return err
	}
	total := &st.levels[levelTotal]
	st.at = st.rd.InputOffset()
	st.c.sums.in = &counter{tally: tally{Stats: st.rd.Stats(), amounts: total.amounts}}
	if st.bySegment {
		st.segmentLine()
	}
	st.line(levelTotal)
	return st.flush()
}

func (st *stats) flush() error {
	_, err := st.c.out.Write(st.buf)
	st.buf = st.buf[:0]
	if err != nil {
		return err
	}
	return st.c.out.endSet()
}

// line writes one line for the level that ends.
func (st *stats) line(l level) {
	n := &st.levels[l]
	bytes := st.at - n.start
	if st.json {
		st.jsonLine(l, n, bytes)
		return
	}
	for range levelInterchange - min(l, levelInterchange) {
		st.buf = append(st.buf, "  "...)
	}
	st.buf = append(st.buf, l.String()...)
	st.identity(l, func(_, label, text string) {
		if text != "" {
			st.buf = append(append(st.buf, label...), oneLine(text)...)
		}
	})
	st.buf = append(st.buf, ':')
	count := func(v int64, one string) {
		if v != 0 {
			st.buf = append(st.buf, ' ')
			st.buf = append(strconv.AppendInt(st.buf, v, 10), ' ')
			st.buf = append(st.buf, one...)
			if v != 1 && one[len(one)-1] >= 'a' {
				st.buf = append(st.buf, 's')
			}
			st.buf = append(st.buf, ',')
		}
	}
	if l == levelTotal {
		count(n.interchanges, "interchange")
	}
	if l >= levelInterchange {
		count(n.groups, "group")
	}
	if l >= levelGroup {
		count(n.sets, "set")
	}
	count(n.segments, "segment")
	count(bytes, "byte")
	if l == levelSet && st.tally.measure.unit != 0 {
		count(n.units, st.tally.measure.unit.String())
	} else {
		count(n.units, "unit")
	}
	n.sums(func(name string, sum *x12.Sum) {
		st.buf = append(append(st.buf, ' '), name...)
		st.buf = append(sum.AppendPlain(append(st.buf, ' ')), ',')
	})
	count(n.unreadable, "unreadable amount")
	st.buf[len(st.buf)-1] = '\n'
}

// sums calls f for each sum that had something to add up.
func (a *amounts) sums(f func(name string, sum *x12.Sum)) {
	if a.seen&seenCharge != 0 {
		f("charge", &a.charge)
	}
	if a.seen&seenPaid != 0 {
		f("paid", &a.paid)
	}
	if a.seen&seenPayment != 0 {
		f("payment", &a.payment)
	}
}

// identity calls f with the name of a JSON member, what stands before it in text, and the value.
func (st *stats) identity(l level, f func(key, label, text string)) {
	switch l {
	case levelSet:
		f("seq", " ", strconv.Itoa(st.set.Seq))
		f("id", ": ", st.set.ID)
		f("control", " control ", st.set.Control)
		f("guide", " guide ", st.guide())
	case levelGroup:
		f("seq", " ", strconv.Itoa(st.group.Seq))
		f("id", ": ", st.group.GS[0])
		f("control", " control ", st.group.Control())
		f("guide", " guide ", st.group.Version())
		f("sender", " from ", st.group.GS[1])
		f("receiver", " to ", st.group.GS[2])
	case levelInterchange:
		f("seq", " ", strconv.Itoa(st.inter.Seq))
		f("control", ": control ", st.inter.Control())
		f("version", " version ", st.inter.ISA[11])
		f("sender", " from ", st.inter.ISA[5])
		f("receiver", " to ", st.inter.ISA[7])
		f("date", " on ", st.inter.ISA[8])
	}
}

// guide returns the guide of the open set: ST03, or GS08 for guides that do without.
func (st *stats) guide() string {
	if st.set.Version == "" && st.group != nil {
		return st.group.Version()
	}
	return st.set.Version
}

func (st *stats) jsonLine(l level, n *levelCounts, bytes int64) {
	b := append(st.buf, `{"kind":"`...)
	b = append(append(b, l.String()...), '"')
	if l < levelInterchange && st.inter.Seq != 0 {
		b = appendText(b, "interchange", st.inter.Control())
	}
	if l == levelSet && st.group != nil {
		b = appendText(b, "group", st.group.Control())
	}
	st.buf = b
	st.identity(l, func(key, _, text string) {
		if key == "seq" {
			st.buf = append(append(st.buf, `,"seq":`...), text...)
			return
		}
		st.buf = appendText(st.buf, key, text)
	})
	b = st.buf
	if l == levelTotal {
		b = appendNumber(b, "interchanges", n.interchanges)
	}
	if l >= levelInterchange {
		b = appendNumber(b, "groups", n.groups)
	}
	if l >= levelGroup {
		b = appendNumber(b, "sets", n.sets)
	}
	b = appendNumber(b, "segments", n.segments)
	b = appendNumber(b, "bytes", bytes)
	if l == levelSet && st.tally.measure.unit != 0 {
		b = appendText(b, "unit", st.tally.measure.unit.String())
	}
	b = appendNumber(b, "units", n.units)
	st.buf = b
	n.sums(func(name string, sum *x12.Sum) {
		st.buf = append(append(append(st.buf, `,"`...), name...), `":"`...)
		st.buf = append(sum.AppendPlain(st.buf), '"')
	})
	if n.unreadable > 0 {
		st.buf = appendNumber(st.buf, "unreadable_amounts", n.unreadable)
	}
	st.buf = append(st.buf, "}\n"...)
}

func appendNumber(b []byte, key string, n int64) []byte {
	b = append(append(append(b, `,"`...), key...), `":`...)
	return strconv.AppendInt(b, n, 10)
}

// segmentLine writes how often each segment identifier stood in the input.
func (st *stats) segmentLine() {
	ids := slices.SortedFunc(maps.Keys(st.ids), func(a, b x12.SegID) int { return int(int64(a) - int64(b)) })
	if st.json {
		st.buf = append(st.buf, `{"kind":"segments","counts":{`...)
		for i, id := range ids {
			if i > 0 {
				st.buf = append(st.buf, ',')
			}
			st.buf = append(jsonstream.AppendString(st.buf, oneLine(id.String())), ':')
			st.buf = strconv.AppendInt(st.buf, st.ids[id], 10)
		}
		st.buf = append(st.buf, "}}\n"...)
		return
	}
	st.buf = append(st.buf, "segments:"...)
	for _, id := range ids {
		st.buf = append(append(st.buf, ' '), oneLine(id.String())...)
		st.buf = append(strconv.AppendInt(append(st.buf, ' '), st.ids[id], 10), ',')
	}
	if len(ids) > 0 {
		st.buf = st.buf[:len(st.buf)-1]
	}
	st.buf = append(st.buf, '\n')
}

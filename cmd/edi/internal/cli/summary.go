package cli

import (
	"strconv"

	"github.com/x12-go/edi/x12"
)

// summary is the conservation line: what came in and what went out. In and out differ only by what a finding names.
//
// A side that is X12 is counted by a reader of its own on a copy of the stream. A command whose other side is not X12
// says what it read or wrote in lines.
type summary struct {
	always bool     // the command prints it in any case
	in     *counter // nil when the input is not X12
	out    *counter // nil when the output is not X12
	lines  int64    // of JSON or CSV
	made   *made    // what was translated, for output that is not X12
}

func (s *summary) end() {
	s.in.end()
	s.out.end()
}

// printSummary prints
//
//	edi fmt: in bytes=.. interchanges=.. groups=.. sets=.. units=.. charge=.. paid=.. payment=.. out bytes=.. ...
//	filler=.. errors=.. warnings=.. infos=..
//
// as one line. The amounts are the sums of CLP03 and CLM02, of CLP04, and of BPR02.
func (c *call) printSummary() {
	s := &c.sums
	b := append([]byte("edi "), c.cmd.name...)
	b = append(b, ": in"...)
	var filler int64
	if s.in != nil {
		b = s.in.append(b)
		filler = s.in.Filler
	} else {
		b = appendFigure(b, "bytes", c.bytesIn())
		b = appendFigure(b, "lines", s.lines)
	}
	b = append(b, " out"...)
	switch {
	case s.out != nil:
		b = s.out.append(b)
	case s.made != nil:
		b = appendFigure(b, "bytes", c.bytesOut())
		b = s.made.append(b)
	default:
		b = appendFigure(b, "bytes", c.bytesOut())
		if s.in != nil && s.lines > 0 {
			b = appendFigure(b, "lines", s.lines)
		}
	}
	b = appendFigure(b, "filler", filler)
	f := c.found
	b = appendFigure(b, "errors", f.counts[x12.Error]+f.counts[x12.Fatal])
	b = appendFigure(b, "warnings", f.counts[x12.Warning])
	b = appendFigure(b, "infos", f.counts[x12.Info])
	c.console.write(string(append(b, '\n')))
}

// made counts what a command has translated, to be held against what came in.
type made struct {
	sets, units           int64
	charge, paid, payment x12.Sum
}

func (m *made) add(u *made) {
	m.sets += u.sets
	m.units += u.units
	m.charge.AddSum(&u.charge)
	m.paid.AddSum(&u.paid)
	m.payment.AddSum(&u.payment)
}

func (m *made) append(b []byte) []byte {
	b = appendFigure(b, "sets", m.sets)
	b = appendFigure(b, "units", m.units)
	b = m.charge.AppendPlain(append(b, " charge="...))
	b = m.paid.AppendPlain(append(b, " paid="...))
	return m.payment.AppendPlain(append(b, " payment="...))
}

func (c *call) bytesIn() int64 {
	if c.src == nil {
		return 0
	}
	return c.src.pos
}

func (c *call) bytesOut() int64 {
	if c.out == nil {
		return 0
	}
	return c.out.n
}

// append appends the counts of one side.
func (t *tally) append(b []byte) []byte {
	b = appendFigure(b, "bytes", t.Bytes)
	b = appendFigure(b, "interchanges", t.Interchanges)
	b = appendFigure(b, "groups", t.Groups)
	b = appendFigure(b, "sets", t.Sets)
	b = appendFigure(b, "units", t.units)
	b = t.charge.AppendPlain(append(b, " charge="...))
	b = t.paid.AppendPlain(append(b, " paid="...))
	return t.payment.AppendPlain(append(b, " payment="...))
}

func appendFigure(b []byte, name string, n int64) []byte {
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, '=')
	return strconv.AppendInt(b, n, 10)
}

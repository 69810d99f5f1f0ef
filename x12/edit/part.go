package edit

import (
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// maxDepth is the most levels a chain has: 20, 22, 23 and one of a code that is none of them.
const maxDepth = 4

// part is an output file while it is written.
//
// It mirrors the input with a delay: a set of it is closed when another one is to follow or the part is finished. All
// that is kept is what the trailers and the next level need.
type part struct {
	Part
	out *files

	file       File // nil while it is closed
	made       bool // the file exists
	prev, next *part
	buf        []byte
	flushed    int64 // bytes in the file

	exact  bool // no two interchanges of the input share one of the part
	inter  *interchange
	group  *group
	isa    string // ISA13 as written
	gs     string // GS06 as written
	st     string // ST02 as written
	lastST control
	groups int64 // in the open interchange
	sets   int64 // in the open group

	serial int64 // of the source whose set is open, 0 for none
	source *Source
	delims x12.Delimiters
	segs   int64 // in the open set
	share  Totals
	levels int64 // HL in the open set
	depth  int
	open   [maxDepth]openLevel
}

// openLevel is a level as it stands in a part.
type openLevel struct {
	serial int64 // of the level in the input
	number int64 // HL01 in the part
	at     int64 // of HL04 in the file
	parent bool  // HL04 is 1
}

// end writes a terminator.
func (p *part) end() error {
	t := p.delims.Segment
	if p.out.newline && t != '\n' && t != '\r' {
		return p.write([]byte{t, '\n'})
	}
	return p.write([]byte{t})
}

// trailer writes SE, GE or IEA.
func (p *part) trailer(id string, count int64, control string) error {
	var room [64]byte
	b := append(room[:0], id...)
	b = strconv.AppendInt(append(b, p.delims.Element), count, 10)
	if control = strings.TrimSpace(control); control != "" {
		b = append(append(b, p.delims.Element), control...)
	}
	p.Segments++
	if err := p.write(b); err != nil {
		return err
	}
	return p.end()
}

// header writes an ISA, GS or ST with its control number.
func (p *part) header(h *header, control string) error {
	p.Segments++
	text, at, n := h.text, h.at, len(h.control)
	for _, b := range [...][]byte{text[:at], []byte(control), text[at+n:]} {
		if err := p.write(b); err != nil {
			return err
		}
	}
	return p.end()
}

// envelope opens the interchange and group of the source, unless those open agree with them.
func (p *part) envelope(sp *splitter, in *interchange, g *group) error {
	if !p.inter.agrees(in, p.exact) {
		if err := p.closeInterchange(); err != nil {
			return err
		}
		p.inter, p.delims, p.groups = in, in.delims, 0
		if in.isa != nil {
			p.isa = in.isa.next(&sp.isa, 0)
			if err := p.header(in.isa, p.isa); err != nil {
				return err
			}
			p.Interchanges++
		}
	}
	in.written = true
	if !p.group.agrees(g, p.exact) {
		if err := p.closeGroup(); err != nil {
			return err
		}
		p.group, p.sets, p.lastST = g, 0, control{}
		if g != nil {
			p.gs = g.gs.next(&sp.gs, 1)
			if err := p.header(g.gs, p.gs); err != nil {
				return err
			}
			p.groups++
			p.Groups++
		}
	}
	if g != nil {
		g.written = true
	}
	return nil
}

// enter makes the source's set the open one of the part; it reports whether it was not before.
func (p *part) enter(sp *splitter) (fresh bool, err error) {
	if err := p.out.use(p); err != nil || p.serial == sp.set.serial {
		return false, err
	}
	if err := p.closeSet(); err != nil {
		return false, err
	}
	if err := p.envelope(sp, sp.inter, sp.group); err != nil {
		return false, err
	}
	p.st = sp.set.st.next(&p.lastST, 4)
	if err := p.header(sp.set.st, p.st); err != nil {
		return false, err
	}
	p.serial, p.source = sp.set.serial, &sp.set.Source
	p.segs, p.levels, p.depth, p.share = 1, 0, 0, Totals{Sets: 1}
	p.Payments = p.Payments || sp.set.kind == set835
	p.sets++
	return true, nil
}

// segment copies a segment into the open set.
func (p *part) segment(s *x12.Segment) error {
	p.segs++
	data := s.Bytes()
	if p.file == nil || cap(p.buf)-len(p.buf) < len(data)+2 {
		if err := p.write(data); err != nil {
			return err
		}
		return p.end()
	}
	p.buf = append(append(p.buf, data...), p.delims.Segment)
	if t := p.delims.Segment; p.out.newline && t != '\n' && t != '\r' {
		p.buf = append(p.buf, '\n')
	}
	return nil
}

// ready copies segments that have their terminators into the open set.
func (p *part) ready(text []byte, segs int64) error {
	p.segs += segs
	return p.write(text)
}

// closeSet writes the SE of the open set, if there is one.
func (p *part) closeSet() error {
	if p.serial == 0 {
		return nil
	}
	p.serial = 0
	if err := p.trailer("SE", p.segs+1, p.st); err != nil {
		return err
	}
	p.Segments += p.segs - 1 // the ST is counted
	p.Totals.Add(&p.share)
	if f := p.out.onShare; f != nil {
		sh := Share{Part: p.Name, Set: p.st, Source: p.source, Totals: p.share}
		if p.inter.isa != nil {
			sh.Interchange = strings.TrimSpace(p.isa)
		}
		if p.group != nil {
			sh.Group = p.gs
		}
		return f(&sh)
	}
	return nil
}

func (p *part) closeGroup() error {
	if err := p.closeSet(); err != nil || p.group == nil {
		return err
	}
	p.group = nil
	return p.trailer("GE", p.sets, p.gs)
}

func (p *part) closeInterchange() error {
	if err := p.closeGroup(); err != nil || p.inter == nil {
		return err
	}
	in := p.inter
	if p.inter = nil; in.isa == nil {
		return nil
	}
	return p.trailer("IEA", p.groups, p.isa)
}

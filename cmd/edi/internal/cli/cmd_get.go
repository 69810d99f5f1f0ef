package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// tables are the guides the program knows.
func tables() []*guide.Table {
	return slices.Concat([]*guide.Table{ts835.X221A1}, tables837(), []*guide.Table{ts834.X220A1, ts270.X279A1, ts271.X279A1}, tablesAck())
}

func getCommand() command {
	return command{
		name:    "get",
		args:    "PATH [FILE...]",
		summary: "print the values at a path, a line each",
		streams: filterFlags,
		long: `A path names loops, a segment, and perhaps an element, component and repetition:

  CLP.04                      element 4 of every CLP
  2100/CLP.04                 the same, in loop 2100
  2000[1]/2100[17]/2110[2]/CAS[1].03
                              one value: numbers count instances from 1, none means any
  NM1[QC].09                  the NM1 whose qualifier is QC
  SVC.01-2                    a component
  EB.03^2                     a repetition
  2100/REF                    whole segments

A line has the number of the set, the number of the unit (the claim of an 835 or 837; 0 above it) and the value, with
tabs between. Elements that are empty or not there give no line. Loops are those of the guide; a path without loops
works on any X12.`,
		example: `edi get 2100/CLP.04 testdata/835/valid/remit-basic.edi
edi get 'NM1[QC].09' testdata/835/valid/remit-basic.edi
edi get '2100[1]/2110/SVC.01-2' testdata/835/valid/remit-basic.edi
edi gen 837i --claims 3 --seed 1 | edi get 'HI[ABK].01-2'`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			return func(c *call) error {
				if len(c.args) == 0 {
					return usagef("no path")
				}
				path, err := x12.ParsePath(c.args[0])
				if err != nil {
					return usagef("%v", err)
				}
				if path.Segment == "" {
					return usagef("the path names no segment")
				}
				c.args = c.args[1:]
				f := &getFormat{path: path, id: x12.ID(path.Segment)}
				return c.process(f, tables(), func(_ int, b []byte) error {
					_, err := c.out.Write(b)
					return err
				})
			}
		},
	}
}

// getFormat is the [codec.Format] of edi get: one output of lines.
type getFormat struct {
	path  x12.Path
	id    x12.SegID
	other map[x12.SegID]int // segments of a set without a guide
	set   *x12.Set
	seg   x12.Segment
}

func (f *getFormat) Outputs() int { return 1 }

func (f *getFormat) Begin(t *codec.Tape, out [][]byte) any {
	out[0] = f.tape(&f.seg, t, out[0])
	return nil
}

func (f *getFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	if !t.Table.IsUnit(t.Scope.Loop) { // else it comes as a unit too
		out[0] = f.tape(&f.seg, t, out[0])
	}
	return nil
}

func (f *getFormat) Worker() codec.Worker { return &getWorker{f: f} }

type getWorker struct {
	f   *getFormat
	seg x12.Segment
}

func (w *getWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	out[0] = w.f.tape(&w.seg, t, out[0])
}

func (f *getFormat) NewTotal() any            { return nil }
func (f *getFormat) Join(t, u any)            {}
func (f *getFormat) Trailer(any, *codec.Tape) {}
func (f *getFormat) Finish([][]byte)          {}

func (f *getFormat) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	var seg x12.Segment
	out[0] = f.tape(&seg, t, out[0])
}

// tape appends the lines of one scope.
func (f *getFormat) tape(seg *x12.Segment, t *codec.Tape, b []byte) []byte {
	n, prev := 0, ""
	for i := range t.Segs {
		if t.Segs[i].Flag&guide.Virtual != 0 {
			continue
		}
		t.Segment(i, seg)
		if seg.ID != f.id || !f.key(seg, t, i) {
			continue
		}
		if len(f.path.Loops) > 0 || f.path.SegIndex > 0 {
			at := t.Path(i)
			if !f.loops(at) {
				continue
			}
			if at != prev { // [n] counts within one loop
				n, prev = 0, at
			}
			if n++; f.path.SegIndex > 0 && n != f.path.SegIndex {
				continue
			}
		}
		unit := int64(0)
		if t.Table.IsUnit(t.Scope.Loop) {
			unit = t.Units
		}
		b = f.line(b, t.Set.Seq, unit, seg)
	}
	return b
}

// key reports whether the segment has the key of the path: in the element that tells its slot from others, else in the first.
func (f *getFormat) key(seg *x12.Segment, t *codec.Tape, i int) bool {
	if f.path.SegKey == "" {
		return true
	}
	elem, comp := 1, 0
	if t != nil {
		if slot := &t.Table.Slots[t.Segs[i].Slot]; slot.Key > 0 {
			elem, comp = int(slot.Key), int(slot.KeyComp)
		}
	}
	if comp > 0 {
		return string(seg.Comp(elem, comp)) == f.path.SegKey
	}
	return string(seg.Elem(elem)) == f.path.SegKey
}

// loops reports whether the loops of the path end the loops at: a path may start at any of them.
func (f *getFormat) loops(at string) bool {
	if len(f.path.Loops) == 0 {
		return true
	}
	steps := strings.Split(at, "/")
	if len(steps) < len(f.path.Loops) {
		return false
	}
	steps = steps[len(steps)-len(f.path.Loops):]
	for i, want := range f.path.Loops {
		id, index, _ := strings.Cut(strings.TrimSuffix(steps[i], "]"), "[")
		if id != want.ID || want.Index > 0 && index != strconv.Itoa(want.Index) {
			return false
		}
	}
	return true
}

// line appends the value the path names, if it is there.
func (f *getFormat) line(b []byte, set int, unit int64, seg *x12.Segment) []byte {
	v := seg.Bytes()
	if f.path.Element > 0 {
		v = seg.Elem(f.path.Element)
		if f.path.Repeat > 0 || f.path.Component > 0 {
			if d := seg.Delims.Repetition; d != 0 {
				v = x12.Part(v, d, max(1, f.path.Repeat))
			} else if f.path.Repeat > 1 {
				v = nil
			}
		}
		if f.path.Component > 0 {
			v = x12.Part(v, seg.Delims.Component, f.path.Component)
		}
	}
	if len(v) == 0 {
		return b
	}
	b = strconv.AppendInt(b, int64(set), 10)
	b = append(b, '\t')
	b = strconv.AppendInt(b, unit, 10)
	b = append(b, '\t')
	at := len(b)
	b = append(b, v...)
	for i, c := range b[at:] { // a value is one line
		if c == '\n' || c == '\r' {
			b[at+i] = ' '
		}
	}
	return append(b, '\n')
}

func (f *getFormat) Other(env codec.Env, s *x12.Segment, out [][]byte) {
	if env.Set != f.set {
		f.set, f.other = env.Set, map[x12.SegID]int{}
	}
	f.other[s.ID]++
	if s.ID != f.id || len(f.path.Loops) > 0 || !f.key(s, nil, 0) || f.path.SegIndex > 0 && f.other[s.ID] != f.path.SegIndex {
		return
	}
	seq := 0
	if env.Set != nil {
		seq = env.Set.Seq
	}
	out[0] = f.line(out[0], seq, 0, s)
}

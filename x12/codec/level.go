package codec

import (
	"strconv"

	"github.com/x12-go/edi/x12/guide"
)

// Level is the HL segment that opens a loop, apart from the level code, which is that of the loop. What is empty is filled
// in when it is written: the number counts the levels of the set, the parent is the level the loop stands in, the
// child code says whether the struct of the loop holds levels below. A program that writes step by step sets Child
// itself where it means to write levels below.
type Level struct {
	Number string `json:"number,omitempty"` // HL01
	Parent string `json:"parent,omitempty"` // HL02
	Child  string `json:"child,omitempty"`  // HL04: "0" no level below, "1" at least one
	Bare   bool   `json:"bare,omitempty"`   // what is empty stays so: it came like that
}

// IsZero reports whether everything is filled in when it is written.
func (l Level) IsZero() bool { return l == Level{} }

// AppendJSON appends l as JSON.
func (l Level) AppendJSON(b []byte) []byte {
	start := len(b)
	for _, f := range [...]struct{ key, value string }{{`,"number":`, l.Number}, {`,"parent":`, l.Parent}, {`,"child":`, l.Child}} {
		if f.value != "" {
			b = AppendString(append(b, f.key...), f.value)
		}
	}
	if l.Bare {
		b = append(b, `,"bare":true`...)
	}
	return CloseObject(b, start)
}

// LevelRow is what an encoder and a decoder have to know of the HL of a loop.
type LevelRow struct {
	Slot   guide.SlotID
	Depth  int    // number of levels around
	Code   string // HL03
	Parent bool   // HL02 is used
	Child  bool   // HL04 is used
}

// maxLevels is the most levels inside each other, as schema allows them.
const maxLevels = 16

// levels is how far the levels of a set have come: as of the last scope written, and with those of the current one.
type levels struct{ last, now levelCount }

type levelCount struct {
	n    int               // levels so far
	open [maxLevels]string // number of the open one at each depth
}

// NewLevels forgets the levels of the set before.
func (e *Encoder) NewLevels() { e.level = levels{} }

// Level writes the HL of a loop; below says whether the struct holds levels below.
func (e *Encoder) Level(r LevelRow, l *Level, below bool) {
	c := &e.level.now
	c.n++
	number, parent, child := l.Number, l.Parent, l.Child
	if !l.Bare {
		if number == "" {
			number = strconv.Itoa(c.n)
		}
		if parent == "" && r.Parent && r.Depth > 0 {
			parent = c.open[r.Depth-1]
		}
		switch {
		case child != "" || !r.Child:
		case below:
			child = "1"
		default:
			child = "0"
		}
	}
	c.open[r.Depth] = number
	e.Segment(r.Slot, "HL")
	e.Str(1, number)
	e.Str(2, parent)
	e.Str(3, r.Code)
	e.Str(4, child)
	e.End()
}

// Level returns the HL of a loop.
func (d *Decoder) Level(r LevelRow) Level {
	l := Level{Number: d.Str(1), Parent: d.Str(2), Child: d.Str(4)}
	d.Const(3, r.Code)
	d.End(4)
	l.Bare = l.Number == "" || l.Parent == "" && r.Parent && r.Depth > 0 || l.Child == "" && r.Child
	return l
}

// Under returns the first of some loops that can stand in the innermost open loop or in one around it; 0 is none.
// Writers find out with it where a loop belongs that has several places.
func Under(t *guide.Table, open guide.LoopID, loops ...guide.LoopID) guide.LoopID {
	for {
		for _, l := range loops {
			if t.Loops[l].Parent == open {
				return l
			}
		}
		if open == 0 {
			return 0
		}
		open = t.Loops[open].Parent
	}
}

package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// maxObject bounds the JSON text of one part of a set: a header, a level, a unit.
const maxObject = 64 << 20

// setDecoder reads one set, given as one object.
type setDecoder struct {
	s   *shape
	a   *assembly
	sc  *jsonstream.Scanner
	dec shapeDecoder
}

// decodeSet reads a whole set.
func (s *shape) decodeSet(a *assembly, sc *jsonstream.Scanner) error {
	if err := a.closeUnits(); err != nil {
		return err
	}
	d := &setDecoder{s: s, a: a, sc: sc}
	tail, err := d.object(s.root)
	if err != nil {
		return err
	}
	return s.end(a, d.dec, tail, sc.Offset())
}

// end writes the trailer of a set and ends it. at is where a fault is put.
func (s *shape) end(a *assembly, dec shapeDecoder, tail []byte, at int64) error {
	if err := jsonFault(dec.end(tail), at); err != nil || s.completes(a) {
		return err
	}
	return a.endSet()
}

// completes reports whether sets are made of what is not all said.
func (s *shape) completes(a *assembly) bool { return a.complete && s.complete != nil }

// object reads a level: what it holds itself, then the arrays of what stands below it. Of the set it returns the members
// behind them.
func (d *setDecoder) object(l *shapeLevel) (tail []byte, err error) {
	head, headed := []byte{'{'}, false
	tail = []byte{'{'}
	begin := func(more bool) error {
		headed = true
		head = append(head, '}')
		if l.up != nil {
			return d.dec.enter(l, head, more)
		}
		if d.dec, err = d.s.begin(d.a, head, d.sc.Offset()); err != nil {
			return err
		}
		return d.dec.header(head)
	}
	var last *shapeLevel // the array that came last
	err = members(d.sc, func(key []byte) error {
		c := l.arrayOf(key)
		switch {
		case c == nil && !headed:
			return collect(d.sc, &head, key)
		case c == nil && l.up == nil:
			return collect(d.sc, &tail, key)
		case c == nil:
			return d.a.shapef(d.sc, "the member %q stands behind %s: expected it before", key, last.array)
		case c == last:
			return d.a.shapef(d.sc, "a second member %s", c.array)
		case last != nil && l.order(c) < l.order(last):
			return d.a.shapef(d.sc, "the member %s stands behind %s: expected it before", c.array, last.array)
		}
		last = c
		return items(d.sc, func() error {
			at := d.sc.Offset()
			if !headed {
				if err := jsonFault(begin(!c.unit), at); err != nil {
					return err
				}
			}
			if !c.unit {
				_, err := d.object(c)
				return err
			}
			text, err := d.sc.Raw(nil, maxObject)
			if err == nil {
				d.a.at = at
				err = jsonFault(d.dec.unit(text), at)
			}
			return err
		})
	})
	if err == nil && !headed {
		// Without anything below, all members of a set stand in one object: the decoders take what is theirs.
		err = jsonFault(begin(false), d.sc.Offset())
		return head, err
	}
	return append(tail, '}'), err
}

// arrayOf returns the level below l that a member is the array of, nil if it is none.
func (l *shapeLevel) arrayOf(key []byte) *shapeLevel {
	for _, c := range l.below {
		if c.array == string(key) {
			return c
		}
	}
	return nil
}

// order is where a level stands among those below l.
func (l *shapeLevel) order(c *shapeLevel) int { return slices.Index(l.below, c) }

// collect appends a member to the object text in part, which is not closed yet.
func collect(sc *jsonstream.Scanner, part *[]byte, key []byte) (err error) {
	if len(*part) > 1 {
		*part = append(*part, ',')
	}
	*part = jsonstream.AppendString(*part, key)
	*part = append(*part, ':')
	*part, err = sc.Raw(*part, maxObject)
	return err
}

// items reads an array and calls f before each item.
func items(sc *jsonstream.Scanner, f func() error) error {
	if err := sc.Open('['); err != nil {
		return err
	}
	for n := 0; ; n++ {
		more, err := sc.Item(n, ']')
		if err != nil || !more {
			return err
		}
		if err := f(); err != nil {
			return err
		}
	}
}

// begin starts the set of the line, whose header is the object head. at is where a fault is put.
func (s *shape) begin(a *assembly, head []byte, at int64) (shapeDecoder, error) {
	if s.completes(a) {
		return s.complete(a)
	}
	var h setHead
	_ = json.Unmarshal(head, &h) // what is wrong with it, the decoder says
	t, err := s.table(a, &h, at)
	if err != nil {
		return nil, err
	}
	set := a.line.set
	if set.ID == "" {
		set.ID = t.Set
	}
	if !a.line.hasSet { // not of edi json: what ST says is in the header
		set.Control = h.ControlNumber
		if e := t.Elem(1, 3); e != nil && e.Usage == guide.Required {
			set.Version = cmp.Or(h.ImplementationReference, t.ID)
		}
	}
	if err := a.beginSet(set); err != nil {
		return nil, err
	}
	return s.decoder(a.w, t), nil
}

// setHead is what all headers may say of ST.
type setHead struct {
	ControlNumber           string `json:"controlNumber"`
	Guide                   string `json:"guide"`
	ImplementationReference string `json:"implementationReference"`
}

// table finds the guide of a set: the one its header names, or ST03, or GS08.
func (s *shape) table(a *assembly, h *setHead, at int64) (*guide.Table, error) {
	if len(s.tables) == 1 {
		return s.tables[0], nil
	}
	for i, v := range []string{h.Guide, h.ImplementationReference, a.line.set.Version, a.line.group.Version()} {
		for _, t := range s.tables {
			if v != "" && t.Reads(v) {
				return t, nil
			}
		}
		if i == 0 && v != "" {
			break
		}
	}
	var ids []string
	for _, t := range s.tables {
		ids = append(ids, t.ID)
	}
	return nil, &x12.Issue{
		Offset: at, Rule: ruleJSONShape, Severity: x12.Error,
		Message: "no known guide: expected " + strings.Join(ids, " or ") + " as the member guide, or as version of set or group",
	}
}

// jsonFault makes a fault of encoding/json a fault of the input.
func jsonFault(err error, at int64) error {
	var issue *x12.Issue
	if err == nil || errors.As(err, &issue) {
		return err
	}
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	message := "not of the form of this layer"
	switch {
	case errors.As(err, &kind):
		message = "the member " + kind.Field + " is a " + kind.Value + ": expected " + kind.Type.String()
		at += kind.Offset
	case errors.As(err, &syntax):
		at += syntax.Offset
	default:
		if _, name, ok := strings.Cut(err.Error(), "json: unknown field "); ok { // a plain text in encoding/json
			message = "a member that nothing of this layer has there: " + name
		}
	}
	return &x12.Issue{Offset: at, Rule: ruleJSONShape, Severity: x12.Error, Message: message, Err: err}
}

package cli

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/x12-go/edi/cmd/edi/internal/jsonstream"
	"github.com/x12-go/edi/x12"
)

// maxObject bounds the JSON text of one part of a set: a header, a group, a unit.
const maxObject = 64 << 20

// unitSet is a set that comes line by line, a unit each.
type unitSet struct {
	s     *shape
	dec   shapeDecoder
	seq   int
	head  []byte // the header as it stands in the context, to see that the next line belongs to the same set
	group []byte
}

// decodeSet reads a whole set.
func (s *shape) decodeSet(a *assembly, sc *jsonstream.Scanner) error {
	if err := a.closeUnits(); err != nil {
		return err
	}
	if err := a.beginSet(a.lineSet(s)); err != nil {
		return err
	}
	dec := s.decoder(a.w)
	head, headed := []byte{'{'}, false
	part := &head
	begin := func() error {
		headed = true
		return dec.header(append(head, '}'))
	}
	var tail = []byte{'{'}
	err := members(sc, func(key []byte) error {
		if string(key) != s.groups {
			return collect(sc, part, key)
		}
		if headed {
			return a.shapef(sc, "a second member %s", s.groups)
		}
		at := sc.Offset()
		if err := begin(); err != nil {
			return jsonFault(err, at)
		}
		part = &tail
		return items(sc, func() error { return s.decodeGroup(a, sc, dec) })
	})
	if err == nil && !headed {
		// Without groups all members stand in one object: the decoders take what is theirs.
		tail = head
		err = jsonFault(begin(), sc.Offset())
	}
	if err == nil {
		err = jsonFault(dec.end(append(tail, '}')), sc.Offset())
	}
	if err != nil {
		return err
	}
	return a.endSet()
}

// decodeGroup reads a group with its units.
func (s *shape) decodeGroup(a *assembly, sc *jsonstream.Scanner, dec shapeDecoder) error {
	head, headed := []byte{'{'}, false
	err := members(sc, func(key []byte) error {
		if string(key) != s.units {
			if headed {
				return a.shapef(sc, "the member %q stands behind %s: expected it before", key, s.units)
			}
			return collect(sc, &head, key)
		}
		headed = true
		if err := dec.enter(append(head, '}')); err != nil {
			return jsonFault(err, sc.Offset())
		}
		return items(sc, func() error {
			at := sc.Offset()
			text, err := sc.Raw(nil, maxObject)
			if err == nil {
				err = jsonFault(dec.unit(text), at)
			}
			return err
		})
	})
	if err == nil && !headed {
		err = jsonFault(dec.enter(append(head, '}')), sc.Offset())
	}
	return err
}

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

// lineSet is the identity of the set of the line.
func (a *assembly) lineSet(s *shape) x12.Set {
	set := a.line.set
	if set.ID == "" {
		set.ID = s.table.Set
	}
	return set
}

// decodeContext keeps the context of a line for the unit behind it.
func (s *shape) decodeContext(a *assembly, sc *jsonstream.Scanner) error {
	a.head, a.group = a.head[:0], a.group[:0]
	return members(sc, func(key []byte) (err error) {
		switch string(key) {
		case s.member:
			a.head, err = sc.Raw(a.head, maxObject)
		case s.group:
			a.group, err = sc.Raw(a.group, maxObject)
		default:
			err = sc.Skip()
		}
		return err
	})
}

// continueSet makes the set of the line's context the open one.
func (s *shape) continueSet(a *assembly) error {
	u := &a.units
	if u.s == s && u.seq == a.line.set.Seq && bytes.Equal(u.head, a.head) && a.line.inter == a.open.inter && a.line.group == a.open.group {
		return nil
	}
	if err := a.closeUnits(); err != nil {
		return err
	}
	if err := a.beginSet(a.lineSet(s)); err != nil {
		return err
	}
	*u = unitSet{s: s, dec: s.decoder(a.w), seq: a.line.set.Seq, head: bytes.Clone(a.head)}
	return u.dec.header(orEmpty(a.head))
}

func orEmpty(text []byte) []byte {
	if len(text) == 0 {
		return []byte("{}")
	}
	return text
}

// decodeUnit reads one unit and writes it to the set of its context.
func (s *shape) decodeUnit(a *assembly, sc *jsonstream.Scanner) error {
	at := sc.Offset()
	text, err := sc.Raw(nil, maxObject)
	if err != nil {
		return err
	}
	if err := s.continueSet(a); err != nil {
		return jsonFault(err, at)
	}
	u := &a.units
	if u.group == nil || !bytes.Equal(u.group, a.group) {
		u.group = append([]byte{}, a.group...)
		if err := u.dec.enter(orEmpty(a.group)); err != nil {
			return jsonFault(err, at)
		}
	}
	return jsonFault(u.dec.unit(text), at)
}

// decodeTrailer reads the trailer of a set that came unit by unit and ends the set.
func (s *shape) decodeTrailer(a *assembly, sc *jsonstream.Scanner) error {
	at := sc.Offset()
	text, err := sc.Raw(nil, maxObject)
	if err != nil {
		return err
	}
	if err := s.continueSet(a); err != nil {
		return jsonFault(err, at)
	}
	if err := a.units.dec.end(text); err != nil {
		return jsonFault(err, at)
	}
	a.units = unitSet{}
	return a.endSet()
}

// closeUnits ends the set that came unit by unit, if one is open.
func (a *assembly) closeUnits() error {
	if a.units.s == nil {
		return nil
	}
	dec := a.units.dec
	a.units = unitSet{}
	if err := dec.end([]byte("{}")); err != nil {
		return err
	}
	return a.endSet()
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
	}
	return &x12.Issue{Offset: at, Rule: ruleJSONShape, Severity: x12.Error, Message: message, Err: err}
}

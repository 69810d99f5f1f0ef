package cli

import (
	"errors"
	"io"

	"github.com/x12-go/edi/x12"
)

// canon writes the canonical form of what a reader reads: it follows the envelope and lets the writer make it anew.
type canon struct {
	c  *call
	rd *x12.Reader
	w  *x12.Writer

	inter   *x12.Interchange
	group   *x12.Group
	grouped bool // a group is open in the writer
	set     *x12.Set
}

func (k *canon) run() error {
	for {
		s, err := k.rd.Read()
		if err != nil {
			if werr := k.w.Close(); werr != nil {
				return werr
			}
			if err == io.EOF {
				err = nil
			}
			return err
		}
		if err := k.segment(s); err != nil {
			return k.refused(s, err)
		}
	}
}

// refused ends the run for a segment that cannot be written; other errors are those of the output.
func (k *canon) refused(s *x12.Segment, err error) error {
	var issue *x12.Issue
	if !errors.As(err, &issue) {
		return err
	}
	if werr := k.w.Flush(); werr != nil {
		return werr
	}
	issue.Offset = s.Offset
	return k.c.fail(issue)
}

func (k *canon) segment(s *x12.Segment) error {
	if set := k.rd.Set(); set != k.set || k.rd.Group() != k.group || k.rd.Interchange() != k.inter {
		if err := k.move(set); err != nil {
			return err
		}
	}
	switch s.ID {
	case idISA:
		return nil
	case idGS, idST, idGE, idIEA:
		k.c.extra(k.inter, s)
		return nil
	case idSE:
		k.c.extra(k.inter, s)
		if k.set == nil {
			return nil // closes nothing, which is reported
		}
		k.set = nil
		if err := k.w.EndSet(); err != nil {
			return err
		}
		return k.c.out.endSetOf(k.w)
	}
	err := k.w.Copy(s, true)
	if errors.Is(err, x12.ErrOrder) {
		return nil // outside a set, which is reported
	}
	return err
}

// move makes the reader's interchange, group and set the open ones.
func (k *canon) move(set *x12.Set) error {
	in, g := k.rd.Interchange(), k.rd.Group()
	if k.set != nil {
		if err := k.w.EndSet(); err != nil {
			return err
		}
	}
	if k.grouped && (g != k.group || in != k.inter) {
		k.grouped = false
		if err := k.w.EndGroup(); err != nil {
			return err
		}
	}
	if in != k.inter {
		if k.inter != nil {
			if err := k.w.EndInterchange(); err != nil {
				return err
			}
		}
		if err := k.w.BeginInterchange(in); err != nil {
			return err
		}
	}
	if !k.grouped && (g != nil || set != nil && in.Seq != 0) {
		open := g
		if open == nil {
			open = &x12.Group{} // a set in no group: kept so
		}
		k.grouped = true
		if err := k.w.BeginGroup(open); err != nil {
			return err
		}
	}
	k.inter, k.group, k.set = in, g, set
	if set != nil {
		return k.w.BeginSet(set)
	}
	return nil
}

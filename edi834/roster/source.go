package roster

import (
	"io"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Source hands out files member by member.
type Source interface {
	// Next returns the head of a set, or a member of the set whose head came last; io.EOF at the end. A member is valid
	// until the next call, a head stays.
	Next() (*Head, *Member, error)
	// Mask returns the fields that the source can tell. Others are neither compared nor changed.
	Mask() *Mask
}

// Mask is a set of fields.
type Mask struct {
	member   [memberFieldCount]bool
	coverage [coverageFieldCount]bool
	full     bool
}

// fullMask has all fields.
func fullMask() *Mask {
	m := &Mask{full: true}
	for i := range m.member {
		m.member[i] = true
	}
	for i := range m.coverage {
		m.coverage[i] = true
	}
	return m
}

// Has reports whether a field is in the mask.
func (m *Mask) Has(f Field) bool { return m.member[f] }

// HasCoverage reports whether a field of coverages is in the mask.
func (m *Mask) HasCoverage(f CoverageField) bool { return m.coverage[f] }

// Reader reads 834 sets as a [Source], in constant memory.
type Reader struct {
	s    *codec.Stream
	ctx  *ts834.Decoder
	unit *ts834.Decoder
	wire ts834.Member
	conv converter
	m    Member
	mask *Mask
}

// NewReader returns a Reader on r.
func NewReader(r io.Reader, opts ...codec.Option) *Reader {
	return ReaderOf(codec.Apply(opts).Stream(r, ts834.X220A1))
}

// ReaderOf returns a Reader on a stream for the guide of package ts834.
func ReaderOf(s *codec.Stream) *Reader {
	return &Reader{s: s, ctx: ts834.NewDecoder(true), unit: ts834.NewDecoder(false), conv: newConverter(), mask: fullMask()}
}

// Mask implements [Source]: an 834 tells everything.
func (r *Reader) Mask() *Mask { return r.mask }

// Stats returns the counts of the stream so far.
func (r *Reader) Stats() x12.Stats { return r.s.Reader().Stats() }

// Next implements [Source]. Sets of other guides are passed over; the stream reports them.
func (r *Reader) Next() (*Head, *Member, error) {
	for {
		e, err := r.s.Next()
		if err != nil {
			return nil, nil, err
		}
		switch e.Kind {
		case codec.Begin:
			set := new(ts834.BenefitEnrollment)
			r.ctx.Header(e.Tape, set)
			return headOf(e.Tape.Env, set), nil, nil
		case codec.Unit:
			r.unit.Recycle()
			r.wire = ts834.Member{}
			r.unit.Member(e.Tape, &r.wire)
			r.conv.Member(&r.m, &r.wire)
			r.m.Place = Place{Offset: e.Tape.Offset(0), Segment: e.Tape.Ordinal(0)}
			return nil, &r.m, nil
		}
	}
}

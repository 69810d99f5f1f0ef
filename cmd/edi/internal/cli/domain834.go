package cli

import (
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// domain834 is the shape of the 834 at layer domain: the types of edi834.
func domain834() *shape {
	return &shape{
		tables: []*guide.Table{ts834.X220A1}, member: "file",
		root:    levelsIn(&shapeLevel{typ: "Member", array: "members", name: "member", unit: true}),
		encoder: func() shapeEncoder { return &domainEncoder834{dec: ts834.NewDecoder(false)} },
		decoder: func(w *x12.Writer, _ *guide.Table) shapeDecoder { return &domainDecoder834{w: ts834.NewWriter(w)} },
	}
}

type domainEncoder834 struct {
	dec    *ts834.Decoder
	member ts834.Member
}

func (e *domainEncoder834) enter(b []byte, t *codec.Tape, _ any) ([]byte, any) {
	e.dec.Recycle()
	var v ts834.BenefitEnrollment
	e.dec.Header(t, &v)
	return edi834.FromWire(&v).AppendJSON(b), nil
}

func (e *domainEncoder834) unit(b []byte, t *codec.Tape, _ any) []byte {
	e.dec.Recycle()
	e.member = ts834.Member{}
	e.dec.Member(t, &e.member)
	return edi834.MemberFromWire(&e.member).AppendJSON(b)
}

func (e *domainEncoder834) payment() x12.Number { return x12.Number{} }

func (e *domainEncoder834) amounts() (charge, paid x12.Number) { return }

// trailer and end have nothing to say: behind the members of an 834 comes SE.
func (e *domainEncoder834) trailer(*codec.Tape) {}

func (e *domainEncoder834) end(b []byte, _ *codec.Tape) []byte { return append(b, '{', '}') }

type domainDecoder834 struct{ w *ts834.Writer }

func (d *domainDecoder834) header(text []byte) error {
	var f edi834.File
	if err := codec.Unmarshal(text, &f); err != nil {
		return err
	}
	v, err := edi834.ToWire(&f, nil)
	if err != nil {
		return err
	}
	return d.w.Header(v)
}

func (d *domainDecoder834) enter(*shapeLevel, []byte, bool) error { return nil }

func (d *domainDecoder834) unit(text []byte) error {
	var m edi834.Member
	if err := codec.Unmarshal(text, &m); err != nil {
		return err
	}
	v, err := edi834.MemberToWire(&m, nil)
	if err != nil {
		return err
	}
	return d.w.Member(v)
}

func (d *domainDecoder834) end([]byte) error { return d.w.Trailer(new(ts834.BenefitEnrollment)) }

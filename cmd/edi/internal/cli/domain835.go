package cli

import (
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// domain835 is the shape of the 835 at layer domain: the types of edi835.
func domain835() *shape {
	return &shape{
		tables: []*guide.Table{ts835.X221A1}, member: "remittance",
		root: levelsIn(&shapeLevel{typ: "HeaderGroup", array: "groups", name: "claimGroup", below: []*shapeLevel{
			{typ: "ClaimPayment", array: "claims", name: "claim", unit: true},
		}}),
		encoder: func() shapeEncoder { return &domainEncoder835{guideEncoder835{dec: ts835.NewDecoder(false)}} },
		decoder: func(w *x12.Writer, _ *guide.Table) shapeDecoder { return &domainDecoder835{w: ts835.NewWriter(w)} },
	}
}

// domainEncoder835 decodes as the guide layer does and says it in the words of the domain.
type domainEncoder835 struct{ guideEncoder835 }

func (e *domainEncoder835) enter(b []byte, t *codec.Tape, _ any) ([]byte, any) {
	e.dec.Recycle()
	if t.Scope.Loop == 0 {
		var v ts835.RemittanceAdvice
		e.dec.Header(t, &v)
		e.paid = v.Payment.Amount
		return edi835.FromWire(&v).AppendJSON(b), nil
	}
	var v ts835.HeaderGroup
	e.dec.HeaderGroup(t, &v)
	return edi835.GroupFromWire(&v).AppendJSON(b), nil
}

func (e *domainEncoder835) unit(b []byte, t *codec.Tape, _ any) []byte {
	e.dec.Recycle()
	e.claim = ts835.ClaimPayment{}
	e.dec.ClaimPayment(t, &e.claim)
	return edi835.ClaimFromWire(&e.claim).AppendJSON(b)
}

func (e *domainEncoder835) end(b []byte, t *codec.Tape) []byte {
	return edi835.FromWire(e.ending(t)).AppendJSON(b)
}

type domainDecoder835 struct{ w *ts835.Writer }

func (d *domainDecoder835) set(text []byte) (*ts835.RemittanceAdvice, error) {
	var v edi835.Remittance
	if err := codec.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	return edi835.ToWire(&v, nil)
}

func (d *domainDecoder835) header(text []byte) error {
	w, err := d.set(text)
	if err != nil {
		return err
	}
	return d.w.Header(w)
}

func (d *domainDecoder835) enter(_ *shapeLevel, text []byte, _ bool) error {
	var v edi835.ClaimGroup
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	w, err := edi835.GroupToWire(&v, nil)
	if err != nil {
		return err
	}
	return d.w.HeaderGroup(w)
}

func (d *domainDecoder835) unit(text []byte) error {
	var v edi835.Claim
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	w, err := edi835.ClaimToWire(&v, nil)
	if err != nil {
		return err
	}
	return d.w.ClaimPayment(w)
}

func (d *domainDecoder835) end(text []byte) error {
	w, err := d.set(text)
	if err != nil {
		return err
	}
	return d.w.Trailer(w)
}

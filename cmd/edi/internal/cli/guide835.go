package cli

import (
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// guide835 is the shape of the 835 at layer guide: the structs of ts835.
func guide835() *shape {
	return &shape{
		tables: []*guide.Table{ts835.X221A1}, member: "remittanceAdvice", root: levelsOf(ts835.X221A1),
		encoder: func() shapeEncoder { return &guideEncoder835{dec: ts835.NewDecoder(false)} },
		decoder: func(w *x12.Writer, _ *guide.Table) shapeDecoder { return &guideDecoder835{w: ts835.NewWriter(w)} },
	}
}

type guideEncoder835 struct {
	dec   *ts835.Decoder
	claim ts835.ClaimPayment
	paid  x12.Number              // BPR02
	tail  *ts835.RemittanceAdvice // trailer parts that came early
	own   *ts835.Decoder          // of tail
}

func (e *guideEncoder835) enter(b []byte, t *codec.Tape, _ any) ([]byte, any) {
	e.dec.Recycle()
	if t.Scope.Loop == 0 {
		var v ts835.RemittanceAdvice
		e.dec.Header(t, &v)
		e.paid = v.Payment.Amount
		return v.AppendJSON(b), nil
	}
	var v ts835.HeaderGroup
	e.dec.HeaderGroup(t, &v)
	return v.AppendJSON(b), nil
}

func (e *guideEncoder835) payment() x12.Number { return e.paid }

func (e *guideEncoder835) amounts() (charge, paid x12.Number) { return e.claim.Charge, e.claim.Paid }

func (e *guideEncoder835) unit(b []byte, t *codec.Tape, _ any) []byte {
	e.dec.Recycle()
	e.claim = ts835.ClaimPayment{}
	e.dec.ClaimPayment(t, &e.claim)
	return e.claim.AppendJSON(b)
}

func (e *guideEncoder835) trailer(t *codec.Tape) {
	if e.tail == nil {
		e.tail, e.own = new(ts835.RemittanceAdvice), ts835.NewDecoder(true)
	}
	e.own.Trailer(t, e.tail)
}

func (e *guideEncoder835) end(b []byte, t *codec.Tape) []byte { return e.ending(t).AppendJSON(b) }

// ending returns a set with nothing but its trailer.
func (e *guideEncoder835) ending(t *codec.Tape) *ts835.RemittanceAdvice {
	if e.tail != nil {
		e.own.Trailer(t, e.tail)
		return e.tail
	}
	v := new(ts835.RemittanceAdvice)
	e.dec.Recycle()
	e.dec.Trailer(t, v)
	return v
}

type guideDecoder835 struct{ w *ts835.Writer }

func (d *guideDecoder835) header(text []byte) error {
	var v ts835.RemittanceAdvice
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.Header(&v)
}

func (d *guideDecoder835) enter(_ *shapeLevel, text []byte, _ bool) error {
	var v ts835.HeaderGroup
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.HeaderGroup(&v)
}

func (d *guideDecoder835) unit(text []byte) error {
	var v ts835.ClaimPayment
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.ClaimPayment(&v)
}

func (d *guideDecoder835) end(text []byte) error {
	var v ts835.RemittanceAdvice
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.Trailer(&v)
}

package cli

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// tables837 are the guides of claims, professional, institutional and dental.
func tables837() []*guide.Table { return []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2} }

// guide837 is the shape of the 837 at layer guide: the structs of ts837, which the three guides share.
func guide837() *shape {
	return &shape{
		tables: tables837(), member: "healthCareClaim", root: levelsOf(ts837.X222A1),
		encoder: func() shapeEncoder { return &guideEncoder837{dec: ts837.NewDecoder(false)} },
		decoder: func(w *x12.Writer, t *guide.Table) shapeDecoder {
			return &guideDecoder837{w: ts837.NewWriter(w), guide: t.ID}
		},
	}
}

// The Go types of the levels of an 837.
const (
	typeBillingLevel    = "BillingLevel"
	typeSubscriberLevel = "SubscriberLevel"
	typePatientLevel    = "PatientLevel"
)

type guideEncoder837 struct {
	dec   *ts837.Decoder
	claim ts837.Claim
	tail  *ts837.HealthCareClaim // trailer parts that came early
	own   *ts837.Decoder         // of tail
}

func (e *guideEncoder837) enter(b []byte, t *codec.Tape, _ any) ([]byte, any) {
	e.dec.Recycle()
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeBillingLevel:
		var v ts837.BillingLevel
		e.dec.BillingLevel(t, &v)
		return v.AppendJSON(b), nil
	case typeSubscriberLevel:
		var v ts837.SubscriberLevel
		e.dec.SubscriberLevel(t, &v)
		return v.AppendJSON(b), nil
	case typePatientLevel:
		var v ts837.PatientLevel
		e.dec.PatientLevel(t, &v)
		return v.AppendJSON(b), nil
	}
	var v ts837.HealthCareClaim
	e.dec.Header(t, &v)
	return v.AppendJSON(b), nil
}

func (e *guideEncoder837) payment() x12.Number { return x12.Number{} }

func (e *guideEncoder837) amounts() (charge, paid x12.Number) { return e.claim.Charge, x12.Number{} }

func (e *guideEncoder837) unit(b []byte, t *codec.Tape, _ any) []byte {
	e.dec.Recycle()
	e.claim = ts837.Claim{}
	e.dec.Claim(t, &e.claim)
	return e.claim.AppendJSON(b)
}

func (e *guideEncoder837) trailer(t *codec.Tape) {
	if e.tail == nil {
		e.tail, e.own = new(ts837.HealthCareClaim), ts837.NewDecoder(true)
	}
	e.own.Trailer(t, e.tail)
}

func (e *guideEncoder837) end(b []byte, t *codec.Tape) []byte {
	if e.tail != nil {
		e.own.Trailer(t, e.tail)
		return e.tail.AppendJSON(b)
	}
	var v ts837.HealthCareClaim
	e.dec.Recycle()
	e.dec.Trailer(t, &v)
	return v.AppendJSON(b)
}

type guideDecoder837 struct {
	w     *ts837.Writer
	guide string
}

func (d *guideDecoder837) set(text []byte) (*ts837.HealthCareClaim, error) {
	v := new(ts837.HealthCareClaim)
	err := codec.Unmarshal(text, v)
	v.Guide = d.guide
	return v, err
}

func (d *guideDecoder837) header(text []byte) error {
	v, err := d.set(text)
	if err != nil {
		return err
	}
	return d.w.Header(v)
}

func (d *guideDecoder837) enter(l *shapeLevel, text []byte, more bool) error {
	switch l.typ {
	case typeBillingLevel:
		var v ts837.BillingLevel
		if err := codec.Unmarshal(text, &v); err != nil {
			return err
		}
		below(&v.Level, more)
		return d.w.BillingLevel(&v)
	case typeSubscriberLevel:
		var v ts837.SubscriberLevel
		if err := codec.Unmarshal(text, &v); err != nil {
			return err
		}
		below(&v.Level, more)
		return d.w.SubscriberLevel(&v)
	}
	var v ts837.PatientLevel
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.PatientLevel(&v)
}

// below says that levels come below one, if nothing else was said.
func below(l *codec.Level, more bool) {
	if more && l.Child == "" && !l.Bare {
		l.Child = "1"
	}
}

func (d *guideDecoder837) unit(text []byte) error {
	var v ts837.Claim
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.Claim(&v)
}

func (d *guideDecoder837) end(text []byte) error {
	v, err := d.set(text)
	if err != nil {
		return err
	}
	return d.w.Trailer(v)
}

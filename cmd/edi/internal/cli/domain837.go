package cli

import (
	"bytes"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// domain837 is the shape of the 837 at layer domain: the types of edi837. A claim has all that it stands under, so there are
// no levels.
func domain837() *shape {
	return &shape{
		tables: tables837(), member: "submission",
		root: levelsIn(&shapeLevel{typ: "Claim", array: "claims", name: "claim", unit: true}),
		encoder: func() shapeEncoder {
			return &domainEncoder837{guideEncoder837: guideEncoder837{dec: ts837.NewDecoder(false)}}
		},
		decoder: func(w *x12.Writer, t *guide.Table) shapeDecoder {
			return &domainDecoder837{w: ts837.NewWriter(w), guide: t.ID, kind: edi837.KindOf(t.ID)}
		},
		complete: completeClaims,
	}
}

// domainEncoder837 decodes as the guide layer does and says it in the words of the domain.
type domainEncoder837 struct {
	guideEncoder837
	billing    heldLevel[ts837.BillingLevel]
	subscriber heldLevel[ts837.SubscriberLevel]
	patient    heldLevel[ts837.PatientLevel]
}

// above837 is what a claim stands under: copies of the tapes, which each worker decodes for itself. It is not changed once it
// was handed out.
type above837 struct {
	guide                        string
	billing, subscriber, patient *codec.Tape
}

// heldLevel is a level decoded last.
type heldLevel[T any] struct {
	tape *codec.Tape
	dec  *ts837.Decoder
	v    T
}

// of returns the level of a tape, nil for none.
func (h *heldLevel[T]) of(t *codec.Tape, decode func(*ts837.Decoder, *codec.Tape, *T)) *T {
	if t == nil {
		return nil
	}
	if h.tape != t {
		if h.dec == nil {
			h.dec = ts837.NewDecoder(false)
		}
		var none T
		h.dec.Recycle()
		h.tape, h.v = t, none
		decode(h.dec, t, &h.v)
	}
	return &h.v
}

func (e *domainEncoder837) enter(b []byte, t *codec.Tape, above any) ([]byte, any) {
	if t.Scope.Loop == 0 {
		var v ts837.HealthCareClaim
		e.dec.Recycle()
		e.dec.Header(t, &v)
		s := edi837.SubmissionFromWire(&v)
		if s.Kind() != edi837.KindOf(v.Guide) { // ST03 is not of the guide that the set is read with
			s.Guide = v.Guide
		}
		return s.AppendJSON(b), above837{guide: t.Table.ID}
	}
	x := above.(above837)
	held, text, toks := new(codec.Tape), []byte(nil), []uint32(nil)
	t.CopyTo(held, &text, &toks)
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeBillingLevel:
		x.billing = held
	case typeSubscriberLevel:
		x.subscriber = held
	case typePatientLevel:
		x.patient = held
	}
	return b, x
}

func (e *domainEncoder837) unit(b []byte, t *codec.Tape, context any) []byte {
	x := context.(above837)
	if around := t.Table.Loops[t.Scope.Loop].Parent; t.Table.Loops[around].Type != typePatientLevel {
		x.patient = nil
	}
	e.dec.Recycle()
	e.claim = ts837.Claim{}
	e.dec.Claim(t, &e.claim)
	c := edi837.FromWire(&ts837.HealthCareClaim{Guide: x.guide}, e.billing.of(x.billing, (*ts837.Decoder).BillingLevel),
		e.subscriber.of(x.subscriber, (*ts837.Decoder).SubscriberLevel), e.patient.of(x.patient, (*ts837.Decoder).PatientLevel), &e.claim)
	return c.AppendJSON(b)
}

// end has nothing to say: behind the claims of an 837 comes SE.
func (e *domainEncoder837) end(b []byte, _ *codec.Tape) []byte { return append(b, '{', '}') }

// claimsInLevel is how many claims of one patient the guides allow in a row.
const claimsInLevel = 100

// domainDecoder837 writes claims just as they say, and the levels they need.
type domainDecoder837 struct {
	w     *ts837.Writer
	guide string
	kind  edi837.Kind

	billing, subscriber, patient []byte // the levels that are open, as JSON; nil = none
	claims                       int    // in the innermost one
	text                         []byte // scratch
}

func (d *domainDecoder837) header(text []byte) error {
	var v edi837.Submission
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	if v.Kind() != d.kind {
		v.Guide = d.guide
	}
	w, err := edi837.SubmissionToWire(&v, nil)
	if err != nil {
		return err
	}
	return d.w.Header(w)
}

func (d *domainDecoder837) enter(*shapeLevel, []byte, bool) error { return nil } // there are none

func (d *domainDecoder837) unit(text []byte) error {
	c, err := claimOf(text, d.kind)
	if err != nil {
		return err
	}
	p, err := edi837.ToWire(c, nil)
	if err != nil {
		return err
	}
	p.Billing.Level.Child, p.Subscriber.Level.Child = "1", "0"
	if p.Patient != nil {
		p.Subscriber.Level.Child, p.Patient.Level.Child = "1", "0"
	}
	if d.changed(&d.billing, c.BillingProvider.AppendJSON) {
		d.subscriber = nil
		if err := d.w.BillingLevel(p.Billing); err != nil {
			return err
		}
	}
	if d.claims >= claimsInLevel {
		d.subscriber = nil
	}
	under := func(b []byte) []byte {
		return c.Payer.AppendJSON(c.Subscriber.AppendJSON(append(b, p.Subscriber.Level.Child...)))
	}
	if d.changed(&d.subscriber, under) {
		d.patient, d.claims = nil, 0
		if err := d.w.SubscriberLevel(p.Subscriber); err != nil {
			return err
		}
	}
	if p.Patient != nil && d.changed(&d.patient, c.Patient.AppendJSON) {
		d.claims = 0
		if err := d.w.PatientLevel(p.Patient); err != nil {
			return err
		}
	}
	d.claims++
	return d.w.Claim(p.Claim)
}

// changed notes the level that is open and reports whether it is another than before.
func (d *domainDecoder837) changed(open *[]byte, text func([]byte) []byte) bool {
	d.text = text(d.text[:0])
	if *open != nil && bytes.Equal(*open, d.text) {
		return false
	}
	*open, d.text = d.text, *open
	return true
}

func (d *domainDecoder837) end(text []byte) error {
	var v edi837.Submission
	if err := codec.Unmarshal(text, &v); err != nil {
		return err
	}
	return d.w.Trailer(&ts837.HealthCareClaim{Guide: d.guide})
}

// claimOf reads a claim in a set of a kind, "" for any.
func claimOf(text []byte, kind edi837.Kind) (*edi837.Claim, error) {
	c := new(edi837.Claim)
	if err := codec.Unmarshal(text, c); err != nil {
		return nil, err
	}
	if c.Kind = c.KindOrPart(); c.Kind == "" {
		c.Kind = kind
	}
	if c.Kind != kind && kind != "" {
		return nil, &x12.Issue{Guide: kind.Guide(), Rule: codec.RuleNoPlace, Severity: x12.Error, Level: 2, Message: "a claim of another kind than its set"}
	}
	return c, nil
}

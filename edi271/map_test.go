package edi271

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// maker makes responses of random fields, in the form in which reading would give them.
type maker struct {
	rng *rand.Rand
	n   int
}

func (f *maker) fill(v reflect.Value) {
	f.n++
	switch at := v.Addr().Interface().(type) {
	case *x12.Date:
		*at, _ = x12.NewDate(2000+f.n/336%90, 1+f.n/28%12, 1+f.n%28)
		return
	case *Amount:
		*at = care.NewAmount(decimal.New(int64(f.n)-500, -int32(f.n%4)))
		return
	case *DateRange:
		f.fill(reflect.ValueOf(&at.From).Elem())
		if f.rng.IntN(2) == 0 {
			f.fill(reflect.ValueOf(&at.To).Elem())
		}
		return
	case *int:
		*at = 1 + f.n%12
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("T%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		if n := f.rng.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f.rng.IntN(3) > 0 {
				f.fill(v.Field(i))
			}
		}
	}
}

// response makes a response about a subscriber or a dependent.
func (f *maker) response() *Response {
	r := new(Response)
	f.fill(reflect.ValueOf(r).Elem())
	if r.Receiver == nil {
		r.Receiver = new(Receiver)
	}
	if r.Subscriber == nil {
		r.Subscriber = new(Person)
	}
	if r.Dependent != nil {
		r.Dependent.ID, r.Dependent.IDQualifier = "", ""
	}
	for i := range r.Benefits {
		b := &r.Benefits[i]
		if b.Origin = nil; b.Procedure != nil && reflect.ValueOf(*b.Procedure).IsZero() {
			b.Procedure = nil
		}
	}
	return r
}

func TestDomainAndBack(t *testing.T) {
	for seed := uint64(1); seed <= 60; seed++ {
		r := (&maker{rng: rand.New(rand.NewPCG(seed, 1))}).response()
		p, err := ToWire(r, nil)
		require.NoError(t, err, "seed %d", seed)
		if p.Dependent != nil { // or the rejections of the subscriber are taken for an answer of its own
			p.Subscriber.Level.Child = "1"
			r.Subscriber.Rejections, p.Subscriber.Subscriber.Rejections = nil, nil
		}
		got := FromWire(*p)
		require.Equal(t, r, got, "seed %d", seed)
		again, err := ToWire(got, p)
		require.NoError(t, err)
		require.Equal(t, p, again, "seed %d: written onto its base", seed)

		var b []byte
		back := new(Response)
		require.NoError(t, codec.Unmarshal(r.AppendJSON(b), back), "seed %d", seed)
		require.Equal(t, r, back, "seed %d: JSON", seed)
	}
}

func TestToWireKeepsForms(t *testing.T) {
	n, ok := x12.ParseNumber("025.0")
	require.True(t, ok)
	base := &Parts{Source: &ts271.SourceLevel{Level: codec.Level{Number: "007"}}, Receiver: &ts271.ReceiverLevel{}, Subscriber: &ts271.SubscriberLevel{
		Subscriber: ts271.Person{
			Dates:    []ts271.QualifiedPeriod{{Qualifier: "291", Format: "D8", Value: "SOON"}},
			Benefits: []ts271.Benefit{{Information: "B", Amount: n, DiagnosisPointers: ts271.DiagnosisPointers{Pointers: []x12.Number{x12.NewNumber(1, 0)}}}},
		},
		Extras: &codec.Extras{Omit: []string{"x"}},
	}}
	r := FromWire(*base)
	require.Equal(t, "25.0", r.Benefits[0].Amount.String())
	p, err := ToWire(r, base)
	require.NoError(t, err)
	require.Equal(t, base, p)
	r.Benefits[0].Amount = care.Cents(3000)
	r.Subscriber.Dates[0].From, _ = x12.NewDate(2026, 1, 31)
	p, err = ToWire(r, base)
	require.NoError(t, err)
	require.Equal(t, "30.00", p.Subscriber.Subscriber.Benefits[0].Amount.String())
	require.Equal(t, "20260131", p.Subscriber.Subscriber.Dates[0].Value)
	require.Equal(t, "SOON", base.Subscriber.Subscriber.Dates[0].Value, "the base was changed")
}

// TestToWireRefuses has values that a 271 has no place for.
func TestToWireRefuses(t *testing.T) {
	for what, r := range map[string]*Response{
		"traces":   {Receiver: &Receiver{}, Traces: []Trace{{Number: "1"}}},
		"benefits": {Benefits: []Benefit{{Information: "1"}}},
		"id":       {Subscriber: &Person{}, Dependent: &Person{ID: "1"}},
	} {
		_, err := ToWire(r, nil)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, what)
		require.Equal(t, codec.RuleNoPlace, issue.Rule, what)
	}
	_, err := ToWire(&Response{Subscriber: &Person{}, Benefits: []Benefit{{Amount: care.NewAmount(decimal.RequireFromString("1234567890123456789"))}}}, nil)
	require.ErrorIs(t, err, x12.ErrNumber)
	require.NotContains(t, err.Error(), "12345")
}

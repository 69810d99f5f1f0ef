package edi270

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// maker makes inquiries of random fields, in the form in which reading would give them.
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

// inquiry makes an inquiry about a subscriber or a dependent.
func (f *maker) inquiry() *Inquiry {
	q := new(Inquiry)
	f.fill(reflect.ValueOf(q).Elem())
	plain := func(list []Reference) {
		for i := range list {
			list[i].Description = ""
		}
	}
	plain(q.Subscriber.References)
	if d := q.Dependent; d != nil {
		d.ID, d.IDQualifier = "", ""
		plain(d.References)
	}
	for i := range q.Questions {
		a := &q.Questions[i]
		if p := a.Procedure; p != nil {
			if p.EndCode = ""; reflect.ValueOf(*p).IsZero() {
				a.Procedure = nil
			}
		}
		if a.Authorization != nil {
			a.Authorization.Description = ""
		}
		if q.Dependent != nil {
			a.CoverageLevel, a.SpendDown, a.SpendDownTotalBilled = "", Amount{}, Amount{}
		}
	}
	return q
}

func TestDomainAndBack(t *testing.T) {
	for seed := uint64(1); seed <= 60; seed++ {
		q := (&maker{rng: rand.New(rand.NewPCG(seed, 1))}).inquiry()
		p, err := ToWire(q, nil)
		require.NoError(t, err, "seed %d", seed)
		got := FromWire(*p)
		require.Equal(t, q, got, "seed %d", seed)
		again, err := ToWire(got, p)
		require.NoError(t, err)
		require.Equal(t, p, again, "seed %d: written onto its base", seed)

		var b []byte
		back := new(Inquiry)
		require.NoError(t, codec.Unmarshal(q.AppendJSON(b), back), "seed %d", seed)
		require.Equal(t, q, back, "seed %d: JSON", seed)
	}
}

func TestToWireKeepsForms(t *testing.T) {
	n, ok := x12.ParseNumber("037.50")
	require.True(t, ok)
	base := &Parts{Source: &ts270.SourceLevel{Level: codec.Level{Number: "007"}}, Receiver: &ts270.ReceiverLevel{}, Subscriber: &ts270.SubscriberLevel{
		Subscriber: ts270.Person{
			Dates:     []ts270.QualifiedPeriod{{Qualifier: "291", Format: "D8", Value: "SOON"}},
			Inquiries: []ts270.Inquiry{{SpendDown: n, Date: &ts270.DatePeriod{Format: "RD8", Value: "20260131-20260131"}}},
		},
		Extras: &codec.Extras{Omit: []string{"x"}},
	}}
	q := FromWire(*base)
	require.Equal(t, "37.50", q.Questions[0].SpendDown.String())
	p, err := ToWire(q, base)
	require.NoError(t, err)
	require.Equal(t, base, p)
	q.Questions[0].Date = DateRange{}
	q.Subscriber.Dates[0].From, _ = x12.NewDate(2026, 1, 31)
	p, err = ToWire(q, base)
	require.NoError(t, err)
	require.Nil(t, p.Subscriber.Subscriber.Inquiries[0].Date)
	require.Equal(t, "20260131", p.Subscriber.Subscriber.Dates[0].Value)
	require.Equal(t, "SOON", base.Subscriber.Subscriber.Dates[0].Value, "the base was changed")
}

// TestToWireRefuses has values that a 270 has no place for.
func TestToWireRefuses(t *testing.T) {
	for what, q := range map[string]*Inquiry{
		"description": {Subscriber: Person{References: []Reference{{Description: "X"}}}},
		"id":          {Dependent: &Person{ID: "1"}},
		"end":         {Questions: []Question{{Procedure: &Procedure{EndCode: "1"}}}},
		"family":      {Dependent: &Person{}, Questions: []Question{{CoverageLevel: "FAM"}}},
		"spend down":  {Dependent: &Person{}, Questions: []Question{{SpendDown: care.Cents(1)}}},
	} {
		_, err := ToWire(q, nil)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, what)
		require.Equal(t, codec.RuleNoPlace, issue.Rule, what)
	}
	_, err := ToWire(&Inquiry{Questions: []Question{{SpendDown: care.NewAmount(decimal.RequireFromString("1234567890123456789"))}}}, nil)
	require.ErrorIs(t, err, x12.ErrNumber)
	require.NotContains(t, err.Error(), "12345")
}

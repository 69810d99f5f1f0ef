package mapping

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// TestForms has values of the base that stay in their form as long as they say the same.
func TestForms(t *testing.T) {
	in, out := &Mapper{}, &Mapper{Out: true, Guide: "G"}
	for _, c := range []struct{ format, value, edited string }{
		{"D8", "20260131", "D8 20260131"}, {"RD8", "20260131-20260202", "RD8 20260131-20260202"}, {"D8", "soon", "D8 soon"}, {"", "", " "},
	} {
		var from, to x12.Date
		format, value := c.format, c.value
		in.Days(&from, &to, &format, &value)
		out.Days(&from, &to, &format, &value)
		require.Equal(t, c.edited, format+" "+value)
	}
	var from, to x12.Date
	format, value := "RD8", "20260131-20260202"
	in.Days(&from, &to, &format, &value)
	to = x12.Date{}
	out.Days(&from, &to, &format, &value)
	require.Equal(t, "D8 20260131", format+" "+value)
	from = x12.Date{}
	out.Days(&from, &to, &format, &value)
	require.Equal(t, " ", format+" "+value)

	var pointers []int
	numbers := []x12.Number{x12.NewNumber(1, 0), {}, x12.NewNumber(25, 1), x12.NewNumber(3, 0), {}}
	in.Pointers(&pointers, &numbers)
	require.Equal(t, []int{1, 0, 0, 3}, pointers)
	out.Pointers(&pointers, &numbers)
	require.Equal(t, []x12.Number{x12.NewNumber(1, 0), {}, {}, x12.NewNumber(3, 0)}, numbers)

	var amount care.Amount
	number := x12.NewNumber(1050, 2)
	in.Num(&amount, &number)
	out.Num(&amount, &number)
	require.Equal(t, x12.NewNumber(1050, 2), number)
	amount = care.Cents(1)
	amount.Decimal = amount.Decimal.Shift(-30)
	out.Num(&amount, &number)
	require.ErrorIs(t, out.Err, x12.ErrNumber)
	out.Refuse(true, "later")
	require.ErrorIs(t, out.Err, x12.ErrNumber, "the first fault stays")

	out = &Mapper{Out: true, Guide: "G"}
	out.Refuse(false, "nothing")
	require.NoError(t, out.Err)
	out.Refuse(true, "Person.Weight")
	var issue *x12.Issue
	require.ErrorAs(t, out.Err, &issue)
	require.Equal(t, codec.RuleNoPlace, issue.Rule)
	require.Equal(t, "G", issue.Guide)
}

type place struct{ text string }

// TestHolders has the ways in which a value can be held.
func TestHolders(t *testing.T) {
	each := func(m *Mapper, d *string, w *place) { Text(m, d, &w.text) }
	in, out := &Mapper{}, &Mapper{Out: true}

	d, w := "", &place{"A"}
	Present(in, &d, &w, each)
	require.Equal(t, "A", d)
	d = ""
	Present(out, &d, &w, each)
	require.Nil(t, w)
	w = &place{}
	Present(out, &d, &w, each)
	require.NotNil(t, w, "an empty segment of the base stays")

	p, held := (*string)(nil), place{"B"}
	Pointed(in, &p, &held, false, each)
	require.Equal(t, "B", *p)
	Pointed(out, &p, &held, false, each)
	require.Equal(t, place{"B"}, held)
	p = nil
	Pointed(out, &p, &held, false, each)
	require.Zero(t, held)
	Pointed(in, &p, &held, true, each)
	require.Nil(t, p)

	list, base := []string{"X", "Y"}, []place{{"1"}, {"2"}, {"3"}}
	List(out, &list, &base, each)
	require.Equal(t, []place{{"X"}, {"Y"}}, base)
	List(in, &list, &base, each)
	require.Equal(t, []string{"X", "Y"}, list)

	w = nil
	Optional(in, &p, &w, each)
	require.Nil(t, p)
	w = &place{"C"}
	Optional(in, &p, &w, each)
	Optional(out, &p, &w, each)
	require.Equal(t, "C", w.text)
}

package care

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

func TestAmount(t *testing.T) {
	for _, text := range []string{"80.50", "0", "-12", "0.001", "123456789012345678"} {
		a, err := ParseAmount(text)
		require.NoError(t, err)
		require.Equal(t, text, a.String())
		n, err := a.Number()
		require.NoError(t, err)
		require.True(t, AmountOf(n).Same(a))
		b, err := json.Marshal(a)
		require.NoError(t, err)
		require.Equal(t, `"`+text+`"`, string(b))
		var back Amount
		require.NoError(t, json.Unmarshal(b, &back))
		require.True(t, back.Same(a))
	}
	none, err := ParseAmount("")
	require.NoError(t, err)
	require.True(t, none.IsZero())
	n, err := none.Number()
	require.NoError(t, err)
	require.False(t, n.Set())
	require.Equal(t, "null", string(none.AppendJSON(nil)))
	_, err = ParseAmount("1e3")
	require.ErrorIs(t, err, x12.ErrNumber)
	require.True(t, Cents(8050).Equal(NewAmount(Cents(805).Decimal.Shift(1))))
	require.False(t, Cents(8050).Same(NewAmount(Cents(805).Decimal.Shift(1))))
}

func TestArrange(t *testing.T) {
	list := []Adjustment{{Group: "CO"}, {Group: "CO"}, {Group: "PR", Place: Place{Skipped: 1}}, {Group: "PR"}}
	place := func(a *Adjustment) *Place { return &a.Place }
	together := func(a, b *Adjustment) bool { return a.Group == b.Group }
	require.Equal(t, [][]int{{0, 1}, {-1, 2, 3}}, Arrange(list, place, together))
	long := make([]Adjustment, Places+1)
	require.Len(t, Arrange(long, place, together), 2)
}

func TestEnvelopes(t *testing.T) {
	var b bytes.Buffer
	w := x12.NewWriter(&b)
	e := Envelopes{W: w, Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)}
	never := func(x12.Delimiters) bool { return false }
	env := Envelope{Interchange: Interchange{SenderID: "A", ReceiverID: "B"}}
	var issue *x12.Issue
	require.ErrorAs(t, e.Open(Envelope{}, "HC", "V1", x12.DefaultDelimiters, never), &issue)
	require.Equal(t, RuleEnvelopeParties, issue.Rule)
	for range 2 {
		require.NoError(t, e.Open(env, "HC", "V1", x12.DefaultDelimiters, never))
	}
	require.NoError(t, e.Open(env, "HC", "V2", x12.DefaultDelimiters, never)) // a group of its own
	env.Interchange.Usage = "T"
	require.NoError(t, e.Open(env, "HC", "V2", x12.DefaultDelimiters, never))
	require.NoError(t, w.Close())
	require.Equal(t, "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260131*1200*^*00501*000000001*0*P*:~"+
		"GS*HC*A*B*20260131*1200*1*X*V1~GE*0*1~GS*HC*A*B*20260131*1200*2*X*V2~GE*0*2~IEA*2*000000001~"+
		"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260131*1200*^*00501*000000002*0*T*:~"+
		"GS*HC*A*B*20260131*1200*3*X*V2~GE*0*3~IEA*1*000000002~", b.String())

	type data struct {
		Text []string
		Sum  Amount
	}
	require.Equal(t, x12.DefaultDelimiters, ChooseDelimiters(&data{Text: []string{"A"}, Sum: Cents(1)}))
	d := ChooseDelimiters(&data{Text: []string{"A*B", "~"}})
	require.Equal(t, x12.Delimiters{Element: '|', Repetition: '^', Component: ':', Segment: '>'}, d)
	require.True(t, Clash(x12.DefaultDelimiters, &data{Text: []string{"~"}}))
	require.False(t, Clash(d, &data{Text: []string{"~"}}))
}

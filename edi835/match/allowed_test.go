package match

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func expected(t *testing.T, text string) *Expected {
	e, err := ReadExpected(strings.NewReader(text))
	require.NoError(t, err)
	return e
}

func TestExpected(t *testing.T) {
	e := expected(t, "Allowed, procedure ,note,payer,modifiers\n10,99213,x,,\n11,99213,,,25\n12,99213,,plan,\n13,99213,,PLAN,59 25\n,,,,\n14,r0450\n")
	for _, c := range []struct{ procedure, mods, want string }{
		{"99213", "", "12"}, {"99213", "25", "12"}, {"99213", "25:59", "13"}, {"R0450", "TC", "14"}, {"99999", "", ""},
	} {
		n, ok := e.find([]string{"PLAN", ""}, c.procedure, c.mods)
		require.Equal(t, c.want != "", ok, c)
		require.Equal(t, c.want, n.String(), c)
	}
	n, _ := e.find([]string{"OTHER", ""}, "99213", "25")
	require.Equal(t, "11", n.String())
	require.Len(t, e.rates, 5)
}

func TestExpectedFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "it is empty",
		"procedure,rate\n":                      "line 1: no column allowed",
		"allowed\n":                             "line 1: no column procedure",
		"procedure,allowed\nA,x\n":              "line 2: allowed is no amount",
		"procedure,allowed\nA,1\n\nA,\n":        "line 4: allowed is no amount",
		"procedure,allowed\nA,-1\n":             "line 2: allowed is no amount",
		"procedure,allowed\n,1\n":               "line 2: no procedure",
		"procedure,allowed\nA,1\nB,1\na,2.00\n": "line 4: another amount than in a line before for the same payer, procedure and modifiers",
		"procedure,allowed,Allowed\n":           "line 1: two columns allowed",
		"procedure,allowed\nA,\"1\n":            "line 2: extraneous or missing \" in quoted-field",
		"payer,procedure,allowed\nBlue Mesa,A,1\nBLUE-MESA,A,2":  "line 3: another amount than in a line before for the same payer, procedure and modifiers",
		"procedure,modifiers,allowed\nA,25-59,1\nA,59:25,3\nB,x": "line 3: another amount than in a line before for the same payer, procedure and modifiers",
	} {
		_, err := ReadExpected(strings.NewReader(text))
		require.ErrorIs(t, err, ErrExpected, text)
		require.Equal(t, want, strings.TrimPrefix(err.Error(), ErrExpected.Error()+": "), text)
	}
	broken := errors.New("broken")
	_, err := ReadExpected(io.MultiReader(strings.NewReader("procedure,allowed\n"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	require.NotErrorIs(t, err, ErrExpected)
	e := expected(t, "procedure,allowed\nA,1\na,1.0\n") // the same again is no fault
	require.Len(t, e.rates, 1)
}

func TestAllowance(t *testing.T) {
	const table = "procedure,modifiers,allowed\nA,,100\nB,,50\nB,TC,20\n"
	for _, c := range []struct{ name, claim, svc, want string }{
		{"as expected, with the patient's share", "A::120:2026-01-05", "A::120:70:2026-01-05:::CO:45:20,PR:1:30", "as_expected 100.00 100.00 0.00"},
		{"within the tolerance", "A::120:2026-01-05", "A::120:99:2026-01-05:::CO:45:21", "as_expected 99.00 100.00 1.00"},
		{"under", "A::120:2026-01-05", "A::120:98.99:2026-01-05:::CO:45:21.01", "under 98.99 100.00 1.01"},
		{"over", "A::120:2026-01-05", "A::120:101.01:2026-01-05:::CO:45:18.99", "over 101.01 100.00 -1.01"},
		{"by units", "A::500:2026-01-05::4", "A::500:300:2026-01-05:::CO:45:200", "under 300.00 400.00 100.00 cut"},
		{"the percentage is the larger", "A::50000:2026-01-05::400", "A::50000:39600:2026-01-05:::CO:45:10400", "as_expected 39600.00 40000.00 400.00 cut"},
		{"a denial is none", "A::120:2026-01-05", "A::120:0:2026-01-05:::CO:50:120", ""},
		{"nothing expected", "C::120:2026-01-05", "C::120:1:2026-01-05:::CO:45:119", ""},
		{"by modifiers", "B:TC:60:2026-01-05", "B:TC:60:20:2026-01-05:::CO:45:40", "as_expected 20.00 20.00 0.00"},
		{"other modifiers", "B:26:60:2026-01-05", "B:26:60:20:2026-01-05:::CO:45:40", "under 20.00 50.00 30.00"},
		{"another procedure", "A::120:2026-01-05", "B::120:50:2026-01-05::A:CO:45:70", "under 50.00 100.00 50.00 recoded"},
		{"refused in part", "A::120:2026-01-05", "A::120:60:2026-01-05:::CO:45:20,PR:96:40", "under 60.00 100.00 40.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, Options{Expected: expected(t, table)}, "claim A1 2026-01-10 line="+c.claim+"\npay 2026-02-01\nclp A1 1 100 100 P1 svc="+c.svc+"\n")
			var got []string
			r.lineRows(func(i *lineItem) {
				if w := &i.allowance; w.Check != NotChecked {
					text := fmt.Sprintf("%s %s %s %s", w.Check, w.Allowed.String(), w.Expected.String(), w.Shortfall.String())
					if w.UnitsCut {
						text += " cut"
					}
					if w.Recoded {
						text += " recoded"
					}
					got = append(got, text)
				}
			})
			require.Equal(t, c.want, strings.Join(got, "; "))
		})
	}
	e := expected(t, table)
	e.Tolerance, e.Percent = decimal.Zero, decimal.Zero
	one := "claim A1 2026-01-10 line=A::120:2026-01-05\npay 2026-02-01\nclp A1 %s 120 99.99 P1 svc=A::120:99.99:2026-01-05:::CO:45:20.01\n"
	rep := run(t, Options{Expected: e}, fmt.Sprintf(one, "1")).Report()
	require.Equal(t, 1, rep.Total.Under.N)
	require.Equal(t, "0.01", rep.Total.Under.Amount.String())
	require.Zero(t, run(t, Options{Expected: e}, fmt.Sprintf(one, "2")).Report().Total.Checked, "a later payer allows what is left")
	apart := run(t, Options{Expected: e}, "claim A1 2026-01-10 line=A::120:2026-01-05:L\npay 2026-02-01\nclp A1 1 120 2 P1 svc=X::60:1:2026-01-05:L::CO:45:59 svc=Y::60:1:2026-01-05:L::CO:45:59\n")
	require.Zero(t, apart.Report().Total.Checked, "a line that was taken apart")
	back := run(t, Options{Expected: e}, fmt.Sprintf(one, "1")+"pay 2026-03-01\nclp A1 22 -120 -99.99 P1 svc=A::-120:-99.99:2026-01-05:::CO:45:-20.01\n")
	require.Zero(t, back.Report().Total.Checked, "what was taken back")
}

// TestNotDenied: what is no denial can be said.
func TestNotDenied(t *testing.T) {
	const text = "claim A1 2026-01-10\npay 2026-02-01\nclp A1 1 100 0 P1 cas=CO:97:60,PI:97:40\n"
	require.Equal(t, Denied, run(t, Options{}, text).Claims[0].State)
	require.Equal(t, Denied, run(t, Options{NotDenied: []string{"CO:97"}}, text).Claims[0].State)
	require.Equal(t, ZeroPaid, run(t, Options{NotDenied: []string{"97"}}, text).Claims[0].State)
}

func FuzzExpected(f *testing.F) {
	f.Add([]byte("payer,procedure,modifiers,allowed\nPLAN,99213,25:59,10.00\n"))
	f.Add([]byte("procedure,allowed\nA,\"1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := ReadExpected(bytes.NewReader(text))
		if err != nil {
			require.ErrorIs(t, err, ErrExpected)
			return
		}
		for k, n := range e.rates {
			require.NotEmpty(t, k.procedure)
			got, ok := e.find([]string{k.payer}, k.procedure, k.modifiers)
			require.True(t, ok)
			require.Equal(t, n, got)
		}
	})
}

package edi835_test

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/validate"
)

func TestRules(t *testing.T)         { ruletest.Samples(t, 0, edi835.Rules()) }
func TestRulesValid(t *testing.T)    { ruletest.Valid(t, "835", edi835.Rules()) }
func TestRulesOfficial(t *testing.T) { ruletest.Official(t, "835", edi835.Rules()) }

func balancing(t testing.TB, workers int) *validate.Validator {
	v, err := validate.New(validate.Options{Level: 3, Packs: []validate.Pack{edi835.Rules()}, Workers: workers})
	require.NoError(t, err)
	return v
}

// TestBalanceEveryAmount changes each amount that balances by a cent: it is found once, and where it is.
func TestBalanceEveryAmount(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: 60, PerSet: 20, Seed: 11})
	require.NoError(t, err)
	v := balancing(t, 1)
	for _, f := range ruletest.Run(t, v, b.Bytes()) {
		require.Less(t, f.Severity, x12.Warning, f.Error())
	}
	segs := strings.Split(strings.TrimSuffix(b.String(), "~"), "~")
	set, payment, claim, line, changes := 0, 0, 0, 0, 0
	for i, seg := range segs {
		e := strings.Split(seg, "*")
		try := func(elem int, rule string, at int) {
			if elem >= len(e) || e[elem] == "" {
				return
			}
			changed := append([]string(nil), e...)
			changed[elem] = cent(t, e[elem])
			list := append([]string(nil), segs...)
			list[i] = strings.Join(changed, "*")
			own, others := 0, []string{}
			for _, f := range ruletest.Run(t, v, []byte(strings.Join(list, "~")+"~")) {
				switch {
				case f.Rule == rule && f.Segment == at-set+1:
					own++
				case f.Severity >= x12.Warning && f.Rule != "835/zero-payment-code":
					others = append(others, f.Error())
				}
			}
			changes++
			require.Equal(t, 1, own, "%s element %d: %s %v", seg, elem, rule, others)
			require.Empty(t, others, "%s element %d", seg, elem)
		}
		switch e[0] {
		case "ST":
			set = i
		case "BPR":
			payment = i
			try(2, "835/balance-transaction", i)
		case "CLP":
			claim, line = i, 0
			try(3, "835/balance-claim", i)
			try(4, "835/balance-claim", i)
			if e[2] != "22" {
				try(5, "835/patient-responsibility", i)
			}
		case "SVC":
			line = i
			try(2, "835/balance-line", i)
			try(3, "835/balance-line", i)
		case "CAS":
			for k := 3; k < len(e); k += 3 {
				if line > 0 {
					try(k, "835/balance-line", line)
				} else {
					try(k, "835/balance-claim", claim)
				}
			}
		case "PLB":
			for k := 4; k < len(e); k += 2 {
				try(k, "835/balance-transaction", payment)
			}
		}
	}
	require.Greater(t, changes, 500)
}

// cent adds a cent to an amount, away from zero.
func cent(t *testing.T, amount string) string {
	n, ok := x12.ParseNumber(amount)
	require.True(t, ok, amount)
	d := n.Decimal().Shift(2).IntPart()
	if d++; d == 0 {
		d++
	}
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	s := strconv.FormatInt(d, 10)
	for len(s) < 3 {
		s = "0" + s
	}
	return sign + s[:len(s)-2] + "." + s[len(s)-2:]
}

// TestBalanceWorkers compares the findings of one worker and of several over a remittance with a fault in every set.
func TestBalanceWorkers(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: 3000, PerSet: 1000, Seed: 5})
	require.NoError(t, err)
	src := bytes.ReplaceAll(b.Bytes(), []byte("BPR*I*"), []byte("BPR*I*1"))
	want := ruletest.Run(t, balancing(t, 1), src)
	got := ruletest.Run(t, balancing(t, 4), src)
	require.NotEmpty(t, want)
	require.Equal(t, len(want), len(got))
	for i := range want {
		require.Equal(t, want[i].Error(), got[i].Error())
	}
}

// TestBalanceLargeAmounts adds amounts that no int64 of cents holds, and ones of more than four decimals.
func TestBalanceLargeAmounts(t *testing.T) {
	v := balancing(t, 1)
	base, err := edi835.Rules().Samples("remit")
	require.NoError(t, err)
	for _, c := range []struct {
		edits []validate.Edit
		found bool
	}{
		{[]validate.Edit{{Prefix: "CLP*RB-5", With: "CLP*RB-5*25*999999999999999999*0**12*1*11*1"}, {Prefix: "CAS*OA*101", With: "CAS*OA*101*999999999999999999"}}, false},
		{[]validate.Edit{{Prefix: "CLP*RB-5", With: "CLP*RB-5*25*999999999999999999*0**12*1*11*1"}, {Prefix: "CAS*OA*101", With: "CAS*OA*101*999999999999999998"}}, true},
		{[]validate.Edit{{Prefix: "CLP*RB-5", With: "CLP*RB-5*25*300.000001*0**12*1*11*1"}, {Prefix: "CAS*OA*101", With: "CAS*OA*101*300.000001"}}, false},
		{[]validate.Edit{{Prefix: "CLP*RB-5", With: "CLP*RB-5*25*300.000001*0**12*1*11*1"}}, true},
	} {
		found := false
		for _, f := range ruletest.Findings(t, v, base, c.edits) {
			found = found || f.Rule == "835/balance-claim"
		}
		require.Equal(t, c.found, found, c.edits)
	}
}

// BenchmarkRules compares full validation with the typed reading of the same bytes.
func BenchmarkRules(b *testing.B) {
	var src bytes.Buffer
	_, err := synth.Write(&src, synth.Options{Claims: 5000, Seed: 3})
	require.NoError(b, err)
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(src.Len()))
		b.ReportAllocs()
		for b.Loop() {
			rd := ts835.NewReader(bytes.NewReader(src.Bytes()), codec.WithReuse())
			for {
				_, err := rd.Next()
				if err == io.EOF {
					break
				}
				require.NoError(b, err)
			}
		}
	})
	for _, level := range []uint8{2, 3, 4, 5} {
		b.Run("validate-"+strconv.Itoa(int(level)), func(b *testing.B) {
			v, err := validate.New(validate.Options{Level: level, Packs: []validate.Pack{edi835.Rules()}})
			require.NoError(b, err)
			b.SetBytes(int64(src.Len()))
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, v.Run(bytes.NewReader(src.Bytes()), nil, nil))
			}
		})
	}
}

func FuzzRules(f *testing.F) { ruletest.Fuzz(f, "835", edi835.Rules()) }

// TestRulesSynthetic takes generated remittances, which are good.
func TestRulesSynthetic(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: 2000, PerSet: 300, Seed: 7})
	require.NoError(t, err)
	v, err := validate.New(validate.Options{Level: 4, Packs: []validate.Pack{edi835.Rules()}})
	require.NoError(t, err)
	for _, f := range ruletest.Run(t, v, b.Bytes()) {
		require.Less(t, f.Severity, x12.Warning, f.Error())
	}
}

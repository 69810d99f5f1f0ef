package edit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/edit"
)

// set835 makes a remittance of claims, each with a note of some bytes.
func set835(control, header string, claims, note int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ST*835*%s~BPR*I*%d*C*ACH*CCP*01*011000015*DA*1*1512345678**01*011000015*DA*2*20260105~%s", control, 2*claims, header)
	b.WriteString("LX*1~")
	for i := range claims {
		fmt.Fprintf(&b, "CLP*%s-%d*1*3.5*2**12*P1~", control, i)
		if note > 0 {
			b.WriteString("NM1*QC*1*" + strings.Repeat("X", note) + "~")
		}
	}
	b.WriteString("PLB*1234567893*20261231*WO:1*0~")
	text := b.String()
	return fmt.Sprintf("%sSE*%d*%s~", text, strings.Count(text, "~")+1, control)
}

// party makes the header of a remittance.
func party(trn, payer, payee string) string {
	return "TRN*1*55*" + trn + "~N1*PR*ACME*" + payer + "~N3*1 WAY~N1*PE*CLINIC*" + payee + "~"
}

func file835(t testing.TB, sets, claims, note int) string {
	t.Helper()
	var list []string
	for i := range sets {
		list = append(list, set835(fmt.Sprintf("%04d", i+1), party("1512345678", "XV*P"+fmt.Sprint(i%2), "XX*1234567893"), claims, note))
	}
	text := envelope(list...)
	require.Empty(t, read(t, text, false).findings)
	return text
}

func TestRemittances(t *testing.T) {
	sets := []struct {
		header     string
		payer, npi string
	}{
		{party("1512345678", "XV*PLAN1", "XX*1234567893"), "PLAN1", "1234567893"},
		{party("1512345679", "", "FI*123456789"), "1512345679", "tax:123456789"},
		{party("", "", "") + "REF*TJ*987654321~", "1512345678", "tax:987654321"},
		{"N1*PR*ACME~REF*TJ*1~", "1512345678", "none"},
		{party("1512345678", "XV*PLAN1", "XX*1999999984"), "PLAN1", "1999999984"},
	}
	var list []string
	for i, s := range sets {
		list = append(list, set835(fmt.Sprintf("%04d", i+1), s.header, i+1, 5))
	}
	text := envelope(list...)
	whole := read(t, text, false)
	for _, by := range keys {
		got := map[string]string{} // part by set
		var parts []edit.Part
		o := edit.Options{By: parseBy(t, by), MaxOpen: 2,
			OnPart:  func(p *edit.Part) error { parts = append(parts, *p); return nil },
			OnShare: func(s *edit.Share) error { got[s.Source.Set] = s.Part; return nil }}
		m, res, _ := split(t, text, o)
		require.EqualValues(t, 15, res.Out.Claims)
		require.Equal(t, "52.50", res.Out.Charge.String())
		require.Equal(t, "30.00", res.Out.Paid.String())
		require.Equal(t, "30.00", res.Out.Payment.String())
		all := read(t, m.all(), false)
		require.Empty(t, all.findings)
		require.Equal(t, sorted(whole.sets), sorted(all.sets), "sets are moved whole")
		names := map[string]string{}
		for _, p := range parts {
			require.True(t, p.Payments)
			names[p.Key] = p.Name
		}
		for i, s := range sets {
			switch control := fmt.Sprintf("%04d", i+1); by {
			case "payer":
				require.Equal(t, names[s.payer], got[control])
			case "billing-npi":
				require.Equal(t, names[s.npi], got[control])
			}
		}
		switch by {
		case "set":
			require.Len(t, m.files, 5)
		case "claims:1", "claims:2": // 1, 2, 3, 4, 5 claims
			require.Len(t, m.files, 5)
		case "claims:3": // 1+2, 3, 4, 5
			require.Equal(t, got["0001"], got["0002"])
			require.Len(t, m.files, 4)
		case "claims:7": // 1+2+3, 4, 5
			require.Equal(t, got["0001"], got["0003"])
			require.Len(t, m.files, 3)
		case "claims:100000":
			require.Len(t, m.files, 1)
		case "payer":
			require.Len(t, m.files, 3)
		case "billing-npi":
			require.Len(t, m.files, 5)
		}
	}
}

// TestPacking packs sets that are too large to be kept in memory until their number of claims is known.
func TestPacking(t *testing.T) {
	text := file835(t, 5, 200, 3000)
	whole := read(t, text, false)
	for n, parts := range map[int]int{100: 5, 200: 5, 399: 5, 400: 3, 1000: 1} {
		m, _, findings := split(t, text, edit.Options{By: edit.ByClaims(int64(n)), Newline: true})
		require.Len(t, m.files, parts)
		require.Len(t, findings, map[int]int{100: 5}[n], "sets with more claims than a part is to have")
		got := read(t, m.all(), false)
		require.Empty(t, got.findings)
		require.Equal(t, whole.sets, got.sets)
	}
}

// TestMixed has claims and remittances in one stream.
func TestMixed(t *testing.T) {
	claims, _ := file837(4, 2)
	text := claims + file835(t, 3, 2, 0)
	for _, by := range keys {
		m, _, _ := split(t, text, edit.Options{By: parseBy(t, by)})
		require.Equal(t, read(t, text, false).texts(), read(t, m.all(), false).texts(), by)
	}
}

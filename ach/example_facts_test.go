package ach

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// workedExample is a file another program wrote of the two payments below.
const workedExample = `101 999988880 9999888802611210900A094101FIRST EXAMPLE BANK     NORTH HEALTH PLAN              
5220NORTH HEALTH PLN                    1512345678CCDHCCLAIMPMT      261124   1999988880000001
622999977778744567890        0000123456EFT0001234     GOOD CLINIC PA          1999988880000001
705TRN*1*EFT0001234*1512345678~                                                    00010000001
632999977778SAV-55501        0000005000EFT0001235     ELM DENTAL GROUP        1999988880000002
705TRN*1*EFT0001235*1512345678*000000999~                                          00010000002
822000000401999955540000000000000000001284561512345678                         999988880000001
9000001000001000000040199995554000000000000000000128456                                       
9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
`

// twoPayments are the payments of the worked example.
func twoPayments() []*remit {
	second := newRemit().pays("50.00").trace("EFT0001235").set(14, "SG").set(15, "SAV-55501")
	second.trn[4] = "000000999"
	second.payee = "ELM DENTAL GROUP"
	return []*remit{newRemit(), second}
}

func TestWorkedExample(t *testing.T) {
	r := convert(t, stream(twoPayments()...), testConfig(), Options{})
	files := written(t, r)
	require.Len(t, files, 1)
	require.Equal(t, workedExample, files[0])
	for _, p := range r.Payments {
		require.Equal(t, Taken, p.Action)
		require.Empty(t, p.Notes)
	}
	var b strings.Builder
	require.NoError(t, r.WriteReport(&b, "text"))
	require.Contains(t, b.String(), "total taken          1284.56  in 2 payments\n")
}

package codes_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/codes"
)

func TestForms(t *testing.T) {
	for _, c := range []struct {
		name      string
		is        func(string) bool
		good, bad string // divided by blanks; "_" stands for a blank
	}{
		{"npi", codes.IsNPI[string], "1234567893 1999999984 1999900016", "1234567890 1234567839 3234567891 0234567894 123456789 12345678933 123456789X 1:34567893 /234567893"},
		{"tax id", codes.IsTaxID[string], "990410001 000000000", "99-0410001 99041000 9904100011 99041000X 990_41000"},
		{"taxonomy", codes.IsTaxonomy[string], "207Q00000X 1223G0001X 282N00000X", "207Q00000 207q00000X 207Q000000 207Q00000XX 207Q-0000X"},
		{"zip", codes.IsZIP[string], "97103 971030410", "9710 97103-0410 971030 97103041 9710O"},
		{"canada", codes.IsCanadianPostal[string], "K1A0B1", "K1A_0B1 K1A0B K1AOB1 k1a0b1 97103"},
		{"province", codes.IsProvince[string], "ON QC YT", "OR CA on O"},
		{"country sub", codes.IsCountrySub[string], "BY 9 ABC", "-BY ABCD by"},
		{"language", codes.IsLanguage[string], "en ENG spa", "e ENGL e1 EN1"},
		{"race", codes.IsRace[string], "2106-3 2028-9 1002-5 2135-2 R5 R5.01 E1.02.003", "2106-4 2106 21063 W R5. R.5 R5..1 R 2106-X 210A-3"},
		{"icd10cm", codes.IsICD10CM[string], "J069 A00 U071 Z3A08 C4A0 S72001A M1A00X0", "J06.9 J0 4660 JA69 j069 S72001AA"},
		{"icd10pcs", codes.IsICD10PCS[string], "021009W 4A023N7 B2111ZZ", "O21009W 021OO9W 02100I9 021009 021009WW 02100.9"},
		{"icd9cm", codes.IsICD9CM[string], "466 4660 25000 V20 V202 E8190 E812", "466.0 46 250000 E81 V2 X202 E81901"},
		{"icd9 procedure", codes.IsICD9Procedure[string], "361 3604", "36.04 36 36041 36A"},
		{"hcpcs", codes.IsHCPCS[string], "99213 0042T 1000F J1885 D0120 0001U", "9921 992133 9921-3 JJ885 A123B 99 992t3 9921t"},
		{"cdt", codes.IsCDT[string], "D0120 D9999", "00120 D012 D01200 d0120"},
		{"modifier", codes.IsModifier[string], "25 QW E1", "2 qw 251 2-"},
		{"hipps", codes.IsHIPPS[string], "RHC07 1AFKS", "RHC0 RHC077 rhc07"},
		{"ndc", codes.IsNDC[string], "00990001101", "0990-0011-01 0990001101 009900011011 0099000110A"},
		{"drg", codes.IsDRG[string], "236 087 1391 139A", "87 1 A36 12345 23-6"},
		{"revenue", codes.IsRevenue[string], "0450 450 1", "04500 045X A45"},
		{"billing", codes.IsBilling[string], "09 A1 11", "9 a1 111"},
		{"treatment", codes.IsTreatment[string], "A01 B12", "A1 001 A011 AA1"},
	} {
		for _, v := range strings.Fields(c.good) {
			require.True(t, c.is(v), "%s: %q", c.name, v)
		}
		for _, v := range append(strings.Fields(c.bad), "") {
			require.False(t, c.is(strings.ReplaceAll(v, "_", " ")), "%s: %q", c.name, v)
		}
	}
}

// Each single wrong digit and each swap of neighbours shows in the check digit, but for 0 and 9.
func TestNPICheckDigit(t *testing.T) {
	const good = "1234567893"
	for i := range good {
		for d := byte('0'); d <= '9'; d++ {
			if v := good[:i] + string(d) + good[i+1:]; v != good {
				require.False(t, codes.IsNPI([]byte(v)), v)
			}
		}
		if i > 0 && good[i] != good[i-1] {
			require.False(t, codes.IsNPI(good[:i-1]+good[i:i+1]+good[i-1:i]+good[i+1:]))
		}
	}
}

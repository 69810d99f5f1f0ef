package edit_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// Split writes a file for each payer of a batch of claims.
func ExampleSplit() {
	const batch = `ISA*00*          *00*          *ZZ*RIVERCLINIC    *ZZ*CLEARING       *260105*0930*^*00501*000000202*0*T*:~
GS*HC*RIVERCLINIC*CLEARING*20260105*0930*202*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*RC20260105*20260105*0930*CH~
HL*1**20*1~
NM1*85*2*RIVER CLINIC*****XX*1234567893~
HL*2*1*22*0~
NM1*PR*2*ACME HEALTH PLAN*****PI*ACME1~
CLM*RC-1001*150***11:B:1*Y*A*Y*Y~
HL*3*1*22*0~
NM1*PR*2*OAK MUTUAL*****PI*OAK1~
CLM*RC-1002*80.5***11:B:1*Y*A*Y*Y~
SE*11*0001~
GE*1*202~
IEA*1*000000202~
`
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	parts, err := edit.NewDir(dir, false)
	if err != nil {
		panic(err)
	}
	result, err := edit.Split(x12.NewReader(strings.NewReader(batch)), parts, edit.Options{
		By: edit.ByPayer(),
		OnPart: func(p *edit.Part) error {
			fmt.Println(p.Name, p.Claims, p.Charge.String())
			return nil
		},
	})
	if err != nil {
		parts.Discard()
		panic(err)
	}
	if err := parts.Commit(); err != nil {
		panic(err)
	}
	fmt.Println(result.Parts, "parts of", result.In.Claims, "claims")
	// Output:
	// payer-ACME1.edi 1 150.00
	// payer-OAK1.edi 1 80.50
	// 2 parts of 2 claims
}

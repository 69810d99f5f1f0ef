package deposit_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/deposit"
	"github.com/x12-go/edi/x12"
)

func Example() {
	remittances, err := os.Open("../testdata/match/remittances.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer remittances.Close()
	const statement = `date,amount,trace,payer_id,text
2026-11-24,1234.56,EFT0001,1990000101,
2026-11-24,80.50,,,GREAT LAKES MUTU HCCLAIMPMT
2026-11-27,999.99,EFT9999,1990000303,
`
	m := deposit.NewMatcher(deposit.Options{})
	entries, err := deposit.Open(strings.NewReader(statement), "november.csv", deposit.Bank{}, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := m.ReadEntries(entries); err != nil {
		log.Fatal(err)
	}
	if err := m.ReadPayments(deposit.NewPaymentReader(x12.NewReader(remittances), nil)); err != nil {
		log.Fatal(err)
	}
	r := m.Match()
	for _, l := range r.Links {
		for _, e := range l.Entries {
			fmt.Println(r.Entries[e].Amount, l.Status, l.Basis)
		}
	}
	// Output:
	// 1234.56 matched trace
	// 80.50 suggested payer_amount_date
	// 999.99 eft_without_era unmatched
}

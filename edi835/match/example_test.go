package match_test

import (
	"fmt"
	"os"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/match"
	"github.com/x12-go/edi/edi837"
)

func Example() {
	claims, err := os.Open("../../testdata/reconcile/claims.837")
	if err != nil {
		panic(err)
	}
	defer claims.Close()
	answers, err := os.Open("../../testdata/reconcile/answers.835")
	if err != nil {
		panic(err)
	}
	defer answers.Close()

	m := match.NewMatcher(match.Options{})
	if err := m.ReadClaims(edi837.NewReader(claims), nil); err != nil {
		panic(err)
	}
	if err := m.ReadRemittances(edi835.NewReader(answers), nil); err != nil {
		panic(err)
	}
	r := m.Match()
	for i := range r.Claims[:4] {
		c := &r.Claims[i]
		money := r.Money(c)
		fmt.Println(c.Control, c.State, "charged", money.Charged.String(), "paid", money.Paid.String(), "denied", money.Denied.String())
	}
	fmt.Println("first-pass rate", r.Report().Total.FirstPassRate())
	// Output:
	// RC-1001 paid charged 150.00 paid 100.00 denied 0.00
	// RC-1002 partly_paid charged 215.00 paid 160.00 denied 15.00
	// RC-1003 denied charged 250.00 paid 0.00 denied 250.00
	// RC-1004 zero_paid charged 150.00 paid 0.00 denied 0.00
	// first-pass rate 57.1
}

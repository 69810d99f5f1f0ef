package edi837_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12/codec"
)

// The service lines of a submission, read claim by claim in constant memory. The reader may reuse its claims.
func ExampleCSV() {
	in, err := os.Open("../testdata/837/valid/p-several-billing-providers.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	c, err := edi837.NewCSV([]string{"services"}, edi837.CSVOptions{})
	if err != nil {
		log.Fatal(err)
	}
	w := c.Worker()
	out := [][]byte{c.AppendHeader(nil, 0)}
	var above *edi837.RowContext
	var totals edi837.SetTotals
	var sets int64
	r := ts837.NewReader(in, codec.WithReuse())
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		switch ev.Kind {
		case codec.Begin:
			sets++
			above = c.Set("p-several-billing-providers.edi", ev.Env, sets, ev.Set)
		case codec.Enter:
			above = above.Enter(ev)
		case codec.Unit:
			w.Claim(out, above, ev.Number, ev.Claim, &totals) // a program writes out[0] and empties it now and then
		}
	}
	fmt.Println(strings.Count(string(out[0]), "\n")-1, "services in", totals.Claims, "claims, charged", totals.Charge.String())
	// Output:
	// 10 services in 9 claims, charged 1385.50
}

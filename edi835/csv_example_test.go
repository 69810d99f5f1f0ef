package edi835_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/codec"
)

// The adjustments of a remittance, read claim by claim in constant memory. The reader may reuse its claims.
func ExampleCSV() {
	in, err := os.Open("../testdata/835/valid/claim-level-only.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	c, err := edi835.NewCSV([]string{"adjustments"}, edi835.CSVOptions{})
	if err != nil {
		log.Fatal(err)
	}
	w := c.Worker()
	out := [][]byte{c.AppendHeader(nil, 0)}
	var set, group *edi835.RowContext
	var totals edi835.SetTotals
	var sets int64
	r := ts835.NewReader(in, codec.WithReuse())
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
			set = c.Set("claim-level-only.edi", ev.Env, sets, ev.Set)
			group = set
			totals.Reset()
		case codec.Enter:
			group = set.Group(ev.HeaderGroup)
		case codec.Unit:
			w.Claim(out, group, ev.Number, ev.ClaimPayment, &totals) // a program writes out[0] and empties it now and then
		case codec.End:
			w.Trailer(out, set, &totals, ev.Set)
		}
	}
	fmt.Println(strings.Count(string(out[0]), "\n")-1, "adjustments in", totals.Claims, "claims")
	// Output:
	// 5 adjustments in 3 claims
}

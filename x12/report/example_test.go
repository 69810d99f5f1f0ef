package report_test

import (
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/report"
	"github.com/x12-go/edi/x12/validate"
)

func Example() {
	claims, err := os.ReadFile("../../testdata/837/valid/p-basic.edi")
	if err != nil {
		log.Fatal(err)
	}
	text := strings.Replace(string(claims), "CLM*CB-1001*187.5*", "CLM*CB-1001*187.4*", 1)

	v, err := validate.New(validate.Options{Packs: []validate.Pack{edi837.Rules()}})
	if err != nil {
		log.Fatal(err)
	}
	format, _ := report.ParseFormat("text")
	r := report.New(os.Stdout, format, report.Options{Place: func(offset int64) (string, int64) { return "claims.837", offset }})
	watch := func(s *codec.Step) {
		if err := r.Step(s); err != nil {
			log.Fatal(err)
		}
	}
	stats, err := codec.Process(v.Job(strings.NewReader(text), watch, nil))
	if err != nil {
		log.Fatal(err)
	}
	if err := r.Close(stats); err != nil {
		log.Fatal(err)
	}
	// Output:
	// claims.837: interchange 000001001 group 1001 set 0001 guide 005010X222A1
	//
	//   claim 1
	//     error: 2000A[1]/2000B[1]/2300[1]/CLM.02: Total Claim Charge Amount: expected 187.50, the charges of 2 lines added up; CLM02 is 187.4, difference -0.10 [837/balance-charges level 3]
	//       @773 segment 20  CLM*xx-9999*999.9***99:B:9*Y*A*Y*Y~
	//                                    ^^^^^
	//
	// findings: 1 error, 0 warnings, 0 infos
	//   level 3 (balancing): 1 error, 0 warnings, 0 infos
	//   rule 837/balance-charges: 1
	// checked: 1 set, 0 without errors; 1 unit, 0 without errors
	// in: bytes=1094 interchanges=1 groups=1 sets=1 units=1 charge=187.40 paid=0.00 payment=0.00 filler=37
}

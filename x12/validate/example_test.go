package validate_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// sample is the text of a submission of the project's samples.
func sample() string {
	text, err := os.ReadFile("../../testdata/837/valid/p-basic.edi")
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
}

func show(i *x12.Issue) bool {
	fmt.Printf("%s: %s [%s]\n", i.Path(), i.Severity, i.Rule)
	return true
}

func Example() {
	v, err := validate.New(validate.Options{Packs: []validate.Pack{edi837.Rules()}})
	if err != nil {
		log.Fatal(err)
	}
	claims := strings.Replace(sample(), "CLM*CB-1001*187.5*", "CLM*CB-1001*187.4*", 1)
	if err := v.Run(strings.NewReader(claims), nil, show); err != nil {
		log.Fatal(err)
	}
	fmt.Println(v.Rule("837/balance-charges").Title)
	// Output:
	// 2000A[1]/2000B[1]/2300[1]/CLM.02: error [837/balance-charges]
	// the claim charge is the sum of its line charges
}

// An overlay adds what one partner asks beyond the guide.
func ExampleParseOverlay() {
	o, err := validate.ParseOverlay("summit.overlay", `
overlay summit of 005010X222A1
  for isa-receiver SUMMITLK
  2300/CLM.05-1  codes 12 22
  2300/NTE       require
`)
	if err != nil {
		log.Fatal(err)
	}
	v, err := validate.New(validate.Options{Packs: []validate.Pack{edi837.Rules()}, Overlays: []*validate.Overlay{o}})
	if err != nil {
		log.Fatal(err)
	}
	if err := v.Run(strings.NewReader(sample()), nil, show); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 2000A[1]/2000B[1]/2300[1]/CLM.05-1: error [overlay/codes]
	// 2000A[1]/2000B[1]/2300[1]/NTE: error [overlay/require]
}

// A program may bring rules of its own.
func ExamplePack() {
	own := validate.Pack{Name: "own.rules", Text: `
rule own/office-only level=6 severity=warning of 837 at 2300
  when CLM.05-1 in 11
  require 2310B
  title a claim of an office names who rendered the service
`}
	v, err := validate.New(validate.Options{Level: 6, Packs: []validate.Pack{edi837.Rules(), own}})
	if err != nil {
		log.Fatal(err)
	}
	if err := v.Compile(); err != nil { // tells of places that a guide does not have
		log.Fatal(err)
	}
	text := strings.NewReplacer("NM1*82*1*OYELARAN*TUNDE****XX*1999900024~\n", "", "PRV*PE*PXC*207Q00000X~\n", "", "SE*33*", "SE*31*").Replace(sample())
	if err := v.Run(strings.NewReader(text), nil, show); err != nil {
		log.Fatal(err)
	}
	// Output: 2000A[1]/2000B[1]/2300[1]/NM1: warning [own/office-only]
}

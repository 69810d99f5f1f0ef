package codes_test

import (
	"fmt"
	"testing/fstest"

	"github.com/x12-go/edi/x12/codes"
)

func Example() {
	// The adjustment CAS*CO*45*20 of a remittance, in words.
	fmt.Println(codes.Describe("adj_group", "CO"))
	fmt.Println(codes.Describe("carc", "45"))

	// Revenue codes are known by range.
	c, ok := codes.Lookup("revenue", "450")
	fmt.Println(c.Code, c.Description, ok)
	// Output:
	// Contractual write-off the provider bears
	// Above fee schedule, allowed or contracted amount
	// 045X Emergency room true
}

func ExampleLookupOn() {
	for _, day := range []int{20210630, 20240630} {
		c, status := codes.LookupOn("pos", "10", day)
		fmt.Println(day, c.Description, c.Start, status)
	}
	// Output:
	// 20210630 Telehealth, patient at home 2022-01-01 not yet
	// 20240630 Telehealth, patient at home 2022-01-01 active
}

func ExampleLoad() {
	// A program would use os.DirFS("folder").
	folder := fstest.MapFS{"pos.tsv": &fstest.MapFile{Data: []byte(
		"code\tdescription\tstart\tstop\n" +
			"11\tDoctor's office\t\t\n" +
			"98\tMoon base\t2031-01-01\t\n",
	)}}
	set, err := codes.Load(folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Describe("pos", "98"))
	fmt.Println(set.Describe("carc", "1"), "as before")
	// Output:
	// Moon base
	// Deductible as before
}

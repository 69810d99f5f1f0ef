package ack_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/x12-go/edi/x12/ack"
)

// What a 999 says of our claims.
func Example() {
	f, err := os.Open(filepath.Join("..", "..", "testdata", "999", "valid", "partial.edi"))
	if err != nil {
		panic(err)
	}
	defer f.Close()
	for a, err := range ack.Acknowledgments(f) {
		if err != nil {
			panic(err)
		}
		for _, set := range a.Functional.Sets {
			fmt.Println(set.SetID, set.ControlNumber, set.Status.Meaning)
			for _, s := range set.Segments {
				fmt.Println(" ", s.Segment, "at", s.Position, s.Units, s.Error.Meaning)
			}
		}
		fmt.Println(a.Functional.Result.Status.Meaning)
	}
	// Output:
	// 837 0001 Accepted
	// 837 0002 Accepted with errors noted
	//   HI at 33 [{CLM01 LK-20502}] Segment has elements in error
	// 837 0003 Rejected
	//   CL1 at 29 [{CLM01 LK-20511}] Required segment missing
	// Partly accepted, some sets were rejected
}

// Which claims a payer has refused.
func ExampleReader_Claims() {
	f, err := os.Open(filepath.Join("..", "..", "testdata", "277ca", "valid", "mixed.edi"))
	if err != nil {
		panic(err)
	}
	defer f.Close()
	rd := ack.NewReader(f)
	for c, err := range rd.Claims() {
		if err != nil {
			panic(err)
		}
		if c.Rejected() {
			reason := c.Statuses[0].Reasons[0]
			fmt.Println(c.PatientControlNumber, c.Charge(), rd.At().Provider.Party.LastOrOrganization)
			fmt.Printf("%s: %s, %s\n", reason.Category.Meaning, reason.Status.Meaning, reason.Entity.Meaning)
		}
	}
	// Output:
	// LK-20502 300 CEDAR FAMILY CLINIC
	// Rejected: information missing: Entity name, Patient
}

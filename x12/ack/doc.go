// Package ack has acknowledgments in the words of the business: what a receiver of X12 answers about an interchange (TA1),
// about the sets of a functional group (999, guide 005010X231A1, and 997), and about each claim of an 837 (277 claim
// acknowledgment, guide 005010X214).
//
// Vocabulary. A [FunctionalAck] is one 999 or 997: it answers one functional group. Each [SetAck] in it says of one set
// whether it is accepted, and has a [SegmentNote] for each segment in error and an [ElementNote] for each element of it. A
// [BusinessUnit] is what the sender of the answer names of our data, such as the CLM01 of the claim an error lies in. A
// [ClaimReport] is one 277 claim acknowledgment; each [ClaimAck] in it says of one claim whether it goes on to adjudication.
// A [TA1] is a segment of its own, outside sets.
//
//	rd := ack.NewReader(r)
//	for a, err := range rd.Acknowledgments() {
//		if err != nil {
//			return err
//		}
//		switch {
//		case a.TA1 != nil:
//			fmt.Println("interchange", a.TA1.ControlNumber, a.TA1.Status.Meaning)
//		case a.Functional != nil:
//			fmt.Println("group", a.Functional.Group.ControlNumber, a.Functional.Result.Status.Meaning)
//		case a.Claims != nil:
//			fmt.Println("claims of", a.Claims.Reference)
//		}
//	}
//
// A [Reader] hands out whole acknowledgments, or their parts in constant memory: [Reader.Next], [Reader.Claims].
//
// Codes come as [Coded] with their meanings from package codes. A meaning is for people; where acknowledgments are turned
// into X12 again it is not looked at. What the exact structs of packages ts999, ts997 and ts277ca hold beyond this domain,
// the Extras, is kept when these are given as base to the functions whose names hold To999, To997 and ToWire.
//
// The package does not check values against the guides and their code lists.
package ack

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . TA1 FunctionalAck ClaimReport

// Package edi834 is the 834 benefit enrollment and maintenance (guide 005010X220A1) in the words of the business: who is
// enrolled with a payer, and what changes about them.
//
// Vocabulary. A [File] is one set 834: what a sponsor tells a payer. A [Member] is one INS, a subscriber or a dependent; what
// it has is in its [Coverage]s, one per HD. A family is a subscriber with its dependents: they have one SubscriberID
// (REF*0F), and the subscriber comes first. The exact structs are those of package ts834, which follow the guide segment
// by segment; FromWire and ToWire go from one to the other.
//
//	rd := edi834.NewReader(r, codec.WithSink(issues.Add))
//	for member, err := range rd.Members() {
//		subscriber := rd.Subscriber() // of the same family, nil when it was not sent
//		...
//	}
//
// A [Reader] hands out members in constant memory, or whole files. A [Writer] takes them the same ways and makes the
// envelopes; a member made by a program needs little, see [Member.Complete]. What a file does to those it does not name
// depends on its Action; see [File.Replaces].
//
// # What is there and what is not
//
// An [Amount] keeps its decimals and knows absent from zero. Texts are empty, dates zero and pointers nil when absent. A
// [DateRange] without To is one day. References, dates and amounts have fields by meaning; what has none, comes a second
// time or is no date is kept in Other with its qualifier.
//
// The domain carries every value the guide has a place for; docs/coverage-834.md lists the exceptions. What a sender
// adds beyond the guide stays in the exact structs: give these as base to ToWire, or use [Writer.Step], and an edited
// member keeps it.
//
// AppendJSON writes what encoding/json would, but for text that is not UTF-8, which it keeps (codec.AppendString);
// read it back with codec.Unmarshal, or with encoding/json where all text is UTF-8.
//
// The package does not check values against the guide and its code lists.
package edi834

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . File Member

// Package edi271 is the 271 eligibility answer in the words of the business: what a payer answers about the coverage of a
// person (guide 005010X279A1).
//
// Vocabulary. A [Reply] is one set 271. Each [Response] is the answer about one person, the subscriber or a dependent, and has
// all that it stands under in the file, so that it can be taken on its own; where a payer or provider was refused as such, it
// is about nobody. A [Benefit] is one EB with all that belongs to it, a [Rejection] one AAA.
//
//	rd := edi271.NewReader(r, codec.WithSink(issues.Add))
//	for response, err := range rd.Responses() {
//		fmt.Print(edi271.Summarize(response))
//	}
//
// A [Reader] hands out responses in constant memory, or whole replies. A [Writer] takes them the same ways, numbers the
// levels and makes the envelopes. On top of the rows, a [Summary] says what a receptionist asks: active or not, and by
// service type and network what the patient pays, what is left and what needs authorization; each figure names the EBs it
// is from. [Merge] makes one response of two about the same person.
//
// # What is there and what is not
//
// An [Amount] keeps its decimals and knows absent from zero: a copayment of zero is an answer. Texts are empty, dates zero
// and pointers nil when absent.
//
// The domain carries every value the guide has a place for; docs/coverage-271.md lists the exceptions. What a sender
// adds beyond the guide stays in the exact structs of package ts271: use [Writer.Step], or give these as base to ToWire,
// and an edited response keeps it.
//
// AppendJSON writes what encoding/json would, but for text that is not UTF-8, which it keeps (codec.AppendString);
// read it back with codec.Unmarshal, or with encoding/json where all text is UTF-8.
//
// The package does not check values against the guide and its code lists. Words it shares with inquiries are those of
// package edi270.
package edi271

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . Reply Response Summary Merged

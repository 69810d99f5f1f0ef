// Package edi270 is the 270 eligibility inquiry in the words of the business: what a provider asks a payer about the coverage
// of a person (guide 005010X279A1).
//
// Vocabulary. A [Request] is one set 270. Each [Inquiry] asks about one person, the subscriber or a dependent, and has all
// that it stands under in the file: payer (the source of the answer) and provider (its receiver), so that it can be taken
// on its own. What is asked is in its [Question]s.
//
//	rd := edi270.NewReader(r, codec.WithSink(issues.Add))
//	for inquiry, err := range rd.Inquiries() {
//		...
//	}
//
// A [Reader] hands out inquiries in constant memory, or whole requests. A [Writer] takes them the same ways, numbers the
// levels and makes the envelopes. [Fields] makes an inquiry of the few things a front desk knows, and checks that the guide
// lets a payer find the person by them; [RealTime] and [Batch] make requests of such.
//
// # What is there and what is not
//
// An [Amount] keeps its decimals and knows absent from zero. Texts are empty, dates zero and pointers nil when absent.
//
// The domain carries every value the guide has a place for; docs/coverage-270.md lists the exceptions. What a sender
// adds beyond the guide stays in the exact structs of package ts270: use [Writer.Step], or give these as base to ToWire,
// and an edited inquiry keeps it.
//
// AppendJSON writes what encoding/json would, but for text that is not UTF-8, which it keeps (codec.AppendString);
// read it back with codec.Unmarshal, or with encoding/json where all text is UTF-8.
//
// Apart from [Fields], the package does not check values against the guide and its code lists. Package edi271 has the
// answers, in the same words.
package edi270

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . Request Inquiry

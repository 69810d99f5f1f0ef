// Package edi837 is the 837 health care claim in the words of the business: professional (guide 005010X222A1), institutional
// (005010X223A2) and dental (005010X224A2), one [Claim] for all three.
//
// Vocabulary. A [Submission] is one set 837: who sends claims to whom. Each [Claim] has all that it stands under in the file,
// billing provider, subscriber, payer and patient, so that it can be taken on its own. Its lines are [Service]s. What
// other payers made of it is in [OtherPayer] and, for one line, in [Adjudication].
//
//	rd := edi837.NewReader(r, codec.WithSink(issues.Add))
//	for claim, err := range rd.Claims() {
//		...
//	}
//
// A [Reader] hands out claims in constant memory, or whole submissions. A [Writer] takes them the same ways, numbers the
// levels and makes the envelopes; a claim made by a program needs little, see [Writer.Claim].
//
// # One view of three guides
//
// What several guides have stands on top of a claim under one name, even where the guides write it differently: the
// surgery behind an anesthesia claim is a [ProcedureCode] as that of a hospital claim is, and AutoAccidentState is
// CLM11-4 or REF*LU. What only one guide has is in the part of that kind. A value the guide of the kind has no place
// for is an error when it is written, never dropped.
//
// The patient is the subscriber where Patient is nil; [Claim.PatientPerson] answers for both.
//
// # What is there and what is not
//
// An [Amount] keeps its decimals and knows absent from zero. Texts are empty, dates zero and pointers nil when absent. A
// [DateRange] without To is one day.
//
// The domain carries every value the guides have a place for; docs/coverage-837.md lists the exceptions. What a sender
// adds beyond the guide stays in the exact structs of package ts837: use [Writer.Step], or give these as base to ToWire,
// and an edited claim keeps it.
//
// AppendJSON writes what encoding/json would, but for text that is not UTF-8, which it keeps (codec.AppendString);
// read it back with codec.Unmarshal, or with encoding/json where all text is UTF-8.
//
// The package does not check values against the guide and its code lists.
package edi837

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . Submission Claim

// Package edi835 is the 835 remittance advice (guide 005010X221A1) in the words of the business: remittances, claims,
// services and the adjustments that say why something is not paid as billed.
//
// Vocabulary. A [Remittance] is one set 835: one payment. Its claims stand in [ClaimGroup]s, their lines are
// [Service]s. An [Adjustment] is one reason with its amount, whatever the CAS it came in; a [ProviderAdjustment] is one
// pair of a PLB. The exact structs are those of package ts835, which follow the guide segment by segment; FromWire
// and ToWire go from one to the other.
//
//	rd := edi835.NewReader(r, codec.WithSink(issues.Add))
//	for claim, err := range rd.Claims() {
//		...
//	}
//
// A [Reader] hands out claims in constant memory, or whole remittances. A [Writer] takes them the same ways and makes the
// envelopes. [Service.Balance], [Claim.Balance] and [Remittance.Balance] compare the three sums of an 835.
//
// # What is there and what is not
//
// An [Amount] keeps its decimals and knows absent from zero. Texts are empty, dates zero and pointers nil when absent.
// Dates written with six digits are read as of eight. References, dates, amounts and quantities have fields by
// meaning; what has none is kept in Other with its qualifier.
//
// The domain carries every value the guide has a place for; docs/coverage-835.md lists the exceptions. What a sender
// adds beyond the guide stays in the exact structs: give these as base to ToWire, or use [Writer.Step], and an edited
// remittance keeps it.
//
// AppendJSON writes what encoding/json would, but for text that is not UTF-8, which it keeps (codec.AppendString);
// read it back with codec.Unmarshal, or with encoding/json where all text is UTF-8.
//
// The package does not check values against the guide and its code lists; the descriptions it gives come from package
// codes.
package edi835

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . Remittance Claim Balance

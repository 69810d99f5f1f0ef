// Package care has the words that claims and remittances share: exact amounts, parties and addresses, adjustments,
// adjudication summaries, and the envelopes around them. Packages edi835 and edi837 use them under the same names, so that
// an amount or an adjustment of a remittance can be put into a claim as it is.
//
// An [Amount] keeps its decimals and knows absent from zero. Texts are empty, dates zero and pointers nil when absent.
package care

//go:generate go run github.com/x12-go/edi/cmd/x12gen json . Envelope Address Contact Party Reference Adjustment InpatientAdjudication OutpatientAdjudication

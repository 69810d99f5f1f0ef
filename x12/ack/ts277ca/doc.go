// Package ts277ca is the 277 claim acknowledgment as guide 005010X214 has it: a struct for every loop and segment, read
// from and written to X12 without loss. Fields are named by meaning; docs_gen.md says which element each one is.
//
// A [Reader] hands out a set step by step in constant memory: its header, the information source and receiver (the
// levels 2000A and 2000B), each billing provider (2000C), each patient (2000D) with the claims acknowledged, its trailer.
// A [Writer] takes the same steps. What no field can hold is kept in the Extras of its part of the set and written back.
//
// Package ack has the same data in the words of the business.
package ts277ca

//go:generate go run github.com/x12-go/edi/cmd/x12gen types 005010X214.guide
//go:generate go run github.com/x12-go/edi/cmd/x12gen json . ClaimAcknowledgment

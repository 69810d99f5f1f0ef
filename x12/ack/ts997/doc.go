// Package ts997 is the 997 as guide 005010X230 has it, which is the plain standard but for what is required: a struct for
// every loop and segment, read from and written to X12 without loss. Fields are named by meaning; docs_gen.md says which
// element each one is. The loops are numbered as those of the 999, which has taken the place of this set in health care.
//
// A [Reader] hands out a set step by step in constant memory: its header (AK1), each transaction set spoken of (loop 2000)
// with the segments and elements in error, its trailer (AK9). A [Writer] takes the same steps. What no field can hold is
// kept in the Extras of its part of the set and written back.
//
// Package ack has the same data in the words of the business.
package ts997

//go:generate go run github.com/x12-go/edi/cmd/x12gen types 005010X230.guide
//go:generate go run github.com/x12-go/edi/cmd/x12gen json . FunctionalAcknowledgment

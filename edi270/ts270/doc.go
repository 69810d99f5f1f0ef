// Package ts270 is the 270 as guide 005010X279A1 has it: a struct for every loop and segment, read from and written to
// X12 without loss. Fields are named by meaning; docs_gen.md says which element each one is.
//
// A [Reader] hands out a set step by step in constant memory: its header, each information source and receiver (the levels
// 2000A and 2000B), each subscriber and dependent (2000C and 2000D) with what is asked about them, its trailer. A [Writer]
// takes the same steps. Subscriber and dependent are a [Person] each. What no field can hold is kept in the Extras of its
// part of the set and written back.
//
// Package edi270 has the same data in the words of the business.
package ts270

//go:generate go run github.com/x12-go/edi/cmd/x12gen types 005010X279A1.guide
//go:generate go run github.com/x12-go/edi/cmd/x12gen json . EligibilityInquiry

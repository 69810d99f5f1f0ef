// Package ts834 is the 834 as guide 005010X220A1 has it: a struct for every loop and segment, read from and written to
// X12 without loss. Fields are named by meaning; docs_gen.md says which element each one is.
//
// A [Reader] hands out a set step by step in constant memory: its header, each member (loop 2000, a subscriber or a
// dependent), its trailer. A [Writer] takes the same steps. LS and LE around the reporting categories of a member are no
// fields: they are written where there are categories. What no field can hold is kept in the Extras of its part of the set
// and written back.
//
// Package edi834 has the same data in the words of the business.
package ts834

//go:generate go run github.com/x12-go/edi/cmd/x12gen types 005010X220A1.guide
//go:generate go run github.com/x12-go/edi/cmd/x12gen json . BenefitEnrollment

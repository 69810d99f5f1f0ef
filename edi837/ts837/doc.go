// Package ts837 is the 837 as three guides have it: professional 005010X222A1, institutional 005010X223A2 and dental
// 005010X224A2. It has a struct for every loop and segment, read from and written to X12 without loss. One family of
// types serves the three guides: what they share is one field, and the comment of a field that only some have names them.
// Fields are named by meaning; the docs_gen.md files say which element each one is.
//
// A [Reader] hands out a set step by step in constant memory: its header, each billing provider, subscriber and patient
// (the levels 2000A, 2000B and 2000C), each claim (loop 2300), its trailer. A [Writer] takes the same steps. What no
// field can hold is kept in the Extras of its part of the set and written back.
//
// Package edi837 has the same data in the words of the business.
package ts837

//go:generate go run github.com/x12-go/edi/cmd/x12gen types 005010X222A1.guide 005010X223A2.guide 005010X224A2.guide
//go:generate go run github.com/x12-go/edi/cmd/x12gen json . HealthCareClaim

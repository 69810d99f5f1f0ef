// Package codes holds the code lists of the X12 health care guides: what a code means, and whether it may be used on a day.
//
// A list is named by a short lower-case word, the one guide files write in ext=: "carc" (claim adjustment reason codes),
// "rarc" (remittance advice remark codes), "pos" (place of service), "revenue" and so on; [Lists] names them all. A list is
// external when another body than X12 publishes it and changes it several times a year, and internal when it is part of
// the 005010 standard. A [Set] is an immutable collection of lists.
//
// The lists built in are a snapshot; data/README.md beside the source tells the vintage and completeness of each.
// Descriptions are this project's own short wording, never the publisher's sentence. Because external lists move on, a
// code the snapshot does not know deserves a warning, not a rejection, and [Load] puts newer files in the place of
// built-in lists.
//
//	codes.Describe("carc", "45")                     // "Above fee schedule, allowed or contracted amount"
//	c, status := codes.LookupOn("pos", "10", 20210630) // NotYet: telehealth at home began in 2022
//
// A list is read on its first use, so importing the package costs nothing at start. Everything is safe for concurrent use.
//
// [Set.List] makes a list ready for many lookups, without allocation and locks.
//
// The large or licensed registers (procedures, diagnoses, drugs, modifiers, ZIP codes) are not built in; Load takes a file for any of
// them. For these [IsNPI], [IsICD10CM], [IsHCPCS] and so on tell whether a value has the form of a code.
package codes

// Package invent is what the packages of synthetic files share: a stream of
// random numbers that no Go release changes, a wire that segments are written
// on, an interchange that closes its groups in time, and invented names.
//
//	w := invent.NewWire(dst, "", false) // the usual delimiters
//	r := invent.Stream(seed, 1)
//	invent.Person(&w, "QC", names.Draw(&r))
//
// Money is held in integer cents and days as numbers from 1 January 2022. What
// a file says is the matter of the packages that use this one; it neither reads
// nor validates X12.
package invent

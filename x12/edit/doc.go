// Package edit cuts X12 streams into parts without changing the bytes of their segments, in constant memory.
//
// # Vocabulary
//
//   - A part is one output file: one or more interchanges, each whole with its trailers.
//   - A source is an interchange, group or transaction set of the input. Several parts may hold shares of one source.
//   - A level is an HL and the segments behind it up to the next HL or CLM. The open levels around a claim are its
//     chain: billing provider (HL03 = 20), subscriber (22), patient (23).
//   - The rest is a part of its own for what stands outside the sets and for sets that cannot be split as asked.
//
// # What is changed
//
// [Split] copies segments byte for byte, with these exceptions: ISA13, GS06 and ST02 where numbers would repeat, the
// trailers, which are made anew, and in an 837 that is cut below the set HL01, HL02 and HL04. Bytes between segments
// become a LF or nothing.
//
// An 837 can be cut at every claim. A part repeats what stands above its claims: the envelopes, the segments from ST to
// the first HL, and the levels of the chain. Levels are numbered from 1 in each set, and HL04 is 1 where a level of
// the part follows below. A level without claims in the part is left out; one without any claim in the input is kept
// once, in the part that a claim at its place would have gone to, or in the rest if nothing names that part.
//
// An 835 is only moved as whole sets: a set is a payment, and a share of a payment is none.
//
// [Sift] parts a stream in two by verdicts, such as those of validation: units without errors, and units with. It cuts sets 834, 270 and
// 271 too.
//
// The claims and amounts of the parts are compared with those of the input at the end of every run.
//
// # What it does not do
//
// The package knows segments by their identifiers, not by guides: it needs no tables and works with any version. It
// checks nothing that it does not need itself.
package edit

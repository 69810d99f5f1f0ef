// Package x12 reads and writes ANSI X12 interchanges as streams of segments, in constant memory.
//
// # Vocabulary
//
//   - A byte is one octet of the stream. Offsets count bytes from the start of the stream, in 64 bits.
//   - A segment is an identifier and its elements, up to the segment terminator: CLP*7722337*1*211366.97~
//   - An element stands between two element separators. It may hold repetitions, and each of them components:
//     of HC:99213:25 the second component is 99213.
//   - An interchange is what stands from ISA to IEA. Its ISA names the four delimiters, which hold up to the next ISA:
//     element separator, repetition separator, component separator and segment terminator.
//   - A functional group is what stands from GS to GE, a transaction set what stands from ST to SE.
//     A bare set has no ISA around it.
//   - Filler are bytes that belong to no segment: line ends and blanks between segments, a byte order mark,
//     junk around interchanges. The bytes of the segments, their terminators and the filler make up the whole input.
//
// # Reading
//
// A [Reader] hands out one [Segment] after the other, those of the envelope included, as views of its read window.
// It goes on where files are odd and tells the [Sink] what was odd, as an [Issue] with a rule id, a place and a
// severity. An error it returns means that the stream cannot go on: the error of the source as it came,
// or an [*Issue] of severity [Fatal].
//
// A file that ends in the middle of a segment inside a set does not yield that segment: half a value is worse than
// none, and the set is reported as truncated anyway. Only a trailer that lacks nothing but its terminator is accepted.
//
// # Writing
//
// A [Writer] makes the envelopes and counts what stands in them. X12 has no escapes, so data that holds a delimiter is
// an error and never written.
//
// The canonical form of a stream is what a Writer makes of it when it copies all segments with trim: each interchange
// in its own delimiters, the ISA 106 bytes wide, each segment in the form of [AppendCanonical], trailers with plain
// counts and the control numbers of their headers, and no filler other than, by choice, a LF behind each terminator.
// Reading the canonical form and writing it again gives the same bytes.
//
// # Values
//
// [Number], [Date], [Time] and [Period] are the typed forms of element values; [ParsePath] reads the text that names a
// place inside a set.
//
// # What it does not do
//
// The package knows nothing of guides: which segments a transaction set has, their order, loops and codes are the
// business of package guide below it, and what a claim is that of the packages above. It does not change character
// sets: bytes pass through as they are, and [Segment.High] tells where they are not ASCII. It prints and logs nothing.
package x12

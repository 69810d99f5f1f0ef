// Package synth writes synthetic 835 remittance advices (guide
// 005010X221A1) of any size: balanced at line, claim and transaction level,
// placed by the guide, and the same bytes for the same [Options] on every
// machine and Go version.
//
// Vocabulary: a set is one ST..SE; a group is one LX loop of a set; a pair is
// a reversal (CLP02 22) followed by its correction; money is held in integer
// cents everywhere and becomes decimal text only in the output.
//
//	stats, err := synth.Write(w, synth.Options{Claims: 1000, Seed: 7, NewLine: true})
//
// # How a total can stand before its parts
//
// BPR02, the payment of a set, precedes the claims that add up to it, and one
// set may hold millions of claims. Nothing is kept: every claim is a pure
// function of (seed, claim index), split into a cheap numeric part (charges,
// adjustments, payments) and a text part (names, identifiers, dates), each
// with its own random streams. A set is walked twice. The first walk runs the
// numeric part only and yields the totals for BPR, TS3 and PLB; the second
// writes. With [Options.Size] the first walk also formats each claim into a
// scratch buffer and throws the text away, because the number of claims in the
// set, and with it the total, depends on their lengths. Memory is one claim and
// one output buffer, whatever the size.
//
// Where the sum of a set passes the ten digits the guide allows an amount, the
// excess is moved into PLB PI (periodic interim payment) adjustments.
//
// All people, companies and identifiers are invented. The output is ASCII and
// uses only letters, digits, space, hyphen and full stop as data, so any other
// printable character can serve as a delimiter. The package neither reads nor
// validates X12, and it makes no faulty files.
package synth

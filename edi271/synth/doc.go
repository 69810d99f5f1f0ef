// Package synth writes synthetic 271 eligibility responses of any size (guide
// 005010X279A1). Levels stand where the guide wants them, the figures of an
// answer agree with one another, and the bytes are the same for the same
// [Options] on every machine and Go version.
//
// Vocabulary: a set is one ST..SE; a level is one HL with what it heads, the
// information source (2000A), receiver (2000B), subscriber (2000C) or dependent
// (2000D); an answer is what is said about one subscriber or dependent, or the
// rejection of a source or receiver with all that stands below it; a benefit is
// one EB loop (2110); an entity is one loop 2120 between LS*2120 and LE*2120.
// Money is held in integer cents everywhere and becomes decimal text only in the
// output.
//
//	stats, err := synth.Write(w, synth.Options{Answers: 1000, Seed: 7})            // a batch
//	stats, err := synth.Write(w, synth.Options{Answers: 1000, Seed: 7, PerSet: 1}) // one a set, as in real time
//
// Most answers are about a plan in force: deductible and out-of-pocket limit with
// what remains of them, for the person and the family, in and out of the network;
// co-payments and coinsurance by service type; limits and visits left; what needs
// an authorization and what is not covered; the primary care provider, other
// payers and contacts in 2120. What remains is never more than the whole, and
// a person's limit never more than the family's. Some answers have two
// co-payments for one service type, which only their messages tell apart. Others
// say that the coverage has ended, or reject the inquiry at one of the levels.
//
// Levels, answers and texts have random streams of their own, and nothing is
// kept but the level and the answer in hand: memory is one output buffer,
// whatever the size.
//
// All people, companies and identifiers are invented; NPIs pass their check and
// are patterns no register would hand out. The output is ASCII and uses only
// letters, digits, space, hyphen and full stop as data, so any other printable
// character can serve as a delimiter. The package neither reads nor validates
// X12, and it makes no faulty files.
package synth

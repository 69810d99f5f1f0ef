// Package synth writes synthetic 270 eligibility inquiries of any size (guide
// 005010X279A1). Levels stand where the guide wants them, and the bytes are the
// same for the same [Options] on every machine and Go version.
//
// Vocabulary: a set is one ST..SE; a level is one HL with what it heads, the
// information source (2000A), receiver (2000B), subscriber (2000C) or dependent
// (2000D); an inquiry is one subscriber or dependent asked about; a question is
// one EQ loop (2110).
//
//	stats, err := synth.Write(w, synth.Options{Inquiries: 1000, Seed: 7})            // a batch
//	stats, err := synth.Write(w, synth.Options{Inquiries: 1000, Seed: 7, PerSet: 1}) // one a set, as in real time
//
// Most inquiries name member, name and birth date and ask about the plan; others
// use what else the guide lets a payer search by. Some ask about many service
// types at once, about a procedure with its diagnosis, at a place of service, or
// for a period. In one set of fifty all is about spend down.
//
// Levels, inquiries and texts have random streams of their own, and nothing is
// kept but the level and the inquiry in hand: memory is one output buffer,
// whatever the size.
//
// All people, companies and identifiers are invented; NPIs pass their check and
// are patterns no register would hand out. The output is ASCII and uses only
// letters, digits, space, hyphen and full stop as data, so any other printable
// character can serve as a delimiter. The package neither reads nor validates
// X12, and it makes no faulty files.
package synth

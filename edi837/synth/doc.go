// Package synth writes synthetic 837 claim submissions of any size:
// professional (guide 005010X222A1), institutional (005010X223A2) and dental
// (005010X224A2). Claims stand where the guide wants them, their charge is the
// sum of their lines, what other payers decided balances, and the bytes are the
// same for the same [Options] on every machine and Go version.
//
// Vocabulary: a set is one ST..SE; a level is one HL with what it heads, the
// billing provider (2000A), subscriber (2000B) or patient (2000C); a line is
// one LX loop (2400); an other payer is one 2320 loop. Money is held in integer
// cents everywhere and becomes decimal text only in the output.
//
//	stats, err := synth.Write(w, synth.Options{Kind: synth.Dental, Claims: 1000, Seed: 7})
//
// Most claims are plain. The billing provider decides what a claim can be: an
// ambulance company bills transports, a supplier equipment, a hospital stays
// and outpatient visits, an orthodontist braces. About one subscriber in nine
// is submitted to a second payer with the decision of the first, line by line
// or for the claim as a whole.
//
// A claim is drawn as numbers first, since its charge stands before its lines,
// and then written. Levels, claims and texts have random streams of their own,
// and nothing is kept but the level and the claim in hand: memory is one output
// buffer, whatever the size, and one set may hold millions of claims.
//
// All people, companies and identifiers are invented; NPIs pass their check and
// are patterns no register would hand out. The output is ASCII and uses only
// letters, digits, space, hyphen and full stop as data, so any other printable
// character can serve as a delimiter. The package neither reads nor validates
// X12, and it makes no faulty files.
package synth

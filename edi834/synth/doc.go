// Package synth writes synthetic 834 enrollment files of any size (guide
// 005010X220A1): full files and change files. Members stand where the guide
// wants them, control totals are right, and the bytes are the same for the same
// [Options] on every machine and Go version.
//
// Vocabulary: a set is one ST..SE; a member is one INS loop (2000); a subscriber
// is a member with INS01 Y; a family is a subscriber and the dependents behind
// it, who carry the subscriber's number; a coverage is one HD loop (2300); a
// category is one LX loop between LS*2700 and LE*2700. Money is held in integer
// cents everywhere and becomes decimal text only in the output.
//
//	stats, err := synth.Write(w, synth.Options{Members: 1000, Seed: 7})
//	stats, err := synth.Write(w, synth.Options{Action: synth.Change, Members: 50, Seed: 7})
//
// A full file ([Verify] or [Replace]) holds families as they are: all members,
// all coverages, maintenance type 030. In a change file each family has one
// event: it is enrolled, ended or reinstated, the subscriber's data change, it
// takes another plan or goes to COBRA, or a single dependent comes or leaves,
// whose subscriber is then not sent.
//
// Families, members and texts have random streams of their own, and nothing is
// kept but the family in hand: memory is one output buffer, whatever the size,
// and one set may hold millions of members. A family never goes on in the next
// set; the last of a set is cut to what there is room for.
//
// All people, companies and identifiers are invented; NPIs pass their check and
// are patterns no register would hand out, numbers in the place of social
// security numbers begin with 9, which none does. The output is ASCII and uses
// only letters, digits, space, hyphen and full stop as data, so any other
// printable character can serve as a delimiter. The package neither reads nor
// validates X12, and it makes no faulty files.
package synth

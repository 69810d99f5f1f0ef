// Package roster keeps track of who is enrolled: it makes of 834 files the rows of a roster, the state of all members at a
// time, and the list of what changed between two states.
//
// Vocabulary:
//
//   - A [Member] is a subscriber or a dependent as a file or a roster has it: values of a table of fields ([Fields]) and
//     coverages, each of which is values of another ([CoverageFields]). All that loop 2000 of guide 005010X220A1 can
//     say is in them.
//   - A [Head] says what a file is: parties, sponsor, references, and its kind. A change file (BGN08 2) carries
//     operations, a replacement (RX) is the new state, a verification (4) is compared only.
//   - A [State] is all members at a time. It is kept on disk; what it holds in memory is an index of their keys, at most
//     200 bytes a member and 100 as a rule.
//   - A [Delta] is what one member of a file changes about the state: a list of [Change].
//   - A roster is CSV rows of the members in force on a day, laid out by a [Profile].
//
// The state of one file, and what another changes about it:
//
//	summary, err := roster.Diff(roster.NewReader(old), roster.NewReader(new), roster.Options{}, func(d *roster.Delta) error {
//		fmt.Println(len(d.Changes))
//		return nil
//	})
//
// # Who is who
//
// Two members are one person when they agree in the first of these keys that finds one: a configured identifier
// ([Options].IDs); subscriber number and member identifier (REF*0F and NM109); subscriber number, member type, first name,
// birth date and birth sequence. The prior name of loop 2100B and the prior number of REF*Q4 are tried behind the keys
// of the member itself. Two people on one key are an error row, and the second is not applied.
//
// # What is absent
//
// A change file never ends anyone by leaving them out. In a replacement, absent members are reported as missing and end only
// where [Options].Absent says so. A [Refusal] ends a run that would end more members than [Options] allow.
//
// # What it does not do
//
// It does not check 834 files beyond what reading them shows, and knows nothing of eligibility rules. The order of the
// changes is that of the new file, then that of the old one for those who are absent.
package roster

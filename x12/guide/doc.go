// Package guide is the runtime of an implementation guide: it finds the place of each segment of a transaction set and
// checks the elements. What a guide says comes as a [Table]; the generated packages hold one each, and package schema
// makes one of a guide file.
//
// # Vocabulary
//
// A table is a guide as dense arrays. A loop is one place of the guide's tree where a group of segments repeats; the
// set itself is loop 0. A slot is one place of a loop where a segment may stand. The trigger of a loop is the slot of
// its first segment: the loop opens when a segment goes there, and its uses count in the loop around it. The rank
// orders the slots and child loops of a loop; places of one rank come in any order. A key is the element, or component,
// whose value tells a slot from its neighbours of the same segment identifier; "not" keys take every other value. A
// placement is the answer of the walk for one segment: a slot, and what is odd about it. A virtual open is a loop
// opened without its trigger because a segment came that can only stand inside it. A scope is a part of the set that
// is handed out as one: the header, the unit, a loop around units, the trailer.
//
// # Walking
//
//	w := guide.NewWalker(table, report)
//	for each segment s of the set, ST and SE included {
//		p := w.Walk(s)      // p.Slot, p.Flag; w.Opened() when p.Opened > 0
//	}
//	w.End()
//
// The walk is deterministic, looks at one segment at a time and never backtracks; its time per segment is bounded by
// the guide, its memory by the depth of the loops. A segment goes
//
//  1. to a slot in order, at or behind the rank reached, from the innermost open loop outwards;
//  2. else to a slot of the innermost loop that was passed already and has room for it: [Order]. The rank goes back there,
//     so that a stretch of segments in the wrong place gives one finding, not one each;
//  3. else, from the innermost loop outwards, into a loop that could open here but lacks its trigger, or into two of which
//     the inner one's trigger is the segment itself: [Virtual]; or to a passed slot of the next loop around, not farther
//     than the unit reaches, that has room for it: [Order];
//  4. else to a passed slot without room: [Order] and [Over];
//  5. else to the trigger of a unit, or of a loop around units, that comes late: [Order];
//  6. else, when a single slot of its identifier is in reach, there, with a finding about its qualifier;
//  7. else nowhere: [Unplaced]. The walk stays where it is.
//
// A segment too many goes to its slot with the flag [Over], and so does all that stands in a loop too many. The
// first segment of a loop that can be there once, coming twice in a row or behind another of the loop, opens no new one: [Again].
//
// So a fault costs little: a segment nobody knows gives one finding, one that is missing or doubled at most three, and what
// follows is placed as if nothing had happened. Findings about what is missing are made at the segment before which it was
// due, which is where acknowledgments want them.
//
// # Checking
//
// [Table.Check] holds the elements of one segment against its slot: usage, type, length, closed codes, repetitions,
// components, syntax notes of the standard and the situational rules of the segment. It allocates nothing for a sound
// segment.
//
// The package does not read bytes (package x12), keep segments (package codec), look into external code lists (package
// codes) or check what needs more than one segment; those are rules of the packages of the transaction sets.
package guide

//go:generate go run github.com/x12-go/edi/cmd/x12gen codes standard_gen.go ../../edi835/ts835/005010X221A1.guide ../../edi837/ts837/005010X222A1.guide ../../edi837/ts837/005010X223A2.guide ../../edi837/ts837/005010X224A2.guide ../../edi834/ts834/005010X220A1.guide ../../edi270/ts270/005010X279A1.guide ../../edi271/ts271/005010X279A1.guide ../ack/ts277ca/005010X214.guide ../ack/ts997/005010X230.guide ../ack/ts999/005010X231A1.guide

// Package report turns what validation finds into something to act on: text grouped by claim with the segment and a caret, JSON
// lines, CSV, or one HTML page; and it decides which units of a stream are without errors.
//
// # Vocabulary
//
//   - A [Report] takes the steps of a stream with their findings, as [codec.Job] Watch has them, and writes as they come.
//   - A unit is a claim, a claim payment, a member, or a subject of eligibility. A finding belongs to the innermost unit, level around units or
//     set that it is about.
//   - [Verdicts] remember which stretches of the stream have errors, so that a second pass can part it in two.
//
// Element values may be patient data. They are masked unless [Options] says otherwise: letters become x, digits 9; separators,
// segment identifiers, and the codes of closed lists stay, so that a caret still tells where to look.
//
// Text, JSON and CSV are written in constant memory. Findings beyond [Options].Max are counted only.
package report

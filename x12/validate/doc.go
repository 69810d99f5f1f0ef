// Package validate checks streams of transaction sets against their guides and the rules around them, SNIP types 1 to 7, in constant
// memory.
//
// A [Validator] is made of packs: edi835.Rules, edi837.Rules and so on hold the guides of a set and its rules. [Validator.Run] hands
// out every step of the stream with its findings ([codec.Step]), which is what reports (package report) and acknowledgments (package ack)
// are made of, and the findings one by one.
//
// # How a rule is found and run
//
//   - A [Rule] is a row of a text: id, level, severity, guides, loop, conditions, what is required or forbidden, its documentation, a good and
//     a bad sample. [ParseRules] describes the text. What needs more is a Go function, a [Check] or a [Fold], of the same id in the [Pack].
//   - A [Place] names a segment or element as seen from the loop of the rule. A [Binder] finds it in a guide once; then it is a slot number.
//   - A rule runs for each instance of its loop as that closes ([Scope]). It sees the instance, the loops below it that are in the same
//     unit, and the own segments of the loops around.
//   - A [Gatherer] adds up over the units of a set and reports at its end.
//
// To add a rule write its row with both samples into the .rules text of its set, and run the tests of that package: they fail for
// a place that a guide does not have, and for a sample that does not show the rule.
//
// # Files
//
// rule.go and parse.go hold rules and their text, place.go and scope.go what rules see, eval.go how conditions are tested and findings
// made, tester.go the pass over a unit, validator.go the whole; overlay.go partners; codes.go, forms.go and dates.go external codes.
package validate

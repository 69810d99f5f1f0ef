package codes

import "strconv"

// Code is one entry of a list.
type Code struct {
	// Code is the value as the list writes it. In the list "revenue" it may be a range such as "045X", where X stands
	// for any digit.
	Code string

	// Description is a short meaning in English. It is empty when the code is known and its meaning is not.
	Description string

	// Start is the first day the code may be used and Stop the last day it may be used in an original message, as
	// ISO dates ("2023-10-01"). Each is empty when unknown or when there is none.
	//
	// After Stop a code may still be reported from an earlier message, as a reversal (CLP02 = 22) or a secondary claim
	// does; the caller has to know which kind of message it has.
	Start, Stop string
}

// Status is the standing of a code on a day.
type Status uint8

// The standings of a code.
const (
	Unknown Status = iota // the list, or the code in it, is not known
	Active                // may be used
	NotYet                // known, but its start lies after the day
	Ended                 // known, but its stop lies before the day
)

// String returns "unknown", "active", "not yet" or "ended".
func (s Status) String() string {
	switch s {
	case Unknown:
		return "unknown"
	case Active:
		return "active"
	case NotYet:
		return "not yet"
	case Ended:
		return "ended"
	}
	return "Status(" + strconv.Itoa(int(s)) + ")"
}

// Lookup finds a code in a list of the built-in snapshot. See [Set.Lookup].
func Lookup(list, code string) (Code, bool) { return Default().Lookup(list, code) }

// LookupOn finds a code in a list of the built-in snapshot and tells its standing on a day. See [Set.LookupOn].
func LookupOn(list, code string, yyyymmdd int) (Code, Status) {
	return Default().LookupOn(list, code, yyyymmdd)
}

// Describe returns the meaning of a code in a list of the built-in snapshot, or "" when it is not known.
func Describe(list, code string) string { return Default().Describe(list, code) }

// Lists returns the names of the lists of the built-in snapshot, sorted.
func Lists() []string { return Default().Lists() }

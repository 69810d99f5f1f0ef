package validate

import (
	"github.com/x12-go/edi/x12"
)

// Rule is one check with its documentation: a row of a rules text, see [ParseRules].
type Rule struct {
	ID       string
	Level    uint8        // SNIP type 1 to 7
	Severity x12.Severity // of its findings
	Of       []string     // sets ("837") or guides ("005010X222A1", or the beginning of one) it is for; none = all
	At       string       // id of the loop it is run for, once for each instance ("2100C|2100D": of both); "/" the set as a whole, "" not by itself

	When       []Condition // all have to hold
	Require    []string    // places that must all be there
	RequireOne []string    // places of which one must be there
	Forbid     []string    // places that must not be there
	Check      bool        // a Go function of that id in [Pack.Checks] or [Pack.Folds] does it
	By         string      // the rule whose function reports it; "engine" for what the reader, the walker and the element checks find

	Title string // what is checked, one line
	Why   string
	Mend  string // what the sender can do

	Base    string   // name of the sample file that Pass and Fail change
	Overlay string   // name of the overlay that the samples are checked with, "" = none
	Pass    [][]Edit // each a sample that is good; none: the base as it is
	Fail    [][]Edit // each a sample with a finding of this rule

	Line int    // of the text it comes from
	File string // its name
}

// Condition is one term of [Rule.When].
type Condition struct {
	Place  string
	Op     string   // in, not-in, present, absent, like, above, below
	Values []string // of in and not-in; the pattern of like (a regular expression for the whole value), the number of above and below
}

// Edit replaces the first segment that begins with Prefix. An empty With leaves it out; several segments are divided by "~".
type Edit struct {
	Prefix string
	With   string
}

// Pack is what is known about the guides of one transaction set: their rules as text, the Go functions of those that need
// one, and the samples.
type Pack struct {
	Name    string                                        // names the text in errors, "837.rules"
	Text    string                                        // see [ParseRules]
	Tables  []GuideTable                                  // the guides
	Checks  map[string]Check                              // by rule id
	Folds   map[string]Fold                               // by rule id
	Outside func(s *x12.Segment, report func(*x12.Issue)) // checks segments outside sets that have a guide, such as TA1; may be nil
	Samples func(base string) ([]byte, error)             // the file that Pass and Fail of a rule change, by the name in its Base
}

// Check makes the function of a rule for one guide. It asks the Binder for the places it needs; the function is called for each instance of
// [Rule.At] when it closes.
type Check func(*Binder) func(*Scope)

// Fold makes what gathers something over the units of a set, for one guide. The function it returns makes an empty one.
type Fold func(*Binder) func() Gatherer

// Gatherer adds up over the units of a set. Parts of a set may be gathered side by side and joined in order.
type Gatherer interface {
	Unit(*Scope)    // takes a unit, the loop the set is handed out by
	Join(Gatherer)  // adds a later part, of the same type
	Close(s *Scope) // reports, at the end of the set; the scope is the set: its header and its trailer
}

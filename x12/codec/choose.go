package codec

import (
	"errors"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// ErrNoSet is returned by a Writer of several guides that is given a part of a set before the set itself.
var ErrNoSet = errors.New("codec: no set is open")

// Choose finds the table of a set to be written: by the identifier of its guide, else by its ST03. Where neither names one of
// the tables the error is an [*x12.Issue].
func Choose(id, reference string, tables ...*guide.Table) (*guide.Table, error) {
	for _, name := range []string{id, reference} {
		for _, t := range tables {
			if name != "" && (t.ID == name || slices.Contains(t.Accept, name)) {
				return t, nil
			}
		}
	}
	message := "the guide of the set is none of those known"
	if id == "" {
		message = "the guide of the set is not given"
	}
	return nil, &x12.Issue{Rule: RuleNoPlace, Severity: x12.Error, Level: 2, Element: 3, SegID: "ST", Value: id, Message: message}
}

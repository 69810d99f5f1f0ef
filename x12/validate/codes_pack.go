package validate

import _ "embed"

//go:embed codes.rules
var codesRules string

// Codes returns the rules of external code lists and of the forms of codes. They are level 5 and hold for all guides: the elements they
// are about are those whose guide names a list.
func Codes() Pack {
	p := Core()
	return Pack{Name: "codes.rules", Text: codesRules, Samples: p.Samples}
}

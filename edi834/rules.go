package edi834

import (
	"embed"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12/validate"
)

//go:embed rules/834.rules
var rulesText string

//go:embed rules/*.edi
var ruleSamples embed.FS

// Rules returns the rules of enrollment: control totals (SNIP type 3) and what the guide asks for in certain situations (type 4).
// docs/rules-not-covered-834.md says what is left to people.
func Rules() validate.Pack {
	return validate.Pack{
		Name:   "834.rules",
		Text:   rulesText,
		Tables: []validate.GuideTable{ts834.X220A1},
		Checks: map[string]validate.Check{
			"834/relationship": checkRelationship,
			"834/period-order": checkPeriods,
		},
		Folds: map[string]validate.Fold{
			"834/control-total":        foldTotals,
			"834/dependent-subscriber": foldFamilies,
		},
		Samples: func(base string) ([]byte, error) { return ruleSamples.ReadFile("rules/" + base + ".edi") },
	}
}

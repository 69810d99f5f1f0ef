package edi271

import (
	"embed"

	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/x12/validate"
)

//go:embed rules/271.rules
var rulesText string

//go:embed rules/*.edi
var ruleSamples embed.FS

// Rules returns the rules of answers: what the guide asks for in certain situations (SNIP type 4). docs/rules-not-covered-271.md says what is left
// to people.
func Rules() validate.Pack {
	return validate.Pack{
		Name:   "271.rules",
		Text:   rulesText,
		Tables: []validate.GuideTable{ts271.X279A1},
		Checks: map[string]validate.Check{
			"271/period-order":      checkPeriods,
			"271/diagnosis-pointer": checkPointers,
			"271/share":             checkShare,
			"271/date-order":        checkDates,
		},
		Samples: func(base string) ([]byte, error) { return ruleSamples.ReadFile("rules/" + base + ".edi") },
	}
}

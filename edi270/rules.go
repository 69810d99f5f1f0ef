package edi270

import (
	"embed"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/x12/validate"
)

//go:embed rules/270.rules
var rulesText string

//go:embed rules/*.edi
var ruleSamples embed.FS

// Rules returns the rules of inquiries: what the guide asks for in certain situations (SNIP type 4). docs/rules-not-covered-270.md says what is left
// to people.
func Rules() validate.Pack {
	return validate.Pack{
		Name:   "270.rules",
		Text:   rulesText,
		Tables: []validate.GuideTable{ts270.X279A1},
		Checks: map[string]validate.Check{
			"270/period-order":      checkPeriods,
			"270/diagnosis-pointer": checkPointers,
		},
		Samples: func(base string) ([]byte, error) { return ruleSamples.ReadFile("rules/" + base + ".edi") },
	}
}

package edi835

import (
	"embed"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/validate"
)

//go:embed rules/835.rules
var rulesText string

//go:embed rules/*.edi
var ruleSamples embed.FS

// Rules returns the rules of the remittance advice: balancing (SNIP type 3) and what the guide asks for in certain situations
// (type 4). docs/rules-not-covered-835.md says what is left to people.
func Rules() validate.Pack {
	return validate.Pack{
		Name:   "835.rules",
		Text:   rulesText,
		Tables: []validate.GuideTable{ts835.X221A1},
		Checks: map[string]validate.Check{
			"835/statement-period":  checkClaims,
			"835/trace-payer":       checkTrace,
			"835/contact-extension": checkPayer,
		},
		Folds: map[string]validate.Fold{
			"835/balance-transaction": foldLedger,
		},
		Samples: func(base string) ([]byte, error) { return ruleSamples.ReadFile("rules/" + base + ".edi") },
	}
}

package edi837

import (
	"embed"
	"strings"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12/validate"
)

//go:embed rules
var ruleFiles embed.FS

// ruleTexts are the parts of the rules text, by what they are about.
var ruleTexts = [...]string{"balance", "claim", "payers", "people", "professional", "institutional", "dental"}

// Rules returns the rules of claims, professional, institutional and dental: balancing (SNIP type 3), what the guides ask for in
// certain situations (type 4) and what only one kind of claim knows (type 6). docs/rules-not-covered-837.md says what is left to
// people.
func Rules() validate.Pack {
	var text strings.Builder
	for _, name := range ruleTexts {
		b, err := ruleFiles.ReadFile("rules/" + name + ".rules")
		if err != nil {
			panic(err) // it is embedded
		}
		text.Write(b)
	}
	return validate.Pack{
		Name:   "837.rules",
		Text:   text.String(),
		Tables: []validate.GuideTable{ts837.X222A1, ts837.X223A2, ts837.X224A2},
		Checks: map[string]validate.Check{
			"837/balance-charges": checkClaim,
			"837/payer-paid":      checkPayerPaid,
			"837/patient-person":  checkPatientPerson,
			"837/billing-street":  checkBillingStreet,
			"837/billing-zip":     checkBillingZIP,
		},
		Samples: func(base string) ([]byte, error) { return ruleFiles.ReadFile("rules/" + base + ".edi") },
	}
}

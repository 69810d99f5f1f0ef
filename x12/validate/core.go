package validate

import (
	"embed"
	_ "embed"
)

//go:embed core.rules
var coreRules string

//go:embed samples/*.edi
var coreSamples embed.FS

// Core returns the rules of all guides: those of the envelope, the structure and the elements, and of external codes.
func Core() Pack {
	return Pack{Name: "core.rules", Text: coreRules, Samples: func(base string) ([]byte, error) { return coreSamples.ReadFile("samples/" + base + ".edi") }}
}

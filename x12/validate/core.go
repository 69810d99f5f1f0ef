package validate

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed core.rules
var coreRules string

//go:embed samples
var coreSamples embed.FS

// Core returns the rules of all guides: those of the envelope, the structure and the elements, and of external codes.
func Core() Pack {
	return Pack{Name: "core.rules", Text: coreRules, Samples: Files(coreSamples, "samples")}
}

// Files returns a [Pack.Samples] of the files in a folder: NAME.edi, or the name as it is when it has a dot.
func Files(fsys fs.FS, dir string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if !strings.Contains(name, ".") {
			name += ".edi"
		}
		return fs.ReadFile(fsys, path.Join(dir, name))
	}
}

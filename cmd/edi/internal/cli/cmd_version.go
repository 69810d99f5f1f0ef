package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/pflag"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "print the version",
		example: `edi version`,
		declare: func(*pflag.FlagSet) func(*call) error { return runVersion },
	}
}

func runVersion(c *call) error {
	if err := c.noArgs(); err != nil {
		return err
	}
	version, revision := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		revision = revisionOf(info)
	}
	_, err := fmt.Fprintf(c.out, "edi %s%s %s %s/%s\n", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// revisionOf returns " REVISION", marked when the tree had changes, or nothing when it is not known.
func revisionOf(info *debug.BuildInfo) string {
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = " " + s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				changed = "+changes"
			}
		}
	}
	if revision == "" {
		return ""
	}
	return revision + changed
}

func (c *call) noArgs() error {
	if len(c.args) > 0 {
		return usagef("takes no arguments")
	}
	return nil
}

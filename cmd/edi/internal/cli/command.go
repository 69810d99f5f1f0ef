package cli

import (
	"io"

	"github.com/spf13/pflag"
)

// command is a row in the table of commands.
type command struct {
	name    string
	args    string // what stands behind the flags, "[FILE...]"
	summary string // one line, no full stop
	long    string // paragraphs of help
	example string // command lines that work on the files of testdata, one a line
	streams streams
	// declare adds the command's flags and returns what to run once they are parsed.
	declare func(*pflag.FlagSet) func(*call) error
}

// streams says which of the common flags a command has.
type streams uint8

const (
	readsInput  streams = 1 << iota // files or stdin, findings
	writesData                      // data on stdout or to -o
	filterFlags = readsInput | writesData
)

// commands is the table, in the order of the overview.
func commands() []command {
	return []command{
		fmtCommand(),
		statsCommand(),
		getCommand(),
		jsonCommand(),
		x12Command(),
		csvCommand(),
		splitCommand(),
		rosterCommand(),
		diffCommand(),
		spmCommand(),
		merge271Command(),
		achCommand(),
		matchCommand(),
		reconcileCommand(),
		validateCommand(),
		ackCommand(),
		guideCommand(),
		explainCommand(),
		genCommand(),
		helpCommand(),
		completionCommand(),
		manCommand(),
		versionCommand(),
	}
}

// lookup returns the command of that name, nil for none.
func lookup(table []command, name string) *command {
	for i := range table {
		if table[i].name == name {
			return &table[i]
		}
	}
	return nil
}

// flagSet returns the command's own flags and the common ones, and what the command runs.
func (m *command) flagSet(o *options) (*pflag.FlagSet, func(*call) error) {
	own := m.ownFlags()
	run := m.declare(own)
	own.AddFlagSet(m.commonFlags(o))
	return own, run
}

func (m *command) ownFlags() *pflag.FlagSet {
	fs := pflag.NewFlagSet(m.name, pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.SortFlags = false
	fs.Usage = func() {}
	return fs
}

// commonFlags returns the flags that all commands of the same streams share.
func (m *command) commonFlags(o *options) *pflag.FlagSet {
	fs := m.ownFlags()
	if m.streams&writesData != 0 {
		fs.StringVarP(&o.output, "output", "o", "", "write to `FILE`: beside it first, renamed when the input was read to its end")
	}
	if m.streams&readsInput != 0 {
		fs.StringVar(&o.issues, "issues", "text", "`FORM` of the findings on stderr: text or json")
		choices(fs, "issues", "text", "json")
		fs.BoolVar(&o.values, "show-values", false, "show offending values in findings; they may identify a patient")
		fs.BoolVar(&o.strict, "strict", false, "warnings count as errors")
		fs.Var(&o.severity, "severity", "set the severity of a rule, `RULE=off|info|warning|error`; envelope/* is a prefix; repeatable")
		fs.BoolVarP(&o.quiet, "quiet", "q", false, "no findings on stderr; the exit status stays")
		fs.BoolVar(&o.progress, "progress", true, "progress on stderr if it is a terminal and the run takes over a second")
		fs.BoolVar(&o.summary, "summary", false, "a line of counts on stderr: what came in and what went out")
		fs.IntVar(&o.workers, "workers", 1, "use up to `N` goroutines; the output does not depend on it")
	}
	return fs
}

// valuesKey is the flag annotation that lists the values a flag takes, for completion.
const valuesKey = "values"

// choices records the values of a flag for completion.
func choices(fs *pflag.FlagSet, flag string, values ...string) {
	if err := fs.SetAnnotation(flag, valuesKey, values); err != nil {
		panic(err) // the flag was just declared
	}
}

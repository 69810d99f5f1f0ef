package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

func helpCommand() command {
	return command{
		name:    "help",
		args:    "[COMMAND]",
		summary: "list the commands, or explain one",
		example: `edi help fmt`,
		declare: func(*pflag.FlagSet) func(*call) error { return runHelp },
	}
}

func runHelp(c *call) error {
	table := commands()
	var text string
	switch len(c.args) {
	case 0:
		text = overview(table)
	case 1:
		m := lookup(table, c.args[0])
		if m == nil {
			return usagef("no command %q", c.args[0])
		}
		text = m.help()
	default:
		return usagef("expected one command")
	}
	_, err := c.out.Write([]byte(text))
	return err
}

// overview is what edi help prints.
func overview(table []command) string {
	var b strings.Builder
	b.WriteString("edi reads, checks, converts and writes X12 EDI of US health care.\n\nUsage: edi COMMAND [flags] [FILE...]\n\nCommands:\n")
	for i := range table {
		fmt.Fprintf(&b, "  %-11s %s\n", table[i].name, table[i].summary)
	}
	b.WriteString(`
Without FILE, or with -, a command reads standard input; several files are one stream of input, in order; gzip and
Zstandard are read as they are. Data goes to standard output, findings to standard error.
Exit status: 0 clean, 1 the input has errors, 2 wrong usage or failed I/O.

edi help COMMAND explains a command and its flags.
`)
	return b.String()
}

// usage is the command line in short.
func (m *command) usage() string {
	s := "edi " + m.name
	own, common := m.describeFlags()
	if own.HasFlags() || common.HasFlags() {
		s += " [flags]"
	}
	if m.args != "" {
		s += " " + m.args
	}
	return s
}

// describeFlags returns the command's own and the common flags, for text about them only.
func (m *command) describeFlags() (own, common *pflag.FlagSet) {
	own = m.ownFlags()
	m.declare(own)
	return own, m.commonFlags(new(options))
}

// help is what edi help COMMAND prints.
func (m *command) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "edi %s: %s\n\nUsage: %s\n", m.name, m.summary, m.usage())
	if m.long != "" {
		b.WriteString("\n" + m.long + "\n")
	}
	own, common := m.describeFlags()
	writeFlags(&b, "Flags", own)
	writeFlags(&b, "Common flags", common)
	if m.example != "" {
		b.WriteString("\nExamples:\n")
		for line := range strings.Lines(m.example) {
			b.WriteString("  " + line)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func writeFlags(b *strings.Builder, title string, fs *pflag.FlagSet) {
	if fs.HasFlags() {
		b.WriteString("\n" + title + ":\n" + fs.FlagUsagesWrapped(110))
	}
}

package cli

import (
	"strings"

	"github.com/spf13/pflag"
)

func manCommand() command {
	return command{
		name:    "man",
		summary: "print the manual page in roff",
		streams: writesData,
		example: `edi man -o edi.1`,
		declare: func(*pflag.FlagSet) func(*call) error {
			return func(c *call) error {
				if err := c.noArgs(); err != nil {
					return err
				}
				_, err := c.out.Write([]byte(manual(commands())))
				return err
			}
		},
	}
}

// manual is the manual page edi(1).
func manual(table []command) string {
	var b strings.Builder
	b.WriteString(".TH EDI 1\n.SH NAME\nedi \\- read, check, convert and write X12 EDI of US health care\n" +
		".SH SYNOPSIS\n.B edi\n.I COMMAND\n[flags] [\\fIFILE\\fR...]\n.SH DESCRIPTION\n")
	b.WriteString(roff("Without FILE, or with -, a command reads standard input. Several files are one stream of input, in order. " +
		"gzip and Zstandard are read as they are. Data goes to standard output, findings to standard error."))
	b.WriteString("\n.SH COMMANDS\n")
	for i := range table {
		table[i].manual(&b)
	}
	b.WriteString(".SH COMMON FLAGS\nCommands that read input and write data have these.\n")
	all := command{streams: filterFlags}
	manFlags(&b, all.commonFlags(new(options)))
	b.WriteString(".SH EXIT STATUS\n.TP\n0\nclean\n.TP\n1\nthe input has errors\n.TP\n2\nwrong usage, or I/O failed\n")
	return b.String()
}

func (m *command) manual(b *strings.Builder) {
	b.WriteString(".SS " + roff(m.usage()) + "\n" + roff(upperFirst(m.summary)+".") + "\n")
	for paragraph := range strings.SplitSeq(m.long, "\n\n") {
		if paragraph != "" {
			b.WriteString(".PP\n" + roff(paragraph) + "\n")
		}
	}
	own, _ := m.describeFlags()
	manFlags(b, own)
	if m.example != "" {
		b.WriteString(".PP\nExamples:\n.PP\n.nf\n" + roff(m.example) + "\n.fi\n")
	}
}

func manFlags(b *strings.Builder, fs *pflag.FlagSet) {
	fs.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		b.WriteString(".TP\n")
		if f.Shorthand != "" {
			b.WriteString("\\fB\\-" + roff(f.Shorthand) + "\\fR, ")
		}
		b.WriteString("\\fB\\-\\-" + roff(f.Name) + "\\fR")
		if value != "" {
			b.WriteString("=\\fI" + roff(value) + "\\fR")
		}
		b.WriteString("\n" + roff(text) + "\n")
	})
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// roff escapes text: backslashes, hyphens, and a full stop or apostrophe that starts a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

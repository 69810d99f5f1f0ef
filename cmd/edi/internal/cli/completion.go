package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

func completionCommand() command {
	return command{
		name:    "completion",
		args:    "bash|zsh|fish",
		summary: "print a completion script for a shell",
		streams: writesData,
		long: `bash: put the output into a file of /etc/bash_completion.d, or: source <(edi completion bash)
zsh: put it as _edi into a folder of $fpath. fish: into ~/.config/fish/completions/edi.fish`,
		example: `edi completion bash`,
		declare: func(*pflag.FlagSet) func(*call) error { return runCompletion },
	}
}

func runCompletion(c *call) error {
	if len(c.args) != 1 {
		return usagef("expected bash, zsh or fish")
	}
	var text string
	switch c.args[0] {
	case "bash":
		text = bashCompletion(commands())
	case "zsh":
		text = zshCompletion(commands())
	case "fish":
		text = fishCompletion(commands())
	default:
		return usagef("no completion for %q: expected bash, zsh or fish", c.args[0])
	}
	_, err := c.out.Write([]byte(text))
	return err
}

// allFlags returns every flag of a command.
func (m *command) allFlags() []*pflag.Flag {
	var list []*pflag.Flag
	own, common := m.describeFlags()
	add := func(f *pflag.Flag) { list = append(list, f) }
	own.VisitAll(add)
	common.VisitAll(add)
	return list
}

// arguments returns the words a command's argument can be, nil when it takes files or nothing.
func (m *command) arguments(table []command) []string {
	switch m.name {
	case "help":
		return names(table)
	case "completion":
		return []string{"bash", "zsh", "fish"}
	case "gen":
		var list []string
		for _, g := range generators() {
			list = append(list, g.name)
		}
		return list
	}
	return nil
}

func names(table []command) []string {
	list := make([]string, len(table))
	for i := range table {
		list[i] = table[i].name
	}
	return list
}

// bashCompletion offers commands, then the flags of the command, their values, and files.
func bashCompletion(table []command) string {
	var b strings.Builder
	b.WriteString("# bash completion for edi\n_edi() {\n" +
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n" +
		"\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n")
	fmt.Fprintf(&b, "\t\tCOMPREPLY=($(compgen -W %q -- \"$cur\"))\n\t\treturn\n\tfi\n", strings.Join(names(table), " "))
	b.WriteString("\tcase ${COMP_WORDS[1]}:$prev in\n")
	for i := range table {
		m := &table[i]
		for _, f := range m.allFlags() {
			if values := f.Annotations[valuesKey]; values != nil {
				fmt.Fprintf(&b, "\t%s:--%s) words=%q ;;\n", m.name, f.Name, strings.Join(values, " "))
			}
		}
	}
	b.WriteString("\tesac\n\tif [ -n \"$words\" ]; then\n\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n\t\treturn\n\tfi\n" +
		"\tcase ${COMP_WORDS[1]}:$cur in\n")
	for i := range table {
		m := &table[i]
		var flags []string
		for _, f := range m.allFlags() {
			flags = append(flags, "--"+f.Name)
		}
		fmt.Fprintf(&b, "\t%s:-*) words=%q ;;\n", m.name, strings.Join(append(flags, "--help"), " "))
		if words := m.arguments(table); words != nil {
			fmt.Fprintf(&b, "\t%s:*) words=%q ;;\n", m.name, strings.Join(words, " "))
		}
	}
	b.WriteString("\tesac\n\tif [ -n \"$words\" ]; then\n\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n\telse\n" +
		"\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n\tfi\n}\ncomplete -o filenames -F _edi edi\n")
	return b.String()
}

// zshCompletion describes every command to _arguments.
func zshCompletion(table []command) string {
	var b strings.Builder
	b.WriteString("#compdef edi\n_edi() {\n\tlocal -a commands\n\tcommands=(\n")
	for i := range table {
		fmt.Fprintf(&b, "\t\t%s\n", single(table[i].name+":"+table[i].summary))
	}
	b.WriteString("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n" +
		"\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $command in\n")
	for i := range table {
		m := &table[i]
		fmt.Fprintf(&b, "\t%s)\n\t\t_arguments", m.name)
		for _, f := range m.allFlags() {
			b.WriteString(" \\\n\t\t\t" + zshFlag(f))
		}
		switch words := m.arguments(table); {
		case words != nil:
			b.WriteString(" \\\n\t\t\t" + single("1:argument:("+strings.Join(words, " ")+")"))
		case m.streams&readsInput != 0:
			b.WriteString(" \\\n\t\t\t" + single("*:file:_files"))
		}
		b.WriteString("\n\t\t;;\n")
	}
	b.WriteString("\tesac\n}\n_edi \"$@\"\n")
	return b.String()
}

func zshFlag(f *pflag.Flag) string {
	value, text := pflag.UnquoteUsage(f)
	text = strings.NewReplacer("[", "(", "]", ")", ":", ",", `\`, `\\`).Replace(text)
	spec := "--" + f.Name
	if f.NoOptDefVal == "" {
		spec += "="
	}
	spec += "[" + text + "]"
	if f.NoOptDefVal == "" {
		spec += ":" + strings.ReplaceAll(value, ":", ",") + ":"
		if values := f.Annotations[valuesKey]; values != nil {
			spec += "(" + strings.Join(values, " ") + ")"
		} else if f.Name == "output" {
			spec += "_files"
		}
	}
	return single(spec)
}

// fishCompletion is one line for each command and flag.
func fishCompletion(table []command) string {
	var b strings.Builder
	b.WriteString("# fish completion for edi\n")
	for i := range table {
		m := &table[i]
		fmt.Fprintf(&b, "complete -c edi -n __fish_use_subcommand -f -a %s -d %s\n", m.name, single(m.summary))
		seen := single("__fish_seen_subcommand_from " + m.name)
		for _, f := range m.allFlags() {
			_, text := pflag.UnquoteUsage(f)
			fmt.Fprintf(&b, "complete -c edi -n %s -l %s", seen, f.Name)
			if f.Shorthand != "" {
				b.WriteString(" -s " + f.Shorthand)
			}
			values := f.Annotations[valuesKey]
			switch {
			case values != nil:
				fmt.Fprintf(&b, " -x -a %s", single(strings.Join(values, " ")))
			case f.NoOptDefVal == "":
				b.WriteString(" -r")
			}
			fmt.Fprintf(&b, " -d %s\n", single(strings.ReplaceAll(text, `\`, `\\`)))
		}
		if words := m.arguments(table); words != nil {
			fmt.Fprintf(&b, "complete -c edi -n %s -f -a %s\n", seen, single(strings.Join(words, " ")))
		}
	}
	return b.String()
}

// single quotes text for a shell.
func single(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/pflag"
	"github.com/x12-go/edi/x12"
)

// The exit statuses.
const (
	exitClean = 0
	exitInput = 1 // the input has errors
	exitUsage = 2 // wrong usage, or I/O failed
)

// Tune sets up the process. It belongs to main, before [Run].
//
// SIGPIPE is ignored so that a reader that closes early shows as EPIPE, which ends a run quietly.
func Tune() {
	signal.Ignore(syscall.SIGPIPE)
}

// longRun is how much input makes a run long.
const longRun = 1 << 20

// tuneLong makes a long run one of little memory. A streaming command keeps well under 4 MiB alive, which is where the
// garbage collector starts by itself, so the heap would grow to that floor whatever the ratio. A low ratio moves
// the floor down with it (4 MiB * ratio / 100) and keeps the peak near what is alive; the commands allocate per set, not per
// segment, so collecting more often costs nothing that can be measured. A short run is over before the first
// collection would be, which is why this waits. GOGC in the environment still wins.
func tuneLong() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
}

// usageError is wrong usage of a command.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// usagef returns the error for wrong usage: one line, and the exit status 2.
func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// Run executes one command line without the program's name and returns the exit status:
// 0 clean, 1 the input has errors, 2 wrong usage or failed I/O.
// Standard streams that are files are looked at to learn whether they are terminals.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	con := newConsole(stderr)
	if len(args) == 0 {
		con.write(overview(commands()))
		return exitUsage
	}
	name, rest := args[0], args[1:]
	switch name {
	case "-h", "--help":
		name = "help"
	case "--version":
		name = "version"
	}
	cmd := lookup(commands(), name)
	if cmd == nil {
		con.printf("edi: unknown command %q; see edi help", name)
		return exitUsage
	}
	c := &call{cmd: cmd, stdin: stdin, console: con}
	if _, process := stdout.(*os.File); process {
		c.long = tuneLong
	}
	fs, run := cmd.flagSet(&c.opts)
	if err := fs.Parse(rest); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			c.args = []string{name}
			return c.execute(stdout, func(c *call) error { return runHelp(c) })
		}
		return c.exit(&usageError{err.Error()})
	}
	c.args = fs.Args()
	if err := c.opts.check(); err != nil {
		return c.exit(err)
	}
	return c.execute(stdout, run)
}

// execute runs what a command declared and ends its output.
func (c *call) execute(stdout io.Writer, run func(*call) error) int {
	c.found = newFindings(c)
	out, err := openOutput(c.opts.output, stdout)
	if err != nil {
		return c.exit(err)
	}
	c.out = out
	err = run(c)
	c.console.endProgress()
	c.closeInput()
	err = c.closeOutput(err)
	c.found.end()
	if c.opts.summary || c.sums.always {
		c.printSummary()
	}
	return c.exit(err)
}

// closeOutput writes what is left in the buffer, and makes the file of -o when the run came to the end of its input.
func (c *call) closeOutput(err error) error {
	c.sums.end()
	var usage *usageError
	if !errors.As(err, &usage) {
		if ferr := c.out.flush(); ferr != nil {
			err = ferr // that the output cannot be written says more than what followed from it
		}
	}
	if err != nil {
		c.out.discard()
		return err
	}
	return c.out.commit()
}

// exit prints an error that is not printed yet and returns the exit status.
func (c *call) exit(err error) int {
	var usage *usageError
	var fault *x12.Issue
	switch {
	case err == nil:
		if c.found != nil && c.found.failed() {
			return exitInput
		}
		return exitClean
	case errors.Is(err, syscall.EPIPE):
		return exitClean
	case errors.As(err, &fault): // reported when it was found
		return exitInput
	case errors.As(err, &usage):
		c.console.printf("edi %s: %s\nsee edi help %s", c.cmd.name, usage.text, c.cmd.name)
		return exitUsage
	}
	c.console.printf("edi %s: %v", c.cmd.name, err)
	return exitUsage
}

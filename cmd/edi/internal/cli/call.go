package cli

import (
	"io"

	"github.com/x12-go/edi/x12"
)

// call is one run of a command. A command takes its input from [call.reader] or [call.stream], writes data to out
// and hands findings to [call.report]; an error it returns ends the run:
//
//   - a [*x12.Issue], reported before it is returned: the input cannot be read on, exit status 1;
//   - an error of [usagef]: exit status 2 and a hint to the help;
//   - any other: failed I/O, exit status 2.
type call struct {
	cmd     *command
	opts    options
	args    []string // behind the flags: the files, for commands that read
	stdin   io.Reader
	console *console
	found   *findings
	src     *input
	out     *output
	sums    summary
	long    func() // tuneLong in a process of its own
}

// stream returns the input as one stream of bytes. It fails when one of the files is not there.
func (c *call) stream() (io.Reader, error) {
	src, err := openInput(c.args, c.stdin)
	if err != nil {
		return nil, err
	}
	c.src = src
	src.progress = c.newProgress()
	src.long = c.long
	return src, nil
}

// reader returns an X12 reader on the input; its findings go to [call.report].
func (c *call) reader(opts ...x12.Option) (*x12.Reader, error) {
	src, err := c.stream()
	if err != nil {
		return nil, err
	}
	if c.opts.summary && !c.sums.always {
		c.sums.in = newCounter()
		src = io.TeeReader(src, c.sums.in)
	}
	rd := x12.NewReader(src, append([]x12.Option{x12.WithSink(c.report)}, opts...)...)
	c.watch(rd, c.report)
	return rd, nil
}

// watch tells the input where to report what it finds, and the progress line what rd has read.
func (c *call) watch(rd *x12.Reader, sink x12.Sink) {
	c.src.joined = func(offset int64) {
		sink(&x12.Issue{Offset: offset - 1, Rule: x12.RuleNoTerminator, Level: 1, Severity: x12.Warning, Message: "the last segment has no terminator"})
	}
	if c.src.progress != nil {
		c.src.progress.sets = func() int64 { return rd.Stats().Sets }
	}
}

// writesX12 says that out gets X12, which the summary then counts.
func (c *call) writesX12() {
	if c.opts.summary {
		c.sums.out = newCounter()
		c.out.tee = c.sums.out
	}
}

// report is the [x12.Sink] of the call.
func (c *call) report(i *x12.Issue) bool { return c.found.add(i) }

// fail reports a fault of the input that cannot be passed over and returns it as the error to end the run with.
func (c *call) fail(i *x12.Issue) error {
	i.Severity = x12.Fatal
	c.report(i)
	return i
}

// workers returns how many goroutines the command may use, at least 1.
func (c *call) workers() int { return max(1, c.opts.workers) }

func (c *call) closeInput() {
	if c.src != nil {
		c.src.close()
	}
}

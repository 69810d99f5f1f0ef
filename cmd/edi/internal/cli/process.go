package cli

import (
	"io"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// finder is a format with findings of its own. It may report them from Begin, Enter, Trailer and Other.
type finder interface{ findings(x12.Sink) }

// counting returns the input counted for the summary, if there is to be one.
func (c *call) counting(src io.Reader) io.Reader {
	if !c.opts.summary || c.sums.always {
		return src
	}
	c.sums.in = newCounter()
	return io.TeeReader(src, c.sums.in)
}

// process runs the input through a format, on as many goroutines as the call may use.
func (c *call) process(f codec.Format, tables []*guide.Table, write func(output int, b []byte) error) error {
	src, err := c.stream()
	if err != nil {
		return err
	}
	src = c.counting(src)
	_, err = codec.Process(codec.Job{
		Source: src, Tables: tables, Format: f, Write: write, SetEnd: c.out.endSet,
		Sink: c.report, Check: true, Workers: c.workers(),
		Start: func(rd *x12.Reader, sink x12.Sink) {
			c.watch(rd, sink)
			if f, ok := f.(finder); ok {
				f.findings(sink)
			}
		},
	})
	return err
}

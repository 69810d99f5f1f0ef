package codec

import (
	"io"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Options are what the readers of the generated packages can be told.
type Options struct {
	Sink   x12.Sink
	Limits x12.Limits
	Buffer int
	Reuse  bool
}

// Option changes one of the [Options].
type Option func(*Options)

// WithSink makes a reader hand its findings to sink.
func WithSink(sink x12.Sink) Option { return func(o *Options) { o.Sink = sink } }

// WithLimits replaces the default limits.
func WithLimits(l x12.Limits) Option { return func(o *Options) { o.Limits = l } }

// WithBuffer sets the size of the read window in bytes.
func WithBuffer(size int) Option { return func(o *Options) { o.Buffer = size } }

// WithReuse makes a reader use its memory again and again: about twice as fast, and each unit is valid only until the next
// step, as with the ReuseRecord of encoding/csv, and a loop around units only until the next of its kind.
func WithReuse() Option { return func(o *Options) { o.Reuse = true } }

// Apply collects options.
func Apply(opts []Option) Options {
	var o Options
	for _, f := range opts {
		f(&o)
	}
	return o
}

// Stream returns a Stream on r as the options say.
func (o Options) Stream(r io.Reader, tables ...*guide.Table) *Stream {
	list := []x12.Option{x12.WithLimits(o.Limits), x12.WithSink(o.Sink)}
	if o.Buffer > 0 {
		list = append(list, x12.WithBuffer(o.Buffer))
	}
	return NewStream(x12.NewReader(r, list...), o.Sink, tables...)
}
